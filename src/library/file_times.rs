//! Removes dates that are no dates: version 1 of the library took the time at which a file was written for the date of
//! an article that has none.
//!
//! Row ids follow the date, so that a search that walks them backwards finds the newest first. These articles move to
//! where those without a date stand, with the search index and the tables of speakers; what the user did is stored by
//! the key of the article and stays with it.

use rusqlite::Connection;

use super::articles::entry_in_row;
use super::rowid_alloc::RowidAllocator;
use super::search::index::{index_all, unindex};
use super::{EncodedArticle, Error, people, user_state};

/// The version of the library from which on no date is the time of a file.
pub(super) const GONE_SINCE: i64 = 2;

/// How many articles are in memory at a time.
const CHUNK: usize = 512;

/// Articles of files whose date is the second at which the file was written. 719163 is the number of 1 January 1970;
/// times before it are rounded down, as the dates were.
const DATED_BY_FILE: &str = "SELECT articles.id FROM articles JOIN files ON files.path = articles.path
     WHERE origin = 2 AND second IS NOT NULL AND (day - 719163) * 86400 + second =
         (files.modified - ((files.modified % 1000000000) + 1000000000) % 1000000000) / 1000000000
     ORDER BY articles.id";

/// Removes these dates, inside the transaction of the migration.
pub(super) fn take_away(connection: &Connection) -> Result<(), Error> {
    let mut dated = connection.prepare(DATED_BY_FILE)?;
    let ids: Vec<i64> = dated.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if ids.is_empty() {
        return Ok(());
    }
    let user_state = user_state::read(connection)?;
    let mut rowids = RowidAllocator::default();
    for chunk in ids.chunks(CHUNK) {
        let mut moved = Vec::with_capacity(chunk.len());
        for &id in chunk {
            let Some(entry) = entry_in_row(connection, id, &user_state)? else { continue };
            moved.push((move_row(connection, id, &mut rowids)?, EncodedArticle::of(&entry)?));
        }
        // Rows are indexed much faster in their order than in any other.
        moved.sort_unstable_by_key(|(id, _)| *id);
        index_all(connection, moved.iter().map(|(id, article)| (*id, article.terms())), &|| Ok(()))?;
        people::enter(connection, moved.iter().map(|(id, article)| (*id, None, article.speakers())))?;
    }
    Ok(())
}

/// Moves an article to the row id of one without a date, and removes what is derived from it; returns that id.
fn move_row(connection: &Connection, id: i64, rowids: &mut RowidAllocator) -> Result<i64, Error> {
    people::leave(connection, id)?;
    unindex(connection, id)?;
    let place = rowids.allocate(connection, None)?;
    let sql = "UPDATE articles SET id = ?2, day = NULL, second = NULL WHERE id = ?1";
    connection.prepare_cached(sql)?.execute((id, place))?;
    Ok(place)
}
