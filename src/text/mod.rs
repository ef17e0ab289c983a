//! What a piece of text is, for everything above: byte spans, cleaning, folding, width.
//!
//! Takes `&str`; gives spans (bytes), cleaned text and folded text.
//! It never knows that articles, quotations, files or screens exist.

mod clean;
mod fold;
mod span;
mod width;

pub use clean::{clean, clean_line};
pub use fold::{Folded, fold, fold_with_offsets};
pub use span::Span;
pub use width::{cells, head, shorten};
