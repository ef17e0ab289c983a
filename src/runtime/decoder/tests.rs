use super::*;

fn shown(decoded: &[Decoded]) -> String {
    let words = decoded.iter().map(|one| match one {
        Decoded::Key(key) => key.to_string(),
        Decoded::Pointer(command) => format!("{command:?}"),
        Decoded::Paste(text) => format!("“{text}”"),
        Decoded::Ground { is_light } => (if *is_light { "light" } else { "dark" }).to_owned(),
        Decoded::Graphics(answer) => format!("{answer:?}"),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn decoded(bytes: &[u8]) -> String {
    shown(&Decoder::default().feed(bytes, false))
}

/// What pieces mean that come one soon after the other.
fn in_pieces(pieces: &[&[u8]]) -> String {
    let mut decoder = Decoder::default();
    let mut all = Vec::new();
    for piece in pieces {
        let more = decoder.is_unsure(piece);
        all.extend(decoder.feed(piece, more));
    }
    shown(&all)
}

#[test]
fn keys_are_read() {
    for (bytes, keys) in [
        ("jé漢🙂", "j é 漢 🙂"),
        ("\x1b", "Esc"),
        ("\x1b\x1b", "Esc Esc"),
        ("\x1bx\x1b]", "A-x A-]"),
        ("\r\t\x7f\x08\x03\x00\x1f", "Enter Tab Backspace ^H ^C ^Space ^7"),
        ("\x1b[A\x1bOB\x1b[1;5C\x1b[1;3D\x1b[H\x1b[4~\x1b[Z", "↑ ↓ ^→ A-← Home End ⇧Tab"),
        ("\x1b[3~\x1b[5~\x1b[6~\x1b[2~\x1b[15~\x1b[24~", "Del PgUp PgDn F5 F12"),
        ("\x1b[13u\x1b[99;5u", "Enter ^C"),
        ("\x1b[I\x1b[Ox\x1bOP\x1b[1;5Q", "x F1 ^F2"),
        ("\x1b]10;rgb:0000/0000/0000\x07x\x1b]11;rgb\x1b\\y", "x y"),
    ] {
        assert_eq!(decoded(bytes.as_bytes()), keys, "{bytes:?}");
    }
    assert_eq!(decoded(b"\xffj\x80"), "j");
}

#[test]
fn clicks_are_read() {
    assert_eq!(decoded(b"\x1b[<0;3;5M\x1b[<0;3;5m"), "Click { column: 2, row: 4 }");
    assert_eq!(decoded(b"\x1b[<32;3;5M"), "Drag { column: 2, row: 4 }");
    assert_eq!(decoded(b"\x1b[<69;1;1M"), "Wheel { column: 0, row: 0, down: true }");
    assert_eq!(decoded(b"\x1b[M !\"x"), "Click { column: 0, row: 1 } x");
    assert_eq!(decoded(b"\x1b[<2;3;5M\x1b[<0;0;0Mx"), "x");
}

#[test]
fn sequences_come_in_pieces() {
    let bytes = "a\x1b[1;5Cé\x1b[<0;3;5M\x1b[200~漢 b\x1b[201~c".as_bytes();
    let whole = decoded(bytes);
    assert_eq!(whole, "a ^→ é Click { column: 2, row: 4 } “漢 b” c");
    for at in 1..bytes.len() {
        let mut decoder = Decoder::default();
        let mut all = decoder.feed(&bytes[..at], true);
        all.extend(decoder.feed(&bytes[at..], false));
        assert_eq!(shown(&all), whole, "in two at {at}");
    }
    let mut decoder = Decoder::default();
    let all: Vec<_> = bytes.iter().flat_map(|&byte| decoder.feed(&[byte], true)).collect();
    assert_eq!(shown(&all), whole);
}

#[test]
fn answer_about_the_ground_is_no_key() {
    for end in ["\x1b\\", "\x07"] {
        for (colour, ground) in
            [("rgb:ffff/ffff/dddd", "light"), ("rgb:1c/1c/1c", "dark"), ("rgba:fff/fff/fff/fff", "light")]
        {
            let bytes = format!("jj\x1b]11;{colour}{end}k\x1b]x");
            assert_eq!(decoded(bytes.as_bytes()), format!("j j {ground} k A-] x"));
            for at in 1..bytes.len() {
                let (first, rest) = bytes.as_bytes().split_at(at);
                assert_eq!(in_pieces(&[first, rest]), decoded(bytes.as_bytes()), "in two at {at}: {bytes:?}");
            }
            let each: Vec<&[u8]> = bytes.as_bytes().chunks(1).collect();
            assert_eq!(in_pieces(&each), decoded(bytes.as_bytes()), "byte by byte: {bytes:?}");
        }
    }
    for (bytes, keys) in [("\x1b]1j", "A-] 1 j"), ("\x1b]11;j", "A-] 1 1 ; j"), ("j]11;g", "j ] 1 1 ; g")] {
        assert_eq!(decoded(bytes.as_bytes()), keys, "{bytes:?}");
    }
}

#[test]
fn pastes_are_text_and_capped() {
    assert_eq!(decoded(b"\x1b[200~D\x1b[AQ\n\x1b[201~j"), "“D\u{1b}[AQ\n” j");
    let mut decoder = Decoder::default();
    assert!(decoder.feed(b"\x1b[200~", false).is_empty());
    for _ in 0..10_240 {
        assert!(decoder.feed(&[b'x'; 1024], true).is_empty());
    }
    let end = decoder.feed(b"y\x1b[201~Q", false);
    assert!(matches!(&end[..], [Decoded::Paste(text), Decoded::Key(_)] if text.len() == LONGEST_PASTE));
}

#[test]
fn paste_without_end_is_broken_off() {
    for (keys, shown_keys) in [(&["\x03"][..], "^C"), (&["\x1b", "\x1b"], "Esc")] {
        let mut decoder = Decoder::default();
        assert!(decoder.feed(b"\x1b[200~never ends", false).is_empty());
        let all: Vec<_> = keys.iter().flat_map(|key| decoder.feed(key.as_bytes(), false)).collect();
        assert_eq!(shown(&all), shown_keys);
        assert_eq!(shown(&decoder.feed(b"j", false)), "j");
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_decoded(chunks in proptest::collection::vec(proptest::collection::vec(proptest::num::u8::ANY, 0..40), 0..8)) {
        let mut decoder = Decoder::default();
        for chunk in &chunks {
            decoder.feed(chunk, false);
        }
        decoder.feed(b"\x03", false);
    }
}

#[test]
fn answers_about_pictures_are_no_keys() {
    for (bytes, wanted) in [
        ("j\x1b_Gi=31;OK\x1b\\k", "j Kitty k"),
        ("\x1b_Gi=31;ENOTSUPPORTED:no\x1b\\k", "k"),
        ("\x1b_Gi=7;OK\x1b\\k", "k"),
        ("\x1b[?62;4;22ck", "Sixel k"),
        ("\x1b[?62;22ck", "k"),
        ("\x1b[?64;14ck", "k"),
        ("\x1b[6;20;10tk", "Cell { width: 10, height: 20 } k"),
        ("\x1b[6;0;10tk\x1b[6;9999;99999t", "k"),
        ("\x1b[8;24;80tk", "k"),
        ("\x1b[ck\x1b[?c", "k"),
    ] {
        assert_eq!(decoded(bytes.as_bytes()), wanted, "{bytes:?}");
    }
}
