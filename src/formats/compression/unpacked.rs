//! The bytes of all members of a packed input, one after the other.
//!
//! A byte that changed on a disk or on its way unpacks to other words, and only the checksum behind a member tells. What a
//! member unpacks to is held back until then, up to [`MOST_HELD`].

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::Member;
use super::packed_input::{BUFFER, PackedInput};
use super::packer::Packer;
use crate::formats::parse_error::{DamageError, DamagedPart, SourceError};

/// How much of a member is unpacked before any of it is handed out, in bytes. What archives and tables are packed in by parts
/// is smaller (a page in WARC, 64 KiB in bgzip), and so are most files that a crawler writes in one go; a longer member would
/// cost more memory than a job has (20 MB in all).
const MOST_HELD: usize = 4 << 20;

/// What is said of a member that seems to be longer than it is.
const NO_END: &str = "a part of it does not end";

/// What is said of bytes between members, or behind the last.
const STRAY: &str = "there are bytes that belong to no part of it";

/// Up to which byte of what was handed out no checksum can fail any more; shared with who reads the bytes.
#[derive(Debug, Clone, Default)]
pub struct Verified(Rc<Cell<u64>>);

impl Verified {
    /// That byte, counted from 0: where the member begins that is handed out before its checksum is known, or what was
    /// handed out.
    pub fn until(&self) -> u64 {
        self.0.get()
    }

    /// What is not packed has no checksums.
    pub fn has_no_sums(&self) {
        self.0.set(u64::MAX);
    }
}

/// The bytes of all members; nothing at the end.
pub struct Unpacked<'i> {
    place: Place<'i>,
    packer: Packer,
    /// What the frames of zstd are packed with, where they are packed with one.
    dictionary: Vec<u8>,
    /// What was unpacked of a member; what of it was handed out.
    held: Vec<u8>,
    at: usize,
    /// How much was handed out, in all.
    given: u64,
    verified: Verified,
    /// The error of the source that comes behind what is held.
    failed: Option<io::Error>,
}

/// Where it is read.
pub enum Place<'i> {
    In {
        member: Member<'i>,
        /// Where its bytes begin, in what is handed out.
        start: u64,
        /// Whether its bytes are held back.
        is_held: bool,
    },
    /// Before a member, or behind the last.
    Behind(PackedInput<'i>),
    /// In damage, up to where the next member begins.
    Lost(PackedInput<'i>),
    End,
    /// In a member that is cut off, and began here in what was handed out.
    Cut(u64),
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.is_held_back() && self.at < self.held.len() {
                let read = (&self.held[self.at..]).read(buffer)?;
                self.at += read;
                self.given += read as u64;
                if self.at == self.held.len() {
                    self.empty();
                }
                return Ok(read);
            }
            if let Some(error) = self.failed.take() {
                return Err(error);
            }
            match &mut self.place {
                Place::In { is_held: true, .. } => self.hold()?,
                Place::In { member, is_held: false, .. } => match member.read(buffer) {
                    Ok(0) if buffer.is_empty() => return Ok(0),
                    Ok(0) => self.leave()?,
                    Ok(read) => {
                        self.given += read as u64;
                        return Ok(read);
                    }
                    Err(error) => self.fail(error)?,
                },
                Place::Behind(_) | Place::Lost(_) => self.enter()?,
                Place::Cut(start) => return Err(DamageError::cut_off(*start)),
                Place::End => return Ok(0),
            }
        }
    }
}

impl<'i> Unpacked<'i> {
    /// Of what stands at this place.
    pub fn of(place: Place<'i>, packer: Packer, dictionary: Vec<u8>, verified: &Verified) -> Self {
        Self { place, packer, dictionary, held: Vec::new(), at: 0, given: 0, verified: verified.clone(), failed: None }
    }

    /// Makes room for the next member; one that was long is no reason to keep so much.
    fn empty(&mut self) {
        self.held.clear();
        self.held.shrink_to(4 * BUFFER);
        self.at = 0;
    }

    const fn is_held_back(&self) -> bool {
        matches!(self.place, Place::In { is_held: true, .. })
    }

    fn take_place(&mut self) -> Place<'i> {
        std::mem::replace(&mut self.place, Place::End)
    }

    /// Unpacks more of a member of which nothing was handed out.
    fn hold(&mut self) -> io::Result<()> {
        let Place::In { member, is_held, .. } = &mut self.place else { return Ok(()) };
        let length = self.held.len();
        if length >= MOST_HELD {
            *is_held = false;
            return Ok(());
        }
        self.held.resize(length + BUFFER, 0);
        let read = member.read(&mut self.held[length..]);
        self.held.truncate(length + read.as_ref().map_or(0, |read| *read));
        match read {
            Ok(0) => self.leave(),
            Ok(_) => Ok(()),
            Err(error) => self.fail(error),
        }
    }

    /// Leaves a member that is whole.
    fn leave(&mut self) -> io::Result<()> {
        let Place::In { member, start, is_held } = self.take_place() else { return Ok(()) };
        let lacks_sum = matches!(&member, Member::Gzip(member) if member.lacks_sum);
        let mut input = member.into_input();
        if lacks_sum {
            // The input has ended. One that is damaged may have been read as if all the others were part of it.
            input.read_again();
            if input.has_another(self.packer) {
                self.place = Place::Lost(input);
                return Err(self.damage(NO_END.to_owned(), start, is_held));
            }
        } else {
            self.place = Place::Behind(input);
        }
        self.verified.0.set(self.given + (self.held.len() - self.at) as u64);
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
                let was_member = self.packer.nearly_begins(input.fill_buf()?) || input.find(self.packer)?;
                let part = if was_member { DamagedPart::LeftOut(Vec::new()) } else { DamagedPart::Behind };
                self.place = Place::Lost(input);
                return Err(DamageError { why: STRAY.to_owned(), part }.into());
            }
            follows
        };
        if is_there {
            let member = Member::of(input, self.packer, &self.dictionary)?;
            self.empty();
            self.verified.0.set(self.given);
            self.place = Place::In { member, start: self.given, is_held: true };
        }
        Ok(())
    }

    /// Leaves a member with an error, which comes at once, or behind what was held back.
    fn fail(&mut self, error: io::Error) -> io::Result<()> {
        if SourceError::is_in(&error) {
            // What came before is no worse for it.
            if let Place::In { is_held, .. } = &mut self.place {
                *is_held = false;
            }
            self.failed = Some(error);
            return Ok(());
        }
        let Place::In { member, start, is_held } = self.take_place() else { return Err(error) };
        let mut input = member.into_input();
        // What is damaged may have been read as if it went on over its end: those behind it are in what was read.
        input.read_again();
        let is_end = error.kind() == io::ErrorKind::UnexpectedEof;
        if is_end && !input.has_another(self.packer) {
            self.place = Place::Cut(start);
            return Ok(());
        }
        self.place = Place::Lost(input);
        let why = if is_end { NO_END.to_owned() } else { error.to_string() };
        Err(self.damage(why, start, is_held))
    }

    /// What is said of a damaged member whose bytes begin here, and of which those that are held are dropped.
    fn damage(&mut self, why: String, start: u64, is_held: bool) -> io::Error {
        let part =
            if is_held { DamagedPart::LeftOut(std::mem::take(&mut self.held)) } else { DamagedPart::Since(start) };
        self.empty();
        DamageError { why, part }.into()
    }
}
