//! Numbers with their nouns.

/// Returns "1 source", "2 sources"; the noun forms its plural with an `s`, or as "entry" does.
pub fn counted(number: usize, one: &str) -> String {
    format!("{number} {}", plural(number, one))
}

/// Returns the noun as it stands after a number: "source" after 1, else "sources".
pub fn plural(number: usize, one: &str) -> String {
    match one.strip_suffix('y') {
        _ if number == 1 => one.to_owned(),
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{one}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_alone_is_singular() {
        let counted = [0, 1, 2, 21].map(|number| counted(number, "article"));
        assert_eq!(counted, ["0 articles", "1 article", "2 articles", "21 articles"]);
        assert_eq!([plural(1, "entry"), plural(2, "entry"), plural(2, "day")], ["entry", "entries", "days"]);
    }
}
