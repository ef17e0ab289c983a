//! Block quotations: paragraphs that are somebody's words without marks, where the article says below them whose they are.
//!
//! From the paragraphs of an article to which of its block quotations are cited; one without a citation is no quotation.

use crate::article::{Body, ParagraphKind};
use crate::quotes::QuoteMarks;
use crate::quotes::quote_spans::QuoteSpan;
use crate::text::Span;

/// The paragraphs of the block quotations below which stands whose they are.
pub(crate) fn cited(body: &Body) -> Vec<usize> {
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
pub(crate) fn quote_whole(span: Span, paragraph: usize, goes_on: bool, first: usize, out: &mut Vec<QuoteSpan>) {
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
