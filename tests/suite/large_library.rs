//! A library of 20,000 articles at a real terminal: everything a reader does with a few works with many.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;
use vt100::Screen;

use crate::pty::{Pty, rows};

const ARTICLES: usize = 20_000;

const FIRST: [&str; 16] = [
    "Ines", "Tomas", "Mara", "Jon", "Rosalind", "Amadou", "Yuki", "Pilar", "Oskar", "Leila", "Bruno", "Hanna",
    "Viktor", "Noor", "Silas", "Greta",
];
const LAST: [&str; 25] = [
    "Okafor",
    "Lindqvist",
    "Deniz",
    "Holt",
    "Meer",
    "Diallo",
    "Tanaka",
    "Serrano",
    "Brandt",
    "Haddad",
    "Costa",
    "Novak",
    "Petrov",
    "Rahman",
    "Whitlock",
    "Sandoval",
    "Keller",
    "Moreau",
    "Ivarsson",
    "Quigley",
    "Bianchi",
    "Farrow",
    "Nakamura",
    "Oduya",
    "Vance",
];
const ROLES: [&str; 5] = ["the engineer", "the mayor", "a pilot", "the minister", "a teacher"];
const THINGS: [&str; 13] = [
    "bridge",
    "harbour",
    "tram",
    "ferry",
    "bakery",
    "tunnel",
    "orchard",
    "library",
    "lighthouse",
    "market",
    "canal",
    "reservoir",
    "observatory",
];
const DEEDS: [&str; 7] = ["closes", "opens", "floods", "moves", "burns", "wins", "waits"];
const WORDS: [&str; 11] =
    ["nobody", "slowly", "winter", "paper", "engine", "garden", "thunder", "copper", "letter", "salt", "mirror"];

/// Article `number`, a line of JSON; the higher the number, the newer. Two speak in each: one of 400, in turn,
/// and another, the same in 50 articles after each other.
fn line(number: usize) -> String {
    let pick = |from: &[&'static str], by: usize| from[(number / by + number * 7) % from.len()];
    let name = |at: usize| format!("{} {}", FIRST[at % FIRST.len()], LAST[at / FIRST.len() % LAST.len()]);
    let (thing, deed) = (pick(&THINGS, 3), pick(&DEEDS, 13));
    let words =
        |by: usize| (0..8).map(|at| WORDS[(number / (by + at) + at * 5) % WORDS.len()]).collect::<Vec<_>>().join(" ");
    let rare = if number == 4_321 { " A zeppelin passed." } else { "" };
    let (one, two) = (name(number % 400), name(number / 50 % 400));
    let mut text = format!("The {thing} {deed}, and {}.{rare}\\n\\n", words(1));
    let _ = write!(text, "“The {thing} is number n{number},” said {one}, {}. ", pick(&ROLES, 5));
    let _ = write!(
        text,
        "“{} {}.” Later it rained.\\n\\n",
        words(2),
        if number.is_multiple_of(1_000) { "ceasefire" } else { "again" }
    );
    let _ = write!(text, "“I have not slept,” said {two}. {}.", words(3));
    // Eight articles a day, from 2019 on.
    let day = chrono::NaiveDate::from_ymd_opt(2019, 1, 1).unwrap() + chrono::Days::new((number / 8) as u64);
    format!(
        r#"{{"title":"The {thing} {deed} {number}","date":"{day}","source":"Wire {}","text":"{text}"}}"#,
        number % 9
    )
}

/// A folder with a library of all of them.
fn library() -> TempDir {
    let folder = TempDir::new().unwrap();
    let news = folder.path().join("news.jsonl");
    fs::write(&news, (0..ARTICLES).map(|number| line(number) + "\n").collect::<String>()).unwrap();
    let mut command = Command::new(cargo_bin("pullquote"));
    command.arg("add").arg(&news).arg("--library").arg(place(&folder)).stdout(Stdio::null()).stderr(Stdio::null());
    assert!(command.status().unwrap().success());
    folder
}

fn place(folder: &TempDir) -> PathBuf {
    folder.path().join("library.sqlite3")
}

fn open(folder: &TempDir) -> Pty {
    Pty::open(120, 36, [Path::new("--library"), &place(folder)])
}

#[test]
fn large_library_is_searched_and_marked() {
    let folder = library();
    let mut pty = open(&folder);
    pty.shows("20000 articles · 20000 unread");
    pty.press("G");
    pty.shows("20000 of 20000");
    pty.shows("1 Jan");
    pty.press("g");
    pty.shows("1 of 20000");
    searches(&mut pty);
    speakers(&mut pty);
    marks(&mut pty);
    pty.press("qq");
    assert_eq!(pty.end().code, 0);

    let mut pty = open(&folder);
    pty.shows("20000 articles · 19997 unread");
    pty.press("/is:starred\r");
    pty.shows("1 of 1 ");
    pty.shows("The orchard moves 4321");
    pty.press("/\x15is:read\r");
    pty.shows("1 of 3 ");
}

fn searches(pty: &mut Pty) {
    // Each letter leaves fewer: n43, n430 to n439, n4300 to n4399.
    pty.press("/n43");
    pty.shows(" 111 articles");
    pty.press("2");
    pty.shows(" 11 articles");
    pty.press("1");
    pty.shows(" 1 article");
    pty.press("\x15zepp");
    pty.shows(" 1 article");
    pty.shows("A zeppelin passed.");
    pty.press("\x15said:ceasefire");
    pty.shows(" 20 articles");
    pty.press(" speaker:petrov");
    pty.press("\r");
    pty.shows("1 of 10 ");
    pty.press("\r");
    pty.shows("Oskar Petrov");
    pty.shows("ceasefire");
    pty.press("q\x1b");
    pty.shows("1 of 20000");
    // It ends with what can be a hit nowhere, and nothing of it stays.
    pty.press("/zeppelin said:zeppelin");
    pty.shows(" 0 articles");
    pty.press("\x1b");
    pty.shows("1 of 20000");
}

fn speakers(pty: &mut Pty) {
    pty.press("\"");
    pty.shows("400 speakers");
    pty.press("oskar petr\r");
    pty.shows("in 100 articles");
    pty.press("O");
    pty.shows("is number n200,");
    pty.press("\r");
    pty.shows("Oskar Petrov 1 of 1");
    pty.press("\x0f");
    pty.shows_no("Oskar Petrov 1 of 1");
    pty.press("q");
    pty.shows("QUOTES     ?  ARTICLES");
    // One at a time: another key right after Esc may be taken for one with Alt.
    pty.press("\x1b");
    pty.shows(" of 400 speakers");
    pty.press("q");
    // It has followed.
    pty.shows("The canal opens 200");
    pty.press("g");
    pty.shows("1 of 20000");
}

fn marks(pty: &mut Pty) {
    let starred = |screen: &Screen| rows(screen).iter().any(|row| row.contains('★'));
    pty.press("A");
    pty.shows("20000 articles · 0 unread");
    pty.press("U");
    // Two articles were opened.
    pty.shows("20000 articles · 19998 unread");
    pty.press("/zeppelin");
    pty.shows(" 1 article");
    pty.press("\ru");
    pty.shows("19997 unread");
    pty.press("s");
    pty.wait("a star", |screen| starred(screen).then_some(()));
    pty.press("U");
    pty.wait("no star", |screen| (!starred(screen)).then_some(()));
    pty.press("s");
    pty.wait("a star", |screen| starred(screen).then_some(()));
}
