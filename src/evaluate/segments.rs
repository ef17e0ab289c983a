//! What is counted: the runs of words between double quotation marks, one a paragraph.

use super::is_blank;
use crate::text::Span;

/// The runs between a double opening mark and the next closing one in the same line, marks left out, in code points.
///
/// A mark left open counts only when the next line that is not blank opens again: the quotation goes on there.
/// Runs of blanks only do not count, nor do single marks.
pub fn segments(text: &[char]) -> Vec<Span> {
    let lines = lines(text);
    let mut out = Vec::new();
    for (index, &line) in lines.iter().enumerate() {
        let open = closed(text, line, &mut out);
        let goes_on = || lines.get(index + 1).is_some_and(|&next| begins_with_mark(text, next));
        out.extend(open.filter(|_| goes_on()));
    }
    out
}

/// Adds the runs of a line that are closed; returns the one that is left open.
fn closed(text: &[char], line: Span, out: &mut Vec<Span>) -> Option<Span> {
    let mut opened = None;
    for at in line.start..line.end {
        match (opened, text[at]) {
            (None, '“' | '"') => opened = Some(at + 1),
            (Some(start), '”' | '"') => {
                out.extend((!text[start..at].iter().all(|&c| is_blank(c))).then(|| Span::new(start, at)));
                opened = None;
            }
            _ => {}
        }
    }
    opened.map(|start| Span::new(start, line.end))
}

/// The lines that are not blank.
fn lines(text: &[char]) -> Vec<Span> {
    let mut start = 0;
    let line = |line: &[char]| {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        line.iter().any(|&c| !is_blank(c)).then_some(span)
    };
    text.split(|&c| c == '\n').filter_map(line).collect()
}

fn begins_with_mark(text: &[char], line: Span) -> bool {
    text[line.start..line.end].iter().find(|&&c| !is_blank(c)).is_some_and(|c| matches!(c, '“' | '"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<String> =
            segments(&chars).into_iter().map(|span| chars[span.start..span.end].iter().collect()).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn segments_stand_between_double_marks_only() {
        check("“Yes,” he said. \"No.\" ‘Perhaps.’ 'Never.' «Oui»", &["Yes,", "No."]);
        check("“Mixed\" and \"mixed”", &["Mixed", "mixed"]);
        check("😀 ”stray” “ ” \"\" “Kept.”", &["Kept."]);
    }

    #[test]
    fn open_mark_counts_when_the_next_paragraph_opens_again() {
        check("“One.\n\n  “Two.”\n", &["One.", "Two."]);
        check("“One.\nTwo.”\n", &[]);
        check("“One.\n‘Two’", &[]);
        check("He said: “\n“Two.”", &["", "Two."]);
        check("“One.", &[]);
    }
}
