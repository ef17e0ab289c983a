//! From the words as the program read them back to the text that was annotated.

use super::is_blank;
use crate::text::Span;

/// How many characters may have gone, in one place, when the program read the text.
const FURTHEST: usize = 40;

/// For each character of the shown words that is not blank, its place in the original.
pub struct Alignment<'s> {
    shown: &'s str,
    /// By code point of the shown words.
    places: Vec<Option<usize>>,
    /// For each byte of `shown` that begins a code point, how many begin before; one more at the end.
    starts: Vec<usize>,
}

impl<'s> Alignment<'s> {
    /// Goes once through both, blanks aside.
    pub fn new(original: &[char], shown: &'s str) -> Self {
        let solid: Vec<usize> = (0..original.len()).filter(|&at| !is_blank(original[at])).collect();
        let (mut places, mut starts, mut next) = (Vec::new(), vec![0; shown.len() + 1], 0);
        for (point, (byte, c)) in shown.char_indices().enumerate() {
            starts[byte] = point;
            let ahead = &solid[next.min(solid.len())..(next + FURTHEST).min(solid.len())];
            let found = if is_blank(c) { None } else { ahead.iter().position(|&at| original[at] == c) };
            places.push(found.map(|skipped| ahead[skipped]));
            next += found.map_or(0, |skipped| skipped + 1);
        }
        starts[shown.len()] = places.len();
        Self { shown, places, starts }
    }

    /// Where the bytes of the shown words stand in the original, in code points; nothing where they are not there.
    pub fn original(&self, bytes: Span) -> Option<Span> {
        let point = |byte: usize| self.starts[byte.min(self.shown.len())];
        let mut places = self.places.get(point(bytes.start)..point(bytes.end))?.iter().flatten();
        let first = places.next()?;
        Some(Span::new(*first, places.next_back().unwrap_or(first) + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_dropped_characters_do_no_harm() {
        let original: Vec<char> = "\u{feff}Ünï\u{202e}code   is\r\n\r\nfine: here".chars().collect();
        let shown = "Ünïcode is\nfine here";
        let alignment = Alignment::new(&original, shown);
        let original_of = |words: &str| {
            let start = shown.find(words).unwrap();
            let span = alignment.original(Span::new(start, start + words.len())).unwrap();
            original[span.start..span.end].iter().collect::<String>()
        };
        assert_eq!(original_of("Ünïcode"), "Ünï\u{202e}code");
        assert_eq!(original_of(" is\nfine "), "is\r\n\r\nfine");
        assert_eq!(original_of("here"), "here");
        assert_eq!(alignment.original(Span::new(9, 9)), None);
    }

    #[test]
    fn text_that_is_not_in_the_original_has_no_place() {
        let original: Vec<char> = "one two".chars().collect();
        let alignment = Alignment::new(&original, "(x) one two");
        assert_eq!(alignment.original(Span::new(0, 3)), None);
        assert_eq!(alignment.original(Span::new(0, 7)), Some(Span::new(0, 3)));
    }
}
