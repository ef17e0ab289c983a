//! The feeds as a list of feeds shows them, and groups of them.

use std::collections::BTreeMap;

/// The id of a feed, valid as long as it exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedId(pub i64);

/// What a list of feeds shows of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLine {
    /// Its id.
    pub id: FeedId,
    /// Its name.
    pub name: String,
    /// Its own title, whatever the user calls it.
    pub title: Option<String>,
    /// Its address, without a password.
    pub address: String,
    /// The folders it lies in, parted by `/`; empty for none.
    pub folder: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether updates are paused.
    pub paused: bool,
    /// The error of the last fetch.
    pub error: Option<String>,
    /// How many articles came from it.
    pub articles: usize,
    /// How many of them are unread.
    pub unread: usize,
}

/// How many articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ArticleCounts {
    /// In all.
    pub articles: usize,
    /// Of them not read.
    pub unread: usize,
}

/// All feeds, and the groups that they are in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedOverview {
    /// The feeds, by folder and name.
    pub feeds: Vec<FeedLine>,
    /// The counts of each folder, with all folders in it, by its path. An article of several of its feeds counts once.
    pub folders: BTreeMap<String, ArticleCounts>,
    /// The counts of each tag of feeds. An article that the user gave the same tag does not count.
    pub tags: BTreeMap<String, ArticleCounts>,
}

impl FeedOverview {
    /// Where all that lay in a folder lies now, when the feeds were these before; none where it was not moved as a whole.
    pub fn moved_folder(&self, before: &[FeedLine], path: &str) -> Option<String> {
        let inside = |folder: &str| folders_around(folder).any(|around| around == path);
        let mut moved = before.iter().filter(|line| inside(&line.folder)).filter_map(|line| {
            let now = self.feeds.iter().find(|feed| feed.id == line.id)?;
            Some(now.folder.strip_suffix(&line.folder[path.len()..]))
        });
        let to = moved.next()??;
        let is_whole = self.folders.contains_key(to) && moved.all(|other| other == Some(to));
        is_whole.then(|| to.to_owned())
    }
}

/// Some feeds: one, or those that have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedGroup {
    /// This one.
    Feed(FeedId),
    /// Those in this folder and in the folders in it.
    Folder(String),
    /// Those with this tag.
    Tag(String),
}

impl FeedGroup {
    /// Whether the feed with this id, this folder and these tags is one of them.
    pub fn has(&self, feed: FeedId, folder: &str, tags: &[String]) -> bool {
        match self {
            Self::Feed(id) => *id == feed,
            Self::Folder(path) => folders_around(folder).any(|around| around == path),
            Self::Tag(name) => tags.contains(name),
        }
    }
}

/// The paths of a folder and of all around it, the outermost first: `a`, `a/b` for `a/b`. None for no folder.
pub fn folders_around(folder: &str) -> impl Iterator<Item = &str> {
    let ends = folder.match_indices('/').map(|(at, _)| at).chain((!folder.is_empty()).then_some(folder.len()));
    ends.map(|end| &folder[..end])
}

/// Which feeds to refresh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedSelection {
    /// All that are not paused.
    All,
    /// Those of them that are due.
    Due,
    /// These, unless they are paused; one alone in any case.
    Group(FeedGroup),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overview(folders: [&str; 3]) -> FeedOverview {
        let line = |(id, folder): (usize, &&str)| FeedLine {
            id: FeedId(id as i64),
            name: String::new(),
            title: None,
            address: String::new(),
            folder: (*folder).to_owned(),
            tags: Vec::new(),
            paused: false,
            error: None,
            articles: 0,
            unread: 0,
        };
        let feeds: Vec<_> = folders.iter().enumerate().map(line).collect();
        let around = folders.iter().flat_map(|folder| folders_around(folder));
        let folders = around.map(|path| (path.to_owned(), ArticleCounts::default())).collect();
        FeedOverview { feeds, folders, ..FeedOverview::default() }
    }

    #[test]
    fn folder_is_found_where_all_of_it_went() {
        let before = overview(["Daily", "Daily/Evening", ""]).feeds;
        let moved = |folders| overview(folders).moved_folder(&before, "Daily");
        assert_eq!(moved(["News", "News/Evening", ""]).as_deref(), Some("News"));
        assert_eq!(moved(["a/b", "a/b/Evening", ""]).as_deref(), Some("a/b"));
        assert_eq!(moved(["News", "Other/Evening", ""]), None, "only a part of it");
        assert_eq!(moved(["", "Evening", ""]), None, "it was dissolved");
    }
}
