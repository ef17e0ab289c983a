//! `pullquote speakers`, run as a program.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ran::Ran;

const BRIDGE: &str = "date 2026-03-14 Bridge Closes\n\
    “It is tired,” said Ines Okafor, the chief engineer. “So am I.”\n\
    “We heard,” said Mayor Jon Holt.\n";

const FERRY: &str = "date 2026-03-16 Ferry Runs\n\
    “It floats,” said INES B. OKAFOR. “It always has.”\n\
    “Nobody listens,” a spokesman said.\n";

const VOTE: &str = "date 2026-03-12 Council Votes\n\
    “=No,” said Holt.\n\
    “Nobody asked,” a spokesman said.\n";

fn run_with(input: &str, arguments: &[&str], folder: &Path) -> Ran {
    let output = Command::new(cargo_bin("pullquote"))
        .arg("speakers")
        .args(arguments)
        .current_dir(folder)
        .env("XDG_DATA_HOME", folder)
        .write_stdin(input)
        .output()
        .unwrap();
    Ran::from(output)
}

fn run(arguments: &[&str], folder: &Path) -> Ran {
    run_with("", arguments, folder)
}

fn news() -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in [("1-bridge.txt", BRIDGE), ("2-ferry.txt", FERRY), ("3-vote.txt", VOTE)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn records(ran: &Ran) -> Vec<Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn person_is_one_entry_across_articles() {
    let folder = news();
    let ran = run(&["--format", "jsonl", "."], folder.path());
    let people = records(&ran);
    let okafor = &people[0];
    assert!(okafor["name"].as_str().unwrap().to_lowercase().ends_with("okafor"), "{okafor}");
    assert_eq!((&okafor["quotes"], &okafor["statements"]), (&json!(4), &json!(2)));
    assert_eq!(okafor["role"], json!("chief engineer"));
    assert_eq!((&okafor["first"], &okafor["last"]), (&json!("2026-03-14"), &json!("2026-03-16")));
    let articles = okafor["articles"].as_array().unwrap();
    let headlines: Vec<_> = articles.iter().map(|article| article["headline"].clone()).collect();
    assert_eq!(headlines, ["Bridge Closes", "Ferry Runs"]);
    assert_eq!((&articles[0]["path"], &articles[0]["date"]), (&json!("./1-bridge.txt"), &json!("2026-03-14")));
    assert_eq!((ran.err.as_str(), ran.code), ("", Some(0)));
}

#[test]
fn surname_alone_and_description_stay_apart() {
    let folder = news();
    let people = records(&run(&["--format", "jsonl", "."], folder.path()));
    let count = |wanted: &str| people.iter().filter(|person| person["name"].as_str().unwrap() == wanted).count();
    assert_eq!((count("Jon Holt"), count("Holt"), count("a spokesman")), (1, 1, 2));
}

#[test]
fn most_quoted_speaker_comes_first() {
    let folder = news();
    let people = records(&run(&["--format", "jsonl", "."], folder.path()));
    let counts: Vec<_> = people.iter().map(|person| person["quotes"].as_u64().unwrap()).collect();
    assert_eq!(counts, [4, 1, 1, 1, 1]);
}

#[test]
fn speakers_stand_in_each_format() {
    let folder = news();
    let run = |form: &str| run(&["--format", form, "--speaker", "jon holt", "."], folder.path()).out;
    let date = "2026-03-14";
    assert_eq!(run("table"), format!("Jon Holt\tMayor\t1\t1\t{date}\t{date}\t0\n"));
    assert_eq!(
        run("csv"),
        format!("name,role,quotes,articles,first,last,statements,doubtful\nJon Holt,Mayor,1,1,{date},{date},1,0\n")
    );
    assert!(run("md").ends_with(&format!("| Jon Holt | Mayor | 1 | 1 | {date} | {date} | 0 |\n")));
    let array: Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(array[0]["name"], "Jon Holt");
}

#[test]
fn article_read_twice_counts_once() {
    let folder = news();
    fs::write(folder.path().join("again.txt"), BRIDGE).unwrap();
    let people = records(&run(&["--format", "jsonl", "again.txt", "1-bridge.txt"], folder.path()));
    assert_eq!(people[0]["statements"], json!(1));
}

#[test]
fn standard_input_and_exit_codes() {
    let folder = news();
    let ran = run_with(BRIDGE, &["-"], folder.path());
    assert!(ran.out.starts_with("Ines Okafor\t") && ran.code == Some(0), "{}", ran.out);
    let ran = run(&["--format", "json", "--speaker", "nobody at all", "."], folder.path());
    assert_eq!((ran.out.as_str(), ran.code), ("[]\n", Some(1)));
    assert_eq!(run_with("Nothing\nNobody spoke.\n", &["-"], folder.path()).code, Some(1));
    assert_eq!(run(&["missing.txt"], folder.path()).code, Some(2));
    assert_eq!(run(&["--speaker", "--", "."], folder.path()).code, Some(2));
    assert!(run(&["--help"], folder.path()).out.contains("Examples:"));
}

#[test]
fn samples_have_speakers() {
    let folder = TempDir::new().unwrap();
    let ran = run(&[], folder.path());
    assert!(ran.out.lines().count() > 20 && ran.code == Some(0), "{}", ran.out);
}
