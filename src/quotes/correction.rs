//! Corrections by the user of who spoke.

use std::collections::BTreeMap;

use super::{Findings, Quotation, QuotationKind, Reason, Speaker, SpeakerId};
use crate::text::{clean_line, fold};

/// Who spoke a quotation, by the word of the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpeakerCorrection {
    /// None: it is a term or a title.
    NoSpeaker,
    /// The speaker of this name.
    Speaker(String),
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
            let speaker = match correction {
                SpeakerCorrection::NoSpeaker => None,
                // A name may have come from outside, into a library that did not clean it then.
                SpeakerCorrection::Speaker(name) => Some(findings.speaker_named(&clean_line(name))),
            };
            findings.quotations[at].correct(speaker);
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
    fn correct(&mut self, speaker: Option<SpeakerId>) {
        self.corrected = true;
        self.confidence = 1.0;
        self.reason = Reason("you said so".to_owned());
        self.speaker = speaker;
        self.via = None;
        (self.mention, self.cue) = (None, None);
        if speaker.is_some() && !self.is_spoken() {
            self.kind = QuotationKind::Fragment;
        }
    }
}
