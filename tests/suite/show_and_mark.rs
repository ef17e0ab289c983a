//! `pullquote show` and `pullquote mark`: an article on standard output, and what is done with articles from scripts.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use pullquote::article::{Article, ArticleId, BodyBuilder, ParagraphKind};
use pullquote::library::{EncodedArticle, Library, Written};
use pullquote::quotes;
use serde_json::Value;
use tempfile::TempDir;

use crate::pty::{Pty, pullquote};
use crate::ran::Ran;
use crate::user_actions::undo;

const BRIDGE: &str = "---\ntitle: Harbour Bridge to Close\ndate: 2026-03-14\nauthor: Jane Doe\nsource: Coast Wire\n\
    url: https://coast.example/bridge\ntags: [harbour]\n---\n\n“It is tired,” said Ines Okafor, the engineer, of \
    [the steel](https://coast.example/steel).\n\n1987\\. That was the year.\n";
const FERRY: &str = "date 2026-03-15 Ferry Runs\n“It floats,” said Jon Holt. The bridge is shut.\n";

struct Fixture {
    folder: TempDir,
}

impl Fixture {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("news")).unwrap();
        fs::write(folder.path().join("news/bridge.md"), BRIDGE).unwrap();
        fs::write(folder.path().join("news/ferry.txt"), FERRY).unwrap();
        let fixture = Self { folder };
        assert_eq!(fixture.run(&["add", "news"]).code, Some(0));
        fixture
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(cargo_bin("pullquote"));
        command.args(arguments).args(["--library", "library.sqlite3"]).current_dir(self.path()).stdin(Stdio::null());
        Ran::from(command.output().unwrap())
    }

    fn library(&self) -> Library {
        Library::open(&self.path().join("library.sqlite3")).unwrap()
    }

    /// The id of the only article that a query finds.
    fn id(&self, query: &str) -> String {
        let found = self.run(&["search", "--format", "jsonl", query]);
        let hit: Value = serde_json::from_str(&found.out).unwrap();
        hit["id"].as_str().unwrap().to_owned()
    }

    /// What is done with an article: read, starred, tags.
    fn state(&self, id: &str) -> (bool, bool, Vec<String>) {
        let id = ArticleId(u64::from_str_radix(id, 16).unwrap());
        let state = self.library().user_state();
        let flags = state.flags(id);
        (flags.read, flags.starred, state.tags(id).map(str::to_owned).collect())
    }
}

#[test]
fn article_is_shown_by_id_address_and_query() {
    let fixture = Fixture::new();
    let id = fixture.id("title:bridge");
    let text = "Harbour Bridge to Close\n14 March 2026 · Coast Wire · Jane Doe\nhttps://coast.example/bridge\n\n\
        “It is tired,” said Ines Okafor, the engineer, of the steel.\n\n1987. That was the year.\n";
    for words in [
        &["show", &id][..],
        &["show", &id.to_uppercase()],
        &["show", "http://www.coast.example/bridge/?utm_source=x"],
        &["show", "speaker:okafor"],
        &["show", "said:tired", "title:bridge"],
    ] {
        let ran = fixture.run(words);
        assert_eq!((ran.out.as_str(), ran.code), (text, Some(0)), "{words:?}: {}", ran.err);
    }
    // The first of several is the newest, as with search.
    assert!(fixture.run(&["show", "bridge"]).out.starts_with("Ferry Runs\n15 March 2026\n"));
}

#[test]
fn markdown_can_be_read_again_and_json_is_that_of_quotes() {
    let fixture = Fixture::new();
    let id = fixture.id("title:bridge");
    fixture.run(&["mark", "--tag", "to call", &id]);
    let shown = fixture.run(&["show", "--format", "md", &id]).out;
    assert!(shown.contains("tags: [\"harbour\", \"to call\"]\n"), "{shown}");
    fs::write(fixture.path().join("again.md"), &shown).unwrap();
    let quotes = |path: &str| {
        let ran = fixture.run(&["quotes", "--format", "jsonl", path]);
        let mut record: Value = serde_json::from_str(&ran.out).unwrap();
        record["article"]["path"].take();
        record["article"]["id"].take();
        record
    };
    let again = quotes("again.md");
    assert_eq!(again, quotes("news/bridge.md"));
    let json: Value = serde_json::from_str(&fixture.run(&["show", "--format", "json", &id]).out).unwrap();
    assert_eq!((&json["quotes"], &json["text"]), (&again["quotes"], &again["text"]));
    assert_eq!(json["article"]["id"], id);
}

#[test]
fn newest_of_several_at_one_address_is_shown() {
    let fixture = Fixture::new();
    let library = fixture.library();
    for (number, words) in (0..).zip(["one thing is said here", "another thing is told there"]) {
        let mut builder = BodyBuilder::new(&format!("Digest {number}"));
        builder.push(ParagraphKind::Prose, words);
        let article = Article { url: Some("https://coast.example/digest".to_owned()), ..Article::new(builder.build()) };
        let findings = quotes::find(&article.body);
        let entry = library.add(article, findings);
        library.commit(&[EncodedArticle::of(&entry).unwrap()], &[]).unwrap();
    }
    drop(library);
    let ran = fixture.run(&["show", "https://coast.example/digest"]);
    assert!(ran.out.starts_with("Digest ") && ran.code == Some(0), "{}{}", ran.out, ran.err);
    assert_eq!(fixture.run(&["show", "https://coast.example/dig"]).code, Some(1), "it is no beginning");
}

#[test]
fn what_cannot_be_shown_is_said() {
    let fixture = Fixture::new();
    for words in [&["show", "zeppelin"][..], &["show", "00000000000000ff"], &["show", "https://coast.example/other"]] {
        let ran = fixture.run(words);
        assert_eq!((ran.out.as_str(), ran.code), ("", Some(1)), "{words:?}");
        assert!(ran.err.contains("no article in the library is meant by "), "{}", ran.err);
    }
    for words in [&["show", ""][..], &["show", " ", ""]] {
        let ran = fixture.run(words);
        assert_eq!((ran.out.as_str(), ran.code), ("", Some(1)), "{words:?}");
        assert_eq!(ran.err, "pullquote: no article is named: give an id, an address, or words to search for\n");
    }
    let ran = fixture.run(&["show", "after:yesteryear"]);
    assert!(ran.code == Some(2) && ran.err.contains("hint: "), "{}", ran.err);
    assert_eq!(fixture.run(&["show"]).code, Some(2));
    let none = fixture.run(&["show", "--no-library", "bridge"]);
    assert_eq!(none.code, Some(2), "it conflicts with --library");
}

#[test]
fn articles_are_marked_in_one_step_that_is_undone() {
    let fixture = Fixture::new();
    let (bridge, ferry) = (fixture.id("title:bridge"), fixture.id("title:ferry"));
    let ran =
        fixture.run(&["mark", "--read", "--star", "--tag", "#budget", &bridge, &ferry, "https://coast.example/bridge"]);
    assert_eq!((ran.out.as_str(), ran.code), ("2 articles changed\n", Some(0)), "{}", ran.err);
    for id in [&bridge, &ferry] {
        assert_eq!(fixture.state(id), (true, true, vec!["budget".to_owned()]));
    }
    let ran = fixture.run(&["mark", "--unread", "--unstar", "--untag", "budget", "--tag", "later", &ferry]);
    assert_eq!(ran.out, "1 article changed\n");
    assert_eq!(fixture.state(&ferry), (false, false, vec!["later".to_owned()]));
    assert_eq!(fixture.run(&["mark", "--unread", &ferry]).out, "0 articles changed\n", "it is so already");
    let library = fixture.library();
    let Written::Stepped { label, actions, left, .. } = undo(&library) else { panic!() };
    assert_eq!(
        (label.as_str(), actions.len(), left),
        ("marked unread, unstarred, tagged later, removed tag budget of “Ferry Runs”", 4, 0)
    );
    let Written::Stepped { label, .. } = undo(&library) else { panic!() };
    assert_eq!(label, "marked read, starred, tagged budget 2 articles");
    drop(library);
    assert_eq!(fixture.state(&bridge), (false, false, Vec::new()));
}

#[test]
fn marks_from_a_script_are_undone_in_the_reader() {
    let fixture = Fixture::new();
    let id = fixture.id("title:ferry");
    assert_eq!(fixture.run(&["mark", "--star", &id]).code, Some(0));
    let library = fixture.path().join("library.sqlite3");
    let mut pty = Pty::spawn(120, 30, pullquote(["--library".as_ref(), library.as_os_str()]));
    pty.shows("★");
    pty.press("U").shows("Undone: starred “Ferry Runs”");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
    assert!(!fixture.state(&id).1);
}

#[test]
fn what_cannot_be_marked_is_said_and_the_rest_is_marked() {
    let fixture = Fixture::new();
    let id = fixture.id("title:ferry");
    let ran = fixture.run(&["mark", "--star", "00000000000000ff", &id]);
    assert_eq!((ran.out.as_str(), ran.code), ("1 article changed\n", Some(1)));
    assert!(ran.err.contains("00000000000000ff is not in the library"), "{}", ran.err);
    for (words, why) in [
        (&["mark", "--star", "ferry"][..], "“ferry” is neither the id nor the address of an article"),
        (&["mark", "--tag", "#", &id], "“#” is no tag"),
        (&["mark", "--tag", &"to-call".repeat(9), &id], "is no tag: a tag has at most 60 characters"),
        (&["mark", "--tag", "a\"b", &id], "“a\"b” is no tag: a tag has no commas and no quotation marks"),
        (&["mark", "--tag", "a", "--untag", "a", &id], "the tag a cannot be added and removed at once"),
        (&["mark", "--star", "--unstar", &id], "cannot be used with"),
        (&["mark", &id], "nothing is to be done with them"),
        (&["mark", "--star"], "required arguments"),
    ] {
        let ran = fixture.run(words);
        assert!(ran.code == Some(2) && ran.err.contains(why), "{words:?}: {}", ran.err);
    }
    assert_eq!(fixture.run(&["mark", "--tag", "sea,budget", &id]).code, Some(0));
    assert!(fixture.run(&["search", "tag:sea tag:budget"]).out.contains("Ferry"));
    assert_eq!(fixture.run(&["mark", "--untag", "budget,sea", &id]).code, Some(0));
    let ran = fixture.run(&["mark", "--star", "ferry"]);
    assert!(
        ran.err.contains("hint: ") && ran.err.contains("pullquote search --library library.sqlite3"),
        "{}",
        ran.err
    );
    let mut elsewhere = Command::new(cargo_bin("pullquote"));
    elsewhere.args(["mark", "--star", &id, "--library", "other.sqlite3"]).current_dir(fixture.path());
    assert_eq!(Ran::from(elsewhere.output().unwrap()).code, Some(1));
    assert!(!fixture.path().join("other.sqlite3").exists(), "no library is made");
    assert_eq!(fixture.state(&id), (false, true, Vec::new()));
}
