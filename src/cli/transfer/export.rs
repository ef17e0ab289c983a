//! Writes a library down.

use std::collections::{BTreeMap, HashSet};
use std::io::{BufWriter, StdoutLock};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::SecondsFormat;
use clap::{Args, ValueEnum};

use super::setting::Setting;
use super::{
    ClippingLine, Correction, EditionLine, EnclosureLine, HoldingFile, Kind, Line, Link, Paragraph, PictureLine,
    SpeakersTied, SubscriptionRecord, Unplaced, exact_path,
};
use crate::article::{self, Article, ArticleId, Edition, Enclosure, Origin, Picture};
use crate::catalog::IdentityLink;
use crate::cli::Error;
use crate::cli::error::{Found, Outcome, show_message};
use crate::cli::feed_list;
use crate::cli::library_args::LibraryArguments;
use crate::cli::output::standard;
use crate::export::{Frame, Output, json};
use crate::library::{self, Library};
use crate::quotes::SpeakerCorrection;
use crate::user::{COMMAND_LINES, Clipping, ClippingId, UserState};

/// What `pullquote export` accepts.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// Output format
    #[arg(long, short, value_enum, value_name = "FORMAT", default_value_t = LibraryFormat::Jsonl)]
    format: LibraryFormat,
}

/// In which format a library is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LibraryFormat {
    /// An object for each article, and what was done with it, on a line of its own
    Jsonl,
    /// The feeds only, as other programs read them
    Opml,
}

/// Writes the library to standard output.
pub fn export(arguments: &ExportArguments, library_args: &LibraryArguments) -> Outcome {
    let (library, errors) = library_args.look_into_what_is_readable()?;
    if arguments.format == LibraryFormat::Opml {
        return feed_list::export(&library);
    }
    let mut exporter = Exporter {
        library: &library,
        user_state: library.user_state(),
        output: standard(Frame::NONE),
        keys: BTreeMap::new(),
        written: 0,
        unread: 0,
    };
    exporter.keys = exporter.readable(library.keys())?;
    for error in errors {
        exporter.readable::<()>(Err(error))?;
    }
    exporter.write_what_is_of_no_article()?;
    let mut sources = exporter.readable(library.subscriptions())?;
    // In the order in which they were subscribed to.
    sources.sort_by_key(|source| source.id);
    for source in &sources {
        let subscription = exporter.readable(SubscriptionRecord::of(source, &library).map(Some))?;
        exporter.write(&Line { subscription, ..Line::default() })?;
    }
    exporter.write_articles()?;
    exporter.output.finish()?;
    feed_list::say_without_passwords(&sources);
    match (exporter.written, exporter.unread) {
        (_, unread @ 1..) => Err(Error::Unexported(unread)),
        (0, 0) => Ok(Found::Nothing),
        _ => Ok(Found::Something),
    }
}

/// An export under way.
struct Exporter<'a> {
    library: &'a Library,
    user_state: Arc<UserState>,
    output: Output<BufWriter<StdoutLock<'static>>>,
    /// What the articles are known by besides their own identity; under nothing, what is the key of none.
    keys: BTreeMap<Option<ArticleId>, Vec<ArticleId>>,
    /// How many lines there are.
    written: usize,
    /// How much of the library could not be read, as it is damaged.
    unread: usize,
}

impl Exporter<'_> {
    /// What was read; nothing where it is damaged, which is reported.
    fn readable<T: Default>(&mut self, read: Result<T, library::Error>) -> Result<T, Error> {
        match read {
            Err(error) if error.is_damage() => {
                self.unread += 1;
                show_message(&error.to_string());
                Ok(T::default())
            }
            read => Ok(read?),
        }
    }

    /// Writes a line, if there is anything on it.
    fn write(&mut self, line: &Line) -> Result<(), Error> {
        let line = json(line);
        if line == json(&Line::default()) {
            return Ok(());
        }
        self.written += 1;
        Ok(self.output.try_write(&(line + "\n"))?)
    }

    fn write_what_is_of_no_article(&mut self) -> Result<(), Error> {
        let folders = self.readable(self.library.folders())?;
        let settings = self.user_state.settings.iter().filter(|(name, _)| *name != COMMAND_LINES);
        let (named, unnamed): (Vec<_>, Vec<_>) = folders.into_iter().partition(|path| path.to_str().is_some());
        self.write(&Line {
            folders: named.iter().map(|folder| folder.display().to_string()).collect(),
            folder_bytes: unnamed.iter().filter_map(|folder| exact_path::encode(folder)).collect(),
            searches: self.user_state.searches.clone(),
            searched: self.user_state.searched.clone(),
            settings: settings.map(|(name, value)| (name.clone(), value.clone())).collect(),
            contested: self.keys.get(&None).into_iter().flatten().map(ToString::to_string).collect(),
            ..Line::default()
        })?;
        let tied = |link: IdentityLink| Some(SpeakersTied { one: link.one, other: link.other, same: link.same? });
        let links = self.readable(self.library.identity_links())?;
        self.write(&Line { speakers: links.iter().filter_map(tied).collect(), ..Line::default() })
    }

    fn write_articles(&mut self) -> Result<(), Error> {
        let ids = self.readable(self.library.ids_by_row())?;
        let user_state = Arc::clone(&self.user_state);
        // The oldest first: of those of one day, the one that is committed last comes first in the lists.
        for &id in ids.iter().rev() {
            let named = Line { id: Some(id.to_string()), ..Line::default() };
            let line = match self.readable(self.library.get(id))? {
                Some(entry) => {
                    let held_in = self.readable(self.library.files_of(id).map(Some))?;
                    let files = held_in.and_then(|files| other_files(&entry.article, files));
                    Line { id: named.id, files, ..of_article(&entry.article) }
                }
                None => named,
            };
            let line = self.with_what_stays(id, line)?;
            self.write(&line.with_actions(id, &user_state))?;
        }
        // Flags of articles that are missing just now are exported too.
        let present: HashSet<_> = ids.into_iter().collect();
        let lost = self.readable(self.library.all_unplaced())?;
        let mut absent = user_state.articles();
        absent.extend(lost.into_iter().map(|(id, _)| id));
        absent.extend(self.readable(self.library.ruled_articles())?);
        for id in absent.into_iter().filter(|id| !present.contains(id)) {
            let line = self.with_what_stays(id, Line { id: Some(id.to_string()), ..Line::default() })?;
            self.write(&line.with_actions(id, &user_state))?;
        }
        Ok(())
    }

    /// A line with what is known of an article that outlives it.
    fn with_what_stays(&mut self, id: ArticleId, line: Line) -> Result<Line, Error> {
        let lost = self.readable(self.library.unplaced(id))?;
        let unplaced = lost.into_iter().map(|lost| Unplaced {
            start: lost.start,
            words: lost.words,
            speaker: lost.correction.speaker().map(str::to_owned),
            kind: kind(&lost.correction),
        });
        let keys = self.keys.get(&Some(id)).into_iter().flatten().map(ToString::to_string).collect();
        let rules = self.readable(self.library.rule_results(id))?;
        Ok(Line { keys, unplaced: unplaced.collect(), rules, ..line })
    }
}

/// The files that hold an article, where that is not the one it says that it comes from.
fn other_files(article: &Article, files: Vec<PathBuf>) -> Option<Vec<HoldingFile>> {
    let is_said = match &article.origin {
        Origin::File(path) => files == [path.clone()],
        Origin::Web(_) | Origin::Input | Origin::Unknown | Origin::Bundled(_) => files.is_empty(),
    };
    let held = |path: PathBuf| match exact_path::encode(&path) {
        Some(bytes) => HoldingFile::Bytes(bytes),
        None => HoldingFile::Path(path.display().to_string()),
    };
    (!is_said).then(|| files.into_iter().map(held).collect())
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
            setting: Setting::of(body, paragraph),
        }
    };
    let mut line = Line {
        date: article.dates.published.map(|published| published.to_string()),
        date_source: article.dates.published.map(|_| article.dates.source.name().to_owned()),
        seen: article.dates.seen.map(|seen| seen.to_rfc3339_opts(SecondsFormat::Millis, true)),
        source: article.publisher.clone(),
        byline: article.byline.clone(),
        url: article.url.clone(),
        also: article.editions.iter().map(also).collect(),
        enclosures: article.enclosures.iter().map(enclosure).collect(),
        comments: article.comments.clone(),
        pictures: body.pictures().iter().map(picture).collect(),
        topics: article.tags.clone(),
        summary: article.is_summary,
        paragraphs: body.paragraphs().iter().map(paragraph).collect(),
        ..Line::default()
    };
    match &article.origin {
        Origin::File(path) => {
            line.path = Some(path.display().to_string());
            line.path_bytes = exact_path::encode(path);
        }
        Origin::Web(address) => line.fetched_from = Some(address.clone()),
        Origin::Input => line.from_input = true,
        Origin::Unknown | Origin::Bundled(_) => {}
    }
    line
}

fn picture(picture: &Picture) -> PictureLine {
    let Picture { before, url, description } = picture.clone();
    PictureLine { before, url, description }
}

fn enclosure(enclosure: &Enclosure) -> EnclosureLine {
    let Enclosure { url, media_type, bytes, seconds } = enclosure.clone();
    EnclosureLine { url, media_type, bytes, seconds }
}

fn also(edition: &Edition) -> EditionLine {
    EditionLine {
        date: edition.published.map(|published| published.to_string()),
        source: edition.publisher.clone(),
        url: edition.url.clone(),
    }
}

impl Line {
    fn with_actions(self, id: ArticleId, memory: &UserState) -> Self {
        let flags = memory.flags(id);
        let corrections = memory.corrections.get(&id).into_iter().flatten();
        let correction = |(&start, correction): (&usize, &SpeakerCorrection)| Correction {
            start,
            speaker: correction.speaker().map(str::to_owned),
            kind: kind(correction),
        };
        Self {
            read: flags.read,
            starred: flags.starred,
            removed: flags.removed,
            filed: memory.tags(id).map(str::to_owned).collect(),
            place: flags.position,
            marks: memory.marks.get(&id).cloned().unwrap_or_default(),
            corrections: corrections.map(correction).collect(),
            clippings: memory.clippings_of(id).map(clipping).collect(),
            ..self
        }
    }
}

fn clipping((id, clipping): (ClippingId, &Clipping)) -> ClippingLine {
    ClippingLine { id: ArticleId(id.0).to_string(), clipping: clipping.clone() }
}

/// What a correction says that the quotation is.
fn kind(correction: &SpeakerCorrection) -> Option<String> {
    correction.kind().map(|kind| kind.name().to_owned())
}
