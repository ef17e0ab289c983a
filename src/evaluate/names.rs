//! Names inside the phrases that annotators marked: "House Speaker Paul Ryan, R-Wis.," names Ryan.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::is_blank;

/// Words that stand for a person named elsewhere.
const PRONOUNS: &[&str] = &[
    "i",
    "he",
    "she",
    "it",
    "we",
    "they",
    "you",
    "him",
    "her",
    "them",
    "who",
    "whom",
    "himself",
    "herself",
    "themselves",
    "myself",
    "this",
    "that",
    "these",
    "those",
    "one",
    "others",
    "both",
    "which",
    "me",
    "us",
    "his",
    "their",
    "its",
    "some",
    "many",
    "another",
];

/// Titles that stand before a name, and may be left out.
const ADDRESS: &str = "mr mrs ms miss mx dr sir lord dame prof professor rev reverend sen senator rep \
    representative congressman congresswoman gov governor lt gen general adm admiral col colonel maj major capt \
    captain sgt sergeant pres president vp vice prime minister premier chancellor king queen prince princess pope \
    secretary attorney judge speaker mayor sheriff detective officer ambassador commissioner councilman councilwoman \
    former then";

/// Other words that may be written large and yet are no name.
const TITLES: &str = "lady fr father sister sens reps cmdr commander justice chief leader majority minority \
    director chairman chairwoman chair chairperson ex candidate nominee president-elect ceo cfo coach host anchor \
    reporter correspondent spokesman spokeswoman spokesperson senior deputy first republican democrat democratic gop \
    author actor actress comedian singer pastor bishop archbishop cardinal rabbi imam";

/// Titles that are surnames too, after a first name.
const ALSO_SURNAMES: &[&str] =
    &["king", "judge", "pope", "prince", "bishop", "cardinal", "major", "pastor", "father", "speaker"];

/// What may follow a surname.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "esq", "phd", "md"];

/// What stands before a noun.
pub(super) const ARTICLES: [&str; 3] = ["the", "a", "an"];

/// Words that a phrase begins with, capitalized at the start of a sentence though they are no name.
const OPENERS: &[&str] = &[
    "the",
    "a",
    "an",
    "one",
    "another",
    "this",
    "that",
    "his",
    "her",
    "their",
    "its",
    "our",
    "my",
    "some",
    "two",
    "many",
    "several",
    "critics",
    "officials",
];

/// Words that end the part of a phrase that may hold the name.
const LINKS: &[&str] =
    &["of", "for", "at", "in", "from", "on", "with", "to", "and", "told", "said", "says", "during", "as", "via"];

/// What a source looks like in the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceForm {
    /// "Dmitry Peskov", "a Clinton aide"
    Name,
    /// "she"
    Pronoun,
    /// "the spokesman"
    Noun,
    /// "officials"
    Other,
}

impl SourceForm {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Name, Self::Pronoun, Self::Noun, Self::Other];

    /// Returns the form of a source from its words.
    pub fn of(source: &str) -> Self {
        let tokens = tokens(source);
        let lower: Vec<String> = tokens.iter().map(|token| token.to_lowercase()).collect();
        match lower.as_slice() {
            [only] if is_pronoun(only) => Self::Pronoun,
            _ if names_somebody(&tokens) => Self::Name,
            [first, ..] if ARTICLES.contains(&first.as_str()) => Self::Noun,
            _ => Self::Other,
        }
    }

    /// The name that data carries.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Pronoun => "pronoun",
            Self::Noun => "noun",
            Self::Other => "other",
        }
    }
}

/// Whether a source that holds a name and a speaker share the surname.
pub fn names_same(source: &str, speaker: &str) -> bool {
    names_somebody(&tokens(source)) && surname(source).is_some_and(|name| surname(speaker) == Some(name))
}

/// Whether there is a large word that is neither a pronoun nor large only because it comes first.
fn names_somebody(tokens: &[String]) -> bool {
    tokens.iter().enumerate().any(|(index, token)| {
        let lower = token.to_lowercase();
        let is_opener = index == 0 && OPENERS.contains(&lower.as_str());
        begins_large(token) && !PRONOUNS.contains(&lower.as_str()) && !is_opener
    })
}

/// The last large word of the name that heads a phrase, in lower case: "fallon" for "Clinton’s spokesman,
/// Brian Fallon"; none for "CNN host", which a common noun heads.
fn surname(phrase: &str) -> Option<String> {
    let phrase = without_brackets(phrase);
    parts(&phrase).into_iter().find_map(|part| surname_of_part(&phrase, part))
}

fn surname_of_part(phrase: &str, part: &str) -> Option<String> {
    let padded = format!(" {part} ");
    let head = before_link(&padded, LINKS);
    let mut tokens = tokens(head);
    while tokens.len() > 1 && tokens.last().is_some_and(|last| is_suffix(last)) {
        tokens.pop();
    }
    let (last, rest) = tokens.split_last()?;
    let is_surname = || is_in(last, ALSO_SURNAMES) && rest.last().is_some_and(|w| begins_large(w) && !is_title(w));
    let is_name =
        begins_large(last) && !is_pronoun(last) && !is_in(last, &ARTICLES) && (!is_title(last) || is_surname());
    let head = strip(head);
    // "Brazile’s" inside a phrase is whose spokesman it is, not the spokesman.
    let is_owner = ends_in_possessive(head) && head.chars().count() != phrase.chars().count();
    (is_name && !is_owner).then(|| last.to_lowercase())
}

fn is_in(token: &str, words: &[&str]) -> bool {
    words.contains(&token.to_lowercase().as_str())
}

pub(super) fn is_pronoun(token: &str) -> bool {
    is_in(token, PRONOUNS)
}

/// Whether it is a title that may be left out before a name.
pub(super) fn is_address(token: &str) -> bool {
    is_one_of(token, ADDRESS)
}

/// Whether it may be written large and yet is no name.
pub(super) fn is_title(token: &str) -> bool {
    is_one_of(token, ADDRESS) || is_one_of(token, TITLES)
}

fn is_one_of(token: &str, words: &str) -> bool {
    let token = token.to_lowercase();
    words.split(' ').any(|word| word == token)
}

/// Whether it may follow a surname: "Jr."
pub(super) fn is_suffix(token: &str) -> bool {
    is_in(token, SUFFIXES)
}

pub(super) fn begins_large(token: &str) -> bool {
    token.chars().next().is_some_and(char::is_uppercase)
}

/// The words of a phrase, case kept; dots, hyphens and possessives at their ends off.
pub(super) fn tokens(phrase: &str) -> Vec<String> {
    let plain: String = phrase.nfkc().map(|c| if matches!(c, '’' | '‘') { '\'' } else { c }).collect();
    let mut tokens = Vec::new();
    let mut rest = plain.as_str();
    while let Some(start) = rest.find(|c| is_word(c) && c != '_') {
        rest = &rest[start..];
        let end = rest.find(|c| !is_word(c) && !matches!(c, '.' | '\'' | '&' | '-')).unwrap_or(rest.len());
        let word = rest[..end].strip_suffix("'s").or_else(|| rest[..end].strip_suffix('\'')).unwrap_or(&rest[..end]);
        tokens.push(word.trim_matches(['.', '\'', '-']).replace('.', ""));
        rest = &rest[end..];
    }
    tokens
}

/// Whether a word may hold the character.
pub(super) fn is_word(c: char) -> bool {
    c == '_' || matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number)
}

/// The phrase with a comma for all that stands in round or square brackets.
pub(super) fn without_brackets(phrase: &str) -> String {
    let mut out = String::new();
    let mut rest = phrase;
    while let Some(start) = rest.find(['(', '[']) {
        let close = if rest[start..].starts_with('(') { ')' } else { ']' };
        out.push_str(&rest[..start]);
        if let Some(length) = rest[start..].find(close) {
            out.push(',');
            rest = &rest[start + length + 1..];
        } else {
            out.push_str(&rest[start..=start]);
            rest = &rest[start + 1..];
        }
    }
    out + rest
}

/// The phrase, parted at commas, dashes and relative pronouns.
fn parts(phrase: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < phrase.len() {
        match divider(phrase, at) {
            Some(length) => {
                parts.push(&phrase[start..at]);
                at += length;
                start = at;
            }
            None => at += phrase[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    parts.push(&phrase[start..]);
    parts
}

/// How many bytes part the phrase at this place.
fn divider(phrase: &str, at: usize) -> Option<usize> {
    let rest = &phrase[at..];
    let first = rest.chars().next()?;
    if matches!(first, ',' | ';' | ':' | '—' | '–') {
        return Some(first.len_utf8());
    }
    if is_blank(first) {
        let after = rest[first.len_utf8()..].strip_prefix('-')?.chars().next().filter(|&c| is_blank(c))?;
        return Some(first.len_utf8() + 1 + after.len_utf8());
    }
    let is_free = |c: Option<char>| !c.is_some_and(is_word);
    let is_word_of_its_own = |word: &&&str| {
        rest.starts_with(**word)
            && is_free(phrase[..at].chars().next_back())
            && is_free(rest[word.len()..].chars().next())
    };
    ["who", "whom", "whose", "which"].iter().find(is_word_of_its_own).map(|word| word.len())
}

/// The first of the parts between commas and semicolons that is not blank.
pub(super) fn first_part(phrase: &str) -> &str {
    phrase.split([',', ';']).find(|part| !part.chars().all(is_blank)).unwrap_or_default()
}

/// What stands before the first of these linking words between blanks.
pub(super) fn before_link<'a>(part: &'a str, linking: &[&str]) -> &'a str {
    let links = |(at, blank): &(usize, char)| {
        let rest = &part[at + blank.len_utf8()..];
        linking.iter().any(|link| rest.strip_prefix(link).is_some_and(|after| after.starts_with(is_blank)))
    };
    part.char_indices().filter(|(_, c)| is_blank(*c)).find(links).map_or(part, |(at, _)| &part[..at])
}

fn strip(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// Whether the text ends in ’ or ’s.
fn ends_in_possessive(text: &str) -> bool {
    text.strip_suffix('s').unwrap_or(text).ends_with(['\'', '’']) || text.ends_with(['\'', '’'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_of_a_phrase_is_the_surname() {
        for (phrase, wanted) in [
            ("Clinton’s spokesman, Brian Fallon,", Some("fallon")),
            ("CNN host", None),
            ("House Speaker Paul Ryan, R-Wis.,", Some("ryan")),
            ("the Washington Post", Some("post")),
            ("Brian Fallon, a spokesman for Hillary Clinton", Some("fallon")),
            ("Trump’s", Some("trump")),
            ("Donald Trump Jr.", Some("trump")),
            ("the campaign of Trump", None),
            ("Rep. Steve King", Some("king")),
            ("White House Press Secretary", None),
            ("Anna Roe (a friend who knows) who left", Some("roe")),
            ("Ines Okafor - the engineer", Some("okafor")),
            ("J.D. O'Hara-Küster", Some("o'hara-küster")),
            ("she", None),
        ] {
            assert_eq!(surname(phrase).as_deref(), wanted, "{phrase}");
        }
    }

    #[test]
    fn form_follows_the_words_of_the_source() {
        for (source, wanted) in [
            ("She", SourceForm::Pronoun),
            ("a Clinton aide", SourceForm::Name),
            ("The spokesman", SourceForm::Noun),
            ("officials", SourceForm::Other),
            ("Officials", SourceForm::Other),
            ("Two people", SourceForm::Other),
            ("Peskov", SourceForm::Name),
        ] {
            assert_eq!(SourceForm::of(source), wanted, "{source}");
        }
    }

    #[test]
    fn shared_surname_is_enough_where_the_source_is_a_name() {
        assert!(names_same("Okafor", "Ines Okafor") && names_same("Mayor Ines Okafor, 51,", "Okafor"));
        assert!(!names_same("she", "Ines Okafor") && !names_same("the mayor", "the mayor"));
        assert!(!names_same("Holt", "Ines Okafor"));
    }
}
