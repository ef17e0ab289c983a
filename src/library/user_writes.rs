//! Commits what the user does: in the file and in memory alike.

use std::sync::{Arc, PoisonError};

use super::articles::entry_of;
use super::history::{Backing, Here, InMemory, Tables, Written, perform};
use super::store::Store;
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
        self.replace_corrected(store, &articles)?;
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

    /// Shows corrections and removals in articles that are in memory; returns these and all others that they are about.
    pub(super) fn show_in_staging(&self, actions: &[&UserAction]) -> Vec<ArticleId> {
        let is_shown =
            |action: &&&UserAction| matches!(action, UserAction::Corrected { .. } | UserAction::Removed { .. });
        let mut articles: Vec<_> = actions.iter().filter(is_shown).filter_map(|action| action.article()).collect();
        articles.sort_unstable();
        articles.dedup();
        let user_state = self.user_state();
        for &id in &articles {
            self.staging.change(id, |entry| entry.with_corrections(user_state.corrections.get(&id)));
        }
        articles
    }

    /// What is found by the names of speakers changes with a correction, and how often each of them speaks.
    fn replace_corrected(&self, store: &Store, articles: &[ArticleId]) -> Result<(), Error> {
        let user_state = self.user_state();
        for &id in articles {
            if let Some(entry) = store.read(|connection| entry_of(connection, id, &user_state))? {
                store.writer()?.replace(&[EncodedArticle::of(&entry)?])?;
            }
        }
        Ok(())
    }
}
