//! Collections, tags, saved searches, completion, removed articles: keys in, lists out.

use pullquote::app::{Event, SidebarRow};

use crate::sitting::{Sitting, three};
use crate::user_actions::saved_search;

const BRIDGE: &str = "Harbour Bridge to Close";
const TRAMS: &str = "Council Votes Down Night Trams";
const MINISTER: &str = "Minister Keeps His Job";

/// A sitting at three articles, two of them from named sources.
fn sitting(width: u16, height: u16) -> Sitting {
    let mut sitting = Sitting::empty(width, height);
    let mut articles = three();
    articles[2].0.publisher = None;
    articles[1].0.publisher = Some("The Echo".to_owned());
    articles[1].0.tags = vec!["Transport".to_owned()];
    sitting.arrive(articles);
    sitting.event(Event::Finished);
    sitting
}

/// Presses keys and expects these headlines to be listed.
#[track_caller]
fn check(keys: &str, listed: &[&str]) {
    for (width, height) in [(200, 50), (120, 36), (80, 24), (60, 20)] {
        let mut sitting = sitting(width, height);
        sitting.press(keys);
        assert_eq!(sitting.listed(), listed, "after {keys} at {width}x{height}");
    }
}

/// The rows of the pane of collections.
fn collections(sitting: &Sitting) -> String {
    let row = |row| match row {
        SidebarRow::Blank => String::new(),
        SidebarRow::Heading(words) => format!("{words}:"),
        SidebarRow::Collection(collection, counts) => {
            let counts = counts.map(|counts| format!("{}/{}", counts.unread, counts.articles));
            format!("{} {}", collection.name(), counts.unwrap_or_else(|| "?".to_owned()))
        }
        SidebarRow::More(more) => format!("+{more}"),
    };
    sitting.app.sidebar_rows().into_iter().map(row).filter(|row| !row.is_empty()).collect::<Vec<_>>().join(", ")
}

#[test]
fn collections_list_their_articles() {
    check("h<enter>", &[BRIDGE, TRAMS, MINISTER]);
    check("juhj<enter>", &[BRIDGE, MINISTER]);
    check("jshjj<enter>", &[TRAMS]);
    check("hG<enter>", &[TRAMS]);
    check("hGk<enter>", &[BRIDGE]);
    check("hGk<enter><esc>", &[BRIDGE, TRAMS, MINISTER]);
    check("hG<esc>", &[TRAMS]);
}

#[test]
fn read_article_stays_in_unread_until_it_is_opened_again() {
    check("hj<enter>u", &[BRIDGE, TRAMS, MINISTER]);
    check("hj<enter>uhkj<enter>", &[TRAMS, MINISTER]);
}

#[test]
fn unread_articles_are_counted() {
    let mut sitting = sitting(120, 36);
    assert_eq!(
        collections(&sitting),
        "LIBRARY:, All articles 3/3, Unread 3/3, Starred 0/0, PUBLISHERS:, Coast Wire 1/1, The Echo 1/1"
    );
    sitting.press("s<enter>qtcity<enter>");
    assert_eq!(
        collections(&sitting),
        "LIBRARY:, All articles 2/3, Unread 2/2, Starred 0/1, TAGS:, city 0/1, PUBLISHERS:, Coast Wire 0/1, The Echo 1/1"
    );
    sitting.press("uA");
    assert!(collections(&sitting).ends_with("city 0/1, PUBLISHERS:, Coast Wire 0/1, The Echo 0/1"));
    sitting.press("U");
    assert!(collections(&sitting).starts_with("LIBRARY:, All articles 3/3, Unread 3/3, Starred 1/1, TAGS:, city 1/1"));
    sitting.press("UUU");
    assert!(!collections(&sitting).contains("TAGS"), "{}", collections(&sitting));
}

#[test]
fn tags_are_set_found_and_removed() {
    check("t#To call<enter>/tag:call<enter>", &[BRIDGE]);
    check("jtbudget<enter>jtbud<tab><enter>/tag:budget<enter>", &[TRAMS, MINISTER]);
    check("tbudget-2026<enter>tbudget<enter>/tag:budget-2026<enter>", &[BRIDGE]);
    check("tbudget<enter>tbudget<enter>/tag:budget<enter>", &[]);
    check("tbudget<enter>U/tag:budget<enter>", &[]);
    check("/tag:transport<enter>", &[TRAMS]);
    check("tcity<enter>jtcity<enter>hjjj<enter>", &[BRIDGE, TRAMS]);
}

#[test]
fn search_is_saved_under_a_name() {
    check("/speaker:lindqvist<enter>S<c-u>The minister<enter><esc>", &[BRIDGE, TRAMS, MINISTER]);
    check("/speaker:lindqvist<enter>S<c-u>The minister<enter><esc>hjjj<enter>", &[BRIDGE, MINISTER]);
    let mut sitting = sitting(120, 36);
    sitting.press("/speaker:lindqvist<enter>S<c-u>The minister<enter>h");
    assert!(collections(&sitting).contains("SEARCHES:, The minister 2/2,"), "{}", collections(&sitting));
    assert!(sitting.written().contains(&saved_search("The minister", Some("speaker:lindqvist"))));
    sitting.press("<enter>uh");
    assert!(collections(&sitting).contains("The minister 1/2"), "{}", collections(&sitting));
    sitting.press("D");
    assert!(!collections(&sitting).contains("The minister"));
    assert_eq!((sitting.written().last(), sitting.listed().len()), (Some(&saved_search("The minister", None)), 3));
    sitting.press("U");
    assert!(collections(&sitting).contains("The minister 1/2"), "{}", collections(&sitting));
    assert_eq!(sitting.notice().as_deref(), Some("Undone: removed search “The minister”"));
}

#[test]
fn article_is_removed_and_restored() {
    check("jD", &[BRIDGE, MINISTER]);
    check("jDDUU", &[BRIDGE, TRAMS, MINISTER]);
    check("<enter>D", &[TRAMS, MINISTER]);
    check("jD/council<enter>", &[]);
    check("jD/is:removed<enter>", &[TRAMS]);
    check("jD/is:removed<enter><esc>", &[BRIDGE, MINISTER]);
    check("jD/is:removed<enter>D<esc>", &[BRIDGE, TRAMS, MINISTER]);
    check("/bridge<enter>D", &[MINISTER]);
    let mut sitting = sitting(80, 24);
    sitting.press("jD");
    assert_eq!(sitting.place(), format!("list: {MINISTER}"));
    let mut next = Sitting::empty(80, 24);
    next.event(Event::UserActions(sitting.written()));
    next.arrive(three());
    assert_eq!(next.listed(), [BRIDGE, MINISTER]);
}

#[test]
fn search_is_completed() {
    let typed = |keys: &str| {
        let mut sitting = sitting(120, 36);
        sitting.press(keys);
        sitting.app.prompt().map(|prompt| prompt.typed().to_owned()).unwrap_or_default()
    };
    assert_eq!(typed("/spe<tab>"), "speaker:");
    assert_eq!(typed("/war s<tab>"), "war speaker:");
    assert_eq!(typed("/war s<tab><tab>"), "war said:");
    assert_eq!(typed("/war s<s-tab>"), "war sort:");
    assert_eq!(typed("/speaker:o<tab>"), "speaker:\"Ines Okafor\"");
    assert_eq!(typed("/-speaker:\"rosa<tab>"), "-speaker:\"Rosalind Meer\"");
    assert_eq!(typed("/is:<tab>"), "is:unread");
    assert_eq!(typed("/source:wi<tab>"), "source:\"Coast Wire\"");
    assert_eq!(typed("/publisher:wi<tab>"), "publisher:\"Coast Wire\"");
    assert_eq!(typed("/has:v<tab>"), "has:video");
    assert_eq!(typed("tcity<enter>/tag:<tab>"), "tag:city");
    assert_eq!(typed("/sort:r<tab>"), "sort:relevance");
    assert_eq!(typed("/xyz<tab>"), "xyz");
    check("/speaker:o<tab><enter>", &[BRIDGE]);
}

#[test]
fn what_is_typed_in_full_is_counted_not_completed() {
    let hint = |keys: &str| {
        let mut sitting = sitting(120, 36);
        sitting.press(keys);
        let hints = sitting.app.prompt().unwrap().hints(&sitting.app);
        (hints[0].text.clone(), hints[0].hints.len())
    };
    assert_eq!(hint("/is:unread"), ("3 articles".to_owned(), 0));
    assert_eq!(hint("/is:unrea").1, 1);
}

#[test]
fn earlier_searches_come_back() {
    check("/trams<enter><esc>/bridge<enter><esc>/<c-p><enter>", &[BRIDGE, MINISTER]);
    check("/trams<enter><esc>/bridge<enter><esc>/<c-p><c-p><enter>", &[TRAMS]);
    check("/trams<enter><esc>/bridge<enter><esc>/<c-p><c-p><c-n><enter>", &[BRIDGE, MINISTER]);
    check("/<c-p><c-n><enter>", &[BRIDGE, TRAMS, MINISTER]);
}

#[test]
fn hit_opens_at_the_quotation() {
    for (query, place) in [
        ("said:slept", "Harbour Bridge to Close: Ines Okafor: I have not slept."),
        ("said:be speaker:okafor", "Harbour Bridge to Close: Ines Okafor: Somebody will be,"),
        ("said:be", "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,"),
    ] {
        let mut sitting = sitting(120, 36);
        sitting.press(&format!("/{query}<enter><enter>"));
        assert_eq!(sitting.place(), place, "for {query}");
    }
    let mut sitting = sitting(120, 36);
    sitting.press("/said:be<enter>");
    let id = sitting.app.list().selected().expect("a hit is selected");
    let snippet = sitting.app.list().snippet(id).expect("it shows what was said");
    assert_eq!(snippet.marked(), "Tomas Lindqvist: “Nobody will [be] stranded,” (and 1 more)");
}

#[test]
fn best_hits_come_first_on_request() {
    check("/the<enter>", &[BRIDGE, TRAMS, MINISTER]);
    check("/bridge minister<enter>", &[BRIDGE, MINISTER]);
    check("/minister sort:relevance<enter>", &[MINISTER, BRIDGE]);
    check("/minister sort:relevance<enter>j<esc>", &[BRIDGE, TRAMS, MINISTER]);
    let mut sitting = sitting(120, 36);
    sitting.press("/minister sort:relevance<enter>j");
    assert_eq!(sitting.place(), format!("list: {BRIDGE}"));
}
