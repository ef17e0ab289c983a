//! A line that is cut to a width around the words that were found in it, never through them.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Theme;
use crate::text::{Span as TextSpan, cells, head, shorten};

/// A line cut to some width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    text: String,
    /// What was found in it, in bytes.
    found: Vec<TextSpan>,
}

impl Excerpt {
    /// Cuts `text` to `room` cells. Where the first of the found words would not be seen, what stands before it gives
    /// way, but for the first `kept` bytes as long as there is room for both.
    pub fn around(text: &str, found: &[TextSpan], kept: usize, room: usize) -> Self {
        let fits = |end: usize| cells(&text[..end]) + usize::from(end < text.len()) <= room;
        let Some(first) = found.first().filter(|first| first.end <= text.len() && !fits(first.end)) else {
            return Self { text: shorten(text, room), found: found.to_vec() };
        };
        let words = cells(first.of(text));
        let prefix = text.get(..kept.min(first.start)).filter(|prefix| cells(prefix) + words + 2 <= room);
        let prefix = prefix.unwrap_or_default();
        // An ellipsis before it and, unless the line ends there, one behind it.
        let room = room.saturating_sub(cells(prefix) + 1);
        let behind = head(&text[first.start..], room);
        let to_end = if behind.len() == text.len() - first.start { cells(behind) } else { room };
        let before = (room.saturating_sub(words + 1) / 2).max(room.saturating_sub(to_end));
        let start = start_of_context(text, prefix.len(), first.start, before);
        // What is cut there already is not cut twice.
        let start = start + if text[start..first.start].starts_with('…') { '…'.len_utf8() } else { 0 };
        let shown = format!("{prefix}…{}", shorten(&text[start..], room));
        let moved = |span: &TextSpan| {
            let shift = prefix.len() + '…'.len_utf8();
            (span.start >= start).then(|| TextSpan::new(span.start - start + shift, span.end - start + shift))
        };
        let in_prefix = found.iter().filter(|span| span.end <= prefix.len()).copied();
        let found = in_prefix.chain(found.iter().filter_map(moved)).collect();
        Self { text: shown, found }
    }

    /// The same, where it begins with this name, in a style of its own.
    pub fn line_with_name(&self, name: &str, name_style: Style, style: Style, theme: &Theme) -> Line<'static> {
        let line = self.line(style, theme);
        if !self.text.starts_with(name) {
            return line;
        }
        let (mut pieces, mut left) = (Vec::new(), name.len());
        for piece in line.spans {
            let (of_name, rest) = piece.content.split_at(left.min(piece.content.len()));
            left -= of_name.len();
            for (words, own) in [(of_name, name_style), (rest, style)] {
                // What was found keeps its colour.
                let style = if piece.style == style { own } else { own.patch(piece.style) };
                pieces.extend((!words.is_empty()).then(|| Span::styled(words.to_owned(), style)));
            }
        }
        Line::from(pieces)
    }

    /// The line with what was found in it highlighted.
    pub fn line(&self, style: Style, theme: &Theme) -> Line<'static> {
        let mut pieces = Vec::new();
        let mut done = 0;
        let mut push = |piece: Option<&str>, style: Style| {
            if let Some(piece) = piece.filter(|piece| !piece.is_empty()) {
                pieces.push(Span::styled(piece.to_owned(), style));
            }
        };
        for span in &self.found {
            let end = span.end.min(self.text.len());
            // Where the line was cut, an ellipsis stands: a highlight ends before it.
            let is_whole = self.text.is_char_boundary(span.start) && self.text.is_char_boundary(end);
            if span.start < done || span.start >= end || !is_whole {
                break;
            }
            push(self.text.get(done..span.start), style);
            push(self.text.get(span.start..end), style.patch(theme.found));
            done = end;
        }
        push(self.text.get(done..), style);
        Line::from(pieces)
    }
}

/// Where to begin so that at most `room` cells stand before byte `at`: at a word, where one begins there.
fn start_of_context(text: &str, from: usize, at: usize, room: usize) -> usize {
    let mut start = at;
    let mut word = None;
    for (byte, letter) in text[from..at].char_indices().rev().map(|(byte, letter)| (from + byte, letter)) {
        if letter.is_whitespace() {
            word = Some(byte + letter.len_utf8());
        }
        if cells(&text[byte..at]) > room {
            break;
        }
        start = byte;
    }
    word.unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The found words in brackets, before and after the cut.
    #[track_caller]
    fn check(marked: &str, kept: usize, room: usize, expected: &str) {
        let start = marked.find('[').unwrap();
        let end = marked.find(']').unwrap() - 1;
        let text = marked.replace(['[', ']'], "");
        let excerpt = Excerpt::around(&text, &[TextSpan::new(start, end)], kept, room);
        assert!(cells(&excerpt.text) <= room, "{excerpt:?}");
        let span = excerpt.found[0];
        let mut shown = excerpt.text.clone();
        shown.insert(span.end, ']');
        shown.insert(span.start, '[');
        assert_eq!(shown, expected, "{room}");
    }

    #[test]
    fn line_is_cut_around_what_was_found() {
        let line = "Tomas Lindqvist: …crossed that [bridge] every day of her life";
        check(line, 17, 80, line);
        check(line, 17, 50, "Tomas Lindqvist: …crossed that [bridge] every day o…");
        check(line, 17, 40, "Tomas Lindqvist: …crossed that [bridge] e…");
        check(line, 17, 36, "Tomas Lindqvist: …that [bridge] every…");
        check(line, 17, 30, "Tomas Lindqvist: …[bridge] ever…");
        check(line, 17, 26, "Tomas Lindqvist: …[bridge]…");
        check(line, 17, 20, "…that [bridge] every…");
        check("It was her mother who built the [bridge]", 0, 20, "…built the [bridge]");
        check("A name: …already lost a [bridge],”", 0, 27, "…already lost a [bridge],”");
    }

    #[test]
    fn words_under_the_ellipsis_take_nothing_away() {
        // Every place at which the found words may stand, at every width.
        let whole = "Tomas Lindqvist: …crossed 鋼鐵 bridge";
        for room in 1..=cells(whole) {
            for start in whole.char_indices().map(|(at, _)| at) {
                for end in whole[start..].char_indices().map(|(at, _)| start + at).chain([whole.len()]) {
                    let excerpt = Excerpt::around(whole, &[TextSpan::new(start, end)], 17, room);
                    let line = excerpt.line(Style::default(), &Theme::terminal());
                    assert_eq!(line.to_string(), excerpt.text, "{start}..{end} in {room} cells");
                    assert!(cells(&excerpt.text) <= room.max(1), "{excerpt:?} in {room} cells");
                }
            }
        }
    }
}
