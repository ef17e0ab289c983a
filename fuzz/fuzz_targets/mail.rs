#![no_main]

mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    check::read_file(bytes, "letter.eml");
    check::read_file(&[b"From a@b Sat Mar 14 09:30:00 2026\n", bytes].concat(), "letters.mbox");
    // The first byte says how often what follows lies inside itself: as a message, or packed as one.
    if let Some((&times, inner)) = bytes.split_first() {
        check::read_file(&nested(inner, usize::from(times) * 200), "nested.eml");
    }
});

/// Puts a header of a message so often before a mail.
fn nested(mail: &[u8], times: usize) -> Vec<u8> {
    let mut nested = b"Content-Type: message/rfc822\n\n".repeat(times);
    nested.extend_from_slice(mail);
    nested
}
