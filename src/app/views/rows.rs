//! Motions in a list of rows.

use crate::app::command::Command;

/// A row that a motion leads to, of `rows` of which `page` are on the screen.
pub(super) fn row_after(command: Command, row: usize, count: usize, page: usize, rows: usize) -> usize {
    let row = match command {
        Command::Down | Command::ScrollDown => row.saturating_add(count),
        Command::Up | Command::ScrollUp => row.saturating_sub(count),
        Command::PageDown | Command::HalfPageDown => row.saturating_add(page.saturating_mul(count)),
        Command::PageUp | Command::HalfPageUp => row.saturating_sub(page.saturating_mul(count)),
        Command::Top => 0,
        _ => rows,
    };
    row.min(rows.saturating_sub(1))
}
