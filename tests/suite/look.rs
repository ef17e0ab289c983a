//! How things look: themes, the colours of people, doubt, where the focus and the cursor are.

use chrono::NaiveDate;
use pullquote::app::{Event, ThemeName};
use pullquote::ui::{self, ColorDepth, Theme};
use pullquote::user::{UserAction, UserWrite};
use ratatui::Terminal;
use ratatui::backend::{Backend, TestBackend};
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use vt100::Screen;

use crate::pty::{self, Pty, place};
use crate::screens::{drawn, shown};
use crate::sitting::{Sitting, article, three};
use crate::terminal;

/// Where these words stand on the screen.
fn place_of(buffer: &Buffer, words: &str) -> (u16, u16) {
    let row = |row: u16| (0..buffer.area.width).map(move |column| buffer[(column, row)].symbol()).collect::<Vec<_>>();
    let find = |at: u16| {
        let cells = row(at);
        (0..cells.len()).find(|&from| cells[from..].concat().starts_with(words)).map(|column| (column as u16, at))
    };
    // Below the head line, which names the view.
    (1..buffer.area.height).find_map(find).unwrap_or_else(|| panic!("no {words:?} in\n{}", shown(buffer)))
}

fn colour_of(sitting: &Sitting, words: &str) -> Color {
    let buffer = drawn(sitting, &Theme::dark());
    buffer[place_of(&buffer, words)].fg
}

#[test]
fn every_theme() {
    for name in ThemeName::all() {
        let mut sitting = Sitting::new(80, 24, three());
        sitting.press("<enter>3n/bridge<enter>");
        let buffer = drawn(&sitting, &Theme::of(name, ColorDepth::Full));
        insta::assert_snapshot!(format!("theme-{}", name.name()), shown(&buffer));
    }
}

#[test]
fn theme_is_chosen_by_name_and_kept() {
    let mut sitting = Sitting::new(80, 24, three());
    assert_eq!(sitting.app.theme(), "terminal");
    sitting.press(":theme light<enter>");
    assert_eq!(sitting.app.theme(), "light");
    let kept = UserAction::Setting { name: "theme".to_owned(), value: "light".to_owned() };
    assert!(sitting.writes.contains(&UserWrite::Note(kept)));
    for name in ["safe", "safe-light", "mono", "terminal"] {
        assert_eq!(sitting.press(":theme next<enter>").app.theme(), name);
    }
}

#[test]
fn ground_of_the_terminal_decides_where_nobody_chose() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.event(Event::Ground { is_light: true });
    assert_eq!(sitting.app.theme(), "terminal-light");
    sitting.press(":theme dark<enter>");
    sitting.event(Event::Ground { is_light: true });
    assert_eq!(sitting.app.theme(), "dark");
}

/// In the list of an article's speakers, in its text, in the list of all speakers and in their timeline.
#[test]
fn person_keeps_one_colour() {
    for (number, name, quoted) in [(1, "Ines Okafor", "“The steel"), (2, "Tomas Lindqvist", "“Nobody")] {
        let mut sitting = Sitting::new(120, 36, three());
        let panel = colour_of(sitting.press("<enter>"), &format!("{number} {name}"));
        assert_ne!(panel, Theme::dark().ground.fg.unwrap());
        assert_eq!(colour_of(&sitting, quoted), panel, "in the text");
        assert_eq!(colour_of(sitting.press("q\""), name), panel, "in the list of all");
        let typed = name.to_lowercase().replace(' ', "");
        assert_eq!(colour_of(sitting.press(&format!("{typed}<enter>")), name), panel, "in the timeline");
    }
}

#[test]
fn doubtful_words_are_thin_everywhere() {
    let mut articles = three();
    articles[0].1.quotations[0].confidence = 0.53;
    let mut sitting = Sitting::new(120, 36, articles);
    let full = |sitting: &Sitting, words: &str| {
        let buffer = drawn(sitting, &Theme::terminal());
        let cell = &buffer[place_of(&buffer, words)];
        !cell.modifier.contains(Modifier::DIM)
    };
    sitting.press("<enter>");
    assert!(!full(&sitting, "“The steel") && full(&sitting, "“I have"), "in the article");
    sitting.press("n");
    assert!(!full(&sitting, "“The steel"), "as the current quotation");
    sitting.press("i");
    assert!(!full(&sitting, "“The steel"), "in the card");
    sitting.press("iT");
    assert!(!full(&sitting, "“The steel") && full(&sitting, "“Somebody"), "in the timeline");
}

#[test]
fn speaker_of_doubtful_words_only_is_in_doubt() {
    let text = "{Ines Okafor: “The steel is tired.”} {Ines Okafor: “So am I.”} Then {Dan Holt: “No.”} Nobody spoke.";
    let mut articles = vec![article(5, "Bridge", &[text])];
    articles[0].1.quotations[0].confidence = 0.5;
    articles[0].1.quotations[2].confidence = 0.5;
    let mut sitting = Sitting::new(120, 36, articles);
    let screen = shown(&drawn(sitting.press("<enter>"), &Theme::terminal()));
    assert!(screen.contains("Dan Holt? ") && !screen.contains("Ines Okafor?"), "{screen}");
    assert!(screen.lines().any(|line| line.contains("Ines Okafor") && line.contains("2?")), "{screen}");
}

/// The cell of the terminal's cursor.
fn cursor(sitting: &Sitting) -> (u16, u16) {
    let size = sitting.app.size();
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    let today = NaiveDate::from_ymd_opt(2026, 3, 20).unwrap();
    terminal.draw(|frame| ui::draw(&sitting.app, &sitting.keymap, &Theme::terminal(), today, frame)).unwrap();
    let at = terminal.backend_mut().get_cursor_position().unwrap();
    (at.x, at.y)
}

#[test]
fn cursor_follows_what_is_selected() {
    for (width, height) in [(60, 20), (80, 24), (120, 36), (200, 50)] {
        let mut sitting = Sitting::new(width, height, three());
        let row = |sitting: &Sitting, words: &str| place_of(&drawn(sitting, &Theme::terminal()), words).1;
        let start = cursor(&sitting);
        for keys in ["", "j", "j", "k"] {
            assert_eq!(cursor(sitting.press(keys)).1, row(&sitting, "▌"), "{keys} at {width}");
        }
        assert_eq!(cursor(sitting.press("k")), start);
        sitting.press("<enter>n");
        assert_eq!(cursor(&sitting), place_of(&drawn(&sitting, &Theme::terminal()), "“The steel"));
        sitting.press("/steel");
        assert_eq!(cursor(&sitting).1, height - 1);
        let mut sitting = Sitting::new(width, height, three());
        assert_eq!(cursor(sitting.press("\"")).1, height - 1, "one types in the list of speakers");
        sitting.press("<enter>j");
        assert_eq!(cursor(&sitting).1, row(&sitting, "▌"), "in the timeline");
        sitting.press("?");
        assert_eq!(cursor(&sitting).1, row(&sitting, "╭ Help") + 1);
    }
}

#[test]
fn only_the_pane_with_the_keys_has_the_accent() {
    let accent = Theme::terminal().accent.fg;
    let mut sitting = Sitting::new(120, 36, three());
    let columns = |sitting: &Sitting| {
        let buffer = drawn(sitting, &Theme::terminal());
        let head = 2..buffer.area.height - 2;
        let rule = (0..buffer.area.width).filter(|&x| buffer[(x, 1)].symbol() == "━").collect::<Vec<_>>();
        let coloured = |x: u16| head.clone().any(|y| Some(buffer[(x, y)].fg) == accent);
        let marked = (0..buffer.area.width).filter(|&x| coloured(x)).collect::<Vec<_>>();
        (rule.first().copied(), rule.last().copied(), marked)
    };
    let (first, last, marked) = columns(&sitting);
    assert_eq!(first, Some(0));
    assert!(marked.iter().all(|x| *x <= last.unwrap()), "{marked:?}");
    let (first, end, marked) = columns(sitting.press("<enter>n"));
    assert!(first > last && end == Some(119), "the rule over the article");
    assert!(marked.is_empty(), "the mark has the colour of who speaks: {marked:?}");
}

/// Whether a row is selected in the blue of light grounds.
fn is_light(screen: &Screen) -> Option<()> {
    let (row, _) = place(screen, "▌")?;
    (screen.cell(row, 0)?.fgcolor() == vt100::Color::Idx(4)).then_some(())
}

#[test]
fn answer_of_the_terminal_is_no_key() {
    for end in ["\x1b\\", "\x07"] {
        let (_folder, mut pty) = terminal::reading_three(80, 24);
        pty.asks_ground();
        pty.press("j");
        pty.shows("2 of 3");
        // The keys in it would mark all as read, open an article and search.
        pty.press(&format!("\x1b]11;rgb:ffff/ffff/eeee{end}k"));
        pty.shows("1 of 3");
        pty.wait("the accent for a light ground", is_light);
        pty.press("q");
        let ending = pty.end();
        assert_eq!(ending.code, 0);
        ending.gave_the_terminal_back();
    }
}

#[test]
fn terminal_is_asked_only_where_it_matters() {
    let folder = terminal::three();
    for (name, value, argument) in [("NO_COLOR", "1", ""), ("TERM", "linux", ""), ("LANG", "C", "--theme=dark")] {
        let mut command = pty::pullquote([folder.path().as_os_str()]);
        command.env(name, value);
        if !argument.is_empty() {
            command.arg(argument);
        }
        let mut pty = Pty::spawn(80, 24, command);
        pty.shows("3 articles");
        pty.press("q");
        let text = String::from_utf8(pty.end().bytes).unwrap();
        assert!(!text.contains("\x1b]11"), "{name}");
        assert_eq!(text.contains("\x1b]2;"), value != "linux", "{name}");
    }
}

#[test]
fn colours_are_those_that_the_terminal_has() {
    let folder = terminal::three();
    for (term, colorterm, wanted, unwanted) in [
        ("xterm-256color", "truecolor", "8;2;", "8;5;"),
        ("xterm-direct", "", "8;2;", "8;5;"),
        ("xterm-256color", "", "8;5;", "8;2;"),
    ] {
        let mut command = pty::pullquote([folder.path().as_os_str(), "--theme=safe".as_ref()]);
        command.env("TERM", term);
        command.env("COLORTERM", colorterm);
        let mut pty = Pty::spawn(80, 24, command);
        pty.shows("3 articles");
        pty.press("q");
        let text = String::from_utf8(pty.end().bytes).unwrap();
        assert!(text.contains(wanted) && !text.contains(unwanted), "{term} {colorterm}");
    }
    let mut command = pty::pullquote([folder.path().as_os_str(), "--theme=safe".as_ref()]);
    command.env("TERM", "xterm-16color");
    let mut pty = Pty::spawn(80, 24, command);
    pty.shows("3 articles");
    pty.press("\rn");
    pty.shows("Ines Okafor 1 of 2");
    pty.press("qq");
    let text = String::from_utf8(pty.end().bytes).unwrap();
    // crossterm writes the sixteen as the first of 256.
    let beyond = text
        .split("8;5;")
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u16>().ok());
    assert!(!text.contains("8;2;") && beyond.max() < Some(16));
}

#[test]
fn chosen_theme_is_there_at_the_next_start() {
    let folder = terminal::three();
    let library = folder.path().join("library.db");
    let start = || {
        let mut command = pty::pullquote([folder.path().as_os_str(), "--library".as_ref(), library.as_os_str()]);
        command.env("LANG", "C");
        Pty::spawn(80, 24, command)
    };
    let painted = |screen: &Screen| (screen.cell(23, 79)?.bgcolor() != vt100::Color::Default).then_some(());
    let mut pty = start();
    pty.shows("3 articles");
    pty.press(":theme dark\r");
    pty.shows("Theme: dark");
    pty.wait("a ground", painted);
    pty.press("q");
    assert_eq!(pty.end().code, 0);
    let mut pty = start();
    pty.shows("3 articles");
    pty.wait("a ground", painted);
    assert_eq!(pty.ground_asked(), 0);
    pty.press("q");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn window_is_titled_by_the_article() {
    let (_folder, mut pty) = terminal::reading_three(80, 24);
    pty.press("\r");
    pty.is_titled("Harbour Bridge to Close — pullquote");
    pty.press("J");
    pty.is_titled("Council Votes Down Night Trams — pullquote");
    pty.press("qq");
    let text = String::from_utf8(pty.end().bytes).unwrap();
    assert!(text.contains("\x1b[22;2t") && text.ends_with("\x1b[23;2t"), "the title before is kept, and restored");
}

#[test]
fn cursor_of_the_terminal_is_shown_in_its_place() {
    let (_folder, mut pty) = terminal::reading_three(80, 24);
    for (keys, words) in [("", "▌"), ("j", "▌"), ("k\rn", "“The steel")] {
        pty.press(keys);
        pty.wait(keys, |screen| {
            (!screen.hide_cursor() && place(screen, words)? == screen.cursor_position()).then_some(())
        });
    }
}
