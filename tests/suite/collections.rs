//! Feeds and pages from outside, where a folder of them is given: how many are read, and why the others are not.
//!
//! `PULLQUOTE_FEEDS=folder PULLQUOTE_PAGES=folder cargo test --test suite collections -- --nocapture`

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pullquote::formats::{self, Hint};

#[derive(Default)]
struct Report {
    files: usize,
    whole: usize,
    bytes: usize,
    articles: usize,
    without_date: usize,
    without_text: usize,
    reasons: BTreeMap<String, Vec<PathBuf>>,
    slowest: (Duration, PathBuf),
}

fn files_in(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(files_in(&path, endings));
        } else if path.extension().and_then(OsStr::to_str).is_some_and(|ending| endings.contains(&ending)) {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn report(variable: &str, endings: &[&str]) {
    let Some(folder) = env::var_os(variable) else {
        eprintln!("{variable} names no folder: nothing to read");
        return;
    };
    let mut report = Report::default();
    for path in files_in(Path::new(&folder), endings) {
        let Ok(bytes) = fs::read(&path) else { continue };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let hint = Hint { name: name.as_deref(), ..Hint::default() };
        let (started, mut refused) = (Instant::now(), false);
        formats::read(&mut &*bytes, &hint, &mut |read| match read {
            Ok(article) => {
                report.articles += 1;
                report.without_date += usize::from(article.dates.published.is_none());
                report.without_text += usize::from(article.body.paragraphs().len() < 2);
            }
            Err(why) => {
                refused = true;
                let reason: String = why.to_string().chars().filter(|c| !c.is_ascii_digit()).collect();
                report.reasons.entry(reason).or_default().push(path.clone());
            }
        });
        report.files += 1;
        report.whole += usize::from(!refused);
        report.bytes += bytes.len();
        report.slowest = report.slowest.max((started.elapsed(), path));
    }
    eprintln!(
        "{variable}: {} files ({:.1} MB), {} read whole, {} articles, {} without a date, {} with a headline only",
        report.files,
        report.bytes as f64 / 1e6,
        report.whole,
        report.articles,
        report.without_date,
        report.without_text
    );
    let (time, path) = &report.slowest;
    eprintln!("  slowest: {time:?} {}", path.display());
    for (reason, files) in &report.reasons {
        eprintln!("  {:>6} × {reason}, as {}", files.len(), files[0].display());
    }
    assert!(report.files > 0, "there is nothing in the folder that {variable} names");
}

#[test]
fn feeds_of_a_collection_are_read() {
    report("PULLQUOTE_FEEDS", &["xml", "rss", "atom", "rdf", "json"]);
}

#[test]
fn pages_of_a_collection_are_read() {
    report("PULLQUOTE_PAGES", &["html", "htm", "xhtml"]);
}
