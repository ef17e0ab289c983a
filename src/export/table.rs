//! A table: fitted to a terminal for the eye, or columns parted by tabs for other programs.

use std::borrow::Cow;
use std::fmt::Write;

use chrono::NaiveDate;
use textwrap::{Options, wrap};
use unicode_width::UnicodeWidthStr;

use super::csv::speaker_cells;
use super::said_words::{REPORTED, SaidWords};
use super::schema::SearchHit;
use crate::article::{Article, Listed};
use crate::catalog::Person;
use crate::quotes::{Certainty, Quotation};
use crate::text::{cells, clean_line, shorten};

/// The sign for no speaker.
pub const UNNAMED: &str = "—";

/// The widest column of names, in cells.
const WIDEST_NAME: usize = 26;

/// The widest line, in cells: longer ones are hard to read.
const WIDEST_LINE: usize = 110;

/// The narrowest line, in cells: below, the terminal wraps.
const NARROWEST_LINE: usize = 24;

/// The cells before the name of a speaker, in a terminal wide enough for dates, and in others.
const WIDE: usize = 52;
const NARROW: usize = 18;

/// The narrowest terminal in which dates are shown.
const ROOM_FOR_DATES: usize = 76;

/// Returns what is said in an article: fitted to a terminal of `width` cells, else columns parted by tabs.
pub fn quotations(article: &Article, said: &[SaidWords<'_>], width: Option<usize>) -> String {
    match width {
        Some(width) => quotations_fitted(article, said, width),
        None => quotations_plain(article, said),
    }
}

/// Returns the header above the speakers.
pub const fn speakers_head(width: Option<usize>) -> &'static str {
    match width {
        Some(ROOM_FOR_DATES..) => "quotes  doubtful  articles  first       last        speaker\n",
        Some(_) => "quotes  doubtful  speaker\n",
        None => "",
    }
}

/// Returns a speaker: fitted to a terminal of `width` cells, else columns parted by tabs.
pub fn speaker(person: &Person, width: Option<usize>) -> String {
    match width {
        Some(width) => speaker_fitted(person, width),
        None => speaker_plain(person),
    }
}

/// The header above speakers with how much is only reported.
pub const fn speakers_head_with_reported(width: Option<usize>) -> &'static str {
    match width {
        Some(width) if width >= ROOM_FOR_DATES + REPORTED_CELLS => {
            "reported  quotes  doubtful  articles  first       last        speaker\n"
        }
        Some(_) => "reported  quotes  doubtful  speaker\n",
        None => "",
    }
}

/// The cells of the column for how much is only reported.
const REPORTED_CELLS: usize = 10;

/// As [`speaker`], with how many statements are reported: before all else, in columns parted by tabs behind it.
pub fn speaker_with_reported(person: &Person, width: Option<usize>) -> String {
    let reported = person.spoken.reported;
    let Some(width) = width else {
        return format!("{}\t{reported}\n", speaker(person, None).trim_end_matches('\n'));
    };
    let rows = speaker(person, Some(width.saturating_sub(REPORTED_CELLS)));
    let mut cell = format!("{reported:>8}  ");
    let row = |row| format!("{}{row}\n", std::mem::replace(&mut cell, " ".repeat(REPORTED_CELLS)));
    rows.lines().map(row).collect()
}

/// Returns a hit of a search: two rows of at most `width` cells, else columns parted by tabs.
pub fn hit(hit: &SearchHit<'_>, width: Option<usize>) -> String {
    let SearchHit { article, snippet, said, speaker } = hit;
    let date = article.dates.published.map(|published| published.to_string()).unwrap_or_default();
    let headline = clean_line(article.headline());
    let line = clean_line(snippet.as_ref().map_or("", |snippet| &snippet.text));
    let line = match speaker.map(clean_line).filter(|speaker| !speaker.is_empty()) {
        Some(speaker) => {
            let certainty = said.map_or(Certainty::Likely, Quotation::certainty);
            let via = said.and_then(Quotation::reporter);
            let via = via.map_or_else(String::new, |reporter| format!(", as told by {}", clean_line(reporter)));
            let signed = certainty.signed(&speaker);
            if said.is_some_and(Quotation::is_reported) {
                format!("{signed}{via} (reported): {line}")
            } else {
                format!("{signed}{via}: “{line}”")
            }
        }
        None => line,
    };
    let Some(width) = width else {
        // The path alone was not cleaned on the way in: it must lead to the file.
        let place = clean_line(&article.origin.to_string());
        return format!("{date}\t{headline}\t{line}\t{place}\n");
    };
    let listed = article.dates.listed();
    let day = listed.map_or_else(|| " ".repeat(10), |listed| listed.day.to_string());
    let note = listed.and_then(Listed::note).map_or_else(String::new, |note| format!(" ({note})"));
    let room = width.saturating_sub(12 + cells(&note));
    let mut out = format!("{day}  {}{note}\n", shorten(&headline, room));
    if !line.is_empty() {
        // Text into memory: nothing in it can fail.
        let _ = writeln!(out, "{:12}{}", "", shorten(&line, width.saturating_sub(12)));
    }
    out
}

/// A line for each quotation, all of it: speaker, quotation, date, headline, path.
fn quotations_plain(article: &Article, said: &[SaidWords<'_>]) -> String {
    let mut out = String::new();
    let date = article.dates.published.map(|published| published.to_string()).unwrap_or_default();
    let path = clean_line(&article.origin.to_string());
    for said in said {
        let (name, words) = (clean_line(&name(said)), words(article, said));
        // Text into memory: nothing in it can fail.
        let _ = writeln!(out, "{name}\t{words}\t{date}\t{}\t{path}", article.headline());
    }
    out
}

/// A headline, then the quotations in two columns, wrapped to `width` cells; a blank line after.
fn quotations_fitted(article: &Article, said: &[SaidWords<'_>], width: usize) -> String {
    let width = width.clamp(NARROWEST_LINE, WIDEST_LINE);
    let names = WIDEST_NAME.min(width / 3);
    let mut out = String::new();
    push_lines(&mut out, wrap(article.headline(), width).iter());
    push_lines(&mut out, wrap(&place_and_time(article), width).iter());
    for said in said {
        let name = name(said);
        let left = wrap(&name, Options::new(names).initial_indent("  ").subsequent_indent("  "));
        let words = words(article, said);
        let right = wrap(&words, width - names - 2);
        let rows = (0..left.len().max(right.len())).map(|row| {
            let (name, words) = (left.get(row).map_or("", AsRef::as_ref), right.get(row).map_or("", AsRef::as_ref));
            let gap = " ".repeat((names + 2).saturating_sub(name.width()));
            format!("{name}{gap}{words}")
        });
        push_lines(&mut out, rows);
    }
    out.push('\n');
    out
}

/// A text in lines of a terminal of `width` cells, which begin so: the first, and the rest.
pub fn wrapped(text: &str, width: usize, first: &str, rest: &str) -> String {
    let width = width.clamp(NARROWEST_LINE, WIDEST_LINE);
    wrap(text, Options::new(width).initial_indent(first).subsequent_indent(rest)).join("\n")
}

/// "26 January 2024 · Coast Wire · news/bridge.txt"
pub fn place_and_time(article: &Article) -> String {
    let date = article.dates.in_words("%-d %B %Y");
    let parts = [Some(date), article.publisher.clone(), Some(clean_line(&article.origin.to_string()))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// "Mara Deniz", with a sign where that is doubtful or the user's own word.
fn name(said: &SaidWords<'_>) -> String {
    said.certainty.signed(said.speaker.map_or(UNNAMED, |speaker| speaker.name.as_str()))
}

/// The words; where they are the article's own, that is told.
fn words<'a>(article: &'a Article, said: &SaidWords<'_>) -> Cow<'a, str> {
    let words = article.body.words(said.span);
    if said.is_reported() { format!("{words} ({REPORTED})").into() } else { words.into() }
}

fn push_lines(out: &mut String, lines: impl Iterator<Item = impl AsRef<str>>) {
    for line in lines {
        out.push_str(line.as_ref().trim_end());
        out.push('\n');
    }
}

fn speaker_plain(person: &Person) -> String {
    let [_, rest @ ..] = speaker_cells(person).map(|cell| clean_line(&cell));
    format!("{}\t{}\n", clean_line(&signed_name(person)), rest.join("\t"))
}

/// The numbers, then name and role as wide as there is room, wrapped.
fn speaker_fitted(person: &Person, width: usize) -> String {
    let doubtful = if person.spoken.doubtful > 0 { person.spoken.doubtful.to_string() } else { String::new() };
    let numbers = format!("{:>6}  {doubtful:>8}  ", person.spoken.quotations);
    let (numbers, indent) = if width >= ROOM_FOR_DATES {
        let days = (day(person.first), day(person.last));
        (format!("{numbers}{:>8}  {:10}  {:10}  ", person.articles, days.0, days.1), WIDE)
    } else {
        (numbers, NARROW)
    };
    let who = signed_name(person);
    let who = person.role.as_ref().map_or_else(|| who.clone(), |role| format!("{who}, {role}"));
    let lines = wrap(&who, width.saturating_sub(indent).max(12));
    let blank = " ".repeat(indent);
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        out += if index == 0 { &numbers } else { &blank };
        out += line.trim_end();
        out.push('\n');
    }
    out
}

/// The name of a person, with a sign where all that they say is doubtfully theirs.
pub fn signed_name(person: &Person) -> String {
    person.spoken.certainty().signed(&person.name)
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset};

    use super::*;
    use crate::export::{Shown, fixture};

    #[test]
    fn quotations_in_a_pipe_are_whole() {
        let (article, findings) = fixture::article();
        let table = quotations(&article, &Shown::quotations(&findings).words()[..1], None);
        assert_eq!(table, "Zoë Okafor\tNo, 𝒏𝒐𝒕 ever,\t2026-03-14\tHarbour 😀 *closed*\tnews/bridge.txt\n");
    }

    #[test]
    fn tables_for_people_say_the_day_that_the_list_shows_and_data_what_is_written() {
        let (mut article, findings) = fixture::article();
        article.dates.seen = "2026-03-13T12:00:00Z".parse().ok();
        article.dates.published = "2064-02-06T10:00:00+01:00".parse().ok().map(|at: DateTime<FixedOffset>| at.into());
        let hit_of =
            |article: &Article, width| hit(&SearchHit { article, snippet: None, said: None, speaker: None }, width);
        assert_eq!(hit_of(&article, Some(60)), "2026-03-13  Harbour 😀 *closed* (first seen)\n");
        assert_eq!(hit_of(&article, Some(40)), "2026-03-13  Harbour 😀 *cl… (first seen)\n");
        let written = "2064-02-06T10:00:00+01:00";
        assert!(hit_of(&article, None).starts_with(&format!("{written}\tHarbour")));
        let one = &Shown::quotations(&findings).words()[..1];
        assert!(quotations(&article, one, None).contains(&format!("\t{written}\tHarbour")));
        let fitted = quotations(&article, one, Some(80));
        assert!(fitted.contains("13 March 2026 (first seen; dated 6 February 2064)"), "{fitted}");
    }

    #[test]
    fn doubt_and_corrections_stand_beside_the_name() {
        let (article, findings) = fixture::doubtful();
        let said = Shown::quotations(&findings).words();
        let table = quotations(&article, &said, None);
        let names: Vec<_> = table.lines().map(|line| line.split('\t').next().unwrap()).collect();
        assert_eq!(names, ["Zoë Okafor?", "Zoë Okafor ✓", "—", "— ✓"]);
        let table = quotations(&article, &said, Some(80));
        assert!(table.contains("\n  Zoë Okafor?               No,") && table.contains("\n  Zoë Okafor ✓  "), "{table}");
    }

    #[test]
    fn quotations_fit_the_terminal() {
        let (article, findings) = fixture::article();
        let mut spoken = Shown::quotations(&findings).words();
        spoken.retain(|said| said.is_spoken);
        assert_eq!(
            quotations(&article, &spoken, Some(30)),
            "Harbour 😀 *closed*\n\
             14 March 2026 · Coast Wire ·\n\
             news/bridge.txt\n\
             \x20 Zoë       No, 𝒏𝒐𝒕 ever,\n\
             \x20 Okafor\n\
             \x20 Zoë       =Never.\n\
             \x20 Okafor\n\
             \x20 —         We say so.\n\n"
        );
        for width in 0..200 {
            let widest = quotations(&article, &spoken, Some(width)).lines().map(UnicodeWidthStr::width).max();
            assert!(widest.unwrap() <= width.max(NARROWEST_LINE), "{width}");
        }
    }

    #[test]
    fn speakers_fit_the_terminal() {
        assert_eq!(
            speaker(&fixture::person(), Some(80)),
            "    12         3         1  2026-03-14  2026-03-14  Zoë Okafor, =the *engineer*\n"
        );
        assert_eq!(
            speaker(&fixture::person(), Some(40)),
            "    12         3  Zoë Okafor, =the\n                  *engineer*\n"
        );
        for width in 30..120 {
            let table = speaker(&fixture::person(), Some(width)) + speakers_head(Some(width));
            assert!(table.lines().all(|line| line.width() <= width), "{width}");
        }
    }

    #[test]
    fn speaker_in_a_pipe_is_whole() {
        let row = "Zoë Okafor\t=the *engineer*\t12\t1\t2026-03-14\t2026-03-14\t3\n";
        assert_eq!(speaker(&fixture::person(), None), row);
    }
}
