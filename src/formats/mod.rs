//! Formats: turns bytes into articles, whatever they are written in.
//!
//! Takes a stream of bytes and what is known beside it (a name, a time); gives articles, or the reason why not.
//! The format is told from the content first and from the name second.
//! It never knows where the bytes came from, nor what is looked for in an article.

mod binary;
mod byline;
mod caption;
mod compression;
mod dated_text;
mod dateline;
mod encoding;
mod file_name;
mod foreign;
mod moment;
mod paragraphs;
mod parts;
mod promotion;
mod refusal;

use std::io::Read;

use chrono::NaiveDateTime;

use crate::article::Article;
use crate::text::clean;

pub use refusal::Refusal;

/// Which version of the formats read an article; files that an older one read are read again.
pub const VERSION: u32 = 1;

/// The most bytes that an article may have, before and after it is unpacked: 16 MiB.
pub const LARGEST: u64 = 16 << 20;

/// What is known of some bytes beside the bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint<'a> {
    /// The name of the file, without its folders.
    pub name: Option<&'a str>,
    /// When the file was last written, UTC; stands in for the date of an article that gives none.
    pub modified: Option<NaiveDateTime>,
}

/// Reads the articles in `input` and hands each to `give`, in order, as soon as it is whole; what is no article is
/// handed over as a [`Refusal`].
///
/// At least one of either is given. The articles have no origin yet: the caller knows it.
pub fn read(input: &mut dyn Read, hint: &Hint<'_>, give: &mut dyn FnMut(Result<Article, Refusal>)) {
    give(read_one(input, hint));
}

fn read_one(input: &mut dyn Read, hint: &Hint<'_>) -> Result<Article, Refusal> {
    let bytes = compression::unpacked(input, LARGEST)?;
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if let Some(what) = binary::recognize(&bytes) {
        return Err(Refusal::NotText(what));
    }
    let decoded = encoding::decode(&bytes);
    let text = clean(&decoded);
    if let Some(what) = foreign::recognize(&text) {
        return Err(Refusal::Unsupported(what));
    }
    dated_text::read(&text, hint).ok_or(Refusal::Empty)
}
