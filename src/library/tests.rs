//! The library in memory, and what every search must find.

use super::*;
use crate::article::{BodyBuilder, ParagraphKind};
use crate::query::{Hit, Query};
use crate::quotes::SpeakerCorrection;
use crate::quotes::{Quotation, Speaker, SpeakerId};
use crate::text::Span;

fn library() -> Library {
    let library = Library::default();
    let add = |headline: &str, words: &str, speaker: &str| {
        let mut builder = BodyBuilder::new(headline);
        builder.push(ParagraphKind::Prose, words);
        let speaker = Speaker { name: speaker.to_owned(), ..Speaker::default() };
        let quotation = Quotation::speech(Span::default(), Some(SpeakerId(0)));
        let findings = Findings { speakers: vec![speaker], quotations: vec![quotation] };
        library.add(Article::new(builder.build()), findings);
    };
    add("Bridge closes", "The ferry captain Zoë Martin laughed out loud.", "Zoë Martin");
    add("Trams delayed", "No night trams until the bridge opens.", "Ines Okafor");
    library
}

fn found(query: &str) -> Vec<String> {
    let show = |hit: Hit| match hit.snippet {
        Some(snippet) => snippet.marked(),
        None => format!("{} in the headline", hit.title.len()),
    };
    let mut found: Vec<_> = library().search(&Query::parse(query), &|| true).unwrap().into_iter().map(show).collect();
    found.sort();
    found
}

#[test]
fn search_finds_all_words_in_headline_or_text() {
    assert_eq!(found("bridge"), ["1 in the headline", "…until the [bridge] opens."]);
    assert_eq!(found("bridge zoe"), ["…ferry captain [Zoë] Martin laughed out loud."]);
    assert_eq!(found("\"night trams\""), ["No [night trams] until the bridge opens."]);
    assert_eq!(found("bridge -ferry"), ["…until the [bridge] opens."]);
    assert!(found("zeppelin").is_empty());
}

#[test]
fn search_finds_speakers() {
    assert_eq!(found("speaker:martin"), ["0 in the headline"]);
    assert_eq!(found("speaker:\"ines okafor\" trams"), ["No night [trams] until the bridge opens."]);
    assert!(found("speaker:laughed").is_empty());
}

#[test]
fn correction_is_found_at_once() {
    let library = library();
    let id = library.search(&Query::parse("speaker:martin"), &|| true).unwrap()[0].id;
    let hits = |name: &str| library.search(&Query::parse(&format!("speaker:{name}")), &|| true).unwrap().len();
    let correct =
        |after| library.note(&[UserAction::Corrected { article: id, start: 0, before: None, after }]).unwrap();
    correct(Some(SpeakerCorrection::Speaker("Mara Deniz".to_owned())));
    assert_eq!((hits("deniz"), hits("martin")), (1, 0));
    correct(None);
    assert_eq!((hits("deniz"), hits("martin")), (0, 1));
}

#[test]
fn search_that_is_unwanted_ends() {
    assert!(library().search(&Query::parse("bridge"), &|| false).unwrap().is_empty());
}
