//! Logins of the configuration, whose passwords a command writes: to whom they are sent, how often the command runs, and that
//! the password is nowhere else.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use pullquote::fetch::{self, ErrorKind, Fetched, HttpClient, Limits, Logins, Proxy, Request};
use pullquote::user::Login;
use tempfile::TempDir;
use url::Url;

use crate::fetching::{feed, patient, request, trouble};
use crate::pty::{Pty, pullquote};
use crate::ran::Ran;
use crate::server::{Asked, Reply, Server, rss};

/// What must be nowhere but in requests.
const PASSWORD: &str = "hush-Zkw7-hush";

/// A folder with a password command that counts how often it runs.
struct Vault(TempDir);

impl Vault {
    fn new() -> Self {
        let vault = Self(TempDir::new().unwrap());
        vault.holds(PASSWORD);
        vault.runs_script("echo run >> \"$0.runs\"; sleep 0.2; cat \"$0.password\"; echo 'user: anna'");
        vault
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn holds(&self, password: &str) {
        fs::write(self.path("vault.password"), format!("{password}\n")).unwrap();
    }

    fn runs_script(&self, script: &str) {
        fs::write(self.path("vault"), format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(self.path("vault"), Permissions::from_mode(0o755)).unwrap();
    }

    /// How often the command has run.
    fn runs(&self) -> usize {
        fs::read_to_string(self.path("vault.runs")).map_or(0, |runs| runs.lines().count())
    }

    /// A login for this place.
    fn login(&self, at: &str) -> Login {
        let words = vec![self.path("vault").display().to_string(), "hush-argument".to_owned()];
        Login::new(Url::parse(at).unwrap(), "anna".to_owned(), words).unwrap()
    }

    fn client(&self, at: &str) -> HttpClient {
        HttpClient::new(patient()).with_logins(&Logins::new(vec![self.login(at)]))
    }

    /// A configuration with a login for this place.
    fn configure(&self, at: &str) {
        let command = self.path("vault").display().to_string();
        let text =
            format!("[[login]]\nat = \"{at}\"\nuser = \"anna\"\npassword_command = \"'{command}' hush-argument\"\n");
        fs::write(self.path("config.toml"), text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo_bin("pullquote"));
        command.args(arguments).args(["--library", "library.sqlite3", "--config", "config.toml"]);
        command.current_dir(self.0.path()).stdin(Stdio::null());
        for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "https_proxy", "http_proxy"] {
            command.env_remove(name);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    /// The password is in no file but that of the command itself.
    fn keeps_the_secret(&self) {
        let mut looked_at = 0;
        for file in fs::read_dir(self.0.path()).unwrap().map(|file| file.unwrap().path()) {
            let name = file.file_name().unwrap().to_str().unwrap();
            if !name.starts_with("vault") {
                assert!(!has_secret(&fs::read(&file).unwrap()), "{name}");
                looked_at += 1;
            }
        }
        assert!(looked_at >= 2);
    }
}

/// Whether the password is somewhere, as it is or as it is sent.
fn has_secret(bytes: &[u8]) -> bool {
    let sent = authorization(PASSWORD);
    let sent = sent.strip_prefix("Basic ").unwrap();
    let has = |words: &str| bytes.windows(words.len()).any(|window| window == words.as_bytes());
    has(PASSWORD) || has(sent)
}

fn authorization(password: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(format!("anna:{password}")))
}

/// A server that wants this password for all but `/open`.
fn guarded(password: &'static str) -> Server {
    Server::start(move |asked| answer(asked, password))
}

fn answer(asked: &Asked, password: &str) -> Reply {
    if asked.header("authorization") == Some(&authorization(password)) || asked.path == "/open" {
        let number = asked.path.bytes().map(usize::from).sum();
        Reply::ok(rss("Wire", number..number + 1))
    } else {
        Reply::new("401 Who", &[], "")
    }
}

/// A proxy that answers for all servers itself: what is asked first is to connect to one.
fn proxy(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |asked| match asked.path.as_str() {
        path if path.starts_with('/') => answer(asked),
        _ => Reply::Bytes(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()),
    })
}

fn sent(server: &Server) -> Vec<Option<String>> {
    server.asked().iter().map(|asked| asked.header("authorization").map(str::to_owned)).collect()
}

#[test]
fn login_is_sent_where_it_holds_and_nowhere_else() {
    let (vault, server, other) = (Vault::new(), guarded(PASSWORD), guarded(PASSWORD));
    let client = vault.client(&server.url("/feeds/"));
    let ask = |address: &str| fetch::fetch(&client, &request(address));
    feed(ask(&server.url("/feeds/a")));
    feed(ask(&server.url("/feeds/a/b?c")));
    assert_eq!(trouble(ask(&server.url("/feedsx"))).to_string(), "returned 401 (login required)");
    trouble(ask(&server.url("/")));
    trouble(ask(&other.url("/feeds/a")));
    trouble(ask(&server.url("/feeds/a").replace("127.0.0.1", "localhost")));
    let mine = Some(authorization(PASSWORD));
    assert_eq!(sent(&server), [mine.clone(), mine, None, None, None]);
    assert_eq!(sent(&other), [None]);
    assert_eq!(vault.runs(), 1);
    // A page, too.
    assert!(fetch::fetch_page(&client, &request(&server.url("/feeds/story"))).is_ok());
}

#[test]
fn redirect_neither_carries_a_login_away_nor_brings_one() {
    let vault = Vault::new();
    let wire = Server::start(|asked| match asked.path.as_str() {
        "/feeds/within" | "/open/in" => Reply::to(301, "/feeds/a"),
        "/feeds/out" => Reply::to(301, "/open"),
        "/feeds/away" => Reply::to(301, "http://other.example/feeds/a"),
        _ => answer(asked, PASSWORD),
    });
    let client = vault.client(&wire.url("/feeds/"));
    let mine = Some(authorization(PASSWORD));
    assert_eq!(feed(fetch::fetch(&client, &request(&wire.url("/feeds/within")))).moved_to, Some(wire.url("/feeds/a")));
    feed(fetch::fetch(&client, &request(&wire.url("/feeds/out"))));
    feed(fetch::fetch(&client, &request(&wire.url("/open/in"))));
    assert_eq!(sent(&wire), [mine.clone(), mine.clone(), mine.clone(), None, None, mine.clone()]);

    let wired = wire.url("/feeds/a");
    let world = proxy(move |asked| match asked.path.as_str() {
        "/to-wire" => Reply::to(302, &wired),
        _ => Reply::ok(rss("Other", 0..1)),
    });
    let proxy = Proxy::At(world.url("/"));
    let away = feed(fetch::fetch(&client, &Request { proxy: proxy.clone(), ..Request::of(&wire.url("/feeds/away")) }));
    assert_eq!(away.articles[0].origin.to_string(), "http://other.example/feeds/a");
    assert_eq!(away.moved_to, None, "where it needs a login it stays, as with one in its address");
    assert_eq!((sent(&wire).pop(), sent(&world)), (Some(mine), vec![None; 2]));
    let back = Request { proxy, ..Request::of("http://other.example/to-wire") };
    assert!(matches!(trouble(fetch::fetch(&client, &back)).kind, ErrorKind::PrivateHost(_)));
    assert_eq!((wire.paths().len(), sent(&world)), (7, vec![None; 4]));
}

/// What is in the open stays in this computer.
#[test]
fn login_without_tls_goes_past_a_proxy() {
    let (vault, server, proxy) = (Vault::new(), guarded(PASSWORD), proxy(|_| Reply::ok(rss("Proxy", 0..1))));
    let client = vault.client(&server.url("/feeds"));
    let ask = |path: &str| {
        let url = server.url(path);
        feed(fetch::fetch(&client, &Request { proxy: Proxy::At(proxy.url("/")), ..Request::of(&url) })).title
    };
    assert_eq!(ask("/feeds/a").as_deref(), Some("Wire"));
    assert_eq!(ask("/open").as_deref(), Some("Proxy"), "as everything else");
    assert_eq!(sent(&proxy), [None, None]);
}

#[test]
fn wrong_password_is_told_as_what_it_is() {
    let (vault, server) = (Vault::new(), guarded("new"));
    let client = vault.client(&server.url("/"));
    let error = trouble(fetch::fetch(&client, &request(&server.url("/feed"))));
    assert_eq!(error.to_string(), "refused the user or the password of its [[login]] (401)");
    assert_eq!(error.hint(), "check user and password_command of the [[login]] in the configuration");
    vault.holds("newer");
    let error = trouble(fetch::fetch(&client, &request(&server.url("/feed"))));
    assert!(matches!(error.kind, ErrorKind::LoginRefused), "another one that is wrong, too: {error}");
}

#[test]
fn own_login_of_a_feed_wins() {
    let (vault, server) = (Vault::new(), guarded("own"));
    let client = vault.client(&server.url("/"));
    feed(fetch::fetch(&client, &request(&server.url("/feed").replace("http://", "http://anna:own@"))));
    let headers = [("authorization".to_owned(), authorization("own"))];
    feed(fetch::fetch(&client, &Request { headers: &headers, ..request(&server.url("/feed")) }));
    assert_eq!(vault.runs(), 0);
}

#[test]
fn the_closest_login_holds() {
    let (vault, server) = (Vault::new(), guarded(PASSWORD));
    let missing = Login::new(Url::parse(&server.url("/")).unwrap(), "rob".to_owned(), vec!["/nowhere/rob".to_owned()]);
    let logins = Logins::new(vec![missing.unwrap(), vault.login(&server.url("/feeds"))]);
    let client = HttpClient::new(patient()).with_logins(&logins);
    feed(fetch::fetch(&client, &request(&server.url("/feeds/a"))));
    let error = trouble(fetch::fetch(&client, &request(&server.url("/other"))));
    assert_eq!(error.to_string(), "was not asked: the password command `rob` does not exist");
    assert_eq!(server.paths(), ["/feeds/a"]);
}

#[test]
fn command_runs_once_for_many_and_once_more_after_a_refusal() {
    let (vault, server) = (Vault::new(), guarded("new"));
    let logins = Logins::new(vec![vault.login(&server.url("/"))]);
    let all = |expected: bool| {
        let client = HttpClient::new(patient()).with_logins(&logins);
        thread::scope(|scope| {
            for number in 0..6 {
                let (client, url) = (&client, server.url(&format!("/{number}")));
                scope.spawn(move || {
                    let fetched = fetch::fetch(client, &request(&url));
                    assert_eq!(matches!(fetched, Fetched::Feed(_)), expected, "{fetched:?}");
                });
            }
        });
    };
    all(false);
    assert_eq!(vault.runs(), 2, "once, and once more after a 401");
    assert_eq!(server.paths().len(), 6, "the same password is not sent twice");
    all(false);
    assert_eq!(vault.runs(), 3, "what is known is tried first");
    vault.holds("new");
    all(true);
    assert_eq!(vault.runs(), 4);
    all(true);
    assert_eq!(vault.runs(), 4);
    // What the configuration has still keeps its password.
    logins.set(vec![vault.login(&server.url("/")), vault.login(&server.url("/other"))]);
    all(true);
    assert_eq!(vault.runs(), 4);
    logins.set(Vec::new());
    all(false);
    assert_eq!(vault.runs(), 4);
}

#[test]
fn command_that_fails_is_that_feeds_error_and_runs_once_in_a_refresh() {
    let (vault, server) = (Vault::new(), guarded(PASSWORD));
    vault.runs_script("echo run >> \"$0.runs\"; echo hush; echo hush >&2; exit 7");
    let client = vault.client(&server.url("/feeds"));
    for path in ["/feeds/a", "/feeds/b"] {
        let error = trouble(fetch::fetch(&client, &request(&server.url(path)))).to_string();
        assert_eq!(error, "was not asked: the password command `vault` ended with exit code 7");
    }
    assert_eq!((vault.runs(), server.paths().len()), (1, 0));
    feed(fetch::fetch(&client, &request(&server.url("/open"))));
}

#[test]
fn command_that_hangs_is_ended() {
    let (vault, server) = (Vault::new(), guarded(PASSWORD));
    vault.runs_script("sleep 1000");
    let limits = Limits { password: Duration::from_millis(200), ..patient() };
    let logins = Logins::new(vec![vault.login(&server.url("/"))]);
    let client = HttpClient::new(limits).with_logins(&logins);
    let error = trouble(fetch::fetch(&client, &request(&server.url("/a")))).to_string();
    assert_eq!(error, "was not asked: the password command `vault` took longer than 200 ms");
    // The end of the program, or of the refresh, ends it too.
    let (client, begun) = (HttpClient::new(patient()).with_logins(&logins), Instant::now());
    thread::scope(|scope| {
        let url = server.url("/b");
        let fetched = scope.spawn(move || fetch::fetch(&client, &request(&url)));
        logins.shut_down();
        trouble(fetched.join().unwrap());
    });
    assert!(begun.elapsed() < Duration::from_secs(15));
    assert!(server.paths().is_empty());
}

#[test]
fn time_of_the_command_is_not_time_of_the_server() {
    let (vault, server) = (Vault::new(), guarded(PASSWORD));
    vault.runs_script("sleep 1; cat \"$0.password\"");
    let limits = Limits { total: Duration::from_millis(900), ..patient() };
    let logins = Logins::new(vec![vault.login(&server.url("/"))]);
    feed(fetch::fetch(&HttpClient::new(limits).with_logins(&logins), &request(&server.url("/a"))));
}

#[test]
fn password_is_in_no_file_message_or_export() {
    let (vault, server) = (Vault::new(), guarded(PASSWORD));
    vault.configure(&server.url("/feeds/"));
    let url = server.url("/feeds/a");
    let mut said = Vec::new();
    let mut run = |arguments: &[&str]| {
        let ran = vault.run(arguments);
        said.push(ran.out.clone() + &ran.err);
        ran
    };
    let ran = run(&["add", &url]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(vault.runs(), 1);
    let ran = run(&["refresh", "--all"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    run(&["set", &url, "--full-text", "on"]);
    run(&["set", &url]);
    for (name, arguments) in [("articles.jsonl", &["export"][..]), ("feeds.opml", &["export", "--format", "opml"])] {
        let ran = run(arguments);
        assert!(ran.out.contains("127.0.0.1"), "{arguments:?}: {}", ran.out);
        fs::write(vault.path(name), ran.out).unwrap();
    }
    vault.keeps_the_secret();
    vault.runs_script("cat \"$0.password\"; cat \"$0.password\" >&2; exit 3");
    let ran = run(&["refresh", "--all"]);
    let why = "/feeds/a was not asked: the password command `vault` ended with exit code 3";
    assert!(ran.code == Some(2) && ran.err.contains(why), "{}", ran.err);
    vault.keeps_the_secret();
    run(&["list"]);
    run(&["config", "--check"]);
    for said in said {
        assert!(!has_secret(said.as_bytes()) && !said.contains("hush-argument"), "{said}");
    }
    let debug = format!("{:?}", Logins::new(vec![vault.login(&server.url("/"))]));
    assert!(debug.contains("vault") && !debug.contains("hush"), "{debug}");
}

#[test]
fn reader_refreshes_with_a_login_and_takes_over_a_new_one() {
    let (vault, server) = (Vault::new(), guarded(PASSWORD));
    fs::write(vault.path("config.toml"), "").unwrap();
    vault.run(&["add", &server.url("/open")]);
    let library = vault.path("library.sqlite3");
    let config = vault.path("config.toml");
    let arguments = ["--library".as_ref(), library.as_os_str(), "--config".as_ref(), config.as_os_str()];
    let mut pty = Pty::spawn(110, 30, pullquote(arguments));
    pty.shows("1 article");
    pty.press(&format!("a{}\r", server.url("/feeds/a")));
    pty.shows("No feed at");
    pty.press("!").shows("401");
    pty.press("\x1b").shows_no("401");
    vault.configure(&server.url("/feeds/"));
    pty.press(":reload\r").shows("The configuration was read again");
    pty.press(&format!("a{}\r", server.url("/feeds/a")));
    pty.shows("Subscribed to Wire");
    pty.shows("2 articles");
    pty.press("R").shows("No new articles");
    assert_eq!(vault.runs(), 1);
    pty.press("Q");
    let ending = pty.end();
    assert!(ending.code == 0 && !has_secret(&ending.bytes));
    vault.keeps_the_secret();
}

#[test]
fn page_that_the_reader_is_opened_on_gets_its_login() {
    let (vault, server) = (Vault::new(), guarded(PASSWORD));
    vault.configure(&server.url("/feeds/"));
    let config = vault.path("config.toml").display().to_string();
    let mut pty = Pty::spawn(110, 30, pullquote([server.url("/feeds/a"), "--config".to_owned(), config]));
    pty.shows("1 article");
    pty.press("Q");
    assert_eq!((pty.end().code, vault.runs()), (0, 1));
}
