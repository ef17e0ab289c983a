//! How a paragraph is set, in a line of an export: only what is not as usual.

use serde::{Deserialize, Serialize};

use crate::article::{Body, BodyBuilder, Container, Marker, Nesting, Numerals, Paragraph, Shape, StyleKind};
use crate::text::Span;

/// How a paragraph is set, and what in it; places are bytes of the text of the paragraph.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Setting {
    /// What it stands in, from the outside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    within: Vec<ContainerName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    marker: Option<MarkerName>,
    #[serde(default, skip_serializing_if = "is_zero")]
    level: u8,
    #[serde(default, skip_serializing_if = "is_zero")]
    blank_lines: u8,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    begins: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    header: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    rule_above: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    styles: Vec<Style>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cells: Vec<(usize, usize)>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ContainerName {
    List,
    Quotation,
}

/// A bullet, or a number by how it is written.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MarkerName {
    Bullet,
    Decimal(i32),
    SmallLetters(i32),
    Letters(i32),
    SmallRoman(i32),
    Roman(i32),
}

/// Words that are told apart; `kind` is a [`StyleKind`] by name.
#[derive(Debug, Serialize, Deserialize)]
struct Style {
    start: usize,
    end: usize,
    kind: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "so serde asks for it")]
const fn is_zero(number: &u8) -> bool {
    *number == 0
}

impl Setting {
    /// That of a paragraph of a body.
    pub fn of(body: &Body, paragraph: &Paragraph) -> Self {
        let Shape { nesting, marker, level, blank_lines, begins, is_header, rule_above } = paragraph.shape;
        let from = paragraph.words().start;
        let name = |container| match container {
            Container::List => ContainerName::List,
            Container::Quotation => ContainerName::Quotation,
        };
        let style = |style: &crate::article::InlineStyle| {
            let (start, end) = (style.span.start.checked_sub(from)?, style.span.end.checked_sub(from)?);
            Some(Style { start, end, kind: style.kind.name().to_owned() })
        };
        Self {
            within: nesting.iter().map(name).collect(),
            marker: marker.map(MarkerName::from),
            level,
            blank_lines,
            begins,
            header: is_header,
            rule_above,
            styles: body.styles_in(paragraph).iter().filter_map(style).collect(),
            cells: body.cells(paragraph).iter().map(|cell| (cell.start - from, cell.end - from)).collect(),
        }
    }

    /// How the paragraph is set.
    pub fn shape(&self) -> Shape {
        let container = |name: &ContainerName| match name {
            ContainerName::List => Container::List,
            ContainerName::Quotation => Container::Quotation,
        };
        let nesting = self.within.iter().fold(Nesting::default(), |nesting, name| nesting.within(container(name)));
        Shape {
            nesting,
            marker: self.marker.map(Marker::from),
            level: self.level.min(6),
            blank_lines: self.blank_lines,
            begins: self.begins,
            is_header: self.header,
            rule_above: self.rule_above,
        }
    }

    /// Adds what is set in the paragraph that was added last; `place` says where a byte of its text is now.
    pub fn place(&self, builder: &mut BodyBuilder, place: impl Fn(usize) -> usize) {
        let named = |name: &str| StyleKind::ALL.into_iter().find(|kind| kind.name() == name);
        for style in &self.styles {
            if let Some(kind) = named(&style.kind) {
                builder.style(Span::new(place(style.start), place(style.end)), kind);
            }
        }
        for (start, end) in &self.cells {
            builder.cell(Span::new(place(*start), place(*end)));
        }
    }
}

impl From<Marker> for MarkerName {
    fn from(marker: Marker) -> Self {
        match marker {
            Marker::Bullet => Self::Bullet,
            Marker::Number(number, Numerals::Decimal) => Self::Decimal(number),
            Marker::Number(number, Numerals::SmallLetters) => Self::SmallLetters(number),
            Marker::Number(number, Numerals::Letters) => Self::Letters(number),
            Marker::Number(number, Numerals::SmallRoman) => Self::SmallRoman(number),
            Marker::Number(number, Numerals::Roman) => Self::Roman(number),
        }
    }
}

impl From<MarkerName> for Marker {
    fn from(name: MarkerName) -> Self {
        match name {
            MarkerName::Bullet => Self::Bullet,
            MarkerName::Decimal(number) => Self::Number(number, Numerals::Decimal),
            MarkerName::SmallLetters(number) => Self::Number(number, Numerals::SmallLetters),
            MarkerName::Letters(number) => Self::Number(number, Numerals::Letters),
            MarkerName::SmallRoman(number) => Self::Number(number, Numerals::SmallRoman),
            MarkerName::Roman(number) => Self::Number(number, Numerals::Roman),
        }
    }
}
