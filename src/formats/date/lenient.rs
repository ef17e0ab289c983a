//! Days and times in the shapes in which feeds, pages and crawlers write them.
//!
//! Nothing is guessed: what could be two days ("03/04/2026") is none, a year is never made up, and what stands where a date
//! is missing (the zero of a clock) is none either.

use std::borrow::Cow;

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::machine;
use super::names::{self, Zone};
use super::strict::day_at;
use crate::article::Published;

/// The longest date that is looked at, in bytes.
const LONGEST: usize = 100;

/// The last second of a day, for those who write midnight as its end: 24:00 (ISO 8601).
const LAST_SECOND: (u32, u32, u32) = (23, 59, 59);

/// The years that may be meant. Programs write the year 0 and 9999 for none.
const YEARS: std::ops::Range<i32> = 1..2200;

/// The years that may be meant by a number that stands alone.
const WRITTEN_OUT: std::ops::Range<i32> = 1700..2200;

/// How far ahead of ours Thai years are: they count from the death of Buddha.
const BUDDHIST: i32 = 543;

/// What the first of two numbers is that could be a day and a month ("03/04/2026").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Nothing says: then it is no date.
    #[default]
    Unknown,
    DayFirst,
    MonthFirst,
}

impl Order {
    /// As those write who speak a language, by its tag (BCP 47). English with no country and some countries write both, and
    /// where years come first (Chinese, Japanese, Korean, Hungarian), two digits may be one (Unicode CLDR 45, short dates).
    pub fn of_language(tag: &str) -> Self {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        match &*tag {
            "en-us" => return Self::MonthFirst,
            "en" | "en-ca" | "en-ph" | "en-za" | "fr-ca" | "es-pa" | "es-pr" | "es-us" => return Self::Unknown,
            _ => {}
        }
        match tag.split('-').next().unwrap_or_default() {
            "" | "zh" | "ja" | "ko" | "hu" | "sv" | "lt" | "mn" | "fa" | "eu" | "af" | "ne" => Self::Unknown,
            _ => Self::DayFirst,
        }
    }
}

/// When `text` says that something was published; nothing where it does not say so for certain.
pub fn parse(text: &str) -> Option<Published> {
    parse_in(text, Order::Unknown)
}

/// The same for a text whose numbers come in this order.
pub fn parse_in(text: &str, order: Order) -> Option<Published> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let read = machine::parse(text).or_else(|| Reading::of(text, order).published());
    read.filter(|at| YEARS.contains(&at.day.year()) && !is_zero(*at))
}

/// Whether it is where a clock begins to count, in UTC or its own zone: 1970 (Unix), 1900 (NTP, spreadsheets), 1904 (Mac OS),
/// 1601 (Windows), 1899 (OLE), 1 (.NET), or the second before 1970, which is -1. So programs write a date that is missing.
///
/// The first days of 1 and 1970 are none at any hour, and what 1970 begins with elsewhere; the others only with the time of
/// midnight: as days they are real.
fn is_zero(at: Published) -> bool {
    const ZEROS: [(i32, u32); 4] = [(1601, 1), (1899, 364), (1900, 1), (1904, 1)];
    let is_first_of = |year| move |day: NaiveDate| (day.year(), day.ordinal()) == (year, 1);
    let local = at.day.and_time(at.time.unwrap_or_default());
    let is_begin =
        |moment: NaiveDateTime| moment.time() == NaiveTime::MIN && ZEROS.contains(&(moment.year(), moment.ordinal()));
    // In a zone that is not written, it is another hour.
    let seconds = local.and_utc().timestamp();
    let is_unix_elsewhere =
        at.time.is_some() && at.offset.is_none() && seconds.abs() <= 14 * 3600 && seconds % 3600 == 0;
    let is_eve = at.day.year() == 1969;
    at.time.is_some() && (is_begin(at.moment()) || is_begin(local))
        || is_first_of(1)(at.day)
        || is_first_of(1970)(at.moment().date()) && !is_eve
        || is_unix_elsewhere
        || matches!(at.moment().and_utc().timestamp(), -1 | 0)
}

/// What is not certain of a date.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Doubt {
    #[default]
    Nothing,
    /// What was taken for the month may have been a day of the week.
    Month,
    /// Numbers stand together that are no certain day: "03/06/2026", "03/06". A word beside them says nothing more.
    Day,
}

/// What has been made out so far.
#[derive(Default)]
struct Reading {
    order: Order,
    day: Option<NaiveDate>,
    month: Option<u32>,
    doubt: Doubt,
    /// One or two digits that stand alone.
    number: Option<u32>,
    /// The second of two such, each with a full stop: "22. 11. 2026", or after the year, "2026. 11. 22.".
    second: Option<u32>,
    is_dotted: bool,
    is_year_first: bool,
    year: Option<i32>,
    /// The year before the first of the era in which years are counted.
    era: i32,
    time: Option<NaiveTime>,
    zone: Option<Zone>,
    /// A number that is neither day nor year, and may be an hour: "10 Uhr", "9 p.m.".
    hour: Option<u32>,
    /// "a.m." is false, "p.m." is true.
    afternoon: Option<bool>,
}

impl Reading {
    fn of(text: &str, order: Order) -> Self {
        let mut reading = Self { order, ..Self::default() };
        let is_apart = |c: char| c.is_whitespace() || ",;()（）[]|·•'’、،".contains(c);
        let mut before = String::new();
        for word in with_decimal_point(text).split(is_apart).filter(|word| !word.is_empty()) {
            // The dot on a small i of Turkish is a mark.
            let word = word.chars().map(ascii_digit).flat_map(char::to_lowercase).filter(|c| *c != '\u{307}');
            let word: String = word.collect();
            // "10:05 p. m."
            let is_half = matches!(&*word, "m" | "m.");
            let is_counted = names::counts_months(before.trim_end_matches('.'));
            let counted = is_counted.then(|| word.parse().ok());
            if let Some(month) = counted.or_else(|| names::month_of_two(&before, &word).map(Some)) {
                reading.month = month.or(reading.month);
                before = word;
                continue;
            }
            reading.take(match &*before {
                "a." if is_half => "am",
                "p." if is_half => "pm",
                _ => &word,
            });
            before = word;
        }
        reading
    }

    fn take(&mut self, word: &str) {
        let lower = word.trim_end_matches('.');
        let digits = lower.bytes().take_while(u8::is_ascii_digit).count();
        if let Some((day, length)) = day_at(lower).filter(|_| self.day.is_none()) {
            self.day = Some(day);
            self.take_time(lower[length..].trim_start_matches(['t', '-', ':', '_']));
        } else if let Some((day, time)) = self.numeric_day_and_time(lower) {
            self.day = Some(day);
            self.take_time(time);
        } else if digits > 0 && lower[digits..].starts_with(':') {
            self.take_time(lower);
        } else if digits > 0 && digits < lower.len() {
            self.take_compound(lower, digits);
        } else if digits > 0 {
            self.take_number(lower, lower.len() < word.len());
        } else if lower.starts_with(['+', '-', '−']) {
            self.zone = offset(lower).map(Zone::Ahead).or(self.zone);
        } else {
            self.take_name(lower);
        }
    }

    /// "22/11/2026", "2026-1-2T10:05".
    fn numeric_day_and_time<'w>(&self, word: &'w str) -> Option<(NaiveDate, &'w str)> {
        let (day, time) = word.split_once('t').unwrap_or((word, ""));
        Some((numeric_day(day, self.order).filter(|_| self.day.is_none())?, time))
    }

    /// Whether day, month and year are known.
    fn has_day(&self) -> bool {
        self.day.is_some() || self.number.is_some() && self.month.is_some() && self.year.is_some()
    }

    /// "3rd", "9am", "22-nov-2026", "22.November", "9h30", "10.05", "2026年11月22日".
    fn take_compound(&mut self, word: &str, digits: usize) {
        let (number, rest) = word.split_at(digits);
        match rest {
            ordinal if names::is_ordinal(ordinal) => self.take_number(number, false),
            "am" | "a.m" | "pm" | "p.m" => {
                self.afternoon = Some(rest.starts_with('p'));
                self.time = self.time.or_else(|| NaiveTime::from_hms_opt(number.parse().ok()?, 0, 0));
            }
            _ if self.has_day() && rest.starts_with('.') => self.take_time(&word.replacen('.', ":", 2)),
            _ if is_numeric(word) => self.doubt = Doubt::Day,
            _ if rest.starts_with(['-', '/', '.']) => {
                self.take_number(number, rest.starts_with('.'));
                for part in rest[1..].split(['-', '/', '.']) {
                    if part.bytes().all(|b| b.is_ascii_digit()) {
                        self.take_number(part, false);
                    } else {
                        self.take_name(part);
                    }
                }
            }
            _ if rest.starts_with('h') => self.take_clock(&word.replacen('h', ":", 1)),
            _ => self.take_counted(number.parse().unwrap_or(u32::MAX), rest),
        }
    }

    /// A number with the Chinese, Japanese or Korean word for what it counts, and what follows it without a blank.
    fn take_counted(&mut self, number: u32, rest: &str) {
        let mut letters = rest.chars();
        match letters.next() {
            Some('年' | '년') => {
                self.year = self.year.or(i32::try_from(number).ok().and_then(|year| self.year_of_era(year)));
            }
            Some('月' | '월') => self.month = self.month.or(Some(number)),
            Some('日' | '일' | '号' | '號') => self.number = self.number.or(Some(number)),
            Some('時' | '时' | '시' | '点' | '點') => {
                let minutes = letters.as_str().trim_end_matches(['分', '분']);
                return self.take_clock(&format!("{number}:{minutes}"));
            }
            Some('分' | '분') => {
                let hour = self.time.filter(|time| time.minute() == 0);
                self.time = hour.and_then(|time| time.with_minute(number)).or(self.time);
            }
            _ => return,
        }
        if !letters.as_str().is_empty() {
            self.take(letters.as_str());
        }
    }

    /// `is_dotted`: a full stop follows.
    fn take_number(&mut self, digits: &str, is_dotted: bool) {
        match (digits.len(), digits.parse::<u32>()) {
            (1..=2, Ok(number)) if self.number.is_none() && (1..=31).contains(&number) => {
                (self.number, self.is_dotted) = (Some(number), is_dotted);
            }
            (1..=2, Ok(number)) if is_dotted && self.is_dotted && self.month.is_none() && self.second.is_none() => {
                self.second = Some(number);
            }
            (4, Ok(number)) if self.year.is_none() && WRITTEN_OUT.contains(&(number as i32)) => {
                (self.year, self.is_year_first) = (Some(number as i32), self.number.is_none());
            }
            (2 | 4, Ok(number)) if self.year.is_none() && self.era < 0 => {
                // Two digits leave out the hundreds: 2500.
                self.year = self.year_of_era(number as i32 + if number < 100 { 2500 } else { 0 });
            }
            // RFC 822 had years of two digits.
            (2, Ok(number)) if self.year.is_none() && self.month.is_some() => {
                self.year = Some(number as i32 + if number < 70 { 2000 } else { 1900 });
            }
            (1..=2, Ok(number)) => self.hour = Some(number),
            _ => {}
        }
    }

    /// The year that is counted so in the era; nothing for a number that is none there.
    fn year_of_era(&self, number: i32) -> Option<i32> {
        self.era.checked_add(number).filter(|year| WRITTEN_OUT.contains(year))
    }

    fn take_name(&mut self, name: &str) {
        const HALVES: [(&str, bool); 10] = [
            ("am", false),
            ("a.m", false),
            ("pm", true),
            ("p.m", true),
            ("午前", false),
            ("上午", false),
            ("오전", false),
            ("午後", true),
            ("下午", true),
            ("오후", true),
        ];
        if let Some((era, year)) = names::era(name) {
            self.era = era;
            // The first year is called 元.
            return self.take(&year.replacen('元', "1", 1));
        }
        let half = HALVES.iter().find_map(|(half, is_late)| Some((name.strip_prefix(half)?, *is_late)));
        if name == "uhr" || half.is_some() {
            self.take_hour();
        }
        // In Latin letters it follows the time; before it, "am" is German.
        let is_half = |rest: &str| {
            if name.is_ascii() {
                rest.is_empty() && self.time.is_some()
            } else {
                !rest.starts_with(char::is_alphabetic)
            }
        };
        if let Some((rest, is_late)) = half.filter(|(rest, _)| is_half(rest)) {
            self.afternoon = Some(is_late);
            if !rest.is_empty() {
                self.take(rest);
            }
        } else if let Some(zone) = names::zone(name).filter(|_| self.time.is_some()) {
            self.zone = self.zone.or(Some(zone));
        } else if let Some(ahead) = ["gmt", "utc"].iter().find_map(|zone| offset(name.strip_prefix(zone)?)) {
            self.zone = self.zone.or(Some(Zone::Ahead(ahead)));
        } else if let Some(month) =
            names::month(name, self.is_dotted).filter(|_| self.month.is_none() || self.doubt == Doubt::Month)
        {
            self.month = Some(month);
            if self.doubt != Doubt::Day {
                self.doubt = if names::may_be_weekday(name) { Doubt::Month } else { Doubt::Nothing };
            }
            if name.starts_with(|c| ('\u{e00}'..='\u{e7f}').contains(&c)) {
                self.era = -BUDDHIST;
            }
        }
    }

    /// Takes the number before "Uhr" or "p.m." for the hour: what stands after the day, or alone before it.
    fn take_hour(&mut self) {
        let hour = if self.has_day() { self.hour.take() } else { None };
        let is_first = self.day.is_none() && self.month.is_none() && self.year.is_none();
        if let Some(hour) = hour.or_else(|| self.number.take_if(|_| is_first)).filter(|_| self.time.is_none()) {
            self.take_clock(&format!("{hour}:"));
        }
    }

    /// "09:30", "9:30pm", "09:30:15.250z", "09:30+02:00", "0930"; whatever follows is a zone.
    fn take_time(&mut self, word: &str) {
        let end = word.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(word.len());
        let (clock, mut rest) = word.split_at(end);
        self.take_clock(clock);
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        }
        if rest.starts_with(['+', '-', '−']) {
            self.zone = offset(rest).map(Zone::Ahead);
        } else if !rest.is_empty() {
            self.take_name(rest);
        }
    }

    /// "09:30", "09:30:15", "0930", "9:"; the first time of day that is written counts.
    fn take_clock(&mut self, clock: &str) {
        let mut parts: Vec<u32> = clock.split(':').map_while(|part| part.parse().ok()).collect();
        if let ([_], 4 | 6) = (&*parts, clock.len()) {
            parts = (0..clock.len()).step_by(2).filter_map(|i| clock[i..i + 2].parse().ok()).collect();
        }
        let (hour, minute, second) = match *parts {
            [24, 0] | [24, 0, 0] => LAST_SECOND,
            [24] if clock.ends_with(':') => LAST_SECOND,
            [hour] if clock.ends_with(':') => (hour, 0, 0),
            [hour, minute] => (hour, minute, 0),
            // A leap second is counted with the one before it.
            [hour, minute, second, ..] => (hour, minute, if second == 60 { 59 } else { second }),
            _ => return,
        };
        self.time = self.time.or_else(|| NaiveTime::from_hms_opt(hour, minute, second));
    }

    fn published(self) -> Option<Published> {
        let (day, month) = match (self.month, self.second) {
            (None, Some(second)) if self.is_year_first => (Some(second), self.number),
            (None, Some(second)) => (self.number, Some(second)),
            (month, _) => (self.number, month),
        };
        let named = || NaiveDate::from_ymd_opt(self.year?, month?, day?).filter(|_| self.doubt != Doubt::Day);
        let day = self.day.or_else(named)?;
        let Some(time) = self.time else { return Some(Published::on(day)) };
        let hours = match (self.afternoon, time.hour()) {
            (Some(true), 1..=11) => 12,
            (Some(false), 12) => -12,
            _ => 0,
        };
        let local = day.and_time(time) + Duration::hours(hours);
        Some(Published::at(local, self.zone.and_then(|zone| zone.ahead_at(local))))
    }
}

/// A text whose fraction of a second follows a point; ISO 8601 has it follow a comma too: "10:00:00,5Z".
fn with_decimal_point(text: &str) -> Cow<'_, str> {
    let is_decimal = |at: &usize| {
        let clock = at.checked_sub(6).and_then(|start| text.as_bytes().get(start..*at));
        let is_clock = matches!(clock, Some([b':', _, _, b':', _, second]) if second.is_ascii_digit());
        is_clock && text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit)
    };
    match text.match_indices(',').map(|(at, _)| at).find(is_decimal) {
        Some(at) => Cow::Owned(format!("{}.{}", &text[..at], &text[at + 1..])),
        None => Cow::Borrowed(text),
    }
}

/// A digit of Chinese and Japanese type (U+FF10), Arabic, Persian, Hindi, Bengali or Thai as one of ASCII.
pub(super) fn ascii_digit(c: char) -> char {
    const ZEROS: [char; 6] = ['０', '٠', '۰', '०', '০', '๐'];
    if c.is_ascii() {
        return c;
    }
    let value = |zero: char| u32::from(c).checked_sub(u32::from(zero)).filter(|value| *value < 10);
    match ZEROS.into_iter().find_map(value) {
        Some(value) => char::from_digit(value, 10).unwrap_or(c),
        None if c == '：' => ':',
        None => c,
    }
}

/// "+0200", "-05:30", "+2": minutes ahead of UTC.
fn offset(text: &str) -> Option<i16> {
    let sign = if text.starts_with('+') { 1 } else { -1 };
    let digits: String = text.chars().skip(1).filter(char::is_ascii_digit).collect();
    let number: i16 = digits.parse().ok()?;
    let (hours, minutes) = if digits.len() <= 2 { (number, 0) } else { (number / 100, number % 100) };
    let minutes = if minutes < 60 { hours.checked_mul(60)? + minutes } else { return None };
    (digits.len() <= 4 && minutes <= 14 * 60).then_some(sign * minutes)
}

/// Whether a word is day and month, and perhaps the year, in some order: "03/06/2026", "03/06".
fn is_numeric(word: &str) -> bool {
    let is_number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    ['-', '/', '.'].into_iter().any(|mark| word.contains(mark) && word.split(mark).all(is_number))
}

/// "14.3.2026" is always day, month, year; with slashes only where one of the two cannot be the month, or `order` is known.
/// Then two digits may be the year.
pub(super) fn numeric_day(word: &str, order: Order) -> Option<NaiveDate> {
    let mark = ['.', '/', '-'].into_iter().find(|mark| word.matches(*mark).count() == 2)?;
    let mut parts = word.split(mark);
    let mut part = || parts.next().filter(|part| (1..=4).contains(&part.len()))?.parse::<u32>().ok();
    let (first, second, third) = (part()?, part()?, part()?);
    if first > 1000 {
        return NaiveDate::from_ymd_opt(first as i32, second, third);
    }
    let is_day_first = mark == '.' || first > 12 || order == Order::DayFirst;
    let is_certain = is_day_first || second > 12 || first == second || order == Order::MonthFirst;
    let (day, month) = if is_day_first { (first, second) } else { (second, first) };
    let is_short = word.len() - word.rfind(mark)? == 3 && order != Order::Unknown;
    let year = if is_short { third as i32 + if third < 70 { 2000 } else { 1900 } } else { third as i32 };
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| is_certain && year > 1700)
}

#[cfg(test)]
mod tests;
