//! Files in bulk: all cores read and find who speaks, and one thread commits what is ready, each while the others go on.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::thread::{self, Builder};

use crossbeam_channel::bounded;

use super::batch::Batch;
use super::journal::{PANICKED, ReadJournal, caught};
use super::par_ordered::{NoThreads, in_order_each};
use super::read::{Ingested, Item, ingest_input, read_input};
use super::scan::{Scanned, scan};
use crate::article::{Article, Origin};
use crate::catalog::SkippedFile;
use crate::library::{self, Library};

/// A longer file is parted among the cores article by article, in bytes; shorter ones are read on all cores, so that
/// none waits while another waits for the disk.
const LONG: i64 = 1 << 20;

/// Files are handed to a core together until they are this long, in bytes: each by itself, the cores would wait for one
/// another more often (an import took 2 % longer, measured).
const CHUNK: i64 = 32 << 10;

/// The most results that are handed over at once.
const RESULTS_PER_SEND: usize = 16;

/// How much was read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Articles, known ones included.
    pub articles: usize,
    /// What was not read.
    pub skipped: usize,
}

/// Why files were not read into the library.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The library failed.
    #[error(transparent)]
    Library(#[from] library::Error),
    /// Nothing was read.
    #[error(transparent)]
    NoThreads(#[from] NoThreads),
}

/// Something to do for one core.
enum Job {
    Read(Vec<Scanned>),
    Find(Item<Box<Article>>),
}

/// Short files that are read as one job.
#[derive(Default)]
struct FileChunk {
    files: Vec<Scanned>,
    /// How long they are together, in bytes.
    size: i64,
}

/// Reads into the library what is new or has changed under `paths`, and commits it; hands what was not read to
/// `on_skipped`, in order. A file that may have ended an earlier process is read before the others, alone.
///
/// # Errors
///
/// When the library is damaged or cannot be written to, or the system has no threads.
pub fn ingest_paths(
    library: &Library,
    journal: &ReadJournal,
    paths: &[PathBuf],
    on_skipped: &mut dyn FnMut(&SkippedFile),
) -> Result<Totals, IngestError> {
    library.begin_bulk()?;
    journal.examine_left_behind(library)?;
    let suspects = journal.suspects().into_iter().filter(|file| paths.iter().any(|path| file.starts_with(path)));
    let suspects: Vec<_> = suspects.collect();
    let mut totals = Totals::default();
    for paths in suspects.chunks(1).chain([paths]) {
        Bulk { library, journal }.read(paths, &mut totals, on_skipped)?;
    }
    library.merge_segments()?;
    Ok(totals)
}

#[derive(Clone, Copy)]
struct Bulk<'a> {
    library: &'a Library,
    journal: &'a ReadJournal,
}

impl Bulk<'_> {
    fn read(
        self,
        paths: &[PathBuf],
        totals: &mut Totals,
        on_skipped: &mut dyn FnMut(&SkippedFile),
    ) -> Result<(), IngestError> {
        let (batches, waiting) = bounded::<Batch>(1);
        thread::scope(|scope| {
            let commit = move || waiting.iter().try_for_each(|mut batch| batch.commit(self.library));
            let writer = Builder::new().spawn_scoped(scope, commit).map_err(NoThreads)?;
            let mut batch = Batch::default();
            let scanned = in_order_each(
                |sink| self.hand_out(paths, sink),
                |job, sink| self.work(job, sink),
                |items: Vec<Item<Ingested>>| {
                    for item in items {
                        match item {
                            Item::Article(ingested) => {
                                totals.articles += 1;
                                batch.push(ingested);
                            }
                            Item::File(file) => batch.push_file(file),
                            Item::Skipped(skipped) => {
                                totals.skipped += 1;
                                on_skipped(&skipped);
                            }
                        }
                    }
                    // A writer that has failed receives no more.
                    if batch.is_full() && batches.send(std::mem::take(&mut batch)).is_err() {
                        return ControlFlow::Break(());
                    }
                    ControlFlow::Continue(())
                },
            );
            let _ = batches.send(batch);
            drop(batches);
            let committed = writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            committed.and(scanned?).map_err(IngestError::from)
        })
    }

    /// Hands out what is new or has changed under `paths`. A file that was missing is read again.
    fn hand_out(self, paths: &[PathBuf], sink: &mut dyn FnMut(Job) -> ControlFlow<()>) -> Result<(), library::Error> {
        let mut chunk = FileChunk::default();
        scan(paths, self.library, &mut |scanned| match scanned.unchanged().filter(|known| !known.gone) {
            Some(known) => known.refusal.as_ref().map_or(ControlFlow::Continue(()), |reason| {
                sink(Job::Find(Item::Skipped(SkippedFile::new(&scanned.input.to_string(), reason))))
            }),
            None if scanned.size() > LONG => {
                chunk.job().map_or(ControlFlow::Continue(()), &mut *sink)?;
                let entry = scanned.path().map(|path| self.journal.begin(path));
                read_input(scanned, self.library, entry, &mut |item| sink(Job::Find(item)))
            }
            None => chunk.add(scanned).map_or(ControlFlow::Continue(()), &mut *sink),
        })?;
        if let Some(job) = chunk.job() {
            let _ = sink(job);
        }
        Ok(())
    }

    fn work(self, job: Job, sink: &mut dyn FnMut(Vec<Item<Ingested>>) -> ControlFlow<()>) {
        match job {
            Job::Find(item) => {
                let _ = sink(vec![self.find(item)]);
            }
            Job::Read(files) => {
                let mut items = Vec::with_capacity(RESULTS_PER_SEND);
                let flow = files.into_iter().try_for_each(|scanned| {
                    let entry = scanned.path().map(|path| self.journal.begin(path));
                    ingest_input(scanned, self.library, entry, &mut |item| {
                        items.push(item);
                        if items.len() < RESULTS_PER_SEND {
                            ControlFlow::Continue(())
                        } else {
                            sink(std::mem::take(&mut items))
                        }
                    })
                });
                if flow.is_continue() {
                    let _ = sink(items);
                }
            }
        }
    }

    /// Finds who speaks; an article that makes the program fail is skipped, and the rest of its file goes on.
    fn find(self, item: Item<Box<Article>>) -> Item<Ingested> {
        let origin = if let Item::Article(article) = &item { article.origin.clone() } else { Origin::Unknown };
        let _entry = if let Origin::File(path) = &origin { Some(self.journal.begin(path)) } else { None };
        caught(|| item.ingest(self.library))
            .unwrap_or_else(|| Item::Skipped(SkippedFile::new(&origin.to_string(), PANICKED)))
    }
}

impl FileChunk {
    /// Adds a file; returns a job once there is enough.
    fn add(&mut self, file: Scanned) -> Option<Job> {
        self.size += file.size();
        self.files.push(file);
        if self.size < CHUNK { None } else { self.job() }
    }

    fn job(&mut self) -> Option<Job> {
        let files = std::mem::take(self).files;
        (!files.is_empty()).then_some(Job::Read(files))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    #[test]
    fn unchanged_files_are_read_once() {
        let folder = TempDir::new().unwrap();
        let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
        let news = folder.path().join("news");
        fs::create_dir(&news).unwrap();
        for number in 0..50 {
            fs::write(news.join(format!("{number}.txt")), format!("Bulletin {number}\nIt floats.\n")).unwrap();
        }
        fs::write(news.join("a.pdf"), "%PDF-1.7").unwrap();
        // Parted among the cores, as it is long.
        let records = |count| format!("{{\"headline\": \"Long\", \"text\": \"{}\"}}\n", "words ".repeat(count));
        fs::write(news.join("long.jsonl"), (0..40).map(|more| records(5_000 + more)).collect::<String>()).unwrap();
        let journal = ReadJournal::start(&library);
        let ingest = || {
            let mut skipped = Vec::new();
            let on_skipped = &mut |file: &SkippedFile| skipped.push(file.place.clone());
            let totals = ingest_paths(&library, &journal, std::slice::from_ref(&news), on_skipped).unwrap();
            (totals, skipped)
        };
        let pdf = vec![news.join("a.pdf").display().to_string()];
        assert_eq!(ingest(), (Totals { articles: 90, skipped: 1 }, pdf.clone()));
        assert_eq!(library.ids().unwrap().len(), 90);
        assert_eq!(ingest(), (Totals { articles: 0, skipped: 1 }, pdf), "what was skipped is tried again");
    }
}
