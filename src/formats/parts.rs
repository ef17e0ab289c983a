//! Tells the parts of an article apart: byline, dateline, captions, promotion, and the prose that remains.

use super::blocks::{DASHES, DraftParagraph};
use super::{byline, caption, dateline, promotion};
use crate::article::{Body, BodyBuilder, ParagraphKind};
use crate::text::Span;

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

/// Puts a body together from cleaned paragraphs; those that are plain prose so far are looked at more closely.
pub fn assemble<'t>(
    headline_kind: ParagraphKind,
    headline: &str,
    paragraphs: impl IntoIterator<Item = DraftParagraph<'t>>,
) -> Parts {
    let mut builder = BodyBuilder::under(headline_kind, headline);
    let (mut byline, mut agency, mut is_dated) = (None, None, false);
    let mut above = headline_kind;
    for (i, paragraph) in paragraphs.into_iter().enumerate() {
        let words = &*paragraph.words;
        let is_prose = matches!(paragraph.kind, ParagraphKind::Prose | ParagraphKind::Term | ParagraphKind::Definition);
        let named = if is_prose && i < TOP && byline.is_none() { byline::recognize(words) } else { None };
        let kind = match named {
            Some(_) => ParagraphKind::Byline,
            None if is_citation(above, paragraph.kind, words) => ParagraphKind::Citation,
            // A footer that names nobody is no citation.
            None if paragraph.kind == ParagraphKind::Citation && !names_somebody(words) => ParagraphKind::Prose,
            None if is_prose => kind(words).unwrap_or(paragraph.kind),
            None => paragraph.kind,
        };
        above = kind;
        byline = byline.or_else(|| named.map(str::to_owned));
        let dateline = (kind == ParagraphKind::Prose && i < TOP && !is_dated).then(|| dateline::recognize(words));
        let dateline = dateline.flatten().map_or("", |dateline| {
            is_dated = true;
            agency = dateline.agency.map(str::to_owned);
            dateline.words
        });
        builder.push_shaped(kind, paragraph.shape, dateline, &words[dateline.len()..]);
        let from = paragraph.start + dateline.len();
        let here = |span: Span| Some(Span::new(span.start.checked_sub(from)?, span.end - from));
        for link in paragraph.links {
            if let Some(span) = here(link.span) {
                builder.link(span, &link.url);
            }
        }
        for style in paragraph.styles {
            let whole = Span::new(style.span.start.max(from), style.span.end.max(from));
            if let Some(span) = here(whole) {
                builder.style(span, style.kind);
            }
        }
        for span in paragraph.cells.iter().filter_map(|cell| here(*cell)) {
            builder.cell(span);
        }
    }
    Parts { body: builder.build(), byline, agency }
}

/// "— Ann Roe, mayor" below a block quotation, in it or behind it.
fn is_citation(above: ParagraphKind, kind: ParagraphKind, words: &str) -> bool {
    const LONGEST: usize = 200;
    const LONGEST_BEHIND: usize = 80;
    let longest = match kind {
        ParagraphKind::BlockQuotation => LONGEST,
        ParagraphKind::Prose => LONGEST_BEHIND,
        _ => return false,
    };
    above == ParagraphKind::BlockQuotation
        && words.len() <= longest
        && words.starts_with(DASHES)
        && names_somebody(words)
        && !words.ends_with('.')
}

/// Whether a citation begins with a name: not "Photo: Ann Roe", "Share this", "Psalm 23".
fn names_somebody(words: &str) -> bool {
    const LABELS: [&str; 12] =
        ["photo", "image", "picture", "credit", "video", "share", "read", "click", "tweet", "follow", "more", "source"];
    let name = words.trim_start_matches(DASHES).trim_start();
    let mut parts = name.strip_prefix("the ").unwrap_or(name).split_whitespace();
    let first = parts.next().unwrap_or_default();
    let label = first.trim_end_matches(':').to_lowercase();
    let is_label = first.ends_with(':') || LABELS.contains(&label.as_str());
    let is_number = parts.next().is_some_and(|second| second.starts_with(|c: char| c.is_ascii_digit()));
    first.starts_with(|c: char| c.is_uppercase() || c == '@') && !is_label && !is_number
}

/// What a paragraph is by its words, where it is not the article itself.
fn kind(paragraph: &str) -> Option<ParagraphKind> {
    if byline::is_credit(paragraph) {
        Some(ParagraphKind::Byline)
    } else if promotion::recognize(paragraph) {
        Some(ParagraphKind::Promotion)
    } else {
        caption::recognize(paragraph).then_some(ParagraphKind::Caption)
    }
}
