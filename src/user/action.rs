//! What the user does, with its inverse.

use serde::{Deserialize, Serialize};

use super::{Clipping, ClippingId, FeedSetting};
use crate::article::ArticleId;
use crate::catalog::FeedId;
use crate::quotes::SpeakerCorrection;

/// Something that the user did. It holds how things are to be, not that they are toggled: undoing it restores what was
/// before, whatever another program did meanwhile.
///
/// The value before may be left out: it is filled in when the action is committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum UserAction {
    /// An article counts as read, or does not.
    Read {
        /// Which article.
        #[serde(with = "ArticleKey")]
        article: ArticleId,
        /// Whether it counts as read.
        read: bool,
    },
    /// An article has a star, or has none.
    Starred {
        /// Which article.
        #[serde(with = "ArticleKey")]
        article: ArticleId,
        /// Whether it has a star.
        starred: bool,
    },
    /// An article was removed from the library, or restored: it is kept, but shown only when asked for.
    Removed {
        /// Which article.
        #[serde(with = "ArticleKey")]
        article: ArticleId,
        /// Whether it is removed.
        removed: bool,
    },
    /// An article has this tag, or has it no more.
    Tagged {
        /// Which article.
        #[serde(with = "ArticleKey")]
        article: ArticleId,
        /// The tag.
        tag: String,
        /// Whether it has it.
        tagged: bool,
    },
    /// Who spoke the quotation whose words start at this byte of the article; `None` where the engine's attribution holds.
    Corrected {
        /// Which article.
        #[serde(with = "ArticleKey")]
        article: ArticleId,
        /// The first byte of the quoted words.
        start: usize,
        /// The correction before.
        #[serde(with = "correction")]
        before: Option<SpeakerCorrection>,
        /// The correction from now on.
        #[serde(with = "correction")]
        after: Option<SpeakerCorrection>,
    },
    /// A quotation is kept, or is not any more; or its note or tags change.
    Clipped {
        /// Which clipping.
        id: ClippingId,
        /// In which article it stands.
        #[serde(with = "ArticleKey")]
        article: ArticleId,
        /// The clipping before; `None` where there was none.
        before: Option<Box<Clipping>>,
        /// The clipping from now on.
        after: Option<Box<Clipping>>,
    },
    /// A search is saved under this name; `None` where there is no such search.
    SavedSearch {
        /// Its name.
        name: String,
        /// The query before.
        before: Option<String>,
        /// The query from now on.
        after: Option<String>,
    },
    /// Whether two identities (as [`crate::catalog::Identity`] writes them) are one person; `None` where the user does not
    /// say.
    Linked {
        /// One of them.
        one: String,
        /// The other.
        other: String,
        /// What the user said before.
        before: Option<bool>,
        /// The speaker by the user's word.
        after: Option<bool>,
    },
    /// The user's own name for a feed; `None` where it is called as it calls itself.
    FeedRenamed {
        /// Which feed.
        #[serde(with = "FeedKey")]
        feed: FeedId,
        /// The name before.
        before: Option<String>,
        /// The name from now on.
        after: Option<String>,
    },
    /// A feed is paused or resumed.
    FeedPaused {
        /// Which feed.
        #[serde(with = "FeedKey")]
        feed: FeedId,
        /// Whether it is paused.
        paused: bool,
    },
    /// A setting of a feed, of those that hold no password.
    FeedSet {
        /// Which feed.
        #[serde(with = "FeedKey")]
        feed: FeedId,
        /// The value before.
        before: Option<FeedSetting>,
        /// The value from now on.
        after: FeedSetting,
    },
    /// A feed is subscribed to or unsubscribed.
    Subscribed {
        /// Which feed.
        #[serde(with = "FeedKey")]
        feed: FeedId,
        /// Whether there is a subscription.
        subscribed: bool,
    },
    /// The first byte of an article that was on the screen. No part of the history.
    Position {
        /// Which article.
        #[serde(with = "ArticleKey")]
        article: ArticleId,
        /// In bytes of the text.
        offset: usize,
    },
    /// A place in an article is marked with a letter, or not any more. No part of the history.
    Mark {
        /// Which article.
        #[serde(with = "ArticleKey")]
        article: ArticleId,
        /// The letter.
        letter: char,
        /// In bytes of the text; none where there is no such mark.
        offset: Option<usize>,
    },
    /// This was searched for. No part of the history.
    Searched(String),
    /// A setting of the program that outlives it. No part of the history.
    Setting {
        /// Which setting.
        name: String,
        /// Its value.
        value: String,
    },
}

impl UserAction {
    /// What undoes it; `None` for what is no part of the history.
    pub fn inverse(&self) -> Option<Self> {
        Some(match self.clone() {
            Self::Read { article, read } => Self::Read { article, read: !read },
            Self::Starred { article, starred } => Self::Starred { article, starred: !starred },
            Self::Removed { article, removed } => Self::Removed { article, removed: !removed },
            Self::Tagged { article, tag, tagged } => Self::Tagged { article, tag, tagged: !tagged },
            Self::Corrected { article, start, before, after } => {
                Self::Corrected { article, start, before: after, after: before }
            }
            Self::Clipped { id, article, before, after } => Self::Clipped { id, article, before: after, after: before },
            Self::SavedSearch { name, before, after } => Self::SavedSearch { name, before: after, after: before },
            Self::Linked { one, other, before, after } => Self::Linked { one, other, before: after, after: before },
            Self::FeedRenamed { feed, before, after } => Self::FeedRenamed { feed, before: after, after: before },
            Self::FeedPaused { feed, paused } => Self::FeedPaused { feed, paused: !paused },
            // Without a value before it was not committed: there is nothing to go back to.
            Self::FeedSet { feed, before, after } => Self::FeedSet { feed, before: Some(after), after: before? },
            Self::Subscribed { feed, subscribed } => Self::Subscribed { feed, subscribed: !subscribed },
            Self::Position { .. } | Self::Mark { .. } | Self::Searched(_) | Self::Setting { .. } => return None,
        })
    }

    /// Whether it changes anything.
    pub fn is_change(&self) -> bool {
        match self {
            Self::Corrected { before, after, .. } => before != after,
            Self::Clipped { before, after, .. } => before != after,
            Self::SavedSearch { before, after, .. } | Self::FeedRenamed { before, after, .. } => before != after,
            Self::Linked { before, after, .. } => before != after,
            Self::FeedSet { before, after, .. } => before.as_ref() != Some(after),
            _ => true,
        }
    }

    /// Is about the article `to` from now on, if it was about `from`.
    pub fn follow(&mut self, from: ArticleId, to: ArticleId) {
        match self {
            Self::Clipped { article, before, after, .. } if *article == from => {
                *article = to;
                before.iter_mut().chain(after).for_each(|clipping| clipping.article = to);
            }
            Self::Read { article, .. }
            | Self::Starred { article, .. }
            | Self::Removed { article, .. }
            | Self::Tagged { article, .. }
            | Self::Corrected { article, .. }
            | Self::Position { article, .. }
            | Self::Mark { article, .. }
                if *article == from =>
            {
                *article = to;
            }
            _ => {}
        }
    }

    /// The article that it is about.
    pub fn article(&self) -> Option<ArticleId> {
        match *self {
            Self::Read { article, .. }
            | Self::Starred { article, .. }
            | Self::Removed { article, .. }
            | Self::Tagged { article, .. }
            | Self::Corrected { article, .. }
            | Self::Clipped { article, .. }
            | Self::Position { article, .. }
            | Self::Mark { article, .. } => Some(article),
            _ => None,
        }
    }

    /// The same, a clipping that is new being kept at this time, in milliseconds since 1970.
    #[must_use]
    pub fn kept_at(mut self, now: i64) -> Self {
        if let Self::Clipped { before, after: Some(after), .. } = &mut self {
            let kept = before.as_ref().and_then(|before| before.kept);
            after.kept = after.kept.or(kept).or(Some(now));
        }
        self
    }

    /// The feed that it is about.
    pub fn feed(&self) -> Option<FeedId> {
        match *self {
            Self::FeedRenamed { feed, .. }
            | Self::FeedPaused { feed, .. }
            | Self::FeedSet { feed, .. }
            | Self::Subscribed { feed, .. } => Some(feed),
            _ => None,
        }
    }
}

/// What is to be written of what the user does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserWrite {
    /// Written without an entry in the history: positions, the read mark that opening sets, what was searched for.
    Note(UserAction),
    /// One action and one entry in the history; `label` completes "Undone: …".
    Commit {
        /// What is done.
        actions: Vec<UserAction>,
        /// What it is called.
        label: String,
    },
    /// Splits the merged names of the person with this identity; one entry in the history.
    Split {
        /// One of the person's identities, as [`crate::catalog::Identity`] writes it.
        identity: String,
        /// What it is called.
        label: String,
    },
    /// Undoes the newest entry of the history that may be.
    Undo,
    /// Does again what was undone last.
    Redo,
}

impl UserWrite {
    /// The same, clippings that are new being kept at this time, in milliseconds since 1970.
    #[must_use]
    pub fn kept_at(self, now: i64) -> Self {
        match self {
            Self::Commit { actions, label } => {
                Self::Commit { actions: actions.into_iter().map(|action| action.kept_at(now)).collect(), label }
            }
            other => other,
        }
    }

    /// The action, as far as it is known before it is written.
    pub fn actions(&self) -> &[UserAction] {
        match self {
            Self::Note(action) => std::slice::from_ref(action),
            Self::Commit { actions, .. } => actions,
            Self::Split { .. } | Self::Undo | Self::Redo => &[],
        }
    }
}

/// How an [`ArticleId`] is written.
#[derive(Serialize, Deserialize)]
#[serde(remote = "ArticleId")]
struct ArticleKey(u64);

/// How a [`FeedId`] is written.
#[derive(Serialize, Deserialize)]
#[serde(remote = "FeedId")]
struct FeedKey(i64);

/// None at all, none of the speakers (an empty list), or the one that is named; behind the name, which is empty for none,
/// what it is, where that was said.
mod correction {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::quotes::{QuotationKind, SpeakerCorrection};

    #[expect(clippy::ref_option, reason = "serde asks for this signature")]
    pub fn serialize<S: Serializer>(correction: &Option<SpeakerCorrection>, serializer: S) -> Result<S::Ok, S::Error> {
        let words = |correction: &SpeakerCorrection| match correction.kind() {
            None => correction.speaker().into_iter().map(str::to_owned).collect(),
            Some(kind) => vec![correction.speaker().unwrap_or_default().to_owned(), kind.name().to_owned()],
        };
        let words: Option<Vec<String>> = correction.as_ref().map(words);
        words.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SpeakerCorrection>, D::Error> {
        let words: Option<Vec<String>> = Option::deserialize(deserializer)?;
        Ok(words.map(|words| {
            let mut words = words.into_iter();
            let speaker = words.next();
            let kind = words.next().and_then(|kind| QuotationKind::named(&kind));
            SpeakerCorrection::of(speaker.filter(|name| kind.is_none() || !name.is_empty()), kind)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quotes::QuotationKind;
    use crate::user::Retention;

    fn clipping() -> Clipping {
        let clipping = r#"{"article":"ffffffffffffffff","start":3,"words":"No.","quoted":"“No.”","confidence":0.9,
            "headline":"Tram","context":"“No.”","note":"Why?"}"#;
        serde_json::from_str(clipping).unwrap()
    }

    fn every_kind() -> Vec<UserAction> {
        let (article, feed) = (ArticleId(u64::MAX), FeedId(7));
        let named = |name: &str| Some(name.to_owned());
        let set = |before, after| UserAction::FeedSet { feed, before: Some(before), after };
        vec![
            UserAction::Read { article, read: true },
            UserAction::Starred { article, starred: false },
            UserAction::Removed { article, removed: true },
            UserAction::Tagged { article, tag: "bridge".to_owned(), tagged: true },
            UserAction::Corrected { article, start: 12, before: None, after: Some(SpeakerCorrection::NoSpeaker) },
            UserAction::Corrected {
                article,
                start: 12,
                before: Some(SpeakerCorrection::NoSpeaker),
                after: Some(SpeakerCorrection::Speaker("Ines Okafor".to_owned())),
            },
            UserAction::Corrected {
                article,
                start: 12,
                before: Some(SpeakerCorrection::Unspoken(QuotationKind::Title)),
                after: Some(SpeakerCorrection::Spoken("Ines Okafor".to_owned(), QuotationKind::Fragment)),
            },
            UserAction::Clipped { id: ClippingId(u64::MAX), article, before: None, after: Some(Box::new(clipping())) },
            UserAction::SavedSearch { name: "harbour".to_owned(), before: None, after: named("speaker:okafor") },
            UserAction::Linked { one: "okafor".to_owned(), other: "ines".to_owned(), before: None, after: Some(true) },
            UserAction::FeedRenamed { feed, before: None, after: named("Coast") },
            UserAction::FeedPaused { feed, paused: true },
            set(FeedSetting::Folder("Old".to_owned()), FeedSetting::Folder("News/Local".to_owned())),
            set(FeedSetting::Tags(Vec::new()), FeedSetting::Tags(vec!["sea, or lake".to_owned()])),
            set(FeedSetting::Interval(None), FeedSetting::Interval(Some(90))),
            set(FeedSetting::FullText(false), FeedSetting::FullText(true)),
            set(FeedSetting::Keep(None), FeedSetting::Keep(Some(Retention::Days(90)))),
            set(FeedSetting::UserAgent(None), FeedSetting::UserAgent(named("Mine/1"))),
            UserAction::Subscribed { feed, subscribed: false },
            UserAction::Position { article, offset: 900 },
            UserAction::Mark { article, letter: 'é', offset: Some(900) },
            UserAction::Searched("bridge".to_owned()),
            UserAction::Setting { name: "lighting".to_owned(), value: "off".to_owned() },
        ]
    }

    #[test]
    fn inverse_of_the_inverse_is_the_action() {
        for action in every_kind() {
            let again = action.inverse().map(|inverse| inverse.inverse().unwrap());
            assert!(again.is_none_or(|again| again == action), "{action:?}");
        }
    }

    #[test]
    fn corrections_of_earlier_versions_have_no_kind() {
        let written =
            |after: &str| format!(r#"{{"Corrected":{{"article":7,"start":3,"before":null,"after":{after}}}}}"#);
        for (written, correction) in [
            (written("[]"), SpeakerCorrection::NoSpeaker),
            (written(r#"["Ines Okafor"]"#), SpeakerCorrection::Speaker("Ines Okafor".to_owned())),
        ] {
            let read: UserAction = serde_json::from_str(&written).unwrap();
            let action =
                UserAction::Corrected { article: ArticleId(7), start: 3, before: None, after: Some(correction) };
            assert_eq!(read, action);
            assert_eq!(serde_json::to_string(&action).unwrap(), written);
        }
    }

    #[test]
    fn action_is_read_as_it_was_written() {
        for action in every_kind() {
            let written = serde_json::to_string(&action).unwrap();
            assert_eq!(serde_json::from_str::<UserAction>(&written).unwrap(), action, "{written}");
        }
    }
}
