//! "Sixty seconds" of the README, followed key by key, and "For archives", command by command.

use std::fs;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::pty::Pty;

/// Something between backticks in a step: what is pressed for it, and words that the screen shows then; after a `!`,
/// words that it shows no more.
type Key = (&'static str, &'static str, &'static str);

/// All that stands between backticks in each step, in order.
#[rustfmt::skip]
const STEPS: [&[Key]; 10] = [
    &[
        ("pullquote sample-articles", "", "1 of 17"),
        ("j", "j", "2 of 17"),
        ("k", "k", "1 of 17"),
        ("Enter", "\r", "The dog was not included"),
    ],
    &[("n", "n", "Idris al-Hamawi 1 of"), ("n", "n", "Calderhaven Maritime Group 1 of")],
    &[
        ("]", "]", "a person close to the Calder"),
        ("]", "]", "Tomas Lindqvist 1 of"),
        ("*", "*", "Tomas Lindqvist 2 of"),
        ("*", "*", "→ Minister Survives Bridge Vote"),
        ("20*", "20*", "→ Harbour Bridge to Close"),
        ("20*", "20*", "→ A Painter’s Brush"),
        ("^O", "\x0f\x0f\x0f", "Tomas Lindqvist 2 of"),
    ],
    &[
        ("\"", "\"", "Enter only this one"),
        ("j", "j", "▌ 5 Clemency Voss"),
        ("Enter", "\r", "Only Clemency Voss"),
        ("Esc", "\x1b", "All speakers"),
    ],
    &[
        ("i", "i", "Why this speaker"),
        ("c", "c", "Who said it?"),
        ("Esc", "\x1b", "Clemency Voss 1 of"),
        ("Y", "Y", "Copied: “regrettable"),
        ("w", "w", "Kept: Clemency Voss “regrettable"),
        ("B", "B", "1 clipping"),
        ("q", "q", "· kept"),
    ],
    &[
        ("q", "q", "1 of 17"),
        ("/", "/", "/"),
        ("speaker:deniz", "speaker:deniz", "!Minister Survives"),
        ("Esc", "\x1b", "Minister Survives"),
    ],
    &[
        ("\"", "\"", "who speaks?"),
        ("deniz", "deniz", "!Lin Meiling"),
        ("Esc", "\x1b", "Deniz 4 + Mara Deniz 7? · +"),
        ("+", "+", "Merged Deniz (4) with Mara Deniz (7)"),
        ("Enter", "\r", "It was a very good basket"),
        ("Enter", "\r", "Mara Deniz 1 of"),
        ("^O", "\x0f", "11 quotations in 4 articles"),
        ("E", "E", "export to mara-deniz.md"),
        ("Esc", "\x1b", "!export to"),
        ("q", "qqq", "1 of 17"),
    ],
    &[
        ("V", "V", "to check"),
        ("?", "", ""),
        ("+", "+", "Confirmed: "),
        ("U", "U", "Undone: "),
        ("Esc", "\x1b", "1 of 17"),
        ("V", "V", "to check"),
        ("Esc", "\x1b", "1 of 17"),
    ],
    &[
        ("h", "h", "Starred"),
        ("h", "h", "!Starred"),
        ("t", "t", "tag:"),
        ("Esc", "\x1b", "!tag:"),
        ("a", "a", "add:"),
        ("Esc", "\x1b", "1 of 17"),
        ("S", "", ""),
    ],
    &[
        ("?", "?", "ARTICLES"),
        ("/", "/copy", "/copy"),
        ("Enter", "\r", "!/copy"),
        ("q", "q", "!Help"),
        ("q", "q", ""),
    ],
];

fn readme() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap()
}

/// What stands between backticks in each numbered step under the heading.
fn steps() -> Vec<Vec<String>> {
    let readme = readme();
    let (_, section) = readme.split_once("## Sixty seconds\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let mut steps: Vec<String> = Vec::new();
    for line in section.lines() {
        if line.split_once(". ").is_some_and(|(number, _)| number.parse::<usize>().is_ok_and(|n| n == steps.len() + 1))
        {
            steps.push(String::new());
        }
        if let Some(step) = steps.last_mut() {
            step.push_str(line);
            step.push('\n');
        }
    }
    let quoted = |step: &String| step.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    steps.iter().map(quoted).collect()
}

#[test]
fn quick_start_works_as_written() {
    let written = steps();
    let followed: Vec<Vec<&str>> = STEPS.iter().map(|step| step.iter().map(|(name, ..)| *name).collect()).collect();
    assert_eq!(written, followed, "the steps of the README are not those of this test");
    for (width, height) in [(80, 24), (120, 36)] {
        let mut pty = Pty::open(width, height, [concat!(env!("CARGO_MANIFEST_DIR"), "/sample-articles")]);
        for (number, step) in STEPS.iter().enumerate() {
            for (name, keys, words) in *step {
                eprintln!("step {}, {name} at {width}x{height}", number + 1);
                pty.press(keys);
                match words.strip_prefix('!') {
                    Some(gone) => pty.shows_no(gone),
                    None if words.is_empty() => {}
                    None => drop(pty.shows(words)),
                }
            }
        }
        assert_eq!(pty.end().code, 0);
    }
}

#[test]
fn commands_for_archives_work_as_written() {
    let readme = readme();
    let (_, section) = readme.split_once("### For archives\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let commands: Vec<_> = section.lines().filter_map(|line| line.strip_prefix("$ ")).collect();
    assert_eq!(commands.len(), 5);
    let folder = TempDir::new().unwrap();
    let record =
        |id: u32, text: &str| json!({"id": id, "section": "news", "title": "Bridge", "text": text}).to_string() + "\n";
    let spoken = record(1, "“It is tired,” said Ines Okafor, the engineer. “So am I.”");
    let crawl = [spoken, record(2, "Nobody spoke."), record(3, "")].concat();
    fs::write(folder.path().join("crawl.jsonl"), crawl).unwrap();
    let run = |line: &str| {
        let line = line.replacen("pullquote", cargo_bin("pullquote").to_str().unwrap(), 1);
        let ended = Command::new("sh").args(["-c", &line]).current_dir(folder.path()).output().unwrap();
        assert!(ended.status.success(), "{line}\n{}", String::from_utf8_lossy(&ended.stderr));
    };
    for line in commands {
        run(line);
    }
    // What Spark runs on a part.
    let piped = section.split_once("rdd.pipe(\"").unwrap().1.split('"').next().unwrap();
    run(&format!("{piped} < crawl.jsonl > piped.jsonl"));
    run(&format!("{piped} < /dev/null > empty.jsonl"));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let rows =
        |name: &str| -> Vec<Value> { read(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect() };
    let columns: Vec<_> = rows("rows.jsonl")[0].as_object().unwrap().keys().cloned().collect();
    let (_, named) = section.split_once("The columns are always").unwrap();
    let named: Vec<_> = named.split(", then").next().unwrap().split('`').skip(1).step_by(2).collect();
    assert!(named.len() == 24 && named.iter().all(|name| columns.iter().any(|column| column == name)), "{named:?}");
    let ids: Vec<_> = rows("rows.jsonl").iter().map(|row| row["input_id"].clone()).collect();
    assert_eq!(ids, [1, 1, 2, 3]);
    assert_eq!(rows("piped.jsonl").len(), 4);
    assert_eq!(read("empty.jsonl"), "");
    assert_eq!(read("rows.csv").lines().count(), 1 + 3);
    assert_eq!(rows("objects.jsonl")[0]["article"]["input"], json!({"id": 1}));
    assert_eq!((rows("people.jsonl").len(), &rows("people.jsonl")[0]["name"]), (1, &json!("Ines Okafor")));
}
