//! Pronouns: he, her, whose, one, and what "who" stands for.

use super::finder::Finder;
use crate::quotes::lexicon::{
    ADVERB, AUXILIARY, CLOSED, DETERMINER, FIRST_PERSON, HE, IT, PAST, POSSESSIVE, PREPOSITION, RELATION, SAY, SAYING,
    SHE, SPEAKING_NOUN, SPEECH, SUBJECT, THEY, THIRD, VERB, WHICH, WHO, YOU,
};
use crate::quotes::mentions::Kind;
use crate::quotes::phrases;
use crate::quotes::tokens::{Token, TokenShape};
use crate::text::Span;

/// The longest text in brackets between a name and "who", in tokens.
const LONGEST_BRACKET: usize = 12;

impl Finder<'_, '_> {
    pub(super) fn read_pronoun(&mut self, at: usize, sentence: Span) -> Option<usize> {
        let tokenized = self.tokenized;
        let token = &tokenized.tokens[at];
        if !token.is(HE | SHE | THEY | IT | FIRST_PERSON | YOU | WHO | WHICH | SUBJECT | POSSESSIVE) || !token.is_word()
        {
            return None;
        }
        if token.shape == TokenShape::Capitals && token.is(IT | FIRST_PERSON) && tokenized.words(at).len() > 1 {
            return None; // US, IT: not pronouns
        }
        let next = tokenized.tokens.get(at + 1).filter(|_| at + 1 < sentence.end);
        let next_is_noun = next.is_some_and(|n| {
            n.is_word()
                && !n.is(CLOSED | DETERMINER)
                && (!n.is(ADVERB) || self.is_ordinal(at + 1))
                && (!n.is(VERB) || n.is(SPEAKING_NOUN | SAYING | RELATION))
        });
        let kind = match token.traits {
            t if t & WHO != 0 => Kind::Relative,
            t if t & WHICH != 0 => Kind::Relative,
            t if t & POSSESSIVE != 0 && (next_is_noun || t & (HE | SHE | THEY | IT) == 0) => {
                return self.read_possessive(at);
            }
            t if t & HE != 0 => Kind::He,
            t if t & SHE != 0 => Kind::She,
            t if t & THEY != 0 => Kind::They,
            t if t & IT != 0 => Kind::It,
            t if t & FIRST_PERSON != 0 => Kind::FirstPerson,
            t if t & SUBJECT != 0 => {
                // "At one point": no verb, as after "one" it would end in s.
                let is_one = matches!(tokenized.words(at), "one" | "One" | "another" | "Another");
                let acts =
                    |n: &Token| n.is(VERB | AUXILIARY | ADVERB) && (!is_one || n.is(PAST | THIRD | AUXILIARY | ADVERB));
                let speaks = next.is_some_and(|n| acts(n) && n.shape == TokenShape::Small)
                    || next.is_some_and(|n| n.shape == TokenShape::Comma)
                        && tokenized.tokens.get(at + 2).is_some_and(|n| n.is(WHO));
                // "One of the hikers said".
                let part_of =
                    next.is_some_and(|_| tokenized.words(at + 1) == "of") && self.is_part_that_acts(at, sentence);
                let spoken_by = at > sentence.start
                    && tokenized.tokens[at - 1].is(SAY | SPEECH)
                    && tokenized.tokens[at - 1].is(PAST | THIRD)
                    && next.is_none_or(|n| {
                        matches!(n.shape, TokenShape::Stop | TokenShape::Comma | TokenShape::Quotation)
                            || n.is(PREPOSITION)
                    });
                if !(speaks || spoken_by || part_of) || next_is_noun {
                    return None;
                }
                Kind::Indefinite
            }
            _ => return None,
        };
        let index = self.push(at, at, kind, false);
        if kind == Kind::Relative {
            self.found.all[index].antecedent = self.antecedent(at);
        } else if kind == Kind::Indefinite {
            self.found.all[index].antecedent = self.document_of(at);
        }
        Some(at + 1)
    }

    /// "One of the hikers told": whether a verb follows what the word at `at` is a part of.
    fn is_part_that_acts(&self, at: usize, sentence: Span) -> bool {
        const LONGEST: usize = 6;
        let tokens = &self.tokenized.tokens;
        let opens =
            at == sentence.start || tokens[at - 1].shape == TokenShape::Comma || self.tokenized.words(at - 1) == "that";
        let whole = at + 2..sentence.end.min(at + 2 + LONGEST);
        opens
            && tokens.get(at + 2).is_some_and(|whole| whole.is(DETERMINER | POSSESSIVE))
            && whole
                .map(|t| &tokens[t])
                .take_while(|t| t.is_word())
                .any(|t| t.shape == TokenShape::Small && t.is(SAY | SPEECH) && t.is(PAST | THIRD))
    }

    /// Whether "first" is the adjective of "her first teacher", not the adverb of "told her first".
    pub(super) fn is_ordinal(&self, at: usize) -> bool {
        matches!(self.tokenized.words(at), "first" | "next" | "earlier" | "then" | "only" | "once")
            && self.tokenized.tokens.get(at + 1).is_some_and(|noun| {
                noun.shape == TokenShape::Small && !noun.is(CLOSED | DETERMINER | ADVERB | POSSESSIVE)
            })
    }

    /// Where the bracket opens that closes at token `close`.
    pub(super) fn opening_of(&self, close: usize) -> Option<usize> {
        let floor = self.tokenized.sentence_of(close).start.max(close.saturating_sub(LONGEST_BRACKET));
        (floor..close).rev().find(|&t| self.tokenized.tokens[t].shape == TokenShape::Open)
    }

    /// "New posters: “so,” reads one": the posters.
    fn document_of(&self, at: usize) -> Option<usize> {
        const FARTHEST: usize = 6;
        let reads = at.checked_sub(1).is_some_and(|b| matches!(self.tokenized.words(b), "read" | "reads"))
            || matches!(self.tokenized.words(at + 1), "read" | "reads");
        if !reads || !matches!(self.tokenized.words(at), "one" | "One" | "another" | "Another") {
            return None;
        }
        let last = self.found.all.len().checked_sub(1)?;
        (last.saturating_sub(FARTHEST)..last).rev().find(|&m| {
            let mention = &self.found.all[m];
            mention.kind == Kind::NounDocument && self.tokenized.words(mention.last).ends_with('s')
        })
    }

    /// "His", "her": a mention that owns what follows.
    fn read_possessive(&mut self, at: usize) -> Option<usize> {
        let word = self.tokenized.words(at);
        let kind = match () {
            () if word.eq_ignore_ascii_case("his") => Kind::He,
            () if word.eq_ignore_ascii_case("her") => Kind::She,
            () if word.eq_ignore_ascii_case("their") => Kind::They,
            () if word.eq_ignore_ascii_case("its") => Kind::It,
            () if word.eq_ignore_ascii_case("my") || word.eq_ignore_ascii_case("our") => Kind::FirstPerson,
            () if word.eq_ignore_ascii_case("whose") => Kind::Relative,
            () => return None,
        };
        let index = self.push(at, at, kind, true);
        if kind == Kind::Relative {
            self.found.all[index].antecedent = self.antecedent(at);
        }
        Some(at + 1)
    }

    /// What "who" at token `at` stands for: the phrase just before it, a comma between them or not.
    fn antecedent(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let mut end = match self.tokenized.tokens[before].shape {
            TokenShape::Comma | TokenShape::Dash => before.checked_sub(1)?,
            _ => before,
        };
        // "Doe (D-Ore.), who": over the bracket.
        if self.tokenized.tokens[end].shape == TokenShape::Close {
            end = self.opening_of(end)?.checked_sub(1)?;
        }
        // "Doe, 34, who", "Doe, now 34, who": over the age.
        if end >= 3
            && self.tokenized.tokens[end].shape == TokenShape::Number
            && self.tokenized.tokens[end - 1].is(ADVERB)
            && self.tokenized.tokens[end - 2].shape == TokenShape::Comma
        {
            end -= 3;
        } else if end >= 2
            && self.tokenized.tokens[end].shape == TokenShape::Number
            && self.tokenized.tokens[end - 1].shape == TokenShape::Comma
        {
            end -= 2;
        }
        let mut index = self.found.ending_at(end)?;
        // "A spokesman for the party, who": the spokesman, when the nearer one is no person.
        while !matches!(self.found.all[index].kind, Kind::Person | Kind::Name | Kind::NounPerson | Kind::NounGroup) {
            let first = self.found.all[index].first;
            let noun = first.checked_sub(1).and_then(|preposition| phrases::noun_before(self.tokenized, preposition));
            match noun.and_then(|t| self.found.ending_at(t)) {
                Some(outer) if self.tokenized.tokens[first - 1].is(PREPOSITION) => index = outer,
                _ => break,
            }
        }
        Some(self.found.all[index].beside.unwrap_or(index))
    }
}
