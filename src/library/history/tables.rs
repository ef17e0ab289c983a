//! The history in its table, and what is applied to the others.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::{Backing, changed_link, identity_link};
use crate::article::ArticleId;
use crate::catalog::FeedId;
use crate::library::{Error, feeds, people, user_state};
use crate::user::{History, HistoryEntry, RunId, UserAction};

/// The tables of the library.
pub(in crate::library) struct Tables<'a>(pub &'a Transaction<'a>);

impl Tables<'_> {
    /// Adds actions to an entry, and names it anew; whether that could be: it is there, not undone, and not too long yet.
    pub fn extend(
        &mut self,
        entry: i64,
        more: &[UserAction],
        label: &dyn Fn(&[UserAction]) -> String,
    ) -> Result<bool, Error> {
        /// In bytes: all of an entry is written each time that it grows.
        const LONGEST: i64 = 8 << 20;
        let sql = "SELECT 1 FROM history WHERE id = ?1 AND undone IS NULL AND length(actions) < ?2";
        if !self.0.prepare_cached(sql)?.exists((entry, LONGEST))? {
            return Ok(false);
        }
        let mut actions = self.actions_of(entry)?;
        actions.extend_from_slice(more);
        write(self.0, entry, &actions)?;
        let sql = "UPDATE history SET label = ?2 WHERE id = ?1";
        self.0.prepare_cached(sql)?.execute((entry, label(&actions)))?;
        Ok(true)
    }
}

impl Backing for Tables<'_> {
    fn change(&self, action: &UserAction) -> Result<Option<UserAction>, Error> {
        match action {
            UserAction::Linked { .. } => Ok(changed_link(&people::read_links(self.0)?, action)),
            _ if action.feed().is_some() => feeds::change(self.0, action),
            _ => user_state::change(self.0, action),
        }
    }

    fn apply(&mut self, actions: &[UserAction]) -> Result<(), Error> {
        for action in actions {
            user_state::write(self.0, action)?;
            feeds::write(self.0, action)?;
        }
        let links: Vec<_> = actions.iter().filter_map(identity_link).collect();
        if links.is_empty() { Ok(()) } else { people::write_links(self.0, &links) }
    }

    fn history(&self) -> Result<History, Error> {
        let mut entries = self.0.prepare_cached("SELECT id, run, undone_by, undone, label FROM history")?;
        let entries = entries.query_map([], |row| {
            let undone = row.get::<_, Option<i64>>(2)?.map(RunId).zip(row.get(3)?);
            Ok(HistoryEntry { id: row.get(0)?, run: RunId(row.get(1)?), undone, label: row.get(4)? })
        })?;
        Ok(History::new(entries.collect::<Result<_, _>>()?))
    }

    fn actions_of(&self, entry: i64) -> Result<Vec<UserAction>, Error> {
        let sql = "SELECT actions FROM history WHERE id = ?1";
        let actions: Option<String> = self.0.query_row(sql, [entry], |row| row.get(0)).optional()?;
        // What a later version of the program wrote is not undone by this one.
        Ok(actions.and_then(|actions| serde_json::from_str(&actions).ok()).unwrap_or_default())
    }

    fn push(&mut self, entry: &HistoryEntry, actions: &[UserAction], gone: &[i64]) -> Result<(), Error> {
        for id in gone {
            self.remove(*id)?;
        }
        let feed = actions.iter().find_map(UserAction::feed).map(|FeedId(id)| id);
        let actions = serde_json::to_string(actions).map_err(|error| Error::Failed(error.to_string()))?;
        self.0
            .prepare_cached("INSERT INTO history (id, run, feed, label, actions) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute((entry.id, entry.run.0, feed, &entry.label, actions))?;
        if gone.is_empty() { Ok(()) } else { feeds::purge(self.0) }
    }

    fn update(&mut self, entry: &HistoryEntry) -> Result<(), Error> {
        let sql = "UPDATE history SET run = ?2, undone_by = ?3, undone = ?4 WHERE id = ?1";
        let (by, order) = entry.undone.map(|(run, order)| (run.0, order)).unzip();
        self.0.prepare_cached(sql)?.execute((entry.id, entry.run.0, by, order))?;
        Ok(())
    }

    fn remove(&mut self, entry: i64) -> Result<(), Error> {
        self.0.prepare_cached("DELETE FROM history WHERE id = ?1")?.execute([entry])?;
        Ok(())
    }
}

/// Entries about an article become ones about the article that replaced it; `held` is what held of either before. What holds
/// twice, as both have a star, is taken back once without a change: the other one is left.
pub(in crate::library) fn follow_article(
    connection: &Connection,
    from: ArticleId,
    to: ArticleId,
    held: Vec<UserAction>,
) -> Result<(), Error> {
    let mut entries = entries_about(connection, from)?;
    entries.extend(entries_about(connection, to)?);
    let live = |about: &UserAction| entries.values().any(|entry| !entry.is_undone && entry.actions.contains(about));
    // First what was done without an entry, or with one that is no longer kept.
    let mut done: Vec<UserAction> = held.into_iter().filter(|action| !live(action)).collect();
    for action in &mut done {
        action.follow(from, to);
    }
    for (id, Actions { is_undone, mut actions }) in entries {
        for action in &mut actions {
            action.follow(from, to);
        }
        if !is_undone {
            actions.retain(|action| action.article() != Some(to) || is_change(&mut done, action));
        }
        write(connection, id, &actions)?;
    }
    Ok(())
}

/// Whether an action changes anything after those that were `done`, which it joins then.
fn is_change(done: &mut Vec<UserAction>, action: &UserAction) -> bool {
    let inverse = action.inverse();
    let last = done.iter().rfind(|before| *before == action || Some(*before) == inverse.as_ref());
    let is_change = last != Some(action);
    if is_change {
        done.push(action.clone());
    }
    is_change
}

/// Corrections and clippings of an article follow their quoted words to where these start now.
pub(in crate::library) fn follow_words(
    connection: &Connection,
    article: ArticleId,
    moved: &BTreeMap<usize, usize>,
) -> Result<(), Error> {
    for (id, Actions { mut actions, .. }) in entries_about(connection, article)? {
        for action in &mut actions {
            if let UserAction::Corrected { article: of, start, .. } = action
                && *of == article
            {
                *start = moved.get(start).copied().unwrap_or(*start);
            }
            if let UserAction::Clipped { article: of, before, after, .. } = action
                && *of == article
            {
                for clipping in before.iter_mut().chain(after) {
                    clipping.start = clipping.start.and_then(|start| moved.get(&start).copied());
                }
            }
        }
        write(connection, id, &actions)?;
    }
    Ok(())
}

/// Takes what was done with a feed out of all entries: another feed may get its number.
pub(in crate::library) fn forget_feed(connection: &Connection, feed: FeedId) -> Result<(), Error> {
    let sql = "SELECT id, actions FROM history WHERE feed = ?1 OR actions LIKE ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((feed.0, format!("%\"feed\":{},%", feed.0)))?;
    let mut entries: Vec<(i64, Vec<UserAction>)> = Vec::new();
    while let Some(row) = rows.next()? {
        // What a later version of the program wrote goes as a whole.
        let actions = serde_json::from_str(row.get_ref(1)?.as_str().unwrap_or_default());
        entries.push((row.get(0)?, actions.unwrap_or_default()));
    }
    for (id, mut actions) in entries {
        actions.retain(|action| action.feed() != Some(feed));
        if actions.is_empty() {
            connection.prepare_cached("DELETE FROM history WHERE id = ?1")?.execute([id])?;
            continue;
        }
        write(connection, id, &actions)?;
        let next = actions.iter().find_map(UserAction::feed).map(|FeedId(id)| id);
        connection.prepare_cached("UPDATE history SET feed = ?2 WHERE id = ?1")?.execute((id, next))?;
    }
    Ok(())
}

/// The actions of an entry.
struct Actions {
    is_undone: bool,
    actions: Vec<UserAction>,
}

/// The entries that are about an article among others, by their ids: in the order in which they were made.
fn entries_about(connection: &Connection, article: ArticleId) -> Result<BTreeMap<i64, Actions>, Error> {
    let sql = "SELECT id, undone IS NOT NULL, actions FROM history WHERE actions LIKE ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([format!("%:{}%", article.0)])?;
    let mut entries = BTreeMap::new();
    while let Some(row) = rows.next()? {
        if let Ok(actions) = serde_json::from_str(row.get_ref(2)?.as_str().unwrap_or_default()) {
            entries.insert(row.get(0)?, Actions { is_undone: row.get(1)?, actions });
        }
    }
    Ok(entries)
}

fn write(connection: &Connection, entry: i64, actions: &[UserAction]) -> Result<(), Error> {
    let actions = serde_json::to_string(actions).map_err(|error| Error::Failed(error.to_string()))?;
    connection.prepare_cached("UPDATE history SET actions = ?2 WHERE id = ?1")?.execute((entry, actions))?;
    Ok(())
}
