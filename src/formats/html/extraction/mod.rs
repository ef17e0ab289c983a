//! The article on its page: which element holds it, and what of that is no part of it.
//!
//! A page becomes a [`tree`] of elements and lines, both in the order in which they stand. What elements are called
//! ([`names`]) and what lines are made of give each line a worth ([`view`]). The element whose lines are worth most
//! together holds the article ([`choice`]); what in it is furniture is taken out ([`removal`]). All of it is in a time in
//! proportion to the length of the page, and the same for the same page.

mod choice;
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

use tree::Tree;
use view::View;

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
    let found = |with_hidden| {
        let view = View::of(Tree::of(html, with_hidden), titles, text);
        let chosen = choice::chosen(&view)?;
        let mut fates = removal::fates(&view, chosen);
        lead::keep(&view, chosen, &mut fates);
        Some(Found { markup: writing::markup(&view, chosen, &fates), share_of_stated: view.share_of_stated })
    };
    found(false).or_else(|| found(true)).unwrap_or_default()
}
