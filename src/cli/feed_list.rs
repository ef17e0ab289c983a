//! Lists of feeds of other programs: OPML, and the `urls` of newsboat.

use std::io::{self, Read, Write};

use super::Error;
use super::error::{Found, Outcome, show_message};
use super::output::standard;
use crate::export::Frame;
use crate::fetch::newsboat::FeedList;
use crate::fetch::{self, Outline, newsboat, opml, shown};
use crate::library::{FeedSettings, FetchOptions, Library, Subscription};
use crate::text::{clean_line, counted};

/// Whether a file that begins like this is a list of feeds, of OPML or of newsboat.
pub fn is_list(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start);
    opml::recognize(&start) || newsboat::recognize(&start)
}

/// Subscribes to the feeds of a list; nothing is fetched yet, and nothing in it is ever run.
pub fn import(input: &mut dyn Read, library: &Library, file: &str) -> Outcome {
    let text = opml::text_of(input)?;
    let listed = if opml::recognize(&text) {
        opml::read(&text).map_err(|refusal| Error::NoList(clean_line(file), refusal))?
    } else {
        newsboat::read(&text)
    };
    let (mut added, mut known) = (0, 0);
    let FeedList { sources, left_out } = listed;
    for outline in sources {
        let (_, is_new) = library.subscribe(&described(outline))?;
        if is_new { added += 1 } else { known += 1 }
    }
    for left in &left_out {
        show_message(&format!("line {}: not imported: {} {}", left.line, shown(&left.text), left.why));
    }
    let known_too = if known == 0 { String::new() } else { format!(", {known} already subscribed") };
    writeln!(io::stdout(), "{} added{known_too}; pullquote refresh fetches their articles", counted(added, "feed"))?;
    Ok(if added + known == 0 { Found::Nothing } else { Found::Something })
}

fn described(outline: Outline) -> FeedSettings {
    let mut tags = outline.tags;
    tags.extend(outline.hidden.then(|| "hidden".to_owned()));
    FeedSettings {
        typed: outline.address.clone(),
        address: outline.address,
        name: outline.title,
        folder: outline.folder,
        tags,
        paused: false,
        fetch: FetchOptions::default(),
    }
}

/// Writes the feeds to standard output, as OPML. Passwords stay here: lists are passed on.
pub fn export(library: &Library) -> Outcome {
    let sources = library.subscriptions()?;
    let outlines: Vec<_> = sources
        .iter()
        .map(|source| Outline {
            address: shown(&source.settings.address),
            title: Some(source.name()),
            link: source.link.as_deref().map(shown),
            folder: source.settings.folder.clone(),
            tags: source.settings.tags.clone(),
            hidden: false,
        })
        .collect();
    let mut output = standard(Frame::NONE);
    output.try_write(&opml::write("pullquote", &outlines))?;
    output.finish()?;
    say_without_passwords(&sources);
    Ok(if sources.is_empty() { Found::Nothing } else { Found::Something })
}

/// Prints for how many feeds an export lacks a password.
pub fn say_without_passwords(sources: &[Subscription]) {
    let is_bare =
        |source: &&Subscription| fetch::parse(&source.settings.address).is_some_and(|url| url.password().is_some());
    let without = sources.iter().filter(is_bare).count();
    if without > 0 {
        show_message(&format!(
            "left out the passwords of {}; where you import this, pullquote add https://NAME:PASSWORD@…",
            counted(without, "feed")
        ));
    }
}
