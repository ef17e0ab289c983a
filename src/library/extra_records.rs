//! What belongs to an article beside its words, as bytes behind those that say how its paragraphs are set: pictures, and where
//! its readers talk about it. Versions of the program that do not know of it pass over it.

use serde::{Deserialize, Serialize};

use crate::article::{Article, Body, Picture};

/// What belongs to an article beside its words.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ExtraRecords<'a> {
    /// Of each picture the paragraph that it stands before, its address and what it shows.
    pictures: Vec<(u32, &'a str, &'a str)>,
    comments: Option<&'a str>,
}

impl<'a> ExtraRecords<'a> {
    /// Of an article; nothing where there is nothing.
    pub fn of(article: &'a Article) -> Option<Self> {
        let picture = |picture: &'a Picture| (picture.before as u32, &*picture.url, &*picture.description);
        let pictures = article.body.pictures().iter().map(picture).collect();
        let records = Self { pictures, comments: article.comments.as_deref() };
        (records != Self::default()).then_some(records)
    }

    /// The body with its pictures.
    pub fn place(&self, mut body: Body) -> Body {
        let picture = |(before, url, description): &(u32, &str, &str)| {
            Some(Picture { before: *before as usize, ..Picture::at(url, description)? })
        };
        body.set_pictures(self.pictures.iter().filter_map(picture).collect());
        body
    }

    /// Where its readers talk about it.
    pub fn comments(&self) -> Option<String> {
        self.comments.map(str::to_owned)
    }
}
