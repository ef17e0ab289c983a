//! Lists of feeds of other programs: OPML, and the `urls` of newsboat.

use std::io::{self, Write};

use super::Error;
use super::error::{Found, Outcome, show_message};
use super::output::standard;
use super::transfer::Imported;
use crate::export::Frame;
use crate::fetch::shown;
use crate::ingest::{ListedSettings, count_passwords, read_feed_list, write_feed_list};
use crate::library::{Library, Subscription};
use crate::text::{clean_line, counted};

/// Subscribes to the feeds of a list; nothing is fetched yet, and nothing in it is ever run.
pub fn import(text: &str, library: &Library, file: &str) -> Result<Imported, Error> {
    let listed = read_feed_list(text).map_err(|refusal| Error::NoList(clean_line(file), refusal))?;
    let ListedSettings { feeds, left_out } = listed;
    if feeds.is_empty() && left_out.is_empty() {
        show_message(&format!("there is no feed in {file}"));
    }
    let taken = feeds.len();
    let new_feeds = library.subscribe_to_all(&feeds, None)?.new;
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

/// Writes the feeds to standard output, as OPML. Passwords stay here: lists are passed on.
pub fn export(library: &Library) -> Outcome {
    let sources = library.subscriptions()?;
    let mut output = standard(Frame::NONE);
    output.try_write(&write_feed_list(&sources))?;
    output.finish()?;
    say_without_passwords(&sources);
    Ok(if sources.is_empty() { Found::Nothing } else { Found::Something })
}

/// Prints for how many feeds an export lacks a password.
pub fn say_without_passwords(sources: &[Subscription]) {
    let without = count_passwords(sources);
    if without > 0 {
        show_message(&format!(
            "left out the passwords of {}; where you import this, pullquote add https://NAME:PASSWORD@…",
            counted(without, "feed")
        ));
    }
}
