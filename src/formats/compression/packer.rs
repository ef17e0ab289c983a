//! What packs bytes, and how what it packs begins.

/// How a gzip member begins (RFC 1952 §2.3.1), with the only method there is.
const GZIP: [u8; 3] = [0x1f, 0x8b, 8];

/// How long the header of a gzip member is at least, in bytes.
const GZIP_HEADER: usize = 10;

/// How a zstd frame begins (RFC 8878 §3.1.1).
pub const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// How a zstd frame without words begins after a first byte from 0x50 to 0x5f (RFC 8878 §3.1.2).
const SKIPPABLE: [u8; 3] = [0x2a, 0x4d, 0x18];

/// What packed some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packer {
    Gzip,
    Zstd,
}

impl Packer {
    const ALL: [Self; 2] = [Self::Gzip, Self::Zstd];

    /// What packed bytes that begin with `head`.
    pub fn of(head: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|packer| head.starts_with(packer.mark()))
    }

    /// What packed a file of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let ends = [(".gz", Self::Gzip), (".gzip", Self::Gzip), (".zst", Self::Zstd), (".zstd", Self::Zstd)];
        ends.into_iter().find(|(end, _)| name.ends_with(end)).map(|(_, packer)| packer)
    }

    /// How it says that it was this one.
    fn mark(self) -> &'static [u8] {
        match self {
            Self::Gzip => &GZIP[..2],
            Self::Zstd => &ZSTD,
        }
    }

    /// All that a member always begins with.
    fn magic(self) -> &'static [u8] {
        match self {
            Self::Gzip => &GZIP,
            Self::Zstd => &ZSTD,
        }
    }

    /// Whether it packed what begins with `head`, too, of which only the first byte may have come so far.
    pub fn goes_on(self, head: &[u8]) -> bool {
        let begins = |head: &[u8], magic: &[u8]| head.iter().zip(magic).all(|(byte, magic)| byte == magic);
        head.first().is_some_and(|first| {
            begins(head, self.mark()) || self == Self::Zstd && first & 0xf0 == 0x50 && begins(&head[1..], &SKIPPABLE)
        })
    }

    /// Whether bytes begin as what it packs does, but for some that changed.
    pub fn nearly_begins(self, head: &[u8]) -> bool {
        head.iter().zip(self.magic()).filter(|(byte, magic)| byte == magic).count() >= 2
    }

    /// How much of the beginning of a member tells that it is one, in bytes.
    pub const fn telling(self) -> usize {
        match self {
            Self::Gzip => GZIP_HEADER,
            Self::Zstd => ZSTD.len(),
        }
    }

    /// Where in `bytes` a member begins, as far as that can be told in the middle of others.
    pub fn find(self, bytes: &[u8]) -> Option<usize> {
        memchr::memmem::find_iter(bytes, self.magic()).find(|&at| match (self, bytes.get(at..at + self.telling())) {
            (_, None) => false,
            (Self::Zstd, _) => true,
            // Packed bytes look like the magic now and then. No writer sets other flags, nor other systems.
            (Self::Gzip, Some(header)) => {
                header[3] & 0xe0 == 0 && matches!(header[8], 0 | 2 | 4) && matches!(header[9], 0..=19 | 255)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn member_is_found_among_other_bytes() {
        let header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];
        let odd = [0x1f, 0x8b, 8, 0xff, 0, 0, 0, 0, 2, 255];
        assert_eq!(Packer::Gzip.find(&[&odd[..], b"abc", &header, b"d"].concat()), Some(13));
        assert_eq!(Packer::Gzip.find(&header[..9]), None);
        assert_eq!(Packer::Zstd.find(b"ab\x28\xb5\x2f\xfd"), Some(2));
    }

    #[test]
    fn name_says_what_packed_a_file() {
        assert_eq!(Packer::of_name("NEWS.warc.GZ"), Some(Packer::Gzip));
        assert_eq!(Packer::of_name("a.jsonl.zst"), Some(Packer::Zstd));
        assert_eq!(Packer::of_name("gz"), None);
    }
}
