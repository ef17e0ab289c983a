//! Words that somebody says in an article: quotations, and pieces of reported statements where these are wanted.

use std::borrow::Cow;

use crate::quotes::{Certainty, Findings, Quotation, QuotationKind, Reported, ReportedSpeech, Speaker};
use crate::text::Span;

/// What the kind of a reported statement is called in data.
pub const REPORTED: &str = "reported";

/// The names of all kinds.
pub const KINDS: [&str; 5] = [
    QuotationKind::Speech.name(),
    QuotationKind::Fragment.name(),
    QuotationKind::Term.name(),
    QuotationKind::Title.name(),
    REPORTED,
];

/// What of an article is written.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// Its quotations and who speaks in them.
    pub findings: &'a Findings,
    /// Its reported statements, where they are wanted.
    pub reported: Option<&'a ReportedSpeech>,
    /// The names of the kinds that are wanted; all where there are none.
    pub kinds: &'a [String],
}

/// Words in one place.
#[derive(Debug, Clone, Copy)]
pub struct SaidWords<'a> {
    /// Where they stand.
    pub span: Span,
    /// The name of their kind.
    pub kind: &'static str,
    /// Whether somebody says them; a term or a title is nobody's.
    pub is_spoken: bool,
    /// Which of the article's statements they are a part of, counted from 1.
    pub statement: Option<usize>,
    /// Who says them.
    pub speaker: Option<&'a Speaker>,
    /// Who passes them on.
    pub via: Option<&'a str>,
    /// The words by which the speaker was found.
    pub mention: Option<Span>,
    /// The words that introduce them.
    pub cue: Option<Span>,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
    /// How far that can be trusted.
    pub certainty: Certainty,
    /// Whether the user corrected the speaker.
    pub corrected: bool,
    /// Why.
    pub reason: &'a str,
}

impl<'a> Shown<'a> {
    /// All quotations.
    pub const fn quotations(findings: &'a Findings) -> Self {
        Self { findings, reported: None, kinds: &[] }
    }

    /// All that is found, reported statements among the quotations where they are wanted.
    pub fn all(&self) -> Cow<'a, Findings> {
        match self.reported {
            Some(reported) => Cow::Owned(self.findings.with_reported(reported)),
            None => Cow::Borrowed(self.findings),
        }
    }

    /// The words that are shown, in the order of the text. Statements are counted in the quotations first.
    pub fn words(&self) -> Vec<SaidWords<'a>> {
        let numbers = statement_numbers(self.findings);
        // What the user said is no statement is nothing at all.
        let is_shown = |(quotation, _): &(&Quotation, _)| !quotation.is_reported() || quotation.is_spoken();
        let quotations = self.findings.quotations.iter().zip(&numbers).filter(is_shown);
        let mut out: Vec<_> = quotations
            .map(|(quotation, statement)| SaidWords::of_quotation(quotation, *statement, self.findings))
            .collect();
        if let Some(reported) = self.reported {
            let first = numbers.iter().flatten().max().map_or(1, |last| last + 1);
            for (number, statement) in (first..).zip(&reported.statements) {
                let speaker = reported.speaker(self.findings, statement);
                let piece = |span: &Span| SaidWords::of_piece(*span, statement, number, speaker);
                out.extend(statement.pieces.iter().map(piece));
            }
            out.sort_by_key(|words| words.span.start);
        }
        out.retain(|words| self.kinds.is_empty() || self.kinds.iter().any(|kind| kind == words.kind));
        out
    }
}

impl<'a> SaidWords<'a> {
    fn of_quotation(quotation: &'a Quotation, statement: Option<usize>, findings: &'a Findings) -> Self {
        Self {
            span: quotation.span,
            kind: quotation.kind.name(),
            is_spoken: quotation.is_spoken(),
            statement,
            speaker: findings.speaker_of(quotation),
            via: quotation.reporter(),
            mention: quotation.mention,
            cue: quotation.cue,
            confidence: quotation.confidence,
            certainty: quotation.certainty(),
            corrected: quotation.corrected,
            reason: &quotation.reason.0,
        }
    }

    fn of_piece(span: Span, statement: &'a Reported, number: usize, speaker: Option<&'a Speaker>) -> Self {
        Self {
            span,
            kind: REPORTED,
            is_spoken: true,
            statement: Some(number),
            speaker,
            via: statement.via.as_ref().map(|reporter| reporter.name.as_str()),
            mention: Some(statement.mention),
            cue: Some(statement.cue),
            confidence: statement.confidence,
            certainty: if speaker.is_some() { statement.certainty() } else { Certainty::Likely },
            corrected: false,
            reason: &statement.reason.0,
        }
    }

    /// Whether they are the article's words, not those of the speaker.
    pub fn is_reported(&self) -> bool {
        self.kind == REPORTED
    }
}

/// Returns for each quotation which of the statements it is a part of, counted from 1.
fn statement_numbers(findings: &Findings) -> Vec<Option<usize>> {
    let mut statements = vec![None; findings.quotations.len()];
    for (number, runs) in (1..).zip(findings.statements()) {
        for run in runs {
            statements[run] = Some(number);
        }
    }
    statements
}
