//! All that one speaker said, article by article.

use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::Theme;
use super::people::{Scale, colour_of, grouped, years};
use super::pieces::{put, put_message};
use super::signs::{cited, of_article};
use crate::app::{Command, DateForms, Layer, Notice, SaidBlock, Timeline, TimelineAreas};
use crate::article::Listed;
use crate::catalog::{Person, month_of};
use crate::keymap::Keymap;
use crate::query::spans_of;
use crate::quotes::Certainty;
use crate::text::{Span as TextSpan, cells, fold_with_offsets, plural, shorten};

/// Draws the timeline.
pub fn draw(
    timeline: &Timeline,
    (keymap, dates): (&Keymap, &DateForms),
    area: Rect,
    theme: &Theme,
    today: NaiveDate,
    buffer: &mut Buffer,
) {
    let areas = timeline.areas(area);
    draw_head(timeline, dates, &areas, theme, buffer);
    if timeline.is_empty() {
        return draw_nothing(timeline, keymap, areas.body, theme, buffer);
    }
    for placed in timeline.layout(area) {
        match placed.block {
            SaidBlock::Year(at) => {
                let year = timeline.begun_year(at).map_or_else(String::new, |year| year.to_string());
                let heading = Line::styled(year, theme.headline);
                put(buffer, areas.dates.unwrap_or(areas.words), placed.row, heading);
            }
            SaidBlock::Article(at) => draw_article(timeline, at, placed.row, &areas, (theme, dates, today), buffer),
            SaidBlock::Words(at, rows) => draw_words(timeline, (at, placed.row, &rows), &areas, theme, buffer),
        }
    }
}

fn draw_nothing(timeline: &Timeline, keymap: &Keymap, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    if timeline.is_running() {
        return;
    }
    let (what, notice) = if timeline.typed().is_empty() {
        ("No quotations in the library yet", Notice::new("").hint(Command::Back, "goes back"))
    } else {
        ("No quotations match", Notice::new("").hint(Command::Search, "edits the filter").hint(Command::Back, "all"))
    };
    put_message(what, &keymap.line(Layer::Timeline, &notice), area, theme, buffer);
}

/// The date and the headline of an article.
fn draw_article(
    timeline: &Timeline,
    at: usize,
    row: isize,
    areas: &TimelineAreas,
    (theme, dates, today): (&Theme, &DateForms, NaiveDate),
    buffer: &mut Buffer,
) {
    let Some(within) = timeline.at(at).map(|said| &said.within) else { return };
    let date = within.dates.listed().map_or_else(|| "no date".to_owned(), |listed| date(listed.day, dates, today));
    let mut pieces = Vec::new();
    if let Some(column) = areas.dates {
        put(buffer, column, row, Line::styled(date, theme.dim));
    } else {
        pieces.push(Span::styled(format!("{date}  "), theme.dim));
    }
    let note = within.dates.listed().and_then(Listed::note);
    let room = usize::from(areas.words.width).saturating_sub(pieces.iter().map(Span::width).sum());
    let (headline, source) = headline_and_source(&within.headline, within.publisher.as_deref(), note, room);
    pieces.extend(lit(
        &headline,
        (TextSpan::new(0, headline.len()), &found_in(timeline, &headline)),
        &|_| of_article(theme.headline),
        theme,
    ));
    pieces.push(Span::styled(source, theme.dim));
    put(buffer, areas.words, row, Line::from(pieces));
}

/// The words of a statement: what was said in the colour of the speaker, the writer's own words around it dimmed.
fn draw_words(
    timeline: &Timeline,
    (at, first, rows): (usize, isize, &[TextSpan]),
    areas: &TimelineAreas,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let Some((said, shown)) = timeline.at(at).zip(timeline.shown(at, areas.words.width)) else { return };
    let is_selected = timeline.is_selected(at);
    let text = &*shown.text;
    let is_cut = rows.last().map_or(0, |span| span.end) < text.trim_end().len();
    // Where the article has the number of the speaker, with the same sign.
    let margin = Rect { x: areas.words.x - 3, width: 1, ..areas.words };
    let certainty = said.certainty();
    put(buffer, margin, first, Line::styled(certainty.sign(), theme.accent));
    let style = match timeline.person().filter(|person| person.is_named) {
        Some(person) => theme.spoken_by(colour_of(person, theme), Certainty::Likely),
        None => theme.text,
    };
    let style = if is_selected { style.add_modifier(Modifier::BOLD) } else { style };
    let style = if said.is_reported() {
        // Lighter than what was said in so many words.
        let colour = timeline.person().filter(|person| person.is_named).map(|person| colour_of(person, theme));
        theme.reported_by(colour, is_selected)
    } else {
        theme.trusted(style, certainty)
    };
    let is_quoted = |byte: usize| shown.quoted.iter().any(|span| span.contains(byte));
    let style_at = |byte: usize| cited(if is_quoted(byte) { style } else { theme.dim });
    let found = found_in(timeline, text);
    for (row, (number, span)) in (first..).zip(rows.iter().enumerate()) {
        if is_selected {
            let mark = Rect { x: areas.words.x - 2, width: 1, ..areas.words };
            put(buffer, mark, row, Line::styled("▌", theme.accent));
        }
        if is_cut && number + 1 == rows.len() {
            let line = span.of(text);
            let line = shorten(&format!("{line} ……"), cells(line).max(2));
            let kept = TextSpan::new(span.start, span.start + line.trim_end_matches('…').len());
            let mut pieces = lit(text, (kept, &found), &style_at, theme);
            pieces.push(Span::styled("…", style_at(kept.end)));
            put(buffer, areas.words, row, Line::from(pieces));
        } else {
            put(buffer, areas.words, row, Line::from(lit(text, (*span, &found), &style_at, theme)));
        }
    }
}

/// Where what the timeline is narrowed to stands in a text.
fn found_in(timeline: &Timeline, text: &str) -> Vec<TextSpan> {
    if timeline.typed().is_empty() { Vec::new() } else { spans_of(&timeline.needles(), &fold_with_offsets(text)) }
}

/// A part of a text in pieces of one style each; what was found stands out.
fn lit(
    text: &str,
    (part, found): (TextSpan, &[TextSpan]),
    style_at: &dyn Fn(usize) -> Style,
    theme: &Theme,
) -> Vec<Span<'static>> {
    let mut pieces: Vec<Span<'static>> = Vec::new();
    for (at, letter) in part.of(text).char_indices() {
        let byte = part.start + at;
        let style = style_at(byte);
        let is_found = found.iter().any(|span| span.contains(byte));
        let style = if is_found { style.patch(theme.found) } else { style };
        match pieces.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push(letter),
            _ => pieces.push(Span::styled(letter.to_string(), style)),
        }
    }
    pieces
}

fn draw_head(timeline: &Timeline, dates: &DateForms, areas: &TimelineAreas, theme: &Theme, buffer: &mut Buffer) {
    let head = Rect { x: areas.words.x, width: areas.words.width, ..areas.head };
    let first = isize::from(head.height >= 5);
    let person = timeline.person();
    let name_style = person.map_or(theme.headline, |person| theme.headline.patch(spoken_by(person, theme)));
    let sign = person.map_or("", |person| person.spoken.certainty().sign());
    let name = shorten(timeline.name(), usize::from(head.width).saturating_sub(sign.len())) + sign;
    let mut pieces = vec![Span::styled(name, name_style)];
    if let Some(role) = person.and_then(|person| person.role.as_ref()) {
        let room = usize::from(head.width).saturating_sub(pieces[0].width() + 3);
        if room > 8 {
            pieces.push(Span::styled(format!(" · {}", shorten(role, room)), theme.dim));
        }
    }
    put(buffer, head, first, Line::from(pieces));
    let Some(person) = person else {
        let words = if timeline.is_running() { "Looking…" } else { "" };
        return put(buffer, head, first + 1, Line::styled(words, theme.dim));
    };
    let doubtful = match person.spoken.doubtful {
        0 => String::new(),
        doubtful => format!(" ({doubtful} doubtful)"),
    };
    let (quotations, articles) =
        (count_of(person.spoken.quotations, "quotation"), count_of(person.articles, "article"));
    let reported = match person.spoken.reported {
        reported if reported > 0 && timeline.with_reported() => format!(" · {} reported", grouped(reported)),
        _ => String::new(),
    };
    let much = match person.spoken.quotations {
        0 if !reported.is_empty() => reported.trim_start_matches(" · ").to_owned(),
        _ => format!("{quotations}{doubtful} in {articles}{reported}"),
    };
    let day = |day: NaiveDate| dates.day(day, "%-d %b %Y");
    let when = match (person.first, person.last) {
        (Some(first), Some(last)) if first == last => format!(" · {}", day(first)),
        (Some(first), Some(last)) => format!(" · {} – {}", day(first), day(last)),
        _ => String::new(),
    };
    let brief = format!("{much} · {}", years(person));
    let whole = much + &when;
    let facts = if cells(&whole) <= usize::from(head.width) { whole } else { brief };
    let facts = shorten(&facts, head.width.into());
    let months = person.first.zip(person.last).map(|(first, last)| (month_of(first), month_of(last)));
    let room = usize::from(head.width).saturating_sub(cells(&facts) + 3);
    put(buffer, head, first + 1, Line::styled(facts, theme.dim));
    if let Some(months) = months.filter(|(first, last)| room >= 8 && last > first) {
        let bars = Scale::of(std::iter::once(&*person.months), months, room.min(24)).sparkline(&person.months);
        put(buffer, head, first + 1, Line::styled(bars, theme.rule).right_aligned());
    }
}

/// In what they say: their colour in articles.
fn spoken_by(person: &Person, theme: &Theme) -> Style {
    if person.is_named { theme.speaker(colour_of(person, theme), person.spoken.certainty()) } else { theme.text }
}

fn count_of(number: u32, one: &str) -> String {
    format!("{} {}", grouped(number), plural(number as usize, one))
}

/// A headline, and " · Coast Wire · first seen" beside it: without the publisher where there is no room for both. A note
/// on the date comes before the end of the headline.
fn headline_and_source(headline: &str, publisher: Option<&str>, note: Option<&str>, room: usize) -> (String, String) {
    let source = |parts: &[Option<&str>]| parts.iter().flatten().flat_map(|words| [" · ", words]).collect::<String>();
    let (whole, note) = (source(&[publisher, note]), source(&[note]));
    let beside = |source: &String| cells(source) * 3 < room || cells(headline) + cells(source) <= room;
    let source = if beside(&whole) { whole } else { note };
    (shorten(headline, room.saturating_sub(cells(&source))), source)
}

/// "14 Mar 2026", without the year where it is this one.
fn date(day: NaiveDate, dates: &DateForms, today: NaiveDate) -> String {
    dates.day(day, if day.year() == today.year() { "%a %-d %b" } else { "%-d %b %Y" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn note_on_the_date_comes_before_the_publisher_and_the_end_of_the_headline() {
        let beside = |room| {
            let (headline, source) =
                headline_and_source("Harbour Bridge to Close", Some("Coast Wire"), Some("first seen"), room);
            format!("{headline}{source}")
        };
        assert_eq!(beside(60), "Harbour Bridge to Close · Coast Wire · first seen");
        assert_eq!(beside(40), "Harbour Bridge to Close · first seen");
        assert_eq!(beside(30), "Harbour Bridge t… · first seen");
        assert_eq!(headline_and_source("Harbour Bridge to Close", Some("Coast Wire"), None, 30).1, "");
    }
}
