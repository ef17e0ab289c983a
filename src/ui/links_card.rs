//! The list of where an article leads, and the whole address of the selected link below it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::Theme;
use super::card::{At, card, titled};
use super::pieces::put;
use super::signs::verbatim;
use crate::app::screen::card_width;
use crate::app::{App, LinksCard, ListedLink};
use crate::layout::wrap;
use crate::text::{cells, shorten};

/// So many rows of the address are shown.
const ADDRESS_ROWS: usize = 3;

/// Draws the card, the selected link in sight.
pub fn draw(app: &App, links: &LinksCard, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let listed = app.listed_links();
    let selected = links.row(&listed);
    let width = card_width(area);
    let address = listed.get(selected).map_or("", |link| link.address.as_str());
    let mut below: Vec<&str> = wrap(address, width).into_iter().map(|span| span.of(address)).collect();
    let is_cut = below.len() > ADDRESS_ROWS;
    below.truncate(ADDRESS_ROWS);
    let rows = listed.len().max(1) + 1 + below.len();
    let inner = card(&titled("Links", &links.filter), rows, (area, At::Middle), theme, buffer);
    if listed.is_empty() {
        return put(buffer, inner, 0, Line::styled("No links match", theme.dim));
    }
    // On a low screen the list gives way before the address does, but for the selected link.
    let room = usize::from(inner.height).saturating_sub(below.len() + 1).max(1);
    let first = (selected + 1).saturating_sub(room);
    for (row, link) in (0..).zip(listed.iter().skip(first).take(room)) {
        put(buffer, inner, row, line(link, first + row as usize == selected, inner.width.into(), theme));
    }
    let more = listed.len().saturating_sub(first + room);
    let top = room.min(listed.len() - first) as isize + 1;
    for (row, words) in (top..).zip(&below) {
        put(buffer, inner, row, Line::styled((*words).to_owned(), verbatim(theme.link)));
    }
    let mut said = Vec::new();
    said.extend((more > 0).then(|| format!("+{more} more")));
    said.extend(is_cut.then(|| "the address goes on".to_owned()));
    if !said.is_empty() {
        let border = Rect { y: inner.bottom(), height: 1, ..inner };
        put(buffer, border, 0, Line::styled(format!(" {} ", said.join(", ")), theme.dim).right_aligned());
    }
}

/// " 3 the plan  coast.example/plan"
fn line(link: &ListedLink, is_selected: bool, width: usize, theme: &Theme) -> Line<'static> {
    let number = format!("{:>3} ", link.number);
    let room = width.saturating_sub(cells(&number));
    let address = link.address.split_once("://").map_or(link.address.as_str(), |(_, rest)| rest);
    let words = shorten(&link.words, room * 3 / 5);
    let address = shorten(address, room.saturating_sub(cells(&words) + 2));
    let style = if is_selected { theme.accent.add_modifier(Modifier::REVERSED) } else { theme.text };
    Line::from(vec![
        Span::styled(number, theme.accent),
        Span::styled(words, verbatim(style)),
        Span::raw("  "),
        Span::styled(address, verbatim(theme.dim)),
    ])
}
