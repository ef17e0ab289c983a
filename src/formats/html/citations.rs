//! Citations of block quotations: the elements in which a page says whose words they are.

use std::borrow::Cow;

use memchr::memmem;

use super::tokens::{HtmlToken, Tokens};

/// Returns `html` with `<cite>` in place of every `<footer>` that stands in a block quotation: what looks for the article on
/// a page drops footers, as most of them are the page's.
pub fn with_cites(html: &str) -> Cow<'_, str> {
    let has = |word: &[u8]| memmem::find(html.as_bytes(), word).is_some();
    if !(has(b"<footer") || has(b"<FOOTER")) || !(has(b"<blockquote") || has(b"<BLOCKQUOTE")) {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let (mut written, mut quotations, mut in_footer) = (0, 0_usize, false);
    let mut tokens = Tokens::of(html);
    while let Some(token) = tokens.next() {
        let at = html.len() - tokens.left_before()..html.len() - tokens.left();
        let tag = match token {
            HtmlToken::Start { name, closed: false, .. } => match &*name {
                "blockquote" => {
                    quotations += 1;
                    continue;
                }
                "footer" if quotations > 0 && !in_footer => {
                    in_footer = true;
                    "<cite>"
                }
                "cite" if in_footer => "",
                _ => continue,
            },
            HtmlToken::End(name) => match &*name {
                "blockquote" => {
                    quotations = quotations.saturating_sub(1);
                    if !std::mem::take(&mut in_footer) {
                        continue;
                    }
                    "</cite></blockquote>"
                }
                "footer" if in_footer => {
                    in_footer = false;
                    "</cite>"
                }
                "cite" if in_footer => "",
                _ => continue,
            },
            _ => continue,
        };
        out.push_str(&html[written..at.start]);
        out.push_str(tag);
        written = at.end;
    }
    out.push_str(&html[written..]);
    Cow::Owned(out)
}

/// Whether what stands in an open `<cite>` is the last of its block quotation: not the title of a book in a sentence.
pub fn ends_quotation(rest: &str) -> bool {
    /// How long a name is, in bytes, and how many elements end with it.
    const LONGEST: usize = 600;
    const DEEPEST: usize = 6;
    let bytes = rest.as_bytes();
    let near = &bytes[..bytes.len().min(LONGEST)];
    let Some(end) = near.windows(6).position(|tag| tag.eq_ignore_ascii_case(b"</cite")) else { return false };
    let mut after = &bytes[end..];
    for _ in 0..DEEPEST {
        let Some(close) = after.iter().take(LONGEST).position(|&b| b == b'>') else { return false };
        after = after[close + 1..].trim_ascii_start();
        if after.get(..12).is_some_and(|tag| tag.eq_ignore_ascii_case(b"</blockquote")) {
            return true;
        }
        if !after.starts_with(b"</") {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footer_of_a_block_quotation_becomes_a_cite() {
        let footer = "<footer>a</footer><blockquote>b<footer class=x>— c, <cite>d</cite></footer></blockquote><footer>e</footer>";
        let cite = "<footer>a</footer><blockquote>b<cite>— c, d</cite></blockquote><footer>e</footer>";
        assert_eq!(with_cites(footer), cite);
        assert_eq!(
            with_cites("<blockquote>b<footer>c</blockquote>d</footer>"),
            "<blockquote>b<cite>c</cite></blockquote>d</footer>"
        );
        assert!(matches!(with_cites("<footer>a</footer><p>b"), Cow::Borrowed(_)));
    }

    #[test]
    fn cite_at_the_end_is_known_from_a_title() {
        for (rest, is_end) in [
            ("Ann Roe</cite></blockquote>", true),
            ("Ann <b>Roe</b></cite> </p>\n</BLOCKQUOTE>", true),
            ("Dune</cite> is a book.</blockquote>", false),
            ("Dune</cite></p><p>More.</p></blockquote>", false),
            ("Dune", false),
            ("Ann Roe</cite", false),
        ] {
            assert_eq!(ends_quotation(rest), is_end, "{rest}");
        }
    }
}
