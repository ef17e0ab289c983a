//! One member of gzip.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;
use flate2::{Crc, Decompress, FlushDecompress, Status};

/// A member of gzip. The decoder of flate2 does not tell one that lacks only its checksum, whose words are all there, from
/// one that is cut in the middle, and keeps to itself what comes before damage.
pub struct GzipMember<R> {
    input: R,
    inflater: Decompress,
    sum: Crc,
    next: Part,
    /// What is wrong behind the words that were handed out last.
    broken: Option<io::Error>,
    /// Whether the input ends in its checksum.
    pub lacks_sum: bool,
}

/// What is read next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Header,
    Words,
    Sum,
    Nothing,
}

impl<R: BufRead> GzipMember<R> {
    /// The one that begins where `input` stands.
    pub fn of(input: R) -> Self {
        Self {
            input,
            inflater: Decompress::new(false),
            sum: Crc::new(),
            next: Part::Header,
            broken: None,
            lacks_sum: false,
        }
    }

    pub fn into_input(self) -> R {
        self.input
    }

    fn read_header(&mut self) -> io::Result<()> {
        let mut decoder = GzDecoder::new(&mut self.input);
        if decoder.header().is_none() {
            // It says what is wrong with the header.
            decoder.read_exact(&mut [0])?;
        }
        Ok(())
    }

    /// Compares the checksum and the length that follow (RFC 1952 §2.3.1), where they came.
    fn check(&mut self) -> io::Result<()> {
        let mut said = Vec::with_capacity(8);
        self.input.by_ref().take(8).read_to_end(&mut said)?;
        self.lacks_sum = said.len() < 8;
        if [self.sum.sum().to_le_bytes(), self.sum.amount().to_le_bytes()].concat().starts_with(&said) {
            return Ok(());
        }
        Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum does not match"))
    }
}

impl<R: BufRead> Read for GzipMember<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        if self.next == Part::Header {
            self.read_header()?;
            self.next = Part::Words;
        }
        while self.next == Part::Words && !buffer.is_empty() {
            let packed = self.input.fill_buf()?;
            let is_last = packed.is_empty();
            let (used, given) = (self.inflater.total_in(), self.inflater.total_out());
            let status = self.inflater.decompress(packed, buffer, FlushDecompress::None);
            let (used, given) = (self.inflater.total_in() - used, (self.inflater.total_out() - given) as usize);
            self.input.consume(used as usize);
            self.sum.update(&buffer[..given]);
            match status {
                Ok(Status::StreamEnd) => self.next = Part::Sum,
                Ok(_) if is_last && given == 0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) => {}
                Err(error) if given == 0 => return Err(error.into()),
                Err(error) => self.broken = Some(error.into()),
            }
            if given > 0 {
                return Ok(given);
            }
        }
        if self.next == Part::Sum {
            self.next = Part::Nothing;
            self.check()?;
        }
        Ok(0)
    }
}
