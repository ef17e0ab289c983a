//! Quotations that the user keeps, on the way out: data, lists for people, footnotes.

use std::collections::HashMap;
use std::fmt::Write;

use super::Format;
use super::csv::{confidence, rows, text};
use super::json::{json, json_lines};
use super::markdown::escaped;
use crate::text::{cells, clean_line, fold, shorten};
use crate::user::Clipping;

/// The formats for a file of clippings, the usual one first: what a person calls it, and what it is like.
pub const CLIPPING_FORMATS: [(Format, &str, &str); 4] = [
    (Format::Markdown, "Markdown", "to be read: an item for each, with its note"),
    (Format::Footnotes, "footnotes", "for a text: each quotation with a footnote and its key"),
    (Format::Csv, "CSV", "for a spreadsheet: a line for each"),
    (Format::Json, "JSON", "for programs: an array"),
];

/// The columns of a row.
const COLUMNS: &str =
    "speaker,role,quotation,note,tags,headline,date,source,url,path,confidence,corrected,via,context,kept,reported\n";

impl Format {
    /// Returns clippings as the whole of a file, in the order in which they come; `width` is that of the terminal, in cells,
    /// where the output is one.
    pub fn clippings(self, clippings: &[&Clipping], width: Option<usize>) -> String {
        match self {
            Self::Json => json_lines(&clippings) + "\n",
            Self::Jsonl => clippings.iter().map(|clipping| json(clipping) + "\n").collect(),
            Self::Csv => COLUMNS.to_owned() + &rows(clippings.iter().map(|clipping| row(clipping))),
            Self::Markdown => clippings.iter().map(|clipping| item(clipping)).collect(),
            Self::Footnotes => footnotes(clippings),
            Self::Table | Self::Brat | Self::Text => clippings.iter().map(|clipping| table(clipping, width)).collect(),
        }
    }
}

fn row(clipping: &Clipping) -> [String; 16] {
    [
        text(clipping.speaker.as_ref()),
        text(clipping.role.as_ref()),
        clipping.quoted.clone(),
        clipping.note.clone(),
        clipping.tags.join(" "),
        clipping.headline.clone(),
        text(clipping.date.as_ref()),
        text(clipping.source.as_ref()),
        text(clipping.url.as_ref()),
        text(clipping.path.as_ref()),
        confidence(f64::from(clipping.confidence) / 1000.0),
        clipping.corrected.to_string(),
        text(clipping.via.as_ref()),
        clipping.context.clone(),
        text(clipping.kept_on()),
        clipping.reported.to_string(),
    ]
}

/// Who said it where and when: "Ines Okafor?, engineer, in “Harbour Bridge to Close”, Coast Wire, 14 March 2026".
fn source(clipping: &Clipping) -> String {
    let role = clipping.role.as_ref().map_or_else(String::new, |role| format!(", {role}"));
    let mut words = format!("{}{role}, in “{}”", clipping.attributed_to(), clipping.headline);
    for part in [clipping.source.clone(), clipping.day()].into_iter().flatten() {
        words.push_str(", ");
        words.push_str(&part);
    }
    words
}

fn place(clipping: &Clipping) -> Option<&str> {
    clipping.url.as_deref().or(clipping.path.as_deref())
}

fn item(clipping: &Clipping) -> String {
    let mut out = format!("- {}\n  — {}", escaped(&clipping.quoted), escaped(&source(clipping)));
    // Text into memory: nothing in it can fail.
    if let Some(place) = place(clipping) {
        let _ = write!(out, ", {}", escaped(place));
    }
    out.push('\n');
    for line in clipping.note.lines().filter(|line| !line.trim().is_empty()) {
        let _ = writeln!(out, "  > {}", escaped(line));
    }
    if !clipping.tags.is_empty() {
        let _ = writeln!(out, "  {}", escaped(&hashed(&clipping.tags)));
    }
    out
}

fn hashed(tags: &[String]) -> String {
    tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ")
}

/// Each quotation with the key of its footnote, then the footnotes. What goes into a text for others has neither the user's
/// notes in it nor paths of their disk.
fn footnotes(clippings: &[&Clipping]) -> String {
    // Among several with one key that which was kept first has it, whatever the order.
    let mut by_age: Vec<usize> = (0..clippings.len()).collect();
    by_age.sort_by_key(|&at| clippings[at].kept);
    let mut used: HashMap<String, usize> = HashMap::new();
    let mut keys = vec![String::new(); clippings.len()];
    for at in by_age {
        let key = key(clippings[at]);
        let times = used.entry(key.clone()).or_default();
        *times += 1;
        keys[at] = if *times == 1 { key } else { format!("{key}-{times}") };
    }
    let mut out = String::new();
    // Text into memory: nothing in it can fail.
    for (clipping, key) in clippings.iter().zip(&keys) {
        let _ = write!(out, "{}[^{key}]\n\n", escaped(&clipping.quoted));
    }
    for (clipping, key) in clippings.iter().zip(&keys) {
        let place = clipping.url.as_ref().map_or_else(String::new, |url| format!(", {}", escaped(url)));
        let _ = writeln!(out, "[^{key}]: {}{place}.", escaped(&source(clipping)));
    }
    out
}

/// The surname of the speaker and the year, as in keys of BibTeX, with the first words of the headline and of the quotation
/// that say something: `okafor2026harbour-steel`. It is the same whatever else is exported.
fn key(clipping: &Clipping) -> String {
    let speaker = clipping.speaker.as_deref().unwrap_or("unattributed");
    let surname = speaker.split_whitespace().last().map(letters).unwrap_or_default();
    let year = clipping.date.as_deref().and_then(|date| date.get(..4)).map(letters).unwrap_or_default();
    let (headline, quoted) = (telling_word(&clipping.headline), telling_word(&clipping.words));
    let key = [format!("{surname}{year}{headline}"), quoted].into_iter().filter(|part| !part.is_empty());
    let key = key.collect::<Vec<_>>().join("-");
    if key.is_empty() { "quotation".to_owned() } else { key }
}

fn letters(words: &str) -> String {
    fold(words).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// The first word that is not short, else the longest, in small letters.
fn telling_word(text: &str) -> String {
    /// Shorter words seldom say anything.
    const SHORTEST: usize = 5;
    let words: Vec<String> = text.split_whitespace().map(letters).collect();
    let telling = words.iter().find(|word| word.len() >= SHORTEST);
    telling.or(words.iter().max_by_key(|word| word.len())).cloned().unwrap_or_default()
}

/// Rows for the eye, or columns parted by tabs: speaker, quotation, note, date, headline, place.
fn table(clipping: &Clipping, width: Option<usize>) -> String {
    let quoted = clean_line(&clipping.quoted);
    let note = clean_line(&clipping.note);
    let Some(width) = width else {
        let cell = |cell: Option<&String>| cell.map(|cell| clean_line(cell)).unwrap_or_default();
        let place = place(clipping).map(clean_line).unwrap_or_default();
        let (speaker, headline) = (clean_line(&clipping.attributed_to()), clean_line(&clipping.headline));
        return format!("{speaker}\t{quoted}\t{note}\t{}\t{headline}\t{place}\n", cell(clipping.date.as_ref()));
    };
    let mut out = format!("{}\n", shorten(&quoted, width));
    let room = width.saturating_sub(4);
    // Text into memory: nothing in it can fail.
    let _ = writeln!(out, "  — {}", shorten(&clean_line(&source(clipping)), room));
    let rest =
        [note, hashed(&clipping.tags)].into_iter().filter(|part| cells(part) > 0).collect::<Vec<_>>().join(" · ");
    if !rest.is_empty() {
        let _ = writeln!(out, "    {}", shorten(&rest, room));
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clippings() -> Vec<Clipping> {
        let one = r#"{"article":"00000000000000aa","start":3,"words":"It is *tired*,","quoted":"“It is *tired*,” … “and so am I.”",
            "speaker":"Ines Okafor","role":"engineer","confidence":0.53,"headline":"The Harbour Bridge to Close",
            "source":"Coast Wire","date":"2026-03-14","url":"https://coast.example/1","context":"…",
            "note":"Call her.\nTwice.","tags":["bridge"],"kept":1700000000000}"#;
        let other = r#"{"article":"00000000000000ab","words":"=No.","quoted":"“=No.”","confidence":0.9,"corrected":true,
            "headline":"Tram","path":"news/tram.txt","context":"“=No.”"}"#;
        [one, one, other].iter().map(|text| serde_json::from_str(text).unwrap()).collect()
    }

    fn written(format: Format) -> String {
        let clippings = clippings();
        format.clippings(&clippings.iter().collect::<Vec<_>>(), None)
    }

    #[test]
    fn markdown_has_an_item_with_its_note_for_each() {
        let text = written(Format::Markdown);
        let (first, rest) = text.split_at(text.len() / 2 - 20);
        assert!(
            text.starts_with(
                "- “It is \\*tired\\*,” … “and so am I.”\n  — Ines Okafor?, engineer, in “The Harbour Bridge to Close”, Coast \
                 Wire, 14 March 2026, https://coast.example/1\n  > Call her.\n  > Twice.\n  \\#bridge\n"
            ),
            "{first}"
        );
        assert!(text.ends_with("- “=No.”\n  — unattributed ✓, in “Tram”, news/tram.txt\n"), "{rest}");
    }

    #[test]
    fn footnotes_have_keys_of_their_own() {
        let text = written(Format::Footnotes);
        let marked: Vec<_> = text.lines().filter(|line| line.starts_with('“')).collect();
        let quoted = "“It is \\*tired\\*,” … “and so am I.”";
        assert_eq!(
            marked,
            [
                format!("{quoted}[^okafor2026harbour-tired]"),
                format!("{quoted}[^okafor2026harbour-tired-2]"),
                "“=No.”[^unattributedtram-no]".to_owned()
            ]
        );
        let notes: Vec<_> = text.lines().filter(|line| line.starts_with("[^")).collect();
        assert_eq!(
            notes[1],
            "[^okafor2026harbour-tired-2]: Ines Okafor?, engineer, in “The Harbour Bridge to Close”, Coast Wire, 14 March 2026, \
             https://coast.example/1."
        );
        assert_eq!(notes[2], "[^unattributedtram-no]: unattributed ✓, in “Tram”.");
    }

    #[test]
    fn rows_have_all_of_a_clipping() {
        let text = written(Format::Csv);
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<Vec<String>> =
            rows.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(
            rows[0],
            [
                "Ines Okafor",
                "engineer",
                "“It is *tired*,” … “and so am I.”",
                "Call her.\nTwice.",
                "bridge",
                "The Harbour Bridge to Close",
                "2026-03-14",
                "Coast Wire",
                "https://coast.example/1",
                "",
                "0.53",
                "false",
                "",
                "…",
                "2023-11-14",
                "false"
            ]
        );
    }

    #[test]
    fn table_says_who_where_and_when() {
        let plain = written(Format::Table);
        assert_eq!(
            plain.lines().next(),
            Some(
                "Ines Okafor?\t“It is *tired*,” … “and so am I.”\tCall her. Twice.\t2026-03-14\tThe Harbour Bridge to \
                 Close\thttps://coast.example/1"
            )
        );
        let clippings = clippings();
        let fitted = Format::Table.clippings(&clippings.iter().collect::<Vec<_>>(), Some(60));
        assert!(fitted.lines().all(|line| cells(line) <= 60), "{fitted}");
        assert!(fitted.contains("\n    Call her. Twice. · #bridge\n\n“"), "{fitted}");
    }

    #[test]
    fn data_is_read_as_it_was_written() {
        let read: Vec<Clipping> = serde_json::from_str(&written(Format::Json)).unwrap();
        assert_eq!(read, clippings());
        let lines: Vec<Clipping> =
            written(Format::Jsonl).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, clippings());
    }
}
