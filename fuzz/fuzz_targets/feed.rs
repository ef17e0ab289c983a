#![no_main]

mod check;

use pullquote::formats::{self, Hint};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let hint = Hint { base_url: Some("https://coast.example/feed"), ..Hint::default() };
    // Most of what is tried begins like nothing at all: each is tried as both kinds of feed too.
    for head in
        ["", "<rss><channel><item>", "<feed><entry>", "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{"]
    {
        if let Ok(feed) = formats::feed(&[head.as_bytes(), bytes].concat(), &hint) {
            feed.entries.iter().for_each(|entry| check::holds(&entry.article, bytes.len() + 100));
        }
    }
});
