//! The words of an article: one text, and which paragraph stands where.

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
}

impl ParagraphKind {
    /// Whether quotations are looked for in it.
    pub const fn may_quote(self) -> bool {
        !matches!(self, Self::Excerpt | Self::Promotion | Self::Byline | Self::TableRow)
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
        let (dateline, words) = (dateline.trim_start(), words.trim_end());
        let words = if dateline.is_empty() { words.trim_start() } else { words };
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
        self.body.paragraphs.push(Paragraph { span, kind, dateline: Span::new(start, middle) });
        self
    }

    /// Makes words of the paragraph that was added last a link: `span` counts in bytes from the start of its words, as
    /// they were given. What is not inside them, or overlaps the link before, is left out.
    pub fn link(&mut self, span: Span, url: &str) -> &mut Self {
        let Some(paragraph) = self.body.paragraphs.last() else { return self };
        let start = paragraph.words().start + span.start;
        let span = Span::new(start, start + span.len());
        let is_free = self.body.links.last().is_none_or(|last| last.span.end <= span.start);
        let is_inside = span.end <= paragraph.span.end && self.body.text.get(span.start..span.end).is_some();
        if is_free && is_inside && !span.is_empty() {
            self.body.links.push(Link { span, url: url.to_owned() });
        }
        self
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
}
