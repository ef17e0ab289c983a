//! How fast many headlines are picked, and something is done with all of them.

#![allow(missing_docs, reason = "divan writes functions that are not documented")]

use chrono::{Days, NaiveDate};
use divan::Bencher;
use pullquote::app::screen::Size;
use pullquote::app::{App, Collection, Command, Effect, Event};
use pullquote::article::{ArticleId, Listed};
use pullquote::catalog::{Headline, SpeakerSummary};
use pullquote::keymap::Keymap;
use pullquote::user::{Step, UserWrite};

/// How many headlines there are.
const COUNTS: [usize; 2] = [100_000, 1_000_000];

fn main() {
    divan::main();
}

/// The headline with this number: twenty a day.
fn headline(number: u64) -> Headline {
    let day = NaiveDate::from_ymd_opt(2026, 3, 20).map(|last| last - Days::new(number / 20));
    Headline {
        id: ArticleId(number.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        title: format!("The harbour, day by day ({number})").into(),
        listed: day.map(|day| Listed { day, time: None, is_seen: false }),
        seen: None,
        publisher: Some("Coast Wire".into()),
        quotations: (number % 15) as u32,
        speakers: SpeakerSummary::default(),
        is_gone: false,
    }
}

fn app(count: usize) -> App {
    let mut app = App::new("news", Keymap::default().help(), Size { width: 120, height: 36 });
    let _ = app.event(Event::Arrived((0..count as u64).map(headline).collect()));
    let _ = app.event(Event::Finished);
    app
}

fn picked(count: usize) -> App {
    let mut app = app(count);
    let _ = app.command(Command::PickAll);
    app
}

/// All that are listed.
#[divan::bench(args = COUNTS, sample_count = 21, sample_size = 1)]
fn pick_all(bencher: Bencher, count: usize) {
    let mut app = app(count);
    bencher.bench_local(|| {
        let _ = app.command(Command::Unpick);
        app.command(Command::PickAll)
    });
}

/// All of a collection that lists nearly all.
#[divan::bench(args = COUNTS, sample_count = 21, sample_size = 1)]
fn pick_all_unread(bencher: Bencher, count: usize) {
    let mut app = app(count);
    for command in [Command::Sidebar, Command::Down, Command::Open] {
        let _ = app.command(command);
    }
    assert_eq!(*app.collections().open(), Collection::Unread);
    bencher.bench_local(|| {
        let _ = app.command(Command::Unpick);
        app.command(Command::PickAll)
    });
}

/// What the foot line asks for in each frame.
#[divan::bench(args = COUNTS, sample_count = 21, sample_size = 1)]
fn count_picks(bencher: Bencher, count: usize) {
    let app = picked(count);
    bencher.bench_local(|| app.count_picks());
}

/// The longest that a key waits while something is done with all of them: each piece, the longest of them first.
#[divan::bench(args = COUNTS, consts = [0, 1, 2], sample_count = 3, sample_size = 1)]
fn longest_piece<const DEED: usize>(bencher: Bencher, count: usize) {
    let deed = [Command::ToggleRead, Command::ToggleStar, Command::Remove][DEED];
    bencher.with_inputs(|| picked(count)).bench_local_refs(|app| {
        let began = std::time::Instant::now();
        let mut times = Vec::new();
        let mut effects = app.command(deed);
        times.push(began.elapsed());
        let mut written = Vec::new();
        loop {
            let goes_on = effects.iter().any(|effect| matches!(effect, Effect::GoOn));
            for effect in effects.drain(..) {
                if let Effect::Write(UserWrite::Commit { actions, label }) = effect {
                    written.push((actions, label));
                }
            }
            if !goes_on {
                break;
            }
            let began = std::time::Instant::now();
            effects = app.event(Event::GoOn);
            times.push(began.elapsed());
        }
        report("deed", &mut times);
        for (actions, label) in written {
            time_events(app, "committed", Event::Committed(actions.clone()));
            let actions = actions.iter().filter_map(pullquote::user::UserAction::inverse).collect();
            time_events(app, "undone", Event::Stepped { step: Step::Undo, label, actions, left: 0 });
        }
    });
}

fn time_events(app: &mut App, what: &str, event: Event) {
    let mut times = Vec::new();
    let mut next = Some(event);
    while let Some(event) = next.take() {
        let began = std::time::Instant::now();
        let effects = app.event(event);
        times.push(began.elapsed());
        next = effects.iter().any(|effect| matches!(effect, Effect::GoOn)).then_some(Event::GoOn);
    }
    report(what, &mut times);
}

fn report(what: &str, times: &mut [std::time::Duration]) {
    let all: std::time::Duration = times.iter().sum();
    times.sort_unstable();
    let last = times.last().copied().unwrap_or_default();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    println!("{what}: {} pieces in {all:?}, median {median:?}, longest {last:?}", times.len());
}
