//! Refreshing: fetches feeds from the web, several at once, and ingests what is new.
//!
//! Accepts feeds and an HTTP client; returns the result of each. What to commit and report is for the caller.

use std::thread::{self, Builder};
use std::time::Duration;

use chrono::{DateTime, Utc};
use crossbeam_channel::bounded;

use super::feed_entries::{FeedEntry, FeedReading, brought_together};
use super::feed_request::request;
use super::full_text;
use super::host_limiter::HostLimiter;
use super::journal::caught;
use super::par_ordered::heed_threads;
use super::read::{Ingested, ingest_article};
use crate::article::Article;
use crate::catalog::{FeedGroup, FeedSelection};
use crate::fetch::{self, Feed, Fetched, HttpClient, Request, Validators};
use crate::formats;
use crate::library::{self, FetchStatus, FetchUpdate, Library, Subscription};

/// How many feeds are fetched at once.
const AT_ONCE: usize = 8;

/// How many answers may wait to be taken.
const WAITING: usize = 16;

/// By how many seconds a feed is fetched too early rather than a whole round of cron too late.
const SLACK: i64 = 30;

/// After this many feeds that cannot be reached, and none that can, there is no network: fetching ends.
const OFFLINE: usize = 16;

/// After how many seconds a feed that has failed once is fetched again; twice that after the second time, and so on.
const FIRST_REST: i64 = 15 * 60;

/// After how many seconds it is tried again at the latest.
const LONGEST_REST: i64 = 24 * 3600;

/// The same where the network may not be there at all.
const LONGEST_REST_OFFLINE: i64 = 3600;

/// What is wrong with a feed that answers 410, as the end of a sentence that begins with its address.
const GONE: &str = "is gone (410 Gone): it is not fetched again";

/// The outcome of fetching a feed.
#[derive(Debug)]
pub enum FetchOutcome {
    /// It was read, or has not changed.
    Good,
    /// It broke off; what came of it was read.
    BrokeOff(fetch::Error),
    /// It is gone (410), and is paused from now on.
    Gone,
    /// It gave nothing.
    Failed(fetch::Error),
    /// The library failed over it.
    Unkept(library::Error),
    /// It was not fetched: the refresh was cancelled before.
    Cancelled,
}

/// The result of fetching a feed.
#[derive(Debug)]
pub struct Refreshed {
    /// The subscription before.
    pub source: Subscription,
    /// Articles that the library had not.
    pub new: Vec<Ingested>,
    /// Articles that have changed, and those that replace others.
    pub updated: Vec<Ingested>,
    /// What to record of the feed, once the articles are committed.
    pub update: Option<FetchUpdate>,
    /// How it went.
    pub outcome: FetchOutcome,
}

/// What fetching needs.
#[derive(Debug, Clone, Copy)]
pub struct Refresh<'a> {
    /// Where articles go.
    pub library: &'a Library,
    /// Who fetches.
    pub client: &'a HttpClient,
    /// The time.
    pub now: DateTime<Utc>,
}

/// The feeds to fetch, and how many are left out because of `Retry-After`.
///
/// # Errors
///
/// When the library is damaged.
pub fn select_feeds(
    library: &Library,
    which: &FeedSelection,
    now: i64,
) -> Result<(Vec<Subscription>, usize), library::Error> {
    let mut sources = library.subscriptions()?;
    sources.retain(|source| match which {
        FeedSelection::Group(FeedGroup::Feed(id)) => source.id == *id,
        FeedSelection::Group(group) => !source.settings.paused && source.is_in(group),
        FeedSelection::All => !source.settings.paused,
        FeedSelection::Due => !source.settings.paused && source.status.next_fetch <= now + SLACK,
    });
    let before = sources.len();
    sources.retain(|source| source.status.retry_after <= now);
    let postponed = before - sources.len();
    Ok((sources, postponed))
}

impl Refresh<'_> {
    /// Fetches `sources` and hands each result to `sink`, in the order in which they answer. A feed after the client
    /// was cancelled comes back at once; where there is no network, the client is marked offline. Where the system has no
    /// thread, the calling one asks one feed after the other.
    pub fn run(&self, sources: Vec<Subscription>, sink: &mut dyn FnMut(Refreshed)) {
        self.library.begin_rules_entry();
        let threads = sources.len().min(AT_ONCE);
        let limiter = HostLimiter::new(sources);
        let (mut answered, mut unreachable) = (0, 0);
        let mut take = |refreshed: Refreshed| {
            answered += 1;
            unreachable += usize::from(refreshed.is_offline());
            if unreachable == OFFLINE && answered == OFFLINE {
                self.client.cancel();
            }
            sink(refreshed);
            true
        };
        let (results, answers) = bounded(WAITING);
        thread::scope(|scope| {
            let start = |_: &usize| {
                let (limiter, results) = (&limiter, results.clone());
                let work = move || self.work(limiter, &mut |refreshed| results.send(refreshed).is_ok());
                Builder::new().spawn_scoped(scope, work).is_ok()
            };
            let started = (0..threads).take_while(start).count();
            drop(results);
            if started == 0 {
                self.work(&limiter, &mut take);
            }
            answers.iter().all(take);
        });
    }

    /// Asks feeds until there are none left, or `results` wants no more.
    fn work(&self, limiter: &HostLimiter, results: &mut dyn FnMut(Refreshed) -> bool) {
        while let Some((host, source)) = limiter.next() {
            let asked = caught(|| self.ask(source.clone()));
            limiter.done(host);
            let refreshed = asked.unwrap_or_else(|| {
                let why = "crashes the program: please report it".to_owned();
                self.failed(source, fetch::ErrorKind::InvalidSetting(why).into())
            });
            if !results(refreshed) {
                return;
            }
        }
    }

    /// Fetches one feed and ingests what is new.
    pub fn ask(&self, source: Subscription) -> Refreshed {
        if self.client.is_cancelled() {
            return Refreshed { outcome: FetchOutcome::Cancelled, ..Refreshed::of(source) };
        }
        heed_threads(self.client);
        let status = &source.status;
        // What an older version of the formats lost is read once more.
        let validators = if status.reader == formats::VERSION {
            Validators { etag: status.etag.clone(), modified: status.modified.clone() }
        } else {
            Validators::default()
        };
        let fetched = fetch::fetch(self.client, &Request { validators, ..request(&source) });
        match fetched {
            Fetched::Feed(feed) => self.take_feed(source, *feed),
            Fetched::NotModified { moved_to, next_after, validators } => {
                let known = self.succeeded(&source);
                let status = FetchStatus {
                    next_fetch: self.next_fetch(&source, next_after),
                    etag: validators.etag.or(known.etag),
                    modified: validators.modified.or(known.modified),
                    ..known
                };
                let update = FetchUpdate { moved_to, status, ..update(&source) };
                Refreshed { update: Some(update), outcome: FetchOutcome::Good, ..Refreshed::of(source) }
            }
            Fetched::Gone => {
                let error = Some(GONE.to_owned());
                let status = FetchStatus { error, ..self.succeeded(&source) };
                let update = FetchUpdate { pause: true, status, ..update(&source) };
                Refreshed { update: Some(update), outcome: FetchOutcome::Gone, ..Refreshed::of(source) }
            }
            Fetched::Page(_) => self.failed(source, fetch::ErrorKind::PageNotFeed.into()),
            Fetched::Failed(error) => self.failed(source, error),
        }
    }

    /// Ingests a feed that was fetched.
    pub fn take_feed(&self, source: Subscription, feed: Feed) -> Refreshed {
        let status = FetchStatus {
            next_fetch: self.next_fetch(&source, feed.next_after),
            reader: formats::VERSION,
            etag: feed.validators.etag,
            modified: feed.validators.modified,
            error: feed.error.as_ref().map(fetch::Error::to_string),
            ..self.succeeded(&source)
        };
        let outcome = feed.error.map_or(FetchOutcome::Good, FetchOutcome::BrokeOff);
        let mut update =
            FetchUpdate { moved_to: feed.moved_to, title: feed.title, link: feed.site, status, ..update(&source) };
        let mut refreshed = Refreshed { outcome, ..Refreshed::of(source) };
        match self.take_articles(&mut refreshed, &mut update, feed.articles) {
            Ok(()) => refreshed.update = Some(update),
            Err(error) => refreshed.outcome = FetchOutcome::Unkept(error),
        }
        refreshed
    }

    fn take_articles(
        &self,
        refreshed: &mut Refreshed,
        update: &mut FetchUpdate,
        mut articles: Vec<Article>,
    ) -> Result<(), library::Error> {
        let feed = refreshed.source.id;
        let known = self.library.entries_of(feed)?;
        let mut reading = self.library.begin_reading_feed(feed, &articles, known.values());
        articles.iter_mut().try_for_each(|article| reading.identify(article))?;
        let mut predecessors = self.library.corrected_entries(&known, &articles)?;
        if refreshed.source.status.reader != formats::VERSION {
            let found = self.library.feed_succession(&known.keys().copied().collect(), &articles)?;
            predecessors = found.predecessors;
            // Of a feed that breaks off nobody knows what it lists.
            if matches!(refreshed.outcome, FetchOutcome::Good) {
                update.doubles = found.doubles;
            }
        }
        for article in &mut articles {
            article.id = predecessors.get(&article.id).copied().unwrap_or(article.id);
        }
        let source = refreshed.source.clone();
        let held =
            FeedReading { library: self.library, now: self.now, source: &source, reading: &reading, known: &known };
        for entries in brought_together(articles) {
            let Some(id) = entries.first().map(FeedEntry::article) else { continue };
            let change = held.change(entries)?;
            update.entries.extend(change.entry);
            update.copies.extend(change.copies);
            update.editions.extend(change.editions.into_iter().map(|edition| (id, edition)));
            let Some(article) = change.article else { continue };
            let ingested = ingest_article(self.made_full(&source, article), &source.settings.tags, self.library)?;
            if change.is_new { &mut refreshed.new } else { &mut refreshed.updated }.push(ingested);
        }
        Ok(())
    }

    /// The article with its full text where the feed is set to that; as it came where that fails.
    fn made_full(&self, source: &Subscription, article: Article) -> Article {
        if !source.settings.fetch.full_text || !article.is_summary || article.url.is_none() {
            return article;
        }
        let rules = self.library.input_rules();
        full_text::fetch_whole(self.client, (&article, &rules), &request(source)).unwrap_or(article)
    }

    /// The time in seconds since 1970.
    fn seconds(&self) -> i64 {
        self.now.timestamp()
    }

    fn succeeded(&self, source: &Subscription) -> FetchStatus {
        let next_fetch = self.next_fetch(source, None);
        let status = source.status.clone();
        FetchStatus {
            last_attempt: Some(self.seconds()),
            succeeded: Some(self.seconds()),
            next_fetch,
            error: None,
            failures: 0,
            retry_after: 0,
            ..status
        }
    }

    /// When a feed that answered is next due, in seconds since 1970.
    fn next_fetch(&self, source: &Subscription, next_after: Option<Duration>) -> i64 {
        let wanted = source.settings.fetch.interval.map_or(0, |minutes| i64::from(minutes) * 60);
        self.seconds() + wanted.max(next_after.map_or(0, |wait| wait.as_secs() as i64))
    }

    fn failed(&self, source: Subscription, error: fetch::Error) -> Refreshed {
        if matches!(error.kind, fetch::ErrorKind::Cancelled) {
            return Refreshed { outcome: FetchOutcome::Cancelled, ..Refreshed::of(source) };
        }
        let failures = source.status.failures.saturating_add(1);
        let asked_for = error.retry_after.map_or(0, |wait| wait.as_secs() as i64);
        let longest = if error.is_offline() { LONGEST_REST_OFFLINE } else { LONGEST_REST };
        let rest = (FIRST_REST << (failures - 1).min(10)).min(longest);
        let status = FetchStatus {
            last_attempt: Some(self.seconds()),
            next_fetch: self.next_fetch(&source, None).max(self.seconds() + rest.max(asked_for)),
            retry_after: self.seconds() + asked_for,
            error: Some(error.to_string()),
            failures,
            ..source.status.clone()
        };
        let update = FetchUpdate { status, ..update(&source) };
        Refreshed { update: Some(update), outcome: FetchOutcome::Failed(error), ..Refreshed::of(source) }
    }
}

impl Refreshed {
    /// Whether it is the network that was not there.
    pub fn is_offline(&self) -> bool {
        matches!(&self.outcome, FetchOutcome::Failed(error) if error.is_offline())
    }

    /// What went wrong, as the end of a sentence that begins with the address.
    pub fn error(&self) -> Option<String> {
        match &self.outcome {
            FetchOutcome::Good | FetchOutcome::Cancelled => None,
            FetchOutcome::Gone => Some(GONE.to_owned()),
            FetchOutcome::BrokeOff(error) => Some(format!("{error}; it is fetched again by the next refresh")),
            FetchOutcome::Failed(error) => Some(error.to_string()),
            FetchOutcome::Unkept(error) => Some(error.to_string()),
        }
    }

    fn of(source: Subscription) -> Self {
        Self { source, new: Vec::new(), updated: Vec::new(), update: None, outcome: FetchOutcome::Good }
    }
}

fn update(source: &Subscription) -> FetchUpdate {
    FetchUpdate {
        source: source.id,
        entries: Vec::new(),
        copies: Vec::new(),
        editions: Vec::new(),
        doubles: Vec::new(),
        moved_to: None,
        title: None,
        link: None,
        pause: false,
        status: FetchStatus::default(),
    }
}
