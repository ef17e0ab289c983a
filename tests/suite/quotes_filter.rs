//! `pullquote quotes` as a filter between other programs: a row for each record, whatever it is.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ran::Ran;

const COLUMNS: &str = "article_id,url,date,source,author,headline,n,statement,start,end,quotation,kind,speaker,role,via,\
    mention,cue,confidence,corrected,reason,before,after,path,error";

fn command(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(cargo_bin("pullquote"));
    command.arg("quotes").args(arguments).current_dir(folder).env("XDG_DATA_HOME", folder);
    command
}

fn run_in(input: &str, arguments: &[&str], folder: &Path) -> Ran {
    let output = assert_cmd::Command::from_std(command(arguments, folder)).write_stdin(input).output().unwrap();
    Ran::from(output)
}

/// Runs it in an empty folder.
fn run(input: &str, arguments: &[&str]) -> Ran {
    run_in(input, arguments, TempDir::new().unwrap().path())
}

fn rows(ran: &Ran) -> Vec<Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A record with two quotations.
fn spoken(id: &Value) -> String {
    let text = "“It is tired,” said Ines Okafor, the engineer. “So am I.”\nThe harbour board meets again on Friday.";
    json!({"id": id, "url": format!("https://coast.example/{id}"), "title": "Bridge Closes", "date": "2026-03-14", "text": text})
        .to_string()
}

fn silent(id: &Value) -> String {
    json!({"id": id, "title": "Nothing Said", "date": "2026-03-16", "text": "Nobody spoke."}).to_string()
}

/// Records of each kind: with quotations, without, no article, broken.
fn crawl() -> Vec<String> {
    let mut lines = vec![spoken(&json!(1)), silent(&json!("two")), r#"{"id": 3, "text": 5}"#.to_owned()];
    lines.extend([r#"{"id": 4, "title": "Bridge", "text": "Bro"#, "no JSON at all", r#"{"id": 6}"#].map(str::to_owned));
    lines.extend([r#"{"id": 7, "read": true}"#.to_owned(), spoken(&json!(8.5)), "[]".to_owned(), silent(&json!(10))]);
    lines
}

fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| line.clone() + "\n").collect()
}

#[test]
fn flat_row_has_every_column_in_order() {
    let ran = run(&joined(&[spoken(&json!(1))]), &["--flat", "--keep", "id", "-"]);
    let names = COLUMNS.split(',').chain(["input_id"]);
    let places: Vec<_> = ran
        .out
        .lines()
        .next()
        .map(|row| names.map(|name| row.find(&format!("\"{name}\":")).unwrap()).collect())
        .unwrap();
    assert!(places.is_sorted(), "{}", ran.out);
    let rows = rows(&ran);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].as_object().unwrap().len(), COLUMNS.split(',').count() + 1);
    for (name, value) in [
        ("url", json!("https://coast.example/1")),
        ("date", json!("2026-03-14")),
        ("headline", json!("Bridge Closes")),
        ("n", json!(2)),
        ("statement", json!(1)),
        ("quotation", json!("So am I.")),
        ("kind", json!("speech")),
        ("speaker", json!("Ines Okafor")),
        ("role", json!("engineer")),
        ("via", Value::Null),
        ("corrected", json!(false)),
        ("before", json!("“It is tired,” said Ines Okafor, the engineer. “")),
        ("after", json!("”")),
        ("path", json!("-")),
        ("error", Value::Null),
        ("input_id", json!(1)),
    ] {
        assert_eq!(rows[1][name], value, "{name}");
    }
    assert_eq!((&rows[0]["mention"], &rows[0]["cue"]), (&json!("Ines Okafor"), &json!("said")));
    let nested = run(&joined(&[spoken(&json!(1))]), &["--format", "jsonl", "-"]);
    let quote = &self::rows(&nested)[0]["quotes"][1];
    assert_eq!((&rows[1]["start"], &rows[1]["end"]), (&quote["start"], &quote["end"]));
    assert_eq!(rows[1]["confidence"], quote["confidence"]);
}

#[test]
fn every_record_has_a_row_in_its_order() {
    let ran = run(&joined(&crawl()), &["--flat", "--keep", "id", "-"]);
    let ids: Vec<_> = rows(&ran).iter().map(|row| row["input_id"].clone()).collect();
    let none = Value::Null;
    let two = json!("two");
    assert_eq!(
        ids,
        [
            json!(1),
            json!(1),
            two,
            json!(3),
            json!(4),
            none.clone(),
            json!(6),
            json!(7),
            json!(8.5),
            json!(8.5),
            none,
            json!(10)
        ]
    );
    let rows = rows(&ran);
    for (at, error) in [
        (3, "has no article text"),
        (4, "is not well-formed JSON (EOF while parsing a string at line 1 column 41)"),
        (6, "has no article text that is known; its fields are id (say which is which: --fields title=…,text=…)"),
        (7, "holds marks and no article"),
    ] {
        assert_eq!(rows[at]["error"], error);
        assert!(rows[at]["article_id"].is_null() && rows[at]["quotation"].is_null());
    }
    assert!(rows[2]["error"].is_null() && rows[2]["quotation"].is_null() && rows[2]["headline"] == "Nothing Said");
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains("pullquote: standard input line 4 is not well-formed JSON"), "{}", ran.err);
    assert!(!ran.err.contains("line 7 "), "a line of marks is no mistake: {}", ran.err);
    let full = run(&joined(&crawl()), &["--flat", "--no-empty", "--keep", "id", "-"]);
    assert!(self::rows(&full).iter().all(|row| row["input_id"] != json!(10)));
    assert_eq!(self::rows(&full).len(), rows.len() - 2);
}

#[test]
fn any_split_of_the_input_has_the_same_rows() {
    let lines = crawl();
    let arguments = ["--flat", "--keep", "id,url", "--input-format", "jsonl", "-"];
    let whole = run(&joined(&lines), &arguments).out;
    for at in 0..=lines.len() {
        let parts = [&lines[..at], &lines[at..]].map(|part| run(&joined(part), &arguments));
        assert_eq!(parts[0].out.clone() + &parts[1].out, whole, "split at {at}");
        assert_eq!(parts.map(|part| part.code), [Some(0), Some(0)]);
    }
    let each: String = lines.iter().map(|line| run(line, &arguments).out).collect();
    assert_eq!(each, whole, "the last line need not end");
}

#[test]
fn kept_fields_change_no_other_column() {
    let input = joined(&crawl());
    let plain = rows(&run(&input, &["--flat", "-"]));
    let mut kept = rows(&run(&input, &["--flat", "--keep", "id,text,title,nothing", "-"]));
    for row in &mut kept {
        for name in ["id", "text", "title", "nothing"] {
            assert!(row.as_object_mut().unwrap().remove(&format!("input_{name}")).is_some());
        }
    }
    assert_eq!(kept, plain);
    let plain = rows(&run(&input, &["--format", "jsonl", "-"]));
    let mut kept = rows(&run(&input, &["--format", "jsonl", "--keep", "id", "-"]));
    for row in &mut kept {
        assert!(row["article"].as_object_mut().unwrap().remove("input").is_some());
    }
    assert_eq!(kept, plain);
}

#[test]
fn kept_field_keeps_its_form() {
    let mut record: Value = serde_json::from_str(&spoken(&json!(18_446_744_073_709_551_615_u64))).unwrap();
    record["headline"] = json!({"main": "Main", "deep": {"er": true}});
    record["a.b"] = json!(-1.5);
    record["list"] = json!([1, {"x": null}]);
    let keep = "id,headline.main,headline.deep.er,a.b,list,nothing,id";
    let flat = rows(&run(&format!("{record}\n"), &["--flat", "--keep", keep, "-"]));
    let of = |name: &str| flat[0][format!("input_{name}")].clone();
    assert_eq!(of("id"), json!(18_446_744_073_709_551_615_u64));
    assert_eq!((of("headline.main"), of("headline.deep.er"), of("a.b")), (json!("Main"), json!(true), json!(-1.5)));
    assert_eq!((of("list"), of("nothing")), (json!("[1,{\"x\":null}]"), Value::Null));
    let nested = rows(&run(&format!("{record}\n"), &["--format", "jsonl", "--keep", keep, "-"]));
    assert_eq!(nested[0]["article"]["input"]["list"], record["list"]);
    // A record in a list keeps its own fields, not those of what is around it.
    let list = format!("{{\"id\": 0, \"articles\": [{}, {}]}}", spoken(&json!("a")), silent(&json!("b")));
    let ids: Vec<_> =
        rows(&run(&list, &["--flat", "--keep", "id", "-"])).iter().map(|r| r["input_id"].clone()).collect();
    assert_eq!(ids, ["a", "a", "b"]);
}

#[test]
fn columns_of_a_table_are_kept_as_text() {
    let table =
        "id,title,text,date\n007,Bridge,“It is tired.” said Ines Okafor.,2026-03-14\n8,Nothing,,2026-03-14\n9\n";
    let ran = run(table, &["--flat", "--keep", "id,text", "-"]);
    let kept: Vec<_> = rows(&ran).iter().map(|row| [row["input_id"].clone(), row["input_text"].clone()]).collect();
    assert_eq!(kept[0], [json!("007"), json!("“It is tired.” said Ines Okafor.")]);
    assert_eq!(kept[1..], [[json!("8"), json!("")], [json!("9"), Value::Null]]);
    let tabs = table.replace(',', "\t");
    let other = run(&tabs, &["--flat", "--keep", "id,text", "--input-format", "tsv", "-"]);
    assert_eq!(other.out, ran.out.replace("It is tired,", "It is tired\t"));
}

#[test]
fn what_is_no_record_has_nothing_to_keep() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), "date 2026-03-14 Ferry Runs\n“It floats,” said Jon Holt.\n").unwrap();
    fs::write(folder.path().join("b.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    fs::write(folder.path().join("c.txt"), "").unwrap();
    let ran = run_in("", &["--flat", "--keep", "id", "."], folder.path());
    let rows = rows(&ran);
    assert_eq!(rows.len(), 2, "{}", ran.out);
    assert_eq!((&rows[0]["speaker"], &rows[0]["input_id"]), (&json!("Jon Holt"), &Value::Null));
    assert_eq!((&rows[1]["path"], &rows[1]["error"]), (&json!("./b.png"), &json!("is not text but a PNG picture")));
    assert_eq!(ran.code, Some(0));
}

#[test]
fn csv_has_the_rows_of_jsonl() {
    let input = joined(&crawl());
    let lines = rows(&run(&input, &["--flat", "--keep", "id", "-"]));
    let table = run(&input, &["--flat", "--keep", "id", "--format", "csv", "-"]);
    assert_eq!(table.out.lines().next().unwrap(), format!("{COLUMNS},input_id"));
    let mut reader = csv::Reader::from_reader(table.out.as_bytes());
    let names = reader.headers().unwrap().clone();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let text = |value: &Value| if value.is_null() { String::new() } else { text(value) };
    let read: Vec<_> = reader.records().map(Result::unwrap).collect();
    let expected: Vec<csv::StringRecord> =
        lines.iter().map(|row| names.iter().map(|name| text(&row[name])).collect()).collect();
    assert_eq!(read, expected);
    let array = run(&input, &["--flat", "--keep", "id", "--format", "json", "-"]);
    assert_eq!(serde_json::from_str::<Vec<Value>>(&array.out).unwrap(), lines);
}

#[test]
fn number_of_jobs_changes_no_byte() {
    let folder = TempDir::new().unwrap();
    let many: Vec<_> = (0..40).flat_map(|_| crawl()).collect();
    let wide =
        format!("{{\"id\": 99, \"title\": \"Wide\", \"page\": \"{}\", \"text\": \"It is.\"}}\n", "x".repeat(300_000));
    let long = joined(&many) + &wide + &joined(&many);
    fs::write(folder.path().join("many.jsonl"), &long).unwrap();
    for (index, line) in crawl().iter().enumerate() {
        fs::write(folder.path().join(format!("{index}.jsonl")), line).unwrap();
    }
    for paths in ["-", "many.jsonl", "."] {
        for layout in [&["--flat", "--keep", "id"][..], &["--format", "json"], &["--format", "csv"]] {
            let run = |jobs| run_in(&long, &[layout, &["--jobs", jobs, paths]].concat(), folder.path());
            let one = run("1");
            assert!(one.out.len() > 10_000 && one.code == Some(0), "{}", one.err);
            for jobs in ["2", "7"] {
                let ran = run(jobs);
                assert!(ran.out == one.out && ran.err == one.err, "{jobs} jobs, {layout:?}, {paths}");
            }
        }
    }
}

#[test]
fn to_find_nothing_is_no_failure_of_a_filter() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("header.csv"), "title,text,date\n").unwrap();
    let refused = "{\"id\": 7, \"text\": 5}\n";
    for form in ["jsonl", "json", "csv"] {
        for (input, path, old) in [
            ("", "-", 2),
            ("\n\n", "-", 2),
            ("", "header.csv", 2),
            (&*joined(&[silent(&json!(1))]), "-", 1),
            (refused, "-", 2),
        ] {
            let code = |more: &[&str]| run_in(input, &[&["--format", form, path], more].concat(), folder.path()).code;
            assert_eq!((code(&[]), code(&["--exit-status"])), (Some(0), Some(old)), "{form} {input} {path}");
        }
        let missing = run_in("", &["--format", form, "header.csv", "missing.csv"], folder.path());
        assert_eq!(missing.code, Some(2), "{form}");
        assert!(missing.err.contains("missing.csv does not exist"), "{}", missing.err);
    }
    assert_eq!(run("", &["--flat", "-"]).out, "");
    assert_eq!(run("", &["--flat", "--format", "json", "-"]).out, "[]\n");
    assert_eq!(run("", &["--flat", "--format", "csv", "-"]).out, COLUMNS.to_owned() + "\n");
    assert_eq!(run(&joined(&[silent(&json!(1))]), &["-"]).code, Some(1), "people's formats stay as they were");
}

#[test]
fn objects_leave_out_and_add_what_is_asked_for() {
    let input = joined(&crawl());
    let lines = run(&input, &["--format", "jsonl", "--no-text", "--keep", "id", "-"]);
    let objects = rows(&lines);
    assert_eq!(objects.len(), 10);
    assert!(objects.iter().all(|object| object.get("text").is_none() && object.get("blocks").is_none()));
    assert_eq!(
        objects[3],
        json!({
            "article": {"id": null, "path": "-", "input": {"id": 4}}, "speakers": [], "quotes": [],
            "error": "is not well-formed JSON (EOF while parsing a string at line 1 column 41)",
        })
    );
    assert_eq!(objects[0]["article"]["input"], json!({"id": 1}));
    let array = run(&input, &["--format", "json", "--no-text", "--keep", "id", "-"]);
    assert_eq!(serde_json::from_str::<Vec<Value>>(&array.out).unwrap(), objects);
    let blocks = rows(&run(&input, &["--format", "jsonl", "--blocks", "--no-empty", "-"]));
    assert_eq!(
        blocks[0]["blocks"],
        json!([
            {"start": 0, "end": 13, "kind": "headline", "level": null},
            {"start": 14, "end": 71, "kind": "prose", "level": null},
            {"start": 72, "end": 112, "kind": "prose", "level": null},
        ])
    );
    assert!(blocks[0]["text"].as_str().unwrap().ends_with("Friday."));
    let silent = blocks.iter().filter(|object| object.get("error").is_none() && object["quotes"] == json!([]));
    assert_eq!(silent.count(), 0);
}

#[test]
fn header_says_which_engine_it_was() {
    let input = joined(&[spoken(&json!(1))]);
    for layout in [&["--flat", "--header", "-"][..], &["--format", "jsonl", "--header", "-"]] {
        let ran = run(&input, layout);
        let (first, rest) = ran.out.split_once('\n').unwrap();
        let header: Value = serde_json::from_str(first).unwrap();
        assert!(header["engine"]["version"].is_u64(), "{header}");
        let weights = header["engine"]["weights"].as_str().unwrap();
        assert!(weights.len() == 16 && weights.chars().all(|c| c.is_ascii_hexdigit()), "{header}");
        let without: Vec<_> = layout.iter().copied().filter(|option| *option != "--header").collect();
        assert_eq!(rest, run(&input, &without).out);
    }
}

#[test]
fn option_that_does_not_go_with_the_format_is_refused() {
    for (arguments, said) in [
        (&["--header", "-"][..], "--header needs --format jsonl"),
        (&["--header", "--flat", "--format", "csv", "-"], "--header needs --format jsonl"),
        (&["--flat", "--format", "md", "-"], "--flat needs --format jsonl, json or csv"),
        (&["--keep", "id", "--format", "csv", "-"], "--keep needs --flat, or --format jsonl or json"),
        (&["--blocks", "--format", "csv", "-"], "--blocks needs --format jsonl or json"),
        (&["--no-text", "-"], "--no-text needs --flat, or --format jsonl or json"),
        (&["--no-empty", "-"], "--no-empty needs --format jsonl, json or csv"),
    ] {
        let ran = run("", arguments);
        assert!(ran.err.contains(said) && ran.err.contains("hint: "), "{}", ran.err);
        assert_eq!((ran.out.as_str(), ran.code), ("", Some(2)));
    }
    assert_eq!(run("", &["--flat", "--blocks", "-"]).code, Some(2));
    assert_eq!(run("", &["--jobs", "0", "-"]).code, Some(2));
}

#[test]
fn refusals_are_rows_each_and_messages_are_few() {
    let ran = run(&"{\"id\": 7, \"text\": 5}\n".repeat(150), &["--flat", "--keep", "id", "-"]);
    assert!(rows(&ran).iter().all(|row| row["input_id"] == json!(7)));
    assert_eq!((rows(&ran).len(), ran.err.lines().count(), ran.code), (150, 101, Some(0)));
    assert!(ran.err.ends_with("pullquote: standard input has 50 more records that are not articles\n"), "{}", ran.err);
}

#[test]
fn format_of_the_input_may_be_said() {
    let json = joined(&[spoken(&json!(1))]);
    let guessed = run(&format!("no JSON\n{json}"), &["--flat", "--keep", "id", "-"]);
    assert!(rows(&guessed).iter().all(|row| row["input_id"].is_null()), "read as one text: {}", guessed.out);
    let said = rows(&run(&format!("no JSON\n{json}"), &["--flat", "--keep", "id", "--input-format", "jsonl", "-"]));
    assert_eq!(said.iter().map(|row| row["input_id"].clone()).collect::<Vec<_>>(), [Value::Null, json!(1), json!(1)]);
    let headline = |input: &str, format: &str| {
        let ran = run(input, &["--format", "jsonl", "--input-format", format, "-"]);
        rows(&ran)[0]["article"]["headline"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(headline("# Tide\n\nIt is high, and it stays so for long.\n", "text"), "# Tide");
    assert_eq!(headline("# Tide\n\nIt is high, and it stays so for long.\n", "markdown"), "Tide");
    assert_eq!(
        headline("<p>It is <b>high</b>, and it stays so for long.", "text"),
        "<p>It is <b>high</b>, and it stays so for long."
    );
    let one = headline("title\nTide\n", "csv");
    assert_eq!(one, "", "a table without a text is no table of articles");
    let line = spoken(&json!(1));
    let cut = run(&line[..60], &["--flat", "--keep", "id", "-"]);
    assert_eq!((&rows(&cut)[0]["input_id"], &rows(&cut)[0]["error"]), (&json!(1), &json!("is incomplete")));
}

/// A filter that runs, and the lines that it writes.
fn running(arguments: &[&str], folder: &Path) -> (Child, mpsc::Receiver<String>) {
    let mut child = command(arguments, folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (lines, written) = mpsc::channel();
    let out = BufReader::new(child.stdout.take().unwrap());
    thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| lines.send(line)));
    (child, written)
}

#[test]
fn who_writes_a_record_and_waits_gets_its_rows() {
    let folder = TempDir::new().unwrap();
    let line = spoken(&json!(1)) + "\n";
    let cells = "1,Bridge,“It is tired.” said Ines Okafor.,2026-03-14\n".to_owned();
    let csv = ["--flat", "--keep", "id", "--input-format", "csv", "-"];
    for (arguments, first, record, count) in
        [(&["--flat", "--keep", "id", "-"][..], "", line, 2), (&csv, "id,title,text,date\n", cells, 1)]
    {
        let (mut child, written) = running(arguments, folder.path());
        let mut input = child.stdin.take().unwrap();
        input.write_all(first.as_bytes()).unwrap();
        for _ in 0..3 {
            input.write_all(record.as_bytes()).unwrap();
            input.flush().unwrap();
            for _ in 0..count {
                let row = written.recv_timeout(Duration::from_mins(1)).expect("a row while the input is open");
                assert!(row.contains("\"input_id\":"), "{row}");
            }
        }
        drop(input);
        assert_eq!(child.wait().unwrap().code(), Some(0));
        assert_eq!(written.iter().count(), 0);
    }
}

#[test]
fn reader_that_goes_away_ends_it_quietly() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("many.jsonl"), joined(&crawl()).repeat(2_000)).unwrap();
    let refusals = |line: &str| line.starts_with("pullquote: many.jsonl line ");
    let mut child = command(&["--flat", "many.jsonl"], folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with('{'));
    let ended = child.wait_with_output().unwrap();
    let err = String::from_utf8(ended.stderr).unwrap();
    assert!(err.lines().all(|line| refusals(line) || line.contains("more records")), "{err}");
    assert_eq!(ended.status.code(), Some(0));
}

#[test]
fn first_record_that_is_none_hides_no_others() {
    for first in ["[]", "null", "7", "[1]", "\"x\"", "{}"] {
        let input = format!("{first}\n{}\n{}\n", silent(&json!(2)), silent(&json!(3)));
        let ran = run(&input, &["--flat", "--keep", "id", "-"]);
        let ids: Vec<_> = rows(&ran).iter().map(|row| row["input_id"].clone()).collect();
        assert_eq!((ids, ran.code), (vec![Value::Null, json!(2), json!(3)], Some(0)), "{first}: {}", ran.err);
        assert!(!rows(&ran)[0]["error"].is_null() && ran.err.contains("standard input line 1 "), "{}", ran.err);
    }
    let ran = run("[]\n", &["--flat", "-"]);
    assert_eq!((&*ran.out, ran.code), ("", Some(0)), "{}", ran.err);
}

#[test]
fn page_without_words_has_a_row() {
    for page in [
        "<html><script>a()</script></html>",
        "<html><body></body></html>",
        "<html><frameset><frame src=a></frameset></html>",
    ] {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("page.html"), page).unwrap();
        let ran = run_in("", &["--flat", "page.html"], folder.path());
        let rows = rows(&ran);
        assert!(
            rows.len() == 1 && !rows[0]["error"].is_null() && rows[0]["path"] == "page.html",
            "{page}: {}",
            ran.out
        );
    }
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><script>a()</script></html>";
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:1>\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{head}\r\n\r\n",
        head.len()
    );
    let ran = run(&record, &["--flat", "--keep", "WARC-Record-ID", "-"]);
    let rows = rows(&ran);
    assert!(rows.len() == 1 && rows[0]["input_WARC-Record-ID"] == "<urn:x:1>", "{} {}", ran.out, ran.err);
    assert_eq!(rows[0]["error"], "is a page without an article");
}
