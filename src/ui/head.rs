//! The head line: which view one is in, what it is narrowed to, how many of how many; and how much there is in all.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Theme;
use super::pieces::{inset, put};
use crate::app::{App, Card, Collection, Command, Layer, Pane, Search};
use crate::catalog::{Headline, ListOrder};
use crate::keymap::Keymap;
use crate::text::{cells, counted, shorten};

/// The width of the gauge, in cells.
const GAUGE: usize = 12;

/// What parts the views of the way to this one.
const STEP: &str = " › ";

/// Draws the head line.
pub fn draw(app: &App, keymap: &Keymap, head: Rect, theme: &Theme, buffer: &mut Buffer) {
    let head = inset(head, 1, 1);
    let right = standing(app, keymap, theme);
    let (way, count) = place(app);
    let apart = |words: String| if words.is_empty() { words } else { format!("  {words}") };
    let (count, order) = (apart(count), apart(order(app)));
    let room = usize::from(head.width).saturating_sub(right.width() + 4);
    let way = fitting(way, room.saturating_sub(cells(&count) + cells(&order)));
    let Some((last, before)) = way.split_last() else { return };
    let mut line = Vec::new();
    for step in before {
        line.extend([Span::styled(step.clone(), theme.dim), Span::styled(STEP, theme.dim)]);
    }
    line.push(Span::styled(last.clone(), theme.headline));
    // A number that is cut is another number.
    let taken: usize = line.iter().map(Span::width).sum();
    for words in [format!("{count}{order}"), order, count] {
        if taken + cells(&words) <= room {
            line.push(Span::styled(words, theme.dim));
            break;
        }
    }
    put(buffer, head, 0, Line::from(line));
    put(buffer, head, 0, right.right_aligned());
}

/// In which order the headlines are listed, where that is not newest first.
fn order(app: &App) -> String {
    let is_here =
        app.views().card().is_none() && matches!(app.views().pane(), Pane::List | Pane::Results(_) | Pane::Sidebar);
    let (order, is_sorting) = (app.list_order(), app.catalog().is_sorting());
    match is_here && !app.list().is_ranked() {
        true if is_sorting => format!("sorting: {}…", order.words()),
        true if order != ListOrder::Newest => order.words().to_owned(),
        _ => String::new(),
    }
}

/// The way from what is being read to this view, and how many things it shows of how many.
fn place(app: &App) -> (Vec<String>, String) {
    let root = app.title();
    // What has no name of its own is written like one.
    let root = match root {
        "library" => "Library".to_owned(),
        "samples" => "Samples".to_owned(),
        _ => root.to_owned(),
    };
    match app.views().card() {
        Some(Card::Help(help)) => return (narrowed(vec!["Help".to_owned()], &help.filter), String::new()),
        Some(Card::Errors { .. }) => {
            return (vec![root, "Errors".to_owned()], app.progress().error_count().to_string());
        }
        Some(Card::Links(_)) => return (vec![root, "Links".to_owned()], app.link_count().to_string()),
        Some(Card::Tasks(_)) => return (vec![root, "Tasks".to_owned()], app.tasks().len().to_string()),
        Some(Card::Why | Card::ArticleInfo(_) | Card::Feed(_) | Card::Option(_)) | None => {}
    }
    match app.views().pane() {
        Pane::People(people) => {
            let count = if people.all().is_empty() { String::new() } else { people.counted() };
            (narrowed(vec![root, "People".to_owned()], people.typed()), count)
        }
        Pane::Timeline(timeline) => {
            let certainty = timeline.person().map(|person| person.spoken.certainty());
            let name =
                certainty.map_or_else(|| timeline.name().to_owned(), |certainty| certainty.signed(timeline.name()));
            let way = narrowed(vec![root, format!("Timeline of {name}")], timeline.typed());
            (way, if timeline.said().is_empty() { String::new() } else { timeline.counted() })
        }
        Pane::Clippings(view) => {
            let (listed, all) = (view.listed().len(), app.user().state().clippings.len());
            let count = if listed == all { listed.to_string() } else { format!("{listed} of {all}") };
            (narrowed(vec![root, "Clippings".to_owned()], view.typed()), count)
        }
        Pane::Review(review) => {
            let count = format!("{} of {} to check", review.position() + 1, review.total());
            let way = vec!["Review".to_owned(), review.name().to_owned()];
            (way, if review.total() == 0 { String::new() } else { count })
        }
        pane => place_in_list(app, root, pane),
    }
}

/// The way to the headlines that are listed, and to the article that is read among them.
fn place_in_list(app: &App, root: String, pane: &Pane) -> (Vec<String>, String) {
    let mut way = vec![root];
    if matches!(pane, Pane::Sidebar) {
        way.push("Sidebar".to_owned());
        way = narrowed(way, app.collections().filter());
    }
    let open = app.collections().open();
    if *open != Collection::All {
        way.push(open.name().to_owned());
    }
    let typed = app.search().map_or("", |search| search.typed.as_str());
    if !matches!(open, Collection::Search(_)) {
        way = narrowed(way, typed);
    }
    let listed = app.list().len(app.catalog());
    let reader = app.reader().filter(|_| matches!(pane, Pane::Article(_) | Pane::Speakers(_)));
    let Some(reader) = reader else {
        let is_narrowed = way.len() > 1 && app.list().is_filtered();
        return (way, if is_narrowed { narrowed_count(app) } else { String::new() });
    };
    way.push(reader.article.headline().to_owned());
    if let Pane::Speakers(speakers) = pane {
        way.push("Speakers".to_owned());
        if !speakers.filter.is_empty() {
            let count = format!("{} of {}", app.shown_speakers().len(), reader.who_speaks().len());
            return (narrowed(way, &speakers.filter), count);
        }
    }
    let at = app.list().position(app.catalog(), reader.id());
    (way, at.map_or_else(String::new, |at| format!("{} of {listed}", at + 1)))
}

/// "12 of 823", or "100+ of 823" while more may come; of removed articles, which are none of all, only how many.
fn narrowed_count(app: &App) -> String {
    let listed = app.list().len(app.catalog());
    let more = if app.search().is_some_and(Search::is_running) { "+" } else { "" };
    let is_removed = |headline: &Headline| app.user().state().removed.contains(&headline.id);
    if app.list().from(app.catalog(), 0).next().is_some_and(is_removed) {
        format!("{listed}{more}")
    } else {
        format!("{listed}{more} of {}", kept(app))
    }
}

/// How many articles there are, without those that were removed and are only looked for.
fn kept(app: &App) -> usize {
    if app.search().is_none() {
        return app.catalog().len();
    }
    let removed = app.user().state().removed.iter().filter(|id| app.catalog().get(**id).is_some());
    app.catalog().len().saturating_sub(removed.count())
}

fn narrowed(mut way: Vec<String>, typed: &str) -> Vec<String> {
    if !typed.is_empty() {
        way.push(format!("“{typed}”"));
    }
    way
}

/// The way in so many cells: the longest step is cut first, then the first ones go.
fn fitting(mut way: Vec<String>, room: usize) -> Vec<String> {
    /// Fewer cells of a step say nothing.
    const LEAST: usize = 12;
    let width = |way: &[String]| cells(&way.join(STEP));
    loop {
        let over = width(&way).saturating_sub(room);
        if over == 0 {
            return way;
        }
        let Some((at, long)) = way.iter().map(|step| cells(step)).enumerate().max_by_key(|&(_, long)| long) else {
            return way;
        };
        if long >= LEAST + over || way.len() == 1 {
            way[at] = shorten(&way[at], long.saturating_sub(over));
        } else {
            way.remove(0);
        }
    }
}

/// How much there is and how much of it is unread; while files are being read, how far that has come.
fn standing(app: &App, keymap: &Keymap, theme: &Theme) -> Line<'static> {
    let (progress, total) = (app.progress(), kept(app));
    let gauge = |words: String, done: usize, of: usize| {
        let filled = (done * GAUGE / of.max(1)).min(GAUGE);
        Line::from(vec![
            Span::styled(words, theme.dim),
            Span::styled("━".repeat(filled), theme.accent),
            Span::styled("─".repeat(GAUGE - filled), theme.rule),
        ])
    };
    if progress.running {
        return gauge(format!("reading {} ", counted(total, "article")), progress.read, progress.known);
    }
    if let Some((done, of)) = progress.refreshing {
        return gauge(format!("refreshing {} ", counted(of, "feed")), done, of);
    }
    let unread = total.saturating_sub(app.user().read_count());
    let mut words = format!("{} · {unread} unread", counted(total, "article"));
    if progress.error_count() > 0 {
        let key = keymap.first_key(Layer::List, Command::Errors).map_or_else(String::new, |key| format!(" ({key})"));
        words = format!("{}{key} · {words}", counted(progress.error_count(), "error"));
    }
    Line::styled(words, theme.dim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn way_is_cut_where_it_is_longest() {
        let way = ["Library", "Unread", "“bridge”", "Harbour Bridge to Close for a Year"].map(str::to_owned);
        for (room, expected) in [
            (80, "Library › Unread › “bridge” › Harbour Bridge to Close for a Year"),
            (50, "Library › Unread › “bridge” › Harbour Bridge to C…"),
            (40, "Unread › “bridge” › Harbour Bridge to C…"),
            (20, "Harbour Bridge to C…"),
            (5, "Harb…"),
        ] {
            assert_eq!(fitting(way.to_vec(), room).join(STEP), expected, "{room}");
        }
    }
}
