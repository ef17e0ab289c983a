//! Who speaks in one article, each once.

use std::collections::HashMap;

use super::person::{Identity, fullness, is_bare, is_courtesy, person_key, surnames};
use crate::quotes::{Findings, Speaker, SpeakerId, Spoken};

/// A speaker of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleSpeaker {
    /// By what they are known in other articles.
    pub identity: Identity,
    /// The fullest name in the article.
    pub name: Box<str>,
    /// What they are, in the article's words; forms of address left out.
    pub role: Option<Box<str>>,
    /// How much they say.
    pub spoken: Spoken,
    /// Whether the article calls one with a full name by the surname alone, too.
    pub by_surname: bool,
    /// Which of the article's speakers they are.
    pub speakers: Vec<SpeakerId>,
}

/// Everyone who speaks, in the order of the findings, those behind the others of whom words are only reported. Speakers of one
/// name that do not contradict each other are one; a surname alone is the one full name in the article that it fits. Who those
/// are that are quoted does not depend on what is reported.
pub fn article_speakers(findings: &Findings) -> Vec<ArticleSpeaker> {
    let (mut quoted, mut reported) = (Gathered::default(), Gathered::default());
    for (at, (speaker, spoken)) in findings.speakers.iter().zip(findings.spoken()).enumerate() {
        // A speaker whose only quotation was corrected away is left out.
        if !spoken.is_silent() {
            let role = speaker.role.as_deref();
            let identity = Identity::of(&speaker.name, role).addressed(&speaker.aliases);
            let gathered = if spoken.quotations > 0 { &mut quoted } else { &mut reported };
            gathered.add(ArticleSpeaker {
                by_surname: goes_by_surname(speaker, &identity),
                identity,
                name: speaker.name.as_str().into(),
                role: role.filter(|role| !is_courtesy(role)).map(Into::into),
                spoken,
                speakers: vec![SpeakerId(at)],
            });
        }
    }
    let mut all = quoted.join_surnames();
    for speaker in reported.join_surnames() {
        let same = |known: &ArticleSpeaker| {
            known.identity.key == speaker.identity.key && !known.identity.traits.contradict(speaker.identity.traits)
        };
        let is_bare = is_bare(&speaker.identity.key);
        let mut full = all.iter().enumerate().filter(|(_, known)| is_bare && known.fits(&speaker)).map(|(at, _)| at);
        let one = full.next().filter(|_| full.next().is_none());
        match all.iter().position(same).or(one).and_then(|at| all.get_mut(at)) {
            Some(known) => {
                known.spoken += speaker.spoken;
                known.speakers.extend(speaker.speakers);
            }
            None => all.push(speaker),
        }
    }
    all
}

/// Whether one of the other names that an article has for a speaker is the surname alone, a form of address or not.
fn goes_by_surname(speaker: &Speaker, identity: &Identity) -> bool {
    let surnames = surnames(identity.key());
    let is_surname = |alias: &String| !alias.starts_with("the ") && surnames.contains(&person_key(alias).as_str());
    !surnames.is_empty() && speaker.aliases.iter().any(is_surname)
}

/// Speakers, and where those of a key stand.
#[derive(Default)]
struct Gathered {
    speakers: Vec<ArticleSpeaker>,
    places: HashMap<String, Vec<usize>>,
}

impl Gathered {
    fn add(&mut self, speaker: ArticleSpeaker) {
        let places = self.places.entry(speaker.identity.key.clone()).or_default();
        let traits = speaker.identity.traits;
        let same = places.iter().copied().find(|&at| !self.speakers[at].identity.traits.contradict(traits));
        if let Some(at) = same {
            self.speakers[at].absorb(speaker);
        } else {
            places.push(self.speakers.len());
            self.speakers.push(speaker);
        }
    }

    fn join_surnames(self) -> Vec<ArticleSpeaker> {
        if !self.speakers.iter().any(|speaker| is_bare(&speaker.identity.key)) {
            return self.speakers;
        }
        let mut full: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, speaker) in self.speakers.iter().enumerate() {
            for surname in surnames(&speaker.identity.key) {
                full.entry(surname).or_default().push(at);
            }
        }
        let fits = |speaker: &ArticleSpeaker| {
            let all = full.get(speaker.identity.key.as_str()).filter(|_| is_bare(&speaker.identity.key))?;
            let mut fitting = all
                .iter()
                .copied()
                .filter(|&at| !self.speakers[at].identity.traits.contradict(speaker.identity.traits));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let joins: Vec<Option<usize>> = self.speakers.iter().map(fits).collect();
        let mut kept: Vec<Option<ArticleSpeaker>> = self.speakers.into_iter().map(Some).collect();
        for (at, into) in joins.iter().enumerate() {
            // Full names are joined to none, so what is joined is still there.
            if let Some(into) = into.filter(|&into| joins[into].is_none())
                && let Some(speaker) = kept[at].take()
                && let Some(full) = &mut kept[into]
            {
                full.absorb(speaker);
            }
        }
        kept.into_iter().flatten().collect()
    }
}

impl ArticleSpeaker {
    /// Whether they speak in quotation marks, not only in what is reported.
    pub fn is_quoted(&self) -> bool {
        self.spoken.quotations > 0
    }

    /// Whether a surname alone may be this full name.
    fn fits(&self, surname: &Self) -> bool {
        let is_theirs = surnames(&self.identity.key).contains(&surname.identity.key.as_str());
        is_theirs && !self.identity.traits.contradict(surname.identity.traits)
    }

    fn absorb(&mut self, other: Self) {
        if other.identity.key == self.identity.key && fullness(&other.name) > fullness(&self.name) {
            self.name = other.name;
        }
        self.identity.traits = self.identity.traits.and(other.identity.traits);
        self.role = self.role.take().or(other.role);
        self.spoken += other.spoken;
        self.by_surname |= other.by_surname;
        self.speakers.extend(other.speakers);
    }
}
