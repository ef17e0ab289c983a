//! Commands that ask for a line, where they can do nothing: what one types after them are no keys, and the line says why.

use pullquote::app::{Effect, Event, Layer, Piped, ProgramJob};
use pullquote::ui::Theme;
use pullquote::user::{UserAction, UserWrite};

use crate::screens::{drawn, shown};
use crate::sitting::{Sitting, article, three};

fn sitting() -> Sitting {
    Sitting::new(120, 36, three())
}

fn screen(sitting: &Sitting) -> String {
    shown(&drawn(sitting, &Theme::terminal()))
}

/// What was to be handed to a program last.
fn piped(sitting: &Sitting) -> Option<&Piped> {
    sitting.asked.iter().rev().find_map(|effect| match effect {
        Effect::Program(ProgramJob::Pipe { input, .. }) => Some(input),
        _ => None,
    })
}

/// A way to each view, and its layer.
const VIEWS: [(&str, Layer); 8] = [
    ("", Layer::List),
    ("<enter>", Layer::Article),
    ("<enter>\"", Layer::Speakers),
    ("h", Layer::Sidebar),
    ("\"<esc>", Layer::People),
    ("\"<enter>", Layer::Timeline),
    ("B", Layer::Clippings),
    ("V", Layer::Review),
];

#[test]
fn no_letter_of_a_line_is_a_key_in_any_view() {
    for (way, layer) in VIEWS {
        for key in ["|", "S", "t", "W", "c", "C", "/", "E", "a", "F"] {
            let mut sitting = sitting();
            sitting.press(way);
            if sitting.app.layer() != layer {
                assert_eq!(layer, Layer::Review, "{way}");
                continue;
            }
            // There it opens what comes with the article, and asks for nothing.
            if key == "E" && matches!(layer, Layer::List | Layer::Article | Layer::Speakers) {
                continue;
            }
            sitting.press(key);
            let asks = sitting.app.prompt().is_some();
            assert!(asks, "{key} in {layer:?}: {:?}", sitting.notice());
            let writes = sitting.writes.len();
            if sitting.app.prompt().unwrap().typed().is_empty() {
                sitting.press("wc -q xsDuQ1");
                assert!(sitting.app.prompt().unwrap().typed().ends_with("wc -q xsDuQ1"), "{key} in {layer:?}");
            }
            assert!(!sitting.ended, "{key} in {layer:?}");
            assert_eq!(sitting.writes[writes..], [], "{key} in {layer:?}");
            sitting.press("<esc>");
            assert!(sitting.app.prompt().is_none(), "{key} in {layer:?}");
        }
    }
}

#[test]
fn letter_of_a_mark_or_a_link_is_no_key_in_any_view() {
    for (way, layer) in VIEWS {
        for keys in ["mD", "'D", "fD"] {
            let mut sitting = sitting();
            sitting.press(way);
            // There they are other commands.
            let has_articles = matches!(layer, Layer::List | Layer::Article | Layer::Speakers);
            let is_other = matches!((layer, &keys[..1]), (Layer::People, "m") | (Layer::Sidebar, "f"));
            if sitting.app.layer() != layer || is_other || (has_articles && keys == "fD") {
                continue;
            }
            let writes = sitting.writes.len();
            sitting.press(keys);
            let is_mark = |write: &UserWrite| matches!(write, UserWrite::Note(UserAction::Mark { letter: 'D', .. }));
            assert!(sitting.writes[writes..].iter().all(is_mark), "{keys} in {layer:?}: {:?}", sitting.writes);
            assert!(sitting.app.prompt().is_none(), "{keys} in {layer:?}");
            assert!(sitting.notice().is_some(), "{keys} in {layer:?}");
        }
    }
}

#[test]
fn line_that_leads_to_nothing_says_why_at_once_and_by_enter() {
    for (keys, why) in [
        ("\"<esc>|", "pipe works only in the list, an article, a timeline, the clippings and the review"),
        ("\"<esc>t", "tag works only in the list, an article, a timeline and the clippings"),
        ("hW", "clip-with-note works only in the list, an article, a timeline and the review"),
        ("\"<enter>S", "save-search works only in the list and the sidebar"),
        ("B|", "No article is selected"),
    ] {
        let mut sitting = sitting();
        sitting.press(keys);
        assert!(screen(&sitting).contains(why), "{keys}:\n{}", screen(&sitting));
        sitting.press("wc -w");
        assert!(screen(&sitting).contains(why), "{keys}");
        sitting.press("<enter>");
        assert_eq!(sitting.notice().as_deref(), Some(why), "{keys}");
        assert!(sitting.app.prompt().is_none() && sitting.asked.is_empty() && sitting.app.has_refused(), "{keys}");
    }
}

#[test]
fn statement_that_a_view_lists_is_handed_over() {
    let mut sitting = sitting();
    sitting.press("<enter>nw<esc>");
    for way in ["\"<enter>", "B"] {
        sitting.asked.clear();
        sitting.press(way).press("|-q cat<enter>");
        let Some(Piped::Text(quotation)) = piped(&sitting) else { panic!("{way}: {:?}", sitting.notice()) };
        assert!(quotation.starts_with("“The steel is telling us something"), "{way}: {quotation}");
        sitting.press("|wc<enter>");
        assert!(matches!(piped(&sitting), Some(Piped::Articles(of, _)) if of.len() == 1), "{way}");
        sitting.press("<esc><esc>");
    }
    let mut doubtful = article(14, "Tram", &["{Ada Birch: “It is late,”} she said."]);
    doubtful.1.quotations[0].confidence = 0.5;
    let mut sitting = Sitting::new(120, 36, vec![doubtful]);
    sitting.press("V|-q cat<enter>");
    let Some(Piped::Text(quotation)) = piped(&sitting) else { panic!("{:?}", sitting.notice()) };
    assert!(quotation.starts_with("“It is late,”"), "{quotation}");
}

#[test]
fn quotation_that_is_missing_is_told_while_it_is_typed() {
    // Too narrow for an article beside the list.
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("|-q wc");
    assert!(screen(&sitting).contains("The article is not on the screen"), "{}", screen(&sitting));
    sitting.press("<enter>");
    assert!(screen(&sitting).contains("The article is not on the screen") && piped(&sitting).is_none());
}

#[test]
fn why_is_shown_whatever_the_room() {
    for (width, height) in [(30, 8), (40, 12), (60, 20)] {
        for (keys, start, end) in [
            ("|--markdown wc", "No option --markdown:", "quotation"),
            ("\"<esc>|", "pipe works only in the list,", "the review"),
            ("|wc 'a file with a long name", "A quotation mark is not", "closed"),
        ] {
            let mut sitting = Sitting::new(width, height, three());
            sitting.press(keys);
            let screen = screen(&sitting);
            assert!(screen.contains(start) && screen.contains(end), "{width}x{height} {keys}\n{screen}");
        }
    }
}

/// Retention deletes an article while it is read or listed.
#[test]
fn nothing_is_done_about_an_article_that_has_gone() {
    const GONE: &str = "The article is no longer in the library";
    for keys in ["Wso<enter>", "w", "u", "s", "tbudget<enter>"] {
        let mut sitting = sitting();
        sitting.press("\"<enter>");
        let id = sitting.app.views().timeline().unwrap().selected().unwrap().within.id;
        sitting.slow = true;
        sitting.event(Event::Departed(vec![id]));
        let waits = |effect: &Effect| matches!(effect, Effect::Timeline(_));
        assert!(sitting.waiting.iter().any(waits), "what is listed, and its header, is asked for anew");
        let before = sitting.writes.len();
        sitting.press(keys);
        assert_eq!((sitting.notice().as_deref(), sitting.writes.len()), (Some(GONE), before), "{keys}");
    }
    // While the line is being typed.
    let mut sitting = sitting();
    sitting.press("\"<enter>Wso");
    let id = sitting.app.views().timeline().unwrap().selected().unwrap().within.id;
    sitting.slow = true;
    sitting.event(Event::Departed(vec![id]));
    sitting.press("<enter>");
    assert_eq!(sitting.notice().as_deref(), Some(GONE));
    assert!(sitting.app.user().state().clippings.is_empty());
}

#[test]
fn empty_list_says_how_many_are_hidden() {
    let mut sitting = Sitting::empty(80, 24);
    let all = three();
    let hide = |id| UserAction::Removed { article: id, removed: true };
    sitting.event(Event::UserActions(all.iter().map(|(article, _)| hide(article.id)).collect()));
    sitting.arrive(all);
    sitting.event(Event::Finished);
    let screen = screen(&sitting);
    assert!(screen.contains("All 3 articles here are hidden") && screen.contains("/ is:hidden finds them"), "{screen}");
}
