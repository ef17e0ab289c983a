//! Out of the reader with an article: to a command, the editor, the pager, a file, a browser.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use pullquote::app::{Effect, Event, OwnCommand, OwnCommands, Piped, ProgramJob, Task, TaskId, TaskKind};
use pullquote::export::Format;
use tempfile::TempDir;

use crate::pty::{Pty, pullquote, text};
use crate::sitting::{Sitting, three};

fn sitting() -> Sitting {
    Sitting::new(120, 36, three())
}

/// The last thing that was asked of another program.
fn asked(sitting: &Sitting) -> Option<&ProgramJob> {
    sitting.asked.iter().rev().find_map(|effect| if let Effect::Program(job) = effect { Some(job) } else { None })
}

/// The words of the last command that was to be run.
fn piped(sitting: &Sitting) -> Vec<&str> {
    match asked(sitting) {
        Some(ProgramJob::Pipe { words, .. }) => words.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// What the last command that was to be run gets.
fn input(sitting: &Sitting) -> &Piped {
    match asked(sitting) {
        Some(ProgramJob::Pipe { input, .. }) => input,
        other => panic!("{other:?}"),
    }
}

#[test]
fn command_is_asked_for_in_list_and_article_and_run_with_its_arguments() {
    for before in ["", "<enter>", "<enter>\""] {
        let mut sitting = sitting();
        sitting.press(before).press("|grep -c 'a b' \"$HOME\"; ls<enter>");
        assert_eq!(piped(&sitting), ["grep", "-c", "a b", "$HOME;", "ls"], "after {before:?}");
        assert_eq!(sitting.notice().unwrap(), "Running grep…");
        assert!(sitting.app.prompt().is_none());
    }
    let mut sitting = sitting();
    sitting.press("j:pipe wc -w<enter>");
    assert_eq!(piped(&sitting), ["wc", "-w"]);
    let here = vec![sitting.app.list().selected().unwrap()];
    assert_eq!(input(&sitting), &Piped::Articles(here, Format::Text));
}

#[test]
fn command_that_is_not_whole_is_not_run() {
    let mut sitting = sitting();
    sitting.press("|wc 'x<enter>");
    assert!(asked(&sitting).is_none() && sitting.app.prompt().is_some());
    sitting.press("'<enter>");
    assert_eq!(piped(&sitting), ["wc", "x"]);
    sitting.asked.clear();
    for keys in ["|<enter>", "|  <enter>", "|wc<esc>"] {
        sitting.press(keys);
        assert!(asked(&sitting).is_none() && sitting.app.prompt().is_none(), "{keys}");
    }
    sitting.press(":pipe \"x<enter>");
    assert_eq!(sitting.notice().unwrap(), "A quotation mark is not closed");
    let mut empty = Sitting::new(80, 24, Vec::new());
    for keys in ["|", "e", "P", ":pipe wc<enter>", ":save x.md<enter>"] {
        assert_eq!(empty.refused(keys).unwrap(), "No article is selected", "{keys}");
        assert!(asked(&empty).is_none() && empty.app.prompt().is_none(), "{keys}");
        empty.press("<esc>");
    }
}

#[test]
fn option_before_the_program_says_what_it_gets() {
    let mut sitting = sitting();
    let here = vec![sitting.app.list().selected().unwrap()];
    for (option, format) in [("-t", Format::Text), ("-m", Format::Markdown), ("-j", Format::Jsonl)] {
        sitting.press(&format!("|{option} cat -n<enter>"));
        assert_eq!(
            (input(&sitting), &piped(&sitting)[..]),
            (&Piped::Articles(here.clone(), format), &["cat", "-n"][..])
        );
    }
    sitting.press("<enter>n:pipe -q mail<enter>");
    let Piped::Text(quotation) = input(&sitting) else { panic!() };
    assert!(quotation.starts_with("“The steel is telling us something") && quotation.ends_with('\n'), "{quotation}");
    assert!(quotation.contains("Ines Okafor") && quotation.contains("Harbour Bridge to Close, "), "{quotation}");
    let handed = quotation.clone();
    sitting.press("Y");
    let copied = sitting.copied.last().unwrap();
    assert_eq!(handed, format!("{copied}\n"));
    sitting.asked.clear();
    sitting.press("|-x wc<enter>");
    assert_eq!(sitting.notice().unwrap(), "No option -x: -t text, -m Markdown, -j JSON, -q the quotation");
    assert!(asked(&sitting).is_none() && sitting.app.prompt().is_some());
    sitting.press("<esc>J|-q cat<enter>");
    assert!(asked(&sitting).is_none() && sitting.notice().unwrap().starts_with("No quotation is selected"));
}

#[test]
fn quotation_of_the_article_read_before_is_not_handed_over_for_the_selected_one() {
    // Too narrow for an article beside the list.
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("<enter>nqj");
    sitting.asked.clear();
    for way in ["|-q cat<enter>", "<esc>:pipe -q cat<enter>"] {
        sitting.press(way);
        assert!(asked(&sitting).is_none(), "{way}: {:?}", asked(&sitting));
    }
    let why = sitting.notice().unwrap();
    assert_eq!(why, "The article is not on the screen · Enter opens it");
    let own = OwnCommand { name: "say".to_owned(), words: vec!["say".to_owned(), "{quotation}".to_owned()] };
    sitting.app.know_commands(OwnCommands { named: vec![own], ..OwnCommands::default() });
    sitting.press("<esc>:run say<enter>");
    assert!(asked(&sitting).is_none() && sitting.notice().unwrap() == why, "{:?}", sitting.notice());
}

#[test]
fn quotation_that_is_handed_over_is_selected_and_named() {
    // The article beside the list has none that is selected.
    for before in ["", "<enter>"] {
        let mut sitting = sitting();
        sitting.press(before).press("|-q cat<enter>");
        let Piped::Text(quotation) = input(&sitting) else { panic!("{before}") };
        assert!(quotation.starts_with("“The steel is telling us something"), "{quotation}");
        let notice = sitting.notice().unwrap();
        assert_eq!(notice, "Running cat with “The steel is telling us something,”…");
        let current = sitting.app.reader().unwrap().current_quotation().unwrap();
        assert_eq!(
            sitting.app.reader().unwrap().article.body.words(current.span),
            "The steel is telling us something,"
        );
    }
}

#[test]
fn command_gets_all_that_are_picked_in_the_order_of_the_list() {
    let mut sitting = sitting();
    let first = sitting.app.list().selected().unwrap();
    sitting.press("j");
    let second = sitting.app.list().selected().unwrap();
    sitting.press(",gg,|-j jq<enter>");
    assert_eq!(input(&sitting), &Piped::Articles(vec![first, second], Format::Jsonl));
    assert_eq!(sitting.notice().unwrap(), "Running jq with 2 articles…");
    let selected = sitting.app.list().selected().unwrap();
    sitting.press("e");
    assert_eq!(asked(&sitting), Some(&ProgramJob::Edit(selected)), "the editor shows one");
}

#[test]
fn editor_and_pager_get_the_article_here() {
    let mut sitting = sitting();
    let first = sitting.app.list().selected().unwrap();
    sitting.press("e");
    assert_eq!(asked(&sitting), Some(&ProgramJob::Edit(first)));
    sitting.press("<enter>P");
    assert_eq!(asked(&sitting), Some(&ProgramJob::Page(first)));
    sitting.press("J:edit<enter>");
    assert!(matches!(asked(&sitting), Some(ProgramJob::Edit(other)) if *other != first));
    sitting.press(":pager<enter>");
    assert!(matches!(asked(&sitting), Some(ProgramJob::Page(other)) if *other != first));
}

#[test]
fn article_is_saved_in_the_format_that_the_file_ends_in() {
    let mut sitting = sitting();
    sitting.press("<enter>S");
    assert_eq!(sitting.app.prompt().unwrap().typed(), "harbour-bridge-to-close.md");
    sitting.press("<tab>");
    assert_eq!(sitting.app.prompt().unwrap().typed(), "harbour-bridge-to-close.txt");
    sitting.press("<tab>");
    assert_eq!(sitting.app.prompt().unwrap().typed(), "harbour-bridge-to-close.json");
    sitting.press("<enter>");
    assert_eq!(sitting.notice().unwrap(), "Saved to harbour-bridge-to-close.json");
    for file in ["a.md", "b.txt", "c.json", "d.TXT", "e"] {
        sitting.press(&format!(":save {file}<enter>"));
    }
    let json = ("harbour-bridge-to-close.json".to_owned(), Format::Json);
    let others = [
        ("a.md", Format::Markdown),
        ("b.txt", Format::Text),
        ("c.json", Format::Json),
        ("d.TXT", Format::Text),
        ("e", Format::Markdown),
    ];
    let others = others.map(|(file, format)| (file.to_owned(), format));
    assert_eq!(sitting.exported, [vec![json], others.to_vec()].concat());
    for (line, why) in [
        ("save notes/", "notes/ is a folder: name a file in it"),
        ("save ''", "A file is missing: save harbour-bridge-to-close.md"),
    ] {
        sitting.press(&format!(":{line}<enter>"));
        assert_eq!(sitting.notice().unwrap(), why);
    }
}

#[test]
fn file_that_exists_is_asked_about_before_an_article_is_saved_over_it() {
    let mut sitting = sitting();
    sitting.files.push("bridge.txt".to_owned());
    sitting.press("<enter>:save bridge.txt<enter>");
    assert!(sitting.exported.is_empty());
    assert_eq!(sitting.app.prompt().unwrap().label(), "file exists; overwrite? ");
    sitting.press("<enter>");
    assert_eq!(sitting.exported, [("bridge.txt".to_owned(), Format::Text)]);
}

#[test]
fn program_that_runs_for_long_is_told_and_stopped() {
    let mut sitting = sitting();
    sitting.press("<enter>");
    let run = Task { id: TaskId(7), kind: TaskKind::Run("sleep".to_owned()), progress: None };
    sitting.event(Event::Tasks(vec![run.clone()]));
    assert_eq!(sitting.notice().unwrap(), "Running sleep · Esc stops it");
    sitting.press("j");
    sitting.event(Event::Tasks(vec![run]));
    assert_eq!(sitting.notice(), None, "it is told once");
    sitting.press("<esc>");
    assert!(matches!(sitting.asked.last(), Some(Effect::StopTask(TaskId(7)))));
    assert_eq!(sitting.notice().unwrap(), "Stopping: Running sleep");
    sitting.event(Event::Tasks(Vec::new()));
    sitting.press("<esc>");
    assert!(sitting.place().starts_with("list: "));
}

fn own(name: &str, words: &[&str]) -> OwnCommand {
    OwnCommand { name: name.to_owned(), words: words.iter().map(|&word| word.to_owned()).collect() }
}

#[test]
fn commands_of_the_configuration_are_run_by_name() {
    let mut sitting = sitting();
    for keys in [":run<enter>", ":run send<enter>"] {
        sitting.press(keys);
        assert_eq!(sitting.notice().unwrap(), "The configuration has no commands to run");
    }
    let named = vec![own("send", &["prog", "{url}"]), own("cite", &["prog", "{quotation}", "{speaker}"])];
    sitting.app.know_commands(OwnCommands { named, notify: Vec::new() });
    let first = sitting.app.list().selected().unwrap();
    sitting.press(":run se<enter>");
    let run = |name: &str, words: &[&str], values: Vec<(&'static str, String)>| ProgramJob::Run {
        name: name.to_owned(),
        words: own(name, words).words,
        article: first,
        values,
    };
    assert_eq!(asked(&sitting), Some(&run("send", &["prog", "{url}"], Vec::new())));
    sitting.press("<enter>n:run cite<enter>");
    let Some(ProgramJob::Run { values, .. }) = asked(&sitting) else { panic!() };
    let [("quotation", quoted), ("speaker", speaker)] = &values[..] else { panic!("{values:?}") };
    assert!(quoted.starts_with("“The steel is telling us something"), "{quoted}");
    assert_eq!(speaker, "Ines Okafor");
    sitting.asked.clear();
    sitting.press(":run sned<enter>");
    assert_eq!(sitting.notice().unwrap(), "No command “sned” · did you mean send?");
    sitting.press("<esc>J:run cite<enter>");
    assert!(asked(&sitting).is_none() && sitting.notice().unwrap().starts_with("No quotation is selected"));
}

/// A reader of one article, with programs of its own to hand it to.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: TempDir::new().unwrap() };
        fs::create_dir(desk.path("news")).unwrap();
        let bridge = "date 2026-03-14 Harbour Bridge to Close\n“It is tired,” said Ines Okafor, the engineer.\n";
        fs::write(desk.path("news/bridge.txt"), bridge).unwrap();
        fs::write(desk.path("news/ferry.txt"), "date 2026-03-13 Ferry Runs\nIt floats. https://coast.example/f\n")
            .unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a program; returns its path.
    fn program(&self, name: &str, script: &str) -> String {
        let path = self.path(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn read(&self, variables: &[(&str, &str)]) -> Pty {
        let mut command = pullquote([self.path("news")]);
        for (name, value) in variables {
            command.env(name, value);
        }
        command.env("TMPDIR", self.folder.path());
        let pty = Pty::spawn(100, 30, command);
        pty.shows("2 articles");
        pty
    }
}

#[test]
fn editor_has_the_terminal_and_all_of_its_keys() {
    let desk = Desk::new();
    let editor = desk.program(
        "my editor",
        "cp \"$2\" \"$(dirname \"$0\")/seen\"; echo \"$1 has ${2##*/}\"; read keys; echo \"keys: $keys\"; read more; echo \"more: $more\"",
    );
    let mut pty = desk.read(&[("EDITOR", "false"), ("VISUAL", &format!("'{editor}' --wait"))]);
    pty.press("e").shows("--wait has harbour-bridge-to-close.md");
    let screen = pty.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    // They would quit, if they were ours.
    pty.press("QqQ\r").shows("keys: QqQ");
    pty.press("jjj\r").shows("Harbour Bridge to Close");
    pty.shows("2 articles");
    assert!(pty.screen().alternate_screen());
    let seen = fs::read_to_string(desk.path("seen")).unwrap();
    assert!(
        seen.starts_with("---\ntitle: \"Harbour Bridge to Close\"\ndate: 2026-03-14\n")
            && seen.contains("“It is tired,”")
    );
    pty.press("j").shows("2 of 2");
    pty.press("Q");
    let ending = pty.end();
    ending.gave_the_terminal_back();
    assert_eq!(ending.code, 0);
    let left = fs::read_dir(desk.folder.path()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    assert!(!left.into_iter().any(|name| name.starts_with("pullquote-")), "its copy is removed");
}

#[test]
fn editor_that_fails_or_is_missing_is_told() {
    let desk = Desk::new();
    let failing = desk.program("failing", "echo; echo 'no space left' >&2; exit 3");
    let killed = desk.program("killed", "kill -KILL $$");
    for (editor, why) in [
        (failing.as_str(), "failing failed with exit code 3: no space left"),
        (&killed, "killed was ended by signal SIGKILL"),
        ("/no/such/editor", "There is no program /no/such/editor"),
    ] {
        let mut pty = desk.read(&[("EDITOR", editor)]);
        pty.press("e").shows(why);
        pty.press("Q");
        assert_eq!(pty.end().code, 0);
    }
}

#[test]
fn signal_ends_the_program_that_has_the_terminal_and_the_reader() {
    let desk = Desk::new();
    for (signal, code, script) in [
        ("TERM", 143, "echo ready; exec sleep 1000"),
        ("HUP", 129, "trap '' HUP TERM; echo ready; while :; do sleep 1; done"),
    ] {
        let pager = desk.program("pager", script);
        let mut pty = desk.read(&[("PAGER", &pager)]);
        pty.press("P").shows("ready");
        pty.signal(signal);
        let ending = pty.end();
        ending.gave_the_terminal_back();
        assert_eq!(ending.code, code, "{signal}");
    }
}

#[test]
fn interrupt_in_the_pager_is_for_the_pager() {
    let desk = Desk::new();
    // The signal may come before a command begins that it would end: none of them lasts.
    let script = "trap 'echo caught; c=1' INT; cat; echo ready; while [ -z \"$c\" ]; do sleep 0.1; done; read line < /dev/tty; sleep 1";
    let pager = desk.program("pager", script);
    let mut pty = desk.read(&[("PAGER", &pager)]);
    pty.press("P").shows("ready");
    pty.press("\x03").shows("caught");
    pty.press("end\r").shows("2 articles");
    pty.press("\r").shows("Ines Okafor");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
}

/// What it printed is on the screen until a key is pressed, and that key is no command.
#[test]
fn pager_that_ends_at_once_waits_for_a_key() {
    let desk = Desk::new();
    let mut pty = desk.read(&[("PAGER", "cat")]);
    pty.press("P").shows("Press a key to return");
    let screen = pty.screen();
    assert!(
        !screen.alternate_screen() && text(&screen).contains("“It is tired,” said Ines Okafor"),
        "{}",
        text(&screen)
    );
    pty.press("Q").shows("1 of 2");
    assert!(pty.screen().alternate_screen());
    pty.press("\r").shows("Ines Okafor");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn screen_is_drawn_anew_when_a_browser_that_drew_on_it_ends() {
    let desk = Desk::new();
    fs::write(
        desk.path("news/bridge.txt"),
        "---\ntitle: Harbour Bridge to Close\ndate: 2026-03-14\nurl: https://coast.example/bridge\n---\nIt is shut.\n",
    )
    .unwrap();
    let scribbles = desk.program(
        "scribbles",
        "cd \"$(dirname \"$0\")\"; while [ ! -e draw ]; do sleep 0.1; done
         printf '\\033[2J\\033[Hscribbled' > /dev/tty; while [ ! -e end ]; do sleep 0.1; done",
    );
    let mut pty = desk.read(&[("BROWSER", &scribbles)]);
    pty.press("\ro").shows("Opening");
    fs::write(desk.path("draw"), "").unwrap();
    pty.shows("scribbled");
    fs::write(desk.path("end"), "").unwrap();
    pty.shows_no("scribbled");
    pty.shows("It is shut.");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
}

/// What a program said is cut where the screen is narrow; among the errors there is room for it.
#[test]
fn failure_of_a_program_is_among_the_errors() {
    let desk = Desk::new();
    let mut command = pullquote([desk.path("news")]);
    command.env("TMPDIR", desk.folder.path());
    let mut pty = Pty::spawn(30, 8, command);
    pty.shows("Harbour");
    pty.press("|sh -c 'echo the printer is on fire >&2; exit 9'\r").shows("sh failed with exit code");
    pty.press("!").shows("on fire");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn command_gets_the_article_and_its_answer_is_told() {
    let desk = Desk::new();
    let eats = desk.program("eats", "cat > \"$1\"; echo; echo \"took $(wc -l < \"$1\") lines\"; echo more");
    let mut pty = desk.read(&[]);
    let taken = desk.path("taken");
    pty.press(&format!("|'{eats}' '{}'\r", taken.display())).shows("eats: took 5 lines");
    assert!(fs::read_to_string(&taken).unwrap().starts_with("Harbour Bridge to Close\n14 March 2026\n"));
    for (line, why) in [
        ("sh -c 'echo odd >&2; exit 9'", "sh failed with exit code 9: odd"),
        ("sh -c 'kill -TERM $$'", "sh was ended by signal SIGTERM"),
        ("no-such-program x", "There is no program no-such-program"),
        ("yes", "yes wrote without end, and was ended"),
        ("true", "true has run"),
    ] {
        pty.press(&format!("|{line}\r")).shows(why);
    }
    pty.press("|sleep 1000\r").shows("Running sleep · Esc stops it");
    pty.press("j").shows("2 of 2");
    pty.press("\x1b").shows("sleep was stopped");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn browsers_are_tried_in_turn_and_get_the_terminal_that_they_need() {
    let desk = Desk::new();
    fs::write(
        desk.path("news/bridge.txt"),
        "---\ntitle: Harbour Bridge to Close\ndate: 2026-03-14\nurl: https://coast.example/bridge\n---\nIt is shut.\n",
    )
    .unwrap();
    // What it shows differs each time, as the terminal shows what it did before it starts.
    let text = desk.program(
        "w3m",
        "cd \"$(dirname \"$0\")\"; echo x >> runs; echo \"w3m $(wc -l < runs) shows $1\"; read key; exit $key",
    );
    let other = desk.program("lynx", "echo \"lynx shows $1\"; read key");
    let fails = desk.program("fails", "exit 1");
    let mut pty = desk.read(&[("BROWSER", &format!("/no/such:{fails}:{text} -p=%s:{other}"))]);
    pty.press("\ro").shows("w3m 1 shows -p=https://coast.example/bridge");
    pty.press("0\r").shows("It is shut.");
    pty.press("o").shows("w3m 2 shows");
    pty.press("4\r").shows("lynx shows https://coast.example/bridge");
    pty.press("\r").shows("It is shut.");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
    let mut pty = desk.read(&[("BROWSER", &format!("/no/such:{fails}"))]);
    pty.press("\ro").shows("cannot open https://coast.example/bridge: fails failed with exit code 1");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn command_of_the_configuration_gets_what_it_asks_for() {
    let desk = Desk::new();
    let bridge = "---\ntitle: --exec $(touch x) {url}\ndate: 2026-03-14\nsource: Coast Wire\nurl: https://coast.example/bridge\n---\n\
        “It is shut,” said Ines Okafor.\n";
    fs::write(desk.path("news/bridge.txt"), bridge).unwrap();
    let notes = desk.program(
        "notes",
        "cd \"$(dirname \"$0\")\"; for word; do echo \"<$word>\"; done > said; grep -c Okafor \"$6\"",
    );
    let config = desk.path("config.toml");
    let text = format!(
        "[keys.all]\n\"F5\" = \"run note\"\n[commands]\nnote = [\"{notes}\", \"{{headline}}\", \"{{publisher}}\", \"on {{date}}\", \
         \"{{url}}\", \"{{speaker}}: {{quotation}}\", \"{{file}}\"]\nweb = [\"true\", \"{{url}}\"]\n"
    );
    fs::write(&config, text).unwrap();
    let mut command = pullquote([desk.path("news").as_os_str(), "--config".as_ref(), config.as_os_str()]);
    command.env("TMPDIR", desk.folder.path());
    let mut pty = Pty::spawn(100, 30, command);
    pty.shows("2 articles");
    pty.press("\rn").shows("Ines Okafor 1 of 1");
    pty.press("\x1b[15~").shows("note: 1");
    let said = fs::read_to_string(desk.path("said")).unwrap();
    let (words, file) = said.trim_end().rsplit_once('\n').unwrap();
    assert_eq!(
        words,
        "<\u{2010}-exec $(touch x) {url}>\n<Coast Wire>\n<on 2026-03-14>\n<https://coast.example/bridge>\n\
         <Ines Okafor: “It is shut,”>"
    );
    assert!(file.ends_with("exec-touch-x-url.md>"), "{file}");
    assert!(!PathBuf::from(file.trim_matches(['<', '>'])).exists(), "its file is removed");
    pty.press("J").shows("It floats.");
    pty.press(":run web\r").shows("web was not run: this article has no web address");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn command_gets_all_picked_articles_and_ends_with_the_reader() {
    let desk = Desk::new();
    let mut pty = desk.read(&[]);
    let taken = desk.path("taken");
    let into = desk.program("into", "cat > \"$1\"; echo \"took it from $#\"");
    pty.press(&format!(":pick-all\r|-m '{into}' '{}'\r", taken.display())).shows("into: took it from 1");
    let text = fs::read_to_string(&taken).unwrap();
    assert!(text.starts_with("---\n") && text.contains("\n\n---\ntitle: \"Ferry Runs\""), "{text}");
    pty.press("|wc -l\r").shows("wc: 11");
    pty.press("|-j grep -c '^{\"'\r").shows("grep: 2");
    pty.press("|head -c 1\r").shows("head: H");
    let hangs = desk.program("hangs", "sleep 1000 & echo $! > \"$1\"; wait");
    pty.press(&format!("|'{hangs}' '{}'\r", desk.path("pid").display())).shows("Running hangs · Esc stops it");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
    let pid = fs::read_to_string(desk.path("pid")).unwrap();
    // Whoever takes in orphans may not have done so yet: it has ended or is a zombie.
    let state = fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
    assert!(state.is_err() || state.unwrap().contains(") Z "), "what it started has ended too");
}
