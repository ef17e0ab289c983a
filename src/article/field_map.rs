//! Where the parts of an article stand in records, as the user describes it.

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMap(Vec<(ArticlePart, String)>);

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
        Ok(Self(fields))
    }

    /// Whether it names no field.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parts that it names, each with its field: the name of a member, or names with points between them.
    pub fn iter(&self) -> impl Iterator<Item = (ArticlePart, &str)> {
        self.0.iter().map(|(part, path)| (*part, path.as_str()))
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
        assert_eq!(map, FieldMap(fields.map(|(part, path)| (part, path.to_owned())).to_vec()));
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
}
