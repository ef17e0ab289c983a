//! A read-only library: all in it can be read, and nothing is written.

use std::ffi::{OsStr, OsString};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use pullquote::article::ArticleId;
use pullquote::library::Library;
use tempfile::TempDir;

use crate::pty::{Pty, bare};
use crate::ran::Ran;
use crate::user_actions::starred;

/// A library with three articles, in a folder of its own.
struct Shut {
    folder: TempDir,
    /// The command of a user whom permissions bind.
    program: Vec<OsString>,
}

impl Shut {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        permit(folder.path(), 0o755);
        let news = folder.path().join("news");
        fs::create_dir(&news).unwrap();
        for number in 1..=3 {
            let text =
                format!("date 2026-03-0{number} Bulletin {number}\n“It floats,” said Ines Okafor, the engineer.\n");
            fs::write(news.join(format!("{number}.txt")), text).unwrap();
        }
        fs::create_dir(folder.path().join("shut")).unwrap();
        let own = env!("CARGO_BIN_EXE_pullquote");
        let mut shut = Self { program: vec![own.into()], folder };
        let added = shut.run(["add".as_ref(), news.as_os_str()]);
        assert_eq!(added.code, Some(0), "{}", added.err);
        shut.bind();
        shut
    }

    /// Makes the library read-only for the command.
    fn bind(&mut self) {
        let own = env!("CARGO_BIN_EXE_pullquote");
        // Permissions do not bind root, who becomes another user then, with a program that all may run.
        permit(&self.place(), 0o444);
        if fs::OpenOptions::new().write(true).open(self.place()).is_ok() {
            let copy = self.folder.path().join("pullquote");
            fs::copy(own, &copy).unwrap();
            permit(&copy, 0o755);
            let become_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
            self.program = become_nobody.map(OsString::from).into_iter().chain([copy.into_os_string()]).collect();
        }
    }

    /// The library is another, which an earlier version of the program made.
    fn with_library(self, packed: &[u8]) -> Self {
        fs::remove_file(self.place()).unwrap();
        fs::write(self.place(), zstd::decode_all(packed).unwrap()).unwrap();
        permit(&self.place(), 0o444);
        self
    }

    fn place(&self) -> PathBuf {
        self.folder.path().join("shut/library.sqlite3")
    }

    /// Makes the folder read-only.
    fn close(&self) {
        permit(&self.folder.path().join("shut"), 0o555);
    }

    fn arguments<'a>(&self, more: impl IntoIterator<Item = &'a OsStr>) -> Vec<OsString> {
        let library = ["--library".into(), self.place().into_os_string()];
        self.program.iter().skip(1).cloned().chain(more.into_iter().map(OsString::from)).chain(library).collect()
    }

    fn run<'a>(&self, arguments: impl IntoIterator<Item = &'a OsStr>) -> Ran {
        Ran::from(Command::new(&self.program[0]).args(self.arguments(arguments)).output().unwrap())
    }

    fn ask<const N: usize>(&self, words: [&str; N]) -> Ran {
        self.run(words.map(OsStr::new))
    }

    fn read(&self) -> Pty {
        let mut command = bare(&self.program[0]);
        command.args(self.arguments([]));
        Pty::spawn(150, 36, command)
    }

    fn files(&self) -> Vec<String> {
        let files = fs::read_dir(self.folder.path().join("shut")).unwrap();
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Shut {
    fn drop(&mut self) {
        // Else it could not be taken away.
        permit(&self.folder.path().join("shut"), 0o755);
    }
}

fn permit(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn can_be_looked_at(shut: &Shut) {
    let whole = fs::read(shut.place()).unwrap();
    for words in [["search", "floats"], ["search", "speaker:okafor"], ["search", "\"it floats\""]] {
        let found = shut.ask(words);
        assert_eq!((found.code, found.out.lines().count()), (Some(0), 3), "{words:?}: {}{}", found.out, found.err);
    }
    assert!(shut.ask(["speakers"]).out.contains("Ines Okafor"));
    assert!(shut.ask(["list"]).out.contains("3  in the library"));
    assert_eq!(shut.ask(["quotes", "--speaker", "Okafor", "--format", "jsonl"]).out.lines().count(), 3);
    assert_eq!(shut.ask(["doctor"]).code, Some(0));
    let refused = shut.run(["add".as_ref(), shut.folder.path().join("news").as_os_str()]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("is read-only") && refused.err.contains("hint: "), "{}", refused.err);
    assert_eq!(fs::read(shut.place()).unwrap(), whole);
}

#[test]
fn read_only_folder_is_read() {
    let shut = Shut::new();
    shut.close();
    can_be_looked_at(&shut);
    assert_eq!(shut.files(), ["library.sqlite3"], "and nothing was left beside it");
}

#[test]
fn read_only_file_is_read() {
    let shut = Shut::new();
    permit(&shut.folder.path().join("shut"), 0o777);
    can_be_looked_at(&shut);
}

#[test]
fn read_only_folder_with_a_writable_file_is_read() {
    let shut = Shut::new();
    permit(&shut.place(), 0o666);
    shut.close();
    can_be_looked_at(&shut);
}

#[test]
fn read_only_library_is_read_while_another_program_writes() {
    let shut = Shut::new();
    permit(&shut.place(), 0o644);
    let library = Library::open(&shut.place()).unwrap();
    library.note(&[starred(ArticleId(1), true)]).unwrap();
    permit(&shut.place(), 0o444);
    for beside in shut.files() {
        permit(&shut.folder.path().join("shut").join(beside), 0o444);
    }
    shut.close();
    can_be_looked_at(&shut);
    drop(library);
}

/// It cannot be upgraded, and is read as it is.
#[test]
fn read_only_library_of_an_earlier_version_is_read() {
    for packed in [
        &include_bytes!("libraries/doubled-2.sqlite3.zst")[..],
        include_bytes!("libraries/doubled-3.sqlite3.zst"),
        include_bytes!("libraries/doubled-4.sqlite3.zst"),
    ] {
        let shut = Shut::new().with_library(packed);
        shut.close();
        let whole = fs::read(shut.place()).unwrap();
        for (words, count) in [
            (&["search", "tide"][..], 2),
            (&["search", "speaker:kern said:good"], 1),
            (&["search", "is:starred after:2026-04-09"], 1),
            (&["quotes", "--speaker", "Okafor", "--format", "jsonl"], 0),
            (&["quotes", "--speaker", "Voss", "--format", "jsonl"], 1),
            (&["export"], 19),
        ] {
            let ran = shut.run(words.iter().map(OsStr::new));
            assert_eq!(ran.out.lines().count(), count, "{words:?}: {}{}", ran.out, ran.err);
            assert!(count == 0 || ran.code == Some(0), "{words:?}: {}", ran.err);
        }
        let speakers = shut.ask(["speakers"]).out;
        assert!(speakers.contains("Jens Falk\tpupil\t1\t1\t2026-04-07\t2026-04-07"), "{speakers}");
        assert!(shut.ask(["list"]).out.contains("14  in the library"));
        let doctor = shut.ask(["doctor"]);
        assert_eq!(doctor.code, Some(0), "{}{}", doctor.out, doctor.err);
        let mut pty = shut.read();
        pty.shows("Lock Keeper Retires");
        pty.shows("Nothing will be saved: the library is read-only");
        pty.press("\r").shows("I will miss the eels");
        pty.press("q").press("Q");
        assert_eq!(pty.end().code, 0);
        assert_eq!(fs::read(shut.place()).unwrap(), whole);
    }
}

#[test]
fn read_only_library_of_version_5_shows_when_people_spoke() {
    let shut = Shut::new().with_library(include_bytes!("libraries/version-5.sqlite3.zst"));
    shut.close();
    let speakers = shut.ask(["speakers"]).out;
    assert!(speakers.contains("Pilar Serrano\tdriver\t2\t2\t2026-03-01\t2026-03-01"), "{speakers}");
}

#[test]
fn read_only_library_is_read_and_keeps_nothing() {
    let shut = Shut::new();
    shut.close();
    let whole = fs::read(shut.place()).unwrap();
    let mut pty = shut.read();
    pty.shows("Bulletin 3");
    pty.shows("Nothing will be saved: the library is read-only");
    pty.press("s").shows("★");
    pty.press("\r").shows("It floats");
    pty.press("q").press("\"").shows("who speaks?");
    pty.shows("Ines Okafor");
    pty.press("\x1b").shows_no("who speaks?");
    pty.press("q").shows("Bulletin 2");
    pty.press("q");
    assert_eq!(pty.end().code, 0);
    assert_eq!(fs::read(shut.place()).unwrap(), whole);
}
