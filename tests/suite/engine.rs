//! Who said what, case by case: each text is marked up with its answer.
//!
//! `<Jane Doe>` behind a quotation is its speaker, `<>` that it has none, `<1 Jane Doe>` that it is a part of statement 1,
//! `<Jane Doe via Rob Roe>` that Rob Roe reports it; a quotation without a mark is not looked at.
//! `#` begins the headline, every other line is a paragraph; `>` a block quotation, `>>` a citation below one, `;` a term, `:`
//! its definition.

use pullquote::article::{Body, BodyBuilder, ParagraphKind};
use pullquote::quotes::{self, Findings, QuotationKind};

/// Removes the marks: the body, and for each mark its byte offset and what it holds.
fn read(marked: &str) -> (Body, Vec<(usize, String)>) {
    let mut headline = String::from("Headline");
    let mut paragraphs: Vec<(ParagraphKind, String)> = Vec::new();
    let mut marks: Vec<(usize, usize, String)> = Vec::new();
    for line in marked.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (is_headline, line) = line.strip_prefix("# ").map_or((false, line), |l| (true, l));
        let kinds = [
            (">> ", ParagraphKind::Citation),
            ("> ", ParagraphKind::BlockQuotation),
            ("; ", ParagraphKind::Term),
            (": ", ParagraphKind::Definition),
        ];
        let (kind, line) = match kinds.iter().find_map(|(mark, kind)| Some((*kind, line.strip_prefix(mark)?))) {
            Some(marked) => marked,
            None => (ParagraphKind::Prose, line),
        };
        let mut plain = String::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('<') {
            plain.push_str(before);
            let (mark, after) = after.split_once('>').unwrap_or((after, ""));
            let paragraph = if is_headline { 0 } else { paragraphs.len() + 1 };
            marks.push((paragraph, plain.len(), mark.to_owned()));
            rest = after;
        }
        plain.push_str(rest);
        if is_headline { headline = plain } else { paragraphs.push((kind, plain)) }
    }
    let mut builder = BodyBuilder::new(&headline);
    for (kind, paragraph) in &paragraphs {
        builder.push(*kind, paragraph);
    }
    let body = builder.build();
    let marks = marks.into_iter().map(|(p, at, mark)| (body.paragraphs()[p].span.start + at, mark)).collect();
    (body, marks)
}

pub fn check(marked: &str) {
    let (body, marks) = read(marked);
    let findings = quotes::find(&body);
    let statements = findings.statements();
    for (at, wanted) in marks {
        let number = findings.quotations.iter().position(|q| q.outer.end == at);
        let number = number.unwrap_or_else(|| panic!("no quotation ends at {at} in {marked}\n{findings:#?}"));
        let quotation = &findings.quotations[number];
        let speaker = findings.speaker_of(quotation).map_or("", |s| s.name.as_str());
        let numbered = wanted.split_once(' ').and_then(|(number, name)| Some((number.parse::<usize>().ok()?, name)));
        let wanted = numbered.map_or(wanted.as_str(), |(_, name)| name);
        let (wanted, wanted_via) = wanted.split_once(" via ").unwrap_or((wanted, ""));
        let via = quotation.via.as_ref().map_or("", |reporter| reporter.name.as_str());
        if let Some((wanted, _)) = numbered {
            let statement = statements.iter().position(|runs| runs.contains(&number)).map(|at| at + 1);
            assert_eq!(statement, Some(wanted), "statement of “{}” in\n{marked}", body.words(quotation.span));
        }
        assert_eq!(speaker, wanted, "“{}” in\n{marked}\nreason: {}", body.words(quotation.span), quotation.reason);
        assert_eq!(via, wanted_via, "who reports “{}” in\n{marked}", body.words(quotation.span));
    }
}

/// The role of a speaker in a text.
pub fn role(text: &str, name: &str) -> Option<String> {
    let speakers = quotes::find(&read(text).0).speakers;
    let speaker = speakers.iter().find(|speaker| speaker.name == name);
    speaker.unwrap_or_else(|| panic!("{name} does not speak: {speakers:#?}")).role.clone()
}

macro_rules! cases {
    ($($name:ident: $text:expr;)*) => { $(#[test] fn $name() { check($text); })* };
}
pub(crate) use cases;

mod order {
    use super::check;
    cases! {
        name_then_verb_after: "“It works,”<Jane Doe> Jane Doe said.";
        verb_then_name_after: "“It works,”<Jane Doe> said Jane Doe.";
        name_then_verb_before: "Jane Doe said: “It works.”<Jane Doe>";
        comma_before: "Jane Doe said, “It works.”<Jane Doe>";
        verb_then_name_before: "Said Jane Doe: “It works.”<Jane Doe>";
        according_to_before: "According to Jane Doe, “it works on most days.”<Jane Doe>";
        according_to_after: "The pump “works on most days,”<Jane Doe> according to Jane Doe.";
        that_clause: "Jane Doe said that the pump “works on most days.”<Jane Doe>";
        bare_clause: "Jane Doe said the pump was “working on most days.”<Jane Doe>";
        split_in_the_middle: "“It works,”<Jane Doe> Jane Doe said, “but not well.”<Jane Doe>";
        split_in_two_sentences: "“It works,”<Jane Doe> Jane Doe said. “It does not work well.”<Jane Doe>";
        split_by_inversion: "“It works,”<Jane Doe> said Jane Doe. “It does not work well.”<Jane Doe>";
        question_then_name: "“Does it work?”<Jane Doe> Jane Doe asked.";
        exclamation_then_inversion: "“It works!”<Jane Doe> cried Jane Doe.";
        adverb_between: "“It works,”<Jane Doe> Jane Doe later said.";
        adverb_after_inversion: "“It works,”<Jane Doe> added Jane Doe quietly.";
        told_another_person: "“It works,”<Jane Doe> Jane Doe told Rob Roe.";
        told_reporters: "“It works,”<Jane Doe> Jane Doe told reporters on Tuesday.";
        told_before: "Jane Doe told Rob Roe: “It works.”<Jane Doe>";
        asked_by: "Asked by Rob Roe whether it worked, Jane Doe replied: “It works.”<Jane Doe>";
        day_between: "Jane Doe on Tuesday said the pump “works on most days.”<Jane Doe>";
        statement_between: "Jane Doe said in a statement that the pump “works on most days.”<Jane Doe>";
        tag_with_place: "“It works,”<Jane Doe> Jane Doe said at the town hall in Ellery.";
        two_speakers_in_two_paragraphs: "“It works,”<Jane Doe> Jane Doe said.\n“It does not,”<Rob Roe> said Rob Roe.";
        two_speakers_in_one_paragraph:
            "Jane Doe said it was “a good pump for the town.”<Jane Doe> Rob Roe said it was “a disaster for the town.”<Rob Roe>";
        while_clause: "Jane Doe called it “a good pump,”<Jane Doe> while Rob Roe said it was “a heap of rust.”<Rob Roe>";
        colon_alone: "Jane Doe: “It works.”<Jane Doe>";
        as_clause: "The pump is, as Jane Doe put it, “a thing of beauty.”<Jane Doe>";
        lead_in_above: "Jane Doe had this to say:\n“It works on most days and rests on the others.”<Jane Doe>";
        signature_below: "“It works on most days and rests on the others.”<Jane Doe>\n— Jane Doe";
    }
}

mod clauses {
    use super::check;
    cases! {
        apposition_after: "“It works,”<Jane Doe> said Jane Doe, a plumber from Ellery.";
        apposition_between: "Jane Doe, a plumber from Ellery, said the pump “works on most days.”<Jane Doe>";
        apposition_with_company: "Jane Doe, a spokeswoman for Valve Holdings, said the pump “works on most days.”<Jane Doe>";
        age_between: "“It works,”<Jane Doe> said Jane Doe, 34.";
        age_and_role: "Jane Doe, 34, a plumber, said the pump “works on most days.”<Jane Doe>";
        brackets_between: "Jane Doe (R-Ellery) said the pump “works on most days.”<Jane Doe>";
        relative_clause_between: "Jane Doe, who built the pump, said it “works on most days.”<Jane Doe>";
        relative_who_calls: "The mayor met Jane Doe, who called the pump “a thing of beauty.”<Jane Doe>";
        coordinated_verb: "Jane Doe praised the council and said the pump “works on most days.”<Jane Doe>";
        participle: "Jane Doe praised the council, saying the pump “works on most days.”<Jane Doe>";
        participle_adding: "“It works,”<Jane Doe> Jane Doe said, adding: “It works well.”<Jane Doe>";
        participle_calling: "Jane Doe criticised the council, calling its plan “a heap of rust.”<Jane Doe>";
        participle_first: "Calling the plan “a heap of rust,”<Jane Doe> Jane Doe left the meeting.";
        by_saying: "Jane Doe opened the debate by saying that the pump “works on most days.”<Jane Doe>";
        called_it: "Jane Doe called it “a heap of rust.”<Jane Doe>";
        described_as: "Jane Doe described the plan as “a heap of rust.”<Jane Doe>";
        accused_of: "Jane Doe accused the council of “a complete lack of care.”<Jane Doe>";
        passive_by: "The plan was called “a heap of rust and hope”<Jane Doe> by Jane Doe.";
        two_fragments: "Jane Doe said the plan was “poor”<Jane Doe> and “late.”<Jane Doe>";
        fragment_of_one_word: "Jane Doe said the plan was “rubbish.”<Jane Doe>";
        open_class_verb: "“It works,”<Jane Doe> Jane Doe harrumphed.";
        object_is_not_the_speaker: "Jane Doe told Rob Roe that the pump “works on most days.”<Jane Doe>";
        somebody_in_the_content: "Jane Doe said Rob Roe was “a danger to pumps.”<Jane Doe>";
        prepositional_person: "A friend of Rob Roe said the plan was “a heap of rust.”<a friend of Rob Roe>";
        noun_for_words: "In Jane Doe’s words, the plan is “a heap of rust.”<Jane Doe>";
        heckler_interrupts: "Jane Doe had begun to speak when Rob Roe shouted: “It leaks!”<Rob Roe>";
        negated: "Jane Doe never said the plan was “a heap of rust.”<Jane Doe>";
        passive_subject_then_speaker: "The pump was opened on Friday by the council. “It works,”<Jane Doe> Jane Doe said.";
    }
}

mod names {
    use super::check;
    cases! {
        surname_to_full_name: "Jane Doe built a pump.\n“It works,”<Jane Doe> Doe said.";
        full_name_later: "“It works,”<Jane Doe> Doe said.\nJane Doe built the pump.";
        full_name_in_the_headline: "# Plumber Jane Doe builds a pump\n“It works,”<Jane Doe> Doe said.";
        full_name_in_a_title_case_headline: "# Jane Doe Builds Another Splendid Pump\n“It works,”<Jane Doe> Doe said.";
        title_before_the_name: "“It works,”<Jane Doe> said Mayor Jane Doe.\n“Well,”<Jane Doe> Ms. Doe said.";
        doctor: "“It heals,”<Jane Doe> said Dr Jane Doe.\n“It heals,”<Jane Doe> Dr. Doe said.";
        sergeant: "“We have him,”<Rob Roe> Sgt. Rob Roe said.";
        detective_inspector: "“We have him,”<Rob Roe> Detective Inspector Rob Roe said.";
        senator_of_a_state: "“I vote no,”<Rob Roe> said Texas Sen. Rob Roe.";
        secretary_of: "“I vote no,”<Rob Roe> said Secretary of State Rob Roe.";
        initial: "Jane Q. Doe built a pump.\n“It works,”<Jane Q. Doe> said Jane Doe.";
        junior_is_somebody_else: "Rob Roe Jr. met Rob Roe.\n“I won,”<Rob Roe Jr.> Rob Roe Jr. said.";
        particle: "Erik van der Velde built a pump.\n“It works,”<Erik van der Velde> Mr. van der Velde said.";
        al_name: "“It works,”<Amina al-Sayegh> said Amina al-Sayegh.\n“Well,”<Amina al-Sayegh> Dr. al-Sayegh said.";
        irish_name: "“It works,”<Sean O’Hara> said Sean O’Hara.\n“Well,”<Sean O’Hara> O’Hara said.";
        accents: "“It works,”<José Núñez> said José Núñez.\n“Well,”<José Núñez> Núñez said.";
        hyphen: "“It works,”<Jane Doe-Smith> said Jane Doe-Smith.\n“Well,”<Jane Doe-Smith> Doe-Smith said.";
        surname_that_is_a_first_name: "Megyn Kelly built a pump.\n“It works,”<Megyn Kelly> Kelly said.";
        surname_in_ly: "Pat Connolly built a pump.\n“It works,”<Pat Connolly> said the plumber.\nConnolly said it “works on most days.”<Pat Connolly>";
        first_name_alone: "Jane Doe built a pump.\n“It works,”<Jane Doe> Jane said.";
        family_name_first: "President Xi Jinping built a pump.\n“It works,”<Xi Jinping> Xi said.";
        two_of_one_surname: "Jane Doe and her brother Rob Doe built a pump.\n“It works,”<Jane Doe> Jane Doe said.\n“It leaks,”<Rob Doe> said Rob Doe.";
        two_of_one_surname_by_title: "Jane Doe married Rob Doe.\n“It works,”<Jane Doe> Mrs. Doe said.\n“It leaks,”<Rob Doe> Mr. Doe said.";
        capitals_and_possessive: "Jane Doe’s pump opened on Friday. “It works,”<Jane Doe> Doe said.";
        company: "The company, Valve Holdings, said the pump “works on most days.”<Valve Holdings>";
        company_statement: "“We regret the flood,”<Valve Holdings> Valve Holdings said in a statement.";
        paper: "The plan is “a heap of rust,”<Ellery Courier> the Ellery Courier wrote.";
        short_form_of_a_paper: "The Ellery Courier opposed it.\nThe Courier called the plan “a heap of rust.”<Ellery Courier>";
        the_newspaper: "The Ellery Courier opposed it. The newspaper called the plan “a heap of rust.”<Ellery Courier>";
        acronym: "The Royal Pump Society opposed it. “It leaks,”<Royal Pump Society> the RPS said.";
        police: "“We have him,”<police> police said.";
        office: "The White House said the plan was “a matter for the states.”<White House>";
        joint: "“We built it,”<Jane Doe & Rob Roe> Jane Doe and Rob Roe said.";
        trailing_role_word: "Town Clerk Edwina Sallow confirmed it. “I looked,”<Edwina Sallow> Sallow said.";
        unknown_title_before_a_name: "“I looked,”<Joan Teale> said Harbourmaster Joan Teale.";
        place_before_a_name: "“I run,”<Usain Pryce> said Jamaican sprinter Usain Pryce.";
        plural_possessive_in_a_name: "The Passengers’ League said the trams “are a disgrace.”<Passengers’ League>";
    }
}

mod pronouns {
    use super::check;
    cases! {
        he: "Rob Roe built a pump.\n“It works,”<Rob Roe> he said.";
        she: "Jane Doe built a pump.\n“It works,”<Jane Doe> she said.";
        he_not_she: "Rob Roe built a pump. Jane Doe broke it.\n“It works,”<Rob Roe> he said.";
        she_not_he: "Jane Doe built a pump. Rob Roe broke it.\n“It works,”<Jane Doe> she said.";
        the_one_who_spoke_goes_on: "“It works,”<Jane Doe> Jane Doe said.\n“It works well,”<Jane Doe> she added.";
        never_from_inside_a_quotation: "“I like Jane Doe,”<Ann Poe> said Ann Poe. “She builds pumps,”<Ann Poe> she said.";
        the_subject_before_the_object: "Rob Roe met Sam Poe on Friday. “He is late,”<Rob Roe> he said.";
        gender_by_title: "Mr. Sallow met Ms. Teale. “It works,”<Teale> she said.";
        gender_by_role: "The spokeswoman, Robin Sallow, met Sam Roe. “It works,”<Robin Sallow> she said.";
        not_a_company: "Jane Doe works for Ellery Tramways. “I drive,”<Jane Doe> she said.";
        not_a_place: "Jane Doe lives in Lee County. “I drive,”<Jane Doe> she said.";
        it_is_the_body: "The Royal Pump Society opposed the plan. It called it “a heap of rust.”<Royal Pump Society>";
        in_the_same_sentence: "Rob Roe said he was “a happy man.”<Rob Roe>";
        over_two_paragraphs: "Jane Doe built a pump.\nIt opened on Friday.\n“It works,”<Jane Doe> she said.";
        unknown_name_but_an_age: "Franz Quorn, 18, disagrees. “It leaks,”<Franz Quorn> he says.";
        traffic_warden: "Judge Ann Poe opened the hearing.\nThe warden, Joyce Lunn, told the court that she bore no grudge. “He paid,”<Joyce Lunn> she said.";
    }
}

mod roles {
    use super::check;
    cases! {
        role_before_the_name: "Kremlin spokesman Dmitry Orlov denied it.\n“It is wrong,”<Dmitry Orlov> the spokesman said.";
        role_with_its_body: "Kremlin spokesman Dmitry Orlov met envoy Rob Roe.\nThe Kremlin spokesman said it was “wrong in every word.”<Dmitry Orlov>";
        role_after_the_name: "Jane Doe, the club’s manager, was happy.\n“We won,”<Jane Doe> the manager said.";
        senator: "Texas Sen. Rob Roe met Ann Poe.\n“I vote no,”<Rob Roe> the senator said.";
        minister: "Transport Minister Ann Poe resigned.\n“I am tired,”<Ann Poe> the minister said.";
        epithet: "Ivan Grozny spoke on Friday. “This is ignorance,”<Ivan Grozny> the despot said.";
        years_old: "Alf Tully mended the pipe. “It leaks,”<Alf Tully> the 61-year-old said.";
        unnamed_official: "“It leaks,”<a senior official> a senior official said.";
        unnamed_source: "“It leaks,”<a source close to the club> a source close to the club said.";
        the_source_again: "“It leaks,”<a source close to the club> a source close to the club said. “It stinks,”<a source close to the club> the source said.";
        officials: "Officials said the dam was “in no danger of breaking.”<officials>";
        critics: "Critics called the plan “a heap of rust.”<critics>";
        residents: "“It leaks,”<residents> residents said.";
        somebodys_wife: "Rob Roe left early. His wife said he was “a tired man.”<Rob Roe’s wife>";
        somebodys_lawyer_by_name: "Rob Roe’s lawyer, Ann Poe, said he was “a tired man.”<Ann Poe>";
        the_club: "The Royal Pump Society lost. “We are sad,”<Royal Pump Society> the society said.";
        statement_of_somebody: "Jane Doe released a statement on Friday. “I am tired,”<Jane Doe> the statement said.";
        report: "The report said the dam was “in no danger of breaking.”<the report>";
        letter_of_somebody: "In a letter to the council, Jane Doe wrote: “It leaks.”<Jane Doe>";
        tweet: "“It leaks!”<Jane Doe> tweeted Jane Doe.";
        crowd: "The crowd chanted “Out, out, out!”<the crowd>";
        campaign_of_somebody: "Jane Doe won. Doe’s campaign called it “a great day.”<Jane Doe’s campaign>";
    }
}

mod nobody {
    use super::check;
    cases! {
        scare_quotes: "Nobody mends the drains of the “system”<> and everybody pays for them.";
        title_of_a_song: "They played “Yesterday’s Pump”<> for an hour.";
        title_after_naming_word: "Jane Doe’s film, titled “The Long Pump,”<> opens on Friday.";
        so_called: "The so-called “pump tax”<> was dropped.";
        inches: "The pipe was 6'2\" long and 3'4\" wide.\n\"It leaks,\"<Jane Doe> Jane Doe said.";
        apostrophes_are_not_marks: "The dogs' dinner wasn't the cats' dinner in the '90s.\n'It leaks,'<Jane Doe> Jane Doe said.";
        reportedly: "Jane Doe is reportedly “testing the waters”<> in Ellery.";
    }
}

mod marks {
    use super::check;
    cases! {
        straight: "\"It works,\"<Jane Doe> Jane Doe said. \"Well.\"<Jane Doe>";
        british: "‘It works,’<Jane Doe> said Jane Doe. ‘It’s the council’s pump.’<Jane Doe>";
        british_straight: "'It works,'<Jane Doe> said Jane Doe. 'It's the council's pump.'<Jane Doe>";
        doubled_single_marks: "''It works,''<Jane Doe> Jane Doe said.";
        nested_single: "“They said ‘no’ to me,”<Jane Doe> Jane Doe said.";
        nested_double: "‘They said “no” to me,’<Jane Doe> Jane Doe said.";
        nested_at_the_end: "“They said, ‘No,’”<Jane Doe> Jane Doe said.";
        two_paragraphs: "“It works,”<Jane Doe> Jane Doe said. “It works on most days.\n“On the others it rests.”<Jane Doe>";
        three_paragraphs: "“It works,”<Jane Doe> Jane Doe said. “It works on most days.\n“On the others it rests.\n“As we all must.”<Jane Doe>";
        wrong_way_mark: "Jane Doe called it “a heap of rust“<Jane Doe> on Friday.";
        stray_closing_mark: "It was late.” The town slept.\n“It works,”<Jane Doe> Jane Doe said.";
        stray_opening_mark: "It was “late. The town slept.\n“It works,”<Jane Doe> Jane Doe said.";
        abbreviations: "“It works,”<Jane Doe> said Jane Doe of St. Mary’s. “Well.”<Jane Doe>";
        alone_in_its_paragraph: "“It works,”<Jane Doe> Jane Doe said.\n“It works on most days and rests on the others, as we all must.”<Jane Doe>";
    }
}

mod other_news {
    use super::check;
    cases! {
        sport: "United manager Rob Roe said his side were “second best in every department”<Rob Roe> after the 3-0 defeat.";
        sport_inverted: "“We were second best,”<Rob Roe> said manager Rob Roe.";
        sport_striker: "“I just hit it,”<Kofi Strand> said striker Kofi Strand, who scored twice.";
        crime: "“He had a knife,”<Jane Doe> said Jane Doe, who lives next door.";
        crime_police: "Det Supt Rob Roe said: “This was a senseless act.”<Rob Roe>";
        court: "Judge Ann Poe told him: “You are a danger to pumps.”<Ann Poe>";
        court_lawyer: "Defending, Rob Roe said his client was “a broken man.”<Rob Roe>";
        science: "“The data are clear,”<Ann Poe> said Ann Poe, a geologist at the University of Ellery who was not involved in the study.";
        science_study: "“This is new,”<Ann Poe> says lead author Ann Poe.";
        business: "Chief executive Ann Poe said the results were “ahead of our plan.”<Ann Poe>";
        business_analyst: "“The shares are dear,”<Rob Roe> said Rob Roe, an analyst at Valve Bank.";
        celebrity: "“I love him,”<Jane Doe> the actress Jane Doe told Glow magazine.";
        celebrity_source: "“They are so in love,”<an insider> an insider told Glow.";
        celebrity_post: "The singer Jane Doe wrote on her page: “Thank you all.”<Jane Doe>";
        weather: "“Stay at home,”<Ann Poe> warned forecaster Ann Poe.";
        caribbean: "“We a go win dis,”<Shelly-Ann Poe> said Shelly-Ann Poe from her yard in Spanish Town.";
        asia: "“We will study the plan,”<Tan Wei Ming> said Minister Tan Wei Ming.\nMr Tan added that it was “early days yet.”<Tan Wei Ming>";
        africa: "“The roads are bad,”<Wanjiru Njeri> said Wanjiru Njeri, a farmer.";
        obituary: "“She was the best of us,”<Rob Roe> her brother, Rob Roe, said.";
        interview_in_a_magazine: "“I cook,”<Jane Doe> Jane Doe says, laughing. “I cook a lot.”<Jane Doe>";
        present_tense: "“It works,”<Jane Doe> says Jane Doe.";
        head_teacher: "Headteacher Jane Doe said pupils were “as good as gold.”<Jane Doe>";
        firefighters: "A spokesman for the fire service said the fire was “under control by noon.”<a spokesman for the fire service>";
        union: "The union’s leader, Rob Roe, said it was “a slap in the face.”<Rob Roe>";
    }
}

fn findings(text: &str) -> (Body, Findings) {
    let (body, _) = read(text);
    let findings = quotes::find(&body);
    (body, findings)
}

#[test]
fn roles_and_aliases_are_kept() {
    let (_, found) = findings(
        "Kremlin spokesman Dmitry Orlov denied it.\n“It is wrong,” Orlov said.\n“Quite wrong,” the spokesman said.",
    );
    let speaker = &found.speakers[0];
    assert_eq!((found.speakers.len(), speaker.name.as_str()), (1, "Dmitry Orlov"));
    assert_eq!(speaker.role.as_deref(), Some("Kremlin spokesman"));
    assert!(speaker.aliases.iter().any(|a| a == "Orlov") && speaker.aliases.iter().any(|a| a == "the spokesman"));
    assert_eq!(speaker.mentions.len(), 3);
}

#[test]
fn kinds_are_distinguished() {
    let (_, found) = findings(
        "“It works well on most days,” Jane Doe said. She called it “a joy.” They played “Yesterday’s Pump” for an hour.",
    );
    let kinds: Vec<_> = found.quotations.iter().map(|q| q.kind).collect();
    assert_eq!(kinds, [QuotationKind::Speech, QuotationKind::Fragment, QuotationKind::Title]);
}

#[test]
fn cue_and_mention_are_shown() {
    let (body, found) = findings("“It works,” said Jane Doe, a plumber.");
    let quotation = &found.quotations[0];
    assert_eq!(quotation.cue.map(|c| body.words(c)), Some("said"));
    assert_eq!(quotation.mention.map(|m| body.words(m)), Some("Jane Doe"));
    assert_eq!(quotation.reason.to_string(), "cue 'said', subject 'Jane Doe'");
    assert!(quotation.confidence > 0.9);
}

#[test]
fn quotation_over_paragraphs_is_one_statement() {
    let (_, found) = findings("“One, she said.\n“Two,” Jane Doe said.");
    assert_eq!(found.statements(), [[0, 1]]);
}

#[test]
fn empty_article_has_no_speaker() {
    assert_eq!(quotes::find(&BodyBuilder::new("").build()), Findings::default());
}

/// Text before it is looked at, and there is none.
#[test]
fn text_that_begins_in_the_middle() {
    for headline in
        [", & Ines Okafor said “no.”", ", and the minister said “no.”", "& Okafor", ", “no,” said Okafor", ", or"]
    {
        let body = BodyBuilder::new(headline).build();
        assert_eq!(quotes::find(&body).quotations.len(), headline.matches('“').count(), "{headline}");
    }
}

#[test]
fn bylines_and_promotion_are_not_searched() {
    let mut builder = BodyBuilder::new("Headline");
    builder.push(ParagraphKind::Byline, "By “Jane” Doe").push(ParagraphKind::Promotion, "Read “more” here");
    assert!(quotes::find(&builder.build()).quotations.is_empty());
}

#[test]
fn thousands_of_marks_end() {
    for unit in ["\"", "“", "‘", "'", "“‘", "«", "Doe's ", "said Doe, ", "“a” ", "( ", "of the ", "who ", "\u{301}"]
    {
        let (body, found) = findings(&unit.repeat(20_000));
        assert!(found.quotations.iter().all(|q| body.text().is_char_boundary(q.span.end)));
    }
}

pub mod properties {
    use super::{Body, BodyBuilder, ParagraphKind, quotes};
    use proptest::prelude::*;
    use pullquote::text::Span;

    /// Text made of what the engine looks at, so that it gets into every corner.
    pub fn news() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "“",
            "”",
            "\"",
            "'",
            "‘",
            "’",
            "«",
            "»",
            "„",
            "said",
            "Jane",
            "Doe",
            "Mr.",
            "the",
            "spokesman",
            "he",
            "she",
            "who",
            ",",
            ".",
            ":",
            "?",
            "—",
            "(",
            ")",
            "and",
            "of",
            "told",
            "according",
            "to",
            "Smith's",
            "police",
            "34",
            "calling",
            "it",
            "company",
            "É",
            "林",
            "😀",
            "U.S.",
            "his",
            "wife",
            "\n",
            "statement",
            "Sen.",
            "&",
            "and",
            "Q:",
            "''",
        ]);
        prop::collection::vec((word, prop::bool::weighted(0.8)), 0..120).prop_map(|words| {
            words.into_iter().map(|(w, blank)| if blank { format!("{w} ") } else { w.to_owned() }).collect()
        })
    }

    pub fn body(text: &str) -> Body {
        let mut lines = text.lines();
        let mut builder = BodyBuilder::new(lines.next().unwrap_or_default());
        for line in lines {
            builder.push(ParagraphKind::Prose, line);
        }
        builder.build()
    }

    proptest! {
        #[test]
        fn any_text_is_fine(text in "\\PC{0,200}(\n\\PC{0,80}){0,3}") {
            let body = body(&text);
            prop_assert_eq!(quotes::find(&body), quotes::find(&body));
        }

        #[test]
        fn spans_are_in_order_inside_and_on_boundaries(text in news()) {
            let body = body(&text);
            let found = quotes::find(&body);
            let whole = body.text();
            for pair in found.quotations.windows(2) {
                prop_assert!(pair[0].outer.start <= pair[1].outer.start);
            }
            for quotation in &found.quotations {
                prop_assert!(quotation.outer.covers(quotation.span));
                prop_assert!((0.0..=1.0).contains(&quotation.confidence));
                for span in [Some(quotation.outer), Some(quotation.span), quotation.cue, quotation.mention].into_iter().flatten() {
                    prop_assert!(whole.get(span.start..span.end).is_some());
                }
                prop_assert!(quotation.speaker.is_none_or(|s| s.0 < found.speakers.len()));
            }
            for speaker in &found.speakers {
                prop_assert!(!speaker.name.is_empty());
                prop_assert!(speaker.mentions.iter().all(|m| whole.get(m.start..m.end).is_some()));
            }
        }

        #[test]
        fn alternatives_add_up_to_one_and_have_the_found_speaker_among_them(text in news()) {
            let body = body(&text);
            let found = quotes::find(&body);
            for quotation in found.quotations.iter().filter(|quotation| quotation.depth == 0) {
                let all = quotes::alternatives(&body, quotation.span.start);
                let sum: f32 = all.iter().map(|one| one.probability).sum();
                prop_assert!((sum - 1.0).abs() < 1e-3, "{sum} {all:?}");
                let speaker = found.speaker_of(quotation).map(|speaker| speaker.name.clone());
                prop_assert_eq!(all.iter().filter(|one| one.speaker == speaker).count(), 1, "{:?}", all);
            }
            prop_assert!(quotes::alternatives(&body, usize::MAX).is_empty());
        }

        #[test]
        fn unrelated_paragraph_at_the_end_changes_nothing_before(text in news()) {
            prop_assert_eq!(attributed(&text), attributed(&format!("{text}\nrain fell on the hills.")));
        }
    }

    /// Each quotation, on what it rests, and who speaks.
    fn attributed(text: &str) -> Vec<(Span, Option<Span>, Option<String>)> {
        let found = quotes::find(&body(text));
        let all = found.quotations.iter();
        all.map(|q| (q.span, q.mention, found.speaker_of(q).map(|speaker| speaker.name.clone()))).collect()
    }

    #[test]
    fn end_of_the_text_closes_a_description_as_another_sentence_does() {
        let text = "Pump Leaks\n“It leaks“ Smith's,said Sen.";
        assert_eq!(attributed(text), attributed(&format!("{text}\nrain fell on the hills.")));
    }
}

mod who_is_meant {
    use super::check;
    cases! {
        new_subject_before_the_old_speaker:
            "“It works,”<Jane Doe> Jane Doe said. “It works well.”<Jane Doe>\nMary Moss, a plumber from Ellery, was waiting for a bus when she saw the pump fall.\n“I ran over to it,”<Mary Moss> she said.";
        new_subject_with_a_relative_clause:
            "“It works,”<Rob Roe> Rob Roe said. “It works well.”<Rob Roe>\nAn official at the water board, who declined to be named as he was not allowed to speak, disputed the idea.\n“It leaks,”<an official> he said.";
        new_subject_of_an_unknown_first_name:
            "“It works,”<Jane Doe> Jane Doe said.\nGovernor Zyxa Qorlim visited the pump yesterday and praised its owner, Valve Holdings. “It must come first,”<Zyxa Qorlim> she said.";
        who_asks_does_not_reply:
            "Rob Roe, the plumber, told the court that it leaked.\nProsecutor Max Moss asked Roe whether he found that unusual.\n“I had never seen it,”<Rob Roe> he replied.";
        other_age_is_somebody_else:
            "The 34-year-old actress Jane Doe arrived first. Mary Moss, 31, came later.\n“It works,”<Mary Moss> the 31-year-old said.";
        people_by_nation:
            "Coach Rob Roe praised the team on Friday.\n“It works,”<Rob Roe> said the Spaniard. “It works well.”<Rob Roe>";
        mother_of_two:
            "Jane Doe, 29, moved into the house in May.\nThe mum-of-two said: “It creaks at night.”<Jane Doe>";
        seen_by_an_outlet:
            "Jane Doe called the price “an opening bid and no more” in a letter to the board seen by Ellery News.";
        a_name_to_go_by: "The storm, dubbed “Elsie”<>, is over, Jane Doe said.";
        a_grade: "Jane Doe, who lowered the share to “neutral”<> from “overweight”<>, left on Friday.";
        dateline_in_capitals:
            "ELLERY: The pump was stopped by “a very large heap of rust”<Jane Doe>, says Jane Doe.";
        hours_later: "Jane Doe left first. Hours after the show was over, she wrote: “Good morning, sister.”<Jane Doe>";
    }
}
