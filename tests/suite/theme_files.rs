//! Themes in files of the user's: tried while they are typed, kept, checked, and in force in a terminal.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use pullquote::app::{App, OptionValues, OwnThemes};
use pullquote::user::{UserAction, UserWrite};
use tempfile::TempDir;
use vt100::Color;

use crate::pty::{Pty, pullquote};
use crate::ran::Ran;
use crate::sitting::{Sitting, three};

/// A sitting with two themes of the user's.
fn sitting() -> Sitting {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.app.know_themes(own(&["night", "Paper"]));
    sitting
}

fn own(names: &[&str]) -> OwnThemes {
    let name = |name: &&str| ((*name).to_owned(), "a file of yours, after dark".to_owned());
    OwnThemes {
        names: names.iter().map(name).collect(),
        wrong: Vec::new(),
        folder: "/news/themes".to_owned(),
        gone: None,
    }
}

fn offered(sitting: &Sitting) -> Vec<String> {
    let choices = sitting.app.prompt().unwrap().choices(&sitting.app).unwrap();
    choices.rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn theme_is_tried_while_its_name_stands_in_the_line() {
    let mut sitting = sitting();
    for (keys, theme) in [
        (":theme nigh", "terminal"),
        ("t", "night"),
        ("<bs>", "terminal"),
        ("<tab>", "night"),
        ("<c-u>theme dark", "dark"),
        ("<c-u>the paper", "Paper"),
        ("<c-u>set theme=light", "light"),
        ("<c-u>set theme=dim", "terminal"),
        ("<c-u>tag night", "terminal"),
        ("<c-u>theme night<esc>", "terminal"),
        (":theme night<c-u><bs>", "terminal"),
    ] {
        assert_eq!(sitting.press(keys).app.theme(), theme, "{keys}");
        assert!(sitting.writes.is_empty(), "{keys}: nothing is kept");
    }
    sitting.press(":theme <tab><tab><tab>");
    assert_eq!(sitting.app.theme(), "terminal-light", "one chosen from the list");
    assert_eq!(sitting.press("<down>").app.theme(), "dark");
    assert_eq!(sitting.press("<esc>").app.theme(), "terminal");
    sitting.press(":theme dark<enter>:theme night<esc>");
    assert_eq!(sitting.app.theme(), "dark", "what was kept before");
    sitting.press(":theme night<c-p>");
    assert_eq!(sitting.app.theme(), "dark", "an earlier line");
    assert_eq!(sitting.press("<c-n>").app.theme(), "night");
}

#[test]
fn theme_of_a_file_is_offered_and_kept() {
    let mut sitting = sitting();
    assert_eq!(offered(sitting.press(":theme p")), ["Paper"]);
    assert_eq!(offered(sitting.press("<c-u>set theme=n")), ["theme=night"]);
    sitting.press("<c-u>theme ni<enter>");
    let said = "Theme: night · remembered · theme = \"night\" in config.toml holds everywhere";
    assert_eq!((sitting.app.theme(), sitting.notice().as_deref()), ("night", Some(said)));
    let kept = UserAction::Setting { name: "theme".to_owned(), value: "night".to_owned() };
    assert!(sitting.writes.contains(&UserWrite::Note(kept)));
    sitting.press(":set theme=neon<enter>");
    assert_eq!((sitting.app.theme(), sitting.notice().as_deref()), ("night", Some("No theme “neon”")));
    sitting.press(":theme niht<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("No theme “niht” · did you mean night?"));
    sitting.press(":theme PAPER<enter>");
    assert_eq!(sitting.app.theme(), "Paper");
    sitting.press(":set theme=../night<enter>");
    assert!(sitting.notice().unwrap().contains("or the name of a theme file, not “../night”"));
    sitting.press(":theme mono<enter>");
    for name in ["night", "Paper", "terminal"] {
        assert_eq!(sitting.press(":theme next<enter>").app.theme(), name);
    }
}

#[test]
fn what_the_configuration_says_holds_after_this_run() {
    let mut sitting = sitting();
    let help = sitting.keymap.help();
    let configured = OptionValues::from([("theme", "dark".to_owned())]);
    let _ = sitting.app.configure(configured, help, None);
    assert_eq!(sitting.app.theme(), "dark");
    sitting.press(":theme night<enter>");
    let said = "Theme: night · for this run · config.toml says theme = \"dark\"";
    assert_eq!((sitting.app.theme(), sitting.notice().as_deref()), ("night", Some(said)));
    sitting.press(":theme dark<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Theme: dark · as configured"));
    sitting.press(":theme night<enter>:set theme&<enter>");
    assert_eq!(sitting.app.theme(), "dark");
}

#[test]
fn theme_that_is_missing_is_named_and_comes_back() {
    let remembered = [("theme".to_owned(), "night".to_owned())].into();
    let app = App::default().with_themes(own(&[])).with_options(OptionValues::new(), OptionValues::new(), &remembered);
    let said = "Theme night: /news/themes/night.toml is missing or cannot be read · auto holds";
    assert_eq!((app.theme(), app.notice().map(|notice| notice.text.as_str())), ("terminal", Some(said)));
    assert_eq!(app.option("theme"), "night", "it is kept");
    assert!(app.is_theme_by_ground());
    let mut app = app;
    app.know_themes(own(&["night"]));
    assert_eq!(app.theme(), "night");
    // The environment is about this run.
    let plain = App::default().on_ground(true, false).with_themes(own(&["night"]));
    let plain = plain.with_options(OptionValues::new(), OptionValues::new(), &remembered);
    assert_eq!(plain.theme(), "mono");
    app.know_themes(own(&[]));
    let _ = app.configure(OptionValues::new(), Vec::new(), None);
    assert_eq!((app.theme(), app.notice().map(|notice| notice.text.as_str())), ("terminal", Some(said)));
}

fn run(arguments: &[&str], home: &Path) -> Ran {
    let output = Command::new(cargo_bin("pullquote")).args(arguments).env("XDG_CONFIG_HOME", home).output().unwrap();
    Ran::from(output)
}

/// A folder with this configuration and these themes where the program looks for them.
fn configured(text: &str, themes: &[(&str, &str)]) -> TempDir {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("pullquote/themes");
    fs::create_dir_all(&folder).unwrap();
    fs::write(home.path().join("pullquote/config.toml"), text).unwrap();
    for (name, text) in themes {
        fs::write(folder.join(name), text).unwrap();
    }
    home
}

const NIGHT: &str = "base = \"dark\"\nground = \"#102030\"\ntext = \"#e8e8e0\"\nrule = \"#8090a0\"\n";

#[test]
fn check_names_what_is_wrong_in_themes() {
    let home = configured("theme = \"night\"\n", &[("night.toml", NIGHT)]);
    let checked = run(&["config", "--check"], home.path());
    assert!(
        checked.err.contains("themes holds: night\n") && checked.err.ends_with("config.toml holds\n"),
        "{}",
        checked.err
    );
    assert_eq!((checked.out.as_str(), checked.code), ("", Some(0)));
    let folder = home.path().join("pullquote/themes");
    fs::write(folder.join("paper.toml"), "base = \"lihgt\"\nacent = \"red\"\n").unwrap();
    fs::write(folder.join("pale.toml"), "base = \"light\"\naccent = \"#e0e0e0\"\n").unwrap();
    fs::write(folder.join("mono.toml"), "").unwrap();
    let checked = run(&["config", "--check"], home.path());
    let place = folder.display().to_string();
    let wanted = [
        format!("pullquote: {place}/mono.toml: the theme mono that comes with pullquote holds: give it another name"),
        format!(
            "pullquote: {place}/paper.toml:1:8: there is no theme “lihgt” that could be changed · did you mean light?"
        ),
        format!("pullquote: {place}/paper.toml:2:1: unknown role “acent” · did you mean accent?"),
        format!(
            "pullquote: {place}/pale.toml:2:1: warning: accent has a contrast of 1.3 with what is behind it: below 4.5 it is \
             hard to read"
        ),
        format!("pullquote: {place} has 3 problems; the rest holds"),
    ];
    assert_eq!(checked.err.lines().take(5).collect::<Vec<_>>(), wanted);
    assert_eq!(checked.code, Some(2));
    // Themes stand beside the configuration that is in force.
    let other = home.path().join("other.toml");
    fs::write(&other, "theme = \"night\"\n").unwrap();
    let checked = run(&["config", "--check", "--config", &other.display().to_string()], home.path());
    assert!(checked.err.contains("1:9: there is no theme “night” (themes/night.toml)"), "{}", checked.err);
    assert_eq!(checked.code, Some(2));
}

/// The reader on the samples, in a terminal with all colours.
fn reader(home: &TempDir, arguments: &[&str]) -> Pty {
    let mut command = pullquote(arguments);
    command.env("XDG_CONFIG_HOME", home.path());
    command.env("COLORTERM", "truecolor");
    Pty::spawn(120, 30, command)
}

fn ground(pty: &mut Pty) -> Color {
    pty.screen().cell(5, 60).unwrap().bgcolor()
}

#[test]
fn theme_of_a_file_is_in_force_and_follows_its_file() {
    let home = configured("theme = \"night\"\n", &[("night.toml", NIGHT)]);
    let path = home.path().join("pullquote/themes/night.toml");
    let mut pty = reader(&home, &[]);
    pty.shows("17 articles");
    assert_eq!(ground(&mut pty), Color::Rgb(0x10, 0x20, 0x30));
    fs::write(&path, "base = \"dark\"\nground = \"#203040\"\n").unwrap();
    pty.shows("The configuration was read again");
    assert_eq!(ground(&mut pty), Color::Rgb(0x20, 0x30, 0x40));
    fs::write(&path, "base = \"dark\"\nground = \"#20304\"\n").unwrap();
    pty.shows("night.toml:2:10: \"#20304\" is no colour");
    pty.shows("its former look holds");
    assert_eq!(ground(&mut pty), Color::Rgb(0x20, 0x30, 0x40), "a broken one changes nothing");
    fs::remove_file(&path).unwrap();
    pty.shows("config.toml:1:9: there is no theme “night”");
    assert_eq!(ground(&mut pty), Color::Rgb(0x20, 0x30, 0x40), "the former configuration holds");
    pty.press("q");
    assert_eq!(pty.end().code, 0);
    let files: Vec<_> = fs::read_dir(home.path().join("pullquote/themes")).unwrap().collect();
    assert!(files.is_empty(), "nothing is written");
}

#[test]
fn theme_is_named_on_the_command_line() {
    let home = configured("", &[("night.toml", NIGHT)]);
    let mut pty = reader(&home, &["--theme", "night"]);
    pty.shows("17 articles");
    assert_eq!(ground(&mut pty), Color::Rgb(0x10, 0x20, 0x30));
    pty.press(":theme dark");
    pty.shows("muted colours");
    assert_eq!(ground(&mut pty), Color::Rgb(0x16, 0x19, 0x1d), "tried");
    pty.press("\u{1b}");
    pty.shows("keys");
    assert_eq!(ground(&mut pty), Color::Rgb(0x10, 0x20, 0x30), "taken back");
    pty.press("q");
    assert_eq!(pty.end().code, 0);
    let ending = reader(&home, &["--theme", "nihgt"]).end();
    assert_eq!(ending.code, 2);
    let said = String::from_utf8_lossy(&ending.bytes).into_owned();
    assert!(said.contains("there is no theme “nihgt”") && said.contains("did you mean night?"), "{said}");
}

#[test]
fn theme_whose_file_is_gone_goes_once_another_is_chosen() {
    let mut sitting = sitting();
    sitting.press(":theme night<enter>");
    sitting.app.know_themes(OwnThemes { gone: Some("night".to_owned()), ..own(&["night"]) });
    assert_eq!((sitting.app.theme(), sitting.app.progress().error_count()), ("night", 1));
    sitting.press(":theme night<enter>");
    let said = sitting.notice().unwrap();
    assert!(said.starts_with("The file of the theme “night” is gone"), "{said}");
    sitting.press(":theme dark<enter>");
    assert_eq!((sitting.app.theme(), sitting.app.progress().error_count()), ("dark", 0));
    sitting.press(":theme night<enter>");
    assert_eq!(sitting.app.theme(), "dark", "it is not offered any more");
}
