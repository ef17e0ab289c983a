//! Quotations that the user keeps, in their table.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params_from_iter};

use super::Error;
use crate::article::ArticleId;
use crate::user::{Clipping, ClippingId, UserAction};

/// Clippings, by which they are.
pub(super) type Clippings = BTreeMap<ClippingId, Clipping>;

/// Adds all of them to `all`: those before what is damaged too.
pub(super) fn read(connection: &Connection, all: &mut Clippings) -> Result<(), Error> {
    select(connection, "", None, all)
}

/// The clippings from an article.
pub(super) fn of_article(connection: &Connection, article: ArticleId) -> Result<Clippings, Error> {
    let mut all = Clippings::new();
    select(connection, "WHERE article = ?1", Some(article.0), &mut all)?;
    Ok(all)
}

/// This one, if it is there.
pub(super) fn with_id(connection: &Connection, id: ClippingId) -> Result<Clippings, Error> {
    let mut all = Clippings::new();
    select(connection, "WHERE id = ?1", Some(id.0), &mut all)?;
    Ok(all)
}

fn select(connection: &Connection, which: &str, value: Option<u64>, all: &mut Clippings) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(&format!("SELECT id, clipping FROM clippings {which}"))?;
    let mut rows = statement.query(params_from_iter(value.map(|value| value as i64)))?;
    while let Some(row) = rows.next()? {
        all.insert(ClippingId(row.get::<_, i64>(0)? as u64), clipping(row)?);
    }
    Ok(())
}

fn clipping(row: &Row<'_>) -> Result<Clipping, Error> {
    let text: String = row.get(1)?;
    serde_json::from_str(&text).map_err(|error| Error::Failed(format!("a clipping cannot be read ({error})")))
}

/// Writes a clipping, or removes it where there is none any more.
pub(super) fn write(connection: &Connection, id: ClippingId, clipping: Option<&Clipping>) -> Result<(), Error> {
    let Some(clipping) = clipping else {
        connection.prepare_cached("DELETE FROM clippings WHERE id = ?1")?.execute([id.0 as i64])?;
        return Ok(());
    };
    let text = serde_json::to_string(clipping).map_err(|error| Error::Failed(error.to_string()))?;
    let sql = "INSERT OR REPLACE INTO clippings (id, article, clipping) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute((id.0 as i64, clipping.article.0 as i64, text))?;
    Ok(())
}

/// Adds to `actions` what makes these clippings the ones in the table.
pub(super) fn differences(
    before: &Clippings,
    connection: &Connection,
    actions: &mut Vec<UserAction>,
) -> Result<(), Error> {
    let mut now = Clippings::new();
    read(connection, &mut now)?;
    actions.extend(changes(before, &now));
    Ok(())
}

/// What makes the clippings `before` the ones `after`.
pub(super) fn changes(before: &Clippings, after: &Clippings) -> Vec<UserAction> {
    let boxed = |all: &Clippings, id: &ClippingId| all.get(id).cloned().map(Box::new);
    let change = |(id, clipping): (&ClippingId, &Clipping)| {
        let (before, after) = (boxed(before, id), boxed(after, id));
        UserAction::Clipped { id: *id, article: clipping.article, before, after }
    };
    let gone = before.iter().filter(|(id, _)| !after.contains_key(id)).map(change);
    gone.chain(after.iter().map(change)).filter(UserAction::is_change).collect()
}
