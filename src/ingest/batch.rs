//! What is committed together.

use super::read::Ingested;
use super::refresh::Refreshed;
use crate::library::{self, EncodedArticle, FetchUpdate, FileRead, Library};

/// How many articles, files or feeds a batch holds: other programs wait as long as its transaction takes, about half a second. The more
/// there are, the fewer segments the search index grows by, and the less must be merged.
const FULL: usize = 2_048;

/// Articles with the records of the files and feeds they came from.
#[derive(Debug, Default)]
pub struct Batch {
    articles: Vec<EncodedArticle>,
    files: Vec<FileRead>,
    feeds: Vec<FetchUpdate>,
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

    /// Adds the result of a feed.
    pub fn push_refreshed(&mut self, refreshed: Refreshed) {
        refreshed.new.into_iter().chain(refreshed.updated).for_each(|ingested| self.push(ingested));
        self.feeds.extend(refreshed.update);
    }

    /// Whether it is to be committed before more is added.
    pub fn is_full(&self) -> bool {
        self.articles.len().max(self.files.len()).max(self.feeds.len()) >= FULL
    }

    /// Commits what is in it, and empties it: the articles first, so that no feed counts as read whose articles are not
    /// there.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn commit(&mut self, library: &Library) -> Result<(), library::Error> {
        let Self { articles, files, feeds } = std::mem::take(self);
        if articles.len() + files.len() > 0 {
            library.commit(&articles, &files)?;
        }
        if feeds.is_empty() { Ok(()) } else { library.record_fetches(&feeds).map(drop) }
    }
}
