//! The layout of the screen: one pure function from the terminal's size to areas, both in cells.

pub use ratatui_core::layout::{Position, Rect, Size};

use super::Layer;

/// The widest card, in cells.
pub const WIDEST_CARD: u16 = 76;

/// How many cells there are inside a card in an area.
pub fn card_width(area: Rect) -> usize {
    usize::from(WIDEST_CARD.min(area.width)).saturating_sub(4)
}

/// The smallest terminal that the program draws in, in cells.
pub const SMALLEST: Size = Size { width: 30, height: 8 };

/// Whether the program draws nothing in a terminal of this size but how large it needs to be.
pub fn is_too_small(size: Size) -> bool {
    size.width < SMALLEST.width || size.height < SMALLEST.height
}

/// From this width on the list stands beside the article.
const WIDE: u16 = 110;

/// From this width on a headline of the list has one row.
const ONE_ROW: u16 = 56;

/// The narrowest list and the narrowest article of a split, in cells.
const NARROWEST: (u16, u16) = (28, 44);

/// From this width on the list of speakers is shown beside the article, not over it.
const MEDIUM: u16 = 70;

/// From this width on the collections stand beside the list all the time.
const SPACIOUS: u16 = 170;

/// How wide the collections are.
const SIDEBAR: u16 = 32;

/// Cells left of the text: two for the speaker's number, one for the mark of the current quotation, blanks between.
const GUTTER: u16 = 5;

/// What shapes the screen besides its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The layer of the pane that has the keys.
    pub pane: Layer,
    /// Whether list and article share the screen where there is room for both, rather than one having it alone.
    pub is_split: bool,
    /// How wide the list of a split should be, in cells; as wide as a text in its usual width leaves it, where that is
    /// not said.
    pub list_width: Option<u16>,
    /// How wide the text may become, in cells.
    pub text_width: u16,
    /// Whether there are collections worth showing where there is room.
    pub collections: bool,
    /// How many rows the list of speakers would like to have.
    pub speakers: u16,
}

/// The parts of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    /// The line at the top; none on a low screen.
    pub head: Option<Rect>,
    /// Parts of all articles.
    pub sidebar: Option<Rect>,
    /// The rule right of it.
    pub sidebar_divider: Option<Rect>,
    /// The headlines.
    pub list: Option<Rect>,
    /// The rule between list and article.
    pub divider: Option<Rect>,
    /// The article, gutter and scroll bar included.
    pub article: Option<Rect>,
    /// Who speaks in it.
    pub speakers: Option<Rect>,
    /// The speakers of the library, what one of them said, clippings, what is to be checked.
    pub people: Option<Rect>,
    /// The line at the bottom.
    pub foot: Rect,
    /// How wide the text may become, in cells.
    pub text_width: u16,
}

/// Lays out the areas of the screen.
pub fn panes(size: Size, shape: Shape) -> Panes {
    // Rules below the head and above the foot go first when it gets low, then the head.
    let (top, bottom) = match size.height {
        0..12 => (0, 1),
        12..16 => (1, 1),
        _ => (2, 2),
    };
    let head = (top > 0).then_some(Rect { x: 0, y: 0, width: size.width, height: 1 });
    let foot = Rect { x: 0, y: size.height.saturating_sub(1), width: size.width, height: 1 };
    let middle = Rect { x: 0, y: top, width: size.width, height: size.height.saturating_sub(top + bottom) };
    let panes = Panes { head, foot, text_width: shape.text_width, ..Panes::default() };
    if matches!(shape.pane, Layer::People | Layer::Timeline | Layer::Clippings | Layer::Review) {
        return Panes { people: Some(middle), ..panes };
    }
    let (panes, middle) = beside_sidebar(middle, shape, panes);
    let is_reading = matches!(shape.pane, Layer::Article | Layer::Speakers);
    match middle.width {
        0 => panes,
        // Where the collections take the room of the article, the list has what is left.
        _ if shape.pane == Layer::Sidebar && size.width < WIDE + SIDEBAR => Panes { list: Some(middle), ..panes },
        WIDE.. if shape.is_split => side_by_side(middle, shape, panes),
        _ if is_reading => one_at_a_time(middle, shape, panes),
        _ => Panes { list: Some(middle), ..panes },
    }
}

/// Splits off the sidebar, where it is asked for or there is plenty of room; returns its area and the rest.
fn beside_sidebar(middle: Rect, shape: Shape, panes: Panes) -> (Panes, Rect) {
    let is_alone = matches!(shape.pane, Layer::Article | Layer::Speakers) && !shape.is_split;
    let is_roomy = shape.collections && middle.width >= SPACIOUS && !is_alone;
    if shape.pane != Layer::Sidebar && !is_roomy {
        return (panes, middle);
    }
    if middle.width < MEDIUM {
        return (Panes { sidebar: Some(middle), ..panes }, Rect { width: 0, ..middle });
    }
    let sidebar = Rect { width: SIDEBAR, ..middle };
    let divider = Rect { x: sidebar.right(), width: 1, ..middle };
    let rest = Rect { x: divider.right(), width: middle.width - SIDEBAR - 1, ..middle };
    (Panes { sidebar: Some(sidebar), sidebar_divider: Some(divider), ..panes }, rest)
}

/// The list left, the article right; while that is read, its speakers below the list.
fn side_by_side(middle: Rect, shape: Shape, panes: Panes) -> Panes {
    /// Cells beside the text of an article: its margin, the scroll bar and the rule.
    const AROUND_TEXT: u16 = GUTTER + 3;
    let (list, article) = NARROWEST;
    let usual = middle.width.saturating_sub(crate::layout::WIDEST_COLUMN as u16 + AROUND_TEXT).clamp(36, 72);
    let left = shape.list_width.unwrap_or(usual).clamp(list, middle.width - article - 1);
    let column = Rect { width: left, ..middle };
    let is_reading = matches!(shape.pane, Layer::Article | Layer::Speakers);
    // Never more than half of the height.
    let height = if middle.height < 14 || !is_reading { 0 } else { shape.speakers.min(middle.height / 2) };
    let list = Rect { height: column.height - height, ..column };
    let speakers = Rect { y: list.bottom(), height, ..column };
    let article = Rect { x: column.right() + 1, width: middle.width - left - 1, ..middle };
    Panes {
        list: Some(list),
        divider: Some(Rect { x: column.right(), width: 1, ..middle }),
        article: Some(article),
        speakers: (height > 0).then_some(speakers),
        ..panes
    }
}

/// The article alone; its speakers beside it, or over it where there is no room.
fn one_at_a_time(middle: Rect, shape: Shape, panes: Panes) -> Panes {
    if shape.pane != Layer::Speakers {
        return Panes { article: Some(middle), ..panes };
    }
    if middle.width < MEDIUM {
        return Panes { speakers: Some(middle), ..panes };
    }
    let width = 30.max(middle.width * 2 / 5).min(44);
    let article = Rect { width: middle.width - width - 1, ..middle };
    Panes {
        article: Some(article),
        divider: Some(Rect { x: article.right(), width: 1, ..middle }),
        speakers: Some(Rect { x: article.right() + 1, width, ..middle }),
        ..panes
    }
}

impl Panes {
    /// The column of the text within the article's area: centred, at most as wide as is comfortable to read.
    pub fn column(&self) -> Option<Rect> {
        let article = self.article?;
        let gutter = if article.width < 40 { GUTTER - 1 } else { GUTTER };
        // A cell for the scroll bar, and one of blank before it.
        let room = article.width.saturating_sub(gutter + 2);
        let width = room.min(self.text_width);
        let left = ((article.width.saturating_sub(width)) / 2).max(gutter);
        let blank = u16::from(article.height >= 14);
        Some(Rect { x: article.x + left, y: article.y + blank, width, height: article.height - blank })
    }

    /// How wide a line that is never broken may be from the left edge of the column on: as far as the scroll bar.
    pub fn verbatim_width(&self) -> Option<usize> {
        let (column, article) = (self.column()?, self.article?);
        Some(article.right().saturating_sub(column.x + 2).max(column.width).into())
    }
}

/// Whether a screen of this size has room for list and article side by side.
pub fn fits_both(size: Size) -> bool {
    size.width >= WIDE
}

/// Whether a list of this width shows a headline in one row.
pub fn has_one_row(width: u16) -> bool {
    width >= ONE_ROW
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every area lies on the screen, and no two of one arrangement overlap.
    #[test]
    fn areas_fit_at_every_size() {
        let layers = [
            Layer::List,
            Layer::Article,
            Layer::Speakers,
            Layer::Sidebar,
            Layer::People,
            Layer::Timeline,
            Layer::Clippings,
            Layer::Review,
        ]
        .into_iter();
        let shapes = layers.flat_map(|pane| [false, true].map(|is_split| (pane, is_split)));
        let shapes = shapes.flat_map(|shape| [false, true].map(|collections| (shape, collections)));
        let sizes = [(None, 72), (Some(0), 40), (Some(60), 100), (Some(999), 160)];
        let shapes = shapes.flat_map(|shape| sizes.map(|sizes| (shape, sizes)));
        let shapes = shapes.map(|(((pane, is_split), collections), (list_width, text_width))| Shape {
            pane,
            is_split,
            list_width,
            text_width,
            collections,
            speakers: 5,
        });
        for shape in shapes {
            for width in SMALLEST.width..=250 {
                for height in SMALLEST.height..=60 {
                    let panes = panes(Size { width, height }, shape);
                    let beside = [panes.sidebar, panes.sidebar_divider, panes.list, panes.divider, panes.people];
                    let all = beside.into_iter().chain([panes.head, panes.article, panes.speakers, Some(panes.foot)]);
                    let all: Vec<_> = all.flatten().collect();
                    for (at, a) in all.iter().enumerate() {
                        assert!(a.right() <= width && a.bottom() <= height && a.width > 0 && a.height > 0, "{panes:?}");
                        for b in &all[at + 1..] {
                            let apart = a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y;
                            assert!(apart, "{width}x{height} {a:?} {b:?}");
                        }
                    }
                    if let (Some(column), Some(article)) = (panes.column(), panes.article) {
                        assert!(column.x >= article.x + 4 && column.right() < article.right() && column.width >= 20);
                        assert!(column.width <= shape.text_width);
                        assert!(column.bottom() <= article.bottom() && column.height > 0);
                    }
                }
            }
        }
    }
}
