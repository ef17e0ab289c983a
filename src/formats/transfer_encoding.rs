//! How the bytes of a mail are written for the way: base64 and quoted-printable (RFC 2045 §6), and what is made of it
//! where programs did so badly.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use memchr::memchr;

/// Reads base64 whose last characters are not what they should be.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Fewer characters than a line of base64 has that is not the last.
const SHORT: usize = 20;

/// Decodes base64; nothing where it is none but the words themselves. Other characters are ignored (RFC 2045 §6.8), but
/// what stands below it, as the footer that a list adds without asking how a mail is encoded, does not belong to it and
/// comes second.
pub fn base64(bytes: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let strict = Base64::read(bytes, false);
    let data = if strict.rest.trim_ascii().is_empty() {
        strict
    } else {
        // Blanks inside its lines are ignored, too, where text comes of that.
        Some(Base64::read(bytes, true)).filter(|data| is_text(&data.decoded)).unwrap_or(strict)
    };
    if let Some(at) = data.doubt.filter(|_| !is_utf8_text(&data.decoded)) {
        let above = Base64::read(&bytes[..at], false);
        if !above.decoded.is_empty() && is_utf8_text(&above.decoded) {
            return Some((above.decoded, &bytes[at..]));
        }
    }
    let is_bare = !data.rest.trim_ascii().is_empty() || data.has_others || !data.has_digits;
    let are_words = data.longest < SHORT && !data.is_padded && is_bare && !is_text(&data.decoded);
    (!are_words).then_some((data.decoded, data.rest))
}

/// Decodes the base64 of an encoded word (RFC 2047 §4.1).
pub fn base64_word(bytes: &[u8]) -> Vec<u8> {
    Base64::read(bytes, true).decoded
}

/// What is read of base64 from its beginning.
#[derive(Default)]
struct Base64<'b> {
    decoded: Vec<u8>,
    /// What is no base64 any more.
    rest: &'b [u8],
    /// Where words may begin that look like base64: below its padding, or the last lines if they have letters only.
    doubt: Option<usize>,
    is_padded: bool,
    has_digits: bool,
    has_others: bool,
    /// The length of the longest line.
    longest: usize,
}

impl<'b> Base64<'b> {
    fn read(bytes: &'b [u8], with_blanks: bool) -> Self {
        let is_ours = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
        let mut data = Self { decoded: Vec::with_capacity(bytes.len() / 4 * 3), ..Self::default() };
        let (mut run, mut after_blank) = (Vec::new(), false);
        let mut at = 0;
        while at < bytes.len() {
            let end = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
            let line = bytes[at..end].trim_ascii();
            if line.is_empty() {
                after_blank = data.longest > 0;
                at = end;
                continue;
            }
            let has_blanks = line.iter().any(u8::is_ascii_whitespace);
            let has_others = line.iter().any(|b| !is_ours(*b) && *b != b'=' && !b.is_ascii_whitespace());
            let is_whole = !has_others && (with_blanks || !has_blanks);
            let is_below = if is_whole { data.is_padded && after_blank } else { data.is_padded || after_blank };
            let is_none = !line.iter().any(|b| is_ours(*b) || *b == b'=');
            if is_below || is_none || has_blanks && !is_whole {
                break;
            }
            let is_word = line.len() < SHORT && line.iter().all(u8::is_ascii_alphabetic);
            data.doubt = data.doubt.filter(|_| data.is_padded || is_word);
            if data.longest > 0 && (data.is_padded || is_word) {
                data.doubt.get_or_insert(at);
            }
            data.has_others |= has_others;
            data.has_digits |= line.iter().any(|b| is_ours(*b) && !b.is_ascii_alphabetic());
            data.longest = data.longest.max(line.len());
            let mut pieces = line.split(|b| *b == b'=');
            run.extend(pieces.next().unwrap_or_default().iter().copied().filter(|b| is_ours(*b)));
            for piece in pieces {
                data.is_padded = true;
                decode_run(&mut run, &mut data.decoded);
                // "=3D" is "=" that was encoded once more.
                let piece = piece.strip_prefix(b"3D").unwrap_or(piece);
                run.extend(piece.iter().copied().filter(|b| is_ours(*b)));
            }
            after_blank = false;
            at = end;
        }
        decode_run(&mut run, &mut data.decoded);
        data.rest = &bytes[at..];
        data
    }
}

/// Whether bytes plainly are text, in UTF-8 or so many without a control character that they are not random: what is
/// decoded that was never encoded is random.
fn is_text(bytes: &[u8]) -> bool {
    const MANY: usize = 100;
    is_utf8_text(bytes) || bytes.len() >= MANY && !bytes.iter().any(|&byte| is_control(byte))
}

/// Whether bytes are text in UTF-8, which may break off.
fn is_utf8_text(bytes: &[u8]) -> bool {
    let is_utf8 = std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true);
    is_utf8 && !bytes.iter().any(|&byte| is_control(byte))
}

/// Whether a byte stands in no text; the escape of ISO-2022-JP does.
fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | 0x1b)
}

/// Decodes the characters of base64 up to its padding.
fn decode_run(run: &mut Vec<u8>, decoded: &mut Vec<u8>) {
    // One character alone is no byte yet: it breaks off.
    if run.len() % 4 == 1 {
        run.pop();
    }
    // All are of the alphabet, so that nothing can fail.
    let _ = LENIENT.decode_vec(&*run, decoded);
    run.clear();
}

/// Decodes quoted-printable (RFC 2045 §6.7): blanks at the end of a line go, and what is none is left as it is.
pub fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut lines = bytes.split(|b| *b == b'\n').peekable();
    while let Some(line) = lines.next() {
        let is_last = lines.peek().is_none();
        let line = if is_last { line } else { line.trim_ascii_end() };
        let (line, is_joined) = line.strip_suffix(b"=").map_or((line, is_last), |line| (line, true));
        let mut rest = line;
        while let Some(at) = memchr(b'=', rest) {
            decoded.extend_from_slice(&rest[..at]);
            if is_last && rest.len() <= at + 2 {
                // It breaks off in the middle of a byte.
                return decoded;
            }
            let digits = rest.get(at + 1..at + 3).and_then(hexadecimal);
            decoded.push(digits.unwrap_or(b'='));
            rest = &rest[at + if digits.is_some() { 3 } else { 1 }..];
        }
        decoded.extend_from_slice(rest);
        if !is_joined {
            decoded.push(b'\n');
        }
    }
    decoded
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16);
    Some((value(digits[0])? * 16 + value(digits[1])?) as u8)
}
