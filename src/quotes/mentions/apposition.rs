//! Coordination and apposition: "X and Y"; "X, a senator,".

use super::finder::Finder;
use crate::quotes::lexicon::{self, CONJUNCTION, DETERMINER, ING, MODIFIER, PREPOSITION, SAY, VERB, WHO};
use crate::quotes::mentions::Kind;
use crate::quotes::tokens::TokenShape;

impl Finder<'_, '_> {
    /// Notes "X and Y".
    pub(super) fn join(&mut self, index: usize) {
        let first = self.outermost_first(index);
        let Some(and) = first.checked_sub(1) else { return };
        let is_and = self.tokenized.tokens[and].is(CONJUNCTION) && matches!(self.tokenized.words(and), "and" | "or");
        if is_and || self.tokenized.reads(and, "&") {
            let end = and.checked_sub(1).and_then(|end| {
                let is_comma = self.tokenized.tokens[end].shape == TokenShape::Comma;
                // A text may begin with ", and".
                let end = if is_comma { end.checked_sub(1)? } else { end };
                // "Doe (D-Wash.) and Roe".
                let is_bracket = self.tokenized.tokens[end].shape == TokenShape::Close;
                if is_bracket { self.opening_of(end)?.checked_sub(1) } else { Some(end) }
            });
            self.found.all[index].joined = end.and_then(|end| self.found.ending_at(end));
            // "Doe, a fundraiser and lobbyist": both are set beside Doe.
            let beside = self.found.all[index].joined.and_then(|j| self.found.all[j].beside);
            if self.found.all[index].kind == Kind::NounPerson {
                self.found.all[index].beside = beside;
            }
        }
    }

    /// Notes "X, a senator," and "the senator, X,".
    pub(super) fn set_beside(&mut self, index: usize) {
        if self.names_the_noun_before(index) {
            return;
        }
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
        let other = self.holder_of(other, index).unwrap_or(other);
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
        // "In Tirana, the envoy": a place.
        let place = that.kind == Kind::Name
            && that.name.is_some_and(|(first, last)| first == last)
            && that.first > 0
            && matches!(
                self.tokenized.words(that.first - 1),
                "in" | "at" | "to" | "from" | "near" | "In" | "At" | "From"
            );
        let fits = match (that.kind, this.kind) {
            (Kind::Name, Kind::NounPerson) if place => false,
            (Kind::Person | Kind::Name, Kind::NounPerson) => !this.plural,
            // "Doe, the former harbor master,": a noun that no list has.
            (Kind::Person, Kind::Noun) => {
                let head = &self.tokenized.tokens[this.last];
                let is_unknown = lexicon::is_unknown(head.traits & !(VERB | MODIFIER));
                !this.plural && this.owner.is_none() && is_unknown && self.tokenized.tokens[this.first].is(DETERMINER)
            }
            (Kind::Organization | Kind::Name, Kind::NounOrganization | Kind::NounDocument) => true,
            (Kind::Noun | Kind::NounOrganization, Kind::Person) if that.owner.is_some() => {
                follower.is_some_and(|t| matches!(t.shape, TokenShape::Comma))
            }
            // "Says a regular, Doe".
            (Kind::Noun, Kind::Person) if !that.plural && !that.definite => {
                let says = that.first.checked_sub(1).is_some_and(|before| self.tokenized.tokens[before].is(SAY));
                says && follower.is_none_or(|t| matches!(t.shape, TokenShape::Comma | TokenShape::Stop))
            }
            (Kind::NounPerson, Kind::Person | Kind::Name)
            | (Kind::NounOrganization, Kind::Organization | Kind::Name) => follower.is_none_or(|t| {
                matches!(t.shape, TokenShape::Comma | TokenShape::Stop | TokenShape::Close | TokenShape::Dash)
                    || self.tokenized.words(this.last + 1) == "of"
            }),
            _ => false,
        };
        if closed && fits {
            let is_open = this.kind == Kind::Noun;
            let other = that.beside.unwrap_or(other);
            let this = &mut self.found.all[index];
            this.beside = Some(other);
            if is_open {
                this.kind = Kind::NounPerson;
            }
        }
    }

    /// "The head" of "the head of Watan, X,", where X is a person: not Watan is set beside X.
    fn holder_of(&self, other: usize, index: usize) -> Option<usize> {
        let (this, that) = (&self.found.all[index], &self.found.all[other]);
        // "The chair of judges, Doe" too.
        let is_held = matches!(
            that.kind,
            Kind::Name | Kind::Organization | Kind::Place | Kind::NounGroup | Kind::NounOrganization | Kind::Noun
        );
        if this.kind != Kind::Person || !is_held {
            return None;
        }
        let of = self.outermost_first(other).checked_sub(1)?;
        let holder = self.found.ending_at(of.checked_sub(1)?)?;
        let holds = matches!(self.tokenized.words(of), "of" | "for" | "at");
        (holds && self.found.all[holder].kind == Kind::NounPerson).then_some(holder)
    }

    /// Notes "a plumber named X", "a man by the name of X"; returns whether it is one.
    fn names_the_noun_before(&mut self, index: usize) -> bool {
        let name = &self.found.all[index];
        if !matches!(name.kind, Kind::Person | Kind::Name) || name.owner.is_some() {
            return false;
        }
        let word = |back: usize| name.first.checked_sub(back).map_or("", |at| self.tokenized.words(at));
        let between = match (word(4), word(3), word(2), word(1)) {
            (_, _, _, "named" | "called") => 1,
            ("by", "the", "name", "of") => 4,
            _ => return false,
        };
        let Some(noun) = name.first.checked_sub(between + 1).and_then(|end| self.found.ending_at(end)) else {
            return false;
        };
        let noun_found = &self.found.all[noun];
        // "The spokesman called Doe a liar": there it is a verb.
        let fits = noun_found.kind == Kind::NounPerson && !noun_found.definite && noun_found.sentence == name.sentence;
        if fits {
            self.found.all[index].beside = Some(noun);
        }
        fits
    }

    /// Where the phrase begins, its owner included.
    fn outermost_first(&self, index: usize) -> usize {
        let mention = &self.found.all[index];
        mention.owner.map_or(mention.first, |o| self.found.all[o].first)
    }
}
