//! Mentions: every place outside quotations where somebody is named, described or meant by a pronoun.

use crate::quotes::lexicon::{
    self, ADVERB, AUXILIARY, CLOSED, CONJUNCTION, DETERMINER, FIRST_NAME, FIRST_PERSON, HE, ING, IT, MODIFIER, MONTH,
    OPENER, ORGANIZATION_WORD, PARTICLE, PAST, PLACE, POSSESSIVE, PREPOSITION, RELATION, SAY, SAYING, SHE,
    SPEAKING_NOUN, SPEECH, SUBJECT, SUBORDINATOR, THEY, THIRD, TITLE, VERB, WHICH, WHO, YOU,
};
use crate::quotes::phrases::{self, Phrase};
use crate::quotes::tokens::{TokenShape, TokenizedText};
use crate::text::Span;

/// What a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name that is a person's.
    Person,
    /// A name that is a body's: a company, a paper, an office.
    Organization,
    /// A place.
    Place,
    /// A name of something unknown.
    Name,
    /// "The spokesman": one person.
    NounPerson,
    /// "Officials".
    NounGroup,
    /// "The company".
    NounOrganization,
    /// "The report".
    NounDocument,
    /// Any other noun phrase.
    Noun,
    He,
    She,
    They,
    It,
    /// I, we.
    FirstPerson,
    /// Who, which.
    Relative,
    /// One, some, others.
    Indefinite,
}

impl Kind {
    pub fn is_name(self) -> bool {
        matches!(self, Self::Person | Self::Organization | Self::Place | Self::Name)
    }

    pub fn is_noun(self) -> bool {
        matches!(self, Self::NounPerson | Self::NounGroup | Self::NounOrganization | Self::NounDocument | Self::Noun)
    }

    pub fn is_pronoun(self) -> bool {
        !self.is_name() && !self.is_noun()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Gender {
    #[default]
    Unknown,
    Man,
    Woman,
}

/// What part a mention plays in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Part {
    #[default]
    Free,
    Subject,
    Object,
    /// After a preposition.
    Oblique,
}

#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a plain fact about a phrase")]
pub(crate) struct Mention {
    /// The phrase: role, title and name, without what follows a comma.
    pub span: Span,
    /// Its first and last token.
    pub first: usize,
    pub last: usize,
    pub kind: Kind,
    /// The tokens of the name, where there is one.
    pub name: Option<(usize, usize)>,
    /// The tokens of the role or title before the name, or of the noun phrase without its determiner.
    pub role: Option<(usize, usize)>,
    pub gender: Gender,
    pub plural: bool,
    /// "The", "his", a name; not "a".
    pub definite: bool,
    pub possessive: bool,
    /// The mention that owns it: "Trump's" of "campaign".
    pub owner: Option<usize>,
    /// The mention that it is set beside: "a senator" of "Doe, a senator,".
    pub beside: Option<usize>,
    /// The mention before it, joined by "and".
    pub joined: Option<usize>,
    /// For "who": what it stands for.
    pub antecedent: Option<usize>,
    pub part: Part,
    /// Whether it is the first subject of its sentence.
    pub main: bool,
    /// Whether it is the subject of "said" or the like.
    pub speaks: bool,
    /// Whether it is the subject of "replied" or the like.
    pub replies: bool,
    pub sentence: usize,
    pub paragraph: usize,
}

/// All mentions of an article, by place.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    pub all: Vec<Mention>,
    /// For each token the mention that begins, ends or runs there; `u32::MAX` where none does.
    starting: Vec<u32>,
    ending: Vec<u32>,
    covering: Vec<u32>,
    /// For each paragraph the first mention in it or after it; one more at the end.
    pub of_paragraph: Vec<usize>,
}

impl Mentions {
    pub fn starting_at(&self, token: usize) -> Option<usize> {
        lookup(&self.starting, token)
    }

    pub fn ending_at(&self, token: usize) -> Option<usize> {
        lookup(&self.ending, token)
    }

    pub fn covering(&self, token: usize) -> Option<usize> {
        lookup(&self.covering, token)
    }

    /// How many mentions begin before token `at`.
    pub fn before(&self, at: usize) -> usize {
        self.all.partition_point(|m| m.first < at)
    }
}

fn lookup(table: &[u32], token: usize) -> Option<usize> {
    table.get(token).copied().filter(|&m| m != u32::MAX).map(|m| m as usize)
}

/// Finds all mentions.
pub(crate) fn find(tokenized: &TokenizedText<'_>) -> Mentions {
    let count = tokenized.tokens.len();
    let mut finder = Finder {
        tokenized,
        found: Mentions {
            all: Vec::with_capacity(count / 8),
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
        let mut at = paragraph.first;
        while at < paragraph.end {
            let sentence = tokenized.sentence_of(at);
            finder.read_sentence(sentence);
            at = sentence.end.max(at + 1);
        }
    }
    finder.found.of_paragraph.push(finder.found.all.len());
    finder.found
}

/// The longest owner that is shown with what it owns, in bytes.
const LONGEST_OWNER: usize = 120;

struct Finder<'r, 'a> {
    tokenized: &'r TokenizedText<'a>,
    found: Mentions,
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
        if self.is_listing(at) {
            return None;
        }
        // "Said that Doe …": a conjunction, unless a noun for people follows.
        if self.tokenized.words(at) == "that"
            && !self.tokenized.tokens.get(at + 1).is_some_and(|n| n.shape == TokenShape::Small && n.is(SPEAKING_NOUN))
        {
            return None;
        }
        let opens_sentence = at == sentence.start || {
            let before = &self.tokenized.tokens[at - 1];
            !before.is_word() && !before.is_quotation() && before.shape != TokenShape::Comma
        };
        let begins = match token.shape {
            TokenShape::Capital | TokenShape::Capitals => {
                token.is(DETERMINER | POSSESSIVE) || self.may_be_name(at, opens_sentence)
            }
            TokenShape::Small => {
                owned && !token.is(CLOSED | ADVERB)
                    || token.is(DETERMINER | POSSESSIVE)
                    || (token.is(SPEAKING_NOUN | MODIFIER) && !self.is_verb_of_name(at) && !self.follows_verbal_to(at))
                    || phrases::is_years_old(self.tokenized.words(at))
            }
            _ => false,
        };
        if !begins {
            return None;
        }
        phrases::read(self.tokenized, at, sentence.end, owned)
    }

    /// Whether a word in capitals is the market of a share: "(VALV.L)".
    fn is_listing(&self, at: usize) -> bool {
        let token = &self.tokenized.tokens[at];
        let before = &self.tokenized.text.as_bytes()[..token.start as usize];
        let dotted = before.len() > 1 && before.ends_with(b".") && before[before.len() - 2].is_ascii_uppercase();
        token.shape == TokenShape::Capitals && token.end - token.start <= 3 && dotted
    }

    /// Whether a capital word can begin a name where it stands.
    fn may_be_name(&self, at: usize, opens_sentence: bool) -> bool {
        let token = &self.tokenized.tokens[at];
        let day = token.is(MONTH) && !token.is(FIRST_NAME);
        let closed = token.is(CLOSED & !PREPOSITION & !AUXILIARY & !SUBORDINATOR);
        let opener = opens_sentence && is_opener(self.tokenized, at);
        !day && !closed && !opener
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

    fn read_pronoun(&mut self, at: usize, sentence: Span) -> Option<usize> {
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
                && !(n.is(ADVERB))
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
                let speaks = next.is_some_and(|n| n.is(VERB | AUXILIARY | ADVERB) && n.shape == TokenShape::Small);
                let spoken_by = at > sentence.start
                    && tokenized.tokens[at - 1].is(SAY | SPEECH)
                    && tokenized.tokens[at - 1].is(PAST | THIRD)
                    && next.is_none_or(|n| {
                        matches!(n.shape, TokenShape::Stop | TokenShape::Comma | TokenShape::Quotation)
                            || n.is(PREPOSITION)
                    });
                if !(speaks || spoken_by) || next_is_noun {
                    return None;
                }
                Kind::Indefinite
            }
            _ => return None,
        };
        let index = self.push(at, at, kind, false);
        if kind == Kind::Relative {
            self.found.all[index].antecedent = self.antecedent(at);
        }
        Some(at + 1)
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
            TokenShape::Comma | TokenShape::Dash | TokenShape::Close => before.checked_sub(1)?,
            _ => before,
        };
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
            match first.checked_sub(2).and_then(|t| self.found.ending_at(t)) {
                Some(outer) if self.tokenized.tokens[first - 1].is(PREPOSITION) => index = outer,
                _ => break,
            }
        }
        Some(self.found.all[index].beside.unwrap_or(index))
    }

    fn push(&mut self, first: usize, last: usize, kind: Kind, possessive: bool) -> usize {
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

    /// Notes "X and Y".
    fn join(&mut self, index: usize) {
        let first = self.outermost_first(index);
        let Some(and) = first.checked_sub(1) else { return };
        let is_and = self.tokenized.tokens[and].is(CONJUNCTION) && matches!(self.tokenized.words(and), "and" | "or");
        if is_and || self.tokenized.words(and) == "&" {
            let end = and.checked_sub(1).and_then(|end| {
                let is_comma = self.tokenized.tokens[end].shape == TokenShape::Comma;
                // A text may begin with ", and".
                if is_comma { end.checked_sub(1) } else { Some(end) }
            });
            self.found.all[index].joined = end.and_then(|end| self.found.ending_at(end));
            // "Doe, a fundraiser and lobbyist": both are set beside Doe.
            let beside = self.found.all[index].joined.and_then(|j| self.found.all[j].beside);
            if self.found.all[index].kind == Kind::NounPerson {
                self.found.all[index].beside = beside;
            }
        }
    }

    /// Where the phrase begins, its owner included.
    fn outermost_first(&self, index: usize) -> usize {
        let mention = &self.found.all[index];
        mention.owner.map_or(mention.first, |o| self.found.all[o].first)
    }

    /// Notes "X, a senator," and "the senator, X,".
    fn set_beside(&mut self, index: usize) {
        let first = self.outermost_first(index);
        let Some(comma) = first.checked_sub(1) else { return };
        if !matches!(self.tokenized.tokens[comma].shape, TokenShape::Comma | TokenShape::Dash | TokenShape::Open) {
            return;
        }
        let mut at = comma;
        // "Doe, 34, a baker": over the age.
        if at >= 3
            && self.tokenized.tokens[at - 1].shape == TokenShape::Number
            && self.tokenized.tokens[at - 2].shape == TokenShape::Comma
        {
            at -= 2;
        }
        let Some(other) = at.checked_sub(1).and_then(|e| self.found.ending_at(e)) else { return };
        let (this, that) = (&self.found.all[index], &self.found.all[other]);
        if this.sentence != that.sentence || this.possessive || that.joined.is_some() {
            return;
        }
        let follower = self.tokenized.tokens.get(this.last + 1).filter(|t| t.sentence as usize == this.sentence);
        let closed = follower.is_none_or(|t| {
            matches!(
                t.shape,
                TokenShape::Comma
                    | TokenShape::Stop
                    | TokenShape::Close
                    | TokenShape::Dash
                    | TokenShape::Quotation
                    | TokenShape::Semicolon
            ) || t.is(PREPOSITION | WHO | ING | CONJUNCTION)
        });
        let fits = match (that.kind, this.kind) {
            (Kind::Person | Kind::Name, Kind::NounPerson) => !this.plural,
            (Kind::Organization | Kind::Name, Kind::NounOrganization | Kind::NounDocument) => true,
            (Kind::Noun, Kind::Person) if that.owner.is_some() => {
                follower.is_some_and(|t| matches!(t.shape, TokenShape::Comma))
            }
            (Kind::NounPerson, Kind::Person | Kind::Name)
            | (Kind::NounOrganization, Kind::Organization | Kind::Name) => follower.is_none_or(|t| {
                matches!(t.shape, TokenShape::Comma | TokenShape::Stop | TokenShape::Close | TokenShape::Dash)
            }),
            _ => false,
        };
        if closed && fits {
            self.found.all[index].beside = Some(that.beside.unwrap_or(other));
        }
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
    // "Connolly said" is a name for all its ending.
    let verb_next =
        tokenized.tokens.get(at + 1).is_some_and(|n| n.shape == TokenShape::Small && n.is(VERB | AUXILIARY));
    if token.is(OPENER | CLOSED | ADVERB) {
        // "Will Smith", "May Day": a name after all where a first name has another capital after it.
        return !(token.is(FIRST_NAME) && next_capital);
    }
    token.is(ING)
        || (word.ends_with("ly")
            && word.len() > 4
            && !token.is(PLACE | ORGANIZATION_WORD)
            && !next_capital
            && !verb_next)
        || (token.is(VERB & !lexicon::COMMON) && token.is(PAST) && !next_capital)
        || token.is(PARTICLE) && word.len() == 1
}
