//! What drawing and key resolution see of the state.

use super::screen::{self, Alone, Panes, Shape, Size};
use super::{
    App, Archive, Command, Focus, HelpEntry, Intake, Layer, Lighting, List, Notice, Overlay, Prompt, Reader, Search,
    Shelves, Stage, UserData, cast,
};
use crate::catalog::Catalog;

impl App {
    /// Where everything stands.
    pub fn panes(&self) -> Panes {
        let speakers = self.reader.as_ref().map_or(0, |reader| cast::wanted_height(&reader.findings.speakers));
        let shape = Shape {
            focus: self.focus,
            shelves: self.shelves.is_worthwhile(),
            alone: match self.zen && matches!(self.focus, Focus::Article | Focus::Speakers) {
                _ if self.is_in_archive() => Some(Alone::Archive),
                zen => zen.then_some(Alone::Article),
            },
            speakers,
        };
        screen::panes(self.size, shape)
    }

    /// Which keys hold.
    pub fn layer(&self) -> Layer {
        match (&self.prompt, &self.overlay, self.focus) {
            (Some(_), _, _) => Layer::Prompt,
            (None, Some(Overlay::Why), _) => Layer::Why,
            (None, Some(_), _) => Layer::Overlay,
            (None, None, _) if self.archive.stage() == Stage::Speakers => Layer::Archive,
            (None, None, _) if self.archive.stage() == Stage::Timeline => Layer::Timeline,
            (None, None, Focus::List) => Layer::List,
            (None, None, Focus::Article) => Layer::Article,
            (None, None, Focus::Speakers) => Layer::Speakers,
            (None, None, Focus::Shelves) => Layer::Shelves,
        }
    }

    /// Whether the keys go to an article that is not there yet, or not laid out.
    pub fn is_opening(&self) -> bool {
        let empty = |reader: &Reader| reader.page.rows().is_empty() && self.panes().column().is_some();
        matches!(self.layer(), Layer::Article | Layer::Speakers)
            && (self.is_awaiting() || self.reader.as_ref().is_some_and(empty))
    }

    /// Whether a command should wait for the article that is being opened: all but those that lead away from it.
    pub fn defers(&self, command: Command) -> bool {
        use Command::{Back, Leave, Quit, Redraw, Suspend};
        self.is_opening() && !matches!(command, Back | Leave | Quit | Redraw | Suspend)
    }

    /// The terminal's size.
    pub fn size(&self) -> Size {
        self.size
    }

    /// What is being read.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The headlines that are loaded.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The list of headlines.
    pub fn list(&self) -> &List {
        &self.list
    }

    /// What is being read from files, and what was refused.
    pub fn intake(&self) -> &Intake {
        &self.intake
    }

    /// The open article.
    pub fn reader(&self) -> Option<&Reader> {
        self.reader.as_ref()
    }

    /// To which pane the keys go.
    pub fn focus(&self) -> Focus {
        self.focus
    }

    /// What lies over the panes.
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    /// The line into which the reader types.
    pub fn prompt(&self) -> Option<&Prompt> {
        self.prompt.as_ref()
    }

    /// The search over all articles that is on.
    pub fn search(&self) -> Option<&Search> {
        self.search.as_ref()
    }

    /// The parts of all articles.
    pub fn shelves(&self) -> &Shelves {
        &self.shelves
    }

    /// The selected speaker in the list of speakers.
    pub fn selected_speaker(&self) -> usize {
        self.speaker
    }

    /// The speakers of the archive.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// What is lit in an article.
    pub fn lighting(&self) -> Lighting {
        self.lighting
    }

    /// What the user did.
    pub fn user(&self) -> &UserData {
        &self.user
    }

    /// What the program has to say just now.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// The count typed so far.
    pub fn count(&self) -> Option<usize> {
        self.count
    }

    /// What the help shows.
    pub fn help(&self) -> &[HelpEntry] {
        &self.help
    }
}
