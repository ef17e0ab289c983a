//! What a list of sources says of one.

/// A source in a list that another program keeps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// Where it lies.
    pub address: String,
    /// What it is called there.
    pub title: Option<String>,
    /// The page that it belongs to.
    pub link: Option<String>,
    /// The folders it lies in, from the outside in, parted by `/`; empty for none.
    pub folder: String,
    /// What it is filed under.
    pub tags: Vec<String>,
    /// Whether it is not to be seen among the others.
    pub hidden: bool,
}
