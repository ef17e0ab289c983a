//! Bylines: "By Jane Doe and Pedro da Costa, Coast Wire".

use std::iter;

use super::date::lenient::Order;
use super::date::names::is_weekday;
use super::date::search::dates_in;
use crate::text::clean_line;

/// The longest byline, in bytes.
const LONGEST: usize = 120;

/// How many authors are named at most.
const MOST: usize = 8;

/// Words that may stand in a byline in lower case.
const SMALL: [&str; 26] = [
    "and", "at", "bin", "d'", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el", "for",
    "in", "la", "of", "the", "und", "van", "von", "y", "zu",
];

/// What begins a sentence and is no name: "By Tuesday…", "By God…".
const NO_NAMES: [&str; 23] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "christmas",
    "easter",
    "god",
    "the",
    "contrast",
];

/// Who wrote the article, where `line` says so: the names in a line "By …", and nothing else in it.
pub fn recognize(line: &str) -> Option<&str> {
    let names = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).or_else(|| line.strip_prefix("by "))?;
    let names = names.trim().trim_end_matches(['.', ':', ',', ';']);
    let mut words = names.split([' ', ',', '|', '/', ';', '·', '—', '–']).filter(|word| !word.is_empty());
    let first = words.clone().next()?;
    let is_short = line.len() <= LONGEST && (1..=14).contains(&words.clone().count());
    let begins_right = first.starts_with(char::is_uppercase) && !NO_NAMES.contains(&first.to_lowercase().as_str());
    (is_short && begins_right && words.all(may_stand)).then_some(names)
}

/// What stands before the names of authors on pages, in small letters; where they are lower case, they may begin a name too.
const BY: [&str; 51] = [
    "written by",
    "story by",
    "words by",
    "posted by",
    "published by",
    "article by",
    "by:",
    "by",
    "author:",
    "text:",
    "text von",
    "ein artikel von",
    "ein beitrag von",
    "geschrieben von",
    "verfasst von",
    "erstellt von",
    "veröffentlicht von",
    "von:",
    "von",
    "autor:",
    "autorin:",
    "autoren:",
    "autor/in:",
    "par",
    "écrit par",
    "rédigé par",
    "publié par",
    "auteur :",
    "auteur:",
    "por",
    "escrito por",
    "publicado por",
    "di",
    "scritto da",
    "a cura di",
    "autore:",
    "door",
    "geschreven door",
    "av",
    "af",
    "tekst:",
    "przez",
    "autorka:",
    "автор:",
    "текст:",
    "作者：",
    "責任編輯：",
    "责任编辑：",
    "编辑：",
    "記者：",
    "记者：",
];

/// How long the longest of these is, in bytes.
const LONGEST_BY: usize = 24;

/// Words of which one tells that a name is that of a firm or a task, and no person's.
const NO_PERSONS: [&str; 53] = [
    "gmbh",
    "ag",
    "kg",
    "e.v",
    "ev",
    "inc",
    "ltd",
    "llc",
    "s.a",
    "plc",
    "company",
    "verlag",
    "admin",
    "administrator",
    "unknown",
    "anonymous",
    "anonym",
    "guest",
    "gast",
    "user",
    "webmaster",
    "editor",
    "editors",
    "author",
    "autor",
    "autoren",
    "autorin",
    "website",
    "http",
    "https",
    "archiv",
    "archive",
    "profil",
    "profile",
    "newsletter",
    "comments",
    "kommentare",
    "posted",
    "published",
    "publié",
    "publicado",
    "pubblicato",
    "gepubliceerd",
    "publicerad",
    "opublikowano",
    "updated",
    "veröffentlicht",
    "geändert",
    "foto",
    "fotos",
    "photo",
    "date",
    "datum",
];

/// Words of the tasks that stand beside names: "Jane Doe, Political Editor".
const TASKS: [&str; 16] = [
    "editor",
    "reporter",
    "correspondent",
    "writer",
    "columnist",
    "journalist",
    "contributor",
    "staff",
    "redakteur",
    "redakteurin",
    "chefredakteur",
    "korrespondent",
    "korrespondentin",
    "journalistin",
    "rédacteur",
    "redactor",
];

/// What follows "By", or what other languages have for it, at the start of `line`; nothing where it starts otherwise.
pub fn after_by(line: &str) -> Option<&str> {
    let start = line[..line.floor_char_boundary(LONGEST_BY)].to_lowercase();
    let rest = BY.iter().filter_map(|word| {
        // A letter may be made small to one of another length, and then none of the words begins here.
        let rest = line
            .get(word.len()..)
            .filter(|_| start.as_bytes().first() == word.as_bytes().first() && start.starts_with(word))?;
        (word.ends_with([':', '：']) || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
    });
    rest.min_by_key(|rest| rest.len()).filter(|rest| rest.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()))
}

/// What follows the date with which a line begins.
pub fn after_date(line: &str) -> Option<&str> {
    let dates = dates_in(line, Order::Unknown);
    let (date, _) = dates.first().filter(|(date, _)| date.start == 0)?;
    Some(line[date.end..].trim_start_matches(|c: char| !c.is_alphabetic()))
}

/// Whether a line says no more than that the next one names the author.
pub fn is_label(line: &str) -> bool {
    const LABELS: [&str; 14] = [
        "author",
        "authors",
        "autor",
        "autorin",
        "autoren",
        "autor/in",
        "autor:in",
        "auteur",
        "auteurs",
        "autores",
        "autore",
        "autori",
        "written by",
        "автор",
    ];
    let line = line.trim().trim_end_matches([' ', ':']);
    line.len() <= 20 && LABELS.contains(&&*line.to_lowercase())
}

/// The names in a line that an element of a page says is one of authors, without what else stands there: "By", a date, a
/// task, a place, an address. Nothing where there is no name.
pub fn names(line: &str) -> Option<String> {
    let line = clean_line(line);
    let by = after_by(&line);
    let line = by.unwrap_or(&line);
    let line = &line[..other_credit(line)];
    let line = if by.is_some() { without_place(line) } else { line };
    let (before, after) = match dates_in(line, Order::Unknown).first() {
        Some((date, _)) => (without_day(&line[..date.start]), &line[date.end..]),
        None => (line, ""),
    };
    let parts = [before, after]
        .into_iter()
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split([',', ';', '|', '•', '·', '\n', '–', '—', '(', ')']))
        .map(|name| name.trim().trim_start_matches(['.', ':', '-', '*']).trim())
        .map(|name| without_place_of(after_by(name).unwrap_or(name)))
        .filter(|name| is_person(name) && !words(name).any(|word| TASKS.contains(&&*word)));
    let mut names: Vec<&str> = parts.collect();
    if by.is_some() && names.first().is_some_and(|name| name.contains(' ')) {
        // "By Ann Holt, Madrid": who is named in full is not named beside a single word.
        names.retain(|name| name.contains(' '));
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// A line of authors without the place or the paper after a dash: "Ann Holt — New York".
fn without_place(line: &str) -> &str {
    let dash = [" — ", " – "].iter().filter_map(|dash| line.find(dash)).min();
    dash.map(|at| &line[..at]).filter(|names| is_person(names)).unwrap_or(line)
}

/// A name without the place where its bearer is: "Ann Holt in Paris".
fn without_place_of(name: &str) -> &str {
    let is_place = |rest: &str| {
        rest.starts_with(char::is_uppercase)
            && !rest.split(' ').any(|word| ["and", "und", "et", "y", "e", "en"].contains(&word))
    };
    let found = [" in ", " à ", " en ", " em ", " aus "].iter().filter_map(|word| {
        let at = name.find(word).filter(|at| is_place(&name[at + word.len()..]))?;
        name[..at].contains(' ').then_some(at)
    });
    found.min().map_or(name, |at| &name[..at])
}

/// Where a line goes on with whose the pictures are; its end, where it does not.
fn other_credit(line: &str) -> usize {
    const CREDITS: [&str; 8] =
        [" Illustration", " Illustrationen", " Foto", " Fotos", " Photo", " Photos", " Photography", " Bilder"];
    let ends = |at: usize, word: &str| line[at + word.len()..].starts_with([' ', ':']);
    let found = CREDITS.iter().filter_map(|word| line.find(word).filter(|at| ends(*at, word)));
    found.min().unwrap_or(line.len())
}

/// What stands before a date, without the day of the week and the word that leads to it: "Jane Doe am Sonntag, den".
fn without_day(before: &str) -> &str {
    const LONGEST_DAY: usize = 24;
    const MARKS: [char; 4] = [' ', ',', '-', '–'];
    let leads = [" am ", " on ", " le ", " il ", " el ", " at ", " vom ", " um ", " den "]
        .iter()
        .filter_map(|word| before.rfind(word));
    let led = leads.filter(|at| before.len() - at <= LONGEST_DAY).min();
    let before = before[..led.unwrap_or(before.len())].trim_end_matches(MARKS);
    match before.rsplit_once(' ') {
        // "Sun" is a name too.
        Some((name, day)) if day.len() > 4 && is_weekday(&day.to_lowercase()) => name.trim_end_matches(MARKS),
        _ => before,
    }
}

/// Whether a name may be that of a person, and not of a firm, a site or an account.
pub fn is_person(name: &str) -> bool {
    let ends_like_host = |word: &str| {
        word.rsplit_once('.').is_some_and(|(start, end)| {
            !start.is_empty() && (2..=4).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_lowercase())
        })
    };
    name.chars().any(char::is_alphabetic)
        && name.len() <= LONGEST
        && (1..=9).contains(&name.split_whitespace().count())
        && !name.contains(['@', '/', ':', '→', '…', '!', '?', '|', '»', '='])
        && name.bytes().filter(u8::is_ascii_digit).count() < 4
        && !name.split_whitespace().any(|word| word.starts_with("www.") || ends_like_host(word))
        && !words(name).any(|word| NO_PERSONS.contains(&&*word))
        && !BY.contains(&&*name.to_lowercase())
}

fn words(name: &str) -> impl Iterator<Item = String> {
    name.split_whitespace().map(|word| word.trim_matches(['.', ':', ',']).to_lowercase())
}

/// The names of a byline that is known to be one: cleaned, without "By", addresses of mail and repetitions.
pub fn cleaned(raw: &str) -> Option<String> {
    let line = clean_line(raw);
    let begins = |word: &str| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let line = match ["written by ", "story by ", "by: ", "by "].iter().find(|word| begins(word)) {
        Some(word) => &line[word.len()..],
        None => &*line,
    };
    let mut names: Vec<&str> = Vec::new();
    for name in parts(line).map(without_address) {
        let is_new = !names.iter().any(|known| known.eq_ignore_ascii_case(name));
        let is_name = name.chars().any(char::is_alphabetic) && !name.contains("://") && name.len() <= LONGEST;
        if is_new && is_name && (name.contains(' ') || !name.contains('@')) && names.len() < MOST {
            names.push(name);
        }
    }
    let names = names.join(", ");
    (!names.is_empty()).then_some(names)
}

/// The parts of a line between commas and the like; those within quotation marks or brackets that are closed part nothing
/// (RFC 5322 §3.2.2, §3.2.4).
pub fn parts(line: &str) -> impl Iterator<Item = &str> {
    let mut left = Some(line);
    iter::from_fn(move || {
        let text = left?;
        let mut enclosed_until = 0;
        for (at, c) in text.char_indices() {
            let begins = text[..at].trim_end().is_empty();
            let close = match c {
                _ if at < enclosed_until => None,
                '"' if begins => text[at + 1..].find('"'),
                '(' => text[at + 1..].find(')'),
                ',' | ';' | '\n' => {
                    left = Some(&text[at + 1..]);
                    return Some(&text[..at]);
                }
                _ => None,
            };
            enclosed_until = close.map_or(enclosed_until, |close| at + 1 + close);
        }
        left = None;
        Some(text)
    })
}

/// A name without the address that stands beside it: "mail (Name)" as RSS has it, "Name (mail)", "Name <mail>".
pub fn without_address(name: &str) -> &str {
    let is_address = |text: &str| text.contains('@') && !text.contains(char::is_whitespace);
    let name = name.trim();
    let bracketed = [('(', ')'), ('<', '>')].into_iter().find_map(|(open, close)| {
        let held = name.strip_suffix(close)?;
        // A name in brackets may hold brackets; an address holds none.
        let (before, inside) = held.split_once(open)?;
        if is_address(before.trim()) && !is_address(inside.trim()) {
            return Some(inside.trim());
        }
        let (before, inside) = held.rsplit_once(open)?;
        let before = before.trim().trim_matches('"');
        (is_address(inside.trim()) && !is_address(before) && !before.is_empty()).then_some(before)
    });
    bracketed.unwrap_or(name)
}

/// Whether a line names who reported and edited, as agencies write it under an article.
pub fn is_credit(line: &str) -> bool {
    const OPENINGS: [&str; 6] = [
        "(Reporting by ",
        "Reporting by ",
        "(Additional reporting by ",
        "Additional reporting by ",
        "(Writing by ",
        "(Editing by ",
    ];
    line.len() <= 400 && OPENINGS.iter().any(|opening| line.starts_with(opening)) && !line.contains(['“', '"'])
}

fn may_stand(word: &str) -> bool {
    let is_plain = word.chars().all(|c| c.is_alphabetic() || ".'’-&()".contains(c));
    is_plain && (word.starts_with(|c: char| c.is_uppercase() || c == '&' || c == '(') || SMALL.contains(&word))
}

#[cfg(test)]
mod tests;
