//! From lines to paragraphs.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// The widest line, in cells, to which prose is wrapped by hand.
const WIDEST: usize = 130;

/// The narrowest line to which prose is wrapped, in cells.
const NARROWEST: usize = 40;

/// Returns the paragraphs of cleaned `text` in order, without blanks at their ends, none empty.
///
/// Each line is a paragraph, unless lines plainly are prose that was wrapped to a width: those are joined.
pub fn split(text: &str) -> Vec<Cow<'_, str>> {
    let blocks: Vec<Vec<&str>> = blocks(text);
    let wrapping = Wrapping::of(&blocks);
    let mut paragraphs = Vec::new();
    for block in &blocks {
        match &wrapping {
            Some(wrapping) if wrapping.may_hold(block) => wrapping.join(block, &mut paragraphs),
            _ => paragraphs.extend(block.iter().map(|line| Cow::Borrowed(line.trim()))),
        }
    }
    paragraphs
}

/// The runs of lines between blank ones.
fn blocks(text: &str) -> Vec<Vec<&str>> {
    let mut blocks = vec![Vec::new()];
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            if let Some(block) = blocks.last_mut() {
                block.push(line.trim_end());
            }
        } else if blocks.last().is_some_and(|block| !block.is_empty()) {
            blocks.push(Vec::new());
        }
    }
    blocks
}

/// How the prose of a text is wrapped.
struct Wrapping {
    /// The widest line that is wrapped prose, in cells.
    width: usize,
}

impl Wrapping {
    /// How these blocks are wrapped; nothing unless lines break inside sentences, again and again. So they do too where a
    /// line that is as long as the others does not end a sentence, and the last one of its block does.
    fn of(blocks: &[Vec<&str>]) -> Option<Self> {
        let candidates =
            || blocks.iter().filter(|block| block.len() > 1 && block.iter().all(|line| may_be_wrapped(line)));
        let width = candidates().flatten().map(|line| line.width()).max()?;
        let breaks = candidates().map(|block| block.len() - 1).sum::<usize>();
        let wrapping = Self { width };
        let is_inside = |block: &[&str], lines: &[&str]| {
            let is_prose = || block.last().is_some_and(|last| ends_sentence(last)) && lines[0].width() >= NARROWEST;
            is_inside_sentence(lines[0], lines[1])
                || (!ends_sentence(lines[0]) && is_prose() && wrapping.was_forced(lines[0], lines[1]))
        };
        let inside = candidates().map(|block| block.windows(2).filter(|lines| is_inside(block, lines)).count());
        let inside = inside.sum::<usize>();
        (width >= NARROWEST && inside > 0 && inside * 4 >= breaks).then_some(wrapping)
    }

    fn may_hold(&self, block: &[&str]) -> bool {
        block.len() > 1 && block.iter().all(|line| may_be_wrapped(line) && line.width() <= self.width)
    }

    /// Joins the lines of a block: a line goes on in the next one where it breaks inside a sentence, or where the
    /// next word did not fit any more and the next line does not begin a paragraph by its indentation.
    fn join<'t>(&self, block: &[&'t str], paragraphs: &mut Vec<Cow<'t, str>>) {
        let indents = block.iter().any(|line| is_indented(line)) && !block.iter().all(|line| is_indented(line));
        let mut current = Cow::Borrowed(block[0].trim());
        for lines in block.windows(2) {
            let begins = (indents && is_indented(lines[1])) || begins_item(lines[1], ends_sentence(lines[0]));
            if is_inside_sentence(lines[0], lines[1]) || (!begins && self.was_forced(lines[0], lines[1])) {
                append(current.to_mut(), lines[1].trim());
            } else {
                paragraphs.push(std::mem::replace(&mut current, Cow::Borrowed(lines[1].trim())));
            }
        }
        paragraphs.push(current);
    }

    fn was_forced(&self, line: &str, next: &str) -> bool {
        let word = next.split_whitespace().next().unwrap_or_default();
        line.width() + 1 + word.width() > self.width
    }
}

fn is_indented(line: &str) -> bool {
    line.starts_with(' ')
}

/// Whether a line is no wider than [`WIDEST`]; no character has more than four bytes, so most need no measuring.
fn may_be_wrapped(line: &str) -> bool {
    line.len() <= WIDEST * 4 && line.width() <= WIDEST
}

/// Adds a line to a paragraph; a word that was broken at its hyphen comes together again.
fn append(paragraph: &mut String, line: &str) {
    // "pre- and post-war" has a hyphen that waits for its word.
    const JOINING: [&str; 8] = ["and", "et", "o", "oder", "or", "to", "und", "y"];
    let mut last = paragraph.chars().rev();
    let is_broken = last.next() == Some('-') && last.next().is_some_and(char::is_alphanumeric);
    let next = line.split_whitespace().next().unwrap_or_default();
    if !(is_broken && next.starts_with(char::is_alphanumeric) && !JOINING.contains(&next)) {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

/// Whether a line break stands in the middle of a sentence for certain.
fn is_inside_sentence(line: &str, next: &str) -> bool {
    !ends_sentence(line) && next.trim_start_matches([' ', '—', '–']).starts_with(char::is_lowercase)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']).ends_with(['.', '!', '?', '…', ':'])
}

/// Whether an item of a list begins with this line. A dash begins one only after the end of a sentence: else it is
/// the dash of the sentence that goes on.
fn begins_item(line: &str, after_sentence: bool) -> bool {
    let line = line.trim_start();
    line.starts_with("* ")
        || line.starts_with("• ")
        || (after_sentence && ["- ", "– ", "— "].iter().any(|dash| line.starts_with(dash)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_that_breaks_before_a_capital_goes_on() {
        let text = "Cats come to see the verger of the church on Sundays. “He likes the\nTallis,” one of them said.\n\nOne more.";
        let joined = "Cats come to see the verger of the church on Sundays. “He likes the Tallis,” one of them said.";
        assert_eq!(split(text), [joined, "One more."]);
        // Neither a list nor what stands above a text.
        for text in [
            "Ann Holt, the keeper of the old lighthouse at Sandhook\nBo Lund, the master of the harbour of Port Ellery town",
            "A bridge that nobody crosses, seen from the town\nThe bridge shut at noon. Nobody had crossed it for a whole week by then.",
        ] {
            assert_eq!(split(text).len(), 2, "{text}");
        }
    }

    #[test]
    fn each_line_is_a_paragraph() {
        let text = "A first one of some length, which ends here.\n\n\n  A second one.\nA third,” she said.\n";
        assert_eq!(
            split(text),
            ["A first one of some length, which ends here.", "A second one.", "A third,” she said."]
        );
        assert!(split(" \n\n").is_empty());
    }

    #[test]
    fn wrapped_prose_is_joined() {
        let text = "The harbour master said on Monday that the old bridge would stay\n\
                    closed until spring, and that nobody had asked the ferrymen what\n\
                    they thought. “Nobody,” he repeated, “has asked them one single\n\
                    question.”\n\
                    \n\
                    The ferrymen, for their part, were not to be found at the well-\n\
                    known tavern.\n";
        assert_eq!(
            split(text),
            [
                "The harbour master said on Monday that the old bridge would stay closed until spring, and that nobody \
                 had asked the ferrymen what they thought. “Nobody,” he repeated, “has asked them one single question.”",
                "The ferrymen, for their part, were not to be found at the well-known tavern.",
            ]
        );
    }

    #[test]
    fn wrapped_prose_without_blank_lines_ends_where_a_word_would_have_fitted() {
        let text = "The harbour master said on Monday that the old bridge would stay\n\
                    closed until spring, and that nobody had asked.\n\
                    Nobody had. The ferrymen stood about and smoked, and one of them\n\
                    laughed.";
        assert_eq!(split(text).len(), 2);
        let indented = "  The harbour master said on Monday that the old bridge would\n\
                        stay closed until spring. Nobody had asked him about the ferry.\n  \
                        Nobody had. The ferrymen stood about and smoked.";
        assert_eq!(split(indented).len(), 2);
    }

    #[test]
    fn short_paragraphs_of_one_sentence_stay_apart() {
        let text = "The bridge is closed, the harbour master said today.\n\
                    Nobody has asked the ferrymen, he said on the quay.\n\
                    The ferrymen did not wish to be asked, they told us.";
        assert_eq!(split(text).len(), 3);
    }

    #[test]
    fn dashes_and_hyphens_at_line_ends() {
        let text = "Nothing was said at the meeting of the board on Friday, and that\n\
                    was not for want of asking. Then the harbour master spoke to the\n\
                    ferrymen on Monday, and told them that the bridge — the old one\n\
                    — would stay closed. Nobody had asked the ferrymen of the Ellery-\n\
                    Packet line what they thought of it, of the pre- and the post-\n\
                    and all the other fares, or of the passengers.\n\
                    * The first boat leaves at six in the morning, rain or shine.\n\
                    * The second does not.";
        assert_eq!(
            split(text),
            [
                "Nothing was said at the meeting of the board on Friday, and that was not for want of asking. Then the \
                 harbour master spoke to the ferrymen on Monday, and told them that the bridge — the old one — would stay closed. Nobody had asked \
                 the ferrymen of the Ellery-Packet line what they thought of it, of the pre- and the post- and all the \
                 other fares, or of the passengers.",
                "* The first boat leaves at six in the morning, rain or shine.",
                "* The second does not.",
            ]
        );
    }

    #[test]
    fn signature_under_wrapped_prose_keeps_its_lines() {
        let text = "The harbour master said on Monday that the old bridge would stay\n\
                    closed until spring, and that nobody had asked.\n\
                    \n\
                    Anna Holt\n\
                    Port Ellery";
        assert_eq!(split(text).len(), 3);
    }
}
