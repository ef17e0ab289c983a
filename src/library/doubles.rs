//! Articles that an older library has twice become one, and what each is known by is written down.

use std::collections::HashMap;

use rusqlite::Connection;

use super::articles::{ENTRY, article, row_of};
use super::commit::Commit;
use super::keys::write_keys;
use super::{Error, carry_over, editions};
use crate::article::{ArticleId, Edition};

/// The version of the library from which on no article is in it twice.
pub(super) const GONE_SINCE: i64 = 5;

/// Writes by what the articles of an older library are known, inside the transaction of the migration. Of articles with
/// the same words the earliest stays, one without a date only where none has one: what was done with the others, and where
/// they came from, goes over to it.
pub(super) fn merge(connection: &Connection) -> Result<(), Error> {
    let mut doubles = Vec::new();
    let mut first: HashMap<ArticleId, ArticleId> = HashMap::new();
    for dated in ["NOT NULL", "NULL"] {
        let mut statement = connection.prepare(&format!("{ENTRY} WHERE day IS {dated} ORDER BY articles.id"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let article = article(row)?;
            let kept = if article.is_telling() {
                *first.entry(article.keys.content).or_insert(article.id)
            } else {
                article.id
            };
            write_keys(connection, kept, &article.keys)?;
            if kept != article.id {
                doubles.push((article.id, kept, Edition::of(&article)));
            }
        }
    }
    let mut commit = Commit::new(connection);
    for (double, kept, edition) in doubles {
        let (from, to) = (double.0 as i64, kept.0 as i64);
        carry_over::hand_over(&mut commit, from, to)?;
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
        editions::write(connection, kept, &edition)?;
        if let Some(row) = row_of(connection, double)? {
            commit.drop_article(row.id)?;
        }
        carry_over::forget(&mut commit, from)?;
    }
    commit.finish(&|| Ok(())).map(drop)
}
