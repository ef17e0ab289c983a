//! Fills in what the tables of an older library do not have: how much of what people say is doubtful and in how many runs, surnames, and what short forms stand for.

use rusqlite::Connection;

use super::PeopleWriter;
use crate::catalog::{Identity, article_speakers, family_name, is_short};
use crate::library::articles::{ENTRY, entry};
use crate::library::{Error, user_state};
use crate::quotes::{ENGINE_VERSION, Spoken};

/// The version of the library from which on all of it is there.
pub(in crate::library) const COMPLETE_SINCE: i64 = 10;

/// Completes the tables, inside the transaction of the migration.
pub(in crate::library) fn complete(connection: &Connection) -> Result<(), Error> {
    count_spoken(connection)?;
    connection.execute(
        "UPDATE people SET (runs, by_surname, doubtful) = (
             SELECT coalesce(sum(runs), 0), coalesce(sum(by_surname), 0), coalesce(sum(doubtful), 0) FROM appearances WHERE person = people.id
         )",
        [],
    )?;
    let mut all = connection.prepare("SELECT id, identity FROM people")?;
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, Identity::parse(row.get_ref(1)?.as_str()?)));
    let identities: Vec<(i64, Identity)> = all.query_map([], read)?.collect::<Result<_, _>>()?;
    let mut update = connection.prepare("UPDATE people SET surname = ?2 WHERE id = ?1")?;
    for (id, identity) in &identities {
        if let Some(name) = family_name(identity.key()) {
            update.execute((id, name))?;
        }
    }
    let mut writer = PeopleWriter::open(connection)?;
    for (_, identity) in identities.iter().filter(|(_, identity)| is_short(identity.key())) {
        writer.touch(identity.key())?;
    }
    writer.close()
}

/// Counts in articles that this version of the engine read; it reads the others again before long, and they are counted then.
fn count_spoken(connection: &Connection) -> Result<(), Error> {
    let user_state = user_state::read(connection)?;
    // Without the sign SQLite begins with the findings, and looks through all articles for each.
    let mut articles = connection.prepare(&format!("{ENTRY} WHERE +findings.engine = ?1"))?;
    let mut update = connection.prepare(
        "UPDATE appearances SET runs = ?4, by_surname = ?5, doubtful = ?6
         WHERE person = (SELECT id FROM people WHERE identity = ?1) AND date = ?2 AND article = ?3",
    )?;
    let mut rows = articles.query([ENGINE_VERSION])?;
    while let Some(row) = rows.next()? {
        // A damaged one is no reason not to open the library.
        let Ok(entry) = entry(row, &user_state) else { continue };
        let (id, date) = (row.get::<_, i64>(0)?, entry.article.dates.key().map_or(0, |date| date.0));
        for speaker in article_speakers(entry.with_reported()) {
            let (identity, Spoken { runs, doubtful, .. }) = (speaker.identity.to_string(), speaker.spoken);
            update.execute((identity, date, id, runs, speaker.by_surname, doubtful))?;
        }
    }
    Ok(())
}
