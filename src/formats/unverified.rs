//! Which records came of what is packed before its checksum was known.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::ParseError;
use super::compression::Verified;
use super::parse_error::{DamageError, RecordNumber, RecordRange};

/// How much of an input was read by who cuts it into records, in bytes.
#[derive(Debug, Clone, Default)]
pub struct Consumed(Rc<Cell<u64>>);

impl Consumed {
    /// Counts what is read of `input`.
    pub fn of<R: BufRead>(&self, input: R) -> impl BufRead + use<R> {
        Counted { input, consumed: self.clone() }
    }

    /// How much it is so far.
    pub fn count(&self) -> u64 {
        self.0.get()
    }
}

struct Counted<R> {
    input: R,
    consumed: Consumed,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.consumed.0.set(self.consumed.0.get() + read as u64);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.input.consume(count);
        self.consumed.0.set(self.consumed.0.get() + count as u64);
    }
}

/// The records of the part that is packed by itself and read, where its checksum is not known yet.
#[derive(Debug, Default)]
pub struct Unverified {
    verified: Verified,
    consumed: Consumed,
    /// Where that part begins.
    since: u64,
    records: Option<RecordRange>,
    /// Where the next record ends, where more than it was consumed.
    end: Option<u64>,
}

impl Unverified {
    /// Of an input of which so much is verified and consumed.
    pub fn of(verified: &Verified, consumed: &Consumed) -> Self {
        Self { verified: verified.clone(), consumed: consumed.clone(), ..Self::default() }
    }

    /// How much of the input was read, in bytes.
    pub fn consumed(&self) -> u64 {
        self.consumed.count()
    }

    /// The next record ends at this byte, however much was consumed.
    pub const fn end_at(&mut self, end: u64) {
        self.end = Some(end);
    }

    /// This record ends where the input is consumed, unless it was said where.
    pub fn add(&mut self, number: RecordNumber) {
        let since = self.verified.until();
        if self.end.take().unwrap_or_else(|| self.consumed.count()) <= since {
            return;
        }
        match &mut self.records {
            Some(records) if self.since == since => records.last = number.count(),
            records => {
                *records = Some(RecordRange { first: number, last: number.count() });
                self.since = since;
            }
        }
    }

    /// The same refusal; where it is about damage, it names the records that may be wrong.
    pub fn named_in(&self, why: ParseError) -> ParseError {
        let inner = |why: Box<ParseError>| Box::new(self.named_in(*why));
        match why {
            ParseError::Record { number, why } => ParseError::Record { number, why: inner(why) },
            ParseError::At { offset, why } => ParseError::At { offset, why: inner(why) },
            ParseError::LastRead(why) => ParseError::LastRead(inner(why)),
            ParseError::Damaged(error) => {
                let records = DamageError::since(&error).filter(|since| *since == self.since).and(self.records);
                let is_cut = error.kind() == io::ErrorKind::UnexpectedEof;
                let why = if is_cut { ParseError::PackedCutOff } else { ParseError::Damaged(error) };
                match records {
                    Some(records) => ParseError::InDoubt { records, why: Box::new(why) },
                    None => why,
                }
            }
            other => other,
        }
    }
}
