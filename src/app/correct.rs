//! The reader says who spoke a quotation.

use super::effect::Effects;
use super::prompt::{Prompt, Purpose};
use super::{App, Focus};
use crate::article::ArticleId;
use crate::catalog::Headline;
use crate::quotes::Verdict;
use crate::text::{clean_line, fold};

impl App {
    /// `c`: asks who spoke the quotation that the reader is at.
    pub(super) fn start_correction(&mut self) -> Effects {
        let height = self.text_height();
        let Some(reader) = &mut self.reader else { return self.say("No article is open") };
        let Some(index) = reader.quotation_here(height) else {
            return self.say("No quotation to correct: n goes to one");
        };
        reader.make_current(index, height);
        self.focus = Focus::Article;
        self.overlay = None;
        self.prompt = Some(Prompt::new(Purpose::Correct));
        Effects::default()
    }

    /// The answers that fit what has been typed: speakers of the article, nobody, what was typed as a new name.
    pub fn verdicts(&self) -> Vec<Verdict> {
        let (Some(reader), Some(prompt)) = (&self.reader, &self.prompt) else { return Vec::new() };
        let typed = clean_line(prompt.typed());
        let wanted = fold(&typed);
        let names = reader.findings.speakers.iter().map(|speaker| &speaker.name);
        let fitting = names.clone().filter(|name| fold(name).contains(&wanted));
        let mut verdicts: Vec<_> = fitting.map(|name| Verdict::Speaker(name.clone())).collect();
        if "nobody".starts_with(&wanted) {
            verdicts.push(Verdict::Nobody);
        }
        if !typed.is_empty() && wanted != "nobody" && !names.clone().any(|name| fold(name) == wanted) {
            verdicts.push(Verdict::Speaker(typed));
        }
        verdicts
    }

    /// Takes the chosen answer as the truth from now on.
    pub(super) fn accept_correction(&mut self, choice: usize) -> Effects {
        let Some(verdict) = self.verdicts().into_iter().nth(choice) else { return Effects::default() };
        let Some(reader) = &self.reader else { return Effects::default() };
        let Some(start) = reader.current_quotation().map(|quotation| quotation.span.start) else {
            return Effects::default();
        };
        let (id, name) = (
            reader.id(),
            match &verdict {
                Verdict::Speaker(name) => name.clone(),
                Verdict::Nobody => "nobody".to_owned(),
            },
        );
        let effects = self.marks.correct(id, start, verdict);
        self.show_corrections(id);
        self.notice = Some(format!("Corrected: {name} · U takes it back"));
        effects
    }

    /// Shows the corrections of an article as they are now, if it is open.
    pub(super) fn show_corrections(&mut self, id: ArticleId) {
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.id() == id) else { return };
        reader.correct(self.marks.corrections(id));
        let headline = Headline::of(&reader.article, &reader.findings);
        self.catalog.replace(headline);
    }
}
