//! From one input to articles that are ready to be committed.

use std::ops::ControlFlow;

use super::journal::{JournalEntry, PANICKED, caught};
use super::scan::Scanned;
use crate::article::{Article, Origin};
use crate::catalog::{Headline, SkippedFile};
use crate::folder::{ReadError, ReadErrorKind};
use crate::library::{self, EncodedArticle, FileRead, Library};
use crate::quotes;

/// An article that can be read and found in the library.
#[derive(Debug)]
pub struct Ingested {
    /// Its line in the list.
    pub headline: Headline,
    /// What is to be committed; none where nothing is written: a sample, or a library that may not be written to.
    pub encoded: Option<Box<EncodedArticle>>,
}

/// What comes of an input, in the order in which it was read; `A` is what an article has become so far.
#[derive(Debug)]
pub enum Item<A> {
    /// An article.
    Article(A),
    /// Something in it, or all of it, was not read.
    Skipped(SkippedFile),
    /// A file was read. Comes after its articles.
    File(FileRead),
}

/// Finds who speaks in an article, from a feed with these tags, adds it to the library, and encodes it.
///
/// # Errors
///
/// When it cannot be encoded; it stays in the memory of the library.
pub fn ingest_article(article: Article, feed_tags: &[String], library: &Library) -> Result<Ingested, library::Error> {
    let is_written = library.may_write() && !matches!(article.origin, Origin::Bundled(_));
    let findings = quotes::find_all(&article.body);
    let entry = library.add(article, findings);
    let encoded = if is_written { Some(Box::new(library.encode_arrival(&entry, feed_tags)?)) } else { None };
    Ok(Ingested { headline: entry.headline(), encoded })
}

impl Item<Box<Article>> {
    /// As [`ingest_article`]; an article that cannot be encoded is skipped.
    pub fn ingest(self, library: &Library) -> Item<Ingested> {
        match self {
            Self::Article(article) => {
                let place = article.origin.to_string();
                match ingest_article(*article, &[], library) {
                    Ok(ingested) => Item::Article(ingested),
                    Err(error) => Item::Skipped(SkippedFile::new(&place, error.to_string())),
                }
            }
            Self::Skipped(skipped) => Item::Skipped(skipped),
            Self::File(file) => Item::File(file),
        }
    }
}

/// As [`ingest_input`], of articles as they were read.
pub(super) fn read_input(
    scanned: Scanned,
    library: &Library,
    entry: Option<JournalEntry<'_>>,
    sink: &mut dyn FnMut(Item<Box<Article>>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let place = scanned.input.to_string();
    let (mut articles, mut is_whole, mut reading) = (Vec::new(), true, library.begin_reading());
    let mut flow = ControlFlow::Continue(());
    let rules = library.input_rules();
    let read = caught(|| {
        scanned.input.read(&rules, &mut |read| {
            let identified = read.map(|mut article| match reading.identify(&mut article) {
                Ok(()) => Ok(article),
                Err(error) => Err(ReadError { origin: article.origin, why: ReadErrorKind::Failed(error.to_string()) }),
            });
            flow = sink(match identified.flatten() {
                Ok(article) => {
                    articles.push(article.id);
                    Item::Article(Box::new(article))
                }
                Err(refused) => {
                    is_whole &= refused.is_note();
                    Item::Skipped(refused.into())
                }
            });
            flow
        });
    });
    drop(entry);
    match scanned.file {
        file if read.is_none() => {
            if let Some((path, fingerprint)) = file {
                // What cannot be noted is tried again the next time.
                let _ = library.refuse_file(&path, &fingerprint, PANICKED);
            }
            sink(Item::Skipped(SkippedFile::new(&place, PANICKED)))
        }
        Some((path, fingerprint)) if (is_whole || !articles.is_empty()) && flow.is_continue() => {
            sink(Item::File(FileRead { path, fingerprint, articles, is_whole }))
        }
        _ => flow,
    }
}

/// Reads an input, all the way to articles that are ready to be committed, and hands on what comes of it, until `sink`
/// breaks off. A file that makes the program fail, here or in `sink`, is refused by the library until it changes. `entry`
/// names it in the journal meanwhile.
pub fn ingest_input(
    scanned: Scanned,
    library: &Library,
    entry: Option<JournalEntry<'_>>,
    sink: &mut dyn FnMut(Item<Ingested>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    read_input(scanned, library, entry, &mut |item| sink(item.ingest(library)))
}

impl From<ReadError> for SkippedFile {
    fn from(refused: ReadError) -> Self {
        Self::new(&refused.origin.to_string(), refused.why.to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;
    use crate::ingest::scan;

    const BULLETIN: &str = r#"{"headline": "Tide", "text": "“It is high,” said Ines Okafor."}"#;

    /// A library in a folder of its own, and a file of records beside it.
    fn library_and(records: &[&str]) -> (TempDir, Library, PathBuf) {
        let folder = TempDir::new().unwrap();
        let (library, file) = (folder.path().join("library.sqlite3"), folder.path().join("news.jsonl"));
        fs::write(&file, records.join("\n")).unwrap();
        (folder, Library::open(&library).unwrap(), file)
    }

    fn scanned(library: &Library, file: &PathBuf) -> Scanned {
        let mut found = Vec::new();
        scan(std::slice::from_ref(file), library, &mut |scanned| {
            found.push(scanned);
            ControlFlow::Continue(())
        })
        .unwrap();
        found.pop().unwrap()
    }

    /// What comes of a file, a word each.
    fn ingested(library: &Library, file: &PathBuf) -> Vec<String> {
        let mut words = Vec::new();
        let _ = ingest_input(scanned(library, file), library, None, &mut |item| {
            words.push(match item {
                Item::Article(ingested) => {
                    assert!(ingested.encoded.is_some());
                    ingested.headline.title.to_string()
                }
                Item::Skipped(_) => "skipped".to_owned(),
                Item::File(file) => {
                    let part = if file.is_whole { "" } else { "a part of " };
                    format!("{part}a file of {}", file.articles.len())
                }
            });
            ControlFlow::Continue(())
        });
        words
    }

    #[test]
    fn file_comes_after_its_articles() {
        let (_folder, library, file) = library_and(&[BULLETIN, &BULLETIN.replace("Tide", "Storm")]);
        assert_eq!(ingested(&library, &file), ["Tide", "Storm", "a file of 2"]);
    }

    #[test]
    fn file_of_which_something_was_skipped_is_read_again() {
        let (_folder, library, file) = library_and(&[BULLETIN, r#"{"headline": }"#, BULLETIN]);
        assert_eq!(ingested(&library, &file), ["Tide", "skipped", "Tide", "a part of a file of 2"]);
    }

    #[test]
    fn file_that_makes_the_program_fail_is_refused_until_it_changes() {
        let (_folder, library, file) = library_and(&[BULLETIN]);
        let mut skipped = Vec::new();
        let _ = read_input(scanned(&library, &file), &library, None, &mut |item| match item {
            Item::Skipped(file) => {
                skipped.push(file);
                ControlFlow::Continue(())
            }
            _ => panic!("a fault"),
        });
        assert_eq!(skipped, [SkippedFile::new(&file.to_string_lossy(), PANICKED)]);
        let refusal = |scanned: &Scanned| scanned.unchanged().and_then(|known| known.refusal.clone());
        assert_eq!(refusal(&scanned(&library, &file)).as_deref(), Some(PANICKED));
        fs::write(&file, "").unwrap();
        assert_eq!(refusal(&scanned(&library, &file)), None);
    }

    #[test]
    fn consumer_that_has_enough_ends_the_reading() {
        let (_folder, library, file) = library_and(&[BULLETIN; 3]);
        let mut seen = 0;
        let flow = read_input(scanned(&library, &file), &library, None, &mut |_| {
            seen += 1;
            ControlFlow::Break(())
        });
        assert_eq!((flow, seen), (ControlFlow::Break(()), 1));
    }
}
