//! The configuration: `pullquote config`, and a reader with other keys and options in force.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use crate::pty::{Pty, pullquote};
use crate::ran::Ran;

fn run(arguments: &[&str], home: &Path) -> Ran {
    let output = Command::new(cargo_bin("pullquote")).args(arguments).env("XDG_CONFIG_HOME", home).output().unwrap();
    Ran::from(output)
}

/// A folder with this configuration where the program looks for it.
fn configured(text: &str) -> TempDir {
    let home = TempDir::new().unwrap();
    fs::create_dir(home.path().join("pullquote")).unwrap();
    fs::write(home.path().join("pullquote/config.toml"), text).unwrap();
    home
}

#[test]
fn printed_configuration_holds_as_it_is() {
    let home = TempDir::new().unwrap();
    let printed = run(&["config"], home.path());
    assert_eq!((printed.err.as_str(), printed.code), ("", Some(0)));
    for line in [
        "#theme = \"auto\"",
        "#column = 72",
        "#refresh_every = \"never\"",
        "[keys.list]",
        "#\"j\" = \"down\"  # down by one",
    ] {
        assert!(printed.out.lines().any(|printed| printed == line), "{line}");
    }
    assert!(!home.path().join("pullquote").exists(), "nothing is written that was not asked for");
    let home = configured(&printed.out);
    let checked = run(&["config", "--check"], home.path());
    assert!(checked.err.ends_with("config.toml holds\n"), "{}", checked.err);
    assert_eq!((checked.out.as_str(), checked.code), ("", Some(0)));
}

#[test]
fn check_names_file_line_and_column() {
    let home = configured("column = 80\ntheem = \"dark\"\n[keys.list]\n\"g u\" = \"togle-read\"\n\"g s\" = \"star\"\n");
    let checked = run(&["config", "--check"], home.path());
    let place = home.path().join("pullquote/config.toml").display().to_string();
    let wanted = [
        format!("pullquote: {place}:2:1: unknown option “theem” · did you mean theme?"),
        format!("pullquote: {place}:4:9: unknown command “togle-read” · did you mean toggle-read?"),
        format!(
            "pullquote: {place}:5:1: warning: “g” (top) cannot be reached in list any more: “g s” begins with it · \
             \"g\" = false says so"
        ),
        format!("pullquote: {place} has 2 problems; the rest holds"),
        "pullquote: hint: every option and key, with its default: pullquote config".to_owned(),
    ];
    assert_eq!(checked.err.lines().collect::<Vec<_>>(), wanted);
    assert_eq!(checked.code, Some(2));
    let other = home.path().join("other.toml");
    fs::write(&other, "column = 90\n").unwrap();
    assert_eq!(run(&["config", "--check", "--config", &other.display().to_string()], home.path()).code, Some(0));
}

#[test]
fn file_that_is_no_configuration_is_named() {
    let home = TempDir::new().unwrap();
    let none = run(&["config", "--check"], home.path());
    assert!(none.err.contains("there is no configuration") && none.code == Some(0), "{}", none.err);
    let check = |name: &str, bytes: &[u8], wanted: &str| {
        let path = home.path().join(name);
        fs::write(&path, bytes).unwrap();
        let ran = run(&["--config", &path.display().to_string(), "config", "--check"], home.path());
        assert!(ran.err.contains(wanted) && ran.err.contains(name) && ran.code == Some(2), "{}", ran.err);
    };
    check("large.toml", &vec![b'#'; 10 << 20], "too large for a configuration");
    check("latin.toml", b"theme = \"d\xe4rk\"\n", "no text in UTF-8");
    let folder = run(&["config", "--check", "--config", &home.path().display().to_string()], home.path());
    assert!(folder.err.contains("it is no file") && folder.code == Some(2), "{}", folder.err);
    let missing = run(&["config", "--check", "--config", "missing.toml"], home.path());
    assert!(missing.err.contains("missing.toml cannot be read") && missing.code == Some(2), "{}", missing.err);
}

/// The reader on the samples, with this configuration.
fn reader(width: u16, height: u16, home: &TempDir, arguments: &[&str]) -> Pty {
    let mut command = pullquote(arguments);
    command.env("XDG_CONFIG_HOME", home.path());
    Pty::spawn(width, height, command)
}

#[test]
fn configured_keys_and_options_are_in_force() {
    let home = configured(
        "theme = \"mono\"\nlayout = \"single\"\n[keys.list]\nu = false\n\"g u\" = \"toggle-read\"\nn = [\"down\", \"toggle-star\"]\n\
         F5 = \"refresh-all\"\n[keys.all]\nF1 = \"help\"\n\"?\" = false\n",
    );
    let mut pty = reader(80, 24, &home, &[]);
    pty.shows("F1 keys");
    pty.shows("17 articles");
    pty.press("g");
    pty.shows("g…  u toggle-read");
    pty.press("u");
    pty.shows("16 unread");
    pty.press("n");
    pty.shows("★");
    pty.press("\u{1b}OP");
    pty.shows("gu");
    pty.press("q");
    pty.press("q");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn configuration_with_mistakes_is_told_and_the_rest_holds() {
    let home = configured("colum = 80\nlayout = \"single\"\n[keys.list]\nx = \"quit\"\ny = \"qit\"\n");
    let mut pty = reader(120, 24, &home, &[]);
    pty.shows("config.toml:1:1: unknown option “colum” · did you mean column? · 1 more");
    pty.shows("2 errors (!)");
    pty.press("!");
    pty.shows("config.toml:5:5: unknown command");
    pty.press("q");
    pty.press("x");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn configuration_that_only_comes_to_be_is_read() {
    let home = TempDir::new().unwrap();
    let mut pty = reader(100, 24, &home, &[]);
    pty.shows("17 articles");
    fs::create_dir(home.path().join("pullquote")).unwrap();
    fs::write(home.path().join("pullquote/config.toml"), "colum = 80\n").unwrap();
    pty.shows("config.toml:1:1: unknown option “colum”");
    fs::remove_dir_all(home.path().join("pullquote")).unwrap();
    fs::create_dir(home.path().join("pullquote")).unwrap();
    fs::write(home.path().join("pullquote/config.toml"), "layot = 80\n").unwrap();
    pty.shows("config.toml:1:1: unknown option “layot”");
    pty.press("q");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn file_that_is_no_text_keeps_nobody_from_reading() {
    let home = configured("");
    fs::write(home.path().join("pullquote/config.toml"), b"theme = \"\xff\"\n").unwrap();
    let mut pty = reader(120, 24, &home, &[]);
    pty.shows("is no text in UTF-8 · the defaults hold");
    pty.press("q");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn configuration_is_read_again_when_it_changes_and_a_broken_one_is_not_taken_over() {
    let home = configured("[keys.list]\nx = \"help\"\n");
    let path = home.path().join("pullquote/config.toml");
    let mut pty = reader(120, 24, &home, &[]);
    pty.shows("17 articles");
    fs::write(&path, "[keys.list]\nx = \"quitt\"\n").unwrap();
    pty.shows("config.toml:2:5: unknown command “quitt” · did you mean quit? · the former configuration holds");
    pty.press("x");
    pty.shows("Help");
    pty.press("\u{1b}");
    pty.shows_no("these keys");
    fs::write(&path, "refresh_every = 60\n[keys.list]\nx = \"quit\"\n").unwrap();
    pty.shows("The configuration was read again · refresh-every from the next start on");
    // Asked for, with nothing there.
    fs::remove_file(&path).unwrap();
    pty.press(":reload\r");
    pty.shows("There is no configuration: the defaults hold");
    fs::write(&path, "[keys.list]\nx = \"quit\"\n").unwrap();
    pty.press(":reload\r");
    pty.shows("The configuration was read again");
    pty.press("x");
    assert_eq!(pty.end().code, 0);
}

/// The handbook page.
const HANDBOOK: &str = include_str!("../../docs/CONFIGURATION.md");

/// The blocks of code in it that are of this language.
fn blocks(language: &str) -> Vec<&'static str> {
    let open = format!("```{language}\n");
    HANDBOOK.split(&*open).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn handbook_page_works_as_written() {
    let home = TempDir::new().unwrap();
    let binary = cargo_bin("pullquote");
    let path = std::env::join_paths([binary.parent().unwrap(), Path::new("/usr/bin"), Path::new("/bin")]).unwrap();
    let mut lines = 0;
    for line in blocks("sh").into_iter().flat_map(str::lines).filter(|line| !line.is_empty()) {
        let mut shell = Command::new("sh");
        shell.args(["-ec", line]).env_clear().env("HOME", home.path()).env("PATH", &path).current_dir(home.path());
        let ran = Ran::from(shell.output().unwrap());
        assert_eq!(ran.code, Some(0), "{line}: {}", ran.err);
        lines += 1;
    }
    assert!(lines >= 4 && home.path().join(".config/pullquote/config.toml").is_file());
    // Its examples hold.
    for example in blocks("toml").iter().filter(|example| !example.contains("base =")) {
        let home = configured(example);
        let checked = run(&["config", "--check"], home.path());
        assert!(checked.code == Some(0) && !checked.err.contains("warning"), "{example}{}", checked.err);
    }
    // Its table has every option, with its name as the configuration writes it.
    let is_in_table = |name: &str| HANDBOOK.contains(&format!("\n| `{}` |", name.replace('-', "_")));
    for option in pullquote::app::OPTIONS {
        assert!(is_in_table(option.name), "{}", option.name);
    }
}

#[test]
fn mouse_is_left_to_the_terminal_and_taken_at_once() {
    let home = configured("");
    let mut pty = reader(80, 24, &home, &[]);
    pty.shows("17 articles");
    let reports = |pty: &Pty, wanted: bool| {
        let is_so = |screen: &vt100::Screen| screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
        pty.wait("the mouse", |screen| (is_so(screen) == wanted).then_some(()));
    };
    reports(&pty, true);
    pty.press(":set mouse=false\r");
    reports(&pty, false);
    pty.press(":set mouse=true\r");
    reports(&pty, true);
    pty.press("q");
    assert_eq!(pty.end().code, 0);
}
