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
/// What is there and no file is left alone: writing to a pipe would block as long as no program reads it.
pub fn write(typed: &str, text: &str, overwrite: bool) -> io::Result<()> {
    let path = path(typed);
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        return Err(io::Error::other(if path.is_dir() { "it is a folder" } else { "it is no file" }));
    }
    let mut options = OpenOptions::new();
    options.write(true);
    if overwrite {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_is_left_alone() {
        let folder = tempfile::TempDir::new().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let write = |path: &std::path::Path| write(path.to_str().unwrap(), "text", true).unwrap_err().to_string();
        assert_eq!(write(&pipe), "it is no file");
        assert_eq!(write(folder.path()), "it is a folder");
    }
}
