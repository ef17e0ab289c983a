//! Commits what the user does: in the file and in memory alike.

use std::collections::BTreeMap;
use std::sync::{Arc, MutexGuard, PoisonError};

use super::articles::entry_of;
use super::history::{Backing, Here, InMemory, Tables, Written, perform};
use super::writer::Writer;
use super::{EncodedArticle, Error, Library};
use crate::article::ArticleId;
use crate::catalog::IdentityLink;
use crate::user::{UserAction, UserWrite};

impl Library {
    /// Commits what the user does, all of it in one transaction; before it what could not be written when it was done.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to. What was done holds as long as the program runs, and is written with what
    /// comes next; nothing is undone then.
    pub fn write(&self, writes: &[UserWrite]) -> Result<Vec<Written>, Error> {
        let written = self.write_first(writes)?;
        while self.derive_some()? {}
        Ok(written)
    }

    /// As [`Library::write`], but of what follows from it for many articles (who speaks, what is found by the names)
    /// only the beginning is written: [`Library::derive_some`] writes the rest.
    ///
    /// # Errors
    ///
    /// As with [`Library::write`].
    pub fn write_first(&self, writes: &[UserWrite]) -> Result<Vec<Written>, Error> {
        let writes = writes.iter().map(|write| self.with_links(write)).collect::<Result<Vec<_>, _>>()?;
        let Some(store) = self.writable() else { return self.write_in_memory(&writes) };
        // What is in memory and what is in the file change together: see `poll_external`.
        let mut held = store.writer()?;
        let done = self.write_with(&mut held, &writes);
        drop(held);
        let known: Vec<&UserAction> = match &done {
            Ok(written) => written.iter().flat_map(Written::actions).collect(),
            Err(_) => writes.iter().flat_map(UserWrite::actions).collect(),
        };
        let articles = self.show_in_staging(&known);
        let done = done?;
        for (id, is_corrected) in articles {
            // One that waits as corrected stays so.
            *self.underived().entry(id).or_default() |= is_corrected;
        }
        self.derive_some()?;
        Ok(done)
    }

    /// As [`Library::write`], without entries in the history.
    ///
    /// # Errors
    ///
    /// As with [`Library::write`].
    pub fn note(&self, actions: &[UserAction]) -> Result<(), Error> {
        let writes: Vec<_> = actions.iter().cloned().map(UserWrite::Note).collect();
        self.write(&writes).map(drop)
    }

    /// Adds an action that is done already to the history.
    pub fn enter(&self, actions: &[UserAction], label: &str) -> Result<(), Error> {
        let Some(store) = self.writable() else { return Ok(()) };
        let here = self.here();
        store.writer()?.transaction(|connection| {
            let mut tables = Tables(connection);
            let (entry, gone) = tables.history()?.push(here.id(), label, &|run| here.may_touch(run));
            tables.push(&entry, actions, &gone)
        })
    }

    /// What the user did that could not be written yet.
    pub fn unwritten(&self) -> Vec<UserWrite> {
        self.pending_writes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn here(&self) -> Here<'_> {
        Here { run: &self.run, library: self.path() }
    }

    /// Looks up which links split a person.
    fn with_links(&self, write: &UserWrite) -> Result<UserWrite, Error> {
        let UserWrite::Split { identity, label } = write else { return Ok(write.clone()) };
        let actions = self
            .split_links(identity)?
            .into_iter()
            .map(|IdentityLink { one, other, same }| UserAction::Linked { one, other, before: None, after: same });
        Ok(UserWrite::Commit { actions: actions.collect(), label: label.clone() })
    }

    /// Writes into the file, and applies it in memory: if need be without the file, for as long as the program runs.
    pub(super) fn write_with(&self, file: &mut Writer, writes: &[UserWrite]) -> Result<Vec<Written>, Error> {
        let mut pending_writes = self.pending_writes.lock().unwrap_or_else(PoisonError::into_inner);
        if writes.is_empty() && pending_writes.is_empty() {
            return Ok(Vec::new());
        }
        let skipped = pending_writes.len();
        let here = self.here();
        let done = file.durably(|connection| {
            let mut tables = Tables(connection);
            let all = pending_writes.iter().chain(writes);
            all.map(|write| perform(&mut tables, write, &here)).collect::<Result<Vec<_>, _>>()
        });
        match done {
            Ok(mut written) => {
                pending_writes.clear();
                self.apply_in_memory(written.iter().flat_map(Written::actions));
                written.drain(..skipped);
                Ok(written)
            }
            Err(error) => {
                self.apply_in_memory(writes.iter().flat_map(UserWrite::actions));
                // The undo was answered already; the rest is written later.
                pending_writes.extend(writes.iter().filter(|write| !write.actions().is_empty()).cloned());
                Err(error)
            }
        }
    }

    fn write_in_memory(&self, writes: &[UserWrite]) -> Result<Vec<Written>, Error> {
        let written = {
            let here = Here { run: &self.run, library: None };
            let mut user_state = self.user_state.write().unwrap_or_else(PoisonError::into_inner);
            let mut unwritten = self.unwritten.write().unwrap_or_else(PoisonError::into_inner);
            let mut backing = InMemory {
                state: Arc::make_mut(&mut user_state),
                unwritten: &mut unwritten,
                is_read_only: self.store().is_some(),
            };
            let all = writes.iter().map(|write| perform(&mut backing, write, &here));
            all.collect::<Result<Vec<_>, _>>()?
        };
        let known: Vec<_> = written.iter().flat_map(Written::actions).collect();
        self.show_in_staging(&known);
        Ok(written)
    }

    /// Shows corrections and removals in articles that are in memory; returns these and all others that they are about, with
    /// whether anything in them was corrected.
    pub(super) fn show_in_staging(&self, actions: &[&UserAction]) -> BTreeMap<ArticleId, bool> {
        let mut articles = BTreeMap::new();
        for action in actions {
            let is_corrected = matches!(action, UserAction::Corrected { .. });
            if let Some(id) = action.article()
                && (is_corrected || matches!(action, UserAction::Removed { .. }))
            {
                *articles.entry(id).or_default() |= is_corrected;
            }
        }
        let user_state = self.user_state();
        for &id in articles.keys() {
            self.staging.change(id, |entry| entry.with_corrections(user_state.corrections.get(&id)));
        }
        articles
    }

    fn underived(&self) -> MutexGuard<'_, BTreeMap<ArticleId, bool>> {
        self.underived.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what follows from corrections and removals for some articles: what is found by the names of speakers, and how
    /// often each of them speaks. Returns whether there were any.
    ///
    /// # Errors
    ///
    /// When the library cannot be read or written to.
    pub fn derive_some(&self) -> Result<bool, Error> {
        /// Few enough that another write does not wait noticeably.
        const AT_ONCE: usize = 64;
        let Some(store) = self.writable() else { return Ok(false) };
        let mut some = Vec::new();
        {
            let mut underived = self.underived();
            while some.len() < AT_ONCE
                && let Some(next) = underived.pop_first()
            {
                some.push(next);
            }
        }
        if some.is_empty() {
            return Ok(false);
        }
        let user_state = self.user_state();
        let (mut corrected, mut moved) = (Vec::new(), Vec::new());
        for (id, is_corrected) in some {
            if let Some(entry) = store.read(|connection| entry_of(connection, id, &user_state))? {
                let of_its_kind = if is_corrected { &mut corrected } else { &mut moved };
                of_its_kind.push(EncodedArticle::of(&entry)?);
            }
        }
        if !corrected.is_empty() {
            store.writer()?.replace(&corrected)?;
        }
        if !moved.is_empty() {
            store.writer()?.recount(&moved)?;
        }
        Ok(true)
    }
}
