//! Maps from single words, whatever their case, to what is known about them.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use foldhash::fast::FixedState;

/// The longest word that a map can have, in bytes.
const LONGEST: usize = 24;

/// A word in small letters, filled up with zeros: all keys are of one length, so that they are hashed and compared
/// without a loop.
#[derive(Debug, PartialEq, Eq)]
struct Key([u64; LONGEST / 8]);

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [first, second, third] = self.0;
        state.write_u64(first ^ second.rotate_left(21) ^ third.rotate_left(42));
    }
}

/// A map from words of at most [`LONGEST`] bytes. They are our own: there is no attacker to withstand.
#[derive(Debug)]
pub(crate) struct WordMap<V>(HashMap<Key, V, FixedState>);

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<V> WordMap<V> {
    pub fn get(&self, word: &str) -> Option<&V> {
        self.0.get(&key(word)?)
    }
}

impl<V: Default> WordMap<V> {
    /// Lets `change` set what is known about a word; a word that is too long is left out.
    pub fn change(&mut self, word: &str, change: impl FnOnce(&mut V)) {
        if let Some(key) = key(word) {
            change(self.0.entry(key).or_default());
        }
    }
}

/// None for a word that is too long.
fn key(word: &str) -> Option<Key> {
    let mut letters = [0; LONGEST];
    letters.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    let mut key = parts(&letters);
    if key.iter().any(|part| part & HIGH_BITS != 0) {
        letters = [0; LONGEST];
        let mut end = 0;
        for letter in word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }) {
            letter.encode_utf8(letters.get_mut(end..end + letter.len_utf8())?);
            end += letter.len_utf8();
        }
        return Some(Key(parts(&letters)));
    }
    for part in &mut key {
        // Eight letters at once: the high bit of each sum says whether the byte is at least A, and whether it is above Z.
        let capitals = (*part + each_byte(0x80 - b'A')) & !(*part + each_byte(0x7f - b'Z')) & HIGH_BITS;
        *part |= capitals >> 2;
    }
    Some(Key(key))
}

/// This byte eight times.
const fn each_byte(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

const HIGH_BITS: u64 = each_byte(0x80);

fn parts(letters: &[u8; LONGEST]) -> [u64; LONGEST / 8] {
    let mut parts = [0; LONGEST / 8];
    for (part, eight) in parts.iter_mut().zip(letters.as_chunks().0) {
        *part = u64::from_ne_bytes(*eight);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_kind_of_apostrophe_do_not_matter() {
        let mut map: WordMap<u8> = WordMap::default();
        map.change("zoë", |v| *v = 1);
        map.change("won't", |v| *v += 2);
        map.change("Won’t", |v| *v += 3);
        assert_eq!(
            ["Zoë", "ZOË", "WON'T", "won’t", "zoe"].map(|w| map.get(w)),
            [Some(&1), Some(&1), Some(&5), Some(&5), None]
        );
    }

    #[test]
    fn only_capitals_are_made_small() {
        let mut map: WordMap<u8> = WordMap::default();
        map.change("@AZ[`az{09-'", |v| *v = 1);
        assert!(map.get("@az[`AZ{09-'").is_some());
        for other in ["`AZ[`az{09-'", "@AZ{`az{09-'", "@AZ[@az{09-'", "@AZ[`az[09-'", "@AZ[`az{09\r'"] {
            assert!(map.get(other).is_none(), "{other}");
        }
    }

    #[test]
    fn words_that_are_too_long_are_not_known() {
        let mut map: WordMap<u8> = WordMap::default();
        for word in ["x".repeat(LONGEST), "x".repeat(LONGEST + 1), "é".repeat(LONGEST)] {
            map.change(&word, |v| *v = 1);
            assert_eq!(map.get(&word).is_some(), word.len() <= LONGEST, "{word}");
        }
    }
}
