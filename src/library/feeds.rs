//! The tables of feeds, and which articles came from which.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::commit::{Commit, Committed};
use super::subscription::{EntryRecord, FetchStatus, FetchUpdate, Subscription};
use super::{Error, Library, doubles, keys};
use crate::article::{ArticleId, DateSource};
use crate::catalog::FeedId;
use crate::user::{FeedSettings, FetchOptions, UserAction};

const SELECT: &str = "SELECT id, address, typed, name, folder, tags, muted, settings, title, link, tried, succeeded, due, \
     barred, error, failures, etag, modified, reader FROM sources WHERE NOT removed";

impl Library {
    /// All feeds, by folder and name.
    pub fn subscriptions(&self) -> Result<Vec<Subscription>, Error> {
        self.read(subscriptions)
    }

    /// Whether it holds no article and no feed: there is nothing to read in it, and nothing to come.
    pub fn is_bare(&self) -> Result<bool, Error> {
        Ok(self.is_empty()? && self.subscriptions()?.is_empty())
    }

    /// The feed at this address.
    pub fn subscription_at(&self, address: &str) -> Result<Option<Subscription>, Error> {
        self.read(|connection| at(connection, address))
    }

    /// Adds a feed, unless there is one at its address; returns it, and whether it is new. Without a file it is an
    /// error.
    pub fn subscribe(&self, settings: &FeedSettings) -> Result<(Subscription, bool), Error> {
        let store = self.store().ok_or(Error::Nowhere)?;
        store.writer()?.transaction(|connection| {
            if let Some(known) = at(connection, &settings.address)? {
                return Ok((known, false));
            }
            insert(connection, settings)?;
            Ok((at(connection, &settings.address)?.ok_or(Error::Nowhere)?, true))
        })
    }

    /// Changes the settings of a feed; one that is no longer paused is due at once.
    pub fn set_feed_settings(&self, id: FeedId, of: &FeedSettings) -> Result<(), Error> {
        self.transaction(|connection| put_settings(connection, id, of))
    }

    /// Records the results of fetches, all or none. An article remains one of a feed when it is no longer there. Returns what
    /// became of articles that were there twice.
    pub fn record_fetches(&self, updates: &[FetchUpdate]) -> Result<Committed, Error> {
        let mut committed = self.transaction_if_writable(|connection| {
            let mut commit = Commit::new(connection);
            for update in updates {
                record_fetch(&mut commit, update)?;
                for &(double, kept) in &update.doubles {
                    doubles::bring_together(&mut commit, double, kept)?;
                    keys::hand_over_keys(connection, double, kept)?;
                    commit.committed.gone.push(double);
                    commit.committed.successors.push((double, kept));
                }
            }
            commit.finish(&|| Ok(()))
        })?;
        self.take_in(&mut committed);
        Ok(committed)
    }

    /// The entries that came from a feed, by their articles.
    pub fn entries_of(&self, id: FeedId) -> Result<HashMap<ArticleId, EntryRecord>, Error> {
        self.read(|connection| {
            let sql = "SELECT article, print, guid FROM came_from WHERE source = ?1";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([id.0])?;
            let mut entries = HashMap::new();
            while let Some(row) = rows.next()? {
                let article = ArticleId(row.get::<_, i64>(0)? as u64);
                let (content_hash, guid) = (row.get::<_, i64>(1)? as u64, row.get::<_, Option<i64>>(2)?);
                entries.insert(article, EntryRecord { article, guid: guid.map(|guid| guid as u64), content_hash });
            }
            Ok(entries)
        })
    }

    /// The feeds that an article came from, the oldest subscription first.
    pub fn feeds_of_article(&self, id: ArticleId) -> Result<Vec<FeedId>, Error> {
        self.read(|connection| {
            let sql = "SELECT source FROM came_from JOIN sources ON id = source
                 WHERE article = ?1 AND NOT removed ORDER BY source";
            let mut statement = connection.prepare_cached(sql)?;
            let ids = statement.query_map([id.0 as i64], |row| row.get(0).map(FeedId))?;
            Ok(ids.collect::<Result<_, _>>()?)
        })
    }
}

/// All feeds, by folder and name.
pub(super) fn subscriptions(connection: &Connection) -> Result<Vec<Subscription>, Error> {
    let sql = format!("{SELECT} ORDER BY folder, coalesce(name, title, address) COLLATE NOCASE, id");
    let mut statement = connection.prepare_cached(&sql)?;
    let feeds = statement.query_map([], subscription)?;
    Ok(feeds.collect::<Result<_, _>>()?)
}

/// The feed with this id.
pub(super) fn with_id(connection: &Connection, id: FeedId) -> Result<Option<Subscription>, Error> {
    let sql = format!("{SELECT} AND id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id.0], subscription).optional()?)
}

/// The feed at this address.
pub(super) fn at(connection: &Connection, address: &str) -> Result<Option<Subscription>, Error> {
    let sql = format!("{SELECT} AND address = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([address], subscription).optional()?)
}

fn subscription(row: &Row<'_>) -> rusqlite::Result<Subscription> {
    let settings: String = row.get(7)?;
    let tags: String = row.get(5)?;
    Ok(Subscription {
        id: FeedId(row.get(0)?),
        settings: FeedSettings {
            address: row.get(1)?,
            typed: row.get(2)?,
            name: row.get(3)?,
            folder: row.get(4)?,
            tags: tags.lines().map(str::to_owned).collect(),
            paused: row.get(6)?,
            // What cannot be read is as with all.
            fetch: serde_json::from_str(&settings).unwrap_or_default(),
        },
        title: row.get(8)?,
        link: row.get(9)?,
        status: FetchStatus {
            last_attempt: row.get(10)?,
            succeeded: row.get(11)?,
            next_fetch: row.get(12)?,
            retry_after: row.get(13)?,
            error: row.get(14)?,
            failures: row.get(15)?,
            etag: row.get(16)?,
            modified: row.get(17)?,
            reader: row.get(18)?,
        },
    })
}

/// Tags, one a line.
fn written(tags: &[String]) -> String {
    tags.iter().map(|tag| tag.replace('\n', " ")).collect::<Vec<_>>().join("\n")
}

fn fetch_options(options: &FetchOptions) -> Result<String, Error> {
    serde_json::to_string(options).map_err(|error| Error::Failed(error.to_string()))
}

/// Adds a feed. One that was unsubscribed at this address, and that the
/// history could have brought back, is that again.
pub(super) fn insert(connection: &Transaction<'_>, of: &FeedSettings) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT INTO sources (address, typed, name, folder, tags, muted, settings)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (address) DO UPDATE SET typed = ?2, name = ?3, folder = ?4, tags = ?5, muted = ?6,
             settings = ?7, removed = 0, due = 0, failures = 0, error = NULL, etag = NULL, modified = NULL",
        )?
        .execute(params![
            of.address,
            of.typed,
            of.name,
            of.folder,
            written(&of.tags),
            of.paused,
            fetch_options(&of.fetch)?
        ])?;
    // What an earlier subscription let go may come again.
    let sql = "DELETE FROM expired WHERE source = (SELECT id FROM sources WHERE address = ?1)";
    connection.execute(sql, [&of.address])?;
    Ok(())
}

/// Changes the settings of a feed, with what follows from that.
pub(super) fn put_settings(connection: &Connection, id: FeedId, of: &FeedSettings) -> Result<(), Error> {
    let Some(Subscription { settings: before, .. }) = with_id(connection, id)? else { return Ok(()) };
    connection
        .prepare_cached(
            "UPDATE sources SET address = ?2, typed = ?3, name = ?4, folder = ?5, tags = ?6, muted = ?7, settings = ?8
             WHERE id = ?1",
        )?
        .execute(params![
            id.0,
            of.address,
            of.typed,
            of.name,
            of.folder,
            written(&of.tags),
            of.paused,
            fetch_options(&of.fetch)?
        ])?;
    let update = |sql: &str| connection.execute(sql, [id.0]);
    if before.fetch.keep != of.fetch.keep {
        // What went may come again: the feed is asked for as a whole, and what it keeps no longer goes once more.
        update("UPDATE sources SET etag = NULL, modified = NULL WHERE id = ?1")?;
        update("DELETE FROM expired WHERE source = ?1")?;
    }
    let is_same_request = before.address == of.address
        && before.fetch.user_agent == of.fetch.user_agent
        && before.fetch.headers == of.fetch.headers
        && before.fetch.proxy == of.fetch.proxy;
    if !is_same_request {
        // The answer may be another one, and an error another one or none.
        update("UPDATE sources SET etag = NULL, modified = NULL, due = 0, failures = 0, error = NULL WHERE id = ?1")?;
    }
    if let Some(minutes) = of.fetch.interval.filter(|_| before.fetch.interval != of.fetch.interval) {
        let sql = "UPDATE sources SET due = min(due, coalesce(tried, 0) + ?2 * 60) WHERE id = ?1";
        connection.execute(sql, (id.0, minutes))?;
    }
    if before.paused && !of.paused {
        update("UPDATE sources SET due = 0, failures = 0, error = NULL WHERE id = ?1")?;
    }
    Ok(())
}

/// Records the result of a fetch.
fn record_fetch(commit: &mut Commit<'_>, update: &FetchUpdate) -> Result<(), Error> {
    let connection = commit.connection;
    let id = update.source;
    let status = &update.status;
    connection
        .prepare_cached(
            "UPDATE sources SET title = coalesce(?2, title), link = coalesce(?3, link), muted = muted OR ?4,
             tried = ?5, succeeded = ?6, due = ?7, barred = ?8, error = ?9, failures = ?10, etag = ?11, modified = ?12,
             reader = ?13
             WHERE id = ?1",
        )?
        .execute(params![
            id.0,
            update.title,
            update.link,
            update.pause,
            status.last_attempt,
            status.succeeded,
            status.next_fetch,
            status.retry_after,
            status.error,
            status.failures,
            status.etag,
            status.modified,
            status.reader
        ])?;
    if let Some(address) = &update.moved_to {
        // Where another feed lies there already, this one stays where it was.
        connection
            .prepare_cached("UPDATE OR IGNORE sources SET address = ?2 WHERE id = ?1")?
            .execute((id.0, address))?;
    }
    // The feed may have been unsubscribed meanwhile.
    let sql =
        "INSERT INTO came_from (source, article, print, guid) SELECT id, ?2, ?3, ?4 FROM sources WHERE id = ?1 AND NOT removed
               ON CONFLICT (source, article) DO UPDATE SET print = excluded.print, guid = coalesce(excluded.guid, guid)";
    let mut statement = connection.prepare_cached(sql)?;
    let mut others = connection
        .prepare_cached("UPDATE came_from SET guid = NULL WHERE source = ?1 AND guid = ?3 AND article <> ?2")?;
    let mut former = connection.prepare_cached(
        "INSERT OR REPLACE INTO aliases (key, article)
         SELECT guid, article FROM came_from WHERE source = ?1 AND article = ?2 AND guid <> ?3",
    )?;
    for EntryRecord { article, guid, content_hash } in &update.entries {
        if let Some(guid) = guid {
            others.execute((id.0, article.0 as i64, *guid as i64))?;
            former.execute((id.0, article.0 as i64, *guid as i64))?;
        }
        statement.execute((id.0, article.0 as i64, *content_hash as i64, guid.map(|guid| guid as i64)))?;
    }
    for copy in &update.copies {
        keys::write_key(connection, copy.article, copy.key())?;
    }
    for (article, edition) in &update.editions {
        commit.edition(*article, edition, DateSource::Article)?;
    }
    Ok(())
}

/// Like [`UserState::change`](crate::user::UserState::change), but from the table. An action on a feed that is not
/// subscribed to counts as a change, so that undo leaves it out.
pub(super) fn change(connection: &Connection, action: &UserAction) -> Result<Option<UserAction>, Error> {
    let Some(feed) = action.feed() else { return Ok(None) };
    let sql = "SELECT name, muted, removed FROM sources WHERE id = ?1";
    let known = connection.prepare_cached(sql)?.query_row([feed.0], |row| {
        Ok((row.get::<_, Option<String>>(0)?, row.get::<_, bool>(1)?, row.get::<_, bool>(2)?))
    });
    let Some((before, is_paused, is_removed)) = known.optional()? else { return Ok(Some(action.clone())) };
    if is_removed && !matches!(action, UserAction::Subscribed { .. }) {
        return Ok(Some(action.clone()));
    }
    let is_change = match action {
        UserAction::FeedRenamed { after, .. } => {
            let renamed = UserAction::FeedRenamed { feed, before, after: after.clone() };
            return Ok(Some(renamed).filter(UserAction::is_change));
        }
        UserAction::FeedPaused { paused, .. } => *paused != is_paused,
        UserAction::FeedSet { after, .. } => {
            let Some(known) = with_id(connection, feed)? else { return Ok(Some(action.clone())) };
            let before = Some(known.settings.value_like(after));
            let set = UserAction::FeedSet { feed, before, after: after.clone() };
            return Ok(Some(set).filter(UserAction::is_change));
        }
        UserAction::Subscribed { subscribed, .. } => *subscribed == is_removed,
        _ => false,
    };
    Ok(is_change.then(|| action.clone()))
}

/// Writes down what the user did with a feed. One that is no longer paused is due at once.
pub(super) fn write(connection: &Connection, action: &UserAction) -> Result<(), Error> {
    let (sql, id) = match action {
        UserAction::FeedRenamed { feed, after, .. } => {
            connection.prepare_cached("UPDATE sources SET name = ?2 WHERE id = ?1")?.execute((feed.0, after))?;
            return Ok(());
        }
        UserAction::FeedSet { feed, after, .. } => {
            let Some(Subscription { mut settings, .. }) = with_id(connection, *feed)? else { return Ok(()) };
            settings.apply(after);
            return put_settings(connection, *feed, &settings);
        }
        UserAction::FeedPaused { feed, paused: true } => ("UPDATE sources SET muted = 1 WHERE id = ?1", feed),
        UserAction::FeedPaused { feed, paused: false } => {
            ("UPDATE sources SET muted = 0, due = 0, failures = 0, error = NULL WHERE id = ?1", feed)
        }
        UserAction::Subscribed { feed, subscribed: true } => ("UPDATE sources SET removed = 0 WHERE id = ?1", feed),
        UserAction::Subscribed { feed, subscribed: false } => ("UPDATE sources SET removed = 1 WHERE id = ?1", feed),
        _ => return Ok(()),
    };
    connection.prepare_cached(sql)?.execute([id.0])?;
    Ok(())
}

/// Deletes the feeds that were unsubscribed and that the history can no longer bring back, with their passwords.
pub(super) fn purge(connection: &Connection) -> Result<(), Error> {
    // An entry may be about several feeds: its column names the first of them.
    let sql = "DELETE FROM sources WHERE removed AND NOT EXISTS (
                   SELECT 1 FROM history WHERE feed = sources.id OR actions LIKE '%\"feed\":' || sources.id || ',%')";
    connection.execute(sql, [])?;
    Ok(())
}
