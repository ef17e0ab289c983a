//! Does what the user does, undoes and redoes it: in the tables of the library or, where none may be written to, in
//! memory.

mod in_memory;
mod tables;

use std::path::Path;

use super::Error;
use super::run_lock::RunLock;
use crate::catalog::{IdentityLink, IdentityLinks};
use crate::user::{History, HistoryEntry, RunId, Step, UserAction, UserWrite};

pub(super) use in_memory::{InMemory, Unwritten};
pub(super) use tables::{Tables, follow_article, follow_words, forget_feed};

/// The result of a write.
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
        /// How many changes were left out because something else has changed since.
        left: usize,
    },
    /// There is nothing more to undo or to redo.
    Nothing(Step),
}

/// Where what the user does is applied.
pub(super) trait Backing {
    /// The action as it would change the state, with the value before it; `None` where it would change nothing.
    fn change(&self, action: &UserAction) -> Result<Option<UserAction>, Error>;
    fn apply(&mut self, actions: &[UserAction]) -> Result<(), Error>;
    fn history(&self) -> Result<History, Error>;
    fn actions_of(&self, entry: i64) -> Result<Vec<UserAction>, Error>;
    fn push(&mut self, entry: &HistoryEntry, actions: &[UserAction], gone: &[i64]) -> Result<(), Error>;
    fn update(&mut self, entry: &HistoryEntry) -> Result<(), Error>;
    fn remove(&mut self, entry: i64) -> Result<(), Error>;
}

/// The run of the program in which something is done.
pub(super) struct Here<'a> {
    pub run: &'a RunLock,
    pub library: Option<&'a Path>,
}

impl Here<'_> {
    pub fn id(&self) -> RunId {
        self.run.id(self.library)
    }

    pub fn may_touch(&self, run: RunId) -> bool {
        self.run.may_touch(self.library, run)
    }
}

/// Carries out one write.
pub(super) fn perform(backing: &mut dyn Backing, write: &UserWrite, here: &Here<'_>) -> Result<Written, Error> {
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

/// Undoes or redoes one entry. What has changed since stays as it is; where that is all of it, the
/// entry goes.
fn step(backing: &mut dyn Backing, step: Step, here: &Here<'_>) -> Result<Written, Error> {
    let mut history = backing.history()?;
    let Some(HistoryEntry { id, label, .. }) = history.next(step, &|run| here.may_touch(run)).cloned() else {
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

fn identity_link(action: &UserAction) -> Option<IdentityLink> {
    let UserAction::Linked { one, other, after, .. } = action else { return None };
    Some(IdentityLink { one: one.clone(), other: other.clone(), same: *after })
}

fn changed_link(links: &IdentityLinks, action: &UserAction) -> Option<UserAction> {
    let UserAction::Linked { one, other, after, .. } = action.clone() else { return None };
    let before = links.get(&one, &other);
    Some(UserAction::Linked { one, other, before, after }).filter(UserAction::is_change)
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
