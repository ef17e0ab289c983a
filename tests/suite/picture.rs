//! The picture in the README is the screen as it is drawn today.

#[path = "../../docs/picture/screen.rs"]
mod screen;
#[path = "../../docs/picture/svg.rs"]
mod svg;

#[test]
fn picture_shows_the_screen() {
    let kept = include_str!("../../docs/reading.svg");
    assert!(
        kept == svg::svg(&screen::reading()),
        "the screen has changed; draw it anew: cargo run --example picture > docs/reading.svg"
    );
}
