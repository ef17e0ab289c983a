//! `pullquote list`: the folders and the feeds of the library.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::Error;
use super::error::{Found, Outcome};
use super::library_args::LibraryArguments;
use crate::export::json;
use crate::library::{Library, Scope};
use crate::text::{cells, clean_line};

/// What `pullquote list` accepts.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// Write one object of JSON: folders, feeds, and the number of all articles
    #[arg(long)]
    json: bool,
}

/// The library, for programs.
#[derive(Serialize)]
struct LibraryRecord {
    folders: Vec<FolderRecord>,
    feeds: Vec<FeedRecord>,
    articles: usize,
}

#[derive(Serialize)]
struct FolderRecord {
    path: String,
    articles: usize,
}

#[derive(Serialize)]
struct FeedRecord {
    name: String,
    url: String,
    articles: usize,
    unread: usize,
    paused: bool,
    error: Option<String>,
}

/// Lists the folders that are part of the library, each with the number of its articles, then the whole.
pub fn run(arguments: &ListArguments, library_args: &LibraryArguments) -> Outcome {
    let library = library_args.look_into()?;
    let mut out = io::stdout().lock();
    if arguments.json {
        let record = LibraryRecord::of(&library)?;
        writeln!(out, "{}", json(&record))?;
        return Ok(Found::Something);
    }
    for folder in library.folders()? {
        let articles = count(&library, &Scope::Under(vec![folder.clone()]))?;
        writeln!(out, "{articles:>9}  {}", clean_line(&folder.display().to_string()))?;
    }
    let sources = list_feeds(&mut out, &library)?;
    let whole = count(&library, &Scope::Whole)?;
    writeln!(out, "{whole:>9}  in the library")?;
    Ok(if whole + sources == 0 { Found::Nothing } else { Found::Something })
}

/// Writes the feeds, each with the number of its articles; returns how many there are.
fn list_feeds(out: &mut impl Write, library: &Library) -> Result<usize, Error> {
    /// Names that are longer stand out of line.
    const LONGEST: usize = 32;
    let lines = library.feed_overview()?.feeds;
    let width = lines.iter().map(|line| cells(&line.name)).filter(|width| *width <= LONGEST).max().unwrap_or(0);
    for line in &lines {
        write!(out, "{:>9}  {}", line.articles, line.name)?;
        if line.name != line.address {
            let gap = width.saturating_sub(cells(&line.name));
            write!(out, "{:gap$}  {}", "", line.address)?;
        }
        if line.unread > 0 {
            write!(out, "  {} unread", line.unread)?;
        }
        if line.paused {
            write!(out, "  paused")?;
        }
        match &line.error {
            Some(error) => writeln!(out, "  {}", clean_line(error))?,
            None => writeln!(out)?,
        }
    }
    Ok(lines.len())
}

impl LibraryRecord {
    fn of(library: &Library) -> Result<Self, Error> {
        let folder = |path: PathBuf| -> Result<_, Error> {
            let articles = count(library, &Scope::Under(vec![path.clone()]))?;
            Ok(FolderRecord { path: path.display().to_string(), articles })
        };
        let feeds = library.feed_overview()?.feeds.into_iter().map(|feed| FeedRecord {
            name: feed.name,
            url: feed.address,
            articles: feed.articles,
            unread: feed.unread,
            paused: feed.paused,
            error: feed.error,
        });
        Ok(Self {
            folders: library.folders()?.into_iter().map(folder).collect::<Result<_, _>>()?,
            feeds: feeds.collect(),
            articles: count(library, &Scope::Whole)?,
        })
    }
}

/// Returns how many articles of the library are within `scope`, but for those that the user removed.
pub fn count(library: &Library, scope: &Scope) -> Result<usize, Error> {
    let mut count = 0;
    let user_state = library.user_state();
    library.headlines(scope, &mut |headlines| {
        count += headlines.iter().filter(|headline| !user_state.flags(headline.id).removed).count();
        ControlFlow::Continue(())
    })?;
    Ok(count)
}
