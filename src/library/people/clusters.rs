//! People as the tables have them, together with what is in staging only.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::iter::Peekable;

use rusqlite::{Connection, Rows};

use super::rows::{self, Row};
use super::{FIRST_PEOPLE, PeopleSink, in_batches};
use crate::article::DateKey;
use crate::catalog::{
    Expansions, FullForm, FullName, Identity, IdentityLinks, KeyGroups, NamesByKey, Person, SpeakerIndex, SpeakerStats,
    cluster_identities, is_short, short_forms_of,
};
use crate::library::Error;
use crate::quotes::Spoken;

/// An identity of a person, and its row in the tables.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub identity: Identity,
    pub row: Option<i64>,
    stats: SpeakerStats,
}

/// All names, in the file and in staging.
struct Names<'a> {
    connection: Option<&'a Connection>,
    index: &'a SpeakerIndex,
}

impl NamesByKey for Names<'_> {
    type Error = Error;

    fn quotations_of(&mut self, key: &str) -> Result<u32, Error> {
        let stored = self.connection.map_or(Ok(0), |connection| rows::quotations_of(connection, key))?;
        Ok(stored + self.index.stats_of(key).map(|stats| stats.spoken.quotations).sum::<u32>())
    }

    fn full_forms(&mut self, surname: &str) -> Result<Vec<FullForm>, Error> {
        let mut forms = self.connection.map_or(Ok(Vec::new()), |connection| rows::full_forms(connection, surname))?;
        forms.extend(self.index.full_forms(surname));
        Ok(forms)
    }
}

/// The identities of one person, and the key of the full name that they perhaps go by.
struct Cluster {
    members: Vec<Member>,
    perhaps: Option<String>,
}

/// The identities with this key.
pub(super) fn identities_with_key(
    connection: Option<&Connection>,
    index: &SpeakerIndex,
    key: &str,
) -> Result<Vec<Identity>, Error> {
    Ok(members(connection, index, &BTreeSet::from([key.to_owned()]))?.into_iter().map(|m| m.identity).collect())
}

/// All identities with these keys, with what they say in the file and in staging.
fn members(
    connection: Option<&Connection>,
    index: &SpeakerIndex,
    keys: &BTreeSet<String>,
) -> Result<Vec<Member>, Error> {
    let mut members: BTreeMap<Identity, Member> = BTreeMap::new();
    for key in keys {
        for row in connection.map_or(Ok(Vec::new()), |connection| rows::rows_with_key(connection, key))? {
            let Row { id, stats, .. } = row;
            members.insert(stats.identity.clone(), Member { identity: stats.identity.clone(), row: Some(id), stats });
        }
    }
    for stats in keys.iter().flat_map(|key| index.stats_of(key)) {
        let identity = stats.identity.clone();
        let known = members.entry(identity.clone());
        known.and_modify(|member| member.stats.absorb(stats.clone())).or_insert_with(|| Member {
            identity,
            row: None,
            stats: stats.clone(),
        });
    }
    Ok(members.into_values().collect())
}

/// The members of each person among these.
fn clusters(members: Vec<Member>, links: &IdentityLinks, expansions: &Expansions) -> Vec<Cluster> {
    let identities: Vec<_> = members.iter().map(|member| (&member.identity, member.stats.spoken.quotations)).collect();
    let mut found = cluster_identities(&identities, links, expansions);
    let mut clusters: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
    for (member, number) in members.into_iter().zip(found.numbers) {
        clusters.entry(number).or_default().push(member);
    }
    let cluster = |(number, members)| Cluster { members, perhaps: found.perhaps.remove(&number) };
    clusters.into_iter().map(cluster).collect()
}

/// The identities of one person: those that are gathered with this one.
pub(super) fn group_of(
    connection: Option<&Connection>,
    index: &SpeakerIndex,
    links: &IdentityLinks,
    wanted: &Identity,
) -> Result<Vec<Member>, Error> {
    Ok(cluster_of(connection, index, links, wanted)?.map(|cluster| cluster.members).unwrap_or_default())
}

fn cluster_of(
    connection: Option<&Connection>,
    index: &SpeakerIndex,
    links: &IdentityLinks,
    wanted: &Identity,
) -> Result<Option<Cluster>, Error> {
    let mut groups = KeyGroups::new(links, Names { connection, index });
    let all = members(connection, index, &groups.keys_with(wanted.key())?)?;
    let is_theirs = |cluster: &Cluster| cluster.members.iter().any(|member| member.identity == *wanted);
    Ok(clusters(all, links, groups.known()).into_iter().find(is_theirs))
}

/// The identities of everyone in staging who goes by names that do not share a key.
pub(super) fn people_of_several_names(
    index: &SpeakerIndex,
    links: &IdentityLinks,
) -> Result<Vec<Vec<Identity>>, Error> {
    let mut groups = KeyGroups::new(links, Names { connection: None, index });
    let (mut people, mut seen) = (BTreeMap::new(), HashSet::new());
    for SpeakerStats { identity, .. } in index.stats() {
        if seen.contains(identity.key()) {
            continue;
        }
        let keys = groups.keys_with(identity.key())?;
        if keys.len() > 1 {
            for cluster in clusters(members(None, index, &keys)?, links, groups.known()) {
                let identities = cluster.members.into_iter().map(|member| member.identity).collect();
                people.insert(people.len() as i64, identities);
            }
        }
        seen.extend(keys);
    }
    Ok(rows::of_several_keys(people))
}

/// The person of an identity.
pub(super) fn person(
    connection: Option<&Connection>,
    index: &SpeakerIndex,
    links: &IdentityLinks,
    wanted: &Identity,
) -> Result<Option<Person>, Error> {
    let cluster = cluster_of(connection, index, links, wanted)?;
    cluster.map_or(Ok(None), |cluster| person_of(connection, index, links, &cluster))
}

/// One person of these members.
fn person_of(
    connection: Option<&Connection>,
    index: &SpeakerIndex,
    links: &IdentityLinks,
    Cluster { members: group, perhaps }: &Cluster,
) -> Result<Option<Person>, Error> {
    let is_linked = group.iter().any(|member| !links.is_silent_on(member.identity.key()));
    let ids: Vec<i64> = group.iter().filter_map(|member| member.row).collect();
    let identities: HashSet<&Identity> = group.iter().map(|member| &member.identity).collect();
    // Only names that the user merged, and short forms, can stand in one article with others.
    let is_of_one_key = group.iter().all(|member| member.identity.key() == group[0].identity.key());
    let articles = if is_linked && group.len() > 1 || !is_of_one_key {
        let stored = connection.map_or(Ok(0), |connection| count_articles(connection, &ids))?;
        Some(stored + index.articles_of(|identity| identities.contains(identity)).len() as u32)
    } else {
        None
    };
    let stats = group.iter().map(|member| member.stats.clone()).collect();
    let full = match perhaps {
        Some(key) => members(connection, index, &BTreeSet::from([key.clone()]))?,
        None => Vec::new(),
    };
    let perhaps = FullName::of(full.iter().map(|member| &member.stats)).map(Box::new);
    let whole = |person: Person| Person { articles: articles.unwrap_or(person.articles), perhaps, ..person };
    Ok(Person::of(stats).map(whole))
}

/// Hands everyone to `sink`, in order.
pub(super) fn people(
    connection: &Connection,
    index: &SpeakerIndex,
    links: &IdentityLinks,
    sink: PeopleSink<'_, Person>,
) -> Result<(), Error> {
    let mut fresh = Vec::new();
    let mut hidden = HashSet::new();
    let mut seen: HashSet<String> = HashSet::new();
    let mut groups = KeyGroups::new(links, Names { connection: Some(connection), index });
    for key in keys_changed_by(connection, index, links)? {
        if seen.contains(&key) {
            continue;
        }
        let keys = groups.keys_with(&key)?;
        let all = members(Some(connection), index, &keys)?;
        hidden.extend(all.iter().filter_map(|member| member.row));
        for cluster in clusters(all, links, groups.known()) {
            fresh.extend(person_of(Some(connection), index, links, &cluster)?);
        }
        seen.extend(keys);
    }
    fresh.sort_by(|a, b| a.standing().cmp(&b.standing()));
    let sql = rows::select("WHERE standing IS NOT NULL ORDER BY named DESC, standing DESC, identity");
    let mut statement = connection.prepare_cached(&sql)?;
    let stored = StoredPeople { rows: statement.query([])?, hidden, connection, links };
    let all = Merged { stored: stored.peekable(), fresh: fresh.into_iter().peekable() };
    in_batches(all, FIRST_PEOPLE, sink)
}

/// The keys that may be other people's than the tables say, because of what is in staging.
fn keys_changed_by(
    connection: &Connection,
    index: &SpeakerIndex,
    links: &IdentityLinks,
) -> Result<BTreeSet<String>, Error> {
    let mut keys = BTreeSet::new();
    for SpeakerStats { identity, .. } in index.stats() {
        if keys.insert(identity.key().to_owned()) {
            keys.extend(links.keys_with(identity.key()));
        }
    }
    let shorts: BTreeSet<String> = keys.iter().flat_map(|key| short_forms_of(key)).collect();
    let known = shorts.into_iter().chain(keys.iter().filter(|key| is_short(key)).cloned());
    let mut near = BTreeSet::new();
    for short in known.collect::<BTreeSet<_>>() {
        for row in rows::rows_with_key(connection, &short)? {
            near.extend(rows::keys_of_person(connection, row.head)?);
        }
    }
    keys.extend(near);
    Ok(keys)
}

/// People of the tables, in their order.
struct StoredPeople<'s> {
    rows: Rows<'s>,
    /// Rows of people who are listed elsewhere.
    hidden: HashSet<i64>,
    connection: &'s Connection,
    links: &'s IdentityLinks,
}

impl StoredPeople<'_> {
    fn next_person(&mut self) -> Result<Option<Person>, Error> {
        while let Some(row) = self.rows.next()? {
            let head = Row::read(row)?;
            if self.hidden.contains(&head.id) {
                continue;
            }
            let perhaps = head.perhaps.clone();
            let mut group = vec![member(head.stats, head.id)];
            if head.members > 1 {
                let sql = rows::select("WHERE head = ?1 AND head <> id");
                let mut statement = self.connection.prepare_cached(&sql)?;
                let mut others = statement.query([head.id])?;
                while let Some(row) = others.next()? {
                    let other = Row::read(row)?;
                    group.push(member(other.stats, other.id));
                }
            }
            let none = SpeakerIndex::default();
            let cluster = Cluster { members: group, perhaps };
            if let Some(person) = person_of(Some(self.connection), &none, self.links, &cluster)? {
                return Ok(Some(person));
            }
        }
        Ok(None)
    }
}

fn member(stats: SpeakerStats, row: i64) -> Member {
    Member { identity: stats.identity.clone(), row: Some(row), stats }
}

impl Iterator for StoredPeople<'_> {
    type Item = Result<Person, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_person().transpose()
    }
}

/// Two orders made one.
struct Merged<A: Iterator, B: Iterator<Item = Person>> {
    stored: Peekable<A>,
    fresh: Peekable<B>,
}

impl<A: Iterator<Item = Result<Person, Error>>, B: Iterator<Item = Person>> Iterator for Merged<A, B> {
    type Item = Result<Person, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match (self.stored.peek(), self.fresh.peek()) {
            (Some(Ok(stored)), Some(fresh)) if fresh.standing() < stored.standing() => self.fresh.next().map(Ok),
            (None, _) => self.fresh.next().map(Ok),
            _ => self.stored.next(),
        }
    }
}

/// In how many articles any of these rows' people speak in quotation marks.
fn count_articles(connection: &Connection, rows: &[i64]) -> Result<u32, Error> {
    let mut articles: HashSet<i64> = HashSet::new();
    for row in rows {
        let mut statement =
            connection.prepare_cached("SELECT article FROM appearances WHERE person = ?1 AND quotations > 0")?;
        for article in statement.query_map([row], |row| row.get(0))? {
            articles.insert(article?);
        }
    }
    Ok(articles.len() as u32)
}

/// The row of an article, its date, and how much one says in it.
pub(super) type SpokenIn = (i64, Option<DateKey>, Spoken);

/// The articles in which any of these rows' people speak, the newest first, in the user's own time zone.
pub(super) fn articles_of(connection: &Connection, people: &[i64]) -> Result<Vec<SpokenIn>, Error> {
    let mut articles: HashMap<i64, (i64, Spoken)> = HashMap::new();
    for row in people {
        let sql = "SELECT article, date, quotations, runs, doubtful, reported FROM appearances WHERE person = ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let mut found = statement.query([row])?;
        while let Some(row) = found.next()? {
            let entry = articles.entry(row.get(0)?).or_insert((row.get(1)?, Spoken::default()));
            let [quotations, runs, doubtful, reported] = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
            entry.1 += Spoken { quotations, runs, doubtful, reported };
        }
    }
    let dated = |(article, (date, spoken))| (article, rows::date(Some(date)), spoken);
    let mut ordered: Vec<_> = articles.into_iter().map(dated).collect();
    // Those without a date come last.
    ordered.sort_by_cached_key(|&(article, date, _)| Reverse((date.and_then(DateKey::local), date, article)));
    Ok(ordered)
}
