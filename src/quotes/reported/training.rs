//! What the learning program sees of the choice of contents.

use foldhash::HashMap;

use super::bounds::Bounds;
use super::choice::each_sentence;
use super::describe::Describer;
use super::pieces::pieces;
use super::values::{Features, Value};
use crate::quotes::analysis::Analysis;
use crate::text::Span;

/// A word that may introduce a statement, with the contents that it may have.
#[derive(Debug, Clone)]
pub struct TrainingTrigger {
    /// The word.
    pub cue: Span,
    /// Who would speak.
    pub mention: Option<Span>,
    /// Parts of contents: the numbers of the features of each.
    pub parts: Vec<Vec<u32>>,
    /// The pieces of each content, and the numbers of its parts.
    pub contents: Vec<(Vec<Span>, Vec<u32>)>,
}

/// Gives features numbers.
#[derive(Debug, Default)]
pub struct Namer {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
    features: Vec<u32>,
    parts: Vec<Vec<u32>>,
}

impl Namer {
    /// The names of the features in the order of their numbers, as a file of weights writes them.
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

impl Features for Namer {
    type Sum = u32;

    fn add(&mut self, template: Value<'static>, values: &[Value<'_>]) {
        let mut name = template.name.to_owned();
        for (index, value) in values.iter().enumerate() {
            name.push(if index == 0 { ' ' } else { '|' });
            name.push_str(value.name);
        }
        let next = self.numbers.len() as u32;
        let number = *self.numbers.entry(name).or_insert_with_key(|name| {
            self.names.push(name.clone());
            next
        });
        self.features.push(number);
    }

    fn take(&mut self) -> u32 {
        self.parts.push(std::mem::take(&mut self.features));
        self.parts.len() as u32 - 1
    }

    fn is_hopeless(&self, _: u32) -> bool {
        false
    }

    fn keep_likely(&self, _: &mut Vec<(usize, [u32; 2])>, _: usize) {}
}

/// Hands `take` all triggers of an article.
pub(crate) fn examples(analysis: &Analysis<'_>, namer: &mut Namer, mut take: impl FnMut(TrainingTrigger)) {
    let (mut bounds, mut candidates) = (Bounds::default(), Vec::new());
    each_sentence(analysis, |sentence| {
        for trigger in sentence.triggers {
            bounds.read(analysis, trigger, sentence.whole);
            Describer { sentence, trigger, bounds: &bounds, out: namer, candidates: &mut candidates }.describe();
            let found = candidates.iter().map(|content| (pieces(analysis, content), content.parts.to_vec()));
            take(TrainingTrigger {
                cue: analysis.tokenized.tokens[trigger.token].span(),
                mention: trigger.mention(analysis),
                contents: found.filter(|(pieces, _)| !pieces.is_empty()).collect(),
                parts: std::mem::take(&mut namer.parts),
            });
        }
    });
}
