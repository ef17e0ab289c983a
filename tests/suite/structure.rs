//! Which element of HTML becomes what, through every door: a page, Markdown, a feed, mail, the library, an export.

use std::fs;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use pullquote::article::{Article, Body, Paragraph};
use pullquote::formats::{self, Hint};
use pullquote::library::{EncodedArticle, Library};
use pullquote::quotes;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ran::Ran;

fn one(text: &str, name: &str) -> Article {
    let mut all = Vec::new();
    formats::read(&mut text.as_bytes(), &Hint { name: Some(name), ..Hint::default() }, &mut |read| {
        all.push(read.unwrap_or_else(|why| panic!("{why}: {text}")));
    });
    assert_eq!(all.len(), 1, "{text}");
    all.remove(0)
}

/// A paragraph: what it is, how it is set, its words with their styles and cells.
fn shown(body: &Body, paragraph: &Paragraph) -> String {
    let shape = paragraph.shape;
    let mut out = String::new();
    if shape.rule_above {
        out.push_str("--- ");
    }
    for container in shape.nesting.iter() {
        out.push_str(if container == pullquote::article::Container::List { "*" } else { ">" });
    }
    out.push_str(paragraph.kind.name());
    if shape.level > 0 {
        out.push_str(&shape.level.to_string());
    }
    out.push_str(if shape.begins { "!" } else { "" });
    out.push_str(if shape.is_header { "^" } else { "" });
    if shape.blank_lines > 0 {
        out.extend(["+", &shape.blank_lines.to_string()]);
    }
    if let Some(marker) = shape.marker {
        out.extend([" ", &marker.printed()]);
    }
    out.push_str(": ");
    let cells = body.cells(paragraph);
    if cells.is_empty() {
        out.push_str(body.words(paragraph.span));
    } else {
        out.push_str(&cells.iter().map(|cell| body.words(*cell)).collect::<Vec<_>>().join("|"));
    }
    for style in body.styles_in(paragraph) {
        out.extend([" [", style.kind.name(), " ", body.words(style.span), "]"]);
    }
    out
}

fn all(body: &Body) -> Vec<String> {
    body.paragraphs().iter().map(|paragraph| shown(body, paragraph)).collect()
}

const FILLER: &str =
    "The board met on Monday and decided nothing that anybody would want to hear of again, it was said.";

/// The name of what is tried, HTML, the same as Markdown where that has it, and what becomes of it.
const ELEMENTS: &[(&str, &str, Option<&str>, &[&str])] = &[
    (
        "headings",
        "<h2>Ferries</h2><p>They run.</p><h4>By night</h4><p>They do not.</p>",
        Some("## Ferries\n\nThey run.\n\n#### By night\n\nThey do not."),
        &["heading2: Ferries", "prose: They run.", "heading4: By night", "prose: They do not."],
    ),
    (
        "lists within lists",
        "<ul><li>One<ul><li>Two</li></ul></li><li><p>Three</p><p>more</p></li></ul><p>End.</p>",
        Some("- One\n  - Two\n- Three\n\n  more\n\nEnd."),
        &["*list_item •: One", "**list_item •: Two", "*list_item •: Three", "*list_item: more", "prose: End."],
    ),
    (
        "numbers",
        "<ol start=3><li>One</li><li>Two<ol><li>In</li></ol></li></ol>",
        Some("3. One\n4. Two\n   1. In"),
        &["*list_item 3.: One", "*list_item 4.: Two", "**list_item 1.: In"],
    ),
    (
        "numbers of other kinds",
        "<ol type=a><li>One<li value=26>Two<li>Three</ol><ol type=I start=4 reversed><li>Four<li>Five</ol>",
        None,
        &[
            "*list_item a.: One",
            "*list_item z.: Two",
            "*list_item aa.: Three",
            "*list_item IV.: Four",
            "*list_item III.: Five",
        ],
    ),
    (
        "block quotations",
        "<blockquote><p>It is so.</p><blockquote><p>So it was.</p></blockquote><ul><li>One</li></ul></blockquote><p>End.</p>",
        Some("> It is so.\n>\n> > So it was.\n>\n> - One\n\nEnd."),
        &[">block_quotation: It is so.", ">>block_quotation: So it was.", ">*block_quotation •: One", "prose: End."],
    ),
    (
        "a quotation in a list",
        "<ul><li>One<blockquote>Two</blockquote></li></ul>",
        Some("- One\n\n  > Two"),
        &["*list_item •: One", "*>block_quotation: Two"],
    ),
    (
        "an item that begins with a quotation",
        "<ol start=2><li><blockquote>Two</blockquote></li></ol>",
        Some("2. > Two"),
        &["*>block_quotation 2.: Two"],
    ),
    (
        "preformatted text",
        "<p>See <code>cut</code>:</p><pre><code>\nif a {\n\n\n\tb  c\n}\n</code></pre><pre>d</pre><p>End.</p>",
        Some("See `cut`:\n\n```\nif a {\n\n\n\tb  c\n}\n```\n\n```\nd\n```\n\nEnd."),
        &[
            "prose: See cut: [code cut]",
            "preformatted!: if a {",
            "preformatted+2:     b  c",
            "preformatted: }",
            "preformatted!: d",
            "prose: End.",
        ],
    ),
    (
        "preformatted text in a list",
        "<ul><li>One<pre>  a\nb</pre></li></ul>",
        Some("- One\n\n  ```\n    a\n  b\n  ```"),
        &["*list_item •: One", "*preformatted!:   a", "*preformatted: b"],
    ),
    (
        "tables",
        "<table><thead><tr><th>Line</th><th>Fare</th></tr></thead><tbody><tr><td>Ellery <b>East</b></td><td>2</td></tr>\
         <tr><td></td><td>3</td></tr></tbody></table>",
        Some("| Line | Fare |\n|---|---|\n| Ellery **East** | 2 |\n| | 3 |"),
        &["table_row!^: Line|Fare", "table_row: Ellery East|2 [strong East]", "table_row: |3"],
    ),
    (
        "tables with rows of one cell",
        "<table><tr><th>Line<th>Day<th>Fare</tr><tr><td rowspan=2>Ellery<td>Mon<td>2</tr><tr><td><td>3</tr>\
         <tr><td colspan=3>At night</tr><tr><th>Lund<td>Tue<td></tr></table><table><tr><td>a</tr></table>",
        None,
        &[
            "table_row!^: Line|Day|Fare",
            "table_row: Ellery|Mon|2",
            "table_row: ||3",
            "table_row: At night||",
            "table_row: Lund|Tue|",
            "prose: a",
        ],
    ),
    (
        "cells over columns and rows",
        "<table><tr><th>Line<th>Day<th>Fare</tr><tr><td rowspan=2>Ellery<td>Mon<td>2</tr><tr><td>Tue<td>3</tr>\
         <tr><td colspan=2>All<td>5</tr></table><table><tr><td>a<td>b</tr></table>",
        None,
        &[
            "table_row!^: Line|Day|Fare",
            "table_row: Ellery|Mon|2",
            "table_row: |Tue|3",
            "table_row: All||5",
            "table_row!: a|b",
        ],
    ),
    (
        "rules",
        "<p>One.</p><hr><p>Two.</p><hr>",
        Some("One.\n\n---\n\nTwo.\n\n---"),
        &["prose: One.", "--- prose: Two."],
    ),
    (
        "definitions",
        "<dl><dt>Fare</dt><dd>Two crowns</dd><dt>Line</dt><dd>Ellery</dd></dl>",
        Some("Fare\n: Two crowns\n\nLine\n: Ellery"),
        &["term: Fare", "definition: Two crowns", "term: Line", "definition: Ellery"],
    ),
    (
        "words told apart",
        "<p>It <em>is</em> <strong>so <i>very</i></strong> <del>bad</del>, H<sub>2</sub>O and x<sup>2</sup>, <kbd>q</kbd>.</p>",
        Some("It *is* **so *very*** ~~bad~~, H<sub>2</sub>O and x<sup>2</sup>, `q`."),
        &["prose: It is so very bad, H2O and x², q. [emphasis is] [strong so very] [emphasis very] [deleted bad] \
           [subscript 2] [code q]"],
    ),
    (
        "numbers that are raised",
        "<p>10<sup>9</sup> m<sup><a href='https://coast.example/n'>2</a></sup>, 3<sup>1/2</sup> of the 4<sup>th</sup>, 10<sup>1.5</sup>.</p>",
        Some(
            "10<sup>9</sup> m<sup>[2](https://coast.example/n)</sup>, 3<sup>1/2</sup> of the 4<sup>th</sup>, 10<sup>1.5</sup>.",
        ),
        &["prose: 10⁹ m², 3¹⁄₂ of the 4th, 10^1.5. [superscript th] [superscript 1.5]"],
    ),
    (
        "what is never closed",
        "<p>It <b>is</p><p>so.</p><ul><li>One<blockquote>Two</ul><p>End.</p>",
        None,
        &["prose: It is [strong is]", "prose: so.", "*list_item •: One", "*>block_quotation: Two", "prose: End."],
    ),
];

/// A page with all of them.
fn page_of_all() -> String {
    let all: Vec<_> = ELEMENTS.iter().map(|(_, html, ..)| format!("{html}<p>{FILLER}</p>")).collect();
    format!("<article><h1>Fares</h1><p>{FILLER}</p>{}</article>", all.concat())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn elements_become_the_same_through_every_door() {
    for (what, html, markdown, expected) in ELEMENTS {
        let whole = format!("<p>{FILLER}</p>{html}<p>{FILLER}</p>");
        let files = [
            ("a.html", format!("<html><body><article><h1>Fares</h1>{whole}</article></body></html>")),
            (
                "a.xml",
                format!(
                    "<rss version='2.0'><channel><title>Wire</title><item><title>Fares</title><description>{}</description>\
                     </item></channel></rss>",
                    escaped(&whole)
                ),
            ),
            (
                "a.eml",
                format!(
                    "From: a@coast.example\nSubject: Fares\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{whole}\n"
                ),
            ),
        ];
        let filler = format!("prose: {FILLER}");
        let mut wanted = vec!["headline: Fares".to_owned(), filler.clone()];
        wanted.extend(expected.iter().map(|line| (*line).to_owned()));
        wanted.push(filler);
        for (name, text) in &files {
            // In mail tables put things in their places.
            let is_box = *name == "a.eml" && html.contains("<table");
            // A rule at the end stands above what follows.
            let text = one(text, name);
            let mut found = all(&text.body);
            if let Some(last) = found.last_mut() {
                *last = last.trim_start_matches("--- ").to_owned();
            }
            if !is_box {
                assert_eq!(found, wanted, "{what} in {name}");
            }
        }
        let Some(markdown) = markdown else { continue };
        let article = one(&format!("# Fares\n\n{FILLER}\n\n{markdown}\n\n<!-- -->\n\n{FILLER}"), "a.md");
        let mut found = all(&article.body);
        if let Some(last) = found.last_mut() {
            *last = last.trim_start_matches("--- ").to_owned();
        }
        assert_eq!(found, wanted, "{what} in Markdown");
    }
}

#[test]
fn prose_that_stands_as_it_was_typed_is_prose() {
    let line = "“The bridge is shut,” said Ann Holt, the keeper of the harbour, on Sunday.";
    let page = format!("<article><h1>Fares</h1><p>From the list.</p><pre>{line}\n\n{line}\n{line}</pre></article>");
    let article = one(&page, "a.html");
    assert_eq!(all(&article.body)[2..], [format!("prose: {line}"), format!("prose: {line}"), format!("prose: {line}")]);
    let code = "let fares = map(|fare| fare.day * 2);\n".repeat(40);
    let page = format!("<article><h1>Fares</h1><p>{FILLER} {FILLER}</p><pre>{code}</pre></article>");
    let article = one(&page, "a.html");
    assert!(all(&article.body)[2].starts_with("preformatted!: let fares"), "{:?}", all(&article.body));
}

#[test]
fn how_paragraphs_are_set_is_kept_by_the_library() {
    let folder = TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    let article = one(&page_of_all(), "a.html");
    let encoded = EncodedArticle::of(&library.add(article.clone(), quotes::find(&article.body))).unwrap();
    library.commit(&[encoded], &[]).unwrap();
    let kept = library.get(article.id).unwrap().unwrap();
    assert_eq!(all(&kept.article.body), all(&article.body));
    assert_eq!(kept.article.body, article.body);
}

#[test]
fn how_paragraphs_are_set_is_exported_and_imported() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.html"), page_of_all()).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(cargo_bin("pullquote"));
        let ran = Ran::from(command.args(arguments).current_dir(folder.path()).stdin(Stdio::null()).output().unwrap());
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.err);
        ran.out
    };
    run(&["add", "a.html", "--library", "one.sqlite3"]);
    fs::write(folder.path().join("all.jsonl"), run(&["export", "--library", "one.sqlite3"])).unwrap();
    run(&["import", "--no-refresh", "all.jsonl", "--library", "two.sqlite3"]);
    let bodies = ["one.sqlite3", "two.sqlite3"].map(|name| {
        let library = Library::open(&folder.path().join(name)).unwrap();
        let id = library.ids().unwrap()[0];
        library.get(id).unwrap().unwrap().article.body.clone()
    });
    assert_eq!(all(&bodies[0]), all(&bodies[1]));
    assert_eq!(bodies[0], bodies[1]);
    // Data say it too.
    let shown: Value =
        serde_json::from_str(&run(&["show", "--format", "json", "fares", "--library", "one.sqlite3"])).unwrap();
    let block = |kind: &str| shown["blocks"].as_array().unwrap().iter().find(|block| block["kind"] == kind).unwrap();
    assert_eq!((&block("heading")["level"], &block("list_item")["marker"]), (&json!(2), &json!("•")));
    assert_eq!((&block("block_quotation")["level"], &block("block_quotation")["quoted"]), (&json!(1), &json!(1)));
    assert_eq!(
        (&block("table_row")["header"], block("table_row")["cells"].as_array().map(Vec::len)),
        (&json!(true), Some(2))
    );
    assert_eq!(block("prose").get("marker"), None);
}
