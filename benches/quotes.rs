//! How many megabytes a second the attribution engine reads, on one core.
//!
//! `cargo bench --bench quotes`; `PULLQUOTE_BENCH_ARTICLES` names a folder of .txt articles of your own.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use divan::Bencher;
use divan::counter::BytesCount;
use pullquote::article::{Body, BodyBuilder, ParagraphKind};
use pullquote::quotes;

fn main() {
    divan::main();
}

/// One paragraph a line, the first the headline.
fn body_of(text: &str) -> Body {
    let mut lines = text.lines().filter(|l| !l.trim().is_empty());
    let mut builder = BodyBuilder::new(lines.next().unwrap_or(""));
    for line in lines {
        builder.push(ParagraphKind::Prose, line);
    }
    builder.build()
}

fn folder(path: &Path) -> Vec<Body> {
    let Ok(entries) = fs::read_dir(path) else { return Vec::new() };
    let mut paths: Vec<_> =
        entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    paths.iter().filter_map(|p| fs::read_to_string(p).ok()).map(|t| body_of(&t)).collect()
}

fn measure_with_reported(bencher: Bencher<'_, '_>, bodies: &[Body]) {
    let bytes: usize = bodies.iter().map(|b| b.text().len()).sum();
    let count = |body: &Body| quotes::find_with_reported(divan::black_box(body)).1.statements.len();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| bodies.iter().map(count).sum::<usize>());
}

fn measure(bencher: Bencher<'_, '_>, bodies: &[Body]) {
    let bytes: usize = bodies.iter().map(|b| b.text().len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| bodies.iter().map(|b| quotes::find(divan::black_box(b)).quotations.len()).sum::<usize>());
}

#[divan::bench]
fn sample_articles(bencher: Bencher<'_, '_>) {
    measure(bencher, &folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-articles")));
}

#[divan::bench]
fn articles_of_your_own(bencher: Bencher<'_, '_>) {
    let Ok(path) = env::var("PULLQUOTE_BENCH_ARTICLES") else { return };
    measure(bencher, &folder(Path::new(&path)));
}

#[divan::bench]
fn sample_articles_with_reported(bencher: Bencher<'_, '_>) {
    measure_with_reported(bencher, &folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-articles")));
}

#[divan::bench]
fn articles_of_your_own_with_reported(bencher: Bencher<'_, '_>) {
    let Ok(path) = env::var("PULLQUOTE_BENCH_ARTICLES") else { return };
    measure_with_reported(bencher, &folder(Path::new(&path)));
}

/// The same for reported speech: one sentence of a megabyte, full of words that may introduce a statement.
#[divan::bench(sample_count = 3, args = ["said", "according", "nested", "commas"])]
fn worst_case_with_reported(bencher: Bencher<'_, '_>, what: &str) {
    const SIZE: usize = 1_000_000;
    let unit = match what {
        "said" => "said ",
        "according" => "according to ",
        "nested" => "Jane Doe said that she denied that ",
        _ => "it was late, he said, ",
    };
    measure_with_reported(bencher, &[body_of(&format!("Headline\n{}", unit.repeat(SIZE / unit.len())))]);
}

/// Texts made to be slow: each would be, for an engine that looks anywhere twice.
#[divan::bench(sample_count = 3, args = ["straight marks", "opening marks", "apostrophes", "one sentence", "surnames", "commas"])]
fn worst_case(bencher: Bencher<'_, '_>, what: &str) {
    const SIZE: usize = 1_000_000;
    let line = |unit: &str| format!("Headline\n{}", unit.repeat(SIZE / unit.len()));
    let text = match what {
        "straight marks" => line("\""),
        "opening marks" => line("“‘"),
        "apostrophes" => line(" 's '"),
        "one sentence" => line("Jane Doe, a baker, said “so it is” and "),
        "commas" => line("Doe, , who (said, "),
        _ => {
            let mut text = String::from("Headline\n");
            for i in 0..SIZE / 40 {
                let _ = writeln!(text, "“It is so,” Jane{i} Doe{} said. “Very.”", i % 7);
            }
            text
        }
    };
    measure(bencher, &[body_of(&text)]);
}
