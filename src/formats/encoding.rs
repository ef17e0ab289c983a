//! From bytes to characters.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memchr;

use super::wide_encoding::{ByteOrder, WideEncoding, character};
use super::windows_marks::marks_of_windows;

/// How much of a text is looked at to guess its encoding, in bytes.
const SAMPLE: usize = 64 << 10;

/// How far into a document its declaration of an encoding is looked for, in bytes.
const DECLARATION: usize = 4 << 10;

/// The byte order mark in UTF-8.
pub const MARK: &[u8] = "\u{feff}".as_bytes();

/// How the characters of a text are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// One of the encodings of the web.
    Known(&'static Encoding),
    /// UTF-32, which is none of them.
    Utf32(ByteOrder),
}

impl Charset {
    /// The encoding of characters of two or four bytes that `bytes` are in, by their byte order mark or their looks, and
    /// the length of the mark.
    fn wide(bytes: &[u8]) -> Option<(Self, usize)> {
        let marked = WideEncoding::of_mark(bytes);
        let (wide, length) = marked.or_else(|| Some((WideEncoding::of_looks(bytes)?, 0)))?;
        Some(match wide {
            WideEncoding::Utf32(order) => (Self::Utf32(order), length),
            WideEncoding::Utf16(ByteOrder::Little) => (Self::Known(UTF_16LE), length),
            WideEncoding::Utf16(ByteOrder::Big) => (Self::Known(UTF_16BE), length),
        })
    }

    fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Known(encoding) => encoding.decode_without_bom_handling(bytes).0,
            Self::Utf32(order) => Cow::Owned(utf32(bytes, order)),
        }
    }
}

/// Whether `bytes` are text in UTF-16 or UTF-32, which have zeros as only binary data has them elsewhere.
pub fn is_wide(bytes: &[u8]) -> bool {
    Charset::wide(bytes).is_some()
}

/// Decodes `bytes`: after their byte order mark, as UTF-16 or UTF-32 where they look like it, else as UTF-8, else in the
/// encoding that `said` or the document itself names, else in the one that they look like. What is valid UTF-8 is
/// UTF-8 whatever is said of it, and so is what is valid but for a few bytes: these are Windows-1252. What cannot be
/// decoded becomes U+FFFD. Byte order marks at the beginning go, be they one or more, and control characters that mean
/// marks of Windows-1252 become those.
pub fn decode<'b>(bytes: &'b [u8], said: Option<&str>) -> Cow<'b, str> {
    decode_from(bytes, said, None)
}

/// As [`decode`], where a text comes from this top-level domain, which is a clue to the encoding that it looks like.
pub fn decode_from<'b>(bytes: &'b [u8], said: Option<&str>, domain: Option<&str>) -> Cow<'b, str> {
    marks_of_windows(characters(bytes, said, domain))
}

fn characters<'b>(bytes: &'b [u8], said: Option<&str>, domain: Option<&str>) -> Cow<'b, str> {
    if let Some((charset, length)) = Charset::wide(bytes) {
        let text = charset.decode(&bytes[length..]);
        return Cow::Owned(text.trim_start_matches('\u{feff}').to_owned());
    }
    let mut bytes = bytes;
    while let Some(rest) = bytes.strip_prefix(MARK) {
        bytes = rest;
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
        Err(_) => match of_invalid_utf8(bytes, named(), domain) {
            encoding if encoding == UTF_8 => with_stray_bytes(bytes),
            encoding => encoding.decode_without_bom_handling(bytes).0,
        },
    }
}

/// The encoding that a stream has, of which `head` is the beginning and `said` the label: by its mark or its looks, or
/// UTF-8 where that is said.
pub fn of_stream(head: &[u8], said: Option<&str>) -> Charset {
    if let Some((charset, _)) = Charset::wide(head) {
        return charset;
    }
    Charset::Known(match std::str::from_utf8(head) {
        Ok(_) => UTF_8,
        // The last character may be cut.
        Err(error) if error.valid_up_to() + 4 > head.len() => UTF_8,
        Err(_) => of_invalid_utf8(head, said.and_then(|said| Encoding::for_label(said.as_bytes())), None),
    })
}

/// Decodes one record of a stream whose records each have their own encoding: UTF-8, else the one that `said` names, else
/// the one that it looks like. Byte order marks at the beginning go.
pub fn of_record<'b>(bytes: &'b [u8], said: Option<&str>) -> Cow<'b, str> {
    let mut bytes = bytes;
    while let Some(rest) = bytes.strip_prefix(MARK) {
        bytes = rest;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    match of_invalid_utf8(bytes, said.and_then(|said| Encoding::for_label(said.as_bytes())), None) {
        encoding if encoding == UTF_8 => with_stray_bytes(bytes),
        encoding => encoding.decode_without_bom_handling(bytes).0,
    }
}

/// The encoding that `bytes` look like, which come from this top-level domain.
pub fn guess(bytes: &[u8], domain: Option<&str>) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { of_invalid_utf8(bytes, None, domain) }
}

/// The encoding of a text that is not quite valid UTF-8, and that has this label.
fn of_invalid_utf8(bytes: &[u8], named: Option<&'static Encoding>, domain: Option<&str>) -> &'static Encoding {
    let named = named.filter(|named| ![UTF_16LE, UTF_16BE].contains(named));
    if Utf8Evidence::of(bytes).is_utf8(named) {
        return UTF_8;
    }
    named.filter(|named| *named != UTF_8).unwrap_or_else(|| of_legacy(bytes, domain))
}

/// The encoding that a content type names: "text/html; charset=utf-8".
pub fn of_content_type(content_type: &str) -> Option<&str> {
    let at = content_type.to_ascii_lowercase().find("charset=")?;
    let label = content_type.get(at + "charset=".len()..)?.trim_start_matches(['"', '\'', ' ']);
    label.split(['"', '\'', ';', ' ', ',']).next().filter(|label| !label.is_empty())
}

/// The encoding that a document itself names, in the declaration of XML or a `<meta>` of HTML.
pub fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).to_ascii_lowercase();
    if let Some(declaration) = head.trim_start().strip_prefix("<?xml") {
        let value = declaration.split("?>").next()?.split_once("encoding")?.1;
        let value = value.trim_start_matches([' ', '=']);
        return value.strip_prefix(['"', '\''])?.split(['"', '\'']).next().map(str::to_owned);
    }
    let meta = head.split("<meta").skip(1).find_map(|meta| meta.split('>').next()?.split_once("charset"))?.1;
    of_content_type(&format!("charset{}", meta.replace(' ', ""))).map(|label| label.trim_end_matches('/').to_owned())
}

/// A stream of another encoding as UTF-8, without the byte order marks at its beginning.
pub struct Transcoded<R> {
    input: R,
    decoder: StreamDecoder,
    /// What is decoded and not yet read.
    ready: Vec<u8>,
    read: usize,
    has_begun: bool,
    is_done: bool,
}

enum StreamDecoder {
    Known(Decoder),
    /// UTF-32, and the bytes of a character that is not whole yet.
    Utf32(ByteOrder, Vec<u8>),
}

impl<R: BufRead> Transcoded<R> {
    /// `input`, which is in this encoding.
    pub fn new(input: R, charset: Charset) -> Self {
        let decoder = match charset {
            Charset::Known(encoding) => StreamDecoder::Known(encoding.new_decoder_without_bom_handling()),
            Charset::Utf32(order) => StreamDecoder::Utf32(order, Vec::new()),
        };
        Self { input, decoder, ready: Vec::new(), read: 0, has_begun: false, is_done: false }
    }

    /// Decodes what the input gives next.
    fn fill(&mut self) -> io::Result<()> {
        let chunk = self.input.fill_buf()?;
        self.is_done = chunk.is_empty();
        let used = match &mut self.decoder {
            StreamDecoder::Known(decoder) => {
                let room = decoder.max_utf8_buffer_length(chunk.len()).unwrap_or(chunk.len() * 4 + 16);
                self.ready.resize(room, 0);
                let (_, used, written, _) = decoder.decode_to_utf8(chunk, &mut self.ready, self.is_done);
                self.ready.truncate(written);
                used
            }
            StreamDecoder::Utf32(order, begun) => {
                begun.extend_from_slice(chunk);
                let whole = if self.is_done { begun.len() } else { begun.len() / 4 * 4 };
                self.ready = utf32(&begun[..whole], *order).into_bytes();
                begun.drain(..whole);
                chunk.len()
            }
        };
        self.input.consume(used);
        self.read = 0;
        while !self.has_begun && self.ready[self.read..].starts_with(MARK) {
            self.read += MARK.len();
        }
        self.has_begun |= self.read < self.ready.len();
        Ok(())
    }
}

impl<R: BufRead> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.read == self.ready.len() && !self.is_done {
            self.fill()?;
        }
        let length = buffer.len().min(self.ready.len() - self.read);
        buffer[..length].copy_from_slice(&self.ready[self.read..self.read + length]);
        self.read += length;
        Ok(length)
    }
}

/// Decodes UTF-32; what is no character, or cut, becomes U+FFFD.
fn utf32(bytes: &[u8], order: ByteOrder) -> String {
    bytes.chunks(4).map(|four| character(four, order).unwrap_or('\u{fffd}')).collect()
}

/// What tells whether a text that is not quite valid UTF-8 still is UTF-8.
#[derive(Default)]
struct Utf8Evidence {
    /// The characters of several bytes. Those of two that no Western language has count one, others two: in texts of
    /// other encodings a capital letter before a mark looks like the former.
    valid: usize,
    /// The places where it is not valid.
    invalid: usize,
    /// Those of them right after another, as in words all of whose letters are beyond ASCII.
    in_runs: usize,
}

impl Utf8Evidence {
    fn of(bytes: &[u8]) -> Self {
        let start = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let start = start.saturating_sub(SAMPLE);
        let mut found = Self::default();
        for chunk in bytes[start..].utf8_chunks() {
            let beyond_ascii = chunk.valid().chars().filter(|c| !c.is_ascii());
            found.valid += beyond_ascii.map(|c| if matches!(c, '\u{100}'..'\u{800}') { 1 } else { 2 }).sum::<usize>();
            if !chunk.invalid().is_empty() {
                found.in_runs += usize::from(found.invalid > 0 && chunk.valid().is_empty());
                found.invalid += 1;
            }
        }
        found
    }

    /// Whether a text with this label is UTF-8. Text in another encoding hardly ever has valid characters of several
    /// bytes, but for those in which every character has two bytes.
    fn is_utf8(&self, label: Option<&'static Encoding>) -> bool {
        /// How many places that are not valid are no more than damage where UTF-8 is said.
        const FEW: usize = 4;
        match label {
            Some(label) if label == UTF_8 => {
                let is_damage = self.valid > 0 || self.invalid <= FEW;
                self.valid > self.invalid || is_damage && self.in_runs * 2 <= self.invalid
            }
            Some(label) if !label.is_single_byte() => self.valid > self.invalid * 8,
            _ => self.valid > self.invalid,
        }
    }
}

/// Decodes text in UTF-8 of which some bytes are not valid. Programs put them in from texts in Windows-1252, so that they
/// are its letters and marks; what is none of these, or the beginning of a mark or a picture in UTF-8, becomes U+FFFD.
pub fn with_stray_bytes(bytes: &[u8]) -> Cow<'_, str> {
    let mut out = String::new();
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        if chunk.invalid().is_empty() && out.is_empty() {
            return Cow::Borrowed(chunk.valid());
        }
        out.push_str(chunk.valid());
        let next = chunks.peek().and_then(|next| next.valid().chars().next());
        let is_in_word = out.ends_with(char::is_alphabetic) || next.is_some_and(char::is_alphabetic);
        match chunk.invalid() {
            // Two or three bytes of one in the planes of marks and pictures; and of what no text begins or ends with.
            [0xe2 | 0xf0.., _, ..] => out.push('\u{fffd}'),
            [0xff] if !is_in_word => out.push('\u{fffd}'),
            strays => out.extend(
                WINDOWS_1252
                    .decode_without_bom_handling(strays)
                    .0
                    .chars()
                    .map(|c| if c.is_control() { '\u{fffd}' } else { c }),
            ),
        }
    }
    Cow::Owned(out)
}

/// The encoding that `bytes` look like, which are not UTF-8 and come from this top-level domain.
fn of_legacy(bytes: &[u8], domain: Option<&str>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // The bytes that tell are those beyond ASCII: begin shortly before the first.
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0).saturating_sub(256);
    let end = bytes.len().min(first + SAMPLE);
    detector.feed(&bytes[first..end], true);
    // It takes a label in small letters only.
    let is_label = |domain: &&str| domain.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    detector.guess(domain.filter(is_label).map(str::as_bytes), Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_marks_go() {
        assert_eq!(decode(b"\xef\xbb\xbfdate", None), "date");
        assert_eq!(decode(b"\xff\xfed\0\xe9\0", None), "dé");
        assert_eq!(decode(b"\xfe\xff\0d\0\xe9", None), "dé");
        assert_eq!(decode(b"\xef\xbb\xbf\xef\xbb\xbfdate", None), "date");
        assert_eq!(decode(b"\xff\xfe\xff\xfed\0\xe9\0", None), "dé");
        assert_eq!(decode(b"\xff\xfe\0\0d\0\0\0\xe9\0\0\0", None), "dé");
        assert_eq!(decode(b"\0\0\xfe\xff\0\0\0d\0\0\0\xe9\0", None), "dé\u{fffd}");
        assert_eq!(decode(b"\xef\xbb\xbfcaf\xe9 \x93no\x94", None), "café “no”");
    }

    #[test]
    fn utf8_is_not_copied() {
        assert!(matches!(decode("“Żółć”".as_bytes(), None), Cow::Borrowed(_)));
    }

    #[test]
    fn other_encodings_are_guessed() {
        let western = "“The café’s façade,” said Zoë Küster – the naïve résumé. «Déjà vu», «à bientôt».";
        let (bytes, _, _) = WINDOWS_1252.encode(western);
        assert_eq!(decode(&bytes, None), western);
        let russian = "Мост закрыт до весны, сообщил инженер порта Пётр Лучков. «Мы не торопимся», — сказал он.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(decode(&bytes, None), russian);
        let late = format!("{}{western}", "plain words ".repeat(20_000));
        let (bytes, _, _) = WINDOWS_1252.encode(&late);
        assert!(decode(&bytes, None).ends_with(western));
    }

    #[test]
    fn broken_byte_does_not_spoil_utf8() {
        let mut bytes = "“Żółć i jaźń”, powiedziała.".as_bytes().to_vec();
        bytes.extend(b" \xff!");
        assert_eq!(decode(&bytes, None), "“Żółć i jaźń”, powiedziała. \u{fffd}!");
    }

    #[test]
    fn stray_bytes_in_utf8_are_windows_1252() {
        let text = |end: &[u8]| ["“It is tired,” said Zoë. ".as_bytes(), end].concat();
        for (end, expected) in [
            (&b"Caf\xe9 and na\xefve"[..], "Café and naïve"),
            (b"il va \xe0 Paris\xa0!", "il va à Paris\u{a0}!"),
            (b"\x93So it is\x94 \x96 he said", "“So it is” – he said"),
            (b"\x93Caf\xe9\x94", "“Café”"),
            (b"Ha\xff-les-Roses", "Haÿ-les-Roses"),
            (b"\xff", "\u{fffd}"),
            (b"cut \xe2\x80 \xf0\x9f\x98 \x81", "cut \u{fffd} \u{fffd} \u{fffd}"),
        ] {
            for label in [None, Some("utf-8"), Some("us-ascii"), Some("iso-8859-1"), Some("koi8-r")] {
                assert_eq!(decode(&text(end), label), format!("“It is tired,” said Zoë. {expected}"), "{label:?}");
            }
        }
    }

    #[test]
    fn label_of_utf8_stands_unless_nothing_is_utf8() {
        for head in ["<meta charset=utf-8>", "<?xml version='1.0' encoding='utf-8'?>"] {
            assert_eq!(decode(&[head.as_bytes(), b"Caf\xe9"].concat(), None), format!("{head}Café"));
        }
        assert_eq!(decode(b"\x93Caf\xe9\x94", Some("utf-8")), "“Café”");
        // Most of it is of a program that thought otherwise.
        let mixed = ["“Zoë” ".as_bytes(), &b"\xe0 la caf\xe9, d\xe9j\xe0 ".repeat(9)].concat();
        assert_eq!(decode(&mixed, Some("utf-8")), format!("“Zoë” {}", "à la café, déjà ".repeat(9)));
        let texts = [
            ("windows-1251", "Мост закрыт до весны, сообщил инженер порта Пётр Лучков."),
            ("ibm866", "Мост закрыт до весны, сообщил инженер порта Пётр Лучков."),
            ("gbk", "记者从交通部门获悉，大桥将于春季关闭。他们谈了三个小时，没有得到任何结果。"),
            ("shift_jis", "「橋は疲れている」とホルム氏は述べた。港の橋は一年間閉鎖される。"),
            ("euc-jp", "「橋は疲れている」とホルム氏は述べた。港の橋は一年間閉鎖される。"),
            ("windows-1250", "Powiedziała: „Źle się czuję”. Nie spieszymy się, dodała Anna Wójcik."),
            ("windows-874", "เขาแสดงความเห็นว่าสะพานเก่ามาก เราไม่รีบร้อน"),
        ];
        for (label, text) in texts {
            let bytes = Encoding::for_label(label.as_bytes()).unwrap().encode(text).0;
            for said in [None, Some("utf-8"), Some(label)] {
                assert_eq!(decode(&bytes, said), text, "{label} {said:?}");
            }
        }
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
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let utf32 = |text: &str| text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect::<Vec<u8>>();
        let (plain, marked) = (text.as_str(), format!("\u{feff}\u{feff}{text}"));
        for bytes in [utf16(plain), utf16(&marked), utf32(plain), utf32(&marked), marked.as_bytes().to_vec()] {
            let charset = of_stream(&bytes[..1000], None);
            let mut out = String::new();
            let input = io::BufReader::with_capacity(7, &*bytes);
            Transcoded::new(input, charset).read_to_string(&mut out).unwrap();
            assert!(out == text, "{charset:?}");
        }
        assert_eq!(of_stream(&text.as_bytes()[..101], None), Charset::Known(UTF_8));
    }
}
