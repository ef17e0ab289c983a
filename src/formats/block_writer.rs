//! Writes [`Blocks`] from pieces of text that know nothing of each other.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use super::blocks::{Blocks, DASHES, Marks};
use crate::article::{InlineStyle, Link, ParagraphKind, Picture, Shape, StyleKind};
use crate::text::{Span, clean, clean_line, lowered, raised};

/// The longest address of a link that is kept, in bytes.
const LONGEST_ADDRESS: usize = 4 << 10;

/// How many styles within one another are kept.
const MOST_STYLES: usize = 12;

/// Writes [`Blocks`]: runs of blanks become one, and what is not text begins and ends paragraphs, links, styles and cells.
#[derive(Debug, Default)]
pub struct BlockWriter {
    blocks: Blocks,
    /// The paragraph that is being written, and what stands in it.
    line: String,
    marks: Marks,
    /// What it is and how it is set, if it has begun.
    begun: Option<(ParagraphKind, Shape)>,
    /// How the next one is set.
    next: Shape,
    /// Whether a blank is due before the next word.
    blank: bool,
    /// Whether a line ended just now.
    broken: bool,
    /// Where the open link begins, and where it leads.
    link: Option<(usize, String)>,
    /// The styles that are open, and where they begin.
    styles: Vec<(StyleKind, usize)>,
    /// Where the open cell begins.
    cell: Option<usize>,
    /// The pictures in the paragraph: they stand below it.
    pictures: Vec<Picture>,
}

impl BlockWriter {
    /// How the paragraph is set that begins next. Once it has begun, all but its nesting is as usual again.
    pub fn shape(&mut self) -> &mut Shape {
        &mut self.next
    }

    /// Adds words to the paragraph, of this kind when they begin it.
    pub fn text(&mut self, kind: ParagraphKind, raw: &str) {
        let cleaned = clean(raw);
        for (i, word) in cleaned.split(|c: char| c.is_whitespace()).enumerate() {
            self.blank |= i > 0;
            if word.is_empty() {
                continue;
            }
            self.begin(kind);
            self.broken = false;
            self.write_blank();
            if word.starts_with(|c: char| c.is_ascii_digit()) {
                self.lower();
            }
            self.line.push_str(word);
        }
    }

    /// Adds a piece of a line of preformatted text.
    pub fn verbatim(&mut self, raw: &str) {
        let cleaned = clean(raw);
        if !cleaned.is_empty() {
            self.begin(ParagraphKind::Preformatted);
            self.line.extend(cleaned.chars().map(|c| if c == '\n' { ' ' } else { c }));
        }
    }

    /// Ends a line of preformatted text; one of blanks only stands above the next.
    pub fn end_verbatim_line(&mut self) {
        if !self.line.trim().is_empty() {
            return self.end();
        }
        let blanks = self.begun.map_or(self.next, |(_, shape)| shape);
        self.clear();
        let blank_lines = if blanks.begins { 0 } else { blanks.blank_lines.saturating_add(1) };
        self.next = Shape { blank_lines, ..blanks };
    }

    fn begin(&mut self, kind: ParagraphKind) {
        if self.begun.is_none() {
            self.begun = Some((kind, self.next));
            self.next = Shape { nesting: self.next.nesting, ..Shape::default() };
        }
    }

    /// Ends the paragraph, if one has begun. A link that is open goes on in the next; so do styles.
    pub fn end(&mut self) {
        let reopened = self.link.as_ref().map(|(_, url)| url.clone());
        self.close_link();
        // The inner ones first: a superscript may become other letters.
        for at in (0..self.styles.len()).rev() {
            let (kind, start) = self.styles[at];
            self.add_style(kind, start);
        }
        let Some((kind, shape)) = self.begun else {
            self.place_pictures();
            return self.reopen(reopened);
        };
        // What is harmless in pieces may not be once they are together: a tower of accents.
        let whole =
            if kind == ParagraphKind::Preformatted { clean(&self.line).into_owned() } else { clean_line(&self.line) };
        let marks = if whole.trim_end() == self.line.trim_end() { in_order(&mut self.marks) } else { Marks::default() };
        self.blocks.push_marked(kind, shape, &whole, marks);
        self.place_pictures();
        self.reopen(reopened);
    }

    /// Adds a picture, if it is one: here, or below the paragraph that has begun.
    pub fn picture(&mut self, picture: Option<Picture>) {
        self.pictures.extend(picture);
        if self.begun.is_none() {
            self.place_pictures();
        }
    }

    fn place_pictures(&mut self) {
        for picture in self.pictures.drain(..) {
            self.blocks.push_picture(picture);
        }
    }

    fn reopen(&mut self, link: Option<String>) {
        self.clear();
        self.link = link.map(|url| (0, url));
    }

    /// Forgets the paragraph; what is open begins at the start of the next.
    fn clear(&mut self) {
        self.line.clear();
        (self.marks, self.begun, self.cell) = (Marks::default(), None, None);
        (self.blank, self.broken) = (false, false);
        self.link = self.link.take().map(|(_, url)| (0, url));
        self.styles.iter_mut().for_each(|(_, start)| *start = 0);
    }

    /// Ends the paragraph, and adds others that are whole.
    pub fn append(&mut self, blocks: Blocks) {
        self.end();
        self.blocks.append(blocks);
    }

    /// Changes what the paragraph is, if one has begun: what was a row is none.
    pub fn set_kind(&mut self, kind: ParagraphKind) {
        if let Some((_, shape)) = self.begun {
            self.begun = Some((kind, Shape { begins: false, ..shape }));
            self.marks.cells.clear();
            self.cell = None;
        }
    }

    /// The row that has begun names the columns of its table.
    pub const fn set_header(&mut self) {
        if let Some((_, shape)) = &mut self.begun {
            shape.is_header = true;
        }
    }

    /// A line ends here, perhaps not the paragraph.
    pub fn break_line(&mut self, kind: ParagraphKind) {
        self.text(kind, " ");
        self.broken = true;
    }

    /// Whether the last thing that was written is the end of a line.
    pub fn ends_in_break(&self) -> bool {
        self.broken
    }

    /// Takes a dash off that the paragraph ends in; returns whether there was one.
    pub fn take_dash(&mut self) -> bool {
        let rest = self.line.strip_suffix(DASHES).map(|rest| rest.trim_end().len());
        let rest =
            rest.filter(|&rest| self.link.is_none() && self.marks.links.iter().all(|link| link.span.end <= rest));
        if let Some(rest) = rest {
            self.line.truncate(rest);
            for style in &mut self.marks.styles {
                style.span = Span::new(style.span.start, style.span.end.min(rest));
            }
            self.marks.styles.retain(|style| !style.span.is_empty());
            self.styles.iter_mut().for_each(|(_, start)| *start = (*start).min(rest));
        }
        rest.is_some()
    }

    /// What of the paragraph has been written.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// From here on words lead to `url`. Only addresses of the web and of mail lead anywhere.
    pub fn open_link(&mut self, url: &str) {
        self.close_link();
        let is_safe = ["http://", "https://", "mailto:"].iter().any(|scheme| url.starts_with(scheme));
        if is_safe && url.len() <= LONGEST_ADDRESS && clean(url) == url {
            self.write_blank();
            self.link = Some((self.line.len(), url.to_owned()));
        }
    }

    /// The open link, if any, ends here.
    pub fn close_link(&mut self) {
        if let Some((start, url)) = self.link.take().filter(|(start, _)| *start < self.line.len()) {
            self.marks.links.push(Link { span: Span::new(start, self.line.len()), url });
        }
    }

    /// From here on words are told apart.
    pub fn open_style(&mut self, kind: StyleKind) {
        if self.styles.len() < MOST_STYLES {
            // A blank that is due stands before them.
            let start = self.line.len() + usize::from(self.blank && !self.line.is_empty() && !self.line.ends_with(' '));
            self.styles.push((kind, start));
        }
    }

    /// The innermost open style of this kind, if any, ends here.
    pub fn close_style(&mut self, kind: StyleKind) {
        if let Some(at) = self.styles.iter().rposition(|(open, _)| *open == kind) {
            let (kind, start) = self.styles.remove(at);
            self.add_style(kind, start);
        }
    }

    /// All open styles end here.
    pub fn close_styles(&mut self) {
        while let Some((kind, start)) = self.styles.pop() {
            self.add_style(kind, start);
        }
    }

    fn add_style(&mut self, kind: StyleKind, start: usize) {
        let end = self.line.trim_end().len();
        let blanks = self.line.get(start..end).map_or(0, |words| words.len() - words.trim_start().len());
        let span = Span::new(start + blanks, end);
        if span.is_empty() || kind == StyleKind::Superscript && self.raise(span) {
            return;
        }
        // "10" and "6.5" would be another number where they touch.
        let is_power = kind == StyleKind::Superscript && is_power(&self.line[..span.start], span.of(&self.line));
        let is_marked = is_power && self.replace(Span::new(span.start, span.start), "^");
        let span = if is_marked { Span::new(span.start + 1, span.end + 1) } else { span };
        self.marks.styles.push(InlineStyle { span, kind });
        if kind == StyleKind::Subscript && self.line[..span.start].ends_with(|c: char| c.is_numeric()) {
            self.lower();
        }
    }

    /// Writes a superscript that ends here in raised letters, so that "10" and "9" stay 10⁹ wherever the text goes; returns
    /// whether it could.
    fn raise(&mut self, span: Span) -> bool {
        raised(span.of(&self.line)).is_some_and(|letters| self.replace(span, &letters))
    }

    /// Writes a subscript that ends here in lowered letters, where a number follows: "log" with 10 and then 5 is not log105.
    fn lower(&mut self) {
        let last = self.marks.styles.last().copied();
        let ending = last.filter(|style| style.kind == StyleKind::Subscript && style.span.end == self.line.len());
        let Some(InlineStyle { span, .. }) = ending else { return };
        if lowered(span.of(&self.line)).is_some_and(|letters| self.replace(span, &letters)) {
            self.marks.styles.pop();
        }
    }

    /// Replaces what stands here; returns false, and does nothing, where a link, a style or a cell begins or ends inside of it.
    fn replace(&mut self, span: Span, by: &str) -> bool {
        let Marks { links, styles, cells } = &mut self.marks;
        let closed = links.iter_mut().map(|link| &mut link.span);
        let closed = closed.chain(styles.iter_mut().map(|style| &mut style.span)).chain(cells);
        let open = self.styles.iter_mut().map(|(_, start)| start);
        let open = open.chain(self.link.as_mut().map(|(start, _)| start)).chain(&mut self.cell);
        let (mut closed, mut open): (Vec<&mut Span>, Vec<&mut usize>) = (closed.collect(), open.collect());
        let is_inside = |at: usize| span.start < at && at < span.end;
        if closed.iter().any(|mark| is_inside(mark.start) || is_inside(mark.end))
            || open.iter().any(|at| is_inside(**at))
        {
            return false;
        }
        let moved = |at: usize| at + by.len() - span.len();
        for mark in &mut closed {
            let start = if mark.start >= span.end { moved(mark.start) } else { mark.start };
            let end = if mark.end >= span.end && mark.end > span.start { moved(mark.end) } else { mark.end };
            **mark = Span::new(start, end);
        }
        open.iter_mut().filter(|at| ***at >= span.end).for_each(|at| **at = moved(**at));
        self.line.replace_range(span.start..span.end, by);
        true
    }

    /// A cell of the row begins here.
    pub fn open_cell(&mut self) {
        self.close_cell();
        self.write_blank();
        self.cell = Some(self.line.len());
    }

    /// The open cell, if any, ends here.
    pub fn close_cell(&mut self) {
        if let Some(start) = self.cell.take() {
            self.marks.cells.push(Span::new(start, self.line.trim_end().len().max(start)));
        }
    }

    /// A cell of the row without any words.
    pub fn empty_cell(&mut self) {
        self.close_cell();
        let at = self.line.trim_end().len();
        self.marks.cells.push(Span::new(at, at));
    }

    /// All that was written.
    pub fn finish(mut self) -> Blocks {
        self.end();
        self.blocks
    }

    fn write_blank(&mut self) {
        if std::mem::take(&mut self.blank) && !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
            // A link that has not begun to be written begins after the blank.
            let end = self.line.len();
            if let Some((start, _)) = self.link.as_mut().filter(|(start, _)| *start + 1 == end) {
                *start = end;
            }
        }
    }
}

/// Whether what is raised behind these words is a power of the number or the letter that they end in, or may be taken for more
/// of its digits; what makes an ordinal number or a mark of trade is none.
fn is_power(before: &str, raised: &str) -> bool {
    const ENDINGS: [&str; 19] = [
        "st", "nd", "rd", "th", "e", "er", "re", "ème", "eme", "o", "a", "os", "as", "de", "ste", "ten", "tm", "sm",
        "r",
    ];
    let base = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let begins = raised.trim_start_matches(['+', '-', '−', '–']);
    let is_number = base.ends_with(char::is_numeric) || before.ends_with(')');
    let is_letter = base.chars().count() == 1 && base.ends_with(|c: char| c.is_ascii_lowercase());
    let is_ending = ENDINGS.contains(&&*raised.to_lowercase());
    let may_join = begins.starts_with(|c: char| c.is_alphanumeric() || c == '√');
    let touches = begins.starts_with(char::is_numeric) && !base.is_empty();
    may_join && !is_ending && (is_number || is_letter || touches)
}

/// What stands in a paragraph that is whole, in order; styles of a kind that touch each other are one.
fn in_order(marks: &mut Marks) -> Marks {
    let mut marks = std::mem::take(marks);
    if marks.styles.len() > 1 {
        marks.styles.sort_by_key(|style| (style.span.start, Reverse(style.span.end), style.kind as u8));
        let mut last = [None; StyleKind::ALL.len()];
        let mut joined: Vec<InlineStyle> = Vec::with_capacity(marks.styles.len());
        for style in marks.styles {
            let last = &mut last[style.kind as usize];
            let open = last.and_then(|at: usize| joined.get_mut(at));
            if let Some(open) = open.filter(|open| style.span.start <= open.span.end) {
                open.span = open.span.hull(style.span);
            } else {
                *last = Some(joined.len());
                joined.push(style);
            }
        }
        // What was joined may be longer than what starts where it does.
        joined.sort_by_key(|style| (style.span.start, Reverse(style.span.end), style.kind as u8));
        marks.styles = joined;
    }
    marks
}
