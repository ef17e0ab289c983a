//! `pullquote evaluate` and the standoff files of `pullquote quotes --format brat`, run as programs on a small corpus.

use std::fmt::Write;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ran::Ran;

pub const BRIDGE: &str = "Harbour 😀 Bridge to Close\r\n\
    \r\n\
    “It is tired,” said Ines Okafor, the engineer. “So am I.”\r\n\
    \r\n\
    The “quick fix” of last year has failed. She added: “Nobody   listens.”\r\n";

pub fn run(arguments: &[&str], folder: &Path) -> Ran {
    let output =
        Command::new(cargo_bin("pullquote")).args(arguments).current_dir(folder).write_stdin("").output().unwrap();
    Ran::from(output)
}

pub fn figures(arguments: &[&str], folder: &Path) -> Value {
    let ran = run(&[&["evaluate", "--format", "json"], arguments].concat(), folder);
    serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err))
}

pub fn put(folder: &Path, name: &str, words: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, words).unwrap();
}

/// The lines of an annotation file: for each triple the words of source, cue and content, each by its words in `text`
/// ("" where there is none).
pub fn annotations(text: &str, marked: &[[&str; 3]]) -> String {
    let mut out = String::new();
    for (index, words) in marked.iter().enumerate() {
        let mut event = format!("E{}\tAttribution:T{index}9", index + 1);
        for (role, (kind, words)) in ["Source", "Cue", "Content"].iter().zip(words).enumerate() {
            if let Some(byte) = text.find(words).filter(|_| !words.is_empty()) {
                let start = text[..byte].chars().count();
                let end = start + words.chars().count();
                writeln!(out, "T{index}{role}\t{kind} {start} {end}\t{words}").unwrap();
                write!(event, " {kind}:T{index}{role}").unwrap();
            }
        }
        out += &(event + "\n");
    }
    out
}

pub fn corpus(text: &str, marked: &[[&str; 3]]) -> TempDir {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "text/bridge.txt", text);
    put(folder.path(), "attributions/bridge_00ff.ann", &annotations(text, marked));
    folder
}

/// The three quotations of the bridge, rightly marked.
pub const RIGHT: [[&str; 3]; 3] = [
    ["Ines Okafor, the engineer", "said", "“It is tired,”"],
    ["Ines Okafor, the engineer", "said", "“So am I.”"],
    ["She", "added", "“Nobody   listens.”"],
];

#[test]
fn attribution_without_mistakes_scores_one() {
    let folder = corpus(BRIDGE, &RIGHT);
    let figures = figures(&["."], folder.path());
    assert_eq!((&figures["articles"], &figures["segments"], &figures["attributed"]), (&json!(1), &json!(4), &json!(3)));
    assert_eq!(figures["extract_any"], json!({"p": 1.0, "r": 1.0, "f1": 1.0}));
    assert_eq!(figures["extract_spk"], json!({"p": 1.0, "r": 1.0, "f1": 1.0}));
    // The term counts as a quotation found, without a speaker.
    assert_eq!(figures["extract_attr"]["p"], json!(0.75));
    assert_eq!(figures["scare"], json!({"gold": 1, "quoted": 1, "given_speaker": 0, "rate": 0.0}));
    let mention = &figures["mention"];
    assert_eq!((&mention["f1"], &mention["tp"], &mention["fp"]), (&json!(1.0), &json!(3), &json!(0)));
    assert_eq!(
        (&mention["n_name"], &mention["n_pronoun"], &mention["acc_pronoun"]),
        (&json!(2), &json!(1), &json!(1.0))
    );
    let given: u64 = figures["calibration"].as_array().unwrap().iter().map(|bin| bin["given"].as_u64().unwrap()).sum();
    assert_eq!(given, 3);
}

#[test]
fn speaker_of_unattributed_words_is_false() {
    let folder = corpus(BRIDGE, &RIGHT[..1]);
    let figures = figures(&["--errors", "9", "."], folder.path());
    assert_eq!(figures["scare"], json!({"gold": 3, "quoted": 3, "given_speaker": 2, "rate": 2.0 / 3.0}));
    let mention = &figures["mention"];
    assert_eq!((&mention["tp"], &mention["fp"], &mention["fp_scare"]), (&json!(1), &json!(2), &json!(2)));
    assert_eq!((&mention["p"], &mention["r"]), (&json!(1.0 / 3.0), &json!(1.0)));
    let kinds: Vec<_> = figures["errors"].as_array().unwrap().iter().map(|error| error["kind"].clone()).collect();
    assert_eq!(kinds, ["invented", "invented"]);
}

#[test]
fn other_source_is_wrong_and_spoken_term_is_missed() {
    let marked = [["Bridge", "", "“It is tired,”"], ["Bridge", "", "“quick fix”"]];
    let folder = corpus(BRIDGE, &marked);
    let figures = figures(&["--errors", "2", "."], folder.path());
    let mention = &figures["mention"];
    assert_eq!((&mention["gold"], &mention["tp"], &mention["r"]), (&json!(2), &json!(0), &json!(0.0)));
    let ran = run(&["evaluate", "--errors", "9", "."], folder.path());
    assert!(ran.out.contains("[wrong] bridge #0: the source is 'Bridge'\n    given to 'Ines Okafor'"), "{}", ran.out);
    assert!(ran.out.contains("[missed] bridge #2") && ran.out.contains(">>>quick fix<<<"), "{}", ran.out);
}

#[test]
fn shared_surname_is_right_only_where_the_source_is_a_name() {
    let text = BRIDGE.replace("has failed.", "has failed, wrote Okafor in a book for the driver.");
    let named = corpus(&text, &[["Okafor in a book", "", "“It is tired,”"]]);
    let by_surname = corpus(&text, &[["wrote Okafor", "", "“It is tired,”"]]);
    let described = corpus(&text, &[["the driver", "", "“It is tired,”"]]);
    let right = |folder: &TempDir| figures(&["."], folder.path())["mention"]["tp"].clone();
    // None of them overlaps the words that the engine names.
    assert_eq!([right(&named), right(&by_surname), right(&described)], [json!(1), json!(1), json!(0)]);
}

#[test]
fn words_with_no_source_are_neither_right_nor_wrong() {
    let marked = [["", "said", "“It is tired,”"], ["", "", "“So am I.”"], RIGHT[2]];
    let folder = corpus(BRIDGE, &marked);
    let figures = figures(&["."], folder.path());
    assert_eq!((&figures["attributed"], &figures["mention"]["gold"]), (&json!(3), &json!(1)));
    assert_eq!((&figures["mention"]["p"], &figures["mention"]["fp"]), (&json!(1.0), &json!(0)));
}

#[test]
fn segment_attributed_by_less_than_half_is_unattributed() {
    let long = "Bridge\n“It is a tired old bridge,” said Ines Okafor.\n";
    let attributed = |content: &str| {
        let folder = corpus(long, &[["Ines Okafor", "said", content]]);
        figures(&["."], folder.path())["attributed"].clone()
    };
    assert_eq!(attributed("a tired old bridge"), json!(1));
    assert_eq!(attributed("bridge,”"), json!(0));
}

#[test]
fn text_of_several_annotators_does_not_count() {
    let folder = corpus(BRIDGE, &RIGHT);
    put(folder.path(), "text/twice.txt", BRIDGE);
    for annotator in ["0000", "1111"] {
        put(folder.path(), &format!("attributions/twice_{annotator}.ann"), &annotations(BRIDGE, &RIGHT));
    }
    let ran = run(&["evaluate", "."], folder.path());
    assert!(ran.out.starts_with("1 article, 4 quoted segments"), "{}", ran.out);
    assert_eq!(ran.err, "pullquote: skipped 1 article, annotated more than once\n");
    assert_eq!(ran.code, Some(0));
}

#[test]
fn parts_of_a_corpus_are_found() {
    let folder = TempDir::new().unwrap();
    for part in ["train", "test"] {
        put(folder.path(), &format!("{part}/text/bridge.txt"), BRIDGE);
        put(folder.path(), &format!("{part}/attributions/bridge.ann"), &annotations(BRIDGE, &RIGHT));
    }
    assert_eq!(figures(&["."], folder.path())["articles"], json!(2));
    assert_eq!(figures(&["test"], folder.path())["articles"], json!(1));
}

#[test]
fn unreadable_annotation_is_reported_and_does_no_harm() {
    let folder = corpus(BRIDGE, &RIGHT);
    let broken = annotations(BRIDGE, &RIGHT) + "T77\tSource from to\tsomewhere\nE8\tnonsense\n";
    put(folder.path(), "attributions/bridge_00ff.ann", &broken);
    put(folder.path(), "text/empty.txt", "");
    put(folder.path(), "attributions/empty_0000.ann", "");
    let ran = run(&["evaluate", "."], folder.path());
    assert!(ran.err.contains("bridge_00ff.ann: not understood: lines 13, 14"), "{}", ran.err);
    assert!(ran.out.starts_with("not read, and counted as empty: 1 article\n2 articles, 4 quoted"), "{}", ran.out);
    let mention = ran.out.lines().find(|line| line.starts_with("mention attribution (n=3)")).unwrap();
    assert!(mention.ends_with(" 100.0  100.0  100.0"), "{mention}");
}

#[test]
fn exit_codes_tell_nothing_from_no_corpus() {
    let folder = TempDir::new().unwrap();
    let ran = run(&["evaluate", "."], folder.path());
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("not a corpus") && ran.err.contains("hint:"), "{}", ran.err);
    for part in ["text", "attributions"] {
        fs::create_dir(folder.path().join(part)).unwrap();
    }
    let ran = run(&["evaluate", "."], folder.path());
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert_eq!(run(&["evaluate"], folder.path()).code, Some(2));
}

#[test]
fn annotations_that_quotes_writes_score_one() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "news/bridge_2026.txt", &format!("date 2026-03-14 {BRIDGE}"));
    put(
        folder.path(),
        "more/bridge_2026.txt",
        "date 2026-03-15 Ferry\n“It 𝒇𝒍𝒐𝒂𝒕𝒔,” said Jon Holt.\n“We know,” he said.\n",
    );
    let ran = run(&["quotes", "--format", "brat", "--output", "out", "more", "news"], folder.path());
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", "pullquote: wrote 2 articles to out\n"));
    let text = fs::read_to_string(folder.path().join("out/text/bridge_2026-2.txt")).unwrap();
    assert!(text.starts_with("Harbour 😀 Bridge to Close\n“It is tired,”"), "{text}");
    assert!(folder.path().join("out/annotation.conf").is_file());

    let figures = figures(&["out"], folder.path());
    assert_eq!((&figures["articles"], &figures["attributed"]), (&json!(2), &json!(5)));
    for what in ["extract_spk", "extract_any", "mention"] {
        assert_eq!((&figures[what]["p"], &figures[what]["r"]), (&json!(1.0), &json!(1.0)), "{what}");
    }
    assert_eq!(figures["calibration"][5]["right"], figures["calibration"][5]["given"]);
}

#[test]
fn annotations_are_not_overwritten() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "bridge.txt", BRIDGE);
    let brat = ["quotes", "--format", "brat", "--output", "out", "bridge.txt"];
    assert_eq!(run(&brat, folder.path()).code, Some(0));
    put(folder.path(), "out/attributions/bridge.ann", "mine");
    let ran = run(&brat, folder.path());
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("already has files in it") && ran.err.contains("--force"), "{}", ran.err);
    assert_eq!(fs::read_to_string(folder.path().join("out/attributions/bridge.ann")).unwrap(), "mine");
    assert_eq!(run(&[&brat[..], &["--force"]].concat(), folder.path()).code, Some(0));
    assert!(fs::read_to_string(folder.path().join("out/attributions/bridge.ann")).unwrap().starts_with("T1\tSource"));
}

#[test]
fn corpus_of_which_nothing_can_be_read_is_an_error() {
    let folder = TempDir::new().unwrap();
    for part in ["text", "attributions"] {
        fs::create_dir(folder.path().join(part)).unwrap();
    }
    assert_eq!(run(&["evaluate", "."], folder.path()).code, Some(1), "there is nothing");
    fs::write(folder.path().join("text/a.txt"), "Bridge\n\nIt is shut.\n").unwrap();
    fs::write(folder.path().join("attributions/a.ann"), b"T1\tSource 0 3\t\xff\n").unwrap();
    let ran = run(&["evaluate", "."], folder.path());
    assert!(
        ran.code == Some(2) && ran.err.contains("a.ann") && ran.err.contains("no article could be read"),
        "{}",
        ran.err
    );
}

#[test]
fn standoff_files_of_long_names_are_written_beside_one_another() {
    let folder = TempDir::new().unwrap();
    for name in ["b".repeat(251), "b".repeat(250) + "c"] {
        fs::write(folder.path().join(name + ".md"), "# Bridge\n\n“It is tired,” said Ines Okafor.\n").unwrap();
    }
    let ran = run(&["quotes", "--format", "brat", "--output", "out", "."], folder.path());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let mut names: Vec<_> = fs::read_dir(folder.path().join("out/text"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, [format!("{}-2.txt", "b".repeat(230)), format!("{}.txt", "b".repeat(230))]);
}

#[test]
fn standoff_files_stay_in_their_folder() {
    let folder = TempDir::new().unwrap();
    let place = |name: &str| folder.path().join(name);
    fs::write(place("bridge.txt"), "Bridge\n\n“It is tired,” said Ines Okafor.\n").unwrap();
    fs::create_dir_all(place("out/text")).unwrap();
    fs::create_dir(place("elsewhere")).unwrap();
    fs::write(place("mine"), "mine").unwrap();
    symlink(place("mine"), place("out/text/bridge.txt")).unwrap();
    symlink(place("none"), place("out/annotation.conf")).unwrap();
    let brat = ["quotes", "--format", "brat", "--output", "out", "--force", "bridge.txt"];
    let ran = run(&brat, folder.path());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(fs::read_to_string(place("mine")).unwrap(), "mine");
    assert!(!place("none").exists() && place("out/text/bridge.txt").symlink_metadata().unwrap().is_file());

    fs::remove_dir_all(place("out/text")).unwrap();
    symlink(place("elsewhere"), place("out/text")).unwrap();
    let ran = run(&brat, folder.path());
    assert!(
        ran.code == Some(2) && ran.err.contains("out/text cannot be written (it is a symbolic link)"),
        "{}",
        ran.err
    );
    assert_eq!(fs::read_dir(place("elsewhere")).unwrap().count(), 0);
}

#[test]
fn output_folder_and_brat_require_each_other() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "bridge.txt", BRIDGE);
    let ran = run(&["quotes", "--format", "brat", "bridge.txt"], folder.path());
    assert!(ran.code == Some(2) && ran.err.contains("--output"), "{}", ran.err);
    let ran = run(&["quotes", "--format", "csv", "--output", "out", "bridge.txt"], folder.path());
    assert!(ran.code == Some(2) && ran.err.contains("hint:"), "{}", ran.err);
    assert!(!folder.path().join("out").exists());
}
