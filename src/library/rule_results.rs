//! Which rule did what with which article, in its table.

use chrono::Utc;
use rusqlite::{Connection, Row};

use super::{Error, Library};
use crate::article::ArticleId;
use crate::user::{self, RuleDeed, RuleResult, UserAction};

/// What a rule changes of an article, deed by deed.
#[derive(Debug, Clone)]
pub struct RuleChanges {
    /// The number of the rule, in order.
    pub number: usize,
    /// The rule, with what it does.
    pub(super) result: RuleResult,
    pub(super) changes: Vec<(RuleDeed, Vec<UserAction>)>,
}

impl RuleChanges {
    /// What it changes.
    pub fn actions(&self) -> impl Iterator<Item = &UserAction> {
        self.changes.iter().flat_map(|(_, actions)| actions)
    }

    /// Whether the rule did something with the article before: these are the results for it.
    pub fn was_done(&self, results: &[RuleResult]) -> bool {
        results.iter().any(|known| (&known.when, &known.does) == (&self.result.when, &self.result.does))
    }

    /// Whether the user is to be told of the article.
    pub(super) fn notifies(&self) -> bool {
        self.changes.iter().any(|(deed, _)| *deed == RuleDeed::Notify)
    }

    /// The same, of which only these deeds changed something.
    pub(super) fn did<'d>(&self, deeds: impl Iterator<Item = &'d RuleDeed>) -> RuleResult {
        let at = Utc::now().timestamp_millis();
        RuleResult { did: user::in_words(deeds), at, ..self.result.clone() }
    }
}

impl Library {
    /// What the rules did with an article, in the order in which they did it.
    pub fn rule_results(&self, id: ArticleId) -> Result<Vec<RuleResult>, Error> {
        self.read(|connection| of(connection, id))
    }

    /// The articles with which the rules did anything.
    pub fn ruled_articles(&self) -> Result<Vec<ArticleId>, Error> {
        self.read(|connection| {
            let mut articles = connection.prepare("SELECT DISTINCT article FROM rule_results")?;
            let articles = articles.query_map([], |row| Ok(ArticleId(row.get::<_, i64>(0)? as u64)))?;
            Ok(articles.collect::<Result<_, _>>()?)
        })
    }

    /// Adds what the rules did with an article, in another library; what is known of a rule stays.
    pub fn keep_rule_results(&self, id: ArticleId, results: &[RuleResult]) -> Result<(), Error> {
        if results.is_empty() {
            return Ok(());
        }
        self.transaction(|connection| results.iter().try_for_each(|result| write(connection, id, result)))
    }
}

fn of(connection: &Connection, id: ArticleId) -> Result<Vec<RuleResult>, Error> {
    let sql = "SELECT query, does, did, at FROM rule_results WHERE article = ?1 ORDER BY at, query, does";
    let mut results = connection.prepare_cached(sql)?;
    let result =
        |row: &Row<'_>| Ok(RuleResult { when: row.get(0)?, does: row.get(1)?, did: row.get(2)?, at: row.get(3)? });
    let results = results.query_map([id.0 as i64], result)?;
    Ok(results.collect::<Result<_, _>>()?)
}

/// Adds what a rule did, unless it did something before.
pub(super) fn write(connection: &Connection, id: ArticleId, result: &RuleResult) -> Result<(), Error> {
    let sql = "INSERT OR IGNORE INTO rule_results (article, query, does, did, at) VALUES (?1, ?2, ?3, ?4, ?5)";
    let RuleResult { when, does, did, at } = result;
    connection.prepare_cached(sql)?.execute((id.0 as i64, when, does, did, at))?;
    Ok(())
}

/// Adds what the rules did with one article to what they did with another.
pub(super) fn hand_over(connection: &Connection, from: i64, to: i64) -> Result<(), Error> {
    let sql = "INSERT OR IGNORE INTO rule_results (article, query, does, did, at)
               SELECT ?2, query, does, did, at FROM rule_results WHERE article = ?1";
    connection.prepare_cached(sql)?.execute((from, to))?;
    Ok(())
}
