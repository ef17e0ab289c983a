//! Marks with letters: set, visited, kept, following their words.

use std::collections::BTreeMap;

use pullquote::article::{Article, ArticleId};
use pullquote::library::Library;
use pullquote::quotes::Findings;
use pullquote::user::{UserAction, UserState};

use crate::sitting::{Sitting, article, three};

fn long(paragraphs: &[&str]) -> (Article, Findings) {
    let filler: Vec<_> = (1..=40).map(|number| format!("Paragraph {number} of them.")).collect();
    let all: Vec<_> = paragraphs.iter().copied().chain(filler.iter().map(String::as_str)).collect();
    article(14, "Long Story", &all)
}

#[test]
fn marks_are_set_and_visited() {
    let mut sitting = Sitting::new(80, 24, vec![long(&[]), article(13, "Short Story", &["Nothing."])]);
    sitting.press("<enter>9}mb3}ma");
    assert_eq!(sitting.first_row(), "Paragraph 12 of them.");
    sitting.press("g'b");
    assert_eq!(sitting.first_row(), "Paragraph 9 of them.");
    sitting.press("''");
    assert_eq!(sitting.first_row(), "Long Story");
    sitting.press("''");
    assert_eq!(sitting.first_row(), "Paragraph 9 of them.", "and there again");
    // They are listed, and chosen like anything else.
    sitting.press("g'<down><enter>");
    assert_eq!(sitting.first_row(), "Paragraph 12 of them.");
    sitting.press("<c-o>");
    assert_eq!(sitting.first_row(), "Long Story");
    sitting.press("'z");
    assert_eq!(sitting.notice().as_deref(), Some("There is no mark z here · m sets one"));
    sitting.press("m5");
    assert_eq!(sitting.notice().as_deref(), Some("A mark is a letter"));
    sitting.press("m<esc>J'a");
    assert_eq!(sitting.notice().as_deref(), Some("There is no mark a here · m sets one"));
}

#[test]
fn marks_are_no_history() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("s<enter>maU");
    assert_eq!(sitting.notice().as_deref(), Some("Undone: starred “Harbour Bridge to Close”"));
    assert_eq!(sitting.app.user().state().marks.values().map(BTreeMap::len).sum::<usize>(), 1);
}

#[test]
fn marks_outlive_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite3");
    let article = ArticleId(7);
    let mark = |letter, offset| UserAction::Mark { article, letter, offset };
    {
        let library = Library::open(&path).unwrap();
        library.note(&[mark('a', Some(12)), mark('é', Some(40)), mark('b', Some(1)), mark('b', None)]).unwrap();
    }
    let library = Library::open(&path).unwrap();
    let marks = &library.user_state().marks[&article];
    assert_eq!(marks.iter().map(|(&letter, &at)| (letter, at)).collect::<Vec<_>>(), [('a', 12), ('é', 40)]);
}

#[test]
fn state_has_the_marks_that_were_set_last() {
    let article = ArticleId(7);
    let mut state = UserState::default();
    for (letter, offset) in [('a', Some(1)), ('a', Some(2)), ('b', Some(3)), ('b', None)] {
        let action = UserAction::Mark { article, letter, offset };
        assert!(state.change(&action).is_some());
        state.apply(&action);
        assert_eq!(state.change(&action), None);
    }
    assert_eq!(state.marks[&article].get(&'a'), Some(&2));
    assert_eq!(state.articles().into_iter().collect::<Vec<_>>(), [article]);
    state.apply(&UserAction::Mark { article, letter: 'a', offset: None });
    assert!(state.marks.is_empty());
}
