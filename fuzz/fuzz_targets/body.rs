//! A body of any words, a paragraph a line.

use pullquote::article::{Body, BodyBuilder, ParagraphKind};
use pullquote::text::clean;

/// The body of these bytes.
pub fn of(bytes: &[u8]) -> Body {
    let raw = String::from_utf8_lossy(bytes);
    let text = clean(&raw);
    let mut lines = text.lines();
    let mut builder = BodyBuilder::new(lines.next().unwrap_or_default());
    for (i, line) in lines.enumerate() {
        let kind = match i % 7 {
            5 => ParagraphKind::BlockQuotation,
            6 => ParagraphKind::ListItem,
            _ => ParagraphKind::Prose,
        };
        builder.push(kind, line);
    }
    builder.build()
}
