#![no_main]

mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    check::read(bytes, "crawl.json");
    check::read(bytes, "crawl.jsonl");
    check::read(&[b"title,text,date\n", bytes].concat(), "crawl.csv");
});
