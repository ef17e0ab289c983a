//! What the user does, in short.

use pullquote::article::ArticleId;
use pullquote::library::{Library, Written};
use pullquote::quotes::SpeakerCorrection;
use pullquote::user::{Clipping, UserAction, UserWrite};

pub fn read(article: ArticleId, read: bool) -> UserAction {
    UserAction::Read { article, read }
}

pub fn starred(article: ArticleId, starred: bool) -> UserAction {
    UserAction::Starred { article, starred }
}

pub fn removed(article: ArticleId, removed: bool) -> UserAction {
    UserAction::Removed { article, removed }
}

pub fn tagged(article: ArticleId, tag: impl Into<String>, tagged: bool) -> UserAction {
    UserAction::Tagged { article, tag: tag.into(), tagged }
}

pub fn position(article: ArticleId, offset: usize) -> UserAction {
    UserAction::Position { article, offset }
}

pub fn corrected(article: ArticleId, start: usize, after: Option<SpeakerCorrection>) -> UserAction {
    UserAction::Corrected { article, start, before: None, after }
}

pub fn saved_search(name: &str, query: Option<&str>) -> UserAction {
    UserAction::SavedSearch { name: name.to_owned(), before: None, after: query.map(str::to_owned) }
}

pub fn linked(one: &str, other: &str, after: Option<bool>) -> UserAction {
    UserAction::Linked { one: one.to_owned(), other: other.to_owned(), before: None, after }
}

/// Commits one action; returns what it changed.
pub fn commit(library: &Library, actions: Vec<UserAction>) -> Vec<UserAction> {
    let label = "deed".to_owned();
    library.write(&[UserWrite::Commit { actions, label }]).unwrap()[0].actions().to_vec()
}

/// Splits a person; returns which links that changed.
pub fn split(library: &Library, identity: &str) -> Vec<UserAction> {
    let (identity, label) = (identity.to_owned(), "split".to_owned());
    library.write(&[UserWrite::Split { identity, label }]).unwrap()[0].actions().to_vec()
}

pub fn undo(library: &Library) -> Written {
    library.write(&[UserWrite::Undo]).unwrap().remove(0)
}

pub fn redo(library: &Library) -> Written {
    library.write(&[UserWrite::Redo]).unwrap().remove(0)
}

pub fn clipped(clipping: Clipping) -> UserAction {
    let (id, article) = (clipping.id(), clipping.article);
    UserAction::Clipped { id, article, before: None, after: Some(Box::new(clipping)) }
}
