//! JSON: the contract with other programs. All offsets are Unicode code points into `text`, half-open.

use serde::Serialize;

use super::code_points::CodePoints;
use crate::article::{Article, Origin};
use crate::quotes::{Findings, Quotation, Speaker, SpeakerIndex};
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
    confidence: f32,
    reason: &'a str,
}

#[derive(Serialize)]
struct WordsRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// Adds one article and its quotations to `out`, as one JSON object on one line, without a line end.
pub fn write(article: &Article, findings: &Findings, out: &mut Vec<u8>) {
    let words = Words { text: article.body.text(), points: CodePoints::of(article.body.text()) };
    let record = Record {
        article: ArticleRecord::of(article),
        text: words.text,
        speakers: (0..)
            .map(SpeakerIndex)
            .zip(&findings.speakers)
            .map(|(i, s)| speaker(s, findings.count_of(i)))
            .collect(),
        quotes: findings.quotations.iter().map(|quotation| words.quote(quotation, findings)).collect(),
    };
    // Strings and numbers into memory: nothing in it can fail.
    let _ = serde_json::to_writer(out, &record);
}

impl<'a> ArticleRecord<'a> {
    fn of(article: &'a Article) -> Self {
        Self {
            id: article.id.to_string(),
            headline: article.headline(),
            date: article.published.map(|published| published.to_string()),
            source: article.source.as_deref(),
            path: (article.origin != Origin::Unknown).then(|| article.origin.to_string()),
            url: article.url.as_deref(),
        }
    }
}

fn speaker(speaker: &Speaker, quotes: usize) -> SpeakerRecord<'_> {
    SpeakerRecord { name: &speaker.name, role: speaker.role.as_deref(), quotes, aliases: &speaker.aliases }
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
            confidence: quotation.confidence,
            reason: &quotation.reason.0,
        }
    }

    fn words(&self, span: Span) -> WordsRecord<'a> {
        let Span { start, end } = self.points.span(span);
        WordsRecord { start, end, text: span.of(self.text) }
    }
}
