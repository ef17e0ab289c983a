//! The schema keeps its contract.

use serde_json::{Value, json};

use super::*;
use crate::export::fixture;
use crate::export::json::json as written;
use crate::quotes::Reporter;

/// The text from code point `start` up to `end`, as a program in another language cuts it.
fn slice(text: &str, words: &Value) -> String {
    let at = |key: &str| words[key].as_u64().unwrap() as usize;
    text.chars().skip(at("start")).take(at("end") - at("start")).collect()
}

#[test]
fn offsets_are_code_points() {
    let (article, findings) = fixture::article();
    let record: Value = serde_json::from_str(&written(&super::findings(&article, &findings))).unwrap();
    let text = record["text"].as_str().unwrap();
    let mut seen = 0;
    for quote in record["quotes"].as_array().unwrap() {
        for words in [quote, &quote["mention"], &quote["cue"]].into_iter().filter(|words| !words.is_null()) {
            assert_eq!(slice(text, words), words["text"].as_str().unwrap());
            seen += 1;
        }
    }
    assert_eq!(seen, 8);
    assert_eq!(record["quotes"][0]["start"], json!(20));
}

#[test]
fn record_keeps_the_contract() {
    let (article, findings) = fixture::article();
    let record: Value = serde_json::from_str(&written(&super::findings(&article, &findings))).unwrap();
    assert_eq!(
        record["article"],
        json!({
            "id": article.id.to_string(), "headline": "Harbour 😀 *closed*", "date": "2026-03-14",
            "date_source": "article",
            "source": "Coast Wire", "path": "news/bridge.txt",
        })
    );
    assert_eq!(
        record["speakers"],
        json!([{"name": "Zoë Okafor", "role": "engineer", "quotes": 2, "statements": 2, "doubtful": 0, "aliases": ["the engineer"]}])
    );
    let keys: Vec<_> = record["quotes"][0].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["confidence", "cue", "end", "kind", "mention", "reason", "speaker", "start", "statement", "text"]
    );
    let last = &record["quotes"][3];
    assert!([&last["speaker"], &last["mention"], &last["cue"]].into_iter().all(Value::is_null));
    assert_eq!(record["quotes"][2]["kind"], "term");
    let statements: Vec<_> = (0..4).map(|at| record["quotes"][at]["statement"].clone()).collect();
    assert_eq!(statements, [json!(1), json!(2), Value::Null, json!(3)]);
    assert_eq!(record["quotes"][0]["confidence"], json!(0.9));
    let via = Some(Reporter { name: "Jon Holt".to_owned(), mention: Span::new(0, 1) });
    let corrected = Quotation { corrected: true, via, ..findings.quotations[0].clone() };
    let findings = Findings { quotations: vec![corrected], ..findings };
    let record: Value = serde_json::from_str(&written(&super::findings(&article, &findings))).unwrap();
    assert_eq!(record["quotes"][0]["corrected"], json!(true));
    assert_eq!(record["quotes"][0]["via"], "Jon Holt");
    let said = Some(&findings.quotations[0]);
    let found = SearchHit { article: &article, snippet: None, said, speaker: Some("Zoë Okafor") };
    assert_eq!(serde_json::to_value(hit(&found)).unwrap()["via"], "Jon Holt");
    assert!(crate::export::Format::Table.hit(&found, None).contains("\tZoë Okafor ✓, as told by Jon Holt: “"));
    let listed = crate::export::markdown::quotations(&article, &findings);
    assert!(listed.contains("\n- **Zoë Okafor ✓** (engineer), as told by Jon Holt: “No,"), "{listed}");
}
