//! A statement as one cites it: whole, also where the writer's own words stand between its parts.

use super::{Certainty, Findings, Quotation, QuoteMarks};
use crate::article::Body;
use crate::text::Span;

/// The quoted words of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The words between marks; where they stand in several runs, `“first,” … “second.”`.
    pub quoted: String,
    /// How far the speaker can be trusted.
    pub certainty: Certainty,
    /// Who reports that the speaker said it, where another does.
    pub via: Option<String>,
    /// Whether the words are the article's, for what the speaker said: without marks.
    pub is_reported: bool,
}

/// What is said beside words that are reported: whose they are.
pub const IN_ARTICLES_WORDS: &str = "reported, in the article’s words";

impl Citation {
    /// Returns the speaker as one cites them: "Ann Roe?", "Ann Roe, as told by Tom Reyes", "Ann Roe (reported, in the article’s
    /// words)".
    pub fn attributed_to(&self, speaker: &str) -> String {
        attributed(self.certainty.signed(speaker), self.via.as_deref(), self.is_reported)
    }
}

impl Findings {
    /// Returns a statement as one cites it: these quotations, each between marks, or reported words, never between marks. None where
    /// there are none.
    pub fn citation(&self, body: &Body, runs: &[usize]) -> Option<Citation> {
        let quoted: Vec<_> =
            runs.iter().filter_map(|&run| self.quotations.get(run)).map(|run| in_marks(body, run)).collect();
        let mut reporters = runs.iter().filter_map(|&run| self.quotations.get(run)?.via.as_ref());
        let via = reporters.next().map(|reporter| reporter.name.clone());
        let is_reported = runs.iter().filter_map(|&run| self.quotations.get(run)).any(Quotation::is_reported);
        let citation = Citation { quoted: quoted.join(" … "), certainty: self.certainty_of(runs), via, is_reported };
        (!quoted.is_empty()).then_some(citation)
    }

    /// Returns the words of the text around these quotations, themselves among them: the sentences in which they stand, as
    /// far as these are in the same paragraphs. Where a sentence is cut, "…" says so.
    pub fn context(&self, body: &Body, runs: &[usize]) -> String {
        self.context_from(body, runs).0
    }

    /// Returns the same, and which byte of the text stands at its start: one before that where it is cut, so that all after
    /// the sign stands as far from the start as in the text.
    pub fn context_from(&self, body: &Body, runs: &[usize]) -> (String, usize) {
        let Some((span, cut_before, cut_after)) = self.sentences_around(body, runs) else { return Default::default() };
        let sign = |is_cut: bool| if is_cut { CUT } else { "" };
        let words = span.of(body.text()).replace('\n', " ");
        (format!("{}{words}{}", sign(cut_before), sign(cut_after)), span.start.saturating_sub(sign(cut_before).len()))
    }

    /// Returns where these words stand.
    pub fn context_span(&self, body: &Body, runs: &[usize]) -> Option<Span> {
        self.sentences_around(body, runs).map(|(span, ..)| span)
    }

    /// Returns where they stand, and whether a sentence is cut before and after them.
    fn sentences_around(&self, body: &Body, runs: &[usize]) -> Option<(Span, bool, bool)> {
        /// The most bytes before and after.
        const MOST: usize = 300;
        let quotation = |run: Option<&usize>| run.and_then(|&run| self.quotations.get(run));
        let (first, last) = quotation(runs.first()).zip(quotation(runs.last()))?;
        let (start, end) = (first.outer.start, last.outer.end);
        let paragraph = |at: usize| body.paragraph_at(at).and_then(|number| body.paragraphs().get(number));
        let above = paragraph(start).map_or(start, |paragraph| paragraph.words().start.min(start));
        let below = paragraph(last.outer.start).map_or(end, |paragraph| paragraph.words().end.max(end));
        let text = body.text();
        let before = text.get(above..start).unwrap_or_default();
        let after = text.get(end..below).unwrap_or_default();
        // What ends with its last mark may end its sentence there.
        let is_whole = text.get(..end).is_some_and(|told| {
            let inside = told.trim_end_matches(|c: char| !c.is_alphanumeric() && !ENDS.contains(&c));
            inside.ends_with(ENDS) && after.trim_start().starts_with(char::is_uppercase)
        });
        let begin = sentence_end(before, true).map_or(above, |at| above + at);
        let stop = if is_whole { end } else { sentence_end(after, false).map_or(below, |at| end + at) };
        let (nearest, furthest) = (start.saturating_sub(MOST), end.saturating_add(MOST));
        let cut_before = begin < nearest;
        let cut_after = stop > furthest;
        let begin = if cut_before { word_after(text, nearest).min(start) } else { begin };
        let stop = if cut_after { word_before(text, furthest).max(end) } else { stop };
        // A mark that closes the quotation before is no part of it.
        let before = text.get(begin..start)?;
        let begin = begin + before.len() - without_closing_marks(before).len();
        let stop = begin + text.get(begin..stop)?.trim_end().len();
        Some((Span::new(begin, stop), cut_before, cut_after))
    }

    /// Returns how far the speaker of these quotations can be trusted: doubtful where any of them is, else corrected where any
    /// is. All have one speaker: to confirm it for one is to confirm it for all.
    pub fn certainty_of(&self, runs: &[usize]) -> Certainty {
        let has = |wanted| runs.iter().filter_map(|&run| self.quotations.get(run)).any(|run| run.certainty() == wanted);
        [Certainty::Doubtful, Certainty::Corrected].into_iter().find(|&certainty| has(certainty)).unwrap_or_default()
    }
}

/// Stands for what is left out.
const CUT: &str = "…";

/// The first byte of a word at or after a byte.
fn word_after(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    let rest = &text[at..];
    let word = rest.find(char::is_whitespace).unwrap_or(0);
    at + word + (rest[word..].len() - rest[word..].trim_start().len())
}

/// The end of the last word before a byte.
fn word_before(text: &str, at: usize) -> usize {
    let told = &text[..text.floor_char_boundary(at)];
    told[..told.rfind(char::is_whitespace).unwrap_or(told.len())].trim_end().len()
}

/// What is left of words without the marks at their start that close what was before: curly ones, and those of which a blank
/// tells that they open nothing.
fn without_closing_marks(words: &str) -> &str {
    let mut rest = words.trim_start();
    loop {
        let behind = rest.trim_start_matches(['”', '’', ')', '"', '\'', '»', '«', '“', '‘']);
        let behind =
            if behind.starts_with(char::is_whitespace) { behind } else { rest.trim_start_matches(['”', ')']) };
        if behind.len() == rest.len() {
            return rest;
        }
        rest = behind.trim_start();
    }
}

/// What ends a sentence.
const ENDS: [char; 4] = ['.', '!', '?', '…'];

/// The first byte behind the last end of a sentence in `words`, or the first one: a stop with a blank and a capital letter,
/// digit or mark behind it, and no initial or short form before it.
fn sentence_end(words: &str, is_last: bool) -> Option<usize> {
    let ends = |&(at, stop): &(usize, &str)| {
        let rest = words[at + stop.len()..].trim_start_matches(['”', '"', '’', '\'', ')', '»']);
        let begins = rest.trim_start();
        let word = words[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_short = stop == "." && (word.chars().count() <= 3 && word.starts_with(char::is_uppercase));
        let is_new = begins.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || !c.is_alphanumeric());
        !is_short && (begins.is_empty() || (rest.len() > begins.len() && is_new))
    };
    let behind = |(at, stop): (usize, &str)| at + stop.len();
    let mut all = words.match_indices(ENDS).filter(ends).map(behind);
    if is_last { all.next_back() } else { all.next() }
}

/// A speaker as one cites them: with who reports it, and whether the words are the article's.
pub fn attributed(mut signed: String, via: Option<&str>, is_reported: bool) -> String {
    if let Some(reporter) = via {
        signed = format!("{signed}, as told by {reporter}");
    }
    if is_reported { format!("{signed} ({IN_ARTICLES_WORDS})") } else { signed }
}

/// The words between double marks; reported ones without. Where they hold double marks themselves, those of the article stay: ‘He
/// said “no”’.
fn in_marks(body: &Body, quotation: &Quotation) -> String {
    let words = body.words(quotation.span);
    if quotation.is_reported() {
        return words.to_owned();
    }
    let is_single = matches!(quotation.marks, QuoteMarks::SingleCurly | QuoteMarks::SingleStraight);
    if is_single && words.contains(['“', '”', '"']) {
        return body.words(quotation.outer).to_owned();
    }
    format!("“{words}”")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BodyBuilder, ParagraphKind};
    use crate::quotes::{self, QuotationKind, SpeakerId, quote_spans};

    /// The citation of each run of a paragraph. `speakers` has a letter for each outermost run: whose it is, `?` for
    /// none, `-` for a term.
    fn citations(paragraph: &str, speakers: &str) -> Vec<String> {
        let mut builder = BodyBuilder::new("Headline");
        builder.push(ParagraphKind::Prose, paragraph);
        let body = builder.build();
        let mut letters = speakers.chars();
        let mut findings = quotes::find(&body);
        for quotation in &mut findings.quotations {
            let letter = if quotation.depth == 0 { letters.next().unwrap_or('?') } else { '?' };
            quotation.speaker = letter.is_alphabetic().then(|| SpeakerId(letter as usize - 'a' as usize));
            quotation.kind = if letter == '-' { QuotationKind::Term } else { QuotationKind::Speech };
        }
        assert_eq!(letters.next(), None, "a letter for each run");
        let statements = findings.statements();
        let cited = |at: usize| {
            let alone = vec![at];
            let runs = statements.iter().find(|runs| runs.contains(&at)).unwrap_or(&alone);
            findings.citation(&body, runs).unwrap().quoted
        };
        (0..findings.quotations.len()).map(cited).collect()
    }

    #[test]
    fn runs_of_one_sentence_are_one_citation() {
        let whole = "“She’d have known,” … “what it was worth.”";
        assert_eq!(citations("“She’d have known,” the captain said, “what it was worth.”", "aa"), [whole; 2]);
        let straight = "\"She'd have known,\" the captain said, \"what it was worth.\"";
        assert_eq!(citations(straight, "aa"), ["“She'd have known,” … “what it was worth.”"; 2]);
        let asked = "“Who knows?” asked Sen. J. Doe, “and who cares?”";
        assert_eq!(citations(asked, "aa"), ["“Who knows?” … “and who cares?”"; 2]);
    }

    #[test]
    fn three_runs_of_one_sentence_are_one_citation() {
        let three = "“One,” he said, “two,” and then “three.” “Four,” he said.";
        let whole = "“One,” … “two,” … “three.”";
        assert_eq!(citations(three, "aaaa"), [whole, whole, whole, "“Four,”"]);
    }

    #[test]
    fn clause_that_ends_its_sentence_stands_between_runs_of_one_citation() {
        assert_eq!(citations("“One,” she said. “Two.”", "aa"), ["“One,” … “Two.”"; 2]);
        assert_eq!(citations("“One,” said Ann Lee of the U.S. Senate. “Two.”", "aa"), ["“One,” … “Two.”"; 2]);
        assert_eq!(citations("“One,” she said. “Two,” she added. “Three.”", "aaa")[1..], ["“Two,” … “Three.”"; 2]);
        assert_eq!(citations("“One,” she said. “Two,” she added.", "aa"), ["“One,”", "“Two,”"]);
        assert_eq!(citations("“One,” she said. Then she left. “Two.”", "aa"), ["“One,”", "“Two.”"]);
        assert_eq!(
            citations("“One.” She thought about it. “Two,” she said, “three.”", "aaa")[1..],
            ["“Two,” … “three.”"; 2]
        );
    }

    #[test]
    fn clause_of_its_own_begins_another_citation() {
        let added = "“One,” he said, “two,” adding that it was “three.”";
        assert_eq!(citations(added, "aaa"), ["“One,” … “two,”", "“One,” … “two,”", "“three.”"]);
        assert_eq!(citations("She said it was “one,” and called it “two.”", "aa"), ["“one,”", "“two.”"]);
        assert_eq!(citations("She said it was “one,” adding: “Two.”", "aa"), ["“one,”", "“Two.”"]);
    }

    #[test]
    fn two_speakers_in_one_sentence_are_not_joined() {
        let both = "“Yes,” said Ann, and “no,” said Bo, while “perhaps” was all that Ann added.";
        assert_eq!(citations(both, "aba"), ["“Yes,”", "“no,”", "“perhaps”"]);
        assert_eq!(citations("“Yes,” said Ann, “no,” somebody cried.", "a?"), ["“Yes,”", "“no,”"]);
    }

    #[test]
    fn runs_without_a_speaker_are_joined_as_others_are() {
        assert_eq!(citations("“Resign,” came a voice, “now!”", "??"), ["“Resign,” … “now!”"; 2]);
    }

    #[test]
    fn terms_between_them_are_left_out() {
        let term = "“Yes,” she said of the “quick fix” today, “it is a plaster.”";
        let whole = "“Yes,” … “it is a plaster.”";
        assert_eq!(citations(term, "a-a"), [whole, "“quick fix”", whole]);
    }

    #[test]
    fn marks_inside_stay_as_they_are() {
        let nested = "“He said ‘no’ to me,” she said, “and ‘no’ again.”";
        let all = citations(nested, "aa");
        assert_eq!(
            (&*all[0], &*all[2]),
            ("“He said ‘no’ to me,” … “and ‘no’ again.”", "“He said ‘no’ to me,” … “and ‘no’ again.”")
        );
        let british = "‘He said “no” to me,’ she said, ‘and left.’";
        assert_eq!(citations(british, "aa")[0], "‘He said “no” to me,’ … “and left.”");
    }

    #[test]
    fn citation_is_doubtful_or_corrected_as_its_runs_are() {
        let mut builder = BodyBuilder::new("Headline");
        builder.push(ParagraphKind::Prose, "“One,” she said, “two.”");
        let body = builder.build();
        let with = |rated: [(f32, bool); 2]| {
            let runs = quote_spans::find(&body).into_iter().zip(rated).map(|(run, (confidence, corrected))| {
                let quotation = Quotation::speech(run.span, Some(SpeakerId(0)));
                Quotation { outer: run.outer, goes_on: run.span.start > 20, confidence, corrected, ..quotation }
            });
            let findings = Findings { quotations: runs.collect(), ..Findings::default() };
            findings.citation(&body, &findings.statements()[0]).unwrap().certainty
        };
        assert_eq!(with([(0.9, false), (0.53, false)]), Certainty::Doubtful);
        assert_eq!(with([(1.0, true), (0.53, false)]), Certainty::Doubtful);
        assert_eq!(with([(1.0, true), (1.0, true)]), Certainty::Corrected);
        assert_eq!(with([(1.0, true), (0.9, false)]), Certainty::Corrected);
        assert_eq!(with([(0.9, false), (0.9, false)]), Certainty::Likely);
    }

    #[test]
    fn context_that_is_cut_says_so_and_keeps_its_place() {
        let long = "which nobody had read to its end ".repeat(12);
        for (before, after) in [(&*long, &*long), ("", &*long), (&*long, ""), ("", "")] {
            let paragraph = format!("The list, {before}was “optimistic” {after}then.");
            let mut builder = BodyBuilder::new("Headline");
            builder.push(ParagraphKind::Prose, &paragraph);
            let body = builder.build();
            let findings = quotes::find(&body);
            let (context, start) = findings.context_from(&body, &[0]);
            assert_eq!((context.starts_with('…'), context.ends_with('…')), (!before.is_empty(), !after.is_empty()));
            let place = findings.quotations[0].span.start - start;
            assert_eq!(context.get(place..place + "optimistic".len()), Some("optimistic"));
            assert!(context.split_whitespace().all(|word| paragraph.contains(word.trim_matches('…'))), "{context}");
        }
    }

    #[test]
    fn context_begins_behind_the_marks_that_close_the_sentence_before() {
        for before in ["“It stays.” ", "\"It stays.\" ", "''It stays.'' ", "(It stays.) ", "«It stays.» "] {
            let mut builder = BodyBuilder::new("Headline");
            builder.push(ParagraphKind::Prose, &format!("{before}She called the steel “tired” today."));
            let body = builder.build();
            let findings = quotes::find(&body);
            let last = findings.quotations.len() - 1;
            let (context, start) = findings.context_from(&body, &[last]);
            assert_eq!(context, "She called the steel “tired” today.", "{before}");
            assert_eq!(body.text().get(start..start + 10), Some("She called"));
        }
        // A mark that opens something stays.
        for words in ["'Twas she", "\"No\" was", "(Then she", "’Twas she"] {
            assert_eq!(without_closing_marks(words), words);
        }
        assert_eq!(without_closing_marks(" \") She"), "She");
        assert_eq!(without_closing_marks("''"), "''");
    }

    #[test]
    fn reporter_is_named_behind_the_speaker() {
        let mut builder = BodyBuilder::new("Headline");
        builder.push(ParagraphKind::Prose, "“Go,” Tom Reyes told her, Ann Roe recalled. “Go now.”");
        let body = builder.build();
        let findings = quotes::find(&body);
        let citation = findings.citation(&body, &[0, 1]).unwrap();
        assert_eq!(citation.via.as_deref(), Some("Ann Roe"));
        let named = Citation { certainty: Certainty::Doubtful, ..citation }.attributed_to("Tom Reyes");
        assert_eq!(named, "Tom Reyes?, as told by Ann Roe");
    }

    #[test]
    fn no_quotation_has_no_citation() {
        assert_eq!(Findings::default().citation(&BodyBuilder::new("Headline").build(), &[3]), None);
    }
}
