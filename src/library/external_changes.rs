//! What other programs do in the library while this one has it open.
//!
//! Reports whether another program has written, and what that changed of what this one has in memory or has
//! listed: actions of the user, headlines. What this program wrote itself is not among it.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher};
use std::ops::ControlFlow;
use std::sync::{MutexGuard, PoisonError};

use rusqlite::Row;

use super::articles::{each_row, headline};
use super::store::Store;
use super::{Error, Library, Scope, user_state};
use crate::article::ArticleId;
use crate::catalog::{Headline, IdentityLink, IdentityLinks};
use crate::user::UserAction;

/// What other programs did since the last poll.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExternalChanges {
    /// What they did.
    pub actions: Vec<UserAction>,
    /// Articles that are new in what was listed.
    pub arrived: Vec<Headline>,
    /// Articles that have other words.
    pub edited: Vec<Headline>,
    /// Articles with the same text whose headline has changed: other speakers, a missing file.
    pub relisted: Vec<Headline>,
    /// Articles that are no longer part of what was listed.
    pub departed: Vec<ArticleId>,
}

/// What was listed, to compare it with what is there later.
#[derive(Debug)]
pub(super) struct Listed {
    scope: Scope,
    fingerprints: Vec<Fingerprint>,
    /// Who is one person.
    links: IdentityLinks,
}

/// Tells whether an article has changed. Hashes, and short ones: there may be a million.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fingerprint {
    key: i64,
    /// Of its words: the row that they have in the library.
    body: u32,
    /// Of all else that is listed of it.
    rest: u32,
}

impl Fingerprint {
    /// Of a row that [`headline`] reads.
    fn of(row: &Row<'_>) -> Result<Self, Error> {
        /// The key comes first, the row of the words last.
        const REST: std::ops::Range<usize> = 1..8;
        let mut hasher = DefaultHasher::new();
        for column in REST {
            match row.get_ref(column)? {
                rusqlite::types::ValueRef::Integer(number) => hasher.write_i64(number),
                rusqlite::types::ValueRef::Text(bytes) | rusqlite::types::ValueRef::Blob(bytes) => {
                    hasher.write(bytes);
                    hasher.write_usize(bytes.len());
                }
                _ => hasher.write_u8(0),
            }
        }
        Ok(Self { key: row.get(0)?, body: row.get::<_, i64>(REST.end)? as u32, rest: hasher.finish() as u32 })
    }
}

impl Listed {
    /// Which links have changed; those that this program changed are among them.
    fn relinked(&mut self, now: IdentityLinks) -> Vec<UserAction> {
        let before = std::mem::replace(&mut self.links, now);
        let changed = |IdentityLink { one, other, .. }| {
            let (before, after) = (before.get(&one, &other), self.links.get(&one, &other));
            (before != after).then_some(UserAction::Linked { one, other, before, after })
        };
        let mut all: Vec<_> = before.iter().chain(self.links.iter()).filter_map(changed).collect();
        all.dedup();
        all
    }

    /// Compares all with what was listed, and adds what has changed. What this program changed itself is not reported,
    /// where the app knows of it.
    fn look(&mut self, store: &Store, own: &HashSet<ArticleId>, changes: &mut ExternalChanges) -> Result<(), Error> {
        let before = &mut self.fingerprints;
        before.sort_unstable();
        let mut now = Vec::with_capacity(before.len());
        let mut read = |row: &Row<'_>| {
            let fingerprint = Fingerprint::of(row)?;
            now.push(fingerprint);
            let known = before.binary_search_by_key(&fingerprint.key, |known| known.key).ok().map(|at| before[at]);
            if known == Some(fingerprint) {
                Ok(None)
            } else {
                Ok(Some((known.map(|known| known.body == fingerprint.body), headline(row)?)))
            }
        };
        let mut sink = |batch: Vec<_>| {
            for (is_same_body, headline) in batch {
                match is_same_body {
                    None => changes.arrived.push(headline),
                    Some(false) if !own.contains(&headline.id) => changes.edited.push(headline),
                    Some(_) => changes.relisted.push(headline),
                }
            }
            ControlFlow::Continue(())
        };
        store.read(|connection| each_row(connection, &self.scope, &mut read, &mut sink))?;
        now.sort_unstable();
        let is_there = |key: i64| now.binary_search_by_key(&key, |fingerprint| fingerprint.key).is_ok();
        changes.departed.extend(
            before
                .iter()
                .filter(|fingerprint| !is_there(fingerprint.key))
                .map(|fingerprint| ArticleId(fingerprint.key as u64)),
        );
        self.fingerprints = now;
        Ok(())
    }
}

impl Library {
    /// As [`Library::headlines`], and remembers what was listed for [`Library::poll_external`].
    pub fn list(&self, scope: &Scope, sink: &mut dyn FnMut(Vec<Headline>) -> ControlFlow<()>) -> Result<(), Error> {
        let Some(store) = self.store() else { return Ok(()) };
        let mut fingerprints = Vec::new();
        let mut read = |row: &Row<'_>| {
            fingerprints.push(Fingerprint::of(row)?);
            headline(row).map(Some)
        };
        store.read(|connection| each_row(connection, scope, &mut read, sink))?;
        fingerprints.shrink_to_fit();
        *self.listed() = Some(Listed { scope: scope.clone(), fingerprints, links: self.identity_links()? });
        Ok(())
    }

    /// Whether another program has written since the last [`Library::poll_external`]. Costs one PRAGMA.
    pub fn has_external_writes(&self) -> Result<bool, Error> {
        self.writable().map_or(Ok(false), |store| store.writer()?.has_external_writes())
    }

    /// What other programs did; from now on this one knows it. Nothing before anything was listed.
    ///
    /// Compares all that was listed: about 0.1 s for 100,000 articles. Fails where what the user did could not be
    /// written and still cannot; the changes are reported the next time then.
    pub fn poll_external(&self) -> Result<ExternalChanges, Error> {
        let mut listed = self.listed();
        let (Some(store), Some(listed)) = (self.writable(), listed.as_mut()) else {
            return Ok(ExternalChanges::default());
        };
        let mut changes = ExternalChanges::default();
        store.writer()?.note_data_version()?;
        if let Err(error) = self.poll_actions(store, &mut changes) {
            store.writer()?.forget_data_version();
            return Err(error);
        }
        changes.actions.extend(listed.relinked(self.identity_links()?));
        let own = std::mem::take(&mut *self.edited_here());
        if listed.look(store, &own, &mut changes).is_err() {
            // What is known by now must not be lost; the rest is looked for again.
            store.writer()?.forget_data_version();
        }
        Ok(changes)
    }

    /// What others did. The writer is held meanwhile: else what this program is about to commit would be taken for
    /// something that others undid.
    fn poll_actions(&self, store: &Store, changes: &mut ExternalChanges) -> Result<(), Error> {
        let mut writer = store.writer()?;
        self.write_with(&mut writer, &[])?;
        changes.actions = user_state::differences(&self.user_state(), writer.connection())?;
        self.apply_in_memory(&changes.actions);
        drop(writer);
        self.show_in_staging(&changes.actions.iter().collect::<Vec<_>>());
        Ok(())
    }

    fn listed(&self) -> MutexGuard<'_, Option<Listed>> {
        self.listed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
