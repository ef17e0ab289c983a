//! Block quotations: paragraphs that are somebody's words without marks, where the article says below them whose they are.
//!
//! From the paragraphs of an article to which of its block quotations are cited; one without a citation is no quotation.

use crate::article::{Body, ParagraphKind};
use crate::quotes::QuoteMarks;
use crate::quotes::quote_spans::QuoteSpan;
use crate::text::Span;

/// Adds the paragraphs of cited block quotations to the runs in marks, in order of their start.
pub(crate) fn add(body: &Body, quotes: Vec<QuoteSpan>) -> Vec<QuoteSpan> {
    let cited = cited(body);
    if cited.is_empty() {
        return quotes;
    }
    let mut out = Vec::with_capacity(quotes.len() + cited.len());
    let mut rest = quotes.as_slice();
    for index in cited {
        let paragraphs = body.paragraphs();
        let (above, below) = rest.split_at(rest.partition_point(|quote| quote.paragraph < index));
        let (inside, below) = below.split_at(below.partition_point(|quote| quote.paragraph == index));
        out.extend_from_slice(above);
        let first = out.len();
        out.extend_from_slice(inside);
        let goes_on = paragraphs.get(index + 1).is_some_and(|p| p.kind == ParagraphKind::BlockQuotation);
        quote_whole(paragraphs[index].words(), index, goes_on, first, &mut out);
        rest = below;
    }
    out.extend_from_slice(rest);
    out
}

/// The paragraphs of the block quotations below which stands whose they are.
fn cited(body: &Body) -> Vec<usize> {
    let mut cited = Vec::new();
    let mut is_cited = false;
    for (index, paragraph) in body.paragraphs().iter().enumerate().rev() {
        match paragraph.kind {
            ParagraphKind::Citation => is_cited = true,
            ParagraphKind::BlockQuotation if is_cited => cited.push(index),
            _ => is_cited = false,
        }
    }
    cited.reverse();
    cited
}

/// Makes a paragraph of a block quotation one quoted run, if it is not one already: marks in it are inside of it.
fn quote_whole(span: Span, paragraph: usize, goes_on: bool, first: usize, out: &mut Vec<QuoteSpan>) {
    /// How much may stand behind the marks: a full stop.
    const BEHIND: usize = 1;
    let is_whole = |run: &&mut QuoteSpan| run.outer.start == span.start && run.outer.end + BEHIND >= span.end;
    if let Some(whole) = out.get_mut(first).filter(is_whole) {
        whole.continues |= goes_on;
        return;
    }
    for inner in &mut out[first..] {
        inner.depth = inner.depth.saturating_add(1);
        inner.continues = false;
    }
    let block = QuoteSpan {
        span,
        outer: span,
        marks: QuoteMarks::Block,
        depth: 0,
        continues: goes_on,
        unclosed: false,
        paragraph,
    };
    out.insert(first, block);
}
