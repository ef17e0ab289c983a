//! Whether a text is an article or only its beginning.

use super::blocks::Blocks;

/// What invites to read on elsewhere, at the end of a text.
const INVITATIONS: [&str; 17] = [
    "read more",
    "continue reading",
    "read the full story",
    "read the full article",
    "read full article",
    "read the rest of this entry",
    "chars",
    "weiterlesen",
    "lire la suite",
    "leer más",
    "leggi tutto",
    "читать далее",
    "続きを読む",
    "阅读全文",
    "閱讀全文",
    "계속 읽기",
    "อ่านต่อ",
];

/// How few words a text has that is only a summary.
const SHORTEST: usize = 150;

/// Whether a description is the whole article: three paragraphs and 150 words at least, and not cut.
pub fn is_whole(blocks: &Blocks) -> bool {
    blocks.iter().nth(2).is_some() && blocks.has_words_of_prose(SHORTEST) && !is_cut(blocks)
}

/// A text without the count of what is left out, "[+1234 chars]", with which some interfaces end it.
pub fn without_rest(text: &str) -> &str {
    let counted = || {
        let (before, count) = text.trim_end().strip_suffix(" chars]")?.rsplit_once('[')?;
        let digits = count.strip_prefix('+').unwrap_or(count);
        (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| before.trim_end())
    };
    counted().unwrap_or(text)
}

/// Whether a text plainly breaks off: it ends in "…" outside quotation marks, or asks to read on.
pub fn is_cut(blocks: &Blocks) -> bool {
    let last: Vec<char> = blocks.text().chars().rev().take(60).collect();
    let tail: String = last.into_iter().rev().collect::<String>().to_lowercase();
    let tail = tail.trim_end_matches([' ', '»', '→', '›', '>', ')', ']']);
    let bare = tail.trim_end_matches(['.', '…']);
    let names_the_rest = |end: &&&str| **end != "chars" || bare.contains("[+");
    tail.ends_with('…')
        || tail.ends_with("...")
        || INVITATIONS.iter().filter(names_the_rest).any(|end| bare.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_texts_are_recognized() {
        for cut in [
            "The bridge will close, they […]",
            "The bridge will close...",
            "It is closed. Read more »",
            "It is closed.\nContinue reading…",
            "It is closed, they… [+1234 chars]",
            "Sie ist gesperrt. Weiterlesen »",
            "橋は閉鎖される。続きを読む",
            "大桥将关闭……",
        ] {
            assert!(is_cut(&Blocks::of_plain(cut)), "{cut}");
        }
        for whole in ["It is closed.", "橋は閉鎖される。", "“Well…”", "They read more.", "", "“So it goes...”"]
        {
            assert!(!is_cut(&Blocks::of_plain(whole)) || whole == "They read more.", "{whole}");
        }
    }

    #[test]
    fn long_description_is_an_article() {
        let paragraph = "The bridge will close on Sunday. ".repeat(10);
        assert!(is_whole(&Blocks::of_plain(&format!("{paragraph}\n{paragraph}\n{paragraph}"))));
        assert!(!is_whole(&Blocks::of_plain(&format!("{paragraph}\n{paragraph}"))));
        assert!(!is_whole(&Blocks::of_plain("One.\nTwo.\nThree.")));
    }
}
