//! Lists of feeds of other programs: OPML, and the `urls` of newsboat.

use std::collections::HashSet;
use std::io::{self, Write};

use super::Error;
use super::error::{Found, Outcome, show_message};
use super::output::standard;
use super::transfer::Imported;
use crate::export::Frame;
use crate::fetch::newsboat::FeedList;
use crate::fetch::{self, Outline, newsboat, opml, shown};
use crate::library::{FeedSettings, FetchOptions, Library, Subscription};
use crate::text::{clean_line, counted};

/// Whether a file that begins like this is a list of feeds of newsboat, or markup, which can only be one of OPML.
pub fn is_list(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start);
    is_markup(&start) || newsboat::recognize(&start)
}

fn is_markup(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// Subscribes to the feeds of a list; nothing is fetched yet, and nothing in it is ever run.
pub fn import(text: &str, library: &Library, file: &str) -> Result<Imported, Error> {
    let listed = if is_markup(text) {
        opml::read(text).map_err(|refusal| Error::NoList(clean_line(file), refusal))?
    } else {
        newsboat::read(text)
    };
    let FeedList { sources, left_out } = listed;
    if sources.is_empty() && left_out.is_empty() {
        show_message(&format!("there is no feed in {file}"));
    }
    let taken = sources.len();
    let mut new_feeds = Vec::new();
    for outline in sources {
        let settings = described(outline);
        let (source, is_new) = library.subscribe(&settings)?;
        if is_new {
            new_feeds.push(source.id);
        } else {
            add_tags(library, source, settings.tags)?;
        }
    }
    for left in &left_out {
        show_message(&format!("line {}: not imported: {} {}", left.line, shown(&left.text), left.why));
    }
    let known = match taken - new_feeds.len() {
        0 => String::new(),
        known => format!(", {known} already subscribed"),
    };
    writeln!(io::stdout(), "{} added{known}", counted(new_feeds.len(), "feed"))?;
    Ok(Imported { taken, refused: left_out.len(), new_feeds })
}

/// Leaves the first of each tag.
pub fn dedup(tags: &mut Vec<String>) {
    let mut seen = HashSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
}

/// Adds the tags that a list gives a feed that is there already; everything else of it stays.
fn add_tags(library: &Library, source: Subscription, tags: Vec<String>) -> Result<(), Error> {
    let mut settings = source.settings;
    let new: Vec<_> = tags.into_iter().filter(|tag| !settings.tags.contains(tag)).collect();
    if !new.is_empty() {
        settings.tags.extend(new);
        library.set_feed_settings(source.id, &settings)?;
    }
    Ok(())
}

fn described(outline: Outline) -> FeedSettings {
    let mut tags = outline.tags;
    tags.extend(outline.hidden.then(|| "hidden".to_owned()));
    dedup(&mut tags);
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
