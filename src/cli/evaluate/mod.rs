//! `pullquote evaluate`: how often the engine is right on articles that people annotated.

mod corpus;
mod json;
mod reported;
mod speaker_file;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;

use super::Error;
use super::error::{Found, Outcome, show_message};
use super::output::one_of;
use crate::article::Article;
use crate::evaluate::{self, Attribution, Counts, Mistake, Prediction, Score, Speakers};
use crate::export::Format;
use crate::folder;
use crate::ingest::{NoThreads, in_order};
use crate::quotes;
use crate::text::{clean, counted, plural};

use corpus::{Corpus, CorpusItem};

/// What stands under `pullquote evaluate --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote evaluate ~/polnear/data/test
  pullquote evaluate --errors 20 ~/polnear/data/dev
  pullquote evaluate --format json mine | jq .mention.f1
  pullquote evaluate --speakers mine/speakers.json mine
  pullquote evaluate --reported ~/polnear/data/test

CORPUS holds text/NAME.txt and attributions/NAME_xxxx.ann (or NAME.ann), or folders train, dev and test that do.
An article that several people annotated is skipped: nothing says which of them is right.
Exit codes: 0 success, 1 no article to score, 2 error.";

/// What stands under those: what a file of speakers holds, and what each figure means.
const DEFINITIONS: &str = "\
A FILE of speakers is one JSON object:
{\"ARTICLE\": {\"segments\": {\"0\": \"Full Name\", …}, \"aliases\": {\"Full Name\": [\"Smith\", …]}}, …}
ARTICLE is the NAME of its text. The quoted segments of an article are numbered from 0; each is said by \
    somebody, by NONE (a term, a title, a scare quote), or by UNKNOWN (nothing tells who). \"A & B\" speak together. \
    Aliases are what else a speaker is called; they may be left out. Of several files the last one that names an \
    article holds.

Quoted segment: words between double quotation marks, in one paragraph. It is attributed where an annotated \
    attribution covers at least half of it. A quotation found belongs to a segment where the two have at least half \
    of what either covers in common, or else where it covers at least half of the segment.

P, precision: of what was given, the share that is right. R, recall: of what is there, the share that was given \
    right. F1: their harmonic mean. n: how many segments there are.

Extraction: attributed segments that were found, of all quotations found at segments; with a speaker: of those \
    that were given one; any quoted run: all segments, attributed or not.

Mention attribution, of segments whose source is marked: right where the words that the speaker was taken from \
    overlap the source, or where the source holds a name and the speaker has the same surname. A speaker of a \
    segment that is not attributed (a scare quote, a title) is wrong.

Parts in one statement: of two attributed segments that follow each other, whatever else stands in marks between \
    them, those of one attribution are parts of a split quotation (“A,” she said, “b.”); n: how many pairs. Right \
    where their quotations are in one statement, as no other pair should be.

Real quotations of five words or more shown as a term or title: of the segments with five words or more that \
    somebody said (by their speakers, or where these are not known, as attributed), those whose quotation is of such \
    a kind.

Entity attribution, of segments whose speaker is known: right where the name shown is that of the speaker or one \
    of its aliases, but for case, punctuation, titles, articles and 's; or where it is a person's and has the same \
    surname, and no other first name or suffix (Jr.). Where others of that surname speak in the article it must have \
    a first name that only this speaker has. Of several who speak together either will do; of several shown each \
    must be right. A speaker of NONE is wrong; UNKNOWN and segments without a label are left out.

Form of the source, as it is marked: a name (\"Ines Okafor\", \"an Okafor aide\"), a pronoun, a noun with an \
    article and without a name (\"the spokesman\"), or other (\"officials\"). The share is that of segments with the \
    right speaker.

By confidence: of the speakers given with so much confidence, the share that is right; the upper end belongs to \
    the next line. Confidence ≥ 0.9: the share of these that is right, and how many of all speakers given they are. \
    The confidence is the same at both levels; for full names it is held against the person shown.

Reported speech (--reported): to find are the annotated attributions that have a source and a cue with a word of \
    speech (\"said\", \"denied\", \"according\"; not \"wants\", \"believes\"), and none of whose words stands in \
    quotation marks of any kind. A statement found is one of these where the two contents, pieces taken together, have \
    at least half of what either covers in common; punctuation and a first \"that\" do not count. One to one, the most \
    alike first.

content: of the statements found, those to find. Whatever is annotated: for P, any annotated attribution that has at \
    least a fifth of its words outside marks is right, so that an attitude or a statement without a source is no \
    mistake; R is the same. With the right source: the words that the speaker was taken from overlap the source too, \
    or the source holds a name and the speaker has the same surname; P as in the line before. Source right, given \
    content: of those to find that were found. Likeness: what both contents cover, of all that either does.";

const FORMATS: &[(Format, &str)] = &[(Format::Table, "For people"), (Format::Json, "One object")];

/// What `pullquote evaluate` accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{DEFINITIONS}"))]
pub struct EvaluateArguments {
    /// The folder of a corpus in BRAT standoff form, as PolNeAR ships it
    #[arg(value_name = "CORPUS")]
    corpus: PathBuf,
    /// Output format
    #[arg(long, short, value_name = "FORMAT", value_parser = one_of(FORMATS), default_value = "table")]
    format: Format,
    /// Maximum number of mistakes to show, from all over the corpus; with --speakers so many by full names too
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// Who speaks, by full name, as JSON: measures the persons too; may be given several times
    #[arg(long, value_name = "FILE")]
    speakers: Vec<PathBuf>,
    /// Measure reported speech, which stands without quotation marks, instead of quotations
    #[arg(long, conflicts_with = "speakers")]
    reported: bool,
}

/// A mistake, and in which article.
struct NamedMistake {
    article: String,
    mistake: Mistake,
}

/// What the engine is wrong about.
#[derive(Default)]
struct Mistakes {
    /// By the sources that are marked.
    mention: Vec<NamedMistake>,
    /// By full names.
    entity: Vec<NamedMistake>,
}

/// The result of one article.
struct Scored {
    score: Score,
    /// What was not understood: a line each.
    warnings: Vec<String>,
}

/// Who speaks in which article.
type Labelled = BTreeMap<String, Speakers>;

/// Scores the engine on the corpus that the arguments name.
pub fn run(arguments: &EvaluateArguments) -> Outcome {
    let labelled = speaker_file::read(&arguments.speakers)?;
    let corpus = corpus::find(&arguments.corpus)?;
    if arguments.reported {
        return run_reported(arguments, &corpus);
    }
    let (counts, mistakes) = score_all(&corpus.items, &labelled)?;
    warn_of_strangers(&labelled, &corpus.items);
    if !has_any(&corpus, counts.articles)? {
        return Ok(Found::Nothing);
    }
    let shown = Mistakes {
        mention: spread(mistakes.mention, arguments.errors),
        entity: spread(mistakes.entity, arguments.errors),
    };
    let written = if arguments.format == Format::Json {
        json::object(&counts, &shown) + "\n"
    } else {
        // The words are those of the corpus, as they stand in its files.
        clean(&(table::figures(&counts) + &table::mistakes(&shown))).into_owned()
    };
    write_out(&written)
}

fn run_reported(arguments: &EvaluateArguments, corpus: &Corpus) -> Outcome {
    let mut result = reported::score_all(&corpus.items)?;
    if !has_any(corpus, result.counts.articles)? {
        return Ok(Found::Nothing);
    }
    result.spread_mistakes(arguments.errors);
    let is_json = arguments.format == Format::Json;
    write_out(&if is_json { result.object() + "\n" } else { clean(&result.table()).into_owned() })
}

fn write_out(written: &str) -> Outcome {
    let mut out = io::stdout().lock();
    out.write_all(written.as_bytes())?;
    out.flush()?;
    Ok(Found::Something)
}

/// Whether articles were scored; says which were not.
fn has_any(corpus: &Corpus, articles: usize) -> Result<bool, Error> {
    if corpus.several > 0 {
        show_message(&format!("skipped {}, annotated more than once", counted(corpus.several, "article")));
    }
    if articles == 0 && !corpus.items.is_empty() {
        return Err(Error::NothingReadable);
    }
    if articles == 0 {
        show_message("there is no article to score");
    }
    Ok(articles > 0)
}

/// Says which articles of the files of speakers are not scored.
fn warn_of_strangers(labelled: &Labelled, items: &[CorpusItem]) {
    let known: BTreeSet<&str> = items.iter().map(|item| item.name.as_str()).collect();
    let strangers: Vec<&str> = labelled.keys().map(String::as_str).filter(|name| !known.contains(name)).collect();
    if let Some(first) = strangers.first() {
        let (articles, more) = (counted(strangers.len(), "article"), if strangers.len() > 1 { ", …" } else { "" });
        show_message(&format!("--speakers: {articles} not in the corpus, or annotated more than once: {first}{more}"));
    }
}

fn score_all(items: &[CorpusItem], labelled: &Labelled) -> Result<(Counts, Mistakes), NoThreads> {
    let (mut counts, mut mistakes) = (Counts::default(), Mistakes::default());
    let produce = |emit: &mut dyn FnMut(usize) -> ControlFlow<()>| {
        let _ = (0..items.len()).try_for_each(emit);
    };
    in_order(
        produce,
        |index| (index, score(&items[index], labelled.get(&items[index].name))),
        |(index, Scored { score, warnings })| {
            for line in &warnings {
                show_message(line);
            }
            counts.add(&score.counts);
            let named = |mistake| NamedMistake { article: items[index].name.clone(), mistake };
            mistakes.mention.extend(score.mistakes.into_iter().map(named));
            mistakes.entity.extend(score.entity_mistakes.into_iter().map(named));
            ControlFlow::Continue(())
        },
    )?;
    Ok((counts, mistakes))
}

/// Scores one article, of which it may be known who speaks. One that cannot be read is left out, one that the parser
/// refuses has no prediction.
fn score(item: &CorpusItem, speakers: Option<&Speakers>) -> Scored {
    let mut warnings = Vec::new();
    let Some(Read { text, attributions, article }) = read(item, &mut warnings) else {
        return Scored { score: Score::default(), warnings };
    };
    let findings = article.as_ref().map(|article| quotes::find(&article.body));
    let prediction = article.as_ref().zip(findings.as_ref());
    let prediction = prediction.map(|(article, findings)| Prediction { body: &article.body, findings });
    let score = evaluate::score(&text, &attributions, speakers, prediction);
    let (segments, last) = (score.counts.segments, speakers.and_then(Speakers::last_segment));
    if let Some(last) = last.filter(|&last| last >= segments) {
        let segments = counted(segments, "quoted segment");
        warnings.push(format!("--speakers: segment {last} of {}, which has only {segments}", item.text.display()));
    }
    Scored { score, warnings }
}

/// An article of a corpus.
struct Read {
    /// As it is annotated.
    text: String,
    attributions: Vec<Attribution>,
    /// As the program reads it, so that the whole way from the file on is measured; none where it is refused.
    article: Option<Article>,
}

/// Reads an article and its annotations; none where one of them cannot be read.
fn read(item: &CorpusItem, warnings: &mut Vec<String>) -> Option<Read> {
    let mut read = |path: &PathBuf| {
        fs::read_to_string(path).map_err(|error| warnings.push(format!("{} ({error})", path.display()))).ok()
    };
    let (text, annotations) = (read(&item.text), read(&item.annotations));
    let (text, annotations) = (text?, evaluate::read(&annotations?));
    if !annotations.unreadable.is_empty() {
        let lines: Vec<_> = annotations.unreadable.iter().map(usize::to_string).collect();
        let (place, line) = (item.annotations.display(), plural(lines.len(), "line"));
        warnings.push(format!("{place}: not understood: {line} {}", lines.join(", ")));
    }
    let mut article = None;
    folder::read_file(&item.text, &mut |read| match read {
        Ok(read) => article = Some(read),
        Err(refused) => warnings.push(refused.to_string()),
    });
    Some(Read { text, attributions: annotations.attributions, article })
}

/// So many of them, evenly from first to last.
fn spread<T>(all: Vec<T>, wanted: usize) -> Vec<T> {
    let (total, wanted) = (all.len(), wanted.min(all.len()));
    // Taken are those at which the share of `wanted` that is due grows by one.
    let is_due = |index: usize| (index + 1) * wanted / total > index * wanted / total;
    all.into_iter().enumerate().filter(|(index, _)| is_due(*index)).map(|(_, named)| named).collect()
}
