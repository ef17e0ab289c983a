//! A body laid out to a width: rows, what is drawn before them, and which bytes stand where in them.
//!
//! From a [`Body`] and a width in cells to rows that know their byte spans. The words come from textwrap, and its optimal-fit
//! algorithm joins them, but their widths are our own: a row is as wide as its grapheme clusters are drawn. Paragraphs over
//! 32 KiB are filled greedily. Lists, block quotations and tables have their bullets, bars and columns; lines of preformatted
//! text are never broken.
//! It never knows of colour, of what is highlighted, or of the terminal.

mod leads;
mod tables;
mod wrap;
mod writer;

use std::collections::BTreeMap;

pub use wrap::wrap;

use self::leads::Leads;
use self::writer::RowWriter;
use crate::article::{Article, Body, ParagraphKind, Picture};
use crate::text::{Span, cells, head, shorten};

/// The narrowest column there is: a wide character fits.
pub const NARROWEST_COLUMN: usize = 2;

/// The widest column that is comfortable to read, in cells; typographers name 45 to 75 characters.
pub const WIDEST_COLUMN: usize = 72;

/// So many rows are said in place of a picture.
const MOST_PICTURE_ROWS: usize = 3;

/// Of so many enclosures of an article each has a row.
pub const MOST_ENCLOSURES: usize = 5;

/// The lines that are said in place of a picture in a column of this width: what it shows, cut where that is long.
pub fn picture_lines(picture: &Picture, width: usize) -> Vec<String> {
    let words = picture.in_words();
    let rows = wrap(&words, width);
    let mut lines: Vec<_> = rows.iter().take(MOST_PICTURE_ROWS).map(|row| row.of(&words).to_owned()).collect();
    if let (Some(last), Some(row)) =
        (lines.last_mut(), rows.get(MOST_PICTURE_ROWS - 1).filter(|row| row.end < words.len()))
    {
        *last = shorten(&words[row.start..], width.saturating_sub(1)) + "]";
    }
    lines
}

/// A body laid out to a width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextLayout {
    width: usize,
    rows: Vec<TextRow>,
    leads: Leads,
    /// The cells of rows of tables, as far as they stand in a row.
    pieces: Vec<Piece>,
    /// How wide the widest line of preformatted text is, with what stands before it.
    widest: usize,
    /// How many rows the pictures have that are drawn, by number.
    drawn: BTreeMap<usize, usize>,
}

/// One row of a [`TextLayout`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextRow {
    /// The bytes that it shows, blanks at its end left out; empty at the end of the text before it, for a row that
    /// shows no words of the body. Of a row of a table the bytes of its first cell.
    pub span: Span,
    /// What it shows.
    pub kind: RowKind,
    /// What stands before its words, by number.
    lead: u32,
    /// Which of the pieces stand in it; none where its words stand together.
    pieces: (u32, u32),
}

/// Words of a row that stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where they begin, in cells from the start of the row.
    pub column: usize,
    /// Which bytes they are.
    pub span: Span,
}

/// What a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Words of a paragraph of this kind.
    Words(ParagraphKind),
    /// Date, byline, publisher and the like, below the headline.
    Imprint,
    /// Its address, where it came from, what it is filed under: below that.
    Whence,
    /// Nothing: the space between paragraphs.
    Gap,
    /// A line so many cells long.
    Rule(usize),
    /// What comes with the article, below its text: the one with this number.
    Enclosure(usize),
    /// A line of what is said in place of the picture with this number.
    Picture {
        /// Which of the pictures.
        number: usize,
        /// Which line, from 0.
        line: usize,
    },
    /// A row of the picture with this number, which is drawn.
    Drawn {
        /// Which of the pictures.
        number: usize,
        /// Which row, from 0.
        row: usize,
    },
}

impl RowKind {
    /// Whether it shows a line of preformatted text, which is never broken.
    pub const fn is_verbatim(self) -> bool {
        matches!(self, Self::Words(ParagraphKind::Preformatted))
    }

    /// The picture that it shows, or speaks of.
    pub const fn picture(self) -> Option<usize> {
        match self {
            Self::Picture { number, .. } | Self::Drawn { number, .. } => Some(number),
            _ => None,
        }
    }
}

impl TextLayout {
    /// Lays `body` out in rows of at most `width` cells, or [`NARROWEST_COLUMN`] where that is less; but lines of preformatted
    /// text are as long as they are.
    ///
    /// Words of one row stand there as in the text; only the blanks at which a row was broken are not shown, and what stands
    /// between the cells of a table. Lines are broken where Unicode (UAX 14) allows it, so that the rows of a paragraph are as
    /// even as they can be (Knuth and Plass, 1981); addresses are kept whole where they fit.
    pub fn lay_out(body: &Body, width: usize) -> Self {
        RowWriter::new(body, width.max(NARROWEST_COLUMN)).write()
    }

    /// Lays an article out: its body, and below it a row for each of what comes with it; of many for the first, and one for the
    /// rest.
    pub fn of_article(article: &Article, width: usize) -> Self {
        let mut layout = Self::lay_out(&article.body, width);
        layout.add_whence(article);
        let end = article.body.text().len();
        let row = |kind| TextRow { span: Span::new(end, end), kind, lead: 0, pieces: (0, 0) };
        let files = article.files().count();
        if files > 0 {
            layout.rows.push(row(RowKind::Gap));
            layout.rows.extend((0..files.min(MOST_ENCLOSURES + 1)).map(|number| row(RowKind::Enclosure(number))));
        }
        layout
    }

    /// Adds the row for where an article stands and came from, where anything of that is known.
    fn add_whence(&mut self, article: &Article) {
        let Some(at) = self.rows.iter().position(|row| row.kind == RowKind::Imprint) else { return };
        if article.has_whence() {
            self.rows.insert(at + 1, TextRow { kind: RowKind::Whence, ..self.rows[at] });
        }
    }

    /// Gives these pictures of its body, by number, so many rows each, in which they are drawn; of all others it is said what they
    /// show.
    pub fn make_room(&mut self, body: &Body, drawn: BTreeMap<usize, usize>) {
        if self.drawn == drawn {
            return;
        }
        let mut rows = Vec::with_capacity(self.rows.len());
        let mut last = None;
        for row in &self.rows {
            let number = row.kind.picture();
            if number.is_some() && number == last {
                continue;
            }
            last = number;
            let Some(number) = number else {
                rows.push(*row);
                continue;
            };
            if let Some(height) = drawn.get(&number) {
                rows.extend((0..*height).map(|at| TextRow { kind: RowKind::Drawn { number, row: at }, ..*row }));
            } else {
                let lines = body.pictures().get(number).map_or(0, |picture| picture_lines(picture, self.width).len());
                rows.extend((0..lines).map(|line| TextRow { kind: RowKind::Picture { number, line }, ..*row }));
            }
        }
        (self.rows, self.drawn) = (rows, drawn);
    }

    /// The width it was laid out to, in cells.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The rows from top to bottom.
    pub fn rows(&self) -> &[TextRow] {
        &self.rows
    }

    /// What is drawn before the words of a row: bullets, numbers, bars, blanks.
    pub fn lead(&self, row: &TextRow) -> &str {
        self.leads.get(row.lead)
    }

    /// The words of a row, from left to right.
    pub fn pieces(&self, row: &TextRow) -> impl Iterator<Item = Piece> {
        let (first, end) = row.pieces;
        let whole = (first == end).then(|| Piece { column: cells(self.lead(row)), span: row.span });
        whole.into_iter().chain(self.pieces.get(first as usize..end as usize).unwrap_or_default().iter().copied())
    }

    /// By how many cells lines of preformatted text can be moved to the left in so many.
    pub fn most_shift(&self, room: usize) -> usize {
        self.widest.saturating_sub(room)
    }

    /// Which row shows the byte at `offset`: the last that starts there or before. The line end between two
    /// paragraphs is shown by the first row between them that has no words.
    pub fn row_at(&self, offset: usize) -> usize {
        let mut row = self.rows.partition_point(|row| row.span.start <= offset).saturating_sub(1);
        while row > 0 && self.rows[row - 1].span.start == self.rows[row].span.start {
            row -= 1;
        }
        self.row_with_cell(row, offset).unwrap_or(row)
    }

    /// The row of a table that shows a byte, where one at or above `row` does: rows of cells side by side are not in the order
    /// of the text.
    fn row_with_cell(&self, row: usize, offset: usize) -> Option<usize> {
        /// So high a row of a table may be.
        const HIGHEST: usize = 32;
        let has_cells = |&at: &usize| self.rows.get(at).is_some_and(|row| row.pieces.0 < row.pieces.1);
        let is_in = |&at: &usize| self.pieces(&self.rows[at]).any(|piece| piece.span.contains(offset));
        (0..=row).rev().take(HIGHEST).take_while(has_cells).find(is_in)
    }

    /// The column in which the byte at `offset` stands in row `row`, in cells; the first of its words where it does not.
    pub fn column_of(&self, text: &str, row: usize, offset: usize) -> usize {
        let Some(row) = self.rows.get(row) else { return 0 };
        let piece = self.pieces(row).find(|piece| piece.span.start <= offset && offset <= piece.span.end);
        piece.or_else(|| self.pieces(row).next()).map_or(0, |piece| {
            piece.column + cells(Span::new(piece.span.start, offset.clamp(piece.span.start, piece.span.end)).of(text))
        })
    }

    /// The byte of `text` (the body's) that is shown in row `row` at `column`, in cells; nothing beyond the words. Lines of
    /// preformatted text are moved by `shift` cells to the left.
    pub fn offset_at(&self, text: &str, row: usize, column: usize, shift: usize) -> Option<usize> {
        let row = self.rows.get(row)?;
        let shift = if row.kind.is_verbatim() { shift } else { 0 };
        self.pieces(row).find_map(|piece| {
            let inside = column.checked_sub(piece.column)? + shift;
            let before = head(piece.span.of(text), inside).len();
            (piece.span.start + before < piece.span.end).then_some(piece.span.start + before)
        })
    }

    /// The offset of the first byte of row `row`; that of the last row, for one past the end.
    pub fn offset_of(&self, row: usize) -> usize {
        self.rows.get(row).or(self.rows.last()).map_or(0, |row| row.span.start)
    }
}

#[cfg(test)]
mod tests;
