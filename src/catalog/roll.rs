//! Everyone who speaks, across articles: counted by identity, then gathered into people.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};

use super::person::{Identity, fullness};
use super::ties::{Ties, groups};
use super::voices::Voice;
use crate::article::ArticleId;

/// Somebody who speaks in at least one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What stands for them: the identity of the name under which they say most. Any other of theirs does as well.
    pub identity: Box<str>,
    /// The fullest name.
    pub name: Box<str>,
    /// What they are called in most articles.
    pub role: Option<Box<str>>,
    /// Whether that is a name. A description ("a spokesman") means somebody else in every article.
    pub is_named: bool,
    /// How many quotations, over all articles.
    pub quotations: u32,
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
}

/// The number of a month: twelve times the year, and the months before it.
pub fn month_of(day: NaiveDate) -> u16 {
    (day.year().clamp(0, 5_000) * 12 + day.month0() as i32) as u16
}

/// What one identity has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Whose it is.
    pub identity: Identity,
    /// The fullest name.
    pub name: Box<str>,
    /// The commonest role, and in how many articles.
    pub role: Option<(Box<str>, u32)>,
    /// How many quotations.
    pub quotations: u32,
    /// In how many articles.
    pub articles: u32,
    /// The first day.
    pub first: Option<NaiveDate>,
    /// The last day.
    pub last: Option<NaiveDate>,
    /// How many quotations in which month.
    pub months: BTreeMap<u16, u32>,
}

impl Tally {
    /// Nothing said yet.
    pub fn new(identity: Identity) -> Self {
        Self {
            identity,
            name: Box::default(),
            role: None,
            quotations: 0,
            articles: 0,
            first: None,
            last: None,
            months: BTreeMap::new(),
        }
    }

    /// Counts an article in which somebody says so much. `with_role` is in how many articles the voice has its role
    /// by now.
    pub fn count(&mut self, voice: &Voice, day: Option<NaiveDate>, with_role: u32) {
        self.call(&voice.name);
        self.cast_as(voice.role.as_deref(), with_role);
        self.quotations += voice.quotations;
        self.articles += 1;
        if let Some(day) = day {
            self.first = Some(self.first.map_or(day, |first| first.min(day)));
            self.last = Some(self.last.map_or(day, |last| last.max(day)));
            *self.months.entry(month_of(day)).or_default() += voice.quotations;
        }
    }

    /// Notes a form of the name.
    pub fn call(&mut self, name: &str) {
        if self.name.is_empty() || fullness(name) > fullness(&self.name) {
            self.name = name.into();
        }
    }

    /// Notes a role and in how many articles it stands by now.
    pub fn cast_as(&mut self, role: Option<&str>, articles: u32) {
        let Some(role) = role.filter(|role| !role.is_empty()) else { return };
        let known = self.role.as_ref().map(|(known, count)| (*count, Reverse(&**known)));
        if known.is_none_or(|known| (articles, Reverse(role)) > known) {
            self.role = Some((role.into(), articles));
        }
    }

    /// Takes in what another has said whose identity is the same.
    pub fn absorb(&mut self, other: Self) {
        self.call(&other.name);
        if let Some((role, articles)) = other.role {
            self.cast_as(Some(&role), articles);
        }
        self.quotations += other.quotations;
        self.articles += other.articles;
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = self.last.max(other.last);
        for (month, quotations) in other.months {
            *self.months.entry(month).or_default() += quotations;
        }
    }
}

impl Person {
    /// The one person whose these are; nothing where they are none's.
    pub fn of(tallies: Vec<Tally>) -> Option<Self> {
        let head = tallies.iter().max_by_key(|tally| (tally.quotations, Reverse(&tally.identity)))?.identity.clone();
        let identities = tallies.len() as u16;
        // Of names that the reader merged, and that are as full, the one under which most is said.
        let known = |tally: &&Tally| (fullness(&tally.name).0, tally.quotations);
        let name = tallies.iter().max_by(|a, b| (known(a), fullness(&a.name)).cmp(&(known(b), fullness(&b.name))));
        let name = name.map(|tally| tally.name.clone())?;
        let mut all = tallies.into_iter();
        let mut whole = all.next()?;
        all.for_each(|tally| whole.absorb(tally));
        Some(Self {
            is_named: head.is_named(),
            identity: head.to_string().into(),
            name,
            role: whole.role.map(|(role, _)| role),
            quotations: whole.quotations,
            articles: whole.articles,
            first: whole.first,
            last: whole.last,
            months: whole.months.into_iter().collect(),
            identities,
        })
    }

    /// What people are listed by: those with names first, who says most first, then by name.
    pub fn standing(&self) -> (bool, Reverse<u32>, &str) {
        (!self.is_named, Reverse(self.quotations), &self.identity)
    }
}

/// Everyone who speaks in some articles.
#[derive(Debug, Default)]
pub struct Roll {
    tallies: BTreeMap<Identity, Entry>,
    order: HashMap<ArticleId, usize>,
}

#[derive(Debug)]
struct Entry {
    tally: Tally,
    /// In how many articles each name stands with each role.
    roles: HashMap<(Box<str>, Option<Box<str>>), u32>,
    appearances: Vec<Appearance>,
}

/// What somebody says in one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appearance {
    /// Which article.
    pub article: ArticleId,
    /// When it was published.
    pub day: Option<NaiveDate>,
    /// How many quotations.
    pub quotations: u32,
}

impl Roll {
    /// Notes who speaks in an article; one that was noted before is passed over.
    pub fn enter(&mut self, article: ArticleId, day: Option<NaiveDate>, voices: &[Voice]) {
        let next = self.order.len();
        if self.order.insert(article, next).is_some() {
            return;
        }
        for voice in voices {
            let entry = self.tallies.entry(voice.identity.clone()).or_insert_with(|| Entry {
                tally: Tally::new(voice.identity.clone()),
                roles: HashMap::new(),
                appearances: Vec::new(),
            });
            let with_role = entry.roles.entry((voice.name.clone(), voice.role.clone())).or_default();
            *with_role += 1;
            entry.tally.count(voice, day, *with_role);
            entry.appearances.push(Appearance { article, day, quotations: voice.quotations });
        }
    }

    /// What each identity has said.
    pub fn tallies(&self) -> impl Iterator<Item = &Tally> {
        self.tallies.values().map(|entry| &entry.tally)
    }

    /// What each identity with this key has said.
    pub fn tallies_of<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Tally> {
        let all = self.tallies.range(Identity::parse(key)..);
        all.take_while(move |(identity, _)| identity.key() == key).map(|(_, entry)| &entry.tally)
    }

    /// The articles in which any identity that is wanted speaks.
    pub fn articles_of(&self, wanted: impl Fn(&Identity) -> bool) -> BTreeSet<ArticleId> {
        let entries = self.tallies.values().filter(|entry| wanted(&entry.tally.identity));
        entries.flat_map(|entry| &entry.appearances).map(|appearance| appearance.article).collect()
    }

    /// Everyone, who says most first, each with where they speak in the order in which the articles were noted.
    pub fn people(&self, ties: &Ties) -> Vec<(Person, Vec<Appearance>)> {
        let mut by_key: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in self.tallies.values() {
            by_key.entry(entry.tally.identity.key()).or_default().push(entry);
        }
        let mut people = Vec::new();
        let mut seen: std::collections::HashSet<&str> = std::collections::HashSet::new();
        for &key in by_key.keys() {
            if seen.contains(key) {
                continue;
            }
            let mut members: Vec<&Entry> = Vec::new();
            for kin in ties.keys_with(key) {
                if let Some((kin, entries)) = by_key.get_key_value(kin.as_str()) {
                    seen.insert(kin);
                    members.extend(entries);
                }
            }
            let identities: Vec<_> =
                members.iter().map(|entry| (&entry.tally.identity, entry.tally.quotations)).collect();
            let mut gathered: BTreeMap<usize, Vec<&Entry>> = BTreeMap::new();
            for (member, group) in members.iter().zip(groups(&identities, ties)) {
                gathered.entry(group).or_default().push(member);
            }
            people.extend(gathered.into_values().filter_map(|group| self.person(&group)));
        }
        people.sort_by(|(a, _), (b, _)| a.standing().cmp(&b.standing()));
        people
    }

    fn person(&self, group: &[&Entry]) -> Option<(Person, Vec<Appearance>)> {
        let mut person = Person::of(group.iter().map(|entry| entry.tally.clone()).collect())?;
        let mut appearances: Vec<Appearance> = Vec::new();
        for &appearance in group.iter().flat_map(|entry| &entry.appearances) {
            appearances.push(appearance);
        }
        appearances.sort_by_key(|appearance| self.order.get(&appearance.article));
        appearances.dedup_by(|later, first| {
            let same = later.article == first.article;
            first.quotations += if same { later.quotations } else { 0 };
            same
        });
        person.articles = appearances.len() as u32;
        Some((person, appearances))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Tie;
    use crate::catalog::voices::voices;
    use crate::quotes::{Findings, Marks, Quotation, QuotationKind, Reason, Speaker, SpeakerIndex};
    use crate::text::Span;

    /// Findings in which each of "name | role" speaks twice.
    fn findings(speakers: &str) -> Findings {
        let mut findings = Findings::default();
        for (at, speaker) in speakers.split("; ").enumerate() {
            let (name, role) = speaker.split_once(" | ").unwrap_or((speaker, ""));
            let role = Some(role.to_owned()).filter(|role| !role.is_empty());
            findings.speakers.push(Speaker { name: name.to_owned(), role, ..Speaker::default() });
            for _ in 0..2 {
                findings.quotations.push(Quotation {
                    span: Span::default(),
                    outer: Span::default(),
                    marks: Marks::Curly,
                    depth: 0,
                    continues: false,
                    kind: QuotationKind::Speech,
                    cue: None,
                    mention: None,
                    speaker: Some(SpeakerIndex(at)),
                    confidence: 1.0,
                    reason: Reason::default(),
                    corrected: false,
                });
            }
        }
        findings
    }

    fn roll(articles: &[&str]) -> Roll {
        let mut roll = Roll::default();
        for (day, article) in (1..).zip(articles) {
            roll.enter(ArticleId(day.into()), NaiveDate::from_ymd_opt(2026, 3, day), &voices(&findings(article)));
        }
        roll
    }

    fn ties(said: &[(&str, &str, bool)]) -> Ties {
        let mut ties = Ties::default();
        for (one, other, same) in said {
            ties.set(&Tie { one: (*one).to_owned(), other: (*other).to_owned(), same: Some(*same) });
        }
        ties
    }

    /// Each article is a list of "name | role", each of whom speaks twice in it; `said` is what the reader says of two
    /// identities. Expects these people: name, quotations, articles.
    #[track_caller]
    fn check_with(articles: &[&str], said: &[(&str, &str, bool)], wanted: &[(&str, u32, u32)]) -> Vec<Person> {
        let ties = ties(said);
        let people: Vec<Person> = roll(articles).people(&ties).into_iter().map(|(person, _)| person).collect();
        let shown: Vec<_> = people.iter().map(|p| (&*p.name, p.quotations, p.articles)).collect();
        assert_eq!(shown, wanted);
        // In whatever order they come, they are the same people.
        let backwards: Vec<&str> = articles.iter().rev().copied().collect();
        let mut again: Vec<_> =
            roll(&backwards).people(&ties).into_iter().map(|(p, _)| (p.name, p.quotations)).collect();
        let mut once: Vec<_> = people.iter().map(|p| (p.name.clone(), p.quotations)).collect();
        again.sort();
        once.sort();
        assert_eq!(again, once);
        people
    }

    #[track_caller]
    fn check(articles: &[&str], wanted: &[(&str, u32, u32)]) -> Vec<Person> {
        check_with(articles, &[], wanted)
    }

    #[test]
    fn one_person_under_one_full_name() {
        let people = check(
            &["John Smith | Mr.", "John A. Smith | candidate", "JOHN SMITH | Mr.", "Smith | Mr."],
            &[("John A. Smith", 6, 3), ("Smith", 2, 1)],
        );
        assert_eq!((people[0].role.as_deref(), people[1].role.as_deref()), (Some("candidate"), None));
        let days = [people[0].first, people[0].last].map(|day| day.unwrap().to_string());
        assert_eq!(days, ["2026-03-01", "2026-03-03"]);
        assert_eq!(*people[0].months, [(2026 * 12 + 2, 6)]);
    }

    #[test]
    fn titles_particles_case_and_accents_do_not_count() {
        check(&["Zoë Küster", "Dr. Zoe KUSTER", "Ms. Zoë Küster | Ms."], &[("Zoë Küster", 6, 3)]);
        check(&["Jan van der Velde", "Jan Van Der Velde"], &[("Jan van der Velde", 4, 2)]);
        check(&["the Port Authority", "Port Authority"], &[("Port Authority", 4, 2)]);
    }

    #[test]
    fn who_contradicts_is_somebody_else() {
        check(&["Alex Holt | spokesman", "Alex Holt | spokeswoman"], &[("Alex Holt", 2, 1), ("Alex Holt", 2, 1)]);
        check(
            &["John B. Roe", "John C. Roe", "Ed Roe"],
            &[("Ed Roe", 2, 1), ("John B. Roe", 2, 1), ("John C. Roe", 2, 1)],
        );
        check(&["Bill Clinton", "Hillary Clinton"], &[("Bill Clinton", 2, 1), ("Hillary Clinton", 2, 1)]);
        check(&["Ed Holt", "Ed Holt Jr."], &[("Ed Holt", 2, 1), ("Ed Holt Jr.", 2, 1)]);
    }

    #[test]
    fn who_may_be_either_is_the_one_who_says_more() {
        check(
            &["Alex Holt | spokesman", "Alex Holt", "Alex Holt | spokeswoman", "Alex Holt | chairwoman", "Alex Holt"],
            &[("Alex Holt", 8, 4), ("Alex Holt", 2, 1)],
        );
    }

    #[test]
    fn a_surname_joins_the_one_full_name_in_its_article() {
        check(&["Jon Holt; Holt", "Holt"], &[("Jon Holt", 4, 1), ("Holt", 2, 1)]);
        check(&["Jan van der Velde; van der Velde", "Velde; Jan van der Velde"], &[("Jan van der Velde", 8, 2)]);
        check(&["Jon Holt; Ida Holt; Holt"], &[("Holt", 2, 1), ("Ida Holt", 2, 1), ("Jon Holt", 2, 1)]);
        check(&["Jon Holt | spokesman; Mrs. Holt"], &[("Mrs. Holt", 2, 1), ("Jon Holt", 2, 1)]);
        check(&["Jon Holt & Ida Roe; Holt"], &[("Holt", 2, 1), ("Jon Holt & Ida Roe", 2, 1)]);
    }

    #[test]
    fn a_description_comes_last_and_is_none_of_them() {
        let people = check(&["a spokesman", "a spokesman", "Ed Roe"], &[("Ed Roe", 2, 1), ("a spokesman", 4, 2)]);
        assert!(people[0].is_named && !people[1].is_named);
    }

    #[test]
    fn the_reader_merges() {
        let said = ("peskov", "dmitry peskov", true);
        check_with(&["Dmitry Peskov", "Peskov", "Peskov"], &[said], &[("Dmitry Peskov", 6, 3)]);
        check_with(&["Dmitry Peskov; Peskov; Ida Peskov"], &[said], &[("Dmitry Peskov", 4, 1), ("Ida Peskov", 2, 1)]);
        check_with(
            &["Alex Holt | spokesman", "Alex Holt | spokeswoman"],
            &[("alex holt\tm", "alex holt\tf", true)],
            &[("Alex Holt", 4, 2)],
        );
        // One that is not there just now still ties two others together.
        check_with(
            &["Ed Roe", "Eddie Roe"],
            &[("ed roe", "e roe", true), ("e roe", "eddie roe", true)],
            &[("Eddie Roe", 4, 2)],
        );
    }

    #[test]
    fn the_reader_splits() {
        let articles = ["John Smith", "John A. Smith"];
        check(&articles, &[("John A. Smith", 4, 2)]);
        let apart = [("john smith", "john smith\t\tA", false)];
        check_with(&articles, &apart, &[("John Smith", 2, 1), ("John A. Smith", 2, 1)]);
    }

    #[test]
    fn splitting_takes_the_readers_word_back_first() {
        let mut said = ties(&[("peskov", "dmitry peskov", true), ("ed roe", "eddie roe", true)]);
        let parse = Identity::parse;
        let group = [parse("dmitry peskov"), parse("dmitry peskov\tm"), parse("peskov")];
        let split = said.split(&group, &group);
        assert_eq!(split, [Tie { one: "dmitry peskov".to_owned(), other: "peskov".to_owned(), same: None }]);
        let back: Vec<_> = split.iter().map(|tie| said.set(tie)).collect();
        let rest = said.split(&group[..2], &group[..2]);
        assert_eq!((rest.len(), rest[0].same), (1, Some(false)));
        assert!(said.split(&group[..1], &group[..2]).is_empty(), "one name cannot be split");
        for tie in &back {
            said.set(tie);
        }
        assert_eq!(said, ties(&[("peskov", "dmitry peskov", true), ("ed roe", "eddie roe", true)]));
    }
}
