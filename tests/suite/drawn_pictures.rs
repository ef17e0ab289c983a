//! Pictures on a terminal: asked what it can draw, fetched on demand, drawn as it can, gone without a trace.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::pty::{Pty, pullquote, text};
use crate::retention::Fixture;
use crate::server::{Reply, Server};

/// The sign that stands in each cell of a picture of kitty's.
const PLACEHOLDER: char = '\u{10EEEE}';

fn png() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::from_fn(300, 200, |x, y| Rgb([x as u8, y as u8, 99])))
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// An article with a picture, from a feed on loopback.
fn served(picture: Vec<u8>) -> (Fixture, Server) {
    let feed = "<rss version='2.0'><channel><title>Coast</title><item><title>Tide</title><guid>tide</guid>\
                <description>&lt;p&gt;High water was at noon.&lt;/p&gt;&lt;img src='/quay.png' alt='The quay'&gt;\
                &lt;p&gt;And then it went.&lt;/p&gt;</description></item></channel></rss>";
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/quay.png" => Reply::ok(&picture),
        _ => Reply::ok(
            feed.replace("/quay.png", &format!("http://{}/quay.png", asked.header("host").unwrap_or_default())),
        ),
    });
    let fixture = Fixture::new("");
    fixture.good(&["add", &server.url("/feed")]);
    (fixture, server)
}

/// Opens the article on a terminal that answers this when it is asked what it can draw.
fn reading(fixture: &Fixture, answers: &str) -> Pty {
    let library = fixture.path().join("l.sqlite3");
    let mut command = pullquote(["--library", library.to_str().unwrap()]);
    command.env("XDG_CACHE_HOME", fixture.path().join("cache"));
    let mut pty = Pty::spawn(80, 30, command);
    pty.shows("Tide");
    assert_eq!(pty.pictures_asked(), 2);
    pty.press(answers).press("\r");
    pty.shows("[picture: The quay]");
    pty
}

fn draws_and_clears(answers: &str, sign: &str, is_there: impl Fn(&str) -> bool) {
    let (fixture, server) = served(png());
    let mut pty = reading(&fixture, answers);
    assert!(!server.paths().contains(&"/quay.png".to_owned()), "nothing is fetched unasked");
    pty.press("p");
    pty.shows_no("[picture");
    pty.wait("the picture", |screen| is_there(&text(screen)).then_some(()));
    assert!(String::from_utf8_lossy(&pty.bytes()).contains(sign), "{sign:?}");
    let frames = pty.frames();
    pty.press("p");
    pty.draws(frames + 1);
    pty.shows_no("[picture");
    pty.press("p");
    pty.shows("[picture: The quay]");
    let left = text(&pty.screen());
    assert!(!left.contains(PLACEHOLDER) && !left.contains('▄'), "{left}");
    assert!(left.contains("And then it went."));
    assert_eq!(server.paths().iter().filter(|path| *path == "/quay.png").count(), 1, "it is kept");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn terminal_with_graphics_of_kitty_gets_them() {
    draws_and_clears("\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;4c", "\x1b_G", |screen| screen.contains(PLACEHOLDER));
}

#[test]
fn terminal_with_sixels_gets_them() {
    draws_and_clears("\x1b[6;20;10t\x1b[?62;4;22c", "\x1bP", |_| true);
}

#[test]
fn terminal_that_answers_nothing_gets_half_blocks() {
    draws_and_clears("", "▄", |screen| screen.contains('▄'));
}

#[test]
fn hostile_picture_is_a_line_and_no_end() {
    let mut bomb = png();
    bomb[16..20].copy_from_slice(&0x7fff_ffff_u32.to_be_bytes());
    let (fixture, _server) = served(bomb);
    let mut pty = reading(&fixture, "");
    pty.press("p");
    let is_told = |screen: &str| screen.contains("[picture: too large") || screen.contains("[picture: damaged]");
    pty.wait("why it is not drawn", |screen| is_told(&text(screen)).then_some(()));
    pty.shows("And then it went.");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
}
