use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::*;
use crate::library::FileRead;

/// A library in a folder of its own.
fn library() -> (TempDir, Library) {
    let folder = TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    (folder, library)
}

/// How a process dies.
#[derive(Clone, Copy)]
enum By {
    Abort,
    Kill,
}

/// What a process leaves that dies while it reads these files.
fn dies_reading(library: &Library, by: By, files: &[&Path]) {
    dies_with(&ReadJournal::start(library), by, library, files);
}

fn dies_with(journal: &ReadJournal, by: By, library: &Library, files: &[&Path]) {
    let entries: Vec<_> = files.iter().map(|file| journal.begin(file)).collect();
    let (path, _) = journal.file.as_ref().unwrap();
    let left = path_of(library.path().unwrap(), "1");
    fs::copy(path, &left).unwrap();
    if matches!(by, By::Abort) {
        OpenOptions::new().write(true).open(left).unwrap().write_all_at(b"X", 0).unwrap();
    }
    drop(entries);
}

fn script(folder: &TempDir, words: &str) -> PathBuf {
    let path = folder.path().join("program");
    fs::write(&path, format!("#!/bin/sh\n{words}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path
}

/// What is known of a file after the journals left behind were examined: why it is refused, and what it is suspected
/// of.
fn examined(library: &Library, program: &Path, file: &Path) -> (Option<String>, Suspicion) {
    ReadJournal::start(library).examine_with(library, program).unwrap();
    library.file(file).unwrap().map_or((None, Suspicion::None), |known| (known.refusal, known.suspicion))
}

#[test]
fn files_that_end_the_program_are_refused_and_others_are_not() {
    let (folder, library) = library();
    let (good, bad) = (folder.path().join("good.txt"), folder.path().join("bad.txt"));
    fs::write(&good, "Good\n").unwrap();
    fs::write(&bad, "Bad\n").unwrap();
    let program = script(&folder, "case \"$*\" in *bad.txt) kill -ABRT $$;; *) exit 2;; esac");
    dies_reading(&library, By::Abort, &[&good, &bad, &folder.path().join("vanished.txt")]);
    assert_eq!(examined(&library, &program, &bad), (Some(ABORTED.to_owned()), Suspicion::None));
    assert_eq!(library.file(&bad).unwrap().unwrap().fingerprint, fingerprint_of(&bad).unwrap());
    assert_eq!(examined(&library, &program, &good), (None, Suspicion::Suspected));
    let third = folder.path().join("third.txt");
    fs::write(&third, "Third\n").unwrap();
    dies_reading(&library, By::Abort, &[&third]);
    let refusal = examined(&library, &script(&folder, "exit 101"), &third).0;
    assert_eq!(refusal.as_deref(), Some(ABORTED), "a panic counts too");
}

#[test]
fn suspect_that_aborts_the_program_alone_is_refused() {
    let (folder, library) = library();
    let (file, other) = (folder.path().join("large.txt"), folder.path().join("other.txt"));
    fs::write(&file, "Large\n").unwrap();
    fs::write(&other, "Other\n").unwrap();
    let program = script(&folder, "exit 0");
    // Aborted again and again while it read both, or this one by chance: neither is to blame.
    for files in [&[&*file, &*other][..], &[&*other, &*file], &[&*file], &[&*file]] {
        dies_reading(&library, By::Abort, files);
        assert_eq!(examined(&library, &program, &file), (None, Suspicion::Suspected));
    }
    let dies_alone = |by| {
        dies_reading(&library, by, &[&file]);
        let journal = ReadJournal::start(&library);
        journal.examine_with(&library, &program).unwrap();
        dies_with(&journal, by, &library, &[&file]);
    };
    for _ in 0..5 {
        dies_alone(By::Kill);
        assert_eq!(examined(&library, &program, &file), (None, Suspicion::Suspected), "no file kills");
    }
    dies_alone(By::Abort);
    assert_eq!(examined(&library, &program, &file), (None, Suspicion::Alone));
    // Read meanwhile, it is as good as any other.
    let read = FileRead {
        path: file.clone(),
        fingerprint: fingerprint_of(&file).unwrap(),
        articles: Vec::new(),
        is_whole: true,
    };
    library.commit(&[], &[read]).unwrap();
    dies_alone(By::Abort);
    assert_eq!(examined(&library, &program, &file), (None, Suspicion::Alone));
    dies_alone(By::Abort);
    assert_eq!(examined(&library, &program, &file).0.as_deref(), Some(ABORTED));
}

#[test]
fn suspect_is_read_while_no_other_is() {
    let (folder, library) = library();
    let file = folder.path().join("large.txt");
    fs::write(&file, "Large\n").unwrap();
    dies_reading(&library, By::Kill, &[&file]);
    let journal = ReadJournal::start(&library);
    journal.examine_with(&library, &script(&folder, "exit 0")).unwrap();
    assert_eq!(journal.suspects(), std::slice::from_ref(&file));
    let entry = journal.begin_in_turn(&file);
    assert!(journal.reading.try_read().is_err(), "others wait");
    drop(entry);
    let one = journal.begin_in_turn(Path::new("/news/one.txt"));
    let two = journal.begin_in_turn(Path::new("/news/two.txt"));
    assert!(journal.reading.try_write().is_err(), "it waits for others");
    drop((one, two));
}

#[test]
fn journal_names_only_what_is_being_read() {
    let (_folder, library) = library();
    let place = library.path().unwrap().to_path_buf();
    let journal = ReadJournal::start(&library);
    let first = journal.begin(Path::new("/news/one.txt"));
    let second = journal.begin(Path::new("/news/two.txt"));
    let named = || {
        let named = read(&File::open(path_of(&place, &process::id().to_string())).unwrap()).unwrap();
        named.into_iter().map(|named| named.file).collect::<Vec<_>>()
    };
    let (one, two) = (PathBuf::from("/news/one.txt"), PathBuf::from("/news/two.txt"));
    assert_eq!(named(), [one, two.clone()]);
    drop(first);
    let third = journal.begin(Path::new("/news/3.txt"));
    assert_eq!(named(), [PathBuf::from("/news/3.txt"), two]);
    assert!(left_behind(&place).is_empty(), "this process lives");
    drop((second, third));
    assert!(named().is_empty());
    drop(journal);
    assert_eq!(
        fs::read_dir(place.parent().unwrap())
            .unwrap()
            .filter_map(Result::ok)
            .filter(|file| { file.file_name().to_string_lossy().contains(INFIX) })
            .count(),
        0
    );
}

#[test]
fn journal_without_a_library_writes_nothing_down() {
    let library = Library::default();
    drop(ReadJournal::start(&library).begin(Path::new("/news/one.txt")));
    ReadJournal::start(&library).examine_with(&library, Path::new("/nowhere")).unwrap();
}
