//! Fields that `pullquote quotes --keep` brings back: exactly what stands in the input, so that tables can be joined by them.

use std::fs;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use pullquote::text::may_deceive;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::pty::Pty;
use crate::ran::Ran;

const SAID: &str = "“It is tired,” said Ines Okafor, the engineer. The harbour board meets again on Friday.";

/// What ids are made of that other programs give out, and worse.
const NASTY: [&str; 22] = [
    "a\tb",
    "a\nb",
    "a\r\nb",
    "a\rb",
    " a ",
    "a,b",
    "a\"b",
    "\"",
    "'=1+1",
    "=1+1",
    "a\u{1b}]0;pwn\u{7}",
    "a\u{9b}31m",
    "a\u{93}b",
    "a\u{7f}\u{8}\u{0}",
    "a\u{202e}b",
    "\u{feff}a",
    "a\u{ad}b",
    "a\u{a0}b",
    "a\u{2028}b",
    "é",
    "e\u{301}",
    "",
];

fn run_bytes(input: &[u8], arguments: &[&str]) -> (Ran, TempDir) {
    let folder = TempDir::new().unwrap();
    let mut command = Command::new(cargo_bin("pullquote"));
    command.arg("quotes").args(arguments).current_dir(folder.path());
    command.env("XDG_DATA_HOME", folder.path()).env("XDG_CONFIG_HOME", folder.path());
    (Ran::from(assert_cmd::Command::from_std(command).write_stdin(input).output().unwrap()), folder)
}

fn run(input: &str, arguments: &[&str]) -> Ran {
    run_bytes(input.as_bytes(), arguments).0
}

fn record(id: &str) -> String {
    format!("{{\"id\": {id}, \"title\": \"Bridge Closes\", \"text\": {}}}\n", json!(SAID))
}

/// What stands in a column of CSV, row by row.
fn column(table: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let at = reader.headers().unwrap().iter().position(|known| known == name).unwrap();
    reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
}

/// What stands under a name in each row of JSON, as it is written.
fn written<'r>(rows: &'r str, name: &str) -> Vec<&'r str> {
    let start = format!("\"{name}\":");
    rows.lines().map(|row| row.split_once(&start).unwrap().1.strip_suffix('}').unwrap()).collect()
}

fn values(rows: &str, name: &str) -> Vec<Value> {
    rows.lines().map(|row| serde_json::from_str::<Value>(row).unwrap()[name].clone()).collect()
}

#[test]
fn csv_has_every_id_as_it_is() {
    let lines: String = NASTY.iter().map(|id| record(&json!(id).to_string())).collect();
    let refused: String = NASTY.iter().map(|id| json!({"id": id, "text": 5}).to_string() + "\n").collect();
    for input in [lines, refused] {
        let table = run(&input, &["--flat", "--format", "csv", "--keep", "id", "-"]);
        let rows = run(&input, &["--flat", "--keep", "id", "-"]);
        assert_eq!(column(&table.out, "input_id"), NASTY);
        assert_eq!(values(&rows.out, "input_id"), NASTY.map(Value::from));
        assert!(!rows.out.contains(|c| may_deceive(c) && c != '\n'), "JSON escapes them: {}", rows.out);
        assert_eq!(
            column(&table.out, "article_id"),
            values(&rows.out, "article_id").iter().map(|id| id.as_str().unwrap_or_default()).collect::<Vec<_>>()
        );
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["id", "title", "text"]).unwrap();
    for id in NASTY {
        writer.write_record([id, "Bridge Closes", SAID]).unwrap();
    }
    let input = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let table = run(&input, &["--flat", "--format", "csv", "--keep", "id", "-"]);
    assert_eq!(column(&table.out, "input_id"), NASTY);
}

#[test]
fn terminal_gets_no_kept_field_that_steers_it() {
    let folder = TempDir::new().unwrap();
    let lines: String = NASTY.iter().map(|id| record(&json!(id).to_string())).collect();
    let path = folder.path().join("crawl.jsonl");
    fs::write(&path, lines).unwrap();
    for format in ["csv", "jsonl", "json"] {
        let arguments = ["quotes", "--flat", "--format", format, "--keep", "id", path.to_str().unwrap()];
        let shown = String::from_utf8(Pty::open(120, 24, arguments.to_vec()).end().bytes).unwrap();
        assert!(shown.contains("Bridge Closes"), "{format}: {shown}");
        assert!(!shown.contains(|c| may_deceive(c) && !matches!(c, '\n' | '\r')), "{format}: {shown:?}");
    }
}

#[test]
fn numbers_have_the_digits_that_they_had() {
    let numbers = [
        "18446744073709551616",
        "-9223372036854775809",
        "1.10",
        "1E5",
        "-0",
        "0.1000000000000000055511151231257827",
        "true",
        "false",
    ];
    let nested = r#"{"z":[1.10,18446744073709551616],"a":{"y":1.0,"b":" x "},"m":null}"#;
    let lines: String = numbers.iter().chain([&nested]).map(|id| record(id)).collect();
    let broken = |id: &&str| format!("{{\"id\": {id}, \"text\": 5}}\n{{\"id\": {id}, \"te\n");
    let broken = numbers.iter().map(broken).collect::<Vec<_>>().concat();
    let list = |lines: &str| {
        format!("{{\"id\": 0, \"data\": {{\"items\": [\n{}\n]}}}}", lines.trim_end().replace('\n', ",\n "))
    };
    let expected: Vec<_> = numbers.iter().chain([&nested]).copied().collect();
    for input in [lines.clone(), list(&lines)] {
        let objects = run(&input, &["--format", "jsonl", "--no-text", "--keep", "id", "-"]).out;
        let kept: Vec<_> = objects
            .lines()
            .map(|line| line.split_once("\"input\":{\"id\":").unwrap().1.split_once("}},\"speakers\"").unwrap().0)
            .collect();
        assert_eq!(kept, expected);
        let rows = run(&input, &["--flat", "--keep", "id", "-"]).out;
        assert_eq!(written(&rows, "input_id")[..numbers.len()], expected[..numbers.len()]);
        assert_eq!(values(&rows, "input_id").last().unwrap(), &json!(nested));
        assert_eq!(column(&run(&input, &["--flat", "--format", "csv", "--keep", "id", "-"]).out, "input_id"), expected);
    }
    let twice: Vec<_> = numbers.iter().flat_map(|id| [*id, *id]).collect();
    assert_eq!(
        written(&run(&broken, &["--flat", "--keep", "id", "--input-format", "jsonl", "-"]).out, "input_id"),
        twice
    );
    // A number that is none, or half a character, somewhere in the record changes no other field.
    let odd = r#"{"id": 1.10, "score": NaN, "note": "x: NaN", "half": "\ud83d", "text": 5}"#;
    let rows = run(odd, &["--flat", "--keep", "id,score,note,half", "--input-format", "jsonl", "-"]).out;
    assert!(
        rows.ends_with(
            "\"input_id\":1.10,\"input_score\":null,\"input_note\":\"x: NaN\",\"input_half\":\"\u{fffd}\"}\n"
        ),
        "{rows}"
    );
}

#[test]
fn text_alone_is_an_article_where_the_user_says_that_it_is_one() {
    let lines = "{\"id\": 1, \"body\": \"“No,” said Jon Holt.\"}\n{\"id\": 2, \"body\": \"Nobody spoke.\"}\n{\"id\": 3, \"body\": \" \"}\n";
    let errors = |ran: &Ran| values(&ran.out, "error").iter().map(Value::is_null).collect::<Vec<_>>();
    let mapped = run(lines, &["--flat", "--fields", "text=body", "-"]);
    assert_eq!(errors(&mapped), [true, true, false], "{}", mapped.out);
    assert_eq!(values(&mapped.out, "quotation")[0], "No,");
    let list = format!("{{\"articles\": [{}]}}", lines.trim_end().replace('\n', ","));
    assert_eq!(errors(&run(&list, &["--flat", "--fields", "text=body", "-"])), [true, true, false]);
    assert_eq!(
        errors(&run(lines, &["--flat", "--input-format", "jsonl", "-"])),
        [true, false, false],
        "nobody says so"
    );
    for header in ["id,text", "id,title,text"] {
        let cells = if header.contains("title") { "," } else { "" };
        let table = format!("{header}\n1,{cells}“No.” said Jon Holt.\n2,{cells}Nobody spoke.\n3,{cells}\n");
        let ran = run(&table, &["--flat", "--input-format", "csv", "-"]);
        assert_eq!(errors(&ran), [true, true, false], "{}", ran.out);
    }
}

#[test]
fn tables_are_read_as_they_are_written() {
    let table = "id,title,text\n1,Bridge,“It is tired.” said Ines Okafor.\n2,Ferry,\"“It \"\"floats\"\", and so,” said Jon Holt.\"\n";
    let expected = run(table, &["--flat", "--keep", "id", "-"]).out;
    assert_eq!(expected.lines().count(), 2, "{expected}");
    let semicolons = table
        .replace("\"\"floats\"\", and", "\"\"floats\"\"# and")
        .replace(',', ";")
        .replace('#', ",")
        .replace("so;”", "so,”");
    let others = [
        semicolons.clone(),
        format!("sep=;\n{semicolons}"),
        format!("\"sep=;\"\r\n{}", semicolons.replace('\n', "\r\n")),
        format!("\u{feff}sep=;\r\n{}", semicolons.replace('\n', "\r\n")),
        format!("\n\n{semicolons}"),
        table.replace('\n', "\r"),
        semicolons.replace('\n', "\r"),
        format!("sep=|\n{}", semicolons.replace(';', "|")),
        semicolons.replace(';', "|"),
        semicolons.replace(';', "\t"),
        table.replace("\"\"", "\\\""),
    ];
    for other in &others {
        for stated in [&["--input-format", "csv"][..], &[]] {
            let ran = run(other, &[&["--flat", "--keep", "id"], stated, &["-"]].concat());
            assert_eq!(ran.out, expected, "{other:?} {stated:?}: {}", ran.err);
        }
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("a.csv"), other).unwrap();
        let mut command = Command::new(cargo_bin("pullquote"));
        command.args(["quotes", "--flat", "--keep", "id", "a.csv"]).current_dir(folder.path());
        let ran = Ran::from(command.env("XDG_CONFIG_HOME", folder.path()).output().unwrap());
        assert_eq!(ran.out.replace("\"path\":\"a.csv\"", "\"path\":\"-\""), expected, "{other:?}");
    }
}

#[test]
fn quotation_mark_that_does_not_close_costs_its_row_only() {
    let row = |id: u32| format!("{id},Bridge,\"“It is tired,” said Ines Okafor.\"\n");
    let rows: String =
        (1..400).map(|id| if id % 90 == 7 { format!("{id},Bridge,\"“It is\n") } else { row(id) }).collect();
    let input = format!("id,title,text\n{rows}400,Bridge,\"“It is");
    for jobs in ["1", "3"] {
        let ran = run(&input, &["--flat", "--keep", "id", "--input-format", "csv", "--jobs", jobs, "-"]);
        let ids: Vec<_> = (1..=400).map(|id: u32| json!(id.to_string())).collect();
        assert_eq!(values(&ran.out, "input_id"), ids);
        let errors = values(&ran.out, "error");
        for (id, error) in (1..).zip(&errors) {
            let line = id + 1;
            let why = format!("has a quotation mark on line {line} that does not close");
            let expected = if id % 90 == 7 || id == 400 { json!(why) } else { Value::Null };
            assert_eq!(*error, expected, "{id}");
        }
        assert!(
            ran.err.contains("standard input line 8 has a quotation mark on line 8 that does not close"),
            "{}",
            ran.err
        );
        assert_eq!(ran.code, Some(0));
    }
}

#[test]
fn field_that_no_record_has_is_told_once() {
    let lines = format!("{}{}", record("1"), record("2")).repeat(400);
    let warning =
        |ran: &Ran| ran.err.lines().filter(|line| line.contains("warning")).map(str::to_owned).collect::<Vec<_>>();
    let ran = run(&lines, &["--flat", "--fields", "title=headline.man,text=text,title=title", "-"]);
    assert_eq!(warning(&ran), ["pullquote: warning: no record has a field headline.man (--fields title=headline.man)"]);
    assert_eq!((ran.code, ran.err.lines().count()), (Some(0), 1));
    let first = format!("{}{}", record("1"), record("2").replace("title", "hed"));
    assert_eq!(run(&first, &["--flat", "--fields", "title=title,title=hed,text=text", "-"]).err, "");
    let table = "id,title,text\n1,Bridge,It is tired.\n";
    let ran = run(table, &["--flat", "--fields", "title=titel,text=text", "--input-format", "csv", "-"]);
    assert_eq!(warning(&ran), ["pullquote: warning: no record has a field titel (--fields title=titel)"]);
    assert_eq!(run("", &["--flat", "--fields", "title=titel", "-"]).err.matches("warning").count(), 0);
    let path = Path::new("crawl.jsonl");
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(path), &lines).unwrap();
    let mut command = Command::new(cargo_bin("pullquote"));
    command.args(["speakers", "--fields", "title=titel", "crawl.jsonl"]).current_dir(folder.path());
    let ran = Ran::from(command.env("XDG_CONFIG_HOME", folder.path()).output().unwrap());
    assert_eq!(warning(&ran), ["pullquote: warning: no record has a field titel (--fields title=titel)"]);
}

#[test]
fn record_of_an_unknown_kind_says_which_fields_it_has() {
    let ran = run("{\"id\": \"zz\"}\n{\"id\": 1, \"starred\": true}\n{\"starred\": true}\n", &["--flat", "-"]);
    let known = "has no article text that is known; its fields are id (say which is which: --fields title=…,text=…)";
    assert_eq!(values(&ran.out, "error"), [known, "holds marks and no article", "holds marks and no article"]);
    let rule = "_".repeat(60);
    let export = format!("{rule}\n\nDocument 1 of 2\n\nBridge\n\nAuthor: Ann Holt\n\nFull text: It is closed.\n");
    let why =
        "is an export of ProQuest (BibWrangleR, a package of R, makes a table of it), which pullquote does not read";
    assert_eq!(values(&run(&export, &["--flat", "-"]).out, "error"), [why]);
}

#[test]
fn news_in_markup_keeps_what_it_is_called() {
    let said = format!("<p>{SAID}</p>");
    let nitf = format!(
        "<?xml version=\"1.0\"?><nitf><head><title>Bridge</title><docdata><doc-id id-string=\"cw.1 \t2\"/><date.issue norm=\"20260314T093000Z\"/></docdata>\
         <pubdata ex-ref=\"https://coast.example/1\" name=\"Coast Wire\"/></head><body><body.head><hedline><hl1>Bridge</hl1></hedline>\
         </body.head><body.content>{said}</body.content></body></nitf>"
    );
    let g2 = format!(
        "<?xml version=\"1.0\"?><newsItem guid=\"tag:coast.example,2026:1\"><itemMeta><firstCreated>2026-03-14T09:30:00Z</firstCreated>\
         </itemMeta><contentMeta><headline>Bridge</headline></contentMeta><contentSet><inlineXML>{said}</inlineXML></contentSet></newsItem>"
    );
    let tei = format!(
        "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:id=\"t1\"><teiHeader><fileDesc><titleStmt><title>Bridge</title></titleStmt>\
         <publicationStmt><idno>cw-1</idno><date when=\"2026-03-14\"/></publicationStmt></fileDesc></teiHeader><text><body>{said}</body></text></TEI>"
    );
    let reuters = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"NO\" OLDID=\"5544\" NEWID=\"1\"><DATE>26-FEB-1987 15:01:01.79</DATE>\
        <TEXT><TITLE>BRIDGE</TITLE><BODY>It is closed.</BODY></TEXT></REUTERS>\n<REUTERS NEWID=\"2\"><DATE>27-FEB-1987</DATE></REUTERS>\n";
    let trec =
        "<DOC>\n<DOCNO> AP880212-0001 </DOCNO>\n<HEADLINE>Bridge</HEADLINE>\n<TEXT>\nIt is closed.\n</TEXT>\n</DOC>\n";
    let gigaword = "<DOC id=\"APW_ENG_20040314.0001\" type=\"story\">\n<HEADLINE>\nBridge\n</HEADLINE>\n<TEXT>\n<P>\nIt is closed.\n</P>\n</TEXT>\n</DOC>\n";
    let kept = |text: &str, keep: &str| {
        let rows = run(text, &["--flat", "--keep", keep, "-"]).out;
        let row: Value = serde_json::from_str(rows.lines().last().unwrap()).unwrap();
        keep.split(',')
            .map(|name| row[format!("input_{name}")].as_str().unwrap_or("-").to_owned())
            .collect::<Vec<_>>()
            .join(" | ")
    };
    assert_eq!(
        kept(&nitf, "id,doc-id,date,url,nothing"),
        "cw.1 \t2 | cw.1 \t2 | 20260314T093000Z | https://coast.example/1 | -"
    );
    assert_eq!(
        kept(&g2, "id,guid,date,url"),
        "tag:coast.example,2026:1 | tag:coast.example,2026:1 | 2026-03-14T09:30:00Z | tag:coast.example,2026:1"
    );
    assert_eq!(kept(&tei, "id,idno,xml:id,date,headline"), "t1 | cw-1 | t1 | 2026-03-14 | -");
    assert_eq!(kept(reuters, "id,NEWID,DATE"), "2 | 2 | 27-FEB-1987");
    assert_eq!(kept(trec, "id,DOCNO,headline"), "AP880212-0001 | AP880212-0001 | Bridge");
    assert_eq!(kept(gigaword, "id,DOCNO,url"), "APW_ENG_20040314.0001 | - | -");
    let rows = run(reuters, &["--flat", "--keep", "NEWID,OLDID", "-"]).out;
    assert_eq!(values(&rows, "input_NEWID"), ["1", "2"]);
    assert_eq!(values(&rows, "input_OLDID"), [json!("5544"), Value::Null]);
    assert_eq!(values(&rows, "error").iter().map(Value::is_null).collect::<Vec<_>>(), [true, false]);
}
