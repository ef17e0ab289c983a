//! The marks of `<q>`, which browsers draw and which belong to the text: who quotes with the element quotes.
//!
//! One pass, of linear time, says where marks must stand; another writes them there.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use super::elements::{BLOCKS, VOID};
use super::tokens::{HtmlToken, Tokens};
use super::{ReferenceContext, decode};

/// Marks by language: outer ones and those inside of them, as the Unicode CLDR has them ("delimiters") and browsers draw
/// them. Languages that are not there quote as English does.
const LANGUAGES: [(&[&str], [char; 4]); 16] = [
    (&["fr-ch", "gsw", "am", "fa"], ['«', '»', '‹', '›']),
    (&["fr", "hy"], ['«', '»', '«', '»']),
    (&["es", "it", "pt-pt", "el", "ca", "sq", "kk", "ast", "br", "mg"], ['«', '»', '“', '”']),
    (&["no", "nb", "nn", "rw"], ['«', '»', '‘', '’']),
    (&["ru", "uk", "be", "ky", "sah"], ['«', '»', '„', '“']),
    (&["de", "cs", "sk", "sl", "hr", "is", "et", "lb", "mk", "dsb", "hsb"], ['„', '“', '‚', '‘']),
    (&["bg", "lt"], ['„', '“', '„', '“']),
    (&["ka"], ['„', '“', '«', '»']),
    (&["pl", "ro"], ['„', '”', '«', '»']),
    (&["hu"], ['„', '”', '»', '«']),
    (&["bs", "sr"], ['„', '”', '‘', '’']),
    (&["sv", "fi", "he"], ['”', '”', '’', '’']),
    (&["nl"], ['‘', '’', '“', '”']),
    (&["ar", "ur"], ['”', '“', '’', '‘']),
    (&["ja", "zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue"], ['「', '」', '『', '』']),
    (&["en", "pt", "zh", "ko", "th", "tr", "da"], ['“', '”', '‘', '’']),
];

/// How many elements with a language are known at once; those deeper inside have that of the last.
const MOST_LANGUAGES: usize = 32;

/// Marks with which a quotation may begin, and with which it may end, in any language.
const OPENING: [char; 15] = ['“', '”', '„', '«', '»', '‹', '›', '‘', '‚', '「', '『', '〝', '"', '\'', '‟'];
const CLOSING: [char; 14] = ['“', '”', '«', '»', '‹', '›', '‘', '’', '」', '』', '〞', '〟', '"', '\''];

/// Returns `html` with quotation marks in place of `<q>` and its end. `language` is that of what the piece stands in,
/// where known; an attribute `lang` counts more.
pub fn with_quotation_marks<'h>(html: &'h str, language: Option<&str>) -> Cow<'h, str> {
    let has_element = |name: &[u8]| memmem::find_iter(html.as_bytes(), name).next().is_some();
    if !has_element(b"<q") && !has_element(b"<Q") {
        return Cow::Borrowed(html);
    }
    let mut quotes = Quotes::default();
    let mut languages = Languages { outer: language.map(str::to_owned), inner: Vec::new() };
    let mut tokens = Tokens::of(html);
    while let Some(token) = tokens.next() {
        let at = html.len() - tokens.left_before()..html.len() - tokens.left();
        match token {
            HtmlToken::Text(text) => quotes.text(&decode(text, ReferenceContext::Text)),
            HtmlToken::Raw(_) => {}
            HtmlToken::Start { name, attributes, closed } => {
                if !closed && !VOID.contains(&&*name) {
                    let own = attributes.get("lang").or_else(|| attributes.get("xml:lang"));
                    languages.start(&name, own.as_deref());
                }
                match &*name {
                    "q" => quotes.start(at, languages.current()),
                    name if BLOCKS.contains(&name) => quotes.start_block(),
                    _ => {}
                }
            }
            HtmlToken::End(name) => {
                match &*name {
                    "q" => quotes.end(at),
                    name if BLOCKS.contains(&name) => quotes.end_block(at.start),
                    _ => {}
                }
                languages.end(&name);
            }
        }
    }
    let mut out = String::with_capacity(html.len() + 64);
    let mut written = 0;
    for (at, mark) in quotes.finish(html.len()) {
        out.push_str(&html[written..at.start]);
        out.extend(mark);
        written = at.end;
    }
    out.push_str(&html[written..]);
    Cow::Owned(out)
}

/// Outer and inner marks of a language ("de-AT"), or of the one that it belongs to; those of English for any other.
fn marks_of(language: &str) -> [char; 4] {
    let mut language = language.trim().to_ascii_lowercase().replace('_', "-");
    loop {
        if let Some((_, marks)) = LANGUAGES.iter().find(|(names, _)| names.contains(&&*language)) {
            return *marks;
        }
        let Some(end) = language.rfind('-') else { return ['“', '”', '‘', '’'] };
        language.truncate(end);
    }
}

/// The elements that are open and have a language.
struct Languages {
    outer: Option<String>,
    /// Name, how many of that name are open inside, language.
    inner: Vec<(String, usize, String)>,
}

impl Languages {
    fn current(&self) -> &str {
        self.inner.last().map(|(_, _, language)| language.as_str()).or(self.outer.as_deref()).unwrap_or_default()
    }

    fn start(&mut self, name: &str, language: Option<&str>) {
        // A paragraph ends where the next begins.
        if name == "p" && self.inner.last().is_some_and(|(open, ..)| open == name) {
            self.inner.pop();
        }
        self.inner.iter_mut().filter(|(open, ..)| open == name).for_each(|(_, inside, _)| *inside += 1);
        if let Some(language) = language.filter(|_| self.inner.len() < MOST_LANGUAGES) {
            self.inner.push((name.to_owned(), 0, language.to_owned()));
        }
    }

    fn end(&mut self, name: &str) {
        match self.inner.iter().rposition(|(open, ..)| open == name) {
            Some(at) if self.inner[at].1 == 0 => self.inner.truncate(at),
            _ => {}
        }
        self.inner.iter_mut().filter(|(open, ..)| open == name).for_each(|(_, inside, _)| {
            *inside = inside.saturating_sub(1);
        });
    }
}

/// What stands in place of a part of the text: a mark, or nothing.
pub type Replacement = (Range<usize>, Option<char>);

/// Says where marks must stand, from the elements and texts in their order. Places may count anything that grows.
#[derive(Default)]
pub struct Quotes {
    open: Vec<Quote>,
    edits: Vec<Replacement>,
    /// The last character that is no blank, and whether a blank follows it.
    last: Option<(char, bool)>,
    /// How many more blocks have begun than ended.
    blocks: isize,
    /// Edits of quotations that have ended after a mark, and have none if another follows.
    awaiting: Vec<(usize, usize)>,
}

struct Quote {
    /// Which edit begins it.
    edit: usize,
    marks: (char, char),
    /// Whether a mark of the author stands before it.
    is_marked_outside: bool,
    /// Its first character that is no blank.
    first: Option<char>,
    /// How many blocks were open where it begins.
    blocks: isize,
}

impl Quotes {
    /// Words, references resolved.
    pub fn text(&mut self, text: &str) {
        let mut letters = text.chars().filter(|c| !c.is_whitespace());
        let Some(first) = letters.next() else {
            self.last = self.last.map(|(last, is_apart)| (last, is_apart || !text.is_empty()));
            return;
        };
        // English has a comma before the mark.
        let mut after = text.chars().filter(|c| !c.is_whitespace() && !".,!?;:…".contains(*c));
        let is_closed = after.next().is_some_and(|c| CLOSING.contains(&c));
        for (start, end) in std::mem::take(&mut self.awaiting) {
            if is_closed {
                (self.edits[start].1, self.edits[end].1) = (None, None);
            }
        }
        for quote in self.open.iter_mut().rev().take_while(|quote| quote.first.is_none()) {
            quote.first = Some(first);
        }
        let last = text.trim_end();
        self.last = last.chars().next_back().map(|c| (c, last.len() < text.len()));
    }

    /// `<q>` at these places, in a language.
    pub fn start(&mut self, at: Range<usize>, language: &str) {
        let [outer, outer_end, inner, inner_end] = marks_of(language);
        let marks = if self.open.len().is_multiple_of(2) { (outer, outer_end) } else { (inner, inner_end) };
        // French sets a blank after its marks.
        let is_marked_outside =
            self.last.is_some_and(|(last, is_apart)| OPENING.contains(&last) && (!is_apart || last == '«'));
        self.open.push(Quote { edit: self.edits.len(), marks, is_marked_outside, first: None, blocks: self.blocks });
        self.edits.push((at, Some(marks.0)));
    }

    /// `</q>` at these places.
    pub fn end(&mut self, at: Range<usize>) {
        let Some(quote) = self.open.pop() else { return self.edits.push((at, None)) };
        let end = self.edits.len();
        self.edits.push((at, Some(quote.marks.1)));
        let ends_in_mark = self.last.is_some_and(|(last, _)| CLOSING.contains(&last));
        let is_marked_inside = quote.first.is_some_and(|first| OPENING.contains(&first)) && ends_in_mark;
        if is_marked_inside || quote.first.is_none() {
            (self.edits[quote.edit].1, self.edits[end].1) = (None, None);
        } else if quote.is_marked_outside {
            self.awaiting.push((quote.edit, end));
        }
    }

    /// A block begins.
    pub fn start_block(&mut self) {
        self.last = None;
        self.awaiting.clear();
        self.blocks += 1;
    }

    /// A block ends here, and with it what has begun in it.
    pub fn end_block(&mut self, at: usize) {
        while self.open.last().is_some_and(|quote| quote.blocks >= self.blocks) {
            self.end(at..at);
        }
        self.blocks -= 1;
        self.last = None;
        self.awaiting.clear();
    }

    /// All edits in their order; what is open ends here.
    pub fn finish(mut self, at: usize) -> Vec<Replacement> {
        while !self.open.is_empty() {
            self.end(at..at);
        }
        self.edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(html: &str) -> Cow<'_, str> {
        with_quotation_marks(html, None)
    }

    #[test]
    fn marks_follow_depth_and_language() {
        for (html, expected) in [
            ("<p>She said: <q>No <Q cite=x>maybe</Q> here</q>.", "<p>She said: “No ‘maybe’ here”."),
            ("<html lang=fr><p><q>Oui</q>", "<html lang=fr><p>«Oui»"),
            ("<q lang=de-AT>Nein, <q>wohl</q></q>", "„Nein, ‚wohl‘“"),
            (
                "<div lang=ja><p lang=sv><q>a</q></p><q>b</q></div><q>c</q>",
                "<div lang=ja><p lang=sv>”a”</p>「b」</div>“c”",
            ),
            ("<p lang=ru><q>a</q><p><q>b</q>", "<p lang=ru>«a»<p>“b”"),
            ("<div lang=pl><div><q>a</q></div><q>b</q></div>", "<div lang=pl><div>„a”</div>„b”</div>"),
            ("<q>a<q>b<q>c</q></q></q>", "“a‘b“c”’”"),
            ("<quote>a</quote> a <q", "<quote>a</quote> a <q"),
        ] {
            assert_eq!(marked(html), expected);
            assert_eq!(marked(&marked(html)), expected);
        }
        assert_eq!(with_quotation_marks("<q>a</q> <q lang=en>b</q>", Some("uk-UA")), "«a» “b”");
        assert!(matches!(marked("<p>“a”</p>"), Cow::Borrowed(_)));
    }

    #[test]
    fn marks_of_the_author_get_no_second_pair() {
        for (html, expected) in [
            ("“<q>No</q>”, <q>“No”</q> <q><b>&ldquo;No,&rdquo;</b></q>", "“No”, “No” <b>&ldquo;No,&rdquo;</b>"),
            ("“<q>No</q>,” “<q>No</q>.”", "“No,” “No.”"),
            ("\"<q>No</q>\" « <q>Non</q> » „<q>Nein</q>“", "\"No\" « Non » „Nein“"),
            ("“Yes” <q>no</q>, “<q>no</q> means yes”", "“Yes” “no”, ““no” means yes”"),
            ("<q>“Fine” is her word</q>", "““Fine” is her word”"),
            ("<q>’Tis so</q><q></q><q> </q>", "“’Tis so” "),
        ] {
            assert_eq!(marked(html), expected);
        }
    }

    #[test]
    fn quotation_ends_with_its_block() {
        for (html, expected) in [
            ("<p><q>No</p><p>Yes</q></p>", "<p>“No”</p><p>Yes</p>"),
            ("<q><p>No</p><p>No</p></q>", "“<p>No</p><p>No</p>”"),
            ("<li><q>a<q>b</li>c", "<li>“a‘b’”</li>c"),
            ("<q>No", "“No”"),
        ] {
            assert_eq!(marked(html), expected);
        }
    }

    #[test]
    fn many_quotations_cost_little() {
        for html in ["<q>", "</q>", "<q>a</q>", "<q lang=de>", "<p lang=fr><q>a", "<q><p>", "“<q>a</q>"] {
            assert!(!marked(&html.repeat(20_000)).contains("<q"), "{html}");
        }
    }
}
