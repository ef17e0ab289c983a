//! From bytes to characters.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr;

/// How much of a text is looked at to guess its encoding, in bytes.
const SAMPLE: usize = 64 << 10;

/// How far into a document its declaration of an encoding is looked for, in bytes.
const DECLARATION: usize = 4 << 10;

/// Decodes `bytes`: after their byte order mark (which is dropped), else as UTF-8, else in the
/// encoding that `said` or the document itself names, else in the one that they look like. What is valid UTF-8 is
/// UTF-8 whatever is said of it. What cannot be decoded becomes U+FFFD.
pub fn decode<'b>(bytes: &'b [u8], said: Option<&str>) -> Cow<'b, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0;
    }
    let named = || {
        let label = said.map(str::to_owned).or_else(|| declared(bytes));
        label.and_then(|label| Encoding::for_label(label.as_bytes()))
    };
    match std::str::from_utf8(bytes) {
        Ok(_) if memchr(0x1b, bytes).is_some() && named() == Some(ISO_2022_JP) => {
            ISO_2022_JP.decode_without_bom_handling(bytes).0
        }
        Ok(text) => Cow::Borrowed(text),
        Err(error) if is_nearly_utf8(bytes, error.valid_up_to()) => String::from_utf8_lossy(bytes),
        Err(_) => {
            let named = named().filter(|named| ![UTF_8, UTF_16LE, UTF_16BE].contains(named));
            named.unwrap_or_else(|| guess(bytes)).decode_without_bom_handling(bytes).0
        }
    }
}

/// The encoding that a stream has, of which `head` is the beginning: by its mark or its looks.
pub fn of_stream(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    match std::str::from_utf8(head) {
        Ok(_) => UTF_8,
        // The last character may be cut.
        Err(error) if error.valid_up_to() + 4 > head.len() => UTF_8,
        Err(error) if is_nearly_utf8(head, error.valid_up_to()) => UTF_8,
        Err(_) => guess(head),
    }
}

/// The encoding that a content type names: "text/html; charset=utf-8".
pub fn of_content_type(content_type: &str) -> Option<&str> {
    let at = content_type.to_ascii_lowercase().find("charset=")?;
    let label = content_type.get(at + "charset=".len()..)?.trim_start_matches(['"', '\'', ' ']);
    label.split(['"', '\'', ';', ' ', ',']).next().filter(|label| !label.is_empty())
}

/// The encoding that a document itself names, in the declaration of XML or a `<meta>` of HTML.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).to_ascii_lowercase();
    if let Some(declaration) = head.trim_start().strip_prefix("<?xml") {
        let value = declaration.split("?>").next()?.split_once("encoding")?.1;
        let value = value.trim_start_matches([' ', '=']);
        return value.strip_prefix(['"', '\''])?.split(['"', '\'']).next().map(str::to_owned);
    }
    let meta = head.split("<meta").skip(1).find_map(|meta| meta.split('>').next()?.split_once("charset"))?.1;
    of_content_type(&format!("charset{}", meta.replace(' ', ""))).map(|label| label.trim_end_matches('/').to_owned())
}

/// A stream of another encoding as UTF-8.
pub struct Transcoded<R> {
    input: R,
    decoder: Decoder,
    /// What is decoded and not yet read.
    ready: Vec<u8>,
    read: usize,
    is_done: bool,
}

impl<R: BufRead> Transcoded<R> {
    /// `input`, which is in this encoding. A byte order mark goes.
    pub fn new(input: R, encoding: &'static Encoding) -> Self {
        Self { input, decoder: encoding.new_decoder_with_bom_removal(), ready: Vec::new(), read: 0, is_done: false }
    }
}

impl<R: BufRead> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.read == self.ready.len() && !self.is_done {
            let chunk = self.input.fill_buf()?;
            self.is_done = chunk.is_empty();
            let room = self.decoder.max_utf8_buffer_length(chunk.len()).unwrap_or(chunk.len() * 4 + 16);
            self.ready.resize(room, 0);
            let (_, used, written, _) = self.decoder.decode_to_utf8(chunk, &mut self.ready, self.is_done);
            self.ready.truncate(written);
            self.read = 0;
            self.input.consume(used);
        }
        let length = buffer.len().min(self.ready.len() - self.read);
        buffer[..length].copy_from_slice(&self.ready[self.read..self.read + length]);
        self.read += length;
        Ok(length)
    }
}

/// Whether a text that is not quite UTF-8 still is: it is broken in few places, and elsewhere has characters that
/// take several bytes.
fn is_nearly_utf8(bytes: &[u8], first_error: usize) -> bool {
    let (mut broken, mut whole) = (0_usize, 0_usize);
    for chunk in bytes[first_error.saturating_sub(SAMPLE)..].utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken * 4
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // The bytes that tell are those beyond ASCII: begin shortly before the first.
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0).saturating_sub(256);
    let end = bytes.len().min(first + SAMPLE);
    detector.feed(&bytes[first..end], true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_marks_go() {
        assert_eq!(decode(b"\xef\xbb\xbfdate", None), "date");
        assert_eq!(decode(b"\xff\xfed\0\xe9\0", None), "dé");
        assert_eq!(decode(b"\xfe\xff\0d\0\xe9", None), "dé");
    }

    #[test]
    fn utf8_is_not_copied() {
        assert!(matches!(decode("“Żółć”".as_bytes(), None), Cow::Borrowed(_)));
    }

    #[test]
    fn other_encodings_are_guessed() {
        let western = "“The café’s façade,” said Zoë Küster – the naïve résumé. «Déjà vu», «à bientôt».";
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(western);
        assert_eq!(decode(&bytes, None), western);
        let russian = "Мост закрыт до весны, сообщил инженер порта Пётр Лучков. «Мы не торопимся», — сказал он.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(decode(&bytes, None), russian);
        let late = format!("{}{western}", "plain words ".repeat(20_000));
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&late);
        assert!(decode(&bytes, None).ends_with(western));
    }

    #[test]
    fn broken_byte_does_not_spoil_utf8() {
        let mut bytes = "“Żółć i jaźń”, powiedziała.".as_bytes().to_vec();
        bytes.extend(b" \xff!");
        assert_eq!(decode(&bytes, None), "“Żółć i jaźń”, powiedziała. \u{fffd}!");
    }

    #[test]
    fn declared_encoding_counts_unless_impossible() {
        let russian = "Мост закрыт";
        let (koi8, _, _) = encoding_rs::KOI8_R.encode(russian);
        assert_eq!(decode(&koi8, Some("koi8-r")), russian);
        assert_eq!(decode(russian.as_bytes(), Some("koi8-r")), russian);
        let page = |head: &str| {
            let page = format!("{head}<p>{russian}");
            decode(&encoding_rs::KOI8_R.encode(&page).0, None).ends_with(russian)
        };
        assert!(page("<meta charset=koi8-r>"));
        assert!(page("<meta name=a><META http-equiv=Content-Type content='text/html; charset=KOI8-R' />"));
        assert!(page("<?xml version='1.0' encoding='KOI8-R'?>"));
        assert_eq!(of_content_type("text/html; Charset=\"UTF-8\"; x=y"), Some("UTF-8"));
        assert_eq!(of_content_type("text/html"), None);
    }

    #[test]
    fn streams_become_utf8() {
        let text = "Żółć, ёлка 👩 ".repeat(999);
        let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let encoding = of_stream(&utf16[..1000]);
        let mut out = String::new();
        let input = io::BufReader::with_capacity(7, &*utf16);
        Transcoded::new(input, encoding).read_to_string(&mut out).unwrap();
        assert!(out == text);
        assert_eq!(of_stream(&text.as_bytes()[..101]), UTF_8);
    }
}
