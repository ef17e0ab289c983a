//! The analysis of an article: all that is read out of it before speakers are chosen.

use std::cell::OnceCell;

use crate::article::Body;
use crate::quotes::cues::{self, Cues};
use crate::quotes::eligibility::{self, Spelling};
use crate::quotes::mentions::{self, Kind, Mentions};
use crate::quotes::tokens::TokenizedText;
use crate::quotes::{block_quotations, quote_spans};
use crate::text::Span;

/// An article with quotations, its tokens, who is named where, and what introduces words.
pub(crate) struct Analysis<'a> {
    pub tokenized: TokenizedText<'a>,
    pub mentions: Mentions,
    pub cues: Cues,
    /// Made when it is asked for.
    spelling: OnceCell<Spelling<'a>>,
    /// For each mention whether it can be a speaker, once that was asked.
    may_speak: Vec<OnceCell<bool>>,
}

/// The text of an article with its letters of ASCII made small, of the same length: words in small letters are parts of it.
pub(crate) fn small_letters(body: &Body) -> String {
    body.text().to_ascii_lowercase()
}

impl<'a> Analysis<'a> {
    /// None where the article has no quotation, or is too long for places of 32 bits.
    /// `small` is the text in [`small_letters`].
    pub fn of(body: &'a Body, small: &'a str) -> Option<Self> {
        let quotes = block_quotations::add(body, quote_spans::find(body));
        if quotes.is_empty() || u32::try_from(body.text().len()).is_err() {
            return None;
        }
        Some(Self::of_tokens(TokenizedText::new(body, small, quotes)))
    }

    /// The same of an article that may have no quotation; none where it is too long.
    pub fn with_or_without_quotations(body: &'a Body, small: &'a str) -> Option<Self> {
        let quotes = block_quotations::add(body, quote_spans::find(body));
        u32::try_from(body.text().len()).is_ok().then(|| Self::of_tokens(TokenizedText::new(body, small, quotes)))
    }

    /// What is read out of these tokens.
    pub fn of_tokens(tokenized: TokenizedText<'a>) -> Self {
        let mut mentions = mentions::find(&tokenized);
        let cues = cues::find(&tokenized, &mut mentions);
        let may_speak = vec![OnceCell::new(); mentions.all.len()];
        Self { tokenized, mentions, cues, spelling: OnceCell::new(), may_speak }
    }

    /// Whether a mention can be a speaker.
    pub fn may_speak(&self, mention: usize) -> bool {
        let spelling = || self.spelling.get_or_init(|| Spelling::new(&self.tokenized, &self.mentions.all));
        let may_speak = || eligibility::may_speak(&self.tokenized, &self.mentions.all[mention], spelling);
        *self.may_speak[mention].get_or_init(may_speak)
    }

    /// The words that a mention is shown as: "who" with its antecedent.
    pub fn shown(&self, mention: usize) -> Span {
        let all = &self.mentions.all;
        let found = &all[mention];
        match found.antecedent {
            Some(antecedent) if found.kind == Kind::Relative && all[antecedent].paragraph == found.paragraph => {
                all[antecedent].span.hull(found.span)
            }
            _ => found.span,
        }
    }
}
