//! The places in articles that the user marked with a letter, in their table.

use std::collections::HashMap;

use rusqlite::Connection;

use super::Error;
use crate::article::ArticleId;
use crate::user::{Marks, UserAction};

/// Adds the marks of all articles to `all`: those before what is damaged too.
pub(super) fn read(connection: &Connection, all: &mut HashMap<ArticleId, Marks>) -> Result<(), Error> {
    let mut marks = connection.prepare("SELECT article, letter, place FROM bookmarks")?;
    let mut rows = marks.query([])?;
    while let Some(row) = rows.next()? {
        let letter: String = row.get(1)?;
        if let Some(letter) = letter.chars().next() {
            let id = ArticleId(row.get::<_, i64>(0)? as u64);
            all.entry(id).or_default().insert(letter, row.get::<_, i64>(2)? as usize);
        }
    }
    Ok(())
}

/// The marks of an article.
pub(super) fn of(connection: &Connection, article: ArticleId) -> Result<Marks, Error> {
    let mut marks = connection.prepare_cached("SELECT letter, place FROM bookmarks WHERE article = ?1")?;
    let mut rows = marks.query([article.0 as i64])?;
    let mut marks = Marks::new();
    while let Some(row) = rows.next()? {
        let letter: String = row.get(0)?;
        marks.extend(letter.chars().next().zip(Some(row.get::<_, i64>(1)? as usize)));
    }
    Ok(marks)
}

/// Sets a mark, or removes it.
pub(super) fn write(
    connection: &Connection,
    article: ArticleId,
    letter: char,
    offset: Option<usize>,
) -> Result<(), Error> {
    let (article, letter) = (article.0 as i64, letter.to_string());
    match offset {
        Some(offset) => connection
            .prepare_cached("INSERT OR REPLACE INTO bookmarks (article, letter, place) VALUES (?1, ?2, ?3)")?
            .execute((article, letter, offset as i64))?,
        None => connection
            .prepare_cached("DELETE FROM bookmarks WHERE article = ?1 AND letter = ?2")?
            .execute((article, letter))?,
    };
    Ok(())
}

/// What makes one out of the other.
pub(super) fn changes(article: ArticleId, before: &Marks, after: &Marks) -> Vec<UserAction> {
    let letters = before.keys().filter(|letter| !after.contains_key(letter)).chain(after.keys());
    let changed = letters.filter(|letter| before.get(letter) != after.get(letter));
    let change = |&letter: &char| UserAction::Mark { article, letter, offset: after.get(&letter).copied() };
    changed.map(change).collect()
}

/// What makes the marks in memory like those in the table.
pub(super) fn differences(
    before: &HashMap<ArticleId, Marks>,
    connection: &Connection,
) -> Result<Vec<UserAction>, Error> {
    let mut now = HashMap::new();
    read(connection, &mut now)?;
    let none = Marks::new();
    let gone = before.keys().filter(|id| !now.contains_key(id));
    let both = gone.chain(now.keys());
    let of = |id: &ArticleId| changes(*id, before.get(id).unwrap_or(&none), now.get(id).unwrap_or(&none));
    Ok(both.flat_map(of).collect())
}
