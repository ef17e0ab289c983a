//! Moments as programs write them: a count since 1970, digits without marks, and those of PDF and of .NET.

use chrono::{DateTime, TimeDelta};

use super::strict::published_at;
use crate::article::Published;

/// The moment that `text` is in one of these shapes: `1667779200`, `1667779200000`, `1667779200.5`, `20221107093000`,
/// `/Date(1667779200000+0200)/` (ASP.NET), `D:20221107093000+02'00'` (ISO 32000-1, 7.9.4).
pub fn parse(text: &str) -> Option<Published> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(inside) = text.trim_matches('/').strip_prefix("Date(") {
        return of_net(inside.strip_suffix(')')?);
    }
    if let Some(date) = text.strip_prefix("D:") {
        return of_pdf(date);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    match whole.len() {
        9..=10 | 12..=13 => since_epoch(whole.parse().ok()?),
        14 => of_digits(whole, None),
        _ => None,
    }
}

/// The time that is so many seconds, or milliseconds, after 1970; nothing before 1980 or after 2100.
pub fn since_epoch(number: i64) -> Option<Published> {
    const FIRST: i64 = 315_532_800;
    const LAST: i64 = 4_102_444_800;
    let seconds = if number > LAST { number / 1000 } else { number };
    let is_plausible = (FIRST..LAST).contains(&seconds);
    DateTime::from_timestamp(seconds, 0).filter(|_| is_plausible).map(|at| Published::at(at.naive_utc(), Some(0)))
}

/// Milliseconds, and after them perhaps the zone in which they were written.
fn of_net(text: &str) -> Option<Published> {
    let (count, zone) = text.split_at(text.find(['+', '-']).filter(|at| *at > 0).unwrap_or(text.len()));
    let at = since_epoch(count.parse().ok()?)?;
    match offset(zone) {
        Some(ahead) => Some(Published::at(at.moment() + TimeDelta::minutes(ahead.into()), Some(ahead))),
        None => Some(at),
    }
}

/// A day, and after it perhaps as much of a time as is known, and its zone.
fn of_pdf(text: &str) -> Option<Published> {
    let (digits, zone) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    of_digits(digits, offset(zone))
}

/// Year, month and day, and after them as much of a time as is known, in a zone so many minutes ahead of UTC.
fn of_digits(digits: &str, ahead: Option<i16>) -> Option<Published> {
    let part = |from: usize| digits.get(from..from + 2).unwrap_or("00");
    let day = format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    let text = if digits.len() > 8 { format!("{day}T{}:{}:{}", part(8), part(10), part(12)) } else { day };
    let (at, _) = published_at(&text)?;
    Some(Published { offset: at.time.and(ahead), ..at })
}

/// "+0200", "-05'00'", "Z": minutes ahead of UTC.
fn offset(zone: &str) -> Option<i16> {
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let minutes =
        || Some(digits.get(..2)?.parse::<i16>().ok()? * 60 + digits.get(2..4).unwrap_or("0").parse::<i16>().ok()?);
    match zone.bytes().next()? {
        b'Z' | b'z' => Some(0),
        b'+' => minutes(),
        b'-' => Some(-minutes()?),
        _ => None,
    }
    .filter(|minutes| minutes.abs() <= 14 * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_that_programs_write() {
        for (text, expected) in [
            ("1667779200", Some("2022-11-07T00:00:00Z")),
            ("1667779200000", Some("2022-11-07T00:00:00Z")),
            ("1667779200.5", Some("2022-11-07T00:00:00Z")),
            ("1667779200.123456", Some("2022-11-07T00:00:00Z")),
            ("20221107093000", Some("2022-11-07T09:30:00")),
            ("/Date(1667779200000)/", Some("2022-11-07T00:00:00Z")),
            ("/Date(1667779200000+0200)/", Some("2022-11-07T02:00:00+02:00")),
            ("/Date(1667779200000-0500)/", Some("2022-11-06T19:00:00-05:00")),
            ("D:20221107093000+02'00'", Some("2022-11-07T09:30:00+02:00")),
            ("D:20221107093000-05'00", Some("2022-11-07T09:30:00-05:00")),
            ("D:20221107093000Z00'00'", Some("2022-11-07T09:30:00Z")),
            ("D:20221107093000Z", Some("2022-11-07T09:30:00Z")),
            ("D:20221107093000", Some("2022-11-07T09:30:00")),
            ("D:202211070930", Some("2022-11-07T09:30:00")),
            ("D:20221107", Some("2022-11-07")),
            ("D:2022", None),
            ("D:20223107", None),
            ("/Date(-1)/", None),
            ("/Date(x)/", None),
            ("22.11", None),
            ("1.5", None),
            ("1667779200.", None),
            ("", None),
        ] {
            assert_eq!(parse(text).map(|at| at.to_string()).as_deref(), expected, "{text}");
        }
    }
}
