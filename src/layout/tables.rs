//! The columns of a table: how wide each is where all fit beside each other.

use crate::article::{Body, Paragraph};
use crate::text::cells;

/// Cells between two columns.
pub const BETWEEN: usize = 2;

/// The narrowest column in which words are broken into rows.
const NARROWEST: usize = 10;

/// More rows of words in one cell are easier to read one cell below the other.
const HIGHEST: usize = 6;

/// A column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Column {
    /// In cells.
    pub width: usize,
    /// Whether it has numbers only, below its name.
    pub is_numeric: bool,
}

/// The columns of a table in so many cells; nothing where they do not fit.
pub fn columns(body: &Body, rows: &[Paragraph], room: usize) -> Option<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::new();
    let mut longest: Vec<usize> = Vec::new();
    for row in rows {
        for (at, cell) in body.cells(row).iter().enumerate() {
            if columns.len() == at {
                columns.push(Column { width: 0, is_numeric: true });
                longest.push(0);
            }
            let words = body.words(*cell);
            columns[at].width = columns[at].width.max(cells(words));
            columns[at].is_numeric &= row.shape.is_header || is_number(words);
            let longest_here = words.split_whitespace().map(cells).max().unwrap_or_default();
            longest[at] = longest[at].max(longest_here);
        }
    }
    let between = BETWEEN * columns.len().saturating_sub(1);
    let natural: usize = columns.iter().map(|column| column.width).sum();
    if natural + between <= room {
        return Some(columns);
    }
    let widths = shared(&columns, room.checked_sub(between)?);
    let fits = |(at, width): (usize, &usize)| {
        *width >= columns[at].width || *width >= longest[at].max(NARROWEST) && columns[at].width < width * HIGHEST
    };
    if !widths.iter().enumerate().all(fits) {
        return None;
    }
    columns.iter_mut().zip(widths).for_each(|(column, width)| column.width = width);
    Some(columns)
}

/// How wide each column is: those that need less than their share have what they need, and the others share the rest.
fn shared(columns: &[Column], room: usize) -> Vec<usize> {
    let mut widths = vec![None; columns.len()];
    let mut rest = room;
    loop {
        let open = widths.iter().filter(|width| width.is_none()).count();
        let Some(share) = rest.checked_div(open) else { break };
        let mut has_changed = false;
        for (width, column) in widths.iter_mut().zip(columns) {
            if width.is_none() && column.width <= share && rest >= column.width {
                (*width, rest, has_changed) = (Some(column.width), rest - column.width, true);
            }
        }
        if !has_changed {
            return widths.into_iter().map(|width| width.unwrap_or(share)).collect();
        }
    }
    widths.into_iter().map(Option::unwrap_or_default).collect()
}

/// Whether a cell holds a number, or nothing: "12,5 %", "–3", "$4".
fn is_number(words: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || " .,:%+-–−$€£¥'/".contains(c);
    words.chars().all(is_part) && (words.is_empty() || words.contains(|c: char| c.is_ascii_digit()) || words == "–")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_columns_keep_their_width() {
        let columns = [3, 40, 5, 60].map(|width| Column { width, is_numeric: false });
        assert_eq!(shared(&columns, 50), [3, 21, 5, 21]);
        assert_eq!(shared(&columns, 90), [3, 40, 5, 42]);
        for (words, expected) in
            [("12,5 %", true), ("$4", true), ("", true), ("–", true), ("a 1", false), (". .", false)]
        {
            assert_eq!(is_number(words), expected, "{words}");
        }
    }
}
