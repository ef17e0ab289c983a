//! `pullquote evaluate --speakers`: who speaks, by full name, on a small corpus.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::evaluate_command::{BRIDGE, RIGHT, annotations, corpus, figures, put, run};

/// An article of three speakers and a title, with quotation marks around six segments.
const FERRY: &str = "Ferry Sails Again\n\n\
    “We have waited for this day,” said Jon Holt, the captain. “It was a long year.”\n\n\
    “The harbour needs it,” said Ines Okafor. She added: “Everybody does.”\n\n\
    The novel “Songs of the Old Harbour” won a prize.\n\n\
    “Nobody asked the fishermen,” said Lena Brandt.\n";

/// The annotations of the ferry: the source of the second quotation is not marked.
const OF_FERRY: [[&str; 3]; 5] = [
    ["Jon Holt, the captain", "said", "“We have waited for this day,”"],
    ["", "", "“It was a long year.”"],
    ["Ines Okafor", "said", "“The harbour needs it,”"],
    ["She", "added", "“Everybody does.”"],
    ["Lena Brandt", "said", "“Nobody asked the fishermen,”"],
];

/// The bridge and the ferry, and this file of speakers.
fn two_articles(speakers: &Value) -> TempDir {
    let folder = corpus(BRIDGE, &RIGHT);
    put(folder.path(), "text/ferry.txt", FERRY);
    put(folder.path(), "attributions/ferry.ann", &annotations(FERRY, &OF_FERRY));
    put(folder.path(), "who.json", &speakers.to_string());
    folder
}

fn entity(folder: &TempDir) -> Value {
    figures(&["--speakers", "who.json", "."], folder.path())["entity"].clone()
}

#[test]
fn persons_without_mistakes_score_one() {
    let who = json!({"ferry": {
        "segments": {"0": "Jon Holt", "1": "Jonathan Holt", "2": "Ines Okafor", "3": "Ines Okafor", "4": "NONE",
            "5": "the fishwife"},
        "aliases": {"the fishwife": ["Brandt", "Lena Brandt"], "Jonathan Holt": ["Jon Holt"]}}});
    let entity = entity(&two_articles(&who));
    for (name, wanted) in [
        ("p", json!(1.0)),
        ("r", json!(1.0)),
        ("f1", json!(1.0)),
        ("gold", json!(5)),
        ("tp", json!(5)),
        ("fp", json!(0)),
        ("articles", json!(1)),
        ("none", json!(1)),
        ("fp_none", json!(0)),
        ("unknown", json!(0)),
        ("unlabelled", json!(0)),
        ("n_name", json!(3)),
        ("acc_name", json!(1.0)),
        ("n_pronoun", json!(1)),
        ("acc_pronoun", json!(1.0)),
        ("n_noun", json!(0)),
        ("acc_noun", json!(null)),
        ("n_other", json!(0)),
        ("acc_other", json!(null)),
        ("n_unmarked", json!(1)),
        ("acc_unmarked", json!(1.0)),
        ("errors", json!(null)),
    ] {
        assert_eq!(entity[name], wanted, "{name}");
    }
}

#[test]
fn wrong_missed_and_invented_persons_are_counted_and_listed() {
    let who = json!({"ferry": {"segments":
        {"0": "Jon Holt", "1": "UNKNOWN", "2": "Mara Okafor", "3": "NONE", "4": "Arne Vik"}}});
    let folder = two_articles(&who);
    let asked = ["--speakers", "who.json", "--errors", "9", "."];
    let all = figures(&asked, folder.path());
    let entity = &all["entity"];
    for (name, wanted) in [
        ("gold", json!(3)),
        ("tp", json!(1)),
        ("fp", json!(2)),
        ("p", json!(1.0 / 3.0)),
        ("r", json!(1.0 / 3.0)),
        ("none", json!(1)),
        ("fp_none", json!(1)),
        ("unknown", json!(1)),
        ("unlabelled", json!(1)),
        ("n_name", json!(2)),
        ("acc_name", json!(0.5)),
        ("n_pronoun", json!(0)),
        ("n_unmarked", json!(1)),
        ("acc_unmarked", json!(0.0)),
    ] {
        assert_eq!(entity[name], wanted, "{name}");
    }
    let listed = |errors: &Value| -> Vec<_> {
        let errors = errors.as_array().unwrap().iter();
        errors.map(|error| [error["kind"].clone(), error["segment"].clone(), error["gold"].clone()]).collect()
    };
    let wanted = json!([["wrong", 2, "Mara Okafor"], ["invented", 3, null], ["missed", 4, "Arne Vik"]]);
    assert_eq!(json!(listed(&entity["errors"])), wanted);
    // The annotators agree with the engine.
    assert_eq!((&all["mention"]["f1"], &all["errors"]), (&json!(1.0), &json!(null)));

    let ran = run(&[&["evaluate"], &asked[..]].concat(), folder.path());
    let (wrong, missed) = (
        "[entity, wrong] ferry #2: the speaker is 'Mara Okafor'\n    given to 'Ines Okafor'",
        "[entity, missed] ferry #4",
    );
    assert!(ran.out.contains(wrong) && ran.out.contains(missed), "{}", ran.out);
    assert!(ran.out.contains("[entity, invented] ferry #3: the speaker is nobody\n    given to"), "{}", ran.out);
    assert!(ran.out.contains("\nwords of nobody given a speaker: 1 of 1 (100.0 %)\n"), "{}", ran.out);
}

#[test]
fn confidence_is_held_against_the_person() {
    let who =
        json!({"ferry": {"segments": {"0": "Jon Holt", "2": "Mara Okafor", "3": "NONE", "4": "NONE", "5": "UNKNOWN"}}});
    let entity = entity(&two_articles(&who));
    let bins = entity["calibration"].as_array().unwrap();
    let ends: Vec<_> = bins.iter().map(|bin| [bin["from"].as_f64().unwrap(), bin["to"].as_f64().unwrap()]).collect();
    let lower = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];
    let upper = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0];
    assert_eq!(ends, lower.iter().zip(upper).map(|(&from, to)| [from, to]).collect::<Vec<_>>());
    let sum = |bins: &[Value], what: &str| -> u64 { bins.iter().map(|bin| bin[what].as_u64().unwrap()).sum() };
    assert_eq!((sum(bins, "given"), sum(bins, "right")), (3, 1));
    let (given, right) = (sum(&bins[5..], "given"), sum(&bins[5..], "right"));
    let share = |part: u64, whole: u64| if whole > 0 { json!(part as f64 / whole as f64) } else { json!(null) };
    let wanted =
        json!({"from": 0.9, "given": given, "right": right, "rate": share(right, given), "share": share(given, 3)});
    assert_eq!(entity["confident"], wanted);
}

#[test]
fn long_quotation_shown_as_a_title_is_counted() {
    let as_term = |label: &str| {
        let folder = two_articles(&json!({"ferry": {"segments": {"4": label}}}));
        let figures = figures(&["--speakers", "who.json", "."], folder.path());
        (figures["long_as_term"]["gold"].clone(), figures["long_as_term"]["as_term"].clone())
    };
    // “We have waited for this day,” and “It was a long year.” have five words; the others fewer.
    assert_eq!(as_term("NONE"), (json!(2), json!(0)));
    assert_eq!(as_term("UNKNOWN"), (json!(2), json!(0)));
    assert_eq!(as_term("Arne Vik"), (json!(3), json!(1)));
    // Without a label the annotators decide.
    let folder = two_articles(&json!({}));
    let marked = [&OF_FERRY[..], &[["Ines Okafor", "", "“Songs of the Old Harbour”"]]].concat();
    put(folder.path(), "attributions/ferry.ann", &annotations(FERRY, &marked));
    assert_eq!(figures(&["."], folder.path())["long_as_term"], json!({"gold": 3, "as_term": 1, "rate": 1.0 / 3.0}));
}

#[test]
fn files_of_speakers_add_up_and_the_last_one_holds() {
    let folder = two_articles(&json!({"ferry": {"segments": {"0": "Arne Vik"}}, "tunnel": {"segments": {}}}));
    let more =
        json!({"ferry": {"segments": {"0": "Jon Holt", "6": "Arne Vik"}}, "bridge": {"segments": {"3": "Okafor"}}});
    put(folder.path(), "more.json", &more.to_string());
    let ran = run(&["evaluate", "--speakers", "who.json", "--speakers", "more.json", "."], folder.path());
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains(": 1 article not in the corpus, or annotated more than once: tunnel\n"), "{}", ran.err);
    assert!(
        ran.err.contains("--speakers: segment 6 of ./text/ferry.txt, which has only 6 quoted segments\n"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("\nspeakers by full name, 2 articles: 0 not known, 8 not labelled\n"), "{}", ran.out);
    let entity = ran.out.lines().find(|line| line.starts_with("entity attribution (n=2)")).unwrap();
    assert!(entity.ends_with(" 100.0  100.0  100.0"), "{entity}");
    // The figures by the marked sources are those of all articles, with and without.
    let without = run(&["evaluate", "."], folder.path()).out;
    assert!(ran.out.starts_with(&without) && without.contains("mention attribution (n=7)"), "{without}");
    assert!(!without.contains("entity"), "{without}");
}

#[test]
fn file_that_does_not_say_who_speaks_is_an_error() {
    let folder = two_articles(&json!({}));
    for (written, reason) in [
        ("{\n\"ferry\": {\"segments\": {\"0\": 5}}}", "invalid type: integer `5`, expected a string at line 2"),
        ("{\"ferry\":\n{\"segments\": {\"first\": \"NONE\"}}}", "expected key to be a number in quotes at line 2"),
        (
            "{\"ferry\":\n\n\"Jon Holt\"}",
            "expected an object with \"segments\", and \"aliases\" where there are some at line 3",
        ),
        ("{\"ferry\": {\"aliases\": {}}}", "missing field `segments` at line 1"),
        ("{\"ferry\": {\"segments\": {},\n\"aliases\": {\"Jon Holt\": \"Holt\"}}}", "expected a sequence at line 2"),
        ("[]\n", "expected a map at line 1"),
        ("ferry", "expected ident at line 1"),
    ] {
        put(folder.path(), "who.json", written);
        let ran = run(&["evaluate", "--speakers", "who.json", "."], folder.path());
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{written}");
        assert!(
            ran.err.starts_with("pullquote: who.json does not say who speaks (") && ran.err.contains(reason),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("\npullquote: hint: expected is {\"ARTICLE\": {\"segments\""), "{}", ran.err);
    }
    let ran = run(&["evaluate", "--speakers", "none.json", "."], folder.path());
    assert!(ran.code == Some(2) && ran.err.contains("none.json cannot be read ("), "{}", ran.err);
}

#[test]
fn help_defines_the_figures() {
    let folder = TempDir::new().unwrap();
    let long = run(&["evaluate", "--help"], folder.path()).out;
    for term in [
        "Quoted segment:",
        "P, precision:",
        "Mention attribution,",
        "Entity attribution,",
        "Real quotations",
        "Form of the source,",
        "By confidence:",
        "\"segments\": {\"0\": \"Full Name\", …}",
        "Exit codes:",
    ] {
        assert!(long.contains(term), "{term} is missing in {long}");
    }
    let short = run(&["evaluate", "-h"], folder.path()).out;
    assert!(short.contains("Exit codes:") && !short.contains("Entity attribution"), "{short}");
}

#[test]
fn parts_of_a_split_quotation_are_held_against_statements() {
    const PUMP: &str =
        "Pump Talk\n\n“It is old,” said Jon Holt. “It is loud.”\n\n“It is wet,” said Jon Holt. “And I like it.”\n";
    let at = |words: &str| {
        let start = PUMP.find(words).map(|byte| PUMP[..byte].chars().count()).unwrap();
        format!("{start} {}", start + words.chars().count())
    };
    let content = |first: usize, parts: [&str; 2]| {
        let cue = format!(
            "T{first}\tCue {}\tsaid\nT{}\tContent {};{}\twords\n",
            at("said"),
            first + 1,
            at(parts[0]),
            at(parts[1])
        );
        format!("{cue}E{first}\tAttribution:T{first} Cue:T{first} Content:T{}\n", first + 1)
    };
    let folder = corpus(BRIDGE, &RIGHT);
    let before = figures(&["."], folder.path())["statements"].clone();
    put(folder.path(), "text/pump.txt", PUMP);
    let one = content(1, ["“It is old,”", "“It is loud.”"]);
    let two = content(3, ["“It is wet,”", "“It is wet,”"]) + &content(5, ["“And I like it.”", "“And I like it.”"]);
    put(folder.path(), "attributions/pump.ann", &(one + &two));
    let after = figures(&["."], folder.path())["statements"].clone();
    // The first is split by both; the annotators part the second, the engine does not.
    for (name, more) in [("split", 1), ("joined", 2), ("right", 1)] {
        assert_eq!(after[name].as_u64().unwrap(), before[name].as_u64().unwrap() + more, "{name}");
    }
    let ran = run(&["evaluate", "."], folder.path());
    let row = format!("\nparts in one statement (n={})", after["split"]);
    assert!(ran.out.contains(&row), "{}", ran.out);
}
