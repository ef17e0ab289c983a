//! Reported speech as data: `pullquote quotes --reported` and `pullquote evaluate --reported`, run as programs.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::evaluate_command::{corpus, put, run};

const HARBOR: &str = "Harbor Bridge to Close\n\n\
    “It is tired,” said Ines Okafor, the engineer. She said the bridge would close in May.\n\n\
    The plan, Rob Roe said, would fail. The “quick fix” of last year has failed.\n";

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "harbor.txt", HARBOR);
    folder
}

fn article(arguments: &[&str], folder: &Path) -> Value {
    let ran = run(&[&["quotes", "--format", "jsonl"], arguments, &["harbor.txt"]].concat(), folder);
    serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err))
}

fn words<'a>(article: &'a Value, key: &str) -> Vec<&'a str> {
    article["quotes"].as_array().unwrap().iter().map(|quote| quote[key].as_str().unwrap_or("-")).collect()
}

#[test]
fn reported_speech_stands_among_the_quotations_in_the_order_of_the_text() {
    let folder = folder();
    let all = article(&["--reported"], folder.path());
    assert_eq!(
        words(&all, "text"),
        ["It is tired,", "the bridge would close in May", "The plan", "would fail", "quick fix"]
    );
    assert_eq!(words(&all, "kind"), ["speech", "reported", "reported", "reported", "term"]);
    let statements: Vec<_> = all["quotes"].as_array().unwrap().iter().map(|quote| quote["statement"].clone()).collect();
    assert_eq!(statements, [json!(1), json!(2), json!(3), json!(3), Value::Null]);
    let reported = &all["quotes"][1];
    assert_eq!((&reported["speaker"], &reported["corrected"]), (&json!("Ines Okafor"), &Value::Null));
    assert_eq!((&reported["mention"]["text"], &reported["cue"]["text"]), (&json!("She"), &json!("said")));
    let text: Vec<char> = all["text"].as_str().unwrap().chars().collect();
    let place = |key: &str| usize::try_from(reported[key].as_u64().unwrap()).unwrap();
    assert_eq!(text[place("start")..place("end")].iter().collect::<String>(), "the bridge would close in May");
    let speakers: Vec<_> = all["speakers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["name"].clone(), one["quotes"].clone(), one["reported"].clone()))
        .collect();
    assert_eq!(speakers, [(json!("Ines Okafor"), json!(1), json!(1)), (json!("Rob Roe"), json!(0), json!(1))]);
}

#[test]
fn without_the_option_data_is_as_it_was() {
    let folder = folder();
    let plain = article(&[], folder.path());
    assert_eq!(words(&plain, "kind"), ["speech", "term"]);
    assert!(plain["speakers"][0].get("reported").is_none());
    let mut all = article(&["--reported"], folder.path());
    all["quotes"].as_array_mut().unwrap().retain(|quote| quote["kind"] != "reported");
    assert_eq!(all["quotes"], plain["quotes"]);
}

#[test]
fn kinds_narrow_what_is_written() {
    let folder = folder();
    assert_eq!(words(&article(&["--kind", "term"], folder.path()), "text"), ["quick fix"]);
    assert_eq!(
        words(&article(&["--kind", "reported,speech"], folder.path()), "kind"),
        ["speech", "reported", "reported", "reported"]
    );
    assert_eq!(words(&article(&["--kind", "speech", "--reported"], folder.path()), "kind"), ["speech"]);
    let wrong = run(&["quotes", "--kind", "rumour", "harbor.txt"], folder.path());
    assert!(wrong.code == Some(2) && wrong.err.contains("rumour"), "{}", wrong.err);
    let wrong = run(&["quotes", "--kind", "speech", "--format", "md", "harbor.txt"], folder.path());
    assert!(wrong.code == Some(2) && wrong.err.contains("--kind"), "{}", wrong.err);
}

#[test]
fn rows_and_tables_have_it_too() {
    let folder = folder();
    let rows = run(&["quotes", "--reported", "--flat", "--format", "csv", "harbor.txt"], folder.path());
    assert_eq!(rows.out.lines().filter(|line| line.contains(",reported,")).count(), 3, "{}", rows.out);
    let csv = run(&["quotes", "--reported", "--format", "csv", "harbor.txt"], folder.path());
    assert!(csv.out.contains("\nRob Roe,,The plan,reported,"), "{}", csv.out);
    let table = run(&["quotes", "--reported", "harbor.txt"], folder.path());
    assert!(table.out.contains("Rob Roe\tThe plan (reported)\t"), "{}", table.out);
    assert!(!run(&["quotes", "harbor.txt"], folder.path()).out.contains("reported"));
}

#[test]
fn one_persons_words_are_theirs_in_marks_or_not() {
    let folder = folder();
    let roe = article(&["--reported", "--speaker", "roe"], folder.path());
    assert_eq!(words(&roe, "text"), ["The plan", "would fail"]);
    let okafor = article(&["--reported", "--speaker", "okafor"], folder.path());
    assert_eq!(words(&okafor, "kind"), ["speech", "reported"]);
    assert_eq!(words(&okafor, "speaker"), ["Ines Okafor", "Ines Okafor"]);
    assert_eq!(okafor["speakers"].as_array().unwrap().len(), 1);
}

#[test]
fn evaluate_measures_it() {
    let marked = [
        ["Ines Okafor", "said Ines", "It is tired,"],
        ["She", "She said", "the bridge would close in May"],
        ["Rob Roe", "Rob Roe said", "would fail"],
        ["", "has failed", "last year"],
    ];
    let folder = corpus(HARBOR, &marked);
    let ran = run(&["evaluate", "--reported", "--errors", "5", "--format", "json", "."], folder.path());
    let figures: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
    assert_eq!((&figures["gold"], &figures["predicted"], &figures["met"]), (&json!(2), &json!(2), &json!(2)));
    assert_eq!((&figures["content"]["f1"], &figures["source_any"]["f1"]), (&json!(1.0), &json!(1.0)));
    let likeness = figures["mean_iou"].as_f64().unwrap();
    assert!((0.7..1.0).contains(&likeness), "the first piece of the plan is not annotated: {likeness}");
    let table = run(&["evaluate", "--reported", "."], folder.path());
    assert!(table.out.contains("content with the right source      100.0  100.0  100.0"), "{}", table.out);
    let both = run(&["evaluate", "--reported", "--speakers", "x.json", "."], folder.path());
    assert_eq!(both.code, Some(2));
}
