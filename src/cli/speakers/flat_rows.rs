//! Rows that `pullquote quotes --flat` wrote, put together to articles again: who speaks in them is counted over any number
//! of parts.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde::Deserialize;

use super::people::{People, Seen};
use crate::article::{ArticleId, DateSource, Dates, Origin};
use crate::catalog::Imprint;
use crate::cli::error::show_message;
use crate::cli::speaker_name::SpeakerName;
use crate::cli::transfer::published;
use crate::formats::{self, LARGEST};
use crate::ingest::{InputSource, find_inputs, is_address};
use crate::quotes::{Findings, Quotation, QuotationKind, QuoteMarks, Reason, Speaker, SpeakerId};
use crate::text::{Span, clean_line, counted};

/// How many lines that are no rows are named of all inputs; the others are counted.
const MOST_NAMED: usize = 100;

/// A row, of what speakers are counted by. Other programs write whole numbers as decimals where a column has gaps.
#[derive(Debug, Deserialize)]
struct Row {
    article_id: Option<String>,
    url: Option<String>,
    date: Option<String>,
    source: Option<String>,
    headline: Option<String>,
    n: Option<f64>,
    statement: Option<f64>,
    kind: Option<String>,
    speaker: Option<String>,
    role: Option<String>,
    confidence: Option<f32>,
    corrected: Option<bool>,
    path: Option<String>,
}

/// A quotation, as its row has it.
struct Run {
    n: u32,
    statement: Option<u32>,
    kind: QuotationKind,
    speaker: Option<usize>,
    confidence: f32,
    corrected: bool,
}

/// What the rows of an article say.
struct RowsOfArticle {
    within: Imprint,
    /// Name and role of each speaker.
    speakers: Vec<(String, Option<String>)>,
    runs: Vec<Run>,
}

/// Rows, article by article, in the order in which articles came first.
#[derive(Default)]
struct FlatRows {
    articles: Vec<RowsOfArticle>,
    places: HashMap<ArticleId, usize>,
    refused: usize,
}

/// Whether the first of `paths` in which there is anything holds rows of `pullquote quotes --flat`.
pub fn are_in(paths: &[PathBuf]) -> bool {
    let mut are_rows = false;
    // What cannot be read is reported when it is read.
    find_inputs(&local(paths), &mut |source| {
        let head = match source {
            InputSource::Input => io::stdin().lock().fill_buf().map(<[u8]>::to_vec).unwrap_or_default(),
            InputSource::File(path) => beginning(&path).unwrap_or_default(),
            _ => return ControlFlow::Continue(()),
        };
        are_rows = begins_with_rows(&head);
        if head.trim_ascii().is_empty() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    are_rows
}

/// The paths that are none on the web. Where there are none at all, the samples would be meant.
fn local(paths: &[PathBuf]) -> Vec<PathBuf> {
    if paths.iter().any(|path| is_address(path)) { vec![PathBuf::new()] } else { paths.to_vec() }
}

fn beginning(path: &PathBuf) -> io::Result<Vec<u8>> {
    const LENGTH: u64 = 8 << 10;
    let mut head = Vec::new();
    if path.metadata()?.is_file() {
        let mut file = File::open(path)?;
        let text = formats::text(&mut file).map_err(io::Error::other)?;
        text.take(LENGTH).read_to_end(&mut head)?;
    }
    Ok(head)
}

fn begins_with_rows(head: &[u8]) -> bool {
    let is_row = |line: &[u8]| {
        let line = String::from_utf8_lossy(line);
        let has = |name: &str| line.contains(&format!("\"{name}\":"));
        // Others leave out what is null: the quotation of an article without any, all of what was refused.
        let is_of_article = has("article_id") && (has("quotation") || has("path"));
        line.trim_start().starts_with('{') && !has("text") && (is_of_article || has("error") && has("path"))
    };
    // Above them may stand which engine it was.
    let mut lines = head.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    lines.next().is_some_and(|first| is_row(first) || is_header(first) && lines.next().is_some_and(is_row))
}

fn is_header(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"{\"engine\"")
}

/// Counts who speaks in the rows of all of `paths`, of those that have the name that is wanted. Returns how many paths
/// could not be read, too.
pub fn people_in(paths: &[PathBuf], wanted: Option<&SpeakerName>) -> (People, usize) {
    let mut rows = FlatRows::default();
    let mut unread = 0;
    find_inputs(paths, &mut |source| {
        let place = source.to_string();
        let read = match source {
            InputSource::Input => rows.read(&mut io::stdin().lock(), "standard input"),
            InputSource::File(path) => File::open(&path).and_then(|mut file| {
                match formats::text(&mut file) {
                    Ok(mut text) => rows.read(&mut *text, &place),
                    // A part in which there is nothing.
                    Err(why) if why.is_of_nothing() => Ok(()),
                    Err(why) => Err(io::Error::other(why)),
                }
            }),
            InputSource::Unreadable(refused) => Err(io::Error::other(refused.why)),
            InputSource::Web(..) | InputSource::Sample(_) => Err(io::Error::other("holds no rows")),
        };
        if let Err(error) = read {
            show_message(&format!("{place} cannot be read ({error})"));
            unread += 1;
        }
        ControlFlow::Continue(())
    });
    if rows.refused > MOST_NAMED {
        show_message(&format!("{} more that are no rows", counted(rows.refused - MOST_NAMED, "line")));
    }
    (rows.people(wanted), unread)
}

impl FlatRows {
    /// Reads the rows of an input. An empty line, the header and a row of something that is no article say nothing.
    fn read(&mut self, input: &mut dyn BufRead, place: &str) -> io::Result<()> {
        let mut line = Vec::new();
        for number in 1_usize.. {
            line.clear();
            if Read::take(&mut *input, LARGEST).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            let text = line.trim_ascii();
            if text.is_empty() || is_header(text) {
                continue;
            }
            match serde_json::from_slice::<Row>(text) {
                Ok(row) => self.add(row),
                Err(error) => {
                    self.refused += 1;
                    if self.refused <= MOST_NAMED {
                        show_message(&format!("{place} line {number} is no row of pullquote quotes --flat ({error})"));
                    }
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, row: Row) {
        let id = row.article_id.as_deref().and_then(|id| u64::from_str_radix(id, 16).ok());
        let Some(id) = id.map(ArticleId) else { return };
        let at = *self.places.entry(id).or_insert_with(|| {
            self.articles.push(RowsOfArticle { within: row.imprint(id), speakers: Vec::new(), runs: Vec::new() });
            self.articles.len() - 1
        });
        let article = &mut self.articles[at];
        let kind = row.kind.as_deref().and_then(QuotationKind::named);
        if let (Some(n), Some(kind)) = (row.n, kind) {
            let speaker = row.speaker.map(|name| article.speaker(&name, row.role.as_deref()));
            let (confidence, corrected) = (row.confidence.unwrap_or(1.0), row.corrected.unwrap_or_default());
            let statement = row.statement.map(|statement| statement as u32);
            article.runs.push(Run { n: n as u32, statement, kind, speaker, confidence, corrected });
        }
    }

    fn people(self, wanted: Option<&SpeakerName>) -> People {
        let mut people = People::default();
        for article in self.articles {
            let (within, findings) = article.findings();
            people.add(Seen::within(within, findings, wanted));
        }
        people
    }
}

impl Row {
    fn imprint(&self, id: ArticleId) -> Imprint {
        let origin = match self.path.as_deref() {
            None => Origin::Unknown,
            Some("-") => Origin::Input,
            Some(path) => Origin::File(PathBuf::from(path)),
        };
        Imprint {
            id,
            headline: self.headline.as_deref().map(clean_line).unwrap_or_default(),
            dates: Dates::published(self.date.as_deref().and_then(published), DateSource::Article),
            publisher: self.source.as_deref().map(clean_line),
            url: self.url.clone(),
            origin,
        }
    }
}

impl RowsOfArticle {
    fn speaker(&mut self, name: &str, role: Option<&str>) -> usize {
        // The rows may be anyone's.
        let speaker = (clean_line(name), role.map(clean_line));
        self.speakers.iter().position(|known| *known == speaker).unwrap_or_else(|| {
            self.speakers.push(speaker);
            self.speakers.len() - 1
        })
    }

    /// The article's findings, as far as rows tell. A row that is there twice counts once, wherever the rows come.
    fn findings(mut self) -> (Imprint, Findings) {
        self.runs.sort_by_key(|run| run.n);
        self.runs.dedup_by_key(|run| run.n);
        // Speakers stand in the order in which they first speak, statements together.
        let mut numbers = vec![None; self.speakers.len()];
        let mut speakers = Vec::new();
        for speaker in self.runs.iter().filter_map(|run| run.speaker) {
            if numbers[speaker].is_none() {
                numbers[speaker] = Some(SpeakerId(speakers.len()));
                let (name, role) = self.speakers[speaker].clone();
                speakers.push(Speaker { name, role, ..Speaker::default() });
            }
        }
        self.runs.sort_by_key(|run| (run.statement.unwrap_or(u32::MAX), run.n));
        let mut last = None;
        let quotation = |run: &Run| {
            let goes_on = run.statement.is_some() && run.statement == last;
            last = run.statement;
            Quotation {
                span: Span::default(),
                outer: Span::default(),
                marks: QuoteMarks::Curly,
                depth: 0,
                goes_on,
                kind: run.kind,
                cue: None,
                mention: None,
                speaker: run.speaker.and_then(|speaker| numbers[speaker]),
                via: None,
                confidence: run.confidence,
                reason: Reason::default(),
                corrected: run.corrected,
            }
        };
        let quotations = self.runs.iter().map(quotation).collect();
        (self.within, Findings { quotations, speakers })
    }
}
