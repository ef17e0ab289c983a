//! Rules: what is done with an article when it arrives.

use std::fmt;

use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{tag_of, tag_problem};
use crate::query::{Query, TermKind};
use crate::text::nearest;

/// What is done with articles that a query finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The query as it was written.
    pub written: String,
    /// Which articles.
    pub when: Query,
    /// What is done with them, in order.
    pub does: Vec<RuleDeed>,
}

/// Something that a rule does with an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleDeed {
    /// It counts as read.
    Read,
    /// It has a star.
    Star,
    /// It has this tag.
    Tag(String),
    /// It is out of sight, as what the user removes.
    Hide,
    /// The statements in it are kept that the query asks for.
    Clip,
    /// The user is told of it, where it came with a feed.
    Notify,
}

/// What a rule did with an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleResult {
    /// The query of the rule, as it was written.
    pub when: String,
    /// All that the rule does: "read, tag:budget".
    #[serde(rename = "do")]
    pub does: String,
    /// What of that changed something.
    pub did: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

impl RuleResult {
    /// The day on which that was, in UTC.
    pub fn day(&self) -> Option<NaiveDate> {
        DateTime::from_timestamp_millis(self.at).map(|at| at.date_naive())
    }

    /// What of that changed something, deed by deed.
    pub fn deeds(&self) -> impl Iterator<Item = RuleDeed> {
        self.did.split(", ").filter_map(|deed| RuleDeed::parse(deed).ok())
    }
}

/// The words of a configuration for them, but for tags.
const WORDS: [(&str, RuleDeed); 5] = [
    ("read", RuleDeed::Read),
    ("star", RuleDeed::Star),
    ("hide", RuleDeed::Hide),
    ("clip", RuleDeed::Clip),
    ("notify", RuleDeed::Notify),
];

impl RuleDeed {
    /// Reads what a configuration says.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and what is right.
    pub fn parse(written: &str) -> Result<Self, String> {
        if let Some(tag) = written.strip_prefix("tag:") {
            if let Some(why) = tag_problem(tag) {
                return Err(format!("a tag {why}"));
            }
            let tag = tag_of(tag);
            return if tag.is_empty() {
                Err("tag: needs a word, such as tag:budget".to_owned())
            } else {
                Ok(Self::Tag(tag))
            };
        }
        if let Some((_, deed)) = WORDS.iter().find(|(word, _)| *word == written) {
            return Ok(deed.clone());
        }
        let words = WORDS.map(|(word, _)| word);
        Err(match nearest(written, words) {
            Some(near) => format!("a rule cannot do “{written}” · did you mean {near}?"),
            None => format!("a rule does {} or tag:WORD, not “{written}”", words.join(", ")),
        })
    }
}

/// As a configuration says it.
impl fmt::Display for RuleDeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => write!(f, "tag:{tag}"),
            other => f.write_str(WORDS.iter().find(|(_, deed)| deed == other).map_or("", |(word, _)| word)),
        }
    }
}

/// "publisher:wire → read, tag:budget"
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} → {}", self.written, in_words(&self.does))
    }
}

/// "read, tag:budget"
pub(crate) fn in_words<'d>(deeds: impl IntoIterator<Item = &'d RuleDeed>) -> String {
    let deeds: Vec<_> = deeds.into_iter().map(RuleDeed::to_string).collect();
    deeds.join(", ")
}

impl Rule {
    /// A rule.
    ///
    /// # Errors
    ///
    /// What is wrong with the query, and what is right.
    pub fn new(written: &str, does: Vec<RuleDeed>) -> Result<Self, String> {
        let when = Query::parse(written);
        if let Some(error) = when.errors.first() {
            return Err(format!("{error} · {}", error.hint()));
        }
        if when.is_empty() {
            return Err("when asks for nothing: is:unread is everything that arrives".to_owned());
        }
        let asks = |term: &crate::query::Term| {
            !term.negated && matches!(term.kind, TermKind::Said(_) | TermKind::Reported(_) | TermKind::Speaker(_))
        };
        if does.contains(&RuleDeed::Clip) && !when.terms.iter().any(asks) {
            return Err("clip keeps what said: or speaker: asks for, and when has neither".to_owned());
        }
        Ok(Self { written: written.to_owned(), when, does })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deeds_are_read_and_written_alike() {
        for written in ["read", "star", "hide", "clip", "notify", "tag:budget"] {
            assert_eq!(RuleDeed::parse(written).unwrap().to_string(), written);
        }
        assert_eq!(RuleDeed::parse("tag:#budget"), Ok(RuleDeed::Tag("budget".to_owned())));
        for (written, wrong) in [
            ("reed", "a rule cannot do “reed” · did you mean read?"),
            ("tag:", "tag: needs a word, such as tag:budget"),
            ("delete it all", "a rule does read, star, hide, clip, notify or tag:WORD, not “delete it all”"),
        ] {
            assert_eq!(RuleDeed::parse(written).unwrap_err(), wrong);
        }
    }

    #[test]
    fn rule_needs_a_query_that_holds() {
        let new = |written: &str, deed| Rule::new(written, vec![deed]);
        assert_eq!(new("source:wire", RuleDeed::Read).unwrap().to_string(), "source:wire → read");
        assert!(new("is:boring", RuleDeed::Read).unwrap_err().ends_with("is: needs unread, read, starred or hidden"));
        assert!(new("  ", RuleDeed::Read).unwrap_err().starts_with("when asks for nothing"));
        assert!(new("bridge", RuleDeed::Clip).unwrap_err().starts_with("clip keeps"));
        assert!(new("-speaker:Roe bridge", RuleDeed::Clip).is_err());
        assert!(new("speaker:Roe", RuleDeed::Clip).is_ok() && new("said:bridge", RuleDeed::Clip).is_ok());
    }
}
