//! Whose full name a short form stands for across articles.

use super::*;
use crate::article::ArticleId;
use crate::catalog::{Person, SpeakerIndex, article_speakers};
use crate::quotes::{Findings, Quotation, Speaker, SpeakerId};
use crate::text::Span;

/// Findings in which "name | role = other name" speaks once.
fn findings(speaker: &str) -> Findings {
    let (speaker, alias) = speaker.split_once(" = ").unwrap_or((speaker, ""));
    let (name, role) = speaker.split_once(" | ").unwrap_or((speaker, ""));
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let speaker = Speaker {
        name: name.to_owned(),
        role: some(role),
        aliases: some(alias).into_iter().collect(),
        ..Speaker::default()
    };
    Findings { quotations: vec![Quotation::speech(Span::default(), Some(SpeakerId(0)))], speakers: vec![speaker] }
}

fn people(articles: impl Iterator<Item = String>, links: &IdentityLinks) -> Vec<Person> {
    let mut index = SpeakerIndex::default();
    for (id, speaker) in (1..).zip(articles) {
        index.enter(ArticleId(id), None, &article_speakers(&findings(&speaker)));
    }
    index.people(links).into_iter().map(|(person, _)| person).collect()
}

/// Each speaker is quoted once in so many articles; `said` is what the user says of two identities. Expects these people,
/// a line each: name, quotations, and whose short form it may be.
#[track_caller]
fn check_with(speakers: &[(&str, usize)], said: &[(&str, &str, bool)], wanted: &[&str]) {
    let articles: Vec<String> =
        speakers.iter().flat_map(|(speaker, count)| vec![(*speaker).to_owned(); *count]).collect();
    let shown = |people: Vec<Person>| {
        let line = |person: Person| {
            let perhaps = person.perhaps.map(|full| format!(" perhaps {}", full.name)).unwrap_or_default();
            format!("{} {}{perhaps}", person.name, person.spoken.quotations)
        };
        people.into_iter().map(line).collect::<Vec<_>>()
    };
    let links = IdentityLinks::said(said);
    assert_eq!(shown(people(articles.iter().cloned(), &links)), wanted);
    let backwards = shown(people(articles.iter().rev().cloned(), &links));
    assert_eq!(backwards, wanted, "in whatever order the articles come");
}

#[track_caller]
fn check(speakers: &[(&str, usize)], wanted: &[&str]) {
    check_with(speakers, &[], wanted);
}

#[test]
fn surname_joins_the_full_name_that_is_far_more_frequent() {
    check(&[("Barack Obama = Obama", 12), ("Obama", 4)], &["Barack Obama 16"]);
    check(
        &[("Barack Obama = Obama", 20), ("Michelle Obama = Obama", 2), ("Obama", 1)],
        &["Barack Obama 21", "Michelle Obama 2"],
    );
    check(&[("Jan van der Velde = van der Velde", 3), ("van der Velde", 1), ("Velde", 1)], &["Jan van der Velde 5"]);
    check(&[("Ed Holt Jr.", 5), ("Holt", 1)], &["Ed Holt Jr. 6"]);
}

#[test]
fn full_name_that_is_only_more_frequent_is_proposed() {
    check(
        &[("Barack Obama = Obama", 12), ("Michelle Obama = Obama", 3), ("Obama", 2)],
        &["Barack Obama 12", "Michelle Obama 3", "Obama 2 perhaps Barack Obama"],
    );
    check(&[("Ines Holt = Holt", 9), ("Jon Holt = Holt", 9), ("Holt", 2)], &["Ines Holt 9", "Jon Holt 9", "Holt 2"]);
    check(&[("Ines Holt = Holt", 2), ("Holt", 1)], &["Ines Holt 2", "Holt 1"]);
    // One who is hardly ever called by the full name.
    check(&[("Ines Holt", 3), ("Holt", 9)], &["Holt 9 perhaps Ines Holt", "Ines Holt 3"]);
    check(&[("Ines Holt = Holt", 3), ("Holt", 9)], &["Ines Holt 12"]);
}

#[test]
fn contradiction_keeps_short_forms_apart() {
    let obamas = [("Barack Obama | Mr.", 20), ("Michelle Obama", 1)];
    let with = |short| [obamas[0], obamas[1], (short, 1)];
    check(&with("Mr. Obama"), &["Barack Obama 21", "Michelle Obama 1"]);
    check(&with("Ms. Obama"), &["Barack Obama 20", "Michelle Obama 1", "Ms. Obama 1"]);
    check(&with("B. Obama"), &["Barack Obama 21", "Michelle Obama 1"]);
    check(&with("M. Obama"), &["Barack Obama 20", "M. Obama 1", "Michelle Obama 1"]);
    let michelle = [("Michelle Obama = Obama", 20), ("B. Obama", 1)];
    check(&michelle, &["Michelle Obama 20", "B. Obama 1"]);
    check(&[michelle[0], ("Obama", 1)], &["Michelle Obama 21"]);
    check(&[("Barack H. Obama | Mr.", 5), ("B. Q. Obama", 1)], &["Barack H. Obama 5", "B. Q. Obama 1"]);
    // The first name tells that it is another one; where nothing tells, that is asked.
    check(&[("Jon Holt", 5), ("Mrs. Holt", 1)], &["Jon Holt 5", "Mrs. Holt 1"]);
    check(&[("Oru Holt = Holt", 5), ("Mrs. Holt", 1)], &["Oru Holt 5", "Mrs. Holt 1 perhaps Oru Holt"]);
}

#[test]
fn longer_form_of_the_same_name_is_no_other() {
    let names = [("Ines Holt = Holt", 12), ("Ines Brandt Holt", 4), ("Holt", 1)];
    check(&names, &["Ines Holt 13", "Ines Brandt Holt 4"]);
    check(
        &[names[0], ("Ines Holt Jr.", 4), names[2]],
        &["Ines Holt 12", "Ines Holt Jr. 4", "Holt 1 perhaps Ines Holt"],
    );
}

#[test]
fn initial_tells_between_full_names() {
    let holts = [("Ines Holt", 12), ("Jon Holt", 9)];
    check(&[holts[0], holts[1], ("I. Holt", 2)], &["Ines Holt 14", "Jon Holt 9"]);
    check(&[("J. K. Roeling = Roeling", 6), ("Roeling", 1)], &["J. K. Roeling 7"]);
    check(&[holts[0], ("I. Holt", 4), ("Holt", 2)], &["Ines Holt 18"]);
}

#[test]
fn word_that_is_no_surname_joins_nothing() {
    check(&[("Cher", 4), ("Dolly Parton", 9)], &["Dolly Parton 9", "Cher 4"]);
    check(&[("Oxford Police", 30), ("Police", 2)], &["Oxford Police 30", "Police 2"]);
    check(&[("High Court", 30), ("Court", 2)], &["High Court 30", "Court 2"]);
    check(&[("Alexander Pope", 30), ("Pope", 2)], &["Alexander Pope 30", "Pope 2"]);
    check(&[("Ed Pope = Pope", 30), ("Pope", 2)], &["Ed Pope 30", "Pope 2 perhaps Ed Pope"]);
    check(&[("Bob Paris = Paris", 30), ("Paris", 1)], &["Bob Paris 30", "Paris 1 perhaps Bob Paris"]);
    check(&[("Ed Michael = Michael", 30), ("Michael", 1)], &["Ed Michael 30", "Michael 1 perhaps Ed Michael"]);
    // Nothing tells that this is a person.
    check(&[("Goldmar Sachem", 30), ("Sachem", 1)], &["Goldmar Sachem 30", "Sachem 1 perhaps Goldmar Sachem"]);
    check(&[("Goldmar & Holt", 30), ("Holt", 1)], &["Goldmar & Holt 30", "Holt 1"]);
    check(&[("a Holt", 30), ("Ines Holt", 3)], &["Ines Holt 3", "a Holt 30"]);
}

#[test]
fn any_sign_of_a_person_shows_that_it_is_a_surname() {
    for full in [
        "Oru Sachem = Sachem",
        "Oru Sachem = Mr. Sachem",
        "Mr. Oru Sachem",
        "Oru Sachem | spokesman",
        "Oru Sachem | president",
    ] {
        check(
            &[(full, 9), ("Sachem", 1)],
            &[if full.starts_with("Mr.") { "Mr. Oru Sachem 10" } else { "Oru Sachem 10" }],
        );
    }
    check(&[("Oru Sachem = the Sachem", 9), ("Sachem", 1)], &["Oru Sachem 9", "Sachem 1 perhaps Oru Sachem"]);
}

#[test]
fn word_of_the_user_comes_first() {
    let all = [("Barack Obama = Obama", 20), ("Michelle Obama", 2), ("Obama", 1), ("Mr. Obama", 1)];
    let apart = ("obama", "barack obama", false);
    check_with(&all, &[apart], &["Barack Obama 20", "Michelle Obama 2", "Obama 2"]);
    check_with(&all, &[("obama", "michelle obama", true)], &["Barack Obama 20", "Michelle Obama 4"]);
    let more = [apart, ("michelle obama", "m obama", true)];
    check_with(&all, &more, &["Barack Obama 20", "Michelle Obama 2", "Obama 2"]);
    // Full names that the user merged count together.
    let names = [("Ines Holt = Holt", 10), ("Nessa Brandt Holt = Holt", 9), ("Holt", 1)];
    check(&names, &["Ines Holt 10", "Nessa Brandt Holt 9", "Holt 1"]);
    check_with(&names, &[("ines holt", "nessa brandt holt", true)], &["Nessa Brandt Holt 20"]);
    // Who was merged with somebody who is in no article at present stays so.
    check_with(&all[..1], &[("obama", "malia obama", true)], &["Barack Obama 20"]);
    check_with(&[all[0], all[2]], &[("obama", "malia obama", true)], &["Barack Obama 20", "Obama 1"]);
}
