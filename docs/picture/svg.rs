//! Cells as an SVG picture.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// The size of a cell, in pixels.
const CELL: (u16, u16) = (9, 19);
/// The ground, ordinary text, and text that matters less.
const GROUND: &str = "#16181d";
const TEXT: &str = "#d8dee9";
const DIM: &str = "#7b8394";

/// Draws a buffer: one `text` element for each run of cells in one style, as wide as its cells.
pub fn svg(buffer: &Buffer) -> String {
    let (width, height) = (buffer.area.width * CELL.0, buffer.area.height * CELL.1);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-12 -12 {} {}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"15\">\n\
         <rect x=\"-12\" y=\"-12\" width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>",
        width + 24,
        height + 24
    );
    for row in 0..buffer.area.height {
        for (start, end, words, cell) in runs(buffer, row) {
            draw(&mut out, (start, end, row), &words, cell);
        }
    }
    out + "</svg>\n"
}

/// The runs of cells in one style: first column, one past the last, words, and a cell that has the style.
fn runs(buffer: &Buffer, row: u16) -> Vec<(u16, u16, String, &Cell)> {
    let mut runs: Vec<(u16, u16, String, &Cell)> = Vec::new();
    let mut column = 0;
    while column < buffer.area.width {
        let cell = &buffer[(column, row)];
        let end = column + pullquote::text::cells(cell.symbol()).max(1) as u16;
        match runs.last_mut() {
            Some((_, last, words, same)) if same.fg == cell.fg && same.modifier == cell.modifier => {
                *last = end;
                words.push_str(cell.symbol());
            }
            _ => runs.push((column, end, cell.symbol().to_owned(), cell)),
        }
        column = end;
    }
    runs
}

fn draw(out: &mut String, (start, end, row): (u16, u16, u16), words: &str, cell: &Cell) {
    if words.trim().is_empty() {
        return;
    }
    // A run is placed by its first word: blanks at its start do not count for textLength everywhere.
    let blanks = (words.len() - words.trim_start().len()) as u16;
    let end = end - (words.len() - words.trim_end().len()) as u16;
    let (x, y) = ((start + blanks) * CELL.0, row * CELL.1 + 14);
    let bold = if cell.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let underlined = cell.modifier.contains(Modifier::UNDERLINED);
    let line = if underlined { " text-decoration=\"underline\"" } else { "" };
    let words = words.trim().replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{y}\" textLength=\"{}\" xml:space=\"preserve\" fill=\"{}\"{bold}{line}>{words}</text>",
        (end - start - blanks) * CELL.0,
        colour(cell)
    );
}

fn colour(cell: &Cell) -> String {
    match cell.fg {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        _ if cell.modifier.contains(Modifier::DIM) => DIM.to_owned(),
        _ => TEXT.to_owned(),
    }
}
