//! Selects speakers by name.

use std::collections::HashSet;

use crate::catalog::{Identity, article_speakers};
use crate::quotes::{Findings, Quotation, Speaker, SpeakerId};
use crate::text::fold;

/// A name as the user typed it: its words, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerName(Vec<String>);

impl SpeakerName {
    /// Splits a name into words; the error is a message, where there is no letter in it.
    pub fn parse(name: &str) -> Result<Self, String> {
        let words = words(name);
        if words.is_empty() { Err("give a name, or a part of one".to_owned()) } else { Ok(Self(words)) }
    }

    /// Only what a speaker of this name said, and only those speakers.
    pub fn narrow(&self, findings: Findings) -> Findings {
        self.narrow_with(findings, &HashSet::new())
    }

    /// As [`SpeakerName::narrow`], and what those with these identities said, whatever they are called.
    pub fn narrow_with(&self, findings: Findings, identities: &HashSet<Identity>) -> Findings {
        let mut known = vec![false; findings.speakers.len()];
        if !identities.is_empty() {
            let all = article_speakers(&findings).into_iter().filter(|speaker| identities.contains(&speaker.identity));
            all.flat_map(|article_speaker| article_speaker.speakers).for_each(|speaker| known[speaker.0] = true);
        }
        // For each speaker, their index among those that stay.
        let mut places = Vec::with_capacity(findings.speakers.len());
        let mut speakers = Vec::new();
        for (speaker, is_known) in findings.speakers.into_iter().zip(known) {
            let stays = is_known || self.names(&speaker);
            places.push(stays.then_some(SpeakerId(speakers.len())));
            speakers.extend(stays.then_some(speaker));
        }
        let place = |quotation: &Quotation| quotation.speaker.and_then(|old| *places.get(old.0)?);
        let quotations = findings.quotations.into_iter().filter_map(|quotation| {
            let speaker = Some(place(&quotation)?);
            Some(Quotation { speaker, ..quotation })
        });
        Findings { quotations: quotations.collect(), speakers }
    }

    /// Whether all words of the name stand in the speaker's name, or in one of their other names.
    pub fn names(&self, speaker: &Speaker) -> bool {
        std::iter::once(&speaker.name).chain(&speaker.aliases).any(|name| self.is_part_of(name))
    }

    /// Whether all words of the name stand in this one.
    pub fn is_part_of(&self, name: &str) -> bool {
        let words = words(name);
        self.0.iter().all(|word| words.contains(word))
    }
}

fn words(name: &str) -> Vec<String> {
    fold(name).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn quotation(start: usize, speaker: Option<usize>) -> Quotation {
        Quotation::speech(Span::new(start, start + 1), speaker.map(SpeakerId))
    }

    fn speaker(name: &str, aliases: &[&str]) -> Speaker {
        let aliases = aliases.iter().map(|&alias| alias.to_owned()).collect();
        Speaker { name: name.to_owned(), aliases, ..Speaker::default() }
    }

    #[test]
    fn name_matches_in_any_case_and_order() {
        let zoe = speaker("Zoë Küster-O’Hara", &["Küster", "the harbour minister"]);
        for name in ["zoe", "KUSTER", "o'hara zoe", "Harbour Minister", "Zoë Küster"] {
            assert!(SpeakerName::parse(name).unwrap().names(&zoe), "{name}");
        }
        for name in ["zo", "zoe minister", "anna"] {
            assert!(!SpeakerName::parse(name).unwrap().names(&zoe), "{name}");
        }
        assert!(SpeakerName::parse(" - ").is_err());
    }

    #[test]
    fn narrowing_keeps_who_said_what() {
        let findings = Findings {
            quotations: vec![quotation(0, Some(0)), quotation(2, None), quotation(4, Some(1)), quotation(6, Some(2))],
            speakers: vec![speaker("Ann Roe", &[]), speaker("Jon Holt", &[]), speaker("Ida Holt", &[])],
        };
        let narrowed = SpeakerName::parse("holt").unwrap().narrow(findings);
        let who = |q: &Quotation| narrowed.speaker_of(q).map(|speaker| speaker.name.clone()).unwrap();
        let said: Vec<_> = narrowed.quotations.iter().map(|q| (q.span.start, who(q))).collect();
        assert_eq!(said, [(4, "Jon Holt".to_owned()), (6, "Ida Holt".to_owned())]);
    }
}
