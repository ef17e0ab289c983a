//! How list and article share the screen: what fits, the keys that change it, and that it is kept.

use pullquote::app::screen::Size;
use pullquote::app::{App, Event};
use pullquote::catalog::FeedId;
use pullquote::ui::Theme;
use pullquote::user::UserState;

use crate::screens::{SIZES, check_sitting, drawn, shown};
use crate::sitting::{Sitting, article, three};

fn many(width: u16, height: u16) -> Sitting {
    let headline = |n: u32| format!("News number {n} of a long spring in which the harbour bridge stays closed");
    let said = "{Ines Okafor: “The steel is telling us something,”} said Ines Okafor.";
    let articles = (1..=60).map(|n| article(28 - (n / 3) % 28, &headline(n), &[said])).collect();
    Sitting::new(width, height, articles)
}

/// How many headlines can be read whole.
fn headlines(sitting: &Sitting) -> usize {
    let (list, area) = (sitting.app.list(), sitting.app.panes().list.unwrap());
    let placed = list.layout(sitting.app.catalog(), area);
    placed.iter().filter(|p| usize::from(p.row) + list.height(p.id, area.width) <= area.height.into()).count()
}

#[test]
fn list_shows_many_headlines() {
    for (width, height, keys, least) in
        [(120, 36, "", 16), (120, 36, "zq", 30), (80, 24, "", 18), (60, 20, "", 12), (200, 50, "", 40)]
    {
        let mut sitting = many(width, height);
        sitting.press(keys);
        let seen = headlines(&sitting);
        assert!(seen >= least, "{seen} at {width}x{height} after {keys:?}");
        sitting.press("20j5kG<c-u>");
        let seen = headlines(&sitting);
        assert!(seen >= least, "{seen} at {width}x{height} after moving");
    }
}

/// Which panes are on the screen.
fn panes(sitting: &Sitting) -> String {
    let panes = sitting.app.panes();
    let all = [("list", panes.list), ("article", panes.article), ("speakers", panes.speakers)];
    all.iter().filter(|(_, area)| area.is_some()).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

#[test]
fn one_key_leads_through_the_arrangements() {
    let mut sitting = Sitting::new(120, 36, three());
    for (keys, expected) in [
        ("", "list article"),
        ("z", "article"),
        ("z", "list"),
        ("<enter>", "article"),
        ("q", "list"),
        ("z", "list article"),
        ("<enter>", "list article speakers"),
        ("z", "article"),
        ("zz", "list article"),
        ("/bridge", "list article"),
        ("<enter>", "list article"),
    ] {
        sitting.press(keys);
        assert_eq!(panes(&sitting), expected, "after {keys}");
    }
    // Without room for both there are two.
    let mut sitting = Sitting::new(80, 24, three());
    for expected in ["article", "list", "article"] {
        sitting.press("z");
        assert_eq!(panes(&sitting), expected);
    }
    assert!(sitting.written().iter().all(|action| !format!("{action:?}").contains("arrangement")));
}

/// What a program shows that starts with what this one has kept.
fn after_restart(sitting: &Sitting) -> Sitting {
    let size = sitting.app.size();
    let mut state = UserState::default();
    sitting.written().iter().for_each(|action| state.apply(action));
    let mut next = Sitting::empty(size.width, size.height);
    next.event(Event::UserState(Box::new(state)));
    next.arrive(three());
    next.event(Event::Finished);
    next
}

#[test]
fn arrangement_and_widths_are_kept() {
    let widths = |sitting: &Sitting| {
        let panes = sitting.app.panes();
        (panes.list.map(|list| list.width), panes.column().map(|column| column.width))
    };
    let mut sitting = Sitting::new(160, 36, three());
    assert_eq!(widths(&sitting), (Some(72), Some(72)));
    sitting.press("5<lt>>");
    assert_eq!(sitting.notice().as_deref(), Some("List: 56 columns"));
    sitting.press("2-");
    assert_eq!(sitting.notice().as_deref(), Some("Text: 64 columns"));
    assert_eq!(widths(&sitting), (Some(56), Some(64)));
    assert_eq!(widths(&after_restart(&sitting)), (Some(56), Some(64)));
    sitting.press("7=");
    assert_eq!(sitting.notice().as_deref(), Some("Text: 92 columns"));
    sitting.press("4=");
    assert_eq!(sitting.notice().as_deref(), Some("Text: 108 columns, 96 fit here"));
    sitting.press("zz");
    assert_eq!(panes(&after_restart(&sitting)), "list");
    sitting.press("z");
    assert_eq!(panes(&after_restart(&sitting)), "list article");
}

#[test]
fn widths_have_ends() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("99<lt>");
    assert_eq!(sitting.notice().as_deref(), Some("List: 28 columns"));
    sitting.press("<lt>");
    assert_eq!(sitting.notice().as_deref(), Some("The split can go no further"));
    sitting.press("99>>");
    assert_eq!(sitting.notice().as_deref(), Some("The split can go no further"));
    sitting.press("99--");
    assert_eq!(sitting.notice().as_deref(), Some("Text: 40 columns, it gets no narrower"));
    sitting.press("z<lt>");
    assert_eq!(sitting.notice().as_deref(), Some("Only one pane · z puts list and article side by side"));
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press(">");
    assert_eq!(sitting.notice().as_deref(), Some("The screen is too narrow for list and article side by side"));
    sitting.press(":widen-text<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Text: 76 columns"));
}

/// Whatever makes the text narrower, what one reads stays in sight.
#[test]
fn current_quotation_stays_in_sight() {
    let filler = "The harbour office said nothing about the tide, the fog, the boats or the tolls. ".repeat(4);
    let last = format!("{filler}{{Ines Okafor: “The steel is telling us something,”}} said Ines Okafor.");
    let paragraphs: Vec<&str> = std::iter::repeat_n(filler.as_str(), 6).chain([last.as_str()]).collect();
    for (width, height) in [(80, 24), (120, 36), (100, 20)] {
        for keys in ["\"", "\"q", "8-", "8-8=", "z", "zz<enter>", "9>"] {
            let mut sitting = Sitting::new(width, height, vec![article(5, "Long", &paragraphs)]);
            sitting.press("<enter>n").press(keys);
            if let Some(column) = sitting.app.panes().column() {
                let reader = sitting.app.reader().unwrap();
                let quotation = reader.current_quotation().unwrap().outer;
                assert!(reader.shows(quotation, column.height.into()), "after {keys} at {width}x{height}");
            }
        }
    }
}

/// The list is as it was when one comes back to it, however high it was meanwhile.
#[test]
fn list_stands_still_while_an_article_is_read() {
    let mut sitting = many(120, 36);
    sitting.press("15j");
    let before = shown(&drawn(&sitting, &Theme::mono()));
    let rows = |sitting: &Sitting| {
        let area = sitting.app.panes().list.unwrap();
        sitting.app.list().layout(sitting.app.catalog(), area)
    };
    let placed = rows(&sitting);
    sitting.press("<enter>q");
    assert_eq!(rows(&sitting), placed, "{before}");
}

#[test]
fn list_alone_split_and_article_alone() {
    for (width, height) in SIZES {
        let mut sitting = Sitting::new(width, height, three());
        sitting.press("jsttide<enter>ttoll<enter>kuz");
        check_sitting(&format!("article-alone-{width}x{height}"), &sitting);
        check_sitting(&format!("list-alone-{width}x{height}"), sitting.press("z"));
    }
}

/// Found words are seen, wherever they stand in a headline or a text.
#[test]
fn found_words_are_never_cut_off() {
    let headline = "Harbour office of the northern coast reports on what everybody always knew about zeppelins";
    let said =
        "There was once, long before any of this, when the boats still went by night and nobody asked, a dirigible";
    let text = format!("{{Tomas Lindqvist: “{said},”}} said Tomas Lindqvist.");
    for (keys, words) in [("/zeppelin", "zeppelin"), ("/dirigible", "dirigible"), ("/said:dirigible", "dirigible")] {
        for (width, height) in SIZES {
            let mut sitting = Sitting::new(width, height, vec![article(5, headline, &[&text])]);
            sitting.press(keys).press("<enter>");
            let panes = sitting.app.panes();
            let list = panes.list.unwrap();
            let buffer = drawn(&sitting, &Theme::terminal());
            let rows =
                (list.y..list.bottom()).map(|y| (list.x..list.right()).map(|x| buffer[(x, y)].symbol()).collect());
            let rows: Vec<String> = rows.collect();
            assert!(rows.iter().any(|row| row.contains(words)), "{keys} at {width}x{height}: {rows:#?}");
        }
    }
}

#[test]
fn more_speakers_and_collections_are_counted() {
    let mut sitting = crate::correcting::twelve(120, 24);
    sitting.press("<enter>");
    check_sitting("more-speakers", &sitting);
    let publisher = |n: u32| {
        let (mut article, findings) = article(5, &format!("News number {n}"), &["Nothing."]);
        article.publisher = Some(format!("Paper {n:02}"));
        (article, findings)
    };
    let mut sitting = Sitting::new(80, 24, (1..=30).map(publisher).collect());
    check_sitting("more-collections-below", sitting.press("h"));
    check_sitting("more-collections-around", sitting.press("20j"));
}

#[test]
fn place_is_shown_with_a_quotation_and_without_highlights() {
    let mut sitting = Sitting::new(90, 24, three());
    let foot = |sitting: &Sitting| {
        let buffer = drawn(sitting, &Theme::terminal());
        (0..90).map(|x| buffer[(x, 23)].symbol()).collect::<String>()
    };
    sitting.press("<enter>n");
    assert!(foot(&sitting).contains(" 1 of 3 · 100 % read"), "{}", foot(&sitting));
    sitting.press("vvvj");
    assert!(foot(&sitting).contains("100 % read · highlights off"), "{}", foot(&sitting));
}

/// The view, what it is narrowed to, and how many of how many.
#[test]
fn head_line_says_where_one_is() {
    for (keys, expected) in [
        ("", "news  "),
        ("/bridge", "news › “bridge”  2 of 3"),
        ("hj<enter>", "news › Unread  3 of 3"),
        ("hj", "news › Sidebar › Unread  3 of 3"),
        ("<enter>", "news › Harbour Bridge to Close  1 of 3"),
        ("<enter>\"", "news › Harbour Bridge to Close › Speakers  1 of 3"),
        ("\"<esc>", "news › People  "),
        ("\"inok", "news › People › “inok”  1 speaker"),
        ("\"<down><enter>", "news › Timeline of "),
        ("?", "Help  "),
        ("?/merge", "Help › “merge”"),
        ("!", "news › Errors  1"),
    ] {
        let mut sitting = Sitting::new(120, 36, three());
        sitting.refuse("/news/picture.png", "is no text (a PNG picture)");
        sitting.press(keys);
        let buffer = drawn(&sitting, &Theme::terminal());
        let head: String = (0..120).map(|x| buffer[(x, 0)].symbol()).collect();
        assert!(head.trim_start().starts_with(expected), "{keys}: {head}");
    }
}

/// Beside articles of one's own the samples are called so.
#[test]
fn samples_are_told_apart() {
    let mut sitting = Sitting::empty(80, 24);
    sitting.app = App::new("samples", Vec::new(), Size { width: 80, height: 24 });
    sitting.arrive(three());
    sitting.event(Event::Finished);
    let samples = |sitting: &Sitting| {
        let screen = shown(&drawn(sitting, &Theme::terminal()));
        screen.matches("sample ·").count()
    };
    assert_eq!(samples(&sitting), 0);
    sitting.arrive(vec![article(19, "News of one’s own", &["Nothing."])]);
    sitting.event(Event::Subscribed { id: FeedId(1), name: "Harbour Times".to_owned(), articles: 1 });
    assert_eq!(samples(&sitting), 3);
    let notice = sitting.notice().unwrap();
    assert!(
        notice.starts_with("Subscribed to Harbour Times: 1 article · the samples go at the next start"),
        "{notice}"
    );
}

#[test]
fn why_there_is_no_feed_can_be_read_whole() {
    let mut sitting = Sitting::new(80, 24, three());
    let address = "127.0.0.1:8765/feed.xml".to_owned();
    let why = "cannot be reached (https:// and http:// were tried) · check your connection, and try again";
    sitting.event(Event::SubscribeFailed { address: address.clone(), why: format!("{address} {why}") });
    assert_eq!(sitting.notice().as_deref(), Some("No feed at 127.0.0.1:8765/feed.xml · ! tells why"));
    sitting.press("!");
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    assert!(screen.contains("try again"), "{screen}");
}
