//! How a paragraph is set: what it stands in, what stands before it, how its words are told apart.

use crate::text::Span;

/// What paragraphs stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Container {
    /// A list.
    List,
    /// A block quotation.
    Quotation,
}

/// What a paragraph stands in, from the outside; what is deeper than [`Nesting::DEEPEST`] is not told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Nesting(u32);

impl Nesting {
    /// How many containers within one another are kept.
    pub const DEEPEST: usize = 12;

    /// The same inside of one more.
    #[must_use]
    pub const fn within(self, container: Container) -> Self {
        let sign = match container {
            Container::List => 1,
            Container::Quotation => 2,
        };
        if self.depth() >= Self::DEEPEST { self } else { Self(self.0 | sign << (2 * self.depth())) }
    }

    /// How many containers there are around.
    pub const fn depth(self) -> usize {
        (32 - self.0.leading_zeros() as usize).div_ceil(2)
    }

    /// From the outside.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Container> {
        (0..self.depth()).map(move |at| match self.0 >> (2 * at) & 3 {
            1 => Container::List,
            _ => Container::Quotation,
        })
    }

    /// How many lists are around.
    pub fn lists(self) -> usize {
        self.iter().filter(|container| *container == Container::List).count()
    }

    /// Which of the containers, counted from the outside, is the innermost list.
    pub fn innermost_list(self) -> Option<usize> {
        let lists = self.iter().enumerate().filter(|(_, container)| *container == Container::List);
        lists.map(|(at, _)| at).last()
    }

    /// How many block quotations are around.
    pub fn quotations(self) -> usize {
        self.iter().filter(|container| *container == Container::Quotation).count()
    }

    /// The outer part that two have in common.
    #[must_use]
    pub fn shared(self, other: Self) -> Self {
        let alike = self.iter().zip(other.iter()).take_while(|(one, other)| one == other);
        alike.fold(Self::default(), |nesting, (container, _)| nesting.within(container))
    }

    /// As a number: two bits for each, the outermost lowest, 1 for a list, 2 for a quotation.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// From such a number, as far as it is one.
    #[must_use]
    pub fn from_bits(bits: u32) -> Self {
        let mut nesting = Self::default();
        for at in 0..Self::DEEPEST {
            nesting = match bits >> (2 * at) & 3 {
                1 => nesting.within(Container::List),
                2 => nesting.within(Container::Quotation),
                _ => break,
            };
        }
        nesting
    }
}

/// How numbers of a list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Numerals {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// a, b, c.
    SmallLetters,
    /// A, B, C.
    Letters,
    /// i, ii, iii.
    SmallRoman,
    /// I, II, III.
    Roman,
}

impl Numerals {
    /// All of them; the order is kept in libraries.
    pub const ALL: [Self; 5] = [Self::Decimal, Self::SmallLetters, Self::Letters, Self::SmallRoman, Self::Roman];
}

/// What stands before an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A number.
    Number(i32, Numerals),
}

impl Marker {
    /// The marker as it is printed in data: "•", "3.", "c.", "iii.".
    pub fn printed(self) -> String {
        match self {
            Self::Bullet => "•".to_owned(),
            Self::Number(number, numerals) => {
                let written = match numerals {
                    Numerals::Decimal => None,
                    Numerals::SmallLetters => letters(number),
                    Numerals::Letters => letters(number).map(|letters| letters.to_uppercase()),
                    Numerals::SmallRoman => roman(number).map(|roman| roman.to_lowercase()),
                    Numerals::Roman => roman(number),
                };
                format!("{}.", written.unwrap_or_else(|| number.to_string()))
            }
        }
    }
}

fn letters(number: i32) -> Option<String> {
    let mut rest = u32::try_from(number).ok().filter(|number| *number > 0)?;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(b'a' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.reverse();
    String::from_utf8(letters).ok()
}

fn roman(number: i32) -> Option<String> {
    const LARGEST: i32 = 3999;
    const PARTS: [(i32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = Some(number).filter(|number| (1..=LARGEST).contains(number))?;
    let mut out = String::new();
    for (value, letters) in PARTS {
        while rest >= value {
            out.push_str(letters);
            rest -= value;
        }
    }
    Some(out)
}

/// How a paragraph is set. The usual one has nothing of all this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Shape {
    /// What it stands in.
    pub nesting: Nesting,
    /// What stands before it, where an item of the innermost list begins with it.
    pub marker: Option<Marker>,
    /// The level of a heading, 1 to 6; 0 for all else, and where it is not known.
    pub level: u8,
    /// How many blank lines stand above a line of preformatted text.
    pub blank_lines: u8,
    /// Whether a table or preformatted text begins with it.
    pub begins: bool,
    /// Whether a row of a table names its columns.
    pub is_header: bool,
    /// Whether a rule stands above it.
    pub rule_above: bool,
}

/// How words are told apart from those around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StyleKind {
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Code.
    Code,
    /// Superscript.
    Superscript,
    /// Subscript.
    Subscript,
    /// What no longer holds.
    Deleted,
}

impl StyleKind {
    /// All of them; the order is kept in libraries.
    pub const ALL: [Self; 6] =
        [Self::Emphasis, Self::Strong, Self::Code, Self::Superscript, Self::Subscript, Self::Deleted];

    /// Its name in data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Emphasis => "emphasis",
            Self::Strong => "strong",
            Self::Code => "code",
            Self::Superscript => "superscript",
            Self::Subscript => "subscript",
            Self::Deleted => "deleted",
        }
    }
}

/// Words that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InlineStyle {
    /// Which words.
    pub span: Span,
    /// How.
    pub kind: StyleKind,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_is_kept_from_the_outside() {
        let inner = Nesting::default().within(Container::List).within(Container::Quotation).within(Container::List);
        assert_eq!(inner.iter().collect::<Vec<_>>(), [Container::List, Container::Quotation, Container::List]);
        assert_eq!((inner.depth(), inner.lists(), inner.quotations()), (3, 2, 1));
        assert_eq!(inner.shared(Nesting::default().within(Container::List).within(Container::List)).depth(), 1);
        assert_eq!(Nesting::from_bits(inner.bits()), inner);
        assert_eq!(Nesting::from_bits(u32::MAX), Nesting::default());
        let deep = (0..99).fold(Nesting::default(), |nesting, _| nesting.within(Container::Quotation));
        assert_eq!((deep.depth(), Nesting::from_bits(deep.bits())), (Nesting::DEEPEST, deep));
    }

    #[test]
    fn numbers_are_printed_as_the_list_has_them() {
        for (number, numerals, printed) in [
            (3, Numerals::Decimal, "3."),
            (-2, Numerals::Decimal, "-2."),
            (28, Numerals::SmallLetters, "ab."),
            (26, Numerals::Letters, "Z."),
            (0, Numerals::Letters, "0."),
            (14, Numerals::SmallRoman, "xiv."),
            (1994, Numerals::Roman, "MCMXCIV."),
            (4000, Numerals::Roman, "4000."),
        ] {
            assert_eq!(Marker::Number(number, numerals).printed(), printed);
        }
    }
}
