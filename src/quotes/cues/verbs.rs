//! Verbs: which words are one, and which subject each has.

use super::subjects::FoundSubject;
use super::{Class, Cue, Finder, SubjectLink, is_report};
use crate::quotes::lexicon::{
    ADVERB, AUXILIARY, BASE, CLOSED, CONJUNCTION, DETERMINER, ING, NEGATION, PAST, POSSESSIVE, PREPOSITION, SAY,
    SAYING, SPEECH, SUBORDINATOR, THIRD, VERB, WHO,
};
use crate::quotes::mentions::Kind;
use crate::quotes::phrases;
use crate::quotes::tokens::{Token, TokenShape};
use crate::text::Span;

impl Finder<'_, '_> {
    pub(super) fn is_verb(&self, at: usize, sentence: Span) -> bool {
        let token = &self.tokenized.tokens[at];
        let is_open = token.shape == TokenShape::Small && !token.is(ADVERB | PREPOSITION | DETERMINER | CONJUNCTION);
        if !is_open && !token.is(AUXILIARY | VERB) || self.mentions.covering(at).is_some() {
            return false;
        }
        let before = (at > sentence.start).then(|| &self.tokenized.tokens[at - 1]);
        let is_determined =
            before.is_some_and(|b| b.is(DETERMINER | POSSESSIVE) && self.mentions.ending_at(at - 1).is_none());
        if is_determined && !phrases::is_always_verb(self.tokenized.words(at)) {
            return false;
        }
        if token.is(AUXILIARY) {
            return token.shape == TokenShape::Small && !self.verb_follows(at, sentence);
        }
        if token.is(VERB) {
            let bare_preposition = token.is(PREPOSITION) && !token.is(SAY | SPEECH);
            let object_of_preposition = before.is_some_and(|b| b.is(PREPOSITION) && !b.is(SUBORDINATOR))
                && !token.is(ING)
                && !self.tokenized.reads(at - 1, "to");
            return !bare_preposition && !object_of_preposition;
        }
        if at > sentence.start
            && self.mentions.ending_at(at - 1).is_some()
            && phrases::is_open_third(self.tokenized, at)
        {
            return true;
        }
        token.span().len() > 4
            && (self.tokenized.ends_in(at, "ed") || self.tokenized.ends_in(at, "ing"))
            && !self.tokenized.words(at).contains('-')
    }

    /// Whether an auxiliary only helps the verb after it.
    fn verb_follows(&self, at: usize, sentence: Span) -> bool {
        for next in at + 1..sentence.end.min(at + 5) {
            let token = &self.tokenized.tokens[next];
            if token.is(ADVERB | NEGATION | AUXILIARY) || self.tokenized.ends_in(next, "ly") {
                continue;
            }
            return token.shape == TokenShape::Small
                && token.is(VERB)
                && token.is(BASE | PAST | ING)
                && self.mentions.covering(next).is_none();
        }
        false
    }

    pub(super) fn verb(&self, at: usize, sentence: Span, first_cue: usize, main: Option<usize>) -> Option<Cue> {
        let token = &self.tokenized.tokens[at];
        let class = match token.traits {
            t if t & SAY != 0 || self.is_put_it(at) => Class::Say,
            t if t & SPEECH != 0 || self.gives_words(at) || self.names_or_speaks_of(at) => Class::Speech,
            t if t & AUXILIARY != 0 => Class::Auxiliary,
            _ => Class::Other,
        };
        let participle = token.is(ING) || !token.is(VERB | AUXILIARY) && self.tokenized.ends_in(at, "ing");
        let made = |link, subject| Cue { token: at, class, link, subject, participle };
        if let Some(subject) = self.quoted_as(at, sentence) {
            return Some(made(SubjectLink::Direct, subject));
        }
        if participle
            && let Some(subject) = self.who_is_blamed(at, first_cue).or_else(|| self.who_is_recalled(at, first_cue))
        {
            return Some(made(SubjectLink::Direct, subject));
        }
        if let Some(subject) = self.inverted(at, sentence, class) {
            return Some(made(SubjectLink::Inverted, subject));
        }
        let passive = matches!(class, Class::Say | Class::Speech) && self.is_passive(at, sentence);
        match self.look_left(at, sentence, participle) {
            FoundSubject::Subject(subject, _) if passive => Some(made(SubjectLink::Passive, subject)),
            FoundSubject::Subject(subject, link) if self.is_shown(class, self.tokenized.words(at), subject) => {
                Some(Cue { class: Class::Speech, ..made(link, subject) })
            }
            FoundSubject::Subject(subject, link) => Some(made(link, subject)),
            FoundSubject::Inherits => {
                let known = &self.cues[first_cue..];
                let recent = known.iter().rev().take(12);
                // "Doe, who shook her hand and said": she does.
                let coordinated = at > 0 && self.tokenized.tokens[at - 1].is(CONJUNCTION);
                let spoken = recent.clone().find(|c| {
                    matches!(c.class, Class::Say | Class::Speech)
                        || coordinated && c.link == SubjectLink::Relative && self.is_who(c.subject)
                });
                let subject = spoken.or_else(|| recent.clone().find(|c| c.class != Class::Noun))?.subject;
                // "Doe dwells on the scorn that Roe felt, noting": who began the sentence goes on.
                let after_comma = at > 0 && self.tokenized.tokens[at - 1].shape == TokenShape::Comma;
                let steps_back = participle && after_comma && self.is_in_relative_clause(subject);
                let subject = main.filter(|_| steps_back).unwrap_or(subject);
                Some(made(SubjectLink::Inherited, subject))
            }
            FoundSubject::Nothing => {
                // "In a statement, said the club" and the like.
                let subject = self.mentions.starting_at(at + 1)?;
                let finite = token.is(PAST | THIRD) && !self.is_put_it(at);
                (class == Class::Say && finite).then(|| made(SubjectLink::Inverted, self.owned_by(subject)))
            }
        }
    }

    /// "Roe" of "the scorn that Roe felt".
    fn is_in_relative_clause(&self, subject: usize) -> bool {
        let first = self.mentions.all[subject].first;
        let relative = first.checked_sub(2).filter(|_| matches!(self.tokenized.words(first - 1), "that" | "which"));
        relative.is_some_and(|noun| self.mentions.ending_at(noun).is_some())
    }

    fn is_who(&self, mention: usize) -> bool {
        self.tokenized.tokens[self.mentions.all[mention].first].is(WHO)
    }

    /// "Had a brief reply", "gave a statement": an everyday verb with a noun for words as its object.
    fn gives_words(&self, at: usize) -> bool {
        matches!(
            self.tokenized.words(at),
            "had"
                | "has"
                | "gave"
                | "gives"
                | "give"
                | "made"
                | "makes"
                | "issued"
                | "issues"
                | "released"
                | "delivered"
        ) && self.mentions.starting_at(at + 1).is_some_and(|object| {
            let object = &self.mentions.all[object];
            object.kind.is_noun() && self.tokenized.tokens[object.last].is(SAYING)
        })
    }

    /// "Named the hose “so”", "spoke of a “so”".
    fn names_or_speaks_of(&self, at: usize) -> bool {
        match self.tokenized.words(at) {
            "named" | "names" => self.mentions.starting_at(at + 1).is_some_and(|object| {
                let next = self.mentions.all[object].last + 1;
                self.tokenized.tokens.get(next).is_some_and(Token::is_quotation)
            }),
            "spoke" | "speaks" | "speak" | "spoken" | "speaking" | "talks" | "talked" | "talk" => {
                self.tokenized.words(at + 1) == "of"
            }
            _ => false,
        }
    }

    /// "Visitor logs show".
    fn is_shown(&self, class: Class, word: &str, subject: usize) -> bool {
        class == Class::Other
            && matches!(word, "show" | "shows" | "showed" | "reveal" | "reveals" | "revealed")
            && self.mentions.all[subject].kind == Kind::NounDocument
    }

    /// "Doe fined Roe, a striker, for calling it …", "accused Roe of saying …": the object speaks.
    fn who_is_blamed(&self, at: usize, first_cue: usize) -> Option<usize> {
        const FARTHEST: usize = 14;
        let token = &self.tokenized.tokens[at];
        let preposition = at.checked_sub(1)?;
        let is_accused = self.tokenized.words(preposition) == "of";
        if !token.is(SAY | SPEECH) || !is_accused && self.tokenized.words(preposition) != "for" {
            return None;
        }
        let verb = self.cues[first_cue..].iter().rev().find(|c| !matches!(c.class, Class::Noun | Class::According))?;
        let object = self.object_of(verb.token, preposition)?;
        let between = &self.tokenized.tokens[self.mentions.all[object].last + 1..preposition];
        let is_accusing = self.tokenized.words(verb.token).starts_with("accus");
        let goes_on = between.len() <= FARTHEST
            && between
                .iter()
                .all(|t| !matches!(t.shape, TokenShape::Quotation | TokenShape::Semicolon | TokenShape::Colon));
        (goes_on && (!is_accused || is_accusing) && verb.link != SubjectLink::Passive).then_some(object)
    }

    /// "Doe recalled her teacher, Roe, telling her": Roe.
    fn who_is_recalled(&self, at: usize, first_cue: usize) -> Option<usize> {
        let comma = at.checked_sub(1).filter(|&c| self.tokenized.tokens[c].shape == TokenShape::Comma)?;
        let name = self.mentions.ending_at(comma.checked_sub(1)?)?;
        let verb = self.cues[first_cue..].iter().rev().find(|c| c.class != Class::Noun)?;
        let object = self.object_of(verb.token, comma)?;
        let is_beside = self.mentions.all[name].beside.is_some_and(|b| b == object)
            || self.mentions.all[object].last + 2 == self.mentions.all[name].first;
        (is_report(self.tokenized.words(verb.token)) && is_beside).then_some(name)
    }

    /// The person or body right after a verb, before token `end`: the object "Roe" of "fined Roe".
    fn object_of(&self, verb: usize, end: usize) -> Option<usize> {
        let object = self.owned_by(self.mentions.starting_at(verb + 1)?);
        let found = &self.mentions.all[object];
        let speaks = found.kind.is_name() && found.kind != Kind::Place
            || matches!(found.kind, Kind::He | Kind::She | Kind::They)
            || matches!(found.kind, Kind::NounPerson | Kind::NounGroup | Kind::NounOrganization);
        (speaks && !found.possessive && found.last < end).then_some(object)
    }

    /// "As Doe put it".
    fn is_put_it(&self, at: usize) -> bool {
        matches!(self.tokenized.words(at), "put" | "puts") && self.tokenized.words(at + 1) == "it"
    }

    /// "Quoted Doe, the owner, as saying": Doe.
    fn quoted_as(&self, at: usize, sentence: Span) -> Option<usize> {
        let before = at.checked_sub(2).filter(|_| self.tokenized.reads(at - 1, "as"))?;
        if !self.tokenized.tokens[at].is(ING) || !self.tokenized.tokens[at].is(SAY) {
            return None;
        }
        if let Some(mention) = self.mentions.ending_at(before) {
            return Some(self.mentions.all[mention].beside.unwrap_or(mention));
        }
        let is_comma = self.tokenized.tokens[before].shape == TokenShape::Comma;
        match self.over_insertion(before, sentence) {
            FoundSubject::Subject(subject, _) if is_comma => Some(subject),
            _ => None,
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
        // “…,” says lead author Doe.
        let adjective =
            self.tokenized.tokens.get(next).is_some_and(|t| t.shape == TokenShape::Small && !t.is(CLOSED | DETERMINER));
        let skipped = (next + 1 < sentence.end && adjective).then(|| self.mentions.starting_at(next + 1)).flatten();
        let skipped = skipped.filter(|&m| self.mentions.all[m].kind == Kind::Person);
        let subject = self.owned_by(self.mentions.starting_at(next).or(skipped)?);
        let kind = self.mentions.all[subject].kind;
        // “…,” told him: no; said he: yes, where he is a subject form.
        let object_form = matches!(self.tokenized.words(next), "him" | "her" | "them" | "me" | "us" | "it");
        (!object_form && kind != Kind::Relative).then_some(subject)
    }

    /// "…, said X.": whether the verb and the phrase after it are all that is left of the clause.
    pub(super) fn ends_clause(&self, at: usize) -> bool {
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
}
