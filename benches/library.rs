//! The library at 100,000 articles, or as many as `PULLQUOTE_ARTICLES` says: importing, listing, searching as one types.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on fails")]

use std::hint::black_box;
use std::ops::ControlFlow;
use std::sync::LazyLock;

use divan::Bencher;
use pullquote::article::Article;
use pullquote::library::{EncodedArticle, FileFingerprint, FileRead, Library, Scope, SearchOptions};
use pullquote::query::Query;
use pullquote::quotes;
use tempfile::TempDir;

mod paragraphs;

fn main() {
    divan::main();
}

/// A library that is there already.
static FILLED: LazyLock<(TempDir, Library)> = LazyLock::new(|| {
    let count = std::env::var("PULLQUOTE_ARTICLES").ok().and_then(|count| count.parse().ok()).unwrap_or(100_000);
    let folder = TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    for start in (0..count).step_by(1_000) {
        commit_articles(&library, start..(start + 1_000).min(count));
    }
    library.optimize().unwrap();
    (folder, library)
});

fn article(number: usize) -> Article {
    paragraphs::bulletin(number, None, 10)
}

fn commit_articles(library: &Library, numbers: std::ops::Range<usize>) {
    let fingerprint = FileFingerprint { size: 1, modified: 1, reader: 1 };
    let (mut articles, mut files) = (Vec::new(), Vec::new());
    for number in numbers {
        let article = article(number);
        let findings = quotes::find(&article.body);
        files.push(FileRead {
            path: format!("/news/{number}.txt").into(),
            fingerprint,
            articles: vec![article.id],
            is_whole: true,
        });
        articles.push(EncodedArticle::of(&library.add(article, findings)).unwrap());
    }
    library.commit(&articles, &files).unwrap();
}

/// A thousand articles, from the words to the index.
#[divan::bench(sample_count = 5)]
fn import_a_thousand(bencher: Bencher) {
    let folder = || {
        let folder = TempDir::new().unwrap();
        let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
        (folder, library)
    };
    bencher.with_inputs(folder).bench_values(|(folder, library)| {
        commit_articles(&library, 0..1_000);
        (folder, library)
    });
}

/// The first hits of what was typed, as they come to the screen.
#[divan::bench(args = ["b", "br", "bri", "brid", "bridge", "harbour ferry", "said:bridge", "\"harbour minister\"", "speaker:lindqvist", "zq77"])]
fn first_hits(bencher: Bencher, typed: &str) {
    let (_, library) = &*FILLED;
    let query = Query::parse(typed);
    bencher.bench(|| {
        let enough = std::cell::Cell::new(false);
        let mut search = SearchOptions {
            wanted: &|| !enough.get(),
            among: &|_| true,
            sink: &mut |hits| enough.set(!black_box(hits).is_empty()),
        };
        library.search_as(&query, &mut search).unwrap();
    });
}

/// All headlines, newest first.
#[divan::bench]
fn headlines() -> usize {
    let (_, library) = &*FILLED;
    let mut count = 0;
    let give = &mut |headlines: Vec<_>| {
        count += black_box(headlines).len();
        ControlFlow::Continue(())
    };
    library.headlines(&Scope::Whole, give).unwrap();
    count
}

/// The first screenful of headlines, from a file that is closed.
#[divan::bench]
fn opened_and_first_headlines(bencher: Bencher) {
    let (folder, _) = &*FILLED;
    bencher.bench(|| {
        let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
        library.headlines(&Scope::Whole, &mut |headlines| {
            black_box(headlines);
            ControlFlow::Break(())
        })
    });
}
