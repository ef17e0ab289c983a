//! Cues: verbs and other words that may introduce somebody's words, each with its subject.
//!
//! A small grammar in the place of a parser: every verb looks to its left for the phrase that it belongs to, over
//! adverbs, auxiliaries and insertions between commas; coordinated verbs and participles inherit the subject.

use crate::quotes::lexicon::{
    ADVERB, AUXILIARY, BASE, CONJUNCTION, DETERMINER, ING, MONTH, NEGATION, PAST, POSSESSIVE, PREPOSITION, SAY, SAYING,
    SPEECH, SUBORDINATOR, THIRD, VERB,
};
use crate::quotes::mentions::{Kind, Mentions, Part};
use crate::quotes::phrases;
use crate::quotes::tokens::{Token, TokenShape, TokenizedText};
use crate::text::Span;

/// How much a cue says that somebody speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Say,
    Speech,
    /// An everyday verb, or one that no list has.
    Other,
    Auxiliary,
    /// According to.
    According,
    /// "Claim", "words".
    Noun,
    Colon,
}

impl Class {
    pub fn is_cue(self) -> bool {
        !matches!(self, Self::Other | Self::Auxiliary)
    }
}

/// How a cue hangs together with its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SubjectLink {
    /// X said.
    Direct,
    /// X, a senator, said.
    Insertion,
    /// X came and said; X came, saying.
    Inherited,
    /// Said X.
    Inverted,
    /// Who said.
    Relative,
    /// According to X; a letter from X.
    Following,
    /// X's words.
    Owner,
    /// X was called: X does not speak.
    Passive,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Cue {
    pub token: usize,
    pub class: Class,
    pub link: SubjectLink,
    pub subject: usize,
    /// A participle in -ing.
    pub participle: bool,
}

/// All cues by place.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    pub all: Vec<Cue>,
}

impl Cues {
    /// How many cues stand before token `at`.
    pub fn before(&self, at: usize) -> usize {
        self.all.partition_point(|c| c.token < at)
    }
}

/// Finds all cues, and marks in `mentions` which of them are subjects, objects and so on.
pub(crate) fn find(tokenized: &TokenizedText<'_>, mentions: &mut Mentions) -> Cues {
    mark_obliques(tokenized, mentions);
    let mut finder = Finder { tokenized, mentions, cues: Vec::with_capacity(tokenized.tokens.len() / 12) };
    for sentence in &tokenized.sentences {
        finder.read_sentence(*sentence);
    }
    Cues { all: finder.cues }
}

fn mark_obliques(tokenized: &TokenizedText<'_>, mentions: &mut Mentions) {
    for index in 0..mentions.all.len() {
        let first = outermost_first(mentions, index);
        let Some(before) = first.checked_sub(1).and_then(|b| tokenized.tokens.get(b)) else { continue };
        if before.is(PREPOSITION) && !before.is(SUBORDINATOR) && before.shape == TokenShape::Small {
            mentions.all[index].part = Part::Oblique;
        }
    }
}

/// Up to which paragraph a place in capitals before a colon is the article's.
const DATELINE: usize = 6;

/// How many owners of owners are followed: "the mayor's wife's friend's …".
const OWNERS: usize = 4;

/// Where a phrase begins, its owners included.
fn outermost_first(mentions: &Mentions, mut index: usize) -> usize {
    for _ in 0..OWNERS {
        let Some(owner) = mentions.all[index].owner else { break };
        index = owner;
    }
    mentions.all[index].first
}

struct Finder<'r, 'a> {
    tokenized: &'r TokenizedText<'a>,
    mentions: &'r mut Mentions,
    cues: Vec<Cue>,
}

/// How far to the left a subject is looked for, and an insertion crossed, in tokens.
const REACH: usize = 14;
const INSERTION: usize = 45;

impl Finder<'_, '_> {
    fn read_sentence(&mut self, sentence: Span) {
        let first_cue = self.cues.len();
        let mut main: Option<usize> = None;
        let mut opening = self.opening_participle(sentence);
        for at in sentence.start..sentence.end {
            if let Some(cue) = self.cue_at(at, sentence, first_cue) {
                let part = match cue.link {
                    SubjectLink::Direct | SubjectLink::Insertion | SubjectLink::Inverted | SubjectLink::Passive => {
                        Part::Subject
                    }
                    _ => self.mentions.all[cue.subject].part,
                };
                if !matches!(cue.class, Class::Noun | Class::According) {
                    self.mentions.all[cue.subject].part = part;
                    self.mentions.all[cue.subject].speaks |=
                        cue.class == Class::Say && part == Part::Subject && cue.link != SubjectLink::Passive;
                    let word = self.tokenized.words(at);
                    self.mentions.all[cue.subject].replies |=
                        part == Part::Subject && matches!(word, "replied" | "answered" | "responded" | "replies");
                    // "An official, who left as he was ill, said": the official's is the main verb.
                    let outer = main.filter(|&m| cue.link == SubjectLink::Insertion && cue.subject < m);
                    if let Some(inner) = outer {
                        self.mentions.all[inner].main = false;
                    }
                    if (main.is_none() || outer.is_some()) && part == Part::Subject {
                        self.mentions.all[cue.subject].main = true;
                        main = Some(cue.subject);
                    }
                    self.mark_object(at, cue.subject);
                }
                self.cues.push(cue);
                // "Calling it “so,” Doe left": the subject of what comes first comes later.
                if matches!(cue.link, SubjectLink::Direct | SubjectLink::Insertion)
                    && let Some((token, class)) = opening.take()
                {
                    let subject = cue.subject;
                    self.cues.insert(
                        first_cue,
                        Cue { token, class, link: SubjectLink::Inherited, subject, participle: true },
                    );
                }
                // "Doe issued a statement calling …": the words may be the statement's or Doe's.
                if let Some(maker) = self.maker_of(&cue, first_cue) {
                    self.cues.push(Cue { subject: maker, link: SubjectLink::Inherited, ..cue });
                }
            }
        }
    }

    /// A verb of speech in -ing that opens the sentence.
    fn opening_participle(&self, sentence: Span) -> Option<(usize, Class)> {
        let token = self.tokenized.tokens.get(sentence.start)?;
        let class = if token.is(SAY) { Class::Say } else { Class::Speech };
        (token.is(SAY | SPEECH) && token.is(ING) && token.is_capital()).then_some((sentence.start, class))
    }

    /// Whose deed the subject of a participle is the object of.
    fn maker_of(&self, cue: &Cue, first_cue: usize) -> Option<usize> {
        let subject = &self.mentions.all[cue.subject];
        if !cue.participle
            || cue.link != SubjectLink::Direct
            || !matches!(subject.part, Part::Object | Part::Oblique | Part::Subject)
        {
            return None;
        }
        let before = self.cues[first_cue..].iter().rev().find(|c| c.token < subject.first && c.class != Class::Noun)?;
        (before.subject != cue.subject).then_some(before.subject)
    }

    fn mark_object(&mut self, verb: usize, subject: usize) {
        if let Some(object) = self.mentions.starting_at(verb + 1)
            && object != subject
            && self.mentions.all[object].part == Part::Free
        {
            self.mentions.all[object].part = Part::Object;
        }
    }

    fn cue_at(&self, at: usize, sentence: Span, first_cue: usize) -> Option<Cue> {
        let token = &self.tokenized.tokens[at];
        match token.shape {
            TokenShape::Colon => self.colon(at, sentence),
            TokenShape::Small | TokenShape::Capital => {
                let word = self.tokenized.words(at);
                if word.eq_ignore_ascii_case("according") && self.tokenized.words(at + 1) == "to" {
                    return self.following(at, at + 2, Class::According);
                }
                if word == "by" {
                    return self.passive(at, sentence);
                }
                if word.eq_ignore_ascii_case("per") {
                    return self.following(at, at + 1, Class::According);
                }
                if token.is(SAYING)
                    && let Some(cue) = self.noun_cue(at)
                {
                    return Some(cue);
                }
                if !self.is_verb(at, sentence) {
                    return None;
                }
                self.verb(at, sentence, first_cue)
            }
            _ => None,
        }
    }

    /// "NAME: …" at the start of a sentence.
    fn colon(&self, at: usize, sentence: Span) -> Option<Cue> {
        let subject = at.checked_sub(1).and_then(|e| self.mentions.ending_at(e))?;
        let first = outermost_first(self.mentions, subject);
        let starts = first == sentence.start;
        // "KUALA LUMPUR: The …": where it was written.
        let next_quotes = self.tokenized.tokens.get(at + 1).is_some_and(Token::is_quotation);
        let dateline = !next_quotes
            && self.mentions.all[subject].paragraph <= DATELINE
            && self.tokenized.tokens[first..at].iter().all(|t| t.shape == TokenShape::Capitals);
        if dateline {
            return None;
        }
        starts.then_some(Cue { token: at, class: Class::Colon, link: SubjectLink::Direct, subject, participle: false })
    }

    fn following(&self, at: usize, next: usize, class: Class) -> Option<Cue> {
        let subject = self.mentions.starting_at(next)?;
        let subject = self.owned_by(subject);
        Some(Cue { token: at, class, link: SubjectLink::Following, subject, participle: false })
    }

    /// "Called … by X".
    fn passive(&self, at: usize, sentence: Span) -> Option<Cue> {
        const FARTHEST: usize = 14;
        let subject = self.mentions.starting_at(at + 1)?;
        // "Called it “so” in a letter seen by the News": who saw it did not say it.
        let before = at.checked_sub(1).map_or("", |b| self.tokenized.words(b));
        if matches!(before, "seen" | "reviewed" | "obtained" | "viewed" | "heard" | "accompanied" | "joined") {
            return None;
        }
        let floor = sentence.start.max(at.saturating_sub(FARTHEST));
        let verb = (floor..at)
            .rev()
            .find(|&i| self.tokenized.tokens[i].is(SAY | SPEECH) && self.tokenized.tokens[i].is(PAST))?;
        let class = if self.tokenized.tokens[verb].is(SAY) { Class::Say } else { Class::Speech };
        let subject = self.owned_by(subject);
        Some(Cue { token: at, class, link: SubjectLink::Following, subject, participle: false })
    }

    /// From a possessor to the phrase that it owns: "Trump's" → "Trump's campaign".
    fn owned_by(&self, subject: usize) -> usize {
        let mut last = subject;
        while last < subject + OWNERS && self.mentions.all.get(last + 1).is_some_and(|m| m.owner == Some(last)) {
            last += 1;
        }
        last
    }

    /// "X's claim", "a statement from X".
    fn noun_cue(&self, at: usize) -> Option<Cue> {
        let made = |link, subject| Cue { token: at, class: Class::Noun, link, subject, participle: false };
        if let Some(covering) = self.mentions.covering(at)
            && let Some(owner) = self.mentions.all[covering].owner
            && self.mentions.all[covering].last == at
        {
            return Some(made(SubjectLink::Owner, owner));
        }
        if matches!(self.tokenized.words(at + 1), "from" | "by" | "of")
            && let Some(subject) = self.mentions.starting_at(at + 2)
        {
            return Some(made(SubjectLink::Following, self.owned_by(subject)));
        }
        None
    }

    fn is_verb(&self, at: usize, sentence: Span) -> bool {
        let token = &self.tokenized.tokens[at];
        if self.mentions.covering(at).is_some() {
            return false;
        }
        let before = (at > sentence.start).then(|| &self.tokenized.tokens[at - 1]);
        if before.is_some_and(|b| b.is(DETERMINER | POSSESSIVE) && self.mentions.ending_at(at - 1).is_none()) {
            return false;
        }
        if token.is(AUXILIARY) {
            return token.shape == TokenShape::Small && !self.verb_follows(at, sentence);
        }
        if token.is(VERB) {
            let bare_preposition = token.is(PREPOSITION) && !token.is(SAY | SPEECH);
            let object_of_preposition = before.is_some_and(|b| b.is(PREPOSITION) && !b.is(SUBORDINATOR))
                && !token.is(ING)
                && self.tokenized.words(at - 1) != "to";
            return !bare_preposition && !object_of_preposition;
        }
        let word = self.tokenized.words(at);
        if phrases::is_open_third(self.tokenized, at)
            && at > sentence.start
            && self.mentions.ending_at(at - 1).is_some()
        {
            return true;
        }
        token.shape == TokenShape::Small
            && token.traits & (ADVERB | PREPOSITION | DETERMINER | CONJUNCTION) == 0
            && word.len() > 4
            && !word.contains('-')
            && (word.ends_with("ed") || word.ends_with("ing"))
    }

    /// Whether an auxiliary only helps the verb after it.
    fn verb_follows(&self, at: usize, sentence: Span) -> bool {
        for next in at + 1..sentence.end.min(at + 5) {
            let token = &self.tokenized.tokens[next];
            if token.is(ADVERB | NEGATION | AUXILIARY) || self.tokenized.words(next).ends_with("ly") {
                continue;
            }
            return token.shape == TokenShape::Small
                && token.is(VERB)
                && token.is(BASE | PAST | ING)
                && self.mentions.covering(next).is_none();
        }
        false
    }

    fn verb(&self, at: usize, sentence: Span, first_cue: usize) -> Option<Cue> {
        let token = &self.tokenized.tokens[at];
        let class = match token.traits {
            t if t & SAY != 0 => Class::Say,
            t if t & SPEECH != 0 => Class::Speech,
            t if t & AUXILIARY != 0 => Class::Auxiliary,
            _ => Class::Other,
        };
        let participle = token.is(ING) || !token.is(VERB | AUXILIARY) && self.tokenized.words(at).ends_with("ing");
        let made = |link, subject| Cue { token: at, class, link, subject, participle };
        if let Some(subject) = self.inverted(at, sentence, class) {
            return Some(made(SubjectLink::Inverted, subject));
        }
        let passive = matches!(class, Class::Say | Class::Speech) && self.is_passive(at, sentence);
        match self.look_left(at, sentence, participle) {
            Found::Subject(subject, _) if passive => Some(made(SubjectLink::Passive, subject)),
            Found::Subject(subject, link) => Some(made(link, subject)),
            Found::Inherits => {
                let known = &self.cues[first_cue..];
                let recent = known.iter().rev().take(12);
                let spoken = recent.clone().find(|c| matches!(c.class, Class::Say | Class::Speech));
                let subject = spoken.or_else(|| recent.clone().find(|c| c.class != Class::Noun))?.subject;
                Some(made(SubjectLink::Inherited, subject))
            }
            Found::Nothing => {
                // "In a statement, said the club" and the like.
                let subject = self.mentions.starting_at(at + 1)?;
                let finite = token.is(PAST | THIRD);
                (class == Class::Say && finite).then(|| made(SubjectLink::Inverted, self.owned_by(subject)))
            }
        }
    }

    /// "Was called", "been described": whether a form of "be" stands before the verb.
    fn is_passive(&self, at: usize, sentence: Span) -> bool {
        if !self.tokenized.tokens[at].is(PAST) {
            return false;
        }
        let before = (sentence.start..at)
            .rev()
            .take(4)
            .find(|&i| !(self.tokenized.tokens[i].is(ADVERB | NEGATION) || self.tokenized.words(i).ends_with("ly")));
        before.is_some_and(|b| {
            matches!(
                self.tokenized.words(b),
                "is" | "are" | "was" | "were" | "be" | "been" | "being" | "'s" | "wasn't" | "isn't"
            )
        })
    }

    /// "…," said X: the verb follows a quotation or opens the sentence, and its subject follows it.
    fn inverted(&self, at: usize, sentence: Span, class: Class) -> Option<usize> {
        if !matches!(class, Class::Say | Class::Speech) || !self.tokenized.tokens[at].is(PAST | THIRD) {
            return None;
        }
        let mut before = at;
        while before > sentence.start
            && (self.tokenized.tokens[before - 1].is(ADVERB)
                || matches!(self.tokenized.tokens[before - 1].shape, TokenShape::Comma | TokenShape::Dash))
        {
            before -= 1;
        }
        // “It is so,” said X; It was “so” to them, said X.
        let after_clause = before < at && self.tokenized.tokens[before].shape == TokenShape::Comma;
        let after_quotation = before == sentence.start || self.tokenized.tokens[before - 1].is_quotation();
        let alone = after_clause && self.ends_clause(at);
        if !after_quotation && !alone {
            return None;
        }
        let mut next = at + 1;
        while next < sentence.end && self.tokenized.tokens[next].is(ADVERB) && self.mentions.starting_at(next).is_none()
        {
            next += 1;
        }
        let subject = self.owned_by(self.mentions.starting_at(next)?);
        let kind = self.mentions.all[subject].kind;
        // “…,” told him: no; said he: yes, where he is a subject form.
        let object_form = matches!(self.tokenized.words(next), "him" | "her" | "them" | "me" | "us" | "it");
        (!object_form && kind != Kind::Relative).then_some(subject)
    }

    /// "…, said X.": whether the verb and the phrase after it are all that is left of the clause.
    fn ends_clause(&self, at: usize) -> bool {
        let intransitive = self.tokenized.tokens[at].is(SAY)
            && !matches!(self.tokenized.words(at), "told" | "tells" | "asked" | "asks" | "read");
        let Some(subject) = self.mentions.starting_at(at + 1).map(|m| self.owned_by(m)).filter(|_| intransitive) else {
            return false;
        };
        let subject = &self.mentions.all[subject];
        let follower = self.tokenized.tokens.get(subject.last + 1).filter(|t| t.sentence as usize == subject.sentence);
        follower.is_none_or(|t| {
            matches!(t.shape, TokenShape::Comma | TokenShape::Stop | TokenShape::Dash)
                || t.is(PREPOSITION) && !t.is(SUBORDINATOR)
        })
    }

    fn look_left(&self, at: usize, sentence: Span, mut participle: bool) -> Found {
        let mut here = at;
        let floor = sentence.start.max(at.saturating_sub(REACH));
        while here > floor {
            here -= 1;
            let token = &self.tokenized.tokens[here];
            if let Some(mention) = self.mentions.ending_at(here) {
                return self.subject_from(mention, sentence, 0);
            }
            match token.shape {
                TokenShape::Comma | TokenShape::Dash if participle => return Found::Inherits,
                TokenShape::Comma | TokenShape::Dash => return self.over_insertion(here, sentence),
                TokenShape::Close => match self.opening_before(here, sentence) {
                    Some(open) => here = open,
                    None => return Found::Nothing,
                },
                TokenShape::Quotation | TokenShape::Semicolon | TokenShape::Colon => {
                    return if participle { Found::Inherits } else { Found::Nothing };
                }
                TokenShape::Number => {}
                _ if token.is(CONJUNCTION) => return Found::Inherits,
                // "Was waiting": no participle that hangs on another verb.
                _ if token.is(ADVERB | AUXILIARY | NEGATION | MONTH) => participle &= !token.is(AUXILIARY),
                _ if self.tokenized.words(here) == "to" => return Found::Inherits,
                _ if token.is(PREPOSITION) && self.tokenized.tokens[here + 1].is(MONTH) => {}
                _ if token.is(PREPOSITION | SUBORDINATOR) && participle => return Found::Inherits,
                _ if self.tokenized.words(here) == "that" => {
                    return match here.checked_sub(1).and_then(|e| self.mentions.ending_at(e)) {
                        Some(mention) => Found::Subject(mention, SubjectLink::Relative),
                        None => Found::Nothing,
                    };
                }
                _ if token.is(SUBORDINATOR) => return Found::Inherits,
                _ if self.tokenized.words(here).ends_with("ly") => {}
                _ if token.is(VERB) && participle => return Found::Inherits,
                _ => return Found::Nothing,
            }
        }
        if participle && here == sentence.start { Found::Inherits } else { Found::Nothing }
    }

    fn opening_before(&self, close: usize, sentence: Span) -> Option<usize> {
        let floor = sentence.start.max(close.saturating_sub(INSERTION));
        (floor..close).rev().find(|&i| self.tokenized.tokens[i].shape == TokenShape::Open)
    }

    /// From a phrase just before a verb to the verb's subject: out of "of the party", to the name beside, to "who".
    fn subject_from(&self, mention: usize, sentence: Span, depth: usize) -> Found {
        let found = &self.mentions.all[mention];
        if found.kind == Kind::Relative {
            return Found::Subject(mention, SubjectLink::Relative);
        }
        if found.possessive
            && !found.kind.is_pronoun()
            && mention + 1 < self.mentions.all.len()
            && self.mentions.all[mention + 1].owner == Some(mention)
        {
            return Found::Nothing;
        }
        let first = outermost_first(self.mentions, mention);
        let first = found.joined.map_or(first, |j| outermost_first(self.mentions, j));
        let Some(before) = first.checked_sub(1).filter(|&b| b >= sentence.start) else {
            return Found::Subject(mention, SubjectLink::Direct);
        };
        let token = &self.tokenized.tokens[before];
        if token.is(PREPOSITION) && token.shape == TokenShape::Small && depth < 4 {
            if let Some(outer) = before.checked_sub(1).and_then(|e| self.mentions.ending_at(e)) {
                return self.subject_from(outer, sentence, depth + 1);
            }
            if !token.is(SUBORDINATOR) {
                return Found::Nothing;
            }
        }
        if found.beside.is_none()
            && let Some(cue) = self.cues.last().filter(|c| c.token == before && c.link == SubjectLink::Relative)
        {
            let antecedent = self.mentions.all[cue.subject].antecedent.unwrap_or(cue.subject);
            return Found::Subject(antecedent, SubjectLink::Insertion);
        }
        Found::Subject(
            found.beside.unwrap_or(mention),
            if found.beside.is_some() { SubjectLink::Insertion } else { SubjectLink::Direct },
        )
    }

    /// "X, …, said": back over the insertion that ends with the comma at `comma`.
    fn over_insertion(&self, comma: usize, sentence: Span) -> Found {
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
            let Some(mention) = end.checked_sub(1).and_then(|e| self.mentions.ending_at(e)) else { continue };
            if let Found::Subject(subject, _) = self.subject_from(mention, sentence, 0) {
                if self.mentions.all[subject].kind == Kind::Place {
                    continue;
                }
                return Found::Subject(subject, SubjectLink::Insertion);
            }
        }
        Found::Inherits
    }
}

enum Found {
    Subject(usize, SubjectLink),
    Inherits,
    Nothing,
}
