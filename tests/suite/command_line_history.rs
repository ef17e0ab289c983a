//! Lines that were typed after `:` come back.

use pullquote::app::Event;
use pullquote::user::{UserAction, UserState};

use crate::sitting::{Sitting, three};

fn sitting() -> Sitting {
    Sitting::new(80, 24, three())
}

fn typed(sitting: &Sitting) -> &str {
    sitting.app.prompt().expect("the prompt is open").typed()
}

#[test]
fn earlier_lines_are_recalled_and_what_was_typed_comes_back() {
    let mut sitting = sitting();
    sitting.press(":tag budget<enter>:theme dark<enter>:2<enter>:the");
    for (key, line) in [
        ("<c-p>", "2"),
        ("<c-p>", "theme dark"),
        ("<c-n>", "2"),
        ("<c-p><c-p>", "tag budget"),
        ("<c-p>", "tag budget"),
        ("<c-n><c-n>", "2"),
        ("<c-n>", "the"),
        ("<c-n>", "the"),
    ] {
        assert_eq!(typed(sitting.press(key)), line, "after {key}");
    }
    sitting.press("<c-p><c-p><c-p>2<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Tagged budget2"), "a line from before can be changed");
}

#[test]
fn up_leads_to_earlier_lines_from_an_empty_line_only() {
    let mut sitting = sitting();
    sitting.press(":theme dark<enter>:theme mono<enter>:<up><up>");
    assert_eq!(typed(&sitting), "theme dark");
    sitting.press("<down>");
    assert_eq!(typed(&sitting), "theme mono");
    sitting.press("<down>");
    assert_eq!(typed(&sitting), "");
    sitting.press("theme sa<down><down><up>");
    assert_eq!(typed(&sitting), "theme safe", "among the rows");
}

#[test]
fn line_is_kept_once_also_a_wrong_one_and_none_that_is_empty_or_long() {
    let mut sitting = sitting();
    sitting.press(":theme drak<enter>:theme dark<enter>:theme drak<enter>:<enter>: <enter>");
    sitting.press(&format!(":tag {}<enter>", "x".repeat(300)));
    assert_eq!(typed(sitting.press(":<c-p>")), "theme drak");
    assert_eq!(typed(sitting.press("<c-p><c-p><c-p>")), "theme dark");
}

#[test]
fn line_that_may_hold_a_password_is_not_kept() {
    let mut sitting = sitting();
    sitting.press(":theme dark<enter>");
    for line in [
        "subscribe ann:hush@coast.example/feed",
        "subscribe //ann:hush@coast.example",
        "subscribe https://ann:hush@coast.example/feed",
        "pipe curl -u ann:hush https://coast.example",
        "pipe curl -H 'Authorization: Bearer hush' https://coast.example",
        "subscribe https://coast.example/?token=hush",
    ] {
        sitting.press(&format!(":{line}<enter><esc>"));
        assert_eq!(typed(sitting.press(":<c-p>")), "theme dark", "after {line}");
        sitting.press("<esc>");
    }
}

#[test]
fn fifty_lines_are_kept() {
    let mut sitting = sitting();
    for number in 1..=60 {
        sitting.press(&format!(":tag number {number}<enter>"));
    }
    sitting.press(":");
    for _ in 0..100 {
        sitting.press("<c-p>");
    }
    assert_eq!(typed(&sitting), "tag number 11");
}

#[test]
fn lines_outlast_the_program_as_a_setting() {
    let mut sitting = sitting();
    sitting.press(":theme dark<enter>:tag budget<enter>");
    let kept = sitting.written().into_iter().rfind(|action| matches!(action, UserAction::Setting { .. })).unwrap();
    let mut state = UserState::default();
    state.apply(&kept);
    let mut again = self::sitting();
    again.event(Event::UserState(Box::new(state)));
    assert_eq!(typed(again.press(":<c-p>")), "tag budget");
    assert_eq!(typed(again.press("<c-p>")), "theme dark");
}

#[test]
fn lines_are_no_part_of_the_history_of_what_was_done() {
    let mut sitting = sitting();
    sitting.press("s:theme dark<enter>:2<enter>U");
    assert_eq!(sitting.notice().as_deref(), Some("Undone: starred “Harbour Bridge to Close”"));
}

#[test]
fn line_with_a_password_is_kept_nowhere_and_not_repeated() {
    let mut sitting = sitting();
    sitting.press(":2<enter>:nonsense https://anna:s3cret@wire.example/f<enter>");
    let said = sitting.notice().unwrap();
    assert!(said.contains("nonsense https://anna@wire.example/f") && !said.contains("s3cret"), "{said}");
    sitting.press("<esc>:subscribe https://anna:s3cret@wire.example/f<enter><esc>");
    sitting.press("/https://anna:s3cret@wire.example/<enter>");
    let written = format!("{:?}", sitting.written());
    assert!(!written.contains("s3cret"), "{written}");
    sitting.press("<esc><esc>:<c-p>");
    assert_eq!(typed(&sitting), "2");
}
