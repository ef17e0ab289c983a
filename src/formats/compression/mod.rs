//! Decompression, only as far as the output is read.

mod gzip;
mod packed_input;
mod packer;
#[cfg(test)]
mod tests;
mod unpacked;

use std::io::{self, BufRead, BufReader, Read};

use zstd::stream::read::Decoder as ZstdDecoder;

use self::gzip::GzipMember;
use self::packed_input::{BUFFER, PackedInput};
use self::packer::{Packer, ZSTD};
pub use self::unpacked::Verified;
use self::unpacked::{Place, Unpacked};
use super::ParseError;
use super::magic;
use super::parse_error::SourceError;

/// How the frame begins in which web archives keep the dictionary of all others (IIPC, "Zstandard WARC").
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];

/// The largest dictionary that is read, in bytes.
const LARGEST_DICTIONARY: u32 = 8 << 20;

/// The largest window of a zstd frame that is allowed, as a power of two: what is asked for is allocated (128 MiB).
const WINDOW: u32 = 27;

/// The bytes of `input`, unpacked where it is gzip or zstd, in no more memory than some buffers and the window of the
/// packer. A bomb is decompressed only as far as it is read. `name`, that of the file, says what packed one whose first
/// bytes are damaged.
///
/// No byte of a member comes before its checksum is known to match, unless the member is long, or cut off: how far that is
/// known stands in [`Verified`].
///
/// Errors of the source are [`SourceError`]. What is cut off says so whenever it is read. Others are damage ([`is_damage`]),
/// said once, where it is: what is read next is the next member or frame that can be found, or the end.
///
/// # Errors
///
/// When the first bytes do not come.
pub fn unpacked<'i>(
    input: &'i mut dyn Read,
    name: Option<&str>,
    verified: &Verified,
) -> io::Result<Box<dyn BufRead + 'i>> {
    let mut input = PackedInput::of(input);
    let head = input.fill_buf()?;
    let mut dictionary = Vec::new();
    let packer = if head.starts_with(&DICTIONARY) {
        dictionary = read_dictionary(&mut input)?;
        Some(Packer::Zstd)
    } else {
        Packer::of(head).or_else(|| name.and_then(Packer::of_name).filter(|packer| is_damaged(*packer, head)))
    };
    if let Some(packer) = packer {
        let unpacked = Unpacked::of(Place::Behind(input), packer, dictionary, verified);
        return Ok(Box::new(BufReader::with_capacity(BUFFER, unpacked)));
    }
    verified.has_no_sums();
    Ok(Box::new(input.into_plain()))
}

/// Whether a file that this is said to have packed begins with damage.
fn is_damaged(packer: Packer, head: &[u8]) -> bool {
    packer.nearly_begins(head) || magic::recognize(head) == Some(magic::BINARY)
}

/// Whether an error of what is packed is about damage: it is neither cut off, nor does the source fail.
pub fn is_damage(error: &io::Error) -> bool {
    error.kind() != io::ErrorKind::UnexpectedEof && !SourceError::is_in(error)
}

/// Reads the dictionary with which all frames that follow are packed; it may be packed itself.
fn read_dictionary(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut head = [0; 8];
    input.read_exact(&mut head)?;
    let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
    if length > LARGEST_DICTIONARY {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "its dictionary is too large"));
    }
    let mut dictionary = vec![0; length as usize];
    input.read_exact(&mut dictionary)?;
    if !dictionary.starts_with(&ZSTD) {
        return Ok(dictionary);
    }
    let mut plain = Vec::new();
    ZstdDecoder::new(&dictionary[..])?.take(u64::from(LARGEST_DICTIONARY)).read_to_end(&mut plain)?;
    Ok(plain)
}

/// A member of a gzip file, or a frame of zstd: files may have several, one after the other.
enum Member<'i> {
    Gzip(GzipMember<PackedInput<'i>>),
    Zstd(ZstdDecoder<'static, PackedInput<'i>>),
}

impl<'i> Member<'i> {
    /// The one that begins where `input` stands.
    fn of(mut input: PackedInput<'i>, packer: Packer, dictionary: &[u8]) -> io::Result<Self> {
        input.begin();
        Ok(match packer {
            Packer::Gzip => Self::Gzip(GzipMember::of(input)),
            Packer::Zstd => {
                let mut decoder = ZstdDecoder::with_dictionary(input, dictionary)?.single_frame();
                decoder.window_log_max(WINDOW)?;
                Self::Zstd(decoder)
            }
        })
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(member) => member.read(buffer),
            Self::Zstd(decoder) => decoder.read(buffer),
        }
    }

    fn into_input(self) -> PackedInput<'i> {
        match self {
            Self::Gzip(member) => member.into_input(),
            Self::Zstd(decoder) => decoder.finish(),
        }
    }
}

/// The next bytes of `input`, no more than `most`; fewer only at its end, or where what is packed is cut off or followed by
/// what is damaged, which is returned beside them.
///
/// # Errors
///
/// When they do not come.
pub fn take(input: &mut dyn BufRead, most: u64) -> Result<(Vec<u8>, Result<(), ParseError>), ParseError> {
    let mut bytes = Vec::new();
    match input.take(most).read_to_end(&mut bytes).map_err(ParseError::from_reading) {
        Err(why) if why.is_cut_in_packing() || why.is_behind_members() => Ok((bytes, Err(why))),
        ended => ended.map(|_| (bytes, Ok(()))),
    }
}
