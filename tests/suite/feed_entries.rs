//! Entries of feeds that share a key: a link, an identifier, words; of one feed, and of two that come together.

use std::sync::Arc;

use chrono::DateTime;
use pullquote::article::{Article, BodyBuilder, ParagraphKind};
use pullquote::fetch::{HttpClient, Limits};
use pullquote::ingest::{Batch, Refresh, Refreshed};
use pullquote::library::{FeedSettings, Library};
use pullquote::user::{UserAction, UserWrite};
use tempfile::TempDir;

use crate::identity::{Fixture, check, dated, feed};
use crate::server::{Reply, Server};

#[test]
fn link_that_another_entry_takes_over_is_no_key_while_the_feed_lists_the_first() {
    let first = "Tide|g1|/today|It is high, said the master of the old harbour";
    let moved = "Tide|g1|/monday|It is high, said the master of the old harbour";
    let next = "Tide again|g2|/today|It is high, said the master of the new harbour";
    for entries in [[next, moved], [moved, next]] {
        let fixture = Fixture::new();
        fixture.read("/feed", &[first]);
        let id = fixture.id_of("Tide");
        let actions = vec![UserAction::Starred { article: id, starred: true }];
        fixture.library.write(&[UserWrite::Commit { actions, label: "star".to_owned() }]).unwrap();
        assert_eq!(fixture.read("/feed", &entries), 1, "{entries:?}");
        assert_eq!((fixture.headlines(), fixture.id_of("Tide")), (vec!["Tide".into(), "Tide again".into()], id));
        let article = &fixture.library.get(id).unwrap().unwrap().article;
        assert_eq!(article.url.as_deref(), Some("https://coast.example/monday"), "{entries:?}");
        for entries in [[next, moved], [moved, next]] {
            assert_eq!(fixture.read("/feed", &entries), 0, "{entries:?}");
        }
        assert_eq!(fixture.headlines(), ["Tide", "Tide again"]);
        // The same words, under the identifier and the link of the other.
        let words = "Tide|g3|/tuesday|It is high, said the master of the old harbour";
        fixture.read("/feed", &[words, "Ebb|g1|/monday|Nobody swims here"]);
        assert_eq!(
            (fixture.headlines(), fixture.id_of("Ebb")),
            (vec!["Ebb".into(), "Tide".into(), "Tide again".into()], id)
        );
    }
}

/// A summary and its full text are one where they share a link, and nobody says that they are two: where the feed lists both
/// under identifiers of their own, the link is no key, and no other key is left.
#[test]
fn teaser_and_full_text_that_a_feed_lists_apart_are_two() {
    let full =
        "It is high,” said Ines Okafor. “And it stays so until the wind turns to the north, before the week is out";
    let teaser = |guid: &str, link: &str| format!("Tide|{guid}|{link}|It is high");
    let whole = |guid: &str, link: &str| format!("Tide in full|{guid}|{link}|{full}");
    for (first, second) in [("/one", "/one"), ("/one", "/two")] {
        let (teaser, whole) = (teaser("g1", first), whole("g2", second));
        check(&[&[&teaser, &whole], &[&whole, &teaser], &[&whole]], &["Tide", "Tide in full"]);
    }
    // A new identifier in place of the old one.
    check(&[&[&teaser("g1", "/one")], &[&whole("g2", "/one")]], &["Tide in full"]);
    check(&[&[&whole("g1", "/one")], &[&teaser("g2", "/one")]], &["Tide in full"]);
}

/// The headline of an entry without a title has the first words of the text once more.
#[test]
fn entries_without_a_title_are_not_alike_by_words_that_count_twice() {
    let post = |guid: &str, rest: &str| {
        format!(
            "<item><guid isPermaLink='false'>{guid}</guid><link>https://coast.example/today</link><description>Good morning \
             to all of you from the old quay. {rest}</description></item>"
        )
    };
    let (one, two) = (post("g1", "Eels bite well here now."), post("g2", "Nobody found my umbrella yet."));
    let fixture = Fixture::new();
    fixture.read_feed("/feed", &one);
    assert_eq!(fixture.read_feed("/feed", &two), 1);
    assert_eq!(fixture.headlines().len(), 2);
}

#[test]
fn entry_is_known_by_every_identifier_that_it_had() {
    let fixture = Fixture::new();
    fixture.read("/feed", &["Tide|g1|/one|It is high, said the master of the old harbour"]);
    let id = fixture.id_of("Tide");
    fixture.read("/feed", &["Tide|g2|/one|It is high, said the master of the new harbour"]);
    fixture.read("/feed", &["Ebb|g1|/two|Nobody swims"]);
    assert_eq!((fixture.headlines(), fixture.id_of("Ebb")), (vec!["Ebb".to_owned()], id));
    fixture.read("/feed", &["Rain|g2|/three|All day long"]);
    assert_eq!((fixture.headlines(), fixture.id_of("Rain")), (vec!["Rain".to_owned()], id));
    // Another feed counts its entries alike.
    fixture.read("/other", &["Snow|g1|/four|By the evening"]);
    assert_eq!(fixture.headlines(), ["Rain", "Snow"]);
    // Once the feed lists both, they are two entries.
    fixture.read("/feed", &["Wind|g1|/five|From the north", "Rain|g2|/three|All day long"]);
    assert_eq!((fixture.headlines(), fixture.id_of("Rain")), (vec!["Rain".into(), "Snow".into(), "Wind".into()], id));
}

#[test]
fn entries_of_the_same_words_and_day_settle_in_any_order() {
    let entry = |guid: &str, link: &str| format!("Tide|{guid}|{link}|05|“Shut it,” said Ines Okafor.");
    let (one, two) = (entry("g1", "/one"), entry("g2", "/two"));
    let fixture = Fixture::new();
    fixture.read_items("/feed", &[&one, &two]);
    let id = fixture.id_of("Tide");
    for entries in [[&two, &one], [&one, &two]] {
        assert_eq!(fixture.read_items("/feed", &[entries[0], entries[1]]), 0);
        let article = &fixture.library.get(id).unwrap().unwrap().article;
        assert_eq!((article.url.as_deref(), article.editions.len()), (Some("https://coast.example/one"), 0));
    }
    assert_eq!(fixture.headlines(), ["Tide"]);
}

/// A library with two feeds of one entry each that were never fetched, and what fetching them gives.
struct TwoFeeds {
    _folder: TempDir,
    library: Library,
    server: Server,
}

impl TwoFeeds {
    fn new(one: &str, two: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
        let (one, two) = (feed("Coast", &dated(one)), feed("Harbour Times", &dated(two)));
        let server = Server::start(move |asked| Reply::ok(if asked.path == "/one" { &one } else { &two }));
        for path in ["/one", "/two"] {
            let address = server.url(path);
            library.subscribe(&FeedSettings { typed: address.clone(), address, ..FeedSettings::default() }).unwrap();
        }
        Self { _folder: folder, library, server }
    }

    fn refreshed(&self, paths: &[&str]) -> Vec<Refreshed> {
        let client = HttpClient::new(Limits::default());
        let refresh = Refresh { library: &self.library, client: &client, now: DateTime::UNIX_EPOCH };
        let source = |path: &&str| self.library.subscription_at(&self.server.url(path)).unwrap().unwrap();
        let mut all = Vec::new();
        refresh.run(paths.iter().map(source).collect(), &mut |refreshed| all.push(refreshed));
        all
    }

    /// Headlines with their publishers, and whether each publisher finds its own.
    fn listed(&self) -> Vec<(String, Vec<String>)> {
        let line = |id| {
            let article = Arc::clone(&self.library.get(id).unwrap().unwrap().article);
            let mut publishers: Vec<_> = article.publishers().map(str::to_owned).collect();
            for publisher in &publishers {
                let query = pullquote::query::Query::parse(&format!("source:\"{publisher}\""));
                let hits = self.library.search(&query, &|| true).unwrap();
                assert!(hits.iter().any(|hit| hit.id == id), "{publisher}");
            }
            publishers.sort();
            (article.headline().to_owned(), publishers)
        };
        let mut all: Vec<_> = self.library.ids().unwrap().into_iter().map(line).collect();
        all.sort();
        all
    }
}

/// In whatever order two feeds answer and are committed, and whether both are new at once or not.
fn check_together(one: &str, two: &str, expected: &[(&str, &[&str])]) {
    for (turned, apart) in [(false, false), (true, false), (false, true), (true, true)] {
        let feeds = TwoFeeds::new(one, two);
        // Both are read before either is committed.
        let mut refreshed = if apart {
            ["/two", "/one"].iter().flat_map(|path| feeds.refreshed(&[path])).collect()
        } else {
            feeds.refreshed(&["/one", "/two"])
        };
        if turned {
            refreshed.reverse();
        }
        for refreshed in refreshed {
            let mut batch = Batch::default();
            batch.push_refreshed(refreshed);
            batch.commit(&feeds.library).unwrap();
        }
        let listed = feeds.listed();
        let listed: Vec<_> = listed
            .iter()
            .map(|(headline, publishers)| (&**headline, publishers.iter().map(String::as_str).collect::<Vec<_>>()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(headline, publishers)| (*headline, publishers.to_vec())).collect();
        assert_eq!(listed, expected, "turned {turned}, apart {apart}");
        assert_eq!(feeds.library.check().unwrap(), [""; 0]);
        for _ in 0..2 {
            let again = feeds.refreshed(&["/two", "/one"]);
            assert!(again.iter().all(|feed| feed.new.is_empty() && feed.updated.is_empty()), "{again:?}");
        }
    }
}

fn whole(sentence: &str) -> String {
    let paragraph = |at| format!("&lt;p&gt;{at} {}&lt;/p&gt;", [sentence; 3].join(" "));
    [0, 1, 2, 3].map(paragraph).concat()
}

const BRIDGE: &str = "The council shuts the old bridge at noon on Friday, and nobody may cross it before the spring.";
const RAIN: &str = "Rain comes from western hills tomorrow; farmers there bring their cattle home early, says Bo Lund.";

#[test]
fn stories_of_two_new_feeds_at_one_link_are_two() {
    let (one, two) = (format!("Bridge|g1|/day|05|{}", whole(BRIDGE)), format!("Rain|h1|/day|05|{}", whole(RAIN)));
    check_together(&one, &two, &[("Bridge", &["Coast"]), ("Rain", &["Harbour Times"])]);
}

#[test]
fn one_story_of_two_new_feeds_is_one_with_two_publishers() {
    let both: &[&str] = &["Coast", "Harbour Times"];
    let (one, two) = (format!("Bridge|g1|/day|05|{}", whole(BRIDGE)), format!("Bridge|h1|/day|05|{}", whole(BRIDGE)));
    check_together(&one, &two, &[("Bridge", both)]);
    let elsewhere = format!("Bridge|h1|/copy|05|{}", whole(BRIDGE));
    check_together(&one, &elsewhere, &[("Bridge", both)]);
    let other_words = format!("Bridge|h1|/day|05|{}", whole(&BRIDGE.replace("noon", "twelve")));
    check_together(&other_words.replace("h1", "g1"), &one, &[("Bridge", both)]);
    // One of them has but a summary.
    check_together(&one, &format!("Bridge|h1|/day|05|{BRIDGE}"), &[("Bridge", both)]);
}

/// An older version of the program kept the teaser of one feed over the text of another, and forgot who else published it.
#[test]
fn what_an_older_version_dropped_of_two_feeds_heals_at_the_next_reading() {
    let teaser = "Bridge|g1|/day|05|Nobody crosses it.";
    let whole = format!("Bridge|h1|/day|05|{}", STORIES[0]);
    for order in [["/one", "/two"], ["/two", "/one"]] {
        let feeds = TwoFeeds::new(teaser, &whole);
        for path in order {
            let mut batch = Batch::default();
            for mut refreshed in feeds.refreshed(&[path]) {
                refreshed.updated.clear();
                refreshed.update.as_mut().unwrap().editions.clear();
                batch.push_refreshed(refreshed);
            }
            batch.commit(&feeds.library).unwrap();
        }
        let connection = rusqlite::Connection::open(feeds.library.path().unwrap()).unwrap();
        connection.execute("UPDATE sources SET reader = 0", []).unwrap();
        for _ in 0..2 {
            for refreshed in feeds.refreshed(&["/one", "/two"]) {
                let mut batch = Batch::default();
                batch.push_refreshed(refreshed);
                batch.commit(&feeds.library).unwrap();
            }
            let both = ["Coast", "Harbour Times"].map(str::to_owned).to_vec();
            assert_eq!(feeds.listed(), [("Bridge".to_owned(), both)], "{order:?}");
            let [id] = feeds.library.ids().unwrap()[..] else { panic!("one article") };
            let article = Arc::clone(&feeds.library.get(id).unwrap().unwrap().article);
            assert!(article.body.text().contains("Take the ferry"), "{order:?}");
            assert_eq!(feeds.library.check().unwrap(), [""; 0]);
        }
    }
}

/// A feed may take another's text for a while, as a notice, or change texts with it: nothing is lost by that.
#[test]
fn articles_whose_texts_become_one_or_change_places_stay_two() {
    let story = |guid: &str, title: &str, words: usize| format!("{title}|{guid}|/{guid}|05|{}", STORIES[words]);
    let before = [story("g1", "Bridge", 0), story("h1", "Eels", 1)];
    let (same, swapped) = (story("h1", "Bridge", 0), [story("g1", "Eels", 1), story("h1", "Bridge", 0)]);
    for (one, two) in [(&before[0], &same), (&swapped[0], &swapped[1])] {
        let fixture = Fixture::new();
        for (one, two) in [(&before[0], &before[1]), (one, two), (one, two), (&before[0], &before[1])] {
            fixture.read_items("/one", &[one]);
            fixture.read_items("/two", &[two]);
            assert_eq!(fixture.library.ids().unwrap().len(), 2, "{one} {two}");
        }
        assert_eq!(fixture.headlines(), ["Bridge", "Eels"], "{one} {two}");
        assert_eq!(fixture.library.check().unwrap(), [""; 0]);
    }
}

/// What another reading brings is known from the moment that it has its identity.
#[test]
fn article_is_known_before_it_is_read_to_its_end() {
    let library = Library::default();
    let article = |words: &str| {
        let mut body = BodyBuilder::new("Bridge");
        body.push(ParagraphKind::Prose, words);
        Article::new(body.build()).at("https://coast.example/day")
    };
    let (mut first, mut same, mut other) = (article(BRIDGE), article(&BRIDGE.replace("noon", "one")), article(RAIN));
    let feed = pullquote::catalog::FeedId;
    let mut here = library.begin_reading_feed(feed(1), &[], [].iter());
    let mut there = library.begin_reading_feed(feed(2), &[], [].iter());
    here.identify(&mut first).unwrap();
    there.identify(&mut same).unwrap();
    there.identify(&mut other).unwrap();
    assert_eq!(same.id, first.id);
    assert_ne!(other.id, first.id);
    let is_held = |id| (here.is_held(id).unwrap(), there.is_held(id).unwrap());
    assert_eq!((is_held(first.id), is_held(other.id)), ((false, true), (true, false)));
    // What a feed does not take up is forgotten.
    drop((here, there));
    let next = library.begin_reading_feed(feed(3), &[], [].iter());
    assert!(!next.is_held(first.id).unwrap() && !next.is_held(other.id).unwrap());
}

/// Three stories, each of a length that feeds take for a summary.
const STORIES: [&str; 3] = [
    "The old bridge shuts at noon for a week of repairs. “Take the ferry if you must cross,” said Ines Okafor, the harbour master.",
    "Eels bit two swimmers off the western pier this morning. “They felt like cold ropes,” recalls Bo Lund, who was bitten twice.",
    "Nobody won a raffle held in aid of our lifeboat. “We sold no tickets,” Mara Deniz told a half empty hall late on Sunday.",
];

#[test]
fn short_stories_of_two_feeds_at_one_link_are_two() {
    let [bridge, eels, _] = STORIES;
    for second in ["06", "05"] {
        let (one, two) = (format!("Bridge|g1|/day|05|{bridge}"), format!("Eels|h1|/day|{second}|{eels}"));
        for (one, two) in [(&one, &two), (&two, &one)] {
            let fixture = Fixture::new();
            assert_eq!(fixture.read_short("/feed", &[one]), 1);
            assert_eq!(fixture.read_short("/other", &[two]), 1);
            for (path, entry) in [("/feed", one), ("/other", two), ("/feed", one)] {
                assert_eq!(fixture.read_short(path, &[entry]), 0);
            }
            assert_eq!(fixture.headlines(), ["Bridge", "Eels"]);
            assert!(
                fixture.text_of("Bridge").contains("Take the ferry") && fixture.text_of("Eels").contains("cold ropes")
            );
        }
    }
}

#[test]
fn record_at_the_link_of_another_story_of_a_feed_is_another_article() {
    let [bridge, eels, _] = STORIES;
    let record = serde_json::json!({"title": "Eels", "url": "https://coast.example/day", "text": eels}).to_string();
    for feed_first in [true, false] {
        let fixture = Fixture::new();
        fixture.put("eels.jsonl", &record);
        if !feed_first {
            fixture.add();
        }
        assert_eq!(fixture.read_short("/feed", &[&format!("Bridge|g1|/day|05|{bridge}")]), 1);
        fixture.add();
        assert_eq!(fixture.headlines(), ["Bridge", "Eels"], "{feed_first}");
        assert!(fixture.text_of("Bridge").contains("Take the ferry") && fixture.text_of("Eels").contains("cold ropes"));
    }
}

#[test]
fn longer_text_stays_of_two_entries_of_one_guid_and_link() {
    let (teaser, whole) =
        (format!("Bridge|g1|/day|05|{}", STORIES[0]), format!("Bridge|g1|/day|05|{}", STORIES.join(" ")));
    let fixture = Fixture::new();
    let readings: [&[&str]; 6] =
        [&[&teaser, &whole], &[&whole, &teaser], &[&teaser], &[&whole], &[&teaser, &whole], &[&teaser]];
    for (number, entries) in readings.into_iter().enumerate() {
        assert_eq!(fixture.read_short("/feed", entries), usize::from(number == 0));
        assert_eq!(fixture.headlines(), ["Bridge"]);
        assert!(fixture.text_of("Bridge").contains("raffle"), "{number}");
    }
    // A change that is no part counts.
    fixture.read_short("/feed", &[&whole.replace("noon", "one")]);
    assert!(fixture.text_of("Bridge").contains("at one"));
    let fixture = Fixture::new();
    fixture.read_short("/feed", &[&teaser]);
    fixture.read_short("/feed", &[&whole]);
    fixture.read_short("/feed", &[&teaser]);
    assert!(fixture.text_of("Bridge").contains("raffle"));
}

#[test]
fn longer_text_of_two_feeds_stays_with_both_publishers_and_marks() {
    let (teaser, whole) =
        (format!("Bridge|g1|/day|05|{}", STORIES[0]), format!("Bridge|h1|/day|05|{}", STORIES.join(" ")));
    for (one, two) in [(&teaser, &whole), (&whole, &teaser)] {
        let fixture = Fixture::new();
        fixture.read_short("/feed", &[one]);
        let id = fixture.id_of("Bridge");
        let actions = vec![UserAction::Starred { article: id, starred: true }];
        fixture.library.write(&[UserWrite::Commit { actions, label: "star".to_owned() }]).unwrap();
        fixture.call("Harbour Times");
        for (path, entry) in [("/other", two), ("/feed", one), ("/other", two)] {
            assert_eq!(fixture.read_short(path, &[entry]), 0);
            assert_eq!((fixture.headlines(), fixture.id_of("Bridge")), (vec!["Bridge".to_owned()], id));
            assert!(fixture.text_of("Bridge").contains("raffle"));
        }
        assert_eq!((fixture.found("source:coast"), fixture.found("source:harbour")), (vec![id], vec![id]));
        assert!(fixture.library.user_state().flags(id).starred);
        assert_eq!(fixture.library.check().unwrap(), [""; 0]);
    }
}

#[test]
fn longer_text_of_a_feed_and_a_file_stays_with_the_publisher() {
    let link = "https://coast.example/day";
    for (in_feed, in_file) in
        [(STORIES[0].to_owned(), STORIES.join("\n\n")), (STORIES.join(" "), STORIES[0].to_owned())]
    {
        for feed_first in [true, false] {
            let record = serde_json::json!({"title": "Bridge", "url": link, "text": in_file}).to_string();
            let entry = format!("Bridge|g1|/day|05|{in_feed}");
            let fixture = Fixture::new();
            fixture.put("bridge.jsonl", &record);
            if !feed_first {
                fixture.add();
            }
            for _ in 0..2 {
                fixture.read_short("/feed", &[&entry]);
                fixture.put("bridge.jsonl", &record);
                fixture.add();
                assert_eq!(fixture.headlines(), ["Bridge"], "{feed_first}");
                assert!(fixture.text_of("Bridge").contains("raffle"), "{feed_first} {in_feed}");
                assert_eq!(fixture.found("source:coast").len(), 1, "{feed_first} {in_feed}");
            }
            assert_eq!(fixture.library.check().unwrap(), [""; 0]);
        }
    }
}

#[test]
fn entry_of_a_few_words_whose_link_changes_stays_unless_the_feed_lists_both() {
    let (old, new) = ("Bell||/one|It rings", "Bell||/two|It rings");
    check(&[&[old], &[new], &[old]], &["Bell"]);
    check(&[&[old, new], &[new], &[new, old], &[old]], &["Bell", "Bell"]);
    check(&[&[old], &[old, new], &[new]], &["Bell", "Bell"]);
    // With identifiers of their own, and no date, they may be of two days.
    check(&[&["Bell|g1|/one|It rings"], &["Bell|g2|/two|It rings"]], &["Bell", "Bell"]);
    let dated = |day: &str, guid: &str, link: &str| format!("Bell|{guid}|{link}|{day}|“It rings,” said Bo Lund.");
    for (second, count) in [(dated("05", "g2", "/two"), 0), (dated("06", "g2", "/two"), 1)] {
        let fixture = Fixture::new();
        fixture.read_short("/feed", &[&dated("05", "g1", "/one")]);
        assert_eq!(fixture.read_short("/feed", &[&second]), count, "{second}");
    }
}

#[test]
fn longer_of_two_summaries_under_one_headline_stays() {
    let whole = STORIES[0];
    for teaser in ["It is all about a bridge.", "&lt;a href='https://talk.example/1'>Comments&lt;/a>", ""] {
        let (teaser, whole) = (format!("Bridge|g1|/day|05|{teaser}"), format!("Bridge|h1|/day|05|{whole}"));
        for (one, two) in [(&teaser, &whole), (&whole, &teaser)] {
            let fixture = Fixture::new();
            fixture.read_short("/feed", &[one]);
            fixture.call("Harbour Times");
            for (path, entry) in [("/other", two), ("/feed", one), ("/other", two)] {
                assert_eq!(fixture.read_short(path, &[entry]), 0);
                assert_eq!(fixture.headlines(), ["Bridge"]);
                assert!(fixture.text_of("Bridge").contains("Take the ferry"), "{teaser}");
            }
            assert_eq!((fixture.found("source:coast").len(), fixture.found("source:harbour").len()), (1, 1));
            // What changes in the teaser does not matter.
            let path = if *one == teaser { "/feed" } else { "/other" };
            fixture.read_short(path, &["Bridge|g1|/day|05|It is about bridges."]);
            assert!(fixture.text_of("Bridge").contains("Take the ferry"), "{teaser}");
        }
    }
    let both: &[&str] = &["Coast", "Harbour Times"];
    let teaser = "Bridge|g1|/day|05|It is all about a bridge.".to_owned();
    check_together(&teaser, &format!("Bridge|h1|/day|05|{whole} {whole}"), &[("Bridge", both)]);
}

#[test]
fn longer_of_two_summaries_in_files_stays_with_the_date() {
    let record = |text: &str, date: Option<&str>| {
        let mut record = serde_json::json!({"title": "Bridge", "url": "https://coast.example/day", "text": text});
        if let Some(date) = date {
            record["date"] = date.into();
        }
        record.to_string()
    };
    let teaser = record("It is all about a bridge…", Some("2024-03-05"));
    let whole = record(&format!("{}…", STORIES[0]), None);
    for records in [[&teaser, &whole], [&whole, &teaser]] {
        for is_one_file in [true, false] {
            let fixture = Fixture::new();
            if is_one_file {
                fixture.put("all.jsonl", &format!("{}\n{}", records[0], records[1]));
            } else {
                fixture.put("a.jsonl", records[0]);
                fixture.put("b.jsonl", records[1]);
            }
            fixture.add();
            fixture.add();
            assert_eq!(fixture.headlines(), ["Bridge"]);
            assert!(fixture.text_of("Bridge").contains("Take the ferry"), "{records:?}");
            let article = Arc::clone(&fixture.library.get(fixture.id_of("Bridge")).unwrap().unwrap().article);
            let day = article.dates.published.map(|published| published.to_string());
            assert_eq!(day.as_deref(), Some("2024-03-05"), "{records:?} {is_one_file}");
            assert_eq!(fixture.library.check().unwrap(), [""; 0]);
        }
    }
}

#[test]
fn headline_half_alike_is_enough_for_a_full_text() {
    let summary = "Bridge shuts at noon|g1|/day|05|What you need to know today.".to_owned();
    for (headline, words, headlines) in [
        ("Old bridge shuts at noon", BRIDGE, &["Old bridge shuts at noon"][..]),
        ("Ferry sinks at night", RAIN, &["Bridge shuts at noon", "Ferry sinks at night"]),
    ] {
        let full = format!("{headline}|h1|/day|05|{}", whole(words));
        for (one, two) in [(&summary, &full), (&full, &summary)] {
            let fixture = Fixture::new();
            for (path, entry) in [("/feed", one), ("/other", two), ("/feed", one), ("/other", two)] {
                fixture.read_short(path, &[entry]);
            }
            assert_eq!(fixture.headlines(), headlines);
        }
    }
}

/// Polls on one page, without identifiers: the words alone tell them apart.
#[test]
fn corrected_entry_without_a_key_of_its_own_is_the_same() {
    let (one, two) = ("Poll one||/polls|Yes, of course", "Poll two||/polls|No, never");
    check(&[&[one, two], &["Poll one, mended||/polls|Yes, of course", two]], &["Poll one, mended", "Poll two"]);
    check(&[&[one, two], &["Poll three||/polls|Yes, of course", two]], &["Poll one", "Poll three", "Poll two"]);
    check(
        &[&[one, two], &[two, one, "Poll one, mended||/polls|Yes, of course"]],
        &["Poll one", "Poll one, mended", "Poll two"],
    );
    let dated = |title: &str, second: u8, words: &str| {
        format!(
            "<item><title>{title}</title><link>https://coast.example/polls</link><pubDate>05 Mar 2024 10:00:{second:02} GMT</pubDate>\
             <description>“{words},” said Ines Okafor.</description></item>"
        )
    };
    let two = dated("Poll two", 20, "No, never");
    for (mended, count) in [
        (dated("Something else", 10, "Yes, of course"), 2),
        (dated("Poll one", 10, "Yes, of course not"), 2),
        (dated("Something else", 11, "Yes, of course"), 3),
        (dated("Poll one", 11, "Yes, of course not"), 3),
    ] {
        let fixture = Fixture::new();
        fixture.read_feed("/feed", &(dated("Poll one", 10, "Yes, of course") + &two));
        for entries in [mended.clone() + &two, two.clone() + &mended, mended.clone() + &two] {
            fixture.read_feed("/feed", &entries);
            assert_eq!(fixture.headlines().len(), count, "{mended}");
        }
    }
}

#[test]
fn link_of_a_full_text_follows_its_teaser() {
    let (teaser, moved) = (format!("Bridge|g1|/day|05|{}", STORIES[0]), format!("Bridge|g1|/night|05|{}", STORIES[0]));
    let fixture = Fixture::new();
    fixture.read_short("/feed", &[&format!("Bridge|g1|/day|05|{}", STORIES.join(" "))]);
    for (entry, link) in [(&teaser, "day"), (&moved, "night"), (&moved, "night")] {
        assert_eq!(fixture.read_short("/feed", &[entry]), 0);
        let article = Arc::clone(&fixture.library.get(fixture.id_of("Bridge")).unwrap().unwrap().article);
        assert_eq!(article.url, Some(format!("https://coast.example/{link}")));
        assert!(article.body.text().contains("raffle"));
    }
}

/// As a library of an older version has them: without the moment at which they were first seen.
#[test]
fn undated_entries_of_an_upgraded_library_stand_in_feed_order_below_new_ones() {
    for is_changed in [false, true] {
        let fixture = Fixture::new();
        let old = ["Zebra|3|/3|It is high", "Apple|2|/2|It is low", "Mango|1|/1|It is wet"];
        fixture.read("/feed", &old);
        let connection = rusqlite::Connection::open(fixture.library.path().unwrap()).unwrap();
        connection.execute("UPDATE articles SET seen = NULL", []).unwrap();
        connection.execute("UPDATE sources SET reader = 0, succeeded = succeeded - 60", []).unwrap();
        if is_changed {
            connection.execute("UPDATE came_from SET print = 0", []).unwrap();
        }
        drop(connection);
        fixture.library.rebuild().unwrap();
        for _ in 0..2 {
            fixture.read("/feed", &["Banana|4|/4|It is cold", old[2], old[0], old[1]]);
            let listed: Vec<_> = fixture.articles().into_iter().map(|(_, headline)| headline).collect();
            assert_eq!(listed, ["Banana", "Mango", "Zebra", "Apple"], "{is_changed}");
            let listed: Vec<_> = fixture.articles().into_iter().map(|(id, _)| id).collect();
            assert_eq!(fixture.found("is"), listed);
            assert_eq!(fixture.library.check().unwrap(), [""; 0]);
        }
    }
}

#[test]
fn own_date_is_the_earliest_in_whatever_order_records_come() {
    let record =
        |date: &str| serde_json::json!({"title": "Bridge", "date": date, "text": STORIES.join(" ")}).to_string();
    let days = ["2024-01-01", "2024-02-02", "2024-03-03"];
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]] {
        for is_one_file in [true, false] {
            let fixture = Fixture::new();
            let records = order.map(|at| record(days[at]));
            if is_one_file {
                fixture.put("all.jsonl", &records.join("\n"));
            } else {
                records.iter().enumerate().for_each(|(at, record)| fixture.put(&format!("{at}.json"), record));
            }
            for _ in 0..2 {
                fixture.add();
                let article = Arc::clone(&fixture.library.get(fixture.id_of("Bridge")).unwrap().unwrap().article);
                let mut also: Vec<_> = article.editions.iter().filter_map(|edition| edition.published).collect();
                also.sort_by_key(|published| published.day);
                let all: Vec<_> = article.dates.published.into_iter().chain(also).map(|at| at.to_string()).collect();
                assert_eq!(all, days, "{order:?} {is_one_file}");
                assert_eq!(fixture.found("after:2024-01-15"), [], "{order:?}");
                assert_eq!(fixture.library.check().unwrap(), [""; 0]);
            }
        }
    }
}

/// A feed that says the same of every day, and makes an identifier of each: nothing that was read is lost.
#[test]
fn entry_with_another_identifier_title_and_date_is_another_at_one_link() {
    let level = |number: usize| {
        format!(
            "<item><title>Water level {number}</title><guid isPermaLink='false'>w{number}</guid>\
             <link>https://coast.example/level</link><pubDate>{number:02} Mar 2024 10:00:00 GMT</pubDate>\
             <description>The water level at Holm harbour is {number}.2 metres this morning.</description></item>"
        )
    };
    let at_feed = |number: usize| level(number).replace("https://coast.example/level", "/feed");
    let of_the_hour =
        |number: usize| level(number).replace(&format!("{number:02} Mar 2024 10"), &format!("01 Mar 2024 1{number}"));
    for entry in [&level as &dyn Fn(usize) -> String, &at_feed, &of_the_hour] {
        let fixture = Fixture::new();
        for number in 1..=4 {
            assert_eq!(fixture.read_feed("/feed", &entry(number)), 1, "{}", entry(number));
            assert_eq!(fixture.read_feed("/feed", &entry(number)), 0, "{}", entry(number));
        }
        assert_eq!(fixture.headlines(), (1..=4).map(|number| format!("Water level {number}")).collect::<Vec<_>>());
        assert_eq!(fixture.read_feed("/feed", &(1..=4).map(entry).collect::<String>()), 0);
    }
    // With the same title or the same date it is the same entry under a new identifier.
    let titled = |number: usize| level(number).replace(&format!("Water level {number}"), "Water level");
    let of_one_day = |number: usize| level(number).replace(&format!("{number:02} Mar"), "01 Mar");
    for entry in [&titled as &dyn Fn(usize) -> String, &of_one_day] {
        let fixture = Fixture::new();
        for number in 1..=4 {
            assert_eq!(fixture.read_feed("/feed", &entry(number)), usize::from(number == 1), "{}", entry(number));
        }
        assert_eq!(fixture.headlines().len(), 1);
    }
}

#[test]
fn alerts_of_an_atom_feed_at_one_link_are_articles() {
    let folder = TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    let said = Arc::new(std::sync::Mutex::new(String::new()));
    let says = Arc::clone(&said);
    let server = Server::start(move |_| Reply::ok(says.lock().unwrap().as_str()));
    let address = server.url("/alerts.atom");
    let (source, _) =
        library.subscribe(&FeedSettings { typed: address.clone(), address, ..FeedSettings::default() }).unwrap();
    let client = HttpClient::new(Limits::default());
    for number in 1..=4 {
        *said.lock().unwrap() = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>Alerts</title><entry><title>Alert {number}</title>\
             <id>a{number}</id><link href='/alerts'/><updated>2024-03-0{number}T10:00:00Z</updated>\
             <summary>A gale of force {number} is expected at Holm before the evening.</summary></entry></feed>"
        );
        let source = library.subscription_at(&source.settings.address).unwrap().unwrap();
        let refreshed = Refresh { library: &library, client: &client, now: DateTime::UNIX_EPOCH }.ask(source);
        assert_eq!(refreshed.new.len(), 1, "{number}");
        let mut batch = Batch::default();
        batch.push_refreshed(refreshed);
        batch.commit(&library).unwrap();
    }
}
