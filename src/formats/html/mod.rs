//! HTML: text with markup, whether a whole page or a piece in a feed, a mail or a crawl.

mod entity;
mod guard;
mod inline_markup;
mod json_ld;
mod metadata;
mod page;
mod quotation_marks;
mod tokens;
mod walk;

pub use entity::{ReferenceContext, decode, decode_after, decode_attribute};
pub use inline_markup::{is_markup, line, line_in, line_of_html};
pub use page::read;
pub use quotation_marks::{Edit, Quotes, with_quotation_marks};
pub use tokens::{Attributes, HtmlToken, Tokens};
pub use walk::{TableText, blocks, resolved};

/// The paragraphs of a field that may be markup or plain text, perhaps with character references; `language` is that of
/// the text, where known.
pub fn text_or_markup(text: &str, base: Option<&url::Url>, language: Option<&str>) -> super::blocks::Blocks {
    if is_markup(text) {
        blocks(&with_quotation_marks(text, language), base, TableText::Rows)
    } else {
        super::blocks::Blocks::of_plain(&decode(text, ReferenceContext::Plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_may_be_plain_or_markup() {
        let blocks = text_or_markup("One &amp; two.\n\nThree.", None, None);
        assert_eq!(blocks.text(), "One & two.\nThree.");
    }
}
