//! The reader says who spoke a quotation.

use super::prompt::{Prompt, Purpose};
use super::{App, Command, Focus, Notice};
use crate::article::ArticleId;
use crate::catalog::Headline;
use crate::quotes::SpeakerCorrection;
use crate::text::{clean_line, fold};
use crate::user::UserAction;

impl App {
    /// `c`: asks who spoke the quotation that the reader is at.
    pub(super) fn start_correction(&mut self) {
        let height = self.text_height();
        let Some(reader) = &mut self.reader else { return self.show_message("No article is open") };
        let Some(index) = reader.quotation_here(height) else {
            return self.show_message(Notice::new("No quotation to correct").hint(Command::Next, "goes to one"));
        };
        reader.make_current(index, height);
        self.focus = Focus::Article;
        self.overlay = None;
        self.prompt = Some(Prompt::new(Purpose::Correct));
        self.choose_first_verdict();
    }

    /// Chooses the row that Enter should mean before one moves: the speaker that the quotation has, as long as nothing
    /// is typed; else what fits best.
    pub(super) fn choose_first_verdict(&mut self) {
        let present = self.present_verdict();
        let at = self.verdicts().iter().position(|verdict| Some(verdict) == present.as_ref());
        if let Some(prompt) = &mut self.prompt {
            prompt.choice = at.filter(|_| prompt.typed().trim().is_empty()).unwrap_or(0);
        }
    }

    /// Who speaks the current quotation, as far as is known.
    fn present_verdict(&self) -> Option<SpeakerCorrection> {
        let reader = self.reader.as_ref()?;
        let speaker = reader.findings.speaker_of(reader.current_quotation()?);
        Some(speaker.map_or(SpeakerCorrection::NoSpeaker, |speaker| SpeakerCorrection::Speaker(speaker.name.clone())))
    }

    /// The answers that fit what has been typed, the best first: speakers of the article by name or by the number that
    /// the list shows, nobody, what was typed as a new name. A number is no name.
    pub fn verdicts(&self) -> Vec<SpeakerCorrection> {
        let (Some(reader), Some(prompt)) = (&self.reader, &self.prompt) else { return Vec::new() };
        let typed = clean_line(prompt.typed());
        let wanted = fold(typed.trim());
        let is_number = !wanted.is_empty() && wanted.bytes().all(|byte| byte.is_ascii_digit());
        let rank = |at: usize, name: &str| {
            let (number, name) = ((at + 1).to_string(), fold(name));
            match () {
                () if name == wanted || (is_number && number == wanted) => Some(0),
                () if is_number && number.starts_with(&wanted) => Some(1),
                () if name.contains(&wanted) => Some(2),
                () => None,
            }
        };
        let names = reader.findings.speakers.iter().map(|speaker| speaker.name.as_str());
        let mut fitting: Vec<_> = names.enumerate().filter_map(|(at, name)| Some((rank(at, name)?, name))).collect();
        fitting.sort_by_key(|&(rank, _)| rank);
        let is_known = fitting.iter().any(|(_, name)| fold(name) == wanted);
        let mut verdicts: Vec<_> =
            fitting.iter().map(|&(_, name)| SpeakerCorrection::Speaker(name.to_owned())).collect();
        if "nobody".starts_with(&wanted) {
            verdicts.push(SpeakerCorrection::NoSpeaker);
        }
        if !is_known && wanted != "nobody" && wanted.chars().any(char::is_alphabetic) {
            verdicts.push(SpeakerCorrection::Speaker(typed.trim().to_owned()));
        }
        verdicts
    }

    /// Takes the chosen answer as the truth from now on.
    pub(super) fn accept_correction(&mut self, choice: usize) {
        let Some(verdict) = self.verdicts().into_iter().nth(choice) else {
            let typed = self.prompt.as_ref().map_or("", Prompt::typed).trim();
            return self.show_message(format!("“{typed}” is no number of the list, and no name"));
        };
        let Some(reader) = &self.reader else { return };
        let Some(start) = reader.current_quotation().map(|quotation| quotation.span.start) else {
            return;
        };
        let (id, name) = (
            reader.id(),
            match &verdict {
                SpeakerCorrection::Speaker(name) => name.clone(),
                SpeakerCorrection::NoSpeaker => "nobody".to_owned(),
            },
        );
        let (label, done) = if self.present_verdict().as_ref() == Some(&verdict) {
            ("confirmed", "Confirmed")
        } else {
            ("corrected to", "Corrected")
        };
        let label = format!("{label} {name} in {}", self.title_of(id));
        let correction = UserAction::Corrected { article: id, start, before: None, after: Some(verdict) };
        self.commit(vec![correction], label);
        self.show_message(Notice::undoable(format!("{done}: {name}")));
    }

    /// Shows the corrections of an article as they are now, if it is open.
    pub(super) fn show_corrections(&mut self, id: ArticleId) {
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.id() == id) else { return };
        reader.correct(self.user.corrections(id));
        let headline = Headline::of(&reader.article, &reader.findings);
        self.catalog.replace(headline);
    }
}
