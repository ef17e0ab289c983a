//! From markup to paragraphs: one pass over the tags, no tree, so that nothing that is nested too deep can hurt.

use url::Url;

use super::citations::ends_quotation;
use super::elements::{VOID, is_block};
use super::entity::{self, ReferenceContext};
use super::quotation_marks::with_quotation_marks;
use super::tokens::{Attributes, HtmlToken, Tokens};
use crate::article::ParagraphKind;
use crate::formats::blocks::{BlockWriter, Blocks, DASHES};

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
    let mut walk = Walk {
        base,
        rest: "",
        tables,
        writer: BlockWriter::default(),
        hidden: None,
        unclosed: Vec::new(),
        quotations: 0,
        lists: 0,
        in_item: false,
        in_caption: false,
        in_quoting_figure: false,
        citation: None,
        in_heading: false,
        is_verbatim: false,
        cells: None,
        between_cells: false,
    };
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
    /// What stands after the token at hand.
    rest: &'b str,
    tables: TableText,
    writer: BlockWriter,
    hidden: Option<Hidden>,
    /// Elements of which one is never closed.
    unclosed: Vec<String>,
    /// How many are open.
    quotations: usize,
    lists: usize,
    in_item: bool,
    in_caption: bool,
    /// Whether the open figure holds a block quotation, whose citation its caption is.
    in_quoting_figure: bool,
    /// The element in which whoever is quoted is named.
    citation: Option<&'static str>,
    in_heading: bool,
    is_verbatim: bool,
    /// In a row of a table: how many of its cells have words.
    cells: Option<usize>,
    /// Whether a new cell has begun and has no words yet.
    between_cells: bool,
}

/// An element that is being skipped.
struct Hidden {
    name: String,
    /// How many of its name are open.
    open: usize,
    /// How many bytes stand after its tag.
    left: usize,
}

impl Walk<'_> {
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
        if self.between_cells && !text.trim().is_empty() {
            self.between_cells = false;
            let separator = if self.writer.line().is_empty() { "" } else { BETWEEN_CELLS };
            self.writer.text(ParagraphKind::TableRow, separator);
            self.cells = self.cells.map(|cells| cells + 1);
        }
        // “So it is.” ‒ and in the next line who said it.
        if self.quotations > 0 && self.writer.ends_in_break() && text.trim_start().starts_with(DASHES) {
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

    fn kind(&self) -> ParagraphKind {
        if self.cells.is_some() {
            ParagraphKind::TableRow
        } else if self.citation.is_some() {
            ParagraphKind::Citation
        } else if self.in_heading {
            ParagraphKind::Heading
        } else if self.in_caption {
            ParagraphKind::Caption
        } else if self.quotations > 0 {
            ParagraphKind::BlockQuotation
        } else if self.lists > 0 || self.in_item {
            ParagraphKind::ListItem
        } else {
            ParagraphKind::Prose
        }
    }

    fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        match name {
            "a" => {
                let address = attributes.get("href").and_then(|href| resolved(self.base, &href));
                self.writer.open_link(&address.unwrap_or_default());
            }
            "br" => self.break_line(),
            "table" => {
                self.end_row();
                self.begin();
            }
            "tr" => {
                self.end_row();
                self.begin();
                self.cells = (self.tables == TableText::Rows).then_some(0);
            }
            "td" | "th" => self.begin_cell(),
            _ if is_block(name) => self.begin(),
            _ => {}
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.in_heading = true,
            "li" => self.in_item = true,
            "ul" | "ol" => self.lists += 1,
            "blockquote" => {
                self.quotations += 1;
                self.in_quoting_figure = true;
            }
            "figure" => self.in_quoting_figure = false,
            "figcaption" if self.in_quoting_figure => self.citation = Some("figcaption"),
            "footer" if self.quotations > 0 => self.citation = Some("footer"),
            "cite" if self.quotations > 0 && self.citation.is_none() && ends_quotation(self.rest) => self.begin_cite(),
            "figcaption" | "caption" => self.in_caption = true,
            "pre" => self.is_verbatim = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "a" => self.writer.close_link(),
            "tr" | "table" => self.end_row(),
            "td" | "th" => self.begin_cell(),
            _ if is_block(name) => self.begin(),
            _ => {}
        }
        match name {
            "li" => self.in_item = false,
            "ul" | "ol" => (self.lists, self.in_item) = (self.lists.saturating_sub(1), false),
            "blockquote" => (self.quotations, self.citation) = (self.quotations.saturating_sub(1), None),
            "figure" => (self.in_caption, self.in_quoting_figure, self.citation) = (false, false, None),
            "figcaption" | "caption" => (self.in_caption, self.citation) = (false, None),
            _ if self.citation == Some(name) => self.citation = None,
            "pre" => self.is_verbatim = false,
            _ => {}
        }
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
        let is_row = self.cells.is_some_and(|cells| cells > 1 || self.writer.line().len() <= LONGEST_CELL);
        if is_row {
            return self.writer.text(ParagraphKind::TableRow, " ");
        }
        self.end_row();
        self.in_heading = false;
        self.writer.end();
    }

    fn begin_cell(&mut self) {
        match self.cells {
            Some(_) => self.between_cells = true,
            None => self.begin(),
        }
    }

    /// A row with one cell is no row.
    fn end_row(&mut self) {
        self.between_cells = false;
        if let Some(cells) = self.cells.take() {
            if cells <= 1 {
                self.writer.set_kind(self.kind());
            }
            self.writer.end();
        }
    }

    /// A line break ends a paragraph where it stands after a sentence; else it is a blank.
    fn break_line(&mut self) {
        const ENDS: [char; 16] = ['.', '!', '?', '”', '"', ':', '…', ')', '’', '»', '。', '！', '？', '」', '』', '）'];
        let ends = self.writer.line().ends_with(ENDS);
        let is_second = self.writer.ends_in_break();
        if (ends || is_second) && self.cells.is_none() {
            self.writer.end();
        } else {
            self.writer.break_line(self.kind());
        }
    }
}

#[cfg(test)]
mod tests;
