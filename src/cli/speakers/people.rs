//! Everyone who speaks, gathered article by article.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::article::{Article, ArticleId, Origin, Published};
use crate::catalog::{Appearance, Cast, Person};
use crate::cli::speaker_name::SpeakerName;
use crate::quotes::Findings;
use crate::text::fold;

/// An article without its words.
#[derive(Debug, PartialEq, Eq)]
pub struct Note {
    pub headline: Box<str>,
    pub published: Option<Published>,
    pub source: Option<String>,
    pub origin: Origin,
}

/// Who speaks in an article.
pub struct Seen {
    id: ArticleId,
    note: Note,
    speakers: Vec<Speaks>,
}

struct Speaks {
    name: String,
    role: Option<String>,
    quotations: u32,
}

impl Seen {
    /// Looks who speaks in an article, and has the name that is wanted.
    pub fn of(article: Article, mut findings: Findings, wanted: Option<&SpeakerName>) -> Self {
        if let Some(name) = wanted {
            findings = name.narrow(findings);
        }
        let note = Note {
            headline: article.headline().into(),
            published: article.published,
            source: article.source,
            origin: article.origin,
        };
        Self { id: article.id, note, speakers: speaking(findings) }
    }
}

/// The speakers with how much they say; not those who only stand beside a term.
fn speaking(findings: Findings) -> Vec<Speaks> {
    let mut counts = vec![0; findings.speakers.len()];
    for speaker in findings.quotations.iter().filter(|q| q.is_spoken()).filter_map(|q| q.speaker) {
        if let Some(count) = counts.get_mut(speaker.0) {
            *count += 1;
        }
    }
    let speaks = findings.speakers.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    speaks.map(|(speaker, quotations)| Speaks { name: speaker.name, role: speaker.role, quotations }).collect()
}

/// Everyone who speaks, and the articles in which they do.
#[derive(Default)]
pub struct People {
    cast: Cast,
    articles: HashMap<ArticleId, Note>,
}

impl People {
    /// Adds those who speak in an article; one that was there already is passed over.
    pub fn add(&mut self, seen: Seen) {
        if self.articles.contains_key(&seen.id) {
            return;
        }
        for speaker in &seen.speakers {
            self.cast.add(&Appearance {
                name: &speaker.name,
                role: speaker.role.as_deref(),
                quotations: speaker.quotations,
                article: seen.id,
                published: seen.note.published,
            });
        }
        self.articles.insert(seen.id, seen.note);
    }

    /// Everyone, who says most first; of equals, who speaks in most articles, then by name.
    pub fn sorted(&self) -> Vec<&Person> {
        let mut people: Vec<_> = self.cast.people().iter().collect();
        people.sort_by_cached_key(|person| {
            (Reverse(person.quotations), Reverse(person.articles.len()), fold(&person.name))
        });
        people
    }

    /// The articles in which somebody speaks.
    pub fn articles_of<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = (ArticleId, &'a Note)> {
        person.articles.iter().filter_map(|id| Some((*id, self.articles.get(id)?)))
    }
}
