//! Clippings: quotations that the user keeps, as they stood when they were kept.
//!
//! A clipping holds all that one needs to cite it, so that it outlives its article.

use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::article::{Article, ArticleId, Origin};
use crate::catalog::Said;
use crate::quotes::{Certainty, Citation, Findings, attributed, before_rounding};
use crate::text::fold;

/// Which clipping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClippingId(pub u64);

/// A statement that the user keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clipping {
    /// In which article it stood.
    #[serde(with = "hexadecimal")]
    pub article: ArticleId,
    /// The first byte of the quoted words there; `None` where they are not quoted there any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// The words of its first run, without marks.
    pub words: String,
    /// The quoted words as one cites them, with marks; reported ones without.
    pub quoted: String,
    /// Whether the words are the article's, for what the speaker said: it is a reported statement.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reported: bool,
    /// Who spoke; `None` where no speaker was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// What the speaker was, in the words of the article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Who reports that the speaker said it, where another does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// How sure the speaker was when it was kept, in thousandths; in data 0 to 1.
    #[serde(with = "thousandths")]
    pub confidence: u16,
    /// Whether the user had corrected or confirmed the speaker by then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub corrected: bool,
    /// The headline of the article.
    pub headline: String,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// When it was published, as it was written: `2026-03-14`, `2026-03-14T10:30:00+01:00`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Its address on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where it was found, where it has no address: a path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The words of the article around it, itself among them.
    pub context: String,
    /// What the user wrote about it; may have several lines.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The user's tags, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// When it was kept, in milliseconds since 1970; `None` until it is committed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<i64>,
}

impl Clipping {
    /// The statement that these quotations are, as it stands now; `None` where there are none.
    pub fn of(article: &Article, findings: &Findings, runs: &[usize]) -> Option<Self> {
        let first = findings.quotations.get(*runs.first()?)?;
        let Citation { quoted, certainty, via, is_reported } = findings.citation(&article.body, runs)?;
        let all = runs.iter().filter_map(|&run| findings.quotations.get(run));
        let confidence = all.map(|run| run.confidence).fold(1.0, f32::min);
        let speaker = findings.speaker_of(first);
        Some(Self {
            article: article.id,
            start: Some(first.span.start),
            words: article.body.words(first.span).to_owned(),
            quoted,
            reported: is_reported,
            speaker: speaker.map(|speaker| speaker.name.clone()),
            role: speaker.and_then(|speaker| speaker.role.clone()),
            via,
            confidence: in_thousandths(confidence),
            corrected: certainty == Certainty::Corrected,
            headline: article.headline().to_owned(),
            source: article.publisher.clone(),
            date: article.dates.published.map(|published| published.to_string()),
            url: article.url.clone(),
            path: path(article.url.as_deref(), &article.origin),
            context: findings.context(&article.body, runs),
            note: String::new(),
            tags: Vec::new(),
            kept: None,
        })
    }

    /// The same of a statement among those of its speaker.
    pub fn of_said(said: &Said) -> Option<Self> {
        let (within, first) = (&said.within, said.runs.first()?);
        let confidence = said.runs.iter().map(|run| run.confidence).fold(1.0, f32::min);
        Some(Self {
            article: within.id,
            start: Some(said.start),
            words: first.words.to_string(),
            quoted: said.citation.quoted.clone(),
            reported: said.citation.is_reported,
            speaker: Some(said.speaker.to_string()),
            role: said.role.as_deref().map(str::to_owned),
            via: said.citation.via.clone(),
            confidence: in_thousandths(confidence),
            corrected: said.certainty() == Certainty::Corrected,
            headline: within.headline.clone(),
            source: within.publisher.clone(),
            date: within.dates.published.map(|published| published.to_string()),
            url: within.url.clone(),
            path: path(within.url.as_deref(), &within.origin),
            context: said.context.clone(),
            note: String::new(),
            tags: Vec::new(),
            kept: None,
        })
    }

    /// Returns its identity: the same for the same words at the same place of the same article, wherever they are kept.
    pub fn id(&self) -> ClippingId {
        let place = format!("clipping\0{}\0{}\0{}", self.article, self.start.unwrap_or_default(), self.quoted);
        ClippingId(ArticleId::of_content(&place).0)
    }

    /// Returns how far the speaker could be trusted when it was kept.
    pub fn certainty(&self) -> Certainty {
        match self.speaker {
            Some(_) => Certainty::of(f32::from(self.confidence) / 1000.0, self.corrected),
            None if self.corrected => Certainty::Corrected,
            None => Certainty::Likely,
        }
    }

    /// Returns the speaker as one cites them, with the sign of doubt or correction: "Ann Roe?, as told by Tom Reyes". Of a
    /// reported statement it says that the words are the article's.
    pub fn attributed_to(&self) -> String {
        let signed = self.certainty().signed(self.speaker.as_deref().unwrap_or("unattributed"));
        attributed(signed, self.via.as_deref(), self.reported)
    }

    /// Returns when it was published, as a person writes it: "14 March 2026"; what was no date stays as it is.
    pub fn day(&self) -> Option<String> {
        self.day_in("%-d %B %Y")
    }

    /// Returns the same, the day in this form (see [`chrono::format::strftime`]).
    pub fn day_in(&self, form: &str) -> Option<String> {
        let date = self.date.as_deref()?;
        let day = date.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
        Some(day.map_or_else(|| date.to_owned(), |day| day.format(form).to_string()))
    }

    /// Returns the day on which it was kept, in UTC.
    pub fn kept_on(&self) -> Option<NaiveDate> {
        self.kept.and_then(DateTime::from_timestamp_millis).map(|at| at.date_naive())
    }

    /// Returns it with all that one needs to cite it, on one line.
    pub fn citation(&self) -> String {
        let mut citation = format!("{} — {}, {}", self.quoted, self.attributed_to(), self.headline);
        for part in [self.source.as_deref(), self.day().as_deref(), self.url.as_deref()].into_iter().flatten() {
            citation.push_str(", ");
            citation.push_str(part);
        }
        citation
    }

    /// Whether each of these folded words stands somewhere in it.
    pub fn has_all(&self, words: &[&str]) -> bool {
        let parts = [&self.quoted, &self.headline, &self.note, &self.context].into_iter();
        let named = [&self.speaker, &self.role, &self.via, &self.source, &self.date].into_iter().flatten();
        let tags: Vec<String> = self.tags.iter().flat_map(|tag| [format!("#{tag}"), format!("tag:{tag}")]).collect();
        let all = parts.chain(named).chain(&tags).map(String::as_str).collect::<Vec<_>>().join("\n");
        let all = fold(&all);
        words.iter().all(|word| all.contains(word))
    }
}

fn in_thousandths(confidence: f32) -> u16 {
    (before_rounding(confidence.clamp(0.0, 1.0).into(), 0.001) * 1000.0).round() as u16
}

/// Where an article was found that has no address.
fn path(url: Option<&str>, origin: &Origin) -> Option<String> {
    match (url, origin) {
        (None, Origin::File(path)) => Some(path.display().to_string()),
        _ => None,
    }
}

/// The identity of an article in sixteen hexadecimal digits, as data has it.
mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::article::ArticleId;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
    pub fn serialize<S: Serializer>(id: &ArticleId, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(id)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ArticleId, D::Error> {
        let digits = String::deserialize(deserializer)?;
        u64::from_str_radix(&digits, 16).map(ArticleId).map_err(D::Error::custom)
    }
}

/// A share of one, which data has to three decimals.
mod thousandths {
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
    pub fn serialize<S: Serializer>(thousandths: &u16, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(*thousandths) / 1000.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
        Ok(super::in_thousandths(f64::deserialize(deserializer)? as f32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BodyBuilder, ParagraphKind};
    use crate::quotes;

    fn clipping(paragraph: &str) -> Clipping {
        let mut builder = BodyBuilder::new("Harbour Bridge to Close");
        builder.push(ParagraphKind::Prose, paragraph);
        let article = Article::new(builder.build());
        let findings = quotes::find(&article.body);
        let runs = findings.statements().remove(0);
        Clipping::of(&article, &findings, &runs).unwrap()
    }

    #[test]
    fn clipping_is_the_whole_statement_with_its_sentence() {
        let kept =
            clipping("It rained. “It is tired,” said Ines Okafor, the engineer, “and so am I.” The bridge stood.");
        assert_eq!(kept.quoted, "“It is tired,” … “and so am I.”");
        assert_eq!((kept.speaker.as_deref(), kept.role.as_deref()), (Some("Ines Okafor"), Some("engineer")));
        assert_eq!(kept.words, "It is tired,");
        assert_eq!(kept.context, "“It is tired,” said Ines Okafor, the engineer, “and so am I.”");
        assert_eq!(kept.headline, "Harbour Bridge to Close");
    }

    #[test]
    fn clipping_is_read_as_it_was_written() {
        let kept = Clipping {
            note: "Ask her.\nTwice.".to_owned(),
            tags: vec!["bridge".to_owned()],
            kept: Some(1_700_000_000_000),
            ..clipping("“It is tired,” said Ines Okafor.")
        };
        let written = serde_json::to_string(&kept).unwrap();
        assert!(written.contains(&format!("\"article\":\"{}\"", kept.article)), "{written}");
        assert_eq!(serde_json::from_str::<Clipping>(&written).unwrap(), kept);
    }

    #[test]
    fn words_are_looked_for_everywhere_in_it() {
        let kept = Clipping { note: "Call her".to_owned(), ..clipping("“It is tired,” said Ines Okafor.") };
        for (words, is_there) in
            [(&["tired"][..], true), (&["okafor", "call"], true), (&["harbour"], true), (&["okafor", "tram"], false)]
        {
            assert_eq!(kept.has_all(words), is_there, "{words:?}");
        }
    }

    #[test]
    fn doubt_is_kept_too() {
        let kept = Clipping { confidence: 530, ..clipping("“It is tired,” said Ines Okafor.") };
        assert_eq!(kept.attributed_to(), "Ines Okafor?");
        assert_eq!(Clipping { corrected: true, ..kept.clone() }.attributed_to(), "Ines Okafor ✓");
        let told = Clipping { via: Some("Jon Holt".to_owned()), confidence: 900, ..kept };
        assert_eq!(told.attributed_to(), "Ines Okafor, as told by Jon Holt");
    }
}
