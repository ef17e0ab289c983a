//! Finding words in the open article as one types.

use super::{Line, PromptKind, Then};
use crate::app::jumps::ReadingPosition;
use crate::app::{App, Find, Notice, Reader};
use crate::query::Needle;
use crate::text::fold;

/// Asks for words to find in the open article.
#[derive(Debug)]
struct FindWords {
    /// Where the user was before.
    origin: Option<ReadingPosition>,
}

/// Finds words in the open article.
pub(in crate::app) fn open(app: &mut App) {
    let origin = app.article.reader.as_ref().map(Reader::position);
    app.ask_for(FindWords { origin }, "");
}

impl FindWords {
    /// Goes back to where the user was before.
    fn restore(&self, app: &mut App) {
        if let Some(reader) = &mut app.article.reader
            && let Some(origin) = self.origin.filter(|origin| origin.id == reader.id())
        {
            reader.go_to(origin);
        }
    }
}

impl PromptKind for FindWords {
    fn label(&self, _: &Line) -> &'static str {
        "/"
    }

    fn hints(&self, app: &App, _: &Line) -> Vec<Notice> {
        let Some(find) = app.article.reader.as_ref().and_then(|reader| reader.find.as_ref()) else { return Vec::new() };
        let (at, of) = find.standing();
        vec![if of == 0 { Notice::new("not found") } else { Notice::new(format!("{at} of {of}")) }]
    }

    fn changed(&mut self, app: &mut App, line: &mut Line) -> Then {
        self.restore(app);
        let (height, typed) = (app.text_height(), line.typed());
        if let Some(reader) = &mut app.article.reader {
            let here = reader.position().top;
            reader.find = (!typed.is_empty()).then(|| {
                let needle = Needle::anywhere(&fold(typed));
                Find::new(typed, &[needle], reader.article.body.text())
            });
            if let Some(span) = reader.find.as_mut().and_then(|find| find.first_from(here)) {
                reader.reveal(span, height);
            }
        }
        Then::Stay
    }

    fn accept(&mut self, app: &mut App, _: &mut Line) -> Then {
        if let Some(origin) = self.origin {
            app.article.jumps.leave(origin);
        }
        Then::Close
    }

    fn cancel(&mut self, app: &mut App, _: &Line) {
        self.restore(app);
        if let Some(reader) = &mut app.article.reader {
            reader.find = None;
        }
    }
}
