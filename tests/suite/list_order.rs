//! In which order the headlines of a collection are listed.

use pullquote::app::{Collection, Command, Effect, Event, SortJob};
use pullquote::article::{Article, ArticleId, Published};
use pullquote::catalog::{Headline, ListOrder};
use pullquote::quotes::Findings;
use pullquote::ui::Theme;
use pullquote::user::UserState;

use crate::screens::{SIZES, check_sitting, drawn, shown};
use crate::sitting::{Sitting, article};

/// An article of a day in March, by a publisher, with some quotations.
fn by(publisher: Option<&str>, day: u32, headline: &str, quotations: usize) -> (Article, Findings) {
    let said: Vec<_> =
        (0..quotations).map(|n| format!("{{Ines Okafor: “That was number {n},”}} she said. Nothing more.")).collect();
    let (mut article, findings) = article(day, headline, &said.iter().map(String::as_str).collect::<Vec<_>>());
    article.publisher = publisher.map(str::to_owned);
    (article, findings)
}

fn six() -> Vec<(Article, Findings)> {
    vec![
        by(Some("Coast Wire"), 14, "Harbour Bridge to Close", 3),
        by(Some("Zenith Daily"), 13, "“Never Again,” Says Pilot", 1),
        by(None, 12, "A Ferry for the Bay", 0),
        by(Some("coast wire"), 11, "Minister Keeps His Job", 5),
        by(Some("Ébène Post"), 10, "Élodie Roux Resigns", 1),
        by(Some("Coast Wire"), 9, "Bakery Opens at Night", 0),
    ]
}

/// The first word of each headline that is listed.
fn listed(sitting: &Sitting) -> String {
    let first = |title: &&str| title.split(' ').next().unwrap_or_default().trim_start_matches('“').to_owned();
    sitting.listed().iter().map(first).collect::<Vec<_>>().join(" ")
}

/// Sorts as a name after a colon with an order does.
fn sort(sitting: &mut Sitting, order: ListOrder) {
    sitting.app.sort_list(order);
    sitting.command(Command::Redraw);
}

const BY_PUBLISHER: &str = "Harbour Minister Bakery Élodie Never A";
const NEWEST: &str = "Harbour Never A Minister Élodie Bakery";

#[test]
fn one_key_leads_through_the_orders() {
    let mut sitting = Sitting::new(80, 24, six());
    sitting.press("ju");
    for (order, notice) in [
        ("Bakery Élodie Minister A Never Harbour", "Order: oldest first"),
        (BY_PUBLISHER, "Order: by publisher ▲"),
        ("A Bakery Élodie Harbour Minister Never", "Order: by headline ▲"),
        ("Minister Harbour Never Élodie A Bakery", "Order: most quoted first"),
        ("Harbour A Minister Élodie Bakery Never", "Order: unread first"),
        (NEWEST, "Order: by first seen ▼"),
        (NEWEST, "Order: newest first"),
    ] {
        sitting.press("O");
        assert_eq!(listed(&sitting), order);
        assert_eq!(sitting.notice().as_deref(), Some(notice));
        assert_eq!(sitting.place(), "list: “Never Again,” Says Pilot", "it stays selected");
    }
}

#[test]
fn order_is_named_after_a_colon_for_whatever_is_listed() {
    let mut sitting = Sitting::new(80, 24, six());
    sitting.press(":sort old<enter>");
    assert_eq!(sitting.app.list_order(), ListOrder::Oldest);
    sitting.press(":sort-list<enter>");
    assert_eq!(sitting.app.list_order(), ListOrder::Publisher);
    sitting.press("\"<esc>:sort name<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("By name"));
    assert_eq!(sitting.app.list_order(), ListOrder::Publisher);
}

#[test]
fn keys_follow_the_order() {
    let mut sitting = Sitting::new(80, 24, six());
    sitting.press("OOgJ");
    assert_eq!(sitting.place(), "list: Minister Keeps His Job");
    sitting.press("3G");
    assert_eq!(sitting.place(), "list: Bakery Opens at Night");
    sitting.press("k<enter>");
    assert!(sitting.place().starts_with("Minister Keeps His Job"), "{}", sitting.place());
    sitting.press("J");
    assert!(sitting.place().starts_with("Bakery Opens at Night"), "{}", sitting.place());
    sitting.press("qgn");
    assert_eq!(sitting.place(), "list: Élodie Roux Resigns", "the next unread one");
    sitting.press("gD");
    assert_eq!(
        (listed(&sitting).as_str(), sitting.place().as_str()),
        ("Minister Bakery Élodie Never A", "list: Minister Keeps His Job")
    );
    sitting.press("U");
    assert_eq!(listed(&sitting), BY_PUBLISHER);
    assert_eq!(sitting.place(), "list: Minister Keeps His Job");
}

#[test]
fn each_collection_has_its_own_order_which_is_kept() {
    let mut sitting = Sitting::new(120, 36, six());
    sitting.press("OO");
    assert_eq!(listed(&sitting), BY_PUBLISHER);
    sitting.press("hj<enter>");
    assert_eq!(*sitting.app.collections().open(), Collection::Unread);
    assert_eq!((listed(&sitting).as_str(), sitting.app.list_order()), (NEWEST, ListOrder::Newest));
    sitting.press("O");
    assert_eq!(listed(&sitting), "Bakery Élodie Minister A Never Harbour");
    sitting.press("<esc>");
    assert_eq!(listed(&sitting), BY_PUBLISHER);

    let mut state = UserState::default();
    sitting.written().iter().for_each(|action| state.apply(action));
    let mut next = Sitting::empty(120, 36);
    next.event(Event::UserState(Box::new(state.clone())));
    next.arrive(six());
    next.event(Event::Finished);
    assert_eq!((listed(&next).as_str(), next.place().as_str()), (BY_PUBLISHER, "list: Harbour Bridge to Close"));
    next.press("hj<enter>");
    assert_eq!(listed(&next), "Bakery Élodie Minister A Never Harbour");
    assert_eq!(next.place(), "list: Bakery Opens at Night", "the first one");
    // Where the headlines were there before the settings.
    let mut late = Sitting::empty(120, 36);
    late.arrive(six());
    late.event(Event::UserState(Box::new(state)));
    assert_eq!(listed(&late), BY_PUBLISHER);
}

#[test]
fn hits_keep_the_order_of_the_collection_that_they_narrow() {
    let mut sitting = Sitting::new(80, 24, six());
    sitting.press("OO/number<enter>");
    assert_eq!(listed(&sitting), "Harbour Minister Élodie Never");
    sitting.press("O");
    assert_eq!(listed(&sitting), "Élodie Harbour Minister Never");
    sitting.press("<esc>");
    assert_eq!(listed(&sitting), "A Bakery Élodie Harbour Minister Never");
    // A search that asks for another order has that.
    sitting.press("/sort:relevance number<enter>O");
    let notice = sitting.notice().unwrap_or_default();
    assert!(notice.starts_with("This search lists the best first"), "{notice}");
    assert_eq!(sitting.app.list_order(), ListOrder::Headline);
}

#[test]
fn marks_do_not_move_rows_until_the_order_is_asked_for_again() {
    let mut sitting = Sitting::new(120, 36, six());
    sitting.press("OOOOO");
    assert_eq!(sitting.app.list_order(), ListOrder::UnreadFirst);
    sitting.press("gu");
    assert_eq!(listed(&sitting), NEWEST);
    sitting.arrive(vec![by(None, 8, "Old News", 0)]);
    assert_eq!(listed(&sitting), format!("{NEWEST} Old"));
    sitting.press("hjk<enter>");
    assert_eq!(listed(&sitting), "Never A Minister Élodie Bakery Old Harbour");
    sitting.press("gu");
    assert_eq!(listed(&sitting), "Never A Minister Élodie Bakery Old Harbour");
    sort(&mut sitting, ListOrder::UnreadFirst);
    assert_eq!(listed(&sitting), "A Minister Élodie Bakery Old Harbour Never");
}

#[test]
fn what_arrives_changes_and_goes_has_its_place() {
    let mut sitting = Sitting::new(80, 24, six());
    sitting.press("OO");
    sitting.arrive(vec![by(Some("Dawn"), 1, "Dawn Chorus", 0), by(Some("Aster"), 2, "Aster Blooms", 0)]);
    assert_eq!(listed(&sitting), "Aster Harbour Minister Bakery Dawn Élodie Never A");
    let (article, findings) = by(Some("Ännchen"), 1, "Dawn Chorus", 0);
    sitting.event(Event::Relisted(vec![Headline::of(&article, &findings)]));
    assert_eq!(listed(&sitting), "Dawn Aster Harbour Minister Bakery Élodie Never A");
    let aster = by(None, 2, "Aster Blooms", 0).0.id;
    sitting.event(Event::Departed(vec![aster]));
    assert_eq!(listed(&sitting), "Dawn Harbour Minister Bakery Élodie Never A");
    // In hits too, where one moves past others.
    sitting.press("/number<enter>");
    let (mut article, findings) = by(Some("Zoo"), 14, "Harbour Bridge to Close", 3);
    article.id = six()[0].0.id;
    sitting.event(Event::Relisted(vec![Headline::of(&article, &findings)]));
    assert_eq!(listed(&sitting), "Minister Élodie Never Harbour");
    sitting.press("G");
    assert_eq!(sitting.place(), "list: Harbour Bridge to Close");
}

#[test]
fn none_and_one_have_orders_too() {
    for articles in [vec![], vec![by(None, 1, "Alone", 0)]] {
        let count = articles.len();
        let mut sitting = Sitting::new(60, 20, articles);
        for _ in ListOrder::ALL {
            sitting.press("OjkGg");
            assert_eq!(sitting.listed().len(), count);
        }
        sitting.press("O");
        sitting.arrive(six());
        assert_eq!(sitting.listed().len(), count + 6);
    }
}

#[test]
fn first_seen_is_when_it_came_else_its_date() {
    let mut articles = six();
    for (at, seen) in [(5, "2026-03-20T10:00:00Z"), (0, "2026-03-11T23:00:00Z")] {
        articles[at].0.dates.seen = Some(seen.parse().unwrap());
        articles[at].0.dates.published = Some(Published::on(chrono::NaiveDate::from_ymd_opt(2026, 3, 9).unwrap()));
    }
    let mut sitting = Sitting::new(80, 24, articles);
    sort(&mut sitting, ListOrder::FirstSeen);
    assert_eq!(listed(&sitting), "Bakery Never A Harbour Minister Élodie");
}

/// More headlines than are sorted between two frames.
fn long() -> Vec<Headline> {
    let (article, findings) = by(Some("Coast Wire"), 3, "Old", 0);
    let one = Headline::of(&article, &findings);
    let numbered = |n: u64| {
        let title = format!("{} {n:05}", if n.is_multiple_of(2) { "Even" } else { "Odd" }).into();
        Headline { id: ArticleId(n), title, quotations: (n % 7) as u32, ..one.clone() }
    };
    (0..6_000).map(numbered).collect()
}

#[test]
fn long_list_is_sorted_beside_the_keys() {
    let mut sitting = Sitting::empty(80, 24);
    sitting.slow = true;
    sitting.event(Event::Arrived(long()));
    sitting.event(Event::Finished);
    sitting.press("OO");
    assert_eq!(sitting.notice().as_deref(), Some("Order: by publisher ▲"));
    sitting.press("O");
    assert_eq!(sitting.listed()[0], "Odd 05999", "the order before is shown meanwhile");
    check_sitting("sorting-80x24", &sitting);
    sitting.press("gjj");
    let selected = sitting.place();
    // One is read, one goes, and one comes meanwhile.
    sitting.press("u");
    sitting.event(Event::Departed(vec![ArticleId(0)]));
    let late = Headline { id: ArticleId(10_000), title: "A Late One".into(), ..long()[0].clone() };
    sitting.event(Event::Arrived(vec![late]));
    assert_eq!(sitting.listed().len(), 6_000);
    answer_sorts(&mut sitting);
    assert_eq!(sitting.listed()[..3], ["A Late One", "Even 00002", "Even 00004"]);
    assert_eq!((sitting.place(), sitting.listed().len()), (selected, 6_000));
    assert!(!sitting.app.catalog().is_sorting());
    // Many come: they are listed once they have their places.
    let many = long().into_iter().map(|headline| Headline {
        id: ArticleId(headline.id.0 + 20_000),
        title: format!("B {}", headline.title).into(),
        ..headline
    });
    sitting.event(Event::Arrived(many.collect()));
    assert_eq!(sitting.listed().len(), 6_000);
    sitting.press("jk");
    answer_sorts(&mut sitting);
    assert_eq!((sitting.listed().len(), sitting.listed()[1]), (12_000, "B Even 00000"));
    // Newest first needs no sorting, and ends what is being sorted.
    sitting.press("O");
    assert!(sitting.app.catalog().is_sorting());
    sort(&mut sitting, ListOrder::Newest);
    assert!(matches!(sitting.asked.last(), Some(Effect::Sort(SortJob::Cancel))));
    answer_sorts(&mut sitting);
    assert_eq!((sitting.app.catalog().order(), sitting.app.catalog().is_sorting()), (ListOrder::Newest, false));
}

/// The worker answers, in the order asked.
fn answer_sorts(sitting: &mut Sitting) {
    loop {
        let at = sitting.waiting.iter().position(|effect| matches!(effect, Effect::Sort(_)));
        let Some(at) = at else { break };
        let effect = sitting.waiting.remove(at);
        sitting.answer(effect);
    }
}

#[test]
fn screens_by_publisher() {
    for (width, height) in SIZES {
        let mut sitting = Sitting::new(width, height, six());
        sitting.press("OOj");
        // The message goes, the head line stays.
        sitting.command(Command::Redraw);
        check_sitting(&format!("by-publisher-{width}x{height}"), &sitting);
    }
}

#[test]
fn order_of_a_list_is_told_and_taken_back() {
    let mut sitting = Sitting::new(80, 24, six());
    sitting.press(":sort headline<enter>:set order=oldest<enter>");
    let notice = sitting.notice().unwrap();
    assert!(
        notice.starts_with("order = headline (chosen for this list), else oldest (changed in this run)"),
        "{notice}"
    );
    sitting.press(":set order?<enter>");
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    for row in
        ["value       headline (chosen for this list)", "else        oldest (changed in this run)", "newest (default)"]
    {
        assert!(screen.contains(row), "{row}\n{screen}");
    }
    sitting.press("<esc>:sort default<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Order: oldest first, as configured"));
    assert_eq!(sitting.app.list_order(), ListOrder::Oldest);
}
