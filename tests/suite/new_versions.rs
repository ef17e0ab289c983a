//! The open article gets other words, or another article takes its place: what the user does lands on the new words.

use pullquote::app::Event;
use pullquote::article::{Article, ArticleId};
use pullquote::catalog::Headline;
use pullquote::quotes::Findings;
use pullquote::user::UserAction;

use crate::sitting::{Sitting, article, three};

/// Another version of the first article: words before, and a quotation before each.
fn edited() -> (Article, Findings) {
    article(
        14,
        "Harbour Bridge to Close",
        &[
            "The harbour bridge will close on Monday, not on Friday.",
            "{Bo Reyes: “We start now,”} said Bo Reyes.",
            "{Ines Okafor: “The steel is telling us something,”} said Ines Okafor. {Ines Okafor: “I have not slept.”}",
            "{Tomas Lindqvist: “Nobody will be stranded,”} said the minister.",
        ],
    )
}

/// The reader is at the minister's words.
fn reading() -> (Sitting, ArticleId) {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("<enter>nnn");
    assert_eq!(quoted(&sitting), "Nobody will be stranded,");
    let id = sitting.app.reader().unwrap().id();
    (sitting, id)
}

fn quoted(sitting: &Sitting) -> String {
    let reader = sitting.app.reader().unwrap();
    reader.article.body.words(reader.current_quotation().unwrap().span).to_owned()
}

/// Where the minister's words stand in the open article.
fn start(sitting: &Sitting) -> usize {
    sitting.app.reader().unwrap().article.body.text().find("Nobody").unwrap()
}

/// The article has this text from now on.
fn change(sitting: &mut Sitting, id: ArticleId, (mut article, findings): (Article, Findings)) {
    article.id = id;
    let headline = Headline::of(&article, &findings);
    sitting.library.add(article, findings);
    sitting.event(Event::Changed(vec![headline]));
}

#[test]
fn new_text_is_shown_where_the_user_was() {
    let (mut sitting, id) = reading();
    let before = start(&sitting);
    change(&mut sitting, id, edited());
    assert_eq!(sitting.notice().as_deref(), Some("This article has changed: this is the new text"));
    assert_eq!(quoted(&sitting), "Nobody will be stranded,");
    assert_ne!(start(&sitting), before);
    sitting.press("cZed<enter>");
    let corrected = sitting.written();
    let Some(UserAction::Corrected { article, start: at, .. }) = corrected.last() else { panic!("{corrected:?}") };
    assert_eq!((*article, *at), (id, start(&sitting)));
}

#[test]
fn keys_wait_for_the_new_text() {
    let (mut sitting, id) = reading();
    sitting.slow = true;
    change(&mut sitting, id, edited());
    assert!(sitting.app.is_opening());
    sitting.slow = false;
    for effect in std::mem::take(&mut sitting.waiting) {
        sitting.answer(effect);
    }
    assert!(!sitting.app.is_opening());
    assert_eq!(quoted(&sitting), "Nobody will be stranded,");
}

#[test]
fn prompt_about_old_words_is_closed_and_a_note_follows_its_words() {
    let (mut sitting, id) = reading();
    sitting.press("c");
    change(&mut sitting, id, edited());
    assert!(sitting.app.prompt().is_none());
    let (mut sitting, id) = reading();
    sitting.press("Wask again");
    change(&mut sitting, id, edited());
    sitting.press("<enter>");
    let written = sitting.written();
    let Some(UserAction::Clipped { after: Some(clipping), .. }) = written.last() else { panic!("{written:?}") };
    assert_eq!((clipping.start, clipping.note.as_str()), (Some(start(&sitting)), "ask again"));
}

#[test]
fn successor_of_the_open_article_is_opened() {
    let (mut sitting, before) = reading();
    let (mut article, findings) = edited();
    article.id = ArticleId(before.0 ^ 1);
    let now = article.id;
    sitting.arrive(vec![(article, findings)]);
    sitting.event(Event::Replaced(vec![(before, now)]));
    sitting.event(Event::Departed(vec![before]));
    assert_eq!((sitting.app.reader().unwrap().id(), quoted(&sitting).as_str()), (now, "Nobody will be stranded,"));
    sitting.press("s");
    assert_eq!(sitting.written().last(), Some(&UserAction::Starred { article: now, starred: true }));
    // A prompt that was open goes over to it too.
    let (mut sitting, before) = reading();
    let (mut article, findings) = edited();
    article.id = now;
    sitting.press("tcall");
    sitting.arrive(vec![(article, findings)]);
    sitting.event(Event::Replaced(vec![(before, now)]));
    sitting.event(Event::Departed(vec![before]));
    sitting.press("<enter>");
    let tagged = UserAction::Tagged { article: now, tag: "call".to_owned(), tagged: true };
    assert_eq!(sitting.written().last(), Some(&tagged));
}

#[test]
fn article_that_goes_without_a_successor_is_closed() {
    let (mut sitting, id) = reading();
    sitting.event(Event::Departed(vec![id]));
    assert!(sitting.app.reader().is_none_or(|reader| reader.id() != id));
    assert_eq!(sitting.notice().as_deref(), Some("“Harbour Bridge to Close” is no longer in the library"));
    sitting.press("s");
    let is_about_it = |action: &UserAction| matches!(action, UserAction::Starred { article, .. } if *article == id);
    assert!(!sitting.written().iter().any(is_about_it));
}
