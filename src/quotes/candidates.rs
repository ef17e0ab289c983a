//! Candidates: who could have spoken a quotation, and what each of them looks like from there.

use crate::quotes::cues::{Class, Cue, Cues, Link};
use crate::quotes::features::{self, FIELDS, Field, Values};
use crate::quotes::mentions::{Kind, Mentions};
use crate::quotes::tokens::{Reading, Shape};
use crate::quotes::views::bucket;
use crate::text::Span;

/// Somebody who could have spoken a quotation, or nobody.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// The mention; none for nobody.
    pub mention: Option<usize>,
    /// The cue that speaks for it.
    pub cue: Option<Cue>,
    pub values: Values,
}

impl Candidate {
    /// Whether the quotation is whole sentences, and they are the whole paragraph.
    pub fn is_paragraph_of_speech(&self) -> bool {
        let value = |field: Field| self.values[field as usize];
        value(Field::Sole) == 3
            && value(Field::Length) >= 2
            && matches!(value(Field::Ends), 2 | 3)
            && value(Field::Case) == 1
    }
}

/// What was chosen before the quotation that is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Past {
    /// The choice for the quotation before it in the same paragraph, and that quotation's token.
    pub here: Option<(Option<usize>, usize)>,
    /// The choice for the last quotation of the last paragraph that had one, if that is near; and whether it goes on.
    pub above: Option<(Option<usize>, bool, usize)>,
}

/// How far candidates and cues are looked for, in mentions and cues.
const MENTIONS_BEFORE: usize = 14;
const MENTIONS_AFTER: usize = 7;
const CUES_BEFORE: usize = 18;
const CUES_AFTER: usize = 6;
const CUES_ABOVE: usize = 6;

pub(crate) struct Chooser<'r, 'a> {
    pub reading: &'r Reading<'a>,
    pub mentions: &'r Mentions,
    pub cues: &'r Cues,
}

/// A quotation as its candidates see it.
pub(crate) struct View {
    pub token: usize,
    pub paragraph: usize,
    pub sentence: Span,
    pub base: Values,
    pub cues: Vec<Cue>,
    pub past: Past,
}

impl Chooser<'_, '_> {
    /// Everyone who could have spoken the quotation at token `token`; nobody comes first.
    pub fn candidates(&self, token: usize, paragraph: usize, past: Past) -> Vec<Candidate> {
        let view = self.view(token, paragraph, past);
        let mut out = vec![Candidate { mention: None, cue: None, values: nobody(&view, past) }];
        let wanted = self.mentions_in_reach(&view);
        for mention in wanted {
            let cue = self.best_cue(mention, &view);
            if let Some(values) = self.describe(mention, cue.as_ref(), &view) {
                out.push(Candidate { mention: Some(mention), cue, values });
            }
        }
        rank(&mut out, self.mentions, token);
        self.touch(&mut out, &view);
        out
    }

    /// Sets [`Field::Touch`]: whether the cue of a candidate stands right at the quotation, or another's does.
    fn touch(&self, candidates: &mut [Candidate], view: &View) {
        let of = |c: &Candidate| {
            let cue = c.cue.as_ref().filter(|c| c.class != Class::Auxiliary)?;
            let mention = &self.mentions.all[c.mention?];
            if cue.token > view.token {
                let first = cue.token.min(mention.first);
                let own = !matches!(cue.link, Link::Inherited | Link::Owner);
                return (own && first <= view.token + 2 && !self.has_word(view.token + 1, first)).then_some(3);
            }
            let last = if matches!(cue.link, Link::Inverted | Link::Following) {
                cue.token.max(mention.last)
            } else {
                cue.token
            };
            if last + 1 == view.token {
                return Some(1);
            }
            let between = last + 2 == view.token
                && (!self.reading.tokens[last + 1].is_word()
                    || matches!(
                        self.reading.words(last + 1),
                        "that" | "as" | "it" | "him" | "her" | "them" | "a" | "the"
                    ));
            (between && last >= view.sentence.start).then_some(2)
        };
        let own: Vec<Option<u8>> = candidates.iter().map(of).collect();
        let strongest = own.iter().flatten().copied().min();
        for (candidate, own) in candidates.iter_mut().zip(own) {
            candidate.values[Field::Touch as usize] = own.unwrap_or_else(|| strongest.map_or(0, |s| s + 3));
        }
    }

    fn has_word(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.reading.tokens[i].is_word())
    }

    fn view(&self, token: usize, paragraph: usize, past: Past) -> View {
        let range = self.reading.paragraphs[paragraph];
        let at = self.cues.before(token);
        let from = at.saturating_sub(CUES_BEFORE);
        let to = (at + CUES_AFTER).min(self.cues.all.len());
        let inside = |c: &&Cue| c.token >= range.first && c.token < range.end;
        let mut cues: Vec<Cue> = self.cues.all[from..to].iter().filter(inside).copied().collect();
        if let Some(above) = self.paragraph_above(paragraph) {
            let range = self.reading.paragraphs[above];
            let at = self.cues.before(range.end);
            cues.extend(self.cues.all[at.saturating_sub(CUES_ABOVE)..at].iter().filter(|c| c.token >= range.first));
        }
        let sentence = self.reading.sentence_of(token);
        let mut view = View { token, paragraph, sentence, base: [0; FIELDS], cues, past };
        view.base = self.base_values(&view);
        view
    }

    /// The last paragraph above that has any words to look at.
    fn paragraph_above(&self, paragraph: usize) -> Option<usize> {
        let near = paragraph.saturating_sub(3)..paragraph;
        near.rev().find(|&p| self.reading.paragraphs[p].first < self.reading.paragraphs[p].end && p > 0)
    }

    fn mentions_in_reach(&self, view: &View) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::with_capacity(40);
        let mut add = |mention: usize| {
            if !out.contains(&mention) {
                out.push(mention);
            }
        };
        let (first, end) = (self.mentions.of_paragraph[view.paragraph], self.mentions.of_paragraph[view.paragraph + 1]);
        let at = self.mentions.before(view.token);
        (at.saturating_sub(MENTIONS_BEFORE).max(first)..at).rev().for_each(&mut add);
        (at..(at + MENTIONS_AFTER).min(end)).for_each(&mut add);
        view.cues.iter().map(|c| c.subject).for_each(&mut add);
        if let Some(Some(mention)) = view.past.here.map(|p| p.0) {
            add(mention);
        }
        if let Some(Some(mention)) = view.past.above.map(|p| p.0) {
            add(mention);
        }
        if let Some(below) = self.signature_below(view) {
            add(below);
        }
        if let Some(above) = self.paragraph_above(view.paragraph) {
            let (first, end) = (self.mentions.of_paragraph[above], self.mentions.of_paragraph[above + 1]);
            (end.saturating_sub(6).max(first)..end).for_each(&mut add);
        }
        out
    }

    /// "— Jane Doe" as the next paragraph: who signs a quotation that ends its paragraph.
    fn signature_below(&self, view: &View) -> Option<usize> {
        const LONGEST: usize = 14;
        let here = self.reading.paragraphs[view.paragraph];
        let next = self.reading.paragraphs.get(view.paragraph + 1)?;
        let dash = self.reading.tokens.get(next.first)?;
        let is_dash = dash.shape == Shape::Dash || dash.span().of(self.reading.text) == "-";
        let ends_here = view.token + 2 >= here.end;
        (is_dash && ends_here && next.end - next.first <= LONGEST)
            .then(|| self.mentions.starting_at(next.first + 1))
            .flatten()
    }

    /// The cue by which this mention would have spoken: one of the same sentence, a real cue, the nearest.
    fn best_cue(&self, mention: usize, view: &View) -> Option<Cue> {
        let sentence = self.mentions.all[mention].sentence;
        let own = view.cues.iter().filter(|c| c.subject == mention);
        own.min_by_key(|c| {
            let cue_sentence = self.reading.tokens[c.token].sentence as usize;
            let here = c.token >= view.sentence.start && c.token < view.sentence.end;
            (!here, !c.class.is_cue(), cue_sentence != sentence, c.token.abs_diff(view.token))
        })
        .copied()
    }

    fn describe(&self, index: usize, cue: Option<&Cue>, view: &View) -> Option<Values> {
        let mention = &self.mentions.all[index];
        let owned_pronoun = mention.possessive && mention.kind.is_pronoun();
        let chosen =
            view.past.here.is_some_and(|p| p.0 == Some(index)) || view.past.above.is_some_and(|p| p.0 == Some(index));
        if !chosen && cue.is_none_or(|c| !c.class.is_cue()) && (mention.kind == Kind::Noun || owned_pronoun) {
            return None;
        }
        let mut values = view.base;
        let mut set = |field: Field, value: usize| values[field as usize] = value as u8;
        let (place, distance) = self.place(index, view);
        set(Field::Place, place);
        set(Field::Distance, distance.min(4));
        set(Field::Kind, mention.kind as usize + 1);
        let part = if mention.possessive && mention.owner.is_none() && self.owns_next(index) {
            5
        } else {
            mention.part as usize + 1
        };
        set(Field::Part, part);
        let anchor = match cue {
            Some(cue) => {
                set(Field::Link, cue.link as usize + 1);
                set(Field::Class, cue.class as usize + 1);
                set(Field::Side, if cue.token < view.token { 1 } else { 2 });
                set(Field::Participle, usize::from(cue.participle));
                set(Field::Verb, usize::from(features::verb_label(self.reading.words(cue.token))));
                let object = self.mentions.starting_at(cue.token + 1).is_some_and(|o| o != index);
                set(Field::Object, usize::from(object));
                if matches!(cue.link, Link::Inverted | Link::Following) && cue.token < view.token {
                    mention.last.max(cue.token)
                } else {
                    cue.token
                }
            }
            None if mention.first < view.token => mention.last,
            None => mention.first,
        };
        let gap = anchor.abs_diff(view.token).saturating_sub(1);
        set(Field::Gap, bucket(gap, &[0, 1, 2, 5, 10, 20]) + 1);
        set(Field::Rivals, self.rivals(index, anchor, view).min(2));
        set(Field::Clauses, Self::clauses(index, anchor, view).min(2));
        set(Field::Main, usize::from(mention.main));
        set(Field::Between, self.quotations_between(anchor, view.token).min(2));
        set(
            Field::Same,
            match view.past.here {
                None => 0,
                Some((Some(before), _)) if before == index => 1,
                Some((Some(before), _)) if self.same_name(before, index) => 4,
                Some((Some(_), _)) => 2,
                Some((None, _)) => 3,
            },
        );
        set(
            Field::Chain,
            match view.past.above {
                None => 0,
                Some((Some(before), continues, _)) => match (before == index, continues) {
                    (true, true) => 4,
                    (false, true) => 5,
                    (true, false) => 1,
                    (false, false) => 2,
                },
                Some((None, ..)) => 3,
            },
        );
        Some(values)
    }

    /// Whether both mentions end in the same name.
    fn same_name(&self, one: usize, other: usize) -> bool {
        let last = |m: usize| self.mentions.all[m].name.map(|(_, last)| self.reading.words(last));
        last(one).is_some() && last(one) == last(other)
    }

    /// How many verbs with other subjects stand between `anchor` and the quotation.
    fn clauses(index: usize, anchor: usize, view: &View) -> usize {
        let between = (anchor.min(view.token), anchor.max(view.token));
        let own = view.cues.iter().filter(|c| c.subject != index && c.token > between.0 && c.token < between.1);
        own.filter(|c| !matches!(c.class, Class::Noun | Class::Colon)).count()
    }

    fn owns_next(&self, index: usize) -> bool {
        self.mentions.all.get(index + 1).is_some_and(|m| m.owner == Some(index))
    }

    /// Which place of [`Field::Place`], and how many sentences or paragraphs away.
    fn place(&self, index: usize, view: &View) -> (usize, usize) {
        let mention = &self.mentions.all[index];
        let sentence = self.reading.tokens[view.token].sentence as usize;
        if mention.paragraph == view.paragraph {
            return match sentence.checked_sub(mention.sentence) {
                Some(0) => (if mention.first < view.token { 1 } else { 2 }, 0),
                Some(1) => (3, 1),
                Some(n) => (4, n),
                None => (5, mention.sentence - sentence),
            };
        }
        if mention.paragraph > view.paragraph {
            return (9, 0);
        }
        let paragraphs = view.paragraph.saturating_sub(mention.paragraph);
        if Some(mention.paragraph) != self.paragraph_above(view.paragraph) {
            return (8, paragraphs);
        }
        let range = self.reading.paragraphs[mention.paragraph];
        let last = self.reading.tokens[range.end - 1].sentence as usize;
        (if mention.sentence == last { 6 } else { 7 }, last - mention.sentence)
    }

    /// How many cues of this sentence with another subject stand between `anchor` and the quotation.
    fn rivals(&self, index: usize, anchor: usize, view: &View) -> usize {
        let between = (anchor.min(view.token), anchor.max(view.token));
        let mention = &self.mentions.all[index];
        let rivals = view.cues.iter().filter(|c| {
            c.class.is_cue()
                && c.subject != index
                && c.token > between.0
                && c.token < between.1
                && Some(c.subject) != mention.antecedent
        });
        rivals.count()
    }

    fn quotations_between(&self, anchor: usize, token: usize) -> usize {
        let (from, to) = (anchor.min(token) + 1, anchor.max(token));
        let window = &self.reading.tokens[from.min(to)..to];
        window.iter().take(120).filter(|t| t.is_quotation()).count()
    }
}

fn nobody(view: &View, past: Past) -> Values {
    let mut values = view.base;
    values[Field::Same as usize] = match past.here {
        None => 0,
        Some((Some(_), _)) => 2,
        Some((None, _)) => 3,
    };
    values[Field::Chain as usize] = match past.above {
        None => 0,
        Some((Some(_), true, _)) => 5,
        Some((Some(_), false, _)) => 2,
        Some((None, ..)) => 3,
    };
    values
}

/// Sets [`Field::Rank`]: how many candidates of the same place are nearer.
fn rank(candidates: &mut [Candidate], mentions: &Mentions, token: usize) {
    let order: Vec<(u8, usize)> = candidates
        .iter()
        .map(|c| {
            let place = c.values[Field::Place as usize];
            let away = c.mention.map_or(0, |m| mentions.all[m].first.abs_diff(token));
            (place, away)
        })
        .collect();
    for (candidate, &(place, away)) in candidates.iter_mut().zip(&order).filter(|(c, _)| c.mention.is_some()) {
        let nearer = order.iter().filter(|o| o.0 == place && o.1 < away).count();
        candidate.values[Field::Rank as usize] = nearer.min(3) as u8 + 1;
    }
}
