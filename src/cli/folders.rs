//! `pullquote add`, `list` and `remove`: which folders are part of the library.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;

use super::Error;
use super::error::{Found, Outcome, say};
use super::library_args::LibraryArguments;
use crate::ingest::{ReadJournal, Totals, absolute, ingest_paths};
use crate::library::{Library, Scope};
use crate::text::{clean_line, counted};

/// What `pullquote add` and `pullquote remove` take.
#[derive(Debug, Args)]
pub struct FolderArguments {
    /// Addresses, folders or files
    #[arg(value_name = "URL|PATH", required = true, value_hint = clap::ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
}

/// Makes folders part of the library and reads what is new in them.
pub fn add(arguments: &FolderArguments, library_args: &LibraryArguments) -> Outcome {
    if let Some(missing) = arguments.paths.iter().find(|path| !path.exists()) {
        return Err(Error::Missing(missing.display().to_string()));
    }
    let library = library_args.open_or_fail()?;
    let paths: Vec<_> = arguments.paths.iter().map(|path| absolute(path)).collect();
    library.add_folders(&paths)?;
    let journal = ReadJournal::start(&library);
    journal.forget_on_signal()?;
    let Totals { articles, skipped } =
        ingest_paths(&library, &journal, &paths, &mut |skipped| say(&skipped.to_string()))?;
    let refused = if skipped == 0 { String::new() } else { format!(", {skipped} refused") };
    let (read, whole) = (counted(articles, "article"), count(&library, &Scope::Whole)?);
    writeln!(io::stdout(), "{read} read{refused}; {whole} in the library")?;
    Ok(Found::Something)
}

/// Lists the folders that are part of the library, each with the number of its articles, then the whole.
pub fn list(library_args: &LibraryArguments) -> Outcome {
    let library = library_args.look_into()?;
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
pub fn remove(arguments: &FolderArguments, library_args: &LibraryArguments) -> Outcome {
    let library = library_args.open_or_fail()?;
    let mut removed = 0;
    for path in &arguments.paths {
        removed += library.remove(&absolute(path))?;
    }
    let articles = counted(removed, "article");
    writeln!(io::stdout(), "{articles} removed; marks are kept, should they come back")?;
    Ok(if removed == 0 { Found::Nothing } else { Found::Something })
}

fn count(library: &Library, scope: &Scope) -> Result<usize, Error> {
    let mut count = 0;
    library.headlines(scope, &mut |headlines| {
        count += headlines.len();
        ControlFlow::Continue(())
    })?;
    Ok(count)
}
