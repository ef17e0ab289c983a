//! Bytes that changed in what is packed: no record comes of them unless it is said which.

use std::io::{self, Read};

use pullquote::article::KeptValue;
use pullquote::formats::{self, Hint, ReadOptions};
use serde_json::json;

use crate::fetching::gzip;
use crate::web_archives::zstd_frame;

/// What packs some bytes as a part of its own, and what its files are called.
type Packer = (fn(&[u8]) -> Vec<u8>, &'static str);

const PACKERS: [Packer; 2] = [(gzip, "gz"), (zstd_frame, "zst")];

fn line(id: u64) -> Vec<u8> {
    let text = format!("It is “tired {},” said Ines Okafor.", (id + 1).wrapping_mul(2_654_435_761));
    (json!({"id": id, "title": format!("Bridge {id}"), "text": text}).to_string() + "\n").into_bytes()
}

fn row(id: u64) -> Vec<u8> {
    let head = if id == 1 { "id,title,text\n" } else { "" };
    format!("{head}{id},Bridge {id},“It is tired {id},” said Ines Okafor.\n").into_bytes()
}

fn page(id: u64) -> Vec<u8> {
    let words = "The harbour board meets again on Friday, and nobody knows what it will say of the old bridge then, or of the ferry.";
    let text = format!("Bridge {id}\n“It is tired {id},” said Ines Okafor. {words}\n{words}\n");
    let head = format!("WARC-Target-URI: https://coast.example/{id}\r\nContent-Type: text/plain\r\n");
    format!("WARC/1.0\r\nWARC-Type: conversion\r\n{head}Content-Length: {}\r\n\r\n{text}\r\n\r\n", text.len())
        .into_bytes()
}

/// A record of a format, what its files end in, and how its records are numbered.
type RecordFormat = (fn(u64) -> Vec<u8>, &'static str, &'static str);

const FORMATS: [RecordFormat; 3] = [(line, "jsonl", "line"), (row, "csv", "line"), (page, "warc", "record")];

/// Parts of so many records each.
fn parts(record: fn(u64) -> Vec<u8>, pack: fn(&[u8]) -> Vec<u8>, each: u64, count: u64) -> Vec<Vec<u8>> {
    let part = |part: u64| pack(&(1..=each).flat_map(|n| record(part * each + n)).collect::<Vec<_>>());
    (0..count).map(part).collect()
}

/// The articles in some bytes, and what is said of the rest.
fn read(mut bytes: impl Read, name: &str) -> (Vec<String>, Vec<String>) {
    let hint = Hint { name: Some(name), ..Hint::default() };
    let (mut articles, mut refused) = (Vec::new(), Vec::new());
    formats::read(&mut bytes, &hint, &mut |read| match read {
        Ok(article) => articles.push(article.body.text().to_owned()),
        Err(why) => refused.push(why.to_string()),
    });
    (articles, refused)
}

#[test]
fn no_byte_that_changes_makes_another_article() {
    for (record, format, _) in FORMATS {
        for (pack, packing) in PACKERS {
            for (each, count) in [(1, 3), (10, 2)] {
                let whole = parts(record, pack, each, count).concat();
                let name = format!("a.{format}.{packing}");
                let (articles, refused) = read(&*whole, &name);
                assert_eq!((articles.len() as u64, refused), (each * count, Vec::new()), "{name}");
                for at in 0..whole.len() {
                    let change = [1, 0x40, 0xff][at % 3];
                    let mut damaged = whole.clone();
                    damaged[at] ^= change;
                    let (read, refused) = read(&*damaged, &name);
                    let is_said = refused.iter().any(|why| why.contains("could not be checked"));
                    let other = read.iter().find(|text| !articles.contains(text));
                    assert!(other.is_none() || is_said, "{name} {each} {at} {change}: {other:?} {refused:?}");
                    let is_lost = read.len() < articles.len();
                    assert!(!is_lost || !refused.is_empty(), "{name} {each} {at} {change}: {}", read.len());
                }
            }
        }
    }
}

/// With a byte of the checksum changed.
fn with_wrong_sum(mut part: Vec<u8>, packing: &str) -> Vec<u8> {
    let at = part.len() - if packing == "gz" { 8 } else { 1 };
    part[at] ^= 0x20;
    part
}

#[test]
fn records_of_a_damaged_part_are_named_and_counted() {
    for (record, format, unit) in FORMATS {
        for (pack, packing) in PACKERS {
            let name = format!("a.{format}.{packing}");
            let mut parts = parts(record, pack, 10, 4);
            parts[1] = with_wrong_sum(parts[1].clone(), packing);
            let broken = pack(b"WARC/1.0 {\n\n");
            let (articles, refused) = read(&*[parts.concat(), broken].concat(), &name);
            let at: usize = (1..=10).map(|id| record(id).len()).sum();
            if format == "csv" {
                // Behind it nobody knows where a row begins.
                assert_eq!((articles.len(), refused.len()), (10, 1), "{name} {refused:?}");
                let said = refused[0].starts_with(&format!("line 12 (at byte {at}) is compressed and damaged ("));
                assert!(said && refused[0].ends_with("); nothing behind it is read"), "{name} {refused:?}");
                continue;
            }
            assert_eq!(articles.len(), 30, "{name} {refused:?}");
            let first = format!("{unit} 11 (at byte {at}) is compressed and damaged (");
            assert!(refused[0].starts_with(&first), "{name} {refused:?}");
            // The decoder of zstd gives nothing of a short frame whose checksum is wrong: one record is known to be lost.
            let (lost, next) = if packing == "gz" {
                (format!("); {unit}s 11 to 20 are lost with it"), 41)
            } else {
                (")".to_owned(), 32)
            };
            assert!(refused[0].ends_with(&lost), "{name} {refused:?}");
            assert!(refused[1].starts_with(&format!("{unit} {next} ")), "{name} {refused:?}");
        }
    }
}

#[test]
fn long_part_comes_before_its_checksum_and_is_named_where_that_is_wrong() {
    let many = |record: fn(u64) -> Vec<u8>, from: u64| {
        let mut bytes = Vec::new();
        let mut last = from;
        while bytes.len() < 5 << 20 {
            bytes.extend(record(last));
            last += 1;
        }
        (bytes, last - 1)
    };
    // Others take long without showing more.
    for (record, format, unit) in [FORMATS[0]] {
        for (pack, packing) in PACKERS {
            let name = format!("a.{format}.{packing}");
            let (long, last) = many(record, 4);
            let first: Vec<_> = (1..=3).flat_map(record).collect();
            let parts = [pack(&first), with_wrong_sum(pack(&long), packing), pack(&record(last + 1))].concat();
            let (articles, refused) = read(&*parts, &name);
            // The row of names is a line.
            let add = u64::from(format == "csv");
            assert!(articles.len() as u64 >= last - 1, "{name} {refused:?}");
            // The end of it may not have come: then it is the record that is refused.
            let said =
                |last| format!("; do not trust {unit}s {} to {}, which came of the same part", 4 + add, last + add);
            let is_said = [last, last - 1].iter().any(|last| refused[0].contains(&said(*last)));
            assert!(refused.len() == 1 && is_said, "{name} {refused:?} {last}");
        }
    }
}

#[test]
fn cut_is_refused_by_number_and_place() {
    for (record, format, unit) in FORMATS {
        for (pack, packing) in PACKERS {
            let name = format!("a.{format}.{packing}");
            let parts = parts(record, pack, 1, 4);
            let before = parts[..3].concat();
            for length in [6, 12, parts[3].len() / 2] {
                let (articles, refused) = read(&*[&before, &parts[3][..length]].concat(), &name);
                let number = 4 + u64::from(format == "csv");
                let at: usize = (1..=3).map(|id| record(id).len()).sum();
                let said = format!("{unit} {number} (at byte {at}) is cut off: its compressed data ends too early");
                let is_said = refused.len() == 1 && refused[0].starts_with(&said);
                // Of a table it is the byte up to which it was read.
                assert!(articles.len() == 3 && (is_said || format == "csv"), "{name} {length}: {refused:?} {said}");
                assert!(
                    refused.len() == 1 && refused[0].starts_with(&format!("{unit} {number} ")),
                    "{name} {refused:?}"
                );
            }
        }
    }
}

#[test]
fn source_that_fails_takes_nothing_back() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let packed = gzip(&(1..=4_000).flat_map(line).collect::<Vec<_>>());
    let (articles, refused) = read(packed[..packed.len() / 2].chain(Broken), "a.jsonl.gz");
    assert!(articles.len() > 1_000, "{}", articles.len());
    assert_eq!(refused, ["cannot be read (the disk is gone)"]);
}

#[test]
fn lost_records_keep_no_fields() {
    let keep = vec!["id".to_owned()];
    let options = ReadOptions { keep: keep.clone(), ..ReadOptions::default() };
    let mut parts = parts(line, gzip, 10, 2);
    parts[0] = with_wrong_sum(parts[0].clone(), "gz");
    let mut kept: Vec<Vec<KeptValue>> = Vec::new();
    let hint = Hint { name: Some("a.jsonl.gz"), ..Hint::default() };
    let ended = formats::split(&mut &*parts.concat(), &hint, &options, &mut |record| {
        record.read(&hint, &keep, &mut |record| kept.push(record.kept));
    });
    assert!(ended.is_ok() && kept.len() == 11, "{kept:?}");
}

#[test]
fn only_records_of_the_part_that_is_cut_off_could_not_be_checked() {
    for (record, format, unit) in FORMATS {
        let parts = parts(record, gzip, 3, 2);
        let cut = [&parts[0][..], &parts[1][..parts[1].len() - 9]].concat();
        let (articles, refused) = read(&*cut, &format!("a.{format}.gz"));
        let add = u64::from(format == "csv");
        let named = [5, 6].map(|last| format!("; {unit}s {} to {} could not be checked", 4 + add, last + add));
        let is_named = refused.len() == 1 && named.iter().any(|named| refused[0].ends_with(named));
        assert!(articles.len() >= 5 && is_named, "{format} {refused:?}");
    }
}

#[test]
fn each_damaged_part_is_named_also_where_no_part_before_it_is_whole() {
    for (record, format, unit) in [FORMATS[0], FORMATS[2]] {
        let name = format!("a.{format}.gz");
        let whole = parts(record, gzip, 10, 4);
        let wrong: Vec<_> = whole.iter().map(|part| with_wrong_sum(part.clone(), "gz")).collect();
        for damaged in [3, 4] {
            let (articles, refused) = read(&*[&wrong[..damaged], &whole[damaged..]].concat().concat(), &name);
            assert_eq!((articles.len(), refused.len()), (10 * (4 - damaged), damaged), "{name} {refused:?}");
            for (part, why) in refused.iter().enumerate() {
                let (first, last) = (10 * part + 1, 10 * part + 10);
                assert!(why.starts_with(&format!("{unit} {first} ")), "{name} {why}");
                assert!(why.ends_with(&format!("{unit}s {first} to {last} are lost with it")), "{name} {why}");
            }
        }
    }
}
