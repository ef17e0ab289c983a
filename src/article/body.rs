//! The words of an article: one text, and which paragraph stands where.

use super::picture::Picture;
use super::shape::{InlineStyle, Shape, StyleKind};
use crate::text::Span;

/// The words of an article, headline first, one paragraph a line, cleaned.
///
/// Invariants: paragraphs are in order, none is empty, they do not overlap, and one `\n` stands between two; the
/// first is the headline. Every span of an article indexes [`Body::text`], in bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    text: String,
    paragraphs: Vec<Paragraph>,
    links: Vec<Link>,
    styles: Vec<InlineStyle>,
    cells: Vec<Span>,
    pictures: Vec<Picture>,
}

/// Words that lead somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Which words.
    pub span: Span,
    /// Where they lead: an absolute address (`http`, `https` or `mailto`), cleaned.
    pub url: String,
}

/// One paragraph of a [`Body`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands, without the line end.
    pub span: Span,
    /// What it is.
    pub kind: ParagraphKind,
    /// The dateline that it begins with ("MOSCOW, Jan. 26 (Agency) — "), blanks after it included; else empty.
    pub dateline: Span,
    /// How it is set.
    pub shape: Shape,
}

impl Paragraph {
    /// Where its words stand, the dateline left out.
    pub fn words(&self) -> Span {
        if self.dateline.is_empty() { self.span } else { Span::new(self.dateline.end, self.span.end) }
    }
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParagraphKind {
    /// The headline.
    Headline,
    /// A headline made of the first words of the text, which has them once more.
    Excerpt,
    /// The article itself.
    Prose,
    /// "By Jane Doe".
    Byline,
    /// What is not news: "sign up for our newsletter", "read more".
    Promotion,
    /// A heading inside the article.
    Heading,
    /// An item of a list.
    ListItem,
    /// A block quotation.
    BlockQuotation,
    /// The caption of a picture.
    Caption,
    /// A row of a table.
    TableRow,
    /// Whose words the block quotation above it is: "— Ann Roe, mayor".
    Citation,
    /// A line of text that stands as it was typed, its blanks kept: code, a poem.
    Preformatted,
    /// What a list of definitions defines.
    Term,
    /// What it says of that.
    Definition,
}

impl ParagraphKind {
    /// Whether quotations are looked for in it.
    pub const fn may_quote(self) -> bool {
        !matches!(self, Self::Excerpt | Self::Promotion | Self::Byline | Self::TableRow | Self::Preformatted)
    }

    /// Its name in data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Excerpt => "excerpt",
            Self::Prose => "prose",
            Self::Byline => "byline",
            Self::Promotion => "promotion",
            Self::Heading => "heading",
            Self::ListItem => "list_item",
            Self::BlockQuotation => "block_quotation",
            Self::Caption => "caption",
            Self::TableRow => "table_row",
            Self::Citation => "citation",
            Self::Preformatted => "preformatted",
            Self::Term => "term",
            Self::Definition => "definition",
        }
    }

    /// Whether it stands at the top of its article.
    pub const fn is_headline(self) -> bool {
        matches!(self, Self::Headline | Self::Excerpt)
    }
}

impl Body {
    /// All the words: headline first, one paragraph a line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The paragraphs in order, the headline first.
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// The words that lead somewhere, in order; none overlaps another or reaches over the end of its paragraph.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The words that are told apart from those around them, in the order in which they start. None reaches over the end of
    /// its paragraph; those of several kinds may overlap.
    pub fn styles(&self) -> &[InlineStyle] {
        &self.styles
    }

    /// The cells of a row of a table, in order; one without words is empty. Nothing for what is no row, or where they are not
    /// known.
    pub fn cells(&self, row: &Paragraph) -> &[Span] {
        let first = self.cells.partition_point(|cell| cell.start < row.span.start);
        let count = self.cells[first..].partition_point(|cell| cell.start <= row.span.end);
        &self.cells[first..first + count]
    }

    /// The pictures, in the order in which they stand; none stands above the headline.
    pub fn pictures(&self) -> &[Picture] {
        &self.pictures
    }

    /// The pictures that stand right before the paragraph with this number.
    pub fn pictures_before(&self, number: usize) -> &[Picture] {
        let first = self.pictures.partition_point(|picture| picture.before < number);
        let count = self.pictures[first..].partition_point(|picture| picture.before == number);
        &self.pictures[first..first + count]
    }

    /// The caption of the picture with this number among [`Body::pictures`]: one that follows right below it.
    pub fn caption_of(&self, number: usize) -> Option<&Paragraph> {
        let picture = self.pictures.get(number)?;
        let is_last = self.pictures.get(number + 1).is_none_or(|next| next.before > picture.before);
        let below = self.paragraphs.get(picture.before).filter(|below| below.kind == ParagraphKind::Caption);
        below.filter(|_| is_last)
    }

    /// Puts these pictures into it, in place of those that it has; what would stand above the headline or below the end stands
    /// right below or above it. Of many the first are kept.
    pub fn set_pictures(&mut self, mut pictures: Vec<Picture>) {
        /// More are no article.
        const MOST: usize = 500;
        pictures.truncate(MOST);
        let end = self.paragraphs.len();
        for picture in &mut pictures {
            picture.before = picture.before.max(1).min(end);
        }
        pictures.sort_by_key(|picture| picture.before);
        self.pictures = pictures;
    }

    /// The styles of words in a paragraph.
    pub fn styles_in(&self, paragraph: &Paragraph) -> &[InlineStyle] {
        let first = self.styles.partition_point(|style| style.span.start < paragraph.span.start);
        let count = self.styles[first..].partition_point(|style| style.span.start < paragraph.span.end);
        &self.styles[first..first + count]
    }

    /// The links in a paragraph.
    pub fn links_in(&self, paragraph: &Paragraph) -> &[Link] {
        let first = self.links.partition_point(|link| link.span.start < paragraph.span.start);
        let count = self.links[first..].partition_point(|link| link.span.start < paragraph.span.end);
        &self.links[first..first + count]
    }

    /// The headline; empty only in an empty body.
    pub fn headline(&self) -> &str {
        self.paragraphs.first().map_or("", |p| p.span.of(&self.text))
    }

    /// The words without the headline.
    pub fn after_headline(&self) -> &str {
        self.text.split_once('\n').map_or("", |(_, text)| text)
    }

    /// Whether all its words stand together in another, headlines, line ends and a last "…" apart; so do the same words.
    pub fn is_part_of(&self, other: &Self) -> bool {
        let words = |body: &Self| body.after_headline().split_whitespace().collect::<Vec<_>>().join(" ");
        let own = words(self);
        let own = own.trim_end_matches('…');
        let own = own.strip_suffix("...").unwrap_or(own).trim_end();
        !own.is_empty() && words(other).contains(own)
    }

    /// Which paragraph holds the byte at `offset`; the one before, where `offset` is a line end.
    pub fn paragraph_at(&self, offset: usize) -> Option<usize> {
        self.paragraphs.partition_point(|p| p.span.start <= offset).checked_sub(1)
    }

    /// The words at `span`; nothing where the span does not fit.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.text)
    }
}

/// Builds a [`Body`] paragraph by paragraph.
#[derive(Debug, Default)]
pub struct BodyBuilder {
    body: Body,
}

impl BodyBuilder {
    /// Starts with the headline; a headline without any words is replaced by "(no headline)".
    pub fn new(headline: &str) -> Self {
        Self::under(ParagraphKind::Headline, headline)
    }

    /// The same with a headline that was made of the first words.
    pub fn under(kind: ParagraphKind, headline: &str) -> Self {
        let mut builder = Self::default();
        let headline = headline.trim();
        builder.push(kind, if headline.is_empty() { "(no headline)" } else { headline });
        builder
    }

    /// Adds a paragraph of cleaned text; blanks at its ends go, and one of blanks only is left out.
    /// Line ends inside become spaces.
    pub fn push(&mut self, kind: ParagraphKind, words: &str) -> &mut Self {
        self.push_with_dateline(kind, "", words)
    }

    /// As [`BodyBuilder::push`], with the dateline that stands before the words.
    pub fn push_with_dateline(&mut self, kind: ParagraphKind, dateline: &str, words: &str) -> &mut Self {
        self.push_shaped(kind, Shape::default(), dateline, words)
    }

    /// The same, set in some way. Preformatted text keeps the blanks at its start.
    pub fn push_shaped(&mut self, kind: ParagraphKind, shape: Shape, dateline: &str, words: &str) -> &mut Self {
        let (dateline, words) = (dateline.trim_start(), words.trim_end());
        let is_whole = !dateline.is_empty() || kind == ParagraphKind::Preformatted;
        let words = if is_whole { words } else { words.trim_start() };
        if dateline.is_empty() && words.is_empty() {
            return self;
        }
        if !self.body.text.is_empty() {
            self.body.text.push('\n');
        }
        let start = self.body.text.len();
        self.append_line(dateline);
        let middle = self.body.text.len();
        self.append_line(words);
        let span = Span::new(start, self.body.text.len());
        self.body.paragraphs.push(Paragraph { span, kind, dateline: Span::new(start, middle), shape });
        self
    }

    /// Makes words of the paragraph that was added last a link: `span` counts in bytes from the start of its words, as
    /// they were given. What is not inside them, or overlaps the link before, is left out.
    pub fn link(&mut self, span: Span, url: &str) -> &mut Self {
        let is_free = |span: Span, last: Option<&Link>| last.is_none_or(|last| last.span.end <= span.start);
        if let Some(span) = self.placed(span).filter(|span| !span.is_empty() && is_free(*span, self.body.links.last()))
        {
            self.body.links.push(Link { span, url: url.to_owned() });
        }
        self
    }

    /// Tells words of the paragraph that was added last apart; `span` counts as that of a link. What is not inside of them,
    /// or begins before what was told apart before, is left out.
    pub fn style(&mut self, span: Span, kind: StyleKind) -> &mut Self {
        let follows = |span: Span, last: Option<&InlineStyle>| last.is_none_or(|last| last.span.start <= span.start);
        if let Some(span) = self.placed(span).filter(|span| !span.is_empty() && follows(*span, self.body.styles.last()))
        {
            self.body.styles.push(InlineStyle { span, kind });
        }
        self
    }

    /// Adds a cell to the row that was added last; `span` counts as that of a link, and may be empty.
    pub fn cell(&mut self, span: Span) -> &mut Self {
        let is_free = |span: Span, last: Option<&Span>| last.is_none_or(|last| last.end <= span.start);
        if let Some(span) = self.placed(span).filter(|span| is_free(*span, self.body.cells.last())) {
            self.body.cells.push(span);
        }
        self
    }

    /// Where words stand whose place counts from the start of those of the last paragraph; nothing where that is not in them.
    fn placed(&self, span: Span) -> Option<Span> {
        let paragraph = self.body.paragraphs.last()?;
        let start = paragraph.words().start.checked_add(span.start)?;
        let span = Span::new(start, start.checked_add(span.len())?);
        let is_inside = span.end <= paragraph.span.end && self.body.text.get(span.start..span.end).is_some();
        is_inside.then_some(span)
    }

    /// The finished body.
    pub fn build(self) -> Body {
        self.body
    }

    fn append_line(&mut self, words: &str) {
        for (number, line) in words.split('\n').enumerate() {
            if number > 0 {
                self.body.text.push(' ');
            }
            self.body.text.push_str(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_index_the_text() {
        let mut builder = BodyBuilder::new(" Bridge closed ");
        builder
            .push(ParagraphKind::Prose, "  First\nparagraph. ")
            .push(ParagraphKind::Prose, "   ")
            .push_with_dateline(ParagraphKind::Prose, "ELLERY (Wire) — ", "Second.");
        let body = builder.build();
        assert_eq!(body.text(), "Bridge closed\nFirst paragraph.\nELLERY (Wire) — Second.");
        assert_eq!(body.headline(), "Bridge closed");
        let kept: Vec<_> = body.paragraphs().iter().map(|p| body.words(p.words())).collect();
        assert_eq!(kept, ["Bridge closed", "First paragraph.", "Second."]);
        assert_eq!(body.paragraph_at(0), Some(0));
        assert_eq!(body.paragraph_at(13), Some(0));
        assert_eq!(body.paragraph_at(14), Some(1));
        assert_eq!(body.paragraph_at(999), Some(2));
    }

    #[test]
    fn links_index_the_text() {
        let mut builder = BodyBuilder::new("Bridge closed");
        builder.push_with_dateline(ParagraphKind::Prose, "ELLERY — ", "See the plan today.");
        builder.link(Span::new(4, 12), "https://coast.example/plan");
        builder.link(Span::new(8, 18), "https://overlaps.example").link(Span::new(13, 99), "https://outside.example");
        let body = builder.build();
        let links: Vec<_> = body.links().iter().map(|link| (body.words(link.span), &*link.url)).collect();
        assert_eq!(links, [("the plan", "https://coast.example/plan")]);
    }

    #[test]
    fn cells_and_styles_are_those_of_their_paragraph() {
        let mut builder = BodyBuilder::new("Fares");
        builder.push(ParagraphKind::TableRow, "Ellery · 2").cell(Span::new(0, 6)).cell(Span::new(10, 11));
        builder.cell(Span::new(11, 11)).cell(Span::new(4, 5)).style(Span::new(0, 6), StyleKind::Strong);
        builder.style(Span::new(5, 99), StyleKind::Code).push(ParagraphKind::Preformatted, "  a  b ");
        builder.style(Span::new(2, 3), StyleKind::Code).style(Span::new(0, 4), StyleKind::Code);
        let body = builder.build();
        assert_eq!(body.text(), "Fares\nEllery · 2\n  a  b");
        let [headline, row, code] = body.paragraphs() else { panic!("three paragraphs") };
        assert_eq!(body.cells(row).iter().map(|cell| body.words(*cell)).collect::<Vec<_>>(), ["Ellery", "2", ""]);
        assert!(body.cells(headline).is_empty() && body.cells(code).is_empty() && body.styles_in(headline).is_empty());
        assert_eq!(body.styles_in(row).iter().map(|style| body.words(style.span)).collect::<Vec<_>>(), ["Ellery"]);
        assert_eq!(body.styles_in(code).iter().map(|style| body.words(style.span)).collect::<Vec<_>>(), ["a"]);
    }
}
