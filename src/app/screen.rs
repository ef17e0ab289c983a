//! Where everything stands on the screen: one pure function from the terminal's size to areas.

use super::Focus;

/// The smallest terminal that the program draws in, in cells.
pub const SMALLEST: Size = Size { width: 30, height: 8 };

/// From this width on the list stands beside the article.
const WIDE: u16 = 110;

/// From this width on a headline of the list takes one row.
const ROOMY: u16 = 66;

/// From this width on the list of speakers stands beside the article when it is asked for, not over it.
const MEDIUM: u16 = 70;

/// From this width on the shelves stand beside the list all the time.
const SPACIOUS: u16 = 170;

/// How wide the shelves are.
const SHELVES: u16 = 28;

/// Cells left of the text: two for the speaker's number, one for the mark of the current quotation, blanks between.
const GUTTER: u16 = 5;

/// A size in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A part of the screen, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// The leftmost column.
    pub x: u16,
    /// The topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether a cell lies in it.
    pub fn contains(self, column: u16, row: u16) -> bool {
        (self.x..self.x + self.width).contains(&column) && (self.y..self.y + self.height).contains(&row)
    }

    /// The one column right of it.
    pub fn right(self) -> u16 {
        self.x + self.width
    }

    /// The one row below it.
    pub fn bottom(self) -> u16 {
        self.y + self.height
    }
}

/// What shapes the screen besides its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    /// To which pane the keys go.
    pub focus: Focus,
    /// Whether there are shelves worth showing where there is room.
    pub shelves: bool,
    /// What stands alone, if anything.
    pub alone: Option<Alone>,
    /// How many rows the list of speakers would like to have.
    pub speakers: u16,
}

/// What may stand alone on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    /// The article.
    Article,
    /// The speakers of the archive, or what one of them said.
    Archive,
}

impl Shape {
    const fn is_zen(self) -> bool {
        matches!(self.alone, Some(Alone::Article))
    }
}

/// The parts of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    /// The line at the top; none on a low screen.
    pub head: Option<Area>,
    /// Parts of all articles.
    pub shelves: Option<Area>,
    /// The rule right of it.
    pub shelf_divider: Option<Area>,
    /// The headlines.
    pub list: Option<Area>,
    /// The rule between list and article.
    pub divider: Option<Area>,
    /// The article, gutter and scroll bar included.
    pub article: Option<Area>,
    /// Who speaks in it.
    pub speakers: Option<Area>,
    /// The speakers of the archive, or what one of them said.
    pub archive: Option<Area>,
    /// The line at the bottom.
    pub foot: Area,
}

/// Gives each part its area.
pub fn panes(size: Size, shape: Shape) -> Panes {
    // Rules below the head and above the foot go first when it gets low, then the head.
    let (top, bottom) = match size.height {
        0..12 => (0, 1),
        12..16 => (1, 1),
        _ => (2, 2),
    };
    let head = (top > 0 && !shape.is_zen()).then_some(Area { x: 0, y: 0, width: size.width, height: 1 });
    let top = if shape.is_zen() { 0 } else { top };
    let foot = Area { x: 0, y: size.height.saturating_sub(1), width: size.width, height: 1 };
    let middle = Area { x: 0, y: top, width: size.width, height: size.height.saturating_sub(top + bottom) };
    let panes = Panes { head, foot, ..Panes::default() };
    if shape.alone == Some(Alone::Archive) {
        return Panes { archive: Some(middle), ..panes };
    }
    let (panes, middle) = beside_shelves(middle, shape, panes);
    match middle.width {
        0 => panes,
        // Where the shelves take the room of the article, the list has what is left.
        _ if shape.focus == Focus::Shelves && size.width < WIDE + SHELVES => Panes { list: Some(middle), ..panes },
        WIDE.. if !shape.is_zen() => side_by_side(middle, shape, panes),
        _ if matches!(shape.focus, Focus::Article | Focus::Speakers) || shape.is_zen() => {
            one_at_a_time(middle, shape, panes)
        }
        _ => Panes { list: Some(middle), ..panes },
    }
}

/// Gives the shelves their area, where they are asked for or there is plenty of room; gives what is left.
fn beside_shelves(middle: Area, shape: Shape, panes: Panes) -> (Panes, Area) {
    let is_roomy = shape.shelves && middle.width >= SPACIOUS && !shape.is_zen();
    if shape.focus != Focus::Shelves && !is_roomy {
        return (panes, middle);
    }
    if middle.width < MEDIUM {
        return (Panes { shelves: Some(middle), ..panes }, Area { width: 0, ..middle });
    }
    let shelves = Area { width: SHELVES, ..middle };
    let divider = Area { x: shelves.right(), width: 1, ..middle };
    let rest = Area { x: divider.right(), width: middle.width - SHELVES - 1, ..middle };
    (Panes { shelves: Some(shelves), shelf_divider: Some(divider), ..panes }, rest)
}

/// The list and the speakers left, the article right.
fn side_by_side(middle: Area, shape: Shape, panes: Panes) -> Panes {
    let left = (middle.width * 29 / 100).clamp(36, 48);
    let column = Area { width: left, ..middle };
    // Never more than half of the height.
    let height = if middle.height < 14 { 0 } else { shape.speakers.min(middle.height / 2) };
    let list = Area { height: column.height - height, ..column };
    let speakers = Area { y: list.bottom(), height, ..column };
    let article = Area { x: column.right() + 1, width: middle.width - left - 1, ..middle };
    Panes {
        list: Some(list),
        divider: Some(Area { x: column.right(), width: 1, ..middle }),
        article: Some(article),
        speakers: (height > 0).then_some(speakers),
        ..panes
    }
}

/// The article alone; its speakers beside it, or over it where there is no room.
fn one_at_a_time(middle: Area, shape: Shape, panes: Panes) -> Panes {
    if shape.focus != Focus::Speakers {
        return Panes { article: Some(middle), ..panes };
    }
    if middle.width < MEDIUM {
        return Panes { speakers: Some(middle), ..panes };
    }
    let width = 30.max(middle.width * 2 / 5).min(44);
    let article = Area { width: middle.width - width - 1, ..middle };
    Panes {
        article: Some(article),
        divider: Some(Area { x: article.right(), width: 1, ..middle }),
        speakers: Some(Area { x: article.right() + 1, width, ..middle }),
        ..panes
    }
}

impl Panes {
    /// The column of the text within the article's area: centred, at most as wide as is comfortable to read.
    pub fn column(&self) -> Option<Area> {
        let article = self.article?;
        let widest = crate::layout::WIDEST_COLUMN as u16;
        let gutter = if article.width < 40 { GUTTER - 1 } else { GUTTER };
        // A cell for the scroll bar, and one of blank before it.
        let room = article.width.saturating_sub(gutter + 2);
        let width = room.min(widest);
        let left = ((article.width.saturating_sub(width)) / 2).max(gutter);
        let blank = u16::from(article.height >= 14);
        Some(Area { x: article.x + left, y: article.y + blank, width, height: article.height - blank })
    }
}

/// Whether a list of this width shows a headline in one row.
pub fn is_roomy(width: u16) -> bool {
    width >= ROOMY
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every area lies on the screen, and no two of one arrangement overlap.
    #[test]
    fn areas_fit_at_every_size() {
        let focuses = [Focus::List, Focus::Article, Focus::Speakers, Focus::Shelves];
        let alone = [None, Some(Alone::Article), Some(Alone::Archive)];
        let shapes = focuses.into_iter().flat_map(|focus| {
            (0..6).map(move |bits| Shape { focus, alone: alone[bits % 3], shelves: bits > 2, speakers: 5 })
        });
        let fits = |shape: &Shape| !shape.is_zen() || shape.focus != Focus::Shelves;
        let shapes: Vec<_> = shapes.filter(fits).collect();
        for shape in shapes {
            for width in SMALLEST.width..=300 {
                for height in SMALLEST.height..=100 {
                    let panes = panes(Size { width, height }, shape);
                    let beside = [panes.shelves, panes.shelf_divider, panes.list, panes.divider, panes.archive];
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
                        assert!(column.bottom() <= article.bottom() && column.height > 0);
                    }
                }
            }
        }
    }
}
