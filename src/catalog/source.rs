//! A source on the web as a list of sources shows it.

/// By what a source is known, as long as it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub i64);

/// What a list of sources shows of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Which source.
    pub id: SourceId,
    /// What it is called.
    pub name: String,
    /// What it calls itself, whatever the reader calls it.
    pub title: Option<String>,
    /// Where it lies, without a password.
    pub address: String,
    /// The folders it lies in, parted by `/`; empty for none.
    pub folder: String,
    /// What it is filed under.
    pub tags: Vec<String>,
    /// Whether it is left alone.
    pub paused: bool,
    /// What went wrong the last time.
    pub error: Option<String>,
    /// How many articles came from it.
    pub articles: usize,
    /// How many of them do not count as read.
    pub unread: usize,
}

/// Which feeds to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedSelection {
    /// All that are not paused.
    All,
    /// Those of them that are due.
    Due,
    /// This one, paused or not.
    One(SourceId),
}
