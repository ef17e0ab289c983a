//! What is drawn before the words of paragraphs that stand in lists and block quotations: bullets, numbers, bars, blanks.

use std::collections::HashMap;

use crate::article::{Container, Marker, Nesting, Paragraph, ParagraphKind};
use crate::text::cells;

/// Bullets by how many lists are around.
const BULLETS: [&str; 3] = ["•", "◦", "‣"];

/// What stands beside a block quotation.
const BAR: &str = "▎ ";

/// How far definitions stand in, in cells.
const DEFINITION: usize = 4;

/// The leads of a layout, each once; the first is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leads(Vec<String>);

impl Default for Leads {
    fn default() -> Self {
        Self(vec![String::new()])
    }
}

impl Leads {
    /// The lead with this number.
    pub fn get(&self, number: u32) -> &str {
        self.0.get(number as usize).map_or("", String::as_str)
    }
}

/// Makes the leads of paragraphs, one after the other.
#[derive(Debug, Default)]
pub struct LeadWriter {
    leads: Leads,
    numbers: HashMap<String, u32>,
    /// Of each container around the paragraph before how wide its markers are, and whether they are bullets.
    widths: Vec<(usize, bool)>,
    /// What the paragraph before stands in.
    nesting: Nesting,
    /// How wide all is, in cells.
    width: usize,
}

/// What stands before the first row of a paragraph and before the others, by number, and how wide that is.
#[derive(Debug, Clone, Copy, Default)]
pub struct ParagraphLeads {
    pub first: u32,
    pub rest: u32,
    pub width: usize,
}

impl LeadWriter {
    pub fn new(width: usize) -> Self {
        Self { width, ..Self::default() }
    }

    pub fn finish(self) -> Leads {
        self.leads
    }

    /// The lead with this number.
    pub fn text(&self, number: u32) -> &str {
        self.leads.get(number)
    }

    /// The number of a lead.
    pub fn number(&mut self, lead: String) -> u32 {
        if lead.is_empty() {
            return 0;
        }
        if let Some(number) = self.numbers.get(&lead) {
            return *number;
        }
        let number = self.leads.0.len() as u32;
        self.leads.0.push(lead.clone());
        self.numbers.insert(lead, number);
        number
    }

    /// The leads of the first of these paragraphs; the others follow it.
    pub fn of(&mut self, paragraphs: &[Paragraph]) -> ParagraphLeads {
        let Some(paragraph) = paragraphs.first() else { return ParagraphLeads::default() };
        let shape = paragraph.shape;
        let is_definition = paragraph.kind == ParagraphKind::Definition;
        if shape.nesting.depth() == 0 && !is_definition {
            self.widths.clear();
            self.nesting = Nesting::default();
            return ParagraphLeads::default();
        }
        self.measure(paragraphs);
        let (mut first, mut rest) = (Vec::new(), Vec::new());
        let innermost = shape.nesting.innermost_list();
        let mut lists = 0;
        for (at, container) in shape.nesting.iter().enumerate() {
            if container == Container::Quotation {
                first.push(BAR.to_owned());
                rest.push(BAR.to_owned());
                continue;
            }
            lists += 1;
            let width = self.widths[at].0;
            let marker = shape.marker.filter(|_| Some(at) == innermost).map(|marker| drawn(marker, lists));
            let blanks = " ".repeat(width);
            first.push(marker.map_or_else(|| blanks.clone(), |marker| format!("{marker:>0$} ", width - 1)));
            rest.push(blanks);
        }
        if is_definition {
            first.push(" ".repeat(DEFINITION));
            rest.push(" ".repeat(DEFINITION));
        }
        self.fitted(first, rest)
    }

    /// The lead of the space between the paragraph before and one that shares these containers with it: the bars go on.
    pub fn between(&mut self, shared: Nesting) -> u32 {
        if shared.quotations() == 0 {
            return 0;
        }
        let part = |(at, container)| match container {
            Container::Quotation => BAR.to_owned(),
            Container::List => " ".repeat(self.widths.get(at).map_or(0, |(width, _)| *width)),
        };
        let parts: Vec<_> = shared.iter().enumerate().map(part).collect();
        let rest = self.fitted(parts.clone(), parts).rest;
        let bars = self.leads.get(rest).trim_end().to_owned();
        self.number(bars)
    }

    /// The leads without what stands furthest out, where there is no room for all.
    fn fitted(&mut self, mut first: Vec<String>, mut rest: Vec<String>) -> ParagraphLeads {
        let wide = |parts: &[String]| parts.iter().map(|part| cells(part)).sum::<usize>();
        while wide(&first) > self.width / 2 && !first.is_empty() {
            first.remove(0);
            rest.remove(0);
        }
        ParagraphLeads { width: wide(&first), first: self.number(first.concat()), rest: self.number(rest.concat()) }
    }

    /// Learns how wide the markers of the lists are that the first paragraph stands in.
    fn measure(&mut self, paragraphs: &[Paragraph]) {
        let shape = paragraphs[0].shape;
        let depth = shape.nesting.depth();
        self.widths.truncate(self.nesting.shared(shape.nesting).depth());
        self.nesting = shape.nesting;
        self.widths.resize(depth, (cells(BULLETS[0]) + 1, true));
        let Some((marker, level)) = shape.marker.zip(shape.nesting.innermost_list()) else { return };
        let is_bullet = marker == Marker::Bullet;
        let (width, was_bullet) = self.widths[level];
        // A list begins, or goes on with wider numbers than before.
        if is_bullet != was_bullet || cells(&drawn(marker, 0)) >= width {
            let list = paragraphs.iter().take_while(|next| next.shape.nesting.shared(shape.nesting) == shape.nesting);
            let items = list.filter(|next| next.shape.nesting == shape.nesting).filter_map(|next| next.shape.marker);
            let items = items.take_while(|next| (*next == Marker::Bullet) == is_bullet);
            let widest = items.map(|marker| cells(&drawn(marker, 0))).max().unwrap_or_default();
            self.widths[level] = (widest + 1, is_bullet);
        }
    }
}

fn drawn(marker: Marker, lists: usize) -> String {
    match marker {
        Marker::Bullet => BULLETS[lists.saturating_sub(1).min(BULLETS.len() - 1)].to_owned(),
        Marker::Number(..) => marker.printed(),
    }
}
