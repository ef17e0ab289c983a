#![no_main]

mod body;

use pullquote::page::Page;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((width, bytes)) = bytes.split_first() else { return };
    let body = body::of(bytes);
    let page = Page::lay_out(&body, usize::from(*width));
    for (i, row) in page.rows().iter().enumerate() {
        assert!(body.text().get(row.span.start..row.span.end).is_some());
        let _ = (page.offset_of(i), page.offset_at(body.text(), i, usize::from(*width) / 2));
    }
    for offset in (0..=body.text().len()).step_by(7) {
        assert!(page.row_at(offset) < page.rows().len().max(1));
    }
});
