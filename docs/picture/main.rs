//! Draws the pictures of the README from the screen as the program draws it, so that they never lie.
//!
//!     cargo run --example picture > docs/reading.svg
//!     cargo run --example picture review > docs/review.svg
//!     cargo run --example picture timeline > docs/timeline.svg

mod screen;
mod svg;

use std::process::ExitCode;

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_else(|| "reading".to_owned());
    let Some(picture) = screen::PICTURES.iter().find(|picture| picture.name == name) else {
        let names: Vec<_> = screen::PICTURES.iter().map(|picture| picture.name).collect();
        eprintln!("there is no picture {name}, only: {}", names.join(", "));
        return ExitCode::FAILURE;
    };
    print!("{}", svg::svg(&screen::draw(picture)));
    ExitCode::SUCCESS
}
