//! Reads what was written down into a library.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;

use super::cleaned_places::CleanedPlaces;
use super::line_reader::{InputLine, LineReader};
use super::{Line, SpeakersTied, exact_path};
use crate::article::{Article, ArticleId, Dates, Origin, Published, normalized_address, shown_address};
use crate::catalog::{FeedId, Headline};
use crate::cli::Error;
use crate::cli::config::WhichConfig;
use crate::cli::error::{Found, Outcome, show_message};
use crate::cli::feed_list;
use crate::cli::library_args::LibraryArguments;
use crate::cli::refresh;
use crate::formats;
use crate::ingest::{Batch, ingest_article, is_feed_list};
use crate::library::{self, FileFingerprint, FileRead, Library, Scope};
use crate::text::{clean_line, counted};
use crate::user::{Clipping, ClippingId, UserAction};

/// How many marks are written in one transaction.
const MARKS: usize = 512;

/// How many lines that are not those of an export are named.
const NAMED: usize = 20;

/// What `pullquote import` accepts.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// What `pullquote export` wrote, OPML, or the `urls` of newsboat; `-` is standard input
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// Do not fetch the articles of new feeds yet
    #[arg(long)]
    no_refresh: bool,
}

/// What came of an import.
#[derive(Debug, Default)]
pub struct Imported {
    /// How much was taken: lines of an export, feeds of a list.
    pub taken: usize,
    /// How much was refused, each with its line on standard error.
    pub refused: usize,
    /// The feeds that were not subscribed to before.
    pub new_feeds: Vec<FeedId>,
}

/// Articles with their headlines, by the letters of these that no program lost.
type Headlined = HashMap<String, Vec<(Box<str>, ArticleId)>>;

/// What was read and is to be committed.
/// The words of an article; where they are few, when and where it appeared as well.
type Telling = (ArticleId, Option<(String, Option<Published>)>);

struct Importer<'a> {
    library: &'a Library,
    imported: Imported,
    batch: Batch,
    actions: Vec<UserAction>,
    /// What they are known by, and addresses that are keys of none.
    keys: Vec<(ArticleId, Option<ArticleId>)>,
    /// Articles so far, by what tells that one with the same is the same: older libraries have some of them twice.
    told: HashMap<Telling, ArticleId>,
    /// All articles so far.
    come: HashSet<ArticleId>,
    files: HashMap<PathBuf, Vec<ArticleId>>,
    /// What the files of articles that are not here held before: articles by their headlines.
    held: HashMap<PathBuf, Headlined>,
    articles: usize,
    /// How many lines are not those of an export.
    strange: usize,
}

/// Reads what was exported into the library, and fetches the feeds that are new. What is there already stays as it is;
/// marks are added.
pub fn import(arguments: &ImportArguments, library_args: &LibraryArguments, which: &WhichConfig) -> Outcome {
    let library = library_args.open_or_fail()?;
    let mut input: Box<dyn Read> = if arguments.file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        let opened = File::open(&arguments.file);
        Box::new(opened.map_err(|error| Error::Unreadable(arguments.file.clone(), error))?)
    };
    let not_read = |error| Error::NotImportable(arguments.file.clone(), error);
    let mut input = formats::text(&mut input).map_err(not_read)?;
    let unreadable = |error| Error::Unreadable(arguments.file.clone(), error);
    let imported = if is_feed_list(input.fill_buf().map_err(unreadable)?) {
        let mut text = String::new();
        input.take(formats::LARGEST).read_to_string(&mut text).map_err(unreadable)?;
        feed_list::import(&text, &library, &arguments.file.display().to_string())?
    } else {
        let mut importer = Importer::new(&library);
        library.begin_bulk()?;
        let mut lines = LineReader::new(input);
        // Where they break off, those before are kept.
        let ended = loop {
            match lines.next() {
                Ok(Some((number, line))) => importer.take_line(number, &line)?,
                Ok(None) => break Ok(()),
                Err(error) => break Err(unreadable(error)),
            }
        };
        let taken = importer.finish()?;
        ended?;
        taken
    };
    match imported {
        Imported { taken: 0, refused: 0, .. } => Ok(Found::Nothing),
        Imported { taken: 0, .. } => Err(Error::NothingImported(arguments.file.clone())),
        Imported { new_feeds, .. } if new_feeds.is_empty() || arguments.no_refresh => Ok(Found::Something),
        Imported { new_feeds, .. } => {
            crate::cli::signals::end_programs_with_us()?;
            let fetching = which.set_up(&library)?;
            refresh::refresh_new(&library, &fetching, &new_feeds)
        }
    }
}

/// What tells that another line of the same export is the same article. Few words are those of one article in an export of
/// an older library alone, which says nothing of keys: at one address, or in one feed under one date.
fn telling(line: &Line, article: &Article) -> Vec<Telling> {
    let (content, published) = (article.keys.content, article.dates.published);
    if article.is_telling() {
        return vec![(content, None)];
    }
    if line.keys().next().is_some() {
        return Vec::new();
    }
    let address = article.url.as_deref().and_then(normalized_address);
    let feed = match &article.origin {
        Origin::Web(feed) if published.is_some() => Some(feed.clone()),
        _ => None,
    };
    address.into_iter().chain(feed).map(|place| (content, Some((place, published)))).collect()
}

impl<'a> Importer<'a> {
    fn new(library: &'a Library) -> Self {
        let (imported, batch) = (Imported::default(), Batch::default());
        let (files, held) = (HashMap::new(), HashMap::new());
        let (actions, keys, come, told) = (Vec::new(), Vec::new(), HashSet::new(), HashMap::new());
        Self { library, imported, batch, actions, keys, told, come, files, held, articles: 0, strange: 0 }
    }

    /// Takes a line of an export; what is none is reported.
    fn take_line(&mut self, number: usize, line: &InputLine<'_>) -> Result<(), library::Error> {
        let line = match line {
            InputLine::Whole(b"") => return Ok(()),
            InputLine::Whole(line) => serde_json::from_slice::<Line>(line).map_err(|error| error.to_string()),
            InputLine::TooLong => Err("it is too long".to_owned()),
        };
        match line {
            Ok(line) => self.take(number, &line),
            Err(why) => {
                self.imported.refused += 1;
                self.strange += 1;
                if self.strange <= NAMED {
                    show_message(&format!("line {number} is not from pullquote export ({})", shown_address(&why)));
                }
                Ok(())
            }
        }
    }

    fn refuse(&mut self, number: usize, what: &str, why: &str) {
        self.imported.refused += 1;
        show_message(&format!("line {number}: not imported: {what} {why}"));
    }

    fn take(&mut self, number: usize, line: &Line) -> Result<(), library::Error> {
        self.take_folders(number, line)?;
        self.take_what_is_of_no_article(line)?;
        self.take_feed(number, line)?;
        let article = line.article().map(|article| self.without_file_time(line, article));
        let Some(id) = line.id().or(article.as_ref().map(|article| article.id)) else { return Ok(()) };
        self.imported.taken += 1;
        let id = article.as_ref().map_or(Ok(None), |article| self.successor(id, line, article))?.unwrap_or(id);
        let article = article.map(|article| Article { id, ..article });
        let held = article.as_ref().map_or(Ok(None), |_| self.library.get(id))?;
        let (mut position, mut corrections, mut unplaced) = (line.place, line.corrections(), line.unplaced());
        let mut marks = line.marks.clone();
        let mut clippings = self.new_clippings(line);
        if let Some(article) = &article {
            let places = CleanedPlaces::of(line, &article.body);
            position = position.map(|at| places.place(at));
            for at in marks.values_mut() {
                *at = places.place(*at);
            }
            corrections = corrections.into_iter().map(|(start, it)| (places.place(start), it)).collect();
            for (_, clipping) in &mut clippings {
                clipping.start = clipping.start.map(|start| places.place(start));
            }
        }
        let article = match (article, held) {
            (Some(article), Some(held)) if has_other_text(&article, &held.article) => {
                // The text that is there stays; what was done in another one follows its words.
                let lost;
                for at in marks.values_mut() {
                    *at = held.place_of(&article, *at);
                }
                (position, corrections, lost) = held.follow(&article, position, &corrections);
                unplaced.extend(lost);
                let moved = held.moved(&article, clippings.iter().filter_map(|(_, clipping)| clipping.start));
                for (_, clipping) in &mut clippings {
                    clipping.start = clipping.start.and_then(|start| moved.get(&start).copied());
                }
                None
            }
            (article, _) => article,
        };
        self.come.insert(id);
        for telling in article.as_ref().map_or(Vec::new(), |article| telling(line, article)) {
            self.told.entry(telling).or_insert(id);
        }
        self.keys.extend(line.keys().map(|key| (key, Some(id))));
        self.library.keep_unplaced(id, &unplaced)?;
        self.library.keep_rule_results(id, &line.rules())?;
        // An article is added with its corrections.
        let is_corrected = !corrections.is_empty();
        self.actions.extend(line.actions(id, position, marks, corrections, clippings));
        if self.actions.len() >= MARKS || self.keys.len() >= MARKS || is_corrected {
            self.write_actions()?;
        }
        if let Some(article) = article {
            self.articles += 1;
            for path in line.files_that_hold(&article) {
                self.files.entry(path).or_default().push(id);
            }
            self.batch.push(ingest_article(article, &[], self.library)?);
        }
        if self.batch.is_full() { self.batch.commit(self.library) } else { Ok(()) }
    }

    /// The clippings of a line that are not here: one that is stays as it is.
    fn new_clippings(&self, line: &Line) -> Vec<(ClippingId, Clipping)> {
        let known = self.library.user_state();
        let mut clippings = line.clippings();
        clippings.retain(|(id, _)| !known.clippings.contains_key(id));
        clippings
    }

    /// Returns the article that one is here that has no such identity here: what is known by one of its keys, or replaced
    /// it. The latter is, where its file was read here, the one article of that which has the headline, or has it with
    /// letters that a program of before lost, and is a version of it.
    fn successor(
        &mut self,
        id: ArticleId,
        line: &Line,
        article: &Article,
    ) -> Result<Option<ArticleId>, library::Error> {
        if self.library.has(id)? {
            return Ok(None);
        }
        if let Some(same) = telling(line, article).iter().find_map(|telling| self.told.get(telling)) {
            return Ok(Some(*same));
        }
        // Lines of one export at one address are articles of their own, as they are in the library that it was written from.
        if let Some(known) = self.library.counterpart(id, article)?.filter(|known| !self.come.contains(known)) {
            return Ok(Some(known));
        }
        if article.url.is_some() {
            return Ok(None);
        }
        for path in line.files_that_hold(article) {
            if !self.held.contains_key(&path) {
                let held = self.by_headline(&path)?;
                self.held.insert(path.clone(), held);
            }
            let alike = self.held[&path].get(&kept_letters(article.headline())).map_or(&[][..], Vec::as_slice);
            let same: Vec<_> = alike.iter().filter(|(headline, _)| **headline == *article.headline()).collect();
            let (([(_, one)], _) | (_, [(_, one)])) = (&same[..], alike) else { continue };
            let entry = self.library.get(*one)?;
            if entry.is_some_and(|entry| entry.is_version_of(article)) {
                return Ok(Some(*one));
            }
        }
        Ok(None)
    }

    fn by_headline(&self, path: &Path) -> Result<Headlined, library::Error> {
        let mut held = Headlined::new();
        self.library.headlines(&Scope::Under(vec![path.to_owned()]), &mut |headlines| {
            for Headline { title, id, .. } in headlines {
                held.entry(kept_letters(&title)).or_default().push((title, id));
            }
            ControlFlow::Continue(())
        })?;
        Ok(held)
    }

    /// Makes folders part of the library, each of them named: they are read at every start from now on.
    fn take_folders(&mut self, number: usize, line: &Line) -> Result<(), library::Error> {
        let named = line.folders.iter().map(PathBuf::from);
        let folders = named.chain(line.folder_bytes.iter().map(|bytes| exact_path::decode(bytes)));
        let (absolute, other): (Vec<_>, Vec<_>) = folders.partition(|folder| folder.is_absolute());
        for folder in other {
            self.refuse(number, &format!("folder “{}”", folder.display()), "is not an absolute path");
        }
        self.imported.taken += absolute.len();
        for folder in self.library.add_folders(&absolute)? {
            show_message(&format!("added a folder, which is read at every start: {}", folder.display()));
        }
        Ok(())
    }

    fn take_what_is_of_no_article(&mut self, line: &Line) -> Result<(), library::Error> {
        let saved = |(name, query): &(String, String)| UserAction::SavedSearch {
            name: clean_line(name),
            before: None,
            after: Some(clean_line(query)),
        };
        // The parts of an identity are parted by tabs.
        let identity = |written: &str| written.split('\t').map(clean_line).collect::<Vec<_>>().join("\t");
        let linked = |tied: &SpeakersTied| UserAction::Linked {
            one: identity(&tied.one),
            other: identity(&tied.other),
            before: None,
            after: Some(tied.same),
        };
        let known = self.library.user_state();
        // A history of searches has an order: one that is there stays as it is.
        let searched = line.searched.iter().filter(|_| known.searched.is_empty());
        let settings = line.settings.iter().filter(|(name, _)| !known.settings.contains_key(name));
        let setting =
            |(name, value): &(String, String)| UserAction::Setting { name: clean_line(name), value: clean_line(value) };
        let actions: Vec<_> = (line.searches.iter().map(saved))
            .chain(searched.map(|query| UserAction::Searched(clean_line(query))))
            .chain(settings.map(setting))
            .chain(line.speakers.iter().map(linked))
            .collect();
        self.keys.extend(line.contested().map(|key| (key, None)));
        self.imported.taken += actions.len();
        self.library.note(&actions)
    }

    fn take_feed(&mut self, number: usize, line: &Line) -> Result<(), library::Error> {
        let Some(record) = &line.subscription else { return Ok(()) };
        let Some(settings) = record.settings() else {
            self.refuse(number, &record.shown(), "is not an address of http or https");
            return Ok(());
        };
        self.imported.taken += 1;
        if let Some(left_out) = record.left_out() {
            show_message(&format!("line {number}: not imported: {left_out} of {}", record.shown()));
        }
        self.imported.new_feeds.extend(record.add_to(&settings, self.library)?);
        Ok(())
    }

    /// The article without a date that is the second at which its file was written: exports of the first version of the
    /// library, which do not say where dates come from, have such dates.
    fn without_file_time(&self, line: &Line, article: Article) -> Article {
        let (None, Origin::File(path)) = (&line.date_source, &article.origin) else { return article };
        let at = article.dates.published.filter(|published| published.time.is_some()).map(Published::moment);
        let Some(second) = at.map(|at| at.and_utc().timestamp()) else { return article };
        let known =
            self.library.file(path).ok().flatten().map(|known| known.fingerprint.modified.div_euclid(1_000_000_000));
        let on_disk = || fs::metadata(path).ok()?.modified().ok().map(|at| DateTime::<Utc>::from(at).timestamp());
        if known == Some(second) || on_disk() == Some(second) {
            Article { dates: Dates { published: None, ..article.dates }, ..article }
        } else {
            article
        }
    }

    fn write_actions(&mut self) -> Result<(), library::Error> {
        self.library.add_keys(&std::mem::take(&mut self.keys))?;
        self.library.note(&std::mem::take(&mut self.actions))
    }

    /// Notes from which files the articles came; the files will be read again where they are found.
    fn finish(mut self) -> Result<Imported, Error> {
        self.write_actions()?;
        let fingerprint = FileFingerprint { size: -1, modified: 0, reader: 0 };
        for (path, articles) in std::mem::take(&mut self.files) {
            // A record of a file that was read here is newer.
            if self.library.file(&path)?.is_none() {
                self.batch.push_file(FileRead { path, fingerprint, articles, is_whole: true });
            }
        }
        self.batch.commit(self.library)?;
        self.library.merge_segments()?;
        if let Some(more @ 1..) = self.strange.checked_sub(NAMED) {
            show_message(&format!(
                "{} from pullquote export",
                if more == 1 { "1 more line is not".to_owned() } else { format!("{more} more lines are not") }
            ));
        }
        writeln!(io::stdout(), "{} read", counted(self.articles, "article"))?;
        Ok(self.imported)
    }
}

/// The letters of a headline that every program so far kept: those of ASCII. All of it where it has none.
fn kept_letters(headline: &str) -> String {
    let kept: String = headline.chars().filter(char::is_ascii_alphanumeric).collect();
    if kept.is_empty() { headline.to_owned() } else { kept }
}

/// Whether what was exported has another text than the same article here, and is not the full text of a summary.
fn has_other_text(exported: &Article, held: &Article) -> bool {
    held.body.text() != exported.body.text() && (!held.is_summary || exported.is_summary)
}
