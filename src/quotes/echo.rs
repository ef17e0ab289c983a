//! Echoes: a few words in marks that repeat what somebody is quoted as saying elsewhere in the article.
//!
//! From the choices for all quotations to those for words that were nobody's: a headline's “grew like a beanstalk” is its
//! speaker's, and so are the words that the article takes up again. Linear: the first two words of a run are looked up.

use foldhash::HashMap;

use super::analysis::Analysis;
use super::attribution::Choice;
use super::resolution::Resolution;

/// How many words an echo has. Two words may be a phrase of everybody's; in a headline they are what somebody says below.
const FEWEST: usize = 3;
const FEWEST_IN_HEADLINE: usize = 2;
const MOST: usize = 12;

/// The shortest echo, in letters and blanks.
const SHORTEST: usize = 9;

/// How many places of the same two words are looked at.
const PLACES: usize = 4;

/// How sure the speaker of the words has to be, and what is left of that for the echo.
const SURE: f32 = 0.7;
const LEFT: f32 = 0.85;

/// Gives words that were nobody's to the speaker whom they were taken from.
pub(crate) fn attribute(analysis: &Analysis<'_>, choices: &mut [Option<Choice>], resolution: &mut Resolution<'_>) {
    let quotes = &analysis.tokenized.quotes;
    let is_nobodys = |choice: &Option<Choice>| choice.is_some_and(|choice| choice.mention.is_none());
    let echoes = choices.iter().zip(quotes).enumerate().filter_map(|(quote, (choice, span))| {
        let words = words_of(span.span.of(analysis.tokenized.text), MOST + 1);
        let fewest = if span.paragraph == 0 { FEWEST_IN_HEADLINE } else { FEWEST };
        let fits = (fewest..=MOST).contains(&words.len()) && words.iter().map(String::len).sum::<usize>() >= SHORTEST;
        (is_nobodys(choice) && fits).then_some((quote, words))
    });
    let echoes: Vec<_> = echoes.collect();
    if echoes.is_empty() {
        return;
    }
    let spoken = Spoken::of(analysis, choices);
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

/// The words that are somebody's, and where each two of them stand.
struct Spoken {
    /// Of each quotation its words; none where it is nobody's.
    words: Vec<Vec<String>>,
    /// For two words one after the other, in which quotation and where.
    places: HashMap<(String, String), Vec<(usize, usize)>>,
}

impl Spoken {
    fn of(analysis: &Analysis<'_>, choices: &[Option<Choice>]) -> Self {
        let quotes = &analysis.tokenized.quotes;
        let mut spoken = Self { words: vec![Vec::new(); quotes.len()], places: HashMap::default() };
        let is_somebodys = |choice: &Option<Choice>| choice.is_some_and(|choice| choice.mention.is_some());
        for (quote, _) in choices.iter().enumerate().filter(|(_, choice)| is_somebodys(choice)) {
            spoken.words[quote] = words_of(quotes[quote].span.of(analysis.tokenized.text), usize::MAX);
            for (at, pair) in spoken.words[quote].windows(2).enumerate() {
                let places = spoken.places.entry((pair[0].clone(), pair[1].clone())).or_default();
                if places.len() < PLACES {
                    places.push((quote, at));
                }
            }
        }
        spoken
    }

    /// The quotation in which these words stand: the nearest before `quote`, else the first after it.
    fn source_of(&self, quote: usize, words: &[String]) -> Option<usize> {
        let [first, second, ..] = words else { return None };
        let places = self.places.get(&(first.clone(), second.clone()))?;
        let holds = |&&(source, at): &&(usize, usize)| self.words[source][at..].starts_with(words);
        let mut found = places.iter().filter(holds).map(|&(source, _)| source);
        let first = found.next()?;
        Some(found.take_while(|&source| source < quote).last().unwrap_or(first))
    }
}

/// The words of a run in small letters, without the marks around them; at most so many.
fn words_of(run: &str, most: usize) -> Vec<String> {
    let trimmed = run.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    trimmed.filter(|word| !word.is_empty()).take(most).map(str::to_lowercase).collect()
}
