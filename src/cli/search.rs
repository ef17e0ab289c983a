//! `pullquote search`: articles of the library, as a table or as data.

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::error::{Error, Found, Outcome};
use super::forms::{self, CodePoints, Frame, json, rounded, rows};
use super::place::LibraryArguments;
use crate::library::{Entry, Library};
use crate::query::{Hit, Query, Snippet, spans_of};
use crate::quotes::{Certainty, Quotation};
use crate::text::{clean_line, fold_with_offsets, shorten};

/// What stands under `pullquote search --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote search bridge toll                     articles with words that begin so
  pullquote search 'title:bridge \"night trams\"'    in the headline; words one after the other
  pullquote search 'speaker:okafor said:steel'     what one person said: a line for each quotation
  pullquote search 'tram OR bus -fare source:wire'
  pullquote search tag:budget sort:relevance       under that word; the best first
  pullquote search after:2026-03 before:2026-04 is:unread is:starred

The newest come first. A query that begins with - comes after --. Exit codes: 0 good, 1 nothing found, 2 error.";

/// What `pullquote search` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct SearchArguments {
    /// What to look for, in the words of the search in the reader
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// How to write it down
    #[arg(long, short, value_enum, value_name = "FORMAT", default_value_t = Format::Table)]
    format: Format,
    /// At most so many articles
    #[arg(long, short, value_name = "N")]
    limit: Option<usize>,
}

/// How to write hits down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the eye; in a pipe, columns parted by tabs: date, headline, line, path
    Table,
    /// One array with an object for each article
    Json,
    /// An object for each article, on a line of its own
    Jsonl,
    /// A line for each article, safe to open in a spreadsheet
    Csv,
}

/// A hit as data; `lit` counts code points into `line`.
#[derive(Serialize)]
struct Record {
    id: String,
    headline: String,
    date: Option<String>,
    date_source: &'static str,
    source: Option<String>,
    place: String,
    line: Option<String>,
    lit: Vec<(usize, usize)>,
    /// Who said it, where words that were said were asked for; `line` is the quotation then.
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    #[serde(flatten)]
    said: Option<SaidRecord>,
}

/// What is known of a quotation besides.
#[derive(Serialize)]
struct SaidRecord {
    kind: &'static str,
    confidence: f64,
    /// Only there where the user, not the engine, says who spoke.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    corrected: bool,
    #[serde(skip)]
    certainty: Certainty,
}

impl SaidRecord {
    fn of(quotation: &Quotation) -> Self {
        Self {
            kind: quotation.kind.name(),
            confidence: rounded(quotation.confidence),
            corrected: quotation.corrected,
            certainty: quotation.certainty(),
        }
    }
}

/// Writes the articles of the library that a query finds to standard output.
pub fn run(arguments: &SearchArguments, place: &LibraryArguments) -> Outcome {
    let library = place.look_into()?;
    let query = Query::parse(&arguments.query.join(" "));
    if let Some(error) = query.errors.first() {
        return Err(Error::Query(error.clone()));
    }
    let most = arguments.limit.unwrap_or(usize::MAX);
    let hits = if query.is_empty() { Vec::new() } else { library.search(&query, &|| true)? };
    let width = forms::terminal_width();
    let mut output = forms::standard(arguments.format.frame());
    let mut shown = 0;
    for hit in hits.into_iter().take(most) {
        let records = records(&library, &query, hit)?;
        shown += records.len();
        let mut written = records.iter().map(|record| output.write(&arguments.format.write(record, width)));
        if written.any(|flow| flow.is_break()) {
            break;
        }
    }
    output.finish()?;
    Ok(if shown == 0 { Found::Nothing } else { Found::Something })
}

/// The article that was found; where words that were said were asked for, each quotation with them.
fn records(library: &Library, query: &Query, hit: Hit) -> Result<Vec<Record>, Error> {
    let Some(entry) = library.get(hit.id)? else { return Ok(Vec::new()) };
    let needles = query.needles();
    let said = entry.said_for(query).map(|quotation| {
        let line = entry.article.body.words(quotation.span).replace('\n', " ");
        let lit = spans_of(&needles, &fold_with_offsets(&line));
        let speaker = entry.corrected().speaker_of(quotation).map(|speaker| speaker.name.clone());
        Record { speaker, said: Some(SaidRecord::of(quotation)), ..record(&entry, Some(Snippet { text: line, lit })) }
    });
    let said: Vec<_> = said.collect();
    Ok(if said.is_empty() { vec![record(&entry, hit.snippet)] } else { said })
}

fn record(entry: &Entry, snippet: Option<Snippet>) -> Record {
    let article = &entry.article;
    let (line, lit) = snippet.map_or((None, Vec::new()), |snippet| (Some(snippet.text), snippet.lit));
    let code_points = CodePoints::of(line.as_deref().unwrap_or_default());
    let lit = lit.into_iter().map(|span| code_points.span(span)).map(|span| (span.start, span.end)).collect();
    Record {
        id: article.id.to_string(),
        headline: article.headline().to_owned(),
        date: article.published.map(|published| published.to_string()),
        date_source: article.date_source_name(),
        source: article.publisher.clone(),
        place: article.origin.to_string(),
        line,
        lit,
        speaker: None,
        said: None,
    }
}

impl Format {
    fn frame(self) -> Frame {
        match self {
            Self::Json => Frame::ARRAY,
            // What came later stands at the end: programs may count columns.
            Self::Csv => Frame {
                opening: "date,headline,source,speaker,line,place,kind,confidence,corrected\r\n",
                ..Frame::NONE
            },
            Self::Table | Self::Jsonl => Frame::NONE,
        }
    }

    fn write(self, record: &Record, width: Option<usize>) -> String {
        let cells = || {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            [
                text(&record.date),
                record.headline.clone(),
                text(&record.source),
                text(&record.speaker),
                text(&record.line),
                record.place.clone(),
            ]
        };
        match self {
            Self::Json => json(record),
            Self::Jsonl => json(record) + "\n",
            Self::Csv => {
                let said = record.said.as_ref();
                let [date, headline, source, speaker, line, place] = cells();
                let kind = said.map_or_else(String::new, |said| said.kind.to_owned());
                let confidence = said.map_or_else(String::new, |said| format!("{:.2}", said.confidence));
                let corrected = said.map_or_else(String::new, |said| said.corrected.to_string());
                let row = [date, headline, source, speaker, line, place, kind, confidence, corrected];
                rows(std::iter::once(row))
            }
            Self::Table => {
                // The path alone was not cleaned on the way in: it must lead to the file.
                let [date, headline, _, speaker, line, place] = cells().map(|cell| clean_line(&cell));
                let certainty = record.said.as_ref().map_or(Certainty::Likely, |said| said.certainty);
                let line =
                    if speaker.is_empty() { line } else { format!("{}: “{line}”", certainty.signed(&speaker)) };
                match width {
                    None => format!("{date}\t{headline}\t{line}\t{place}\n"),
                    Some(width) => {
                        let day = date.get(..10).unwrap_or("          ");
                        let first = shorten(&headline, width.saturating_sub(12));
                        let second = shorten(&line, width.saturating_sub(12));
                        if line.is_empty() {
                            format!("{day}  {first}\n")
                        } else {
                            format!("{day}  {first}\n{:12}{second}\n", "")
                        }
                    }
                }
            }
        }
    }
}
