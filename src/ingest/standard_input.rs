//! Standard input, of which the beginning can be looked at before it is read.

use std::io::{self, Read};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What was looked at.
static AHEAD: Mutex<Ahead> = Mutex::new(Ahead { bytes: Vec::new(), used: 0, is_ended: false });

/// What was looked at of an input.
#[derive(Debug)]
struct Ahead {
    bytes: Vec<u8>,
    /// How much of it was read since.
    used: usize,
    /// Whether that is all: on a terminal the end would have to be typed twice.
    is_ended: bool,
}

/// Below so many bytes each piece that comes is looked at by itself; above, as often as their number doubles.
const SHORT: usize = 64 << 10;

/// Standard input; what was looked at comes first.
#[derive(Debug)]
pub struct StandardInput(());

/// Returns standard input.
pub const fn standard_input() -> StandardInput {
    StandardInput(())
}

impl Read for StandardInput {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut ahead = ahead();
        let left = &ahead.bytes[ahead.used..];
        let length = buffer.len().min(left.len());
        buffer[..length].copy_from_slice(&left[..length]);
        ahead.used += length;
        if length > 0 || ahead.is_ended {
            return Ok(length);
        }
        ahead.bytes = Vec::new();
        ahead.used = 0;
        drop(ahead);
        io::stdin().lock().read(buffer)
    }
}

/// Looks at the beginning of standard input: hands `look` what has come, and whether that is all, until it returns something.
/// After `most` bytes that is said to be all.
///
/// # Errors
///
/// When it cannot be read.
pub fn look_ahead<T>(most: usize, look: &mut dyn FnMut(&[u8], bool) -> Option<T>) -> io::Result<Option<T>> {
    let mut ahead = ahead();
    let mut next = 0;
    let mut buffer = vec![0; 8 << 10];
    loop {
        let read = io::stdin().lock().read(&mut buffer)?;
        ahead.bytes.extend_from_slice(&buffer[..read]);
        ahead.is_ended = read == 0;
        let length = ahead.bytes.len();
        let is_all = read == 0 || length >= most;
        if !is_all && length < next {
            continue;
        }
        next = if length < SHORT { 0 } else { length * 2 };
        let found = look(&ahead.bytes, is_all);
        if found.is_some() || is_all {
            return Ok(found);
        }
    }
}

fn ahead() -> MutexGuard<'static, Ahead> {
    AHEAD.lock().unwrap_or_else(PoisonError::into_inner)
}
