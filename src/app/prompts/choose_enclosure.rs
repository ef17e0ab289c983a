//! Several files come with an article: which of them to open.

use super::{ChoiceRow, Choices, Line, PromptKind, Then};
use crate::app::{App, Command, Notice, links};
use crate::article::{Enclosure, shown_address};
use crate::text::fold;

/// Asks which of several files is meant.
#[derive(Debug)]
struct ChooseEnclosure {
    enclosures: Vec<Enclosure>,
}

impl ChooseEnclosure {
    fn fitting(&self, line: &Line) -> impl Iterator<Item = &Enclosure> {
        let wanted = fold(line.typed());
        let fits = move |enclosure: &&Enclosure| {
            fold(&enclosure.url).contains(&wanted) || fold(&enclosure.in_words()).contains(&wanted)
        };
        self.enclosures.iter().filter(fits)
    }
}

/// Opens what comes with the open article; asks which, where that is more than one file.
pub(in crate::app) fn open(app: &mut App) {
    let Some(reader) = &app.article.reader else { return app.refuse("No article is open") };
    let enclosures = reader.article.enclosures.clone();
    match &enclosures[..] {
        [] => app.refuse("Nothing comes with this article: no recording, no film, no document"),
        [one] => links::open_link(app, &one.url),
        _ => app.ask_for(ChooseEnclosure { enclosures }, ""),
    }
}

impl PromptKind for ChooseEnclosure {
    fn label(&self, _: &Line) -> &'static str {
        "which? "
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        vec![Notice::new("").hint(Command::Complete, "chooses").hint(Command::Accept, "opens it")]
    }

    fn choices(&self, _: &App, line: &Line) -> Option<Choices> {
        let row = |enclosure: &Enclosure| ChoiceRow {
            name: enclosure.shown_name(),
            detail: format!("{}  {}", enclosure.in_words(), shown_address(&enclosure.url)),
            ..ChoiceRow::default()
        };
        Some(Choices {
            title: "Which of these?",
            rows: self.fitting(line).map(row).collect(),
            chosen: Some(line.choice),
            none: "none of them match".into(),
            is_about_quotation: false,
        })
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        match self.fitting(line).nth(line.choice).map(|enclosure| enclosure.url.clone()) {
            Some(url) => links::open_link(app, &url),
            None => app.refuse("None of them match: nothing was opened"),
        }
        Then::Close
    }
}
