//! How deep messages lie in messages of a mail, before it is parsed.
//!
//! mail-parser follows any nesting without recursion, but drops what it made by recursion: some 20,000 messages inside one
//! another (4 KB packed) overflow the stack of a thread and abort the program. This walks through a mail as
//! `MessageParser::parse` of mail-parser 0.11 does, with its own primitives, and keeps nothing.

use std::borrow::Cow;

use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, GetHeader, Header, HeaderName, HeaderValue, MessageParser};

/// The most messages inside one another that are read.
const MOST: usize = 32;

/// How many packed messages inside one another the parser unpacks.
const MOST_PACKED: usize = 3;

/// Whether no more than 32 messages lie inside one another.
pub fn is_bounded(mail: &[u8]) -> bool {
    nesting(mail, MOST_PACKED) <= MOST
}

/// What an entity of a mail is, as far as its parts depend on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Message,
    /// Parts that do not say what they are, are messages.
    Digest,
    Other,
}

/// The entity whose parts are read.
struct Entity {
    kind: Kind,
    /// What stands between its parts, or after it.
    boundary: Option<Vec<u8>>,
}

/// How many messages lie inside one another, no more than one above [`MOST`] being counted.
fn nesting(mail: &[u8], packed: usize) -> usize {
    let parser = MessageParser::default();
    let mut stream = MessageStream::new(mail);
    let mut entity = Entity { kind: Kind::Message, boundary: None };
    let mut outer: Vec<Entity> = Vec::new();
    let (mut depth, mut deepest) = (0, 0);
    let mut headers: Vec<Header<'_>> = Vec::new();
    loop {
        headers.clear();
        if !stream.parse_headers(&parser, &mut headers) {
            return deepest;
        }
        let content_type = headers.header_value(&HeaderName::ContentType).and_then(HeaderValue::as_content_type);
        let mut kind = kind_of(content_type, entity.kind);
        if let Some(boundary) = content_type.filter(|kind| kind.ctype() == "multipart").and_then(boundary_of) {
            if stream.seek_next_part(boundary) {
                let parts = Entity { kind, boundary: Some(boundary.to_vec()) };
                outer.push(std::mem::replace(&mut entity, parts));
                stream.skip_crlf();
                continue;
            }
            kind = Kind::Other;
        }
        let packing = Packing::of(&headers);
        if kind == Kind::Message && packing == Packing::None {
            depth += 1;
            deepest = deepest.max(depth);
            if depth > MOST {
                return depth;
            }
            let message = Entity { kind, boundary: entity.boundary.take() };
            outer.push(std::mem::replace(&mut entity, message));
            continue;
        }
        let content = packing.unpacked(&mut stream, &mut entity);
        if let Some(content) = content.filter(|_| kind == Kind::Message && packed > 0) {
            deepest = deepest.max(depth + 1 + nesting(&content, packed - 1));
        }
        match after_part(&mut stream, &mut entity, &mut outer) {
            Next::Part { left } => depth -= left,
            Next::Nothing => return deepest,
        }
        if deepest > MOST || (entity.boundary.is_none() && stream.offset() >= mail.len()) {
            return deepest;
        }
    }
}

/// What follows a part of a message.
enum Next {
    /// Another part, or headers; so many messages have ended.
    Part {
        left: usize,
    },
    Nothing,
}

/// Goes on after a part: leaves the messages that end with it, and the entities whose last part it is.
fn after_part(stream: &mut MessageStream<'_>, entity: &mut Entity, outer: &mut Vec<Entity>) -> Next {
    let mut left = 0;
    if entity.boundary.is_none() {
        return Next::Part { left };
    }
    loop {
        if entity.kind == Kind::Message {
            let Some(around) = outer.pop() else { return Next::Nothing };
            left += 1;
            *entity = Entity { boundary: entity.boundary.take(), ..around };
        }
        if !stream.is_multipart_end() {
            return Next::Part { left };
        }
        let Some(around) = outer.pop() else { return Next::Nothing };
        *entity = around;
        let goes_on = entity.boundary.as_ref().is_some_and(|boundary| stream.seek_next_part_offset(boundary).is_some());
        if !goes_on {
            return Next::Nothing;
        }
    }
}

fn kind_of(content_type: Option<&ContentType<'_>>, around: Kind) -> Kind {
    match content_type.map(|kind| (kind.ctype(), kind.subtype())) {
        Some(("multipart", Some("digest"))) => Kind::Digest,
        Some(("message", Some("rfc822" | "global"))) => Kind::Message,
        None if around == Kind::Digest => Kind::Message,
        _ => Kind::Other,
    }
}

fn boundary_of<'c>(content_type: &'c ContentType<'_>) -> Option<&'c [u8]> {
    content_type.attribute("boundary").map(str::as_bytes)
}

/// How the content of a part is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    Base64,
    QuotedPrintable,
}

impl Packing {
    fn of(headers: &Vec<Header<'_>>) -> Self {
        match headers.header_value(&HeaderName::ContentTransferEncoding) {
            Some(HeaderValue::Text(name)) if name.eq_ignore_ascii_case("base64") => Self::Base64,
            Some(HeaderValue::Text(name)) if name.eq_ignore_ascii_case("quoted-printable") => Self::QuotedPrintable,
            _ => Self::None,
        }
    }

    /// Passes by the content of a part; returns it unpacked, unless it is damaged.
    fn unpacked<'m>(self, stream: &mut MessageStream<'m>, entity: &mut Entity) -> Option<Cow<'m, [u8]>> {
        let boundary = entity.boundary.as_deref().unwrap_or_default();
        let (end, content) = match self {
            Self::None => stream.mime_part(boundary),
            Self::Base64 => stream.decode_base64_mime(boundary),
            Self::QuotedPrintable => stream.decode_quoted_printable_mime(boundary),
        };
        if end != usize::MAX {
            return Some(content);
        }
        let (_, is_ended) = stream.seek_part_end(entity.boundary.as_deref());
        if !is_ended {
            entity.boundary = None;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD;

    use super::*;

    const MESSAGE: &str = "Content-Type: message/rfc822\n\n";

    /// How deep mail-parser finds messages in a mail that it can parse.
    fn parsed(mail: &str) -> usize {
        fn depth(message: &mail_parser::Message<'_>) -> usize {
            let inner = message.parts.iter().filter_map(|part| match &part.body {
                mail_parser::PartType::Message(inner) => Some(1 + depth(inner)),
                _ => None,
            });
            inner.max().unwrap_or(0)
        }
        MessageParser::default().parse(mail).map_or(0, |message| depth(&message))
    }

    fn forwarded(times: usize) -> String {
        let mut mail = "Subject: the first\n\nIt is closed.\n".to_owned();
        for n in 0..times {
            mail = format!(
                "Subject: again {n}\nContent-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n\nSee below.\n--b{n}\n\
                 {MESSAGE}{mail}\n--b{n}--\n"
            );
        }
        mail
    }

    fn packed(inner: &str) -> String {
        let lines = BASE64_STANDARD.encode(inner);
        format!("Subject: x\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{lines}\n")
    }

    #[test]
    fn depth_is_what_the_parser_finds() {
        let digest = "Subject: x\nContent-Type: multipart/digest; boundary=b\n\n".to_owned()
            + &"--b\n\nSubject: y\n\nWords.\n".repeat(100)
            + "--b--\n";
        let siblings = "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n".to_owned()
            + &format!("--b\n{MESSAGE}Subject: y\n\nWords.\n").repeat(100)
            + "--b--\n";
        let unclosed = forwarded(5).replace("--\n", "\n");
        let plain = "Subject: x\n\nWords.\n".to_owned();
        let in_front = MESSAGE.repeat(7) + &plain;
        let both = packed(&forwarded(4));
        for (mail, expected) in [
            (&plain, 0),
            (&in_front, 7),
            (&forwarded(1), 1),
            (&forwarded(20), 20),
            (&digest, 1),
            (&siblings, 1),
            (&packed(&plain), 1),
            (&both, 5),
            (&packed(&packed(&packed(&plain))), 3),
        ] {
            assert_eq!(nesting(mail.as_bytes(), MOST_PACKED), expected, "{mail}");
            assert_eq!(parsed(mail), expected, "{mail}");
        }
        assert!(nesting(unclosed.as_bytes(), MOST_PACKED) >= parsed(&unclosed));
    }

    #[test]
    fn deep_mail_is_refused() {
        for levels in [33, 1_000, 60_000] {
            let inside = MESSAGE.repeat(levels);
            for mail in [inside.clone(), packed(&inside), packed(&packed(&inside))] {
                assert!(!is_bounded(mail.as_bytes()), "{levels}");
            }
        }
        assert!(!is_bounded(forwarded(33).as_bytes()));
        assert!(is_bounded(MESSAGE.repeat(32).as_bytes()));
        // Each level hides behind the boundary of the first.
        let repeated = |level: &dyn Fn(usize) -> String| (0..500).map(level).collect::<Vec<_>>().concat();
        let hidden = repeated(&|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b0\n--b{n}\n{MESSAGE}"));
        assert!(!is_bounded(hidden.as_bytes()));
        let digests = repeated(&|n| format!("Content-Type: multipart/digest; boundary=b{n}\n\n--b{n}\n\n"));
        assert!(!is_bounded(digests.as_bytes()));
    }
}
