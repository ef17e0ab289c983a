//! Decompression, only as far as the output is read.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::GzDecoder;
use flate2::{Crc, Decompress, FlushDecompress, Status};
use zstd::stream::read::Decoder as ZstdDecoder;

use super::ParseError;
use super::parse_error::SourceError;

/// How a gzip stream begins (RFC 1952 §2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// How a zstd frame begins (RFC 8878 §3.1.1).
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// How a zstd frame without words begins after a first byte from 0x50 to 0x5f (RFC 8878 §3.1.2).
const SKIPPABLE: [u8; 3] = [0x2a, 0x4d, 0x18];

/// How the frame begins in which web archives keep the dictionary of all others (IIPC, "Zstandard WARC").
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];

/// The largest dictionary that is read, in bytes.
const LARGEST_DICTIONARY: u32 = 8 << 20;

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
    unpacked_past_damage(input, &Rc::default())
}

/// As [`unpacked`]; while `goes_on` holds, damage in a member or a frame does not end it: [`GAP`] stands for what is lost up to
/// the next one.
///
/// # Errors
///
/// When the first bytes do not come.
pub fn unpacked_past_damage<'i>(
    input: &'i mut dyn Read,
    goes_on: &Rc<Cell<bool>>,
) -> io::Result<Box<dyn BufRead + 'i>> {
    let mut input = BufReader::with_capacity(BUFFER, Source(input));
    let head = input.fill_buf()?;
    if head.starts_with(&DICTIONARY) {
        let dictionary = dictionary(&mut input)?;
        let is_packed = Packer::Zstd.goes_on(input.fill_buf()?);
        let member = is_packed.then(|| Packer::Zstd.unpack(Box::new(input) as Packed<'i>, &dictionary));
        let unpacked = Unpacked::of(member.transpose()?, dictionary, goes_on);
        return Ok(Box::new(BufReader::with_capacity(BUFFER, unpacked)));
    }
    Ok(match Packer::of(head) {
        Some(packer) => {
            let member = packer.unpack(Box::new(input) as Packed<'i>, &[])?;
            Box::new(BufReader::with_capacity(BUFFER, Unpacked::of(Some(member), Vec::new(), goes_on)))
        }
        None => Box::new(input),
    })
}

/// What stands in the place of what is lost to damage: it belongs to no record.
pub const GAP: &[u8] = b"\r\n\r\n(damaged)\r\n\r\n";

/// Packed bytes on their way.
type Packed<'i> = Box<dyn BufRead + 'i>;

/// Reads the dictionary with which all frames that follow are packed; it may be packed itself.
fn dictionary(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
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

/// What packed some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packer {
    Gzip,
    Zstd,
}

impl Packer {
    /// What packed bytes that begin with `head`.
    fn of(head: &[u8]) -> Option<Self> {
        [Self::Gzip, Self::Zstd].into_iter().find(|packer| head.starts_with(packer.magic()))
    }

    fn magic(self) -> &'static [u8] {
        match self {
            Self::Gzip => &GZIP,
            Self::Zstd => &ZSTD,
        }
    }

    /// Whether it packed what begins with `head`, too, of which only the first byte may have come so far.
    fn goes_on(self, head: &[u8]) -> bool {
        let begins = |head: &[u8], magic: &[u8]| head.iter().zip(magic).all(|(byte, magic)| byte == magic);
        head.first().is_some_and(|first| {
            begins(head, self.magic()) || self == Self::Zstd && first & 0xf0 == 0x50 && begins(&head[1..], &SKIPPABLE)
        })
    }

    fn unpack<R: BufRead>(self, input: R, dictionary: &[u8]) -> io::Result<Member<R>> {
        Ok(match self {
            Self::Gzip => Member::Gzip(GzipMember::new(input)?),
            Self::Zstd => {
                let mut decoder = ZstdDecoder::with_dictionary(input, dictionary)?.single_frame();
                decoder.window_log_max(WINDOW)?;
                Member::Zstd(decoder)
            }
        })
    }
}

/// A member of a gzip file, or a frame of zstd: files may have several, one after the other.
enum Member<R: BufRead> {
    Gzip(GzipMember<R>),
    Zstd(ZstdDecoder<'static, R>),
}

impl<R: BufRead> Member<R> {
    /// The next one. What else follows is ignored, as gzip does: tapes and disks fill up with zeros, servers add lines.
    fn next(self, dictionary: &[u8]) -> io::Result<Option<Self>> {
        let (packer, mut input) = match self {
            Self::Gzip(member) => (Packer::Gzip, member.input),
            Self::Zstd(decoder) => (Packer::Zstd, decoder.finish()),
        };
        packer.goes_on(input.fill_buf()?).then(|| packer.unpack(input, dictionary)).transpose()
    }
}

/// A member of gzip after its header. The decoder of flate2 does not tell one that lacks only its checksum, whose words
/// are all there, from one that is cut in the middle.
struct GzipMember<R> {
    input: R,
    inflater: Decompress,
    sum: Crc,
    is_ended: bool,
}

impl<R: BufRead> GzipMember<R> {
    fn new(input: R) -> io::Result<Self> {
        let mut decoder = GzDecoder::new(input);
        if decoder.header().is_none() {
            // It says what is wrong with the header.
            decoder.read_exact(&mut [0])?;
        }
        let (inflater, sum) = (Decompress::new(false), Crc::new());
        Ok(Self { input: decoder.into_inner(), inflater, sum, is_ended: false })
    }

    /// Compares the checksum and the length that follow (RFC 1952 §2.3.1), where they came.
    fn check(&mut self) -> io::Result<()> {
        let mut said = Vec::with_capacity(8);
        self.input.by_ref().take(8).read_to_end(&mut said)?;
        let is_right = [self.sum.sum().to_le_bytes(), self.sum.amount().to_le_bytes()].concat() == said;
        if is_right || said.len() < 8 {
            return Ok(());
        }
        Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum does not match"))
    }
}

impl<R: BufRead> Read for GzipMember<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.is_ended && !buffer.is_empty() {
            let packed = self.input.fill_buf()?;
            let is_last = packed.is_empty();
            let (used, given) = (self.inflater.total_in(), self.inflater.total_out());
            let status = self.inflater.decompress(packed, buffer, FlushDecompress::None)?;
            let (used, given) = (self.inflater.total_in() - used, (self.inflater.total_out() - given) as usize);
            self.input.consume(used as usize);
            self.sum.update(&buffer[..given]);
            if status == Status::StreamEnd {
                self.is_ended = true;
                self.check()?;
            } else if is_last && given == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if given > 0 {
                return Ok(given);
            }
        }
        Ok(0)
    }
}

/// The bytes of all members; nothing at the end. Where they are cut off, every reading says so.
struct Unpacked<'i> {
    member: Option<Member<Packed<'i>>>,
    /// What the frames of zstd are packed with, where they are packed with one.
    dictionary: Vec<u8>,
    is_cut: bool,
    /// Whether damage does not end it.
    goes_on: Rc<Cell<bool>>,
    /// What stands for what was lost, and has not been read yet.
    gap: &'static [u8],
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_cut {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if !self.gap.is_empty() {
            return self.gap.read(buffer);
        }
        match self.read_members(buffer) {
            Err(error) if self.goes_on.get() && is_damage(&error) => {
                self.skip_damage()?;
                self.gap = GAP;
                self.gap.read(buffer)
            }
            read => read.inspect_err(|error| self.is_cut = error.kind() == io::ErrorKind::UnexpectedEof),
        }
    }
}

/// Whether an error is about what is packed: it is neither cut off, nor does the source fail.
fn is_damage(error: &io::Error) -> bool {
    error.kind() != io::ErrorKind::UnexpectedEof && !matches!(error.get_ref(), Some(inner) if inner.is::<SourceError>())
}

impl<'i> Unpacked<'i> {
    fn of(member: Option<Member<Packed<'i>>>, dictionary: Vec<u8>, goes_on: &Rc<Cell<bool>>) -> Self {
        Self { member, dictionary, is_cut: false, goes_on: Rc::clone(goes_on), gap: &[] }
    }

    fn read_members(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let read = match member {
                Member::Gzip(member) => member.read(buffer)?,
                Member::Zstd(decoder) => decoder.read(buffer)?,
            };
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.member = self.member.take().map(|member| member.next(&self.dictionary)).transpose()?.flatten();
        }
        Ok(0)
    }

    /// Goes on with the next member, wherever that begins.
    fn skip_damage(&mut self) -> io::Result<()> {
        let (packer, mut input) = match self.member.take() {
            Some(Member::Gzip(member)) => (Packer::Gzip, member.input),
            Some(Member::Zstd(decoder)) => (Packer::Zstd, decoder.finish()),
            None => return Ok(()),
        };
        // After the magic of gzip stands the only method there is.
        let magic: &'static [u8] = if packer == Packer::Gzip { &[GZIP[0], GZIP[1], 8] } else { &ZSTD };
        let mut found = 0;
        while found < magic.len() {
            let Some(&byte) = input.fill_buf()?.first() else { return Ok(()) };
            input.consume(1);
            found = if byte == magic[found] { found + 1 } else { usize::from(byte == magic[0]) };
        }
        let input: Packed<'i> = Box::new(magic.chain(input));
        self.member = Some(packer.unpack(input, &self.dictionary)?);
        Ok(())
    }
}

/// The next bytes of `input`, no more than `most`; fewer only at its end, or where what is packed is cut off, which is
/// returned beside them and by every later reading.
///
/// # Errors
///
/// When they do not come.
pub fn take(input: &mut dyn BufRead, most: u64) -> Result<(Vec<u8>, Result<(), ParseError>), ParseError> {
    let mut bytes = Vec::new();
    match input.take(most).read_to_end(&mut bytes).map_err(ParseError::from_reading) {
        Err(why) if why.is_cut_in_packing() => Ok((bytes, Err(why))),
        ended => ended.map(|_| (bytes, Ok(()))),
    }
}

/// As [`take`], no further than to the end of a line.
pub fn take_line(input: &mut dyn BufRead, most: u64) -> Result<(Vec<u8>, Result<(), ParseError>), ParseError> {
    let mut bytes = Vec::new();
    match input.take(most).read_until(b'\n', &mut bytes).map_err(ParseError::from_reading) {
        Err(why) if why.is_cut_in_packing() => Ok((bytes, Err(why))),
        ended => ended.map(|_| (bytes, Ok(()))),
    }
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
        let (bytes, ended) = take(&mut *unpacked(&mut input).map_err(ParseError::from_reading)?, most)?;
        ended.map(|()| bytes)
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
    fn what_follows_is_ignored() {
        let gzip = packed(b"words");
        let zstd = zstd::encode_all(&b"words"[..], 3).unwrap();
        for member in [&gzip, &zstd] {
            for after in [&[0; 512][..], b"\r\n", b"<!-- cached -->", &vec![0; 200_000]] {
                assert_eq!(first(&*[member, after].concat(), 99).unwrap(), b"words");
                assert_eq!(first(&*[member, &member[..], after].concat(), 99).unwrap(), b"wordswords");
            }
        }
        let skippable = [&zstd, &b"\x50\x2a\x4d\x18\x03\0\0\0abc"[..], &zstd].concat();
        assert_eq!(first(&*skippable, 99).unwrap(), b"wordswords");
        // As bgzip writes them.
        assert_eq!(first(&*gzip.repeat(20_000), 200_000).unwrap().len(), 100_000);
        let cut = [&gzip, &gzip[..gzip.len() - 9]].concat();
        assert!(matches!(first(&*cut, 99), Err(ParseError::Damaged(_))));
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
    fn gzip_that_lacks_only_its_checksum_is_whole() {
        let whole = packed(b"some words");
        for missing in 1..=8 {
            assert_eq!(first(&whole[..whole.len() - missing], 99).unwrap(), b"some words", "{missing}");
        }
        for at in [1, 5] {
            let mut wrong = whole.clone();
            let end = wrong.len();
            wrong[end - at] ^= 0x55;
            assert!(matches!(first(&*wrong, 99), Err(ParseError::Damaged(_))), "{at}");
        }
        for length in 2..10 {
            assert!(matches!(first(&whole[..length], 99), Err(ParseError::Damaged(_))), "cut in its header: {length}");
        }
    }

    #[test]
    fn words_before_a_cut_are_handed_out_and_the_cut_is_said_again() {
        let words: Vec<u8> =
            (0..40_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_string().into_bytes()).collect();
        for packed in [packed(&words), zstd::encode_all(&words[..], 3).unwrap()] {
            let mut half = &packed[..packed.len() * 2 / 3];
            let mut input = unpacked(&mut half).unwrap();
            let (start, ended) = take(&mut *input, 1 << 20).unwrap();
            assert!(words.starts_with(&start) && start.len() > words.len() / 3);
            assert!(ended.is_err() && take(&mut *input, 1).unwrap().1.is_err());
        }
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
