//! A line that is cut to a width around the words that were found in it, never through them.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Theme;
use super::signs::cited;
use crate::text::{Span as TextSpan, cells, head, shorten};

/// A line cut to some width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    text: String,
    /// What was found in it, in bytes.
    found: Vec<TextSpan>,
    /// Where the name at its start ends; 0 where it begins with none.
    name_end: usize,
}

impl Excerpt {
    /// Cuts `text` to `room` cells. Where the first of the found words would not be seen, what stands before it gives
    /// way.
    pub fn around(text: &str, found: &[TextSpan], room: usize) -> Self {
        Self::cut(text, found, 0, room)
    }

    /// Cuts a line that begins with the name of who says the rest, up to `name_end`, and its sign. Both stay, the name
    /// shortened where the first of the found words behind it would not be seen else.
    pub fn around_said(text: &str, found: &[TextSpan], name_end: usize, room: usize) -> Self {
        const BETWEEN: &str = ": ";
        let (Some(name), Some(said)) = (text.get(..name_end).filter(|name| !name.is_empty()), text.get(name_end..))
        else {
            return Self::around(text, found, room);
        };
        // The name may have what the found words and an ellipsis on each side of them leave, and always some of it.
        let behind = found.iter().find(|span| span.start >= name_end + BETWEEN.len() && span.end <= text.len());
        let words = behind.map_or(0, |span| cells(span.of(text)) + "……".chars().count());
        let most = room.saturating_sub(words + BETWEEN.len()).max(room * 2 / 5);
        if cells(name) <= most {
            return Self { name_end, ..Self::cut(text, found, name_end + BETWEEN.len(), room) };
        }
        let bare = name.strip_suffix('?').or_else(|| name.strip_suffix(" ✓")).unwrap_or(name);
        let sign = &name[bare.len()..];
        let bare = shorten(bare, most.saturating_sub(cells(sign)));
        let name = format!("{bare}{sign}");
        let moved = |span: &TextSpan| match span.start.checked_sub(name_end) {
            Some(start) => Some(TextSpan::new(start + name.len(), span.end - name_end + name.len())),
            // Of the name what is left of it.
            None => Some(TextSpan::new(span.start, span.end.min(bare.len().saturating_sub('…'.len_utf8()))))
                .filter(|left| left.start < left.end),
        };
        let found: Vec<_> = found.iter().filter_map(moved).collect();
        let cut = Self::cut(&format!("{name}{said}"), &found, name.len() + BETWEEN.len(), room);
        Self { name_end: name.len(), ..cut }
    }

    /// Cuts `text` so that its first `kept` bytes stay, and the first of the found words behind them is seen.
    fn cut(text: &str, found: &[TextSpan], kept: usize, room: usize) -> Self {
        let fits = |end: usize| cells(&text[..end]) + usize::from(end < text.len()) <= room;
        let first = found.iter().find(|span| span.start >= kept);
        let Some(first) = first.filter(|first| first.end <= text.len() && !fits(first.end)) else {
            return Self { text: shorten(text, room), found: found.to_vec(), name_end: 0 };
        };
        let words = cells(first.of(text));
        let prefix = &text[..text.floor_char_boundary(kept)];
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
        Self { text: shown, found, name_end: 0 }
    }

    /// The same as [`Self::line`], where the name at its start has a style of its own.
    pub fn line_with_name(&self, name_style: Style, style: Style, theme: &Theme) -> Line<'static> {
        let line = self.line(style, theme);
        let (mut pieces, mut left) = (Vec::new(), self.name_end);
        for piece in line.spans {
            let at = piece.content.floor_char_boundary(left.min(piece.content.len()));
            let (of_name, rest) = piece.content.split_at(at);
            left -= of_name.len();
            for (words, own) in [(of_name, name_style), (rest, style)] {
                // What was found keeps its colour.
                let style = cited(if piece.style == style { own } else { own.patch(piece.style) });
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

    /// The found words in brackets, before and after the cut of a line that begins with this name.
    #[track_caller]
    fn check(marked: &str, name: &str, room: usize, expected: &str) {
        let start = marked.find('[').unwrap();
        let end = marked.find(']').unwrap() - 1;
        let text = marked.replace(['[', ']'], "");
        let excerpt = Excerpt::around_said(&text, &[TextSpan::new(start, end)], name.len(), room);
        assert!(cells(&excerpt.text) <= room, "{excerpt:?}");
        let span = excerpt.found[0];
        let mut shown = excerpt.text.clone();
        shown.insert(span.end.min(shown.len()), ']');
        shown.insert(span.start, '[');
        assert_eq!(shown, expected, "{room}");
    }

    #[test]
    fn line_is_cut_around_what_was_found() {
        let (line, name) = ("Tomas Lindqvist: …crossed that [bridge] every day of her life", "Tomas Lindqvist");
        check(line, name, 80, line);
        check(line, name, 50, "Tomas Lindqvist: …crossed that [bridge] every day o…");
        check(line, name, 40, "Tomas Lindqvist: …crossed that [bridge] e…");
        check(line, name, 36, "Tomas Lindqvist: …that [bridge] every…");
        check(line, name, 30, "Tomas Lindqvist: …[bridge] ever…");
        check(line, name, 26, "Tomas Lindqvist: …[bridge]…");
        check(line, name, 20, "Tomas Lin…: …[bridge]…");
        check("It was her mother who built the [bridge]", "", 20, "…built the [bridge]");
        check("A name: …already lost a [bridge],”", "", 27, "…already lost a [bridge],”");
    }

    #[test]
    fn name_and_its_sign_stay_before_what_was_found() {
        let doubtful = "Betty Lindqvist?: “They were agitating [proponents] of the law.”";
        check(doubtful, "Betty Lindqvist?", 30, "Betty Lindqvist?: …[proponents]…");
        check(doubtful, "Betty Lindqvist?", 24, "Betty Li…?: …[proponents]…");
        check(doubtful, "Betty Lindqvist?", 15, "Bett…?: …[propo…]");
        let confirmed = "Rosalind Meer ✓: “We built the [wall] ourselves.”";
        check(confirmed, "Rosalind Meer ✓", 20, "Rosalind… ✓: …[wall]…");
    }

    #[test]
    fn name_that_was_found_does_not_hide_the_words() {
        let line = "Rosalind Meer: “We built all of it ourselves, wall by wall.”";
        let wall = line.find("wall").unwrap();
        let found = [TextSpan::new(9, 13), TextSpan::new(wall, wall + 4)];
        let shown = |room| Excerpt::around_said(line, &found, "Rosalind Meer".len(), room);
        assert_eq!(shown(30).text, "Rosalind Meer: …wall by wall.”");
        assert_eq!(shown(18).text, "Rosalind…: …wall…");
        assert_eq!(shown(30).found[0], TextSpan::new(9, 13));
        assert_eq!(shown(18).found.len(), 1, "{:?}", shown(18));
    }

    #[test]
    fn words_under_the_ellipsis_take_nothing_away() {
        // Every place at which the found words may stand, at every width.
        let whole = "Tomas Lindqvist: …crossed 鋼鐵 bridge";
        for room in 1..=cells(whole) {
            for start in whole.char_indices().map(|(at, _)| at) {
                for end in whole[start..].char_indices().map(|(at, _)| start + at).chain([whole.len()]) {
                    for name_end in [0, 15] {
                        let excerpt = Excerpt::around_said(whole, &[TextSpan::new(start, end)], name_end, room);
                        let line = excerpt.line(Style::default(), &Theme::terminal());
                        assert_eq!(line.to_string(), excerpt.text, "{start}..{end} in {room} cells");
                        let styled = excerpt.line_with_name(Style::default(), Style::default(), &Theme::terminal());
                        assert_eq!(styled.to_string(), excerpt.text, "{start}..{end} in {room} cells");
                        let least = if name_end > 0 { 6 } else { 1 };
                        assert!(cells(&excerpt.text) <= room.max(least), "{excerpt:?} in {room} cells");
                    }
                }
            }
        }
    }
}
