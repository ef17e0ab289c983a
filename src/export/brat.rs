//! BRAT standoff: the spans of the source, the cue and the words of each quotation, for annotators and `evaluate`.

use std::fmt::Write;

use super::code_points::CodePoints;
use crate::article::Article;
use crate::quotes::{Findings, Quotation};
use crate::text::Span;

/// The file in which BRAT finds which annotations there are.
pub const CONFIGURATION: &str = "\
[entities]
Source
Cue
Content

[relations]

[events]
Attribution\tSource*:Source, Cue*:Cue, Content*:Content
Attribution-no-source\tCue*:Cue, Content*:Content

[attributes]
";

/// Returns the annotations of an article: an event for each quotation that has a speaker. All offsets are Unicode code points
/// into the text of its body.
pub fn annotations(article: &Article, findings: &Findings) -> String {
    let text = article.body.text();
    let mut writer = Annotations { text, points: CodePoints::of(text), out: String::new(), words: 0, events: 0 };
    let spoken = findings.quotations.iter().filter(|q| q.speaker.is_some() || q.mention.is_some());
    spoken.for_each(|quotation| writer.event(quotation));
    writer.out
}

struct Annotations<'a> {
    text: &'a str,
    points: CodePoints<'a>,
    out: String,
    words: usize,
    events: usize,
}

impl Annotations<'_> {
    fn event(&mut self, quotation: &Quotation) {
        let source = quotation.mention.map(|span| self.words("Source", span));
        let cue = quotation.cue.map(|span| self.words("Cue", span));
        let content = self.words("Content", quotation.outer);
        let kind = if source.is_some() { "Attribution" } else { "Attribution-no-source" };
        // An event needs words to hang on.
        let trigger = self.words(kind, quotation.cue.unwrap_or(quotation.outer));
        self.events += 1;
        // Text into memory, here and below: nothing in it can fail.
        let _ = write!(self.out, "E{}\t{kind}:T{trigger}", self.events);
        for (role, words) in [("Source", source), ("Cue", cue), ("Content", Some(content))] {
            if let Some(words) = words {
                let _ = write!(self.out, " {role}:T{words}");
            }
        }
        self.out.push('\n');
    }

    /// Adds a line for some words; returns its number.
    fn words(&mut self, kind: &str, span: Span) -> usize {
        self.words += 1;
        let Span { start, end } = self.points.span(span);
        let words = span.of(self.text).replace(['\n', '\t'], " ");
        let _ = writeln!(self.out, "T{}\t{kind} {start} {end}\t{words}", self.words);
        self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate;
    use crate::export::fixture;

    #[test]
    fn attributed_quotation_is_an_event() {
        let (article, findings) = fixture::article();
        let written = annotations(&article, &findings);
        assert!(written.starts_with("T1\tSource 40 50\tZoë Okafor\nT2\tCue 35 39\tsaid\nT3\tContent "), "{written}");
        assert!(written.contains("\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"), "{written}");
        let read = evaluate::read(&written);
        assert_eq!((read.attributions.len(), read.unreadable.len()), (2, 0));
        let text: Vec<char> = article.body.text().chars().collect();
        let Span { start, end } = read.attributions[0].contents[0];
        assert_eq!(text[start..end].iter().collect::<String>(), "“No, 𝒏𝒐𝒕 ever,”");
    }
}
