//! Feeds: the workers that refresh them, subscribe to a new one and fetch the full text of an article, and one that looks
//! them up in the library and never waits for the web.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use chrono::Utc;

use super::context::Context;
use super::feed_jobs;
use super::headline_reports::{HeadlineReports, REPORT_INTERVAL};
use super::worker::{self, Cancel, Policy, Worker};
use super::write_worker::WriteJob;
use crate::app::{Event, FeedJob, FeedQuery, FetchJob, TaskKind};
use crate::article::ArticleId;
use crate::catalog::{FeedSelection, Headline};
use crate::fetch::{HttpClient, Limits, shown};
use crate::ingest::{
    FetchOutcome, FullTextError, Ingested, Priority, Refresh, Subscribed, ingest_full_text, select_feeds, subscribe,
};
use crate::library::{self, Library};
use crate::user::UserAction;

/// The ways to the workers.
#[derive(Debug)]
pub(super) struct FeedWorker {
    refresh: Arc<Worker<FeedSelection>>,
    subscribe: Worker<Address>,
    full_text: Worker<ArticleId>,
    queries: Worker<FeedQuery>,
    edits: Worker<FeedJob>,
    expiry: Worker<Vec<ArticleId>>,
}

/// Where a feed lies.
#[derive(Debug)]
struct Address {
    address: String,
    /// What the user typed to get there: the same, or the page that names it.
    typed: String,
}

impl FeedWorker {
    /// Starts the workers. Feeds that are due are refreshed every `every`, if it is given.
    pub fn start(context: &Context, every: Option<Duration>) -> io::Result<Self> {
        let (sender, queue) = (&context.sender, Policy::Queue);
        let [refresher, subscriber, fetcher, asked, expirer] = std::array::from_fn(|_| context.clone());
        let refresh = move |feeds: FeedSelection, cancel: &Cancel| {
            if let Err(error) = refresh(&refresher, &feeds, cancel) {
                refresher.sender.fail(&error);
            }
        };
        let subscribe = move |address: Address, cancel: &Cancel| {
            let event = subscribe_to(&subscriber, &address, cancel);
            subscriber.sender.emit(event);
        };
        let full_text = move |id, cancel: &Cancel| full_text(&fetcher, id, cancel);
        let query = move |query, _: &Cancel| answer(&asked, &query);
        let expire = move |articles: Vec<ArticleId>, _: &Cancel| {
            if let Err(error) = expire(&expirer, &articles) {
                expirer.sender.fail(&error);
            }
        };
        let workers = Self {
            // The threads that it starts give way too.
            refresh: Arc::new(worker::spawn("refreshing feeds", Priority::Lowest, queue, sender, refresh)?),
            subscribe: worker::spawn("subscribing", Priority::Normal, queue, sender, subscribe)?,
            full_text: worker::spawn("fetching a full text", Priority::Normal, queue, sender, full_text)?,
            queries: worker::spawn("looking up feeds", Priority::Normal, queue, sender, query)?,
            edits: feed_jobs::start(context)?,
            expiry: worker::spawn("deleting old articles", Priority::Lowest, queue, sender, expire)?,
        };
        if let Some(every) = every {
            let refresh = Arc::clone(&workers.refresh);
            worker::start("waiting for feeds", Priority::Lowest, sender, move || {
                loop {
                    refresh.send(FeedSelection::Due);
                    thread::sleep(every);
                }
            })?;
        }
        workers.query(FeedQuery::List);
        Ok(workers)
    }

    /// Starts a job, or cancels the refresh that is under way.
    pub fn fetch(&self, job: FetchJob) {
        match job {
            FetchJob::Refresh(feeds) => self.refresh.send(feeds),
            FetchJob::Subscribe { address, typed } => self.subscribe.send(Address { address, typed }),
            FetchJob::FullText { id } => self.full_text.send(id),
            FetchJob::Expire(articles) => self.expiry.send(articles),
            FetchJob::Cancel => self.refresh.cancel(),
        }
    }

    /// Waits at most this long until what the user changed is written.
    pub fn shut_down(&mut self, longest: Duration) {
        self.edits.finish(longest);
    }

    /// Changes feeds beside the history, or reads or writes a list of them.
    pub fn edit(&self, job: FeedJob) {
        self.edits.send(job);
    }

    /// Looks up feeds in the library, and reports them.
    pub fn query(&self, query: FeedQuery) {
        self.queries.send(query);
    }
}

fn refresh(context: &Context, feeds: &FeedSelection, cancel: &Cancel) -> Result<(), library::Error> {
    let client = client(context, cancel);
    let now = Utc::now();
    let (sources, postponed) = select_feeds(&context.library, feeds, now.timestamp())?;
    if sources.is_empty() && *feeds == FeedSelection::Due {
        return Ok(());
    }
    let task = context.tasks.begin(TaskKind::RefreshFeeds, cancel);
    let of = sources.len();
    context.sender.emit(Event::Refreshing { done: 0, of });
    let mut reports = HeadlineReports::new(context);
    let (mut done, mut due) = (0, Instant::now());
    let (mut new, mut updated, mut failed, mut offline, mut good) = (0, 0, 0, 0, 0);
    Refresh { library: &context.library, client: &client, now }.run(sources, &mut |refreshed| {
        done += 1;
        new += refreshed.new.len();
        updated += refreshed.updated.len();
        if let Some(why) = refreshed.error() {
            failed += 1;
            offline += usize::from(refreshed.is_offline());
            context.sender.emit(Event::FeedFailed { id: refreshed.source.id, name: refreshed.source.name(), why });
        }
        good += usize::from(matches!(refreshed.outcome, FetchOutcome::Good | FetchOutcome::BrokeOff(_)));
        reports.add_refreshed(refreshed);
        task.progress(done, of);
        if Instant::now() >= due {
            reports.report();
            context.sender.emit(Event::Refreshing { done, of });
            due = Instant::now() + REPORT_INTERVAL;
        }
    });
    reports.report();
    reports.commit(Some(WriteJob::FeedsRead));
    if of > 0 {
        context.sender.emit(Event::Refreshing { done, of });
    }
    let is_offline = good == 0 && offline > 0 && offline == failed;
    let cancelled = client.is_cancelled() && !is_offline;
    let expiring = if cancelled { Vec::new() } else { context.library.expiring(Utc::now())?.articles };
    context.sender.emit(Event::Refreshed { new, updated, failed, postponed, expiring, cancelled, is_offline });
    Ok(())
}

/// Deletes articles of feeds that are kept no longer.
fn expire(context: &Context, articles: &[ArticleId]) -> Result<(), library::Error> {
    let gone = context.library.expire(articles, Utc::now())?;
    if !gone.is_empty() {
        context.sender.emit(Event::Departed(gone));
        context.sender.emit(Event::Sources(context.library.feed_overview()?));
    }
    Ok(())
}

/// One who fetches until the work is cancelled.
fn client(context: &Context, cancel: &Cancel) -> HttpClient {
    let client = HttpClient::new(Limits::default()).with_logins(&context.logins);
    let cancelled = client.clone();
    cancel.on_cancel(move || cancelled.cancel());
    client
}

fn answer(context: &Context, query: &FeedQuery) {
    let answer = match query {
        FeedQuery::List => context.library.feed_overview().map(Event::Sources),
        FeedQuery::Info(feed) => {
            context.library.feed_info(*feed).map(|info| Event::FeedInfo { feed: *feed, info: info.map(Box::new) })
        }
        FeedQuery::Articles { request, of } => {
            context.library.articles_of_feeds(of).map(|ids| Event::Listed { request: *request, ids })
        }
    };
    match answer {
        Ok(event) => _ = context.sender.emit(event),
        Err(error) => {
            context.sender.fail(&error);
            if let FeedQuery::Info(feed) = query {
                // Keys wait for the answer.
                context.sender.emit(Event::FeedInfo { feed: *feed, info: None });
            }
        }
    }
}

fn subscribe_to(context: &Context, Address { address, typed }: &Address, cancel: &Cancel) -> Event {
    let _task = context.tasks.begin(TaskKind::Subscribe(shown(address)), cancel);
    let refresh = Refresh { library: &context.library, client: &client(context, cancel), now: Utc::now() };
    match subscribe(&refresh, address, typed) {
        Ok(Subscribed::New(refreshed)) => {
            let (id, name) = (refreshed.source.id, refreshed.source.name());
            let articles = refreshed.new.len();
            let subscribed = [UserAction::Subscribed { feed: id, subscribed: true }];
            if let Err(error) = context.library.enter(&subscribed, &format!("subscription to {name}")) {
                context.sender.fail(&error);
            }
            if let Some(why) = refreshed.error() {
                context.sender.emit(Event::FeedFailed { id, name: name.clone(), why });
            }
            let mut reports = HeadlineReports::new(context);
            reports.add_refreshed(*refreshed);
            reports.report();
            reports.commit(Some(WriteJob::FeedsRead));
            Event::Subscribed { id, name, articles }
        }
        Ok(Subscribed::Known(source)) => {
            Event::SubscribeFailed { address: shown(address), why: format!("Already subscribed to {}", source.name()) }
        }
        Ok(Subscribed::Several(found)) => Event::Discovered {
            typed: typed.clone(),
            feeds: found.into_iter().map(|found| (found.address, found.title.unwrap_or_default())).collect(),
        },
        Err(why) => Event::SubscribeFailed {
            address: shown(address),
            why: crate::text::clean_line(&format!("{why} · {}", why.hint())),
        },
    }
}

fn full_text(context: &Context, id: ArticleId, cancel: &Cancel) {
    let _task = context.tasks.begin(TaskKind::FetchFullText, cancel);
    context.sender.emit(match fetch_full_text(&context.library, id, &client(context, cancel)) {
        Ok(headline) => {
            context.sender.emit(Event::Changed(vec![headline]));
            Event::FullText { id }
        }
        Err(why) => Event::NoFullText { id, why: crate::text::clean_line(&why.to_string()) },
    });
}

fn fetch_full_text(library: &Library, id: ArticleId, client: &HttpClient) -> Result<Headline, FullTextError> {
    let Ingested { headline, encoded } = ingest_full_text(library, id, client)?;
    if let Some(encoded) = encoded {
        library.commit(&[*encoded], &[])?;
    }
    Ok(headline)
}

#[cfg(test)]
mod tests;
