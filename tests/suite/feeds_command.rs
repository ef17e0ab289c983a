//! The commands about feeds, run as programs against a server on loopback.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use assert_cmd::cargo::cargo_bin;
use pullquote::library::{FeedSettings, Library};
use pullquote::quotes::SpeakerCorrection;
use pullquote::user::UserAction;
use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::pty::{Ending, Pty, text};
use crate::ran::Ran;
use crate::user_actions::starred;

use super::server::{Asked, Reply, Server, rss};

/// A folder with a library in it.
struct Fixture(TempDir);

impl Fixture {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo_bin("pullquote"));
        command.args(arguments).args(["--library", "library.sqlite3"]).current_dir(self.0.path());
        for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "https_proxy", "http_proxy"] {
            command.env_remove(name);
        }
        command.stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    fn good(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}: {}", ran.out);
        ran.out
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    fn library(&self) -> Library {
        Library::open(&self.0.path().join("library.sqlite3")).unwrap()
    }
}

/// A feed that grows by one entry with each request, and has an `ETag` for it.
fn growing() -> Server {
    let entries = AtomicUsize::new(2);
    Server::start(move |_| {
        let entries = entries.fetch_add(1, Ordering::SeqCst);
        Reply::new("200 OK", &[("ETag", "\"x\"")], rss("Coast", 0..entries))
    })
}

#[test]
fn feed_is_added_refreshed_and_removed() {
    let (fixture, server) = (Fixture::new(), growing());
    let url = server.url("/feed");
    assert_eq!(fixture.good(&["add", &url]), format!("Coast: 2 articles, from {url}\n"));
    assert_eq!(fixture.good(&["add", &url]), format!("already subscribed to Coast: {url}\n"));
    assert_eq!(server.paths().len(), 1);
    assert!(fixture.good(&["list"]).contains(&format!("        2  Coast  {url}  2 unread\n")));
    let known = json!({"feed": "Coast", "url": url, "new": false, "articles": 0, "error": null});
    assert_eq!(serde_json::from_str::<Value>(&fixture.good(&["add", "--json", &url])).unwrap(), known);
    let feed = json!({"name": "Coast", "url": url, "articles": 2, "unread": 2, "paused": false, "error": null});
    let listed: Value = serde_json::from_str(&fixture.good(&["list", "--json"])).unwrap();
    assert_eq!(listed, json!({"folders": [], "feeds": [feed], "articles": 2}));
    let out = fixture.good(&["refresh"]);
    assert!(out.contains("1 new     0 updated  Coast\n1 new, 0 updated; 1 feed checked, 0 failed"), "{out}");
    assert_eq!(server.asked()[1].header("if-none-match"), Some("\"x\""));
    assert!(fixture.good(&["quotes", "--speaker", "okafor"]).contains("The tide of day 2 is high"));
    assert!(fixture.good(&["search", "tide"]).contains("Story 1"));

    assert_eq!(fixture.good(&["remove", &url]), "unsubscribed from Coast; its articles stay\n");
    let ran = fixture.run(&["remove", &url]);
    assert!(ran.code == Some(2) && ran.err.contains("is not a feed of the library"), "{}", ran.err);
    assert_eq!(fixture.library().ids().unwrap().len(), 3);
    let ran = fixture.run(&["refresh"]);
    assert_eq!((ran.out.as_str(), ran.code), ("", Some(1)), "{}", ran.err);
}

#[test]
fn unchanged_feed_is_no_failure() {
    let server = Server::start(|asked| match asked.header("if-none-match") {
        Some("\"x\"") => Reply::new("304 Not Modified", &[], ""),
        _ => Reply::new("200 OK", &[("ETag", "\"x\"")], rss("Coast", 0..2)),
    });
    let fixture = Fixture::new();
    fixture.good(&["add", &server.url("/feed")]);
    let report: Value = serde_json::from_str(&fixture.good(&["refresh", "--json"])).unwrap();
    assert_eq!(
        (&report["new"], &report["failed"], &report["sources"][0]["name"]),
        (&0.into(), &0.into(), &"Coast".into())
    );
    assert_eq!(fixture.good(&["refresh", "--all"]), "0 new, 0 updated; 1 feed checked, 0 failed\n");
    assert_eq!(server.paths().len(), 3);
}

#[test]
fn entry_that_changes_is_counted_and_one_that_vanishes_stays() {
    let turn = AtomicUsize::new(0);
    let server = Server::start(move |_| match turn.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::ok(rss("Coast", 0..3)),
        1 => Reply::ok(rss("Coast", 1..4).replace("tide of day 2 is high", "tide of day 2 is low after all")),
        _ => Reply::ok(rss("Coast", 0..0)),
    });
    let fixture = Fixture::new();
    fixture.good(&["add", &server.url("/feed")]);
    let out = fixture.good(&["refresh"]);
    assert!(out.ends_with("1 new, 1 updated; 1 feed checked, 0 failed\n"), "{out}");
    assert!(fixture.good(&["refresh"]).ends_with("0 new, 0 updated; 1 feed checked, 0 failed\n"));
    assert_eq!(fixture.library().ids().unwrap().len(), 4);
    assert_eq!(fixture.good(&["search", "low after all"]).lines().count(), 1, "the new words are kept");
    assert_eq!(fixture.run(&["search", "\"day 2 is high\""]).code, Some(1), "in the place of the old ones");
}

#[test]
fn page_leads_to_its_feed() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/one" => Reply::ok("<!doctype html><link rel=alternate type=application/rss+xml href=/named>"),
        "/two" => Reply::ok(
            "<!doctype html><link rel=alternate type=application/rss+xml title='All \u{1b}[31mnews' href=/named>\
             <link rel=alternate type=application/atom+xml title=Sport href=/sport>",
        ),
        "/none" => Reply::ok("<!doctype html><p>Nothing to see"),
        "/blog/" => Reply::ok("<!doctype html><p>Only a common place"),
        "/named" | "/sport" | "/blog/index.xml" => Reply::ok(rss("Named", 0..1)),
        _ => Reply::new("404 Not Found", &[], ""),
    });
    let fixture = Fixture::new();
    let named = server.url("/named");
    assert_eq!(fixture.good(&["add", &server.url("/one")]), format!("Named: 1 article, from {named}\n"));
    assert!(fixture.good(&["add", &server.url("/blog/")]).contains(&server.url("/blog/index.xml")));
    let ran = fixture.run(&["add", &server.url("/two")]);
    assert_eq!((ran.out.as_str(), ran.code), ("", Some(2)));
    let shown = format!("   1  {named}  All news\n   2  {}  Sport\n", server.url("/sport"));
    assert!(ran.err.contains(&shown) && ran.err.contains("hint: add one of them"), "{}", ran.err);
    let ran = fixture.run(&["add", &server.url("/none")]);
    assert!(ran.code == Some(2) && ran.err.contains("/none links to no feed"), "{}", ran.err);
}

#[test]
fn page_that_names_a_feed_is_not_left_by_a_refresh() {
    let link = "<link rel=alternate type=application/rss+xml href=/f>";
    let refresh = "<meta http-equiv=refresh content='0;url=/enablejs'>";
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/noscript" => Reply::ok(format!("<!doctype html><noscript>{refresh}</noscript>{link}")),
        "/bare" => Reply::ok(format!("<!doctype html>{refresh}{link}")),
        "/template" => Reply::ok(format!("<!doctype html><template>{refresh}</template>{link}")),
        "/refresh" => Reply::new("200 OK", &[("Refresh", "0;url=/enablejs")], format!("<!doctype html>{link}")),
        "/link" => {
            let named = ("Link", "</f>; rel=alternate; type=\"application/rss+xml\"");
            Reply::new("200 OK", &[named], format!("<!doctype html>{refresh}"))
        }
        "/f" => Reply::ok(rss("Coast", 0..1)),
        _ => Reply::ok("<!doctype html><p>Scripts are off"),
    });
    for path in ["/noscript", "/bare", "/template", "/refresh", "/link"] {
        let out = Fixture::new().good(&["add", &server.url(path)]);
        assert_eq!(out, format!("Coast: 1 article, from {}\n", server.url("/f")), "{path}");
    }
}

#[test]
fn page_that_refreshes_in_a_loop_is_searched_for_a_feed() {
    let page = |to: &str| Reply::ok(format!("<!doctype html><meta http-equiv=refresh content='5;url={to}'><p>Coast"));
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/self/" => page("/self/"),
        "/ping/" => page("/pong/"),
        "/pong/" => page("/ping/"),
        "/self/feed" | "/ping/feed" => Reply::ok(rss("Coast", 0..1)),
        _ => Reply::new("404 Not Found", &[], ""),
    });
    for path in ["/self/", "/ping/"] {
        let out = Fixture::new().good(&["add", &server.url(path)]);
        assert_eq!(out, format!("Coast: 1 article, from {}feed\n", server.url(path)));
    }
}

#[test]
fn failed_add_promises_nothing() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/gone" => Reply::new("410 Gone", &[], ""),
        "/nowhere" => Reply::new("302 Found", &[], ""),
        _ => Reply::new("500 Oops", &[], ""),
    });
    for (path, why) in [
        ("/gone", "returned 410 (gone)\npullquote: hint: the feed may have moved"),
        ("/nowhere", "redirects without a Location header\npullquote: hint: the server is set up wrongly"),
        ("/broken", "returned 500 (server error)\npullquote: hint: try again later"),
    ] {
        let ran = Fixture::new().run(&["add", &server.url(path)]);
        assert!(ran.code == Some(2) && ran.err.contains(why) && !ran.err.contains("retried"), "{}", ran.err);
    }
}

#[test]
fn scheme_feed_is_asked_over_http_where_nothing_answers_over_https() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/f" => Reply::ok(rss("Coast", 0..1)),
        _ => Reply::new("404 Not Found", &[], ""),
    });
    let fixture = Fixture::new();
    let typed = server.url("/f").replace("http:", "FEED:");
    assert_eq!(fixture.good(&["add", &typed]), format!("Coast: 1 article, from {}\n", server.url("/f")));
    assert!(fixture.good(&["add", &typed]).starts_with("already subscribed to Coast"));
    assert!(fixture.good(&["refresh", "--all"]).ends_with("1 feed checked, 0 failed\n"));
    let ran = fixture.run(&["add", &server.url("/none").replace("http:", "feed:")]);
    assert!(ran.code == Some(2) && ran.err.contains("returned 404"), "{}", ran.err);
}

#[test]
fn list_of_comments_has_no_feed() {
    let fixture = Fixture::new();
    fixture.put("urls", "# my feeds\n\n# none yet\n");
    let ran = fixture.run(&["import", "urls"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), "pullquote: there is no feed in urls\n"), "{}", ran.out);
}

#[test]
fn page_may_not_lead_to_a_private_address() {
    let secret = Server::start(|_| Reply::ok(rss("Secret", 0..1)));
    let href = secret.url("/feed");
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/" => Reply::ok(format!("<!doctype html><link rel=alternate type=application/rss+xml href={href}>")),
        _ => Reply::new("404 Not Found", &[], ""),
    });
    let ran = Fixture::new().run(&["add", &server.url("/")]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(secret.paths().is_empty());
}

#[test]
fn failing_feeds_are_reported() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/good" => Reply::ok(rss("Good", 0..1)),
        "/busy" => Reply::new("429 Too Many", &[("Retry-After", "3600")], ""),
        "/gone" => Reply::new("410 Gone", &[], ""),
        _ => Reply::new("500 Oops", &[], ""),
    });
    let fixture = Fixture::new();
    let list: String = ["/good", "/busy", "/gone", "/broken"].map(|path| format!("{}\n", server.url(path))).concat();
    fixture.put("urls", &list);
    assert_eq!(fixture.good(&["import", "--no-refresh", "urls"]), "4 feeds added\n");
    assert!(server.paths().is_empty(), "importing asks nobody");
    let ran = fixture.run(&["refresh"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.ends_with("1 new, 0 updated; 4 feeds checked, 3 failed\n"), "{}", ran.out);
    for line in ["/busy returned 429", "/gone is gone (410 Gone)", "/broken returned 500", "3 feeds failed"] {
        assert!(ran.err.contains(line), "{line}: {}", ran.err);
    }
    let listed = fixture.good(&["list"]);
    assert!(
        listed.contains("/gone  paused  is gone (410 Gone)") && listed.contains("/broken  returned 500"),
        "{listed}"
    );

    let asked = server.paths().len();
    fixture.good(&["refresh"]);
    assert_eq!(server.paths()[asked..], ["/good"], "those that failed rest");
    let asked = server.paths().len();
    fixture.run(&["refresh", "--all"]);
    let mut again = server.paths()[asked..].to_vec();
    again.sort();
    assert_eq!(again, ["/broken", "/good"], "who wants to be left alone is, and so is what is gone");
    fixture.good(&["set", &server.url("/gone"), "--unmute"]);
    fixture.run(&["refresh"]);
    assert!(server.paths().last().unwrap() == "/gone" || server.paths().contains(&"/gone".to_owned()));
}

#[test]
fn gone_feed_is_not_said_to_be_retried() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/broken" => Reply::new("500 Oops", &[], ""),
        _ => Reply::new("410 Gone", &[], ""),
    });
    for (paths, why) in [
        (&["/a"][..], "1 feed is gone; it is not fetched again"),
        (&["/a", "/b"], "2 feeds are gone; they are not fetched again"),
        (&["/a", "/broken"], "2 feeds failed, 1 of them gone for good; the others are retried later"),
        (&["/broken"], "1 feed failed; retried later"),
    ] {
        let fixture = Fixture::new();
        for path in paths {
            fixture.library().subscribe(&settings(&server.url(path))).unwrap();
        }
        let ran = fixture.run(&["refresh"]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains(why), "{why}: {}", ran.err);
    }
}

fn settings(address: &str) -> FeedSettings {
    FeedSettings { address: address.to_owned(), typed: address.to_owned(), ..FeedSettings::default() }
}

#[test]
fn feed_that_breaks_off_says_so_and_is_asked_for_again() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_| {
        let whole = rss("Coast", 0..3);
        let end = if asked.fetch_add(1, Ordering::SeqCst) < 2 { whole.rfind("<guid>") } else { None };
        Reply::new("200 OK", &[("ETag", "\"x\"")], &whole[..end.unwrap_or(whole.len())])
    });
    let fixture = Fixture::new();
    let ran = fixture.run(&["add", &server.url("/feed")]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let why = "/feed broke off after 2 entries; it is fetched again by the next refresh";
    assert!(ran.err.contains(why), "{}", ran.err);
    assert!(ran.out.starts_with("Coast: 2 articles"), "{}", ran.out);
    assert!(fixture.good(&["list"]).contains("broke off after 2 entries"));
    let ran = fixture.run(&["refresh", "--all"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), "0 new, 0 updated; 1 feed checked, 1 failed\n"), "{}", ran.err);
    assert!(ran.err.contains(why), "{}", ran.err);
    assert!(fixture.good(&["refresh", "--all"]).contains("1 new, 0 updated; 1 feed checked, 0 failed"));
    assert!(server.asked().iter().all(|asked| asked.header("if-none-match").is_none()));
    assert!(!fixture.good(&["list"]).contains("broke off"));
    let cut = Server::start(|_| Reply::ok("<rss><channel><title>Coast</title><item><title>One"));
    let ran = fixture.run(&["add", &cut.url("/feed")]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("/feed broke off before its first entry"), "{}", ran.err);
}

#[test]
fn feed_that_never_closes_its_channel_is_whole() {
    let server = Server::start(|_| {
        let whole = rss("Coast", 0..3);
        let end = whole.rfind("</item>").unwrap() + "</item>".len();
        Reply::new("200 OK", &[("ETag", "\"x\"")], &whole[..end])
    });
    let fixture = Fixture::new();
    let ran = fixture.run(&["add", &server.url("/feed")]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    for _ in 0..2 {
        assert!(fixture.good(&["refresh", "--all"]).contains("0 new, 0 updated; 1 feed checked, 0 failed"));
    }
    assert!(server.asked().last().unwrap().header("if-none-match").is_some());
    assert!(!fixture.good(&["list"]).contains("broke off"));
}

#[test]
fn validators_of_not_modified_are_sent_the_next_time() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::new("200 OK", &[("ETag", "\"a\""), ("Last-Modified", "a")], rss("Coast", 0..1)),
        1 => Reply::new("304 Not Modified", &[("ETag", "W/\"b\"")], ""),
        _ => Reply::new("304 Not Modified", &[("Last-Modified", "c")], ""),
    });
    let fixture = Fixture::new();
    fixture.good(&["add", &server.url("/feed")]);
    for _ in 0..3 {
        fixture.good(&["refresh", "--all"]);
    }
    let sent = |asked: &Asked| {
        let header = |name| asked.header(name).unwrap_or_default().to_owned();
        [header("if-none-match"), header("if-modified-since")]
    };
    let all: Vec<_> = server.asked().iter().skip(1).map(sent).collect();
    assert_eq!(all, [["\"a\"", "a"], ["W/\"b\"", "a"], ["W/\"b\"", "c"]]);
}

#[test]
fn refresh_without_a_network_ends_soon() {
    let fixture = Fixture::new();
    // No server listens there now.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let list: String = (0..60).map(|number| format!("http://127.0.0.1:{port}/{number}\n")).collect::<Vec<_>>().concat();
    fixture.put("urls", &list);
    fixture.good(&["import", "--no-refresh", "urls"]);
    let ran = fixture.run(&["refresh", "--json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let (failed, skipped) = (report["failed"].as_u64().unwrap(), report["skipped"].as_u64().unwrap());
    assert!(ran.code == Some(2) && failed + skipped == 60 && skipped > 0, "{failed} failed, {skipped} skipped");
    assert!(ran.err.contains("check the connection"), "{}", ran.err);
}

#[test]
fn moved_feed_is_followed_the_next_time() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/old" => Reply::to(301, "/new"),
        "/once" => Reply::to(302, "/new"),
        _ => Reply::ok(rss("Coast", 0..1)),
    });
    let fixture = Fixture::new();
    fixture.put("urls", &format!("{}\n", server.url("/old")));
    fixture.good(&["import", "--no-refresh", "urls"]);
    fixture.good(&["refresh"]);
    fixture.good(&["refresh"]);
    assert_eq!(server.paths(), ["/old", "/new", "/new"]);
    assert!(fixture.good(&["list"]).contains(&server.url("/new")));
}

/// A feed that requires a login is redirected permanently to an absolute address, as most servers do it.
#[test]
fn moved_feed_keeps_its_login() {
    let server = Server::start(|asked| {
        let host = asked.header("host").unwrap_or_default();
        match (asked.path.as_str(), asked.header("authorization")) {
            ("/old", _) => Reply::to(301, &format!("http://evil:pw@{host}/new")),
            (_, Some("Basic bWU6c2VjcmV0")) if asked.header("if-none-match") == Some("\"x\"") => {
                Reply::new("304 Not Modified", &[], "")
            }
            ("/new", Some("Basic bWU6c2VjcmV0")) => Reply::new("200 OK", &[("ETag", "\"x\"")], rss("Coast", 0..1)),
            _ => Reply::new("401 Who", &[], ""),
        }
    });
    let old = server.url("/old").replace("http://", "http://me:secret@");
    let new = server.url("/new").replace("http://", "http://me:secret@");
    let stored = |fixture: &Fixture| fixture.library().subscriptions().unwrap().remove(0).settings;
    let (added, listed) = (Fixture::new(), Fixture::new());
    added.good(&["add", &old]);
    listed.put("urls", &format!("{old}\n"));
    listed.good(&["import", "--no-refresh", "urls"]);
    for fixture in [&added, &listed] {
        for _ in 0..3 {
            assert!(fixture.good(&["refresh", "--all"]).ends_with("1 feed checked, 0 failed\n"));
            assert_eq!((stored(fixture).address, stored(fixture).typed), (new.clone(), old.clone()));
        }
    }
    assert_eq!(server.paths().iter().filter(|path| *path == "/old").count(), 2, "once each");
}

/// A page that requires a login names its feeds without one, or with a strange one.
#[test]
fn feed_of_a_page_gets_the_login_of_the_page() {
    let server = Server::start(|asked| {
        let host = asked.header("host").unwrap_or_default();
        match (asked.path.as_str(), asked.header("authorization")) {
            (_, None) => Reply::new("401 Who", &[], ""),
            ("/", _) => Reply::ok(format!(
                "<!doctype html><link rel=alternate type=application/rss+xml href=http://evil:pw@{host}/feed>"
            )),
            ("/feed", Some("Basic bWU6c2VjcmV0")) => Reply::ok(rss("Coast", 0..1)),
            ("/blog/", _) => Reply::ok("<!doctype html><p>Only a common place"),
            ("/blog/index.xml", Some("Basic bWU6c2VjcmV0")) => Reply::ok(rss("Blog", 1..2)),
            _ => Reply::new("404 Not Found", &[], ""),
        }
    });
    let fixture = Fixture::new();
    for (page, feed) in [("/", "/feed"), ("/blog/", "/blog/index.xml")] {
        let login = |path: &str| server.url(path).replace("http://", "http://me:secret@");
        fixture.good(&["add", &login(page)]);
        let stored = fixture.library().subscriptions().unwrap();
        assert!(stored.iter().any(|source| source.settings.address == login(feed)), "{stored:?}");
    }
}

#[test]
fn settings_are_sent() {
    let (fixture, server) = (Fixture::new(), growing());
    let url = server.url("/feed");
    fixture.good(&["add", &url]);
    fixture.good(&[
        "set",
        &url,
        "--title",
        "My Coast",
        "--folder",
        "News/Local",
        "--tag",
        "sea",
        "--tag",
        "two words",
        "--interval",
        "90",
        "--user-agent",
        "Mine/1",
        "--header",
        "X-Key: a: b",
        "--proxy",
        "none",
    ]);
    let shown = fixture.good(&["set", "My Coast"]);
    for line in
        ["folder      News/Local", "tags        sea, two words", "interval    90 minutes", "headers     X-Key\n"]
    {
        assert!(shown.contains(line), "{shown}");
    }
    fixture.good(&["refresh", &url]);
    let asked = &server.asked()[1];
    assert_eq!((asked.header("user-agent"), asked.header("x-key")), (Some("Mine/1"), Some("a: b")));
    assert!(fixture.good(&["refresh"]).contains("0 feeds checked"), "it is not due for 90 minutes");
    let opml = fixture.good(&["export", "--format", "opml"]);
    assert!(opml.contains("text=\"My Coast\"") && opml.contains("category=\"sea,two words\""), "{opml}");
    fixture.good(&[
        "set",
        &url,
        "--title",
        "",
        "--tag",
        "",
        "--header",
        "",
        "--interval",
        "0",
        "--mute",
        "--full-text",
        "on",
    ]);
    let shown = fixture.good(&["set", &url]);
    assert!(
        shown.contains("feed        Coast\n") && shown.contains("paused      yes") && shown.contains("full text   on"),
        "{shown}"
    );
    assert_eq!(fixture.run(&["set", &url, "--header", "nonsense"]).code, Some(2));
    assert_eq!(fixture.run(&["set", "https://elsewhere.example/"]).code, Some(2));
}

#[test]
fn lists_of_other_programs_are_imported_and_exported() {
    let fixture = Fixture::new();
    fixture.put(
        "subscriptions.opml",
        r#"<?xml version="1.0"?><opml version="2.0"><body><outline text="News"><outline text="Coast" xmlUrl="https://coast.example/feed"/></outline>
        <outline text="Bad" xmlUrl="exec:touch owned"/></body></opml>"#,
    );
    let ran = fixture.run(&["import", "--no-refresh", "subscriptions.opml"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.out == "1 feed added\n" && ran.err.contains("line 2: not imported: exec:touch owned"), "{}", ran.err);
    fixture.put("urls", "exec:touch~owned\nhttps://coast.example/feed a\n\"https://river.example/feed\" \"b c\" \"~The River\" !\nfilter:touch:http://x.example/\n");
    let ran = fixture.run(&["import", "--no-refresh", "urls"]);
    assert_eq!(ran.out, "1 feed added, 1 already subscribed\n");
    assert!(ran.err.contains("line 1: not imported") && ran.err.contains("line 4: not imported"), "{}", ran.err);
    assert!(!fixture.0.path().join("owned").exists(), "nothing was run");
    let exported = fixture.good(&["export", "--format", "opml"]);
    let other = Fixture::new();
    other.put("all.opml", &exported);
    assert_eq!(other.good(&["import", "--no-refresh", "all.opml"]), "2 feeds added\n");
    assert_eq!(other.good(&["export", "--format", "opml"]), exported);
    fixture.put("broken.opml", "<opml><body>");
    let ran = fixture.run(&["import", "broken.opml"]);
    assert!(ran.code == Some(2) && ran.err.contains("broken.opml is not complete XML"), "{}", ran.err);
}

/// A login in an address is sent to its server only, and never shown or exported.
#[test]
fn passwords_stay_in_the_library() {
    let server = Server::start(|asked| match (asked.header("authorization"), asked.path.as_str()) {
        (Some("Basic bWU6c2VjcmV0"), "/feed") => Reply::ok(rss("Coast", 0..1)),
        (Some("Basic bWU6c2VjcmV0"), "/untitled") => Reply::ok(rss("", 1..2)),
        (Some("Basic bWU6c2VjcmV0"), _) => Reply::new("500 Oops", &[], ""),
        _ => Reply::new("401 Who", &[], ""),
    });
    let fixture = Fixture::new();
    let login = |path: &str, login: &str| server.url(path).replace("http://", &format!("http://{login}@"));
    let [feed, untitled, broken] = ["/feed", "/untitled", "/broken"].map(|path| login(path, "me:secret"));
    let [shown, untitled_shown, _] = ["/feed", "/untitled", "/broken"].map(|path| login(path, "me"));
    fixture.put("urls", &format!("{broken}\nhttps://open.example/feed \"~Open\"\nfilter:f:{broken}\n"));
    let mut seen = Vec::new();
    let mut run = |arguments: &[&str]| {
        let ran = fixture.run(arguments);
        seen.push(format!("{arguments:?}: {}{}", ran.out, ran.err));
        ran
    };
    assert_eq!(run(&["add", &feed]).out, format!("Coast: 1 article, from {shown}\n"));
    assert!(run(&["add", &untitled]).out.ends_with(&format!("from {untitled_shown}\n")));
    assert_eq!(run(&["add", &feed]).out, format!("already subscribed to Coast: {shown}\n"));
    assert_eq!(run(&["add", &broken]).code, Some(2));
    assert_eq!(run(&["import", "--no-refresh", "urls"]).code, Some(0));
    fixture.good(&["set", "Open", "--mute"]);
    let refreshed = run(&["refresh", "--all", "--json"]);
    assert!(refreshed.out.contains(&format!("\"address\": \"{shown}\"")), "{}", refreshed.out);
    assert!(refreshed.err.contains("returned 500"), "{}", refreshed.err);
    run(&["refresh", "--all"]);
    run(&["quotes", &broken]);
    run(&["export"]);
    run(&["doctor"]);
    run(&["set", "Coast", "--header", "Authorization Bearer secret"]);
    run(&["remove", "https://me:secret@elsewhere.example/"]);
    let exported = run(&["export", "--format", "opml"]);
    assert_eq!((exported.err.matches("the passwords of 3 feeds").count(), exported.code), (1, Some(0)));
    assert!(exported.out.contains(&format!("xmlUrl=\"{shown}\"")), "{}", exported.out);
    assert!(run(&["list"]).out.contains(&shown));
    // What is shown is enough to name it.
    assert!(run(&["set", &shown, "--proxy", "me:secret@proxy.example:80"]).out.contains("me@proxy.example:80"));
    assert!(run(&["remove", &untitled_shown]).out.ends_with("its articles stay\n"));
    for seen in &seen {
        let words = seen.split_once("]: ").unwrap().1;
        assert!(!words.contains("secret"), "{seen}");
    }
    let other = Fixture::new();
    other.put("all.opml", &exported.out);
    assert_eq!(other.good(&["import", "--no-refresh", "all.opml"]), "4 feeds added\n");
    // There is no password left to leave out, and nothing is said of it.
    assert!(other.good(&["export", "--format", "opml"]).contains(&format!("xmlUrl=\"{shown}\"")));
}

/// A page that names two feeds, at a terminal where the user can be asked.
fn asked_which(answer: &str) -> (String, Ending, Server) {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/two" => Reply::ok(
            "<!doctype html><link rel=alternate type=application/rss+xml title=News href=/news>\
             <link rel=alternate type=application/atom+xml title=Sport href=/sport>",
        ),
        "/news" | "/sport" => Reply::ok(rss(&asked.path[1..], 0..3)),
        _ => Reply::new("404 Not Found", &[], ""),
    });
    let mut pty = Pty::open(120, 24, ["add", &server.url("/two")]);
    pty.shows("has 2 feeds:");
    pty.shows(&format!("   2  {}  Sport", server.url("/sport")));
    pty.shows("Which? (1 to 2, Enter for none)");
    pty.press(answer);
    let ended = pty.end();
    (text(&ended.screen), ended, server)
}

#[test]
fn page_with_several_feeds_asks_which() {
    let (screen, ended, server) = asked_which("2\r");
    assert!(screen.contains(&format!("sport: 3 articles, from {}", server.url("/sport"))), "{screen}");
    assert_eq!((ended.code, server.paths()), (0, vec!["/two".to_owned(), "/sport".to_owned()]));
    // A number that is none, no number, nothing, and the end of all typing.
    for refusal in ["3\r", "q\r", "\r", "\u{4}"] {
        let (screen, ended, server) = asked_which(refusal);
        assert!(screen.contains("none was added") && !screen.contains("articles"), "{refusal:?}: {screen}");
        assert_eq!((ended.code, server.paths()), (2, vec!["/two".to_owned()]), "{refusal:?}");
    }
}

#[test]
fn page_by_its_address_opens_in_the_reader() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/bridge" => Reply::new("200 OK", &[("Content-Type", "text/html; charset=utf-8")], page()),
        _ => Reply::new("404 Not Found", &[], ""),
    });
    let mut pty = Pty::open(80, 24, [server.url("/bridge")]);
    pty.shows("1 article");
    pty.shows("Bridge to Close");
    pty.press("\r");
    pty.shows("does not like what she hears");
    pty.press("n");
    pty.shows("Okafor");
    pty.press("Q");
    assert_eq!((pty.end().code, server.paths()), (0, vec!["/bridge".to_owned()]));

    let mut pty = Pty::open(80, 24, [server.url("/none")]);
    pty.shows("/none cannot be read (returned 404");
    pty.press("!");
    pty.shows("╭");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
}

/// A page with an article in it.
fn page() -> String {
    let paragraph = "<p>“The steel is telling us something,” said Ines Okafor, the city’s chief engineer, who has walked \
                     the length of the bridge every morning for eleven years and does not like what she hears.</p>";
    let head = "<!doctype html><html><head><title>Bridge to Close</title>\
                <link rel=\"canonical\" href=\"https://elsewhere.example/other\"></head>";
    format!("{head}<body><article><h1>Bridge to Close</h1>{}</article></body></html>", paragraph.repeat(8))
}

#[test]
fn feed_list_is_aligned() {
    let fixture = Fixture::new();
    fixture.put(
        "urls",
        "https://coast.example/feed ~Coast\nhttps://b.example/ \"~The River\"\nhttps://c.example/a/longer/address\n",
    );
    assert_eq!(fixture.good(&["import", "--no-refresh", "urls"]), "3 feeds added\n");
    let lines = [
        "Coast      https://coast.example/feed",
        "https://c.example/a/longer/address",
        "The River  https://b.example/",
    ];
    let lines = lines.map(|line| format!("        0  {line}\n")).concat();
    assert_eq!(fixture.good(&["list"]), lines + "        0  in the library\n");
}

#[test]
fn feed_is_read_without_subscribing() {
    let fixture = Fixture::new();
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/feed" => Reply::ok(rss("Coast", 0..2)),
        _ => Reply::new("404 Not Found", &[], ""),
    });
    assert!(fixture.good(&["quotes", &server.url("/feed")]).contains("The tide of day 1 is high"));
    let ran = fixture.run(&["quotes", &server.url("/none")]);
    assert!(ran.code == Some(2) && ran.err.contains("returned 404"), "{}", ran.err);
    assert!(fixture.library().subscriptions().unwrap().is_empty());
}

#[test]
fn entry_without_an_address_stays_the_same_when_its_words_change() {
    let turn = AtomicUsize::new(0);
    let entry = |guid: &str, words: &str| {
        format!(
            "<item><title>Tide</title><guid isPermaLink=\"false\">{guid}</guid><description>{words}</description></item>"
        )
    };
    let server = Server::start(move |_| {
        let words = format!("The tide of turn {} is high.", turn.fetch_add(1, Ordering::SeqCst));
        let entries =
            [entry("7", &words), entry("8", "Nothing changes here."), entry("same", "One."), entry("same", "Other.")];
        Reply::ok(format!("<rss version=\"2.0\"><channel><title>Coast</title>{}</channel></rss>", entries.concat()))
    });
    let fixture = Fixture::new();
    assert!(fixture.good(&["add", &server.url("/feed")]).starts_with("Coast: 4 articles"));
    assert!(fixture.good(&["refresh"]).ends_with("0 new, 1 updated; 1 feed checked, 0 failed\n"));
}

/// What an older version of the formats read of a feed is as if it had had other words then.
fn read_by_another_version(fixture: &Fixture) {
    let connection = Connection::open(fixture.0.path().join("library.sqlite3")).unwrap();
    assert_eq!(connection.execute("UPDATE sources SET reader = 2", []).unwrap(), 1);
}

#[test]
fn entry_that_another_version_of_the_formats_reads_otherwise_stays_the_same() {
    let before = [
        (
            "Ferry",
            "",
            "She said: We are fine, said Vera Holm, and left at once for the quay. “Never again,” said Ida Voss.",
        ),
        ("Use of  in maps", "", "“The barn is sold to a painter,” said Ida Voss."),
        ("A ", "", "“We are here to stay whatever comes,” said Mara Deniz."),
        ("Weir", "", "“This one left the feed long ago,” said Bo Lund of it."),
        ("Both", "", "“This one is in the feed as it was,” said Bo Lund of it."),
    ];
    let after = [
        (
            "Ferry",
            "",
            "She said: “We are fine,” said Vera Holm, and left at once for the quay. “Never again,” said Ida Voss.",
        ),
        ("Use of &lt;a&gt; in maps", "", "“The barn is sold to a painter,” said Ida Voss."),
        (
            "A &lt; B or C",
            "<guid isPermaLink=\"false\">7</guid><link>https://coast.example/7</link>",
            "“We are here to stay whatever comes,” said Mara Deniz.",
        ),
        ("Both", "", "“This one is in the feed as it was,” said Bo Lund of it."),
        ("Fair", "", "“And this is new altogether today,” said Ann Lee to nobody."),
    ];
    let feed = |entries: &[(&str, &str, &str)]| {
        let entry = |(title, identity, words): &(&str, &str, &str)| {
            format!("<item><title>{title}</title>{identity}<description>{words}</description></item>")
        };
        let entries: String = entries.iter().map(entry).collect();
        format!("<rss version=\"2.0\"><channel><title>Coast</title>{entries}</channel></rss>")
    };
    let turn = AtomicUsize::new(0);
    let server = Server::start(move |_| {
        Reply::ok(if turn.fetch_add(1, Ordering::SeqCst) == 0 { feed(&before) } else { feed(&after) })
    });
    let fixture = Fixture::new();
    fixture.good(&["add", &server.url("/feed")]);
    let library = fixture.library();
    for id in library.ids().unwrap() {
        let entry = library.get(id).unwrap().unwrap();
        let start = entry.findings.quotations.last().unwrap().span.start;
        let after = Some(SpeakerCorrection::Speaker(format!("Speaker of {}", entry.article.headline().trim())));
        let corrected = UserAction::Corrected { article: id, start, before: None, after };
        library.note(&[starred(id, true), corrected]).unwrap();
    }
    drop(library);
    read_by_another_version(&fixture);
    assert_eq!(
        fixture.good(&["refresh", "--all"]),
        "     1 new     3 updated  Coast\n1 new, 3 updated; 1 feed checked, 0 failed\n"
    );
    let library = fixture.library();
    let mut listed = Vec::new();
    for id in library.ids().unwrap() {
        let entry = library.get(id).unwrap().unwrap();
        let speaker = entry.corrected().quotations.last().map(|quotation| entry.corrected().speaker_of(quotation));
        let star = if library.user_state().flags(id).starred { "*" } else { "" };
        listed.push(format!("{}{star}: {}", entry.article.headline(), speaker.flatten().unwrap().name));
    }
    listed.sort();
    let right = [
        "A < B or C*: Speaker of A",
        "Both*: Speaker of Both",
        "Fair: Ann Lee",
        "Ferry*: Speaker of Ferry",
        "Use of <a> in maps*: Speaker of Use of in maps",
        "Weir*: Speaker of Weir",
    ];
    assert_eq!(listed, right);
    assert_eq!(library.check().unwrap(), [""; 0]);
    assert_eq!(library.all_unplaced().unwrap(), []);
    assert!(fixture.good(&["refresh", "--all"]).starts_with("0 new, 0 updated"));
}

#[test]
fn nothing_is_guessed_of_a_feed_within_one_version_of_the_formats() {
    let turn = AtomicUsize::new(0);
    let server = Server::start(move |_| {
        let words = if turn.fetch_add(1, Ordering::SeqCst) == 0 { "in the harbour" } else { "in this harbour" };
        Reply::ok(format!(
            "<rss version=\"2.0\"><channel><title>Coast</title><item><title>Tide</title><description>It is high {words} today, said Bo Lund.</description></item></channel></rss>"
        ))
    });
    let fixture = Fixture::new();
    fixture.good(&["add", &server.url("/feed")]);
    assert!(fixture.good(&["refresh", "--all"]).ends_with("1 new, 0 updated; 1 feed checked, 0 failed\n"));
    assert_eq!(fixture.library().ids().unwrap().len(), 2);
}

#[test]
fn full_text_is_fetched_where_the_feed_is_set_to() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/feed" => Reply::ok(format!(
            "<rss version=\"2.0\"><channel><title>Coast</title><item><title>Bridge to Close</title>\
             <link>http://{0}/bridge?utm_source=rss</link><description>The bridge will close. Read more…</description></item>\
             <item><title>Trams</title><link>http://{0}/trams</link><description>Trams stop. Read more…</description></item>\
             </channel></rss>",
            asked.header("host").unwrap()
        )),
        "/bridge?utm_source=rss" => Reply::new("200 OK", &[("Content-Type", "text/html; charset=utf-8")], page()),
        _ => Reply::new("404 Not Found", &[], ""),
    });
    let fixture = Fixture::new();
    let url = server.url("/feed");
    fixture.put("urls", &format!("{url}\n"));
    fixture.good(&["import", "--no-refresh", "urls"]);
    fixture.good(&["set", &url, "--full-text", "on"]);
    assert!(fixture.good(&["refresh"]).starts_with("     2 new"));
    let library = fixture.library();
    let articles: Vec<_> =
        library.ids().unwrap().into_iter().map(|id| library.get(id).unwrap().unwrap().article.clone()).collect();
    let of = |start: &str| articles.iter().find(|article| article.headline().starts_with(start)).unwrap();
    let bridge = of("Bridge");
    assert!(bridge.body.text().contains("does not like what she hears") && !bridge.is_summary);
    assert_eq!(bridge.id, bridge.as_ref().clone().at(&server.url("/bridge")).id, "it stays the article of the feed");
    assert!(of("Trams").is_summary, "what has no page stays a summary");
    assert!(fixture.good(&["refresh"]).ends_with("0 new, 0 updated; 1 feed checked, 0 failed\n"));
    assert!(fixture.good(&["quotes"]).contains("The steel is telling us something"));
    assert!(fixture.good(&["quotes", &server.url("/bridge?utm_source=rss")]).contains("Okafor"), "a page alone");
}

#[test]
fn full_text_is_fetched_with_the_login_of_the_feed() {
    let server = Server::start(|asked| match (asked.path.as_str(), asked.header("authorization")) {
        ("/feed", Some("Basic bWU6c2VjcmV0")) => Reply::ok(format!(
            "<rss version=\"2.0\"><channel><title>Coast</title><item><title>Bridge to Close</title>\
             <link>http://evil:pw@{}/bridge</link><description>The bridge will close. Read more…</description></item>\
             </channel></rss>",
            asked.header("host").unwrap()
        )),
        ("/bridge", Some("Basic bWU6c2VjcmV0")) => {
            Reply::new("200 OK", &[("Content-Type", "text/html; charset=utf-8")], page())
        }
        _ => Reply::new("401 Who", &[], ""),
    });
    let fixture = Fixture::new();
    let url = server.url("/feed").replace("http://", "http://me:secret@");
    fixture.put("urls", &format!("{url}\n"));
    fixture.good(&["import", "--no-refresh", "urls"]);
    fixture.good(&["set", &url, "--full-text", "on"]);
    fixture.good(&["refresh"]);
    assert!(fixture.good(&["quotes"]).contains("The steel is telling us something"));
}

#[test]
fn refresh_every_refreshes_automatically() {
    let server = Server::start(|_| Reply::ok(rss("Coast", 0..2)));
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("library.sqlite3");
    let url = server.url("/feed");
    let settings = FeedSettings { address: url.clone(), typed: url, ..FeedSettings::default() };
    Library::open(&place).unwrap().subscribe(&settings).unwrap();
    let arguments = ["--library", place.to_str().unwrap()];
    let mut pty = Pty::open(100, 30, arguments);
    pty.shows("Library");
    pty.press("q");
    assert_eq!((pty.end().code, server.paths().len()), (0, 0), "nobody is asked unless the reader wants it");
    let mut pty = Pty::open(100, 30, [&arguments[..], &["--refresh-every", "60"]].concat());
    pty.shows("Story 1");
    pty.shows("2 articles · 2 unread");
    pty.shows("2 new");
    pty.press("q");
    assert_eq!((pty.end().code, server.paths().len()), (0, 1));
}

/// From typing an address to the collection of its feed, and back.
#[test]
fn feed_in_the_reader_from_subscribing_to_unsubscribing() {
    let turn = AtomicUsize::new(0);
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/two" => Reply::ok(
            "<!doctype html><link rel=alternate type=application/rss+xml title=News href=/news>\
             <link rel=alternate type=application/atom+xml title=Sport href=/sport>",
        ),
        "/sport" => Reply::ok(rss("Sport Wire", 20..21)),
        "/news" => Reply::ok(rss("News Wire", 0..2 + turn.fetch_add(1, Ordering::SeqCst))),
        _ => Reply::new("404 Not Found", &[], ""),
    });
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("library.sqlite3");
    let url = server.url("/news");
    let settings =
        FeedSettings { address: url.clone(), typed: url, folder: "Daily".to_owned(), ..FeedSettings::default() };
    Library::open(&place).unwrap().subscribe(&settings).unwrap();
    let mut pty = Pty::open(120, 30, ["--library", place.to_str().unwrap()]);
    pty.shows("Library");
    pty.press(&format!("a{}\r", server.url("/two")));
    pty.shows("Which of these feeds?");
    pty.press("sport\r");
    pty.shows("Subscribed to Sport Wire: 1 article · h shows it");
    pty.press("R");
    pty.shows("2 new");
    pty.press("h");
    pty.shows("  ▾ Daily                 2   2");
    pty.shows("    News Wire             2   2");
    // The last collection: folders follow the feeds in none.
    pty.press("G");
    pty.shows("▌   News Wire");
    pty.shows("D remove");
    pty.shows_no("Story 20");
    pty.press("c\u{15}Mine\r");
    pty.shows("Mine                  2   2");
    pty.shows_no("News Wire             2");
    pty.press("r");
    pty.shows("1 new");
    pty.shows("Mine                  3   3");
    pty.press("M");
    pty.shows("Updates paused");
    pty.shows("paused      3   3");
    pty.press("D");
    pty.shows("Unsubscribed from Mine, its articles stay");
    pty.shows_no("paused      3   3");
    pty.press("U");
    pty.shows("paused      3   3");
    pty.press("Q");
    assert_eq!(pty.end().code, 0);
    assert_eq!(Library::open(&place).unwrap().ids().unwrap().len(), 4);
}

#[test]
fn import_adds_tags_to_feeds_that_are_there() {
    let fixture = Fixture::new();
    fixture.put("urls", "https://coast.example/feed \"~Coast\" sea\n");
    fixture
        .put("more", "https://coast.example/feed \"~Other\" sea \"Daily news\" sea\nhttps://river.example/feed x x\n");
    fixture.good(&["import", "--no-refresh", "urls"]);
    let out = fixture.good(&["import", "--no-refresh", "more"]);
    assert!(out.contains("1 feed added, 1 already subscribed"), "{out}");
    let feeds = fixture.library().subscriptions().unwrap();
    let shown: Vec<_> = feeds.iter().map(|feed| (feed.name(), feed.settings.tags.join(","))).collect();
    assert_eq!(
        shown,
        [("Coast", "sea,Daily news"), ("https://river.example/feed", "x")].map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    fixture.good(&["set", "https://river.example/feed", "--tag", "a", "--tag", "b", "--tag", "a"]);
    assert_eq!(fixture.library().subscriptions().unwrap()[1].settings.tags, ["a", "b"]);
}

#[test]
fn requests_are_eight_at_once_and_two_a_host() {
    let most = Arc::new(AtomicUsize::new(0));
    let (now, highest) = (AtomicUsize::new(0), Arc::clone(&most));
    let server = Server::start(move |_| {
        let at_once = now.fetch_add(1, Ordering::SeqCst) + 1;
        highest.fetch_max(at_once, Ordering::SeqCst);
        std::thread::yield_now();
        now.fetch_sub(1, Ordering::SeqCst);
        Reply::ok(rss("Coast", 0..1))
    });
    let fixture = Fixture::new();
    let list: String = (0..40).map(|number| server.url(&format!("/{number}\n"))).collect();
    fixture.put("urls", &list);
    fixture.good(&["import", "--no-refresh", "urls"]);
    let out = fixture.good(&["refresh"]);
    assert!(out.ends_with("40 feeds checked, 0 failed\n"), "{out}");
    assert_eq!(fixture.library().ids().unwrap().len(), 1, "one story is one article");
    assert_eq!(server.paths().len(), 40);
    assert!(most.load(Ordering::SeqCst) <= 2);
}

/// Stacks that no memory is large enough for: the system gives no thread.
#[test]
fn program_without_threads_fetches_all_the_same_or_says_why_not() {
    let (fixture, server) = (Fixture::new(), growing());
    fs::create_dir(fixture.0.path().join("news")).unwrap();
    fixture.put("news/a.txt", "date 2026-03-14 Bridge\n“It is tired,” said Ines Okafor.\n");
    let run = |arguments: &[&str]| {
        let mut command = fixture.command(arguments);
        Ran::from(command.env("RUST_MIN_STACK", (1_u64 << 60).to_string()).output().unwrap())
    };
    for arguments in [&["add", &server.url("/feed")][..], &["refresh", "--all"], &["list"], &["search", "tide"]] {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}: {}", ran.out);
    }
    for arguments in [&["quotes", "news"][..], &["quotes"], &["speakers", "news"], &["add", "news"]] {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(
            ran.err.starts_with("pullquote: the system has no threads left (") && ran.err.contains("hint: "),
            "{}",
            ran.err
        );
    }
}

#[test]
fn name_of_several_feeds_names_none() {
    let fixture = Fixture::new();
    let server = Server::start(|_| Reply::ok(rss("Coast", 0..1)));
    fixture.good(&["add", &server.url("/one"), &server.url("/two")]);
    let ran = fixture.run(&["set", "Coast", "--header", "X-Key: secret"]);
    let said = format!("2 feeds are called Coast: {}, {}", server.url("/one"), server.url("/two"));
    assert!(ran.code == Some(2) && ran.err.contains(&said), "{}", ran.err);
    assert!(fixture.good(&["set", &server.url("/two"), "--tag", "sea"]).contains("sea"));
}

#[test]
fn refusal_of_an_import_shows_no_password() {
    let fixture = Fixture::new();
    fixture.put(
        "list",
        "feeds of mine:\n\"http://u:s3cret@wire.example/x\"\n{\"searched\": \"http://u:s3cret@wire.example/\"}\n",
    );
    let ran = fixture.run(&["import", "list", "--no-refresh"]);
    assert!(ran.err.contains("http://u@wire.example") && !ran.err.contains("s3cret"), "{}", ran.err);
}

#[test]
fn feed_is_removed_by_its_name() {
    let fixture = Fixture::new();
    let server = Server::start(|asked| Reply::ok(rss(if asked.path == "/river" { "River" } else { "Coast" }, 0..1)));
    fixture.good(&["add", &server.url("/river"), &server.url("/one"), &server.url("/two")]);
    assert_eq!(fixture.good(&["remove", "River"]), "unsubscribed from River; its articles stay\n");
    let several = fixture.run(&["remove", "Coast"]);
    assert!(several.code == Some(2) && several.err.contains("2 feeds are called Coast"), "{}", several.err);
    assert_eq!(fixture.run(&["remove", "Nope"]).code, Some(1));
    assert_eq!(fixture.library().subscriptions().unwrap().len(), 2);
}
