//! Changes sources as the reader wants, and keeps what was taken out, so that it can come back.

use std::collections::HashMap;

use crate::app::Tending;
use crate::article::ArticleId;
use crate::catalog::SourceId;
use crate::library::{Learnt, Library, Source, Trouble};

/// Who changes sources.
pub(super) struct Tender<'a> {
    library: &'a Library,
    /// What was taken out while the program runs, by what it was known as.
    removed: HashMap<SourceId, (Source, HashMap<ArticleId, u64>)>,
    /// As what sources are known that came back.
    known_as: HashMap<SourceId, SourceId>,
}

impl<'a> Tender<'a> {
    pub fn new(library: &'a Library) -> Self {
        Self { library, removed: HashMap::new(), known_as: HashMap::new() }
    }

    /// Changes something about a source; nothing where it is not there.
    pub fn tend(&mut self, id: SourceId, how: Tending) -> Result<(), Trouble> {
        if how == Tending::Restore {
            return self.restore(id);
        }
        let now = self.known_as.get(&id).copied().unwrap_or(id);
        let Some(source) = self.library.sources()?.into_iter().find(|source| source.id == now) else { return Ok(()) };
        let mut description = source.description.clone();
        match how {
            Tending::Rename(name) => description.name = name,
            Tending::Mute(muted) => description.muted = muted,
            Tending::Restore => {}
            Tending::Remove => {
                self.removed.insert(id, (source, self.library.prints(now)?));
                return self.library.unsubscribe(now);
            }
        }
        self.library.describe(now, &description)
    }

    fn restore(&mut self, id: SourceId) -> Result<(), Trouble> {
        let Some((before, prints)) = self.removed.remove(&id) else { return Ok(()) };
        let (source, _) = self.library.subscribe(&before.description)?;
        self.known_as.insert(id, source.id);
        self.library.learn(&[Learnt {
            source: source.id,
            articles: prints.into_iter().collect(),
            moved_to: None,
            title: before.title,
            link: before.link,
            mute: before.description.muted,
            course: before.course,
        }])
    }
}
