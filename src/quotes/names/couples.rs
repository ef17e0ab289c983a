//! Couples: "Ben and Hallie Moss" are two of one surname, and her husband is Ben Moss.

use super::{NameTable, push_limited};
use crate::quotes::entity::Entity;
use crate::quotes::lexicon;
use crate::quotes::mentions::{Gender, Kind, Mention};
use crate::quotes::phrases;
use crate::quotes::roles;
use crate::quotes::tokens::TokenizedText;

impl<'a> NameTable<'a> {
    /// Whether a word is the first name or the surname of somebody who is named in full.
    pub(super) fn is_known(&self, word: &str) -> bool {
        let key = roles::lower(word);
        self.by_surname.contains_key(&key) || self.by_first.contains_key(&key)
    }

    /// Adds "Ben" of "Ben and Hallie Moss" as "Ben Moss".
    pub(super) fn add_spouse(&mut self, index: usize, word: &'a str, surname: &'a str, mention: &Mention) {
        let display = format!("{word} {surname}");
        self.set_key(&display);
        let entity = self.push(display.into(), mention);
        self.entities[entity].kind = Kind::Person;
        self.entities[entity].gender = phrases::first_name_gender(lexicon::traits(word));
        self.by_full.insert(self.key.clone(), entity);
        push_limited(self.by_surname.entry(roles::lower(surname)).or_default(), entity);
        push_limited(self.by_first.entry(roles::lower(word)).or_default(), entity);
        self.of_mention[index] = Some(entity);
    }

    /// The only other person of a surname and a gender: the husband of Hallie Moss is Ben Moss.
    pub fn namesake(&self, entity: usize, gender: Gender, so_far: &[Entity<'_>]) -> Option<usize> {
        let surname = so_far[entity].name.rsplit(' ').next().filter(|_| so_far[entity].name.contains(' '))?;
        let all = self.by_surname.get(&roles::lower(surname))?;
        let mut others = all.iter().copied().filter(|&e| e != entity && so_far[e].gender == gender);
        others.next().filter(|_| others.next().is_none())
    }
}

/// "Moss", where the mention is "Ben" of "Ben and Hallie Moss".
pub(super) fn shared_surname<'a>(tokenized: &TokenizedText<'a>, mentions: &[Mention], index: usize) -> Option<&'a str> {
    let (mention, next) = (&mentions[index], mentions.get(index + 1)?);
    let (first, last) = next.name.filter(|_| next.kind == Kind::Person && next.joined == Some(index))?;
    let is_first = |at: usize| tokenized.tokens[at].is(lexicon::FIRST_NAME);
    let fits = next.first == first && last == first + 1 && mention.last + 2 == first && mention.role.is_none();
    (fits && is_first(mention.last) && is_first(first) && !mention.possessive).then(|| tokenized.words(last))
}
