//! How many megabytes of records a second `pullquote quotes` takes in as a filter, on one core, and where the time goes.
//!
//! `cargo bench --bench filter`

use divan::Bencher;
use divan::counter::BytesCount;
use pullquote::export::{Format, RecordLayout, RecordShape, Shown};
use pullquote::formats::{self, Hint, InputRecord, ParsedRecord, ReadOptions};
use pullquote::quotes;

fn main() {
    divan::main();
}

/// 1,000 records of about 2.7 kB, a tenth of which are no articles.
fn crawl() -> String {
    let paragraph = "The old bridge over the harbour will close in spring, the harbour board said on Saturday, after a week of \
        long meetings. “It is tired,” said Ines Okafor, who has run the board for nine years. “We all are.” Her deputy, Jon Holt, \
        spoke of a “quick fix” that was none, and of money that never came; he would not say from whom.";
    let text = [paragraph; 7].join("\\n");
    let record = |n: usize| match n % 10 {
        9 => format!("{{\"id\": {n}, \"text\": 5}}\n"),
        _ => format!(
            "{{\"id\": {n}, \"title\": \"Bridge {n}\", \"url\": \"https://coast.example/{n}\", \"text\": \"{text}\"}}\n"
        ),
    };
    (0..1_000).map(record).collect()
}

fn measure(bencher: Bencher<'_, '_>, keep: &[&str], written: impl Fn(&ParsedRecord) -> usize) {
    let crawl = crawl();
    let options = ReadOptions { keep: keep.iter().map(|name| (*name).to_owned()).collect(), ..ReadOptions::default() };
    bencher.counter(BytesCount::new(crawl.len())).bench_local(|| {
        let mut length = 0;
        let mut read = |record: InputRecord| {
            record.read(&Hint::default(), &options.keep, &mut |record| length += written(&record));
        };
        let split = formats::split(&mut divan::black_box(crawl.as_bytes()), &Hint::default(), &options, &mut read);
        assert!(split.is_ok());
        length
    });
}

fn layout(shape: RecordShape, keep: &[&str]) -> RecordLayout {
    let keep = keep.iter().map(|name| (*name).to_owned()).collect();
    RecordLayout { format: Format::Jsonl, shape, has_empty: true, keep }
}

fn written(layout: &RecordLayout, record: &ParsedRecord) -> usize {
    let written = match &record.article {
        Ok(article) => layout.article(article, Shown::quotations(&quotes::find(&article.body)), &record.kept),
        Err(why) => layout.refused(&pullquote::article::Origin::Input, &why.reason().to_string(), &record.kept),
    };
    written.map_or(0, |written| written.len())
}

/// Records become articles.
#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    measure(bencher, &[], |record| record.kept.len());
}

/// And what is in them is found.
#[divan::bench]
fn find(bencher: Bencher<'_, '_>) {
    measure(bencher, &[], |record| {
        record.article.as_ref().map_or(0, |article| quotes::find(&article.body).quotations.len())
    });
}

/// And written as objects with their text.
#[divan::bench]
fn objects(bencher: Bencher<'_, '_>) {
    let layout = layout(RecordShape::Object { has_text: true, has_blocks: false }, &[]);
    measure(bencher, &[], |record| written(&layout, record));
}

/// As rows.
#[divan::bench]
fn rows(bencher: Bencher<'_, '_>) {
    let layout = layout(RecordShape::Rows, &[]);
    measure(bencher, &[], |record| written(&layout, record));
}

/// As rows with a field of the input.
#[divan::bench]
fn rows_with_a_kept_field(bencher: Bencher<'_, '_>) {
    let layout = layout(RecordShape::Rows, &["id"]);
    measure(bencher, &["id"], |record| written(&layout, record));
}
