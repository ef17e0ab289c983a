//! Line ends: LF, CRLF, and CR alone as old Macs and some exports write it.

use std::borrow::Cow;

use memchr::memchr_iter;

/// Returns `text` with each of its lines ended by `\n`.
pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let mut returns = memchr_iter(b'\r', text.as_bytes()).peekable();
    if returns.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut written = 0;
    for at in returns {
        out.push_str(&text[written..at]);
        written = at + 1;
        if text.as_bytes().get(written) != Some(&b'\n') {
            out.push('\n');
        }
    }
    out.push_str(&text[written..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_is_a_line_feed() {
        assert_eq!(with_line_feeds("a\r\rb\r\nc\n\rd\r"), "a\n\nb\nc\n\nd\n");
        assert!(matches!(with_line_feeds("a\nb"), Cow::Borrowed(_)));
    }
}
