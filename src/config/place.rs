//! The text of a configuration, and the places in it at which something is wrong.

use std::ops::Range;

use super::Problem;
use crate::text::clean_line;

/// More problems than anyone reads at once.
const MOST: usize = 100;

/// The text, and what is wrong in it so far.
pub(super) struct Source<'t> {
    text: &'t str,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
    problems: Vec<Problem>,
    /// How many more problems there are.
    left_out: usize,
    /// The lines that are no TOML: nothing that stands there is taken over.
    broken: Vec<usize>,
}

impl<'t> Source<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        Self { text, lines, problems: Vec::new(), left_out: 0, broken: Vec::new() }
    }

    /// What is written at some bytes.
    pub(super) fn written(&self, span: &Range<usize>) -> &'t str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The line of a byte, counted from 1.
    pub(super) fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|&start| start <= byte)
    }

    /// The line and the column of a byte, counted from 1; the column in characters.
    pub(super) fn place(&self, byte: usize) -> (usize, usize) {
        let line = self.line(byte);
        let before = self.lines.get(line - 1).and_then(|&start| self.text.get(start..byte));
        (line, before.unwrap_or_default().chars().count() + 1)
    }

    /// Whether what stands at some bytes is no TOML.
    pub(super) fn is_broken(&self, span: &Range<usize>) -> bool {
        let (first, last) = (self.line(span.start), self.line(span.end));
        self.broken.iter().any(|line| (first..=last).contains(line))
    }

    /// Notes what the parser says; of one line it says a word only.
    pub(super) fn add_error(&mut self, error: &toml::de::Error) {
        let span = error.span().unwrap_or(self.text.len()..self.text.len());
        let line = self.line(span.start);
        if !self.broken.contains(&line) {
            self.broken.push(line);
            let message = error.message().lines().next().unwrap_or("this is no TOML");
            let written = self.text.get(span.clone()).map(str::trim).unwrap_or_default();
            self.problem(
                &span,
                match message {
                    "duplicate key" if !written.is_empty() => {
                        format!("“{written}” is there twice: all that belongs to it stands in one place")
                    }
                    _ => message.to_owned(),
                },
            );
        }
    }

    /// Notes that something does not hold.
    pub(super) fn problem(&mut self, span: &Range<usize>, message: impl AsRef<str>) {
        self.note(span, message.as_ref(), false);
    }

    /// Notes that something may surprise.
    pub(super) fn warning(&mut self, span: &Range<usize>, message: impl AsRef<str>) {
        self.note(span, message.as_ref(), true);
    }

    fn note(&mut self, span: &Range<usize>, message: &str, is_warning: bool) {
        if self.problems.len() < MOST {
            let (line, column) = self.place(span.start);
            self.problems.push(Problem { line, column, message: clean_line(message), is_warning });
        } else {
            self.left_out += 1;
        }
    }

    /// What is wrong, in the order of the lines.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| (problem.line, problem.column));
        if let Some(Problem { line, column, .. }) = self.problems.last().filter(|_| self.left_out > 0).cloned() {
            let message = format!("{} more are not listed", self.left_out);
            self.problems.push(Problem { line, column, message, is_warning: false });
        }
        self.problems
    }
}
