//! All that one person says, article by article, in order of time.

use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};
use std::iter::Peekable;
use std::sync::Arc;
use std::vec::IntoIter;

use rusqlite::{Connection, OptionalExtension};

use super::clusters::{self, Member, SpokenIn};
use super::{Order, Snapshot};
use crate::article::{Article, ArticleId, DateKey, Dates, list_key};
use crate::catalog::{Identity, Imprint, Said, SaidRun, article_speakers};
use crate::library::articles::{ENTRY, article_and_findings};
use crate::library::codec::{read_date_source, read_origin, read_published, read_seen};
use crate::library::{Entry, Error};
use crate::quotes::{Findings, Quotation, Spoken};
use crate::user::UserState;

/// The way through all articles in which a person speaks.
pub(super) struct TimelineReader<'c> {
    connection: Option<&'c Connection>,
    user_state: Arc<UserState>,
    identities: BTreeSet<Identity>,
    order: Order,
    /// Whether what is only reported is wanted too.
    with_reported: bool,
    /// Articles of the file, by their rows.
    stored: Peekable<IntoIter<i64>>,
    /// The article of the file that comes next.
    ahead: Option<(Article, Findings)>,
    staged: Peekable<IntoIter<Arc<Entry>>>,
    ready: VecDeque<Said>,
}

impl<'c> TimelineReader<'c> {
    pub fn new(
        snapshot: &Snapshot<'c>,
        user_state: Arc<UserState>,
        group: Vec<Member>,
        (order, with_reported): (Order, bool),
    ) -> Result<Self, Error> {
        let connection = snapshot.connection;
        let rows: Vec<i64> = group.iter().filter_map(|member| member.row).collect();
        let identities: BTreeSet<Identity> = group.into_iter().map(|member| member.identity).collect();
        let mut stored = connection.map_or(Ok(Vec::new()), |connection| clusters::articles_of(connection, &rows))?;
        stored.retain(|(_, _, spoken)| with_reported || spoken.quotations > 0);
        connection.map_or(Ok(()), |connection| order_as_listed(connection, &mut stored))?;
        let undated = stored.iter().filter(|(_, date, _)| date.is_none()).count();
        let mut stored: Vec<i64> = stored.into_iter().map(|(article, ..)| article).collect();
        let speaks = |entry: &&Arc<Entry>| {
            let all = article_speakers(entry.with_reported());
            let mut mine = all.iter().filter(|speaker| identities.contains(&speaker.identity));
            mine.any(|speaker| with_reported || speaker.is_quoted())
        };
        let mut staged: Vec<_> = snapshot.staged.iter().filter(speaks).cloned().collect();
        staged.sort_by(|one, other| one.article.list_key().cmp(&other.article.list_key()));
        if order == Order::OldestFirst {
            stored.reverse();
            stored.rotate_left(undated);
            staged.reverse();
            let undated = staged.iter().take_while(|entry| entry.article.dates.key().is_none()).count();
            staged.rotate_left(undated);
        }
        Ok(Self {
            connection,
            user_state,
            identities,
            order,
            with_reported,
            stored: stored.into_iter().peekable(),
            ahead: None,
            staged: staged.into_iter().peekable(),
            ready: VecDeque::new(),
        })
    }

    /// The next statement.
    pub fn next(&mut self) -> Result<Option<Said>, Error> {
        while self.ready.is_empty() {
            let Some((article, findings)) = self.next_article()? else { return Ok(None) };
            self.ready.extend(said_in(&article, &findings, &self.identities, self.with_reported));
        }
        Ok(self.ready.pop_front())
    }

    fn next_article(&mut self) -> Result<Option<(Article, Findings)>, Error> {
        while self.ahead.is_none()
            && let Some(row) = self.stored.next()
        {
            // It may have gone since.
            self.ahead = self.connection.map_or(Ok(None), |connection| read(connection, row, &self.user_state))?;
        }
        let is_staged_first = self.staged.peek().is_some_and(|staged| {
            self.ahead.as_ref().is_none_or(|(stored, _)| is_before(&staged.article, stored, self.order))
        });
        if is_staged_first && let Some(entry) = self.staged.next() {
            return Ok(Some((entry.article.as_ref().clone(), entry.with_reported().clone())));
        }
        Ok(self.ahead.take())
    }
}

/// Whether an article comes before another one: those without a date come last in any order.
fn is_before(one: &Article, other: &Article, order: Order) -> bool {
    let is_undated = |article: &Article| article.dates.key().is_none();
    match order {
        Order::NewestFirst => one.list_key() < other.list_key(),
        Order::OldestFirst => {
            (is_undated(one), Reverse(one.list_key())) < (is_undated(other), Reverse(other.list_key()))
        }
    }
}

/// Puts rows, the newest minute first, into the order of the list: those of one minute, or without a date, as they stand
/// there.
fn order_as_listed(connection: &Connection, rows: &mut [SpokenIn]) -> Result<(), Error> {
    let minute = |row: &SpokenIn| row.1.and_then(DateKey::local);
    let mut statement =
        connection.prepare_cached("SELECT title, key, day, second, zone, seen FROM articles WHERE id = ?1")?;
    for tied in rows.chunk_by_mut(|one, other| minute(one) == minute(other)).filter(|tied| tied.len() > 1) {
        let mut keyed = Vec::with_capacity(tied.len());
        for row in &*tied {
            let key = statement.query_row([row.0], |found| {
                let published = read_published(found.get(2)?, found.get(3)?, found.get(4)?);
                let dates = Dates { published, seen: read_seen(found.get(5)?), ..Dates::default() };
                let headline: Box<str> = found.get(0)?;
                Ok(list_key(dates.listed(), headline, ArticleId(found.get::<_, i64>(1)? as u64)))
            });
            // It may have gone since.
            keyed.push((key.optional()?, *row));
        }
        keyed.sort_by(|(one, a), (other, b)| (one, a.0).cmp(&(other, b.0)));
        for (place, (_, row)) in tied.iter_mut().zip(keyed) {
            *place = row;
        }
    }
    Ok(())
}

fn read(connection: &Connection, row: i64, user_state: &UserState) -> Result<Option<(Article, Findings)>, Error> {
    let mut statement = connection.prepare_cached(&format!("{ENTRY} WHERE articles.id = ?1"))?;
    let mut rows = statement.query([row])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (article, findings) = article_and_findings(row)?;
    let findings = match user_state.corrections.get(&article.id) {
        Some(corrections) => findings.corrected(corrections),
        None => findings,
    };
    Ok(Some((article, findings)))
}

/// The articles in which a person speaks, the newest first, and how often.
pub(super) fn appearances(snapshot: &Snapshot<'_>, group: &[Member]) -> Result<Vec<(Imprint, Spoken)>, Error> {
    let rows: Vec<i64> = group.iter().filter_map(|member| member.row).collect();
    let mut all = Vec::new();
    if let Some(connection) = snapshot.connection {
        let sql = "SELECT key, title, day, second, source, url, origin, path, date_source, zone, seen FROM articles WHERE id = ?1";
        let mut imprint = connection.prepare_cached(sql)?;
        for (article, _, spoken) in clusters::articles_of(connection, &rows)? {
            let mut found = imprint.query([article])?;
            let Some(row) = found.next()? else { continue };
            let imprint = Imprint {
                id: ArticleId(row.get::<_, i64>(0)? as u64),
                headline: row.get(1)?,
                dates: Dates {
                    published: read_published(row.get(2)?, row.get(3)?, row.get(9)?),
                    source: read_date_source(row.get(8)?),
                    seen: read_seen(row.get(10)?),
                },
                publisher: row.get(4)?,
                url: row.get(5)?,
                origin: read_origin(row.get(6)?, row.get_ref(7)?.as_blob_or_null().ok().flatten()),
            };
            all.push((imprint, spoken));
        }
    }
    let identities: BTreeSet<&Identity> = group.iter().map(|member| &member.identity).collect();
    for entry in &snapshot.staged {
        let mine = article_speakers(entry.with_reported())
            .into_iter()
            .filter(|speaker| identities.contains(&speaker.identity));
        let mut spoken = Spoken::default();
        mine.for_each(|speaker| spoken += speaker.spoken);
        if !spoken.is_silent() {
            all.push((Imprint::of(&entry.article), spoken));
        }
    }
    all.sort_by(|(one, _), (other, _)| one.list_key().cmp(&other.list_key()));
    Ok(all)
}

/// The name and the role of a speaker of an article.
type Named = (Arc<str>, Option<Arc<str>>);

/// What those with these identities say in an article, in the order of its text; also what is only reported, where that is wanted.
fn said_in(article: &Article, findings: &Findings, identities: &BTreeSet<Identity>, with_reported: bool) -> Vec<Said> {
    let mut names: Vec<Option<Named>> = vec![None; findings.speakers.len()];
    for article_speaker in
        article_speakers(findings).into_iter().filter(|speaker| identities.contains(&speaker.identity))
    {
        let (name, role): Named = (article_speaker.name.into(), article_speaker.role.map(Into::into));
        for speaker in article_speaker.speakers {
            names[speaker.0] = Some((Arc::clone(&name), role.clone()));
        }
    }
    let within = Arc::new(Imprint::of(article));
    let said = |(at, runs): (usize, Vec<usize>)| {
        let first = findings.quotations.get(*runs.first()?)?;
        let run = |&run: &usize| {
            let Quotation { span, kind, confidence, corrected, .. } = findings.quotations[run];
            SaidRun { start: span.start, words: article.body.words(span).into(), kind, confidence, corrected }
        };
        let (speaker, role) = names.get(first.speaker?.0)?.clone()?;
        let (context, context_start) = findings.context_from(&article.body, &runs);
        Some(Said {
            within: Arc::clone(&within),
            speaker,
            role,
            context,
            context_start,
            statement: at + 1,
            start: first.span.start,
            citation: findings.citation(&article.body, &runs)?,
            runs: runs.iter().map(run).collect(),
        })
    };
    let mut all: Vec<Said> = findings.statements().into_iter().enumerate().filter_map(said).collect();
    if with_reported {
        all.sort_by_key(|said| said.start);
    } else {
        all.retain(|said| !said.is_reported());
    }
    all
}
