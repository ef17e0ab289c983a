//! What the schema of JSON says of a record of the input: what is kept of it, what its paragraphs are, why it is no article.

use serde::{Serialize, Serializer};

use super::code_points::CodePoints;
use super::json::Verbatim;
use crate::article::{Body, InlineStyle, KeptValue, Marker, Paragraph, ParagraphKind, Picture};
use crate::text::Span;

/// A paragraph. All places are code points of the text, as everywhere.
#[derive(Serialize)]
pub struct BlockRecord {
    start: usize,
    end: usize,
    kind: &'static str,
    /// Of a heading 1 to 6; else in how many lists an item stands, or in how many block quotations a quotation. Null where that
    /// is not known.
    level: Option<usize>,
    /// What stands before an item: "•", "3.", "c.".
    #[serde(skip_serializing_if = "Option::is_none")]
    marker: Option<String>,
    /// In how many block quotations it stands.
    #[serde(skip_serializing_if = "is_zero")]
    quoted: usize,
    /// Whether a row names the columns of its table.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    header: bool,
    /// The cells of a row, each from where to where.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cells: Vec<(usize, usize)>,
    /// Words that are told apart.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    styles: Vec<StyleRecord>,
    /// Of a picture, which has no words of the text: its address, what it shows, and the caption below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<String>,
}

/// Words that are told apart: emphasis, strong, code, superscript, subscript, deleted.
#[derive(Serialize)]
struct StyleRecord {
    start: usize,
    end: usize,
    kind: &'static str,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "so serde asks for it")]
const fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl BlockRecord {
    /// That of a paragraph of a body.
    pub fn of(body: &Body, paragraph: &Paragraph, points: &CodePoints<'_>) -> Self {
        let shape = paragraph.shape;
        let (Span { start, end }, quoted) = (points.span(paragraph.span), shape.nesting.quotations());
        let level = match paragraph.kind {
            ParagraphKind::Heading => shape.level.into(),
            ParagraphKind::BlockQuotation if shape.nesting.lists() == 0 => quoted,
            _ => shape.nesting.lists(),
        };
        let cell = |cell: &Span| {
            let Span { start, end } = points.span(*cell);
            (start, end)
        };
        let style = |style: &InlineStyle| {
            let Span { start, end } = points.span(style.span);
            StyleRecord { start, end, kind: style.kind.name() }
        };
        Self {
            start,
            end,
            kind: paragraph.kind.name(),
            level: Some(level).filter(|level| *level > 0),
            marker: shape.marker.map(Marker::printed),
            quoted,
            header: shape.is_header,
            cells: body.cells(paragraph).iter().map(cell).collect(),
            styles: body.styles_in(paragraph).iter().map(style).collect(),
            url: None,
            description: None,
            caption: None,
        }
    }

    /// That of the picture with this number: it stands where the paragraph below it begins, or at the end of the text.
    pub fn of_picture(body: &Body, number: usize, picture: &Picture, points: &CodePoints<'_>) -> Self {
        let at = body.paragraphs().get(picture.before).map_or(body.text().len(), |below| below.span.start);
        let Span { start, end } = points.span(Span::new(at, at));
        let caption = body.caption_of(number).map(|caption| body.words(caption.span).to_owned());
        Self {
            start,
            end,
            kind: "picture",
            level: None,
            marker: None,
            quoted: 0,
            header: false,
            cells: Vec::new(),
            styles: Vec::new(),
            url: Some(picture.url.clone()),
            description: Some(picture.description.clone()).filter(|description| !description.is_empty()),
            caption,
        }
    }
}

/// A record of the input that is no article.
#[derive(Serialize)]
pub struct RefusedRecord<'a> {
    article: NoArticleRecord<'a>,
    error: &'a str,
    speakers: [(); 0],
    quotes: [(); 0],
}

#[derive(Serialize)]
struct NoArticleRecord<'a> {
    id: Option<()>,
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<KeptRecord<'a>>,
}

/// The fields of the input that are kept, in the order in which they were asked for.
pub struct KeptRecord<'a>(Vec<(&'a str, &'a KeptValue)>);

impl Serialize for KeptRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, KeptField(value))))
    }
}

/// A field of the input in the form that it had.
struct KeptField<'a>(&'a KeptValue);

impl Serialize for KeptField<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            KeptValue::Nothing => serializer.serialize_unit(),
            KeptValue::Text(text) => serializer.serialize_str(text),
            KeptValue::Plain(json) | KeptValue::Nested(json) => Verbatim(json).serialize(serializer),
        }
    }
}

/// Returns what is no article, with why.
pub fn refused<'a>(path: Option<String>, error: &'a str, kept: &[(&'a str, &'a KeptValue)]) -> RefusedRecord<'a> {
    let article = NoArticleRecord { id: None, path, input: KeptRecord::of(kept) };
    RefusedRecord { article, error, speakers: [], quotes: [] }
}

impl<'a> KeptRecord<'a> {
    /// Returns them; none where none are asked for.
    pub fn of(kept: &[(&'a str, &'a KeptValue)]) -> Option<Self> {
        (!kept.is_empty()).then(|| Self(kept.to_vec()))
    }
}
