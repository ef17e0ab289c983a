//! Reading a feed again, in any order of its entries and with any of them left out, changes nothing: a property, tried with
//! small feeds that are made up at random.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use pullquote::article::{ArticleId, Edition};
use pullquote::fetch::{HttpClient, Limits};
use pullquote::ingest::{Batch, Refresh};
use pullquote::library::{FeedSettings, Library};
use serde_json::json;
use tempfile::TempDir;

use crate::accidents::Random;
use crate::server::{Reply, Server};

/// How many feeds are made up in each format.
const FEEDS: u64 = 12;

/// The most entries of one.
const MOST: usize = 4;

#[derive(Debug, Clone, Copy)]
enum Format {
    Rss,
    Atom,
    Json,
}

/// What stands in an entry of a made-up feed.
#[derive(Debug, Clone)]
struct MadeUp {
    title: String,
    guid: Option<String>,
    link: Option<String>,
    /// Of March 2024.
    day: Option<u64>,
    text: String,
}

/// The texts of one feed: of many words and of few.
fn text(feed: u64, number: u64, is_long: bool) -> String {
    let rest = if is_long {
        "The masons of the town have set stone upon stone since the end of winter, and they will need the whole of the summer \
         before the last of them lies where it lay."
    } else {
        ""
    };
    let what = ["wall fell", "tide rose", "ferry sank", "bell rang"][number as usize];
    format!("“The {what} in bay {feed},” said Ines Okafor. {rest}")
}

/// Some entries of which each shares with others what it may.
fn made_up(feed: u64, random: &mut Random) -> Vec<MadeUp> {
    let (count, guids, links) = (2 + random.below(MOST as u64 - 1), random.below(4), random.below(3));
    let (days, texts, titles) = (random.below(4), random.below(3), random.below(3));
    let is_long = random.below(2) == 0;
    let mut one_of = |kinds: u64, number: u64| match kinds {
        0 => 0,
        1 => number,
        _ => random.below(2),
    };
    (0..count)
        .map(|number| MadeUp {
            title: format!("Bay {}", one_of(titles, number)),
            guid: match guids {
                0 => None,
                1 => Some(number),
                2 => Some(number).filter(|_| one_of(2, 0) == 0),
                _ => Some(one_of(2, 0)),
            }
            .map(|guid| format!("g{guid}")),
            link: (links > 0).then(|| format!("https://coast.example/{feed}/{}", one_of(links - 1, number))),
            day: match days {
                0 => None,
                1 => Some(5),
                2 => Some(5 + one_of(2, number)),
                _ => Some(5 + number).filter(|_| one_of(2, 0) == 0),
            },
            text: text(feed, one_of(texts, number), is_long),
        })
        .collect()
}

fn rss(entries: &[&MadeUp]) -> String {
    let mut items = String::new();
    for MadeUp { title, guid, link, day, text } in entries {
        let tag = |name: &str, value: Option<String>| {
            value.map_or(String::new(), |value| format!("<{name}>{value}</{name}>"))
        };
        let guid = guid.as_ref().map_or(String::new(), |guid| format!("<guid isPermaLink='false'>{guid}</guid>"));
        let link = tag("link", link.clone());
        let date = tag("pubDate", day.map(|day| format!("{day:02} Mar 2024 10:00:00 GMT")));
        write!(items, "<item><title>{title}</title>{guid}{link}{date}<description>{text}</description></item>")
            .unwrap();
    }
    format!("<rss version='2.0'><channel><title>Coast</title>{items}</channel></rss>")
}

fn atom(entries: &[&MadeUp]) -> String {
    let mut all = String::new();
    for MadeUp { title, guid, link, day, text } in entries {
        let guid = guid.as_ref().map_or(String::new(), |guid| format!("<id>{guid}</id>"));
        let link = link.as_ref().map_or(String::new(), |link| format!("<link href='{link}'/>"));
        let date = day.map_or(String::new(), |day| format!("<published>2024-03-{day:02}T10:00:00Z</published>"));
        write!(all, "<entry><title>{title}</title>{guid}{link}{date}<summary>{text}</summary></entry>").unwrap();
    }
    format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>Coast</title>{all}</feed>")
}

fn json(entries: &[&MadeUp]) -> String {
    let items: Vec<_> = entries
        .iter()
        .map(|MadeUp { title, guid, link, day, text }| {
            let mut item = json!({"title": title, "content_text": text});
            let date = day.map(|day| format!("2024-03-{day:02}T10:00:00Z"));
            for (name, value) in [("id", guid), ("url", link), ("date_published", &date)] {
                if let Some(value) = value {
                    item[name] = json!(value);
                }
            }
            item
        })
        .collect();
    json!({"version": "https://jsonfeed.org/version/1.1", "title": "Coast", "items": items}).to_string()
}

/// What is seen of an article: its text, its date, and where and when else it appeared.
type Seen = (String, Option<String>, Option<String>, Vec<String>);

/// Feeds that say what they are told to.
struct Feeds {
    _folder: TempDir,
    library: Library,
    client: HttpClient,
    says: Arc<Mutex<String>>,
    server: Server,
    readings: i64,
}

impl Feeds {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
        let says = Arc::new(Mutex::new(String::new()));
        let said = Arc::clone(&says);
        let server = Server::start(move |_| Reply::ok(said.lock().unwrap().as_str()));
        Self { _folder: folder, library, client: HttpClient::new(Limits::default()), says, server, readings: 0 }
    }

    /// Reads a feed that says this; returns how many articles were new, and how many changed.
    fn read(&mut self, feed: &str, said: String) -> (usize, usize) {
        *self.says.lock().unwrap() = said;
        self.readings += 1;
        let address = self.server.url(&format!("/{feed}"));
        let settings = FeedSettings { typed: address.clone(), address, ..FeedSettings::default() };
        let (source, _) = self.library.subscribe(&settings).unwrap();
        let now = DateTime::<Utc>::from_timestamp_millis(1_795_000_000_000 + 300 * self.readings).unwrap();
        let refreshed = Refresh { library: &self.library, client: &self.client, now }.ask(source);
        let counts = (refreshed.new.len(), refreshed.updated.len());
        let mut batch = Batch::default();
        batch.push_refreshed(refreshed);
        batch.commit(&self.library).unwrap();
        counts
    }

    /// All that came from a feed.
    fn seen(&self, feed: &str) -> BTreeMap<ArticleId, Seen> {
        let source = self.library.subscription_at(&self.server.url(&format!("/{feed}"))).unwrap().unwrap();
        let day = |edition: &Edition| edition.published.map(|published| published.to_string());
        let seen = |id| {
            let article = Arc::clone(&self.library.get(id).unwrap().unwrap().article);
            let mut also: Vec<_> = article.editions.iter().filter_map(day).collect();
            also.sort();
            (id, (article.body.text().to_owned(), day(&Edition::of(&article)), article.url.clone(), also))
        };
        self.library.entries_of(source.id).unwrap().into_keys().map(seen).collect()
    }
}

/// All orders of so many things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut orders = vec![Vec::new()];
    for next in 0..count {
        let with_next = |order: &Vec<usize>| {
            let placed = |place: usize| {
                let mut order = order.clone();
                order.insert(place, next);
                order
            };
            (0..=order.len()).map(placed).collect::<Vec<_>>()
        };
        orders = orders.iter().flat_map(with_next).collect();
    }
    orders
}

#[test]
fn reading_a_feed_again_in_any_order_with_any_entry_left_out_changes_nothing() {
    let mut random = Random(5);
    let (mut feeds, mut turned) = (Feeds::new(), Feeds::new());
    let mut faults = Vec::new();
    for number in 0..3 * FEEDS {
        let format = [Format::Rss, Format::Atom, Format::Json][number as usize % 3];
        let entries = made_up(number, &mut random);
        let said = |order: &[usize]| {
            let entries: Vec<&MadeUp> = order.iter().map(|&at| &entries[at]).collect();
            match format {
                Format::Rss => rss(&entries),
                Format::Atom => atom(&entries),
                Format::Json => json(&entries),
            }
        };
        let name = format!("feed-{number}");
        let mut orders = orders(entries.len());
        let turn = random.below(orders.len() as u64) as usize;
        orders.rotate_left(turn);
        feeds.read(&name, said(&orders[0]));
        let before = feeds.seen(&name);
        // In which order the entries come first tells nothing, but which link it is that leads to the article.
        let mut backwards = orders[0].clone();
        backwards.reverse();
        turned.read(&name, said(&backwards));
        let without_links = |seen: BTreeMap<ArticleId, Seen>| {
            let mut all: Vec<_> = seen.into_values().map(|(text, day, _, also)| (text, day, also)).collect();
            all.sort();
            all
        };
        // Identifiers that some entries lack or share may tell two apart that have few words.
        let tell = |entry: &MadeUp| entry.guid.is_none() == entries[0].guid.is_none();
        let guids: BTreeSet<_> = entries.iter().filter_map(|entry| entry.guid.as_ref()).collect();
        let is_told = entries.iter().all(tell) && (guids.is_empty() || guids.len() == entries.len());
        if is_told && without_links(turned.seen(&name)) != without_links(before.clone()) {
            faults.push(format!(
                "TURNED {number} {format:?} {:?}\n{entries:?}\n{before:?}\n{:?}",
                orders[0],
                turned.seen(&name)
            ));
        }
        'orders: for order in &orders {
            let without = |left_out: usize| {
                let mut order = order.clone();
                order.remove(left_out);
                order
            };
            for order in std::iter::once(order.clone()).chain((0..order.len()).map(without)) {
                let changed = feeds.read(&name, said(&order));
                let after = feeds.seen(&name);
                if changed != (0, 0) || after != before {
                    faults.push(format!(
                        "{number} {format:?} {:?} then {order:?}: {changed:?}\n{entries:?}\n{before:?}\n{after:?}",
                        orders[0]
                    ));
                    break 'orders;
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), 3 * FEEDS, faults[..faults.len().min(3)].join("\n"));
}
