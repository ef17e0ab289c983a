//! Articles that replace others: the user data goes over to them.
//!
//! An article without an address is known by its words. Where a newer version of the formats reads other words out of
//! the same file (letters that an older one lost), or where the one article of a file was edited, it is another article
//! to the library, and the same to the user.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::articles::{entry_in_row, row_of};
use super::commit::Commit;
use super::reanchor::{ALIKE, counted, likeness_of_versions};
use super::updating::{Wording, with_user_data};
use super::{EncodedArticle, Error, history, user_state};
use crate::article::ArticleId;
use crate::user::UserState;

/// The most articles of a file that are compared with those that went from it.
const MOST_COMPARED: usize = 50_000;

/// The most articles that went from a file of which each is compared with those about its place: about a second's work.
const MOST_NEARBY: usize = 1_000;

/// Why a file holds other articles now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileChange {
    /// Another version of the formats read the same bytes.
    OtherReader,
    /// It was edited: an article may be another one altogether.
    Edited,
    /// One or the other.
    Unknown,
}

/// Finds for each article that a file `held` and that is none of it `now` the one that replaced it. Both are in the
/// order in which they were read. By another reader: where those that stayed stand at the same places, the others do too.
/// Else the most alike are taken: for those with which the user did anything, and, where the file may not have been edited
/// and few went, for all among those that stand about where they stood.
pub(super) fn successors(
    connection: &Connection,
    held: &[i64],
    now: &[i64],
    change: FileChange,
) -> Result<Vec<(i64, i64)>, Error> {
    let mut seen = HashSet::new();
    let now: Vec<i64> = now.iter().copied().filter(|key| seen.insert(*key)).collect();
    let before: HashSet<i64> = held.iter().copied().collect();
    if change == FileChange::OtherReader {
        let changed = |&(from, to): &(i64, i64)| from != to;
        let pairs: Vec<_> = held.iter().copied().zip(now.iter().copied()).filter(changed).collect();
        let is_aligned = |(from, to): &(i64, i64)| !seen.contains(from) && !before.contains(to);
        if held.len() == now.len() && pairs.iter().all(is_aligned) {
            return Ok(pairs);
        }
    }
    let gone = held.iter().filter(|key| !seen.contains(key));
    let mut found = most_alike(connection, gone, now.iter().filter(|key| !before.contains(key)))?;
    let changed = held.iter().filter(|key| !seen.contains(key)).count();
    if change != FileChange::Edited && changed <= MOST_NEARBY {
        nearby(connection, held, &now, &mut found)?;
    }
    Ok(found)
}

/// Adds to `found` for each other article that the file `held` the most alike of those that are new `now` and stand
/// about where it stood.
fn nearby(connection: &Connection, held: &[i64], now: &[i64], found: &mut Vec<(i64, i64)>) -> Result<(), Error> {
    /// How far an article may have moved, in articles, when others are read before it that were not.
    const FARTHEST: usize = 32;
    let (before, after): (HashSet<i64>, HashSet<i64>) = (held.iter().copied().collect(), now.iter().copied().collect());
    let mut taken: HashSet<i64> = found.iter().map(|(_, to)| *to).collect();
    let known: HashSet<i64> = found.iter().map(|(from, _)| *from).collect();
    let mut texts = HashMap::new();
    for (at, &key) in held.iter().enumerate().filter(|(_, key)| !after.contains(key) && !known.contains(key)) {
        let Some(words) = words_of(connection, key)? else { continue };
        let around = at.saturating_sub(FARTHEST)..now.len().min(at + FARTHEST + 1);
        let mut best: Option<(f64, i64)> = None;
        for &other in now.get(around).unwrap_or_default() {
            if before.contains(&other) || taken.contains(&other) {
                continue;
            }
            if let Entry::Vacant(vacant) = texts.entry(other) {
                vacant.insert(words_of(connection, other)?.unwrap_or_default());
            }
            let alike = likeness_of_versions(&words, &texts[&other]);
            if alike >= best.map_or(ALIKE, |(most, _)| most) {
                best = Some((alike, other));
            }
        }
        if let Some((_, to)) = best {
            taken.insert(to);
            found.push((key, to));
        }
    }
    Ok(())
}

/// Finds for each of the articles `gone` with which the user did anything the one of `come` that is most like it.
fn most_alike<'k>(
    connection: &Connection,
    gone: impl Iterator<Item = &'k i64>,
    come: impl Iterator<Item = &'k i64>,
) -> Result<Vec<(i64, i64)>, Error> {
    let mut candidates = Vec::new();
    for &key in gone {
        if is_known_to_user(connection, key)?
            && let Some(words) = words_of(connection, key)?
        {
            candidates.push((key, words, None));
        }
    }
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    for &key in come.take(MOST_COMPARED) {
        let Some(words) = words_of(connection, key)? else { continue };
        let alike = |candidate: &GoneArticle| likeness_of_versions(&candidate.1, &words);
        let best =
            candidates.iter_mut().map(|candidate| (alike(candidate), candidate)).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((alike, (.., taken))) = best
            && alike >= taken.map_or(ALIKE, |(before, _)| before)
        {
            *taken = Some((alike, key));
        }
    }
    Ok(candidates.into_iter().filter_map(|(gone, _, taken)| Some((gone, taken?.1))).collect())
}

/// An article that went, its words, and how alike the one is that comes nearest to it.
type GoneArticle = (i64, HashMap<String, usize>, Option<(f64, i64)>);

/// Whether the user decided anything about an article: read it, or was somewhere in it, is no decision.
pub(super) fn is_decided_on(connection: &Connection, key: i64) -> Result<bool, Error> {
    let sql = "SELECT EXISTS (SELECT 1 FROM marks WHERE article = ?1 AND starred)
               OR EXISTS (SELECT 1 FROM tags WHERE article = ?1) OR EXISTS (SELECT 1 FROM corrections WHERE article = ?1)
               OR EXISTS (SELECT 1 FROM unplaced WHERE article = ?1)";
    Ok(connection.prepare_cached(sql)?.query_row([key], |row| row.get(0))?)
}

fn is_known_to_user(connection: &Connection, key: i64) -> Result<bool, Error> {
    let sql = "SELECT EXISTS (SELECT 1 FROM marks WHERE article = ?1)
               OR EXISTS (SELECT 1 FROM tags WHERE article = ?1) OR EXISTS (SELECT 1 FROM corrections WHERE article = ?1)
               OR EXISTS (SELECT 1 FROM unplaced WHERE article = ?1)";
    Ok(connection.prepare_cached(sql)?.query_row([key], |row| row.get(0))?)
}

/// How often an article has each word.
fn words_of(connection: &Connection, key: i64) -> Result<Option<HashMap<String, usize>>, Error> {
    let Some(row) = row_of(connection, ArticleId(key as u64))? else { return Ok(None) };
    Ok(entry_in_row(connection, row.id, &UserState::default())?.map(|entry| counted(entry.folded())))
}

/// Adds what the user did with the article `from` to what was done with `to`. Corrections follow
/// their quoted words, the position its line. What was done is added to what the commit changed.
pub(super) fn hand_over(commit: &mut Commit<'_>, from: i64, to: i64) -> Result<(), Error> {
    let connection = commit.connection;
    if !is_known_to_user(connection, from)? {
        return Ok(());
    }
    for sql in [
        "INSERT INTO marks (article, read, starred, removed, place)
         SELECT ?2, read, starred, removed, place FROM marks WHERE article = ?1
         ON CONFLICT (article) DO UPDATE SET read = max(read, excluded.read),
             starred = max(starred, excluded.starred), removed = max(removed, excluded.removed),
             place = coalesce(place, excluded.place)",
        "INSERT INTO unplaced (article, start, words, speaker)
         SELECT ?2, start, words, speaker FROM unplaced AS lost WHERE article = ?1
         AND NOT EXISTS (SELECT 1 FROM unplaced WHERE article = ?2 AND words = lost.words AND speaker IS lost.speaker)",
        "INSERT OR IGNORE INTO tags (article, name) SELECT ?2, name FROM tags WHERE article = ?1",
        "INSERT OR IGNORE INTO corrections (article, start, speaker)
         SELECT ?2, start, speaker FROM corrections WHERE article = ?1",
    ] {
        connection.prepare_cached(sql)?.execute((from, to))?;
    }
    let id = ArticleId(to as u64);
    history::follow_article(connection, ArticleId(from as u64), id)?;
    follow_words(commit, ArticleId(from as u64), id)?;
    commit.committed.actions.extend(user_state::actions_on(connection, id)?);
    Ok(())
}

/// Moves corrections and position of an article that took them over from another to where their words are in it.
fn follow_words(commit: &mut Commit<'_>, from: ArticleId, to: ArticleId) -> Result<(), Error> {
    let connection = commit.connection;
    let (Some(old), Some(new)) = (row_of(connection, from)?, row_of(connection, to)?) else { return Ok(()) };
    let Some(entry) = entry_in_row(connection, new.id, &UserState::default())? else { return Ok(()) };
    let wording = Wording::stored(connection, old.id)?;
    if let Some(corrected) = with_user_data(connection, &wording, &EncodedArticle::of(&entry)?)?.article {
        commit.committed.changed.push(corrected.headline());
        commit.replace_findings(&new, &corrected)?;
    }
    Ok(())
}
