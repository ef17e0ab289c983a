#![no_main]

use pullquote::text::{clean, clean_line};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let raw = String::from_utf8_lossy(bytes);
    let once = clean(&raw).into_owned();
    assert_eq!(clean(&once), once);
    assert!(!once.chars().any(|c| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c)));
    let line = clean_line(&raw);
    assert_eq!(clean_line(&line), line);
    assert!(!line.contains('\n') && line.trim() == line);
});
