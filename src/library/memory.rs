//! What the reader did: marks, places, corrections.

use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use super::Trouble;
use crate::article::ArticleId;
use crate::query::{Needle, State};
use crate::quotes::{Corrections, Verdict};
use crate::text::fold;

/// Something that the reader did, to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// An article counts as read, or does not.
    Read(bool),
    /// An article has a star, or has none.
    Starred(bool),
    /// An article was taken out of the library, or put back: it is kept, but shown only when asked for.
    Removed(bool),
    /// An article is filed under this word, or not any more.
    Tagged(String, bool),
    /// The first byte that was on the screen.
    Place(usize),
    /// Who spoke the quotation whose words start at a byte; with no verdict, the engine's word holds again.
    Corrected(usize, Option<Verdict>),
}

/// What the reader did with one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marked {
    /// Whether it counts as read.
    pub read: bool,
    /// Whether it has a star.
    pub starred: bool,
    /// Whether the reader took it out.
    pub removed: bool,
    /// The first byte that was on the screen.
    pub place: Option<usize>,
}

/// All that the reader did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Memory {
    /// Marks and places.
    pub marked: HashMap<ArticleId, Marked>,
    /// What articles are filed under.
    pub tags: HashMap<ArticleId, BTreeSet<String>>,
    /// Corrections.
    pub corrections: HashMap<ArticleId, Corrections>,
}

impl Memory {
    /// What the reader did with an article.
    pub fn marked(&self, id: ArticleId) -> Marked {
        self.marked.get(&id).copied().unwrap_or_default()
    }

    /// The articles that the reader filed under words that begin so (folded).
    pub fn tagged(&self, words: &str) -> impl Iterator<Item = ArticleId> {
        let needle = Needle::word(words);
        let is_meant = move |tags: &BTreeSet<String>| tags.iter().any(|tag| needle.first_in(&fold(tag)).is_some());
        self.tags.iter().filter(move |(_, tags)| is_meant(tags)).map(|(&id, _)| id)
    }

    /// Whether the reader did this with an article.
    pub fn is(&self, id: ArticleId, state: State) -> bool {
        let marked = self.marked(id);
        match state {
            State::Read => marked.read,
            State::Unread => !marked.read,
            State::Starred => marked.starred,
            State::Removed => marked.removed,
        }
    }

    /// What the reader filed an article under, in order.
    pub fn tags(&self, id: ArticleId) -> impl Iterator<Item = &str> {
        self.tags.get(&id).into_iter().flatten().map(String::as_str)
    }

    /// Notes a deed.
    pub(super) fn note(&mut self, id: ArticleId, deed: &Deed) {
        match deed {
            Deed::Read(read) => self.marked.entry(id).or_default().read = *read,
            Deed::Starred(starred) => self.marked.entry(id).or_default().starred = *starred,
            Deed::Removed(removed) => self.marked.entry(id).or_default().removed = *removed,
            Deed::Tagged(tag, true) => drop(self.tags.entry(id).or_default().insert(tag.clone())),
            Deed::Tagged(tag, false) => {
                if let Some(tags) = self.tags.get_mut(&id) {
                    tags.remove(tag);
                }
            }
            Deed::Place(place) => self.marked.entry(id).or_default().place = Some(*place),
            Deed::Corrected(start, verdict) => {
                let corrections = self.corrections.entry(id).or_default();
                match verdict.clone() {
                    Some(verdict) => corrections.insert(*start, verdict),
                    None => corrections.remove(start),
                };
            }
        }
    }

    /// Reads what the library keeps.
    pub(super) fn read(connection: &Connection) -> Result<Self, Trouble> {
        let mut marked = HashMap::new();
        Self::each_mark(connection, &mut |id, marks| _ = marked.insert(id, marks))?;
        Ok(Self { marked, tags: Self::read_tags(connection)?, corrections: Self::read_corrections(connection)? })
    }

    /// Hands all marks and places to `give`, in no order.
    pub(super) fn each_mark(connection: &Connection, give: &mut dyn FnMut(ArticleId, Marked)) -> Result<(), Trouble> {
        let mut marks = connection.prepare("SELECT article, read, starred, removed, place FROM marks")?;
        let mut rows = marks.query([])?;
        while let Some(row) = rows.next()? {
            let place: Option<i64> = row.get(4)?;
            let place = place.and_then(|place| usize::try_from(place).ok());
            let marked = Marked { read: row.get(1)?, starred: row.get(2)?, removed: row.get(3)?, place };
            give(ArticleId(row.get::<_, i64>(0)? as u64), marked);
        }
        Ok(())
    }

    /// What articles are filed under.
    pub(super) fn read_tags(connection: &Connection) -> Result<HashMap<ArticleId, BTreeSet<String>>, Trouble> {
        let mut filed: HashMap<_, BTreeSet<_>> = HashMap::new();
        let mut tags = connection.prepare("SELECT article, name FROM tags")?;
        let mut rows = tags.query([])?;
        while let Some(row) = rows.next()? {
            filed.entry(ArticleId(row.get::<_, i64>(0)? as u64)).or_default().insert(row.get(1)?);
        }
        Ok(filed)
    }

    /// Corrections.
    pub(super) fn read_corrections(connection: &Connection) -> Result<HashMap<ArticleId, Corrections>, Trouble> {
        let mut all: HashMap<_, Corrections> = HashMap::new();
        let mut corrections = connection.prepare("SELECT article, start, speaker FROM corrections")?;
        let mut rows = corrections.query([])?;
        while let Some(row) = rows.next()? {
            let (id, start) = (ArticleId(row.get::<_, i64>(0)? as u64), row.get::<_, i64>(1)? as usize);
            let verdict = row.get::<_, Option<String>>(2)?.map_or(Verdict::Nobody, Verdict::Speaker);
            all.entry(id).or_default().insert(start, verdict);
        }
        Ok(all)
    }
}

/// Writes a deed down.
pub(super) fn write(connection: &Connection, id: ArticleId, deed: &Deed) -> Result<(), Trouble> {
    let key = id.0 as i64;
    match deed {
        Deed::Read(read) => connection
            .prepare_cached(
                "INSERT INTO marks (article, read) VALUES (?1, ?2) ON CONFLICT (article) DO UPDATE SET read = ?2",
            )?
            .execute((key, read))?,
        Deed::Starred(starred) => connection
            .prepare_cached(
                "INSERT INTO marks (article, starred) VALUES (?1, ?2) ON CONFLICT (article) DO UPDATE SET starred = ?2",
            )?
            .execute((key, starred))?,
        Deed::Removed(removed) => connection
            .prepare_cached(
                "INSERT INTO marks (article, removed) VALUES (?1, ?2) ON CONFLICT (article) DO UPDATE SET removed = ?2",
            )?
            .execute((key, removed))?,
        Deed::Tagged(tag, true) => connection
            .prepare_cached("INSERT OR IGNORE INTO tags (article, name) VALUES (?1, ?2)")?
            .execute((key, tag))?,
        Deed::Tagged(tag, false) => {
            connection.prepare_cached("DELETE FROM tags WHERE article = ?1 AND name = ?2")?.execute((key, tag))?
        }
        Deed::Place(place) => connection
            .prepare_cached(
                "INSERT INTO marks (article, place) VALUES (?1, ?2) ON CONFLICT (article) DO UPDATE SET place = ?2",
            )?
            .execute((key, *place as i64))?,
        Deed::Corrected(start, None) => connection
            .prepare_cached("DELETE FROM corrections WHERE article = ?1 AND start = ?2")?
            .execute((key, *start as i64))?,
        Deed::Corrected(start, Some(verdict)) => {
            let speaker = match verdict {
                Verdict::Nobody => None,
                Verdict::Speaker(name) => Some(name),
            };
            connection
                .prepare_cached("INSERT OR REPLACE INTO corrections (article, start, speaker) VALUES (?1, ?2, ?3)")?
                .execute((key, *start as i64, speaker))?
        }
    };
    Ok(())
}
