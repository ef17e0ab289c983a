//! What the engine says about the reported speech of an article.

use crate::quotes::findings::{
    Certainty, Findings, Quotation, QuotationKind, QuoteMarks, Reason, Reporter, Speaker, SpeakerId,
};
use crate::text::Span;

/// A statement that the article reports in its own words, without quotation marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Reported {
    /// What is said, without a "that" before it: one piece or more, in order, in one paragraph, in bytes. Nothing of them is
    /// in a quotation or in another statement.
    pub pieces: Vec<Span>,
    /// The word that introduces it: "said", "according".
    pub cue: Span,
    /// The words by which the source is named: "he", "the ministry".
    pub mention: Span,
    /// Whose statement it is, of [`ReportedSpeech::speaker`]; none where the mention is a pronoun that means nobody known.
    pub speaker: Option<SpeakerId>,
    /// Who passes it on, where another does: Roe of "Doe said it was late, according to Roe".
    pub via: Option<Reporter>,
    /// How sure it is that this source is said to have said so, 0 to 1.
    pub confidence: f32,
    /// Why.
    pub reason: Reason,
}

impl Reported {
    /// From the start of its first piece to the end of its last one.
    pub fn hull(&self) -> Span {
        let first = self.pieces.first().copied().unwrap_or_default();
        self.pieces.last().map_or(first, |last| first.hull(*last))
    }

    /// Returns how far it can be trusted.
    pub fn certainty(&self) -> Certainty {
        Certainty::of(self.confidence, false)
    }

    /// Its pieces as runs of one statement.
    fn runs(&self) -> impl Iterator<Item = Quotation> {
        self.pieces.iter().map(|&span| Quotation {
            span,
            outer: span,
            marks: QuoteMarks::Block,
            depth: 0,
            goes_on: false,
            kind: QuotationKind::Reported,
            cue: Some(self.cue),
            mention: Some(self.mention),
            speaker: self.speaker,
            via: self.via.clone(),
            confidence: self.confidence,
            reason: self.reason.clone(),
            corrected: false,
        })
    }
}

impl Findings {
    /// Whether there are reported statements among the quotations.
    pub fn has_reported(&self) -> bool {
        self.quotations.iter().any(Quotation::is_reported)
    }

    /// The same without reported statements: what was given to [`Findings::with_reported`].
    #[must_use]
    pub fn without_reported(&self) -> Self {
        if !self.has_reported() {
            return self.clone();
        }
        let quotations: Vec<_> = self.quotations.iter().filter(|one| !one.is_reported()).cloned().collect();
        let last = quotations.iter().filter_map(|quotation| quotation.speaker).max();
        let mut speakers = self.speakers.clone();
        speakers.truncate(last.map_or(0, |SpeakerId(last)| last + 1));
        Self { quotations, speakers }
    }

    /// The same with the reported statements that were found beside them: each of their pieces is a quotation of kind
    /// [`QuotationKind::Reported`], so that whatever lists, selects, corrects or keeps quotations can do so with these. Quotations
    /// and speakers stay in their order; who speaks in reported statements alone comes after the others.
    #[must_use]
    pub fn with_reported(&self, reported: &ReportedSpeech) -> Self {
        if reported.statements.is_empty() {
            return self.clone();
        }
        let statements = reported.statements.iter().enumerate();
        let mut pieces: Vec<(usize, Quotation)> =
            statements.flat_map(|(at, statement)| statement.runs().map(move |piece| (at, piece))).collect();
        pieces.sort_by_key(|(_, piece)| piece.span.start);
        let mut before = None;
        for (statement, piece) in &mut pieces {
            // What stands behind a piece of another statement goes on from nothing.
            piece.goes_on = before.replace(*statement) == Some(*statement);
        }
        let mut quotations: Vec<Quotation> = self.quotations.clone();
        quotations.extend(pieces.into_iter().map(|(_, piece)| piece));
        // They share no byte, and the order of what starts at one place stays: nested quotations stand behind theirs.
        quotations.sort_by_key(|quotation| quotation.span.start);
        let speakers = self.speakers.iter().chain(&reported.others).cloned().collect();
        Self { quotations, speakers }
    }
}

/// All reported statements of an article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReportedSpeech {
    /// In the order of their first pieces.
    pub statements: Vec<Reported>,
    /// Those who speak in them and in no quotation. Their ids follow those of [`Findings::speakers`].
    pub others: Vec<Speaker>,
}

impl ReportedSpeech {
    /// The speaker of a statement; `findings` are the quotations of the same article.
    pub fn speaker<'f>(&'f self, findings: &'f Findings, statement: &Reported) -> Option<&'f Speaker> {
        let SpeakerId(id) = statement.speaker?;
        findings.speakers.get(id).or_else(|| self.others.get(id.checked_sub(findings.speakers.len())?))
    }

    /// The same beside other findings of the article, as the user corrected or narrowed them: who speaks in these too is one
    /// of their speakers, known by name. `findings` are those that it was found with.
    #[must_use]
    pub fn beside(self, findings: &Findings, now: &Findings) -> Self {
        let place = |speaker: &Speaker| now.speakers.iter().position(|other| other.name == speaker.name);
        let mut others: Vec<Speaker> = Vec::new();
        let places: Vec<SpeakerId> = findings
            .speakers
            .iter()
            .chain(&self.others)
            .map(|speaker| {
                let next = now.speakers.len() + others.len();
                SpeakerId(place(speaker).unwrap_or_else(|| {
                    others.push(speaker.clone());
                    next
                }))
            })
            .collect();
        let moved = |statement: Reported| {
            let speaker = statement.speaker.and_then(|id| places.get(id.0).copied());
            Reported { speaker, ..statement }
        };
        Self { statements: self.statements.into_iter().map(moved).collect(), others }.without_silent(now)
    }

    /// Leaves out the others who say nothing.
    fn without_silent(mut self, findings: &Findings) -> Self {
        let first = findings.speakers.len();
        let speaks = |id: usize| self.statements.iter().any(|statement| statement.speaker == Some(SpeakerId(id)));
        let mut next = first;
        let places: Vec<Option<usize>> = (first..first + self.others.len())
            .map(|id| {
                speaks(id).then(|| {
                    next += 1;
                    next - 1
                })
            })
            .collect();
        for statement in &mut self.statements {
            if let Some(SpeakerId(id)) = &mut statement.speaker
                && let Some(other) = id.checked_sub(first)
                && let Some(Some(place)) = places.get(other)
            {
                *id = *place;
            }
        }
        let mut stays = places.iter().map(Option::is_some);
        self.others.retain(|_| stays.next().unwrap_or(false));
        self
    }

    /// Keeps the statements of those speakers alone; `findings` are the quotations of the same article.
    #[must_use]
    pub fn of_speakers(mut self, findings: &Findings, is_wanted: impl Fn(&Speaker) -> bool) -> Self {
        let wanted: Vec<bool> =
            self.statements.iter().map(|statement| self.speaker(findings, statement).is_some_and(&is_wanted)).collect();
        let mut wanted = wanted.into_iter();
        self.statements.retain(|_| wanted.next().unwrap_or(false));
        self.without_silent(findings)
    }
}
