//! What the learning program needs to see of the engine; not for anybody else.

use crate::article::Body;
use crate::quotes::attribution;
use crate::quotes::candidates::Chooser;
use crate::quotes::mentions::Mention;
use crate::quotes::tokens::Reading;
use crate::quotes::{cues, mentions, pairing, speakers};
use crate::text::Span;

pub use crate::quotes::features::{FIELDS, Field, TEMPLATES, Values, WEIGHTS, indices, labels, name};
pub use crate::quotes::weights::{read, score_with, write};

/// One who could have spoken a quotation; the first of each lesson is nobody.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The mention, "who" with what it stands for.
    pub mention: Option<Span>,
    /// What it looks like.
    pub values: Values,
}

/// Goes through the quotations of an article; `pick` is given the quoted words and the options, and chooses one.
pub fn lessons(body: &Body, mut pick: impl FnMut(Span, &[Answer]) -> usize) {
    let reading = Reading::new(body, pairing::runs(body));
    let mut mentions = mentions::find(&reading);
    let cues = cues::find(&reading, &mut mentions);
    let chooser = Chooser { reading: &reading, mentions: &mentions, cues: &cues };
    attribution::choose(&chooser, |run, candidates| {
        let options: Vec<Answer> = candidates
            .iter()
            .map(|c| Answer { mention: c.mention.map(|m| shown(&mentions.all, m)), values: c.values })
            .collect();
        (pick(reading.runs[run].span, &options), 1.0)
    });
}

/// The words that a mention is shown as: "who" with its antecedent.
pub(crate) fn shown(all: &[Mention], mention: usize) -> Span {
    let found = &all[mention];
    match found.antecedent {
        Some(antecedent) if all[antecedent].paragraph == found.paragraph => all[antecedent].span.hull(found.span),
        _ => found.span,
    }
}

/// What the engine sees, a line for each mention and cue; for looking into it.
pub fn trace(body: &Body) -> Vec<String> {
    let reading = Reading::new(body, pairing::runs(body));
    let mut mentions = mentions::find(&reading);
    let cues = cues::find(&reading, &mut mentions);
    let chooser = Chooser { reading: &reading, mentions: &mentions, cues: &cues };
    let choices = attribution::choose(&chooser, |_, candidates| attribution::best(candidates));
    let cast = speakers::resolve(&reading, &mentions, &cues, &choices);
    let name = |m: usize| cast.of_mention[m].map_or("-", |e| cast.entities[e].name.as_str());
    let mut out: Vec<String> = Vec::new();
    for (index, m) in mentions.all.iter().enumerate() {
        out.push(format!(
            "{index} '{}' {:?} {:?} {:?} beside {:?} joined {:?} owner {:?} → {}",
            body.words(m.span),
            m.kind,
            m.gender,
            m.part,
            m.beside,
            m.joined,
            m.owner,
            name(index)
        ));
    }
    for cue in &cues.all {
        let word = reading.words(cue.token);
        out.push(format!(
            "'{word}' {:?} {:?} of {} '{}'",
            cue.class,
            cue.link,
            cue.subject,
            body.words(mentions.all[cue.subject].span)
        ));
    }
    out
}
