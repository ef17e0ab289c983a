//! How things are shown, as the user wishes, and under which names that is kept.

use super::command::Command;
use super::list_order::ListOrders;
use super::screen::{self, Shape};
use super::theme_choice::{THEME, ThemeChoice, ThemeName};
use super::{App, Layer, Notice};
use crate::catalog::PeopleOrder;
use crate::layout::WIDEST_COLUMN;
use crate::user::UserAction;

/// The name of the setting that says what is highlighted in articles.
const HIGHLIGHT: &str = "lighting";

/// The name of the setting that says how list and article share the screen.
const ARRANGEMENT: &str = "arrangement";

/// The name of the setting that says how wide the list of a split is.
const LIST_WIDTH: &str = "list-width";

/// The name of the setting that says how wide the text of an article may become.
const TEXT_WIDTH: &str = "text-width";

/// The name of the setting that says in which order everyone who speaks is listed.
const PEOPLE_ORDER: &str = "people-order";

/// How many cells a key moves the split or the edge of the text by.
const STEP: u16 = 4;

/// The narrowest and the widest list that can be asked for, in cells. Where there is less room it takes less.
const LIST_WIDTHS: (u16, u16) = (28, 160);

/// The narrowest and the widest text, in cells.
const TEXT_WIDTHS: (u16, u16) = (40, 160);

/// What is said where list and article cannot share the screen.
pub(super) const TOO_NARROW: &str = "The screen is too narrow for list and article side by side";

/// How things are shown.
#[derive(Debug)]
pub(super) struct DisplaySettings {
    pub(super) highlight: HighlightMode,
    /// Whether the oldest article comes first in timelines.
    pub(super) is_oldest_first: bool,
    /// Whether all quotations stand in their sentences there, not only fragments.
    pub(super) has_all_contexts: bool,
    /// In which order everyone who speaks is listed.
    pub(super) people_order: PeopleOrder,
    /// In which order the headlines of each collection are listed.
    pub(super) list_orders: ListOrders,
    /// How list and article share the screen.
    pub(super) arrangement: Arrangement,
    /// How wide the list of a split is, in cells, where the user has moved it.
    pub(super) list_width: Option<u16>,
    /// How wide the text of an article may become, in cells.
    pub(super) text_width: u16,
    pub(super) theme: ThemeChoice,
}

impl Default for DisplaySettings {
    fn default() -> Self {
        Self {
            highlight: HighlightMode::default(),
            is_oldest_first: false,
            has_all_contexts: false,
            people_order: PeopleOrder::default(),
            list_orders: ListOrders::default(),
            arrangement: Arrangement::default(),
            list_width: None,
            text_width: WIDEST_COLUMN as u16,
            theme: ThemeChoice::default(),
        }
    }
}

/// How list and article share the screen, where it is wide enough for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrangement {
    /// Side by side.
    #[default]
    Split,
    /// The one that has the keys has the screen.
    Single,
}

impl Arrangement {
    const NAMES: [(&'static str, Self); 2] = [("split", Self::Split), ("single", Self::Single)];

    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, arrangement)| *arrangement == self).map_or("", |(name, _)| name)
    }

    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, arrangement)| arrangement)
    }
}

/// What is highlighted in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HighlightMode {
    /// Quotations, each in its speaker's colour.
    #[default]
    Speakers,
    /// Nothing.
    Off,
    /// Quotations, all alike.
    Quotations,
}

impl HighlightMode {
    const NAMES: [(&'static str, Self); 3] =
        [("speakers", Self::Speakers), ("off", Self::Off), ("quotations", Self::Quotations)];

    /// Its name in the library.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, highlight)| *highlight == self).map_or("", |(name, _)| name)
    }

    /// The one that is called so.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, highlight)| highlight)
    }
}

/// The orders in which people are listed, by their names in the library.
const PEOPLE_ORDERS: [(&str, PeopleOrder); 4] = [
    ("quotations", PeopleOrder::Quotations),
    ("name", PeopleOrder::Name),
    ("first", PeopleOrder::First),
    ("last", PeopleOrder::Last),
];

fn people_order_named(name: &str) -> Option<PeopleOrder> {
    PEOPLE_ORDERS.iter().find(|(known, _)| *known == name).map(|&(_, order)| order)
}

impl DisplaySettings {
    /// Takes over a setting that was kept. What it does not know stays as it is.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        let cells = |(least, most): (u16, u16)| value.parse::<u16>().ok().map(|cells| cells.clamp(least, most));
        match name {
            HIGHLIGHT => self.highlight = HighlightMode::named(value).unwrap_or(self.highlight),
            ARRANGEMENT => self.arrangement = Arrangement::named(value).unwrap_or(self.arrangement),
            LIST_WIDTH => self.list_width = cells(LIST_WIDTHS).or(self.list_width),
            TEXT_WIDTH => self.text_width = cells(TEXT_WIDTHS).unwrap_or(self.text_width),
            PEOPLE_ORDER => self.people_order = people_order_named(value).unwrap_or(self.people_order),
            THEME => self.theme.kept = ThemeName::named(value).or(self.theme.kept),
            _ => self.list_orders.set(name, value),
        }
    }
}

impl App {
    pub(super) fn keep(&mut self, name: &str, value: String) {
        self.note(UserAction::Setting { name: name.to_owned(), value });
    }

    pub(super) fn change_highlight(&mut self) {
        let (highlight, words) = match self.display.highlight {
            HighlightMode::Speakers => (HighlightMode::Off, "Highlight: off"),
            HighlightMode::Off => (HighlightMode::Quotations, "Highlight: quotations"),
            HighlightMode::Quotations => (HighlightMode::Speakers, "Highlight: quotations by speaker"),
        };
        self.show_message(words);
        self.keep(HIGHLIGHT, highlight.name().to_owned());
    }

    /// Keeps in which order everyone who speaks is listed, and says so.
    pub(super) fn keep_people_order(&mut self, order: PeopleOrder) {
        self.show_message(match order {
            PeopleOrder::Quotations => "By quotations: who says most first",
            PeopleOrder::Name => "By name",
            PeopleOrder::First => "First seen first",
            PeopleOrder::Last => "Last seen first",
        });
        let name = PEOPLE_ORDERS.iter().find(|(_, known)| *known == order).map_or("", |(name, _)| name);
        self.keep(PEOPLE_ORDER, name.to_owned());
    }

    /// Whether list and article stand side by side where there is room.
    pub(super) fn is_split(&self) -> bool {
        self.display.arrangement == Arrangement::Split
    }

    pub(super) fn arrange(&mut self, arrangement: Arrangement) {
        self.keep(ARRANGEMENT, arrangement.name().to_owned());
    }

    /// Moves the split, or the edge of the text, by some steps.
    pub(super) fn change_width(&mut self, command: Command, times: usize) {
        let by = u16::try_from(times).unwrap_or(u16::MAX).saturating_mul(STEP);
        match command {
            Command::NarrowList => self.move_split(|width| width.saturating_sub(by)),
            Command::WidenList => self.move_split(|width| width.saturating_add(by)),
            Command::NarrowText => self.set_text_width(|width| width.saturating_sub(by)),
            _ => self.set_text_width(|width| width.saturating_add(by)),
        }
    }

    fn move_split(&mut self, moved: impl Fn(u16) -> u16) {
        let panes = self.panes();
        let (Some(list), Some(_)) = (panes.list, panes.article) else {
            return if screen::fits_both(self.size) {
                self.show_message(
                    Notice::new("Only one pane").hint(Command::Zen, "puts list and article side by side"),
                );
            } else {
                self.show_message(TOO_NARROW);
            };
        };
        // What is shown counts, not what was asked for on a wider screen.
        let (least, most) = LIST_WIDTHS;
        let list_width = Some(moved(list.width).clamp(least, most));
        let width = screen::panes(self.size, Shape { list_width, ..self.shape() }).list.map_or(0, |list| list.width);
        if width == list.width {
            return self.show_message("The split can go no further");
        }
        self.keep(LIST_WIDTH, width.to_string());
        self.show_message(format!("List: {width} columns"));
    }

    fn set_text_width(&mut self, moved: impl Fn(u16) -> u16) {
        let (least, most) = TEXT_WIDTHS;
        let before = self.display.text_width;
        let width = moved(before).clamp(least, most);
        if width == before {
            let end = if width == least { "narrower" } else { "wider" };
            return self.show_message(format!("Text: {width} columns, it gets no {end}"));
        }
        self.keep(TEXT_WIDTH, width.to_string());
        let is_reading = matches!(self.views.pane_layer(), Layer::Article | Layer::Speakers | Layer::List);
        let shown = self.panes().column().map(|column| column.width).filter(|&shown| is_reading && shown < width);
        self.show_message(match shown {
            Some(shown) => format!("Text: {width} columns, {shown} fit here"),
            None => format!("Text: {width} columns"),
        });
    }
}
