//! Tells the parts of an article apart: byline, dateline, captions, promotion, and the prose that remains.

use std::borrow::Cow;

use super::{byline, caption, dateline, promotion};
use crate::article::{Body, BodyBuilder, ParagraphKind};

/// How many paragraphs from the top may be a byline or begin with a dateline.
const TOP: usize = 8;

/// An article taken apart.
pub struct Parts {
    /// The headline and all paragraphs, each of its kind.
    pub body: Body,
    /// Who wrote it, where a byline says so.
    pub byline: Option<String>,
    /// The agency that the dateline names.
    pub agency: Option<String>,
}

/// Puts a body together from cleaned paragraphs of plain text.
pub fn assemble<'t>(headline: &str, paragraphs: impl IntoIterator<Item = Cow<'t, str>>) -> Parts {
    let mut builder = BodyBuilder::new(headline);
    let (mut byline, mut agency, mut is_dated) = (None, None, false);
    for (i, paragraph) in paragraphs.into_iter().enumerate() {
        if i < TOP && byline.is_none() {
            byline = byline::recognize(&paragraph).map(str::to_owned);
            if byline.is_some() {
                builder.push(ParagraphKind::Byline, &paragraph);
                continue;
            }
        }
        let kind = kind(&paragraph);
        let dateline = (kind == ParagraphKind::Prose && i < TOP && !is_dated).then(|| dateline::recognize(&paragraph));
        match dateline.flatten() {
            Some(dateline) => {
                is_dated = true;
                agency = dateline.agency.map(str::to_owned);
                builder.push_with_dateline(kind, dateline.words, &paragraph[dateline.words.len()..]);
            }
            None => {
                builder.push(kind, &paragraph);
            }
        }
    }
    Parts { body: builder.build(), byline, agency }
}

fn kind(paragraph: &str) -> ParagraphKind {
    if byline::is_credit(paragraph) {
        ParagraphKind::Byline
    } else if promotion::recognize(paragraph) {
        ParagraphKind::Promotion
    } else if caption::recognize(paragraph) {
        ParagraphKind::Caption
    } else {
        ParagraphKind::Prose
    }
}
