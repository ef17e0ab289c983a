//! A feed as a list of feeds shows it.

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

/// Which feeds to refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedSelection {
    /// All that are not paused.
    All,
    /// Those of them that are due.
    Due,
    /// This one, paused or not.
    One(FeedId),
}
