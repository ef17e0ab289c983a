//! `pullquote export` and `import`: all that a reader has can leave and come back, as lines of JSON.

mod cleaned_places;
mod exact_path;
mod export;
mod import;
mod line;
mod line_reader;
mod setting;
mod subscription;

use serde::{Deserialize, Serialize};

pub use export::{ExportArguments, export};
pub use import::{ImportArguments, Imported, import};
pub use line::published;

use crate::article::ParagraphKind;
use crate::user::{Clipping, Marks, RuleResult};
use setting::Setting;
use subscription::SubscriptionRecord;

/// One line.
#[allow(clippy::struct_excessive_bools, reason = "each is a field of the format")]
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Line {
    /// The identity of the article, in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// What the article is known by besides, in hexadecimal: its words, its addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keys: Vec<String>,
    /// ISO 8601, as it was written: `2024-01-26`, `2024-01-26T10:30:00` or `2024-01-26T10:30:00+01:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    /// Where that comes from: `article`, `url` or `name` (of its file).
    #[serde(skip_serializing_if = "Option::is_none")]
    date_source: Option<String>,
    /// When it was first seen, where it came from the web: `2024-01-26T10:30:00.250Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// The file it was read from; what was fetched has `fetched_from`.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// The same, percent-encoded, where it is not UTF-8, and `path` only like it.
    #[serde(skip_serializing_if = "Option::is_none")]
    path_bytes: Option<String>,
    /// All files that hold it, where that is not the one at `path` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<Vec<HoldingFile>>,
    /// The address of the feed or page it was fetched from.
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched_from: Option<String>,
    /// Whether it came by standard input.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    from_input: bool,
    /// Where and when else it appeared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<EditionLine>,
    /// What comes with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    enclosures: Vec<EnclosureLine>,
    /// Where its readers talk about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    comments: Option<String>,
    /// The pictures in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pictures: Vec<PictureLine>,
    /// What its publisher filed it under.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topics: Vec<String>,
    /// Whether the text is only a summary of what stands at the url.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    summary: bool,
    /// The headline first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    paragraphs: Vec<Paragraph>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    read: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    starred: bool,
    /// Removed by the user.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    removed: bool,
    /// Its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    filed: Vec<String>,
    /// The first byte that was on the screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<usize>,
    /// Places that are marked with a letter: bytes, as `place`.
    #[serde(skip_serializing_if = "Marks::is_empty")]
    marks: Marks,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<Correction>,
    /// Corrections whose words are not quoted in the text any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unplaced: Vec<Unplaced>,
    /// Quotations from it that the user keeps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clippings: Vec<ClippingLine>,
    /// What rules did with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<RuleResult>,
    /// On a line of its own: folders that are part of the library.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    folders: Vec<String>,
    /// On the same line: those whose paths are not UTF-8, percent-encoded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    folder_bytes: Vec<String>,
    /// On the same line: searches with their names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    searches: Vec<(String, String)>,
    /// On the same line: what was searched for, the latest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    searched: Vec<String>,
    /// On the same line: settings of the reader with their values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    settings: Vec<(String, String)>,
    /// On the same line: addresses at which several articles say that they stand, as keys.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contested: Vec<String>,
    /// On a line of its own: which speakers the user merged or split.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    speakers: Vec<SpeakersTied>,
    /// On a line of its own: a feed.
    #[serde(skip_serializing_if = "Option::is_none")]
    subscription: Option<SubscriptionRecord>,
}

/// A quotation that the user keeps.
#[derive(Debug, Serialize, Deserialize)]
struct ClippingLine {
    /// Its identity, in hexadecimal.
    id: String,
    #[serde(flatten)]
    clipping: Clipping,
}

/// A file that comes with an article.
#[derive(Debug, Serialize, Deserialize)]
struct EnclosureLine {
    url: String,
    #[serde(rename = "type", default)]
    media_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
}

/// A picture in an article.
#[derive(Debug, Serialize, Deserialize)]
struct PictureLine {
    /// The number of the paragraph that it stands before, from 0.
    before: usize,
    url: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    description: String,
}

/// One more publication of an article.
#[derive(Debug, Serialize, Deserialize)]
struct EditionLine {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// A file by its path: the bytes, percent-encoded, where it is not UTF-8.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum HoldingFile {
    Path(String),
    Bytes(String),
}

/// Two names, and whether they are one person's.
#[derive(Debug, Serialize, Deserialize)]
struct SpeakersTied {
    one: String,
    other: String,
    same: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Paragraph {
    kind: Kind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    dateline: String,
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
    #[serde(flatten)]
    setting: Setting,
}

/// Words that lead somewhere: bytes of the text of their paragraph.
#[derive(Debug, Serialize, Deserialize)]
struct Link {
    start: usize,
    end: usize,
    url: String,
}

/// A [`ParagraphKind`] by name.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", remote = "ParagraphKind")]
enum KindName {
    Headline,
    Prose,
    Byline,
    Promotion,
    Heading,
    ListItem,
    BlockQuotation,
    Caption,
    TableRow,
    Excerpt,
    Citation,
    Preformatted,
    Term,
    Definition,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
struct Kind(#[serde(with = "KindName")] ParagraphKind);

#[derive(Debug, Serialize, Deserialize)]
struct Unplaced {
    /// The byte at which the words stood last.
    start: usize,
    words: String,
    /// No speaker, where it is null.
    speaker: Option<String>,
    /// What it is, where the user said that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Correction {
    /// The first byte of the quoted words.
    start: usize,
    /// No speaker, where it is null.
    speaker: Option<String>,
    /// What it is, where the user said that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
}
