//! Walking folders and reading the files in them.

use std::ffi::OsStr;
use std::fs;
use std::ops::ControlFlow;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use pullquote::article::{Article, Origin};
use pullquote::folder::{self, ReadError, WalkStep};
use tempfile::TempDir;

const ARTICLE: &str = "date 2026-03-14 Bridge closed\nIt is closed.\n";

fn folder_with(files: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, ARTICLE).unwrap();
    }
    folder
}

/// The steps of a walk as words, paths counted from `root`; then how many hidden ones there were.
fn walk(root: &Path, paths: &[PathBuf]) -> (Vec<String>, usize) {
    let mut steps = Vec::new();
    let hidden = folder::walk(paths, &mut |step| {
        steps.push(match step {
            WalkStep::File(path) => path.strip_prefix(root).unwrap_or(&path).display().to_string(),
            WalkStep::Unreadable(refused) => refused.to_string().replace(&format!("{}/", root.display()), ""),
        });
        ControlFlow::Continue(())
    });
    (steps, hidden)
}

fn read(path: &Path) -> Result<Article, ReadError> {
    let mut all = Vec::new();
    folder::read_file(path, &mut |read| all.push(read));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn files_come_in_order_of_name_and_hidden_ones_are_counted() {
    let folder =
        folder_with(&["b/2.txt", "b/10.txt", "a.txt", "ab/x.txt", "Z.txt", ".hidden.txt", ".git/y.txt", "b/.k"]);
    let (steps, hidden) = walk(folder.path(), &[folder.path().to_path_buf()]);
    assert_eq!(steps, ["Z.txt", "a.txt", "ab/x.txt", "b/10.txt", "b/2.txt"]);
    assert_eq!(hidden, 3);
}

#[test]
fn explicit_path_overrides_hidden_filter() {
    let folder = folder_with(&[".hidden.txt", ".news/a.txt", ".news/.b.txt"]);
    let paths = [folder.path().join(".hidden.txt"), folder.path().join(".news")];
    assert_eq!(walk(folder.path(), &paths), (vec![".hidden.txt".to_owned(), ".news/a.txt".to_owned()], 1));
}

#[test]
fn ignore_files_hide_no_article() {
    let folder = folder_with(&["a.txt", ".gitignore", ".ignore"]);
    fs::write(folder.path().join(".gitignore"), "*.txt\n").unwrap();
    fs::write(folder.path().join(".ignore"), "*.txt\n").unwrap();
    assert_eq!(walk(folder.path(), &[folder.path().to_path_buf()]).0, ["a.txt"]);
}

#[test]
fn links_are_followed_but_not_in_circles() {
    let folder = folder_with(&["a/1.txt"]);
    symlink(folder.path(), folder.path().join("a/up")).unwrap();
    symlink("nowhere", folder.path().join("a/broken")).unwrap();
    symlink("1.txt", folder.path().join("a/2.txt")).unwrap();
    let (steps, _) = walk(folder.path(), &[folder.path().to_path_buf()]);
    assert_eq!(steps, ["a/1.txt", "a/2.txt", "a/broken does not exist", "a/up is a symbolic link in a loop"]);
}

#[test]
fn missing_path_is_refused_and_the_walk_goes_on() {
    let folder = folder_with(&["a.txt"]);
    let paths = [folder.path().join("missing"), folder.path().join("a.txt")];
    assert_eq!(walk(folder.path(), &paths).0, ["missing does not exist", "a.txt"]);
}

#[test]
fn unreadable_folder_is_refused() {
    let folder = folder_with(&["a.txt", "locked/b.txt"]);
    let locked = folder.path().join("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    // Root may read everything.
    let is_refused = fs::read_dir(&locked).is_err();
    let (steps, _) = walk(folder.path(), &[folder.path().to_path_buf()]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
    let expected = if is_refused { "locked cannot be read (permission denied)" } else { "locked/b.txt" };
    assert_eq!(steps, ["a.txt", expected]);
}

#[test]
fn visitor_ends_the_walk() {
    let folder = folder_with(&["1.txt", "2.txt", "3.txt"]);
    let mut seen = 0;
    folder::walk(&[folder.path().to_path_buf(), folder.path().to_path_buf()], &mut |_| {
        seen += 1;
        if seen == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(seen, 2);
}

#[test]
fn special_file_is_not_opened() {
    let folder = folder_with(&[]);
    let socket = folder.path().join("socket");
    let _listener = UnixListener::bind(&socket).unwrap();
    let pipe = folder.path().join("pipe");
    // Opening a pipe without a writer would block for ever.
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [socket, pipe, PathBuf::from("/dev/null"), folder.path().to_path_buf()] {
        assert!(read(&path).unwrap_err().to_string().ends_with(" is not a file or a folder"), "{}", path.display());
    }
}

#[test]
fn article_knows_its_file() {
    let folder = folder_with(&["coast-wire_2026-03-14_bridge.txt"]);
    let path = folder.path().join("coast-wire_2026-03-14_bridge.txt");
    let article = read(&path).unwrap();
    assert_eq!(article.origin, Origin::File(path));
    assert_eq!(article.publisher.as_deref(), Some("Coast Wire"));
}

#[test]
fn file_time_is_no_date() {
    let folder = folder_with(&[]);
    let path = folder.path().join("bridge.txt");
    fs::write(&path, "Bridge closed\nIt is closed.\n").unwrap();
    assert_eq!(read(&path).unwrap().dates.published, None);
}

#[test]
fn file_name_may_be_invalid_unicode() {
    let folder = folder_with(&[]);
    let path = folder.path().join(OsStr::from_bytes(b"br\xffdge \x1b[31m.txt"));
    fs::write(&path, ARTICLE).unwrap();
    assert_eq!(read(&path).unwrap().headline(), "Bridge closed");
    assert_eq!(walk(folder.path(), &[folder.path().to_path_buf()]).0.len(), 1);
}

#[test]
fn refusals_name_the_file() {
    let folder = folder_with(&[]);
    let path = folder.path().join("empty.txt");
    fs::write(&path, "").unwrap();
    assert_eq!(read(&path).unwrap_err().to_string(), format!("{} is empty", path.display()));
    assert!(read(&folder.path().join("none.txt")).unwrap_err().to_string().ends_with("none.txt does not exist"));
}

#[test]
fn standard_input_is_an_origin() {
    let mut all = Vec::new();
    folder::read_input(&mut ARTICLE.as_bytes(), &mut |read| all.push(read.unwrap()));
    assert_eq!(all[0].origin, Origin::Input);
    let mut why = String::new();
    folder::read_input(&mut &b""[..], &mut |read| why = read.unwrap_err().to_string());
    assert_eq!(why, "standard input is empty");
}
