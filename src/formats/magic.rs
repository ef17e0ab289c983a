//! What is no text at all.

use encoding_rs::Encoding;

use super::encoding::is_wide;

/// How well-known kinds of files begin, and what a person calls them.
const KINDS: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"%PDF-", "a PDF document (pdftotext makes text of it)"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an office document (LibreOffice makes text of it: soffice --convert-to txt)",
    ),
    (b"\x7fELF", "a program"),
    (b"\xfe\xed\xfa\xce", "a program"),
    (b"\xfe\xed\xfa\xcf", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\0asm", "a program"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3\0", "an SQLite database (sqlite3 -json writes a table as JSON)"),
    (b"PAR1", "a Parquet table (DuckDB writes it as JSON or CSV)"),
    (b"OggS", "a sound recording"),
    (b"ID3\x03", "a sound recording"),
    (b"ID3\x04", "a sound recording"),
    (b"fLaC", "a sound recording"),
];

/// What bytes are that are of no kind that is known.
pub const BINARY: &str = "something binary";

/// How much is looked at, in bytes.
const SAMPLE: usize = 64 << 10;

/// What `bytes` are where they are no text, in words ("a PNG picture").
///
/// Text with a few stray control characters is text: they are cleaned away later. Where more than one byte in 16 is
/// a control character that no text has, it is not.
pub fn recognize(bytes: &[u8]) -> Option<&'static str> {
    if Encoding::for_bom(bytes).is_some() {
        return None;
    }
    if let Some((magic, what)) = KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        let packed = magic.starts_with(b"PK\x03").then(|| in_zip(bytes)).flatten();
        return (!begins_prose(magic, bytes)).then_some(packed.unwrap_or(what));
    }
    // At the beginning stands the name of a file (POSIX.1-2017, pax).
    if bytes.get(257..262) == Some(b"ustar") {
        return Some("a tar archive");
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let foreign = sample.iter().filter(|b| is_foreign(**b)).count();
    (foreign > 0 && foreign * 16 > sample.len() && !is_wide(bytes)).then_some(BINARY)
}

/// What a ZIP archive is, by the names of the files in it.
fn in_zip(bytes: &[u8]) -> Option<&'static str> {
    const INSIDE: [(&[u8], &str); 4] = [
        (b"application/epub+zip", "an EPUB book (pandoc makes text of it)"),
        (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (pandoc makes text of it)"),
        (b"word/", "a Word document (pandoc makes text of it)"),
        (b"xl/", "a spreadsheet (save it as CSV)"),
    ];
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    INSIDE.iter().find(|(name, _)| memchr::memmem::find(sample, name).is_some()).map(|(_, what)| *what)
}

/// Whether words follow a mark of printable characters on its line, as in "%PDF-1.4 is how it begins", and all is text.
fn begins_prose(magic: &[u8], bytes: &[u8]) -> bool {
    const FEWEST_WORDS: usize = 2;
    let line = bytes[magic.len()..].split(|b| matches!(b, b'\n' | b'\r')).next().unwrap_or_default();
    let words = line.split(|b| *b == b' ').skip(1).filter(|word| word.first().is_some_and(u8::is_ascii_alphabetic));
    magic.iter().all(u8::is_ascii_graphic)
        && words.count() >= FEWEST_WORDS
        && !bytes.iter().take(SAMPLE).any(|b| is_foreign(*b))
}

/// Whether no text has this byte: control characters but the blanks, backspace and escape.
fn is_foreign(byte: u8) -> bool {
    matches!(byte, 0..=7 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_kinds_have_names() {
        assert_eq!(recognize(b"\x89PNG\r\n\x1a\n..."), Some("a PNG picture"));
        assert_eq!(recognize(b"%PDF-1.7 whatever"), Some("a PDF document (pdftotext makes text of it)"));
        for (inside, what) in [
            (&b"mimetypeapplication/epub+zip"[..], "an EPUB book (pandoc makes text of it)"),
            (b"[Content_Types].xml word/document.xml", "a Word document (pandoc makes text of it)"),
            (b"news.txt", "a ZIP archive or an office document"),
        ] {
            assert_eq!(recognize(&[&b"PK\x03\x04\x14\0"[..], inside].concat()), Some(what));
        }
        assert_eq!(recognize(b"PAR1\x15\x04"), Some("a Parquet table (DuckDB writes it as JSON or CSV)"));
        let tar = [&b"news.txt"[..], &[0; 249], b"ustar\x0000", &[b'a'; 9_000]].concat();
        assert_eq!(recognize(&tar), Some("a tar archive"));
        assert_eq!(recognize(&[0, 1, 2, 3, b'a', b'b']), Some("something binary"));
    }

    #[test]
    fn prose_may_begin_with_a_mark() {
        for text in ["%PDF-1.4 is how it begins.\n\n“It is old,” said Ann Holt.", "GIF89a, said Ann Holt, is old.\n"]
        {
            assert_eq!(recognize(text.as_bytes()), None, "{text}");
        }
        assert_eq!(recognize(b"%PDF-1.4 %\xe2\xe3\n1 0 obj"), Some("a PDF document (pdftotext makes text of it)"));
        assert_eq!(
            recognize(b"%PDF-1.4\r\n1 0 obj\n(It is closed.)"),
            Some("a PDF document (pdftotext makes text of it)")
        );
        assert_eq!(recognize(b"OggS is a word\0\x02"), Some("a sound recording"));
    }

    #[test]
    fn text_with_stray_controls_is_text() {
        assert_eq!(recognize(b"A headline\0 with one stray NUL in a line of text"), None);
        assert_eq!(recognize(b"\x1b[1m\x1b[31mred\x1b[0m"), None);
        assert_eq!(recognize("Żółć, «ёлка», 林".as_bytes()), None);
        assert_eq!(recognize(b"\xff\xfeA\0 \0"), None);
        assert_eq!(recognize(b""), None);
    }
}
