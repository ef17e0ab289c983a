//! How the command line names an article of the library: by its id, or by its address.

use super::Error;
use crate::article::{ArticleId, normalized_address};
use crate::library::Library;
use crate::query::{Query, Term, TermKind};
use crate::text::fold;

/// One article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArticleName {
    /// By its id, or one that it had in another library.
    Id(ArticleId),
    /// By its address on the web, normalized.
    Address(String),
}

impl ArticleName {
    /// What a word names; nothing where it is neither an id nor an address.
    pub fn parse(word: &str) -> Option<Self> {
        /// What an id is written with: see [`ArticleId`].
        const DIGITS: usize = 16;
        let is_id = word.len() == DIGITS && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_id {
            return u64::from_str_radix(word, 16).ok().map(|id| Self::Id(ArticleId(id)));
        }
        normalized_address(word).map(Self::Address)
    }

    /// The article of this name; of several at one address, the newest.
    pub fn find(&self, library: &Library) -> Result<Option<ArticleId>, Error> {
        let key = match self {
            Self::Id(id) => *id,
            Self::Address(address) => ArticleId::of_address(address),
        };
        if let Some(known) = library.known_as(key)?
            && library.has(known)?
        {
            return Ok(Some(known));
        }
        match self {
            Self::Id(_) => Ok(None),
            Self::Address(address) => newest_at(address, library),
        }
    }
}

/// The newest of the articles that say that they stand at this address.
fn newest_at(address: &str, library: &Library) -> Result<Option<ArticleId>, Error> {
    let path = address.split('?').next().unwrap_or(address);
    let term = Term { negated: false, alternative: false, kind: TermKind::Url(fold(path)) };
    for hit in library.search(&Query { terms: vec![term], ..Query::default() }, &|| true)? {
        let Some(entry) = library.get(hit.id)? else { continue };
        if entry.article.url.as_deref().and_then(normalized_address).as_deref() == Some(address) {
            return Ok(Some(hit.id));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_names_an_article_by_id_or_address() {
        assert_eq!(ArticleName::parse("00000000000000fF"), Some(ArticleName::Id(ArticleId(255))));
        let address = Some(ArticleName::Address("coast.example/bridge".to_owned()));
        assert_eq!(ArticleName::parse("https://www.coast.example/bridge/?utm_source=x#top"), address);
        for word in ["bridge", "ff", "00000000000000fg", "+0000000000000ff", "speaker:okafor", "mailto:a@b.example", ""]
        {
            assert_eq!(ArticleName::parse(word), None, "{word}");
        }
    }
}
