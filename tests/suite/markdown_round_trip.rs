//! An article that is written as Markdown and read again is the same.

use proptest::collection::vec;
use proptest::prelude::*;
use pullquote::article::Article;
use pullquote::export::Format;
use pullquote::formats::{self, Hint};
use pullquote::quotes::Findings;

use crate::properties::cases;

fn one(markdown: &str) -> Option<Article> {
    let mut all = Vec::new();
    formats::read(&mut markdown.as_bytes(), &Hint { name: Some("a.md"), ..Hint::default() }, &mut |read| {
        all.extend(read.ok());
    });
    all.pop()
}

fn written(article: &Article) -> String {
    Format::Markdown.article(article, &Findings::default(), &[], None)
}

/// A block of Markdown: its lines, and whether another may not follow without something between.
#[derive(Debug, Clone)]
enum Block {
    Paragraph(String),
    Heading(usize, String),
    List(Option<u32>, Vec<Vec<Block>>),
    Quotation(Vec<Block>),
    Code(Vec<String>),
    Table(Vec<Vec<String>>),
    Definitions(String, Vec<String>),
    Rule,
}

impl Block {
    fn lines(&self) -> Vec<String> {
        match self {
            Self::Paragraph(words) => vec![words.clone()],
            Self::Heading(level, words) => vec![format!("{} {words}", "#".repeat(*level))],
            Self::Rule => vec!["***".to_owned()],
            Self::List(first, items) => {
                let mut out = Vec::new();
                for (at, item) in items.iter().enumerate() {
                    let sign = first.map_or("- ".to_owned(), |first| format!("{}. ", first + at as u32));
                    let indent = " ".repeat(sign.len());
                    out.extend(joined(item).into_iter().enumerate().map(|(line, words)| {
                        format!("{}{words}", if line == 0 { &sign } else { &indent }).trim_end().to_owned()
                    }));
                    out.push(String::new());
                }
                out.pop();
                out
            }
            Self::Quotation(blocks) => joined(blocks).into_iter().map(|line| format!("> {line}")).collect(),
            Self::Code(lines) => {
                let fence = ["`````".to_owned()];
                [&fence[..], lines, &fence[..]].concat()
            }
            Self::Table(rows) => {
                let row = |row: &Vec<String>| format!("| {} |", row.join(" | "));
                let mut out: Vec<_> = rows.iter().map(row).collect();
                out.insert(1, format!("|{}", "---|".repeat(rows[0].len())));
                out
            }
            Self::Definitions(term, all) => {
                let mut out = vec![term.clone()];
                out.extend(all.iter().map(|words| format!(": {words}")));
                out
            }
        }
    }
}

fn joined(blocks: &[Block]) -> Vec<String> {
    let mut out = Vec::new();
    for block in blocks {
        if !out.is_empty() {
            out.push(String::new());
        }
        out.extend(block.lines());
    }
    out
}

/// A word that looks like markup, or may be some.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zé]{1,6}".prop_map(String::from),
        1 => proptest::sample::select(vec![
            "1.", "2)", "-", "+", "=", ":", "a:", "#", ">", "!", "\\*", "\\_", "a\\|b", "\\<b\\>", "&amp;", "\\`", "\\\\", "\\[x\\]",
            "(y)", "\\~\\~", "“so”", "a_b", "a*b", "snake_case", "2 * 3", "\\&lt;", "it’s", "x.",
        ])
        .prop_map(str::to_owned),
    ]
}

/// Words with styles and links in them.
fn inline() -> impl Strategy<Value = String> {
    let plain = || vec(word(), 1..4).prop_map(|words| words.join(" "));
    let piece = prop_oneof![
        4 => plain(),
        1 => plain().prop_map(|words| format!("*{words}*")),
        1 => plain().prop_map(|words| format!("**{words}**")),
        1 => plain().prop_map(|words| format!("**a *{words}* b**")),
        1 => plain().prop_map(|words| format!("<em>{words} <strong>c</em> d</strong>")),
        1 => plain().prop_map(|words| format!("~~{words}~~")),
        1 => "[a-z]{1,4}".prop_map(|words| format!("x<sup>{words}</sup>y<sub>2</sub>")),
        1 => plain().prop_map(|words| format!("[{words}](https://coast.example/a?b=c_d*e)")),
        1 => plain().prop_map(|words| format!("wow![*{words}* e](<https://coast.example/(x)>)f")),
        1 => "[a-z*_<&]{1,6}".prop_map(|words| format!("``{words}``")),
        1 => "[a-z]{1,3}".prop_map(|words| format!("`` `{words} ``")),
        1 => "[a-z]{1,3}".prop_map(|words| format!("**`{words}` x**")),
    ];
    vec(piece, 1..4).prop_map(|pieces| format!("w {}", pieces.join(" ")))
}

/// The same at the start of a line, where no sign may stand that begins something else.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => inline(),
        1 => proptest::sample::select(vec!["\\- x", "1\\. x", "\\# x", "\\> x", "\\+ x", "\\=\\=", "\\: x", "**1**. x", "\\*\\*\\*"])
            .prop_map(str::to_owned),
    ]
}

fn code() -> impl Strategy<Value = Vec<String>> {
    let line = prop_oneof![
        4 => " {0,5}[a-z{}*#&<|]{1,9}( {1,3}[a-z`]{1,4}){0,2}".prop_map(String::from),
        1 => Just(String::new()),
        1 => Just("```".to_owned()),
    ];
    vec(line, 1..5).prop_filter("words", |lines| lines.iter().any(|line| !line.is_empty()))
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1_usize..4).prop_flat_map(|columns| {
        let cell = prop_oneof![3 => inline(), 1 => Just(String::new())];
        vec(vec(cell, columns), 1..4).prop_map(|mut rows| {
            "name".clone_into(&mut rows[0][0]);
            rows
        })
    })
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        4 => line().prop_map(Block::Paragraph),
        1 => (1_usize..=6, inline()).prop_map(|(level, words)| Block::Heading(level, words)),
        1 => code().prop_map(Block::Code),
        1 => table().prop_map(Block::Table),
        1 => Just(Block::Rule),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        // An item begins with words: what else may begin one, the other tests say.
        let item = (line(), vec(inner.clone(), 0..3)).prop_map(|(words, mut rest)| {
            rest.insert(0, Block::Paragraph(words));
            rest
        });
        prop_oneof![
            (proptest::option::of(0_u32..120), vec(item, 1..4)).prop_map(|(first, items)| Block::List(first, items)),
            vec(inner, 1..4).prop_map(Block::Quotation),
            (inline(), vec(line(), 1..3)).prop_map(|(term, all)| Block::Definitions(term, all)),
        ]
    })
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn markdown_that_is_written_becomes_the_same_article(blocks in vec(block(), 1..6)) {
        let markdown = format!("# Fares\n\nThey rise.\n\n{}\n", joined(&blocks).join("\n"));
        let article = one(&markdown).unwrap();
        let markdown_again = written(&article);
        let again = one(&markdown_again).unwrap();
        prop_assert_eq!(&again.body, &article.body, "\n{}\n-----\n{}", markdown, markdown_again);
    }
}

#[test]
fn markdown_is_as_one_writes_it() {
    let text = "# Fares\n\nSee **the *new* plan**, `cut -f 1`, H<sub>2</sub>O and [more](<https://coast.example/x>).\n\n\
        ## Lines\n\n- One\n  - Two\n\n    more\n- Three\n\n3. Four\n4. Five\n\n1) Six\n\n> It is so.\n>\n> > So it was.\n>\n> - One\n\n\
        ```\nif a {\n\n  b\n}\n```\n\n| Line | Fare |\n|---|---|\n| Ellery | 2 |\n| | 3 |\n\n***\n\nFare\n: Two crowns\n: Three\n";
    let written = written(&one(text).unwrap());
    assert_eq!(written.split_once("---\n\n").unwrap().1, text);
}
