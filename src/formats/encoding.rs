//! From bytes to characters.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// How much of a text is looked at to guess its encoding, in bytes.
const SAMPLE: usize = 64 << 10;

/// Gives the characters of `bytes`: after their byte order mark (which is dropped), else as UTF-8, else in the
/// encoding that they look like. What cannot be decoded becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) if is_nearly_utf8(bytes, error.valid_up_to()) => String::from_utf8_lossy(bytes),
        Err(_) => guess(bytes).decode_without_bom_handling(bytes).0,
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
        assert_eq!(decode(b"\xef\xbb\xbfdate"), "date");
        assert_eq!(decode(b"\xff\xfed\0\xe9\0"), "dé");
        assert_eq!(decode(b"\xfe\xff\0d\0\xe9"), "dé");
    }

    #[test]
    fn utf8_is_not_copied() {
        assert!(matches!(decode("“Żółć”".as_bytes()), Cow::Borrowed(_)));
    }

    #[test]
    fn other_encodings_are_guessed() {
        let western = "“The café’s façade,” said Zoë Küster – the naïve résumé. «Déjà vu», «à bientôt».";
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(western);
        assert_eq!(decode(&bytes), western);
        let russian = "Мост закрыт до весны, сообщил инженер порта Пётр Лучков. «Мы не торопимся», — сказал он.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(decode(&bytes), russian);
        let late = format!("{}{western}", "plain words ".repeat(20_000));
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&late);
        assert!(decode(&bytes).ends_with(western));
    }

    #[test]
    fn a_broken_byte_does_not_spoil_utf8() {
        let mut bytes = "“Żółć i jaźń”, powiedziała.".as_bytes().to_vec();
        bytes.extend(b" \xff!");
        assert_eq!(decode(&bytes), "“Żółć i jaźń”, powiedziała. \u{fffd}!");
    }
}
