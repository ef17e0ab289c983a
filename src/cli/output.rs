//! Standard output, and the formats that a command offers for it.

use std::io::{self, BufWriter, IsTerminal, StdoutLock};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::export::{Format, Frame, Output};

/// Standard output in this frame.
pub fn standard(frame: Frame) -> Output<BufWriter<StdoutLock<'static>>> {
    let stdout = io::stdout().lock();
    let is_terminal = stdout.is_terminal();
    Output::new(BufWriter::with_capacity(1 << 16, stdout), frame, is_terminal)
}

/// How many columns standard output has, where it is a terminal.
pub fn terminal_width() -> Option<usize> {
    let columns = || crossterm::terminal::size().ok().map(|(columns, _)| columns.into());
    if io::stdout().is_terminal() { columns() } else { None }
}

/// The formats of one article, with their lines in the help.
pub const OF_AN_ARTICLE: &[(Format, &str)] = &[
    (Format::Text, "To be read: headline, date, publisher, address, text"),
    (Format::Markdown, "Markdown: the text with its links, below front matter"),
    (Format::Json, "One object, as of quotes: the article, its text, speakers and quotations"),
];

/// Accepts one of these formats, each with its line in the help.
pub fn one_of(formats: &'static [(Format, &'static str)]) -> impl TypedValueParser<Value = Format> {
    let values = formats.iter().map(|(format, help)| PossibleValue::new(format.name()).help(help));
    PossibleValuesParser::new(values).map(|name| Format::named(&name).unwrap_or_default())
}
