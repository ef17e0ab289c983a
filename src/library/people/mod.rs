//! Everyone who speaks in the articles of the library, and all that each of them says.
//!
//! Accepts identities and the links between them; returns people, most quotations first, and their quotations in order
//! of time. Tables that are kept up with the articles ([`PeopleWriter`]) answer for the file, a count on the spot for
//! what is in staging.

mod clusters;
mod complete;
mod other_names;
mod regroup;
mod rows;
mod timeline;
mod writer;

use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError};

use rusqlite::{Connection, Transaction};

use super::articles::is_committed;
use super::{Entry, Error, Library};

use crate::article::DateKey;
use crate::catalog::{
    ArticleSpeaker, Identity, IdentityLink, IdentityLinks, Imprint, Person, Said, SpeakerIndex, article_speakers,
};
use crate::quotes::Spoken;

pub(super) use complete::{COMPLETE_SINCE, complete};
pub(super) use writer::PeopleWriter;

/// In which order quotations come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The newest article first; those without a date last.
    #[default]
    NewestFirst,
    /// The oldest article first; those without a date last.
    OldestFirst,
}

/// Accepts batches; breaks off when it has enough.
pub type PeopleSink<'a, T> = &'a mut dyn FnMut(Vec<T>) -> ControlFlow<()>;

impl Library {
    /// Hands all people to `sink`: those with names first, most quotations first; a screenful, then more at a time. Those of whom
    /// words are only reported are among them.
    pub fn people(&self, sink: PeopleSink<'_, Person>) -> Result<(), Error> {
        self.snapshot(|Snapshot { connection, index, links, .. }| match connection {
            Some(connection) => clusters::people(connection, index, links, sink),
            None => in_batches(index.people(links).into_iter().map(|(person, _)| Ok(person)), FIRST_PEOPLE, sink),
        })
    }

    /// The person to whom this identity belongs.
    pub fn person(&self, identity: &str) -> Result<Option<Person>, Error> {
        self.snapshot(|snapshot| {
            clusters::person(snapshot.connection, &snapshot.index, &snapshot.links, &Identity::parse(identity))
        })
    }

    /// Hands all quotations of the person with this identity to `sink`, in order of time: a screenful, then more at a
    /// time.
    pub fn said_by(&self, identity: &str, order: Order, sink: PeopleSink<'_, Said>) -> Result<(), Error> {
        self.said(identity, (order, false), sink)
    }

    /// The same, and what is reported of them without quotation marks.
    pub fn all_said_by(&self, identity: &str, order: Order, sink: PeopleSink<'_, Said>) -> Result<(), Error> {
        self.said(identity, (order, true), sink)
    }

    fn said(&self, identity: &str, wanted: (Order, bool), sink: PeopleSink<'_, Said>) -> Result<(), Error> {
        self.snapshot(|snapshot| {
            let group = snapshot.group_of(identity)?;
            let mut timeline = timeline::TimelineReader::new(snapshot, self.user_state(), group, wanted)?;
            in_batches(std::iter::from_fn(|| timeline.next().transpose()), FIRST_SAID, sink)
        })
    }

    /// The articles in which the person of this identity is quoted, the newest first, and how much they say in each.
    pub fn appearances_of(&self, identity: &str) -> Result<Vec<(Imprint, Spoken)>, Error> {
        let mut all = self.all_appearances_of(identity)?;
        all.retain(|(_, spoken)| spoken.quotations > 0);
        Ok(all)
    }

    /// The same, and those in which words of theirs are only reported.
    pub fn all_appearances_of(&self, identity: &str) -> Result<Vec<(Imprint, Spoken)>, Error> {
        self.snapshot(|snapshot| timeline::appearances(snapshot, &snapshot.group_of(identity)?))
    }

    /// The identities that are the same person's as this one, itself among them; none where no speaker has it.
    pub fn identities_of(&self, identity: &str) -> Result<Vec<Identity>, Error> {
        self.snapshot(|snapshot| Ok(snapshot.group_of(identity)?.into_iter().map(|member| member.identity).collect()))
    }

    /// Which identities the user merged or split.
    pub fn identity_links(&self) -> Result<IdentityLinks, Error> {
        self.reading(|connection| self.links_of(connection))
    }

    /// The links that split a person: those that the user made go or, where the user made none, the names are said to
    /// be different people's. Empty where there is but one name.
    pub fn split_links(&self, identity: &str) -> Result<Vec<IdentityLink>, Error> {
        self.snapshot(|snapshot| {
            let group: Vec<_> = snapshot.group_of(identity)?.into_iter().map(|member| member.identity).collect();
            let mut same_key = Vec::new();
            for identity in &group {
                same_key.extend(clusters::identities_with_key(snapshot.connection, &snapshot.index, identity.key())?);
            }
            same_key.sort_unstable();
            same_key.dedup();
            Ok(snapshot.links.split(&group, &same_key))
        })
    }

    /// Reads from the file, where there is one.
    fn reading<T>(&self, read: impl FnOnce(Option<&Connection>) -> Result<T, Error>) -> Result<T, Error> {
        match self.store() {
            Some(store) => store.read(|connection| read(Some(connection))),
            None => read(None),
        }
    }

    fn links_of(&self, connection: Option<&Connection>) -> Result<IdentityLinks, Error> {
        match connection {
            Some(connection) => rows::identity_links(connection),
            None => Ok(self.unwritten.read().unwrap_or_else(PoisonError::into_inner).links().clone()),
        }
    }

    /// Reads the file and what is staged as they are at one moment: an article that is committed meanwhile is in one of
    /// them, and not in both.
    fn snapshot<T>(&self, read: impl FnOnce(&Snapshot<'_>) -> Result<T, Error>) -> Result<T, Error> {
        // Articles leave the staging area after they are committed: what is not in it by now is in the file.
        let (mut staged, user_state) = (self.staging.all(), self.user_state());
        staged.retain(|entry| !user_state.flags(entry.article.id).removed);
        self.reading(|connection| {
            let transaction = connection.map(Connection::unchecked_transaction).transpose()?;
            if let Some(connection) = connection {
                let committed = |entry: &Arc<Entry>| is_committed(connection, entry.article.id);
                let kept = staged.iter().map(|entry| Ok(!committed(entry)?)).collect::<Result<Vec<_>, Error>>()?;
                let mut kept = kept.into_iter();
                staged.retain(|_| kept.next().unwrap_or_default());
            }
            let mut index = SpeakerIndex::default();
            for entry in &staged {
                index.enter(entry.article.id, entry.article.dates.key(), &article_speakers(entry.with_reported()));
            }
            let found = read(&Snapshot { connection, staged, index, links: self.links_of(connection)? })?;
            transaction.map_or(Ok(()), Transaction::commit)?;
            Ok(found)
        })
    }
}

/// Who speaks, at one moment.
struct Snapshot<'s> {
    /// The file, in a transaction.
    connection: Option<&'s Connection>,
    /// The articles that are not in the file, in no order; those that the user removed are left out.
    staged: Vec<Arc<Entry>>,
    /// Who speaks in these.
    index: SpeakerIndex,
    links: IdentityLinks,
}

impl Snapshot<'_> {
    /// The identities of the person with this one.
    fn group_of(&self, identity: &str) -> Result<Vec<clusters::Member>, Error> {
        clusters::group_of(self.connection, &self.index, &self.links, &Identity::parse(identity))
    }
}

/// How many people are listed at first, and how many quotations of one: more than a screen shows.
const FIRST_PEOPLE: usize = 200;
const FIRST_SAID: usize = 60;

/// Notes who speaks in articles that were put in, by their rows.
pub(super) fn enter<'a>(
    connection: &Connection,
    articles: impl Iterator<Item = (i64, Option<DateKey>, &'a [ArticleSpeaker])>,
) -> Result<(), Error> {
    let mut writer = PeopleWriter::open(connection)?;
    for (id, date, speakers) in articles {
        writer.enter(id, date, speakers)?;
    }
    writer.close()
}

/// Removes what was noted of an article.
pub(super) fn leave(connection: &Connection, article: i64) -> Result<(), Error> {
    leave_all(connection, std::iter::once(article))
}

/// Removes what was noted of articles.
pub(super) fn leave_all(connection: &Connection, articles: impl Iterator<Item = i64>) -> Result<(), Error> {
    let mut writer = PeopleWriter::open(connection)?;
    for article in articles {
        writer.leave(article)?;
    }
    writer.close()
}

/// Empties the tables, to be filled again.
pub(super) fn clear(connection: &Connection) -> Result<(), Error> {
    Ok(connection
        .execute_batch("DELETE FROM appearances; DELETE FROM casts; DELETE FROM voices; DELETE FROM people;")?)
}

/// Who is one person, by the user's word.
pub(super) fn read_links(connection: &Connection) -> Result<IdentityLinks, Error> {
    rows::identity_links(connection)
}

/// Writes down who is one person, and what follows from it.
pub(super) fn write_links(connection: &Connection, said: &[IdentityLink]) -> Result<(), Error> {
    let mut links = rows::identity_links(connection)?;
    for link in said {
        links.set(link);
    }
    connection.execute("DELETE FROM ties", [])?;
    for link in links.iter() {
        let sql = "INSERT INTO ties (one, other, same) VALUES (?1, ?2, ?3)";
        connection.prepare_cached(sql)?.execute((&link.one, &link.other, link.same))?;
    }
    let mut writer = PeopleWriter::open(connection)?;
    for identity in said.iter().flat_map(|link| [&link.one, &link.other]) {
        writer.touch(Identity::parse(identity).key())?;
    }
    writer.close()
}

/// Hands what comes to `sink`: `first` at once, then ten times as many at a time.
fn in_batches<T>(
    mut all: impl Iterator<Item = Result<T, Error>>,
    first: usize,
    sink: PeopleSink<'_, T>,
) -> Result<(), Error> {
    let mut most = first;
    loop {
        let batch: Vec<T> = all.by_ref().take(most).collect::<Result<_, _>>()?;
        let is_last = batch.len() < most;
        if (!batch.is_empty() && sink(batch).is_break()) || is_last {
            return Ok(());
        }
        most = first * 10;
    }
}
