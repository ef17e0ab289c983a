//! Pictures that were fetched, in files of the user's cache, with a limit.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::NamedTempFile;
use xxhash_rust::xxh3::xxh3_128;

/// How much is kept, in bytes; what was used longest ago goes first.
const MOST_BYTES: u64 = 64 << 20;

/// The files of pictures. Nothing of it has to work: what cannot be kept is fetched again.
#[derive(Debug)]
pub(super) struct PictureCache {
    folder: Option<PathBuf>,
    most: u64,
}

impl PictureCache {
    /// That of the user (`$XDG_CACHE_HOME/pullquote/pictures`).
    pub fn of_user() -> Self {
        use etcetera::BaseStrategy;
        let base = etcetera::choose_base_strategy().ok();
        Self { folder: base.map(|base| base.cache_dir().join("pullquote").join("pictures")), most: MOST_BYTES }
    }

    /// The picture that was fetched from an address, if it is kept.
    pub fn get(&self, url: &str) -> Option<Vec<u8>> {
        let file = self.file(url)?;
        let bytes = fs::read(&file).ok()?;
        // It was used just now.
        let _ = fs::File::options().append(true).open(&file).and_then(|file| file.set_modified(SystemTime::now()));
        Some(bytes)
    }

    /// Keeps a picture, and no more than fits.
    pub fn put(&self, url: &str, bytes: &[u8]) {
        let Some((folder, file)) = self.folder.as_deref().zip(self.file(url)) else { return };
        let write = || {
            fs::create_dir_all(folder)?;
            let mut written = NamedTempFile::new_in(folder)?;
            written.write_all(bytes)?;
            written.persist(file).map_err(|error| error.error)
        };
        if write().is_ok() {
            self.prune(folder);
        }
    }

    fn file(&self, url: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("{:032x}", xxh3_128(url.as_bytes()))))
    }

    fn prune(&self, folder: &Path) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        let known = entries.flatten().filter_map(|entry| {
            let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((metadata.modified().ok()?, metadata.len(), entry.path()))
        });
        let mut known: Vec<_> = known.collect();
        known.sort();
        let mut all: u64 = known.iter().map(|(_, length, _)| length).sum();
        for (_, length, path) in known {
            if all <= self.most {
                return;
            }
            if fs::remove_file(path).is_ok() {
                all -= length;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        let folder = tempfile::TempDir::new().unwrap();
        let cache = PictureCache { folder: Some(folder.path().join("deep/pictures")), most: 250 };
        let age = |url: &str, seconds| {
            let file = fs::File::options().append(true).open(cache.file(url).unwrap()).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
        };
        cache.put("https://a.example/1", &[1; 100]);
        cache.put("https://a.example/2", &[2; 100]);
        age("https://a.example/1", 20);
        age("https://a.example/2", 10);
        assert_eq!(cache.get("https://a.example/1").unwrap(), [1; 100]);
        cache.put("https://a.example/../3", &[3; 100]);
        assert!(cache.get("https://a.example/2").is_none(), "the other one was used since");
        assert!(cache.get("https://a.example/1").is_some() && cache.get("https://a.example/../3").is_some());
        let none = PictureCache { folder: None, most: 0 };
        none.put("https://a.example/1", &[1]);
        assert!(none.get("https://a.example/1").is_none());
    }
}
