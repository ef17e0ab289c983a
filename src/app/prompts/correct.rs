//! The prompt that corrects the speaker of a quotation: in all runs of its statement, or in all that its speaker says in the
//! article.

use std::collections::HashSet;

use super::{ChoiceRow, Choices, Line, Prompt, PromptKind, Then, Tone};
use crate::app::moved_words::place_of;
use crate::app::repeat::Deed;
use crate::app::{App, Command, Notice, Reader};
use crate::article::ArticleId;
use crate::quotes::{Findings, Quotation, QuotationKind, SpeakerCorrection};
use crate::text::{clean_line, counted, fold};
use crate::user::UserAction;

/// What is said where the words are gone.
const GONE: &str = "These words are not quoted in the article any more";

/// What a reported statement is that nobody made.
const NOT_A_STATEMENT: &str = "not a statement";

/// Asks who spoke a quotation.
#[derive(Debug)]
struct Correct {
    article: ArticleId,
    /// The byte at which the quoted words start.
    start: usize,
    corrects: Corrects,
    /// The speakers of the article in the order of their numbers: as long as a number is typed, those from when it was.
    names: Vec<String>,
    /// Whether the words are no longer quoted.
    is_gone: bool,
}

/// What is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Corrects {
    /// The statement that the user is at.
    Statement,
    /// All that its speaker says in the article, but for what the user confirmed or corrected before.
    Speaker,
}

/// Makes the quotation that the user is at the current one; says so where there is none.
fn correct_here(app: &mut App, corrects: Corrects) -> Option<Correct> {
    if app.article.reader.is_none() {
        app.refuse("No article is open");
        return None;
    }
    let Some(index) = app.select_quotation_in_sight() else {
        app.refuse(app.no_quotation("No quotation to correct"));
        return None;
    };
    let reader = app.article.reader.as_ref()?;
    let span = reader.findings.quotations[index].span;
    let names = names(&reader.findings);
    Some(Correct { article: reader.id(), start: span.start, corrects, names, is_gone: false })
}

/// The speakers of an article, in the order of their numbers.
fn names(findings: &Findings) -> Vec<String> {
    findings.speakers.iter().map(|speaker| speaker.name.clone()).collect()
}

/// Whether what is typed is a number, which the list shows beside a speaker.
fn is_number(line: &Line) -> bool {
    let wanted = fold(clean_line(line.typed()).trim());
    !wanted.is_empty() && wanted.bytes().all(|byte| byte.is_ascii_digit())
}

/// `+`: the speaker of the quotation that the user is at is right.
pub(in crate::app) fn confirm(app: &mut App) {
    if app.article.reader.is_some() && app.quotation_to_decide("No quotation to confirm").is_none() {
        return;
    }
    let Some(correct) = correct_here(app, Corrects::Statement) else { return };
    if let Some(present) = correct.reader(app).and_then(|reader| correct.present(app, reader)) {
        correct.commit(app, &present);
        app.last_deed = Some(Deed::Confirmed);
    }
}

/// Says who spoke the statement that the user is at.
pub(in crate::app) fn decide(app: &mut App, correction: &SpeakerCorrection) {
    if let Some(correct) = correct_here(app, Corrects::Statement) {
        // What the user said that it is stays so.
        let present = correct.reader(app).and_then(|reader| correct.present(app, reader));
        let present = present.filter(|present| present.speaker() == correction.speaker());
        correct.commit(app, present.as_ref().unwrap_or(correction));
    }
}

/// Asks who spoke the quotation that the user is at.
pub(in crate::app) fn open(app: &mut App, corrects: Corrects) {
    let Some(correct) = correct_here(app, corrects) else { return };
    if !app.views.pane().lists_quotations() {
        app.focus_article();
    }
    app.views.close_card();
    let mut line = Line::default();
    correct.choose_first(app, &mut line);
    app.views.open_prompt(Prompt::new(correct, line));
}

/// What an answer is about.
#[derive(Debug, Default)]
struct Reach {
    /// The bytes at which the quoted words start.
    starts: Vec<usize>,
    /// How many statements these are.
    statements: usize,
    /// How many more their speaker says here that the user has decided already: they stay as they are.
    decided: usize,
}

impl Reach {
    /// "; 1 that you confirmed or corrected stays".
    fn left_out(&self) -> String {
        match self.decided {
            0 => String::new(),
            1 => "; 1 that you confirmed or corrected stays".to_owned(),
            decided => format!("; {decided} that you confirmed or corrected stay"),
        }
    }
}

impl Correct {
    /// The article, as long as it is open and the words are quoted in it.
    fn reader<'a>(&self, app: &'a App) -> Option<&'a Reader> {
        app.article.reader.as_ref().filter(|reader| reader.id() == self.article && !self.is_gone)
    }

    /// Chooses the row that Enter should mean before one moves: the speaker that the quotation has, as long as nothing
    /// is typed; else what fits best.
    fn choose_first(&self, app: &App, line: &mut Line) {
        let Some(reader) = self.reader(app) else { return };
        let present = self.present(app, reader);
        let is_present = |correction: &SpeakerCorrection| Some(correction) == present.as_ref();
        let at = self.corrections(app, reader, line).iter().position(is_present);
        line.choice = at.filter(|_| line.typed().trim().is_empty()).unwrap_or(0);
    }

    /// Who speaks the quotation, as far as is known; and what it is, where the user said that.
    fn present(&self, app: &App, reader: &Reader) -> Option<SpeakerCorrection> {
        let (quotation, speaker) = self.quotation(reader)?;
        let known = app.user.corrections(self.article).and_then(|corrections| corrections.get(&self.start));
        let is_kept = |kind: &QuotationKind| *kind == quotation.kind;
        let kind = known.and_then(SpeakerCorrection::kind).filter(is_kept);
        Some(SpeakerCorrection::of(speaker.map(str::to_owned), kind))
    }

    /// The quotation, and the name of its speaker.
    fn quotation<'a>(&self, reader: &'a Reader) -> Option<(&'a Quotation, Option<&'a str>)> {
        let findings = &reader.findings;
        let quotation = findings.quotations.iter().find(|quotation| quotation.span.start == self.start)?;
        Some((quotation, findings.speaker_of(quotation).map(|speaker| speaker.name.as_str())))
    }

    /// What the quotation could be besides: a term or a title of nobody; of its speaker, a few words or speech.
    fn kinds(&self, app: &App, reader: &Reader) -> Vec<SpeakerCorrection> {
        let Some((quotation, speaker)) = self.quotation(reader) else { return Vec::new() };
        if quotation.is_reported() {
            // The article's own words are no term and no title, and never become quoted ones.
            return Vec::new();
        }
        let present = self.present(app, reader);
        let other =
            if quotation.kind == QuotationKind::Speech { QuotationKind::Fragment } else { QuotationKind::Speech };
        let of_speaker = speaker.map(|name| SpeakerCorrection::Spoken(name.to_owned(), other));
        let known = present.filter(|present| present.kind().is_some());
        let unspoken = [QuotationKind::Term, QuotationKind::Title].map(SpeakerCorrection::Unspoken);
        let mut kinds: Vec<_> = unspoken.into_iter().chain(of_speaker).collect();
        kinds.extend(known.filter(|known| !kinds.contains(known)));
        kinds
    }

    /// A correction in words: of a reported statement, that it is none.
    fn in_words(&self, reader: &Reader, correction: &SpeakerCorrection) -> String {
        let is_reported = self.quotation(reader).is_some_and(|(quotation, _)| quotation.is_reported());
        match correction {
            SpeakerCorrection::NoSpeaker if is_reported => NOT_A_STATEMENT.to_owned(),
            _ => correction.in_words(),
        }
    }

    /// What the answer will be about.
    fn reach(&self, app: &App) -> Reach {
        let Some(reader) = self.reader(app) else { return Reach::default() };
        let quotations = &reader.findings.quotations;
        let Some(at) = quotations.iter().position(|quotation| quotation.span.start == self.start) else {
            return Reach::default();
        };
        let start = |run: &usize| quotations[*run].span.start;
        let here: Vec<usize> = reader.runs(at).collect();
        let speaker = quotations[at].speaker.filter(|_| self.corrects == Corrects::Speaker);
        let Some(speaker) = speaker else {
            return Reach { starts: here.iter().map(start).collect(), statements: 1, decided: 0 };
        };
        let is_theirs = |run: &usize| quotations[*run].speaker == Some(speaker);
        let (mut reach, mut in_statements) = (Reach::default(), HashSet::new());
        for runs in reader.findings.statements() {
            in_statements.extend(runs.iter().copied());
            let theirs: Vec<usize> = runs.into_iter().filter(is_theirs).collect();
            match theirs.iter().any(|&run| quotations[run].corrected) && !theirs.iter().any(|run| here.contains(run)) {
                _ if theirs.is_empty() => {}
                // What the user has decided stays so.
                true => reach.decided += 1,
                false => {
                    reach.statements += 1;
                    reach.starts.extend(theirs.iter().map(start));
                }
            }
        }
        // Words that are part of no statement: terms, titles, what is quoted inside quotations.
        let others = (0..quotations.len()).filter(|run| is_theirs(run) && !in_statements.contains(run));
        reach.starts.extend(others.filter(|&run| !quotations[run].corrected || run == at).map(|run| start(&run)));
        reach.statements = reach.statements.max(1);
        reach
    }

    /// Commits who spoke.
    fn commit(&self, app: &mut App, correction: &SpeakerCorrection) {
        let name = self.reader(app).map_or_else(|| correction.in_words(), |reader| self.in_words(reader, correction));
        let present = self.reader(app).and_then(|reader| self.present(app, reader));
        let (label, done) = if present.as_ref() == Some(correction) {
            ("confirmed", "Confirmed")
        } else {
            ("corrected to", "Corrected")
        };
        let reach = self.reach(app);
        let all = match self.corrects {
            Corrects::Speaker => format!(" ({}{})", counted(reach.statements, "quotation"), reach.left_out()),
            Corrects::Statement => String::new(),
        };
        let label = format!("{label} {name}{all} in {}", app.title_of(self.article));
        let article = self.article;
        let corrected = |start| UserAction::Corrected { article, start, before: None, after: Some(correction.clone()) };
        let actions: Vec<_> = reach.starts.into_iter().map(corrected).collect();
        if actions.is_empty() {
            return app.refuse(GONE);
        }
        if actions.iter().all(|action| app.user.state().change(action).is_none()) {
            app.show_message(format!("Decided already: {name}"));
            return app.go_on_in_review();
        }
        app.commit(actions, label);
        app.show_message(Notice::undoable(format!("{done}: {name}{all}")));
        app.go_on_in_review();
    }

    /// The answers that fit what has been typed, the best first: speakers of the article by name or by the number that
    /// the list shows, no speaker, what was typed as a new name. A number is no name.
    fn corrections(&self, app: &App, reader: &Reader, line: &Line) -> Vec<SpeakerCorrection> {
        let typed = clean_line(line.typed());
        let wanted = fold(typed.trim());
        let is_number = is_number(line);
        let rank = |at: usize, name: &str| {
            let (number, name) = ((at + 1).to_string(), fold(name));
            match () {
                () if name == wanted || (is_number && number == wanted) => Some(0),
                () if is_number && number.starts_with(&wanted) => Some(1),
                () if name.contains(&wanted) => Some(2),
                () => None,
            }
        };
        let names = self.names.iter().map(String::as_str);
        let mut fitting: Vec<_> = names.enumerate().filter_map(|(at, name)| Some((rank(at, name)?, name))).collect();
        fitting.sort_by_key(|&(rank, _)| rank);
        let is_known = fitting.iter().any(|(_, name)| fold(name) == wanted);
        let mut corrections: Vec<_> =
            fitting.iter().map(|&(_, name)| SpeakerCorrection::Speaker(name.to_owned())).collect();
        let nobody = self.in_words(reader, &SpeakerCorrection::NoSpeaker);
        if "nobody".starts_with(&wanted) || nobody.starts_with(&wanted) {
            corrections.push(SpeakerCorrection::NoSpeaker);
        }
        let says = |correction: &SpeakerCorrection| {
            let words = fold(&correction.in_words());
            words.starts_with(&wanted)
                || words.rsplit(": ").next().is_some_and(|kind| {
                    kind.starts_with(&wanted) || kind.strip_prefix("a ").is_some_and(|kind| kind.starts_with(&wanted))
                })
        };
        corrections.extend(self.kinds(app, reader).into_iter().filter(|kind| !is_number && says(kind)));
        if !is_known && wanted != "nobody" && wanted != nobody && wanted.chars().any(char::is_alphabetic) {
            corrections.push(SpeakerCorrection::Speaker(typed.trim().to_owned()));
        }
        corrections
    }
}

impl PromptKind for Correct {
    fn follow(&mut self, before: ArticleId, now: ArticleId) {
        if self.article == before {
            self.article = now;
        }
    }

    fn find_again(&mut self, app: &App, old: &Reader, line: &mut Line) {
        let Some(reader) = self.reader(app) else { return };
        let is_meant = line.is_picked || is_number(line);
        let meant = self.corrections(app, old, line).into_iter().nth(line.choice).filter(|_| is_meant);
        let place = place_of(self.start, old, reader);
        if let (true, Some(name)) = (is_number(line), meant.as_ref().and_then(SpeakerCorrection::speaker)) {
            // Another speaker may have this number in the new version.
            line.put(name);
        }
        // Those who were listed keep their numbers: what is typed next is one of them.
        let come = names(&reader.findings).into_iter().filter(|name| !self.names.contains(name)).collect::<Vec<_>>();
        self.names.extend(come);
        (self.start, self.is_gone) = (place.unwrap_or(self.start), place.is_none());
        // The speaker may be another row.
        self.choose_first(app, line);
        let Some(reader) = self.reader(app) else { return };
        let row = self.corrections(app, reader, line).into_iter().position(|one| Some(one) == meant);
        line.choice = row.unwrap_or(line.choice);
    }

    fn label(&self, _: &Line) -> &'static str {
        "who? "
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        vec![Notice::new("a name or a number").hint(Command::Complete, "").hint(Command::Accept, "")]
    }

    fn about(&self, app: &App) -> Option<String> {
        let speaker = self.quotation(self.reader(app)?)?.1.filter(|_| self.corrects == Corrects::Speaker)?;
        let reach = self.reach(app);
        Some(format!("{} by {speaker} in this article{}", counted(reach.statements, "quotation"), reach.left_out()))
    }

    fn choices(&self, app: &App, line: &Line) -> Option<Choices> {
        let title = match self.corrects {
            Corrects::Statement => "Who said it?",
            Corrects::Speaker => "Who said all of these?",
        };
        let Some(reader) = self.reader(app) else {
            let rows = Vec::new();
            return Some(Choices { title, rows, chosen: None, none: GONE.into(), is_about_quotation: false });
        };
        let row = |correction: SpeakerCorrection| {
            let speakers = &reader.findings.speakers;
            let speaks = |name: &str| speakers.iter().position(|speaker| speaker.name == name);
            let tone = correction.speaker().map(|name| speaks(name).map_or(Tone::Text, Tone::Speaker));
            let number = |name: &str| self.names.iter().position(|known| known == name);
            let mark = match correction.speaker().map(number) {
                None => String::new(),
                Some(Some(_)) if correction.kind().is_some() => String::new(),
                Some(Some(at)) => format!("{:>2}", at + 1),
                Some(None) => " +".to_owned(),
            };
            let tone = tone.unwrap_or(Tone::Dim);
            ChoiceRow { mark, name: self.in_words(reader, &correction), tone, ..ChoiceRow::default() }
        };
        Some(Choices {
            title,
            rows: self.corrections(app, reader, line).into_iter().map(row).collect(),
            chosen: Some(line.choice),
            none: "no such number".into(),
            is_about_quotation: true,
        })
    }

    fn changed(&mut self, app: &mut App, line: &mut Line) -> Then {
        if let Some(reader) = self.reader(app).filter(|_| !is_number(line)) {
            self.names = names(&reader.findings);
        }
        self.choose_first(app, line);
        Then::Stay
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        let Some(reader) = self.reader(app) else {
            app.refuse(GONE);
            return Then::Close;
        };
        let Some(correction) = self.corrections(app, reader, line).into_iter().nth(line.choice) else {
            app.show_message(format!("“{}” is neither a number in the list nor a name", line.typed().trim()));
            return Then::Close;
        };
        self.commit(app, &correction);
        Then::Close
    }
}
