//! How the screens write days and times, as the user wishes. What is exported or copied never depends on it.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use crate::text::{cells, clean_line, shorten};

/// The longest form, in letters, and the widest day or time, in cells.
const LONGEST: usize = 60;
const WIDEST: usize = 30;

/// The value of `date-format` with which each place has its own form.
pub(super) const AUTO: &str = "auto";

/// The value of `time-format` with which no time is shown.
pub(super) const OFF: &str = "off";

/// How days and times are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateForms {
    day: Option<String>,
    /// How wide the widest day is, in cells.
    width: u16,
    time: Option<String>,
}

impl DateForms {
    /// The form of a day (see [`chrono::format::strftime`]) in a place that writes it in the form `usual` unless the user wants
    /// another one.
    pub fn form<'a>(&'a self, usual: &'a str) -> &'a str {
        self.day.as_deref().unwrap_or(usual)
    }

    /// The same, with this time of the day behind it, where the user wants to see times.
    pub fn form_at(&self, usual: &str, time: Option<NaiveTime>) -> String {
        let form = self.form(usual);
        match (&self.time, time) {
            (Some(time_form), Some(time)) => format!("{form} {}", written(time_form, time).replace('%', "%%")),
            _ => form.to_owned(),
        }
    }

    /// A day as it is written in a place that writes it in the form `usual` unless the user wants another one.
    pub fn day(&self, day: NaiveDate, usual: &str) -> String {
        written_day(self.form(usual), day)
    }

    /// A day with the time of the day behind it, also where the user wants to see no times beside days.
    pub fn moment(&self, at: NaiveDateTime, usual: &str) -> String {
        let time = written(self.time.as_deref().unwrap_or("%H:%M"), at.time());
        format!("{}, {time}", self.day(at.date(), usual))
    }

    /// How wide the widest day is, in cells, where the user wants a form of their own.
    pub fn width(&self) -> Option<u16> {
        self.day.is_some().then_some(self.width)
    }

    pub(super) fn set_day(&mut self, form: &str) {
        self.day = (form != AUTO).then(|| form.to_owned());
        self.width = widest_day(form) as u16;
    }

    pub(super) fn set_time(&mut self, form: &str) {
        self.time = (form != OFF).then(|| form.to_owned());
    }
}

/// A form of days, or what is wrong with it.
pub(super) fn day_form(typed: &str) -> Result<String, String> {
    let day = NaiveDate::default();
    let write = |part: &str| write_checked(format_args!("{}", day.format(part)));
    checked(typed, "a day", "%-d, %b, %m, %Y", &write)?;
    fitting(typed, widest_day(typed))
}

/// A form of times of the day, or what is wrong with it.
pub(super) fn time_form(typed: &str) -> Result<String, String> {
    let time = NaiveTime::from_hms_opt(22, 10, 50).unwrap_or_default();
    let write = |part: &str| write_checked(format_args!("{}", time.format(part)));
    checked(typed, "a time", "%H, %M, %-I, %p", &write)?;
    fitting(typed, cells(&written(typed, time)))
}

/// What is wrong with the letters of a form, or with one of its parts, which `write` writes if it can.
fn checked(typed: &str, of: &str, examples: &str, write: &dyn Fn(&str) -> Option<String>) -> Result<(), String> {
    if typed.chars().count() > LONGEST {
        return Err(format!("a form of {} letters is too long: {LONGEST} are the most", typed.chars().count()));
    }
    if typed.chars().any(char::is_control) || clean_line(typed).trim() != typed.trim() {
        return Err("a form holds no control characters".to_owned());
    }
    if !typed.contains('%') && !typed.trim().is_empty() {
        return Err(format!("“{}” has no part of {of}, as {examples} are", shorten(typed, 40)));
    }
    let holds = |part: &str| write(part).is_some_and(|words| !words.chars().any(char::is_control));
    let wrong = parts(typed).into_iter().find(|part| !holds(part)).or(Some(typed).filter(|typed| !holds(typed)));
    wrong.map_or(Ok(()), |wrong| Err(format!("“{wrong}” is no part of {of}, as {examples} are")))
}

/// The parts of a form that stand for something: from each `%` to the letter that says what.
fn parts(form: &str) -> Vec<&str> {
    let (mut parts, mut rest) = (Vec::new(), form);
    while let Some(at) = rest.find('%') {
        let behind = &rest[at + 1..];
        let is_letter = |letter: char| !matches!(letter, '-' | '_' | '0'..='9' | '.' | ':' | '#');
        let end = behind.char_indices().find(|(_, letter)| is_letter(*letter));
        let length = end.map_or(behind.len(), |(at, letter)| at + letter.len_utf8());
        parts.push(&rest[at..at + 1 + length]);
        rest = &behind[length..];
    }
    parts
}

fn fitting(typed: &str, width: usize) -> Result<String, String> {
    match width {
        _ if typed.trim().is_empty() => Err("an empty form writes nothing".to_owned()),
        0..=WIDEST => Ok(typed.to_owned()),
        _ => Err(format!("“{}” takes {width} columns: {WIDEST} are the most", shorten(typed, WIDEST))),
    }
}

/// How wide the widest day is in a form that holds: every month with every day of the week, each with two digits.
fn widest_day(form: &str) -> usize {
    let days = NaiveDate::from_ymd_opt(2022, 1, 1).map(|first| first.iter_days().take_while(|day| day.year() < 2023));
    days.into_iter()
        .flatten()
        .filter(|day| day.day() >= 20)
        .map(|day| cells(&written_day(form, day)))
        .max()
        .unwrap_or(0)
}

fn written_day(form: &str, day: NaiveDate) -> String {
    write_checked(format_args!("{}", day.format(form))).unwrap_or_default()
}

fn written(form: &str, time: NaiveTime) -> String {
    write_checked(format_args!("{}", time.format(form))).unwrap_or_default()
}

/// What was written; none where a form asks for what there is not.
fn write_checked(what: std::fmt::Arguments<'_>) -> Option<String> {
    let mut out = String::new();
    out.write_fmt(what).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_written_as_one_wishes() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
        let time = NaiveTime::from_hms_opt(9, 5, 0);
        let mut forms = DateForms::default();
        assert_eq!(forms.form_at("%-d %B %Y", time), "%-d %B %Y");
        assert_eq!((forms.day(day, "%-d %b"), forms.width()), ("4 Mar".to_owned(), None));
        forms.set_day("%d.%m.%Y");
        forms.set_time("%H:%M");
        assert_eq!((forms.day(day, "%-d %b"), forms.width()), ("04.03.2026".to_owned(), Some(10)));
        assert_eq!(day.format(&forms.form_at("%-d %b", time)).to_string(), "04.03.2026 09:05");
        forms.set_day("%A, %-d %B");
        assert_eq!(forms.width(), Some("Wednesday, 28 September".len() as u16));
        forms.set_day(AUTO);
        forms.set_time(OFF);
        assert_eq!(forms.form_at("%-d %B %Y", time), "%-d %B %Y");
    }

    #[test]
    fn wrong_forms_are_told_with_the_part_that_is_wrong() {
        for right in ["%F", "%-d %b %Y", "%a %e", "100 %% %y", "%_d/%m", "Tag %j"] {
            assert_eq!(day_form(right).as_deref(), Ok(right));
        }
        for (wrong, why) in [
            ("%d %Q", "“%Q” is no part of a day, as %-d, %b, %m, %Y are"),
            ("%H:%M", "“%H” is no part of a day"),
            ("%Y %", "“%” is no part of a day"),
            ("%Y %Z", "“%Z” is no part of a day"),
            ("%Y%n%m", "“%n” is no part of a day"),
            ("%t", "“%t” is no part of a day"),
            ("%+", "“%+” is no part of a day"),
            ("%s", "“%s” is no part of a day"),
            ("%é", "“%é” is no part of a day"),
            ("%-", "“%-” is no part of a day"),
            ("", "an empty form writes nothing"),
            ("  ", "an empty form writes nothing"),
            ("a\u{7}b", "a form holds no control characters"),
            ("%A, the %-d of %B in the year", "columns: 30 are the most"),
        ] {
            let told = day_form(wrong).unwrap_err();
            assert!(told.contains(why), "{wrong}: {told}");
        }
        assert!(day_form(&"%Y".repeat(5_000)).unwrap_err().contains("10000 letters is too long"));
        assert_eq!(time_form("%H:%M").as_deref(), Ok("%H:%M"));
        assert_eq!(time_form("%-I:%M %p").as_deref(), Ok("%-I:%M %p"));
        assert!(time_form("%d").unwrap_err().contains("“%d” is no part of a time"));
        assert!(time_form("%H %z").is_err());
    }
}
