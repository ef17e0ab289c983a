//! The mouse, and pasted text.

use pullquote::app::{Command, Layer};
use pullquote::article::Article;
use pullquote::quotes::Findings;

use crate::screens::drawn;
use crate::sitting::{Sitting, article, three};
use pullquote::ui::Theme;

/// Sixty articles, the newest first; the first is long.
fn sixty() -> Vec<(Article, Findings)> {
    let long: Vec<_> = (0..200).map(|number| format!("Paragraph {number}.")).collect();
    let long: Vec<_> = long.iter().map(String::as_str).collect();
    let one = |number: u32| {
        let paragraphs = if number == 0 { &long[..] } else { &["{Ann Lee: “Well,”} she said."] };
        article(28 - number / 3, &format!("Headline {number}"), paragraphs)
    };
    (0..60).map(one).collect()
}

/// The cell in the foot line at which these words stand.
fn cell_of(sitting: &Sitting, words: &str) -> (u16, u16) {
    let buffer = drawn(sitting, &Theme::terminal());
    let row = buffer.area.height - 1;
    let cells: Vec<_> = (0..buffer.area.width).map(|column| buffer[(column, row)].symbol().to_owned()).collect();
    let line = cells.concat();
    let at = line.find(words).unwrap_or_else(|| panic!("{words} in {line}"));
    (line[..at].chars().count() as u16, row)
}

fn selected(sitting: &Sitting) -> String {
    let list = sitting.app.list();
    sitting.app.catalog().get(list.selected().unwrap()).unwrap().title.to_string()
}

/// The first headline on the screen.
fn first_shown(sitting: &Sitting) -> String {
    let area = sitting.app.panes().list.unwrap();
    let placed = sitting.app.list().layout(sitting.app.catalog(), area);
    sitting.app.catalog().get(placed[0].id).unwrap().title.to_string()
}

#[test]
fn hints_of_the_foot_line_are_clicked() {
    for (width, height) in [(60, 20), (80, 24), (120, 36), (200, 50)] {
        let mut sitting = Sitting::new(width, height, three());
        let (column, row) = cell_of(&sitting, "? keys");
        sitting.click(column, row);
        assert_eq!(sitting.app.layer(), Layer::Card, "{width}");
        let (column, row) = cell_of(&sitting, "k scroll");
        sitting.click(column, row);
        assert_eq!(sitting.app.layer(), Layer::Card);
        let (column, row) = cell_of(&sitting, "Esc close");
        sitting.click(column + 5, row);
        assert_eq!(sitting.app.layer(), Layer::List);
        let (column, row) = cell_of(&sitting, "Enter read");
        sitting.click(column, row);
        assert_eq!(sitting.app.layer(), Layer::Article);
    }
}

#[test]
fn hints_of_messages_are_clicked() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("D");
    assert_eq!(sitting.listed().len(), 2);
    let (column, row) = cell_of(&sitting, "U undo");
    sitting.click(column, row);
    assert_eq!(sitting.listed().len(), 3);
}

#[test]
fn scroll_bar_is_clicked_and_dragged() {
    let mut sitting = Sitting::new(80, 24, sixty());
    sitting.press("<enter>");
    let area = sitting.app.panes().article.unwrap();
    let bar = area.right() - 1;
    sitting.command(Command::Drag { column: bar, row: area.bottom() - 1 });
    assert_eq!(sitting.first_row(), "Headline 0", "the button was not pressed on it");
    sitting.click(bar, area.bottom() - 1);
    let end = sitting.first_row().to_owned();
    sitting.press("gG");
    assert_eq!(sitting.first_row(), end);
    sitting.click(bar, area.y + area.height / 2);
    sitting.command(Command::Drag { column: 3, row: area.y });
    assert_eq!(sitting.first_row(), "Headline 0");
    sitting.command(Command::Drag { column: 3, row: 200 });
    assert_eq!(sitting.first_row(), end);
}

#[test]
fn wheel_scrolls_what_is_under_it_and_leaves_the_rest() {
    for (width, height) in [(120, 36), (200, 50)] {
        let mut sitting = Sitting::new(width, height, sixty());
        sitting.press("<enter>");
        let list = sitting.app.panes().list.unwrap();
        let turn = |down| Command::Wheel { column: list.x + 2, row: list.y + 3, down };
        let before = (sitting.place(), selected(&sitting));
        assert_eq!(first_shown(&sitting), "Headline 0");
        sitting.command(turn(true));
        assert_eq!(first_shown(&sitting), "Headline 3");
        assert_eq!((sitting.place(), selected(&sitting)), before);
        assert_eq!(sitting.app.layer(), Layer::Article, "the article keeps the focus");
        for _ in 0..99 {
            sitting.command(turn(true));
        }
        let placed = sitting.app.list().layout(sitting.app.catalog(), list);
        assert!(placed.len() > 3 && placed[0].row <= 1, "the list does not end above");
        for _ in 0..99 {
            sitting.command(turn(false));
        }
        assert_eq!(first_shown(&sitting), "Headline 0");
        sitting.command(turn(true));
        sitting.press("qj");
        assert_eq!(selected(&sitting), "Headline 1");
        let area = sitting.app.panes().list.unwrap();
        let shown = sitting.app.list().layout(sitting.app.catalog(), area);
        assert!(shown.iter().any(|placed| Some(placed.id) == sitting.app.list().selected()));
    }
}

#[test]
fn clicked_headline_stays_where_it_is_in_a_turned_list() {
    let mut sitting = Sitting::new(120, 36, sixty());
    let list = sitting.app.panes().list.unwrap();
    for _ in 0..5 {
        sitting.command(Command::Wheel { column: 2, row: list.y + 3, down: true });
    }
    let first = first_shown(&sitting);
    sitting.click(5, list.y + 1);
    assert_eq!(first_shown(&sitting), first);
    assert_ne!(selected(&sitting), "Headline 0");
}

#[test]
fn wheel_over_the_sidebar_opens_nothing() {
    let mut sitting = Sitting::new(80, 12, sixty());
    sitting.press("h");
    let sidebar = sitting.app.panes().sidebar.unwrap();
    let before = sitting.app.collections().selected().clone();
    sitting.command(Command::Wheel { column: 2, row: sidebar.y + 1, down: true });
    assert_eq!(sitting.app.collections().selected(), &before);
}

#[test]
fn paste_is_typed_where_one_types_and_capped() {
    let mut sitting = Sitting::new(80, 24, three());
    let effects = sitting.app.paste("DDD\nQ");
    sitting.carry_out(effects);
    assert!(!sitting.ended);
    assert_eq!(sitting.listed().len(), 3);
    assert_eq!(sitting.notice().as_deref(), Some("Pasted text is ignored here: it is no command"));
    sitting.press("/");
    let effects = sitting.app.paste("minister\n keeps");
    sitting.carry_out(effects);
    assert_eq!(sitting.listed(), ["Minister Keeps His Job"]);
    let effects = sitting.app.paste(&"x".repeat(10 << 20));
    sitting.carry_out(effects);
    let typed = sitting.app.prompt().unwrap().typed();
    assert_eq!(typed.chars().count(), 1_000);
    sitting.press("abc");
    assert_eq!(sitting.app.prompt().unwrap().typed().chars().count(), 1_000);
    cell_of(&sitting, "the line is full");
    sitting.press("<c-u>tram");
    assert_eq!(sitting.listed(), ["Council Votes Down Night Trams"]);
}

#[test]
fn paste_sets_no_mark_and_follows_no_link() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("<enter>m");
    let effects = sitting.app.paste("abc");
    sitting.carry_out(effects);
    assert_eq!(sitting.app.layer(), Layer::Prompt);
    sitting.press("a");
    assert_eq!(sitting.notice().as_deref(), Some("Mark a is set · ' goes to a mark"));
}
