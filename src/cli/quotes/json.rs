//! JSON: the contract with other programs. All offsets are Unicode code points into `text`, half-open.

use serde::Serialize;

use crate::article::{Article, Origin};
use crate::cli::forms::{CodePoints, json, rounded};
use crate::quotes::{Findings, Quotation, Speaker, SpeakerId};
use crate::text::Span;

#[derive(Serialize)]
struct Record<'a> {
    article: ArticleRecord<'a>,
    /// The headline, then a paragraph a line.
    text: &'a str,
    speakers: Vec<SpeakerRecord<'a>>,
    quotes: Vec<QuoteRecord<'a>>,
}

#[derive(Serialize)]
struct ArticleRecord<'a> {
    id: String,
    headline: &'a str,
    date: Option<String>,
    date_source: &'static str,
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct SpeakerRecord<'a> {
    name: &'a str,
    role: Option<&'a str>,
    quotes: usize,
    aliases: &'a [String],
}

#[derive(Serialize)]
struct QuoteRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    kind: &'static str,
    speaker: Option<&'a str>,
    mention: Option<WordsRecord<'a>>,
    cue: Option<WordsRecord<'a>>,
    confidence: f64,
    reason: &'a str,
    /// Only there where the reader, not the engine, says who spoke.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    corrected: bool,
}

#[derive(Serialize)]
struct WordsRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// An article and its quotations, as one JSON object on one line, without a line end.
pub fn object(article: &Article, findings: &Findings) -> String {
    let words = Words { text: article.body.text(), points: CodePoints::of(article.body.text()) };
    let mut counts = vec![0; findings.speakers.len()];
    for SpeakerId(speaker) in findings.quotations.iter().filter_map(|quotation| quotation.speaker) {
        if let Some(count) = counts.get_mut(speaker) {
            *count += 1;
        }
    }
    let record = Record {
        article: ArticleRecord::of(article),
        text: words.text,
        speakers: findings
            .speakers
            .iter()
            .zip(counts)
            .map(|(speaker, quotes)| SpeakerRecord::of(speaker, quotes))
            .collect(),
        quotes: findings.quotations.iter().map(|quotation| words.quote(quotation, findings)).collect(),
    };
    json(&record)
}

impl<'a> ArticleRecord<'a> {
    fn of(article: &'a Article) -> Self {
        Self {
            id: article.id.to_string(),
            headline: article.headline(),
            date: article.published.map(|published| published.to_string()),
            date_source: article.date_source_name(),
            source: article.publisher.as_deref(),
            path: (article.origin != Origin::Unknown).then(|| article.origin.to_string()),
            url: article.url.as_deref(),
        }
    }
}

impl<'a> SpeakerRecord<'a> {
    fn of(speaker: &'a Speaker, quotes: usize) -> Self {
        Self { name: &speaker.name, role: speaker.role.as_deref(), quotes, aliases: &speaker.aliases }
    }
}

/// The text, and how to count in it.
struct Words<'a> {
    text: &'a str,
    points: CodePoints<'a>,
}

impl<'a> Words<'a> {
    fn quote(&self, quotation: &'a Quotation, findings: &'a Findings) -> QuoteRecord<'a> {
        let Span { start, end } = self.points.span(quotation.span);
        QuoteRecord {
            start,
            end,
            text: quotation.span.of(self.text),
            kind: quotation.kind.name(),
            speaker: findings.speaker_of(quotation).map(|speaker| speaker.name.as_str()),
            mention: quotation.mention.map(|span| self.words(span)),
            cue: quotation.cue.map(|span| self.words(span)),
            confidence: rounded(quotation.confidence),
            reason: &quotation.reason.0,
            corrected: quotation.corrected,
        }
    }

    fn words(&self, span: Span) -> WordsRecord<'a> {
        let Span { start, end } = self.points.span(span);
        WordsRecord { start, end, text: span.of(self.text) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::cli::quotes::fixture;

    /// The words from code point `start` up to `end`, as a program in another language takes them.
    fn slice(text: &str, words: &Value) -> String {
        let at = |key: &str| words[key].as_u64().unwrap() as usize;
        text.chars().skip(at("start")).take(at("end") - at("start")).collect()
    }

    #[test]
    fn offsets_are_code_points() {
        let (article, findings) = fixture::article();
        let record: Value = serde_json::from_str(&object(&article, &findings)).unwrap();
        let text = record["text"].as_str().unwrap();
        let mut seen = 0;
        for quote in record["quotes"].as_array().unwrap() {
            for words in [quote, &quote["mention"], &quote["cue"]].into_iter().filter(|words| !words.is_null()) {
                assert_eq!(slice(text, words), words["text"].as_str().unwrap());
                seen += 1;
            }
        }
        assert_eq!(seen, 8);
        assert_eq!(record["quotes"][0]["start"], json!(20));
    }

    #[test]
    fn the_contract() {
        let (article, findings) = fixture::article();
        let record: Value = serde_json::from_str(&object(&article, &findings)).unwrap();
        assert_eq!(
            record["article"],
            json!({
                "id": article.id.to_string(), "headline": "Harbour 😀 *closed*", "date": "2026-03-14",
                "date_source": "article",
                "source": "Coast Wire", "path": "news/bridge.txt",
            })
        );
        assert_eq!(
            record["speakers"],
            json!([{"name": "Zoë Okafor", "role": "engineer", "quotes": 2, "aliases": ["the engineer"]}])
        );
        let keys: Vec<_> = record["quotes"][0].as_object().unwrap().keys().collect();
        assert_eq!(keys, ["confidence", "cue", "end", "kind", "mention", "reason", "speaker", "start", "text"]);
        let last = &record["quotes"][3];
        assert_eq!((&last["speaker"], &last["mention"], &last["cue"]), (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!(record["quotes"][2]["kind"], "term");
        assert_eq!(record["quotes"][0]["confidence"], json!(0.9));
        let corrected = Quotation { corrected: true, ..findings.quotations[0].clone() };
        let findings = Findings { quotations: vec![corrected], ..findings };
        let record: Value = serde_json::from_str(&object(&article, &findings)).unwrap();
        assert_eq!(record["quotes"][0]["corrected"], json!(true));
    }
}
