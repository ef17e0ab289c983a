//! Days and times as articles write them.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::article::Published;

/// Years that are taken for years of news in the names of files and in addresses; other numbers of four digits are not.
pub const YEARS: std::ops::Range<i32> = 1600..2100;

/// The day, or the day and time, that stands alone at the start of `text`, and its length in bytes:
/// `2024-01-26` in any of the shapes of [`day_at`], or ISO 8601 as in `2024-01-26T10:30:00Z`.
pub fn published_at(text: &str) -> Option<(Published, usize)> {
    let (day, length) = day_at(text)?;
    match text[length..].chars().next() {
        None | Some(' ' | ':') => Some((Published::on(day), length)),
        Some('T') => {
            let word = text.split(' ').next()?;
            Some((time(word.trim_end_matches(':'))?, word.len()))
        }
        Some(_) => None,
    }
}

fn time(iso: &str) -> Option<Published> {
    // Midnight as the end of a day (ISO 8601).
    let end = iso.replacen("T24:00:00", "T23:59:59", 1).replacen("T24:00", "T23:59:59", 1);
    let iso = &*in_seconds(&end);
    let local = |form| NaiveDateTime::parse_from_str(iso, form).ok();
    DateTime::parse_from_rfc3339(iso)
        .or_else(|_| DateTime::parse_from_str(iso, "%Y-%m-%dT%H:%M%#z"))
        .map(Published::from)
        .ok()
        .or_else(|| Some(Published::at(local("%Y-%m-%dT%H:%M:%S").or_else(|| local("%Y-%m-%dT%H:%M"))?, None)))
}

/// A moment without the fraction of its second, which may follow a comma (ISO 8601); a leap second is counted with the one
/// before it.
fn in_seconds(iso: &str) -> Cow<'_, str> {
    /// How long `2024-01-26T10:30:00` is.
    const SECOND: usize = 19;
    let Some((moment, rest)) = iso.split_at_checked(SECOND) else { return Cow::Borrowed(iso) };
    let zone = match rest.strip_prefix(['.', ',']) {
        Some(fraction) if fraction.starts_with(|c: char| c.is_ascii_digit()) => {
            fraction.trim_start_matches(|c: char| c.is_ascii_digit())
        }
        _ => rest,
    };
    match moment.strip_suffix(":60") {
        Some(minute) => Cow::Owned(format!("{minute}:59{zone}")),
        None => Cow::Owned(format!("{moment}{zone}")),
    }
}

/// The day with which `text` begins, and its length in bytes: `2024-01-26`, `2024_01_26`, `2024.01.26`,
/// `2024/01/26` or `20240126`, no digit after it.
pub fn day_at(text: &str) -> Option<(NaiveDate, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (year, month, day, length) = match digits {
        8 => (&text[..4], &text[4..6], &text[6..8], 8),
        4 => {
            let mark = *text.as_bytes().get(4).filter(|b| b"-_./".contains(b))?;
            if text.as_bytes().get(7) != Some(&mark) {
                return None;
            }
            (&text[..4], text.get(5..7)?, text.get(8..10)?, 10)
        }
        _ => return None,
    };
    let is_longer = text.as_bytes().get(length).is_some_and(u8::is_ascii_digit);
    let date = NaiveDate::from_ymd_opt(number(year)?.try_into().ok()?, number(month)?, number(day)?)?;
    (!is_longer).then_some((date, length))
}

fn number(digits: &str) -> Option<u32> {
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<(String, &str)> {
        published_at(text).map(|(at, length)| (at.to_string(), &text[length..]))
    }

    #[test]
    fn days_and_times() {
        assert_eq!(check("2024-01-26 Words"), Some(("2024-01-26".to_owned(), " Words")));
        assert_eq!(check("20240126: Words"), Some(("2024-01-26".to_owned(), ": Words")));
        assert_eq!(check("2024-01-26T10:30:00Z Words"), Some(("2024-01-26T10:30:00Z".to_owned(), " Words")));
        assert_eq!(check("2024-01-26T01:30+02:00 Words"), Some(("2024-01-26T01:30:00+02:00".to_owned(), " Words")));
        assert_eq!(check("2024-01-26T01:30Z"), Some(("2024-01-26T01:30:00Z".to_owned(), "")));
        assert_eq!(check("2024-01-26T25:30Z"), None);
        assert_eq!(check("2024-01-26T23:30:00-02:00"), Some(("2024-01-26T23:30:00-02:00".to_owned(), "")));
        assert_eq!(check("2024-01-26T10:30 x"), Some(("2024-01-26T10:30:00".to_owned(), " x")));
        assert_eq!(check("2024-01-26T24:00 x"), Some(("2024-01-26T23:59:59".to_owned(), " x")));
        assert_eq!(check("2024-01-26T24:00:00Z"), Some(("2024-01-26T23:59:59Z".to_owned(), "")));
        assert_eq!(check("2024-01-26T10:30:00,5Z"), Some(("2024-01-26T10:30:00Z".to_owned(), "")));
        assert_eq!(check("2024-01-26T10:30:00.25 x"), Some(("2024-01-26T10:30:00".to_owned(), " x")));
        assert_eq!(check("2024-06-30T23:59:60Z"), Some(("2024-06-30T23:59:59Z".to_owned(), "")));
        assert_eq!(check("2024-01-26T10:30:00,Z"), None);
        assert_eq!(check("2024-01-26T10:30:61Z"), None);
        assert_eq!(check("2024-01-26T24:30 x"), None);
        assert_eq!(check("2024-02-30 Words"), None);
        assert_eq!(check("2024-01-26th"), None);
    }
}
