//! From pane to pane.

use super::{article, speakers};
use crate::app::direction::Direction;
use crate::app::{App, Layer};

/// Focuses the next pane, wrapping around: list, article, its speakers.
pub(in crate::app) fn focus_next_pane(app: &mut App, direction: Direction) {
    let has_speakers = app.article.reader.as_ref().is_some_and(|reader| !reader.findings.speakers.is_empty());
    match (app.views.pane_layer(), direction) {
        (Layer::People | Layer::Timeline | Layer::Clippings | Layer::Review, _) => {}
        (Layer::Article, Direction::Forward) if has_speakers => speakers::open(app),
        (Layer::Article, _) | (Layer::Speakers, Direction::Forward) => app.close_panes_over_list(),
        (Layer::Speakers, Direction::Backward) => app.close_pane(),
        // Beside an empty list there may be an article that is none of what is listed.
        (Layer::List, _) if app.list.selected().is_none() => {}
        (_, Direction::Backward) if has_speakers => speakers::open(app),
        _ => article::focus(app),
    }
}
