//! From markup to paragraphs: one pass over the tags, no tree, so that nothing that is nested too deep can hurt.

use url::Url;

use self::containers::Containers;
use self::rows::{CellEdges, Rows};
use super::citations::ends_quotation;
use super::elements::{VOID, is_block, style_of};
use super::entity::{self, ReferenceContext};
use super::pictures::picture;
use super::quotation_marks::with_quotation_marks;
use super::tokens::{Attributes, HtmlToken, Tokens};
use crate::article::{Container, ParagraphKind};
use crate::formats::block_writer::BlockWriter;
use crate::formats::blocks::{Blocks, DASHES};

/// What stands between the cells of a row.
const BETWEEN_CELLS: &str = " · ";

/// Elements of which no word is shown.
const HIDDEN: [&str; 21] = [
    "script", "style", "title", "noscript", "template", "svg", "math", "iframe", "object", "embed", "noembed",
    "noframes", "button", "select", "textarea", "audio", "video", "canvas", "nav", "menu", "dialog",
];

/// How the cells of tables become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableText {
    /// They hold data: a row is a paragraph.
    Rows,
    /// They put things where they should stand, as in mail: a cell is a box of paragraphs.
    Layout,
}

/// How long a cell may be, in bytes, before its table is taken for one that only puts things in their places.
const LONGEST_CELL: usize = 300;

/// The paragraphs of `html`; what it links to counts from `base`.
pub fn blocks(html: &str, base: Option<&Url>, tables: TableText) -> Blocks {
    let html = &*with_quotation_marks(html, None);
    let walk = |is_typed| walk(html, Walk { is_typed, ..Walk::new(base, tables) });
    let blocks = walk(false);
    // Prose may stand there as it was typed, as in archives of mail.
    if blocks.is_typed_prose() { walk(true) } else { blocks }
}

fn walk<'h>(html: &'h str, mut walk: Walk<'h>) -> Blocks {
    let mut tokens = Tokens::of(html);
    loop {
        while let Some(token) = tokens.next() {
            walk.rest = &html[html.len() - tokens.left()..];
            walk.take(&token, tokens.left());
        }
        // What is never closed hides nothing: the text goes on after its tag.
        match walk.hidden.take() {
            Some(Hidden { name, left, .. }) if !matches!(&*name, "script" | "style") => {
                walk.unclosed.push(name);
                tokens = Tokens::of(&html[html.len() - left..]);
            }
            _ => break,
        }
    }
    walk.end_row();
    walk.writer.finish()
}

/// An address as it is written, from the root; nothing for what is none.
pub fn resolved(base: Option<&Url>, address: &str) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || address.starts_with('#') {
        return None;
    }
    let url = match base {
        Some(base) => base.join(address),
        None => Url::parse(address),
    };
    url.ok().filter(|url| matches!(url.scheme(), "http" | "https" | "mailto")).map(String::from)
}

#[allow(clippy::struct_excessive_bools, reason = "each says of another element whether it is open")]
struct Walk<'b> {
    base: Option<&'b Url>,
    /// Whether preformatted text is prose, a paragraph a line.
    is_typed: bool,
    /// What stands after the token at hand.
    rest: &'b str,
    tables: TableText,
    writer: BlockWriter,
    hidden: Option<Hidden>,
    /// Elements of which one is never closed.
    unclosed: Vec<String>,
    /// The lists and block quotations that are open.
    containers: Containers,
    in_item: bool,
    /// What is open in a list of definitions.
    definition: Option<ParagraphKind>,
    in_caption: bool,
    /// Whether the open figure holds a block quotation, whose citation its caption is.
    in_quoting_figure: bool,
    /// The element in which whoever is quoted is named.
    citation: Option<&'static str>,
    in_heading: bool,
    is_verbatim: bool,
    rows: Rows,
    /// What the open `<picture>` offers.
    sources: Option<String>,
}

/// An element that is being skipped.
struct Hidden {
    name: String,
    /// How many of its name are open.
    open: usize,
    /// How many bytes stand after its tag.
    left: usize,
}

impl<'b> Walk<'b> {
    fn new(base: Option<&'b Url>, tables: TableText) -> Self {
        Self {
            base,
            is_typed: false,
            rest: "",
            tables,
            writer: BlockWriter::default(),
            hidden: None,
            unclosed: Vec::new(),
            containers: Containers::default(),
            in_item: false,
            definition: None,
            in_caption: false,
            in_quoting_figure: false,
            citation: None,
            in_heading: false,
            is_verbatim: false,
            rows: Rows::default(),
            sources: None,
        }
    }

    /// Takes a token, after which `left` bytes are left.
    fn take(&mut self, token: &HtmlToken<'_>, left: usize) {
        if self.pass_by(token) {
            return;
        }
        match token {
            HtmlToken::Start { name, attributes, closed } => {
                let is_dropped = (HIDDEN.contains(&&**name) || attributes.hide())
                    && !self.unclosed.iter().any(|unclosed| *unclosed == **name);
                // A drawing may close itself; a script may not.
                let has_content = !VOID.contains(&&**name) && (!closed || matches!(&**name, "script" | "style"));
                if !is_dropped {
                    self.start(name, *attributes);
                } else if has_content {
                    if is_block(name) || matches!(&**name, "nav" | "menu" | "dialog" | "table") {
                        self.begin();
                    }
                    self.hidden = Some(Hidden { name: name.to_string(), open: 1, left });
                }
            }
            HtmlToken::End(name) => self.end(name),
            HtmlToken::Text(text) => self.text(&entity::decode(text, ReferenceContext::Text)),
            HtmlToken::Raw(text) => self.text(text),
        }
    }

    /// Whether `token` stands inside something that is not shown.
    fn pass_by(&mut self, token: &HtmlToken<'_>) -> bool {
        let Some(Hidden { name, open, .. }) = &mut self.hidden else { return false };
        match token {
            HtmlToken::Start { name: other, closed: false, .. } if other == name => *open += 1,
            HtmlToken::End(other) if other == name => *open -= 1,
            _ => {}
        }
        if *open == 0 {
            self.hidden = None;
        }
        true
    }

    fn text(&mut self, text: &str) {
        if self.is_verbatim && !self.is_typed {
            return self.verbatim(text);
        }
        if self.rows.is_open() && !text.trim().is_empty() && self.rows.fill_cell() {
            let separator = if self.writer.line().is_empty() { "" } else { BETWEEN_CELLS };
            self.writer.text(ParagraphKind::TableRow, separator);
            self.writer.open_cell();
        }
        // “So it is.” ‒ and in the next line who said it.
        if self.containers.in_quotation() && self.writer.ends_in_break() && text.trim_start().starts_with(DASHES) {
            self.writer.end();
        }
        let kind = self.kind();
        if !self.is_verbatim {
            return self.writer.text(kind, text);
        }
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.writer.end();
            }
            self.writer.text(kind, line);
        }
    }

    fn verbatim(&mut self, text: &str) {
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.writer.end_verbatim_line();
            }
            self.writer.verbatim(line.strip_suffix('\r').unwrap_or(line));
        }
    }

    fn kind(&self) -> ParagraphKind {
        if self.rows.is_open() {
            ParagraphKind::TableRow
        } else if self.citation.is_some() {
            ParagraphKind::Citation
        } else if self.in_heading {
            ParagraphKind::Heading
        } else if self.in_caption {
            ParagraphKind::Caption
        } else if self.containers.in_quotation() {
            ParagraphKind::BlockQuotation
        } else if self.containers.in_list() || self.in_item {
            ParagraphKind::ListItem
        } else {
            self.definition.unwrap_or(ParagraphKind::Prose)
        }
    }

    fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        match name {
            "a" => {
                let address = attributes.get("href").and_then(|href| resolved(self.base, &href));
                self.writer.open_link(&address.unwrap_or_default());
            }
            "br" => self.break_line(),
            "source" => self.sources = self.sources.take().or_else(|| attributes.get("srcset").map(Into::into)),
            "img" | "amp-img" => self.writer.picture(picture(attributes, self.sources.take(), self.base)),
            "table" => {
                self.end_row();
                self.begin();
                self.rows.part();
            }
            "thead" | "tbody" | "tfoot" => {
                self.begin();
                self.rows.set_head(name == "thead");
            }
            "tr" => {
                self.end_row();
                self.begin();
                if self.tables == TableText::Rows {
                    self.writer.shape().begins = self.rows.open();
                }
            }
            "td" | "th" => self.begin_cell(name, attributes),
            "pre" => {
                self.end_row();
                self.begin();
            }
            _ if is_block(name) => self.begin(),
            _ => {
                if let Some(style) = style_of(name).filter(|_| !self.is_verbatim) {
                    self.writer.open_style(style);
                }
            }
        }
        self.enter(name, attributes);
    }

    /// What is so from here on, inside of an element.
    fn enter(&mut self, name: &str, attributes: Attributes<'_>) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.in_heading = true;
                self.writer.shape().level = name.as_bytes()[1] - b'0';
            }
            "li" => {
                self.in_item = true;
                self.writer.shape().marker = self.containers.item(attributes);
            }
            "ul" | "ol" => self.containers.open_list(name, attributes),
            "dt" => self.definition = Some(ParagraphKind::Term),
            "dd" => self.definition = Some(ParagraphKind::Definition),
            "blockquote" => {
                self.containers.open_quotation();
                self.in_quoting_figure = true;
            }
            "figure" => self.in_quoting_figure = false,
            "figcaption" if self.in_quoting_figure => self.citation = Some("figcaption"),
            "footer" if self.containers.in_quotation() => self.citation = Some("footer"),
            "cite" if self.containers.in_quotation() && self.citation.is_none() && ends_quotation(self.rest) => {
                self.begin_cite();
            }
            "figcaption" | "caption" => self.in_caption = true,
            "hr" => self.writer.shape().rule_above = true,
            "pre" => {
                self.is_verbatim = true;
                self.writer.shape().begins = !self.is_typed;
            }
            _ => {}
        }
        self.writer.shape().nesting = self.containers.nesting();
    }

    fn end(&mut self, name: &str) {
        match name {
            "a" => self.writer.close_link(),
            "tr" => self.end_row(),
            "table" => {
                self.end_row();
                self.rows.part();
            }
            "td" | "th" => self.end_cell(),
            _ if is_block(name) => {
                self.writer.close_styles();
                self.begin();
            }
            _ => {
                if let Some(style) = style_of(name) {
                    self.writer.close_style(style);
                }
            }
        }
        self.leave(name);
    }

    /// What is so from here on, behind an element.
    fn leave(&mut self, name: &str) {
        match name {
            "li" => (self.in_item, self.writer.shape().marker) = (false, None),
            "ul" | "ol" => {
                self.containers.close(Container::List);
                (self.in_item, self.writer.shape().marker) = (false, None);
            }
            "dt" | "dd" | "dl" => self.definition = None,
            "blockquote" => {
                self.containers.close(Container::Quotation);
                self.citation = None;
            }
            "figure" => (self.in_caption, self.in_quoting_figure, self.citation) = (false, false, None),
            "figcaption" | "caption" => (self.in_caption, self.citation) = (false, None),
            "thead" => self.rows.set_head(false),
            _ if self.citation == Some(name) => self.citation = None,
            "pre" => {
                self.is_verbatim = false;
                (self.writer.shape().begins, self.writer.shape().blank_lines) = (false, 0);
            }
            _ => {}
        }
        self.writer.shape().nesting = self.containers.nesting();
    }

    /// `<cite>` behind the words that it names the speaker of; a dash before it goes with it.
    fn begin_cite(&mut self) {
        let dash = self.writer.take_dash();
        self.begin();
        self.citation = Some("cite");
        if dash {
            self.writer.text(ParagraphKind::Citation, "— ");
        }
    }

    /// A block begins or ends here; inside a row that is only a blank, unless there is too much for a row.
    fn begin(&mut self) {
        if self.is_verbatim && !self.is_typed {
            if !self.writer.line().trim().is_empty() {
                self.writer.end();
            }
            return;
        }
        if self.rows.is_open() {
            if self.rows.filled() > 1 || self.writer.line().len() <= LONGEST_CELL {
                return self.writer.text(ParagraphKind::TableRow, " ");
            }
            self.end_row();
        }
        self.in_heading = false;
        self.writer.end();
        self.writer.shape().level = 0;
    }

    fn begin_cell(&mut self, name: &str, attributes: Attributes<'_>) {
        if !self.rows.is_open() {
            return self.begin();
        }
        let edges = self.rows.open_cell(name, attributes);
        self.part_cells(edges);
    }

    fn end_cell(&mut self) {
        if !self.rows.is_open() {
            return self.begin();
        }
        let edges = self.rows.close_cell();
        self.part_cells(edges);
    }

    fn part_cells(&mut self, edges: CellEdges) {
        if edges.closes {
            self.writer.close_cell();
            self.writer.close_styles();
        }
        for _ in 0..edges.empty {
            self.writer.empty_cell();
        }
    }

    fn end_row(&mut self) {
        self.writer.shape().begins = false;
        if self.rows.is_open() {
            self.end_cell();
        }
        if let Some((is_row, is_header)) = self.rows.close(self.writer.line().len() > LONGEST_CELL) {
            if !is_row {
                self.writer.set_kind(self.kind());
            } else if is_header {
                self.writer.set_header();
            }
            self.writer.end();
        }
    }

    /// A line break ends a paragraph where it stands after a sentence; else it is a blank.
    fn break_line(&mut self) {
        const ENDS: [char; 16] = ['.', '!', '?', '”', '"', ':', '…', ')', '’', '»', '。', '！', '？', '」', '』', '）'];
        if self.is_verbatim && !self.is_typed {
            return self.writer.end_verbatim_line();
        }
        let ends = self.writer.line().ends_with(ENDS);
        let is_second = self.writer.ends_in_break();
        if (ends || is_second) && !self.rows.is_open() {
            self.writer.end();
        } else {
            self.writer.break_line(self.kind());
        }
    }
}

mod containers;
mod rows;
#[cfg(test)]
mod tests;
