//! Subjects: from a verb to the left, over adverbs, auxiliaries and insertions between commas.

use super::{Finder, SubjectLink};
use crate::quotes::lexicon::{
    ADVERB, AUXILIARY, CONJUNCTION, DETERMINER, MONTH, NEGATION, PREPOSITION, SUBORDINATOR, VERB,
};
use crate::quotes::mentions::Kind;
use crate::quotes::phrases;
use crate::quotes::tokens::TokenShape;
use crate::text::Span;

/// How far to the left a subject is looked for, and an insertion crossed, in tokens.
const REACH: usize = 14;
const INSERTION: usize = 45;

pub(super) enum FoundSubject {
    Subject(usize, SubjectLink),
    Inherits,
    Nothing,
}

impl Finder<'_, '_> {
    pub(super) fn look_left(&self, at: usize, sentence: Span, mut participle: bool) -> FoundSubject {
        let mut here = at;
        let floor = sentence.start.max(at.saturating_sub(REACH));
        while here > floor {
            here -= 1;
            let token = &self.tokenized.tokens[here];
            // "Doe this week said".
            if here > floor && phrases::is_time(self.tokenized, here - 1) {
                here -= 1;
                continue;
            }
            if let Some(mention) = self.mentions.ending_at(here) {
                return self.subject_from(mention, sentence, 0);
            }
            match token.shape {
                TokenShape::Comma | TokenShape::Dash if participle => return FoundSubject::Inherits,
                TokenShape::Comma | TokenShape::Dash => return self.over_insertion(here, sentence),
                TokenShape::Close => match self.opening_before(here, sentence) {
                    Some(open) => here = open,
                    None => return FoundSubject::Nothing,
                },
                TokenShape::Quotation | TokenShape::Semicolon | TokenShape::Colon => {
                    return if participle { FoundSubject::Inherits } else { FoundSubject::Nothing };
                }
                TokenShape::Number => {}
                // "The mother of two said".
                _ if token.is(DETERMINER) && here > floor && self.tokenized.words(here - 1) == "of" => here -= 1,
                _ if token.is(CONJUNCTION) => return FoundSubject::Inherits,
                // "Was waiting": no participle that hangs on another verb.
                _ if token.is(ADVERB | AUXILIARY | NEGATION | MONTH) => participle &= !token.is(AUXILIARY),
                // "Doe used to say".
                _ if self.tokenized.reads(here, "to") && here > floor && self.is_habit(here - 1) => here -= 1,
                _ if self.tokenized.reads(here, "to") => return FoundSubject::Inherits,
                _ if token.is(PREPOSITION) && self.tokenized.tokens[here + 1].is(MONTH) => {}
                _ if token.is(PREPOSITION | SUBORDINATOR) && participle => return FoundSubject::Inherits,
                _ if self.tokenized.reads(here, "that") => {
                    return match here.checked_sub(1).and_then(|e| self.mentions.ending_at(e)) {
                        Some(mention) => FoundSubject::Subject(mention, SubjectLink::Relative),
                        None => FoundSubject::Nothing,
                    };
                }
                _ if token.is(SUBORDINATOR) => return FoundSubject::Inherits,
                _ if self.tokenized.ends_in(here, "ly") => {}
                _ if token.is(VERB) && participle => return FoundSubject::Inherits,
                _ => return FoundSubject::Nothing,
            }
        }
        if participle && here == sentence.start { FoundSubject::Inherits } else { FoundSubject::Nothing }
    }

    fn is_habit(&self, at: usize) -> bool {
        matches!(self.tokenized.words(at), "used" | "liked" | "likes" | "loved" | "loves")
    }

    fn opening_before(&self, close: usize, sentence: Span) -> Option<usize> {
        let floor = sentence.start.max(close.saturating_sub(INSERTION));
        (floor..close).rev().find(|&i| self.tokenized.tokens[i].shape == TokenShape::Open)
    }

    /// From a phrase just before a verb to the verb's subject: out of "of the party", to the name beside, to "who".
    fn subject_from(&self, mention: usize, sentence: Span, depth: usize) -> FoundSubject {
        let found = &self.mentions.all[mention];
        if found.kind == Kind::Relative {
            return FoundSubject::Subject(mention, SubjectLink::Relative);
        }
        if found.possessive
            && !found.kind.is_pronoun()
            && mention + 1 < self.mentions.all.len()
            && self.mentions.all[mention + 1].owner == Some(mention)
        {
            return FoundSubject::Nothing;
        }
        let first = self.mentions.outermost_first(mention);
        let first = found.joined.map_or(first, |j| self.mentions.outermost_first(j));
        let Some(before) = first.checked_sub(1).filter(|&b| b >= sentence.start) else {
            return FoundSubject::Subject(mention, SubjectLink::Direct);
        };
        let token = &self.tokenized.tokens[before];
        if token.is(PREPOSITION) && token.shape == TokenShape::Small && depth < 4 {
            let noun = phrases::noun_before(self.tokenized, before);
            if let Some(outer) = noun.and_then(|e| self.mentions.ending_at(e)) {
                return self.subject_from(outer, sentence, depth + 1);
            }
            if !token.is(SUBORDINATOR) {
                return FoundSubject::Nothing;
            }
        }
        if found.beside.is_none()
            && let Some(cue) = self.cues.last().filter(|c| c.token == before && c.link == SubjectLink::Relative)
        {
            let antecedent = self.mentions.all[cue.subject].antecedent.unwrap_or(cue.subject);
            return FoundSubject::Subject(antecedent, SubjectLink::Insertion);
        }
        FoundSubject::Subject(
            found.beside.unwrap_or(mention),
            if found.beside.is_some() { SubjectLink::Insertion } else { SubjectLink::Direct },
        )
    }

    /// "One of the players" before token `end`.
    fn is_one_of_many(&self, end: usize) -> bool {
        let many = end.checked_sub(1).and_then(|last| self.mentions.ending_at(last));
        let of = many.and_then(|many| self.mentions.outermost_first(many).checked_sub(1)).filter(|&of| of > 0);
        of.is_some_and(|of| self.tokenized.words(of) == "of" && matches!(self.tokenized.words(of - 1), "one" | "One"))
    }

    /// "X, …, said": back over the insertion that ends with the comma at `comma`.
    pub(super) fn over_insertion(&self, comma: usize, sentence: Span) -> FoundSubject {
        let shape = self.tokenized.tokens[comma].shape;
        let floor = sentence.start.max(comma.saturating_sub(INSERTION));
        for here in (floor..comma).rev() {
            let token = &self.tokenized.tokens[here];
            if token.is_quotation() {
                break;
            }
            if token.shape != shape {
                continue;
            }
            let mut end = here;
            while end > floor && self.tokenized.tokens[end - 1].shape == TokenShape::Close {
                match self.opening_before(end - 1, sentence) {
                    Some(open) => end = open,
                    None => break,
                }
            }
            // "One of the players, Doe, said".
            let name = self.mentions.starting_at(here + 1).filter(|&m| self.mentions.all[m].last + 1 == comma);
            if let Some(name) = name.filter(|&m| self.mentions.all[m].kind == Kind::Person)
                && self.is_one_of_many(end)
            {
                return FoundSubject::Subject(name, SubjectLink::Direct);
            }
            let Some(mention) = end.checked_sub(1).and_then(|e| self.mentions.ending_at(e)) else { continue };
            if let FoundSubject::Subject(subject, _) = self.subject_from(mention, sentence, 0) {
                if self.mentions.all[subject].kind == Kind::Place {
                    continue;
                }
                return FoundSubject::Subject(subject, SubjectLink::Insertion);
            }
        }
        FoundSubject::Inherits
    }
}
