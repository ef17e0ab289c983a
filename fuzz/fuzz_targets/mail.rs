#![no_main]

mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    check::read_file(bytes, "letter.eml");
    check::read_file(&[b"From a@b Sat Mar 14 09:30:00 2026\n", bytes].concat(), "letters.mbox");
    // The first byte says how often what follows lies inside itself: as a message, and as a part.
    if let Some((&times, inner)) = bytes.split_first() {
        for header in ["Content-Type: message/rfc822\n\n", "Content-Type: multipart/digest; boundary=b\n\n--b\n\n"] {
            check::read_file(&[header.repeat(usize::from(times) * 200).as_bytes(), inner].concat(), "nested.eml");
        }
    }
});
