//! Triggers: the words that may introduce a reported statement, each with who would say it.

use super::sources;
use super::trigger::Trigger;
use crate::quotes::analysis::Analysis;
use crate::quotes::cues::{Class, Cue, SubjectLink};
use crate::quotes::lexicon::{ADVERB, AUXILIARY, CONJUNCTION, NEGATION, SAY, SAYING, SPEECH, THOUGHT};
use crate::quotes::tokens::TokenShape;
use crate::text::Span;

/// Adds the triggers of a sentence.
pub(super) fn read(analysis: &Analysis<'_>, sentence: Span, out: &mut Vec<Trigger>) {
    out.clear();
    for at in sentence.start..sentence.end {
        let token = &analysis.tokenized.tokens[at];
        let is_word = matches!(token.shape, TokenShape::Small | TokenShape::Capital);
        if !is_word || token.is(THOUGHT) || !(token.is(SAY | SPEECH | SAYING) || is_according(analysis, at)) {
            continue;
        }
        let covering = analysis.mentions.covering(at).map(|mention| &analysis.mentions.all[mention]);
        if covering.is_some_and(|mention| mention.kind.is_name() || mention.kind.is_pronoun()) {
            continue;
        }
        let mut trigger = trigger(analysis, at, sentence);
        if trigger.subject.is_none() {
            sources::look_for(&mut trigger, analysis, sentence);
        }
        if !is_negated(analysis, &trigger, sentence) {
            out.push(trigger);
        }
    }
}

/// "Doe never said that", "no one said that": nobody is reported to have said it.
fn is_negated(analysis: &Analysis<'_>, trigger: &Trigger, sentence: Span) -> bool {
    let tokenized = &analysis.tokenized;
    let is_no = |at: usize| ["no", "nobody", "none", "neither"].contains(&tokenized.small_words(at));
    let first = trigger.source.map_or(trigger.left, |source| source.start.min(trigger.left)).min(trigger.token);
    let before = first.checked_sub(1).filter(|&before| before >= sentence.start);
    let is_not = (first..trigger.token).any(|at| {
        let token = &tokenized.tokens[at];
        token.is_word() && (token.is(NEGATION) || ["n't", "n’t"].iter().any(|ending| tokenized.ends_in(at, ending)))
    });
    is_not
        || is_no(first)
        || before.is_some_and(|before| tokenized.reads(before, "no") || tokenized.reads(before, "No"))
}

fn is_according(analysis: &Analysis<'_>, at: usize) -> bool {
    let small = analysis.tokenized.small_words(at);
    small.len() == 9 && small == "according" && analysis.tokenized.reads(at + 1, "to")
}

fn trigger(analysis: &Analysis<'_>, at: usize, sentence: Span) -> Trigger {
    let Analysis { tokenized, cues, .. } = analysis;
    let first = cues.before(at);
    let own = cues.all[first..].iter().take_while(|cue| cue.token <= at).find(|cue| cue.token == at);
    let by = own.filter(|cue| cue.link == SubjectLink::Passive).and_then(|_| agent(analysis, at, first));
    let cue = by.as_ref().or(own);
    let cue = cue.filter(|cue| cue.link != SubjectLink::Inverted || is_inverted(analysis, at, sentence));
    let token = &tokenized.tokens[at];
    let class = match own {
        Some(cue) => cue.class,
        None if token.is(SAY) => Class::Say,
        None if token.is(SPEECH) => Class::Speech,
        None => Class::Noun,
    };
    let subject = cue.map(|cue| cue.subject);
    let link = cue.map(|cue| cue.link);
    let (left, right) = reach(analysis, at, subject, link, sentence);
    Trigger { token: at, subject, source: None, link, class, left, right }
}

/// "…, said X": whether a clause ends before the verb, so that its subject can follow.
fn is_inverted(analysis: &Analysis<'_>, at: usize, sentence: Span) -> bool {
    let tokens = &analysis.tokenized.tokens;
    let mut before = at;
    while before > sentence.start && tokens[before - 1].is(ADVERB) {
        before -= 1;
    }
    before == sentence.start
        || matches!(tokens[before - 1].shape, TokenShape::Comma | TokenShape::Dash | TokenShape::Quotation)
        || tokens[before - 1].is(CONJUNCTION)
        || analysis.tokenized.reads(before - 1, "as")
}

/// Where the clause of a trigger begins, and where what belongs to it ends.
fn reach(
    analysis: &Analysis<'_>,
    at: usize,
    subject: Option<usize>,
    link: Option<SubjectLink>,
    sentence: Span,
) -> (usize, usize) {
    let Analysis { tokenized, mentions, .. } = analysis;
    let helps = |at: usize| {
        let is_helping = tokenized.tokens[at].is(AUXILIARY | ADVERB | NEGATION)
            || tokenized.ends_in(at, "ly")
            || tokenized.reads(at, "to");
        is_helping && mentions.ending_at(at).is_none()
    };
    let (mut left, mut right) = (at, at + 1);
    while left > sentence.start && helps(left - 1) {
        left -= 1;
    }
    if let Some(subject) = subject {
        let (first, last) = (mentions.outermost_first(subject), mentions.all[subject].last);
        if first < at && first >= sentence.start {
            if link != Some(SubjectLink::Inherited) {
                left = first;
            }
        } else if (at..sentence.end).contains(&last) {
            right = last + 1;
        }
    }
    (left, right)
}

/// "Was told by X": the cue of "by".
fn agent(analysis: &Analysis<'_>, at: usize, first: usize) -> Option<Cue> {
    const NEAR: usize = 3;
    let cues = analysis.cues.all[first..].iter().take_while(|cue| cue.token <= at + NEAR);
    cues.filter(|cue| analysis.tokenized.reads(cue.token, "by")).last().copied()
}
