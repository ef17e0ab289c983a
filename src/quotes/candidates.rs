//! Candidates: who could have spoken a quotation, and what each of them looks like from there.

use crate::article::ParagraphKind;
use crate::quotes::cues::{Class, Cue, Cues, Link};
use crate::quotes::features::{self, FIELDS, Field, Values};
use crate::quotes::lexicon::{
    ADVERB, AUXILIARY, CONJUNCTION, DETERMINER, ING, POSSESSIVE, PREPOSITION, SAY, SAYING, SPEECH, VERB, WHICH, WHO,
};
use crate::quotes::mentions::{Kind, Mentions};
use crate::quotes::tokens::{Reading, Shape, Token};
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
struct View {
    token: usize,
    paragraph: usize,
    sentence: Span,
    base: Values,
    cues: Vec<Cue>,
    past: Past,
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
        set(Field::Clauses, self.clauses(index, anchor, view).min(2));
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
    fn clauses(&self, index: usize, anchor: usize, view: &View) -> usize {
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

    /// The values that do not depend on the candidate.
    fn base_values(&self, view: &View) -> Values {
        let mut values = [0; FIELDS];
        let mut set = |field: Field, value: usize| values[field as usize] = value as u8;
        let range = self.reading.paragraphs[view.paragraph];
        let run = self.reading.runs[self.reading.tokens[view.token].run as usize];
        let words = run.span.of(self.reading.text);
        set(Field::Length, bucket(word_count(words), &[1, 3, 8, 20]));
        set(Field::Case, case_of(words));
        set(Field::Ends, end_of(words));
        set(Field::Left, self.left(view));
        set(Field::Right, self.right(view));
        let (first, last) = (
            view.token == range.first,
            view.token + 1 >= range.end
                || view.token + 2 == range.end && self.reading.tokens[view.token + 1].shape == Shape::Stop,
        );
        set(
            Field::Sole,
            match (first, last) {
                (false, false) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (true, true) => 3,
            },
        );
        set(
            Field::Where,
            match range.kind {
                ParagraphKind::Headline => 1,
                ParagraphKind::Prose => 0,
                _ => 2,
            },
        );
        set(Field::Strongest, self.strongest(view));
        set(Field::LeadIn, self.lead_in(view));
        if let Some((_, before)) = view.past.here {
            let fresh = view.cues.iter().any(|c| {
                c.token > before && c.token < view.token && c.link != Link::Inherited && c.class != Class::Noun
            });
            set(Field::Fresh, usize::from(fresh));
        }
        values
    }

    fn strongest(&self, view: &View) -> usize {
        const NEAR: usize = 5;
        let here = view.cues.iter().filter(|c| c.token >= view.sentence.start && c.token < view.sentence.end);
        here.filter_map(|c| {
            let side = match (c.token < view.token, c.token.abs_diff(view.token) <= NEAR) {
                (true, true) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (false, false) => 3,
            };
            match c.class {
                Class::Say => Some(1 + side),
                Class::Speech => Some(5 + side),
                Class::According => Some(9),
                Class::Noun => Some(10),
                Class::Colon => Some(11),
                Class::Other | Class::Auxiliary => None,
            }
        })
        .min()
        .unwrap_or(0)
    }

    fn lead_in(&self, view: &View) -> usize {
        let Some(before) = view.token.checked_sub(1).filter(|&b| b >= view.sentence.start) else { return 0 };
        let word = self.reading.words(before);
        const NAMING: [&str; 22] = [
            "titled",
            "entitled",
            "named",
            "nicknamed",
            "film",
            "movie",
            "song",
            "book",
            "show",
            "series",
            "album",
            "single",
            "episode",
            "novel",
            "play",
            "magazine",
            "program",
            "programme",
            "hit",
            "sitcom",
            "documentary",
            "on",
        ];
        const DISTANCING: [&str; 12] = [
            "so-called",
            "word",
            "term",
            "terms",
            "phrase",
            "words",
            "known",
            "alleged",
            "supposed",
            "nickname",
            "moniker",
            "label",
        ];
        if NAMING.iter().any(|w| word.eq_ignore_ascii_case(w)) {
            1
        } else if DISTANCING.iter().any(|w| word.eq_ignore_ascii_case(w)) {
            2
        } else {
            usize::from(self.reading.tokens[before].is(SAYING)) * 3
        }
    }

    fn left(&self, view: &View) -> usize {
        let Some(before) = view.token.checked_sub(1).filter(|&b| b >= view.sentence.start) else { return 0 };
        let token = &self.reading.tokens[before];
        match token.shape {
            Shape::Comma => 1,
            Shape::Colon => 2,
            Shape::Dash => 15,
            Shape::Quotation => 14,
            Shape::Stop | Shape::Semicolon => 0,
            Shape::Open | Shape::Close | Shape::Other | Shape::Number => 17,
            _ => self.left_word(before, token),
        }
    }

    fn left_word(&self, before: usize, token: &Token) -> usize {
        match self.reading.words(before) {
            "that" => 3,
            "as" => 8,
            _ if self.mentions.ending_at(before).is_some() => 13,
            _ if token.is(DETERMINER | POSSESSIVE) => 10,
            _ if token.is(VERB) && token.is(ING) => 18,
            _ if token.is(SAY) => 4,
            _ if token.is(SPEECH) => 5,
            _ if token.is(PREPOSITION) => 9,
            _ if token.is(AUXILIARY) => 7,
            _ if token.is(VERB) => 6,
            _ if token.is(CONJUNCTION) => 11,
            _ if token.is(ADVERB) => 12,
            _ if token.is_capital() => 19,
            _ => 16,
        }
    }

    fn right(&self, view: &View) -> usize {
        let after = view.token + 1;
        if after >= view.sentence.end {
            return 0;
        }
        let token = &self.reading.tokens[after];
        match token.shape {
            Shape::Comma => 1,
            Shape::Stop | Shape::Semicolon => 2,
            Shape::Quotation => 10,
            Shape::Small | Shape::Capital | Shape::Capitals => match self.mentions.starting_at(after) {
                Some(m) if self.mentions.all[m].kind.is_pronoun() && !self.mentions.all[m].possessive => 12,
                Some(m) if self.mentions.all[m].kind.is_name() => 5,
                Some(_) => 13,
                None if token.is(SAY | SPEECH) => 3,
                None if token.is(WHO | WHICH) => 8,
                None if token.is(PREPOSITION) => 6,
                None if token.is(CONJUNCTION) => 7,
                None if token.is(VERB | AUXILIARY) => 4,
                None => 9,
            },
            _ => 11,
        }
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

fn bucket(value: usize, bounds: &[usize]) -> usize {
    bounds.iter().position(|&b| value <= b).unwrap_or(bounds.len())
}

fn word_count(words: &str) -> usize {
    words.split_whitespace().take(30).count()
}

fn case_of(words: &str) -> usize {
    let Some(first) = words.chars().find(|c| c.is_alphanumeric()) else { return 3 };
    if first.is_lowercase() {
        return 0;
    }
    if !first.is_uppercase() {
        return 3;
    }
    let mut long = words.split_whitespace().take(12).filter(|w| w.len() > 3).peekable();
    let several = words.split_whitespace().take(2).count() > 1;
    let titled = long.peek().is_some() && long.all(|w| w.starts_with(|c: char| !c.is_lowercase()));
    if titled && several && !words.ends_with(['.', '!', '?']) { 2 } else { 1 }
}

fn end_of(words: &str) -> usize {
    match words.trim_end_matches(['’', '\'', ' ', ')']).chars().next_back() {
        Some(',') => 1,
        Some('.' | '…') => 2,
        Some('?' | '!') => 3,
        Some(c) if c.is_alphanumeric() => 0,
        _ => 4,
    }
}
