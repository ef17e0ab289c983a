//! Reported speech for who reads: in the article, in the library, in the views over all articles, and in what leaves them.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;

use chrono::NaiveDate;
use pullquote::app::{HighlightMode, ThemeName};
use pullquote::article::{Article, BodyBuilder, Origin, ParagraphKind, Published};
use pullquote::catalog::{Person, Said};
use pullquote::library::{Library, Order};
use pullquote::query::Query;
use pullquote::quotes::{self, Findings, SpeakerCorrection};
use pullquote::ui::{ColorDepth, Theme};
use pullquote::user::UserAction;
use ratatui::style::Modifier;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::evaluate_command::put;
use crate::migrations::Old;
use crate::people::commit_articles;
use crate::ran::Ran;
use crate::screens::{SIZES, drawn, shown};
use crate::sitting::Sitting;
use crate::user_actions::commit;

const BRIDGE: &str = "Harbour Bridge to Close\n\
    “The steel is tired,” said Ines Okafor, the engineer. She said the bridge would close in May.\n\
    The plan, Rob Roe said, would fail. “Nobody will be stranded,” he said.\n\
    Lena Brandt said that the ferry would run all night. The “quick fix” of last year has failed.";

const FERRY: &str = "Ferry Runs Late\nLena Brandt said the boats were old. “They float,” said Rob Roe.";

const CLOSES: &str = "the bridge would close in May";
const NOT_MARKED: &str = " (reported, in the article’s words)";

/// An article of these lines, with all that the engine finds in it.
fn article(day: u32, text: &str) -> (Article, Findings) {
    let (headline, paragraphs) = text.split_once('\n').unwrap();
    let mut builder = BodyBuilder::new(headline);
    for paragraph in paragraphs.lines() {
        builder.push(ParagraphKind::Prose, paragraph.trim());
    }
    let mut article = Article::new(builder.build());
    article.dates.published = NaiveDate::from_ymd_opt(2026, 3, day).map(Published::on);
    article.origin = Origin::Input;
    let findings = quotes::find_all(&article.body);
    (article, findings)
}

fn both() -> Vec<(Article, Findings)> {
    vec![article(14, BRIDGE), article(12, FERRY)]
}

fn sitting() -> Sitting {
    Sitting::new(120, 36, both())
}

/// The words of the current quotation, and whether they are reported.
fn current(sitting: &Sitting) -> (String, bool) {
    let reader = sitting.app.reader().unwrap();
    let quotation = reader.current_quotation().unwrap();
    (reader.article.body.words(quotation.span).to_owned(), quotation.is_reported())
}

fn screen(sitting: &Sitting) -> String {
    shown(&drawn(sitting, &Theme::terminal()))
}

/// A library in a file, and the folder in which it lies.
fn library() -> (TempDir, Library) {
    let folder = TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    for (number, found) in both().into_iter().enumerate() {
        commit_articles(&library, &format!("/news/{number}.txt"), found);
    }
    (folder, library)
}

fn found(library: &Library, typed: &str) -> Vec<String> {
    let query = library.with_other_names(&Query::parse(typed)).unwrap();
    assert!(query.errors.is_empty(), "{typed}");
    let hits = library.search(&query, &|| true).unwrap();
    hits.into_iter().map(|hit| hit.headline.to_string()).collect()
}

fn people(library: &Library) -> Vec<(String, u32, u32)> {
    let mut all = Vec::new();
    let take = &mut |people: Vec<Person>| {
        all.extend(people.into_iter().map(|one| (one.name.to_string(), one.spoken.quotations, one.spoken.reported)));
        ControlFlow::Continue(())
    };
    library.people(take).unwrap();
    all
}

fn said(library: &Library, identity: &str, with_reported: bool) -> Vec<String> {
    let mut all: Vec<Said> = Vec::new();
    let take = &mut |said: Vec<Said>| {
        all.extend(said);
        ControlFlow::Continue(())
    };
    if with_reported {
        library.all_said_by(identity, Order::NewestFirst, take).unwrap();
    } else {
        library.said_by(identity, Order::NewestFirst, take).unwrap();
    }
    all.iter().map(|said| said.citation.quoted.clone()).collect()
}

#[test]
fn quotations_are_the_same_with_and_without_reported_statements() {
    for (article, all) in both() {
        let plain = quotes::find(&article.body);
        assert_eq!(all.without_reported(), plain);
        let (found, reported) = quotes::find_with_reported(&article.body);
        assert_eq!((&found, &found.with_reported(&reported)), (&plain, &all));
        let numbers = |findings: &Findings| findings.statements()[..plain.statements().len()].len();
        assert_eq!(numbers(&all), plain.statements().len());
        let starts: Vec<_> = all.quotations.iter().map(|quotation| quotation.span.start).collect();
        assert!(starts.is_sorted());
        for (with, without) in all.spoken().iter().zip(plain.spoken()) {
            assert_eq!(
                (with.quotations, with.runs, with.doubtful),
                (without.quotations, without.runs, without.doubtful)
            );
        }
    }
}

#[test]
fn keys_pass_over_reported_statements_unless_they_are_shown() {
    let mut sitting = sitting();
    sitting.press("<enter>n");
    assert_eq!(current(&sitting), ("The steel is tired,".to_owned(), false));
    sitting.press("n");
    assert_eq!(current(&sitting), ("Nobody will be stranded,".to_owned(), false));
    sitting.press("Nv");
    assert_eq!(sitting.app.highlight(), HighlightMode::Reported);
    assert_eq!(current(&sitting), ("The steel is tired,".to_owned(), false), "what is current stays so");
    sitting.press("n");
    assert_eq!(current(&sitting), (CLOSES.to_owned(), true));
    sitting.press("n");
    assert_eq!(current(&sitting), ("The plan".to_owned(), true));
    let reader = sitting.app.reader().unwrap();
    assert_eq!(reader.runs(reader.current().unwrap()).count(), 2, "both pieces are one statement");
    sitting.press("n");
    assert_eq!(current(&sitting), ("Nobody will be stranded,".to_owned(), false));
    sitting.press("Nv");
    assert!(sitting.app.reader().unwrap().current().is_none(), "what is hidden is not current");
    sitting.press("n");
    assert!(!current(&sitting).1);
}

#[test]
fn counts_are_apart() {
    let mut sitting = sitting();
    sitting.press("<enter>n");
    assert!(!screen(&sitting).contains("reported"));
    sitting.press("v");
    let all = screen(&sitting);
    assert!(all.contains("said 2 · reported 3"), "{all}");
    let okafor = all.lines().find(|line| line.contains(" 1 Ines Okafor")).unwrap();
    assert!(okafor.contains("1 ·  1"), "{okafor}");
    assert!(all.lines().any(|line| line.contains("Lena Brandt") && line.contains("0 ·  1")), "{all}");
    sitting.press("n");
    let foot = screen(&sitting);
    assert!(foot.contains("Ines Okafor reported 1 of 1"), "{foot}");
}

#[test]
fn reason_and_copy_say_whose_words_they_are() {
    let mut sitting = sitting();
    sitting.press("<enter>nvni");
    let card = screen(&sitting);
    assert!(card.contains("the article’s, for what the speaker said"), "{card}");
    assert!(card.contains("reason") && card.contains("confidence") && card.contains("reported"), "{card}");
    assert!(!card.contains(&format!("“{CLOSES}")), "{card}");
    sitting.press("<esc>Y");
    let copied = sitting.copied.last().unwrap();
    assert!(copied.starts_with(&format!("{CLOSES} — Ines Okafor")), "{copied}");
    assert!(copied.contains(NOT_MARKED) && !copied.contains('“'), "{copied}");
}

#[test]
fn reported_statement_is_corrected_and_denied() {
    let mut sitting = sitting();
    sitting.press("<enter>nvnc");
    sitting.press("rob roe<enter>");
    let speaker = |sitting: &Sitting| {
        let reader = sitting.app.reader().unwrap();
        reader.current().and_then(|at| reader.speaker_name(at).map(str::to_owned))
    };
    assert_eq!(speaker(&sitting).as_deref(), Some("Rob Roe"));
    assert!(current(&sitting).1, "they stay the article's words");
    sitting.press("U");
    assert_eq!(speaker(&sitting).as_deref(), Some("Ines Okafor"));
    sitting.press("cnot");
    assert!(screen(&sitting).contains("not a statement"), "{}", screen(&sitting));
    sitting.press("<enter>");
    assert!(sitting.notice().unwrap().contains("Corrected: not a statement"), "{:?}", sitting.notice());
    let reported = |sitting: &Sitting| sitting.app.reader().unwrap().reported_count();
    assert_eq!(reported(&sitting), 2);
    sitting.press("U");
    assert_eq!(reported(&sitting), 3);
}

#[test]
fn reported_statement_is_kept_as_what_it_is() {
    let mut sitting = sitting();
    sitting.press("<enter>nvnw");
    let kept = sitting.app.user().state().clippings.values().next().unwrap().clone();
    assert!(kept.reported);
    assert_eq!((kept.quoted.as_str(), kept.speaker.as_deref()), (CLOSES, Some("Ines Okafor")));
    assert!(kept.citation().starts_with(&format!("{CLOSES} — Ines Okafor{NOT_MARKED}, ")), "{}", kept.citation());
    let written = serde_json::to_value(&kept).unwrap();
    assert_eq!(written["reported"], json!(true));
    // What was kept before there were any is a quotation.
    let mut before = written.as_object().unwrap().clone();
    before.remove("reported");
    let before: pullquote::user::Clipping = serde_json::from_value(Value::Object(before)).unwrap();
    assert!(!before.reported);
    // It leads back to its words, also where reported speech is not shown.
    sitting.press("qvvvB<enter>");
    assert_eq!(sitting.app.highlight(), HighlightMode::Speakers);
    assert_eq!(current(&sitting), (CLOSES.to_owned(), true), "{}", screen(&sitting));
    sitting.press("v");
    assert_eq!(sitting.app.highlight(), HighlightMode::Reported);
}

#[test]
fn reported_speech_in_every_theme() {
    let mut sitting = sitting();
    sitting.press("<enter>nv");
    let depths = [ColorDepth::Sixteen, ColorDepth::Indexed, ColorDepth::Full];
    for (name, depth) in ThemeName::all().flat_map(|name| depths.map(|depth| (name, depth))) {
        let theme = Theme::of(name, depth);
        let buffer = drawn(&sitting, &theme);
        // The style of a row's cells where these words stand.
        let looks = |words: &str| {
            let cells: Vec<_> = (0..buffer.area.height)
                .flat_map(|row| (0..buffer.area.width).map(move |column| (column, row)))
                .collect();
            let text: String = cells.iter().map(|&at| buffer[at].symbol()).collect();
            let at = text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
            let cell = &buffer[cells[text[..at].chars().count()]];
            (cell.fg, cell.bg, cell.modifier)
        };
        let (reported, quoted, plain) = (looks("the ferry would"), looks("Nobody will be"), looks("has failed."));
        let what = format!("{} {depth:?}", name.name());
        assert_ne!(reported, quoted, "{what}");
        assert_ne!(reported, plain, "{what}");
        assert_ne!(quoted, plain, "{what}");
        assert_eq!(reported.1, plain.1, "{what}: no ground of its own");
        assert!(!reported.2.contains(Modifier::BOLD), "{what}");
        assert!(reported.2.contains(Modifier::UNDERLINED), "{what}");
    }
}

#[test]
fn reported_speech_at_every_size() {
    for (width, height) in SIZES {
        let mut sitting = Sitting::new(width, height, both());
        sitting.press("<enter>vn");
        insta::assert_snapshot!(format!("reported-{width}x{height}"), screen(&sitting));
        sitting.press("ni");
        insta::assert_snapshot!(format!("reported-why-{width}x{height}"), screen(&sitting));
    }
    let mut sitting = Sitting::new(80, 24, both());
    sitting.press("<enter>vnn");
    insta::assert_snapshot!("reported-mono", shown(&drawn(&sitting, &Theme::mono())));
}

#[test]
fn people_and_timeline_show_it_where_it_is_wished() {
    for (width, height) in SIZES {
        let mut sitting = Sitting::new(width, height, both());
        sitting.press("\"<esc>");
        assert!(!screen(&sitting).contains("Lena Brandt"));
        sitting.press(":highlight<enter>");
        let all = screen(&sitting);
        assert!(all.contains("Lena Brandt"), "{all}");
        insta::assert_snapshot!(format!("reported-people-{width}x{height}"), all);
        sitting.press("G<enter>");
        insta::assert_snapshot!(format!("reported-timeline-{width}x{height}"), screen(&sitting));
    }
    let mut sitting = sitting();
    sitting.press("\"<esc><enter>");
    let count = |sitting: &Sitting| sitting.app.views().timeline().unwrap().len();
    assert_eq!(count(&sitting), 2, "{}", screen(&sitting));
    // Who asks for it sees it, whatever is highlighted.
    sitting.press("/kind:reported<enter>");
    assert_eq!(count(&sitting), 1, "{}", screen(&sitting));
    let row = screen(&sitting);
    assert!(row.contains("The plan, Rob Roe said, would fail. (reported)"), "{row}");
    sitting.press("<enter>");
    assert_eq!(current(&sitting), ("The plan".to_owned(), true));
}

#[test]
fn queries_tell_quoted_from_reported_words() {
    let (_folder, library) = library();
    let memory = Library::default();
    for (article, findings) in both() {
        memory.add(article, findings);
    }
    for library in [&library, &memory] {
        assert_eq!(found(library, "reported:close"), ["Harbour Bridge to Close"]);
        assert_eq!(found(library, "said:close"), [""; 0]);
        assert_eq!(found(library, "reported:tired"), [""; 0], "that is quoted");
        assert_eq!(found(library, "said:tired"), ["Harbour Bridge to Close"]);
        assert_eq!(found(library, "speaker:brandt"), ["Harbour Bridge to Close", "Ferry Runs Late"]);
        assert_eq!(found(library, "reported:night speaker:brandt"), ["Harbour Bridge to Close"]);
        assert_eq!(found(library, "reported:night speaker:roe"), [""; 0]);
        assert_eq!(found(library, "said:night OR reported:boats"), ["Ferry Runs Late"]);
        assert_eq!(found(library, "-reported:boats"), ["Harbour Bridge to Close"]);
    }
    let hit = library.search(&Query::parse("reported:boats"), &|| true).unwrap().remove(0);
    assert_eq!(hit.snippet.unwrap().text, "Lena Brandt (reported): the boats were old");
    assert!(hit.place.is_some());
}

#[test]
fn people_are_the_same_in_a_file_in_memory_and_after_a_rebuild() {
    let (_folder, library) = library();
    let memory = Library::default();
    for (article, findings) in both() {
        memory.add(article, findings);
    }
    let wanted = [("Rob Roe", 2, 1), ("Ines Okafor", 1, 1), ("Lena Brandt", 0, 2)]
        .map(|(name, said, reported)| (name.to_owned(), said, reported));
    assert_eq!(people(&memory), wanted);
    assert_eq!(people(&library), wanted);
    assert_eq!(said(&library, "rob roe", false), ["“Nobody will be stranded,”", "“They float,”"]);
    assert_eq!(
        said(&library, "rob roe", true),
        ["The plan … would fail", "“Nobody will be stranded,”", "“They float,”"]
    );
    assert_eq!(said(&library, "lena brandt", false), [""; 0]);
    assert_eq!(said(&library, "lena brandt", true), ["the ferry would run all night", "the boats were old"]);
    // Who is only reported is in no article as one who is quoted.
    assert_eq!(library.appearances_of("lena brandt").unwrap().len(), 0);
    assert_eq!(library.all_appearances_of("lena brandt").unwrap().len(), 2);
    let person = library.person("rob roe").unwrap().unwrap();
    assert_eq!((person.articles, person.spoken.quotations), (2, 2));
    library.rebuild().unwrap();
    assert_eq!(people(&library), wanted);
    assert_eq!(library.check().unwrap(), [""; 0]);
    // A correction moves a statement from one to another, and what is denied is nobody's.
    let (article, findings) = article(14, BRIDGE);
    let start = findings.quotations.iter().find(|quotation| quotation.is_reported()).unwrap().span.start;
    let to = |after| UserAction::Corrected { article: article.id, start, before: None, after: Some(after) };
    commit(&library, vec![to(SpeakerCorrection::Speaker("Lena Brandt".to_owned()))]);
    let counts = |library: &Library| people(library).into_iter().map(|(.., reported)| reported).collect::<Vec<_>>();
    assert_eq!(counts(&library), [1, 0, 3]);
    commit(&library, vec![to(SpeakerCorrection::NoSpeaker)]);
    assert_eq!(counts(&library), [1, 0, 2]);
    assert_eq!(found(&library, "reported:close"), [""; 0]);
    assert_eq!(library.check().unwrap(), [""; 0]);
}

#[test]
fn libraries_of_before_get_it_when_they_are_read_again() {
    let old = Old::of(include_bytes!("libraries/version-12.sqlite3.zst"));
    let library = old.open();
    let outdated = library.outdated().unwrap();
    assert!(!outdated.is_empty(), "an older engine read them");
    for id in outdated {
        library.renew(id).unwrap();
    }
    assert!(library.outdated().unwrap().is_empty());
    assert_eq!(library.check().unwrap(), [""; 0]);
    let memory = Library::default();
    for id in library.ids().unwrap() {
        let entry = library.get(id).unwrap().unwrap();
        assert_eq!(*entry.findings, quotes::find_all(&entry.article.body));
        memory.add(entry.article.as_ref().clone(), entry.findings.as_ref().clone());
    }
    let reported = |library: &Library| people(library).into_iter().map(|(.., reported)| reported).sum::<u32>();
    assert_eq!(reported(&library), reported(&memory));
}

struct Shell(TempDir);

impl Shell {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        for (name, text) in [("bridge.txt", BRIDGE), ("ferry.txt", FERRY)] {
            put(folder.path(), &format!("news/{name}"), &text.replace('\n', "\n\n"));
        }
        let shell = Self(folder);
        assert_eq!(shell.run(&["add", "news"]).code, Some(0));
        shell
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let library = self.path().join("library.sqlite3").display().to_string();
        crate::evaluate_command::run(&[arguments, &["--library", &library]].concat(), self.path())
    }
}

#[test]
fn commands_count_it_apart_where_they_are_asked() {
    let shell = Shell::new();
    let names =
        |ran: &Ran| ran.out.lines().map(|line| line.split(['\t', ',']).next().unwrap().to_owned()).collect::<Vec<_>>();
    for paths in [&[][..], &["news"]] {
        let run = |more: &[&str]| shell.run(&[&["speakers"], more, paths].concat());
        assert_eq!(names(&run(&[])), ["Rob Roe", "Ines Okafor"]);
        let all = run(&["--reported"]);
        assert_eq!(names(&all), ["Rob Roe", "Ines Okafor", "Lena Brandt"]);
        let reported: Vec<_> = all.out.lines().map(|line| line.rsplit('\t').next().unwrap()).collect();
        assert_eq!(reported, ["1", "1", "2"], "{}", all.out);
        let csv = run(&["--reported", "--format", "csv"]);
        assert!(
            csv.out.starts_with("name,role,quotes,articles,first,last,statements,doubtful,reported\n"),
            "{}",
            csv.out
        );
        let jsonl = run(&["--reported", "--format", "jsonl"]);
        let records: Vec<Value> = jsonl.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(records.iter().map(|one| &one["reported"]).collect::<Vec<_>>(), [&json!(1), &json!(1), &json!(2)]);
        let plain: Value = serde_json::from_str(run(&["--format", "jsonl"]).out.lines().next().unwrap()).unwrap();
        assert!(plain.get("reported").is_none());
        assert!(run(&["--reported", "--format", "md"]).out.contains("| doubtful | reported |"));
    }
    let rows = shell.run(&["quotes", "--flat", "--reported", "news"]);
    put(shell.path(), "rows.jsonl", &rows.out);
    assert_eq!(names(&shell.run(&["speakers", "rows.jsonl"])), ["Rob Roe", "Ines Okafor"]);
    assert_eq!(names(&shell.run(&["speakers", "--reported", "rows.jsonl"])), ["Rob Roe", "Ines Okafor", "Lena Brandt"]);
}

#[test]
fn what_leaves_the_library_says_which_words_are_reported() {
    let shell = Shell::new();
    let md = shell.run(&["quotes", "--reported", "--format", "md"]);
    assert!(md.out.contains(&format!("- **Ines Okafor** (engineer): {CLOSES}{NOT_MARKED}")), "{}", md.out);
    assert!(!shell.run(&["quotes", "--format", "md"]).out.contains(CLOSES));
    let hit = shell.run(&["search", "reported:boats", "--format", "jsonl"]);
    let hit: Value = serde_json::from_str(&hit.out).unwrap();
    assert_eq!((&hit["kind"], &hit["speaker"]), (&json!("reported"), &json!("Lena Brandt")));
    let table = shell.run(&["search", "reported:boats"]);
    assert!(table.out.contains("Lena Brandt (reported): the boats were old"), "{}", table.out);
    let mine = shell.run(&["quotes", "--reported", "--speaker", "brandt", "--format", "csv"]);
    assert_eq!(mine.out.matches(",reported,").count(), 2, "{}", mine.out);
    let brat = shell.run(&["quotes", "--reported", "--format", "brat", "--output", "out", "news"]);
    assert_eq!(brat.code, Some(0), "{}", brat.err);
    let bridge = std::fs::read_dir(shell.path().join("out/attributions")).unwrap();
    let all: String = bridge.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    assert!(all.contains(CLOSES), "{all}");
    // With a correction of the user.
    let library = Library::open(&shell.path().join("library.sqlite3")).unwrap();
    let id = library.search(&Query::parse("reported:close"), &|| true).unwrap()[0].id;
    let entry = library.get(id).unwrap().unwrap();
    let starts: HashSet<_> =
        entry.findings.quotations.iter().filter(|one| one.is_reported()).map(|one| one.span.start).collect();
    let denied =
        |start| UserAction::Corrected { article: id, start, before: None, after: Some(SpeakerCorrection::NoSpeaker) };
    commit(&library, starts.into_iter().map(denied).collect());
    drop(library);
    let all: Value = serde_json::from_str(&shell.run(&["quotes", "--reported", "--format", "json"]).out).unwrap();
    let kinds: Vec<_> = all.as_array().unwrap().iter().flat_map(|one| one["quotes"].as_array().unwrap()).collect();
    assert_eq!(kinds.iter().filter(|quote| quote["kind"] == "reported").count(), 1, "only that of the ferry is left");
}
