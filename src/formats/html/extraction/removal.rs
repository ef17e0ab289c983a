//! What is no part of the article inside of the element that holds it, line by line, and why.

use super::labels::{self, Label, Shape};
use super::line::Line;
use super::names;
use super::view::{View, prose};

/// Signs of what is left out unless it holds prose.
const DOUBTFUL: names::Signs = names::META | names::BESIDE;

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Kept,
    /// It stands under a picture.
    Caption,
    /// It is left out, for this reason.
    Out(&'static str),
}

/// What becomes of the lines of a page whose article is in the element `chosen`.
pub fn fates(view: &View<'_>, chosen: usize) -> Vec<Fate> {
    let mut fates = vec![Fate::Out("beside the article"); view.tree.lines.len()];
    fates[view.tree.line_range(chosen)].fill(Fate::Kept);
    let mut gentle = fates.clone();
    for (fate, line) in gentle.iter_mut().zip(&view.tree.lines) {
        if view.is_furniture[line.element as usize] {
            *fate = Fate::Out("furniture by name");
        }
    }
    by_elements(view, chosen, &mut fates);
    before_headline(view, chosen, &mut fates);
    by_labels(view, chosen, &mut fates);
    tail(view, chosen, &mut fates);
    after_stated(view, chosen, &mut fates);
    at_end(view, chosen, &mut fates);
    headings_of_nothing(view, chosen, &mut fates);
    // What leaves next to nothing was no article of the usual kind: a list of links that is one.
    if kept(view, &fates) * 5 < kept(view, &gentle) { gentle } else { fates }
}

/// How many characters are kept, the headline left out.
fn kept(view: &View<'_>, fates: &[Fate]) -> u32 {
    let lines = view.tree.lines.iter().zip(fates).enumerate();
    let kept = lines.filter(|(at, (line, fate))| **fate == Fate::Kept && !line.is_unseen && view.headline != Some(*at));
    kept.map(|(_, (line, _))| line.chars).sum()
}

/// Leaves out what elements say is furniture, and lists of links.
fn by_elements(view: &View<'_>, chosen: usize, fates: &mut [Fate]) {
    let last = view.tree.elements[chosen].last as usize;
    let mut index = chosen + 1;
    while index < last {
        let fate = match reason(view, index) {
            Some(reason) => Fate::Out(reason),
            None if is_caption(view, index) => Fate::Caption,
            None => {
                index += 1;
                continue;
            }
        };
        fates[view.tree.line_range(index)].fill(fate);
        index = view.tree.elements[index].last as usize;
    }
}

/// Whether an element holds the words under a picture: by its name, or since there is a picture in it and hardly a word.
fn is_caption(view: &View<'_>, index: usize) -> bool {
    const LONGEST: u32 = 220;
    if view.signs[index] & names::CAPTION != 0 {
        return view.sums_in(index).prose < 600;
    }
    let element = &view.tree.elements[index];
    let lines = view.tree.line_range(index);
    element.first_picture < element.last_picture
        && (1..=2).contains(&lines.len())
        && !matches!(&*element.name, "p" | "li" | "td")
        && view.tree.lines[lines]
            .iter()
            .all(|line| line.chars <= LONGEST && !view.is_in(line, &["h1", "h2", "h3", "h4", "h5", "h6", "blockquote"]))
}

/// Why an element is left out.
fn reason(view: &View<'_>, index: usize) -> Option<&'static str> {
    let signs = view.signs[index];
    if view.is_furniture[index] {
        return Some("furniture by name");
    }
    let sums = view.sums_in(index);
    if signs & DOUBTFUL != 0 && (sums.prose == 0 || sums.linked * 3 > sums.chars) {
        return Some("beside the text by name");
    }
    if is_teaser(view, index) {
        return Some("teaser");
    }
    // The names in a table of data may lead somewhere.
    let linked_of_ten = match &*view.tree.elements[index].name {
        "ul" | "ol" | "div" | "section" | "dl" => 6,
        "table" => 9,
        _ => return None,
    };
    let is_linked = sums.linked * 10 > sums.chars * linked_of_ten;
    (sums.lines >= 3 && is_linked && sums.prose < 100).then_some("list of links")
}

/// Whether an element tells of another article: a heading that leads there, and a few words.
fn is_teaser(view: &View<'_>, index: usize) -> bool {
    /// How many lines one has that is not named so, and how much prose.
    const MOST_LINES: u32 = 4;
    const LONGEST: u32 = 500;
    let sums = view.sums_in(index);
    let is_named = view.signs[index] & names::BESIDE != 0;
    let first = || view.tree.lines_in(index).first();
    sums.lines > 1
        && (is_named || sums.lines <= MOST_LINES)
        && sums.prose < LONGEST
        && first().is_some_and(|line| line.is_linked() && view.is_heading(line))
}

/// Leaves out what stands before the headline, unless that is much of the article.
fn before_headline(view: &View<'_>, chosen: usize, fates: &mut [Fate]) {
    let lines = view.tree.line_range(chosen);
    let Some(headline) = view.headline.filter(|headline| view.is_headline_sure && lines.contains(headline)) else {
        return;
    };
    let before: u32 = view.tree.lines[lines.start..headline].iter().map(prose).sum();
    if before * 5 <= view.sums_in(chosen).prose {
        fates[lines.start..headline].fill(Fate::Out("before the headline"));
    }
}

/// Leaves out lines that lead to another article or ask for something.
fn by_labels(view: &View<'_>, chosen: usize, fates: &mut [Fate]) {
    /// How many characters around a link are no word.
    const MARKS: u32 = 2;
    for at in view.tree.line_range(chosen) {
        let line = &view.tree.lines[at];
        if fates[at] != Fate::Kept || view.headline == Some(at) || line.chars > 300 {
            continue;
        }
        // "See the report of the board." has words that lead nowhere.
        let is_whole_link = line.linked * 10 >= line.chars * 8 && !(line.ends_sentence && line.free() > MARKS);
        match labels::of(&view.tree.words(line), shape(view, at)) {
            Some(Label::Credit) => fates[at] = Fate::Caption,
            Some(Label::Pointer) => fates[at] = Fate::Out("leads elsewhere by its words"),
            _ if is_whole_link && !view.is_in(line, &["li", "td", "dd"]) => {
                fates[at] = Fate::Out("is a link alone");
            }
            _ => {}
        }
    }
}

fn shape(view: &View<'_>, at: usize) -> Shape {
    let line = &view.tree.lines[at];
    if view.is_heading(line) || !line.ends_sentence && line.words <= 8 {
        Shape::Alone
    } else if line.is_linked() {
        Shape::Linked
    } else {
        Shape::Sentence
    }
}

/// Leaves out what follows a line that says that the article is over.
fn tail(view: &View<'_>, chosen: usize, fates: &mut [Fate]) {
    let kept = |fates: &[Fate], lines: std::ops::Range<usize>| -> u32 {
        lines.filter(|&at| fates[at] == Fate::Kept).map(|at| prose(&view.tree.lines[at])).sum()
    };
    let lines = view.tree.line_range(chosen);
    let total = kept(fates, lines.clone());
    let mut before = 0;
    for at in lines.clone() {
        let line = &view.tree.lines[at];
        let is_tail = before * 2 > total
            && line.chars <= 80
            && shape(view, at) == Shape::Alone
            && labels::ends_article(&view.tree.words(line));
        if is_tail && (total - before) * 5 < total * 2 {
            fates[at..lines.end].fill(Fate::Out("after the article by a heading"));
            return;
        }
        if fates[at] == Fate::Kept {
            before += prose(line);
        }
    }
}

/// Leaves out what follows the end of the text that the page states.
fn after_stated(view: &View<'_>, chosen: usize, fates: &mut [Fate]) {
    const MOST_SHOWN: f32 = 0.85;
    let Some(stated) = view.stated.as_ref().filter(|stated| stated.share >= MOST_SHOWN) else { return };
    let lines = view.tree.line_range(chosen);
    if let Some(last) = lines.clone().rfind(|&at| stated.has[at]) {
        fates[last + 1..lines.end].fill(Fate::Out("after the text that the page states"));
    }
}

/// Leaves out links that stand after the last words.
fn at_end(view: &View<'_>, chosen: usize, fates: &mut [Fate]) {
    for at in view.tree.line_range(chosen).rev() {
        let line = &view.tree.lines[at];
        if fates[at] == Fate::Kept {
            match end_reason(view, line) {
                Some(reason) if !line.is_unseen => fates[at] = Fate::Out(reason),
                _ => return,
            }
        }
    }
}

/// Why a line is no part of an article if nothing follows it.
fn end_reason(view: &View<'_>, line: &Line) -> Option<&'static str> {
    const LONGEST_CONTACT: u32 = 220;
    let has_address = || view.tree.words(line).contains('@');
    let is_small = || matches!(&*view.tree.elements[line.element as usize].name, "em" | "i" | "small");
    if line.is_linked() {
        Some("link at the end")
    } else if line.chars <= LONGEST_CONTACT && has_address() {
        Some("address at the end")
    } else {
        (line.linked > 0 && is_small()).then_some("note at the end")
    }
}

/// Leaves out headings of which all that follows is left out.
fn headings_of_nothing(view: &View<'_>, chosen: usize, fates: &mut [Fate]) {
    let mut is_followed = false;
    for at in view.tree.line_range(chosen).rev() {
        let line = &view.tree.lines[at];
        if view.is_heading(line) && Some(at) != view.headline {
            if fates[at] == Fate::Kept && !is_followed && prose(line) == 0 {
                fates[at] = Fate::Out("heading of nothing");
            }
            is_followed = false;
        }
        is_followed |= fates[at] == Fate::Kept;
    }
}
