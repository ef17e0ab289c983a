//! Draws the picture of the README from the screen as the program draws it, so that the picture never lies.
//!
//!     cargo run --example picture > docs/reading.svg

mod screen;
mod svg;

fn main() {
    print!("{}", svg::svg(&screen::reading()));
}
