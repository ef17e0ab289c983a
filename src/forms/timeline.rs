//! All that one person said, written down.

use std::fmt::Write;

use serde::Serialize;

use super::{escaped, rows};
use crate::article::Origin;
use crate::catalog::{Imprint, Person, Said};
use crate::quotes::Certainty;
use crate::text::fold;

/// A form for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Headings and quotations, to be read.
    Markdown,
    /// A line for each quotation, safe to open in a spreadsheet.
    Csv,
    /// One object with all quotations.
    Json,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Markdown, Self::Csv, Self::Json];

    /// What the names of such files end in.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// What a person calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Csv => "CSV",
            Self::Json => "JSON",
        }
    }

    /// The form that the name of a file asks for; Markdown where it asks for none.
    pub fn of_file(name: &str) -> Self {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let is_asked = |form: &Self| extension.as_deref() == Some(form.extension());
        Self::ALL.into_iter().find(is_asked).unwrap_or(Self::Markdown)
    }
}

/// The name of a file for what somebody said: `dmitry-peskov.md`.
pub fn file_name(person: &str, form: Form) -> String {
    /// No name needs more letters.
    const MOST: usize = 60;
    let words: Vec<String> =
        fold(person).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let name: String = words.join("-").chars().take(MOST).collect();
    let name = if name.is_empty() { "quotations" } else { name.trim_end_matches('-') };
    format!("{name}.{}", form.extension())
}

#[derive(Serialize)]
struct Record<'a> {
    name: &'a str,
    role: Option<&'a str>,
    quotes: Vec<QuoteRecord<'a>>,
}

#[derive(Serialize)]
struct QuoteRecord<'a> {
    text: &'a str,
    kind: &'static str,
    speaker: &'a str,
    confidence: f64,
    /// Only there where the user, not the engine, says who spoke.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    corrected: bool,
    headline: &'a str,
    date: Option<String>,
    date_source: &'static str,
    source: Option<&'a str>,
    url: Option<&'a str>,
    path: Option<String>,
}

/// All that a person said, in the order in which it comes.
pub fn timeline(form: Form, person: &Person, said: &[Said]) -> String {
    match form {
        Form::Markdown => markdown(person, said),
        Form::Csv => {
            // What came later stands at the end: programs may count columns.
            const HEADER: &str = "speaker,quotation,headline,date,source,url,path,kind,confidence,corrected\n";
            HEADER.to_owned() + &rows(said.iter().map(cells))
        }
        Form::Json => {
            let quotes = said.iter().map(QuoteRecord::of).collect();
            let record = Record { name: &person.name, role: person.role.as_deref(), quotes };
            // Strings into memory: nothing in it can fail.
            serde_json::to_string_pretty(&record).unwrap_or_default() + "\n"
        }
    }
}

impl<'a> QuoteRecord<'a> {
    fn of(said: &'a Said) -> Self {
        let within = &said.within;
        Self {
            text: &said.words,
            kind: said.kind.name(),
            speaker: &said.speaker,
            confidence: rounded(said.confidence),
            corrected: said.corrected,
            headline: &within.headline,
            date: date(within),
            date_source: within.date_source.name_for(within.published),
            source: within.publisher.as_deref(),
            url: within.url.as_deref(),
            path: place(within),
        }
    }
}

/// Returns a confidence to three decimals: more would only pretend.
pub fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}

fn date(within: &Imprint) -> Option<String> {
    within.published.map(|published| published.day.to_string())
}

fn place(within: &Imprint) -> Option<String> {
    (within.origin != Origin::Unknown).then(|| within.origin.to_string())
}

fn cells(said: &Said) -> [String; 10] {
    let within = &said.within;
    [
        said.speaker.to_string(),
        said.words.to_string(),
        within.headline.clone(),
        date(within).unwrap_or_default(),
        within.publisher.clone().unwrap_or_default(),
        within.url.clone().unwrap_or_default(),
        place(within).unwrap_or_default(),
        said.kind.name().to_owned(),
        format!("{:.2}", said.confidence),
        said.corrected.to_string(),
    ]
}

fn markdown(person: &Person, said: &[Said]) -> String {
    let mut out = format!("# {}\n\n", escaped(&person.name));
    if let Some(role) = &person.role {
        out.push_str(&escaped(role));
        out.push_str("\n\n");
    }
    let mut last: Option<&Said> = None;
    for one in said {
        let within = &one.within;
        if last.is_none_or(|last| last.within.id != within.id) {
            let headline = escaped(&within.headline);
            let imprint: Vec<_> =
                [date(within), within.publisher.clone(), within.url.clone()].into_iter().flatten().collect();
            let between = if last.is_some() { "\n" } else { "" };
            // Text into memory: nothing in it can fail.
            let _ = write!(out, "{between}## {headline}\n\n");
            if !imprint.is_empty() {
                let _ = write!(out, "{}\n\n", escaped(&imprint.join(" · ")));
            }
        }
        // The name stands at the top; where it is not certain, here too.
        let speaker = match one.certainty() {
            Certainty::Likely => String::new(),
            certainty => format!(" — {}", escaped(&certainty.signed(&one.speaker))),
        };
        let _ = writeln!(out, "- “{}”{speaker}", escaped(&one.words));
        last = Some(one);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::NaiveDate;

    use super::*;
    use crate::article::{ArticleId, DateSource, Published};
    use crate::quotes::QuotationKind;

    fn person() -> Person {
        Person {
            identity: "zoe kuster".into(),
            name: "Zoë *Küster*".into(),
            role: Some("engineer".into()),
            is_named: true,
            quotations: 3,
            articles: 2,
            first: None,
            last: None,
            months: Box::default(),
            identities: 1,
        }
    }

    fn said() -> Vec<Said> {
        let imprint = |id: u64, headline: &str, day: Option<u32>| {
            Arc::new(Imprint {
                id: ArticleId(id),
                headline: headline.to_owned(),
                published: day.and_then(|day| NaiveDate::from_ymd_opt(2026, 3, day)).map(Published::on),
                date_source: DateSource::Article,
                publisher: Some("Coast Wire".to_owned()),
                url: Some("https://coast.example/1".to_owned()),
                origin: Origin::Unknown,
            })
        };
        let (bridge, ferry) = (imprint(1, "Bridge", Some(14)), imprint(2, "Ferry", None));
        let said = |within: &Arc<Imprint>, words: &str| Said {
            within: Arc::clone(within),
            speaker: "Küster".into(),
            start: 9,
            words: words.into(),
            kind: QuotationKind::Speech,
            confidence: 0.9,
            corrected: false,
            citation: None,
        };
        let never = Said { confidence: 0.53, kind: QuotationKind::Fragment, ..said(&bridge, "“Never.”") };
        let so = Said { confidence: 1.0, corrected: true, ..said(&ferry, "So.") };
        vec![said(&bridge, "=No,"), never, so]
    }

    #[test]
    fn each_form() {
        assert_eq!(
            timeline(Form::Markdown, &person(), &said()),
            "# Zoë \\*Küster\\*\n\nengineer\n\n## Bridge\n\n2026-03-14 · Coast Wire · https://coast.example/1\n\n\
             - “=No,”\n- ““Never.”” — Küster?\n\n## Ferry\n\nCoast Wire · https://coast.example/1\n\n\
             - “So.” — Küster ✓\n"
        );
        let csv = timeline(Form::Csv, &person(), &said());
        let line = "Küster,\"'=No,\",Bridge,2026-03-14,Coast Wire,https://coast.example/1,,speech,0.90,false";
        assert_eq!((csv.lines().count(), csv.lines().nth(1)), (4, Some(line)));
        assert_eq!(csv.lines().next().unwrap().split(',').count(), line.matches(',').count(), "one cell holds a comma");
        let ends: Vec<_> = csv.lines().skip(2).map(|line| line.split(",,").last().unwrap()).collect();
        assert_eq!(ends, ["fragment,0.53,false", "speech,1.00,true"]);
        let json: serde_json::Value = serde_json::from_str(&timeline(Form::Json, &person(), &said())).unwrap();
        assert_eq!((&json["name"], &json["quotes"][2]["headline"]), (&"Zoë *Küster*".into(), &"Ferry".into()));
        assert_eq!(json["quotes"][2]["date"], serde_json::Value::Null);
        let quote = &json["quotes"][1];
        assert_eq!(
            (&quote["kind"], &quote["confidence"], &quote["corrected"]),
            (&"fragment".into(), &0.53.into(), &serde_json::Value::Null)
        );
        assert_eq!(json["quotes"][2]["corrected"], true);
    }

    #[test]
    fn names_of_files() {
        assert_eq!(file_name("Zoë “Zo” Küster-O’Hara", Form::Csv), "zoe-zo-kuster-o-hara.csv");
        assert_eq!(file_name("../…", Form::Json), "quotations.json");
        assert_eq!(Form::of_file("a.b.JSON"), Form::Json);
        assert_eq!(Form::of_file("notes"), Form::Markdown);
    }
}
