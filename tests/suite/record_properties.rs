//! What holds of the records of every input, whatever they are: each is handed on once, in order, with what is kept of it.

use std::io::{self, Read};

use proptest::collection::vec;
use proptest::prelude::*;
use pullquote::article::KeptValue;
use pullquote::formats::{self, Hint, ParsedRecord, ReadOptions, StatedFormat};
use serde_json::{Value, json};

use crate::fetching::gzip;
use crate::web_archives::zstd_frame;

/// A value of JSON.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-zA-Z0-9 .,éл林“”\"\\\\]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-c.]{1,3}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// A line of an input, and what its field `id` is: an article, something that is none, a broken line, no JSON.
fn line() -> impl Strategy<Value = (String, Value)> {
    (value(), 0..4, any::<prop::sample::Index>()).prop_map(|(id, kind, cut)| {
        let mut line = format!("{{\"id\":{id},\"title\":\"Bridge\",\"text\":\"It is “tired,” said Ines Okafor.\"}}");
        let whole = format!("{{\"id\":{id}").len();
        match kind {
            0 => {}
            1 => line = format!("{{\"id\":{id},\"text\":5}}"),
            2 => {
                // After the comma that ends the field.
                let places: Vec<_> = line.char_indices().map(|(at, _)| at).filter(|at| *at > whole).collect();
                line.truncate(places[cut.index(places.len())]);
            }
            _ => return ("no JSON".to_owned(), Value::Null),
        }
        (line, id)
    })
}

/// What is kept of a record.
fn values(record: &ParsedRecord) -> Vec<Value> {
    let value = |value: &KeptValue| match value {
        KeptValue::Nothing => Value::Null,
        KeptValue::Text(text) => Value::from(text.as_str()),
        KeptValue::Plain(json) | KeptValue::Nested(json) => serde_json::from_str(json).unwrap(),
    };
    record.kept.iter().map(value).collect()
}

/// Lines of many places: of UTF-8, of other encodings, with stray bytes, binary.
fn odd_line() -> impl Strategy<Value = Vec<u8>> {
    let said = "«Il est fatigué», a dit Zoë Küster – “déjà vu”.";
    let line = |text: &str| format!("{{\"id\":1,\"title\":\"Café\",\"text\":\"{text}\"}}").into_bytes();
    let utf8 = line(&said.replace('"', ""));
    let western = encoding_rs::WINDOWS_1252.encode(std::str::from_utf8(&utf8).unwrap()).0.into_owned();
    let russian = encoding_rs::WINDOWS_1251
        .encode(
            "{\"id\":2,\"title\":\"Мост закрыт\",\"text\":\"«Мы не торопимся», — сказал инженер порта Пётр Лучков.\"}",
        )
        .0
        .into_owned();
    let stray = [&line("“It is tired,” said Zoë Okafor. ")[..], b"\xe9\xff"].concat();
    let binary = vec(any::<u8>(), 0..60).prop_map(|mut bytes| {
        // What begins as UTF-16 does, with its mark or with zeros, is in UTF-16.
        bytes.retain(|byte| !matches!(byte, 0 | b'\n' | 0xfe | 0xff));
        bytes
    });
    prop_oneof![
        3 => Just(utf8),
        2 => Just(western),
        1 => Just(russian),
        1 => Just(stray),
        1 => Just(line("It is “tired,” said Ines Okafor.")),
        1 => binary,
    ]
}

/// What comes of each record: the text of its article, or why there is none.
fn texts(input: &mut dyn Read, is_live: bool) -> Vec<String> {
    let options = ReadOptions { format: Some(StatedFormat::Jsonl), is_live, ..ReadOptions::default() };
    let mut found = Vec::new();
    let _ = formats::split(input, &Hint::default(), &options, &mut |record| {
        record.read(&Hint::default(), &options.keep, &mut |record| {
            let text = record.article.map(|article| article.body.text().to_owned());
            found.push(text.unwrap_or_else(|why| why.reason().to_string()));
        });
    });
    found
}

/// What is kept of each record, and whether it is an article.
fn read(input: &mut dyn Read, is_live: bool) -> Vec<(Vec<Value>, bool)> {
    let keep = ["id", "nothing"].map(str::to_owned).to_vec();
    let options = ReadOptions { format: Some(StatedFormat::Jsonl), keep, is_live, ..ReadOptions::default() };
    let mut found = Vec::new();
    let _ = formats::split(input, &Hint::default(), &options, &mut |record| {
        record
            .read(&Hint::default(), &options.keep, &mut |record| found.push((values(&record), record.article.is_ok())));
    });
    found
}

/// An input that comes in pieces of so many bytes.
struct Pieces<'i>(&'i [u8], usize);

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = self.1.min(buffer.len());
        self.0.read(&mut buffer[..most])
    }
}

#[test]
fn damage_near_the_beginning_is_one_record() {
    let line =
        |id: u32| format!("{{\"id\":{id},\"title\":\"Bridge\",\"text\":\"It is “tired,” said Ines Okafor.\"}}\n");
    let zeros = [vec![0; 9_000], b"\n".to_vec()].concat();
    let noise = b"\x01\x02\xff no JSON \xe9\n".to_vec();
    for (first, name, at) in
        [(true, None, 2), (true, Some("a.jsonl"), 2), (false, Some("a.jsonl"), 1), (false, Some("a.ndjson"), 1)]
    {
        for damage in [&zeros, &noise] {
            let before = if first { line(1) } else { String::new() };
            let bytes = [before.as_bytes(), damage, line(2).as_bytes(), line(3).as_bytes()].concat();
            let hint = Hint { name, ..Hint::default() };
            let mut found = Vec::new();
            formats::read(&mut &*bytes, &hint, &mut |read| found.push(read.map_err(|why| why.to_string())));
            let refused: Vec<_> = found.iter().filter_map(|read| read.as_ref().err()).collect();
            assert!(refused.len() == 1 && refused[0].starts_with(&format!("line {at} ")), "{name:?} {refused:?}");
            assert_eq!(found.len(), 3 + usize::from(first), "{name:?}");
        }
    }
    let table = [b"title,text\nBridge,It is closed.\n", &*zeros, b"Ferry,It floats.\n"].concat();
    let mut found = 0;
    formats::read(&mut &*table, &Hint::default(), &mut |read| found += usize::from(read.is_ok()));
    assert!(found >= 2, "{found}");
}

#[test]
fn packed_lines_that_break_off_are_one_record_that_keeps_what_came() {
    let line = |id: u32| {
        let text = format!("It is “tired {},” said Ines Okafor.", id.wrapping_mul(2_654_435_761));
        json!({"id": id, "title": "Bridge", "text": text}).to_string() + "\n"
    };
    let packed = gzip((0..400).map(line).collect::<String>().as_bytes());
    let keep = vec!["id".to_owned()];
    let options = ReadOptions { keep: keep.clone(), ..ReadOptions::default() };
    for share in 2..9 {
        let mut cut = &packed[..packed.len() * share / 9];
        let (mut ids, mut refused) = (Vec::new(), Vec::new());
        let ended = formats::split(&mut cut, &Hint::default(), &options, &mut |record| {
            record.read(&Hint::default(), &keep, &mut |record| {
                ids.extend(values(&record).into_iter().filter(|id| !id.is_null()));
                refused.extend(record.article.err().map(|why| why.to_string()));
            });
        });
        refused.extend(ended.err().map(|why| why.to_string()));
        let [why] = &refused[..] else { panic!("{share}: {refused:?}") };
        assert!(why.contains("is cut off: its compressed data ends too early; lines 1 to "), "{share}: {why}");
        let expected: Vec<_> = (0..ids.len()).map(Value::from).collect();
        assert!(ids.len() > share && ids == expected, "{share}: {ids:?}");
    }
}

proptest! {
    #[test]
    fn every_line_is_a_record_and_keeps_its_field(lines in vec(line(), 0..12), at in any::<prop::sample::Index>(), piece in 1_usize..90) {
        let text: Vec<_> = lines.iter().map(|(line, _)| line.clone() + "\n").collect();
        let whole = read(&mut text.concat().as_bytes(), false);
        let kept: Vec<_> = whole.iter().map(|(kept, _)| kept.clone()).collect();
        let expected: Vec<_> = lines.iter().map(|(_, id)| vec![id.clone(), Value::Null]).collect();
        prop_assert_eq!(kept, expected);
        let at = at.index(text.len() + 1);
        let parts = [&text[..at], &text[at..]].map(|part| read(&mut part.concat().as_bytes(), false));
        prop_assert_eq!(parts.concat(), whole.clone(), "split at {}", at);
        prop_assert_eq!(read(&mut Pieces(text.concat().as_bytes(), piece), true), whole, "pieces of {}", piece);
    }

    #[test]
    fn path_leads_to_the_value_that_is_there(value in value()) {
        let line = json!({"a": {"b": {"c": value}}, "text": 5}).to_string();
        let options = ReadOptions { keep: vec!["a.b.c".to_owned()], ..ReadOptions::default() };
        let mut found = Vec::new();
        let _ = formats::split(&mut line.as_bytes(), &Hint::default(), &options, &mut |record| {
            record.read(&Hint::default(), &options.keep, &mut |record| found.push(values(&record)));
        });
        prop_assert_eq!(found, [[value]]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn line_is_decoded_by_itself(lines in vec(odd_line(), 0..9), at in any::<prop::sample::Index>(), piece in 1_usize..90) {
        let lines: Vec<_> = lines.into_iter().map(|line| [line, b"\n".to_vec()].concat()).collect();
        let whole = texts(&mut &*lines.concat(), false);
        let alone: Vec<_> = lines.iter().flat_map(|line| texts(&mut &**line, false)).collect();
        prop_assert_eq!(&whole, &alone);
        let at = at.index(lines.len() + 1);
        let parts = [&lines[..at], &lines[at..]].map(|part| texts(&mut &*part.concat(), false));
        prop_assert_eq!(parts.concat(), whole.clone(), "split at {}", at);
        prop_assert_eq!(texts(&mut Pieces(&lines.concat(), piece), true), whole, "pieces of {}", piece);
    }

    #[test]
    fn damage_in_packed_lines_loses_only_lines_of_its_member(
        sizes in vec(1_usize..40, 2..6),
        damaged in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        bit in 0..8,
        is_zstd: bool,
    ) {
        let line = |id: usize| format!("{{\"id\":{id},\"title\":\"Bridge {}\",\"text\":\"It is tired.\"}}\n", id.wrapping_mul(2_654_435_761));
        let mut first = 0;
        let ids: Vec<_> = sizes.iter().map(|size| { first += size; first - size..first }).collect();
        let pack = |bytes: &[u8]| if is_zstd { zstd_frame(bytes) } else { gzip(bytes) };
        let mut members: Vec<_> = ids.iter().map(|ids| pack(ids.clone().map(line).collect::<String>().as_bytes())).collect();
        let damaged = damaged.index(members.len());
        let at = at.index(members[damaged].len());
        members[damaged][at] ^= 1_u8 << bit;
        let keep = vec!["id".to_owned()];
        let options = ReadOptions { keep: keep.clone(), ..ReadOptions::default() };
        let hint = Hint { name: Some(if is_zstd { "a.jsonl.zst" } else { "a.jsonl.gz" }), ..Hint::default() };
        let (mut found, mut refused) = (Vec::new(), 0);
        let ended = formats::split(&mut &*members.concat(), &hint, &options, &mut |record| {
            record.read(&hint, &keep, &mut |record| {
                refused += usize::from(record.article.is_err());
                found.extend(record.article.is_ok().then(|| values(&record).swap_remove(0)));
            });
        });
        refused += usize::from(ended.is_err());
        let mut rest = found.into_iter();
        for id in ids.iter().enumerate().filter(|(index, _)| *index != damaged).flat_map(|(_, ids)| ids.clone()) {
            prop_assert!(rest.any(|found| found == json!(id)), "{} is lost, {}", id, refused);
        }
    }
}
