//! How tags are written.

use crate::text::clean_line;

/// The longest tag, in characters.
const LONGEST: usize = 60;

/// What was typed as a tag: cleaned, without the sign that some write before it, and cut.
pub fn tag_of(typed: &str) -> String {
    cleaned(typed).chars().take(LONGEST).collect()
}

/// How long a tag may be, where what was typed is longer; in characters.
pub fn longest_tag(typed: &str) -> Option<usize> {
    (cleaned(typed).chars().count() > LONGEST).then_some(LONGEST)
}

fn cleaned(typed: &str) -> String {
    clean_line(typed.trim().trim_start_matches('#')).replace(['"', ','], "")
}
