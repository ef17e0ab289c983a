//! Articles that replace others: the user data goes over to them.
//!
//! An article without an address is known by its words. Where a newer version of the formats reads other words out of
//! the same file (letters that an older one lost), or where the author edited it, it is another article to the library,
//! and the same to the user. Where something of the file was refused, one that is not found may be that.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension};

use super::articles::{entry_in_row, row_of};
use super::clippings;
use super::commit::Commit;
use super::updating::{Wording, take_over};
use super::{EncodedArticle, Error, bookmarks, history, rule_results, user_state};
use crate::article::ArticleId;
use crate::text::fold;
use crate::user::reanchor::{ALIKE, ENOUGH, counted, likeness, likeness_of_versions};
use crate::user::{Clipping, Marks, UserAction, UserState};

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

/// A file that was read again: the keys of the articles that it held before and holds now, each in the order in which they
/// were read.
pub(super) struct Reread<'k> {
    pub held: &'k [i64],
    pub now: &'k [i64],
    pub change: FileChange,
    /// Whether nothing of it was refused, neither before nor now.
    pub is_whole: bool,
}

/// What became of articles that a file holds no more.
#[derive(Debug, Default)]
pub(super) struct Succession {
    /// Each with the one that replaced it.
    pub successors: HashMap<i64, i64>,
    /// Those of which the file has the headline in another article now, which may be the same and may not.
    pub superseded: HashSet<i64>,
}

/// Finds for each article that a file held and holds no more the one that replaced it. By another reader: where those that
/// stayed stand at the same places, the others do too. Else the one with the same headline is it; then the most alike are
/// taken: for those with which the user did anything, and, where the file may not have been edited or something of it was
/// refused, for all among those that stand about where they stood, if they are few.
pub(super) fn successors(connection: &Connection, reread: &Reread<'_>) -> Result<Succession, Error> {
    let Succession { mut successors, superseded } = likely_successors(connection, reread)?;
    for (from, to) in successors.clone() {
        if is_contested(connection, from)? && !are_versions(connection, from, to)? {
            successors.remove(&from);
        }
    }
    Ok(Succession { successors, superseded })
}

/// Whether several articles say that they stand at the address by which this one is known: in a file that held it may
/// have been any of them.
fn is_contested(connection: &Connection, key: i64) -> Result<bool, Error> {
    Ok(connection.prepare_cached("SELECT 1 FROM aliases WHERE key = ?1 AND article IS NULL")?.exists([key])?)
}

/// Whether the words of one article are a version of those of another.
fn are_versions(connection: &Connection, old: i64, new: i64) -> Result<bool, Error> {
    let (Some(old), Some(new)) = (words_of(connection, old)?, words_of(connection, new)?) else { return Ok(false) };
    Ok(likeness_of_versions(&old, &new) >= ALIKE)
}

fn likely_successors(connection: &Connection, reread: &Reread<'_>) -> Result<Succession, Error> {
    let mut seen = HashSet::new();
    let now: Vec<i64> = reread.now.iter().copied().filter(|key| seen.insert(*key)).collect();
    let reread = Reread { now: &now, ..*reread };
    let before: HashSet<i64> = reread.held.iter().copied().collect();
    let gone: Vec<i64> = reread.held.iter().copied().filter(|key| !seen.contains(key)).collect();
    let come: Vec<i64> = now.iter().copied().filter(|key| !before.contains(key)).collect();
    if gone.is_empty() || come.is_empty() {
        return Ok(Succession::default());
    }
    if reread.change == FileChange::OtherReader && reread.held.len() == now.len() {
        let changed = |&(from, to): &(i64, i64)| from != to;
        let pairs: Vec<_> = reread.held.iter().copied().zip(now.iter().copied()).filter(changed).collect();
        let is_aligned = |(from, to): &(i64, i64)| !seen.contains(from) && !before.contains(to);
        if pairs.iter().all(is_aligned) && (reread.is_whole || may_be_same(connection, &pairs)?) {
            return Ok(Succession { successors: pairs.into_iter().collect(), ..Succession::default() });
        }
    }
    let Succession { successors, superseded } = by_headline(connection, &reread, &gone, &come)?;
    let mut found: Vec<_> = successors.into_iter().collect();
    let (left, free) = others(&gone, &come, &found);
    found.extend(most_alike(connection, &left, &free)?);
    if (reread.change != FileChange::Edited || !reread.is_whole) && gone.len() <= MOST_NEARBY {
        nearby(connection, reread.held, &now, &mut found)?;
    }
    if !reread.is_whole {
        found = without_short_others(connection, found)?;
    }
    Ok(Succession { successors: found.into_iter().collect(), superseded })
}

/// Those of the articles `gone` without a successor, and those of `come` that are none.
fn others(gone: &[i64], come: &[i64], found: &[(i64, i64)]) -> (Vec<i64>, Vec<i64>) {
    let (from, to): (HashSet<i64>, HashSet<i64>) = found.iter().copied().unzip();
    let other = |keys: &[i64], known: &HashSet<i64>| keys.iter().copied().filter(|key| !known.contains(key)).collect();
    (other(gone, &from), other(come, &to))
}

/// Whether the articles of each pair, which stand at one place, may be the same where others could be refused now than
/// before: the headline of none stands at another place, and each has a word of its headline or a third of all its words in
/// common with the other.
fn may_be_same(connection: &Connection, pairs: &[(i64, i64)]) -> Result<bool, Error> {
    /// Two articles of a file seldom share as much.
    const A_THIRD: f64 = 1.0 / 3.0;
    let all = pairs.iter().map(|&(from, to)| headlines(connection, from, to));
    let headlines = all.collect::<Result<Vec<_>, _>>()?;
    let come: HashSet<&str> = headlines.iter().map(|(_, new)| new.as_str()).collect();
    for ((from, to), both) in pairs.iter().zip(&headlines) {
        if both.0 == both.1 {
            continue;
        }
        if come.contains(both.0.as_str()) {
            return Ok(false);
        }
        let words = |key| Ok::<_, Error>(words_of(connection, key)?.unwrap_or_default());
        if !share_headline_words(both) && likeness(&words(*from)?, &words(*to)?) < A_THIRD {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The headlines of two articles.
fn headlines(connection: &Connection, one: i64, other: i64) -> Result<(String, String), Error> {
    let headline = |key| Ok::<_, Error>(headline_and_day(connection, key)?.map_or(String::new(), |(it, _)| it));
    Ok((headline(one)?, headline(other)?))
}

fn share_headline_words((one, other): &(String, String)) -> bool {
    likeness(&counted(&fold(one)), &counted(&fold(other))) > 0.0
}

/// The pairs without those of which the first has so few words that another article may have the same, and of which the
/// headlines have no word in common.
fn without_short_others(connection: &Connection, pairs: Vec<(i64, i64)>) -> Result<Vec<(i64, i64)>, Error> {
    let mut kept = Vec::with_capacity(pairs.len());
    for (from, to) in pairs {
        let is_short = words_of(connection, from)?.is_none_or(|words| words.values().sum::<usize>() < ENOUGH);
        if !is_short || share_headline_words(&headlines(connection, from, to)?) {
            kept.push((from, to));
        }
    }
    Ok(kept)
}

/// Finds for each of the articles `gone` the one of `come` that alone has its headline, which it alone had, and is of no
/// other day. In an edited file it is the successor where it stands beside the same article as before, or both are alone.
/// Returns the successors, and those of `gone` whose headline came without that.
fn by_headline(connection: &Connection, reread: &Reread<'_>, gone: &[i64], come: &[i64]) -> Result<Succession, Error> {
    let old = by_their_headlines(connection, gone)?;
    let mut new = by_their_headlines(connection, &come[..come.len().min(MOST_COMPARED)])?;
    let places = |keys: &[i64]| keys.iter().enumerate().map(|(at, key)| (*key, at)).collect::<HashMap<_, _>>();
    let (held_at, now_at) = (places(reread.held), places(reread.now));
    let stands_as_before = |from: i64, to: i64| {
        let (was, is) = (held_at[&from], now_at[&to]);
        let before = |keys: &[i64], at: usize| at.checked_sub(1).map(|at| keys[at]);
        let (left, right) = (before(reread.held, was), reread.held.get(was + 1));
        let is_beside = |one: Option<i64>, other: Option<i64>| one.is_some() && one == other;
        is_beside(left, before(reread.now, is))
            || is_beside(right.copied(), reread.now.get(is + 1).copied())
            || (reread.held.len() == 1 && reread.now.len() == 1)
    };
    let mut known = Succession::default();
    for (headline, bearers) in old {
        let Some(now) = new.remove(&headline) else { continue };
        match (&bearers[..], &now[..]) {
            (&[(from, was)], &[(to, is)])
                if was.is_none_or(|was| is.is_none_or(|is| was == is))
                    && (reread.change != FileChange::Edited || stands_as_before(from, to)) =>
            {
                known.successors.insert(from, to);
            }
            _ => known.superseded.extend(bearers.iter().map(|(key, _)| key)),
        }
    }
    Ok(known)
}

/// Articles with their days, by their headlines; those without a headline are left out.
type Headlined = HashMap<String, Vec<(i64, Option<i64>)>>;

fn by_their_headlines(connection: &Connection, keys: &[i64]) -> Result<Headlined, Error> {
    let mut all = Headlined::new();
    for &key in keys {
        if let Some((headline, day)) = headline_and_day(connection, key)?.filter(|(headline, _)| !headline.is_empty()) {
            all.entry(headline).or_default().push((key, day));
        }
    }
    Ok(all)
}

fn headline_and_day(connection: &Connection, key: i64) -> Result<Option<(String, Option<i64>)>, Error> {
    let mut statement = connection.prepare_cached("SELECT title, day FROM articles WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
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
fn most_alike(connection: &Connection, gone: &[i64], come: &[i64]) -> Result<Vec<(i64, i64)>, Error> {
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
    for &key in come.iter().take(MOST_COMPARED) {
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
               OR EXISTS (SELECT 1 FROM unplaced WHERE article = ?1)
               OR EXISTS (SELECT 1 FROM bookmarks WHERE article = ?1)
               OR EXISTS (SELECT 1 FROM clippings WHERE article = ?1)";
    Ok(connection.prepare_cached(sql)?.query_row([key], |row| row.get(0))?)
}

fn is_known_to_user(connection: &Connection, key: i64) -> Result<bool, Error> {
    let sql = "SELECT EXISTS (SELECT 1 FROM marks WHERE article = ?1)
               OR EXISTS (SELECT 1 FROM tags WHERE article = ?1) OR EXISTS (SELECT 1 FROM corrections WHERE article = ?1)
               OR EXISTS (SELECT 1 FROM unplaced WHERE article = ?1)
               OR EXISTS (SELECT 1 FROM clippings WHERE article = ?1)";
    Ok(connection.prepare_cached(sql)?.query_row([key], |row| row.get(0))?)
}

/// How often an article has each word.
fn words_of(connection: &Connection, key: i64) -> Result<Option<HashMap<String, usize>>, Error> {
    let Some(row) = row_of(connection, ArticleId(key as u64))? else { return Ok(None) };
    Ok(entry_in_row(connection, row.id, &UserState::default())?.map(|entry| counted(&fold(entry.article.told()))))
}

fn is_removed(connection: &Connection, key: i64) -> Result<bool, Error> {
    Ok(connection.prepare_cached("SELECT 1 FROM marks WHERE article = ?1 AND removed")?.exists([key])?)
}

/// Whether the user removed one of two articles and decided something about the other, which was not removed.
fn is_wanted(connection: &Connection, one: i64, other: i64) -> Result<bool, Error> {
    for (removed, other) in [(one, other), (other, one)] {
        if is_removed(connection, removed)? && !is_removed(connection, other)? && is_decided_on(connection, other)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Enters an article that was removed, or is not any more, into what is derived from it: who speaks in what was removed does
/// not count.
fn enter_again(commit: &mut Commit<'_>, id: ArticleId) -> Result<(), Error> {
    let connection = commit.connection;
    let corrections = HashMap::from([(id, user_state::corrections_of(connection, id)?)]);
    let state = UserState { corrections, ..UserState::default() };
    let Some(row) = row_of(connection, id)? else { return Ok(()) };
    let Some(entry) = entry_in_row(connection, row.id, &state)? else { return Ok(()) };
    commit.replace_findings(&row, &EncodedArticle::of(&entry)?)
}

/// Adds what the user did with the article `from` to what was done with `to`. Corrections follow their quoted words, the
/// position its line; where one of the two was removed and the other was not but is starred, tagged or corrected, the
/// article stays in sight. What was done is added to what the commit changed.
pub(super) fn hand_over(commit: &mut Commit<'_>, from: i64, to: i64) -> Result<(), Error> {
    let connection = commit.connection;
    rule_results::hand_over(connection, from, to)?;
    let sql = "UPDATE articles SET enclosures = (SELECT enclosures FROM articles WHERE key = ?1)
               WHERE key = ?2 AND enclosures IS NULL AND EXISTS (SELECT 1 FROM articles WHERE key = ?1)";
    connection.prepare_cached(sql)?.execute((from, to))?;
    if !is_known_to_user(connection, from)? {
        return Ok(());
    }
    let (is_wanted, was_removed) = (is_wanted(connection, from, to)?, is_removed(connection, to)?);
    let (id, old) = (ArticleId(to as u64), ArticleId(from as u64));
    let held = [user_state::actions_on(connection, old)?, user_state::actions_on(connection, id)?].concat();
    for sql in [
        "INSERT INTO marks (article, read, starred, removed) SELECT ?2, read, starred, removed FROM marks WHERE article = ?1
         ON CONFLICT (article) DO UPDATE SET read = max(read, excluded.read),
             starred = max(starred, excluded.starred), removed = max(removed, excluded.removed)",
        "INSERT OR IGNORE INTO tags (article, name) SELECT ?2, name FROM tags WHERE article = ?1",
    ] {
        connection.prepare_cached(sql)?.execute((from, to))?;
    }
    if is_wanted {
        let shown = UserAction::Removed { article: id, removed: false };
        user_state::write(connection, &shown)?;
        commit.committed.actions.push(shown);
    }
    hand_over_places(commit, old, id)?;
    // Those whose words could not be looked for.
    for (clipping, kept) in clippings::of_article(connection, old)? {
        clippings::write(connection, clipping, Some(&Clipping { article: id, start: None, ..kept }))?;
    }
    if is_removed(connection, to)? != was_removed {
        enter_again(commit, id)?;
    }
    history::follow_article(connection, old, id, held)?;
    commit.committed.actions.extend(user_state::actions_on(connection, id)?);
    Ok(())
}

/// Takes what the user did from an article that handed it over and that lies nowhere any more: what is kept of a missing
/// article for the day when it comes again would be of one article twice. What a feed brings may come again.
pub(super) fn forget(commit: &mut Commit<'_>, key: i64) -> Result<(), Error> {
    let connection = commit.connection;
    let sql = "SELECT 1 FROM came_from WHERE article = ?1";
    if !is_known_to_user(connection, key)? || connection.prepare_cached(sql)?.exists([key])? {
        return Ok(());
    }
    let done = user_state::actions_on(connection, ArticleId(key as u64))?;
    // What the user keeps is never taken away.
    let is_kept = |action: &&UserAction| matches!(action, UserAction::Clipped { .. });
    let mut undone: Vec<_> = done.iter().filter(|action| !is_kept(action)).filter_map(UserAction::inverse).collect();
    undone.extend(bookmarks::changes(
        ArticleId(key as u64),
        &bookmarks::of(connection, ArticleId(key as u64))?,
        &Marks::new(),
    ));
    for action in &undone {
        user_state::write(connection, action)?;
    }
    // The row stays: programs that have the library open see by it what changed.
    connection.prepare_cached("UPDATE marks SET place = NULL WHERE article = ?1")?.execute([key])?;
    connection.prepare_cached("DELETE FROM unplaced WHERE article = ?1")?.execute([key])?;
    commit.committed.actions.extend(undone);
    Ok(())
}

/// Adds the corrections and the position of one article to those of another, where their words are in it.
fn hand_over_places(commit: &mut Commit<'_>, from: ArticleId, to: ArticleId) -> Result<(), Error> {
    let connection = commit.connection;
    let (Some(old), Some(new)) = (row_of(connection, from)?, row_of(connection, to)?) else { return Ok(()) };
    let Some(entry) = entry_in_row(connection, new.id, &UserState::default())? else { return Ok(()) };
    let wording = Wording::stored(connection, old.id)?;
    if let Some(corrected) = take_over(connection, from, &wording, &EncodedArticle::of(&entry)?)? {
        commit.committed.changed.push(corrected.headline());
        commit.replace_findings(&new, &corrected)?;
    }
    Ok(())
}
