//! The forms in which speakers are written down.

use std::iter::once;

use chrono::NaiveDate;
use serde::Serialize;
use textwrap::wrap;

use super::Format;
use crate::article::Origin;
use crate::catalog::{Imprint, Person};
use crate::cli::forms::{Frame, escaped, json, rows};
use crate::text::clean_line;

/// The cells before the name, in a terminal wide enough for dates, and in others.
const WIDE: usize = 42;
const NARROW: usize = 18;

/// The narrowest terminal in which dates are shown.
const ROOM_FOR_DATES: usize = 76;

#[derive(Serialize)]
struct Record<'a> {
    name: &'a str,
    role: Option<&'a str>,
    quotes: u32,
    articles: Vec<ArticleRecord<'a>>,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize)]
struct ArticleRecord<'a> {
    id: String,
    headline: &'a str,
    date: Option<String>,
    date_source: &'static str,
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

impl Format {
    /// What stands around the people; `width` is that of the terminal, in cells, where somebody looks at one.
    pub fn frame(self, width: Option<usize>) -> Frame {
        let opening = match (self, width) {
            (Self::Json, _) => return Frame::ARRAY,
            (Self::Csv, _) => "name,role,quotes,articles,first,last\n",
            (Self::Md, _) => "| name | role | quotes | articles | first | last |\n|---|---|--:|--:|---|---|\n",
            (Self::Table, Some(ROOM_FOR_DATES..)) => "quotes  articles  first       last        speaker\n",
            (Self::Table, Some(_)) => "quotes  articles  speaker\n",
            (Self::Jsonl | Self::Table, _) => "",
        };
        Frame { opening, ..Frame::NONE }
    }

    /// Whether the articles in which somebody speaks are written too.
    pub const fn tells_articles(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
    }

    /// Writes a person down.
    pub fn write(self, person: &Person, articles: &[Imprint], width: Option<usize>) -> String {
        match (self, width) {
            (Self::Json, _) => object(person, articles),
            (Self::Jsonl, _) => object(person, articles) + "\n",
            (Self::Csv, _) => rows(once(cells(person))),
            (Self::Md, _) => format!("| {} |\n", cells(person).map(|cell| escaped(&cell)).join(" | ")),
            (Self::Table, None) => cells(person).map(|cell| clean_line(&cell)).join("\t") + "\n",
            (Self::Table, Some(width)) => fitted(person, width),
        }
    }
}

fn object(person: &Person, articles: &[Imprint]) -> String {
    let record = Record {
        name: &person.name,
        role: person.role.as_deref(),
        quotes: person.quotations,
        articles: articles.iter().map(ArticleRecord::of).collect(),
        first: person.first.map(|day| day.to_string()),
        last: person.last.map(|day| day.to_string()),
    };
    json(&record)
}

impl<'a> ArticleRecord<'a> {
    fn of(note: &'a Imprint) -> Self {
        Self {
            id: note.id.to_string(),
            headline: &note.headline,
            date: note.published.map(|published| published.to_string()),
            date_source: note.date_source.name_for(note.published),
            source: note.publisher.as_deref(),
            path: (note.origin != Origin::Unknown).then(|| note.origin.to_string()),
        }
    }
}

/// Name, role, quotations, articles, first and last day.
fn cells(person: &Person) -> [String; 6] {
    [
        person.name.to_string(),
        person.role.as_deref().unwrap_or_default().to_owned(),
        person.quotations.to_string(),
        person.articles.to_string(),
        day(person.first),
        day(person.last),
    ]
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// The numbers, then name and role as wide as there is room, wrapped.
fn fitted(person: &Person, width: usize) -> String {
    let numbers = format!("{:>6}  {:>8}  ", person.quotations, person.articles);
    let (numbers, indent) = if width >= ROOM_FOR_DATES {
        (format!("{numbers}{:10}  {:10}  ", day(person.first), day(person.last)), WIDE)
    } else {
        (numbers, NARROW)
    };
    let who = person.role.as_ref().map_or_else(|| person.name.to_string(), |role| format!("{}, {role}", person.name));
    let lines = wrap(&who, width.saturating_sub(indent).max(12));
    let blank = " ".repeat(indent);
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        out += if index == 0 { &numbers } else { &blank };
        out += line.trim_end();
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use unicode_width::UnicodeWidthStr;

    fn person() -> Person {
        let day = NaiveDate::from_ymd_opt(2026, 3, 14);
        Person {
            identity: "zoe okafor".into(),
            name: "Zoë Okafor".into(),
            role: Some("=the *engineer*".into()),
            is_named: true,
            quotations: 12,
            articles: 1,
            first: day,
            last: day,
            months: Box::default(),
            identities: 1,
        }
    }

    fn written(format: Format, width: Option<usize>) -> String {
        format.write(&person(), &[], width)
    }

    #[test]
    fn each_form() {
        assert_eq!(written(Format::Csv, None), "Zoë Okafor,'=the *engineer*,12,1,2026-03-14,2026-03-14\n");
        assert_eq!(
            written(Format::Md, None),
            "| Zoë Okafor | =the \\*engineer\\* | 12 | 1 | 2026-03-14 | 2026-03-14 |\n"
        );
        assert_eq!(written(Format::Table, None), "Zoë Okafor\t=the *engineer*\t12\t1\t2026-03-14\t2026-03-14\n");
    }

    #[test]
    fn an_eye_gets_what_fits() {
        assert_eq!(
            written(Format::Table, Some(80)),
            "    12         1  2026-03-14  2026-03-14  Zoë Okafor, =the *engineer*\n"
        );
        assert_eq!(
            written(Format::Table, Some(40)),
            "    12         1  Zoë Okafor, =the\n                  *engineer*\n"
        );
        for width in 30..120 {
            let table = written(Format::Table, Some(width)) + Format::Table.frame(Some(width)).opening;
            assert!(table.lines().all(|line| line.width() <= width), "{width}");
        }
    }
}
