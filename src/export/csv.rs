//! CSV that is safe to open in a spreadsheet and to look at in a terminal. What came later stands at the end of a row:
//! programs may count columns.

use std::iter::once;

use csv::Writer;

use super::said_words::{SaidWords, Shown};
use super::schema::SearchHit;
use super::schema::{path, rounded};
use crate::article::Article;
use crate::catalog::{Person, Said, SaidRun};
use crate::quotes::before_rounding;
use crate::text::clean;

/// The columns of [`quotations`].
pub const QUOTATIONS: &str = "speaker,role,quotation,kind,confidence,headline,date,source,path,corrected,via\n";

/// The columns of [`speaker`].
pub const SPEAKERS: &str = "name,role,quotes,articles,first,last,statements,doubtful\n";

/// The columns of [`speaker_with_reported`].
pub const SPEAKERS_WITH_REPORTED: &str = "name,role,quotes,articles,first,last,statements,doubtful,reported\n";

/// The columns of [`hit`].
pub const HITS: &str = "date,headline,source,speaker,line,place,kind,confidence,corrected,url\r\n";

/// The columns of [`timeline`].
const TIMELINE: &str = "speaker,quotation,headline,date,source,url,path,kind,confidence,corrected,via,context\n";

/// What begins a formula in a spreadsheet.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Returns a row for each quotation in an article, or what else is shown of it.
pub fn quotations(article: &Article, shown: Shown<'_>) -> String {
    let row = |said: &SaidWords<'_>| {
        [
            text(said.speaker.map(|speaker| &speaker.name)),
            text(said.speaker.and_then(|speaker| speaker.role.as_ref())),
            article.body.words(said.span).to_owned(),
            said.kind.to_owned(),
            confidence(said.confidence.into()),
            article.headline().to_owned(),
            text(article.dates.published),
            text(article.publisher.as_ref()),
            article.origin.to_string(),
            said.corrected.to_string(),
            text(said.via),
        ]
    };
    rows(shown.words().iter().map(row))
}

/// Returns the row of a speaker.
pub fn speaker(person: &Person) -> String {
    let [name, role, statements, articles, first, last, doubtful] = speaker_cells(person);
    rows(once([name, role, person.spoken.runs.to_string(), articles, first, last, statements, doubtful]))
}

/// The same with how many statements are reported.
pub fn speaker_with_reported(person: &Person) -> String {
    format!("{},{}\n", speaker(person).trim_end_matches(['\r', '\n']), person.spoken.reported)
}

/// Returns what is shown of a speaker: name, role, statements, articles, first and last date, doubtful statements.
pub fn speaker_cells(person: &Person) -> [String; 7] {
    [
        person.name.to_string(),
        text(person.role.as_ref()),
        person.spoken.quotations.to_string(),
        person.articles.to_string(),
        text(person.first),
        text(person.last),
        person.spoken.doubtful.to_string(),
    ]
}

/// Returns the row of a hit.
pub fn hit(hit: &SearchHit<'_>) -> String {
    let SearchHit { article, snippet, said, speaker } = hit;
    rows(once([
        text(article.dates.published),
        article.headline().to_owned(),
        text(article.publisher.as_ref()),
        text(*speaker),
        text(snippet.as_ref().map(|snippet| &snippet.text)),
        article.origin.to_string(),
        text(said.map(|said| said.kind.name())),
        // Rounded as in JSON first, so that a column of numbers stays as it was: 0.995 is 0.99.
        said.map_or_else(String::new, |said| confidence(rounded(said.confidence))),
        text(said.map(|said| said.corrected)),
        text(article.url.as_ref()),
    ]))
}

/// Returns all that a person said, below the names of the columns.
pub fn timeline(said: &[Said]) -> String {
    let row = |(said, run): (&Said, &SaidRun)| {
        let within = &said.within;
        [
            said.speaker.to_string(),
            run.words.to_string(),
            within.headline.clone(),
            text(within.dates.published),
            text(within.publisher.as_ref()),
            text(within.url.as_ref()),
            text(path(&within.origin)),
            run.kind.name().to_owned(),
            confidence(run.confidence.into()),
            run.corrected.to_string(),
            text(said.citation.via.as_ref()),
            said.context.clone(),
        ]
    };
    let runs = said.iter().flat_map(|said| said.runs.iter().map(move |run| (said, run)));
    TIMELINE.to_owned() + &rows(runs.map(row))
}

/// The cell of what may not be known: empty then.
pub(super) fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

pub(super) fn confidence(confidence: f64) -> String {
    format!("{:.2}", before_rounding(confidence, 0.01))
}

/// The rows, a line end after each.
pub(super) fn rows<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    for row in rows {
        // Text into memory: nothing in it can fail.
        let _ = writer.write_record(row.map(|cell| guarded(&cell)));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The cell, with an apostrophe before what a spreadsheet would calculate. Names of files may hold anything, and CSV has
/// no way to escape it: what could steer a terminal goes. JSON names such a file as it is.
fn guarded(cell: &str) -> String {
    let cell = clean(cell);
    if cell.trim_start().starts_with(FORMULA) { format!("'{cell}") } else { cell.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixture;

    #[test]
    fn formulas_are_guarded() {
        for cell in ["=1+1", "@SUM(A1)", "-2", "+3", " =1", "＝1"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        assert_eq!(guarded("2-1"), "2-1");
        assert_eq!(guarded("news/\u{1b}]0;x\u{7}a\u{202e}.txt"), "news/a.txt");
    }

    #[test]
    fn each_quotation_is_a_row() {
        let (article, findings) = fixture::article();
        assert_eq!(
            QUOTATIONS.to_owned() + &quotations(&article, Shown::quotations(&findings)),
            "speaker,role,quotation,kind,confidence,headline,date,source,path,corrected,via\n\
             Zoë Okafor,engineer,\"No, 𝒏𝒐𝒕 ever,\",speech,0.90,Harbour 😀 *closed*,2026-03-14,Coast Wire,news/bridge.txt,false,\n\
             Zoë Okafor,engineer,'=Never.,speech,0.90,Harbour 😀 *closed*,2026-03-14,Coast Wire,news/bridge.txt,false,\n\
             ,,quick🔧fix,term,0.90,Harbour 😀 *closed*,2026-03-14,Coast Wire,news/bridge.txt,false,\n\
             ,,We say so.,speech,0.90,Harbour 😀 *closed*,2026-03-14,Coast Wire,news/bridge.txt,false,\n"
        );
    }

    #[test]
    fn speaker_is_a_row() {
        assert_eq!(speaker(&fixture::person()), "Zoë Okafor,'=the *engineer*,15,1,2026-03-14,2026-03-14,12,3\n");
    }
}
