//! Whether two speakers who both say much are to be one.

use super::{ChoiceRow, Choices, Line, PromptKind, Then};
use crate::app::{App, Command, Merged, Notice};

/// Asks before two are merged.
#[derive(Debug)]
struct Merge {
    one: Merged,
    other: Merged,
}

/// Asks whether the two are one person.
pub(in crate::app) fn open(app: &mut App, one: Merged, other: Merged) {
    app.ask_for(Merge { one, other }, "");
}

impl PromptKind for Merge {
    fn label(&self, _: &Line) -> &'static str {
        "both speak often; merge? "
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        let ways = Notice::new("yes or no").hint(Command::Accept, "yes").hint(Command::Back, "no");
        vec![ways, Notice::new("yes or no")]
    }

    fn choices(&self, _: &App, _: &Line) -> Option<Choices> {
        let row = |merged: &Merged| ChoiceRow { name: merged.counted(), ..ChoiceRow::default() };
        let rows = vec![row(&self.one), row(&self.other)];
        Some(Choices { title: "One person?", rows, chosen: None, none: "".into(), is_about_quotation: false })
    }

    /// The two are no choice.
    fn choose(&mut self, _: &mut App, _: &mut Line, _: Command, _: usize) -> bool {
        true
    }

    fn takes_pastes(&self) -> bool {
        false
    }

    fn changed(&mut self, app: &mut App, line: &mut Line) -> Then {
        match line.typed().chars().next().map(|letter| letter.to_ascii_lowercase()) {
            Some('y') => self.accept(app, line),
            Some('n') => {
                self.cancel(app, line);
                Then::Close
            }
            _ => {
                line.put("");
                Then::Stay
            }
        }
    }

    fn accept(&mut self, app: &mut App, _: &mut Line) -> Then {
        app.merge_people(&self.one, &self.other);
        Then::Close
    }

    fn cancel(&mut self, app: &mut App, _: &Line) {
        app.show_message("Not merged");
    }
}
