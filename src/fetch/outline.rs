//! An entry of a list of feeds.

/// A feed in a list that another program keeps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// Its address.
    pub address: String,
    /// Its title there.
    pub title: Option<String>,
    /// The page that it belongs to.
    pub link: Option<String>,
    /// The folders it lies in, from the outside in, parted by `/`; empty for none.
    pub folder: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether it is hidden there.
    pub hidden: bool,
}
