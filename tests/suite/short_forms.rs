//! Short forms across the articles of a library: whom they are taken for in every list, and what the user says of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use proptest::prelude::*;
use pullquote::article::{Article, Origin};
use pullquote::catalog::Person;
use pullquote::library::{Library, Order};
use pullquote::query::Query;
use pullquote::quotes::Findings;
use tempfile::TempDir;

use crate::people::commit_articles;
use crate::ran::Ran;
use crate::sitting::article;
use crate::user_actions::{commit, linked, split, undo};

/// The article with this number, in which this one speaks.
fn bulletin(number: usize, name: &str) -> (Article, Findings) {
    let paragraph = format!("{{{name}: “Number {number} it is,”}} said {name}.");
    article(1 + number as u32 % 28, &format!("Bulletin {number}"), &[&paragraph])
}

fn path(number: usize) -> String {
    format!("/news/{number}.txt")
}

fn keep(library: &Library, number: usize, name: &str) {
    commit_articles(library, &path(number), bulletin(number, name));
}

/// Keeps articles with these speakers, each in so many; the numbers go on from `first`.
fn keep_all(library: &Library, first: usize, speakers: &[(&str, usize)]) {
    let names = speakers.iter().flat_map(|&(name, count)| vec![name; count]);
    names.enumerate().for_each(|(at, name)| keep(library, first + at, name));
}

fn people(library: &Library) -> Vec<Person> {
    let mut all = Vec::new();
    let give = &mut |batch: Vec<Person>| {
        all.extend(batch);
        ControlFlow::Continue(())
    };
    library.people(give).unwrap();
    all
}

/// Everyone, with how much is said and whose short form it may be.
fn shown(library: &Library) -> Vec<String> {
    let line = |person: Person| {
        let perhaps = person.perhaps.map(|full| format!(" perhaps {}", full.name)).unwrap_or_default();
        format!("{} {}{perhaps}", person.name, person.spoken.quotations)
    };
    people(library).into_iter().map(line).collect()
}

fn open() -> (TempDir, Library) {
    let folder = TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    (folder, library)
}

#[test]
fn short_form_follows_what_comes_and_goes() {
    let (_folder, library) = open();
    keep(&library, 0, "Holt");
    assert_eq!(shown(&library), ["Holt 1"]);
    keep_all(&library, 1, &[("Ines Holt", 3)]);
    assert_eq!(shown(&library), ["Ines Holt 4"]);
    keep(&library, 4, "Jon Holt");
    assert_eq!(shown(&library), ["Ines Holt 3", "Holt 1 perhaps Ines Holt", "Jon Holt 1"]);
    keep_all(&library, 5, &[("Jon Holt", 2)]);
    assert_eq!(shown(&library), ["Ines Holt 3", "Jon Holt 3", "Holt 1"]);
    for number in 4..7 {
        library.remove(Path::new(&path(number))).unwrap();
    }
    assert_eq!(shown(&library), ["Ines Holt 4"]);
    library.remove(Path::new(&path(1))).unwrap();
    assert_eq!(shown(&library), ["Ines Holt 2", "Holt 1"], "it is too rare");
    keep(&library, 1, "Ines Holt");
    library.remove(Path::new(&path(0))).unwrap();
    assert_eq!(shown(&library), ["Ines Holt 3"]);
    assert_eq!(library.check().unwrap(), [""; 0]);
}

#[test]
fn joined_short_form_is_one_person_everywhere() {
    let (_folder, library) = open();
    let memory = Library::default();
    for (number, name) in ["Ines Holt", "Ines Holt", "Ines Holt", "Holt", "Mara Deniz"].into_iter().enumerate() {
        keep(&library, number, name);
        let (article, findings) = bulletin(number, name);
        memory.add(article, findings);
    }
    for library in [&library, &memory] {
        let person = library.person("holt").unwrap().unwrap();
        assert_eq!(
            (&*person.name, person.spoken.quotations, person.articles, person.identities),
            ("Ines Holt", 4, 4, 2)
        );
        assert_eq!(library.appearances_of("ines holt").unwrap().len(), 4);
        let mut said = Vec::new();
        let give = &mut |batch| {
            said.extend(batch);
            ControlFlow::Continue(())
        };
        library.said_by("ines holt", Order::OldestFirst, give).unwrap();
        let said: Vec<_> = said.iter().map(|said| (&*said.speaker, &*said.runs[0].words)).collect();
        assert_eq!((said.len(), said[3]), (4, ("Holt", "Number 3 it is,")));
        let found = |typed: &str| library.search(&Query::parse(typed), &|| true).unwrap().len();
        assert_eq!(found("speaker:\"ines holt\""), 4);
        assert_eq!(found("speaker:ines said:number"), 4);
        assert_eq!(found("said:3 speaker:ines"), 1);
        assert_eq!(found("-speaker:ines"), 1);
        assert_eq!(found("speaker:deniz OR speaker:ines"), 5);
        assert_eq!(found("speaker:holt"), 4);
        assert_eq!(found("speaker:inez"), 0);
    }
    // So it is for names that the user merged.
    commit(&library, vec![linked("mara deniz", "ines holt", Some(true))]);
    let hits = library.search(&Query::parse("said:number speaker:deniz"), &|| true).unwrap();
    assert_eq!(hits.len(), 5);
}

#[test]
fn split_is_remembered() {
    let (folder, library) = open();
    keep_all(&library, 0, &[("Ines Holt", 3), ("Holt", 1), ("Mara Deniz", 1)]);
    assert_eq!(shown(&library), ["Ines Holt 4", "Mara Deniz 1"]);
    split(&library, "ines holt");
    let apart = ["Ines Holt 3", "Holt 1", "Mara Deniz 1"];
    assert_eq!(shown(&library), apart);
    keep_all(&library, 0, &[("Ines Holt", 3), ("Holt", 1), ("Mara Deniz", 1)]);
    library.rebuild().unwrap();
    assert_eq!(shown(&library), apart, "read again");
    keep(&library, 5, "Mr. Holt");
    assert_eq!(shown(&library), ["Ines Holt 3", "Holt 2", "Mara Deniz 1"], "under another title too");
    library.remove(Path::new(&path(5))).unwrap();
    commit(&library, vec![linked("holt", "mara deniz", Some(true))]);
    commit(&library, vec![linked("ines holt", "ida roe", Some(true))]);
    assert_eq!(shown(&library), ["Ines Holt 3", "Mara Deniz 2"]);
    undo(&library);
    undo(&library);
    assert_eq!(shown(&library), apart);
    drop(library);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(cargo_bin("pullquote"));
        Ran::from(command.args(arguments).current_dir(folder.path()).stdin(Stdio::null()).output().unwrap())
    };
    let exported = run(&["export", "--library", "library.sqlite3"]);
    assert_eq!(exported.code, Some(0), "{}", exported.err);
    std::fs::write(folder.path().join("all.jsonl"), exported.out).unwrap();
    let imported = run(&["import", "all.jsonl", "--no-refresh", "--library", "other.sqlite3"]);
    assert_eq!(imported.code, Some(0), "{}", imported.err);
    assert_eq!(shown(&Library::open(&folder.path().join("other.sqlite3")).unwrap()), apart);
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    undo(&library);
    assert_eq!(shown(&library), ["Ines Holt 4", "Mara Deniz 1"]);
}

#[test]
fn short_form_in_staging_counts_with_the_file() {
    let (_folder, library) = open();
    let stage = |number, name| {
        let (article, findings) = bulletin(number, name);
        library.add(article, findings);
    };
    keep_all(&library, 0, &[("Ines Holt", 2), ("Holt", 1)]);
    assert_eq!(shown(&library), ["Ines Holt 2", "Holt 1"]);
    stage(3, "Ines Holt");
    assert_eq!(shown(&library), ["Ines Holt 4"]);
    stage(4, "Jon Holt");
    assert_eq!(shown(&library), ["Ines Holt 3", "Holt 1 perhaps Ines Holt", "Jon Holt 1"]);
    keep(&library, 3, "Ines Holt");
    keep(&library, 4, "Jon Holt");
    library.remove(Path::new(&path(4))).unwrap();
    assert_eq!(shown(&library), ["Ines Holt 4"]);
    stage(5, "Jon Holt");
    assert_eq!(
        shown(&library),
        ["Ines Holt 3", "Holt 1 perhaps Ines Holt", "Jon Holt 1"],
        "what the file joins is parted"
    );
}

#[derive(Debug, Clone)]
enum Step {
    Keep(usize),
    Stage(usize),
    Remove(usize),
    Merge(usize, usize),
    Split(usize),
    Undo,
}

/// Who speaks in the article with this number.
fn name(number: usize) -> &'static str {
    const OTHERS: [&str; 9] = [
        "Holt",
        "Mr. Holt",
        "Mrs. Holt",
        "J. Holt",
        "Ida Holt",
        "Jan van der Velde",
        "van der Velde",
        "Velde",
        "Mr. Jon A. Holt",
    ];
    if number < OTHERS.len() { OTHERS[number] } else { ["Jon Holt", "Jon Holt", "Jan van der Velde"][number % 3] }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0..40_usize).prop_map(Step::Keep),
        1 => (0..40_usize).prop_map(Step::Stage),
        2 => (0..40_usize).prop_map(Step::Remove),
        1 => (0..9_usize, 0..9_usize).prop_map(|(one, other)| Step::Merge(one, other)),
        1 => (0..9_usize).prop_map(Step::Split),
        1 => Just(Step::Undo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Whatever happens, the tables have the people of a plain count over the articles that are there.
    #[test]
    fn tables_equal_a_plain_count(steps in prop::collection::vec(step(), 1..60)) {
        let (_folder, library) = open();
        let (mut kept, mut staged) = (BTreeMap::new(), BTreeSet::new());
        for step in steps {
            let listed = people(&library);
            let at = |number: usize| (!listed.is_empty()).then(|| &listed[number % listed.len()].identity);
            match step {
                Step::Keep(number) => {
                    keep(&library, number, name(number));
                    staged.remove(&number);
                    kept.insert(number, name(number));
                }
                Step::Stage(number) => {
                    let (article, findings) = bulletin(number, name(number));
                    if !kept.contains_key(&number) {
                        library.add(Article { origin: Origin::File(PathBuf::from(path(number))), ..article }, findings);
                        staged.insert(number);
                    }
                }
                Step::Remove(number) => {
                    if kept.remove(&number).is_some() {
                        library.remove(Path::new(&path(number))).unwrap();
                    }
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
        for number in kept.into_keys().chain(staged) {
            let (article, findings) = bulletin(number, name(number));
            plain.add(Article { origin: Origin::File(PathBuf::from(path(number))), ..article }, findings);
        }
        let links: Vec<_> =
            library.identity_links().unwrap().iter().map(|link| linked(&link.one, &link.other, link.same)).collect();
        plain.note(&links).unwrap();
        prop_assert_eq!(people(&library), people(&plain));
        for person in people(&plain) {
            prop_assert_eq!(library.identities_of(&person.identity).unwrap(), plain.identities_of(&person.identity).unwrap());
            prop_assert_eq!(library.person(&person.identity).unwrap(), Some(person));
        }
        prop_assert_eq!(library.check().unwrap(), Vec::<String>::new());
    }
}

/// The speakers of files with these texts, as data.
fn speakers_of(texts: &[String]) -> String {
    let folder = TempDir::new().unwrap();
    for (number, text) in texts.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{number}.txt")), text).unwrap();
    }
    let mut command = Command::new(cargo_bin("pullquote"));
    command.args(["speakers", ".", "--no-library"]).current_dir(folder.path()).stdin(Stdio::null());
    Ran::from(command.output().unwrap()).out
}

#[test]
fn man_is_nobody_whom_an_article_calls_mrs() {
    let said = |number: usize, name: &str| {
        format!("Bulletin {number}\n\nThe pier opened. “Number {number} it is, on the whole,” {name} said.\n")
    };
    let with = |short: &str| {
        let full = (0..12).map(|number| said(number, "John Okafor"));
        speakers_of(&full.chain([said(12, short)]).collect::<Vec<_>>())
    };
    assert!(with("Okafor").contains("John Okafor\t\t13"), "{}", with("Okafor"));
    assert!(with("Mr. Okafor").contains("John Okafor\t\t13"), "{}", with("Mr. Okafor"));
    let apart = with("Mrs. Okafor");
    assert!(apart.contains("John Okafor\t\t12") && apart.contains("\nOkafor\t\t1\t"), "{apart}");
}
