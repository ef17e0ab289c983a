//! What stands in quotation marks of any kind: there nothing is reported.

use super::segments::segments;
use crate::text::Span;

/// The quoted segments, and what stands between '' and '' and between single marks, in code points; none overlaps another.
pub fn quoted_runs(text: &[char]) -> Vec<Span> {
    let mut all = segments(text);
    let mut at = 0;
    while at < text.len() {
        match other_run(text, at) {
            Some(end) => {
                all.push(Span::new(at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    all.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(all.len());
    for span in all {
        match out.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => out.push(span),
        }
    }
    out
}

/// Where a run ends, marks included, that begins here with '' or a single mark.
fn other_run(text: &[char], at: usize) -> Option<usize> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let before = at.checked_sub(1).map(|before| text[before]);
    let line = || text[at..].iter().position(|&c| c == '\n').map_or(text.len(), |length| at + length);
    let opens = |mark: usize| text.get(at + mark).is_some_and(|c| !c.is_whitespace());
    match text[at] {
        '\'' if text.get(at + 1) == Some(&'\'') && opens(2) => {
            let end = line();
            let close = (at + 3..end).find(|&i| text[i] == '\'' && text.get(i + 1) == Some(&'\'') && i + 1 < end);
            Some(close.map_or(end, |close| close + 2)).filter(|&end| end > at + 2)
        }
        mark @ ('‘' | '\'') if !before.is_some_and(|c| is_word(c) || c == '\'') && opens(1) => {
            let closes = |&i: &usize| {
                let inside = text[i - 1];
                text[i] == if mark == '‘' { '’' } else { '\'' }
                    && !inside.is_whitespace()
                    && (mark == '‘' || inside != '\'')
                    && !text.get(i + 1).is_some_and(|&c| is_word(c) || mark == '\'' && c == '\'')
            };
            (at + 2..line()).find(closes).map(|close| close + 1)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_stand_between_marks_of_any_kind() {
        let text: Vec<char> =
            "''It's on,'' he said. A ‘so-called’ plan; the voters' 'big day'. “One ‘two’ three” \"x\" don't\n''Open"
                .chars()
                .collect();
        let runs: Vec<String> =
            quoted_runs(&text).iter().map(|run| text[run.start..run.end].iter().collect()).collect();
        assert_eq!(runs, ["''It's on,''", "‘so-called’", "'big day'", "One ‘two’ three", "x", "''Open"]);
    }
}
