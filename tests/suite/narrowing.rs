//! `/` in every list narrows it as one types; Esc ends typing, and only then shows all again.

use pullquote::app::{Layer, SidebarRow};

use crate::sitting::{Sitting, article, three};

fn speakers(sitting: &Sitting) -> Vec<String> {
    let area = sitting.app.panes().speakers.unwrap();
    let names = sitting.app.placed_speakers(area).into_iter();
    let reader = sitting.app.reader().unwrap();
    names.map(|placed| reader.findings.speakers[placed.index].name.clone()).collect()
}

fn collections(sitting: &Sitting) -> Vec<String> {
    let named = |row| match row {
        SidebarRow::Collection(part, _) => Some(part.name().to_owned()),
        _ => None,
    };
    sitting.app.sidebar_rows().into_iter().filter_map(named).collect()
}

fn people(sitting: &Sitting) -> Vec<String> {
    sitting.app.views().people().unwrap().all().iter().map(|person| person.name.to_string()).collect()
}

#[test]
fn speakers_of_an_article_are_narrowed() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("<enter>\"/lind");
    assert_eq!(speakers(&sitting), ["Tomas Lindqvist"]);
    sitting.press("<esc>");
    assert_eq!(speakers(&sitting), ["Tomas Lindqvist"], "Esc ends typing");
    sitting.press("<esc>");
    assert_eq!(speakers(&sitting), ["Ines Okafor", "Tomas Lindqvist"], "a second one shows all");
    assert_eq!(sitting.app.layer(), Layer::Speakers);
    sitting.press("/tml<enter><enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Only Tomas Lindqvist · Esc shows all"), "scattered letters will do");
}

#[test]
fn collections_are_narrowed() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("tbudget<enter>jttrams<enter>h/tra");
    assert_eq!(collections(&sitting), ["trams"]);
    sitting.press("<esc>");
    assert_eq!(collections(&sitting), ["trams"]);
    sitting.press("<esc>");
    assert!(collections(&sitting).len() > 4);
    sitting.press("/bud<enter>");
    assert_eq!(sitting.app.collections().open().name(), "budget");
    assert_eq!(sitting.listed(), ["Harbour Bridge to Close"]);
    sitting.press("q");
    assert!(collections(&sitting).len() > 4, "nothing stays narrowed behind one's back");
}

#[test]
fn errors_are_narrowed() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.refuse("a.bin", "is no text");
    sitting.refuse("b.gz", "is empty");
    sitting.press("!/empty");
    assert_eq!(sitting.app.shown_errors().len(), 1);
    sitting.press("<esc><esc>");
    assert_eq!(sitting.app.shown_errors().len(), 2);
    assert_eq!(sitting.app.layer(), Layer::Card);
    sitting.press("<esc>");
    assert_eq!(sitting.app.layer(), Layer::List);
}

#[test]
fn people_stay_narrowed_and_selected() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("\"meer<esc>");
    assert_eq!(people(&sitting), ["Rosalind Meer"]);
    sitting.press("m");
    assert_eq!(
        sitting.notice().as_deref(),
        Some("Rosalind Meer is selected · m on another speaker merges · Esc cancels")
    );
    sitting.press("<esc><esc>");
    assert_eq!(people(&sitting).len(), 3);
    assert_eq!(&*sitting.app.views().people().unwrap().selected().unwrap().name, "Rosalind Meer");
    assert_eq!(sitting.app.layer(), Layer::People);
    sitting.press("<esc>");
    assert_eq!(sitting.app.layer(), Layer::List);
}

#[test]
fn whole_words_come_before_scattered_letters() {
    let said = |name: &str| format!("{{{name}: “Well,”}} said {name}.");
    let paragraphs = [said("Hal Llary"), said("Hillary Moss"), said("Hugh Ilmar Lary")];
    let paragraphs: Vec<_> = paragraphs.iter().map(String::as_str).collect();
    let mut sitting = Sitting::new(80, 24, vec![article(14, "Three", &paragraphs)]);
    sitting.press("\"hillary");
    assert_eq!(people(&sitting), ["Hillary Moss"]);
    sitting.press("<c-u>hilmry");
    assert_eq!(people(&sitting), ["Hugh Ilmar Lary"]);
}

#[test]
fn help_begins_where_one_is_and_finds_words_for_things() {
    let first = |sitting: &Sitting| {
        let layout = sitting.app.help_layout().unwrap();
        layout.columns[0].iter().find_map(|row| match row {
            pullquote::app::HelpRow::Section(name) => Some(*name),
            _ => None,
        })
    };
    for (keys, section) in [
        ("", "Articles"),
        ("<enter>", "Quotations and speakers"),
        ("h", "Feeds"),
        ("\"<esc>", "Speakers in the library"),
    ] {
        let mut sitting = Sitting::new(80, 24, three());
        sitting.press(keys).press("?");
        assert_eq!(first(&sitting), Some(section), "{keys}");
    }
    for (width, columns) in [(60, 1), (80, 1), (120, 2), (200, 3)] {
        let mut sitting = Sitting::new(width, 36, three());
        sitting.press("?");
        assert_eq!(sitting.app.help_layout().unwrap().columns.len(), columns, "{width}");
        sitting.press("/delete");
        assert_eq!(sitting.app.help_layout().unwrap().columns.len(), 1);
        sitting.press("<esc><esc>");
        assert_eq!(sitting.app.layer(), Layer::Card);
    }
}
