//! The program as a whole: help, version, completions, and what it says when it cannot go on.

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
fn what_is_not_understood_is_an_error() {
    let (_, err, code) = run(&["--colour", "mauve"]);
    assert!(err.contains("--colour"), "{err}");
    assert_eq!(code, Some(2));
}

#[test]
fn without_a_terminal_the_reader_points_to_the_quotes_command() {
    let (out, err, code) = run(&[]);
    assert_eq!((out.as_str(), code), ("", Some(2)));
    assert!(err.contains("terminal") && err.contains("pullquote quotes"), "{err}");
}
