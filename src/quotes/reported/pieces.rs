//! Pieces: the words of a content, without the quotations and the insertion that stand in it.

use super::describe::Candidate;
use crate::quotes::analysis::Analysis;
use crate::quotes::tokens::TokenShape;
use crate::text::Span;

/// Returns the pieces of a content in bytes, in order; each begins and ends with a word or a number.
pub(super) fn pieces<S>(analysis: &Analysis<'_>, candidate: &Candidate<S>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut is_open = false;
    for at in candidate.first..candidate.end {
        let token = &analysis.tokenized.tokens[at];
        let is_in_hole = candidate.hole.is_some_and(|hole| (hole.start..hole.end).contains(&at));
        if token.is_quotation() || is_in_hole {
            is_open = false;
            continue;
        }
        let is_word = token.is_word() || token.shape == TokenShape::Number;
        let end = if token.possessive { possessive_end(analysis, at) } else { token.end as usize };
        match out.last_mut().filter(|_| is_open) {
            Some(last) => last.end = end,
            None if is_word => {
                out.push(Span::new(token.start as usize, end));
                is_open = true;
            }
            None => {}
        }
    }
    out
}

/// Where a word with its possessive ending ends.
fn possessive_end(analysis: &Analysis<'_>, at: usize) -> usize {
    let end = analysis.tokenized.tokens[at].end as usize;
    let rest = &analysis.tokenized.text[end..];
    let Some(mark) = rest.chars().next().filter(|c| matches!(c, '\'' | '’')) else { return end };
    let letter = rest[mark.len_utf8()..].starts_with(['s', 'S']);
    end + mark.len_utf8() + usize::from(letter)
}
