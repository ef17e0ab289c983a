//! Corrections by the user of who spoke.

use std::collections::BTreeMap;

use super::{Findings, Quotation, QuotationKind, Reason, Speaker, SpeakerId};
use crate::text::{clean_line, fold};

/// Who spoke a quotation, and what it is, by the word of the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpeakerCorrection {
    /// None: it is a term or a title.
    NoSpeaker,
    /// The speaker of this name.
    Speaker(String),
    /// None, and it is of this kind.
    Unspoken(QuotationKind),
    /// The speaker of this name, and it is of this kind.
    Spoken(String, QuotationKind),
}

impl SpeakerCorrection {
    /// The correction to this speaker, or to none, and to this kind; a kind that cannot be so is left out: quoted words do not
    /// become reported ones.
    pub fn of(speaker: Option<String>, kind: Option<QuotationKind>) -> Self {
        let kind = kind.filter(|kind| kind.is_spoken() == speaker.is_some() && *kind != QuotationKind::Reported);
        match (speaker, kind) {
            (None, None) => Self::NoSpeaker,
            (None, Some(kind)) => Self::Unspoken(kind),
            (Some(name), None) => Self::Speaker(name),
            (Some(name), Some(kind)) => Self::Spoken(name, kind),
        }
    }

    /// The name of the speaker; none where it is nobody's.
    pub fn speaker(&self) -> Option<&str> {
        match self {
            Self::NoSpeaker | Self::Unspoken(_) => None,
            Self::Speaker(name) | Self::Spoken(name, _) => Some(name),
        }
    }

    /// What it is, where the user said that.
    pub fn kind(&self) -> Option<QuotationKind> {
        match self {
            Self::NoSpeaker | Self::Speaker(_) => None,
            Self::Unspoken(kind) | Self::Spoken(_, kind) => Some(*kind),
        }
    }

    /// It for a person: "Mara Deniz", "nobody", "nobody: a title".
    pub fn in_words(&self) -> String {
        let who = self.speaker().unwrap_or("nobody");
        let what = match self.kind() {
            None => return who.to_owned(),
            Some(QuotationKind::Speech) => "speech",
            Some(QuotationKind::Fragment) => "a few words",
            Some(QuotationKind::Term) => "a term",
            Some(QuotationKind::Title) => "a title",
            Some(QuotationKind::Reported) => "reported",
        };
        format!("{who}: {what}")
    }
}

/// The corrections of an article, by the byte at which the quoted words start.
pub type Corrections = BTreeMap<usize, SpeakerCorrection>;

impl Findings {
    /// Returns the findings with the corrections applied. Speakers keep their places; a new one comes last. A
    /// correction of a quotation that does not exist is ignored.
    #[must_use]
    pub fn corrected(&self, corrections: &Corrections) -> Self {
        let mut findings = self.clone();
        for (&start, correction) in corrections {
            let Some(at) = findings.quotations.iter().position(|q| q.span.start == start) else { continue };
            // A name may have come from outside, into a library that did not clean it then.
            let speaker = correction.speaker().map(|name| findings.speaker_named(&clean_line(name)));
            findings.quotations[at].correct(speaker, correction.kind());
        }
        findings
    }

    /// Returns the speaker of this name, and adds it where there is none.
    fn speaker_named(&mut self, name: &str) -> SpeakerId {
        let wanted = fold(name);
        let known = self.speakers.iter().position(|speaker| fold(&speaker.name) == wanted);
        SpeakerId(known.unwrap_or_else(|| {
            self.speakers.push(Speaker { name: name.to_owned(), ..Speaker::default() });
            self.speakers.len() - 1
        }))
    }
}

impl Quotation {
    fn correct(&mut self, speaker: Option<SpeakerId>, kind: Option<QuotationKind>) {
        self.corrected = true;
        self.confidence = 1.0;
        self.reason = Reason("you said so".to_owned());
        self.speaker = speaker;
        self.via = None;
        (self.mention, self.cue) = (None, None);
        if speaker.is_some() && !self.is_spoken() {
            self.kind = QuotationKind::Fragment;
        }
        if !self.is_reported() {
            self.kind = kind.unwrap_or(self.kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BodyBuilder, ParagraphKind};
    use crate::quotes;

    #[test]
    fn correction_sets_speaker_and_kind() {
        let mut builder = BodyBuilder::new("Pier");
        builder.push(ParagraphKind::Prose, "“It is gone,” said Ada Birch.");
        let body = builder.build();
        let found = quotes::find(&body);
        let start = found.quotations[0].span.start;
        let corrected = |speaker: Option<&str>, kind| {
            let correction = SpeakerCorrection::of(speaker.map(str::to_owned), kind);
            let corrected = found.corrected(&Corrections::from([(start, correction)]));
            let quotation = &corrected.quotations[0];
            let speaker = corrected.speaker_of(quotation).map(|speaker| speaker.name.clone());
            (speaker, quotation.kind, quotation.corrected)
        };
        let ada = Some("Ada Birch".to_owned());
        assert_eq!(corrected(None, Some(QuotationKind::Title)), (None, QuotationKind::Title, true));
        assert_eq!(corrected(None, Some(QuotationKind::Speech)), (None, QuotationKind::Speech, true));
        assert_eq!(
            corrected(Some("Ada Birch"), Some(QuotationKind::Fragment)),
            (ada.clone(), QuotationKind::Fragment, true)
        );
        assert_eq!(corrected(Some("Ada Birch"), Some(QuotationKind::Title)), (ada, QuotationKind::Speech, true));
    }

    #[test]
    fn kinds_are_known_by_their_names() {
        for kind in QuotationKind::ALL {
            assert_eq!(QuotationKind::named(kind.name()), Some(kind));
        }
        assert_eq!(QuotationKind::named("song"), None);
    }
}
