//! Retention: what of feeds is kept no longer goes, stays away, and takes nothing along that the user decided on.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use chrono::{DateTime, Utc};
use pullquote::article::ArticleId;
use pullquote::library::Library;
use pullquote::user::{Clipping, Retention, UserAction};
use tempfile::TempDir;

use crate::pty::{Pty, pullquote};
use crate::ran::Ran;
use crate::server::{Reply, Server, rss};
use crate::user_actions::{clipped, read, starred, tagged};

/// A home with a configuration, and the library in it.
pub struct Fixture(TempDir);

impl Fixture {
    pub fn new(config: &str) -> Self {
        let home = TempDir::new().unwrap();
        fs::create_dir(home.path().join("pullquote")).unwrap();
        fs::write(home.path().join("pullquote/config.toml"), config).unwrap();
        Self(home)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(cargo_bin("pullquote"));
        command.args(arguments).args(["--library", "l.sqlite3"]).current_dir(self.path());
        command.env("XDG_CONFIG_HOME", self.path()).stdin(Stdio::null());
        for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "https_proxy", "http_proxy"] {
            command.env_remove(name);
        }
        Ran::from(command.output().unwrap())
    }

    pub fn good(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}: {}", ran.out);
        ran.out
    }

    pub fn library(&self) -> Library {
        Library::open(&self.path().join("l.sqlite3")).unwrap()
    }
}

/// The articles, newest first, by headline.
fn headlines(library: &Library) -> Vec<String> {
    let headline = |id: ArticleId| library.get(id).unwrap().unwrap().article.headline().to_owned();
    library.ids().unwrap().into_iter().map(headline).collect()
}

/// A feed of six stories, of six days.
fn days() -> String {
    let day = |number: usize| format!("Sun, {} Nov 2026 10:00:00 GMT", 17 + number);
    (0..6).fold(rss("Coast", 0..6), |feed, number| feed.replacen("Sun, 22 Nov 2026 10:00:00 GMT", &day(number), 1))
}

fn coast() -> Server {
    Server::start(|asked| match asked.header("if-none-match") {
        Some(_) => Reply::new("304 Not Modified", &[], ""),
        None => Reply::new("200 OK", &[("ETag", "\"x\"")], days()),
    })
}

#[test]
fn oldest_go_stay_away_and_are_counted() {
    let (fixture, server) = (Fixture::new("keep = 2\n"), coast());
    fixture.good(&["add", &server.url("/feed")]);
    let before = headlines(&fixture.library());
    assert_eq!(before.len(), 6, "adding deletes nothing");
    let would_go = fixture.good(&["prune", "--dry-run"]);
    let listed: Vec<_> = would_go.lines().collect();
    let [number, headlines_of_those @ .., sum] = &listed[..] else { panic!("{would_go}") };
    assert_eq!((*number, *sum), ("        4  Coast", "4 articles would go"));
    assert!(headlines_of_those.len() == 4 && headlines_of_those[0].ends_with("2026-11-17  Story 0"), "{would_go}");
    assert_eq!(headlines(&fixture.library()), before, "a dry run changes nothing");
    assert_eq!(fixture.good(&["prune"]), "        4  Coast\n4 articles deleted\n");
    assert_eq!(headlines(&fixture.library()), before[..2]);
    let none = fixture.run(&["prune"]);
    assert_eq!((none.code, none.err.as_str()), (Some(1), "pullquote: nothing is old enough to go\n"));
    // The feed lists them still.
    assert!(fixture.good(&["refresh", "--all"]).starts_with("0 new, 0 updated"));
    assert_eq!(headlines(&fixture.library()), before[..2]);
    assert!(fixture.good(&["doctor"]).contains("no faults found"));
    assert!(fixture.good(&["list"]).contains("        2  Coast  "), "what went does not count");
    // What is kept now may come again, and nothing else.
    fixture.good(&["set", "Coast", "--keep", "4"]);
    fixture.good(&["refresh", "--all"]);
    assert_eq!(headlines(&fixture.library()), before[..4]);
    fixture.good(&["set", "Coast", "--keep", "forever"]);
    assert!(fixture.good(&["refresh", "--all"]).starts_with("     2 new"));
    assert_eq!(headlines(&fixture.library()), before);
}

#[test]
fn what_one_feed_let_go_comes_from_another_and_from_a_new_subscription() {
    let (fixture, server) = (Fixture::new("keep = 1\n"), coast());
    fixture.good(&["add", &server.url("/feed")]);
    fixture.good(&["prune"]);
    let other = coast();
    assert!(fixture.good(&["add", &other.url("/feed")]).starts_with("Coast: 5 articles"));
    fixture.good(&["prune"]);
    assert_eq!(fixture.library().ids().unwrap().len(), 1);
    fixture.good(&["remove", &server.url("/feed")]);
    assert!(fixture.good(&["add", &server.url("/feed")]).starts_with("Coast: 5 articles"));
}

/// An age that grows brings back what it keeps with the next change of the feed; so does a number.
#[test]
fn number_that_grows_in_the_configuration_brings_back_what_it_keeps() {
    let (fixture, server) = (Fixture::new("keep = 2\n"), Server::start(|_| Reply::ok(days())));
    let keep =
        |keep: &str| fs::write(fixture.path().join("pullquote/config.toml"), format!("keep = {keep}\n")).unwrap();
    fixture.good(&["add", &server.url("/feed")]);
    let before = headlines(&fixture.library());
    fixture.good(&["prune"]);
    for _ in 0..2 {
        assert!(fixture.good(&["refresh", "--all"]).starts_with("0 new, 0 updated"));
        assert_eq!(headlines(&fixture.library()), before[..2]);
    }
    keep("4");
    fixture.good(&["refresh", "--all"]);
    assert_eq!(headlines(&fixture.library()), before[..4]);
    assert!(fixture.good(&["refresh", "--all"]).starts_with("0 new, 0 updated"), "and no more");
    keep("3");
    fixture.good(&["refresh", "--all"]);
    assert_eq!(headlines(&fixture.library()), before[..3]);
    assert!(fixture.good(&["refresh", "--all"]).starts_with("0 new, 0 updated"));
}

#[test]
fn what_is_read_stays_until_it_is_left() {
    let (fixture, server) = (Fixture::new("keep = 1\n"), coast());
    fixture.good(&["add", &server.url("/feed")]);
    let mut command = pullquote(["--library".to_owned(), fixture.path().join("l.sqlite3").display().to_string()]);
    command.env("XDG_CONFIG_HOME", fixture.path());
    for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "https_proxy", "http_proxy"] {
        command.env_remove(name);
    }
    let mut pty = Pty::spawn(100, 24, command);
    pty.shows("6 articles");
    pty.press("G\r");
    pty.shows("The tide of day 0");
    pty.press("R");
    pty.shows("4 old deleted");
    pty.shows("The tide of day 0");
    pty.press("QQ");
    assert_eq!(pty.end().code, 0);
    assert_eq!(fixture.library().ids().unwrap().len(), 2);
}

#[test]
fn refresh_deletes_what_is_kept_no_longer() {
    let (fixture, server) = (Fixture::new(""), coast());
    fixture.good(&["add", &server.url("/feed")]);
    fixture.good(&["set", "Coast", "--keep", "5"]);
    assert!(fixture.good(&["set", "Coast"]).contains("keep        5\n"));
    let out = fixture.good(&["refresh", "--all"]);
    assert!(out.ends_with("1 article deleted, kept no longer\n"), "{out}");
    assert_eq!(fixture.library().ids().unwrap().len(), 5);
    fixture.good(&["set", "Coast", "--keep", "default"]);
    assert!(fixture.good(&["set", "Coast"]).contains("keep        default\n"));
}

#[test]
fn nothing_goes_that_the_user_decided_on_or_another_place_has() {
    let (fixture, server) = (Fixture::new("keep = 1\n"), coast());
    fixture.good(&["add", &server.url("/feed")]);
    let library = fixture.library();
    let ids = library.ids().unwrap();
    let entry = library.get(ids[3]).unwrap().unwrap();
    let kept = Clipping::of(&entry.article, &entry.findings, &[0]).unwrap();
    library
        .note(&[
            starred(ids[1], true),
            tagged(ids[2], "sea", true),
            clipped(kept),
            UserAction::Mark { article: ids[4], letter: 'a', offset: Some(0) },
            read(ids[5], true),
        ])
        .unwrap();
    library.set_retention(Retention::Newest(1));
    let now = Utc::now();
    let expiring = library.expiring(now).unwrap();
    assert_eq!(expiring.articles, [ids[5]], "to have read it is no decision");
    // It is starred before it goes.
    library.note(&[starred(ids[5], true)]).unwrap();
    assert_eq!(library.expire(&expiring.articles, now).unwrap(), []);
    assert_eq!(library.ids().unwrap(), ids);
}

#[test]
fn article_of_two_feeds_goes_when_neither_keeps_it() {
    let (fixture, server) = (Fixture::new(""), coast());
    let other = coast();
    for url in [server.url("/feed"), other.url("/feed")] {
        fixture.good(&["add", &url]);
    }
    let library = fixture.library();
    let feeds = library.subscriptions().unwrap();
    assert_eq!((feeds.len(), library.ids().unwrap().len()), (2, 6), "the stories are the same");
    let expiring = || library.expiring(Utc::now()).unwrap();
    let keep = |at: usize| {
        let mut settings = feeds[at].settings.clone();
        settings.fetch.keep = Some(Retention::Newest(1));
        library.set_feed_settings(feeds[at].id, &settings).unwrap();
    };
    keep(0);
    assert_eq!(expiring().articles, []);
    keep(1);
    assert_eq!(expiring().articles.len(), 5);
    assert_eq!(expiring().by_feed.len(), 2);
}

#[test]
fn age_counts_from_the_day_of_publication() {
    let (fixture, server) = (Fixture::new(""), coast());
    fixture.good(&["add", &server.url("/feed")]);
    let library = fixture.library();
    library.set_retention(Retention::Days(2));
    let newest = library.get(library.ids().unwrap()[0]).unwrap().unwrap().article.dates.moment().unwrap();
    let at = |days: i64| -> DateTime<Utc> { newest.and_utc() + chrono::TimeDelta::days(days) };
    let left = |now: DateTime<Utc>| 6 - library.expiring(now).unwrap().articles.len();
    // What is two days old stays.
    assert_eq!((left(at(0)), left(at(1)), left(at(3))), (3, 2, 0));
    library.set_retention(Retention::Forever);
    assert_eq!(left(at(40_000)), 6);
}

#[test]
fn wrong_retention_is_told_and_keeps_everything() {
    let (fixture, server) = (Fixture::new("keep = \"0\"\n"), coast());
    let ran = fixture.run(&["add", &server.url("/feed")]);
    assert!(ran.err.contains("config.toml:1:8: keep of 0 would keep nothing"), "{}", ran.err);
    let ran = fixture.run(&["prune"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert_eq!(fixture.library().ids().unwrap().len(), 6);
    let ran = fixture.run(&["set", "Coast", "--keep", "soon"]);
    assert!(ran.err.contains("keep is forever, an age such as 90d") && ran.code == Some(2), "{}", ran.err);
    let ran = fixture.run(&["prune", "--keep", "0d"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
}
