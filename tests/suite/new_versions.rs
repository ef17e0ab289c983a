//! The open article gets other words, or another article takes its place: what the user does lands on the new words.

use pullquote::app::{Event, Pane};
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
fn prompts_follow_their_words() {
    let (mut sitting, id) = reading();
    sitting.press("cDi");
    change(&mut sitting, id, edited());
    sitting.press("na<enter>");
    let written = sitting.written();
    let Some(UserAction::Corrected { start: at, after: Some(after), .. }) = written.last() else {
        panic!("{written:?}")
    };
    assert_eq!((*at, after.speaker()), (start(&sitting), Some("Dina")));
    // The speaker that Enter means is the same, although it is another row.
    let (mut sitting, id) = reading();
    sitting.press("c");
    change(&mut sitting, id, edited());
    sitting.press("<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Confirmed: Tomas Lindqvist · U undo"));
    let (mut sitting, id) = reading();
    sitting.press("/stranded");
    change(&mut sitting, id, edited());
    sitting.press("<enter>");
    assert_eq!(sitting.app.reader().unwrap().find.as_ref().unwrap().spans().len(), 1);
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
fn place_below_the_timeline_and_the_selected_speaker_follow() {
    let (mut sitting, id) = reading();
    sitting.press("T");
    change(&mut sitting, id, edited());
    sitting.press("<esc>");
    assert_eq!(quoted(&sitting), "Nobody will be stranded,");
    let (mut sitting, id) = reading();
    sitting.press("\"");
    let name = |sitting: &Sitting| {
        let at = sitting.app.views().selected_speaker().unwrap();
        sitting.app.reader().unwrap().findings.speakers[at].name.clone()
    };
    let before = name(&sitting);
    change(&mut sitting, id, edited());
    assert_eq!(name(&sitting), before);
}

#[test]
fn review_follows_the_articles_it_is_of() {
    let doubtful = |(article, mut findings): (Article, Findings)| {
        findings.quotations.iter_mut().for_each(|quotation| quotation.confidence = 0.5);
        (article, findings)
    };
    let mut sitting = Sitting::new(80, 24, three().into_iter().map(doubtful).collect());
    sitting.press("<enter>V");
    let left = |sitting: &Sitting| match sitting.app.views().pane() {
        Pane::Review(review) => review.total(),
        _ => panic!("no review"),
    };
    assert_eq!(left(&sitting), 4);
    let before = sitting.app.reader().unwrap().id();
    let (mut article, findings) = doubtful(edited());
    article.id = ArticleId(before.0 ^ 1);
    let now = article.id;
    sitting.arrive(vec![(article, findings)]);
    sitting.event(Event::Replaced(vec![(before, now)]));
    sitting.event(Event::Departed(vec![before]));
    assert_eq!(left(&sitting), 4, "a new one, and one is gone");
    sitting.press("+");
    assert!(sitting.written().iter().any(|action| action.article() == Some(now)), "{:?}", sitting.written());
    // While the library is read, the list is not whole.
    let mut sitting = Sitting::empty(80, 24);
    sitting.press("V");
    assert_eq!(left(&sitting), 0);
    sitting.arrive(three().into_iter().map(doubtful).collect());
    sitting.event(Event::Finished);
    assert!(left(&sitting) > 4);
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
