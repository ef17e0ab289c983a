#![no_main]

mod body;

use pullquote::quotes;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let body = body::of(bytes);
    let findings = quotes::find(&body);
    let mut end = 0;
    for quotation in &findings.quotations {
        assert!(!body.words(quotation.span).is_empty());
        assert!(quotation.span.start >= end);
        end = quotation.span.start;
        for span in [quotation.mention, quotation.cue].into_iter().flatten() {
            assert!(!body.words(span).is_empty());
        }
        assert!((0.0..=1.0).contains(&quotation.confidence));
        let _ = findings.speaker_of(quotation);
    }
});
