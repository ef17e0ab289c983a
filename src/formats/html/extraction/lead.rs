//! What opens an article between its headline and the element that holds its text.

use super::names;
use super::removal::Fate;
use super::view::View;

/// How many lines are looked at, and how long a lead is at most, in characters.
const MOST_LINES: usize = 14;
const LONGEST: u32 = 1_500;

/// Signs of what is no lead, unless it is named one too.
const OTHERS: names::Signs = names::META;

/// Keeps the lines of the lead of a page whose article is in the element `chosen`.
pub fn keep(view: &View<'_>, chosen: usize, fates: &mut [Fate]) {
    let first = view.tree.line_range(chosen).start;
    let Some(headline) = view.headline.filter(|headline| *headline < first) else { return };
    let lines = headline + 1..first;
    if lines.len() > MOST_LINES * 3 {
        return;
    }
    let around: Vec<usize> = view.tree.around(chosen).collect();
    let mut left = LONGEST;
    for at in lines {
        let line = &view.tree.lines[at];
        let inside = view.tree.around(line.element as usize).take_while(|index| !around.contains(index));
        let signs = inside.fold(0, |all, index| all | view.signs[index]);
        let is_lead = signs & names::LEAD != 0;
        let says = line.ends_sentence && line.words >= 8 || line.free() >= 100 || is_lead && line.words >= 5;
        let is_other =
            signs & names::CAPTION != 0 || signs & OTHERS != 0 && !is_lead || view.is_furniture[line.element as usize];
        if says && !is_other && !line.is_unseen && !line.is_linked() && line.chars <= left {
            fates[at] = Fate::Kept;
            left -= line.chars;
        }
    }
}
