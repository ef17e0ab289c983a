//! Settings of feeds in the library: their history, and feeds of a list.

use pullquote::article::ArticleId;
use pullquote::catalog::FeedId;
use pullquote::ingest::{read_feed_list, write_feed_list};
use pullquote::library::{FeedEdit, FeedSettings, FetchStatus, FetchUpdate, Library, ListedFeeds, Written};
use pullquote::user::{FeedField, FeedSetting, Retention, UserAction, UserWrite};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::feed_card::settings;
use crate::user_actions::{redo, starred, undo};

struct Shelf(TempDir);

impl Shelf {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self) -> std::path::PathBuf {
        self.0.path().join("library.sqlite3")
    }

    fn open(&self) -> Library {
        Library::open(&self.path()).unwrap()
    }
}

fn settings_of(library: &Library, feed: FeedId) -> FeedSettings {
    library.subscriptions().unwrap().into_iter().find(|known| known.id == feed).unwrap().settings
}

fn record(library: &Library, label: &str, actions: Vec<UserAction>) {
    library.write(&[UserWrite::Commit { actions, label: label.to_owned() }]).unwrap();
}

fn set(feed: FeedId, after: FeedSetting) -> UserAction {
    UserAction::FeedSet { feed, before: None, after }
}

/// What was undone or redone, and how many changes were left.
fn stepped(written: Written) -> (String, usize) {
    match written {
        Written::Stepped { label, left, .. } => (label, left),
        Written::Nothing(_) => ("-".to_owned(), 0),
        Written::Done(_) => panic!("no step"),
    }
}

#[test]
fn settings_are_undone_and_redone_over_restarts() {
    let shelf = Shelf::new();
    let before = settings("Coast", "Daily");
    let feed = shelf.open().subscribe(&before).unwrap().0.id;
    let changes = [
        FeedSetting::Folder("News/Local".to_owned()),
        FeedSetting::Tags(vec!["sea".to_owned()]),
        FeedSetting::Interval(Some(90)),
        FeedSetting::FullText(true),
        FeedSetting::Keep(Some(Retention::Newest(20))),
        FeedSetting::UserAgent(Some("Mine/1".to_owned())),
    ];
    let library = shelf.open();
    for after in &changes {
        record(&library, "change", vec![set(feed, after.clone())]);
        record(&library, "the same again", vec![set(feed, after.clone())]);
    }
    let after = settings_of(&library, feed);
    assert!(changes.iter().all(|change| after.value_like(change) == *change), "{after:?}");
    drop(library);
    let library = shelf.open();
    for _ in &changes {
        assert_eq!(stepped(undo(&library)), ("change".to_owned(), 0));
    }
    assert_eq!(stepped(undo(&library)).0, "-");
    assert_eq!(settings_of(&library, feed), before);
    for _ in &changes {
        assert_eq!(stepped(redo(&library)), ("change".to_owned(), 0));
    }
    assert_eq!(settings_of(&library, feed), after);
}

#[test]
fn history_of_an_older_library_is_read_beside_the_new_actions() {
    let shelf = Shelf::new();
    let feed = shelf.open().subscribe(&settings("Coast", "")).unwrap().0.id;
    let connection = Connection::open(shelf.path()).unwrap();
    let older = [
        format!(r#"[{{"FeedRenamed":{{"feed":{},"before":"Old","after":"Coast"}}}}]"#, feed.0),
        format!(r#"[{{"FeedPaused":{{"feed":{},"paused":false}}}}]"#, feed.0),
    ];
    for (id, actions) in (1..).zip(&older) {
        let sql = "INSERT INTO history (id, run, feed, label, actions) VALUES (?1, 1, ?2, 'older', ?3)";
        connection.execute(sql, (id, feed.0, actions)).unwrap();
    }
    drop(connection);
    let library = shelf.open();
    record(&library, "newer", vec![set(feed, FeedSetting::Interval(Some(5)))]);
    let labels = [undo(&library), undo(&library), undo(&library)].map(stepped);
    assert_eq!(labels, [("newer".to_owned(), 0), ("older".to_owned(), 0), ("older".to_owned(), 0)]);
    let known = settings_of(&library, feed);
    assert_eq!((known.name.as_deref(), known.paused, known.fetch.interval), (Some("Old"), true, None));
}

#[test]
fn what_another_program_changed_since_stays() {
    let shelf = Shelf::new();
    let (here, there) = (shelf.open(), shelf.open());
    let feed = here.subscribe(&settings("Coast", "")).unwrap().0.id;
    record(&here, "interval", vec![set(feed, FeedSetting::Interval(Some(5)))]);
    let mut other = settings_of(&there, feed);
    other.fetch.interval = Some(70);
    there.set_feed_settings(feed, &other).unwrap();
    assert_eq!(stepped(undo(&here)), ("interval".to_owned(), 1));
    assert_eq!(settings_of(&here, feed).fetch.interval, Some(70));
}

#[test]
fn feed_that_goes_takes_only_its_part_of_an_entry_along() {
    let shelf = Shelf::new();
    let library = shelf.open();
    let [coast, river] = ["Coast", "River"].map(|name| library.subscribe(&settings(name, "Daily")).unwrap().0.id);
    let moved = || FeedSetting::Folder("News".to_owned());
    record(&library, "move", vec![set(coast, moved()), set(river, moved())]);
    library.unsubscribe(river).unwrap();
    // The next feed gets its number, and lies where the other one was moved.
    let lake = library.subscribe(&settings("Lake", "News")).unwrap().0.id;
    assert_eq!(lake, river);
    assert_eq!(stepped(undo(&library)), ("move".to_owned(), 0));
    assert_eq!(settings_of(&library, coast).folder, "Daily");
    assert_eq!(settings_of(&library, lake).folder, "News", "it was never moved");
    library.unsubscribe(coast).unwrap();
    assert_eq!(stepped(redo(&library)).0, "-");
}

/// What is there of the validators, the date that it is due, and failures.
fn fetched(library: &Library, feed: FeedId) -> (bool, i64, u32) {
    let status = library.subscriptions().unwrap().into_iter().find(|known| known.id == feed).unwrap().status;
    (status.etag.is_some(), status.next_fetch, status.failures)
}

#[test]
fn feed_is_asked_as_a_whole_after_what_changes_its_answer() {
    let change = |change: &dyn Fn(&Library, FeedId)| {
        let shelf = Shelf::new();
        let library = shelf.open();
        let feed = library.subscribe(&settings("Coast", "")).unwrap().0.id;
        let status = FetchStatus {
            last_attempt: Some(1_000),
            next_fetch: 100_000,
            failures: 2,
            error: Some("returned 500".to_owned()),
            etag: Some("x".to_owned()),
            ..FetchStatus::default()
        };
        let update = FetchUpdate {
            source: feed,
            entries: Vec::new(),
            copies: Vec::new(),
            editions: Vec::new(),
            doubles: Vec::new(),
            moved_to: None,
            title: None,
            link: None,
            pause: false,
            status,
        };
        library.record_fetches(&[update]).unwrap();
        change(&library, feed);
        fetched(&library, feed)
    };
    let action = |after: FeedSetting| change(&|library, feed| record(library, "x", vec![set(feed, after.clone())]));
    assert_eq!(action(FeedSetting::Keep(Some(Retention::Forever))), (false, 100_000, 2));
    assert_eq!(action(FeedSetting::UserAgent(Some("Mine/1".to_owned()))), (false, 0, 0));
    assert_eq!(action(FeedSetting::Interval(Some(10))), (true, 1_600, 2), "sooner than it was due");
    assert_eq!(action(FeedSetting::Interval(Some(100_000))), (true, 100_000, 2));
    assert_eq!(action(FeedSetting::Folder("News".to_owned())), (true, 100_000, 2));
    let edit = |field, written: &str| change(&|library, feed| _ = library.edit_feed(feed, field, written).unwrap());
    assert_eq!(edit(FeedField::Address, "https://coast.example/new"), (false, 0, 0));
    assert_eq!(edit(FeedField::Headers, "X-Key: new"), (false, 0, 0));
    assert_eq!(edit(FeedField::Headers, "X-Key: …"), (true, 100_000, 2), "nothing has changed");
}

#[test]
fn address_of_another_feed_is_refused() {
    let shelf = Shelf::new();
    let library = shelf.open();
    let coast = library.subscribe(&settings("Coast", "")).unwrap().0.id;
    let river = library.subscribe(&settings("River", "")).unwrap().0.id;
    let taken = "https://me:s3cret@river.example/feed";
    let wrong = |why: &str| FeedEdit::Wrong(why.to_owned());
    let edit = |feed, address: &str| library.edit_feed(feed, FeedField::Address, address).unwrap();
    assert_eq!(edit(coast, taken), wrong("already subscribed to River at this address"));
    record(&library, "unsubscribe", vec![UserAction::Subscribed { feed: river, subscribed: false }]);
    assert_eq!(edit(coast, taken), wrong("an unsubscribed feed has this address: subscribe to it again instead"));
    assert_eq!(edit(river, "https://new.example/"), FeedEdit::Gone);
    let done = |headers_left| FeedEdit::Done { name: "Coast".to_owned(), headers_left };
    assert_eq!(library.edit_feed(coast, FeedField::Headers, "X-Key: s3cret").unwrap(), done(0));
    let headers = || library.subscriptions().unwrap()[0].settings.fetch.headers.len();
    // A header is for one server.
    let old = library.subscriptions().unwrap()[0].settings.address.clone();
    assert_eq!((edit(coast, &format!("{old}2")), headers()), (done(0), 1));
    assert_eq!((edit(coast, "https://new.example/"), headers()), (done(1), 0));
    let history: String = Connection::open(shelf.path())
        .unwrap()
        .query_row("SELECT group_concat(actions || label) FROM history", [], |row| row.get(0))
        .unwrap();
    assert!(!history.contains("s3cret") && !history.contains("new.example"), "{history}");
}

#[test]
fn list_adds_to_what_is_there_and_takes_nothing_away() {
    const LIST: &str = r#"<opml version="2.0"><body><outline text="News">
        <outline text="Coast anew" xmlUrl="https://coast.example/feed" category="sea"/>
        <outline text="River" xmlUrl="https://river.example/feed"/></outline>
        <outline text="Lake" xmlUrl="https://lake.example/feed"/>
        <outline text="Lake" xmlUrl="https://lake.example/feed"/>
        <outline text="Bad" xmlUrl="exec:ls"/></body></opml>"#;
    let shelf = Shelf::new();
    let library = shelf.open();
    let subscribe = |name: &str, folder: &str| {
        let address = format!("https://{}.example/feed", name.to_lowercase());
        let of =
            FeedSettings { typed: address.clone(), address, tags: vec!["own".to_owned()], ..settings(name, folder) };
        library.subscribe(&of).unwrap().0.id
    };
    let (coast, river) = (subscribe("Coast", ""), subscribe("River", "Mine"));
    let listed = read_feed_list(LIST).unwrap();
    assert_eq!(listed.left_out.iter().map(|left| left.line).collect::<Vec<_>>(), [6]);
    let came = library.subscribe_to_all(&listed.feeds, Some("import")).unwrap();
    let lake = came.new[0];
    assert_eq!(came, ListedFeeds { new: vec![lake], changed: 1, known: 1 });
    let known = settings_of(&library, coast);
    assert_eq!((known.name.as_deref(), known.folder.as_str()), (Some("Coast"), "News"), "it was in no folder");
    assert_eq!(known.tags, ["own", "sea"]);
    let known = settings_of(&library, river);
    assert_eq!((known.folder.as_str(), known.tags.as_slice()), ("Mine", ["own".to_owned()].as_slice()));
    // One step of the history, of all of it.
    assert_eq!(stepped(undo(&library)), ("import".to_owned(), 0));
    assert_eq!(library.subscriptions().unwrap().len(), 2);
    assert_eq!((settings_of(&library, coast).folder.as_str(), settings_of(&library, coast).tags.len()), ("", 1));
    assert_eq!(stepped(redo(&library)), ("import".to_owned(), 0));
    assert_eq!(settings_of(&library, lake).address, "https://lake.example/feed");
    assert_eq!(library.subscribe_to_all(&listed.feeds, Some("again")).unwrap().known, 4);
    assert_eq!(stepped(undo(&library)).0, "import", "what changes nothing is no entry");
}

#[test]
fn undone_import_outlives_what_another_run_lets_go() {
    let shelf = Shelf::new();
    let library = shelf.open();
    let listed = [settings("Coast", ""), settings("River", "")];
    library.subscribe_to_all(&listed, Some("import")).unwrap();
    undo(&library);
    // What is undone there goes with the next action there, and with it the feeds that nothing can bring back.
    let other = shelf.open();
    record(&other, "star", vec![starred(ArticleId(1), true)]);
    undo(&other);
    record(&other, "another star", vec![starred(ArticleId(2), true)]);
    assert_eq!(stepped(redo(&library)), ("import".to_owned(), 0));
    assert_eq!(library.subscriptions().unwrap().len(), 2, "all of it comes back");
}

#[test]
fn list_that_is_written_is_read_again_without_passwords() {
    let shelf = Shelf::new();
    let library = shelf.open();
    library.subscribe(&settings("Coast", "News/Local")).unwrap();
    let written = write_feed_list(&library.subscriptions().unwrap());
    assert!(!written.contains("s3cret") && !written.contains("hush"), "{written}");
    let again = read_feed_list(&written).unwrap().feeds;
    assert_eq!((again[0].name.as_deref(), again[0].folder.as_str()), (Some("Coast"), "News/Local"));
}
