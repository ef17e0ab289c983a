//! Articles that an older library has twice become one, and what each is known by is written down.

use std::collections::HashMap;

use rusqlite::Connection;

use super::articles::{ENTRY, article, row_of};
use super::commit::Commit;
use super::keys::write_keys;
use super::{Error, carry_over, editions};
use crate::article::{Article, ArticleId, Published, normalized_address};

/// The version of the library from which on no article is in it twice.
pub(super) const GONE_SINCE: i64 = 5;

/// Writes by what the articles of an older library are known, inside the transaction of the migration. Of articles with
/// the same words the earliest stays, one without a date only where none has one: what was done with the others, and where
/// they came from, goes over to it. Few words may be those of several articles, unless they are of one date and one address
/// or feed.
pub(super) fn merge(connection: &Connection) -> Result<(), Error> {
    let mut doubles = Vec::new();
    let mut first: HashMap<(ArticleId, Option<Place>), ArticleId> = HashMap::new();
    for dated in ["NOT NULL", "NULL"] {
        let mut statement = connection.prepare(&format!("{ENTRY} WHERE day IS {dated} ORDER BY articles.id"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let article = article(row)?;
            let content = article.keys.content;
            let places = if article.is_telling() { vec![None] } else { places(connection, &article)? };
            let known = places.iter().find_map(|place| first.get(&(content, place.clone())).copied());
            let kept = known.unwrap_or(article.id);
            for place in places {
                first.entry((content, place)).or_insert(kept);
            }
            write_keys(connection, kept, &article.keys)?;
            if kept != article.id {
                doubles.push((article.id, kept));
            }
        }
    }
    let mut commit = Commit::new(connection);
    for (double, kept) in doubles {
        bring_together(&mut commit, double, kept)?;
    }
    commit.finish(&|| Ok(())).map(drop)
}

/// When and where a text of few words appeared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Place {
    /// At an address, perhaps without a date.
    Address(String, Option<Published>),
    /// In a feed.
    Feed(i64, Published),
}

fn places(connection: &Connection, article: &Article) -> Result<Vec<Option<Place>>, Error> {
    let published = article.dates.published;
    let address = article.url.as_deref().and_then(normalized_address);
    let mut places: Vec<_> = address.into_iter().map(|address| Some(Place::Address(address, published))).collect();
    if let Some(published) = published {
        let mut statement = connection.prepare_cached("SELECT source FROM came_from WHERE article = ?1")?;
        for feed in statement.query_map([article.id.0 as i64], |row| row.get(0))? {
            places.push(Some(Place::Feed(feed?, published)));
        }
    }
    Ok(places)
}

/// Brings an article together with another one that is the same: what was done with it, where it came from, and where and
/// when it appeared go over.
pub(super) fn bring_together(commit: &mut Commit<'_>, double: ArticleId, kept: ArticleId) -> Result<(), Error> {
    let connection = commit.connection;
    let (Some(row), Some(_)) = (row_of(connection, double)?, row_of(connection, kept)?) else { return Ok(()) };
    let (from, to) = (double.0 as i64, kept.0 as i64);
    carry_over::hand_over(commit, from, to)?;
    for sql in [
        "UPDATE OR IGNORE contents SET article = ?2 WHERE article = ?1",
        "DELETE FROM contents WHERE article = ?1 AND ?2 = ?2",
        "UPDATE OR IGNORE came_from SET article = ?2 WHERE article = ?1",
        "DELETE FROM came_from WHERE article = ?1 AND ?2 = ?2",
        "UPDATE articles SET gone = 0 WHERE key = ?2 AND EXISTS (SELECT 1 FROM articles WHERE key = ?1 AND NOT gone)",
        "INSERT OR REPLACE INTO aliases (key, article) VALUES (?1, ?2)",
    ] {
        connection.prepare_cached(sql)?.execute((from, to))?;
    }
    for edition in editions::take(connection, double)?.iter().chain([&row.edition()]) {
        commit.edition(kept, edition, row.dates.source)?;
    }
    commit.drop_article(row.id)?;
    carry_over::forget(commit, from)
}
