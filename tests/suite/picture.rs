//! The pictures in the README are the screens as they are drawn today.

#[path = "../../docs/picture/screen.rs"]
mod screen;
#[path = "../../docs/picture/svg.rs"]
mod svg;

#[test]
fn pictures_show_the_screen() {
    let kept = [
        include_str!("../../docs/reading.svg"),
        include_str!("../../docs/review.svg"),
        include_str!("../../docs/timeline.svg"),
    ];
    for (picture, kept) in screen::PICTURES.iter().zip(kept) {
        let name = picture.name;
        assert!(
            kept == svg::svg(&screen::draw(picture)),
            "the screen has changed; draw it anew: cargo run --example picture {name} > docs/{name}.svg"
        );
    }
}
