//! Upgrading libraries that have articles twice, as the programs before version 5 stored an entry whose link changed: the
//! doubles become one with all that the user did with either, they do not come back, and a kill at any moment loses nothing.
//!
//! `libraries/doubled-N.sqlite3.zst` was made by a program that wrote version N (version 1 by that of version 2, with what
//! version 2 has more taken away): the folder `/tmp/fx/harbour` with the files below was added to it, the feed below was
//! read, and read again after the user corrected an entry and the links had changed; what the user did was imported, and
//! the second lock keeper was starred in the reader.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use pullquote::article::ArticleId;
use pullquote::library::{Entry, Library, Written};
use pullquote::user::Step;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use signal_hook::consts::SIGXFSZ;

use crate::accidents::Random;
use crate::migrations::{Old, found, one, speaker};
use crate::server::{Reply, Server};
use crate::user_actions::undo;

const DOUBLED: [&[u8]; 4] = [
    include_bytes!("libraries/doubled-1.sqlite3.zst"),
    include_bytes!("libraries/doubled-2.sqlite3.zst"),
    include_bytes!("libraries/doubled-3.sqlite3.zst"),
    include_bytes!("libraries/doubled-4.sqlite3.zst"),
];

/// Pages: headline, canonical address, words. Of those with one address the last was the article.
const PAGES: [(&str, &str, &str); 5] = [
    (
        "Barge Blocks Berths",
        "/news",
        "<p>A barge lay across two berths from Monday to Thursday, because the tug that should have turned it had lost a \
         screw.</p><p>“I can wait,” said Ines Okafor, the harbour master.</p>",
    ),
    (
        "Eels Sold From a Bucket",
        "/news",
        "<p>Nobody on the fish market remembers so many eels as on Tuesday, when Ole Brink filled buckets, barrels and in the \
         end a bathtub.</p><p>“They bite,” said Leila Haddad, a cook.</p>",
    ),
    (
        "Pupils Sing Aboard",
        "/news",
        "<p>Forty pupils sang aboard the morning ferry for their teacher, who retires, and missed the first two lessons over \
         it.</p><p>“It was worth both,” said Tom Reed, who is nine.</p>",
    ),
    (
        "Crane Greased in Time",
        "/",
        "<p>The old crane was greased on Wednesday evening, two hours before the storm came, and turned with the wind as it \
         should.</p><p>“Fat saves iron,” said Pilar Serrano, the smith.</p>",
    ),
    (
        "Seal Sleeps Late",
        "/",
        "<p>On Friday a seal slept where the rowing club keeps its boats until noon, while eight oarsmen drank coffee and \
         whispered.</p><p>“We let it,” said Gus Lind, their cox.</p>",
    ),
];

const WALL: &str = "The sea wall at the north end lost forty stones in the night, and the masons say that it will take the \
     whole of the summer to set them again.\n\n“We count every stone,” said Jon Holt, the mason.\n\n“It has stood for \
     ninety years,” said Mara Deniz, who lives behind it.";

/// Entries: headline, identifier, link without its number, words.
const ENTRIES: [(&str, &str, &str, &str); 5] = [
    (
        "Tide Gauge Moves",
        "g1",
        "/tide-",
        "The tide gauge was moved to the far side of the pier on Monday, where the water is deeper and the anglers do not \
         lean on it. “It reads a hand too low,” said Nora Brandt, the keeper. “It always did,” said Piet Olsen, an angler.",
    ),
    (
        "Lock Keeper Retires",
        "g2",
        "/lock-",
        "The keeper of the old lock retires in June after forty years, and nobody in the town has asked for the key, which \
         hangs on a nail behind the door. “I will miss the eels,” said Hanna Voss, the keeper.",
    ),
    (
        "Buoy Painted",
        "",
        "/buoy-",
        "The yellow buoy off the point was painted red on Tuesday by two men in a rowing boat, and by the evening the gulls \
         had painted it white again. “It is a good red,” said Emil Radek, the painter. “It was,” said Lotte Kern, his \
         sister.",
    ),
    (
        "Gull Count",
        "g4",
        "/gull-",
        "The gulls of the harbour were counted on Wednesday for the first time since the war, and the pupils who did it came \
         to nine hundred and four. “One was a crow,” said Jens Falk, a pupil.",
    ),
    (
        "Net Mended",
        "g5",
        "/net",
        "A net was mended on the steps of the chapel on Thursday. “So is the chapel,” said Arne Dahl.",
    ),
];

/// Writes the files that were read.
fn write_files(folder: &Path) {
    fs::create_dir(folder).unwrap();
    for (number, (title, canonical, words)) in (1..).zip(PAGES) {
        let page = format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title><link rel=canonical \
             href='https://coast.example{canonical}'></head><body><article><h1>{title}</h1>{words}</article></body></html>"
        );
        fs::write(folder.join(format!("quay-{number}.html")), page).unwrap();
    }
    let records = [
        serde_json::json!({"title": "Sea Wall Loses Stones", "date": "2026-04-02", "url": "https://coast.example/wall-a",
                           "text": WALL}),
        serde_json::json!({"title": "Sea Wall Loses Stones", "date": "2026-04-05", "url": "https://coast.example/wall-b",
                           "text": WALL}),
        serde_json::json!({"title": "Midnight Ferry Sails", "date": "2022-11-07T00:00:00+01:00",
            "text": "The midnight ferry sailed with nine on board.\n\n“It was calm,” said Leila Haddad, the pilot."}),
        serde_json::json!({"title": "Evening Ferry Waits", "date": "2022-11-07T22:30:00-05:00",
            "url": "https://coast.example/evening",
            "text": "The evening ferry waited for a bus.\n\n“I had time,” said Oskar Brandt, the driver."}),
        serde_json::json!({"title": "Ferry Without a Day",
            "text": "A ferry was painted, nobody wrote down when.\n\n“It is blue,” said J. Holt, the painter."}),
    ];
    let lines = records.iter().map(|record| record.to_string() + "\n").collect::<String>();
    fs::write(folder.join("ferry.jsonl"), lines).unwrap();
}

/// The feed, in which every link but the last has this number.
fn feed(number: usize) -> String {
    let entry = |(title, guid, link, words): (&str, &str, &str, &str)| {
        let link = if link.ends_with('-') { format!("{link}{number}") } else { link.to_owned() };
        let guid = if guid.is_empty() { String::new() } else { format!("<guid isPermaLink='false'>{guid}</guid>") };
        format!(
            "<item><title>{title}</title>{guid}<link>https://coast.example{link}</link><description>{words}</description></item>"
        )
    };
    let entries: String = ENTRIES.map(entry).concat();
    format!(
        "<rss version='2.0'><channel><title>Pier Wire</title><link>https://coast.example/</link>{entries}</channel></rss>"
    )
}

/// The keys of articles with their addresses, without opening the library.
fn stored(path: &Path) -> BTreeMap<ArticleId, String> {
    let connection = Connection::open(path).unwrap();
    let mut articles = connection.prepare("SELECT key, coalesce(url, '') FROM articles").unwrap();
    let row = |row: &rusqlite::Row<'_>| Ok((ArticleId(row.get::<_, i64>(0)? as u64), row.get(1)?));
    articles.query_map([], row).unwrap().map(Result::unwrap).collect()
}

fn tags(library: &Library, entry: &Entry) -> Vec<String> {
    library.user_state().tags(entry.article.id).map(str::to_owned).collect()
}

/// The line at the reading position in an article.
fn line<'e>(library: &Library, entry: &'e Entry) -> &'e str {
    let position = library.user_state().flags(entry.article.id).position.unwrap();
    entry.article.body.text()[position..].lines().next().unwrap()
}

#[test]
fn doubles_become_one_with_what_the_user_did_with_either() {
    for (version, packed) in (1..).zip(DOUBLED) {
        let old = Old::of(packed);
        let mut before = stored(&old.path());
        assert_eq!(before.len(), 16);
        let library = old.open();
        assert_eq!(library.check().unwrap(), [""; 0]);
        before.retain(|_, url| !url.ends_with("-2") && !url.ends_with("wall-b"));
        assert_eq!(stored(&old.path()), before, "the first of each stays, as it was");

        let state = library.user_state();
        let flags = |entry: &Entry| state.flags(entry.article.id);
        let tide = one(&library, "title:tide is:read is:starred tag:water tag:gauge");
        assert_eq!(speaker(&tide, "It reads").as_deref(), Some("Piet Olsen"));
        assert!(line(&library, &tide).starts_with("The tide gauge"));
        // One was removed, the other starred: it stays in sight.
        let lock = one(&library, "title:lock is:starred is:read");
        assert!(!flags(&lock).removed);
        // One was removed, and nothing was decided about the other.
        one(&library, "title:gull is:removed");
        assert_eq!(found(&library, "title:gull"), [""; 0]);
        let speaks = |name| old.run(&["speakers", "--speaker", name, "--format", "jsonl"]).out.lines().count();
        assert_eq!((speaks("Voss"), speaks("Falk")), (1, 0), "who speaks in what was removed is no speaker");
        // Of two corrections of the same words that of the first stays.
        let buoy = one(&library, "title:buoy is:read");
        assert_eq!(speaker(&buoy, "It is a good").as_deref(), Some("Lotte Kern"));
        assert_eq!(speaker(&buoy, "It was"), None);
        assert_eq!(found(&library, "speaker:kern said:good"), ["Buoy Painted"], "it is found by its correction");
        let wall = one(&library, "title:wall is:starred tag:stone");
        assert_eq!(speaker(&wall, "It has stood").as_deref(), Some("Jon Holt"));
        assert!(line(&library, &wall).starts_with("“We count"));
        let dates: Vec<_> =
            wall.article.editions.iter().map(|edition| edition.published.unwrap().to_string()).collect();
        assert_eq!(dates, ["2026-04-05"]);
        // What there was but once.
        assert_eq!(tags(&library, &one(&library, "title:pupils is:starred")), ["quay"]);
        let day = one(&library, "title:day is:read");
        assert_eq!((tags(&library, &day), day.article.dates.published), (vec!["day".to_owned()], None));
        one(&library, "title:evening is:read");
        one(&library, "title:net is:starred");
        // Nothing is left of the others.
        let corrections: usize = state.corrections.values().map(BTreeMap::len).sum();
        assert_eq!((state.read.len(), state.starred.len(), state.tags.len()), (5, 5, 5));
        assert_eq!((state.removed.len(), state.positions.len()), (1, 4));
        // Of two corrections of the same words one has no place any more; before version 4, those that had lost their place stayed where they were.
        assert_eq!((corrections, library.all_unplaced().unwrap().len()), if version == 4 { (4, 3) } else { (5, 1) });
        assert!(state.corrections.keys().all(|id| before.contains_key(id)));

        assert_eq!(state.searches, [("Holt".to_owned(), "speaker:holt".to_owned())]);
        assert_eq!(library.folders().unwrap(), [old.folder().join("harbour")]);
        let links = library.identity_links().unwrap();
        assert_eq!(
            (links.get("j. holt", "jon holt"), links.get("nora brandt", "oskar brandt")),
            (Some(true), Some(false))
        );
        let feeds = library.subscriptions().unwrap();
        let settings = &feeds[0].settings;
        assert_eq!(
            (settings.name.as_deref(), &*settings.folder, &settings.tags[..]),
            (Some("The Wire"), "News/Coast", &["shore".to_owned()][..])
        );
        assert_eq!(library.articles_of_feeds(&pullquote::catalog::FeedGroup::Feed(feeds[0].id)).unwrap().len(), 5);
    }
}

#[test]
fn history_and_corrections_without_a_place_are_those_of_the_one_that_stays() {
    let old = Old::of(DOUBLED[3]);
    let library = old.open();
    let state = library.user_state();
    assert_eq!((state.searched.len(), &*state.settings["list.unread"]), (2, "1"));
    let unplaced: Vec<_> = library.all_unplaced().unwrap().into_iter().map(|(id, lost)| (id, lost.words)).collect();
    // The last of them is the other of two corrections of the same words.
    let expected = [
        ("title:net", "It is older than I am,"),
        ("title:tide", "Nobody leans on it"),
        ("title:buoy", "It is a good red,"),
    ]
    .map(|(query, words)| (one(&library, query).article.id, words.to_owned()));
    assert_eq!(unplaced, expected);
    let doctor = old.run(&["doctor"]).out;
    let lines: Vec<_> = doctor.lines().filter_map(|line| line.strip_prefix("unplaced ")).collect();
    assert!(
        lines.iter().any(|line| line.starts_with("“It is older than") && line.contains("is quoted no more in “Net"))
    );
    let beaten = "gave way to another correction of these words in “Buoy Painted”";
    assert!(lines.iter().any(|line| line.starts_with("“It is a good red,”") && line.ends_with(beaten)), "{doctor}");
    for version in [3, 4] {
        let old = Old::of(DOUBLED[version - 1]);
        let library = old.open();
        assert!(matches!(undo(&library), Written::Stepped { step: Step::Undo, left: 0, .. }));
        assert_eq!(found(&library, "title:lock is:starred"), [""; 0]);
        assert_eq!(found(&library, "title:lock"), ["Lock Keeper Retires"]);
    }
}

#[test]
fn doubles_do_not_come_back() {
    for packed in DOUBLED {
        let server = Server::start(|asked| match asked.header("if-none-match") {
            Some(_) => Reply::new("304 Not Modified", &[], ""),
            None => Reply::ok(feed(asked.path.trim_start_matches("/wire").parse().unwrap())),
        });
        let old = Old::of(packed);
        write_files(&old.folder().join("harbour"));
        let ids = |library: &Library| {
            let mut ids = library.ids().unwrap();
            ids.sort();
            ids
        };
        let upgraded = ids(&old.open());
        // As it was, with the links of the doubles, and with others; each twice.
        for number in [1, 2, 3, 3, 1] {
            let connection = Connection::open(old.path()).unwrap();
            let address = server.url(&format!("/wire{number}"));
            connection.execute("UPDATE sources SET address = ?1, typed = ?1, due = 0", [&address]).unwrap();
            drop(connection);
            let ran = old.run(&["refresh", "--all"]);
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            assert_eq!(ids(&old.open()), upgraded, "{number}: {}", ran.out);
        }
        assert_eq!(old.run(&["add", "harbour"]).code, Some(0));
        let library = old.open();
        // The pages that were one article come back, and nothing else is new.
        for (title, ..) in PAGES {
            one(&library, &format!("title:\"{title}\""));
        }
        let read = ids(&library);
        assert_eq!(read.len(), upgraded.len() + 3);
        assert!(upgraded.iter().all(|id| read.contains(id)), "ids do not change");
        assert_eq!(
            found(&library, "tag:quay is:starred"),
            ["Pupils Sing Aboard"],
            "and not those that were hidden by it"
        );
        assert_eq!(found(&library, "title:gull"), [""; 0]);
        let state = library.user_state();
        assert_eq!((state.starred.len(), state.tags.len(), state.removed.len()), (5, 5, 1));
        assert_eq!(library.check().unwrap(), [""; 0]);
        drop(library);
        assert_eq!(old.run(&["add", "harbour"]).code, Some(0));
        assert_eq!(ids(&old.open()), read, "read again");
    }
}

/// All rows of the tables that are no index.
fn rows(path: &Path) -> BTreeMap<String, Vec<Vec<Value>>> {
    let connection = Connection::open(path).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'beginnings%'
               AND name NOT LIKE 'phrases%'";
    let mut tables = connection.prepare(sql).unwrap();
    let names = tables.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap);
    let all = |name: String| {
        let mut statement = connection.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| (0..columns).map(|column| row.get(column)).collect();
        let rows = statement.query_map([], row).unwrap().map(Result::unwrap).collect();
        (name, rows)
    };
    names.map(all).collect()
}

/// Starts the program, which upgrades the library at once; the system kills it as soon as it writes beyond so many blocks of
/// 512 bytes of any file: the copy of the old library, the WAL, or the library itself. Returns whether it was killed.
fn is_killed(library: &Path, blocks: u64) -> bool {
    let script = format!("ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).arg(cargo_bin("pullquote")).arg("list").arg("--library").arg(library);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success() || status.signal() == Some(SIGXFSZ), "{blocks}: {status}");
    !status.success()
}

/// The files of a library at rest: the library, and its WAL.
struct AtRest(Vec<u8>, Vec<u8>);

impl AtRest {
    /// A library, and the same with a WAL that is longer than the library, as a program leaves it that the power cut off.
    fn both(path: &Path) -> [Self; 2] {
        let library = fs::read(path).unwrap();
        let connection = Connection::open(path).unwrap();
        connection
            .execute_batch("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF")
            .unwrap();
        let log = beside(path, "-wal");
        while fs::metadata(&log).map_or(0, |log| log.len()) < 2 * library.len() as u64 {
            connection
                .execute_batch("INSERT INTO facts VALUES ('long', 1); DELETE FROM facts WHERE name = 'long'")
                .unwrap();
        }
        [Self(library.clone(), Vec::new()), Self(library, fs::read(log).unwrap())]
    }

    /// Puts it in the place of all that is in the folder.
    fn restore(&self, path: &Path) {
        for file in fs::read_dir(path.parent().unwrap()).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
        fs::write(path, &self.0).unwrap();
        fs::write(beside(path, "-wal"), &self.1).unwrap();
    }
}

fn beside(path: &Path, end: &str) -> String {
    format!("{}{end}", path.display())
}

/// What was written so far tells the moment: nothing depends on time.
#[test]
fn upgrade_survives_a_kill_at_any_moment() {
    const KILLS: usize = 50;
    const BLOCK: u64 = 512;
    let old = Old::of(DOUBLED[3]);
    let path = old.path();
    let before = AtRest::both(&path);
    drop(old.open());
    let (newest, expected) = (version(&path), rows(&path));
    let mut random = Random(19);
    // How often the program was killed before the copy was whole, while the WAL was written, and when that was committed.
    let (mut kills, mut moments) = (0, [0; 3]);
    while kills < KILLS {
        let AtRest(library, log) = &before[kills % 2];
        before[kills % 2].restore(&path);
        let from = if log.is_empty() { 0 } else { log.len() as u64 / BLOCK };
        // Every other time, the next program is killed too.
        while is_killed(&path, from + random.below(library.len() as u64 * 10 / 9 / BLOCK)) {
            kills += 1;
            let is_copied = Path::new(&beside(&path, ".version-4")).exists();
            moments[if version(&path) == newest { 2 } else { usize::from(is_copied) }] += 1;
            if random.below(2) == 0 {
                break;
            }
        }
        let library = old.open();
        assert_eq!(library.check().unwrap(), [""; 0], "after kill {kills}");
        drop(library);
        assert!(rows(&path) == expected, "after kill {kills}");
    }
    assert!(moments.iter().all(|kills| *kills > 2), "{moments:?}");
}

/// The version of a library, of which nothing is changed.
fn version(path: &Path) -> i64 {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}
