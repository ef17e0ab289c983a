//! `pullquote quotes`, run as a program.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::Value;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

use crate::ran::Ran;

const BRIDGE: &str = "date 2026-03-14 Harbour 😀 Bridge to Close\n\
    PORT ELLERY, March 14 (Coast Wire) — The 𝒐𝒍𝒅 bridge will close on Sunday.\n\
    “It is tired,” said Ines Okafor, the engineer. “So am I.”\n\
    Never miss a crossing — sign up for our “free” newsletter.\n";

const FERRY: &str = "date 2026-03-15 Ferry Runs\n“It floats,” said Jon Holt.\n";

const SILENT: &str = "date 2026-03-16 Nothing Said\nNobody spoke.\n";

fn run_with(input: &[u8], arguments: &[&str], folder: &Path) -> Ran {
    let output = assert_cmd::Command::new(cargo_bin("pullquote"))
        .arg("quotes")
        .args(arguments)
        .current_dir(folder)
        .env("XDG_DATA_HOME", folder)
        .write_stdin(input)
        .output()
        .unwrap();
    Ran::from(output)
}

fn run(arguments: &[&str], folder: &Path) -> Ran {
    run_with(b"", arguments, folder)
}

fn news() -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in [("1-bridge.txt", BRIDGE), ("2-ferry.txt", FERRY), ("3-silent.txt", SILENT)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn records(ran: &Ran) -> Vec<Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn slice(text: &str, words: &Value) -> String {
    let at = |key: &str| usize::try_from(words[key].as_u64().unwrap()).unwrap();
    text.chars().skip(at("start")).take(at("end") - at("start")).collect()
}

#[test]
fn jsonl_is_a_line_for_each_article_in_order() {
    let folder = news();
    let ran = run(&["--format", "jsonl", "."], folder.path());
    let paths: Vec<_> = records(&ran).iter().map(|record| record["article"]["path"].clone()).collect();
    assert_eq!(paths, ["./1-bridge.txt", "./2-ferry.txt", "./3-silent.txt"]);
    assert_eq!((ran.err.as_str(), ran.code), ("", Some(0)));
}

#[test]
fn offsets_count_code_points_and_text_has_a_paragraph_a_line() {
    let folder = news();
    let ran = run(&["--format", "jsonl", "1-bridge.txt"], folder.path());
    let record = &records(&ran)[0];
    let text = record["text"].as_str().unwrap();
    assert_eq!(text, BRIDGE.strip_prefix("date 2026-03-14 ").unwrap().trim_end());
    assert_eq!(record["article"]["headline"], "Harbour 😀 Bridge to Close");
    assert_eq!(record["article"]["date"], "2026-03-14");
    assert_eq!(record["article"]["source"], "Coast Wire");
    let quotes = record["quotes"].as_array().unwrap();
    let words: Vec<_> = quotes.iter().map(|quote| quote["text"].as_str().unwrap()).collect();
    assert_eq!(words, ["It is tired,", "So am I."]);
    for quote in quotes {
        for words in [quote, &quote["mention"], &quote["cue"]].into_iter().filter(|words| !words.is_null()) {
            assert_eq!(slice(text, words), words["text"].as_str().unwrap());
        }
        assert_eq!(quote["speaker"], "Ines Okafor");
    }
    assert_eq!(record["speakers"][0]["name"], "Ines Okafor");
    assert_eq!(record["speakers"][0]["quotes"], 2);
}

#[test]
fn json_is_one_array() {
    let folder = news();
    let ran = run(&["--format", "json", "."], folder.path());
    let array: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(array.as_array().unwrap().len(), 3);
    let lines = run(&["--format", "jsonl", "."], folder.path());
    assert_eq!(array.as_array().unwrap(), &records(&lines));
    let none = run(&["--format", "json", "--speaker", "nobody", "."], folder.path());
    assert_eq!((none.out.as_str(), none.code), ("[]\n", Some(0)));
}

#[test]
fn table_in_a_pipe_has_tabs() {
    let folder = news();
    let ran = run(&["."], folder.path());
    let rows: Vec<Vec<_>> = ran.out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0], ["Ines Okafor", "It is tired,", "2026-03-14", "Harbour 😀 Bridge to Close", "./1-bridge.txt"]);
    assert_eq!(rows[2][..2], ["Jon Holt", "It floats,"]);
    assert_eq!(rows.len(), 3);
}

#[test]
fn csv_has_a_header_and_a_row_for_each_quotation() {
    let folder = news();
    fs::write(folder.path().join("4.txt"), "date 2026-03-17 =1+1\n“@home,” said Ann Roe.\n").unwrap();
    let ran = run(&["--format", "csv", "2-ferry.txt", "4.txt"], folder.path());
    let lines: Vec<_> = ran.out.lines().collect();
    assert_eq!(lines[0], "speaker,role,quotation,kind,confidence,headline,date,source,path,corrected,via");
    assert!(lines[1].starts_with("Jon Holt,,\"It floats,\",speech,"), "{}", lines[1]);
    assert!(lines[2].contains("\"'@home,\"") && lines[2].contains(",'=1+1,2026-03-17,,4.txt"), "{}", lines[2]);
}

#[test]
fn markdown_has_a_list_under_each_headline() {
    let folder = news();
    let ran = run(&["--format", "md", "2-ferry.txt"], folder.path());
    assert_eq!(ran.out, "## Ferry Runs\n\n15 March 2026 · 2-ferry.txt\n\n- **Jon Holt**: “It floats,”\n");
}

#[test]
fn speaker_is_found_by_any_words_of_the_name() {
    let folder = news();
    for name in ["okafor", "INES", "Okafor, Ines", "Ínes Okáfor"] {
        let ran = run(&["--format", "jsonl", "--speaker", name, "."], folder.path());
        let all = records(&ran);
        assert_eq!((all.len(), all[0]["quotes"].as_array().unwrap().len(), ran.code), (1, 2, Some(0)), "{name}");
        assert_eq!(all[0]["speakers"].as_array().unwrap().len(), 1);
    }
    let ran = run(&["--speaker", "Nemo", "."], folder.path());
    assert_eq!((ran.out.as_str(), ran.code), ("", Some(1)));
    assert_eq!(run(&["--speaker", "-", "."], folder.path()).code, Some(2));
}

#[test]
fn standard_input_is_a_path() {
    let folder = news();
    let ran = run_with(BRIDGE.as_bytes(), &["--format", "jsonl", "-"], folder.path());
    assert_eq!(records(&ran)[0]["article"]["path"], "-");
    let both = run_with(BRIDGE.as_bytes(), &["--format", "jsonl", "2-ferry.txt", "-"], folder.path());
    assert_eq!(records(&both).len(), 2);
    let empty = run_with(b"", &["-"], folder.path());
    assert_eq!(empty.code, Some(2));
    assert!(empty.err.contains("standard input is empty"), "{}", empty.err);
}

#[test]
fn missing_path_means_the_samples() {
    let folder = TempDir::new().unwrap();
    let ran = run(&["--format", "jsonl"], folder.path());
    assert_eq!((records(&ran).len(), ran.code), (17, Some(0)));
}

#[test]
fn unreadable_file_is_reported_and_the_rest_is_read() {
    let folder = news();
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    fs::write(folder.path().join("picture.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    let said = [
        "pullquote: ./empty.txt is empty",
        "pullquote: ./picture.png is not text but a PNG picture",
        "pullquote: missing.txt does not exist",
    ];
    let table = run(&[".", "missing\u{1b}[31m.txt"], folder.path());
    assert_eq!((table.out.lines().count(), table.code), (3, Some(0)));
    assert_eq!(table.err.lines().collect::<Vec<_>>(), said);
    // What is named and is not there is missed in data.
    let ran = run(&["--format", "jsonl", ".", "missing\u{1b}[31m.txt"], folder.path());
    let all = records(&ran);
    assert_eq!((all.len(), ran.code), (4, Some(2)));
    assert_eq!(all[3]["error"], "is not text but a PNG picture");
    let err: Vec<_> = ran.err.lines().collect();
    assert_eq!(err[..3], said);
    assert_eq!(err[3], "pullquote: 1 path could not be read; all else was");
}

#[test]
fn exit_codes() {
    let folder = news();
    let code = |arguments: &[&str]| run(arguments, folder.path()).code;
    assert_eq!(code(&["."]), Some(0));
    assert_eq!(code(&["3-silent.txt"]), Some(1));
    assert_eq!(code(&["missing.txt"]), Some(2));
    assert_eq!(code(&["--format", "yaml"]), Some(2));
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("empty/.hidden"), BRIDGE).unwrap();
    let ran = run(&["empty"], folder.path());
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), "pullquote: no files to read (1 hidden skipped)\n"));
    let missing = run(&["missing.txt"], folder.path());
    assert!(missing.err.contains("missing.txt does not exist") && missing.err.contains("hint: "), "{}", missing.err);
}

#[test]
fn closed_pipe_ends_it_quietly() {
    let folder = TempDir::new().unwrap();
    for i in 0..500 {
        fs::write(folder.path().join(format!("{i}.txt")), BRIDGE.to_owned() + &"Nobody spoke. ".repeat(100)).unwrap();
    }
    let mut child = Command::new(cargo_bin("pullquote"))
        .args(["quotes", "--format", "jsonl", "."])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with('{'));
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn table_on_a_terminal_fits_it() {
    let folder = news();
    let long = format!("{BRIDGE}“{} 林美玲 end,” said Ines Okafor.\n", "It is very tired indeed ".repeat(20));
    fs::write(folder.path().join("1-bridge.txt"), long).unwrap();
    let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 60, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut command = CommandBuilder::new(cargo_bin("pullquote"));
    command.args(["quotes", "."]);
    command.cwd(folder.path());
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut out = String::new();
    // The other end of a terminal that closes is an error, after all was read.
    let _ = pty.master.try_clone_reader().unwrap().read_to_string(&mut out);
    assert!(child.wait().unwrap().success());
    assert!(out.contains("14 March 2026 · Coast Wire · ./1-bridge.txt"), "{out}");
    assert!(out.lines().all(|line| line.width() <= 60) && out.lines().any(|line| line.width() > 50), "{out}");
    assert!(!out.contains('\t') && !out.contains('\u{1b}'));
}

#[test]
fn help_shows_examples() {
    let folder = TempDir::new().unwrap();
    let ran = run(&["--help"], folder.path());
    assert!(ran.out.contains("Examples:") && ran.out.contains("jsonl") && ran.code == Some(0));
}
