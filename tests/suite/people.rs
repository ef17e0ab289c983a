//! The people of the library: counts, merging, timelines.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use proptest::prelude::*;
use pullquote::article::{Article, ArticleId, Origin, Published};
use pullquote::catalog::{Person, Said};
use pullquote::library::{EncodedArticle, FileFingerprint, FileRead, Library, Order, Written};
use pullquote::quotes::{Findings, SpeakerCorrection};
use tempfile::TempDir;

use crate::sitting::{article, three};
use crate::user_actions::{commit, corrected, linked, removed, split, undo};

const FINGERPRINT: FileFingerprint = FileFingerprint { size: 1, modified: 1, reader: 1 };

fn people(library: &Library) -> Vec<Person> {
    let mut all = Vec::new();
    let give = &mut |batch: Vec<Person>| {
        all.extend(batch);
        ControlFlow::Continue(())
    };
    library.people(give).unwrap();
    all
}

fn said(library: &Library, identity: &str, order: Order) -> Vec<Said> {
    let mut all = Vec::new();
    let give = &mut |batch: Vec<Said>| {
        all.extend(batch);
        ControlFlow::Continue(())
    };
    library.said_by(identity, order, give).unwrap();
    all
}

pub fn names(library: &Library) -> Vec<(String, u32, u32)> {
    people(library).into_iter().map(|p| (p.name.into(), p.spoken.quotations, p.articles)).collect()
}

/// A library in a file.
fn open() -> (TempDir, Library) {
    let folder = TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    (folder, library)
}

pub fn commit_articles(library: &Library, path: &str, (article, findings): (Article, Findings)) {
    let article = Article { origin: Origin::File(PathBuf::from(path)), ..article };
    let id = article.id;
    let encoded = EncodedArticle::of(&library.add(article, findings)).unwrap();
    let file = FileRead { path: PathBuf::from(path), fingerprint: FINGERPRINT, articles: vec![id], is_whole: true };
    library.commit(&[encoded], &[file]).unwrap();
}

#[test]
fn people_are_the_same_in_a_file_and_in_memory() {
    let (_folder, library) = open();
    let memory = Library::default();
    for (number, (article, findings)) in three().into_iter().enumerate() {
        memory.add(article.clone(), findings.clone());
        commit_articles(&library, &format!("/news/{number}.txt"), (article, findings));
    }
    let wanted = [("Ines Okafor", 3, 1), ("Tomas Lindqvist", 2, 2), ("Rosalind Meer", 1, 1)];
    assert_eq!(names(&memory), wanted.map(|(name, q, a)| (name.to_owned(), q, a)));
    assert_eq!(people(&library), people(&memory));
}

#[test]
fn timeline_is_in_either_order() {
    let (_folder, library) = open();
    for (number, entry) in three().into_iter().enumerate() {
        commit_articles(&library, &format!("/news/{number}.txt"), entry);
    }
    // One that is only staged, between the others, and one without a date.
    let (mut between, findings) = article(13, "Minister Waits", &["{Tomas Lindqvist: “I wait,”} he said."]);
    library.add(between.clone(), findings.clone());
    between.dates.published = None;
    commit_articles(&library, "/news/undated.txt", (Article { id: ArticleId(7), ..between }, findings));
    let lindqvist = &people(&library)[0];
    assert_eq!((&*lindqvist.name, lindqvist.spoken.quotations, lindqvist.articles), ("Tomas Lindqvist", 4, 4));
    let words = |order| -> Vec<String> {
        said(&library, &lindqvist.identity, order).into_iter().map(|said| said.runs[0].words.to_string()).collect()
    };
    let newest = words(Order::NewestFirst);
    assert_eq!(newest, ["Nobody will be stranded,", "I wait,", "I have already lost a bridge,", "I wait,"]);
    let oldest = words(Order::OldestFirst);
    assert_eq!(oldest, ["I have already lost a bridge,", "I wait,", "Nobody will be stranded,", "I wait,"]);
    let first = &said(&library, &lindqvist.identity, Order::NewestFirst)[0];
    assert_eq!((&*first.speaker, first.within.headline.as_str()), ("Tomas Lindqvist", "Harbour Bridge to Close"));
    let entry = library.get(first.within.id).unwrap().unwrap();
    assert!(entry.article.body.text()[first.start..].starts_with("Nobody will"));
}

#[test]
fn correction_moves_a_quotation_to_its_speaker() {
    let (_folder, library) = open();
    let (article, findings) = article(1, "Trams", &["{Jon Holt: “No,”} he said. {Jon Holt: “Never.”}"]);
    let (id, starts) = (article.id, [findings.quotations[0].span.start, findings.quotations[1].span.start]);
    commit_articles(&library, "/news/a.txt", (article, findings));
    library.note(&[corrected(id, starts[0], Some(SpeakerCorrection::Speaker("Mara Deniz".to_owned())))]).unwrap();
    assert_eq!(names(&library), [("Jon Holt".to_owned(), 1, 1), ("Mara Deniz".to_owned(), 1, 1)]);
    assert_eq!(said(&library, "mara deniz", Order::NewestFirst)[0].start, starts[0]);
    // A surname that the user types is the one full name in the article.
    library.note(&[corrected(id, starts[0], Some(SpeakerCorrection::Speaker("Holt".to_owned())))]).unwrap();
    assert_eq!(names(&library), [("Jon Holt".to_owned(), 2, 1)]);
    assert_eq!(said(&library, "jon holt", Order::NewestFirst).len(), 2);
    library.note(&[corrected(id, starts[1], Some(SpeakerCorrection::NoSpeaker))]).unwrap();
    library.note(&[corrected(id, starts[0], Some(SpeakerCorrection::NoSpeaker))]).unwrap();
    assert_eq!(names(&library), []);
}

/// How many quotations of each person there are, and how many of them are doubtful.
fn doubts(library: &Library) -> Vec<(String, u32, u32)> {
    people(library).into_iter().map(|p| (p.name.into(), p.spoken.quotations, p.spoken.doubtful)).collect()
}

#[test]
fn doubtful_quotations_are_counted_apart() {
    let (_folder, library) = open();
    let memory = Library::default();
    let mut one = article(1, "Trams", &["{Jon Holt: “No,”} he said, {+Jon Holt: “not yet.”} {Ada Roe: “Go!”}"]);
    let id = one.0.id;
    let starts: Vec<usize> = one.1.quotations.iter().map(|quotation| quotation.span.start).collect();
    (one.1.quotations[1].confidence, one.1.quotations[2].confidence) = (0.5, 0.79);
    memory.add(one.0.clone(), one.1.clone());
    commit_articles(&library, "/news/a.txt", one);
    let sure = article(2, "Ferries", &["{Jon Holt: “It floats,”} he said."]);
    memory.add(sure.0.clone(), sure.1.clone());
    commit_articles(&library, "/news/b.txt", sure);
    let all = |holt, roe| [("Jon Holt".to_owned(), 2, holt), ("Ada Roe".to_owned(), 1, roe)];
    for library in [&library, &memory] {
        assert_eq!(doubts(library), all(1, 1));
    }
    // A confirmation takes the doubt away, in the tables and in staging, and the undo brings it back.
    let confirmed = corrected(id, starts[2], Some(SpeakerCorrection::Speaker("Ada Roe".to_owned())));
    let again = corrected(id, starts[2], None);
    for library in [&library, &memory] {
        library.note(std::slice::from_ref(&confirmed)).unwrap();
        assert_eq!(doubts(library), all(1, 0));
        library.note(std::slice::from_ref(&again)).unwrap();
        assert_eq!(doubts(library), all(1, 1));
    }
    library.rebuild().unwrap();
    assert_eq!(doubts(&library), all(1, 1));
    assert_eq!(library.check().unwrap(), [""; 0]);
}

#[test]
fn article_that_is_committed_meanwhile_counts_once() {
    let (_folder, library) = open();
    let staged: Vec<_> = (1..=40)
        .map(|number| {
            let (article, findings) = article(number, &format!("Trams {number}"), &["{Jon Holt: “No,”} he said."]);
            EncodedArticle::of(&library.add(article, findings)).unwrap()
        })
        .collect();
    let wanted = vec![("Jon Holt".to_owned(), 40, 40)];
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for article in &staged {
                library.commit(std::slice::from_ref(article), &[]).unwrap();
            }
        });
        while !writer.is_finished() {
            assert_eq!(names(&library), wanted);
            assert_eq!(said(&library, "jon holt", Order::NewestFirst).len(), 40);
            assert_eq!(library.appearances_of("jon holt").unwrap().len(), 40);
        }
    });
    assert_eq!(names(&library), wanted);
}

#[test]
fn removed_article_is_not_counted() {
    let (_folder, library) = open();
    let memory = Library::default();
    for library in [&library, &memory] {
        for (number, entry) in three().into_iter().enumerate() {
            let id = entry.0.id;
            commit_articles(library, &format!("/news/{number}.txt"), entry);
            if number == 0 {
                library.note(&[removed(id, true)]).unwrap();
            }
        }
        let first = three()[0].0.id;
        let wanted = [("Rosalind Meer".to_owned(), 1, 1), ("Tomas Lindqvist".to_owned(), 1, 1)];
        assert_eq!(names(library), wanted);
        commit_articles(library, "/news/again.txt", three().remove(0));
        assert_eq!(names(library), wanted, "also where it is read again");
        library.note(&[removed(first, false)]).unwrap();
        assert_eq!(names(library)[0], ("Ines Okafor".to_owned(), 3, 1));
    }
}

#[test]
fn merges_outlive_articles_and_can_be_split() {
    let (folder, library) = open();
    commit_articles(&library, "/news/a.txt", article(1, "One", &["{Dmitry Peskov: “No,”} he said."]));
    commit_articles(
        &library,
        "/news/b.txt",
        article(2, "Two", &["{Peskov: “Yes,”} he said. {Dmitry Peskov: “Well.”}"]),
    );
    commit_articles(&library, "/news/c.txt", article(3, "Three", &["{Peskov: “So,”} he said. {Ida Roe: “And?”}"]));
    let names_of = |library: &Library| names(library).into_iter().map(|(name, ..)| name).collect::<Vec<_>>();
    assert_eq!(names_of(&library), ["Dmitry Peskov", "Ida Roe", "Peskov"]);
    commit(&library, vec![linked("peskov", "dmitry peskov", Some(true))]);
    assert_eq!(names(&library)[0], ("Dmitry Peskov".to_owned(), 4, 3));
    assert_eq!(said(&library, "peskov", Order::NewestFirst).len(), 4, "by either name");

    library.remove(Path::new("/news/c.txt")).unwrap();
    library.remove(Path::new("/news/a.txt")).unwrap();
    drop(library);
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    commit_articles(&library, "/news/d.txt", article(4, "Four", &["{Peskov: “Again,”} he said."]));
    assert_eq!(names_of(&library), ["Dmitry Peskov"], "it is kept for ever");
    split(&library, "dmitry peskov");
    assert_eq!(names_of(&library), ["Dmitry Peskov", "Peskov"]);
    assert!(split(&library, "peskov").is_empty(), "one name cannot be split");
    undo(&library);
    assert_eq!(names_of(&library), ["Dmitry Peskov"]);
    undo(&library);
    assert_eq!(names_of(&library), ["Dmitry Peskov", "Peskov"]);
    assert_eq!(library.identity_links().unwrap().iter().count(), 0);
}

#[test]
fn rebuild_counts_people_again() {
    let (folder, library) = open();
    for (number, entry) in three().into_iter().enumerate() {
        commit_articles(&library, &format!("/news/{number}.txt"), entry);
    }
    let before = people(&library);
    let hand = rusqlite::Connection::open(folder.path().join("library.sqlite3")).unwrap();
    hand.execute("UPDATE people SET quotations = 99", []).unwrap();
    assert_eq!(library.check().unwrap().len(), 1);
    library.rebuild().unwrap();
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
    assert_eq!(people(&library), before);
}

/// One thing that happens to a library.
#[derive(Debug, Clone)]
enum Step {
    /// An article is committed, with a day; again with another day it moves.
    Keep(usize, u32),
    Remove(usize),
    /// Nothing undoes a correction, the length of [`NAMES`] is no speaker.
    Correct(usize, usize, Option<usize>),
    Merge(usize, usize),
    Split(usize),
    Undo,
}

const NAMES: [&str; 10] = [
    "Jon Holt",
    "Mr. Jon Holt",
    "Mrs. Jon Holt",
    "Jon A. Holt",
    "Jon B. Holt",
    "Holt",
    "Ida Holt",
    "a spokesman",
    "Jan van der Velde",
    "J. Holt",
];

/// The article with this number: three quotations, whose speakers follow from the number.
fn numbered(number: usize, day: u32) -> (Article, Findings) {
    let name = |step: usize| NAMES[(number * 7 + step * (number % 3 + 1)) % NAMES.len()];
    let paragraph = format!("{{{}: “One,”}} and {{{}: “two,”}} and {{{}: “three.”}}", name(0), name(1), name(2));
    let (mut article, findings) = article(1, &format!("Bulletin {number}"), &[&paragraph]);
    article.dates.published = NaiveDate::from_yo_opt(2025, day * 20).filter(|_| day > 0).map(Published::on);
    (article, findings)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0..9_usize, 0..9_u32).prop_map(|(number, day)| Step::Keep(number, day)),
        2 => (0..9_usize).prop_map(Step::Remove),
        2 => (0..9_usize, 0..3_usize, prop::option::of(0..=NAMES.len()))
            .prop_map(|(number, quotation, name)| Step::Correct(number, quotation, name)),
        2 => (0..9_usize, 0..9_usize).prop_map(|(one, other)| Step::Merge(one, other)),
        1 => (0..9_usize).prop_map(Step::Split),
        1 => Just(Step::Undo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Whatever happens, the tables agree with a plain count over the articles that are there.
    #[test]
    fn people_tables_equal_a_plain_count(steps in prop::collection::vec(step(), 1..30)) {
        let (_folder, library) = open();
        let mut kept: BTreeMap<usize, u32> = BTreeMap::new();
        let mut corrections = Vec::new();
        for step in steps {
            let listed = people(&library);
            let at = |number: usize| (!listed.is_empty()).then(|| &listed[number % listed.len()].identity);
            match step {
                Step::Keep(number, day) => {
                    commit_articles(&library, &format!("/news/{number}.txt"), numbered(number, day));
                    kept.insert(number, day);
                }
                Step::Remove(number) => {
                    library.remove(Path::new(&format!("/news/{number}.txt"))).unwrap();
                    kept.remove(&number);
                }
                Step::Correct(number, quotation, name) => {
                    let (article, findings) = numbered(number, 1);
                    let start = findings.quotations[quotation].span.start;
                    let named = |name: usize| match NAMES.get(name) {
                        Some(name) => SpeakerCorrection::Speaker((*name).to_owned()),
                        None => SpeakerCorrection::NoSpeaker,
                    };
                    let correction = name.map(named);
                    library.note(&[corrected(article.id, start, correction.clone())]).unwrap();
                    corrections.push((article.id, start, correction));
                }
                Step::Merge(one, other) => {
                    if let (Some(one), Some(other)) = (at(one), at(other)) && one != other {
                        commit(&library, vec![linked(one, other, Some(true))]);
                    }
                }
                Step::Split(number) => {
                    if let Some(identity) = at(number) {
                        split(&library, identity);
                    }
                }
                Step::Undo => {
                    undo(&library);
                }
            }
        }
        let plain = Library::default();
        for (id, start, correction) in corrections {
            plain.note(&[corrected(id, start, correction)]).unwrap();
        }
        for (&number, &day) in &kept {
            let (article, findings) = numbered(number, day);
            plain.add(Article { origin: Origin::File(PathBuf::from(format!("/news/{number}.txt"))), ..article }, findings);
        }
        let links: Vec<_> = library.identity_links().unwrap().iter().map(|link| linked(&link.one, &link.other, link.same)).collect();
        plain.note(&links).unwrap();
        let counted = people(&plain);
        prop_assert_eq!(people(&library), counted.clone());
        for person in &counted {
            for order in [Order::NewestFirst, Order::OldestFirst] {
                let mut all = said(&library, &person.identity, order);
                let mut wanted = said(&plain, &person.identity, order);
                let days = |all: &[Said]| all.iter().map(|said| said.within.dates.published).collect::<Vec<_>>();
                prop_assert_eq!(days(&all), days(&wanted));
                // Articles of one day come in any order.
                all.sort_by_key(|said| (said.within.id, said.start));
                wanted.sort_by_key(|said| (said.within.id, said.start));
                prop_assert_eq!(all.len(), person.spoken.quotations as usize);
                prop_assert_eq!(all, wanted);
            }
        }
        prop_assert_eq!(library.check().unwrap(), Vec::<String>::new());
        // Undone to the end, nothing is merged or split.
        while undo(&library) != Written::Nothing(pullquote::user::Step::Undo) {}
        prop_assert_eq!(library.identity_links().unwrap().iter().count(), 0);
    }
}
