//! Retention: what is deleted of the articles of feeds because the user keeps them for a time, or so many, only.
//!
//! Nothing goes that the user decided anything about: what is starred, tagged, corrected, marked, clipped; nor what a file
//! holds, or a feed wants kept longer. What went does not come again from its feed, unless that keeps it now.

use std::collections::HashMap;
use std::sync::PoisonError;

use chrono::{DateTime, NaiveDateTime, Utc};
use rusqlite::{Connection, Row};

use super::articles::row_of;
use super::carry_over::is_decided_on;
use super::commit::Commit;
use super::feeds::subscriptions;
use super::files::drop_if_homeless;
use super::{Error, Library, Subscription, maintenance, rowid_alloc};
use crate::article::{Article, ArticleId};
use crate::catalog::FeedId;
use crate::user::Retention;

/// Articles that retention lets go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expiring {
    /// Which.
    pub articles: Vec<ArticleId>,
    /// How many of them each feed brought.
    pub by_feed: Vec<(FeedId, usize)>,
}

impl Library {
    /// From now on articles of feeds are kept so long, where their feed says nothing else.
    pub fn set_retention(&self, retention: Retention) {
        *self.retention.write().unwrap_or_else(PoisonError::into_inner) = retention;
    }

    /// Which articles are kept no longer.
    pub fn expiring(&self, now: DateTime<Utc>) -> Result<Expiring, Error> {
        let general = *self.retention.read().unwrap_or_else(PoisonError::into_inner);
        self.read(|connection| expiring(connection, general, now))
    }

    /// Deletes articles that are kept no longer, and returns their place in the file to the disk; returns which went. What the
    /// user decided on since they were chosen stays. Others may write between two parts.
    pub fn expire(&self, articles: &[ArticleId], now: DateTime<Utc>) -> Result<Vec<ArticleId>, Error> {
        /// Few enough that another write does not wait noticeably.
        const AT_ONCE: usize = 64;
        let mut gone = Vec::new();
        for some in articles.chunks(AT_ONCE) {
            gone.extend(self.transaction(|connection| {
                let mut commit = Commit::new(connection);
                let mut gone = Vec::new();
                for &id in some {
                    let key = id.0 as i64;
                    if !is_decided_on(connection, key)? && drop_if_homeless(&mut commit, key)? {
                        let_go(connection, key, now.timestamp_millis())?;
                        gone.push(id);
                    }
                }
                Ok(gone)
            })?);
        }
        if let Some(store) = self.writable().filter(|_| !gone.is_empty()) {
            maintenance::incremental_vacuum(store)?;
        }
        Ok(gone)
    }

    /// Whether an article is one that a feed brought before, that went, and that the feed keeps no longer.
    pub fn is_expired(&self, feed: &Subscription, article: &Article, now: DateTime<Utc>) -> Result<bool, Error> {
        let general = *self.retention.read().unwrap_or_else(PoisonError::into_inner);
        let keep = feed.settings.fetch.keep.unwrap_or(general);
        let moment = article.dates.moment();
        let is_kept = || keep.oldest(now).zip(moment).is_some_and(|(oldest, at)| at >= oldest.naive_utc());
        if keep == Retention::Forever || is_kept() {
            return Ok(false);
        }
        self.read(|connection| {
            let sql = "SELECT 1 FROM expired WHERE source = ?1 AND article = ?2";
            let has_gone = connection.prepare_cached(sql)?.exists((feed.id.0, article.id.0 as i64))?;
            match keep {
                Retention::Newest(number) if has_gone => has_newer(connection, feed.id, moment, number),
                _ => Ok(has_gone),
            }
        })
    }

    /// The articles of a feed that retention deleted, each with when that was, in milliseconds since 1970.
    pub fn expired(&self, feed: FeedId) -> Result<Vec<(ArticleId, i64)>, Error> {
        self.read(|connection| {
            let mut expired =
                connection.prepare("SELECT article, at FROM expired WHERE source = ?1 ORDER BY article")?;
            let row = |row: &Row<'_>| Ok((ArticleId(row.get::<_, i64>(0)? as u64), row.get(1)?));
            let expired = expired.query_map([feed.0], row)?;
            Ok(expired.collect::<Result<_, _>>()?)
        })
    }

    /// Adds articles that retention deleted, in another library.
    pub fn keep_expired(&self, feed: FeedId, expired: &[(ArticleId, i64)]) -> Result<(), Error> {
        if expired.is_empty() {
            return Ok(());
        }
        self.transaction(|connection| {
            let sql = "INSERT OR IGNORE INTO expired (source, article, at) VALUES (?1, ?2, ?3)";
            for (article, at) in expired {
                connection.prepare_cached(sql)?.execute((feed.0, article.0 as i64, at))?;
            }
            Ok(())
        })
    }
}

/// Whether a feed has so many articles from a moment on.
fn has_newer(connection: &Connection, feed: FeedId, moment: Option<NaiveDateTime>, number: u32) -> Result<bool, Error> {
    let sql = "SELECT count(*) >= ?3 FROM (SELECT 1 FROM came_from JOIN articles ON key = article
               WHERE came_from.source = ?1 AND articles.id >= ?2 LIMIT ?3)";
    Ok(connection.prepare_cached(sql)?.query_row((feed.0, rowid_alloc::wanted(moment), number), |row| row.get(0))?)
}

/// The feeds that brought an article let it go.
fn let_go(connection: &Connection, key: i64, at: i64) -> Result<(), Error> {
    let sql = "INSERT OR REPLACE INTO expired (source, article, at) SELECT source, article, ?2 FROM came_from WHERE article = ?1";
    connection.prepare_cached(sql)?.execute((key, at))?;
    connection.prepare_cached("DELETE FROM came_from WHERE article = ?1")?.execute([key])?;
    Ok(())
}

fn expiring(connection: &Connection, general: Retention, now: DateTime<Utc>) -> Result<Expiring, Error> {
    let mut feeds: Vec<_> = subscriptions(connection)?
        .into_iter()
        .map(|feed| (feed.id, feed.settings.fetch.keep.unwrap_or(general)))
        .filter(|(_, keep)| *keep != Retention::Forever)
        .collect();
    feeds.sort_by_key(|(id, _)| *id);
    // Each article with the feeds that keep it no longer.
    let mut released: HashMap<i64, Vec<FeedId>> = HashMap::new();
    for &(feed, keep) in &feeds {
        for key in outlived(connection, feed, keep, now)? {
            released.entry(key).or_default().push(feed);
        }
    }
    let mut going = Expiring::default();
    let mut counts: HashMap<FeedId, usize> = HashMap::new();
    let mut keys: Vec<_> = released.into_iter().collect();
    keys.sort_unstable();
    for (key, by) in keys {
        if is_kept_elsewhere(connection, key, by.len())? || is_decided_on(connection, key)? {
            continue;
        }
        going.articles.push(ArticleId(key as u64));
        for feed in by {
            *counts.entry(feed).or_default() += 1;
        }
    }
    going.by_feed = feeds.iter().filter_map(|(feed, _)| Some((*feed, *counts.get(feed)?))).collect();
    Ok(going)
}

/// The articles of a feed that it keeps no longer.
fn outlived(connection: &Connection, feed: FeedId, keep: Retention, now: DateTime<Utc>) -> Result<Vec<i64>, Error> {
    let sql = "SELECT key FROM came_from JOIN articles ON key = article WHERE came_from.source = ?1 ORDER BY articles.id DESC";
    let mut keys = connection.prepare_cached(sql)?;
    let keys = keys.query_map([feed.0], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
    let newest = if let Retention::Newest(number) = keep { number as usize } else { 0 };
    let Some(oldest) = keep.oldest(now) else { return Ok(keys.into_iter().skip(newest).collect()) };
    let mut outlived = Vec::new();
    for key in keys {
        let moment = row_of(connection, ArticleId(key as u64))?.and_then(|row| row.dates.moment());
        if moment.is_some_and(|moment| moment < oldest.naive_utc()) {
            outlived.push(key);
        }
    }
    Ok(outlived)
}

/// Whether a file holds an article, or more feeds brought it than these many.
fn is_kept_elsewhere(connection: &Connection, key: i64, feeds: usize) -> Result<bool, Error> {
    let sql = "SELECT EXISTS (SELECT 1 FROM contents WHERE article = ?1)
               OR (SELECT count(*) FROM came_from JOIN sources ON sources.id = came_from.source WHERE article = ?1 AND NOT removed) > ?2";
    Ok(connection.prepare_cached(sql)?.query_row((key, feeds as i64), |row| row.get(0))?)
}
