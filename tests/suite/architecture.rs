//! The layers of the house: nothing imports what stands above it.
//!
//! Reads every `.rs` file in `src/` as the compiler does, token by token, and resolves each path that begins with
//! `crate`, `self`, `super` or `pullquote` to the module at the top that it leads to; in macros and tests too.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::keys::{default_keys, named_key};

/// The modules from the ground up; those of one layer never see each other.
const LAYERS: &[&[&str]] = &[
    &["text"],
    &["article", "process"],
    &["quotes", "formats", "layout", "query"],
    &["catalog", "evaluate"],
    &["user"],
    &["library", "export", "folder", "fetch", "samples", "notification"],
    &["ingest"],
    &["app"],
    &["keymap"],
    &["config"],
    &["ui"],
    &["runtime"],
    &["cli"],
    &["main"],
];

/// What a module never sees although it stands lower.
const CUTS: &[(&str, &[&str])] = &[
    ("evaluate", &["formats", "layout", "query"]),
    ("folder", &["quotes", "layout", "query", "catalog", "evaluate"]),
    ("fetch", &["quotes", "layout", "query", "catalog", "evaluate"]),
    ("samples", &["quotes", "layout", "query", "catalog", "evaluate"]),
    ("export", &["formats", "layout"]),
    ("ingest", &["layout", "query", "evaluate", "export"]),
    ("notification", &["quotes", "formats", "layout", "query", "catalog", "evaluate"]),
    ("app", &["library", "folder", "fetch", "samples", "formats", "evaluate", "ingest", "process", "notification"]),
    ("keymap", &["library", "folder", "fetch", "samples", "formats", "evaluate", "ingest", "process", "notification"]),
    ("config", &["library", "folder", "fetch", "samples", "formats", "evaluate", "ingest", "quotes", "catalog"]),
    ("ui", &["library", "folder", "fetch", "samples", "formats", "evaluate", "ingest", "process", "notification"]),
];

/// Crates and modules of the world outside that a module never names.
const STRANGERS: &[(&str, &[&str])] = &[
    ("text", &["serde", "std::fs", "std::env", "std::io", "std::thread", "ratatui", "ratatui_core", "crossterm"]),
    ("article", &["serde", "std::fs", "std::env", "std::io", "std::thread", "ratatui", "ratatui_core", "crossterm"]),
    (
        "quotes",
        &[
            "serde",
            "std::fs",
            "std::env",
            "std::io",
            "std::thread",
            "std::time",
            "ratatui",
            "ratatui_core",
            "crossterm",
        ],
    ),
    ("formats", &["std::fs", "std::env", "std::path", "std::thread", "ratatui", "ratatui_core", "crossterm"]),
    ("layout", &["serde", "std::fs", "std::env", "std::io", "std::thread", "ratatui", "ratatui_core", "crossterm"]),
    ("query", &["serde", "std::fs", "std::env", "std::io", "std::thread", "ratatui", "ratatui_core", "crossterm"]),
    ("catalog", &["serde", "std::fs", "std::env", "std::io", "std::thread", "ratatui", "ratatui_core", "crossterm"]),
    ("user", &["std::fs", "std::env", "std::io", "std::thread", "std::time", "ratatui", "ratatui_core", "crossterm"]),
    ("evaluate", &["serde", "std::fs", "std::env", "std::io", "std::thread", "ratatui", "ratatui_core", "crossterm"]),
    (
        "app",
        &[
            "serde",
            "std::fs",
            "std::env",
            "std::thread",
            "std::sync::mpsc",
            "crossbeam_channel",
            "ratatui",
            "ratatui_core::backend",
            "ratatui_core::buffer",
            "ratatui_core::style",
            "ratatui_core::terminal",
            "ratatui_core::text",
            "ratatui_core::widgets",
            "crossterm",
        ],
    ),
    ("ui", &["std::fs", "std::env", "std::thread", "std::sync::mpsc", "crossbeam_channel"]),
    ("library", &["crossbeam_channel", "ratatui", "ratatui_core", "crossterm"]),
    (
        "export",
        &[
            "std::fs",
            "std::env",
            "io::stdout",
            "io::stderr",
            "std::thread",
            "clap",
            "ratatui",
            "ratatui_core",
            "crossterm",
        ],
    ),
    // What leaves the program for another is made safe to look at by export.
    ("cli", &["csv", "serde_json::to_string", "serde_json::to_string_pretty", "serde_json::to_writer"]),
    ("folder", &["crossbeam_channel", "ratatui", "ratatui_core", "crossterm"]),
    ("fetch", &["crossbeam_channel", "ratatui", "ratatui_core", "crossterm"]),
    ("process", &["serde", "std::fs", "std::env", "std::thread", "ratatui", "ratatui_core", "crossterm"]),
    ("notification", &["serde", "std::fs", "std::thread", "ratatui", "ratatui_core", "crossterm"]),
    ("ingest", &["serde", "ratatui", "ratatui_core", "crossterm"]),
];

/// Where threads are started: by the one primitive of the runtime, and by ingest, for work on all cores.
const STARTS_THREADS: &[&[&str]] = &[&["ingest"], &["runtime", "worker"]];

/// What starts one.
const THREAD_STARTS: [&str; 3] = ["thread::spawn", "thread::Builder", "thread::scope"];

#[test]
fn nothing_imports_upward() {
    let faults = every_file(|file| {
        let top = file.module[0].clone();
        let seen = uses(&file.tokens, &file.module);
        let wrong = seen.into_iter().filter(|other| !may_see(&top, other));
        wrong.map(|other| format!("{top} sees {other}")).collect()
    });
    assert!(faults.is_empty(), "upward imports:\n{}", faults.join("\n"));
}

#[test]
fn modules_know_only_their_part_of_the_world() {
    let faults = every_file(|file| {
        let strangers = STRANGERS.iter().filter(|(module, _)| *module == file.module[0]).flat_map(|(_, names)| *names);
        let named = strangers.filter(|name| names_path(&file.tokens, name));
        named.map(|name| format!("{} names {name}", file.module[0])).collect()
    });
    assert!(faults.is_empty(), "strangers:\n{}", faults.join("\n"));
}

#[test]
fn threads_are_started_by_the_worker_primitive_and_by_ingest() {
    let faults = every_file(|file| {
        let starts = THREAD_STARTS.iter().any(|call| names_path(&file.tokens, call));
        let may = STARTS_THREADS.iter().any(|may| file.module.iter().take(may.len()).eq(may.iter()));
        // The tests of a module play the outside: a server, say.
        let is_test = file.module.last().is_some_and(|last| last == "tests");
        if starts && !may && !is_test {
            vec![format!("{} starts a thread", file.module.join("::"))]
        } else {
            Vec::new()
        }
    });
    assert!(faults.is_empty(), "threads:\n{}", faults.join("\n"));
}

/// What the commands without a screen share with the reader lies below both.
#[test]
fn reader_is_known_to_one_command_only() {
    const READER: [&str; 4] = ["app", "keymap", "ui", "runtime"];
    let faults = every_file(|file| {
        let is_other = file.module[0] == "cli" && file.module != ["cli", "read"];
        let seen = if is_other { uses(&file.tokens, &file.module) } else { Vec::new() };
        seen.into_iter().filter(|name| READER.contains(&name.as_str())).map(|name| format!("cli sees {name}")).collect()
    });
    assert!(faults.is_empty(), "commands:\n{}", faults.join("\n"));
}

/// Files, feeds and imports go one way into the library.
#[test]
fn articles_are_encoded_in_one_place_only() {
    let faults = every_file(|file| {
        let is_other = file.module[0] != "library" && file.module != ["ingest", "read"];
        let encodes = is_other && names_path(&file.tokens, "EncodedArticle::of");
        if encodes { vec!["encodes an article".to_owned()] } else { Vec::new() }
    });
    assert!(faults.is_empty(), "encoding:\n{}", faults.join("\n"));
}

#[test]
fn sqlite_is_known_to_the_library_only() {
    let faults = every_file(|file| {
        let knows = file.module[0] != "library" && names_path(&file.tokens, "rusqlite");
        if knows { vec![format!("{} names rusqlite", file.module[0])] } else { Vec::new() }
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn drawing_only_reads() {
    let faults = every_file(|file| {
        let changes = file.module[0] == "ui" && file.tokens.windows(2).any(|pair| pair == ["mut", "App"]);
        if changes { vec!["ui takes the app to change it".to_owned()] } else { Vec::new() }
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// "{number} articles" reads "1 articles" one day: `text::counted` and `plural` know the singular.
#[test]
fn counted_nouns_know_their_singular() {
    const NOUNS: [&str; 16] = [
        "articles",
        "entries",
        "feeds",
        "files",
        "folders",
        "lines",
        "links",
        "marks",
        "minutes",
        "people",
        "quotations",
        "records",
        "redirects",
        "searches",
        "sources",
        "speakers",
    ];
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for path in rust_files(&src) {
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//")) {
            // A constant is never one.
            let is_constant = |at: usize| line[..at].ends_with(|c: char| c.is_uppercase());
            let after = line.match_indices("} ").filter(|(at, _)| !is_constant(*at));
            let after = after.map(|(at, brace)| &line[at + brace.len()..]);
            let word = |rest: &str| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
            if after.map(word).any(|word| NOUNS.contains(&word.as_str())) {
                faults.push(format!("src/{}:{number}: {}", path.strip_prefix(&src).unwrap().display(), line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Only the keymap holds which key does what: "Removed · U undo" is wrong for a user who has bound another key.
#[test]
fn texts_of_the_screen_name_no_keys() {
    let keys = default_keys();
    let faults = every_file(|file| {
        let texts = file.literals.iter().filter(|_| ["app", "ui"].contains(&file.module[0].as_str()));
        texts.filter_map(|text| Some(format!("{text:?} names {}", named_key(text, &keys)?))).collect()
    });
    assert!(faults.is_empty(), "keys that stand in the source:\n{}", faults.join("\n"));
}

/// Whether `from` may import `to` by the layers and the cuts.
fn may_see(from: &str, to: &str) -> bool {
    let layer = |module: &str| {
        let at = LAYERS.iter().position(|layer| layer.contains(&module));
        at.unwrap_or_else(|| panic!("module {module} has no layer: give it one in LAYERS"))
    };
    let is_cut = CUTS.iter().any(|(module, cut)| *module == from && cut.contains(&to));
    from == to || (layer(to) < layer(from) && !is_cut)
}

/// A source file.
pub struct File {
    /// Where it is in `src/`.
    path: PathBuf,
    /// The modules that lead to it: `src/quotes/cues.rs` is `quotes`, `cues`.
    pub module: Vec<String>,
    pub tokens: Vec<String>,
    /// The texts in it, but those of its tests.
    literals: Vec<String>,
}

/// All files but `lib.rs`, which only lists the modules.
pub static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let file = |path: PathBuf| {
        let source = fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(&src).unwrap().to_owned();
        let mut literals = Vec::new();
        texts(source.parse().unwrap(), &mut literals);
        File { module: module_of(&path), path, tokens: tokens(&source), literals }
    };
    rust_files(&src).into_iter().map(file).filter(|file| file.module != ["lib"]).collect()
});

/// Runs `check` on all files; returns the faults, each with its file.
fn every_file(check: impl Fn(&File) -> Vec<String>) -> Vec<String> {
    let faults = |file: &File| -> Vec<String> {
        check(file).into_iter().map(|fault| format!("src/{}: {fault}", file.path.display())).collect()
    };
    FILES.iter().flat_map(faults).collect()
}

pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn module_of(place: &Path) -> Vec<String> {
    let mut module: Vec<_> = place.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    module
}

/// The modules at the top that the paths in a file lead to, the file's own left out.
fn uses(tokens: &[String], module: &[String]) -> Vec<String> {
    let mut seen = Vec::new();
    // The modules that are opened inside the file, and at which depth of braces.
    let (mut inner, mut depth): (Vec<(String, usize)>, usize) = (Vec::new(), 0);
    let at = |i: usize| tokens.get(i).map_or("", String::as_str);
    let mut i = 0;
    while i < tokens.len() {
        match at(i) {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                inner.retain(|(_, opened)| *opened <= depth);
            }
            "mod" if at(i + 2) == "{" => inner.push((at(i + 1).to_owned(), depth + 1)),
            "crate" | "self" | "super" | "pullquote" if at(i + 1) == "::" && (i == 0 || at(i - 1) != "::") => {
                let mut here: Vec<&str> = module.iter().map(String::as_str).collect();
                here.extend(inner.iter().map(|(name, _)| name.as_str()));
                while at(i + 1) == "::" && ["crate", "self", "super", "pullquote"].contains(&at(i)) {
                    match at(i) {
                        "super" => drop(here.pop()),
                        "self" => {}
                        _ => here.clear(),
                    }
                    i += 2;
                }
                if here.is_empty() {
                    seen.extend(first_segments(&tokens[i..]).into_iter().filter(|name| *name != module[0]));
                }
                continue;
            }
            _ => {}
        }
        i += 1;
    }
    seen
}

/// What a path goes on with: one name, or those that begin the members of a group.
fn first_segments(tokens: &[String]) -> Vec<String> {
    match tokens.first().map(String::as_str) {
        Some("{") => {
            let (mut names, mut depth) = (Vec::new(), 0_usize);
            for (i, token) in tokens.iter().enumerate() {
                match token.as_str() {
                    "{" => depth += 1,
                    "}" => depth -= 1,
                    _ => {}
                }
                let begins = depth == 1 && i > 0 && ["{", ","].contains(&tokens[i - 1].as_str());
                if begins && is_name(token) && token != "self" {
                    names.push(token.clone());
                }
                if depth == 0 {
                    break;
                }
            }
            names
        }
        Some(name) if is_name(name) => vec![name.to_owned()],
        _ => Vec::new(),
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Whether a path is named: `std::fs`, also as `use std::{fs, io}`; of one name, whether a path begins with it.
fn names_path(tokens: &[String], path: &str) -> bool {
    let Some((parent, last)) = path.rsplit_once("::") else {
        return tokens.windows(2).any(|pair| pair[0] == path && pair[1] == "::");
    };
    let parent: Vec<String> = parent.split("::").flat_map(|name| [name.to_owned(), "::".to_owned()]).collect();
    let mut followed = (0..tokens.len()).filter_map(|at| tokens[at..].strip_prefix(&*parent));
    followed.any(|rest| first_segments(rest).iter().any(|name| name == last))
}

/// The names, the braces and the marks of a source text; comments and literals left out.
pub fn tokens(source: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    flatten(source.parse().unwrap(), &mut tokens);
    tokens
}

fn flatten(stream: TokenStream, tokens: &mut Vec<String>) {
    let mut is_half = false;
    for token in stream {
        // The first half of a "::" becomes the whole of it.
        let ends_path = std::mem::take(&mut is_half);
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Parenthesis | Delimiter::None => ("(", ")"),
                };
                tokens.push(open.to_owned());
                flatten(group.stream(), tokens);
                tokens.push(close.to_owned());
            }
            TokenTree::Punct(mark) if ends_path && mark.as_char() == ':' => tokens.last_mut().unwrap().push(':'),
            TokenTree::Punct(mark) => {
                is_half = mark.as_char() == ':' && mark.spacing() == Spacing::Joint;
                tokens.push(mark.to_string());
            }
            TokenTree::Ident(name) => tokens.push(name.to_string()),
            // A doc comment is one too.
            TokenTree::Literal(_) => {}
        }
    }
}

/// The string literals of a source text, without those of attributes, so of comments, and of modules for tests.
fn texts(stream: TokenStream, literals: &mut Vec<String>) {
    let (mut before, mut last) = (String::new(), String::new());
    for token in stream {
        let name = match &token {
            TokenTree::Group(_) => String::new(),
            token => token.to_string(),
        };
        match token {
            TokenTree::Group(_)
                if last == "#" || last == "!" && before == "#" || last == "tests" && before == "mod" => {}
            TokenTree::Group(group) => texts(group.stream(), literals),
            TokenTree::Literal(_) => {
                let text = name.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
                literals.extend(text.map(|text| text.replace("\\\"", "\"").replace("\\n", "\n")));
            }
            TokenTree::Punct(_) | TokenTree::Ident(_) => {}
        }
        before = std::mem::replace(&mut last, name);
    }
}

/// The modules that `source`, standing in `src/` at `place`, leads to.
fn check(place: &str, source: &str) -> Vec<String> {
    uses(&tokens(source), &module_of(Path::new(place)))
}

#[test]
fn parser_sees_every_kind_of_path() {
    let source = r##"
        //! crate::comment
        use crate::{text::{Span, clean}, article::{self, Body}, quotes as q};
        use crate::layout;
        pub(crate) fn f(x: crate::query::Query) -> &'static str { super::super::catalog::g(); "crate::string" }
        /* crate::block /* crate::nested */ */
        const R: &str = r#"crate::raw " "#; const C: char = '"'; const D: char = '\'';
        use super::neighbour;
        fn g<'a>(y: &'a crate::library::Library) { pullquote::fetch::fetch(); self::own(); }
        mod tests { use super::*; use super::{a, b}; use super::super::c; use super::super::super::app::App; }
        use super::super::ui;
    "##;
    let seen = check("cli/quotes.rs", source);
    let all = ["text", "article", "quotes", "layout", "query", "catalog", "library", "fetch", "app", "ui"];
    assert_eq!(seen, all);
    assert_eq!(check("folder.rs", "use super::quotes; mod tests { use super::walk; }"), ["quotes"]);
    assert!(check("text/clean.rs", "use super::span; use crate::text::Span;").is_empty());
}

#[test]
fn layers_are_those_of_the_design() {
    assert!(may_see("cli", "text") && may_see("library", "quotes") && may_see("library", "query"));
    assert!(may_see("runtime", "folder") && may_see("ui", "app") && may_see("folder", "formats"));
    assert!(may_see("ingest", "library") && may_see("runtime", "ingest") && may_see("cli", "ingest"));
    for (from, to) in [
        ("text", "article"),
        ("quotes", "layout"),
        ("formats", "quotes"),
        ("folder", "quotes"),
        ("fetch", "catalog"),
        ("app", "library"),
        ("app", "formats"),
        ("app", "ingest"),
        ("ingest", "app"),
        ("app", "ui"),
        ("library", "folder"),
        ("export", "library"),
        ("export", "app"),
    ] {
        assert!(!may_see(from, to), "{from} must not see {to}");
    }
}

#[test]
fn imports_of_other_layers_are_seen_in_groups_too() {
    assert!(names_path(&tokens("use std::{io, fs::{self, File}};"), "std::fs"));
    assert!(names_path(&tokens("use std::sync::{Arc, mpsc};"), "std::sync::mpsc"));
    assert!(names_path(&tokens("let a = serde::de();"), "serde"));
    assert!(names_path(&tokens("use std::thread::{self, spawn};"), "thread::spawn"));
    assert!(!names_path(&tokens("use std::{io, fmt}; // std::fs"), "std::fs"));
}
