//! Markdown: a heading and a list for each article.

use std::fmt::Write;

use super::table::place_and_time;
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
                writeln!(out, "- **{}**{role}: “{words}”", escaped(&speaker.name))
            }
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
}
