//! Everyone who speaks in the library, from its tables: no article is read.

use std::ops::ControlFlow;

use super::people::in_one_article;
use crate::catalog::{Imprint, Person};
use crate::cli::error::{Found, Outcome};
use crate::cli::output::{standard, terminal_width};
use crate::cli::speaker_name::SpeakerName;
use crate::export::Format;
use crate::library::{self, Library};
use crate::quotes::Spoken;

/// Writes everyone who speaks in the library, of those who have the name that is wanted; those of whom words are only reported too,
/// where that is asked for.
pub fn run(library: &Library, name: Option<&SpeakerName>, format: Format, with_reported: bool) -> Outcome {
    let width = terminal_width();
    let mut output = standard(format.speakers_frame(width, with_reported));
    let mut found = Found::Nothing;
    let mut write = |person| {
        for (person, articles) in entries(library, person, format, with_reported)? {
            found = Found::Something;
            if output.write(&format.speaker(&person, &articles, width, with_reported)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    };
    match name {
        Some(name) => {
            for person in named(library, name, with_reported)? {
                if write(person)?.is_break() {
                    break;
                }
            }
        }
        None => each_person(library, with_reported, write)?,
    }
    output.finish()?;
    Ok(found)
}

/// Returns everyone in the library who has this name; where no one has, those whose role it is.
pub fn named(library: &Library, name: &SpeakerName, with_reported: bool) -> Result<Vec<Person>, library::Error> {
    let (mut found, mut called) = (Vec::new(), Vec::new());
    each_person(library, with_reported, |person| {
        if has_name(library, &person, name)? {
            found.push(person);
        } else if found.is_empty() && person.role.as_ref().is_some_and(|role| name.is_part_of(role)) {
            called.push(person);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(if found.is_empty() { called } else { found })
}

fn each_person(
    library: &Library,
    with_reported: bool,
    mut take: impl FnMut(Person) -> Result<ControlFlow<()>, library::Error>,
) -> Result<(), library::Error> {
    let mut result = Ok(());
    library.people(&mut |batch| {
        for person in batch.into_iter().filter(|person| with_reported || person.spoken.quotations > 0) {
            match take(person) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => return ControlFlow::Break(()),
                Err(error) => {
                    result = Err(error);
                    return ControlFlow::Break(());
                }
            }
        }
        ControlFlow::Continue(())
    })?;
    result
}

/// Whether a person has a name: in its fullest form, or under another name that is theirs.
fn has_name(library: &Library, person: &Person, name: &SpeakerName) -> Result<bool, library::Error> {
    if name.is_part_of(&person.name) || person.identities < 2 {
        return Ok(name.is_part_of(&person.name));
    }
    Ok(library.identities_of(&person.identity)?.iter().any(|identity| name.is_part_of(identity.key())))
}

/// The entries that are written for a person: one, or for a description one for each article.
fn entries(
    library: &Library,
    person: Person,
    format: Format,
    with_reported: bool,
) -> Result<Vec<(Person, Vec<Imprint>)>, library::Error> {
    if person.is_named && !format.lists_articles() {
        return Ok(vec![(person, Vec::new())]);
    }
    let mut appearances = library.all_appearances_of(&person.identity)?;
    appearances.retain(|(_, spoken)| with_reported || spoken.quotations > 0);
    if person.is_named {
        return Ok(vec![(person, appearances.into_iter().map(|(imprint, _)| imprint).collect())]);
    }
    let alone = |(imprint, spoken): (Imprint, Spoken)| {
        let day = imprint.dates.day();
        (in_one_article(&person, day, spoken), vec![imprint])
    };
    Ok(appearances.into_iter().map(alone).collect())
}
