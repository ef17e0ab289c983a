//! How fast one frame is drawn, and a key answered.

#![allow(missing_docs, clippy::unwrap_used, reason = "divan writes functions that are not documented")]

use std::sync::{Arc, LazyLock};

use chrono::{Days, NaiveDate};
use divan::Bencher;
use pullquote::app::screen::Size;
use pullquote::app::{App, ArticleRecord, Command, Effect, Event, LoadJob};
use pullquote::article::{Article, BodyBuilder, Listed, ParagraphKind};
use pullquote::catalog::Headline;
use pullquote::keymap::Keymap;
use pullquote::quotes::{self, Findings};
use pullquote::samples;
use pullquote::ui::{self, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// The sizes of windows, in cells.
const WINDOWS: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

/// The default keys.
static KEYMAP: LazyLock<Keymap> = LazyLock::new(Keymap::default);

fn main() {
    divan::main();
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 20).unwrap()
}

/// The samples, with who said what.
fn articles() -> Vec<(Article, Findings)> {
    let mut articles = Vec::new();
    for index in 0..samples::COUNT {
        samples::read(index, &mut |article| {
            let findings = quotes::find(&article.body);
            articles.push((article, findings));
        });
    }
    articles
}

/// So many headlines: those of the samples, twenty a day.
fn headlines(count: usize) -> Vec<Headline> {
    let known: Vec<Headline> = articles().iter().map(|(article, findings)| Headline::of(article, findings)).collect();
    let numbered = |(number, headline): (usize, &Headline)| {
        let title = format!("{} ({number})", headline.title);
        let day = today() - Days::new(number as u64 / 20);
        Headline {
            id: pullquote::article::ArticleId::of_content(&title),
            title: title.into(),
            listed: Some(Listed { day, time: None, is_seen: false }),
            ..headline.clone()
        }
    };
    known.iter().cycle().take(count).enumerate().map(numbered).collect()
}

/// A program that has read these headlines, in a window of this size; and what it asks for.
fn app_asking(window: (u16, u16), headlines: Vec<Headline>) -> (App, Vec<Effect>) {
    let mut app = App::new("news", KEYMAP.help(), Size { width: window.0, height: window.1 });
    let mut effects = app.event(Event::Arrived(headlines));
    effects.extend(app.event(Event::Finished));
    (app, effects)
}

/// As [`app_asking`], and nobody answers.
fn app(window: (u16, u16), headlines: Vec<Headline>) -> App {
    app_asking(window, headlines).0
}

/// The longest of the samples, all of them one after the other, open in its middle.
fn reading(window: (u16, u16)) -> App {
    let mut builder = BodyBuilder::new("Everything that was said in Ellery");
    for (article, _) in articles() {
        article.body.text().lines().for_each(|line| _ = builder.push(ParagraphKind::Prose, line));
    }
    let article = Article::new(builder.build());
    let findings = quotes::find(&article.body);
    let (mut app, mut effects) = app_asking(window, vec![Headline::of(&article, &findings)]);
    effects.extend(app.command(Command::Open));
    let (article, findings) = (Arc::new(article), Arc::new(findings));
    for effect in effects {
        if let Effect::Load(LoadJob::Article { request, .. }) = effect {
            let (article, findings) = (Arc::clone(&article), Arc::clone(&findings));
            let _ = app.event(Event::Loaded { request, article, findings, record: ArticleRecord::default() });
        }
    }
    for digit in [1, 5, 0] {
        let _ = app.command(Command::Digit(digit));
    }
    let _ = app.command(Command::Next);
    assert!(app.reader().is_some_and(|reader| reader.current().is_some()));
    app
}

/// Draws one frame, as the loop does: the whole state, and what changed of it onto the screen.
fn draw(terminal: &mut Terminal<TestBackend>, app: &App) {
    terminal.draw(|frame| ui::draw(app, &KEYMAP, &Theme::terminal(), today(), frame)).unwrap();
}

fn terminal(window: (u16, u16)) -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(window.0, window.1)).unwrap()
}

/// The list of a thousand headlines.
#[divan::bench(args = WINDOWS)]
fn list_of_1_000(bencher: Bencher, window: (u16, u16)) {
    let (app, mut terminal) = (app(window, headlines(1_000)), terminal(window));
    bencher.bench_local(|| draw(&mut terminal, &app));
}

/// The list of a hundred thousand, in its middle; a key, and the frame that answers it.
#[divan::bench(args = WINDOWS)]
fn key_in_a_list_of_100_000(bencher: Bencher, window: (u16, u16)) {
    let (mut app, mut terminal) = (app(window, headlines(100_000)), terminal(window));
    for digit in [9, 9, 9, 9] {
        let _ = app.command(Command::Digit(digit));
    }
    let _ = app.command(Command::Down);
    let mut down = true;
    bencher.bench_local(|| {
        let _ = app.command(if down { Command::Down } else { Command::Up });
        down = !down;
        draw(&mut terminal, &app);
    });
}

/// An article in its middle, a quotation current.
#[divan::bench(args = WINDOWS)]
fn article(bencher: Bencher, window: (u16, u16)) {
    let (app, mut terminal) = (reading(window), terminal(window));
    bencher.bench_local(|| draw(&mut terminal, &app));
}

/// The next quotation, or the one before; and the frame that answers.
#[divan::bench(args = WINDOWS)]
fn key_in_an_article(bencher: Bencher, window: (u16, u16)) {
    let (mut app, mut terminal) = (reading(window), terminal(window));
    let mut forward = true;
    bencher.bench_local(|| {
        let _ = app.command(if forward { Command::Next } else { Command::Previous });
        forward = !forward;
        draw(&mut terminal, &app);
    });
}

/// A batch of a thousand headlines arrives among a hundred thousand.
#[divan::bench(sample_count = 20)]
fn arrival_among_100_000(bencher: Bencher) {
    let mut all = headlines(101_000);
    let late: Vec<Headline> = all.iter().step_by(101).cloned().collect();
    let late_ids: std::collections::HashSet<_> = late.iter().map(|headline| headline.id).collect();
    all.retain(|headline| !late_ids.contains(&headline.id));
    bencher
        .with_inputs(|| (app((120, 36), all.clone()), late.clone()))
        .bench_local_refs(|(app, late)| _ = app.event(Event::Arrived(std::mem::take(late))));
}
