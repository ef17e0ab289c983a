//! Sources that are no subject of a cue: "two in three voters say", "according to exit polls", "evidence suggesting".

use super::trigger::Trigger;
use crate::quotes::analysis::Analysis;
use crate::quotes::cues::Class;
use crate::quotes::lexicon::{
    ADVERB, AUXILIARY, CLOSED, CONJUNCTION, ING, PREPOSITION, SUBORDINATOR, VERB, WHICH, WHO,
};
use crate::quotes::tokens::TokenShape;
use crate::text::Span;

/// How far a source is looked for, in tokens.
const REACH: usize = 16;

/// Gives a trigger the words that stand where its source should, if there are such.
pub(super) fn look_for(trigger: &mut Trigger, analysis: &Analysis<'_>, sentence: Span) {
    let token = &analysis.tokenized.tokens[trigger.token];
    match trigger.class {
        Class::According => follow(trigger, analysis, sentence),
        Class::Noun => {}
        _ if token.is(ING) && trigger.left == trigger.token => hang_on(trigger, analysis, sentence),
        _ => stand_before(trigger, analysis, sentence),
    }
}

/// "According to exit polls".
fn follow(trigger: &mut Trigger, analysis: &Analysis<'_>, sentence: Span) {
    let tokens = &analysis.tokenized.tokens;
    let first = trigger.token + 2;
    let goes_on = |at: &usize| {
        let token = &tokens[*at];
        (token.is_word() || token.shape == TokenShape::Number)
            && !token.is(SUBORDINATOR | WHO | WHICH)
            && (*at == first || !token.is(PREPOSITION | AUXILIARY))
    };
    let end = first + (first..sentence.end.min(first + REACH)).take_while(goes_on).count();
    if end > first {
        (trigger.source, trigger.right) = (Some(Span::new(first, end)), end);
    }
}

/// "Evidence suggesting"; "…, suggesting", whose source is the subject of the sentence.
fn hang_on(trigger: &mut Trigger, analysis: &Analysis<'_>, sentence: Span) {
    let at = trigger.token;
    let Some(before) = at.checked_sub(1).filter(|&before| before >= sentence.start) else { return };
    let token = &analysis.tokenized.tokens[before];
    if token.is_word() && !token.is(CLOSED) {
        trigger.source = Some(Span::new(before, at));
    } else {
        let mentions = &analysis.mentions;
        let first = mentions.before(sentence.start);
        // The first of those near; long sentences have many.
        let end = mentions.before(at);
        trigger.subject = (first.max(end.saturating_sub(REACH))..end).find(|&mention| mentions.all[mention].main);
    }
}

/// "Two in three voters say".
fn stand_before(trigger: &mut Trigger, analysis: &Analysis<'_>, sentence: Span) {
    let Analysis { tokenized, mentions, .. } = analysis;
    let tokens = &tokenized.tokens;
    let end = trigger.left;
    let ends = |at: &usize| {
        let token = &tokens[*at];
        !(token.is_word() || token.shape == TokenShape::Number || tokenized.reads(*at, "%"))
            || token.is(CONJUNCTION | WHO | WHICH)
            || token.is(SUBORDINATOR) && !token.is(PREPOSITION)
            || tokenized.reads(*at, "to")
    };
    let floor = sentence.start.max(end.saturating_sub(REACH));
    let mut first = (floor..end).rev().find(ends).map_or(floor, |at| at + 1);
    while first < end && tokens[first].is(ADVERB | PREPOSITION) && mentions.starting_at(first).is_none() {
        first += 1;
    }
    if first >= end {
        return;
    }
    let next = mentions.before(first);
    let named = mentions.all.get(next).filter(|mention| mention.last < end && !mention.possessive);
    let is_head = |found: usize| !tokens[first..found].iter().any(|token| token.is(PREPOSITION));
    if named.is_some_and(|mention| is_head(mention.first)) {
        trigger.subject = Some(next);
        return;
    }
    let ends = |at: &usize| tokens[*at].is(PREPOSITION | VERB | AUXILIARY | ADVERB);
    trigger.source = Some(Span::new(first, (first + 1..end).find(ends).unwrap_or(end)));
}
