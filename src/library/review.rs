//! What is to be checked: statements whose speaker is doubtful, with the user's corrections.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use rusqlite::Connection;

use super::articles::{ENTRY, article_and_findings};
use super::{Error, Library};
use crate::article::ArticleId;
use crate::catalog::{Doubtful, Identity};
use crate::quotes::{Corrections, Findings};

/// Accepts what is found in so many articles more; breaks off when it has enough.
pub type DoubtfulSink<'a> = &'a mut dyn FnMut(Vec<Doubtful>, usize) -> ControlFlow<()>;

/// How many articles are looked through at first, and later, before what was found in them is handed on.
const FIRST: usize = 100;
const MORE: usize = 2_000;

impl Library {
    /// Hands the doubtful statements of these articles to `sink`, reported ones among them where these are wanted; removed articles
    /// are left out.
    pub fn doubtful_in(
        &self,
        articles: &[ArticleId],
        with_reported: bool,
        sink: DoubtfulSink<'_>,
    ) -> Result<(), Error> {
        self.doubtful(articles, None, with_reported, sink)
    }

    /// Hands the doubtful statements of the person with this identity to `sink`, by whatever name they speak; those of
    /// the newest article first.
    pub fn doubtful_of(&self, identity: &str, with_reported: bool, sink: DoubtfulSink<'_>) -> Result<(), Error> {
        let identities: BTreeSet<_> = self.identities_of(identity)?.into_iter().collect();
        let mut appearances = self.all_appearances_of(identity)?;
        appearances.retain(|(_, spoken)| with_reported || spoken.quotations > 0);
        let articles: Vec<_> = appearances.into_iter().map(|(imprint, _)| imprint.id).collect();
        self.doubtful(&articles, Some(&identities), with_reported, sink)
    }

    fn doubtful(
        &self,
        articles: &[ArticleId],
        of: Option<&BTreeSet<Identity>>,
        with_reported: bool,
        sink: DoubtfulSink<'_>,
    ) -> Result<(), Error> {
        let (first, rest) = articles.split_at(articles.len().min(FIRST));
        let mut place = 0;
        for part in std::iter::once(first).chain(rest.chunks(MORE)) {
            let mut found = Vec::new();
            let user_state = self.user_state();
            let is_kept = |id: &&ArticleId| !user_state.flags(**id).removed;
            for (at, &id) in part.iter().enumerate().filter(|(_, id)| is_kept(id)) {
                if let Some(findings) = self.corrected_findings(id, user_state.corrections.get(&id), with_reported)? {
                    found.extend(Doubtful::among(&findings, id, place + at, of));
                }
            }
            place += part.len();
            if sink(found, part.len()).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Who said what in an article, as the user corrected it.
    fn corrected_findings(
        &self,
        id: ArticleId,
        corrections: Option<&Corrections>,
        with_reported: bool,
    ) -> Result<Option<Arc<Findings>>, Error> {
        let found = match self.staging.get(id) {
            Some(entry) => Some(Arc::clone(&entry.findings)),
            None => self.read(|connection| findings_of(connection, id))?.map(Arc::new),
        };
        let found =
            found.map(
                |found| {
                    if with_reported || !found.has_reported() { found } else { Arc::new(found.without_reported()) }
                },
            );
        Ok(found.map(|found| match corrections {
            Some(corrections) => Arc::new(found.corrected(corrections)),
            None => found,
        }))
    }
}

/// The findings of a committed article.
fn findings_of(connection: &Connection, id: ArticleId) -> Result<Option<Findings>, Error> {
    let mut statement = connection.prepare_cached(&format!("{ENTRY} WHERE articles.key = ?1"))?;
    let mut rows = statement.query([id.0 as i64])?;
    let row = rows.next()?;
    row.map(|row| article_and_findings(row).map(|(_, findings)| findings)).transpose()
}
