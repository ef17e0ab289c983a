//! Constructions that leave no doubt, whatever the weights say: news has them too seldom for weights to be learned.

use crate::quotes::analysis::Analysis;
use crate::quotes::context::{QuoteContext, is_calling};
use crate::quotes::cues::{Class, Cue, SubjectLink};

impl Analysis<'_> {
    /// Whether a cue and the quotation make one of the constructions that news has too seldom for weights to be learned:
    /// dubbed “so” by X; “so,” as X calls it; “so,” X's name for it; was told by X that “so”.
    pub(super) fn is_evident(&self, cue: &Cue, context: &QuoteContext) -> bool {
        const LONGEST: usize = 10;
        let word = |at: usize| self.tokenized.words(at);
        let first = self.mentions.all[cue.subject].first;
        if cue.token > context.token {
            let near = context.is_in_sentence(cue) && cue.token - context.token <= LONGEST;
            return near
                && match cue.link {
                    SubjectLink::Following => {
                        word(cue.token) == "by"
                            && cue.token == context.token + 1
                            && context.token.checked_sub(1).is_some_and(|before| is_calling(word(before)))
                    }
                    SubjectLink::Direct | SubjectLink::Insertion => {
                        word(context.token + 1) == "as"
                            && first == context.token + 2
                            && (is_calling(word(cue.token)) || matches!(word(cue.token), "put" | "puts"))
                    }
                    SubjectLink::Owner => first == context.token + 1 && word(cue.token + 1) == "for",
                    _ => false,
                };
        }
        // "Doe had a brief reply. “So.”"
        if cue.class == Class::Speech
            && matches!(word(cue.token), "had" | "has" | "gave" | "gives" | "made" | "issued")
            && context.sentence.start == context.token
            && self.tokenized.tokens[cue.token].sentence + 1 == self.tokenized.tokens[context.token].sentence
        {
            return true;
        }
        cue.link == SubjectLink::Following
            && word(cue.token) == "by"
            && context.is_in_sentence(cue)
            && context.token - cue.token <= LONGEST
            && context.cues.iter().any(|passive| {
                passive.link == SubjectLink::Passive && (passive.token + 1..=passive.token + 2).contains(&cue.token)
            })
            && (cue.token..context.token).any(|at| word(at) == "that")
    }

    /// "Doe was told by Roe that “so”": whether another than the subject of a passive is said to speak.
    pub(super) fn has_agent(&self, passive: &Cue, context: &QuoteContext) -> bool {
        passive.link == SubjectLink::Passive
            && passive.token < context.token
            && context.cues.iter().any(|cue| {
                cue.link == SubjectLink::Following
                    && cue.subject != passive.subject
                    && (passive.token + 1..=passive.token + 2).contains(&cue.token)
                    && self.tokenized.words(cue.token) == "by"
            })
    }
}
