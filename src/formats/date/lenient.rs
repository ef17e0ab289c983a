//! Days and times in the shapes in which feeds, pages and crawlers write them.
//!
//! Nothing is guessed: what could be two days ("03/04/2026") is none, and a year is never made up.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime};

use super::strict::day_at;
use crate::article::Published;

/// The longest date that is looked at, in bytes.
const LONGEST: usize = 100;

/// The first three or more letters of the months, in the languages whose names do not quarrel with one another.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "янв"],
    &["feb", "fév", "fev", "фев"],
    &["mar", "mär", "maer", "мар"],
    &["apr", "abr", "avr", "апр"],
    &["may", "mai", "mag", "мая", "май"],
    &["jun", "juin", "giu", "июн"],
    &["jul", "juil", "lug", "июл"],
    &["aug", "ago", "aoû", "aou", "авг"],
    &["sep", "set", "сен"],
    &["oct", "okt", "out", "ott", "окт"],
    &["nov", "ноя"],
    &["dec", "dez", "dic", "déc", "дек"],
];

/// Names of time zones, and how many minutes they are ahead of UTC.
const ZONES: [(&str, i16); 22] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 60),
    ("cet", 60),
    ("cest", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("jst", 540),
    ("aest", 600),
    ("est", -300),
    ("edt", -240),
    ("et", -300),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
];

/// When `text` says that something was published; nothing where it does not say so for certain.
pub fn parse(text: &str) -> Option<Published> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) && matches!(text.len(), 9..=10 | 12..=14) {
        return if text.len() == 14 { compact(text) } else { since_epoch(text.parse().ok()?) };
    }
    Reading::of(text).published()
}

/// The time that is so many seconds, or milliseconds, after 1970; nothing before 1980 or after 2100.
pub fn since_epoch(number: i64) -> Option<Published> {
    const FIRST: i64 = 315_532_800;
    const LAST: i64 = 4_102_444_800;
    let seconds = if number > LAST { number / 1000 } else { number };
    let is_plausible = (FIRST..LAST).contains(&seconds);
    DateTime::from_timestamp(seconds, 0).filter(|_| is_plausible).map(|at| Published::at(at.naive_utc(), Some(0)))
}

/// `20260314093000`.
fn compact(text: &str) -> Option<Published> {
    Some(Published::at(NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S").ok()?, None))
}

/// What has been made out so far.
#[derive(Default)]
struct Reading {
    day: Option<NaiveDate>,
    month: Option<u32>,
    /// One or two digits that stand alone.
    number: Option<u32>,
    year: Option<i32>,
    time: Option<NaiveTime>,
    /// Minutes ahead of UTC.
    zone: Option<i16>,
    /// "a.m." is false, "p.m." is true.
    afternoon: Option<bool>,
}

impl Reading {
    fn of(text: &str) -> Self {
        let mut reading = Self::default();
        for word in text.split(|c: char| c.is_whitespace() || ",;()|·•".contains(c)).filter(|word| !word.is_empty())
        {
            reading.take(word);
        }
        reading
    }

    fn take(&mut self, word: &str) {
        let lower = word.to_lowercase();
        let lower = lower.trim_end_matches('.');
        let digits = lower.bytes().take_while(u8::is_ascii_digit).count();
        if let Some((day, length)) = day_at(lower).filter(|_| self.day.is_none()) {
            self.day = Some(day);
            self.take_time(lower[length..].trim_start_matches(['t', '-', ':', '_']));
        } else if digits > 0 && lower[digits..].starts_with(':') {
            self.take_time(lower);
        } else if let Some(day) = numeric_day(lower).filter(|_| self.day.is_none()) {
            self.day = Some(day);
        } else if digits > 0 && digits < lower.len() && lower.is_char_boundary(digits) {
            self.take_compound(lower, digits);
        } else if digits > 0 {
            self.take_number(lower);
        } else if lower.starts_with(['+', '-', '−']) {
            self.zone = offset(lower).or(self.zone);
        } else {
            self.take_name(lower);
        }
    }

    /// "3rd", "9am", "22-nov-2026", "14.", "9h30".
    fn take_compound(&mut self, word: &str, digits: usize) {
        let (number, rest) = word.split_at(digits);
        match rest {
            "st" | "nd" | "rd" | "th" | "er" | "º" | "ª" => self.take_number(number),
            "am" | "a.m" | "pm" | "p.m" => {
                self.afternoon = Some(rest.starts_with('p'));
                self.time = self.time.or_else(|| NaiveTime::from_hms_opt(number.parse().ok()?, 0, 0));
            }
            _ if rest.starts_with('-') && rest.matches('-').count() == 2 => {
                self.take_number(number);
                for part in rest[1..].split('-') {
                    if part.bytes().all(|b| b.is_ascii_digit()) { self.take_number(part) } else { self.take_name(part) }
                }
            }
            _ => {}
        }
    }

    fn take_number(&mut self, digits: &str) {
        match (digits.len(), digits.parse::<u32>()) {
            (1..=2, Ok(number)) if self.number.is_none() && (1..=31).contains(&number) => self.number = Some(number),
            // RFC 822 had years of two digits.
            (2, Ok(number)) if self.year.is_none() && self.month.is_some() => {
                self.year = Some(number as i32 + if number < 70 { 2000 } else { 1900 });
            }
            (4, Ok(number)) if (1700..2200).contains(&number) => self.year = self.year.or(Some(number as i32)),
            _ => {}
        }
    }

    fn take_name(&mut self, name: &str) {
        if matches!(name, "am" | "a.m" | "pm" | "p.m") {
            self.afternoon = Some(name.starts_with('p'));
        } else if let Some((_, ahead)) = ZONES.iter().find(|(zone, _)| *zone == name) {
            self.zone = self.zone.or(Some(*ahead));
        } else if let Some(ahead) = ["gmt", "utc"].iter().find_map(|zone| offset(name.strip_prefix(zone)?)) {
            self.zone = Some(ahead);
        } else if self.month.is_none() && name.chars().all(char::is_alphabetic) {
            self.month = MONTHS
                .iter()
                .position(|starts| starts.iter().any(|start| name.starts_with(start)))
                .map(|month| month as u32 + 1);
        }
    }

    /// "09:30", "9:30pm", "09:30:15.250z", "09:30+02:00", "0930"; whatever follows is a zone.
    fn take_time(&mut self, word: &str) {
        let end = word.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(word.len());
        let (clock, mut rest) = word.split_at(end);
        let mut parts: Vec<u32> = clock.split(':').map_while(|part| part.parse().ok()).collect();
        if let ([_], 4 | 6) = (&*parts, clock.len()) {
            parts = (0..clock.len()).step_by(2).filter_map(|i| clock[i..i + 2].parse().ok()).collect();
        }
        // Some write midnight as the end of a day.
        let hour = match parts.first() {
            Some(24) => Some(0),
            other => other.copied(),
        };
        let (minute, second) = (parts.get(1).copied(), parts.get(2).copied().unwrap_or(0).min(59));
        self.time = hour.zip(minute).and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, second));
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        }
        if rest.starts_with(['+', '-', '−']) {
            self.zone = offset(rest);
        } else if !rest.is_empty() {
            self.take_name(rest.trim_start_matches('['));
        }
    }

    fn published(self) -> Option<Published> {
        let day = self.day.or_else(|| NaiveDate::from_ymd_opt(self.year?, self.month?, self.number?))?;
        let Some(time) = self.time else { return Some(Published::on(day)) };
        let hours = match (self.afternoon, chrono::Timelike::hour(&time)) {
            (Some(true), 1..=11) => 12,
            (Some(false), 12) => -12,
            _ => 0,
        };
        Some(Published::at(day.and_time(time) + Duration::hours(hours), self.zone))
    }
}

/// "+0200", "-05:30", "+2": minutes ahead of UTC.
fn offset(text: &str) -> Option<i16> {
    let sign = if text.starts_with('+') { 1 } else { -1 };
    let digits: String = text.chars().skip(1).filter(char::is_ascii_digit).collect();
    let number: i16 = digits.parse().ok()?;
    let minutes = if digits.len() <= 2 { number * 60 } else { number / 100 * 60 + number % 100 };
    (digits.len() <= 4 && minutes <= 14 * 60).then_some(sign * minutes)
}

/// "14.3.2026" is always day, month, year; with slashes only where one of the two cannot be the month.
fn numeric_day(word: &str) -> Option<NaiveDate> {
    let mark = ['.', '/', '-'].into_iter().find(|mark| word.matches(*mark).count() == 2)?;
    let mut parts = word.split(mark);
    let mut part = || parts.next().filter(|part| (1..=4).contains(&part.len()))?.parse::<u32>().ok();
    let (first, second, third) = (part()?, part()?, part()?);
    if first > 1000 {
        return NaiveDate::from_ymd_opt(first as i32, second, third);
    }
    let is_day_first = mark == '.' || first > 12;
    let is_certain = is_day_first || second > 12 || first == second;
    let (day, month) = if is_day_first { (first, second) } else { (second, first) };
    NaiveDate::from_ymd_opt(third as i32, month, day).filter(|_| is_certain && third > 1700)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_seen_in_the_wild() {
        for (text, expected) in [
            // RFC 3339 and its relatives.
            ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z"),
            ("2026-11-22T10:00:00.123456+02:00", "2026-11-22T08:00:00Z"),
            ("2026-11-22T10:00:00", "2026-11-22T10:00:00Z"),
            ("2026-11-22 10:00:00", "2026-11-22T10:00:00Z"),
            ("2026-11-22 10:00:00+00:00", "2026-11-22T10:00:00Z"),
            ("2026-11-22 10:00:00 -0500", "2026-11-22T15:00:00Z"),
            ("2026-11-22T10:00-0500", "2026-11-22T15:00:00Z"),
            ("2026-11-22T10:00Z", "2026-11-22T10:00:00Z"),
            ("2026-11-22", "2026-11-22"),
            ("2026/11/22 10:00", "2026-11-22T10:00:00Z"),
            ("2026-1-2", "2026-01-02"),
            ("20261122", "2026-11-22"),
            ("20261122T100000Z", "2026-11-22T10:00:00Z"),
            ("20261122100000", "2026-11-22T10:00:00Z"),
            ("2026-11-22T10:00:00Z[UTC]", "2026-11-22T10:00:00Z"),
            // RFC 822 and what is taken for it.
            ("Sun, 22 Nov 2026 10:00:00 GMT", "2026-11-22T10:00:00Z"),
            ("Mon, 22 Nov 2026 10:00:00 +0100", "2026-11-22T09:00:00Z"),
            ("22 Nov 26 10:00 EST", "2026-11-22T15:00:00Z"),
            ("Sun, 22 November 2026 10:00:00 PDT", "2026-11-22T17:00:00Z"),
            ("Sunday, 22-Nov-26 10:00:00 UTC", "2026-11-22T10:00:00Z"),
            ("22-Nov-2026", "2026-11-22"),
            ("Sun Nov 22 10:00:00 2026", "2026-11-22T10:00:00Z"),
            ("Sun Nov 22 10:00:00 +0000 2026", "2026-11-22T10:00:00Z"),
            ("Sun, 22 Nov 2026 24:00:00 GMT", "2026-11-22T00:00:00Z"),
            ("Sun, 22 Nov 2026 9:05:00 GMT+2", "2026-11-22T07:05:00Z"),
            // As people write.
            ("22 Nov 2026", "2026-11-22"),
            ("Sunday, November 22, 2026", "2026-11-22"),
            ("Nov. 22, 2026", "2026-11-22"),
            ("Nov 22, 2026 10:00 AM EST", "2026-11-22T15:00:00Z"),
            ("November 22nd, 2026, 12:30 a.m. ET", "2026-11-22T05:30:00Z"),
            ("Nov 22, 2026 10:05pm", "2026-11-22T22:05:00Z"),
            ("Published: 22 November 2026 | 9am", "2026-11-22T09:00:00Z"),
            ("22. November 2026", "2026-11-22"),
            ("3 de marzo de 2026", "2026-03-03"),
            ("14 février 2026", "2026-02-14"),
            ("22 ноября 2026", "2026-11-22"),
            // Numbers.
            ("22.11.2026 10:00", "2026-11-22T10:00:00Z"),
            ("4.3.2026", "2026-03-04"),
            ("11/22/2026", "2026-11-22"),
            ("22/11/2026 10:00", "2026-11-22T10:00:00Z"),
            ("3/3/2026", "2026-03-03"),
            ("1795341600", "2026-11-22T10:00:00Z"),
            ("1795341600000", "2026-11-22T10:00:00Z"),
        ] {
            assert_eq!(parse(text).map(|at| at.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn ambiguous_date_is_none() {
        for text in [
            "",
            "today",
            "yesterday at 10:00",
            "3 hours ago",
            "03/04/2026",
            "Nov 22",
            "November 2026",
            "2026",
            "10:00",
            "2026-13-45",
            "31 Feb 2026",
            "0",
            "12345",
            "99999999999999999999",
            "nan",
            "2026-11-22T99:99:99",
        ] {
            let read = parse(text);
            assert!(read.is_none_or(|at| at.time.is_none() && text.starts_with("2026-11-22")), "{text}: {read:?}");
        }
    }
}
