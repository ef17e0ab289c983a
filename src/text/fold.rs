//! Folding: what makes “Zoë”, "zoe" and ZOË the same when the reader searches.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A folded text that knows where each of its bytes came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text` the offset, in bytes, of the original character it came from; one more at the end.
    origins: Vec<u32>,
}

impl Folded {
    /// Where the original of the folded byte range `start..end` begins and ends, in bytes of the original.
    pub fn original(&self, start: usize, end: usize) -> crate::text::Span {
        let at = |i: usize| self.origins.get(i).or(self.origins.last()).map_or(0, |&o| o as usize);
        let mut stop = end;
        // A character that folds to several bytes ends where the next one begins.
        while stop > start && stop < self.text.len() && at(stop) == at(stop - 1) {
            stop += 1;
        }
        crate::text::Span::new(at(start), at(stop))
    }
}

/// Returns `text` in lower case, without accents, with straight marks and plain dashes and spaces.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // Most texts are mostly ASCII, which is taken in whole runs.
        let run = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let (ascii, others) = rest.split_at(run);
        if run == 0 {
            fold_char(c, &mut out);
            rest = &rest[c.len_utf8()..];
        } else {
            let start = out.len();
            out.push_str(ascii);
            out[start..].make_ascii_lowercase();
            rest = others;
        }
    }
    out
}

/// As [`fold`], and remembers where each byte came from, so that a hit can be shown in the original.
pub fn fold_with_offsets(text: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), origins: Vec::with_capacity(text.len() + 1) };
    for (offset, c) in text.char_indices() {
        fold_char(c, &mut folded.text);
        folded.origins.resize(folded.text.len(), offset as u32);
    }
    folded.origins.push(text.len() as u32);
    folded
}

fn fold_char(c: char, out: &mut String) {
    match c {
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '\0'..='\u{7f}' => out.push(c),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | 'ʼ' | '´' => out.push('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '「' | '」' | '『' | '』' => out.push('"'),
        '‐'..='―' | '−' => out.push('-'),
        '…' => out.push_str("..."),
        '\u{2044}' => out.push('/'),
        // Letters whose stroke or ligature Unicode does not take apart.
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'ħ' | 'Ħ' => out.push('h'),
        'ı' => out.push('i'),
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'þ' | 'Þ' => out.push_str("th"),
        _ if c.is_whitespace() => out.push(' '),
        _ => out.extend(std::iter::once(c).nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_marks() {
        assert_eq!(fold("“Zoë’s ŁÓDŹ”"), "\"zoe's lodz\"");
        assert_eq!(fold("Straße — Ærø"), "strasse - aero");
        assert_eq!(fold("Ирина ЙОД 林"), "ирина иод 林");
        assert_eq!(fold("e\u{301}"), "e");
    }

    #[test]
    fn hit_maps_back_to_the_original() {
        let text = "a Straße b";
        let folded = fold_with_offsets(text);
        assert_eq!(folded.text, fold(text));
        let at = folded.text.find("strasse").unwrap();
        assert_eq!(folded.original(at, at + 7).of(text), "Straße");
        let part = folded.original(at, at + 5);
        assert_eq!(part.of(text), "Straß");
    }
}
