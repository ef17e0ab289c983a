//! What is done with many articles alike: a read mark, a star, a tag, a removal.

use super::UserData;
use crate::article::ArticleId;
use crate::user::UserAction;

/// A mark of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ArticleMark {
    /// It counts as read.
    Read,
    /// It has a star.
    Starred,
    /// It was removed.
    Removed,
    /// It has this tag.
    Tagged(String),
}

impl ArticleMark {
    /// The mark that an action sets or takes away, and whether it sets it.
    pub fn of(action: &UserAction) -> Option<(Self, bool)> {
        match action {
            UserAction::Read { read, .. } => Some((Self::Read, *read)),
            UserAction::Starred { starred, .. } => Some((Self::Starred, *starred)),
            UserAction::Removed { removed, .. } => Some((Self::Removed, *removed)),
            UserAction::Tagged { tag, tagged, .. } => Some((Self::Tagged(tag.clone()), *tagged)),
            _ => None,
        }
    }

    /// Whether an article has it.
    pub fn is_on(&self, user: &UserData, article: ArticleId) -> bool {
        match self {
            Self::Read => user.is_read(article),
            Self::Starred => user.is_starred(article),
            Self::Removed => user.is_removed(article),
            Self::Tagged(tag) => user.state().tags.get(tag).is_some_and(|tagged| tagged.contains(&article)),
        }
    }

    /// Sets it, or takes it away.
    pub fn action(&self, article: ArticleId, is_on: bool) -> UserAction {
        match self.clone() {
            Self::Read => UserAction::Read { article, read: is_on },
            Self::Starred => UserAction::Starred { article, starred: is_on },
            Self::Removed => UserAction::Removed { article, removed: is_on },
            Self::Tagged(tag) => UserAction::Tagged { article, tag, tagged: is_on },
        }
    }

    /// How an article is that has it, or lacks it.
    pub fn state(&self, is_on: bool) -> String {
        match (self, is_on) {
            (Self::Read, true) => "read".to_owned(),
            (Self::Read, false) => "unread".to_owned(),
            (Self::Starred, true) => "starred".to_owned(),
            (Self::Starred, false) => "unstarred".to_owned(),
            (Self::Removed, true) => "removed".to_owned(),
            (Self::Removed, false) => "restored".to_owned(),
            (Self::Tagged(tag), true) => format!("tagged {tag}"),
            (Self::Tagged(_), false) => "so".to_owned(),
        }
    }

    /// What was done with `whom`, as the end of "Undone: …".
    pub fn label(&self, is_on: bool, whom: &str) -> String {
        match (self, is_on) {
            (Self::Read, true) => format!("marked {whom} read"),
            (Self::Read, false) => format!("marked {whom} unread"),
            (Self::Starred, true) => format!("starred {whom}"),
            (Self::Starred, false) => format!("unstarred {whom}"),
            (Self::Removed, true) => format!("removed {whom}"),
            (Self::Removed, false) => format!("restored {whom}"),
            (Self::Tagged(tag), true) => format!("tagged {whom} with {tag}"),
            (Self::Tagged(tag), false) => format!("removed tag {tag} from {whom}"),
        }
    }
}
