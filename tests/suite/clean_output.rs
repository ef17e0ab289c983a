//! Whatever files and speakers are called, no command writes what could steer a terminal: neither on one nor in a pipe
//! that ends at one (`pullquote search x | head`).

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use pullquote::text::may_deceive;
use serde_json::Value;
use tempfile::TempDir;

use crate::pty::Pty;
use crate::ran::Ran;

/// ESC, BEL, C1, DEL, BS, a character that reverses text, a line end.
const EVIL: &str = "n\u{1b}]0;pwn\u{7}\u{9b}31m\u{7f}\u{8}\u{202e}\nx";

const ARTICLE: &str = "date 2026-03-14 Harbour Bridge\n“It is tired,” said Ines Okafor, the engineer.\n";

/// Every command that writes what people wrote, for people or as data.
const COMMANDS: [&[&str]; 18] = [
    &["quotes"],
    &["quotes", "--speaker", "evil"],
    &["quotes", "--format", "md"],
    &["quotes", "--format", "json"],
    &["quotes", "--format", "jsonl"],
    &["speakers"],
    &["speakers", "--format", "md"],
    &["speakers", "--format", "jsonl"],
    &["search", "bridge"],
    &["search", "said:tired"],
    &["search", "said:tired", "--format", "json"],
    &["search", "bridge", "--format", "jsonl"],
    &["list"],
    &["list", "--json"],
    &["quotes", "--flat"],
    &["doctor"],
    &["export"],
    &["export", "--format", "opml"],
];

/// Comma-separated values have no way to escape such characters: they go there too. JSON names the file as it is.
const CSV: [&[&str]; 4] = [
    &["quotes", "--format", "csv"],
    &["quotes", "--flat", "--format", "csv"],
    &["speakers", "--format", "csv"],
    &["search", "bridge", "--format", "csv"],
];

/// A library with a file, a speaker and a source that are called something evil.
struct Evil(TempDir);

impl Evil {
    fn new() -> Self {
        let evil = Self(TempDir::new().unwrap());
        fs::create_dir(evil.news()).unwrap();
        fs::write(evil.file(), ARTICLE).unwrap();
        assert_eq!(evil.run(&["add", evil.news().to_str().unwrap()]).code, Some(0));
        let exported = evil.run(&["export"]).out;
        let line: Value = serde_json::from_str(exported.lines().last().unwrap()).unwrap();
        let start = "Harbour Bridge\n“".len();
        let corrected = serde_json::json!({
            "id": line["id"], "corrections": [{"start": start, "speaker": format!("Dr {EVIL} Evil")}],
        });
        let tied = serde_json::json!({
            "speakers": [{"one": format!("okafor{EVIL}"), "other": format!("ines okafor\tf{EVIL}"), "same": true}],
        });
        let source = serde_json::json!({"subscription": {
            "address": "https://coast.example/feed", "typed": "https://coast.example/feed",
            "name": EVIL, "title": EVIL, "folder": EVIL, "tags": [EVIL],
        }});
        fs::write(evil.0.path().join("evil.jsonl"), format!("{corrected}\n{tied}\n{source}\n")).unwrap();
        evil.run(&["import", "--no-refresh", "evil.jsonl"]);
        evil
    }

    fn news(&self) -> PathBuf {
        self.0.path().join(format!("news{EVIL}"))
    }

    fn file(&self) -> PathBuf {
        self.news().join(format!("{EVIL}.txt"))
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(cargo_bin("pullquote"));
        command.args(arguments).args(["--library", "library.sqlite3"]).current_dir(self.0.path());
        Ran::from(command.stdin(Stdio::null()).output().unwrap())
    }
}

fn assert_clean(written: &str, arguments: &[&str]) {
    let odd: Vec<_> = written.chars().filter(|&c| may_deceive(c) && !matches!(c, '\n' | '\t' | '\r')).collect();
    assert!(odd.is_empty(), "{arguments:?} writes {odd:?}: {written:?}");
}

#[test]
fn pipe_gets_nothing_that_steers_a_terminal() {
    let evil = Evil::new();
    for arguments in COMMANDS.into_iter().chain(CSV) {
        let ran = evil.run(arguments);
        assert!(!ran.out.is_empty() && ran.code == Some(0), "{arguments:?}: {}{}", ran.out, ran.err);
        assert_clean(&ran.out, arguments);
        assert_clean(&ran.err, arguments);
    }
    for arguments in [&["quotes"][..], &["search", "bridge"], &["search", "said:tired"], &["speakers"]] {
        let ran = evil.run(arguments);
        assert_eq!(ran.out.lines().count(), 1, "a row a line: {arguments:?} {:?}", ran.out);
    }
    assert!(evil.run(&["quotes"]).out.starts_with("Dr n x Evil ✓\t"), "the rest of a name stays");
}

#[test]
fn terminal_gets_nothing_that_steers_it() {
    let evil = Evil::new();
    let library = evil.0.path().join("library.sqlite3");
    for arguments in COMMANDS.into_iter().chain(CSV) {
        let all = [arguments, &["--library", library.to_str().unwrap()]].concat();
        let written = Pty::open(120, 24, all).end().bytes;
        assert!(!written.is_empty(), "{arguments:?}");
        assert_clean(&String::from_utf8(written).unwrap(), arguments);
    }
}

#[test]
fn data_name_the_file_as_it_is() {
    let evil = Evil::new();
    let record = |arguments: &[&str]| -> Value {
        let ran = evil.run(arguments);
        serde_json::from_str(ran.out.lines().last().unwrap()).unwrap()
    };
    let path = evil.file().to_str().unwrap().to_owned();
    assert_eq!(record(&["quotes", "--format", "jsonl"])["article"]["path"], path);
    assert_eq!(record(&["search", "bridge", "--format", "jsonl"])["place"], path);
    assert_eq!(record(&["export"])["path"], path);
}
