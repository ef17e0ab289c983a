//! The same words in every encoding through every door.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use pullquote::article::Article;
use pullquote::formats::{self, Hint, ParseError};

/// Files of each format, with the same article in them.
const FILES: [(&str, &str); 8] = [
    (
        "a.xml",
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Wire</title><item><title>Bridge – closed</title>\
         <description>“It is tired,” said Zoë Okafor of the harbour board, who has run it for nine years.</description>\
         </item></channel></rss>",
    ),
    (
        "a.html",
        "<!DOCTYPE html><html><head><title>Bridge – closed</title></head><body><article><p>“It is tired,” said Zoë \
         Okafor of the harbour board, who has run it for nine years.</p></article></body></html>",
    ),
    (
        "a.txt",
        "Bridge – closed\n\n“It is tired,” said Zoë Okafor of the harbour board, who has run it for nine years.\n",
    ),
    (
        "a.md",
        "# Bridge – closed\n\n“It is tired,” said Zoë Okafor of the harbour board, who has run it for nine years.\n",
    ),
    (
        "a.csv",
        "title,text\nBridge – closed,\"“It is tired,” said Zoë Okafor of the harbour board, who has run it for nine years.\"\n",
    ),
    (
        "a.tsv",
        "title\ttext\nBridge – closed\t“It is tired,” said Zoë Okafor of the harbour board, who has run it for nine years.\n",
    ),
    (
        "a.json",
        "{\"title\": \"Bridge – closed\", \"text\": \"“It is tired,” said Zoë Okafor of the harbour board, who has run it for \
         nine years.\"}",
    ),
    (
        "a.jsonl",
        "{\"title\": \"Bridge – closed\", \"text\": \"“It is tired,” said Zoë Okafor of the harbour board, who has run it for \
         nine years.\"}\n",
    ),
];

fn read(bytes: &[u8], name: &str) -> Vec<Result<Article, ParseError>> {
    let mut all = Vec::new();
    formats::read(&mut &*bytes, &Hint { name: Some(name), ..Hint::default() }, &mut |read| all.push(read));
    all
}

fn check(bytes: &[u8], name: &str, what: &str) {
    let all = read(bytes, name);
    let [Ok(article)] = &all[..] else { panic!("{name} in {what}: {all:?}") };
    let expected =
        "Bridge – closed\n“It is tired,” said Zoë Okafor of the harbour board, who has run it for nine years.";
    assert_eq!(article.body.text(), expected, "{name} in {what}");
}

type Encode = fn(&str) -> Vec<u8>;

const WIDE: [(&str, Encode); 4] = [
    ("UTF-16LE", |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("UTF-16BE", |text| text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ("UTF-32LE", |text| text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect()),
    ("UTF-32BE", |text| text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect()),
];

#[test]
fn wide_encodings_are_read_with_and_without_marks() {
    for (name, text) in FILES {
        for marks in 0..3 {
            let text = "\u{feff}".repeat(marks) + text;
            check(text.as_bytes(), name, &format!("UTF-8 with {marks} marks"));
            for (encoding, encode) in WIDE {
                let bytes = encode(&text);
                check(&bytes, name, &format!("{encoding} with {marks} marks"));
                let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
                packed.write_all(&bytes).unwrap();
                check(&packed.finish().unwrap(), &format!("{name}.gz"), &format!("{encoding}, packed"));
            }
        }
    }
}

#[test]
fn records_after_a_mark_in_the_middle_are_read() {
    let (name, text) = FILES[7];
    let twice = format!("\u{feff}{text}\u{feff}{text}");
    let all = read(twice.as_bytes(), name);
    assert!(all.len() == 2 && all.iter().all(Result::is_ok), "{all:?}");
}

#[test]
fn line_of_another_encoding_says_nothing_of_the_next() {
    let (name, text) = FILES[7];
    let western = encoding_rs::WINDOWS_1252.encode(text).0;
    for early in [&*western, b"\xe9\xff\xfa caf\xe9 {}\n"] {
        let lines = [early, text.as_bytes(), &*western, text.as_bytes()].concat();
        let all = read(&lines, name);
        let said: Vec<_> = all.iter().flatten().map(|article| article.body.text().to_owned()).collect();
        assert!(said.len() >= 3 && said.iter().all(|text| text.contains("“It is tired,” said Zoë Okafor")), "{all:?}");
    }
    // A table or an array is one document.
    let marked = ["\u{feff}".as_bytes(), b"[\n", text.trim().as_bytes(), b",\n", text.as_bytes(), b"]\n"].concat();
    assert_eq!(read(&marked, name).iter().filter(|read| read.is_ok()).count(), 2);
}

#[test]
fn declared_encoding_may_be_wrong() {
    let (name, text) = FILES[0];
    for declared in ["utf-8", "us-ascii", "iso-8859-1", "utf-16"] {
        let text = text.replace("version=\"1.0\"?", &format!("version=\"1.0\" encoding=\"{declared}\"?"));
        check(text.as_bytes(), name, &format!("UTF-8 called {declared}"));
        check(&encoding_rs::WINDOWS_1252.encode(&text).0, name, &format!("Windows-1252 called {declared}"));
        check(&WIDE[0].1(&text), name, &format!("UTF-16 called {declared}"));
    }
}

#[test]
fn control_characters_that_mean_marks_are_marks() {
    // Bytes of Windows-1252, each taken for the character of its number.
    let mistaken = |text: &str| -> String {
        encoding_rs::WINDOWS_1252.encode(text).0.iter().map(|byte| char::from(*byte)).collect()
    };
    for (name, text) in FILES {
        check(mistaken(text).as_bytes(), name, "UTF-8 of Windows-1252");
        let (utf16, encode) = WIDE[0];
        check(&encode(&mistaken(text)), name, utf16);
    }
    for (name, text) in FILES.into_iter().filter(|(name, _)| !["a.txt", "a.csv", "a.tsv"].contains(name)) {
        let referred = |c: char| match c {
            '\u{80}'..='\u{9f}' if name.contains("json") => format!("\\u{:04x}", c as u32),
            '\u{80}'..='\u{9f}' => format!("&#{};", c as u32),
            _ => c.to_string(),
        };
        let text: String = mistaken(text).chars().map(referred).collect();
        check(text.as_bytes(), name, "numbers of characters");
    }
}

#[test]
fn binary_files_are_refused_whatever_their_zeros() {
    let numbers: Vec<u8> = (0_u16..9_000).flat_map(u16::to_le_bytes).collect();
    let bitmap = [&b"BM\x36\0\x0c\0\0\0\0\0\x36\0\0\0\x28\0\0\0"[..], &[0, 0x7f, 0, 0xff].repeat(999)].concat();
    let sound = [b"RIFF\x24\x08\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0", &numbers[200..]].concat();
    for (what, bytes) in [("numbers", &numbers), ("a bitmap", &bitmap), ("a sound", &sound)] {
        let all = read(bytes, "a.txt");
        assert!(matches!(all[..], [Err(ParseError::NotText(_))]), "{what}: {all:?}");
    }
}

#[test]
fn control_characters_that_mean_marks_are_marks_in_mail() {
    let mail = "From: Zo\u{eb} \u{93}Z\u{94} Okafor <z@coast.example>\nSubject: Bridge \u{96} closed\nDate: Sat, 14 Mar 2026 \
                09:30:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n\u{93}It isn\u{92}t open,\u{94} she said.\n";
    let all = read(mail.as_bytes(), "a.eml");
    let [Ok(article)] = &all[..] else { panic!("{all:?}") };
    assert_eq!(article.body.text(), "Bridge – closed\n“It isn’t open,” she said.");
    assert_eq!(article.publisher.as_deref(), Some("Zoë “Z” Okafor"));
}
