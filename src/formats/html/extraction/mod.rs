//! The article on its page: which element holds it, and what of that is no part of it.
//!
//! A page becomes a [`tree`] of elements and lines, both in the order in which they stand. What elements are called
//! ([`names`]) and what lines are made of give each line a worth ([`view`]). The element whose lines are worth most
//! together holds the article ([`choice`]); what in it is furniture is taken out ([`removal`]). All of it is in a time in
//! proportion to the length of the page, and the same for the same page.

mod choice;
mod explanation;
mod labels;
mod lead;
mod line;
mod names;
mod removal;
mod stated;
mod tree;
mod view;
mod writing;

#[cfg(test)]
mod tests;

use choice::Chosen;
use removal::Fate;
use tree::Tree;
use view::View;

pub use explanation::{Candidate, Explanation, LeftOut};

/// The article that was found on a page.
#[derive(Debug, Default)]
pub struct Found {
    /// Its markup alone; empty where there is none.
    pub markup: String,
    /// How much the page shows of the text that it states for machines, of 1.
    pub share_of_stated: f32,
}

/// Finds the article on a page whose headline is one of `titles`, and which states `text` of it for machines, without
/// markup.
pub fn found(html: &str, titles: &[String], text: Option<&str>) -> Found {
    let found = |view: &View<'_>, chosen: &Chosen, fates: &[Fate]| Found {
        markup: writing::markup(view, chosen.index, fates),
        share_of_stated: view.share_of_stated,
    };
    find(html, titles, text, found).unwrap_or_default()
}

/// How it is found; nothing where there is none.
pub fn explained(html: &str, titles: &[String], text: Option<&str>) -> Option<Explanation> {
    find(html, titles, text, Explanation::of)
}

/// Finds the article on a page, if need be in what the page hides, and hands over what was chosen, and what becomes of its lines.
fn find<T>(
    html: &str,
    titles: &[String],
    text: Option<&str>,
    then: impl Fn(&View<'_>, &Chosen, &[Fate]) -> T,
) -> Option<T> {
    let found = |with_hidden| {
        let view = View::of(Tree::of(html, with_hidden), titles, text);
        let chosen = choice::chosen(&view)?;
        let mut fates = removal::fates(&view, chosen.index);
        lead::keep(&view, chosen.index, &mut fates);
        Some(then(&view, &chosen, &fates))
    };
    found(false).or_else(|| found(true))
}
