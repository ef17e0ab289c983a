//! Captions and credits of pictures, which plain text leaves among the paragraphs.

/// The longest line that is looked at, in bytes.
const LONGEST: usize = 400;

/// How a caption or a credit begins.
const OPENINGS: [&str; 11] = [
    "caption:",
    "credit:",
    "image:",
    "image credit",
    "photo:",
    "photo by ",
    "photo credit",
    "photo courtesy ",
    "photograph:",
    "photograph by ",
    "picture:",
];

/// Picture agencies.
const AGENCIES: [&str; 7] = ["getty images", "getty", "ap photo", "shutterstock", "alamy", "epa", "reuters"];

/// Whether `paragraph` is plainly the caption of a picture or the credit for one.
pub fn recognize(paragraph: &str) -> bool {
    if paragraph.len() > LONGEST {
        return false;
    }
    let line = paragraph.trim_start_matches('(').trim_end_matches(['.', ')', ' ']);
    OPENINGS.iter().any(|opening| begins(line, opening)) || ends_in_credit(paragraph) || is_credit(line)
}

/// Whether `line` begins with `words`, capitals apart.
fn begins(line: &str, words: &str) -> bool {
    line.as_bytes().get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words.as_bytes()))
}

/// What stands before `words` at the end of `line`, capitals apart.
fn before<'l>(line: &'l str, words: &str) -> Option<&'l str> {
    let (rest, end) = line.split_at_checked(line.len().checked_sub(words.len())?)?;
    end.eq_ignore_ascii_case(words).then_some(rest)
}

/// A sentence and then the picture's owner in brackets: "The quay at dawn. (AP Photo/J. Doe)".
fn ends_in_credit(paragraph: &str) -> bool {
    let line = paragraph.trim_end_matches(['.', ' ']);
    let Some(inside) = line.strip_suffix(')').and_then(|line| line.rsplit_once('(')).map(|(_, inside)| inside) else {
        return false;
    };
    let inside = inside.trim_end_matches('.').to_lowercase();
    inside.starts_with("ap photo")
        || inside.starts_with("photo")
        || inside.starts_with("reuters/")
        || ["/getty images", "/getty", "via getty images", "/afp", "/reuters", "/ap"]
            .iter()
            .any(|end| inside.ends_with(end))
}

/// Only a few words that end in the owner of the picture: "Jane Doe via Getty Images".
fn is_credit(line: &str) -> bool {
    let Some(rest) = AGENCIES.iter().find_map(|agency| before(line, agency)) else { return false };
    let is_short = rest.split_whitespace().count() <= 5;
    is_short && (rest.is_empty() && begins(line, "getty") || rest.ends_with('/') || before(rest, " via ").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_and_credits() {
        for line in [
            "Getty.",
            "Getty Images",
            "Jane Doe via Getty Images.",
            "Wire/Getty Images.",
            "Photo: Jane Doe",
            "The quay at dawn on Monday. (AP Photo/Jane Doe)",
            "Holt speaks to the ferrymen in March. (JANE DOE/AFP/Getty Images.)",
        ] {
            assert!(recognize(line), "{line}");
        }
    }

    #[test]
    fn sentences_about_pictures_are_none() {
        for line in [
            "Photos showed the quay at dawn.",
            "She sold the picture to Getty.",
            "He told Reuters",
            "“The photo,” she said, “is from Getty Images.”",
            "The video was shared by Reuters (which had paid for it).",
        ] {
            assert!(!recognize(line), "{line}");
        }
    }
}
