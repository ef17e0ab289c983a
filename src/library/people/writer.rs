//! Keeps the tables of people up with the articles: many changes are gathered in memory and written at once.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use super::regroup::Regrouping;
use super::rows::{self, Row};
use crate::article::{DateKey, DateRange, Dates};
use crate::catalog::{
    ArticleSpeaker, Clustering, Expansions, Identity, IdentityLinks, SpeakerStats, cluster_identities, month_of,
};
use crate::library::Error;
use crate::library::codec::{read_published, read_seen};
use crate::quotes::Spoken;

/// The tables, open for writing.
pub(in crate::library) struct PeopleWriter<'c> {
    connection: &'c Connection,
    links: IdentityLinks,
    /// All rows of each key that was touched.
    same_key: HashMap<String, Vec<Row>>,
    /// Names and roles, by the row of the person.
    voices: HashMap<(i64, Box<str>, Box<str>), KnownVoice>,
    /// Person, date, article, voice, how much is said, whether the surname stands alone.
    appearances: Vec<(i64, i64, i64, i64, Spoken, bool)>,
    /// The row of the words of an article, and a person.
    casts: Vec<(i64, i64)>,
    /// The next free ids, of people and voices.
    next: Option<(i64, i64)>,
}

/// What was noted of a speaker in an article: person, date, voice, how much is said and whether the surname stands alone, and
/// the identity.
type NotedAppearance = (i64, i64, i64, (Spoken, bool), String);

/// A name with a role.
struct KnownVoice {
    id: i64,
    /// In how many articles it stands beside quotations.
    articles: u32,
    /// And beside reported statements alone.
    reported: u32,
    is_new: bool,
}

impl<'c> PeopleWriter<'c> {
    /// Opens the tables; [`PeopleWriter::close`] writes what has changed.
    pub fn open(connection: &'c Connection) -> Result<Self, Error> {
        let links = rows::identity_links(connection)?;
        let (appearances, casts) = (Vec::new(), Vec::new());
        Ok(Self { connection, links, same_key: HashMap::new(), voices: HashMap::new(), appearances, casts, next: None })
    }

    /// Notes who speaks in an article that is new; not of one that the user removed.
    pub fn enter(&mut self, article: i64, date: Option<DateKey>, voices: &[ArticleSpeaker]) -> Result<(), Error> {
        let sql = "SELECT body FROM articles WHERE id = ?1
                   AND NOT EXISTS (SELECT 1 FROM marks WHERE marks.article = key AND removed)";
        let body = self.connection.prepare_cached(sql)?.query_row([article], |row| row.get::<_, i64>(0)).optional()?;
        let Some(body) = body else { return Ok(()) };
        let number = date.map_or(0, |date| date.0);
        for voice in voices {
            let person = self.person(&voice.identity)?;
            let role = voice.role.clone().unwrap_or_default();
            let called = (person, voice.name.clone(), role);
            if !self.voices.contains_key(&called) {
                let known = self.known_voice(&called)?;
                self.voices.insert(called.clone(), known);
            }
            let Some(known) = self.voices.get_mut(&called) else { continue };
            let with_role = if voice.is_quoted() { &mut known.articles } else { &mut known.reported };
            *with_role += 1;
            let (with_role, voice_id) = (*with_role, known.id);
            let by_surname = voice.by_surname && voice.is_quoted();
            self.appearances.push((person, number, article, voice_id, voice.spoken, by_surname));
            self.casts.push((body, person));
            if let Some(row) = self.row(voice.identity.key(), person) {
                row.stats.count(voice, date, with_role);
                row.is_changed = true;
            }
        }
        Ok(())
    }

    /// Removes what was noted of an article.
    pub fn leave(&mut self, article: i64) -> Result<(), Error> {
        let sql = "SELECT casts.person, appearances.date, voice, appearances.quotations, appearances.runs,
                          appearances.by_surname, identity, appearances.doubtful,
                          appearances.reported
                   FROM articles JOIN casts ON casts.body = articles.body JOIN people ON people.id = casts.person
                   JOIN appearances ON appearances.person = casts.person
                       AND appearances.date = ?2 AND appearances.article = articles.id
                   WHERE articles.id = ?1";
        let date = date_of(self.connection, article)?;
        let mut statement = self.connection.prepare_cached(sql)?;
        let read = |row: &rusqlite::Row<'_>| {
            let [quotations, runs, doubtful, reported] = [row.get(3)?, row.get(4)?, row.get(7)?, row.get(8)?];
            let spoken = Spoken { quotations, runs, doubtful, reported };
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, (spoken, row.get(5)?), row.get::<_, String>(6)?))
        };
        // What was gathered counts too.
        for row in self.same_key.values_mut().flatten().filter(|row| row.is_new) {
            row.write(self.connection)?;
            row.is_new = false;
        }
        self.write_appearances()?;
        let noted: Vec<NotedAppearance> = statement.query_map((article, date), read)?.collect::<Result<_, _>>()?;
        let sql = "DELETE FROM casts WHERE body = (SELECT body FROM articles WHERE id = ?1)";
        self.connection.prepare_cached(sql)?.execute([article])?;
        for (person, number, voice, said, identity) in noted {
            let sql = "DELETE FROM appearances WHERE person = ?1 AND date = ?2 AND article = ?3";
            self.connection.prepare_cached(sql)?.execute((person, number, article))?;
            let is_quoted = said.0.quotations > 0;
            let called = forget_voice(self.connection, voice, is_quoted)?;
            let identity = Identity::parse(&identity);
            self.look_up(identity.key())?;
            let connection = self.connection;
            if let Some(row) = self.row(identity.key(), person) {
                take_back(&mut row.stats, rows::date(Some(number)), said);
                let is_quoted_no_more = is_quoted && row.stats.articles == 0;
                if is_quoted || row.stats.articles == 0 {
                    recount_dates(connection, row, number, is_quoted_no_more)?;
                }
                // A name or role that more articles use stays.
                let is_leading = |(name, role, left): &(String, String, u32)| {
                    let is_role = row.stats.role.as_ref().is_some_and(|(known, _)| *role == **known);
                    is_role || (*left == 0 && *name == *row.stats.name)
                };
                if is_quoted_no_more || called.as_ref().is_none_or(is_leading) {
                    recount_voices(connection, row)?;
                }
                row.is_changed = true;
            }
        }
        Ok(())
    }

    /// Marks the people of this key to be clustered again.
    pub fn touch(&mut self, key: &str) -> Result<(), Error> {
        self.look_up(key)?;
        for row in self.same_key.get_mut(key).into_iter().flatten() {
            row.is_changed = true;
        }
        Ok(())
    }

    /// Writes all that has changed.
    pub fn close(mut self) -> Result<(), Error> {
        self.write_appearances()?;
        let Regrouping { groups, expansions } = Regrouping::of(self.connection, &self.links, &self.same_key)?;
        for keys in groups {
            self.gather(&keys, &expansions)?;
        }
        self.same_key.values().flatten().try_for_each(|row| row.write(self.connection))
    }

    /// Works out who of these keys is one person.
    fn gather(&mut self, keys: &BTreeSet<String>, expansions: &Expansions) -> Result<(), Error> {
        for key in keys {
            self.look_up(key)?;
        }
        let mut taken: Vec<_> = keys.iter().filter_map(|key| self.same_key.remove_entry(key)).collect();
        let rows = taken.iter_mut().flat_map(|(_, rows)| rows);
        cluster(rows.filter(|row| !row.stats.spoken.is_silent()).collect(), &self.links, expansions);
        self.same_key.extend(taken);
        Ok(())
    }

    /// The row of an identity, new where there is none.
    fn person(&mut self, identity: &Identity) -> Result<i64, Error> {
        self.look_up(identity.key())?;
        let known = |row: &&Row| row.stats.identity == *identity;
        if let Some(row) = self.same_key.get(identity.key()).and_then(|same_key| same_key.iter().find(known)) {
            return Ok(row.id);
        }
        let id = self.next()?.0;
        self.next = self.next.map(|(person, voice)| (person + 1, voice));
        self.same_key.entry(identity.key().to_owned()).or_default().push(Row::new(id, identity.clone()));
        Ok(id)
    }

    fn row(&mut self, key: &str, id: i64) -> Option<&mut Row> {
        self.same_key.get_mut(key)?.iter_mut().find(|row| row.id == id)
    }

    fn look_up(&mut self, key: &str) -> Result<(), Error> {
        if !self.same_key.contains_key(key) {
            let rows = rows::rows_with_key(self.connection, key)?;
            self.same_key.insert(key.to_owned(), rows);
        }
        Ok(())
    }

    fn known_voice(&mut self, (person, name, role): &(i64, Box<str>, Box<str>)) -> Result<KnownVoice, Error> {
        let sql = "SELECT id, articles, reported FROM voices WHERE person = ?1 AND name = ?2 AND role = ?3";
        let mut statement = self.connection.prepare_cached(sql)?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        if let Some((id, articles, reported)) =
            statement.query_row(params![person, &**name, &**role], read).optional()?
        {
            return Ok(KnownVoice { id, articles, reported, is_new: false });
        }
        let id = self.next()?.1;
        self.next = self.next.map(|(person, voice)| (person, voice + 1));
        Ok(KnownVoice { id, articles: 0, reported: 0, is_new: true })
    }

    fn next(&mut self) -> Result<(i64, i64), Error> {
        if let Some(next) = self.next {
            return Ok(next);
        }
        let highest = |table: &str| {
            let sql = format!("SELECT coalesce(max(id), 0) + 1 FROM {table}");
            self.connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))
        };
        let next = (highest("people")?, highest("voices")?);
        self.next = Some(next);
        Ok(next)
    }

    /// Writes where people speak, and what they are called; in the order of the tables, which is fastest.
    fn write_appearances(&mut self) -> Result<(), Error> {
        let mut called: Vec<_> = self.voices.drain().collect();
        called.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        for ((person, name, role), KnownVoice { id, articles, reported, is_new }) in called {
            if is_new {
                let sql =
                    "INSERT INTO voices (id, person, name, role, articles, reported) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                self.connection
                    .prepare_cached(sql)?
                    .execute(params![id, person, &*name, &*role, articles, reported])?;
            } else {
                let sql = "UPDATE voices SET articles = ?2, reported = ?3 WHERE id = ?1";
                self.connection.prepare_cached(sql)?.execute((id, articles, reported))?;
            }
        }
        self.appearances.sort_unstable_by_key(|&(person, date, article, ..)| (person, date, article));
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO appearances (person, date, article, voice, quotations, runs, doubtful, by_surname, reported)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        for (person, date, article, voice, spoken, by_surname) in self.appearances.drain(..) {
            let Spoken { quotations, runs, doubtful, reported } = spoken;
            insert.execute((person, date, article, voice, quotations, runs, doubtful, by_surname, reported))?;
        }
        let mut insert = self.connection.prepare_cached("INSERT INTO casts (body, person) VALUES (?1, ?2)")?;
        self.casts.sort_unstable();
        for cast in self.casts.drain(..) {
            insert.execute(cast)?;
        }
        Ok(())
    }
}

/// Rows that are one person's.
struct Cluster {
    head: i64,
    members: u32,
    quotations: u32,
}

/// Works out which of these rows are one person's, and which stands for them.
fn cluster(mut all: Vec<&mut Row>, links: &IdentityLinks, expansions: &Expansions) {
    let members: Vec<_> = all.iter().map(|row| (&row.stats.identity, row.stats.spoken.quotations)).collect();
    let Clustering { numbers, perhaps } = cluster_identities(&members, links, expansions);
    let mut clusters: HashMap<usize, Cluster> = HashMap::new();
    for (row, number) in all.iter().zip(&numbers) {
        let cluster = clusters.entry(*number).or_insert_with(|| Cluster { head: row.id, members: 0, quotations: 0 });
        cluster.members += 1;
        cluster.quotations += row.stats.spoken.quotations;
    }
    for (number, cluster) in &mut clusters {
        let own = all.iter().zip(&numbers).filter(|(_, of)| *of == number).map(|(row, _)| row);
        let most = own.max_by_key(|row| (row.stats.spoken.quotations, std::cmp::Reverse(&row.stats.identity)));
        cluster.head = most.map_or(cluster.head, |row| row.id);
    }
    for (row, number) in all.iter_mut().zip(&numbers) {
        let cluster = &clusters[number];
        let is_head = cluster.head == row.id;
        let members = if is_head { cluster.members } else { 0 };
        let full = perhaps.get(number).filter(|_| is_head);
        let stands = (cluster.head, members, is_head.then_some(cluster.quotations));
        if (row.head, row.members, row.standing) != stands || row.perhaps.as_ref() != full {
            (row.head, row.members, row.standing) = stands;
            row.perhaps = full.cloned();
            row.is_changed = true;
        }
    }
}

fn take_back(stats: &mut SpeakerStats, date: Option<DateKey>, (said, by_surname): (Spoken, bool)) {
    stats.spoken -= said;
    if said.quotations == 0 {
        return;
    }
    stats.by_surname = stats.by_surname.saturating_sub(u32::from(by_surname));
    stats.articles = stats.articles.saturating_sub(1);
    if let Some(month) = date.and_then(DateKey::utc_day).map(month_of)
        && let Some(count) = stats.months.get_mut(&month)
    {
        *count = count.saturating_sub(said.quotations);
        stats.months.retain(|_, count| *count > 0);
    }
}

/// Counts one article less for a name with its role; returns both, and how many articles of its kind are left.
fn forget_voice(connection: &Connection, voice: i64, is_quoted: bool) -> Result<Option<(String, String, u32)>, Error> {
    let column = if is_quoted { "articles" } else { "reported" };
    let sql = format!("UPDATE voices SET {column} = {column} - 1 WHERE id = ?1 RETURNING name, role, {column}");
    let mut update = connection.prepare_cached(&sql)?;
    let called = update.query_row([voice], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    connection
        .prepare_cached("DELETE FROM voices WHERE id = ?1 AND articles = 0 AND reported = 0")?
        .execute([voice])?;
    Ok(called)
}

/// The number of the date of an article; 0 where it has none.
fn date_of(connection: &Connection, article: i64) -> Result<i64, Error> {
    let sql = "SELECT day, second, zone, seen FROM articles WHERE id = ?1";
    let read = |row: &rusqlite::Row<'_>| {
        let published = read_published(row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Dates { published, seen: read_seen(row.get(3)?), ..Dates::default() })
    };
    let dates = connection.prepare_cached(sql)?.query_row([article], read).optional()?;
    Ok(dates.and_then(|dates| dates.key()).map_or(0, |key| key.0))
}

/// Recomputes the first and last dates, where one of them went, or all did; `number` is that of the date that did. Those of reported
/// statements count where nothing is quoted.
fn recount_dates(connection: &Connection, row: &mut Row, number: i64, are_all_gone: bool) -> Result<(), Error> {
    if !are_all_gone && rows::date(Some(number)).is_none_or(|gone| !row.stats.dates.ends_with(gone)) {
        return Ok(());
    }
    let quoted = if row.stats.articles > 0 { "AND quotations > 0" } else { "" };
    row.stats.dates = DateRange::default();
    for order in ["ASC", "DESC"] {
        for moment in [0, 1] {
            let sql = format!(
                "SELECT date FROM appearances WHERE person = ?1 AND date <> 0 AND date % 2 = ?2 {quoted}
                 ORDER BY date {order} LIMIT 1"
            );
            let end = connection.prepare_cached(&sql)?.query_row((row.id, moment), |r| r.get(0)).optional()?;
            if let Some(end) = rows::date(end) {
                row.stats.dates.add(end);
            }
        }
    }
    Ok(())
}

/// Recomputes the fullest name and the commonest role.
fn recount_voices(connection: &Connection, row: &mut Row) -> Result<(), Error> {
    (row.stats.name, row.stats.role) = (Box::default(), None);
    let column = if row.stats.articles > 0 { "articles" } else { "reported" };
    let sql = format!("SELECT name, role, {column} FROM voices WHERE person = ?1 AND {column} > 0");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut called = statement.query([row.id])?;
    while let Some(voice) = called.next()? {
        row.stats.note_name(voice.get_ref(0)?.as_str().unwrap_or_default());
        row.stats.note_role(voice.get_ref(1)?.as_str().ok(), voice.get(2)?);
    }
    Ok(())
}
