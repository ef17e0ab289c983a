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
    assert_eq!(shown(packed), ["Bridge 1", &*format!("record 2 (at byte {at}) {cut_off}")]);
    // Also where nothing of the next record came.
    let between = [gzip(&good(1)), gzip(&good(2))[..4].to_vec()].concat();
    assert_eq!(shown(&*between), ["Bridge 1", &*format!("record 2 (at byte {at}) {cut_off}")]);
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
    for pack in [&gzip as &dyn Fn(&[u8]) -> Vec<u8>, &zstd_frame] {
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
            assert!(refused.starts_with(&format!("record 7 (at byte {offset}) is ")), "{refused}");
        }
    }
}

/// A frame with a checksum: without one nobody would know of damage.
pub fn zstd_frame(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The headlines of an archive with this name, and what is said of its records that are none.
fn headlines(archive: &[u8], name: Option<&str>) -> (Vec<String>, Vec<String>) {
    let (mut headlines, mut refused) = (Vec::new(), Vec::new());
    formats::read(&mut &*archive, &Hint { name, ..Hint::default() }, &mut |read| match read {
        Ok(article) => headlines.push(article.headline().to_owned()),
        Err(why) => refused.push(why.to_string()),
    });
    (headlines, refused)
}

#[test]
fn record_whose_member_begins_or_ends_in_damage_is_lost_alone_and_said() {
    for (pack, name) in [(&gzip as &dyn Fn(&[u8]) -> Vec<u8>, "news.warc.gz"), (&zstd_frame, "news.warc.zst")] {
        for damaged in 1..=4_u32 {
            let members = |place: &dyn Fn(usize) -> usize| {
                let member = |number| {
                    let mut member = pack(&good(number));
                    if number == damaged {
                        let at = place(member.len());
                        member[at] ^= 0x20;
                    }
                    member
                };
                (1..=4).map(member).collect::<Vec<_>>().concat()
            };
            let places: [&dyn Fn(usize) -> usize; 4] = [&|_| 0, &|_| 1, &|length| length - 2, &|length| length - 1];
            for place in places {
                let (read, refused) = headlines(&members(place), Some(name));
                let rest: Vec<_> = (1..=4).filter(|n| *n != damaged).map(|n| format!("Bridge {n}")).collect();
                assert_eq!(read, rest, "{name}: {damaged}: {refused:?}");
                let offset: usize = (1..damaged).map(|number| good(number).len()).sum();
                let said = format!("record {damaged} (at byte {offset}) is compressed and damaged");
                assert!(refused.len() == 1 && refused[0].starts_with(&said), "{name}: {damaged}: {refused:?}");
            }
        }
    }
}

#[test]
fn archive_whose_beginning_is_damaged_is_known_by_its_name_or_what_follows() {
    let mut first = gzip(&good(1));
    let at = first.len() / 2;
    first[at..at + 20].fill(0xff);
    let archive = [first.clone(), gzip(&good(2)), gzip(&good(3))].concat();
    for name in [None, Some("news.warc.gz"), Some("x")] {
        let (read, refused) = headlines(&archive, name);
        assert_eq!((read, refused.len()), (vec!["Bridge 2".to_owned(), "Bridge 3".to_owned()], 1), "{name:?}");
    }
    first.fill(0);
    let archive = [first, gzip(&good(2))].concat();
    let (read, refused) = headlines(&archive, Some("news.warc.gz"));
    assert_eq!((read, refused.len()), (vec!["Bridge 2".to_owned()], 1), "{refused:?}");
    // Nothing of it can be found again.
    let mut only = gzip(&good(1));
    only[0] = 0;
    let (read, refused) = headlines(&only, Some("news.warc.gz"));
    assert!(read.is_empty() && refused.len() == 1, "{refused:?}");
}

#[test]
fn bytes_between_records_lose_no_page() {
    let stray = |at: usize| {
        format!("record 2 (at byte {at}) is not well-formed WARC (there are bytes that belong to no record)")
    };
    let at = good(1).len();
    for bytes in [&b"stray\r\n\r\n"[..], b"stray\n", b"stray", b"\xff\xfe\0stray \nWARC/ \n", &vec![b'x'; 200_000]] {
        let (read, refused) = headlines(&[&good(1), bytes, &good(2), &good(3)].concat(), None);
        assert_eq!(read, ["Bridge 1", "Bridge 2", "Bridge 3"], "{:?}", &bytes[..5]);
        assert_eq!(refused, [stray(at)]);
        let (read, refused) = headlines(&[&good(1), bytes].concat(), None);
        assert_eq!((read, refused), (vec!["Bridge 1".to_owned()], vec![stray(at)]));
        let packed = [gzip(&good(1)), bytes.to_vec(), gzip(&good(2))].concat();
        let (read, refused) = headlines(&packed, None);
        assert_eq!(read, ["Bridge 1", "Bridge 2"]);
        let said =
            format!("record 2 (at byte {at}) is compressed and damaged (there are bytes that belong to no part of it)");
        assert_eq!(refused, [said]);
    }
    for padding in [&[0; 1_024][..], b"\r\n\r\n"] {
        for pack in [&gzip as &dyn Fn(&[u8]) -> Vec<u8>, &|bytes: &[u8]| bytes.to_vec()] {
            let (read, refused) = headlines(&[&pack(&good(1)), padding, &pack(&good(2)), padding].concat(), None);
            assert_eq!(read, ["Bridge 1", "Bridge 2"]);
            // A hole may have been a record.
            assert_eq!(refused.len(), usize::from(padding[0] == 0), "{refused:?}");
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
    fn byte_that_changes_in_a_packed_record_loses_no_other(at in 0.0_f64..1.0, bit in 0..8, number in 1..5_u32, is_zstd: bool) {
        let pack = |bytes: &[u8]| if is_zstd { zstd_frame(bytes) } else { gzip(bytes) };
        let mut members: Vec<_> = (1..=5).map(|number| pack(&good(number))).collect();
        let member = &mut members[number as usize - 1];
        let at = (member.len() as f64 * at) as usize;
        member[at] ^= 1_u8 << bit;
        let (read, refused) = headlines(&members.concat(), Some("news.warc.gz").filter(|_| !is_zstd).or(Some("news.warc.zst")));
        // Flags and times in the header of a member say nothing of its words.
        let all: Vec<_> = (1..=5).map(|number| format!("Bridge {number}")).collect();
        let others: Vec<_> = (1..=5).filter(|other| *other != number).map(|number| format!("Bridge {number}")).collect();
        prop_assert!(read == others && refused.len() == 1 || read == all && refused.is_empty(), "{read:?} {refused:?}");
    }

    #[test]
    fn bytes_that_change_never_panic(at in 0.0_f64..1.0, byte: u8) {
        let mut archive = archive();
        let at = (archive.len() as f64 * at) as usize;
        archive[at] = byte;
        prop_assert!(!shown(&*archive).is_empty());
    }
}
