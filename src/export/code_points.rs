//! From bytes to Unicode code points, which is how other languages count.

use crate::text::Span;

/// The distance between two stored marks, in bytes.
const STEP: usize = 256;

/// Converts byte offsets of a text to code points.
pub struct CodePoints<'t> {
    text: &'t str,
    /// How many code points begin before byte `i * STEP`.
    marks: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    /// Counts once through `text`.
    pub fn of(text: &'t str) -> Self {
        let mut before = 0;
        let marks = text.as_bytes().chunks(STEP).map(|chunk| {
            let mark = before;
            before += count_code_points(chunk);
            mark
        });
        Self { text, marks: marks.collect() }
    }

    /// The span, counted in code points.
    pub fn span(&self, bytes: Span) -> Span {
        Span::new(self.offset(bytes.start), self.offset(bytes.end))
    }

    fn offset(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let mark = (byte / STEP).min(self.marks.len().saturating_sub(1));
        self.marks.get(mark).unwrap_or(&0) + count_code_points(&self.text.as_bytes()[mark * STEP..byte])
    }
}

/// How many characters begin in these bytes of UTF-8.
fn count_code_points(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_counts_as_chars_does() {
        let text = "a“é”林😀\n".repeat(100);
        let points = CodePoints::of(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.offset(byte), count);
        }
        assert_eq!(points.span(Span::new(0, text.len())), Span::new(0, text.chars().count()));
        assert_eq!(CodePoints::of("").span(Span::new(0, 9)), Span::new(0, 0));
        let full = "x".repeat(STEP);
        assert_eq!(CodePoints::of(&full).offset(STEP), STEP);
    }
}
