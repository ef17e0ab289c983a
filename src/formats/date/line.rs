//! Lines that are nothing but a date: with what says that it is that of the publication, the day of the week, a place before
//! it ("Port Ellery, 22 November 2026"), who wrote. Any other word makes a sentence, or the notice of an event, of a line.

use super::labels;
use super::lenient::Order;
use super::names::{is_weekday, zone};
use super::search::dates_in;
use crate::article::Published;

/// Words that lead to a date, or from one to its time, and those of a sentence that says when an article was
/// published; and agencies that write themselves in small letters.
const KNOWN: &str = "a à alle am an at às au das de del den der die dnia el há hs h hrs il in klo kl klo. la las le los o \
    om on ons op o'clock ore os ó pe på the um uhr vom w zum г в на од от у ngày lúc เมื่อ วันที่ \
    date datum time online first last originally initially zuerst ursprünglich \
    this article story post page news was is has been dieser artikel beitrag diese meldung text wurde ist \
    cet article a été cette este artículo esta noticia fue questo articolo è stato dit \
    ago há hace fa y hour hours hora horas heure heures stunde stunden ore uur timer timmar \
    min min. mins minute minutes minuten minuti minutos minuter read reading lesezeit lesedauer lecture lectura leitura \
    lettura leestijd temps tempo tiempo \
    dpa afp sid epd kna ots apa sda";

/// Words after which comes who wrote, in small letters.
const BY: [&str; 14] =
    ["by", "von", "par", "por", "door", "av", "af", "przez", "autor:", "author:", "da", "di", "του", "от"];

/// Words that stand in names in small letters, or between two of them.
const IN_NAMES: [&str; 24] = [
    "and", "und", "et", "y", "e", "en", "i", "och", "og", "of", "the", "de", "la", "le", "du", "des", "del", "der",
    "den", "van", "von", "zu", "bin", "al",
];

/// Stems of words that tell what is on a day, or by when something must be done: no article is published with them. In small
/// letters: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian, Japanese, Chinese.
const EVENTS: [&str; 94] = [
    "appl",
    "deadline",
    "open",
    "start",
    "begin",
    "ends",
    "ending",
    "closing",
    "closes",
    "doors",
    "ticket",
    "sale",
    "when",
    "where",
    "venue",
    "due",
    "expire",
    "valid",
    "born",
    "died",
    "drawing",
    "photo",
    "picture",
    "illustration",
    "painting",
    "exhibition",
    "concert",
    "premiere",
    "event",
    "meeting",
    "register",
    "registration",
    "booking",
    "arriv",
    "depart",
    "launch",
    "termin",
    "beginn",
    "einlass",
    "frist",
    "bewerb",
    "anmeld",
    "einsendeschluss",
    "eröffnung",
    "ausstellung",
    "konzert",
    "veranstaltung",
    "vorverkauf",
    "zeichnung",
    "foto",
    "bild",
    "gültig",
    "geboren",
    "gestorben",
    "wann",
    "ouvert",
    "ouvre",
    "clôture",
    "candidature",
    "dessin",
    "exposition",
    "billet",
    "début",
    "limite",
    "quand",
    "abre",
    "apertura",
    "inscri",
    "plazo",
    "dibujo",
    "concierto",
    "exposici",
    "entradas",
    "hasta",
    "cierre",
    "scadenza",
    "iscrizion",
    "disegno",
    "concerto",
    "mostra",
    "biglietti",
    "prazo",
    "desenho",
    "abertura",
    "aanmeld",
    "tekening",
    "tentoonstelling",
    "kaarten",
    "termin",
    "otwarcie",
    "начало",
    "開催",
    "締切",
    "活动",
];

/// How many words a place or the name of a publisher has, and a byline.
const MOST_IN_PLACE: usize = 4;
const MOST_IN_BYLINE: usize = 8;
/// How many words in small letters may follow it.
const MOST_IN_CREDIT: usize = 1;

/// What the words beside a date say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Nothing else: there are none, or none but labels, and words that lead to a date.
    Nothing,
    /// Where, or by whom.
    Names,
    /// Something else.
    Prose,
}

/// The date of publication of which a line is nothing but the words, with the day of a change perhaps, and what stands beside
/// it; nothing for any other line.
pub fn date_of(line: &str, order: Order) -> Option<(Published, Beside)> {
    /// How long such a line is, in bytes.
    const LONGEST: usize = 120;
    let line = if line.len() <= LONGEST { line.trim() } else { return None };
    let dates = dates_in(line, order);
    let (first, last) = (dates.first()?, dates.last()?);
    let (head, tail) = (&line[..first.0.start], &line[last.0.end..]);
    let between = dates.windows(2).map(|pair| &line[pair[0].0.end..pair[1].0.start]);
    let own = dates.iter().zip([head].into_iter().chain(between.clone())).find(|(_, label)| !labels::is_other(label));
    // "3 March 2026 – 5 May 2026" has no word between its dates.
    let is_pair = between.clone().all(|words| words.contains(char::is_alphabetic) && after(words) != Beside::Prose);
    match (before(head), after(tail)) {
        (Beside::Prose, _) | (_, Beside::Prose) => None,
        (Beside::Nothing, Beside::Nothing) if is_pair => Some((own?.0.1, Beside::Nothing)),
        _ if is_pair => Some((own?.0.1, Beside::Names)),
        _ => None,
    }
}

/// What stands in the line of a date before it. Marks ("|", "·", " – ") part it from what belongs to something else.
pub fn before(text: &str) -> Beside {
    let (others, own) = match last_mark(text) {
        Some((at, length)) => (&text[..at], &text[at + length..]),
        None => ("", text),
    };
    let is_open = own.trim_end().ends_with(['(', '[']);
    match beside(own, true) {
        _ if is_open || tells_event(others) => Beside::Prose,
        Beside::Nothing if !others.trim().is_empty() => Beside::Names,
        beside => beside,
    }
}

/// What stands after it.
pub fn after(text: &str) -> Beside {
    let own = first_mark(text).map_or(text, |at| &text[..at]);
    match beside(own, false) {
        Beside::Nothing if own.len() < text.len() => Beside::Names,
        beside => beside,
    }
}

/// Whether a word tells what is on that day.
pub fn tells_event(text: &str) -> bool {
    let text = text.to_lowercase();
    words(&text).any(|word| EVENTS.iter().any(|stem| word.starts_with(stem)) && !labels::is_label(word))
}

/// Whether there are so many words at the least that belong to a sentence: in small letters, and none that lead to a date.
pub fn has_words_of_prose(text: &str, least: usize) -> bool {
    let is_of_prose = |word: &&str| {
        let lower = word.to_lowercase();
        word.starts_with(char::is_lowercase)
            && !is_known(&lower)
            && !BY.contains(&&*lower)
            && !IN_NAMES.contains(&&*lower)
    };
    words(text).filter(is_of_prose).nth(least.saturating_sub(1)).is_some()
}

/// Whether what follows a time names a place: ", Town Hall".
pub fn names_place(after: &str) -> bool {
    let own = first_mark(after).map_or(after, |at| &after[..at]);
    let own = own.trim_start();
    let is_clock = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || is_known(&word.to_lowercase());
    own.starts_with(',') && {
        let mut rest = words(own).skip_while(|word| is_clock(word));
        rest.next().is_some_and(|word| word.starts_with(char::is_uppercase) && !is_known(&word.to_lowercase()))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || ",;()[]（）".contains(c)).filter(|word| !word.is_empty())
}

/// `may_be_place`: names may stand there that a comma ends, of a place or a publisher.
fn beside(text: &str, may_be_place: bool) -> Beside {
    let (mut places, mut is_ended, mut by, mut credits) = (0, false, None, 0);
    for part in text.split_whitespace() {
        let word = part.trim_matches(|c: char| ",;()[]（）".contains(c));
        let lower = word.to_lowercase();
        let is_in_name = !word.starts_with(char::is_lowercase) || IN_NAMES.contains(&&*lower);
        let goes_on = places > 0 && !is_ended && IN_NAMES.contains(&&*lower);
        match &mut by {
            Some(names) if is_in_name && *names < MOST_IN_BYLINE && !is_known(&lower) => *names += 1,
            _ if word.is_empty() => is_ended |= part.starts_with(','),
            _ if is_known(&lower) && !goes_on => {}
            None if BY.contains(&&*lower) => by = Some(0),
            // "by Jane Doe photo agency": a credit may follow.
            Some(names) if *names > 0 && credits < MOST_IN_CREDIT => credits += 1,
            _ if is_in_name => (places, is_ended) = (places + 1, part.ends_with([',', '、', '،'])),
            _ => return Beside::Prose,
        }
    }
    // Where letters have no capitals, names need no comma.
    let is_name = is_ended || text.chars().any(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
    match (places, by) {
        (0, None) => Beside::Nothing,
        (0, Some(1..)) => Beside::Names,
        (1..=MOST_IN_PLACE, None) if may_be_place && is_name && !tells_event(text) => Beside::Names,
        _ => Beside::Prose,
    }
}

/// Whether a word, in small letters, belongs to a date: a number, the day of the week, a zone, a label, what leads to it.
fn is_known(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ':', '：']);
    !word.contains(char::is_alphabetic)
        || word.starts_with(|c: char| c.is_ascii_digit())
        || KNOWN.split_ascii_whitespace().any(|known| known == word || known == bare)
        || is_weekday(bare)
        || zone(bare).is_some()
        || labels::is_label(word)
}

fn is_mark(c: char) -> bool {
    matches!(c, '|' | '·' | '•' | '–' | '—' | '―' | '/' | '-' | '｜')
}

/// Where the last mark stands that parts what belongs to different things, and its length: a bar or a dot anywhere, a dash or
/// stroke between blanks.
fn last_mark(text: &str) -> Option<(usize, usize)> {
    text.char_indices().rev().find(|(at, c)| parts(text, *at, *c)).map(|(at, c)| (at, c.len_utf8()))
}

fn first_mark(text: &str) -> Option<usize> {
    text.char_indices().find(|(at, c)| parts(text, *at, *c)).map(|(at, _)| at)
}

fn parts(text: &str, at: usize, mark: char) -> bool {
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    is_mark(mark)
        && (matches!(mark, '|' | '·' | '•' | '｜')
            || is_blank(text[..at].chars().next_back()) && is_blank(text[at + mark.len_utf8()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_before_a_date() {
        for (text, expected) in [
            ("", Beside::Nothing),
            ("Sunday, ", Beside::Nothing),
            ("Le ", Beside::Nothing),
            ("Published on Sunday, ", Beside::Nothing),
            ("Veröffentlicht am ", Beside::Nothing),
            ("This article was first published on ", Beside::Nothing),
            ("Port Ellery, ", Beside::Names),
            ("Port Ellery, den ", Beside::Names),
            ("By Jane Doe on ", Beside::Names),
            ("By Jane Doe and Ann van Holt, ", Beside::Names),
            ("Jane Doe / ", Beside::Names),
            ("Coast Wire | ", Beside::Names),
            ("公開日:", Beside::Nothing),
            ("Apply by ", Beside::Prose),
            ("By ", Beside::Prose),
            ("Drawing by Ann Holt, ", Beside::Prose),
            ("On sale ", Beside::Prose),
            ("Opens ", Beside::Prose),
            ("Deadline, ", Beside::Prose),
            ("Deadline: ", Beside::Prose),
            ("Concert | ", Beside::Prose),
            ("Since ", Beside::Prose),
            ("Ann Holt (", Beside::Prose),
            ("Bewerbungen bis ", Beside::Prose),
            ("Eröffnung am ", Beside::Prose),
            ("Le concert aura lieu le ", Beside::Prose),
        ] {
            assert_eq!(before(text), expected, "{text}");
        }
    }

    #[test]
    fn words_after_a_date() {
        for (text, expected) in [
            ("", Beside::Nothing),
            (" CET", Beside::Nothing),
            (", 10:05", Beside::Nothing),
            (" · 4 min read", Beside::Names),
            (" by Jane Doe", Beside::Names),
            (" | Harbour", Beside::Names),
            (", Town Hall", Beside::Prose),
            (", Rathaus", Beside::Prose),
            (" at the harbour", Beside::Prose),
            (" on Coast Records", Beside::Prose),
        ] {
            assert_eq!(after(text), expected, "{text}");
        }
        assert!(names_place(", 19:00, Town Hall") && names_place(", Rathaus"));
        assert!(!names_place(" | Town Hall") && !names_place(", 10:05") && !names_place(""));
    }
}
