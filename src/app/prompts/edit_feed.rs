//! A setting of a feed, with the value that it has in the line already.

use super::{Line, PromptKind, Then};
use crate::app::{App, Command, Notice};
use crate::catalog::FeedId;
use crate::text::Span;
use crate::user::{FeedField, FeedSettings};

/// Asks for another value of a setting.
#[derive(Debug)]
struct EditFeed {
    feed: FeedId,
    field: FeedField,
    /// Its settings, without passwords.
    before: FeedSettings,
}

/// Asks for another value of a setting of a feed, which has these settings; the card stays.
pub(in crate::app) fn open(app: &mut App, feed: FeedId, field: FeedField, before: FeedSettings) {
    let mut written = before.written(field);
    if field == FeedField::Name && written.is_empty() {
        app.feed_name(feed).unwrap_or_default().clone_into(&mut written);
    }
    if before.has_default(field) {
        // One types what it is to be instead.
        written.clear();
    }
    app.ask_over_card(EditFeed { feed, field, before }, &written);
}

impl EditFeed {
    /// The settings with what was typed.
    fn edited(&self, line: &Line) -> Result<FeedSettings, String> {
        let mut changed = self.before.clone();
        changed.set(self.field, &line.lines())?;
        Ok(changed)
    }
}

impl PromptKind for EditFeed {
    fn label(&self, _: &Line) -> &'static str {
        match self.field {
            FeedField::Name => "name: ",
            FeedField::Address => "address: ",
            FeedField::Interval => "minutes: ",
            FeedField::FullText => "full text: ",
            FeedField::Keep => "keep: ",
            FeedField::Tags => "tags: ",
            FeedField::Folder => "feed folder: ",
            FeedField::UserAgent => "user agent: ",
            FeedField::Headers => "headers: ",
            FeedField::Proxy => "proxy: ",
        }
    }

    fn hints(&self, _: &App, line: &Line) -> Vec<Notice> {
        if let Err(why) = self.edited(line) {
            return vec![Notice::new(why), "not valid".into()];
        }
        let saves = |words: &str| Notice::new(words).hint(Command::Accept, "saves");
        let long = match self.field {
            FeedField::Name => saves("empty for its own title"),
            FeedField::Interval => saves("empty for the default"),
            FeedField::FullText => saves("on or off"),
            FeedField::Keep => saves("forever, 90d, 12w, 2000, empty for the default"),
            FeedField::Tags => saves("with commas between"),
            FeedField::UserAgent => saves("empty for pullquote"),
            FeedField::Headers => saves("… keeps a value").hint(Command::BreakLine, "next header"),
            FeedField::Proxy => saves("none, http://…, socks5://…, empty for the system's"),
            FeedField::Address | FeedField::Folder => saves(""),
        };
        vec![long, saves("")]
    }

    fn errors(&self, _: &App, line: &Line) -> Vec<Span> {
        if self.edited(line).is_ok() { Vec::new() } else { vec![Span::new(0, line.typed().len())] }
    }

    fn takes_lines(&self) -> bool {
        self.field == FeedField::Headers
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        match self.edited(line) {
            // What is wrong stands there; what was typed stays.
            Err(why) => {
                app.refuse(why);
                Then::Stay
            }
            Ok(changed) => {
                if changed != self.before {
                    app.change_feed(self.feed, self.field, &changed, &line.lines());
                }
                Then::Close
            }
        }
    }
}
