//! The lists and block quotations that are open in markup, and what stands before their items.

use super::super::tokens::Attributes;
use crate::article::{Container, Marker, Nesting, Numerals};

/// How many open ones are looked through for the one that ends.
const FARTHEST: usize = 64;

/// The containers that are open.
#[derive(Debug, Default)]
pub struct Containers {
    open: Vec<Open>,
    nesting: Nesting,
    lists: usize,
    quotations: usize,
}

#[derive(Debug)]
struct Open {
    kind: Container,
    /// What is around it.
    around: Nesting,
    items: Option<Numbers>,
}

/// The numbers of a list.
#[derive(Debug, Clone, Copy)]
struct Numbers {
    next: i32,
    step: i32,
    numerals: Numerals,
}

impl Containers {
    /// What a paragraph stands in that begins here.
    pub const fn nesting(&self) -> Nesting {
        self.nesting
    }

    /// Whether a list is open.
    pub const fn in_list(&self) -> bool {
        self.lists > 0
    }

    /// Whether a block quotation is open.
    pub const fn in_quotation(&self) -> bool {
        self.quotations > 0
    }

    /// A block quotation begins.
    pub fn open_quotation(&mut self) {
        self.quotations += 1;
        self.begin(Container::Quotation, None);
    }

    /// A list begins: `<ul>`, or `<ol start=3 type=a reversed>`.
    pub fn open_list(&mut self, name: &str, attributes: Attributes<'_>) {
        self.lists += 1;
        let numerals = match attributes.get("type").as_deref() {
            Some("a") => Numerals::SmallLetters,
            Some("A") => Numerals::Letters,
            Some("i") => Numerals::SmallRoman,
            Some("I") => Numerals::Roman,
            _ => Numerals::Decimal,
        };
        let start = attributes.get("start").and_then(|start| start.trim().parse().ok());
        // Where nothing says where a reversed list starts, only its items would tell.
        let step = if start.is_some() && attributes.has("reversed") { -1 } else { 1 };
        let numbers = Numbers { next: start.unwrap_or(1), step, numerals };
        self.begin(Container::List, (name == "ol").then_some(numbers));
    }

    fn begin(&mut self, kind: Container, items: Option<Numbers>) {
        self.open.push(Open { kind, around: self.nesting, items });
        self.nesting = self.nesting.within(kind);
    }

    /// The innermost one of a kind ends, and what is still open inside of it.
    pub fn close(&mut self, kind: Container) {
        let Some(back) = self.open.iter().rev().take(FARTHEST).position(|open| open.kind == kind) else { return };
        for open in self.open.drain(self.open.len() - 1 - back..).rev() {
            self.nesting = open.around;
            match open.kind {
                Container::List => self.lists -= 1,
                Container::Quotation => self.quotations -= 1,
            }
        }
    }

    /// What stands before an item that begins here: `<li>`, or `<li value=7>`; nothing outside of lists.
    pub fn item(&mut self, attributes: Attributes<'_>) -> Option<Marker> {
        let list = self.open.last_mut().filter(|open| open.kind == Container::List)?;
        let Some(numbers) = &mut list.items else { return Some(Marker::Bullet) };
        let number = attributes.get("value").and_then(|value| value.trim().parse().ok()).unwrap_or(numbers.next);
        numbers.next = number.saturating_add(numbers.step);
        Some(Marker::Number(number, numbers.numerals))
    }
}
