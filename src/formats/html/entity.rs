//! Character references: `&amp;`, `&#8217;`, `&#x2019;`, and `&nbsp` without its semicolon.
//!
//! The names are those of the HTML standard (13.5, "Named character references"), as html5ever brings them.

use std::borrow::Cow;

use html5ever::data::NAMED_ENTITIES;

use crate::formats::windows_marks::from_windows;

/// The longest name of an entity, in bytes, without `&` and `;` (`CounterClockwiseContourIntegral`).
const LONGEST: usize = 31;

/// The lengths of the names that the standard reads without a semicolon too (`gt` to `Aacute`), in bytes.
const BARE: std::ops::RangeInclusive<usize> = 2..=6;

/// How many digits of a number are looked at.
const MOST_DIGITS: usize = 32;

/// How an address on the web begins in plain text.
const ADDRESSES: [&str; 3] = ["http://", "https://", "www."];

/// Where a character reference stands: that decides whether it needs its semicolon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceContext {
    /// The text of HTML: some names are read without a semicolon, also at the beginning of a longer word (`&notit`).
    Text,
    /// The value of an attribute: a name without its semicolon is none before a letter, a digit or `=`, so that
    /// `?a=1&copy=3` stays an address.
    Attribute,
    /// Text that is no HTML, but often written as if it were: titles, fields of records. A name needs its semicolon;
    /// in an address only `&amp;` is one, and what an address ends at (`&quot;`, `&lt;`).
    Plain,
}

/// Returns `raw` with every character reference resolved. Unknown ones stay as they are.
pub fn decode(raw: &str, place: ReferenceContext) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', raw.as_bytes()) else { return Cow::Borrowed(raw) };
    let mut out = String::with_capacity(raw.len());
    let mut in_address = false;
    let (mut at, mut next) = (0, first);
    while at < raw.len() {
        out.push_str(&raw[at..next]);
        if place == ReferenceContext::Plain {
            in_address = ends_in_address(&raw[at..next], in_address);
        }
        at = next;
        match one(&raw[at..], place) {
            Some((length, characters)) if !in_address || characters.may_follow_address() => {
                in_address &= !characters.ends_address();
                characters.push_to(&mut out);
                at += length;
            }
            _ if at < raw.len() => {
                out.push('&');
                at += 1;
            }
            _ => {}
        }
        next = memchr::memchr(b'&', &raw.as_bytes()[at..]).map_or(raw.len(), |length| at + length);
    }
    Cow::Owned(out)
}

/// Returns the value of an attribute of HTML or XML with every character reference resolved.
pub fn decode_attribute(raw: &str) -> Cow<'_, str> {
    decode(raw, ReferenceContext::Attribute)
}

/// Returns what a whole reference (`&scaron;`) stands for that follows `before` in a text that is not HTML.
pub fn decode_after<'r>(before: &str, reference: &'r str) -> Cow<'r, str> {
    /// No address is looked for farther back, in bytes.
    const FARTHEST: usize = 4 << 10;
    let mut start = before.len().saturating_sub(FARTHEST);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let is_name = !reference.starts_with("&#");
    let may_follow =
        || one(reference, ReferenceContext::Plain).is_some_and(|(_, characters)| characters.may_follow_address());
    if is_name && ends_in_address(&before[start..], false) && !may_follow() {
        Cow::Borrowed(reference)
    } else {
        decode(reference, ReferenceContext::Plain)
    }
}

/// Whether the last word of `text` is an address that goes on; `text` goes on from a word that is one or is not.
fn ends_in_address(text: &str, from_address: bool) -> bool {
    let (word, from_address) = match text.rfind(ends_address) {
        Some(at) => (&text[at..], false),
        None => (text, from_address),
    };
    from_address || ADDRESSES.iter().any(|address| word.contains(address))
}

/// Whether an address on the web ends before this character.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || "<>\"“”«»()".contains(c)
}

/// What a reference stands for: one character, or two (`&NotEqualTilde;`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Characters(char, Option<char>);

impl Characters {
    const fn one(character: char) -> Self {
        Self(character, None)
    }

    /// Whether an address ends before it. An apostrophe may stand in one, but not written as a reference: there it ends the
    /// value of an attribute.
    fn ends_address(self) -> bool {
        self.0 == '\'' || ends_address(self.0)
    }

    /// Whether its reference is one also in an address or at its end.
    fn may_follow_address(self) -> bool {
        self == Self::one('&') || self.ends_address()
    }

    fn push_to(self, out: &mut String) {
        out.push(self.0);
        out.extend(self.1);
    }
}

/// The reference with which `text` begins: its length in bytes, and what it stands for.
fn one(text: &str, place: ReferenceContext) -> Option<(usize, Characters)> {
    let body = text.as_bytes().get(1..)?;
    if body.first() == Some(&b'#') {
        return numeric(text);
    }
    let length = body.iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    if body.get(length) == Some(&b';')
        && let Some(characters) = named(&text[1..length + 2])
    {
        return Some((length + 2, characters));
    }
    if place == ReferenceContext::Plain {
        return None;
    }
    let bare = BARE.rev().filter(|&shorter| shorter <= length);
    let (length, characters) = bare.into_iter().find_map(|shorter| Some((shorter, named(&text[1..=shorter])?)))?;
    let goes_on = body.get(length).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'=');
    (place == ReferenceContext::Text || !goes_on).then_some((1 + length, characters))
}

/// What a name stands for; with its semicolon, unless it is read without.
fn named(name: &str) -> Option<Characters> {
    // The table has the beginnings of names too: they stand for nothing.
    let &(first, second) = NAMED_ENTITIES.get(name).filter(|(first, _)| *first != 0)?;
    Some(Characters(char::from_u32(first)?, char::from_u32(second).filter(|c| *c != '\0')))
}

fn numeric(text: &str) -> Option<(usize, Characters)> {
    let hexadecimal = matches!(text.as_bytes().get(2), Some(b'x' | b'X'));
    let start = if hexadecimal { 3 } else { 2 };
    let is_digit = |b: &u8| if hexadecimal { b.is_ascii_hexdigit() } else { b.is_ascii_digit() };
    let digits = text.as_bytes()[start..].iter().take(MOST_DIGITS).take_while(|b| is_digit(b)).count();
    let number = &text[start..start + digits];
    let code = u32::from_str_radix(number, if hexadecimal { 16 } else { 10 });
    if digits == 0 {
        return None;
    }
    let end = start + digits + usize::from(text.as_bytes().get(start + digits) == Some(&b';'));
    let character = match code {
        Ok(code) => char::from_u32(code).filter(|c| *c != '\0').map_or('\u{fffd}', from_windows),
        Err(_) => '\u{fffd}',
    };
    Some((end, Characters::one(character)))
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
            ("Milo&scaron; &Ccaron;apek, c&oelig;ur, &alpha;, &NotEqualTilde;", "Miloš Čapek, cœur, α, ≂̸"),
            ("I&apos;m &notit; caf&eacute", "I'm ¬it; café"),
            ("plain", "plain"),
        ] {
            assert_eq!(decode(raw, ReferenceContext::Text), expected, "{raw}");
        }
    }

    #[test]
    fn attributes_keep_their_parameters() {
        for (raw, expected) in [
            ("?a=1&copy=3&reg2&lang;=x&amp;b=2", "?a=1&copy=3&reg2⟨=x&b=2"),
            ("Caf&eacute &copy", "Café ©"),
            ("&copy;=3", "©=3"),
        ] {
            assert_eq!(decode(raw, ReferenceContext::Attribute), expected, "{raw}");
        }
    }

    #[test]
    fn plain_text_wants_semicolons() {
        for (raw, expected) in [
            ("Tea &copy 2026 &copy; caf&eacute;", "Tea &copy 2026 © café"),
            (
                "see https://coast.example/?a=1&copy=3&copy;=2&amp;b=4 &amp; more",
                "see https://coast.example/?a=1&copy=3&copy;=2&b=4 & more",
            ),
            ("(www.coast.example/?a&reg;) &lt;", "(www.coast.example/?a&reg;) <"),
            // What no address has in it ends it, also as a reference.
            ("&lt;a href=&quot;https://b.test/?a&amp;b&quot;&gt;&copy;", "<a href=\"https://b.test/?a&b\">©"),
            ("&lt;a href=&#39;https://b.test/&#39;&gt;&copy;", "<a href='https://b.test/'>©"),
            ("see www.b.test&lt;/p&gt;&nbsp;&copy;", "see www.b.test</p>\u{a0}©"),
        ] {
            assert_eq!(decode(raw, ReferenceContext::Plain), expected, "{raw}");
        }
    }

    #[test]
    fn names_are_those_of_the_standard() {
        let whole = NAMED_ENTITIES.entries().filter(|(_, characters)| characters.0 != 0);
        let (mut all, mut bare) = (0, 0);
        for (name, &(first, second)) in whole {
            all += 1;
            let expected: String =
                [first, second].iter().filter_map(|&c| char::from_u32(c)).filter(|c| *c != '\0').collect();
            let raw = format!("&{name}");
            assert_eq!(decode(&raw, ReferenceContext::Text), expected, "{raw}");
            assert_eq!(decode(&raw, ReferenceContext::Attribute), expected, "{raw}");
            let is_whole = name.ends_with(';');
            assert_eq!(decode(&raw, ReferenceContext::Plain), *if is_whole { &expected } else { &raw }, "{raw}");
            if !is_whole {
                bare += 1;
                assert!(BARE.contains(&name.len()), "{raw}");
                // Each of them has a form with a semicolon that stands for the same.
                assert_eq!(named(&format!("{name};")), named(name), "{raw}");
                assert_eq!(decode(&format!("?{raw}=1"), ReferenceContext::Attribute), format!("?{raw}=1"), "{raw}");
            }
            assert!(name.trim_end_matches(';').len() <= LONGEST, "{raw}");
        }
        assert_eq!((all, bare), (2_231, 106));
    }

    #[test]
    fn many_references_cost_little() {
        let raw = "https://coast.example/?".to_owned() + &"a&copy;&amp;".repeat(200_000);
        assert_eq!(decode(&raw, ReferenceContext::Plain), raw.replace("&amp;", "&"));
    }
}
