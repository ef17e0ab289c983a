//! How tags are written.

use crate::text::clean_line;

/// The longest tag, in characters.
const LONGEST: usize = 60;

/// What was typed as a tag: cleaned, without the sign that some write before it, and cut.
pub fn tag_of(typed: &str) -> String {
    cleaned(typed).chars().take(LONGEST).collect()
}

/// Why what was typed is no tag as it stands: "has at most 60 characters".
pub fn tag_problem(typed: &str) -> Option<String> {
    if typed.contains(['"', ',']) {
        return Some("has no commas and no quotation marks".to_owned());
    }
    (cleaned(typed).chars().count() > LONGEST).then(|| format!("has at most {LONGEST} characters"))
}

fn cleaned(typed: &str) -> String {
    clean_line(typed.trim().trim_start_matches('#')).replace(['"', ','], "")
}
