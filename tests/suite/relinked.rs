//! Upgrading a library in which a feed has entries several times, as the programs before version 5 kept one whenever its link
//! changed: at the next reading they become one with all that the user did.
//!
//! `libraries/relinked-4.sqlite3.zst` was made by the program that wrote version 4: the feed below was subscribed to as its
//! first reading, and refreshed with the second and the third.

use pullquote::library::Library;
use rusqlite::Connection;

use crate::migrations::{Old, found, one};
use crate::server::{Reply, Server};

const LIBRARY: &[u8] = include_bytes!("libraries/relinked-4.sqlite3.zst");

const BARN: &str =
    "The barn above the mill burned on Tuesday, and the whole of the town carried water until the pumps came.";

/// The feed as it is at a reading: of the first two entries the links change, of the first at each reading. The short entry
/// that has neither identifier nor date moves too; the poll shares its link with another one from the second reading on.
fn feed(reading: usize) -> String {
    let item = |title: &str, guid: &str, link: &str, date: &str, words: &str| {
        let guid = if guid.is_empty() { String::new() } else { format!("<guid isPermaLink='false'>{guid}</guid>") };
        let date = if date.is_empty() { String::new() } else { format!("<pubDate>{date} 10:20:30 GMT</pubDate>") };
        format!(
            "<item><title>{title}</title>{guid}<link>https://coast.example{link}</link>{date}<description>{words}</description></item>"
        )
    };
    let (weir, second) = (format!("Weir story v{reading}"), reading.min(2));
    let barn = match reading {
        1 => format!("{BARN} “It was dry,” said Jon Holt."),
        _ => format!("{BARN} “It was very dry hay,” said Jon Holt, the miller."),
    };
    let mut items = vec![
        item(&weir, "weir", &format!("/weir-{reading}"), "05 Mar 2024", "“It holds still,” said Vera Holm."),
        item("Barn Burns", "barn", &format!("/barn-{second}"), "06 Mar 2024", &barn),
        item("Bell Rings", "", &format!("/bell-{second}"), "", "“It rings,” said Bo Lund."),
        item("Poll one", "p1", "/poll", "05 Mar 2024", "“Yes,” said Mara Deniz."),
    ];
    if reading > 1 {
        items.push(item("Poll two", "p2", "/poll", "05 Mar 2024", "“No,” said Ole Brink."));
    }
    for shore in ["north", "south"] {
        let words = format!("“It is high in the {shore} today,” said Ines Okafor.");
        items.push(item("Tide Table", &format!("tide-{shore}"), &format!("/tide-{shore}"), "07 Mar 2024", &words));
    }
    format!(
        "<rss version='2.0'><channel><title>Pier Wire</title><link>https://coast.example/</link>{}</channel></rss>",
        items.concat()
    )
}

fn headlines(library: &Library) -> Vec<String> {
    let named = |id| library.get(id).unwrap().unwrap().article.headline().to_owned();
    let mut all: Vec<_> = library.ids().unwrap().into_iter().map(named).collect();
    all.sort();
    all
}

/// The library before the upgrade; the first copy of each was starred, the last read.
fn marked() -> Old {
    let old = Old::of(LIBRARY);
    let connection = Connection::open(old.path()).unwrap();
    for (link, column) in [("%-1", "starred"), ("%barn-2", "read"), ("%bell-2", "read"), ("%weir-3", "read")] {
        let sql = format!("INSERT INTO marks (article, {column}) SELECT key, 1 FROM articles WHERE url LIKE ?1");
        connection.execute(&sql, [link]).unwrap();
    }
    // Of the two copies of the poll, one was starred and the other read.
    for (order, column) in [("ASC", "starred"), ("DESC", "read")] {
        let sql = format!(
            "INSERT INTO marks (article, {column}) SELECT key, 1 FROM articles WHERE title = 'Poll one' ORDER BY id {order} LIMIT 1"
        );
        connection.execute(&sql, []).unwrap();
    }
    old
}

fn refresh(old: &Old, reading: usize) {
    let server = Server::start(move |_| Reply::ok(feed(reading)));
    let connection = Connection::open(old.path()).unwrap();
    connection.execute("UPDATE sources SET address = ?1, typed = ?1, due = 0", [&server.url("/wire")]).unwrap();
    drop(connection);
    let ran = old.run(&["refresh", "--all"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

#[test]
fn short_entry_that_is_there_twice_at_one_link_becomes_one() {
    let old = marked();
    let library = old.open();
    assert_eq!(headlines(&library).iter().filter(|headline| *headline == "Poll one").count(), 1);
    one(&library, "title:poll is:starred is:read");
    assert_eq!(headlines(&library).len(), 11, "nothing else is known to be one");
    assert_eq!(library.check().unwrap(), [""; 0]);
}

#[test]
fn entries_whose_links_changed_become_one_at_the_next_reading() {
    // As at the last reading, and with a new link and headline.
    for reading in [3, 4] {
        let old = marked();
        drop(old.open());
        for again in [reading, reading, reading + 1] {
            refresh(&old, again);
            let library = old.open();
            let weir = format!("Weir story v{again}");
            let expected =
                ["Barn Burns", "Bell Rings", "Poll one", "Poll two", "Tide Table", "Tide Table", weir.as_str()];
            assert_eq!(headlines(&library), expected, "{reading} {again}");
            for title in ["barn", "bell", "weir"] {
                one(&library, &format!("title:{title} is:starred is:read"));
            }
            assert_eq!(found(&library, "is:starred is:read").len(), 4);
            let url = |typed| one(&library, typed).article.url.clone();
            assert_eq!(url("title:barn").as_deref(), Some("https://coast.example/barn-2"));
            assert_eq!(url("title:weir"), Some(format!("https://coast.example/weir-{again}")));
            assert!(one(&library, "title:barn").article.body.text().contains("very dry hay"));
            assert_eq!(library.check().unwrap(), [""; 0]);
        }
    }
}

/// Two entries of one headline that the feed lists stay two, whatever went.
#[test]
fn entries_that_are_listed_are_not_brought_together() {
    let old = marked();
    refresh(&old, 3);
    assert_eq!(headlines(&old.open()).iter().filter(|headline| *headline == "Tide Table").count(), 2);
}
