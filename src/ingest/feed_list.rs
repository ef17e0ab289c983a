//! Lists of feeds: those of other programs (OPML, and the `urls` of newsboat), and that of a library as OPML.

use crate::fetch::newsboat::{FeedList, LeftOut};
use crate::fetch::opml::{self, OpmlError};
use crate::fetch::{self, Outline, newsboat, shown};
use crate::library::{FeedSettings, FetchOptions, Subscription};
use crate::user::{folder_of, tags_of};

/// The feeds of a list, and what of it is left out.
#[derive(Debug, Default)]
pub struct ListedSettings {
    /// How to subscribe to each feed.
    pub feeds: Vec<FeedSettings>,
    /// What cannot be a feed here.
    pub left_out: Vec<LeftOut>,
}

/// Whether a file that begins like this is a list of feeds of newsboat, or markup, which can only be one of OPML.
pub fn is_feed_list(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start);
    is_markup(&start) || newsboat::recognize(&start)
}

fn is_markup(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<')
}

/// Reads a list of feeds; nothing is fetched, and nothing in it is ever run.
///
/// # Errors
///
/// When it is markup, but no OPML.
pub fn read_feed_list(text: &str) -> Result<ListedSettings, OpmlError> {
    let FeedList { sources, left_out } = if is_markup(text) { opml::read(text)? } else { newsboat::read(text) };
    Ok(ListedSettings { feeds: sources.into_iter().map(settings).collect(), left_out })
}

fn settings(outline: Outline) -> FeedSettings {
    let hidden = outline.hidden.then_some("hidden");
    FeedSettings {
        typed: outline.address.clone(),
        address: outline.address,
        name: outline.title,
        folder: folder_of(&outline.folder),
        tags: tags_of(outline.tags.iter().map(String::as_str).chain(hidden)),
        paused: false,
        fetch: FetchOptions::default(),
    }
}

/// Feeds as OPML. Passwords are left out: lists are passed on.
pub fn write_feed_list(feeds: &[Subscription]) -> String {
    let outline = |feed: &Subscription| Outline {
        address: shown(&feed.settings.address),
        title: Some(feed.name()),
        link: feed.link.as_deref().map(shown),
        folder: feed.settings.folder.clone(),
        tags: feed.settings.tags.clone(),
        hidden: false,
    };
    opml::write("pullquote", &feeds.iter().map(outline).collect::<Vec<_>>())
}

/// In how many addresses of feeds a password stands, which a list lacks.
pub fn count_passwords(feeds: &[Subscription]) -> usize {
    let has_one =
        |feed: &&Subscription| fetch::parse(&feed.settings.address).is_some_and(|url| url.password().is_some());
    feeds.iter().filter(has_one).count()
}
