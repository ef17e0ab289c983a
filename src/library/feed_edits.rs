//! Changes of feeds beside the history: what is written at once, feeds of a list, and what goes for good.

use std::collections::HashSet;

use rusqlite::Connection;

use super::history::{Backing, Tables, forget_feed};
use super::subscription::Subscription;
use super::{Error, Library, feeds};
use crate::article::web_address;
use crate::catalog::FeedId;
use crate::user::{FeedField, FeedInfo, FeedSetting, FeedSettings, UserAction};

/// What came of an edit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum FeedEdit {
    /// It has the new value.
    Done {
        /// What the feed is called.
        name: String,
        /// How many of its headers were dropped, as they were for another server.
        headers_left: usize,
    },
    /// It had that value.
    Unchanged,
    /// There is no such feed any more.
    #[default]
    Gone,
    /// What is wrong with the value.
    Wrong(String),
}

/// What came of a list of feeds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedFeeds {
    /// The feeds that were subscribed to.
    pub new: Vec<FeedId>,
    /// How many were subscribed to already, and got a tag or a feed folder.
    pub changed: usize,
    /// How many were subscribed to already, and stayed as they are.
    pub known: usize,
}

impl Library {
    /// What may be shown of a feed.
    pub fn feed_info(&self, id: FeedId) -> Result<Option<FeedInfo>, Error> {
        self.read(|connection| Ok(feeds::with_id(connection, id)?.as_ref().map(Subscription::info)))
    }

    /// Changes a setting of a feed to what was written, without an entry in the history: it may hold a password.
    pub fn edit_feed(&self, id: FeedId, field: FeedField, written: &str) -> Result<FeedEdit, Error> {
        self.transaction(|connection| {
            let Some(feed) = feeds::with_id(connection, id)? else { return Ok(FeedEdit::Gone) };
            let mut settings = feed.settings.clone();
            if let Err(why) = settings.set(field, written) {
                return Ok(FeedEdit::Wrong(why));
            }
            if settings == feed.settings {
                return Ok(FeedEdit::Unchanged);
            }
            if settings.address != feed.settings.address
                && let Some(why) = taken(connection, &settings.address)?
            {
                return Ok(FeedEdit::Wrong(why));
            }
            // What was for one server is for no other: a header may be a password.
            let is_elsewhere = !is_same_server(&settings.address, &feed.settings.address);
            let left = if is_elsewhere { std::mem::take(&mut settings.fetch.headers).len() } else { 0 };
            feeds::put_settings(connection, id, &settings)?;
            Ok(FeedEdit::Done { name: Subscription { settings, ..feed }.name(), headers_left: left })
        })
    }

    /// Deletes a feed, with what could be undone of it. Its articles stay.
    pub fn unsubscribe(&self, id: FeedId) -> Result<(), Error> {
        self.transaction(|connection| {
            connection.execute("DELETE FROM sources WHERE id = ?1", [id.0])?;
            // Another feed may get its number.
            forget_feed(connection, id)
        })
    }

    /// Subscribes to the feeds of a list, all or none. One that is there already gets the tags that it does not have, and the
    /// feed folder where it is in none; all else of it stays. With a label that is one entry in the history.
    pub fn subscribe_to_all(&self, listed: &[FeedSettings], label: Option<&str>) -> Result<ListedFeeds, Error> {
        let store = self.store().ok_or(Error::Nowhere)?;
        let here = self.here();
        store.writer()?.transaction(|connection| {
            let (mut came, mut new, mut actions) = (ListedFeeds::default(), HashSet::new(), Vec::new());
            for settings in listed {
                let Some(known) = feeds::at(connection, &settings.address)? else {
                    feeds::insert(connection, settings)?;
                    let feed = feeds::at(connection, &settings.address)?.ok_or(Error::Nowhere)?.id;
                    new.insert(feed);
                    came.new.push(feed);
                    actions.push(UserAction::Subscribed { feed, subscribed: true });
                    continue;
                };
                let added = additions(&known, settings);
                match added.is_empty() {
                    // The list has it twice.
                    _ if new.contains(&known.id) => {}
                    true => came.known += 1,
                    false => came.changed += 1,
                }
                let mut merged = known.settings.clone();
                for setting in &added {
                    merged.apply(setting);
                }
                feeds::put_settings(connection, known.id, &merged)?;
                actions.extend(added.into_iter().map(|after| {
                    let before = Some(known.settings.value_like(&after));
                    UserAction::FeedSet { feed: known.id, before, after }
                }));
            }
            if let Some(label) = label.filter(|_| !actions.is_empty()) {
                let mut tables = Tables(connection);
                let (entry, gone) = tables.history()?.push(here.id(), label, &|run| here.may_touch(run));
                tables.push(&entry, &actions, &gone)?;
            }
            Ok(came)
        })
    }
}

/// Whether two addresses are those of one server: scheme, host and port.
fn is_same_server(one: &str, other: &str) -> bool {
    let origin = |address: &str| web_address(address).map(|url| url.origin());
    origin(one) == origin(other)
}

/// What a list adds to a feed that is there already.
fn additions(known: &Subscription, listed: &FeedSettings) -> Vec<FeedSetting> {
    let mut added = Vec::new();
    let new = listed.tags.iter().filter(|tag| !known.settings.tags.contains(tag));
    let tags: Vec<_> = known.settings.tags.iter().chain(new).cloned().collect();
    if tags.len() > known.settings.tags.len() {
        added.push(FeedSetting::Tags(tags));
    }
    if known.settings.folder.is_empty() && !listed.folder.is_empty() {
        added.push(FeedSetting::Folder(listed.folder.clone()));
    }
    added
}

/// Why no other feed can have this address, if so.
fn taken(connection: &Connection, address: &str) -> Result<Option<String>, Error> {
    if let Some(other) = feeds::at(connection, address)? {
        return Ok(Some(format!("already subscribed to {} at this address", other.name())));
    }
    let is_kept = connection.prepare_cached("SELECT 1 FROM sources WHERE address = ?1")?.exists([address])?;
    Ok(is_kept.then(|| "an unsubscribed feed has this address: subscribe to it again instead".to_owned()))
}
