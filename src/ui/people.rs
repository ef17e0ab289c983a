//! Everyone who speaks in the library, in columns.

use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Theme;
use super::pieces::{both, inset, put, put_message};
use crate::app::{Command, DateForms, Layer, Notice, PeopleAreas, PeopleList, asked};
use crate::catalog::{Identity, PeopleOrder, Person, colour_key, month_of, typed_letters};
use crate::keymap::Keymap;
use crate::quotes::Certainty;
use crate::text::{cells, shorten};

/// The widest list, in cells: columns further apart do not look like rows.
const WIDEST: u16 = 130;

/// Eighths of a cell; never a whole one, so that those of one row do not touch the next.
const BARS: [&str; 7] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"];

/// The widths of the columns, in cells; none where there is no room for it.
struct Columns {
    name: usize,
    role: usize,
    quotations: usize,
    doubtful: usize,
    /// How much is only reported; none where that is not shown.
    reported: usize,
    articles: usize,
    dates: usize,
    bars: usize,
    order: Option<PeopleOrder>,
}

impl Columns {
    fn of(width: u16, order: Option<PeopleOrder>, forms: &DateForms) -> Self {
        /// The longest names that are not cut.
        const LONGEST: usize = 34;
        let (articles, dates, bars) = match width {
            0..44 => (7, 0, 0),
            44..76 => (7, 0, 10),
            76..100 => (10, 9, 12),
            100..130 => (10, 9, 16),
            _ => (10, 9, 24),
        };
        // The day by which they are sorted stands there whole.
        let day = usize::from(forms.width().unwrap_or(10)).max(7);
        let (dates, bars) = match (order, dates, bars) {
            (Some(PeopleOrder::First | PeopleOrder::Last), 0, 1..) => (day, 0),
            (Some(PeopleOrder::First | PeopleOrder::Last), 1.., bars) => (day, bars),
            _ => (dates, bars),
        };
        let blank = |cells: usize| if cells > 0 { cells + 2 } else { 0 };
        let quotations = 8;
        let doubtful = if width < 76 { 5 } else { 6 };
        let left = usize::from(width).saturating_sub(quotations + doubtful + articles + blank(dates) + blank(bars) + 4);
        let name = if left >= 42 { (left / 2).clamp(22, LONGEST) } else { left };
        let role = (left - name).saturating_sub(2);
        Self { name, role, quotations, doubtful, reported: 0, articles, dates, bars, order }
    }

    /// The same with a column for how much is only reported, which takes its room from the role, else from the bars or the name.
    fn with_reported(self) -> Self {
        let reported = if self.role >= 24 { 10 } else { 7 };
        if self.role >= reported + 8 {
            return Self { role: self.role - reported, reported, ..self };
        }
        if self.role == 0 && self.bars >= reported {
            return Self { name: self.name + self.bars + 2 - reported, bars: 0, reported, ..self };
        }
        let (role, freed) = if self.role > 0 { (0, self.role + 2) } else { (0, 0) };
        Self { name: (self.name + freed).saturating_sub(reported), role, reported, ..self }
    }
}

/// The share of a wide screen that the list has.
fn narrowed(area: Rect) -> Rect {
    let width = area.width.min(WIDEST);
    Rect { x: area.x + (area.width - width) / 3, width, ..area }
}

/// Draws the list; `layer` has the keys.
pub fn draw(
    list: &PeopleList,
    (keymap, dates): (&Keymap, &DateForms),
    layer: Layer,
    area: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let area = narrowed(area);
    let areas = PeopleAreas::of(area);
    let months = span_of(list.loudest());
    let columns = Columns::of(area.width, list.order(), dates);
    let columns = if list.has_reported() { columns.with_reported() } else { columns };
    // In one month there is no before and after.
    let columns = Columns { bars: if months.0 < months.1 { columns.bars } else { 0 }, ..columns };
    let scale = Scale::of(list.loudest().iter().map(|person| &*person.months), months, columns.bars);
    if let Some(heading) = areas.heading {
        put(buffer, heading, 0, Line::styled(heading_row(&columns, months), theme.dim));
        if heading.y > area.y {
            put(buffer, area, 0, suggestion_line(list, (keymap, layer), area.width, theme));
        }
    }
    if list.all().is_empty() {
        return draw_nobody(list, keymap, areas.rows, theme, buffer);
    }
    let height = usize::from(areas.rows.height);
    let top = list.top(height);
    for (row, (at, person)) in (0..).zip(list.all().iter().enumerate().skip(top).take(height)) {
        let is_selected = at == list.position();
        let is_marked = list.marked().is_some_and(|marked| marked.identity == person.identity);
        let row_area = Rect { y: areas.rows.y + row, height: 1, ..areas.rows };
        if is_selected {
            put(buffer, row_area, 0, Line::styled("▌", theme.accent));
        }
        let sign = if is_marked { Span::styled("+ ", theme.accent) } else { Span::raw("  ") };
        let mut pieces = vec![sign];
        pieces.extend(person_row(person, list.typed(), is_selected, (&columns, &scale, dates), theme));
        put(buffer, inset(row_area, 1, 0), 0, Line::from(pieces));
    }
}

fn heading_row(columns: &Columns, months: (u16, u16)) -> String {
    let &Columns { name, role, quotations, doubtful, reported, articles, dates, bars, order } = columns;
    let who = if role > 0 { name + role + 2 } else { name };
    let within = if articles > 8 { "ARTICLES" } else { "IN" };
    let doubt = Certainty::Doubtful.sign();
    let (speaker, quotes, days) = match order {
        Some(PeopleOrder::Quotations) => ("SPEAKER", "QUOTES ▼", "YEARS"),
        Some(PeopleOrder::Name) => ("SPEAKER ▲", "QUOTES", "YEARS"),
        Some(PeopleOrder::First) => ("SPEAKER", "QUOTES", "FIRST ▲"),
        Some(PeopleOrder::Last) => ("SPEAKER", "QUOTES", "LAST ▼"),
        None => ("SPEAKER", "QUOTES", "YEARS"),
    };
    let unquoted = match reported {
        0 => "",
        1..9 => "REP.",
        _ => "REPORTED",
    };
    let mut row =
        format!("   {speaker:<who$}{quotes:>quotations$}{doubt:>doubtful$}{unquoted:>reported$}{within:>articles$}");
    if dates > 0 {
        row = format!("{row}  {days:<dates$}");
    }
    if bars > 0 {
        row = format!("{row}  {}", axis(months, bars));
    }
    row
}

fn person_row(
    person: &Person,
    typed: &str,
    is_selected: bool,
    (columns, scale, dates): (&Columns, &Scale, &DateForms),
    theme: &Theme,
) -> Vec<Span<'static>> {
    let style = match (is_selected, person.is_named) {
        (true, _) => theme.headline,
        (false, true) => theme.text,
        (false, false) => theme.dim,
    };
    let certainty = person.spoken.certainty();
    let colour = theme.speaker(colour_of(person, theme), certainty);
    let name_style = if person.is_named { style.patch(colour) } else { style };
    let sign = certainty.sign();
    let name = shorten(&person.name, columns.name.saturating_sub(sign.len())) + sign;
    let mut padding = columns.name.saturating_sub(cells(&name));
    let mut pieces = highlighted_name(&name, typed, name_style, theme);
    let perhaps = person.perhaps.as_ref().map(|full| format!("perhaps {} {}", full.name, full.quotations));
    if let Some(perhaps) = perhaps.as_ref().filter(|_| columns.role == 0 && padding > 2) {
        let beside = shorten(perhaps, padding - 2);
        padding -= cells(&beside) + 2;
        pieces.push(Span::styled(format!("  {beside}"), theme.dim));
    }
    pieces.push(Span::raw(" ".repeat(padding)));
    if columns.role > 0 {
        let role = match (&perhaps, &person.role, person.is_named) {
            (.., false) => "not linked across articles",
            (Some(perhaps), ..) => perhaps,
            (None, Some(role), _) => role,
            (None, None, _) => "",
        };
        let role = shorten(role, columns.role);
        let padding = columns.role.saturating_sub(cells(&role));
        pieces.push(Span::styled(format!("  {role}{}", " ".repeat(padding)), theme.dim));
    }
    pieces.push(Span::styled(
        format!("{:>width$}", grouped(person.spoken.quotations), width = columns.quotations),
        style,
    ));
    let doubtful = match person.spoken.doubtful {
        0 => String::new(),
        doubtful => grouped(doubtful) + Certainty::Doubtful.sign(),
    };
    pieces.push(Span::styled(format!("{doubtful:>width$}", width = columns.doubtful), theme.dim));
    if columns.reported > 0 {
        let reported = if person.spoken.reported == 0 { String::new() } else { grouped(person.spoken.reported) };
        pieces.push(Span::styled(format!("{reported:>width$}", width = columns.reported), theme.dim));
    }
    pieces.push(Span::styled(format!("{:>width$}", grouped(person.articles), width = columns.articles), theme.dim));
    if columns.dates > 0 {
        pieces.push(Span::styled(
            format!("  {:<width$}", days(person, columns.order, dates), width = columns.dates),
            theme.dim,
        ));
    }
    if columns.bars > 0 {
        pieces.push(Span::styled(format!("  {}", scale.sparkline(&person.months)), theme.rule));
    }
    pieces
}

/// The day by which people are sorted, else the years.
fn days(person: &Person, order: Option<PeopleOrder>, dates: &DateForms) -> String {
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| dates.day(day, "%F"));
    match order {
        Some(PeopleOrder::First) => day(person.first),
        Some(PeopleOrder::Last) => day(person.last),
        _ => years(person),
    }
}

/// Two who may be one person, where one of them is selected, and what one can answer; else how many of such there are.
fn suggestion_line(list: &PeopleList, (keymap, layer): (&Keymap, Layer), width: u16, theme: &Theme) -> Line<'static> {
    let line = |notice: &Notice| {
        let words = keymap.line(layer, notice);
        shorten(&format!("   {words}"), width.into())
    };
    match (list.suggestion(), list.suggestion_count()) {
        (Some((one, other)), _) => Line::styled(line(&asked(&one, &other)), theme.accent),
        (None, 0) => Line::default(),
        (None, count) => {
            let names = if count == 1 { "1 name looks".to_owned() } else { format!("{count} names look") };
            let notice = Notice::new(format!("{names} like another one's"));
            Line::styled(line(&notice.hint(Command::AcceptSuggestion, "goes there")), theme.dim)
        }
    }
}

/// The colour of a person, as in articles.
pub fn colour_of(person: &Person, theme: &Theme) -> usize {
    theme.colour(colour_key(Identity::parse(&person.identity).key()))
}

/// A name with the letters that were typed.
fn highlighted_name(name: &str, typed: &str, style: Style, theme: &Theme) -> Vec<Span<'static>> {
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
pub fn grouped(number: u32) -> String {
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
pub fn years(person: &Person) -> String {
    match (person.first, person.last) {
        (Some(first), Some(last)) if first.year() == last.year() => format!("{}", first.year()),
        (Some(first), Some(last)) => format!("{}–{}", first.year(), last.year()),
        _ => String::new(),
    }
}

/// The first and last month in which anybody on the list speaks: all bars stand over the same time.
fn span_of(people: &[std::sync::Arc<Person>]) -> (u16, u16) {
    let days = || people.iter().flat_map(|person| [person.first, person.last]).flatten();
    let (first, last) = (days().min().map_or(0, month_of), days().max().map_or(0, month_of));
    (first, last)
}

/// The scale of spark lines that stand below each other: one time, and one height for as much.
pub struct Scale {
    /// The first and the last month.
    months: (u16, u16),
    room: usize,
    /// The most that was said in the time of one cell.
    most: u32,
}

impl Scale {
    /// The scale for what all of these said in these months.
    pub fn of<'a>(said: impl Iterator<Item = &'a [(u16, u32)]>, months: (u16, u16), room: usize) -> Self {
        let unscaled = Self { months, room, most: 0 };
        let most = if room == 0 { None } else { said.flat_map(|said| unscaled.sums(said)).max() };
        Self { most: most.unwrap_or(0), ..unscaled }
    }

    /// As many bars as there are cells, but at most two a month: a few months are no great time.
    fn width(&self) -> usize {
        self.room.min(2 * months_in(self.months))
    }

    /// How much was said in the time of each cell.
    fn sums(&self, said: &[(u16, u32)]) -> Vec<u32> {
        let ((first, last), span, width) = (self.months, months_in(self.months), self.width());
        let mut sums = vec![0_u32; width];
        for &(month, quotations) in said {
            let at = usize::from(month.clamp(first, last) - first);
            // Fewer months than cells: each has as many cells as fit.
            let (from, to) = (at * width / span, ((at + 1) * width).div_ceil(span).min(width));
            let cells = if span >= width { from..from + 1 } else { from..to.max(from + 1) };
            for cell in cells.filter(|cell| *cell < width) {
                sums[cell] += quotations;
            }
        }
        sums
    }

    /// How much was said when.
    pub fn sparkline(&self, said: &[(u16, u32)]) -> String {
        // The least that was said shows, too.
        let level = |sum: u32| (u64::from(sum) * BARS.len() as u64).div_ceil(u64::from(self.most.max(1))) as usize;
        let bar = |sum: u32| level(sum).min(BARS.len()).checked_sub(1).map_or(" ", |level| BARS[level]);
        let bars: String = self.sums(said).into_iter().map(bar).collect();
        bars + &" ".repeat(self.room - self.width())
    }
}

fn months_in((first, last): (u16, u16)) -> usize {
    usize::from(last.saturating_sub(first)) + 1
}

/// The axis over spark lines: each year where it begins, as many as there is room for; within one year its months.
fn axis((first, last): (u16, u16), room: usize) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let span = months_in((first, last));
    let width = room.min(2 * span);
    let year = |month: u16| month / 12;
    let begins = |year: u16| usize::from(year * 12 - first) * width / span;
    let name = |month: u16| MONTHS[usize::from(month % 12)].to_owned();
    let (start, end, between) = if year(first) == year(last) {
        (name(first), name(last), Vec::new())
    } else {
        let years = (year(first) + 1..year(last)).map(|year| (begins(year), year));
        (year(first).to_string(), year(last).to_string(), years.collect())
    };
    if start.len() + end.len() + 1 > width {
        return format!("{:<room$}", shorten(&start, width));
    }
    let last_at = width - end.len();
    let last_at = if year(first) == year(last) { last_at } else { begins(year(last)).clamp(start.len() + 1, last_at) };
    let mut axis = start;
    for (at, year) in between {
        let label = year.to_string();
        if at > axis.len() && at + label.len() < last_at {
            axis = format!("{axis:<at$}{label}");
        }
    }
    format!("{:<room$}", format!("{axis:<last_at$}{end}"))
}

fn draw_nobody(list: &PeopleList, keymap: &Keymap, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let back = |words| keymap.line(Layer::People, &Notice::new("").hint(Command::Back, words));
    let (what, next) = match list.typed() {
        _ if list.is_running() => ("Loading speakers…".to_owned(), String::new()),
        "" => {
            let next = both(&back("goes back"), "pullquote add FOLDER adds articles");
            ("No one is quoted in the library yet".to_owned(), next)
        }
        typed => (format!("No speakers match “{typed}”"), back("shows everyone")),
    };
    put_message(&what, &next, area, theme, buffer);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(year: u16, month: u16) -> u16 {
        year * 12 + month - 1
    }

    #[test]
    fn spark_lines_have_one_scale() {
        let months = (month(2026, 1), month(2026, 4));
        let (much, little) = ([(month(2026, 1), 70), (month(2026, 3), 35)], [(month(2026, 4), 1)]);
        let scale = Scale::of([&much[..], &little[..]].into_iter(), months, 4);
        assert_eq!(scale.sparkline(&much), "▇ ▄ ");
        assert_eq!(scale.sparkline(&little), "   ▁", "one quotation is little beside seventy");
        assert_eq!(Scale::of([&little[..]].into_iter(), months, 4).sparkline(&little), "   ▇");
    }

    #[test]
    fn axis_names_years_where_they_begin() {
        let years = |first, last, room| axis((month(first, 1), month(last, 12)), room);
        assert_eq!(years(2015, 2016, 12), "2015  2016  ");
        assert_eq!(years(2014, 2017, 24), "2014  2015  2016  2017  ");
        assert_eq!(axis((month(2025, 10), month(2026, 3)), 12), "2025  2026  ");
        assert_eq!(axis((month(2025, 11), month(2026, 3)), 12), "2025 2026   ", "ten cells");
        assert_eq!(years(2000, 2026, 12), "2000    2026");
        assert_eq!(years(2015, 2016, 8), "2015    ");
        assert_eq!(axis((month(2026, 1), month(2026, 9)), 12), "Jan      Sep");
        assert_eq!(axis((month(2026, 3), month(2026, 4)), 12), "Mar         ", "four cells");
    }
}
