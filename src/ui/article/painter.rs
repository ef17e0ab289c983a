//! Paints the rows of an article: words with their styles, what is highlighted in them, the margin.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span as Piece};

use crate::app::{Find, HighlightMode, Reader};
use crate::article::{InlineStyle, Link, Paragraph, ParagraphKind, StyleKind};
use crate::layout::{RowKind, TextRow};
use crate::quotes::{Certainty, Quotation, SpeakerId};
use crate::text::{self, Span, cells, head};
use crate::ui::Theme;
use crate::ui::pieces::{inset, put};
use crate::ui::signs::verbatim;

/// The sign beside a quotation that the user keeps.
const KEPT: &str = "▪";

/// Where a line of preformatted text goes on to the left and to the right.
const MORE_LEFT: &str = "‹";
const MORE_RIGHT: &str = "›";

/// Draws the rows of an article.
pub struct Painter<'a> {
    pub reader: &'a Reader,
    pub highlight: HighlightMode,
    /// Where quotations start that the user keeps.
    pub kept: Vec<usize>,
    /// Whether the article has the keys.
    pub is_focused: bool,
    /// The colour of each speaker.
    pub colours: Vec<usize>,
    /// How wide a line of preformatted text may be, in cells.
    pub room: usize,
    pub theme: &'a Theme,
}

/// What stands in words and shows.
struct Inside<'a> {
    dateline: Span,
    /// Quotations with their styles.
    highlights: Vec<(Span, Style)>,
    found: &'a [Span],
    links: &'a [Link],
    styles: &'a [InlineStyle],
}

impl Inside<'_> {
    /// Where a style may change within `span`, both ends among it.
    fn cuts(&self, span: Span) -> Vec<usize> {
        let links = self.links.iter().map(|link| link.span);
        let styles = self.styles.iter().map(|style| style.span);
        let highlights = self.highlights.iter().map(|(quoted, _)| *quoted);
        let all = highlights.chain([self.dateline]).chain(self.found.iter().copied()).chain(links).chain(styles);
        let shared = all.map(|other| other.intersection(span)).filter(|shared| !shared.is_empty());
        let mut cuts = vec![span.start, span.end];
        cuts.extend(shared.flat_map(|shared| [shared.start, shared.end]));
        cuts.sort_unstable();
        cuts.dedup();
        cuts
    }
}

impl<'a> Painter<'a> {
    /// What stands before the words of a row: a bullet, a number, bars; or a rule.
    pub fn lead(&self, row: &TextRow, column: Rect, offset: isize, buffer: &mut Buffer) {
        let lead = self.reader.page.lead(row);
        if !lead.is_empty() {
            put(buffer, column, offset, Line::styled(lead, self.theme.dim));
        }
        if let RowKind::Rule(width) = row.kind {
            put(buffer, inset(column, cells(lead) as u16, 0), offset, Line::styled("─".repeat(width), self.theme.rule));
        }
    }

    /// The words of a row.
    pub fn words(&self, row: &TextRow, column: Rect, offset: isize, buffer: &mut Buffer) {
        if row.kind.is_verbatim() {
            return self.verbatim_line(row, column, offset, buffer);
        }
        for piece in self.reader.page.pieces(row) {
            let area = inset(column, piece.column as u16, 0);
            put(buffer, area, offset, self.styled(piece.span).into());
        }
    }

    /// A line of preformatted text: what of it fits, moved to the left, and a sign where it goes on.
    fn verbatim_line(&self, row: &TextRow, column: Rect, offset: isize, buffer: &mut Buffer) {
        let lead = cells(self.reader.page.lead(row));
        let words = row.span.of(self.reader.article.body.text());
        let room = self.room.saturating_sub(lead);
        let shift = self.reader.shift(self.room);
        let gone = head(words, shift);
        // A wide character that is half gone is not shown.
        let half = if cells(gone) < shift { words[gone.len()..].chars().next().map_or(0, char::len_utf8) } else { 0 };
        let shown = head(&words[gone.len() + half..], room);
        let start = row.span.start + gone.len() + half;
        let blanks = if half > 0 { (cells(&words[..gone.len() + half])).saturating_sub(shift) } else { 0 };
        let area = Rect { x: column.x + lead as u16, width: room as u16, ..column };
        let line = self.styled(Span::new(start, start + shown.len()));
        put(buffer, inset(area, blanks as u16, 0), offset, line.into());
        let sign = |sign, at: usize, buffer: &mut Buffer| {
            put(buffer, Rect { x: area.x + at as u16, width: 1, ..area }, offset, Line::styled(sign, self.theme.dim));
        };
        if !gone.trim().is_empty() {
            sign(MORE_LEFT, 0, buffer);
        }
        if start + shown.len() < row.span.end {
            sign(MORE_RIGHT, room.saturating_sub(1), buffer);
        }
    }

    /// Words, cut wherever the style changes.
    fn styled(&self, span: Span) -> Vec<Piece<'a>> {
        let body = &self.reader.article.body;
        let Some(paragraph) = body.paragraph_at(span.start).and_then(|at| body.paragraphs().get(at)) else {
            return Vec::new();
        };
        let highlights = self.quotations(span).filter_map(|(at, q)| Some((q.outer, self.style_of(at, q)?))).collect();
        let inside = Inside {
            dateline: paragraph.dateline,
            highlights,
            found: self.found(span),
            links: self.links(span),
            styles: body.styles_in(paragraph),
        };
        let piece = |pair: &[usize]| {
            let words = Span::new(pair[0], pair[1]).of(body.text());
            let mut here = inside.styles.iter().filter(|style| style.span.contains(pair[0]));
            let written = here.find_map(|style| match style.kind {
                StyleKind::Superscript => text::raised(words),
                StyleKind::Subscript => text::lowered(words),
                _ => None,
            });
            let written = written.map_or(words.into(), Cow::Owned);
            Piece::styled(written, verbatim(self.style_at(pair[0], paragraph, &inside)))
        };
        inside.cuts(span).windows(2).map(piece).collect()
    }

    /// The style of the word at a byte.
    fn style_at(&self, at: usize, paragraph: &Paragraph, inside: &Inside<'_>) -> Style {
        let mut style = self.style_of_paragraph(paragraph);
        for inline in inside.styles.iter().filter(|style| style.span.contains(at)) {
            style = style.patch(self.style_of_kind(inline.kind));
        }
        if inside.dateline.contains(at) {
            style = style.patch(self.theme.dim);
        }
        // The innermost of nested ones comes last.
        if let Some((_, highlight)) = inside.highlights.iter().rev().find(|(quoted, _)| quoted.contains(at)) {
            style = style.patch(*highlight);
        } else if inside.links.iter().any(|link| link.span.contains(at)) {
            style = style.patch(self.theme.link);
        }
        let here = self.reader.find.as_ref().and_then(Find::current);
        match inside.found.iter().find(|span| span.contains(at)) {
            Some(span) if Some(*span) == here => style.patch(self.theme.found_here),
            Some(_) => style.patch(self.theme.found),
            None => style,
        }
    }

    fn style_of_kind(&self, kind: StyleKind) -> Style {
        let with = |modifier| Style::new().add_modifier(modifier);
        match kind {
            StyleKind::Emphasis => with(Modifier::ITALIC),
            StyleKind::Strong => with(Modifier::BOLD),
            StyleKind::Code => self.theme.code,
            StyleKind::Superscript | StyleKind::Subscript => Style::new(),
            StyleKind::Deleted => with(Modifier::CROSSED_OUT),
        }
    }

    /// The quotations that may touch `span`, with their numbers among the findings: no quotation leaves its
    /// paragraph.
    pub(super) fn quotations(&self, span: Span) -> impl Iterator<Item = (usize, &'a Quotation)> {
        let (body, quotations) = (&self.reader.article.body, &self.reader.findings.quotations);
        let paragraph = body.paragraph_at(span.start).and_then(|at| body.paragraphs().get(at));
        let start = paragraph.map_or(span.start, |paragraph| paragraph.span.start);
        let first = quotations.partition_point(|q| q.outer.start < start);
        let end = span.end;
        (first..).zip(&quotations[first..]).take_while(move |(_, q)| q.outer.start < end)
    }

    /// The highlight of a quotation, if it has one.
    fn style_of(&self, at: usize, quotation: &Quotation) -> Option<Style> {
        let current = self.reader.is_current(at);
        if !quotation.is_spoken() || (self.highlight == HighlightMode::Off && !current) {
            return None;
        }
        let chosen = self.reader.only.is_none() || quotation.speaker == self.reader.only;
        if !chosen {
            return Some(self.theme.dim);
        }
        if quotation.is_reported() {
            return Some(self.style_of_reported(quotation, current));
        }
        let certainty = self.reader.certainty(at);
        let style = match quotation.speaker.filter(|_| self.highlight.has_colours()) {
            Some(speaker) => self.theme.spoken_by(self.colour(speaker), certainty),
            None => self.theme.trusted(self.theme.quotation, certainty),
        };
        Some(if current { self.theme.current(style, certainty) } else { style })
    }

    pub(super) fn colour(&self, speaker: SpeakerId) -> usize {
        self.colours.get(speaker.0).copied().unwrap_or_default()
    }

    fn style_of_paragraph(&self, paragraph: &Paragraph) -> Style {
        let headline = self.theme.headline;
        match paragraph.kind {
            ParagraphKind::Heading => match paragraph.shape.level {
                ..3 => headline,
                3 => headline.add_modifier(Modifier::ITALIC),
                _ => self.theme.text.add_modifier(Modifier::ITALIC),
            },
            ParagraphKind::Headline | ParagraphKind::Excerpt | ParagraphKind::Term => headline,
            ParagraphKind::TableRow if paragraph.shape.is_header => headline,
            ParagraphKind::Preformatted => self.theme.code,
            ParagraphKind::Promotion | ParagraphKind::Byline | ParagraphKind::Caption | ParagraphKind::Citation => {
                self.theme.dim
            }
            _ => self.theme.text,
        }
    }

    /// The words that lead somewhere, where they touch `span`.
    fn links(&self, span: Span) -> &'a [Link] {
        let links = self.reader.article.body.links();
        let first = links.partition_point(|link| link.span.end <= span.start);
        let last = links.partition_point(|link| link.span.start < span.end);
        &links[first..last.max(first)]
    }

    /// The matches of the search within `span`.
    fn found(&self, span: Span) -> &'a [Span] {
        let Some(find) = &self.reader.find else { return &[] };
        let spans = find.spans();
        let first = spans.partition_point(|hit| hit.end <= span.start);
        let last = spans.partition_point(|hit| hit.start < span.end);
        &spans[first..last.max(first)]
    }

    /// The margin of a row: the number of a speaker who begins to speak there, and the mark of the current quotation.
    pub fn margin(&self, row: TextRow, column: Rect, offset: isize, buffer: &mut Buffer) {
        if row.span.is_empty() {
            return;
        }
        if let Some((at, quotation)) = self.beginning(row).filter(|_| self.highlight != HighlightMode::Off) {
            let is_other = |(inside, _): (usize, &Quotation)| inside != at;
            let hides_doubt = self.doubtful_inside(row).any(is_other);
            self.number((at, quotation), hides_doubt, column, offset, buffer);
        } else {
            self.doubt_of_reported(row, column, offset, buffer);
        }
        if self.kept.iter().any(|&start| row.span.contains(start)) {
            put(buffer, Rect { x: column.x - 1, width: 1, ..column }, offset, Line::styled(KEPT, self.theme.accent));
        }
        let mut here = self.quotations(row.span);
        if let Some((at, quotation)) = here.find(|&(at, q)| self.reader.is_current(at) && q.outer.overlaps(row.span)) {
            let colour = |speaker| self.theme.speaker(self.colour(speaker), self.reader.certainty(at));
            let style = match quotation.speaker.map(colour) {
                _ if !self.is_focused => self.theme.rule,
                None => self.theme.accent,
                Some(style) => style,
            };
            put(buffer, Rect { x: column.x - 2, width: 1, ..column }, offset, Line::styled("┃", style));
        }
    }

    /// The quotation with which a speaker begins to speak in a row; one inside another's speech where it is doubtful, and
    /// nobody else begins there. What is doubtful has its sign beside certain words of the same speaker, too.
    fn beginning(&self, row: TextRow) -> Option<(usize, &'a Quotation)> {
        let (mut before, mut first): (_, Option<(usize, &Quotation)>) = (None, None);
        let is_quoted = |(_, q): &(usize, &Quotation)| q.is_spoken() && q.depth == 0 && !q.is_reported();
        for (at, quotation) in self.quotations(row.span).filter(is_quoted) {
            let is_doubtful = self.reader.certainty(at) == Certainty::Doubtful;
            let is_other = before.replace(quotation.speaker) != Some(quotation.speaker);
            if !row.span.contains(quotation.outer.start) {
                continue;
            }
            match first {
                None if is_other || is_doubtful => first = Some((at, quotation)),
                Some((_, known)) if is_doubtful && known.speaker == quotation.speaker => first = Some((at, quotation)),
                _ => {}
            }
        }
        first.or_else(|| self.doubtful_inside(row).next())
    }

    /// The doubtful quotations inside another's speech that begin in a row.
    fn doubtful_inside(&self, row: TextRow) -> impl Iterator<Item = (usize, &'a Quotation)> {
        let is_inside = |&(_, q): &(usize, &Quotation)| q.is_spoken() && q.depth > 0 && q.speaker.is_some();
        let begins = move |&(_, q): &(usize, &Quotation)| row.span.contains(q.outer.start);
        let is_doubtful = |&(at, _): &(usize, &Quotation)| self.reader.certainty(at) == Certainty::Doubtful;
        self.quotations(row.span).filter(is_inside).filter(begins).filter(is_doubtful)
    }

    /// The number of a speaker with the sign for how far that can be trusted; apart from it where only speech inside theirs is
    /// doubtful.
    fn number(
        &self,
        (at, quotation): (usize, &Quotation),
        hides_doubt: bool,
        column: Rect,
        offset: isize,
        buffer: &mut Buffer,
    ) {
        let Some(speaker) = quotation.speaker else { return };
        if self.reader.only.is_some_and(|only| only != speaker) {
            return;
        }
        let certainty = self.reader.certainty(at);
        let style = match self.highlight {
            mode if mode.has_colours() => self.theme.speaker(self.colour(speaker), certainty),
            _ => self.theme.dim,
        };
        let sign = certainty.sign();
        let number = match speaker.0 + 1 {
            number @ ..10 if hides_doubt && sign.is_empty() => format!("{number} {}", Certainty::Doubtful.sign()),
            _ if hides_doubt && sign.is_empty() => format!("··{}", Certainty::Doubtful.sign()),
            number @ ..100 => format!("{number}{sign:1}"),
            number @ ..1000 if sign.is_empty() => number.to_string(),
            _ => format!("··{}", if sign.is_empty() { "·" } else { sign }),
        };
        // Right-aligned in the two or three cells before the mark of the current quotation.
        let room = 3.min(column.x.saturating_sub(2));
        let margin = Rect { x: column.x - 2 - room, width: room, ..column };
        put(buffer, margin, offset, Line::styled(number, style).right_aligned());
    }
}
