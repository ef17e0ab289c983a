#![no_main]

mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    check::read(&[b"<html>", bytes].concat(), "page.html");
    check::read(&[b"# ", bytes].concat(), "page.md");
});
