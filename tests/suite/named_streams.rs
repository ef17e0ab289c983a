//! Pipes and devices that are named as paths of `pullquote quotes`.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::thread;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ran::Ran;

fn run(arguments: &[&str], input: &str, folder: &Path) -> Ran {
    let mut command = Command::new(cargo_bin("pullquote"));
    command.args(arguments).current_dir(folder);
    command.env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
    Ran::from(command.write_stdin(input).output().unwrap())
}

fn make_pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

fn lines(count: u32) -> String {
    let line =
        |id: u32| json!({"id": id, "title": "Bridge", "text": "“It is tired,” said Ines Okafor."}).to_string() + "\n";
    (0..count).map(line).collect()
}

fn ids(out: &str) -> Vec<Value> {
    out.lines().map(|row| serde_json::from_str::<Value>(row).unwrap()["input_id"].clone()).collect()
}

#[test]
fn pipe_that_is_named_is_read_as_standard_input_is() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("news.jsonl");
    make_pipe(&pipe);
    let expected: Vec<_> = (0..900).map(Value::from).collect();
    for jobs in ["1", "3"] {
        let arguments = ["quotes", "--flat", "--keep", "id", "--jobs", jobs];
        let writer = thread::spawn({
            let pipe = pipe.clone();
            move || OpenOptions::new().write(true).open(pipe).unwrap().write_all(lines(900).as_bytes()).unwrap()
        });
        let named = run(&[&arguments[..], &["news.jsonl"]].concat(), "", folder.path());
        writer.join().unwrap();
        assert_eq!((ids(&named.out), named.code, &*named.err), (expected.clone(), Some(0), ""));
        assert!(named.out.starts_with(r#"{"article_id":""#) && named.out.contains(r#""path":"news.jsonl""#));
        // As the shell names what `<(…)` writes.
        for path in ["/dev/stdin", "/dev/fd/0"] {
            let ran = run(&[&arguments[..], &[path]].concat(), &lines(900), folder.path());
            assert_eq!((ids(&ran.out), ran.code, &*ran.err), (expected.clone(), Some(0), ""), "{path}");
        }
    }
}

#[test]
fn annotations_are_made_of_what_comes_through_a_pipe_too() {
    let folder = TempDir::new().unwrap();
    let ran = run(&["quotes", "--format", "brat", "--output", "mine", "/dev/stdin"], &lines(1), folder.path());
    assert_eq!((ran.code, &*ran.err), (Some(0), "pullquote: wrote 1 article to mine\n"));
    assert_eq!(folder.path().join("mine/text").read_dir().unwrap().count(), 1);
}

#[test]
fn null_device_is_empty_input() {
    let folder = TempDir::new().unwrap();
    for (form, out) in [("jsonl", ""), ("json", "[]\n")] {
        let ran = run(&["quotes", "--flat", "--format", form, "/dev/null"], "", folder.path());
        assert_eq!((&*ran.out, ran.code), (out, Some(0)), "{}", ran.err);
    }
}

#[test]
fn pipe_in_a_folder_is_not_opened() {
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("news")).unwrap();
    make_pipe(&folder.path().join("news/pipe"));
    std::fs::write(folder.path().join("news/a.jsonl"), lines(2)).unwrap();
    let ran = run(&["quotes", "--flat", "--keep", "id", "news"], "", folder.path());
    assert_eq!(ids(&ran.out), [json!(0), json!(1), Value::Null]);
    assert!(ran.err.contains("news/pipe is not a file or a folder"), "{}", ran.err);
    // The library is made of files.
    let added = run(&["add", "news/pipe"], "", folder.path());
    assert!(added.err.contains("news/pipe is not a file or a folder"), "{}", added.err);
}

#[test]
fn odd_beginning_is_read_alike_from_a_file_and_from_standard_input() {
    let folder = TempDir::new().unwrap();
    let refused =
        ["[]", "[1, 2]", "null", "7", "\"x\"", "not a record", "{\"id\": 0, \"text\": ", "\0\0\0{\"id\": 0}", "{}"];
    for (before, is_refused) in refused.map(|line| (line, true)).into_iter().chain([("", false), ("\u{feff}", false)]) {
        let input = format!("{before}\n{}", lines(3));
        let of = |name: &str, input: &str| {
            let ran = run(&["quotes", "--flat", "--keep", "id", "--no-library", name], input, folder.path());
            let said = ran.err.replace(if name == "-" { "standard input" } else { name }, "INPUT");
            (ids(&ran.out), said, ran.code)
        };
        let streamed = of("-", &input);
        let expected: Vec<_> = is_refused.then_some(Value::Null).into_iter().chain((0..3).map(Value::from)).collect();
        if before.starts_with('{') {
            assert_eq!(streamed.0[1..], expected[1..], "{before:?}");
        } else {
            assert_eq!(streamed.0, expected, "{before:?}: {}", streamed.1);
        }
        for name in ["news.jsonl", "news.txt"] {
            std::fs::write(folder.path().join(name), &input).unwrap();
            assert_eq!(of(name, ""), streamed, "{before:?} {name}");
        }
    }
}
