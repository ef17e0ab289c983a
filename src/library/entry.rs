//! One article in the library, ready to be searched.

use std::sync::Arc;

use crate::article::Article;
use crate::query::{Hit, Needle, Query, Snippet, Term, TermKind, spans_of};
use crate::quotes::{Corrections, Findings, SpeakerIndex, Verdict};
use crate::text::{fold, fold_with_offsets};

/// An article, what was found in it, and its words as the search wants them.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The article.
    pub article: Arc<Article>,
    /// Who said what in it, as the engine found it.
    pub findings: Arc<Findings>,
    /// What the reader said of that.
    corrections: Corrections,
    /// The folded text: as many lines as the text has paragraphs.
    folded: Arc<str>,
    /// The folded names of all speakers, one a line.
    speakers: String,
}

impl Entry {
    pub(super) fn new(article: Article, findings: Findings) -> Self {
        let folded = fold(article.body.text()).into();
        let speakers = speakers(&findings);
        let (article, findings) = (Arc::new(article), Arc::new(findings));
        Self { article, findings, corrections: Corrections::new(), folded, speakers }
    }

    /// The same with the reader's word on one quotation, or without it.
    pub(super) fn with_correction(&self, start: usize, verdict: Option<Verdict>) -> Self {
        let mut entry = self.clone();
        match verdict {
            Some(verdict) => entry.corrections.insert(start, verdict),
            None => entry.corrections.remove(&start),
        };
        entry.speakers = speakers(&entry.findings.corrected(&entry.corrections));
        entry
    }

    /// The hit, if the article has all that `query` asks for.
    pub(super) fn hit(&self, query: &Query) -> Option<Hit> {
        query.terms.iter().all(|term| self.has(term) != term.negated).then(|| {
            let needles = query.needles();
            let title = spans_of(&needles, &fold_with_offsets(self.article.headline()));
            Hit { id: self.article.id, title, snippet: self.snippet(&needles) }
        })
    }

    fn has(&self, term: &Term) -> bool {
        let finds = |words: &str, text: &str| Needle::word(words).first_in(text).is_some();
        match &term.kind {
            TermKind::Word(words) | TermKind::Phrase(words) => finds(words, &self.folded),
            TermKind::Speaker(name) => finds(name, &self.speakers),
            TermKind::Source(name) => self.article.source.as_ref().is_some_and(|source| finds(name, &fold(source))),
            TermKind::Title(words) => finds(words, self.folded.lines().next().unwrap_or_default()),
        }
    }

    /// The line that shows most of what was asked for: the one with the first hit of the rarest needle.
    fn snippet(&self, needles: &[Needle]) -> Option<Snippet> {
        let (_, text) = self.folded.split_once('\n')?;
        let hits = |needle: &Needle| needle.hits(text).take(50).count();
        let rarest = needles.iter().filter(|needle| hits(needle) > 0).min_by_key(|needle| hits(needle))?;
        let at = rarest.first_in(text)?;
        let line = 1 + text[..at].bytes().filter(|&b| b == b'\n').count();
        let paragraph = self.article.body.words(self.article.body.paragraphs().get(line)?.span);
        let first = spans_of(std::slice::from_ref(rarest), &fold_with_offsets(paragraph)).first()?.start;
        let text = excerpt(paragraph, first);
        let lit = spans_of(needles, &fold_with_offsets(&text));
        Some(Snippet { text, lit })
    }
}

/// The folded names of all who speak, one a line.
fn speakers(findings: &Findings) -> String {
    let speaks = |at: usize| findings.quotations.iter().any(|quotation| quotation.speaker == Some(SpeakerIndex(at)));
    let names = findings.speakers.iter().enumerate().filter(|(at, _)| speaks(*at));
    names.map(|(_, speaker)| fold(&speaker.name) + "\n").collect()
}

/// A part of `paragraph` in which byte `at` stands near the start, cut at words.
fn excerpt(paragraph: &str, at: usize) -> String {
    /// How many bytes at most stand before the hit, and in all.
    const BEFORE: usize = 16;
    const LENGTH: usize = 240;
    let boundary = |mut offset: usize| {
        while !paragraph.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let earliest = boundary(at.saturating_sub(BEFORE));
    let start = match paragraph[earliest..at].find(' ') {
        _ if earliest == 0 => 0,
        Some(blank) => earliest + blank + 1,
        None => at,
    };
    let end = boundary((start + LENGTH).min(paragraph.len()));
    let ellipsis = |cut: bool| if cut { "…" } else { "" };
    format!("{}{}{}", ellipsis(start > 0), &paragraph[start..end], ellipsis(end < paragraph.len()))
}
