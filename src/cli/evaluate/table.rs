//! The figures as a person reads them.

use std::fmt::Write;

use super::json::name_of;
use super::{Mistakes, NamedMistake};
use crate::evaluate::{
    COARSE_BINS, CONFIDENT, Calibration, Counts, FINE_BINS, Figures, Rates, Share, SourceForm, SpeakerFigures,
};
use crate::text::counted;

/// The figures that follow from these counts.
pub fn figures(counts: &Counts) -> String {
    let figures = Figures::of(counts);
    let mut out = String::new();
    if counts.predicted < counts.articles {
        line(
            &mut out,
            &format!("not read, and counted as empty: {}", counted(counts.articles - counts.predicted, "article")),
        );
    }
    let heading = format!(
        "{}, {}: {} attributed, {} not; {} found there, {} elsewhere\n\n{:34}     P      R     F1",
        counted(counts.articles, "article"),
        counted(counts.segments, "quoted segment"),
        counts.attributed,
        figures.scare.whole,
        counted(counts.found, "quotation"),
        counts.outside,
        ""
    );
    line(&mut out, &heading);
    row(&mut out, "extraction, attributed segments", figures.attributed);
    row(&mut out, "extraction, with a speaker", figures.spoken);
    row(&mut out, "extraction, any quoted run", figures.any);
    let mention = &figures.mention;
    row(&mut out, &format!("mention attribution (n={})", mention.said), mention.rates);
    row(&mut out, &format!("parts in one statement (n={})", counts.joins.split), figures.joins);
    line(&mut out, "");
    part_line(&mut out, "scare quotes and titles given a speaker", figures.scare);
    part_line(&mut out, "real quotations of five words or more shown as a term or title", figures.long_as_term);
    form_rows(&mut out, "right, by the form of the source", &mention.forms);
    bin_rows(&mut out, "right, by confidence", &counts.mention.calibration, COARSE_BINS);
    if let Some(entity) = &figures.entity {
        add_entity(&mut out, entity, counts);
    }
    out
}

/// Adds the figures for full names.
fn add_entity(out: &mut String, figures: &SpeakerFigures, Counts { entity, labels, .. }: &Counts) {
    let heading = format!(
        "\nspeakers by full name, {}: {} not known, {} not labelled\n\n{:34}     P      R     F1",
        counted(labels.articles, "article"),
        labels.unknown,
        labels.unlabelled,
        ""
    );
    line(out, &heading);
    row(out, &format!("entity attribution (n={})", figures.said), figures.rates);
    line(out, "");
    part_line(out, "words of nobody given a speaker", Share { part: entity.invented, whole: labels.nobody });
    form_rows(out, "right person, by form of source", &figures.forms);
    share_row(out, "no source marked", figures.unmarked);
    bin_rows(out, "right person, by confidence", &entity.calibration, FINE_BINS);
    let [right, share] = [figures.confident_right, figures.confident].map(|share| percent(share.rate()));
    let (right, share) = (right.trim(), share.trim());
    line(out, &format!("\nconfidence ≥ {CONFIDENT}: {right} % right, {share} % of the quotations with a speaker"));
}

fn form_rows(out: &mut String, heading: &str, forms: &[(SourceForm, Share)]) {
    share_heading(out, heading);
    for (form, share) in forms {
        share_row(out, form.name(), *share);
    }
}

fn bin_rows(out: &mut String, heading: &str, calibration: &Calibration, lower_ends: &[f32]) {
    share_heading(out, heading);
    for (lower, upper, bin) in calibration.bins(lower_ends) {
        let label = if lower > 0.0 { format!("{lower}–{upper}") } else { format!("below {upper}") };
        share_row(out, &label, Share { part: bin.right, whole: bin.given });
    }
}

/// Adds a line. Text into memory, here and below: nothing in it can fail.
fn line(out: &mut String, text: &str) {
    let _ = writeln!(out, "{text}");
}

fn part_line(out: &mut String, label: &str, share: Share) {
    let _ = writeln!(out, "{label}: {} of {} ({} %)", share.part, share.whole, percent(share.rate()).trim());
}

fn share_heading(out: &mut String, heading: &str) {
    let _ = writeln!(out, "\n{heading:34} share      n");
}

fn row(out: &mut String, label: &str, rates: Rates) {
    let [p, r, f1] = [rates.precision, rates.recall, rates.f1].map(|rate| percent(Some(rate)));
    let _ = writeln!(out, "{label:34} {p} {r:>6} {f1:>6}");
}

fn share_row(out: &mut String, label: &str, share: Share) {
    let _ = writeln!(out, "  {label:32} {} {:6}", percent(share.rate()), share.whole);
}

fn percent(rate: Option<f64>) -> String {
    rate.map_or_else(|| "    –".to_owned(), |rate| format!("{:5.1}", 100.0 * rate))
}

/// The mistakes, each with the words around it, what is right and what was given: those against the words of the source
/// first, then those against full names.
pub fn mistakes(Mistakes { mention, entity }: &Mistakes) -> String {
    mistakes_of("", "the source", mention) + &mistakes_of("entity, ", "the speaker", entity)
}

/// `level`: what stands before the kind of each; `who`: whom its source names.
fn mistakes_of(level: &str, who: &str, mistakes: &[NamedMistake]) -> String {
    let mut out = String::new();
    for NamedMistake { article, mistake } in mistakes {
        let nobody = || "nobody".to_owned();
        let quoted = |words: &str| format!("'{}'", one_line(words));
        let source = if mistake.source.is_empty() { nobody() } else { quoted(&mistake.source) };
        let (kind, segment) = (name_of(mistake.kind), mistake.segment);
        let _ = writeln!(out, "\n[{level}{kind}] {article} #{segment}: {who} is {source}");
        match &mistake.given {
            Some(given) => {
                let speaker = given.speaker.as_deref().map_or_else(nobody, quoted);
                let mention = given.mention.as_deref().map(|words| format!(", by the words {}", quoted(words)));
                let mention = mention.unwrap_or_default();
                let _ = writeln!(out, "    given to {speaker}{mention} ({:.2}: {})", given.confidence, given.reason);
            }
            None => out.push_str("    not found as a quotation\n"),
        }
        let around = [&mistake.before, &mistake.words, &mistake.after].map(|words| one_line(words));
        let _ = writeln!(out, "    …{}>>>{}<<<{}…", around[0], around[1], around[2]);
    }
    out
}

fn one_line(words: &str) -> String {
    words.replace('\r', "").replace('\n', "⏎")
}
