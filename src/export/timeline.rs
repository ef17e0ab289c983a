//! The file that holds all that one person said: in which formats, under which name.

use super::{CLIPPING_FORMATS, Format};
use crate::text::fold;

/// The formats for such a file, the usual one first: what a person calls it, and what it is like.
pub const TIMELINE_FORMATS: [(Format, &str, &str); 3] = [
    (Format::Markdown, "Markdown", "to be read: a heading for each article"),
    (Format::Csv, "CSV", "for a spreadsheet: a line for each quotation"),
    (Format::Json, "JSON", "for programs: one object"),
];

impl Format {
    /// Returns the format by the ending of a file's name; Markdown where it is none.
    pub fn of_file(name: &str) -> Self {
        let mut formats = CLIPPING_FORMATS.into_iter().map(|(format, ..)| format);
        formats.find(|format| format.may_be_in(name)).unwrap_or(Self::Markdown)
    }

    /// Whether a file of this name may be in the format: it ends so, or in what is no other format.
    pub fn may_be_in(self, name: &str) -> bool {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        match (self, extension.as_deref()) {
            (Self::Footnotes, Some("txt" | "md" | "markdown")) | (Self::Markdown, Some("markdown")) => true,
            (_, extension) => extension == Some(self.extension()),
        }
    }
}

/// Returns the name of a file for what a person said: `dmitry-peskov.md`.
pub fn file_name(person: &str, format: Format) -> String {
    /// No name needs more letters.
    const MOST: usize = 60;
    let words: Vec<String> =
        fold(person).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let name: String = words.join("-").chars().take(MOST).collect();
    let name = if name.is_empty() { "quotations" } else { name.trim_end_matches('-') };
    format!("{name}.{}", format.extension())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::NaiveDate;

    use super::*;
    use crate::article::{ArticleId, DateSource, Dates, Origin, Published};
    use crate::catalog::{Imprint, Person, Said, SaidRun};
    use crate::export::fixture;
    use crate::quotes::{Certainty, Citation, QuotationKind, Spoken};

    fn person() -> Person {
        Person { name: "Zoë *Küster*".into(), role: Some("engineer".into()), ..fixture::person() }
    }

    fn said() -> Vec<Said> {
        let imprint = |id: u64, headline: &str, day: Option<u32>| {
            Arc::new(Imprint {
                id: ArticleId(id),
                headline: headline.to_owned(),
                dates: Dates::published(
                    day.and_then(|day| NaiveDate::from_ymd_opt(2026, 3, day)).map(Published::on),
                    DateSource::Article,
                ),
                publisher: Some("Coast Wire".to_owned()),
                url: Some("https://coast.example/1".to_owned()),
                origin: Origin::Unknown,
            })
        };
        let (bridge, ferry) = (imprint(1, "Bridge", Some(14)), imprint(2, "Ferry", None));
        let run = |words: &str| SaidRun {
            start: 9,
            words: words.into(),
            kind: QuotationKind::Speech,
            confidence: 0.9,
            corrected: false,
        };
        let said = |within: &Arc<Imprint>, quoted: &str, certainty, runs| Said {
            within: Arc::clone(within),
            speaker: "Küster".into(),
            role: None,
            context: quoted.to_owned(),
            context_start: 0,
            statement: 3,
            start: 9,
            citation: Citation { quoted: quoted.to_owned(), certainty, via: None, is_reported: false },
            runs,
        };
        let never = SaidRun { confidence: 0.53, kind: QuotationKind::Fragment, ..run("“Never.”") };
        let so = SaidRun { confidence: 1.0, corrected: true, ..run("So.") };
        vec![
            said(&bridge, "“=No,” … “not now.”", Certainty::Likely, vec![run("=No,"), run("not now.")]),
            said(&bridge, "““Never.””", Certainty::Doubtful, vec![never]),
            said(&ferry, "“So.”", Certainty::Corrected, vec![so]),
        ]
        .into_iter()
        .map(|said| match said.citation.certainty {
            Certainty::Doubtful => {
                Said { citation: Citation { via: Some("Ann Roe".to_owned()), ..said.citation }, ..said }
            }
            _ => said,
        })
        .collect()
    }

    #[test]
    fn timeline_stands_in_each_format() {
        assert_eq!(
            Format::Markdown.timeline(&person(), &said()),
            "# Zoë \\*Küster\\*\n\nengineer\n\n## Bridge\n\n2026-03-14 · Coast Wire · https://coast.example/1\n\n\
             - “=No,” … “not now.”\n- ““Never.”” — Küster?, as told by Ann Roe\n\n## Ferry\n\nCoast Wire · https://coast.example/1\n\n\
             - “So.” — Küster ✓\n"
        );
        // Of whom all is doubtful, so is the name.
        let spoken = Spoken { quotations: 2, runs: 2, doubtful: 2, reported: 0 };
        let doubtful = Format::Markdown.timeline(&Person { spoken, ..person() }, &said());
        assert!(doubtful.starts_with("# Zoë \\*Küster\\*?\n"), "{doubtful}");
        let csv = Format::Csv.timeline(&person(), &said());
        let line = "Küster,\"'=No,\",Bridge,2026-03-14,Coast Wire,https://coast.example/1,,speech,0.90,false,,\"“=No,” … “not now.”\"";
        assert_eq!((csv.lines().count(), csv.lines().nth(1)), (5, Some(line)));
        let names = csv.lines().next().unwrap();
        assert_eq!(names.split(',').count() + 2, line.split(',').count(), "two cells hold a comma");
        assert!(names.ends_with(",kind,confidence,corrected,via,context"), "{names}");
        let ends: Vec<_> = csv.lines().skip(3).map(|line| line.split(",,").last().unwrap()).collect();
        assert_eq!(ends, ["fragment,0.53,false,Ann Roe,““Never.””", "“So.”"]);
        // What is doubtful is not rounded up to what is not.
        let nearly = |confidence: f32| {
            let mut said = said();
            said.truncate(1);
            said[0].runs.iter_mut().for_each(|run| run.confidence = confidence);
            let csv = Format::Csv.timeline(&person(), &said);
            let json: serde_json::Value = serde_json::from_str(&Format::Json.timeline(&person(), &said)).unwrap();
            let cells = csv.lines().nth(1).and_then(|line| line.split_once(",speech,")).map(|(_, cells)| cells);
            let cell = cells.and_then(|cells| cells.split(',').next()).map(str::to_owned);
            (cell.unwrap_or_default(), json["quotes"][0]["confidence"].as_f64().unwrap_or_default())
        };
        assert_eq!(nearly(0.7996), ("0.79".to_owned(), 0.799));
        assert_eq!(nearly(0.8), ("0.80".to_owned(), 0.8));
        assert_eq!(nearly(0.806), ("0.81".to_owned(), 0.806));
        let json: serde_json::Value = serde_json::from_str(&Format::Json.timeline(&person(), &said())).unwrap();
        assert_eq!((&json["name"], &json["quotes"][3]["headline"]), (&"Zoë *Küster*".into(), &"Ferry".into()));
        assert_eq!(json["quotes"][3]["date"], serde_json::Value::Null);
        let quote = &json["quotes"][2];
        assert_eq!(
            (&quote["kind"], &quote["confidence"], &quote["corrected"]),
            (&"fragment".into(), &0.53.into(), &serde_json::Value::Null)
        );
        assert_eq!(json["quotes"][3]["corrected"], true);
        assert_eq!((&quote["via"], &quote["context"]), (&"Ann Roe".into(), &"““Never.””".into()));
        assert_eq!((&json["quotes"][1]["text"], &json["quotes"][1]["statement"]), (&"not now.".into(), &3.into()));
    }

    #[test]
    fn file_name_tells_person_and_format() {
        assert_eq!(file_name("Zoë “Zo” Küster-O’Hara", Format::Csv), "zoe-zo-kuster-o-hara.csv");
        assert_eq!(file_name("../…", Format::Json), "quotations.json");
        assert_eq!(Format::of_file("a.b.JSON"), Format::Json);
        assert_eq!(Format::of_file("notes"), Format::Markdown);
    }

    #[test]
    fn timeline_escapes_what_could_steer_a_terminal() {
        let mut said = said();
        let within = Imprint { origin: Origin::File("a\u{202e}.txt".into()), ..(*said[0].within).clone() };
        said[0].within = Arc::new(within);
        let json = Format::Json.timeline(&person(), &said);
        assert!(json.contains(r"a\u202e.txt") && !json.contains('\u{202e}'), "{json}");
    }
}
