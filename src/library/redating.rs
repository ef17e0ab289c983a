//! Dates that are no dates are taken from the articles of an older library.
//!
//! Version 1 of the library took the time at which a file was written for the date of an article that has none. Before
//! version 6, a zero date was one, and nothing said when an entry of a feed was first seen, by which one with a date to come
//! stands.
//!
//! Row ids follow the date, so that a search that walks them backwards finds the newest first. These articles move to
//! where they belong, with the search index and the tables of speakers; what the user did is stored by the key of the
//! article and stays with it.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::articles::entry_in_row;
use super::codec::write_seen;
use super::rowid_alloc::RowidAllocator;
use super::search::index::{index_all, unindex};
use super::{EncodedArticle, Error, people, user_state};
use crate::user::UserState;

/// From which version of the library on the dates of articles are no longer of some kind; and which they were, with the
/// time in milliseconds since 1970 at which the article had been seen at the latest. 719163 is the number of 1 January 1970.
const KINDS: [(i64, &str); 3] = [
    // Of files, the second at which the file was written; times before 1970 were rounded down.
    (
        2,
        "SELECT articles.id, NULL FROM articles JOIN files ON files.path = articles.path
         WHERE origin = 2 AND second IS NOT NULL AND (day - 719163) * 86400 + second =
             (files.modified - ((files.modified % 1000000000) + 1000000000) % 1000000000) / 1000000000
         ORDER BY articles.id",
    ),
    // The moment zero of computers, and the first day of the calendar.
    (6, "SELECT id, NULL FROM articles WHERE (day = 719163 AND second = 0 AND zone = 0) OR day = 1 ORDER BY id"),
    // Of feeds, dates more than a day later than when the feed was last read.
    (
        6,
        "SELECT articles.id, min(succeeded) * 1000
         FROM articles JOIN came_from ON article = key JOIN sources ON sources.id = came_from.source
         WHERE seen IS NULL AND
             (day - 719163) * 86400 + coalesce(second, 0) - coalesce(zone, 0) * 60 > succeeded + 86400
         GROUP BY articles.id ORDER BY articles.id",
    ),
];

/// How many articles are in memory at a time.
const CHUNK: usize = 512;

/// Removes these dates from a library that was of version `found`, inside the transaction of the migration. Where it is
/// known when the article was seen, that is noted instead: the date stays as what is written.
pub(super) fn redate(connection: &Connection, found: i64) -> Result<(), Error> {
    let user_state = user_state::read(connection)?;
    for (_, sql) in KINDS.into_iter().filter(|(gone_since, _)| found < *gone_since) {
        let mut dated = connection.prepare(sql)?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?));
        let all: Vec<(i64, Option<i64>)> = dated.query_map([], read)?.collect::<Result<_, _>>()?;
        for chunk in all.chunks(CHUNK) {
            move_rows(connection, chunk, &user_state)?;
        }
    }
    Ok(())
}

/// Moves articles to the row ids of their dates as they are now, with what is derived from them.
fn move_rows(connection: &Connection, articles: &[(i64, Option<i64>)], user_state: &UserState) -> Result<(), Error> {
    let mut rowids = RowidAllocator::default();
    let mut moved = Vec::with_capacity(articles.len());
    for &(id, seen) in articles {
        let Some(entry) = entry_in_row(connection, id, user_state)? else { continue };
        let mut article = EncodedArticle::of(&entry)?;
        article.dates.seen = seen.and_then(DateTime::<Utc>::from_timestamp_millis);
        if seen.is_none() {
            article.dates.published = None;
        }
        people::leave(connection, id)?;
        unindex(connection, id)?;
        let place = rowids.allocate(connection, article.dates.moment())?;
        let sql = "UPDATE articles SET id = ?2, seen = ?3, day = iif(?4, day, NULL), second = iif(?4, second, NULL)
                   WHERE id = ?1";
        let stays = article.dates.published.is_some();
        connection.prepare_cached(sql)?.execute((id, place, write_seen(article.dates.seen), stays))?;
        moved.push((place, article));
    }
    rowids.store_overflow(connection)?;
    // Rows are indexed much faster in their order than in any other.
    moved.sort_unstable_by_key(|(id, _)| *id);
    index_all(connection, moved.iter().map(|(id, article)| (*id, article.terms())), &|| Ok(()))?;
    people::enter(connection, moved.iter().map(|(id, article)| (*id, article.date(), article.speakers())))?;
    Ok(())
}
