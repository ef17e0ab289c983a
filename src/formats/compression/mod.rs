//! Decompression, only as far as the output is read.

mod gzip;
mod packed_input;
mod packer;
#[cfg(test)]
mod tests;

use std::io::{self, BufRead, BufReader, Read};

use zstd::stream::read::Decoder as ZstdDecoder;

use self::gzip::GzipMember;
use self::packed_input::{BUFFER, PackedInput};
use self::packer::{Packer, ZSTD};
use super::ParseError;
use super::magic;
use super::parse_error::{BetweenMembersError, SourceError};

/// How the frame begins in which web archives keep the dictionary of all others (IIPC, "Zstandard WARC").
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];

/// The largest dictionary that is read, in bytes.
const LARGEST_DICTIONARY: u32 = 8 << 20;

/// What is said of a member that seems to be longer than it is.
const NO_END: &str = "a part of it does not end";

/// The largest window of a zstd frame that is allowed, as a power of two: what is asked for is allocated (128 MiB).
const WINDOW: u32 = 27;

/// The bytes of `input`, unpacked where it is gzip or zstd, in no more memory than some buffers and the window of the
/// packer. A bomb is decompressed only as far as it is read. `name`, that of the file, says what packed one whose first
/// bytes are damaged.
///
/// Errors of the source are [`SourceError`]. What is cut off says so whenever it is read. Others are damage ([`is_damage`]),
/// said once, where it is: what is read next is the next member or frame that can be found, or the end.
///
/// # Errors
///
/// When the first bytes do not come.
pub fn unpacked<'i>(input: &'i mut dyn Read, name: Option<&str>) -> io::Result<Box<dyn BufRead + 'i>> {
    let mut input = PackedInput::of(input);
    let head = input.fill_buf()?;
    let mut dictionary = Vec::new();
    let packer = if head.starts_with(&DICTIONARY) {
        dictionary = read_dictionary(&mut input)?;
        Some(Packer::Zstd)
    } else {
        Packer::of(head).or_else(|| name.and_then(Packer::of_name).filter(|packer| is_damaged(*packer, head)))
    };
    Ok(match packer {
        Some(packer) => {
            let unpacked = Unpacked { place: Place::Behind(input), packer, dictionary };
            Box::new(BufReader::with_capacity(BUFFER, unpacked))
        }
        None => Box::new(input.into_plain()),
    })
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

/// The bytes of all members; nothing at the end.
struct Unpacked<'i> {
    place: Place<'i>,
    packer: Packer,
    /// What the frames of zstd are packed with, where they are packed with one.
    dictionary: Vec<u8>,
}

/// Where it is read.
enum Place<'i> {
    In {
        member: Member<'i>,
        /// Whether any bytes came of it.
        has_given: bool,
    },
    /// Before a member, or behind the last.
    Behind(PackedInput<'i>),
    /// In damage, up to where the next member begins.
    Lost(PackedInput<'i>),
    End {
        is_cut: bool,
    },
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match &mut self.place {
                Place::In { member, has_given } => match member.read(buffer) {
                    Ok(0) if buffer.is_empty() => return Ok(0),
                    Ok(0) => self.leave()?,
                    Ok(read) => {
                        *has_given = true;
                        return Ok(read);
                    }
                    Err(error) => return Err(self.fail(error)),
                },
                Place::Behind(_) | Place::Lost(_) => self.enter()?,
                Place::End { is_cut: true } => return Err(io::ErrorKind::UnexpectedEof.into()),
                Place::End { is_cut: false } => return Ok(0),
            }
        }
    }
}

impl<'i> Unpacked<'i> {
    fn take_place(&mut self) -> Place<'i> {
        std::mem::replace(&mut self.place, Place::End { is_cut: false })
    }

    /// Leaves a member that is whole.
    fn leave(&mut self) -> io::Result<()> {
        let Place::In { member, .. } = self.take_place() else { return Ok(()) };
        let lacks_sum = matches!(&member, Member::Gzip(member) if member.lacks_sum);
        let mut input = member.into_input();
        if !lacks_sum {
            self.place = Place::Behind(input);
            return Ok(());
        }
        // The input has ended. One that is damaged may have been read as if all the others were part of it.
        input.read_again();
        if input.has_another(self.packer) {
            self.place = Place::Lost(input);
            return Err(io::Error::new(io::ErrorKind::InvalidData, NO_END));
        }
        Ok(())
    }

    /// Begins with the next member, wherever that begins. Blanks may stand before it, and zeros at the end.
    fn enter(&mut self) -> io::Result<()> {
        let (mut input, is_lost) = match self.take_place() {
            Place::Behind(input) => (input, false),
            Place::Lost(input) => (input, true),
            other => {
                self.place = other;
                return Ok(());
            }
        };
        let is_there = if is_lost {
            input.find(self.packer)?
        } else {
            let begins = self.packer.goes_on(input.fill_buf()?);
            let (has_zeros, follows) = if begins { (false, true) } else { input.skip_padding()? };
            // Zeros in the middle may have been a member.
            if follows && (has_zeros || !self.packer.goes_on(input.fill_buf()?)) {
                self.place = Place::Lost(input);
                return Err(BetweenMembersError("there are bytes that belong to no part of it".to_owned()).into());
            }
            follows
        };
        if is_there {
            let member = Member::of(input, self.packer, &self.dictionary)?;
            self.place = Place::In { member, has_given: false };
        }
        Ok(())
    }

    /// Leaves a member with an error, which is returned.
    fn fail(&mut self, error: io::Error) -> io::Error {
        if SourceError::is_in(&error) {
            return error;
        }
        let Place::In { member, has_given } = self.take_place() else { return error };
        let mut input = member.into_input();
        // What is damaged may have been read as if it went on over its end: those behind it are in what was read.
        input.read_again();
        let is_end = error.kind() == io::ErrorKind::UnexpectedEof;
        if is_end && !input.has_another(self.packer) {
            self.place = Place::End { is_cut: true };
            return error;
        }
        self.place = Place::Lost(input);
        let why = if is_end { NO_END.to_owned() } else { error.to_string() };
        if has_given { io::Error::new(io::ErrorKind::InvalidData, why) } else { BetweenMembersError(why).into() }
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
        Err(why) if why.is_cut_in_packing() || why.is_between_members() => Ok((bytes, Err(why))),
        ended => ended.map(|_| (bytes, Ok(()))),
    }
}
