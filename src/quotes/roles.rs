//! Roles: what "the spokesman", "the senator" and "the paper" can mean.

use std::sync::LazyLock;

use foldhash::HashMap;

static FACTS: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    let mut facts = HashMap::default();
    let mut section = "";
    for line in include_str!("data/roles.txt").lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name;
        } else if section == "short" {
            facts.extend(line.split_once(' ').map(|(short, full)| (("short", short), full)));
        } else {
            facts.extend(line.split(' ').map(|word| ((section, word), "")));
        }
    }
    facts
});

fn is(section: &'static str, word: &str) -> bool {
    FACTS.contains_key(&(section, word))
}

/// Whether a noun (small letters) is for people who are spoken of without a name.
pub(crate) fn is_nameless(word: &str) -> bool {
    is("nameless", word)
}

/// The age that "the 29-year-old" states.
pub(crate) fn age(words: &str) -> Option<u8> {
    words.split(' ').find_map(|w| w.split_once("-year")).and_then(|(age, _)| age.parse().ok())
}

/// Whether a noun is for an office.
pub(crate) fn is_office(word: &str) -> bool {
    is("office", word)
}

/// Whether a noun is for an outlet.
pub(crate) fn is_outlet(word: &str) -> bool {
    is("outlet", word)
}

/// Whether a noun is for a company by what it does.
pub(crate) fn is_maker(word: &str) -> bool {
    is("maker", word)
}

/// Whether a name holds a word that outlets are named by.
pub(crate) fn is_outlet_name(name: &str) -> bool {
    name.split([' ', '-']).any(|w| is("outlet-name", &w.to_lowercase()))
}

/// Whether a noun is for a document that speaks for its issuer.
pub(crate) fn is_issued(word: &str) -> bool {
    is("issued", word)
}

/// The words of a role in the form in which roles are compared: small, short forms written out.
pub(crate) fn normal_words(words: &str) -> Vec<String> {
    words
        .split([' ', '-', '/'])
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|w| !w.is_empty() && !matches!(w.as_str(), "the" | "a" | "an" | "of" | "for" | "former" | "at" | "in"))
        .map(|w| FACTS.get(&("short", w.as_str())).map_or_else(|| w.clone(), |full| (*full).to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_written_out() {
        assert_eq!(normal_words("Texas Sen."), ["texas", "senator"]);
        assert_eq!(normal_words("R-Wis."), ["republican", "wisconsin"]);
        assert_eq!(normal_words("spokeswoman for the Kremlin"), ["spokesperson", "kremlin"]);
        assert!(is_outlet_name("The Washington Post") && !is_outlet_name("Arsenal"));
    }
}
