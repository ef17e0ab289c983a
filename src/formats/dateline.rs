//! Datelines: where, when and by whose agency an article was written, before its first words.

use std::ops::RangeInclusive;

/// The dateline with which a paragraph begins.
#[derive(Debug, PartialEq, Eq)]
pub struct Dateline<'t> {
    /// The dateline with its dash and the blank after it: "MOSCOW, Jan. 26 (Agency) — ".
    pub words: &'t str,
    /// The agency, where it names one: "Agency".
    pub agency: Option<&'t str>,
}

/// The longest dateline, in bytes.
const LONGEST: usize = 100;

/// What parts a dateline from the article; the first that occurs counts. All begin with a blank or a long dash.
const DASHES: [&str; 9] = [" — ", " – ", " -- ", " - ", " _ ", " ― ", "— ", " —", "—"];

/// Words in capitals before a dash that are no place.
const LABELS: [&str; 21] = [
    "ANALYSIS",
    "BREAKING",
    "COMMENTARY",
    "CORRECTION",
    "EDITORIAL",
    "EXCLUSIVE",
    "FEATURE",
    "FLASH",
    "LIVE",
    "NEW",
    "NEWS",
    "NOTE",
    "OPINION",
    "PHOTOS",
    "POLL",
    "PSA",
    "REVIEW",
    "UPDATE",
    "UPDATED",
    "VIDEO",
    "WATCH",
];

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The dateline at the beginning of `paragraph`, where there is one for certain.
///
/// The place stands in capitals ("NEW YORK", "TRENTON, N.J."), or an agency follows in brackets; all of it ends in
/// a dash. "UPDATE — " and a speaker's name before a dash are no datelines.
pub fn recognize(paragraph: &str) -> Option<Dateline<'_>> {
    let start = paragraph.get(..paragraph.floor_char_boundary(LONGEST))?;
    let (at, dash) = first_dash(start)?;
    let (head, rest) = (&paragraph[..at], &paragraph[at + dash.len()..]);
    let words = &paragraph[..paragraph.len() - rest.trim_start().len()];
    if rest.trim().is_empty() {
        return None;
    }
    let (place, agency) = without_agency(head.trim_end());
    let is_dateline = match agency {
        Some(_) => place.is_empty() || is_place_and_day(place, 1..=4, is_capitalized),
        // Without a blank before the dash it is a word or a label: "WAIT—".
        None => dash.starts_with(' ') && is_place_and_day(place, 1..=3, is_in_capitals) && !is_label(place),
    };
    is_dateline.then_some(Dateline { words, agency })
}

/// The first dash, and where it begins.
fn first_dash(text: &str) -> Option<(usize, &'static str)> {
    let beginnings = text.char_indices().filter(|(_, c)| matches!(c, ' ' | '—')).map(|(at, _)| at);
    beginnings.into_iter().find_map(|at| Some((at, *DASHES.iter().find(|dash| text[at..].starts_with(**dash))?)))
}

/// Splits the brackets with the agency off the end: "MACAU (Reuters)" is "MACAU" and "Reuters".
fn without_agency(head: &str) -> (&str, Option<&str>) {
    let Some((place, agency)) = head.strip_suffix(')').and_then(|head| head.rsplit_once('(')) else {
        return (head, None);
    };
    if is_agency(agency) { (place.trim_end().trim_end_matches(','), Some(agency.trim())) } else { (head, None) }
}

/// "Reuters", "Coast Wire", "dpa": letters only, and capitals unless it is one short word.
fn is_agency(name: &str) -> bool {
    let is_plain = name.chars().all(|c| c.is_alphabetic() || " .&'’/-".contains(c));
    let words = name.split_whitespace().count();
    // "Sen. Ann Holt (R-Texas)": a party and a state.
    let is_party = name.len() == 1 || name.as_bytes().get(1) == Some(&b'-');
    is_plain
        && !is_party
        && (1..=4).contains(&words)
        && (name.starts_with(char::is_uppercase) || (words == 1 && name.len() <= 5))
}

/// Whether `text` is a place of so many words that all look right, perhaps with a region and a day: "DES MOINES,
/// Iowa, Aug. 10". A day alone will do where an agency follows.
fn is_place_and_day(text: &str, words: RangeInclusive<usize>, looks_right: fn(&str) -> bool) -> bool {
    let mut segments = text.split(',').map(str::trim);
    let Some(place) = segments.next() else { return false };
    let place_is_right = words.contains(&place.split_whitespace().count()) && place.split_whitespace().all(looks_right);
    (place_is_right || is_day(place)) && segments.all(|segment| is_region(segment) || is_day(segment))
}

fn is_in_capitals(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    is_word(word) && word.chars().count() > 1 && letters.into_iter().all(char::is_uppercase)
}

fn is_capitalized(word: &str) -> bool {
    is_word(word) && (word.starts_with(char::is_uppercase) || ["de", "la", "of", "the", "am", "sur"].contains(&word))
}

fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && word.chars().all(|c| c.is_alphabetic() || ".'’/-".contains(c))
}

/// "N.J.", "Burma", "South Africa", "N. Mex."
fn is_region(segment: &str) -> bool {
    (1..=3).contains(&segment.split_whitespace().count()) && segment.split_whitespace().all(is_capitalized)
}

/// "Jan. 26", "26 January", "Aug 31", "2024", "26 января".
fn is_day(segment: &str) -> bool {
    let mut words = segment.split_whitespace();
    let numbers = words.clone().filter(|word| is_number(word)).count();
    let names = words.clone().count() - numbers;
    let names_a_month = words.any(is_month);
    let is_year = segment.len() == 4 && names == 0;
    numbers > 0 && names <= 1 && (is_year || names_a_month || (names == 1 && !segment.is_ascii()))
}

fn is_number(word: &str) -> bool {
    word.trim_end_matches('.').bytes().all(|b| b.is_ascii_digit())
}

fn is_month(word: &str) -> bool {
    word.get(..3).is_some_and(|start| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(start)))
}

fn is_label(place: &str) -> bool {
    place.split([' ', ',']).any(|word| LABELS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraph: &str) -> Option<(&str, Option<&str>)> {
        recognize(paragraph).map(|dateline| (dateline.words, dateline.agency))
    }

    #[test]
    fn places_days_and_agencies() {
        let cases = [
            ("MOSCOW, Jan. 26 (Agency) — The", "MOSCOW, Jan. 26 (Agency) — ", Some("Agency")),
            ("PORT ELLERY, March 14 (Coast Wire) — The", "PORT ELLERY, March 14 (Coast Wire) — ", Some("Coast Wire")),
            ("LONDON (Reuters) - The", "LONDON (Reuters) - ", Some("Reuters")),
            ("NEW YORK (AP) _ The", "NEW YORK (AP) _ ", Some("AP")),
            ("Mexico City (AFP) – The", "Mexico City (AFP) – ", Some("AFP")),
            ("Aug 31 (Reuters) - The", "Aug 31 (Reuters) - ", Some("Reuters")),
            ("(Coast Wire) — The", "(Coast Wire) — ", Some("Coast Wire")),
            ("MANCHESTER, N.H. -- The", "MANCHESTER, N.H. -- ", None),
            ("DES MOINES, Iowa, Aug. 10, 2026 — The", "DES MOINES, Iowa, Aug. 10, 2026 — ", None),
            ("BOSTON —The", "BOSTON —", None),
            ("ŁÓDŹ (PAP)—The", "ŁÓDŹ (PAP)—", Some("PAP")),
            ("МОСКВА, 26 января (ТАСС) — Мост", "МОСКВА, 26 января (ТАСС) — ", Some("ТАСС")),
        ];
        for (paragraph, words, agency) in cases {
            assert_eq!(check(paragraph), Some((words, agency)), "{paragraph}");
        }
    }

    #[test]
    fn lookalikes_are_no_datelines() {
        for paragraph in [
            "UPDATE — The bridge is open",
            "UPDATE: 5/12 — The bridge",
            "PSA—Bring an umbrella",
            "NOW OPEN—The quay",
            "HOW ACCURATE ARE PANELS? - They",
            "The ministers — all three — went home",
            "A: Yes, I think that is important -- and",
            "Anna Holt (the mayor's wife) — who knew",
            "Sen. Ann Holt (R-Texas) — Announced in March",
            "Moscow — a city",
            "WASHINGTON — ",
            "He paid £500 (about $600) - and left",
            "",
        ] {
            assert_eq!(check(paragraph), None, "{paragraph}");
        }
    }
}
