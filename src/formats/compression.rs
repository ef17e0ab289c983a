//! Unpacking, within bounds.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

use super::Refusal;

/// How a gzip stream begins (RFC 1952 §2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// All bytes of `input`, unpacked where it is gzip.
///
/// Reads no more than `largest` bytes, and one, of what is packed and of what comes out, however small a bomb is.
pub fn unpacked(input: &mut dyn Read, largest: u64) -> Result<Vec<u8>, Refusal> {
    let bytes = bounded(input, largest, Refusal::Unreadable)?;
    if !bytes.starts_with(&GZIP) {
        return Ok(bytes);
    }
    bounded(&mut MultiGzDecoder::new(bytes.as_slice()), largest, Refusal::Damaged)
}

/// All bytes of `input` when there are at most `largest`; `failed` names the refusal for an error in between.
fn bounded(input: &mut dyn Read, largest: u64, failed: fn(io::Error) -> Refusal) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    input.take(largest + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > largest { Err(Refusal::TooLarge) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn gzip_is_told_by_its_first_bytes() {
        assert_eq!(unpacked(&mut &b"plain"[..], 99).unwrap(), b"plain");
        assert_eq!(unpacked(&mut packed(b"packed").as_slice(), 99).unwrap(), b"packed");
        let two = [packed(b"two "), packed(b"members")].concat();
        assert_eq!(unpacked(&mut two.as_slice(), 99).unwrap(), b"two members");
    }

    #[test]
    fn the_bound_holds_before_and_after() {
        assert!(unpacked(&mut &b"12345"[..], 5).is_ok());
        assert!(matches!(unpacked(&mut &b"123456"[..], 5), Err(Refusal::TooLarge)));
        let bomb = packed(&vec![b'a'; 1 << 20]);
        assert!(bomb.len() < 4096);
        assert!(matches!(unpacked(&mut bomb.as_slice(), 4096), Err(Refusal::TooLarge)));
        // A source that never ends is read up to the bound only.
        assert!(matches!(unpacked(&mut io::repeat(b'a'), 4096), Err(Refusal::TooLarge)));
    }

    #[test]
    fn damage_is_named() {
        let mut cut = packed(b"some words that are cut off");
        cut.truncate(cut.len() - 9);
        assert!(matches!(unpacked(&mut cut.as_slice(), 99), Err(Refusal::Damaged(_))));
    }
}
