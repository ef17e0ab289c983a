//! Why some bytes are no article.

use std::io;

/// Why some bytes are no article, as the end of a sentence that begins with what they are called.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// There is not a word in it.
    #[error("is empty")]
    Empty,
    /// It is no text; says what it is.
    #[error("is not text but {0}")]
    NotText(&'static str),
    /// It is in a format that is not read yet; says which.
    #[error("is {0}, which pullquote does not read yet")]
    Unsupported(&'static str),
    /// It is over [`LARGEST`](super::LARGEST), or would be once unpacked.
    #[error("is larger than 16 MiB")]
    TooLarge,
    /// It is compressed and does not unpack.
    #[error("is compressed and damaged ({0})")]
    Damaged(io::Error),
    /// The bytes do not come.
    #[error("cannot be read ({0})")]
    Unreadable(io::Error),
}
