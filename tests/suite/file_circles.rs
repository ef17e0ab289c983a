//! The files of one module: none imports another that imports it, and none is long.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::architecture::{FILES, rust_files, tokens};

/// The most lines of a file.
const LONGEST: usize = 450;

/// The path of a module, from the top.
type Module = Vec<String>;

#[test]
fn files_form_no_circles() {
    let modules: BTreeSet<&Module> = FILES.iter().map(|file| &file.module).collect();
    let imports: BTreeMap<&Module, BTreeSet<Module>> =
        FILES.iter().map(|file| (&file.module, imports(&file.tokens, &file.module, &modules))).collect();
    let circles: Vec<_> =
        imports.keys().filter(|module| reaches_itself(module, &imports)).map(|module| module.join("::")).collect();
    assert!(circles.is_empty(), "files in circles:\n{}", circles.join("\n"));
}

#[test]
fn files_are_short() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lines = |path: &Path| fs::read_to_string(path).unwrap().lines().count();
    let long: Vec<_> = rust_files(&src).into_iter().filter(|path| lines(path) > LONGEST).collect();
    assert!(long.is_empty(), "{long:?}");
}

/// The modules with files of their own that a file imports from, without its tests; its ancestors and descendants, which
/// belong to it, left out.
fn imports(tokens: &[String], module: &[String], modules: &BTreeSet<&Module>) -> BTreeSet<Module> {
    let tests = tokens.windows(3).position(|three| three == ["mod", "tests", "{"]);
    let tokens = &tokens[..tests.unwrap_or(tokens.len())];
    let begins = |at: usize| ["crate", "self", "super"].contains(&tokens[at].as_str());
    let starts = (0..tokens.len()).filter(|&at| begins(at) && (at == 0 || tokens[at - 1] != "::"));
    let named = starts.flat_map(|at| paths(&tokens[at..]).0);
    named
        .map(|path| absolute(&path, module))
        .filter_map(|path| (1..=path.len()).rev().map(|end| path[..end].to_vec()).find(|path| modules.contains(path)))
        .filter(|other| !other.starts_with(module) && !module.starts_with(other))
        .collect()
}

/// The paths at the start of `tokens`, those of a group apart, and how many tokens they are.
fn paths(tokens: &[String]) -> (Vec<Module>, usize) {
    let is = |at: usize, mark: &str| tokens.get(at).is_some_and(|token| token == mark);
    if is(0, "{") {
        let (mut all, mut at) = (Vec::new(), 1);
        while at < tokens.len() && !is(at, "}") {
            let (inner, length) = paths(&tokens[at..]);
            all.extend(inner);
            at += length;
        }
        return (all, at + 1);
    }
    let first = tokens[0].clone();
    if !is(1, "::") || tokens.len() < 3 {
        return (vec![vec![first]], 1);
    }
    let (rest, length) = paths(&tokens[2..]);
    (rest.into_iter().map(|path| [vec![first.clone()], path].concat()).collect(), length + 2)
}

/// The path from the top, as seen from `module`.
fn absolute(path: &[String], module: &[String]) -> Module {
    let ups = path.iter().take_while(|name| *name == "super").count();
    match path[0].as_str() {
        "crate" => path[1..].to_vec(),
        "self" => [module, &path[1..]].concat(),
        _ => [&module[..module.len().saturating_sub(ups)], &path[ups..]].concat(),
    }
}

fn reaches_itself(start: &Module, imports: &BTreeMap<&Module, BTreeSet<Module>>) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![start]);
    while let Some(module) = open.pop() {
        for next in imports.get(module).into_iter().flatten() {
            if next == start {
                return true;
            }
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    false
}

#[test]
fn imports_are_found_in_groups_too() {
    let all: Vec<Module> = ["a", "a::b", "a::b::c", "a::d", "e", "f", "g"].map(split).to_vec();
    let modules = all.iter().collect();
    let source =
        "use crate::{e::{self, X}, f}; use super::d::Y; fn g(x: crate::a::b::Z) { self::c::w(); crate::g::h(); }
        mod tests { use crate::tests_only; }";
    let found = imports(&tokens(source), &split("a::b"), &modules);
    assert_eq!(found, ["a::d", "e", "f", "g"].map(split).into());
}

fn split(path: &str) -> Module {
    path.split("::").map(str::to_owned).collect()
}
