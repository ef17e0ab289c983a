//! The walk through an article that finds its mentions.

use super::interviews;
use crate::quotes::lexicon::{
    self, ADVERB, AUXILIARY, CLOSED, DETERMINER, DOCUMENT, FIRST_NAME, HE, ING, MODIFIER, MONTH, OPENER,
    ORGANIZATION_WORD, PARTICLE, PAST, PLACE, POSSESSIVE, PREPOSITION, SAY, SAYING, SHE, SPEAKING_NOUN, SUBORDINATOR,
    THEY, THIRD, TITLE, VERB, WHO,
};
use crate::quotes::mentions::{Gender, Kind, Mention, Mentions, Part};
use crate::quotes::phrases::{self, Phrase};
use crate::quotes::tokens::{TokenShape, TokenizedText};
use crate::text::Span;

pub(crate) fn find(tokenized: &TokenizedText<'_>) -> Mentions {
    let count = tokenized.tokens.len();
    let mut finder = Finder {
        tokenized,
        found: Mentions {
            all: Vec::with_capacity(count / 4),
            starting: vec![u32::MAX; count],
            ending: vec![u32::MAX; count],
            covering: vec![u32::MAX; count],
            of_paragraph: Vec::with_capacity(tokenized.paragraphs.len() + 1),
        },
        paragraph: 0,
    };
    for (index, paragraph) in tokenized.paragraphs.iter().enumerate() {
        finder.found.of_paragraph.push(finder.found.all.len());
        finder.paragraph = index;
        let mut at = if is_label(tokenized, paragraph.first, paragraph.end) { paragraph.end } else { paragraph.first };
        while at < paragraph.end {
            let sentence = tokenized.sentence_of(at);
            finder.read_sentence(sentence);
            at = sentence.end.max(at + 1);
        }
    }
    finder.found.of_paragraph.push(finder.found.all.len());
    interviews::read_initials(tokenized, &mut finder.found);
    finder.found
}

/// "WHOLE TEXT.", "PHOTOS": whether a paragraph is a few words in capitals that say what comes next.
fn is_label(tokenized: &TokenizedText<'_>, first: usize, end: usize) -> bool {
    const LONGEST: usize = 5;
    let tokens = &tokenized.tokens[first..end];
    let Some((last, words)) = tokens.split_last().filter(|_| tokens.len() <= LONGEST) else { return false };
    let is_capitals = |token: &crate::quotes::tokens::Token| token.shape == TokenShape::Capitals;
    let ends = last.shape == TokenShape::Stop && words.len() > 1;
    let names_words = tokens.iter().any(|token| token.is(DOCUMENT | SAYING));
    words.iter().all(is_capitals) && (ends && !words.is_empty() || names_words && is_capitals(last))
}

/// The longest owner that is shown with what it owns, in bytes.
const LONGEST_OWNER: usize = 120;

pub(super) struct Finder<'r, 'a> {
    pub tokenized: &'r TokenizedText<'a>,
    pub found: Mentions,
    paragraph: usize,
}

impl Finder<'_, '_> {
    fn read_sentence(&mut self, sentence: Span) {
        let mut at = sentence.start;
        let mut owner = None;
        while at < sentence.end {
            let next = if let Some(next) = self.read_pronoun(at, sentence) {
                next
            } else if let Some(phrase) = self.phrase_at(at, sentence, owner.is_some()) {
                let end = phrase.end;
                self.push_phrase(&phrase, owner);
                end
            } else {
                owner = None;
                at += 1;
                continue;
            };
            owner = self.found.all.len().checked_sub(1).filter(|&m| self.found.all[m].possessive);
            at = next;
        }
    }

    fn phrase_at(&self, at: usize, sentence: Span, owned: bool) -> Option<Phrase> {
        let token = &self.tokenized.tokens[at];
        let begins = match token.shape {
            TokenShape::Capital | TokenShape::Capitals => {
                token.is(DETERMINER | POSSESSIVE) || self.may_be_name(at, sentence)
            }
            TokenShape::Small => {
                owned && !token.is(CLOSED) && (!token.is(ADVERB) || self.is_ordinal(at))
                    || token.is(DETERMINER | POSSESSIVE)
                    || (token.is(SPEAKING_NOUN | MODIFIER) && !self.is_verb_of_name(at) && !self.follows_verbal_to(at))
                    || self.tokenized.ends_in(at, "-old") && phrases::is_years_old(self.tokenized.words(at))
                    || self.is_compound(at, sentence)
            }
            TokenShape::Number => self.tokenized.words(at + 1) == "percent",
            _ => false,
        };
        if !begins
            || interviews::is_label(self.tokenized, at)
            || self.is_listing(at)
            || self.is_conjunction(at)
            || phrases::is_time(self.tokenized, at)
        {
            return None;
        }
        phrases::read(self.tokenized, at, sentence.end, owned).filter(|phrase| {
            let is_one_word = phrase.end == at + 1 && phrase.kind.is_name();
            !(is_one_word && phrases::is_letters(self.tokenized, at))
        })
    }

    /// "Harbor police", but not "at dawn police".
    fn is_compound(&self, at: usize, sentence: Span) -> bool {
        let before = (at > sentence.start).then(|| &self.tokenized.tokens[at - 1]);
        before.is_none_or(|before| {
            !before.is(PREPOSITION) || matches!(self.tokenized.words(at - 1), "to" | "of" | "from")
        }) && phrases::leads_to_group(self.tokenized, at)
    }

    /// "Said that Doe …": a conjunction, unless a noun for people follows.
    fn is_conjunction(&self, at: usize) -> bool {
        self.tokenized.reads(at, "that")
            && !self.tokenized.tokens.get(at + 1).is_some_and(|n| n.shape == TokenShape::Small && n.is(SPEAKING_NOUN))
    }

    /// Whether a word in capitals is the market of a share: "(VALV.L)".
    fn is_listing(&self, at: usize) -> bool {
        let token = &self.tokenized.tokens[at];
        token.shape == TokenShape::Capitals && token.end - token.start <= 3 && {
            let before = &self.tokenized.text.as_bytes()[..token.start as usize];
            before.len() > 1 && before.ends_with(b".") && before[before.len() - 2].is_ascii_uppercase()
        }
    }

    /// Whether a capital word can begin a name where it stands.
    fn may_be_name(&self, at: usize, sentence: Span) -> bool {
        let token = &self.tokenized.tokens[at];
        let opens_sentence = at == sentence.start || {
            let before = &self.tokenized.tokens[at - 1];
            !before.is_word() && !before.is_quotation() && before.shape != TokenShape::Comma
        };
        // "Blistered lawns divide street": the first word of a headline before a noun.
        let next = self.tokenized.tokens.get(at + 1);
        let before_noun = self.paragraph == 0
            && at == sentence.start
            && lexicon::is_unknown(token.traits)
            && !token.possessive
            && next.is_some_and(|next| {
                next.shape == TokenShape::Small && lexicon::is_unknown(next.traits & !SPEAKING_NOUN)
            });
        if before_noun && !phrases::is_open_third(self.tokenized, at + 1) {
            return false;
        }
        let day = token.is(MONTH) && !token.is(FIRST_NAME);
        let closed = token.is(CLOSED & !PREPOSITION & !AUXILIARY & !SUBORDINATOR);
        let opener = opens_sentence && (is_opener(self.tokenized, at) || self.asks_whether(at, sentence))
            || matches!(self.tokenized.words(at), "Of" | "To" | "By" | "With");
        !day && !closed && !opener
    }

    /// "Will Doe go?": an auxiliary, whatever the name.
    fn asks_whether(&self, at: usize, sentence: Span) -> bool {
        let is_question = || self.paragraph == 0 || self.tokenized.words(sentence.end - 1) == "?";
        self.tokenized.tokens[at].is(AUXILIARY) && is_question()
    }

    /// "Trump accused", "she hosts": a verb after its subject, not a noun.
    fn is_verb_of_name(&self, at: usize) -> bool {
        let token = &self.tokenized.tokens[at];
        let verbal = token.is(VERB) && token.is(PAST | THIRD) || self.tokenized.words(at) == "accused";
        verbal
            && at.checked_sub(1).is_some_and(|b| {
                let before = &self.tokenized.tokens[b];
                before.sentence == token.sentence
                    && (before.is_capital() || before.is(HE | SHE | THEY | WHO) || self.found.ending_at(b).is_some())
            })
    }

    /// "To star", "to head", "will host": a verb, not a noun.
    fn follows_verbal_to(&self, at: usize) -> bool {
        let token = &self.tokenized.tokens[at];
        token.is(VERB) && at > 0 && {
            let before = &self.tokenized.tokens[at - 1];
            before.is(AUXILIARY | HE | SHE | THEY | WHO) && !before.is(POSSESSIVE)
                || self.tokenized.words(at - 1) == "to"
        }
    }

    pub(super) fn push(&mut self, first: usize, last: usize, kind: Kind, possessive: bool) -> usize {
        let tokenized = self.tokenized;
        let index = self.found.all.len();
        let gender = match kind {
            Kind::He => Gender::Man,
            Kind::She => Gender::Woman,
            _ => Gender::Unknown,
        };
        self.found.all.push(Mention {
            span: Span::new(tokenized.tokens[first].start as usize, tokenized.tokens[last].end as usize),
            first,
            last,
            kind,
            name: None,
            role: None,
            gender,
            plural: kind == Kind::They,
            definite: true,
            possessive,
            owner: None,
            beside: None,
            joined: None,
            antecedent: None,
            part: Part::Free,
            main: false,
            speaks: false,
            replies: false,
            sentence: tokenized.tokens[first].sentence as usize,
            paragraph: self.paragraph,
        });
        self.found.starting[first] = index as u32;
        self.found.ending[last] = index as u32;
        self.found.covering[first..=last].fill(index as u32);
        index
    }

    fn push_phrase(&mut self, phrase: &Phrase, owner: Option<usize>) {
        let first = phrase.first.min(phrase.end - 1);
        let last = phrase.end - 1;
        let possessive = self.tokenized.tokens[last].possessive;
        let index = self.push(first, last, phrase.kind, possessive);
        let mention = &mut self.found.all[index];
        mention.name = phrase.name;
        mention.role = phrase.role;
        mention.gender = phrase.gender;
        mention.plural = phrase.plural;
        mention.definite = phrase.definite || owner.is_some();
        mention.owner = owner;
        if let Some(owner) = owner {
            // Of a chain of owners only the nearest is shown.
            let span = self.found.all[owner].span;
            let span = if span.len() > LONGEST_OWNER { Span::new(span.end, span.end) } else { span };
            let mention = &mut self.found.all[index];
            mention.span = span.hull(mention.span);
        }
        self.join(index);
        self.set_beside(index);
    }
}

/// Whether the capital at the start of a sentence is only the sentence's.
fn is_opener(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    let token = &tokenized.tokens[at];
    let word = tokenized.words(at);
    if token.is(FIRST_NAME | TITLE | SPEAKING_NOUN) && !token.is(OPENER | PREPOSITION) {
        return false;
    }
    let next_capital = tokenized.tokens.get(at + 1).is_some_and(|n| n.is_capital() && !n.is(MONTH | CLOSED));
    // "New Jersey", "New Zealand".
    if word == "New" && next_capital && tokenized.tokens[at + 1].is(PLACE) {
        return false;
    }
    // "Connolly said" is a name for all its ending.
    let verb_next =
        tokenized.tokens.get(at + 1).is_some_and(|n| n.shape == TokenShape::Small && n.is(VERB | AUXILIARY));
    if token.is(OPENER | CLOSED | ADVERB) {
        // "Will Smith", "May Day": a name after all where a first name has another capital after it.
        return !(token.is(FIRST_NAME) && next_capital);
    }
    token.is(ING)
        // "Added Birch: ..."
        || token.is(SAY) && token.is(PAST)
        || (word.ends_with("ly")
            && word.len() > 4
            && !token.is(PLACE | ORGANIZATION_WORD)
            && !next_capital
            && !verb_next)
        || (token.is(VERB & !lexicon::COMMON) && token.is(PAST) && !next_capital)
        || token.is(PARTICLE) && word.len() == 1
}
