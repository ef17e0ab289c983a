//! Markdown: a heading and a list for each article.

use std::fmt::Write;

use super::table::{NOBODY, place_and_time};
use crate::article::Article;
use crate::cli::forms::escaped;
use crate::quotes::{Findings, Quotation};

/// The quotations of an article that are to be shown, under its headline.
pub fn section(article: &Article, findings: &Findings, shows: impl Fn(&Quotation) -> bool) -> String {
    let mut out = format!("## {}\n\n{}\n\n", escaped(article.headline()), escaped(&place_and_time(article)));
    for quotation in findings.quotations.iter().filter(|quotation| shows(quotation)) {
        let words = escaped(article.body.words(quotation.span));
        // Text into memory: nothing in it can fail.
        let _ = match findings.speaker_of(quotation) {
            Some(speaker) => {
                let role = speaker.role.as_ref().map(|role| format!(" ({})", escaped(role))).unwrap_or_default();
                let name = quotation.certainty().signed(&speaker.name);
                writeln!(out, "- **{}**{role}: “{words}”", escaped(&name))
            }
            None if quotation.corrected => writeln!(out, "- **{}**: “{words}”", quotation.certainty().signed(NOBODY)),
            None => writeln!(out, "- “{words}”"),
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::quotes::fixture;

    #[test]
    fn a_list_under_the_headline() {
        let (article, findings) = fixture::article();
        assert_eq!(
            section(&article, &findings, Quotation::is_spoken),
            "## Harbour 😀 \\*closed\\*\n\n\
             14 March 2026 · Coast Wire · news/bridge.txt\n\n\
             - **Zoë Okafor** (engineer): “No, 𝒏𝒐𝒕 ever,”\n\
             - **Zoë Okafor** (engineer): “=Never.”\n\
             - “We say so.”\n"
        );
    }

    #[test]
    fn doubt_and_corrections_stand_beside_the_name() {
        let (article, findings) = fixture::doubtful();
        let section = section(&article, &findings, Quotation::is_spoken);
        let items: Vec<_> = section.lines().filter(|line| line.starts_with('-')).collect();
        assert_eq!(
            items,
            [
                "- **Zoë Okafor?** (engineer): “No, 𝒏𝒐𝒕 ever,”",
                "- **Zoë Okafor ✓** (engineer): “=Never.”",
                "- **— ✓**: “We say so.”"
            ]
        );
    }
}
