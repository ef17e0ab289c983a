//! Files that the user names: where they lie, and writing them.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;

/// The path that was typed, `~/` being the user's own folder.
pub fn path(typed: &str) -> PathBuf {
    match (typed.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(typed),
    }
}

/// Whether something lies at the path that was typed.
pub fn exists(typed: &str) -> bool {
    path(typed).symlink_metadata().is_ok()
}

/// Writes a file; one that is there already only where it may be overwritten: another program may have made it meanwhile.
pub fn write(typed: &str, text: &str, overwrite: bool) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true);
    if overwrite {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    options.open(path(typed))?.write_all(text.as_bytes())
}
