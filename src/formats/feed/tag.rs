//! Where a tag ends, however it is written: by HTML's rules for attributes, as far as the text after it bears them out.

use memchr::{memchr, memchr2, memmem};

use super::implied_end::is_of_html;

/// What a `<` begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// Markup of this length, in bytes.
    Whole(usize),
    /// Markup in which the text ends.
    Cut,
    /// None: it is text, which shows this far behind it, in bytes.
    None(usize),
}

/// Where a scan of a tag is (HTML §13.2.5.8 and what follows).
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Name,
    Attribute,
    BeforeValue,
    UnquotedValue,
}

/// How long a tag without attributes is, in bytes, and whether it is a start tag. Most are such.
pub fn plain(text: &[u8]) -> Option<(usize, bool)> {
    let is_start = text.get(1) != Some(&b'/');
    let from = if is_start { 1 } else { 2 };
    let name = text.get(from..)?;
    let length = name.iter().position(|b| !b.is_ascii_alphanumeric() && *b != b':')?;
    (name[length] == b'>' && name[0].is_ascii_alphabetic()).then_some((from + length + 1, is_start))
}

/// Reads a tag with which `text` begins; it is none if another one begins before it ends.
///
/// A quotation mark where no value begins, or whose value does not end as one, is a letter, and goes to `strays`.
/// Values may hold `>`, and `<` too where they `may_hold_marks`.
pub fn scan(text: &str, may_hold_marks: bool, strays: &mut Vec<usize>) -> Markup {
    let bytes = text.as_bytes();
    let mut state = State::Name;
    let mut at = 1;
    strays.clear();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return Markup::Whole(at + 1),
            b'<' if state == State::UnquotedValue && may_hold_marks && !is_end(bytes, at) => {}
            b'<' => return Markup::None(at),
            b'"' | b'\'' if state == State::BeforeValue => {
                if let Some(end) = value_end(text, at, may_hold_marks) {
                    (at, state) = (end, State::Attribute);
                } else {
                    strays.push(at);
                    state = State::UnquotedValue;
                }
            }
            b'"' | b'\'' => strays.push(at),
            _ if byte.is_ascii_whitespace() => {
                state = if state == State::BeforeValue { state } else { State::Attribute };
            }
            b'/' if state == State::Name => state = State::Attribute,
            b'=' if state == State::Attribute => state = State::BeforeValue,
            _ if state == State::BeforeValue => state = State::UnquotedValue,
            _ => {}
        }
        at += 1;
    }
    Markup::Cut
}

/// Whether an end tag or the end of the text follows the `<` at `at`.
fn is_end(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at + 1), None | Some(b'/'))
}

/// Where the value ends that the mark at `open` begins. One that holds markup, or ends as another attribute begins, is one
/// only where the tag goes on after it, and where it does not reach out of its field.
fn value_end(text: &str, open: usize, may_hold_marks: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let end = open + 1 + memchr(bytes[open], &bytes[open + 1..])?;
    let value = &text[open + 1..end];
    let holds_mark = || value.contains('<');
    let is_value = memchr2(b'<', b'>', value.as_bytes()).is_none() && !value.ends_with('=')
        || tag_goes_on(&bytes[end + 1..]) && (!holds_mark() || may_hold_marks && !holds_field_end(value));
    is_value.then_some(end)
}

/// Whether what follows a value goes on as a tag: it ends, or a further attribute begins, perhaps without a blank.
fn tag_goes_on(after: &[u8]) -> bool {
    let is_blank_or_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'?');
    let name = after.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':')).count();
    match after.get(name) {
        Some(next) if name == 0 => is_blank_or_end(next),
        next => next == Some(&b'='),
    }
}

/// Whether an element ends in `value` that is none of HTML.
fn holds_field_end(value: &str) -> bool {
    memmem::find_iter(value.as_bytes(), b"</").any(|at| {
        let after = value[at + 2..].trim_start();
        let name =
            after.split(|c: char| !c.is_alphanumeric() && !matches!(c, ':' | '-' | '_')).next().unwrap_or_default();
        let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
        !local.is_empty() && !is_of_html(&local.to_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_ends_where_html_ends_it() {
        for (tag, strays) in [
            ("<p>", 0),
            ("</p >", 0),
            ("<a b='>'>", 0),
            ("<a b = \"x > y\" c>", 0),
            ("<a b='<i>5</i>' />", 0),
            ("<a b='1>2'c='3'>", 0),
            ("<a b=c<d>", 0),
            ("<a b=x\">", 1),
            ("<a b=http://x/it's>", 1),
            ("<a b=\"x>", 1),
            ("<a b='x'y'>", 1),
            ("<a b='x c='y'>", 1),
            ("<a b='x=' c='y'>", 0),
            ("<a \"b\">", 2),
        ] {
            let mut found = Vec::new();
            let text = format!("{tag}text</a></description><item x=\"1\" y='2'>");
            assert_eq!(scan(&text, true, &mut found), Markup::Whole(tag.len()), "{tag}");
            assert_eq!(found.len(), strays, "{tag}");
        }
    }

    #[test]
    fn what_another_tag_interrupts_is_text() {
        for text in ["<b and c</t>", "<b it='c</t><u x='1'>", "<b=c<d>", "<b c=d</t>", "<b c=d <t>"] {
            let found = scan(text, true, &mut Vec::new());
            assert!(matches!(found, Markup::None(_)), "{text}: {found:?}");
        }
        for text in ["<b", "<b c=\"d", "<b c='d' e"] {
            assert_eq!(scan(text, true, &mut Vec::new()), Markup::Cut, "{text}");
        }
    }

    #[test]
    fn value_stays_in_its_field() {
        for end in ["description", "DESCRIPTION", "content:encoded", "title", "a:summary", "item", "link"] {
            let text = format!("<a b=\"x>y</a></{end}><z c=\"\" >");
            assert_eq!(scan(&text, true, &mut Vec::new()), Markup::Whole(8), "{text}");
        }
    }
}
