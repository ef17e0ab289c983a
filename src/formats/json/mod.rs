//! JSON: one object, an array of them, or one on every line, read one record at a time however long the stream is.

mod split;
mod value;

use std::io::BufRead;

pub use split::is_by_lines;
pub use value::Value;

use self::split::Records;
use super::record::{self, Giver};
use super::{Hint, Refusal};

/// Reads the records of `input` and hands each to `giver`.
pub fn read(input: impl BufRead, by_lines: bool, hint: &Hint<'_>, giver: &mut Giver<'_>) -> Result<(), Refusal> {
    let mut records = Records::of(input, by_lines);
    while let Some((number, bytes)) = records.next().map_err(Refusal::from_reading)? {
        match bytes.and_then(|bytes| parsed(&bytes)) {
            Ok(value) => record::read(&value, number, hint, giver),
            Err(why) => giver.refuse(number, why),
        }
    }
    Ok(())
}

/// The value in `bytes`. `NaN`, which no JSON has and Python writes, is nothing.
fn parsed(bytes: &[u8]) -> Result<Value, Refusal> {
    let text = String::from_utf8_lossy(bytes);
    serde_json::from_str(&text).or_else(|error| {
        let mended = text.replace(": NaN", ": null").replace(":NaN", ":null");
        serde_json::from_str(&mended).map_err(|_| Refusal::malformed("JSON", &error))
    })
}
