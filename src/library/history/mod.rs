//! Commits what the user does, undoes and redoes it: in the tables of the library or, where none may be written to, in
//! memory.

mod tables;

use std::collections::HashMap;
use std::path::Path;
use std::sync::PoisonError;

use tables::Tables;

use super::run_lock::RunLock;
use super::store::Store;
use super::writer::Writer;
use super::{EncodedArticle, Error, Library};
use crate::article::ArticleId;
use crate::catalog::{Tie, Ties};
use crate::user::{Entry, History, RunId, Step, UserAction, UserState, UserWrite};

pub(super) use tables::{follow_article, follow_words};

/// What came of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// What it changed; empty where all was so already.
    Done(Vec<UserAction>),
    /// A step in the history.
    Stepped {
        /// Which way.
        step: Step,
        /// What was undone or redone.
        label: String,
        /// What that changed.
        actions: Vec<UserAction>,
        /// How many things have changed since otherwise, and stay as they are.
        left: usize,
    },
    /// There is nothing more to undo or to redo.
    Nothing(Step),
}

/// The history where nothing may be written to.
#[derive(Debug, Default)]
pub(super) struct Unwritten {
    history: History,
    actions: HashMap<i64, Vec<UserAction>>,
    links: Ties,
}

impl Unwritten {
    /// Who is one person, by the user's word.
    pub fn links(&self) -> &Ties {
        &self.links
    }
}

/// Where what the user does is applied.
trait Backing {
    /// The action as it would change the state, with the value before it; `None` where it would change nothing.
    fn change(&self, action: &UserAction) -> Result<Option<UserAction>, Error>;
    fn apply(&mut self, actions: &[UserAction]) -> Result<(), Error>;
    fn history(&self) -> Result<History, Error>;
    fn actions_of(&self, entry: i64) -> Result<Vec<UserAction>, Error>;
    fn push(&mut self, entry: &Entry, actions: &[UserAction], gone: &[i64]) -> Result<(), Error>;
    fn update(&mut self, entry: &Entry) -> Result<(), Error>;
    fn remove(&mut self, entry: i64) -> Result<(), Error>;
}

/// The run of the program in which something is done.
struct Here<'a> {
    run: &'a RunLock,
    library: Option<&'a Path>,
}

impl Here<'_> {
    fn id(&self) -> RunId {
        self.run.id(self.library)
    }

    fn may_touch(&self, run: RunId) -> bool {
        self.run.may_touch(self.library, run)
    }
}

/// Carries out one write.
fn perform(backing: &mut dyn Backing, write: &UserWrite, here: &Here<'_>) -> Result<Written, Error> {
    let (actions, label) = match write {
        UserWrite::Undo => return step(backing, Step::Undo, here),
        UserWrite::Redo => return step(backing, Step::Redo, here),
        UserWrite::Note(action) => {
            backing.apply(std::slice::from_ref(action))?;
            return Ok(Written::Done(vec![action.clone()]));
        }
        UserWrite::Commit { actions, label } => (actions, label),
        // Its links are looked up before: see `Library::write`.
        UserWrite::Split { .. } => return Ok(Written::Done(Vec::new())),
    };
    let mut changes = Vec::with_capacity(actions.len());
    for action in actions {
        changes.extend(backing.change(action)?);
    }
    if !changes.is_empty() {
        backing.apply(&changes)?;
        let (entry, gone) = backing.history()?.push(here.id(), label, &|run| here.may_touch(run));
        backing.push(&entry, &changes, &gone)?;
    }
    Ok(Written::Done(changes))
}

/// Undoes or redoes one entry. What is not any more as the entry left it stays as it is; where that is all, the entry goes.
fn step(backing: &mut dyn Backing, step: Step, here: &Here<'_>) -> Result<Written, Error> {
    let mut history = backing.history()?;
    let Some(Entry { id, label, .. }) = history.next(step, &|run| here.may_touch(run)).cloned() else {
        return Ok(Written::Nothing(step));
    };
    let (mut actions, mut left) = (Vec::new(), 0);
    for action in backing.actions_of(id)? {
        let Some(inverse) = action.inverse() else { continue };
        let (expected, wanted) = if step == Step::Undo { (action, inverse) } else { (inverse, action) };
        if backing.change(&expected)?.is_none() {
            actions.push(wanted);
        } else {
            left += 1;
        }
    }
    // The last is undone first.
    if step == Step::Undo {
        actions.reverse();
    }
    backing.apply(&actions)?;
    if actions.is_empty() {
        backing.remove(id)?;
    } else if let Some(entry) = history.step(id, step, here.id()) {
        backing.update(entry)?;
    }
    Ok(Written::Stepped { step, label, actions, left })
}

/// The state in memory, for as long as the program runs.
struct InMemory<'a> {
    state: &'a mut UserState,
    unwritten: &'a mut Unwritten,
    /// Whether there is a library, which may only be read: feeds and links stay as they are there.
    is_read_only: bool,
}

impl Backing for InMemory<'_> {
    fn change(&self, action: &UserAction) -> Result<Option<UserAction>, Error> {
        Ok(match action {
            UserAction::Linked { .. } => changed_link(&self.unwritten.links, action),
            // Without a library there are no feeds.
            _ if action.feed().is_some() => self.is_read_only.then(|| action.clone()),
            _ => self.state.change(action),
        })
    }

    fn apply(&mut self, actions: &[UserAction]) -> Result<(), Error> {
        let is_of_library = |action: &UserAction| action.feed().is_some() || tie(action).is_some();
        if self.is_read_only && actions.iter().any(is_of_library) {
            return Err(Error::ReadOnly);
        }
        for action in actions {
            self.state.apply(action);
        }
        for link in actions.iter().filter_map(tie) {
            self.unwritten.links.set(&link);
        }
        Ok(())
    }

    fn history(&self) -> Result<History, Error> {
        Ok(self.unwritten.history.clone())
    }

    fn actions_of(&self, entry: i64) -> Result<Vec<UserAction>, Error> {
        Ok(self.unwritten.actions.get(&entry).cloned().unwrap_or_default())
    }

    fn push(&mut self, entry: &Entry, actions: &[UserAction], gone: &[i64]) -> Result<(), Error> {
        for id in gone {
            self.remove(*id)?;
        }
        self.unwritten.history.insert(entry.clone());
        self.unwritten.actions.insert(entry.id, actions.to_vec());
        Ok(())
    }

    fn update(&mut self, entry: &Entry) -> Result<(), Error> {
        self.unwritten.history.insert(entry.clone());
        Ok(())
    }

    fn remove(&mut self, entry: i64) -> Result<(), Error> {
        self.unwritten.history.remove(entry);
        self.unwritten.actions.remove(&entry);
        Ok(())
    }
}

fn tie(action: &UserAction) -> Option<Tie> {
    let UserAction::Linked { one, other, after, .. } = action else { return None };
    Some(Tie { one: one.clone(), other: other.clone(), same: *after })
}

fn changed_link(links: &Ties, action: &UserAction) -> Option<UserAction> {
    let UserAction::Linked { one, other, after, .. } = action.clone() else { return None };
    let before = links.get(&one, &other);
    Some(UserAction::Linked { one, other, before, after }).filter(UserAction::is_change)
}

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
        let done = self.write_in(&mut held, &writes);
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

    /// Enters a deed into the history that is done already.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn enter(&self, actions: &[UserAction], label: &str) -> Result<(), Error> {
        let Some(store) = self.writable() else { return Ok(()) };
        let here = self.here();
        store.writer()?.with(|connection| {
            let mut tables = Tables(connection);
            let (entry, gone) = tables.history()?.push(here.id(), label, &|run| here.may_touch(run));
            tables.push(&entry, actions, &gone)
        })
    }

    /// How many deeds of the user could not be written yet.
    pub fn unwritten(&self) -> usize {
        self.pending_writes.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn here(&self) -> Here<'_> {
        Here { run: &self.run, library: self.path() }
    }

    /// Looks up which links split a person.
    fn with_links(&self, write: &UserWrite) -> Result<UserWrite, Error> {
        let UserWrite::Split { identity, label } = write else { return Ok(write.clone()) };
        let actions = self.split_links(identity)?.into_iter().map(|Tie { one, other, same }| UserAction::Linked {
            one,
            other,
            before: None,
            after: same,
        });
        Ok(UserWrite::Commit { actions: actions.collect(), label: label.clone() })
    }

    /// Writes into the file, and applies it in memory: if need be without the file, for as long as the program runs.
    pub(super) fn write_in(&self, file: &mut Writer, writes: &[UserWrite]) -> Result<Vec<Written>, Error> {
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
                // What was undone was undone for the one who waited for it; the rest is written later.
                pending_writes.extend(writes.iter().filter(|write| !write.actions().is_empty()).cloned());
                Err(error)
            }
        }
    }

    fn write_in_memory(&self, writes: &[UserWrite]) -> Result<Vec<Written>, Error> {
        let written = {
            let here = Here { run: &self.run, library: None };
            let mut memory = self.memory.write().unwrap_or_else(PoisonError::into_inner);
            let mut unwritten = self.unwritten.write().unwrap_or_else(PoisonError::into_inner);
            let mut backing = InMemory {
                state: std::sync::Arc::make_mut(&mut memory),
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
        let memory = self.memory();
        for &id in &articles {
            self.staging.change(id, |entry| entry.with_corrections(memory.corrections.get(&id)));
        }
        articles
    }

    /// What is found by the names of speakers changes with a correction, and how often each of them speaks.
    fn replace_corrected(&self, store: &Store, articles: &[ArticleId]) -> Result<(), Error> {
        let memory = self.memory();
        for &id in articles {
            if let Some(entry) = store.get(id, &memory)? {
                store.writer()?.replace(&[EncodedArticle::of(&entry)?])?;
            }
        }
        Ok(())
    }
}

impl Written {
    /// What it changed.
    pub fn actions(&self) -> &[UserAction] {
        match self {
            Self::Done(actions) | Self::Stepped { actions, .. } => actions,
            Self::Nothing(_) => &[],
        }
    }
}
