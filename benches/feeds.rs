//! Sources refreshed from loopback, 200 of 100 entries each, or as many as `PULLQUOTE_SOURCES` says: the first time,
//! and when nothing has changed. All articles go through the engine into a library on disk.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on fails")]

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;
use std::time::Instant;

use chrono::DateTime;
use pullquote::catalog::FeedSelection;
use pullquote::fetch::{HttpClient, Limits};
use pullquote::ingest::{Batch, Refresh, select_feeds};
use pullquote::library::{FeedSettings, FetchOptions, Library};
use tempfile::TempDir;

/// How many entries a feed has.
const ENTRIES: usize = 100;

/// How many hosts there are.
const HOSTS: u8 = 8;

fn main() {
    let count = std::env::var("PULLQUOTE_SOURCES").ok().and_then(|count| count.parse().ok()).unwrap_or(200);
    // Each address of loopback stands for a host.
    let ports: Vec<u16> = (1..=HOSTS).map(serve).collect();
    let folder = TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    for number in 0..count {
        let host = number % ports.len();
        let address = format!("http://127.0.0.{}:{}/{number}", host + 1, ports[host]);
        let fetch = FetchOptions { proxy: Some("none".to_owned()), ..FetchOptions::default() };
        let typed = address.clone();
        library.subscribe(&FeedSettings { address, typed, fetch, ..FeedSettings::default() }).unwrap();
    }
    for (what, now) in [("the first time", 1_000), ("when nothing has changed", 2_000)] {
        let (start, before) = (Instant::now(), cpu_seconds());
        let (new, failed) = refresh(&library, now);
        let (wall, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds() - before);
        let rate = count as f64 / wall;
        println!(
            "{what}: {count} sources, {new} new articles, {failed} failed: {wall:.2} s wall, {cpu:.2} s CPU, {rate:.0} sources/s"
        );
    }
    println!("{} articles in the library", library.ids().unwrap().len());
}

/// Refreshes all feeds at a time in seconds since 1970.
fn refresh(library: &Library, now: i64) -> (usize, usize) {
    let client = HttpClient::new(Limits::default());
    let (sources, _) = select_feeds(library, &FeedSelection::All, now).unwrap();
    let now = DateTime::from_timestamp(now, 0).unwrap();
    let (mut batch, mut new, mut failed) = (Batch::default(), 0, 0);
    Refresh { library, client: &client, now }.run(sources, &mut |refreshed| {
        new += refreshed.new.len();
        failed += usize::from(refreshed.error().is_some());
        batch.push_refreshed(refreshed);
        if batch.is_full() {
            batch.commit(library).unwrap();
        }
    });
    batch.commit(library).unwrap();
    (new, failed)
}

/// A server on loopback whose feeds never change; gives its port. Its work counts too.
fn serve(host: u8) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::new(127, 0, 0, host), 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || drop(answer(stream)));
        }
    });
    port
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut input = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    while input.read_line(&mut line)? > 0 {
        let number = line.split(' ').nth(1).unwrap_or_default().trim_matches('/').to_owned();
        let mut is_known = false;
        line.clear();
        while input.read_line(&mut line)? > 2 {
            is_known |= line.to_ascii_lowercase().starts_with("if-none-match:");
            line.clear();
        }
        line.clear();
        if is_known {
            stream.write_all(b"HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n")?;
        } else {
            let body = feed(&number);
            let head = format!("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: {}\r\n\r\n", body.len());
            stream.write_all(head.as_bytes())?;
            stream.write_all(body.as_bytes())?;
        }
    }
    Ok(())
}

fn feed(number: &str) -> String {
    let mut out = format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Feed {number}</title>");
    for entry in 0..ENTRIES {
        let _ = write!(
            out,
            "<item><title>Bulletin {entry} of feed {number}</title><link>https://coast.example/{number}/{entry}</link>\
             <guid>{number}-{entry}</guid><pubDate>Sun, {} Nov 2026 10:{:02}:00 GMT</pubDate><description>The council of \
             district {number} met for the {entry}th time this year. “We will mend the bridge before the winter comes,” \
             said Ines Okafor, the chief engineer. Tomas Lindqvist, the harbour minister, said that nobody would be \
             stranded. “There are {entry} ferries,” he added.</description></item>",
            entry % 20 + 1,
            entry % 60
        );
    }
    out + "</channel></rss>"
}

/// How long all threads of this process have worked, in seconds.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let ticks: u64 = after.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    ticks as f64 / 100.0
}
