//! From the events of Markdown to paragraphs.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::article::{Container, Marker, Nesting, Numerals, ParagraphKind, Picture, StyleKind};
use crate::formats::block_writer::BlockWriter;
use crate::formats::blocks::{Blocks, DASHES};
use crate::formats::html::{self, TableText};
use crate::formats::windows_marks::from_windows;

/// What stands between the cells of a row.
const BETWEEN_CELLS: &str = " · ";

#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each says of another element whether it is open")]
pub struct Walk<'b> {
    base: Option<&'b url::Url>,
    language: &'b str,
    writer: BlockWriter,
    quotations: usize,
    items: usize,
    /// What is around each list and quotation that is open, and the next number of a list.
    around: Vec<(Nesting, Option<u64>)>,
    /// What is open in a list of definitions.
    definition: Option<ParagraphKind>,
    /// How many pictures are open: their words are for those who cannot see them.
    pictures: usize,
    /// Where the outermost of them lies, and what it shows.
    picture: (String, String),
    in_heading: bool,
    in_citation: bool,
    in_row: bool,
    /// Whether the open cell of a row has words; nothing outside of cells.
    cell: Option<bool>,
    is_verbatim: bool,
    /// Markup that stands between paragraphs.
    markup: Option<String>,
}

impl<'b> Walk<'b> {
    /// Addresses count from `base`; `language` is that of the text.
    pub fn new(base: Option<&'b url::Url>, language: &'b str) -> Self {
        Self { base, language, ..Self::default() }
    }

    /// All that was written.
    pub fn finish(self) -> Blocks {
        self.writer.finish()
    }

    /// Takes the next event.
    pub fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) if self.is_verbatim => self.verbatim(&words),
            Event::Text(words) => self.text(&words),
            Event::Code(words) if self.pictures > 0 => self.text(&words),
            Event::Code(words) => {
                self.writer.open_style(StyleKind::Code);
                self.text(&words);
                self.writer.close_style(StyleKind::Code);
            }
            Event::Html(words) => match &mut self.markup {
                Some(markup) => markup.push_str(&words),
                None => self.text(&words),
            },
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.writer.text(self.kind(), " "),
            Event::InlineHtml(tag) => self.tag(&tag),
            Event::SoftBreak if self.pictures > 0 => self.picture.1.push(' '),
            Event::SoftBreak if self.quotations > 0 => self.writer.break_line(self.kind()),
            Event::SoftBreak => self.writer.text(self.kind(), " "),
            Event::HardBreak => self.writer.end(),
            Event::Rule => {
                self.writer.end();
                self.writer.shape().rule_above = true;
            }
            _ => {}
        }
    }

    /// A tag among words.
    fn tag(&mut self, tag: &str) {
        match html::Tokens::of(tag).next() {
            // A paragraph of a block quotation that begins with it says whose words it is.
            Some(html::HtmlToken::Start { name, .. })
                if name == "cite" && self.quotations > 0 && self.writer.line().is_empty() =>
            {
                self.in_citation = true;
            }
            Some(html::HtmlToken::End(name)) if name == "cite" && self.in_citation => self.in_citation = false,
            Some(html::HtmlToken::Start { name, attributes, .. }) if name == "img" => {
                self.writer.picture(html::picture(attributes, None, self.base));
            }
            Some(html::HtmlToken::Start { name, .. }) => {
                if let Some(style) = html::style_of(&name) {
                    self.writer.open_style(style);
                }
            }
            Some(html::HtmlToken::End(name)) => {
                if let Some(style) = html::style_of(&name) {
                    self.writer.close_style(style);
                }
            }
            _ => {}
        }
    }

    /// Takes words.
    pub fn text(&mut self, words: &str) {
        if self.pictures > 0 {
            self.picture.1.push_str(words);
            return;
        }
        if !words.trim().is_empty() && self.cell == Some(false) {
            self.cell = Some(true);
            if !self.writer.line().is_empty() {
                self.writer.text(ParagraphKind::TableRow, BETWEEN_CELLS);
            }
            self.writer.open_cell();
        }
        // "> — Ann Roe" below the words.
        if self.writer.ends_in_break() && words.starts_with(DASHES) {
            self.writer.end();
        }
        // The parser resolves `&#146;` to a control character; the author means one of Windows-1252.
        let words: String = words.chars().map(from_windows).collect();
        self.writer.text(self.kind(), &words);
    }

    fn verbatim(&mut self, words: &str) {
        for (i, line) in words.split('\n').enumerate() {
            if i > 0 {
                self.writer.end_verbatim_line();
            }
            self.writer.verbatim(line);
        }
    }

    fn kind(&self) -> ParagraphKind {
        if self.in_row {
            ParagraphKind::TableRow
        } else if self.in_heading {
            ParagraphKind::Heading
        } else if self.in_citation {
            ParagraphKind::Citation
        } else if self.quotations > 0 {
            ParagraphKind::BlockQuotation
        } else if self.items > 0 {
            ParagraphKind::ListItem
        } else {
            self.definition.unwrap_or(ParagraphKind::Prose)
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Link { dest_url, .. } => {
                let address = html::resolved(self.base, &dest_url);
                self.writer.open_link(&address.unwrap_or_default());
                return;
            }
            Tag::Image { dest_url, .. } => {
                if self.pictures == 0 {
                    self.picture = (html::resolved(self.base, &dest_url).unwrap_or_default(), String::new());
                }
                self.pictures += 1;
                return;
            }
            Tag::TableCell => return self.cell = Some(false),
            Tag::Emphasis => return self.writer.open_style(StyleKind::Emphasis),
            Tag::Strong => return self.writer.open_style(StyleKind::Strong),
            Tag::Strikethrough => return self.writer.open_style(StyleKind::Deleted),
            _ => self.writer.end(),
        }
        match tag {
            Tag::Heading { level, .. } => {
                self.in_heading = true;
                self.writer.shape().level = level as u8;
            }
            Tag::BlockQuote(_) => {
                self.quotations += 1;
                self.open(Container::Quotation, None);
            }
            Tag::List(first) => self.open(Container::List, first),
            Tag::Item => {
                self.items += 1;
                self.writer.shape().marker = Some(self.marker());
            }
            Tag::Table(_) => self.writer.shape().begins = true,
            Tag::TableHead | Tag::TableRow => self.in_row = true,
            Tag::CodeBlock(_) => {
                self.is_verbatim = true;
                self.writer.shape().begins = true;
            }
            Tag::DefinitionListTitle => self.definition = Some(ParagraphKind::Term),
            Tag::DefinitionListDefinition => self.definition = Some(ParagraphKind::Definition),
            Tag::HtmlBlock => self.markup = Some(String::new()),
            _ => {}
        }
    }

    /// A list or a block quotation begins.
    fn open(&mut self, container: Container, first: Option<u64>) {
        let around = self.writer.shape().nesting;
        self.around.push((around, first));
        self.writer.shape().nesting = around.within(container);
    }

    fn close(&mut self) {
        if let Some((around, _)) = self.around.pop() {
            self.writer.shape().nesting = around;
        }
    }

    /// What stands before the next item of the open list.
    fn marker(&mut self) -> Marker {
        match self.around.last_mut() {
            Some((_, Some(next))) => {
                let number = i32::try_from(*next).unwrap_or(i32::MAX);
                *next = next.saturating_add(1);
                Marker::Number(number, Numerals::Decimal)
            }
            _ => Marker::Bullet,
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => return self.writer.close_link(),
            TagEnd::Image => return self.end_picture(),
            TagEnd::Emphasis => return self.writer.close_style(StyleKind::Emphasis),
            TagEnd::Strong => return self.writer.close_style(StyleKind::Strong),
            TagEnd::Strikethrough => return self.writer.close_style(StyleKind::Deleted),
            TagEnd::TableCell => return self.end_cell(),
            TagEnd::TableHead => self.writer.set_header(),
            _ => {}
        }
        self.writer.close_styles();
        self.writer.end();
        self.in_citation = false;
        match tag {
            TagEnd::Heading(_) => (self.in_heading, self.writer.shape().level) = (false, 0),
            TagEnd::BlockQuote(_) => {
                self.quotations = self.quotations.saturating_sub(1);
                self.close();
            }
            TagEnd::List(_) => self.close(),
            TagEnd::Item => (self.items, self.writer.shape().marker) = (self.items.saturating_sub(1), None),
            TagEnd::TableHead | TagEnd::TableRow => self.in_row = false,
            // Not before: the names of columns may have no words.
            TagEnd::Table => self.writer.shape().begins = false,
            TagEnd::CodeBlock => {
                self.is_verbatim = false;
                (self.writer.shape().begins, self.writer.shape().blank_lines) = (false, 0);
            }
            TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => self.definition = None,
            TagEnd::HtmlBlock => {
                if let Some(markup) = self.markup.take() {
                    let marked = html::with_quotation_marks(&markup, Some(self.language));
                    self.writer.append(html::blocks(&marked, self.base, TableText::Rows));
                }
            }
            _ => {}
        }
    }

    fn end_picture(&mut self) {
        self.pictures = self.pictures.saturating_sub(1);
        if self.pictures == 0 {
            let (url, description) = std::mem::take(&mut self.picture);
            self.writer.picture(Picture::at(&url, &description));
        }
    }

    fn end_cell(&mut self) {
        match self.cell.take() {
            Some(true) => self.writer.close_cell(),
            Some(false) => self.writer.empty_cell(),
            None => {}
        }
    }
}
