//! How many megabytes a second the formats read, on one core.
//!
//! `cargo bench --bench formats`

use std::fmt::Write;

use divan::Bencher;
use divan::counter::BytesCount;
use pullquote::formats::{self, Hint};

fn main() {
    divan::main();
}

const WORDS: &str = "The old bridge over the harbour will close in spring, the harbour board said on Saturday, after a week of long \
    meetings. “It is tired,” said Ines Okafor, who has run the board for nine years. “We all are.”";

fn measure(bencher: Bencher<'_, '_>, bytes: &[u8], name: &str) {
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| {
        let mut articles = 0;
        let hint = Hint { name: Some(name), ..Hint::default() };
        formats::read(&mut divan::black_box(bytes), &hint, &mut |read| articles += usize::from(read.is_ok()));
        assert!(articles > 0);
        articles
    });
}

/// 500 entries with three paragraphs each.
#[divan::bench]
fn feed(bencher: Bencher<'_, '_>) {
    let mut text =
        String::from("<rss version='2.0'><channel><title>Coast Wire</title><link>https://coast.example/</link>");
    for n in 0..500 {
        let _ = write!(
            text,
            "<item><title>Bridge {n} &amp; ferry</title><link>https://coast.example/{n}</link><guid>{n}</guid>\
             <pubDate>Sat, 14 Mar 2026 09:30:00 GMT</pubDate><content:encoded><![CDATA[<p>{WORDS}</p><p>{WORDS}</p>\
             <p>See <a href='/plan'>the plan</a>.</p>]]></content:encoded></item>"
        );
    }
    text += "</channel></rss>";
    measure(bencher, text.as_bytes(), "feed.xml");
}

/// A page of 25 kB, half of it around the article.
fn page_of(number: usize) -> String {
    let links = (0..100)
        .map(|n| format!("<li class=nav><a href='/section/{n}'>Section number {n}</a></li>"))
        .collect::<Vec<_>>()
        .concat();
    let paragraphs = (0..40).map(|_| format!("<p>{WORDS}</p>")).collect::<Vec<_>>().concat();
    format!(
        "<!doctype html><html><head><title>Bridge {number} closes | Coast Wire</title><meta property='og:site_name' content='Coast \
         Wire'></head><body><nav><ul>{links}</ul></nav><article><h1>Bridge {number} closes</h1>{paragraphs}</article><footer><ul>\
         {links}</ul></footer></body></html>"
    )
}

#[divan::bench]
fn page(bencher: Bencher<'_, '_>) {
    measure(bencher, page_of(1).as_bytes(), "page.html");
}

/// 100 pages as crawlers keep them, each with its request, not packed.
#[divan::bench]
fn web_archive(bencher: Bencher<'_, '_>) {
    let mut archive = String::new();
    for number in 0..100 {
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}", page_of(number));
        for (kind, block) in [("request", "GET / HTTP/1.1\r\n\r\n"), ("response", &*answer)] {
            let _ = write!(
                archive,
                "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://coast.example/{number}\r\nWARC-Date: \
                 2026-03-14T09:30:00Z\r\nContent-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
                block.len()
            );
        }
    }
    measure(bencher, archive.as_bytes(), "news.warc");
}

/// 3,000 records as crawlers write them.
#[divan::bench]
fn json_lines(bencher: Bencher<'_, '_>) {
    let text = (0..3_000)
        .map(|n| {
            format!(
                "{{\"title\": \"Bridge {n}\", \"authors\": [\"Jane Doe\"], \"date_publish\": \"2026-03-14 09:30:00\", \"language\": \
                 \"en\", \"maintext\": \"{WORDS}\\n\\n{WORDS}\\n\\n{WORDS}\", \"url\": \"https://coast.example/{n}\"}}\n"
            )
        })
        .collect::<Vec<_>>()
        .concat();
    measure(bencher, text.as_bytes(), "crawl.jsonl");
}

#[divan::bench]
fn dated_text(bencher: Bencher<'_, '_>) {
    let text = format!(" date 2026-03-14 Bridge closes\n{}", format!("{WORDS}\n").repeat(20));
    measure(bencher, text.as_bytes(), "bridge.txt");
}
