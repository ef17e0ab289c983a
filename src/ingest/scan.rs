//! Scanning: the files under paths, and their records in the library.

use std::fs;
use std::io::ErrorKind;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rustix::io::Errno;

use super::input::{self, InputSource};
use crate::formats;
use crate::library::{self, FileFingerprint, KnownFile, Library};

/// An input as it was found, before it is read.
#[derive(Debug)]
pub struct Scanned {
    /// What is to be read.
    pub input: InputSource,
    /// Where it lies and what a change of it shows by; none for what is no file.
    pub file: Option<(PathBuf, FileFingerprint)>,
    /// The record of the file in the library.
    pub known: Option<KnownFile>,
}

impl Scanned {
    fn of(input: InputSource, library: &Library) -> Result<Self, library::Error> {
        let path = if let InputSource::File(path) = &input { Some(path) } else { None };
        let file = path.and_then(|path| Some((path.clone(), fingerprint_of(path)?)));
        let known = file.as_ref().map_or(Ok(None), |(path, _)| library.file(path))?;
        Ok(Self { input, file, known })
    }

    /// The record of the file in the library, where it has not changed since it was read.
    pub fn unchanged(&self) -> Option<&KnownFile> {
        let (_, now) = self.file.as_ref()?;
        self.known.as_ref().filter(|known| known.fingerprint == *now)
    }

    /// Where the file lies.
    pub fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|(path, _)| path.as_path())
    }

    /// How long the file is, in bytes; 0 for what is no file.
    pub fn size(&self) -> i64 {
        self.file.as_ref().map_or(0, |(_, fingerprint)| fingerprint.size)
    }
}

/// Hands what `paths` lead to to `visit`, in order, until it breaks off; the samples where there are no paths. Returns how
/// many hidden files and folders were skipped.
///
/// # Errors
///
/// When the library is damaged.
pub fn scan(
    paths: &[PathBuf],
    library: &Library,
    visit: &mut dyn FnMut(Scanned) -> ControlFlow<()>,
) -> Result<usize, library::Error> {
    let mut result = Ok(());
    let hidden = input::find_inputs(paths, &mut |input| match Scanned::of(input, library) {
        Ok(scanned) => visit(scanned),
        Err(error) => {
            result = Err(error);
            ControlFlow::Break(())
        }
    });
    result.map(|()| hidden)
}

/// The path from the root, links followed where it leads somewhere: the same for the same file.
pub fn absolute(path: &Path) -> PathBuf {
    let made_absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    path.canonicalize().unwrap_or_else(|_| made_absolute())
}

/// Whether no file is at a path: nothing, a folder, or links that lead in a circle. What cannot be looked at, because its
/// folder may not be entered say, is not absent.
pub fn is_absent(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(metadata) => !metadata.is_file(),
        Err(error) => {
            matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
                || Errno::from_io_error(&error) == Some(Errno::LOOP)
        }
    }
}

/// What a change of the file at a path shows by.
pub(super) fn fingerprint_of(path: &Path) -> Option<FileFingerprint> {
    let metadata = fs::metadata(path).ok()?;
    let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    Some(FileFingerprint { size: metadata.len() as i64, modified: modified as i64, reader: formats::VERSION })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn file_is_present_and_nothing_else() {
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
