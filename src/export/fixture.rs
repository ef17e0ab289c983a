//! An article with findings made by hand, and a person, for the tests of the formats.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::article::{Article, BodyBuilder, Origin, ParagraphKind, Published};
use crate::catalog::Person;
use crate::quotes::{Findings, Quotation, QuotationKind, QuoteMarks, Reason, Speaker, SpeakerId, Spoken};
use crate::text::Span;

/// Two quotations by one person, a term, and one without a speaker; characters beyond the BMP stand before each.
pub fn article() -> (Article, Findings) {
    let mut builder = BodyBuilder::new("Harbour 😀 *closed*");
    builder
        .push(ParagraphKind::Prose, "“No, 𝒏𝒐𝒕 ever,” said Zoë Okafor, the engineer. “=Never.”")
        .push(ParagraphKind::Prose, "A “quick\u{1f527}fix”? “We say so.”");
    let mut article = Article::new(builder.build());
    article.origin = Origin::File(PathBuf::from("news/bridge.txt"));
    article.dates.published = NaiveDate::from_ymd_opt(2026, 3, 14).map(Published::on);
    article.publisher = Some("Coast Wire".to_owned());
    let text = article.body.text();
    let quotations = vec![
        quotation(text, "No, 𝒏𝒐𝒕 ever,", QuotationKind::Speech, true),
        quotation(text, "=Never.", QuotationKind::Speech, true),
        quotation(text, "quick\u{1f527}fix", QuotationKind::Term, false),
        quotation(text, "We say so.", QuotationKind::Speech, false),
    ];
    let speaker = Speaker {
        name: "Zoë Okafor".to_owned(),
        role: Some("engineer".to_owned()),
        aliases: vec!["the engineer".to_owned()],
        mentions: Vec::new(),
    };
    (article, Findings { quotations, speakers: vec![speaker] })
}

/// The same, where the first quotation is doubtful, and the user has said who spoke the second and the last.
pub fn doubtful() -> (Article, Findings) {
    let (article, mut findings) = article();
    findings.quotations[0].confidence = 0.53;
    for corrected in [1, 3] {
        findings.quotations[corrected].corrected = true;
    }
    (article, findings)
}

/// Who said twelve things in one article, in fifteen runs.
pub fn person() -> Person {
    let day = NaiveDate::from_ymd_opt(2026, 3, 14);
    Person {
        identity: "zoe okafor".into(),
        name: "Zoë Okafor".into(),
        role: Some("=the *engineer*".into()),
        is_named: true,
        spoken: Spoken { quotations: 12, runs: 15, doubtful: 3, reported: 0 },
        articles: 1,
        first: day,
        last: day,
        months: Box::default(),
        identities: 1,
        perhaps: None,
    }
}

fn quotation(text: &str, words: &str, kind: QuotationKind, is_hers: bool) -> Quotation {
    let place = |words: &str| text.find(words).map(|start| Span::new(start, start + words.len())).unwrap();
    let span = place(words);
    Quotation {
        span,
        outer: Span::new(span.start - 3, span.end + 3),
        marks: QuoteMarks::Curly,
        depth: 0,
        goes_on: false,
        kind,
        cue: is_hers.then(|| place("said")),
        mention: is_hers.then(|| place("Zoë Okafor")),
        speaker: is_hers.then_some(SpeakerId(0)),
        via: None,
        confidence: 0.9,
        reason: Reason("cue 'said' after the quotation".to_owned()),
        corrected: false,
    }
}
