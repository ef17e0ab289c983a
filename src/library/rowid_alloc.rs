//! Row ids in the order of dates.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, Timelike};
use rusqlite::{Connection, OptionalExtension};

use super::Error;
use super::codec::day_number;

/// Ids for each minute. Close together, since the index keeps the gaps between them.
const IDS_PER_MINUTE: i64 = 1;

/// Ids for each day.
const IDS_PER_DAY: i64 = 24 * 60 * IDS_PER_MINUTE;

/// Below all dates: where articles without one go.
const UNDATED: i64 = -(1 << 42);

/// The most probe hints that are remembered.
const MAX_PROBE_HINTS: usize = 1 << 20;

/// Finds free row ids.
#[derive(Debug, Default)]
pub(super) struct RowidAllocator {
    /// For an id that is taken, one from which on the next free id may be found.
    probe_hints: HashMap<i64, i64>,
    /// The most by which an id that it allocated lies beyond the day of its article.
    overflow: i64,
}

impl RowidAllocator {
    /// The first free id at or after the moment of publication; articles of which only the day is known stand close
    /// together at its beginning.
    pub fn allocate(&mut self, connection: &Connection, moment: Option<NaiveDateTime>) -> Result<i64, Error> {
        let mut taken = connection.prepare_cached("SELECT 1 FROM articles WHERE id = ?1")?;
        let mut id = wanted(moment);
        let mut passed = Vec::new();
        loop {
            let next = match self.probe_hints.get(&id) {
                Some(&hint) => hint,
                None if taken.query_row([id], |_| Ok(())).optional()?.is_none() => break,
                None => id + 1,
            };
            passed.push(id);
            id = next;
        }
        if self.probe_hints.len() > MAX_PROBE_HINTS {
            self.probe_hints.clear();
        }
        // The next one begins where this one ended.
        self.probe_hints.extend(passed.into_iter().map(|from| (from, id)));
        if let Some(moment) = moment {
            self.overflow = self.overflow.max(id - end_of(moment.date()));
        }
        Ok(id)
    }

    /// Records in the file how far ids overflow, where that has changed. Belongs into the transaction that writes the
    /// rows.
    pub fn store_overflow(&self, connection: &Connection) -> Result<(), Error> {
        if overflow(connection)? < self.overflow {
            connection.execute("INSERT OR REPLACE INTO facts VALUES ('spill', ?1)", [self.overflow])?;
        }
        Ok(())
    }
}

/// The id that an article would have if no other had it.
pub(super) fn wanted(moment: Option<NaiveDateTime>) -> i64 {
    match moment {
        None => UNDATED,
        Some(moment) => first_of(moment.date()) + i64::from(moment.num_seconds_from_midnight() / 60) * IDS_PER_MINUTE,
    }
}

/// The first id of a day: no article of that day or later has a lower one.
pub(super) fn first_of(day: NaiveDate) -> i64 {
    /// 1 January 1990.
    const EPOCH: i64 = 726_468;
    (day_number(day) - EPOCH) * IDS_PER_DAY
}

/// The first id of the next day.
fn end_of(day: NaiveDate) -> i64 {
    first_of(day) + IDS_PER_DAY
}

/// The most by which an id in the file lies beyond the day of its article.
pub(super) fn overflow(connection: &Connection) -> Result<i64, Error> {
    let mut statement = connection.prepare_cached("SELECT value FROM facts WHERE name = 'spill'")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rowids_begin_in_1990_and_undated_ones_come_last() {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        assert_eq!(first_of(day(1990)), 0);
        assert_eq!(first_of(day(1991)), 365 * IDS_PER_DAY);
        assert!(wanted(None) < wanted(Some(NaiveDateTime::MIN)));
        assert_eq!(wanted(day(1991).and_hms_opt(0, 0, 0)), 365 * IDS_PER_DAY);
        assert_eq!(wanted(day(1990).and_hms_opt(1, 0, 59)), 60 * IDS_PER_MINUTE);
    }

    #[test]
    fn rowids_of_a_crowded_day_are_found_quickly() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE articles (id INTEGER PRIMARY KEY)").unwrap();
        let mut rowids = RowidAllocator::default();
        for number in 0..20_000 {
            let id = rowids.allocate(&connection, None).unwrap();
            assert_eq!(id, UNDATED + number);
            connection.execute("INSERT INTO articles VALUES (?1)", [id]).unwrap();
        }
    }

    #[test]
    fn overflow_in_the_file_never_shrinks() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL)").unwrap();
        let stored = |number| {
            RowidAllocator { overflow: number, ..RowidAllocator::default() }.store_overflow(&connection).unwrap();
            overflow(&connection).unwrap()
        };
        // The smaller number is that of another program, which has not seen the larger one.
        assert_eq!((stored(10), stored(6), stored(12)), (10, 10, 12));
    }
}
