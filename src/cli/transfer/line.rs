//! Parses a line of an export into an article and what the user did with it. All of its text is cleaned: the file may be
//! anyone's.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use super::cleaned_places::in_words;
use super::{
    ClippingLine, Correction, EditionLine, EnclosureLine, HoldingFile, Line, PictureLine, Unplaced, exact_path,
};
use crate::article::{
    Article, ArticleId, BodyBuilder, DateSource, Dates, Edition, Enclosure, Origin, Picture, Published,
};
use crate::quotes::{Corrections, QuotationKind, SpeakerCorrection};
use crate::text::{Span, clean, clean_line};
use crate::user::{Clipping, ClippingId, Marks, RuleResult, UnplacedCorrection, UserAction};

impl Line {
    pub(super) fn actions(
        &self,
        article: ArticleId,
        place: Option<usize>,
        marks: Marks,
        corrections: Corrections,
        clippings: Vec<(ClippingId, Clipping)>,
    ) -> Vec<UserAction> {
        let mut actions = Vec::new();
        actions.extend(self.read.then_some(UserAction::Read { article, read: true }));
        actions.extend(self.starred.then_some(UserAction::Starred { article, starred: true }));
        actions.extend(self.removed.then_some(UserAction::Removed { article, removed: true }));
        let tags = self.filed.iter().map(|tag| clean_line(tag)).filter(|tag| !tag.is_empty());
        actions.extend(tags.map(|tag| UserAction::Tagged { article, tag, tagged: true }));
        actions.extend(place.map(|offset| UserAction::Position { article, offset }));
        let marks = marks.into_iter().filter(|(letter, _)| letter.is_alphabetic());
        actions.extend(marks.map(|(letter, offset)| UserAction::Mark { article, letter, offset: Some(offset) }));
        let corrected = |(start, after)| UserAction::Corrected { article, start, before: None, after: Some(after) };
        actions.extend(corrections.into_iter().map(corrected));
        actions.extend(clippings.into_iter().map(|(id, clipping)| {
            let clipping = Some(Box::new(Clipping { article, ..clipping }));
            UserAction::Clipped { id, article, before: None, after: clipping }
        }));
        actions
    }

    pub(super) fn corrections(&self) -> Corrections {
        let named = |Correction { start, speaker, kind }: &Correction| {
            Some((*start, correction(speaker.as_deref(), kind.as_deref())?))
        };
        self.corrections.iter().filter_map(named).collect()
    }

    /// The clippings, cleaned.
    pub(super) fn clippings(&self) -> Vec<(ClippingId, Clipping)> {
        let line = |text: &Option<String>| text.as_deref().map(clean_line).filter(|text| !text.is_empty());
        let cleaned = |kept: &Clipping| Clipping {
            words: clean(&kept.words).into_owned(),
            quoted: clean(&kept.quoted).into_owned(),
            speaker: line(&kept.speaker),
            role: line(&kept.role),
            via: line(&kept.via),
            headline: clean_line(&kept.headline),
            source: line(&kept.source),
            date: line(&kept.date),
            url: line(&kept.url),
            path: line(&kept.path),
            context: clean(&kept.context).into_owned(),
            note: clean(&kept.note).into_owned(),
            tags: kept.tags.iter().map(|tag| clean_line(tag)).filter(|tag| !tag.is_empty()).collect(),
            ..*kept
        };
        let named = |line: &ClippingLine| Some((ClippingId(id(&line.id)?.0), cleaned(&line.clipping)));
        self.clippings.iter().filter_map(named).collect()
    }

    pub(super) fn unplaced(&self) -> Vec<UnplacedCorrection> {
        let lost = |lost: &Unplaced| {
            let correction = correction(lost.speaker.as_deref(), lost.kind.as_deref())?;
            Some(UnplacedCorrection { start: lost.start, words: clean(&lost.words).into_owned(), correction })
        };
        self.unplaced.iter().filter_map(lost).collect()
    }

    /// What rules did, cleaned.
    pub(super) fn rules(&self) -> Vec<RuleResult> {
        let cleaned = |RuleResult { when, does, did, at }: &RuleResult| RuleResult {
            when: clean_line(when),
            does: clean_line(does),
            did: clean_line(did),
            at: *at,
        };
        self.rules.iter().map(cleaned).collect()
    }

    /// The files that hold the article of the line.
    pub(super) fn files_that_hold(&self, article: &Article) -> Vec<PathBuf> {
        match (&self.files, &article.origin) {
            (Some(files), _) => files.iter().map(HoldingFile::path).collect(),
            (None, Origin::File(path)) => vec![path.clone()],
            (None, _) => Vec::new(),
        }
    }

    /// The identity of the article in the library that it was written from.
    pub(super) fn id(&self) -> Option<ArticleId> {
        self.id.as_deref().and_then(id)
    }

    /// What the article is known by besides.
    pub(super) fn keys(&self) -> impl Iterator<Item = ArticleId> {
        self.keys.iter().filter_map(|key| id(key))
    }

    /// Addresses that are the keys of no article.
    pub(super) fn contested(&self) -> impl Iterator<Item = ArticleId> {
        self.contested.iter().filter_map(|key| id(key))
    }

    /// The article, if the line has one.
    pub(super) fn article(&self) -> Option<Article> {
        let mut builder = BodyBuilder::default();
        for paragraph in &self.paragraphs {
            let (shape, dateline) = (paragraph.setting.shape(), clean(&paragraph.dateline));
            builder.push_shaped(paragraph.kind.0, shape, &dateline, &clean(&paragraph.text));
            paragraph.setting.place(&mut builder, |at| in_words(paragraph, at));
            for link in paragraph.links.iter().filter(|link| link.start < link.end) {
                let span = Span::new(in_words(paragraph, link.start), in_words(paragraph, link.end));
                builder.link(span, &clean_line(&link.url));
            }
        }
        let mut body = builder.build();
        body.set_pictures(self.pictures.iter().filter_map(PictureLine::picture).collect());
        if body.text().is_empty() {
            return None;
        }
        let text = |text: &Option<String>| text.as_deref().map(clean_line);
        let path = self.path_bytes.as_deref().map(exact_path::decode).or(self.path.as_ref().map(PathBuf::from));
        let origin = match (path, &self.fetched_from) {
            (Some(path), _) => Origin::File(path),
            (None, Some(address)) => Origin::Web(clean_line(address)),
            (None, None) if self.from_input => Origin::Input,
            (None, None) => Origin::Unknown,
        };
        Some(Article {
            dates: Dates {
                published: self.date.as_deref().and_then(published),
                source: self.date_source.as_deref().map(date_source).unwrap_or_default(),
                seen: self.seen.as_deref().and_then(|seen| seen.parse().ok()),
            },
            publisher: text(&self.source),
            byline: text(&self.byline),
            url: text(&self.url),
            tags: self.topics.iter().map(|topic| clean_line(topic)).collect(),
            is_summary: self.summary,
            origin,
            editions: self.also.iter().map(EditionLine::edition).collect(),
            enclosures: self.enclosures.iter().filter_map(EnclosureLine::enclosure).collect(),
            comments: text(&self.comments).filter(|url| url.starts_with("https://") || url.starts_with("http://")),
            ..Article::new(body)
        })
    }
}

impl PictureLine {
    fn picture(&self) -> Option<Picture> {
        Some(Picture { before: self.before, ..Picture::at(&clean_line(&self.url), &self.description)? })
    }
}

impl EnclosureLine {
    fn enclosure(&self) -> Option<Enclosure> {
        let Self { bytes, seconds, .. } = *self;
        Some(Enclosure { bytes, seconds, ..Enclosure::at(&self.url, &self.media_type)? })
    }
}

impl EditionLine {
    fn edition(&self) -> Edition {
        let text = |text: &Option<String>| text.as_deref().map(clean_line);
        let published = self.date.as_deref().and_then(published);
        Edition { published, publisher: text(&self.source), url: text(&self.url) }
    }
}

impl HoldingFile {
    fn path(&self) -> PathBuf {
        match self {
            Self::Path(path) => PathBuf::from(path),
            Self::Bytes(bytes) => exact_path::decode(bytes),
        }
    }
}

/// What [`ArticleId`] is written as.
fn id(written: &str) -> Option<ArticleId> {
    u64::from_str_radix(written, 16).ok().map(ArticleId)
}

fn date_source(name: &str) -> DateSource {
    DateSource::ALL.into_iter().find(|source| source.name() == name).unwrap_or_default()
}

/// What [`Published`] is written as.
pub fn published(date: &str) -> Option<Published> {
    let moment = || DateTime::parse_from_rfc3339(date).ok().map(Published::from);
    let local = || NaiveDateTime::parse_from_str(date, "%Y-%m-%dT%H:%M:%S").ok().map(|at| Published::at(at, None));
    let day = || NaiveDate::parse_from_str(date, "%Y-%m-%d").ok().map(Published::on);
    moment().or_else(local).or_else(day)
}

/// What names this speaker, and this kind if it is one. A name of control characters alone is none.
fn correction(speaker: Option<&str>, kind: Option<&str>) -> Option<SpeakerCorrection> {
    let speaker = speaker.map(clean_line);
    let is_named = speaker.as_ref().is_none_or(|name| !name.is_empty());
    is_named.then(|| SpeakerCorrection::of(speaker, kind.and_then(QuotationKind::named)))
}
