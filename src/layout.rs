//! A body laid out to a width: rows, and which bytes stand in which row.
//!
//! From a [`Body`] and a width in cells to rows that know their byte spans. The words come from textwrap, and its optimal-fit
//! algorithm joins them, but their widths are our own: a row is as wide as its grapheme clusters are drawn. Paragraphs over
//! 32 KiB are filled greedily.
//! It never knows of colour, of what is highlighted, or of the terminal.

use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::article::{Article, Body, ParagraphKind};
use crate::text::{Span, cells, head};

/// Paragraphs longer than this many bytes are filled greedily: in a text that long the better breaks do not
/// show, and a line of 10 MB must not delay a frame.
const LONGEST_OPTIMAL: usize = 1 << 15;

/// The narrowest column there is: a wide character fits.
pub const NARROWEST_COLUMN: usize = 2;

/// What makes rows uneven, as textwrap has it; but no row is ever too wide, however empty the one before it stays.
const PENALTIES: Penalties = Penalties { overflow_penalty: 1 << 24, ..Penalties::new() };

/// The widest column that is comfortable to read, in cells; typographers name 45 to 75 characters.
pub const WIDEST_COLUMN: usize = 72;

/// Of so many enclosures of an article each has a row.
pub const MOST_ENCLOSURES: usize = 5;

/// A body laid out to a width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextLayout {
    width: usize,
    rows: Vec<TextRow>,
}

/// One row of a [`TextLayout`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextRow {
    /// The bytes that it shows, blanks at its end left out; empty at the end of the text before it, for a row that
    /// shows no words of the body.
    pub span: Span,
    /// What it shows.
    pub kind: RowKind,
}

/// What a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Words of a paragraph of this kind.
    Words(ParagraphKind),
    /// Date, source and the like, below the headline.
    Imprint,
    /// Nothing: the space between paragraphs.
    Gap,
    /// What comes with the article, below its text: the one with this number.
    Enclosure(usize),
}

impl TextLayout {
    /// Lays `body` out in rows of at most `width` cells, or [`NARROWEST_COLUMN`] where that is less.
    ///
    /// Words of one row stand there as in the text; only the blanks at which a row was broken are not shown. Lines
    /// are broken where Unicode (UAX 14) allows it, so that the rows of a paragraph are as even as they can be
    /// (Knuth and Plass, 1981); addresses are kept whole where they fit.
    pub fn lay_out(body: &Body, width: usize) -> Self {
        let width = width.max(NARROWEST_COLUMN);
        let mut rows = Vec::new();
        let mut previous: Option<(usize, ParagraphKind)> = None;
        for paragraph in body.paragraphs() {
            let gap = |at| TextRow { span: Span::new(at, at), kind: RowKind::Gap };
            if let Some((end, kind)) = previous {
                if kind.is_headline() {
                    rows.push(TextRow { span: Span::new(end, end), kind: RowKind::Imprint });
                }
                if !stands_close(kind, paragraph.kind) {
                    rows.push(gap(end));
                }
            }
            let kind = RowKind::Words(paragraph.kind);
            let wrapped = wrap(body.words(paragraph.span), width);
            rows.extend(wrapped.into_iter().map(|span| TextRow { span: span.shifted(paragraph.span.start), kind }));
            previous = Some((paragraph.span.end, paragraph.kind));
        }
        if let [only] = body.paragraphs() {
            rows.push(TextRow { span: Span::new(only.span.end, only.span.end), kind: RowKind::Imprint });
        }
        Self { width, rows }
    }

    /// Lays an article out: its body, and below it a row for each of what comes with it; of many for the first, and one for the
    /// rest.
    pub fn of_article(article: &Article, width: usize) -> Self {
        let mut layout = Self::lay_out(&article.body, width);
        let end = article.body.text().len();
        let row = |kind| TextRow { span: Span::new(end, end), kind };
        if !article.enclosures.is_empty() {
            layout.rows.push(row(RowKind::Gap));
            layout.rows.extend(
                (0..article.enclosures.len().min(MOST_ENCLOSURES + 1)).map(|number| row(RowKind::Enclosure(number))),
            );
        }
        layout
    }

    /// The width it was laid out to, in cells.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The rows from top to bottom.
    pub fn rows(&self) -> &[TextRow] {
        &self.rows
    }

    /// Which row shows the byte at `offset`: the last that starts there or before. The line end between two
    /// paragraphs is shown by the first row between them that has no words.
    pub fn row_at(&self, offset: usize) -> usize {
        let mut row = self.rows.partition_point(|row| row.span.start <= offset).saturating_sub(1);
        while row > 0 && self.rows[row - 1].span.start == self.rows[row].span.start {
            row -= 1;
        }
        row
    }

    /// The byte of `text` (the body's) that is shown in row `row` at `column`, in cells; nothing beyond the words.
    pub fn offset_at(&self, text: &str, row: usize, column: usize) -> Option<usize> {
        let span = self.rows.get(row)?.span;
        let before = head(span.of(text), column).len();
        (span.start + before < span.end).then_some(span.start + before)
    }

    /// The offset of the first byte of row `row`; that of the last row, for one past the end.
    pub fn offset_of(&self, row: usize) -> usize {
        self.rows.get(row).or(self.rows.last()).map_or(0, |row| row.span.start)
    }
}

/// Whether no space separates two paragraphs of these kinds.
fn stands_close(before: ParagraphKind, after: ParagraphKind) -> bool {
    use ParagraphKind::{ListItem, TableRow};
    matches!((before, after), (ListItem, ListItem) | (TableRow, TableRow))
}

/// Breaks one line of text into rows of at most `width` cells; returns their spans, in bytes of `line`. An empty
/// text is one empty row. Only a single character wider than `width` makes a row wider.
pub fn wrap(line: &str, width: usize) -> Vec<Span> {
    let words = words(line, width.max(1));
    let widths = [width.max(1) as f64];
    let lines = if line.len() <= LONGEST_OPTIMAL {
        wrap_optimal_fit(&words, &widths, &PENALTIES).unwrap_or_else(|_| wrap_first_fit(&words, &widths))
    } else {
        wrap_first_fit(&words, &widths)
    };
    lines
        .into_iter()
        .map(|words| match (words.first(), words.last()) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        })
        .collect()
}

/// A piece of text at whose end a line may be broken.
#[derive(Debug, Clone, Copy)]
struct Word {
    span: Span,
    width: usize,
    blanks: usize,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        self.width as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.blanks as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Cuts a line at the places where it may be broken; what is wider than `width` is cut between characters.
fn words(line: &str, width: usize) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(line.len() / 6 + 1);
    let mut start = 0;
    let mut address = false;
    for piece in WordSeparator::UnicodeBreakProperties.find_words(line) {
        let word = Word {
            span: Span::new(start, start + piece.word.len()),
            width: cells(piece.word),
            blanks: piece.whitespace.len(),
        };
        start = word.span.end + piece.whitespace.len();
        match words.last_mut() {
            // UAX 14 breaks addresses at every slash; they are easier to read, and to select, in one piece.
            Some(last) if address && last.blanks == 0 && last.width + word.width <= width => {
                last.span.end = word.span.end;
                last.width += word.width;
                last.blanks = word.blanks;
            }
            _ => {
                address = is_address(piece.word);
                push_fitting(&mut words, line, word, width);
            }
        }
    }
    words
}

fn is_address(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    ["http:", "https:", "www."].iter().any(|start| word.starts_with(start))
}

/// Adds a word, in pieces where it is wider than a row.
fn push_fitting(words: &mut Vec<Word>, line: &str, word: Word, width: usize) {
    if word.width <= width {
        words.push(word);
        return;
    }
    let mut piece = Word { span: Span::new(word.span.start, word.span.start), width: 0, blanks: 0 };
    for (offset, grapheme) in word.span.of(line).grapheme_indices(true) {
        let at = word.span.start + offset;
        let taken = grapheme.width();
        if piece.width + taken > width && !piece.span.is_empty() {
            words.push(piece);
            piece = Word { span: Span::new(at, at), width: 0, blanks: 0 };
        }
        piece.span.end = at + grapheme.len();
        piece.width += taken;
    }
    words.push(Word { blanks: word.blanks, ..piece });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BodyBuilder;

    fn wrapped(line: &str, width: usize) -> Vec<&str> {
        wrap(line, width).into_iter().map(|span| span.of(line)).collect()
    }

    #[test]
    fn rows_are_even_rather_than_full() {
        assert_eq!(
            wrapped("To be, or not to be: that is the question", 10),
            ["To be,", "or not to", "be: that", "is the", "question"]
        );
    }

    #[test]
    fn long_words_are_cut_between_clusters() {
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(wrapped("林美玲林", 5), ["林美", "玲林"]);
        assert_eq!(wrapped("", 5), [""]);
    }

    #[test]
    fn rows_are_never_too_wide_for_evenness() {
        let long = "n".repeat(71);
        assert_eq!(wrapped(&format!("a {long}"), 72), ["a", &long]);
    }

    #[test]
    fn addresses_stay_whole_where_they_fit() {
        assert_eq!(wrapped("see http://example.com/a-b?c=d now", 24), ["see", "http://example.com/a-b?", "c=d now"]);
        assert_eq!(wrapped("see http://example.com/a-b now", 24), ["see", "http://example.com/a-b", "now"]);
    }

    #[test]
    fn layout_has_an_imprint_and_gaps() {
        let mut builder = BodyBuilder::new("Bridge closed");
        builder.push(ParagraphKind::Prose, "First paragraph here.").push(ParagraphKind::Prose, "Second.");
        let body = builder.build();
        let layout = TextLayout::lay_out(&body, 12);
        let kinds: Vec<_> = layout.rows().iter().map(|row| (body.words(row.span), row.kind)).collect();
        let prose = RowKind::Words(ParagraphKind::Prose);
        assert_eq!(
            kinds,
            [
                ("Bridge", RowKind::Words(ParagraphKind::Headline)),
                ("closed", RowKind::Words(ParagraphKind::Headline)),
                ("", RowKind::Imprint),
                ("", RowKind::Gap),
                ("First", prose),
                ("paragraph", prose),
                ("here.", prose),
                ("", RowKind::Gap),
                ("Second.", prose),
            ]
        );
        for (at, row) in layout.rows().iter().enumerate().filter(|(_, row)| !row.span.is_empty()) {
            assert_eq!(layout.row_at(row.span.start), at);
            assert_eq!(layout.row_at(row.span.end - 1), at);
        }
        assert_eq!(layout.row_at(13), 2, "a line end belongs to the space between");
        assert_eq!(layout.offset_at(body.text(), 4, 2), Some(16));
        assert_eq!(layout.offset_at(body.text(), 4, 5), None);
        assert_eq!(layout.row_at(999), 8);
    }
}
