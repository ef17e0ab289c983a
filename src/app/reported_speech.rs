//! Whether reported speech is shown: where the user wishes it, and in an article in which something led to it.

use super::reader::Reader;
use super::{App, HighlightMode, Pane};
use crate::catalog::person_key;

impl App {
    /// Whether what is reported without quotation marks is shown beside quotations.
    pub fn shows_reported(&self) -> bool {
        self.display.highlight == HighlightMode::Reported
    }

    /// Shows or hides the reported statements of the open article, as the user wishes.
    pub(super) fn show_reported_as_wished(&mut self) {
        let is_wished = self.shows_reported();
        self.with_selected_speaker(|app| {
            let Some(reader) = &mut app.article.reader else { return };
            let is_shown = is_wished || reader.is_revealed();
            let id = reader.id();
            reader.show_reported(is_shown, app.user.corrections(id));
        });
    }

    /// Shows the reported statements of the open article where the words that start at this byte are one.
    pub(super) fn reveal(&mut self, start: usize) {
        if self.article.reader.as_ref().is_some_and(|reader| reader.hides(start)) {
            self.with_selected_speaker(|app| {
                let Some(reader) = &mut app.article.reader else { return };
                let id = reader.id();
                reader.reveal_reported(app.user.corrections(id));
            });
        }
    }

    /// The user chose what is highlighted: that holds in the open article too.
    pub(super) fn forget_revealed(&mut self) {
        if let Some(reader) = &mut self.article.reader {
            reader.forget_revealed();
        }
    }

    /// Does something after which speakers may have other numbers: who is selected stays so.
    fn with_selected_speaker(&mut self, change: impl FnOnce(&mut Self)) {
        let selected = self.views.selected_speaker();
        let key = |reader: &Reader| Some(person_key(&reader.findings.speakers.get(selected?)?.name));
        let key = self.article.reader.as_ref().and_then(key);
        change(self);
        let Some(reader) = self.article.reader.as_ref() else { return };
        let is_it = |at: &&usize| {
            let speaker = reader.findings.speakers.get(**at);
            key.is_some() && speaker.map(|speaker| person_key(&speaker.name)) == key
        };
        let now = reader.who_speaks().iter().find(is_it).or(reader.who_speaks().first()).copied();
        if let (Pane::Speakers(view), Some(at)) = (self.views.pane_mut(), now.filter(|_| key.is_some())) {
            view.selected = at;
        }
    }
}

/// Which statements a view lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum ListedStatements {
    /// Those in quotation marks.
    #[default]
    Quoted,
    /// Reported ones too.
    All,
}

impl ListedStatements {
    pub(super) const fn of(with_reported: bool) -> Self {
        if with_reported { Self::All } else { Self::Quoted }
    }

    pub(super) fn has_reported(self) -> bool {
        self == Self::All
    }
}
