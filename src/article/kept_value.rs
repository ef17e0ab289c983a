//! What is brought back of the record that an article comes from.

/// A field of a record of the input, as it stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum KeptValue {
    /// It is not there, or null.
    #[default]
    Nothing,
    /// A text, character for character.
    Text(String),
    /// A number with the digits that it has, `true` or `false`.
    Plain(String),
    /// A list or an object, as JSON on one line: its members in their order, numbers with their digits.
    Nested(String),
}

impl From<Option<String>> for KeptValue {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }
}
