//! Maps from single words, whatever their case, to what is known about them.

/// The longest word that a map can have, in bytes.
const LONGEST: usize = 24;

/// A word in small letters, filled up with zeros: all keys are of one length, so that they are hashed and compared
/// without a loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key([u64; LONGEST / 8]);

impl Key {
    /// Equal bits for equal keys, well mixed.
    fn hash(self) -> usize {
        let [first, second, third] = self.0;
        let folded = first ^ second.rotate_left(21) ^ third.rotate_left(42);
        // The fraction of the golden ratio: each bit changes all those above it.
        ((folded ^ folded >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
    }
}

/// A map from words of at most [`LONGEST`] bytes. They are our own: there is no attacker to withstand.
///
/// A table of slots, at most half of them taken: a word stands in the slot that its hash says or in the next free one.
#[derive(Debug)]
pub(crate) struct WordMap<V> {
    slots: Vec<Option<(Key, V)>>,
    taken: usize,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { slots: Vec::new(), taken: 0 }
    }
}

impl<V> WordMap<V> {
    pub fn get(&self, word: &str) -> Option<&V> {
        let key = key(word)?;
        let last = self.slots.len().wrapping_sub(1);
        let mut at = key.hash() & last;
        loop {
            match self.slots.get(at)? {
                Some((other, value)) if *other == key => return Some(value),
                Some(_) => at = (at + 1) & last,
                None => return None,
            }
        }
    }

    /// The slot that has a key, or the one that is free for it.
    fn slot_of(&self, key: Key) -> usize {
        let last = self.slots.len().wrapping_sub(1);
        let mut at = key.hash() & last;
        while let Some(Some((other, _))) = self.slots.get(at) {
            if *other == key {
                break;
            }
            at = (at + 1) & last;
        }
        at
    }
}

impl<V: Default> WordMap<V> {
    /// Lets `change` set what is known about a word; a word that is too long is left out.
    pub fn change(&mut self, word: &str, change: impl FnOnce(&mut V)) {
        let Some(key) = key(word) else { return };
        if self.taken * 2 >= self.slots.len() {
            self.grow();
        }
        let at = self.slot_of(key);
        if let Some(slot) = self.slots.get_mut(at) {
            self.taken += usize::from(slot.is_none());
            let (_, value) = slot.get_or_insert_with(|| (key, V::default()));
            change(value);
        }
    }

    fn grow(&mut self) {
        const FEWEST: usize = 256;
        let slots = (self.slots.len() * 4).max(FEWEST);
        let before = std::mem::take(&mut self.slots);
        self.slots.resize_with(slots, || None);
        for (key, value) in before.into_iter().flatten() {
            let at = self.slot_of(key);
            self.slots[at] = Some((key, value));
        }
    }
}

/// None for a word that is too long.
fn key(word: &str) -> Option<Key> {
    let letters = word.as_bytes();
    // Most words are short.
    if letters.len() <= 8 {
        let part = part(letters);
        return if part & HIGH_BITS == 0 { Some(Key([small(part), 0, 0])) } else { key_of_any(word) };
    }
    let parts = match letters.len() {
        9..=16 => [part(&letters[..8]), part(&letters[8..]), 0],
        17..=LONGEST => [part(&letters[..8]), part(&letters[8..16]), part(&letters[16..])],
        _ => return None,
    };
    if parts.iter().any(|part| part & HIGH_BITS != 0) { key_of_any(word) } else { Some(Key(parts.map(small))) }
}

/// The key of a word that is not all ASCII.
#[cold]
fn key_of_any(word: &str) -> Option<Key> {
    let mut letters = [0; LONGEST];
    let mut end = 0;
    for letter in word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }) {
        letter.encode_utf8(letters.get_mut(end..end + letter.len_utf8())?);
        end += letter.len_utf8();
    }
    Some(Key([part(&letters[..8]), part(&letters[8..16]), part(&letters[16..])]))
}

/// At most eight letters, the first in the lowest byte, with zeros above the last; without a loop.
fn part(letters: &[u8]) -> u64 {
    let length = letters.len();
    if let Some(eight) = letters.first_chunk() {
        u64::from_le_bytes(*eight)
    } else if let (Some(first), Some(last)) = (letters.first_chunk(), letters.last_chunk()) {
        // The first four and the last four, some of which may be the same.
        u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * length - 32)
    } else if let [first, .., last] = letters {
        u64::from(*first) | u64::from(letters[length / 2]) << (8 * (length / 2)) | u64::from(*last) << (8 * length - 8)
    } else {
        letters.first().map_or(0, |first| u64::from(*first))
    }
}

/// Eight letters of ASCII in small ones.
fn small(part: u64) -> u64 {
    // The high bit of each sum says whether the byte is at least A, and whether it is above Z.
    let capitals = (part + each_byte(0x80 - b'A')) & !(part + each_byte(0x7f - b'Z')) & HIGH_BITS;
    part | capitals >> 2
}

/// This byte eight times.
const fn each_byte(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

const HIGH_BITS: u64 = each_byte(0x80);

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
