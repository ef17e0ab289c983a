//! `pullquote quotes`: who said what, as a table or as data.

mod code_points;
mod json;

use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::error::{Found, Outcome, say};
use super::{Failure, input, ordered};
use crate::article::Article;
use crate::quotes::{self, Findings};

/// What `pullquote quotes` takes.
#[derive(Debug, Args)]
pub struct QuotesArguments {
    /// Files and folders to read; `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to write it down
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// An article a line
    Jsonl,
}

/// What comes of one file.
struct Answer {
    lines: Vec<u8>,
    articles: usize,
    quotations: usize,
    refusals: Vec<String>,
}

/// Writes the quotations in what the arguments name to standard output.
pub fn run(arguments: &QuotesArguments) -> Outcome {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let (mut articles, mut quotations, mut refused, mut written) = (0, 0, 0, Ok(()));
    ordered::in_order(
        |give| input::find(&arguments.paths, give),
        answer,
        |answer| {
            answer.refusals.iter().for_each(|line| say(line));
            articles += answer.articles;
            quotations += answer.quotations;
            refused += answer.refusals.len();
            written = out.write_all(&answer.lines);
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    written?;
    out.flush()?;
    match (articles, quotations) {
        (0, _) if refused > 0 => Err(Failure::NothingReadable),
        (_, 0) => Ok(Found::Nothing),
        _ => Ok(Found::Something),
    }
}

fn answer(source: input::Source) -> Answer {
    let mut answer = Answer { lines: Vec::new(), articles: 0, quotations: 0, refusals: Vec::new() };
    input::read(source, &mut |read| match read {
        Ok(article) => {
            let findings = quotes::find(&article.body);
            answer.articles += 1;
            answer.quotations += findings.quotations.len();
            write_line(&article, &findings, &mut answer.lines);
        }
        Err(refused) => answer.refusals.push(refused.to_string()),
    });
    answer
}

fn write_line(article: &Article, findings: &Findings, lines: &mut Vec<u8>) {
    json::write(article, findings, lines);
    lines.push(b'\n');
}
