//! What is on the screen, cell by cell, styles included.

use std::fmt::Write as _;

use chrono::NaiveDate;
use pullquote::app::Event;
use pullquote::ui::{self, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use crate::sitting::{Sitting, article, three};
use crate::timeline_narrowing::years;

/// The sizes at which screens are looked at.
pub const SIZES: [(u16, u16); 4] = [(60, 20), (80, 24), (120, 36), (200, 50)];

pub fn drawn(sitting: &Sitting, theme: &Theme) -> Buffer {
    let size = sitting.app.size();
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    let today = NaiveDate::from_ymd_opt(2026, 3, 20).unwrap();
    terminal.draw(|frame| ui::draw(&sitting.app, &sitting.keymap, theme, today, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The screen as text, and below it, row by row, every run of cells that is not plain: `row columns: style`.
pub fn shown(buffer: &Buffer) -> String {
    let mut text = String::new();
    let mut styles = String::new();
    for row in 0..buffer.area.height {
        let mut line = String::new();
        let mut column = 0;
        while column < buffer.area.width {
            let cell = &buffer[(column, row)];
            line += cell.symbol();
            column += (pullquote::text::cells(cell.symbol()).max(1)) as u16;
        }
        text += line.trim_end();
        text.push('\n');
        let runs = runs(buffer, row);
        if !runs.is_empty() {
            let _ = writeln!(styles, "{row:>3} {}", runs.join(", "));
        }
    }
    format!("{text}\n{styles}")
}

fn runs(buffer: &Buffer, row: u16) -> Vec<String> {
    let mut runs: Vec<(u16, u16, String)> = Vec::new();
    let mut column = 0;
    while column < buffer.area.width {
        let cell = &buffer[(column, row)];
        // What lies under the second half of a wide character is not seen.
        let end = column + pullquote::text::cells(cell.symbol()).max(1) as u16;
        let style = style(cell);
        match runs.last_mut() {
            Some((_, last, same)) if *last == column && *same == style => *last = end,
            _ => runs.push((column, end, style)),
        }
        column = end;
    }
    runs.into_iter()
        .filter(|(_, _, style)| !style.is_empty())
        .map(|(start, end, style)| format!("{start}..{end} {style}"))
        .collect()
}

fn style(cell: &Cell) -> String {
    let mut words = Vec::new();
    if cell.fg != Color::Reset {
        words.push(format!("{}", cell.fg).to_lowercase());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg).to_lowercase());
    }
    words.extend(cell.modifier.iter_names().map(|(name, _)| name.to_lowercase()));
    words.join("+")
}

#[track_caller]
fn check_at_all_sizes(name: &str, keys: &str) {
    for (width, height) in SIZES {
        let mut sitting = Sitting::new(width, height, three());
        sitting.press(keys);
        insta::assert_snapshot!(format!("{name}-{width}x{height}"), shown(&drawn(&sitting, &Theme::terminal())));
    }
}

#[track_caller]
pub fn check_sitting(name: &str, sitting: &Sitting) {
    insta::assert_snapshot!(name, shown(&drawn(sitting, &Theme::terminal())));
}

#[test]
fn list() {
    check_at_all_sizes("list", "");
}

#[test]
fn reading() {
    check_at_all_sizes("reading", "<enter>3n");
}

#[test]
fn searching() {
    check_at_all_sizes("searching", "/bridge");
}

#[test]
fn speakers() {
    check_at_all_sizes("speakers", "<enter>n\"j");
}

#[test]
fn people() {
    check_at_all_sizes("archive", "\"");
}

#[test]
fn timeline() {
    check_at_all_sizes("timeline", "\"<down><enter>j");
}

/// A speaker whose first words are doubtful, and whose last ones are theirs by a correction.
fn in_doubt(width: u16, height: u16) -> Sitting {
    let mut articles = three();
    articles[0].1.quotations[0].confidence = 0.53;
    let mut sitting = Sitting::new(width, height, articles);
    sitting.press("<enter>4nc").press("okafor<enter>");
    sitting
}

#[test]
fn timeline_marks_doubt_and_corrections() {
    for (width, height) in SIZES {
        check_sitting(&format!("doubt-{width}x{height}"), in_doubt(width, height).press("T"));
    }
}

#[test]
fn doubt_and_corrections_stand_beside_the_name_everywhere() {
    let seen = |keys: &str| shown(&drawn(in_doubt(80, 24).press(keys), &Theme::terminal()));
    for (keys, words) in [
        ("Nn", "Ines Okafor ✓ 3 of 3"),
        ("3N", "Ines Okafor? 1 of 3"),
        ("3Ni", "speaker     Ines Okafor?"),
        ("i", "speaker     Ines Okafor ✓"),
        ("q/said:steel<enter>", "Ines Okafor?: “The steel"),
        ("q/said:somebody<enter>", "Ines Okafor ✓: “Somebody"),
        ("q/said:slept<enter>", "Ines Okafor: “I have"),
    ] {
        let screen = seen(keys);
        assert!(screen.contains(words), "{keys}: no {words:?} in\n{screen}");
    }
}

#[test]
fn entry_without_a_date_is_first_seen_wherever_its_day_stands() {
    let seen = |width: u16, keys: &str| {
        let mut articles = three();
        for (article, _) in &mut articles {
            article.dates.published = None;
            article.dates.seen = "2026-03-19T12:00:00Z".parse().ok();
        }
        shown(&drawn(Sitting::new(width, 36, articles).press(keys), &Theme::terminal()))
    };
    for (width, keys, words) in [
        (60, "", "first seen · Coast Wire   4 “”"),
        (80, "", "first seen · Coast Wire   4 “”"),
        (200, "", "first seen · Coast Wire   4 “”"),
        (120, "<enter>", "Thursday 19 March 2026 (first seen)"),
        (120, "\"<down><enter>", " · Coast Wire · first seen"),
        (60, "\"<down><enter>", " · first seen"),
    ] {
        let screen = seen(width, keys);
        assert!(screen.contains(words), "{keys}: no {words:?} in\n{screen}");
    }
}

#[test]
fn people_show_what_to_do() {
    let mut sitting = Sitting::new(80, 24, three());
    check_sitting("archive-narrowed", sitting.press("\"inok"));
    check_sitting("archive-no-hits", sitting.press("zz"));
    check_sitting("archive-merging", sitting.press("<esc><esc>m<down>"));
    check_sitting("archive-export", sitting.press("E<tab>"));
    check_sitting("archive-empty", Sitting::new(80, 24, Vec::new()).press("\""));
    let mut sitting = Sitting::new(80, 24, three());
    sitting.slow = true;
    check_sitting("archive-loading", sitting.press("\""));
}

#[test]
fn help() {
    check_at_all_sizes("keys", "?");
}

#[test]
fn why_card() {
    check_at_all_sizes("why", "<enter>ni");
}

#[test]
fn only_one_speaker() {
    let mut sitting = Sitting::new(80, 24, three());
    check_sitting("only", sitting.press("<enter>n<enter>"));
}

#[test]
fn correcting() {
    let mut sitting = Sitting::new(80, 24, three());
    check_sitting("correcting", sitting.press("<enter>ncto"));
    check_sitting("corrected", sitting.press("<enter>"));
}

/// The speaker that the quotation has is chosen, and the border counts the rows that do not fit.
#[test]
fn correcting_one_of_many() {
    for (width, height) in SIZES {
        let mut sitting = crate::correcting::twelve(width, height);
        check_sitting(&format!("correcting-many-{width}x{height}"), sitting.press("<enter>3nc"));
    }
    // Where there is no room for the quotation as well, the list has it.
    check_sitting("correcting-smallest", crate::correcting::twelve(30, 8).press("<enter>3nc"));
}

#[test]
fn finding_in_an_article() {
    let mut sitting = Sitting::new(80, 24, three());
    check_sitting("finding", sitting.press("<enter>/okafor"));
}

#[test]
fn naming_a_command() {
    let mut sitting = Sitting::new(80, 24, three());
    check_sitting("palette", sitting.press(":speaker"));
}

#[test]
fn zen() {
    let mut sitting = Sitting::new(120, 36, three());
    check_sitting("zen", sitting.press("<enter>nz"));
}

#[test]
fn tasks_in_the_background() {
    use pullquote::app::{Event, Task, TaskId, TaskKind};
    let mut sitting = Sitting::new(80, 24, three());
    let export = TaskKind::Export("tomas-lindqvist.md".to_owned());
    let tasks = vec![
        Task { id: TaskId(1), kind: TaskKind::ReadFiles, progress: Some((1204, 20_000)) },
        Task { id: TaskId(2), kind: export, progress: None },
    ];
    sitting.event(Event::Tasks(tasks));
    check_sitting("tasks", sitting.press(":tasks<enter>j"));
}

#[test]
fn no_hits() {
    let mut sitting = Sitting::new(80, 24, three());
    check_sitting("no-hits", sitting.press("/zeppelin"));
}

#[test]
fn nothing_to_read() {
    check_sitting("nothing", &Sitting::new(80, 24, Vec::new()));
}

#[test]
fn still_reading() {
    let mut sitting = Sitting::empty(80, 24);
    check_sitting("reading-begins", &sitting);
    sitting.arrive(three());
    sitting.event(Event::Progressed { read: 3, known: 12 });
    check_sitting("reading-goes-on", &sitting);
}

#[test]
fn refusals() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.refuse("/news/picture.png", "is no text (a PNG picture)");
    sitting.event(Event::HiddenSkipped(2));
    check_sitting("refused", sitting.press("!"));
}

#[test]
fn too_small() {
    for (width, height) in [(29, 20), (60, 7), (1, 1)] {
        let sitting = Sitting::new(width, height, three());
        let _ = drawn(&sitting, &Theme::terminal());
    }
    check_sitting("too-small", &Sitting::new(29, 5, three()));
}

#[test]
fn smallest() {
    let mut sitting = Sitting::new(30, 8, three());
    check_sitting("smallest", sitting.press("<enter>3n"));
}

/// Without colours, the current quotation, the highlighted ones and the selected headline still stand out.
#[test]
fn without_colours() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("<enter>n");
    let buffer = drawn(&sitting, &Theme::mono());
    assert!(buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    insta::assert_snapshot!("mono", shown(&buffer));
}

#[test]
fn wide_and_joined_characters() {
    let articles = vec![article(
        5,
        "林美玲 opens 👩\u{200d}👩\u{200d}👧 library",
        &[
            "{林美玲: “我們要讀報紙,我們要讀很多很多的報紙,而且每天都要讀,”} said 林美玲. {林美玲: “e\u{301}te\u{301} 👩\u{200d}👩\u{200d}👧 reading!”} Then tea.",
        ],
    )];
    let mut sitting = Sitting::new(60, 16, articles);
    check_sitting("wide", sitting.press("<enter>nn"));
}

/// At every width, the first and the last cell of a highlighted quotation hold its first and last characters.
#[test]
fn highlights_are_exact_at_every_width() {
    let quotation = "“The steel — 鋼鐵 — is telling us some\u{301}thing, and we’d be fools not to listen,”";
    let paragraph = format!("It was {{Ines Okafor: {quotation}}} said Ines Okafor, the city’s chief engineer.");
    for width in 30..=200 {
        let mut sitting = Sitting::new(width, 40, vec![article(5, "Headline", &[&paragraph])]);
        sitting.press("<enter>n");
        let buffer = drawn(&sitting, &Theme::terminal());
        let mut highlighted = String::new();
        for row in 0..buffer.area.height - 2 {
            let mut column = 0;
            while column < buffer.area.width {
                let cell = &buffer[(column, row)];
                let underlined = cell.modifier.contains(ratatui::style::Modifier::UNDERLINED);
                if underlined {
                    highlighted += cell.symbol();
                }
                column += pullquote::text::cells(cell.symbol()).max(1) as u16;
            }
        }
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(bare(&highlighted), bare(quotation), "at width {width}");
    }
}

/// An article that tries everything shows no control character in any cell.
#[test]
fn hostile_article_is_harmless() {
    use pullquote::text::clean;
    let hostile = "\u{1b}[31mred\u{1b}]0;owned\u{7} \u{202e}backwards\u{202c} nul\u{0} \u{9b}2J tab\tend ";
    let line = clean(hostile).into_owned().repeat(200);
    let mut sitting = Sitting::new(80, 24, vec![article(5, &clean(hostile), &[&line])]);
    sitting.press("<enter>");
    for cell in &drawn(&sitting, &Theme::terminal()).content {
        assert!(!cell.symbol().chars().any(char::is_control), "{:?}", cell.symbol());
        assert!(!cell.symbol().contains('\u{202e}'));
    }
}

#[test]
fn sidebar() {
    check_at_all_sizes("shelves", "tcity<enter>/trams<enter>S<c-u>Trams<enter><esc>hj");
}

#[test]
fn tagging() {
    check_at_all_sizes("tagging", "tcity<enter>jtbudget<enter>tc");
}

#[test]
fn empty_collection() {
    check_at_all_sizes("empty-shelf", "hjj<enter>");
}

#[test]
fn completing_a_search() {
    check_at_all_sizes("completing", "/speaker:o");
}

/// Completions, hints and errors yield to what is typed: of that the end, at which one types, is always seen.
#[test]
fn typed_search_is_never_covered() {
    for (width, height) in SIZES {
        let mut sitting = Sitting::new(width, height, three());
        let long = "speaker:lindqvist said:bridge before:2026-03-14 speaker:o";
        for typed in ["said:nobody speaker:o", long, "foo:bar and on with words that are right", "after:20"] {
            sitting.press("/<c-u>").press(typed);
            let buffer = drawn(&sitting, &Theme::terminal());
            let foot: String = (0..width).map(|column| buffer[(column, height - 1)].symbol()).collect();
            let foot = foot.trim_end();
            let room = usize::from(width) - 4;
            let end = &typed[typed.len().saturating_sub(room)..];
            assert!(foot.starts_with(&format!(" /{end}")), "{typed} at {width}: {foot}");
        }
    }
}

/// The cursor stands behind the last letter, also of wide ones, and never outside.
#[test]
fn every_prompt_shows_its_sign_and_the_end_of_what_is_typed() {
    let prompts = [
        ("/", "/"),
        (":", ":"),
        ("t", "tag: "),
        ("a", "add: "),
        ("<enter>nc", "who? "),
        ("\"", "who speaks? "),
        ("<enter>/", "/"),
    ];
    for (keys, sign) in prompts {
        for (width, height) in [(60, 20), (80, 24), (30, 8)] {
            for word in ["tram ", "林美玲", "e\u{301}x"] {
                let mut sitting = Sitting::new(width, height, three());
                sitting.press(keys).press(&word.repeat(40)).press("END");
                let buffer = drawn(&sitting, &Theme::terminal());
                let foot: String = (0..width).map(|column| buffer[(column, height - 1)].symbol()).collect();
                assert!(foot.trim().starts_with(sign.trim()), "{keys} at {width}: {foot}");
                assert!(foot.trim_end().ends_with("END"), "{keys} at {width}: {foot}");
            }
        }
    }
}

#[test]
fn wrong_searches() {
    check_at_all_sizes("wrong-typed", "/bridge foo:bar");
    check_at_all_sizes("wrong-accepted", "/after:2026-13<enter>");
}

#[test]
fn hits_in_quotations() {
    check_at_all_sizes("said", "/said:be<enter>");
}

#[test]
fn links_with_their_letters() {
    for (width, height) in SIZES {
        let mut sitting = crate::links::sitting(width, height);
        sitting.press("<enter>f");
        check_sitting(&format!("links-{width}x{height}"), &sitting);
    }
}

#[test]
fn feeds_in_the_sidebar() {
    for (width, height) in SIZES {
        let mut sitting = crate::sources::sitting(width, height);
        sitting.press("hGkk");
        check_sitting(&format!("sources-{width}x{height}"), &sitting);
    }
}

/// The signs before the headlines, from above, `-` where there is none.
fn signs(sitting: &Sitting) -> String {
    let buffer = drawn(sitting, &Theme::terminal());
    let area = sitting.app.panes().list.unwrap();
    let signs = |row: u16| {
        let found: String =
            (13..15).map(|column| buffer[(column, area.y + row)].symbol()).filter(|sign| *sign != " ").collect();
        if found.is_empty() { "-".to_owned() } else { found }
    };
    let rows = sitting.app.list().layout(sitting.app.catalog(), area);
    rows.iter().map(|placed| signs(placed.row)).collect::<Vec<_>>().join(" ")
}

#[test]
fn mark_is_solid_once_it_is_committed() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("j").press("s");
    assert_eq!(signs(&sitting), "● ●★ ●");
    let settle = |sitting: &mut Sitting| {
        let actions = sitting.written();
        sitting.writes.clear();
        sitting.event(Event::Committed(actions));
    };
    // On a slow disk the write worker reports nothing at first.
    sitting.writes.clear();
    sitting.slow = true;
    sitting.press("k").press("s");
    assert_eq!(signs(&sitting), "●☆ ●★ ●");
    settle(&mut sitting);
    assert_eq!(signs(&sitting), "●★ ●★ ●");
    sitting.press("G").press("u");
    assert_eq!(signs(&sitting), "●★ ●★ ●", "read, but not for certain");
    settle(&mut sitting);
    assert_eq!(signs(&sitting), "●★ ●★ -");
    // Of two marks of one article the first does not vouch for the second.
    sitting.press("s").press("s").press("s");
    let rest = sitting.writes.split_off(1);
    settle(&mut sitting);
    assert_eq!(signs(&sitting), "●★ ●★ ☆");
    sitting.writes = rest;
    settle(&mut sitting);
    assert_eq!(signs(&sitting), "●★ ●★ ★");
}

#[test]
fn timeline_with_context_and_years() {
    for (width, height) in SIZES {
        let mut sitting = Sitting::new(width, height, years());
        sitting.press("\"<enter>j");
        check_sitting(&format!("timeline-context-{width}x{height}"), &sitting);
    }
}

#[test]
fn timeline_narrowed() {
    for (width, height) in [(60, 20), (120, 36)] {
        let mut sitting = Sitting::new(width, height, years());
        sitting.press("\"<enter>/ferry OR until");
        check_sitting(&format!("timeline-narrowing-{width}x{height}"), &sitting);
        sitting.press("<enter>j");
        check_sitting(&format!("timeline-narrowed-{width}x{height}"), &sitting);
    }
}

#[test]
fn reason_over_the_timeline() {
    for (width, height) in [(60, 20), (120, 36)] {
        let mut sitting = Sitting::new(width, height, years());
        sitting.press("\"<enter>jji");
        check_sitting(&format!("timeline-why-{width}x{height}"), &sitting);
        sitting.press("c");
        check_sitting(&format!("timeline-correcting-{width}x{height}"), &sitting);
    }
}
