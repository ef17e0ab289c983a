//! Who else could have spoken a quotation, with how likely that is.

use pullquote::article::{Body, BodyBuilder, ParagraphKind};
use pullquote::quotes::{self, Alternative};

fn body(text: &str) -> Body {
    let mut builder = BodyBuilder::new("Pier");
    for line in text.lines() {
        builder.push(ParagraphKind::Prose, line);
    }
    builder.build()
}

/// The alternatives of the quotation that begins with these words.
fn of(body: &Body, words: &str) -> Vec<Alternative> {
    quotes::alternatives(body, body.text().find(words).unwrap())
}

fn probability(all: &[Alternative], name: Option<&str>) -> f32 {
    all.iter().find(|one| one.speaker.as_deref() == name).map_or(0.0, |one| one.probability)
}

#[test]
fn pronoun_that_may_mean_two_shares_between_them() {
    let body = body("The pier of Otto Lang and the boat of Omar Reed burned. “It is gone,” he said.");
    let all = of(&body, "It is gone");
    let (otto, omar) = (probability(&all, Some("Otto Lang")), probability(&all, Some("Omar Reed")));
    assert!(otto > 0.05 && omar > 0.05, "{all:?}");
    let sum: f32 = all.iter().map(|one| one.probability).sum();
    assert!((sum - 1.0).abs() < 1e-4, "{all:?}");
    assert!(all.is_sorted_by(|one, other| one.probability >= other.probability), "{all:?}");
}

#[test]
fn each_speaker_stands_once_by_the_fullest_name() {
    let body = body(
        "Otto Lang met Ada Birch at the pier. Lang laughed, and Birch did not.\nLang looked at her. “It is gone,” Birch said, as Lang left.",
    );
    let all = of(&body, "It is gone");
    let names: Vec<_> = all.iter().filter_map(|one| one.speaker.as_deref()).collect();
    for name in ["Otto Lang", "Ada Birch"] {
        assert_eq!(names.iter().filter(|known| **known == name).count(), 1, "{all:?}");
    }
    assert!(!names.iter().any(|name| matches!(*name, "Lang" | "Birch" | "her")), "{all:?}");
}

#[test]
fn found_speaker_has_the_confidence_of_the_findings() {
    let body = body(
        "Otto Lang met Omar Reed. “It is gone,” he said. “We shall see,” said Reed, whom nobody had asked.\nThe “quick fix” failed.",
    );
    let found = quotes::find(&body);
    for quotation in &found.quotations {
        let all = quotes::alternatives(&body, quotation.span.start);
        let name = found.speaker_of(quotation).map(|speaker| speaker.name.as_str());
        let given = probability(&all, name);
        assert!((given - quotation.confidence).abs() < 1e-6, "{quotation:?} {all:?}");
    }
}

#[test]
fn label_is_nobodys_and_no_quotation_has_none() {
    let body = body("The song “Slow Water” was played. “It is gone,” said Ada Birch.");
    let all = of(&body, "Slow Water");
    assert_eq!(all[0].speaker, None, "{all:?}");
    assert!(of(&body, "was played").is_empty());
    assert!(quotes::alternatives(&BodyBuilder::new("").build(), 0).is_empty());
}

#[test]
fn words_of_two_are_given_to_both_together() {
    let body = body("“It is gone,” Otto Lang and Ada Birch said.");
    let all = of(&body, "It is gone");
    assert_eq!(all[0].speaker.as_deref(), Some("Otto Lang & Ada Birch"), "{all:?}");
}

#[test]
fn speech_inside_speech_is_of_who_was_found_or_of_the_other_or_nobodys() {
    let body = body("Ann Roe left at noon.\n“Then she said ‘leave now,’” Tom Reyes recalled.");
    let found = quotes::find(&body);
    let inner = found.quotations.iter().find(|quotation| quotation.depth > 0).unwrap();
    let all = of(&body, "leave now");
    let mut names: Vec<_> = all.iter().map(|one| one.speaker.as_deref()).collect();
    names.sort_unstable();
    assert_eq!(names, [None, Some("Ann Roe"), Some("Tom Reyes")], "{all:?}");
    assert!((probability(&all, Some("Ann Roe")) - inner.confidence).abs() < 1e-6, "{all:?}");
    let sum: f32 = all.iter().map(|one| one.probability).sum();
    assert!((sum - 1.0).abs() < 1e-4, "{all:?}");
}
