//! `pullquote quotes`: who said what, as a table or as data.

mod code_points;
mod csv;
#[cfg(test)]
mod fixture;
mod format;
mod json;
mod markdown;
mod output;
mod speaker;
mod table;

use std::io::{self, BufWriter, IsTerminal};
use std::path::PathBuf;

use clap::Args;

use super::error::{Found, Outcome, say};
use super::{Failure, ordered};
use crate::article::Article;
use crate::quotes;
use crate::shell::source;

use format::Format;
use output::Output;
use speaker::SpeakerName;

/// What stands under `pullquote quotes --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote quotes                                  the quotations in the sample articles
  pullquote quotes --speaker 'Ines Okafor' ~/news   all that one person said
  pullquote quotes --format csv ~/news > quotes.csv
  pullquote quotes --format jsonl ~/news | jq -r '.quotes[] | select(.speaker == null) | .text'

json, jsonl and csv hold every quotation, terms and titles too (see \"kind\").
\"start\" and \"end\" count Unicode code points into \"text\".
Exit codes: 0 good, 1 no quotation found, 2 error.";

/// What `pullquote quotes` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct QuotesArguments {
    /// Files and folders to read; `-` is standard input, nothing the bundled samples
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to write it down
    #[arg(long, short, value_enum, value_name = "FORMAT", default_value_t = Format::Table)]
    format: Format,
    /// Only what this person or body said: any words of their name, in any case, accents or not
    #[arg(long, short, value_name = "NAME", value_parser = SpeakerName::parse)]
    speaker: Option<SpeakerName>,
}

/// What comes of one source.
#[derive(Default)]
struct Answer {
    /// What is written down of each article that has something to show.
    written: Vec<String>,
    /// How many articles were read.
    articles: usize,
    /// How many quotations are shown.
    quotations: usize,
    /// What was not read, and why: a line each.
    refusals: Vec<String>,
}

/// Writes the quotations in what the arguments name to standard output.
pub fn run(arguments: &QuotesArguments) -> Outcome {
    let stdout = io::stdout().lock();
    let is_terminal = stdout.is_terminal();
    let width = if is_terminal { crossterm::terminal::size().ok().map(|(columns, _)| columns.into()) } else { None };
    let mut output = Output::new(BufWriter::with_capacity(1 << 16, stdout), arguments.format, is_terminal);
    let mut tally = Tally::default();
    tally.hidden = ordered::in_order(
        |give| source::find(&arguments.paths, give),
        |source| answer(source, arguments, width),
        |answer| {
            tally.count(&answer);
            answer.refusals.iter().for_each(|line| say(line));
            output.write(&answer.written)
        },
    );
    output.finish()?;
    tally.outcome()
}

/// Reads one source and writes its quotations down; runs on any thread.
fn answer(source: source::Source, arguments: &QuotesArguments, width: Option<usize>) -> Answer {
    let mut answer = Answer::default();
    source::read(source, &mut |read| match read {
        Ok(article) => answer.add(&article, arguments, width),
        Err(refused) => answer.refusals.push(refused.to_string()),
    });
    answer
}

impl Answer {
    fn add(&mut self, article: &Article, arguments: &QuotesArguments, width: Option<usize>) {
        self.articles += 1;
        let mut findings = quotes::find(&article.body);
        if let Some(name) = &arguments.speaker {
            findings = name.narrow(findings);
            if findings.quotations.is_empty() {
                return;
            }
        }
        self.quotations += findings.quotations.iter().filter(|quotation| arguments.format.shows(quotation)).count();
        self.written.extend(arguments.format.write(article, &findings, width));
    }
}

/// How much there was of everything.
#[derive(Default)]
struct Tally {
    articles: usize,
    quotations: usize,
    refused: usize,
    hidden: usize,
}

impl Tally {
    fn count(&mut self, answer: &Answer) {
        self.articles += answer.articles;
        self.quotations += answer.quotations;
        self.refused += answer.refusals.len();
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self { articles: 0, refused: 1.., .. } => Err(Failure::NothingReadable),
            Self { articles: 0, hidden, .. } => {
                say(&format!("there is no file to read ({hidden} hidden passed by)"));
                Ok(Found::Nothing)
            }
            Self { quotations: 0, .. } => Ok(Found::Nothing),
            _ => Ok(Found::Something),
        }
    }
}
