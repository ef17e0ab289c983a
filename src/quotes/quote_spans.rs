//! Quote spans: which quotation marks belong together.
//!
//! Works a paragraph at a time in one pass over its marks. What is left open at the end of a paragraph is a
//! quotation that goes on when the next paragraph opens with a mark again, as the custom is; else it is closed there.

use super::marks::{self, Mark, is_single};
use crate::article::{Body, StyleKind};
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

/// Finds the quoted runs of an article in order of their start.
pub(crate) fn find(body: &Body) -> Vec<QuoteSpan> {
    let paragraphs = body.paragraphs();
    let mut out = Vec::new();
    let mut marks = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate().filter(|(_, p)| p.kind.may_quote()) {
        let span = paragraph.words();
        marks.clear();
        marks::read(span.of(body.text()), span.start, &mut marks);
        // What stands in marks in code is a word of the code.
        let mut code = body.styles_in(paragraph).iter().filter(|style| style.kind == StyleKind::Code).peekable();
        if code.peek().is_some() {
            let code: Vec<Span> = code.map(|style| style.span).collect();
            marks.retain(|mark| {
                code.get(code.partition_point(|span| span.end <= mark.at)).is_none_or(|span| mark.at < span.start)
            });
        }
        if marks.is_empty() {
            continue;
        }
        let next = paragraphs[index + 1..].iter().find(|p| p.kind.may_quote());
        let next_opens = next.and_then(|p| p.words().of(body.text()).trim_start().chars().next());
        pair(&marks, span, index, next_opens, body.text(), &mut out);
    }
    out
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

/// How deep quotations may be nested; deeper marks are skipped.
const DEEPEST: usize = 4;

fn pair(marks: &[Mark], paragraph: Span, index: usize, next_opens: Option<char>, text: &str, out: &mut Vec<QuoteSpan>) {
    let first = out.len();
    let ends = SingleEnds::new(marks);
    let mut open: Vec<usize> = Vec::new();
    for (i, mark) in marks.iter().enumerate() {
        // "The 12" board broke," he said: two marks in a row that can't open, of which the first stands for inches.
        let next_only_closes = marks.get(i + 1).is_some_and(|next| next.shape == '"' && !next.opens_at_word(text));
        if next_only_closes
            && mark.shape == '"'
            && !mark.opens
            && text[..mark.at].ends_with(|c: char| c.is_ascii_digit())
        {
            continue;
        }
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
        // A “ inside ‘ … ’ opens: “He said, ‘She said “no” to me.’”
        let closes =
            |o: &usize| closes_what(marks[*o].shape, close.shape) && (close.shape != '“' || marks[*o].shape == '„');
        let Some(depth) = open.iter().rposition(closes) else { return false };
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
    fn marks_in_code_are_none() {
        let mut builder = BodyBuilder::new("Headline");
        let words = "Type print(\"It is\") and read: “It is.” So it is.";
        builder.push(ParagraphKind::Prose, words);
        builder.style(Span::new(5, 19), StyleKind::Code);
        let body = builder.build();
        assert_eq!(find(&body).iter().map(|quote| body.words(quote.span)).collect::<Vec<_>>(), ["It is."]);
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
        let three = "“He said, ‘She said “no” to me,’ twice,” she said.";
        check(three, &["He said, ‘She said “no” to me,’ twice,", "She said “no” to me,", "no"]);
    }

    #[test]
    fn quotations_that_go_on() {
        assert_eq!(found(&["“One.", "“Two,” he said."]).len(), 2);
        assert_eq!(found(&["He said: “One and", "nothing more."])[0].0, "One and");
        check("A stray ” and 6'2\" tall and \"so\" on", &["so"]);
        check("The 12\" board broke. \"It fell,\" he said.", &["It fell,"]);
        check("\"The 12\" board broke,\" he said. \"It fell.\"", &["The 12\" board broke,", "It fell."]);
    }
}
