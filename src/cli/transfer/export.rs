//! Writes a library down.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Correction, HoldingFile, Kind, Line, Link, Paragraph, SpeakersTied, SubscriptionRecord, exact_path};
use crate::article::{self, Article, ArticleId, Origin};
use crate::catalog::IdentityLink;
use crate::cli::error::{Found, Outcome};
use crate::cli::feed_list;
use crate::cli::library_args::LibraryArguments;
use crate::cli::output::standard;
use crate::export::{Frame, json};
use crate::quotes::SpeakerCorrection;
use crate::user::UserState;

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
    let library = library_args.look_into()?;
    if arguments.format == LibraryFormat::Opml {
        return feed_list::export(&library);
    }
    let memory = library.user_state();
    let mut output = standard(Frame::NONE);
    let mut written = 0;
    let mut write = |line: &Line| {
        written += 1;
        output.try_write(&(json(line) + "\n"))
    };
    let (named, unnamed): (Vec<_>, Vec<_>) = library.folders()?.into_iter().partition(|path| path.to_str().is_some());
    let line = Line {
        folders: named.iter().map(|folder| folder.display().to_string()).collect(),
        folder_bytes: unnamed.iter().filter_map(|folder| exact_path::encode(folder)).collect(),
        searches: memory.searches.clone(),
        searched: memory.searched.clone(),
        settings: memory.settings.clone().into_iter().collect(),
        ..Line::default()
    };
    if json(&line) != json(&Line::default()) {
        write(&line)?;
    }
    let tied = |link: IdentityLink| Some(SpeakersTied { one: link.one, other: link.other, same: link.same? });
    let speakers: Vec<_> = library.identity_links()?.iter().filter_map(tied).collect();
    if !speakers.is_empty() {
        write(&Line { speakers, ..Line::default() })?;
    }
    let mut sources = library.subscriptions()?;
    // In the order in which they were subscribed to.
    sources.sort_by_key(|source| source.id);
    for source in &sources {
        let subscription = Some(SubscriptionRecord::of(source, &library)?);
        write(&Line { subscription, ..Line::default() })?;
    }
    let ids = library.ids()?;
    // The oldest first: of those of one day, the one that is committed last comes first in the lists.
    for &id in ids.iter().rev() {
        if let Some(entry) = library.get(id)? {
            let files = other_files(&entry.article, library.files_of(id)?);
            write(&Line { id: Some(id.to_string()), files, ..of_article(&entry.article) }.with_actions(id, &memory))?;
        }
    }
    // Flags of articles that are missing just now are exported too.
    let present: HashSet<_> = ids.into_iter().collect();
    for id in memory.articles().into_iter().filter(|id| !present.contains(id)) {
        write(&Line { id: Some(id.to_string()), ..Line::default() }.with_actions(id, &memory))?;
    }
    output.finish()?;
    feed_list::say_without_passwords(&sources);
    Ok(if written == 0 { Found::Nothing } else { Found::Something })
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
        }
    };
    let mut line = Line {
        date: article.published.map(|published| published.to_string()),
        date_source: article.published.map(|_| article.date_source.name().to_owned()),
        source: article.publisher.clone(),
        byline: article.byline.clone(),
        url: article.url.clone(),
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

impl Line {
    fn with_actions(self, id: ArticleId, memory: &UserState) -> Self {
        let flags = memory.flags(id);
        let corrections = memory.corrections.get(&id).into_iter().flatten();
        let correction = |(&start, correction): (&usize, &SpeakerCorrection)| {
            let speaker = match correction {
                SpeakerCorrection::NoSpeaker => None,
                SpeakerCorrection::Speaker(name) => Some(name.clone()),
            };
            Correction { start, speaker }
        };
        Self {
            read: flags.read,
            starred: flags.starred,
            removed: flags.removed,
            filed: memory.tags(id).map(str::to_owned).collect(),
            place: flags.position,
            corrections: corrections.map(correction).collect(),
            ..self
        }
    }
}
