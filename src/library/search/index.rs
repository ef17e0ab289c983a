//! The search index: two tables of words, made from the articles and never trusted.

use rusqlite::{Connection, params};

use super::index_terms::IndexTerms;
use crate::library::Error;

/// The table that has each word of an article once, with its prefixes. In many segments it is nearly twice as large: it
/// holds little but the gaps between articles.
pub(in crate::library) const PREFIX_INDEX: &str = "beginnings";

/// The table of all words in their order. It hardly grows by being in segments.
pub(in crate::library) const PHRASE_INDEX: &str = "phrases";

/// The tables of the index.
pub(in crate::library) const TABLES: [&str; 2] = [PREFIX_INDEX, PHRASE_INDEX];

/// From how many segments on some are merged. A search of many is about as fast as of one (measured), and what is
/// merged late is merged seldom.
pub(in crate::library) const MERGE_FROM: i64 = 32;

/// The least number of segments of about one size that are merged (`usermerge` in the schema).
pub(in crate::library) const USERMERGE: i64 = 16;

const INSERT_PREFIXES: &str = "INSERT INTO beginnings (rowid, words) VALUES (?1, ?2)";
const INSERT_PHRASES: &str = "INSERT INTO phrases (rowid, words) VALUES (?1, ?2)";

/// Puts the words of an article into the index.
pub(in crate::library) fn index(connection: &Connection, id: i64, words: &IndexTerms) -> Result<(), Error> {
    connection.prepare_cached(INSERT_PREFIXES)?.execute(params![id, words.prefixes])?;
    connection.prepare_cached(INSERT_PHRASES)?.execute(params![id, words.phrases])?;
    Ok(())
}

/// Puts the words of many articles into the index: the quicker if they come in the order of their rows.
pub(in crate::library) fn index_all<'a>(
    connection: &Connection,
    articles: impl Iterator<Item = (i64, &'a IndexTerms)> + Clone,
    go_on: &dyn Fn() -> Result<(), Error>,
) -> Result<(), Error> {
    let mut prefixes = connection.prepare_cached(INSERT_PREFIXES)?;
    for (id, words) in articles.clone() {
        go_on()?;
        prefixes.execute(params![id, words.prefixes])?;
    }
    let mut phrases = connection.prepare_cached(INSERT_PHRASES)?;
    for (id, words) in articles {
        go_on()?;
        phrases.execute(params![id, words.phrases])?;
    }
    Ok(())
}

/// Removes the words of an article from the index.
pub(in crate::library) fn unindex(connection: &Connection, id: i64) -> Result<(), Error> {
    connection.prepare_cached("DELETE FROM beginnings WHERE rowid = ?1")?.execute([id])?;
    connection.prepare_cached("DELETE FROM phrases WHERE rowid = ?1")?.execute([id])?;
    Ok(())
}

/// Merges segments of a table of the index, about `pages` pages of them; all into one, where that is negative.
pub(in crate::library) fn merge(connection: &Connection, table: &str, pages: i64) -> Result<(), Error> {
    let sql = format!("INSERT INTO {table} ({table}, rank) VALUES ('merge', ?1)");
    connection.prepare_cached(&sql)?.execute([pages])?;
    Ok(())
}

/// How many segments a table of the index has.
pub(in crate::library) fn segments_of(connection: &Connection, table: &str) -> Result<i64, Error> {
    // From one to the next, without a look at what lies between.
    let sql = format!(
        "WITH RECURSIVE parts (id) AS (
             SELECT min(segid) FROM {table}_idx
             UNION ALL SELECT (SELECT min(segid) FROM {table}_idx WHERE segid > id) FROM parts WHERE id IS NOT NULL
         ) SELECT count(id) FROM parts"
    );
    Ok(connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
}
