//! Signatures: who speaks a whole paragraph by the line above it, the line below, or as the answer of an interview.

use crate::article::ParagraphKind;
use crate::quotes::analysis::Analysis;
use crate::quotes::context::QuoteContext;
use crate::quotes::lexicon::{AUXILIARY, PAST, THIRD, VERB};
use crate::quotes::mentions::Kind;
use crate::quotes::tokens::{Token, TokenShape};

/// Before which paragraph the questions of an interview begin, and among how many mentions the person asked is named.
const EARLY: usize = 40;
const FEW: usize = 200;

impl Analysis<'_> {
    /// The mention that the lines around a quotation give it to.
    pub(super) fn named_around(&self, context: &QuoteContext) -> Option<usize> {
        self.cited_below(context.paragraph)
            .or_else(|| self.named_below(context))
            .or_else(|| self.named_above(context))
            .or_else(|| self.named_by_term(context))
            .or_else(|| self.answering(context))
    }

    /// Who is cited below a block quotation: "— Ann Roe, mayor".
    fn cited_below(&self, paragraph: usize) -> Option<usize> {
        /// How many paragraphs a block quotation has, at most.
        const MOST: usize = 40;
        let below = self.tokenized.paragraphs.get(paragraph..)?;
        let block = below.iter().take(MOST).take_while(|p| p.kind == ParagraphKind::BlockQuotation).count();
        let citation = paragraph + block;
        if block == 0 || self.tokenized.paragraphs.get(citation)?.kind != ParagraphKind::Citation {
            return None;
        }
        let mut named = self.mentions.of_paragraph[citation]..*self.mentions.of_paragraph.get(citation + 1)?;
        named.find(|&mention| self.may_speak(mention))
    }

    /// "“So.” — Doe"; "So spoke Doe", "That was how Doe put it" as the next paragraph: who said the whole paragraph above.
    fn named_below(&self, context: &QuoteContext) -> Option<usize> {
        let here = self.tokenized.paragraphs[context.paragraph];
        let next = self.tokenized.paragraphs.get(context.paragraph + 1);
        if context.token != here.first {
            return None;
        }
        let after = context.token + 1;
        if after < here.end {
            let dash = &self.tokenized.tokens[after];
            let is_dash = dash.shape == TokenShape::Dash || dash.span().of(self.tokenized.text) == "-";
            let signer = self.mentions.starting_at(after + 1).filter(|_| is_dash)?;
            return self.ends_with(signer, here.end).then_some(signer);
        }
        let next = next?;
        let word = |at: usize| self.tokenized.words(next.first + at);
        let skipped = match (word(0), word(1), word(2)) {
            ("So" | "Thus", "spoke" | "said" | "wrote" | "ran" | "went", _) => 2,
            ("That" | "This", "was" | "is", "how") => 3,
            _ => return None,
        };
        self.mentions.starting_at(next.first + skipped)
    }

    /// "From the desk of Doe.", "Statement from Doe:" as the paragraph before: whose all of the quotation is.
    fn named_above(&self, context: &QuoteContext) -> Option<usize> {
        let above = self.tokenized.paragraphs[self.paragraph_above(context.paragraph)?];
        if context.token != self.tokenized.paragraphs[context.paragraph].first {
            return None;
        }
        let word = |at: usize| self.tokenized.words(above.first + at);
        let skipped = match (word(0), word(1), word(2), word(3)) {
            ("From", "the", "desk", "of") => 4,
            ("And", "this", "from", _)
            | ("A" | "The", "statement" | "message" | "letter" | "note", "from" | "by" | "of", _) => 3,
            ("And" | "This", "from", ..)
            | ("Statement" | "Message" | "Letter" | "Note" | "Remarks", "from" | "by" | "of", ..) => 2,
            _ => return None,
        };
        let signer = self.mentions.starting_at(above.first + skipped)?;
        self.ends_with(signer, above.end).then_some(signer)
    }

    /// "Doe:" or "Doe, mayor" as the term of which words in marks are the definition.
    fn named_by_term(&self, context: &QuoteContext) -> Option<usize> {
        /// How many paragraphs define one term, at most.
        const MOST: usize = 40;
        let here = self.tokenized.paragraphs[context.paragraph];
        if here.kind != ParagraphKind::Definition || context.token != here.first {
            return None;
        }
        let mut above = self.tokenized.paragraphs[..context.paragraph].iter().rev().take(MOST);
        let term = above.find(|p| p.kind != ParagraphKind::Definition);
        let term = term.filter(|p| p.kind == ParagraphKind::Term && p.first < p.end)?;
        let signer = self.mentions.starting_at(term.first).filter(|&signer| self.may_speak(signer))?;
        // Lists of words and of facts have words in marks too.
        let mention = &self.mentions.all[signer];
        let is_full = mention.name.is_some_and(|(first, last)| first < last);
        let is_labelled = self.tokenized.tokens[term.end - 1].shape == TokenShape::Colon || mention.last + 2 < term.end;
        let is_person = mention.kind == Kind::Person
            || is_labelled && (mention.kind == Kind::NounPerson || mention.kind == Kind::Name && is_full);
        (is_person && self.ends_with(signer, term.end)).then_some(signer)
    }

    /// Whether a line that ends at token `end` has nothing behind a name but what its bearer is: "Doe, mayor of Leeds."
    fn ends_with(&self, signer: usize, end: usize) -> bool {
        const LONGEST: usize = 10;
        let after = self.mentions.all[signer].last + 1;
        let rest = &self.tokenized.tokens[after.min(end)..end];
        let is_close = |t: &Token| matches!(t.shape, TokenShape::Stop | TokenShape::Colon);
        match rest {
            [] => true,
            [last] => is_close(last),
            [comma, role @ ..] => {
                matches!(comma.shape, TokenShape::Comma | TokenShape::Open)
                    && role.len() <= LONGEST
                    && !role.iter().any(|t| t.is_quotation() || t.is(AUXILIARY) || t.is(VERB) && t.is(PAST | THIRD))
            }
        }
    }

    /// "A: “So.”" after "Q: Is it?": who is interviewed, the last person named in full before the questions begin.
    fn answering(&self, context: &QuoteContext) -> Option<usize> {
        let here = self.tokenized.paragraphs[context.paragraph];
        let begins = |paragraph: usize, labels: &[&str]| {
            let paragraph = self.tokenized.paragraphs[paragraph];
            paragraph.first < paragraph.end
                && labels.contains(&self.tokenized.words(paragraph.first))
                && self.tokenized.words(paragraph.first + 1) == ":"
        };
        if context.token != here.first + 2 || !begins(context.paragraph, &["A", "Answer"]) {
            return None;
        }
        let above = 1..context.paragraph.min(EARLY);
        let first = above.into_iter().find(|&paragraph| begins(paragraph, &["Q", "Question"]))?;
        let is_full = |m: &usize| {
            let mention = &self.mentions.all[*m];
            mention.kind == Kind::Person
                && !mention.possessive
                && mention.name.is_some_and(|(first, last)| first < last)
        };
        let before = 0..self.mentions.of_paragraph[first];
        let after = self.mentions.of_paragraph[first]..self.mentions.all.len();
        before.rev().find(is_full).or_else(|| after.take(FEW).find(is_full))
    }
}
