//! The threads around sources: one refreshes them, one runs errands on the web (a new source, the whole text of an
//! article), one looks them up and changes them in the library, and never waits for the web.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use chrono::Utc;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use super::MessageSender;
use super::headline_reports::{HeadlineReports, INTERVAL};
use super::loaded::Loaded;
use super::write_worker::{self, ToKeep};
use crate::app::{Event, FeedQuery, FetchJob};
use crate::article::ArticleId;
use crate::catalog::FeedSelection;
use crate::catalog::Headline;
use crate::feeds::{Agent, Limits, shown};
use crate::ingest::{
    FetchOutcome, FullTextError, Ingested, Priority, Refresh, Refreshed, Subscribed, ingest_full_text, lower_priority,
    select_feeds, subscribe,
};
use crate::library::{self, Library};
use crate::user::UserAction;

/// Something to fetch besides refreshing.
enum Errand {
    Subscribe { address: String, typed: String },
    FullText(ArticleId),
}

/// The way to the threads.
#[derive(Debug)]
pub(super) struct Feeder {
    refreshes: Sender<FeedSelection>,
    errands: Sender<Errand>,
    queries: Sender<FeedQuery>,
    current: Current,
}

/// Who fetches for the refresh that is under way.
type Current = Arc<Mutex<Option<Agent>>>;

impl Feeder {
    /// Starts the threads. Sources that are due are asked every `every`, if that is said.
    pub fn start(
        library: &Arc<Library>,
        loaded: &Arc<Loaded>,
        to_keep: &Sender<ToKeep>,
        inbox: &MessageSender,
        every: Option<Duration>,
    ) -> io::Result<Self> {
        let (refreshes, asked) = unbounded();
        let (errands, wanted) = unbounded();
        let (queries, laid_down) = unbounded();
        let hand = Hand {
            library: Arc::clone(library),
            loaded: Arc::clone(loaded),
            to_keep: to_keep.clone(),
            inbox: inbox.clone(),
            current: Arc::default(),
        };
        let feeder = Self { refreshes, errands, queries, current: Arc::clone(&hand.current) };
        let other = hand.clone();
        thread::Builder::new().name("refreshing".to_owned()).spawn(move || {
            // So do the threads that it starts.
            lower_priority(Priority::Lowest);
            other.refresh_all(&asked, every);
        })?;
        let clerk = hand.clone();
        thread::Builder::new().name("sources".to_owned()).spawn(move || clerk.answer_queries(&laid_down))?;
        thread::Builder::new().name("errands".to_owned()).spawn(move || hand.run_errands(&wanted))?;
        feeder.query(FeedQuery::List);
        Ok(feeder)
    }

    /// Fetches what is asked for, or ends the refresh that is under way.
    pub fn fetch(&self, job: FetchJob) {
        // A thread that is gone has reported why; so below.
        match job {
            FetchJob::Refresh(feeds) => _ = self.refreshes.send(feeds),
            FetchJob::Subscribe { address, typed } => _ = self.errands.send(Errand::Subscribe { address, typed }),
            FetchJob::FullText { id } => _ = self.errands.send(Errand::FullText(id)),
            FetchJob::Cancel => {
                if let Some(agent) = &*self.current.lock().unwrap_or_else(PoisonError::into_inner) {
                    agent.cancel();
                }
            }
        }
    }

    /// Looks up feeds in the library, and reports them.
    pub fn query(&self, query: FeedQuery) {
        let _ = self.queries.send(query);
    }
}

/// What both threads work with.
#[derive(Clone)]
struct Hand {
    library: Arc<Library>,
    loaded: Arc<Loaded>,
    to_keep: Sender<ToKeep>,
    inbox: MessageSender,
    current: Current,
}

impl Hand {
    fn refresh_all(&self, asked: &Receiver<FeedSelection>, every: Option<Duration>) {
        // A timer exists only where the reader wants one.
        let mut due = every.map(|_| Instant::now());
        loop {
            let feeds = match due {
                Some(at) => asked.recv_deadline(at),
                None => asked.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let feeds = match feeds {
                Ok(feeds) => feeds,
                Err(RecvTimeoutError::Timeout) => {
                    due = every.map(|every| Instant::now() + every);
                    FeedSelection::Due
                }
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if let Err(error) = self.refresh_selected(feeds) {
                self.inbox.emit(Event::Failed(write_worker::explained(&error)));
            }
        }
    }

    fn refresh_selected(&self, feeds: FeedSelection) -> Result<(), library::Error> {
        let agent = Agent::new(Limits::default());
        let now = Utc::now().timestamp();
        let (sources, barred) = select_feeds(&self.library, feeds, now)?;
        if sources.is_empty() && feeds == FeedSelection::Due {
            return Ok(());
        }
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(agent.clone());
        let of = sources.len();
        self.inbox.emit(Event::Refreshing { done: 0, of });
        let mut news = self.news(of);
        let (mut new, mut updated, mut failed, mut offline, mut good) = (0, 0, 0, 0, 0);
        Refresh { library: &self.library, agent: &agent, now }.run(sources, &mut |refreshed| {
            new += refreshed.new.len();
            updated += refreshed.updated.len();
            if let Some(why) = refreshed.error() {
                failed += 1;
                offline += usize::from(refreshed.is_offline());
                self.inbox.emit(Event::FeedFailed { id: refreshed.source.id, name: refreshed.source.name(), why });
            }
            good += usize::from(matches!(refreshed.outcome, FetchOutcome::Good));
            news.take(refreshed);
        });
        news.report();
        let is_offline = good == 0 && offline > 0 && offline == failed;
        let cancelled = agent.is_cancelled() && !is_offline;
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.inbox.emit(Event::Refreshed { new, updated, failed, barred, cancelled, is_offline });
        Ok(())
    }

    /// What comes of so many feeds; of none, where their number is not to be reported.
    fn news(&self, of: usize) -> News<'_> {
        let reports = HeadlineReports::new(&self.loaded, &self.to_keep, &self.inbox);
        News { reports, inbox: &self.inbox, done: 0, of, due: Instant::now() }
    }

    fn run_errands(&self, wanted: &Receiver<Errand>) {
        for errand in wanted {
            let event = match errand {
                Errand::Subscribe { address, typed } => self.subscribe(&address, &typed),
                Errand::FullText(id) => self.full_text(id),
            };
            if !self.inbox.emit(event) {
                return;
            }
        }
    }

    fn answer_queries(&self, queries: &Receiver<FeedQuery>) {
        for query in queries {
            let event = match query {
                FeedQuery::List => self.library.source_lines().map_or_else(|error| failed(&error), Event::Sources),
                FeedQuery::Articles { request, id } => {
                    let ids = self.library.articles_of_source(id);
                    ids.map_or_else(|error| failed(&error), |ids| Event::Listed { request, ids })
                }
            };
            if !self.inbox.emit(event) {
                return;
            }
        }
    }

    fn subscribe(&self, address: &str, typed: &str) -> Event {
        let agent = Agent::new(Limits::default());
        let refresh = Refresh { library: &self.library, agent: &agent, now: Utc::now().timestamp() };
        match subscribe(&refresh, address, typed) {
            Ok(Subscribed::New(refreshed)) => {
                let (id, name) = (refreshed.source.id, refreshed.source.name());
                let articles = refreshed.new.len();
                let subscribed = [UserAction::Subscribed { feed: id, subscribed: true }];
                if let Err(error) = self.library.enter(&subscribed, &format!("subscription to {name}")) {
                    self.inbox.emit(failed(&error));
                }
                let mut news = self.news(0);
                news.take(*refreshed);
                news.report();
                Event::Subscribed { id, name, articles }
            }
            Ok(Subscribed::Known(source)) => {
                Event::NotSubscribed { address: shown(address), why: format!("{} is a source already", source.name()) }
            }
            Ok(Subscribed::Several(found)) => Event::Discovered {
                typed: typed.to_owned(),
                feeds: found.into_iter().map(|found| (found.address, found.title.unwrap_or_default())).collect(),
            },
            Err(why) => Event::NotSubscribed {
                address: shown(address),
                why: crate::text::clean_line(&format!("{why} · {}", why.hint())),
            },
        }
    }

    fn full_text(&self, id: ArticleId) -> Event {
        match self.fetch_full_text(id) {
            Ok(headline) => {
                self.inbox.emit(Event::Changed(vec![headline]));
                Event::FullText { id }
            }
            Err(why) => Event::NoFullText { id, why: crate::text::clean_line(&why.to_string()) },
        }
    }

    fn fetch_full_text(&self, id: ArticleId) -> Result<Headline, FullTextError> {
        let Ingested { headline, encoded } = ingest_full_text(&self.library, id)?;
        if let Some(encoded) = encoded {
            self.library.keep(&[*encoded], &[])?;
        }
        Ok(headline)
    }
}

fn failed(error: &library::Error) -> Event {
    Event::Failed(write_worker::explained(error))
}

/// What comes of feeds.
struct News<'a> {
    reports: HeadlineReports,
    inbox: &'a MessageSender,
    done: usize,
    of: usize,
    due: Instant,
}

impl News<'_> {
    /// Takes what came of a feed, and hands on what is to be committed.
    fn take(&mut self, refreshed: Refreshed) {
        self.done += 1;
        refreshed.new.into_iter().for_each(|ingested| self.reports.add_arrived(ingested));
        refreshed.updated.into_iter().for_each(|ingested| self.reports.add_changed(ingested));
        self.reports.commit(refreshed.learnt.map(|learnt| ToKeep::Learnt(Box::new(learnt))));
        if Instant::now() >= self.due {
            self.report();
            self.due = Instant::now() + INTERVAL;
        }
    }

    fn report(&mut self) {
        self.reports.report();
        if self.of > 0 {
            self.inbox.emit(Event::Refreshing { done: self.done, of: self.of });
        }
    }
}

#[cfg(test)]
mod tests;
