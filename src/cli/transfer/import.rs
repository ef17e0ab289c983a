//! Reads what was written down into a library.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use clap::Args;

use super::{Line, SpeakersTied};
use crate::article::{Article, ArticleId, BodyBuilder, DateSource, Origin, Published};
use crate::cli::Error;
use crate::cli::error::{Found, Outcome, show_message};
use crate::cli::feed_list;
use crate::cli::library_args::LibraryArguments;
use crate::ingest::{Batch, ingest_article};
use crate::library::{self, FileFingerprint, FileRead, Library};
use crate::quotes::SpeakerCorrection;
use crate::text::{Span, clean, clean_line, counted};
use crate::user::UserAction;

/// How many marks are written in one transaction.
const MARKS: usize = 512;

/// What `pullquote import` accepts.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// What `pullquote export` wrote, OPML, or the `urls` of newsboat; `-` is standard input
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

/// What was read and is to be committed.
struct Importer<'a> {
    library: &'a Library,
    batch: Batch,
    actions: Vec<UserAction>,
    files: HashMap<PathBuf, Vec<ArticleId>>,
    count: usize,
}

/// Reads what was exported into the library. What is there already stays as it is; marks are added.
pub fn import(arguments: &ImportArguments, library_args: &LibraryArguments) -> Outcome {
    let library = library_args.open_or_fail()?;
    let mut input: Box<dyn BufRead> = if arguments.file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        let opened = File::open(&arguments.file);
        Box::new(BufReader::new(opened.map_err(|error| Error::Unreadable(arguments.file.clone(), error))?))
    };
    let unreadable = |error| Error::Unreadable(arguments.file.clone(), error);
    if feed_list::is_list(input.fill_buf().map_err(unreadable)?) {
        return feed_list::import(&mut input, &library, &arguments.file.display().to_string());
    }
    let mut importer =
        Importer { library: &library, batch: Batch::default(), actions: Vec::new(), files: HashMap::new(), count: 0 };
    library.begin_bulk()?;
    let mut refused = 0;
    for (number, text) in input.lines().enumerate() {
        let text = text.map_err(|error| Error::Unreadable(arguments.file.clone(), error))?;
        match serde_json::from_str::<Line>(&text) {
            Ok(line) => importer.take(&line)?,
            Err(error) => {
                refused += 1;
                show_message(&format!("line {} is not from pullquote export ({error})", number + 1));
            }
        }
    }
    importer.finish()?;
    writeln!(io::stdout(), "{} read", counted(importer.count, "article"))?;
    match (importer.count, refused) {
        (0, 1..) => Err(Error::NothingReadable),
        (0, _) => Ok(Found::Nothing),
        _ => Ok(Found::Something),
    }
}

impl Importer<'_> {
    fn take(&mut self, line: &Line) -> Result<(), library::Error> {
        let folders: Vec<_> = line.folders.iter().map(PathBuf::from).collect();
        if !folders.is_empty() {
            self.library.add_folders(&folders)?;
        }
        let saved = |(name, query): &(String, String)| UserAction::SavedSearch {
            name: clean_line(name),
            before: None,
            after: Some(clean_line(query)),
        };
        self.library.note(&line.searches.iter().map(saved).collect::<Vec<_>>())?;
        // The parts of an identity are parted by tabs.
        let identity = |written: &str| written.split('\t').map(clean_line).collect::<Vec<_>>().join("\t");
        let linked = |tied: &SpeakersTied| UserAction::Linked {
            one: identity(&tied.one),
            other: identity(&tied.other),
            before: None,
            after: Some(tied.same),
        };
        self.library.note(&line.speakers.iter().map(linked).collect::<Vec<_>>())?;
        if let Some(subscription) = &line.subscription {
            subscription.add_to(self.library)?;
        }
        let article = line.article().map(|article| self.without_file_time(line, article));
        let named = line.id.as_ref().and_then(|id| u64::from_str_radix(id, 16).ok()).map(ArticleId);
        let Some(id) = named.or(article.as_ref().map(|article| article.id)) else { return Ok(()) };
        self.actions.extend(line.actions(id));
        // An article is added with its corrections.
        if self.actions.len() >= MARKS || !line.corrections.is_empty() {
            self.write_actions()?;
        }
        if let Some(article) = article.map(|article| Article { id, ..article }) {
            self.count += 1;
            if let Origin::File(path) = &article.origin {
                self.files.entry(path.clone()).or_default().push(id);
            }
            self.batch.push(ingest_article(article, self.library)?);
        }
        if self.batch.is_full() { self.batch.commit(self.library) } else { Ok(()) }
    }

    /// The article without a date that is the second at which its file was written: exports of the first version of the
    /// library, which do not say where dates come from, have such dates.
    fn without_file_time(&self, line: &Line, article: Article) -> Article {
        let (None, Origin::File(path)) = (&line.date_source, &article.origin) else { return article };
        let at = article.published.and_then(|published| Some(published.day.and_time(published.time?)));
        let Some(second) = at.map(|at| at.and_utc().timestamp()) else { return article };
        let known =
            self.library.file(path).ok().flatten().map(|known| known.fingerprint.modified.div_euclid(1_000_000_000));
        let on_disk = || fs::metadata(path).ok()?.modified().ok().map(|at| DateTime::<Utc>::from(at).timestamp());
        if known == Some(second) || on_disk() == Some(second) {
            Article { published: None, ..article }
        } else {
            article
        }
    }

    fn write_actions(&mut self) -> Result<(), library::Error> {
        self.library.note(&std::mem::take(&mut self.actions))
    }

    /// Notes from which files the articles came; the files will be read again where they are found.
    fn finish(&mut self) -> Result<(), library::Error> {
        self.write_actions()?;
        let fingerprint = FileFingerprint { size: -1, modified: 0, reader: 0 };
        for (path, articles) in std::mem::take(&mut self.files) {
            // A record of a file that was read here is newer.
            if self.library.file(&path)?.is_none() {
                self.batch.push_file(FileRead { path, fingerprint, articles });
            }
        }
        self.batch.commit(self.library)?;
        self.library.merge_segments()
    }
}

impl Line {
    fn actions(&self, article: ArticleId) -> Vec<UserAction> {
        let mut actions = Vec::new();
        actions.extend(self.read.then_some(UserAction::Read { article, read: true }));
        actions.extend(self.starred.then_some(UserAction::Starred { article, starred: true }));
        actions.extend(self.removed.then_some(UserAction::Removed { article, removed: true }));
        let tags = self.filed.iter().map(|tag| clean_line(tag));
        actions.extend(tags.map(|tag| UserAction::Tagged { article, tag, tagged: true }));
        actions.extend(self.place.map(|offset| UserAction::Position { article, offset }));
        for correction in &self.corrections {
            let after = match correction.speaker.as_deref().map(clean_line) {
                None => SpeakerCorrection::NoSpeaker,
                // A name of control characters alone is none.
                Some(name) if name.is_empty() => continue,
                Some(name) => SpeakerCorrection::Speaker(name),
            };
            let start = correction.start;
            actions.push(UserAction::Corrected { article, start, before: None, after: Some(after) });
        }
        actions
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
            date_source: self.date_source.as_deref().map(date_source).unwrap_or_default(),
            publisher: text(&self.source),
            byline: text(&self.byline),
            url: text(&self.url),
            tags: self.topics.iter().map(|topic| clean_line(topic)).collect(),
            is_summary: self.summary,
            origin,
            ..Article::new(body)
        })
    }
}

fn date_source(name: &str) -> DateSource {
    DateSource::ALL.into_iter().find(|source| source.name() == name).unwrap_or_default()
}

/// The day, and the time where there is one.
fn published(date: &str) -> Option<Published> {
    let day = || NaiveDate::parse_from_str(date, "%Y-%m-%d").ok().map(Published::on);
    NaiveDateTime::parse_from_str(date, "%Y-%m-%dT%H:%M:%SZ").ok().map(Published::from).or_else(day)
}
