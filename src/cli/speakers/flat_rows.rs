//! Rows that `pullquote quotes --flat` wrote, put together to articles again: who speaks in them is counted over any number
//! of parts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde::Deserialize;

use super::people::{People, Seen};
use super::row_format::{Beginning, RowFormat, beginning, is_header};
use crate::article::{ArticleId, DateSource, Dates, Origin};
use crate::catalog::Imprint;
use crate::cli::error::show_message;
use crate::cli::speaker_name::SpeakerName;
use crate::cli::transfer::published;
use crate::formats::{self, LARGEST, ParseError};
use crate::ingest::{InputSource, find_inputs, is_address, look_ahead, standard_input};
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
        let found = match source {
            InputSource::Input => look_ahead(LARGEST as usize, &mut beginning_of_packed).ok().flatten(),
            InputSource::File(path) => beginning_of_file(&path).ok(),
            _ => return ControlFlow::Continue(()),
        };
        are_rows = matches!(found, Some(Beginning::Rows(_)));
        match found {
            None | Some(Beginning::Nothing) => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    });
    are_rows
}

/// The paths that are none on the web. Where there are none at all, the samples would be meant.
fn local(paths: &[PathBuf]) -> Vec<PathBuf> {
    if paths.iter().any(|path| is_address(path)) { vec![PathBuf::new()] } else { paths.to_vec() }
}

/// As [`beginning`], of an input that may be packed, or in another encoding.
fn beginning_of_packed(head: &[u8], is_all: bool) -> Option<Beginning> {
    match formats::text(&mut &*head) {
        Ok(mut text) => {
            let mut head = Vec::new();
            // It breaks off where no more has come.
            let _ = text.read_to_end(&mut head);
            beginning(&head, is_all)
        }
        Err(why) if why.is_of_nothing() => is_all.then_some(Beginning::Nothing),
        Err(ParseError::Damaged(_)) if !is_all => None,
        Err(_) => Some(Beginning::Other),
    }
}

fn beginning_of_file(path: &PathBuf) -> io::Result<Beginning> {
    if !path.metadata()?.is_file() {
        return Ok(Beginning::Nothing);
    }
    let mut file = File::open(path)?;
    let mut text = match formats::text(&mut file) {
        Err(why) if why.is_of_nothing() => return Ok(Beginning::Nothing),
        text => text.map_err(io::Error::other)?,
    };
    let (mut head, mut length) = (Vec::new(), 8 << 10);
    loop {
        let read = Read::take(&mut *text, length).read_to_end(&mut head)?;
        let is_all = (read as u64) < length || head.len() as u64 >= LARGEST;
        match beginning(&head, is_all) {
            Some(found) => return Ok(found),
            None => length = head.len() as u64,
        }
    }
}

/// Counts who speaks in the rows of all of `paths`, of those that have the name that is wanted. Returns how many paths
/// could not be read, too.
pub fn people_in(paths: &[PathBuf], wanted: Option<&SpeakerName>) -> (People, usize) {
    let mut rows = FlatRows::default();
    let mut unread = 0;
    find_inputs(paths, &mut |source| {
        let place = if matches!(source, InputSource::Input) { "standard input".to_owned() } else { source.to_string() };
        let read = match source {
            InputSource::Input => rows.read(&mut standard_input(), &place),
            InputSource::File(path) => File::open(&path).and_then(|mut file| rows.read(&mut file, &place)),
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
    /// Reads the rows of an input, whatever it is packed and written in.
    fn read(&mut self, input: &mut dyn Read, place: &str) -> io::Result<()> {
        let mut text = match formats::text(input) {
            // A part in which there is nothing.
            Err(why) if why.is_of_nothing() => return Ok(()),
            text => text.map_err(io::Error::other)?,
        };
        // As much as was looked at to tell what it is, and more.
        let mut head = Vec::new();
        let mut format = None;
        while format.is_none() {
            let length = (head.len() as u64).max(8 << 10);
            let read = Read::take(&mut *text, length).read_to_end(&mut head)?;
            format = beginning(&head, (read as u64) < length || head.len() as u64 >= LARGEST);
        }
        let text = &mut io::Cursor::new(head).chain(text);
        match format {
            Some(Beginning::Rows(RowFormat::Objects)) => {
                let mut number = 0;
                let read = formats::objects(text, &mut |object| {
                    number += 1;
                    if !is_header(object) {
                        self.add_json(object, &format!("{place} row {number}"));
                    }
                });
                read.map_err(io::Error::other)
            }
            Some(Beginning::Rows(RowFormat::Table(delimiter))) => self.read_table(text, delimiter, place),
            _ => self.read_lines(text, place),
        }
    }

    /// An empty line, the header and a row of something that is no article say nothing.
    fn read_lines(&mut self, input: &mut dyn BufRead, place: &str) -> io::Result<()> {
        let mut line = Vec::new();
        for number in 1_usize.. {
            line.clear();
            if Read::take(&mut *input, LARGEST).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            let text = line.trim_ascii();
            if !text.is_empty() && !is_header(text) {
                self.add_json(text, &format!("{place} line {number}"));
            }
        }
        Ok(())
    }

    fn read_table(&mut self, input: &mut dyn BufRead, delimiter: u8, place: &str) -> io::Result<()> {
        let mut names: Option<Vec<String>> = None;
        let read = formats::rows(input, delimiter, &mut |line, cells| {
            let cells = cells.map(|cells| cells.iter().map(String::from_utf8_lossy).collect::<Vec<_>>());
            match (&names, cells) {
                (None, Ok(cells)) if cells.iter().any(|cell| cell == "article_id") => {
                    names = Some(cells.into_iter().map(|cell| cell.trim().to_owned()).collect());
                }
                // What stands between the cells.
                (None, Ok(_)) => {}
                // Tables that are put together each bring their names.
                (Some(names), Ok(cells)) if cells.iter().eq(names) => {}
                (Some(names), Ok(cells)) => match Row::of_cells(names, &cells) {
                    Ok(row) => self.add(row),
                    Err(why) => self.refuse(&format!("{place} line {line}"), &why),
                },
                (_, Err(why)) => self.refuse(&format!("{place} line {line}"), &why.to_string()),
            }
        });
        read.map_err(io::Error::other)
    }

    fn add_json(&mut self, json: &[u8], place: &str) {
        match serde_json::from_slice::<Row>(json) {
            Ok(row) => self.add(row),
            Err(error) => self.refuse(place, &error.to_string()),
        }
    }

    fn refuse(&mut self, place: &str, why: &str) {
        self.refused += 1;
        if self.refused <= MOST_NAMED {
            show_message(&format!("{place} is no row of pullquote quotes --flat ({why})"));
        }
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
    /// The row with these cells under columns of these names.
    fn of_cells(names: &[String], cells: &[Cow<'_, str>]) -> Result<Self, String> {
        let cell = |name: &str| {
            let at = names.iter().position(|known| known == name)?;
            cells.get(at).filter(|cell| !cell.is_empty()).map(ToString::to_string)
        };
        let number = |name: &str| -> Result<Option<f64>, String> {
            let number = |cell: String| cell.trim().parse().map_err(|_| format!("{cell} is no number in {name}"));
            cell(name).map(number).transpose()
        };
        Ok(Self {
            article_id: cell("article_id"),
            url: cell("url"),
            date: cell("date"),
            source: cell("source"),
            headline: cell("headline"),
            n: number("n")?,
            statement: number("statement")?,
            kind: cell("kind"),
            speaker: cell("speaker"),
            role: cell("role"),
            confidence: number("confidence")?.map(|confidence| confidence as f32),
            corrected: cell("corrected").map(|cell| cell.eq_ignore_ascii_case("true") || cell == "1"),
            path: cell("path"),
        })
    }

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
