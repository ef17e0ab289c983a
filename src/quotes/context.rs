//! Contexts: what a quotation looks like before candidates are considered for it.

use crate::article::ParagraphKind;
use crate::quotes::analysis::Analysis;
use crate::quotes::cues::{Class, Cue, SubjectLink};
use crate::quotes::features::{Case, Ends, Fresh, LeadIn, Left, Length, Right, Sole, Strongest, Talk, Values, Where};
use crate::quotes::lexicon::{
    ADVERB, AUXILIARY, CONJUNCTION, DETERMINER, ING, POSSESSIVE, PREPOSITION, SAY, SAYING, SPEECH, VERB, WHICH, WHO,
};
use crate::quotes::named_things::{THINGS, WORKS};
use crate::quotes::tokens::{Token, TokenShape};
use crate::text::{self, Span};

/// What was chosen before the quotation that is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PreviousChoices {
    /// The choice for the quotation before it in the same paragraph, and that quotation's token.
    pub here: Option<(Option<usize>, usize)>,
    /// The choice for the last quotation of the last paragraph that had one, if that is near; and whether it goes on.
    pub above: Option<(Option<usize>, bool, usize)>,
}

/// How far cues are looked for, in cues.
const CUES_BEFORE: usize = 18;
const CUES_AFTER: usize = 6;
const CUES_ABOVE: usize = 6;

/// A quotation as its candidates see it; sentence and cues by their tokens.
pub(crate) struct QuoteContext {
    pub token: usize,
    pub paragraph: usize,
    pub sentence: Span,
    /// The values that do not depend on the candidate.
    pub base: Values,
    pub cues: Vec<Cue>,
    pub previous: PreviousChoices,
}

impl QuoteContext {
    pub fn is_in_sentence(&self, cue: &Cue) -> bool {
        cue.token >= self.sentence.start && cue.token < self.sentence.end
    }

    /// The token before the quotation, if it is of the same sentence.
    fn token_before(&self) -> Option<usize> {
        self.token.checked_sub(1).filter(|&before| before >= self.sentence.start)
    }
}

/// Words, beside the nouns for works, before a name that stands in marks only because it is one.
const NAMING: [&str; 6] = ["titled", "entitled", "named", "hit", "on", "short"];

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

/// Verbs that give a name.
const CALLING: [&str; 14] = [
    "dubbed",
    "nicknamed",
    "codenamed",
    "called",
    "calls",
    "calling",
    "call",
    "labelled",
    "labeled",
    "termed",
    "christened",
    "deemed",
    "branded",
    "styled",
];

/// Whether a word is a verb that gives a name, or describes.
pub(crate) fn is_calling(word: &str) -> bool {
    CALLING.contains(&word) || matches!(word, "described" | "describes" | "describing" | "known")
}

/// Verbs that put something under a heading: "listed as “so”".
const GRADING: [&str; 12] = [
    "listed",
    "classified",
    "designated",
    "rated",
    "graded",
    "ranked",
    "registered",
    "categorized",
    "categorised",
    "coded",
    "certified",
    "marked",
];

/// Whether a word puts something under a heading: "listed as “so”".
pub(crate) fn is_grading(word: &str) -> bool {
    GRADING.contains(&word)
}

/// Whether a word is for who makes works: "“Mudlark” director".
pub(crate) fn is_maker(word: &str) -> bool {
    MAKERS.contains(&word)
}

/// Who makes works: "“Mudlark” director".
const MAKERS: [&str; 22] = [
    "director",
    "star",
    "stars",
    "author",
    "host",
    "hosts",
    "co-host",
    "creator",
    "creators",
    "producer",
    "producers",
    "actor",
    "actress",
    "writer",
    "writers",
    "singer",
    "showrunner",
    "screenwriter",
    "composer",
    "hitmaker",
    "anchor",
    "moderator",
];

impl Analysis<'_> {
    /// What the quotation at token `token` looks like.
    pub fn context(&self, token: usize, paragraph: usize, previous: PreviousChoices) -> QuoteContext {
        let range = self.tokenized.paragraphs[paragraph];
        let at = self.cues.before(token);
        let from = at.saturating_sub(CUES_BEFORE);
        let to = (at + CUES_AFTER).min(self.cues.all.len());
        let inside = |c: &&Cue| c.token >= range.first && c.token < range.end;
        let mut cues = Vec::with_capacity(CUES_BEFORE + CUES_AFTER + CUES_ABOVE);
        cues.extend(self.cues.all[from..to].iter().filter(inside));
        if let Some(above) = self.paragraph_above(paragraph) {
            let range = self.tokenized.paragraphs[above];
            let at = self.cues.before(range.end);
            cues.extend(self.cues.all[at.saturating_sub(CUES_ABOVE)..at].iter().filter(|c| c.token >= range.first));
        }
        let sentence = self.tokenized.sentence_of(token);
        let base = Values::default();
        let mut context = QuoteContext { token, paragraph, sentence, base, cues, previous };
        context.base = self.base_values(&context);
        context
    }

    /// The last paragraph above that has any words to look at.
    pub fn paragraph_above(&self, paragraph: usize) -> Option<usize> {
        let near = paragraph.saturating_sub(3)..paragraph;
        near.rev().find(|&p| self.tokenized.paragraphs[p].first < self.tokenized.paragraphs[p].end && p > 0)
    }

    fn base_values(&self, context: &QuoteContext) -> Values {
        let mut values = Values::default();
        let range = self.tokenized.paragraphs[context.paragraph];
        let quote = self.tokenized.quotes[self.tokenized.tokens[context.token].quote as usize];
        let words = quote.span.of(self.tokenized.text);
        values.set(Length::from(text::runs(words).take(21).count()));
        values.set(case_of(words));
        values.set(end_of(words));
        values.set(self.left(context));
        values.set(self.right(context));
        let (first, last) = (
            context.token == range.first,
            context.token + 1 >= range.end
                || context.token + 2 == range.end && self.tokenized.tokens[context.token + 1].shape == TokenShape::Stop,
        );
        values.set(match (first, last) {
            (false, false) => Sole::Middle,
            (true, false) => Sole::First,
            (false, true) => Sole::Last,
            (true, true) => Sole::Sole,
        });
        values.set(match range.kind {
            ParagraphKind::Headline => Where::Headline,
            ParagraphKind::Prose | ParagraphKind::Term | ParagraphKind::Definition => Where::Prose,
            _ => Where::Other,
        });
        values.set(strongest(context));
        values.set(talk(context, range.first));
        values.set(self.lead_in(context));
        if let Some((_, before)) = context.previous.here {
            let fresh = context.cues.iter().any(|c| {
                c.token > before
                    && c.token < context.token
                    && c.link != SubjectLink::Inherited
                    && c.class != Class::Noun
            });
            values.set(Fresh::from(fresh));
        }
        values
    }

    fn lead_in(&self, context: &QuoteContext) -> LeadIn {
        let Some(before) = context.token_before() else { return LeadIn::None };
        let word = self.tokenized.words(before);
        let back = |count: usize| before.checked_sub(count).map_or("", |at| self.tokenized.words(at));
        let article = usize::from(matches!(word, "a" | "an" | "the"));
        if CALLING.contains(&word) {
            LeadIn::Calling
        } else if back(article) == "as" && GRADING.contains(&back(article + 1)) {
            LeadIn::Grading
        } else if self.is_gloss(before) {
            LeadIn::Gloss
        } else if NAMING.iter().chain(&WORKS).any(|w| word.eq_ignore_ascii_case(w)) {
            LeadIn::Naming
        } else if DISTANCING.iter().any(|w| word.eq_ignore_ascii_case(w)) {
            LeadIn::Distancing
        } else if self.tokenized.tokens[before].is(SAYING) {
            LeadIn::Saying
        } else {
            LeadIn::None
        }
    }

    /// Whether the words after token `before` say what the quotation before them means: "“vella puli,” or “pale tiger”".
    fn is_gloss(&self, before: usize) -> bool {
        let is_quotation = |at: Option<usize>| at.is_some_and(|at| self.tokenized.tokens[at].is_quotation());
        match self.tokenized.words(before) {
            "or" => is_quotation(before.checked_sub(1)),
            "meaning" | "translated" => true,
            _ => false,
        }
    }

    fn left(&self, context: &QuoteContext) -> Left {
        let Some(before) = context.token_before() else { return Left::Start };
        let token = &self.tokenized.tokens[before];
        match token.shape {
            TokenShape::Comma => Left::Comma,
            TokenShape::Colon => Left::Colon,
            TokenShape::Dash => Left::Dash,
            TokenShape::Quotation => Left::Quotation,
            TokenShape::Stop | TokenShape::Semicolon => Left::Start,
            TokenShape::Open | TokenShape::Close | TokenShape::Other | TokenShape::Number => Left::Other,
            _ => self.left_word(before, token),
        }
    }

    fn left_word(&self, before: usize, token: &Token) -> Left {
        match self.tokenized.words(before) {
            "that" => Left::That,
            "as" => Left::As,
            _ if self.mentions.ending_at(before).is_some_and(|m| self.mentions.all[m].possessive) => Left::Owner,
            _ if self.mentions.ending_at(before).is_some() => Left::Mention,
            _ if token.is(DETERMINER | POSSESSIVE) => Left::Determiner,
            _ if token.is(VERB) && token.is(ING) => Left::Participle,
            _ if token.is(SAY) => Left::Say,
            _ if token.is(SPEECH) => Left::Speech,
            _ if token.is(PREPOSITION) => Left::Preposition,
            _ if token.is(AUXILIARY) => Left::Auxiliary,
            _ if token.is(VERB) => Left::Verb,
            _ if token.is(CONJUNCTION) => Left::Conjunction,
            _ if token.is(ADVERB) => Left::Adverb,
            _ if token.is_capital() => Left::Capital,
            _ => Left::Word,
        }
    }

    fn right(&self, context: &QuoteContext) -> Right {
        let after = context.token + 1;
        if after >= context.sentence.end {
            return Right::End;
        }
        let token = &self.tokenized.tokens[after];
        match token.shape {
            TokenShape::Comma => Right::Comma,
            TokenShape::Stop | TokenShape::Semicolon => Right::Stop,
            TokenShape::Quotation => Right::Quotation,
            TokenShape::Small if self.tokenized.words(after) == "as" => Right::As,
            TokenShape::Small if self.tokenized.words(after) == "by" => Right::By,
            TokenShape::Small if MAKERS.contains(&self.tokenized.words(after)) => Right::Maker,
            TokenShape::Small if THINGS.contains(&self.tokenized.words(after)) => Right::Thing,
            TokenShape::Small | TokenShape::Capital | TokenShape::Capitals => match self.mentions.starting_at(after) {
                Some(m) if self.mentions.all[m].kind.is_pronoun() && !self.mentions.all[m].possessive => Right::Pronoun,
                Some(m) if self.mentions.all[m].kind.is_name() => Right::Mention,
                Some(_) => Right::Noun,
                None if token.is(SAY | SPEECH) => Right::Say,
                None if token.is(WHO | WHICH) => Right::Relative,
                None if token.is(PREPOSITION) => Right::Preposition,
                None if token.is(CONJUNCTION) => Right::Conjunction,
                None if token.is(VERB | AUXILIARY) => Right::Verb,
                None => Right::Word,
            },
            _ => Right::Other,
        }
    }
}

fn strongest(context: &QuoteContext) -> Strongest {
    const NEAR: usize = 5;
    let strength = |cue: &Cue| {
        let is_left = cue.token < context.token;
        let is_near = cue.token.abs_diff(context.token) <= NEAR;
        Some(match (cue.class, is_left, is_near) {
            (Class::Say, true, true) => Strongest::SayNearLeft,
            (Class::Say, true, false) => Strongest::SayLeft,
            (Class::Say, false, true) => Strongest::SayNearRight,
            (Class::Say, false, false) => Strongest::SayRight,
            (Class::Speech, true, true) => Strongest::SpeechNearLeft,
            (Class::Speech, true, false) => Strongest::SpeechLeft,
            (Class::Speech, false, true) => Strongest::SpeechNearRight,
            (Class::Speech, false, false) => Strongest::SpeechRight,
            (Class::According, ..) => Strongest::According,
            (Class::Noun, ..) => Strongest::Noun,
            (Class::Colon, ..) => Strongest::Colon,
            (Class::Other | Class::Auxiliary, ..) => return None,
        })
    };
    let here = context.cues.iter().filter(|c| context.is_in_sentence(c));
    here.filter_map(strength).min().unwrap_or_default()
}

fn talk(context: &QuoteContext, paragraph: usize) -> Talk {
    let says = context.cues.iter().filter(|c| matches!(c.class, Class::Say | Class::Speech | Class::According));
    says.map(|c| match c.token {
        _ if context.is_in_sentence(c) => Talk::Sentence,
        token if token >= paragraph => Talk::Paragraph,
        _ => Talk::Above,
    })
    .filter(|talk| *talk != Talk::None)
    .min()
    .unwrap_or_default()
}

fn case_of(words: &str) -> Case {
    let Some(first) = words.chars().find(|c| c.is_alphanumeric()) else { return Case::Other };
    if first.is_lowercase() {
        return Case::Small;
    }
    if !first.is_uppercase() {
        return Case::Other;
    }
    if words.ends_with(['.', '!', '?']) || text::runs(words).nth(1).is_none() {
        return Case::Capital;
    }
    let mut words = text::runs(words).take(12);
    let titled = words.all(|w| is_small_in_title(w) || w.starts_with(|c: char| !c.is_lowercase()));
    if titled { Case::Title } else { Case::Capital }
}

/// Whether a word is written small in a Title Like the One of a Work.
pub(crate) fn is_small_in_title(word: &str) -> bool {
    const SMALL: [&str; 18] = [
        "of", "the", "and", "in", "on", "a", "an", "for", "to", "with", "at", "by", "de", "or", "from", "as", "vs.",
        "but",
    ];
    SMALL.contains(&word)
}

fn end_of(words: &str) -> Ends {
    match words.trim_end_matches(['’', '\'', ' ', ')']).chars().next_back() {
        Some(',') => Ends::Comma,
        Some('.' | '…') => Ends::Stop,
        Some('?' | '!') => Ends::Question,
        Some(c) if c.is_alphanumeric() => Ends::None,
        _ => Ends::Other,
    }
}
