//! Clippings: kept from article and timeline, noted, tagged, looked for, exported; they outlive their articles.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use pullquote::app::Layer;
use pullquote::library::{Library, Scope};
use pullquote::ui::Theme;
use pullquote::user::{Clipping, UserAction};
use tempfile::TempDir;

use crate::people::commit_articles;
use crate::ran::Ran;
use crate::screens::{drawn, shown};
use crate::sitting::{Sitting, article, three};
use crate::user_actions::{clipped, commit, undo};

fn sitting() -> Sitting {
    Sitting::new(120, 36, three())
}

/// The clippings of the state, those kept first first: words, speaker, note, tags.
fn kept(sitting: &Sitting) -> Vec<String> {
    let state = sitting.app.user().state();
    let mut all: Vec<_> = state.clippings.values().collect();
    all.sort_by_key(|clipping| clipping.kept);
    let line = |clipping: &&Clipping| {
        let tags: String = clipping.tags.iter().flat_map(|tag| [" #", tag.as_str()]).collect();
        format!("{} {} [{}]{tags}", clipping.quoted, clipping.attributed_to(), clipping.note)
    };
    all.iter().map(line).collect()
}

const STEEL: &str = "“The steel is telling us something,” Ines Okafor";

#[test]
fn quotation_is_kept_and_undone() {
    let mut sitting = sitting();
    sitting.press("<enter>nw");
    assert_eq!(kept(&sitting), [format!("{STEEL} []")]);
    assert!(sitting.notice().unwrap().starts_with("Kept: Ines Okafor “The steel is telling us something,”"));
    let clipping = sitting.app.user().state().clippings.values().next().unwrap();
    assert_eq!((&*clipping.headline, clipping.source.as_deref()), ("Harbour Bridge to Close", Some("Coast Wire")));
    assert_eq!((clipping.date.as_deref(), clipping.kept.is_some()), (Some("2026-03-14"), true));
    assert_eq!(clipping.context, "“The steel is telling us something,” said Ines Okafor.");
    sitting.press("w");
    assert!(sitting.notice().unwrap().starts_with("Kept already"), "{:?}", sitting.notice());
    assert_eq!(kept(&sitting).len(), 1);
    sitting.press("U");
    assert_eq!(kept(&sitting), [""; 0]);
    sitting.press("<c-r>");
    assert_eq!(kept(&sitting), [format!("{STEEL} []")]);
}

#[test]
fn kept_quotation_is_marked_in_the_article() {
    let mut sitting = sitting();
    sitting.press("<enter>nw<c-l>");
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    assert!(screen.lines().any(|line| line.contains("▪“The steel is telling us")), "{screen}");
    sitting.press("n");
    sitting.press("N");
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    assert!(screen.contains("1 of 3 · 100 % read · kept"), "{screen}");
}

#[test]
fn note_is_written_with_the_clipping_and_changed() {
    let mut sitting = sitting();
    sitting.press("<enter>nWCall her.<c-j>Twice.");
    let prompt = shown(&drawn(&sitting, &Theme::terminal()));
    assert!(prompt.contains("note: Call her.↵Twice."), "{prompt}");
    sitting.press("<enter>");
    assert_eq!(kept(&sitting), [format!("{STEEL} [Call her.\nTwice.]")]);
    let listed = shown(&drawn(sitting.press("B"), &Theme::terminal()));
    let note: Vec<_> = listed.lines().skip_while(|line| !line.contains("Call her.")).take(2).map(str::trim).collect();
    assert_eq!(note, ["▌   Call her.", "▌   Twice."], "{listed}");
    sitting.press("q");
    sitting.press("W<bs><bs><bs><bs><bs><bs><bs><enter>");
    assert_eq!(kept(&sitting), [format!("{STEEL} [Call her.]")]);
    sitting.press("U");
    assert_eq!(kept(&sitting), [format!("{STEEL} [Call her.\nTwice.]")]);
    sitting.press("nW<esc>");
    assert_eq!(kept(&sitting).len(), 1, "Esc keeps nothing");
    sitting.press("NW<c-u>");
    let effects = sitting.app.paste("She said:\ncall me.");
    sitting.carry_out(effects);
    sitting.press("<enter>");
    assert_eq!(kept(&sitting), [format!("{STEEL} [She said:\ncall me.]")], "pasted lines stay lines");
}

#[test]
fn clippings_are_listed_narrowed_tagged_and_removed() {
    let mut sitting = sitting();
    sitting.press("<enter>nw").press("nnWAsk the minister<enter>").press("B");
    assert_eq!(sitting.app.layer(), Layer::Clippings);
    let listed = |sitting: &Sitting| -> Vec<String> {
        let pullquote::app::Pane::Clippings(view) = sitting.app.views().pane() else { return Vec::new() };
        let state = sitting.app.user().state();
        view.listed().iter().map(|id| state.clippings[id].words.clone()).collect()
    };
    let (steel, stranded) = ("The steel is telling us something,", "Nobody will be stranded,");
    assert_eq!(listed(&sitting), [stranded, steel], "the last first");
    sitting.press("O");
    assert_eq!(listed(&sitting), [steel, stranded]);
    sitting.press("O/minister");
    assert_eq!(listed(&sitting), [stranded]);
    sitting.press("<esc>");
    assert_eq!((listed(&sitting).len(), sitting.app.layer()), (1, Layer::Clippings), "it stays narrowed");
    sitting.press("tto-call<enter>");
    assert_eq!(kept(&sitting)[1], "“Nobody will be stranded,” Tomas Lindqvist [Ask the minister] #to-call");
    sitting.press("<esc>");
    assert_eq!(listed(&sitting).len(), 2);
    sitting.press("/to-call<enter>D");
    assert_eq!(kept(&sitting).len(), 1);
    sitting.press("U");
    assert_eq!(kept(&sitting).len(), 2, "with note and tag");
    assert_eq!(kept(&sitting)[1], "“Nobody will be stranded,” Tomas Lindqvist [Ask the minister] #to-call");
    sitting.press("eX<enter>");
    assert!(kept(&sitting)[1].contains("[Ask the ministerX]"), "{:?}", kept(&sitting));
}

#[test]
fn clipping_leads_to_its_quotation_and_back() {
    let mut sitting = sitting();
    sitting.press("<enter>nnnw<esc>jj<enter>B<enter>");
    assert_eq!(sitting.place(), "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,");
    sitting.press("q");
    assert_eq!(sitting.app.layer(), Layer::Clippings);
    sitting.press("Y");
    assert_eq!(
        sitting.copied,
        ["“Nobody will be stranded,” — Tomas Lindqvist, Harbour Bridge to Close, Coast Wire, 14 March 2026"]
    );
    sitting.press("q");
    assert_eq!(sitting.place(), "Minister Keeps His Job: : ");
}

#[test]
fn quotation_of_the_timeline_is_kept_as_that_of_the_article() {
    let mut sitting = sitting();
    sitting.press("<enter>nTw");
    let of_timeline = sitting.app.user().state().clippings.clone();
    assert_eq!(kept(&sitting), [format!("{STEEL} []")]);
    sitting.press("Uqw");
    let of_article = &sitting.app.user().state().clippings;
    let dateless = |clipping: &Clipping| Clipping { kept: None, ..clipping.clone() };
    assert_eq!(
        of_timeline.values().map(dateless).collect::<Vec<_>>(),
        of_article.values().map(dateless).collect::<Vec<_>>()
    );
    assert_eq!(of_timeline.keys().collect::<Vec<_>>(), of_article.keys().collect::<Vec<_>>());
}

#[test]
fn doubt_is_kept_with_the_quotation() {
    let mut articles = three();
    articles[0].1.quotations[0].confidence = 0.53;
    let mut sitting = Sitting::new(120, 36, articles);
    sitting.press("<enter>nwB");
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    assert!(screen.contains("— Ines Okafor?"), "{screen}");
    sitting.press("Y");
    assert!(sitting.copied[0].contains("— Ines Okafor?, Harbour"), "{:?}", sitting.copied);
    sitting.press("E<enter>");
    assert!(sitting.kept[0].contains("— Ines Okafor?, in “Harbour Bridge to Close”"), "{:?}", sitting.kept);
}

#[test]
fn clippings_export_in_the_format_of_the_file() {
    let mut sitting = sitting();
    sitting.press("<enter>nwBE<tab><enter>");
    assert_eq!(sitting.files, ["clippings.md"]);
    assert!(
        sitting.kept[0].starts_with("“The steel is telling us something,”[^okafor2026harbour-steel]"),
        "{:?}",
        sitting.kept
    );
    sitting.press("E<tab><tab><tab><enter>");
    assert_eq!(sitting.files[1], "clippings.json");
    sitting.press("E<tab><c-u>story.md<enter>");
    assert!(sitting.kept[2].contains("[^okafor2026harbour-steel]"), "footnotes are Markdown: {:?}", sitting.kept[2]);
    sitting.press("E<tab><c-u>story.csv<enter>");
    assert!(sitting.kept[3].starts_with("speaker,role,"), "{:?}", sitting.kept[3]);
}

#[test]
fn views_of_clippings_fit_every_screen() {
    for (width, height) in [(30, 8), (60, 20), (80, 24), (120, 36), (200, 50)] {
        let mut sitting = Sitting::new(width, height, three());
        sitting.press("B");
        shown(&drawn(&sitting, &Theme::terminal()));
        sitting.press("q<enter>nwnWAsk her whether the steel was ever looked at from below the water<enter>nnwB");
        sitting.press("jjkk");
        let screen = shown(&drawn(&sitting, &Theme::terminal()));
        if width > 30 {
            insta::assert_snapshot!(format!("clippings_{width}x{height}"), screen);
        }
        sitting.press("G");
        let screen = shown(&drawn(&sitting, &Theme::terminal()));
        assert!(screen.contains("The steel is"), "{screen}");
    }
}

/// A library with an article and the clipping of its quotation.
fn library(folder: &Path) -> (Library, UserAction) {
    let library = Library::open(&folder.join("library.sqlite3")).unwrap();
    let (article, findings) = bridge("It rained.");
    let clipping = Clipping::of(&article, &findings, &findings.statements()[0]).unwrap();
    commit_articles(&library, "/news/bridge.txt", (article, findings));
    let clipping = Clipping { note: "Call".to_owned(), kept: Some(1_770_000_000_000), ..clipping };
    let action = clipped(clipping);
    commit(&library, vec![action.clone()]);
    (library, action)
}

fn bridge(first: &str) -> (pullquote::article::Article, pullquote::quotes::Findings) {
    article(14, "Bridge", &[first, "{Ines Okafor: “It is tired,”} said Ines Okafor, the engineer of the old bridge."])
}

/// Where the words of the one clipping of a library stand, and what they are there.
fn place(library: &Library) -> Option<(usize, String)> {
    let state = library.user_state();
    let clipping = state.clippings.values().next().expect("it is kept");
    let entry = library.get(clipping.article).unwrap()?;
    let start = clipping.start?;
    Some((start, entry.article.body.text()[start..].chars().take(12).collect()))
}

#[test]
fn clipping_outlives_its_article_and_the_program() {
    let folder = TempDir::new().unwrap();
    let (library, _) = library(folder.path());
    library.remove(Path::new("/news/bridge.txt")).unwrap();
    assert!(place(&library).is_none());
    drop(library);
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    let state = library.user_state();
    let clipping = state.clippings.values().next().unwrap();
    assert_eq!((&*clipping.quoted, &*clipping.note), ("“It is tired,”", "Call"));
    library.rebuild().unwrap();
    assert_eq!(library.user_state().clippings.len(), 1);
    undo(&library);
    assert_eq!(library.user_state().clippings.len(), 0);
}

#[test]
fn clipping_follows_its_words() {
    let folder = TempDir::new().unwrap();
    let (library, _) = library(folder.path());
    let before = place(&library).unwrap();
    assert_eq!(before.1, "It is tired,");
    commit_articles(&library, "/news/bridge.txt", bridge("It rained for a long time, and the river rose."));
    let now = place(&library).unwrap();
    assert!(now.0 > before.0);
    assert_eq!(now.1, "It is tired,");
    drop(library);
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    assert_eq!(place(&library), Some(now));
    undo(&library);
    assert_eq!(library.user_state().clippings.len(), 0, "undo knows where the words are now");
}

#[test]
fn clipping_whose_words_went_is_kept() {
    let folder = TempDir::new().unwrap();
    let (library, _) = library(folder.path());
    let gone = article(14, "Bridge", &["It rained.", "Nobody said a word about the engineer of the old bridge."]);
    commit_articles(&library, "/news/bridge.txt", gone);
    assert_eq!(library.user_state().clippings.len(), 1);
    assert!(place(&library).is_none());
    commit_articles(&library, "/news/bridge.txt", bridge("It rained again."));
    assert_eq!(library.user_state().clippings.len(), 1);
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(cargo_bin("pullquote"));
    Ran::from(command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap())
}

#[test]
fn clippings_are_exported_and_imported_once() {
    let folder = TempDir::new().unwrap();
    let (first, _) = library(folder.path());
    commit_articles(&first, "/news/bridge.txt", bridge("It rained for a long time, and the river rose."));
    let (state, held) = (first.user_state(), place(&first));
    drop(first);
    let exported = run(folder.path(), &["export", "--library", "library.sqlite3"]);
    assert_eq!(exported.code, Some(0), "{}", exported.err);
    fs::write(folder.path().join("all.jsonl"), &exported.out).unwrap();
    for _ in 0..2 {
        let imported = run(folder.path(), &["import", "all.jsonl", "--no-refresh", "--library", "other.sqlite3"]);
        assert_eq!(imported.code, Some(0), "{}", imported.err);
        let other = Library::open(&folder.path().join("other.sqlite3")).unwrap();
        assert_eq!(other.user_state().clippings, state.clippings);
        assert_eq!(place(&other), held);
    }
}

#[test]
fn command_writes_clippings_in_every_format() {
    let folder = TempDir::new().unwrap();
    drop(library(folder.path()));
    let out = |arguments: &[&str]| {
        let ran = run(folder.path(), &[&["clippings", "--library", "library.sqlite3"], arguments].concat());
        (ran.code, ran.out)
    };
    let (code, table) = out(&[]);
    assert_eq!(code, Some(0));
    assert_eq!(table, "Ines Okafor\t“It is tired,”\tCall\t2026-03-14\tBridge\t\n");
    assert!(
        out(&["--format", "footnotes"])
            .1
            .starts_with("“It is tired,”[^okafor2026bridge-tired]\n\n[^okafor2026bridge-tired]: Ines")
    );
    assert!(out(&["--format", "csv"]).1.starts_with("speaker,role,quotation,note,tags,"));
    assert!(out(&["--format", "md"]).1.starts_with("- “It is tired,”\n  — Ines Okafor, in “Bridge”"));
    let json: serde_json::Value = serde_json::from_str(&out(&["--format", "json", "okafor"]).1).unwrap();
    assert_eq!((&json[0]["confidence"], &json[0]["note"]), (&serde_json::json!(0.9), &serde_json::json!("Call")));
    assert_eq!(out(&["tram"]), (Some(1), String::new()));
}

#[test]
fn change_by_another_program_shows() {
    let folder = TempDir::new().unwrap();
    let (library, action) = library(folder.path());
    let other = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    other.list(&Scope::Whole, &mut |_| ControlFlow::Continue(())).unwrap();
    commit(&library, vec![action.inverse().unwrap()]);
    let changes = other.poll_external().unwrap();
    assert!(changes.actions.iter().any(|change| matches!(change, UserAction::Clipped { after: None, .. })));
    assert_eq!(other.user_state().clippings.len(), 0);
}
