//! Everyone who speaks, across articles: counted by identity, then gathered into people.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::convert::Infallible;

use chrono::{Datelike, NaiveDate};

use super::article_speakers::ArticleSpeaker;
use super::identity_links::{IdentityLinks, cluster_identities};
use super::person::{Identity, family_name, fullness};
use super::short_forms::{FullForm, KeyGroups, NamesByKey};
use crate::article::{ArticleId, DateKey, DateRange};
use crate::quotes::Spoken;

/// A person who speaks in at least one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What stands for them: the identity of the name under which they say most. Any other of theirs does as well.
    pub identity: Box<str>,
    /// The fullest name.
    pub name: Box<str>,
    /// What they are called in most articles.
    pub role: Option<Box<str>>,
    /// Whether that is a name. A description ("a spokesman") is not linked across articles.
    pub is_named: bool,
    /// How much they say, over all articles.
    pub spoken: Spoken,
    /// In how many articles.
    pub articles: u32,
    /// When they first spoke, by the dates of the articles.
    pub first: Option<NaiveDate>,
    /// When they last spoke.
    pub last: Option<NaiveDate>,
    /// How many quotations in each month in which there are any; see [`month_of`].
    pub months: Box<[(u16, u32)]>,
    /// How many identities are this one person's.
    pub identities: u16,
    /// Whose short form this may be: not sure enough to take the two for one.
    pub perhaps: Option<Box<FullName>>,
}

/// A full name of which another may be the short form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullName {
    /// The identity under which most is said by that name.
    pub identity: Box<str>,
    /// The name.
    pub name: Box<str>,
    /// How many quotations there are under it.
    pub quotations: u32,
}

impl FullName {
    /// The full name of these identities, which share a key; `None` where there are none.
    pub fn of<'a>(stats: impl IntoIterator<Item = &'a SpeakerStats>) -> Option<Self> {
        let all: Vec<_> = stats.into_iter().collect();
        let most = all.iter().max_by_key(|stats| (stats.spoken.quotations, Reverse(&stats.identity)))?;
        let quotations = all.iter().map(|stats| stats.spoken.quotations).sum();
        Some(Self { identity: most.identity.to_string().into(), name: most.name.clone(), quotations })
    }
}

/// The number of a month: twelve times the year, and the months before it.
pub fn month_of(day: NaiveDate) -> u16 {
    (day.year().clamp(0, 5_000) * 12 + day.month0() as i32) as u16
}

/// What one identity has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerStats {
    /// Whose it is.
    pub identity: Identity,
    /// The fullest name.
    pub name: Box<str>,
    /// The commonest role, and in how many articles.
    pub role: Option<(Box<str>, u32)>,
    /// How much is said.
    pub spoken: Spoken,
    /// In how many articles they speak in quotation marks. Name, role, dates and months are of these, as long as there are any: what is
    /// only reported changes nothing of that.
    pub articles: u32,
    /// In how many of these the surname stands alone, too.
    pub by_surname: u32,
    /// From when to when.
    pub dates: DateRange,
    /// How many quotations in which month.
    pub months: BTreeMap<u16, u32>,
}

impl SpeakerStats {
    /// Nothing said yet.
    pub fn new(identity: Identity) -> Self {
        Self {
            identity,
            name: Box::default(),
            role: None,
            spoken: Spoken::default(),
            articles: 0,
            by_surname: 0,
            dates: DateRange::default(),
            months: BTreeMap::new(),
        }
    }

    /// Counts an article in which this speaker speaks. `with_role` is the number of articles so far with this
    /// role.
    pub fn count(&mut self, speaker: &ArticleSpeaker, date: Option<DateKey>, with_role: u32) {
        let is_quoted = speaker.is_quoted();
        self.spoken += speaker.spoken;
        if self.articles == 0 && is_quoted {
            self.forget_reported();
        }
        if self.articles > 0 && !is_quoted {
            return;
        }
        self.note_name(&speaker.name);
        self.note_role(speaker.role.as_deref(), with_role);
        if !is_quoted {
            if let Some(date) = date {
                self.dates.add(date);
            }
            return;
        }
        self.articles += 1;
        self.by_surname += u32::from(speaker.by_surname);
        if let Some(date) = date {
            self.dates.add(date);
            if let Some(day) = date.utc_day() {
                *self.months.entry(month_of(day)).or_default() += speaker.spoken.quotations;
            }
        }
    }

    /// What reported statements alone told of them gives way to what quotations tell.
    fn forget_reported(&mut self) {
        (self.name, self.role, self.dates) = (Box::default(), None, DateRange::default());
    }

    /// Notes a form of the name.
    pub fn note_name(&mut self, name: &str) {
        if self.name.is_empty() || fullness(name) > fullness(&self.name) {
            self.name = name.into();
        }
    }

    /// Notes a role and in how many articles it stands by now.
    pub fn note_role(&mut self, role: Option<&str>, articles: u32) {
        let Some(role) = role.filter(|role| !role.is_empty()) else { return };
        let known = self.role.as_ref().map(|(known, count)| (*count, Reverse(&**known)));
        if known.is_none_or(|known| (articles, Reverse(role)) > known) {
            self.role = Some((role.into(), articles));
        }
    }

    /// What these counts tell of a full name.
    pub fn full_form(&self) -> FullForm {
        let role = self.role.as_ref().map(|(role, _)| &**role);
        FullForm::with(self.identity.clone(), role, [self.spoken.quotations, self.articles, self.by_surname])
    }

    /// Adds the counts of another with the same identity.
    pub fn absorb(&mut self, other: Self) {
        if self.articles > 0 && other.articles == 0 {
            self.spoken += other.spoken;
            return;
        }
        if self.articles == 0 && other.articles > 0 {
            self.forget_reported();
        }
        self.note_name(&other.name);
        if let Some((role, articles)) = other.role {
            self.note_role(Some(&role), articles);
        }
        self.spoken += other.spoken;
        self.articles += other.articles;
        self.by_surname += other.by_surname;
        self.dates.merge(other.dates);
        for (month, quotations) in other.months {
            *self.months.entry(month).or_default() += quotations;
        }
    }
}

impl Person {
    /// Merges the counts of the identities of one person; `None` where there are none.
    pub fn of(stats: Vec<SpeakerStats>) -> Option<Self> {
        let head =
            stats.iter().max_by_key(|stats| (stats.spoken.quotations, Reverse(&stats.identity)))?.identity.clone();
        let identities = stats.len() as u16;
        // Of names that the user merged, and that are as full, the one under which most is said.
        let known = |stats: &&SpeakerStats| (fullness(&stats.name).0, stats.spoken.quotations);
        // A name under which words are only reported is none, where there is another.
        let is_quoted = stats.iter().any(|stats| stats.articles > 0);
        let names = stats.iter().filter(|stats| stats.articles > 0 || !is_quoted);
        let name = names.max_by(|a, b| (known(a), fullness(&a.name)).cmp(&(known(b), fullness(&b.name))));
        let name = name.map(|stats| stats.name.clone())?;
        let mut all = stats.into_iter();
        let mut whole = all.next()?;
        all.for_each(|stats| whole.absorb(stats));
        let (first, last) = whole.dates.days().unzip();
        Some(Self {
            is_named: head.is_named(),
            identity: head.to_string().into(),
            name,
            role: whole.role.map(|(role, _)| role),
            spoken: whole.spoken,
            articles: whole.articles,
            first,
            last,
            months: whole.months.into_iter().collect(),
            identities,
            perhaps: None,
        })
    }

    /// A person of whom a test says no more than the name.
    #[cfg(test)]
    pub(super) fn called(name: &str) -> Self {
        Self {
            identity: crate::text::fold(name).into(),
            name: name.into(),
            role: None,
            is_named: true,
            spoken: Spoken { quotations: 1, runs: 1, doubtful: 0, reported: 0 },
            articles: 1,
            first: None,
            last: None,
            months: Box::default(),
            identities: 1,
            perhaps: None,
        }
    }

    /// What people are listed by: those with names first, who says most first, then by name.
    pub fn standing(&self) -> (bool, Reverse<u32>, &str) {
        (!self.is_named, Reverse(self.spoken.quotations), &self.identity)
    }
}

/// Everyone who speaks in some articles.
#[derive(Debug, Default)]
pub struct SpeakerIndex {
    entries: BTreeMap<Identity, Entry>,
    /// The keys of the full names that end in a word.
    families: HashMap<Box<str>, BTreeSet<Box<str>>>,
    order: HashMap<ArticleId, usize>,
}

/// What a speaker is called in an article.
type NameAndRole = (Box<str>, Option<Box<str>>);

#[derive(Debug)]
struct Entry {
    stats: SpeakerStats,
    /// In how many articles each name stands with each role: beside quotations, beside reported statements alone.
    roles: HashMap<NameAndRole, (u32, u32)>,
    appearances: Vec<Appearance>,
}

/// A speaker in one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appearance {
    /// Which article.
    pub article: ArticleId,
    /// When it was published.
    pub date: Option<DateKey>,
    /// How much is said.
    pub spoken: Spoken,
}

impl SpeakerIndex {
    /// Notes who speaks in an article; one that was noted before is skipped.
    pub fn enter(&mut self, article: ArticleId, date: Option<DateKey>, speakers: &[ArticleSpeaker]) {
        let next = self.order.len();
        if self.order.insert(article, next).is_some() {
            return;
        }
        for speaker in speakers {
            if let Some(name) = family_name(speaker.identity.key()) {
                let key = speaker.identity.key();
                self.families.entry(name.into()).or_default().insert(key.into());
            }
            let entry = self.entries.entry(speaker.identity.clone()).or_insert_with(|| Entry {
                stats: SpeakerStats::new(speaker.identity.clone()),
                roles: HashMap::new(),
                appearances: Vec::new(),
            });
            let (quoted, reported) = entry.roles.entry((speaker.name.clone(), speaker.role.clone())).or_default();
            let with_role = if speaker.is_quoted() { quoted } else { reported };
            *with_role += 1;
            entry.stats.count(speaker, date, *with_role);
            entry.appearances.push(Appearance { article, date, spoken: speaker.spoken });
        }
    }

    /// What each identity has said.
    pub fn stats(&self) -> impl Iterator<Item = &SpeakerStats> {
        self.entries.values().map(|entry| &entry.stats)
    }

    /// What each identity with this key has said.
    pub fn stats_of<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a SpeakerStats> {
        let all = self.entries.range(Identity::parse(key)..);
        all.take_while(move |(identity, _)| identity.key() == key).map(|(_, entry)| &entry.stats)
    }

    /// The full names that end in this word.
    pub fn full_forms(&self, surname: &str) -> impl Iterator<Item = FullForm> {
        let keys = self.families.get(surname).into_iter().flatten();
        let quoted = keys.flat_map(|key| self.stats_of(key)).filter(|stats| stats.articles > 0);
        quoted.map(SpeakerStats::full_form)
    }

    /// The articles in which any identity that is wanted speaks in quotation marks.
    pub fn articles_of(&self, wanted: impl Fn(&Identity) -> bool) -> BTreeSet<ArticleId> {
        let entries = self.entries.values().filter(|entry| wanted(&entry.stats.identity));
        let appearances = entries.flat_map(|entry| &entry.appearances);
        appearances.filter(|one| one.spoken.quotations > 0).map(|appearance| appearance.article).collect()
    }

    /// Everyone, who says most first, each with where they speak in the order in which the articles were noted.
    pub fn people(&self, links: &IdentityLinks) -> Vec<(Person, Vec<Appearance>)> {
        let mut by_key: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in self.entries.values() {
            by_key.entry(entry.stats.identity.key()).or_default().push(entry);
        }
        let mut groups = KeyGroups::new(links, self);
        let mut people = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        for &key in by_key.keys() {
            if seen.contains(key) {
                continue;
            }
            let mut members: Vec<&Entry> = Vec::new();
            let Ok(keys) = groups.keys_with(key);
            for linked in keys {
                if let Some((linked, entries)) = by_key.get_key_value(linked.as_str()) {
                    seen.insert(linked);
                    members.extend(entries);
                }
            }
            let identities: Vec<_> =
                members.iter().map(|entry| (&entry.stats.identity, entry.stats.spoken.quotations)).collect();
            let clustering = cluster_identities(&identities, links, groups.known());
            let mut gathered: BTreeMap<usize, Vec<&Entry>> = BTreeMap::new();
            for (member, cluster) in members.iter().zip(&clustering.numbers) {
                gathered.entry(*cluster).or_default().push(member);
            }
            for (number, cluster) in gathered {
                if let Some((mut person, appearances)) = self.person(&cluster) {
                    let full = clustering.perhaps.get(&number).and_then(|full| FullName::of(self.stats_of(full)));
                    person.perhaps = full.map(Box::new);
                    people.push((person, appearances));
                }
            }
        }
        people.sort_by(|(a, _), (b, _)| a.standing().cmp(&b.standing()));
        people
    }

    fn person(&self, cluster: &[&Entry]) -> Option<(Person, Vec<Appearance>)> {
        let mut person = Person::of(cluster.iter().map(|entry| entry.stats.clone()).collect())?;
        let mut appearances: Vec<Appearance> = Vec::new();
        for &appearance in cluster.iter().flat_map(|entry| &entry.appearances) {
            appearances.push(appearance);
        }
        appearances.sort_by_key(|appearance| self.order.get(&appearance.article));
        appearances.dedup_by(|later, first| {
            let same = later.article == first.article;
            if same {
                first.spoken += later.spoken;
            }
            same
        });
        person.articles = appearances.iter().filter(|one| one.spoken.quotations > 0).count() as u32;
        Some((person, appearances))
    }
}

impl NamesByKey for &SpeakerIndex {
    type Error = Infallible;

    fn quotations_of(&mut self, key: &str) -> Result<u32, Infallible> {
        Ok(self.stats_of(key).map(|stats| stats.spoken.quotations).sum())
    }

    fn full_forms(&mut self, surname: &str) -> Result<Vec<FullForm>, Infallible> {
        Ok(SpeakerIndex::full_forms(self, surname).collect())
    }
}

#[cfg(test)]
mod tests;
