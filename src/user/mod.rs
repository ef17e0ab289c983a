//! What the user did: the actions, the state that they add up to, and the history that undoes and redoes them.
//!
//! One shape of it for the program and the library. It never knows of files, the clock or the screen.

mod action;
mod clipping;
mod feed_fields;
mod feed_settings;
mod history;
mod login;
mod notification;
pub(crate) mod reanchor;
mod retention;
mod rules;
mod state;
mod tag;

pub use action::{UserAction, UserWrite};
pub use clipping::{Clipping, ClippingId};
pub use feed_fields::{FeedField, folder_of, tags_of};
pub use feed_settings::{FeedInfo, FeedSetting, FeedSettings, FetchOptions};
pub use history::{History, HistoryEntry, RunId, Step};
pub use login::Login;
pub use notification::{Notification, NotifiedArticle};
pub use retention::Retention;
pub(crate) use rules::in_words;
pub use rules::{Rule, RuleDeed, RuleResult};
pub use state::{ArticleFlags, COMMAND_LINES, Marks, UnplacedCorrection, UserState};
pub use tag::{tag_of, tag_problem};
