//! The schema of JSON, the contract with other programs: one record for one thing, whichever command writes it. All
//! offsets are Unicode code points, half-open.

use chrono::SecondsFormat;
use serde::Serialize;

use super::code_points::CodePoints;
use super::edition::EditionRecord;
use super::enclosure::EnclosureRecord;
use super::input_record::{BlockRecord, KeptRecord};
use super::said_words::{SaidWords, Shown};
use crate::article::{Article, Dates, KeptValue, Origin};
use crate::catalog::{Imprint, Person, Said, SaidRun};
use crate::query::Snippet;
use crate::quotes::{Findings, Quotation, Reported, Speaker, SpeakerId, Spoken, before_rounding};
use crate::text::Span;

/// A hit of a search: an article, or where words that were said were asked for, a quotation in it.
#[derive(Debug)]
pub struct SearchHit<'a> {
    /// The article.
    pub article: &'a Article,
    /// The line in which words were found; of a quotation its words.
    pub snippet: Option<Snippet>,
    /// The quotation.
    pub said: Option<&'a Quotation>,
    /// Who said it.
    pub speaker: Option<&'a str>,
}

/// An article with all that is said in it.
#[derive(Serialize)]
pub struct FindingsRecord<'a> {
    article: ArticleRecord<'a>,
    /// The headline, then a paragraph a line; offsets count in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// What each paragraph is; only there where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<Vec<BlockRecord>>,
    speakers: Vec<SpeakerRecord<'a>>,
    quotes: Vec<QuoteRecord<'a>>,
}

/// A hit of a search: an article, or a quotation in it.
#[derive(Serialize)]
pub struct HitRecord<'a> {
    #[serde(flatten)]
    article: ArticleRecord<'a>,
    place: String,
    line: Option<&'a str>,
    /// What was searched for, in `line`.
    lit: Vec<(usize, usize)>,
    /// Who said it, where `line` is a quotation; so are those below.
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    corrected: bool,
}

/// All that one person said.
#[derive(Serialize)]
pub struct TimelineRecord<'a> {
    name: &'a str,
    role: Option<&'a str>,
    quotes: Vec<TimelineQuoteRecord<'a>>,
}

/// A quotation with the article in which it stands.
#[derive(Serialize)]
struct TimelineQuoteRecord<'a> {
    #[serde(flatten)]
    quote: QuoteRecord<'a>,
    headline: &'a str,
    date: Option<String>,
    date_source: &'static str,
    source: Option<&'a str>,
    url: Option<&'a str>,
    path: Option<String>,
    /// The sentences in which its statement stands.
    context: &'a str,
}

#[derive(Serialize)]
struct ArticleRecord<'a> {
    id: String,
    headline: &'a str,
    date: Option<String>,
    date_source: &'static str,
    /// When it was first seen, where it came from the web: ISO 8601, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<String>,
    source: Option<&'a str>,
    /// Who wrote it, as a byline has it. Lists do not hold it.
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    /// Where and when else it appeared. Lists do not hold it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<EditionRecord<'a>>,
    /// What comes with it. Lists do not hold it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    enclosures: Vec<EnclosureRecord<'a>>,
    /// What is kept of the record that it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<KeptRecord<'a>>,
}

/// A speaker in an article, or across all of them.
#[derive(Serialize)]
pub struct SpeakerRecord<'a> {
    name: &'a str,
    role: Option<&'a str>,
    #[serde(flatten)]
    spoken: SpokenRecord,
    /// How many statements of theirs are reported; only there where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    reported: Option<usize>,
    /// The other names in the article; not there across articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    aliases: Option<&'a [String]>,
    /// Only there across articles.
    #[serde(flatten)]
    appearances: Option<AppearancesRecord<'a>>,
}

/// How much somebody says.
#[derive(Serialize)]
struct SpokenRecord {
    /// How many runs of quoted words.
    quotes: u32,
    /// How many statements these are.
    statements: u32,
    /// How many of the statements are doubtfully theirs.
    doubtful: u32,
}

impl From<Spoken> for SpokenRecord {
    fn from(Spoken { quotations, runs, doubtful, .. }: Spoken) -> Self {
        Self { quotes: runs, statements: quotations, doubtful }
    }
}

#[derive(Serialize)]
struct AppearancesRecord<'a> {
    articles: Vec<ArticleRecord<'a>>,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize)]
struct QuoteRecord<'a> {
    /// Not there in a timeline, which does not hold the texts of the articles.
    #[serde(flatten)]
    offsets: Option<OffsetsRecord>,
    text: &'a str,
    kind: &'static str,
    /// Which of the article's statements it is a part of, counted from 1; null where it is not spoken.
    statement: Option<usize>,
    speaker: Option<&'a str>,
    /// Who reports that the speaker said it; only there where another does.
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'a str>,
    /// As `offsets`.
    #[serde(flatten)]
    evidence: Option<EvidenceRecord<'a>>,
    confidence: f64,
    /// As `offsets`.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    /// Only there where the user corrected the speaker.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    corrected: bool,
}

#[derive(Serialize)]
struct OffsetsRecord {
    start: usize,
    end: usize,
}

/// The words by which the speaker was found.
#[derive(Serialize)]
struct EvidenceRecord<'a> {
    mention: Option<WordsRecord<'a>>,
    cue: Option<WordsRecord<'a>>,
}

#[derive(Serialize)]
struct WordsRecord<'a> {
    #[serde(flatten)]
    offsets: OffsetsRecord,
    text: &'a str,
}

/// Returns an article with its speakers and quotations.
pub fn findings<'a>(article: &'a Article, findings: &'a Findings) -> FindingsRecord<'a> {
    shown(article, Shown::quotations(findings))
}

/// Returns an article with its speakers and what is shown of their words.
pub fn shown<'a>(article: &'a Article, shown: Shown<'a>) -> FindingsRecord<'a> {
    let words = Words { text: article.body.text(), points: CodePoints::of(article.body.text()) };
    let Shown { findings, reported, .. } = shown;
    let others = reported.map_or(&[][..], |reported| &reported.others);
    let spoken: Vec<Spoken> = findings.spoken().into_iter().chain(others.iter().map(|_| Spoken::default())).collect();
    let speakers = findings.speakers.iter().chain(others).zip(spoken.iter().copied()).enumerate();
    let count = |id: usize| {
        let own = |statements: &[Reported]| statements.iter().filter(|one| one.speaker == Some(SpeakerId(id))).count();
        reported.map(|reported| own(&reported.statements) + spoken[id].reported as usize)
    };
    FindingsRecord {
        article: ArticleRecord::from(article),
        text: Some(words.text),
        blocks: None,
        speakers: speakers.map(|(id, (speaker, spoken))| SpeakerRecord::of(speaker, spoken, count(id))).collect(),
        quotes: shown.words().iter().map(|said| words.quote(said)).collect(),
    }
}

impl<'a> FindingsRecord<'a> {
    /// Adds the fields that are kept of the record that the article comes from.
    pub fn keep(&mut self, kept: &[(&'a str, &'a KeptValue)]) {
        self.article.input = KeptRecord::of(kept);
    }

    /// Leaves out the text.
    pub const fn leave_out_text(&mut self) {
        self.text = None;
    }

    /// Adds what each paragraph is, and the pictures between them.
    pub fn add_blocks(&mut self, article: &Article) {
        let points = CodePoints::of(article.body.text());
        let body = &article.body;
        let mut pictures = body.pictures().iter().enumerate().peekable();
        let mut blocks = Vec::with_capacity(body.paragraphs().len() + body.pictures().len());
        for number in 0..=body.paragraphs().len() {
            while let Some((at, picture)) = pictures.next_if(|(_, picture)| picture.before == number) {
                blocks.push(BlockRecord::of_picture(body, at, picture, &points));
            }
            blocks.extend(body.paragraphs().get(number).map(|paragraph| BlockRecord::of(body, paragraph, &points)));
        }
        self.blocks = Some(blocks);
    }
}

/// Returns a person with the articles that quote them.
///
/// How much is only reported of them is there where that is asked for.
pub fn speaker<'a>(person: &'a Person, articles: &'a [Imprint], with_reported: bool) -> SpeakerRecord<'a> {
    SpeakerRecord {
        name: &person.name,
        role: person.role.as_deref(),
        spoken: SpokenRecord::from(person.spoken),
        reported: with_reported.then_some(person.spoken.reported as usize),
        aliases: None,
        appearances: Some(AppearancesRecord {
            articles: articles.iter().map(ArticleRecord::from).collect(),
            first: person.first.map(|day| day.to_string()),
            last: person.last.map(|day| day.to_string()),
        }),
    }
}

/// Returns a hit of a search.
pub fn hit<'a>(hit: &'a SearchHit<'_>) -> HitRecord<'a> {
    let line = hit.snippet.as_ref().map(|snippet| snippet.text.as_str());
    let points = CodePoints::of(line.unwrap_or_default());
    let highlights = hit.snippet.iter().flat_map(|snippet| &snippet.highlights).map(|span| points.span(*span));
    HitRecord {
        // Where it lies, `place` says.
        article: ArticleRecord { path: None, ..ArticleRecord::from(hit.article) },
        place: hit.article.origin.to_string(),
        line,
        lit: highlights.map(|span| (span.start, span.end)).collect(),
        speaker: hit.speaker,
        via: hit.said.and_then(Quotation::reporter),
        kind: hit.said.map(|said| said.kind.name()),
        confidence: hit.said.map(|said| rounded(said.confidence)),
        corrected: hit.said.is_some_and(|said| said.corrected),
    }
}

/// Returns all that a person said, in the order in which it comes.
pub fn timeline<'a>(person: &'a Person, said: &'a [Said]) -> TimelineRecord<'a> {
    let runs = said.iter().flat_map(|said| said.runs.iter().map(move |run| TimelineQuoteRecord::of(said, run)));
    TimelineRecord { name: &person.name, role: person.role.as_deref(), quotes: runs.collect() }
}

/// Returns a confidence to three decimals: more would only pretend.
pub fn rounded(confidence: f32) -> f64 {
    (before_rounding(confidence.into(), 0.001) * 1000.0).round() / 1000.0
}

impl<'a> From<&'a Article> for ArticleRecord<'a> {
    fn from(article: &'a Article) -> Self {
        Self {
            id: article.id.to_string(),
            headline: article.headline(),
            date: article.dates.published.map(|published| published.to_string()),
            date_source: article.dates.source_name(),
            seen: seen(&article.dates),
            source: article.publisher.as_deref(),
            author: article.byline.as_deref(),
            path: path(&article.origin),
            url: article.url.as_deref(),
            also: article.editions.iter().map(EditionRecord::from).collect(),
            enclosures: article.enclosures.iter().map(EnclosureRecord::from).collect(),
            input: None,
        }
    }
}

impl<'a> From<&'a Imprint> for ArticleRecord<'a> {
    fn from(imprint: &'a Imprint) -> Self {
        Self {
            id: imprint.id.to_string(),
            headline: &imprint.headline,
            date: imprint.dates.published.map(|published| published.to_string()),
            date_source: imprint.dates.source_name(),
            seen: seen(&imprint.dates),
            source: imprint.publisher.as_deref(),
            author: None,
            path: path(&imprint.origin),
            url: imprint.url.as_deref(),
            also: Vec::new(),
            enclosures: Vec::new(),
            input: None,
        }
    }
}

fn seen(dates: &Dates) -> Option<String> {
    dates.seen.map(|seen| seen.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// Returns where an article was found, if that is known.
pub fn path(origin: &Origin) -> Option<String> {
    (*origin != Origin::Unknown).then(|| origin.to_string())
}

impl<'a> SpeakerRecord<'a> {
    /// In one article, where they say so much.
    fn of(speaker: &'a Speaker, spoken: Spoken, reported: Option<usize>) -> Self {
        Self {
            name: &speaker.name,
            role: speaker.role.as_deref(),
            spoken: SpokenRecord::from(spoken),
            reported,
            aliases: Some(&speaker.aliases),
            appearances: None,
        }
    }
}

impl<'a> TimelineQuoteRecord<'a> {
    fn of(said: &'a Said, run: &'a SaidRun) -> Self {
        let ArticleRecord { headline, date, date_source, source, path, url, .. } = ArticleRecord::from(&*said.within);
        let quote = QuoteRecord {
            offsets: None,
            text: &run.words,
            kind: run.kind.name(),
            statement: Some(said.statement),
            speaker: Some(&said.speaker),
            via: said.citation.via.as_deref(),
            evidence: None,
            confidence: rounded(run.confidence),
            reason: None,
            corrected: run.corrected,
        };
        Self { quote, headline, date, date_source, source, url, path, context: &said.context }
    }
}

/// The text of an article, and how to count in it.
struct Words<'a> {
    text: &'a str,
    points: CodePoints<'a>,
}

impl<'a> Words<'a> {
    fn quote(&self, said: &SaidWords<'a>) -> QuoteRecord<'a> {
        let WordsRecord { offsets, text } = self.words(said.span);
        QuoteRecord {
            offsets: Some(offsets),
            text,
            kind: said.kind,
            statement: said.statement,
            speaker: said.speaker.map(|speaker| speaker.name.as_str()),
            via: said.via,
            evidence: Some(EvidenceRecord {
                mention: said.mention.map(|span| self.words(span)),
                cue: said.cue.map(|span| self.words(span)),
            }),
            confidence: rounded(said.confidence),
            reason: Some(said.reason),
            corrected: said.corrected,
        }
    }

    fn words(&self, span: Span) -> WordsRecord<'a> {
        let Span { start, end } = self.points.span(span);
        WordsRecord { offsets: OffsetsRecord { start, end }, text: span.of(self.text) }
    }
}

#[cfg(test)]
mod tests;
