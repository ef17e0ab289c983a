//! Undo and redo: one history of all that the user decided, over restarts and with two programs.

use std::fs;
use std::path::PathBuf;

use pullquote::article::ArticleId;
use pullquote::catalog::{FeedGroup, FeedId, FeedOverview};
use pullquote::keymap::{Key, Keymap};
use pullquote::library::{self, EntryRecord, FeedSettings, FetchUpdate, Library, Written};
use pullquote::quotes::SpeakerCorrection;
use pullquote::user::{UserAction, UserWrite};
use tempfile::TempDir;

use crate::people::commit_articles;
use crate::sitting::{Sitting, article, command_of, three};
use crate::user_actions::{commit, corrected, linked, read, redo, removed, saved_search, starred, tagged, undo};

const ONE: ArticleId = ArticleId(1);
const OTHER: ArticleId = ArticleId(2);

struct Shelter(TempDir);

impl Shelter {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("library.sqlite3")
    }

    fn open(&self) -> Library {
        Library::open(&self.path()).unwrap()
    }
}

/// Commits one action under a label.
fn record(library: &Library, label: &str, action: UserAction) {
    library.write(&[UserWrite::Commit { actions: vec![action], label: label.to_owned() }]).unwrap();
}

/// What a step led over; "-" at the end of the history, in brackets what was left as it is.
fn label(written: Written) -> String {
    match written {
        Written::Stepped { label, actions, .. } if actions.is_empty() => format!("({label})"),
        Written::Stepped { label, .. } => label,
        Written::Nothing(_) => "-".to_owned(),
        Written::Done(_) => panic!("no step"),
    }
}

#[test]
fn undo_outlives_the_program() {
    let shelter = Shelter::new();
    let library = shelter.open();
    record(&library, "star", starred(ONE, true));
    record(&library, "tag", tagged(ONE, "bridge", true));
    library.note(&[read(ONE, true)]).unwrap();
    drop(library);
    let library = shelter.open();
    assert_eq!(label(undo(&library)), "tag");
    assert!(library.user_state().tags(ONE).next().is_none());
    drop(library);
    let library = shelter.open();
    assert_eq!(label(redo(&library)), "tag");
    assert_eq!([undo(&library), undo(&library), undo(&library)].map(label), ["tag", "star", "-"]);
    let flags = library.user_state().flags(ONE);
    assert!(!flags.starred && flags.read, "the read mark that opening sets is no deed");
    // No run leaves anything beside the library.
    drop(library);
    let beside: Vec<_> = fs::read_dir(shelter.0.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(beside, ["library.sqlite3"]);
}

#[test]
fn undo_is_limited_to_this_program_and_those_that_ended() {
    let shelter = Shelter::new();
    let (here, there) = (shelter.open(), shelter.open());
    record(&here, "here", starred(ONE, true));
    record(&there, "there", starred(OTHER, true));
    assert_eq!([undo(&here), undo(&here)].map(label), ["here", "-"]);
    assert_eq!(label(redo(&there)), "-", "what this one undid is its own to redo");
    assert_eq!(label(redo(&here)), "here");
    drop(there);
    assert_eq!([undo(&here), undo(&here), undo(&here)].map(label), ["there", "here", "-"]);
    assert!(here.user_state().starred.is_empty() && shelter.open().user_state().starred.is_empty());
}

#[test]
fn undo_leaves_what_has_changed_since() {
    let shelter = Shelter::new();
    let (here, there) = (shelter.open(), shelter.open());
    let named = |name: &str| Some(SpeakerCorrection::Speaker(name.to_owned()));
    record(&here, "before", starred(OTHER, true));
    record(&here, "correction", corrected(ONE, 5, named("Ann")));
    there.note(&[corrected(ONE, 5, named("Bea"))]).unwrap();
    assert_eq!(label(undo(&here)), "(correction)");
    assert_eq!(shelter.open().user_state().corrections[&ONE][&5], SpeakerCorrection::Speaker("Bea".to_owned()));
    assert_eq!(label(undo(&here)), "before", "the next undo goes on");

    let many = vec![read(ONE, true), read(OTHER, true)];
    here.write(&[UserWrite::Commit { actions: many, label: "many".to_owned() }]).unwrap();
    there.note(&[read(OTHER, false)]).unwrap();
    let Written::Stepped { actions, left, .. } = undo(&here) else { panic!("no step") };
    assert_eq!((actions, left), (vec![read(ONE, false)], 1));
}

#[test]
fn history_follows_an_article_whose_file_changed() {
    let shelter = Shelter::new();
    let news = shelter.0.path().join("news");
    fs::create_dir(&news).unwrap();
    let add = |words: &str| {
        fs::write(news.join("a.txt"), words).unwrap();
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("pullquote"));
        let ran = command.arg("add").arg(&news).arg("--library").arg(shelter.path()).output().unwrap();
        assert!(ran.status.success());
    };
    let text =
        "date 2026-03-14 Bridge to Close\n“It is tired of us,” said Ines Okafor, the engineer.\nIt rained for days.\n";
    add(text);
    let library = shelter.open();
    let id = library.ids().unwrap()[0];
    let start = library.get(id).unwrap().unwrap().findings.quotations[0].span.start;
    record(&library, "star", starred(id, true));
    record(&library, "correction", corrected(id, start, Some(SpeakerCorrection::Speaker("Mara Deniz".to_owned()))));
    record(&library, "removal", removed(id, true));
    drop(library);
    add(&text.replace("Bridge to Close", "Harbour Bridge to Close"));

    let library = shelter.open();
    let now = library.ids().unwrap()[0];
    assert_ne!(now, id);
    assert!(library.user_state().flags(now).starred && library.user_state().flags(now).removed);
    assert_eq!([undo(&library), undo(&library), undo(&library)].map(label), ["removal", "correction", "star"]);
    let flags = library.user_state().flags(now);
    assert!(!flags.starred && !flags.removed && !library.user_state().corrections.contains_key(&now));
    assert_eq!([redo(&library), redo(&library)].map(label), ["star", "correction"]);
    let moved = library.get(now).unwrap().unwrap().findings.quotations[0].span.start;
    assert!(moved > start && library.user_state().corrections[&now].contains_key(&moved));
}

#[test]
fn redo_starts_with_what_was_undone_last() {
    let shelter = Shelter::new();
    let (here, there) = (shelter.open(), shelter.open());
    record(&here, "one", starred(ArticleId(1), true));
    record(&there, "two", starred(ArticleId(2), true));
    record(&here, "three", starred(ArticleId(3), true));
    assert_eq!(label(undo(&there)), "two");
    drop(here);
    assert_eq!([undo(&there), undo(&there)].map(label), ["three", "one"]);
    assert_eq!([redo(&there), redo(&there), redo(&there)].map(label), ["one", "three", "two"]);
}

#[test]
fn feed_that_was_unsubscribed_elsewhere_is_left_alone() {
    let shelter = Shelter::new();
    let (library, feed) = with_feed(&shelter);
    record(&library, "pause", UserAction::FeedPaused { feed, paused: true });
    let other = shelter.open();
    record(&other, "unsubscribe", UserAction::Subscribed { feed, subscribed: false });
    assert_eq!(label(undo(&library)), "(pause)");
    assert_eq!(label(undo(&other)), "unsubscribe");
    assert_eq!(paused(&library), [("Coast".to_owned(), true)]);
}

#[test]
fn action_that_changes_nothing_is_not_recorded() {
    let library = Shelter::new().open();
    record(&library, "star", starred(ONE, true));
    record(&library, "again", starred(ONE, true));
    assert_eq!([undo(&library), undo(&library)].map(label), ["star", "-"]);
}

#[test]
fn correction_undone_is_found_no_more() {
    let shelter = Shelter::new();
    let library = shelter.open();
    commit_articles(&library, "/news/a.txt", article(1, "One", &["{Ines Okafor: “It floats,”} she said."]));
    let id = library.ids().unwrap()[0];
    let start = library.get(id).unwrap().unwrap().findings.quotations[0].span.start;
    let by = |name: &str| {
        let query = pullquote::query::Query::parse(&format!("speaker:{name}"));
        library.search(&query, &|| true).unwrap().len()
    };
    record(&library, "correction", corrected(id, start, Some(SpeakerCorrection::Speaker("Mara Deniz".to_owned()))));
    assert_eq!((by("deniz"), by("okafor")), (1, 0));
    undo(&library);
    assert_eq!((by("deniz"), by("okafor")), (0, 1));
    redo(&library);
    assert_eq!((by("deniz"), by("okafor")), (1, 0));
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}

/// A library with a feed that an article came from.
fn with_feed(shelter: &Shelter) -> (Library, FeedId) {
    let library = shelter.open();
    let address = "https://ann:secret@coast.example/feed".to_owned();
    let settings = FeedSettings { address: address.clone(), typed: address, ..FeedSettings::default() };
    let (source, _) = library.subscribe(&settings).unwrap();
    commit_articles(&library, "/news/a.txt", article(1, "One", &["{Ines Okafor: “It floats,”} she said."]));
    let id = library.ids().unwrap()[0];
    let update = FetchUpdate {
        source: source.id,
        entries: vec![EntryRecord { article: id, guid: Some(9), content_hash: 7 }],
        copies: Vec::new(),
        editions: Vec::new(),
        doubles: Vec::new(),
        moved_to: None,
        title: Some("Coast".to_owned()),
        link: None,
        pause: false,
        status: source.status,
    };
    library.record_fetches(&[update]).unwrap();
    (library, source.id)
}

fn paused(library: &Library) -> Vec<(String, bool)> {
    library.feed_overview().unwrap().feeds.into_iter().map(|line| (line.name, line.paused)).collect()
}

#[test]
fn feed_settings_are_undone_over_restarts() {
    let shelter = Shelter::new();
    let (library, feed) = with_feed(&shelter);
    let line = |name: &str, muted| vec![(name.to_owned(), muted)];
    record(&library, "rename", UserAction::FeedRenamed { feed, before: None, after: Some("Mine".to_owned()) });
    record(&library, "pause", UserAction::FeedPaused { feed, paused: true });
    assert_eq!(paused(&library), line("Mine", true));
    record(&library, "unsubscribe", UserAction::Subscribed { feed, subscribed: false });
    assert!(library.subscriptions().unwrap().is_empty() && library.feed_overview().unwrap() == FeedOverview::default());
    assert!(library.feeds_of_article(library.ids().unwrap()[0]).unwrap().is_empty());
    drop(library);

    let library = shelter.open();
    assert_eq!(label(undo(&library)), "unsubscribe");
    assert_eq!(paused(&library), line("Mine", true));
    assert_eq!(library.articles_of_feeds(&FeedGroup::Feed(feed)).unwrap().len(), 1);
    assert_eq!(library.subscriptions().unwrap()[0].settings.address, "https://ann:secret@coast.example/feed");
    assert_eq!([undo(&library), undo(&library)].map(label), ["pause", "rename"]);
    assert_eq!(paused(&library), line("Coast", false), "the name that it gives itself");
}

#[test]
fn password_of_a_feed_is_in_no_history_and_goes_with_what_can_be_undone() {
    let shelter = Shelter::new();
    let (library, feed) = with_feed(&shelter);
    let connection = rusqlite::Connection::open(shelter.path()).unwrap();
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    record(&library, "unsubscribe", UserAction::Subscribed { feed, subscribed: false });
    assert_eq!(count("SELECT count(*) FROM history WHERE actions LIKE '%secret%' OR label LIKE '%secret%'"), 0);
    assert_eq!(count("SELECT count(*) FROM sources"), 1, "it can come back");
    for number in 0..200 {
        record(&library, "star", starred(ArticleId(number), true));
    }
    assert_eq!(count("SELECT count(*) FROM sources"), 0, "it cannot any more");
    assert_eq!(count("SELECT count(*) FROM history"), 200);
}

#[test]
fn feed_subscribed_again_is_the_same_one() {
    let shelter = Shelter::new();
    let (library, feed) = with_feed(&shelter);
    record(&library, "unsubscribe", UserAction::Subscribed { feed, subscribed: false });
    let address = "https://ann:secret@coast.example/feed".to_owned();
    let settings = FeedSettings { address: address.clone(), typed: address, ..FeedSettings::default() };
    let (again, is_new) = library.subscribe(&settings).unwrap();
    assert!(is_new);
    library.enter(&[UserAction::Subscribed { feed: again.id, subscribed: true }], "subscribe").unwrap();
    assert_eq!(label(undo(&library)), "subscribe");
    assert!(library.subscriptions().unwrap().is_empty());
    assert_eq!(label(undo(&library)), "unsubscribe");
    assert_eq!((library.subscriptions().unwrap().len(), again.id), (1, feed));
    // For good, as the command line does it.
    library.unsubscribe(feed).unwrap();
    assert_eq!([undo(&library), redo(&library)].map(label), ["-", "-"]);
}

#[test]
fn merges_are_undone_over_restarts() {
    let shelter = Shelter::new();
    let library = shelter.open();
    commit_articles(&library, "/news/a.txt", article(1, "One", &["{Dmitry Peskov: “No,”} he said."]));
    commit_articles(&library, "/news/b.txt", article(2, "Two", &["{Peskov: “Yes,”} he said."]));
    let names = |library: &Library| crate::people::names(library).len();
    assert_eq!(names(&library), 2);
    commit(&library, vec![linked("peskov", "dmitry peskov", Some(true))]);
    assert_eq!(names(&library), 1);
    drop(library);
    let library = shelter.open();
    undo(&library);
    assert_eq!((names(&library), library.identity_links().unwrap().iter().count()), (2, 0));
    redo(&library);
    assert_eq!(names(&library), 1);
}

#[test]
fn locked_library_undoes_nothing_and_keeps_what_was_done() {
    let shelter = Shelter::new();
    let library = shelter.open();
    record(&library, "first", starred(ONE, true));
    let other = rusqlite::Connection::open(shelter.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let write = UserWrite::Commit { actions: vec![starred(OTHER, true)], label: "second".to_owned() };
    assert!(matches!(library.write(&[write]), Err(library::Error::Locked)));
    assert!(matches!(library.write(&[UserWrite::Undo]), Err(library::Error::Locked)));
    assert!(library.user_state().flags(OTHER).starred, "it holds as long as the program runs");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!([undo(&library), undo(&library), undo(&library)].map(label), ["second", "first", "-"]);
}

#[test]
fn read_only_library_undoes_in_memory() {
    let library = Library::default();
    record(&library, "star", starred(ONE, true));
    record(&library, "search", saved_search("one", Some("bridge")));
    assert_eq!(label(undo(&library)), "search");
    assert_eq!(label(redo(&library)), "search");
    assert_eq!([undo(&library), undo(&library), undo(&library)].map(label), ["search", "star", "-"]);
    assert!(library.user_state().starred.is_empty() && library.user_state().searches.is_empty());
}

/// The messages after each of these keys.
fn messages(keys: &[&str]) -> Vec<String> {
    let mut sitting = Sitting::new(120, 36, three());
    let said = |keys: &&str| {
        sitting.press(keys);
        sitting.notice().as_deref().unwrap_or_default().to_owned()
    };
    keys.iter().map(said).collect()
}

#[test]
fn undo_goes_through_all_views_in_order_of_time() {
    let bridge = "“Harbour Bridge to Close”";
    let said =
        messages(&["s", "<enter>", "n", "cMara Deniz<enter>", "q", "\"<esc>", "mGm", "<esc>", "U", "U", "U", "U"]);
    assert_eq!(said[6], "Merged Ines Okafor (2) with Rosalind Meer (1) · U undo");
    let undone = [
        "Undone: merge of Ines Okafor and Rosalind Meer".to_owned(),
        format!("Undone: corrected to Mara Deniz in {bridge}"),
        format!("Undone: starred {bridge}"),
        "Nothing to undo".to_owned(),
    ];
    assert_eq!(said[8..], undone);
    // Opening an article buries nothing.
    assert_eq!(messages(&["s", "<enter>", "h", "U", "U"])[3..], [undone[2].clone(), undone[3].clone()]);
    // In the list of speakers too.
    assert_eq!(messages(&["s", "\"<esc>", "U"])[2], undone[2]);
}

#[test]
fn redo_ends_with_the_next_action() {
    let bridge = "“Harbour Bridge to Close”";
    let said = messages(&["s", "u", "A", "U", "<c-r>", "U", "U", "D", "<c-r>", "U"]);
    assert_eq!(said[2], "Marked 2 articles read · U undo");
    assert_eq!(said[3], "Undone: marked 2 articles read");
    assert_eq!(said[4], "Redone: marked 2 articles read");
    assert_eq!(said[6], format!("Undone: marked read {bridge}"));
    assert_eq!(said[8], "Nothing to redo");
    assert_eq!(said[9], format!("Undone: removed {bridge}"));
}

#[test]
fn layers_with_undo_have_redo() {
    use pullquote::app::{Command, Layer};
    let (keymap, undo, redo) = (Keymap::default(), Key::parse("U").unwrap(), Key::parse("C-r").unwrap());
    let views = [Layer::List, Layer::Article, Layer::Speakers, Layer::Sidebar, Layer::People, Layer::Timeline];
    let layers = views.into_iter().chain([Layer::Why]);
    for layer in layers {
        assert_eq!(command_of(&keymap, layer, undo), Some(Command::Undo), "{layer:?}");
        assert_eq!(command_of(&keymap, layer, redo), Some(Command::Redo), "{layer:?}");
    }
}

#[test]
fn removal_undone_is_listed_again() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("jD");
    assert_eq!(sitting.listed().len(), 2);
    sitting.press("U");
    assert_eq!((sitting.listed().len(), sitting.app.user().is_removed(three()[1].0.id)), (3, false));
    sitting.press("<c-r>");
    assert_eq!(sitting.listed().len(), 2);
    assert!(sitting.written().contains(&removed(three()[1].0.id, true)));
}
