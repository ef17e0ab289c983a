//! `pullquote export` and `import`: all comes back, in whatever the file is packed, and a stranger's file settles nothing
//! for the user.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use chrono::NaiveDate;
use flate2::Compression;
use flate2::write::GzEncoder;
use pullquote::article::{ArticleId, Edition, Published};
use pullquote::catalog::FeedId;
use pullquote::library::{EntryRecord, FeedSettings, FetchOptions, FetchStatus, FetchUpdate, Library};
use pullquote::quotes::{QuotationKind, SpeakerCorrection};
use pullquote::user::{Clipping, RuleResult, UnplacedCorrection, UserAction};
use rusqlite::Connection;
use rusqlite::types::Value as Cell;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ran::Ran;
use crate::server::{Reply, Server, rss};
use crate::user_actions::{clipped, corrected, linked, position, read, removed, saved_search, starred, tagged};

/// A folder with a library in it.
struct Fixture(TempDir);

impl Fixture {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Ran {
        let mut command = Command::new(cargo_bin("pullquote"));
        command.args(arguments).args(["--library", "library.sqlite3"]).current_dir(self.path());
        for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "https_proxy", "http_proxy"] {
            command.env_remove(name);
        }
        Ran::from(command.stdin(Stdio::null()).output().unwrap())
    }

    /// Imports a file with these bytes, without fetching what is new.
    fn import(&self, name: &str, bytes: impl AsRef<[u8]>) -> Ran {
        fs::write(self.path().join(name), bytes).unwrap();
        self.run(&["import", "--no-refresh", name])
    }

    fn library(&self) -> Library {
        Library::open(&self.path().join("library.sqlite3")).unwrap()
    }
}

/// What is compared of each table, in an order that does not hang on ids but where ids are an order.
const COMPARED: [(&str, &str); 24] = [
    ("expired", "SELECT address, article, at FROM expired JOIN sources ON id = source ORDER BY address, article"),
    ("rule_results", "SELECT * FROM rule_results ORDER BY article, query"),
    ("clippings", "SELECT id, article, clipping FROM clippings ORDER BY id"),
    (
        "articles",
        "SELECT key, title, day, second, source, byline, url, topics, summary, origin, path, gone, quotations, people,
         date_source, zone, seen, enclosures FROM articles ORDER BY id",
    ),
    ("aliases", "SELECT key, article FROM aliases ORDER BY key"),
    ("editions", "SELECT * FROM editions ORDER BY article, publisher, day"),
    ("bodies", "SELECT key, paragraphs, text FROM articles JOIN bodies ON bodies.id = body ORDER BY key"),
    ("findings", "SELECT key, engine, found FROM articles JOIN findings ON findings.id = body ORDER BY key"),
    // Size and time are those on this disk: the file is read once more.
    ("files", "SELECT path, gone, refusal, suspected FROM files ORDER BY path"),
    ("contents", "SELECT path, article FROM contents JOIN files ON id = file ORDER BY path, article"),
    ("folders", "SELECT * FROM folders ORDER BY path"),
    ("marks", "SELECT * FROM marks ORDER BY article"),
    ("bookmarks", "SELECT * FROM bookmarks ORDER BY article, letter"),
    ("tags", "SELECT * FROM tags ORDER BY article, name"),
    ("corrections", "SELECT * FROM corrections ORDER BY article, start"),
    ("unplaced", "SELECT article, start, words, speaker, kind FROM unplaced ORDER BY article, id"),
    ("searches", "SELECT name, query FROM searches ORDER BY id"),
    ("searched", "SELECT query FROM searched ORDER BY id"),
    ("settings", "SELECT * FROM settings ORDER BY name"),
    // How the last fetch went is asked anew.
    ("sources", "SELECT address, typed, name, folder, tags, muted, settings, title, link, removed FROM sources ORDER BY id"),
    ("came_from", "SELECT address, article, print FROM came_from JOIN sources ON id = source ORDER BY address, article"),
    ("ties", "SELECT * FROM ties ORDER BY one, other"),
    (
        "people",
        "SELECT one.identity, one.named, one.name, one.role, one.role_articles, one.quotations, one.articles,
         one.first_day, one.last_day, one.first_moment, one.last_moment, one.months, head.identity, one.members, one.standing,
         one.runs, one.by_surname, one.surname, one.perhaps, one.doubtful
         FROM people one JOIN people head ON head.id = one.head ORDER BY one.identity",
    ),
    (
        "appearances",
        "SELECT people.identity, appearances.date, key, voices.name, voices.role, appearances.quotations,
         appearances.runs, appearances.by_surname, appearances.doubtful FROM appearances
         JOIN people ON people.id = appearances.person JOIN voices ON voices.id = voice JOIN articles ON articles.id = article
         ORDER BY people.identity, key",
    ),
];

/// Tables that are made from others or are about this file and this run; the undo history is about actions here.
const LEFT_OUT: [&str; 5] = ["facts", "voices", "casts", "history", "departed"];

fn rows(connection: &Connection, sql: &str) -> Vec<Vec<Cell>> {
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|column| row.get(column)).collect()).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// A library with something in every table, and names that are not UTF-8.
fn full() -> Fixture {
    let fixture = Fixture::new();
    let odd = fixture.path().join(OsStr::from_bytes(b"news-d\xe9"));
    let plain = fixture.path().join("news");
    for folder in [&odd, &plain] {
        fs::create_dir(folder).unwrap();
    }
    let bulletin = |number: u32, at: &str| {
        format!("date {at} Bulletin {number}\n“Number {number} floats,” said Ines Okafor, the engineer.\n")
    };
    for number in 0..12 {
        fs::write(plain.join(format!("{}.txt", 99 - number * 7)), bulletin(number, "2026-03-14")).unwrap();
    }
    fs::write(plain.join("undated-b.txt"), "Second Words\n\n“None,” said Jon Holt.\n").unwrap();
    fs::write(plain.join("undated-a.txt"), "First Words\n\n“Some,” said Jon Holt.\n").unwrap();
    let timed = |hour: u32| json!({"headline": format!("At {hour}"), "date": format!("2026-03-14T{hour:02}:30:00Z"), "text": "Words of the hour."});
    fs::write(plain.join("timed.jsonl"), format!("{}\n{}\n", timed(15), timed(9))).unwrap();
    fs::write(odd.join(OsStr::from_bytes(b"caf\xe9%41.txt")), bulletin(50, "2026-03-15")).unwrap();
    // One article in two files.
    fs::write(odd.join("copy.txt"), bulletin(3, "2026-03-14")).unwrap();
    let ran = fixture.run(&["add".as_ref(), odd.as_os_str(), plain.as_os_str()]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);

    let library = fixture.library();
    let ids = library.ids().unwrap();
    let quoted =
        |id: &ArticleId| library.get(*id).unwrap().unwrap().findings.quotations.first().map(|q| (*id, q.span.start));
    let (bulletin, start) = ids.iter().find_map(quoted).unwrap();
    let elsewhere = ArticleId(u64::MAX - 7);
    let entry = library.get(bulletin).unwrap().unwrap();
    let here = Clipping::of(&entry.article, &entry.findings, &[0]).unwrap();
    let (note, tags) = ("Call.\nTwice.".to_owned(), vec!["to check".to_owned()]);
    let here = Clipping { note, tags, kept: Some(1_770_000_000_000), ..here };
    let gone = Clipping { article: elsewhere, start: None, kept: Some(1_770_000_060_000), ..here.clone() };
    library
        .note(&[
            read(ids[0], true),
            starred(ids[1], true),
            removed(ids[2], true),
            position(ids[3], 5),
            UserAction::Mark { article: ids[3], letter: 'a', offset: Some(7) },
            UserAction::Mark { article: ids[4], letter: 'é', offset: Some(0) },
            tagged(ids[4], "to check", true),
            corrected(
                bulletin,
                start,
                Some(SpeakerCorrection::Spoken("Mara Deniz".to_owned(), QuotationKind::Fragment)),
            ),
            starred(elsewhere, true),
            clipped(here),
            clipped(gone),
            linked("ines okafor", "jon holt", Some(false)),
            saved_search("Zebra", Some("tag:b")),
            saved_search("Ape", Some("tag:a")),
            UserAction::Searched("zoo".to_owned()),
            UserAction::Searched("ark".to_owned()),
            UserAction::Setting { name: "lighting".to_owned(), value: "off".to_owned() },
        ])
        .unwrap();
    for (article, correction) in [
        (bulletin, SpeakerCorrection::Unspoken(QuotationKind::Title)),
        (ArticleId(17), SpeakerCorrection::Speaker("Jon Holt".to_owned())),
    ] {
        let lost = UnplacedCorrection { start: 7, words: "Never,\nand no more".to_owned(), correction };
        library.keep_unplaced(article, &[lost]).unwrap();
    }
    let ruled = RuleResult {
        when: "title:bulletin".to_owned(),
        does: "read, tag:sea".to_owned(),
        did: "tag:sea".to_owned(),
        at: 1_770_000_000_000,
    };
    for article in [bulletin, ArticleId(23)] {
        library.keep_rule_results(article, std::slice::from_ref(&ruled)).unwrap();
    }
    let keys = [(ArticleId(3), Some(bulletin)), (ArticleId(4), None), (ArticleId(5), Some(ArticleId(17)))];
    library.add_keys(&keys).unwrap();
    for (number, host) in ["zebra", "ape"].into_iter().enumerate() {
        let settings = FeedSettings {
            address: format!("https://{host}.example/feed"),
            typed: format!("{host}.example"),
            name: Some(host.to_uppercase()),
            folder: "News/Local".to_owned(),
            tags: vec!["sea".to_owned(), "two words".to_owned()],
            paused: number == 0,
            fetch: FetchOptions { interval: Some(90), full_text: true, ..FetchOptions::default() },
        };
        let (source, _) = library.subscribe(&settings).unwrap();
        library.record_fetches(&[came_from(source.id, ids[number])]).unwrap();
        library.keep_expired(source.id, &[(ArticleId(29), 1_770_000_000_000)]).unwrap();
    }
    fixture
}

fn came_from(source: FeedId, article: ArticleId) -> FetchUpdate {
    let day = NaiveDate::from_ymd_opt(2031, 3, 14).map(Published::on);
    let edition = Edition { published: day, publisher: Some("Harbour Times".to_owned()), url: None };
    FetchUpdate {
        source,
        entries: vec![EntryRecord { article, guid: Some(u64::MAX), content_hash: u64::MAX - 1 }],
        copies: Vec::new(),
        editions: vec![(article, edition)],
        doubles: Vec::new(),
        moved_to: None,
        title: Some("Wire".to_owned()),
        link: Some("https://wire.example/".to_owned()),
        pause: false,
        status: FetchStatus { etag: Some("x".to_owned()), ..FetchStatus::default() },
    }
}

#[test]
fn export_and_import_lose_nothing() {
    let (fixture, other) = (full(), Fixture::new());
    let exported = fixture.run(&["export"]).out;
    let ran = other.import("all.jsonl", &exported);
    assert_eq!((ran.out.as_str(), ran.code), ("17 articles read\n", Some(0)), "{}", ran.err);
    assert_eq!(
        ran.err.lines().filter(|line| line.contains("added a folder, which is read at every start: /")).count(),
        2
    );

    let open = |fixture: &Fixture| Connection::open(fixture.path().join("library.sqlite3")).unwrap();
    let (before, after) = (open(&fixture), open(&other));
    for (table, sql) in COMPARED {
        let (before, after) = (rows(&before, sql), rows(&after, sql));
        assert!(!before.is_empty(), "nothing in {table}");
        assert_eq!(after, before, "{table}");
    }
    let tables = rows(&before, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    let known = |name: &str| COMPARED.iter().any(|(table, _)| *table == name) || LEFT_OUT.contains(&name);
    for table in tables {
        let Cell::Text(name) = &table[0] else { panic!("a name is text") };
        assert!(known(name) || name.starts_with("beginnings") || name.starts_with("phrases"), "{name} is forgotten");
    }
    assert_eq!(other.library().check().unwrap(), Vec::<String>::new());
    assert_eq!(other.run(&["export"]).out, exported, "and once more");
    assert_eq!(other.import("all.jsonl", &exported).code, Some(0));
    assert_eq!(other.run(&["export"]).out, exported, "twice does no harm");
}

/// What another library has under an identity that is not that of the article here is found by its words, its address, or
/// the identities that the article had.
#[test]
fn article_that_has_another_identity_here_comes_once() {
    let words = "“We shut the bridge at noon and we will not open it again before the spring, whatever anyone in this town may say \
                 about that,” said Ines Okafor.";
    let line = |id: &str, url: Option<&str>, headline: &str, text: &str| {
        json!({"id": id, "url": url, "starred": true, "fetched_from": "https://coast.example/feed",
               "paragraphs": [{"kind": "headline", "text": headline}, {"kind": "prose", "text": text}]})
    };
    let there = line("00000000000000aa", Some("https://coast.example/1"), "Bridge", words);
    for other in [
        line("00000000000000bb", None, "Bridge", words),
        line("00000000000000bb", Some("https://coast.example/2"), "Bridge", words),
        line("00000000000000cc", None, "Bridges", "It is shut."),
    ] {
        let fixture = Fixture::new();
        fixture.import("there.jsonl", there.to_string());
        let id = ArticleId(0xaa);
        fixture.library().add_keys(&[(ArticleId(0xcc), Some(id))]).unwrap();
        fixture.library().note(&[starred(id, false)]).unwrap();
        assert_eq!(fixture.import("other.jsonl", other.to_string()).code, Some(0));
        assert_eq!(fixture.library().ids().unwrap(), [id], "{other}");
        assert!(fixture.library().user_state().flags(id).starred, "{other}");
    }
    // So are two of one export, as older libraries have some.
    let fixture = Fixture::new();
    let second = line("00000000000000bb", Some("https://coast.example/2"), "Bridge", words);
    fixture.import("both.jsonl", format!("{there}\n{second}\n"));
    assert_eq!(fixture.library().ids().unwrap(), [ArticleId(0xaa)]);
}

/// Older libraries have an entry of a few words twice; their exports say nothing of keys.
#[test]
fn short_article_that_an_export_has_twice_at_one_place_is_one() {
    let line = |id: &str, link: &str, feed: &str, day: &str| {
        json!({"id": id, "url": format!("https://coast.example/{link}"), "date": format!("2024-03-{day}"),
               "fetched_from": format!("https://coast.example/{feed}"),
               "paragraphs": [{"kind": "headline", "text": "Poll"}, {"kind": "prose", "text": "“Yes,” said Mara Deniz."}]})
    };
    let with_keys = |mut line: Value| {
        line["keys"] = json!(["00000000000000ee"]);
        line
    };
    let first = || line("00000000000000aa", "poll", "feed", "05");
    for (what, other, count) in [
        ("one address and date", line("00000000000000bb", "poll", "other", "05"), 1),
        ("one feed and date", line("00000000000000bb", "survey", "feed", "05"), 1),
        ("another date", line("00000000000000bb", "poll", "feed", "06"), 2),
        ("another place", line("00000000000000bb", "survey", "other", "05"), 2),
        ("not of an older library", with_keys(line("00000000000000bb", "survey", "feed", "05")), 2),
    ] {
        let fixture = Fixture::new();
        fixture.import("all.jsonl", format!("{}\n{other}\n", first()));
        assert_eq!(fixture.library().ids().unwrap().len(), count, "{what}");
    }
}

#[test]
fn path_that_is_not_utf8_leads_to_its_file_after_an_import() {
    let (fixture, other) = (full(), Fixture::new());
    other.import("all.jsonl", fixture.run(&["export"]).out);
    let is_there = |path: &PathBuf| path.to_str().is_none() && path.is_dir();
    assert_eq!(other.library().folders().unwrap().iter().filter(|path| is_there(path)).count(), 1);
}

/// What a program before this one wrote has the newest article first, and no bytes of paths.
#[test]
fn export_of_an_earlier_version_is_read() {
    let fixture = Fixture::new();
    let line = json!({"id": "00000000000000ff", "date": "2026-03-14", "path": "/news/d\u{fffd}/a.txt", "starred": true,
        "paragraphs": [{"kind": "headline", "text": "Bridge"}, {"kind": "prose", "text": "It is shut."}]});
    let head = json!({"folders": ["/news/d\u{fffd}"], "searches": [["Ships", "tag:ship"]]});
    let ran = fixture.import("old.jsonl", format!("{head}\n{line}\n"));
    assert_eq!((ran.out.as_str(), ran.code), ("1 article read\n", Some(0)), "{}", ran.err);
    let library = fixture.library();
    assert_eq!(library.files_of(ArticleId(0xff)).unwrap(), [PathBuf::from("/news/d\u{fffd}/a.txt")]);
    assert!(library.user_state().flags(ArticleId(0xff)).starred);
}

#[test]
fn import_reads_every_packing_and_encoding() {
    let feed = json!({"subscription": {"address": "https://coast.example/feed", "typed": "coast.example"}});
    let export = format!("{feed}\n{}\n", json!({"searches": [["Ünïted", "tag:x"]]}));
    let opml = "<?xml version=\"1.0\" encoding=\"ENC\"?>\n<!DOCTYPE opml [<!ENTITY x \"y\"><!-- ]> -->]>\n<opml version=\"2.0\"><body>\
                <outline text=\"Küste\" xmlUrl=\"https://coast.example/feed\"/></body></opml>";
    let urls = "https://coast.example/feed \"~Küste\"\n".to_owned();
    let utf16 = |text: &str| {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    let gzip = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let latin1 = opml.replace("ENC", "iso-8859-1").chars().map(|c| u32::from(c) as u8).collect::<Vec<u8>>();
    let utf8 = opml.replace("ENC", "utf-8");
    let bom = |text: &str| format!("\u{feff}{text}").into_bytes();
    for (what, bytes) in [
        ("an export", export.clone().into_bytes()),
        ("with CRLF", export.replace('\n', "\r\n").into_bytes()),
        ("with blank lines", export.replace('\n', "\n\n").into_bytes()),
        ("with a mark", bom(&export)),
        ("in UTF-16", utf16(&export)),
        ("gzip", gzip(export.as_bytes())),
        ("zstd", zstd::encode_all(export.as_bytes(), 3).unwrap()),
        ("gzip with a mark", gzip(&bom(&export))),
        ("OPML", utf8.clone().into_bytes()),
        ("OPML with a mark", bom(&utf8)),
        ("OPML in UTF-16", utf16(&opml.replace("ENC", "UTF-16"))),
        ("OPML in Latin-1", latin1),
        ("OPML in gzip", gzip(utf8.as_bytes())),
        ("urls", urls.clone().into_bytes()),
        ("urls with a mark", bom(&urls)),
        ("urls with CRLF", urls.replace('\n', "\r\n").into_bytes()),
        ("urls in zstd", zstd::encode_all(urls.as_bytes(), 3).unwrap()),
    ] {
        let fixture = Fixture::new();
        let ran = fixture.import("list", &bytes);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{what}: {}", ran.out);
        let library = fixture.library();
        let (feeds, searches) = (library.subscriptions().unwrap(), library.user_state().searches.clone());
        assert_eq!(feeds.len(), 1, "{what}");
        let named = feeds[0].settings.name.clone().or(searches.first().map(|(name, _)| name.clone())).unwrap();
        assert!(named == "Küste" || named == "Ünïted", "{what}: {named}");
    }
    for (bytes, why) in [
        (&b"\xfd7zXZ\0\0\x04"[..], "list is not text but an xz archive"),
        (&gzip(export.as_bytes())[..20], "list is compressed and damaged"),
    ] {
        let ran = Fixture::new().import("list", bytes);
        assert!(ran.code == Some(2) && ran.err.contains(why) && ran.err.contains("hint: "), "{}", ran.err);
    }
}

#[test]
fn stranger_s_file_settles_nothing_for_the_user() {
    let fixture = Fixture::new();
    let feed = |address: &str, settings: Value| {
        json!({"subscription": {"address": address, "typed": address, "settings": settings}}).to_string()
    };
    let evil = "n\u{1b}]0;pwn\u{7}\u{9b}31m\u{202e}\nx";
    let lines = [
        json!({"folders": ["relative/path", "", "../up", "/srv/news", format!("/srv/{evil}")]}).to_string(),
        feed("file:///etc/passwd", json!({})),
        feed("javascript:alert(1)", json!({})),
        feed("coast.example/feed", json!({})),
        feed(
            "https://proxied.example/feed",
            json!({"proxy": "http://evil.example:1", "user_agent": "Evil/1",
            "headers": [["X-Evil\r\nX-More", "1"]], "interval": 90}),
        ),
        json!({"folder_bytes": ["rel%E9"]}).to_string(),
    ];
    let ran = fixture.import("evil.jsonl", lines.join("\n"));
    assert_eq!(ran.code, Some(0), "the rest is taken");
    for said in [
        "line 1: not imported: folder “relative/path” is not an absolute path\n",
        "line 1: not imported: folder “” is not an absolute path\n",
        "line 1: not imported: folder “../up” is not an absolute path\n",
        "added a folder, which is read at every start: /srv/news\n",
        "added a folder, which is read at every start: /srv/n x\n",
        "line 2: not imported: file:///etc/passwd is not an address of http or https\n",
        "line 3: not imported: javascript:alert(1) is not an address of http or https\n",
        "line 4: not imported: coast.example/feed is not an address of http or https\n",
        "line 5: not imported: user agent, headers, proxy of https://proxied.example/feed\n",
        "line 6: not imported: folder “rel\u{fffd}” is not an absolute path\n",
    ] {
        assert!(ran.err.contains(said), "{said}{}", ran.err);
    }
    assert!(!ran.err.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}']), "{:?}", ran.err);
    let library = fixture.library();
    let folders = library.folders().unwrap();
    assert_eq!(folders, [PathBuf::from(format!("/srv/{evil}")), PathBuf::from("/srv/news")], "stored as they are");
    let feeds = library.subscriptions().unwrap();
    let fetch = FetchOptions { interval: Some(90), ..FetchOptions::default() };
    assert_eq!((feeds.len(), &feeds[0].settings.fetch), (1, &fetch));
}

#[test]
fn lines_that_were_typed_stay_in_their_library() {
    let fixture = full();
    let line = UserAction::Setting { name: "command-lines".to_owned(), value: "pipe mail ann".to_owned() };
    fixture.library().note(&[line]).unwrap();
    let exported = fixture.run(&["export"]).out;
    assert!(!exported.contains("command-lines") && !exported.contains("mail ann"), "{exported}");
}

#[test]
fn own_history_of_searches_and_settings_stay() {
    let fixture = Fixture::new();
    let setting = |value: &str| UserAction::Setting { name: "lighting".to_owned(), value: value.to_owned() };
    fixture.library().note(&[UserAction::Searched("mine".to_owned()), setting("off")]).unwrap();
    let line = json!({"searched": ["theirs"], "settings": [["lighting", "all"], ["other", "x"]]});
    assert_eq!(fixture.import("other.jsonl", line.to_string()).code, Some(0));
    let state = fixture.library().user_state();
    assert_eq!((&state.searched[..], state.settings["lighting"].as_str()), (&["mine".to_owned()][..], "off"));
    assert_eq!(state.settings["other"], "x");
}

#[test]
fn import_that_takes_nothing_is_an_error() {
    for (name, text) in [
        ("urls", "exec:touch~owned\n\"query:Unread:unread = 1\"\n".to_owned()),
        ("list.opml", "<opml><body><outline xmlUrl='file:///etc/passwd'/></body></opml>".to_owned()),
        ("feeds.jsonl", json!({"subscription": {"address": "file:///x"}}).to_string()),
        ("folders.jsonl", json!({"folders": ["x"]}).to_string()),
        ("diary", "Dear diary\n".to_owned()),
    ] {
        let ran = Fixture::new().import(name, text);
        assert_eq!(ran.code, Some(2), "{name}: {}", ran.err);
        assert!(
            ran.err.contains("line 1") && ran.err.contains(&format!("nothing of {name} could be imported")),
            "{}",
            ran.err
        );
    }
    for (name, text) in [("empty", ""), ("list.opml", "<opml><body/></opml>")] {
        assert_eq!(Fixture::new().import(name, text).code, Some(1), "{name}: nothing was refused");
    }
    for (text, why) in [
        ("<!doctype html><html><p>Words", "file is not OPML"),
        ("  <rss><channel/></rss>", "file is not OPML"),
        ("<opml><body>", "file is not complete XML"),
        ("\u{1}\u{2}\u{3}", "file is not text but something binary"),
    ] {
        let ran = Fixture::new().import("file", text);
        assert!(ran.code == Some(2) && ran.err.contains(why), "{text}: {}", ran.err);
    }
    let ran = Fixture::new().import("novel", "Once upon a time\n".repeat(1_000));
    assert!(
        ran.err.lines().count() < 30 && ran.err.contains("980 more lines are not from pullquote export"),
        "{}",
        ran.err
    );
    let only_marks = json!({"id": "00000000000000ff", "starred": true}).to_string();
    let ran = Fixture::new().import("marks.jsonl", only_marks);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "0 articles read\n"), "{}", ran.err);
}

#[test]
fn feeds_that_are_new_are_fetched() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/coast" => Reply::ok(rss("Coast", 0..2)),
        "/river" => Reply::ok(rss("River", 2..5)),
        _ => Reply::new("404 Not Found", &[], ""),
    });
    let fixture = Fixture::new();
    let [coast, river, gone] = ["/coast", "/river", "/gone"].map(|path| server.url(path));
    let import = |name: &str, text: String| {
        fs::write(fixture.path().join(name), text).unwrap();
        fixture.run(&["import", name])
    };
    let ran = import("urls", format!("{coast}\n"));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert_eq!(ran.out, "1 feed added\n     2 new     0 updated  Coast\n2 new, 0 updated; 1 feed checked, 0 failed\n");

    // The one that is known is left alone, the one that fails is reported and kept.
    let ran = import("urls", format!("{coast}\n{river}\n{gone}\n"));
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.out.ends_with("3 new, 0 updated; 2 feeds checked, 1 failed\n"), "{}", ran.out);
    assert!(ran.err.starts_with(&format!("pullquote: {gone} ")) && ran.err.contains("1 feed failed"), "{}", ran.err);
    assert_eq!(server.paths().iter().filter(|path| *path == "/coast").count(), 1);
    assert_eq!(fixture.library().subscriptions().unwrap().len(), 3);

    // An export brings feeds too; those that are paused are not fetched.
    let record = |address: &str, is_paused: bool| {
        json!({"subscription": {"address": address, "typed": address, "muted": is_paused}}).to_string()
    };
    let other = Fixture::new();
    fs::write(other.path().join("all.jsonl"), [record(&coast, true), record(&river, false)].join("\n")).unwrap();
    let ran = other.run(&["import", "all.jsonl"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.ends_with("3 new, 0 updated; 1 feed checked, 0 failed\n"), "{}", ran.out);
}

/// What is there stays: neither a stranger nor an old backup puts other words into an article.
#[test]
fn import_replaces_no_text_and_what_was_done_follows_its_words() {
    let fixture = Fixture::new();
    let line = |words: &[&str], more: Value| {
        let text = words.iter().map(|words| json!({"kind": "prose", "text": words}));
        let mut line = json!({"id": "00000000000000ff", "date": "2026-03-14",
            "paragraphs": std::iter::once(json!({"kind": "headline", "text": "Bridge"})).chain(text).collect::<Vec<_>>()});
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        line.to_string()
    };
    let (steel, never) = ("“The steel is tired,” said Ines Okafor.", "“Never again,” said Jon Holt.");
    fixture.import("one.jsonl", line(&["It is shut, and the ferry is full.", steel], json!({})));
    let start = "Bridge\n“".len();
    let lost = format!("Bridge\n{steel}\n“").len();
    let backup = json!({"starred": true, "place": start - 3, "corrections": [
        {"start": start, "speaker": "Mara Deniz"}, {"start": lost, "speaker": "Ann Lee"}]});
    let ran = fixture.import("two.jsonl", line(&[steel, never], backup));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let library = fixture.library();
    let id = ArticleId(0xff);
    let entry = library.get(id).unwrap().unwrap();
    let text = entry.article.body.text();
    assert!(text.contains("the ferry is full") && !text.contains("Never"), "{text}");
    let flags = library.user_state().flags(id);
    assert!(flags.starred && text[flags.position.unwrap()..].starts_with("“The steel"));
    assert_eq!(entry.corrected().speakers.last().unwrap().name, "Mara Deniz");
    let unplaced = library.unplaced(id).unwrap();
    assert_eq!(unplaced.iter().map(|lost| lost.words.as_str()).collect::<Vec<_>>(), ["Never again,"]);
}

/// An export of a program that kept characters which are taken out now, before and inside what is quoted.
#[test]
fn corrections_of_an_export_follow_its_cleaning() {
    let fixture = Fixture::new();
    let tags = "\u{e0041}\u{e0042}";
    let lines = [
        format!("{tags}Bridge"),
        "\u{ad}\u{ad}".to_owned(),
        format!("It is{tags} shut. “The{tags} steel is tired,” said Ines Okafor, who{tags} knows."),
    ];
    let whole = lines.join("\n");
    let paragraphs: Vec<_> = lines
        .iter()
        .zip(["headline", "prose", "prose"])
        .map(|(text, kind)| json!({"kind": kind, "text": text}))
        .collect();
    let mut last = paragraphs[2].clone();
    let named = lines[2].find("Ines").unwrap();
    last["links"] = json!([{"start": named, "end": named + "Ines Okafor".len(), "url": "https://coast.example/ines"}]);
    let line = json!({"id": "00000000000000ff", "paragraphs": [paragraphs[0], paragraphs[1], last],
        "place": whole.find("shut").unwrap(),
        "corrections": [{"start": whole.find("The").unwrap(), "speaker": "Mara Deniz"}]});
    let ran = fixture.import("old.jsonl", line.to_string());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let library = fixture.library();
    let id = ArticleId(0xff);
    let entry = library.get(id).unwrap().unwrap();
    let body = &entry.article.body;
    assert_eq!(body.text(), "Bridge\nIt is shut. “The steel is tired,” said Ines Okafor, who knows.");
    assert!(body.text()[library.user_state().flags(id).position.unwrap()..].starts_with("shut."));
    assert_eq!(body.words(body.links()[0].span), "Ines Okafor");
    let [quotation] = &entry.corrected().quotations[..] else { panic!("{:?}", entry.corrected()) };
    assert_eq!(entry.corrected().speaker_of(quotation).unwrap().name, "Mara Deniz");
    assert_eq!(library.unplaced(id).unwrap(), []);
}

/// What the first program that could export wrote: no keys, no origin of dates, `"muted"` for a feed that is paused, `"filed"`
/// for tags, `"place"` for where one was; clippings, marks with letters and settings there were none.
#[test]
fn export_of_the_first_round_is_read() {
    let lines = r#"{"folders":["/srv/news"],"searches":[["Bridge","title:bridge -toll"]]}
{"speakers":[{"one":"ines okafor\tf","other":"okafor","same":true},{"one":"ann lee","other":"ann lee\tm","same":false}]}
{"subscription":{"address":"https://coast.example/feed","typed":"coast.example","name":"Coast","title":"Coast Wire","folder":"News","tags":["sea"],"muted":true,"settings":{"interval":90,"full_text":true},"articles":[["00000000000000aa",7]]}}
{"id":"00000000000000aa","date":"2024-01-26T10:30:00Z","source":"Coast Wire","byline":"By Ann Lee","url":"https://coast.example/1","fetched_from":"https://coast.example/feed","topics":["bridges"],"summary":true,"paragraphs":[{"kind":"headline","text":"Bridge Shut"},{"kind":"prose","dateline":"PORT ELLERY — ","text":"“The steel is tired,” said Ines Okafor.","links":[{"start":31,"end":42,"url":"https://coast.example/ines"}]}],"read":true,"starred":true,"filed":["to check","sea"],"place":12,"corrections":[{"start":31,"speaker":"Mara Deniz"}]}
{"id":"00000000000000bb","date":"2024-01-25","path":"/srv/news/ferry.txt","paragraphs":[{"kind":"headline","text":"Ferry Full"},{"kind":"list_item","text":"“Never,” said Jon Holt."}],"removed":true,"corrections":[{"start":14,"speaker":null}]}
{"id":"00000000000000cc","starred":true,"filed":["gone"]}
"#;
    let fixture = Fixture::new();
    let ran = fixture.import("first.jsonl", lines);
    assert_eq!((ran.out.as_str(), ran.code), ("2 articles read\n", Some(0)), "{}", ran.err);
    let library = fixture.library();
    let (bridge, ferry, gone) = (ArticleId(0xaa), ArticleId(0xbb), ArticleId(0xcc));
    let entry = library.get(bridge).unwrap().unwrap();
    let article = &entry.article;
    assert_eq!(article.body.text(), "Bridge Shut\nPORT ELLERY — “The steel is tired,” said Ines Okafor.");
    assert_eq!((article.publisher.as_deref(), article.byline.as_deref()), (Some("Coast Wire"), Some("By Ann Lee")));
    assert_eq!((article.is_summary, &article.tags[..]), (true, &["bridges".to_owned()][..]));
    assert_eq!(article.dates.published.map(|date| date.to_string()).as_deref(), Some("2024-01-26T10:30:00Z"));
    assert_eq!(article.body.words(article.body.links()[0].span), "Ines Okafor");
    let speaker = |id| {
        let entry = library.get(id).unwrap().unwrap();
        let findings = entry.corrected();
        findings.quotations.first().and_then(|first| findings.speaker_of(first)).map(|speaker| speaker.name.clone())
    };
    assert_eq!((speaker(bridge).as_deref(), speaker(ferry)), (Some("Mara Deniz"), None));
    assert_eq!(library.files_of(ferry).unwrap(), [PathBuf::from("/srv/news/ferry.txt")]);

    let state = library.user_state();
    let flags = state.flags(bridge);
    assert_eq!((flags.read, flags.starred, flags.position), (true, true, Some(12)));
    assert_eq!(state.tags(bridge).collect::<Vec<_>>(), ["sea", "to check"]);
    assert!(state.flags(ferry).removed);
    assert!(
        state.flags(gone).starred && state.tags(gone).eq(["gone"]),
        "what was done with an article that is not there"
    );
    assert_eq!(state.searches, [("Bridge".to_owned(), "title:bridge -toll".to_owned())]);
    assert!(state.clippings.is_empty() && state.marks.is_empty());
    assert_eq!(library.identity_links().unwrap().get("ines okafor\tf", "okafor"), Some(true));
    assert_eq!(library.identity_links().unwrap().get("ann lee", "ann lee\tm"), Some(false));
    let feeds = library.subscriptions().unwrap();
    let FeedSettings { name, folder, tags, paused, fetch, .. } = &feeds[0].settings;
    assert_eq!(
        (name.as_deref(), folder.as_str(), &tags[..], *paused),
        (Some("Coast"), "News", &["sea".to_owned()][..], true)
    );
    assert_eq!((fetch.interval, fetch.full_text), (Some(90), true));
    assert_eq!(library.entries_of(feeds[0].id).unwrap().len(), 1);
    assert_eq!(library.folders().unwrap(), [PathBuf::from("/srv/news")]);
}

/// What the user made of quotations goes out and comes in by the commands: a clipping with note and tags, the `✓` of a speaker
/// who was confirmed, marks with letters, what was said of two names.
#[test]
fn what_was_made_of_quotations_goes_along() {
    let (fixture, other) = (Fixture::new(), Fixture::new());
    let words = "date 2026-03-14 Bridge Shut\n“The steel is tired,” said Ines Okafor.\n“Never,” said Holt.\n";
    fs::create_dir(fixture.path().join("news")).unwrap();
    fs::write(fixture.path().join("news/bridge.txt"), words).unwrap();
    assert_eq!(fixture.run(&["add", "news"]).code, Some(0));
    let library = fixture.library();
    let id = library.ids().unwrap()[0];
    let entry = library.get(id).unwrap().unwrap();
    let [first, second] = &entry.findings.quotations[..] else { panic!("two are quoted") };
    let kept = Clipping::of(&entry.article, &entry.findings, &[0]).unwrap();
    let (note, tags) = ("Ask her.\nThen the ministry.".to_owned(), vec!["steel".to_owned(), "to check".to_owned()]);
    let confirmed = |at: usize, name: &str| corrected(id, at, Some(SpeakerCorrection::Speaker(name.to_owned())));
    library
        .note(&[
            clipped(Clipping { note, tags, kept: Some(1_770_000_000_000), ..kept }),
            confirmed(first.span.start, "Ines Okafor"),
            confirmed(second.span.start, "Jon Holt"),
            UserAction::Mark { article: id, letter: 'a', offset: Some(first.span.start) },
            UserAction::Mark { article: id, letter: 'é', offset: Some(second.span.start) },
            linked("holt", "jon holt", Some(true)),
            linked("ines okafor", "okafor", Some(false)),
            UserAction::Setting { name: "people-order".to_owned(), value: "name".to_owned() },
        ])
        .unwrap();
    let exported = fixture.run(&["export"]).out;
    assert_eq!(other.import("all.jsonl", &exported).code, Some(0));
    let (before, after) = (library.user_state(), other.library().user_state());
    assert_eq!((&after.clippings, &after.marks), (&before.clippings, &before.marks));
    assert_eq!((&after.corrections, &after.settings), (&before.corrections, &before.settings));
    assert_eq!((after.clippings.len(), after.marks[&id].len(), after.corrections[&id].len()), (1, 2, 2));
    assert_eq!(other.library().identity_links().unwrap(), library.identity_links().unwrap());
    let corrected =
        other.library().get(id).unwrap().unwrap().corrected().quotations.iter().filter(|q| q.corrected).count();
    assert_eq!(corrected, 2, "both are the user's word");
    assert_eq!(other.run(&["export"]).out, exported, "and once more");
    for format in ["footnotes", "csv", "json", "md"] {
        let shown = |fixture: &Fixture| fixture.run(&["clippings", "--format", format]).out;
        assert!(!shown(&fixture).is_empty());
        assert_eq!(shown(&other), shown(&fixture), "{format}");
    }
}
