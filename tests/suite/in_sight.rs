//! What must stay in sight: the quotation that a card is about, the sign that highlights are off, what a count means.

use std::collections::BTreeSet;

use pullquote::app::{Effect, Event, Pane, SearchJob};
use pullquote::ui::Theme;
use pullquote::user::UserAction;

use crate::correcting::twelve;
use crate::screens::{drawn, shown};
use crate::sitting::{Sitting, article, three};

/// The rows of the screen.
fn rows(sitting: &Sitting) -> Vec<String> {
    let height = usize::from(sitting.app.size().height);
    shown(&drawn(sitting, &Theme::terminal())).lines().take(height).map(str::to_owned).collect()
}

fn screen(sitting: &Sitting) -> String {
    rows(sitting).join("\n")
}

#[test]
fn cards_leave_the_quotation_in_sight() {
    for (width, height) in [(120, 36), (80, 24), (60, 20)] {
        for number in 1..=12 {
            for keys in ["c", "C", "i"] {
                let mut sitting = twelve(width, height);
                sitting.press(&format!("<enter>{number}n"));
                let words = format!("This is number {number} of");
                sitting.press(keys);
                // In the card it begins right behind the side of the frame.
                let in_card = format!("│ “{words}");
                let is_text = |row: &&String| row.contains(&words) && !row.contains(&in_card);
                let text = rows(&sitting).iter().filter(is_text).count();
                assert!(text > 0, "{width}x{height} {number}{keys}:\n{}", screen(&sitting));
            }
        }
    }
}

#[test]
fn sign_that_highlights_are_off_is_never_cut() {
    for (width, height) in [(120, 36), (80, 24), (60, 20)] {
        let mut sitting = twelve(width, height);
        sitting.press("<enter>3nvvv");
        let notice = sitting.notice();
        sitting.press("n");
        assert!(sitting.notice().is_none(), "{notice:?}");
        let foot = rows(&sitting).pop().unwrap();
        assert!(foot.contains("highlights off"), "{width}: {foot}");
    }
}

#[test]
fn empty_list_has_no_article_beside_it() {
    let mut sitting = Sitting::new(120, 36, three());
    assert!(screen(&sitting).contains("The harbour bridge will close"));
    sitting.press("/zeppelin<enter>");
    assert!(!screen(&sitting).contains("The harbour bridge will close"), "{}", screen(&sitting));
    sitting.press("<esc>");
    assert!(screen(&sitting).contains("The harbour bridge will close"), "{}", screen(&sitting));
}

#[test]
fn removed_articles_are_none_of_all() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("D");
    let head = |sitting: &Sitting| rows(sitting).remove(0);
    assert!(head(&sitting).contains("2 articles"), "{}", head(&sitting));
    sitting.press("/is:removed<enter>");
    let shown = head(&sitting);
    assert!(shown.contains("2 articles") && !shown.contains(" of "), "{shown}");
    sitting.press("D");
    assert!(head(&sitting).contains("3 articles"), "{}", head(&sitting));
}

#[test]
fn keys_that_do_nothing_say_why() {
    let mut sitting = Sitting::new(120, 36, three());
    let said = |sitting: &mut Sitting, keys: &str| {
        sitting.press(keys);
        sitting.notice().unwrap_or_default()
    };
    assert_eq!(said(&mut sitting, "/trams<enter>n"), "No other hit");
    assert_eq!(said(&mut sitting, "<esc>Bn"), "No clippings here");
    let mut sitting = Sitting::new(80, 24, three());
    assert!(said(&mut sitting, "hn").starts_with("No article is on the screen"));
}

#[test]
fn address_is_opened_and_copied_from_a_timeline() {
    let mut one =
        article(14, "Harbour Bridge to Close", &["{Ines Okafor: “The steel is telling us something,”} she said."]);
    one.0.url = Some("https://coast.example/bridge".to_owned());
    let mut sitting = Sitting::new(80, 24, vec![one]);
    sitting.press("<enter>nTo");
    assert_eq!(sitting.opened, ["https://coast.example/bridge"]);
    sitting.press("y");
    assert_eq!(sitting.copied, ["https://coast.example/bridge"]);
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("<enter>nTo");
    assert!(sitting.notice().unwrap().starts_with("This article has no web address"), "{:?}", sitting.notice());
}

#[test]
fn spark_lines_keep_one_scale_whatever_is_typed() {
    let mut sitting = Sitting::new(120, 36, three());
    let loudest = |sitting: &Sitting| match sitting.app.views().pane() {
        Pane::People(people) => people.loudest().iter().map(|person| person.name.to_string()).collect::<BTreeSet<_>>(),
        other => panic!("{other:?}"),
    };
    sitting.press("\"");
    let all = loudest(&sitting);
    assert!(all.len() > 1, "{all:?}");
    sitting.press("meer");
    assert_eq!(loudest(&sitting), all);
}

#[test]
fn count_that_may_grow_says_so() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.slow = true;
    sitting.press("/bridge");
    let Some(Effect::Search(SearchJob::Find { request, query })) = sitting.waiting.pop() else { panic!("no search") };
    let hits = sitting.library.search(&query, &|| true).unwrap();
    let number = hits.len();
    sitting.event(Event::FoundSome { request, hits });
    let head = |sitting: &Sitting| rows(sitting).remove(0);
    assert!(head(&sitting).contains(&format!("{number}+ of 3")), "{}", head(&sitting));
    sitting.event(Event::Found { request, hits: Vec::new() });
    assert!(head(&sitting).contains(&format!("{number} of 3")), "{}", head(&sitting));
}

/// Whose words were confirmed, as they are quoted.
fn confirmed(sitting: &Sitting) -> Vec<String> {
    let text = |id, start: usize| sitting.library.get(id).unwrap().unwrap().article.body.text()[start..].to_owned();
    let words = |action| match action {
        UserAction::Corrected { article, start, after: Some(_), .. } => {
            Some(text(article, start).split('”').next().unwrap().to_owned())
        }
        _ => None,
    };
    sitting.written().into_iter().filter_map(words).collect()
}

#[test]
fn first_key_selects_where_nothing_is_selected() {
    // At the start of an article, and beside the list.
    for keys in ["<enter>", ""] {
        for key in ["+", "w"] {
            let mut sitting = Sitting::new(120, 36, three());
            sitting.press(keys).press(key);
            assert_eq!(
                sitting.notice().as_deref(),
                Some("Selected: Ines Okafor “The steel is telling us something,” · + confirms"),
                "{keys}{key}"
            );
            assert!(confirmed(&sitting).is_empty() && sitting.app.user().state().clippings.is_empty());
            assert!(sitting.app.prompt().is_none());
            sitting.press("+");
            assert_eq!(confirmed(&sitting), ["The steel is telling us something,"], "{keys}{key}");
        }
    }
}

/// What follows it are no keys: it asks at once, about what is selected then.
#[test]
fn note_is_asked_for_where_nothing_is_selected() {
    for keys in ["<enter>", ""] {
        let mut sitting = Sitting::new(120, 36, three());
        sitting.press(keys).press("Wquite so");
        assert_eq!(sitting.app.prompt().unwrap().label(), "note: ");
        assert!(sitting.app.reader().unwrap().current_quotation().is_some());
        sitting.press("<esc>");
        assert!(sitting.app.user().state().clippings.is_empty());
        sitting.press("Wquite so<enter>");
        let clippings = &sitting.app.user().state().clippings;
        let kept: Vec<_> = clippings.values().map(|clipping| (&*clipping.quoted, &*clipping.note)).collect();
        assert_eq!(kept.len(), 1);
        assert!(kept[0].0.starts_with("“The steel is telling us something") && kept[0].1 == "quite so", "{kept:?}");
    }
}

#[test]
fn keys_are_about_what_the_foot_line_names() {
    let scrolled = || {
        let mut sitting = twelve(80, 24);
        sitting.press("<enter>n");
        assert!(screen(&sitting).lines().last().unwrap().contains("1 of"));
        sitting.press("<space>");
        assert!(!screen(&sitting).lines().last().unwrap().contains("1 of"), "it is out of sight");
        sitting
    };
    for key in ["i", "+", "w"] {
        let mut sitting = scrolled();
        sitting.press(key);
        assert!(confirmed(&sitting).is_empty() && sitting.app.views().card().is_none(), "{key}");
        assert!(sitting.app.user().state().clippings.is_empty());
    }
    let mut sitting = scrolled();
    sitting.press("<enter>");
    assert!(sitting.app.reader().unwrap().only.is_none(), "none is selected whose speaker could be the only one");
}

#[test]
fn hit_of_a_search_is_what_keys_are_about() {
    for (width, height) in [(120, 36), (80, 24)] {
        for key in ["+", "w"] {
            let mut sitting = Sitting::new(width, height, three());
            sitting.press("/said:slept<enter>").press(key);
            let kept = sitting.app.user().state().clippings.values().map(|clipping| clipping.words.clone());
            let words: Vec<_> = confirmed(&sitting).into_iter().chain(kept).collect();
            assert_eq!(words, ["I have not slept."], "{width} {key}: {:?}", sitting.notice());
        }
    }
}
