//! The forms in which quotations are written down.

use clap::ValueEnum;

use super::{brat, csv, json, markdown, table};
use crate::article::Article;
use crate::cli::forms::Frame;
use crate::quotes::{Findings, Quotation};

/// How to write quotations down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For the eye; in a pipe, columns parted by tabs: speaker, quotation, date, headline, path
    Table,
    /// One array with an object for each article
    Json,
    /// An object for each article, on a line of its own
    Jsonl,
    /// A line for each quotation, safe to open in a spreadsheet
    Csv,
    /// Markdown, a list for each article
    Md,
    /// Files for annotators, into the folder given with --output
    Brat,
}

impl Format {
    /// Whether a quotation is shown: data have them all, people want what somebody said.
    pub fn shows(self, quotation: &Quotation) -> bool {
        match self {
            Self::Json | Self::Jsonl | Self::Csv | Self::Brat => true,
            Self::Table | Self::Md => quotation.is_spoken(),
        }
    }

    /// What stands around the articles.
    pub fn frame(self) -> Frame {
        match self {
            Self::Json => Frame::ARRAY,
            Self::Csv => Frame { opening: csv::HEADER, ..Frame::NONE },
            Self::Md => Frame { between: "\n", ..Frame::NONE },
            Self::Jsonl | Self::Table | Self::Brat => Frame::NONE,
        }
    }

    /// Writes an article down; nothing where there is nothing to show. `width` is that of the terminal, in cells,
    /// where somebody looks at one.
    pub fn write(self, article: &Article, findings: &Findings, width: Option<usize>) -> Option<String> {
        match self {
            Self::Json => Some(json::object(article, findings)),
            Self::Jsonl => Some(json::object(article, findings) + "\n"),
            Self::Brat => Some(brat::annotations(article, findings)),
            _ if !findings.quotations.iter().any(|quotation| self.shows(quotation)) => None,
            Self::Csv => Some(csv::rows(article, findings)),
            Self::Md => Some(markdown::section(article, findings, |quotation| self.shows(quotation))),
            Self::Table => {
                let shown = findings.quotations.iter().filter(|quotation| self.shows(quotation));
                Some(match width {
                    Some(width) => table::fitted(article, findings, shown, width),
                    None => table::plain(article, findings, shown),
                })
            }
        }
    }
}
