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

/// Entries about an article become ones about the article that replaced it.
pub(in crate::library) fn follow_article(connection: &Connection, from: ArticleId, to: ArticleId) -> Result<(), Error> {
    rewrite(connection, from, &|action| action.follow(from, to))
}

/// Corrections of an article follow their quoted words to where these start now.
pub(in crate::library) fn follow_words(
    connection: &Connection,
    article: ArticleId,
    moved: &BTreeMap<usize, usize>,
) -> Result<(), Error> {
    rewrite(connection, article, &|action| {
        if let UserAction::Corrected { article: of, start, .. } = action
            && *of == article
        {
            *start = moved.get(start).copied().unwrap_or(*start);
        }
    })
}

/// Changes the actions of all entries that are about an article.
fn rewrite(connection: &Connection, article: ArticleId, change: &dyn Fn(&mut UserAction)) -> Result<(), Error> {
    let mut entries = connection.prepare_cached("SELECT id, actions FROM history WHERE actions LIKE ?1")?;
    let entries = entries.query_map([format!("%:{}%", article.0)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (id, written) in entries.collect::<Result<Vec<(i64, String)>, _>>()? {
        let Ok(mut actions) = serde_json::from_str::<Vec<UserAction>>(&written) else { continue };
        actions.iter_mut().for_each(change);
        let actions = serde_json::to_string(&actions).map_err(|error| Error::Failed(error.to_string()))?;
        connection.prepare_cached("UPDATE history SET actions = ?2 WHERE id = ?1")?.execute((id, actions))?;
    }
    Ok(())
}
