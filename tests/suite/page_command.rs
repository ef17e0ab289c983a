//! `pullquote page`: an article of the web, and rules for sites.

use std::fs;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use crate::ran::Ran;
use crate::server::{Reply, Server};

const BODY: &str = "The harbour bridge will close for a year, the harbour master said on Sunday, and the ferry will run in its place. \
                    “The steel is telling us something,” said Ines Okafor, the city engineer, “and we should listen to it.” \
                    Repairs begin in March, after the winter storms, and the board will pay for buses over the other bridge.";

/// A page whose text stands beside a longer one that is named so.
fn page() -> String {
    let promo = "Our shop sells posters of every bridge in the city, printed on heavy paper, framed or not, and sent to your door. ";
    format!(
        "<!DOCTYPE html><html><head><title>Bridge closes | Coast</title></head><body><h1>Bridge closes</h1>\
         <nav><ul><li><a href=/>Home</a></li></ul></nav>\
         <main><div class=story><h2>Bridge to close</h2><p>{BODY}</p><p class=promo>{promo}</p><p>{BODY}</p></div>\
         <article class=shop><p>{}</p></article></main>\
         <div class=related><p><a href=/b>Another story of the coast</a></p></div></body></html>",
        promo.repeat(30)
    )
}

const RULE: &str =
    "[[site]]\nmatch = \"127.0.0.1\"\narticle = \"main .story\"\nremove = [\".promo\", \".none\"]\ntitle = \"h2\"\n";

struct Fixture {
    folder: TempDir,
    server: Server,
}

impl Fixture {
    fn new(config: &str) -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("config.toml"), config).unwrap();
        let server = Server::start(|_| Reply::new("200 OK", &[("Content-Type", "text/html")], page()));
        Self { folder, server }
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(cargo_bin("pullquote"));
        command.args(arguments).args(["--config", "config.toml"]).current_dir(self.folder.path()).stdin(Stdio::null());
        Ran::from(command.output().unwrap())
    }

    fn file(&self, name: &str, text: &str) -> String {
        fs::write(self.folder.path().join(name), text).unwrap();
        name.to_owned()
    }
}

#[test]
fn article_of_a_page_is_printed_as_the_rule_for_its_site_says() {
    let fixture = Fixture::new(RULE);
    let ran = fixture.run(&["page", &fixture.server.url("/bridge")]);
    assert!(ran.out.starts_with("Bridge to close\n") && ran.out.contains("The steel is telling us"), "{ran:?}");
    assert!(!ran.out.contains("posters") && ran.code == Some(0), "{ran:?}");
    let json = fixture.run(&["page", "--format", "json", &fixture.server.url("/bridge")]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(value["speakers"][0]["name"], "Ines Okafor");
    // Everywhere else too: quotes of an address, an article of the library.
    let ran = fixture.run(&["quotes", "--format", "jsonl", &fixture.server.url("/bridge")]);
    assert!(ran.out.contains("Bridge to close") && !ran.out.contains("posters"), "{ran:?}");
    let ran = Fixture::new("").run(&["page", &fixture.server.url("/bridge")]);
    assert!(ran.out.contains("posters"), "without the rule another element is worth more: {ran:?}");
}

#[test]
fn explanation_says_what_was_found_and_why_the_rest_was_left_out() {
    let fixture = Fixture::new(RULE);
    let ran = fixture.run(&["page", "--explain", &fixture.server.url("/bridge")]);
    for said in [
        "Rule for 127.0.0.1",
        "article main .story: finds 1 element",
        "remove .promo: finds 1 element",
        "remove .none: finds 0 elements",
        "title h2: Bridge to close",
        "The text is that of the elements that the rule names",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    let file = fixture.file("bridge.html", &page());
    let ran = fixture.run(&["page", "--explain", &file]);
    for said in [
        "No rule ([[site]]) is for this page",
        "Headline on the page: Bridge closes",
        "▸",
        "chosen: its lines are worth most together",
        "article.shop",
        "The text is the one that the page shows",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    let file = fixture.file("home.html", "<!DOCTYPE html><title>T</title><p>Page not found.</p>");
    let ran = fixture.run(&["page", "--explain", &file]);
    assert!(ran.out.contains("It is a page without an article") && ran.code == Some(1), "{ran:?}");
}

#[test]
fn what_is_no_page_is_told() {
    let fixture = Fixture::new("");
    let text = fixture.file("a.txt", "Headline\n\nProse that is no page at all, of some length.\n");
    let nothing = fixture.file("empty.html", "");
    for (page, why) in [
        (text.as_str(), "a.txt is no web page"),
        (&nothing, "empty.html is empty"),
        ("nowhere.html", "nowhere.html does not exist"),
        ("http://127.0.0.1:1/", "127.0.0.1:1"),
    ] {
        let ran = fixture.run(&["page", "--explain", page]);
        assert!(ran.err.contains(why) && ran.code == Some(2), "{page}: {ran:?}");
    }
    let ran = fixture.run(&["page", "nowhere.html"]);
    assert!(ran.err.contains("nowhere.html does not exist") && ran.code != Some(0), "{ran:?}");
}

#[test]
fn rule_that_finds_nothing_leaves_the_page_to_the_rest() {
    let fixture = Fixture::new("[[site]]\nmatch = \"127.0.0.1\"\narticle = \".none\"\nremove = [\".shop\"]\n");
    let ran = fixture.run(&["page", &fixture.server.url("/bridge")]);
    assert!(
        ran.out.contains("The steel is telling us")
            && !ran.out.contains("on heavy paper, framed or not, and sent to your door. Our")
    );
    let ran = fixture.run(&["page", "--explain", &fixture.server.url("/bridge")]);
    assert!(ran.out.contains("article .none: finds 0 elements") && ran.out.contains("div.story"), "{}", ran.out);
}
