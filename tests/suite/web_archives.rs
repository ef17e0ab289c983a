//! Web archives: WARC and WET, packed in each way, broken in each way.

use std::io::{self, Read, Write};

use proptest::prelude::*;
use pullquote::article::Article;
use pullquote::formats::{self, Hint, ParseError};

use crate::fetching::gzip;

const FIRST: &str = "The old bridge over the harbour will close in spring, the harbour board said on Saturday, after a week of long \
    meetings about the money that it takes.";

fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\n{fields}Content-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// The record of a page.
fn page(number: u32, http: &str, body: &[u8]) -> Vec<u8> {
    let fields = format!(
        "WARC-Target-URI: https://coast.example/{number}\r\nWARC-Date: 2026-03-15T10:00:00Z\r\n\
         WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: application/http; msgtype=response\r\n"
    );
    record("response", &fields, &[http.as_bytes(), b"\r\n", body].concat())
}

fn html(number: u32) -> String {
    format!(
        "<html><head><title>Bridge {number}</title></head><body><article><h1>Bridge {number}</h1><p>{FIRST}</p>\
         <p>“It is tired,” said Ines Okafor.</p></article></body></html>"
    )
}

const HTML: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";

fn good(number: u32) -> Vec<u8> {
    page(number, HTML, html(number).as_bytes())
}

fn read_from(mut input: impl Read) -> Vec<Result<Article, ParseError>> {
    let mut all = Vec::new();
    formats::read(&mut input, &Hint { name: Some("news.warc.gz"), ..Hint::default() }, &mut |read| all.push(read));
    all
}

fn shown(input: impl Read) -> Vec<String> {
    let line = |read: Result<Article, ParseError>| match read {
        Ok(article) => article.headline().to_owned(),
        Err(why) => why.to_string(),
    };
    read_from(input).into_iter().map(line).collect()
}

/// An archive with all that crawlers write.
fn archive() -> Vec<u8> {
    let target = "WARC-Target-URI: https://coast.example/p.png\r\nContent-Type: application/http; msgtype=response\r\n";
    [
        record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: crawler\r\n"),
        record("request", "Content-Type: application/http; msgtype=request\r\n", b"GET /1 HTTP/1.1\r\n\r\n"),
        good(1),
        record("response", target, b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\0\0\0\n\nWARC/ \n"),
        page(3, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n", html(3).as_bytes()),
        page(4, HTML, b"<html><body><ul><li><a href=/1>Bridge</a></li></ul></body></html>"),
        good(2),
    ]
    .concat()
}

const NOTE: &str = "has 1 page without an article and 4 records that are no pages";

#[test]
fn pages_of_an_archive_are_articles() {
    let all = read_from(&*archive());
    let article = all[0].as_ref().unwrap();
    assert_eq!(article.headline(), "Bridge 1");
    assert_eq!(article.url.as_deref(), Some("https://coast.example/1"));
    assert_eq!(article.body.paragraphs().len(), 3);
    // When a page was crawled is no date of it.
    assert_eq!(article.dates.published, None);
    assert_eq!(article.dates.seen.map(|at| at.to_rfc3339()).as_deref(), Some("2026-03-15T10:00:00+00:00"));
    assert_eq!(shown(&*archive()), ["Bridge 1", "Bridge 2", NOTE]);
    assert!(all[2].as_ref().unwrap_err().is_note());
}

#[test]
fn page_is_unpacked_and_decoded_as_it_came() {
    let text = "<html><h1>Café</h1><p>".to_owned() + FIRST + "</p><p>“It is über,” said Ines Okafor.</p></html>";
    let latin: Vec<u8> = text.replace(['“', '”'], "\"").chars().map(|c| c as u8).collect();
    let packed = gzip(text.as_bytes());
    let chunked = [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat();
    let coded = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n";
    for (http, body) in [
        ("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n", latin),
        (coded, packed),
        (coded, text.clone().into_bytes()),
        (&*(coded.to_owned() + "Transfer-Encoding: chunked\r\n"), chunked),
    ] {
        let all = read_from(&*page(1, http, &body));
        let article = all[0].as_ref().unwrap();
        assert!(article.body.text().contains("über"), "{http}: {}", article.body.text());
        assert_eq!(article.headline(), "Café");
    }
}

#[test]
fn texts_of_pages_are_articles() {
    let fields = "WARC-Target-URI: https://coast.example/2026/03/14/bridge\r\nWARC-Date: 2026-03-15T10:00:00Z\r\n\
        Content-Type: text/plain\r\n";
    let text = format!("Bridge closes\n{FIRST}\n“It is tired,” said Ines Okafor.");
    let all = read_from(
        &*[record("conversion", fields, text.as_bytes()), record("conversion", fields, b"Home\nAbout")].concat(),
    );
    let article = all[0].as_ref().unwrap();
    assert_eq!(article.body.text(), text);
    assert_eq!(article.dates.published.map(|at| at.to_string()).as_deref(), Some("2026-03-14"));
    assert_eq!(all[1].as_ref().unwrap_err().to_string(), "has 1 page without an article");
    let long = format!("{FIRST} {FIRST}\n“It is tired,” said Ines Okafor.");
    let all = read_from(&*record("conversion", fields, long.as_bytes()));
    assert!(all[0].as_ref().unwrap().body.text().ends_with(&long));
}

#[test]
fn archive_comes_packed_in_each_way() {
    let expected = ["Bridge 1", "Bridge 2", "Bridge 3"];
    let each = |pack: &dyn Fn(&[u8]) -> Vec<u8>| [1, 2, 3].map(|number| pack(&good(number))).concat();
    let dictionary = html(0).into_bytes();
    let with_dictionary = |bytes: &[u8]| {
        let mut encoder = zstd::Encoder::with_dictionary(Vec::new(), 3, &dictionary).unwrap();
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let frame = |inside: &[u8]| {
        let length = u32::try_from(inside.len()).unwrap().to_le_bytes();
        [b"\x5d\x2a\x4d\x18", &length[..], inside, &each(&with_dictionary)].concat()
    };
    for bytes in [
        each(&|bytes| bytes.to_vec()),
        each(&gzip),
        each(&|bytes| zstd::encode_all(bytes, 1).unwrap()),
        frame(&dictionary),
        frame(&zstd::encode_all(&dictionary[..], 1).unwrap()),
    ] {
        assert_eq!(shown(&*bytes), expected);
    }
}

#[test]
fn broken_record_is_refused_by_its_number_and_offset_and_the_rest_is_read() {
    let lying = |said: usize| {
        let text = String::from_utf8(good(2)).unwrap();
        let length = html(2).len() + HTML.len() + 2;
        text.replace(&format!("Content-Length: {length}"), &format!("Content-Length: {said}")).into_bytes()
    };
    let at = good(1).len();
    let wrong = format!(
        "record 2 (at byte {at}) is not well-formed WARC (the record does not end where its Content-Length says)"
    );
    for said in [20, 300, 9_000, 99_999_999_999] {
        let archive = [good(1), lying(said), good(3), good(4)].concat();
        assert_eq!(shown(&*archive), ["Bridge 1", &*wrong, "Bridge 3", "Bridge 4"], "{said}");
    }
    let long = [html(2).as_bytes(), &vec![b'x'; usize::try_from(formats::LARGEST).unwrap()]].concat();
    let archive = [good(1), page(2, HTML, &long), good(3)].concat();
    assert_eq!(shown(&*archive), ["Bridge 1", &*format!("record 2 (at byte {at}) is larger than 16 MiB"), "Bridge 3"]);
    let cut = [good(1), good(2)[..300].to_vec()].concat();
    assert_eq!(shown(&*cut), ["Bridge 1", &*format!("record 2 (at byte {at}) is incomplete")]);
    let packed = [gzip(&good(1)), gzip(&good(2))].concat();
    let packed = &packed[..packed.len() - 60];
    let cut_off = "is cut off: its compressed data ends too early";
    assert_eq!(shown(packed), ["Bridge 1", &*format!("record 2 (at byte {at}) is incomplete"), cut_off]);
}

#[test]
fn damage_in_what_is_packed_loses_one_record() {
    let noise = |number: u32| {
        (0..6_000_u32).map(move |n| (n + number).wrapping_mul(2_654_435_761) % 97).map(|n| format!("<i>{n}</i>"))
    };
    let long = |number: u32| {
        let noise = format!("<!-- {} -->", noise(number).collect::<String>());
        page(number, HTML, (html(number) + &noise).as_bytes())
    };
    // Without a checksum nobody would know.
    let zstd = |bytes: &[u8]| {
        let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
        encoder.include_checksum(true).unwrap();
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    for pack in [&gzip as &dyn Fn(&[u8]) -> Vec<u8>, &zstd] {
        for share in [2, 3] {
            let packed = (1..=9).map(|number| {
                let mut member = pack(&long(number));
                if number == 7 {
                    let at = member.len() / share;
                    member[at..at + 9].fill(0xff);
                }
                member
            });
            let shown = shown(&*packed.collect::<Vec<_>>().concat());
            // Nothing of the record may be left, or its beginning.
            let (refused, others): (Vec<_>, Vec<_>) = shown.into_iter().partition(|line| line.starts_with("record "));
            let bridges: Vec<_> =
                (1..=9).filter(|number| *number != 7).map(|number| format!("Bridge {number}")).collect();
            assert_eq!(others, bridges, "{share}: {refused:?}");
            let offset: usize = (1..7).map(|number| long(number).len()).sum();
            let [refused] = &refused[..] else { panic!("{share}: {refused:?}") };
            assert!(refused.starts_with(&format!("record 7 (at byte {offset}) is not well-formed WARC")), "{refused}");
        }
    }
}

/// Returns no more than some bytes at a time.
struct Slow<'b>(&'b [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(self.1);
        self.0.read(&mut buffer[..most])
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn chunks_change_nothing(at_once in 1_usize..5_000, said in 0_usize..3_000) {
        let broken = String::from_utf8(good(7)).unwrap().replace("Content-Length: ", &format!("Content-Length: {said}\r\nX: "));
        let archive = [archive(), broken.into_bytes(), good(8)].concat();
        prop_assert_eq!(shown(Slow(&archive, at_once)), shown(&*archive));
    }

    #[test]
    fn truncation_anywhere_keeps_what_came_before(share in 0.0_f64..1.0, is_packed: bool) {
        let pack = |bytes: Vec<u8>| if is_packed { gzip(&bytes) } else { bytes };
        let parts = [pack(good(1)), pack(archive()), pack(good(9))];
        let whole = parts.concat();
        let end = (whole.len() as f64 * share) as usize;
        let shown = shown(&whole[..end]);
        prop_assert!(!shown.is_empty());
        if end >= parts[0].len() {
            prop_assert_eq!(&shown[0], "Bridge 1");
        }
    }

    #[test]
    fn bytes_that_change_never_panic(at in 0.0_f64..1.0, byte: u8) {
        let mut archive = archive();
        let at = (archive.len() as f64 * at) as usize;
        archive[at] = byte;
        prop_assert!(!shown(&*archive).is_empty());
    }
}
