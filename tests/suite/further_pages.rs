//! Articles that are cut into several pages, and pages whose article only a plainer version holds.

use std::ops::ControlFlow;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use pullquote::article::InputRules;
use pullquote::fetch::Logins;
use pullquote::ingest::InputSource;
use serde_json::Value;
use tempfile::TempDir;

use crate::ran::Ran;
use crate::server::{Reply, Server};

const WORDS: &str =
    "The board met on Monday and decided nothing that anybody would want to hear of again, it was said by all of them.";

fn page(headline: &str, words: &str, links: &str) -> String {
    format!(
        "<html><head><title>{headline}</title></head><body><article><h1>{headline}</h1><p>The lead stands on every page of it, \
         and is there to be read once.</p><p>{words} {WORDS}</p><p>Ann Roe writes about bridges.</p></article>{links}</body></html>"
    )
}

/// What `quotes` makes of the page at `/story` of a server.
fn read(server: &Server) -> Vec<Value> {
    let folder = TempDir::new().unwrap();
    let mut command = Command::new(cargo_bin("pullquote"));
    command.args(["quotes", "--no-library", "--format", "jsonl", &server.url("/story")]).current_dir(folder.path());
    let ran = Ran::from(command.env("HOME", folder.path()).output().unwrap());
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text(read: &[Value]) -> &str {
    assert_eq!(read.len(), 1, "{read:?}");
    read[0]["text"].as_str().unwrap()
}

#[test]
fn pages_of_an_article_are_joined_in_order() {
    let server = Server::start(|asked| {
        let (number, next) = match &*asked.path {
            "/story" => {
                ("First", "<a href='/story?page=2'>2</a> <a href='/story?page=3'>3</a> <a href='/other'>Other</a>")
            }
            "/story?page=2" => ("Second", "<a href='/story'>1</a> <a href='/story?page=3'>Next</a>"),
            "/story?page=3" => ("“It is tired,” said Ines Okafor.", "<a href='/story?page=2'>2</a>"),
            _ => return Reply::new("404 Not Found", &[], ""),
        };
        Reply::ok(page("The old bridge", number, next))
    });
    let read = read(&server);
    let paragraphs: Vec<&str> = text(&read).lines().collect();
    let count = |start: &str| paragraphs.iter().filter(|paragraph| paragraph.starts_with(start)).count();
    assert_eq!((count("First"), count("Second"), count("“It is tired,”")), (1, 1, 1), "{paragraphs:#?}");
    assert_eq!(
        (count("The lead stands"), count("Ann Roe writes"), count("The old bridge")),
        (1, 1, 1),
        "{paragraphs:#?}"
    );
    assert_eq!(read[0]["article"]["url"], server.url("/story"));
    assert_eq!(server.paths(), ["/story", "/story?page=2", "/story?page=3"]);
    assert!(read[0].to_string().contains("Ines Okafor"));
}

#[test]
fn other_articles_and_pages_of_comments_are_not_joined() {
    for (headline, words) in [("The old bridge", "First"), ("Ferries", "Another")] {
        let server = Server::start(move |asked| match &*asked.path {
            "/story" => Reply::ok(page("The old bridge", "First", "<a rel=next href='/story/2'>Next</a>")),
            _ => Reply::ok(page(headline, words, "<a href='/story/3'>Next</a>")),
        });
        let read = read(&server);
        assert!(!text(&read).contains("Another") && text(&read).matches("First").count() == 1, "{read:?}");
        assert_eq!(server.paths(), ["/story", "/story/2"]);
    }
}

#[test]
fn article_of_which_a_page_does_not_come_is_a_summary() {
    for (answers, is_summary) in [(true, false), (false, true)] {
        let server = Server::start(move |asked| match &*asked.path {
            "/story" => Reply::ok(page("The old bridge", "First", "<a href='/story/2'>2</a>")),
            _ if answers => Reply::ok(page("The old bridge", "Second", "")),
            _ => Reply::new("500 Internal Server Error", &[], ""),
        });
        let mut articles = Vec::new();
        InputSource::Web(server.url("/story"), Logins::default()).read(&InputRules::default(), &mut |read| {
            articles.push(read.unwrap());
            ControlFlow::Continue(())
        });
        assert_eq!(articles.len(), 1);
        assert_eq!((articles[0].is_summary, articles[0].body.text().contains("Second")), (is_summary, answers));
    }
}

#[test]
fn no_more_than_ten_pages_are_joined() {
    let server = Server::start(|asked| {
        let number: u32 = asked.path.rsplit_once('=').map_or(1, |(_, number)| number.parse().unwrap());
        Reply::ok(page(
            "The old bridge",
            &format!("Part {number}."),
            &format!("<a href='/story?page={}'>Next</a>", number + 1),
        ))
    });
    let read = read(&server);
    assert!(text(&read).contains("Part 10.") && !text(&read).contains("Part 11."));
    assert_eq!(server.paths().len(), 10);
}

#[test]
fn page_without_an_article_is_read_in_its_plain_version() {
    let server = Server::start(|asked| match &*asked.path {
        "/story" => {
            Reply::ok("<html><head><link rel=amphtml href='/amp/story'></head><body><div id=app></div></body></html>")
        }
        _ => Reply::ok(page("The old bridge", "“It is tired,” said Ines Okafor.", "")),
    });
    let read = read(&server);
    assert!(text(&read).contains("It is tired") && read[0]["article"]["url"] == server.url("/story"), "{read:?}");
}

#[test]
fn what_says_that_it_is_another_article_is_not_joined() {
    let dated = |day: &str, author: &str| {
        format!(
            "<meta property='article:published_time' content='2026-11-{day}T10:00:00Z'><meta name=author content='{author}'>"
        )
    };
    let other =
        |head: String, headline: &str| page(headline, "Another", "").replace("<head>", &format!("<head>{head}"));
    for answer in [
        other(dated("21", "Ann Roe"), "The old bridge"),
        other(dated("22", "Bo Lund"), "The old bridge"),
        other("<link rel=canonical href='https://coast.example/x'>".to_owned(), "The old bridge"),
        other(String::new(), "The old bridge again"),
    ] {
        let first = page("The old bridge", "First", "<a href='/story/2'>2</a>");
        let first = first.replace("<head>", &format!("<head>{}", dated("22", "Ann Roe")));
        let server =
            Server::start(move |asked| Reply::ok(if asked.path == "/story" { first.clone() } else { answer.clone() }));
        let read = read(&server);
        assert!(!text(&read).contains("Another") && server.paths().len() == 2, "{read:?}");
    }
}

#[test]
fn short_paragraphs_that_both_pages_have_stay() {
    let server = Server::start(|asked| match &*asked.path {
        "/story" => {
            Reply::ok(page("The old bridge", "First</p><p>“Yes,” said Ines Okafor.</p><p>", "<a href='/story/2'>2</a>"))
        }
        _ => Reply::ok(page("Page 2: The old bridge", "Second</p><p>“Yes,” said Ines Okafor.</p><p>Third", "")),
    });
    let read = read(&server);
    assert_eq!(text(&read).matches("“Yes,”").count(), 2, "{read:?}");
    assert_eq!((text(&read).matches("The lead").count(), text(&read).matches("Ann Roe writes").count()), (1, 1));
    assert!(text(&read).ends_with("Ann Roe writes about bridges."));
}
