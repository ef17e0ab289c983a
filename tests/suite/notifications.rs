//! Notifications: after a refresh, of what rules name, once for all of it.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;

use pullquote::app::{Effect, Event, NotifyJob, OwnCommands};
use pullquote::article::ArticleId;
use pullquote::library::Written;
use pullquote::user::{Notification, NotifiedArticle};
use rustix::process::{Pid, Signal, kill_process};

use crate::pty::{Pty, pullquote};
use crate::retention::Fixture;
use crate::server::{Reply, Server, rss};
use crate::sitting::Sitting;
use crate::user_actions::undo;

/// A feed that has two stories, and at each request one more.
fn growing() -> Server {
    let stories = Arc::new(AtomicUsize::new(2));
    Server::start(move |_| Reply::ok(rss("Coast Wire", 0..stories.fetch_add(1, Ordering::Relaxed))))
}

/// What the configuration says of the command that notifies, which writes each of its arguments to a line of `told`.
const COMMAND: &str =
    "notify_command = [\"sh\", \"HOME/tell\", \"{count}\", \"{headlines}\", \"{publisher}\", \"{url}\"]\n";

const RULES: &str = "\n[[rule]]\nwhen = 'title:story'\ndo = [\"notify\"]\n";

/// A home whose configuration has the command, and says this besides.
fn fixture(options: &str, rules: &str) -> Fixture {
    let fixture = Fixture::new("");
    write(&fixture, "tell", "printf '%s\\n' \"$@\" >> HOME/told\n");
    write(&fixture, "pullquote/config.toml", &format!("{options}{COMMAND}{rules}"));
    fixture
}

/// Writes a file in which HOME stands for the path of the fixture.
fn write(fixture: &Fixture, name: &str, text: &str) {
    let home = fixture.path().display().to_string();
    fs::write(fixture.path().join(name), text.replace("HOME", &home)).unwrap();
}

fn told(fixture: &Fixture) -> String {
    fs::read_to_string(fixture.path().join("told")).unwrap_or_default()
}

#[test]
fn refresh_tells_of_what_rules_name_once() {
    let (fixture, server) = (fixture("", RULES), growing());
    let feed = server.url("/feed");
    fixture.good(&["add", &feed]);
    assert_eq!(told(&fixture), "2\nStory 0\nStory 1\nCoast Wire\nhttps://coast.example/story/0\n");
    fs::remove_file(fixture.path().join("told")).unwrap();
    fixture.good(&["refresh", "--all"]);
    assert_eq!(told(&fixture), "1\nStory 2\nCoast Wire\nhttps://coast.example/story/2\n");
    // What a rule did stands in the record of the article, and nothing of it in the history.
    let library = fixture.library();
    let all: Vec<_> = library.ids().unwrap();
    for id in all {
        let results = library.rule_results(id).unwrap();
        assert_eq!(results.iter().map(|result| result.did.as_str()).collect::<Vec<_>>(), ["notify"]);
    }
    assert!(matches!(undo(&library), Written::Nothing(_)));
}

#[test]
fn nothing_is_told_without_a_rule_or_of_what_is_known() {
    let fixture = fixture("", "\n[[rule]]\nwhen = 'title:tide'\ndo = [\"notify\", \"star\"]\n");
    let server = growing();
    fixture.good(&["add", &server.url("/feed")]);
    fixture.good(&["refresh", "--all"]);
    assert_eq!(told(&fixture), "");
    write(&fixture, "pullquote/config.toml", &format!("{COMMAND}{RULES}"));
    let test = fixture.good(&["rules", "--test"]);
    assert!(test.contains("title:story → notify\n  3 of 3 articles\n"), "{test}");
    let apply = fixture.run(&["rules", "--apply"]);
    assert_eq!((apply.code, told(&fixture).as_str()), (Some(1), ""), "nobody is told of what is there");
}

#[test]
fn command_that_fails_is_told_and_loses_nothing() {
    let server = growing();
    for (script, wanted) in [("exit 3", "exit code 3"), ("echo no bus >&2; exit 1", "no bus"), ("kill -9 $$", "signal")]
    {
        let fixture = fixture("", RULES);
        fs::write(fixture.path().join("tell"), script).unwrap();
        let ran = fixture.run(&["add", &server.url("/feed")]);
        assert!(ran.code == Some(0) && ran.err.contains(wanted), "{script}: {}", ran.err);
        assert!(fixture.library().ids().unwrap().len() > 1);
    }
    let none =
        Fixture::new("notify_command = [\"/no/such/program\"]\n[[rule]]\nwhen = 'is:unread'\ndo = [\"notify\"]\n");
    let ran = none.run(&["add", &server.url("/feed")]);
    assert!(ran.code == Some(0) && ran.err.contains("/no/such/program"), "{}", ran.err);
}

#[test]
fn wrong_notify_command_is_told_with_its_place() {
    let check = |config: &str| Fixture::new(config).run(&["config", "--check"]).err;
    let wrong = check("notify_command = \"notify-send\"\n");
    assert!(wrong.contains("config.toml:1:18:"), "{wrong}");
    let wrong = check("notify_command = [\"notify-send\", \"{healdine}\"]\n");
    assert!(wrong.contains("unknown placeholder “healdine” · did you mean headline?"), "{wrong}");
    let wrong = check("notify = [\"horn\"]\n");
    assert!(wrong.contains("config.toml:1:10: notify is a list of bell, osc9, osc777"), "{wrong}");
    assert!(check("notify = []\nnotify-command = [\"true\"]\n").contains("holds"));
}

#[test]
fn reader_says_what_is_new_and_asks_for_the_ways_of_the_configuration() {
    let mut sitting = Sitting::empty(80, 24);
    let article = |headline: &str| NotifiedArticle {
        id: ArticleId(7),
        headline: headline.to_owned(),
        publisher: Some("Coast Wire".to_owned()),
        url: None,
    };
    sitting.app.know_commands(OwnCommands { named: Vec::new(), notify: vec!["tell".to_owned()] });
    let about = Notification::about(vec![article("Ferry halted"), article("Bridge open")]).unwrap();
    sitting.press(":set notify=osc9,bell<enter>");
    sitting.event(Event::Notified(about.clone()));
    assert_eq!(sitting.notice().unwrap(), "2 new: Ferry halted");
    let asked =
        sitting.asked.iter().rev().find_map(|effect| if let Effect::Notify(job) = effect { Some(job) } else { None });
    let wanted = NotifyJob { about, ways: "osc9,bell".to_owned(), command: vec!["tell".to_owned()] };
    assert_eq!(asked, Some(&wanted));
}

#[test]
fn reader_rings_the_bell_and_tells_the_terminal_and_the_program() {
    let (fixture, server) = (fixture("notify = [\"bell\", \"osc777\"]\n", RULES), growing());
    fixture.good(&["add", &server.url("/feed")]);
    let library = fixture.path().join("l.sqlite3").display().to_string();
    let mut command = pullquote(["--library", &library]);
    command.env("XDG_CONFIG_HOME", fixture.path());
    command.env_remove("TMUX");
    let mut pty = Pty::spawn(80, 24, command);
    pty.shows("Story 0");
    pty.press("R");
    pty.shows("New: Story 2");
    until("the program is told", || told(&fixture).contains("Story 2"));
    let bytes = pty.bytes();
    let has = |sequence: &[u8]| bytes.windows(sequence.len()).any(|window| window == sequence);
    assert!(has(b"\x1b]777;notify;Coast Wire;Story 2\x1b\\"));
    assert!(has(b"\x07\x1b]777"));
}

#[test]
fn what_a_rule_hides_is_not_announced() {
    let rules = format!("{RULES}\n[[rule]]\nwhen = 'title:\"story 1\"'\ndo = [\"hide\"]\n");
    let (fixture, server) = (fixture("", &rules), growing());
    fixture.good(&["add", &server.url("/feed")]);
    assert_eq!(told(&fixture), "1\nStory 0\nCoast Wire\nhttps://coast.example/story/0\n");
}

#[test]
fn several_feeds_that_are_added_are_one_notification() {
    let (fixture, server) = (
        fixture("", RULES),
        Server::start(|asked| {
            let (name, from) = if asked.path == "/a" { ("Coast Wire", 0) } else { ("Harbour Times", 5) };
            Reply::ok(rss(name, from..from + 2))
        }),
    );
    fixture.good(&["add", &server.url("/a"), &server.url("/b")]);
    assert_eq!(told(&fixture), "4\nStory 0\nStory 1\nStory 5\nStory 6\nCoast Wire\nhttps://coast.example/story/0\n");
}

#[test]
fn failure_of_the_command_is_listed_and_what_is_new_stays_in_sight() {
    let mut sitting = Sitting::empty(80, 24);
    let article = NotifiedArticle { id: ArticleId(7), headline: "Ferry halted".to_owned(), publisher: None, url: None };
    sitting.event(Event::Notified(Notification::about(vec![article]).unwrap()));
    sitting.event(Event::NotifyFailed("tell failed with exit code 1".to_owned()));
    assert_eq!(sitting.notice().unwrap(), "New: Ferry halted");
    assert_eq!(sitting.app.progress().skipped[0].reason, "tell failed with exit code 1");
}

#[test]
fn what_a_refresh_brought_is_told_though_the_reader_ends() {
    let fixture = fixture("notify = []\n", RULES);
    // One feed answers, the other never does.
    let server = Server::start({
        let asked_before = AtomicUsize::new(0);
        move |asked| match (asked.path.as_str(), asked_before.fetch_add(1, Ordering::Relaxed)) {
            ("/slow", 0..=1) => Reply::ok(rss("Slow", 7..8)),
            ("/slow", _) => Reply::Silence,
            (_, 0..=1) => Reply::ok(rss("Coast Wire", 0..1)),
            _ => Reply::ok(rss("Coast Wire", 0..2)),
        }
    });
    fixture.good(&["add", &server.url("/feed"), &server.url("/slow")]);
    fs::remove_file(fixture.path().join("told")).unwrap();
    let library = fixture.path().join("l.sqlite3").display().to_string();
    let mut command = pullquote(["--library", &library]);
    command.env("XDG_CONFIG_HOME", fixture.path());
    let mut pty = Pty::spawn(80, 24, command);
    pty.shows("Story 0");
    pty.press("R");
    pty.shows("Story 1");
    until("the article is committed", || fixture.library().ids().unwrap().len() == 3);
    assert_eq!(told(&fixture), "", "the refresh is still under way");
    pty.press("Q");
    pty.end();
    assert!(told(&fixture).contains("Story 1"), "{}", told(&fixture));
}

#[test]
fn signal_that_is_ignored_from_the_start_ends_nothing() {
    let (fixture, server) = (fixture("", RULES), growing());
    write(&fixture, "tell", "kill -HUP $PPID; echo told > HOME/told\n");
    let program = cargo_bin("pullquote");
    let script = format!("trap '' HUP; exec '{}' --library l.sqlite3 add {}", program.display(), server.url("/feed"));
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script]).current_dir(fixture.path()).env("XDG_CONFIG_HOME", fixture.path());
    let ran = command.output().unwrap();
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    assert_eq!(told(&fixture), "told\n");
}

#[test]
fn signal_ends_the_program_that_notifies() {
    let (fixture, server) = (fixture("", RULES), growing());
    write(&fixture, "tell", "sleep 1000 & echo $! > HOME/pid; wait\n");
    let mut command = std::process::Command::new(cargo_bin("pullquote"));
    command.args(["--library", "l.sqlite3", "add", &server.url("/feed")]).current_dir(fixture.path());
    let mut ran = command.env("XDG_CONFIG_HOME", fixture.path()).stdout(Stdio::null()).spawn().unwrap();
    let pid = await_file(&fixture.path().join("pid"));
    kill_process(Pid::from_child(&ran), Signal::TERM).unwrap();
    let ended = ran.wait().unwrap();
    assert_eq!(ended.signal(), Some(15));
    let stat = format!("/proc/{pid}/stat");
    // The system ends it in its own time; then it is a zombie process until init waits for it.
    until("the program has ended", || fs::read_to_string(&stat).map_or(true, |state| state.contains(") Z ")));
}

/// How long is waited for something.
const LATE: Duration = Duration::from_secs(20);

/// What another program writes into a file.
fn await_file(path: &Path) -> String {
    let text = || fs::read_to_string(path).unwrap_or_default();
    until("another program has written", || text().ends_with('\n'));
    text().trim().to_owned()
}

/// Waits until something holds that no screen shows.
#[track_caller]
fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < LATE, "too late: {what}");
        std::thread::yield_now();
    }
}
