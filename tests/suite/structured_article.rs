//! An article with lists, tables, code and the like, on the screen.

use pullquote::article::Article;
use pullquote::formats::{self, Hint};
use pullquote::quotes;
use pullquote::ui::Theme;
use ratatui::style::{Color, Modifier};

use crate::screens::{drawn, shown};
use crate::sitting::Sitting;

const PAGE: &str = "<article><h1>The Harbour Board’s New Tariff</h1>\
    <p>Ferries will pay by the <em>ton</em> from April on. “It is the <strong>fairest</strong> thing we have done,” said \
    <a href='https://coast.example/lund'>Bo Lund</a>, the harbour master. Water is H<sub>2</sub>O; a ton is 1 m<sup>3</sup>. \
    Old prices <del>hold</del> end.</p>\
    <h2>What changes</h2><ul><li>Ferries pay for what they weigh, loaded, as the weighbridge at the old quay says it on that day.\
    <ul><li>Empty ones pay half.<ul><li>“Half is too much,” said Ann Holt, who runs two of them.</li></ul></li></ul></li>\
    <li><p>Nobody pays on Sundays.</p><p>That stays so.</p></li></ul>\
    <h3>Step by step</h3><ol start=9><li>Register the boat.</li><li>Have it weighed, with fuel and crew on board, between six and \
    nine in the morning.</li></ol>\
    <blockquote><p>The quay was built for sailing ships, and it is tired; so is the weighbridge at its end.</p><blockquote><p>Nobody \
    asked us.</p></blockquote><ul><li>Nor us.</li></ul></blockquote>\
    <table><tr><th>Line<th>Tons<th>Remark</tr><tr><td>Ellery–Sandhook<td>120<td>daily, in winter only when the ice allows it</tr>\
    <tr><td>Night boat<td>80<td>not on Sundays</tr></table><hr><p>The office gives a program, <code>tariff.py</code>:</p>\
    <pre>def tariff(tons):\n    rate = 12.08\n\n    return round(tons * rate, 2)  # as agreed in the meeting of the board on the third of March, \
    with the islands</pre>\
    <h4>Words of the trade</h4><dl><dt>Tariff<dd>What a boat pays for being where it is.<dt>Weighbridge<dd>A scale for boats.</dl>\
    <p>“We shall see,” said Ann Holt.</p></article>";

fn sitting(width: u16, height: u16) -> Sitting {
    let mut all = Vec::new();
    formats::read(&mut PAGE.as_bytes(), &Hint { name: Some("a.html"), ..Hint::default() }, &mut |read| {
        all.extend(read.ok());
    });
    let article: Article = all.remove(0);
    let findings = quotes::find(&article.body);
    let mut sitting = Sitting::new(width, height, vec![(article, findings)]);
    sitting.press("<enter>");
    sitting
}

#[test]
fn structure_is_drawn_at_every_width() {
    for width in [60, 80, 120, 200] {
        let screen = shown(&drawn(&sitting(width, 110), &Theme::terminal()));
        insta::assert_snapshot!(format!("structured_article_{width}"), screen);
    }
}

/// The words that are drawn as found.
fn found(sitting: &Sitting) -> Vec<String> {
    let buffer = drawn(sitting, &Theme::terminal());
    let is_found = |x: u16, y: u16| {
        let cell = &buffer[(x, y)];
        cell.fg == Color::Yellow && cell.modifier.intersects(Modifier::UNDERLINED | Modifier::REVERSED)
    };
    let mut all = Vec::new();
    for y in 1..buffer.area.height - 2 {
        let mut word = String::new();
        for x in 0..buffer.area.width {
            if is_found(x, y) {
                word.push_str(buffer[(x, y)].symbol());
            } else if !word.is_empty() {
                all.push(std::mem::take(&mut word));
            }
        }
    }
    all
}

#[test]
fn found_words_stand_where_they_are_drawn() {
    for (width, height) in [(60, 110), (200, 110), (34, 160)] {
        for (typed, words) in [
            ("too much", &["too much"][..]),
            ("boat", &["boat", "boat", "boat", "boat"]),
            ("night", &["Night"]),
            ("80", &["80"]),
            ("allows", &["allows"]),
            ("nor us", &["Nor us"]),
            ("sailing", &["sailing"]),
            ("rate = ", &["rate = "]),
        ] {
            let mut sitting = sitting(width, height);
            sitting.press(&format!("/{typed}<enter>"));
            let found: Vec<_> = found(&sitting);
            assert_eq!(
                found.iter().filter(|word| word.as_str() == words[0] || words.contains(&word.as_str())).count(),
                words.len(),
                "{typed} at {width}: {found:?}"
            );
        }
    }
}

#[test]
fn code_moves_sideways_and_comes_into_sight() {
    let mut sitting = sitting(60, 110);
    let line = |sitting: &Sitting| {
        let screen = shown(&drawn(sitting, &Theme::terminal()));
        screen.lines().find(|line| line.contains("ound(tons") || line.contains("islands")).map(str::to_owned)
    };
    assert!(line(&sitting).unwrap().ends_with('›'), "{:?}", line(&sitting));
    sitting.press("(");
    assert_eq!(sitting.notice().as_deref(), Some("Start of the lines"));
    sitting.press("99)");
    let end = line(&sitting).unwrap();
    assert!(end.contains("‹") && end.ends_with("islands"), "{end}");
    sitting.press(")");
    assert_eq!(sitting.notice().as_deref(), Some("End of the lines"));
    sitting.press("99(/islands<enter>");
    assert_eq!(found(&sitting), ["islands"]);
}
