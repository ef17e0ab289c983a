//! Pronouns, and kin by whom they mean: "she", "her husband".

use super::Resolver;
use crate::quotes::binding;
use crate::quotes::coreference;
use crate::quotes::mentions::Gender;

impl Resolver<'_, '_, '_> {
    /// The entity that a pronoun means by grammar alone.
    fn bound_to(&self, index: usize) -> Option<usize> {
        let named_later = binding::named_later(self.tokenized, self.mentions, index);
        let named_later = named_later.and_then(|name| self.names.entity_of(name, &self.resolution.entities));
        let agrees = |entity: &usize| {
            let known = self.resolution.entities[*entity].gender;
            known == Gender::Unknown || known == self.mentions[index].gender
        };
        named_later.filter(agrees).or_else(|| {
            let own_part = binding::own_part(self.tokenized, self.mentions, index)?;
            self.resolution.of_mention[own_part]
        })
    }

    pub(super) fn pronoun(&mut self, index: usize) -> Option<usize> {
        if let Some(entity) = self.bound_to(index) {
            return Some(entity);
        }
        let mut antecedents =
            coreference::antecedents_of_pronoun(&self.resolution.entities, &self.recent, self.mentions, index);
        let other = binding::subject_of_object(self.tokenized, self.mentions, self.cues, index);
        if let Some(other) = other.and_then(|m| self.resolution.of_mention[m]) {
            antecedents.retain(|antecedent| antecedent.entity != Some(other));
        }
        let (picked, certainty) = (self.pick)(index, &antecedents, &self.resolution.entities);
        self.resolution.certainty[index] = certainty;
        antecedents.get(picked)?.entity
    }

    /// Whom "her husband" means.
    pub(super) fn spouse(&self, index: usize) -> Option<usize> {
        let mention = &self.mentions[index];
        let gender = match self.tokenized.words(mention.last) {
            "husband" => Gender::Man,
            "wife" => Gender::Woman,
            _ => return None,
        };
        let owner = mention.owner.and_then(|owner| self.resolution.of_mention[owner])?;
        self.names.namesake(owner, gender, &self.resolution.entities)
    }
}
