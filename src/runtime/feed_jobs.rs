//! The worker that changes feeds beside the history, and that reads and writes lists of feeds.

use std::fs::File;
use std::io::{self, ErrorKind, Read};

use super::context::Context;
use super::typed_file;
use super::worker::{self, Cancel, Policy, Worker};
use crate::app::{Event, FeedJob, TaskKind};
use crate::catalog::{FeedId, SkippedFile};
use crate::fetch::shown;
use crate::formats;
use crate::ingest::{ListedSettings, Priority, count_passwords, read_feed_list, write_feed_list};
use crate::library::{self, FeedEdit, ListedFeeds};
use crate::text::counted;
use crate::user::FeedField;

/// Starts the worker.
pub(super) fn start(context: &Context) -> io::Result<Worker<FeedJob>> {
    let own = context.clone();
    let work = move |job: FeedJob, cancel: &Cancel| {
        if let Err(error) = carry_out(&own, job, cancel) {
            own.sender.fail(&error);
        }
    };
    worker::spawn("editing feeds", Priority::Normal, Policy::Queue, &context.sender, work)
}

fn carry_out(context: &Context, job: FeedJob, cancel: &Cancel) -> Result<(), library::Error> {
    match job {
        FeedJob::Edit { feed, field, written } => edit(context, feed, field, &written),
        FeedJob::Import { file } => import(context, &file, cancel),
        FeedJob::Export { file, overwrite } => export(context, &file, overwrite),
    }
}

/// Changes a setting that may hold a password.
fn edit(context: &Context, feed: FeedId, field: FeedField, written: &str) -> Result<(), library::Error> {
    let said = match context.library.edit_feed(feed, field, written)? {
        FeedEdit::Done { name, headers_left } => {
            let label = format!("change of the {} of {name}", field.name());
            let why = match headers_left {
                0 => ": it may hold a password".to_owned(),
                _ => format!(" · dropped {} for the server before", counted(headers_left, "header")),
            };
            let said = format!("Changed the {} of {name}, without undo{why}", field.name());
            Event::DoneWithoutUndo { label, said }
        }
        FeedEdit::Unchanged => Event::Reported(format!("The {} is as it was", field.name())),
        FeedEdit::Gone => Event::Failed("The feed is gone: nothing was changed".to_owned()),
        FeedEdit::Wrong(why) => Event::Failed(format!("The {} is as it was: {why}", field.name())),
    };
    context.sender.emit(said);
    context.sender.emit(Event::Sources(context.library.feed_overview()?));
    Ok(())
}

/// Subscribes to the feeds of a list; nothing is fetched yet, and nothing in it is ever run.
fn import(context: &Context, file: &str, cancel: &Cancel) -> Result<(), library::Error> {
    let _task = context.tasks.begin(TaskKind::ImportFeeds(file.to_owned()), cancel);
    let listed = match read(file) {
        Ok(listed) => listed,
        Err(why) => {
            context.sender.emit(Event::Failed(format!("{file} {why}")));
            return Ok(());
        }
    };
    if cancel.is_cancelled() {
        context.sender.emit(Event::Failed(format!("{file} was not imported: stopped")));
        return Ok(());
    }
    let ListedSettings { feeds, left_out } = listed;
    let label = format!("import of feeds from {file}");
    let ListedFeeds { new, changed, known } = context.library.subscribe_to_all(&feeds, Some(&label))?;
    for left in &left_out {
        let reason = format!("{} {}", shown(&left.text), left.why);
        context.sender.emit(Event::Skipped(SkippedFile { place: format!("{file}, line {}:", left.line), reason }));
    }
    context.sender.emit(Event::Sources(context.library.feed_overview()?));
    let (file, new, left_out) = (file.to_owned(), new.len(), left_out.len());
    context.sender.emit(Event::FeedsImported { file, new, changed, known, left_out });
    Ok(())
}

/// Reads a list; else why it is none, as the end of a sentence that begins with the file.
fn read(file: &str) -> Result<ListedSettings, String> {
    let unreadable = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => "does not exist: name an OPML file or the urls of newsboat".to_owned(),
        _ => format!("cannot be read ({error})"),
    };
    let path = typed_file::path(file);
    let known = path.metadata().map_err(unreadable)?;
    if known.is_dir() {
        return Err("is a folder: name a file in it".to_owned());
    }
    // Opening a pipe may never end.
    if !known.is_file() {
        return Err("is no file: name an OPML file or the urls of newsboat".to_owned());
    }
    let mut opened = File::open(path).map_err(unreadable)?;
    let input =
        formats::text(&mut opened).map_err(|error| format!("{error}: name an OPML file or the urls of newsboat"))?;
    let mut text = String::new();
    input.take(formats::LARGEST).read_to_string(&mut text).map_err(unreadable)?;
    read_feed_list(&text).map_err(|error| format!("{error}: name an OPML file or the urls of newsboat"))
}

/// Writes all feeds into a file.
fn export(context: &Context, file: &str, overwrite: bool) -> Result<(), library::Error> {
    let feeds = context.library.subscriptions()?;
    let without = match count_passwords(&feeds) {
        0 => String::new(),
        number => format!(", without the passwords of {number}"),
    };
    let exists = Event::Failed(format!("{file} exists: not written · export-feeds! overwrites it"));
    context.sender.emit(match typed_file::write(file, &write_feed_list(&feeds), overwrite) {
        Ok(()) => Event::Reported(format!("{} written to {file}{without}", counted(feeds.len(), "feed"))),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => exists,
        Err(error) => Event::Failed(format!("{file} cannot be written ({error})")),
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use crossbeam_channel::{Receiver, bounded};
    use tempfile::TempDir;

    use super::super::{Message, message_channel};
    use super::*;
    use crate::library::{FeedSettings, Library};

    const LIST: &str = r#"<opml version="2.0"><body><outline text="News">
        <outline text="Coast" xmlUrl="https://me:s3cret@coast.example/feed"/></outline>
        <outline text="Bad" xmlUrl="exec:touch owned"/></body></opml>"#;

    struct Fixture {
        context: Context,
        messages: Receiver<Message>,
        folder: TempDir,
    }

    impl Fixture {
        fn new() -> Self {
            let folder = TempDir::new().unwrap();
            let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
            let (sender, messages) = message_channel();
            Self { context: Context::on(Arc::new(library), bounded(0).0, sender), messages, folder }
        }

        fn file(&self, name: &str) -> String {
            self.folder.path().join(name).display().to_string()
        }

        /// What is said of a job, without the folder, and what was skipped.
        fn run(&self, job: FeedJob) -> Vec<String> {
            carry_out(&self.context, job, &Cancel::default()).unwrap();
            let said = self.messages.try_iter().filter_map(|message| match message {
                Message::Event(Event::Reported(said) | Event::Failed(said) | Event::DoneWithoutUndo { said, .. }) => {
                    Some(said)
                }
                Message::Event(Event::Skipped(file)) => Some(file.to_string()),
                Message::Event(Event::FeedsImported { new, changed, known, left_out, .. }) => {
                    Some(format!("{new} {changed} {known} {left_out}"))
                }
                _ => None,
            });
            said.map(|said| said.replace(&format!("{}/", self.folder.path().display()), "")).collect()
        }

        fn import(&self, name: &str) -> Vec<String> {
            self.run(FeedJob::Import { file: self.file(name) })
        }

        fn export(&self, name: &str, overwrite: bool) -> Vec<String> {
            self.run(FeedJob::Export { file: self.file(name), overwrite })
        }
    }

    #[test]
    fn list_is_imported_and_written_again_without_passwords() {
        let fixture = Fixture::new();
        fs::write(fixture.file("feeds.opml"), LIST).unwrap();
        let skipped = "feeds.opml, line 3: exec:touch owned is not a web address".to_owned();
        assert_eq!(fixture.import("feeds.opml"), [skipped, "1 0 0 1".to_owned()]);
        assert_eq!(fixture.import("feeds.opml").last().map(String::as_str), Some("0 0 1 1"));
        assert_eq!(fixture.export("out.opml", false), ["1 feed written to out.opml, without the passwords of 1"]);
        let written = fs::read_to_string(fixture.file("out.opml")).unwrap();
        assert!(written.contains("https://me@coast.example/feed") && !written.contains("s3cret"), "{written}");
        let exists = "out.opml exists: not written · export-feeds! overwrites it";
        assert_eq!(fixture.export("out.opml", false), [exists]);
        fs::write(fixture.file("out.opml"), "mine").unwrap();
        fixture.export("out.opml", false);
        assert_eq!(fs::read_to_string(fixture.file("out.opml")).unwrap(), "mine");
        fixture.export("out.opml", true);
        assert_eq!(fs::read_to_string(fixture.file("out.opml")).unwrap(), written);
    }

    #[test]
    fn what_is_no_list_is_told_with_what_to_do() {
        let fixture = Fixture::new();
        fs::write(fixture.file("broken.opml"), "<opml><body>").unwrap();
        fs::write(fixture.file("page.html"), "<!doctype html><p>Hello</p>").unwrap();
        fs::create_dir(fixture.file("news")).unwrap();
        for (name, why) in [
            ("nowhere", "nowhere does not exist: name an OPML file"),
            ("news", "news is a folder: name a file in it"),
            ("broken.opml", "broken.opml is not complete XML"),
            ("page.html", "page.html is not "),
        ] {
            let said = fixture.import(name);
            assert!(said.len() == 1 && said[0].starts_with(why), "{said:?}");
        }
        let said = fixture.export("nowhere/feeds.opml", false);
        assert!(said[0].starts_with("nowhere/feeds.opml cannot be written ("), "{said:?}");
        assert!(fixture.context.library.subscriptions().unwrap().is_empty());
    }

    #[test]
    fn setting_that_may_hold_a_password_is_changed_at_once() {
        let fixture = Fixture::new();
        let address = "https://me:s3cret@coast.example/feed".to_owned();
        let settings = FeedSettings { typed: address.clone(), address, ..FeedSettings::default() };
        let feed = fixture.context.library.subscribe(&settings).unwrap().0.id;
        let edit = |written: &str| {
            let written = written.to_owned();
            fixture.run(FeedJob::Edit { feed, field: FeedField::Address, written }).remove(0)
        };
        let name = "https://me@coast.example/news";
        assert_eq!(edit(name), format!("Changed the address of {name}, without undo: it may hold a password"));
        assert_eq!(edit(name), "The address is as it was");
        assert!(edit("exec:ls").starts_with("The address is as it was: “exec:ls” is no web address"));
        let known = fixture.context.library.subscriptions().unwrap().remove(0);
        assert_eq!(known.settings.address, "https://me:s3cret@coast.example/news");
        fixture.context.library.unsubscribe(feed).unwrap();
        assert_eq!(edit(name), "The feed is gone: nothing was changed");
    }
}
