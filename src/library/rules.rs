//! The rules of the user: what they do with an article when it arrives, and with those that came before where that is asked
//! for. What they did is one entry of the history, which grows as more arrives; the user's own actions stay above it.

use std::collections::HashSet;
use std::sync::{Arc, MutexGuard, PoisonError};

use chrono::{Local, NaiveDate};
use rusqlite::Transaction;

use super::commit::Committed;
use super::feed_groups::feed_tags_of;
use super::history::{Backing, Here, Tables};
use super::rule_results::RuleChanges;
use super::{EncodedArticle, Entry, Error, Library, rule_results};
use crate::article::ArticleId;
use crate::text::counted;
use crate::user::{self, Clipping, Rule, RuleDeed, RuleResult, UserAction, UserState, UserWrite};

/// The rules, and what they did so far.
#[derive(Debug, Default)]
pub(super) struct Rules {
    written: Vec<Rule>,
    /// The same on a day: `after:7d` is another date tomorrow.
    resolved: Option<(NaiveDate, Arc<[Rule]>)>,
}

/// The entry of the history for what the rules do.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RulesEntry(Option<i64>);

impl Rules {
    fn on(&mut self, today: NaiveDate) -> Arc<[Rule]> {
        match &self.resolved {
            Some((day, rules)) if *day == today => Arc::clone(rules),
            _ => {
                let rules: Arc<[Rule]> = on(&self.written, today).into();
                self.resolved = Some((today, Arc::clone(&rules)));
                rules
            }
        }
    }
}

/// The rules as their queries are on this day.
fn on(rules: &[Rule], today: NaiveDate) -> Vec<Rule> {
    rules.iter().map(|rule| Rule { when: rule.when.clone().on(today), ..rule.clone() }).collect()
}

impl Library {
    /// From now on these rules are applied to what arrives.
    pub fn set_rules(&self, rules: Vec<Rule>) {
        *self.rules() = Rules { written: rules, resolved: None };
    }

    fn rules(&self) -> MutexGuard<'_, Rules> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What arrives from now on is another entry of the history.
    pub fn begin_rules_entry(&self) {
        *self.rules_entry() = RulesEntry::default();
    }

    pub(super) fn rules_entry(&self) -> MutexGuard<'_, RulesEntry> {
        self.rules_entry.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An article encoded as it arrives, from a feed with these tags: with what the rules do with it once it is committed and
    /// was not there before.
    ///
    /// # Errors
    ///
    /// When it cannot be encoded.
    pub fn encode_arrival(&self, entry: &Entry, feed_tags: &[String]) -> Result<EncodedArticle, Error> {
        let rules = self.rules().on(Local::now().date_naive());
        let mut encoded = EncodedArticle::of(entry)?;
        encoded.by_rules = ruled(&rules, (entry, feed_tags), UserState::default());
        Ok(encoded)
    }

    /// What rules would do with an article of the library as it is now; only what would change something, or notify.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn by_rules(&self, rules: &[Rule], id: ArticleId) -> Result<Vec<RuleChanges>, Error> {
        let Some(entry) = self.get(id)? else { return Ok(Vec::new()) };
        let state = self.user_state();
        let mut of_article = UserState::default();
        let flags = state.flags(id);
        of_article.apply(&UserAction::Read { article: id, read: flags.read });
        of_article.apply(&UserAction::Starred { article: id, starred: flags.starred });
        of_article.apply(&UserAction::Removed { article: id, removed: flags.removed });
        for tag in state.tags(id) {
            of_article.apply(&UserAction::Tagged { article: id, tag: tag.to_owned(), tagged: true });
        }
        let kept = state.clippings.iter().filter(|(_, clipping)| clipping.article == id);
        of_article.clippings.extend(kept.map(|(id, clipping)| (*id, clipping.clone())));
        let feed_tags = self.read(|connection| feed_tags_of(connection, id))?;
        Ok(ruled(&on(rules, Local::now().date_naive()), (&entry, &feed_tags), of_article))
    }

    /// Commits what rules do with articles that came before, as one entry of the history.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn apply_rules(&self, changes: &[(ArticleId, RuleChanges)]) -> Result<(), Error> {
        let actions: Vec<_> = changes.iter().flat_map(|(_, changes)| changes.actions().cloned()).collect();
        let label = label(&actions);
        self.write(&[UserWrite::Commit { actions, label }])?;
        self.transaction(|connection| {
            changes.iter().try_for_each(|(article, changes)| {
                let done = changes.changes.iter().filter(|(_, actions)| !actions.is_empty());
                let did = changes.did(done.map(|(deed, _)| deed));
                rule_results::write(connection, *article, &did)
            })
        })
    }
}

/// What rules do with an article of feeds with these tags, one after the other, in this state of it. A rule sees what those before it did; what is
/// hidden is seen only where a rule asks for it.
fn ruled(rules: &[Rule], (entry, feed_tags): (&Entry, &[String]), mut state: UserState) -> Vec<RuleChanges> {
    let article = entry.article.id;
    let mut all = Vec::new();
    for (number, rule) in rules.iter().enumerate() {
        if !entry.matches(&rule.when, &state, feed_tags) {
            continue;
        }
        let mut changes = Vec::new();
        for deed in &rule.does {
            let wanted = match deed {
                RuleDeed::Read => vec![UserAction::Read { article, read: true }],
                RuleDeed::Star => vec![UserAction::Starred { article, starred: true }],
                RuleDeed::Hide => vec![UserAction::Removed { article, removed: true }],
                RuleDeed::Tag(tag) => vec![UserAction::Tagged { article, tag: tag.clone(), tagged: true }],
                RuleDeed::Clip => clipped(entry, rule),
                // That changes nothing in the library.
                RuleDeed::Notify => {
                    changes.push((RuleDeed::Notify, Vec::new()));
                    continue;
                }
            };
            let done: Vec<_> = wanted.into_iter().filter_map(|action| change(&mut state, &action)).collect();
            if !done.is_empty() {
                changes.push((deed.clone(), done));
            }
        }
        if !changes.is_empty() {
            let does = user::in_words(&rule.does);
            let result = RuleResult { when: rule.written.clone(), does, did: String::new(), at: 0 };
            all.push(RuleChanges { number, result, changes });
        }
    }
    all
}

/// Does it, where it changes anything.
fn change(state: &mut UserState, action: &UserAction) -> Option<UserAction> {
    let change = state.change(action)?;
    state.apply(&change);
    Some(change)
}

/// The statements that the query of a rule asks for, kept.
fn clipped(entry: &Entry, rule: &Rule) -> Vec<UserAction> {
    let findings = entry.with_reported();
    let statements = entry.statements_for(&rule.when).into_iter();
    let clippings = statements.filter_map(|runs| Clipping::of(&entry.article, findings, &runs));
    clippings
        .map(|clipping| UserAction::Clipped {
            id: clipping.id(),
            article: entry.article.id,
            before: None,
            after: Some(Box::new(clipping)),
        })
        .collect()
}

/// Writes what the rules did with the articles that arrived in one transaction, into the entry of the history for it.
pub(super) fn enter(
    transaction: &Transaction<'_>,
    committed: &mut Committed,
    entry: &mut RulesEntry,
    here: &Here<'_>,
) -> Result<(), Error> {
    let followers: HashSet<ArticleId> = committed.successors.iter().map(|(_, to)| *to).collect();
    let mut wanted = std::mem::take(&mut committed.by_rules);
    // What took the place of another article has its user data, and did not just arrive.
    wanted.retain(|(article, _)| !followers.contains(article));
    committed.notified.retain(|article| !followers.contains(&article.id));
    let notified: HashSet<ArticleId> = committed.notified.iter().map(|article| article.id).collect();
    let mut tables = Tables(transaction);
    let mut changes = Vec::new();
    for (article, by_rule) in &wanted {
        let mut did = Vec::new();
        for (deed, actions) in &by_rule.changes {
            let before = changes.len();
            for action in actions {
                if let Some(change) = tables.change(action)? {
                    tables.apply(std::slice::from_ref(&change))?;
                    changes.push(change);
                }
            }
            let has_told = *deed == RuleDeed::Notify && notified.contains(article);
            did.extend((has_told || changes.len() > before).then_some(deed));
        }
        if !did.is_empty() {
            rule_results::write(transaction, *article, &by_rule.did(did.into_iter()))?;
        }
    }
    if changes.is_empty() {
        return Ok(());
    }
    let grown = match entry.0 {
        Some(id) => tables.extend(id, &changes, &label)?,
        None => false,
    };
    if !grown {
        let (new, gone) = tables.history()?.push(here.id(), &label(&changes), &|run| here.may_touch(run));
        tables.push(&new, &changes, &gone)?;
        entry.0 = Some(new.id);
    }
    committed.actions.extend(changes);
    Ok(())
}

/// What the history calls it: "the rules on 12 articles".
fn label(actions: &[UserAction]) -> String {
    let articles: HashSet<_> = actions.iter().filter_map(UserAction::article).collect();
    format!("the rules on {}", counted(articles.len(), "article"))
}
