//! `pullquote search`: articles of the library, as a table or as data.

use clap::Args;

use super::error::{Error, Found, Outcome};
use super::exit_status::ExitStatusArgument;
use super::library_args::LibraryArguments;
use super::output::{one_of, standard, terminal_width};
use crate::export::{Format, SearchHit};
use crate::library::Entry;
use crate::query::{Query, Snippet, spans_of};
use crate::text::fold_with_offsets;

/// What stands under `pullquote search --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote search bridge toll                     articles with these words (prefix match)
  pullquote search 'title:bridge \"night trams\"'    in the headline; words one after the other
  pullquote search 'speaker:okafor said:steel'     what one person said: a line for each quotation
  pullquote search 'speaker:okafor reported:steel' what articles report of it without quotation marks
  pullquote search 'tram OR bus -fare source:wire'
  pullquote search tag:budget sort:relevance       with that tag; the best matches first
  pullquote search after:2026-03 before:2026-04 is:unread is:starred
  pullquote search 'after:2w author:holt url:wire.example'   the last two weeks; byline; address
  pullquote search '(tram OR bus) -(fare OR toll)'
  pullquote search '/harbou?r (bridge|tunnel)/'    a regular expression

Newest first. A query that begins with - comes after --. Exit codes: 0 success, 1 nothing found, 2 error. With json, jsonl and csv it is no error that nothing is found,
unless --exit-status is given.";

const FORMATS: &[(Format, &str)] = &[
    (Format::Table, "For people; in a pipe, tab-separated columns: date, headline, line, path"),
    (Format::Json, "One array with an object for each article"),
    (Format::Jsonl, "An object for each article, on a line of its own"),
    (Format::Csv, "A line for each article, safe to open in a spreadsheet"),
];

/// What `pullquote search` accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct SearchArguments {
    /// The query, as in the search of the reader
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Output format
    #[arg(long, short, value_name = "FORMAT", value_parser = one_of(FORMATS), default_value = "table")]
    format: Format,
    /// Maximum number of articles
    #[arg(long, short, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    exit_status: ExitStatusArgument,
}

/// Writes the articles of the library that a query finds to standard output.
pub fn run(arguments: &SearchArguments, library_args: &LibraryArguments) -> Outcome {
    let library = library_args.look_into()?;
    let query = Query::parse(&arguments.query.join(" "));
    if let Some(error) = query.errors.first() {
        return Err(Error::Query(error.clone()));
    }
    let query = library.with_other_names(&query)?;
    let most = arguments.limit.unwrap_or(usize::MAX);
    let hits = if query.is_empty() { Vec::new() } else { library.search(&query, &|| true)? };
    let width = terminal_width();
    let mut output = standard(arguments.format.hits_frame());
    let mut shown = 0;
    for hit in hits.into_iter().take(most) {
        let Some(entry) = library.get(hit.id)? else { continue };
        let hits = hits_in(&entry, &query, hit.snippet);
        shown += hits.len();
        let mut written = hits.iter().map(|hit| output.write(&arguments.format.hit(hit, width)));
        if written.any(|flow| flow.is_break()) {
            break;
        }
    }
    output.finish()?;
    let found = if shown == 0 { Found::Nothing } else { Found::Something };
    Ok(arguments.exit_status.of(found, arguments.format))
}

/// The article that was found; where words that were said were asked for, each statement with them.
fn hits_in<'a>(entry: &'a Entry, query: &'a Query, snippet: Option<Snippet>) -> Vec<SearchHit<'a>> {
    let article = &*entry.article;
    let needles = query.needles();
    let said = entry.said_for(query).map(|quotation| {
        let text = article.body.words(quotation.span).replace('\n', " ");
        let highlights = spans_of(&needles, &fold_with_offsets(&text));
        let speaker = entry.with_reported().speaker_of(quotation).map(|speaker| speaker.name.as_str());
        SearchHit {
            article,
            snippet: Some(Snippet { text, highlights, name_end: 0, is_doubtful: false }),
            said: Some(quotation),
            speaker,
        }
    });
    let said: Vec<_> = said.collect();
    if said.is_empty() { vec![SearchHit { article, snippet, said: None, speaker: None }] } else { said }
}
