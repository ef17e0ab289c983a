//! Looks what there is to read: the library first, then what has changed in files and folders.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crossbeam_channel::Sender;

use super::loaded::Loaded;
use super::readers::{Read, ReadRequest};
use super::{MessageSender, write_worker};
use crate::app::Event;
use crate::article::ArticleId;
use crate::catalog::SkippedFile;
use crate::ingest::{Item, ReadJournal, Scanned, absolute, is_absent, is_address, scan};
use crate::library::{self, Library, Scope};

/// Something to do for the threads that read.
#[derive(Debug)]
pub(super) enum Job {
    /// Read an input.
    Read(Scanned),
    /// Find anew who speaks in an article.
    Renew(ArticleId),
}

/// The one who looks.
pub(super) struct Look {
    pub library: Arc<Library>,
    pub loaded: Arc<Loaded>,
    pub known: Arc<AtomicUsize>,
    pub journal: Arc<ReadJournal>,
    pub inbox: MessageSender,
}

impl Look {
    /// Reports what the library knows, and hands out what is to be read.
    pub fn run(&self, what: &ReadRequest, jobs: &Sender<Job>, results: &Sender<Read>) {
        if let Err(error) = self.look(what, jobs, results) {
            self.inbox.emit(Event::Failed(write_worker::explained(&error)));
        }
    }

    fn look(&self, what: &ReadRequest, jobs: &Sender<Job>, results: &Sender<Read>) -> Result<(), library::Error> {
        if let ReadRequest::Changed(paths) = what {
            return self.look_again(paths, jobs, results);
        }
        self.inbox.emit(Event::UserState(Box::new(self.library.memory().as_ref().clone())));
        let (roots, scope) = match what {
            ReadRequest::Paths(paths) => {
                let roots = self.roots(paths);
                (roots.clone(), Scope::Under(roots))
            }
            ReadRequest::Library | ReadRequest::Changed(_) => (self.library.folders()?, Scope::Whole),
        };
        let listed = self.list(&scope);
        self.journal.examine_left_behind(&self.library)?;
        self.look_for_missing(results)?;
        if *what == ReadRequest::Library && roots.is_empty() && self.library.is_bare()? {
            self.walk(&[], &mut HashSet::new(), jobs, results)?;
        } else if !roots.is_empty() {
            // Asked before the walk: files that are committed during the walk are not yet known to it, and would look
            // as if they had vanished.
            let mut known: HashSet<i64> = self.library.files_under(&roots)?.into_iter().collect();
            self.walk(&roots, &mut known, jobs, results)?;
            let _ = results.send(Read::Vanished(known.into_iter().collect()));
        }
        listed?;
        let _ = self.library.outdated()?.into_iter().try_for_each(|id| self.hand_out(Job::Renew(id), jobs));
        Ok(())
    }

    /// Hands out what has changed at these paths.
    fn look_again(&self, paths: &[PathBuf], jobs: &Sender<Job>, results: &Sender<Read>) -> Result<(), library::Error> {
        let (there, gone): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|path| path.exists());
        // Without a path the samples would be meant.
        if !there.is_empty() {
            self.walk(&there, &mut HashSet::new(), jobs, results)?;
        }
        let _ = results.send(Read::Vanished(self.library.files_under(&gone)?));
        Ok(())
    }

    /// Reports files that the library has as missing although they are there, wherever they lie.
    fn look_for_missing(&self, results: &Sender<Read>) -> Result<(), library::Error> {
        let missing = self.library.missing_files()?.into_iter();
        let present: Vec<i64> = missing.filter(|(_, path)| !is_absent(path)).map(|(file, _)| file).collect();
        if !present.is_empty() {
            let _ = results.send(Read::Reappeared(present));
        }
        Ok(())
    }

    /// The paths as the library knows them: absolute. Without a library they stay as they were typed.
    fn roots(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        let absolute = |path: &PathBuf| match self.library.place() {
            Some(_) if path != Path::new("-") && !is_address(path) => absolute(path),
            _ => path.clone(),
        };
        paths.iter().map(absolute).collect()
    }

    /// Reports the headlines that the library has.
    fn list(&self, scope: &Scope) -> Result<(), library::Error> {
        self.library.list(scope, &mut |headlines| {
            self.loaded.add(headlines.iter().map(|headline| headline.id));
            if self.inbox.emit(Event::Arrived(headlines)) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
    }

    /// Hands out what is new or has changed, and takes the files that are there out of `absent`.
    fn walk(
        &self,
        roots: &[PathBuf],
        absent: &mut HashSet<i64>,
        jobs: &Sender<Job>,
        results: &Sender<Read>,
    ) -> Result<(), library::Error> {
        let hidden = scan(roots, &self.library, &mut |scanned| {
            if let Some(known) = &scanned.known {
                absent.remove(&known.number);
            }
            let Some(known) = scanned.unchanged() else { return self.hand_out(Job::Read(scanned), jobs) };
            if known.gone {
                let _ = results.send(Read::Reappeared(vec![known.number]));
            }
            if let Some(reason) = &known.refusal {
                let skipped = SkippedFile::new(&scanned.input.to_string(), reason);
                let _ = results.send(Read::Item(Item::Skipped(skipped)));
            }
            ControlFlow::Continue(())
        })?;
        if hidden > 0 {
            self.inbox.emit(Event::PassedOver(hidden));
        }
        Ok(())
    }

    fn hand_out(&self, job: Job, jobs: &Sender<Job>) -> ControlFlow<()> {
        self.known.fetch_add(1, Ordering::Relaxed);
        if jobs.send(job).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}
