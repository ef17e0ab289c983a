//! Standoff annotations, as the annotation tool BRAT keeps them and the corpus PolNeAR ships them.

use std::collections::HashMap;

use crate::text::Span;

/// Words that the annotator attributes to a source. All spans count code points of the annotated text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attribution {
    /// Whose words: none where the article leaves it open.
    pub sources: Vec<Span>,
    /// What introduces them.
    pub cues: Vec<Span>,
    /// The words.
    pub contents: Vec<Span>,
}

/// What stands in a file of annotations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Annotations {
    /// In the order of the file.
    pub attributions: Vec<Attribution>,
    /// The numbers, from 1, of the lines that could not be understood.
    pub unreadable: Vec<usize>,
}

/// What a line is.
enum Line<'a> {
    /// `T1<tab>Source 0 5;7 9<tab>words`
    Words(&'a str, Vec<Span>),
    /// `E1<tab>Attribution:T4 Source:T1 Content:T3`: roles and the words that play them.
    Event(Vec<(&'a str, &'a str)>),
    /// A note, an attribute, a relation: not needed.
    Other,
}

/// Reads the annotations of an article.
///
/// Words that run over several lines, as they do in PolNeAR, are passed over: their place is all that counts.
pub fn read(file: &str) -> Annotations {
    let file = file.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = Annotations::default();
    let (mut words, mut events) = (HashMap::new(), Vec::new());
    let mut may_go_on = false;
    for (number, line) in (1..).zip(file.split('\n')) {
        match line_of(line) {
            Some(Line::Words(id, spans)) => drop(words.insert(id, spans)),
            Some(Line::Event(roles)) => events.push(roles),
            Some(Line::Other) => {}
            None if may_go_on && !begins_a_record(line) => continue,
            None => out.unreadable.push(number),
        }
        if !line.trim().is_empty() {
            may_go_on = line.starts_with(['T', '#']);
        }
    }
    out.attributions = events.iter().map(|roles| attribution(roles, &words)).collect();
    out
}

fn line_of(line: &str) -> Option<Line<'_>> {
    if line.trim().is_empty() {
        return Some(Line::Other);
    }
    let (id, rest) = line.split_once('\t')?;
    let rest = rest.split('\t').next()?;
    match id.chars().next()? {
        'T' => Some(Line::Words(id, spans(rest.split_once(' ')?.1)?)),
        'E' => rest.split_whitespace().map(|role| role.split_once(':')).collect::<Option<_>>().map(Line::Event),
        '#' | 'A' | 'M' | 'N' | 'R' | '*' => Some(Line::Other),
        _ => None,
    }
}

/// Whether it looks like words or an event, rather than like the rest of a text.
fn begins_a_record(line: &str) -> bool {
    let id = line.split('\t').next().unwrap_or_default();
    id.len() > 1 && id.starts_with(['T', 'E']) && id[1..].bytes().all(|byte| byte.is_ascii_digit())
}

/// `0 5;7 9`
fn spans(text: &str) -> Option<Vec<Span>> {
    let span = |range: &str| {
        let mut ends = range.split_whitespace();
        let (start, end) = (ends.next()?.parse().ok()?, ends.next()?.parse().ok()?);
        ends.next().is_none().then(|| Span::new(start, end))
    };
    text.split(';').map(span).collect()
}

fn attribution(roles: &[(&str, &str)], words: &HashMap<&str, Vec<Span>>) -> Attribution {
    let playing = |wanted: &str| {
        let plays = |role: &str| role.trim_end_matches(|c: char| c.is_ascii_digit()) == wanted;
        let who = roles.iter().filter(|(role, _)| plays(role)).filter_map(|(_, id)| words.get(id));
        let mut spans: Vec<_> = who.flatten().copied().collect();
        spans.sort_unstable();
        spans
    };
    Attribution { sources: playing("Source"), cues: playing("Cue"), contents: playing("Content") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_lead_to_places() {
        let file = "T1\tSource 8 11;12 15\tthe … man\n\
                    T2\tCue 16 20\tsaid\n\
                    T3\tContent 0 6\t“Rain”\n\
                    T5\tContent 30 40\tmore\n\
                    T4\tAttribution 16 20\tsaid\n\
                    E1\tAttribution:T4 Content2:T5 Content:T3 Cue:T2 Source:T1\n\
                    E2\tAttribution-no-source:T4 Content:T5 Source:T9\n";
        let read = read(file);
        let first = Attribution {
            sources: vec![Span::new(8, 11), Span::new(12, 15)],
            cues: vec![Span::new(16, 20)],
            contents: vec![Span::new(0, 6), Span::new(30, 40)],
        };
        let second = Attribution { contents: vec![Span::new(30, 40)], ..Attribution::default() };
        assert_eq!(read.attributions, [first, second]);
        assert!(read.unreadable.is_empty());
    }

    #[test]
    fn unreadable_line_is_reported_by_number() {
        let file = "T1\tSource one two\tx\r\nT2\tSource 1 2\ta word\r\n\r\nthat goes on\r\n\r\nE1\tSource\r\nnonsense\r\n\
                    #1\tAnnotatorNotes T2\tWhy?\r\nE2\tSource:T2\r\nT3 4\r\n";
        let read = read(file);
        assert_eq!(read.unreadable, [1, 6, 7, 10]);
        assert_eq!(read.attributions.len(), 1);
        assert_eq!(read.attributions[0].sources, [Span::new(1, 2)]);
    }
}
