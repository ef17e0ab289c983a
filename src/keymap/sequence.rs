//! Keys that are pressed one after the other.

use std::fmt;

use super::Key;

/// One key, or several that are pressed one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeySequence(Box<[Key]>);

impl KeySequence {
    /// The longest one that can be bound.
    pub const LONGEST: usize = 6;

    /// Reads keys that are separated by blanks; an error is the part that is no key, or what is wrong with the whole.
    ///
    /// # Errors
    ///
    /// Where a part is no key, and where there are none or more than [`KeySequence::LONGEST`].
    pub fn parse(written: &str) -> Result<Self, String> {
        let key = |part: &str| Key::parse(part).ok_or_else(|| format!("“{part}” is no key"));
        let keys = written.split_whitespace().map(key).collect::<Result<Vec<_>, _>>()?;
        match keys.len() {
            0 => Err("no key is named".to_owned()),
            1..=Self::LONGEST => Ok(Self(keys.into())),
            _ => Err(format!("a sequence has at most {} keys", Self::LONGEST)),
        }
    }

    /// Its keys, in order.
    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// The first key.
    pub fn first(&self) -> Option<Key> {
        self.0.first().copied()
    }

    /// What it begins with, from one key to all but one.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = Self> {
        (1..self.0.len()).map(|end| Self(self.0[..end].into()))
    }

    /// The rest after these keys, where it begins with them and goes on.
    pub(super) fn after(&self, keys: &[Key]) -> Option<Self> {
        self.0.strip_prefix(keys).filter(|rest| !rest.is_empty()).map(|rest| Self(rest.into()))
    }

    /// As the configuration writes it.
    pub fn written(&self) -> String {
        self.0.iter().map(Key::written).collect::<Vec<_>>().join(" ")
    }
}

impl From<Key> for KeySequence {
    fn from(key: Key) -> Self {
        Self([key].into())
    }
}

impl From<&[Key]> for KeySequence {
    fn from(keys: &[Key]) -> Self {
        Self(keys.into())
    }
}

/// Letters stand side by side: "gu"; before and after a key with a name stands a hyphen: "Space-f".
impl fmt::Display for KeySequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_short = |key: &Key| key.to_string().chars().count() == 1;
        for (at, key) in self.0.iter().enumerate() {
            if at > 0 && !(is_short(key) && is_short(&self.0[at - 1])) {
                f.write_str("-")?;
            }
            write!(f, "{key}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_are_read_and_written() {
        for (written, shown) in [("g u", "gu"), ("  C-x   C-s ", "^X-^S"), ("Space f", "Space-f"), ("j", "j")] {
            let sequence = KeySequence::parse(written).unwrap();
            assert_eq!(sequence.to_string(), shown);
            assert_eq!(KeySequence::parse(&sequence.written()), Ok(sequence));
        }
        assert_eq!(KeySequence::parse("g zz").unwrap_err(), "“zz” is no key");
        assert_eq!(KeySequence::parse(" ").unwrap_err(), "no key is named");
        assert_eq!(KeySequence::parse("a b c d e f g").unwrap_err(), "a sequence has at most 6 keys");
    }
}
