//! How sources are written down in the library, and read again.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::Error;
use super::subscriptions::{Count, FeedSettings, FetchOptions, FetchStatus, FetchUpdate, Subscription};
use crate::article::ArticleId;
use crate::catalog::SourceId;
use crate::user::UserAction;

const SOURCE: &str = "SELECT id, address, typed, name, folder, tags, muted, settings, title, link, tried, succeeded, due, \
     barred, error, failures, etag, modified FROM sources WHERE NOT removed";

/// All sources, by folder and name.
pub(super) fn all(connection: &Connection) -> Result<Vec<Subscription>, Error> {
    let sql = format!("{SOURCE} ORDER BY folder, coalesce(name, title, address) COLLATE NOCASE, id");
    let mut statement = connection.prepare_cached(&sql)?;
    let sources = statement.query_map([], source)?;
    Ok(sources.collect::<Result<_, _>>()?)
}

/// The source at this address.
pub(super) fn at(connection: &Connection, address: &str) -> Result<Option<Subscription>, Error> {
    let sql = format!("{SOURCE} AND address = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([address], source).optional()?)
}

fn source(row: &Row<'_>) -> rusqlite::Result<Subscription> {
    let settings: String = row.get(7)?;
    let tags: String = row.get(5)?;
    Ok(Subscription {
        id: SourceId(row.get(0)?),
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

/// Adds a source. One that was unsubscribed at this address, and that the history could have brought back, is that again.
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
    Ok(())
}

/// Changes what the reader says of a source; one that is not left alone any more is due at once.
pub(super) fn describe(connection: &Transaction<'_>, id: SourceId, of: &FeedSettings) -> Result<(), Error> {
    let muted = "SELECT muted AND NOT ?2 FROM sources WHERE id = ?1";
    let is_woken: Option<bool> = connection.query_row(muted, (id.0, of.paused), |row| row.get(0)).optional()?;
    connection.execute(
        "UPDATE sources SET address = ?2, typed = ?3, name = ?4, folder = ?5, tags = ?6, muted = ?7, settings = ?8
         WHERE id = ?1",
        params![
            id.0,
            of.address,
            of.typed,
            of.name,
            of.folder,
            written(&of.tags),
            of.paused,
            fetch_options(&of.fetch)?
        ],
    )?;
    if is_woken == Some(true) {
        let sql = "UPDATE sources SET due = 0, failures = 0, error = NULL WHERE id = ?1";
        connection.execute(sql, [id.0])?;
    }
    Ok(())
}

/// As [`UserState::change`](crate::user::UserState::change), asked of the table. What is about no feed that is subscribed to
/// would change something, so that no undo takes it for what is there.
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
        UserAction::Subscribed { subscribed, .. } => *subscribed == is_removed,
        _ => false,
    };
    Ok(is_change.then(|| action.clone()))
}

/// Writes down what the user did with a feed. One that is not paused any more is due at once.
pub(super) fn write(connection: &Connection, action: &UserAction) -> Result<(), Error> {
    let (sql, id) = match action {
        UserAction::FeedRenamed { feed, after, .. } => {
            connection.prepare_cached("UPDATE sources SET name = ?2 WHERE id = ?1")?.execute((feed.0, after))?;
            return Ok(());
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

/// Deletes the feeds that were unsubscribed and that the history cannot bring back any more, with their passwords.
pub(super) fn purge(connection: &Connection) -> Result<(), Error> {
    let sql = "DELETE FROM sources WHERE removed AND id NOT IN (SELECT feed FROM history WHERE feed IS NOT NULL)";
    connection.execute(sql, [])?;
    Ok(())
}

/// Records what a fetch told of a source.
pub(super) fn learn(connection: &Transaction<'_>, update: &FetchUpdate) -> Result<(), Error> {
    let id = update.source;
    let status = &update.status;
    connection
        .prepare_cached(
            "UPDATE sources SET title = coalesce(?2, title), link = coalesce(?3, link), muted = muted OR ?4,
             tried = ?5, succeeded = ?6, due = ?7, barred = ?8, error = ?9, failures = ?10, etag = ?11, modified = ?12
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
            status.modified
        ])?;
    if let Some(address) = &update.moved_to {
        // Where another source lies there already, this one stays where it was.
        connection
            .prepare_cached("UPDATE OR IGNORE sources SET address = ?2 WHERE id = ?1")?
            .execute((id.0, address))?;
    }
    // The source may have been taken out since it was asked.
    let sql =
        "INSERT INTO came_from (source, article, print) SELECT id, ?2, ?3 FROM sources WHERE id = ?1 AND NOT removed
               ON CONFLICT (source, article) DO UPDATE SET print = excluded.print";
    let mut statement = connection.prepare_cached(sql)?;
    for (article, print) in &update.articles {
        statement.execute((id.0, article.0 as i64, *print as i64))?;
    }
    Ok(())
}

/// The articles that came from a source, each with the print that it had there.
pub(super) fn prints(connection: &Connection, id: SourceId) -> Result<HashMap<ArticleId, u64>, Error> {
    let mut statement = connection.prepare_cached("SELECT article, print FROM came_from WHERE source = ?1")?;
    let prints = statement
        .query_map([id.0], |row| Ok((ArticleId(row.get::<_, i64>(0)? as u64), row.get::<_, i64>(1)? as u64)))?;
    Ok(prints.collect::<Result<_, _>>()?)
}

/// How many articles came from each source.
pub(super) fn counts(connection: &Connection) -> Result<HashMap<SourceId, Count>, Error> {
    let sql = "SELECT source, count(*), sum(coalesce(marks.read, 0) = 0) FROM came_from
               JOIN sources ON sources.id = source AND NOT sources.removed
               LEFT JOIN marks ON marks.article = came_from.article GROUP BY source";
    let mut statement = connection.prepare_cached(sql)?;
    let mut counts = HashMap::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let count = Count { articles: row.get::<_, i64>(1)? as usize, unread: row.get::<_, i64>(2)? as usize };
        counts.insert(SourceId(row.get(0)?), count);
    }
    Ok(counts)
}

/// The articles that came from a source, the newest first.
pub(super) fn articles_of(connection: &Connection, id: SourceId) -> Result<Vec<ArticleId>, Error> {
    let sql = "SELECT key FROM came_from JOIN articles ON key = article WHERE came_from.source = ?1 ORDER BY id DESC";
    let mut statement = connection.prepare_cached(sql)?;
    let keys = statement.query_map([id.0], |row| Ok(ArticleId(row.get::<_, i64>(0)? as u64)))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

/// The sources that an article came from, the oldest first.
pub(super) fn sources_of(connection: &Connection, id: ArticleId) -> Result<Vec<SourceId>, Error> {
    let sql =
        "SELECT source FROM came_from JOIN sources ON id = source WHERE article = ?1 AND NOT removed ORDER BY source";
    let mut statement = connection.prepare_cached(sql)?;
    let ids = statement.query_map([id.0 as i64], |row| row.get(0).map(SourceId))?;
    Ok(ids.collect::<Result<_, _>>()?)
}
