#![no_main]

mod body;

use pullquote::layout::TextLayout;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((width, bytes)) = bytes.split_first() else { return };
    let body = body::of(bytes);
    let layout = TextLayout::lay_out(&body, usize::from(*width));
    for (i, row) in layout.rows().iter().enumerate() {
        assert!(body.text().get(row.span.start..row.span.end).is_some());
        let _ = (layout.offset_of(i), layout.offset_at(body.text(), i, usize::from(*width) / 2));
    }
    for offset in (0..=body.text().len()).step_by(7) {
        assert!(layout.row_at(offset) < layout.rows().len().max(1));
    }
});
