//! Statements: what one person says in one go is one, over all its quoted runs; from the text to the screen and the library.

use proptest::prelude::*;
use pullquote::article::Article;
use pullquote::formats::{self, Hint};
use pullquote::library::{Library, Order};
use pullquote::query::Query;
use pullquote::quotes::{self, Findings, Reporter};
use pullquote::text::Span;
use pullquote::ui::Theme;
use pullquote::user::UserAction;

use crate::engine::properties::{body, news};
use crate::engine::{cases, check};
use crate::migrations::{Old, found, one, speaker};
use crate::screens::{drawn, shown};
use crate::sitting::{Sitting, article};

mod text {
    use super::{cases, check};
    cases! {
        clause_in_the_middle: "“It works,”<1 Jane Doe> Jane Doe said, “but not well.”<1 Jane Doe>";
        clause_with_a_manner: "“It works,”<1 Jane Doe> Jane Doe said, smiling, “but not well.”<1 Jane Doe>";
        clause_with_another_saying: "“It works,”<1 Jane Doe> Jane Doe said, adding, “but not well.”<2 Jane Doe>";
        clause_that_ends_its_sentence: "“It works,”<1 Jane Doe> Jane Doe said. “It does not work well.”<1 Jane Doe>";
        inverted_clause: "“It works,”<1 Jane Doe> said Jane Doe, a plumber. “It does not work well.”<1 Jane Doe>";
        clause_with_an_abbreviation: "“It works,”<1 Jane Doe> said Jane Doe of Pump Co. in Ellery. “But not well.”<1 Jane Doe>";
        clause_with_a_participle_that_ends_its_sentence:
            "“It works,”<1 Jane Doe> Jane Doe said, noting that it was new. “It does not work well.”<1 Jane Doe>";
        question_and_answer: "“Does it work?”<1 Jane Doe> Jane Doe asked. “On most days.”<1 Jane Doe>";
        three_runs: "“It works,”<1 Jane Doe> Jane Doe said, “but,”<1 Jane Doe> after a while, “not well.”<1 Jane Doe>";
        two_fragments_of_one_verb: "Jane Doe said the plan was “poor”<1 Jane Doe> and “late in the year.”<1 Jane Doe>";
        fragments_of_two_verbs: "Jane Doe said the plan was “poor”<1 Jane Doe> and called it “late in the year.”<2 Jane Doe>";
        participle_with_words_of_its_own: "“It works,”<1 Jane Doe> Jane Doe said, adding that it was “a joy to see.”<2 Jane Doe>";
        participle_behind_a_fragment: "Jane Doe said it was “a good pump,”<1 Jane Doe> adding: “It works.”<2 Jane Doe>";
        clause_before_and_clause_between:
            "Jane Doe said it was “a good pump,”<1 Jane Doe> noting that it was “as old as the hills.”<2 Jane Doe>";
        clause_of_its_own_behind: "“It works,”<1 Jane Doe> Jane Doe said. “It works well,”<2 Jane Doe> she added.";
        clause_of_its_own_before: "“It works,”<1 Jane Doe> Jane Doe said. She added: “It works well.”<2 Jane Doe>";
        narration_between: "“It works,”<1 Jane Doe> Jane Doe said. She looked at it for a while. “It works well on Sundays and on most other days.”<2 Jane Doe>";
        last_clause_goes_on: "“It works,”<1 Jane Doe> Jane Doe said. “Well,”<2 Jane Doe> she said, “nearly.”<2 Jane Doe>";
        left_open_over_paragraphs:
            "“It works,”<1 Jane Doe> Jane Doe said. “It works well.\n“It works on Sundays.\n“It works at night.”<1 Jane Doe>";
        closed_before_the_next_paragraph:
            "“It works,”<1 Jane Doe> Jane Doe said.\n“It works on Sundays too,”<2 Jane Doe> Jane Doe said.";
        two_speakers: "“It works,”<1 Jane Doe> Jane Doe said. “It leaks,”<2 Rob Roe> said Rob Roe.";
        two_speakers_in_one_sentence: "“It works,”<1 Jane Doe> said Jane Doe, while “it leaks”<2 Rob Roe> was all that Rob Roe said.";
        other_speaker_between:
            "“It works,”<1 Jane Doe> Jane Doe said. “It leaks,”<2 Rob Roe> said Rob Roe. “It rusts.”<2 Rob Roe>";
        term_between: "“It works,”<1 Jane Doe> Jane Doe said of the “pump,” “but not well.”<1 Jane Doe>";
        term_that_ends_the_clause: "“It works,”<1 Jane Doe> Jane Doe said of the “pump.” “It does not work well.”<1 Jane Doe>";
        speech_inside_the_first_run:
            "Rob Roe left.\n“He said, ‘It leaks,’<2 Rob Roe via Jane Doe> to me,”<1 Jane Doe> Jane Doe said, “and I laughed.”<1 Jane Doe>";
        speech_inside_the_second_run:
            "Rob Roe left.\n“It works,”<1 Jane Doe> Jane Doe said, “but he said, ‘It leaks.’<2 Rob Roe via Jane Doe>”<1 Jane Doe>";
        speech_inside_and_another_statement:
            "Rob Roe left.\n“He said, ‘It leaks,’<2 Rob Roe via Jane Doe> to me,”<1 Jane Doe> Jane Doe said. “It rusts too.”<1 Jane Doe> Ann Poe said: “It works.”<3 Ann Poe>";
        two_fragments_that_are_described:
            "Jane Doe called the pump “a joy to see,”<1 Jane Doe> but described its pipe as “a heap of rust.”<2 Jane Doe>";
        recalled_behind_a_fragment: "Jane Doe praised “the old pump”<1 Jane Doe> and recalled the flood: “It was as high as the hall.”<2 Jane Doe>";
        words_inside_what_she_did_besides:
            "“It works,”<1 Jane Doe> Jane Doe said, raising a glass to the “heap of rust in the yard.”<2 Jane Doe>";
        link_before_the_second: "“It works,”<1 Jane Doe> Jane Doe said. But “it does not work well on Sundays.”<1 Jane Doe>";
        straight_marks: "\"It works,\"<1 Jane Doe> Jane Doe said. \"It does not work well.\"<1 Jane Doe>";
        single_marks: "‘It works,’<1 Jane Doe> Jane Doe said. ‘It does not work well.’<1 Jane Doe>";
        pronoun: "Jane Doe sat down.\n“It works,”<1 Jane Doe> she said. “It does not work well.”<1 Jane Doe>";
    }
}

/// Each statement as the quoted words of its runs.
fn words(article: &Article, findings: &Findings) -> Vec<Vec<String>> {
    let run = |run: usize| article.body.words(findings.quotations[run].span).to_owned();
    findings.statements().into_iter().map(|runs| runs.into_iter().map(run).collect()).collect()
}

#[test]
fn terms_and_titles_are_part_of_none() {
    let found = quotes::find(&body("Headline\nThe “quick fix” was late. They played “Yesterday’s Pump” for an hour."));
    assert_eq!((found.quotations.len(), found.statements().len()), (2, 0));
}

proptest! {
    #[test]
    fn statements_are_disjoint_in_order_and_of_one_speaker(text in news()) {
        let found = quotes::find(&body(&text));
        let statements = found.statements();
        let mut all: Vec<usize> = statements.concat();
        prop_assert!(statements.iter().all(|runs| !runs.is_empty() && runs.is_sorted()));
        prop_assert!(statements.is_sorted_by_key(|runs| runs[0]));
        for runs in &statements {
            let speaker = found.quotations[runs[0]].speaker;
            prop_assert!(runs.iter().all(|&run| found.quotations[run].speaker == speaker));
        }
        all.sort_unstable();
        let spoken: Vec<usize> = (0..found.quotations.len()).filter(|&at| found.quotations[at].is_spoken()).collect();
        prop_assert_eq!(all, spoken);
    }

    /// A paragraph a line, or broken into lines of any length with a blank line between paragraphs.
    #[test]
    fn wrapping_changes_no_finding(width in 60..90_usize, chosen in prop::collection::vec(0..PARAGRAPHS.len(), 3..9)) {
        let paragraphs: Vec<&str> = chosen.into_iter().map(|at| PARAGRAPHS[at]).collect();
        let read = |text: &str| {
            let mut all = Vec::new();
            let hint = Hint { name: Some("a.txt"), ..Hint::default() };
            formats::read(&mut text.as_bytes(), &hint, &mut |read| all.push(read.unwrap()));
            let article = all.remove(0);
            let findings = quotes::find(&article.body);
            (article, findings)
        };
        let (long, found) = read(&format!("date 2026-03-14 The Pump\n{}\n", paragraphs.join("\n")));
        let wrapped: Vec<String> = paragraphs.iter().map(|paragraph| wrapped(paragraph, width)).collect();
        let (short, again) = read(&format!("date 2026-03-14 The Pump\n\n{}\n", wrapped.join("\n\n")));
        prop_assert_eq!(long.body.text(), short.body.text());
        prop_assert_eq!(words(&long, &found), words(&short, &again));
        prop_assert_eq!(found, again);
    }
}

const PARAGRAPHS: [&str; 6] = [
    "“It works on most days of the week,” said Jane Doe, a plumber from Ellery who has looked after it since the flood. “It does not work well.”",
    "The council met on Monday for the first time since the spring, and nobody had brought the key to the hall, which was in Ellery.",
    "“We were told that it would never freeze,” Rob Roe said, “and it froze in the second night of the first winter that we had.",
    "“It froze again in March, and in April it was so cold that the ducks walked over it to the other side,” he said.",
    "Mary Moss said the pump was “a heap of rust and of hope,” adding that nobody in the town had asked for “a second one of the kind.”",
    "“Nobody had asked me,” she said. She looked at the river for a long while, as one looks at a debt. “I would have said no to them.”",
];

fn wrapped(paragraph: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in paragraph.split(' ') {
        match lines.last_mut().filter(|line| line.chars().count() + 1 + word.chars().count() <= width) {
            Some(line) => line.extend([" ", word]),
            None => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

/// Ann says two things, the first in three runs over two paragraphs; Bo one, in two.
fn meeting() -> (Article, Findings) {
    article(
        14,
        "The Meeting",
        &[
            "{Ann Lee: “The pump is old,”} said Ann Lee of the {+-: “new pump,”} {+Ann Lee: “and it is loud.”} Nobody spoke.",
            "{+Ann Lee: “And it is wet.”} The mayor slept.",
            "{Bo Carver: “I like it,”} said Bo Carver. {+Bo Carver: “It is mine.”}",
            "{Ann Lee: “It is nobody’s,”} she said.",
        ],
    )
}

fn sitting(width: u16, height: u16) -> Sitting {
    let mut sitting = Sitting::new(width, height, vec![meeting()]);
    sitting.press("<enter>");
    sitting
}

/// Presses keys in the open article, and expects to be at the quotation that begins so.
#[track_caller]
fn keys(keys: &str, words: &str) {
    for (width, height) in [(120, 36), (80, 24), (60, 20), (30, 8)] {
        let mut sitting = sitting(width, height);
        sitting.press(keys);
        assert_eq!(sitting.place(), format!("The Meeting: {words}"), "{keys} at {width}x{height}");
    }
}

#[test]
fn keys_go_from_statement_to_statement() {
    const FIRST: &str = "Ann Lee: The pump is old,";
    const SECOND: &str = "Bo Carver: I like it,";
    const THIRD: &str = "Ann Lee: It is nobody’s,";
    keys("n", FIRST);
    keys("nn", SECOND);
    keys("nnn", THIRD);
    keys("3n", THIRD);
    keys("nnN", FIRST);
    keys("n*", THIRD);
    keys("nnn#", FIRST);
    keys("n]", SECOND);
    keys("n]]", THIRD);
    keys("nnn[", SECOND);
}

/// The runs that are underlined as the current statement.
fn current(sitting: &Sitting) -> Vec<usize> {
    let reader = sitting.app.reader().unwrap();
    (0..reader.findings.quotations.len()).filter(|&at| reader.is_current(at)).collect()
}

#[test]
fn all_runs_are_underlined_together() {
    for (keys, runs) in [("n", vec![0, 2, 3]), ("nn", vec![4, 5]), ("nnn", vec![6])] {
        let mut sitting = sitting(80, 24);
        sitting.press(keys);
        assert_eq!(current(&sitting), runs, "{keys}");
    }
}

#[test]
fn statement_on_the_screen() {
    for (width, height) in [(80, 24), (120, 36)] {
        for (name, keys) in [("statement", "n"), ("statement-why", "ni"), ("statement-timeline", "nT")] {
            let mut sitting = sitting(width, height);
            sitting.press(keys);
            insta::assert_snapshot!(format!("{name}-{width}x{height}"), shown(&drawn(&sitting, &Theme::terminal())));
        }
    }
}

#[test]
fn doubt_of_one_run_is_shown_with_the_statement() {
    let mut open = meeting();
    open.1.quotations[3].confidence = 0.53;
    let mut sitting = Sitting::new(80, 24, vec![open]);
    sitting.press("<enter>ni");
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    let shows = |words: &str| screen.lines().any(|line| line.contains(words));
    assert!(shows("speaker     Ann Lee?") && shows("confidence  53 %") && shows("Ann Lee? 1 of 2"), "{screen}");
}

#[test]
fn statement_is_copied_whole() {
    let end = "The Meeting, Coast Wire, 14 March 2026";
    let mut sitting = sitting(80, 24);
    sitting.press("nY").press("nY");
    assert_eq!(
        sitting.copied,
        [
            format!("“The pump is old,” … “and it is loud.” … “And it is wet.” — Ann Lee, {end}"),
            format!("“I like it,” … “It is mine.” — Bo Carver, {end}"),
        ]
    );
}

#[test]
fn reporter_is_shown_and_copied_with_the_speaker() {
    let mut open = meeting();
    open.1.quotations[4].via = Some(Reporter { name: "Ann Lee".to_owned(), mention: Span::new(0, 3) });
    let mut sitting = Sitting::new(80, 24, vec![open]);
    sitting.press("<enter>nni");
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    assert!(screen.lines().any(|line| line.contains("via         Ann Lee")), "{screen}");
    sitting.press("<esc>Y");
    let copied = "“I like it,” … “It is mine.” — Bo Carver, as told by Ann Lee, The Meeting, Coast Wire, 14 March 2026";
    assert_eq!(sitting.copied, [copied]);
    sitting.press("T");
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    assert!(screen.contains("“I like it,” … “It is mine.” (as told by Ann Lee)"), "{screen}");
}

#[test]
fn statement_is_corrected_whole_and_back_in_one_step() {
    let mut sitting = sitting(80, 24);
    sitting.press("ncBo<enter>");
    let speakers = |sitting: &Sitting| -> Vec<Option<usize>> {
        sitting.app.reader().unwrap().findings.quotations.iter().map(|q| q.speaker.map(|speaker| speaker.0)).collect()
    };
    assert_eq!(speakers(&sitting), [Some(1), None, Some(1), Some(1), Some(1), Some(1), Some(0)]);
    let corrected = sitting.written().into_iter().filter(|action| matches!(action, UserAction::Corrected { .. }));
    assert_eq!(corrected.count(), 3);
    // What is said next to it by the same person stays a statement of its own.
    assert_eq!(current(&sitting), [0, 2, 3]);
    sitting.press("U");
    assert_eq!(speakers(&sitting), [Some(0), None, Some(0), Some(0), Some(1), Some(1), Some(0)]);
}

#[test]
fn statements_are_counted() {
    let sitting = sitting(120, 36);
    let headline = sitting.app.catalog().at(0).unwrap();
    assert_eq!(headline.quotations, 3);
    let counts: Vec<_> =
        sitting.app.reader().unwrap().speakers().map(|(speaker, spoken)| (&*speaker.name, spoken.quotations)).collect();
    assert_eq!(counts, [("Ann Lee", 2), ("Bo Carver", 1)]);
    let person = sitting.library.person("ann lee").unwrap().unwrap();
    assert_eq!((person.spoken.quotations, person.articles), (2, 1));
}

fn said(library: &Library, identity: &str) -> Vec<String> {
    let mut all = Vec::new();
    let give = &mut |batch: Vec<pullquote::catalog::Said>| {
        all.extend(batch.into_iter().map(|said| said.citation.quoted));
        std::ops::ControlFlow::Continue(())
    };
    library.said_by(identity, Order::OldestFirst, give).unwrap();
    all
}

#[test]
fn timeline_has_a_row_for_each_statement() {
    let sitting = sitting(80, 24);
    assert_eq!(
        said(&sitting.library, "ann lee"),
        ["“The pump is old,” … “and it is loud.” … “And it is wet.”", "“It is nobody’s,”"]
    );
}

#[test]
fn hits_are_statements() {
    let sitting = sitting(80, 24);
    let hits = sitting.library.search(&Query::parse("said:it speaker:lee"), &|| true).unwrap();
    let snippets: Vec<_> = hits.iter().filter_map(|hit| hit.snippet.as_ref()).map(|found| &*found.text).collect();
    assert_eq!(snippets, ["Ann Lee: “and it is loud.” (and 1 more)"]);
}

/// `libraries/runs-6.sqlite3.zst` was made by the last program that knew no statements: two files of `/tmp/fx/pier` were added,
/// and what the user did was imported.
const RUNS: &[u8] = include_bytes!("libraries/runs-6.sqlite3.zst");

#[test]
fn old_library_gets_statements_and_keeps_what_the_user_did() {
    let old = Old::of(RUNS);
    let library = old.open();
    let counts = |library: &Library| {
        let count = |title: &str| library.get(one(library, title).article.id).unwrap().unwrap().headline().quotations;
        (count("title:crane"), count("title:tide"))
    };
    let outdated = library.outdated().unwrap();
    assert_eq!((outdated.len(), library.outdated_count().unwrap()), (2, 2));
    let note = old.run(&["speakers"]).err;
    assert!(note.contains("pullquote: 2 articles were read by another version") && note.contains("doctor"), "{note}");
    for id in outdated {
        assert!(library.renew(id).unwrap().is_some());
    }
    assert_eq!(library.outdated().unwrap(), []);
    assert!(!old.run(&["speakers"]).err.contains("another version"));
    assert_eq!(library.check().unwrap(), [""; 0]);
    // “It was the grease,” and “And it was the rust.” are two still, as the user gave them to two; so in the other article.
    assert_eq!(counts(&library), (4, 4));
    let crane = one(&library, "title:crane is:starred is:read");
    let speakers = ["It was the grease", "And it was the rust", "Nobody had", "for eleven", "I looked", "I saw a nest"]
        .map(|words| speaker(&crane, words).unwrap());
    let expected = ["Pilar Serrano", "Jon Holt", "Pilar Serrano", "Pilar Serrano", "Nora Brandt", "Nora Brandt"]
        .map(str::to_owned);
    assert_eq!(speakers, expected);
    let position = library.user_state().flags(crane.article.id).position.unwrap();
    assert!(crane.article.body.text()[position..].starts_with("She had a bucket"));
    let tide = one(&library, "title:tide tag:tide");
    assert_eq!(speaker(&tide, "It knows the way"), None);
    assert_eq!(found(&library, "speaker:brandt said:nest"), ["Crane Turns Again"]);
    assert!(library.all_unplaced().unwrap().is_empty());
    let person = library.person("pilar serrano").unwrap().unwrap();
    assert_eq!((person.spoken.quotations, person.articles, person.identities), (3, 2, 2), "the merge holds");
    assert_eq!(
        said(&library, "pilar serrano"),
        ["“It was the grease,”", "“Nobody had looked under the hood,” … “for eleven years.”", "“I was on it,”"]
    );
    assert_eq!(
        said(&library, "nora brandt"),
        ["“I looked,” … “I saw a nest.”", "“We let it go,”", "“It has gone out before, and it has always come back,”"]
    );
}
