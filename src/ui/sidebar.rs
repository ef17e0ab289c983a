//! The collections: parts of all articles, with how many articles each has, and how many of them are unread.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span};

use super::Theme;
use super::pieces::{inset, put};
use crate::app::{App, Collection, Pane, SidebarRow};
use crate::catalog::ArticleCounts;
use crate::text::{cells, shorten};
use ratatui::layout::Rect;

/// Draws the pane of collections.
pub fn draw(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let focused = matches!(app.views().pane(), Pane::Sidebar);
    let rows = app.shown_sidebar_rows(area);
    let columns = Columns::of(&rows);
    for (row, shown) in (0..).zip(rows) {
        match shown {
            SidebarRow::Blank => {}
            SidebarRow::Heading(words) => {
                let words = shorten(words, usize::from(area.width).saturating_sub(3));
                put(buffer, inset(area, 2, 1), row, Line::styled(words, theme.dim));
                put(buffer, inset(area, 2, 1), row, Line::styled(columns.heading(), theme.dim).right_aligned());
            }
            SidebarRow::More(more) => {
                put(buffer, inset(area, 2, 1), row, Line::styled(format!("+{more} more"), theme.dim));
            }
            SidebarRow::Collection(collection, counts) => {
                let is_open = app.collections().selected() == &collection;
                if is_open {
                    let mark = if focused { theme.accent } else { theme.rule };
                    put(buffer, area, row, Line::styled("▌", mark));
                }
                let numbers = counts.map_or_else(String::new, |counts| columns.numbers(counts));
                let inner = inset(area, 2 + collection.indentation(), 1);
                let line = match &collection {
                    Collection::Feed { id, .. } => app.collections().feeds().iter().find(|line| line.id == *id),
                    _ => None,
                };
                let sign = match line {
                    Some(line) if line.error.is_some() => Span::styled("! ", theme.warning),
                    Some(line) if line.paused => Span::styled("paused ", theme.dim),
                    _ => Span::default(),
                };
                let fold = fold_sign(app, &collection);
                let taken = sign.width() + cells(&numbers) + cells(fold);
                let room = usize::from(inner.width).saturating_sub(taken + 2);
                let style = if is_open { theme.headline } else { theme.text };
                let name = Span::styled(shorten(shown_name(&collection), room), style);
                put(buffer, inner, row, Line::from(vec![Span::styled(fold, theme.dim), name]));
                put(buffer, inner, row, Line::from(vec![sign, Span::styled(numbers, theme.dim)]).right_aligned());
            }
        }
    }
}

/// The columns of the numbers: how many articles are unread, and how many there are.
struct Columns {
    unread: usize,
    all: usize,
}

impl Columns {
    const UNREAD: &str = "unread";
    const ALL: &str = "all";

    fn of(rows: &[SidebarRow]) -> Self {
        let digits = |number: fn(&ArticleCounts) -> usize| {
            let counts = rows.iter().filter_map(|row| match row {
                SidebarRow::Collection(_, counts) => counts.as_ref(),
                _ => None,
            });
            counts.map(|counts| number(counts).to_string().len()).max().unwrap_or(0)
        };
        let unread = digits(|counts| counts.unread).max(Self::UNREAD.len());
        Self { unread, all: digits(|counts| counts.articles).max(Self::ALL.len()) }
    }

    fn heading(&self) -> String {
        format!("{:>unread$} {:>all$}", Self::UNREAD, Self::ALL, unread = self.unread, all = self.all)
    }

    fn numbers(&self, counts: ArticleCounts) -> String {
        let all = format!("{:>width$}", counts.articles, width = self.all);
        if counts.unread == 0 { all } else { format!("{:>unread$} {all}", counts.unread, unread = self.unread) }
    }
}

/// The sign before a feed folder: whether what is in it is shown.
fn fold_sign(app: &App, collection: &Collection) -> &'static str {
    match collection {
        Collection::Folder(path) if app.collections().is_folded(path) => "▸ ",
        Collection::Folder(_) => "▾ ",
        _ => "",
    }
}

/// A folder is shown by its own name: those around it stand above.
fn shown_name(collection: &Collection) -> &str {
    match collection {
        Collection::Folder(path) => path.rsplit('/').next().unwrap_or(path),
        _ => collection.name(),
    }
}
