//! Who speaks in which articles, and who is one person.

use super::*;
use crate::article::Published;
use crate::catalog::IdentityLink;
use crate::catalog::article_speakers::article_speakers;
use crate::quotes::{Findings, Quotation, Speaker, SpeakerId};
use crate::text::Span;

/// Findings in which each of "name | role" speaks twice.
fn findings(speakers: &str) -> Findings {
    let mut findings = Findings::default();
    for (at, speaker) in speakers.split("; ").enumerate() {
        let (name, role) = speaker.split_once(" | ").unwrap_or((speaker, ""));
        let role = Some(role.to_owned()).filter(|role| !role.is_empty());
        findings.speakers.push(Speaker { name: name.to_owned(), role, ..Speaker::default() });
        for _ in 0..2 {
            findings.quotations.push(Quotation::speech(Span::default(), Some(SpeakerId(at))));
        }
    }
    findings
}

fn index(articles: &[&str]) -> SpeakerIndex {
    let mut index = SpeakerIndex::default();
    for (day, article) in (1..).zip(articles) {
        index.enter(
            ArticleId(day.into()),
            NaiveDate::from_ymd_opt(2026, 3, day).map(|day| Published::on(day).key()),
            &article_speakers(&findings(article)),
        );
    }
    index
}

/// Each article is a list of "name | role", each of whom speaks twice in it; `said` is what the user says of two
/// identities. Expects these people: name, quotations, articles.
#[track_caller]
fn check_with(articles: &[&str], said: &[(&str, &str, bool)], wanted: &[(&str, u32, u32)]) -> Vec<Person> {
    let links = IdentityLinks::said(said);
    let people: Vec<Person> = index(articles).people(&links).into_iter().map(|(person, _)| person).collect();
    let shown: Vec<_> = people.iter().map(|p| (&*p.name, p.spoken.quotations, p.articles)).collect();
    assert_eq!(shown, wanted);
    // In whatever order they come, they are the same people.
    let backwards: Vec<&str> = articles.iter().rev().copied().collect();
    let mut again: Vec<_> =
        index(&backwards).people(&links).into_iter().map(|(p, _)| (p.name, p.spoken.quotations)).collect();
    let mut once: Vec<_> = people.iter().map(|p| (p.name.clone(), p.spoken.quotations)).collect();
    again.sort();
    once.sort();
    assert_eq!(again, once);
    people
}

#[track_caller]
fn check(articles: &[&str], wanted: &[(&str, u32, u32)]) -> Vec<Person> {
    check_with(articles, &[], wanted)
}

#[test]
fn one_person_under_one_full_name() {
    let people = check(
        &["John Smith | Mr.", "John A. Smith | candidate", "JOHN SMITH | Mr.", "Smith | Mr."],
        &[("John A. Smith", 8, 4)],
    );
    assert_eq!(people[0].role.as_deref(), Some("candidate"));
    let days = [people[0].first, people[0].last].map(|day| day.unwrap().to_string());
    assert_eq!(days, ["2026-03-01", "2026-03-04"]);
    assert_eq!(*people[0].months, [(2026 * 12 + 2, 8)]);
}

#[test]
fn titles_particles_case_and_accents_are_ignored() {
    check(&["Zoë Küster", "Dr. Zoe KUSTER", "Ms. Zoë Küster | Ms."], &[("Zoë Küster", 6, 3)]);
    check(&["Jan van der Velde", "Jan Van Der Velde"], &[("Jan van der Velde", 4, 2)]);
    check(&["the Port Authority", "Port Authority"], &[("Port Authority", 4, 2)]);
}

#[test]
fn contradiction_splits_a_key() {
    check(&["Alex Holt | spokesman", "Alex Holt | spokeswoman"], &[("Alex Holt", 2, 1), ("Alex Holt", 2, 1)]);
    check(&["John B. Roe", "John C. Roe", "Ed Roe"], &[("Ed Roe", 2, 1), ("John B. Roe", 2, 1), ("John C. Roe", 2, 1)]);
    check(&["Bill Clinton", "Hillary Clinton"], &[("Bill Clinton", 2, 1), ("Hillary Clinton", 2, 1)]);
    check(&["Ed Holt", "Ed Holt Jr."], &[("Ed Holt", 2, 1), ("Ed Holt Jr.", 2, 1)]);
}

#[test]
fn ambiguous_identity_joins_the_one_with_more_quotations() {
    check(
        &["Alex Holt | spokesman", "Alex Holt", "Alex Holt | spokeswoman", "Alex Holt | chairwoman", "Alex Holt"],
        &[("Alex Holt", 8, 4), ("Alex Holt", 2, 1)],
    );
}

#[test]
fn surname_joins_the_one_full_name_in_its_article() {
    check(&["Jon Holt; Holt", "Holt"], &[("Jon Holt", 4, 1), ("Holt", 2, 1)]);
    check(&["Jan van der Velde; van der Velde", "Velde; Jan van der Velde"], &[("Jan van der Velde", 8, 2)]);
    check(&["Jon Holt; Ida Holt; Holt"], &[("Holt", 2, 1), ("Ida Holt", 2, 1), ("Jon Holt", 2, 1)]);
    check(&["Jon Holt | spokesman; Mrs. Holt"], &[("Mrs. Holt", 2, 1), ("Jon Holt", 2, 1)]);
    check(&["Jon Holt & Ida Roe; Holt"], &[("Holt", 2, 1), ("Jon Holt & Ida Roe", 2, 1)]);
}

#[test]
fn description_comes_last_and_is_none_of_them() {
    let people = check(&["a spokesman", "a spokesman", "Ed Roe"], &[("Ed Roe", 2, 1), ("a spokesman", 4, 2)]);
    assert!(people[0].is_named && !people[1].is_named);
}

#[test]
fn user_merges_identities() {
    let said = ("peskov", "dmitry peskov", true);
    check_with(&["Dmitry Peskov", "Peskov", "Peskov"], &[said], &[("Dmitry Peskov", 6, 3)]);
    check_with(&["Dmitry Peskov; Peskov; Ida Peskov"], &[said], &[("Dmitry Peskov", 4, 1), ("Ida Peskov", 2, 1)]);
    check_with(
        &["Alex Holt | spokesman", "Alex Holt | spokeswoman"],
        &[("alex holt\tm", "alex holt\tf", true)],
        &[("Alex Holt", 4, 2)],
    );
    // An identity without an article at present still links two others.
    check_with(
        &["Ed Roe", "Eddie Roe"],
        &[("ed roe", "e roe", true), ("e roe", "eddie roe", true)],
        &[("Eddie Roe", 4, 2)],
    );
}

#[test]
fn user_splits_identities() {
    let articles = ["John Smith", "John A. Smith"];
    check(&articles, &[("John A. Smith", 4, 2)]);
    let apart = [("john smith", "john smith\t\tA", false)];
    check_with(&articles, &apart, &[("John Smith", 2, 1), ("John A. Smith", 2, 1)]);
}

#[test]
fn splitting_removes_the_users_links_first() {
    let mut said = IdentityLinks::said(&[("peskov", "dmitry peskov", true), ("ed roe", "eddie roe", true)]);
    let parse = Identity::parse;
    let cluster = [parse("dmitry peskov"), parse("dmitry peskov\tm"), parse("peskov")];
    let split = said.split(&cluster, &cluster);
    assert_eq!(split, [IdentityLink { one: "dmitry peskov".to_owned(), other: "peskov".to_owned(), same: None }]);
    let back: Vec<_> = split.iter().map(|link| said.set(link)).collect();
    let rest = said.split(&cluster[..2], &cluster[..2]);
    assert_eq!((rest.len(), rest[0].same), (1, Some(false)));
    assert!(said.split(&cluster[..1], &cluster[..2]).is_empty(), "one name cannot be split");
    for link in &back {
        said.set(link);
    }
    assert_eq!(said, IdentityLinks::said(&[("peskov", "dmitry peskov", true), ("ed roe", "eddie roe", true)]));
}
