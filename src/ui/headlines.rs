//! The list of headlines.

use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::text::Line;

use super::Theme;
use super::excerpt::Excerpt;
use super::imprint::{imprint, notes};
use super::pieces::{both, inset, put, put_centered};
use super::signs::of_article;
use crate::app::screen::has_one_row;
use crate::app::{App, Collection, Command, DateForms, Layer, Notice, Progress, RowPart, Search};
use crate::catalog::Headline;
use crate::keymap::Keymap;
use crate::layout::wrap;
use crate::query::QueryError;
use crate::text::{Span as TextSpan, cells, counted, shorten};
use ratatui::layout::Rect;

/// From this width on the gutter has room for the day of the week.
const WIDE: u16 = 70;

/// In fewer cells the rest of a headline says nothing.
const LEAST_REST: usize = 6;

/// The columns of a list: the mark of the selected headline, the day, the signs of the unread and of the starred, the words.
#[derive(Debug, Clone, Copy)]
struct Columns {
    /// The sign of what is picked; no cells unless anything is.
    picked: Rect,
    /// The day.
    gutter: Rect,
    /// The signs: side by side, or one below the other where a headline has two rows.
    signs: Rect,
    /// The headline and what belongs to it.
    words: Rect,
    has_one_row: bool,
}

impl Columns {
    /// The columns of an area: with days of `day_width` cells, or in their usual form; without any unless `has_days`; with
    /// one for what is picked if `has_picks`.
    fn of(area: Rect, day_width: Option<u16>, has_days: bool, has_picks: bool) -> Self {
        let has_one_row = has_one_row(area.width);
        let picked = Rect { width: if has_picks { 2 } else { 0 }, ..inset(area, 1, 0) };
        let (usual, signs) = match area.width {
            WIDE.. => (11, 2),
            _ if has_one_row => (9, 2),
            _ => (6, 1),
        };
        let most = widest_day(area);
        let gutter = day_width.map_or(usual, |width| width.max(if has_one_row { 7 } else { 4 }).min(most));
        let (gutter, blank) = if has_days { (gutter, 1) } else { (0, 0) };
        let area = inset(area, picked.width, 0);
        Self {
            picked,
            gutter: inset(Rect { width: (1 + gutter).min(area.width), ..area }, 1, 0),
            signs: inset(Rect { width: (1 + blank + gutter + signs).min(area.width), ..area }, 1 + blank + gutter, 0),
            words: inset(area, 2 + blank + gutter + signs, 1),
            has_one_row,
        }
    }
}

/// The widest day beside headlines: more would take too much from them.
fn widest_day(area: Rect) -> u16 {
    let share = if has_one_row(area.width) { 3 } else { 4 };
    (area.width / share).max(6)
}

/// Draws the list, or why there is none.
pub fn draw(app: &App, keymap: &Keymap, area: Rect, theme: &Theme, today: NaiveDate, buffer: &mut Buffer) {
    if app.list().is_empty(app.catalog()) {
        return draw_nothing(app, keymap, area, theme, buffer);
    }
    let has_days = app.row_parts().contains(&RowPart::Day);
    // What is too wide for a row is written in the usual form rather than cut.
    let fits = |width: &u16| *width <= widest_day(area);
    let own_width = app.dates().width().filter(fits);
    let usual = DateForms::default();
    let dates = if own_width.is_some() { app.dates() } else { &usual };
    let (picks, _) = app.count_picks();
    let columns = Columns::of(area, own_width, has_days, picks > 0);
    for placed in app.list().layout(app.catalog(), area) {
        let Some(headline) = app.catalog().get(placed.id) else { continue };
        let row = placed.row as isize;
        if placed.shows_day && has_days {
            let day = app.catalog().day_of(headline);
            for (words, offset) in day_in_gutter(day, (today, dates), columns).into_iter().zip(0..) {
                put(buffer, columns.gutter, row + offset, Line::styled(words, theme.dim).right_aligned());
            }
        }
        draw_marks(app, headline, (area, columns), row, theme, buffer);
        draw_headline(app, headline, columns, row, theme, buffer);
    }
}

/// The day as it stands beside a headline, with the year if it is another one: in a row, or in two.
fn day_in_gutter(day: Option<NaiveDate>, (today, dates): (NaiveDate, &DateForms), columns: Columns) -> Vec<String> {
    let Some(day) = day else {
        return if columns.has_one_row { vec!["no date".to_owned()] } else { vec!["no".to_owned(), "date".to_owned()] };
    };
    if dates.width().is_some() {
        return custom_day(&dates.day(day, ""), columns);
    }
    let is_yesterday = day.succ_opt() == Some(today);
    let is_wide = columns.gutter.width >= 11;
    let form = match day.year() == today.year() {
        _ if day == today => return vec!["today".to_owned()],
        _ if is_yesterday && columns.has_one_row => return vec!["yesterday".to_owned()],
        true if is_wide => "%a %-d %b",
        true => "%-d %b",
        false if is_wide => "%-d %b %Y",
        false if columns.has_one_row => "%-d %b %y",
        false => "%-d %b|%Y",
    };
    dates.day(day, form).split('|').map(str::to_owned).collect()
}

/// A day in the user's own form, in a row, or in two where it is too wide for one and there are two.
fn custom_day(day: &str, columns: Columns) -> Vec<String> {
    let width = usize::from(columns.gutter.width);
    if columns.has_one_row || cells(day) <= width {
        return vec![shorten(day, width)];
    }
    let rows = wrap(day, width);
    let second = rows.get(1).map_or("", |row| &day[row.start..]);
    let first = rows.first().map_or(day, |row| row.of(day));
    [first, second].into_iter().filter(|row| !row.is_empty()).map(|row| shorten(row, width)).collect()
}

/// The bar of the selected headline, and the signs of the picked, of the unread and of the starred.
fn draw_marks(
    app: &App,
    headline: &Headline,
    (area, columns): (Rect, Columns),
    row: isize,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let id = headline.id;
    // The pane with the keys alone has the accent.
    let (mark, sign) =
        if app.views().pane().is_list() { (theme.accent, theme.accent) } else { (theme.rule, theme.text) };
    if app.list().selected() == Some(id) {
        for offset in 0..app.list().height(id, area.width) {
            put(buffer, area, row + offset as isize, Line::styled("▌", mark));
        }
    }
    if app.picks().has(app.catalog(), id) {
        put(buffer, columns.picked, row, Line::styled("◆", sign));
    }
    if !app.user().is_committed_as_read(id) {
        put(buffer, columns.signs, row, Line::styled("●", sign));
    }
    if app.user().is_starred(id) {
        let star = Line::styled(if app.user().is_star_pending(id) { "☆" } else { "★" }, sign);
        let (beside, below) = if columns.has_one_row { (1, 0) } else { (0, 1) };
        put(buffer, inset(columns.signs, beside, 0), row + below, star);
    }
}

fn draw_headline(app: &App, headline: &Headline, columns: Columns, row: isize, theme: &Theme, buffer: &mut Buffer) {
    let id = headline.id;
    // What one has read and not kept stands back.
    let is_kept = app.user().is_starred(id) || app.user().tags_of(id).next().is_some();
    let stands_back = app.user().is_committed_as_read(id) && !is_kept;
    let style = match app.list().selected() == Some(id) {
        true => theme.headline,
        false if stands_back => theme.dim,
        false => theme.text,
    };
    let words = columns.words;
    let width = usize::from(words.width);
    let found = app.list().found_in_title(id);
    let whole = TextSpan::new(0, headline.title.len());
    let (first, rest) = if columns.has_one_row { (None, Some(whole)) } else { first_row(&headline.title, width) };
    let taken = rest.map_or(0, |span| cells(crate::text::head(span.of(&headline.title), width)) + 2);
    // What is noted of few articles takes room from their headlines.
    let has_more = app.user().tags_of(id).next().is_some() || !notes(app, headline).is_empty();
    let (usual, most) = if columns.has_one_row { (width * 2 / 5, width * 7 / 10) } else { (width * 3 / 5, width) };
    let least = if has_more { most } else { usual };
    let imprint = imprint(app, headline, usual, width.saturating_sub(taken).max(least));
    let room = width.saturating_sub(if imprint.is_empty() { 0 } else { cells(&imprint) + 2 });
    let (first, rest) = if first.is_some() && room < LEAST_REST { (Some(whole), None) } else { (first, rest) };
    let mut last_row = row;
    if let Some(first) = first {
        put(buffer, words, row, title_line(headline, found, first, width).line(of_article(style), theme));
        last_row += 1;
    }
    if let Some(rest) = rest {
        put(buffer, words, last_row, title_line(headline, found, rest, room).line(of_article(style), theme));
    }
    put(buffer, words, last_row, Line::styled(imprint, theme.dim).right_aligned());
    if let Some(snippet) = app.list().snippet(id) {
        // Who says it stands before a quotation, and stands out unless that is doubtful.
        let excerpt = Excerpt::around_said(&snippet.text, &snippet.highlights, snippet.name_end, width);
        let name_style = if snippet.is_doubtful { theme.dim } else { theme.text };
        put(buffer, words, last_row + 1, excerpt.line_with_name(name_style, theme.dim, theme));
    }
}

/// The part of a headline that stands in the first of two rows, and the rest.
fn first_row(title: &str, width: usize) -> (Option<TextSpan>, Option<TextSpan>) {
    // A title of a megabyte is not wrapped to its end.
    let shown = crate::text::head(title, width.max(2) * 3);
    if cells(shown) <= width {
        return (Some(TextSpan::new(0, shown.len())), None);
    }
    let rows = wrap(shown, width.max(2));
    (rows.first().copied(), rows.get(1).map(|second| TextSpan::new(second.start, title.len())))
}

/// A part of a headline, cut to the room for it.
fn title_line(headline: &Headline, found: &[TextSpan], part: TextSpan, room: usize) -> Excerpt {
    let shared = found.iter().map(|hit| hit.intersection(part)).filter(|hit| !hit.is_empty());
    let within: Vec<_> = shared.map(|hit| TextSpan::new(hit.start - part.start, hit.end - part.start)).collect();
    Excerpt::around(part.of(&headline.title), &within, room)
}

/// What could not be read: the only file and its fault, or how many.
fn first_skipped(progress: &Progress) -> String {
    match progress.skipped.as_slice() {
        [only] => format!("{} {}", only.place, only.reason),
        _ => format!("{} could not be read", counted(progress.skipped_count, "file")),
    }
}

/// What to do where there are no articles.
const OTHER_FOLDER: &str = "pullquote FOLDER reads another folder";

/// The message about why there are no headlines, and what to do.
fn draw_nothing(app: &App, keymap: &Keymap, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let area = inset(area, 1, 1);
    if let Some(error) = app.search().and_then(Search::error) {
        return put_centered(buffer, area, wrong_search(error, keymap, area.width.into(), theme));
    }
    let hint = |command, words| keymap.line(Layer::List, &Notice::new("").hint(command, words));
    let to_all = || hint(Command::Back, "goes back to all articles");
    let (what, next) = match app.search() {
        Some(search) if app.list().is_filtered() => (format!("No articles match “{}”", search.typed), to_all()),
        None if app.count_hidden() > 0 => {
            let what = match app.count_hidden() {
                1 => "The only article here is hidden".to_owned(),
                all => format!("All {} here are hidden", counted(all, "article")),
            };
            (what, hint(Command::Search, "is:hidden finds them"))
        }
        None if *app.collections().open() != Collection::All => {
            (format!("Nothing in {}", app.collections().open().name()), to_all())
        }
        _ if app.progress().running => ("Reading…".to_owned(), String::new()),
        _ if app.progress().skipped_count > 0 => (first_skipped(app.progress()), hint(Command::Errors, "shows which")),
        _ => ("No articles here".to_owned(), both(&hint(Command::Leave, "quits"), OTHER_FOLDER)),
    };
    let fitting = |words: &str| shorten(words, area.width.into());
    put_centered(
        buffer,
        area,
        vec![Line::styled(fitting(&what), theme.text), Line::default(), Line::styled(fitting(&next), theme.dim)],
    );
}

/// What is wrong with a search, and what would be right.
fn wrong_search(error: &QueryError, keymap: &Keymap, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let wrapped = |words: &str, style| {
        let rows: Vec<_> = wrap(words, width).iter().map(|row| Line::styled(row.of(words).to_owned(), style)).collect();
        rows
    };
    let mut lines = vec![Line::styled(shorten(&error.to_string(), width), theme.warning), Line::default()];
    lines.extend(wrapped(&error.hint(), theme.text));
    lines.extend(error.phrase().map(|words| Line::styled(shorten(&words, width), theme.dim)));
    lines.push(Line::default());
    let ways =
        Notice::new("").hint(Command::Search, "edits the search").hint(Command::Back, "goes back to all articles");
    lines.extend(wrapped(&keymap.line(Layer::List, &ways), theme.dim));
    lines
}
