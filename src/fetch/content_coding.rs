//! Content codings (RFC 9110 §8.4): unpacks a body as far as it came, whatever a server says of how it is packed.

use std::io::{self, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::GzDecoder;
use flate2::{Decompress, FlushDecompress, Status};
use ureq::http::HeaderMap;
use ureq::http::header::CONTENT_ENCODING;

use super::ErrorKind;

/// What is offered: all that is read.
pub(super) const ACCEPT_ENCODING: &str = "gzip, deflate, br, zstd";

/// Codings that are registered (RFC 9110 §16.6.1) and not read.
const UNREAD: [&str; 10] =
    ["aes128gcm", "compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip", "bzip2", "lzma", "xz"];

/// How often a body may be packed: no server does so more than twice.
const MOST_LAYERS: usize = 4;

/// How a gzip member begins (RFC 1952 §2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// How a zstd frame begins (RFC 8878 §3.1.1).
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The largest window of a zstd frame, as a power of two: RFC 9659 allows no more in a content coding (8 MiB).
const ZSTD_WINDOW: u32 = 23;

/// How much is read at once, in bytes.
const BUFFER: usize = 16 << 10;

/// A body as far as it came.
#[derive(Debug, Clone, Default)]
pub(super) struct ReceivedBody {
    pub bytes: Vec<u8>,
    /// Whether it broke off.
    pub is_cut: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// Unpacks a body into no more than `limit` bytes. What is said to be packed and is not, or is packed and not said to be,
/// is recognized by how it begins.
///
/// # Errors
///
/// When it is damaged, too large, or packed in a way that is not read.
pub(super) fn decode(headers: &HeaderMap, packed: ReceivedBody, limit: u64) -> Result<ReceivedBody, ErrorKind> {
    let mut body = packed;
    let codings = codings(headers)?;
    for coding in codings.iter().rev() {
        body = unpack(*coding, &body, limit)?;
    }
    for _ in codings.len()..MOST_LAYERS {
        let coding = match &body.bytes[..] {
            bytes if bytes.starts_with(&GZIP) => Coding::Gzip,
            bytes if bytes.starts_with(&ZSTD) => Coding::Zstd,
            _ => break,
        };
        match unpack(coding, &body, limit) {
            Ok(unpacked) => body = unpacked,
            // A packed file with many articles in it may have any length: it is unpacked as far as it is read.
            Err(ErrorKind::TooLarge(_)) => break,
            Err(error) => return Err(error),
        }
    }
    Ok(body)
}

/// The codings that the headers name, in the order in which they were applied. Servers also write there what is no
/// coding: "identity", "none", "utf-8", nothing at all.
fn codings(headers: &HeaderMap) -> Result<Vec<Coding>, ErrorKind> {
    let mut codings = Vec::new();
    for value in headers.get_all(CONTENT_ENCODING) {
        let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
        for name in value.split(',').map(str::trim) {
            match name.trim_matches('"') {
                "gzip" | "x-gzip" => codings.push(Coding::Gzip),
                "deflate" | "x-deflate" => codings.push(Coding::Deflate),
                "br" => codings.push(Coding::Brotli),
                "zstd" => codings.push(Coding::Zstd),
                name if UNREAD.contains(&name) => {
                    return Err(ErrorKind::BadEncoding(format!("unexpected encoding {name}")));
                }
                _ => {}
            }
        }
    }
    if codings.len() > MOST_LAYERS {
        return Err(ErrorKind::BadEncoding(format!("{} times over", codings.len())));
    }
    Ok(codings)
}

fn unpack(coding: Coding, packed: &ReceivedBody, limit: u64) -> Result<ReceivedBody, ErrorKind> {
    let bytes = &packed.bytes[..];
    let mut out = Output { bytes: Vec::new(), limit };
    let ended = match coding {
        Coding::Gzip if bytes.starts_with(&GZIP) => gunzip(bytes, &mut out),
        // Servers mistake one for the other.
        Coding::Gzip if is_zlib(bytes) => inflate(bytes, &mut out),
        Coding::Gzip if !is_plain(bytes) => {
            let whole = inflate(bytes, &mut out).is_ok() && !out.bytes.is_empty();
            return Ok(if whole { ReceivedBody { bytes: out.bytes, is_cut: packed.is_cut } } else { packed.clone() });
        }
        Coding::Zstd if bytes.starts_with(&ZSTD) => unzstd(bytes, &mut out),
        Coding::Gzip | Coding::Zstd => return Ok(packed.clone()),
        Coding::Deflate => inflate(bytes, &mut out),
        Coding::Brotli => out.fill(Decompressor::new(bytes.chain(End), BUFFER)),
    };
    match ended {
        Ok(()) => Ok(ReceivedBody { bytes: out.bytes, is_cut: packed.is_cut }),
        Err(Ending::TooLarge) => Err(ErrorKind::TooLarge(limit)),
        // These two begin with nothing to know them by: it may not be packed at all, or in another way.
        Err(_) if matches!(coding, Coding::Deflate | Coding::Brotli) && (is_plain(bytes) || is_marked(bytes)) => {
            Ok(packed.clone())
        }
        Err(Ending::Cut) => Ok(ReceivedBody { bytes: out.bytes, is_cut: true }),
        Err(Ending::Damaged(error)) => Err(ErrorKind::BadEncoding(error.to_string())),
    }
}

/// All members of gzip, to the first that is none: some servers send zeros or other surplus after them, which browsers
/// pass by.
fn gunzip(bytes: &[u8], out: &mut Output) -> Result<(), Ending> {
    let mut rest = bytes;
    while rest.starts_with(&GZIP) {
        let mut member = GzDecoder::new(rest);
        out.fill(&mut member)?;
        rest = member.into_inner();
    }
    Ok(())
}

/// All frames of zstd, to the first that is none.
fn unzstd(bytes: &[u8], out: &mut Output) -> Result<(), Ending> {
    let mut rest = bytes;
    while rest.starts_with(&ZSTD) {
        let mut frame = zstd::stream::read::Decoder::with_buffer(rest)?.single_frame();
        frame.window_log_max(ZSTD_WINDOW)?;
        out.fill(&mut frame)?;
        rest = frame.finish();
    }
    Ok(())
}

/// One stream of deflate. By RFC 9110 §8.4.1.2 it is in the format of zlib; some servers send it bare.
fn inflate(bytes: &[u8], out: &mut Output) -> Result<(), Ending> {
    let mut inflater = Decompress::new(is_zlib(bytes));
    let mut buffer = [0; BUFFER];
    loop {
        let (used, given) = (inflater.total_in(), inflater.total_out());
        let ended = inflater.decompress(&bytes[used as usize..], &mut buffer, FlushDecompress::None);
        let status = ended.map_err(|error| Ending::Damaged(error.into()))?;
        out.fill(&buffer[..(inflater.total_out() - given) as usize])?;
        match status {
            Status::StreamEnd => return Ok(()),
            _ if (inflater.total_in(), inflater.total_out()) == (used, given) => return Err(Ending::Cut),
            _ => {}
        }
    }
}

/// Whether bytes begin with a header of zlib (RFC 1950 §2.2).
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(*bytes, [method, flags, ..] if method & 0x0f == 8 && (u16::from(method) << 8 | u16::from(flags)) % 31 == 0)
}

/// Whether bytes begin as gzip or zstd does.
fn is_marked(bytes: &[u8]) -> bool {
    bytes.starts_with(&GZIP) || bytes.starts_with(&ZSTD)
}

/// Whether bytes begin as feeds and pages do.
fn is_plain(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"<") || bytes.trim_ascii_start().starts_with(b"{")
}

/// The end of a body, told as an error: by itself the decoder of brotli takes a cut for damage.
struct End;

impl Read for End {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// Why a packed body gives no more.
enum Ending {
    Cut,
    TooLarge,
    Damaged(io::Error),
}

impl From<io::Error> for Ending {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof { Self::Cut } else { Self::Damaged(error) }
    }
}

/// What is unpacked so far.
struct Output {
    bytes: Vec<u8>,
    limit: u64,
}

impl Output {
    /// Takes all that `decoder` gives; what it gave before an error stays.
    fn fill(&mut self, decoder: impl Read) -> Result<(), Ending> {
        let room = self.limit + 1 - self.bytes.len() as u64;
        decoder.take(room).read_to_end(&mut self.bytes)?;
        if self.bytes.len() as u64 > self.limit { Err(Ending::TooLarge) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use ureq::http::HeaderValue;

    use super::*;

    const FEED: &[u8] = b"<rss><channel><title>Coast</title></channel></rss>";

    /// Brotli of [`FEED`], as one uncompressed block (RFC 7932 §9.2).
    fn brotli() -> Vec<u8> {
        let length = FEED.len() as u32 - 1;
        // A window of 16 bits (0), not the last block (0), a length of four nibbles (00), the length less one, and
        // that it is uncompressed (1), the lowest bit first; then the bytes, and an empty last block.
        let bits = length << 4 | 1 << 20;
        [&bits.to_le_bytes()[..3], FEED, &[3]].concat()
    }

    fn gzip() -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(FEED).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib() -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(FEED).unwrap();
        encoder.finish().unwrap()
    }

    fn deflate() -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(FEED).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd() -> Vec<u8> {
        ::zstd::encode_all(FEED, 3).unwrap()
    }

    fn said(names: &[&'static str]) -> HeaderMap {
        names.iter().map(|name| (CONTENT_ENCODING, HeaderValue::from_static(name))).collect()
    }

    fn of(names: &[&'static str], bytes: impl Into<Vec<u8>>) -> Result<ReceivedBody, ErrorKind> {
        decode(&said(names), ReceivedBody { bytes: bytes.into(), is_cut: false }, 1 << 20)
    }

    #[test]
    fn encoding_is_read_as_servers_write_it() {
        for (names, bytes) in [
            (&["gzip"][..], gzip()),
            (&["GZIP"], gzip()),
            (&["x-gzip"], gzip()),
            (&["gzip, identity"], gzip()),
            (&["utf-8", "gzip"], gzip()),
            (&["gzip, gzip"], gzip()),
            (&["deflate"], zlib()),
            (&["Deflate"], deflate()),
            (&["br"], brotli()),
            (&["ZStd"], zstd()),
            (&["identity"], FEED.into()),
            (&["Identity"], FEED.into()),
            (&[""], FEED.into()),
            (&["none"], FEED.into()),
            (&["UTF-8"], FEED.into()),
            (&["binary"], FEED.into()),
            (&[], FEED.into()),
        ] {
            let body = of(names, bytes).unwrap();
            assert!(body.bytes == FEED && !body.is_cut, "{names:?}");
        }
        for name in ["compress", "exi", "gzip, xz"] {
            assert!(matches!(of(&[name], gzip()), Err(ErrorKind::BadEncoding(_))), "{name}");
        }
        assert!(of(&["gzip,gzip,gzip,gzip,gzip"], gzip()).is_err());
    }

    #[test]
    fn layers_come_off_in_the_order_in_which_they_were_put_on() {
        let mut twice = GzEncoder::new(Vec::new(), Compression::best());
        twice.write_all(&zlib()).unwrap();
        let twice = twice.finish().unwrap();
        assert_eq!(of(&["deflate, gzip"], twice.clone()).unwrap().bytes, FEED);
        assert_eq!(of(&["deflate", "gzip"], twice).unwrap().bytes, FEED);
        let mut twice = GzEncoder::new(Vec::new(), Compression::best());
        twice.write_all(&gzip()).unwrap();
        assert_eq!(of(&["gzip"], twice.finish().unwrap()).unwrap().bytes, FEED, "one was not said");
    }

    #[test]
    fn bytes_tell_what_the_header_does_not() {
        for packed in [gzip(), zstd()] {
            assert_eq!(of(&[], packed).unwrap().bytes, FEED);
        }
        for (name, packed) in [
            ("deflate", gzip()),
            ("deflate", zstd()),
            ("x-deflate", zlib()),
            ("gzip", zlib()),
            ("gzip", deflate()),
            ("gzip", zstd()),
            ("br", gzip()),
            ("zstd", gzip()),
        ] {
            assert_eq!(of(&[name], packed).unwrap().bytes, FEED, "said to be {name}");
        }
        for name in ["gzip", "deflate", "br", "zstd"] {
            assert_eq!(of(&[name], FEED).unwrap().bytes, FEED, "{name}, but plain");
        }
    }

    #[test]
    fn surplus_after_gzip_is_passed_by() {
        for surplus in [&b"\n\nX"[..], &[0; 64], b"<!-- cached -->"] {
            let body = of(&["gzip"], [&gzip(), surplus].concat()).unwrap();
            assert!(body.bytes == FEED && !body.is_cut);
        }
        assert_eq!(of(&["zstd"], [&zstd()[..], &[0; 9]].concat()).unwrap().bytes, FEED);
        assert_eq!(of(&["gzip"], [gzip(), gzip()].concat()).unwrap().bytes, [FEED, FEED].concat());
        assert_eq!(of(&["zstd"], [zstd(), zstd()].concat()).unwrap().bytes, [FEED, FEED].concat());
    }

    #[test]
    fn what_came_before_a_cut_is_kept() {
        let whole = of(&["gzip"], &gzip()[..gzip().len() - 8]).unwrap();
        assert!(whole.bytes == FEED && whole.is_cut, "all but the checksum");
        for (name, packed) in
            [("gzip", gzip()), ("deflate", zlib()), ("deflate", deflate()), ("br", brotli()), ("zstd", zstd())]
        {
            for length in 12..packed.len() {
                let body = of(&[name], &packed[..length]).unwrap();
                assert!(FEED.starts_with(&body.bytes) && body.is_cut, "{name} {length}");
            }
        }
        let cut = ReceivedBody { bytes: gzip(), is_cut: true };
        assert!(decode(&said(&["gzip"]), cut, 1 << 20).unwrap().is_cut, "a cut stays one");
    }

    #[test]
    fn damage_and_bombs_are_errors() {
        let mut damaged = gzip();
        damaged[14] ^= 0x55;
        assert!(matches!(of(&["gzip"], damaged), Err(ErrorKind::BadEncoding(_))));
        let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
        bomb.write_all(&vec![b' '; 2 << 20]).unwrap();
        let bomb = bomb.finish().unwrap();
        assert!(matches!(of(&["gzip"], bomb.clone()), Err(ErrorKind::TooLarge(_))));
        assert_eq!(of(&[], bomb.clone()).unwrap().bytes, bomb, "not said to be packed: a file");
        assert!(matches!(of(&["gzip"], bomb.repeat(2)), Err(ErrorKind::TooLarge(_))));
        let bomb = ::zstd::encode_all(&vec![b' '; 2 << 20][..], 3).unwrap();
        assert!(matches!(of(&["zstd"], bomb), Err(ErrorKind::TooLarge(_))));
    }
}
