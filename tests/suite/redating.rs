//! Upgrading a library whose dates are those of UTC, zero, or to come: every entry is known again when its link and words
//! change, and one without a true date stands where it was seen.
//!
//! `libraries/dated-4.sqlite3.zst` was made by the program that wrote version 4: the feed below was subscribed to with links
//! that end in 1 and the entries that are gone; of the tremors the first was starred, the second read, the third removed.

use std::collections::BTreeMap;

use pullquote::article::ArticleId;
use pullquote::library::Library;
use rusqlite::Connection;

use crate::migrations::{Old, found, one};
use crate::server::{Reply, Server};

const LIBRARY: &[u8] = include_bytes!("libraries/dated-4.sqlite3.zst");

/// Headline, identifier, date, words.
const ENTRIES: [(&str, &str, &str, &str); 3] = [
    (
        "Fog Closes the Harbour",
        "fog",
        "09 Mar 2024 00:00:00 +0100",
        "Fog closed the harbour at midnight, and forty boats lay outside it with their bells ringing until the sun came up \
         behind the mill. “I counted bells,” said Lotte Kern, the pilot.",
    ),
    (
        "Fair of the Future",
        "fair",
        "05 Mar 2069 10:00:00 GMT",
        "The fair of the future opened its gates on the meadow with a rocket that did not start and a machine that made soup \
         out of air. “It is a thin soup,” said Emil Radek, a cook.",
    ),
    (
        "Zero Hour at the Mill",
        "zero",
        "01 Jan 1970 00:00:00 GMT",
        "The clock of the mill stopped at zero when the miller dropped his watch into it, and nobody has had bread in time \
         since that day. “I know the time,” said Piet Olsen, the miller.",
    ),
];

/// The feed with links that end so; words that are more stand at the end of each entry that has a date.
fn feed(number: usize, more: &str) -> String {
    let item = |title: &str, guid: &str, date: &str, words: &str| {
        format!(
            "<item><title>{title}</title><guid isPermaLink='false'>{guid}</guid>\
             <link>https://coast.example/{guid}-{number}</link><pubDate>{date}</pubDate>\
             <description>{words}{}</description></item>",
            if date.contains("1970") { "" } else { more }
        )
    };
    let tremor = |number: usize| {
        item(
            &tremor(number),
            &format!("q{number}"),
            &format!("{:02} Mar 2024 23:20:30 -0500", 5 + number),
            &format!(
                "A tremor of magnitude 4.{number} shook the sea ten miles north of Port Holm on that evening, the survey said, \
                 and no damage was reported in the town. “We felt it for a few seconds and then it was over again,” said Vera \
                 Holm, the mayor."
            ),
        )
    };
    let items: String = (0..3).map(tremor).collect();
    let others: String = ENTRIES.map(|(title, guid, date, words)| item(title, guid, date, words)).concat();
    format!(
        "<rss version='2.0'><channel><title>Pier Wire</title><link>https://coast.example/</link>{items}{others}</channel></rss>"
    )
}

fn tremor(number: usize) -> String {
    format!("Tremor of Magnitude 4.{number} off Port Holm")
}

/// The headlines of all articles.
fn headlines(library: &Library) -> BTreeMap<ArticleId, String> {
    let named = |id| (id, library.get(id).unwrap().unwrap().article.headline().to_owned());
    library.ids().unwrap().into_iter().map(named).collect()
}

#[test]
fn entries_of_other_time_zones_are_known_again() {
    // Links alone change, then words too; or both at once.
    for readings in [&[(2, ""), (3, " It is over.")][..], &[(2, " It is over."), (3, " It is over, they say.")]] {
        let old = Old::of(LIBRARY);
        let before = headlines(&old.open());
        assert_eq!(before.len(), 8);
        for &(number, more) in readings {
            let server = Server::start(move |_| Reply::ok(feed(number, more)));
            let connection = Connection::open(old.path()).unwrap();
            connection.execute("UPDATE sources SET address = ?1, typed = ?1, due = 0", [&server.url("/wire")]).unwrap();
            drop(connection);
            let ran = old.run(&["refresh", "--all"]);
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            let library = old.open();
            assert_eq!(headlines(&library), before, "{number}: {}", ran.out);
            let entry = one(&library, "is:starred");
            assert_eq!(entry.article.headline(), tremor(0));
            let url = format!("https://coast.example/q0-{number}");
            assert_eq!(entry.article.url.as_deref(), Some(url.as_str()));
            let date = entry.article.dates.published.map(|date| date.to_string());
            assert_eq!(date.as_deref(), Some("2024-03-05T23:20:30-05:00"));
            assert_eq!(found(&library, "is:read"), [tremor(1)]);
            assert_eq!(found(&library, "is:removed"), [tremor(2)]);
            assert_eq!(library.check().unwrap(), [""; 0]);
        }
    }
}

#[test]
fn dates_that_cannot_be_order_nothing() {
    let old = Old::of(LIBRARY);
    let library = old.open();
    assert_eq!(found(&library, "after:2060"), [""; 0]);
    let seen = one(&library, "title:\"gone fair\"");
    let dates = seen.article.dates;
    assert_eq!(dates.published.map(|date| date.to_string()).as_deref(), Some("2069-03-05T11:00:00Z"));
    assert!(dates.seen.is_some() && dates.listed().is_some_and(|listed| listed.is_seen));
    // The search stands in the same order as the list.
    let listed: Vec<_> = library.ids().unwrap();
    let hits = library.search(&pullquote::query::Query::parse("the"), &|| true).unwrap();
    let hits: Vec<_> = hits.iter().map(|hit| hit.id).collect();
    assert_eq!(hits, listed.iter().copied().filter(|id| hits.contains(id)).collect::<Vec<_>>());
    assert_eq!(one(&library, "title:\"gone zero\"").article.dates.published, None);
    let undated: Vec<_> = listed.iter().rev().take(2).map(|id| headlines(&library)[id].clone()).collect();
    assert!(undated.iter().all(|headline| headline.contains("Zero")), "{undated:?}");
    assert_eq!(library.check().unwrap(), [""; 0]);
}
