//! Where places of a text that was exported are once it is cleaned.
//!
//! A program of before may have kept characters that are taken out now; what was noted at a place behind them moves.

use std::borrow::Cow;

use super::{Line, Paragraph};
use crate::article::{Body, ParagraphKind};
use crate::text::clean;

/// Finds places of the text of a line in `body`, which was made of it.
pub(super) struct CleanedPlaces<'l> {
    /// None where cleaning changes nothing.
    paragraphs: Option<&'l [Paragraph]>,
    body: &'l Body,
}

impl<'l> CleanedPlaces<'l> {
    pub fn of(line: &'l Line, body: &'l Body) -> Self {
        let is_clean = |text: &str| matches!(clean(text), Cow::Borrowed(_));
        let is_same = |paragraph: &Paragraph| is_clean(&paragraph.dateline) && is_clean(&paragraph.text);
        Self { paragraphs: (!line.paragraphs.iter().all(is_same)).then_some(&line.paragraphs), body }
    }

    /// Where the byte `offset` of the exported text is in the body.
    pub fn place(&self, offset: usize) -> usize {
        let Some(paragraphs) = self.paragraphs else { return offset };
        let mut kept = self.body.paragraphs().iter();
        let mut start = 0;
        for paragraph in paragraphs {
            let raw = [paragraph.dateline.as_str(), &paragraph.text].concat();
            let now = if clean(&raw).trim().is_empty() { None } else { kept.next() };
            if offset <= start + raw.len() {
                let Some(now) = now else { break };
                return (now.span.start + cleaned_length(&raw, offset - start, paragraph.kind.0)).min(now.span.end);
            }
            start += raw.len() + 1;
        }
        offset
    }
}

/// Where the byte `offset` of the words of a paragraph is once these are cleaned.
pub(super) fn in_words(paragraph: &Paragraph, offset: usize) -> usize {
    let dateline = &paragraph.dateline;
    let raw = [dateline.as_str(), &paragraph.text].concat();
    let kind = paragraph.kind.0;
    cleaned_length(&raw, dateline.len() + offset, kind).saturating_sub(cleaned_length(dateline, dateline.len(), kind))
}

/// How long the first `offset` bytes of a paragraph are once they are cleaned; blanks at its beginning go, unless it is
/// preformatted.
fn cleaned_length(raw: &str, offset: usize, kind: ParagraphKind) -> usize {
    let cleaned = clean(&raw[..raw.floor_char_boundary(offset)]);
    if kind == ParagraphKind::Preformatted { cleaned.len() } else { cleaned.trim_start().len() }
}
