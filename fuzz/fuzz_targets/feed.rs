#![no_main]

mod check;

use pullquote::formats::{self, Hint};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let hint = Hint { base_url: Some("https://coast.example/feed"), ..Hint::default() };
    // Most of what is tried begins like nothing at all: each is tried inside both kinds of feed too.
    for (head, tail) in [
        ("", ""),
        ("<rss><channel><item>", "</item></channel></rss>"),
        ("<feed><entry><title>", "</title></entry></feed>"),
        ("{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{", ""),
    ] {
        let feed = [head.as_bytes(), bytes, tail.as_bytes()].concat();
        if let Ok(feed) = formats::feed(&feed, &hint) {
            feed.entries.iter().for_each(|entry| check::holds(&entry.article, bytes.len() + 100));
        }
    }
});
