//! When an article was published.

use std::fmt;

use chrono::{
    DateTime, Datelike, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike,
};

const MINUTES_A_DAY: i64 = 24 * 60;

/// A day, and the time of day where the article has one, both as they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Published {
    /// The day, as written.
    pub day: NaiveDate,
    /// The time of day, as written.
    pub time: Option<NaiveTime>,
    /// How many minutes that is ahead of UTC. `None` where it is not written: then which moment it was is not known.
    pub offset: Option<i16>,
}

impl Published {
    /// On this day, the time unknown.
    pub const fn on(day: NaiveDate) -> Self {
        Self { day, time: None, offset: None }
    }

    /// At this time of the clocks where it was published, so many minutes ahead of UTC.
    pub fn at(local: NaiveDateTime, offset: Option<i16>) -> Self {
        Self { day: local.date(), time: Some(local.time()), offset }
    }

    /// The moment, in UTC: the beginning of the day where only that is known, and the time as if it were in UTC where no
    /// offset is. For comparisons only; it is never shown.
    pub fn moment(self) -> NaiveDateTime {
        let local = self.day.and_time(self.time.unwrap_or_default());
        let ahead = TimeDelta::minutes(self.offset.unwrap_or_default().into());
        local.checked_sub_signed(ahead).unwrap_or(local)
    }

    /// Whether two dates are of one day: by their moments where both are known, as one may be written in another time zone
    /// than the other, else by what is written.
    pub fn is_of_day_of(self, other: Self) -> bool {
        match (self.has_moment(), other.has_moment()) {
            (true, true) => self.moment().date() == other.moment().date(),
            _ => self.day == other.day,
        }
    }

    /// Whether it is known which moment it was.
    fn has_moment(self) -> bool {
        self.offset.is_some() && self.time.is_some()
    }

    /// The date as one number.
    pub fn key(self) -> DateKey {
        let local = self.day.and_time(self.time.unwrap_or_default());
        if self.is_moment() { DateKey::of_moment(self.moment()) } else { DateKey(minutes(local) * 2) }
    }

    /// Whether the day depends on where one is.
    fn is_moment(self) -> bool {
        self.has_moment() && self.time != Some(NaiveTime::MIN)
    }

    /// The day and time of day that a person in `zone` reads: those of the moment there, but as written where there is no
    /// moment, and where it is midnight sharp, by which a day alone is often written.
    pub fn in_zone(self, zone: &impl TimeZone) -> (NaiveDate, Option<NaiveTime>) {
        if !self.is_moment() {
            return (self.day, self.time);
        }
        let there = zone.from_utc_datetime(&self.moment()).naive_local();
        (there.date(), Some(there.time()))
    }
}

/// The minutes since the year 1.
fn minutes(at: NaiveDateTime) -> i64 {
    i64::from(at.date().num_days_from_ce()) * MINUTES_A_DAY + i64::from(at.num_seconds_from_midnight() / 60)
}

/// The date of an article as one number, by which dates are ordered, and that gives the day in any time zone: twice the
/// minutes since the year 1, and one more where the day depends on the zone. Never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateKey(pub i64);

impl DateKey {
    /// The number of a moment, in UTC.
    pub(super) fn of_moment(at: NaiveDateTime) -> Self {
        Self(minutes(at) * 2 + 1)
    }

    /// The day and the minute, in the user's own time zone.
    pub fn local(self) -> Option<NaiveDateTime> {
        self.in_zone(&Local)
    }

    /// The same in a zone.
    fn in_zone(self, zone: &impl TimeZone) -> Option<NaiveDateTime> {
        let minute = TimeDelta::minutes(self.0.div_euclid(2).rem_euclid(MINUTES_A_DAY));
        let at = self.utc_day()?.and_time(NaiveTime::MIN) + minute;
        Some(if self.is_moment() { zone.from_utc_datetime(&at).naive_local() } else { at })
    }

    /// Whether the day depends on the zone.
    fn is_moment(self) -> bool {
        self.0 % 2 != 0
    }

    /// The day, in the user's own time zone.
    pub fn day(self) -> Option<NaiveDate> {
        self.local().map(|at| at.date())
    }

    /// The day, in UTC where it depends on the zone: the same wherever it is asked for.
    pub fn utc_day(self) -> Option<NaiveDate> {
        let days = self.0.div_euclid(2 * MINUTES_A_DAY);
        NaiveDate::from_num_days_from_ce_opt(days.try_into().ok()?)
    }
}

/// From the first to the last of some dates. Which of a written day and a moment comes first depends on the zone, so that
/// each kind has a range of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateRange {
    /// The first and the last that are the same day everywhere.
    pub written: Option<(DateKey, DateKey)>,
    /// The first and the last whose day depends on the zone.
    pub moments: Option<(DateKey, DateKey)>,
}

impl DateRange {
    /// Widens the range to another date.
    pub fn add(&mut self, date: DateKey) {
        let range = Some((date, date));
        self.merge(if date.is_moment() {
            Self { moments: range, written: None }
        } else {
            Self { written: range, moments: None }
        });
    }

    /// Widens the range to another one.
    pub fn merge(&mut self, other: Self) {
        for (range, other) in [(&mut self.written, other.written), (&mut self.moments, other.moments)] {
            *range = match (*range, other) {
                (Some((first, last)), Some((from, to))) => Some((first.min(from), last.max(to))),
                (one, other) => one.or(other),
            };
        }
    }

    /// Whether a date is one of the ends.
    pub fn ends_with(self, date: DateKey) -> bool {
        let range = if date.is_moment() { self.moments } else { self.written };
        range.is_some_and(|(first, last)| date == first || date == last)
    }

    /// The first and the last day, in the user's own time zone.
    pub fn days(self) -> Option<(NaiveDate, NaiveDate)> {
        self.days_in(&Local)
    }

    /// The same in a zone.
    fn days_in(self, zone: &impl TimeZone) -> Option<(NaiveDate, NaiveDate)> {
        let ends = [self.written, self.moments].into_iter().flatten().flat_map(|(first, last)| [first, last]);
        let days = || ends.clone().filter_map(|end| Some(end.in_zone(zone)?.date()));
        days().min().zip(days().max())
    }
}

/// Where the date of an article comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateSource {
    /// The article says it, or the page or feed that it came with.
    #[default]
    Article,
    /// Its address on the web has it (`/2026/03/14/`).
    Url,
    /// The name of its file has it.
    Name,
}

impl DateSource {
    /// All of them. Libraries keep them by their position: the order must not change.
    pub const ALL: [Self; 3] = [Self::Article, Self::Url, Self::Name];

    /// Its name in data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Url => "url",
            Self::Name => "name",
        }
    }

    /// What is said beside a date that the article does not give itself.
    pub const fn note(self) -> Option<&'static str> {
        match self {
            Self::Article => None,
            Self::Url => Some("from the address"),
            Self::Name => Some("from the file name"),
        }
    }
}

impl From<DateTime<FixedOffset>> for Published {
    fn from(at: DateTime<FixedOffset>) -> Self {
        Self::at(at.naive_local(), Some((at.offset().local_minus_utc() / 60) as i16))
    }
}

/// ISO 8601, as written: `2024-01-26`, `2024-01-26T10:30:00`, `2024-01-26T10:30:00Z` or `2024-01-26T10:30:00+01:00`.
impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day.format("%Y-%m-%d"))?;
        if let Some(time) = self.time {
            write!(f, "T{}", time.format("%H:%M:%S"))?;
        }
        match self.offset {
            _ if self.time.is_none() => Ok(()),
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(offset) => {
                let (sign, ahead) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs());
                write!(f, "{sign}{:02}:{:02}", ahead / 60, ahead % 60)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_in_two_time_zones() {
        let moment = |moment: &str| Published::from(DateTime::parse_from_rfc3339(moment).unwrap());
        let evening = moment("2024-03-05T23:20:30-05:00");
        assert!(evening.is_of_day_of(moment("2024-03-06T04:20:30Z")));
        assert!(!evening.is_of_day_of(moment("2024-03-06T23:20:30-05:00")));
        assert!(moment("2024-03-06T00:00:00+01:00").is_of_day_of(moment("2024-03-05T23:00:00Z")));
        assert!(evening.is_of_day_of(Published::on("2024-03-05".parse().unwrap())));
        assert!(!evening.is_of_day_of(Published::on("2024-03-06".parse().unwrap())));
    }

    #[test]
    fn range_of_dates_gives_days_in_any_zone() {
        let day = |day: &str| Published::on(day.parse().unwrap()).key();
        let moment = |moment: &str| Published::from(DateTime::parse_from_rfc3339(moment).unwrap()).key();
        let mut range = DateRange::default();
        let days = |range: DateRange, hours: i32| {
            let zone = FixedOffset::east_opt(hours * 3600).unwrap();
            range.days_in(&zone).map(|(first, last)| format!("{first} {last}")).unwrap_or_default()
        };
        assert_eq!(days(range, 0), "");
        range.add(day("2026-03-05"));
        assert_eq!(days(range, -10), "2026-03-05 2026-03-05");
        // At most half a day after the beginning of the first day, and the last one.
        for date in [moment("2026-03-05T04:00:00Z"), day("2026-03-09"), moment("2026-03-10T04:00:00Z")] {
            range.add(date);
        }
        assert_eq!(days(range, -10), "2026-03-04 2026-03-09");
        assert_eq!(days(range, 0), "2026-03-05 2026-03-10");
        assert_eq!(days(range, 13), "2026-03-05 2026-03-10");
        range.add(day("2026-03-10"));
        assert_eq!(days(range, -10), "2026-03-04 2026-03-10");
        assert!(range.ends_with(day("2026-03-05")) && range.ends_with(moment("2026-03-10T04:00:00Z")));
        assert!(!range.ends_with(day("2026-03-09")) && !range.ends_with(moment("2026-03-09T00:30:00Z")));
    }
}
