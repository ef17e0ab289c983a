//! The commands of the library, run as programs: `add`, `list`, `search`, `remove`, `export`, `import`, `doctor`.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, UNIX_EPOCH};

use assert_cmd::cargo::cargo_bin;
use chrono::{DateTime, NaiveDate};
use pullquote::article::{Article, ArticleId, BodyBuilder, DateSource, Dates, Origin, ParagraphKind, Published};
use pullquote::library::{EncodedArticle, EntryRecord, FeedSettings, FetchOptions, FetchStatus, FetchUpdate, Library};
use pullquote::quotes::{self, SpeakerCorrection};
use pullquote::text::Span;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ran::Ran;
use crate::user_actions::{corrected, linked, position, read, removed, starred, tagged};

const BRIDGE: &str = "date 2026-03-14 Harbour Bridge to Close\n“It is tired,” said Ines Okafor, the engineer.\n";
const FERRY: &str = "date 2026-03-15 Ferry Runs\n“It floats,” said Jon Holt. The bridge is shut.\n";

/// A library, and a folder with news.
struct Fixture {
    folder: TempDir,
}

impl Fixture {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("news")).unwrap();
        let fixture = Self { folder };
        fixture.put("bridge.txt", BRIDGE);
        fixture.put("ferry.txt", FERRY);
        fixture
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.path().join("news").join(name), text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo_bin("pullquote"));
        command.args(arguments).args(["--library", "library.sqlite3"]).current_dir(self.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let output = self.command(arguments).output().unwrap();
        Ran::from(output)
    }

    fn library(&self) -> Library {
        Library::open(&self.path().join("library.sqlite3")).unwrap()
    }
}

#[test]
fn folders_are_added_listed_and_removed() {
    let fixture = Fixture::new();
    let ran = fixture.run(&["list"]);
    assert_eq!((ran.out.trim(), ran.code), ("0  in the library", Some(1)));
    assert!(!fixture.path().join("library.sqlite3").exists(), "looking makes no library");

    let ran = fixture.run(&["add", "news"]);
    assert_eq!((ran.out.as_str(), ran.code), ("2 articles read; 2 in the library\n", Some(0)), "{}", ran.err);
    assert!(fixture.run(&["add", "news"]).out.starts_with("0 articles read; 2 "), "nothing has changed");
    fixture.put("third.txt", "date 2026-03-16 Third\nText.\n");
    fixture.put("ferry.txt", "date 2026-03-15 Ferry Stops\nText.\n");
    assert!(fixture.run(&["add", "news"]).out.starts_with("2 articles read; 3 "));
    let ran = fixture.run(&["list"]);
    assert!(ran.out.contains("3  /") && ran.out.contains("3  in the library"), "{}", ran.out);
    let ran = fixture.run(&["remove", "news"]);
    assert!(ran.out.starts_with("3 articles removed") && ran.code == Some(0), "{}", ran.out);
    assert_eq!(fixture.run(&["remove", "news"]).code, Some(1));
    assert_eq!(fs::read_dir(fixture.path().join("news")).unwrap().count(), 3, "the files stay");
    assert_eq!(fixture.run(&["add", "elsewhere"]).code, Some(2));
}

#[test]
fn counts_of_one_are_singular() {
    let fixture = Fixture::new();
    fs::remove_file(fixture.path().join("news/ferry.txt")).unwrap();
    assert_eq!(fixture.run(&["add", "news"]).out, "1 article read; 1 in the library\n");
    fs::write(fixture.path().join("kept.jsonl"), fixture.run(&["export"]).out).unwrap();
    assert_eq!(fixture.run(&["import", "kept.jsonl"]).out, "1 article read\n");
    let ran = fixture.run(&["quotes", "--format", "brat", "--output", "mine"]);
    assert_eq!(ran.err, "pullquote: wrote 1 article to mine\n");
    assert_eq!(fixture.run(&["remove", "news"]).out, "1 article removed; marks are kept in case they return\n");
    fs::write(fixture.path().join("urls"), "https://coast.example/feed\n").unwrap();
    assert_eq!(fixture.run(&["import", "--no-refresh", "urls"]).out, "1 feed added\n");
    let set = ["set", "https://coast.example/feed", "--interval", "1"];
    assert!(fixture.run(&set).out.contains("interval    1 minute\n"));
}

/// Exit code 2 only where everything was refused.
#[test]
fn add_that_reads_nothing_is_an_error() {
    let fixture = Fixture::new();
    for name in ["bridge.txt", "ferry.txt"] {
        fs::remove_file(fixture.path().join("news").join(name)).unwrap();
    }
    fixture.put("a.pdf", "%PDF-1.7");
    let ran = fixture.run(&["add", "news"]);
    assert_eq!((ran.out.as_str(), ran.code), ("0 articles read, 1 skipped; 0 in the library\n", Some(2)));
    assert!(ran.err.contains("a.pdf is not text but a PDF document") && ran.err.contains("no article could be read"));
    fixture.put("bridge.txt", BRIDGE);
    for read in [1, 0] {
        let ran = fixture.run(&["add", "news"]);
        assert!(ran.out.starts_with(&format!("{read} article")) && ran.code == Some(0), "{}{}", ran.out, ran.err);
    }
    let ran = fixture.run(&["add", "http://127.0.0.1:1/feed", "news"]);
    assert!(ran.code == Some(2) && ran.out.starts_with("0 articles read"), "the folder is read: {}", ran.out);
    let ran = fixture.run(&["remove", "http://127.0.0.1:1/feed", "news"]);
    assert!(ran.code == Some(2) && ran.out.starts_with("1 article removed"), "the folder is removed: {}", ran.out);
}

#[test]
fn list_and_add_are_data_too() {
    let fixture = Fixture::new();
    let json = |arguments: &[&str]| {
        let ran = fixture.run(arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        serde_json::from_str::<Value>(&ran.out).unwrap()
    };
    assert_eq!(json(&["list", "--json"]), json!({"folders": [], "feeds": [], "articles": 0}));
    let news = fixture.path().join("news").display().to_string();
    fixture.put("empty.txt", "");
    assert_eq!(json(&["add", "--json", "news"]), json!({"folders": [news], "articles": 2, "skipped": 1, "library": 2}));
    assert_eq!(
        json(&["list", "--json"]),
        json!({"folders": [{"path": news, "articles": 2}], "feeds": [], "articles": 2})
    );
}

#[test]
fn hit_has_the_address_of_its_article() {
    let fixture = Fixture::new();
    let record = r#"{"title": "Bridge", "url": "https://coast.example/1", "text": "“It is tired,” said Ines Okafor."}"#;
    fixture.put("crawl.jsonl", &format!("{record}\n"));
    fixture.run(&["add", "news"]);
    for query in ["title:bridge -harbour", "said:tired -harbour"] {
        let hit: Value = serde_json::from_str(&fixture.run(&["search", query, "--format", "jsonl"]).out).unwrap();
        assert_eq!(hit["url"], "https://coast.example/1", "{hit}");
        let csv = fixture.run(&["search", query, "--format", "csv"]).out;
        assert!(csv.trim_end().ends_with(",https://coast.example/1"), "{csv}");
    }
}

#[test]
fn search_stands_in_every_format() {
    let fixture = Fixture::new();
    fixture.run(&["add", "news"]);
    let ran = fixture.run(&["search", "bridge"]);
    let lines: Vec<Vec<&str>> = ran.out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines[0][..3], ["2026-03-15", "Ferry Runs", "…Jon Holt. The bridge is shut."]);
    assert_eq!(lines[1][..3], ["2026-03-14", "Harbour Bridge to Close", ""]);
    let ran = fixture.run(&["search", "bridge -title:bridge", "--format", "jsonl"]);
    let record: Value = serde_json::from_str(&ran.out).unwrap();
    let highlighted = &record["lit"][0];
    let line: String = record["line"].as_str().unwrap().chars().collect();
    let (start, end) = (highlighted[0].as_u64().unwrap() as usize, highlighted[1].as_u64().unwrap() as usize);
    assert_eq!(line.chars().skip(start).take(end - start).collect::<String>(), "bridge");
    assert!(fixture.run(&["search", "--format", "csv", "bridge"]).out.starts_with("date,headline"));
    let all: Value = serde_json::from_str(&fixture.run(&["search", "--format", "json", "zeppelin"]).out).unwrap();
    assert_eq!(all, Value::Array(Vec::new()));
    assert_eq!(fixture.run(&["search", "--limit", "1", "bridge"]).out.lines().count(), 1);
    let said = fixture.run(&["search", "said:floats", "--format", "jsonl"]);
    let records: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(records.iter().all(|record| record["line"].as_str().unwrap().contains("floats")), "{}", said.out);
    assert!(!records.is_empty() && records.iter().all(|record| record["speaker"].is_string()), "{}", said.out);
    for nothing in ["zeppelin", "\"", "-"] {
        assert_eq!(fixture.run(&["search", nothing]).code, Some(1), "{nothing}");
    }
}

#[test]
fn search_refuses_a_wrong_field_or_value() {
    let fixture = Fixture::new();
    fixture.run(&["add", "news"]);
    for (query, said) in [
        (&["speakr:holt"][..], "pullquote: unknown field speakr:\npullquote: hint: did you mean speaker:?"),
        (&["bridge", "foo:bar"], "pullquote: unknown field foo:\npullquote: hint: speaker: said: reported: source:"),
        (&["after:2026-13"], "pullquote: after:2026-13 is not a date\npullquote: hint: after: needs a day"),
        (&["before:20"], "pullquote: before:20 is not a date\n"),
        (&["is:boring"], "pullquote: unknown value is:boring\npullquote: hint: is: needs unread, read, starred or"),
        (&["sort:date", "bridge"], "pullquote: unknown value sort:date\npullquote: hint: sort: needs relevance"),
        (&["title:"], "pullquote: missing value after title:\npullquote: hint: title: needs words"),
        (&["speaker:", "holt"], "pullquote: missing value after speaker:\n"),
    ] {
        let ran = fixture.run(&[&["search"], query].concat());
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{query:?}");
        assert!(ran.err.starts_with(said), "{query:?}: {}", ran.err);
    }
    assert_eq!(fixture.run(&["search", "\"foo:bar\""]).code, Some(1), "a phrase is a phrase");
}

#[test]
fn commands_without_paths_read_the_library() {
    let fixture = Fixture::new();
    let samples = fixture.run(&["quotes"]);
    assert!(samples.out.contains("Lindqvist"), "an empty library gives the samples");
    fixture.run(&["add", "news"]);
    let ran = fixture.run(&["quotes", "--speaker", "okafor"]);
    assert!(ran.out.contains("It is tired") && ran.out.lines().count() == 1, "{}", ran.out);
    let library = fixture.library();
    let id = library.ids().unwrap()[1];
    let start = library.get(id).unwrap().unwrap().findings.quotations[0].span.start;
    library.note(&[corrected(id, start, Some(SpeakerCorrection::Speaker("Mara Deniz".to_owned())))]).unwrap();
    assert!(fixture.run(&["speakers"]).out.contains("Mara Deniz"), "corrections are heeded");
    assert!(fixture.run(&["speakers", "--no-library"]).code == Some(2), "one or the other");
}

#[test]
fn removed_article_is_left_out_of_every_command() {
    let fixture = Fixture::new();
    fixture.run(&["add", "news"]);
    let library = fixture.library();
    let bridge = library.ids().unwrap()[1];
    library.note(&[removed(bridge, true)]).unwrap();
    for format in ["table", "json", "jsonl", "csv", "md"] {
        let ran = fixture.run(&["quotes", "--format", format]);
        assert!(ran.out.contains("It floats") && !ran.out.contains("It is tired"), "{format}: {}", ran.out);
    }
    assert_eq!(fixture.run(&["quotes", "--speaker", "okafor"]).code, Some(1));
    fixture.run(&["quotes", "--format", "brat", "--output", "mine"]);
    assert_eq!(fs::read_dir(fixture.path().join("mine/text")).unwrap().count(), 1);
    for format in ["table", "json", "jsonl", "csv", "md"] {
        assert!(!fixture.run(&["speakers", "--format", format]).out.contains("Okafor"), "{format}");
    }
    for format in ["table", "json", "jsonl", "csv"] {
        for query in ["tired", "said:tired"] {
            let ran = fixture.run(&["search", query, "--format", format, "--exit-status"]);
            assert_eq!(ran.code, Some(1), "{format}");
            // To programs an empty result is a result.
            let code = i32::from(format == "table");
            for command in [&["search", query][..], &["clippings"], &["speakers", "--speaker", "okafor"]] {
                let ran = fixture.run(&[command, &["--format", format]].concat());
                assert_eq!(ran.code, Some(code), "{command:?} {format}");
            }
        }
    }
    let listed = fixture.run(&["list"]).out;
    assert!(listed.contains("1  /") && listed.contains("1  in the library"), "{listed}");
    // It is still in the library, and leaves with it.
    assert!(fixture.run(&["export"]).out.contains("It is tired"));

    library.note(&[removed(library.ids().unwrap()[0], true)]).unwrap();
    let ran = fixture.run(&["quotes"]);
    assert_eq!((ran.out.as_str(), ran.code), ("", Some(1)), "no samples in its place");
    assert_eq!(ran.err, "pullquote: the library has no articles, or all are removed: pullquote search is:removed\n");
}

#[test]
fn library_without_articles_has_no_samples() {
    let with_folder = Fixture::new();
    fs::create_dir(with_folder.path().join("empty")).unwrap();
    with_folder.run(&["add", "empty"]);
    let with_source = Fixture::new();
    fs::write(with_source.path().join("urls"), "https://coast.example/feed\n").unwrap();
    with_source.run(&["import", "--no-refresh", "urls"]);
    for fixture in [&with_folder, &with_source] {
        for arguments in [
            &["quotes"][..],
            &["quotes", "--format", "csv", "--exit-status"],
            &["quotes", "--speaker", "lindqvist"],
            &["speakers"],
            &["search", "bridge"],
        ] {
            let ran = fixture.run(arguments);
            assert_eq!((ran.out.contains("Lindqvist"), ran.code), (false, Some(1)), "{arguments:?}: {}", ran.out);
        }
        let ran = fixture.run(&["quotes", "--format", "json"]);
        assert_eq!((ran.out.as_str(), ran.code), ("[]\n", Some(0)));
        fixture.run(&["quotes", "--format", "brat", "--output", "mine"]);
        assert_eq!(fs::read_dir(fixture.path().join("mine/text")).unwrap().count(), 0);
    }
}

/// A quotation that the engine is not sure of, and one that the user has corrected, in every form.
#[test]
fn doubt_and_corrections_stand_beside_the_name() {
    let (certain, fixture) = (Fixture::new(), Fixture::new());
    certain.run(&["add", "news"]);
    let library = fixture.library();
    for id in certain.library().ids().unwrap() {
        let entry = certain.library().get(id).unwrap().unwrap();
        let mut findings = entry.findings.as_ref().clone();
        findings.quotations[0].confidence = 0.53;
        let doubtful = EncodedArticle::of(&library.add(entry.article.as_ref().clone(), findings)).unwrap();
        library.commit(&[doubtful], &[]).unwrap();
    }
    let ferry = library.ids().unwrap()[0];
    let start = library.get(ferry).unwrap().unwrap().findings.quotations[0].span.start;
    library.note(&[corrected(ferry, start, Some(SpeakerCorrection::Speaker("Mara Deniz".to_owned())))]).unwrap();

    let quotes = fixture.run(&["quotes"]).out;
    assert!(
        quotes.starts_with("Mara Deniz ✓\tIt floats,\t") && quotes.contains("\nInes Okafor?\tIt is tired,"),
        "{quotes}"
    );
    assert!(fixture.run(&["quotes", "--speaker", "okafor"]).out.starts_with("Ines Okafor?\t"));
    let md = fixture.run(&["quotes", "--format", "md"]).out;
    assert!(
        md.contains("**Mara Deniz ✓**: “It floats,”") && md.contains("**Ines Okafor?** (engineer): “It is"),
        "{md}"
    );
    let csv = fixture.run(&["quotes", "--format", "csv"]).out;
    assert!(
        csv.starts_with("speaker,role,quotation,kind,confidence,headline,date,source,path,corrected,via\nMara Deniz,,"),
        "{csv}"
    );
    assert!(csv.contains("Ines Okafor,engineer,\"It is tired,\",speech,0.53,"), "{csv}");

    let said = fixture.run(&["search", "said:it"]).out;
    assert!(
        said.contains("\tMara Deniz ✓: “It floats,”\t") && said.contains("\tInes Okafor?: “It is tired,”\t"),
        "{said}"
    );
    let records: Vec<Value> = fixture
        .run(&["search", "said:it", "-f", "jsonl"])
        .out
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let known = |record: &Value| (record["kind"].clone(), record["confidence"].clone(), record["corrected"].clone());
    assert_eq!(known(&records[0]), ("speech".into(), 1.0.into(), true.into()));
    assert_eq!(known(&records[1]), ("speech".into(), 0.53.into(), Value::Null));
    let csv = fixture.run(&["search", "said:it", "-f", "csv"]).out;
    assert!(csv.starts_with("date,headline,source,speaker,line,place,kind,confidence,corrected,url\r\n"), "{csv}");
    assert!(csv.contains(",speech,1.00,true,\n") && csv.contains(",speech,0.53,false,\n"), "{csv}");
    let csv = fixture.run(&["search", "bridge", "-f", "csv"]).out;
    assert!(csv.lines().nth(1).unwrap().ends_with(",,,,"), "an article has none of these: {csv}");
}

/// Keeps an article that has all that an article can have.
fn keep_fetched(library: &Library) {
    let mut builder = BodyBuilder::new("Ferry Sinks");
    builder.push_with_dateline(ParagraphKind::Prose, "ELLERY — ", "See the plan of the harbour.");
    builder.link(Span::new(4, 12), "https://coast.example/plan?a=1&b=“2”");
    for kind in [ParagraphKind::Heading, ParagraphKind::ListItem, ParagraphKind::BlockQuotation, ParagraphKind::Caption]
    {
        builder.push(kind, &format!("Zoë’s {kind:?}"));
    }
    let day = NaiveDate::from_ymd_opt(2026, 3, 16);
    let article = Article {
        dates: Dates {
            published: day.and_then(|day| day.and_hms_opt(7, 30, 5)).map(|at| Published::at(at, Some(-90))),
            source: DateSource::Url,
            seen: DateTime::from_timestamp_millis(1_773_646_199_999),
        },
        publisher: Some("Coast Wire".to_owned()),
        byline: Some("Ada Ferry".to_owned()),
        tags: vec!["harbour".to_owned(), "ships, old".to_owned()],
        is_summary: true,
        origin: Origin::Web("https://coast.example/feed.xml".to_owned()),
        ..Article::new(builder.build()).at("https://coast.example/ferry?id=7")
    };
    let findings = quotes::find(&article.body);
    library.commit(&[EncodedArticle::of(&library.add(article, findings)).unwrap()], &[]).unwrap();
}

#[test]
fn speakers_of_the_library_are_listed() {
    let fixture = Fixture::new();
    assert!(fixture.run(&["speakers"]).out.contains("Lindqvist"), "an empty library gives the samples");
    fixture
        .put("again.txt", "date 2026-03-16 Holt Again\n“Never,” said Holt. “A spokesman is none,” a spokesman said.\n");
    fixture.run(&["add", "news"]);
    let ran = fixture.run(&["speakers"]);
    let names: Vec<_> = ran.out.lines().filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(names, ["Holt", "Ines Okafor", "Jon Holt", "a spokesman"], "{}", ran.err);
    let found = |name: &[&str]| fixture.run(&[&["speakers"], name].concat());
    assert_eq!(found(&["holt"]).out.lines().count(), 2);
    assert_eq!(found(&["jon", "HOLT"]).out, "Jon Holt\t\t1\t1\t2026-03-15\t2026-03-15\t0\n");
    assert_eq!(found(&["engineer"]).out.lines().count(), 1, "by what they are, where nobody is called so");
    assert_eq!((found(&["zeppelin"]).code, found(&["news/none.txt"]).code), (Some(1), Some(2)));
    let ran = fixture.run(&["speakers", "okafor", "--format", "json"]);
    let okafor: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(okafor[0]["articles"][0]["headline"], "Harbour Bridge to Close");
    for (form, lines) in [("csv", 2), ("md", 3), ("jsonl", 1)] {
        assert_eq!(fixture.run(&["speakers", "okafor", "--format", form]).out.lines().count(), lines);
    }

    // Under any name that the user merged.
    fixture.library().note(&[linked("holt", "jon holt", Some(true))]).unwrap();
    let ran = found(&["jon"]);
    assert_eq!(ran.out, "Jon Holt\t\t2\t2\t2026-03-15\t2026-03-16\t0\n");
    let ran = fixture.run(&["quotes", "--speaker", "jon holt"]);
    assert!(ran.out.contains("Never") && ran.out.contains("It floats") && ran.out.lines().count() == 2, "{}", ran.out);
    let ran = fixture.run(&["quotes", "--speaker", "zeppelin", "--format", "json"]);
    assert_eq!((ran.out.as_str(), ran.code), ("[]\n", Some(0)));
}

/// A feed that has been fetched, from which this article came.
fn subscribe(library: &Library, id: ArticleId) {
    let settings = FeedSettings {
        address: "https://coast.example/feed".to_owned(),
        typed: "coast.example".to_owned(),
        name: Some("My Coast".to_owned()),
        folder: "News/Local".to_owned(),
        tags: vec!["sea".to_owned()],
        paused: true,
        fetch: FetchOptions { interval: Some(90), full_text: true, ..FetchOptions::default() },
    };
    let (source, _) = library.subscribe(&settings).unwrap();
    let update = FetchUpdate {
        source: source.id,
        entries: vec![EntryRecord { article: id, guid: Some(9), content_hash: 7 }],
        copies: Vec::new(),
        editions: Vec::new(),
        doubles: Vec::new(),
        moved_to: None,
        title: Some("Coast Wire".to_owned()),
        link: None,
        pause: false,
        status: FetchStatus { etag: Some("x".to_owned()), ..FetchStatus::default() },
    };
    library.record_fetches(&[update]).unwrap();
}

#[test]
fn export_can_be_imported() {
    let fixture = Fixture::new();
    fixture.run(&["add", "news"]);
    let library = fixture.library();
    let id = library.ids().unwrap()[0];
    let elsewhere = ArticleId(u64::MAX - 7);
    let start = library.get(id).unwrap().unwrap().findings.quotations[0].span.start;
    let actions = [
        read(id, true),
        position(id, 5),
        corrected(id, start, Some(SpeakerCorrection::NoSpeaker)),
        starred(elsewhere, true),
    ];
    library.note(&actions).unwrap();
    library.note(&[linked("ines okafor", "captain okafor", Some(true))]).unwrap();
    keep_fetched(&library);
    subscribe(&library, id);
    let exported = fixture.run(&["export", "--format", "jsonl"]);
    assert_eq!((exported.out.lines().count(), exported.err.as_str()), (7, ""));

    let other = Fixture::new();
    fs::write(other.path().join("kept.jsonl"), &exported.out).unwrap();
    let ran = other.run(&["import", "kept.jsonl"]);
    assert_eq!((ran.out.as_str(), ran.code), ("3 articles read\n", Some(0)), "{}", ran.err);
    assert_eq!(other.run(&["import", "kept.jsonl"]).code, Some(0), "twice does no harm");
    assert_eq!(other.run(&["export"]).out, exported.out);
    assert_eq!(other.library().user_state(), library.user_state());
    assert_eq!(other.library().identity_links().unwrap(), library.identity_links().unwrap());
    let (sources, came) = (library.subscriptions().unwrap(), other.library().subscriptions().unwrap());
    assert_eq!((&sources[0].settings, sources[0].name()), (&came[0].settings, came[0].name()));
    assert_eq!(other.library().entries_of(came[0].id).unwrap(), library.entries_of(sources[0].id).unwrap());
    for id in library.ids().unwrap() {
        let (kept, came) = (library.get(id).unwrap().unwrap(), other.library().get(id).unwrap().unwrap());
        assert_eq!((&kept.article, kept.corrected()), (&came.article, came.corrected()));
    }

    fs::write(other.path().join("kept.jsonl"), "nonsense\n{\"id\": 3}\n").unwrap();
    let ran = other.run(&["import", "kept.jsonl"]);
    assert!(ran.code == Some(2) && ran.err.contains("line 1"), "{}", ran.err);
}

#[test]
fn doctor_reports_and_repairs() {
    let fixture = Fixture::new();
    fixture.run(&["add", "news"]);
    let ran = fixture.run(&["doctor"]);
    assert!(ran.out.contains("no faults found") && ran.out.contains("articles     2"), "{}", ran.out);
    let hand = rusqlite::Connection::open(fixture.path().join("library.sqlite3")).unwrap();
    hand.execute("DELETE FROM beginnings", []).unwrap();
    drop(hand);
    let ran = fixture.run(&["doctor"]);
    assert!(ran.code == Some(1) && ran.out.contains("fault"), "{}", ran.out);
    assert_eq!(fixture.run(&["search", "bridge"]).code, Some(1));
    assert_eq!(fixture.run(&["doctor", "--rebuild"]).code, Some(0));
    assert_eq!(fixture.run(&["search", "bridge"]).out.lines().count(), 2);
}

#[test]
fn doctor_names_the_ways_out_of_damage() {
    let fixture = Fixture::new();
    fixture.run(&["add", "news"]);
    let place = fixture.path().join("library.sqlite3");
    let whole = fs::read(&place).unwrap();
    let mut zeroed = whole.clone();
    // The second page, of 8192 bytes.
    zeroed[8192..16384].fill(0);
    for damaged in [&whole[..whole.len() / 2], &zeroed] {
        fs::write(&place, damaged).unwrap();
        let ran = fixture.run(&["doctor"]);
        assert_eq!(ran.code, Some(2), "{}{}", ran.out, ran.err);
        assert!(ran.err.starts_with("pullquote: the library is damaged ("), "{}", ran.err);
        for way in ["copy library.sqlite3", "doctor --rebuild", "pullquote export", ".recover", "3.43", "--library NEW"]
        {
            assert!(ran.err.contains(way), "{way}: {}", ran.err);
        }
        assert_eq!(fs::read(&place).unwrap(), damaged, "it is left as it is");
    }
}

#[test]
fn export_writes_what_can_still_be_read_of_what_the_user_did() {
    let fixture = Fixture::new();
    fixture.run(&["add", "news"]);
    let place = fixture.path().join("library.sqlite3");
    let library = Library::open(&place).unwrap();
    let ids = library.ids().unwrap();
    library.note(&[starred(ids[0], true), tagged(ids[0], "coast", true)]).unwrap();
    library.checkpoint_on_exit();
    drop(library);
    let whole = fs::read(&place).unwrap();
    for (table, kept) in [("tags", "\"starred\":true"), ("marks", "coast"), ("settings", "coast")] {
        let hand = rusqlite::Connection::open(&place).unwrap();
        let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
        let page: usize = hand.query_row(sql, [table], |row| row.get::<_, i64>(0)).unwrap() as usize;
        drop(hand);
        let mut damaged = whole.clone();
        damaged[(page - 1) * 8192..page * 8192].fill(0x77);
        fs::write(&place, damaged).unwrap();
        let ran = fixture.run(&["export"]);
        assert_eq!(ran.code, Some(2), "{table}: {}", ran.err);
        assert!(ran.err.contains("1 part of the library could not be read and exported"), "{table}: {}", ran.err);
        assert_eq!(ran.out.matches("\"paragraphs\"").count(), 2, "{table}: {}", ran.out);
        assert!(ran.out.contains(kept), "{table}: {}", ran.out);
        fs::write(&place, &whole).unwrap();
    }
}

#[test]
fn doctor_rebuilds_nothing_out_of_nothing() {
    let fixture = Fixture::new();
    fs::write(fixture.path().join("library.sqlite3"), "").unwrap();
    let ran = fixture.run(&["doctor", "--rebuild"]);
    assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
    assert!(ran.out.ends_with("there are no articles in it: nothing was rebuilt\n"), "{}", ran.out);
    assert!(!ran.out.contains("index was rebuilt"), "{}", ran.out);
}

#[test]
fn commands_that_hints_name_work_with_the_library_that_was_given() {
    let fixture = Fixture::new();
    fixture.run(&["add", "news"]);
    let library = fs::read(fixture.path().join("library.sqlite3")).unwrap();
    let name = "my new's l.sqlite3";
    let place = fixture.path().join(name);
    fs::write(&place, &library).unwrap();
    // Only the index is wrong.
    let hand = rusqlite::Connection::open(&place).unwrap();
    hand.execute("DELETE FROM beginnings WHERE rowid = (SELECT min(id) FROM articles)", []).unwrap();
    drop(hand);
    let run = |command: &str| {
        let mut shell = Command::new("sh");
        let path = Path::new(&cargo_bin("pullquote")).parent().unwrap().display().to_string();
        let path = format!("{path}:{}", std::env::var("PATH").unwrap_or_default());
        shell.args(["-c", command]).env("PATH", path).env("HOME", fixture.path()).current_dir(fixture.path());
        Ran::from(shell.stdin(Stdio::null()).output().unwrap())
    };
    let quoted = r"--library 'my new'\''s l.sqlite3'";
    let ran = run(&format!("pullquote doctor {quoted}"));
    let repair = format!("pullquote doctor --rebuild {quoted}");
    assert!(ran.code == Some(1) && ran.out.contains(&format!("; {repair} rebuilds")), "{}{}", ran.out, ran.err);
    assert_eq!(run(&repair).code, Some(0));
    // Another command leads to doctor, and doctor to the ways out.
    fs::write(&place, &library[..library.len() / 2]).unwrap();
    let ran = run(&format!("pullquote list {quoted}"));
    assert!(ran.err.ends_with(&format!("pullquote doctor {quoted}\n")), "{}", ran.err);
    let ran = run(&format!("pullquote doctor {quoted}"));
    for way in [
        format!("{repair}\n"),
        format!("pullquote export {quoted} > all.jsonl"),
        r"sqlite3 'my new'\''s l.sqlite3' .recover".to_owned(),
    ] {
        assert!(ran.err.contains(&way), "{way}: {}", ran.err);
    }
    // Where none was given, none is named.
    let home = fixture.path().join(".local/share/pullquote");
    fs::create_dir_all(&home).unwrap();
    fs::write(home.join("library.sqlite3"), &library[..library.len() / 2]).unwrap();
    let ran = run("unset XDG_DATA_HOME; pullquote doctor");
    assert!(ran.err.contains("pullquote doctor --rebuild\n"), "{}", ran.err);
}

#[test]
fn export_of_a_damaged_library_has_what_can_be_read() {
    let fixture = Fixture::new();
    fixture.run(&["add", "news"]);
    let hand = rusqlite::Connection::open(fixture.path().join("library.sqlite3")).unwrap();
    hand.execute("UPDATE bodies SET text = x'00' WHERE id = (SELECT min(id) FROM bodies)", []).unwrap();
    drop(hand);
    let ran = fixture.run(&["export"]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert_eq!(ran.out.matches("\"paragraphs\"").count(), 1, "{}", ran.out);
    assert!(ran.err.contains("1 part of the library could not be read and exported"), "{}", ran.err);
}

#[test]
fn file_that_is_no_library_is_refused() {
    let fixture = Fixture::new();
    fs::write(fixture.path().join("library.sqlite3"), "Dear diary").unwrap();
    for arguments in [&["list"][..], &["add", "news"], &["search", "x"], &["export"], &["doctor"], &["quotes"]] {
        let ran = fixture.run(arguments);
        assert_eq!((ran.out.as_str(), ran.code), ("", Some(2)), "{arguments:?}");
        assert!(ran.err.contains("is not a pullquote library") && ran.err.contains("hint: "), "{}", ran.err);
    }
    assert_eq!(fs::read(fixture.path().join("library.sqlite3")).unwrap(), b"Dear diary");
    assert_eq!(fixture.run(&["quotes", "news"]).code, Some(0), "files can be read all the same");
}

/// A pipe would be waited for, a name for memory or an address of a file would be taken for one by `SQLite`.
#[test]
fn library_that_can_be_no_file_is_refused() {
    let fixture = Fixture::new();
    let run = |name: &str, arguments: &[&str]| {
        let mut command = Command::new(cargo_bin("pullquote"));
        command.args(arguments).args(["--library", name]).current_dir(fixture.path()).stdin(Stdio::null());
        Ran::from(command.output().unwrap())
    };
    assert!(Command::new("mkfifo").arg(fixture.path().join("pipe")).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(fixture.path().join("socket")).unwrap();
    for (name, what) in [
        ("pipe", "pipe is a pipe, not a file"),
        ("socket", "socket is a socket, not a file"),
        ("/dev/null", "/dev/null is a device, not a file"),
        ("news", "news is a folder, not a file"),
        (":memory:", ":memory: is a name for memory, not a file"),
        ("file:x?mode=memory", "file:x?mode=memory is an address, not a file"),
    ] {
        for arguments in [&["list"][..], &["add", "news"], &["doctor"], &["quotes"], &["export"]] {
            let ran = run(name, arguments);
            assert_eq!((ran.out.as_str(), ran.code), ("", Some(2)), "{name} {arguments:?}");
            assert!(ran.err.starts_with(&format!("pullquote: {what}\npullquote: hint: ")), "{}", ran.err);
        }
    }
    assert_eq!(run("./file:x", &["add", "news"]).code, Some(0), "a file may be called so");
    assert!(fixture.path().join("file:x").is_file() && !fixture.path().join("x").exists());
}

#[test]
fn imported_date_that_is_the_time_of_its_file_is_none() {
    let fixture = Fixture::new();
    fixture.put("bridge.txt", "Harbour Bridge to Close\n\n“It is tired,” said Ines Okafor, the engineer.\n");
    let file = fs::canonicalize(fixture.path().join("news/bridge.txt")).unwrap();
    let written = UNIX_EPOCH + Duration::new(1_577_882_096, 5);
    fs::File::options().write(true).open(&file).unwrap().set_modified(written).unwrap();
    // An export of the first version: it has no origin of a date.
    let line = |date: &str| {
        let paragraphs = serde_json::json!([
            {"kind": "headline", "text": "Harbour Bridge to Close"},
            {"kind": "prose", "text": "“It is tired,” said Ines Okafor, the engineer."},
        ]);
        serde_json::json!({"date": date, "path": file, "paragraphs": paragraphs}).to_string() + "\n"
    };
    for (date, expected) in
        [("2020-01-01T12:34:56Z", Value::Null), ("2020-01-01T12:34:57Z", "2020-01-01T12:34:57Z".into())]
    {
        fs::write(fixture.path().join("old.jsonl"), line(date)).unwrap();
        assert_eq!(fixture.run(&["import", "old.jsonl"]).code, Some(0));
        let quotes = fixture.run(&["quotes", "--format", "jsonl"]).out;
        let record: Value = serde_json::from_str(quotes.lines().next().unwrap()).unwrap();
        assert_eq!(record["article"]["date"], expected);
    }
}
