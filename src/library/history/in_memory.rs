//! The history in memory, where nothing may be written to.

use std::collections::HashMap;

use super::{Backing, changed_link, identity_link};
use crate::catalog::IdentityLinks;
use crate::library::Error;
use crate::user::{History, HistoryEntry, UserAction, UserState};

/// The history where nothing may be written to.
#[derive(Debug, Default)]
pub(in crate::library) struct Unwritten {
    history: History,
    actions: HashMap<i64, Vec<UserAction>>,
    links: IdentityLinks,
}

impl Unwritten {
    /// Who is one person, by the user's word.
    pub fn links(&self) -> &IdentityLinks {
        &self.links
    }
}

/// The state in memory, for as long as the program runs.
pub(in crate::library) struct InMemory<'a> {
    pub state: &'a mut UserState,
    pub unwritten: &'a mut Unwritten,
    /// Whether there is a library, which may only be read: feeds and links stay as they are there.
    pub is_read_only: bool,
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
        let is_of_library = |action: &UserAction| action.feed().is_some() || identity_link(action).is_some();
        if self.is_read_only && actions.iter().any(is_of_library) {
            return Err(Error::ReadOnly);
        }
        for action in actions {
            self.state.apply(action);
        }
        for link in actions.iter().filter_map(identity_link) {
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

    fn push(&mut self, entry: &HistoryEntry, actions: &[UserAction], gone: &[i64]) -> Result<(), Error> {
        for id in gone {
            self.remove(*id)?;
        }
        self.unwritten.history.insert(entry.clone());
        self.unwritten.actions.insert(entry.id, actions.to_vec());
        Ok(())
    }

    fn update(&mut self, entry: &HistoryEntry) -> Result<(), Error> {
        self.unwritten.history.insert(entry.clone());
        Ok(())
    }

    fn remove(&mut self, entry: i64) -> Result<(), Error> {
        self.unwritten.history.remove(entry);
        self.unwritten.actions.remove(&entry);
        Ok(())
    }
}
