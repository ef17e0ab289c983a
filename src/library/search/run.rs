//! Running a query: the index narrows it down, and where that is not enough each article is read.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::plan::{self, Plan};
use crate::article::{ArticleId, Dates, Listed};
use crate::library::articles::entry_in_row;
use crate::library::codec::{read_enclosures, read_published, read_seen};
use crate::library::entry::{is_at, is_by};
use crate::library::feed_groups::{feed_tags_of, feeds_tagged};
use crate::library::{Entry, Error, rowid_alloc};
use crate::query::{Hit, Query, TermKind};
use crate::user::UserState;

/// How many hits come with the line that was found: more than a screen shows.
const WITH_SNIPPET: usize = 1_000;

/// How many hits are handed over at first.
pub const SCREENFUL: usize = 100;

/// How many hits are handed over at a time after that.
const PIECE: usize = 4_096;

/// What a search is to heed besides the query.
pub struct SearchOptions<'a> {
    /// Called now and then; once it returns false, the search ends with what it has.
    pub wanted: &'a dyn Fn() -> bool,
    /// Whether an article may be a hit at all.
    pub among: &'a dyn Fn(ArticleId) -> bool,
    /// Gets all hits, newest first: a screenful as soon as there is one, then larger pieces.
    pub sink: &'a mut dyn FnMut(Vec<Hit>),
}

/// Whether author and address of the article in a row are those that the plan asks for.
fn in_columns(plan: &Plan, row: &Row<'_>) -> Result<bool, Error> {
    for term in &plan.in_columns {
        let column = |at| row.get_ref(at).map(|value| value.as_str().ok());
        let has = match &term.kind {
            TermKind::Author(words) => is_by(column("byline")?, words),
            TermKind::Url(part) => is_at(column("url")?, part),
            TermKind::Has(medium) => {
                let all = read_enclosures(column("enclosures")?);
                all.iter().any(|enclosure| enclosure.medium() == Some(*medium))
            }
            _ => continue,
        };
        if has == term.negated {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A search under way.
pub(in crate::library) struct RunningSearch<'a> {
    pub connection: &'a Connection,
    pub query: &'a Query,
    pub user_state: &'a UserState,
}

/// An article that may be a hit.
struct Candidate {
    rowid: i64,
    id: ArticleId,
    listed: Option<Listed>,
}

impl Candidate {
    fn read(row: &Row<'_>) -> Result<Self, Error> {
        let published = read_published(row.get(2)?, row.get(3)?, row.get(4)?);
        let dates = Dates { published, seen: read_seen(row.get(5)?), ..Dates::default() };
        Ok(Self { rowid: row.get(0)?, id: ArticleId(row.get::<_, i64>(1)? as u64), listed: dates.listed() })
    }

    /// The hit that it is, without what is found in it.
    fn bare_hit(&self, row: &Row<'_>) -> Result<Hit, Error> {
        let headline = row.get_ref(6)?.as_str().unwrap_or_default().into();
        Ok(Hit { id: self.id, listed: self.listed, headline, title: Vec::new(), place: None, snippet: None })
    }
}

impl RunningSearch<'_> {
    /// Hands over all hits.
    pub fn run(&self, search: &mut SearchOptions<'_>) -> Result<(), Error> {
        let plan = Plan::of(self.query);
        let (sql, values) = self.statement(&plan)?;
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let (mut hits, mut given, mut most) = (Vec::new(), 0, SCREENFUL);
        while (search.wanted)() {
            let Some(row) = rows.next()? else { break };
            let candidate = Candidate::read(row)?;
            if self.holds(&plan, &candidate) && in_columns(&plan, row)? && (search.among)(candidate.id) {
                let is_bare = plan.is_exact && given + hits.len() >= WITH_SNIPPET;
                hits.extend(if is_bare { Some(candidate.bare_hit(row)?) } else { self.hit(&plan, &candidate)? });
            }
            if hits.len() == most {
                given += most;
                most = PIECE;
                (search.sink)(std::mem::take(&mut hits));
            }
        }
        (search.sink)(hits);
        Ok(())
    }

    /// Hands each hit `among` what counts to `on_hit`.
    pub fn each_id(&self, among: &dyn Fn(ArticleId) -> bool, on_hit: &mut dyn FnMut(ArticleId)) -> Result<(), Error> {
        let plan = Plan::of(self.query);
        let (sql, values) = self.statement(&plan)?;
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let candidate = Candidate::read(row)?;
            let is_hit = among(candidate.id)
                && self.holds(&plan, &candidate)
                && in_columns(&plan, row)?
                && (plan.is_exact || self.hit(&plan, &candidate)?.is_some());
            if is_hit {
                on_hit(candidate.id);
            }
        }
        Ok(())
    }

    /// Whether day and user data of the article match the plan.
    fn holds(&self, plan: &Plan, &Candidate { id, listed, .. }: &Candidate) -> bool {
        let is_removed = self.user_state.flags(id).removed;
        plan.after.is_none_or(|day| listed.is_some_and(|listed| listed.day >= day))
            && plan.before.is_none_or(|day| listed.is_some_and(|listed| listed.day < day))
            && (!is_removed || self.query.asks_for_removed())
            && plan.states.iter().all(|&(state, wanted)| self.user_state.is(id, state) == wanted)
    }

    fn hit(&self, plan: &Plan, candidate: &Candidate) -> Result<Option<Hit>, Error> {
        let &Candidate { rowid, id, .. } = candidate;
        let Some(entry) = self.entry(rowid)? else { return Ok(None) };
        let feed_tags =
            if !plan.is_exact && self.query.asks_for_tags() { feed_tags_of(self.connection, id)? } else { Vec::new() };
        let is_hit = plan.is_exact || entry.matches(self.query, self.user_state, &feed_tags);
        Ok(is_hit.then(|| entry.hit(self.query)))
    }

    fn entry(&self, rowid: i64) -> Result<Option<Entry>, Error> {
        entry_in_row(self.connection, rowid, self.user_state)
    }

    /// The statement that selects what may be a hit, the newest first, and its values.
    ///
    /// Rare words come first: a phrase is rarer than its words. The order is that of the index, which walks backwards
    /// and needs no sorting.
    fn statement(&self, plan: &Plan) -> Result<(String, Vec<Value>), Error> {
        let mut values = Vec::new();
        let mut conditions = Vec::new();
        let mut condition = |sql: &str, value: Value| {
            values.push(value);
            conditions.push(sql.replace('?', &format!("?{}", values.len())));
        };
        let (from, id) = match (&plan.phrases, &plan.prefixes) {
            (Some(phrases), prefixes) => {
                condition("phrases MATCH ?", phrases.clone().into());
                if let Some(prefixes) = prefixes {
                    let sql = "EXISTS (SELECT 1 FROM beginnings WHERE beginnings MATCH ?
                               AND beginnings.rowid = phrases.rowid)";
                    condition(sql, prefixes.clone().into());
                }
                ("phrases CROSS JOIN articles ON articles.id = phrases.rowid", "phrases.rowid")
            }
            (None, Some(prefixes)) => {
                condition("beginnings MATCH ?", prefixes.clone().into());
                ("beginnings CROSS JOIN articles ON articles.id = beginnings.rowid", "beginnings.rowid")
            }
            (None, None) => ("articles", "articles.id"),
        };
        if let Some(absent) = &plan.absent {
            let sql =
                format!("NOT EXISTS (SELECT 1 FROM beginnings WHERE beginnings MATCH ? AND beginnings.rowid = {id})");
            condition(&sql, absent.clone().into());
        }
        // Rows follow the day of UTC, from which that in any time zone is one away at most.
        if let Some(day) = plan.after.and_then(|day| day.pred_opt()) {
            condition(&format!("{id} >= ?"), rowid_alloc::first_of(day).into());
        }
        if let Some(day) = plan.before.and_then(|day| day.succ_opt()) {
            let last = rowid_alloc::first_of(day) + rowid_alloc::overflow(self.connection)?;
            condition(&format!("{id} <= ?"), last.into());
        }
        for tag in &plan.tags {
            let keys: Vec<_> = self.user_state.tagged(tag).map(|id| id.0 as i64).collect();
            let keys = format!("{keys:?}");
            let feeds = feeds_tagged(self.connection, tag)?;
            let Some(topic) = plan::topic(tag) else { continue };
            condition(
                &format!(
                    "(key IN (SELECT value FROM json_each('{keys}'))
                  OR key IN (SELECT article FROM came_from WHERE source IN (SELECT value FROM json_each('{feeds:?}')))
                  OR {id} IN (SELECT rowid FROM beginnings WHERE beginnings MATCH ?))"
                ),
                topic.into(),
            );
        }
        let conditions = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
        Ok((
            format!(
                "SELECT {id}, key, articles.day, second, zone, seen, title, byline, url, enclosures FROM {from} WHERE {conditions} ORDER BY {id} DESC"
            ),
            values,
        ))
    }
}
