//! What is committed in one transaction.

use super::read::Ingested;
use crate::library::{FileRead, Library, Prepared, Trouble};

/// How many articles a batch holds: other programs wait as long as its transaction takes, about half a second. The more
/// there are, the fewer segments the search index grows by, and the less must be merged.
const FULL: usize = 2_048;

/// Articles and what is known of the files they came from, to be committed in one transaction.
#[derive(Debug, Default)]
pub struct Batch {
    articles: Vec<Prepared>,
    files: Vec<FileRead>,
}

impl Batch {
    /// Adds an article.
    pub fn push(&mut self, ingested: Ingested) {
        self.articles.extend(ingested.encoded.map(|encoded| *encoded));
    }

    /// Adds a file. All its articles are in this batch or an earlier one.
    pub fn push_file(&mut self, file: FileRead) {
        self.files.push(file);
    }

    /// Whether it is to be committed before more is added.
    pub fn is_full(&self) -> bool {
        self.articles.len().max(self.files.len()) >= FULL
    }

    /// Commits what is in it, and empties it.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn commit(&mut self, library: &Library) -> Result<(), Trouble> {
        let Self { articles, files } = std::mem::take(self);
        if articles.len() + files.len() > 0 {
            library.keep(&articles, &files)?;
        }
        Ok(())
    }
}
