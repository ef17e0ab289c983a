//! The library in its file: what it stores and finds, and its errors on foreign files.

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use proptest::prelude::*;
use pullquote::app::Event;
use pullquote::article::{Article, ArticleId, BodyBuilder, Origin, ParagraphKind, Published};
use pullquote::library::{self, EncodedArticle, FileFingerprint, FileRead, Library, Scope, SearchOptions};
use pullquote::query::Query;
use pullquote::quotes::{self, SpeakerCorrection};
use pullquote::samples;
use pullquote::user::UnplacedCorrection;
use tempfile::TempDir;

use crate::sitting::{Sitting, three};
use crate::user_actions::{corrected, position, read, starred};

const FINGERPRINT: FileFingerprint = FileFingerprint { size: 1, modified: 1, reader: 1 };

fn article(day: Option<u32>, headline: &str, paragraphs: &[&str]) -> Article {
    let mut builder = BodyBuilder::new(headline);
    for paragraph in paragraphs {
        builder.push(ParagraphKind::Prose, paragraph);
    }
    let mut article = Article::new(builder.build());
    article.dates.published = day.and_then(|day| NaiveDate::from_ymd_opt(2026, 3, day)).map(Published::on);
    article.publisher = Some("Coast Wire".to_owned());
    article.origin = Origin::File(PathBuf::from(format!("/news/{}.txt", article.id)));
    article
}

fn news() -> Vec<Article> {
    vec![
        article(
            Some(14),
            "Harbour Bridge to Close",
            &["“The steel is telling us something,” said Ines Okafor, an engineer.", "Night trams, too, will stop."],
        ),
        article(Some(13), "Council Votes Down Night Trams", &["“Never,” said Tomas Lindqvist. The bridge stays."]),
        article(
            Some(12),
            "Minister Keeps His Job",
            &["“I have lost a bridge,” Tomas Lindqvist said at the café in Łódź."],
        ),
        article(None, "An undated note", &["O’Brien’s tram left at 10:30, with 林美玲 on board."]),
    ]
}

/// Commits articles as the user does, each from a file of its own.
fn commit_articles(library: &Library, articles: Vec<Article>) {
    let (mut encoded, mut files) = (Vec::new(), Vec::new());
    for article in articles {
        if let Origin::File(path) = &article.origin {
            files.push(FileRead {
                path: path.clone(),
                fingerprint: FINGERPRINT,
                articles: vec![article.id],
                is_whole: true,
            });
        }
        let findings = quotes::find(&article.body);
        encoded.push(EncodedArticle::of(&library.add(article, findings)).unwrap());
    }
    library.commit(&encoded, &files).unwrap();
}

struct Shelter {
    folder: TempDir,
}

impl Shelter {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn place(&self) -> PathBuf {
        self.folder.path().join("deep/library.sqlite3")
    }

    fn open(&self) -> Library {
        Library::open(&self.place()).unwrap()
    }
}

fn found(library: &Library, typed: &str) -> Vec<String> {
    let hits = library.search(&Query::parse(typed), &|| true).unwrap();
    hits.into_iter().map(|hit| library.get(hit.id).unwrap().unwrap().article.headline().to_owned()).collect()
}

fn titles(library: &Library, scope: &Scope) -> Vec<String> {
    let mut titles = Vec::new();
    let give = &mut |headlines: Vec<pullquote::catalog::Headline>| {
        titles.extend(headlines.into_iter().map(|headline| headline.title.to_string()));
        ControlFlow::Continue(())
    };
    library.headlines(scope, give).unwrap();
    titles
}

#[test]
fn committed_articles_survive_reopening() {
    let shelter = Shelter::new();
    let library = shelter.open();
    commit_articles(&library, news());
    drop(library);
    let library = shelter.open();
    let mut kept = news();
    for index in 0..samples::COUNT {
        samples::read(index, &mut |article| {
            let article = Article { origin: Origin::Input, ..article };
            commit_articles(&library, vec![article.clone()]);
            kept.push(article);
        });
    }
    for article in kept {
        let entry = library.get(article.id).unwrap().unwrap();
        assert_eq!(*entry.article, article);
        assert_eq!(*entry.findings, quotes::find(&article.body));
    }
    let newest_first: Vec<_> = news().iter().map(|article| article.headline().to_owned()).collect();
    let mut titles = titles(&library, &Scope::Whole);
    titles.retain(|title| newest_first.contains(title));
    assert_eq!(titles, newest_first);
    assert!(library.get(ArticleId(1)).unwrap().is_none());
}

#[test]
fn library_file_is_private() {
    let shelter = Shelter::new();
    commit_articles(&shelter.open(), news());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(shelter.place().parent().unwrap()), 0o700);
    for file in fs::read_dir(shelter.place().parent().unwrap()).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
}

#[test]
fn user_actions_outlive_the_program_and_the_file() {
    let shelter = Shelter::new();
    let library = shelter.open();
    commit_articles(&library, news());
    let (bridge, trams) = (news()[0].id, news()[1].id);
    let correction = SpeakerCorrection::Speaker("Mara Deniz".to_owned());
    let start = library.get(bridge).unwrap().unwrap().findings.quotations[0].span.start;
    let actions = [
        read(bridge, true),
        position(bridge, 17),
        corrected(bridge, start, Some(correction.clone())),
        starred(trams, true),
        read(trams, true),
        read(trams, false),
    ];
    library.note(&actions).unwrap();
    assert_eq!(found(&library, "speaker:deniz"), ["Harbour Bridge to Close"]);
    assert!(found(&library, "speaker:okafor").is_empty());
    let before = library.user_state();
    drop(library);

    let library = shelter.open();
    assert_eq!(library.user_state(), before);
    assert_eq!(found(&library, "speaker:deniz is:read"), ["Harbour Bridge to Close"]);
    assert_eq!(found(&library, "is:starred"), ["Council Votes Down Night Trams"]);
    assert_eq!(library.remove(Path::new("/news")).unwrap(), 4);
    assert!(titles(&library, &Scope::Whole).is_empty() && found(&library, "bridge").is_empty());
    // The same articles elsewhere, under other names.
    let moved = news().into_iter().map(|mut article| {
        article.origin = Origin::File(PathBuf::from(format!("/other/{}", article.id)));
        article
    });
    commit_articles(&library, moved.collect());
    assert_eq!(found(&library, "speaker:deniz is:read"), ["Harbour Bridge to Close"]);
    library.note(&[corrected(bridge, start, None)]).unwrap();
    assert_eq!(found(&library, "speaker:okafor"), ["Harbour Bridge to Close"]);
}

#[test]
fn edited_file_keeps_its_marks_and_loses_its_old_words() {
    let shelter = Shelter::new();
    let library = shelter.open();
    let path = PathBuf::from("/news/bridge.txt");
    let version = |words| Article { origin: Origin::File(path.clone()), ..article(Some(1), "Bridge", &[words]) };
    let store = |article: Article| {
        let file =
            FileRead { path: path.clone(), fingerprint: FINGERPRINT, articles: vec![article.id], is_whole: true };
        let encoded = EncodedArticle::of(&library.add(article, quotes::Findings::default())).unwrap();
        library.commit(&[encoded], &[file]).unwrap().gone
    };
    let (old, new) = (version("It is shut."), version("It is open."));
    assert!(store(old.clone()).is_empty());
    library.note(&[read(old.id, true)]).unwrap();
    assert_eq!(store(new.clone()), [old.id]);
    drop(library);
    let library = shelter.open();
    assert!(found(&library, "shut").is_empty());
    assert_eq!(found(&library, "open is:read"), ["Bridge"]);
}

/// Commits an article of the web; returns whether that changed the one that was there.
fn fetched(library: &Library, article: &Article) -> bool {
    let findings = quotes::find(&article.body);
    let encoded = EncodedArticle::of(&library.add(article.clone(), findings)).unwrap();
    let kept = library.commit(&[encoded], &[]).unwrap();
    assert!(kept.gone.is_empty());
    assert!(kept.changed.iter().all(|headline| headline.id == article.id && *headline.title == *article.headline()));
    !kept.changed.is_empty()
}

#[test]
fn article_that_comes_again_is_updated_in_place() {
    const STEEL: &str = "“The steel is telling us something,” said Ines Okafor, an engineer.";
    const NEVER: &str = "“Never,” said Tomas Lindqvist.";
    let shelter = Shelter::new();
    let library = shelter.open();
    let version = |words: &[&str]| Article {
        origin: Origin::Web("https://coast.example/feed".to_owned()),
        ..article(Some(1), "Bridge", words).at("https://www.coast.example/bridge?utm_source=feed")
    };
    let old = version(&["It is shut.", STEEL, NEVER]);
    assert!(!fetched(&library, &old) && !fetched(&library, &old));
    let starts = |library: &Library| -> Vec<_> {
        let entry = library.get(old.id).unwrap().unwrap();
        entry.findings.quotations.iter().map(|quotation| quotation.span.start).collect()
    };
    let (steel, never) = (starts(&library)[0], starts(&library)[1]);
    let named = |name: &str| Some(SpeakerCorrection::Speaker(name.to_owned()));
    let actions = [
        read(old.id, true),
        starred(old.id, true),
        corrected(old.id, steel, named("Mara Deniz")),
        corrected(old.id, never, named("Jon Holt")),
    ];
    library.note(&actions).unwrap();

    // Words before the one quotation, and the other is gone.
    let new = version(&["It is open again, after all these days.", "The mayor came.", STEEL]);
    assert_eq!(new.id, old.id);
    assert!(fetched(&library, &new) && !fetched(&library, &new));
    let moved = starts(&library)[0];
    assert_ne!(moved, steel);
    for library in [&library, &shelter.open()] {
        let entry = library.get(old.id).unwrap().unwrap();
        assert_eq!(*entry.article, Article { keys: entry.article.keys, ..new.clone() });
        assert_eq!(entry.corrected().speakers.last().unwrap().name, "Mara Deniz");
        let corrections: Vec<_> = library.user_state().corrections[&old.id].clone().into_iter().collect();
        assert_eq!(corrections, [(moved, named("Mara Deniz").unwrap())]);
        let lost = UnplacedCorrection {
            start: never,
            words: "Never,".to_owned(),
            correction: SpeakerCorrection::Speaker("Jon Holt".to_owned()),
        };
        assert_eq!(library.unplaced(old.id).unwrap(), [lost], "what finds no place is kept");
        assert_eq!(found(library, "is:read is:starred speaker:deniz said:steel mayor"), ["Bridge"]);
        assert!(found(library, "shut").is_empty() && found(library, "speaker:okafor").is_empty());
        assert!(library.check().unwrap().is_empty());
    }

    // Only the teaser comes again.
    let teaser = Article { is_summary: true, ..version(&["It is open again."]) };
    assert!(!fetched(&library, &teaser));
    assert_eq!(library.get(old.id).unwrap().unwrap().article.body, new.body);

    // The words come back: so does the correction.
    assert!(fetched(&library, &old));
    assert_eq!(found(&library, "speaker:deniz speaker:holt"), ["Bridge"]);
    assert_eq!(library.ids().unwrap(), [old.id]);
}

#[test]
fn full_text_replaces_its_summary() {
    let shelter = Shelter::new();
    for library in [shelter.open(), Library::default()] {
        let whole = article(Some(1), "Bridge", &["It is shut.", "Nobody knows for how long."])
            .at("https://coast.example/bridge");
        let teaser = Article {
            is_summary: true,
            ..article(Some(1), "Bridge", &["It is shut."]).at("https://coast.example/bridge")
        };
        for article in [&teaser, &whole, &teaser] {
            fetched(&library, article);
        }
        assert_eq!(library.get(whole.id).unwrap().unwrap().article.body, whole.body);
    }
}

/// An action of the user need not wait for an import: it is interrupted, and nothing is half committed.
#[test]
fn commit_that_is_interrupted_commits_nothing() {
    let shelter = Shelter::new();
    let library = shelter.open();
    let encoded: Vec<_> = news()
        .into_iter()
        .map(|article| EncodedArticle::of(&library.add(article.clone(), quotes::find(&article.body))).unwrap())
        .collect();
    for patience in 0..20 {
        let asked = std::cell::Cell::new(0);
        let wanted = || asked.replace(asked.get() + 1) < patience;
        match library.commit_while(&encoded, &[], &wanted) {
            Err(library::Error::Interrupted) => {
                assert!(library.ids().unwrap().is_empty());
                assert_eq!(found(&library, "bridge").len(), 3, "they are found on the shelf all the same");
            }
            kept => {
                kept.unwrap();
                assert!(patience >= encoded.len());
                break;
            }
        }
    }
    assert_eq!((library.ids().unwrap().len(), library.check().unwrap()), (4, Vec::new()));
    assert_eq!(found(&library, "bridge").len(), 3);
}

#[test]
fn removed_folder_takes_only_its_own_files() {
    let shelter = Shelter::new();
    let library = shelter.open();
    let at = |path: &str, headline| Article {
        origin: Origin::File(PathBuf::from(path)),
        ..article(Some(1), headline, &["Text."])
    };
    commit_articles(&library, vec![at("/a/x.txt", "ax"), at("/a/b/y.txt", "aby"), at("/ab/z.txt", "abz")]);
    let under = |paths: &[&str]| {
        let mut titles = titles(&library, &Scope::Under(paths.iter().map(PathBuf::from).collect()));
        titles.sort();
        titles
    };
    assert_eq!(under(&["/a"]), ["aby", "ax"]);
    assert_eq!(under(&["/a/x.txt", "/a/b", "/a"]), ["aby", "ax"]);
    assert_eq!(under(&["/"]), ["aby", "abz", "ax"]);
    assert!(under(&["/a/"]).len() == 2 && under(&["/elsewhere"]).is_empty());

    let known = library.file(Path::new("/a/x.txt")).unwrap().unwrap();
    assert_eq!((known.fingerprint, known.gone), (FINGERPRINT, false));
    library.mark_gone(&[known.id]).unwrap();
    assert!(library.file(Path::new("/a/x.txt")).unwrap().unwrap().gone);
    assert_eq!(under(&["/a"]), ["aby", "ax"]);

    library.add_folders(&[PathBuf::from("/a"), PathBuf::from("/a")]).unwrap();
    assert_eq!(library.folders().unwrap(), [PathBuf::from("/a")]);
    assert_eq!(library.remove(Path::new("/a")).unwrap(), 2);
    assert!(library.folders().unwrap().is_empty());
    assert_eq!(under(&["/"]), ["abz"]);
}

#[test]
fn foreign_files_are_refused_untouched() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("file");
    let refused = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        let trouble = Library::open(&path).unwrap_err();
        assert_eq!(fs::read(&path).unwrap(), bytes, "{trouble}");
        trouble.to_string()
    };
    assert!(refused(b"Dear diary").contains("is not a pullquote library"));
    assert!(refused(b"SQLite format 3\0 and then nothing").contains("damaged"));

    let other = rusqlite::Connection::open(folder.path().join("other")).unwrap();
    other.execute_batch("CREATE TABLE bookmarks (url TEXT)").unwrap();
    drop(other);
    assert!(refused(&fs::read(folder.path().join("other")).unwrap()).contains("is not a pullquote library"));

    let place = folder.path().join("library");
    drop(Library::open(&place).unwrap());
    let newer = rusqlite::Connection::open(&place).unwrap();
    newer.pragma_update(None, "journal_mode", "DELETE").unwrap();
    newer.pragma_update(None, "user_version", 999).unwrap();
    drop(newer);
    assert!(refused(&fs::read(&place).unwrap()).contains("newer"));
    assert!(matches!(Library::open(folder.path()), Err(library::Error::NotAFile(..))));
}

#[test]
fn date_search_finds_a_crowded_day() {
    let shelter = Shelter::new();
    let library = shelter.open();
    let crowd = (0..7_000).map(|number| article(Some(1), &format!("Crowd {number}"), &["Same day."]));
    commit_articles(&library, crowd.chain([article(Some(2), "Next day", &["Later."])]).collect());
    let count = |typed: &str| library.search(&Query::parse(typed), &|| true).unwrap().len();
    assert_eq!(count("crowd before:2026-03-02"), 7_000);
    assert_eq!(count("before:2026-03-02"), 7_000);
    assert_eq!(count("after:2026-03-02"), 1);
    assert_eq!(count("before:2026-03-01"), 0);
}

#[test]
fn index_that_grows_by_little_stays_in_few_segments() {
    let shelter = Shelter::new();
    let library = shelter.open();
    for number in 0..200 {
        commit_articles(
            &library,
            vec![article(Some(1 + number % 28), &format!("Piece {number}"), &["The tram came."])],
        );
    }
    let file = rusqlite::Connection::open(shelter.place()).unwrap();
    for index in ["beginnings", "phrases"] {
        let count = format!("SELECT count(DISTINCT segid) FROM {index}_idx");
        let parts: i64 = file.query_row(&count, [], |row| row.get(0)).unwrap();
        assert!((1..=64).contains(&parts), "{parts} parts of {index}");
    }
    assert_eq!(found(&library, "tram").len(), 200);
}

#[test]
fn search_returns_the_newest_first_and_early() {
    let shelter = Shelter::new();
    let library = shelter.open();
    commit_articles(
        &library,
        (1..=28).flat_map(|day| (0..10).map(move |n| article(Some(day), &format!("{day} {n}"), &["tram"]))).collect(),
    );
    let mut pieces = Vec::new();
    let mut search = SearchOptions { wanted: &|| true, among: &|_| true, sink: &mut |hits| pieces.push(hits) };
    library.search_as(&Query::parse("tram"), &mut search).unwrap();
    assert_eq!(pieces.iter().map(Vec::len).collect::<Vec<_>>(), [100, 180]);
    let hits = pieces.concat();
    let days: Vec<_> =
        hits.iter().map(|hit| library.get(hit.id).unwrap().unwrap().article.dates.listed().unwrap()).collect();
    assert!(days.is_sorted_by(|a, b| a >= b));
}

/// What a reader may press: marks, stars, corrections, undo, and going about.
const KEYS: &[&str] = &[
    "D",
    "tbudget<enter>",
    "ttoll<enter>",
    "/is:removed<enter>",
    "h",
    "u",
    "s",
    "A",
    "U",
    "U",
    "j",
    "k",
    "<enter>",
    "<esc>",
    "n",
    "cmara<enter>",
    "cnobody<enter>",
    "J",
    "/bridge<esc>",
    "g",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was done and undone: the library holds the state of the app, and the next start reads it.
    #[test]
    fn committed_state_equals_the_state_in_memory(keys in prop::collection::vec((0..KEYS.len(), any::<bool>()), 0..60)) {
        let shelter = Shelter::new();
        let mut library = shelter.open();
        let mut sitting = Sitting::new(120, 36, three());
        for (key, ends) in keys {
            sitting.press(KEYS[key]);
            library.write(&std::mem::take(&mut sitting.writes)).unwrap();
            if ends {
                drop(library);
                library = shelter.open();
            }
        }
        let memory = library.user_state();
        for (article, _) in three() {
            let (marks, id) = (sitting.app.user(), article.id);
            let kept = memory.flags(id);
            prop_assert_eq!((kept.removed, kept.starred), (marks.is_removed(id), marks.is_starred(id)));
            // Whether it was read is not asked of what is not there.
            prop_assert!(kept.removed || kept.read == marks.is_read(id));
            prop_assert_eq!(memory.tags(id).collect::<Vec<_>>(), marks.tags_of(id).collect::<Vec<_>>());
            prop_assert_eq!(kept.position, marks.position(id).map(|place| place.top));
            let corrections = memory.corrections.get(&id).filter(|corrections| !corrections.is_empty());
            prop_assert_eq!(corrections, marks.corrections(id));
        }
        let mut next = Sitting::empty(120, 36);
        next.event(Event::UserState(Box::new(memory.as_ref().clone())));
        next.arrive(three());
        for (article, _) in three() {
            let (before, after) = (sitting.app.user(), next.app.user());
            prop_assert_eq!(before.is_starred(article.id), after.is_starred(article.id));
            prop_assert_eq!(before.is_removed(article.id), after.is_removed(article.id));
            prop_assert_eq!(after.is_removed(article.id), !next.listed().contains(&article.headline()));
            prop_assert_eq!(before.corrections(article.id), after.corrections(article.id));
        }
    }
}

/// Words that stand in the articles, signs of the query language, and signs of the index.
const PIECES: &[&str] = &[
    "bridge",
    "bri",
    "b",
    "night",
    "tram",
    "trams",
    "t",
    "the",
    "lost",
    "never",
    "okafor",
    "lindqvist",
    "tomas",
    "cafe",
    "Łódź",
    "o'brien",
    "brien",
    "10:30",
    "林美",
    "美玲",
    "wire",
    "job",
    "\"",
    "“",
    "-",
    "OR",
    "AND",
    "NOT",
    "NEAR(",
    "*",
    "^",
    ":",
    "speaker:",
    "said:",
    "title:",
    "source:",
    "after:2026-03-13",
    "before:2026-03",
    "is:read",
    "is:unread",
    "is:starred",
    "author:",
    "-author:okafor",
    "url:",
    "url:example",
    "after:2d",
    "before:yesterday",
    "after:10y",
    "-(",
    " | ",
    " OR ",
    "/b.id/",
    "-/t[hr]/",
    "/",
    "{",
    "(",
    ")",
    "+",
    "!",
    "$",
    "@okafor",
    "%wire",
    "\u{0}",
    "'",
    ";--",
    "\u{e000}",
    "ﬁ",
    "…",
    " ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// The index finds what a look through all articles finds, whatever is typed.
    #[test]
    fn index_and_scan_find_the_same(pieces in prop::collection::vec((0..PIECES.len(), any::<bool>()), 0..7)) {
        thread_local! {
            static BOTH: (Shelter, Library, Library) = {
                let (shelter, scan) = (Shelter::new(), Library::default());
                let index = shelter.open();
                commit_articles(&index, news());
                for article in news() {
                    let findings = quotes::find(&article.body);
                    scan.add(article, findings);
                }
                let actions = [read(news()[0].id, true), starred(news()[1].id, true)];
                index.note(&actions).unwrap();
                scan.note(&actions).unwrap();
                (shelter, index, scan)
            };
        }
        let typed: String = pieces.iter().flat_map(|&(at, blank)| [PIECES[at], if blank { " " } else { "" }]).collect();
        let mut query = Query::parse(&typed);
        // What is wrong finds nothing in either: the rest is to be compared.
        query.errors.clear();
        BOTH.with(|(_, index, scan)| {
            let hits = |library: &Library| -> BTreeSet<_> {
                library.search(&query, &|| true).unwrap().into_iter().map(|hit| format!("{hit:?}")).collect()
            };
            let (indexed, scanned) = (hits(index), hits(scan));
            prop_assert_eq!(indexed, scanned, "{} {:?}", typed, query);
            Ok(())
        })?;
    }
}
