//! Writing a note about a quotation that is kept.

use super::{Line, Prompt, PromptKind, Then};
use crate::app::{App, Command, Notice};
use crate::text::clean;
use crate::user::{Clipping, ClippingId};

/// Asks for a note.
#[derive(Debug)]
struct EditNote {
    id: ClippingId,
    /// The clipping without the note: kept once the note is there, where it is new.
    clipping: Clipping,
}

/// Asks for a note about a clipping, beginning with the one that it has.
pub(in crate::app) fn open(app: &mut App, id: ClippingId, clipping: Clipping) {
    let line = Line::with_lines(&clipping.note);
    app.views.close_card();
    app.views.open_prompt(Prompt::new(EditNote { id, clipping }, line));
}

impl PromptKind for EditNote {
    fn label(&self, _: &Line) -> &'static str {
        "note: "
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        let keep = Notice::new("").hint(Command::Accept, "keeps it");
        vec![keep.clone().hint(Command::BreakLine, "new line"), keep]
    }

    fn takes_lines(&self) -> bool {
        true
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        let note = clean(&line.lines()).trim().to_owned();
        let message = if note.is_empty() { "Removed the note" } else { "Note kept" };
        let clipping = Clipping { note, ..self.clipping.clone() };
        app.keep_clipping(self.id, clipping, Some(message.to_owned()));
        Then::Close
    }
}
