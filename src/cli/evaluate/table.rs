//! The figures as a person reads them.

use std::fmt::Write;

use super::NamedMistake;
use super::json::name_of;
use crate::evaluate::{Counts, Figures, Rates, Share};
use crate::text::counted;

/// The figures that follow from these counts.
pub fn figures(counts: &Counts) -> String {
    let figures = Figures::of(counts);
    let scare = figures.scare;
    let mut out = format!(
        "{}, {}: {} attributed, {} not; {} found there, {} elsewhere\n\n{:34}     P      R     F1\n",
        counted(counts.articles, "article"),
        counted(counts.segments, "quoted segment"),
        counts.attributed,
        scare.whole,
        counted(counts.found, "quotation"),
        counts.outside,
        ""
    );
    if counts.predicted < counts.articles {
        out = format!(
            "not read, and counted as empty: {}\n{out}",
            counted(counts.articles - counts.predicted, "article")
        );
    }
    row(&mut out, "extraction, attributed segments", figures.attributed);
    row(&mut out, "extraction, with a speaker", figures.spoken);
    row(&mut out, "extraction, any quoted run", figures.any);
    row(&mut out, &format!("mention attribution (n={})", figures.sourced), figures.mention);
    // Text into memory, here and below: nothing in it can fail.
    let _ = writeln!(
        out,
        "\nscare quotes and titles given a speaker: {} of {} ({} %)\n\n{:34} share      n",
        scare.part,
        scare.whole,
        percent(scare.rate()).trim(),
        "right, by the form of the source"
    );
    for (form, share) in figures.forms {
        share_row(&mut out, form.name(), share);
    }
    let _ = writeln!(out, "\n{:34} share      n", "right, by confidence");
    for (lower, upper, bin) in counts.calibration.bins() {
        let label = if lower > 0.0 { format!("{lower:.1}–{upper:.1}") } else { format!("below {upper:.1}") };
        share_row(&mut out, &label, Share { part: bin.right, whole: bin.given });
    }
    out
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

/// The mistakes, each with the words around it, the annotation and the prediction.
pub fn mistakes(mistakes: &[NamedMistake]) -> String {
    let mut out = String::new();
    for NamedMistake { article, mistake } in mistakes {
        let nobody = || "nobody".to_owned();
        let quoted = |words: &str| format!("'{}'", one_line(words));
        let source = if mistake.source.is_empty() { nobody() } else { quoted(&mistake.source) };
        let _ = writeln!(out, "\n[{}] {article} #{}: the source is {source}", name_of(mistake.kind), mistake.segment);
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
