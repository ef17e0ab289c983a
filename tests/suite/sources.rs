//! Feeds in the reader: keys in, requests and lists out.

use pullquote::app::{Collection, Effect, Event, FeedQuery, FetchJob, RequestId, SidebarRow};
use pullquote::catalog::{FeedGroup, FeedId, FeedLine, FeedOverview, folders_around};
use pullquote::ui::Theme;

use crate::screens::{drawn, shown};
use crate::sitting::{Sitting, three};
use pullquote::user::UserAction;

/// The list of these feeds; no two have an article in common.
fn list(feeds: Vec<FeedLine>) -> FeedOverview {
    let mut list = FeedOverview::default();
    for line in &feeds {
        let folders = folders_around(&line.folder).map(|path| (true, path));
        for (is_folder, name) in folders.chain(line.tags.iter().map(|tag| (false, tag.as_str()))) {
            let groups = if is_folder { &mut list.folders } else { &mut list.tags };
            let counts = groups.entry(name.to_owned()).or_default();
            counts.articles += line.articles;
            counts.unread += line.unread;
        }
    }
    FeedOverview { feeds, ..list }
}

fn line(id: i64, name: &str, folder: &str) -> FeedLine {
    FeedLine {
        id: FeedId(id),
        name: name.to_owned(),
        title: None,
        address: format!("https://{id}.example/feed"),
        folder: folder.to_owned(),
        tags: Vec::new(),
        paused: id == 3,
        error: (id == 2).then(|| "cannot be reached".to_owned()),
        articles: 5,
        unread: 4,
    }
}

pub fn sitting(width: u16, height: u16) -> Sitting {
    let mut sitting = Sitting::new(width, height, three());
    sitting.event(Event::Finished);
    let lines = vec![line(1, "Coast Wire", ""), line(2, "The Echo", "Daily"), line(3, "Gazette", "Daily/Evening")];
    sitting.event(Event::Sources(list(lines)));
    sitting
}

/// Presses keys and expects these requests to the web and about feeds, without those for lists of feeds.
#[track_caller]
fn check(keys: &str, asked: &[&str]) {
    let mut sitting = sitting(120, 36);
    sitting.press(keys);
    let real = sitting.asked.iter().filter(|effect| !matches!(effect, Effect::Feeds(FeedQuery::List)));
    assert_eq!(real.map(|effect| format!("{effect:?}")).collect::<Vec<_>>(), asked, "after {keys}");
}

#[test]
fn feeds_stand_in_their_folders() {
    let rows = rows(&sitting(120, 36));
    assert_eq!(rows[5..], ["[FEEDS]", "Coast Wire 4", "Daily 8", "The Echo 4", "Daily/Evening 4", "Gazette 4"]);
}

#[test]
fn folded_folder_counts_all_in_it() {
    let mut sitting = sitting(120, 36);
    sitting.press("hGkkkz");
    assert_eq!(rows(&sitting)[5..], ["[FEEDS]", "Coast Wire 4", "Daily 8"]);
    sitting.press("z");
    assert_eq!(rows(&sitting).len(), 11);
}

/// The articles of a feed name it as it calls itself.
#[test]
fn renamed_feed_is_listed_once() {
    let mut sitting = sitting(120, 36);
    let titled = FeedLine { title: Some("Coast Wire".to_owned()), ..line(1, "Mine", "") };
    sitting.event(Event::Sources(list(vec![titled])));
    assert_eq!(rows(&sitting)[5..], ["[FEEDS]", "Mine 4"]);
    sitting.event(Event::Sources(list(vec![line(1, "Mine", "")])));
    assert_eq!(rows(&sitting)[5..], ["[FEEDS]", "Mine 4", "", "[PUBLISHERS]", "Coast Wire 3"]);
}

/// The sidebar, row by row.
fn rows(sitting: &Sitting) -> Vec<String> {
    let shown = |row| match row {
        SidebarRow::Blank => String::new(),
        SidebarRow::Heading(words) => format!("[{words}]"),
        SidebarRow::Collection(collection, counts) => {
            format!("{} {}", collection.name(), counts.map_or(0, |counts| counts.unread))
        }
        SidebarRow::More(more) => format!("+{more}"),
    };
    sitting.app.sidebar_rows().into_iter().map(shown).collect()
}

#[test]
fn addresses_become_feeds() {
    let subscribe = r#"Fetch(Subscribe { address: "https://coast.example/news", typed: "coast.example/news" })"#;
    check("acoast.example/news<enter>", &[subscribe]);
    check("a<enter>", &[]);
    check("ax<esc>", &[]);
    let typed = r#"Fetch(Subscribe { address: "http://coast.example", typed: "http://coast.example" })"#;
    check("ahttp://coast.example<enter>", &[typed]);
}

#[test]
fn feed_is_chosen_from_several() {
    let mut sitting = sitting(120, 36);
    let feeds = [("https://a.example/1", "World"), ("https://a.example/2", "Sport")];
    let feeds = feeds.map(|(address, title)| (address.to_owned(), title.to_owned())).to_vec();
    sitting.event(Event::Discovered { typed: "a.example".to_owned(), feeds: feeds.clone() });
    sitting.press("weather<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("No feeds match: not subscribed"));
    sitting.event(Event::Discovered { typed: "a.example".to_owned(), feeds });
    sitting.press("<tab><enter>");
    let asked = format!("{:?}", sitting.asked.last().expect("something is asked"));
    assert_eq!(asked, r#"Fetch(Subscribe { address: "https://a.example/2", typed: "a.example" })"#);
}

#[test]
fn feeds_are_refreshed_one_or_all() {
    check("R", &["Fetch(Refresh(All))"]);
    check("r", &["Fetch(Refresh(All))"]);
    let listed = |request, of: &str| format!("Feeds(Articles {{ request: RequestId({request}), of: {of} }})");
    let (gazette, folder) = ("Feed(FeedId(3))", r#"Folder("Daily/Evening")"#);
    check("hGr", &[&listed(2, gazette), "Fetch(Refresh(Group(Feed(FeedId(3)))))"]);
    check("hGkr", &[&listed(2, gazette), &listed(3, folder), r#"Fetch(Refresh(Group(Folder("Daily/Evening"))))"#]);
    let mut sitting = sitting(120, 36);
    sitting.event(Event::Refreshing { done: 1, of: 3 });
    sitting.press("R");
    assert!(sitting.asked.iter().all(|effect| !matches!(effect, Effect::Fetch(FetchJob::Refresh(_)))), "one at a time");
    sitting.press("<esc>");
    assert!(matches!(sitting.asked.last(), Some(Effect::Fetch(FetchJob::Cancel))));
}

#[test]
fn feed_lists_its_articles() {
    let mut sitting = sitting(120, 36);
    sitting.press("hG<enter>");
    let Some(Effect::Feeds(FeedQuery::Articles { request, of: FeedGroup::Feed(FeedId(3)) })) =
        sitting.asked.last().cloned()
    else {
        panic!("{:?}", sitting.asked)
    };
    let ids = three().into_iter().skip(1).map(|(article, _)| article.id).collect();
    sitting.event(Event::Listed { request, ids });
    assert_eq!(sitting.listed(), ["Council Votes Down Night Trams", "Minister Keeps His Job"]);
    sitting.event(Event::Listed { request, ids: Vec::new() });
    assert_eq!(sitting.listed().len(), 2, "an answer that nobody waits for");
    sitting.press("<esc>");
    assert_eq!(sitting.listed().len(), 3);
}

#[test]
fn folder_opens_as_one_list() {
    let mut sitting = sitting(120, 36);
    sitting.press("hGkkk");
    let Some(Effect::Feeds(FeedQuery::Articles { request, of })) = sitting.asked.last().cloned() else {
        panic!("{:?}", sitting.asked)
    };
    assert_eq!(of, FeedGroup::Folder("Daily".to_owned()));
    let ids: Vec<_> = three().into_iter().skip(1).map(|(article, _)| article.id).collect();
    sitting.event(Event::Listed { request, ids });
    assert_eq!(sitting.listed(), ["Council Votes Down Night Trams", "Minister Keeps His Job"]);
    sitting.press("M");
    assert_eq!(sitting.notice().as_deref(), Some("Select a feed first"));
    sitting.press("D");
    assert_eq!(sitting.notice().as_deref(), Some("Only saved searches and feeds can be removed here"));
    // The folder goes with its last feed.
    sitting.event(Event::Sources(list(vec![line(1, "Coast Wire", "")])));
    assert_eq!(*sitting.app.collections().open(), Collection::All);
}

/// The request for the articles of feeds that was made last.
#[track_caller]
fn last_listing(sitting: &Sitting) -> RequestId {
    let asked = sitting.asked.iter().rev().find_map(|effect| match effect {
        Effect::Feeds(FeedQuery::Articles { request, .. }) => Some(*request),
        _ => None,
    });
    asked.expect("the articles of feeds are asked for")
}

#[test]
fn open_folder_follows_what_its_feeds_bring_and_what_is_restored() {
    let mut sitting = sitting(120, 36);
    sitting.press("hGkkk<enter>");
    let ids: Vec<_> = three().into_iter().map(|(article, _)| article.id).collect();
    sitting.event(Event::Listed { request: last_listing(&sitting), ids: ids[1..2].to_vec() });
    assert_eq!(sitting.listed(), ["Council Votes Down Night Trams"]);
    // Articles arrive before they belong to their feed.
    let more = FeedLine { articles: 6, ..line(2, "The Echo", "Daily") };
    sitting.event(Event::Sources(list(vec![
        line(1, "Coast Wire", ""),
        more.clone(),
        line(3, "Gazette", "Daily/Evening"),
    ])));
    let request = last_listing(&sitting);
    sitting.event(Event::Listed { request, ids: ids[1..].to_vec() });
    assert_eq!(sitting.listed(), ["Council Votes Down Night Trams", "Minister Keeps His Job"]);
    // Other counts of unread articles change nothing of it.
    let read = FeedLine { unread: 0, ..more };
    sitting.event(Event::Sources(list(vec![line(1, "Coast Wire", ""), read, line(3, "Gazette", "Daily/Evening")])));
    assert_eq!(last_listing(&sitting), request);
    sitting.press("gD");
    assert_eq!(sitting.listed(), ["Minister Keeps His Job"]);
    sitting.press("U");
    let request = last_listing(&sitting);
    sitting.event(Event::Listed { request, ids: ids[1..].to_vec() });
    assert_eq!(sitting.listed().len(), 2);
}

#[test]
fn tags_of_feeds_are_completed() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.event(Event::Finished);
    let tags = vec!["local beat".to_owned()];
    sitting.event(Event::Sources(list(vec![FeedLine { tags, ..line(1, "Coast Wire", "") }])));
    sitting.press("/tag:lo<tab>");
    assert_eq!(sitting.app.search().unwrap().typed.trim_end(), "tag:\"local beat\"");
}

#[test]
fn tag_of_a_feed_is_a_collection_with_what_the_user_tagged() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.event(Event::Finished);
    let tags = vec!["city".to_owned(), "sea".to_owned()];
    sitting.event(Event::Sources(list(vec![FeedLine { tags, ..line(1, "Coast Wire", "") }])));
    sitting.press("tcity<enter>jttown<enter>");
    assert_eq!(rows(&sitting)[5..10], ["[TAGS]", "city 5", "sea 4", "town 1", ""]);
    sitting.press("hjjj");
    let Some(Effect::Feeds(FeedQuery::Articles { request, of })) = sitting.asked.last().cloned() else {
        panic!("{:?}", sitting.asked)
    };
    assert_eq!(of, FeedGroup::Tag("city".to_owned()));
    sitting.event(Event::Listed { request, ids: vec![three()[2].0.id] });
    assert_eq!(sitting.listed(), ["Harbour Bridge to Close", "Minister Keeps His Job"]);
    sitting.press("jj");
    assert_eq!(sitting.listed(), ["Council Votes Down Night Trams"], "a tag that no feed has is not asked for");
}

#[test]
fn feeds_are_paused_renamed_and_unsubscribed() {
    let tended = |keys: &str| {
        let mut sitting = sitting(120, 36);
        sitting.press(keys);
        sitting.written()
    };
    let feed = FeedId(3);
    assert_eq!(tended("hGM"), [UserAction::FeedPaused { feed, paused: false }]);
    let renamed = UserAction::FeedRenamed { feed, before: None, after: Some("News".to_owned()) };
    assert_eq!(tended("hGc<c-u>News<enter>"), [renamed]);
    assert_eq!(tended("hGD"), [UserAction::Subscribed { feed, subscribed: false }]);
    assert_eq!(tended("hM"), []);
}

#[test]
fn password_of_an_address_is_not_shown() {
    let mut sitting = sitting(120, 36);
    sitting.press("ahttp://me:s3cret@127.0.0.1:9/x<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Looking for feeds at http://me@127.0.0.1:9/x …"));
    let feeds = [1, 2].map(|n| (format!("http://me:s3cret@127.0.0.1:9/{n}"), format!("Feed {n}")));
    sitting.event(Event::Discovered { typed: "me:s3cret@127.0.0.1:9".to_owned(), feeds: feeds.to_vec() });
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    assert!(screen.contains("http://me@127.0.0.1:9/2") && !screen.contains("s3cret"), "{screen}");
}
