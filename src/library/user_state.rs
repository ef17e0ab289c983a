//! What the user did, in its tables: flags and positions, tags, corrections, saved searches, settings.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Params, Row, ToSql};

use super::{Error, bookmarks, clippings};
use crate::article::ArticleId;
use crate::quotes::{Corrections, QuotationKind, SpeakerCorrection};
use crate::user::{ArticleFlags, UnplacedCorrection, UserAction, UserState};

/// How many searches are remembered.
const MOST_SEARCHED: i64 = 200;

pub(super) fn read(connection: &Connection) -> Result<UserState, Error> {
    let (state, errors) = readable(connection);
    errors.into_iter().next().map_or(Ok(state), Err)
}

/// What of it can be read, and for each table with more in it why not all can.
pub(super) fn readable(connection: &Connection) -> (UserState, Vec<Error>) {
    let mut state = UserState::default();
    let searches = pairs(connection, "SELECT name, query FROM searches ORDER BY id");
    let settings = pairs(connection, "SELECT name, value FROM settings");
    let results = [
        read_tags(connection, &mut state.tags),
        read_corrections(connection, &mut state.corrections),
        clippings::read(connection, &mut state.clippings),
        bookmarks::read(connection, &mut state.marks),
        searches.map(|searches| state.searches = searches),
        settings.map(|settings| state.settings = settings.into_iter().collect()),
        each_article(connection, &mut |id, flags| put_flags(&mut state, id, flags)),
        read_searched(connection).map(|searched| state.searched = searched),
    ];
    (state, results.into_iter().filter_map(Result::err).collect())
}

fn read_searched(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut searched = connection.prepare("SELECT query FROM searched ORDER BY id")?;
    Ok(searched.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn put_flags(state: &mut UserState, id: ArticleId, flags: ArticleFlags) {
    for (is_set, set) in
        [(flags.read, &mut state.read), (flags.starred, &mut state.starred), (flags.removed, &mut state.removed)]
    {
        if is_set {
            set.insert(id);
        }
    }
    if let Some(position) = flags.position {
        state.positions.insert(id, position);
    }
}

fn pairs(connection: &Connection, sql: &str) -> Result<Vec<(String, String)>, Error> {
    let mut statement = connection.prepare(sql)?;
    let pairs = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(pairs.collect::<Result<_, _>>()?)
}

/// Hands the flags and positions of all articles to `on_article`, in no order.
fn each_article(connection: &Connection, on_article: &mut dyn FnMut(ArticleId, ArticleFlags)) -> Result<(), Error> {
    let mut marks = connection.prepare("SELECT article, read, starred, removed, place FROM marks")?;
    let mut rows = marks.query([])?;
    while let Some(row) = rows.next()? {
        let position: Option<i64> = row.get(4)?;
        let position = position.and_then(|position| usize::try_from(position).ok());
        let flags = ArticleFlags { read: row.get(1)?, starred: row.get(2)?, removed: row.get(3)?, position };
        on_article(ArticleId(row.get::<_, i64>(0)? as u64), flags);
    }
    Ok(())
}

/// Articles by their tags.
type Tags = BTreeMap<String, BTreeSet<ArticleId>>;

/// Adds them to `all`: those before what is damaged too.
fn read_tags(connection: &Connection, all: &mut Tags) -> Result<(), Error> {
    let mut tags = connection.prepare("SELECT article, name FROM tags")?;
    let mut rows = tags.query([])?;
    while let Some(row) = rows.next()? {
        all.entry(row.get(1)?).or_default().insert(ArticleId(row.get::<_, i64>(0)? as u64));
    }
    Ok(())
}

/// Adds them to `all`: those before what is damaged too.
fn read_corrections(connection: &Connection, all: &mut HashMap<ArticleId, Corrections>) -> Result<(), Error> {
    let mut corrections = connection.prepare("SELECT article, start, speaker, kind FROM corrections")?;
    let mut rows = corrections.query([])?;
    while let Some(row) = rows.next()? {
        let (id, start) = (ArticleId(row.get::<_, i64>(0)? as u64), row.get::<_, i64>(1)? as usize);
        all.entry(id).or_default().insert(start, correction(row, 2)?);
    }
    Ok(())
}

/// The correction in these two columns: speaker and kind.
fn correction(row: &Row<'_>, column: usize) -> rusqlite::Result<SpeakerCorrection> {
    let kind: Option<String> = row.get(column + 1)?;
    Ok(SpeakerCorrection::of(row.get(column)?, kind.as_deref().and_then(QuotationKind::named)))
}

/// What these columns hold of a correction.
fn columns(correction: &SpeakerCorrection) -> (Option<&str>, Option<&'static str>) {
    (correction.speaker(), correction.kind().map(QuotationKind::name))
}

fn flags_of(connection: &Connection, article: ArticleId) -> Result<Option<ArticleFlags>, Error> {
    let sql = "SELECT read, starred, removed, place FROM marks WHERE article = ?1";
    let flags = connection.prepare_cached(sql)?.query_row([key(article)], |row| {
        let position = row.get::<_, Option<i64>>(3)?.and_then(|position| usize::try_from(position).ok());
        Ok(ArticleFlags { read: row.get(0)?, starred: row.get(1)?, removed: row.get(2)?, position })
    });
    Ok(flags.optional()?)
}

fn tags_of(connection: &Connection, article: ArticleId) -> Result<BTreeSet<String>, Error> {
    let mut tags = connection.prepare_cached("SELECT name FROM tags WHERE article = ?1")?;
    let tags = tags.query_map([key(article)], |row| row.get(0))?;
    Ok(tags.collect::<Result<_, _>>()?)
}

/// The corrections of an article.
pub(super) fn corrections_of(connection: &Connection, article: ArticleId) -> Result<Corrections, Error> {
    let mut corrections =
        connection.prepare_cached("SELECT start, speaker, kind FROM corrections WHERE article = ?1")?;
    let row = |row: &Row<'_>| Ok((row.get::<_, i64>(0)? as usize, correction(row, 1)?));
    let corrections = corrections.query_map([key(article)], row)?;
    Ok(corrections.collect::<Result<_, _>>()?)
}

/// The unplaced corrections of an article, in the order in which they lost their place.
pub(super) fn unplaced_of(connection: &Connection, article: ArticleId) -> Result<Vec<UnplacedCorrection>, Error> {
    let sql = "SELECT start, words, speaker, kind FROM unplaced WHERE article = ?1 ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let unplaced = statement.query_map([key(article)], unplaced)?;
    Ok(unplaced.collect::<Result<_, _>>()?)
}

/// All unplaced corrections, with their articles.
pub(super) fn all_unplaced(connection: &Connection) -> Result<Vec<(ArticleId, UnplacedCorrection)>, Error> {
    let mut statement = connection.prepare("SELECT start, words, speaker, kind, article FROM unplaced ORDER BY id")?;
    let all = statement.query_map([], |row| Ok((ArticleId(row.get::<_, i64>(4)? as u64), unplaced(row)?)))?;
    Ok(all.collect::<Result<_, _>>()?)
}

fn unplaced(row: &Row<'_>) -> rusqlite::Result<UnplacedCorrection> {
    let start = row.get::<_, i64>(0)? as usize;
    Ok(UnplacedCorrection { start, words: row.get(1)?, correction: correction(row, 2)? })
}

/// Replaces the unplaced corrections of an article.
pub(super) fn write_unplaced(
    connection: &Connection,
    article: ArticleId,
    unplaced: &[UnplacedCorrection],
) -> Result<(), Error> {
    connection.prepare_cached("DELETE FROM unplaced WHERE article = ?1")?.execute([key(article)])?;
    let sql = "INSERT INTO unplaced (article, start, words, speaker, kind) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut statement = connection.prepare_cached(sql)?;
    for UnplacedCorrection { start, words, correction } in unplaced {
        let (speaker, kind) = columns(correction);
        statement.execute((key(article), *start as i64, words, speaker, kind))?;
    }
    Ok(())
}

/// The first byte of an article that was on the screen.
pub(super) fn position_of(connection: &Connection, article: ArticleId) -> Result<Option<usize>, Error> {
    Ok(flags_of(connection, article)?.and_then(|flags| flags.position))
}

/// What the user did with one article, as actions.
pub(super) fn actions_on(connection: &Connection, article: ArticleId) -> Result<Vec<UserAction>, Error> {
    let mut actions = Vec::new();
    if let Some(ArticleFlags { read, starred, removed, position }) = flags_of(connection, article)? {
        actions.extend(read.then_some(UserAction::Read { article, read }));
        actions.extend(starred.then_some(UserAction::Starred { article, starred }));
        actions.extend(removed.then_some(UserAction::Removed { article, removed }));
        actions.extend(position.map(|offset| UserAction::Position { article, offset }));
    }
    let tags = tags_of(connection, article)?.into_iter();
    actions.extend(tags.map(|tag| UserAction::Tagged { article, tag, tagged: true }));
    let corrections = corrections_of(connection, article)?.into_iter();
    let corrected =
        |(start, correction)| UserAction::Corrected { article, start, before: None, after: Some(correction) };
    actions.extend(corrections.map(corrected));
    actions.extend(clippings::changes(&BTreeMap::default(), &clippings::of_article(connection, article)?));
    let marks = bookmarks::of(connection, article)?.into_iter();
    actions.extend(marks.map(|(letter, offset)| UserAction::Mark { article, letter, offset: Some(offset) }));
    Ok(actions)
}

/// Like [`UserState::change`], but from the tables.
pub(super) fn change(connection: &Connection, action: &UserAction) -> Result<Option<UserAction>, Error> {
    let mut state = UserState::default();
    match action {
        UserAction::Read { article, .. }
        | UserAction::Starred { article, .. }
        | UserAction::Removed { article, .. } => {
            put_flags(&mut state, *article, flags_of(connection, *article)?.unwrap_or_default());
        }
        UserAction::Tagged { article, tag, .. } if tags_of(connection, *article)?.contains(tag) => {
            state.tags.insert(tag.clone(), BTreeSet::from([*article]));
        }
        UserAction::Corrected { article, .. } => {
            state.corrections.insert(*article, corrections_of(connection, *article)?);
        }
        UserAction::Clipped { id, .. } => state.clippings.extend(clippings::with_id(connection, *id)?),
        UserAction::SavedSearch { name, .. } => {
            let sql = "SELECT query FROM searches WHERE name = ?1";
            let query: Option<String> = connection.query_row(sql, [name], |row| row.get(0)).optional()?;
            state.searches.extend(query.map(|query| (name.clone(), query)));
        }
        _ => {}
    }
    Ok(state.change(action))
}

/// Writes an action down; those about feeds and links have tables of their own.
pub(super) fn write(connection: &Connection, action: &UserAction) -> Result<(), Error> {
    match action {
        UserAction::Read { article, read } => set_mark(connection, *article, "read", read),
        UserAction::Starred { article, starred } => set_mark(connection, *article, "starred", starred),
        UserAction::Removed { article, removed } => set_mark(connection, *article, "removed", removed),
        UserAction::Position { article, offset } => set_mark(connection, *article, "place", *offset as i64),
        UserAction::Mark { article, letter, offset } => bookmarks::write(connection, *article, *letter, *offset),
        UserAction::Tagged { article, tag, tagged: true } => {
            execute(connection, "INSERT OR IGNORE INTO tags (article, name) VALUES (?1, ?2)", (key(*article), tag))
        }
        UserAction::Tagged { article, tag, tagged: false } => {
            execute(connection, "DELETE FROM tags WHERE article = ?1 AND name = ?2", (key(*article), tag))
        }
        UserAction::Corrected { article, start, after: None, .. } => execute(
            connection,
            "DELETE FROM corrections WHERE article = ?1 AND start = ?2",
            (key(*article), *start as i64),
        ),
        UserAction::Corrected { article, start, after: Some(correction), .. } => {
            let (speaker, kind) = columns(correction);
            let sql = "INSERT OR REPLACE INTO corrections (article, start, speaker, kind) VALUES (?1, ?2, ?3, ?4)";
            execute(connection, sql, (key(*article), *start as i64, speaker, kind))
        }
        UserAction::Clipped { id, after, .. } => clippings::write(connection, *id, after.as_deref()),
        UserAction::SavedSearch { name, after: Some(query), .. } => execute(
            connection,
            "INSERT INTO searches (name, query) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET query = ?2",
            (name, query),
        ),
        UserAction::SavedSearch { name, after: None, .. } => {
            execute(connection, "DELETE FROM searches WHERE name = ?1", [name])
        }
        UserAction::Searched(query) => {
            execute(connection, "DELETE FROM searched WHERE query = ?1", [query])?;
            execute(connection, "INSERT INTO searched (query) VALUES (?1)", [query])?;
            let sql = "DELETE FROM searched WHERE id <= (SELECT max(id) FROM searched) - ?1";
            execute(connection, sql, [MOST_SEARCHED])
        }
        UserAction::Setting { name, value } => {
            execute(connection, "INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)", (name, value))
        }
        UserAction::Linked { .. }
        | UserAction::FeedRenamed { .. }
        | UserAction::FeedPaused { .. }
        | UserAction::FeedSet { .. }
        | UserAction::Subscribed { .. } => Ok(()),
    }
}

/// Sets one column of the marks of an article.
fn set_mark(connection: &Connection, article: ArticleId, column: &str, value: impl ToSql) -> Result<(), Error> {
    let sql = format!(
        "INSERT INTO marks (article, {column}) VALUES (?1, ?2) ON CONFLICT (article) DO UPDATE SET {column} = ?2"
    );
    execute(connection, &sql, (key(article), value))
}

fn key(article: ArticleId) -> i64 {
    article.0 as i64
}

fn execute(connection: &Connection, sql: &str, values: impl Params) -> Result<(), Error> {
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// What makes the state that is in memory like the tables.
pub(super) fn differences(before: &UserState, connection: &Connection) -> Result<Vec<UserAction>, Error> {
    let mut actions = Vec::new();
    // Flags may change, but never go; only those that differ are taken up, as there may be many.
    each_article(connection, &mut |article, now| {
        let flags = before.flags(article);
        let mut tell = |is_other: bool, action| actions.extend(is_other.then_some(action));
        tell(now.read != flags.read, UserAction::Read { article, read: now.read });
        tell(now.starred != flags.starred, UserAction::Starred { article, starred: now.starred });
        tell(now.removed != flags.removed, UserAction::Removed { article, removed: now.removed });
        if let Some(offset) = now.position {
            tell(now.position != flags.position, UserAction::Position { article, offset });
        }
    })?;
    different_tags(before, connection, &mut actions)?;
    different_corrections(before, connection, &mut actions)?;
    clippings::differences(&before.clippings, connection, &mut actions)?;
    actions.extend(bookmarks::differences(&before.marks, connection)?);
    let searches = pairs(connection, "SELECT name, query FROM searches ORDER BY id")?;
    let is_lost = |(name, _): &&(String, String)| !searches.iter().any(|(other, _)| other == name);
    let lost = before.searches.iter().filter(is_lost).map(|(name, query)| (name.clone(), Some(query.clone()), None));
    let is_new = |search: &&(String, String)| !before.searches.contains(search);
    let new = searches.iter().filter(is_new);
    let new = new.map(|(name, query)| (name.clone(), before.search(name).map(str::to_owned), Some(query.clone())));
    actions.extend(lost.chain(new).map(|(name, before, after)| UserAction::SavedSearch { name, before, after }));
    let typed = read_searched(connection)?;
    actions.extend(typed.into_iter().filter(|query| !before.searched.contains(query)).map(UserAction::Searched));
    let settings = pairs(connection, "SELECT name, value FROM settings")?;
    let is_set = |(name, value): &(String, String)| before.settings.get(name) != Some(value);
    actions.extend(settings.into_iter().filter(is_set).map(|(name, value)| UserAction::Setting { name, value }));
    Ok(actions)
}

fn different_tags(before: &UserState, connection: &Connection, actions: &mut Vec<UserAction>) -> Result<(), Error> {
    let flat = |(tag, tagged): (&String, &BTreeSet<ArticleId>)| -> Vec<_> {
        tagged.iter().map(|&id| (id, tag.clone())).collect()
    };
    let mut now = Tags::new();
    read_tags(connection, &mut now)?;
    let (before, now): (HashSet<_>, HashSet<_>) =
        (before.tags.iter().flat_map(flat).collect(), now.iter().flat_map(flat).collect());
    let changed = |tagged| {
        move |(article, tag): &(ArticleId, String)| UserAction::Tagged { article: *article, tag: tag.clone(), tagged }
    };
    actions.extend(before.difference(&now).map(changed(false)));
    actions.extend(now.difference(&before).map(changed(true)));
    Ok(())
}

fn different_corrections(
    before: &UserState,
    connection: &Connection,
    actions: &mut Vec<UserAction>,
) -> Result<(), Error> {
    let flat = |all: &HashMap<ArticleId, Corrections>| -> HashMap<(ArticleId, usize), SpeakerCorrection> {
        let of = |(&id, some): (&ArticleId, &Corrections)| -> Vec<_> {
            some.iter().map(|(&start, correction)| ((id, start), correction.clone())).collect()
        };
        all.iter().flat_map(of).collect()
    };
    let mut now = HashMap::new();
    read_corrections(connection, &mut now)?;
    let (before, mut now) = (flat(&before.corrections), flat(&now));
    for (&(article, start), correction) in &before {
        let after = now.remove(&(article, start));
        if after.as_ref() != Some(correction) {
            actions.push(UserAction::Corrected { article, start, before: Some(correction.clone()), after });
        }
    }
    let new = now.into_iter();
    actions.extend(new.map(|((article, start), correction)| UserAction::Corrected {
        article,
        start,
        before: None,
        after: Some(correction),
    }));
    Ok(())
}
