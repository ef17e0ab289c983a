//! A folder of standoff files: `text/NAME.txt` beside `attributions/NAME.ann`.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::article::{Article, Origin};
use crate::cli::Error;
use crate::cli::error::show_message;
use crate::export::BRAT_CONFIGURATION;
use crate::text::{clean_line, counted};

/// The folders inside.
const PARTS: [&str; 2] = ["text", "attributions"];

/// The longest name of a file without its ending, in bytes: most file systems allow 255, of which the ending and the
/// number of a second article of that name have some.
const LONGEST_NAME: usize = 230;

/// A folder to which articles are written.
pub struct StandoffFolder {
    root: PathBuf,
    /// Whether files that are there may be written over.
    force: bool,
    /// The names used so far, in lower case: some file systems ignore case.
    names: HashSet<String>,
    /// How often each name was used.
    asked: HashMap<String, usize>,
}

impl StandoffFolder {
    /// Opens a folder, made where it is missing; refuses one that holds articles or annotations unless forced, and one
    /// whose parts are links that lead elsewhere.
    pub fn open(root: &Path, force: bool) -> Result<Self, Error> {
        let folder = Self { root: root.to_path_buf(), force, names: HashSet::new(), asked: HashMap::new() };
        for part in PARTS.map(|part| root.join(part)) {
            if part.is_symlink() {
                return Err(Error::Unwritable(part, io::Error::other("it is a symbolic link")));
            }
            fs::create_dir_all(&part).map_err(|error| Error::Unwritable(part.clone(), error))?;
            let mut entries = fs::read_dir(&part).map_err(|error| Error::Unreadable(part.clone(), error))?;
            if !force && entries.next().is_some() {
                return Err(Error::WouldOverwrite(part));
            }
        }
        Ok(folder)
    }

    /// Writes an article and its annotations.
    pub fn write(&mut self, article: &Article, annotations: &str) -> Result<(), Error> {
        let name = self.name_of(article);
        let text = article.body.text().to_owned() + "\n";
        self.create(&format!("text/{name}.txt"), &text)?;
        self.create(&format!("attributions/{name}.ann"), annotations)
    }

    /// Writes what BRAT needs beside the articles, and prints how many there are.
    pub fn finish(self) -> Result<(), Error> {
        match self.create_new("annotation.conf", BRAT_CONFIGURATION) {
            Ok(()) | Err(Error::WouldOverwrite(_)) => {}
            Err(error) => return Err(error),
        }
        show_message(&format!("wrote {} to {}", counted(self.names.len(), "article"), self.root.display()));
        Ok(())
    }

    /// Writes a file in the place of one that may be there. A link that is there goes, and what it leads to stays.
    fn create(&self, name: &str, words: &str) -> Result<(), Error> {
        if self.force {
            let path = self.root.join(name);
            fs::remove_file(&path)
                .or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
                .map_err(|error| Error::Unwritable(path, error))?;
        }
        self.create_new(name, words)
    }

    fn create_new(&self, name: &str, words: &str) -> Result<(), Error> {
        let path = self.root.join(name);
        let written = File::create_new(&path).and_then(|mut file| file.write_all(words.as_bytes()));
        written.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Error::WouldOverwrite(path),
            _ => Error::Unwritable(path, error),
        })
    }

    /// A name for the files of an article that no other has.
    fn name_of(&mut self, article: &Article) -> String {
        let name = stem(&article.origin);
        let asked = self.asked.entry(name.to_lowercase()).or_default();
        let mut unique = name.clone();
        *asked += 1;
        if *asked > 1 {
            unique = format!("{name}-{asked}");
        }
        while !self.names.insert(unique.to_lowercase()) {
            *asked += 1;
            unique = format!("{name}-{asked}");
        }
        unique
    }
}

/// The name of the file that an article comes from, its extensions left out.
fn stem(origin: &Origin) -> String {
    let file = match origin {
        Origin::File(path) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        Origin::Bundled(name) => (*name).to_owned(),
        Origin::Web(address) => address.trim_end_matches('/').to_owned(),
        Origin::Input => "input".to_owned(),
        Origin::Unknown => String::new(),
    };
    let file = file.strip_suffix(".gz").unwrap_or(&file);
    let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = clean_line(&stem).replace(['/', '\\', ':'], "-");
    let stem = stem.trim().trim_start_matches('.');
    let stem = stem[..stem.floor_char_boundary(LONGEST_NAME)].trim_end();
    if stem.is_empty() { "article".to_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_name_is_that_of_the_origin() {
        let of = |path: &str| stem(&Origin::File(PathBuf::from(path)));
        assert_eq!(of("news/2024-01-26.bridge.txt.gz"), "2024-01-26.bridge");
        assert_eq!(of("news/.hidden"), "hidden");
        assert_eq!(of("a\\b\u{1b}[31m.txt"), "a-b");
        assert_eq!(of(&format!("news/{}.md", "b".repeat(252))), "b".repeat(230));
        assert_eq!(of(&format!("news/a{}.md", "é".repeat(126))), format!("a{}", "é".repeat(114)), "no half letter");
        assert_eq!((stem(&Origin::Input), stem(&Origin::Unknown)), ("input".to_owned(), "article".to_owned()));
    }
}
