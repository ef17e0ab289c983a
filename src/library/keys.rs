//! By what articles are known: their words, and their addresses.

use rusqlite::Connection;

use super::Error;
use crate::article::{Article, ArticleId, ArticleKeys};
use crate::text::word_count;

/// From how many words after the headline on a text is one article's alone, whatever its address is: many feeds have
/// entries of a few words that are the same every day.
const TELLING_WORDS: usize = 25;

/// Writes by what an article is known.
pub(super) fn write_keys(connection: &Connection, id: ArticleId, keys: &ArticleKeys) -> Result<(), Error> {
    for key in [Some(keys.content), keys.address].into_iter().flatten().filter(|key| *key != id) {
        let sql = "INSERT OR IGNORE INTO aliases (key, article)
                   SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM articles WHERE key = ?1)";
        connection.prepare_cached(sql)?.execute((key.0 as i64, id.0 as i64))?;
    }
    Ok(())
}

/// Whether the words of an article are its alone.
pub(super) fn is_telling(article: &Article) -> bool {
    word_count(after_headline(article)) >= TELLING_WORDS
}

/// The text without the headline.
pub(super) fn after_headline(article: &Article) -> &str {
    article.body.text().split_once('\n').map_or("", |(_, text)| text)
}
