//! Speakers: whose the statements are, and the findings about them.

use foldhash::HashMap;

use super::choice::{Choice, choose};
use super::pieces::pieces;
use super::trigger::Trigger;
use super::values::Weights;
use crate::quotes::analysis::Analysis;
use crate::quotes::cues::SubjectLink;
use crate::quotes::findings::{Findings, Reason, Reporter, Speaker, SpeakerId};
use crate::quotes::joint_roles;
use crate::quotes::mentions::{Kind, Mention};
use crate::quotes::names;
use crate::quotes::report;
use crate::quotes::reported_speech::{Reported, ReportedSpeech};
use crate::quotes::resolution::Resolution;

/// What is known of the article already.
pub(crate) struct Known<'k, 'a> {
    pub resolution: &'k Resolution<'a>,
    pub findings: &'k Findings,
    /// For each entity which speaker of the findings it is.
    pub speaker_of: Vec<Option<SpeakerId>>,
}

/// Finds the reported statements of an article.
pub(crate) fn find<'a>(analysis: &Analysis<'a>, known: Known<'_, 'a>, weights: &Weights) -> ReportedSpeech {
    let by_name = known.findings.speakers.iter().enumerate();
    let by_name = by_name.map(|(id, speaker)| (key(&speaker.name), SpeakerId(id))).collect();
    let mut speakers = Speakers { analysis, known, others: Vec::new(), by_name };
    let statements = choose(analysis, weights).iter().filter_map(|choice| speakers.statement(choice)).collect();
    ReportedSpeech { statements, others: speakers.others }
}

/// Those who speak, as they become known.
struct Speakers<'s, 'a> {
    analysis: &'s Analysis<'a>,
    known: Known<'s, 'a>,
    others: Vec<Speaker>,
    by_name: HashMap<String, SpeakerId>,
}

/// A name or description whatever its case and article.
fn key(name: &str) -> String {
    names::without_article(name).to_lowercase()
}

impl Speakers<'_, '_> {
    fn statement(&mut self, choice: &Choice) -> Option<Reported> {
        let Choice { trigger, content, probability, via, .. } = choice;
        let pieces = pieces(self.analysis, content);
        let mention = trigger.mention(self.analysis)?;
        let certainty = trigger.subject.map_or(1.0, |mention| self.known.resolution.certainty[mention]);
        let speaker = self.speaker(trigger);
        (!pieces.is_empty()).then(|| Reported {
            pieces,
            cue: self.analysis.tokenized.tokens[trigger.token].span(),
            mention,
            speaker,
            via: via.and_then(|via| self.reporter(&via)),
            confidence: probability * certainty,
            reason: self.reason(trigger, speaker),
        })
    }

    fn speaker(&mut self, trigger: &Trigger) -> Option<SpeakerId> {
        let Some(index) = trigger.subject else {
            let words = trigger.source?;
            let words = names::words(&self.analysis.tokenized, words.start, words.end - 1);
            return Some(self.described(&words, trigger));
        };
        let Some(entity) = self.known.resolution.of_mention[index] else {
            let mention = &self.analysis.mentions.all[index];
            // A pronoun describes nobody.
            let words = mention.span.of(self.analysis.tokenized.text);
            let words = names::uncapitalised(&self.analysis.tokenized, mention.first, words);
            return mention.kind.is_noun().then(|| self.described(&words, trigger));
        };
        let partner = self.partner(index).and_then(|partner| self.known.resolution.of_mention[partner]);
        if let Some(partner) = partner.filter(|partner| *partner != entity) {
            let name = |entity: usize| self.known.resolution.entities[entity].name.as_ref();
            let both = format!("{} & {}", name(partner), name(entity));
            return Some(self.described(&both, trigger));
        }
        if let Some(id) = self.known.speaker_of[entity] {
            return Some(id);
        }
        let id = self.next();
        let Known { resolution, .. } = &self.known;
        self.others.push(report::speaker(&resolution.entities[entity], resolution, &self.analysis.mentions));
        self.by_name.entry(key(&resolution.entities[entity].name)).or_insert(id);
        self.known.speaker_of[entity] = Some(id);
        Some(id)
    }

    const fn next(&self) -> SpeakerId {
        SpeakerId(self.known.findings.speakers.len() + self.others.len())
    }

    /// Somebody who has no name, or two who say it together; the same words are the same speaker.
    fn described(&mut self, words: &str, trigger: &Trigger) -> SpeakerId {
        let next = self.next();
        let mention = trigger.mention(self.analysis);
        let name = match trigger.source {
            Some(tokens) => names::uncapitalised(&self.analysis.tokenized, tokens.start, words).into_owned(),
            None => names::without_capital_article(words).into_owned(),
        };
        let id = *self.by_name.entry(key(&name)).or_insert(next);
        if id == next {
            self.others.push(Speaker { name, mentions: mention.into_iter().collect(), ..Speaker::default() });
        } else if let Some(other) = id.0.checked_sub(self.known.findings.speakers.len()) {
            let mentions = &mut self.others[other].mentions;
            let last = mentions.last().copied();
            mentions.extend(mention.filter(|&mention| last != Some(mention)));
        }
        id
    }

    /// The first of two names that say it together: "Doe and Roe said".
    fn partner(&self, index: usize) -> Option<usize> {
        let mentions = &self.analysis.mentions.all;
        let is_name = |mention: &Mention| matches!(mention.kind, Kind::Person | Kind::Name) && !mention.possessive;
        let before = mentions[index].joined.or_else(|| joint_roles::joined_after(mentions, index))?;
        (is_name(&mentions[index]) && is_name(&mentions[before])).then_some(before)
    }

    fn reporter(&self, trigger: &Trigger) -> Option<Reporter> {
        let mention = trigger.mention(self.analysis)?;
        let entity = trigger.subject.and_then(|subject| self.known.resolution.of_mention[subject]);
        let name = match entity {
            Some(entity) => self.known.resolution.entities[entity].name.clone().into_owned(),
            None => names::without_capital_article(mention.of(self.analysis.tokenized.text)).into_owned(),
        };
        Some(Reporter { name, mention })
    }

    fn reason(&self, trigger: &Trigger, speaker: Option<SpeakerId>) -> Reason {
        let tokenized = &self.analysis.tokenized;
        let mention = trigger.mention(self.analysis).map_or("", |mention| mention.of(tokenized.text));
        let part = match trigger.link {
            Some(SubjectLink::Following | SubjectLink::Owner) => "of",
            _ => "subject",
        };
        let mut out = format!("reported: cue '{}', {part} '{mention}'", tokenized.words(trigger.token));
        let all = self.known.findings.speakers.iter().chain(&self.others);
        let subject = trigger.subject.map(|subject| self.analysis.mentions.all[subject].kind);
        let may_mean = subject.is_some_and(|kind| kind.is_pronoun() || kind == Kind::NounPerson);
        if let Some(speaker) = speaker.and_then(|id| all.into_iter().nth(id.0))
            && may_mean
            && speaker.name != mention
        {
            out.push_str(", who is ");
            out.push_str(&speaker.name);
        }
        Reason(out)
    }
}
