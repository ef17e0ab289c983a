//! UTF-16 and UTF-32: what the web's encodings leave out of them, and texts that do not say that they are in them.

use unicode_normalization::char::is_combining_mark;

/// How much of a text is looked at, in bytes; a multiple of the longest character.
const SAMPLE: usize = 16 << 10;

/// How many characters of blocks that every text has a text has at least that is in UTF-16 though most of its bytes are
/// letters of ASCII, in thousandths: Japanese has more kana, and ASCII read as UTF-16 next to none.
const LEAST_COMMON: usize = 250;

/// Which byte of a number comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteOrder {
    /// The least significant.
    Little,
    /// The most significant.
    Big,
}

/// An encoding in which no character has less than two bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WideEncoding {
    Utf16(ByteOrder),
    Utf32(ByteOrder),
}

use ByteOrder::{Big, Little};
use WideEncoding::{Utf16, Utf32};

impl WideEncoding {
    /// The encoding whose byte order mark `bytes` begin with, and the length of the mark (Unicode 16.0, 23.8). No text in
    /// UTF-16 begins with U+0000, which would follow its mark where that of UTF-32 is.
    pub fn of_mark(bytes: &[u8]) -> Option<(Self, usize)> {
        let marks: [(&[u8], Self); 4] = [
            (b"\xff\xfe\0\0", Utf32(Little)),
            (b"\0\0\xfe\xff", Utf32(Big)),
            (b"\xff\xfe", Utf16(Little)),
            (b"\xfe\xff", Utf16(Big)),
        ];
        marks.into_iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(mark, encoding)| (encoding, mark.len()))
    }

    /// The encoding that a text without a mark is in, by the zero bytes that its blanks and marks of ASCII have there.
    ///
    /// It is one only where the sample decodes to hardly anything but letters, marks and blanks: what is binary has
    /// numbers, and text in other encodings has no zeros, or decodes to nothing.
    pub fn of_looks(bytes: &[u8]) -> Option<Self> {
        let sample = &bytes[..bytes.len().min(SAMPLE)];
        memchr::memchr(0, sample)?;
        let wide = [Utf32(Little), Utf32(Big)].into_iter().find(|encoding| encoding.looks_right(sample).is_some());
        wide.or_else(|| {
            let both = [Utf16(Little), Utf16(Big)].into_iter();
            let rated = both.filter_map(|encoding| Some((encoding.looks_right(sample)?, encoding)));
            let (common, encoding) = rated.max_by_key(|(common, _)| *common)?;
            // Letters of ASCII with few zeros among them: as UTF-16 they would nearly all be ideographs. Kana have the byte
            // of "0" in them.
            let letters = sample.iter().filter(|b| b.is_ascii_alphanumeric() || **b == b' ').count();
            let zeros = memchr::memchr_iter(0, sample).count();
            let is_ascii = letters * 5 > sample.len() * 3 && zeros * 16 < sample.len() && common < LEAST_COMMON;
            (!is_ascii).then_some(encoding)
        })
    }

    /// How many characters of blocks that every text has are in `sample`, in thousandths of all; nothing where it plainly
    /// is in another encoding.
    fn looks_right(self, sample: &[u8]) -> Option<usize> {
        let characters: Vec<char> = match self {
            Utf32(order) => {
                let whole = sample.chunks_exact(4);
                whole.map(|four| character(four, order)).collect::<Option<_>>()?
            }
            Utf16(order) => {
                let unit = |two: &[u8]| match order {
                    Little => u16::from_le_bytes([two[0], two[1]]),
                    Big => u16::from_be_bytes([two[0], two[1]]),
                };
                let units: Vec<u16> = sample.chunks_exact(2).map(unit).collect();
                // The last pair of surrogates may be cut.
                let is_cut = sample.len() == SAMPLE && units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit));
                let whole = &units[..units.len() - usize::from(is_cut)];
                let characters = char::decode_utf16(whole.iter().copied());
                // Half a pair counts as what is of no text.
                characters.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
            }
        };
        let of_text = characters.iter().filter(|c| is_of_text(**c)).count();
        let common = characters.iter().filter(|c| is_common(**c)).count();
        // Blanks, digits or markup, to which the zeros belong.
        let has_zeros = characters.iter().any(|c| is_common(*c) && (*c as u32) < 0x100);
        let is_text =
            characters.len() >= 2 && has_zeros && of_text * 20 >= characters.len() * 19 && !characters.contains(&'\0');
        is_text.then(|| common * 1000 / characters.len())
    }
}

/// The character that four bytes are in UTF-32, if any.
pub fn character(four: &[u8], order: ByteOrder) -> Option<char> {
    let four = four.try_into().ok()?;
    char::from_u32(match order {
        Little => u32::from_le_bytes(four),
        Big => u32::from_be_bytes(four),
    })
}

/// Whether a text has this character: a letter, a mark or a blank.
fn is_of_text(c: char) -> bool {
    c.is_alphanumeric()
        || c.is_whitespace()
        || is_combining_mark(c)
        || matches!(c,
            '!'..='~' | '\u{a1}'..='\u{bf}' | '×' | '÷' | '\u{200b}'..='\u{2bff}' | '\u{3000}'..='\u{303f}'
            | '\u{fe10}'..='\u{fe6f}' | '\u{feff}' | '\u{ff01}'..='\u{ffee}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether a character is of a block that texts of some script have many of, and which bytes in the wrong order seldom
/// give: alphabets, punctuation, kana.
fn is_common(c: char) -> bool {
    matches!(c, '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{eff}' | '\u{1000}'..='\u{10ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{2010}'..='\u{203a}' | '\u{3001}'..='\u{3011}' | '\u{3041}'..='\u{30fe}' | '\u{ff01}'..='\u{ff5e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 8] = [
        "Bridge closed\nIt is closed.",
        "Мост закрыт\nМост через гавань закроют на год.",
        "港口大桥将关闭一年\n港务局星期一宣布，旧桥将一直关闭到春天。“这座桥累了，”港务长说。",
        "港の橋が閉鎖\n港の橋は一年間閉鎖される。「橋は疲れている」とホルム氏は述べた。",
        "ひとびとのことば\nそれはとてもむずかしいことだとおもいますが、わたしたちはそうするつもりです。",
        "สะพานปิด\nสะพานท่าเรือปิดหนึ่งปี",
        "항구 다리 폐쇄\n항구 다리가 일 년 동안 닫힌다.",
        "<p>👩‍👩‍👧 “So it is” – said 𝒜nn</p>",
    ];

    fn bytes(text: &str, encoding: WideEncoding) -> Vec<u8> {
        match encoding {
            Utf16(Little) => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Utf16(Big) => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Utf32(Little) => text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect(),
            Utf32(Big) => text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect(),
        }
    }

    #[test]
    fn wide_texts_are_recognized_without_a_mark() {
        for encoding in [Utf16(Little), Utf16(Big), Utf32(Little), Utf32(Big)] {
            for text in TEXTS {
                assert_eq!(WideEncoding::of_looks(&bytes(text, encoding)), Some(encoding), "{text}");
                let long = bytes(&format!("{text}\n").repeat(999), encoding);
                assert_eq!(WideEncoding::of_looks(&long), Some(encoding), "{text}");
            }
        }
    }

    #[test]
    fn half_a_pair_does_not_refuse_a_text() {
        for encoding in [Utf16(Little), Utf16(Big)] {
            for text in TEXTS {
                let mut broken = bytes(&text.repeat(3), encoding);
                broken.extend(if encoding == Utf16(Little) { [0x00, 0xd8] } else { [0xd8, 0x00] });
                broken.extend(bytes(text, encoding));
                assert_eq!(WideEncoding::of_looks(&broken), Some(encoding), "{text}");
            }
        }
    }

    #[test]
    fn other_bytes_are_not_wide() {
        let numbers: Vec<u8> = (0_u32..4_000).flat_map(u32::to_le_bytes).collect();
        let floats: Vec<u8> = (0_u16..4_000).flat_map(|n| (f32::from(n) / 3.0).to_le_bytes()).collect();
        let mut seed = 1_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        let noise: Vec<u8> = (0..4_000).map(|_| next()).collect();
        let table = b"\x01\x00\x02\x00\x10\x00Name\0\0\0\0Size\0\0\0\0".repeat(40);
        let strays = "Caf\u{e9} au lait, and one\0 stray zero in it. ".repeat(20);
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&strays);
        let padded = [&b"plain words"[..], &[0; 4_000]].concat();
        for bytes in
            [&numbers, &floats, &noise, &table, strays.as_bytes(), &latin, &padded, b"\0", b"a\0", b"", &[0; 64]]
        {
            assert_eq!(WideEncoding::of_looks(bytes), None, "{:?}", &bytes[..bytes.len().min(40)]);
        }
    }
}
