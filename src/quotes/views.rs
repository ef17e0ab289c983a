//! Views: what a quotation looks like before anybody is considered for it.

use crate::article::ParagraphKind;
use crate::quotes::candidates::{Chooser, View};
use crate::quotes::cues::{Class, Link};
use crate::quotes::features::{FIELDS, Field, Values};
use crate::quotes::lexicon::{
    ADVERB, AUXILIARY, CONJUNCTION, DETERMINER, ING, POSSESSIVE, PREPOSITION, SAY, SAYING, SPEECH, VERB, WHICH, WHO,
};
use crate::quotes::tokens::{Shape, Token};

/// Words before a name that stands in marks only because it is one.
const NAMING: [&str; 22] = [
    "titled",
    "entitled",
    "named",
    "nicknamed",
    "film",
    "movie",
    "song",
    "book",
    "show",
    "series",
    "album",
    "single",
    "episode",
    "novel",
    "play",
    "magazine",
    "program",
    "programme",
    "hit",
    "sitcom",
    "documentary",
    "on",
];

/// Words that hold what is quoted at arm's length.
const DISTANCING: [&str; 12] = [
    "so-called",
    "word",
    "term",
    "terms",
    "phrase",
    "words",
    "known",
    "alleged",
    "supposed",
    "nickname",
    "moniker",
    "label",
];

impl Chooser<'_, '_> {
    /// The values that do not depend on the candidate.
    pub fn base_values(&self, view: &View) -> Values {
        let mut values = [0; FIELDS];
        let mut set = |field: Field, value: usize| values[field as usize] = value as u8;
        let range = self.reading.paragraphs[view.paragraph];
        let run = self.reading.runs[self.reading.tokens[view.token].run as usize];
        let words = run.span.of(self.reading.text);
        set(Field::Length, bucket(word_count(words), &[1, 3, 8, 20]));
        set(Field::Case, case_of(words));
        set(Field::Ends, end_of(words));
        set(Field::Left, self.left(view));
        set(Field::Right, self.right(view));
        let (first, last) = (
            view.token == range.first,
            view.token + 1 >= range.end
                || view.token + 2 == range.end && self.reading.tokens[view.token + 1].shape == Shape::Stop,
        );
        set(
            Field::Sole,
            match (first, last) {
                (false, false) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (true, true) => 3,
            },
        );
        set(
            Field::Where,
            match range.kind {
                ParagraphKind::Headline => 1,
                ParagraphKind::Prose => 0,
                _ => 2,
            },
        );
        set(Field::Strongest, Self::strongest(view));
        set(Field::LeadIn, self.lead_in(view));
        if let Some((_, before)) = view.past.here {
            let fresh = view.cues.iter().any(|c| {
                c.token > before && c.token < view.token && c.link != Link::Inherited && c.class != Class::Noun
            });
            set(Field::Fresh, usize::from(fresh));
        }
        values
    }

    fn strongest(view: &View) -> usize {
        const NEAR: usize = 5;
        let here = view.cues.iter().filter(|c| c.token >= view.sentence.start && c.token < view.sentence.end);
        here.filter_map(|c| {
            let side = match (c.token < view.token, c.token.abs_diff(view.token) <= NEAR) {
                (true, true) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (false, false) => 3,
            };
            match c.class {
                Class::Say => Some(1 + side),
                Class::Speech => Some(5 + side),
                Class::According => Some(9),
                Class::Noun => Some(10),
                Class::Colon => Some(11),
                Class::Other | Class::Auxiliary => None,
            }
        })
        .min()
        .unwrap_or(0)
    }

    fn lead_in(&self, view: &View) -> usize {
        let Some(before) = view.token.checked_sub(1).filter(|&b| b >= view.sentence.start) else { return 0 };
        let word = self.reading.words(before);
        if NAMING.iter().any(|w| word.eq_ignore_ascii_case(w)) {
            1
        } else if DISTANCING.iter().any(|w| word.eq_ignore_ascii_case(w)) {
            2
        } else {
            usize::from(self.reading.tokens[before].is(SAYING)) * 3
        }
    }

    fn left(&self, view: &View) -> usize {
        let Some(before) = view.token.checked_sub(1).filter(|&b| b >= view.sentence.start) else { return 0 };
        let token = &self.reading.tokens[before];
        match token.shape {
            Shape::Comma => 1,
            Shape::Colon => 2,
            Shape::Dash => 15,
            Shape::Quotation => 14,
            Shape::Stop | Shape::Semicolon => 0,
            Shape::Open | Shape::Close | Shape::Other | Shape::Number => 17,
            _ => self.left_word(before, token),
        }
    }

    fn left_word(&self, before: usize, token: &Token) -> usize {
        match self.reading.words(before) {
            "that" => 3,
            "as" => 8,
            _ if self.mentions.ending_at(before).is_some() => 13,
            _ if token.is(DETERMINER | POSSESSIVE) => 10,
            _ if token.is(VERB) && token.is(ING) => 18,
            _ if token.is(SAY) => 4,
            _ if token.is(SPEECH) => 5,
            _ if token.is(PREPOSITION) => 9,
            _ if token.is(AUXILIARY) => 7,
            _ if token.is(VERB) => 6,
            _ if token.is(CONJUNCTION) => 11,
            _ if token.is(ADVERB) => 12,
            _ if token.is_capital() => 19,
            _ => 16,
        }
    }

    fn right(&self, view: &View) -> usize {
        let after = view.token + 1;
        if after >= view.sentence.end {
            return 0;
        }
        let token = &self.reading.tokens[after];
        match token.shape {
            Shape::Comma => 1,
            Shape::Stop | Shape::Semicolon => 2,
            Shape::Quotation => 10,
            Shape::Small | Shape::Capital | Shape::Capitals => match self.mentions.starting_at(after) {
                Some(m) if self.mentions.all[m].kind.is_pronoun() && !self.mentions.all[m].possessive => 12,
                Some(m) if self.mentions.all[m].kind.is_name() => 5,
                Some(_) => 13,
                None if token.is(SAY | SPEECH) => 3,
                None if token.is(WHO | WHICH) => 8,
                None if token.is(PREPOSITION) => 6,
                None if token.is(CONJUNCTION) => 7,
                None if token.is(VERB | AUXILIARY) => 4,
                None => 9,
            },
            _ => 11,
        }
    }
}

/// Which of the bounds a value stays within.
pub(crate) fn bucket(value: usize, bounds: &[usize]) -> usize {
    bounds.iter().position(|&b| value <= b).unwrap_or(bounds.len())
}

fn word_count(words: &str) -> usize {
    words.split_whitespace().take(30).count()
}

fn case_of(words: &str) -> usize {
    let Some(first) = words.chars().find(|c| c.is_alphanumeric()) else { return 3 };
    if first.is_lowercase() {
        return 0;
    }
    if !first.is_uppercase() {
        return 3;
    }
    let mut long = words.split_whitespace().take(12).filter(|w| w.len() > 3).peekable();
    let several = words.split_whitespace().take(2).count() > 1;
    let titled = long.peek().is_some() && long.all(|w| w.starts_with(|c: char| !c.is_lowercase()));
    if titled && several && !words.ends_with(['.', '!', '?']) { 2 } else { 1 }
}

fn end_of(words: &str) -> usize {
    match words.trim_end_matches(['’', '\'', ' ', ')']).chars().next_back() {
        Some(',') => 1,
        Some('.' | '…') => 2,
        Some('?' | '!') => 3,
        Some(c) if c.is_alphanumeric() => 0,
        _ => 4,
    }
}
