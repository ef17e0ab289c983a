//! The card of a feed: what it says, and how its rows are edited.

use chrono::NaiveDate;
use pullquote::app::{Card, Effect, Event, FeedJob, FeedQuery};
use pullquote::catalog::FeedId;
use pullquote::library::{FeedEdit, FeedSettings, FetchOptions, Library};
use pullquote::user::{FeedInfo, FeedSetting, Retention, UserAction};
use tempfile::TempDir;

use crate::screens::check_sitting;
use crate::sitting::{Sitting, three};

const SIZES: [(u16, u16); 3] = [(60, 20), (80, 24), (120, 36)];

/// A user at a library in a file, with two feeds; what is asked about feeds is answered from it.
pub struct AtFeeds {
    pub sitting: Sitting,
    _folder: TempDir,
}

pub fn settings(name: &str, folder: &str) -> FeedSettings {
    let address = format!("https://me:s3cret@{}.example/feed", name.to_lowercase());
    FeedSettings {
        typed: address.clone(),
        address,
        name: Some(name.to_owned()),
        folder: folder.to_owned(),
        fetch: FetchOptions { headers: vec![("X-Key".to_owned(), "hush".to_owned())], ..FetchOptions::default() },
        ..FeedSettings::default()
    }
}

impl AtFeeds {
    pub fn with(size: (u16, u16), feeds: &[FeedSettings]) -> Self {
        let folder = TempDir::new().unwrap();
        let mut sitting = Sitting::empty(size.0, size.1);
        sitting.library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
        for feed in feeds {
            sitting.library.subscribe(feed).unwrap();
        }
        let mut articles = three();
        for (article, _) in &mut articles {
            // The feeds are the last rows of the sidebar.
            article.publisher = None;
        }
        sitting.arrive(articles);
        sitting.event(Event::Finished);
        let mut at = Self { sitting, _folder: folder };
        at.settle();
        at
    }

    pub fn new(size: (u16, u16)) -> Self {
        Self::with(size, &[settings("Coast", ""), settings("River", "Daily")])
    }

    /// Presses keys, each once what was asked after the one before is answered.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while !rest.is_empty() {
            let end = if rest.starts_with('<') {
                rest.find('>').unwrap() + 1
            } else {
                rest.chars().next().unwrap().len_utf8()
            };
            self.sitting.press(&rest[..end]);
            self.settle();
            rest = &rest[end..];
        }
        self
    }

    /// Answers what was asked about feeds, as the workers would.
    fn settle(&mut self) {
        self.sources();
        while let Some(effect) = self.sitting.asked.pop() {
            match effect {
                Effect::Feeds(FeedQuery::Info(feed)) => {
                    let info = self.sitting.library.feed_info(feed).unwrap().map(Box::new);
                    self.sitting.event(Event::FeedInfo { feed, info });
                }
                Effect::EditFeeds(FeedJob::Edit { feed, field, written }) => {
                    let edit = self.sitting.library.edit_feed(feed, field, &written).unwrap();
                    assert!(matches!(edit, FeedEdit::Done { .. }), "{edit:?}");
                    let label = format!("change of the {}", field.name());
                    self.sitting.event(Event::DoneWithoutUndo { label, said: "Changed".to_owned() });
                    self.sources();
                }
                _ => {}
            }
        }
    }

    fn sources(&mut self) {
        let feeds = self.sitting.library.feed_overview().unwrap();
        self.sitting.event(Event::Sources(feeds));
    }

    pub fn feed(&self, name: &str) -> (FeedId, FeedSettings) {
        let feeds = self.sitting.library.subscriptions().unwrap();
        let feed = feeds.into_iter().find(|feed| feed.name() == name).unwrap_or_else(|| panic!("no feed {name}"));
        (feed.id, feed.settings)
    }

    /// What the card says in a row.
    fn says(&self, name: &str) -> String {
        let row = self.sitting.app.feed_card().into_iter().find(|row| row.name == name);
        row.unwrap_or_else(|| panic!("no row {name}")).value
    }

    fn typed(&self) -> String {
        self.sitting.app.prompt().map(|prompt| prompt.typed().to_owned()).unwrap_or_default()
    }

    fn problem(&self) -> String {
        self.sitting.app.prompt().and_then(|prompt| prompt.problem(&self.sitting.app)).unwrap_or_default()
    }

    pub fn notice(&self) -> String {
        self.sitting.notice().unwrap_or_default()
    }
}

#[test]
fn card_says_all_that_is_known_and_no_password() {
    let mut at = AtFeeds::new((120, 36));
    at.press("I");
    assert_eq!(at.sitting.app.feed_card(), [], "in the list it is the card of the article");
    at.press("<esc>hGI");
    assert!(matches!(at.sitting.app.views().card(), Some(Card::Feed(_))));
    let rows = at.sitting.app.feed_card();
    let names: Vec<_> = rows.iter().map(|row| row.name).collect();
    assert_eq!(
        names.join(", "),
        "name, address, own title, page, state, last fetch, next fetch, interval, full text, keep, tags, feed folder, \
         user agent, headers, proxy, articles"
    );
    for (name, value) in [
        ("name", "River"),
        ("address", "https://me@river.example/feed"),
        ("state", "not fetched yet"),
        ("last fetch", "never"),
        ("interval", "default"),
        ("full text", "off"),
        ("keep", "default"),
        ("tags", "none"),
        ("feed folder", "Daily"),
        ("user agent", "pullquote"),
        ("headers", "X-Key"),
        ("proxy", "system"),
        ("articles", "0, 0 unread"),
    ] {
        assert_eq!(at.says(name), value, "{name}");
    }
    at.press("I");
    assert!(at.sitting.app.views().card().is_none(), "the same key closes it");
    at.press("ggI");
    assert_eq!(at.notice(), "Select a feed first");
    at.press("G<enter>:feed-info<enter>");
    assert_eq!(at.says("name"), "River", "of the open feed too");
}

#[test]
fn rows_are_edited_in_place_undone_and_redone() {
    let mut at = AtFeeds::new((120, 36));
    at.press("hGI7j<enter>");
    assert_eq!(at.typed(), "", "the default is no word to be changed");
    at.press("90<enter>");
    let (feed, settings) = at.feed("River");
    assert_eq!((settings.fetch.interval, at.notice().as_str()), (Some(90), "Interval: 90 · U undo"));
    assert_eq!(at.says("interval"), "90 minutes");
    at.press("j<enter>");
    assert!(at.feed("River").1.fetch.full_text, "a switch just turns");
    at.press("j<enter><c-u>12w<enter>j<enter>sea, two words<enter>jj<enter>Mine/1<enter>");
    let (_, settings) = at.feed("River");
    assert_eq!(settings.fetch.keep, Some(Retention::Days(84)));
    assert_eq!(settings.tags, ["sea", "two words"]);
    assert_eq!(settings.fetch.user_agent.as_deref(), Some("Mine/1"));
    let set = |after| UserAction::FeedSet { feed, before: None, after };
    assert_eq!(
        at.sitting.written(),
        [
            set(FeedSetting::Interval(Some(90))),
            set(FeedSetting::FullText(true)),
            set(FeedSetting::Keep(Some(Retention::Days(84)))),
            set(FeedSetting::Tags(vec!["sea".to_owned(), "two words".to_owned()])),
            set(FeedSetting::UserAgent(Some("Mine/1".to_owned()))),
        ]
    );
    for undone in ["user agent", "tags", "keep", "full text", "interval"] {
        at.press("U");
        assert_eq!(at.notice(), format!("Undone: {undone} of River"));
    }
    assert_eq!(at.says("interval"), "default");
    assert_eq!(at.feed("River").1, crate::feed_card::settings("River", "Daily"));
    at.press("<c-r>");
    assert_eq!((at.notice().as_str(), at.says("interval").as_str()), ("Redone: interval of River", "90 minutes"));
}

#[test]
fn name_state_and_folder_are_edited_from_the_card() {
    let mut at = AtFeeds::new((120, 36));
    at.press("hGI<enter><c-u>Stream<enter>");
    assert_eq!((at.says("name").as_str(), at.notice().as_str()), ("Stream", "Renamed to Stream · U undo"));
    at.press("4j<enter>");
    assert_eq!(at.says("state"), "paused");
    assert_eq!(at.says("next fetch"), "only when asked for");
    at.press("f<c-u>News<enter>");
    assert_eq!((at.says("feed folder").as_str(), at.feed("Stream").1.folder.as_str()), ("News", "News"));
    at.press("UUU");
    assert_eq!((at.says("name").as_str(), at.says("state").as_str()), ("River", "not fetched yet"));
}

#[test]
fn what_may_hold_a_password_is_written_at_once_and_no_history_keeps_it() {
    let mut at = AtFeeds::new((120, 36));
    at.press("hGIj<enter>");
    assert_eq!(at.typed(), "https://me@river.example/feed");
    at.press("s<enter>");
    assert_eq!(at.feed("River").1.address, "https://me:s3cret@river.example/feeds", "the password stays");
    at.press("<down>".repeat(12).as_str()).press("<enter>");
    assert_eq!(at.typed(), "X-Key: …", "values are not shown");
    at.press("<c-j>X-Other: new<enter>");
    let pairs = [("X-Key", "hush"), ("X-Other", "new")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(at.feed("River").1.fetch.headers, pairs);
    at.press("j<enter><c-u>socks5://me:pass@proxy.example:1080<enter>");
    assert_eq!(at.says("proxy"), "socks5://me@proxy.example:1080");
    assert_eq!(at.sitting.written(), []);
    for what in ["proxy", "headers", "address"] {
        at.press("U");
        assert_eq!(at.notice(), format!("The change of the {what} has no undo · U undoes what was done before it"));
    }
    at.press("U");
    assert_eq!(at.notice(), "Nothing to undo");
}

#[test]
fn undo_after_a_change_without_one_takes_back_no_other_unasked() {
    let mut at = AtFeeds::new((120, 36));
    at.press("hGI<enter><c-u>Stream<enter>j<enter>s<enter>U");
    assert_eq!(at.notice(), "The change of the address has no undo · U undoes what was done before it");
    assert_eq!(at.says("name"), "Stream");
    at.press("U");
    assert_eq!(at.says("name"), "River");
    at.press("<enter>s<enter>").press("k<enter><c-u>Brook<enter>U");
    assert_eq!(at.says("name"), "River", "what was done since is undone at once");
    at.press("U");
    assert_eq!(at.notice(), "The change of the address has no undo · U undoes what was done before it");
    // Two of them, and a step that was done again: each is told at its place.
    at.press("<enter><c-u>Brook<enter>j<enter>s<enter><enter>s<enter>kU");
    assert!(at.notice().starts_with("The change of the address has no undo"), "{}", at.notice());
    at.press("U");
    assert!(at.notice().starts_with("The change of the address has no undo"), "{}", at.notice());
    assert_eq!(at.says("name"), "Brook");
    at.press("U<c-r>U");
    assert_eq!(at.says("name"), "River");
}

#[test]
fn wrong_value_is_told_and_what_was_typed_stays() {
    for (row, typed, why) in [
        (1, "exec:ls", "“exec:ls” is no web address, as https://coast.example/feed is"),
        (7, "often", "an interval is a number of minutes, or 0 for the default, not “often”"),
        (9, "ever", "keep is forever, an age such as 90d or 12w, or a number of articles, not “ever”"),
        (13, "nonsense", "“nonsense …” is not a header: a name, a colon and a value, as in X-Key: abc"),
        (14, "ftp://x", "“ftp://x” is no proxy, as http://proxy.example:8080, socks5://…, none and system are"),
    ] {
        let mut at = AtFeeds::new((80, 24));
        at.press(&format!("hGI{row}j<enter><c-u>{typed}<enter>"));
        assert_eq!((at.problem().as_str(), at.typed().as_str()), (why, typed));
        assert_eq!(at.feed("River").1, settings("River", "Daily"));
        at.press("<esc>");
        assert!(at.sitting.app.prompt().is_none() && !at.sitting.app.feed_card().is_empty(), "the card stays");
        assert_eq!(at.sitting.written(), []);
    }
}

#[test]
fn row_that_cannot_be_edited_says_so() {
    let mut at = AtFeeds::new((120, 36));
    for (row, why) in [
        (2, "The feed gives itself this title: edit the name instead"),
        (3, "The feed names its page itself: it cannot be edited"),
        (5, "When it was fetched cannot be edited"),
        (6, "This follows from the interval: edit that instead"),
        (15, "Articles are counted: this cannot be edited"),
    ] {
        at.press(&format!("hGI{row}j<enter>"));
        assert_eq!((at.notice().as_str(), at.sitting.app.prompt().is_some()), (why, false));
        at.press("<esc><esc>");
    }
}

#[test]
fn card_goes_with_its_feed() {
    let mut at = AtFeeds::new((120, 36));
    at.press("hGI");
    let (feed, _) = at.feed("River");
    at.sitting.library.unsubscribe(feed).unwrap();
    at.press("j");
    assert!(at.sitting.app.views().card().is_none());
}

/// A card at fixed times, wherever the test runs.
fn at_a_failing_feed(size: (u16, u16)) -> AtFeeds {
    let mut at = AtFeeds::new(size);
    at.press("hGI");
    let moment = |hour| NaiveDate::from_ymd_opt(2026, 3, 14).unwrap().and_hms_opt(hour, 30, 0);
    let (feed, settings) = at.feed("River");
    let info = FeedInfo {
        settings: settings.without_passwords(),
        title: Some("The River: news from both banks".to_owned()),
        page: Some("https://river.example/".to_owned()),
        last_attempt: moment(9),
        succeeded: moment(7),
        next_fetch: moment(11),
        failures: 3,
        error: Some("returned 500 (server error): the database of the newsroom is being mended".to_owned()),
    };
    at.sitting.event(Event::FeedInfo { feed, info: Some(Box::new(info)) });
    at
}

#[test]
fn state_is_that_of_the_settings_that_it_has_now() {
    let mut at = at_a_failing_feed((120, 36));
    let (feed, settings) = at.feed("River");
    let moment = |hour| NaiveDate::from_ymd_opt(2026, 3, 14).unwrap().and_hms_opt(hour, 30, 0);
    let known = FeedInfo { settings, last_attempt: moment(9), succeeded: moment(7), ..FeedInfo::default() };
    let mut says = |known: &FeedInfo| {
        at.sitting.event(Event::FeedInfo { feed, info: Some(Box::new(known.clone())) });
        at.says("state")
    };
    assert_eq!(says(&known), "to be fetched again", "what failed is not asked for any more");
    assert_eq!(says(&FeedInfo { succeeded: moment(9), ..known.clone() }), "ok");
    let failed = FeedInfo { succeeded: None, error: Some("returned 500".to_owned()), failures: 1, ..known.clone() };
    assert_eq!(says(&failed), "failing, never fetched: returned 500");
    let mut paused = failed;
    paused.settings.paused = true;
    assert_eq!(says(&paused), "paused; failing, never fetched: returned 500");
    at.sitting.event(Event::FeedInfo { feed, info: None });
    assert!(at.sitting.app.views().card().is_none(), "what cannot be looked up has no card");
}

#[test]
fn card_at_all_sizes() {
    for (width, height) in SIZES {
        let mut at = at_a_failing_feed((width, height));
        at.sitting.press("7j");
        check_sitting(&format!("feed-card-{width}x{height}"), &at.sitting);
        at.sitting.press("<enter><c-u>often");
        check_sitting(&format!("feed-card-wrong-{width}x{height}"), &at.sitting);
    }
}
