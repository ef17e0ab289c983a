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
    assert_eq!((ran.out.as_str(), ran.code), ("[]\n", Some(0)));
    for (input, old) in [("", 2), ("Nothing\nNobody spoke.\n", 1), ("[]\n", 2)] {
        for (form, out) in [("json", "[]\n"), ("jsonl", "")] {
            let ran = run_with(input, &["--format", form, "-"], folder.path());
            assert_eq!((ran.out.as_str(), ran.code), (out, Some(0)), "{input:?} {form}: {}", ran.err);
            let ran = run_with(input, &["--format", form, "--exit-status", "-"], folder.path());
            assert_eq!((ran.out.as_str(), ran.code), (out, Some(old)), "{input:?} {form}: {}", ran.err);
        }
        assert_eq!(run_with(input, &["-"], folder.path()).code, Some(old), "{input:?}");
    }
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

/// The rows of `pullquote quotes --flat`.
fn flat_rows(paths: &[&str], folder: &Path) -> Vec<String> {
    let output = Command::new(cargo_bin("pullquote"))
        .args(["quotes", "--flat", "--header"])
        .args(paths)
        .current_dir(folder)
        .env("XDG_DATA_HOME", folder)
        .output()
        .unwrap();
    Ran::from(output).out.lines().map(|line| line.to_owned() + "\n").collect()
}

#[test]
fn rows_are_counted_as_their_articles() {
    let folder = news();
    let rows = flat_rows(&["."], folder.path());
    assert!(rows.len() > 8, "{rows:?}");
    for format in ["table", "csv", "md", "json", "jsonl"] {
        let articles = run(&["--format", format, "."], folder.path());
        let merged = run_with(&rows.concat(), &["--format", format, "-"], folder.path());
        assert_eq!((merged.out, merged.err, merged.code), (articles.out, String::new(), Some(0)));
    }
    let one = |input: &str, path| run_with(input, &["--speaker", "okafor", path], folder.path()).out;
    assert_eq!(one(&rows.concat(), "-"), one("", "."));
    assert!(one("", ".").starts_with("INES B. OKAFOR\t"));
}

#[test]
fn parts_of_rows_may_come_in_any_order_and_twice() {
    let folder = news();
    let rows = flat_rows(&["."], folder.path());
    // Articles, and who has no name, stand in the order in which they come.
    let sorted = |out: &str| {
        let mut lines: Vec<_> = out.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let expected = sorted(&run(&["--format", "csv", "."], folder.path()).out);
    let parts = folder.path().join("parts");
    fs::create_dir(&parts).unwrap();
    fs::write(parts.join("part-0.jsonl"), "").unwrap();
    fs::write(parts.join("part-1.jsonl"), rows.iter().rev().step_by(2).map(String::as_str).collect::<String>())
        .unwrap();
    let other = rows.iter().rev().skip(1).step_by(2).map(String::as_str).collect::<String>();
    // Whole numbers as a table with gaps writes them, a row twice, one of something that is no article, and one that is none.
    let decimals = other.replace("\"n\":1,", "\"n\":1.0,");
    fs::write(parts.join("part-2.jsonl"), format!("{decimals}{}{{\"error\": \"is empty\"}}\n{{\n", rows[1])).unwrap();
    let merged = run(&["--format", "csv", "parts"], folder.path());
    assert_eq!(sorted(&merged.out), expected);
    assert_eq!(merged.err.lines().count(), 1, "{}", merged.err);
    let place = format!("pullquote: parts/part-2.jsonl line {} is no row", decimals.lines().count() + 3);
    assert!(merged.err.starts_with(&place), "{}", merged.err);
    let missing = run(&["parts", "missing.jsonl"], folder.path());
    assert!(
        missing.code == Some(2) && missing.err.contains("missing.jsonl cannot be read (does not exist)"),
        "{}",
        missing.err
    );
}

#[test]
fn names_in_rows_steer_no_terminal() {
    let folder = news();
    let row = "{\"article_id\": \"00000000000000ff\", \"n\": 1, \"statement\": 1, \"quotation\": \"Go.\", \"kind\": \"speech\", \
        \"speaker\": \"Ann \\u001b[31mRoe\", \"role\": \"may\\u0007or\"}\n";
    let ran = run_with(row, &["-"], folder.path());
    assert_eq!(ran.out, "Ann Roe\tmayor\t1\t1\t\t\t0\n");
}

#[test]
fn articles_of_a_speaker_have_their_address() {
    let folder = TempDir::new().unwrap();
    let record = r#"{"title": "Bridge", "url": "https://coast.example/1", "text": "“It is tired,” said Ines Okafor."}"#;
    let people = records(&run_with(record, &["--format", "jsonl", "-"], folder.path()));
    assert_eq!(people[0]["articles"][0]["url"], json!("https://coast.example/1"));
}

#[test]
fn rows_may_lack_what_is_null_also_the_first() {
    let folder = news();
    // Those of one process, as other programs write them: the first without a quotation, or of what was refused.
    let rows: Vec<_> = flat_rows(&["."], folder.path()).into_iter().skip(1).collect();
    let bare = |row: &String| {
        let row: serde_json::Map<String, Value> = serde_json::from_str(row).unwrap();
        let kept: serde_json::Map<_, _> = row.into_iter().filter(|(_, value)| !value.is_null()).collect();
        serde_json::to_string(&kept).unwrap() + "\n"
    };
    let bare: String = rows.iter().map(bare).collect();
    let expected = run_with(&rows.concat(), &["--format", "csv", "-"], folder.path()).out;
    for first in [
        "{\"article_id\":\"00000000000000aa\",\"headline\":\"H\",\"path\":\"-\",\"input_id\":\"r0\"}\n",
        "{\"path\":\"-\",\"error\":\"has no article text\",\"input_id\":\"r0\"}\n",
    ] {
        let ran = run_with(&(first.to_owned() + &bare), &["--format", "csv", "-"], folder.path());
        assert_eq!((ran.out, ran.err, ran.code), (expected.clone(), String::new(), Some(0)), "{first}");
    }
}

/// The rows of some articles as `pullquote quotes --flat` writes them in a format.
fn rows_in(format: &str, folder: &Path) -> String {
    let mut command = Command::new(cargo_bin("pullquote"));
    command.args(["quotes", "--flat", "--format", format, "."]).current_dir(folder).env("XDG_DATA_HOME", folder);
    Ran::from(command.output().unwrap()).out
}

#[test]
fn rows_may_come_in_any_format_and_packing() {
    let folder = news();
    let expected = run(&["--format", "csv", "."], folder.path()).out;
    let (lines, array, table) =
        (rows_in("jsonl", folder.path()), rows_in("json", folder.path()), rows_in("csv", folder.path()));
    let values: Vec<Value> = serde_json::from_str(&array).unwrap();
    let pretty: String = values.iter().map(|row| serde_json::to_string_pretty(row).unwrap() + "\n").collect();
    // A column of another program before those of the rows.
    let long = lines.replacen('{', &format!("{{\"input_text\":\"{}\",", "é".repeat(200_000)), 1);
    let mut tabs = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    let mut cells = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    cells.records().for_each(|row| tabs.write_record(&row.unwrap()).unwrap());
    let tabs = String::from_utf8(tabs.into_inner().unwrap()).unwrap();
    let forms = [
        ("a.jsonl", lines.clone()),
        ("b.json", array.clone()),
        ("c.json", serde_json::to_string(&values).unwrap()),
        ("d.json", serde_json::to_string_pretty(&values).unwrap()),
        ("e.jsonl", pretty),
        ("f.csv", table.clone()),
        ("g.csv", table.replace('\n', "\r\n")),
        ("h.tsv", tabs),
        ("i.jsonl", long),
    ];
    let other = TempDir::new().unwrap();
    for (name, rows) in &forms {
        let utf16: Vec<u8> = "\u{feff}"
            .chars()
            .chain(rows.chars())
            .collect::<String>()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut gzip, rows.as_bytes()).unwrap();
        let marked = format!("\u{feff}{rows}").into_bytes();
        let packed = zstd::encode_all(rows.as_bytes(), 3).unwrap();
        for bytes in [rows.clone().into_bytes(), gzip.finish().unwrap(), packed, marked, utf16] {
            fs::write(other.path().join(name), &bytes).unwrap();
            let from_file = run(&["--format", "csv", name], other.path());
            let output = Command::new(cargo_bin("pullquote"))
                .args(["speakers", "--format", "csv", "-"])
                .current_dir(other.path())
                .write_stdin(bytes.clone())
                .output()
                .unwrap();
            for ran in [from_file, Ran::from(output)] {
                assert_eq!(
                    (ran.out, ran.err, ran.code),
                    (expected.clone(), String::new(), Some(0)),
                    "{name} {}",
                    bytes.len()
                );
            }
        }
        fs::remove_file(other.path().join(name)).unwrap();
    }
}

#[test]
fn rows_that_are_none_are_named_in_any_format() {
    let folder = TempDir::new().unwrap();
    let header = "article_id,n,statement,quotation,kind,speaker,path\n";
    let table = format!(
        "{header}00ff,1,1,Go.,speech,Ann Roe,-\n00ff,x,1,Go.,speech,Ann Roe,-\n00ff,3,2,\"Go.,speech,Ann Roe,-\n00ff,4,3,No.,speech,Ann Roe,-\n"
    );
    let ran = run_with(&table, &["-"], folder.path());
    assert_eq!(ran.out, "Ann Roe\t\t2\t1\t\t\t0\n");
    assert_eq!(
        ran.err,
        "pullquote: standard input line 3 is no row of pullquote quotes --flat (x is no number in n)\n\
         pullquote: standard input line 4 is no row of pullquote quotes --flat (has a quotation mark on line 4 that does not close)\n"
    );
    let array = "[{\"article_id\": \"00ff\", \"n\": 1, \"quotation\": \"Go.\", \"kind\": \"speech\", \"speaker\": \"Ann Roe\"}, {\"n\": \"x\"}, {\"n\"";
    let ran = run_with(array, &["-"], folder.path());
    assert!(ran.out.starts_with("Ann Roe\t") && ran.err.lines().count() == 2, "{}{}", ran.out, ran.err);
    assert!(ran.err.starts_with("pullquote: standard input row 2 is no row"), "{}", ran.err);
}

#[test]
fn what_is_looked_at_before_it_is_read_is_read_once() {
    let folder = news();
    // Longer than what is looked at, on one line, and no row.
    let record =
        json!({"title": "Bridge", "text": format!("{} “It is tired,” said Ines Okafor.", "It is. ".repeat(40_000))});
    let ran = run_with(&record.to_string(), &["-"], folder.path());
    assert!(ran.out.starts_with("Ines Okafor\t\t1\t1\t"), "{}{}", ran.out, ran.err);
    let text = format!("Bridge Closes\n\n{}\n“So am I,” said Jon Holt.\n", "It is tired. ".repeat(20_000));
    assert!(run_with(&text, &["-"], folder.path()).out.starts_with("Jon Holt\t"));
}
