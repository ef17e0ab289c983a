//! The marks of `<q>`, which browsers draw and which belong to the text: who quotes with the element quotes.
//!
//! One pass, of linear time, says where marks must stand; another writes them there.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use super::elements::{VOID, is_block};
use super::tokens::{HtmlToken, Tokens};
use super::{ReferenceContext, decode};

/// Marks by language: outer ones and those inside of them, as the Unicode CLDR has them ("delimiters") and browsers draw
/// them. Languages that are not there quote as English does.
const LANGUAGES: [(&[&str], [char; 4]); 16] = [
    (&["fr-ch", "de-ch", "gsw", "am", "fa"], ['«', '»', '‹', '›']),
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

/// Those that are no apostrophe either.
const MARKS: [char; 14] = ['“', '”', '„', '«', '»', '‹', '›', '「', '」', '『', '』', '〝', '〞', '"'];

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
    let mut may_hide = true;
    while let Some(token) = tokens.next() {
        let at = html.len() - tokens.left_before()..html.len() - tokens.left();
        match token {
            HtmlToken::Text(text) => {
                let words = at.end - text.trim_start().len()..at.start + text.trim_end().len();
                quotes.text(&decode(text, ReferenceContext::Text), words);
            }
            // One that is not shown quotes nothing. What is never closed is shown.
            HtmlToken::Start { name, attributes, closed: false } if may_hide && name == "q" && attributes.hide() => {
                let mut after = tokens.clone();
                may_hide = pass_quotation(&mut after);
                tokens = if may_hide { after } else { Tokens::of(&html[at.start..]) };
            }
            HtmlToken::Raw(_) => {}
            HtmlToken::Start { name, attributes, closed } => {
                if !closed && !VOID.contains(&&*name) {
                    let own = attributes.get("lang").or_else(|| attributes.get("xml:lang"));
                    languages.start(&name, own.as_deref());
                }
                match &*name {
                    "q" => quotes.start(at, languages.current()),
                    name if is_block(name) => quotes.start_block(),
                    _ => {}
                }
            }
            HtmlToken::End(name) => {
                match &*name {
                    "q" => quotes.end(at),
                    name if is_block(name) => quotes.end_block(at.start),
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

/// Goes on behind the end of the `<q>` that is open; returns whether it has one.
fn pass_quotation(tokens: &mut Tokens<'_>) -> bool {
    let mut open = 1;
    for token in tokens {
        match token {
            HtmlToken::Start { name, closed: false, .. } if name == "q" => open += 1,
            HtmlToken::End(name) if name == "q" => open -= 1,
            _ => {}
        }
        if open == 0 {
            return true;
        }
    }
    false
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
    /// The last word, whether or not its block has ended.
    tail: Option<Tail>,
    /// How many of the author's marks there were.
    marks: usize,
    /// How many more blocks have begun than ended.
    blocks: isize,
    /// How often a block has begun or ended.
    breaks: usize,
    /// Edits of quotations that have ended after a mark, and have none if another follows.
    awaiting: Vec<(usize, usize)>,
}

/// The end of words or of a quotation.
struct Tail {
    letter: char,
    at: usize,
    breaks: usize,
}

struct Quote {
    /// Which edit begins it.
    edit: usize,
    marks: (char, char),
    /// Whether a mark of the author stands before it.
    is_marked_outside: bool,
    /// Its first character that is no blank.
    first: Option<char>,
    /// What [`Quotes`] counts of these where it begins.
    blocks: isize,
    breaks: usize,
    author_marks: usize,
}

impl Quotes {
    /// Words, references resolved, and the places where the first one begins and the last one ends.
    pub fn text(&mut self, text: &str, at: Range<usize>) {
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
        let begun = self.open.iter().rposition(|quote| quote.first.is_some()).map_or(0, |at| at + 1);
        let begun = &mut self.open[begun..];
        let here = begun.iter().find(|quote| quote.breaks == self.breaks);
        let place = here.map_or(at.start, |quote| self.edits[quote.edit].0.start);
        for quote in begun {
            quote.first = Some(first);
            // Its mark stands at its first word, not on a line of its own.
            if quote.breaks != self.breaks {
                let mark = self.edits[quote.edit].1.take();
                quote.edit = self.edits.len();
                self.edits.push((place..place, mark));
            }
        }
        if !self.open.is_empty() {
            self.marks += text.chars().filter(|c| MARKS.contains(c)).count();
        }
        let last = text.trim_end();
        let letter = last.chars().next_back().unwrap_or(first);
        self.last = Some((letter, last.len() < text.len()));
        self.tail = Some(Tail { letter, at: at.end, breaks: self.breaks });
    }

    /// `<q>` at these places, in a language.
    pub fn start(&mut self, at: Range<usize>, language: &str) {
        let [outer, outer_end, inner, inner_end] = marks_of(language);
        let marks = if self.open.len().is_multiple_of(2) { (outer, outer_end) } else { (inner, inner_end) };
        // French sets a blank after its marks.
        let is_marked_outside =
            self.last.is_some_and(|(last, is_apart)| OPENING.contains(&last) && (!is_apart || last == '«'));
        self.open.push(Quote {
            edit: self.edits.len(),
            marks,
            is_marked_outside,
            first: None,
            blocks: self.blocks,
            breaks: self.breaks,
            author_marks: self.marks,
        });
        self.edits.push((at, Some(marks.0)));
    }

    /// `</q>` at these places.
    pub fn end(&mut self, at: Range<usize>) {
        let Some(quote) = self.open.pop() else { return self.edits.push((at, None)) };
        let (Some(first), Some(tail)) = (quote.first, &mut self.tail) else {
            self.edits[quote.edit].1 = None;
            return self.edits.push((at, None));
        };
        // Its mark stands at its last word, not on a line of its own.
        let at = if tail.breaks == self.breaks {
            tail.at = at.end;
            at
        } else {
            self.edits.push((at, None));
            tail.at..tail.at
        };
        let end = self.edits.len();
        self.edits.push((at, Some(quote.marks.1)));
        let is_only = self.marks == quote.author_marks + 1;
        let (begins_in_mark, ends_in_mark) = (OPENING.contains(&first), CLOSING.contains(&tail.letter));
        if begins_in_mark && ends_in_mark {
            (self.edits[quote.edit].1, self.edits[end].1) = (None, None);
        } else if is_only && MARKS.contains(&first) && begins_in_mark {
            self.edits[quote.edit].1 = None;
        } else if is_only && MARKS.contains(&tail.letter) && ends_in_mark {
            self.edits[end].1 = None;
        } else if quote.is_marked_outside {
            self.awaiting.push((quote.edit, end));
        }
    }

    /// A block begins.
    pub fn start_block(&mut self) {
        self.break_line();
        self.blocks += 1;
    }

    /// A block ends here, and with it what has begun in it.
    pub fn end_block(&mut self, at: usize) {
        while self.open.last().is_some_and(|quote| quote.blocks >= self.blocks) {
            self.end(at..at);
        }
        self.blocks -= 1;
        self.break_line();
    }

    fn break_line(&mut self) {
        self.breaks += 1;
        self.last = None;
        self.awaiting.clear();
    }

    /// All edits in their order; what is open ends here.
    pub fn finish(mut self, at: usize) -> Vec<Replacement> {
        while !self.open.is_empty() {
            self.end(at..at);
        }
        self.edits.sort_by_key(|(at, _)| (at.start, at.end));
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
            ("<q>“Yes</q>, <q>we go”</q>", "“Yes”, “we go”"),
            ("<q>the boys’</q> <q>he is “tired”</q>", "“the boys’” “he is “tired””"),
        ] {
            assert_eq!(marked(html), expected);
        }
    }

    #[test]
    fn quotation_ends_with_its_block() {
        for (html, expected) in [
            ("<p><q>No</p><p>Yes</q></p>", "<p>“No”</p><p>Yes</p>"),
            ("<q><p>No</p><p>No</p></q>", "<p>“No</p><p>No”</p>"),
            ("<q>\n<p> No </p>\n</q>", "\n<p> “No” </p>\n"),
            ("<q>Yes.<p>We <b>go.</b></p></q> So", "“Yes.<p>We <b>go.”</b></p> So"),
            ("<q><p><q>No</q></p></q>", "<p>“‘No’”</p>"),
            ("<q><p>No<q></p></q></q>", "<p>“No”</p>"),
            ("<q><p>“No”</p></q>", "<p>“No”</p>"),
            ("<div><q><p>No</p></div>", "<div><p>“No”</p></div>"),
            ("<q><p></p></q>", "<p></p>"),
            ("<li><q>a<q>b</li>c", "<li>“a‘b’”</li>c"),
            ("<q>No", "“No”"),
        ] {
            assert_eq!(marked(html), expected);
        }
    }

    #[test]
    fn quotation_that_is_hidden_has_no_marks() {
        for start in ["<q hidden>", "<q style=\"display: none\">", "<q aria-hidden=true>", "<Q HIDDEN>"] {
            let hidden = format!("<p>He said {start}yes <q>no</q></q> it, <q>so</q>.</p>");
            assert_eq!(marked(&hidden), hidden.replace("<q>so</q>", "“so”"));
            assert_eq!(super::super::blocks(&hidden, None, super::super::TableText::Rows).text(), "He said it, “so”.");
            // What is never closed hides nothing.
            assert_eq!(marked(&format!("a {start}b <q>c</q> {start}d")), "a “b ‘c’ ‘d’”");
        }
    }

    #[test]
    fn many_quotations_cost_little() {
        for html in [
            "<q>",
            "</q>",
            "<q>a</q>",
            "<q lang=de>",
            "<p lang=fr><q>a",
            "<q><p>",
            "“<q>a</q>",
            "<q hidden>",
            "<q><p>a",
        ] {
            assert!(!marked(&html.repeat(20_000)).contains("<q"), "{html}");
        }
    }
}
