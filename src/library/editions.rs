//! The table of editions: where and when else an article appeared.

use rusqlite::{Connection, Row, params};

use super::Error;
use super::codec::{read_published, write_published};
use crate::article::{ArticleId, Edition};

/// The editions in a JSON array of arrays: publisher, address, day, second, zone.
pub(super) fn read(json: &str) -> Vec<Edition> {
    type Columns = (Option<String>, Option<String>, Option<i64>, Option<i64>, Option<i16>);
    let rows: Vec<Columns> = serde_json::from_str(json).unwrap_or_default();
    let edition =
        |(publisher, url, day, second, zone)| Edition { published: read_published(day, second, zone), publisher, url };
    rows.into_iter().map(edition).collect()
}

/// Takes the editions of an article out of the table: it is written anew, and they with it.
pub(super) fn take(connection: &Connection, id: ArticleId) -> Result<Vec<Edition>, Error> {
    let sql = "DELETE FROM editions WHERE article = ?1 RETURNING publisher, url, day, second, zone";
    let mut statement = connection.prepare_cached(sql)?;
    let edition = |row: &Row<'_>| {
        let published = read_published(row.get(2)?, row.get(3)?, row.get(4)?);
        Ok(Edition { published, publisher: row.get(0)?, url: row.get(1)? })
    };
    let taken = statement.query_map([id.0 as i64], edition)?;
    Ok(taken.collect::<Result<_, _>>()?)
}

/// Writes an edition of an article, unless it says no more than what is known of that; returns whether it does.
pub(super) fn write(connection: &Connection, id: ArticleId, edition: &Edition) -> Result<bool, Error> {
    let sql = "SELECT publisher, url, day, second, zone FROM articles WHERE key = ?1
               UNION ALL SELECT publisher, url, day, second, zone FROM editions WHERE article = ?1";
    let mut statement = connection.prepare_cached(&sql.replacen("publisher", "source", 1))?;
    let mut rows = statement.query([id.0 as i64])?;
    while let Some(row) = rows.next()? {
        let published = read_published(row.get(2)?, row.get(3)?, row.get(4)?);
        if !edition.differs(&Edition { published, publisher: row.get(0)?, url: row.get(1)? }) {
            return Ok(false);
        }
    }
    let (day, second, zone) = write_published(edition.published);
    let sql = "INSERT INTO editions (article, publisher, url, day, second, zone) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute(params![id.0 as i64, edition.publisher, edition.url, day, second, zone])?;
    Ok(true)
}
