//! Which article it is, wherever it lies.

use std::fmt;

use xxhash_rust::xxh3::xxh3_64;

/// The identity of an article: of its address on the web where it has one, else of its content, whatever the file is
/// called; once an article has one, it keeps it.
///
/// A 64-bit xxHash (XXH3); among a million articles two share one with a chance of about 3 in 100 million.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ArticleId(pub u64);

impl ArticleId {
    /// The identity of an article that is known by its text only.
    pub fn of_content(text: &str) -> Self {
        Self(xxh3_64(text.as_bytes()))
    }

    /// Returns the identity of an article with this address, normalized by [`super::normalized_address`].
    pub fn of_address(normalized: &str) -> Self {
        // No text is taken for an address: texts hold no NUL.
        Self(xxh3_64(format!("\0{normalized}").as_bytes()))
    }
}

/// What an article is known by. Known by one of these, it is the same article, whatever the others are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ArticleKeys {
    /// Its words.
    pub content: ArticleId,
    /// Its address. `None` where it has none, or where others stand at the same.
    pub address: Option<ArticleId>,
    /// By what its feed knows it: a hash, of which other feeds may have the same.
    pub guid: Option<u64>,
}

/// Sixteen hexadecimal digits.
impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_is_content_and_never_changes() {
        assert_eq!(ArticleId::of_content("a"), ArticleId::of_content("a"));
        assert_ne!(ArticleId::of_content("a"), ArticleId::of_content("b"));
        // Kept in libraries: another value here means that every reader's marks are lost.
        assert_eq!(ArticleId::of_content("pullquote").to_string(), "de14c255223d1b5d");
        assert_eq!(ArticleId::of_address("coast.example/a").to_string(), "6362e1df21f202be");
        assert_ne!(ArticleId::of_address("a"), ArticleId::of_content("a"));
    }
}
