//! Reported speech, case by case: each text is marked up with all that it reports.
//!
//! `[words]<Jane Doe>` is a piece of a statement and who says it, `<>` where nobody known does. What is not marked up is not
//! reported. `#` begins a headline.

use std::fmt::Write;

use pullquote::article::{Body, BodyBuilder, ParagraphKind};
use pullquote::quotes::{self, Findings, ReportedSpeech};
use pullquote::text::Span;

fn body(text: &str) -> Body {
    let (headline, text) =
        text.strip_prefix("# ").map_or(("Headline", text), |text| text.split_once('\n').unwrap_or((text, "")));
    let mut builder = BodyBuilder::new(headline);
    for line in text.lines().filter(|line| !line.is_empty()) {
        builder.push(ParagraphKind::Prose, line);
    }
    builder.build()
}

/// The text without its marks, and what they hold: words with their speaker.
fn read(marked: &str) -> (Body, Vec<String>) {
    let (mut plain, mut wanted, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, after)) = rest.split_once('[') {
        let (words, after) = after.split_once("]<").unwrap();
        let (speaker, after) = after.split_once('>').unwrap();
        wanted.push(format!("{words} <{speaker}>"));
        plain.push_str(before);
        plain.push_str(words);
        rest = after;
    }
    plain.push_str(rest);
    (body(&plain), wanted)
}

fn pieces(body: &Body, findings: &Findings, reported: &ReportedSpeech) -> Vec<String> {
    let all = reported.statements.iter().flat_map(|statement| {
        let speaker = reported.speaker(findings, statement).map_or("", |speaker| speaker.name.as_str());
        statement.pieces.iter().map(move |piece| format!("{} <{speaker}>", body.words(*piece)))
    });
    all.collect()
}

fn check(marked: &str) {
    let (body, wanted) = read(marked);
    let (findings, reported) = quotes::find_with_reported(&body);
    assert_eq!(findings, quotes::find(&body), "{marked}");
    assert_eq!(pieces(&body, &findings, &reported), wanted, "{marked}\n{reported:#?}");
}

macro_rules! cases {
    ($($name:ident: $text:expr;)*) => { $(#[test] fn $name() { check($text); })* };
}

mod after {
    use super::check;
    cases! {
        bare_said: "Jane Doe said [the bridge would close]<Jane Doe>.";
        said_that: "Jane Doe said that [the bridge would close in May]<Jane Doe>.";
        said_on_a_day: "Jane Doe said on Monday that [the harbor was too shallow]<Jane Doe>.";
        said_in_a_statement: "Jane Doe said in a statement that [the company had paid every bill]<Jane Doe>.";
        told_reporters: "Jane Doe told reporters that [the ferry would not sail again]<Jane Doe>.";
        told_somebody_without_that: "Jane Doe told the council [the pumps had failed twice]<Jane Doe>.";
        added_after_a_quotation: "“It is over,” Jane Doe said. She added that [nobody would be paid]<Jane Doe>.";
        wrote_in_a_letter: "Jane Doe wrote in a letter that [the school needed a new roof]<Jane Doe>.";
        argued: "Jane Doe argued that [the tax would hurt small farms]<Jane Doe>.";
        claimed: "Rob Roe claimed that [the votes had been counted twice]<Rob Roe>.";
        warned: "Rob Roe warned that [the dam could break within a week]<Rob Roe>.";
        predicted: "Rob Roe predicted that [prices would fall by spring]<Rob Roe>.";
        insisted: "Rob Roe insisted that [he had never met the banker]<Rob Roe>.";
        conceded: "Rob Roe conceded that [the plan had cost too much]<Rob Roe>.";
        noted: "Rob Roe noted that [the road was closed every winter]<Rob Roe>.";
        acknowledged: "Rob Roe acknowledged that [mistakes had been made]<Rob Roe>.";
        present_tense: "Rob Roe says [the river is cleaner than ever]<Rob Roe>.";
        perfect: "Rob Roe has said [he will not run again]<Rob Roe>.";
        adverb_before_the_verb: "Rob Roe repeatedly said [he would not sell the farm]<Rob Roe>.";
        suggested: "Rob Roe suggested that [the museum should stay open]<Rob Roe>.";
        testified: "Rob Roe testified that [the brakes had been replaced in June]<Rob Roe>.";
        announced_a_clause: "The ministry announced that [the border would open at noon]<the ministry>.";
        not_said: "Rob Roe did not say that the fund was empty.";
        never_claimed: "Rob Roe never claimed he had won.";
        has_not_said: "Rob Roe hasn't said that the fund was empty.";
        no_one: "No one said the fund was empty.";
        nobody_said: "Nobody said that the fund was empty.";
        no_official: "No official told reporters that the fund was empty.";
        not_in_the_words: "Rob Roe said [the fund was not empty]<Rob Roe>.";
        denied_that: "Rob Roe denied that [he had taken the money]<Rob Roe>.";
        agreed: "Rob Roe agreed that [the bus was always late]<Rob Roe>.";
        said_with_a_role: "The mayor, Ann Lee, said [the market would move]<Ann Lee>.";
        said_with_apposition: "Ann Lee, a baker in Dover, said [the flour was bad]<Ann Lee>.";
        described_speaker: "A spokesman for the port said [the crane was safe]<a spokesman for the port>.";
    }
}

mod pronouns {
    use super::check;
    cases! {
        she_said: "Jane Doe left at noon. She said [the talks had failed]<Jane Doe>.";
        he_added: "Bob Roe runs the mill. He said that [the wheel was broken]<Bob Roe>.";
        they_said: "The teachers met on Friday. They said [the contract was unfair]<the teachers>.";
    }
}

mod before {
    use super::check;
    cases! {
        comma_said: "[The bridge would close in May]<Jane Doe>, Jane Doe said.";
        comma_she_said: "Jane Doe met the press. [The bridge would close in May]<Jane Doe>, she said.";
        said_inverted: "[The bridge was unsafe and would have to close]<Jane Doe>, said Jane Doe, the engineer.";
        told_at_the_end: "[The vote would be held again in June]<Jane Doe>, Jane Doe told reporters.";
    }
}

mod around {
    use super::check;
    cases! {
        parenthetical: "[The plan]<Jane Doe>, Jane Doe said, [would fail within a year]<Jane Doe>.";
        parenthetical_pronoun: "Jane Doe spoke first. [The old mill]<Jane Doe>, she said, [would be torn down next year]<Jane Doe>.";
    }
}

mod according {
    use super::check;
    cases! {
        according_first: "According to the ministry, [forty people were hurt]<the ministry>.";
        according_last: "[Forty people were hurt in the fire]<the ministry>, according to the ministry.";
        according_to_a_report: "According to a report, [the lake has lost half its water]<a report>.";
        according_to_police: "[The driver left the road at high speed]<police>, according to police.";
    }
}

mod questions {
    use super::check;
    cases! {
        asked_whether: "Jane Doe asked [whether the school would reopen]<Jane Doe>.";
        asked_if: "Rob Roe asked [if anybody had seen the dog]<Rob Roe>.";
    }
}

mod infinitives {
    use super::check;
    cases! {
        urged_to: "Jane Doe urged voters [to reject the plan]<Jane Doe>.";
        promised_to: "Rob Roe promised [to cut the fees]<Rob Roe>.";
        vowed_to: "Rob Roe vowed [to fight the ruling]<Rob Roe>.";
        threatened_to: "Rob Roe threatened [to sue the paper]<Rob Roe>.";
        pledged_to: "Rob Roe pledged [to build a new hospital]<Rob Roe>.";
        asked_somebody_to: "Jane Doe asked [the court to block the law]<Jane Doe>.";
    }
}

mod objects {
    use super::check;
    cases! {
        called_for: "Jane Doe called for [a ban on plastic bags]<Jane Doe>.";
        accused_of: "Jane Doe accused [Rob Roe of lying to the council]<Jane Doe>.";
        denied_a_thing: "Rob Roe denied [any wrongdoing]<Rob Roe>.";
        criticized: "Jane Doe criticized [the decision to close the library]<Jane Doe>.";
        praised: "Jane Doe praised [the work of the nurses]<Jane Doe>.";
        blamed_for: "Jane Doe blamed [the storm for the delay]<Jane Doe>.";
        announced_a_thing: "Jane Doe announced [her resignation]<Jane Doe> on Thursday.";
        condemned: "The union condemned [the attack on the drivers]<the union>.";
        apologized_for: "Rob Roe apologized for [his remarks about the nurses]<Rob Roe>.";
        described_as: "Jane Doe described [the plan as a waste of money]<Jane Doe>.";
    }
}

mod nouns {
    use super::check;
    cases! {
        his_claim_that: "Rob Roe repeated his claim that [the vote was stolen]<Rob Roe>.";
    }
}

mod participles {
    use super::check;
    cases! {
        saying_after_comma: "Jane Doe left the meeting, saying [the plan was a farce]<Jane Doe>.";
        arguing_that: "The union went to court, arguing that [the sale was illegal]<the union>.";
    }
}

mod ends {
    use super::check;
    cases! {
        coordinated_said: "Jane Doe said [the bridge was safe]<Jane Doe> and added that [it would open soon]<Jane Doe>.";
        two_speakers: "Jane Doe said [the bridge was safe]<Jane Doe>, and Rob Roe said [it was not]<Rob Roe>.";
        number_with_a_point: "Jane Doe said [the repair would cost $1.5 million]<Jane Doe>.";
        abbreviation: "Jane Doe said [the U.S. Senate would vote in June]<Jane Doe>.";
    }
}

mod quotations {
    use super::check;
    cases! {
        fragment_inside: "Jane Doe said [the new rules for the harbor were]<Jane Doe> “a mess” [that nobody in the town wanted]<Jane Doe>.";
        clause_before_a_fragment: "Jane Doe said [the long talks with the owners of the mill had ended in]<Jane Doe> “shame.”";
        quotation_only: "Jane Doe said the plan was “a disaster for everyone who lives here and for their children too.”";
        direct: "“The bridge will close,” Jane Doe said.";
        single_marks: "‘The bridge will close,’ Jane Doe said.";
    }
}

mod sources {
    use super::check;
    cases! {
        officials: "Officials said [the fire was out]<officials>.";
        company: "The company said [it had sold the plant]<the company>.";
        named_company: "Acme Corp. said [it would hire 300 people]<Acme Corp.>.";
        poll: "A poll found that [most people trust their doctor]<a poll>.";
        court: "The court ruled that [the law was void]<the court>.";
        passive_by: "Rob Roe was told by Jane Doe that [the job was gone]<Jane Doe>.";
        lawyers: "Lawyers for Rob Roe argued that [he should be released]<lawyers for Rob Roe>.";
        headline_says: "# Doe says [bridge will close]<Doe>";
    }
}

mod nothing {
    use super::check;
    cases! {
        fact: "The bridge was built in 1911 and closed in 1978.";
        fact_with_a_name: "Jane Doe lives in Dover and works at the mill.";
        wants: "Jane Doe wants a new bridge.";
        believes: "Jane Doe believes that the bridge is safe.";
        thinks: "Rob Roe thinks the road is clear.";
        hopes: "Rob Roe hopes to win the race.";
        fears: "Rob Roe fears the dam will break.";
        supports: "The union supports the plan.";
        said_to_be: "The ring is said to be worth a fortune.";
        reportedly: "The singer was reportedly ill.";
        it_is_said: "It is said that the house is haunted.";
        writers_question: "Will the bridge ever open again?";
        read_a_book: "Rob Roe read a book about bees.";
        called_by_phone: "Rob Roe called his mother on Sunday.";
        ordered_food: "Rob Roe ordered soup and bread.";
        charged_a_fee: "The hotel charged guests a small fee.";
        found_a_thing: "The divers found a rusty anchor near the pier.";
        report_as_noun: "The report has two hundred pages.";
        declined_to_comment: "Rob Roe declined to comment.";
        spoke_for_an_hour: "Rob Roe spoke for an hour and then left.";
        answered_the_phone: "Nobody answered the phone.";
        signs: "The signs point north.";
        held_a_meeting: "The board held a meeting in Leeds.";
        weather: "Snow fell all night, and the roads were shut.";
    }
}

/// The one statement of a text.
fn statement(text: &str) -> (Body, Findings, ReportedSpeech) {
    let body = body(text);
    let (findings, reported) = quotes::find_with_reported(&body);
    assert_eq!(reported.statements.len(), 1, "{text}\n{reported:#?}");
    (body, findings, reported)
}

#[test]
fn statement_has_its_cue_mention_and_reason() {
    let (body, findings, reported) = statement("Jane Doe left at noon. She said that the talks had failed.");
    let one = &reported.statements[0];
    assert_eq!(body.words(one.cue), "said");
    assert_eq!(body.words(one.mention), "She");
    assert_eq!(one.reason.0, "reported: cue 'said', subject 'She', who is Jane Doe");
    assert!((0.6..=1.0).contains(&one.confidence));
    assert_eq!(reported.speaker(&findings, one).unwrap().name, "Jane Doe");
    assert_eq!(one.hull(), one.pieces[0]);
}

#[test]
fn speaker_of_a_quotation_is_the_same_one_in_reported_speech() {
    let (_, findings, reported) = statement("“It is over,” Jane Doe said.\nDoe added that nobody would be paid.");
    assert_eq!(findings.speakers.len(), 1);
    assert_eq!(reported.statements[0].speaker, findings.quotations[0].speaker);
    assert!(reported.others.is_empty());
}

#[test]
fn who_is_only_reported_is_known_beside_the_speakers_of_quotations() {
    let (_, findings, reported) = statement("“It is over,” Jane Doe said.\nRob Roe warned that the dam could break.");
    assert_eq!(reported.others.len(), 1);
    assert_eq!(reported.statements[0].speaker.unwrap().0, findings.speakers.len());
    assert_eq!(reported.others[0].name, "Rob Roe");
}

#[test]
fn two_who_say_it_together_are_one_speaker() {
    let (_, findings, reported) = statement("Jane Doe and Rob Roe said the bridge would close.");
    assert_eq!(reported.speaker(&findings, &reported.statements[0]).unwrap().name, "Jane Doe & Rob Roe");
}

#[test]
fn statements_go_over_to_findings_that_were_narrowed() {
    let body = body(
        "“It is over,” Jane Doe said.\nDoe added that nobody would be paid. Rob Roe warned that the dam could break.",
    );
    let (findings, reported) = quotes::find_with_reported(&body);
    let none = Findings::default();
    let moved = reported.clone().beside(&findings, &none);
    let names: Vec<_> = moved.statements.iter().map(|one| moved.speaker(&none, one).unwrap().name.clone()).collect();
    assert_eq!(names, ["Jane Doe", "Rob Roe"]);
    let only = moved.of_speakers(&none, |speaker| speaker.name == "Rob Roe");
    assert_eq!((only.statements.len(), only.others.len()), (1, 1));
    assert_eq!(only.speaker(&none, &only.statements[0]).unwrap().name, "Rob Roe");
    assert_eq!(reported.beside(&findings, &findings).others.len(), 1);
}

#[test]
fn texts_made_to_be_slow_are_read() {
    for unit in ["said ", "according to ", "Jane Doe said that she said, ", "he said, he said, ", "said, and ", "5.5"] {
        let mut text = String::from("# Headline\n");
        for _ in 0..40_000 / unit.len() {
            write!(text, "{unit}").unwrap();
        }
        let body = body(&text);
        let (findings, reported) = quotes::find_with_reported(&body);
        holds(&body, &findings, &reported).unwrap();
    }
}

/// Whether the spans are in order, in one paragraph, on boundaries, and apart from each other and from quotations.
fn holds(body: &Body, findings: &Findings, reported: &ReportedSpeech) -> Result<(), String> {
    let text = body.text();
    let mut all: Vec<Span> = findings.quotations.iter().filter(|one| one.depth == 0).map(|one| one.outer).collect();
    for statement in &reported.statements {
        if statement.pieces.is_empty() || !(0.0..=1.0).contains(&statement.confidence) {
            return Err(format!("{statement:?}"));
        }
        let hull = statement.hull();
        if !body.paragraphs().iter().any(|paragraph| paragraph.words().covers(hull)) {
            return Err(format!("not in one paragraph: {statement:?}"));
        }
        let known = findings.speakers.len() + reported.others.len();
        if statement.speaker.is_some_and(|speaker| speaker.0 >= known) {
            return Err(format!("unknown speaker: {statement:?}"));
        }
        let spans = statement.pieces.iter().chain([&statement.cue, &statement.mention]);
        if !spans.into_iter().all(|span| !span.is_empty() && text.get(span.start..span.end).is_some()) {
            return Err(format!("off a boundary: {statement:?}"));
        }
        all.extend(&statement.pieces);
    }
    all.sort_unstable();
    match all.windows(2).find(|pair| pair[0].end > pair[1].start) {
        Some(pair) => Err(format!("overlap: {pair:?} in {text}")),
        None => Ok(()),
    }
}

mod properties {
    use proptest::prelude::*;

    use super::{body, holds};
    use pullquote::quotes;

    /// Something like news, and something unlike anything.
    fn news() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "said",
            "says",
            "told",
            "according",
            "to",
            "that",
            "asked",
            "whether",
            "claim",
            "denied",
            "saying",
            "Jane",
            "Doe",
            "Rob",
            "Roe",
            "he",
            "she",
            "they",
            "who",
            "the",
            "mayor",
            "a",
            "poll",
            "bridge",
            "would",
            "close",
            "was",
            "and",
            "but",
            ",",
            ".",
            ";",
            "—",
            "(",
            ")",
            "“",
            "”",
            "\"",
            "'",
            "’s",
            "1.5",
            "%",
            "\n",
            "It",
            "by",
            "as",
            "reporters",
            "on",
            "Monday",
            "not",
            "😀",
            "é",
        ]);
        prop::collection::vec((word, prop::bool::weighted(0.85)), 0..140).prop_map(|words| {
            words.into_iter().map(|(word, blank)| if blank { format!("{word} ") } else { word.to_owned() }).collect()
        })
    }

    proptest! {
        #[test]
        fn spans_are_apart_in_their_paragraph_and_on_boundaries(text in news()) {
            let body = body(&text);
            let (findings, reported) = quotes::find_with_reported(&body);
            prop_assert_eq!(holds(&body, &findings, &reported), Ok(()));
        }

        #[test]
        fn any_text_is_fine(text in "\\PC{0,200}(\n\\PC{0,80}){0,3}") {
            let body = body(&text);
            let (findings, reported) = quotes::find_with_reported(&body);
            prop_assert_eq!(holds(&body, &findings, &reported), Ok(()));
        }

        #[test]
        fn quotations_are_those_that_are_found_without_it(text in news()) {
            let body = body(&text);
            let both = quotes::find_with_reported(&body);
            prop_assert_eq!(&both.0, &quotes::find(&body));
            prop_assert_eq!(both, quotes::find_with_reported(&body));
        }
    }
}
