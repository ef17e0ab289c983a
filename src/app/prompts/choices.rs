//! The list over the line, from which one chooses while typing.

use std::borrow::Cow;

use crate::app::command::Command;

/// What one may choose from, the nearest to what was typed first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// What the list is called.
    pub title: &'static str,
    /// Its rows.
    pub rows: Vec<ChoiceRow>,
    /// The row that Enter means; none where it would have to guess.
    pub chosen: Option<usize>,
    /// What is shown instead of rows.
    pub none: Cow<'static, str>,
    /// Whether it is about the current quotation, which is to stay in sight.
    pub is_about_quotation: bool,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChoiceRow {
    /// A sign or a number before the name.
    pub mark: String,
    /// What is chosen.
    pub name: String,
    /// How the name is drawn.
    pub tone: Tone,
    /// Keys that do the same without the list.
    pub keys: String,
    /// What else is known of it.
    pub detail: String,
}

/// How a name is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// As text.
    #[default]
    Text,
    /// Less than text.
    Dim,
    /// In the colour of a speaker of the article, by number.
    Speaker(usize),
}

impl Choices {
    /// The row that is `count` rows up or down from the chosen one; none where `command` does not move. Where none is
    /// chosen the first step leads to the first row.
    pub(super) fn step(&self, command: Command, count: usize) -> Option<usize> {
        let row = match command {
            Command::Up => self.chosen.map_or(0, |at| at.saturating_sub(count)),
            Command::Down => self.chosen.map_or(count.saturating_sub(1), |at| at.saturating_add(count)),
            _ => return None,
        };
        Some(row.min(self.rows.len().saturating_sub(1)))
    }
}
