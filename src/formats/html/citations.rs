//! Citations of block quotations: the elements in which a page says whose words they are.

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
