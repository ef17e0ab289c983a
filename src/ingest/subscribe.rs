//! Subscribing: from an address that the user types to a feed, by way of the feeds that a page names.

use super::feed_request::request_with;
use super::par_ordered::heed_threads;
use super::refresh::{Refresh, Refreshed};
use crate::fetch::discovery::{self, DiscoveredFeed};
use crate::fetch::{self, Feed, Fetched, FetchedPage};
use crate::library::{self, FeedSettings, FetchOptions, Subscription};

/// The result of subscribing.
#[derive(Debug)]
pub enum Subscribed {
    /// The feed is subscribed to, and these are its first articles.
    New(Box<Refreshed>),
    /// There was one already.
    Known(Box<Subscription>),
    /// The page names several feeds, of which the user is to choose one.
    Several(Vec<DiscoveredFeed>),
}

/// Why there is no new feed.
#[derive(Debug, thiserror::Error)]
pub enum SubscribeError {
    /// The address gave nothing.
    #[error("{} {}", fetch::shown(.0), .1)]
    Fetch(String, #[source] fetch::Error),
    /// The address gave nothing, neither over HTTPS nor without.
    #[error("{} {} (https:// and http:// were tried)", fetch::shown(.0), .1)]
    FetchEither(String, #[source] fetch::Error),
    /// The library failed.
    #[error(transparent)]
    Library(#[from] library::Error),
}

impl SubscribeError {
    /// What the user can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Fetch(_, error) | Self::FetchEither(_, error) => error.hint(),
            Self::Library(error) => error.hint(),
        }
    }
}

/// Subscribes to `address`: a feed, or a page that names one or has one in a common place. `typed` is what the user
/// typed to get there.
///
/// # Errors
///
/// When there is no feed, or the library cannot store it.
pub fn subscribe(refresh: &Refresh<'_>, address: &str, typed: &str) -> Result<Subscribed, SubscribeError> {
    let failed = |what: fetch::ErrorKind| SubscribeError::Fetch(address.to_owned(), what.into());
    // A page may have named the address: it gets the login that was typed where the same server answers, and brings none.
    // What was typed is the same address, also where `https://` was put before it since.
    let is_typed = address == typed || fetch::parse(address) == fetch::parse(typed);
    let open = fetch::unsecured(typed).filter(|_| is_typed);
    let mut url =
        fetch::parse(&fetch::lend_login(typed, address)).ok_or_else(|| failed(fetch::ErrorKind::InvalidUrl))?;
    let mut typed = fetch::parse(typed).ok_or_else(|| failed(fetch::ErrorKind::InvalidUrl))?;
    if let Some(source) = refresh.library.subscription_at(url.as_str())? {
        return Ok(Subscribed::Known(Box::new(source)));
    }
    heed_threads(refresh.client);
    let mut fetched = fetch(refresh, url.as_str(), typed.as_str());
    if let Fetched::Failed(error) = &fetched
        && error.is_unanswered()
        && let Some(open) = open
    {
        if let Some(source) = refresh.library.subscription_at(open.as_str())? {
            return Ok(Subscribed::Known(Box::new(source)));
        }
        let again = fetch(refresh, open.as_str(), open.as_str());
        match again {
            Fetched::Failed(error) if error.is_unanswered() => {
                return Err(SubscribeError::FetchEither(address.to_owned(), error));
            }
            again => (url, typed, fetched) = (open.clone(), open, again),
        }
    }
    match fetched {
        Fetched::Feed(feed) => Ok(keep(refresh, url.as_str(), typed.as_str(), *feed)?),
        Fetched::Page(page) => discover(refresh, &page, typed.as_str()),
        Fetched::Gone => Err(failed(fetch::ErrorKind::Status { status: 410 })),
        Fetched::NotModified { .. } => Err(failed(fetch::ErrorKind::Status { status: 304 })),
        Fetched::Failed(error) => Err(SubscribeError::Fetch(address.to_owned(), error)),
    }
}

/// Looks for feeds: first those that the page names, then in common places.
fn discover(refresh: &Refresh<'_>, page: &FetchedPage, typed: &str) -> Result<Subscribed, SubscribeError> {
    let named = discovery::named(page);
    if let [_, _, ..] = &named[..] {
        return Ok(Subscribed::Several(named));
    }
    let mut error = None;
    let places = named.into_iter().map(|found| found.address).chain(discovery::common_places(&page.address));
    for place in places.map(|place| fetch::lend_login(typed, &place)) {
        if let Some(source) = refresh.library.subscription_at(&place)? {
            return Ok(Subscribed::Known(Box::new(source)));
        }
        match fetch(refresh, &place, typed) {
            Fetched::Feed(feed) => return Ok(keep(refresh, &place, typed, *feed)?),
            // No server is there to be asked thirteen times more.
            Fetched::Failed(why)
                if why.is_offline()
                    || matches!(why.kind, fetch::ErrorKind::Cancelled | fetch::ErrorKind::Timeout(_)) =>
            {
                error = Some(why);
                break;
            }
            _ => {}
        }
    }
    Err(SubscribeError::Fetch(page.address.clone(), error.unwrap_or_else(|| fetch::ErrorKind::NoFeedFound.into())))
}

fn fetch(refresh: &Refresh<'_>, address: &str, typed: &str) -> Fetched {
    fetch::fetch(refresh.client, &request_with(address, typed, &FetchOptions::default()))
}

fn keep(refresh: &Refresh<'_>, address: &str, typed: &str, feed: Feed) -> Result<Subscribed, library::Error> {
    let address = feed.moved_to.clone().unwrap_or_else(|| address.to_owned());
    let settings = FeedSettings { address, typed: typed.to_owned(), ..FeedSettings::default() };
    let (source, is_new) = refresh.library.subscribe(&settings)?;
    if !is_new {
        return Ok(Subscribed::Known(Box::new(source)));
    }
    let mut refreshed = refresh.take_feed(source, feed);
    if let Some(update) = &refreshed.update {
        refreshed.source.title.clone_from(&update.title);
    }
    Ok(Subscribed::New(Box::new(refreshed)))
}
