//! Everyone who speaks in the headlines that are loaded.

use std::collections::HashMap;

use super::headline::{CastMember, person_key};
use crate::article::ArticleId;

/// Everyone who speaks, by name.
#[derive(Debug, Default)]
pub struct Cast {
    people: HashMap<String, Person>,
}

/// Somebody who speaks in at least one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name as first met.
    pub name: Box<str>,
    /// How many quotations, over all articles.
    pub quotations: u32,
    /// In which articles, in the order in which they arrived.
    pub articles: Vec<ArticleId>,
}

impl Cast {
    /// Notes that somebody speaks in an article.
    pub(super) fn add(&mut self, member: &CastMember, article: ArticleId) {
        let person = self.people.entry(person_key(&member.name)).or_insert_with(|| Person {
            name: member.name.clone(),
            quotations: 0,
            articles: Vec::new(),
        });
        person.quotations += member.quotations;
        if person.articles.last() != Some(&article) {
            person.articles.push(article);
        }
    }

    /// Notes that somebody does not speak in an article after all.
    pub(super) fn remove(&mut self, member: &CastMember, article: ArticleId) {
        let key = person_key(&member.name);
        if let Some(person) = self.people.get_mut(&key) {
            person.quotations = person.quotations.saturating_sub(member.quotations);
            person.articles.retain(|&id| id != article);
            if person.articles.is_empty() {
                self.people.remove(&key);
            }
        }
    }

    /// The person of this name.
    pub fn get(&self, name: &str) -> Option<&Person> {
        self.people.get(&person_key(name))
    }

    /// How many people speak.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether nobody speaks.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }
}
