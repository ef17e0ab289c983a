//! What a piece of text is, for everything above: byte spans, cleaning, folding, words, width.
//!
//! From `&str` to spans (bytes), cleaned text, folded text and its words.
//! It never knows that articles, quotations, files or screens exist.

mod clean;
mod fold;
mod nearest;
mod placeholders;
mod plural;
mod scripts;
mod span;
mod width;
mod words;

pub use clean::{clean, clean_line, escape_length, may_deceive};
pub use fold::{Folded, fold, fold_with_offsets};
pub use nearest::{nearest, slips};
pub use placeholders::{filled, placeholders};
pub use plural::{counted, plural};
pub use scripts::{lowered, raised};
pub use span::Span;
pub use width::{cells, head, shorten};
pub use words::{begins_word, runs, word_count, word_spans, words};
