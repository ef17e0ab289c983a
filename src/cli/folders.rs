//! `pullquote add`, `list` and `remove`: which folders are part of the library.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread;

use clap::Args;
use crossbeam_channel::bounded;

use super::error::{Found, Outcome, say};
use super::place::LibraryArguments;
use super::{Failure, ordered};
use crate::article::{Article, Origin};
use crate::library::{FileRead, Known, Library, Prepared, Scope, Stamp};
use crate::quotes;
use crate::shell::read_journal::{PANICKED, ReadJournal, caught};
use crate::shell::{absolute, source, stamp_of};
use crate::text::{clean_line, counted};

/// How many articles are kept in one transaction: other programs wait as long as it takes, about half a second. The more
/// there are, the fewer parts the search index grows by, and the less must be merged.
const BATCH: usize = 2_048;

/// What `pullquote add` and `pullquote remove` take.
#[derive(Debug, Args)]
pub struct FolderArguments {
    /// Addresses, folders or files
    #[arg(value_name = "URL|PATH", required = true, value_hint = clap::ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
}

/// What is kept in one transaction.
#[derive(Default)]
struct Batch {
    articles: Vec<Prepared>,
    files: Vec<FileRead>,
}

/// A longer file is parted among the cores article by article, in bytes; shorter ones are read on all cores, so that
/// nobody waits while another waits for the disk.
const LONG: i64 = 1 << 20;

/// Files are handed to a core together until they are this long, in bytes: each by itself, the cores would wait for one
/// another more often (an import took 2 % longer, measured).
const ARMFUL: i64 = 32 << 10;

/// How many answers are handed over at once at the most.
const HANDFUL: usize = 16;

/// Something to do for one core.
enum Job {
    Read(Vec<source::Source>),
    Find(Record),
}

/// Short files that are still to be read.
#[derive(Default)]
struct Armful {
    sources: Vec<source::Source>,
    /// How long they are together, in bytes.
    size: i64,
}

impl Armful {
    /// Takes a file up; gives a job once there is enough.
    fn take_up(&mut self, source: source::Source, size: i64) -> Option<Job> {
        self.sources.push(source);
        self.size += size;
        if self.size < ARMFUL { None } else { self.job() }
    }

    fn job(&mut self) -> Option<Job> {
        let sources = std::mem::take(self).sources;
        (!sources.is_empty()).then_some(Job::Read(sources))
    }
}

/// What was read, in the order in which it was.
enum Record {
    Article(Box<Article>),
    Refusal(String),
    /// All of the file has been read, and nothing of it refused.
    File(FileRead),
}

/// What came of a record.
enum Answer {
    Article(Box<Prepared>),
    Refusal(String),
    File(FileRead),
}

/// Makes folders part of the library and reads what is new in them.
pub fn add(arguments: &FolderArguments, place: &LibraryArguments) -> Outcome {
    if let Some(missing) = arguments.paths.iter().find(|path| !path.exists()) {
        return Err(Failure::Missing(missing.display().to_string()));
    }
    let library = place.open_or_fail()?;
    let paths: Vec<_> = arguments.paths.iter().map(|path| absolute(path)).collect();
    library.add_folders(&paths)?;
    let (read, refused) = take_in(&library, &paths)?;
    let refused = if refused == 0 { String::new() } else { format!(", {refused} refused") };
    let (read, whole) = (counted(read, "article"), count(&library, &Scope::Whole)?);
    writeln!(io::stdout(), "{read} read{refused}; {whole} in the library")?;
    Ok(Found::Something)
}

/// Lists the folders that are part of the library, each with the number of its articles, then the whole.
pub fn list(place: &LibraryArguments) -> Outcome {
    let library = place.look_into()?;
    let mut out = io::stdout().lock();
    for folder in library.folders()? {
        let articles = count(&library, &Scope::Under(vec![folder.clone()]))?;
        writeln!(out, "{articles:>9}  {}", clean_line(&folder.display().to_string()))?;
    }
    let sources = super::subscriptions::list(&mut out, &library)?;
    let whole = count(&library, &Scope::Whole)?;
    writeln!(out, "{whole:>9}  in the library")?;
    Ok(if whole + sources == 0 { Found::Nothing } else { Found::Something })
}

/// Takes folders or files out of the library; the files themselves stay where they are.
pub fn remove(arguments: &FolderArguments, place: &LibraryArguments) -> Outcome {
    let library = place.open_or_fail()?;
    let mut removed = 0;
    for path in &arguments.paths {
        removed += library.remove(&absolute(path))?;
    }
    let articles = counted(removed, "article");
    writeln!(io::stdout(), "{articles} removed; marks are kept, should they come back")?;
    Ok(if removed == 0 { Found::Nothing } else { Found::Something })
}

fn count(library: &Library, scope: &Scope) -> Result<usize, Failure> {
    let mut count = 0;
    library.headlines(scope, &mut |headlines| {
        count += headlines.len();
        ControlFlow::Continue(())
    })?;
    Ok(count)
}

/// Reads all that is new or has changed under `paths` into the library; gives how many articles were read and how many
/// files are none. A file that may have ended an earlier process is read before the others, alone.
fn take_in(library: &Library, paths: &[PathBuf]) -> Result<(usize, usize), Failure> {
    library.expect_much()?;
    let journal = ReadJournal::start(library);
    journal.forget_on_signal()?;
    if let Ok(program) = std::env::current_exe() {
        journal.examine_left_behind(library, &program)?;
    }
    let suspects = journal.suspects().into_iter().filter(|file| paths.iter().any(|path| file.starts_with(path)));
    let suspects: Vec<_> = suspects.collect();
    let (mut count, mut refused) = (0, 0);
    for paths in suspects.chunks(1).chain([paths]) {
        let (more, more_refused) = read_into(library, &journal, paths)?;
        (count, refused) = (count + more, refused + more_refused);
    }
    library.settle()?;
    Ok((count, refused))
}

/// Reads all that is new or has changed under `paths` into the library. All cores read and find who speaks, and one thread
/// keeps what is ready, each while the others go on.
fn read_into(library: &Library, journal: &ReadJournal, paths: &[PathBuf]) -> Result<(usize, usize), Failure> {
    let (mut count, mut refused) = (0, 0);
    let (batches, waiting) = bounded::<Batch>(1);
    thread::scope(|scope| {
        let keeping = scope.spawn(move || {
            let keep = |batch: Batch| library.keep(&batch.articles, &batch.files).map(drop);
            waiting.into_iter().try_for_each(keep)
        });
        let mut batch = Batch::default();
        ordered::in_order_each(
            |give| hand_out(library, journal, paths, give),
            |job, give| {
                let _ = match job {
                    Job::Read(sources) => read_all(library, journal, sources, give),
                    Job::Find(record) => give(vec![answer_or_refuse(library, journal, record)]),
                };
            },
            |answers| {
                for answer in answers {
                    match answer {
                        Answer::Article(article) => {
                            count += 1;
                            batch.articles.push(*article);
                        }
                        Answer::File(file) => batch.files.push(file),
                        Answer::Refusal(line) => {
                            refused += 1;
                            say(&line);
                        }
                    }
                }
                let is_full = batch.articles.len().max(batch.files.len()) >= BATCH;
                // Where nobody takes it any more, keeping has failed.
                if is_full && batches.send(std::mem::take(&mut batch)).is_err() {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            },
        );
        let _ = batches.send(batch);
        drop(batches);
        keeping.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    Ok((count, refused))
}

/// Hands out what is new or has changed under `paths`.
fn hand_out(library: &Library, journal: &ReadJournal, paths: &[PathBuf], give: &mut dyn FnMut(Job) -> ControlFlow<()>) {
    let mut armful = Armful::default();
    source::find(paths, &mut |source| match stamp_of(&source) {
        Some((path, stamp)) => match known(library, &path, &stamp) {
            Some(Known { refusal: Some(reason), .. }) => give(Job::Find(Record::Refusal(format!("{source} {reason}")))),
            Some(_) => ControlFlow::Continue(()),
            None if stamp.size > LONG => {
                armful.job().map_or(ControlFlow::Continue(()), &mut *give)?;
                read(library, journal, source, &mut |record| give(Job::Find(record)))
            }
            None => armful.take_up(source, stamp.size).map_or(ControlFlow::Continue(()), &mut *give),
        },
        None => armful.take_up(source, 0).map_or(ControlFlow::Continue(()), &mut *give),
    });
    if let Some(job) = armful.job() {
        let _ = give(job);
    }
}

/// Reads sources one after the other, and hands over what came of them, a few answers at a time.
fn read_all(
    library: &Library,
    journal: &ReadJournal,
    sources: Vec<source::Source>,
    give: &mut dyn FnMut(Vec<Answer>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut answers = Vec::with_capacity(HANDFUL);
    for source in sources {
        read(library, journal, source, &mut |record| {
            answers.push(answer(library, record));
            if answers.len() < HANDFUL { ControlFlow::Continue(()) } else { give(std::mem::take(&mut answers)) }
        })?;
    }
    give(answers)
}

/// What is known of a file, where it has not changed since it was read. In doubt it has: reading it again does no harm.
fn known(library: &Library, path: &Path, stamp: &Stamp) -> Option<Known> {
    library.file(path).ok().flatten().filter(|known| known.stamp == *stamp && !known.gone)
}

/// Reads a source as [`read_source`] does; one that makes the program fail is refused, now and as long as it does not
/// change.
fn read(
    library: &Library,
    journal: &ReadJournal,
    source: source::Source,
    give: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let (place, stamped) = (source.to_string(), stamp_of(&source));
    let entry = stamped.as_ref().map(|(path, _)| journal.begin(path));
    let flow = caught(|| read_source(source, stamped.clone(), give));
    drop(entry);
    flow.unwrap_or_else(|| {
        if let Some((path, stamp)) = stamped {
            // What cannot be noted is tried again the next time.
            let _ = library.refuse_file(&path, &stamp, PANICKED);
        }
        give(Record::Refusal(format!("{place} {PANICKED}")))
    })
}

/// Reads a source: hands over a record for each article in it, and one for the whole, until nobody wants them.
fn read_source(
    source: source::Source,
    stamp: Option<(PathBuf, Stamp)>,
    give: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let (mut articles, mut whole) = (Vec::new(), true);
    let mut flow = ControlFlow::Continue(());
    source::read_while(source, &mut |read| {
        let record = match read {
            Ok(article) => {
                articles.push(article.id);
                Record::Article(Box::new(article))
            }
            Err(refused) => {
                whole = false;
                Record::Refusal(refused.to_string())
            }
        };
        flow = give(record);
        flow
    });
    match stamp.filter(|_| whole && flow.is_continue()) {
        Some((path, stamp)) => give(Record::File(FileRead { path, stamp, articles })),
        None => flow,
    }
}

/// As [`answer`]; an article that makes the program fail is refused, and the rest of its file goes on.
fn answer_or_refuse(library: &Library, journal: &ReadJournal, record: Record) -> Answer {
    let origin = if let Record::Article(article) = &record { article.origin.clone() } else { Origin::Unknown };
    let place = origin.to_string();
    let _entry = if let Origin::File(path) = &origin { Some(journal.begin(path)) } else { None };
    caught(|| answer(library, record)).unwrap_or_else(|| Answer::Refusal(format!("{place} {PANICKED}")))
}

/// Finds who speaks in an article, and makes it ready to be kept.
fn answer(library: &Library, record: Record) -> Answer {
    match record {
        Record::Article(article) => {
            let findings = quotes::find(&article.body);
            match Prepared::of(&library.add(*article, findings)) {
                Ok(prepared) => Answer::Article(Box::new(prepared)),
                Err(trouble) => Answer::Refusal(trouble.to_string()),
            }
        }
        Record::Refusal(line) => Answer::Refusal(line),
        Record::File(file) => Answer::File(file),
    }
}
