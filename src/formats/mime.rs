//! MIME: the headers of a message and of its parts, and what the parts hold (RFC 2045 to 2047, RFC 5322).
//!
//! mail-parser reads the values of headers. Bodies are taken apart here: it decodes them by what is said of their
//! characters, drops what is cut off, and its trees of messages inside one another overflow the stack.

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, GetHeader, Header, HeaderName, HeaderValue, MessageParser};
use memchr::{memchr, memmem};

use super::charset_clue::{CharsetClue, is_telling};
use super::text_layout::TextLayout;
use super::transfer_encoding::{base64, base64_word, quoted_printable};
use super::{encoding, list_footer};

/// A message, or a part of one: headers, and a body as it was sent.
pub struct MimeEntity<'m> {
    /// All of it.
    whole: &'m [u8],
    headers: Vec<Header<'static>>,
    body: &'m [u8],
}

/// What an entity holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Text without markup.
    Plain,
    /// A page.
    Html,
    /// A whole message.
    Message,
    /// The same in several forms.
    Alternative,
    /// A root, and what it shows.
    Related,
    /// Parts that do not say what they are, are messages.
    Digest,
    /// Parts one after the other.
    Mixed,
    /// What is no text.
    Other,
}

impl<'m> MimeEntity<'m> {
    /// A whole message; blank lines, a byte order mark and the line of a mailbox may stand before it.
    pub fn message(bytes: &'m [u8]) -> Self {
        let start = |bytes: &'m [u8]| bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        Self::part(start(start(bytes)))
    }

    /// A part of a message. One without headers begins with a blank line.
    pub fn part(whole: &'m [u8]) -> Self {
        let (head, body) = split(whole);
        let head = match std::str::from_utf8(head) {
            Ok(head) => Cow::Borrowed(head),
            // Names and subjects as they are sent unencoded are in the characters of the text.
            Err(_) => encoding::decode(head, Some(CharsetClue::of(whole).of_headers())),
        };
        // A value that breaks off would be dropped.
        let head = words_as_utf8(&head) + "\n\n";
        let mut headers = Vec::new();
        MessageStream::new(head.as_bytes()).parse_headers(&MessageParser::default(), &mut headers);
        // A date is kept as it is written: mail-parser takes UTC for every zone that it does not know.
        for date in headers.iter_mut().filter(|header| header.name == HeaderName::Date) {
            let written = head.get(date.offset_start as usize..date.offset_end as usize).unwrap_or_default();
            date.value = HeaderValue::Text(written.trim().into());
        }
        Self { whole, headers: headers.into_iter().map(Header::into_owned).collect(), body }
    }

    /// The value of a header; that of the last of this name.
    pub fn header(&self, name: &HeaderName<'_>) -> Option<&HeaderValue<'static>> {
        self.headers.header_value(name)
    }

    /// What it holds, where it stands in an entity that holds `around`.
    pub fn content(&self, around: Content) -> Content {
        let Some(kind) = self.content_type() else {
            // Programs write what belongs to none of the messages of a digest between them.
            let is_message = around == Content::Digest && is_field(self.whole.trim_ascii_start());
            return if is_message { Content::Message } else { Content::Plain };
        };
        match (kind.ctype(), kind.subtype().unwrap_or_default()) {
            // "text" alone is of a time before subtypes; parts that nothing separates are words.
            ("text", "" | "plain") => Content::Plain,
            ("multipart", _) if self.boundary().is_none() => Content::Plain,
            ("text", "html") => Content::Html,
            ("message", "rfc822" | "global" | "news") => Content::Message,
            ("multipart", "alternative") => Content::Alternative,
            ("multipart", "related") => Content::Related,
            ("multipart", "digest") => Content::Digest,
            ("multipart", _) => Content::Mixed,
            ("text", subtype) if !is_data(subtype) => Content::Plain,
            _ => Content::Other,
        }
    }

    /// Whether it is to be saved and not to be shown where it stands (RFC 2183).
    pub fn is_attachment(&self) -> bool {
        self.disposition().is_some_and(ContentType::is_attachment)
    }

    /// Whether it is said to be shown where it stands (RFC 2183 §2.1).
    pub fn is_inline(&self) -> bool {
        self.disposition().is_some_and(ContentType::is_inline)
    }

    /// Whether it has the name of a file.
    pub fn is_named(&self) -> bool {
        self.disposition().is_some_and(|disposition| disposition.has_attribute("filename"))
            || self.content_type().is_some_and(|kind| kind.has_attribute("name"))
    }

    /// Whether it is the root that an entity of related parts names (RFC 2387).
    pub fn is_root_of(&self, related: &MimeEntity<'_>) -> bool {
        let id = |id: &str| id.trim_matches(['<', '>', ' ']).to_owned();
        let root = related.content_type().and_then(|kind| kind.attribute("start")).map(id);
        root.is_some() && root == self.header(&HeaderName::ContentId).and_then(HeaderValue::as_text).map(id)
    }

    /// Its parts, in order; what stands before the first and after the last is none. The last may break off.
    pub fn parts(&self) -> impl Iterator<Item = MimeEntity<'m>> + use<'m> {
        let delimiter = format!("--{}", self.boundary().unwrap_or_default()).into_bytes();
        let mut rest = Delimiter::find(self.body, &delimiter).filter(|first| !first.is_last).map(|first| first.rest);
        std::iter::from_fn(move || {
            let from = rest.take()?;
            let Some(next) = Delimiter::find(from, &delimiter) else {
                let line = from.rsplit(|b| *b == b'\n').next().unwrap_or_default();
                let from = if delimiter.starts_with(line) { &from[..from.len() - line.len()] } else { from };
                return (!from.trim_ascii().is_empty()).then(|| MimeEntity::part(from));
            };
            rest = (!next.is_last).then_some(next.rest);
            Some(MimeEntity::part(next.before))
        })
    }

    /// The message that it holds.
    pub fn inner(&self) -> Cow<'m, [u8]> {
        if self.content_type().is_some() { self.bytes() } else { Cow::Borrowed(self.whole) }
    }

    /// The bytes that it holds, its transfer encoding undone, without what stands below base64.
    fn bytes(&self) -> Cow<'m, [u8]> {
        self.decoded().0
    }

    /// The bytes that it holds, its transfer encoding undone, and what stands as it is below base64.
    fn decoded(&self) -> (Cow<'m, [u8]>, &'m [u8]) {
        let encoding = self.header(&HeaderName::ContentTransferEncoding).and_then(HeaderValue::as_text);
        // A comment may follow, or what some programs take for a parameter.
        let encoding = encoding.unwrap_or_default().trim().split([';', '(', ' ', '\t']).next().unwrap_or_default();
        if encoding.eq_ignore_ascii_case("base64") {
            base64(self.body).map_or((Cow::Borrowed(self.body), &[]), |(bytes, below)| (Cow::Owned(bytes), below))
        } else if encoding.eq_ignore_ascii_case("quoted-printable") {
            (Cow::Owned(quoted_printable(self.body)), &[])
        } else {
            (Cow::Borrowed(self.body), &[])
        }
    }

    /// What tells of the characters of its parts that do not say it.
    pub fn charset_clue(&self) -> CharsetClue<'m> {
        CharsetClue::of(self.whole)
    }

    /// The characters that it holds; `clue` is that of the message.
    pub fn text(&self, clue: &CharsetClue<'_>) -> String {
        let charset = self.content_type().and_then(|kind| kind.attribute("charset"));
        let charset = charset.filter(|label| is_telling(label)).or(clue.charset);
        let (bytes, below) = self.decoded();
        let mut text = self.layout().undone(text_of(&bytes, charset, clue.domain)).into_owned();
        // What a program or a person added without asking how a mail is encoded.
        let below = text_of(below, charset, clue.domain);
        let is_words = !below.is_ascii() || below.trim().contains(' ');
        if is_words && !list_footer::is_one(&below) {
            text.push_str("\n\n");
            text.push_str(&below);
        }
        text
    }

    /// How the lines of its text are written.
    fn layout(&self) -> TextLayout {
        let Some(kind) = self.content_type() else { return TextLayout::AsWritten };
        let says = |name, value| kind.attribute(name).is_some_and(|said| said.trim().eq_ignore_ascii_case(value));
        match kind.subtype().unwrap_or_default() {
            "plain" if says("format", "flowed") => TextLayout::Flowed { del_sp: says("delsp", "yes") },
            "enriched" | "richtext" => TextLayout::Enriched,
            _ => TextLayout::AsWritten,
        }
    }

    fn content_type(&self) -> Option<&ContentType<'static>> {
        self.header(&HeaderName::ContentType)?.as_content_type()
    }

    fn disposition(&self) -> Option<&ContentType<'static>> {
        self.header(&HeaderName::ContentDisposition)?.as_content_type()
    }

    fn boundary(&self) -> Option<&str> {
        let boundary = self.content_type()?.attribute("boundary").map(str::trim_end).filter(|it| !it.is_empty());
        let is_there = |boundary: &&str| Delimiter::find(self.body, format!("--{boundary}").as_bytes()).is_some();
        boundary.filter(is_there).or_else(|| boundary_in(self.body)).or(boundary)
    }
}

/// A line between parts.
struct Delimiter<'m> {
    before: &'m [u8],
    rest: &'m [u8],
    is_last: bool,
}

impl<'m> Delimiter<'m> {
    /// The first line that is `delimiter`, or that and two hyphens (RFC 2046 §5.1.1). The line break before it is its own.
    fn find(bytes: &'m [u8], delimiter: &[u8]) -> Option<Self> {
        let begins_line = |at: &usize| *at == 0 || bytes[at - 1] == b'\n';
        memmem::find_iter(bytes, delimiter).filter(begins_line).find_map(|at| {
            let before = &bytes[..at];
            let after = &bytes[at + delimiter.len()..];
            let end = memchr(b'\n', after).map_or(after.len(), |end| end + 1);
            let line = after[..end].trim_ascii();
            if !(line.is_empty() || line == b"--") {
                return None;
            }
            let before = before.strip_suffix(b"\n").unwrap_or(before);
            let before = before.strip_suffix(b"\r").unwrap_or(before);
            Some(Self { before, rest: &after[end..], is_last: !line.is_empty() })
        })
    }
}

/// The boundary that a body has where its headers tell of another or of none: `--` and one word, first of all or above
/// the headers of a part.
fn boundary_in(body: &[u8]) -> Option<&str> {
    let is_headed = |line: &[u8]| line.get(..8).is_some_and(|name| name.eq_ignore_ascii_case(b"content-"));
    let mut lines = body.trim_ascii_start().split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end).peekable();
    let mut is_first = true;
    while let Some(line) = lines.next() {
        let is_begun = std::mem::take(&mut is_first) || lines.peek().is_some_and(|next| is_headed(next));
        let word = line.strip_prefix(b"--").filter(|_| is_begun).and_then(|word| std::str::from_utf8(word).ok());
        let is_boundary = |word: &&str| word.contains(char::is_alphanumeric) && !word.contains(char::is_whitespace);
        if let Some(boundary) = word.filter(is_boundary) {
            return Some(boundary);
        }
    }
    None
}

/// Whether text of this type is for programs; any other that is not known is plain (RFC 2046 §4.1.4).
fn is_data(subtype: &str) -> bool {
    const DATA: [&str; 12] = [
        "calendar",
        "css",
        "csv",
        "directory",
        "ecmascript",
        "javascript",
        "rfc822-headers",
        "rtf",
        "tab-separated-values",
        "vcard",
        "x-vcalendar",
        "x-vcard",
    ];
    DATA.contains(&subtype) || ["html", "xml", "patch", "diff"].iter().any(|end| subtype.ends_with(end))
}

/// Takes headers and body apart. Headers end at the first blank line, or before it after the last line that can be one.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let (mut at, mut end) = (0, 0);
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if matches!(line, b"\n" | b"\r\n") {
            let body = if end == at { at + line.len() } else { end };
            return (&bytes[..end], &bytes[body..]);
        }
        let goes_on = end == at && end > 0 && matches!(line[0], b' ' | b'\t');
        at += line.len();
        if goes_on || is_field(line) {
            end = at;
        }
    }
    bytes.split_at(end)
}

/// Whether a text begins with a header: a name of visible ASCII, blanks perhaps, and a colon (RFC 5322 §2.2, §4.5).
fn is_field(text: &[u8]) -> bool {
    let length = text.iter().take_while(|b| b.is_ascii_graphic() && **b != b':').count();
    length > 0 && text[length..].iter().find(|b| !matches!(b, b' ' | b'\t')) == Some(&b':')
}

/// The characters of `bytes`, of which it is `said` how they are encoded. What is valid UTF-8 is UTF-8 whatever is said.
/// `domain` is a clue where nothing is said.
fn text_of<'b>(bytes: &'b [u8], said: Option<&str>, domain: Option<&str>) -> Cow<'b, str> {
    match (said.and_then(|label| Encoding::for_label(label.as_bytes())), std::str::from_utf8(bytes)) {
        (Some(encoding), _) if [UTF_16LE, UTF_16BE].contains(&encoding) && memchr(0, bytes).is_some() => {
            encoding.decode(bytes).0
        }
        // Those that only mail has, as UTF-7, look like ASCII.
        (None, Ok(text))
            if text.is_ascii()
                && let Some(decode) = said.and_then(mail_decoder) =>
        {
            decode(bytes).into()
        }
        (None, Err(_)) if let Some(decode) = said.and_then(mail_decoder) => decode(bytes).into(),
        // A character that breaks off at the end says nothing of the encoding of the others.
        (Some(encoding), Err(error)) if encoding == UTF_8 && error.error_len().is_none() => {
            encoding::decode(&bytes[..error.valid_up_to()], said)
        }
        _ => encoding::decode_from(bytes, said, domain),
    }
}

/// What decodes one of the encodings that only mail has.
fn mail_decoder(label: &str) -> Option<impl Fn(&[u8]) -> String> {
    let decode = charset_decoder(label.as_bytes())?;
    let is_utf7 = ["utf-7", "utf7", "unicode-1-1-utf-7", "csutf7"].iter().any(|it| label.eq_ignore_ascii_case(it));
    Some(move |bytes: &[u8]| if is_utf7 { decode(&with_ends_of_runs(bytes)) } else { decode(bytes) })
}

/// UTF-7 of which each run of base64 ends with its hyphen. The decoder takes whatever ends a run for that, but only the
/// hyphen belongs to it (RFC 2152, rule 2).
fn with_ends_of_runs(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 16);
    let mut rest = bytes;
    while let Some(at) = memchr(b'+', rest) {
        let run = rest[at + 1..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/')).count();
        let end = at + 1 + run;
        out.extend_from_slice(&rest[..end]);
        if run > 0 && rest.get(end) != Some(&b'-') {
            out.push(b'-');
        }
        rest = &rest[end..];
    }
    out.extend_from_slice(rest);
    out
}

/// Headers whose encoded words (RFC 2047) all are in UTF-8. Those that follow each other in one encoding are one: some
/// programs cut characters in two.
fn words_as_utf8(head: &str) -> String {
    let mut out = String::with_capacity(head.len() + 2);
    let mut rest = head;
    while let Some(start) = rest.find("=?") {
        let Some((word, mut after)) = EncodedWord::read(&rest[start..]) else {
            out.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        let mut bytes = word.bytes;
        while let Some((next, further)) = EncodedWord::read(after.trim_start())
            && next.charset.eq_ignore_ascii_case(word.charset)
        {
            bytes.extend(next.bytes);
            after = further;
        }
        out.push_str(&rest[..start]);
        out.push_str("=?utf-8?B?");
        BASE64_STANDARD.encode_string(text_of(&bytes, Some(word.charset), None).as_bytes(), &mut out);
        out.push_str("?=");
        rest = after;
    }
    out + rest
}

/// `=?charset?Q?words?=`, and the language perhaps after the charset: `utf-8*en` (RFC 2231 §5).
struct EncodedWord<'h> {
    charset: &'h str,
    bytes: Vec<u8>,
}

impl<'h> EncodedWord<'h> {
    /// The word with which `text` begins, and what follows it.
    fn read(text: &'h str) -> Option<(Self, &'h str)> {
        /// Far above the 75 that are allowed, in bytes.
        const LONGEST: usize = 2 << 10;
        let word = &text[..text.floor_char_boundary(LONGEST)];
        let (charset, rest) = word.strip_prefix("=?")?.split_once('?')?;
        let (encoding, rest) = rest.split_once('?')?;
        let (words, _) = rest.split_once("?=")?;
        let after = &text["=????=".len() + charset.len() + encoding.len() + words.len()..];
        let charset = charset.split('*').next()?;
        let is_label = charset.bytes().all(|b| b.is_ascii_graphic());
        let bytes = match encoding {
            "q" | "Q" => quoted_printable(words.replace('_', " ").as_bytes()),
            "b" | "B" => base64_word(words.as_bytes()),
            _ => return None,
        };
        (is_label && !words.contains("\n\n")).then_some((Self { charset, bytes }, after))
    }
}
