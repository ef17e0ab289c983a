//! Files that are there are never called missing, and those that were heal.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use pullquote::library::Library;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::pty::{Pty, text};

/// More than one batch of the thread that writes, several times.
const FILES: usize = 700;

/// A folder with many short articles beside an empty place for a library.
struct Fixture {
    folder: TempDir,
}

impl Fixture {
    fn new(files: usize) -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("news")).unwrap();
        for number in 0..files {
            let mut words = format!("date 2026-03-14 Ferry {number} Runs Late\n");
            let _ = writeln!(words, "“Number {number} floats,” said Jon Holt, the pilot.");
            fs::write(folder.path().join(format!("news/{number:04}.txt")), words).unwrap();
        }
        Self { folder }
    }

    fn news(&self) -> PathBuf {
        self.folder.path().join("news").canonicalize().unwrap()
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("library.sqlite3")
    }

    fn read(&self, paths: &[&Path]) -> Pty {
        let library = self.library();
        Pty::open(100, 30, [Path::new("--library"), &library].into_iter().chain(paths.iter().copied()))
    }

    fn add(&self) -> Command {
        let mut command = Command::new(cargo_bin("pullquote"));
        command.arg("add").arg(self.news()).arg("--library").arg(self.library());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// How many articles the library has, and how many of them lie in no file.
    fn counted(&self) -> (usize, usize) {
        let held = Library::open(&self.library()).unwrap().statistics().unwrap();
        (held.articles, held.gone)
    }

    /// Waits until the reader has committed this many articles.
    fn wait_for(&self, pty: &Pty, articles: usize) {
        for _ in 0..200 {
            if self.counted().0 == articles {
                return;
            }
            pty.stirs(Duration::from_millis(50));
        }
        panic!("{:?} of {articles} articles were committed", self.counted());
    }

    /// What libraries of earlier versions hold: files that are there, marked as missing.
    fn call_all_missing(&self) {
        let connection = Connection::open(self.library()).unwrap();
        connection.execute_batch("UPDATE files SET gone = 1; UPDATE articles SET gone = 1").unwrap();
    }
}

fn quit(mut pty: Pty) {
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
}

/// Asserts that no journal lies beside the library.
fn assert_no_journal(fixture: &Fixture) {
    let names = fs::read_dir(fixture.folder.path()).unwrap().map(|file| file.unwrap().file_name());
    assert_eq!(names.filter(|name| name.to_string_lossy().contains("-reading-")).count(), 0);
}

#[test]
fn first_start_on_many_files_marks_none_missing() {
    let fixture = Fixture::new(FILES);
    let pty = fixture.read(&[&fixture.news()]);
    pty.shows(&format!("1 of {FILES}"));
    pty.shows(&format!("{FILES} articles · {FILES} unread"));
    fixture.wait_for(&pty, FILES);
    pty.shows_no("file missing");
    quit(pty);
    assert_no_journal(&fixture);
    assert_eq!(fixture.counted(), (FILES, 0));
}

#[test]
fn files_added_by_another_program_during_the_walk_are_not_missing() {
    let fixture = Fixture::new(FILES);
    let mut add = fixture.add().spawn().unwrap();
    let pty = fixture.read(&[&fixture.news()]);
    pty.shows(&format!("{FILES} articles · {FILES} unread"));
    assert!(add.wait().unwrap().success());
    fixture.wait_for(&pty, FILES);
    pty.shows_no("file missing");
    quit(pty);
    assert_eq!(fixture.counted(), (FILES, 0));
}

#[test]
fn files_marked_missing_by_mistake_heal_at_the_next_start() {
    let fixture = Fixture::new(40);
    assert!(fixture.add().status().unwrap().success());
    fixture.call_all_missing();
    fs::remove_file(fixture.news().join("0000.txt")).unwrap();
    let pty = fixture.read(&[]);
    pty.shows("40 articles");
    pty.wait("the one missing file", |screen| (text(screen).matches("file missing").count() == 1).then_some(()));
    quit(pty);
    assert_eq!(fixture.counted(), (40, 1));
}

#[test]
fn files_outside_the_folders_of_the_library_heal_too() {
    let fixture = Fixture::new(3);
    let pty = fixture.read(&[&fixture.news()]);
    pty.shows("3 articles · 3 unread");
    fixture.wait_for(&pty, 3);
    quit(pty);
    fixture.call_all_missing();
    let pty = fixture.read(&[]);
    pty.shows("3 articles");
    pty.shows_no("file missing");
    quit(pty);
    assert_eq!(fixture.counted(), (3, 0));
}
