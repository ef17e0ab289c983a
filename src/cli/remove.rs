//! `pullquote remove`: feeds and folders leave the library.

use std::io::{self, Write};
use std::path::PathBuf;

use super::add::InputArguments;
use super::error::{Found, Outcome};
use super::library_args::LibraryArguments;
use super::set::source_named;
use crate::ingest::absolute;
use crate::text::counted;

/// Removes feeds and folders. The articles of a feed stay.
pub fn run(arguments: InputArguments, library_args: &LibraryArguments) -> Outcome {
    let (addresses, paths) = arguments.split();
    if !addresses.is_empty() {
        let library = library_args.open_or_fail()?;
        for address in &addresses {
            let source = source_named(&library, address)?;
            library.unsubscribe(source.id)?;
            writeln!(io::stdout(), "unsubscribed from {}; its articles stay", source.name())?;
        }
    }
    if paths.is_empty() { Ok(Found::Something) } else { remove_folders(&paths, library_args) }
}

/// Removes folders or files from the library; the files themselves stay where they are.
fn remove_folders(paths: &[PathBuf], library_args: &LibraryArguments) -> Outcome {
    let library = library_args.open_or_fail()?;
    let mut removed = 0;
    for path in paths {
        removed += library.remove(&absolute(path))?;
    }
    let articles = counted(removed, "article");
    writeln!(io::stdout(), "{articles} removed; marks are kept in case they return")?;
    Ok(if removed == 0 { Found::Nothing } else { Found::Something })
}
