//! What happens to a library by accident: killed programs, two at once, damaged files, locks.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use pullquote::article::ArticleId;
use pullquote::library::{self, Library};
use pullquote::query::Query;
use tempfile::TempDir;

use crate::pty::{Pty, text};
use crate::user_actions::{read, starred};

/// A folder with this many short articles, spread over folders.
fn news(folder: &Path, count: usize) {
    for number in 0..count {
        let folder = folder.join(format!("{:02}", number / 100));
        fs::create_dir_all(&folder).unwrap();
        let text = format!(
            "date 2026-03-{:02} Bulletin {number}\n“Number w{number} floats,” said Ines Okafor{}, the engineer.\n",
            number % 28 + 1,
            number % 7
        );
        fs::write(folder.join(format!("{number}.txt")), text).unwrap();
    }
}

fn add(news: &Path, library: &Path) -> Child {
    Command::new(cargo_bin("pullquote"))
        .arg("add")
        .arg(news)
        .arg("--library")
        .arg(library)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn count(library: &Library, typed: &str) -> usize {
    library.search(&Query::parse(typed), &|| true).unwrap().len()
}

/// A small generator, so that a failing run can be repeated.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

/// Kills an import again and again, each time when the library has grown by another length; `PULLQUOTE_KILLS` is how
/// often.
#[test]
fn library_survives_a_kill_at_any_moment() {
    const ARTICLES: usize = 1_500;
    let kills = std::env::var("PULLQUOTE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(30);
    let folder = TempDir::new().unwrap();
    let (source, place) = (folder.path().join("news"), folder.path().join("library.sqlite3"));
    news(&source, ARTICLES);
    let log = folder.path().join("library.sqlite3-wal");
    let length = |path: &Path| fs::metadata(path).map_or(0, |metadata| metadata.len());
    let grown = || length(&place) + length(&log);
    let mut random = Random(7);
    let mut marks = Vec::new();
    let (mut struck, mut is_whole) = (0, false);
    for kill in 0..kills {
        if is_whole {
            // From the beginning again.
            drop(fs::remove_file(&place));
            for end in ["-wal", "-shm"] {
                drop(fs::remove_file(format!("{}{end}", place.display())));
            }
            marks.clear();
        }
        let limit = grown() + random.below(1_500_000);
        let before = Library::open(&place).unwrap();
        let mut child = add(&source, &place);
        while grown() < limit && child.try_wait().unwrap().is_none() {
            // While the other program imports.
            if random.below(50) == 0 {
                let id = ArticleId(random.below(u64::MAX));
                before.note(&[read(id, true)]).unwrap();
                marks.push(id);
            }
            std::thread::yield_now();
        }
        is_whole = child.try_wait().unwrap().is_some();
        struck += usize::from(!is_whole);
        child.kill().unwrap();
        child.wait().unwrap();
        drop(before);

        let library = Library::open(&place).unwrap();
        assert_eq!(library.check().unwrap(), Vec::<String>::new(), "after kill {kill}");
        for id in &marks {
            assert!(library.user_state().flags(*id).read, "a mark is lost after kill {kill}");
        }
        let id = ArticleId(random.below(u64::MAX));
        library.note(&[read(id, true)]).unwrap();
        marks.push(id);
    }
    assert!(struck * 2 > kills, "only {struck} of {kills} were still at work");
    assert!(add(&source, &place).wait().unwrap().success());
    let library = Library::open(&place).unwrap();
    assert_eq!(library.ids().unwrap().len(), ARTICLES);
    assert_eq!((count(&library, "speaker:okafor3"), count(&library, "\"number w777\"")), (214, 1));
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}

#[test]
fn abort_is_marked_in_the_journal() {
    let folder = TempDir::new().unwrap();
    let (source, place) = (folder.path().join("news"), folder.path().join("library.sqlite3"));
    news(&source, 1_500);
    let aborted = || {
        drop(fs::remove_file(&place));
        let mut child = add(&source, &place);
        let journal = folder.path().join(format!("library.sqlite3-reading-{}", child.id()));
        while !fs::metadata(&journal).is_ok_and(|journal| journal.len() > 0) && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        // On a busy machine it may be done before the signal comes.
        drop(Command::new("kill").args(["-ABRT", &child.id().to_string()]).stderr(Stdio::null()).status());
        let signal = child.wait().unwrap().signal();
        (signal == Some(signal_hook::consts::SIGABRT)).then_some(journal)
    };
    let journal = (0..10).find_map(|_| aborted()).expect("one in ten is hit while it reads");
    assert_eq!(fs::read(&journal).unwrap()[0], b'X');
    // The files it read are not to blame: they can be read.
    assert!(add(&source, &place).wait().unwrap().success());
    assert_eq!(Library::open(&place).unwrap().ids().unwrap().len(), 1_500);
    assert!(!journal.exists());
}

#[test]
fn two_programs_at_once_lose_nothing() {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("library.sqlite3");
    let sources: Vec<PathBuf> = ["a", "b", "c"].iter().map(|name| folder.path().join(name)).collect();
    for source in &sources {
        news(source, 400);
    }
    // The same articles under other names: each is stored once, and belongs to all three.
    let children: Vec<_> = sources.iter().map(|source| add(source, &place)).collect();
    let library = Library::open(&place).unwrap();
    for number in 0..50 {
        library.note(&[starred(ArticleId(number), true)]).unwrap();
    }
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let again = Library::open(&place).unwrap();
    assert_eq!((again.ids().unwrap().len(), again.user_state().starred.len()), (400, 50));
    assert_eq!(again.remove(&sources[0]).unwrap() + again.remove(&sources[1]).unwrap(), 0);
    assert_eq!((again.remove(&sources[2]).unwrap(), again.check().unwrap()), (400, Vec::new()));
}

#[test]
fn programs_make_a_new_library_together() {
    let folder = TempDir::new().unwrap();
    let source = folder.path().join("news");
    news(&source, 1);
    for round in 0..10 {
        let place = folder.path().join(format!("library-{round}"));
        let children: Vec<_> = (0..6).map(|_| add(&source, &place)).collect();
        for mut child in children {
            assert!(child.wait().unwrap().success(), "in round {round}");
        }
        assert_eq!(Library::open(&place).unwrap().ids().unwrap().len(), 1);
    }
}

/// Whatever happens to the bytes: an error or an answer, never a panic, and the file is not thrown away.
#[test]
fn damaged_library_is_an_error() {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("library.sqlite3");
    news(&folder.path().join("news"), 200);
    assert!(add(&folder.path().join("news"), &place).wait().unwrap().success());
    let whole = fs::read(&place).unwrap();
    let mut random = Random(3);
    let mut reported = 0;
    for round in 0..60 {
        let mut bytes = whole.clone();
        if round % 2 == 0 {
            bytes.truncate(1 + random.below(whole.len() as u64 - 1) as usize);
        } else {
            for _ in 0..40 {
                bytes[random.below(whole.len() as u64) as usize] ^= 1 << random.below(8);
            }
        }
        let place = folder.path().join(format!("damaged-{round}"));
        fs::write(&place, &bytes).unwrap();
        reported += usize::from(use_all(&place).is_err());
        assert!(place.exists());
    }
    assert!(reported > 20, "only {reported} were noticed");
    assert_eq!(fs::read(&place).unwrap(), whole);
}

fn use_all(place: &Path) -> Result<(), library::Error> {
    let library = Library::open(place)?;
    let checked = library.check();
    let searched = library.search(&Query::parse("floats said:number \"the engineer\""), &|| true);
    let looked = library.ids().and_then(|ids| ids.into_iter().try_for_each(|id| library.get(id).map(drop)));
    let written = library.note(&[read(ArticleId(1), true)]);
    let faults = checked?;
    searched?;
    looked?;
    written?;
    if faults.is_empty() { Ok(()) } else { Err(library::Error::Damaged(faults.join("; "))) }
}

#[test]
fn locked_library_is_an_error() {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("library.sqlite3");
    let library = Library::open(&place).unwrap();
    let other = rusqlite::Connection::open(&place).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let actions = [read(ArticleId(1), true)];
    assert!(matches!(library.note(&actions), Err(library::Error::Locked)));
    assert!(library.user_state().flags(ArticleId(1)).read, "it holds as long as the program runs");
    assert!(Library::open(&place).is_ok(), "whoever writes does not keep others from reading");
    other.execute_batch("ROLLBACK").unwrap();
    assert!(!Library::open(&place).unwrap().user_state().flags(ArticleId(1)).read);
    library.note(&[]).unwrap();
    assert!(Library::open(&place).unwrap().user_state().flags(ArticleId(1)).read, "the next try keeps it");
}

/// The program itself, killed as soon as a mark is on its screen, while it imports: what was shown as made is
/// committed.
#[test]
fn mark_on_the_screen_survives_a_kill() {
    for round in 0..6 {
        let folder = TempDir::new().unwrap();
        let (source, place) = (folder.path().join("news"), folder.path().join("library.sqlite3"));
        news(&source, 1_500);
        let arguments = [source.as_os_str(), "--library".as_ref(), place.as_os_str()];
        let mut pty = Pty::open(120, 36, arguments);
        pty.shows("Bulletin");
        for _ in 0..round {
            pty.press("j");
        }
        pty.press("s");
        pty.wait("a star", |screen| text(screen).contains('★').then_some(()));
        pty.signal("KILL");
        let library = Library::open(&place).unwrap();
        assert_eq!(library.check().unwrap(), Vec::<String>::new());
        let starred = library.user_state().starred.len();
        assert_eq!(starred, 1, "in round {round}");
    }
}

/// A reader with a star that another program does not let it commit, and that program's connection.
fn star_held_back() -> (TempDir, PathBuf, Pty, rusqlite::Connection) {
    let folder = TempDir::new().unwrap();
    let (source, place) = (folder.path().join("news"), folder.path().join("library.sqlite3"));
    news(&source, 3);
    assert!(add(&source, &place).wait().unwrap().success());
    let mut pty = Pty::open(120, 36, ["--library".as_ref(), place.as_os_str()]);
    pty.shows("Bulletin");
    let other = rusqlite::Connection::open(&place).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    pty.press("s").shows("☆");
    (folder, place, pty, other)
}

#[test]
fn star_is_hollow_until_it_is_committed() {
    let (_folder, place, mut pty, other) = star_held_back();
    assert!(Library::open(&place).unwrap().user_state().starred.is_empty());
    other.execute_batch("ROLLBACK").unwrap();
    pty.shows("★");
    assert!(!Library::open(&place).unwrap().user_state().starred.is_empty());
    pty.press("q");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn star_that_is_lost_at_the_end_is_reported() {
    let (_folder, _, mut pty, other) = star_held_back();
    pty.press("Q");
    let end = pty.end();
    assert_eq!(end.code, 2);
    let reported = String::from_utf8_lossy(&end.bytes).into_owned();
    assert!(reported.contains("your last changes could not be saved"), "{reported}");
    assert!(reported.contains("not saved: starred “Bulletin"), "{reported}");
    other.execute_batch("ROLLBACK").unwrap();
}

/// No file may grow beyond a limit: to the library that is a full disk.
#[test]
fn full_disk_is_reported() {
    let folder = TempDir::new().unwrap();
    let (source, place) = (folder.path().join("news"), folder.path().join("library.sqlite3"));
    news(&source, 1_200);
    let pullquote = cargo_bin("pullquote");
    let run = |blocks: u32| {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.arg("-c").arg(script).arg(&pullquote).arg("add").arg(&source).arg("--library").arg(&place);
        command.output().unwrap()
    };
    // Not even the tables fit; then some of the articles.
    for blocks in [8, 1_000] {
        let ran = run(blocks);
        let reported = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{blocks}: {reported}");
        assert!(reported.contains("disk") && reported.contains("hint: "), "{blocks}: {reported}");
    }
    let library = Library::open(&place).unwrap();
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
    library.note(&[read(ArticleId(1), true)]).unwrap();
    drop(library);
    assert!(add(&source, &place).wait().unwrap().success(), "once there is room it goes on");
    let library = Library::open(&place).unwrap();
    assert_eq!((library.ids().unwrap().len(), library.check().unwrap()), (1_200, Vec::new()));
    assert!(library.user_state().flags(ArticleId(1)).read);
}

/// What may not be written to; the system lets its administrator write all the same, and then there is nothing to see.
#[test]
fn read_only_folder_or_file_is_reported() {
    let folder = TempDir::new().unwrap();
    let shut = folder.path().join("shut");
    let place = shut.join("library.sqlite3");
    fs::create_dir(&shut).unwrap();
    drop(Library::open(&place).unwrap());
    let whole = fs::read(&place).unwrap();
    let permit = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    permit(&place, 0o400);
    if fs::OpenOptions::new().write(true).open(&place).is_err() {
        let trouble = Library::open(&place).unwrap_err();
        assert!(matches!(trouble, library::Error::ReadOnly), "{trouble}");
        permit(&shut, 0o500);
        for place in [&place, &shut.join("new.sqlite3"), &shut.join("deep/new.sqlite3")] {
            let trouble = Library::open(place).unwrap_err();
            assert!(matches!(trouble, library::Error::ReadOnly), "{}: {trouble}", place.display());
        }
        permit(&shut, 0o700);
    }
    assert_eq!(fs::read(&place).unwrap(), whole);
}

/// Where no library can be, nothing is saved, and the reader reports that and works.
#[test]
fn reader_works_without_a_library() {
    let folder = TempDir::new().unwrap();
    news(&folder.path().join("news"), 3);
    let impossible = folder.path().join("news/00/0.txt/library.sqlite3");
    for place in [impossible, folder.path().join("news/00/0.txt"), folder.path().to_path_buf()] {
        let news = folder.path().join("news");
        let mut pty = Pty::open(150, 36, [news.as_os_str(), "--library".as_ref(), place.as_os_str()]);
        pty.shows("Bulletin");
        pty.shows("Nothing will be saved: ");
        pty.press("s").press("q");
        assert_eq!(pty.end().code, 0);
    }
    assert_eq!(fs::read_dir(folder.path().join("news/00")).unwrap().count(), 3, "and nothing was made");
}
