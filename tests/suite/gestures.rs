//! Keys of vim and less: counts, paragraphs, repeating, keys that mean nothing here.

use pullquote::app::Layer;
use pullquote::article::Article;
use pullquote::quotes::Findings;

use crate::sitting::{Sitting, article, three};

/// Sixty articles, the newest first.
fn sixty() -> Vec<(Article, Findings)> {
    let one = |number: u32| article(28 - number % 28, &format!("Headline {number}"), &["{Ann Lee: “Well,”} she said."]);
    (0..60).map(one).collect()
}

/// An article of forty short paragraphs.
fn long() -> Vec<(Article, Findings)> {
    let paragraphs: Vec<_> = (1..=40).map(|number| format!("Paragraph {number} of them.")).collect();
    let paragraphs: Vec<_> = paragraphs.iter().map(String::as_str).collect();
    vec![article(14, "Long Story", &paragraphs), article(13, "Short Story", &["{Ann Lee: “Well,”} she said."])]
}

/// The number of the selected headline, from 1.
fn row(sitting: &Sitting) -> usize {
    let list = sitting.app.list();
    list.selected().and_then(|id| list.position(sitting.app.catalog(), id)).unwrap() + 1
}

fn notice_after(sitting: &mut Sitting, keys: &str) -> String {
    sitting.press(keys);
    sitting.notice().unwrap_or_default()
}

#[test]
fn counts_go_to_rows_and_hundredths() {
    let mut sitting = Sitting::new(80, 24, sixty());
    for (keys, at) in [
        ("50G", 50),
        ("7g", 7),
        ("50%", 30),
        ("100%", 60),
        ("1%", 1),
        ("999%", 60),
        (":12<enter>", 12),
        (":25%<enter>", 15),
        ("G", 60),
        ("g", 1),
    ] {
        sitting.press(keys);
        assert_eq!(row(&sitting), at, "{keys}");
    }
    assert_eq!(notice_after(&mut sitting, "%"), "A number goes before it: 50 leads half-way");
}

#[test]
fn counts_work_in_an_article() {
    let mut sitting = Sitting::new(80, 24, long());
    sitting.press("<enter>20G");
    let there = sitting.first_row().to_owned();
    sitting.press("g19j");
    assert_eq!(sitting.first_row(), there);
    let rows = sitting.app.reader().unwrap().page.rows().len();
    sitting.press("g50%");
    let half_way = sitting.first_row().to_owned();
    sitting.press(&format!("g:{}<enter>", rows.div_ceil(2)));
    assert_eq!(sitting.first_row(), half_way);
    assert!(half_way != there && half_way != "Long Story");
}

#[test]
fn count_that_no_key_takes_vanishes() {
    let mut sitting = Sitting::new(80, 24, sixty());
    sitting.press("50");
    assert_eq!(sitting.app.count(), Some(50));
    sitting.press("~");
    assert_eq!(sitting.app.count(), None);
    sitting.press("5}");
    assert_eq!(sitting.app.count(), None);
    sitting.press("j");
    assert_eq!(row(&sitting), 2);
}

#[test]
fn counted_steps_go_as_far_as_there_is() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("<enter>4n");
    assert_eq!(sitting.place(), "Harbour Bridge to Close: Ines Okafor: Somebody will be,");
    sitting.press("5#");
    assert_eq!(sitting.place(), "Harbour Bridge to Close: Ines Okafor: The steel is telling us something,");
    sitting.press("9*");
    assert_eq!(sitting.place(), "Harbour Bridge to Close: Ines Okafor: Somebody will be,");
    sitting.press("9n");
    assert_eq!(sitting.place(), "Minister Keeps His Job: : Resign!", "on past the end");
    sitting.press("q9J");
    assert_eq!(sitting.place(), "list: Minister Keeps His Job");
}

#[test]
fn paragraphs_are_stepped_through() {
    let mut sitting = Sitting::new(80, 24, long());
    sitting.press("<enter>}");
    assert_eq!(sitting.first_row(), "Paragraph 1 of them.");
    sitting.press("4}");
    assert_eq!(sitting.first_row(), "Paragraph 5 of them.");
    sitting.press("{");
    assert_eq!(sitting.first_row(), "Paragraph 4 of them.");
    sitting.press("9{");
    assert_eq!(sitting.first_row(), "Long Story");
    assert_eq!(notice_after(&mut sitting, "{"), "Start of the article");
    assert_eq!(notice_after(&mut sitting, "G}"), "End of the article");
}

#[test]
fn last_deed_is_repeated_and_named() {
    let mut sitting = Sitting::new(80, 24, three());
    assert_eq!(notice_after(&mut sitting, "."), "Nothing was done yet that can be repeated");
    sitting.press("sj");
    assert_eq!(notice_after(&mut sitting, "."), "Repeated: starred “Council Votes Down Night Trams” · U undo");
    assert_eq!(
        notice_after(&mut sitting, "."),
        "Nothing to repeat: “Council Votes Down Night Trams” is starred already"
    );
    sitting.press("tlater<enter>j");
    assert_eq!(notice_after(&mut sitting, "."), "Repeated: tagged “Minister Keeps His Job” with later · U undo");
    assert_eq!(notice_after(&mut sitting, "U"), "Undone: tagged “Minister Keeps His Job” with later");
    sitting.press("ukk");
    assert_eq!(notice_after(&mut sitting, "."), "Repeated: marked read “Harbour Bridge to Close” · U undo");
    sitting.press("D");
    assert_eq!(notice_after(&mut sitting, "."), "Repeated: removed “Council Votes Down Night Trams” · U undo");
    assert_eq!(sitting.listed(), ["Minister Keeps His Job"]);
}

#[test]
fn correction_is_repeated_on_the_quotation_here() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("<enter>nc<c-u>Mara Deniz<enter>n");
    assert_eq!(
        notice_after(&mut sitting, "."),
        "Repeated: corrected to Mara Deniz in “Harbour Bridge to Close” · U undo"
    );
    let reader = sitting.app.reader().unwrap();
    assert_eq!(reader.current().and_then(|at| reader.speaker_name(at)), Some("Mara Deniz"));
}

#[test]
fn confirmation_is_repeated_for_whoever_speaks_here() {
    let mut sitting = Sitting::new(80, 24, three());
    assert_eq!(notice_after(&mut sitting, "<enter>n+"), "Confirmed: Ines Okafor · U undo");
    assert_eq!(notice_after(&mut sitting, "]."), "Confirmed: Tomas Lindqvist · U undo");
}

#[test]
fn keys_that_mean_nothing_here_say_where_they_do() {
    let mut sitting = Sitting::new(80, 24, three());
    assert_eq!(notice_after(&mut sitting, "}"), "next-paragraph works only in an article");
    assert_eq!(notice_after(&mut sitting, "hs"), "toggle-star works only in the list, an article and a timeline");
    assert_eq!(
        notice_after(&mut sitting, "<esc>\"<esc>u"),
        "toggle-read works only in the list, an article and a timeline"
    );
    assert_eq!(notice_after(&mut sitting, "~"), "This key has no command · ? all keys");
}

#[test]
fn keys_about_an_article_act_on_the_selected_one() {
    let mut articles = three();
    articles[1].0.url = Some("https://coast.example/trams".to_owned());
    // Too narrow for an article beside the list.
    let mut sitting = Sitting::new(80, 24, articles);
    sitting.press("joy");
    assert_eq!(sitting.opened, ["https://coast.example/trams"]);
    assert_eq!(sitting.copied, ["https://coast.example/trams"]);
    assert_eq!(sitting.app.layer(), Layer::List);
    for key in ["f", "i", "c", "C", "+", "T", "*", "#", "]", "[", "Y"] {
        assert_eq!(sitting.refused(key).unwrap(), "The article is not on the screen · Enter opens it", "{key}");
    }
}

#[test]
fn keys_about_a_quotation_act_on_the_article_beside_the_list() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("Y");
    assert!(sitting.copied[0].starts_with("“The steel is telling us something,”"), "{:?}", sitting.copied);
    sitting.press("i");
    assert_eq!(sitting.app.layer(), Layer::Why);
    sitting.press("<esc>]");
    assert_eq!(sitting.place(), "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,");
    sitting.press("qj");
    assert_eq!(notice_after(&mut sitting, "i"), "No quotation is selected · ] goes to one");
    assert_eq!(notice_after(&mut sitting, "T"), "No speaker here · ] goes to a quotation");
}

#[test]
fn article_that_a_jump_led_to_is_read_once_one_moves_in_it() {
    let mut sitting = Sitting::new(80, 24, three());
    let is_read = |sitting: &Sitting, title: &str| {
        let headline = sitting.app.catalog().iter().find(|headline| &*headline.title == title).unwrap();
        sitting.app.user().is_read(headline.id)
    };
    sitting.press("<enter>3n*");
    assert_eq!(sitting.place(), "Minister Keeps His Job: Tomas Lindqvist: I have already lost a bridge,");
    assert!(is_read(&sitting, "Harbour Bridge to Close") && !is_read(&sitting, "Minister Keeps His Job"));
    sitting.press("<c-o>");
    assert!(!is_read(&sitting, "Minister Keeps His Job"), "it was a glance");
    sitting.press("*n");
    assert!(is_read(&sitting, "Minister Keeps His Job"));
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("<enter>3n*<enter>");
    assert!(is_read(&sitting, "Minister Keeps His Job"), "Enter counts too");
}

#[test]
fn restored_article_leaves_what_was_removed() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("DD/is:removed<enter>");
    assert_eq!(sitting.listed(), ["Harbour Bridge to Close", "Council Votes Down Night Trams"]);
    assert_eq!(notice_after(&mut sitting, "D"), "Restored “Harbour Bridge to Close” · U undo");
    assert_eq!(sitting.listed(), ["Council Votes Down Night Trams"]);
    assert_eq!(notice_after(&mut sitting, "U"), "Undone: restored “Harbour Bridge to Close”");
    assert_eq!(sitting.listed(), ["Harbour Bridge to Close", "Council Votes Down Night Trams"]);
    sitting.press("gD<esc>");
    assert_eq!(sitting.listed(), ["Harbour Bridge to Close", "Minister Keeps His Job"]);
}

#[test]
fn two_files_of_one_article_are_named() {
    let mut sitting = Sitting::new(80, 24, three());
    assert_eq!(notice_after(&mut sitting, "!"), "No errors");
    let id = sitting.app.list().selected().unwrap();
    sitting.held_twice = vec![(id, vec!["a.txt".to_owned(), "b.txt".to_owned()])];
    assert_eq!(notice_after(&mut sitting, "!"), "");
    let shown = sitting.app.shown_errors();
    assert_eq!((shown.len(), shown[0].place.as_str()), (1, "a.txt"));
    assert_eq!(shown[0].reason, "holds the same article as b.txt: “Harbour Bridge to Close”");
}
