//! `pullquote rules`: what the rules of the configuration would do, and do, with articles that are there already.

use std::io::{self, Write};

use clap::Args;

use super::Error;
use super::config::WhichConfig;
use super::error::{Found, Outcome, show_message};
use super::library_args::LibraryArguments;
use crate::article::ArticleId;
use crate::library::{Library, RuleChanges};
use crate::text::{clean_line, counted};
use crate::user::Rule;

/// What stands under `pullquote rules --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote rules                 the rules of the configuration, in their order
  pullquote rules --test          what they would do with the newest 1,000 articles
  pullquote rules --test 50       the same with the newest 50
  pullquote rules --apply         do it to all articles of the library, as one step that U takes back in the reader
  pullquote rules --apply --again the same also where a rule did it before, whatever you did with the article since

A rule stands in config.toml:
  [[rule]]
  when = 'source:wire title:sponsored'
  do = [\"read\", \"tag:ads\"]
do is a list of read, star, tag:WORD, hide, clip, notify.
Exit codes: 0 success, 1 no rules, or nothing to do, 2 error.";

/// What `pullquote rules` accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct RulesArguments {
    /// Say what the rules would do with the newest articles; nothing is changed
    #[arg(long, value_name = "NUMBER", num_args = 0..=1, default_missing_value = "1000", conflicts_with = "apply")]
    test: Option<usize>,
    /// Apply the rules to all articles of the library, but for those with which they did something before
    #[arg(long)]
    apply: bool,
    /// Apply them also to articles with which they did something before
    #[arg(long, requires = "apply")]
    again: bool,
}

/// Lists the rules, says what they would do, or does it.
pub fn run(arguments: &RulesArguments, library_args: &LibraryArguments, which: &WhichConfig) -> Outcome {
    let rules = which.rules()?;
    if rules.is_empty() {
        show_message("there are no rules: pullquote rules --help shows how one is written");
        return Ok(Found::Nothing);
    }
    let library = match (arguments.test, arguments.apply) {
        (None, false) => {
            for rule in &rules {
                writeln!(io::stdout(), "{}", clean_line(&rule.to_string()))?;
            }
            return Ok(Found::Something);
        }
        (Some(_), _) => library_args.look_into()?,
        (None, true) => library_args.open_or_fail()?,
    };
    let done = over(&library, &rules, arguments)?;
    done.write(&library, &rules)?;
    if arguments.apply && !done.changes.is_empty() {
        library.apply_rules(&done.changes)?;
    }
    Ok(if done.changes.is_empty() { Found::Nothing } else { Found::Something })
}

/// What rules do with some articles.
struct Done {
    articles: usize,
    /// Of each rule, the articles that it changes.
    found: Vec<Vec<ArticleId>>,
    /// Of each rule, how many it leaves as the user has made them since it did this before.
    left: Vec<usize>,
    changes: Vec<(ArticleId, RuleChanges)>,
}

/// What rules do with all articles of the library, or would do with the newest as they arrive.
fn over(library: &Library, rules: &[Rule], arguments: &RulesArguments) -> Result<Done, Error> {
    let mut ids = library.ids_by_row()?;
    ids.truncate(arguments.test.unwrap_or(usize::MAX));
    let (found, left) = (vec![Vec::new(); rules.len()], vec![0; rules.len()]);
    let mut done = Done { articles: ids.len(), found, left, changes: Vec::new() };
    for id in ids {
        let changes = library.by_rules(rules, id)?;
        let results = if changes.is_empty() || !arguments.apply || arguments.again {
            Vec::new()
        } else {
            library.rule_results(id)?
        };
        for changes in changes {
            // The user is not notified of articles that were there before.
            if arguments.apply && changes.actions().next().is_none() {
                continue;
            }
            if changes.was_done(&results) {
                done.left[changes.number] += 1;
                continue;
            }
            done.found[changes.number].push(id);
            done.changes.push((id, changes));
        }
    }
    Ok(done)
}

impl Done {
    /// Prints it, rule by rule.
    fn write(&self, library: &Library, rules: &[Rule]) -> Result<(), Error> {
        /// How many headlines of a rule are shown.
        const SHOWN: usize = 5;
        let mut out = io::stdout().lock();
        for ((rule, found), &left) in rules.iter().zip(&self.found).zip(&self.left) {
            writeln!(out, "{}", clean_line(&rule.to_string()))?;
            writeln!(out, "  {} of {}", found.len(), counted(self.articles, "article"))?;
            if left > 0 {
                let articles = counted(left, "article");
                writeln!(out, "  {articles} left as you changed them since (--again does it again)")?;
            }
            for &id in found.iter().take(SHOWN) {
                let Some(entry) = library.get(id)? else { continue };
                let day = entry.article.dates.listed().map_or_else(String::new, |listed| format!("{}  ", listed.day));
                writeln!(out, "    {day}{}", clean_line(entry.article.headline()))?;
            }
            if found.len() > SHOWN {
                writeln!(out, "    and {} more", found.len() - SHOWN)?;
            }
        }
        Ok(())
    }
}
