//! What formats hand on: articles, and why others are none.

use super::ParseError;
use crate::article::Article;

/// How many refused records are named one by one; the others are counted.
const MOST_REFUSALS: u64 = 100;

/// Hands on articles and refusals, and counts them.
pub struct Sink<'g> {
    on_article: &'g mut dyn FnMut(Result<Article, ParseError>),
    /// How many were handed on or skipped.
    pub seen: u64,
    refused: u64,
}

impl<'g> Sink<'g> {
    /// Hands on to `on_article`.
    pub fn new(on_article: &'g mut dyn FnMut(Result<Article, ParseError>)) -> Self {
        Self { on_article, seen: 0, refused: 0 }
    }

    /// An article.
    pub fn push(&mut self, article: Article) {
        self.seen += 1;
        (self.on_article)(Ok(article));
    }

    /// A record that is none.
    pub fn refuse(&mut self, number: u64, why: ParseError) {
        self.seen += 1;
        self.refused += 1;
        if self.refused <= MOST_REFUSALS {
            (self.on_article)(Err(ParseError::record(number, why)));
        }
    }

    /// What is said of the whole, or of a record that says which it is.
    pub fn refuse_as(&mut self, why: ParseError) {
        match why {
            ParseError::Record { number, why } => self.refuse(number, *why),
            why => {
                self.seen += 1;
                (self.on_article)(Err(why));
            }
        }
    }

    /// The end of it: what the whole comes to.
    pub fn finish(self, ended: Result<(), ParseError>) {
        if self.refused > MOST_REFUSALS {
            (self.on_article)(Err(ParseError::MoreRecords(self.refused - MOST_REFUSALS)));
        }
        match ended {
            Err(why) => (self.on_article)(Err(why)),
            Ok(()) if self.seen == 0 => (self.on_article)(Err(ParseError::NoText)),
            Ok(()) => {}
        }
    }
}
