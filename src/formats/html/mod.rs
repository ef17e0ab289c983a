//! HTML: text with markup, whether a whole page or a piece in a feed, a mail or a crawl.

mod asides;
mod citations;
mod elements;
mod entity;
mod extraction;
mod inline_markup;
mod json_ld;
mod metadata;
mod microdata;
mod naming;
mod page;
mod page_authors;
mod page_dates;
mod pictures;
mod quotation_marks;
mod shown;
mod site;
mod title;
mod tokens;
mod walk;

pub use elements::{ELEMENTS, style_of};
pub use entity::{ReferenceContext, decode, decode_after, decode_attribute};
pub use extraction::{Candidate, Explanation, LeftOut};
pub use inline_markup::{is_markup, is_of_pairs, line, line_in, line_of_html, line_of_xhtml, markup_in};
pub use page::{PageExplanation, TextSource, explain, read};
pub use pictures::{is_telling, picture};
pub use quotation_marks::{Quotes, Replacement, with_quotation_marks};
pub use site::Selected;
pub use tokens::{Attributes, HtmlToken, Tokens};
pub use walk::{TableText, blocks, resolved};

/// The paragraphs of a field that may be markup or plain text, perhaps with character references; `language` is that of
/// the text, where known.
pub fn text_or_markup(text: &str, base: Option<&url::Url>, language: Option<&str>) -> super::blocks::Blocks {
    if is_markup(text) {
        let marked = with_quotation_marks(text, language);
        // Where nothing says how lines are broken, they are broken as they are written.
        let has_breaks = Tokens::of(&marked)
            .any(|token| matches!(token, HtmlToken::Start { name, .. } if name == "br" || elements::is_block(&name)));
        let html = if has_breaks { marked } else { marked.replace('\n', "<br>").into() };
        blocks(&html, base, TableText::Rows)
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
        let blocks = text_or_markup("<b>One</b>\nand two.\nThree <q>is</q>.", None, Some("de"));
        assert_eq!(blocks.text(), "One and two.\nThree „is“.");
        let blocks = text_or_markup("<p>One.\nTwo.<p>Three.", None, None);
        assert_eq!(blocks.text(), "One. Two.\nThree.");
    }
}
