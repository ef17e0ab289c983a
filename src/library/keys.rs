//! By what articles are known: their words, and their addresses.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::{Error, Library};
use crate::article::{ArticleId, ArticleKeys};

/// Writes by what an article is known.
pub(super) fn write_keys(connection: &Connection, id: ArticleId, keys: &ArticleKeys) -> Result<(), Error> {
    for key in [Some(keys.content), keys.address].into_iter().flatten().filter(|key| *key != id) {
        let sql = "INSERT OR IGNORE INTO aliases (key, article)
                   SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM articles WHERE key = ?1)";
        connection.prepare_cached(sql)?.execute((key.0 as i64, id.0 as i64))?;
    }
    Ok(())
}

/// An article is known by this key too from now on.
pub(super) fn write_key(connection: &Connection, id: ArticleId, key: ArticleId) -> Result<(), Error> {
    let sql = "INSERT OR REPLACE INTO aliases (key, article) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute((key.0 as i64, id.0 as i64))?;
    Ok(())
}

/// Of what one article is known by, another is known by from now on.
pub(super) fn hand_over_keys(connection: &Connection, from: ArticleId, to: ArticleId) -> Result<(), Error> {
    let sql = "UPDATE aliases SET article = ?2 WHERE article = ?1";
    connection.prepare_cached(sql)?.execute((from.0 as i64, to.0 as i64))?;
    Ok(())
}

impl Library {
    /// What the articles are known by besides their own identities, in ascending order; under nothing, what is the key of
    /// none.
    pub fn keys(&self) -> Result<BTreeMap<Option<ArticleId>, Vec<ArticleId>>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare("SELECT article, key FROM aliases ORDER BY key")?;
            let mut rows = statement.query([])?;
            let mut keys: BTreeMap<_, Vec<_>> = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let article = row.get::<_, Option<i64>>(0)?.map(|id| ArticleId(id as u64));
                keys.entry(article).or_default().push(ArticleId(row.get::<_, i64>(1)? as u64));
            }
            Ok(keys)
        })
    }

    /// Adds keys, each with the article that it is of; nothing where it is that of none. What is known of a key stays.
    pub fn add_keys(&self, keys: &[(ArticleId, Option<ArticleId>)]) -> Result<(), Error> {
        if keys.is_empty() {
            return Ok(());
        }
        self.transaction(|connection| {
            let mut statement =
                connection.prepare_cached("INSERT OR IGNORE INTO aliases (key, article) VALUES (?1, ?2)")?;
            for (key, article) in keys {
                statement.execute((key.0 as i64, article.map(|id| id.0 as i64)))?;
            }
            Ok(())
        })
    }
}
