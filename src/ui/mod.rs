//! Draws the state: one file a pane.
//!
//! Accepts the state, the keymap (which keys to name), a theme and the time; fills a buffer of cells. It never changes
//! anything: all that it needs to know stands in the state.

mod article;
mod bars;
mod card;
mod cards;
mod choices;
mod clippings;
mod excerpt;
mod feed_card;
mod focus;
mod foot;
mod head;
mod headlines;
mod help;
mod hyperlinks;
mod imprint;
mod links_card;
mod palettes;
mod people;
mod pieces;
mod review;
mod sidebar;
mod signs;
mod speakers;
mod standing;
mod theme;
mod timeline;
mod waiting;

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

use crate::app::screen::{SMALLEST, is_too_small};
use crate::app::{App, Command, Pane};
use crate::keymap::Keymap;
use crate::text::cells;

pub use article::PlacedPicture;
pub use hyperlinks::Hyperlink;
pub use palettes::ColorDepth;
pub use theme::Theme;

/// Draws everything. `today` shapes how dates are written.
pub fn draw(app: &App, keymap: &Keymap, theme: &Theme, today: NaiveDate, frame: &mut Frame<'_>) {
    let area = frame.area();
    frame.buffer_mut().set_style(area, theme.ground);
    let size = app.size();
    if is_too_small(size) {
        draw_too_small(theme, frame);
        return signs::finish(frame.buffer_mut(), app.signs());
    }
    let panes = app.panes();
    bars::draw(app, &panes, theme, frame.buffer_mut());
    if let Some(area) = panes.head {
        head::draw(app, keymap, area, theme, frame.buffer_mut());
    }
    if let Some(area) = panes.sidebar {
        sidebar::draw(app, area, theme, frame.buffer_mut());
    }
    if let Some(area) = panes.list {
        headlines::draw(app, keymap, area, theme, today, frame.buffer_mut());
    }
    if let Some(area) = panes.article {
        article::draw(app, keymap, &panes, area, theme, frame.buffer_mut());
    }
    if let Some(area) = panes.speakers {
        speakers::draw(app, area, theme, frame.buffer_mut());
    }
    if let Some(area) = panes.people {
        match app.views().pane() {
            Pane::Clippings(view) => clippings::draw(app, view, keymap, area, theme, frame.buffer_mut()),
            Pane::Review(view) => review::draw(app, view, keymap, area, theme, frame.buffer_mut()),
            Pane::People(people) => {
                people::draw(people, (keymap, app.dates()), app.layer(), area, theme, frame.buffer_mut());
            }
            Pane::Timeline(timeline) => {
                timeline::draw(timeline, (keymap, app.dates()), area, theme, today, frame.buffer_mut());
            }
            _ => {}
        }
    }
    focus::draw(app, &panes, theme, frame.buffer_mut());
    cards::draw(app, &panes, theme, frame.buffer_mut());
    let typing = foot::draw(app, keymap, panes.foot, theme, frame.buffer_mut());
    if let Some(cursor) = typing.or_else(|| focus::cursor(app, &panes, theme, frame.buffer_mut())) {
        frame.set_cursor_position(cursor);
    }
    signs::finish(frame.buffer_mut(), app.signs());
}

/// The words of the screen that lead to an address, where nothing lies over them.
pub fn hyperlinks(app: &App) -> Vec<Hyperlink> {
    if is_too_small(app.size()) { Vec::new() } else { article::hyperlinks(app, &app.panes()) }
}

/// The pictures that are to be drawn, where nothing lies over the article.
pub fn pictures(app: &App) -> Vec<PlacedPicture> {
    let is_covered = app.views().card().is_some() || app.prompt().is_some_and(|prompt| prompt.choices(app).is_some());
    let is_article = app.panes().article.is_some();
    if is_too_small(app.size()) || is_covered || !is_article {
        Vec::new()
    } else {
        article::pictures(app, &app.panes())
    }
}

/// The command whose key stands in a cell of the screen, in the foot line.
pub fn command_at(app: &App, keymap: &Keymap, column: u16, row: u16) -> Option<Command> {
    let foot = app.panes().foot;
    if foot.contains(Position { x: column, y: row }) { foot::command_at(app, keymap, foot, column) } else { None }
}

fn draw_too_small(theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    Clear.render(area, frame.buffer_mut());
    frame.buffer_mut().set_style(area, theme.ground);
    let needed = format!("{}×{}", SMALLEST.width, SMALLEST.height);
    let ways = [
        format!("Terminal too small: at least {needed}"),
        format!("too small: at least {needed}"),
        format!("needs {needed}"),
    ];
    let words = ways.into_iter().find(|words| cells(words) <= area.width.into()).unwrap_or(needed);
    let middle = Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area };
    Line::styled(words, theme.dim).centered().render(middle, frame.buffer_mut());
}
