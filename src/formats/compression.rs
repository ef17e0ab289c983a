//! Decompression, only as far as the output is read.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::ParseError;
use super::parse_error::SourceError;

/// How a gzip stream begins (RFC 1952 §2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// How a zstd frame begins (RFC 8878 §3.1.1).
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// How much is read at once, in bytes.
const BUFFER: usize = 64 << 10;

/// The largest window of a zstd frame that is allowed, as a power of two: what is asked for is allocated (128 MiB).
const WINDOW: u32 = 27;

/// The bytes of `input`, unpacked where it is gzip or zstd, in no more memory than a buffer and the window of the
/// packer. A bomb is decompressed only as far as it is read.
///
/// Errors of the source are [`SourceError`]; others are damage.
///
/// # Errors
///
/// When the first bytes do not come.
pub fn unpacked<'i>(input: &'i mut dyn Read) -> io::Result<Box<dyn BufRead + 'i>> {
    let mut input = BufReader::with_capacity(BUFFER, Source(input));
    let head = input.fill_buf()?;
    // The one byte that a slow source may have given so far tells nothing yet.
    let (is_gzip, is_zstd) = (head.starts_with(&GZIP), head.starts_with(&ZSTD));
    if is_gzip {
        return Ok(Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(input))));
    }
    if is_zstd {
        let mut decoder = zstd::stream::read::Decoder::with_buffer(input)?;
        decoder.window_log_max(WINDOW)?;
        return Ok(Box::new(BufReader::with_capacity(BUFFER, decoder)));
    }
    Ok(Box::new(input))
}

/// The next bytes of `input`, no more than `most`; fewer only at its end.
///
/// # Errors
///
/// When they do not come.
pub fn take(input: &mut dyn BufRead, most: u64) -> Result<Vec<u8>, ParseError> {
    let mut bytes = Vec::new();
    input.take(most).read_to_end(&mut bytes).map_err(ParseError::from_reading)?;
    Ok(bytes)
}

/// Where packed bytes come from; marks its errors as its own.
struct Source<'i>(&'i mut dyn Read);

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // At least four bytes are wanted to tell what they are.
        let mut length = 0;
        while length < buffer.len().min(ZSTD.len()) {
            match self.0.read(&mut buffer[length..]) {
                Ok(0) => break,
                Ok(read) => length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) if length > 0 => break,
                Err(error) => return Err(io::Error::other(SourceError(error))),
            }
        }
        Ok(length)
    }
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

    fn first(mut input: impl Read, most: u64) -> Result<Vec<u8>, ParseError> {
        take(&mut *unpacked(&mut input).map_err(ParseError::from_reading)?, most)
    }

    #[test]
    fn compression_is_recognized_by_the_first_bytes() {
        assert_eq!(first(&b"plain"[..], 99).unwrap(), b"plain");
        assert_eq!(first(&*packed(b"packed"), 99).unwrap(), b"packed");
        assert_eq!(first(&*zstd::encode_all(&b"packed"[..], 3).unwrap(), 99).unwrap(), b"packed");
        let two = [packed(b"two "), packed(b"members")].concat();
        assert_eq!(first(&*two, 99).unwrap(), b"two members");
        let frames =
            [zstd::encode_all(&b"two "[..], 1).unwrap(), zstd::encode_all(&b"frames"[..], 1).unwrap()].concat();
        assert_eq!(first(&*frames, 99).unwrap(), b"two frames");
        assert_eq!(first(&b""[..], 99).unwrap(), b"");
    }

    #[test]
    fn slow_source_is_reported_too() {
        struct Slow(Vec<u8>);
        impl Read for Slow {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let some = usize::from(!self.0.is_empty()).min(buffer.len());
                buffer[..some].copy_from_slice(&self.0.drain(..some).collect::<Vec<_>>());
                Ok(some)
            }
        }
        assert_eq!(first(Slow(packed(b"packed")), 99).unwrap(), b"packed");
    }

    #[test]
    fn unpacking_stops_with_reading() {
        let bomb = packed(&vec![b'a'; 1 << 20]);
        assert!(bomb.len() < 4096);
        assert_eq!(first(&*bomb, 4096).unwrap().len(), 4096);
        assert_eq!(first(io::repeat(b'a'), 4096).unwrap().len(), 4096);
    }

    #[test]
    fn damage_is_named() {
        let mut cut = packed(b"some words that are cut off");
        cut.truncate(cut.len() - 9);
        assert!(matches!(first(&*cut, 99), Err(ParseError::Damaged(_))));
        let mut cut = zstd::encode_all(&b"some words that are cut off"[..], 1).unwrap();
        cut.truncate(cut.len() - 9);
        assert!(matches!(first(&*cut, 99), Err(ParseError::Damaged(_))));
    }
}
