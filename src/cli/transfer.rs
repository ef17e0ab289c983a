//! `pullquote export` and `import`: all that a reader has can leave and come back, as lines of JSON.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveDateTime};
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use super::Failure;
use super::error::{Found, Outcome, say};
use super::place::LibraryArguments;
use crate::article::{self, Article, ArticleId, BodyBuilder, Origin, ParagraphKind, Published};
use crate::catalog::Tie;
use crate::library::{Deed, FileRead, Library, Memory, Note, Prepared, Stamp, Trouble};
use crate::quotes::{self, Verdict};
use crate::text::{Span, clean, clean_line};

/// How many articles, or marks, are kept in one transaction.
const BATCH: usize = 512;

/// What `pullquote export` takes.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// How to write it down
    #[arg(long, short, value_enum, value_name = "FORMAT", default_value_t = Format::Jsonl)]
    format: Format,
}

/// How to write a library down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// An object for each article, and what was done with it, on a line of its own
    Jsonl,
    /// The sources only, as other programs read them
    Opml,
}

/// What `pullquote import` takes.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// What `pullquote export` wrote, OPML, or the `urls` of newsboat; `-` is standard input
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

/// One line.
#[allow(clippy::struct_excessive_bools, reason = "each is a field of the format")]
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Line {
    /// The identity of the article, in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// `2024-01-26` or `2024-01-26T10:30:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// The file it was read from; what was fetched has `fetched_from`.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// The address of the feed or page it was fetched from.
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched_from: Option<String>,
    /// Whether it came by standard input.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    from_input: bool,
    /// What its publisher filed it under.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topics: Vec<String>,
    /// Whether the text is only a summary of what stands at the url.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    summary: bool,
    /// The headline first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    paragraphs: Vec<Paragraph>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    read: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    starred: bool,
    /// Taken out by the reader.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    removed: bool,
    /// What the reader filed it under.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    filed: Vec<String>,
    /// The first byte that was on the screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<Correction>,
    /// On a line of its own: folders that are part of the library.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    folders: Vec<String>,
    /// On the same line: searches with their names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    searches: Vec<(String, String)>,
    /// On a line of its own: what the reader said of who is one person.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    speakers: Vec<SpeakersTied>,
}

/// Two names, and whether they are one person's.
#[derive(Debug, Serialize, Deserialize)]
struct SpeakersTied {
    one: String,
    other: String,
    same: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Paragraph {
    kind: Kind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    dateline: String,
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
}

/// Words that lead somewhere: bytes of the text of their paragraph.
#[derive(Debug, Serialize, Deserialize)]
struct Link {
    start: usize,
    end: usize,
    url: String,
}

/// A [`ParagraphKind`] by name.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", remote = "ParagraphKind")]
enum KindName {
    Headline,
    Prose,
    Byline,
    Promotion,
    Heading,
    ListItem,
    BlockQuotation,
    Caption,
    TableRow,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
struct Kind(#[serde(with = "KindName")] ParagraphKind);

#[derive(Debug, Serialize, Deserialize)]
struct Correction {
    /// The first byte of the quoted words.
    start: usize,
    /// Nobody, where it is null.
    speaker: Option<String>,
}

/// Writes the library to standard output.
pub fn export(arguments: &ExportArguments, place: &LibraryArguments) -> Outcome {
    let library = place.look_into()?;
    if arguments.format == Format::Opml {
        return super::subscriptions::export(&library);
    }
    let memory = library.memory();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let folders: Vec<_> = library.folders()?.iter().map(|folder| folder.display().to_string()).collect();
    let searches = library.notes()?.searches;
    let mut written = folders.len() + searches.len();
    if written > 0 {
        write_line(&mut out, &Line { folders, searches, ..Line::default() })?;
    }
    let tied = |tie: Tie| Some(SpeakersTied { one: tie.one, other: tie.other, same: tie.same? });
    let speakers: Vec<_> = library.ties()?.iter().filter_map(tied).collect();
    if !speakers.is_empty() {
        written += 1;
        write_line(&mut out, &Line { speakers, ..Line::default() })?;
    }
    let ids = library.ids()?;
    for &id in &ids {
        if let Some(entry) = library.get(id)? {
            written += 1;
            write_line(
                &mut out,
                &Line { id: Some(id.to_string()), ..of_article(&entry.article) }.with_deeds(id, &memory),
            )?;
        }
    }
    // Marks of articles that are not there just now are kept too.
    let present: std::collections::HashSet<_> = ids.into_iter().collect();
    let mut absent: Vec<_> =
        memory.marked.keys().chain(memory.corrections.keys()).chain(memory.tags.keys()).copied().collect();
    absent.retain(|id| !present.contains(id));
    absent.sort_unstable();
    absent.dedup();
    for id in absent {
        written += 1;
        write_line(&mut out, &Line { id: Some(id.to_string()), ..Line::default() }.with_deeds(id, &memory))?;
    }
    out.flush()?;
    Ok(if written == 0 { Found::Nothing } else { Found::Something })
}

fn write_line(out: &mut impl Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

fn of_article(article: &Article) -> Line {
    let body = &article.body;
    let paragraph = |paragraph: &article::Paragraph| {
        let words = paragraph.words();
        let is_here = |link: &&article::Link| words.start <= link.span.start && link.span.end <= words.end;
        let link = |link: &article::Link| Link {
            start: link.span.start - words.start,
            end: link.span.end - words.start,
            url: link.url.clone(),
        };
        Paragraph {
            kind: Kind(paragraph.kind),
            dateline: body.words(paragraph.dateline).to_owned(),
            text: body.words(words).to_owned(),
            links: body.links().iter().filter(is_here).map(link).collect(),
        }
    };
    let mut line = Line {
        date: article.published.map(|published| published.to_string()),
        source: article.source.clone(),
        byline: article.byline.clone(),
        url: article.url.clone(),
        topics: article.tags.clone(),
        summary: article.is_summary,
        paragraphs: body.paragraphs().iter().map(paragraph).collect(),
        ..Line::default()
    };
    match &article.origin {
        Origin::File(path) => line.path = Some(path.display().to_string()),
        Origin::Web(address) => line.fetched_from = Some(address.clone()),
        Origin::Input => line.from_input = true,
        Origin::Unknown | Origin::Bundled(_) => {}
    }
    line
}

/// The day, and the time where there is one.
fn published(date: &str) -> Option<Published> {
    let day = || NaiveDate::parse_from_str(date, "%Y-%m-%d").ok().map(Published::on);
    NaiveDateTime::parse_from_str(date, "%Y-%m-%dT%H:%M:%SZ").ok().map(Published::from).or_else(day)
}

impl Line {
    fn with_deeds(self, id: ArticleId, memory: &Memory) -> Self {
        let marked = memory.marked(id);
        let corrections = memory.corrections.get(&id).into_iter().flatten();
        let correction = |(&start, verdict): (&usize, &Verdict)| {
            let speaker = match verdict {
                Verdict::Nobody => None,
                Verdict::Speaker(name) => Some(name.clone()),
            };
            Correction { start, speaker }
        };
        Self {
            read: marked.read,
            starred: marked.starred,
            removed: marked.removed,
            filed: memory.tags(id).map(str::to_owned).collect(),
            place: marked.place,
            corrections: corrections.map(correction).collect(),
            ..self
        }
    }

    fn deeds(&self, id: ArticleId) -> Vec<(ArticleId, Deed)> {
        let mut deeds = Vec::new();
        deeds.extend(self.read.then_some((id, Deed::Read(true))));
        deeds.extend(self.starred.then_some((id, Deed::Starred(true))));
        deeds.extend(self.removed.then_some((id, Deed::Removed(true))));
        deeds.extend(self.filed.iter().map(|tag| (id, Deed::Tagged(clean_line(tag), true))));
        deeds.extend(self.place.map(|place| (id, Deed::Place(place))));
        for correction in &self.corrections {
            let verdict = correction.speaker.clone().map_or(Verdict::Nobody, Verdict::Speaker);
            deeds.push((id, Deed::Corrected(correction.start, Some(verdict))));
        }
        deeds
    }

    /// The article, if the line has one.
    fn article(&self) -> Option<Article> {
        let mut builder = BodyBuilder::default();
        for paragraph in &self.paragraphs {
            builder.push_with_dateline(paragraph.kind.0, &clean(&paragraph.dateline), &clean(&paragraph.text));
            for link in paragraph.links.iter().filter(|link| link.start < link.end) {
                builder.link(Span::new(link.start, link.end), &clean_line(&link.url));
            }
        }
        let body = builder.build();
        if body.text().is_empty() {
            return None;
        }
        let text = |text: &Option<String>| text.as_deref().map(clean_line);
        let origin = match (&self.path, &self.fetched_from) {
            (Some(path), _) => Origin::File(PathBuf::from(path)),
            (None, Some(address)) => Origin::Web(clean_line(address)),
            (None, None) if self.from_input => Origin::Input,
            (None, None) => Origin::Unknown,
        };
        Some(Article {
            published: self.date.as_deref().and_then(published),
            source: text(&self.source),
            byline: text(&self.byline),
            url: text(&self.url),
            tags: self.topics.iter().map(|topic| clean_line(topic)).collect(),
            is_summary: self.summary,
            origin,
            ..Article::new(body)
        })
    }
}

/// What was read and is to be kept.
struct Intake<'a> {
    library: &'a Library,
    articles: Vec<Prepared>,
    deeds: Vec<(ArticleId, Deed)>,
    files: HashMap<PathBuf, Vec<ArticleId>>,
    count: usize,
}

/// Reads what was exported into the library. What is there already stays as it is; marks are added.
pub fn import(arguments: &ImportArguments, place: &LibraryArguments) -> Outcome {
    let library = place.open_or_fail()?;
    let mut input: Box<dyn BufRead> = if arguments.file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        let opened = File::open(&arguments.file);
        Box::new(BufReader::new(opened.map_err(|error| Failure::Unreadable(arguments.file.clone(), error))?))
    };
    let unreadable = |error| Failure::Unreadable(arguments.file.clone(), error);
    if super::subscriptions::is_list(input.fill_buf().map_err(unreadable)?) {
        return super::subscriptions::import(&mut input, &library, &arguments.file.display().to_string());
    }
    let mut intake =
        Intake { library: &library, articles: Vec::new(), deeds: Vec::new(), files: HashMap::new(), count: 0 };
    let mut refused = 0;
    for (number, text) in input.lines().enumerate() {
        let text = text.map_err(|error| Failure::Unreadable(arguments.file.clone(), error))?;
        match serde_json::from_str::<Line>(&text) {
            Ok(line) => intake.take(&line)?,
            Err(error) => {
                refused += 1;
                say(&format!("line {} is not from pullquote export ({error})", number + 1));
            }
        }
    }
    intake.finish()?;
    writeln!(io::stdout(), "{} articles read", intake.count)?;
    match (intake.count, refused) {
        (0, 1..) => Err(Failure::NothingReadable),
        (0, _) => Ok(Found::Nothing),
        _ => Ok(Found::Something),
    }
}

impl Intake<'_> {
    fn take(&mut self, line: &Line) -> Result<(), Trouble> {
        let folders: Vec<_> = line.folders.iter().map(PathBuf::from).collect();
        if !folders.is_empty() {
            self.library.add_folders(&folders)?;
        }
        let named =
            |(name, query): &(String, String)| Note::Search { name: clean_line(name), query: Some(clean_line(query)) };
        if !line.searches.is_empty() {
            self.library.note(&line.searches.iter().map(named).collect::<Vec<_>>())?;
        }
        let tie = |tied: &SpeakersTied| Tie { one: tied.one.clone(), other: tied.other.clone(), same: Some(tied.same) };
        let ties: Vec<_> = line.speakers.iter().map(tie).collect();
        if !ties.is_empty() {
            self.library.tie(&ties)?;
        }
        let article = line.article();
        let named = line.id.as_ref().and_then(|id| u64::from_str_radix(id, 16).ok()).map(ArticleId);
        let Some(id) = named.or(article.as_ref().map(|article| article.id)) else { return Ok(()) };
        self.deeds.extend(line.deeds(id));
        // An article is added with its corrections.
        if self.deeds.len() >= BATCH || !line.corrections.is_empty() {
            self.remember()?;
        }
        if let Some(article) = article.map(|article| Article { id, ..article }) {
            self.count += 1;
            if let Origin::File(path) = &article.origin {
                self.files.entry(path.clone()).or_default().push(id);
            }
            let findings = quotes::find(&article.body);
            self.articles.push(Prepared::of(&self.library.add(article, findings))?);
        }
        if self.articles.len() >= BATCH { self.keep() } else { Ok(()) }
    }

    fn remember(&mut self) -> Result<(), Trouble> {
        let deeds = std::mem::take(&mut self.deeds);
        if deeds.is_empty() { Ok(()) } else { self.library.remember(&deeds) }
    }

    fn keep(&mut self) -> Result<(), Trouble> {
        self.library.keep(&std::mem::take(&mut self.articles), &[]).map(drop)
    }

    /// Notes from which files the articles came; the files will be read again where they are found.
    fn finish(&mut self) -> Result<(), Trouble> {
        self.remember()?;
        let stamp = Stamp { size: -1, modified: 0, reader: 0 };
        let mut files = Vec::new();
        for (path, articles) in std::mem::take(&mut self.files) {
            // What is known of a file that was read here is newer.
            if self.library.file(&path)?.is_none() {
                files.push(FileRead { path, stamp, articles });
            }
        }
        self.library.keep(&std::mem::take(&mut self.articles), &files)?;
        self.library.tidy_after(self.count, &|| true).map(drop)
    }
}
