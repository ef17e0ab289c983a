//! `pullquote prune`: deletes articles of feeds that are kept no longer.

use std::io::{self, Write};

use chrono::Utc;
use clap::Args;

use super::Error;
use super::config::WhichConfig;
use super::error::{Found, Outcome, show_message};
use super::library_args::LibraryArguments;
use crate::catalog::FeedId;
use crate::library::Library;
use crate::text::{clean_line, counted};
use crate::user::Retention;

/// What stands under `pullquote prune --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote prune --dry-run               which articles would go, and how many of each feed
  pullquote prune                         delete them
  pullquote prune --keep 90d --dry-run    the same where 90 days are kept
  pullquote set Wire --keep 2000          the newest 2,000 of one feed

What is kept stands in config.toml: keep = \"90d\" (also 12w, 6m, 2y, or a number of articles for each feed). Nothing goes that is
starred, tagged, corrected, marked or kept as a clipping, nor what a file holds; each refresh does the same.
Exit codes: 0 success, 1 nothing is old enough, 2 error.";

/// What `pullquote prune` accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct PruneArguments {
    /// Say what would go; nothing is deleted
    #[arg(long, short = 'n')]
    dry_run: bool,
    /// Keep so long, or so many of each feed, whatever the configuration says; a feed's own setting holds
    #[arg(long, value_name = "AGE|NUMBER", value_parser = Retention::parse)]
    keep: Option<Retention>,
}

/// Deletes what is kept no longer, or says what that is.
pub fn run(arguments: &PruneArguments, library_args: &LibraryArguments, which: &WhichConfig) -> Outcome {
    let written = which.retention()?;
    let general = arguments.keep.unwrap_or(written);
    let library = if arguments.dry_run { library_args.look_into()? } else { library_args.open_or_fail()? };
    library.set_retention(general);
    let now = Utc::now();
    let mut expiring = library.expiring(now)?;
    if expiring.articles.is_empty() {
        let is_set = general != Retention::Forever
            || library.subscriptions()?.iter().any(|feed| feed.settings.fetch.keep.is_some());
        show_message(if is_set {
            "nothing is old enough to go"
        } else {
            "everything is kept: keep = \"90d\" in config.toml keeps 90 days, pullquote prune --help says more"
        });
        return Ok(Found::Nothing);
    }
    if !arguments.dry_run {
        expiring.articles = library.expire(&expiring.articles, now)?;
    }
    let mut out = io::stdout().lock();
    for (name, number) in named(&library, &expiring.by_feed)? {
        writeln!(out, "{number:>9}  {name}")?;
    }
    if arguments.dry_run {
        let mut listed = Vec::new();
        for &id in &expiring.articles {
            let Some(entry) = library.get(id)? else { continue };
            let day = entry.article.dates.listed().map_or_else(String::new, |listed| format!("{}  ", listed.day));
            listed.push(format!("{day}{}", clean_line(entry.article.headline())));
        }
        listed.sort_unstable();
        for headline in listed {
            writeln!(out, "           {headline}")?;
        }
    }
    let verb = if arguments.dry_run { "would go" } else { "deleted" };
    writeln!(out, "{} {verb}", counted(expiring.articles.len(), "article"))?;
    if let Some(once) = arguments.keep.filter(|once| *once != written) {
        show_message(&format!(
            "this once: a refresh brings back what the feeds still have, unless config.toml says keep = \"{once}\""
        ));
    }
    Ok(Found::Something)
}

/// Feeds by name, each with a number.
fn named(library: &Library, feeds: &[(FeedId, usize)]) -> Result<Vec<(String, usize)>, Error> {
    let all = library.subscriptions()?;
    let name = |id| all.iter().find(|feed| feed.id == id).map_or_else(String::new, |feed| clean_line(&feed.name()));
    Ok(feeds.iter().map(|(id, number)| (name(*id), *number)).collect())
}
