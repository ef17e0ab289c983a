//! What holds of the records of every input, whatever they are: each is handed on once, in order, with what is kept of it.

use std::io::{self, Read};

use proptest::collection::vec;
use proptest::prelude::*;
use pullquote::article::KeptValue;
use pullquote::formats::{self, Hint, ParsedRecord, ReadOptions, StatedFormat};
use serde_json::{Value, json};

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
