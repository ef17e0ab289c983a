//! The beginning of an input, by which its format is told, and what is damaged in it.

use std::cell::RefCell;
use std::io::{self, BufRead, Cursor, Read};
use std::rc::Rc;

use super::parse_error::{DamageError, SourceError};
use super::stated_format::StatedFormat;
use super::{LARGEST, ParseError, ReadOptions, compression, json, table};

/// How much is looked at to tell the format, in bytes.
const HEAD: u64 = 64 << 10;

/// The beginning of an input.
#[derive(Debug, Default)]
pub struct Beginning {
    /// Enough to tell the format, where so much has come.
    pub bytes: Vec<u8>,
    /// What was damaged before these bytes.
    before: Option<io::Error>,
    /// What is wrong behind them.
    after: Option<io::Error>,
}

impl Beginning {
    /// Reads it. Of an input that may wait for an answer it is a line, where that says what the input is. `is_known` is
    /// whether the format of records is known where the beginning is damaged.
    ///
    /// # Errors
    ///
    /// When the source fails.
    pub fn of(input: &mut dyn BufRead, options: &ReadOptions, is_known: bool) -> Result<Self, ParseError> {
        let mut beginning = Self::default();
        loop {
            beginning.after = read_beginning(input, options, &mut beginning.bytes)?;
            let is_damaged = beginning.after.as_ref().is_some_and(compression::is_damage);
            if !beginning.bytes.is_empty() || !is_damaged || is_known {
                return Ok(beginning);
            }
            // What comes behind the damage may tell.
            let damage = beginning.after.take();
            beginning.before = beginning.before.or(damage);
        }
    }

    /// Whether anything of it is lost.
    pub fn is_damaged(&self) -> bool {
        self.before.is_some() || self.after.as_ref().is_some_and(compression::is_damage)
    }

    /// Whether nothing is missing up to its end: what follows may be damaged.
    pub fn is_whole(&self) -> bool {
        self.before.is_none() && self.after.as_ref().is_none_or(DamageError::is_behind)
    }

    /// What is wrong with it.
    pub fn fault(self) -> Option<ParseError> {
        self.before.or(self.after).map(ParseError::from_reading)
    }

    /// All bytes of one document, of which `rest` comes behind, and what is wrong where they end.
    ///
    /// # Errors
    ///
    /// When they do not come, are damaged in between, or more than [`LARGEST`].
    pub fn whole(self, mut rest: Box<dyn BufRead + '_>) -> Result<(Vec<u8>, Result<(), ParseError>), ParseError> {
        if let Some(damage) = self.before {
            return Err(ParseError::from_reading(damage));
        }
        let mut bytes = self.bytes;
        let mut ended = self.after.map_or(Ok(()), |error| Err(ParseError::from_reading(error)));
        if ended.is_ok() {
            let (mut more, behind) = compression::take(&mut *rest, LARGEST + 1 - bytes.len() as u64)?;
            bytes.append(&mut more);
            ended = behind;
        }
        if bytes.len() as u64 > LARGEST {
            return Err(ParseError::TooLarge);
        }
        Ok((bytes, ended))
    }

    /// The whole input, of which `rest` comes behind.
    pub fn stream<'i>(self, rest: Box<dyn BufRead + 'i>) -> Box<dyn BufRead + 'i> {
        let whole = Fault(self.before).chain(Cursor::new(self.bytes)).chain(Fault(self.after)).chain(rest);
        Box::new(whole)
    }
}

/// Reads enough into `bytes` to tell the format; returns what was wrong behind it, but with the source.
fn read_beginning(
    input: &mut dyn BufRead,
    options: &ReadOptions,
    bytes: &mut Vec<u8>,
) -> Result<Option<io::Error>, ParseError> {
    if options.is_live {
        let mut fault = read(|bytes| input.take(HEAD).read_until(b'\n', bytes), bytes)?;
        // What stands between the cells of a table is told from the names of its columns.
        while fault.is_none() && options.format.is_some_and(StatedFormat::is_table) && table::ends_before_names(bytes) {
            let before = bytes.len();
            fault = read(|bytes| input.take(HEAD).read_until(b'\n', bytes), bytes)?;
            if bytes.len() == before {
                break;
            }
        }
        // The first records may be none.
        while fault.is_none() && options.format.is_none() && json::may_begin_lines(bytes) {
            let before = bytes.len();
            fault = read(|bytes| input.take(HEAD).read_until(b'\n', bytes), bytes)?;
            if bytes.len() == before {
                break;
            }
        }
        let is_lines = || json::is_object_line(bytes) || json::are_lines(bytes);
        let is_enough = options.format.map_or_else(is_lines, StatedFormat::is_of_lines);
        if is_enough || fault.is_some() {
            return Ok(fault);
        }
    }
    let most = HEAD.saturating_sub(bytes.len() as u64);
    read(|bytes| input.take(most).read_to_end(bytes), bytes)
}

/// Reads into `bytes`; returns what was wrong, but with the source.
fn read(
    read: impl FnOnce(&mut Vec<u8>) -> io::Result<usize>,
    bytes: &mut Vec<u8>,
) -> Result<Option<io::Error>, ParseError> {
    match read(bytes) {
        Ok(_) => Ok(None),
        Err(error) if SourceError::is_in(&error) => Err(ParseError::from_reading(error)),
        Err(error) => Ok(Some(error)),
    }
}

/// No bytes, but once an error.
struct Fault(Option<io::Error>);

impl Read for Fault {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl BufRead for Fault {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _: usize) {}
}

/// What is said of an input once it has been read.
pub type Ending = Rc<RefCell<Option<io::Error>>>;

/// An input that ends where what is packed is whole, and what follows damaged: that is said afterwards.
pub struct WholeMembers<R> {
    input: R,
    ending: Ending,
}

impl<R: BufRead> WholeMembers<R> {
    /// Of `input`; what is wrong is put into `ending`.
    pub fn of(input: R, ending: &Ending) -> Self {
        Self { input, ending: Rc::clone(ending) }
    }
}

impl<R: BufRead> Read for WholeMembers<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for WholeMembers<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.ending.borrow().is_some() {
            return Ok(&[]);
        }
        match self.input.fill_buf() {
            Err(error) if DamageError::is_behind(&error) => {
                *self.ending.borrow_mut() = Some(error);
                Ok(&[])
            }
            come => come,
        }
    }

    fn consume(&mut self, count: usize) {
        self.input.consume(count);
    }
}
