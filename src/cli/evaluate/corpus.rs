//! Where the articles of a corpus lie, and their annotations.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::Error;

/// The parts in which corpora come.
const PARTS: [&str; 3] = ["train", "dev", "test"];

/// An article and its annotations.
#[derive(Debug, PartialEq, Eq)]
pub struct CorpusItem {
    /// What the corpus calls it.
    pub name: String,
    /// The file of its text.
    pub text: PathBuf,
    /// The file of its annotations.
    pub annotations: PathBuf,
}

/// The articles of a corpus that can be scored.
#[derive(Debug, Default)]
pub struct Corpus {
    /// By part, then by name.
    pub items: Vec<CorpusItem>,
    /// How many are annotated more than once.
    pub several: usize,
}

/// Finds the articles of the corpus in this folder, or in the folders for its parts.
pub fn find(root: &Path) -> Result<Corpus, Error> {
    let parts: Vec<PathBuf> = if is_part(root) {
        vec![root.to_path_buf()]
    } else {
        PARTS.iter().map(|part| root.join(part)).filter(|part| is_part(part)).collect()
    };
    if parts.is_empty() {
        return Err(Error::NotACorpus(root.to_path_buf()));
    }
    let mut corpus = Corpus::default();
    for part in parts {
        corpus.add(&part).map_err(|error| Error::Unreadable(part.join("attributions"), error))?;
    }
    Ok(corpus)
}

fn is_part(folder: &Path) -> bool {
    folder.join("text").is_dir() && folder.join("attributions").is_dir()
}

impl Corpus {
    fn add(&mut self, part: &Path) -> std::io::Result<()> {
        let mut annotations: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        for entry in fs::read_dir(part.join("attributions"))? {
            let path = entry?.path();
            if let Some(name) = article_of(&path, part) {
                annotations.entry(name).or_default().push(path);
            }
        }
        for (name, mut paths) in annotations {
            let text = text_of(part, &name);
            match paths.pop() {
                Some(path) if paths.is_empty() => self.items.push(CorpusItem { name, text, annotations: path }),
                _ => self.several += 1,
            }
        }
        Ok(())
    }
}

/// The article that a file of annotations belongs to: `NAME.ann`, or `NAME_xxxx.ann` where the four hexadecimal
/// digits stand for the annotator. Nothing where there is no text of that name.
fn article_of(path: &Path, part: &Path) -> Option<String> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".ann")?;
    let without_annotator = || {
        let (name, annotator) = stem.rsplit_once('_')?;
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (annotator.len() == 4 && annotator.bytes().all(is_digit)).then_some(name)
    };
    let names = [Some(stem), without_annotator()];
    names.into_iter().flatten().find(|name| text_of(part, name).is_file()).map(str::to_owned)
}

fn text_of(part: &Path, name: &str) -> PathBuf {
    part.join("text").join(format!("{name}.txt"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    #[test]
    fn text_of_several_annotators_is_left_out() {
        let folder = corpus(&[
            "text/b.txt",
            "attributions/b_00ff.ann",
            "text/a_2024.txt",
            "attributions/a_2024.ann",
            "text/c.txt",
            "attributions/c_1111.ann",
            "attributions/c_2222.ann",
            "attributions/textless_1111.ann",
            "attributions/notes.txt",
        ]);
        let corpus = find(folder.path()).unwrap();
        let names: Vec<_> = corpus.items.iter().map(|item| item.name.as_str()).collect();
        assert_eq!(names, ["a_2024", "b"]);
        assert_eq!(corpus.several, 1);
    }

    #[test]
    fn parts_stand_in_their_order() {
        let folder = corpus(&[
            "test/text/a.txt",
            "test/attributions/a_0000.ann",
            "train/text/z.txt",
            "train/attributions/z_0000.ann",
            "other/text/o.txt",
        ]);
        let names: Vec<_> = find(folder.path()).unwrap().items.into_iter().map(|item| item.name).collect();
        assert_eq!(names, ["z", "a"]);
        assert!(matches!(find(&folder.path().join("other")), Err(Error::NotACorpus(_))));
    }
}
