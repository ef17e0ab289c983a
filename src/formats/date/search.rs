//! Dates among other words: "Posted by Jane Doe on 22 November 2026 at 10:05".

use std::ops::Range;

use chrono::Datelike;

use super::labels::{is_other, names_change};
use super::lenient::{self, Order, ascii_digit, numeric_day};
use super::names;
use super::strict::{YEARS, day_at};
use crate::article::Published;

/// How many words a date and its time have at most: "22 de noviembre de 2026 a las 10:05 p. m.".
const MOST_WORDS: usize = 11;

/// Words that may stand between those of a date.
const BETWEEN: [&str; 29] = [
    "a",
    "à",
    "alle",
    "am",
    "at",
    "às",
    "de",
    "del",
    "den",
    "h",
    "kl",
    "klo",
    "las",
    "le",
    "m",
    "năm",
    "o",
    "of",
    "om",
    "ore",
    "p",
    "pm",
    "the",
    "um",
    "г",
    "в",
    "พ.ศ",
    "เวลา",
    "น",
];

/// The dates in `line` that are whole, with where each stands.
pub fn dates_in(line: &str, order: Order) -> Vec<(Range<usize>, Published)> {
    let words = words(line, before_numbers(line));
    let mut found = Vec::new();
    let mut at = 0;
    let begins_with_digit = |at: usize| {
        words.get(at).is_some_and(|word: &Range<usize>| line[word.clone()].starts_with(|c: char| c.is_ascii_digit()))
    };
    while at < words.len() {
        // A date begins with a number, or a month before one.
        if !begins_with_digit(at) && !begins_with_digit(at + 1) && line.as_bytes()[words[at].start].is_ascii() {
            at += 1;
            continue;
        }
        // Other years stand in numbers of telephones.
        match date_from(line, &words[at..], order).filter(|(_, at)| YEARS.contains(&at.day.year())) {
            Some((length, published)) => {
                found.push((words[at].start..words[at + length - 1].end, published));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// When `text`, the value of a field that holds a date, says that something was published: where it names the day of a change
/// too, the other one.
pub fn published_in(text: &str) -> Option<Published> {
    let of_publication = || {
        let mut from = 0;
        dates_in(text, Order::Unknown).into_iter().find_map(|(range, published)| {
            let before = &text[std::mem::replace(&mut from, range.end)..range.start];
            (!is_other(before)).then_some(published)
        })
    };
    if names_change(text) { of_publication() } else { None }.or_else(|| lenient::parse(text))
}

/// Where the word begins that stands before the first number, or what may be one: a month. Nothing earlier is of a date.
fn before_numbers(line: &str) -> usize {
    let is_number = |b: u8| b.is_ascii_digit() || !b.is_ascii();
    let number = line.bytes().position(is_number).unwrap_or(line.len());
    let before = line[..number].trim_end_matches(is_apart);
    before.rfind(is_apart).map_or(0, |at| line.ceil_char_boundary(at + 1))
}

/// Where the words stand from `from` on, without the marks around them. Chinese, Japanese and Korean put no blank before a number.
fn words(line: &str, from: usize) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in line[from..].char_indices().map(|(at, c)| (from + at, c)).chain([(line.len(), ' ')]) {
        match start {
            None if !is_apart(c) => start = Some(at),
            Some(from) if is_apart(c) => {
                words.push(from..at);
                start = None;
            }
            // "公開日:2026年11月22日", "Published:22 November 2026"
            Some(from) if is_begin(&line[from..at], c) => {
                words.push(from..at);
                start = Some(at);
            }
            _ => {}
        }
    }
    words
}

/// Whether a word of a date begins with `c` where no blank stands after `before`: a label with a colon, or letters that need none.
fn is_begin(before: &str, c: char) -> bool {
    let is_after_colon =
        before.strip_suffix([':', '：']).is_some_and(|label| label.ends_with(|c: char| c.is_alphabetic()));
    is_after_colon || c.is_ascii_digit() && before.chars().all(|c| c > '\u{2e7f}')
}

/// Whether a mark stands between words.
fn is_apart(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '|' | '·' | '•' | ',' | ';' | '(' | ')' | '（' | '）' | '[' | ']' | '"' | '„' | '“')
}

/// The date with which the words begin, and how many of them it has.
fn date_from(line: &str, words: &[Range<usize>], order: Order) -> Option<(usize, Published)> {
    let word = |at: usize| -> Option<String> {
        Some(
            line[words.get(at)?.clone()]
                .trim_end_matches(['.', ':'])
                .chars()
                .map(ascii_digit)
                .flat_map(char::to_lowercase)
                .collect(),
        )
    };
    if !begins_date(&word, order)? {
        return None;
    }
    let length = (1..words.len().min(MOST_WORDS))
        .find(|at| !word(*at).is_some_and(|word| may_continue(&word)))
        .unwrap_or(words.len().min(MOST_WORDS));
    // A number that belongs to what follows may spoil it: the longest that is a date counts.
    (1..=length).rev().find_map(|length| {
        let text = &line[words[0].start..words[length - 1].end];
        Some((length, lenient::parse_in(text, order)?))
    })
}

/// Whether a day in numbers, a day and a month, a month and a day, or a year and a month begin here.
fn begins_date(word: &impl Fn(usize) -> Option<String>, order: Order) -> Option<bool> {
    let first = word(0)?;
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    if names::month(&first, false).is_some() {
        let digits = word(1)?.bytes().take_while(u8::is_ascii_digit).count();
        return Some(matches!(digits, 1 | 2));
    }
    if names::era(&first).is_some() {
        return Some(true);
    }
    if !first.starts_with(|c: char| c.is_numeric()) {
        return None;
    }
    if day_at(&first).is_some() || numeric_day(&first, order).is_some() || first.contains(['年', '년']) {
        return Some(true);
    }
    let is_written_out =
        first.matches('-').count() == 2 && first.split('-').any(|part| names::month(part, false).is_some());
    let next = word(1).filter(|next| !BETWEEN.contains(&&**next)).or_else(|| word(2))?;
    let is_number = matches!(digits, 1 | 2 | 4) && (digits == first.len() || names::is_ordinal(&first[digits..]));
    let is_number_of =
        |word: &str, lengths: &[usize]| lengths.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let is_in_numbers =
        || is_number_of(&next, &[1, 2]) && word(2).is_some_and(|third| is_number_of(&third, &[1, 2, 4]));
    let is_month = names::month(&next, false).is_some()
        || names::counts_months(&next)
        || word(2).is_some_and(|third| names::month_of_two(&next, &third).is_some());
    Some(is_written_out || is_number && (is_month || is_in_numbers()))
}

/// Whether a date or its time may go on with this word.
fn may_continue(word: &str) -> bool {
    word.starts_with(|c: char| c.is_numeric() || c == '+' || c == '-' || c == '’' || c == '\'' || c == '–')
        || BETWEEN.contains(&word)
        || matches!(word, "uhr" | "hrs" | "a.m" | "p.m" | "오전" | "오후" | "午前" | "午後" | "上午" | "下午")
        || names::month(word, false).is_some()
        || names::counts_months(word)
        || names::begins_month(word)
        || names::month_of_two("تشرين", word).is_some()
        || names::zone(word).is_some()
        // "2026年11月22日（日）10:05"
        || word.starts_with(|c| c > '\u{2e7f}') && names::is_weekday(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_may_name_the_day_of_a_change_too() {
        for text in [
            "Updated 23 Nov 2026, published 22 Nov 2026",
            "Published 22 Nov 2026, updated 23 Nov 2026",
            "Aktualisiert: 23.11.2026, veröffentlicht: 22.11.2026",
            "22 November 2026 (updated 23 November 2026)",
            "更新:2026年11月23日 公開:2026年11月22日",
            "Updated: 22 Nov 2026",
            "2026-11-22",
        ] {
            assert_eq!(published_in(text).map(|at| at.to_string()).as_deref(), Some("2026-11-22"), "{text}");
        }
        assert_eq!(published_in("yesterday"), None);
    }

    #[test]
    fn dates_among_words() {
        for (line, expected) in [
            ("Posted by Jane Doe on 22 November 2026 at 10:05", &["2026-11-22T10:05:00"][..]),
            ("Posted on Nov. 22, 2026 in Harbour", &["2026-11-22"]),
            ("22.11.2026, 10:05 Uhr | Hafen", &["2026-11-22T10:05:00"]),
            ("Publicado el 22 de noviembre de 2026 a las 10:05", &["2026-11-22T10:05:00"]),
            ("Published 22 Nov 2026, updated 23 Nov 2026", &["2026-11-22", "2026-11-23"]),
            ("発行：2026年11月22日 10:05", &["2026-11-22T10:05:00"]),
            ("公開 2026年11月22日 10:05", &["2026-11-22T10:05:00"]),
            ("입력 2026.11.22 10:05", &["2026-11-22T10:05:00"]),
            ("2026. 11. 22. 10:05", &["2026-11-22T10:05:00"]),
            ("Harbour (1 / 1) 22.11.2026 10:05", &["2026-11-22T10:05:00"]),
            ("2026年11月22日（日）23時30分", &["2026-11-22T23:30:00"]),
            ("2026년 11월 22일 (일) 10:05", &["2026-11-22T10:05:00"]),
            ("公開 令和8年11月22日 10:05", &["2026-11-22T10:05:00"]),
            ("Ngày 22 tháng 11 năm 2026, 10:05", &["2026-11-22T10:05:00"]),
            ("เผยแพร่ 22 พฤศจิกายน พ.ศ. 2569 เวลา 10.05 น.", &["2026-11-22T10:05:00"]),
            ("公開日:2026年11月22日", &["2026-11-22"]),
            ("公開日：2026年11月22日", &["2026-11-22"]),
            ("更新日:2026年11月23日 公開日:2026年11月22日", &["2026-11-23", "2026-11-22"]),
            ("등록일:2026년 11월 22일", &["2026-11-22"]),
            ("Published:22 November 2026", &["2026-11-22"]),
            ("Published:November 22, 2026 10:05", &["2026-11-22T10:05:00"]),
            ("Δημοσιεύθηκε:22 Νοεμβρίου 2026", &["2026-11-22"]),
            ("ΔΗΜΟΣΙΕΥΣΗ: 22 ΝΟΕΜΒΡΙΟΥ 2026", &["2026-11-22"]),
            ("22 Μαι 2026", &["2026-05-22"]),
            ("8年11月22日", &[]),
            ("Episode 12 3 May 2026", &["2026-05-03"]),
            ("2026-11-22 15:03:30 / Updated: 2026-11-23", &["2026-11-22T15:03:30", "2026-11-23"]),
            ("Top 10 songs of May 2026", &[]),
            ("In May 2026 10 boats sank", &[]),
            ("Since 2026, 12 of 14 boats", &[]),
            ("Version 1.2.3 of 2026", &[]),
            ("10 of 2026", &[]),
            ("Tel. 0800-12-25", &[]),
            ("", &[]),
        ] {
            let found: Vec<_> = dates_in(line, Order::Unknown).iter().map(|(_, at)| at.to_string()).collect();
            assert_eq!(found, expected, "{line}");
        }
        let line = "On 22 November 2026.";
        assert_eq!(&line[dates_in(line, Order::Unknown)[0].0.clone()], "22 November 2026.");
    }
}
