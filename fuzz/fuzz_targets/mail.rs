#![no_main]

mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    check::read(bytes, "letter.eml");
    check::read(&[b"From a@b Sat Mar 14 09:30:00 2026\n", bytes].concat(), "letters.mbox");
});
