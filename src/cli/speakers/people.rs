//! Everyone who speaks, gathered article by article.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::article::{Article, ArticleId, DateKey};
use crate::catalog::{Appearance, ArticleSpeaker, IdentityLinks, Imprint, Person, SpeakerIndex, article_speakers};
use crate::cli::speaker_name::SpeakerName;
use crate::quotes::{Findings, Spoken};

/// Who speaks in an article.
pub struct Seen {
    within: Imprint,
    speakers: Vec<ArticleSpeaker>,
}

impl Seen {
    /// Looks who speaks in an article, and has the name that is wanted.
    pub fn of(article: &Article, findings: Findings, wanted: Option<&SpeakerName>) -> Self {
        Self::within(Imprint::of(article), findings, wanted)
    }

    /// As [`Seen::of`], of an article of which no more is known than its imprint.
    pub fn within(within: Imprint, mut findings: Findings, wanted: Option<&SpeakerName>) -> Self {
        if let Some(name) = wanted {
            findings = name.narrow(findings);
        }
        Self { within, speakers: article_speakers(&findings) }
    }
}

/// Everyone who speaks, and the articles in which they do.
#[derive(Default)]
pub struct People {
    index: SpeakerIndex,
    articles: HashMap<ArticleId, Imprint>,
}

impl People {
    /// Adds the speakers of an article; one that was there already is skipped.
    pub fn add(&mut self, seen: Seen) {
        let Imprint { id, dates, .. } = seen.within;
        self.index.enter(id, dates.key(), &seen.speakers);
        self.articles.entry(id).or_insert(seen.within);
    }

    /// Everyone with where they speak, most quotations first; of equals by name. The unnamed come last, one entry per
    /// article. Those of whom words are only reported are left out unless they are wanted.
    pub fn sorted(&self, with_reported: bool) -> Vec<(Person, Vec<Appearance>)> {
        let mut all = self.index.people(&IdentityLinks::default());
        for (_, appearances) in &mut all {
            appearances.retain(|one| with_reported || one.spoken.quotations > 0);
        }
        all.retain(|(_, appearances)| !appearances.is_empty());
        all.into_iter().flat_map(one_by_one).collect()
    }

    /// The articles in which the person speaks.
    pub fn articles_of(&self, appearances: &[Appearance]) -> Vec<Imprint> {
        appearances.iter().filter_map(|appearance| self.articles.get(&appearance.article).cloned()).collect()
    }
}

/// One entry for a person; for a description, one for each article.
fn one_by_one((person, appearances): (Person, Vec<Appearance>)) -> Vec<(Person, Vec<Appearance>)> {
    if person.is_named {
        return vec![(person, appearances)];
    }
    let alone = |appearance: Appearance| {
        (in_one_article(&person, appearance.date.and_then(DateKey::day), appearance.spoken), vec![appearance])
    };
    appearances.into_iter().map(alone).collect()
}

/// Returns a person as the entry of one article.
pub fn in_one_article(person: &Person, day: Option<NaiveDate>, spoken: Spoken) -> Person {
    Person { spoken, articles: u32::from(spoken.quotations > 0), first: day, last: day, ..person.clone() }
}
