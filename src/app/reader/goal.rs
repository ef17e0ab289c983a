//! Where to go in an article: what is wanted, and where steps from quotation to quotation lead.

use crate::app::direction::Direction;
use crate::app::jumps::ReadingPosition;
use crate::user::Clipping;

/// Where to go in an article that is being opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// To the last reading position, else to the start.
    Resume,
    /// To a position.
    Position(ReadingPosition),
    /// To the first (forward) or last (backward) quotation.
    Quotation(Direction),
    /// To the first or last quotation by a person, by the keys of the names.
    By(Direction, Vec<String>),
    /// To the first or last quotation by another speaker.
    NotBy(Direction, String),
    /// To the first quotation by a speaker whose folded name holds these words.
    Named(String),
    /// To the quotation whose words start at this byte.
    QuotationAt(usize),
    /// To the quotation of a clipping; where that has lost its place, to a quotation of the same words, whoever speaks them.
    WordsOf(Box<Clipping>),
    /// To the first match of what is looked for.
    Match,
}

/// Where some steps from quotation to quotation lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To a quotation of the article.
    Within(usize),
    /// Out of the article; with the last quotation on the way, if there is one.
    Beyond(Option<usize>),
}
