//! The program as a whole: help, version, completions, and its errors when it cannot go on.

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;

fn run(arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = Command::new(cargo_bin("pullquote")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn help_shows_examples_and_exit_codes() {
    let (out, _, code) = run(&["--help"]);
    assert!(out.contains("pullquote quotes --speaker") && out.contains("Exit codes"), "{out}");
    assert_eq!(code, Some(0));
}

#[test]
fn version_is_that_of_the_package() {
    assert_eq!(run(&["--version"]).0, concat!("pullquote ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (out, err, code) = run(&["completions", shell]);
        let all = ["quotes", "speakers", "evaluate", "completions", "brat"];
        assert!(all.iter().all(|word| out.contains(word)), "{shell}: {err}");
        assert_eq!(code, Some(0));
    }
}

#[test]
fn manual_pages_one_by_one_and_all_in_a_folder() {
    let folder = tempfile::TempDir::new().unwrap();
    let pages = folder.path().join("share/man1");
    let (out, err, code) = run(&["man", "--output", pages.to_str().unwrap()]);
    assert_eq!((out.as_str(), err.as_str(), code), ("", "", Some(0)));
    let written = |name: &str| std::fs::read_to_string(pages.join(name)).unwrap();
    assert_eq!(run(&["man"]).0, written("pullquote.1"));
    assert_eq!(run(&["man", "quotes"]).0, written("pullquote-quotes.1"));
    assert!(written("pullquote-quotes.1").contains(concat!("\"pullquote ", env!("CARGO_PKG_VERSION"), "\"")));

    let (out, err, code) = run(&["man", "quotse"]);
    assert_eq!((out.as_str(), code), ("", Some(2)));
    assert!(err.contains("quotse is not a command"), "{err}");
}

/// Where groff is installed: it has no warning about any page.
#[test]
fn manual_pages_are_sound_roff() {
    let folder = tempfile::TempDir::new().unwrap();
    run(&["man", "--output", folder.path().to_str().unwrap()]);
    for page in std::fs::read_dir(folder.path()).unwrap().map(|page| page.unwrap().path()) {
        let groff = std::process::Command::new("groff").args(["-k", "-man", "-Tutf8", "-ww"]).arg(&page).output();
        let Ok(groff) = groff else { return eprintln!("groff is not installed: nothing was checked") };
        let warnings = String::from_utf8_lossy(&groff.stderr);
        assert!(groff.status.success() && warnings.is_empty(), "{}: {warnings}", page.display());
        assert!(groff.stdout.len() > 500, "{}", page.display());
    }
}

#[test]
fn unknown_argument_is_an_error() {
    let (_, err, code) = run(&["--colour", "mauve"]);
    assert!(err.contains("--colour"), "{err}");
    assert_eq!(code, Some(2));
}

#[test]
fn argument_that_is_refused_is_named_without_what_steers_a_terminal() {
    for arguments in [&["quotes", "--format", "x\u{1b}[31m\u{9b}y\u{202e}"][..], &["--colour\u{1b}]0;x\u{7}"]] {
        let (out, err, code) = run(arguments);
        assert!(!out.contains('\u{1b}') && !err.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{7}']), "{err:?}");
        assert!(err.contains("error: ") && code == Some(2), "{err}");
    }
}

#[test]
fn reader_without_a_terminal_points_to_the_quotes_command() {
    let (out, err, code) = run(&[]);
    assert_eq!((out.as_str(), code), ("", Some(2)));
    assert!(err.contains("terminal") && err.contains("pullquote quotes"), "{err}");
}

/// An empty library, and no terminal: the reader reports that.
#[test]
fn options_stand_before_and_after_a_command() {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("quotes"), "date 2026-03-14 Bridge\n“It is tired,” said Ines Okafor.\n").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(cargo_bin("pullquote"));
        let output = command.args(arguments).current_dir(folder.path()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr), output.status.code())
    };
    for arguments in [
        &["--library", "x.sqlite3", "list"][..],
        &["--library=x.sqlite3", "list"],
        &["list", "--library", "x.sqlite3"],
        &["--no-library", "list"],
    ] {
        let (out, err, code) = run(arguments);
        assert_eq!((out.trim(), err.as_str(), code), ("0  in the library", "", Some(1)), "{arguments:?}");
    }
    let (out, err, _) = run(&["--no-library", "quotes", "quotes"]);
    assert!(out.starts_with("Ines Okafor\tIt is tired,"), "{err}");
    for arguments in [&["--no-library", "help"][..], &["--theme", "dark", "help", "list"]] {
        assert_eq!(run(arguments).2, Some(0), "{arguments:?}");
    }
    for arguments in [&["./quotes"][..], &["--no-library", "./quotes"], &["--", "quotes"], &[".", "list"]] {
        let (_, err, code) = run(arguments);
        assert!(err.contains("the reader needs a terminal") && code == Some(2), "{arguments:?}: {err}");
    }
    let (_, err, code) = run(&["--theme", "dark", "list"]);
    assert!(err.contains("'--theme' is an option of the reader: 'list' does not take it"), "{err}");
    assert_eq!(code, Some(2));
}
