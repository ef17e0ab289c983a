//! The known word that a mistyped one is most like.

/// A word longer than this, in characters, is no misspelling and is compared with none.
const LONGEST: usize = 40;

/// Returns the word of `known` with the fewest edits to `typed`: a letter too many, missing, wrong, or two that
/// changed places. `None` where that is more than one edit for each three letters.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = typed.chars().take(LONGEST + 1).collect();
    let most = (letters.len() / 3).max(1);
    if !(2..=LONGEST).contains(&letters.len()) {
        return None;
    }
    let ranked = known.into_iter().map(|word| (slips(&letters, &word.chars().collect::<Vec<_>>()), word));
    ranked.filter(|&(slips, _)| slips <= most).min_by_key(|&(slips, _)| slips).map(|(_, word)| word)
}

/// The optimal string alignment distance: Levenshtein's, and two neighbours that changed places count as one slip.
pub fn slips(one: &[char], other: &[char]) -> usize {
    // The rows of the table for one letter less, and for two less.
    let mut above: Vec<usize> = (0..=other.len()).collect();
    let mut second_above: Vec<usize> = Vec::new();
    for (i, &a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &b) in other.iter().enumerate() {
            let mut fewest = (above[j] + usize::from(a != b)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a == other[j - 1] && one[i - 1] == b {
                fewest = fewest.min(second_above[j - 1] + 1);
            }
            row.push(fewest);
        }
        second_above = std::mem::replace(&mut above, row);
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: [&str; 4] = ["speaker", "said", "source", "after"];

    #[test]
    fn nearest_finds_the_word_that_was_meant() {
        for (typed, meant) in
            [("speakr", "speaker"), ("saeid", "said"), ("siad", "said"), ("sourc", "source"), ("afetr", "after")]
        {
            assert_eq!(nearest(typed, FIELDS), Some(meant), "{typed}");
        }
    }

    #[test]
    fn nearest_does_not_guess() {
        for typed in ["foo", "x", "", "http", "speech", &"speaker".repeat(1_000)] {
            assert_eq!(nearest(typed, FIELDS), None, "{typed}");
        }
    }
}
