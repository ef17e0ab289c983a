//! The files that say who speaks, by full name.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::cli::Error;
use crate::evaluate::Speakers;

/// What such a file holds of an article.
#[derive(Deserialize)]
#[serde(expecting = "an object with \"segments\", and \"aliases\" where there are some")]
struct ArticleRecord {
    /// By the number of the segment.
    segments: BTreeMap<usize, String>,
    /// By full name.
    #[serde(default)]
    aliases: BTreeMap<String, Vec<String>>,
}

/// Reads these files: who speaks in which article. What a later file says of an article holds.
pub fn read(paths: &[PathBuf]) -> Result<BTreeMap<String, Speakers>, Error> {
    let mut all = BTreeMap::new();
    for path in paths {
        all.extend(read_one(path)?);
    }
    Ok(all)
}

fn read_one(path: &Path) -> Result<impl Iterator<Item = (String, Speakers)>, Error> {
    let bytes = fs::read(path).map_err(|error| Error::Unreadable(path.to_owned(), error))?;
    let articles: BTreeMap<String, ArticleRecord> =
        serde_json::from_slice(&bytes).map_err(|error| Error::NotSpeakers(path.to_owned(), error))?;
    Ok(articles.into_iter().map(|(name, record)| (name, Speakers::new(record.segments, record.aliases))))
}
