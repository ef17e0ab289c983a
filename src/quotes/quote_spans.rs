//! Quote spans: which quotation marks belong together.
//!
//! Works a paragraph at a time in one pass over its marks. What is left open at the end of a paragraph is a
//! quotation that goes on when the next paragraph opens with a mark again, as the custom is; else it is closed there.

use crate::article::Body;
use crate::quotes::QuoteMarks;
use crate::text::Span;

/// One quoted run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct QuoteSpan {
    /// Without the marks.
    pub span: Span,
    /// With the marks.
    pub outer: Span,
    pub marks: QuoteMarks,
    pub depth: u8,
    /// Left open, and taken up again by the next paragraph.
    pub continues: bool,
    /// Left open, and the paragraph ended.
    pub unclosed: bool,
    /// Index of the paragraph.
    pub paragraph: usize,
}

impl QuoteSpan {
    /// How many paragraphs without quotations may lie between two parts of a quotation, as captions do.
    const APART: usize = 2;

    /// Whether it is left open, and goes on in `next`, the next run that is not nested.
    pub fn is_taken_up_by(&self, next: &Self) -> bool {
        self.continues && self.paragraph < next.paragraph && next.paragraph <= self.paragraph + 1 + Self::APART
    }
}

/// A mark, and what it may do where it stands.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    len: usize,
    shape: char,
    opens: bool,
    closes: bool,
    /// For a single mark that may be an apostrophe: whether punctuation or a blank stands before it.
    sure: bool,
}

/// Finds the quoted runs of an article in order of their start.
pub(crate) fn find(body: &Body) -> Vec<QuoteSpan> {
    let paragraphs = body.paragraphs();
    let mut out = Vec::new();
    let mut marks = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate().filter(|(_, p)| p.kind.may_quote()) {
        let span = paragraph.words();
        marks.clear();
        read_marks(span.of(body.text()), span.start, &mut marks);
        if marks.is_empty() {
            continue;
        }
        let next = paragraphs[index + 1..].iter().find(|p| p.kind.may_quote());
        let next_opens = next.and_then(|p| p.words().of(body.text()).trim_start().chars().next());
        pair(&marks, span, index, next_opens, body.text(), &mut out);
    }
    out
}

fn read_marks(text: &str, base: usize, marks: &mut Vec<Mark>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = next_maybe(bytes, from) {
        let Some(c) = text[at..].chars().next() else { break };
        from = at + c.len_utf8();
        if let Some(mark) = doubled(text, at).or_else(|| mark_at(text, at, c)) {
            from = at + mark.len;
            marks.push(Mark { at: base + at, ..mark });
        }
    }
}

/// Where the next byte stands that a mark may begin with, from byte `at` on.
fn next_maybe(bytes: &[u8], mut at: usize) -> Option<usize> {
    // Sixteen bytes at once, most of which hold plain letters and blanks only.
    let is_plain = |chunk: &[u8; 16]| {
        let found = |b: u8| b & 0x80 | u8::from(b == b'"') | u8::from(b == b'\'') | u8::from(b == b'`');
        chunk.iter().fold(0, |any, &b| any | found(b)) == 0
    };
    while bytes[at..].first_chunk().is_some_and(is_plain) {
        at += 16;
    }
    bytes[at..].iter().position(|b| MAYBE_MARK[usize::from(*b)]).map(|i| i + at)
}

/// The bytes that marks begin with: `"`, `'`, `` ` ``, and the lead bytes of « », of ‘ … „ ‟ ‹ ›, and of 「 」.
static MAYBE_MARK: [bool; 256] = {
    let mut table = [false; 256];
    table[0x22] = true;
    table[0x27] = true;
    table[0x60] = true;
    table[0xc2] = true;
    table[0xe2] = true;
    table[0xe3] = true;
    table
};

/// Two single marks that stand for a double one: ''so''.
fn doubled(text: &str, at: usize) -> Option<Mark> {
    let pair = text[at..].starts_with("''") || text[at..].starts_with("``");
    let alone = !text[at + 2 * usize::from(pair)..].starts_with(['\'', '`']);
    (pair && alone).then_some(Mark { at, len: 2, shape: '"', opens: true, closes: true, sure: true })
}

fn mark_at(text: &str, at: usize, c: char) -> Option<Mark> {
    if !matches!(c, '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '「' | '」' | '『' | '』')
    {
        return None;
    }
    let before = text[..at].chars().next_back();
    let after = text[at + c.len_utf8()..].chars().next();
    let mark = |opens, closes, sure| Some(Mark { at, len: c.len_utf8(), shape: c, opens, closes, sure });
    let blank_before = before.is_none_or(|b| b.is_whitespace() || "([{—–-/“‘\"'„«".contains(b));
    let blank_after = after.is_none_or(|a| !a.is_alphanumeric());
    match c {
        // “ typed where ” was meant: after a letter or a comma, before a blank.
        '“' if before.is_some_and(|b| b.is_alphanumeric() || ",.?!…".contains(b)) && blank_after => {
            mark(false, true, true)
        }
        '“' | '«' | '„' | '‟' | '「' | '『' => mark(true, matches!(c, '“' | '«'), true),
        '”' | '」' | '』' => mark(false, true, true),
        '"' if is_inches(text, at) => None,
        '"' | '»' => mark(true, true, true),
        '‘' | '‚' => mark(!after.is_none_or(char::is_whitespace), false, true),
        _ => {
            // ’ and ': an apostrophe between letters, before a number of years, in a word cut short.
            let within = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
            let opens =
                c == '\'' && blank_before && after.is_some_and(|a| a.is_alphanumeric() || "“\"[…$£€¿¡#@".contains(a));
            let opens = opens && !is_cut_short(&text[at + 1..]);
            let closes = !within && blank_after && !before.is_none_or(char::is_whitespace);
            // rock ’n’ roll: the second apostrophe closes nothing.
            let closes = closes && !text[..at].ends_with("’n") && !text[..at].ends_with("'n");
            let sure =
                before.is_some_and(|b| ",.?!…;:”\")]%".contains(b)) || before.is_some_and(|b| b != 's' && b != 'S');
            if opens || closes { mark(opens, closes, sure) } else { None }
        }
    }
}

/// Whether the straight mark stands for inches: 6'2".
fn is_inches(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '½');
    before.len() < at && before.trim_end().ends_with(['\'', '’', '′']) && {
        let feet = before.trim_end().trim_end_matches(['\'', '’', '′']);
        feet.ends_with(|c: char| c.is_ascii_digit())
    }
}

/// Whether what follows an apostrophe is a word that is written with one: '90s, 'em, 'til.
fn is_cut_short(after: &str) -> bool {
    let word: &str = &after[..after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len())];
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 2 && (word.len() == 2 || word.ends_with('s')))
        || ["em", "til", "cause", "tis", "twas", "bout", "n", "round", "cos", "fraid", "nuff", "cept"]
            .iter()
            .any(|w| word.eq_ignore_ascii_case(w))
}

/// What may close a quotation that this shape opened.
fn closes_what(open: char, close: char) -> bool {
    match open {
        '“' | '"' => matches!(close, '”' | '"' | '“'),
        '„' | '‟' => matches!(close, '“' | '”' | '"'),
        '‘' | '‚' => matches!(close, '’' | '\''),
        '\'' => matches!(close, '\'' | '’'),
        '«' => close == '»',
        '»' => close == '«',
        '「' => close == '」',
        '『' => close == '』',
        _ => false,
    }
}

fn kind_of(open: char) -> QuoteMarks {
    match open {
        '"' => QuoteMarks::Straight,
        '‘' | '‚' => QuoteMarks::SingleCurly,
        '\'' => QuoteMarks::SingleStraight,
        '«' | '»' => QuoteMarks::Guillemets,
        '„' | '‟' => QuoteMarks::Low,
        '「' | '『' => QuoteMarks::Corner,
        _ => QuoteMarks::Curly,
    }
}

const fn is_single(shape: char) -> bool {
    matches!(shape, '‘' | '‚' | '\'')
}

/// How deep quotations may be nested; deeper marks are skipped.
const DEEPEST: usize = 4;

fn pair(marks: &[Mark], paragraph: Span, index: usize, next_opens: Option<char>, text: &str, out: &mut Vec<QuoteSpan>) {
    let first = out.len();
    let ends = SingleEnds::new(marks);
    let mut open: Vec<usize> = Vec::new();
    for (i, mark) in marks.iter().enumerate() {
        if mark.closes && closes_top(marks, &ends, &mut open, i) {
            let Some(opener) = open.pop() else { continue };
            push_quote(&marks[opener], Some(mark), open.len(), paragraph, index, text, out);
        } else if mark.opens && open.len() < DEEPEST && may_open(marks, &ends, &open, i) {
            open.push(i);
        }
    }
    // What is still open: the outermost goes on to the end of the paragraph, if it can be a quotation at all.
    if let Some(&opener) = open.first() {
        let mark = &marks[opener];
        let goes_on =
            next_opens.is_some_and(|c| c == mark.shape || (!is_single(mark.shape) && matches!(c, '“' | '"' | '„')));
        let begins_word = text[mark.at + mark.len..paragraph.end].starts_with(|c: char| !c.is_whitespace());
        let plausible = goes_on || (begins_word && !is_single(mark.shape) && mark.shape != '»');
        if plausible && (goes_on || !matches!(mark.shape, '"') || is_word_start(text, mark.at, paragraph.start)) {
            push_quote(mark, None, 0, paragraph, index, text, out);
            if let Some(quote) = out.last_mut() {
                quote.continues = goes_on;
            }
            for quote in &mut out[first..] {
                if quote.outer.start > mark.at {
                    quote.depth = quote.depth.max(1);
                }
            }
        }
    }
    out[first..].sort_by_key(|r| (r.outer.start, std::cmp::Reverse(r.outer.end)));
    fix_depths(&mut out[first..]);
}

fn is_word_start(text: &str, at: usize, start: usize) -> bool {
    text[start..at].chars().next_back().is_none_or(|c| c.is_whitespace() || "([—–-".contains(c))
}

/// Depth is how many kept runs stand around; marks that found no partner do not count.
fn fix_depths(quotes: &mut [QuoteSpan]) {
    let mut around: Vec<usize> = Vec::new();
    for quote in quotes {
        while around.last().is_some_and(|&end| end <= quote.outer.start) {
            around.pop();
        }
        quote.depth = around.len().min(usize::from(u8::MAX)) as u8;
        around.push(quote.outer.end);
    }
}

/// Whether mark `i` closes the innermost open quotation, or one further out of a kind that cannot be left open.
fn closes_top(marks: &[Mark], ends: &SingleEnds, open: &mut Vec<usize>, i: usize) -> bool {
    let Some(&top) = open.last() else { return false };
    let close = &marks[i];
    // “ closes a “ only where it cannot open.
    if closes_what(marks[top].shape, close.shape) && !(close.shape == '“' && close.opens && marks[top].shape != '„')
    {
        return !is_single(marks[top].shape) || ends.is_end(top, i);
    }
    // A double mark closes its own quotation over a single one that was never one.
    if is_single(marks[top].shape) && !is_single(close.shape) && close.shape != '’' && close.shape != '\'' {
        let Some(depth) = open.iter().rposition(|&o| closes_what(marks[o].shape, close.shape)) else { return false };
        open.truncate(depth + 1);
        return true;
    }
    false
}

/// Whether mark `i` may open a quotation where it stands.
fn may_open(marks: &[Mark], ends: &SingleEnds, open: &[usize], i: usize) -> bool {
    let mark = &marks[i];
    if is_single(mark.shape) {
        return ends.has_end(i) || (open.is_empty() && mark.shape == '‘');
    }
    match open.last().map(|&o| marks[o].shape) {
        None => mark.shape != '»' || ends.guillemet_follows(i),
        // Straight marks cannot nest in straight ones, nor curly in curly unless both are closed.
        Some('“') => matches!(mark.shape, '«' | '„' | '「') || (mark.shape == '“' && ends.two_close(i)),
        Some('"') => matches!(mark.shape, '«' | '「'),
        Some('«') => mark.shape != '»' && mark.shape != '"',
        Some('「' | '『') => matches!(mark.shape, '『' | '「'),
        Some(_) => mark.shape != '»',
    }
}

/// Looked up once a paragraph, so that no mark searches the rest of it again.
struct SingleEnds(Vec<After>);

/// What follows a mark.
struct After {
    /// For a single mark that opens, the mark that ends it.
    end: Option<usize>,
    /// How many ” follow before more “ come than are closed.
    closers: usize,
    guillemet: bool,
}

impl SingleEnds {
    fn new(marks: &[Mark]) -> Self {
        let mut all = Vec::with_capacity(marks.len());
        // Walking back: the nearest sure end and the nearest doubtful one before the next opening mark.
        let (mut sure, mut doubtful, mut closers, mut left) = (None, None, 0_usize, false);
        for (i, mark) in marks.iter().enumerate().rev() {
            let mut after = After { end: None, closers, guillemet: left };
            match mark.shape {
                '”' => closers += 1,
                '“' => closers = closers.saturating_sub(1),
                '«' => left = true,
                _ => {}
            }
            if is_single(mark.shape) && mark.opens {
                after.end = sure.or(doubtful);
                if !mark.closes {
                    (sure, doubtful) = (None, None);
                }
            }
            if mark.closes && matches!(mark.shape, '’' | '\'') {
                if mark.sure {
                    (sure, doubtful) = (Some(i), None);
                } else {
                    doubtful = Some(i);
                }
            }
            all.push(after);
        }
        all.reverse();
        Self(all)
    }

    fn has_end(&self, i: usize) -> bool {
        self.0[i].end.is_some()
    }

    fn is_end(&self, opener: usize, i: usize) -> bool {
        self.0[opener].end.is_none_or(|end| end == i)
    }

    fn two_close(&self, i: usize) -> bool {
        self.0[i].closers >= 2
    }

    fn guillemet_follows(&self, i: usize) -> bool {
        self.0[i].guillemet
    }
}

fn push_quote(
    open: &Mark,
    close: Option<&Mark>,
    depth: usize,
    paragraph: Span,
    index: usize,
    text: &str,
    out: &mut Vec<QuoteSpan>,
) {
    let inner = Span::new(open.at + open.len, close.map_or(paragraph.end, |c| c.at));
    if inner.of(text).trim().is_empty() {
        return;
    }
    let outer = Span::new(open.at, close.map_or(paragraph.end, |c| c.at + c.len));
    let (marks, depth) = (kind_of(open.shape), depth as u8);
    out.push(QuoteSpan {
        span: inner,
        outer,
        marks,
        depth,
        continues: false,
        unclosed: close.is_none(),
        paragraph: index,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BodyBuilder, ParagraphKind};

    fn found(paragraphs: &[&str]) -> Vec<(String, u8)> {
        let mut builder = BodyBuilder::new("Headline");
        for p in paragraphs {
            builder.push(ParagraphKind::Prose, p);
        }
        let body = builder.build();
        find(&body).iter().map(|r| (body.words(r.span).to_owned(), r.depth)).collect()
    }

    fn check(paragraph: &str, expected: &[&str]) {
        let got = found(&[paragraph]);
        assert_eq!(got.iter().map(|(t, _)| t.as_str()).collect::<Vec<_>>(), expected, "{paragraph}");
    }

    #[test]
    fn usual_marks_are_paired() {
        check("“One,” he said. “Two.”", &["One,", "Two."]);
        check("\"One,\" he said. \"Two.\"", &["One,", "Two."]);
        check("«Un», dit-il. „Zwei“, sagte er. 「三」", &["Un", "Zwei", "三"]);
        check("»Eins«, sagte er.", &["Eins"]);
    }

    #[test]
    fn british_marks_and_apostrophes() {
        check("‘It’s the players’ fault,’ he said.", &["It’s the players’ fault,"]);
        check("'It's the dogs' dinner,' he said, '90s style.", &["It's the dogs' dinner,"]);
        check("The dogs' dinner isn't Jones's, 'em all.", &[]);
        check("The ‘rock ’n’ roll’ years", &["rock ’n’ roll"]);
    }

    #[test]
    fn nested_marks() {
        assert_eq!(
            found(&["“He said ‘no’ to me,” she said."]),
            [("He said ‘no’ to me,".to_owned(), 0), ("no".to_owned(), 1)]
        );
        assert_eq!(
            found(&["‘He said “no” to me,’ she said."]),
            [("He said “no” to me,".to_owned(), 0), ("no".to_owned(), 1)]
        );
        check("“I read “Dune” twice,” she said.", &["I read “Dune” twice,", "Dune"]);
    }

    #[test]
    fn quotations_that_go_on() {
        assert_eq!(found(&["“One.", "“Two,” he said."]).len(), 2);
        assert_eq!(found(&["He said: “One and", "nothing more."])[0].0, "One and");
        check("A stray ” and 6'2\" tall and \"so\" on", &["so"]);
    }
}
