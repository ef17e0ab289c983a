//! Scans what there is to read: the library first, then what has changed in files and folders.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crossbeam_channel::Sender;

use super::context::Context;
use super::read_jobs::{ReadJob, ReadRequest, ReadResult};
use super::worker::Cancel;
use crate::app::Event;
use crate::catalog::SkippedFile;
use crate::ingest::{Item, ReadJournal, Scanned, absolute, is_absent, is_address, scan};
use crate::library::{self, FileId, Scope};

/// Reports what the library knows, and hands out what is to be read.
pub(super) struct Scanner {
    pub context: Context,
    pub journal: Arc<ReadJournal>,
    /// How many jobs were handed out.
    pub known: Arc<AtomicUsize>,
    pub jobs: Sender<ReadJob>,
    pub results: Sender<ReadResult>,
    pub cancel: Cancel,
}

impl Scanner {
    pub fn run(&self, request: &ReadRequest) {
        if let Err(error) = self.scan(request) {
            self.context.sender.fail(&error);
        }
    }

    fn scan(&self, request: &ReadRequest) -> Result<(), library::Error> {
        if let ReadRequest::Changed(paths) = request {
            return self.scan_changed(paths);
        }
        let Context { library, sender, .. } = &self.context;
        sender.emit(Event::UserState(Box::new(library.user_state().as_ref().clone())));
        let (roots, scope) = match request {
            ReadRequest::Paths(paths) => {
                let roots = self.roots(paths);
                (roots.clone(), Scope::Under(roots))
            }
            ReadRequest::Library | ReadRequest::Changed(_) => (library.folders()?, Scope::Whole),
        };
        let listed = self.list(&scope);
        self.journal.examine_left_behind(library)?;
        self.report_reappeared()?;
        if *request == ReadRequest::Library && roots.is_empty() && library.is_bare()? {
            self.walk(&[], &mut HashSet::new())?;
        } else if !roots.is_empty() {
            // Asked before the walk: files that are committed during the walk are not yet known to it, and would look
            // as if they had vanished.
            let mut known: HashSet<FileId> = library.files_under(&roots)?.into_iter().collect();
            self.walk(&roots, &mut known)?;
            // What the walk was stopped before it came to has not vanished.
            if !self.cancel.is_cancelled() {
                self.report(ReadResult::Vanished(known.into_iter().collect()));
            }
        }
        listed?;
        let _ = library.outdated()?.into_iter().try_for_each(|id| self.hand_out(ReadJob::Renew(id)));
        Ok(())
    }

    /// Hands out what has changed at these paths.
    fn scan_changed(&self, paths: &[PathBuf]) -> Result<(), library::Error> {
        let (there, gone): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|path| path.exists());
        // Without a path the samples would be meant.
        if !there.is_empty() {
            self.walk(&there, &mut HashSet::new())?;
        }
        self.report(ReadResult::Vanished(self.context.library.files_under(&gone)?));
        Ok(())
    }

    /// Reports files that the library has as missing although they are there, wherever they lie.
    fn report_reappeared(&self) -> Result<(), library::Error> {
        let missing = self.context.library.missing_files()?.into_iter();
        let present: Vec<FileId> = missing.filter(|(_, path)| !is_absent(path)).map(|(file, _)| file).collect();
        if !present.is_empty() {
            self.report(ReadResult::Reappeared(present));
        }
        Ok(())
    }

    /// The paths as the library knows them: absolute. Without a library they stay as they were typed.
    fn roots(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        let absolute = |path: &PathBuf| match self.context.library.path() {
            Some(_) if path != Path::new("-") && !is_address(path) => absolute(path),
            _ => path.clone(),
        };
        paths.iter().map(absolute).collect()
    }

    /// Reports the headlines that the library has.
    fn list(&self, scope: &Scope) -> Result<(), library::Error> {
        let Context { library, loaded, sender, .. } = &self.context;
        library.list(scope, &mut |headlines| {
            loaded.add(headlines.iter().map(|headline| headline.id));
            if sender.emit(Event::Arrived(headlines)) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
    }

    /// Hands out what is new or has changed, and removes the files that are there from `absent`.
    fn walk(&self, roots: &[PathBuf], absent: &mut HashSet<FileId>) -> Result<(), library::Error> {
        let hidden = scan(roots, &self.context.library, &mut |scanned| {
            if let Some(known) = &scanned.known {
                absent.remove(&known.id);
            }
            let Some(known) = scanned.unchanged() else {
                let input = scanned.input.with_logins(&self.context.logins);
                return self.hand_out(ReadJob::Read(Scanned { input, ..scanned }));
            };
            if known.gone {
                self.report(ReadResult::Reappeared(vec![known.id]));
            }
            if let Some(reason) = &known.refusal {
                let skipped = SkippedFile::new(&scanned.input.to_string(), reason);
                self.report(ReadResult::Item(Item::Skipped(skipped)));
            }
            ControlFlow::Continue(())
        })?;
        if hidden > 0 {
            self.context.sender.emit(Event::HiddenSkipped(hidden));
        }
        Ok(())
    }

    fn hand_out(&self, job: ReadJob) -> ControlFlow<()> {
        self.known.fetch_add(1, Ordering::Relaxed);
        let is_wanted = !self.cancel.is_cancelled() && self.jobs.send(job).is_ok();
        if is_wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    fn report(&self, result: ReadResult) {
        // Where the receiver is gone, the program ends.
        let _ = self.results.send(result);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crossbeam_channel::unbounded;

    use super::super::message_channel;
    use super::*;
    use crate::library::Library;

    /// How many files a scan of a folder with two files hands out, and which files it reports as missing.
    fn scanned(cancel: Cancel) -> (usize, Vec<Vec<FileId>>) {
        let folder = tempfile::TempDir::new().unwrap();
        let news = folder.path().join("news");
        fs::create_dir(&news).unwrap();
        for name in ["tide.txt", "storm.txt"] {
            fs::write(news.join(name), "Tide\nIt is high.\n").unwrap();
        }
        let library = Arc::new(Library::open(&folder.path().join("library.sqlite3")).unwrap());
        let (sender, _messages) = message_channel();
        let ((writes, _), (jobs, to_read), (results, collected)) = (unbounded(), unbounded(), unbounded());
        let journal = Arc::new(ReadJournal::start(&library));
        let context = Context::on(library, writes, sender);
        Scanner { context, journal, known: Arc::default(), jobs, results, cancel }.run(&ReadRequest::Paths(vec![news]));
        let vanished = collected.try_iter().filter_map(|result| match result {
            ReadResult::Vanished(files) => Some(files),
            _ => None,
        });
        (to_read.try_iter().count(), vanished.collect())
    }

    #[test]
    fn scan_that_is_stopped_reports_no_file_as_vanished() {
        assert_eq!(scanned(Cancel::default()), (2, vec![Vec::new()]));
        let stopped = Cancel::default();
        stopped.stop();
        assert_eq!(scanned(stopped), (0, Vec::new()));
    }
}
