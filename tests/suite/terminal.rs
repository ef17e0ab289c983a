//! The real program at a real terminal.

use std::env;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use chrono::NaiveDate;
use pullquote::app::screen::Size;
use pullquote::app::{App, Effect};
use pullquote::config::ThemeFiles;
use pullquote::keymap::{Key, Keymap};
use pullquote::runtime::{self, EffectHandler, Env, Flow, Frames, Guard, Message};
use pullquote::ui::ColorDepth;
use ratatui::backend::CrosstermBackend;
use tempfile::TempDir;
use vt100::{MouseProtocolEncoding, MouseProtocolMode, Screen};

use crate::pty::{self, Pty, place, rows};

const BRIDGE: &str = "\
date 2026-03-14 Harbour Bridge to Close
The bridge will close on Monday, and nobody knows for how long.
“The steel is telling us something,” said Ines Okafor, the city’s chief engineer.
“Nobody will be stranded,” said Tomas Lindqvist, the harbour minister.
“I have not slept,” said Ines Okafor.
";

const TRAMS: &str = "date 2026-03-13 Council Votes Down Night Trams\nNobody said a word about the trams.\n";

const MINISTER: &str = "\
date 2026-03-12 Minister Keeps His Job
“I have already lost a bridge,” said Tomas Lindqvist.
";

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, words) in files {
        fs::write(folder.path().join(name), words).unwrap();
    }
    folder
}

/// A folder with three articles.
pub fn three() -> TempDir {
    folder(&[("bridge.txt", BRIDGE), ("trams.txt", TRAMS), ("minister.txt", MINISTER)])
}

/// The program on three articles, all of them listed.
pub fn reading_three(width: u16, height: u16) -> (TempDir, Pty) {
    let folder = three();
    let pty = Pty::open(width, height, [folder.path()]);
    pty.shows("3 articles · 3 unread");
    (folder, pty)
}

#[test]
fn samples_are_shown_at_the_start() {
    let mut pty = Pty::open(100, 40, [""; 0]);
    pty.shows("17 articles · 17 unread");
    pty.shows("Samples");
    let (row, _) = pty.shows("With the Bridge Shut, a Ferry Line Nobody Wanted");
    pty.shows("Court Rules the Town Clock Is Right");
    let screen = pty.screen();
    let newest = &rows(&screen)[usize::from(row)];
    assert!(newest.starts_with("▌") && newest.contains("●  With"), "the newest is selected and unread");
    assert!(screen.alternate_screen() && !screen.hide_cursor() && screen.bracketed_paste());
    assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::ButtonMotion);
    assert_eq!(screen.mouse_protocol_encoding(), MouseProtocolEncoding::Sgr);
    pty.press("q");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn named_folder_is_read() {
    let (folder, mut pty) = reading_three(80, 24);
    pty.shows(&folder.path().file_name().unwrap().to_string_lossy());
    pty.shows("1 of 3");
    pty.press("jj\r");
    pty.shows("“I have already lost a bridge,” said Tomas Lindqvist.");
    pty.press("q");
    pty.shows("3 articles · 2 unread");
}

#[test]
fn file_that_appears_while_it_runs_is_listed() {
    let (folder, mut pty) = reading_three(80, 24);
    pty.press("j");
    pty.shows("2 of 3");
    // Until the folder is watched it goes unnoticed: then another file does it.
    let appears = |number: &u32| {
        let news = format!("date 2026-03-20 Late News\nNumber {number} floats.\n");
        fs::write(folder.path().join(format!("late{number}.txt")), news).unwrap();
        pty.stirs(Duration::from_secs(2))
    };
    let noticed = (0..10).any(|number| appears(&number));
    assert!(noticed, "{}", rows(&pty.screen()).join("\n"));
    pty.shows("4 articles");
    let selected = rows(&pty.screen()).into_iter().find(|row| row.starts_with("▌")).unwrap_or_default();
    assert!(selected.contains("●  Council Votes Down Night Trams"), "{selected}");
    pty.press("g");
    pty.shows("●  Late News");
}

#[test]
fn file_that_vanishes_while_it_runs_stays_and_says_so() {
    let (folder, mut pty) = reading_three(80, 24);
    pty.press("j");
    pty.shows("2 of 3");
    let news = folder.path().read_dir().unwrap().map(|file| file.unwrap().path());
    let bridge = news.into_iter().find(|path| fs::read_to_string(path).unwrap().contains("Harbour Bridge")).unwrap();
    let words = fs::read_to_string(&bridge).unwrap();
    // Until the file is kept and the folder watched nobody notices: then it comes back and goes again.
    let noticed = || rows(&pty.screen()).iter().any(|row| row.contains("file missing"));
    let vanishes = || {
        fs::write(&bridge, &words).unwrap();
        fs::remove_file(&bridge).unwrap();
        (0..3).any(|_| pty.stirs(Duration::from_secs(1)) && noticed())
    };
    assert!((0..10).any(|_| vanishes() || noticed()), "{}", rows(&pty.screen()).join("\n"));
    pty.shows("3 articles");
}

#[test]
fn search_runs_as_one_types() {
    let (_folder, mut pty) = reading_three(80, 24);
    pty.press("j");
    pty.shows("2 of 3");
    pty.press("/brid");
    pty.shows("/brid");
    pty.shows_no("Night Trams");
    pty.shows("2 articles");
    assert!(!pty.screen().hide_cursor(), "one sees where one types");
    pty.shows("lost a bridge");
    pty.press("\x1b");
    pty.shows("Council Votes Down Night Trams");
    pty.shows("2 of 3");
    assert!(!pty.screen().hide_cursor());
}

/// The rows in which the mark of the current quotation stands.
fn marked(screen: &Screen) -> Vec<String> {
    rows(screen).into_iter().filter(|row| row.contains('┃')).collect()
}

#[test]
fn jumps_go_from_speaker_to_speaker() {
    let (_folder, mut pty) = reading_three(80, 24);
    let mut jump = |keys: &str, standing: &str, margin: &str| {
        pty.press(keys);
        pty.shows(standing);
        pty.wait(margin, |screen| marked(screen).first().filter(|row| row.contains(margin)).map(|_| ()));
    };
    jump("\rn", "Ines Okafor 1 of 2", "1 ┃ “The steel is telling us something,”");
    jump("*", "Ines Okafor 2 of 2", "1 ┃ “I have not slept,”");
    jump("[", "Tomas Lindqvist 1 of 1", "2 ┃ “Nobody will be stranded,”");
    jump("]", "Ines Okafor 2 of 2", "1 ┃ “I have not slept,”");
    jump("[*", "→ Minister Keeps His Job", "1 ┃ “I have already lost a bridge,”");
    jump("\x0f", "Tomas Lindqvist 1 of 1", "2 ┃ “Nobody will be stranded,”");
}

#[test]
fn speaker_is_followed_through_the_library() {
    let (folder, mut pty) = reading_three(100, 30);
    pty.press("\"");
    pty.shows("chief engineer");
    // Fast typing selects the person that was typed.
    pty.press("lindq\r");
    pty.shows("2 quotations in 2 articles · 12 Mar 2026 – 14 Mar 2026");
    pty.shows("“Nobody will be stranded,”");
    pty.press("j\r");
    pty.shows("Tomas Lindqvist 1 of 1");
    pty.press("\x0f");
    pty.shows("2 of 2");
    let file = folder.path().join("said.csv");
    pty.press(&format!("E\x15{}\r", file.display()));
    pty.shows("2 quotations written to");
    assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), 3);
    pty.press(&format!("E\x15{}\r", file.display()));
    pty.shows("file exists; overwrite? ");
    pty.press("\x1bq\x1b\x1b");
    pty.shows("3 articles · ");
}

#[test]
fn resize_keeps_the_position() {
    let paragraphs: Vec<String> =
        (0..60).map(|n| format!("Paragraph {n} has some words that wrap at most widths of a window.\n")).collect();
    let folder = folder(&[("long.txt", &format!("date 2026-03-14 Long\n{}", paragraphs.concat()))]);
    let mut pty = Pty::open(80, 24, [folder.path()]);
    pty.shows("1 article");
    pty.press("\r");
    pty.shows("Paragraph 2 ");
    pty.press("40j");
    pty.shows_no("Paragraph 2 ");
    let first = |screen: &Screen| {
        let number = |row: &String| row.split_once("Paragraph ")?.1.split(' ').next().map(str::to_owned);
        rows(screen).iter().find_map(number)
    };
    let before = pty.wait("a paragraph", first);
    pty.resize(30, 8);
    pty.wait("a small page", |screen| (first(screen)? == before && screen.size().1.get() == 30).then_some(()));
    pty.resize(10, 3);
    pty.shows("needs 30×8");
    pty.wait("too small", |screen| first(screen).is_none().then_some(()));
    pty.resize(200, 50);
    pty.wait(&format!("paragraph {before} on a large page"), |screen| {
        (first(screen)? == before && place(screen, "│").is_some()).then_some(())
    });
    pty.resize(80, 24);
    pty.wait("the page as before", |screen| (first(screen)? == before && screen.size().1.get() == 80).then_some(()));
    pty.press("qq");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn terminal_is_given_back_on_quit() {
    let (_folder, mut pty) = reading_three(80, 24);
    pty.press("q");
    let ending = pty.end();
    ending.gave_the_terminal_back();
    assert_eq!(ending.code, 0);
    assert_eq!(pty::text(&ending.screen).trim(), "", "it leaves no trace");
}

#[test]
fn terminal_is_given_back_on_signals() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let (_folder, mut pty) = reading_three(80, 24);
        pty.press("\rn");
        pty.shows("Ines Okafor 1 of 2");
        pty.signal(signal);
        let ending = pty.end();
        ending.gave_the_terminal_back();
        assert_eq!((ending.code, pty::text(&ending.screen).trim()), (code, ""), "{signal}");
    }
}

#[test]
fn terminal_is_given_back_before_a_signal_ends_the_program_as_usual() {
    for signal in ["QUIT", "USR1", "ALRM"] {
        let (_folder, pty) = reading_three(80, 24);
        pty.signal(signal);
        let ending = pty.end();
        ending.gave_the_terminal_back();
        assert!(ending.signal.is_some(), "{signal} does what it always does");
    }
}

#[test]
fn program_ends_with_its_window() {
    let (_folder, mut pty) = reading_three(80, 24);
    pty.close();
    assert_eq!(pty.end().code, 129);
}

#[test]
fn suspend_stops_and_continues() {
    let folder = three();
    let mut shell = pty::bare("/bin/sh");
    shell.arg("-i");
    shell.env("PS1", "shell> ");
    shell.env("PULLQUOTE", env!("CARGO_BIN_EXE_pullquote"));
    shell.env("FOLDER", folder.path());
    let mut pty = Pty::spawn(80, 24, shell);
    let prompts = |pty: &Pty| {
        let prompt = |screen: &Screen| (pty::text(screen).trim_end().ends_with("\nshell>")).then_some(());
        pty.wait("the shell", prompt);
    };
    pty.shows("shell>");
    pty.press("\"$PULLQUOTE\" \"$FOLDER\"\r");
    pty.shows("3 articles");
    pty.press("\rn");
    pty.shows("Ines Okafor 1 of 2");
    pty.press("\x1a");
    pty.shows("Stopped");
    prompts(&pty);
    let screen = pty.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
    pty.press("echo what $((6*7))\r");
    pty.shows("what 42");
    prompts(&pty);
    pty.press("fg\r");
    pty.shows("Ines Okafor 1 of 2");
    pty.shows("“The steel is telling us something,”");
    assert!(pty.screen().alternate_screen());
    assert_eq!(pty.screen().mouse_protocol_mode(), MouseProtocolMode::ButtonMotion);
    pty.press("Q");
    prompts(&pty);
    pty.press("exit\r");
    let ending = pty.end();
    ending.gave_the_terminal_back();
    assert_eq!(ending.code, 0);
}

#[test]
fn redraw_draws_everything() {
    let (_folder, mut pty) = reading_three(80, 24);
    pty.press("\rn");
    pty.shows("Ines Okafor 1 of 2");
    let (frames, before) = (pty.frames(), pty::text(&pty.screen()));
    pty.press("\x0c");
    pty.draws(frames + 1);
    pty.wait("the same screen", |screen| (pty::text(screen) == before).then_some(()));
    pty.press("n");
    pty.shows("Tomas Lindqvist 1 of 1");
}

#[test]
fn empty_folder_shows_what_to_do() {
    let empty = TempDir::new().unwrap();
    let mut pty = Pty::open(80, 24, [empty.path()]);
    pty.shows("No articles here");
    pty.shows("q quits · pullquote FOLDER reads another folder");
    pty.press("\rn/x\rqJK\x0f?");
    pty.shows("╭ Help");
    pty.press("qq");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn file_that_cannot_be_read_is_counted_and_listed() {
    let folder = three();
    fs::write(folder.path().join("picture.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    fs::write(folder.path().join("nothing.txt"), "").unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("dangling.txt")).unwrap();
    let mut pty = Pty::open(100, 24, [folder.path()]);
    pty.shows("3 errors (!) · 3 articles");
    pty.press("!");
    for name in ["picture.png", "nothing.txt", "dangling.txt"] {
        pty.shows(name);
    }
    pty.shows("PNG");
    pty.shows("does not exist");
    pty.press("qq");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn unreadable_files_only_are_reported() {
    let folder = folder(&[("nothing.txt", "")]);
    let mut pty = Pty::open(80, 24, [folder.path().join("nothing.txt"), folder.path().join("missing.txt")]);
    pty.shows("2 files could not be read");
    pty.press("!");
    pty.shows("missing.txt does not exist");
}

#[test]
fn standard_input_is_read() {
    let folder = three();
    let mut shell = pty::bare("/bin/sh");
    shell.args(["-c", "cat \"$FOLDER/bridge.txt\" | \"$PULLQUOTE\" -"]);
    shell.env("PULLQUOTE", env!("CARGO_BIN_EXE_pullquote"));
    shell.env("FOLDER", folder.path());
    let mut pty = Pty::spawn(80, 24, shell);
    pty.shows("standard input");
    pty.shows("Harbour Bridge to Close");
    pty.press("\rn");
    pty.shows("Ines Okafor 1 of 2");
    pty.press("Q");
    let ending = pty.end();
    ending.gave_the_terminal_back();
    assert_eq!(ending.code, 0);
}

#[test]
fn dumb_terminal_gets_a_message() {
    for name in ["dumb", ""] {
        let mut command = pty::pullquote([""; 0]);
        command.env("TERM", name);
        let ending = Pty::spawn(80, 24, command).end();
        let said = String::from_utf8(ending.bytes).unwrap();
        assert!(said.contains("the reader needs a terminal") && said.contains("hint: "), "{said}");
        assert!(!said.contains('\x1b'), "{said:?}");
        assert_eq!(ending.code, 2);
    }
}

/// The parameters of every SGR sequence (colours and weights) among `bytes`.
fn styles(bytes: &[u8]) -> Vec<Vec<u16>> {
    let text = String::from_utf8_lossy(bytes);
    let of = |rest: &str| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';')?;
        rest[end..].starts_with('m').then(|| rest[..end].split(';').map(|n| n.parse().unwrap_or(0)).collect())
    };
    text.split("\x1b[").skip(1).filter_map(of).collect()
}

#[test]
fn screen_without_colours_still_distinguishes_everything() {
    let folder = three();
    let mut command = pty::pullquote([folder.path()]);
    command.env("NO_COLOR", "1");
    let mut pty = Pty::spawn(80, 24, command);
    let (row, _) = pty.shows("Harbour Bridge to Close");
    pty.wait("a bold headline", |screen| screen.cell(row, 18)?.bold().then_some(()));
    pty.press("\rn");
    pty.shows("Ines Okafor 1 of 2");
    let screen = pty.screen();
    let current = place(&screen, "“The steel is telling us something,”").unwrap();
    let cells = (0..36).map(|column| screen.cell(current.0, current.1 + column).unwrap());
    assert!(cells.clone().all(vt100::Cell::inverse), "the current quotation is reversed to its end");
    let after = screen.cell(current.0, current.1 + 37).unwrap();
    assert!(!after.inverse() && after.contents() == "s", "and no further: {:?}", after.contents());
    let other = place(&screen, "“Nobody will be stranded,”").unwrap();
    assert!(screen.cell(other.0, other.1).unwrap().italic(), "the others are told from the text");
    let headline = place(&screen, "Harbour Bridge to Close").unwrap();
    assert!(screen.cell(headline.0, headline.1).unwrap().bold());
    for parameters in styles(&pty.bytes()) {
        let coloured = |&n: &u16| matches!(n, 30..=38 | 40..=48 | 58 | 90..=107);
        assert!(!parameters.iter().any(coloured), "{parameters:?} is a colour");
    }
}

#[test]
fn current_quotation_is_bold_and_underlined() {
    let (_folder, mut pty) = reading_three(80, 24);
    pty.press("\rn");
    pty.shows("Ines Okafor 1 of 2");
    let screen = pty.screen();
    let (row, column) = place(&screen, "“The steel").unwrap();
    let cell = |at: u16| screen.cell(row, column + at).unwrap();
    assert!((0..36).all(|at| cell(at).bold() && cell(at).underline()));
    assert_ne!(cell(0).fgcolor(), vt100::Color::Default);
    assert!(!cell(37).underline());
    // A second current quotation takes the weight from the first.
    pty.press("n");
    pty.shows("Tomas Lindqvist 1 of 1");
    let cell = pty.screen().cell(row, column).unwrap().clone();
    assert!(!cell.underline() && !cell.bold() && cell.fgcolor() != vt100::Color::Default);
}

#[test]
fn mouse_is_left_alone_on_request() {
    let folder = three();
    let mut pty = Pty::open(80, 24, [folder.path().as_os_str(), "--no-mouse".as_ref()]);
    pty.shows("3 articles");
    pty.press("q");
    let ending = pty.end();
    let text = String::from_utf8(ending.bytes).unwrap();
    for mode in ["?1000h", "?1002h", "?1003h", "?1006h"] {
        assert!(!text.contains(mode), "{mode}");
    }
}

#[test]
fn clicks_and_the_wheel_move_and_open() {
    let (_folder, mut pty) = reading_three(80, 24);
    let (row, column) = pty.shows("Council Votes Down Night Trams");
    let click = format!("\x1b[<0;{};{}M\x1b[<0;{};{}m", column + 1, row + 1, column + 1, row + 1);
    pty.press(&click);
    pty.shows("2 of 3");
    pty.press(&click);
    pty.shows("Nobody said a word about the trams.");
    pty.press("q");
    pty.shows("2 of 3");
    // The wheel selects nothing.
    pty.press(&format!("\x1b[<65;{};{}M", column + 1, row + 1));
    pty.press("j");
    pty.shows("3 of 3");
    pty.press(&format!("\x1b[<64;{};{}M", column + 1, row + 1));
    pty.press("k");
    pty.shows("2 of 3");
    // Keys in the foot line are clicked.
    let (row, column) = pty.shows("? keys");
    pty.press(&format!("\x1b[<0;{};{}M", column + 1, row + 1));
    pty.shows("Help ─");
}

#[test]
fn pasted_text_is_no_command() {
    let (_folder, mut pty) = reading_three(80, 24);
    pty.press("\x1b[200~QQqjj\x1b[201~/\x1b[200~bridge\r\nclose\x1b[31m\x1b[201~");
    pty.shows("/bridge close ");
    pty.shows("  1 article");
    pty.press("\x1b");
    pty.shows("1 of 3");
}

/// Decodes base64.
fn decoded(encoded: &str) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |c: u8| DIGITS.iter().position(|&d| d == c).expect("a digit of base64") as u32;
    let mut bytes = Vec::new();
    for group in encoded.trim_end_matches('=').as_bytes().chunks(4) {
        let number = group.iter().fold(0, |number, &c| number << 6 | digit(c)) << (6 * (4 - group.len()));
        bytes.extend_from_slice(&number.to_be_bytes()[1..group.len()]);
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn quotation_is_copied() {
    let (_folder, mut pty) = reading_three(120, 24);
    pty.press("\rnY");
    pty.shows("Copied: “The steel is telling us something,” — Ines Okafor");
    let copied = "“The steel is telling us something,” — Ines Okafor, Harbour Bridge to Close, 14 March 2026";
    assert_eq!(decoded(&pty.copied(1)), copied);
    pty.press("nY");
    assert!(decoded(&pty.copied(2)).starts_with("“Nobody will be stranded,” — Tomas Lindqvist, "));
}

/// All that is drawn comes in frames, each between the signs of synchronized output, and a key needs one frame.
#[test]
fn frames_are_drawn_whole() {
    let (_folder, mut pty) = reading_three(80, 24);
    for (key, shown) in
        [("\r", "Nobody will be stranded"), ("n", "Ines Okafor 1 of 2"), ("?", "╭ Help"), ("qq", "1 of 3")]
    {
        pty.press(key);
        pty.shows(shown);
    }
    // 59 is the underline's own colour: terminals without one pass over it.
    let unknown: Vec<String> = pty.unknown().into_iter().filter(|asked| !asked.contains("[[59]] m")).collect();
    assert_eq!(unknown, [""; 0], "it asks for nothing that a common terminal does not know");
    pty.press("q");
    let text = String::from_utf8(pty.end().bytes).unwrap();
    let mut frames = text.split("\x1b[?2026h");
    let before = frames.next().unwrap();
    assert!(before.starts_with("\x1b[?1049h"), "{before:?}");
    assert!(!before.contains("articles"));
    let frames: Vec<&str> = frames.collect();
    let last = frames.len() - 1;
    for (at, frame) in frames.iter().enumerate() {
        let (_, after) = frame.split_once("\x1b[?2026l").expect("a frame ends before the next begins");
        assert!(!after.contains("\x1b[?2026l"));
        let is_title = after.starts_with("\x1b]2;") && after.ends_with('\x07');
        assert!(at == last || after.is_empty() || is_title, "{after:?} stands between frames");
    }
    assert!(frames.len() < 20, "{} frames", frames.len());
}

#[test]
fn held_key_does_not_flood_the_terminal() {
    let (_folder, mut pty) = reading_three(80, 24);
    let before = pty.frames();
    // No more at once: crossterm reads 1,024 bytes at a time and leaves the rest until more come.
    pty.press(&"jk".repeat(500)).press("G");
    pty.shows("3 of 3");
    assert!(pty.frames() - before < 200, "{} frames for 1,001 keys", pty.frames() - before);
}

/// How often the threads of a process were woken or sent to sleep so far.
#[cfg(target_os = "linux")]
fn switches(pid: u32) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let of = |task: &Path| {
        let status = fs::read_to_string(task.join("status")).unwrap_or_default();
        let counts = status.lines().filter(|line| line.contains("ctxt_switches"));
        counts.filter_map(|line| line.split_whitespace().last()?.parse::<u64>().ok()).sum::<u64>()
    };
    tasks.map(|task| of(&task.unwrap().path())).sum()
}

/// The hundredths of a second for which a process has run so far.
#[cfg(target_os = "linux")]
fn ticks(pid: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let after_name = stat.rsplit_once(") ").unwrap().1;
    after_name.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
}

/// Once everything is read and drawn, no thread wakes and no byte comes, be it in the list, in an article, or while
/// one types.
#[test]
#[cfg(target_os = "linux")]
fn idle_program_uses_no_processor_time() {
    let (_folder, mut pty) = reading_three(120, 36);
    for keys in ["", "\rn", "?", "q/steel"] {
        pty.press(keys);
        let quiet = (0..100).any(|_| {
            let before = (switches(pty.pid()), ticks(pty.pid()));
            let stirred = pty.stirs(Duration::from_millis(300));
            !stirred && (switches(pty.pid()), ticks(pty.pid())) == before
        });
        assert!(quiet, "it never rests after {keys:?}");
    }
    pty.shows("/steel");
}

/// Makes a test run under a pseudo-terminal, and fail in a given way.
const FAILING: &str = "PULLQUOTE_TEST_FAILING";

/// A handler that fails.
struct Failing;

impl EffectHandler for Failing {
    fn carry_out(&mut self, effect: Effect) -> Flow {
        match effect {
            Effect::Quit => Flow::Quit,
            _ if env::var_os(FAILING).is_some_and(|how| how == "loop") => panic!("the loop fell over"),
            _ => {
                let fallen = std::thread::spawn(|| panic!("a worker fell over")).join();
                assert!(fallen.is_err());
                Flow::Continue
            }
        }
    }
}

/// The reader with failing workers; under the terminal of the two tests that follow only.
#[test]
#[ignore = "runs under the terminal of other tests"]
fn reader_with_failing_workers() {
    if env::var_os(FAILING).is_none() {
        return;
    }
    let guard = Guard::take(true).unwrap();
    let mut terminal = ratatui::Terminal::new(CrosstermBackend::new(Frames::new(io::stdout()))).unwrap();
    let (sender, messages) = runtime::message_channel();
    runtime::listen(&sender, false, &guard).unwrap();
    let mut app = App::new("failing", Keymap::default().help(), Size { width: 80, height: 24 });
    let today = || NaiveDate::from_ymd_opt(2026, 3, 20).unwrap();
    let env =
        Env { keymap: &Keymap::default(), themes: &ThemeFiles::default(), colors: ColorDepth::Sixteen, today: &today };
    sender.send(Message::Key(Key::parse("?").unwrap()));
    runtime::run(&mut terminal, &mut app, &messages, &mut Failing, &env).unwrap();
    drop(guard);
}

fn failing(how: &str) -> Pty {
    let mut command = pty::bare(env::current_exe().unwrap());
    command.args(["--exact", "terminal::reader_with_failing_workers", "--ignored", "--nocapture"]);
    command.env(FAILING, how);
    let pty = Pty::spawn(80, 24, command);
    pty.shows("Help");
    pty.shows("╭ Help");
    pty
}

#[test]
fn terminal_is_given_back_before_a_panic_is_reported() {
    let mut pty = failing("loop");
    pty.press("\x0c");
    let ending = pty.end();
    ending.gave_the_terminal_back();
    assert_ne!(ending.code, 0);
    assert!(place(&ending.screen, "the loop fell over").is_some(), "{}", pty::text(&ending.screen));
    let text = String::from_utf8(ending.bytes).unwrap();
    let back = text.find("\x1b[?1049l").unwrap();
    assert!(back < text.find("the loop fell over").unwrap());
}

#[test]
fn worker_that_panics_does_not_take_the_terminal_away() {
    let mut pty = failing("worker");
    pty.press("\x0cq");
    pty.shows_no("╭ Help");
    assert!(pty.screen().alternate_screen());
    assert!(!String::from_utf8(pty.bytes()).unwrap().contains("fell over"));
    pty.press("q");
    let ending = pty.end();
    ending.gave_the_terminal_back();
    assert_eq!(ending.code, 0);
}
