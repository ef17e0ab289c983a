//! Words in Markdown.

/// The words with a backslash before what Markdown would take for markup.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_words() {
        assert_eq!(escaped("*no* <b>_x_</b> [a](b) `c` \\"), r"\*no\* \<b\>\_x\_\</b\> \[a\](b) \`c\` \\");
    }
}
