//! CSV that is safe to open in a spreadsheet.

use csv::Writer;

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The rows, a line end after each.
pub fn rows<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    for row in rows {
        // Text into memory: nothing in it can fail.
        let _ = writer.write_record(row.map(guarded));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The cell, with an apostrophe before what a spreadsheet would calculate.
fn guarded(cell: String) -> String {
    if cell.trim_start().starts_with(FORMULA) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded() {
        for cell in ["=1+1", "@SUM(A1)", "-2", "+3", " =1", "＝1"] {
            assert_eq!(guarded(cell.to_owned()), format!("'{cell}"));
        }
        assert_eq!(guarded("2-1".to_owned()), "2-1");
    }
}
