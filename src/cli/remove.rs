//! `pullquote remove`: feeds and folders leave the library.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Error;
use super::add::InputArguments;
use super::error::{Found, Outcome};
use super::library_args::LibraryArguments;
use super::set::source_named;
use crate::ingest::absolute;
use crate::library::Library;
use crate::text::counted;

/// Removes feeds and folders. The articles of a feed stay. One that is unknown keeps none of the others; the exit code
/// is 2 then.
pub fn run(arguments: InputArguments, library_args: &LibraryArguments) -> Outcome {
    let (addresses, paths) = arguments.split();
    let library = library_args.open_or_fail()?;
    // What is no path may be the name of a feed, as for the other commands.
    let (names, paths): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| names_a_feed(&library, path));
    let names = names.iter().map(|name| name.to_string_lossy().into_owned());
    let feeds = addresses.into_iter().chain(names);
    let mut failures: Vec<_> = feeds.filter_map(|feed| unsubscribe(&library, &feed).err()).collect();
    let removed = if paths.is_empty() { Ok(Found::Something) } else { remove_folders(&library, &paths) };
    let last = failures.pop();
    for failure in &failures {
        failure.show(&library_args.typed());
    }
    last.map_or(removed, Err)
}

/// Whether nothing lies at a path, no folder of the library is missing there, and feeds have it as their name.
fn names_a_feed(library: &Library, path: &Path) -> bool {
    let named = || source_named(library, &path.to_string_lossy());
    let is_missing = || library.folders().is_ok_and(|folders| folders.contains(&absolute(path)));
    !path.exists() && !is_missing() && matches!(named(), Ok(_) | Err(Error::SeveralSources(..)))
}

fn unsubscribe(library: &Library, address: &str) -> Result<(), Error> {
    let source = source_named(library, address)?;
    library.unsubscribe(source.id)?;
    writeln!(io::stdout(), "unsubscribed from {}; its articles stay", source.name())?;
    Ok(())
}

/// Removes folders or files from the library; the files themselves stay where they are.
fn remove_folders(library: &Library, paths: &[PathBuf]) -> Outcome {
    let mut removed = 0;
    for path in paths {
        removed += library.remove(&absolute(path))?;
    }
    let articles = counted(removed, "article");
    writeln!(io::stdout(), "{articles} removed; marks are kept in case they return")?;
    Ok(if removed == 0 { Found::Nothing } else { Found::Something })
}
