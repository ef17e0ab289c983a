//! Moving a feed, or a feed folder with all in it, into a feed folder.

use super::{ChoiceRow, Choices, Line, PromptKind, Then};
use crate::app::feed_folders::{Moved, into_itself};
use crate::app::{App, Collection, Command, Notice};
use crate::text::{Span, counted};
use crate::user::folder_of;

/// Asks where to move it.
#[derive(Debug)]
struct MoveFeed {
    what: Moved,
    /// Where it lies.
    from: String,
}

/// Asks where to move what is selected in the sidebar, or the feed that is open.
pub(in crate::app) fn open(app: &mut App) {
    let what = match app.collection_here() {
        Collection::Folder(path) => Some(Moved::Folder(path.clone())),
        _ => app.feed_here().map(|line| Moved::Feed(line.id)),
    };
    match what {
        Some(what) => open_for(app, what),
        None => app.refuse("Select a feed or a feed folder first"),
    }
}

/// Asks where to move this.
pub(in crate::app) fn open_for(app: &mut App, what: Moved) {
    let Some(from) = app.folder_now(&what).map(str::to_owned) else { return app.refuse("It is not there any more") };
    let typed = from.clone();
    app.ask_over_card(MoveFeed { what, from }, &typed);
}

impl MoveFeed {
    /// What was typed, and the folders that fit it; all while nothing was changed yet.
    fn fitting(&self, app: &App, line: &Line) -> Vec<String> {
        let typed = folder_of(line.typed());
        let others = if typed == self.from { app.folders_with("") } else { app.folders_with(&typed) };
        let is_other = |path: &String| *path != typed && into_itself(&self.what, path).is_none();
        std::iter::once(typed.clone()).chain(others.into_iter().filter(is_other)).collect()
    }
}

impl PromptKind for MoveFeed {
    fn label(&self, _: &Line) -> &'static str {
        "feed folder: "
    }

    fn hints(&self, _: &App, line: &Line) -> Vec<Notice> {
        if let Some(why) = into_itself(&self.what, &folder_of(line.typed())) {
            return vec![why.into(), "not valid".into()];
        }
        let moves = |words: &str| Notice::new(words).hint(Command::Complete, "").hint(Command::Accept, "moves");
        vec![moves("a slash between folders, empty for none"), moves("empty for none"), moves("")]
    }

    fn errors(&self, _: &App, line: &Line) -> Vec<Span> {
        let is_wrong = into_itself(&self.what, &folder_of(line.typed())).is_some();
        if is_wrong { vec![Span::new(0, line.typed().len())] } else { Vec::new() }
    }

    fn choices(&self, app: &App, line: &Line) -> Option<Choices> {
        let row = |path: String| {
            let feeds = app.count_feeds_in(&path);
            let mark = match feeds {
                _ if path == self.from => "✓",
                0 if !path.is_empty() => "+",
                _ => " ",
            };
            let (name, detail) = match feeds {
                _ if path.is_empty() => ("no feed folder".to_owned(), String::new()),
                0 => (path, "new".to_owned()),
                feeds => (path, counted(feeds, "feed")),
            };
            ChoiceRow { mark: mark.to_owned(), name, detail, ..ChoiceRow::default() }
        };
        Some(Choices {
            title: "Feed folders",
            rows: self.fitting(app, line).into_iter().map(row).collect(),
            chosen: Some(line.choice),
            none: "".into(),
            is_about_quotation: false,
        })
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        let Some(to) = self.fitting(app, line).into_iter().nth(line.choice) else { return Then::Close };
        match app.move_feeds(&self.what, &to) {
            Ok(()) => Then::Close,
            Err(why) => {
                app.refuse(why);
                Then::Stay
            }
        }
    }
}
