//! Lines of preformatted text that are wider than the screen: they are moved to the left, and back.

use super::Reader;
use crate::text::Span;

impl Reader {
    /// By how many cells lines of preformatted text are moved to the left, where they have this much room.
    pub fn shift(&self, room: usize) -> usize {
        self.shift.min(self.page.most_shift(room))
    }

    /// Moves lines of preformatted text to the left, or back to the right; returns whether anything moved.
    pub fn scroll_sideways(&mut self, cells: isize, room: usize) -> bool {
        let before = self.shift(room);
        self.shift = before.saturating_add_signed(cells).min(self.page.most_shift(room));
        self.shift != before
    }

    /// Whether any line of preformatted text is wider than this.
    pub fn is_wider_than(&self, room: usize) -> bool {
        self.page.most_shift(room) > 0
    }

    /// The column in which the byte at `offset` stands in row `row` of the page, in cells.
    pub fn column_of(&self, text: &str, row: usize, offset: usize) -> usize {
        let column = self.page.column_of(text, row, offset);
        let is_verbatim = self.page.rows().get(row).is_some_and(|row| row.kind.is_verbatim());
        if is_verbatim { column.saturating_sub(self.shift) } else { column }
    }

    /// The byte that is shown in row `row` of the page at `column`, in cells, where preformatted text has this much room.
    pub fn offset_at(&self, row: usize, column: usize, room: usize) -> Option<usize> {
        self.page.offset_at(self.article.body.text(), row, column, self.shift(room))
    }

    /// Moves a line that is wider than the screen, where `span` would not be in sight.
    pub(super) fn reveal_sideways(&mut self, span: Span) {
        let row = self.page.row_at(span.start);
        if self.page.rows().get(row).is_some_and(|row| row.kind.is_verbatim()) {
            let column = |offset| self.page.column_of(self.article.body.text(), row, offset);
            let (start, end, width) = (column(span.start), column(span.end), self.page.width());
            if start < self.shift + 1 || end + 1 > self.shift + width {
                self.shift = end.saturating_sub(width / 2);
            }
        }
    }
}
