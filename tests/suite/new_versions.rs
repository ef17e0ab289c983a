//! The open article gets other words, or another article takes its place: what the user does lands on the new words.

use pullquote::app::{Event, Pane};
use pullquote::article::{Article, ArticleId};
use pullquote::catalog::Headline;
use pullquote::quotes::Findings;
use pullquote::ui::Theme;
use pullquote::user::UserAction;

use crate::screens::{drawn, shown};
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

/// The first article with other words in the minister's quotation, and others before it.
fn reworded() -> (Article, Findings) {
    article(
        14,
        "Harbour Bridge to Close",
        &[
            "The harbour bridge will close on Monday, not on Friday.",
            "{Bo Reyes: “We start now,”} said Bo Reyes.",
            "{Tomas Lindqvist: “Nobody will be left stranded,”} said the minister.",
        ],
    )
}

/// What Bo, the minister and Ines say, each in these words; who speaks may be another one after the change.
fn same_words(speakers: &[&str], words: &str) -> (Article, Findings) {
    let paragraphs: Vec<_> = speakers.iter().map(|name| format!("{{{name}: “{words}”}} said {name}.")).collect();
    let paragraphs: Vec<_> = paragraphs.iter().map(String::as_str).collect();
    article(14, "Harbour Bridge to Close", &paragraphs)
}

#[test]
fn words_of_another_speaker_are_another_quotation() {
    let selected = || {
        let mut sitting =
            Sitting::new(80, 24, vec![same_words(&["Vera Holm", "Luis Roe", "Ada Birch"], "We will not pay,")]);
        sitting.press("<enter>nn");
        let id = sitting.app.reader().unwrap().id();
        (sitting, id)
    };
    // His words are gone, though two others say the same.
    let (mut sitting, id) = selected();
    change(&mut sitting, id, same_words(&["Vera Holm", "Ada Birch"], "We will not pay,"));
    sitting.press("+");
    assert_eq!(decided(&sitting), [""; 0]);
    // They are there still, after more of the same words.
    let (mut sitting, id) = selected();
    change(&mut sitting, id, same_words(&["Vera Holm", "Vera Holm", "Luis Roe", "Ada Birch"], "We will not pay,"));
    sitting.press("+");
    assert_eq!(decided(&sitting), ["Luis Roe"]);
    // Like words stand in their place, and are another's.
    let (mut sitting, id) = selected();
    change(&mut sitting, id, same_words(&["Ada Birch"], "We will really not pay,"));
    sitting.press("+");
    assert_eq!(decided(&sitting), [""; 0]);
}

#[test]
fn clipping_leads_to_its_words_and_says_whose_they_are_now() {
    let mut sitting = Sitting::new(80, 24, vec![same_words(&["Vera Holm", "Luis Roe"], "We will not pay,")]);
    sitting.press("<enter>nnw");
    let id = sitting.app.reader().unwrap().id();
    assert!(sitting.notice().unwrap().starts_with("Kept: Luis Roe “We will not pay,”"), "{:?}", sitting.notice());
    change(&mut sitting, id, same_words(&["Ada Birch"], "We will not pay,"));
    sitting.press("B<enter>");
    assert_eq!(quoted(&sitting), "We will not pay,");
    assert_eq!(sitting.notice().as_deref(), Some("By Ada Birch in the article now; kept as by Luis Roe"));
    // Where nobody says them any more, the message says so.
    change(&mut sitting, id, other_story());
    sitting.press("B<enter>");
    assert!(sitting.app.reader().unwrap().current_quotation().is_none());
    assert_eq!(sitting.notice().as_deref(), Some("These words are not quoted in the article any more"));
}

/// Another story in its place.
fn other_story() -> (Article, Findings) {
    article(14, "Harbour Bridge to Close", &["{Vera Holm: “The trams are late,”} said Vera Holm."])
}

/// Whom the statements that were corrected or confirmed were given to.
fn decided(sitting: &Sitting) -> Vec<String> {
    let name = |action| if let UserAction::Corrected { after, .. } = action { after } else { None };
    sitting.written().into_iter().filter_map(name).map(|after| after.in_words()).collect()
}

#[test]
fn quotation_whose_words_changed_stays_current() {
    for keys in ["+", "c<enter>", "i+"] {
        let (mut sitting, id) = reading();
        change(&mut sitting, id, reworded());
        assert_eq!(quoted(&sitting), "Nobody will be left stranded,");
        sitting.press(keys);
        assert_eq!(decided(&sitting), ["Tomas Lindqvist"], "{keys}");
    }
    // Also where the words were pushed off the screen.
    let (mut sitting, id) = reading();
    let long = "It rained on the harbour for the whole of that long day. ".repeat(60);
    let (text, _) = reworded();
    let mut paragraphs = vec!["{Bo Reyes: “We start now,”} said Bo Reyes.", long.as_str()];
    paragraphs.push("{Tomas Lindqvist: “Nobody will be left stranded,”} said the minister.");
    change(&mut sitting, id, article(14, text.headline(), &paragraphs));
    sitting.press("+");
    assert_eq!(decided(&sitting), ["Tomas Lindqvist"]);
    // A prompt that is open follows them too.
    let (mut sitting, id) = reading();
    sitting.press("c");
    change(&mut sitting, id, reworded());
    sitting.press("<enter>");
    assert_eq!(decided(&sitting), ["Tomas Lindqvist"]);
}

#[test]
fn no_quotation_is_current_where_the_words_are_gone() {
    const NONE: &str = "No quotation is selected · n goes to one";
    for keys in ["+", "c", "C", "w", "W", "i", "Y", "*", "T"] {
        let (mut sitting, id) = reading();
        change(&mut sitting, id, other_story());
        let gone = "This article has changed: the words that were selected are not quoted any more";
        assert_eq!(sitting.notice().as_deref(), Some(gone));
        assert!(sitting.app.reader().unwrap().current_quotation().is_none());
        assert_eq!(sitting.refused(keys).as_deref(), Some(NONE), "{keys}");
        assert!(sitting.app.prompt().is_none() && sitting.app.views().card().is_none() && sitting.copied.is_empty());
        assert_eq!(decided(&sitting), [""; 0], "{keys}");
        sitting.press("n");
        assert_eq!(quoted(&sitting), "The trams are late,");
        sitting.press("+");
        assert_eq!(decided(&sitting), ["Vera Holm"]);
    }
    // The card that says why goes with them.
    let (mut sitting, id) = reading();
    sitting.press("i");
    change(&mut sitting, id, other_story());
    assert!(sitting.app.views().card().is_none());
    assert_eq!(sitting.press("+").notice().as_deref(), Some(NONE));
    // What is asked about them is asked no more.
    let (mut sitting, id) = reading();
    sitting.press("cBo");
    change(&mut sitting, id, other_story());
    sitting.press(" Reyes<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("These words are not quoted in the article any more"));
    assert_eq!((decided(&sitting), sitting.app.prompt().is_none()), (Vec::new(), true));
}

#[test]
fn number_that_was_typed_means_who_had_it() {
    let (mut sitting, id) = reading();
    sitting.press("c1");
    change(&mut sitting, id, edited());
    assert_eq!(sitting.app.prompt().unwrap().typed(), "Ines Okafor");
    sitting.press("<enter>");
    assert_eq!(decided(&sitting), ["Ines Okafor"]);
    // So does a row that was chosen with the arrows.
    let (mut sitting, id) = reading();
    sitting.press("c<up>");
    change(&mut sitting, id, edited());
    sitting.press("<enter>");
    assert_eq!(decided(&sitting), ["Ines Okafor"]);
    // One that is typed afterwards, too: who was listed keeps the number, whoever else speaks first now.
    let (mut sitting, id) = reading();
    sitting.press("c");
    change(&mut sitting, id, edited());
    sitting.press("1<enter>");
    assert_eq!(decided(&sitting), ["Ines Okafor"]);
    // Other speakers may come without another text.
    let (mut sitting, id) = reading();
    sitting.press("c1");
    let start = sitting.app.reader().unwrap().findings.quotations[0].span.start;
    let after = Some(pullquote::quotes::SpeakerCorrection::Speaker("Ada Birch".to_owned()));
    sitting.event(Event::UserActions(vec![UserAction::Corrected { article: id, start, before: None, after }]));
    sitting.press("<enter>");
    assert_eq!(decided(&sitting), ["Ines Okafor"]);
}

/// Everything that is quoted is doubtful.
fn all_doubtful((article, mut findings): (Article, Findings)) -> (Article, Findings) {
    findings.quotations.iter_mut().for_each(|quotation| quotation.confidence = 0.5);
    (article, findings)
}

/// A review of all articles at the minister's words in the first one.
fn reviewing() -> (Sitting, ArticleId) {
    let mut sitting = Sitting::new(120, 36, three().into_iter().map(all_doubtful).collect());
    sitting.press("Vnn");
    assert_eq!(quoted(&sitting), "Nobody will be stranded,");
    let id = sitting.app.reader().unwrap().id();
    (sitting, id)
}

/// An article takes the place of the one that is open.
fn replace(sitting: &mut Sitting, (mut article, findings): (Article, Findings)) {
    let before = sitting.app.reader().unwrap().id();
    article.id = ArticleId(before.0 ^ 1);
    let now = article.id;
    sitting.arrive(vec![(article, findings)]);
    sitting.event(Event::Finished);
    sitting.library.note(&[UserAction::Removed { article: before, removed: true }]).unwrap();
    sitting.event(Event::Replaced(vec![(before, now)]));
    sitting.event(Event::Departed(vec![before]));
    sitting.event(Event::Finished);
}

fn left(sitting: &Sitting) -> usize {
    let Pane::Review(review) = sitting.app.views().pane() else { panic!("no review") };
    sitting.app.left_to_review(review)
}

#[test]
fn review_stays_at_the_statement_that_has_moved() {
    let (mut sitting, _) = reviewing();
    let before = left(&sitting);
    replace(&mut sitting, all_doubtful(edited()));
    assert_eq!(sitting.notice().as_deref(), Some("This article has changed: this is the new text"));
    assert_eq!((quoted(&sitting).as_str(), left(&sitting)), ("Nobody will be stranded,", before), "each is there once");
    sitting.press("+");
    assert_eq!((decided(&sitting), left(&sitting)), (vec!["Tomas Lindqvist".to_owned()], before - 1));
    // Also where the words of the quotation have changed, and the article has its identity still.
    let (mut sitting, id) = reviewing();
    change(&mut sitting, id, all_doubtful(reworded()));
    assert_eq!(quoted(&sitting), "Nobody will be left stranded,");
}

#[test]
fn prompt_over_the_review_follows_its_statement() {
    for is_replaced in [false, true] {
        let (mut sitting, id) = reviewing();
        sitting.press("cOtto K");
        if is_replaced {
            replace(&mut sitting, all_doubtful(edited()));
        } else {
            change(&mut sitting, id, all_doubtful(edited()));
        }
        let choices = sitting.app.prompt().unwrap().choices(&sitting.app).unwrap();
        assert_eq!(choices.rows.len(), 1);
        sitting.press("ern<enter>");
        assert_eq!(decided(&sitting), ["Otto Kern"]);
        let corrected = |action| {
            if let UserAction::Corrected { article, start, .. } = action { Some((article, start)) } else { None }
        };
        let (article, start) = sitting.written().into_iter().find_map(corrected).unwrap();
        let text = sitting.library.get(article).unwrap().unwrap();
        assert!(text.article.body.text()[start..].starts_with("Nobody will be stranded"));
    }
    // Where its words are gone, it decides about nothing else.
    let (mut sitting, id) = reviewing();
    sitting.press("cOtto K");
    change(&mut sitting, id, all_doubtful(other_story()));
    sitting.press("ern<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("These words are not quoted in the article any more"));
    assert_eq!(decided(&sitting), [""; 0]);
}

/// What he says in all articles, at his second of three quotations of the first.
fn at_his_second(paragraphs: [&str; 3]) -> (Sitting, ArticleId) {
    let sample = article(14, "Harbour Bridge to Close", &paragraphs);
    let mut sitting = Sitting::new(80, 24, vec![sample]);
    sitting.press("<enter>nT<down>");
    let id = sitting.app.reader().unwrap().id();
    (sitting, id)
}

const HIS: [&str; 3] = [
    "{Luis Roe: “We will not pay,”} said Luis Roe.",
    "{Luis Roe: “The money is gone,”} said Luis Roe.",
    "{Luis Roe: “Ask the bank,”} said Luis Roe.",
];

fn selected_in_timeline(sitting: &Sitting) -> Option<String> {
    let Pane::Timeline(timeline) = sitting.app.views().pane() else { panic!("no timeline") };
    timeline.selected().map(|said| said.runs[0].words.to_string())
}

#[test]
fn timeline_stays_at_the_words_or_selects_none() {
    let (mut sitting, id) = at_his_second(HIS);
    assert_eq!(selected_in_timeline(&sitting).as_deref(), Some("The money is gone,"));
    // They have moved down.
    let longer = ["It rained for the whole of that long day.", HIS[0], HIS[1], HIS[2]];
    change(&mut sitting, id, article(14, "Harbour Bridge to Close", &longer));
    assert_eq!(selected_in_timeline(&sitting).as_deref(), Some("The money is gone,"));
    // They are gone: no key is about what took their place.
    for keys in ["+", "c", "w", "W", "i", "Y", "C", "<enter>"] {
        let (mut sitting, id) = at_his_second(HIS);
        change(&mut sitting, id, article(14, "Harbour Bridge to Close", &[HIS[0], HIS[2]]));
        assert_eq!(selected_in_timeline(&sitting), None);
        assert_eq!(sitting.refused(keys).as_deref(), Some("No quotation is selected · n goes to one"), "{keys}");
        assert!(sitting.app.prompt().is_none() && sitting.copied.is_empty(), "{keys}");
        assert_eq!((decided(&sitting), sitting.app.views().card().is_none()), (Vec::new(), true), "{keys}");
        // The next is the one that took their place.
        sitting.press("n");
        assert_eq!(selected_in_timeline(&sitting).as_deref(), Some("Ask the bank,"), "{keys}");
        sitting.press("+");
        assert_eq!(decided(&sitting), ["Luis Roe"]);
    }
    // Another article took the place of theirs.
    let (mut sitting, before) = at_his_second(HIS);
    let (mut now, findings) = article(14, "Harbour Bridge to Close", &[HIS[1], HIS[2]]);
    now.id = ArticleId(before.0 ^ 1);
    let id = now.id;
    sitting.arrive(vec![(now, findings)]);
    sitting.library.note(&[UserAction::Removed { article: before, removed: true }]).unwrap();
    sitting.event(Event::Replaced(vec![(before, id)]));
    sitting.event(Event::Departed(vec![before]));
    assert_eq!(selected_in_timeline(&sitting).as_deref(), Some("The money is gone,"));
}

#[test]
fn review_selects_none_where_the_words_are_gone() {
    for keys in ["+", "1", "c", "C", "w", "Y", "<enter>"] {
        let (mut sitting, id) = reviewing();
        change(&mut sitting, id, all_doubtful(other_story()));
        assert_eq!(sitting.refused(keys).as_deref(), Some("No quotation is selected · n goes to one"), "{keys}");
        assert!(sitting.app.prompt().is_none() && sitting.copied.is_empty(), "{keys}");
        assert_eq!(decided(&sitting), [""; 0], "{keys}");
        let screen = shown(&drawn(&sitting, &Theme::terminal()));
        assert!(screen.contains("What was to be checked here is not listed any more"), "{screen}");
        sitting.press("n");
        let next = quoted(&sitting);
        sitting.press("1");
        assert_eq!((decided(&sitting).len(), next != "Nobody will be stranded,"), (1, true), "{keys}");
    }
}

#[test]
fn article_that_changes_behind_another_is_left_at_its_words() {
    let behind = |now: (Article, Findings)| {
        let (mut sitting, id) = reading();
        sitting.press("J");
        assert_ne!(sitting.app.reader().unwrap().id(), id);
        change(&mut sitting, id, now);
        sitting.press("K");
        assert_eq!(sitting.app.reader().unwrap().id(), id);
        sitting
    };
    assert_eq!(quoted(&behind(edited())), "Nobody will be stranded,");
    let mut sitting = behind(other_story());
    assert_eq!(sitting.press("+").notice().as_deref(), Some("No quotation is selected · n goes to one"));
    assert_eq!(decided(&sitting), [""; 0]);
}

#[test]
fn jump_leads_back_to_the_article_that_took_the_place() {
    for is_open in [false, true] {
        let (mut sitting, before) = reading();
        if is_open {
            sitting.press("gg");
        } else {
            sitting.press("NJ");
        }
        let jumps = if is_open { "n" } else { "*n" };
        sitting.press(jumps);
        let (mut article, findings) = edited();
        article.id = ArticleId(before.0 ^ 1);
        let now = article.id;
        sitting.arrive(vec![(article, findings)]);
        sitting.event(Event::Replaced(vec![(before, now)]));
        sitting.event(Event::Departed(vec![before]));
        for _ in 0..4 {
            sitting.press("<c-o>");
            assert_ne!(sitting.notice().as_deref(), Some("This article no longer exists"));
        }
        assert_eq!(sitting.app.reader().unwrap().id(), now);
    }
}
