//! How the paragraphs of an article are set, as bytes: only of those that are set in some way.

use std::iter::Peekable;
use std::slice::Iter;

use serde::{Deserialize, Serialize};

use crate::article::{Body, BodyBuilder, Marker, Nesting, Numerals, Shape, StyleKind};
use crate::text::Span;

/// A paragraph: how many others stand between it and the one before that is set in some way, its nesting, its marker (0 for
/// none, 1 for a bullet, else two more than the place of its numerals), the number of that, its level, its blank lines, and
/// what else holds, a bit each.
type ShapeRecord = (u32, u32, u8, i32, u8, u8, u8);

const BEGINS: u8 = 1;
const IS_HEADER: u8 = 1 << 1;
const RULE_ABOVE: u8 = 1 << 2;

/// How the paragraphs of an article are set, and what stands in its text: how far behind the one before it each starts, how
/// long it is, and of styles which.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ShapeRecords {
    shapes: Vec<ShapeRecord>,
    styles: Vec<(u32, u32, u8)>,
    cells: Vec<(u32, u32)>,
}

impl ShapeRecords {
    /// Of a body; nothing where all of it is as usual.
    pub fn of(body: &Body) -> Option<Self> {
        let mut records = Self::default();
        let mut next = 0;
        for (number, paragraph) in body.paragraphs().iter().enumerate() {
            if paragraph.shape != Shape::default() {
                records.shapes.push(record(paragraph.shape, (number - next) as u32));
                next = number + 1;
            }
        }
        let mut at = 0;
        for style in body.styles() {
            let number = StyleKind::ALL.iter().position(|kind| *kind == style.kind).unwrap_or_default();
            records.styles.push(((style.span.start - at) as u32, style.span.len() as u32, number as u8));
            at = style.span.start;
        }
        at = 0;
        for cell in body.paragraphs().iter().flat_map(|row| body.cells(row)) {
            records.cells.push(((cell.start - at) as u32, cell.len() as u32));
            at = cell.start;
        }
        (records != Self::default()).then_some(records)
    }

    /// Which paragraphs are set in some way, in order, and how.
    pub fn shapes(&self) -> impl Iterator<Item = (usize, Shape)> {
        let mut next = 0_usize;
        self.shapes.iter().map(move |record| {
            let number = next.saturating_add(record.0 as usize);
            next = number.saturating_add(1);
            (number, shape(*record))
        })
    }
}

fn record(shape: Shape, gap: u32) -> ShapeRecord {
    let (marker, number) = match shape.marker {
        None => (0, 0),
        Some(Marker::Bullet) => (1, 0),
        Some(Marker::Number(number, numerals)) => {
            (2 + Numerals::ALL.iter().position(|known| *known == numerals).unwrap_or_default() as u8, number)
        }
    };
    let bit = |holds: bool, bit: u8| if holds { bit } else { 0 };
    let bits = bit(shape.begins, BEGINS) | bit(shape.is_header, IS_HEADER) | bit(shape.rule_above, RULE_ABOVE);
    (gap, shape.nesting.bits(), marker, number, shape.level, shape.blank_lines, bits)
}

fn shape((_, nesting, marker, number, level, blank_lines, bits): ShapeRecord) -> Shape {
    let numerals = || Numerals::ALL.get(usize::from(marker).saturating_sub(2)).copied().unwrap_or_default();
    Shape {
        nesting: Nesting::from_bits(nesting),
        marker: match marker {
            0 => None,
            1 => Some(Marker::Bullet),
            _ => Some(Marker::Number(number, numerals())),
        },
        level: level.min(6),
        blank_lines,
        begins: bits & BEGINS != 0,
        is_header: bits & IS_HEADER != 0,
        rule_above: bits & RULE_ABOVE != 0,
    }
}

/// What stands in a text, while the paragraphs of that are put together.
pub(super) struct Marks<'r> {
    styles: Peekable<Iter<'r, (u32, u32, u8)>>,
    cells: Peekable<Iter<'r, (u32, u32)>>,
    /// Where the last of each starts.
    style: usize,
    cell: usize,
}

impl<'r> Marks<'r> {
    pub fn of(records: &'r ShapeRecords) -> Self {
        Self { styles: records.styles.iter().peekable(), cells: records.cells.iter().peekable(), style: 0, cell: 0 }
    }

    /// Adds those of the paragraph that was added last, whose words stand here.
    pub fn place(&mut self, words: Span, builder: &mut BodyBuilder) {
        let from = |start: usize, length: u32| {
            let start = start.checked_sub(words.start)?;
            Some(Span::new(start, start.checked_add(length as usize)?))
        };
        while let Some((gap, length, kind)) =
            self.styles.next_if(|(gap, ..)| self.style.saturating_add(*gap as usize) < words.end)
        {
            self.style = self.style.saturating_add(*gap as usize);
            if let (Some(span), Some(kind)) = (from(self.style, *length), StyleKind::ALL.get(usize::from(*kind))) {
                builder.style(span, *kind);
            }
        }
        while let Some((gap, length)) =
            self.cells.next_if(|(gap, _)| self.cell.saturating_add(*gap as usize) <= words.end)
        {
            self.cell = self.cell.saturating_add(*gap as usize);
            if let Some(span) = from(self.cell, *length) {
                builder.cell(span);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ParagraphKind;

    #[test]
    fn what_is_as_usual_takes_no_room() {
        let mut builder = BodyBuilder::new("Fares");
        builder.push(ParagraphKind::Prose, "Plain.");
        assert_eq!(ShapeRecords::of(&builder.build()), None);
    }
}
