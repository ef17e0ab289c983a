//! How fast headlines are put into an order, and fall into place in it.

#![allow(missing_docs, reason = "divan writes functions that are not documented")]

use std::collections::HashSet;

use chrono::{Days, NaiveDate, NaiveTime};
use divan::Bencher;
use pullquote::app::screen::Size;
use pullquote::app::{App, Command, Event};
use pullquote::article::{ArticleId, Listed};
use pullquote::catalog::{Catalog, Headline, ListOrder, SortWork, SpeakerSummary};
use pullquote::keymap::Keymap;

/// How many headlines there are.
const COUNTS: [usize; 2] = [100_000, 1_000_000];

/// How many arrive: as many as fall into place at once.
const ARRIVALS: usize = 200;

const PLACES: [&str; 8] = ["Harbour", "Bridge", "Ferry", "Council", "Minister", "Lighthouse", "Orchard", "Élodie"];
const VERBS: [&str; 5] = ["closes", "opens", "waits", "resigns", "votes"];
const PUBLISHERS: [&str; 6] = ["Coast Wire", "Zenith Daily", "Ébène Post", "Bay Gazette", "the Lantern", "Dawn"];

fn main() {
    divan::main();
}

/// The headline with this number: twenty a day, in an order that is none.
fn headline(number: u64) -> Headline {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let pick = |words: &[&'static str], by: u64| words[(mixed / by) as usize % words.len()];
    let title = format!("{} {} as {} {number}", pick(&PLACES, 1), pick(&VERBS, 8), pick(&PLACES, 64));
    let day = NaiveDate::from_ymd_opt(2026, 3, 20).map(|last| last - Days::new(mixed % 50_000));
    Headline {
        id: ArticleId(mixed << 20 | number),
        title: title.into(),
        listed: day.map(|day| Listed { day, time: None, is_seen: false }),
        seen: day.filter(|_| number.is_multiple_of(2)).map(|day| day.and_time(NaiveTime::MIN)),
        publisher: (!number.is_multiple_of(10)).then(|| pick(&PUBLISHERS, 7).into()),
        quotations: (mixed % 15) as u32,
        speakers: SpeakerSummary::default(),
        is_gone: false,
    }
}

fn catalog(count: usize) -> Catalog {
    let mut catalog = Catalog::default();
    catalog.add((0..count as u64).map(headline).collect());
    catalog
}

fn read(catalog: &Catalog) -> HashSet<ArticleId> {
    catalog.iter().map(|headline| headline.id).step_by(2).collect()
}

/// What the worker does, in each order that is not made at once.
#[divan::bench(args = COUNTS, consts = [2, 3, 4, 5, 6], sample_count = 3, sample_size = 1)]
fn sort<const ORDER: usize>(bencher: Bencher, count: usize) {
    let mut catalog = catalog(count);
    let read = read(&catalog);
    let Some(work) = catalog.sort(ListOrder::ALL[ORDER], &read) else { return };
    bencher.with_inputs(|| work.clone()).bench_local_values(|work: SortWork| work.sort(&|| true));
}

/// The key that asks for the next order, newest first to first seen and round again.
#[divan::bench(args = COUNTS, sample_count = 21, sample_size = 1)]
fn key(bencher: Bencher, count: usize) {
    let mut app = app(count);
    bencher.bench_local(|| app.command(Command::SortList));
}

fn app(count: usize) -> App {
    let mut app = App::new("news", Keymap::default().help(), Size { width: 120, height: 36 });
    let _ = app.event(Event::Arrived((0..count as u64).map(headline).collect()));
    let _ = app.event(Event::Finished);
    app
}

/// Headlines fall into place among others that are sorted.
#[divan::bench(args = COUNTS, consts = [1, 2, 3, 4, 5, 6], sample_count = 5, sample_size = 1)]
fn arrival<const ORDER: usize>(bencher: Bencher, count: usize) {
    let mut catalog = catalog(count);
    if let Some(sorted) = catalog.sort(ListOrder::ALL[ORDER], &HashSet::new()).and_then(|work| work.sort(&|| true)) {
        catalog.sorted(sorted);
    }
    let mut next = count as u64;
    let arrive = || {
        next += ARRIVALS as u64;
        (next - ARRIVALS as u64..next).map(headline).collect()
    };
    bencher.with_inputs(arrive).bench_local_values(|arrived: Vec<Headline>| {
        catalog.add(arrived);
        catalog.file_arrived()
    });
}
