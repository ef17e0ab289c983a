//! How text of a mail is laid out that is neither as it is read nor HTML.

use std::borrow::Cow;

/// How the lines of a text are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextLayout {
    AsWritten,
    /// A line that ends in a blank goes on in the next (RFC 3676); the blank may not belong to the text.
    Flowed {
        del_sp: bool,
    },
    /// Marked up with tags of its own (RFC 1896, and RFC 1341 §7.1.3 before it).
    Enriched,
}

impl TextLayout {
    /// A text in this layout as it is read.
    pub fn undone(self, text: Cow<'_, str>) -> Cow<'_, str> {
        match self {
            Self::AsWritten => text,
            Self::Flowed { del_sp } => Cow::Owned(unflowed(&text, del_sp)),
            Self::Enriched => Cow::Owned(without_tags(&text)),
        }
    }
}

/// Joins lines that are one paragraph. Those that reply to others begin with ">", and go on in those that do so as often.
fn unflowed(text: &str, del_sp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // How often ">" begins the line that goes on.
    let mut open = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|b| *b == b'>').count();
        let words = &line[depth..];
        let words = words.strip_prefix(' ').unwrap_or(words);
        let is_signature = words == "-- ";
        if open != Some(depth) || is_signature || words.trim().is_empty() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&line[..depth]);
            if depth > 0 {
                out.push(' ');
            }
        }
        let is_open = words.ends_with(' ') && !is_signature;
        out.push_str(words.strip_suffix(' ').filter(|_| is_open && del_sp).unwrap_or(words));
        open = is_open.then_some(depth);
    }
    out
}

/// Takes the tags out: one line end is a blank, more are one less, "<<" is "<", and what stands between `<param>` and its
/// end is for programs.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = text.replace("\r\n", "\n");
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['<', '\n']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let lines = rest.bytes().take_while(|b| *b == b'\n').count();
        if lines > 0 {
            out.push_str(if lines == 1 { " " } else { "\n" });
            rest = &rest[lines..];
        } else if let Some(after) = rest.strip_prefix("<<") {
            out.push('<');
            rest = after;
        } else if let Some((name, after)) = tag(rest) {
            rest = after;
            match name.to_ascii_lowercase().as_str() {
                "param" => rest = after.find("</param>").map_or(after, |end| &after[end + "</param>".len()..]),
                "lt" => out.push('<'),
                "nl" | "np" => out.push('\n'),
                _ => {}
            }
        } else {
            out.push('<');
            rest = &rest[1..];
        }
    }
    out + rest
}

/// The name of the tag with which `text` begins, and what follows it.
fn tag(text: &str) -> Option<(&str, &str)> {
    /// The longest name, in bytes (RFC 1896 §2).
    const LONGEST: usize = 60;
    let (name, after) = text.strip_prefix('<')?.split_once('>')?;
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (name.len() <= LONGEST + 1 && is_name(name.strip_prefix('/').unwrap_or(name))).then_some((name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowed_lines_are_joined() {
        let flowed = |text: &str| TextLayout::Flowed { del_sp: false }.undone(text.into()).into_owned();
        assert_eq!(flowed("“It is \n tired,” said \nAnn.\n\nNext.\n"), "“It is tired,” said Ann.\n\nNext.");
        assert_eq!(
            flowed(" From here \r\non.\r\n>> It \r\n>> is.\r\n> So. \r\nNo."),
            "From here on.\n>> It is.\n> So. \nNo."
        );
        assert_eq!(flowed("Over. \n\nNext \n-- \nAnn"), "Over. \n\nNext \n-- \nAnn");
        let joined = |text: &str| TextLayout::Flowed { del_sp: true }.undone(text.into()).into_owned();
        assert_eq!(joined("「橋は疲 \nれている」 \nと述べた。\n"), "「橋は疲れている」と述べた。");
        assert_eq!(joined("Ve \nra  \nHolm \n."), "Vera Holm.");
    }

    #[test]
    fn tags_of_enriched_text_go() {
        let enriched = |text: &str| TextLayout::Enriched.undone(text.into()).into_owned();
        assert_eq!(
            enriched(
                "<bold>“It is\r\ntired,”</bold> said <color><param>red</param>Ann</color>.\r\n\r\n3 << 4 < 5 <a b>"
            ),
            "“It is tired,” said Ann.\n3 < 4 < 5 <a b>"
        );
        assert_eq!(enriched("1 <lt> 2<nl>Next"), "1 < 2\nNext");
    }
}
