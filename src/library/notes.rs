//! What the reader left behind beside articles: searches with a name, what was searched for, how the program was left.

use rusqlite::Connection;

use super::Trouble;

/// How many searches are remembered.
const MOST_SEARCHED: i64 = 200;

/// Something to be noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A search has this name; without one any more, it goes.
    Search {
        /// Its name.
        name: String,
        /// What it looks for.
        query: Option<String>,
    },
    /// This was searched for.
    Searched(String),
    /// The program was left like that.
    Setting {
        /// What of it.
        name: String,
        /// How it was.
        value: String,
    },
}

/// All that was noted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    /// Searches with their names, in the order in which they were given them.
    pub searches: Vec<(String, String)>,
    /// What was searched for, the latest last.
    pub searched: Vec<String>,
    /// How the program was left: names and values.
    pub settings: Vec<(String, String)>,
}

/// Writes a note down.
pub(super) fn write(connection: &Connection, note: &Note) -> Result<(), Trouble> {
    match note {
        Note::Search { name, query: Some(query) } => connection.execute(
            "INSERT INTO searches (name, query) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET query = ?2",
            (name, query),
        )?,
        Note::Search { name, query: None } => connection.execute("DELETE FROM searches WHERE name = ?1", [name])?,
        Note::Searched(query) => {
            connection.execute("DELETE FROM searched WHERE query = ?1", [query])?;
            connection.execute("INSERT INTO searched (query) VALUES (?1)", [query])?;
            let sql = "DELETE FROM searched WHERE id <= (SELECT max(id) FROM searched) - ?1";
            connection.execute(sql, [MOST_SEARCHED])?
        }
        Note::Setting { name, value } => {
            connection.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)", (name, value))?
        }
    };
    Ok(())
}

impl Notes {
    pub(super) fn read(connection: &Connection) -> Result<Self, Trouble> {
        let pairs = |sql: &str| -> Result<Vec<(String, String)>, Trouble> {
            let mut statement = connection.prepare(sql)?;
            let pairs = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(pairs.collect::<Result<_, _>>()?)
        };
        let mut searched = connection.prepare("SELECT query FROM searched ORDER BY id")?;
        let searched = searched.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(Self {
            searches: pairs("SELECT name, query FROM searches ORDER BY id")?,
            searched,
            settings: pairs("SELECT name, value FROM settings ORDER BY name")?,
        })
    }
}
