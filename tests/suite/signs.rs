//! The signs of the screens: with `signs = "ascii"` none is more than ASCII, and what articles say stays as it is.

use pullquote::app::Event;
use pullquote::article::Article;
use pullquote::quotes::{self, Findings};
use pullquote::ui::Theme;

use crate::screens::{SIZES, check_sitting, drawn, shown};
use crate::sitting::{Sitting, article, three};

/// An article without any letter beyond ASCII.
fn plain(day: u32, headline: &str, paragraphs: &[&str]) -> (Article, Findings) {
    let (article, _) = article(day, headline, paragraphs);
    let findings = quotes::find(&article.body);
    (article, findings)
}

fn articles() -> Vec<(Article, Findings)> {
    let first = [
        "The harbour bridge will close on Monday.",
        "\"The steel is telling us something,\" said Ines Okafor, the harbour engineer. \"I have not slept.\"",
        "\"Nobody will be stranded,\" said Tomas Lindqvist.",
        "\"Somebody will be,\" she said.",
    ];
    let long = ["\"We built the bridge ourselves,\" said Rosalind Meer, who was there."; 30];
    let (mut third, findings) = plain(2, "Minister Keeps His Job after a Night of Talks about the Old Bridge", &first);
    third.publisher = Some("Harbour Times".to_owned());
    third.is_summary = true;
    vec![
        plain(14, "Harbour Bridge to Close", &first),
        plain(13, "Council Votes Down Night Trams", &long),
        (third, findings),
    ]
}

#[track_caller]
fn check_ascii(sitting: &Sitting, what: &str) {
    let buffer = drawn(sitting, &Theme::terminal());
    for cell in &buffer.content {
        assert!(cell.symbol().is_ascii(), "{:?} in {what}\n{}", cell.symbol(), shown(&buffer));
    }
}

#[test]
fn no_view_draws_more_than_ascii() {
    let scripts = [
        "",
        "s",
        "jr",
        "<enter>3n",
        "<enter>n\"j",
        "\"",
        "\"s",
        "\"m",
        "\"/okafor",
        "\"<down><enter>j",
        "\"<enter>/steel<enter>",
        "\"<enter>i",
        "/bridge",
        "/bridge<enter>",
        "/speaker:(<enter>",
        "/nothing of this<enter>",
        "/said:(steel)<enter>",
        ":",
        ":theme ",
        ":set ",
        ":sort ",
        ":export ",
        ":tag budget<enter>",
        ":nosuch<enter>",
        ":set signs<enter>",
        "?",
        "?/down<enter>",
        "<enter>/bridge<enter>",
        "<enter>ni",
        "<enter>nc",
        "<enter>nC",
        "<enter>n+",
        "<enter>nw",
        "<enter>nw:clippings<enter>",
        ":clippings<enter>",
        ":review<enter>",
        ":tasks<enter>",
        ":errors<enter>",
        ":sidebar<enter>",
        ":sidebar<enter>jj",
        "<enter>T",
        "<enter>m",
        "m",
        "s:redo<enter>",
        "sU",
        "12",
        "'",
        "D",
    ];
    for (width, height) in SIZES.into_iter().chain([(30, 8), (20, 5)]) {
        for script in scripts {
            let mut sitting = Sitting::new(80, 24, articles());
            sitting.refuse("broken.bin", "is no text");
            sitting.press(":set signs=ascii<enter>").resize(width, height).press(script);
            check_ascii(&sitting, script);
            sitting.press("<esc><esc>");
            check_ascii(&sitting, script);
        }
        let mut reading = Sitting::empty(80, 24);
        reading.press(":set signs=ascii<enter>").resize(width, height);
        check_ascii(&reading, "nothing yet");
        reading.event(Event::Progressed { read: 3, known: 9 });
        check_ascii(&reading, "reading");
    }
}

#[test]
fn articles_say_what_they_say() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press(":set signs=ascii<enter><enter>n");
    let words = |sitting: &Sitting| shown(&drawn(sitting, &Theme::terminal()));
    assert!(words(&sitting).contains("“The steel is telling us something,”"), "{}", words(&sitting));
    sitting.press("T");
    assert!(words(&sitting).contains("\"I have not slept.\""), "marks around a citation are the program's");
    sitting.press("<esc><esc>/“steel”");
    assert!(words(&sitting).contains("/“steel”"), "what is typed stays");
    sitting.press("<enter>:set signs=unicode<enter>");
    assert!(words(&sitting).contains('▌'));
}

#[test]
fn ascii_screens() {
    for (width, height) in [(60, 20), (80, 24), (120, 36)] {
        let mut sitting = Sitting::new(width, height, articles());
        sitting.press("jsk:set signs=ascii<enter><esc>");
        check_sitting(&format!("ascii-list-{width}x{height}"), &sitting);
        check_sitting(&format!("ascii-reading-{width}x{height}"), sitting.press("<enter>2n"));
    }
}
