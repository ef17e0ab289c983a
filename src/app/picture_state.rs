//! What is asked for a picture, and what has become of it.

use std::collections::BTreeMap;

use crate::article::ArticleId;

/// When pictures are fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum PictureMode {
    /// Never: nothing is asked for.
    Never,
    /// Where the user asks for one.
    #[default]
    Ask,
    /// Those on the screen.
    Always,
}

impl PictureMode {
    pub fn named(name: &str) -> Self {
        match name {
            "never" => Self::Never,
            "always" => Self::Always,
            _ => Self::Ask,
        }
    }
}

/// A picture that is to be fetched and drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureJob {
    /// The article in which it stands.
    pub article: ArticleId,
    /// Its number among the pictures of that.
    pub number: usize,
    /// Where it lies.
    pub url: String,
    /// How wide and how high it may become, in cells.
    pub columns: u16,
    /// In rows.
    pub rows: u16,
}

/// What has become of a picture that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPicture {
    /// Whether it has all of the screen.
    pub(super) is_large: bool,
    /// What it was asked for with last.
    pub(super) job: PictureJob,
    /// How it stands.
    pub state: PictureState,
}

/// How a picture stands that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureState {
    /// It is on its way.
    Awaited,
    /// It is drawn in so many rows.
    Drawn {
        /// How many.
        rows: u16,
    },
    /// It cannot be drawn: why.
    Failed(String),
}

/// The pictures of the open article that were asked for, by number.
pub type ShownPictures = BTreeMap<usize, ShownPicture>;
