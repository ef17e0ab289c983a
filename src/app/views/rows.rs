//! Motions in a list of rows, and to one of them by its number.

use super::{Card, Pane, feed_card, help, sidebar, travel};
use crate::app::App;
use crate::app::command::Command;

/// A row that a motion leads to, of `rows` of which `page` are on the screen.
pub(super) fn row_after(command: Command, row: usize, count: usize, page: usize, rows: usize) -> usize {
    let row = match command {
        Command::Down | Command::ScrollDown => row.saturating_add(count),
        Command::Up | Command::ScrollUp => row.saturating_sub(count),
        Command::PageDown | Command::HalfPageDown => row.saturating_add(page.saturating_mul(count)),
        Command::PageUp | Command::HalfPageUp => row.saturating_sub(page.saturating_mul(count)),
        Command::Top => 0,
        _ => rows,
    };
    row.min(rows.saturating_sub(1))
}

/// Goes to a row of the view that has the keys, counted from 1: a headline, a row of text, a speaker.
pub(in crate::app) fn go_to_row(app: &mut App, row: usize) {
    /// The highest row number; a higher one is cut to it, and that to the last row.
    const HIGHEST: usize = 1_000_000_000;
    travel(app, Command::Top, 1);
    let below = row.min(HIGHEST).saturating_sub(1);
    if below > 0 {
        travel(app, Command::Down, below);
    }
}

/// Goes so many hundredths of the way in the view that has the keys.
pub(in crate::app) fn go_to_percent(app: &mut App, percent: Option<usize>) {
    let Some(percent) = percent else {
        return app.refuse("A number goes before it: 50 leads half-way");
    };
    let rows = row_count(app);
    go_to_row(app, (rows.saturating_mul(percent.min(100))).div_ceil(100).max(1));
}

/// How many rows there are in what has the keys: those that [`go_to_row`] counts.
fn row_count(app: &App) -> usize {
    match &app.views.card {
        Some(Card::Help(_)) => return help::row_count(app),
        Some(Card::Errors(_)) => return app.shown_errors().len(),
        Some(Card::Tasks(_)) => return app.shown_tasks().len(),
        Some(Card::Links(_)) => return app.listed_links().len(),
        Some(Card::ArticleInfo(_)) => return app.article_info().len(),
        Some(Card::Feed(_)) => return feed_card::row_count(),
        Some(Card::Why | Card::Option(_)) => return 0,
        None => {}
    }
    let reader = app.article.reader.as_ref();
    match app.views.pane() {
        Pane::Article(_) => reader.map_or(0, |reader| reader.page.rows().len()),
        Pane::Speakers(_) => app.shown_speakers().len(),
        Pane::Sidebar => sidebar::row_count(app),
        Pane::People(people) => people.all().len(),
        Pane::Timeline(timeline) => timeline.len(),
        Pane::Clippings(view) => view.listed().len(),
        Pane::Review(review) => review.total(),
        Pane::List | Pane::Results(_) => app.list.len(&app.catalog),
    }
}
