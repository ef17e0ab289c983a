//! A statement of one speaker, among those from all articles.

use std::sync::Arc;

use crate::article::{Article, ArticleId, Dates, ListKey, Origin, list_key};
use crate::quotes::{Certainty, Citation, QuotationKind};
use crate::text::Span;

/// A statement, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// In which article.
    pub within: Arc<Imprint>,
    /// How the speaker is called there.
    pub speaker: Arc<str>,
    /// Which of the article's statements, counted from 1.
    pub statement: usize,
    /// What they are there.
    pub role: Option<Arc<str>>,
    /// The sentences around the quotation, itself among them.
    pub context: String,
    /// Which byte of the text stands at its start.
    pub context_start: usize,
    /// The first byte of the quoted words.
    pub start: usize,
    /// How one cites it, and how far the speaker can be trusted.
    pub citation: Citation,
    /// Its quotations, in order.
    pub runs: Vec<SaidRun>,
}

/// One run of quoted words in a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct SaidRun {
    /// The first byte of the quoted words.
    pub start: usize,
    /// The quoted words.
    pub words: Box<str>,
    /// What the quotation is.
    pub kind: QuotationKind,
    /// How sure it is that the speaker said it, 0 to 1.
    pub confidence: f32,
    /// Whether the user, not the engine, says who spoke.
    pub corrected: bool,
}

impl Said {
    /// Returns how far its speaker can be trusted.
    pub fn certainty(&self) -> Certainty {
        self.citation.certainty
    }

    /// Returns whether the words are the article's, for what the speaker said.
    pub fn is_reported(&self) -> bool {
        self.citation.is_reported
    }

    /// Returns where its quoted words stand in its context, with their marks; nothing where that is not known.
    pub fn places_in_context(&self) -> Vec<Span> {
        const MARKS: [char; 14] = ['“', '”', '"', '‘', '’', '\'', '«', '»', '„', '‚', '「', '」', '『', '』'];
        let place = |run: &SaidRun| {
            let start = run.start.checked_sub(self.context_start)?;
            let end = start + run.words.len();
            let (before, after) = (self.context.get(..start)?, self.context.get(end..)?);
            let mark = |letter: Option<char>| letter.filter(|letter| MARKS.contains(letter)).map_or(0, char::len_utf8);
            let is_it = self.context.get(start..end)? == run.words.replace('\n', " ");
            let outer = Span::new(start - mark(before.chars().next_back()), end + mark(after.chars().next()));
            let outer = if self.is_reported() { Span::new(start, end) } else { outer };
            is_it.then_some(outer)
        };
        self.runs.iter().map(place).collect::<Option<Vec<_>>>().unwrap_or_default()
    }

    /// Returns whether its words can be understood without those around them: they are whole sentences, and no mere "No."
    pub fn stands_alone(&self) -> bool {
        /// Fewer words say little.
        const FEW: usize = 4;
        let is_whole = |run: &SaidRun| run.kind == QuotationKind::Speech;
        let begins = self.runs.first().is_some_and(|run| !run.words.starts_with(char::is_lowercase));
        let words: usize = self.runs.iter().map(|run| run.words.split_whitespace().count()).sum();
        begins && words >= FEW && self.runs.iter().all(is_whole)
    }

    /// The user says that its speaker spoke the run that starts at this byte.
    pub fn confirm(&mut self, start: usize) {
        for run in self.runs.iter_mut().filter(|run| run.start == start) {
            (run.confidence, run.corrected) = (1.0, true);
        }
        let is_doubtful = |run: &SaidRun| Certainty::of(run.confidence, run.corrected) == Certainty::Doubtful;
        self.citation.certainty = match () {
            () if self.runs.iter().any(is_doubtful) => Certainty::Doubtful,
            () if self.runs.iter().any(|run| run.corrected) => Certainty::Corrected,
            () => Certainty::Likely,
        };
    }
}

/// An article without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// Which article.
    pub id: ArticleId,
    /// Its headline.
    pub headline: String,
    /// When it was published, and first seen.
    pub dates: Dates,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// Where it was found.
    pub origin: Origin,
}

impl Imprint {
    /// By what it stands among others.
    pub fn list_key(&self) -> ListKey<&str> {
        list_key(self.dates.listed(), &*self.headline, self.id)
    }

    /// The imprint of this article.
    pub fn of(article: &Article) -> Self {
        Self {
            id: article.id,
            headline: article.headline().to_owned(),
            dates: article.dates,
            publisher: article.publisher.clone(),
            url: article.url.clone(),
            origin: article.origin.clone(),
        }
    }
}
