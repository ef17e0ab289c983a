//! Candidates: who could have spoken a quotation, and the features of each.

use crate::quotes::analysis::Analysis;
use crate::quotes::context::{PreviousChoices, QuoteContext};
use crate::quotes::cues::{Class, Cue, SubjectLink};
use crate::quotes::features;
use crate::quotes::features::{
    Between, Case, Chain, Clauses, Distance, Ends, Field, Gap, Length, Main, Object, Part, Participle, Place, Rank,
    Rivals, Same, Side, Sole, Touch, Values, Verb,
};
use crate::quotes::lexicon::DOING;
use crate::quotes::mentions::{Kind, Mentions};
use crate::quotes::tokens::TokenShape;

/// How far mentions are looked for, in mentions.
const MENTIONS_BEFORE: usize = 14;
const MENTIONS_AFTER: usize = 7;

/// A candidate for the speaker of a quotation, or for its having none.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// The mention; none for no speaker.
    pub mention: Option<usize>,
    /// The cue that speaks for it.
    pub cue: Option<Cue>,
    pub values: Values,
    /// Whether the words between them leave no doubt: “so,” as X put it; of no speaker, whether it is a label.
    pub is_evident: bool,
}

impl Candidate {
    /// Whether the quotation is whole sentences, and they are the whole paragraph.
    pub fn is_paragraph_of_speech(&self) -> bool {
        let values = &self.values;
        values.has(Sole::Sole)
            && !(values.has(Length::One) || values.has(Length::Few))
            && (values.has(Ends::Stop) || values.has(Ends::Question))
            && values.has(Case::Capital)
    }
}

impl Analysis<'_> {
    /// Returns the candidates of the quotation at token `token`; no speaker comes first.
    pub fn candidates(&self, token: usize, paragraph: usize, previous: PreviousChoices) -> Vec<Candidate> {
        let context = self.context(token, paragraph, previous);
        let around = self.named_around(&context);
        let is_evident = around.is_none() && self.is_label(token);
        let nobody = Candidate { mention: None, cue: None, values: no_speaker(&context), is_evident };
        if self.is_attribute(token) {
            return vec![nobody];
        }
        let mut wanted = self.mentions_in_reach(&context);
        wanted.extend(around.filter(|mention| !wanted.contains(mention)));
        let mut out = Vec::with_capacity(wanted.len() + 1);
        out.push(nobody);
        for mention in wanted.into_iter().filter(|&mention| self.may_speak(mention)) {
            let cue = self.best_cue(mention, &context);
            if cue.is_some_and(|cue| self.has_agent(&cue, &context) || self.is_told(&cue, &context)) {
                continue;
            }
            if let Some(values) = self.describe(mention, cue.as_ref(), &context) {
                let is_evident = cue.is_some_and(|cue| self.is_evident(&cue, &context)) || around == Some(mention);
                out.push(Candidate { mention: Some(mention), cue, values, is_evident });
            }
        }
        rank(&mut out, &self.mentions, token);
        self.touch(&mut out, &context);
        out
    }

    /// Sets [`Touch`]: whether the cue of a candidate stands right at the quotation, or another's does.
    fn touch(&self, candidates: &mut [Candidate], context: &QuoteContext) {
        let of = |c: &Candidate| {
            let cue = c.cue.as_ref().filter(|c| c.class != Class::Auxiliary)?;
            let mention = &self.mentions.all[c.mention?];
            if cue.token > context.token {
                let first = cue.token.min(mention.first);
                let own = !matches!(cue.link, SubjectLink::Inherited | SubjectLink::Owner);
                return (own && first <= context.token + 2 && !self.has_word(context.token + 1, first))
                    .then_some(Touch::OwnRight);
            }
            let last = if matches!(cue.link, SubjectLink::Inverted | SubjectLink::Following) {
                cue.token.max(mention.last)
            } else {
                cue.token
            };
            if last + 1 == context.token {
                return Some(Touch::OwnLeft);
            }
            let between = last + 2 == context.token
                && (!self.tokenized.tokens[last + 1].is_word()
                    || matches!(
                        self.tokenized.words(last + 1),
                        "that" | "as" | "it" | "him" | "her" | "them" | "a" | "the"
                    ));
            (between && last >= context.sentence.start).then_some(Touch::OwnNearLeft)
        };
        let own: Vec<Option<Touch>> = candidates.iter().map(of).collect();
        let anyone = |touch: Touch| own.contains(&Some(touch));
        let other = if anyone(Touch::OwnLeft) {
            Touch::OtherLeft
        } else if anyone(Touch::OwnNearLeft) {
            Touch::OtherNearLeft
        } else if anyone(Touch::OwnRight) {
            Touch::OtherRight
        } else {
            Touch::None
        };
        for (candidate, own) in candidates.iter_mut().zip(own) {
            candidate.values.set(own.unwrap_or(other));
        }
    }

    fn has_word(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.tokenized.tokens[i].is_word())
    }

    fn mentions_in_reach(&self, context: &QuoteContext) -> Vec<usize> {
        let (first, end) =
            (self.mentions.of_paragraph[context.paragraph], self.mentions.of_paragraph[context.paragraph + 1]);
        let at = self.mentions.before(context.token);
        let before = at.saturating_sub(MENTIONS_BEFORE).max(first)..at;
        let after = at..(at + MENTIONS_AFTER).min(end);
        let near = before.start.min(at)..after.end.max(at);
        let mut out: Vec<usize> = Vec::with_capacity(60);
        out.extend(before.rev().chain(after));
        let mut add = |mention: usize| {
            if !near.contains(&mention) && !out[near.len()..].contains(&mention) {
                out.push(mention);
            }
        };
        context.cues.iter().map(|c| c.subject).for_each(&mut add);
        if let Some(Some(mention)) = context.previous.here.map(|p| p.0) {
            add(mention);
        }
        if let Some(Some(mention)) = context.previous.above.map(|p| p.0) {
            add(mention);
        }
        if let Some(below) = self.signature_below(context) {
            add(below);
        }
        if let Some(above) = self.paragraph_above(context.paragraph) {
            let (first, end) = (self.mentions.of_paragraph[above], self.mentions.of_paragraph[above + 1]);
            (end.saturating_sub(6).max(first)..end).for_each(&mut add);
        }
        out
    }

    /// "— Jane Doe" as the next paragraph: who signs a quotation that ends its paragraph.
    fn signature_below(&self, context: &QuoteContext) -> Option<usize> {
        const LONGEST: usize = 14;
        let here = self.tokenized.paragraphs[context.paragraph];
        let next = self.tokenized.paragraphs.get(context.paragraph + 1)?;
        let dash = self.tokenized.tokens.get(next.first)?;
        let is_dash = dash.shape == TokenShape::Dash || dash.span().of(self.tokenized.text) == "-";
        let ends_here = context.token + 2 >= here.end;
        (is_dash && ends_here && next.end - next.first <= LONGEST)
            .then(|| self.mentions.starting_at(next.first + 1))
            .flatten()
    }

    /// The cue by which this mention would have spoken: one of the same sentence, a real cue, the nearest.
    fn best_cue(&self, mention: usize, context: &QuoteContext) -> Option<Cue> {
        let sentence = self.mentions.all[mention].sentence;
        let own = context.cues.iter().filter(|c| c.subject == mention);
        own.min_by_key(|c| {
            let cue_sentence = self.tokenized.tokens[c.token].sentence as usize;
            (!context.is_in_sentence(c), !c.class.is_cue(), cue_sentence != sentence, c.token.abs_diff(context.token))
        })
        .copied()
    }

    fn describe(&self, index: usize, cue: Option<&Cue>, context: &QuoteContext) -> Option<Values> {
        let mention = &self.mentions.all[index];
        let owned_pronoun = mention.possessive && mention.kind.is_pronoun();
        let chosen = context.previous.here.is_some_and(|p| p.0 == Some(index))
            || context.previous.above.is_some_and(|p| p.0 == Some(index));
        if !chosen && cue.is_none_or(|c| !c.class.is_cue()) && (mention.kind == Kind::Noun || owned_pronoun) {
            return None;
        }
        let mut values = context.base;
        let (place, distance) = self.place(index, context);
        values.set(place);
        values.set(Distance::from(distance));
        values.set(features::Kind::from(mention.kind));
        let owns = mention.possessive && mention.owner.is_none() && self.owns_next(index);
        values.set(if owns { Part::Possessive } else { Part::from(mention.part) });
        let anchor = match cue {
            Some(cue) => {
                values.set(features::Link::from(cue.link));
                values.set(features::Class::from(cue.class));
                values.set(if cue.token < context.token { Side::Left } else { Side::Right });
                values.set(Participle::from(cue.participle));
                let is_deed = self.tokenized.tokens[cue.token].is(DOING) && cue.class == Class::Other;
                values.set(Verb::from(if is_deed { "doing" } else { self.tokenized.words(cue.token) }));
                values.set(Object::from(self.mentions.starting_at(cue.token + 1).is_some_and(|o| o != index)));
                if matches!(cue.link, SubjectLink::Inverted | SubjectLink::Following) && cue.token < context.token {
                    mention.last.max(cue.token)
                } else {
                    cue.token
                }
            }
            None if mention.first < context.token => mention.last,
            None => mention.first,
        };
        values.set(Gap::from(anchor.abs_diff(context.token).saturating_sub(1)));
        let (rivals, clauses) = self.cues_between(index, anchor, context);
        values.set(Rivals::from(rivals));
        values.set(Clauses::from(clauses));
        values.set(Main::from(mention.main));
        values.set(Between::from(self.quotations_between(anchor, context.token)));
        values.set(match context.previous.here {
            None => Same::First,
            Some((Some(before), _)) if before == index => Same::Same,
            Some((Some(before), _)) if self.same_name(before, index) => Same::SameName,
            Some((Some(_), _)) => Same::Other,
            Some((None, _)) => Same::Nobody,
        });
        values.set(match context.previous.above {
            None => Chain::None,
            Some((Some(before), continues, _)) => match (before == index, continues) {
                (true, true) => Chain::Continued,
                (false, true) => Chain::NotContinued,
                (true, false) => Chain::Same,
                (false, false) => Chain::Other,
            },
            Some((None, ..)) => Chain::Nobody,
        });
        Some(values)
    }

    /// Whether both mentions end in the same name.
    fn same_name(&self, one: usize, other: usize) -> bool {
        let last = |m: usize| self.mentions.all[m].name.map(|(_, last)| self.tokenized.words(last));
        last(one).is_some() && last(one) == last(other)
    }

    fn owns_next(&self, index: usize) -> bool {
        self.mentions.all.get(index + 1).is_some_and(|m| m.owner == Some(index))
    }

    /// Where a mention stands, and how many sentences or paragraphs away.
    fn place(&self, index: usize, context: &QuoteContext) -> (Place, usize) {
        let mention = &self.mentions.all[index];
        let sentence = self.tokenized.tokens[context.token].sentence as usize;
        if mention.paragraph == context.paragraph {
            return match sentence.checked_sub(mention.sentence) {
                Some(0) => (if mention.first < context.token { Place::Before } else { Place::After }, 0),
                Some(1) => (Place::Earlier, 1),
                Some(n) => (Place::Farther, n),
                None => (Place::Later, mention.sentence - sentence),
            };
        }
        if mention.paragraph > context.paragraph {
            return (Place::Below, 0);
        }
        let paragraphs = context.paragraph.saturating_sub(mention.paragraph);
        if Some(mention.paragraph) != self.paragraph_above(context.paragraph) {
            return (Place::AboveTwo, paragraphs);
        }
        let range = self.tokenized.paragraphs[mention.paragraph];
        let last = self.tokenized.tokens[range.end - 1].sentence as usize;
        (if mention.sentence == last { Place::Above } else { Place::AboveFirst }, last - mention.sentence)
    }

    /// How many cues, and how many verbs, with another subject stand between `anchor` and the quotation.
    fn cues_between(&self, index: usize, anchor: usize, context: &QuoteContext) -> (usize, usize) {
        let (from, to) = (anchor.min(context.token), anchor.max(context.token));
        let antecedent = self.mentions.all[index].antecedent;
        let (mut rivals, mut clauses) = (0, 0);
        for cue in context.cues.iter().filter(|c| c.token > from && c.token < to && c.subject != index) {
            rivals += usize::from(cue.class.is_cue() && Some(cue.subject) != antecedent);
            clauses += usize::from(!matches!(cue.class, Class::Noun | Class::Colon));
        }
        (rivals, clauses)
    }

    fn quotations_between(&self, anchor: usize, token: usize) -> usize {
        let (from, to) = (anchor.min(token) + 1, anchor.max(token));
        let window = &self.tokenized.tokens[from.min(to)..to];
        window[..window.len().min(120)].iter().filter(|t| t.is_quotation()).count()
    }
}

fn no_speaker(context: &QuoteContext) -> Values {
    let mut values = context.base;
    values.set(match context.previous.here {
        None => Same::First,
        Some((Some(_), _)) => Same::Other,
        Some((None, _)) => Same::Nobody,
    });
    values.set(match context.previous.above {
        None => Chain::None,
        Some((Some(_), true, _)) => Chain::NotContinued,
        Some((Some(_), false, _)) => Chain::Other,
        Some((None, ..)) => Chain::Nobody,
    });
    values
}

/// Sets [`Rank`]: how many candidates of the same place are nearer.
fn rank(candidates: &mut [Candidate], mentions: &Mentions, token: usize) {
    // The place, and below it, in 32 bits as all places of an article, how far away.
    let order: Vec<u64> = candidates
        .iter()
        .map(|c| {
            let away = c.mention.map_or(0, |m| mentions.all[m].first.abs_diff(token));
            u64::from(c.values.number(Field::Place)) << 32 | away as u64
        })
        .collect();
    for (candidate, &here) in candidates.iter_mut().zip(&order).filter(|(c, _)| c.mention.is_some()) {
        let place = here >> 32 << 32;
        candidate.values.set(Rank::from(order.iter().filter(|o| (place..here).contains(o)).count()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BodyBuilder, ParagraphKind};
    use crate::quotes::analysis::small_letters;
    use crate::quotes::{attribution, weights};

    /// Describes every candidate of every quotation of a headline and its paragraph.
    fn described(paragraph: &str) -> Vec<String> {
        let mut builder = BodyBuilder::new("Bridge");
        builder.push(ParagraphKind::Prose, paragraph);
        let body = builder.build();
        let small = small_letters(&body);
        let analysis = Analysis::of(&body, &small).unwrap();
        let mut out = Vec::new();
        attribution::choose(&analysis, |_, candidates| {
            out.extend(candidates.iter().map(|c| {
                let words = |m: usize| body.words(analysis.mentions.all[m].span);
                format!("{}: {}", c.mention.map_or("-", words), c.values.names())
            }));
            attribution::best(weights::learned(), candidates)
        });
        out
    }

    /// The names in the file of weights, so that a value taken for another is seen.
    #[test]
    fn candidates_are_described_in_the_words_of_the_weights() {
        assert_eq!(
            described("“The bridge is closed,” said Jane Doe. “So it is.”"),
            [
                "-: Ends=comma Right=say Length=4-8 Case=capital Sole=first Strongest=say-near-right Talk=sentence \
                 Touch=other-right",
                "Jane Doe: Place=after Link=inverted Class=say Side=right Gap=0 Ends=comma Right=say Kind=person \
                 Part=subject Length=4-8 Case=capital Sole=first Rank=0 Strongest=say-near-right Verb=said \
                 Talk=sentence Main=yes \
                 Touch=own-right",
                "-: Ends=stop Length=2-3 Case=capital Sole=last Same=other Fresh=yes Talk=paragraph",
                "Jane Doe: Place=earlier Link=inverted Class=say Side=left Gap=1 Ends=stop Kind=person Part=subject \
                 Length=2-3 Case=capital Sole=last Same=same Rank=0 Distance=1 Fresh=yes Verb=said \
                 Talk=paragraph Main=yes",
            ]
        );
        assert_eq!(
            described("Jane Doe, the mayor, told Ann Roe that “it is” so."),
            [
                "-: Left=that Right=word Length=2-3 Strongest=say-near-left Talk=sentence",
                "Ann Roe: Place=before Gap=1 Left=that Right=word Kind=person Part=object Length=2-3 Rank=0 \
                 Strongest=say-near-left Talk=sentence",
                "the mayor: Place=before Gap=3-5 Left=that Right=word Kind=noun-person Part=free Length=2-3 Rivals=1 \
                 Rank=1 Strongest=say-near-left Talk=sentence Clauses=1",
                "Jane Doe: Place=before Link=insertion Class=say Side=left Gap=3-5 Left=that Right=word Kind=person \
                 Part=subject Length=2-3 Rank=2 Strongest=say-near-left Verb=told Object=yes Talk=sentence \
                 Main=yes",
            ]
        );
    }
}
