//! Reads the configuration and its themes again: when the user asks for it, and when a file of theirs changes.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, never, select, unbounded};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::{Message, MessageSender, worker};
use crate::config::{self, ConfigFile};
use crate::fetch::Logins;
use crate::ingest::Priority;
use crate::library::Library;

/// How long it must be quiet before a file that has changed is read: editors write in several steps.
const QUIET_TIME: Duration = Duration::from_millis(200);

/// What has come of reading it again.
#[derive(Debug, Clone)]
pub struct Reloaded {
    /// The configuration, or why there is none.
    pub read: Result<ConfigFile, String>,
    /// Whether the user asked for it.
    pub is_asked: bool,
}

/// Starts the thread that reads the configuration again: the file that is `named`, else the one at the default path. Each
/// message asks for it.
pub(super) fn start(
    named: Option<PathBuf>,
    (library, logins): (&Arc<Library>, &Logins),
    sender: &MessageSender,
) -> io::Result<Sender<()>> {
    let (asking, asked) = unbounded();
    let (answers, library, logins) = (sender.clone(), Arc::clone(library), logins.clone());
    worker::start("reading the configuration", Priority::Normal, sender, move || {
        let path = named.clone().or_else(config::default_path);
        let mut watched = path.and_then(|path| Watched::start(&path, config::themes_folder(named.as_deref())));
        let no_changes = never();
        let changes = watched.as_ref().map_or_else(|| no_changes, |watched| watched.changes.clone());
        while let Some(is_asked) = next(&asked, &changes) {
            // Before it is read: what changes after that is told.
            if let Some(watched) = &mut watched {
                watched.watch();
            }
            let read = config::load(named.as_deref()).map_err(|error| crate::text::clean_line(&error.to_string()));
            // As with all else: of a configuration in which something is wrong, nothing is taken over.
            if let Ok(file) = &read
                && file.summary().is_none()
            {
                library.set_rules(file.config.rules.clone());
                library.set_sites(&file.config.sites);
                logins.set(file.config.logins.clone());
            }
            if !answers.send(Message::Reloaded(Box::new(Reloaded { read, is_asked }))) {
                return;
            }
        }
    })?;
    Ok(asking)
}

/// Waits until it is to be read; says whether the user asked, or nothing when nobody can ask any more.
fn next(asked: &Receiver<()>, changes: &Receiver<()>) -> Option<bool> {
    select! {
        recv(asked) -> asked => asked.ok().map(|()| true),
        recv(changes) -> _ => {
            while changes.recv_timeout(QUIET_TIME).is_ok() {}
            Some(false)
        }
    }
}

/// The configuration and its themes, watched.
struct Watched {
    watcher: RecommendedWatcher,
    /// The file, where it leads if it is a link, and the folder of the themes: whether or not they are there.
    paths: Vec<PathBuf>,
    changes: Receiver<()>,
}

impl Watched {
    /// Reports each change of a file and of the themes beside it, also of a file or a folder that only comes to be. Editors put
    /// another file in its place: its folder is watched. Where the system has no watches left, the user can still ask.
    fn start(path: &Path, themes: Option<PathBuf>) -> Option<Self> {
        let (report, changes) = unbounded();
        let path = std::path::absolute(path).ok()?;
        // A link to what is not there yet leads nowhere so far.
        let target =
            path.canonicalize().or_else(|_| Ok::<_, io::Error>(path.parent().unwrap_or(&path).join(path.read_link()?)));
        let themes = themes.and_then(|themes| std::path::absolute(themes).ok());
        let files: Vec<_> = target.ok().into_iter().chain([path]).collect();
        let paths: Vec<_> = files.iter().cloned().chain(themes.clone().map(|themes| themes.join("any.toml"))).collect();
        let is_theme = move |changed: &Path| {
            let is_file = changed.extension() == Some(OsStr::new("toml")) && changed.parent() == themes.as_deref();
            is_file || themes.as_deref().is_some_and(|themes| themes.starts_with(changed))
        };
        let tell = move |change: notify::Result<notify::Event>| {
            // A folder above may have come, or gone.
            let is_it = |changed: &PathBuf| files.iter().any(|file| file.starts_with(changed)) || is_theme(changed);
            if change.is_ok_and(|change| !change.kind.is_access() && change.paths.iter().any(is_it)) {
                let _ = report.send(());
            }
        };
        let watcher = notify::recommended_watcher(tell).ok()?;
        let mut all = Self { watcher, paths, changes };
        all.watch();
        Some(all)
    }

    /// Watches the folders in which the files lie, and those above, as far as they are there: one may have come, or another in
    /// its place.
    fn watch(&mut self) {
        /// How many folders of each are watched.
        const FOLDERS: usize = 2;
        for path in &self.paths {
            let there = path.ancestors().skip(1).filter(|folder| folder.is_dir());
            for folder in there.take(FOLDERS) {
                let _ = self.watcher.watch(folder, RecursiveMode::NonRecursive);
            }
        }
    }
}
