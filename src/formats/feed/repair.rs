//! Feeds that are not well-formed XML, so mended that they can be parsed: what stands before the declaration, `<` in
//! words, sections of CDATA inside each other or never closed.
//!
//! One pass in a time in proportion to the length, whatever the input; most feeds pass it as they are.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2, memmem};

use super::implied_end::{is_bound, is_field, is_of_html, is_of_name};
use super::tag::{self, Markup};

const CDATA: &str = "<![CDATA[";
const COMMENT: &str = "<!--";

/// How far into a text the feed begins at the latest, in bytes: after blank lines, comments, the warnings of a program.
const LONGEST_JUNK: usize = 8 << 10;

/// How far into a text a feed is looked for that begins without a declaration, in bytes.
const HEAD: usize = 64 << 10;

/// How often a text may be looked through for the ends of elements.
const MOST_LOOKS: usize = 16;

/// The elements with which feeds begin, local names in lower case.
const ROOTS: [&str; 5] = ["rss", "feed", "rdf", "channel", "entry"];

/// What of `text` begins with the declaration of XML, or with the first element of a feed where it has none; nothing where
/// there is no feed, or it begins too late.
pub fn start(text: &str) -> Option<&str> {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let mut at = 0;
    while let Some(found) = memchr(b'<', &head.as_bytes()[at..]).map(|found| at + found) {
        let rest = &head[found..];
        if found > LONGEST_JUNK || ["<html", "<body", "<!doctype html"].iter().any(|page| begins(rest, page)) {
            break;
        }
        let is_declared = begins(rest, "<?xml") || begins(rest, "<!doctype");
        if is_declared && is_followed_by_feed(&text[found..]) || is_root(rest) {
            return Some(&text[found..]);
        }
        at = found + 1;
    }
    None
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// Whether `text` begins with the first tag of a feed.
fn is_root(text: &str) -> bool {
    let name = text[1..].split(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<')).next().unwrap_or_default();
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    ROOTS.iter().any(|root| local.eq_ignore_ascii_case(root))
}

/// Whether a declaration is that of a feed: after it, comments and the type of the document its first tag follows.
fn is_followed_by_feed(declaration: &str) -> bool {
    let mut rest = declaration;
    while rest.starts_with("<?") || rest.starts_with("<!") {
        let Some(length) = declaration_end(rest) else {
            // Only the head may be at hand, and the type of the document longer than that: it names the first element.
            return begins(rest, "<!doctype ") && is_root(&rest["<!doctype".len()..]);
        };
        rest = rest[length..].trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    }
    rest.starts_with('<') && is_root(rest)
}

/// Returns `text` with what is not well-formed mended.
pub fn repaired(text: &str) -> Cow<'_, str> {
    let text = start(text).unwrap_or(text);
    let mut repair = Repair {
        text,
        out: String::new(),
        copied: 0,
        opened: "",
        looks: text.len().saturating_mul(MOST_LOOKS),
        torn: 0,
        strays: Vec::new(),
        sections: Ends::of("]]>"),
        comments: Ends::of("-->"),
        instructions: Ends::of("?>"),
    };
    let mut at = 0;
    while let Some(found) = memchr(b'<', &text.as_bytes()[at..]) {
        at = repair.markup(at + found);
    }
    if repair.copied == 0 {
        return Cow::Borrowed(text);
    }
    repair.keep(text.len(), text.len());
    Cow::Owned(repair.out)
}

struct Repair<'t> {
    text: &'t str,
    /// The text before `copied`, mended.
    out: String,
    copied: usize,
    /// The name of the element that is open, innermost but for those of HTML; empty where none is.
    opened: &'t str,
    /// How many bytes may still be looked at for the end of an element that a section may hide.
    looks: usize,
    /// Up to where a tag was read in vain: within that, no value of an attribute holds `<`, or each of them would be
    /// read to there once more.
    torn: usize,
    /// Quotation marks of the last tag that enclose no value.
    strays: Vec<usize>,
    sections: Ends,
    comments: Ends,
    instructions: Ends,
}

/// Where what is closed by the same mark ends. Each byte is looked at once, also where there is none.
struct Ends {
    mark: &'static str,
    /// Where the mark begins that was found last; the end of the text where there is no further one.
    found: usize,
}

impl Ends {
    fn of(mark: &'static str) -> Self {
        Self { mark, found: 0 }
    }

    /// Behind the first mark from `from` on.
    fn next(&mut self, text: &str, from: usize) -> Option<usize> {
        if self.found < from || self.found == 0 {
            let found = memmem::find(&text.as_bytes()[from..], self.mark.as_bytes());
            self.found = found.map_or(text.len(), |at| from + at);
        }
        (self.found < text.len()).then_some(self.found + self.mark.len())
    }
}

impl<'t> Repair<'t> {
    /// Takes the text up to `end`, and goes on at `next`.
    fn keep(&mut self, end: usize, next: usize) {
        self.out.push_str(&self.text[self.copied..end]);
        self.copied = next;
    }

    /// Looks at the `<` at `start`; returns where to go on.
    fn markup(&mut self, start: usize) -> usize {
        let rest = &self.text[start..];
        if let Some((length, is_start)) = tag::plain(rest.as_bytes()) {
            if is_start {
                self.open(&rest[1..length - 1]);
            } else {
                self.close(&rest[2..length - 1]);
            }
            return start + length;
        }
        let is_name = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() || c == '_');
        let mut after = rest[1..].chars();
        let markup = match after.next() {
            Some('!') if rest.starts_with(CDATA) => return self.cdata(start),
            Some('!') if rest.starts_with(COMMENT) => return self.comment(start),
            Some('?') => {
                self.instructions.next(self.text, start + 2).map_or(Markup::None(0), |end| Markup::Whole(end - start))
            }
            Some('!') if is_name(after.next()) => match self.declaration(rest) {
                Some(length) if !self.opened.is_empty() => {
                    self.keep(start, start + length);
                    return start + length;
                }
                Some(length) => Markup::Whole(length),
                None if self.opened.is_empty() => Markup::Cut,
                None => Markup::None(0),
            },
            Some('/') if is_name(after.next()) => match self.tag(start, false) {
                Markup::Whole(length) => {
                    self.close(tag_name(&rest[1..length]));
                    Markup::Whole(length)
                }
                torn => return self.torn_end(start).unwrap_or_else(|| self.after(start, torn)),
            },
            Some(c) if c == '/' || c.is_ascii_whitespace() => {
                return self.torn_end(start).unwrap_or_else(|| self.after(start, Markup::None(0)));
            }
            first if is_name(first) => {
                let tag = self.tag(start, start >= self.torn);
                if let Markup::Whole(length) = tag
                    && !rest[..length].ends_with("/>")
                {
                    self.open(tag_name(&rest[..length]));
                }
                tag
            }
            _ => Markup::None(0),
        };
        self.after(start, markup)
    }

    /// Where to go on after what begins at `start`.
    fn after(&mut self, start: usize, markup: Markup) -> usize {
        match markup {
            Markup::Whole(length) => start + length,
            Markup::Cut => self.text.len(),
            Markup::None(length) => {
                self.torn = self.torn.max(start + length);
                self.keep(start, start + 1);
                self.out.push_str("&lt;");
                start + 1
            }
        }
    }

    fn open(&mut self, name: &'t str) {
        // Fields stand beside each other: what is inside one is mostly of HTML, and seldom.
        if self.opened.is_empty() || is_bound(self.opened.as_bytes()) || !is_of_html(&name.to_ascii_lowercase()) {
            self.opened = name;
        }
    }

    fn close(&mut self, name: &str) {
        if name.eq_ignore_ascii_case(self.opened) {
            self.opened = "";
        }
    }

    /// Mends an end tag with blanks before its name or without its `>`, of an element of feeds or of HTML; returns where to
    /// go on after it.
    fn torn_end(&mut self, start: usize) -> Option<usize> {
        let inside = self.text[start + 1..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let inside = inside.strip_prefix('/')?.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let length = inside.bytes().position(|b| !is_of_name(b)).unwrap_or(inside.len());
        let (name, after) = inside.split_at(length);
        if !name.eq_ignore_ascii_case(self.opened) && !is_known(name) {
            return None;
        }
        let after = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let is_of_words = is_of_html(&name.to_ascii_lowercase());
        if !(is_of_words || after.starts_with('>') || ends_field(after, self.opened)) {
            return None;
        }
        let end = self.text.len() - after.strip_prefix('>').unwrap_or(after).len();
        self.keep(start, end);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        self.close(name);
        Some(end)
    }

    /// How long the declaration is with which `rest` begins. Inside an element it is none (XML 1.0 §2.8): there it ends
    /// with the first `>`, as in HTML.
    fn declaration(&self, rest: &str) -> Option<usize> {
        if self.opened.is_empty() {
            return declaration_end(rest);
        }
        memchr2(b'<', b'>', &rest.as_bytes()[1..]).filter(|at| rest.as_bytes()[at + 1] == b'>').map(|at| at + 2)
    }

    /// A tag. What is read in vain with `<` in its values is read without.
    fn tag(&mut self, start: usize, may_hold_marks: bool) -> Markup {
        let rest = &self.text[start..];
        let mut markup = tag::scan(rest, may_hold_marks, &mut self.strays);
        if let (Markup::None(length), true) = (&markup, may_hold_marks) {
            self.torn = self.torn.max(start + length);
            markup = tag::scan(rest, false, &mut self.strays);
        }
        if let Markup::Whole(_) = markup {
            for stray in std::mem::take(&mut self.strays) {
                let at = start + stray;
                self.keep(at, at + 1);
                self.out.push_str(if self.text.as_bytes()[at] == b'"' { "&quot;" } else { "&#39;" });
            }
        }
        markup
    }

    /// A comment. What has no end before its entry has, or none at all, loses its beginning.
    fn comment(&mut self, start: usize) -> usize {
        let inside = start + COMMENT.len();
        let end = self.comments.next(self.text, inside);
        let second = memmem::find(&self.text.as_bytes()[inside..end.unwrap_or(inside)], COMMENT.as_bytes());
        let holds_end = second.is_some_and(|at| {
            let held = &self.text[inside..inside + at];
            [("item", "<item"), ("entry", "<entry")]
                .iter()
                .any(|(entry, start)| closes(held, entry).is_some_and(|end| !held[..end].contains(start)))
        });
        match end {
            Some(end) if !holds_end => end,
            _ => self.unwrapped(start, COMMENT),
        }
    }

    fn cdata(&mut self, start: usize) -> usize {
        let text = self.text;
        let inside = start + CDATA.len();
        let end = self.cdata_end(inside);
        let section = &text[inside..end.unwrap_or(text.len())];
        let second = memmem::find(section.as_bytes(), CDATA.as_bytes());
        // One that has no end, or only that of a later one, ends with its element.
        if (end.is_none() || second.is_some())
            && self.closed_in(section).is_some_and(|at| end.is_none() || section[at..].contains(CDATA))
        {
            return self.unwrapped(start, CDATA);
        }
        let (Some(end), Some(second)) = (end, second) else { return end.map_or(text.len(), |end| end + 3) };
        let second = inside + second;
        // One inside another: of the two ends the first goes with the beginning inside, if the second one follows.
        self.keep(second, second + CDATA.len());
        let outer_end = self
            .cdata_end(end + 3)
            .filter(|outer| !self.opened.is_empty() && self.closed_in(&text[end + 3..*outer]).is_none());
        match outer_end {
            Some(outer) => {
                self.keep(end, end + 3);
                outer + 3
            }
            None => end + 3,
        }
    }

    /// Where the open element ends in `part`.
    fn closed_in(&mut self, part: &str) -> Option<usize> {
        let part = &part[..part.floor_char_boundary(self.looks)];
        let end = if self.opened.is_empty() { None } else { closes(part, self.opened) };
        self.looks -= end.unwrap_or(part.len());
        end
    }

    /// Takes off the mark at `start`; what it opens is read as markup.
    fn unwrapped(&mut self, start: usize, mark: &str) -> usize {
        self.keep(start, start + mark.len());
        self.copied
    }

    /// Where the mark begins that closes the section in which `from` lies.
    fn cdata_end(&mut self, from: usize) -> Option<usize> {
        self.sections.next(self.text, from).map(|end| end - 3)
    }
}

/// The name in a start tag.
fn tag_name(tag: &str) -> &str {
    tag[1..].split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default()
}

/// Where an element of this name ends in `text`.
fn closes(text: &str, name: &str) -> Option<usize> {
    let is_end = |at: &usize| {
        let inside = text[at + 2..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        begins(inside, name)
    };
    memmem::find_iter(text.as_bytes(), b"</").find(is_end)
}

/// Whether what follows an end tag without its `>` shows that a field or an entry ends there: another one, its end or that
/// of the feed. Words do not, nor does the whole end tag of the element that is `opened`.
fn ends_field(after: &str, opened: &str) -> bool {
    let Some(tag) = after.strip_prefix('<') else { return after.is_empty() };
    let inside = tag.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let (inside, is_end) = inside.strip_prefix('/').map_or((inside, false), |inside| (inside.trim_start(), true));
    let name = &inside[..inside.bytes().position(|b| !is_of_name(b)).unwrap_or(inside.len())];
    if is_end && name.eq_ignore_ascii_case(opened) {
        return false;
    }
    tag.starts_with("!--") || !name.is_empty() && !is_of_html(&name.to_ascii_lowercase())
}

/// Whether an element of this name is one of feeds or of HTML.
fn is_known(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains(':') || is_field(&name) || is_bound(name.as_bytes()) || is_of_html(&name)
}

/// How long a comment, a processing instruction or a declaration is with which `text` begins.
fn declaration_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (from, end) = match text {
        _ if text.starts_with("<!--") => (4, "-->"),
        _ if text.starts_with("<?") => (2, "?>"),
        // The type of a document may declare entities between brackets.
        _ => match memchr2(b'[', b'>', bytes) {
            Some(at) if bytes[at] == b'[' => {
                let after = |end: usize| {
                    at + end + 1 + bytes[at + end + 1..].iter().take_while(|b| b.is_ascii_whitespace()).count()
                };
                return memchr_iter(b']', &bytes[at..])
                    .map(after)
                    .find(|end| bytes.get(*end) == Some(&b'>'))
                    .map(|end| end + 1);
            }
            _ => (0, ">"),
        },
    };
    memmem::find(&bytes[from..], end.as_bytes()).map(|at| from + at + end.len())
}

#[cfg(test)]
mod tests;
