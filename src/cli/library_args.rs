//! Which library a command works with.

use std::path::PathBuf;

use clap::Args;

use super::Error;
use super::error::{in_shell, show_message};
use crate::library::{self, Library};

/// Which library.
#[derive(Debug, Clone, Default, Args)]
pub struct LibraryArguments {
    /// The file of the library; by default one in the data folder (`~/.local/share/pullquote`)
    #[arg(long, value_name = "FILE", global = true, value_hint = clap::ValueHint::FilePath)]
    library: Option<PathBuf>,
    /// Use no library: nothing is saved
    #[arg(long, global = true, conflicts_with = "library")]
    no_library: bool,
}

impl LibraryArguments {
    /// The library, and why nothing can be written to it, where that is so: it is read-only then, or one in memory.
    pub fn open(&self) -> (Library, Option<library::Error>) {
        match self.path().map(|path| Library::open_or_read_only(&path)) {
            None => (Library::default(), None),
            Some(Ok(library)) if library.may_write() => (library, None),
            Some(Ok(library)) => (library, Some(library::Error::ReadOnly)),
            Some(Err(error)) => (Library::default(), Some(error)),
        }
    }

    /// The library, for a command that only looks: where there is none, none is made.
    pub fn look_into(&self) -> Result<Library, Error> {
        match self.path() {
            Some(path) if path.exists() => Ok(Library::open_or_read_only(&path)?),
            Some(path) => {
                library::check_name(&path)?;
                Ok(Library::default())
            }
            None => Ok(Library::default()),
        }
    }

    /// As [`LibraryArguments::look_into`], also where what the user did can be read in part only; and why, for each part.
    pub fn look_into_what_is_readable(&self) -> Result<(Library, Vec<library::Error>), Error> {
        match self.path() {
            Some(path) if path.exists() => Ok(Library::open_what_is_readable(&path)?),
            _ => Ok((self.look_into()?, Vec::new())),
        }
    }

    /// Returns the library where no paths are given and there is something in it, or will be: articles, folders, feeds.
    /// Else the paths are meant, or the samples.
    pub fn unless_given(&self, paths: &[PathBuf]) -> Result<Option<Library>, Error> {
        if !paths.is_empty() {
            return Ok(None);
        }
        let library = self.look_into()?;
        let is_unused = library.is_bare()? && library.folders()?.is_empty();
        Ok((!is_unused).then_some(library))
    }

    /// The library, for a command that writes into it.
    pub fn open_or_fail(&self) -> Result<Library, Error> {
        let path = self.path().ok_or(Error::NoLibrary)?;
        Ok(Library::open(&path)?)
    }

    /// The path of the library; `None` without one.
    pub fn file(&self) -> Option<PathBuf> {
        if self.no_library { None } else { self.library.clone().or_else(library::default_path) }
    }

    /// What commands that are named to the user need to work with the same library, in a shell: a blank and `--library FILE`;
    /// nothing where the user gave none.
    pub fn typed(&self) -> String {
        self.library.as_ref().map_or_else(String::new, |path| format!(" --library {}", in_shell(path)))
    }

    /// The path of the library. Prints a notice where opening it will take a while, as it does with large libraries of
    /// earlier versions.
    fn path(&self) -> Option<PathBuf> {
        let path = self.file()?;
        if library::is_outdated(&path) {
            show_message("upgrading the library to the newest version, once; a copy of the old one is kept beside it");
        }
        Some(path)
    }
}
