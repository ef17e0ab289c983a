//! Interviews: who "I" is in a paragraph that begins with the initials of somebody named above, and labels for nobody.

use foldhash::{HashMap, HashMapExt};

use super::{Kind, Mentions};
use crate::quotes::tokens::{TokenShape, TokenizedText};

/// How long initials are, in letters.
const INITIALS: std::ops::RangeInclusive<usize> = 2..=3;

/// Words before a colon that say what comes, and are nobody: "Q:", "Update:".
const LABELS: [&str; 22] = [
    "Q",
    "A",
    "Update",
    "UPDATE",
    "Updated",
    "Note",
    "NOTE",
    "Photo",
    "PHOTO",
    "Photos",
    "Related",
    "Correction",
    "Caption",
    "More",
    "Watch",
    "Listen",
    "Read",
    "Editor",
    "Question",
    "Answer",
    "Source",
    "Headline",
];

/// Whether token `at` is a label before a colon.
pub(super) fn is_label(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    tokenized.tokens.get(at + 1).is_some_and(|next| next.shape == TokenShape::Colon)
        && LABELS.contains(&tokenized.words(at))
}

/// Notes of every "I" in a paragraph that begins with initials whose it is.
pub(super) fn read_initials(tokenized: &TokenizedText<'_>, mentions: &mut Mentions) {
    let begins = |paragraph: usize| {
        let paragraph = tokenized.paragraphs.get(paragraph)?;
        let token = tokenized.tokens.get(paragraph.first).filter(|_| paragraph.first < paragraph.end)?;
        let word = tokenized.words(paragraph.first);
        (token.shape == TokenShape::Capitals && INITIALS.contains(&word.len())).then_some(word)
    };
    let is_interview = (1..tokenized.paragraphs.len()).filter_map(begins).nth(1).is_some();
    if !is_interview {
        return;
    }
    let mut people: HashMap<String, usize> = HashMap::new();
    for index in 0..mentions.all.len() {
        let mention = &mentions.all[index];
        let speaker = begins(mention.paragraph).and_then(|initials| people.get(initials).copied());
        if mention.kind == Kind::FirstPerson {
            mentions.all[index].antecedent = speaker;
        } else if let (Kind::Person | Kind::Name, Some((first, last))) = (mention.kind, mention.name)
            && first < last
        {
            let initials: String = (first..=last).filter_map(|at| tokenized.words(at).chars().next()).collect();
            people.entry(initials).or_insert(index);
        }
    }
}
