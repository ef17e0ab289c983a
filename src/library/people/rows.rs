//! A row of the table of people, and how it is read and written.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row as SqlRow, params};

use crate::article::{DateKey, DateRange};
use crate::catalog::{FullForm, Identity, IdentityLink, IdentityLinks, SpeakerStats, family_name};
use crate::library::Error;
use crate::quotes::Spoken;

/// What an identity has said, and for whom it stands.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub id: i64,
    pub stats: SpeakerStats,
    /// The row that stands for the person.
    pub head: i64,
    /// How many rows it stands for; none where it is no head.
    pub members: u32,
    /// How many quotations these have together.
    pub standing: Option<u32>,
    /// The key of the full name that the person may go by, where the row stands for one.
    pub perhaps: Option<String>,
    /// Whether it is not in the table yet.
    pub is_new: bool,
    /// Whether it differs from the table.
    pub is_changed: bool,
}

const COLUMNS: &str = "id, identity, name, role, role_articles, quotations, articles, first_day, last_day, \
     first_moment, last_moment, months, head, members, standing, runs, by_surname, perhaps, doubtful, reported";

/// All that select rows begin so.
pub(super) fn select(condition: &str) -> String {
    format!("SELECT {COLUMNS} FROM people {condition}")
}

impl Row {
    /// A speaker who has said nothing yet.
    pub fn new(id: i64, identity: Identity) -> Self {
        let stats = SpeakerStats::new(identity);
        Self { id, stats, head: id, members: 1, standing: Some(0), perhaps: None, is_new: true, is_changed: true }
    }

    /// Reads what [`select`] selects.
    pub fn read(row: &SqlRow<'_>) -> Result<Self, Error> {
        let role: Option<Box<str>> = row.get(3)?;
        let with_role: u32 = row.get(4)?;
        let stats = SpeakerStats {
            identity: Identity::parse(row.get_ref(1)?.as_str().unwrap_or_default()),
            name: row.get(2)?,
            role: role.map(|role| (role, with_role)),
            spoken: Spoken {
                quotations: row.get(5)?,
                runs: row.get(15)?,
                doubtful: row.get(18)?,
                reported: row.get(19)?,
            },
            articles: row.get(6)?,
            by_surname: row.get(16)?,
            dates: DateRange {
                written: range((row.get(7)?, row.get(8)?)),
                moments: range((row.get(9)?, row.get(10)?)),
            },
            months: read_months(row.get_ref(11)?.as_blob().unwrap_or_default())?,
        };
        let (head, members, standing) = (row.get(12)?, row.get(13)?, row.get(14)?);
        let perhaps = row.get(17)?;
        Ok(Self { id: row.get(0)?, stats, head, members, standing, perhaps, is_new: false, is_changed: false })
    }

    /// Writes what has changed.
    pub fn write(&self, connection: &Connection) -> Result<(), Error> {
        if self.stats.spoken.is_silent() {
            if !self.is_new {
                connection.prepare_cached("DELETE FROM people WHERE id = ?1")?.execute([self.id])?;
            }
            return Ok(());
        }
        if !self.is_changed {
            return Ok(());
        }
        let sql = if self.is_new {
            "INSERT INTO people (id, identity, named, name, role, role_articles, quotations, articles, first_day, last_day,
                                 first_moment, last_moment, months, head, members, standing, runs, by_surname, perhaps,
                                 surname, doubtful, reported)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)"
        } else {
            "UPDATE people SET name = ?4, role = ?5, role_articles = ?6, quotations = ?7, articles = ?8, first_day = ?9,
                               last_day = ?10, first_moment = ?11, last_moment = ?12, months = ?13, head = ?14,
                               members = ?15, standing = ?16, runs = ?17, by_surname = ?18, perhaps = ?19,
                               doubtful = ?21, reported = ?22
             WHERE id = ?1 AND ?2 = ?2 AND ?3 = ?3 AND ?20 IS ?20"
        };
        let stats = &self.stats;
        let (role, with_role) = stats.role.as_ref().map_or((None, 0), |(role, count)| (Some(&**role), *count));
        let [(first_day, last_day), (first_moment, last_moment)] =
            [stats.dates.written, stats.dates.moments].map(Option::unzip);
        connection.prepare_cached(sql)?.execute(params![
            self.id,
            stats.identity.to_string(),
            stats.identity.is_named(),
            &*stats.name,
            role,
            with_role,
            stats.spoken.quotations,
            stats.articles,
            first_day.map(|date| date.0),
            last_day.map(|date| date.0),
            first_moment.map(|date| date.0),
            last_moment.map(|date| date.0),
            write_months(&stats.months)?,
            self.head,
            self.members,
            self.standing,
            stats.spoken.runs,
            stats.by_surname,
            self.perhaps,
            family_name(stats.identity.key()),
            stats.spoken.doubtful,
            stats.spoken.reported,
        ])?;
        Ok(())
    }
}

/// The rows whose identities have this key.
pub(super) fn rows_with_key(connection: &Connection, key: &str) -> Result<Vec<Row>, Error> {
    // Identities of one key differ after a tab, which no key holds.
    let mut statement =
        connection.prepare_cached(&select("WHERE identity = ?1 OR (identity > ?2 AND identity < ?3)"))?;
    let mut rows = statement.query((key, format!("{key}\t"), format!("{key}\n")))?;
    let mut same_key = Vec::new();
    while let Some(row) = rows.next()? {
        same_key.push(Row::read(row)?);
    }
    Ok(same_key)
}

/// The identities of everyone who goes by names that do not share a key.
pub(super) fn people_of_several_names(connection: &Connection) -> Result<Vec<Vec<Identity>>, Error> {
    let sql = "SELECT other.head, other.identity, head.identity FROM people AS other JOIN people AS head ON head.id = other.head
               WHERE other.head <> other.id";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut people: BTreeMap<i64, Vec<Identity>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let identity = |column| Ok::<_, Error>(Identity::parse(row.get_ref(column)?.as_str().unwrap_or_default()));
        let head = identity(2)?;
        people.entry(row.get(0)?).or_insert_with(|| vec![head]).push(identity(1)?);
    }
    Ok(of_several_keys(people))
}

/// Of people, by what stands for them, those who go by names that do not share a key.
pub(super) fn of_several_keys(people: BTreeMap<i64, Vec<Identity>>) -> Vec<Vec<Identity>> {
    let has_several = |person: &Vec<Identity>| person.iter().any(|one| one.key() != person[0].key());
    people.into_values().filter(has_several).collect()
}

/// The rows that stand for those with this key.
pub(super) fn heads_of(connection: &Connection, key: &str) -> Result<Vec<i64>, Error> {
    let sql = "SELECT DISTINCT head FROM people WHERE identity = ?1 OR (identity > ?2 AND identity < ?3)";
    let mut statement = connection.prepare_cached(sql)?;
    let heads = statement.query_map((key, format!("{key}\t"), format!("{key}\n")), |row| row.get(0))?;
    Ok(heads.collect::<Result<_, _>>()?)
}

/// How much is said under this key.
pub(super) fn quotations_of(connection: &Connection, key: &str) -> Result<u32, Error> {
    let sql = "SELECT coalesce(sum(quotations), 0) FROM people
               WHERE identity = ?1 OR (identity > ?2 AND identity < ?3)";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row((key, format!("{key}\t"), format!("{key}\n")), |row| row.get(0))?)
}

/// All full names that end in this word.
pub(super) fn full_forms(connection: &Connection, surname: &str) -> Result<Vec<FullForm>, Error> {
    let sql = "SELECT identity, role, quotations, articles, by_surname FROM people
               WHERE surname = ?1 AND articles > 0";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([surname])?;
    let mut forms = Vec::new();
    while let Some(row) = rows.next()? {
        let identity = Identity::parse(row.get_ref(0)?.as_str().unwrap_or_default());
        let role = row.get_ref(1)?.as_str().ok();
        let [quotations, articles, by_surname] = [row.get(2)?, row.get(3)?, row.get(4)?];
        forms.push(FullForm::with(identity, role, [quotations, articles, by_surname]));
    }
    Ok(forms)
}

/// The keys of those that the table has as one person, by the row that stands for them.
pub(super) fn keys_of_person(connection: &Connection, head: i64) -> Result<Vec<String>, Error> {
    let sql =
        "SELECT identity FROM people WHERE id = ?1 UNION SELECT identity FROM people WHERE head = ?1 AND head <> id";
    let mut statement = connection.prepare_cached(sql)?;
    let keys = statement.query_map([head], |row| Ok(Identity::parse(row.get_ref(0)?.as_str()?).key().to_owned()))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

/// Which identities the user merged or split.
pub(super) fn identity_links(connection: &Connection) -> Result<IdentityLinks, Error> {
    let mut links = IdentityLinks::default();
    let mut statement = connection.prepare_cached("SELECT one, other, same FROM ties")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        links.set(&IdentityLink { one: row.get(0)?, other: row.get(1)?, same: Some(row.get(2)?) });
    }
    Ok(links)
}

/// The date with this number; none where it is 0.
pub(super) fn date(number: Option<i64>) -> Option<DateKey> {
    number.filter(|&number| number != 0).map(DateKey)
}

fn range((first, last): (Option<i64>, Option<i64>)) -> Option<(DateKey, DateKey)> {
    first.map(DateKey).zip(last.map(DateKey))
}

fn write_months(months: &BTreeMap<u16, u32>) -> Result<Vec<u8>, Error> {
    let pairs: Vec<(u16, u32)> = months.iter().map(|(&month, &count)| (month, count)).collect();
    postcard::to_stdvec(&pairs).map_err(|error| Error::Failed(error.to_string()))
}

fn read_months(bytes: &[u8]) -> Result<BTreeMap<u16, u32>, Error> {
    let damaged = |_| Error::Damaged("the months of a speaker cannot be read".to_owned());
    let pairs: Vec<(u16, u32)> = postcard::from_bytes(bytes).map_err(damaged)?;
    Ok(pairs.into_iter().collect())
}
