//! What is written in which format: articles with their quotations, speakers, hits of a search, timelines.

use serde::Serialize;

use super::said_words::{SaidWords, Shown};
use super::schema::SearchHit;
use super::{Frame, brat, csv, json, markdown, schema, table};
use crate::article::Article;
use crate::catalog::{Imprint, Person, Said};

/// A format in which data leaves the program. What has no layout of its own in one is written as for the eye; no command
/// offers it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// For the eye, fitted to a terminal; in a pipe, columns parted by tabs.
    #[default]
    Table,
    /// One value of JSON.
    Json,
    /// An object of JSON on each line.
    Jsonl,
    /// Rows that are safe to open in a spreadsheet.
    Csv,
    /// Headings, lists and tables.
    Markdown,
    /// BRAT standoff annotations, for quotations only.
    Brat,
    /// Quotations with footnotes, for clippings only.
    Footnotes,
    /// Text as it is read, for articles only.
    Text,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 8] =
        [Self::Table, Self::Json, Self::Jsonl, Self::Csv, Self::Markdown, Self::Brat, Self::Footnotes, Self::Text];

    /// Its name as an argument.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Brat => "brat",
            Self::Footnotes => "footnotes",
            Self::Text => "text",
        }
    }

    /// The extension of a file.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Footnotes => Self::Markdown.name(),
            Self::Text => "txt",
            other => other.name(),
        }
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What is shown of an article: data have all that is found, people want what was said, not terms and titles, unless
    /// they ask for these.
    pub fn words(self, shown: Shown<'_>) -> Vec<SaidWords<'_>> {
        let mut words = shown.words();
        match self {
            Self::Json | Self::Jsonl | Self::Csv | Self::Brat => {}
            Self::Table | Self::Markdown | Self::Footnotes | Self::Text => {
                words.retain(|said| said.is_spoken || !shown.kinds.is_empty());
            }
        }
        words
    }

    /// What is written around articles with their quotations.
    pub const fn quotations_frame(self) -> Frame {
        match self {
            Self::Json => Frame::ARRAY,
            Self::Csv => Frame { opening: csv::QUOTATIONS, ..Frame::NONE },
            Self::Markdown => Frame { between: "\n", ..Frame::NONE },
            Self::Jsonl | Self::Table | Self::Brat | Self::Footnotes | Self::Text => Frame::NONE,
        }
    }

    /// Returns an article with its quotations, or what else is shown of it; none where there is nothing to show. `width` is
    /// that of the terminal, in cells, where the output is one. Markdown and BRAT hold all kinds, whichever are wanted.
    pub fn quotations(self, article: &Article, shown: Shown<'_>, width: Option<usize>) -> Option<String> {
        match self {
            Self::Json | Self::Jsonl => return Some(self.object(&schema::shown(article, shown))),
            Self::Brat => return Some(brat::annotations(article, &shown.all())),
            Self::Csv | Self::Markdown | Self::Table | Self::Footnotes | Self::Text => {}
        }
        let words = self.words(shown);
        (!words.is_empty()).then(|| match self {
            Self::Csv => csv::quotations(article, shown),
            Self::Markdown => markdown::quotations(article, &shown.all()),
            _ => table::quotations(article, &words, width),
        })
    }

    /// What is written around speakers; `width` as in [`Format::quotations`]. With a column for how much is only reported where
    /// that is asked for.
    pub const fn speakers_frame(self, width: Option<usize>, with_reported: bool) -> Frame {
        match self {
            Self::Csv if with_reported => Frame { opening: csv::SPEAKERS_WITH_REPORTED, ..Frame::NONE },
            Self::Markdown if with_reported => Frame { opening: markdown::SPEAKERS_WITH_REPORTED, ..Frame::NONE },
            Self::Table if with_reported => Frame { opening: table::speakers_head_with_reported(width), ..Frame::NONE },
            Self::Json => Frame::ARRAY,
            Self::Csv => Frame { opening: csv::SPEAKERS, ..Frame::NONE },
            Self::Markdown => Frame { opening: markdown::SPEAKERS, ..Frame::NONE },
            Self::Table | Self::Brat | Self::Footnotes | Self::Text => {
                Frame { opening: table::speakers_head(width), ..Frame::NONE }
            }
            Self::Jsonl => Frame::NONE,
        }
    }

    /// Whether a speaker is written with the articles that quote them.
    pub const fn lists_articles(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
    }

    /// Returns a speaker; `width` and `with_reported` as in [`Format::speakers_frame`].
    pub fn speaker(self, person: &Person, articles: &[Imprint], width: Option<usize>, with_reported: bool) -> String {
        match self {
            Self::Json | Self::Jsonl => self.object(&schema::speaker(person, articles, with_reported)),
            Self::Csv if with_reported => csv::speaker_with_reported(person),
            Self::Markdown if with_reported => markdown::speaker_with_reported(person),
            Self::Table if with_reported => table::speaker_with_reported(person, width),
            Self::Csv => csv::speaker(person),
            Self::Markdown => markdown::speaker(person),
            Self::Table | Self::Brat | Self::Footnotes | Self::Text => table::speaker(person, width),
        }
    }

    /// What is written around the hits of a search.
    pub const fn hits_frame(self) -> Frame {
        match self {
            Self::Json => Frame::ARRAY,
            Self::Csv => Frame { opening: csv::HITS, ..Frame::NONE },
            Self::Jsonl | Self::Table | Self::Markdown | Self::Brat | Self::Footnotes | Self::Text => Frame::NONE,
        }
    }

    /// Returns a hit of a search; `width` as in [`Format::quotations`].
    pub fn hit(self, hit: &SearchHit<'_>, width: Option<usize>) -> String {
        match self {
            Self::Json | Self::Jsonl => self.object(&schema::hit(hit)),
            Self::Csv => csv::hit(hit),
            Self::Table | Self::Markdown | Self::Brat | Self::Footnotes | Self::Text => table::hit(hit, width),
        }
    }

    /// Returns all that a person said, in the order in which it comes, as the whole of a file.
    pub fn timeline(self, person: &Person, said: &[Said]) -> String {
        match self {
            Self::Json | Self::Jsonl => json::json_lines(&schema::timeline(person, said)) + "\n",
            Self::Csv => csv::timeline(said),
            Self::Table | Self::Markdown | Self::Brat | Self::Footnotes | Self::Text => {
                markdown::timeline(person, said)
            }
        }
    }

    /// Returns a record as a part of [`Frame::ARRAY`], or on a line of its own.
    fn object(self, record: &impl Serialize) -> String {
        json(record) + if self == Self::Json { "" } else { "\n" }
    }
}
