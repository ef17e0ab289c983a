//! Which format an input is said to be in, where that is not to be told from how it begins.

use super::sniff::InputFormat;
use super::table_header;

/// The format of an input as the user states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatedFormat {
    /// A dated line and paragraphs, or any other plain text.
    Text,
    /// A page.
    Html,
    /// One object, an array of them, an object around such an array, or several one after the other.
    Json,
    /// An object on every line.
    Jsonl,
    /// A table with a header; what stands between its cells is told from that.
    Csv,
    /// The same with tabs between the cells.
    Tsv,
    /// RSS, RDF, Atom or JSON Feed.
    Feed,
    /// Markdown.
    Markdown,
    /// One mail.
    Mail,
    /// Many mails.
    Mailbox,
    /// A web archive, or the text of one.
    Warc,
}

impl StatedFormat {
    /// Every one, by its name as an argument.
    pub const ALL: [(&'static str, Self); 11] = [
        ("text", Self::Text),
        ("html", Self::Html),
        ("json", Self::Json),
        ("jsonl", Self::Jsonl),
        ("csv", Self::Csv),
        ("tsv", Self::Tsv),
        ("feed", Self::Feed),
        ("markdown", Self::Markdown),
        ("mail", Self::Mail),
        ("mailbox", Self::Mailbox),
        ("warc", Self::Warc),
    ];

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, format)| format)
    }

    /// Whether a line is enough to begin with.
    pub(super) const fn is_of_lines(self) -> bool {
        matches!(self, Self::Jsonl | Self::Csv | Self::Tsv)
    }

    /// Whether it is a table.
    pub(super) const fn is_table(self) -> bool {
        matches!(self, Self::Csv | Self::Tsv)
    }

    /// The format of an input that begins with `head`.
    pub(super) fn of(self, head: &str) -> InputFormat {
        match self {
            Self::Text => InputFormat::DatedText,
            Self::Html => InputFormat::Html,
            Self::Json => InputFormat::Json { by_lines: false },
            Self::Jsonl => InputFormat::Json { by_lines: true },
            Self::Csv => InputFormat::Table(
                table_header::delimiter(head.trim_start_matches(['\r', '\n', '\u{feff}']), true).unwrap_or(b','),
            ),
            Self::Tsv => InputFormat::Table(b'\t'),
            Self::Feed => InputFormat::Feed,
            Self::Markdown => InputFormat::Markdown,
            Self::Mail => InputFormat::Mail,
            Self::Mailbox => InputFormat::Mailbox,
            Self::Warc => InputFormat::WebArchive,
        }
    }
}
