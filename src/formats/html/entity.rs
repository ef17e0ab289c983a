//! Character references: `&amp;`, `&#8217;`, `&#x2019;`, and `&nbsp` without its semicolon.

use std::borrow::Cow;

/// The longest name of an entity, in bytes, with `&` and `;`.
const LONGEST: usize = 34;

/// Names that are read without a semicolon too.
const BARE: [&str; 8] = ["amp", "lt", "gt", "quot", "nbsp", "copy", "reg", "pound"];

/// What Windows-1252 has where Unicode has control characters; pages mean the former.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Gives `raw` with every character reference resolved. Unknown ones stay as they are.
pub fn decode(raw: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', raw.as_bytes()) else { return Cow::Borrowed(raw) };
    let mut out = String::with_capacity(raw.len());
    out.push_str(&raw[..first]);
    let mut rest = &raw[first..];
    while !rest.is_empty() {
        let (length, characters) = one(rest).unwrap_or((1, Cow::Borrowed("&")));
        out.push_str(&characters);
        rest = &rest[length..];
        let next = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        out.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(out)
}

/// The reference with which `text` begins: its length, and what it stands for.
fn one(text: &str) -> Option<(usize, Cow<'static, str>)> {
    let body = text.as_bytes().get(1..)?;
    if body.first() == Some(&b'#') {
        return numeric(text);
    }
    let length = body.iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    let name = &text[1..=length];
    if body.get(length) == Some(&b';') {
        return resolved(name).map(|characters| (length + 2, Cow::Borrowed(characters)));
    }
    let bare = BARE.iter().find(|bare| name == **bare)?;
    resolved(bare).map(|characters| (1 + bare.len(), Cow::Borrowed(characters)))
}

/// What a name stands for.
pub fn resolved(name: &str) -> Option<&'static str> {
    quick_xml::escape::resolve_html5_entity(name)
}

fn numeric(text: &str) -> Option<(usize, Cow<'static, str>)> {
    let hexadecimal = matches!(text.as_bytes().get(2), Some(b'x' | b'X'));
    let start = if hexadecimal { 3 } else { 2 };
    let is_digit = |b: &u8| if hexadecimal { b.is_ascii_hexdigit() } else { b.is_ascii_digit() };
    let digits = text.as_bytes()[start..].iter().take(LONGEST).take_while(|b| is_digit(b)).count();
    let number = &text[start..start + digits];
    let code = u32::from_str_radix(number, if hexadecimal { 16 } else { 10 });
    if digits == 0 {
        return None;
    }
    let end = start + digits + usize::from(text.as_bytes().get(start + digits) == Some(&b';'));
    let character = match code {
        Ok(code @ 0x80..=0x9f) => WINDOWS[code as usize - 0x80],
        Ok(code) => char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{fffd}'),
        Err(_) => '\u{fffd}',
    };
    Some((end, Cow::Owned(character.into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        for (raw, expected) in [
            ("tea &amp; toast", "tea & toast"),
            ("&ldquo;So it is,&rdquo; &mdash; she said&hellip;", "“So it is,” — she said…"),
            ("&#8217;&#x2019;&#X2019;&#146;", "’’’’"),
            ("a&nbsp;b&nbsp c", "a\u{a0}b\u{a0} c"),
            ("AT&T, R&D; &unknown; &; & &#; &#x; &", "AT&T, R&D; &unknown; &; & &#; &#x; &"),
            ("&#0;&#xd800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("&lt;b&gt;", "<b>"),
            ("plain", "plain"),
        ] {
            assert_eq!(decode(raw), expected, "{raw}");
        }
    }
}
