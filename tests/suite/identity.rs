//! Which article it is: entries of feeds whose link, identifier or words change, and pages and records that claim one address.

use std::cell::Cell;
use std::fs;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use chrono::DateTime;
use pullquote::article::{ArticleId, Edition};
use pullquote::catalog::{Catalog, Said};
use pullquote::fetch::{HttpClient, Limits};
use pullquote::ingest::{Batch, ReadJournal, Refresh, Subscribed, ingest_paths, subscribe};
use pullquote::library::{Library, Order, Scope};
use pullquote::query::Query;
use pullquote::user::{UserAction, UserWrite};
use tempfile::TempDir;

use super::server::{Reply, Server};

/// An entry: `title | guid | link | words`; parts may be empty.
fn entry(line: &str) -> String {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let [title, guid, address, words] = parts[..] else { panic!("{line}") };
    let guid = if guid.is_empty() { String::new() } else { format!("<guid isPermaLink='false'>{guid}</guid>") };
    let stands_at =
        if address.is_empty() { String::new() } else { format!("<link>https://coast.example{address}</link>") };
    format!(
        "<item><title>{title}</title>{guid}{stands_at}<description>“{words},” said Ines Okafor.</description></item>"
    )
}

pub fn feed(title: &str, entries: &str) -> String {
    format!(
        "<rss version='2.0'><channel><title>{title}</title><link>https://coast.example/</link>{entries}</channel></rss>"
    )
}

/// A library in a folder, and feeds that say what they are told to.
pub struct Fixture {
    folder: TempDir,
    pub library: Library,
    said: Arc<Mutex<String>>,
    /// Of the feeds.
    title: Cell<&'static str>,
    /// How often one was read.
    reading: Cell<i64>,
    server: Server,
    pub client: HttpClient,
}

impl Fixture {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let says = Arc::clone(&said);
        let server = Server::start(move |_| Reply::ok(says.lock().unwrap().as_str()));
        let title = Cell::new("Coast");
        let reading = Cell::new(0);
        Self { folder, library, said, title, reading, server, client: HttpClient::new(Limits::default()) }
    }

    /// Reads what a feed says now; returns how many articles were new.
    pub fn read(&self, path: &str, entries: &[&str]) -> usize {
        self.read_feed(path, &entries.iter().map(|line| entry(line)).collect::<String>())
    }

    /// The same, of dated entries.
    pub fn read_items(&self, path: &str, entries: &[&str]) -> usize {
        self.read_feed(path, &entries.iter().map(|line| dated(line)).collect::<String>())
    }

    /// The same, of dated entries that have these words only.
    pub fn read_short(&self, path: &str, entries: &[&str]) -> usize {
        let short = |line: &&str| dated(line).replace(&format!(" {LONG}"), "");
        self.read_feed(path, &entries.iter().map(short).collect::<String>())
    }

    /// Gives the feeds another title.
    pub fn call(&self, title: &'static str) {
        self.title.set(title);
    }

    /// The text of the article with this headline.
    pub fn text_of(&self, headline: &str) -> String {
        self.library.get(self.id_of(headline)).unwrap().unwrap().article.body.text().to_owned()
    }

    pub fn read_feed(&self, path: &str, entries: &str) -> usize {
        *self.said.lock().unwrap() = feed(self.title.get(), entries);
        // Each time some milliseconds later.
        self.reading.set(self.reading.get() + 1);
        let now = DateTime::from_timestamp_millis(1_795_000_000_000 + 300 * self.reading.get()).unwrap();
        let refresh = Refresh { library: &self.library, client: &self.client, now };
        let url = self.server.url(path);
        let refreshed = match subscribe(&refresh, &url, &url).unwrap() {
            Subscribed::New(refreshed) => *refreshed,
            Subscribed::Known(source) => refresh.ask(*source),
            Subscribed::Several(_) => panic!("several feeds"),
        };
        let new = refreshed.new.len();
        let mut batch = Batch::default();
        batch.push_refreshed(refreshed);
        batch.commit(&self.library).unwrap();
        new
    }

    /// Reads files.
    pub fn add(&self) {
        let folder = self.folder.path().join("news");
        ingest_paths(&self.library, &ReadJournal::start(&self.library), &[folder], &mut |skipped| {
            panic!("{skipped:?}")
        })
        .unwrap();
    }

    pub fn put(&self, name: &str, text: &str) {
        fs::create_dir_all(self.folder.path().join("news")).unwrap();
        fs::write(self.folder.path().join("news").join(name), text).unwrap();
    }

    /// All headlines, in the order of the alphabet.
    pub fn headlines(&self) -> Vec<String> {
        let mut all: Vec<_> = self.articles().into_iter().map(|(_, headline)| headline).collect();
        all.sort();
        all
    }

    pub fn articles(&self) -> Vec<(ArticleId, String)> {
        let named = |id| (id, self.library.get(id).unwrap().unwrap().article.headline().to_owned());
        self.library.ids().unwrap().into_iter().map(named).collect()
    }

    pub fn found(&self, query: &str) -> Vec<ArticleId> {
        let hits = self.library.search(&Query::parse(query), &|| true).unwrap();
        hits.into_iter().map(|hit| hit.id).collect()
    }

    pub fn id_of(&self, headline: &str) -> ArticleId {
        let all = self.articles();
        all.iter().find(|(_, named)| named == headline).unwrap_or_else(|| panic!("no {headline} in {all:?}")).0
    }
}

/// Readings of one feed, one after the other, and the headlines that are there in the end.
pub fn check(readings: &[&[&str]], headlines: &[&str]) {
    let fixture = Fixture::new();
    for entries in readings {
        fixture.read("/feed", entries);
    }
    assert_eq!(fixture.headlines(), headlines, "{readings:?}");
}

#[test]
fn entry_is_known_by_its_guid() {
    check(&[&["One|g|/slug-1|It is high"], &["One|g|/slug-2|It is high"]], &["One"]);
    check(&[&["One|g|/one|It is high"], &["Two|g|/two|It is low"]], &["Two"]);
    check(&[&["One|g|/?id=1|It is high"], &["One|g|/?id=2|It is high, still"]], &["One"]);
    check(&[&["One|g||It is high"], &["One|g|/one|It is high"]], &["One"]);
    check(&[&["One|g|/one|It is high"], &["One|g||It is high, still"]], &["One"]);
}

#[test]
fn same_words_in_two_files_have_both_publishers_and_dates() {
    let record = |date: &str, publisher: &str| {
        let text = format!("“Shut it,” said Ines Okafor. {LONG}");
        serde_json::json!({"title": "One", "date": date, "source": publisher, "text": text}).to_string()
    };
    let fixture = Fixture::new();
    fixture.put("a.json", &record("2026-03-14", "Coast"));
    fixture.put("b.json", &record("2026-03-15", "Harbour Times"));
    fixture.add();
    let id = fixture.id_of("One");
    let article = Arc::clone(&fixture.library.get(id).unwrap().unwrap().article);
    let mut publishers: Vec<_> = article.publishers().collect();
    publishers.sort_unstable();
    assert_eq!((publishers, article.editions.len()), (vec!["Coast", "Harbour Times"], 1));
    assert_eq!((fixture.found("source:coast"), fixture.found("source:harbour")), (vec![id], vec![id]));
}

#[test]
fn entries_without_a_date_stand_in_the_order_of_the_feed_and_new_ones_above() {
    let fixture = Fixture::new();
    let old = ["Zebra|3|/3|It is high", "Apple|2|/2|It is low", "Mango|1|/1|It is wet"];
    let new = "Banana|4|/4|It is cold";
    fixture.read_feed("/feed", &old.map(entry).concat());
    fixture.read_feed("/feed", &[new, old[0], old[1], old[2]].map(entry).concat());
    let listed: Vec<_> = fixture.articles().into_iter().map(|(_, headline)| headline).collect();
    assert_eq!(listed, ["Banana", "Zebra", "Apple", "Mango"]);
    let listed: Vec<_> = fixture.articles().into_iter().map(|(id, _)| id).collect();
    assert_eq!(fixture.found("is"), listed);
}

/// Reports on one page, and a feed that has one identifier for all.
#[test]
fn key_of_several_entries_of_one_feed_is_none() {
    let reports = ["Live||/live|It is high", "Live||/live|It was low at noon", "Live||/live|Nobody swims"];
    let numbered = ["One|g|/one|It is high", "Two|g|/two|It was low at noon", "Two|g|/three|Nobody swims"];
    for entries in [reports, numbered] {
        let fixture = Fixture::new();
        let mut before = Vec::new();
        for _ in 0..2 {
            fixture.read("/feed", &entries);
            let mut articles = fixture.articles();
            articles.sort();
            assert_eq!(articles.len(), 3, "{entries:?}");
            assert!(before.is_empty() || before == articles);
            before = articles;
        }
        fixture.read("/feed", &entries[1..]);
        fixture.read("/feed", &entries[2..]);
        let mut articles = fixture.articles();
        articles.sort();
        assert_eq!(articles, before);
    }
}

#[test]
fn entry_without_a_lasting_guid_is_known_by_its_address() {
    check(&[&["One|g1|/one|It is high"], &["One|g2|/one|It is high"]], &["One"]);
    check(&[&["One||/one|It is high"], &["One more||/one|It is low"]], &["One more"]);
    check(
        &[
            &["One|g1|/one|It is high, said the harbour master of the town"],
            &["One|g2|/one|It is high, said the harbour master"],
        ],
        &["One"],
    );
}

#[test]
fn entries_that_share_a_link_are_two() {
    let (one, two) = ("One|g1|/day|It is high", "Two|g2|/day|Nobody swims here");
    check(&[&[one], &[one, two]], &["One", "Two"]);
    check(&[&[one, two], &[one]], &["One", "Two"]);
    check(&[&[one, two], &[two], &[two, one]], &["One", "Two"]);
    check(&[&[one], &[two]], &["One", "Two"]);
    check(&[&[one], &[two, one], &[one], &[two]], &["One", "Two"]);
    // Without identifiers their words tell.
    check(&[&["One||/day|It is high", "Two||/day|It is low"], &["Two||/day|It is low"]], &["One", "Two"]);
}

#[test]
fn entries_that_use_a_guid_twice_are_two() {
    let entries = ["One|g|/one|It is high", "Two|g|/two|It is low"];
    check(&[&entries, &entries, &["Two|g|/two|It is low"]], &["One", "Two"]);
}

#[test]
fn links_to_the_front_page_tell_nothing() {
    check(&[&["One||/|It is high"], &["Two||/|It is low"]], &["One", "Two"]);
    check(&[&["One|g1|/|It is high", "Two|g2|/|It is low"], &["One|g1|/|It is higher"]], &["One", "Two"]);
}

#[test]
fn reading_again_changes_nothing() {
    let entries = [
        "One|g1|/one|It is high",
        "Two|g2|/day|It is low",
        "Three|g3|/day|Nobody swims",
        "Four|||It rains",
        "Five||/five|It snows",
    ];
    let fixture = Fixture::new();
    assert_eq!(fixture.read("/feed", &entries), 5);
    let before = fixture.articles();
    for turned in 0..entries.len() {
        let mut order = entries.to_vec();
        order.rotate_left(turned);
        assert_eq!(fixture.read("/feed", &order), 0, "{order:?}");
        order.remove(turned);
        assert_eq!(fixture.read("/feed", &order), 0, "{order:?}");
        order.reverse();
        assert_eq!(fixture.read("/feed", &order), 0, "{order:?}");
    }
    assert_eq!(fixture.articles(), before);
}

#[test]
fn article_whose_link_changes_keeps_its_identity_and_leads_to_the_new_one() {
    let fixture = Fixture::new();
    fixture.read("/feed", &["One|g|/slug-1|It is high"]);
    let id = fixture.id_of("One");
    let actions = vec![UserAction::Starred { article: id, starred: true }];
    fixture.library.write(&[UserWrite::Commit { actions, label: "star".to_owned() }]).unwrap();
    assert_eq!(fixture.read("/feed", &["One|g|/slug-2|It is high"]), 0);
    assert_eq!(fixture.id_of("One"), id);
    assert!(fixture.library.user_state().flags(id).starred);
    let article = &fixture.library.get(id).unwrap().unwrap().article;
    assert_eq!(article.url.as_deref(), Some("https://coast.example/slug-2"));
}

#[test]
fn story_of_two_feeds_is_one_with_two_publishers() {
    let fixture = Fixture::new();
    fixture.read("/feed", &["One|g|/one|It is high"]);
    fixture.title.set("Harbour Times");
    assert_eq!(fixture.read("/other", &["One, again|h|/one|It is high, says a master"]), 0);
    assert_eq!(fixture.headlines(), ["One"]);
    let id = fixture.id_of("One");
    let publishers = || {
        let article = Arc::clone(&fixture.library.get(id).unwrap().unwrap().article);
        article.publishers().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(publishers(), ["Coast", "Harbour Times"]);
    assert_eq!((fixture.found("source:coast"), fixture.found("source:harbour")), (vec![id], vec![id]));
    // A changed text is found by both, too.
    fixture.title.set("Coast");
    fixture.read("/feed", &["One|g|/one|It is higher than it was"]);
    assert_eq!(publishers(), ["Coast", "Harbour Times"]);
    assert_eq!((fixture.found("source:coast"), fixture.found("source:harbour")), (vec![id], vec![id]));
}

/// An entry of a long text: `title | guid | link | day of March | words`.
pub fn dated(line: &str) -> String {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let [title, guid, address, day, words] = parts[..] else { panic!("{line}") };
    format!(
        "<item><title>{title}</title><guid isPermaLink='false'>{guid}</guid><link>https://coast.example{address}</link>\
         <pubDate>{day} Mar 2024 10:00:00 GMT</pubDate><description>{words} {LONG}</description></item>"
    )
}

#[test]
fn entries_of_the_same_words_settle_and_part_when_one_changes() {
    let (one, two) = ("One|g1|/one|05|“Shut it,” said Ines Okafor.", "One|g2|/two|12|“Shut it,” said Ines Okafor.");
    let other = "Two|g2|/two|12|“It rained for a week, and nobody swims here now,” said Bo Lund of the town’s pool.";
    for second in [[one, two], [two, one]] {
        let fixture = Fixture::new();
        fixture.read_items("/feed", &[one]);
        let id = fixture.id_of("One");
        let days = || {
            let article = Arc::clone(&fixture.library.get(id).unwrap().unwrap().article);
            let also = article.editions.iter().map(|edition| edition.published);
            [article.dates.published].into_iter().chain(also).flatten().map(|at| at.day.to_string()).collect::<Vec<_>>()
        };
        for entries in [&second[..], &[two, one], &[one, two], &[two], &[one]] {
            assert_eq!(fixture.read_items("/feed", entries), 0, "{entries:?}");
            assert_eq!(days(), ["2024-03-05", "2024-03-12"], "{entries:?}");
        }
        fixture.read_items("/feed", &[other, one]);
        fixture.read_items("/feed", &[one, other]);
        assert_eq!(fixture.headlines(), ["One", "Two"]);
        assert_eq!(fixture.id_of("One"), id);
    }
}

#[test]
fn story_of_two_feeds_that_becomes_another_in_one_of_them_is_two() {
    let fixture = Fixture::new();
    fixture.read_items("/feed", &["One|g1|/one|05|“Shut it,” said Ines Okafor."]);
    fixture.title.set("Harbour Times");
    fixture.read_items("/other", &["One|h|/copy|12|“Shut it,” said Ines Okafor."]);
    assert_eq!(fixture.headlines(), ["One"]);
    let id = fixture.id_of("One");
    // A correction in the copy leaves the first one's words.
    fixture.read_items("/other", &["One|h|/copy|12|Corrected. “Shut it,” said Ines Okafor."]);
    assert_eq!(fixture.headlines(), ["One"]);
    let text = || fixture.library.get(id).unwrap().unwrap().article.body.text().to_owned();
    assert!(!text().contains("Corrected"));
    fixture.read("/other", &["Rain|h|/copy|It rained for a week, and nobody swims here now"]);
    assert_eq!(fixture.headlines(), ["One", "Rain"]);
    assert!(text().contains("Shut it"));
    fixture.read("/other", &["Rain|h|/copy|It rained for a week, and nobody swims here any more"]);
    assert_eq!(fixture.headlines(), ["One", "Rain"]);
}

/// Feeds that comment on links: what stands at the link is not what they say.
#[test]
fn other_words_of_another_feed_at_one_link_are_another_article() {
    let whole = |sentence: &str| {
        let paragraphs = (0..4).map(|at| format!("&lt;p&gt;{at} {}&lt;/p&gt;", [sentence; 3].join(" ")));
        paragraphs.collect::<String>()
    };
    let one = format!(
        "One|g1|/one|05|{}",
        whole("The council shuts the old bridge at noon on Friday, and nobody may cross it before the spring.")
    );
    let two = format!(
        "Two|h1|/one|05|{}",
        whole(
            "Rain comes from western hills tomorrow; farmers there bring their cattle home early this year, says Bo Lund."
        )
    );
    let fixture = Fixture::new();
    fixture.read_items("/feed", &[&one]);
    fixture.read_items("/other", &[&two]);
    assert_eq!(fixture.headlines(), ["One", "Two"]);
    fixture.read_items("/feed", &[&one]);
    fixture.read_items("/other", &[&two]);
    assert_eq!(fixture.headlines(), ["One", "Two"]);
}

const LONG: &str = "The harbour committee met on Monday evening and talked for three hours about the bridge, the ferry, and the \
                    trams that cross it, and then went home without a word to anybody.";

fn page(number: u8, canonical: &str) -> String {
    format!(
        "<!doctype html><html><head><title>Story {number}</title><link rel=canonical href='https://coast.example{canonical}'>\
         </head><body><article><h1>Story {number}</h1><p>{number} {LONG}</p><p>“Story {number} is told,” said Ines Okafor.</p>\
         <p>{LONG} {number}</p></article></body></html>"
    )
}

#[test]
fn pages_that_claim_one_address_are_many() {
    for canonical in ["/", "/news"] {
        let fixture = Fixture::new();
        (1..=3).for_each(|number| fixture.put(&format!("{number}.html"), &page(number, canonical)));
        fixture.add();
        assert_eq!(fixture.headlines(), ["Story 1", "Story 2", "Story 3"], "{canonical}");
        let before = fixture.articles();
        fixture.put("2.html", &(page(2, canonical) + "\n"));
        fixture.add();
        assert_eq!(fixture.articles(), before, "{canonical}: read again");
        // One more comes another day.
        fixture.put("4.html", &page(4, canonical));
        fixture.add();
        assert_eq!(fixture.headlines(), ["Story 1", "Story 2", "Story 3", "Story 4"], "{canonical}");
    }
}

#[test]
fn records_that_claim_one_address_are_many() {
    for address in ["https://coast.example/", "https://coast.example/news"] {
        let record = |number: u8| {
            serde_json::json!({"title": format!("Story {number}"), "url": address, "date": "2024-01-01",
                               "text": format!("{number} {LONG}\n\n“Story {number} is told,” said Ines Okafor.")})
            .to_string()
        };
        let fixture = Fixture::new();
        fixture.put("news.jsonl", &(1..=3).map(|number| record(number) + "\n").collect::<String>());
        fixture.add();
        assert_eq!(fixture.headlines(), ["Story 1", "Story 2", "Story 3"], "{address}");
        let before = fixture.articles();
        fixture.put("news.jsonl", &(1..=3).rev().map(|number| record(number) + "\n").collect::<String>());
        fixture.add();
        let mut after = fixture.articles();
        after.sort();
        let mut sorted = before;
        sorted.sort();
        assert_eq!(after, sorted, "{address}: in another order");
    }
}

#[test]
fn summary_and_full_text_are_one() {
    let fixture = Fixture::new();
    fixture.read("/feed", &["Story 1|g|/story-1|It is told"]);
    fixture.put("1.html", &page(1, "/story-1"));
    fixture.add();
    assert_eq!(fixture.headlines(), ["Story 1"]);
}

#[test]
fn same_words_under_two_dates_are_one_with_both() {
    let record = |date: &str| {
        serde_json::json!({"title": "Story", "date": date, "text": format!("{LONG}\n\n“It is told,” said Ines Okafor.")})
            .to_string()
    };
    let fixture = Fixture::new();
    fixture.put("news.jsonl", &[record("2024-01-01"), record("2024-02-02"), record("2024-01-01")].join("\n"));
    fixture.add();
    fixture.add();
    let id = fixture.id_of("Story");
    assert_eq!(fixture.headlines(), ["Story"]);
    let article = &fixture.library.get(id).unwrap().unwrap().article;
    let day = |edition: &Edition| edition.published.unwrap().to_string();
    assert_eq!(day(&Edition::of(article)), "2024-01-01");
    assert_eq!(article.editions.iter().map(day).collect::<Vec<_>>(), ["2024-02-02"]);
}

/// There is one order: what has no date, or one moment, stands as in the list everywhere.
#[test]
fn articles_of_one_moment_have_one_order_everywhere() {
    let order = |fixture: &Fixture, expected: [&str; 4]| {
        let library = &fixture.library;
        let listed: Vec<_> = fixture.articles().into_iter().map(|(_, headline)| headline).collect();
        assert_eq!(listed, expected);
        let ids: Vec<_> = fixture.articles().into_iter().map(|(id, _)| id).collect();
        let mut headlines = Vec::new();
        let sink = &mut |piece| {
            headlines.extend(piece);
            ControlFlow::Continue(())
        };
        library.headlines(&Scope::Whole, sink).unwrap();
        let mut catalog = Catalog::default();
        catalog.add(headlines);
        assert_eq!(catalog.iter().map(|headline| headline.id).collect::<Vec<_>>(), ids, "the list");
        for query in ["shut", "is:unread", "speaker:okafor", "shut sort:relevance"] {
            assert_eq!(fixture.found(query), ids, "{query}");
        }
        let appearances: Vec<_> =
            library.appearances_of("ines okafor").unwrap().into_iter().map(|(imprint, _)| imprint.id).collect();
        assert_eq!(appearances, ids, "where they speak");
        for order in [Order::NewestFirst, Order::OldestFirst] {
            let mut said = Vec::new();
            let sink = &mut |piece: Vec<Said>| {
                said.extend(piece.into_iter().map(|said| said.within.id));
                ControlFlow::Continue(())
            };
            library.said_by("ines okafor", order, sink).unwrap();
            if order == Order::OldestFirst {
                said.reverse();
            }
            assert_eq!(said, ids, "the timeline");
        }
    };
    let record = |number: usize, date: &str| {
        let text = format!("“Shut it,” said Ines Okafor at gate {number}. {LONG}");
        serde_json::json!({"title": format!("Headline {number}"), "date": date, "text": text}).to_string()
    };
    for date in ["", "2026-03-14", "2026-03-14T10:00:20Z"] {
        let fixture = Fixture::new();
        for number in [2, 4, 1, 3] {
            fixture.put(&format!("f{number}.json"), &record(number, date));
        }
        fixture.add();
        order(&fixture, ["Headline 1", "Headline 2", "Headline 3", "Headline 4"]);
    }
}
