//! Lists of feeds: those of other programs are read, and the feeds are written as one.

use super::effect::{Effect, FeedJob};
use super::{App, Command, Notice};
use crate::text::{clean_line, counted};

/// Subscribes to the feeds of a list: `:import-feeds feeds.opml`.
pub(super) fn import_line(app: &mut App, file: &str) -> Result<(), Notice> {
    let file = file_typed(file, "import-feeds")?;
    app.show_message(format!("Reading {file} …"));
    app.ask(Effect::EditFeeds(FeedJob::Import { file }));
    Ok(())
}

/// Writes the feeds into a file: `:export-feeds feeds.opml`.
pub(super) fn export_line(app: &mut App, file: &str, overwrite: bool) -> Result<(), Notice> {
    let file = file_typed(file, "export-feeds")?;
    if app.collections.feeds().is_empty() {
        return Err("There are no feeds to export".into());
    }
    app.show_message(format!("Writing {file} …"));
    app.ask(Effect::EditFeeds(FeedJob::Export { file, overwrite }));
    Ok(())
}

/// The file that was typed after a command.
fn file_typed(typed: &str, command: &str) -> Result<String, Notice> {
    let file = clean_line(typed);
    match file.as_str() {
        "" => Err(format!("A file is missing: {command} news.opml").into()),
        folder if folder.ends_with('/') || folder == "~" => {
            Err(format!("{folder} is a folder: name a file in it").into())
        }
        _ => Ok(file),
    }
}

/// The feeds of a list were subscribed to: what came of that, in a line.
pub(super) fn imported(app: &mut App, file: &str, (new, changed, known): (usize, usize, usize), left_out: usize) {
    let mut parts = vec![match (new, changed + known + left_out) {
        (0, 0) => format!("There is no feed in {file}"),
        (0, _) => "No new feeds".to_owned(),
        _ => format!("{} added", counted(new, "feed")),
    }];
    parts.extend((changed > 0).then(|| format!("{changed} subscribed to already, now with its folder or tags")));
    parts.extend((known > 0).then(|| format!("{known} subscribed to already")));
    parts.extend((left_out > 0).then(|| format!("{left_out} left out")));
    let notice = Notice::new(parts.join(" · "));
    let notice = if left_out > 0 { notice.hint(Command::Errors, "tells why") } else { notice };
    let notice = if new > 0 { notice.hint(Command::RefreshAll, "fetches them") } else { notice };
    app.show_message(if new + changed > 0 { notice.hint(Command::Undo, "undo") } else { notice });
}
