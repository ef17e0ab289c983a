//! `pullquote evaluate --reported`: how well reported speech is found.

use std::fmt::Write;
use std::ops::ControlFlow;

use serde::Serialize;

use super::corpus::CorpusItem;
use super::json::RatesRecord;
use super::{Read, read, spread};
use crate::cli::error::show_message;
use crate::evaluate::{
    ReportedCounts, ReportedFigures, ReportedMistake, ReportedMistakeKind, ReportedPrediction, score_reported,
};
use crate::export::json;
use crate::ingest::{NoThreads, in_order};
use crate::quotes;
use crate::text::counted;

/// What came of a corpus.
#[derive(Default)]
pub struct ReportedResult {
    pub counts: ReportedCounts,
    mistakes: Vec<(String, ReportedMistake)>,
}

/// Scores the reported speech of all articles.
pub fn score_all(items: &[CorpusItem]) -> Result<ReportedResult, NoThreads> {
    let mut result = ReportedResult::default();
    let produce = |emit: &mut dyn FnMut(usize) -> ControlFlow<()>| {
        let _ = (0..items.len()).try_for_each(emit);
    };
    in_order(
        produce,
        |index| {
            let mut warnings = Vec::new();
            (index, score(&items[index], &mut warnings), warnings)
        },
        |(index, scored, warnings)| {
            for line in &warnings {
                show_message(line);
            }
            if let Some((counts, mistakes)) = scored {
                result.counts.add(&counts);
                result.mistakes.extend(mistakes.into_iter().map(|mistake| (items[index].name.clone(), mistake)));
            }
            ControlFlow::Continue(())
        },
    )?;
    Ok(result)
}

fn score(item: &CorpusItem, warnings: &mut Vec<String>) -> Option<(ReportedCounts, Vec<ReportedMistake>)> {
    let Read { text, attributions, article } = read(item, warnings)?;
    let found = article.as_ref().map(|article| quotes::find_with_reported(&article.body));
    let prediction = article.as_ref().zip(found.as_ref());
    let prediction = prediction.map(|(article, (findings, reported))| ReportedPrediction {
        body: &article.body,
        findings,
        reported,
    });
    Some(score_reported(&text, &attributions, prediction))
}

impl ReportedResult {
    /// Leaves so many mistakes, evenly from first to last.
    pub fn spread_mistakes(&mut self, wanted: usize) {
        self.mistakes = spread(std::mem::take(&mut self.mistakes), wanted);
    }

    /// The figures and mistakes as a person reads them.
    pub fn table(&self) -> String {
        let ReportedFigures { strict, any, with_source, source, likeness } = ReportedFigures::of(&self.counts);
        let mut out = String::new();
        // Text into memory, here and below: nothing in it can fail.
        let _ = write!(
            out,
            "{}, {} to find, {} found, {} right\n\n{:34}     P      R     F1\n",
            counted(self.counts.articles, "article"),
            counted(self.counts.speech, "reported statement"),
            self.counts.found,
            self.counts.right,
            ""
        );
        for (label, rates) in [
            ("content", strict),
            ("content, whatever is annotated", any),
            ("content with the right source", with_source),
        ] {
            let [p, r, f1] = [rates.precision, rates.recall, rates.f1].map(|rate| 100.0 * rate);
            let _ = writeln!(out, "{label:34} {p:5.1} {r:6.1} {f1:6.1}");
        }
        let percent = |rate: Option<f64>| rate.map_or_else(|| "–".to_owned(), |rate| format!("{:.1}", 100.0 * rate));
        let _ = writeln!(
            out,
            "\nsource right, given content: {} of {} ({} %)",
            source.part,
            source.whole,
            percent(source.rate())
        );
        let _ = writeln!(out, "mean likeness of right contents: {} %", percent(likeness));
        for (article, mistake) in &self.mistakes {
            let ReportedMistake { kind, before, words, after, source, mention } = mistake;
            let mention = mention.as_deref().unwrap_or("nobody");
            let _ = writeln!(out, "\n[{}] {article}: source '{source}', given '{mention}'", name_of(*kind));
            let _ = writeln!(out, "  …{before}⟦{words}⟧{after}…");
        }
        out
    }

    /// The same as one object.
    pub fn object(&self) -> String {
        let ReportedFigures { strict, any, with_source, source, likeness } = ReportedFigures::of(&self.counts);
        json(&Record {
            articles: self.counts.articles,
            articles_predicted: self.counts.predicted,
            gold: self.counts.speech,
            predicted: self.counts.found,
            met: self.counts.right,
            content: RatesRecord::of(strict),
            content_any: RatesRecord::of(any),
            source_any: RatesRecord::of(with_source),
            source_given_content: source.rate(),
            mean_iou: likeness,
            errors: self.mistakes.iter().map(ErrorRecord::of).collect(),
        })
    }
}

#[derive(Serialize)]
struct Record<'a> {
    articles: usize,
    articles_predicted: usize,
    gold: usize,
    predicted: usize,
    met: usize,
    content: RatesRecord,
    content_any: RatesRecord,
    source_any: RatesRecord,
    source_given_content: Option<f64>,
    mean_iou: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ErrorRecord<'a>>,
}

#[derive(Serialize)]
struct ErrorRecord<'a> {
    kind: &'static str,
    article: &'a str,
    before: &'a str,
    text: &'a str,
    after: &'a str,
    gold: &'a str,
    mention: Option<&'a str>,
}

impl<'a> ErrorRecord<'a> {
    fn of((article, mistake): &'a (String, ReportedMistake)) -> Self {
        Self {
            kind: name_of(mistake.kind),
            article,
            before: &mistake.before,
            text: &mistake.words,
            after: &mistake.after,
            gold: &mistake.source,
            mention: mistake.mention.as_deref(),
        }
    }
}

const fn name_of(kind: ReportedMistakeKind) -> &'static str {
    match kind {
        ReportedMistakeKind::Extra => "extra",
        ReportedMistakeKind::Missed => "missed",
        ReportedMistakeKind::Source => "source",
    }
}
