//! `pullquote refresh`: refreshes the feeds of the library, for a person or for cron.

use std::collections::HashSet;
use std::io::{self, Write};

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use super::Error;
use super::config::{Fetching, WhichConfig};
use super::error::{Found, Outcome, show_message};
use super::library_args::LibraryArguments;
use super::set::source_named;
use crate::catalog::{FeedGroup, FeedId, FeedSelection};
use crate::export::json_lines;
use crate::fetch::{HttpClient, Limits, shown};
use crate::ingest::{Batch, FetchOutcome, Refresh, Refreshed, select_feeds};
use crate::library::{self, Library, Subscription};
use crate::text::counted;

/// What `pullquote refresh` accepts.
#[derive(Debug, Args)]
pub struct RefreshArguments {
    /// Addresses or names of the feeds to refresh; by default all that are due
    #[arg(value_name = "FEED")]
    sources: Vec<String>,
    /// Refresh all, also those that are not due yet
    #[arg(long, conflicts_with = "sources")]
    all: bool,
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

/// The result of a refresh.
#[derive(Debug, Default, Serialize)]
struct Report {
    new: usize,
    updated: usize,
    failed: usize,
    /// Those of them that are gone for good.
    #[serde(skip)]
    gone: usize,
    /// Feeds that were not fetched because of `Retry-After`.
    barred: usize,
    /// Feeds that were not fetched because there is no network.
    skipped: usize,
    /// Feeds that are not due yet.
    waiting: usize,
    /// Articles that were deleted, as they are kept no longer.
    expired: usize,
    sources: Vec<Line>,
}

/// The result of one feed.
#[derive(Debug, Serialize)]
struct Line {
    name: String,
    address: String,
    new: usize,
    updated: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// When it is due again.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
}

/// Refreshes the feeds; exit code 0 also when nothing is new, 1 where there are no feeds, 2 when one of them failed.
pub fn run(arguments: &RefreshArguments, library_args: &LibraryArguments, which: &WhichConfig) -> Outcome {
    let library = library_args.open_or_fail()?;
    super::signals::end_programs_with_us()?;
    let fetching = which.set_up(&library)?;
    let now = Utc::now().timestamp();
    let (sources, postponed) = sources(arguments, &library, now)?;
    if library.subscriptions()?.is_empty() {
        show_message("there are no feeds yet: pullquote add URL");
        return Ok(Found::Nothing);
    }
    let waiting = if arguments.sources.is_empty() {
        let all = library.subscriptions()?.into_iter().filter(|source| !source.settings.paused).count();
        all.saturating_sub(sources.len() + postponed)
    } else {
        0
    };
    let report = Report { barred: postponed, waiting, ..Report::default() };
    refresh(&library, &fetching, sources, report, arguments.json)
}

/// Refreshes these feeds for the first time, but for those that are paused; exit codes as with [`run`].
pub fn refresh_new(library: &Library, fetching: &Fetching, feeds: &[FeedId]) -> Outcome {
    let feeds: HashSet<_> = feeds.iter().collect();
    let mut sources = library.subscriptions()?;
    sources.retain(|source| feeds.contains(&source.id) && !source.settings.paused);
    if sources.is_empty() {
        Ok(Found::Something)
    } else {
        refresh(library, fetching, sources, Report::default(), false)
    }
}

fn refresh(
    library: &Library,
    fetching: &Fetching,
    sources: Vec<Subscription>,
    mut report: Report,
    as_json: bool,
) -> Outcome {
    let client = HttpClient::new(Limits::default()).with_logins(&fetching.logins);
    let mut batch = Batch::default();
    let mut result: Result<(), library::Error> = Ok(());
    Refresh { library, client: &client, now: Utc::now() }.run(sources, &mut |refreshed| {
        report.take(&refreshed);
        batch.push_refreshed(refreshed);
        if batch.is_full() && result.is_ok() {
            result = batch.commit(library).inspect_err(|_| client.cancel());
        }
    });
    result?;
    batch.commit(library)?;
    let now = Utc::now();
    report.expired = library.expire(&library.expiring(now)?.articles, now)?.len();
    report.write(as_json)?;
    fetching.notifier.tell(library.take_notified());
    if report.skipped > 0 {
        show_message(&format!(
            "no server can be reached: check the connection; not refreshed: {}",
            counted(report.skipped, "feed")
        ));
    }
    let Report { failed, gone, .. } = report;
    if failed > 0 { Err(Error::SourcesFailed { failed, gone }) } else { Ok(Found::Something) }
}

fn sources(arguments: &RefreshArguments, library: &Library, now: i64) -> Result<(Vec<Subscription>, usize), Error> {
    if arguments.sources.is_empty() {
        let which = if arguments.all { FeedSelection::All } else { FeedSelection::Due };
        return Ok(select_feeds(library, &which, now)?);
    }
    let mut selected = (Vec::new(), 0);
    for name in &arguments.sources {
        let feed = FeedGroup::Feed(source_named(library, name)?.id);
        let (sources, postponed) = select_feeds(library, &FeedSelection::Group(feed), now)?;
        if postponed > 0 {
            show_message(&format!("{} is not refreshed yet: its server asked to wait", shown(name)));
        }
        selected.0.extend(sources);
        selected.1 += postponed;
    }
    Ok(selected)
}

impl Report {
    fn take(&mut self, refreshed: &Refreshed) {
        if matches!(refreshed.outcome, FetchOutcome::Cancelled) {
            self.skipped += 1;
            return;
        }
        let source = &refreshed.source;
        let error = refreshed.error();
        if let Some(error) = &error {
            show_message(&format!("{} {error}", shown(&source.settings.address)));
            self.failed += 1;
            self.gone += usize::from(matches!(refreshed.outcome, FetchOutcome::Gone));
        }
        self.new += refreshed.new.len();
        self.updated += refreshed.updated.len();
        // At the first time it is only now known what it calls itself.
        let title = refreshed.update.as_ref().and_then(|update| update.title.clone()).or_else(|| source.title.clone());
        self.sources.push(Line {
            name: Subscription { title, ..source.clone() }.name(),
            address: shown(&source.settings.address),
            new: refreshed.new.len(),
            updated: refreshed.updated.len(),
            error,
            due: refreshed.update.as_ref().and_then(|update| timestamp(update.status.next_fetch)),
        });
    }

    fn write(&self, as_json: bool) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        if as_json {
            return Ok(writeln!(out, "{}", json_lines(self))?);
        }
        for line in self.sources.iter().filter(|line| line.new + line.updated > 0) {
            writeln!(out, "{:>6} new  {:>4} updated  {}", line.new, line.updated, line.name)?;
        }
        let asked = counted(self.sources.len(), "feed");
        writeln!(out, "{} new, {} updated; {asked} checked, {} failed", self.new, self.updated, self.failed)?;
        if self.waiting > 0 {
            writeln!(out, "{} not due yet: --all or a name refreshes them, too", counted(self.waiting, "feed"))?;
        }
        if self.expired > 0 {
            writeln!(out, "{} deleted, kept no longer", counted(self.expired, "article"))?;
        }
        Ok(())
    }
}

/// `2026-11-22T10:00:00Z`.
fn timestamp(seconds: i64) -> Option<String> {
    DateTime::from_timestamp(seconds, 0).map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}
