//! The hits of a search.

use crate::article::{ArticleId, ListKey, Listed, list_key};
use crate::text::Span;

/// An article that has what a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which article.
    pub id: ArticleId,
    /// Under which day and time it stands.
    pub listed: Option<Listed>,
    /// Its headline.
    pub headline: Box<str>,
    /// The found words in the headline, in bytes of it.
    pub title: Vec<Span>,
    /// Where the quotation stands whose words were asked for (`said:`): its first byte in the text.
    pub place: Option<usize>,
    /// The line of the text in which words were found; none where they stand in the headline only, or where the
    /// query asks for no words.
    pub snippet: Option<Snippet>,
}

impl Hit {
    /// By what it stands among others.
    pub fn list_key(&self) -> ListKey<&str> {
        list_key(self.listed, &*self.headline, self.id)
    }
}

/// A line of an article in which words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The line, from a little before the first hit.
    pub text: String,
    /// The found words in `text`, in bytes.
    pub highlights: Vec<Span>,
    /// Where the name of who said it ends in `text`, which stands before the words; 0 where there is none.
    pub name_end: usize,
    /// Whether it is doubtful that they said it.
    pub is_doubtful: bool,
}

impl Snippet {
    /// The line with the found words in brackets.
    pub fn marked(&self) -> String {
        let mut out = String::new();
        let mut done = 0;
        for span in &self.highlights {
            out.push_str(&self.text[done..span.start]);
            out.push('[');
            out.push_str(span.of(&self.text));
            out.push(']');
            done = span.end;
        }
        out.push_str(&self.text[done..]);
        out
    }
}
