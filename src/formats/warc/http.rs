//! Answers of HTTP as they came: head, transfer coding, content coding.

use std::borrow::Cow;
use std::io::Read;

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use memchr::memchr;
use zstd::stream::read::Decoder as ZstdDecoder;

use super::header::Header;
use crate::formats::{LARGEST, ParseError};

/// How much is unpacked at once, in bytes.
const BUFFER: usize = 16 << 10;

/// The largest window of a zstd frame, as a power of two: RFC 9659 allows no more in a content coding (8 MiB).
const ZSTD_WINDOW: u32 = 23;

/// An answer.
pub struct Answer<'b> {
    header: Header,
    body: &'b [u8],
}

impl<'b> Answer<'b> {
    /// The answer in a block, of which only the beginning may be there; nothing where it is none.
    pub fn of(block: &'b [u8]) -> Option<Self> {
        let (header, length) = Header::of(block)?;
        header.first.starts_with("HTTP/").then_some(Self { header, body: &block[length..] })
    }

    /// Whether it is what was asked for: not an error, nor a redirection.
    pub fn is_success(&self) -> bool {
        self.header.first.split_whitespace().nth(1).is_some_and(|status| status.starts_with('2') && status.len() == 3)
    }

    /// The content type that it states.
    pub fn content_type(&self) -> Option<&str> {
        self.header.get("content-type").filter(|kind| !kind.is_empty())
    }

    /// The body, unpacked as far as it goes. Archives also hold bodies that were unpacked already, whatever is said of them.
    ///
    /// # Errors
    ///
    /// When it is damaged from the beginning, or too large.
    pub fn body(&self) -> Result<Cow<'b, [u8]>, ParseError> {
        let is_chunked = self.header.get("transfer-encoding").is_some_and(|coding| coding.contains("chunked"));
        let mut body = match is_chunked.then(|| dechunked(self.body)).flatten() {
            Some(whole) => Cow::Owned(whole),
            None => Cow::Borrowed(self.body),
        };
        let codings = self.header.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
        for coding in codings.rsplit(',').map(str::trim) {
            if let Some(plain) = unpacked(coding, &body)? {
                body = Cow::Owned(plain);
            }
        }
        Ok(body)
    }
}

/// A body without the marks of its chunks (RFC 9112 §7.1); nothing where it has none.
fn dechunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = memchr(b'\n', rest)?;
        let line = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let Ok(length) = usize::from_str_radix(line, 16) else {
            // What has no chunks was put together already; what has had some is read as far as they go.
            return (!whole.is_empty()).then_some(whole);
        };
        rest = &rest[end + 1..];
        let chunk = &rest[..length.min(rest.len())];
        whole.extend_from_slice(chunk);
        rest = &rest[chunk.len()..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if length == 0 || rest.is_empty() {
            return Some(whole);
        }
    }
}

/// What is packed by a coding; nothing where it is not.
fn unpacked(coding: &str, packed: &[u8]) -> Result<Option<Vec<u8>>, ParseError> {
    let is_gzip = packed.starts_with(&[0x1f, 0x8b]);
    let is_zlib = matches!(packed, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0);
    let mut plain = match coding {
        "gzip" | "x-gzip" if is_gzip => filled(MultiGzDecoder::new(packed))?,
        "deflate" if is_zlib => filled(ZlibDecoder::new(packed))?,
        "deflate" => filled(DeflateDecoder::new(packed))?,
        "br" => filled(Decompressor::new(packed, BUFFER))?,
        "zstd" if packed.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => {
            let mut decoder = ZstdDecoder::new(packed).map_err(ParseError::Damaged)?;
            decoder.window_log_max(ZSTD_WINDOW).map_err(ParseError::Damaged)?;
            filled(decoder)?
        }
        _ => return Ok(None),
    };
    plain.shrink_to_fit();
    // What does not unpack and begins as text was unpacked already.
    Ok((!plain.is_empty()).then_some(plain))
}

/// All that comes of `input`, up to where it is damaged.
fn filled(input: impl Read) -> Result<Vec<u8>, ParseError> {
    let mut bytes = Vec::new();
    // Crawlers cut long pages off: what came before is read.
    let _ = input.take(LARGEST + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > LARGEST { Err(ParseError::TooLarge) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const WORDS: &[u8] = b"<p>The old bridge is closed.</p>";

    fn body(fields: &str, bytes: &[u8]) -> Vec<u8> {
        let block = [b"HTTP/1.1 200 OK\r\n", fields.as_bytes(), b"\r\n", bytes].concat();
        Answer::of(&block).unwrap().body().unwrap().into_owned()
    }

    #[test]
    fn bodies_are_unpacked_and_put_together() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(WORDS).unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(WORDS).unwrap();
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflate.write_all(WORDS).unwrap();
        let chunks = [
            b"5;x=y\r\n",
            &gzip[..5],
            format!("\r\n{:X}\r\n", gzip.len() - 5).as_bytes(),
            &gzip[5..],
            b"\r\n0\r\n\r\n",
        ]
        .concat();
        for (fields, bytes) in [
            ("", WORDS.to_vec()),
            ("Content-Encoding: gzip\r\n", gzip.clone()),
            ("content-encoding: GZIP\r\n", WORDS.to_vec()),
            ("Content-Encoding: deflate\r\n", zlib.finish().unwrap()),
            ("Content-Encoding: deflate\r\n", deflate.finish().unwrap()),
            ("Content-Encoding: zstd\r\n", zstd::encode_all(WORDS, 1).unwrap()),
            ("Content-Encoding: br\r\n", WORDS.to_vec()),
            ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunks),
            ("Transfer-Encoding: chunked\r\n", WORDS.to_vec()),
            ("Transfer-Encoding: chunked\r\n", [b"20\r\n", WORDS].concat()),
        ] {
            assert_eq!(String::from_utf8(body(fields, &bytes)).unwrap(), String::from_utf8_lossy(WORDS), "{fields}");
        }
        assert!(WORDS.starts_with(&body("Content-Encoding: gzip\r\n", &gzip[..gzip.len() - 12])));
    }

    #[test]
    fn only_success_is_read() {
        for (line, expected) in
            [("HTTP/1.1 200 OK", true), ("HTTP/2 203", true), ("HTTP/1.1 301 Moved", false), ("HTTP/1.1 404", false)]
        {
            let block = format!("{line}\r\n\r\n");
            assert_eq!(Answer::of(block.as_bytes()).unwrap().is_success(), expected, "{line}");
        }
        assert!(Answer::of(b"GET / HTTP/1.1\r\n\r\n").is_none());
    }
}
