//! The elements of a page and its lines of text, in the order in which they stand: what is inside an element is a range.
//!
//! Built in one pass over the tags, in a time in proportion to their length, whatever the page: what is nested too deep is
//! flattened. Ends that are missing are where a browser puts them, near enough.

use std::borrow::Cow;
use std::ops::Range;

use super::super::elements::{VOID, is_block, is_heading};
use super::super::tokens::{Attributes, HtmlToken, Tokens};
use super::super::{ReferenceContext, decode};
use super::line::{Line, LineWriter, parts_lines};

/// How many elements within one another are told apart; how far back the one is looked for that ends.
const DEEPEST: usize = 300;
const FARTHEST: usize = 64;

/// How many elements are kept.
const MOST_ELEMENTS: usize = 200_000;

/// Elements of which no word is shown and that hold no element.
const UNSEEN: [&str; 20] = [
    "script", "style", "title", "noscript", "template", "svg", "math", "iframe", "object", "embed", "noembed",
    "noframes", "button", "select", "textarea", "audio", "video", "canvas", "menu", "dialog",
];

/// Elements that an end tag of what stands inside of them does not reach out of, unless it is one of these too.
const WALLS: [&str; 24] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "header",
    "html",
    "main",
    "nav",
    "ol",
    "section",
    "table",
    "td",
    "th",
    "ul",
    "li",
];

/// An element.
#[derive(Debug)]
pub struct Element<'h> {
    pub name: Cow<'h, str>,
    pub attributes: Attributes<'h>,
    /// Where the element stands that this one is in; the first is in none.
    pub parent: Option<u32>,
    /// One past the last element in it.
    pub last: u32,
    /// From its tag to its end, in bytes of the page.
    pub start: usize,
    pub end: usize,
    /// The lines that begin in it.
    pub first_line: u32,
    pub last_line: u32,
    /// How many pictures there are before it on the page, and before its end.
    pub first_picture: u32,
    pub last_picture: u32,
    /// Whether its words are not shown.
    pub is_unseen: bool,
    /// Whether it is in a link, or one.
    pub is_linked: bool,
}

/// A page as elements and lines; the first element is the whole.
#[derive(Debug)]
pub struct Tree<'h> {
    pub html: &'h str,
    pub elements: Vec<Element<'h>>,
    pub lines: Vec<Line>,
}

impl<'h> Tree<'h> {
    /// Of a page; `with_hidden` also of what it hides.
    pub fn of(html: &'h str, with_hidden: bool) -> Self {
        let whole = Element {
            name: "".into(),
            attributes: Attributes::default(),
            parent: None,
            last: 0,
            start: 0,
            end: html.len(),
            first_line: 0,
            last_line: 0,
            first_picture: 0,
            last_picture: 0,
            is_unseen: false,
            is_linked: false,
        };
        let mut builder = Builder {
            elements: vec![whole],
            open: vec![0],
            lines: LineWriter::default(),
            pictures: 0,
            unseen: None,
            unclosed: Vec::new(),
            with_hidden,
        };
        let mut tokens = Tokens::of(html);
        loop {
            while let Some(token) = tokens.next() {
                builder.take(token, html.len() - tokens.left_before()..html.len() - tokens.left());
            }
            // What is never closed hides nothing.
            match builder.unseen.take() {
                Some(Unseen { name, after, .. }) if !matches!(name, "script" | "style") => {
                    builder.unclosed.push(name);
                    tokens = Tokens::of(&html[after..]);
                }
                _ => break,
            }
        }
        builder.close_from(0, html.len());
        Self { html, elements: builder.elements, lines: builder.lines.finish() }
    }

    /// The lines inside an element.
    pub fn lines_in(&self, index: usize) -> &[Line] {
        &self.lines[self.line_range(index)]
    }

    /// Where they stand.
    pub fn line_range(&self, index: usize) -> Range<usize> {
        let element = &self.elements[index];
        element.first_line as usize..element.last_line as usize
    }

    /// The words of a line.
    pub fn words(&self, line: &Line) -> String {
        let mut words = String::new();
        for token in Tokens::of(&self.html[line.start..line.end]) {
            if let HtmlToken::Text(text) = token {
                words.extend(decode(text, ReferenceContext::Text).chars().filter(|c| *c != '\u{ad}'));
            }
        }
        words
    }

    /// The elements around an element, from the inside, itself included.
    pub fn around(&self, index: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(index), |&index| self.elements[index].parent.map(|parent| parent as usize))
    }
}

/// An element whose content is passed by.
#[derive(Debug)]
struct Unseen {
    name: &'static str,
    /// How many of its name are open.
    open: usize,
    /// Where what is in it begins.
    after: usize,
}

struct Builder<'h> {
    elements: Vec<Element<'h>>,
    /// The elements that are open, the whole first.
    open: Vec<u32>,
    lines: LineWriter,
    /// How many there have been.
    pictures: u32,
    unseen: Option<Unseen>,
    unclosed: Vec<&'static str>,
    with_hidden: bool,
}

impl<'h> Builder<'h> {
    fn take(&mut self, token: HtmlToken<'h>, at: Range<usize>) {
        if let Some(unseen) = &mut self.unseen {
            match &token {
                HtmlToken::Start { name, closed: false, .. } if *name == unseen.name => unseen.open += 1,
                HtmlToken::End(name) if *name == unseen.name => unseen.open -= 1,
                _ => {}
            }
            if unseen.open == 0 {
                self.unseen = None;
            }
            return;
        }
        match token {
            HtmlToken::Start { name, attributes, closed } => self.start(name, attributes, closed, at),
            HtmlToken::End(name) => self.end(&name, at),
            HtmlToken::Text(text) => {
                let last = &self.elements[self.top()];
                let (is_linked, is_unseen) = (last.is_linked, last.is_unseen);
                let element = match self.lines.element() {
                    Some(begun) => self.shared(begun, self.top() as u32),
                    None => self.top() as u32,
                };
                self.lines.text(text, at.start, element, is_linked, is_unseen);
            }
            HtmlToken::Raw(_) => {}
        }
    }

    fn top(&self) -> usize {
        self.open.last().copied().unwrap_or_default() as usize
    }

    /// The innermost element that two stand in.
    fn shared(&self, mut one: u32, mut other: u32) -> u32 {
        while one != other {
            let inner = one.max(other);
            let around = self.elements[inner as usize].parent.unwrap_or_default();
            (one, other) = (one.min(other), around);
        }
        one
    }

    fn start(&mut self, name: Cow<'h, str>, attributes: Attributes<'h>, closed: bool, at: Range<usize>) {
        if let Some(name) = UNSEEN.into_iter().find(|unseen| *unseen == name) {
            if !self.unclosed.contains(&name) && (!closed || matches!(name, "script" | "style")) {
                self.unseen = Some(Unseen { name, open: 1, after: at.end });
            }
            return;
        }
        if name == "br" {
            return self.lines.break_line();
        }
        if parts_lines(&name) {
            self.lines.end();
        }
        if VOID.contains(&&*name) {
            self.pictures += u32::from(name == "img");
            return;
        }
        self.close_implied(&name, at.start);
        if closed && !parts_lines(&name) || self.open.len() >= DEEPEST || self.elements.len() >= MOST_ELEMENTS {
            return;
        }
        let parent = self.top();
        let around = &self.elements[parent];
        let is_unseen = around.is_unseen || !self.with_hidden && name != "body" && attributes.hide();
        let is_linked = around.is_linked || name == "a" && attributes.has("href");
        let index = self.elements.len() as u32;
        self.elements.push(Element {
            name,
            attributes,
            parent: Some(parent as u32),
            last: index + 1,
            start: at.start,
            end: at.end,
            first_line: self.lines.count(),
            last_line: 0,
            first_picture: self.pictures,
            last_picture: 0,
            is_unseen,
            is_linked,
        });
        self.open.push(index);
    }

    /// Closes what the beginning of an element closes.
    fn close_implied(&mut self, name: &str, at: usize) {
        match name {
            "li" => self.close_within(&["li"], &["ul", "ol", "menu", "table"], at),
            "dt" | "dd" => self.close_within(&["dt", "dd"], &["dl", "table"], at),
            "td" | "th" => self.close_within(&["td", "th"], &["tr", "table"], at),
            "tr" => self.close_within(&["tr"], &["table"], at),
            "tbody" | "thead" | "tfoot" => self.close_within(&["tbody", "thead", "tfoot"], &["table"], at),
            "a" => self.close_within(&["a"], &WALLS, at),
            _ => {}
        }
        if is_block(name) || matches!(name, "table" | "nav") {
            self.close_within(&["p"], &WALLS, at);
        }
        if is_heading(name) {
            self.close_within(&["h1", "h2", "h3", "h4", "h5", "h6"], &WALLS, at);
        }
    }

    /// Closes the outermost open element of these names, as far as the first of `walls` from the inside.
    fn close_within(&mut self, names: &[&str], walls: &[&str], at: usize) {
        let mut found = None;
        for (depth, &index) in self.open.iter().enumerate().skip(1).rev().take(FARTHEST) {
            let open = &*self.elements[index as usize].name;
            if names.contains(&open) {
                found = Some(depth);
                break;
            }
            if walls.contains(&open) {
                break;
            }
        }
        if let Some(depth) = found {
            self.close_from(depth, at);
        }
    }

    fn end(&mut self, name: &str, at: Range<usize>) {
        if parts_lines(name) {
            self.lines.end();
        }
        let is_wall = WALLS.contains(&name);
        let mut found = None;
        for (depth, &index) in self.open.iter().enumerate().skip(1).rev().take(FARTHEST) {
            let open = &*self.elements[index as usize].name;
            if open == name {
                found = Some(depth);
                break;
            }
            let stops = if is_wall { open == "table" && name != "table" } else { WALLS.contains(&open) };
            if stops && !(matches!(name, "tr" | "tbody" | "thead" | "tfoot") && matches!(open, "td" | "th")) {
                break;
            }
        }
        let Some(depth) = found else { return };
        self.close_from(depth + 1, at.start);
        self.close_from(depth, at.end);
    }

    /// Closes the open elements from this depth on.
    fn close_from(&mut self, depth: usize, at: usize) {
        if self.open.len() <= depth {
            return;
        }
        if self.open[depth..].iter().any(|&index| parts_lines(&self.elements[index as usize].name)) {
            self.lines.end();
        }
        let (last, last_line) = (self.elements.len() as u32, self.lines.count());
        for index in self.open.split_off(depth) {
            let element = &mut self.elements[index as usize];
            (element.last, element.last_line, element.end) = (last, last_line, at);
            element.last_picture = self.pictures;
        }
    }
}
