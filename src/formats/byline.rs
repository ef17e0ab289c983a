//! Bylines: "By Jane Doe and Pedro da Costa, Coast Wire".

/// The longest byline, in bytes.
const LONGEST: usize = 120;

/// Words that may stand in a byline in lower case.
const SMALL: [&str; 26] = [
    "and", "at", "bin", "d'", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el", "for",
    "in", "la", "of", "the", "und", "van", "von", "y", "zu",
];

/// What begins a sentence and is no name: "By Tuesday…", "By God…".
const NO_NAMES: [&str; 23] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "christmas",
    "easter",
    "god",
    "the",
    "contrast",
];

/// Who wrote the article, where `line` says so: the names in a line "By …", and nothing else in it.
pub fn recognize(line: &str) -> Option<&str> {
    let names = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).or_else(|| line.strip_prefix("by "))?;
    let names = names.trim().trim_end_matches(['.', ':', ',', ';']);
    let mut words = names.split([' ', ',', '|', '/', ';', '·', '—', '–']).filter(|word| !word.is_empty());
    let first = words.clone().next()?;
    let is_short = line.len() <= LONGEST && (1..=14).contains(&words.clone().count());
    let begins_right = first.starts_with(char::is_uppercase) && !NO_NAMES.contains(&first.to_lowercase().as_str());
    (is_short && begins_right && words.all(may_stand)).then_some(names)
}

/// Whether a line names who reported and edited, as agencies write it under an article.
pub fn is_credit(line: &str) -> bool {
    const OPENINGS: [&str; 6] = [
        "(Reporting by ",
        "Reporting by ",
        "(Additional reporting by ",
        "Additional reporting by ",
        "(Writing by ",
        "(Editing by ",
    ];
    line.len() <= 400 && OPENINGS.iter().any(|opening| line.starts_with(opening)) && !line.contains(['“', '"'])
}

fn may_stand(word: &str) -> bool {
    let is_plain = word.chars().all(|c| c.is_alphabetic() || ".'’-&()".contains(c));
    is_plain && (word.starts_with(|c: char| c.is_uppercase() || c == '&' || c == '(') || SMALL.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_nothing_else() {
        assert_eq!(recognize("By Jane Doe"), Some("Jane Doe"));
        assert_eq!(recognize("BY JANE DOE"), Some("JANE DOE"));
        assert_eq!(
            recognize("By Jane Doe and Pedro da Costa, Coast Wire."),
            Some("Jane Doe and Pedro da Costa, Coast Wire")
        );
        assert_eq!(recognize("By Ł. O’Hara-Nowak | Political Editor"), Some("Ł. O’Hara-Nowak | Political Editor"));
        assert_eq!(recognize("By Reuters"), Some("Reuters"));
        assert_eq!(recognize("By the Harbour Board"), None);
    }

    #[test]
    fn sentences_are_no_bylines() {
        for line in [
            "By Tuesday Holt had gone.",
            "By 2010, Mr. Holt was back.",
            "By Holt's own argument, nobody counts.",
            "By contrast, Holt stayed.",
            "By Tuesday.",
            "By",
            "By ",
            "Byron Holt",
            "By Jane Doe, “the quiet one”",
        ] {
            assert_eq!(recognize(line), None, "{line}");
        }
    }

    #[test]
    fn credits_of_agencies() {
        assert!(is_credit("(Reporting by Jane Doe in Port Ellery; Editing by Ann Holt)"));
        assert!(!is_credit("Reporting by candlelight, “we managed,” she said."));
    }
}
