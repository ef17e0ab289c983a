//! Which feed is fetched next: not too many of one host at once.

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, PoisonError};

use crate::fetch;
use crate::library::Subscription;

/// How many feeds of one host are fetched at once.
const A_HOST: usize = 2;

/// The queue of feeds to fetch: as many at once as there are threads, but not too many of one host.
pub(super) struct HostLimiter {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

struct Waiting {
    /// The feeds of each host.
    hosts: HashMap<String, VecDeque<Subscription>>,
    /// Hosts with free requests, one entry for each.
    ready: VecDeque<String>,
    left: usize,
}

impl HostLimiter {
    /// Queues all feeds, in about this order.
    pub fn new(sources: Vec<Subscription>) -> Self {
        let mut waiting = Waiting { hosts: HashMap::new(), ready: VecDeque::new(), left: sources.len() };
        for source in sources {
            let host = fetch::parse(&source.settings.address).and_then(|url| url.host_str().map(str::to_owned));
            let host = host.unwrap_or_default();
            let queue = waiting.hosts.entry(host.clone()).or_default();
            if queue.len() < A_HOST {
                waiting.ready.push_back(host);
            }
            queue.push_back(source);
        }
        Self { waiting: Mutex::new(waiting), changed: Condvar::new() }
    }

    /// The next feed and its host, once there is one; none when none is left.
    pub fn next(&self) -> Option<(String, Subscription)> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if waiting.left == 0 {
                return None;
            }
            if let Some(host) = waiting.ready.pop_front()
                && let Some(source) = waiting.hosts.get_mut(&host).and_then(VecDeque::pop_front)
            {
                waiting.left -= 1;
                if waiting.left == 0 {
                    self.changed.notify_all();
                }
                return Some((host, source));
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Frees one request of a host.
    pub fn done(&self, host: String) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.hosts.get(&host).is_some_and(|queue| !queue.is_empty()) {
            waiting.ready.push_back(host);
            self.changed.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::FeedId;
    use crate::library::{FeedSettings, FetchStatus};

    fn feeds(addresses: &[&str]) -> Vec<Subscription> {
        let feed = |(number, address): (usize, &&str)| Subscription {
            id: FeedId(number as i64),
            settings: FeedSettings { address: (*address).to_owned(), ..FeedSettings::default() },
            title: None,
            link: None,
            status: FetchStatus::default(),
        };
        addresses.iter().enumerate().map(feed).collect()
    }

    #[test]
    fn host_is_asked_for_two_feeds_at_once() {
        let [coast, hill] = ["https://coast.example/a", "https://hill.example/a"];
        let limiter = HostLimiter::new(feeds(&[coast, coast, coast, coast, hill]));
        let next = || limiter.next().map(|(host, source)| (host, source.id.0));
        let given: Vec<_> = (0..3).filter_map(|_| next()).map(|(_, id)| id).collect();
        assert_eq!(given, [0, 1, 4], "the third of one host waits");
        limiter.done("coast.example".to_owned());
        assert_eq!(next(), Some(("coast.example".to_owned(), 2)));
        limiter.done("hill.example".to_owned());
        limiter.done("coast.example".to_owned());
        assert_eq!((next().map(|(_, id)| id), next()), (Some(3), None));
    }
}
