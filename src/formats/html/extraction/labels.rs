//! How lines begin that are no part of an article although they stand in it, by the words in `data/labels.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// It leads elsewhere, or asks for something.
    Pointer,
    /// What follows is no part of the article.
    Tail,
    /// It names who made a picture.
    Credit,
}

/// How long lines are that may be each, in characters.
const LONGEST_POINTER: usize = 220;
const LONGEST_TAIL: usize = 60;
const LONGEST_LEGAL: usize = 120;
const LONGEST_CREDIT: usize = 120;

#[derive(Debug, Default)]
struct Labels {
    /// By the first letters of a line.
    by_start: HashMap<String, Vec<(&'static str, Label)>, foldhash::fast::FixedState>,
    networks: Vec<&'static str>,
    calls: Vec<&'static str>,
    legal: Vec<&'static str>,
}

/// How many letters lines are looked up by.
const START: usize = 3;

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let mut labels = Labels::default();
    let mut section = "";
    for line in include_str!("data/labels.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line {
            _ if line.starts_with('[') => section = line,
            _ => match section {
                "[network]" => labels.networks.push(line),
                "[call]" => labels.calls.push(line),
                "[legal]" => labels.legal.push(line),
                _ => {
                    let label = match section {
                        "[tail]" => Label::Tail,
                        "[credit]" => Label::Credit,
                        _ => Label::Pointer,
                    };
                    labels.by_start.entry(start(line)).or_default().push((line, label));
                }
            },
        }
    }
    labels
});

fn start(line: &str) -> String {
    line.chars().take(START).collect()
}

/// How a line is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A heading, or as short as one and no sentence.
    Alone,
    /// Most of it leads elsewhere.
    Linked,
    Sentence,
}

/// What a line of this shape is by its words.
pub fn of(words: &str, shape: Shape) -> Option<Label> {
    let length = words.chars().count();
    if length > LONGEST_POINTER {
        return None;
    }
    let lower = words.to_lowercase();
    if length <= LONGEST_CREDIT && begins(&lower, shape, Label::Credit) {
        return Some(Label::Credit);
    }
    let is_legal = length <= LONGEST_LEGAL && is_legal(&lower);
    (is_legal || calls(&lower) || begins(&lower, shape, Label::Pointer)).then_some(Label::Pointer)
}

/// Whether a line that is a heading, or as short as one, says that the article is over.
pub fn ends_article(words: &str) -> bool {
    words.len() <= LONGEST_TAIL * 4
        && words.chars().count() <= LONGEST_TAIL
        && begins(&words.to_lowercase(), Shape::Alone, Label::Tail)
}

/// Whether a line, in small letters, begins as those do.
fn begins(lower: &str, shape: Shape, label: Label) -> bool {
    let line = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
    // One word may begin a sentence too.
    let is_enough = |words: &str| label != Label::Pointer || words.contains([' ', ':']) || shape != Shape::Sentence;
    let is_whole =
        |words: &str, rest: &str| !(words.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric));
    let starts = line.char_indices().map(|(at, c)| &line[..at + c.len_utf8()]).take(START);
    let mut known = starts.filter_map(|start| LABELS.by_start.get(start)).flatten();
    known.any(|(words, kind)| {
        let rest = line.strip_prefix(words).filter(|_| *kind == label);
        rest.is_some_and(|rest| is_whole(words, rest) && is_enough(words))
    })
}

/// Whether a line asks to follow somebody on a network, or to take a letter.
fn calls(line: &str) -> bool {
    LABELS.networks.iter().any(|network| line.contains(network)) && LABELS.calls.iter().any(|call| line.contains(call))
}

/// Whether a line leads to the small print.
fn is_legal(line: &str) -> bool {
    LABELS.legal.iter().filter(|words| line.contains(*words)).count() > 1
}
