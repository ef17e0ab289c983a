//! A table: fitted to a terminal for the eye, or columns parted by tabs for other programs.

use std::fmt::Write;

use textwrap::{Options, wrap};
use unicode_width::UnicodeWidthStr;

use crate::article::Article;
use crate::quotes::{Findings, Quotation};
use crate::text::clean_line;

/// Who speaks where nobody is named.
pub const NOBODY: &str = "—";

/// The widest column of names, in cells.
const WIDEST_NAME: usize = 26;

/// The widest line, in cells: longer ones are hard to read.
const WIDEST_LINE: usize = 110;

/// The narrowest line, in cells: below, the terminal wraps.
const NARROWEST_LINE: usize = 24;

/// A line for each quotation, all of it, columns parted by tabs: speaker, quotation, date, headline, path.
pub fn plain<'a>(article: &Article, findings: &Findings, shown: impl Iterator<Item = &'a Quotation>) -> String {
    let mut out = String::new();
    let date = article.published.map(|published| published.day.to_string()).unwrap_or_default();
    let path = clean_line(&article.origin.to_string());
    for quotation in shown {
        let (name, words) = (clean_line(&name(findings, quotation)), article.body.words(quotation.span));
        // Text into memory: nothing in it can fail.
        let _ = writeln!(out, "{name}\t{words}\t{date}\t{}\t{path}", article.headline());
    }
    out
}

/// A headline, then the quotations in two columns, wrapped to `width` cells; a blank line after.
pub fn fitted<'a>(
    article: &Article,
    findings: &Findings,
    shown: impl Iterator<Item = &'a Quotation>,
    width: usize,
) -> String {
    let width = width.clamp(NARROWEST_LINE, WIDEST_LINE);
    let names = WIDEST_NAME.min(width / 3);
    let mut out = String::new();
    push_lines(&mut out, wrap(article.headline(), width).iter());
    push_lines(&mut out, wrap(&place_and_time(article), width).iter());
    for quotation in shown {
        let name = name(findings, quotation);
        let left = wrap(&name, Options::new(names).initial_indent("  ").subsequent_indent("  "));
        let right = wrap(article.body.words(quotation.span), width - names - 2);
        let rows = (0..left.len().max(right.len())).map(|row| {
            let (name, words) = (left.get(row).map_or("", AsRef::as_ref), right.get(row).map_or("", AsRef::as_ref));
            let gap = " ".repeat((names + 2).saturating_sub(name.width()));
            format!("{name}{gap}{words}")
        });
        push_lines(&mut out, rows);
    }
    out.push('\n');
    out
}

/// "26 January 2024 · Coast Wire · news/bridge.txt"
pub fn place_and_time(article: &Article) -> String {
    let date = article.day_in_words("%-d %B %Y");
    let parts = [Some(date), article.publisher.clone(), Some(clean_line(&article.origin.to_string()))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// "Mara Deniz", with a sign where that is doubtful or the user's own word.
fn name(findings: &Findings, quotation: &Quotation) -> String {
    let name = findings.speaker_of(quotation).map_or(NOBODY, |speaker| speaker.name.as_str());
    quotation.certainty().signed(name)
}

fn push_lines(out: &mut String, lines: impl Iterator<Item = impl AsRef<str>>) {
    for line in lines {
        out.push_str(line.as_ref().trim_end());
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::quotes::fixture;

    #[test]
    fn a_pipe_gets_columns_whole() {
        let (article, findings) = fixture::article();
        let table = plain(&article, &findings, findings.quotations.iter().take(1));
        assert_eq!(table, "Zoë Okafor\tNo, 𝒏𝒐𝒕 ever,\t2026-03-14\tHarbour 😀 *closed*\tnews/bridge.txt\n");
    }

    #[test]
    fn doubt_and_corrections_stand_beside_the_name() {
        let (article, findings) = fixture::doubtful();
        let table = plain(&article, &findings, findings.quotations.iter());
        let names: Vec<_> = table.lines().map(|line| line.split('\t').next().unwrap()).collect();
        assert_eq!(names, ["Zoë Okafor?", "Zoë Okafor ✓", "—", "— ✓"]);
        let table = fitted(&article, &findings, findings.quotations.iter(), 80);
        assert!(table.contains("\n  Zoë Okafor?               No,") && table.contains("\n  Zoë Okafor ✓  "), "{table}");
    }

    #[test]
    fn an_eye_gets_what_fits() {
        let (article, findings) = fixture::article();
        let spoken = || findings.quotations.iter().filter(|quotation| quotation.is_spoken());
        assert_eq!(
            fitted(&article, &findings, spoken(), 30),
            "Harbour 😀 *closed*\n\
             14 March 2026 · Coast Wire ·\n\
             news/bridge.txt\n\
             \x20 Zoë       No, 𝒏𝒐𝒕 ever,\n\
             \x20 Okafor\n\
             \x20 Zoë       =Never.\n\
             \x20 Okafor\n\
             \x20 —         We say so.\n\n"
        );
        for width in 0..200 {
            let widest = fitted(&article, &findings, spoken(), width).lines().map(UnicodeWidthStr::width).max();
            assert!(widest.unwrap() <= width.max(NARROWEST_LINE), "{width}");
        }
    }
}
