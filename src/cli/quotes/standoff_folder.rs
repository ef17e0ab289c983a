//! A folder of standoff files: `text/NAME.txt` beside `attributions/NAME.ann`.

use std::collections::{HashMap, HashSet};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::article::{Article, Origin};
use crate::cli::Error;
use crate::cli::error::show_message;
use crate::export::BRAT_CONFIGURATION;
use crate::text::{clean_line, counted};

/// The folders inside.
const PARTS: [&str; 2] = ["text", "attributions"];

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
    /// Opens a folder, made where it is missing; refuses one that holds articles or annotations unless forced.
    pub fn open(root: &Path, force: bool) -> Result<Self, Error> {
        let folder = Self { root: root.to_path_buf(), force, names: HashSet::new(), asked: HashMap::new() };
        for part in PARTS.map(|part| root.join(part)) {
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
        let path = self.root.join("annotation.conf");
        if !path.exists() {
            fs::write(&path, BRAT_CONFIGURATION).map_err(|error| Error::Unwritable(path.clone(), error))?;
        }
        show_message(&format!("wrote {} to {}", counted(self.names.len(), "article"), self.root.display()));
        Ok(())
    }

    fn create(&self, name: &str, words: &str) -> Result<(), Error> {
        let path = self.root.join(name);
        let mut options = OpenOptions::new();
        if self.force {
            options.create(true).truncate(true);
        } else {
            options.create_new(true);
        }
        let written = options.write(true).open(&path).and_then(|mut file| file.write_all(words.as_bytes()));
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
        assert_eq!((stem(&Origin::Input), stem(&Origin::Unknown)), ("input".to_owned(), "article".to_owned()));
    }
}
