//! How things are shown, as the user wishes, and under which names that is kept.

use super::command::Command;
use super::date_forms::DateForms;
use super::list_order::ListOrders;
use super::picture_state::PictureMode;
use super::row_parts::{self, RowPart};
use super::screen::{self, Shape};
use super::theme_choice::ThemeChoice;
use super::{App, Layer, Notice};
use crate::catalog::PeopleOrder;
use crate::layout::WIDEST_COLUMN;
use crate::user::UserAction;

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
    pub(super) signs: SignSet,
    pub(super) dates: DateForms,
    /// Whether the mouse is for the program.
    pub(super) has_mouse: bool,
    /// When pictures are fetched.
    pub(super) pictures: PictureMode,
    /// What stands beside a headline.
    pub(super) row: Vec<RowPart>,
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
            signs: SignSet::default(),
            dates: DateForms::default(),
            has_mouse: true,
            pictures: PictureMode::default(),
            row: RowPart::listed(row_parts::USUAL),
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

/// Which signs the screens are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignSet {
    /// Those that say most.
    #[default]
    Unicode,
    /// ASCII alone, but for what articles say.
    Ascii,
}

/// What is highlighted in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HighlightMode {
    /// Quotations, each in its speaker's colour.
    #[default]
    Speakers,
    /// The same, and what is reported without quotation marks.
    Reported,
    /// Quotations, all alike.
    Quotations,
    /// Nothing.
    Off,
}

impl HighlightMode {
    const NAMES: [(&'static str, Self); 4] = [
        ("speakers", Self::Speakers),
        ("reported", Self::Reported),
        ("quotations", Self::Quotations),
        ("off", Self::Off),
    ];

    /// Whether each speaker has a colour.
    pub fn has_colours(self) -> bool {
        matches!(self, Self::Speakers | Self::Reported)
    }

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

/// The order of this name in which people are listed.
pub(super) fn people_order_named(name: &str) -> Option<PeopleOrder> {
    PEOPLE_ORDERS.iter().find(|(known, _)| *known == name).map(|&(_, order)| order)
}

impl DisplaySettings {
    /// Takes over the value of an option, set in this run or remembered from an earlier one. What it does not know stays as
    /// it is.
    pub(super) fn follow(&mut self, name: &str, value: &str, is_remembered: bool) {
        match name {
            "theme" => self.theme.follow(value, is_remembered),
            "signs" => self.signs = if value == "ascii" { SignSet::Ascii } else { SignSet::Unicode },
            "pictures" => self.pictures = PictureMode::named(value),
            "mouse" => self.has_mouse = value == "true",
            "date-format" => self.dates.set_day(value),
            "time-format" => self.dates.set_time(value),
            "row" => self.row = RowPart::listed(value),
            "highlight" => self.highlight = HighlightMode::named(value).unwrap_or(self.highlight),
            "column" => self.text_width = value.parse().unwrap_or(self.text_width),
            "layout" => self.arrangement = Arrangement::named(value).unwrap_or(self.arrangement),
            "split" => self.list_width = value.parse().ok(),
            "people-order" => self.people_order = people_order_named(value).unwrap_or(self.people_order),
            "timeline-order" => self.is_oldest_first = value == "oldest",
            "context" => self.has_all_contexts = value == "all",
            _ => {}
        }
    }
}

impl App {
    pub(super) fn keep(&mut self, name: &str, value: String) {
        self.note(UserAction::Setting { name: name.to_owned(), value });
    }

    pub(super) fn change_highlight(&mut self) {
        let (highlight, words) = match self.display.highlight {
            HighlightMode::Speakers => {
                (HighlightMode::Reported, "Highlight: by speaker, also what is reported without quotation marks")
            }
            HighlightMode::Reported => (HighlightMode::Quotations, "Highlight: quotations, all alike"),
            HighlightMode::Quotations => (HighlightMode::Off, "Highlight: off"),
            HighlightMode::Off => (HighlightMode::Speakers, "Highlight: quotations by speaker"),
        };
        self.show_message(words);
        self.forget_revealed();
        self.set_option("highlight", highlight.name());
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
        self.set_option("people-order", name);
    }

    /// Whether list and article stand side by side where there is room.
    pub(super) fn is_split(&self) -> bool {
        self.display.arrangement == Arrangement::Split
    }

    pub(super) fn arrange(&mut self, arrangement: Arrangement) {
        self.set_option("layout", arrangement.name());
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
                self.refuse(TOO_NARROW);
            };
        };
        // What is shown counts, not what was asked for on a wider screen.
        let (least, most) = LIST_WIDTHS;
        let list_width = Some(moved(list.width).clamp(least, most));
        let width = screen::panes(self.size, Shape { list_width, ..self.shape() }).list.map_or(0, |list| list.width);
        if width == list.width {
            return self.refuse("The split can go no further");
        }
        self.set_option("split", &width.to_string());
        self.show_message(format!("List: {width} columns"));
    }

    fn set_text_width(&mut self, moved: impl Fn(u16) -> u16) {
        let (least, most) = TEXT_WIDTHS;
        let before = self.display.text_width;
        let width = moved(before).clamp(least, most);
        if width == before {
            let end = if width == least { "narrower" } else { "wider" };
            return self.refuse(format!("Text: {width} columns, it gets no {end}"));
        }
        self.set_option("column", &width.to_string());
        let is_reading = matches!(self.views.pane_layer(), Layer::Article | Layer::Speakers | Layer::List);
        let shown = self.panes().column().map(|column| column.width).filter(|&shown| is_reading && shown < width);
        self.show_message(match shown {
            Some(shown) => format!("Text: {width} columns, {shown} fit here"),
            None => format!("Text: {width} columns"),
        });
    }
}
