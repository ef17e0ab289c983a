//! Encodes findings for the library, and decodes them.
//!
//! They are short beside the text: what stands in the text is written down as where it stands, and places as how far
//! they are from the place before.

use serde::{Deserialize, Serialize};

use super::Error;
use super::codec::{compressed, damaged, decompressed, read, read_first, write};
use crate::quotes::{Findings, Quotation, QuotationKind, QuoteMarks, Reason, Reporter, Speaker, SpeakerId};
use crate::text::Span;

/// The kinds of marks by their number; the order is kept in libraries and must not change.
const MARKS: [QuoteMarks; 8] = [
    QuoteMarks::Curly,
    QuoteMarks::Straight,
    QuoteMarks::SingleCurly,
    QuoteMarks::SingleStraight,
    QuoteMarks::Guillemets,
    QuoteMarks::Low,
    QuoteMarks::Corner,
    QuoteMarks::Block,
];

/// The kinds of quotations by their number; the order must not change either.
const QUOTATION_KINDS: [QuotationKind; 5] = [
    QuotationKind::Speech,
    QuotationKind::Fragment,
    QuotationKind::Term,
    QuotationKind::Title,
    QuotationKind::Reported,
];

/// In the flags of a quotation, whether it goes on from the one before. The first engine had another flag, 1.
const GOES_ON: u8 = 2;

/// In a reason, these stand for the words of the cue and of the mention: no text has such characters.
const CUE: char = '\u{1}';
const MENTION: char = '\u{2}';

/// How far from the first mention of a speaker their names and roles are looked for, in bytes.
const NEAR: usize = 4_096;

/// How far from another place a span starts, and how long it is.
type RelativeSpan = (i32, u32);

#[derive(Serialize, Deserialize)]
struct FindingsRecord<'a> {
    #[serde(borrow)]
    quotations: Vec<QuotationRecord<'a>>,
    #[serde(borrow)]
    speakers: Vec<SpeakerRecord<'a>>,
}

#[derive(Serialize, Deserialize)]
struct QuotationRecord<'a> {
    /// From the start of the quotation before.
    span: RelativeSpan,
    /// By how many bytes the marks reach out on either side.
    marks_around: (u8, u8),
    marks: u8,
    depth: u8,
    /// See [`GOES_ON`].
    flags: u8,
    kind: u8,
    /// From the start of the quotation, as the mention.
    cue: Option<RelativeSpan>,
    mention: Option<RelativeSpan>,
    speaker: Option<u32>,
    confidence: f32,
    reason: std::borrow::Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
struct SpeakerRecord<'a> {
    /// Each from the start of the one before.
    mentions: Vec<RelativeSpan>,
    #[serde(borrow)]
    name: Words<'a>,
    #[serde(borrow)]
    role: Option<Words<'a>>,
    #[serde(borrow)]
    aliases: Vec<Words<'a>>,
}

/// Who reports a quotation. Those of an article stand behind all else, where there are any: the first engines knew none, and
/// their programs pass over what they do not expect.
#[derive(Serialize, Deserialize)]
struct ReporterRecord<'a> {
    /// The number of the quotation.
    quotation: u32,
    /// From the start of the quotation.
    mention: RelativeSpan,
    #[serde(borrow)]
    name: Words<'a>,
}

/// Words, by span where the text has them.
#[derive(Serialize, Deserialize)]
enum Words<'a> {
    /// From the first mention.
    There(RelativeSpan),
    Own(&'a str),
}

/// Writes down what was found in a text, compressed.
pub(super) fn write_findings(findings: &Findings, text: &str) -> Result<Vec<u8>, Error> {
    let mut before = 0;
    let record = FindingsRecord {
        quotations: findings
            .quotations
            .iter()
            .map(|quotation| quotation_record(quotation, &mut before, text))
            .collect(),
        speakers: findings.speakers.iter().map(|speaker| speaker_record(speaker, text)).collect(),
    };
    let mut bytes = write(&record)?;
    let reporters: Vec<_> = (0..).zip(&findings.quotations).filter_map(|it| reporter_record(it, text)).collect();
    if !reporters.is_empty() {
        bytes.extend(write(&reporters)?);
    }
    compressed(&bytes)
}

/// Reads what was found in a text.
pub(super) fn read_findings(bytes: &[u8], text: &str) -> Result<Findings, Error> {
    let bytes = decompressed(bytes).ok_or_else(|| damaged("the findings of an article"))?;
    let (record, rest): (FindingsRecord<'_>, _) = read_first(&bytes)?;
    let reporters: Vec<ReporterRecord<'_>> = if rest.is_empty() { Vec::new() } else { read(rest)? };
    let mut before = 0;
    let quotations: Option<Vec<_>> =
        record.quotations.iter().map(|record| quotation(record, &mut before, text)).collect();
    let speakers: Option<Vec<_>> = record.speakers.iter().map(|record| speaker(record, text)).collect();
    let (Some(mut quotations), Some(speakers)) = (quotations, speakers) else {
        return Err(damaged("the findings of an article"));
    };
    if reporters.iter().any(|record| set_reporter(record, &mut quotations, text).is_none()) {
        return Err(damaged("the findings of an article"));
    }
    Ok(Findings { quotations, speakers })
}

/// Where a span is, seen from `from`.
fn relative(span: Span, from: usize) -> RelativeSpan {
    ((span.start as i64 - from as i64) as i32, span.len() as u32)
}

/// The span at a relative one; none where the text has none.
fn span_at((distance, length): RelativeSpan, from: usize, text: &str) -> Option<Span> {
    let start = usize::try_from(from as i64 + i64::from(distance)).ok()?;
    let span = Span::new(start, start + length as usize);
    text.get(span.start..span.end).map(|_| span)
}

fn quotation_record(quotation: &Quotation, before: &mut usize, text: &str) -> QuotationRecord<'static> {
    let start = quotation.span.start;
    let around = |bytes: usize| bytes.min(255) as u8;
    QuotationRecord {
        span: relative(quotation.span, std::mem::replace(before, start)),
        marks_around: (
            around(start.saturating_sub(quotation.outer.start)),
            around(quotation.outer.end.saturating_sub(quotation.span.end)),
        ),
        marks: MARKS.iter().position(|&known| known == quotation.marks).unwrap_or(0) as u8,
        depth: quotation.depth,
        flags: GOES_ON * u8::from(quotation.goes_on),
        kind: QUOTATION_KINDS.iter().position(|&known| known == quotation.kind).unwrap_or(0) as u8,
        cue: quotation.cue.map(|span| relative(span, start)),
        mention: quotation.mention.map(|span| relative(span, start)),
        speaker: quotation.speaker.map(|speaker| speaker.0 as u32),
        confidence: quotation.confidence,
        reason: without_words(&quotation.reason.0, quotation, text).into(),
    }
}

fn quotation(record: &QuotationRecord<'_>, before: &mut usize, text: &str) -> Option<Quotation> {
    let span = span_at(record.span, *before, text)?;
    *before = span.start;
    let spot = |relative: Option<RelativeSpan>| match relative {
        Some(relative) => span_at(relative, span.start, text).map(Some),
        None => Some(None),
    };
    let outer = (usize::from(record.marks_around.0), usize::from(record.marks_around.1));
    let mut quotation = Quotation {
        span,
        outer: Span::new(span.start.checked_sub(outer.0)?, span.end + outer.1),
        marks: *MARKS.get(usize::from(record.marks))?,
        depth: record.depth,
        goes_on: record.flags & GOES_ON != 0,
        kind: *QUOTATION_KINDS.get(usize::from(record.kind))?,
        cue: spot(record.cue)?,
        mention: spot(record.mention)?,
        speaker: record.speaker.map(|speaker| SpeakerId(speaker as usize)),
        via: None,
        confidence: record.confidence,
        reason: Reason::default(),
        corrected: false,
    };
    quotation.reason = Reason(with_words(&record.reason, &quotation, text));
    Some(quotation)
}

/// A reason without the words of cue and mention.
fn without_words(reason: &str, quotation: &Quotation, text: &str) -> String {
    let mut short = reason.to_owned();
    for (span, sign) in [(quotation.mention, MENTION), (quotation.cue, CUE)] {
        let words = span.map_or("", |span| span.of(text));
        if let Some(at) = short.find(words).filter(|_| !words.is_empty()) {
            short.replace_range(at..at + words.len(), sign.encode_utf8(&mut [0; 4]));
        }
    }
    short
}

/// The reason that [`without_words`] made short.
fn with_words(short: &str, quotation: &Quotation, text: &str) -> String {
    let words = |span: Option<Span>| span.map_or("", |span| span.of(text));
    short.replace(CUE, words(quotation.cue)).replace(MENTION, words(quotation.mention))
}

fn reporter_record<'a>((number, quotation): (u32, &'a Quotation), text: &str) -> Option<ReporterRecord<'a>> {
    let Reporter { name, mention } = quotation.via.as_ref()?;
    let mention_record = relative(*mention, quotation.span.start);
    Some(ReporterRecord { quotation: number, mention: mention_record, name: words(name, mention.start, text) })
}

fn set_reporter(record: &ReporterRecord<'_>, quotations: &mut [Quotation], text: &str) -> Option<()> {
    let quotation = quotations.get_mut(record.quotation as usize)?;
    let mention = span_at(record.mention, quotation.span.start, text)?;
    quotation.via = Some(Reporter { name: owned(&record.name, mention.start, text)?, mention });
    Some(())
}

fn speaker_record<'a>(speaker: &'a Speaker, text: &str) -> SpeakerRecord<'a> {
    let first = speaker.mentions.first().map_or(0, |mention| mention.start);
    let mut before = 0;
    let mentions = speaker.mentions.iter().map(|&span| relative(span, std::mem::replace(&mut before, span.start)));
    SpeakerRecord {
        mentions: mentions.collect(),
        name: words(&speaker.name, first, text),
        role: speaker.role.as_deref().map(|role| words(role, first, text)),
        aliases: speaker.aliases.iter().map(|alias| words(alias, first, text)).collect(),
    }
}

fn speaker(record: &SpeakerRecord<'_>, text: &str) -> Option<Speaker> {
    let mut before = 0;
    let mention = |&relative: &RelativeSpan| {
        let span = span_at(relative, before, text)?;
        before = span.start;
        Some(span)
    };
    let mentions: Vec<_> = record.mentions.iter().map(mention).collect::<Option<_>>()?;
    let first = mentions.first().map_or(0, |mention| mention.start);
    let owned = |words: &Words<'_>| owned(words, first, text);
    let role = match &record.role {
        Some(role) => Some(owned(role)?),
        None => None,
    };
    let aliases = record.aliases.iter().map(owned).collect::<Option<_>>()?;
    Some(Speaker { name: owned(&record.name)?, role, aliases, mentions })
}

/// The words that were written down by [`words`].
fn owned(words: &Words<'_>, first: usize, text: &str) -> Option<String> {
    match words {
        Words::There(relative) => span_at(*relative, first, text).map(|span| span.of(text).to_owned()),
        Words::Own(words) => Some((*words).to_owned()),
    }
}

/// Words, by span where the text has them near byte `first`.
fn words<'a>(words: &'a str, first: usize, text: &str) -> Words<'a> {
    let (from, to) = (text.floor_char_boundary(first.saturating_sub(NEAR)), text.floor_char_boundary(first + NEAR));
    match text[from..to].find(words) {
        Some(at) => Words::There(relative(Span::new(from + at, from + at + words.len()), first)),
        None => Words::Own(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Body, BodyBuilder, ParagraphKind};
    use crate::formats::{self, Hint};
    use crate::quotes;

    fn assert_kept(body: &Body) -> usize {
        let findings = quotes::find_all(body);
        let bytes = write_findings(&findings, body.text()).unwrap();
        assert_eq!(read_findings(&bytes, body.text()).unwrap(), findings);
        findings.quotations.len()
    }

    #[test]
    fn findings_round_trip() {
        let mut builder = BodyBuilder::new("Zoë’s bridge closed");
        builder.push(ParagraphKind::Prose, "“It is tired,” said Ines Okafor, an engineer.");
        builder.push(ParagraphKind::Promotion, "Sign up.").push(ParagraphKind::Prose, "“So am I,” she added.");
        assert_eq!(assert_kept(&builder.build()), 2);
        let mut reported = BodyBuilder::new("Bridge");
        reported
            .push(ParagraphKind::Prose, "Ines Okafor said her father told her: “Go.” “He said ‘no,’” Tom Reyes said.");
        let reported = reported.build();
        let findings = quotes::find_all(&reported);
        assert_eq!(findings.quotations.iter().filter(|quotation| quotation.via.is_some()).count(), 2);
        assert_eq!(findings.quotations.iter().filter(|quotation| quotation.is_reported()).count(), 1);
        assert_eq!(assert_kept(&reported), 4);
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-articles");
        for file in std::fs::read_dir(folder).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            formats::read(&mut &bytes[..], &Hint::default(), &mut |read| {
                assert!(assert_kept(&read.unwrap().body) > 0);
            });
        }
    }

    #[test]
    fn damaged_findings_are_an_error() {
        let mut builder = BodyBuilder::new("Bridge");
        builder.push(ParagraphKind::Prose, "“It is tired,” said Ines Okafor, an engineer.");
        let body = builder.build();
        let bytes = write_findings(&quotes::find(&body), body.text()).unwrap();
        assert!(read_findings(&bytes, "another text").is_err());
        assert!(read_findings(&bytes[..bytes.len() / 2], body.text()).is_err());
        assert!(read_findings(b"nonsense", body.text()).is_err());
    }
}
