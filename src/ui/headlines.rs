//! The list of headlines.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Theme;
use super::pieces::{both, inset, put, put_centered};
use crate::app::{App, Block, Collection, Command, Layer, MARGIN, Notice, Progress, Search};
use crate::article::Listed;
use crate::catalog::Headline;
use crate::keymap::Keymap;
use crate::layout::wrap;
use crate::query::{QueryError, Snippet};
use crate::text::{Span as TextSpan, cells, counted, shorten};
use ratatui::layout::Rect;

/// With so many cells for it, an imprint says "quotations" in full.
const LONG_IMPRINT: usize = 40;

/// Draws the list, or why there is none.
pub fn draw(app: &App, keymap: &Keymap, area: Rect, theme: &Theme, today: NaiveDate, buffer: &mut Buffer) {
    if app.list().is_empty(app.catalog()) {
        return draw_nothing(app, keymap, area, theme, buffer);
    }
    for placed in app.list().layout(app.catalog(), area) {
        match placed.block {
            Block::Day(id) => {
                let day = app.catalog().get(id).and_then(|headline| headline.listed).map(|listed| listed.day);
                put(buffer, inset(area, 2, 1), placed.row, Line::styled(heading(day, today), theme.dim));
            }
            Block::Headline(id) => {
                if let Some(headline) = app.catalog().get(id) {
                    draw_headline(app, headline, area, placed.row, theme, buffer);
                }
            }
        }
    }
}

/// "SATURDAY 14 MARCH", with the year if it is another one.
fn heading(day: Option<NaiveDate>, today: NaiveDate) -> String {
    match day {
        None => "NO DATE".to_owned(),
        Some(day) if day == today => "TODAY".to_owned(),
        Some(day) if day.succ_opt() == Some(today) => "YESTERDAY".to_owned(),
        Some(day) if day.year() == today.year() => day.format("%A %-d %B").to_string().to_uppercase(),
        Some(day) => day.format("%A %-d %B %Y").to_string().to_uppercase(),
    }
}

fn draw_headline(app: &App, headline: &Headline, area: Rect, row: isize, theme: &Theme, buffer: &mut Buffer) {
    let selected = app.list().selected() == Some(headline.id);
    let read = app.user().is_committed_as_read(headline.id);
    let rows = app.list().rows(headline, area.width);
    let focused = app.views().pane().is_list();
    let style = match (selected, read) {
        (true, _) => theme.headline,
        (false, false) => theme.text,
        (false, true) => theme.dim,
    };
    if selected {
        let mark = if focused { theme.accent } else { theme.rule };
        for offset in 0..rows.height() - rows.blanks {
            put(buffer, area, row + offset as isize, Line::styled("▌", mark));
        }
    }
    let sign = match (app.user().is_starred(headline.id), read) {
        (true, _) if app.user().is_star_pending(headline.id) => "☆",
        (true, _) => "★",
        (false, false) => "●",
        (false, true) => "",
    };
    let sign_style = if focused { theme.accent } else { theme.text };
    put(buffer, inset(area, 2, 0), row, Line::styled(sign, sign_style));

    let words = inset(area, MARGIN, 1);
    let found = app.list().found_in_title(headline.id);
    let title = |span: TextSpan, room: usize| {
        let shown = shorten(span.of(&headline.title), room);
        let highlights: Vec<_> = found.iter().map(|hit| hit.intersection(span)).filter(|hit| !hit.is_empty()).collect();
        highlighted_line(
            &shown,
            highlights.iter().map(|hit| hit.start - span.start..hit.end - span.start),
            style,
            theme,
        )
    };
    if rows.imprint_below {
        for (offset, &span) in rows.title.iter().enumerate() {
            put(buffer, words, row + offset as isize, title(span, words.width.into()));
        }
        let below = imprint(app, headline, words.width.into());
        put(buffer, words, row + rows.title.len() as isize, Line::styled(below, theme.dim));
    } else {
        let beside = imprint(app, headline, usize::from(words.width) * 2 / 5);
        let room = usize::from(words.width).saturating_sub(cells(&beside) + 2);
        put(buffer, words, row, title(TextSpan::new(0, headline.title.len()), room));
        put(buffer, words, row, Line::styled(beside, theme.dim).right_aligned());
    }
    if let Some(snippet) = app.list().snippet(headline.id) {
        let offset = rows.title.len() + usize::from(rows.imprint_below);
        put(buffer, words, row + offset as isize, snippet_line(snippet, words.width.into(), theme));
    }
}

/// "first seen · #budget · Coast Wire · 4 speakers · 13 quotations"; in signs, and then without the speakers or the source,
/// where there is less room.
fn imprint(app: &App, headline: &Headline, room: usize) -> String {
    let tags = app.user().tags_of(headline.id).map(|tag| format!("#{tag}"));
    let gone = headline.is_gone.then_some("file missing");
    let notes: Vec<_> = gone.into_iter().chain(headline.listed.and_then(Listed::note)).collect();
    let notes = Some(notes.join(" · ")).filter(|notes| !notes.is_empty());
    let source = tags.chain(headline.publisher.as_deref().map(str::to_owned)).collect::<Vec<_>>().join(" · ");
    let source = Some(source).filter(|source| !source.is_empty());
    let speakers = (!headline.speakers.is_empty()).then(|| counted(headline.speakers.len(), "speaker"));
    let (long, short) = match headline.quotations as usize {
        0 => ("no quotations".to_owned(), "no quotations".to_owned()),
        number => (counted(number, "quotation"), format!("{number} “”")),
    };
    let join = |parts: [Option<String>; 4]| parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    // By the room, not by what fits: the rows of one list should look alike.
    let quotations = if room >= LONG_IMPRINT { long } else { short };
    let whole = join([notes.clone(), source.clone(), speakers.clone(), Some(quotations.clone())]);
    if cells(&whole) <= room {
        return whole;
    }
    let named = join([notes.clone(), source, None, Some(quotations.clone())]);
    if notes.is_some() && cells(&named) <= room {
        return named;
    }
    shorten(&join([notes, None, speakers, Some(quotations)]), room)
}

/// A line of a hit. The name of who said it stands out, unless that is doubtful.
fn snippet_line(snippet: &Snippet, room: usize, theme: &Theme) -> Line<'static> {
    let shown = shorten(&snippet.text, room);
    let name_end = Some(snippet.name_end.min(shown.len())).filter(|&end| shown.is_char_boundary(end)).unwrap_or(0);
    let (name, words) = shown.split_at(name_end);
    let within = |from: usize| {
        let span = move |span: &TextSpan| span.start.max(from) - from..span.end.max(from) - from;
        snippet.highlights.iter().map(span).filter(|span| !span.is_empty())
    };
    let name_style = if snippet.is_doubtful { theme.dim } else { theme.text };
    let mut line = highlighted_line(name, within(0).take_while(|span| span.start < name_end), name_style, theme);
    line.extend(highlighted_line(words, within(name_end), theme.dim, theme));
    line
}

/// A line with highlights, which are byte ranges of it, beyond its end where it was cut.
fn highlighted_line(
    words: &str,
    highlights: impl Iterator<Item = Range<usize>>,
    style: Style,
    theme: &Theme,
) -> Line<'static> {
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut push = |piece: Option<&str>, style: Style| {
        if let Some(piece) = piece.filter(|piece| !piece.is_empty()) {
            pieces.push(Span::styled(piece.to_owned(), style));
        }
    };
    for span in highlights {
        let end = span.end.min(words.len());
        // Where the line was cut, an ellipsis stands: a highlight ends before it.
        if span.start >= end || !words.is_char_boundary(span.start) || !words.is_char_boundary(end) {
            break;
        }
        push(words.get(done..span.start), style);
        push(words.get(span.start..end), style.patch(theme.found));
        done = end;
    }
    push(words.get(done..), style);
    Line::from(pieces)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_under_the_ellipsis_take_nothing_away() {
        // Every place at which the found words may stand, whole, cut in two and cut off.
        let whole = "Tomas Lindqvist: …crossed that bridge";
        for room in 1..=cells(whole) {
            let shown = shorten(whole, room);
            for start in whole.char_indices().map(|(at, _)| at) {
                for end in whole[start..].char_indices().map(|(at, _)| start + at).chain([whole.len()]) {
                    let found = std::iter::once(start..end);
                    let line = highlighted_line(&shown, found, Style::default(), &Theme::terminal());
                    assert_eq!(line.to_string(), shown, "{start}..{end} of {whole} in {room} cells");
                }
            }
        }
    }
}
