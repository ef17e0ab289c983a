//! The rows of the tables in markup: which cells they have, and which columns are taken by cells of rows above.

use super::super::tokens::Attributes;

/// How many columns and rows a cell may take.
const MOST: usize = 40;

/// The tables of a text, as far as they have been read.
#[derive(Debug, Default)]
pub struct Rows {
    /// Whether the next row is the first of a table.
    is_first: bool,
    /// Whether the table has had a row of several cells with words.
    is_begun: bool,
    /// Whether the rows name columns.
    in_head: bool,
    /// Of each column how many more rows a cell from above takes there.
    taken: Vec<usize>,
    row: Option<Row>,
}

/// An open row.
#[derive(Debug, Default)]
struct Row {
    is_first: bool,
    /// How many of its cells have words, and how many there are, those that name something among them.
    filled: usize,
    all: usize,
    naming: usize,
    /// How many columns there are so far.
    columns: usize,
    /// What its open cell is: how many columns it takes, and whether it has words.
    cell: Option<(usize, bool)>,
}

/// What to do where a cell begins, ends, or has its first words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellEdges {
    /// Whether a cell with words ends.
    pub closes: bool,
    /// How many cells without words follow.
    pub empty: usize,
}

impl Rows {
    /// A table begins, or ends.
    pub fn part(&mut self) {
        (self.is_first, self.is_begun, self.in_head) = (true, false, false);
        self.taken.clear();
    }

    /// Rows from here on name columns, or no longer do.
    pub const fn set_head(&mut self, in_head: bool) {
        self.in_head = in_head;
    }

    /// A row begins; returns whether it is the first of its table.
    pub fn open(&mut self) -> bool {
        let is_first = std::mem::take(&mut self.is_first);
        self.row = Some(Row { is_first, ..Row::default() });
        is_first
    }

    /// Whether a row is open.
    pub const fn is_open(&self) -> bool {
        self.row.is_some()
    }

    /// How many cells of the open row have words.
    pub fn filled(&self) -> usize {
        self.row.as_ref().map_or(0, |row| row.filled)
    }

    /// A cell begins.
    pub fn open_cell(&mut self, name: &str, attributes: Attributes<'_>) -> CellEdges {
        let mut edges = self.close_cell();
        let Some(row) = &mut self.row else { return edges };
        let number = |name| {
            let said = attributes.get(name).and_then(|number| number.trim().parse::<usize>().ok());
            said.unwrap_or(1).clamp(1, MOST)
        };
        while let Some(rows) = self.taken.get_mut(row.columns).filter(|rows| **rows > 0) {
            *rows -= 1;
            row.columns += 1;
            edges.empty += 1;
        }
        let (columns, rows) = (number("colspan"), number("rowspan"));
        (row.all, row.naming) = (row.all + 1, row.naming + usize::from(name == "th"));
        row.cell = Some((columns, false));
        let end = row.columns.saturating_add(columns).min(MOST);
        if rows > 1 && row.columns < end {
            self.taken.resize(self.taken.len().max(end), 0);
            self.taken[row.columns..end].fill(rows - 1);
        }
        edges
    }

    /// The first words of the open cell; returns false where it has some, or none is open.
    pub fn fill_cell(&mut self) -> bool {
        let Some(row) = &mut self.row else { return false };
        let Some((_, is_filled)) = row.cell.as_mut().filter(|(_, is_filled)| !is_filled) else { return false };
        *is_filled = true;
        row.filled += 1;
        true
    }

    /// The open cell ends.
    pub fn close_cell(&mut self) -> CellEdges {
        let Some(row) = &mut self.row else { return CellEdges::default() };
        let Some((columns, closes)) = row.cell.take() else { return CellEdges::default() };
        row.columns += columns;
        CellEdges { closes, empty: columns - usize::from(closes) }
    }

    /// The open row ends; returns whether it is one, and whether it names columns. One with words in a single cell is a row
    /// where rows of several stand above, or its cells are names, unless it `is_long`.
    pub fn close(&mut self, is_long: bool) -> Option<(bool, bool)> {
        let row = self.row.take()?;
        let columns = row.columns.max(self.taken.iter().rposition(|rows| *rows > 0).map_or(0, |last| last + 1));
        for rows in self.taken.iter_mut().skip(row.columns) {
            *rows = rows.saturating_sub(1);
        }
        let is_of_table = self.is_begun || row.all > 1 && (self.in_head || row.naming > 0);
        let is_row = row.filled > 1 || row.filled == 1 && columns > 1 && is_of_table && !is_long;
        self.is_begun |= is_row;
        self.is_first |= row.is_first && !is_row;
        Some((is_row, self.in_head || row.naming == row.all))
    }
}
