//! Libraries of earlier versions: what is in them is brought to the newest version, and nothing is lost.
//!
//! `libraries/version-N.sqlite3.zst` was made by the program that wrote that version: the folder `/tmp/fx/news` with the
//! files below was added to it, a feed was subscribed to, and what the user did was imported.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use assert_cmd::cargo::cargo_bin;
use pullquote::article::Shape;
use pullquote::catalog::FeedGroup;
use pullquote::library::{Entry, Library, Written};
use pullquote::query::Query;
use pullquote::quotes::SpeakerCorrection;
use pullquote::user::{Step, UserAction};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::ran::Ran;
use crate::server::{Reply, Server};
use crate::user_actions::{commit, starred, undo};

/// Libraries of each earlier version, the first first. The later ones are version 1 as the programs of these versions
/// migrated it.
const EARLIER: [&[u8]; 12] = [
    include_bytes!("libraries/version-1.sqlite3.zst"),
    include_bytes!("libraries/version-2.sqlite3.zst"),
    include_bytes!("libraries/version-3.sqlite3.zst"),
    include_bytes!("libraries/version-4.sqlite3.zst"),
    include_bytes!("libraries/version-5.sqlite3.zst"),
    include_bytes!("libraries/version-6.sqlite3.zst"),
    include_bytes!("libraries/version-7.sqlite3.zst"),
    include_bytes!("libraries/version-8.sqlite3.zst"),
    include_bytes!("libraries/version-9.sqlite3.zst"),
    include_bytes!("libraries/version-10.sqlite3.zst"),
    include_bytes!("libraries/version-11.sqlite3.zst"),
    include_bytes!("libraries/version-12.sqlite3.zst"),
];

/// The files that version 1 had read: name, words, and when they were written, in seconds since 1970 (and 123456789 ns).
const FILES: [(&str, &str, u64); 5] = [
    (
        "undated.txt",
        "Council Votes for the Tram\n\n“We won by a hand,” said Mara Deniz, the pilot. The tram will run at night.\n\n\
         “I lost my hat,” said Jon Holt, the baker.\n",
        1_577_882_096,
    ),
    (
        "dated.txt",
        "date 2026-03-14 Harbour Bridge to Close\n“It is tired,” said Ines Okafor, the engineer.\n",
        1_577_882_097,
    ),
    ("2026-03-15-named.txt", "Ferry Runs Late\n\n“It floats,” said Jon Holt.\n", 1_577_882_098),
    (
        "letters.json",
        "{\"title\": \"Milo&scaron; &Ccaron;apek Speaks\", \"date\": \"2026-03-16\", \"text\": \"The hall was full, and \
         nobody sat down until the clock struck nine.\\n\\n&bdquo;C&oelig;ur and bridge,&rdquo; said Milo&scaron; \
         &Ccaron;apek, the mayor of &Lstrok;ód.\\n\\n“The bridge is mine,” said Ann Holt, the harbour master.\"}\n",
        1_577_882_099,
    ),
    (
        "many.jsonl",
        "{\"title\": \"Tram &scaron; One\", \"date\": \"2026-03-01\", \"text\": \"The night tram was late again, and the \
         passengers sang until it came to the lake.\\n\\n“It is late,” said Pilar Serrano, the driver of number nine.\"}\n\
         {\"title\": \"Orchard Opens\", \"date\": \"2026-03-02\", \"text\": \"Apples fell on the mayor while the band \
         played, and nobody moved away from the cider.\\n\\n“They are heavy,” said Oskar Brandt, who grows them.\"}\n\
         {\"title\": \"Well &oelig; Dug\", \"date\": \"2026-03-03\", \"text\": \"A well was dug behind the school after \
         three dry summers, and the water came up salty.\\n\\n“We dug too deep,” said Leila Haddad, the surveyor.\"}\n",
        1_577_882_100,
    ),
];

/// A library of an earlier version in a folder of its own, which stands in for `/tmp/fx`.
pub struct Old(TempDir);

impl Old {
    fn version_1() -> Self {
        Self::of(EARLIER[0])
    }

    pub fn of(packed: &[u8]) -> Self {
        let old = Self(TempDir::new().unwrap());
        fs::write(old.path(), zstd::decode_all(packed).unwrap()).unwrap();
        let folder = old.folder().to_string_lossy().into_owned();
        let connection = Connection::open(old.path()).unwrap();
        for table in ["files", "articles", "folders"] {
            let sql = format!("UPDATE {table} SET path = CAST(replace(CAST(path AS TEXT), '/tmp/fx', ?1) AS BLOB)");
            connection.execute(&sql, [&folder]).unwrap();
        }
        old
    }

    pub fn folder(&self) -> PathBuf {
        self.0.path().canonicalize().unwrap()
    }

    pub fn path(&self) -> PathBuf {
        self.folder().join("library.sqlite3")
    }

    /// The files as they were when version 1 read them.
    fn with_files(self) -> Self {
        let news = self.folder().join("news");
        fs::create_dir(&news).unwrap();
        for (name, words, seconds) in FILES {
            fs::write(news.join(name), words).unwrap();
            let written = SystemTime::UNIX_EPOCH + Duration::new(seconds, 123_456_789);
            File::options().write(true).open(news.join(name)).unwrap().set_modified(written).unwrap();
        }
        self
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(cargo_bin("pullquote"));
        command.args(arguments).arg("--library").arg(self.path()).current_dir(self.folder()).stdin(Stdio::null());
        for name in ["ALL_PROXY", "HTTP_PROXY", "all_proxy", "http_proxy"] {
            command.env_remove(name);
        }
        Ran::from(command.output().unwrap())
    }

    pub fn open(&self) -> Library {
        Library::open(&self.path()).unwrap()
    }
}

pub fn found(library: &Library, typed: &str) -> Vec<String> {
    let hits = library.search(&Query::parse(typed), &|| true).unwrap();
    hits.iter().map(|hit| library.get(hit.id).unwrap().unwrap().article.headline().to_owned()).collect()
}

/// The one article that a search finds.
pub fn one(library: &Library, typed: &str) -> std::sync::Arc<Entry> {
    let hits = library.search(&Query::parse(typed), &|| true).unwrap();
    assert_eq!(hits.len(), 1, "{typed}");
    library.get(hits[0].id).unwrap().unwrap()
}

/// The speaker of these words in an article, with corrections.
pub fn speaker(entry: &Entry, words: &str) -> Option<String> {
    let findings = entry.corrected();
    let quotation =
        findings.quotations.iter().find(|quotation| entry.article.body.words(quotation.span).starts_with(words));
    findings.speaker_of(quotation.unwrap()).map(|speaker| speaker.name.clone())
}

#[test]
fn schema_is_the_same_by_every_way() {
    fn schema(path: &Path) -> Vec<(String, Vec<String>)> {
        let connection = Connection::open(path).unwrap();
        let mut tables = connection.prepare("SELECT name FROM sqlite_schema ORDER BY name").unwrap();
        let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let columns = |name: &String| -> Vec<String> {
            let mut columns = connection.prepare(&format!("PRAGMA table_xinfo({name})")).unwrap();
            let shown = |row: &rusqlite::Row<'_>| {
                let (name, kind, fixed): (String, String, bool) = (row.get(1)?, row.get(2)?, row.get(3)?);
                Ok(format!("{name} {kind} {fixed}"))
            };
            columns.query_map([], shown).unwrap().map(Result::unwrap).collect()
        };
        names.iter().map(|name| (name.clone(), columns(name))).collect()
    }
    let new = TempDir::new().unwrap();
    let path = new.path().join("library.sqlite3");
    drop(Library::open(&path).unwrap());
    for earlier in EARLIER {
        let old = Old::of(earlier);
        drop(old.open());
        assert_eq!(schema(&old.path()), schema(&path));
    }
}

#[test]
fn paragraphs_of_before_are_set_as_usual_until_they_are_read_again() {
    for earlier in EARLIER {
        let library = Old::of(earlier).open();
        for id in library.ids().unwrap() {
            let body = library.get(id).unwrap().unwrap().article.body.clone();
            assert!(body.paragraphs().iter().all(|paragraph| paragraph.shape == Shape::default()));
            assert!(body.styles().is_empty());
        }
    }
}

#[test]
fn user_data_outlives_every_migration() {
    for earlier in EARLIER {
        let old = Old::of(earlier);
        let library = old.open();
        assert_eq!(library.check().unwrap(), [""; 0]);
        let memory = library.user_state();
        assert_eq!((memory.read.len(), memory.starred.len(), memory.positions.len()), (3, 3, 1));
        assert_eq!((memory.tags.len(), memory.corrections.len()), (2, 3));
        let council = one(&library, "hat is:starred is:read tag:tram");
        assert_eq!(speaker(&council, "I lost").as_deref(), Some("Pilar Serrano"));
        // What was done before there was a history cannot be undone; what is done now can.
        assert_eq!(undo(&library), Written::Nothing(Step::Undo));
        let feed = library.subscriptions().unwrap()[0].id;
        commit(&library, vec![UserAction::Subscribed { feed, subscribed: false }]);
        assert!(library.subscriptions().unwrap().is_empty());
        undo(&library);
        assert_eq!(library.articles_of_feeds(&FeedGroup::Feed(feed)).unwrap().len(), 1);
    }
}

/// `libraries/short-6.sqlite3.zst` was made by the last program that wrote version 6: five files of `/tmp/fx/mole` were added, in
/// four of which Ines Okafor speaks, and in the last "Okafor".
const SHORT: &[u8] = include_bytes!("libraries/short-6.sqlite3.zst");

#[test]
fn short_forms_and_runs_of_an_older_library_are_counted() {
    let old = Old::of(SHORT);
    let library = old.open();
    let shown = |library: &Library| {
        let person = library.person("okafor").unwrap().unwrap();
        (person.name.to_string(), person.spoken.quotations, person.spoken.runs, person.articles)
    };
    for id in library.outdated().unwrap() {
        library.renew(id).unwrap();
    }
    assert_eq!(shown(&library), ("Ines Okafor".to_owned(), 9, 14, 5));
    library.rebuild().unwrap();
    assert_eq!(shown(&library), ("Ines Okafor".to_owned(), 9, 14, 5));
    assert_eq!(library.check().unwrap(), [""; 0]);
}

#[test]
fn time_of_a_file_is_no_longer_a_date() {
    // The files are not there: nothing is read again.
    let old = Old::version_1();
    let library = old.open();
    assert_eq!(library.check().unwrap(), [""; 0]);
    let council = one(&library, "hat is:starred is:read tag:tram");
    assert_eq!(council.article.headline(), "Council Votes for the Tram");
    assert_eq!((council.article.dates.published, council.article.dates.source_name()), (None, "none"));
    assert_eq!(speaker(&council, "I lost").as_deref(), Some("Pilar Serrano"));
    assert_eq!(library.user_state().flags(council.article.id).position, Some(40));
    assert_eq!(library.ids().unwrap().last(), Some(&council.article.id), "it stands last");
    assert!(found(&library, "after:1990 tram").iter().all(|title| title != "Council Votes for the Tram"));
    assert_eq!(found(&library, "said:hat speaker:serrano"), ["Council Votes for the Tram"]);
    // A date from the article or the name of its file stays.
    assert_eq!(found(&library, "after:2026-03-14 before:2026-03-16").len(), 2);
    drop(library);
    // The tables of people have it too.
    let speakers = old.run(&["speakers", "--format", "jsonl"]).out;
    let serrano = speakers.lines().find(|line| line.contains("Pilar Serrano")).unwrap();
    assert!(serrano.contains("\"quotes\":2") && !speakers.contains("2020-01-01"), "{speakers}");
    assert_eq!(old.run(&["quotes", "--format", "jsonl"]).out.matches("2020-01-01").count(), 0);
    assert!(Path::new(&format!("{}.version-1", old.path().display())).exists(), "a copy is kept");
}

#[test]
fn files_are_read_again_and_user_data_follows() {
    let old = Old::version_1().with_files();
    let ran = old.run(&["add", "news"]);
    let notice =
        "pullquote: upgrading the library to the newest version, once; a copy of the old one is kept beside it\n";
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), notice), "{}", ran.out);
    let library = old.open();
    assert_eq!(library.check().unwrap(), [""; 0]);
    assert_eq!((library.statistics().unwrap().articles, library.statistics().unwrap().gone), (8, 0));
    let letters = one(&library, "čapek");
    assert_eq!(letters.article.headline(), "Miloš Čapek Speaks");
    assert!(letters.article.body.text().contains("„Cœur and bridge,” said Miloš Čapek, the mayor of Łód."));
    let memory = library.user_state();
    assert!(memory.flags(letters.article.id).starred);
    assert_eq!(memory.tags(letters.article.id).collect::<Vec<_>>(), ["letters"]);
    assert_eq!(speaker(&letters, "The bridge is mine").as_deref(), Some("Greta Vance"));
    assert_eq!(found(&library, "speaker:vance said:mine"), ["Miloš Čapek Speaks"]);
    // Of many articles in a file each has its own flags.
    assert_eq!(one(&library, "tram passengers is:starred").article.headline(), "Tram š One");
    let well = one(&library, "salty is:read");
    assert_eq!((well.article.headline(), speaker(&well, "We dug")), ("Well œ Dug", None));
    let corrections: Vec<_> = memory.corrections[&well.article.id].values().collect();
    assert_eq!(corrections, [&SpeakerCorrection::NoSpeaker]);
    assert_eq!(found(&library, "orchard is:read"), ["Orchard Opens"]);
    assert_eq!(one(&library, "hat is:starred tag:tram").article.dates.published, None);
    let named = one(&library, "ferry");
    assert_eq!(
        (named.article.dates.source_name(), named.article.dates.published.unwrap().to_string()),
        ("name", "2026-03-15".into())
    );
    drop(library);
    let again = old.run(&["add", "news"]);
    assert_eq!((again.out.as_str(), again.err.as_str()), ("0 articles read; 8 in the library\n", ""));
}

/// Files whose letters and parts the program of version 3 lost, as it read them: in `letters-3.sqlite3.zst` each has marks,
/// a position and a correction, one was removed, and two speakers are one person.
const LOST: [(&str, &[u8]); 4] = [
    (
        "q.html",
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Ferry Bell Rings Again</title></head>\
         <body><article><h1>Ferry Bell Rings Again</h1><p>The bell of the old ferry rang on Monday for the first time in \
         eleven years, and people came down to the quay to hear it. <q>We had missed it,</q> said Nora Brandt, who keeps \
         the tea house by the steps and had come early.</p><p>The harbour office had kept the bell in a shed behind the \
         customs house, where nobody looked for it until the roof was mended in the spring.</p><p>“It is louder than I \
         remembered,” said Piet Olsen, the ferryman, who rang it twice and then once more for the children on the \
         wall.</p><p>The ferry will run every hour until the end of September, the harbour office said, and the bell will \
         be rung at the first and the last crossing.</p></article></body></html>"
            .as_bytes(),
    ),
    (
        "choir.txt",
        "Choir Sings in the Rain\n\n\u{93}We sang louder than the rain,\u{94} said Hanna Voss, who leads the choir of the \
         harbour school.\n\nThe choir stood under the arcade of the market for two hours on Sunday and sang all that it \
         knew.\n\n“Nobody went home,” said Emil Radek, the warden of the market, who had brought chairs.\n\nThe market \
         opens again on Wednesday.\n"
            .as_bytes(),
    ),
    (
        "apple.eml",
        "From: Coast Letter <letter@coast.example>\nTo: reader@example.org\nSubject: The Pear Tree Stays\nDate: Tue, 17 Mar \
         2026 09:30:00 +0000\nMessage-ID: <pear@coast.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; \
         boundary=\"cut\"\n\n--cut\nContent-Type: text/plain; charset=utf-8\n\nThe pear tree on the corner stays where it \
         is, the council said.\n\n--cut\nContent-Type: image/png; name=\"tree.png\"\nContent-Disposition: inline; \
         filename=\"tree.png\"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--cut\nContent-Type: text/plain; \
         charset=utf-8\n\n“It was here before the street was,” said Lotte Kern, the gardener of the quarter, who counted \
         its rings from a fallen branch last winter.\n\nThe street will bend around it, and two parking places \
         go.\n\n--cut--\n"
            .as_bytes(),
    ),
    (
        "address.jsonl",
        "{\"title\": \"Clock Loses an Hour\", \"date\": \"2026-03-18\", \"url\": \"https://coast.example/clock\", \"text\": \
         \"<p>The clock of the town hall lost an hour on Friday, and nobody noticed until the bus had left. <q>I thought I \
         was early,</q> said Jens Falk, the baker.</p><p>The clock maker comes on Tuesday and brings a spring.</p><p>“It is \
         a small spring,” said Mette Lund, the clock maker.</p>\"}\n{\"title\": \"Lamp on the Pier\", \"date\": \
         \"2026-03-19\", \"url\": \"https://coast.example/lamp\", \"text\": \"<p>A lamp was hung at the end of the pier on \
         Saturday. <q>It is for the boats,</q> said Arne Dahl, the pilot.</p><p>“And for the lovers,” said Mette \
         Lund.</p>\"}\n"
            .as_bytes(),
    ),
];

#[test]
fn user_data_follows_its_words_when_letters_and_parts_come_back() {
    let old = Old::of(include_bytes!("libraries/letters-3.sqlite3.zst"));
    let folder = old.folder().join("letters");
    fs::create_dir(&folder).unwrap();
    for (name, bytes) in LOST {
        fs::write(folder.join(name), bytes).unwrap();
    }
    assert_eq!(old.run(&["add", "letters"]).code, Some(0));
    let library = old.open();
    assert_eq!(library.check().unwrap(), [""; 0]);
    let held = library.statistics().unwrap();
    assert_eq!((held.articles, held.gone, held.corrections), (5, 0, 5));
    assert_eq!(library.all_unplaced().unwrap(), []);
    // Of each article: what came back, where the user was, and whose words the user says that these are.
    for (typed, new, line, words, says) in [
        ("bell is:read is:starred", "We had missed", "The ferry will run", "It is louder", Some("Nora Brandt")),
        ("choir is:read tag:song", "We sang louder", "The market opens", "Nobody went", Some("Hanna Voss")),
        ("pear is:starred", "", "The street will bend", "It was here", None),
        ("clock is:starred", "I thought I", "The clock maker comes", "It is a small", Some("Jens Falk")),
    ] {
        let entry = one(&library, typed);
        let text = entry.article.body.text();
        let position = library.user_state().flags(entry.article.id).position.unwrap();
        assert!(text[position..].starts_with(line), "{typed}: {}", &text[position..]);
        assert_eq!(speaker(&entry, words).as_deref(), says, "{typed}");
        if !new.is_empty() {
            assert!(speaker(&entry, new).is_some(), "{typed}");
        }
    }
    assert!(one(&library, "pear").article.body.text().contains("stays where it is, the council said."));
    let lamp = one(&library, "lamp is:removed");
    assert_eq!(speaker(&lamp, "And for").as_deref(), Some("M. Lund"));
    assert_eq!(library.identity_links().unwrap().iter().count(), 1);
}

/// `part-3.sqlite3.zst`: two records of a file whose third no program reads; the first has marks and a correction, the
/// second was removed.
#[test]
fn user_data_follows_in_a_file_of_which_something_is_refused() {
    const RECORDS: &str = "{\"title\": \"Weir Opens\", \"date\": \"2026-03-20\", \"text\": \"The weir was opened on Friday after \
        eleven dry weeks, and boys jumped in. \u{93}It is cold,\u{94} said Lena Brook.\\n\\n“It is deep,” said Tom Reed, the \
        keeper of the weir.\"}\n{\"title\": \"Barn Sold\", \"date\": \"2026-03-21\", \"text\": \"The barn by the weir was sold to a \
        painter who means to live in it. \u{93}It has no floor,\u{94} said Ida Voss.\\n\\n“It never had,” said Tom \
        Reed.\"}\n{\"title\": \"x\"}\n";
    let old = Old::of(include_bytes!("libraries/part-3.sqlite3.zst"));
    let file = old.folder().join("part/r.jsonl");
    fs::create_dir(file.parent().unwrap()).unwrap();
    fs::write(&file, RECORDS).unwrap();
    for _ in 0..2 {
        assert_eq!(old.run(&["add", "part"]).code, Some(0));
        let library = old.open();
        assert_eq!((library.statistics().unwrap().articles, library.statistics().unwrap().gone), (2, 0));
        let weir = one(&library, "weir opened is:starred tag:water");
        assert_eq!(speaker(&weir, "It is deep").as_deref(), Some("Lena Brook"));
        assert!(speaker(&weir, "It is cold").is_some(), "{}", weir.article.body.text());
        assert_eq!(one(&library, "barn is:removed").article.headline(), "Barn Sold");
        assert_eq!(library.check().unwrap(), [""; 0]);
    }
    // An edit: the words of the one change, the other is gone, and has no successor.
    let library = old.open();
    let barn = one(&library, "barn is:removed").article.id;
    library.note(&[starred(barn, true)]).unwrap();
    drop(library);
    let edited = RECORDS.lines().next().unwrap().replace("boys jumped in", "some boys and a dog jumped in at once");
    fs::write(&file, edited + "\n").unwrap();
    assert_eq!(old.run(&["add", "part"]).code, Some(0));
    let library = old.open();
    let weir = one(&library, "dog is:starred tag:water");
    assert_eq!(speaker(&weir, "It is deep").as_deref(), Some("Lena Brook"));
    assert_eq!((library.statistics().unwrap().articles, library.statistics().unwrap().gone), (2, 1));
    assert!(library.has(barn).unwrap(), "what the user decided about stays");
}

#[test]
fn short_records_are_told_apart_by_their_place_in_the_file() {
    // Of such records hardly a word is the same once their letters came right.
    let old = Old::version_1();
    let news = old.folder().join("short.jsonl");
    let line = |n: &str, letter: &str, text: &str| format!("{{\"title\":\"{n} Milo{letter}\",\"text\":\"{text}\"}}\n");
    let right: String =
        [("A1", "š"), ("A2", "š"), ("A3", "")].map(|(n, letter)| line(n, letter, "“Fine,” said Miloš Čapek.")).concat();
    let wrong = right.replace(['š', 'Č'], "");
    let library = old.open();
    fs::write(&news, &wrong).unwrap();
    drop(library);
    assert_eq!(old.run(&["add", "short.jsonl"]).code, Some(0));
    let library = old.open();
    let second = one(&library, "title:a2");
    library.note(&[starred(second.article.id, true)]).unwrap();
    drop(library);
    // As if an older version of the formats had read the file as it stands now.
    fs::write(&news, &right).unwrap();
    let written = fs::metadata(&news).unwrap();
    let modified = written.modified().unwrap().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos() as i64;
    let connection = Connection::open(old.path()).unwrap();
    let sql = "UPDATE files SET size = ?1, modified = ?2, reader = 2 WHERE CAST(path AS TEXT) LIKE '%short.jsonl'";
    assert_eq!(connection.execute(sql, (written.len() as i64, modified)).unwrap(), 1);
    drop(connection);
    assert_eq!(old.run(&["add", "short.jsonl"]).code, Some(0));
    let library = old.open();
    assert_eq!(found(&library, "is:starred fine"), ["A2 Miloš"]);
    assert_eq!(library.check().unwrap(), [""; 0]);
}

#[test]
fn feeds_are_fetched_in_full_once_more() {
    const FEED: &str = "<rss version='2.0'><channel><title>Wire</title><item><title>Re&ccedil;ep &scaron;ings</title>\
         <link>http://127.0.0.1:8099/a</link><pubDate>Tue, 17 Mar 2026 09:30:00 GMT</pubDate>\
         <description>&lt;p&gt;The choir of &amp;Lstrok;&amp;oacute;d sang.&lt;/p&gt;</description></item></channel></rss>";
    for earlier in EARLIER {
        let server = Server::start(|asked| match asked.header("if-none-match") {
            Some(_) => Reply::new("304 Not Modified", &[], ""),
            None => Reply::new("200 OK", &[("ETag", "\"v1\"")], FEED),
        });
        let old = Old::of(earlier);
        let connection = Connection::open(old.path()).unwrap();
        let address = server.url("/feed");
        connection.execute("UPDATE sources SET address = ?1, typed = ?1, due = 0", [&address]).unwrap();
        drop(connection);
        for _ in 0..2 {
            assert_eq!(old.run(&["refresh", "--all"]).code, Some(0));
        }
        let library = old.open();
        let entry = one(&library, "choir");
        assert_eq!(entry.article.body.text(), "Reçep šings\nThe choir of Łód sang.");
        assert_eq!(library.statistics().unwrap().articles, 8);
        assert_eq!(server.paths().len(), 2);
    }
}
