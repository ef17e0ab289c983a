//! Everyone who speaks, across articles.

use std::collections::HashMap;

use super::person::{Traits, is_courtesy, is_described, person_key};
use crate::article::{ArticleId, Published};

/// Everyone who speaks, by name.
///
/// People of one name are one person unless a title, a role or an initial says otherwise; who has no name is somebody
/// else in every article.
#[derive(Debug, Default)]
pub struct Cast {
    people: Vec<Person>,
    /// Who has which key.
    places: HashMap<String, Vec<usize>>,
}

/// What somebody says in one article.
#[derive(Debug, Clone, Copy)]
pub struct Appearance<'a> {
    /// The fullest name in that article.
    pub name: &'a str,
    /// What they are, in that article.
    pub role: Option<&'a str>,
    /// How many quotations.
    pub quotations: u32,
    /// Which article.
    pub article: ArticleId,
    /// When it was published.
    pub published: Option<Published>,
}

/// Somebody who speaks in at least one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The fullest name.
    pub name: Box<str>,
    /// How many quotations, over all articles.
    pub quotations: u32,
    /// In which articles, in the order in which they arrived.
    pub articles: Vec<ArticleId>,
    /// When they first spoke, by the dates of the articles.
    pub first: Option<Published>,
    /// When they last spoke.
    pub last: Option<Published>,
    /// What they were called, and how often.
    roles: Vec<(Box<str>, u32)>,
    traits: Traits,
}

impl Cast {
    /// Notes that somebody speaks in an article.
    pub fn add(&mut self, appearance: &Appearance<'_>) {
        let key = person_key(appearance.name);
        let traits = Traits::of(appearance.name, appearance.role);
        let is_described = is_described(&key);
        let places = self.places.entry(key).or_default();
        let is_same = |person: &Person| {
            let may_be = !is_described || person.articles.last() == Some(&appearance.article);
            may_be && !person.traits.contradict(traits)
        };
        // The latest first: who is only described is there or nowhere, however many there are.
        let looked_at = if is_described { 1 } else { places.len() };
        let known = places.iter().rev().take(looked_at).copied().find(|&place| is_same(&self.people[place]));
        let place = known.unwrap_or_else(|| {
            places.push(self.people.len());
            self.people.push(Person::new(appearance.name));
            self.people.len() - 1
        });
        self.people[place].appear(appearance, traits);
    }

    /// The person of this name; the first of several.
    pub fn get(&self, name: &str) -> Option<&Person> {
        self.people.get(*self.places.get(&person_key(name))?.first()?)
    }

    /// Everyone, in the order in which they arrived.
    pub fn people(&self) -> &[Person] {
        &self.people
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

impl Person {
    fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            quotations: 0,
            articles: Vec::new(),
            first: None,
            last: None,
            roles: Vec::new(),
            traits: Traits::default(),
        }
    }

    /// What they are called most often; of equals, what they were called first.
    pub fn role(&self) -> Option<&str> {
        let most = self.roles.iter().rev().max_by_key(|(_, count)| *count);
        most.map(|(role, _)| &**role)
    }

    fn appear(&mut self, appearance: &Appearance<'_>, traits: Traits) {
        /// More roles than that are not told apart.
        const MOST_ROLES: usize = 16;
        if appearance.name.split_whitespace().count() > self.name.split_whitespace().count() {
            self.name = appearance.name.into();
        }
        self.quotations += appearance.quotations;
        if self.articles.last() != Some(&appearance.article) {
            self.articles.push(appearance.article);
        }
        if let Some(day) = appearance.published {
            self.first = Some(self.first.map_or(day, |first| first.min(day)));
            self.last = Some(self.last.map_or(day, |last| last.max(day)));
        }
        if let Some(role) = appearance.role.filter(|role| !is_courtesy(role)) {
            if let Some((_, count)) = self.roles.iter_mut().find(|(known, _)| **known == *role) {
                *count += 1;
            } else if self.roles.len() < MOST_ROLES {
                self.roles.push((role.into(), 1));
            }
        }
        self.traits = self.traits.and(traits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    /// Adds "name | role" for each article in turn; gives the names with their numbers of quotations and articles.
    fn check(appearances: &[&str], wanted: &[(&str, u32, usize)]) -> Cast {
        let mut cast = Cast::default();
        for (day, line) in (1..).zip(appearances) {
            let (name, role) = line.split_once(" | ").unwrap_or((line, ""));
            let role = Some(role).filter(|role| !role.is_empty());
            let published = NaiveDate::from_ymd_opt(2026, 3, day).map(Published::on);
            cast.add(&Appearance { name, role, quotations: 2, article: ArticleId(day.into()), published });
        }
        let people: Vec<_> = cast.people().iter().map(|p| (&*p.name, p.quotations, p.articles.len())).collect();
        assert_eq!(people, wanted);
        cast
    }

    #[test]
    fn one_person_under_one_full_name() {
        let cast = check(
            &["John Smith | Mr.", "Mr. John A. Smith | candidate", "JOHN SMITH | Mr.", "Smith | Mr."],
            &[("Mr. John A. Smith", 6, 3), ("Smith", 2, 1)],
        );
        let smith = cast.get("John Smith").unwrap();
        assert_eq!(smith.role(), Some("candidate"));
        assert_eq!(cast.get("Smith").unwrap().role(), None);
        let days = [smith.first, smith.last].map(|day| day.unwrap().to_string());
        assert_eq!(days, ["2026-03-01", "2026-03-03"]);
    }

    #[test]
    fn who_contradicts_is_somebody_else() {
        check(
            &["Alex Holt | spokesman", "Alex Holt | spokeswoman", "Alex Holt", "John B. Roe", "John C. Roe", "Ed Roe"],
            &[("Alex Holt", 2, 1), ("Alex Holt", 4, 2), ("John B. Roe", 2, 1), ("John C. Roe", 2, 1), ("Ed Roe", 2, 1)],
        );
    }

    #[test]
    fn a_description_is_somebody_else_in_every_article() {
        check(
            &["a spokesman", "a spokesman", "the Port", "Port"],
            &[("a spokesman", 2, 1), ("a spokesman", 2, 1), ("the Port", 4, 2)],
        );
    }
}
