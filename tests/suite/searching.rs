//! Searches that are wrong, and those half typed: what is listed, and what is said.

use pullquote::app::{Collection, Event, Layer};

use crate::sitting::{Sitting, article, three};
use crate::user_actions::saved_search;
use pullquote::user::UserAction;

const ALL: [&str; 3] = ["Harbour Bridge to Close", "Council Votes Down Night Trams", "Minister Keeps His Job"];
const BRIDGE: [&str; 2] = ["Harbour Bridge to Close", "Minister Keeps His Job"];
const FIELDS: &str =
    "speaker: said: reported: source: publisher: author: title: url: tag: after: before: is: has: sort:";

fn wide() -> Sitting {
    Sitting::new(120, 36, three())
}

#[test]
fn wrong_search_is_reported_and_shows_nothing() {
    for (typed, said) in [
        ("foo:bar", format!("unknown field foo: · {FIELDS}")),
        ("speakr:deniz", "unknown field speakr: · did you mean speaker:?".to_owned()),
        (
            "after:2026-13",
            "after:2026-13 is not a date · after: needs a day, e.g. 2026-03, 7d, 2w, yesterday".to_owned(),
        ),
        (
            "bridge before:20",
            "before:20 is not a date · before: needs a day, e.g. 2026-03, 7d, 2w, yesterday".to_owned(),
        ),
        ("is:boring", "unknown value is:boring · is: needs unread, read, starred or hidden".to_owned()),
        ("is:unred", "unknown value is:unred · did you mean is:unread?".to_owned()),
        ("is:", "missing value after is: · is: needs unread, read, starred or hidden".to_owned()),
        ("sort:date", "unknown value sort:date · sort: needs relevance; the default is newest first".to_owned()),
        ("speaker:", "missing value after speaker: · speaker: needs a name, e.g. speaker:deniz".to_owned()),
        ("speaker: meer", "missing value after speaker: · speaker: needs a name, e.g. speaker:deniz".to_owned()),
    ] {
        let mut sitting = wide();
        sitting.press(&format!("/{typed}<enter>"));
        assert_eq!(sitting.notice().as_deref(), Some(said.as_str()), "{typed}");
        assert!(sitting.listed().is_empty(), "{typed}: {:?}", sitting.listed());
        assert_eq!(sitting.app.layer(), Layer::List);
        // It is there still when the notice has gone, `/` goes on with it, and Esc leads back.
        sitting.press("v");
        assert_eq!(sitting.app.search().unwrap().error().unwrap().with_hint(), said);
        sitting.press("/");
        assert_eq!(sitting.app.prompt().unwrap().typed(), typed);
        assert!(sitting.listed().is_empty());
        sitting.press("<esc>");
        assert_eq!(sitting.listed(), ALL);
        assert!(!sitting.written().iter().any(|what| matches!(what, UserAction::Searched(_))), "{typed}");
    }
}

#[test]
fn words_with_a_colon_that_are_no_field_are_words() {
    let mut sitting =
        Sitting::new(80, 24, vec![article(3, "Re: trams at 10:30", &["See http://coast.example/ or “foo:bar”."])]);
    for typed in ["10:30", "Re: trams", "http://coast.example/", "\"foo:bar\""] {
        sitting.press(&format!("/<c-u>{typed}<enter>"));
        assert_eq!(sitting.listed(), ["Re: trams at 10:30"], "{typed}");
    }
}

#[test]
fn half_a_field_keeps_what_is_listed() {
    let mut sitting = wide();
    sitting.press("/bridge");
    assert_eq!(sitting.listed(), BRIDGE);
    for letters in [" a", "fter:", "20", "26-0"] {
        sitting.press(letters);
        let is_word = letters == " a";
        assert!(is_word || sitting.listed() == BRIDGE, "{letters}: {:?}", sitting.listed());
        assert_eq!(sitting.app.search().unwrap().error(), None, "{letters}");
    }
    sitting.press("<bs>3-13");
    // A month 3, a day 13: from then on it narrows.
    assert_eq!(sitting.listed(), ["Harbour Bridge to Close"]);
    // No letter at its end could make it a date again.
    sitting.press("9");
    assert!(sitting.listed().is_empty());
    assert!(sitting.app.search().unwrap().error().is_some());
    sitting.press("<bs>");
    assert_eq!(sitting.listed(), ["Harbour Bridge to Close"]);
}

#[test]
fn half_a_field_alone_does_not_list_everything() {
    let mut sitting = wide();
    // Letter by letter it is a word first, which nothing here has.
    sitting.press("/after");
    assert!(sitting.listed().is_empty());
    sitting.press(":20");
    assert!(sitting.listed().is_empty());
    sitting.press("26-03");
    assert_eq!(sitting.listed(), ALL);
    sitting.press("<c-u>");
    assert_eq!(sitting.listed(), ALL);
}

#[test]
fn search_without_words_is_reported() {
    let mut sitting = wide();
    sitting.press("/-<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("“-” has no words to search for"));
    sitting.press("/<enter>");
    assert_eq!((sitting.notice().as_deref(), sitting.listed()), (None, ALL.to_vec()));
}

#[test]
fn wrong_search_is_not_saved() {
    let mut sitting = wide();
    sitting.press("/is:boring<enter>");
    let said = "This search finds nothing: unknown value is:boring · is: needs unread, read, starred or hidden";
    assert_eq!(sitting.refused("S").as_deref(), Some(said));
    assert_eq!(sitting.app.layer(), Layer::List);
}

#[test]
fn wrong_saved_search_is_reported_and_shows_nothing() {
    let mut sitting = wide();
    let saved = [saved_search("Old", Some("foo:bar bridge")), saved_search("Good", Some("bridge"))];
    sitting.event(Event::UserActions(saved.to_vec()));
    sitting.press("hjjj");
    assert_eq!(sitting.app.collections().selected(), &Collection::Search("Old".to_owned()));
    let said = format!("unknown field foo: · {FIELDS}");
    assert_eq!(sitting.notice().as_deref(), Some(said.as_str()));
    assert!(sitting.listed().is_empty());
    sitting.press("j");
    assert_eq!(sitting.app.collections().selected(), &Collection::Search("Good".to_owned()));
    assert_eq!(sitting.listed(), BRIDGE);
}

#[test]
fn arrivals_do_not_fill_a_wrong_search() {
    let mut sitting = wide();
    sitting.press("/is:boring<enter>");
    sitting.arrive(vec![article(20, "Later news of the bridge", &["Nothing."])]);
    sitting.event(Event::Finished);
    assert!(sitting.listed().is_empty());
}

#[test]
fn hits_beside_an_article_say_who_spoke_and_keep_the_words_in_sight() {
    let long = "Bartholomew Winterbourne";
    let words = format!("{{{long}: “For many years they were called agitating proponents of the harbour law.”}}");
    for (width, height) in [(120, 36), (80, 24), (60, 20), (200, 50)] {
        let mut articles = vec![article(14, "The harbour law", &[words.as_str(), "More of it."])];
        articles[0].1.quotations[0].confidence = 0.53;
        let mut sitting = Sitting::new(width, height, articles);
        for typed in ["said:proponents", "said:proponents speaker:winterbourne"] {
            sitting.press(&format!("/<c-u>{typed}<enter>"));
            let screen = crate::screens::shown(&crate::screens::drawn(&sitting, &pullquote::ui::Theme::terminal()));
            let rows: Vec<&str> = screen.lines().take(usize::from(height)).collect();
            // What is left of the rule between list and article.
            let mut rows = rows.iter().filter_map(|row| row.split('│').next());
            let row =
                rows.find(|row| row.contains("Bart") && row.contains("?: ")).unwrap_or_else(|| panic!("{screen}"));
            assert!(row.contains("proponents"), "{width}: {row}");
        }
    }
}
