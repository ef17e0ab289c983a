//! `pullquote evaluate`: how often the engine is right on articles that people annotated.

mod corpus;
mod json;
mod table;

use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;

use super::Error;
use super::error::{Found, Outcome, show_message};
use super::output::one_of;
use crate::evaluate::{self, Counts, Mistake, Prediction, Score};
use crate::export::Format;
use crate::folder;
use crate::ingest::{NoThreads, in_order};
use crate::quotes;
use crate::text::{clean, counted, plural};

use corpus::CorpusItem;

/// What stands under `pullquote evaluate --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote evaluate ~/polnear/data/test
  pullquote evaluate --errors 20 ~/polnear/data/dev
  pullquote evaluate --format json mine | jq .mention.f1

CORPUS holds text/NAME.txt and attributions/NAME_xxxx.ann (or NAME.ann), or folders train, dev and test that do.
An article that several people annotated is skipped: nothing says which of them is right.
Exit codes: 0 success, 1 no article to score, 2 error.";

const FORMATS: &[(Format, &str)] = &[(Format::Table, "For people"), (Format::Json, "One object")];

/// What `pullquote evaluate` accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct EvaluateArguments {
    /// The folder of a corpus in BRAT standoff form, as PolNeAR ships it
    #[arg(value_name = "CORPUS")]
    corpus: PathBuf,
    /// Output format
    #[arg(long, short, value_name = "FORMAT", value_parser = one_of(FORMATS), default_value = "table")]
    format: Format,
    /// Maximum number of mistakes to show, from all over the corpus
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
}

/// A mistake, and in which article.
struct NamedMistake {
    article: String,
    mistake: Mistake,
}

/// The result of one article.
struct Scored {
    score: Score,
    /// What was not understood: a line each.
    warnings: Vec<String>,
}

/// Scores the engine on the corpus that the arguments name.
pub fn run(arguments: &EvaluateArguments) -> Outcome {
    let corpus = corpus::find(&arguments.corpus)?;
    let (counts, mistakes) = score_all(&corpus.items)?;
    if corpus.several > 0 {
        show_message(&format!("skipped {}, annotated more than once", counted(corpus.several, "article")));
    }
    if counts.articles == 0 && !corpus.items.is_empty() {
        return Err(Error::NothingReadable);
    }
    if counts.articles == 0 {
        show_message("there is no article to score");
        return Ok(Found::Nothing);
    }
    let shown = spread(mistakes, arguments.errors);
    let written = if arguments.format == Format::Json {
        json::object(&counts, &shown) + "\n"
    } else {
        // The words are those of the corpus, as they stand in its files.
        clean(&(table::figures(&counts) + &table::mistakes(&shown))).into_owned()
    };
    let mut out = io::stdout().lock();
    out.write_all(written.as_bytes())?;
    out.flush()?;
    Ok(Found::Something)
}

fn score_all(items: &[CorpusItem]) -> Result<(Counts, Vec<NamedMistake>), NoThreads> {
    let (mut counts, mut mistakes) = (Counts::default(), Vec::new());
    let produce = |emit: &mut dyn FnMut(usize) -> ControlFlow<()>| {
        let _ = (0..items.len()).try_for_each(emit);
    };
    in_order(
        produce,
        |index| (index, score(&items[index])),
        |(index, scored)| {
            scored.warnings.iter().for_each(|line| show_message(line));
            counts.add(&scored.score.counts);
            let article = || items[index].name.clone();
            mistakes
                .extend(scored.score.mistakes.into_iter().map(|mistake| NamedMistake { article: article(), mistake }));
            ControlFlow::Continue(())
        },
    )?;
    Ok((counts, mistakes))
}

/// Scores one article; one that cannot be read is left out, one that the parser refuses has no prediction.
fn score(item: &CorpusItem) -> Scored {
    let mut warnings = Vec::new();
    let mut read = |path: &PathBuf| {
        fs::read_to_string(path).map_err(|error| warnings.push(format!("{} ({error})", path.display()))).ok()
    };
    let (Some(text), Some(annotations)) = (read(&item.text), read(&item.annotations)) else {
        return Scored { score: Score::default(), warnings };
    };
    let annotations = evaluate::read(&annotations);
    if !annotations.unreadable.is_empty() {
        let lines: Vec<_> = annotations.unreadable.iter().map(usize::to_string).collect();
        let (place, line) = (item.annotations.display(), plural(lines.len(), "line"));
        warnings.push(format!("{place}: not understood: {line} {}", lines.join(", ")));
    }
    // The text as the program parses it, so that the whole way from the file on is measured.
    let mut article = None;
    folder::read_file(&item.text, &mut |read| match read {
        Ok(read) => article = Some(read),
        Err(refused) => warnings.push(refused.to_string()),
    });
    let findings = article.as_ref().map(|article| quotes::find(&article.body));
    let prediction = article.as_ref().zip(findings.as_ref());
    let prediction = prediction.map(|(article, findings)| Prediction { body: &article.body, findings });
    Scored { score: evaluate::score(&text, &annotations.attributions, prediction), warnings }
}

/// So many of them, evenly from first to last.
fn spread(all: Vec<NamedMistake>, wanted: usize) -> Vec<NamedMistake> {
    let (total, wanted) = (all.len(), wanted.min(all.len()));
    // Taken are those at which the share of `wanted` that is due grows by one.
    let is_due = |index: usize| (index + 1) * wanted / total > index * wanted / total;
    all.into_iter().enumerate().filter(|(index, _)| is_due(*index)).map(|(_, named)| named).collect()
}
