//! How tags are written.

use crate::text::clean_line;

/// The longest tag, in characters.
const LONGEST: usize = 60;

/// What was typed as a tag: cleaned, without the sign that some write before it.
pub fn tag_of(typed: &str) -> String {
    clean_line(typed.trim().trim_start_matches('#')).replace(['"', ','], "").chars().take(LONGEST).collect()
}
