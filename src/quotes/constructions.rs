//! Constructions that leave no doubt, whatever the weights say: news has them too seldom for weights to be learned.

use crate::quotes::analysis::Analysis;
use crate::quotes::context::{QuoteContext, is_calling, is_grading, is_maker};
use crate::quotes::cues::{Class, Cue, SubjectLink};

impl Analysis<'_> {
    /// Whether the quotation is a name that something goes by (dubbed “so”, known as “so”), or a grade (to “so” from
    /// “so”): no speech.
    pub(super) fn is_label(&self, token: usize) -> bool {
        let is_short = |t: usize| {
            self.tokenized.tokens.get(t).is_some_and(|q| {
                q.is_quotation() && q.span().of(self.tokenized.text).split_whitespace().take(5).count() <= 4
            })
        };
        let Some(before) = token.checked_sub(1).filter(|_| is_short(token)) else { return false };
        let word = |at: Option<usize>| at.map_or("", |at| self.tokenized.words(at));
        let after = word(Some(token + 1));
        let quoted = self.tokenized.tokens[token].span().of(self.tokenized.text);
        // “Mudlark” director Doe.
        if is_maker(after) && quoted.ends_with(['”', '"', '’', '\'']) && !quoted.contains([',', '.', '?', '!']) {
            return true;
        }
        let is_subject = |at: Option<usize>| at.is_some_and(|at| self.mentions.ending_at(at).is_some());
        // “Dubbed “so” by Doe”: Doe's word.
        if self.tokenized.words(token + 1) == "by" && self.mentions.starting_at(token + 2).is_some() {
            return false;
        }
        match self.tokenized.words(before) {
            "dubbed" | "nicknamed" | "codenamed" | "named" => !is_subject(before.checked_sub(1)),
            "so-called" => true,
            "a" | "an" | "the" if word(before.checked_sub(1)) == "as" => is_grading(word(before.checked_sub(2))),
            "as" => word(before.checked_sub(1)) == "known" || is_grading(word(before.checked_sub(1))),
            "to" => word(Some(token + 1)) == "from" && is_short(token + 2),
            "from" => {
                let other = before.checked_sub(1).filter(|&o| is_short(o));
                other.is_some_and(|o| word(o.checked_sub(1)) == "to")
                    || word(Some(token + 1)) == "to" && is_short(token + 2)
            }
            _ => false,
        }
    }

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
