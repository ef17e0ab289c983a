#![no_main]

use pullquote::query::{Query, spans_of};
use pullquote::text::{clean, fold_with_offsets};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let typed = clean(text.lines().next().unwrap_or_default());
    let query = Query::parse(&typed);
    let _ = (query.is_empty(), query.asks_for_quotations(), query.clauses().count());
    for error in &query.errors {
        assert!(typed.get(error.span.start..error.span.end).is_some_and(|words| !words.is_empty()));
    }
    let searched = clean(&text);
    let folded = fold_with_offsets(&searched);
    for span in spans_of(&query.needles(), &folded) {
        assert!(searched.get(span.start..span.end).is_some_and(|words| !words.is_empty()));
    }
});
