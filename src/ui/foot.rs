//! The line at the bottom: where one is, or what one types; and the keys that matter now.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use super::pieces::{inset, put};
use super::signs::verbatim;
use super::standing::Standing;
use super::{Theme, waiting};
use crate::app::{App, Card, Collection, Command, Layer, Notice, Prompt, Timeline};
use crate::keymap::Keymap;
use crate::layout::wrap;
use crate::text::{Span as TextSpan, cells, shorten};
use ratatui::layout::Rect;

/// What matters now: commands, and a word or two that follow their keys.
type Hint = (&'static [Command], &'static str);

/// The gap between what is typed and the text beside it, in cells.
const GAP: usize = 2;

/// Draws the foot line; returns the cursor's position while the user types.
pub fn draw(app: &App, keymap: &Keymap, area: Rect, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let inner = inset(area, 1, 1);
    if let Some(prompt) = app.prompt() {
        return Some(draw_prompt(app, keymap, prompt, inner, theme, buffer));
    }
    if let Some(keys) = app.waiting_keys() {
        return waiting::draw(keys, inner, theme, buffer);
    }
    let left = on_the_left(app, keymap, theme);
    let room = usize::from(inner.width);
    let hints = line_of(&shown_hints(app, keymap, inner.width, &left), theme);
    let free = room.saturating_sub(if hints.width() == 0 { 0 } else { hints.width() + GAP });
    put(buffer, inner, 0, left.fitting(free, theme));
    put(buffer, inner, 0, hints.right_aligned());
    None
}

/// What stands on the left: what has just happened, a number that is being typed, or where one is.
fn on_the_left(app: &App, keymap: &Keymap, theme: &Theme) -> Standing {
    match (app.notice(), app.count()) {
        (Some(notice), _) => Standing::of_words(keymap.line(app.layer(), notice), theme.accent),
        (None, Some(count)) => Standing::of_words(count.to_string(), theme.accent),
        (None, None) => Standing::of(app, theme),
    }
}

fn draw_prompt(
    app: &App,
    keymap: &Keymap,
    prompt: &Prompt,
    area: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Position {
    let sign = prompt.label();
    // What is typed comes first, then what the typing has come to, as much of it as there is room for.
    let room = room_to_type(prompt, area);
    if prompt.is_full() {
        put(buffer, area, 0, Line::styled(FULL, theme.warning).right_aligned());
    }
    if let Some(refusal) = prompt.refusal(app) {
        draw_refusal(&keymap.line(Layer::Prompt, &refusal), prompt, area, theme, buffer);
    }
    let errors = prompt.errors(app);
    let style = if errors.is_empty() { theme.dim } else { theme.warning };
    if let Some(hint) = shown_prompt_hint(app, keymap, prompt, area) {
        put(buffer, area, 0, Line::styled(keymap.line(Layer::Prompt, &hint), style).right_aligned());
    }
    // The end of a long line is what one is typing. Of a wide letter nothing is shown rather than half.
    let skipped = prompt.cursor().saturating_sub(room);
    let before = match crate::text::head(prompt.typed(), skipped) {
        before if cells(before) < skipped => crate::text::head(prompt.typed(), skipped + 1),
        before => before,
    };
    let shown = crate::text::head(&prompt.typed()[before.len()..], room);
    let mut line = vec![Span::styled(sign, theme.accent)];
    line.extend(typed_pieces(&errors, (before.len(), shown), theme));
    put(buffer, area, 0, Line::from(line));
    Position { x: area.x + cells(sign) as u16 + prompt.cursor().saturating_sub(cells(before)) as u16, y: area.y }
}

/// Why Enter would do nothing: behind what is typed, or above it where there is no room.
fn draw_refusal(words: &str, prompt: &Prompt, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    /// How many rows above it there are for that.
    const ROWS: u16 = 3;
    if cells(words) <= free(prompt, area) {
        return put(buffer, area, 0, Line::styled(words.to_owned(), theme.warning).right_aligned());
    }
    let width = usize::from(area.width);
    let rows = wrap(words, width);
    let height = ROWS.min(area.y).min(rows.len() as u16);
    let above = Rect { x: area.x.saturating_sub(1), y: area.y - height, width: area.width + 2, height };
    Clear.render(above, buffer);
    buffer.set_style(above, theme.ground);
    for (number, row) in (1..=height).zip(&rows) {
        // What there is no room for is cut off at the end.
        let shown = if number == height { shorten(&words[row.start..], width) } else { row.of(words).to_owned() };
        put(buffer, inset(above, 1, 1), isize::from(number as i16) - 1, Line::styled(shown, theme.warning));
    }
}

/// How many cells there are behind what is typed.
fn free(prompt: &Prompt, area: Rect) -> usize {
    room_to_type(prompt, area).saturating_sub(cells(prompt.typed()) + GAP)
}

/// Stands beside what is typed where nothing more is taken.
const FULL: &str = "the line is full";

/// How many cells there are for what is typed, and what stands behind it.
fn room_to_type(prompt: &Prompt, area: Rect) -> usize {
    let taken = if prompt.is_full() { cells(FULL) + GAP } else { 0 };
    usize::from(area.width).saturating_sub(cells(prompt.label()) + 1 + taken)
}

/// The first of the hints of a prompt for which there is room behind what is typed.
fn shown_prompt_hint(app: &App, keymap: &Keymap, prompt: &Prompt, area: Rect) -> Option<Notice> {
    if prompt.refusal(app).is_some() {
        return None;
    }
    let free = free(prompt, area);
    prompt.hints(app).into_iter().find(|hint| {
        let words = keymap.line(Layer::Prompt, hint);
        !words.is_empty() && cells(&words) <= free
    })
}

/// What is typed, from a byte on; what is wrong in it stands out.
fn typed_pieces<'a>(errors: &[TextSpan], (from, shown): (usize, &'a str), theme: &Theme) -> Vec<Span<'a>> {
    let (mut pieces, mut done) = (Vec::new(), 0);
    for error in errors {
        let at = |byte: usize| byte.saturating_sub(from).clamp(done, shown.len().max(done));
        let (start, end) = (at(error.start), at(error.end));
        let (Some(plain), Some(wrong)) = (shown.get(done..start), shown.get(start..end)) else { break };
        pieces.push(Span::styled(plain, verbatim(theme.text)));
        pieces.push(Span::styled(wrong, verbatim(theme.warning)));
        done = end;
    }
    pieces.push(Span::styled(shown.get(done..).unwrap_or_default(), verbatim(theme.text)));
    pieces
}

fn hints(app: &App) -> Vec<Hint> {
    use Command as C;
    const BACK: Hint = (&[C::Back], "back");
    const CLOSE: Hint = (&[C::Back], "close");
    const KEYS: Hint = (&[C::Help], "keys");
    const LIST: Hint = (&[C::Open], "list");
    const READ: Hint = (&[C::Open], "read");
    const REMOVE: Hint = (&[C::Remove], "remove");
    const EXPORT: Hint = (&[C::Export], "export");
    const EDIT_SEARCH: Hint = (&[C::Search], "edit search");
    const ALL_ARTICLES: Hint = (&[C::Back], "all articles");
    const SEARCH: Hint = (&[C::Search], "search");
    const NEXT: Hint = (&[C::Next], "next");
    const COPY: Hint = (&[C::CopyQuotation], "copy");
    const QUIT: Hint = (&[C::Leave], "quit");
    match (app.layer(), app.views().card()) {
        (Layer::Card, Some(Card::Help(_))) => vec![(&[C::Down, C::Up], "scroll"), SEARCH, CLOSE],
        (Layer::Why, _) => vec![(&[C::Correct], "correct"), (&[C::Confirm], "confirm"), NEXT, COPY, CLOSE],
        (Layer::Card, _) => vec![CLOSE],
        (Layer::Tasks, _) if app.tasks().is_empty() => vec![CLOSE],
        (Layer::Tasks, _) => vec![(&[C::StopTask], "stop"), CLOSE],
        (Layer::Links, _) => {
            vec![(&[C::Open], "read here"), (&[C::OpenAddress], "browser"), (&[C::CopyAddress], "copy"), SEARCH, CLOSE]
        }
        (Layer::Feed, _) => vec![(&[C::EditFeed], "edit"), (&[C::PauseFeed], "pause"), (&[C::Undo], "undo"), CLOSE],
        (Layer::Sidebar, _) => match app.collections().selected() {
            Collection::Feed { .. } => {
                vec![LIST, (&[C::Refresh], "refresh"), (&[C::FeedInfo], "settings"), REMOVE, BACK, KEYS]
            }
            Collection::Folder(_) => vec![LIST, (&[C::Fold], "fold"), (&[C::Refresh], "refresh"), BACK, KEYS],
            Collection::Search(_) => vec![LIST, REMOVE, BACK, KEYS],
            _ => vec![LIST, BACK, KEYS],
        },
        (Layer::People, _) => vec![
            (&[C::Open], "what they said"),
            (&[C::Search], "narrow"),
            (&[C::MergeSpeakers], "merge"),
            (&[C::SortPeople], "sort"),
            EXPORT,
            BACK,
            KEYS,
        ],
        (Layer::Timeline, _) => hints_in_timeline(app),
        (Layer::Clippings, _) => {
            let note = (&[C::EditNote] as &[C], "note");
            vec![READ, note, COPY, (&[C::Tag], "tag"), REMOVE, EXPORT, SEARCH, BACK, KEYS]
        }
        (Layer::Review, _) if app.reviewed().is_none() => vec![BACK, KEYS],
        (Layer::Review, _) => vec![
            (&[C::Confirm], "right"),
            (&[C::Choose(1), C::Choose(2), C::Choose(3)], "this one"),
            (&[C::Correct], "another"),
            (&[C::Next], "skip"),
            READ,
            BACK,
            KEYS,
        ],
        (Layer::Speakers, _) => vec![(&[C::Open], "only this one"), (&[C::Back], "all"), KEYS],
        (Layer::List, _) => match (app.list().is_empty(app.catalog()), app.search().is_some()) {
            (true, true) => vec![EDIT_SEARCH, ALL_ARTICLES, KEYS],
            (true, false) => vec![QUIT, KEYS],
            (false, _) if app.count_picks().1 > 0 => {
                let marks: [Hint; 4] = [
                    (&[C::ToggleRead], "read"),
                    (&[C::ToggleStar], "star"),
                    (&[C::Back], "unpick"),
                    (&[C::Tag], "tag"),
                ];
                marks.into_iter().chain([REMOVE, KEYS]).collect()
            }
            (false, true) => vec![READ, (&[C::Next], "next hit"), EDIT_SEARCH, ALL_ARTICLES, KEYS],
            (false, false) => vec![READ, (&[C::Next], "next unread"), SEARCH, QUIT, KEYS],
        },
        (Layer::Article, _) if app.reader().is_some_and(|reader| reader.find.is_some()) => {
            vec![NEXT, (&[C::Previous], "previous"), (&[C::Back], "end search"), KEYS]
        }
        _ => vec![NEXT, (&[C::NextBySpeaker], "same speaker"), (&[C::NextOtherSpeaker], "other speaker"), SEARCH, KEYS],
    }
}

fn hints_in_timeline(app: &App) -> Vec<Hint> {
    use Command as C;
    let is_reversed = app.views().timeline().is_some_and(Timeline::is_oldest_first);
    let order = if is_reversed { "newest first" } else { "oldest first" };
    let about: [Hint; 4] =
        [(&[C::Open], "read"), (&[C::Why], "why"), (&[C::Search], "narrow"), (&[C::Confirm], "confirm")];
    let more: [Hint; 5] = [
        (&[C::CopyQuotation], "copy"),
        (&[C::ReverseOrder], order),
        (&[C::Export], "export"),
        (&[C::Back], "back"),
        (&[C::Help], "keys"),
    ];
    about.into_iter().chain(more).collect()
}

/// A hint as it is shown: its keys with their commands, and what they do.
struct ShownHint {
    keys: Vec<(String, Command)>,
    words: &'static str,
}

impl ShownHint {
    /// Cells between two hints.
    const GAP: usize = 2;

    fn width(&self) -> usize {
        self.keys.iter().map(|(key, _)| cells(key) + 1).sum::<usize>() + cells(self.words)
    }
}

/// The command whose key the foot line names at a cell of it.
pub fn command_at(app: &App, keymap: &Keymap, area: Rect, column: u16) -> Option<Command> {
    let inner = inset(area, 1, 1);
    if let Some(prompt) = app.prompt() {
        let hint = shown_prompt_hint(app, keymap, prompt, inner)?;
        let start = usize::from(inner.right()).checked_sub(cells(&keymap.line(Layer::Prompt, &hint)))?;
        return command_of_notice(&hint, keymap, Layer::Prompt, usize::from(column).checked_sub(start)?);
    }
    let left = on_the_left(app, keymap, &Theme::terminal());
    let hints = shown_hints(app, keymap, inner.width, &left);
    let width = hints.iter().map(|hint| hint.width() + ShownHint::GAP).sum::<usize>().saturating_sub(ShownHint::GAP);
    let mut at = usize::from(inner.right()).saturating_sub(width);
    let column = usize::from(column);
    for hint in &hints {
        if (at..at + hint.width()).contains(&column) {
            let mut key_at = at;
            let under = hint.keys.iter().find(|(key, _)| {
                let is_under = (key_at..key_at + cells(key)).contains(&column);
                key_at += cells(key) + 1;
                is_under
            });
            return under.or(hint.keys.first()).map(|(_, command)| *command);
        }
        at += hint.width() + ShownHint::GAP;
    }
    command_of_notice(app.notice()?, keymap, app.layer(), column.checked_sub(usize::from(inner.x))?)
}

/// The command that a message names at a cell of it: "Removed · U undo".
fn command_of_notice(notice: &Notice, keymap: &Keymap, layer: Layer, column: usize) -> Option<Command> {
    const BETWEEN: usize = 3;
    let mut at = if notice.text.is_empty() { 0 } else { cells(&notice.text) + BETWEEN };
    for (command, words) in &notice.hints {
        let Some(hint) = keymap.hint(layer, *command, words) else { continue };
        if (at..at + cells(&hint)).contains(&column) {
            return Some(*command);
        }
        at += cells(&hint) + BETWEEN;
    }
    None
}

/// The hints that are shown beside what stands on the left.
fn shown_hints(app: &App, keymap: &Keymap, room: u16, left: &Standing) -> Vec<ShownHint> {
    let room = usize::from(room);
    // What has just happened comes before the keys.
    let most = if app.notice().is_some() { room } else { left.least_width().clamp(room / 2, room) };
    fitting(with_keys(&hints(app), keymap, app.layer()), room.saturating_sub(left.width().min(most) + 3))
}

/// The keys of the hints, and their words; those without a key in `layer` are left out.
fn with_keys(hints: &[Hint], keymap: &Keymap, layer: Layer) -> Vec<ShownHint> {
    let keys = |commands: &[Command]| {
        let key = |&command: &Command| Some((keymap.first_key(layer, command)?.to_string(), command));
        commands.iter().filter_map(key).collect::<Vec<_>>()
    };
    let shown = hints.iter().map(|&(commands, words)| ShownHint { keys: keys(commands), words });
    shown.filter(|hint| !hint.keys.is_empty()).collect()
}

/// As many of the hints as fit; the help goes last.
fn fitting(mut hints: Vec<ShownHint>, room: usize) -> Vec<ShownHint> {
    let width = |hints: &[ShownHint]| hints.iter().map(|hint| hint.width() + ShownHint::GAP).sum::<usize>();
    while width(&hints) > room + ShownHint::GAP && hints.len() > 1 {
        // The one before the last: the last is the way to all the others.
        hints.remove(hints.len() - 2);
    }
    if width(&hints) > room + ShownHint::GAP {
        hints.clear();
    }
    hints
}

fn line_of(hints: &[ShownHint], theme: &Theme) -> Line<'static> {
    let mut pieces = Vec::new();
    for hint in hints {
        if !pieces.is_empty() {
            pieces.push(Span::raw(" ".repeat(ShownHint::GAP)));
        }
        let keys: Vec<_> = hint.keys.iter().map(|(key, _)| key.as_str()).collect();
        pieces.push(Span::styled(keys.join(" "), theme.headline));
        pieces.push(Span::styled(format!(" {}", hint.words), theme.dim));
    }
    Line::from(pieces)
}
