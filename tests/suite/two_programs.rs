//! Two programs on one library at a time: each sees what the other did.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use proptest::prelude::*;
use pullquote::app::{Event, Pane};
use pullquote::article::{Article, ArticleId, BodyBuilder, Origin, ParagraphKind};
use pullquote::catalog::Headline;
use pullquote::library::{EncodedArticle, ExternalChanges, FileFingerprint, FileRead, Library, Scope};
use pullquote::quotes::{self, SpeakerCorrection};
use tempfile::TempDir;

use crate::pty::{Pty, rows};
use crate::sitting::{Sitting, three};
use crate::user_actions::{corrected, position, read, removed, saved_search, starred, tagged};
use pullquote::user::UserAction;

/// An article in a file, with its words.
fn commit_articles(library: &Library, file: &str, headline: &str, url: &str, words: &str) -> ArticleId {
    let mut builder = BodyBuilder::new(headline);
    builder.push(ParagraphKind::Prose, words);
    let body = builder.build();
    let origin = Origin::File(PathBuf::from(file));
    let article = Article { url: Some(url.to_owned()), id: ArticleId::of_address(url), origin, ..Article::new(body) };
    let id = article.id;
    let findings = quotes::find(&article.body);
    let encoded = EncodedArticle::of(&library.add(article, findings)).unwrap();
    let fingerprint = FileFingerprint { size: 1, modified: 1, reader: 1 };
    let read = FileRead { path: PathBuf::from(file), fingerprint, articles: vec![id], is_whole: true };
    library.commit(&[encoded], &[read]).unwrap();
    id
}

/// Two programs with the same library, each with all of it listed.
struct Two {
    _folder: TempDir,
    here: Library,
    there: Library,
}

fn list(library: &Library, scope: &Scope) -> usize {
    let mut count = 0;
    let give = &mut |headlines: Vec<Headline>| {
        count += headlines.len();
        ControlFlow::Continue(())
    };
    library.list(scope, give).unwrap();
    count
}

impl Two {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let open = || Library::open(&folder.path().join("library.sqlite3")).unwrap();
        let (here, there) = (open(), open());
        list(&here, &Scope::Whole);
        list(&there, &Scope::Whole);
        Self { here, there, _folder: folder }
    }
}

fn titles(headlines: &[Headline]) -> Vec<&str> {
    headlines.iter().map(|headline| &*headline.title).collect()
}

fn none() -> ExternalChanges {
    ExternalChanges::default()
}

#[test]
fn external_changes_hold_only_what_others_did() {
    let Two { here, there, .. } = Two::new();
    assert!(!here.has_external_writes().unwrap());
    let [one, other] = [ArticleId(1), ArticleId(2)];
    here.note(&[read(one, true), tagged(one, "x", true)]).unwrap();
    here.note(&[saved_search("mine", Some("bridge"))]).unwrap();
    assert!(!here.has_external_writes().unwrap(), "by what it wrote itself");
    assert!(there.has_external_writes().unwrap());
    let news = there.poll_external().unwrap();
    let saved = saved_search("mine", Some("bridge"));
    assert_eq!(news.actions, [read(one, true), tagged(one, "x", true), saved]);
    assert!(there.user_state().flags(one).read);
    assert_eq!((there.has_external_writes().unwrap(), there.poll_external().unwrap()), (false, none()));

    let lost = UserAction::SavedSearch { name: "mine".to_owned(), before: Some("bridge".to_owned()), after: None };
    let actions = [
        read(one, false),
        tagged(one, "x", false),
        starred(other, true),
        removed(other, true),
        position(other, 40),
        corrected(other, 7, Some(SpeakerCorrection::NoSpeaker)),
        lost,
        UserAction::Searched("x".to_owned()),
        UserAction::Setting { name: "lighting".to_owned(), value: "off".to_owned() },
    ];
    there.note(&actions).unwrap();
    // What is done here meanwhile is neither reported nor undone.
    here.note(&[read(other, true)]).unwrap();
    let news = here.poll_external().unwrap();
    assert_eq!(news.actions.len(), actions.len());
    for action in actions {
        assert!(news.actions.contains(&action), "{action:?} is missing");
    }
    assert!(here.user_state().flags(other).read && here.user_state().flags(other).starred);
    assert!(here.user_state().tags(one).next().is_none());
    there.note(&[corrected(other, 7, None)]).unwrap();
    let before = Some(SpeakerCorrection::NoSpeaker);
    let undone = UserAction::Corrected { article: other, start: 7, before, after: None };
    assert_eq!(here.poll_external().unwrap().actions, [undone]);
}

#[test]
fn external_changes_hold_articles_that_came_changed_or_went() {
    let Two { here, there, .. } = Two::new();
    let ours = "https://coast.example/ours";
    commit_articles(&here, "/news/ours.txt", "Ours", ours, "“It floats,” said Ines Okafor.");
    assert!(!here.has_external_writes().unwrap());
    commit_articles(&there, "/news/theirs.txt", "Theirs", "https://coast.example/theirs", "“It sinks,” said Jon Holt.");
    let news = here.poll_external().unwrap();
    // Its own is reported once, as it does not poll what is known already.
    assert_eq!(titles(&news.arrived), ["Theirs", "Ours"]);
    assert_eq!(here.poll_external().unwrap(), none());

    let id = commit_articles(&there, "/news/ours.txt", "Ours", ours, "“It does not float,” said Ines Okafor.");
    let news = here.poll_external().unwrap();
    assert_eq!((titles(&news.edited), titles(&news.arrived)), (vec!["Ours"], Vec::new()));
    commit_articles(&here, "/news/ours.txt", "Ours", ours, "“It does float,” said Ines Okafor.");
    there.note(&[read(ArticleId(1), true)]).unwrap();
    let news = here.poll_external().unwrap();
    assert_eq!((titles(&news.edited), titles(&news.relisted)), (Vec::new(), vec!["Ours"]), "its own words are no news");

    there.poll_external().unwrap();
    let start = there.get(id).unwrap().unwrap().findings.quotations[0].span.start;
    there.note(&[corrected(id, start, Some(SpeakerCorrection::Speaker("Mara Deniz".to_owned())))]).unwrap();
    let news = here.poll_external().unwrap();
    assert_eq!((titles(&news.edited), titles(&news.relisted)), (Vec::new(), vec!["Ours"]));
    assert_eq!(news.relisted[0].speakers.iter().next().unwrap().name, "Mara Deniz");
    there.remove(Path::new("/news/ours.txt")).unwrap();
    assert_eq!(here.poll_external().unwrap().departed, [id]);
    assert_eq!(here.poll_external().unwrap(), none());
}

#[test]
fn external_changes_stay_within_what_is_listed() {
    let Two { here, there, .. } = Two::new();
    assert_eq!(list(&here, &Scope::Under(vec![PathBuf::from("/news/north")])), 0);
    commit_articles(&there, "/news/south/one.txt", "South", "https://coast.example/south", "Nobody speaks.");
    let id = commit_articles(&there, "/news/north/one.txt", "North", "https://coast.example/north", "Nobody speaks.");
    assert_eq!(titles(&here.poll_external().unwrap().arrived), ["North"]);
    // An article that lies elsewhere already comes to lie here too, and leaves again.
    commit_articles(&there, "/news/north/two.txt", "South", "https://coast.example/south", "Nobody speaks.");
    assert_eq!(titles(&here.poll_external().unwrap().arrived), ["South"]);
    there.remove(Path::new("/news/north/one.txt")).unwrap();
    assert_eq!(here.poll_external().unwrap().departed, [id]);
}

#[test]
fn pending_writes_are_not_undone_by_external_changes() {
    let Two { here, there, _folder: folder } = Two::new();
    let other = rusqlite::Connection::open(folder.path().join("library.sqlite3")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    here.note(&[starred(ArticleId(1), true)]).unwrap_err();
    other.execute_batch("ROLLBACK").unwrap();
    there.note(&[starred(ArticleId(2), true)]).unwrap();
    assert_eq!(here.poll_external().unwrap().actions, [starred(ArticleId(2), true)]);
    assert!(here.user_state().flags(ArticleId(1)).starred);
    assert_eq!(there.poll_external().unwrap().actions, [starred(ArticleId(1), true)], "now it is kept");
}

fn any_action() -> impl Strategy<Value = UserAction> {
    let id = || (1..4_u64).prop_map(ArticleId);
    prop_oneof![
        (id(), any::<bool>()).prop_map(|(id, is_read)| read(id, is_read)),
        (id(), any::<bool>()).prop_map(|(id, is_starred)| starred(id, is_starred)),
        (id(), any::<bool>()).prop_map(|(id, is_removed)| removed(id, is_removed)),
        (id(), "[ab]", any::<bool>()).prop_map(|(id, tag, is_tagged)| tagged(id, tag, is_tagged)),
        (id(), 0..3_usize).prop_map(|(id, offset)| position(id, offset)),
        (id(), 0..3_usize, prop::option::of("[ab]")).prop_map(|(id, start, name)| corrected(
            id,
            start,
            name.map(SpeakerCorrection::Speaker)
        )),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever is done here and there, once both have caught up both hold what the library holds.
    #[test]
    fn two_libraries_agree_in_the_end(steps in prop::collection::vec((any::<bool>(), any_action(), any::<bool>()), 1..24)) {
        let Two { here, there, _folder: folder } = Two::new();
        for (is_here, action, catches_up) in steps {
            let (one, other) = if is_here { (&here, &there) } else { (&there, &here) };
            one.note(&[action]).unwrap();
            if catches_up {
                other.poll_external().unwrap();
            }
        }
        here.poll_external().unwrap();
        there.poll_external().unwrap();
        let kept = Library::open(&folder.path().join("library.sqlite3")).unwrap().user_state();
        for id in (1..4).map(ArticleId) {
            for library in [&here, &there] {
                let memory = library.user_state();
                prop_assert_eq!(memory.flags(id), kept.flags(id));
                prop_assert_eq!(memory.tags(id).collect::<Vec<_>>(), kept.tags(id).collect::<Vec<_>>());
                let corrections = memory.corrections.get(&id).cloned().unwrap_or_default();
                prop_assert_eq!(corrections, kept.corrections.get(&id).cloned().unwrap_or_default());
            }
        }
    }
}

/// A sitting at three articles, and those.
fn sitting() -> (Sitting, Vec<ArticleId>) {
    let sitting = Sitting::new(120, 36, three());
    let ids = sitting.app.catalog().iter().map(|headline| headline.id).collect();
    (sitting, ids)
}

fn unread(sitting: &Sitting) -> usize {
    sitting.app.catalog().len() - sitting.app.user().read_count()
}

fn external_change(sitting: &mut Sitting, what: UserAction) {
    sitting.event(Event::UserActions(vec![what]));
    sitting.event(Event::CaughtUp);
}

#[test]
fn marks_made_elsewhere_are_shown_and_not_undone_here() {
    let (mut sitting, ids) = sitting();
    sitting.press("u");
    external_change(&mut sitting, UserAction::Read { article: ids[1], read: true });
    assert_eq!(unread(&sitting), 1);
    sitting.press("U");
    assert_eq!(unread(&sitting), 2);
    assert!(sitting.app.user().is_read(ids[1]) && !sitting.app.user().is_read(ids[0]));
    sitting.press("U");
    assert_eq!(sitting.notice().as_deref(), Some("Nothing to undo"));

    // What was done here is taken back to what it was here, whatever the other did with it.
    sitting.press("s");
    external_change(&mut sitting, UserAction::Starred { article: ids[0], starred: false });
    assert!(!sitting.app.user().is_starred(ids[0]));
    sitting.press("U");
    assert!(!sitting.app.user().is_starred(ids[0]));
    sitting.press("s");
    assert!(sitting.app.user().is_starred(ids[0]));
}

#[test]
fn articles_removed_elsewhere_go_here_too() {
    let (mut sitting, ids) = sitting();
    sitting.press("j");
    external_change(&mut sitting, UserAction::Removed { article: ids[0], removed: true });
    assert_eq!((sitting.listed().len(), sitting.place()), (2, "list: Council Votes Down Night Trams".to_owned()));
    external_change(&mut sitting, UserAction::Removed { article: ids[0], removed: false });
    assert_eq!((sitting.listed().len(), sitting.place()), (3, "list: Council Votes Down Night Trams".to_owned()));
    // The selected article goes: the next one is selected.
    sitting.event(Event::Departed(vec![ids[1]]));
    assert_eq!(sitting.place(), "list: Minister Keeps His Job");
    sitting.event(Event::Departed(vec![ids[2]]));
    assert_eq!(sitting.place(), "list: Harbour Bridge to Close");
}

#[test]
fn search_keeps_its_other_hits_when_one_is_removed() {
    let (mut sitting, ids) = sitting();
    sitting.press("/bridge<enter>");
    assert_eq!(sitting.listed(), ["Harbour Bridge to Close", "Minister Keeps His Job"]);
    sitting.event(Event::Departed(vec![ids[0]]));
    assert_eq!(sitting.listed(), ["Minister Keeps His Job"]);
}

#[test]
fn corrections_and_saved_searches_from_elsewhere_are_shown() {
    let (mut sitting, ids) = sitting();
    sitting.press("<enter>n");
    let start = sitting.app.reader().unwrap().current_quotation().unwrap().span.start;
    let correction = Some(SpeakerCorrection::Speaker("Mara Deniz".to_owned()));
    external_change(&mut sitting, corrected(ids[0], start, correction));
    assert_eq!(sitting.place(), "Harbour Bridge to Close: Mara Deniz: The steel is telling us something,");
    sitting.press("U");
    assert_eq!(sitting.notice().as_deref(), Some("Nothing to undo"));

    sitting.press("q");
    let named = |query: Option<&str>| saved_search("Water", query);
    external_change(&mut sitting, named(Some("minister")));
    sitting.press("hjjj<enter>");
    assert_eq!(sitting.listed(), ["Harbour Bridge to Close", "Minister Keeps His Job"]);
    external_change(&mut sitting, named(None));
    assert_eq!(
        sitting.listed(),
        ["Harbour Bridge to Close", "Minister Keeps His Job"],
        "nothing goes from under the eyes"
    );
    sitting.press("<esc>");
    assert_eq!(sitting.listed().len(), 3);
}

#[test]
fn open_article_says_that_it_was_changed_elsewhere() {
    let (mut sitting, ids) = sitting();
    sitting.press("<enter>");
    let headline = sitting.app.catalog().get(ids[0]).unwrap().clone();
    sitting.event(Event::Relisted(vec![Headline { is_gone: true, ..headline.clone() }]));
    assert!(sitting.notice().as_deref().is_none());
    assert!(sitting.app.catalog().get(ids[0]).unwrap().is_gone);
    sitting.event(Event::Changed(vec![headline]));
    assert_eq!(sitting.notice().as_deref(), Some("This article has changed: this is the new text"));
}

#[test]
fn what_others_remove_or_merge_is_followed() {
    let minister = "Tomas Lindqvist";
    // The review leaves it out; nothing is decided about it.
    let doubtful = three().into_iter().map(|(article, mut findings)| {
        findings.quotations.iter_mut().for_each(|quotation| quotation.confidence = 0.5);
        (article, findings)
    });
    let mut sitting = Sitting::new(120, 36, doubtful.collect());
    sitting.press("V");
    let id = sitting.app.reader().unwrap().id();
    let removed = UserAction::Removed { article: id, removed: true };
    sitting.library.note(std::slice::from_ref(&removed)).unwrap();
    external_change(&mut sitting, removed.clone());
    sitting.press("+");
    assert_eq!(sitting.notice().as_deref(), Some("No quotation is selected · n goes to one"));
    assert!(!sitting.written().iter().any(|action| matches!(action, UserAction::Corrected { .. })));
    sitting.press("n");
    assert!(sitting.place().starts_with("Minister Keeps His Job: "), "{}", sitting.place());
    // The timeline and the open article go too.
    let (mut sitting, ids) = self::sitting();
    sitting.press("\"lindqvist<enter>");
    assert_eq!(sitting.app.views().timeline().unwrap().said().len(), 2);
    sitting.library.note(std::slice::from_ref(&removed)).unwrap();
    external_change(&mut sitting, removed.clone());
    assert_eq!((ids[0], sitting.app.views().timeline().unwrap().said().len()), (id, 1));
    let (mut sitting, _) = self::sitting();
    sitting.press("<enter>n");
    external_change(&mut sitting, removed);
    assert_eq!(sitting.notice().as_deref(), Some("“Harbour Bridge to Close” is no longer in the library"));
    assert!(!matches!(sitting.app.views().pane(), Pane::Article(_)));
    // Two who are merged are one, in the list and the timeline.
    let (mut sitting, _) = self::sitting();
    sitting.press("\"lindqvist<enter>");
    let merged = crate::user_actions::linked("ines okafor", "tomas lindqvist", Some(true));
    sitting.library.note(std::slice::from_ref(&merged)).unwrap();
    external_change(&mut sitting, merged);
    assert_eq!(sitting.app.views().timeline().unwrap().said().len(), 5);
    sitting.press("<esc>");
    assert!(!sitting.app.views().people().unwrap().all().iter().any(|person| *person.name == *minister));
}

const BRIDGE: &str = "date 2026-03-14 Harbour Bridge to Close\n“It is tired,” said Ines Okafor, the engineer.\n";
const TRAMS: &str = "date 2026-03-13 Council Votes Down Night Trams\nNobody said a word about the trams.\n";
const FERRY: &str = "date 2026-03-15 Ferry Runs\n“It floats,” said Jon Holt, the captain.\n";

fn run(library: &Path, arguments: &[&Path]) {
    let mut command = Command::new(cargo_bin("pullquote"));
    command.args(arguments).arg("--library").arg(library).stdout(Stdio::null()).stderr(Stdio::null());
    assert!(command.status().unwrap().success(), "{arguments:?}");
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, words) in files {
        fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
        fs::write(folder.path().join(name), words).unwrap();
    }
    folder
}

#[test]
fn running_reader_shows_what_others_do() {
    let folder = folder(&[("a/bridge.txt", BRIDGE), ("a/trams.txt", TRAMS), ("b/ferry.txt", FERRY)]);
    let library = folder.path().join("library.sqlite3");
    run(&library, &[Path::new("add"), &folder.path().join("a")]);
    let open = || Pty::open(120, 36, [Path::new("--library"), &library]);
    let mut one = open();
    one.shows("2 articles · 2 unread");
    run(&library, &[Path::new("add"), &folder.path().join("b")]);
    one.shows("3 articles · 3 unread");
    one.shows("Ferry Runs");

    let mut other = open();
    other.shows("3 articles · 3 unread");
    other.press("u");
    other.shows("3 articles · 2 unread");
    one.shows("3 articles · 2 unread");
    other.press("js");
    let starred = |rows: Vec<String>| rows.iter().any(|row| row.contains('★'));
    one.wait("a star", |screen| starred(rows(screen)).then_some(()));
    // And back again: each sees the other.
    one.press("A");
    one.shows("3 articles · 0 unread");
    other.shows("3 articles · 0 unread");
    // Taken back here, it is as it was before that.
    one.press("U");
    other.shows("3 articles · 2 unread");
    other.press("U");
    other.wait("no star", |screen| (!starred(rows(screen))).then_some(()));
    one.wait("no star", |screen| (!starred(rows(screen))).then_some(()));
    run(&library, &[Path::new("remove"), &folder.path().join("b")]);
    one.shows("2 articles · 2 unread");
    other.shows("2 articles · 2 unread");
}

#[test]
fn reader_of_one_folder_shows_only_what_others_do_there() {
    let folder = folder(&[("a/bridge.txt", BRIDGE), ("b/ferry.txt", FERRY), ("c/trams.txt", TRAMS)]);
    let library = folder.path().join("library.sqlite3");
    let (a, b) = (folder.path().join("a"), folder.path().join("b"));
    let mut pty = Pty::open(120, 36, [a.as_path(), Path::new("--library"), &library]);
    pty.shows("1 article · 1 unread");
    run(&library, &[Path::new("add"), &b]);
    // The other comes to see this one's article only to mark it; by then it has seen what was added before.
    let mut other = Pty::open(120, 36, [Path::new("--library"), &library]);
    other.shows("2 articles · 2 unread");
    other.press("jus");
    other.shows("2 articles · 1 unread");
    pty.shows("1 article · 0 unread");
    pty.wait("a star", |screen| rows(screen).iter().any(|row| row.contains('★')).then_some(()));
    pty.press("/ferry");
    pty.shows(" 0 articles");
}

#[test]
fn merges_made_elsewhere_are_external_changes() {
    let two = Two::new();
    list(&two.here, &Scope::Whole);
    let linked =
        |before, after| UserAction::Linked { one: "ines okafor".to_owned(), other: "okafor".to_owned(), before, after };
    two.there.note(&[linked(None, Some(true))]).unwrap();
    assert_eq!(two.here.poll_external().unwrap().actions, [linked(None, Some(true))]);
    assert_eq!(two.here.poll_external().unwrap().actions, [], "once");
    two.there.note(&[linked(Some(true), None)]).unwrap();
    assert_eq!(two.here.poll_external().unwrap().actions, [linked(Some(true), None)]);
}

#[test]
fn nothing_is_selected_where_what_was_went_elsewhere() {
    let (mut sitting, _) = sitting();
    sitting.press("<enter>n");
    let id = sitting.app.reader().unwrap().id();
    external_change(&mut sitting, removed(id, true));
    sitting.press("+");
    assert!(
        !sitting.written().iter().any(|action| matches!(action, UserAction::Corrected { .. })),
        "{:?}",
        sitting.notice()
    );
}
