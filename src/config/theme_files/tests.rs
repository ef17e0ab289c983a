use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::*;
use crate::config::{Config, Role, ThemeColor};

/// A folder of themes, each a name and its text.
fn folder(themes: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in themes {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn loaded(folder: &TempDir) -> ThemeFiles {
    ThemeFiles::load(Some(folder.path()))
}

/// What is wrong, without the folder before the names of the files.
fn told(files: &ThemeFiles) -> Vec<String> {
    files.problems.iter().map(ThemeProblem::short).collect()
}

fn accent(files: &ThemeFiles, name: &str) -> Option<ThemeColor> {
    files.colors(name).unwrap().roles.get(&Role::Accent).and_then(|style| style.fg)
}

#[test]
fn themes_are_read_one_over_the_other() {
    let folder = folder(&[
        ("night.toml", "base = \"dusk\"\naccent = \"red\"\n"),
        ("dusk.toml", "base = \"light\"\naccent = \"blue\"\nspeakers = []\nrule = { fg = \"red\", dim = true }\n"),
        ("plain.toml", ""),
        ("notes.txt", "no theme"),
        (".#night.toml", "what an editor leaves"),
    ]);
    let files = loaded(&folder);
    assert_eq!(told(&files), [""; 0]);
    assert_eq!(files.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["dusk", "night", "plain"]);
    let night = files.colors("night").unwrap();
    assert_eq!((night.base, night.speakers.as_deref()), (ThemeName::Light, Some(&[][..])));
    assert_eq!(accent(&files, "night"), Some(ThemeColor::Own(1)));
    assert_eq!(accent(&files, "dusk"), Some(ThemeColor::Own(4)));
    assert_eq!(night.roles[&Role::Rule].dim, Some(true));
    assert_eq!(files.colors("plain").unwrap().base, ThemeName::Terminal);
    assert_eq!(files.known().names[1], ("night".to_owned(), "a file of yours, after dusk".to_owned()));
}

#[test]
fn what_is_no_theme_is_named() {
    let folder = folder(&[
        ("dark.toml", ""),
        ("Safe-Light.toml", ""),
        ("auto.toml", ""),
        ("next.toml", ""),
        ("my theme.toml", ""),
        ("a..b.toml", ""),
        ("good.toml", "accent = \"red\"\n"),
    ]);
    fs::write(folder.path().join("latin.toml"), b"base = \"d\xe4rk\"\n").unwrap();
    fs::write(folder.path().join("large.toml"), vec![b'#'; 10 << 20]).unwrap();
    fs::create_dir(folder.path().join("deep.toml")).unwrap();
    let pipe = folder.path().join("pipe.toml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink("nowhere", folder.path().join("gone.toml")).unwrap();
    let files = loaded(&folder);
    assert_eq!(
        told(&files),
        [
            "Safe-Light.toml: the theme safe-light that comes with pullquote holds: give it another name",
            "a..b.toml: the name of a theme is letters, digits, - and _, at most 64",
            "auto.toml: auto means something else after theme: give it another name",
            "dark.toml: the theme dark that comes with pullquote holds: give it another name",
            "deep.toml: cannot be read (it is no file)",
            "gone.toml: cannot be read (No such file or directory (os error 2))",
            "large.toml: is too large for a theme: it has more than 1 MiB",
            "latin.toml: is no text in UTF-8",
            "my theme.toml: the name of a theme is letters, digits, - and _, at most 64",
            "next.toml: next means something else after theme: give it another name",
            "pipe.toml: cannot be read (it is no file)",
        ]
    );
    assert_eq!(files.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["good"]);
    assert!(files.missing("large").unwrap().contains("“large” cannot be read"));
    assert!(files.summary().unwrap().ends_with(" · 10 more"));
}

#[test]
fn base_that_leads_nowhere_is_told_and_the_rest_holds() {
    let folder = folder(&[
        ("alone.toml", "accent = \"red\"\nbase = \"alone\"\n"),
        ("night.toml", "base = \"dark-mine\"\naccent = \"red\"\n"),
        ("dark-mine.toml", "base = \"night\"\n"),
        ("outside.toml", "base = \"night\"\n"),
        ("lost.toml", "base = \"drak\"\naccent = \"red\"\n"),
        ("after-lost.toml", "base = \"lost\"\n"),
        ("wild.toml", "base = \"../night\"\n"),
    ]);
    let files = loaded(&folder);
    assert_eq!(
        told(&files),
        [
            "alone.toml:2:8: alone names itself as base",
            "dark-mine.toml:1:8: dark-mine and night name each other as base",
            "lost.toml:1:8: there is no theme “drak” that could be changed · did you mean dark?",
            "night.toml:1:8: dark-mine and night name each other as base",
            "wild.toml:1:8: there is no theme “../night” that could be changed",
        ]
    );
    for name in ["alone", "night", "dark-mine", "outside", "lost", "after-lost"] {
        assert_eq!(accent(&files, name), Some(ThemeColor::Own(1)), "{name}");
        assert_eq!(files.colors(name).unwrap().base, ThemeName::Terminal, "{name}");
    }
}

#[test]
fn chain_of_themes_ends() {
    let numbered: Vec<(String, String)> =
        (1..=12).map(|at| (format!("t{at:02}.toml"), format!("base = \"t{:02}\"\n", at + 1))).collect();
    let mut themes: Vec<_> = numbered.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    themes.push(("t13.toml", "accent = \"red\"\n"));
    let files = loaded(&folder(&themes));
    let long: Vec<_> =
        (1..=5).map(|at| format!("t{at:02}.toml:1:8: more than 8 themes that change one another")).collect();
    assert_eq!(told(&files), long);
    assert_eq!((accent(&files, "t05"), accent(&files, "t06")), (None, Some(ThemeColor::Own(1))));
}

#[test]
fn folder_that_is_none_is_no_harm() {
    let nowhere = TempDir::new().unwrap();
    let missing = ThemeFiles::load(Some(&nowhere.path().join("themes")));
    assert_eq!((told(&missing), missing.iter().count()), (Vec::new(), 0));
    assert_eq!(ThemeFiles::load(None).iter().count(), 0);
    let file = nowhere.path().join("file");
    fs::write(&file, "").unwrap();
    assert_eq!(told(&ThemeFiles::load(Some(&file))).len(), 1, "a file is no folder");
    let many: Vec<_> = (0..300).map(|at| format!("t{at}.toml")).collect();
    let many: Vec<_> = many.iter().map(|name| (name.as_str(), "")).collect();
    let files = loaded(&folder(&many));
    assert_eq!((files.iter().count(), files.problems.len()), (256, 1));
    // It is read only, too, where nothing may be written.
    let fixed = folder(&[("night.toml", "base = \"dark\"\n")]);
    fs::set_permissions(fixed.path(), fs::Permissions::from_mode(0o555)).unwrap();
    assert_eq!(loaded(&fixed).iter().count(), 1);
    fs::set_permissions(fixed.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn configured_theme_must_be_there() {
    let folder = folder(&[("night.toml", "")]);
    let files = loaded(&folder);
    let config = Config::parse_with("theme = \"nihgt\"\n", &files);
    let wanted = "1:9: there is no theme “nihgt” (themes/nihgt.toml) · did you mean night?";
    assert_eq!(config.problems.iter().map(Problem::to_string).collect::<Vec<_>>(), [wanted]);
    assert_eq!(config.options.get("theme").map(String::as_str), Some("nihgt"), "it is kept");
    for right in ["night", "auto", "dark"] {
        assert_eq!(Config::parse_with(&format!("theme = \"{right}\"\n"), &files).problems, [], "{right}");
    }
    for wrong in ["../night", "a/b", "night.toml", "", ".."] {
        let config = Config::parse_with(&format!("theme = \"{wrong}\"\n"), &files);
        assert!(config.problems[0].message.contains("or the name of a theme file"), "{wrong}");
        assert_eq!(config.options.get("theme"), None, "{wrong}");
    }
}

#[test]
fn light_ground_brings_the_colours_of_a_light_terminal() {
    let files = folder(&[
        ("white.toml", "ground = \"#ffffff\"\n"),
        ("own.toml", "ground = \"bright-white\"\n"),
        ("grey.toml", "ground = 250\n"),
        ("night.toml", "ground = \"#101418\"\n"),
        ("asked.toml", "base = \"terminal\"\nground = \"#ffffff\"\n"),
        ("none.toml", ""),
    ]);
    let files = loaded(&files);
    let base = |name| files.colors(name).unwrap().base;
    for name in ["white", "own", "grey"] {
        assert_eq!(base(name), ThemeName::TerminalLight, "{name}");
    }
    for name in ["night", "asked", "none"] {
        assert_eq!(base(name), ThemeName::Terminal, "{name}");
    }
}

#[test]
fn theme_that_breaks_stays_as_it_was() {
    let before = folder(&[
        ("night.toml", "base = \"dusk\"\n"),
        ("dusk.toml", "accent = \"red\"\n"),
        ("gone.toml", ""),
        ("large.toml", "accent = \"red\"\n"),
    ]);
    let former = loaded(&before);
    fs::write(before.path().join("dusk.toml"), "accent = \"bluue\"\n").unwrap();
    fs::write(before.path().join("large.toml"), vec![b'#'; 2 << 20]).unwrap();
    fs::write(before.path().join("new.toml"), "accent = \"blue\"\nrule = 3\n").unwrap();
    fs::remove_file(before.path().join("gone.toml")).unwrap();
    let now = loaded(&before).keeping(&former, "auto");
    for name in ["night", "dusk", "large"] {
        assert_eq!(accent(&now, name), Some(ThemeColor::Own(1)), "{name}");
    }
    assert_eq!(accent(&now, "new"), Some(ThemeColor::Own(4)), "what is right in a new one");
    assert_eq!(now.colors("gone"), None);
    // The one in use is not taken from the screen.
    let kept = loaded(&before).keeping(&former, "gone");
    assert!(kept.colors("gone").is_some());
    assert_eq!(kept.known().gone.as_deref(), Some("gone"));
    assert_eq!(loaded(&before).keeping(&kept, "auto").known().gone, None);
    fs::write(before.path().join("dusk.toml"), "accent = \"blue\"\n").unwrap();
    assert_eq!(accent(&loaded(&before).keeping(&now, "auto"), "night"), Some(ThemeColor::Own(4)), "mended");
}
