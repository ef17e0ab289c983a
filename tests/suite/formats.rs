//! Bytes to articles: every variation of the dated text format, and everything that is no article.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use pullquote::article::{Article, Paragraph, ParagraphKind};
use pullquote::formats::{self, Hint, ParseError};

const PLAIN: &str = " date 2026-03-14 Harbour Bridge to Close\n\
    The bridge will close on Sunday, the harbour board said.\n\
    “It is tired,” said Ines Okafor.\n";

fn read_all(mut bytes: impl Read, hint: &Hint<'_>) -> Vec<Result<Article, ParseError>> {
    let mut all = Vec::new();
    formats::read(&mut bytes, hint, &mut |read| all.push(read));
    all
}

fn read_named(bytes: &[u8], name: &str) -> Result<Article, ParseError> {
    let mut all = read_all(bytes, &Hint { name: Some(name), ..Hint::default() });
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn read(bytes: impl AsRef<[u8]>) -> Article {
    read_named(bytes.as_ref(), "article.txt").unwrap()
}

fn refusal(bytes: impl AsRef<[u8]>) -> String {
    read_named(bytes.as_ref(), "article.txt").unwrap_err().to_string()
}

fn day(article: &Article) -> String {
    article.dates.published.map(|published| published.to_string()).unwrap_or_default()
}

fn kinds(article: &Article) -> Vec<ParagraphKind> {
    article.body.paragraphs().iter().map(|paragraph| paragraph.kind).collect()
}

fn paragraphs(article: &Article) -> Vec<&str> {
    article.body.text().split('\n').collect()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect()
}

#[test]
fn text_has_a_dated_line_and_a_paragraph_a_line() {
    let article = read(PLAIN);
    assert_eq!(day(&article), "2026-03-14");
    assert_eq!(
        paragraphs(&article),
        [
            "Harbour Bridge to Close",
            "The bridge will close on Sunday, the harbour board said.",
            "“It is tired,” said Ines Okafor.",
        ]
    );
    assert_eq!(article.id, read(PLAIN.trim()).id);
}

#[test]
fn dated_line_is_read_in_every_shape() {
    for line in [
        "date 2026-03-14 Bridge closed",
        "\n\n   date 2026-03-14 Bridge closed",
        "Date: 2026-03-14 Bridge closed",
        "DATE 2026-03-14: Bridge closed",
        "date 20260314 Bridge closed",
        "date 2026/03/14   Bridge closed",
        "date\t2026-03-14\tBridge closed",
        "2026-03-14 Bridge closed",
        "date 2026-03-14\nBridge closed",
        "date 2026-03-14T09:30:00Z Bridge closed",
    ] {
        let article = read(line.to_owned() + "\nIt is closed.\n");
        assert_eq!((article.headline(), &day(&article)[..10]), ("Bridge closed", "2026-03-14"), "{line}");
        assert_eq!(article.body.paragraphs().len(), 2, "{line}");
    }
    assert_eq!(day(&read("date 2026-03-14T09:30:00Z Bridge\n")), "2026-03-14T09:30:00Z");
}

#[test]
fn non_date_stays_in_the_headline() {
    for line in [
        "Date palms are dying",
        "date 2026-13-14 Bridge",
        "dates 2026-03-14 Bridge",
        "date night 2026-03-14",
        "2026 was dry",
    ] {
        let article = read(line.to_owned() + "\nWords.\n");
        assert_eq!((article.headline(), day(&article).as_str()), (line, ""));
    }
}

#[test]
fn date_is_that_of_the_article_its_address_or_the_name_of_its_file() {
    let dated = |bytes: &str, name| {
        let all = read_all(bytes.as_bytes(), &Hint { name: Some(name), ..Hint::default() });
        let article = all[0].as_ref().unwrap();
        format!("{} {}", day(article), article.dates.source_name())
    };
    let undated = "Bridge closed\nIt is closed.\n";
    assert_eq!(dated(undated, "bridge-2026_03_14.txt"), "2026-03-14 name");
    assert_eq!(dated(undated, "bridge.txt"), " none");
    assert_eq!(dated(PLAIN, "2020-01-01.txt"), "2026-03-14 article");
    let record = r#"{"title": "Bridge closed", "text": "It is closed.", "url": "https://a.example/2026/03/15/x"}"#;
    assert_eq!(dated(record, "2020-01-01.json"), "2026-03-15 url");
    assert_eq!(dated(&record.replace("2026", "x"), "2020-01-01.json"), "2020-01-01 name");
    assert_eq!(dated(&record.replace("2026", "x"), "a.json"), " none");
    assert_eq!(dated(&record.replace("\"url\"", "\"date\": \"2026-03-16\", \"url\""), "a.json"), "2026-03-16 article");
    let page =
        format!("<title>Bridge closed</title><article><p>{}</p></article>", "It is closed, they said. ".repeat(20));
    assert_eq!(dated(&page, "2020-01-01.html"), "2020-01-01 name");
    assert_eq!(dated(&page, "page.html"), " none");
    assert_eq!(dated("# Bridge\n\nIt is closed.\n", "a.md"), " none");
    assert_eq!(dated("From: a@b.example\nTo: c@d.example\nSubject: x\n\nIt is closed.\n", "a.eml"), " none");
}

#[test]
fn publisher_is_that_of_the_dateline_or_else_of_the_name() {
    let source = |text: &str, name| read_named(text.as_bytes(), name).unwrap().publisher;
    assert_eq!(source(PLAIN, "coast-wire_2026-03-14_harbour.txt").as_deref(), Some("Coast Wire"));
    assert_eq!(source(PLAIN, "harbour_bridge.txt"), None);
    let dated = "date 2026-03-14 Bridge\nPORT ELLERY, March 14 (Ellery Press) — It is closed.\n";
    assert_eq!(source(dated, "coast-wire_2026-03-14_harbour.txt").as_deref(), Some("Ellery Press"));
}

#[test]
fn parts_are_distinguished() {
    use ParagraphKind::{Byline, Caption, Headline, Promotion, Prose};
    let article = read(
        "date 2026-03-14 Bridge closed\n\
         By Jane Doe and Ann Holt\n\
         PORT ELLERY, March 14 (Coast Wire) — The bridge is closed.\n\
         Never miss a story — sign up for the Coast Wire newsletter.\n\
         The bridge at dawn. (AP Photo/Jane Doe)\n\
         “Follow us on this journey,” she said.\n\
         Read more: Ferries to run all night\n",
    );
    assert_eq!(kinds(&article), [Headline, Byline, Prose, Promotion, Caption, Prose, Promotion]);
    assert_eq!(article.byline.as_deref(), Some("Jane Doe and Ann Holt"));
    let dateline = |paragraph: &Paragraph| article.body.words(paragraph.dateline).to_owned();
    assert_eq!(dateline(&article.body.paragraphs()[2]), "PORT ELLERY, March 14 (Coast Wire) — ");
    assert_eq!(article.body.words(article.body.paragraphs()[2].words()), "The bridge is closed.");
}

#[test]
fn wrapped_prose_is_joined_and_lines_are_not() {
    let wrapped = read(
        "date 2026-03-14 Bridge closed\n\n\
         PORT ELLERY — The harbour master said on Monday that the bridge\n\
         would stay closed until spring, and that “nobody had asked the\n\
         ferrymen” what they thought.\n\n\
         The ferrymen, for their part, were not to be found at the tavern\n\
         that they are known to like.\n",
    );
    assert_eq!(wrapped.body.paragraphs().len(), 3);
    assert!(wrapped.body.text().contains("asked the ferrymen” what"));
    let lines = read("date 2026-03-14 Bridge closed\n\nIt is closed.\nIt will stay so.\n\nSo they said.\n");
    assert_eq!(lines.body.paragraphs().len(), 4);
}

#[test]
fn line_ends_of_every_kind_are_read() {
    for end in ["\r\n", "\r", "\u{2028}", "\u{85}"] {
        assert_eq!(read(PLAIN.replace('\n', end)).body, read(PLAIN).body, "{end:?}");
    }
}

#[test]
fn compressed_and_encoded_article_is_the_same() {
    let body = read(PLAIN).body;
    assert_eq!(read(packed(PLAIN.as_bytes())).body, body);
    assert_eq!(read("\u{feff}".to_owned() + PLAIN).body, body);
    assert_eq!(read(utf16(PLAIN, u16::to_le_bytes)).body, body);
    assert_eq!(read(utf16(PLAIN, u16::to_be_bytes)).body, body);
    assert_eq!(read(packed(&utf16(PLAIN, u16::to_le_bytes))).body, body);
    let western = " date 2026-03-14 Café closes\n“C’est fini,” said Zoë Küster – the naïve façade is gone.\n";
    let bytes = encoding_rs::WINDOWS_1252.encode(western).0;
    assert_eq!(read(bytes).body, read(western).body);
}

#[test]
fn non_article_says_why() {
    for nothing in ["", "   \n\t\n", "\u{feff}", "\u{0}\u{1b}[0m\n"] {
        let why = refusal(nothing);
        assert!(why == "is empty" || why.contains("binary"), "{nothing:?}: {why}");
    }
    for no_words in
        ["date 2026-03-14", "date 2026-03-14\n\n", "<html><script>a()</script></html>", "<html><body></body></html>"]
    {
        assert_eq!(refusal(no_words), "has no article text", "{no_words}");
    }
    assert_eq!(refusal("null\n"), "is a value of JSON without fields, which pullquote does not read");
    assert_eq!(refusal(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "is not text but a PNG picture");
    assert_eq!(refusal(b"%PDF-1.4\n%more"), "is not text but a PDF document (pdftotext makes text of it)");
    assert_eq!(refusal((0..=255).cycle().take(4096).collect::<Vec<u8>>()), "is not text but something binary");
    assert_eq!(refusal(packed(b"\x7fELF\x02\x01\x01")), "is not text but a program");
    assert_eq!(
        refusal("{\\rtf1 words}"),
        "is an RTF document (pandoc makes text of it), which pullquote does not read"
    );
    let mut damaged = packed(PLAIN.as_bytes());
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x55;
    assert!(refusal(&damaged).starts_with("is compressed and damaged"));
    damaged.truncate(middle);
    assert_eq!(refusal(&damaged), "is cut off: its compressed data ends too early");
}

#[test]
fn size_is_bounded_before_and_after_unpacking() {
    let limit = usize::try_from(formats::LARGEST).unwrap();
    let mut text = b"date 2026-03-14 Long\n".to_vec();
    text.resize(limit, b'a');
    assert_eq!(read(&text).body.text().len(), "Long\n".len() + limit - 21);
    text.push(b'a');
    assert_eq!(refusal(&text), "is larger than 16 MiB");
    assert_eq!(refusal(packed(&text)), "is larger than 16 MiB");
    // A bomb within a bomb is unpacked once only.
    let bomb = packed(&packed(&vec![b'a'; limit * 4]));
    assert!(refusal(bomb).contains("not text"));
    assert!(matches!(read_all(io::repeat(b'a'), &Hint::default())[0], Err(ParseError::TooLarge)));
}

#[test]
fn broken_stream_is_an_error() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let all = read_all(b"date 2026-03-14 Bridge\n".chain(Broken), &Hint::default());
    assert_eq!(all[0].as_ref().unwrap_err().to_string(), "cannot be read (the disk is gone)");
}

#[test]
fn terminal_controls_are_removed() {
    let article = read(
        "date 2026-03-14 \u{1b}]0;owned\u{7}Bridge\u{202e} closed\u{0}\n\
         \u{1b}[31m“It is\u{9b}2J tired,”\u{1b}[0m said\t\u{2066}Ines\u{2069} Okafor.\n\u{1b}Pq payload \u{1b}\\\n",
    );
    assert_eq!(paragraphs(&article), ["Bridge closed", "“It is tired,” said    Ines Okafor."]);
}

#[test]
fn huge_lines_are_read() {
    let headline = "Long ".repeat(200_000);
    let line = "“word” ".repeat(10 << 17);
    let article = read(format!("date 2026-03-14 {headline}\n{line}\n"));
    assert_eq!(article.headline(), headline.trim());
    assert_eq!(article.body.paragraphs().len(), 2);
    assert_eq!(article.body.paragraphs()[1].kind, ParagraphKind::Prose);
}

proptest::proptest! {
    #[test]
    fn arbitrary_bytes_cause_no_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..2000)) {
        let _ = read_named(&bytes, "article.txt");
    }

    #[test]
    fn paragraphs_tile_the_text(text in "[ a-zA-Z.,“”()—\\-\\n\\t\u{1b}é林]{0,400}") {
        let Ok(article) = read_named(text.as_bytes(), "a.txt") else { return Ok(()) };
        let body = &article.body;
        let words: Vec<_> = body.paragraphs().iter().map(|paragraph| body.words(paragraph.span)).collect();
        proptest::prop_assert_eq!(words.join("\n"), body.text());
        proptest::prop_assert!(words.iter().all(|words| !words.is_empty() && !words.contains('\n')));
        proptest::prop_assert!(body.paragraphs().iter().all(|p| p.span.covers(p.dateline) || p.dateline.is_empty()));
    }
}
