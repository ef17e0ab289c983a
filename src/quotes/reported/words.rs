//! Words as the features see them: each with a tag, and the word itself where it is no name.

use super::values::Value;
use crate::quotes::analysis::Analysis;
use crate::quotes::lexicon::{
    ADVERB, AUXILIARY, BASE, CONJUNCTION, DETERMINER, ING, MONTH, NEGATION, PAST, PREPOSITION, SAY, SAYING, SPEECH,
    SUBORDINATOR, THIRD, TIME, VERB, WHICH, WHO,
};
use crate::quotes::mentions::Kind;
use crate::quotes::tokens::TokenShape;
use crate::text::Span;

/// A token of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub word: Value<'a>,
    pub tag: Value<'static>,
}

macro_rules! tags {
    ($($NAME:ident = $name:literal;)*) => { $(const $NAME: Value<'static> = Value::new($name);)* };
}

tags! {
    NO_WORD = "-"; QUOTATION = "Q"; COMMA = ","; COLON = ":"; SEMICOLON = ";"; STOP = "."; OPEN = "("; CLOSE = ")";
    DASH = "--"; OTHER = "*"; NUMBER = "9"; NAME = "N"; BODY = "O"; PLACE = "L"; NAME_OF = "M"; HE = "he"; THEY = "they"; IT = "it"; ME = "I";
    RELATIVE = "who"; SOME = "some"; NOUN_PERSON = "np"; NOUN_GROUP = "ng"; NOUN_BODY = "nb"; DOCUMENT = "nd"; NOUN = "n";
    AND = "conj"; AUX = "aux"; NOT = "not"; SUB = "sub"; THAT = "that"; TO = "to"; PREP = "prep"; DET = "det"; ADV = "adv"; DAY = "t";
    SAY_BASE = "sb"; SAY_THIRD = "sz"; SAY_PAST = "sd"; SAY_ING = "sg"; SAYS = "sn";
    VERB_BASE = "vb"; VERB_THIRD = "vz"; VERB_PAST = "vd"; VERB_ING = "vg";
    ED = "ed"; ING_END = "ing"; LY = "ly"; S = "s"; WORD = "w"; CAPITAL = "C";
}

/// Outside the sentence.
pub(super) const OUTSIDE: Word<'static> = Word { word: NO_WORD, tag: NO_WORD };

/// The words of a sentence.
pub(super) fn read<'a>(analysis: &Analysis<'a>, sentence: Span, out: &mut Vec<Word<'a>>) {
    out.clear();
    out.extend((sentence.start..sentence.end).map(|at| {
        let tag = tag(analysis, at);
        let token = &analysis.tokenized.tokens[at];
        let word = if token.shape == TokenShape::Small
            || token.is_capital()
                && token.is(DETERMINER | PREPOSITION | SUBORDINATOR | CONJUNCTION | AUXILIARY | SAY | SPEECH)
        {
            Value::new(analysis.tokenized.small_words(at))
        } else {
            tag
        };
        Word { word, tag }
    }));
}

fn tag(analysis: &Analysis<'_>, at: usize) -> Value<'static> {
    let token = &analysis.tokenized.tokens[at];
    match token.shape {
        TokenShape::Quotation => return QUOTATION,
        TokenShape::Comma => return COMMA,
        TokenShape::Colon => return COLON,
        TokenShape::Semicolon => return SEMICOLON,
        TokenShape::Stop => return STOP,
        TokenShape::Open => return OPEN,
        TokenShape::Close => return CLOSE,
        TokenShape::Dash => return DASH,
        TokenShape::Other => return OTHER,
        TokenShape::Number => return NUMBER,
        TokenShape::Small | TokenShape::Capital | TokenShape::Capitals => {}
    }
    let mention = analysis.mentions.covering(at);
    if let Some(mention) = mention {
        let mention = &analysis.mentions.all[mention];
        let is_last = mention.last == at;
        match mention.kind {
            Kind::Person => return NAME,
            Kind::Organization => return BODY,
            Kind::Place => return PLACE,
            Kind::Name => return NAME_OF,
            Kind::He | Kind::She => return HE,
            Kind::They => return THEY,
            Kind::It => return IT,
            Kind::FirstPerson => return ME,
            Kind::Relative => return RELATIVE,
            Kind::Indefinite => return SOME,
            Kind::NounPerson if is_last => return NOUN_PERSON,
            Kind::NounGroup if is_last => return NOUN_GROUP,
            Kind::NounOrganization if is_last => return NOUN_BODY,
            Kind::NounDocument if is_last => return DOCUMENT,
            Kind::Noun if is_last => return NOUN,
            _ if token.is(DETERMINER) => return DET,
            _ => {}
        }
    }
    if token.is_capital() && token.is(MONTH) {
        return DAY;
    }
    let words = || analysis.tokenized.small_words(at);
    match token.traits {
        t if t & CONJUNCTION != 0 => AND,
        t if t & NEGATION != 0 => NOT,
        t if t & AUXILIARY != 0 => AUX,
        t if t & (WHO | WHICH) != 0 => RELATIVE,
        _ if words() == "that" => THAT,
        _ if words() == "to" => TO,
        t if t & (SAY | SPEECH) != 0 && mention.is_none() => match t {
            t if t & PAST != 0 => SAY_PAST,
            t if t & THIRD != 0 => SAY_THIRD,
            t if t & ING != 0 => SAY_ING,
            _ => SAY_BASE,
        },
        t if t & SUBORDINATOR != 0 => SUB,
        t if t & PREPOSITION != 0 => PREP,
        t if t & DETERMINER != 0 => DET,
        t if t & TIME != 0 => DAY,
        t if t & ADVERB != 0 => ADV,
        t if t & VERB != 0 && mention.is_none() => match t {
            t if t & PAST != 0 => VERB_PAST,
            t if t & THIRD != 0 => VERB_THIRD,
            t if t & ING != 0 => VERB_ING,
            t if t & BASE != 0 => VERB_BASE,
            _ => WORD,
        },
        t if t & SAYING != 0 => SAYS,
        _ if token.is_capital() => CAPITAL,
        _ if words().ends_with("ed") => ED,
        _ if words().ends_with("ing") => ING_END,
        _ if words().ends_with("ly") => LY,
        _ if words().ends_with('s') => S,
        _ => WORD,
    }
}
