//! The articles of a corpus in BRAT standoff form, as PolNeAR ships it, and who speaks in them by full name.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::{fs, io};

use pullquote::article::{Body, BodyBuilder, ParagraphKind};
use pullquote::evaluate::{self, Label, Speakers, StatementKind};
use pullquote::text::Span;
use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

/// An article; all places count characters that are not blank.
pub struct Article {
    pub body: Body,
    pub attributions: Vec<Attribution>,
    /// Those whose words do not all stand in quotation marks.
    pub statements: Vec<Statement>,
    /// Its text as it is annotated, and what is annotated, in code points.
    pub text: String,
    pub annotations: Vec<evaluate::Attribution>,
    /// Which part of the corpus it is in, by its name.
    pub fold: usize,
    /// Who speaks, where it is known.
    pub gold: Option<Gold>,
}

/// Who speaks in an article, by full name.
pub struct Gold {
    pub speakers: Speakers,
    /// The quoted segments, each with who says it.
    pub segments: Vec<(Span, Label)>,
}

/// An attribution of the corpus, in non-blank characters.
#[derive(Default)]
pub struct Attribution {
    pub sources: Vec<Span>,
    pub contents: Vec<Span>,
}

/// A statement that is annotated, in non-blank characters.
pub struct Statement {
    pub kind: StatementKind,
    pub cues: Vec<Span>,
    pub contents: Vec<Span>,
}

impl Article {
    /// The place of some bytes of the body.
    pub fn solid(&self) -> impl Fn(Span) -> Span + use<> {
        // Byte offset → number of solid characters before it.
        let text = self.body.text();
        let mut solid = vec![0; text.len() + 1];
        let mut count = 0;
        for (at, c) in text.char_indices() {
            solid[at..at + c.len_utf8()].fill(count);
            count += usize::from(!c.is_whitespace());
        }
        solid[text.len()] = count;
        move |span| Span::new(solid[span.start], solid[span.end])
    }

    /// The attribution that covers most of these words, and at least half of them.
    pub fn attribution_of(&self, words: Span) -> Option<&Attribution> {
        let covered = |a: &Attribution| a.contents.iter().map(|c| c.intersection(words).len()).sum::<usize>();
        self.attributions.iter().max_by_key(|a| covered(a)).filter(|a| 2 * covered(a) >= words.len())
    }
}

/// What a file of speakers holds of an article.
#[derive(Deserialize)]
struct SpeakersRecord {
    segments: BTreeMap<usize, String>,
    #[serde(default)]
    aliases: BTreeMap<String, Vec<String>>,
}

/// Reads files of speakers, in the form that `pullquote evaluate --speakers` reads.
pub fn read_speakers(paths: &[String]) -> io::Result<HashMap<String, Speakers>> {
    let mut all = HashMap::new();
    for path in paths {
        let records: BTreeMap<String, SpeakersRecord> = serde_json::from_slice(&fs::read(path)?)?;
        all.extend(records.into_iter().map(|(name, record)| (name, Speakers::new(record.segments, record.aliases))));
    }
    Ok(all)
}

/// Reads the articles that one person annotated.
pub fn read_corpus(corpus: &Path, speakers: &mut HashMap<String, Speakers>) -> io::Result<Vec<Article>> {
    let mut annotations: HashMap<String, Vec<PathBuf>> = HashMap::new();
    for entry in fs::read_dir(corpus.join("attributions"))? {
        let path = entry?.path();
        let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let name = stem.rsplit_once('_').map_or(stem.clone(), |(name, _)| name.to_owned());
        annotations.entry(name).or_default().push(path);
    }
    let mut names: Vec<_> = annotations.into_iter().filter(|(_, paths)| paths.len() == 1).collect();
    names.sort();
    let mut out = Vec::new();
    for (name, paths) in names {
        let Ok(text) = fs::read_to_string(corpus.join("text").join(format!("{name}.txt"))) else { continue };
        let annotation = fs::read_to_string(&paths[0])?;
        let attributions = read_annotation(&annotation, &text);
        let gold = speakers.remove(&name).map(|speakers| gold(&text, speakers));
        let annotations = evaluate::read(&annotation).attributions;
        let statements = statements(&text, &annotations);
        let fold = fold_of(&name);
        out.push(Article { body: body_of(&text), attributions, statements, text, annotations, fold, gold });
    }
    Ok(out)
}

/// Into how many parts articles are dealt by their names.
pub const FOLDS: usize = 5;

/// The part of an article, by its name.
fn fold_of(name: &str) -> usize {
    xxh3_64(name.as_bytes()) as usize % FOLDS
}

fn statements(text: &str, annotations: &[evaluate::Attribution]) -> Vec<Statement> {
    let solid = solid_offsets(text);
    let to_solid = |spans: &[Span]| spans.iter().map(|span| Span::new(solid[span.start], solid[span.end])).collect();
    let chars: Vec<char> = text.chars().collect();
    let all = evaluate::annotated_statements(&chars, annotations);
    let statement = |statement: &evaluate::AnnotatedStatement<'_>| Statement {
        kind: statement.kind,
        cues: to_solid(&statement.attribution.cues),
        contents: to_solid(&statement.contents),
    };
    all.iter().map(statement).collect()
}

/// One paragraph a line, the first the headline.
pub fn body_of(text: &str) -> Body {
    let mut lines = text.lines().filter(|l| !l.trim().is_empty());
    let mut builder = BodyBuilder::new(lines.next().unwrap_or(""));
    lines.for_each(|line| {
        builder.push(ParagraphKind::Prose, line);
    });
    builder.build()
}

/// For each character of `text`, how many that are not blank stand before it; one more at the end.
fn solid_offsets(text: &str) -> Vec<usize> {
    let mut count = 0;
    let mut out: Vec<usize> = text
        .chars()
        .map(|c| {
            let here = count;
            count += usize::from(!c.is_whitespace());
            here
        })
        .collect();
    out.push(count);
    out
}

fn read_annotation(annotation: &str, text: &str) -> Vec<Attribution> {
    let solid = solid_offsets(text);
    let mut spans: HashMap<&str, (&str, Vec<Span>)> = HashMap::new();
    let mut out = Vec::new();
    for line in annotation.lines() {
        let mut columns = line.split('\t');
        let (Some(id), Some(rest)) = (columns.next(), columns.next()) else { continue };
        if id.starts_with('T') {
            let Some((kind, ranges)) = rest.split_once(' ') else { continue };
            let ranges = ranges.split(';').filter_map(|r| {
                let (start, end) = r.trim().split_once(' ')?;
                let at = |n: &str| n.parse::<usize>().ok().and_then(|n| solid.get(n)).copied();
                Some(Span::new(at(start)?, at(end)?))
            });
            spans.insert(id, (kind, ranges.collect()));
        } else if id.starts_with('E') {
            let mut attribution = Attribution::default();
            for (_, target) in rest.split_whitespace().filter_map(|r| r.split_once(':')) {
                match spans.get(target) {
                    Some(("Source", ranges)) => attribution.sources.extend(ranges),
                    Some(("Content", ranges)) => attribution.contents.extend(ranges),
                    _ => {}
                }
            }
            out.push(attribution);
        }
    }
    out
}

fn gold(text: &str, speakers: Speakers) -> Gold {
    let solid = solid_offsets(text);
    let text: Vec<char> = text.chars().collect();
    let segments = evaluate::segments(&text).into_iter().enumerate();
    let labelled = segments.filter_map(|(number, span)| {
        Some((Span::new(solid[span.start], solid[span.end]), speakers.label(number)?.clone()))
    });
    Gold { segments: labelled.collect(), speakers }
}
