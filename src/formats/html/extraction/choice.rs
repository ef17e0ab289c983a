//! Which element of a page is its article: the one whose lines are worth most together.

use std::cmp::Reverse;

use super::super::elements::is_heading;
use super::names;
use super::view::View;

/// How many characters of prose an article has, unless it is a list or a table.
const FEWEST: u32 = 250;

/// The element that holds the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    pub index: usize,
    pub why: &'static str,
}

/// The element that holds the article; nothing where nothing on the page is worth anything.
pub fn chosen(view: &View<'_>) -> Option<Chosen> {
    let mut best: Option<(usize, f32)> = None;
    for index in (0..view.tree.elements.len()).filter(|&index| !view.is_furniture[index]) {
        let worth = worth(view, index);
        // Of two that hold the same, the inner.
        if worth > 0.0 && best.is_none_or(|(_, most)| worth >= most) {
            best = Some((index, worth));
        }
    }
    let best = best.map(|(index, _)| index);
    let because = |why: &'static str| move |index| Chosen { index, why };
    best.filter(|&index| view.sums_in(index).prose >= FEWEST)
        .map(because("its lines are worth most together"))
        .or_else(|| named_without_prose(view).map(because("it is named so, and there is hardly any prose")))
        .or_else(|| named_of_links(view).map(because("it is named so, and is a roll of links")))
        .or(best.map(because("its few lines are worth most together")))
        .or_else(|| without_prose(view).map(because("its short lines are worth most together")))
}

/// What an element is worth: its lines, and what its name and place say of it.
pub fn worth(view: &View<'_>, index: usize) -> f32 {
    view.worth_in(index) * factor(view, index)
}

/// Whether an element ends before the headline: it is another's.
pub fn is_before_headline(view: &View<'_>, index: usize) -> bool {
    let last = view.tree.line_range(index).end;
    view.headline.is_some_and(|headline| last <= headline)
}

/// What its name and place say for or against an element.
fn factor(view: &View<'_>, index: usize) -> f32 {
    let signs = view.signs[index];
    let mut factor = 1.0;
    if signs & names::ARTICLE != 0 {
        factor *= 1.1;
    }
    if signs & names::BODY != 0 {
        factor *= 1.1;
    }
    if signs & names::BESIDE != 0 {
        factor *= 0.7;
    }
    if is_before_headline(view, index) {
        factor *= 0.5;
    }
    factor
}

/// The element that holds an article without much prose, a list or a table: what is named its text, else an article, else
/// the content of the page; of several the one with the most words that lead nowhere.
fn named_without_prose(view: &View<'_>) -> Option<usize> {
    /// How many characters that are more than are linked.
    const FEWEST_FREE: i64 = 20;
    let sums = summed(view, |line| i64::from(line.free()) - i64::from(line.linked));
    // Links below the headline of the page may be what it is about.
    let free = |index: usize| {
        if view.has_headline(index) && view.is_headline_sure {
            i64::from(view.sums_in(index).chars)
        } else {
            inside(view, &sums, index)
        }
    };
    [names::BODY, names::ARTICLE, names::CONTENT].into_iter().find_map(|sign| {
        let is_named = |index: &usize| {
            view.signs[*index] & sign != 0
                && !view.is_furniture[*index]
                && !is_heading(&view.tree.elements[*index].name)
        };
        let named = (0..view.tree.elements.len()).filter(is_named);
        named.max_by_key(|&index| (free(index), Reverse(index))).filter(|&index| free(index) >= FEWEST_FREE)
    })
}

/// The element that holds an article that is a roll of links: of those that are named the text of one, the one with the most
/// links.
fn named_of_links(view: &View<'_>) -> Option<usize> {
    const FEWEST_LINES: u32 = 4;
    let is_named = |index: &usize| view.signs[*index] & names::BODY != 0 && !view.is_furniture[*index];
    let named = (0..view.tree.elements.len()).filter(is_named);
    let most = named.max_by_key(|&index| (view.sums_in(index).linked, Reverse(index)));
    most.filter(|&index| view.sums_in(index).lines >= FEWEST_LINES)
}

/// The element whose short lines are worth most together.
fn without_prose(view: &View<'_>) -> Option<usize> {
    let sums = summed(view, |line| match line.free() {
        free if line.is_linked() => i64::from(free) - i64::from(line.linked.min(60)) - 10,
        free if free >= 20 && line.words >= 4 => i64::from(free),
        _ => -4,
    });
    let worth = |index: usize| inside(view, &sums, index);
    let open = (0..view.tree.elements.len()).filter(|&index| !view.is_furniture[index]);
    open.max_by_key(|&index| worth(index)).filter(|&index| worth(index) > 0)
}

/// What the lines before each line are worth together that stand in no furniture.
fn summed(view: &View<'_>, worth: impl Fn(&super::line::Line) -> i64) -> Vec<i64> {
    let mut sum = 0;
    let sums = view.tree.lines.iter().map(|line| {
        sum += if view.is_open(line) { worth(line) } else { 0 };
        sum
    });
    std::iter::once(0).chain(sums).collect()
}

fn inside(view: &View<'_>, sums: &[i64], index: usize) -> i64 {
    let lines = view.tree.line_range(index);
    sums[lines.end] - sums[lines.start]
}
