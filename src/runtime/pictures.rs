//! Pictures as the terminal draws them: with kitty's protocol, sixels, that of iTerm2, or half blocks everywhere.

use std::collections::VecDeque;
use std::env;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use image::DynamicImage;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use ratatui::widgets::Widget;
use ratatui_image::errors::Errors;
use ratatui_image::picker::{Picker, ProtocolType};
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::sliced::{SignedPosition, SlicedImage, SlicedProtocol};
use ratatui_image::{FontSize, Resize};

use super::GraphicsAnswer;
use crate::article::ArticleId;
use crate::ui::PlacedPicture;

/// So many pictures are held for drawing, the last that were asked for.
const MOST: usize = 24;

/// How large a cell is taken to be in pixels, where the terminal does not say.
const CELL: FontSize = FontSize::new(10, 20);

/// The pictures that can be drawn, and how. All clones are one.
#[derive(Clone)]
pub(super) struct Pictures(Arc<Mutex<State>>);

struct State {
    graphics: Graphics,
    drawn: VecDeque<Drawn>,
}

/// What the terminal can draw.
#[derive(Debug, Clone, Copy)]
pub(super) struct Graphics {
    has_kitty: bool,
    has_sixel: bool,
    cell: Option<FontSize>,
    /// Whether a multiplexer stands between: what it does not know it does not hand on, nor clear.
    is_multiplexed: bool,
}

struct Drawn {
    article: ArticleId,
    number: usize,
    image: DynamicImage,
    size: Size,
    protocol: SlicedProtocol,
}

impl Pictures {
    pub fn new() -> Self {
        let is_multiplexed = ["TMUX", "STY", "ZELLIJ"].iter().any(|name| env::var_os(name).is_some());
        let graphics = Graphics { has_kitty: false, has_sixel: false, cell: None, is_multiplexed };
        Self(Arc::new(Mutex::new(State { graphics, drawn: VecDeque::new() })))
    }

    /// The terminal told what it can draw.
    pub fn know(&self, answer: GraphicsAnswer) {
        let graphics = &mut self.state().graphics;
        match answer {
            GraphicsAnswer::Kitty => graphics.has_kitty = true,
            GraphicsAnswer::Sixel => graphics.has_sixel = true,
            GraphicsAnswer::Cell { width, height } => graphics.cell = Some(FontSize::new(width, height)),
        }
    }

    pub fn graphics(&self) -> Graphics {
        self.state().graphics
    }

    /// Holds a picture for drawing; returns how many rows it has.
    pub fn add(&self, article: ArticleId, number: usize, image: DynamicImage, most: Size) -> Result<u16, Errors> {
        let graphics = self.graphics();
        let protocol = graphics.protocol(&image, most)?;
        let size = protocol.size();
        let drawn = &mut self.state().drawn;
        drawn.retain(|known| (known.article, known.number) != (article, number));
        drawn.push_back(Drawn { article, number, image, size, protocol });
        if drawn.len() > MOST {
            drawn.pop_front();
        }
        Ok(size.height)
    }

    /// Draws those that are held.
    pub fn draw(&self, placed: &[PlacedPicture], frame: &mut Buffer) {
        let state = self.state();
        for picture in placed {
            let is_it = |known: &&Drawn| (known.article, known.number) == (picture.article, picture.number);
            let area = picture.area.intersection(frame.area);
            if let Some(known) = state.drawn.iter().find(is_it).filter(|known| known.size.width <= area.width) {
                SlicedImage::new(&known.protocol, SignedPosition::from((0, picture.row))).render(area, frame);
            }
        }
    }

    /// The terminal has forgotten what it was sent.
    pub fn forget(&self) {
        let mut state = self.state();
        let graphics = state.graphics;
        for known in &mut state.drawn {
            if let (SlicedProtocol::Kitty(_), Ok(protocol)) =
                (&known.protocol, graphics.protocol(&known.image, known.size))
            {
                known.protocol = protocol;
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Pictures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Pictures").field(&self.graphics()).finish()
    }
}

impl Graphics {
    fn cell(&self) -> FontSize {
        self.cell.unwrap_or(CELL)
    }

    /// How many pixels fit into so many cells. Half blocks have two in a cell, and are reckoned like the others.
    pub fn pixels(&self, size: Size) -> (u32, u32) {
        let cell = self.cell();
        (u32::from(size.width) * u32::from(cell.width), u32::from(size.height) * u32::from(cell.height))
    }

    /// A picture as it is drawn in no more than so many cells.
    fn protocol(&self, image: &DynamicImage, most: Size) -> Result<SlicedProtocol, Errors> {
        let fit = Resize::Fit(None);
        let kind = match self {
            // The multiplexer may hand them on, but does not clear them.
            Self { is_multiplexed: true, .. } => ProtocolType::Halfblocks,
            Self { has_kitty: true, .. } => ProtocolType::Kitty,
            _ if speaks_iterm() => ProtocolType::Iterm2,
            Self { has_sixel: true, cell: Some(_), .. } => ProtocolType::Sixel,
            _ => ProtocolType::Halfblocks,
        };
        if kind == ProtocolType::Halfblocks {
            let size = fit.size_for(image, self.cell(), most);
            return Ok(SlicedProtocol::Halfblocks(Halfblocks::new(image.clone(), size)?));
        }
        #[allow(deprecated, reason = "the other ways to make one read the terminal, whose keys are ours to read")]
        let mut picker = Picker::from_fontsize(self.cell());
        picker.set_protocol_type(kind);
        SlicedProtocol::new_with_resize(&picker, image.clone(), most, fit)
    }
}

/// Whether the terminal is one that draws pictures in the way of iTerm2, which it cannot be asked for.
fn speaks_iterm() -> bool {
    let is_one = |name: &str| env::var(name).is_ok_and(|value| value.contains("iTerm") || value.contains("WezTerm"));
    is_one("TERM_PROGRAM") || is_one("LC_TERMINAL")
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    const ID: ArticleId = ArticleId(7);

    fn pictures(answers: &[GraphicsAnswer]) -> Pictures {
        let pictures = Pictures::new();
        pictures.state().graphics.is_multiplexed = false;
        for answer in answers {
            pictures.know(*answer);
        }
        pictures
    }

    fn placed(row: i16) -> PlacedPicture {
        PlacedPicture { article: ID, number: 0, area: Rect::new(2, 1, 30, 8), row }
    }

    fn frame(pictures: &Pictures, placed: &[PlacedPicture]) -> Buffer {
        let mut frame = Buffer::empty(Rect::new(0, 0, 40, 10));
        pictures.draw(placed, &mut frame);
        frame
    }

    /// What is sent to the terminal for the frame after another.
    fn sent(before: &Buffer, after: &Buffer) -> String {
        before.diff(after).into_iter().map(|(_, _, cell)| cell.symbol().to_owned()).collect()
    }

    const CELL: GraphicsAnswer = GraphicsAnswer::Cell { width: 10, height: 20 };

    #[test]
    fn each_terminal_gets_what_it_can_draw() {
        for (answers, sign) in [
            (&[][..], "\u{2584}"),
            (&[GraphicsAnswer::Kitty, GraphicsAnswer::Sixel, CELL], "\x1b_G"),
            (&[GraphicsAnswer::Sixel, CELL], "\x1bP"),
            // How large a sixel is in cells cannot be known.
            (&[GraphicsAnswer::Sixel], "\u{2584}"),
        ] {
            let pictures = pictures(answers);
            let colours = image::RgbImage::from_fn(200, 100, |x, y| image::Rgb([x as u8, y as u8, 99]));
            let image = DynamicImage::from(colours);
            let rows = pictures.add(ID, 0, image, Size::new(30, 8)).unwrap();
            assert_eq!(rows, 5, "{answers:?}");
            let empty = frame(&pictures, &[]);
            let whole = frame(&pictures, &[placed(1)]);
            let out = sent(&empty, &whole);
            assert!(out.contains(sign), "{answers:?}: {out:?}");
            // Half scrolled away above and below, it stays within its area.
            for row in [-3, 6] {
                let cut = frame(&pictures, &[placed(row)]);
                for (x, y) in (0..40).flat_map(|x| [(x, 0), (x, 9)]) {
                    assert_eq!(cut[(x, y)].symbol(), " ", "{answers:?} {row}");
                }
            }
            // Once it is gone, each cell that it had is written again.
            let gone = frame(&pictures, &[]);
            let written: Vec<_> = whole.diff(&gone).into_iter().map(|(x, y, _)| (x, y)).collect();
            for (x, y) in (2..22).flat_map(|x| (2..7).map(move |y| (x, y))) {
                assert!(written.contains(&(x, y)), "{answers:?}: {x} {y}");
            }
            assert!(gone.content().iter().all(|cell| cell.symbol() == " "));
        }
    }

    #[test]
    fn only_the_last_pictures_are_held() {
        let pictures = pictures(&[]);
        for number in 0..MOST + 3 {
            pictures.add(ID, number, DynamicImage::new_rgb8(4, 4), Size::new(4, 4)).unwrap();
        }
        assert_eq!(pictures.state().drawn.len(), MOST);
        pictures.forget();
        assert_eq!(frame(&pictures, &[placed(0)]), frame(&pictures, &[]), "the first one is gone");
    }
}
