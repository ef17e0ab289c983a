//! Promotion: lines among the paragraphs that are no news but ask the reader for something.
//!
//! Quotations are not looked for in promotion, so a sentence of news must never be taken for it: a line counts only
//! when it opens the way such lines do *and* goes on the way they do.

mod phrases;

use std::sync::LazyLock;

use phrases::{INSIDE, LABELS, LONGEST, OPENINGS, POINTERS, PhraseOpening, REPORTING};

use crate::text::fold;

/// Whether `paragraph` is promotion for certain.
pub fn recognize(paragraph: &str) -> bool {
    if paragraph.len() > LONGEST || paragraph.starts_with(['“', '"', '‘', '\'', '«', '„', '「']) {
        return false;
    }
    let folded = fold(paragraph);
    let line = folded.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©').trim_end();
    if LABELS.contains(&line.trim_end_matches(|c: char| !c.is_alphanumeric())) {
        return true;
    }
    if POINTERS.iter().any(|pointer| line.starts_with(pointer)) {
        return true;
    }
    !reports_speech(line)
        && (is_imprint(line)
            || follows_us(paragraph)
            || OPENING_INDEX.has_begun(line)
            || sentences(line).any(|sentence| INSIDE_INDEX.has_begun(sentence)))
}

static OPENING_INDEX: LazyLock<OpeningIndex> = LazyLock::new(|| OpeningIndex::of(OPENINGS));

static INSIDE_INDEX: LazyLock<OpeningIndex> = LazyLock::new(|| OpeningIndex::of(INSIDE));

/// Openings by the byte that they begin with: of each line only a few are looked at.
struct OpeningIndex([Vec<(&'static str, &'static PhraseOpening)>; 256]);

impl OpeningIndex {
    fn of(openings: &'static [PhraseOpening]) -> Self {
        let mut index = [const { Vec::new() }; 256];
        for (words, opening) in
            openings.iter().flat_map(|opening| opening.words.iter().map(move |words| (*words, opening)))
        {
            if let Some(&first) = words.as_bytes().first() {
                index[usize::from(first)].push((words, opening));
            }
        }
        Self(index)
    }

    /// Whether `line`, folded, begins like one of them, and goes on as it must.
    fn has_begun(&self, line: &str) -> bool {
        let openings = line.as_bytes().first().map(|&first| &self.0[usize::from(first)]);
        openings.into_iter().flatten().any(|(words, opening)| opening.begins(line, words))
    }
}

/// What the machines that send feeds and newsletters add: "The post … appeared first on …", "View in browser".
fn is_imprint(line: &str) -> bool {
    const MAIL: [&str; 7] = [
        "view in browser",
        "view in your browser",
        "view online",
        "view this email in",
        "view this message in",
        "manage preferences",
        "you are receiving this",
    ];
    line.starts_with("the post ") && line.contains(" appeared first on ")
        || MAIL.iter().any(|words| line.starts_with(words))
}

/// "Follow us on Chirrup": a network that no list has. "Follow us on this journey" is none, nor is a
/// sentence that tells who says so.
fn follows_us(line: &str) -> bool {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    line.strip_prefix("Follow us on ").is_some_and(|rest| {
        rest.len() <= 120
            && rest.starts_with(char::is_uppercase)
            && !DAYS.iter().any(|day| rest.starts_with(day))
            && !reports(rest)
    })
}

impl PhraseOpening {
    /// Whether `line`, folded, begins with these of its words and goes on as it must.
    fn begins(&self, line: &str, words: &str) -> bool {
        let Some(rest) = line.strip_prefix(words).filter(|_| line.len() <= self.at_most) else { return false };
        let is_whole = !rest.starts_with(char::is_alphanumeric) || words.ends_with(|c: char| c.is_ascii_digit());
        is_whole && (self.then.is_empty() || self.then.iter().any(|then| occurs(line, words.len(), then)))
    }
}

/// Whether `words` stand in `line` at or after `from`, or across it, and end with the end of a word.
fn occurs(line: &str, from: usize, words: &str) -> bool {
    let start = from.saturating_sub(words.len());
    let Some(tail) = line.get(line.floor_char_boundary(start)..) else { return false };
    let ends_in_letter = words.ends_with(char::is_alphanumeric);
    tail.match_indices(words).any(|(at, _)| {
        !(ends_in_letter && tail[at + words.len()..].starts_with(|c: char| c.is_alphanumeric() && c != 's'))
    })
}

fn reports_speech(line: &str) -> bool {
    line.contains('"') && reports(line)
}

fn reports(line: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric()).any(|word| REPORTING.contains(&word))
}

/// The sentences of folded text, near enough.
fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    let parts = std::iter::from_fn(move || {
        let part = rest?;
        let end = part.bytes().position(|byte| matches!(byte, b'.' | b'!' | b'?' | b'('));
        rest = end.map(|end| &part[end + 1..]);
        Some(&part[..end.unwrap_or(part.len())])
    });
    parts.map(|sentence| sentence.trim_start_matches(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_to_the_reader() {
        for line in [
            "Privacy & Cookies: This site uses cookies. By continuing to use this website, you agree to their use.",
            "We use cookies to give you the best experience.",
            "To find out more, including how to control cookies, see here: Cookie Policy",
            "Never miss a story — sign up for the Coast Wire newsletter. All free.",
            "READ MORE: Minister ‘did not know’ about the bridge",
            "Read more: Ferrymen of the year",
            "Related: “We were never asked,” says ferryman",
            "Follow us on Facebook",
            "Follow @coastwire.",
            "Follow Jane Doe on Twitter @janedoe.",
            "Jane Doe is our harbour editor. Follow her on Twitter at @janedoe.",
            "Follow us on Chirrup for photographs from the quayside.",
            "Like long goodbyes? Our Saturday newsletter has a new one every week.",
            "Subscribe to our weekly letter",
            "(Subscribe to the Quayside podcast here.)",
            "Advertisement",
            "ADVERTISEMENT - CONTINUE READING BELOW",
            "Sign up for our free newsletter.",
            "Want more from Jane? Sign up for her newsletter, Low Tide.",
            "Click here to see the pictures",
            "Like us on Facebook",
            "Do you support the ferrymen? Like the page:",
            "Download our app",
            "For more from the Coast Wire, download our app for any telephone.",
            "Share this",
            "Share this story with friends!",
            "Related:",
            "© 2026 Coast Wire",
            "Watch the full interview below:",
            "Read the rest of the story at the Coast Wire.",
            "Got a tip? Email us at tips@coastwire.example",
            "Twitter: @janedoe",
            "The post Bridge to close appeared first on Coast Wire.",
            "View this email in your browser",
            "You are receiving this because you signed up.",
        ] {
            assert!(recognize(line), "{line}");
        }
    }

    #[test]
    fn news_is_no_promotion() {
        for line in [
            "“Follow us on this journey,” she said.",
            "“Subscribe to our letter,” the sign said.",
            "Follow the money, she said, and you will find the harbour board.",
            "Follow us on this journey, she told the ferrymen on Monday.",
            "Follow us on Monday, when the ferry leaves.",
            "Follow us on Telegraph Hill, the mayor said.",
            "Our newsletter was the first to say so, the ferryman wrote in a letter that was passed from hand to hand all week long.",
            "Followers of the old mayor gathered on Facebook.",
            "Subscribers were told on Monday that the paper would close.",
            "Subscribers to the Coast Wire newsletter were told on Monday.",
            "Sign up or shut up, the ferrymen told their union.",
            "Advertisement revenue fell by half.",
            "Advertisements for the bridge hung everywhere.",
            "Watch out for the tide, the harbour master says here.”",
            "Watchmen stood above the quay.",
            "Related parties must declare their interest, the court found.",
            "Read more books, the minister advised.",
            "Download speeds fell below what the minister had promised.",
            "Share this burden, the bishop asked.",
            "Like us on the coast, the islanders wait.",
            "Donations came in from everywhere: donate now, the posters read.",
            "He asked ferrymen to sign up for the newsletter.",
            "Copyright law must change, the court said.",
            "Have a heart, she wrote.",
            "This site uses cookies as other bakeries use bread, the critic wrote.",
            "We use cookies on the island instead of coins, the ferryman said.",
            "",
        ] {
            assert!(!recognize(line), "{line}");
        }
    }
}
