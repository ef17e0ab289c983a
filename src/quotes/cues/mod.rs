//! Cues: verbs and other words that may introduce quoted words, each with its subject.
//!
//! A small grammar in the place of a parser: every verb looks to its left for the phrase that it belongs to, over
//! adverbs, auxiliaries and insertions between commas; coordinated verbs and participles inherit the subject.

mod subjects;
mod verbs;

use crate::quotes::lexicon::{DETERMINER, ING, PAST, POSSESSIVE, PREPOSITION, SAY, SAYING, SPEECH, SUBORDINATOR};
use crate::quotes::mentions::{Kind, Mentions, OWNERS, Part};
use crate::quotes::tokens::{Token, TokenShape, TokenizedText};
use crate::text::Span;

/// How strongly a cue says that its subject speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Say,
    Speech,
    /// An everyday verb, or one that no list has.
    Other,
    Auxiliary,
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

/// The syntactic relation of a cue to its subject.
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
        let first = mentions.outermost_first(index);
        let Some(before) = first.checked_sub(1).and_then(|b| tokenized.tokens.get(b)) else { continue };
        if before.is(PREPOSITION) && !before.is(SUBORDINATOR) && before.shape == TokenShape::Small {
            mentions.all[index].part = Part::Oblique;
        }
    }
}

/// Up to which paragraph a place in capitals before a colon is the article's.
const DATELINE: usize = 6;

/// Where a phrase begins, what it is set beside and their owners included: "her" of "her teacher, Roe".
fn described_first(mentions: &Mentions, index: usize) -> usize {
    let described = mentions.all[index].beside.filter(|&b| b < index).unwrap_or(index);
    mentions.outermost_first(described)
}

/// Whether a verb reports or remembers what another says: "quoted Doe as saying", "heard him say".
fn is_report(verb: &str) -> bool {
    matches!(
        verb,
        "quoted"
            | "quotes"
            | "quoting"
            | "quote"
            | "cited"
            | "cites"
            | "citing"
            | "remembers"
            | "remembered"
            | "remembering"
            | "recalls"
            | "recalled"
            | "recalling"
            | "heard"
            | "hears"
            | "hearing"
    )
}

struct Finder<'r, 'a> {
    tokenized: &'r TokenizedText<'a>,
    mentions: &'r mut Mentions,
    cues: Vec<Cue>,
}

impl Finder<'_, '_> {
    fn read_sentence(&mut self, sentence: Span) {
        let first_cue = self.cues.len();
        let mut main: Option<usize> = None;
        let mut opening = self.opening_participle(sentence);
        for at in sentence.start..sentence.end {
            if let Some(cue) = self.cue_at(at, sentence, first_cue, main) {
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
                    // "Light helps as well, adds Doe": Doe's is.
                    let outer = main.filter(|&m| {
                        cue.link == SubjectLink::Insertion && cue.subject < m
                            || cue.link == SubjectLink::Inverted && self.ends_clause(at)
                    });
                    if let Some(inner) = outer {
                        self.mentions.all[inner].main = false;
                    }
                    if (main.is_none() || outer.is_some()) && part == Part::Subject {
                        self.mentions.all[cue.subject].main = true;
                        main = Some(cue.subject);
                    }
                    self.mark_object(at, cue.subject);
                }
                self.silence_reporter(&cue, first_cue);
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

    /// "The Echo quoted Doe as saying", "Roe remembers Doe telling her": the words are Doe's.
    fn silence_reporter(&mut self, cue: &Cue, first_cue: usize) {
        if !cue.participle || cue.class != Class::Say || cue.link == SubjectLink::Inherited {
            return;
        }
        let first = described_first(self.mentions, cue.subject);
        let tokenized = self.tokenized;
        if let Some(reporter) = self.cues[first_cue..].iter_mut().rev().find(|c| c.token < first)
            && reporter.token + 1 == first
            && reporter.subject != cue.subject
            && is_report(tokenized.words(reporter.token))
        {
            reporter.class = Class::Other;
        }
    }

    /// A verb of speech in -ing that opens the sentence.
    fn opening_participle(&self, sentence: Span) -> Option<(usize, Class)> {
        let token = self.tokenized.tokens.get(sentence.start)?;
        let class = if token.is(SAY) { Class::Say } else { Class::Speech };
        (token.is(SAY | SPEECH) && token.is(ING) && token.is_capital()).then_some((sentence.start, class))
    }

    /// The agent of the verb whose object is the subject of a participle.
    fn maker_of(&self, cue: &Cue, first_cue: usize) -> Option<usize> {
        let subject = &self.mentions.all[cue.subject];
        if !cue.participle
            || cue.link != SubjectLink::Direct
            || described_first(self.mentions, cue.subject)
                .checked_sub(1)
                .is_some_and(|before| is_report(self.tokenized.words(before)))
            || !matches!(subject.part, Part::Object | Part::Oblique | Part::Subject)
            || matches!(cue.token.checked_sub(1).map(|before| self.tokenized.words(before)), Some("for" | "of"))
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

    fn cue_at(&self, at: usize, sentence: Span, first_cue: usize, main: Option<usize>) -> Option<Cue> {
        let token = &self.tokenized.tokens[at];
        match token.shape {
            TokenShape::Colon => self.colon(at, sentence),
            TokenShape::Small | TokenShape::Capital => {
                let small = || self.tokenized.small_words(at);
                let mut is_name_for = false;
                // The length tells most words from those looked for.
                match token.span().len() {
                    2 if self.tokenized.words(at) == "by" => return self.passive(at, sentence),
                    3 if small() == "per" => return self.following(at, at + 1, Class::According),
                    9 if small() == "according" && self.tokenized.words(at + 1) == "to" => {
                        return self.following(at, at + 2, Class::According);
                    }
                    4 | 5 | 8 | 9 => is_name_for = self.is_name_for(at),
                    _ => {}
                }
                if (token.is(SAYING) || is_name_for)
                    && let Some(cue) = self.noun_cue(at)
                {
                    return Some(cue);
                }
                if !self.is_verb(at, sentence) {
                    return None;
                }
                self.verb(at, sentence, first_cue, main)
            }
            _ => None,
        }
    }

    /// "NAME: …" at the start of a sentence.
    fn colon(&self, at: usize, sentence: Span) -> Option<Cue> {
        let subject = at.checked_sub(1).and_then(|e| self.mentions.ending_at(e))?;
        let first = self.mentions.outermost_first(subject);
        // "Doe's curt answer:" is Doe's.
        let owner = self.mentions.all[subject].owner.filter(|_| self.tokenized.tokens[at - 1].is(SAYING));
        let subject = owner.unwrap_or(subject);
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
        // "Warned by text message".
        let agent = &self.mentions.all[subject];
        let opens = &self.tokenized.tokens[agent.first];
        if matches!(agent.kind, Kind::NounDocument | Kind::Noun)
            && opens.shape == TokenShape::Small
            && !opens.is(DETERMINER | POSSESSIVE)
        {
            return None;
        }
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

    /// "X's name for": a noun for what X calls something.
    fn is_name_for(&self, at: usize) -> bool {
        self.tokenized.reads(at + 1, "for")
            && matches!(
                self.tokenized.words(at),
                "name" | "nickname" | "term" | "label" | "shorthand" | "euphemism" | "code"
            )
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
}
