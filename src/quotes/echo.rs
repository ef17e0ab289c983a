//! Echoes: a few words in marks that repeat what a speaker is quoted as saying elsewhere in the article.
//!
//! From the choices for all quotations to those for quotations without a speaker: a headline's “grew like a beanstalk” is
//! given to the speaker who says so below, and so are words that the article takes up again. Linear: the first two words of
//! a run are looked up.

use std::borrow::Cow;

use foldhash::HashMap;

use super::analysis::Analysis;
use super::attribution::Choice;
use super::resolution::Resolution;
use super::roles;
use crate::text;

/// How many words an echo has. Two words may be a common phrase; in a headline they are what a speaker says below.
const FEWEST: usize = 3;
const FEWEST_IN_HEADLINE: usize = 2;
const MOST: usize = 12;

/// The shortest echo, in letters and blanks.
const SHORTEST: usize = 9;
const SHORTEST_IN_HEADLINE: usize = 5;

/// How many places of the same two words are looked at.
const PLACES: usize = 4;

/// How sure the speaker of the words has to be, and what is left of that for the echo.
const SURE: f32 = 0.7;
const LEFT: f32 = 0.85;

/// Gives quotations without a speaker to the speaker whose words they repeat.
pub(crate) fn attribute(analysis: &Analysis<'_>, choices: &mut [Option<Choice>], resolution: &mut Resolution<'_>) {
    let quotes = &analysis.tokenized.quotes;
    let has_no_speaker = |choice: &Option<Choice>| choice.is_some_and(|choice| choice.mention.is_none());
    let echoes = choices.iter().zip(quotes).enumerate().filter(|(_, (choice, _))| has_no_speaker(choice));
    let echoes = echoes.filter_map(|(quote, (_, span))| {
        let words = words_of(span.span.of(analysis.tokenized.small), MOST + 1);
        let fewest = if span.paragraph == 0 { FEWEST_IN_HEADLINE } else { FEWEST };
        let shortest = if span.paragraph == 0 { SHORTEST_IN_HEADLINE } else { SHORTEST };
        let fits =
            (fewest..=MOST).contains(&words.len()) && words.iter().map(|word| word.len()).sum::<usize>() >= shortest;
        fits.then_some((quote, words))
    });
    let echoes: Vec<_> = echoes.collect();
    if echoes.is_empty() {
        return;
    }
    let spoken = Spoken::of(analysis, choices, &echoes);
    for (quote, words) in echoes {
        let Some(source) = spoken.source_of(quote, &words) else { continue };
        let (Some(choice), Some(speaker)) = (choices[source], resolution.of_quote[source]) else { continue };
        let certainty = choice.mention.map_or(1.0, |mention| resolution.certainty[mention]);
        if choice.probability * certainty < SURE {
            continue;
        }
        choices[quote] = Some(Choice { probability: choice.probability * LEFT, cue: None, is_echo: true, ..choice });
        resolution.of_quote[quote] = Some(speaker);
    }
}

/// The first two words of an echo.
type Beginning<'a> = (Cow<'a, str>, Cow<'a, str>);

/// The words of the quotations that have a speaker, and where the beginnings of echoes stand in them.
struct Spoken<'a> {
    /// Of each quotation its words; none where it has no speaker.
    words: Vec<Vec<Cow<'a, str>>>,
    /// For each quotation whose words begin so, in which quotation and where.
    places: HashMap<Beginning<'a>, Vec<(usize, usize)>>,
}

impl<'a> Spoken<'a> {
    /// Looks the first two words of each echo up in all quotations that have a speaker.
    fn of(analysis: &Analysis<'a>, choices: &[Option<Choice>], echoes: &[(usize, Vec<Cow<'a, str>>)]) -> Self {
        let quotes = &analysis.tokenized.quotes;
        let begins = |words: &[Cow<'a, str>]| Some((words.first()?.clone(), words.get(1)?.clone()));
        let wanted = echoes.iter().filter_map(|(_, words)| Some((begins(words)?, Vec::new())));
        let mut spoken = Self { words: vec![Vec::new(); quotes.len()], places: wanted.collect() };
        let has_speaker = |choice: &Option<Choice>| choice.is_some_and(|choice| choice.mention.is_some());
        for (quote, _) in choices.iter().enumerate().filter(|(_, choice)| has_speaker(choice)) {
            let words = words_of(quotes[quote].span.of(analysis.tokenized.small), usize::MAX);
            for (at, pair) in words.windows(2).enumerate() {
                let places = begins(pair).and_then(|pair| spoken.places.get_mut(&pair));
                if let Some(places) = places.filter(|places| places.len() < PLACES) {
                    places.push((quote, at));
                }
            }
            spoken.words[quote] = words;
        }
        spoken
    }

    /// The quotation in which these words stand: the nearest before `quote`, else the first after it.
    fn source_of(&self, quote: usize, words: &[Cow<'a, str>]) -> Option<usize> {
        let [first, second, ..] = words else { return None };
        let places = self.places.get(&(first.clone(), second.clone()))?;
        let holds = |&&(source, at): &&(usize, usize)| self.words[source][at..].starts_with(words);
        let mut found = places.iter().filter(holds).map(|&(source, _)| source);
        let first = found.next()?;
        Some(found.take_while(|&source| source < quote).last().unwrap_or(first))
    }
}

/// The words of a run in small letters, without the marks around them; at most so many.
fn words_of(run: &str, most: usize) -> Vec<Cow<'_, str>> {
    let trimmed = text::runs(run).map(roles::without_marks);
    trimmed.filter(|word| !word.is_empty()).take(most).map(roles::lower).collect()
}
