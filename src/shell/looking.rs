//! Looks what there is to read: the library first, then what has changed in files and folders.

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::UNIX_EPOCH;

use crossbeam_channel::Sender;
use rustix::io::Errno;

use super::loaded::Loaded;
use super::read_journal::ReadJournal;
use super::reading::{Read, Reading};
use super::source::{self, Source};
use super::{Inbox, keeping};
use crate::app::{Event, Refusal};
use crate::article::ArticleId;
use crate::formats;
use crate::library::{Library, Scope, Stamp, Trouble};

/// Something to do for the threads that read.
#[derive(Debug)]
pub(super) enum Job {
    /// Read a source; a file with what it was like before it was read.
    Read(Source, Option<(PathBuf, Stamp)>),
    /// Find anew who speaks in an article.
    Renew(ArticleId),
}

/// What a person knows it by.
impl fmt::Display for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(source, _) => source.fmt(f),
            Self::Renew(id) => write!(f, "article {id}"),
        }
    }
}

/// The one who looks.
pub(super) struct Look {
    pub library: Arc<Library>,
    pub loaded: Arc<Loaded>,
    pub known: Arc<AtomicUsize>,
    pub journal: Arc<ReadJournal>,
    pub inbox: Inbox,
}

impl Look {
    /// Reports what the library knows, and hands out what is to be read.
    pub fn run(&self, what: &Reading, jobs: &Sender<Job>, results: &Sender<Read>) {
        if let Err(trouble) = self.look(what, jobs, results) {
            self.inbox.report(Event::Failed(keeping::explained(&trouble)));
        }
    }

    fn look(&self, what: &Reading, jobs: &Sender<Job>, results: &Sender<Read>) -> Result<(), Trouble> {
        if let Reading::Changed(paths) = what {
            return self.look_again(paths, jobs, results);
        }
        self.inbox.report(Event::UserState(Box::new(self.library.memory().as_ref().clone())));
        let (roots, scope) = match what {
            Reading::Paths(paths) => {
                let roots = self.roots(paths);
                (roots.clone(), Scope::Under(roots))
            }
            Reading::Library | Reading::Changed(_) => (self.library.folders()?, Scope::Whole),
        };
        let listed = self.list(&scope);
        if let Ok(program) = std::env::current_exe() {
            self.journal.examine_left_behind(&self.library, &program)?;
        }
        self.look_for_missing(results)?;
        if *what == Reading::Library && roots.is_empty() && self.library.is_bare()? {
            self.walk(&[], &mut HashSet::new(), jobs, results)?;
        } else if !roots.is_empty() {
            // Asked before the walk: files that are committed during the walk are not yet known to it, and would look
            // as if they had vanished.
            let mut known: HashSet<i64> = self.library.files_under(&roots)?.into_iter().collect();
            self.walk(&roots, &mut known, jobs, results)?;
            let _ = results.send(Read::Vanished(known.into_iter().collect()));
        }
        listed?;
        for id in self.library.outdated()? {
            if !self.hand_out(Job::Renew(id), jobs) {
                break;
            }
        }
        Ok(())
    }

    /// Hands out what has changed at these paths.
    fn look_again(&self, paths: &[PathBuf], jobs: &Sender<Job>, results: &Sender<Read>) -> Result<(), Trouble> {
        let (there, gone): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|path| path.exists());
        // Without a path the samples would be meant.
        if !there.is_empty() {
            self.walk(&there, &mut HashSet::new(), jobs, results)?;
        }
        let _ = results.send(Read::Vanished(self.library.files_under(&gone)?));
        Ok(())
    }

    /// Reports files that the library has as missing although they are there, wherever they lie.
    fn look_for_missing(&self, results: &Sender<Read>) -> Result<(), Trouble> {
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
            Some(_) if path != Path::new("-") && !source::is_address(path) => absolute(path),
            _ => path.clone(),
        };
        paths.iter().map(absolute).collect()
    }

    /// Reports the headlines that the library has.
    fn list(&self, scope: &Scope) -> Result<(), Trouble> {
        self.library.list(scope, &mut |headlines| {
            self.loaded.add(headlines.iter().map(|headline| headline.id));
            if self.inbox.report(Event::Arrived(headlines)) {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })
    }

    /// Hands out what is new or has changed, and takes the files that are there out of `absent`.
    fn walk(
        &self,
        roots: &[PathBuf],
        absent: &mut HashSet<i64>,
        jobs: &Sender<Job>,
        results: &Sender<Read>,
    ) -> Result<(), Trouble> {
        let mut trouble = None;
        let hidden = source::find(roots, &mut |source| {
            let stamp = stamp_of(&source);
            let known = stamp.as_ref().map_or(Ok(None), |(path, _)| self.library.file(path));
            if let Ok(Some(known)) = &known {
                absent.remove(&known.number);
            }
            let job = match known {
                Ok(Some(known)) if stamp.as_ref().is_some_and(|(_, now)| *now == known.stamp) => {
                    if known.gone {
                        let _ = results.send(Read::Reappeared(vec![known.number]));
                    }
                    if let Some(reason) = known.refusal {
                        let _ = results.send(Read::Refusal(Refusal { place: source.to_string(), reason }));
                    }
                    return ControlFlow::Continue(());
                }
                Ok(_) => Job::Read(source, stamp),
                Err(error) => {
                    trouble = Some(error);
                    return ControlFlow::Break(());
                }
            };
            if self.hand_out(job, jobs) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        if hidden > 0 {
            self.inbox.report(Event::PassedOver(hidden));
        }
        trouble.map_or(Ok(()), Err)
    }

    fn hand_out(&self, job: Job, jobs: &Sender<Job>) -> bool {
        self.known.fetch_add(1, Ordering::Relaxed);
        jobs.send(job).is_ok()
    }
}

/// The path from the root, links followed where it leads somewhere: the same for the same file.
pub fn absolute(path: &Path) -> PathBuf {
    let made_absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    path.canonicalize().unwrap_or_else(|_| made_absolute())
}

/// Whether no file is at a path: nothing, a folder, or links that lead in a circle. What cannot be looked at, because its
/// folder may not be entered say, is not absent.
pub(super) fn is_absent(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(metadata) => !metadata.is_file(),
        Err(error) => {
            matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
                || Errno::from_io_error(&error) == Some(Errno::LOOP)
        }
    }
}

/// By what a change of a file is told; nothing for what is no file.
pub fn stamp_of(source: &Source) -> Option<(PathBuf, Stamp)> {
    let Source::File(path) = source else { return None };
    Some((path.clone(), stamp_of_file(path)?))
}

/// By what a change of the file at a path is told.
pub(super) fn stamp_of_file(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    Some(Stamp { size: metadata.len() as i64, modified: modified as i64, reader: formats::VERSION })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn only_a_file_is_present() {
        let folder = tempfile::TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("file"), "x").unwrap();
        fs::create_dir(at("folder")).unwrap();
        symlink(at("file"), at("link")).unwrap();
        symlink(at("loop"), at("loop")).unwrap();
        symlink(at("nothing"), at("dangling")).unwrap();
        for (name, absent) in [
            ("file", false),
            ("link", false),
            ("folder", true),
            ("loop", true),
            ("dangling", true),
            ("nothing", true),
            ("file/below", true),
        ] {
            assert_eq!(is_absent(&at(name)), absent, "{name}");
        }
    }
}
