//! What drawing and key resolution see of the state.

use super::screen::{self, Panes, Rect, Shape, Size};
use super::views::speakers;
use super::{
    App, Collections, Command, DateForms, HelpEntry, HighlightMode, Layer, List, Notice, Pane, Progress, Prompt,
    Reader, RowPart, Search, SignSet, UserData, Views,
};
use crate::catalog::Catalog;

impl App {
    /// The areas of the screen.
    pub fn panes(&self) -> Panes {
        screen::panes(self.size, self.shape())
    }

    /// What shapes the screen besides its size.
    pub(super) fn shape(&self) -> Shape {
        let wanted = |reader: &Reader| speakers::wanted_height(reader);
        Shape {
            pane: self.views.pane_layer(),
            is_split: self.is_split(),
            list_width: self.display.list_width,
            text_width: self.display.text_width,
            collections: self.collections.has_choice(),
            speakers: self.article.reader.as_ref().map_or(0, wanted),
        }
    }

    /// The area in which cards lie.
    pub fn card_area(&self) -> Rect {
        let panes = self.panes();
        let pane =
            panes.list.or(panes.article).or(panes.speakers).or(panes.people).or(panes.sidebar).unwrap_or_default();
        let bottom = panes.article.map_or(pane.bottom(), Rect::bottom);
        Rect { x: 0, y: pane.y, width: self.size.width, height: bottom.saturating_sub(pane.y) }
    }

    /// The area of the list, also where it is not on the screen just now.
    pub(super) fn list_area(&self) -> Option<Rect> {
        let panes = self.panes();
        panes.list.or(panes.article).or(panes.speakers).or(panes.sidebar)
    }

    /// How many rows of text are on the screen.
    pub(super) fn text_height(&self) -> usize {
        self.panes().column().map_or(1, |column| usize::from(column.height))
    }

    /// Which keys hold.
    pub fn layer(&self) -> Layer {
        self.views.layer()
    }

    /// Where the user is.
    pub fn views(&self) -> &Views {
        &self.views
    }

    /// Whether the keys go to an article that is not there yet, or not laid out, or are about a quotation of one.
    pub fn is_opening(&self) -> bool {
        let empty = |reader: &Reader| reader.page.rows().is_empty() && self.panes().column().is_some();
        let is_here = matches!(self.layer(), Layer::Article | Layer::Speakers);
        self.awaits_quotation()
            || self.awaits_reviewed()
            || self.is_being_replaced()
            || self.awaits_feed_info()
            || is_here && (self.is_awaiting() || self.article.reader.as_ref().is_some_and(empty))
    }

    /// Whether a command should wait for the article that is being opened: all but those that lead away from it.
    pub fn defers(&self, command: Command) -> bool {
        use Command::{Back, Leave, Quit, Redraw, Suspend};
        self.is_opening() && !matches!(command, Back | Leave | Quit | Redraw | Suspend)
    }

    /// Whether the latest command did nothing: the message says why.
    pub fn has_refused(&self) -> bool {
        self.foot.has_refused
    }

    /// Nothing is remembered for later runs: there is no library that could be written to.
    #[must_use]
    pub fn forgetting(mut self) -> Self {
        self.options.forgets = true;
        self
    }

    /// The terminal's size.
    pub fn size(&self) -> Size {
        self.size
    }

    /// What is being read.
    pub fn title(&self) -> &str {
        &self.progress.title
    }

    /// What the window is about: the article on the screen, the one whose quotations are listed, else what is being read.
    pub fn window_title(&self) -> String {
        let article = self.article.reader.as_ref().filter(|_| self.panes().column().is_some());
        let about = match (self.views.pane(), article) {
            (Pane::Timeline(timeline), _) => &timeline.signed_name(),
            (Pane::Review(review), _) => review.name(),
            (_, Some(reader)) => reader.article.headline(),
            (_, None) => self.title(),
        };
        format!("{about} — pullquote")
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
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The open article.
    pub fn reader(&self) -> Option<&Reader> {
        self.article.reader.as_ref()
    }

    /// The line into which the user types.
    pub fn prompt(&self) -> Option<&Prompt> {
        self.views.prompt()
    }

    /// The search over all articles that is on.
    pub fn search(&self) -> Option<&Search> {
        self.views.search()
    }

    /// The parts of all articles.
    pub fn collections(&self) -> &Collections {
        &self.collections
    }

    /// What is highlighted in an article.
    pub fn highlight(&self) -> HighlightMode {
        self.display.highlight
    }

    /// Which signs the screens are drawn with.
    pub fn signs(&self) -> SignSet {
        self.display.signs
    }

    /// How days and times are written.
    pub fn dates(&self) -> &DateForms {
        &self.display.dates
    }

    /// What stands beside a headline, in this order.
    pub fn row_parts(&self) -> &[RowPart] {
        &self.display.row
    }

    /// What the user did.
    pub fn user(&self) -> &UserData {
        &self.user
    }

    /// The message in the foot line.
    pub fn notice(&self) -> Option<&Notice> {
        self.foot.notice.as_ref()
    }

    /// The count typed so far.
    pub fn count(&self) -> Option<usize> {
        self.foot.count
    }

    /// The entries of the help.
    pub fn help(&self) -> &[HelpEntry] {
        &self.help
    }
}
