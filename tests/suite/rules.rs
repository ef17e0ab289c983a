//! Rules: what they do with articles as they arrive, and with those that are there; undone in one step.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use pullquote::article::{Article, ArticleId, Origin};
use pullquote::library::{Entry, Library, Written};
use pullquote::query::Query;
use pullquote::quotes::{Findings, SpeakerCorrection};
use pullquote::user::{Rule, RuleDeed, UserWrite};
use tempfile::TempDir;

use crate::pty::{Pty, pullquote};
use crate::ran::Ran;
use crate::sitting::article;
use crate::user_actions::{commit, corrected, read, redo, removed, starred, undo};

fn open() -> (TempDir, Library) {
    let folder = TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    (folder, library)
}

fn rule(when: &str, does: &[&str]) -> Rule {
    Rule::new(when, does.iter().map(|deed| RuleDeed::parse(deed).unwrap()).collect()).unwrap()
}

/// An article arrives, as from a file; returns which it is.
fn arrive(library: &Library, (article, findings): (Article, Findings)) -> ArticleId {
    let path = PathBuf::from(format!("/news/{:x}.txt", article.id.0));
    let article = Article { origin: Origin::File(path), ..article };
    let id = article.id;
    let encoded = library.encode_arrival(&library.add(article, findings), &["sea".to_owned()]).unwrap();
    library.commit(&[encoded], &[]).unwrap();
    id
}

/// What holds of an article: read, starred, hidden; its tags.
fn state(library: &Library, id: ArticleId) -> (bool, bool, bool, BTreeSet<String>) {
    let state = library.user_state();
    let flags = state.flags(id);
    (flags.read, flags.starred, flags.removed, state.tags(id).map(str::to_owned).collect())
}

fn tags(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn bridge() -> (Article, Findings) {
    let words =
        ["{Ines Okafor: “The steel is telling us something,”} said Ines Okafor.", "{Bo Carver: “No,”} said Bo Carver."];
    article(14, "Harbour Bridge to Close", &words)
}

fn trams() -> (Article, Findings) {
    article(13, "Council Votes Down Night Trams", &["The council said nothing that night, and went home early."])
}

#[test]
fn rules_are_applied_once_in_order_and_undone_in_one_step() {
    let (_folder, library) = open();
    library.set_rules(vec![
        rule("title:bridge", &["tag:bridge"]),
        rule("tag:bridge", &["star"]),
        rule("title:trams", &["hide", "read"]),
        rule("publisher:wire", &["tag:wire"]),
        rule("is:hidden", &["tag:unseen"]),
        // The tag of the feed that brings it.
        rule("tag:sea title:bridge", &["tag:coast"]),
    ]);
    let (one, other) = (arrive(&library, bridge()), arrive(&library, trams()));
    assert_eq!(state(&library, one), (false, true, false, tags(&["bridge", "coast", "wire"])));
    // What is hidden is seen by those that ask for it.
    assert_eq!(state(&library, other), (true, false, true, tags(&["unseen"])));
    // What the user does stays when the article comes again.
    commit(&library, vec![starred(one, false)]);
    arrive(&library, bridge());
    assert!(!state(&library, one).1);
    // The user's own action is the newest; then all that the rules did goes in one step.
    assert!(matches!(undo(&library), Written::Stepped { label, .. } if label == "deed"));
    let Written::Stepped { label, actions, left, .. } = undo(&library) else { panic!() };
    assert_eq!((label.as_str(), left), ("the rules on 2 articles", 0));
    assert_eq!(actions.len(), 7);
    for id in [one, other] {
        assert_eq!(state(&library, id), (false, false, false, tags(&[])));
    }
    redo(&library);
    assert_eq!(state(&library, one), (false, true, false, tags(&["bridge", "coast", "wire"])));
}

#[test]
fn rules_are_not_applied_again_to_what_was_removed_and_comes_again() {
    let home = home(&format!("{RULES}[[rule]]\nwhen = 'tag:bridge'\ndo = \"star\"\n"));
    let path = home.path();
    let open = || Library::open(&path.join("l.sqlite3")).unwrap();
    assert_eq!(run(path, &["add", "news"]).code, Some(0));
    let library = open();
    let id = library.search(&Query::parse("bridge"), &|| true).unwrap()[0].id;
    assert!(state(&library, id).1);
    // The second changed nothing.
    let [result] = &library.rule_results(id).unwrap()[..] else { panic!() };
    let told = (result.when.as_str(), result.does.as_str(), result.did.as_str());
    assert_eq!(told, ("title:bridge", "star, tag:bridge", "star, tag:bridge"));
    commit(&library, vec![starred(id, false)]);
    drop(library);
    assert_eq!(run(path, &["remove", "news"]).code, Some(0));
    assert_eq!(open().ids().unwrap(), []);
    assert_eq!(run(path, &["add", "news"]).code, Some(0));
    let library = open();
    assert_eq!(state(&library, id), (false, false, false, tags(&["bridge"])));
    drop(library);
    // Another rule is no reason either: the article is not new.
    fs::write(path.join("pullquote/config.toml"), "[[rule]]\nwhen = 'title:bridge'\ndo = \"star\"\n").unwrap();
    assert_eq!(run(path, &["remove", "news"]).code, Some(0));
    assert_eq!(run(path, &["add", "news"]).code, Some(0));
    assert!(!state(&open(), id).1);
}

#[test]
fn statements_are_kept_that_a_rule_asks_for() {
    let (_folder, library) = open();
    library.set_rules(vec![rule("speaker:okafor", &["clip"]), rule("said:nothing", &["clip"])]);
    arrive(&library, bridge());
    arrive(&library, trams());
    let kept: Vec<_> = library.user_state().clippings.values().map(|clipping| clipping.quoted.clone()).collect();
    assert_eq!(kept, ["“The steel is telling us something,”"]);
    undo(&library);
    assert!(library.user_state().clippings.is_empty());
}

#[test]
fn entry_of_the_history_that_was_undone_does_not_grow() {
    let (_folder, library) = open();
    library.set_rules(vec![rule("is:unread", &["read"])]);
    let one = arrive(&library, bridge());
    undo(&library);
    let other = arrive(&library, trams());
    assert_eq!((state(&library, one).0, state(&library, other).0), (false, true));
    assert!(matches!(undo(&library), Written::Stepped { label, .. } if label == "the rules on 1 article"));
    assert!(!state(&library, other).0);
}

#[test]
fn what_the_user_did_before_it_is_committed_stays() {
    let (_folder, library) = open();
    library.set_rules(vec![rule("is:unread", &["read"])]);
    let entry = library.add(trams().0, trams().1);
    let id = entry.article.id;
    let encoded = library.encode_arrival(&entry, &[]).unwrap();
    commit(&library, vec![read(id, true)]);
    library.commit(&[encoded], &[]).unwrap();
    // It was read by the user: that is one entry, and the rule did nothing.
    assert!(matches!(undo(&library), Written::Stepped { label, .. } if label == "deed"));
    assert!(matches!(undo(&library), Written::Nothing(_)));
}

/// A condition, and whether it holds of an article of this headline with these tags.
#[derive(Debug, Clone)]
enum Asks {
    Title(&'static str),
    NoTitle(&'static str),
    Tag(&'static str),
    Hidden,
}

const WORDS: [&str; 3] = ["alder", "birch", "cedar"];
const DEEDS: [&str; 5] = ["read", "star", "tag:elm", "tag:fir", "hide"];

fn asks() -> impl Strategy<Value = Asks> {
    prop_oneof![
        select(&WORDS[..]).prop_map(Asks::Title),
        select(&WORDS[..]).prop_map(Asks::NoTitle),
        select(&["elm", "fir"][..]).prop_map(Asks::Tag),
        Just(Asks::Hidden),
    ]
}

impl Asks {
    fn written(&self) -> String {
        match self {
            Self::Title(word) => format!("title:{word}"),
            Self::NoTitle(word) => format!("-title:{word}"),
            Self::Tag(tag) => format!("tag:{tag}"),
            Self::Hidden => "is:hidden".to_owned(),
        }
    }

    fn holds(&self, headline: &[&str], tags: &BTreeSet<String>, is_hidden: bool) -> bool {
        match self {
            Self::Hidden => is_hidden,
            _ if is_hidden => false,
            Self::Title(word) => headline.contains(word),
            Self::NoTitle(word) => !headline.contains(word),
            Self::Tag(tag) => tags.contains(*tag),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Rules do what a plain reading of them says, and all of it goes in one step.
    #[test]
    fn rules_do_as_a_plain_model(
        rules in vec((asks(), subsequence(&DEEDS[..], 1..=3)), 0..6),
        headlines in vec(subsequence(&WORDS[..], 1..=3), 1..5),
    ) {
        let (_folder, library) = open();
        library.set_rules(rules.iter().map(|(asks, does)| rule(&asks.written(), does)).collect());
        let mut all = Vec::new();
        for (number, words) in headlines.iter().enumerate() {
            let id = arrive(&library, article(14, &format!("{} {number}", words.join(" ")), &["Words."]));
            let (mut is_read, mut is_starred, mut is_hidden, mut tags) = (false, false, false, BTreeSet::new());
            for (asks, does) in &rules {
                if !asks.holds(words, &tags, is_hidden) {
                    continue;
                }
                for deed in does {
                    match *deed {
                        "read" => is_read = true,
                        "star" => is_starred = true,
                        "hide" => is_hidden = true,
                        tag => _ = tags.insert(tag["tag:".len()..].to_owned()),
                    }
                }
            }
            prop_assert_eq!(state(&library, id), (is_read, is_starred, is_hidden, tags));
            all.push(id);
        }
        undo(&library);
        for id in all {
            prop_assert_eq!(state(&library, id), (false, false, false, BTreeSet::new()));
        }
    }
}

const RULES: &str = "[[rule]]\nwhen = 'title:bridge'\ndo = [\"star\", \"tag:bridge\"]\n\n\
                     [[rule]]\nwhen = 'source:wire -tag:bridge'\ndo = \"hide\"\n";

/// A folder with this configuration where the program looks for it, and two articles.
fn home(configuration: &str) -> TempDir {
    let home = TempDir::new().unwrap();
    fs::create_dir_all(home.path().join("pullquote")).unwrap();
    fs::create_dir(home.path().join("news")).unwrap();
    fs::write(home.path().join("pullquote/config.toml"), configuration).unwrap();
    for (name, headline) in [("bridge", "Harbour Bridge to Close"), ("trams", "Council Votes Down Night Trams")] {
        let text = format!(
            "<html><head><title>{headline}</title><meta property='og:site_name' content='Coast Wire'>\
             <meta property='article:published_time' content='2026-03-14'></head><body><article><h1>{headline}</h1>\
             <p>Nobody in the harbour said anything about it, and those who did not say so went home early in the rain.</p>\
             </article></body></html>"
        );
        fs::write(home.path().join(format!("news/{name}.html")), text).unwrap();
    }
    home
}

fn run(home: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(cargo_bin("pullquote"));
    command.args(["--library", "l.sqlite3"]).args(arguments).env("XDG_CONFIG_HOME", home).current_dir(home);
    Ran::from(command.output().unwrap())
}

#[test]
fn rules_of_the_configuration_apply_to_what_is_added() {
    let home = home(RULES);
    let listed = run(home.path(), &["rules"]);
    assert_eq!(listed.out, "title:bridge → star, tag:bridge\nsource:wire -tag:bridge → hide\n");
    let added = run(home.path(), &["add", "news"]);
    assert_eq!((added.code, added.err.as_str()), (Some(0), ""), "{}", added.out);
    let found = |query: &str| run(home.path(), &["search", query]).out;
    assert!(found("is:starred tag:bridge").contains("Harbour Bridge"), "{}", found("is:starred"));
    assert!(found("is:hidden").contains("Night Trams") && !found("council").contains("Night Trams"));
    // All is done: nothing is left to do.
    let test = run(home.path(), &["rules", "--test"]);
    assert_eq!((test.code, test.err.as_str()), (Some(1), ""));
    assert!(test.out.contains("title:bridge → star, tag:bridge\n  0 of 2 articles\n"), "{}", test.out);
}

#[test]
fn rules_are_tested_and_applied_to_what_is_there() {
    let home = home("");
    assert_eq!(run(home.path(), &["add", "news"]).code, Some(0));
    let none = run(home.path(), &["rules", "--test"]);
    assert!(none.err.contains("there are no rules") && none.code == Some(1), "{}", none.err);
    fs::write(home.path().join("pullquote/config.toml"), RULES).unwrap();
    let test = run(home.path(), &["rules", "--test"]);
    let wanted = "title:bridge → star, tag:bridge\n  1 of 2 articles\n    2026-03-14  Harbour Bridge to Close\n\
                  source:wire -tag:bridge → hide\n  1 of 2 articles\n    2026-03-14  Council Votes Down Night Trams\n";
    assert_eq!((test.out.as_str(), test.code), (wanted, Some(0)));
    assert!(run(home.path(), &["search", "is:starred"]).out.is_empty(), "nothing is changed by a test");
    assert_eq!(run(home.path(), &["rules", "--apply"]).code, Some(0));
    assert!(run(home.path(), &["search", "is:starred"]).out.contains("Harbour Bridge"));
    assert_eq!(run(home.path(), &["rules", "--apply"]).code, Some(1));
    let both = run(home.path(), &["rules", "--apply", "--test"]);
    assert_eq!(both.code, Some(2));
}

#[test]
fn what_the_user_undid_is_not_done_again_unless_asked_for() {
    let home = home(RULES);
    assert_eq!(run(home.path(), &["add", "news"]).code, Some(0));
    let starred = || run(home.path(), &["search", "is:starred"]).out.contains("Harbour Bridge");
    let id = run(home.path(), &["search", "--format", "jsonl", "title:bridge"]).out;
    let id = id.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(run(home.path(), &["mark", "--unstar", &id]).code, Some(0));
    let again = run(home.path(), &["rules", "--apply"]);
    assert_eq!(again.code, Some(1), "nothing to do: {}", again.out);
    assert!(again.out.contains("1 article left as you changed them since (--again"), "{}", again.out);
    assert!(!starred());
    assert_eq!(run(home.path(), &["rules", "--apply", "--again"]).code, Some(0));
    assert!(starred());
    assert_eq!(run(home.path(), &["rules", "--again"]).code, Some(2));
}

#[test]
fn tag_with_a_comma_is_none() {
    let home = home("[[rule]]\nwhen = 'title:bridge'\ndo = [\"tag:a,b\"]\n");
    let ran = run(home.path(), &["rules"]);
    assert!(ran.err.contains("a tag has no commas and no quotation marks"), "{}", ran.err);
}

#[test]
fn wrong_rules_are_told_and_the_others_hold() {
    let home = home(
        "[[rule]]\nwhen = 'is:boring'\ndo = [\"read\"]\n[[rule]]\nwhen = 'title:bridge'\ndo = [\"star\"]\n\
         [[rule]]\nwhn = 'x'\ndo = [\"reed\"]\n[rules]\n",
    );
    let check = run(home.path(), &["config", "--check"]);
    for wanted in [
        "config.toml:2:8: unknown value is:boring · is: needs unread, read, starred or hidden",
        "config.toml:8:1: unknown part of a rule “whn” · did you mean when?",
        "config.toml:10:2: unknown section “rules” · did you mean rule?",
    ] {
        assert!(check.err.contains(wanted), "{wanted}\n{}", check.err);
    }
    let added = run(home.path(), &["add", "news"]);
    assert!(added.err.contains("config.toml:2:8:") && added.code == Some(0), "{}", added.err);
    assert!(run(home.path(), &["search", "is:starred"]).out.contains("Harbour Bridge"));
}

#[test]
fn reader_applies_rules_and_takes_them_back() {
    let home = home(RULES);
    let path = |name: &str| home.path().join(name).display().to_string();
    let mut command = pullquote(["--library".to_owned(), path("l.sqlite3"), path("news")]);
    command.env("XDG_CONFIG_HOME", home.path());
    let mut pty = Pty::spawn(100, 24, command);
    pty.shows("1 article");
    pty.shows("★");
    pty.press("U");
    pty.shows("Undone: the rules on 2 articles");
    pty.shows("2 articles");
    pty.press("q");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn what_follows_from_a_correction_is_written_also_where_the_article_is_removed_before() {
    let (_folder, library) = open();
    // More than is written at once.
    let entries: Vec<_> = (0..100)
        .map(|number| {
            let (article, findings) = article(14, &format!("Bridge {number}"), &["{Bo Carver: “No,”} said Bo Carver."]);
            let path = PathBuf::from(format!("/news/{number}.txt"));
            library.add(Article { origin: Origin::File(path), ..article }, findings)
        })
        .collect();
    let encoded: Vec<_> = entries.iter().map(|entry| library.encode_arrival(entry, &[]).unwrap()).collect();
    library.commit(&encoded, &[]).unwrap();
    let speaker = || Some(SpeakerCorrection::Speaker("Mara Deniz".to_owned()));
    let start = |entry: &Entry| entry.findings.quotations[0].span.start;
    let corrections = entries.iter().map(|entry| corrected(entry.article.id, start(entry), speaker()));
    let note = |action| UserWrite::Note(action);
    library.write_first(&corrections.map(note).collect::<Vec<_>>()).unwrap();
    let all = |is_on: bool| entries.iter().map(|entry| note(removed(entry.article.id, is_on))).collect::<Vec<_>>();
    library.write_first(&all(true)).unwrap();
    library.write(&all(false)).unwrap();
    let found = |query: &str| library.search(&Query::parse(query), &|| true).unwrap().len();
    assert_eq!((found("speaker:deniz"), found("speaker:carver")), (100, 0));
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}
