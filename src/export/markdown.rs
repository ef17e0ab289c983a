//! Markdown: headings with lists below, and a table of speakers.

use std::fmt::Write;

use super::csv::speaker_cells;
use super::table::{UNNAMED, place_and_time, signed_name};
use crate::article::Article;
use crate::catalog::{Person, Said};
use crate::quotes::{Certainty, Citation, Findings, IN_ARTICLES_WORDS};

/// The head of the table of speakers.
pub const SPEAKERS: &str =
    "| name | role | quotes | articles | first | last | doubtful |\n|---|---|--:|--:|---|---|--:|\n";

/// The same with how much is only reported.
pub const SPEAKERS_WITH_REPORTED: &str = "| name | role | quotes | articles | first | last | doubtful | reported |\n\
     |---|---|--:|--:|---|---|--:|--:|\n";

/// Returns a list of the statements of an article under its headline.
pub fn quotations(article: &Article, findings: &Findings) -> String {
    let mut out = format!("## {}\n\n{}\n\n", escaped(article.headline()), escaped(&place_and_time(article)));
    let mut statements = findings.statements();
    statements.sort_by_key(|runs| runs.first().copied());
    for runs in statements {
        let Some(Citation { quoted, certainty, via, is_reported }) = findings.citation(&article.body, &runs) else {
            continue;
        };
        let speaker = runs.first().and_then(|&run| findings.speaker_of(&findings.quotations[run]));
        let words = escaped(&quoted);
        let words = if is_reported { format!("{words} ({IN_ARTICLES_WORDS})") } else { words };
        let via = told_by(via.as_deref());
        // Text into memory: nothing in it can fail.
        let _ = match speaker {
            Some(speaker) => {
                let role = speaker.role.as_ref().map(|role| format!(" ({})", escaped(role))).unwrap_or_default();
                writeln!(out, "- **{}**{role}{via}: {words}", escaped(&certainty.signed(&speaker.name)))
            }
            None if certainty == Certainty::Corrected => writeln!(out, "- **{}**: {words}", certainty.signed(UNNAMED)),
            None => writeln!(out, "- {words}"),
        };
    }
    out
}

/// Returns the row of a speaker.
pub fn speaker(person: &Person) -> String {
    let [_, rest @ ..] = speaker_cells(person).map(|cell| escaped(&cell));
    format!("| {} | {} |\n", escaped(&signed_name(person)), rest.join(" | "))
}

/// The same with how many statements are reported.
pub fn speaker_with_reported(person: &Person) -> String {
    format!("{} {} |\n", speaker(person).trim_end(), person.spoken.reported)
}

/// Returns all that a person said, under the headline of each article.
pub fn timeline(person: &Person, said: &[Said]) -> String {
    let mut out = format!("# {}{}\n\n", escaped(&person.name), person.spoken.certainty().sign());
    if let Some(role) = &person.role {
        out.push_str(&escaped(role));
        out.push_str("\n\n");
    }
    let mut last: Option<&Said> = None;
    for one in said {
        let within = &one.within;
        if last.is_none_or(|last| last.within.id != within.id) {
            let headline = escaped(&within.headline);
            let date = within.dates.day().map(|day| day.to_string());
            let imprint: Vec<_> = [date, within.publisher.clone(), within.url.clone()].into_iter().flatten().collect();
            let between = if last.is_some() { "\n" } else { "" };
            // Text into memory: nothing in it can fail.
            let _ = write!(out, "{between}## {headline}\n\n");
            if !imprint.is_empty() {
                let _ = write!(out, "{}\n\n", escaped(&imprint.join(" · ")));
            }
        }
        // The name stands at the top; where it is not certain, or another tells it, here too.
        let speaker = match (one.certainty(), &one.citation.via) {
            (Certainty::Likely, None) if !one.is_reported() => String::new(),
            _ => format!(" — {}", escaped(&one.citation.attributed_to(&one.speaker))),
        };
        let _ = writeln!(out, "- {}{speaker}", escaped(&one.citation.quoted));
        last = Some(one);
    }
    out
}

/// Who reports what another said.
fn told_by(reporter: Option<&str>) -> String {
    reporter.map(|reporter| format!(", as told by {}", escaped(reporter))).unwrap_or_default()
}

/// The words with a backslash before what Markdown would take for markup.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixture;
    use crate::quotes::Spoken;

    #[test]
    fn markup_is_escaped() {
        assert_eq!(escaped("*no* <b>_x_</b> [a](b) `c` \\"), r"\*no\* \<b\>\_x\_\</b\> \[a\](b) \`c\` \\");
    }

    #[test]
    fn quotations_are_a_list_under_the_headline() {
        let (article, findings) = fixture::article();
        assert_eq!(
            quotations(&article, &findings),
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
        let section = quotations(&article, &findings);
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

    #[test]
    fn speaker_is_a_row() {
        let row = "| Zoë Okafor | =the \\*engineer\\* | 12 | 1 | 2026-03-14 | 2026-03-14 | 3 |\n";
        assert_eq!(speaker(&fixture::person()), row);
        // Where all is doubtful, so is that they speak.
        let spoken = Spoken { quotations: 3, runs: 3, doubtful: 3, reported: 0 };
        let row = "| Zoë Okafor? | =the \\*engineer\\* | 3 | 1 | 2026-03-14 | 2026-03-14 | 3 |\n";
        assert_eq!(speaker(&Person { spoken, ..fixture::person() }), row);
    }
}
