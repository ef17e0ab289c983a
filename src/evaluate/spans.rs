//! When two spans are taken for the same words. All spans count code points.

use std::cmp::Ordering;

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::is_blank;
use crate::text::Span;

/// How much of two spans must be shared, of all that either covers.
const FLOOR: f64 = 0.5;

/// The span without the quotation marks, blanks and punctuation at its ends; itself if nothing would remain.
pub fn trim(text: &[char], span: Span) -> Span {
    let span = Span::new(span.start.min(text.len()), span.end.min(text.len()));
    let (mut start, mut end) = (span.start, span.end);
    while start < end && is_edge(text[start]) {
        start += 1;
    }
    while end > start && is_edge(text[end - 1]) {
        end -= 1;
    }
    if start < end { Span::new(start, end) } else { span }
}

fn is_edge(c: char) -> bool {
    let is_punctuation = || c.general_category_group() == GeneralCategoryGroup::Punctuation && !matches!(c, '#' | '@');
    is_blank(c) || matches!(c, '`' | '´' | '″' | '′') || is_punctuation()
}

/// How many code points both cover.
pub fn overlap(one: Span, other: Span) -> usize {
    one.intersection(other).len()
}

/// What both cover, of all that either covers.
pub fn likeness(one: Span, other: Span) -> f64 {
    let shared = overlap(one, other);
    if shared == 0 { 0.0 } else { shared as f64 / (one.len() + other.len() - shared) as f64 }
}

/// Which of `found` each of `wanted` is, one to one: the most alike first, then the earliest.
pub fn matches(wanted: &[Span], found: &[Span]) -> Vec<Option<usize>> {
    let mut pairs = Vec::new();
    for (i, &want) in wanted.iter().enumerate() {
        let alike = found.iter().enumerate().map(|(j, &span)| (likeness(want, span), i, j));
        pairs.extend(alike.filter(|pair| pair.0 >= FLOOR));
    }
    let earliest = |a: &(f64, usize, usize), b: &(f64, usize, usize)| (a.1, a.2).cmp(&(b.1, b.2));
    pairs.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal).then_with(|| earliest(a, b)));
    let (mut of_wanted, mut is_taken) = (vec![None; wanted.len()], vec![false; found.len()]);
    for (_, i, j) in pairs {
        if of_wanted[i].is_none() && !is_taken[j] {
            of_wanted[i] = Some(j);
            is_taken[j] = true;
        }
    }
    of_wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trimmed(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let span = trim(&chars, Span::new(0, chars.len()));
        chars[span.start..span.end].iter().collect()
    }

    #[test]
    fn marks_blanks_and_punctuation_go_from_the_ends() {
        assert_eq!(trimmed("“ ‘Ünïcode is fine,’ ” —"), "Ünïcode is fine");
        assert_eq!(trimmed("#now, @here!"), "#now, @here");
        assert_eq!(trimmed("$5"), "$5");
        assert_eq!(trimmed("“…”"), "“…”");
    }

    #[test]
    fn overlap_of_half_is_a_match() {
        let matched = |wanted: (usize, usize), found: (usize, usize)| {
            matches(&[Span::new(wanted.0, wanted.1)], &[Span::new(found.0, found.1)])[0].is_some()
        };
        assert!(matched((0, 10), (5, 10)) && matched((0, 10), (0, 20)));
        assert!(!matched((0, 10), (6, 10)) && !matched((0, 10), (5, 15)) && !matched((0, 5), (5, 10)));
    }

    #[test]
    fn matches_are_one_to_one_and_the_most_alike_first() {
        let spans = |ends: &[(usize, usize)]| ends.iter().map(|&(a, b)| Span::new(a, b)).collect::<Vec<_>>();
        let wanted = spans(&[(0, 10), (10, 20)]);
        assert_eq!(matches(&wanted, &spans(&[(0, 12), (0, 10), (11, 20)])), [Some(1), Some(2)]);
        assert_eq!(matches(&wanted, &spans(&[(0, 10), (0, 10)])), [Some(0), None]);
        assert_eq!(matches(&wanted, &[]), [None, None]);
    }
}
