//! Who speaks in an article, by full name, and whether a name that is shown is that person.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{
    ARTICLES, before_link, begins_large, first_part, is_address, is_pronoun, is_suffix, is_title, is_word, tokens,
    without_brackets,
};

/// Parts the names of people who speak together.
const TOGETHER: &str = " & ";

/// Words that link the name of a person to what it does, and end the name.
const LINKS: &[&str] = &["of", "for", "at", "from", "who"];

/// Small words inside names of people.
const PARTICLES: &[&str] = &["de", "la", "van", "von", "bin", "al", "el", "der", "di", "du", "da", "and", "le"];

/// Words that make a name that of an organization, a paper or a place.
const NO_PERSON: &str = "Times Post News Journal Press Party Committee Court House Department University Institute \
    Foundation Association Campaign Council Union Center Centre Group Inc Corp Company Agency Bureau Network Project \
    Magazine Office Senate Congress Administration Commission Coalition Service Alliance League Federation America \
    Report Review Today Street State States Ministry Police Reuters Politico Breitbart WikiLeaks Bank Fund Board \
    Society Church";

/// Who speaks each segment of an article, as a person labelled it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Speakers {
    labels: BTreeMap<usize, Label>,
    /// What else each name is called in the article.
    aliases: BTreeMap<String, Vec<String>>,
    /// Everyone who speaks, each by itself.
    everyone: BTreeSet<String>,
}

/// Who speaks a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// Somebody by full name; several names parted by " & " speak together.
    Somebody(String),
    /// Nobody: a term, a title, a scare quote.
    Nobody,
    /// Somebody, and the article does not say who.
    Unknown,
}

impl Speakers {
    /// `labels`: for each segment, by its number from 0, a full name, `NONE` or `UNKNOWN`; `aliases`: what else each of
    /// these names is called.
    pub fn new(labels: BTreeMap<usize, String>, aliases: BTreeMap<String, Vec<String>>) -> Self {
        let label = |name: String| match name.as_str() {
            "NONE" => Label::Nobody,
            "UNKNOWN" => Label::Unknown,
            _ => Label::Somebody(name),
        };
        let labels: BTreeMap<usize, Label> = labels.into_iter().map(|(segment, name)| (segment, label(name))).collect();
        let mut everyone = BTreeSet::new();
        for label in labels.values() {
            if let Label::Somebody(name) = label {
                everyone.extend(singles(name).map(str::to_owned));
            }
        }
        Self { labels, aliases, everyone }
    }

    /// Who speaks the segment of this number; nothing where it has no label.
    pub fn label(&self, segment: usize) -> Option<&Label> {
        self.labels.get(&segment)
    }

    /// The highest number of a segment that has a label.
    pub fn last_segment(&self) -> Option<usize> {
        self.labels.keys().next_back().copied()
    }

    /// Whether the shown name is that of this speaker. Of several who speak together either will do; of several that
    /// are shown each must be right.
    pub fn is_same(&self, shown: &str, speaker: &str) -> bool {
        let single: Vec<&str> = singles(speaker).collect();
        let others: Vec<&str> = self.everyone.iter().map(String::as_str).filter(|one| !single.contains(one)).collect();
        let wanted: BTreeSet<&str> = single.into_iter().chain([speaker]).collect();
        let is_one = |shown: &str| wanted.iter().any(|name| same_entity(shown, name, self.aliases_of(name), &others));
        wanted.iter().any(|name| normalized(name) == normalized(shown)) || shown.split(TOGETHER).all(is_one)
    }

    fn aliases_of(&self, name: &str) -> &[String] {
        self.aliases.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The names of those who speak together.
fn singles(name: &str) -> impl Iterator<Item = &str> {
    name.split(TOGETHER).map(str::trim)
}

/// Whether the shown name is this name or one of its aliases, case, punctuation, titles and articles aside; or that of
/// the same person: with the same surname, which none of the `others` has, and no other first name or suffix.
fn same_entity(shown: &str, name: &str, aliases: &[String], others: &[&str]) -> bool {
    let is_known = |shown: &str| {
        let shown = normalized(shown);
        !shown.is_empty() && (normalized(name) == shown || aliases.iter().any(|alias| normalized(alias) == shown))
    };
    if is_known(shown) || is_known(without_detail(shown)) {
        return true;
    }
    let (Some(mine), Some(theirs)) = (PersonName::of(shown), PersonName::of_person(name)) else { return false };
    if mine.surname != theirs.surname {
        return false;
    }
    let namesakes: Vec<_> = others.iter().filter_map(|other| PersonName::of_person(other)).collect();
    let namesakes: Vec<_> = namesakes.iter().filter(|other| other.surname == mine.surname).collect();
    if namesakes.is_empty() {
        return !mine.contradicts(&theirs);
    }
    let has = |person: &PersonName, first: &String| person.first.contains(first);
    mine.first.last().is_some_and(|first| has(&theirs, first) && !namesakes.iter().any(|other| has(other, first)))
}

/// A name as it is compared: without case and punctuation, an article or titles before it, and a possessive.
fn normalized(name: &str) -> String {
    let tokens = tokens(name);
    let mut rest = tokens.as_slice();
    while let [first, _, ..] = rest
        && is_article(first)
    {
        rest = &rest[1..];
    }
    while let [title, next, ..] = rest
        && is_address(title)
        && begins_large(next)
    {
        rest = &rest[1..];
    }
    rest.iter().map(|token| token.to_lowercase()).collect::<Vec<_>>().join(" ")
}

/// What stands before the first comma or bracket: "Ines Okafor" of "Ines Okafor, 51,".
fn without_detail(name: &str) -> &str {
    let name = name.trim_matches([' ', ',']);
    name.split([',', '(']).next().unwrap_or(name).trim_end()
}

fn is_article(token: &str) -> bool {
    ARTICLES.contains(&token.to_lowercase().as_str())
}

/// The parts of a person's name, in lower case.
struct PersonName {
    /// The large words right before the surname, titles left out.
    first: Vec<String>,
    surname: String,
    /// "jr"; empty for nearly all.
    suffix: String,
}

impl PersonName {
    /// Reads a name that may be followed by details; nothing where it does not end in a large word.
    fn of(name: &str) -> Option<Self> {
        let name = without_brackets(name);
        let mut tokens = tokens(before_link(first_part(&name), LINKS));
        let mut suffix = String::new();
        while tokens.len() > 1 && tokens.last().is_some_and(|last| is_suffix(last)) {
            suffix = tokens.pop()?.to_lowercase();
        }
        let (surname, before) = tokens.split_last()?;
        if !begins_large(surname) || is_pronoun(surname) || (before.is_empty() && is_title(surname)) {
            return None;
        }
        let is_first = |token: &&String| begins_large(token) && !is_title(token) && !is_article(token);
        let mut first: Vec<_> = before.iter().rev().take_while(is_first).map(|token| token.to_lowercase()).collect();
        first.reverse();
        Some(Self { first, surname: surname.to_lowercase(), suffix })
    }

    /// The same where the name is one of a person, whom the surname alone may mean.
    fn of_person(name: &str) -> Option<Self> {
        is_person(name).then(|| Self::of(name)).flatten()
    }

    /// Whether a first name that both have, or the suffix beside it, tells them apart.
    fn contradicts(&self, other: &Self) -> bool {
        let (Some(nearest), false) = (self.first.last(), other.first.is_empty()) else { return false };
        let initial = |name: &String| name.chars().next();
        let shares_name = self.first.iter().any(|name| other.first.contains(name));
        let shares_initial = other.first.iter().any(|name| initial(name) == initial(nearest));
        !(shares_name || shares_initial) || self.suffix != other.suffix
    }
}

/// Whether all words are large, but for small ones inside names, and none is one of an organization.
fn is_person(name: &str) -> bool {
    let tokens = tokens(name);
    let is_ended_by_name = tokens.last().is_some_and(|last| begins_large(last));
    let is_of_a_body = || name.split(|c| !is_word(c)).any(|word| NO_PERSON.split(' ').any(|no| no == word));
    let is_of_a_name = |token: &String| begins_large(token) || PARTICLES.contains(&token.to_lowercase().as_str());
    is_ended_by_name && !is_article(&tokens[0]) && !is_of_a_body() && tokens.iter().all(is_of_a_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who speaks in the made-up article: the names, and what else each is called.
    const CAST: &[(&str, &[&str])] = &[
        ("Ines Okafor", &["the mayor", "Mayor Okafor of Tidewater"]),
        ("Jon Holt", &["Holt senior"]),
        ("Mara Holt", &[]),
        ("Peter van Dalen", &[]),
        ("Otto Lindqvist Jr.", &[]),
        ("Tidewater Post", &["the paper"]),
        ("Harbour Workers’ Union", &[]),
        ("the ferry captain", &["a captain from Westport"]),
        ("Lena Q. Brandt", &[]),
        ("Ruth Speaker", &[]),
        ("residents of Tidewater", &["neighbours"]),
    ];

    fn speakers(names: &[&str]) -> Speakers {
        let aliases = CAST.iter().map(|(name, aliases)| (*name, aliases.iter().map(|&alias| alias.to_owned())));
        let aliases = aliases.map(|(name, aliases)| (name.to_owned(), aliases.collect())).collect();
        Speakers::new((0..).zip(names.iter().map(|&name| name.to_owned())).collect(), aliases)
    }

    fn cast() -> Speakers {
        speakers(&CAST.iter().map(|(name, _)| *name).collect::<Vec<_>>())
    }

    #[test]
    fn same_person_is_known_by_other_forms_of_the_name() {
        for (shown, speaker) in [
            ("Ines Okafor", "Ines Okafor"),
            ("INES OKAFOR", "Ines Okafor"),
            ("Okafor", "Ines Okafor"),
            ("Ms. Okafor", "Ines Okafor"),
            ("Sen. Ines Okafor’s", "Ines Okafor"),
            ("Ines Okafor, 51,", "Ines Okafor"),
            ("Ines Okafor (Tidewater)", "Ines Okafor"),
            ("Harbour commissioner Ines Okafor", "Ines Okafor"),
            ("I. Okafor", "Ines Okafor"),
            ("Ines M. Okafor", "Ines Okafor"),
            ("Okafor of Tidewater", "Ines Okafor"),
            ("The Mayor", "Ines Okafor"),
            ("mayor", "Ines Okafor"),
            ("Jon Holt", "Jon Holt"),
            ("Captain Jon Holt", "Jon Holt"),
            ("driver Jon Holt", "Jon Holt"),
            ("the Holt senior", "Jon Holt"),
            ("van Dalen", "Peter van Dalen"),
            ("Mr. Dalen", "Peter van Dalen"),
            ("Otto Lindqvist, Jr.", "Otto Lindqvist Jr."),
            ("O. Lindqvist Jr", "Otto Lindqvist Jr."),
            ("Lindqvist", "Otto Lindqvist Jr."),
            ("The Tidewater Post", "Tidewater Post"),
            ("paper", "Tidewater Post"),
            ("the Harbour Workers' Union", "Harbour Workers’ Union"),
            ("ferry captain", "the ferry captain"),
            ("A captain from Westport,", "the ferry captain"),
            ("Brandt", "Lena Q. Brandt"),
            ("Lena Brandt", "Lena Q. Brandt"),
            ("L. Q. Brandt", "Lena Q. Brandt"),
            ("Ruth Speaker", "Ruth Speaker"),
            ("R. Speaker", "Ruth Speaker"),
            ("Neighbours", "residents of Tidewater"),
        ] {
            assert!(cast().is_same(shown, speaker), "{shown} is {speaker}");
        }
    }

    #[test]
    fn other_person_is_told_apart() {
        for (shown, speaker) in [
            ("Anna Okafor", "Ines Okafor"),
            ("Ines Okafors", "Ines Okafor"),
            ("Ines", "Ines Okafor"),
            ("she", "Ines Okafor"),
            ("Ines Okafor Jr.", "Ines Okafor"),
            ("friends of Okafor", "Ines Okafor"),
            ("Okafor campaign", "Ines Okafor"),
            // Two of the name speak here.
            ("Holt", "Jon Holt"),
            ("Mr. Holt", "Jon Holt"),
            ("Mara Holt", "Jon Holt"),
            ("J. Holt", "Jon Holt"),
            ("Holt", "Mara Holt"),
            ("Otto Lindqvist", "Otto Lindqvist Jr."),
            ("Otto Lindqvist Sr.", "Otto Lindqvist Jr."),
            // A surname alone means people only.
            ("Post", "Tidewater Post"),
            ("Westport Post", "Tidewater Post"),
            ("Union", "Harbour Workers’ Union"),
            ("the captain", "the ferry captain"),
            ("Speaker", "Ruth Speaker"),
            ("Tidewater", "residents of Tidewater"),
            ("", "Ines Okafor"),
            ("—", "Ines Okafor"),
        ] {
            assert!(!cast().is_same(shown, speaker), "{shown} is not {speaker}");
        }
    }

    #[test]
    fn surname_does_where_no_namesake_speaks() {
        let alone = speakers(&["Jon Holt", "Ines Okafor"]);
        assert!(alone.is_same("Holt", "Jon Holt") && alone.is_same("J. Holt", "Jon Holt"));
        assert!(!alone.is_same("Mara Holt", "Jon Holt"));
        // What a body is called is no namesake.
        let body = speakers(&["Jon Holt", "the Holt Foundation", "the office of Holt"]);
        assert!(body.is_same("Holt", "Jon Holt"));
    }

    #[test]
    fn of_several_who_speak_together_either_will_do() {
        let together = "Ines Okafor & Jon Holt";
        let speakers = speakers(&[together, "Mara Holt"]);
        for (shown, wanted) in [
            (together, true),
            ("Okafor", true),
            ("Jon Holt", true),
            ("Jon Holt & Ines Okafor", true),
            ("Jon Holt & the mayor", true),
            ("Holt", false),
            ("Mara Holt", false),
            ("Jon Holt & Mara Holt", false),
            ("Okafor & ", false),
        ] {
            assert_eq!(speakers.is_same(shown, together), wanted, "{shown}");
        }
        assert!(speakers.is_same("Mara Holt", "Mara Holt") && !speakers.is_same("Mara Holt & Okafor", "Mara Holt"));
    }

    #[test]
    fn none_and_unknown_are_no_names() {
        let speakers = speakers(&["NONE", "UNKNOWN", "Ines Okafor"]);
        let labels = [0, 1, 2, 3].map(|segment| speakers.label(segment).cloned());
        let somebody = Label::Somebody("Ines Okafor".to_owned());
        assert_eq!(labels, [Some(Label::Nobody), Some(Label::Unknown), Some(somebody), None]);
        assert_eq!((speakers.last_segment(), Speakers::default().last_segment()), (Some(2), None));
    }
}
