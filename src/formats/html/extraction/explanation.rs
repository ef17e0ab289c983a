//! Why an element was taken for the article, and why lines of it were left out: for who writes a rule for a site.

use super::choice::{self, Chosen};
use super::names;
use super::removal::Fate;
use super::view::View;
use crate::text::shorten;

/// How many elements are compared, and how much is shown of a line, in cells.
const MOST_CANDIDATES: usize = 8;
const LONGEST: usize = 60;

/// How many elements around one are named with it.
const AROUND: usize = 2;

/// What names of elements say, in words.
const SIGNS: [(names::Signs, &str); 18] = [
    (names::BODY, "text of an article by name"),
    (names::ARTICLE, "article by name"),
    (names::CONTENT, "content by name"),
    (names::LEAD, "lead by name"),
    (names::COMMENTS, "comments by name"),
    (names::RELATED, "other articles by name"),
    (names::SHARE, "sharing by name"),
    (names::NEWSLETTER, "newsletter by name"),
    (names::NAVIGATION, "navigation by name"),
    (names::FOOTER, "footer by name"),
    (names::ADVERTISEMENT, "advertisement by name"),
    (names::OVERLAY, "notice over the page by name"),
    (names::AUTHOR, "box of the author by name"),
    (names::META, "date or author by name"),
    (names::TAGS, "tags by name"),
    (names::BESIDE, "beside the article by name"),
    (names::CAPTION, "caption by name"),
    (names::UNSEEN, "not shown by name"),
];

/// How the article was found on a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Explanation {
    /// The elements that were worth most, the best first; the chosen one is among them.
    pub candidates: Vec<Candidate>,
    /// What was left out of the chosen one, in the order of the page: lines that follow one another for one reason together.
    pub left_out: Vec<LeftOut>,
    /// How many lines were kept.
    pub kept: usize,
    /// How many of these stand before the chosen element: its lead.
    pub leads: usize,
    /// How many lines are captions.
    pub captions: usize,
    /// The words of the headline on the page.
    pub headline: Option<String>,
    /// How much the page shows of the text that it states for machines, of 1.
    pub share_of_stated: f32,
}

/// An element that could hold the article.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// As a CSS selector finds it, nearly: `main > div.story`.
    pub selector: String,
    /// What its lines are worth together, about in characters of prose.
    pub worth: f32,
    /// How many characters of prose it has, blanks left out.
    pub prose: u32,
    /// How many characters lead elsewhere.
    pub linked: u32,
    /// How many lines it has that are shown.
    pub lines: u32,
    /// What speaks for it or against it.
    pub signs: Vec<&'static str>,
    /// Why it was chosen; none of the others.
    pub chosen: Option<&'static str>,
}

/// Lines that were left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// For what reason.
    pub why: &'static str,
    /// How many they are.
    pub lines: usize,
    /// How the first of them begins.
    pub words: String,
    /// The element that the first of them stands in.
    pub selector: String,
}

impl Explanation {
    /// Of a page of which this was chosen, and its lines became this.
    pub fn of(view: &View<'_>, chosen: &Chosen, fates: &[Fate]) -> Self {
        let lines = view.tree.line_range(chosen.index);
        let count = |fate: Fate| fates.iter().filter(|one| **one == fate).count();
        let leads = fates[..lines.start].iter().filter(|fate| **fate == Fate::Kept).count();
        let mut left_out: Vec<LeftOut> = Vec::new();
        let mut before = None;
        for at in lines {
            let line = &view.tree.lines[at];
            let why = match fates[at] {
                Fate::Out(why) if !line.is_unseen => why,
                _ => {
                    before = None;
                    continue;
                }
            };
            match left_out.last_mut().filter(|_| before == Some(why)) {
                Some(last) => last.lines += 1,
                None => left_out.push(LeftOut {
                    why,
                    lines: 1,
                    words: shorten(&one_line(&view.tree.words(line)), LONGEST),
                    selector: selector(view, line.element as usize),
                }),
            }
            before = Some(why);
        }
        Self {
            candidates: candidates(view, chosen),
            left_out,
            kept: count(Fate::Kept),
            leads,
            captions: count(Fate::Caption),
            headline: view.headline.map(|at| one_line(&view.tree.words(&view.tree.lines[at]))),
            share_of_stated: view.share_of_stated,
        }
    }
}

/// The elements that were worth most; of several with the same lines the one that counts.
fn candidates(view: &View<'_>, chosen: &Chosen) -> Vec<Candidate> {
    let mut ranked: Vec<(usize, f32)> = (0..view.tree.elements.len())
        .filter(|&index| !view.is_furniture[index] && view.sums_in(index).lines > 0)
        .map(|index| (index, choice::worth(view, index)))
        .filter(|(index, worth)| *worth > 0.0 || *index == chosen.index)
        .collect();
    ranked.sort_by(|(a, more), (b, less)| less.total_cmp(more).then(b.cmp(a)));
    ranked.dedup_by_key(|(index, worth)| (view.tree.line_range(*index), worth.to_bits()));
    let is_shown = |at: usize, index: usize| at < MOST_CANDIDATES || index == chosen.index;
    let shown = ranked.into_iter().enumerate().filter(|(at, (index, _))| is_shown(*at, *index));
    shown
        .map(|(_, (index, worth))| {
            let sums = view.sums_in(index);
            Candidate {
                selector: selector(view, index),
                worth,
                prose: sums.prose,
                linked: sums.linked,
                lines: sums.lines,
                signs: signs(view, index),
                chosen: (index == chosen.index).then_some(chosen.why),
            }
        })
        .collect()
}

fn signs(view: &View<'_>, index: usize) -> Vec<&'static str> {
    let named = SIGNS.iter().filter(|(sign, _)| view.signs[index] & sign != 0).map(|(_, words)| *words);
    let mut signs: Vec<_> = named.collect();
    if view.has_headline(index) {
        signs.push("has the headline");
    } else if choice::is_before_headline(view, index) {
        signs.push("ends before the headline");
    }
    signs
}

/// An element with those around it, as a CSS selector would find it: `main > div.story`.
fn selector(view: &View<'_>, index: usize) -> String {
    let around = view.tree.around(index).take(AROUND + 1).filter(|&index| index > 0);
    let mut parts: Vec<String> = around
        .map(|index| {
            let element = &view.tree.elements[index];
            let [id, class] = element.attributes.values(["id", "class"]);
            let class = class.split_ascii_whitespace().next().map(|class| format!(".{class}"));
            let mark = if id.is_empty() { class.unwrap_or_default() } else { format!("#{id}") };
            one_line(&shorten(&format!("{}{mark}", element.name), LONGEST))
        })
        .collect();
    parts.reverse();
    if parts.is_empty() { "the whole page".to_owned() } else { parts.join(" > ") }
}

/// Words on one line, without what would steer a terminal.
fn one_line(words: &str) -> String {
    crate::text::clean_line(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}
