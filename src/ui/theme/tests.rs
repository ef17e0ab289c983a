use std::collections::HashSet;

use super::*;
use crate::ui::palettes::{contrast, indexed};

const DEPTHS: [ColorDepth; 3] = [ColorDepth::Sixteen, ColorDepth::Indexed, ColorDepth::Full];

fn every_theme() -> impl Iterator<Item = (String, Theme)> {
    let all = |name: ThemeName| DEPTHS.map(|depth| (format!("{} {depth:?}", name.name()), Theme::of(name, depth)));
    ThemeName::all().flat_map(all)
}

/// A colour in 24 bits; none for the terminal's own.
fn rgb(color: Color) -> Option<u32> {
    match color {
        Color::Rgb(red, green, blue) => Some(u32::from(red) << 16 | u32::from(green) << 8 | u32::from(blue)),
        Color::Indexed(index) => Some(indexed(index)),
        _ => None,
    }
}

#[test]
fn painted_themes_are_legible() {
    let mut computed = 0;
    for (name, theme) in every_theme() {
        let on_ground = |style: Style| {
            let style = theme.ground.patch(style);
            Some(contrast(rgb(style.fg?)?, rgb(style.bg?)?))
        };
        let mut check = |what: &str, style: Style, least: f64| {
            if let Some(contrast) = on_ground(style) {
                computed += 1;
                assert!(contrast >= least, "{name}: {what} has {contrast:.2}, needs {least}");
            }
        };
        let text = [
            ("text", theme.text),
            ("accent", theme.accent),
            ("headline", theme.headline),
            ("found", theme.found),
            ("found here", theme.found_here),
            ("warning", theme.warning),
            ("quotation", theme.quotation),
        ];
        for (what, style) in text {
            check(what, style, 4.5);
        }
        let less = [("dim", theme.dim), ("rule", theme.rule), ("link", theme.link)];
        for (what, style) in less {
            check(what, style, 3.0);
        }
        for colour in 0..theme.speakers.len() {
            check("speaker", theme.spoken_by(colour, Certainty::Likely), 4.5);
            check("speaker in doubt", theme.spoken_by(colour, Certainty::Doubtful), 3.0);
        }
    }
    assert!(computed > 100, "{computed}");
}

#[test]
fn accent_found_words_and_speakers_are_three_things() {
    for (name, theme) in every_theme() {
        let looks = |style: Style| (style.fg, style.bg, style.add_modifier);
        let mut seen = HashSet::new();
        let speakers = (0..theme.speakers.len()).map(|at| theme.speaker(at, Certainty::Likely));
        let all = [theme.accent, theme.found, theme.found_here].into_iter().chain(speakers.clone());
        all.for_each(|style| assert!(seen.insert(looks(style)), "{name}: {style:?} stands for two things"));
        // By colour alone, not only by an underline.
        let colours: Vec<_> = [theme.accent].into_iter().chain(speakers).map(|style| style.fg).collect();
        assert!(
            theme.found.bg.is_some_and(|bg| Some(bg) != theme.ground.bg)
                || !colours.contains(&theme.found.fg)
                || name.starts_with("mono"),
            "{name}"
        );
    }
}

#[test]
fn doubt_is_thinner_in_every_theme() {
    for (name, theme) in every_theme() {
        for colour in 0..theme.speakers.len().max(1) {
            for style in [theme.spoken_by(colour, Certainty::Likely), theme.speaker(colour, Certainty::Likely)] {
                let bold = style.add_modifier(Modifier::BOLD);
                let thin = theme.trusted(bold, Certainty::Doubtful);
                assert!(!thin.add_modifier.contains(Modifier::BOLD), "{name}");
                assert!(thin.fg != style.fg || thin.add_modifier.contains(Modifier::DIM), "{name}");
                let current = theme.current(thin, Certainty::Doubtful);
                assert!(!current.add_modifier.contains(Modifier::BOLD) && current != thin, "{name}");
                assert_eq!(theme.trusted(bold, Certainty::Corrected), bold);
            }
        }
    }
}

#[test]
fn painted_themes_paint_and_need_no_more_colours_than_there_are() {
    for (name, theme) in every_theme() {
        let is_painted = !["terminal", "mono"].iter().any(|own| name.starts_with(own));
        assert_eq!((theme.ground.fg.is_some(), theme.ground.bg.is_some()), (is_painted, is_painted), "{name}");
        let has_full = format!("{theme:?}").contains("Rgb");
        assert_eq!(has_full, is_painted && name.ends_with("Full"), "{name}");
        assert!(!name.ends_with("Sixteen") || !format!("{theme:?}").contains("Indexed"), "{name}");
    }
}

#[test]
fn terminals_say_what_they_have() {
    for (colorterm, term, depth) in [
        ("truecolor", "xterm-256color", ColorDepth::Full),
        ("24bit", "xterm", ColorDepth::Full),
        ("", "xterm-direct", ColorDepth::Full),
        ("", "xterm-kitty", ColorDepth::Full),
        ("", "foot-extra", ColorDepth::Full),
        ("", "xterm-256color", ColorDepth::Indexed),
        ("yes", "tmux-256color", ColorDepth::Indexed),
        ("truecolor", "tmux-256color", ColorDepth::Full),
        ("truecolor", "screen.xterm-256color", ColorDepth::Indexed),
        ("", "xterm-16color", ColorDepth::Sixteen),
        ("truecolor", "linux", ColorDepth::Sixteen),
        ("", "", ColorDepth::Sixteen),
    ] {
        assert_eq!(ColorDepth::of(colorterm, term), depth, "{colorterm} {term}");
    }
}

#[test]
fn those_who_would_share_a_colour_are_told_apart() {
    let theme = Theme::terminal();
    let number = theme.speakers.len() as u64;
    let once = |keys: &[u64]| keys.iter().map(|&key| (key, 1)).collect::<Vec<_>>();
    assert_eq!(theme.colours(&once(&[2, 1])), [2, 1]);
    assert_eq!(theme.colours(&once(&[2, 2 + number, 3])), [2, 4, 3], "who has a colour of their own keeps it");
    assert_eq!(theme.colours(&[(2, 1), (2, 9)]), [3, 2], "who speaks most keeps theirs");
    let all = theme.colours(&vec![(5, 1); number as usize + 2]);
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), number as usize);
    assert_eq!(all[all.len() - 2..], [0, 5], "once there is none left, they are shared, but not by neighbours");
    let twice = theme.colours(&vec![(5, 1); 2 * number as usize]);
    let each = |colour| twice.iter().filter(|&&own| own == colour).count();
    assert!(
        (0..number as usize).all(|colour| each(colour) == 2),
        "no colour is had by many while others are free: {twice:?}"
    );
    assert_eq!(Theme::mono().colours(&once(&[1, 7])), [0, 0]);
}
