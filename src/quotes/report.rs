//! Findings: what was worked out, as values for the rest of the program.

use crate::quotes::analysis::Analysis;
use crate::quotes::attribution::Choice;
use crate::quotes::confidence::{Cue, Echo, Form, Grounds, Length, Whom};
use crate::quotes::context::is_small_in_title;
use crate::quotes::cues::SubjectLink;
use crate::quotes::entity::Entity;
use crate::quotes::findings::{Findings, Quotation, QuotationKind, Reason, Reporter, Speaker, SpeakerId};
use crate::quotes::inner::InnerSpeaker;
use crate::quotes::mentions::{Kind, Mentions};
use crate::quotes::names;
use crate::quotes::quote_spans::QuoteSpan;
use crate::quotes::resolution::Resolution;
use crate::quotes::tokens::TokenizedText;
use crate::text;

/// What the passes found, for each quotation.
pub(crate) struct Found<'r, 'a> {
    pub choices: &'r [Option<Choice>],
    pub resolution: &'r Resolution<'a>,
    /// Who speaks inside another's speech.
    pub inner: &'r [Option<InnerSpeaker>],
    pub goes_on: Vec<bool>,
    /// The mention of who reports it.
    pub reporters: Vec<Option<usize>>,
}

/// Returns the findings, and for each entity which of their speakers it is. `rate` says how likely a speaker is right.
pub(crate) fn findings(
    analysis: &Analysis<'_>,
    found: Found<'_, '_>,
    mut rate: impl FnMut(&Grounds) -> f32,
) -> (Findings, Vec<Option<SpeakerId>>) {
    let Analysis { tokenized, mentions, .. } = analysis;
    let Found { choices, resolution, inner, goes_on, reporters } = found;
    let mut out = Findings { quotations: Vec::with_capacity(tokenized.quotes.len()), ..Findings::default() };
    let mut index_of: Vec<Option<SpeakerId>> = vec![None; resolution.entities.len()];
    for (index, quote) in tokenized.quotes.iter().enumerate() {
        let (choice, inner) = (choices[index], inner[index]);
        let entity = inner.map_or(resolution.of_quote[index], |inner| Some(inner.entity));
        let speaker = entity.map(|e| {
            *index_of[e].get_or_insert_with(|| {
                out.speakers.push(speaker(&resolution.entities[e], resolution, mentions));
                SpeakerId(out.speakers.len() - 1)
            })
        });
        let choice = choice.map(|choice| match entity.map(|e| &resolution.entities[e]).zip(choice.mention) {
            // The choice of the mention must be right, and so must be whom it means.
            Some((entity, mention)) => {
                let grounds = grounds(analysis, quote, &choice, mention, entity, resolution.certainty[mention]);
                Choice { probability: rate(&grounds), ..choice }
            }
            None => choice,
        });
        let entity = entity.map(|e| &resolution.entities[e]);
        let mut quotation = quotation(analysis, quote, choice.as_ref(), goes_on[index], speaker, entity);
        if let Some((inner, entity)) = inner.zip(entity) {
            quotation.note_inner(&inner, entity, tokenized);
        }
        let reporter = if quote.depth == 0 {
            reporters[index]
        } else {
            let around = out.quotations.iter().rposition(|outer| outer.depth < quote.depth);
            around.filter(|&outer| out.quotations[outer].speaker != speaker).and_then(|outer| choices[outer]?.mention)
        };
        quotation.via =
            reporter.filter(|_| speaker.is_some()).map(|mention| reporter_by(analysis, resolution, mention));
        out.quotations.push(quotation);
    }
    (out, index_of)
}

/// The one that a mention means, as who passes words on.
fn reporter_by(analysis: &Analysis<'_>, resolution: &Resolution<'_>, mention: usize) -> Reporter {
    let name = match resolution.of_mention[mention] {
        Some(entity) => resolution.entities[entity].name.clone().into_owned(),
        None => names::without_capital_article(analysis.shown(mention).of(analysis.tokenized.text)).into_owned(),
    };
    Reporter { name, mention: analysis.shown(mention) }
}

impl Quotation {
    /// Sets what is known of one inside another.
    fn note_inner(&mut self, inner: &InnerSpeaker, entity: &Entity<'_>, tokenized: &TokenizedText<'_>) {
        let (cue, mention) = (inner.cue.of(tokenized.text), inner.mention.of(tokenized.text));
        let meant = if entity.name == mention { String::new() } else { format!(", who is {}", entity.name) };
        self.reason = Reason(format!("inside another quotation: cue '{cue}', subject '{mention}'{meant}"));
        (self.mention, self.cue, self.confidence) = (Some(inner.mention), Some(inner.cue), inner.probability);
    }
}

fn grounds(
    analysis: &Analysis<'_>,
    quote: &QuoteSpan,
    choice: &Choice,
    mention: usize,
    entity: &Entity<'_>,
    certainty: f32,
) -> Grounds {
    let mention = &analysis.mentions.all[mention];
    let mut grounds = Grounds::new(choice.probability, certainty);
    let values = &mut grounds.values;
    let is_full_name = mention.kind == Kind::Person && mention.name.is_some_and(|(first, last)| first < last);
    values.set(if is_full_name { Form::FullName } else { Form::from(mention.kind) });
    values.set(match entity.kind {
        _ if entity.plural => Whom::Several,
        Kind::Person => Whom::Person,
        Kind::Organization => Whom::Organization,
        _ if entity.named => Whom::Name,
        _ => Whom::Unnamed,
    });
    values.set(choice.cue.map_or_else(Cue::default, |cue| Cue::from(cue.class)));
    values.set(Length::from(text::runs(quote.span.of(analysis.tokenized.text)).take(9).count()));
    values.set(Echo::from(choice.is_echo));
    grounds
}

/// An entity as a speaker.
pub(crate) fn speaker(entity: &Entity<'_>, resolution: &Resolution<'_>, mentions: &Mentions) -> Speaker {
    Speaker {
        name: entity.name.clone().into_owned(),
        role: entity.roles.first().map(|role| role.clone().into_owned()),
        aliases: entity.aliases.iter().map(|&alias| alias.to_owned()).collect(),
        mentions: resolution.chains.of(entity).map(|m| mentions.all[m].span).collect(),
    }
}

fn quotation(
    analysis: &Analysis<'_>,
    quote: &QuoteSpan,
    choice: Option<&Choice>,
    goes_on: bool,
    speaker: Option<SpeakerId>,
    entity: Option<&Entity<'_>>,
) -> Quotation {
    let Analysis { tokenized, mentions, .. } = analysis;
    let mention = choice.and_then(|c| c.mention);
    Quotation {
        span: quote.span,
        outer: quote.outer,
        marks: quote.marks,
        depth: quote.depth,
        goes_on,
        kind: kind(tokenized, quote, mention.is_some() || speaker.is_some()),
        cue: choice.and_then(|c| c.cue).map(|c| tokenized.tokens[c.token].span()),
        mention: mention.map(|m| analysis.shown(m)),
        speaker,
        via: None,
        confidence: choice.map_or(0.5, |c| c.probability),
        reason: reason(tokenized, mentions, choice, entity),
        corrected: false,
    }
}

fn kind(tokenized: &TokenizedText<'_>, quote: &QuoteSpan, spoken: bool) -> QuotationKind {
    let words = quote.span.of(tokenized.text);
    let starts_small = words.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    let ends = words.trim_end_matches(['’', '\'', ' ', ')']).ends_with(['.', ',', '!', '?', '…', '—']);
    let count = text::runs(words).take(6).count();
    let titled = !spoken
        && !starts_small
        && words.contains(char::is_uppercase)
        && text::runs(words).all(|w| is_small_in_title(w) || !w.starts_with(char::is_lowercase));
    // Five words are no term: somebody's, though nobody is named.
    if spoken || count > 4 && !titled {
        return if starts_small || !(ends || count > 5) { QuotationKind::Fragment } else { QuotationKind::Speech };
    }
    if titled { QuotationKind::Title } else { QuotationKind::Term }
}

fn reason(
    tokenized: &TokenizedText<'_>,
    mentions: &Mentions,
    choice: Option<&Choice>,
    entity: Option<&Entity<'_>>,
) -> Reason {
    let Some(choice) = choice else { return Reason("inside another quotation".to_owned()) };
    let Some(index) = choice.mention else { return Reason("no cue: a term, a title or nobody's words".to_owned()) };
    let mention = &mentions.all[index];
    let words = mention.span.of(tokenized.text);
    if choice.is_echo {
        return Reason(["words that '", words, "' is quoted with"].concat());
    }
    let mut out = match choice.cue {
        Some(cue) => {
            let word = tokenized.words(cue.token);
            let (mark, word) = if word == ":" { ("", "a colon") } else { ("'", word) };
            let part = match cue.link {
                SubjectLink::Following | SubjectLink::Owner => "of",
                _ => "subject",
            };
            ["cue ", mark, word, mark, ", ", part, " '", words, "'"].concat()
        }
        None => ["nearest is '", words, "'"].concat(),
    };
    if let Some(entity) = entity
        && (mention.kind.is_pronoun() || mention.kind == Kind::NounPerson)
        && entity.name != words
    {
        out.push_str(", who is ");
        out.push_str(&entity.name);
    }
    Reason(out)
}
