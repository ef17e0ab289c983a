//! Writes the rows of a layout, paragraph by paragraph.

use super::leads::{LeadWriter, ParagraphLeads};
use super::tables::{self, BETWEEN, Column};
use super::wrap::wrap;
use super::{NARROWEST_COLUMN, Piece, RowKind, TextLayout, TextRow, picture_lines};
use crate::article::{Body, Container, Paragraph, ParagraphKind};
use crate::text::{Span, cells, shorten};

/// How far the words of a cell stand in that go on in a second row.
const HANGING: usize = 2;

/// Writes the rows of a body.
pub struct RowWriter<'b> {
    body: &'b Body,
    layout: TextLayout,
    leads: LeadWriter,
    previous: Option<&'b Paragraph>,
}

impl<'b> RowWriter<'b> {
    pub fn new(body: &'b Body, width: usize) -> Self {
        let layout = TextLayout { width, ..TextLayout::default() };
        Self { body, layout, leads: LeadWriter::new(width), previous: None }
    }

    /// The whole layout.
    pub fn write(mut self) -> TextLayout {
        let paragraphs = self.body.paragraphs();
        let mut at = 0;
        while let Some(paragraph) = paragraphs.get(at) {
            self.space(paragraph);
            self.pictures(at, Some(paragraph));
            let leads = self.leads.of(&paragraphs[at..]);
            let count = match paragraph.kind {
                ParagraphKind::TableRow => self.table(&paragraphs[at..], leads),
                _ => self.paragraph(paragraph, leads),
            };
            at += count;
            self.previous = paragraphs.get(at - 1);
        }
        if let [only] = paragraphs {
            self.row(Span::new(only.span.end, only.span.end), RowKind::Imprint, 0);
        }
        self.pictures(paragraphs.len(), None);
        self.layout.leads = self.leads.finish();
        self.layout
    }

    fn row(&mut self, span: Span, kind: RowKind, lead: u32) {
        self.layout.rows.push(TextRow { span, kind, lead, pieces: (0, 0) });
    }

    /// What stands between a paragraph and the one before.
    fn space(&mut self, next: &Paragraph) {
        let Some(previous) = self.previous else { return };
        let span = Span::new(previous.span.end, previous.span.end);
        if previous.kind.is_headline() {
            self.row(span, RowKind::Imprint, 0);
        }
        let lead = self.leads.between(previous.shape.nesting.shared(next.shape.nesting));
        if next.shape.rule_above && !previous.kind.is_headline() {
            self.row(span, RowKind::Gap, lead);
            self.row(span, RowKind::Rule(self.layout.width), 0);
            return self.row(span, RowKind::Gap, lead);
        }
        for _ in 0..gaps(previous, next) {
            self.row(span, RowKind::Gap, lead);
        }
    }

    /// What is said in place of the pictures that stand before a paragraph, or at the end.
    fn pictures(&mut self, before: usize, next: Option<&Paragraph>) {
        let first = self.body.pictures().partition_point(|picture| picture.before < before);
        let pictures = self.body.pictures_before(before);
        let end = self.previous.map_or(0, |previous| previous.span.end);
        let at = Span::new(end, end);
        for (number, picture) in (first..).zip(pictures) {
            if self.layout.rows.last().is_some_and(|row| row.kind != RowKind::Gap) {
                self.row(at, RowKind::Gap, 0);
            }
            for line in 0..picture_lines(picture, self.layout.width).len() {
                self.row(at, RowKind::Picture { number, line }, 0);
            }
        }
        let is_captioned = next.is_some_and(|next| next.kind == ParagraphKind::Caption);
        if !pictures.is_empty() && next.is_some() && !is_captioned {
            self.row(at, RowKind::Gap, 0);
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, leads: ParagraphLeads) -> usize {
        let kind = RowKind::Words(paragraph.kind);
        let words = self.body.words(paragraph.span);
        if kind.is_verbatim() {
            self.layout.widest = self.layout.widest.max(leads.width + cells(words));
            self.row(paragraph.span, kind, leads.first);
        } else {
            let width = self.layout.width.saturating_sub(leads.width).max(NARROWEST_COLUMN);
            let mut lead = leads.first;
            for span in wrap(words, width) {
                self.row(span.shifted(paragraph.span.start), kind, lead);
                lead = leads.rest;
            }
        }
        1
    }

    /// Lays out the table that begins with these paragraphs; returns how many are in it.
    fn table(&mut self, paragraphs: &'b [Paragraph], leads: ParagraphLeads) -> usize {
        let is_of_it = |row: &&Paragraph| {
            row.kind == ParagraphKind::TableRow
                && !row.shape.begins
                && !row.shape.rule_above
                && row.shape.nesting == paragraphs[0].shape.nesting
                && !self.body.cells(row).is_empty()
        };
        if self.body.cells(&paragraphs[0]).is_empty() {
            return self.paragraph(&paragraphs[0], leads);
        }
        let count = 1 + paragraphs[1..].iter().take_while(is_of_it).count();
        let rows = &paragraphs[..count];
        let room = self.layout.width.saturating_sub(leads.width);
        if let Some(columns) = tables::columns(self.body, rows, room) {
            for (at, row) in rows.iter().enumerate() {
                self.aligned(row, &columns, leads);
                if row.shape.is_header && rows.get(at + 1).is_some_and(|next| !next.shape.is_header) {
                    let widths: usize = columns.iter().map(|column| column.width).sum();
                    let width = widths + BETWEEN * columns.len().saturating_sub(1);
                    self.row(Span::new(row.span.end, row.span.end), RowKind::Rule(width), leads.rest);
                }
            }
        } else {
            self.stacked(rows, leads);
        }
        count
    }

    /// The rows of a row of a table whose cells stand side by side.
    fn aligned(&mut self, row: &Paragraph, columns: &[Column], leads: ParagraphLeads) {
        let wrapped = |(cell, column): (&Span, &Column)| {
            let width = column.width.max(NARROWEST_COLUMN);
            let lines = wrap(self.body.words(*cell), width).into_iter().map(|line| line.shifted(cell.start));
            lines.collect::<Vec<_>>()
        };
        let all: Vec<Vec<Span>> = self.body.cells(row).iter().zip(columns).map(wrapped).collect();
        let height = all.iter().map(Vec::len).max().unwrap_or_default();
        for line in 0..height {
            let first = self.layout.pieces.len();
            let mut left = leads.width;
            for (lines, column) in all.iter().zip(columns) {
                if let Some(&span) = lines.get(line).filter(|span| !span.is_empty()) {
                    let blank = column.width.saturating_sub(cells(self.body.words(span)));
                    let indent = if column.is_numeric { blank } else { 0 };
                    self.layout.pieces.push(Piece { column: left + indent, span });
                }
                left += column.width + BETWEEN;
            }
            let pieces = (first as u32, self.layout.pieces.len() as u32);
            let Some(leftmost) = self.layout.pieces.get(first) else { continue };
            let (span, kind) = (leftmost.span, RowKind::Words(ParagraphKind::TableRow));
            self.layout.rows.push(TextRow { span, kind, lead: leads.rest, pieces });
        }
    }

    /// The rows of a table whose cells stand below each other, each behind the name of its column.
    fn stacked(&mut self, rows: &[Paragraph], leads: ParagraphLeads) {
        let width = self.layout.width.saturating_sub(leads.width).max(NARROWEST_COLUMN);
        let before = self.leads.text(leads.rest).to_owned();
        let mut names: Vec<String> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                let end = rows[at - 1].span.end;
                self.row(Span::new(end, end), RowKind::Gap, leads.rest);
            }
            if row.shape.is_header {
                let name = |cell: &Span| self.body.words(*cell).to_owned();
                names = self.body.cells(row).iter().map(name).collect();
                self.paragraph(row, leads);
                continue;
            }
            for (column, cell) in self.body.cells(row).iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let name = names.get(column).filter(|name| !name.is_empty());
                let name = name.map_or_else(String::new, |name| shorten(name, width / 2) + ": ");
                self.cell(*cell, &before, &name, width);
            }
        }
    }

    /// A cell behind the name of its column.
    fn cell(&mut self, cell: Span, before: &str, name: &str, width: usize) {
        let words = self.body.words(cell);
        let kind = RowKind::Words(ParagraphKind::TableRow);
        let first = self.leads.number(format!("{before}{name}"));
        let hanging = HANGING.min(width / 4);
        let rest = self.leads.number(format!("{before}{}", " ".repeat(hanging)));
        let narrow = (width - hanging).max(NARROWEST_COLUMN);
        // The first row has what fits behind the name; the others stand in a little.
        let room = width.saturating_sub(cells(name));
        let begun =
            wrap(words, room.max(NARROWEST_COLUMN)).first().copied().filter(|span| cells(span.of(words)) <= room);
        let begun = begun.filter(|span| span.end == words.len() || cells(span.of(words)) * 2 >= room);
        let start = begun.map_or(0, |span| span.end + blanks_at(&words[span.end..]));
        // The words begin in the row below the name.
        let above = self.layout.rows.last().map_or(cell.start, |row| row.span.end);
        let at = begun.map_or(Span::new(above, above), |span| span.shifted(cell.start));
        self.row(at, kind, first);
        if start < words.len() {
            for span in wrap(&words[start..], narrow) {
                self.row(span.shifted(cell.start + start), kind, rest);
            }
        }
    }
}

fn blanks_at(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// How many empty rows separate two paragraphs.
fn gaps(previous: &Paragraph, next: &Paragraph) -> usize {
    use ParagraphKind::{BlockQuotation, Caption, Citation, Definition, Heading, Preformatted, TableRow, Term};
    let is_set = |paragraph: &Paragraph| paragraph.shape.nesting.lists() > 0;
    match (previous.kind, next.kind) {
        (Preformatted, Preformatted) if !next.shape.begins => next.shape.blank_lines.into(),
        (TableRow, TableRow) => usize::from(next.shape.begins),
        (Caption, TableRow) | (Term | Definition, Definition) | (Definition, Term) => 0,
        (BlockQuotation, Citation) if next.shape.nesting.quotations() > 0 => 0,
        _ if is_item(previous) && is_item(next) => {
            // What goes on in an item stands apart, and so does the item behind it.
            let goes_on = |paragraph: &Paragraph| is_set(paragraph) && paragraph.shape.marker.is_none();
            usize::from(goes_on(next) || goes_on(previous))
        }
        (Heading, _) if previous.shape.level > 2 => 0,
        (kind, Heading) if matches!(next.shape.level, 1 | 2) && !kind.is_headline() && kind != Heading => 2,
        _ => 1,
    }
}

fn is_item(paragraph: &Paragraph) -> bool {
    let innermost = paragraph.shape.nesting.iter().next_back();
    match paragraph.kind {
        ParagraphKind::ListItem => innermost != Some(Container::Quotation),
        ParagraphKind::BlockQuotation => innermost == Some(Container::List),
        _ => false,
    }
}
