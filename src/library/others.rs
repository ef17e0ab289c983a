//! What other programs do in the library while this one has it open.
//!
//! Tells whether somebody else has written, and then what that changed of what this program has in memory or has
//! listed: deeds, notes, headlines. What this program wrote itself is not among it.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};
use std::ops::ControlFlow;
use std::sync::{MutexGuard, PoisonError};

use rusqlite::Row;

use super::store::{Store, headline};
use super::{Deed, Library, Memory, Note, Notes, Scope, Trouble};
use crate::article::ArticleId;
use crate::catalog::Headline;

/// What others did since that was asked last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct News {
    /// What they did with articles.
    pub deeds: Vec<(ArticleId, Deed)>,
    /// What they noted.
    pub notes: Vec<Note>,
    /// Articles that are new in what was listed.
    pub arrived: Vec<Headline>,
    /// Articles that have other words.
    pub reworded: Vec<Headline>,
    /// Articles with the same words that the list shows otherwise: other speakers, their file is gone.
    pub relisted: Vec<Headline>,
    /// Articles that are no part of what was listed any more.
    pub departed: Vec<ArticleId>,
}

/// What was listed, so that what has changed can be told.
#[derive(Debug)]
pub(super) struct Listed {
    scope: Scope,
    prints: Vec<Print>,
}

/// By what it is told that an article has changed. Hashes, and short ones: there may be a million.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Print {
    key: i64,
    /// Of its words: the row that they have in the library.
    body: u32,
    /// Of all else that is listed of it.
    rest: u32,
}

impl Print {
    /// Of a row that [`headline`] reads.
    fn of(row: &Row<'_>) -> Result<Self, Trouble> {
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
    /// Looks through all again; gives what has changed. What this program changed itself is not told, if the reader
    /// knows of it.
    fn look(&mut self, store: &Store, own: &HashSet<ArticleId>, news: &mut News) -> Result<(), Trouble> {
        let before = &mut self.prints;
        before.sort_unstable();
        let mut now = Vec::with_capacity(before.len());
        let mut read = |row: &Row<'_>| {
            let print = Print::of(row)?;
            now.push(print);
            let known = before.binary_search_by_key(&print.key, |known| known.key).ok().map(|at| before[at]);
            if known == Some(print) {
                Ok(None)
            } else {
                Ok(Some((known.map(|known| known.body == print.body), headline(row)?)))
            }
        };
        store.rows(&self.scope, &mut read, &mut |batch| {
            for (is_same_body, headline) in batch {
                match is_same_body {
                    None => news.arrived.push(headline),
                    Some(false) if !own.contains(&headline.id) => news.reworded.push(headline),
                    Some(_) => news.relisted.push(headline),
                }
            }
            ControlFlow::Continue(())
        })?;
        now.sort_unstable();
        let is_there = |key: i64| now.binary_search_by_key(&key, |print| print.key).is_ok();
        news.departed
            .extend(before.iter().filter(|print| !is_there(print.key)).map(|print| ArticleId(print.key as u64)));
        self.prints = now;
        Ok(())
    }
}

impl Library {
    /// As [`Library::headlines`], and remembers what was listed for [`Library::catch_up`].
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn list(&self, scope: &Scope, give: &mut dyn FnMut(Vec<Headline>) -> ControlFlow<()>) -> Result<(), Trouble> {
        let Some(store) = self.store() else { return Ok(()) };
        let mut prints = Vec::new();
        let mut read = |row: &Row<'_>| {
            prints.push(Print::of(row)?);
            headline(row).map(Some)
        };
        store.rows(scope, &mut read, give)?;
        prints.shrink_to_fit();
        *self.listed() = Some(Listed { scope: scope.clone(), prints });
        Ok(())
    }

    /// Whether another program has written since [`Library::catch_up`] was asked last. Takes next to no time.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn is_behind(&self) -> Result<bool, Trouble> {
        self.writable().map_or(Ok(false), |store| store.writer()?.is_behind())
    }

    /// What other programs did; from now on this one knows it. Nothing before anything was listed.
    ///
    /// Looks through all that was listed: takes about 0.1 s for 100,000 articles.
    ///
    /// # Errors
    ///
    /// When the library is damaged, or what the reader did could not be kept and still cannot. It is behind still then.
    pub fn catch_up(&self) -> Result<News, Trouble> {
        let mut listed = self.listed();
        let (Some(store), Some(listed)) = (self.writable(), listed.as_mut()) else { return Ok(News::default()) };
        let mut news = News::default();
        store.writer()?.note_version()?;
        if let Err(trouble) = self.catch_up_with_deeds(store, &mut news) {
            store.writer()?.forget_version();
            return Err(trouble);
        }
        let own = std::mem::take(&mut *self.reworded());
        if listed.look(store, &own, &mut news).is_err() {
            // What is known by now must not be lost; the rest is looked for again.
            store.writer()?.forget_version();
        }
        Ok(news)
    }

    /// What others did, and noted. Nobody writes meanwhile: else what this program is about to keep would be taken for
    /// something that others took back.
    fn catch_up_with_deeds(&self, store: &Store, news: &mut News) -> Result<(), Trouble> {
        let mut writer = store.writer()?;
        self.write_deeds(&mut writer, &[])?;
        news.deeds = self.memory().told_otherwise(writer.connection())?;
        self.note_in_memory(&news.deeds);
        let now = Notes::read(writer.connection())?;
        if let Some(before) = self.noted().replace(now.clone()) {
            news.notes = before.until(&now);
        }
        drop(writer);
        for (id, deed) in &news.deeds {
            if matches!(deed, Deed::Corrected(..)) {
                let memory = self.memory();
                self.shelf.change(*id, |entry| entry.with_corrections(memory.corrections.get(id)));
            }
        }
        Ok(())
    }

    fn listed(&self) -> MutexGuard<'_, Option<Listed>> {
        self.listed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    /// What the file says otherwise: doing it makes this like the file.
    fn told_otherwise(&self, connection: &rusqlite::Connection) -> Result<Vec<(ArticleId, Deed)>, Trouble> {
        let mut deeds = Vec::new();
        // Marks may be turned over, but never go; only those that differ are taken up, as there may be many.
        Self::each_mark(connection, &mut |id, now| {
            let before = self.marked(id);
            let mut tell = |is_other: bool, deed| deeds.extend(is_other.then_some((id, deed)));
            tell(now.read != before.read, Deed::Read(now.read));
            tell(now.starred != before.starred, Deed::Starred(now.starred));
            tell(now.removed != before.removed, Deed::Removed(now.removed));
            if let Some(place) = now.place {
                tell(now.place != before.place, Deed::Place(place));
            }
        })?;
        let tags = Self::read_tags(connection)?;
        let filed = |(&id, tags): (&ArticleId, &std::collections::BTreeSet<String>)| {
            tags.iter().map(|tag| (id, tag.clone())).collect::<Vec<_>>()
        };
        let (before, now): (HashSet<_>, HashSet<_>) =
            (self.tags.iter().flat_map(filed).collect(), tags.iter().flat_map(filed).collect());
        deeds.extend(before.difference(&now).map(|(id, tag)| (*id, Deed::Tagged(tag.clone(), false))));
        deeds.extend(now.difference(&before).map(|(id, tag)| (*id, Deed::Tagged(tag.clone(), true))));
        let corrections = Self::read_corrections(connection)?;
        let flat = |all: &HashMap<ArticleId, crate::quotes::Corrections>| -> HashMap<_, _> {
            let one = |(&id, some): (&ArticleId, &crate::quotes::Corrections)| {
                some.iter().map(move |(&start, verdict)| ((id, start), verdict.clone())).collect::<Vec<_>>()
            };
            all.iter().flat_map(one).collect()
        };
        let (before, now) = (flat(&self.corrections), flat(&corrections));
        let gone = before.keys().filter(|place| !now.contains_key(place));
        deeds.extend(gone.map(|&(id, start)| (id, Deed::Corrected(start, None))));
        let new = now.into_iter().filter(|(place, verdict)| before.get(place) != Some(verdict));
        deeds.extend(new.map(|((id, start), verdict)| (id, Deed::Corrected(start, Some(verdict)))));
        Ok(deeds)
    }
}

impl Notes {
    /// What must be noted to get from here to there.
    fn until(&self, now: &Self) -> Vec<Note> {
        let mut notes = Vec::new();
        let lost = self.searches.iter().filter(|(name, _)| !now.searches.iter().any(|(other, _)| other == name));
        notes.extend(lost.map(|(name, _)| Note::Search { name: name.clone(), query: None }));
        let named = now.searches.iter().filter(|search| !self.searches.contains(search)).cloned();
        notes.extend(named.map(|(name, query)| Note::Search { name, query: Some(query) }));
        let searched = now.searched.iter().filter(|query| !self.searched.contains(query)).cloned();
        notes.extend(searched.map(Note::Searched));
        let set = now.settings.iter().filter(|setting| !self.settings.contains(setting)).cloned();
        notes.extend(set.map(|(name, value)| Note::Setting { name, value }));
        notes
    }

    /// Notes this too.
    pub(super) fn add(&mut self, note: &Note) {
        match note.clone() {
            Note::Search { name, query } => {
                let at = self.searches.iter().position(|(known, _)| *known == name);
                match (at, query) {
                    (Some(at), Some(query)) => self.searches[at].1 = query,
                    (Some(at), None) => drop(self.searches.remove(at)),
                    (None, Some(query)) => self.searches.push((name, query)),
                    (None, None) => {}
                }
            }
            Note::Searched(query) => {
                self.searched.retain(|known| *known != query);
                self.searched.push(query);
            }
            Note::Setting { name, value } => {
                self.settings.retain(|(known, _)| *known != name);
                self.settings.push((name, value));
            }
        }
    }
}
