//! How the article on a page is found, for who writes a rule for a site.

use std::io::Read;

use super::compression::{self, Verified};
use super::html::{self, PageExplanation};
use super::sniff::{self, InputFormat};
use super::{Hint, LARGEST, ParseError, encoding};

/// Tells how the article on a page is found, which may be packed.
///
/// # Errors
///
/// When it cannot be read to its end, or is no page.
pub fn explain_page(input: &mut dyn Read, hint: &Hint<'_>) -> Result<PageExplanation, ParseError> {
    let input = compression::unpacked(input, hint.name, &Verified::default()).map_err(ParseError::from_reading)?;
    let mut bytes = Vec::new();
    input.take(LARGEST + 1).read_to_end(&mut bytes).map_err(ParseError::from_reading)?;
    if bytes.len() as u64 > LARGEST {
        return Err(ParseError::TooLarge);
    }
    let text = encoding::decode(&bytes, hint.charset());
    match sniff::recognize(&text, hint) {
        InputFormat::Html => Ok(html::explain(&text, hint)),
        _ if bytes.is_empty() => Err(ParseError::Empty),
        _ => Err(ParseError::Unsupported("no web page")),
    }
}
