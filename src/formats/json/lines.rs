//! Whether a text is JSON, where it does not begin with a record.

use serde::de::IgnoredAny;

/// How many lines are looked at.
const MOST_LINES: usize = 32;

/// Whether the lines with which a stream begins are JSON, though the first is no record: each is a value and one an object,
/// or more than half of them are objects, with those before which there is something else.
pub fn are_lines(head: &[u8]) -> bool {
    let (mut lines, mut values, mut objects, mut spoilt) = (0, 0, 0, 0);
    for line in head.split_inclusive(|byte| *byte == b'\n') {
        let (line, is_whole) = (line.trim_ascii(), line.ends_with(b"\n"));
        if line.is_empty() {
            continue;
        }
        if lines == MOST_LINES {
            break;
        }
        // What was looked at may end in the middle of the last.
        let is_object = line.starts_with(b"{") && (is_value(line) || !is_whole && begins_object(line));
        lines += 1;
        objects += usize::from(is_object);
        values += usize::from(is_object || is_value(line));
        spoilt += usize::from(!is_object && is_whole && is_spoilt_object(line));
    }
    objects > 0 && (values == lines || 2 * (objects + spoilt) > lines)
}

/// Whether it ends in a whole object and begins with what is no text: zeros of a hole in a file, marks of an encoding.
fn is_spoilt_object(line: &[u8]) -> bool {
    let begin = line.iter().position(|byte| *byte == b'{').unwrap_or_default();
    let is_noise = |byte: &u8| *byte >= 0x7f || *byte < b' ';
    begin > 0 && line[..begin].iter().all(is_noise) && is_value(&line[begin..])
}

/// Whether the lines that have come are values of JSON of which none is an object: the next may be one.
pub fn may_begin_lines(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    head.ends_with(b"\n")
        && lines.clone().count() <= MOST_LINES
        && lines.all(|line| !line.starts_with(b"{") && is_value(line))
}

/// Whether it is a list with no object in it and nothing else.
pub fn is_list_of_none(text: &str) -> bool {
    text.starts_with('[') && is_value(text.trim_ascii().as_bytes())
}

/// Whether it is a list with nothing in it.
pub fn is_empty_list(text: &[u8]) -> bool {
    let inside = text.trim_ascii().strip_prefix(b"[").and_then(|list| list.strip_suffix(b"]"));
    inside.is_some_and(|inside| inside.trim_ascii().is_empty())
}

/// Whether it is nothing but `null`, `true`, `false` or a number.
pub fn is_bare_value(text: &str) -> bool {
    text.starts_with(|c: char| matches!(c, 'n' | 't' | 'f' | '-') || c.is_ascii_digit())
        && is_value(text.trim_ascii().as_bytes())
}

fn begins_object(line: &[u8]) -> bool {
    line[1..].trim_ascii_start().starts_with(b"\"")
}

fn is_value(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_first_line_hides_no_records() {
        for first in ["[]", "null", "7", "[1]", "\"x\"", "[{}]", "{}", "-1e9"] {
            assert!(are_lines(format!("{first}\n\n{{\"a\": 1}}\n").as_bytes()), "{first}");
            assert!(are_lines(format!("{first}\n{{\"a\": \"it goes").as_bytes()), "{first}");
        }
        for first in ["garbage", "{\"a\": ", "{a}", "[Photo] A bridge", "a,b,c"] {
            assert!(are_lines(format!("{first}\n{{\"a\": 1}}\r\n{{\"b\": 1}}\n").as_bytes()), "{first}");
        }
        for before in ["\0\0\0", "\u{feff}", "\u{1}\u{feff}"] {
            assert!(are_lines(format!("{before}{{\"a\": 1}}\n{{\"a\": 1}}\n").as_bytes()), "{before:?}");
        }
    }

    #[test]
    fn prose_is_none() {
        for text in [
            "[Photo]\nThe bridge is closed.\n",
            "\"It is tired.\"\n\"So am I.\"\n",
            "This is how:\n{\"a\": 1}\n",
            "This is how:\n\n{\"a\": 1}\n\nor so:\n{\"a\": 2}",
            "1\n2\n",
            "",
        ] {
            assert!(!are_lines(text.as_bytes()), "{text}");
        }
        assert!(is_list_of_none("[]\n") && is_list_of_none("[1, [2]]") && !is_list_of_none("[Photo] []"));
        assert!(is_bare_value("null\n") && is_bare_value("-4.5") && !is_bare_value("no") && !is_bare_value("4 5"));
    }
}
