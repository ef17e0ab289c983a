//! Makes words on the screen lead to addresses (OSC 8), beside the cells: those know of no links.
//!
//! After each frame the words that are to lead somewhere are written once more with their address around them, where that
//! is not so yet; and those that led somewhere before, without.

use std::io;

use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use crate::text::cells;
use crate::ui::Hyperlink;

/// Which words lead to an address on the screen as it is.
#[derive(Debug, Default)]
pub(super) struct ShownLinks {
    shown: Vec<(Hyperlink, Vec<Cell>)>,
    screen: Rect,
}

impl ShownLinks {
    /// The screen is empty.
    pub fn forget(&mut self) {
        self.shown.clear();
    }

    /// What is to be written so that these words of a frame, and no others, lead to their addresses; empty where that is so.
    pub fn follow(&mut self, wanted: Vec<Hyperlink>, frame: &Buffer) -> Vec<u8> {
        if self.screen != frame.area {
            (self.screen, self.shown) = (frame.area, Vec::new());
        }
        let there = wanted.into_iter().filter_map(|link| {
            let cells = cells_in(link.area, frame)?;
            // What lies over them leads nowhere.
            let words: String = cells.iter().map(Cell::symbol).collect();
            (words.trim_end() == link.words.trim_end()).then_some((link, cells))
        });
        let wanted: Vec<_> = there.collect();
        if wanted == self.shown {
            return Vec::new();
        }
        let mut out = b"\x1b[?2026h\x1b7".to_vec();
        for (link, _) in &self.shown {
            let _ = write_row(&mut out, link.area, frame);
        }
        for (link, _) in &wanted {
            out.extend_from_slice(format!("\x1b]8;;{}\x1b\\", link.url()).as_bytes());
            let _ = write_row(&mut out, link.area, frame);
            out.extend_from_slice(b"\x1b]8;;\x1b\\");
        }
        out.extend_from_slice(b"\x1b8\x1b[?2026l");
        self.shown = wanted;
        out
    }
}

/// The cells of an area of one row that are drawn: none of those that a wide character covers.
fn cells_in(area: Rect, frame: &Buffer) -> Option<Vec<Cell>> {
    Some(row(area, frame)?.map(|(_, cell)| cell.clone()).collect())
}

fn row(area: Rect, frame: &Buffer) -> Option<impl Iterator<Item = (u16, &Cell)>> {
    let is_inside = frame.area.intersection(area) == area && area.height == 1;
    let mut next = area.x;
    let of = move |x: u16| {
        let cell = frame.cell(Position { x, y: area.y }).filter(|_| x >= next)?;
        next = x + (cells(cell.symbol()) as u16).max(1);
        Some((x, cell))
    };
    is_inside.then(|| (area.left()..area.right()).filter_map(of))
}

fn write_row(out: &mut Vec<u8>, area: Rect, frame: &Buffer) -> io::Result<()> {
    let Some(row) = row(area, frame) else { return Ok(()) };
    CrosstermBackend::new(out).draw(row.map(|(x, cell)| (x, area.y, cell)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow(links: &mut ShownLinks, wanted: &[Hyperlink], frame: &Buffer) -> String {
        String::from_utf8(links.follow(wanted.to_vec(), frame)).unwrap()
    }

    #[test]
    fn words_lead_to_an_address_once_and_no_longer_than_they_stand_there() {
        let frame = Buffer::with_lines(["see 広 coast now", "see nothing now"]);
        let link = |y| Hyperlink::new(Rect::new(4, y, 8, 1), "広 coast", "https://coast.example/").unwrap();
        let mut links = ShownLinks::default();
        let out = follow(&mut links, &[link(0)], &frame);
        let begin = out.find("\x1b]8;;https://coast.example/\x1b\\").unwrap();
        let end = out.find("\x1b]8;;\x1b\\").unwrap();
        assert!(
            out[begin..end].contains('広') && out[begin..end].contains('t') && !out[begin..end].contains("now"),
            "{out:?}"
        );
        assert_eq!(follow(&mut links, &[link(0)], &frame), "", "once");
        // What lies over it leads nowhere, and the cells are written again without the address.
        let covered = Buffer::with_lines(["see [card]xx now", "see nothing now"]);
        let out = follow(&mut links, &[link(0)], &covered);
        assert!(out.contains('[') && !out.contains("\x1b]8"), "{out:?}");
        assert_eq!(follow(&mut links, &[link(1)], &covered), "");
        assert!(follow(&mut links, &[link(0)], &frame).contains("]8;;https"));
        links.forget();
        assert!(follow(&mut links, &[link(0)], &frame).contains("]8;;https"));
    }
}
