//! What would hurt a careless program, through the real one: it opens, answers, and ends at once.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use tempfile::TempDir;

use crate::pty::{self, Pty, text};

/// The program on a folder with this file, next to an ordinary article.
fn reading(name: &str, write: impl FnOnce(&mut dyn Write)) -> (TempDir, Pty) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("tea.txt"), "date 2026-03-01 Tea Is Served\n“At last,” said Ines Okafor.\n").unwrap();
    let mut file = BufWriter::new(File::create(folder.path().join(name)).unwrap());
    write(&mut file);
    file.flush().unwrap();
    let pty = Pty::open(80, 24, [folder.path()]);
    (folder, pty)
}

/// Asserts that keys are answered, and that the program quits when asked to.
fn answers(mut pty: Pty) {
    pty.press("?");
    pty.shows("╭ Help");
    pty.press("Q").press("qQ");
    let ending = pty.end();
    ending.gave_the_terminal_back();
    assert_eq!(ending.code, 0);
}

#[test]
fn line_of_ten_megabytes_is_read() {
    let (_folder, mut pty) = reading("long.txt", |file| {
        file.write_all(b"date 2026-03-14 One Line\n").unwrap();
        (0..1 << 20).for_each(|n| write!(file, "word{} ", n % 999).unwrap());
        (0..1 << 21).for_each(|_| file.write_all(b"xy").unwrap());
    });
    // While it is still being read there is the other article, and keys are answered.
    pty.shows("Tea Is Served");
    pty.press("?");
    pty.shows("╭ Help");
    pty.press("q");
    pty.shows("One Line");
    pty.press("g\r");
    pty.shows("word3 word4");
    pty.press("GG");
    pty.shows("xyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxy");
    answers(pty);
}

/// What reached the terminal without the program's own sequences that end in BEL: the question for the background, and the
/// titles that it gives to the window, which hold no control characters.
fn without_titles(bytes: &str) -> String {
    let bytes = bytes.replace("\u{1b}]11;?\u{7}", "");
    let mut parts = bytes.split("\u{1b}]2;");
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (title, after) = part.split_once('\u{7}').expect("a title ends");
        assert!(!title.contains(char::is_control) && !title.contains("owned"), "{title:?}");
        rest += after;
    }
    rest
}

#[test]
fn article_cannot_steer_the_terminal() {
    let attacks = "\u{1b}[31mred \u{1b}]0;owned\u{7}title \u{1b}]52;c;b3duZWQ=\u{7}copied \u{1b}[?1049lback \u{9b}2Jgone \
                   \u{1b}P1$r0m\u{1b}\\string \u{1b}]8;;http://owned\u{1b}\\link \u{202e}drawkcab\u{202c} \u{1b}[6nasked \
                   \u{1b}cnew \u{e}shifted \u{8}\u{8}\u{8}over \u{0}nul \u{7}bell";
    let (_folder, mut pty) = reading("bad.txt", |file| {
        write!(file, "date 2026-03-14 Quiet \u{1b}]2;owned\u{7}\u{1b}[2JHeadline\n{attacks}\n").unwrap();
        for n in 0..40 {
            writeln!(file, "Line {n}: “{attacks}” said Ines\u{1b}[7m Okafor.").unwrap();
        }
    });
    pty.shows("2 articles");
    pty.shows("Quiet Headline");
    pty.press("\rn");
    pty.shows("red title copied back gone string link drawkcab asked");
    let screen = pty.screen();
    assert!(screen.alternate_screen() && text(&screen).contains("Quiet Headline"));
    // Colours apart, all that it asks of the terminal is its own.
    let unknown: Vec<String> = pty.unknown().into_iter().filter(|asked| !asked.contains("[[59]] m")).collect();
    assert_eq!(unknown, [""; 0]);
    let bytes = without_titles(&String::from_utf8(pty.bytes()).unwrap());
    for trace in ["owned", "\u{202e}", "\u{7}", "\u{8}", "\u{e}", "\u{0}", "\u{9b}", "\x1b[6n", "\x1bc"] {
        assert!(!bytes.contains(trace), "{trace:?} reached the terminal");
    }
    answers(pty);
}

#[test]
fn file_name_cannot_steer_the_terminal() {
    let (folder, mut pty) =
        reading("\u{1b}]0;owned\u{7}picture.png", |file| file.write_all(b"\x89PNG\r\n\x1a\n").unwrap());
    pty.shows("1 error");
    pty.press("!");
    pty.shows("picture.png");
    assert!(!String::from_utf8(pty.bytes()).unwrap().contains("\x1b]0;"));
    drop(folder);
    answers(pty);
}

#[test]
fn too_long_file_is_reported() {
    let (_folder, mut pty) = reading("vast.txt", |file| {
        file.write_all(b"date 2026-03-14 Vast\n").unwrap();
        (0..=16 << 10).for_each(|_| file.write_all(&[b'a'; 1 << 10]).unwrap());
    });
    pty.shows("1 error (!) · 1 article");
    pty.press("!");
    pty.shows("vast.txt");
    answers(pty);
}

#[test]
fn deep_folder_is_read() {
    let (folder, pty) = reading("plain.txt", |file| file.write_all(b"date 2026-03-02 Plain\nNothing.\n").unwrap());
    answers(pty);
    let mut deep = folder.path().to_path_buf();
    (0..300).for_each(|_| deep.push("deeper"));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("deep.txt"), "date 2026-03-14 From the Deep\nNothing.\n").unwrap();
    std::os::unix::fs::symlink(Path::new(".."), deep.join("circle")).unwrap();
    let pty = Pty::spawn(80, 24, pty::pullquote([folder.path()]));
    pty.shows("1 error (!) · 3 articles");
    pty.shows("From the Deep");
    answers(pty);
}
