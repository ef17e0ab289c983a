//! The speakers of the archive: everyone in columns, and what one of them said.

use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::Theme;
use super::pieces::{both, inset, put, put_centered};
use crate::app::screen::Area;
use crate::app::{
    App, Command, Layer, PeopleAreas, PeopleList, SaidBlock, Stage, Timeline, TimelineAreas, shown_words,
};
use crate::catalog::{Person, month_of, typed_letters};
use crate::keymap::Keymap;
use crate::text::{cells, plural, shorten};

/// The widest list, in cells: columns further apart do not look like rows.
const WIDEST: u16 = 130;

/// Eighths of a cell; never a whole one, so that those of one row do not touch the next.
const BARS: [&str; 7] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"];

/// Draws what is shown of the archive.
pub fn draw(app: &App, keymap: &Keymap, area: Area, theme: &Theme, today: NaiveDate, buffer: &mut Buffer) {
    match (app.archive().stage(), app.archive().timeline()) {
        (Stage::Speakers, _) => draw_people(app.archive().people(), keymap, area, theme, buffer),
        (Stage::Timeline, Some(timeline)) => draw_timeline(timeline, keymap, area, theme, today, buffer),
        _ => {}
    }
}

/// The columns of the list: how many cells each takes; none where there is no room for it.
struct Columns {
    name: usize,
    role: usize,
    quotations: usize,
    articles: usize,
    dates: usize,
    bars: usize,
}

impl Columns {
    fn of(width: u16) -> Self {
        /// The longest names that are not cut.
        const LONGEST: usize = 34;
        let (articles, dates, bars) = match width {
            0..44 => (7, 0, 0),
            44..76 => (10, 0, 12),
            76..100 => (10, 9, 12),
            100..130 => (10, 9, 16),
            _ => (10, 9, 24),
        };
        let blank = |cells: usize| if cells > 0 { cells + 2 } else { 0 };
        let quotations = 8;
        let left = usize::from(width).saturating_sub(quotations + articles + blank(dates) + blank(bars) + 4);
        let name = if left >= 48 { (left / 2).clamp(24, LONGEST) } else { left };
        Self { name, role: (left - name).saturating_sub(2), quotations, articles, dates, bars }
    }
}

/// The part of a wide screen in which the list stands.
fn narrowed(area: Area) -> Area {
    let width = area.width.min(WIDEST);
    Area { x: area.x + (area.width - width) / 3, width, ..area }
}

fn draw_people(list: &PeopleList, keymap: &Keymap, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let area = narrowed(area);
    let areas = PeopleAreas::of(area);
    let months = span_of(list.all());
    let columns = Columns::of(area.width);
    // In one month there is no before and after.
    let columns = Columns { bars: if months.0 < months.1 { columns.bars } else { 0 }, ..columns };
    if let Some(heading) = areas.heading {
        put(buffer, heading, 0, Line::styled(heading_row(&columns), theme.dim));
    }
    if list.all().is_empty() {
        return draw_nobody(list, keymap, areas.rows, theme, buffer);
    }
    let height = usize::from(areas.rows.height);
    let top = list.top(height);
    for (row, (at, person)) in (0..).zip(list.all().iter().enumerate().skip(top).take(height)) {
        let is_selected = at == list.position();
        let is_marked = list.marked().is_some_and(|marked| marked.identity == person.identity);
        let row_area = Area { y: areas.rows.y + row, height: 1, ..areas.rows };
        if is_selected {
            put(buffer, row_area, 0, Line::styled("▌", theme.accent));
        }
        let sign = if is_marked { Span::styled("+ ", theme.accent) } else { Span::raw("  ") };
        let mut pieces = vec![sign];
        pieces.extend(person_row(person, list.typed(), is_selected, &columns, months, theme));
        put(buffer, inset(row_area, 1, 0), 0, Line::from(pieces));
    }
}

fn heading_row(columns: &Columns) -> String {
    let &Columns { name, role, quotations, articles, dates, bars } = columns;
    let who = if role > 0 { name + role + 2 } else { name };
    let within = if articles > 8 { "ARTICLES" } else { "IN" };
    let mut row = format!("   {:<who$}{:>quotations$}{within:>articles$}", "SPEAKER", "QUOTES");
    if dates > 0 {
        row = format!("{row}  {:<dates$}", "YEARS");
    }
    if bars > 0 {
        row.push_str("  OVER TIME");
    }
    row
}

fn person_row(
    person: &Person,
    typed: &str,
    is_selected: bool,
    columns: &Columns,
    months: (u16, u16),
    theme: &Theme,
) -> Vec<Span<'static>> {
    let style = match (is_selected, person.is_named) {
        (true, _) => theme.headline,
        (false, true) => theme.text,
        (false, false) => theme.dim,
    };
    let name = shorten(&person.name, columns.name);
    let padding = columns.name.saturating_sub(cells(&name));
    let mut pieces = lit(&name, typed, style, theme);
    pieces.push(Span::raw(" ".repeat(padding)));
    if columns.role > 0 {
        let role = match (&person.role, person.is_named) {
            (_, false) => "not linked across articles",
            (Some(role), _) => role,
            (None, _) => "",
        };
        let role = shorten(role, columns.role);
        let padding = columns.role.saturating_sub(cells(&role));
        pieces.push(Span::styled(format!("  {role}{}", " ".repeat(padding)), theme.dim));
    }
    pieces.push(Span::styled(format!("{:>width$}", grouped(person.quotations), width = columns.quotations), style));
    pieces.push(Span::styled(format!("{:>width$}", grouped(person.articles), width = columns.articles), theme.dim));
    if columns.dates > 0 {
        pieces.push(Span::styled(format!("  {:<width$}", years(person), width = columns.dates), theme.dim));
    }
    if columns.bars > 0 {
        pieces.push(Span::styled(format!("  {}", sparkline(&person.months, months, columns.bars)), theme.rule));
    }
    pieces
}

/// A name with the letters that were typed.
fn lit(name: &str, typed: &str, style: Style, theme: &Theme) -> Vec<Span<'static>> {
    let letters = if typed.is_empty() { Vec::new() } else { typed_letters(name, typed) };
    if letters.is_empty() {
        return vec![Span::styled(name.to_owned(), style)];
    }
    let mut pieces = Vec::new();
    for (at, letter) in name.char_indices() {
        let style = if letters.contains(&at) { style.patch(theme.found) } else { style };
        pieces.push(Span::styled(letter.to_string(), style));
    }
    pieces
}

/// "12,345".
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "2015–2026", or the one year.
fn years(person: &Person) -> String {
    match (person.first, person.last) {
        (Some(first), Some(last)) if first.year() == last.year() => format!("{}", first.year()),
        (Some(first), Some(last)) => format!("{}–{}", first.year(), last.year()),
        _ => String::new(),
    }
}

/// The first and last month in which anybody on the list speaks: all bars stand over the same time.
fn span_of(people: &[std::sync::Arc<Person>]) -> (u16, u16) {
    /// The first are those who say most.
    const ENOUGH: usize = 2_000;
    let days = || people.iter().take(ENOUGH).flat_map(|person| [person.first, person.last]).flatten();
    let (first, last) = (days().min().map_or(0, month_of), days().max().map_or(0, month_of));
    (first, last)
}

/// How much was said when: as many bars as there are cells, but at most two a month: a few months are no great time.
fn sparkline(months: &[(u16, u32)], (first, last): (u16, u16), room: usize) -> String {
    let span = usize::from(last.saturating_sub(first)) + 1;
    let width = room.min(2 * span);
    let mut sums = vec![0_u32; width];
    for &(month, quotations) in months {
        let at = usize::from(month.clamp(first, last) - first);
        // Fewer months than cells: each has as many cells as fit.
        let (from, to) = (at * width / span, ((at + 1) * width).div_ceil(span).min(width));
        let cells = if span >= width { from..from + 1 } else { from..to.max(from + 1) };
        for cell in cells.filter(|cell| *cell < width) {
            sums[cell] += quotations;
        }
    }
    let most = sums.iter().copied().max().unwrap_or(0).max(1);
    // The least that was said shows, too.
    let level = |sum: u32| (u64::from(sum) * BARS.len() as u64).div_ceil(u64::from(most)) as usize;
    let bar = |&sum: &u32| level(sum).checked_sub(1).map_or(" ", |level| BARS[level]);
    let bars: String = sums.iter().map(bar).collect();
    bars + &" ".repeat(room - width)
}

fn draw_nobody(list: &PeopleList, keymap: &Keymap, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let back = |words| keymap.line(Layer::Archive, "", &[(Command::Back, words)]);
    let (what, next) = match list.typed() {
        _ if list.is_running() => ("Looking who speaks…".to_owned(), String::new()),
        "" => {
            let next = both(&back("goes back"), "pullquote add FOLDER adds articles");
            ("Nobody is quoted in the archive yet".to_owned(), next)
        }
        typed => (format!("Nobody is called “{typed}”"), back("shows everyone again")),
    };
    message(&what, &next, area, theme, buffer);
}

fn message(what: &str, next: &str, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let area = inset(area, 1, 1);
    let fitting = |words: &str| shorten(words, area.width.into());
    put_centered(
        buffer,
        area,
        vec![Line::styled(fitting(what), theme.text), Line::default(), Line::styled(fitting(next), theme.dim)],
    );
}

fn draw_timeline(
    timeline: &Timeline,
    keymap: &Keymap,
    area: Area,
    theme: &Theme,
    today: NaiveDate,
    buffer: &mut Buffer,
) {
    let areas = TimelineAreas::of(area);
    draw_head(timeline, &areas, theme, buffer);
    if timeline.said().is_empty() {
        if !timeline.is_running() {
            let next = keymap.line(Layer::Timeline, "", &[(Command::Back, "goes back")]);
            message("Nothing of theirs is in the archive yet", &next, areas.body, theme, buffer);
        }
        return;
    }
    for placed in timeline.layout(area) {
        match placed.block {
            SaidBlock::Article(at) => {
                let within = &timeline.said()[at].within;
                let date = within.published.map_or_else(|| "no date".to_owned(), |p| date(p.day, today));
                let mut pieces = Vec::new();
                if let Some(dates) = areas.dates {
                    put(buffer, dates, placed.row, Line::styled(date, theme.dim));
                } else {
                    pieces.push(Span::styled(format!("{date}  "), theme.dim));
                }
                let source = within.publisher.as_ref().map_or_else(String::new, |source| format!(" · {source}"));
                let room = usize::from(areas.words.width).saturating_sub(pieces.iter().map(Span::width).sum());
                let headline = shorten(
                    &within.headline,
                    room.saturating_sub(if cells(&source) * 3 < room { cells(&source) } else { 0 }),
                );
                let left = room.saturating_sub(cells(&headline));
                pieces.push(Span::styled(headline, theme.headline));
                if cells(&source) <= left {
                    pieces.push(Span::styled(source, theme.dim));
                }
                put(buffer, areas.words, placed.row, Line::from(pieces));
            }
            SaidBlock::Words(at, rows) => {
                let is_selected = at == timeline.position();
                let words = shown_words(&timeline.said()[at]);
                let end = rows.last().map_or(0, |span| span.end);
                let is_cut = end < words.trim_end().len();
                // Where the article has the number of the speaker, with the same sign.
                let margin = Area { x: areas.words.x - 3, width: 1, ..areas.words };
                put(buffer, margin, placed.row, Line::styled(timeline.said()[at].certainty().sign(), theme.accent));
                for (offset, (index, span)) in (0..).zip(rows.iter().enumerate()) {
                    let row = placed.row + offset;
                    if is_selected {
                        let mark = Area { x: areas.words.x - 2, width: 1, ..areas.words };
                        put(buffer, mark, row, Line::styled("▌", theme.accent));
                    }
                    let style = if is_selected { theme.text.add_modifier(Modifier::BOLD) } else { theme.text };
                    let mut line = span.of(&words).to_owned();
                    if is_cut && index + 1 == rows.len() {
                        line = shorten(&format!("{line} ……"), cells(&line).max(2));
                    }
                    put(buffer, areas.words, row, Line::styled(line, style));
                }
            }
        }
    }
}

fn draw_head(timeline: &Timeline, areas: &TimelineAreas, theme: &Theme, buffer: &mut Buffer) {
    let head = Area { x: areas.words.x, width: areas.words.width, ..areas.head };
    let first = isize::from(head.height >= 5);
    let person = timeline.person();
    let mut pieces = vec![Span::styled(shorten(timeline.name(), head.width.into()), theme.headline)];
    if let Some(role) = person.and_then(|person| person.role.as_ref()) {
        let room = usize::from(head.width).saturating_sub(pieces[0].width() + 3);
        if room > 8 {
            pieces.push(Span::styled(format!(" · {}", shorten(role, room)), theme.dim));
        }
    }
    put(buffer, head, first, Line::from(pieces));
    let Some(person) = person else {
        return put(buffer, head, first + 1, Line::styled("Looking…", theme.dim));
    };
    let much = format!("{} in {}", count_of(person.quotations, "quotation"), count_of(person.articles, "article"));
    let day = |day: NaiveDate| day.format("%-d %b %Y").to_string();
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
        let bars = sparkline(&person.months, months, room.min(24));
        put(buffer, head, first + 1, Line::styled(bars, theme.rule).right_aligned());
    }
}

fn count_of(number: u32, one: &str) -> String {
    format!("{} {}", grouped(number), plural(number as usize, one))
}

/// "14 Mar 2026", without the year where it is this one.
fn date(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { day.format("%a %-d %b") } else { day.format("%-d %b %Y") }.to_string()
}
