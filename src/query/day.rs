//! The days of a query: `2026-03-14`, `2026-03`, `7d`, `yesterday`.

use chrono::{Days, Months, NaiveDate};

/// The words for days.
pub const DAYS: [&str; 2] = ["today", "yesterday"];

/// A day that a query names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// This one.
    On(NaiveDate),
    /// So many days before the one on which is asked: `7d`, `2w`, `yesterday`.
    DaysAgo(u32),
    /// So many months before the one on which is asked: `6m`, `1y`.
    MonthsAgo(u32),
}

impl Day {
    /// The first day of what was typed: `2024`, `2024-01`, `2024-01-26`, or one before today; nothing while it is
    /// unfinished.
    pub(super) fn parse(typed: &str) -> Option<Self> {
        match typed {
            "today" => return Some(Self::DaysAgo(0)),
            "yesterday" => return Some(Self::DaysAgo(1)),
            _ => {}
        }
        let Some((number, unit)) = typed.split_at_checked(typed.len().saturating_sub(1)) else { return on_day(typed) };
        let is_number = !number.is_empty() && number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
        let number = || number.parse::<u32>().ok().filter(|_| is_number);
        match unit {
            "d" => number().map(Self::DaysAgo),
            "w" => number().map(|weeks| Self::DaysAgo(7 * weeks)),
            "m" => number().map(Self::MonthsAgo),
            "y" => number().map(|years| Self::MonthsAgo(12 * years)),
            _ => on_day(typed),
        }
    }

    /// The first day of what was typed, and the day after it: of a year, a month or a day. Without the latter nothing is
    /// later.
    pub(super) fn parse_period(typed: &str) -> Option<(Self, Option<Self>)> {
        let first = Self::parse(typed)?;
        let end = match first {
            Self::DaysAgo(days) => days.checked_sub(1).map(Self::DaysAgo),
            Self::MonthsAgo(_) => return None,
            Self::On(date) => match typed.matches('-').count() {
                0 => date.checked_add_months(Months::new(12)),
                1 => date.checked_add_months(Months::new(1)),
                _ => date.succ_opt(),
            }
            .map(Self::On),
        };
        Some((first, end))
    }

    /// Whether what is no date yet could become one by typing on: an unfinished year or word, or the 0 of a month or day.
    pub(super) fn may_become(typed: &str) -> bool {
        match typed.rsplit_once('-') {
            None if DAYS.iter().any(|day| day.starts_with(typed)) => true,
            None => typed.len() < 4 && typed.bytes().all(|byte| byte.is_ascii_digit()),
            Some((before, part)) => part == "0" && before.len() < "2026-03-0".len() && on_day(before).is_some(),
        }
    }

    /// The day, where `today` is the one on which is asked; the first of all days where there is none so long ago.
    pub fn date(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::On(date) => date,
            Self::DaysAgo(days) => today.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN),
            Self::MonthsAgo(months) => today.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN),
        }
    }

    /// The day, where that does not depend on when is asked.
    pub fn fixed(self) -> Option<NaiveDate> {
        if let Self::On(date) = self { Some(date) } else { None }
    }
}

fn on_day(typed: &str) -> Option<Day> {
    if !typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return None;
    }
    let mut parts = typed.splitn(3, '-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut next = || parts.next().map_or(Some(1), |part| part.parse().ok());
    let (month, day) = (next()?, next()?);
    NaiveDate::from_ymd_opt(year, month, day).map(Day::On)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_before_today() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        let day = |typed: &str| Day::parse(typed).map(|day| day.date(today).to_string());
        for (typed, date) in [
            ("today", "2026-03-31"),
            ("yesterday", "2026-03-30"),
            ("7d", "2026-03-24"),
            ("2w", "2026-03-17"),
            ("1m", "2026-02-28"),
            ("1y", "2025-03-31"),
            ("0d", "2026-03-31"),
            ("2026-02", "2026-02-01"),
        ] {
            assert_eq!(day(typed).as_deref(), Some(date), "{typed}");
        }
        for typed in ["d", "7", "7x", "-7d", "tomorrow", "12345d", "7 d", "", "é"] {
            assert_eq!(day(typed), None, "{typed}");
        }
        assert!(day("9999y").is_some(), "longer ago than there are days");
    }
}
