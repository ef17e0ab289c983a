//! The list of headlines, all of them or those that a search found: what keys and clicks do there.

use super::{Pane, people, results};
use crate::app::command::Command;
use crate::app::direction::Direction;
use crate::app::effect::{Effect, FetchJob};
use crate::app::navigation;
use crate::app::picked_articles;
use crate::app::picks;
use crate::app::screen::Rect;
use crate::app::{App, Collection};
use crate::catalog::Headline;

pub(super) fn command(app: &mut App, command: Command, count: usize) -> bool {
    use Command as C;
    match command {
        _ if picks::command(app, command, count) || picked_articles::command(app, command) => {}
        C::Open => open_selected(app),
        C::Back => back(app),
        C::Leave => match app.views.pane() {
            Pane::Results(_) => app.close_pane(),
            _ => app.quit(),
        },
        C::Next => next(app, Direction::Forward, count),
        C::Previous => next(app, Direction::Backward, count),
        C::NextArticle => navigation::select_neighbour(app, Direction::Forward, count),
        C::PreviousArticle => navigation::select_neighbour(app, Direction::Backward, count),
        C::Speakers => people::open(app),
        C::Search => results::start(app),
        C::SortList => app.change_list_order(),
        C::OpenAddress | C::OpenEnclosure | C::CopyAddress | C::ArticleInfo | C::Links => {
            return !app.has_loaded_selected(command);
        }
        C::Clip | C::ClipWithNote | C::Confirm | C::CopyQuotation if let Some(hit) = app.hit_without_article() => {
            return !app.has_at_hand(hit, Some(command));
        }
        C::Why
        | C::Timeline
        | C::CopyQuotation
        | C::FollowLink
        | C::Correct
        | C::CorrectAll
        | C::Confirm
        | C::NextBySpeaker
        | C::PreviousBySpeaker
        | C::NextOtherSpeaker
        | C::PreviousOtherSpeaker => {
            return !app.shows_selected();
        }
        _ => return false,
    }
    true
}

/// Opens the selected article, at what a search found in it.
pub(super) fn open_selected(app: &mut App) {
    if let Some(id) = app.list.selected() {
        let goal = results::goal_in(app, id);
        app.read(id, goal);
    }
}

fn back(app: &mut App) {
    if picks::unpick(app) {
        return;
    }
    match app.views.pane() {
        Pane::Results(_) => app.close_pane(),
        _ if app.collections.open() != &Collection::All => app.open_collection(Collection::All),
        _ if app.progress.refreshing.is_some() => app.ask(Effect::Fetch(FetchJob::Cancel)),
        _ => {}
    }
}

/// The next hit of a search, else the next unread article.
fn next(app: &mut App, direction: Direction, count: usize) {
    let Some(area) = app.list_area() else { return };
    if matches!(app.views.pane(), Pane::Results(_)) {
        let by = if direction == Direction::Forward { count as isize } else { -(count as isize) };
        let before = app.list.selected();
        app.list.step(&app.catalog, area, by);
        if app.list.selected() == before {
            app.refuse(match (app.list.len(&app.catalog), direction) {
                (0, _) => "No hits",
                (1, _) => "No other hit",
                (_, Direction::Forward) => "No hit below",
                (_, Direction::Backward) => "No hit above",
            });
        }
        return;
    }
    let unread = |headline: &Headline| !app.user.is_read(headline.id);
    let target = navigation::neighbours(app, app.list.selected(), direction, unread).take(count).last();
    match target {
        Some(id) => app.list.select(&app.catalog, area, id),
        None if direction == Direction::Forward => app.refuse("No unread article below"),
        None => app.refuse("No unread article above"),
    }
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    let Some(area) = app.list_area() else { return };
    let (count, page) = (count as isize, isize::try_from(area.height).unwrap_or(1) - 2);
    let all = app.list.len(&app.catalog) as isize;
    match command {
        Command::Down | Command::ScrollDown => app.list.step(&app.catalog, area, count),
        Command::Up | Command::ScrollUp => app.list.step(&app.catalog, area, -count),
        Command::PageDown => app.list.page(&app.catalog, area, page * count),
        Command::PageUp => app.list.page(&app.catalog, area, -page * count),
        Command::HalfPageDown => app.list.page(&app.catalog, area, page * count / 2),
        Command::HalfPageUp => app.list.page(&app.catalog, area, -page * count / 2),
        Command::Top => app.list.step(&app.catalog, area, -all),
        _ => app.list.step(&app.catalog, area, all),
    }
}

pub(super) fn click(app: &mut App, area: Rect, row: u16) {
    let placed = app.list.layout(&app.catalog, area);
    let hit = placed.iter().rev().find(|placed| placed.row <= row - area.y);
    let Some(id) = hit.map(|placed| placed.id) else { return };
    if app.views.pane().is_list() && app.list.selected() == Some(id) {
        return open_selected(app);
    }
    app.close_panes_over_list();
    app.list.select(&app.catalog, area, id);
}
