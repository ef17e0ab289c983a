//! `pullquote quotes` as a filter over web archives, shapes of records, and records that the user describes.

use std::fs;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ran::Ran;

const SAID: &str = "The old bridge over the harbour will close in spring, the harbour board said on Saturday, after a week of long \
    meetings. “It is tired,” said Ines Okafor, the engineer.";

/// Runs it over an input on standard input, in a folder that is its home too.
fn run(input: &str, arguments: &[&str]) -> Ran {
    let folder = TempDir::new().unwrap();
    let mut command = Command::new(cargo_bin("pullquote"));
    command.arg("quotes").args(arguments).arg("-").current_dir(folder.path());
    command.env("XDG_DATA_HOME", folder.path()).env("XDG_CONFIG_HOME", folder.path());
    Ran::from(command.write_stdin(input).output().unwrap())
}

/// What stands under these names in each row.
fn columns(out: &str, names: [&str; 2]) -> Vec<[Value; 2]> {
    let row = |line: &str| -> Value { serde_json::from_str(line).unwrap() };
    out.lines().map(row).map(|row| names.map(|name| row[name].clone())).collect()
}

/// A record of an archive whose block is said to be longer by `more`.
fn archived(number: u32, kind: &str, block: &str, more: usize) -> String {
    let length = block.len() + more;
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://coast.example/{number}\r\nWARC-Record-ID: <urn:{number}>\r\n\
         Content-Type: application/http; msgtype={kind}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
    )
}

fn page(number: u32, more: usize) -> String {
    let html = format!("<html><body><article><h1>Bridge {number}</h1><p>{SAID}</p></article></body></html>");
    archived(number, "response", &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}"), more)
}

#[test]
fn pages_of_an_archive_are_rows_with_their_fields() {
    let broken = [page(1, 0), archived(2, "request", "GET /2 HTTP/1.1\r\n\r\n", 0), page(3, 90), page(4, 0)].concat();
    let arguments = ["--flat", "--keep", "WARC-Record-ID", "--jobs", "1"];
    let ran = run(&broken, &arguments);
    let at = page(1, 0).len() + archived(2, "request", "GET /2 HTTP/1.1\r\n\r\n", 0).len();
    let why = format!("(at byte {at}) is not well-formed WARC (the record does not end where its Content-Length says)");
    let none = Value::Null;
    assert_eq!(
        columns(&ran.out, ["input_WARC-Record-ID", "error"]),
        [[json!("<urn:1>"), none.clone()], [json!("<urn:3>"), json!(why)], [json!("<urn:4>"), none]]
    );
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains(&format!("standard input record 3 {why}")), "{}", ran.err);
    assert!(ran.err.contains("has 1 record that is no page"), "{}", ran.err);
    let said = ["--flat", "--keep", "WARC-Record-ID", "--input-format", "warc", "--jobs", "4"];
    assert_eq!(run(&broken, &said).out, ran.out);
    // What stands before the first record hides the format, unless it is said.
    let hidden = format!("\r\n{}", page(1, 0));
    assert_eq!(columns(&run(&hidden, &said).out, ["headline", "error"]), [[json!("Bridge 1"), Value::Null]]);
    let empty = run("Tide\n", &said);
    assert_eq!((empty.out.as_str(), empty.err.as_str()), ("", "pullquote: standard input has no records\n"));
}

#[test]
fn archive_is_the_same_on_any_number_of_threads() {
    let archive: String = (1..600).map(|number| page(number, 0)).collect();
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("news.warc");
    fs::write(&path, &archive).unwrap();
    let outputs = ["1", "3"].map(|jobs| {
        let ran = run(&archive, &["--flat", "--keep", "WARC-Record-ID", "--jobs", jobs]);
        assert_eq!(ran.err, "");
        ran.out
    });
    assert_eq!(outputs[0], outputs[1]);
    let ids: Vec<_> =
        (1..600).map(|number| [json!(format!("<urn:{number}>")), json!(format!("Bridge {number}"))]).collect();
    assert_eq!(columns(&outputs[0], ["input_WARC-Record-ID", "headline"]), ids);
}

#[test]
fn described_records_are_rows_whatever_they_come_in() {
    let record = |number: u32| json!({"nr": number, "hed": format!("Bridge {number}"), "in": {"grafs": [SAID]}});
    let lines = (1..900).map(|number| record(number).to_string() + "\n").collect::<Vec<_>>().concat();
    let list = json!((1..900).map(record).collect::<Vec<_>>()).to_string();
    let cell = SAID.replace('"', "");
    let row = |number: u32| format!("{number},Bridge {number},\"{cell}\"\n");
    let rows = (1..900).map(row).collect::<Vec<_>>().concat();
    let table = format!("nr,hed,in.grafs\n{rows}");
    for (input, format) in [(&lines, "jsonl"), (&list, "json"), (&table, "csv")] {
        for jobs in ["1", "3"] {
            for stated in [&[][..], &["--input-format", format]] {
                let map = ["--flat", "--keep", "nr", "--fields", "title=hed,text=in.grafs", "--jobs", jobs];
                let ran = run(input, &[&map[..], stated].concat());
                let found = columns(&ran.out, ["input_nr", "headline"]);
                let nr = |number: u32| if format == "csv" { json!(number.to_string()) } else { json!(number) };
                let expected: Vec<_> = (1..900).map(|n| [nr(n), json!(format!("Bridge {n}"))]).collect();
                assert_eq!(found, expected, "{format} {jobs} {stated:?} {}", ran.err);
            }
        }
    }
    let unknown = columns(&run(&lines, &["--flat", "--keep", "nr"]).out, ["input_nr", "error"]);
    let why =
        "has no article text that is known; its fields are hed, in, nr (say which is which: --fields title=…,text=…)";
    assert_eq!(unknown[..2], [[json!(1), json!(why)], [json!(2), json!(why)]]);
}

#[test]
fn record_of_a_known_shape_keeps_its_own_fields() {
    let item = |number: u32| {
        json!({"id": number, "webTitle": format!("Bridge {number}"), "webUrl": format!("https://coast.example/{number}"),
            "webPublicationDate": "2026-03-14T09:30:00Z", "fields": {"body": format!("<p>{SAID}</p>"), "wordcount": "30"}})
    };
    let search = json!({"response": {"status": "ok", "results": [item(1), {"id": 2, "x": 1}, item(3)]}}).to_string();
    let lines = format!("{}\n{}\n{}\n", item(1), json!({"id": 2, "x": 1}), item(3));
    for (input, place) in [(search, "record 2"), (lines, "line 2")] {
        let ran = run(&input, &["--flat", "--keep", "id,fields.wordcount"]);
        let kept = columns(&ran.out, ["input_id", "input_fields.wordcount"]);
        let expected = [[json!(1), json!("30")], [json!(2), Value::Null], [json!(3), json!("30")]];
        assert_eq!(kept, expected, "{}", ran.err);
        assert!(
            ran.err.contains(&format!("{place} has no article text that is known; its fields are id, x")),
            "{}",
            ran.err
        );
        let found = columns(&ran.out, ["headline", "source"]);
        assert_eq!(found[2], [json!("Bridge 3"), json!("The Guardian")]);
    }
}
