//! What the word lists say about the parts of a name.

use crate::quotes::lexicon::{
    CLOSED, DETERMINER, FEMALE_TITLE, FIRST_NAME, MALE_TITLE, MAN, MAN_NAME, MONTH, OPENER, ORGANIZATION_WORD, PEOPLE,
    PERSON, PLACE, RELATION, SAY, SPEAKING_NOUN, SPEECH, THOUGHT, TIME, TITLE, VOICELESS, WOMAN, WOMAN_NAME, traits,
};

/// Whether a word is a first name; not one that is a word, a place or a surname just as well.
pub fn is_first_name(word: &str) -> bool {
    traits(word) & FIRST_NAME != 0
}

/// Whether a first name is that of men (true) or of women (false); `None` where it is neither's alone.
pub fn is_mans_name(word: &str) -> Option<bool> {
    match traits(word) & (MAN_NAME | WOMAN_NAME) {
        MAN_NAME => Some(true),
        WOMAN_NAME => Some(false),
        _ => None,
    }
}

/// Whether a word that stands alone for a speaker can hardly be anything but a surname: it is no first name, role, title,
/// place, people, organization, time or small word.
pub fn can_only_be_surname(word: &str) -> bool {
    const OTHERS: u64 = SPEAKING_NOUN
        | TITLE
        | MALE_TITLE
        | FEMALE_TITLE
        | RELATION
        | FIRST_NAME
        | PLACE
        | PEOPLE
        | ORGANIZATION_WORD
        | MONTH
        | TIME
        | VOICELESS
        | OPENER
        | DETERMINER
        | CLOSED;
    traits(word) & OTHERS == 0
}

/// Whether a role is one of people, not of organizations: "Kremlin spokesman", "senator".
pub fn is_persons_role(role: &str) -> bool {
    let is_of_person = |word| traits(word) & (PERSON | MAN | WOMAN | TITLE | MALE_TITLE | FEMALE_TITLE) != 0;
    role.split_whitespace().any(is_of_person)
}

/// Whether a word introduces what somebody says, as a verb in any form ("said", "denies"), a noun for words ("claim") or
/// "according"; not what somebody thinks or feels.
pub fn is_word_of_speech(word: &str) -> bool {
    let traits = traits(word);
    traits & THOUGHT == 0 && traits & (SAY | SPEECH) != 0
        || matches!(
            word,
            "according"
                | "statement"
                | "accusation"
                | "allegation"
                | "claim"
                | "claims"
                | "comments"
                | "remarks"
                | "promise"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_names_are_told_apart() {
        for word in ["obama", "holt", "trump", "bush", "okafor", "sanders"] {
            assert!(can_only_be_surname(word), "{word}");
        }
        for word in ["michael", "paris", "police", "pope", "court", "monday", "officials", "house"] {
            assert!(!can_only_be_surname(word), "{word}");
        }
        assert!(is_first_name("michael") && !is_first_name("obama"));
        assert_eq!(
            [is_mans_name("michael"), is_mans_name("mary"), is_mans_name("obama")],
            [Some(true), Some(false), None]
        );
        assert!(
            is_persons_role("Kremlin spokesman") && is_persons_role("president") && !is_persons_role("news agency")
        );
    }
}
