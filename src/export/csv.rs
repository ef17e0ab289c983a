//! CSV that is safe to open in a spreadsheet and to look at in a terminal.

use csv::Writer;

use crate::text::clean;

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The rows, a line end after each.
pub fn rows<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    for row in rows {
        // Text into memory: nothing in it can fail.
        let _ = writer.write_record(row.map(|cell| guarded(&cell)));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The cell, with an apostrophe before what a spreadsheet would calculate. Names of files may hold anything, and CSV has
/// no way to escape it: what could steer a terminal goes. JSON names such a file as it is.
fn guarded(cell: &str) -> String {
    let cell = clean(cell);
    if cell.trim_start().starts_with(FORMULA) { format!("'{cell}") } else { cell.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded() {
        for cell in ["=1+1", "@SUM(A1)", "-2", "+3", " =1", "＝1"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        assert_eq!(guarded("2-1"), "2-1");
        assert_eq!(guarded("news/\u{1b}]0;x\u{7}a\u{202e}.txt"), "news/a.txt");
    }
}
