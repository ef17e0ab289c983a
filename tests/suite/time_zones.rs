//! One day for each article, wherever one looks, in any time zone and over a change of summer time.

use std::fs;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};
use tempfile::TempDir;
use vt100::Screen;

use crate::pty::{Pty, pullquote};

/// Headlines with what their articles say that their date is, and their days in each of the zones.
const ARTICLES: [(&str, &str, [&str; 5]); 6] = [
    ("Evening", "2026-03-28T23:30:00-05:00", ["03-29", "03-29", "03-29", "03-29", "03-29"]),
    ("Morning", "2026-03-29T03:30:00+01:00", ["03-29", "03-28", "03-29", "03-29", "03-29"]),
    // Clocks in Berlin go from 2:00 to 3:00 that night.
    ("Hour that is not there", "2026-03-29T01:30:00Z", ["03-29", "03-28", "03-29", "03-29", "03-29"]),
    ("Noon", "2026-03-29T12:00:00Z", ["03-29", "03-29", "03-29", "03-29", "03-30"]),
    ("Midnight", "2026-03-29T00:00:00+01:00", ["03-29"; 5]),
    ("Day", "2026-03-29", ["03-29"; 5]),
];

const ZONES: [&str; 5] = ["UTC", "America/New_York", "Europe/Berlin", "Asia/Tokyo", "Pacific/Auckland"];

struct Fixture(TempDir);

impl Fixture {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let line = |(title, date, _): &(&str, &str, _)| {
            json!({"title": title, "date": date, "text": format!("“It is {title},” said Ines Okafor.")}).to_string()
                + "\n"
        };
        fs::write(folder.path().join("news.jsonl"), ARTICLES.iter().map(line).collect::<String>()).unwrap();
        Self(folder)
    }

    fn run(&self, zone: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(cargo_bin("pullquote"));
        command.args(arguments).args(["--library", "library.sqlite3"]).current_dir(self.0.path()).env("TZ", zone);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    }

    /// The headlines that a search finds, in the order of the alphabet.
    fn found(&self, zone: &str, query: &str) -> Vec<String> {
        let found: Value = serde_json::from_str(&self.run(zone, &["search", query, "--format", "json"])).unwrap();
        let mut found: Vec<_> =
            found.as_array().unwrap().iter().map(|hit| hit["headline"].as_str().unwrap().to_owned()).collect();
        found.sort();
        found
    }
}

/// The headlines of a day in a zone, in the order of the alphabet.
fn of_day(zone: usize, day: &str) -> Vec<&'static str> {
    let mut all: Vec<_> = ARTICLES.iter().filter(|(_, _, days)| days[zone] == day).map(|(title, ..)| *title).collect();
    all.sort_unstable();
    all
}

#[test]
fn day_is_the_same_in_search_and_on_the_screen_and_data_keep_what_was_written() {
    let fixture = Fixture::new();
    fixture.run("UTC", &["add", "news.jsonl"]);
    for (at, zone) in ZONES.into_iter().enumerate() {
        for (day, next) in [("03-28", "03-29"), ("03-29", "03-30"), ("03-30", "03-31")] {
            let found = fixture.found(zone, &format!("after:2026-{day} before:2026-{next}"));
            assert_eq!(found, of_day(at, day), "{zone} {day}");
        }
        let listed = screen_groups(&fixture, zone);
        for (title, _, days) in ARTICLES {
            let (_, day) =
                listed.iter().find(|(listed, _)| listed == title).unwrap_or_else(|| panic!("{title}: {listed:?}"));
            assert_eq!(day, days[at], "{title} in {zone}");
        }
        let data = fixture.run(zone, &["quotes", "--format", "jsonl", "news.jsonl"]);
        let exported = fixture.run(zone, &["export"]);
        for (_, written, _) in ARTICLES {
            let is_in = |data: &str| data.contains(&format!("\"date\":\"{written}\""));
            assert!(is_in(&data) && is_in(&exported), "{written} in {zone}");
        }
    }
}

/// Moments and written days in one order: that of the days there.
#[test]
fn speaker_s_articles_are_in_the_order_of_the_days() {
    let fixture = Fixture::new();
    fixture.run("UTC", &["add", "news.jsonl"]);
    for (at, zone) in ZONES.into_iter().enumerate() {
        for input in [None, Some("news.jsonl")] {
            let arguments: Vec<_> = ["speakers", "--format", "json"].into_iter().chain(input).collect();
            let speakers: Value = serde_json::from_str(&fixture.run(zone, &arguments)).unwrap();
            let person = &speakers[0];
            let days: Vec<_> =
                person["articles"].as_array().unwrap().iter().map(|article| day_of(article, at)).collect();
            // Without a library they are in the order of the file.
            assert!(input.is_some() || days.is_sorted_by(|one, next| one >= next), "{zone}: {days:?}");
            let end = |end| person[end].as_str().and_then(|day| day.strip_prefix("2026-"));
            assert_eq!((end("first"), end("last")), (days.iter().min().copied(), days.iter().max().copied()), "{zone}");
        }
    }
}

fn day_of(article: &Value, zone: usize) -> &'static str {
    ARTICLES.iter().find(|(title, ..)| article["headline"] == *title).unwrap().2[zone]
}

/// The headlines of the list, each with the day under which it stands.
fn screen_groups(fixture: &Fixture, zone: &str) -> Vec<(String, String)> {
    let library = fixture.0.path().join("library.sqlite3");
    let mut command = pullquote(["--library".as_ref(), library.as_os_str()]);
    command.env("TZ", zone);
    let mut pty = Pty::spawn(100, 40, command);
    let is_whole =
        |screen: &Screen| ARTICLES.iter().all(|(title, ..)| screen.contents().contains(&format!("●  {title}")));
    let contents = pty.wait("all headlines", |screen| is_whole(screen).then(|| screen.contents()));
    pty.press("q");
    pty.end();
    let mut day = String::new();
    let mut listed = Vec::new();
    for row in contents.lines() {
        let Some((before, after)) = row.split_once("●  ") else { continue };
        let words: Vec<_> = before.split_whitespace().collect();
        if let Some(at) = words.iter().position(|word| *word == "Mar") {
            day = format!("03-{:0>2}", words[at - 1]);
        }
        listed.push((after.split("  ").next().unwrap_or_default().to_owned(), day.clone()));
    }
    listed
}
