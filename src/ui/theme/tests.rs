use std::collections::HashSet;

use super::*;
use crate::config::ThemeColors;
use crate::config::palettes::contrast;
use crate::ui::palettes::rgb;

const DEPTHS: [ColorDepth; 3] = [ColorDepth::Sixteen, ColorDepth::Indexed, ColorDepth::Full];

fn every_theme() -> impl Iterator<Item = (String, Theme)> {
    let all = |name: ThemeName| DEPTHS.map(|depth| (format!("{} {depth:?}", name.name()), Theme::of(name, depth)));
    ThemeName::all().flat_map(all)
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
            ("code", theme.code),
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
            check("reported", theme.reported_by(Some(colour), false), 3.0);
            check("reported, current", theme.reported_by(Some(colour), true), 4.5);
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

/// What reported words look like is neither like quotations, in doubt or not, nor like links, nor like the words around them;
/// and it is lighter: no ground, not bold.
#[test]
fn reported_words_are_told_from_quotations_in_every_theme() {
    for (name, theme) in every_theme() {
        reported_is_apart(&name, &theme);
    }
    for text in [
        "quotation = { underline = true, bold = true }\nspeakers = []\n",
        "text = { underline = true }\n",
        "reported = { underline = false }\n",
        "quotation = { italic = false }\nreported = { underline = false }\nspeakers = []\n",
        "reported = { fg = \"red\", italic = true }\n",
    ] {
        for base in ["terminal", "dark", "mono"] {
            for depth in DEPTHS {
                reported_is_apart(text, &own(&format!("base = \"{base}\"\n{text}"), depth));
            }
        }
    }
}

fn reported_is_apart(name: &str, theme: &Theme) {
    let look = |style: Style| {
        let style = theme.ground.patch(theme.text).patch(style);
        (style.fg, style.bg, style.add_modifier.difference(style.sub_modifier))
    };
    for colour in (0..theme.speakers.len()).map(Some).chain([None]) {
        let quoted = colour.map_or(theme.quotation, |colour| theme.spoken_by(colour, Certainty::Likely));
        let reported = look(theme.reported_by(colour, false));
        for other in [quoted, theme.trusted(quoted, Certainty::Doubtful), theme.text] {
            assert_ne!(reported, look(other), "{name}: {colour:?}");
        }
        assert_eq!(reported.1, theme.ground.bg, "{name}");
        assert!(!reported.2.contains(Modifier::BOLD), "{name}");
        let current = look(theme.reported_by(colour, true));
        assert_ne!(current, reported, "{name}: {colour:?}");
        assert!(!current.2.contains(Modifier::BOLD), "{name}");
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

/// The theme of a file with this text, in a terminal with so many colours.
fn own(text: &str, depth: ColorDepth) -> Theme {
    Theme::with_colors(&ThemeColors::parse(text), depth)
}

#[test]
fn file_says_nothing_and_nothing_changes() {
    for name in ThemeName::all() {
        for depth in DEPTHS {
            let same = own(&format!("base = \"{}\"\n", name.name()), depth);
            assert_eq!(same, Theme::of(name, depth), "{} {depth:?}", name.name());
        }
    }
}

const NIGHT: &str = "base = \"dark\"\nground = \"#101418\"\ntext = \"#e0e0d8\"\ndim = \"#9098a0\"\naccent = { fg = 75, bold = true }\n\
                     headline = \"bright-white\"\nfound_here = { fg = \"#101418\", bg = \"#f0c040\" }\n\
                     speakers = [\"#f0a070\", 114, \"#80b0f0\"]\n";

#[test]
fn file_theme_has_what_the_terminal_has() {
    let full = own(NIGHT, ColorDepth::Full);
    assert_eq!(full.ground, Style::new().fg(Color::Rgb(0xe0, 0xe0, 0xd8)).bg(Color::Rgb(0x10, 0x14, 0x18)));
    assert_eq!(full.accent.fg, Some(Color::Indexed(75)));
    assert!(full.accent.add_modifier.contains(Modifier::BOLD));
    assert_eq!(full.headline.fg, Some(Color::White));
    assert!(full.headline.add_modifier.contains(Modifier::BOLD), "what is not said is as in the base");
    assert_eq!(full.speakers.len(), 3);
    assert!(full.speakers.iter().all(|speaker| speaker.thin.is_some()), "{:?}", full.speakers);
    assert_eq!(full.found.bg, full.ground.bg, "no patches of the ground of the base");
    let indexed = own(NIGHT, ColorDepth::Indexed);
    assert!(!format!("{indexed:?}").contains("Rgb"));
    assert_eq!(indexed.accent.fg, Some(Color::Indexed(75)));
    assert!(indexed.speakers.iter().all(|speaker| speaker.thin.is_some()));
    // What sixteen colours cannot show is as in the base there; weight and slant hold.
    let sixteen = own(NIGHT, ColorDepth::Sixteen);
    let base = Theme::of(ThemeName::Dark, ColorDepth::Sixteen);
    let bold = Style { add_modifier: Modifier::BOLD, ..base.accent };
    assert_eq!(sixteen, Theme { accent: bold, ..base.clone() });
    let own_colors = own(
        "base = \"dark\"\naccent = \"red\"\ndim = \"#888888\"\nspeakers = [\"blue\", \"green\"]\n",
        ColorDepth::Sixteen,
    );
    assert_eq!((own_colors.accent.fg, own_colors.dim), (Some(Color::Red), base.dim));
    assert_eq!(own_colors.speakers.iter().map(|one| one.color).collect::<Vec<_>>(), [Color::Blue, Color::Green]);
}

#[test]
fn colour_that_is_said_takes_the_place_of_dimming_and_reversing() {
    let theme = own(
        "dim = \"white\"\nrule = { fg = \"white\", dim = true }\nfound_here = { fg = \"black\", bg = \"yellow\" }\n",
        ColorDepth::Sixteen,
    );
    assert!(!theme.dim.add_modifier.contains(Modifier::DIM) && theme.rule.add_modifier.contains(Modifier::DIM));
    assert!(!theme.found_here.add_modifier.contains(Modifier::REVERSED));
    assert!(Theme::terminal().found_here.add_modifier.contains(Modifier::REVERSED));
}

/// Whatever a file says, doubt looks different, and so does the quotation that is current.
#[test]
fn doubt_and_the_current_quotation_show_whatever_a_file_says() {
    let grounds = ["", "ground = \"#101418\"\ntext = \"#e0e0d8\"\n", "ground = \"default\"\ntext = \"red\"\n"];
    let dims = ["", "dim = \"default\"\n", "dim = \"#e0e0d8\"\n", "dim = \"red\"\n", "dim = \"#777777\"\n"];
    let quotations = [
        "",
        "quotation = { italic = false, underline = true, bold = true }\n",
        "quotation = \"red\"\n",
        "text = { underline = true, bold = true }\n",
    ];
    let speakers = ["", "speakers = []\n", "speakers = [\"red\", \"#777777\", \"default\"]\n"];
    for base in ["terminal", "dark", "mono"] {
        for (ground, dim) in grounds.iter().flat_map(|ground| dims.iter().map(move |dim| (ground, dim))) {
            for (quotation, speakers) in quotations.iter().flat_map(|one| speakers.iter().map(move |two| (one, two))) {
                if ground.contains("text") && quotation.contains("text") {
                    continue;
                }
                let text = format!("base = \"{base}\"\n{ground}{dim}{quotation}{speakers}");
                let said = ThemeColors::parse(&text);
                for depth in DEPTHS {
                    shows_doubt(&text, &Theme::with_colors(&said, depth));
                }
            }
        }
    }
}

fn shows_doubt(text: &str, theme: &Theme) {
    let look = |style: Style| {
        let style = theme.ground.patch(style);
        (style.fg.unwrap_or(Color::Reset), style.bg, style.add_modifier.difference(style.sub_modifier))
    };
    let of_speakers = (0..theme.speakers.len().max(1))
        .flat_map(|at| [theme.spoken_by(at, Certainty::Likely), theme.speaker(at, Certainty::Likely)]);
    for style in of_speakers.chain([theme.quotation, theme.text]) {
        let doubtful = theme.trusted(style, Certainty::Doubtful);
        let (sure, thin) = (look(style), look(doubtful));
        assert!(
            sure.0 != thin.0 || thin.2.contains(Modifier::DIM) && !sure.2.contains(Modifier::DIM),
            "{text}: {style:?}"
        );
        for (certainty, style) in [(Certainty::Likely, style), (Certainty::Doubtful, doubtful)] {
            assert_ne!(look(theme.current(style, certainty)), look(style), "{text}: {certainty:?} {style:?}");
        }
    }
}
