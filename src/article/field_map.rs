//! Where the parts of an article stand in records, as the user describes it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArticlePart {
    /// The headline.
    Title,
    /// The text.
    Text,
    /// What says it in few words.
    Summary,
    /// When it was published.
    Date,
    /// Who wrote it.
    Author,
    /// Its address.
    Url,
    /// Who published it.
    Source,
    /// What it is filed under.
    Tags,
    /// Its language.
    Language,
    /// When it was crawled.
    Seen,
}

/// The names of parts as the user writes them.
const NAMES: [(&str, ArticlePart); 14] = [
    ("title", ArticlePart::Title),
    ("text", ArticlePart::Text),
    ("date", ArticlePart::Date),
    ("author", ArticlePart::Author),
    ("source", ArticlePart::Source),
    ("url", ArticlePart::Url),
    ("tags", ArticlePart::Tags),
    ("summary", ArticlePart::Summary),
    ("language", ArticlePart::Language),
    ("headline", ArticlePart::Title),
    ("body", ArticlePart::Text),
    ("byline", ArticlePart::Author),
    ("publisher", ArticlePart::Source),
    ("address", ArticlePart::Url),
];

/// Which field of a record is which part of an article: `title=headline.main,text=body,date=pub_date`.
///
/// Records are read by it on several threads; they note which of the fields they have, for it and its clones.
#[derive(Debug, Clone, Default)]
pub struct FieldMap {
    fields: Vec<(ArticlePart, String)>,
    noted: Arc<Noted>,
}

/// What was found in records that were read.
#[derive(Debug, Default)]
struct Noted {
    /// Whether there was a record.
    has_record: AtomicBool,
    /// Of each field whether a record had it.
    fields: Vec<AtomicBool>,
}

impl PartialEq for FieldMap {
    /// Whether it says the same of records, whichever were read by it.
    fn eq(&self, other: &Self) -> bool {
        self.fields == other.fields
    }
}

impl Eq for FieldMap {}

impl FieldMap {
    /// Reads one as the user writes it. Of a part that is named twice the first field that a record has counts.
    ///
    /// # Errors
    ///
    /// When it is none; says what is wrong.
    pub fn parse(written: &str) -> Result<Self, String> {
        let mut fields = Vec::new();
        for pair in written.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let Some((name, path)) = pair.split_once('=') else {
                return Err(format!("{pair} names no field: write title=headline.main,text=body"));
            };
            let (name, path) = (name.trim(), path.trim());
            let Some((_, part)) = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) else {
                let known: Vec<_> = NAMES[..9].iter().map(|(known, _)| *known).collect();
                return Err(format!("{name} is no part of an article: it is one of {}", known.join(", ")));
            };
            if path.is_empty() {
                return Err(format!("{name} names no field: write {name}=FIELD"));
            }
            fields.push((*part, path.to_owned()));
        }
        Ok(Self::of(fields))
    }

    fn of(fields: Vec<(ArticlePart, String)>) -> Self {
        let noted =
            Noted { has_record: AtomicBool::default(), fields: fields.iter().map(|_| AtomicBool::default()).collect() };
        Self { fields, noted: Arc::new(noted) }
    }

    /// Whether it names no field.
    pub const fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The parts that it names, each with its field: the name of a member, or names with points between them.
    pub fn iter(&self) -> impl Iterator<Item = (ArticlePart, &str)> {
        self.fields.iter().map(|(part, path)| (*part, path.as_str()))
    }

    /// Notes that a record is read by it.
    pub fn note_record(&self) {
        set(&self.noted.has_record);
    }

    /// Notes that a record has the field at this place.
    pub fn note(&self, at: usize) {
        self.noted.fields.get(at).into_iter().for_each(set);
    }

    /// Whether a record has the field at this place.
    pub fn is_noted(&self, at: usize) -> bool {
        self.noted.fields.get(at).is_some_and(|noted| noted.load(Ordering::Relaxed))
    }

    /// The fields that none of the records had which were read by it, each as the user writes it, with its path; none where
    /// there was no record.
    pub fn never_found(&self) -> Vec<(String, &str)> {
        if !self.noted.has_record.load(Ordering::Relaxed) {
            return Vec::new();
        }
        let missing = self.iter().enumerate().filter(|(at, _)| !self.is_noted(*at));
        let name = |part| NAMES.iter().find(|(_, known)| *known == part).map_or("", |(name, _)| name);
        missing.map(|(_, (part, path))| (format!("{}={path}", name(part)), path)).collect()
    }
}

/// Sets a flag that most find set: to look at it costs less than to write it on many threads.
fn set(flag: &AtomicBool) {
    if !flag.load(Ordering::Relaxed) {
        flag.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn map_names_parts_and_fields() {
        let map = FieldMap::parse("title=headline.main, Text=body,date=pub_date").unwrap();
        let fields =
            [(ArticlePart::Title, "headline.main"), (ArticlePart::Text, "body"), (ArticlePart::Date, "pub_date")];
        assert_eq!(map, FieldMap::of(fields.map(|(part, path)| (part, path.to_owned())).to_vec()));
        assert!(FieldMap::parse("").unwrap().is_empty());
        for (wrong, why) in [
            ("title", "title names no field: write title=headline.main,text=body"),
            ("title=", "title names no field: write title=FIELD"),
            (
                "colour=x",
                "colour is no part of an article: it is one of title, text, date, author, source, url, tags, summary, language",
            ),
        ] {
            assert_eq!(FieldMap::parse(wrong), Err(why.to_owned()));
        }
    }

    #[test]
    fn fields_that_no_record_has_are_known_afterwards() {
        let map = FieldMap::parse("title=a,byline=b.c,text=d").unwrap();
        assert!(map.never_found().is_empty());
        let clone = map.clone();
        clone.note_record();
        clone.note(0);
        assert_eq!(map.never_found(), [("author=b.c".to_owned(), "b.c"), ("text=d".to_owned(), "d")]);
        assert_eq!(map, FieldMap::parse("title=a,author=b.c,text=d").unwrap());
    }
}
