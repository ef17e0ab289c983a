//! What the name of a file says about the article in it: the day and the source.

use chrono::{Datelike, NaiveDate};

use super::date::strict::{YEARS, day_at};

/// The day in a file name: `2024-01-26`, `2024_01_26`, `2024.01.26` or `20240126`, standing alone.
pub fn day(name: &str) -> Option<NaiveDate> {
    starts_of_numbers(name)
        .filter_map(|at| day_at(&name[at..]))
        .map(|(day, _)| day)
        .find(|day| YEARS.contains(&day.year()))
}

/// The source in a file name of the shape `source_2024-01-26_some-words.txt`, as one shows it ("Coast Wire").
pub fn source(name: &str) -> Option<String> {
    let (source, rest) = name.split_once('_')?;
    let (_, length) = day_at(rest)?;
    let follows = rest[length..].chars().next();
    let is_plain = source.chars().all(|c| c.is_alphanumeric() || c == '-') && source.chars().any(char::is_alphabetic);
    (is_plain && matches!(follows, None | Some('_' | '-' | '.'))).then(|| tidy(source))
}

/// Where the runs of digits in `name` begin.
fn starts_of_numbers(name: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = name.as_bytes();
    (0..bytes.len()).filter(|&i| bytes[i].is_ascii_digit() && (i == 0 || !bytes[i - 1].is_ascii_digit()))
}

/// "coast-wire" as "Coast Wire", "nyt" as "NYT".
fn tidy(source: &str) -> String {
    let words: Vec<String> = source.split('-').filter(|word| !word.is_empty()).map(tidy_word).collect();
    words.join(" ")
}

fn tidy_word(word: &str) -> String {
    const INITIALS: [&str; 12] = ["abc", "afp", "ansa", "ap", "efe", "itar", "tass", "uk", "un", "upi", "us", "usa"];
    let is_initials = INITIALS.contains(&word) || (word.len() <= 4 && !word.contains(['a', 'e', 'i', 'o', 'u']));
    let mut letters = word.chars();
    match letters.next() {
        _ if is_initials => word.to_uppercase(),
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[test]
    fn days_in_names() {
        assert_eq!(day("2024-01-26.txt"), on(2024, 1, 26));
        assert_eq!(day("wire-20240126-bridge.txt.gz"), on(2024, 1, 26));
        assert_eq!(day("0001_2024_01_26"), on(2024, 1, 26));
        assert_eq!(day("000_3d8c0f074bc3ba56.txt"), None);
        assert_eq!(day("2024-13-01 then 2024-02-03"), on(2024, 2, 3));
        assert_eq!(day("123420240126"), None);
        assert_eq!((day("9999-12-31-x.txt"), day("2199-01-01.txt")), (None, None));
        assert_eq!(day("9999-12-31_1912-04-15.txt"), on(1912, 4, 15));
        assert_eq!(day("2024-01-261"), None);
        assert_eq!(day("2024-01_26"), None);
        assert_eq!(day("年2024-01-2"), None);
    }

    #[test]
    fn sources_in_names() {
        assert_eq!(source("coast-wire_2024-01-26_harbour-bridge.txt").as_deref(), Some("Coast Wire"));
        assert_eq!(source("nyt_20240126_a.txt").as_deref(), Some("NYT"));
        assert_eq!(source("usa-today_2024-01-26.txt").as_deref(), Some("USA Today"));
        assert_eq!(source("000_2024-01-26_a.txt"), None);
        assert_eq!(source("harbour_bridge.txt"), None);
        assert_eq!(source("2024-01-26_bridge.txt"), None);
    }
}
