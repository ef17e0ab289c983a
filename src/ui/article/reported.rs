//! Reported speech in an article: lighter than quotations, and without a number.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::painter::Painter;
use crate::app::HighlightMode;
use crate::layout::TextRow;
use crate::quotes::{Certainty, Quotation};
use crate::ui::pieces::put;

impl Painter<'_> {
    /// The highlight of reported words.
    pub(super) fn style_of_reported(&self, quotation: &Quotation, is_current: bool) -> Style {
        let speaker = quotation.speaker.filter(|_| self.highlight.has_colours());
        self.theme.reported_by(speaker.map(|speaker| self.colour(speaker)), is_current)
    }

    /// The sign of doubt beside a row in which a doubtful reported statement begins: it has no number that would carry it.
    pub(super) fn doubt_of_reported(&self, row: TextRow, column: Rect, offset: isize, buffer: &mut Buffer) {
        let only = self.reader.only;
        let is_doubtful = |&(at, quotation): &(usize, &Quotation)| {
            quotation.is_reported()
                && quotation.is_spoken()
                && row.span.contains(quotation.outer.start)
                && self.reader.runs(at).next() == Some(at)
                && self.reader.certainty(at) == Certainty::Doubtful
                && (only.is_none() || quotation.speaker == only)
        };
        if self.highlight == HighlightMode::Off || !self.quotations(row.span).any(|one| is_doubtful(&one)) {
            return;
        }
        let sign = Rect { x: column.x.saturating_sub(3), width: 1, ..column };
        put(buffer, sign, offset, Line::styled(Certainty::Doubtful.sign(), self.theme.dim));
    }
}
