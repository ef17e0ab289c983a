//! Constructions that leave no doubt, whatever the weights say: news has them too seldom for weights to be learned.

use crate::quotes::analysis::Analysis;
use crate::quotes::context::{QuoteContext, is_calling};
use crate::quotes::cues::{Class, Cue, SubjectLink};
use crate::quotes::lexicon::{CONJUNCTION, FIRST_PERSON, HE, PREPOSITION, SHE, SUBORDINATOR, THEY};
use crate::quotes::mentions::Kind;
use crate::quotes::tokens::{Token, TokenShape};

/// What is done with words to who is the subject of a passive: told, accused.
const HEARING: [&str; 16] = [
    "told",
    "reminded",
    "warned",
    "informed",
    "advised",
    "assured",
    "asked",
    "promised",
    "accused",
    "criticized",
    "criticised",
    "praised",
    "said",
    "denounced",
    "mocked",
    "hailed",
];

impl Analysis<'_> {
    /// Whether a cue and the quotation make one of the constructions that news has too seldom for weights to be learned:
    /// dubbed “so” by X; “so,” as X calls it; “so,” X's name for it; was told by X that “so”; X asked “so?”, and Y left.
    pub(super) fn is_evident(&self, cue: &Cue, context: &QuoteContext) -> bool {
        const LONGEST: usize = 10;
        let word = |at: usize| self.tokenized.words(at);
        let first = self.mentions.all[cue.subject].first;
        if self.goes_on_in_sentence(cue, context) || context.is_in_sentence(cue) && self.is_reported(cue, context.token)
        {
            return true;
        }
        if cue.token > context.token {
            let near = context.is_in_sentence(cue) && cue.token - context.token <= LONGEST;
            return near
                && match cue.link {
                    // "“So,” came the reply from Doe."
                    SubjectLink::Following if cue.class == Class::Noun => {
                        word(context.token + 1) == "came" && cue.token <= context.token + 3
                    }
                    SubjectLink::Following => {
                        word(cue.token) == "by"
                            && cue.token == context.token + 1
                            && context.token.checked_sub(1).is_some_and(|before| is_calling(word(before)))
                    }
                    SubjectLink::Direct | SubjectLink::Insertion => {
                        let comma = usize::from(word(context.token + 1) == ",");
                        word(context.token + 1 + comma) == "as"
                            && first == context.token + 2 + comma
                            && (is_calling(word(cue.token)) || matches!(word(cue.token), "put" | "puts"))
                            || self.is_shown_after(cue, context)
                            || self.is_before_source(cue, context)
                    }
                    SubjectLink::Inverted => self.is_before_source(cue, context),
                    SubjectLink::Owner => {
                        first == context.token + 1 && word(cue.token + 1) == "for"
                            // "“So,” was Doe's verdict."
                            || first == context.token + 2 && matches!(word(context.token + 1), "was" | "is")
                    }
                    _ => false,
                };
        }
        if self.is_right_before(cue, context)
            || self.is_inner_report(cue, context)
            || self.is_own_clause(cue, context)
            || self.calls_it(cue, context)
        {
            return true;
        }
        // "Calling the plan “so,” Doe left."
        if cue.participle
            && cue.link == SubjectLink::Inherited
            && cue.token == context.sentence.start
            && context.token - cue.token <= LONGEST
            && matches!(cue.class, Class::Say | Class::Speech)
        {
            return true;
        }
        // "Doe had a brief reply. “So.”"
        if cue.class == Class::Speech
            && matches!(word(cue.token), "had" | "has" | "gave" | "gives" | "made" | "issued")
            && context.sentence.start == context.token
            && self.tokenized.tokens[cue.token].sentence + 1 == self.tokenized.tokens[context.token].sentence
        {
            return true;
        }
        // "Doe's answer? “So.”"
        if cue.class == Class::Noun
            && cue.link == SubjectLink::Owner
            && context.sentence.start == context.token
            && word(cue.token + 1) == "?"
            && cue.token + 2 == context.token
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

    /// "“So,” says Doe, the owner, “but late”": whether the words go on a sentence that was broken off for its speaker.
    fn goes_on_in_sentence(&self, cue: &Cue, context: &QuoteContext) -> bool {
        let Some((Some(mention), before)) = context.previous.here else { return false };
        let words = |token: usize| self.tokenized.tokens[token].span().of(self.tokenized.text);
        let broken = words(before).trim_end_matches(['”', '"', '’', '\'']).ends_with(',');
        let first = words(context.token).chars().find(|c| c.is_alphanumeric());
        let between = &self.tokenized.tokens[before + 1..context.token];
        mention == cue.subject
            && broken
            && cue.token > before
            && cue.token < context.token
            && cue.token <= before + 2
            && first.is_some_and(char::is_lowercase)
            && between.last().is_some_and(|t| t.shape == TokenShape::Comma)
            && !between.iter().any(|t| matches!(t.shape, TokenShape::Stop | TokenShape::Quotation))
    }

    /// "Doe asked “so?”", "who took her hand and said, “so”", "a poster promises “so”": a verb of saying right before the words,
    /// with its own subject.
    fn is_right_before(&self, cue: &Cue, context: &QuoteContext) -> bool {
        let subject = &self.mentions.all[cue.subject];
        let own = match cue.link {
            SubjectLink::Direct | SubjectLink::Insertion | SubjectLink::Relative => true,
            SubjectLink::Inherited => subject.kind == Kind::Relative,
            _ => false,
        };
        let words = self.tokenized.tokens[context.token].span().of(self.tokenized.text);
        let is_sentence = || words.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        // What is learned of plain "Doe said, “so”" is enough; a second verb behind the words leads it astray.
        let is_plain = subject.kind != Kind::Relative && subject.kind != Kind::NounDocument;
        let is_cry = words.trim_end_matches(['”', '"']).ends_with(['?', '!']);
        let after = context.token + 1;
        let clause_follows = self.mentions.starting_at(after).is_some()
            || self.tokenized.words(after) == "according"
            || self.tokenized.words(after + 1) == "according";
        // "When Doe said she would, Roe replied, “so”": Roe, though Doe's is the first verb.
        let has_rival = || {
            let is_rival = |c: &&Cue| c.token < cue.token && c.class.is_cue() && c.subject != cue.subject;
            context.cues.iter().filter(is_rival).any(|c| context.is_in_sentence(c) && c.class == Class::Say)
        };
        if is_plain && !(is_cry && clause_follows) && !has_rival() {
            return false;
        }
        let class =
            cue.class == Class::Say || cue.class == Class::Speech && (is_cry || subject.kind == Kind::NounDocument);
        let is_thing = matches!(subject.kind, Kind::It | Kind::Noun);
        if !own || !class || cue.participle || cue.token < context.sentence.start || is_thing || !is_sentence() {
            return false;
        }
        let gap = &self.tokenized.tokens[cue.token + 1..context.token];
        let is_mark = |t: &Token| matches!(t.shape, TokenShape::Comma | TokenShape::Colon);
        let is_hearer = |t: &Token| subject.kind == Kind::Relative && t.is(HE | SHE | THEY | FIRST_PERSON);
        match gap {
            [] => true,
            [mark] => is_mark(mark),
            [hearer, mark] => is_hearer(hearer) && is_mark(mark),
            _ => false,
        }
    }

    /// "Doe told Roe, who wrote that it is “so”"; "Doe said Roe told her it is “so”"; "Doe denied Roe's claim that it is “so”":
    /// whether the words are those of the innermost clause, and the clause goes on up to them.
    fn is_inner_report(&self, cue: &Cue, context: &QuoteContext) -> bool {
        const LONGEST: usize = 14;
        if !context.is_in_sentence(cue) || context.token - cue.token > LONGEST {
            return false;
        }
        let opens = |mark: &Token| matches!(mark.shape, TokenShape::Comma | TokenShape::Colon);
        let between = &self.tokenized.tokens[cue.token + 1..context.token];
        let clause = match between.split_last() {
            Some((mark, rest)) if opens(mark) => rest,
            _ => between,
        };
        let goes_on = clause.iter().all(|token| token.is_word() && !token.is(CONJUNCTION));
        let has_rival = context
            .cues
            .iter()
            .any(|c| c.token > cue.token && c.token < context.token && c.class.is_cue() && c.subject != cue.subject);
        if !goes_on || has_rival {
            return false;
        }
        let subject = &self.mentions.all[cue.subject];
        let outer =
            context.cues.iter().rev().find(|c| {
                c.token < cue.token.min(subject.first) && context.is_in_sentence(c) && c.subject != cue.subject
            });
        match (cue.class, cue.link) {
            (Class::Say | Class::Speech, SubjectLink::Relative) => outer.is_some() && self.adds_a_clause(cue.subject),
            (Class::Say | Class::Speech, SubjectLink::Direct) => {
                let word = self.tokenized.words(cue.token);
                let after = &self.tokenized.tokens[cue.token + 1];
                let calls = is_calling(word) && !after.is(PREPOSITION) && !after.is_quotation() && !cue.participle;
                (calls || matches!(word, "told" | "tell" | "tells"))
                    && outer.is_some_and(|outer| {
                        let complement = &self.tokenized.tokens[outer.token + 1..subject.first];
                        outer.class == Class::Say && complement.iter().all(|t| t.is_word() && !t.is(CONJUNCTION))
                    })
            }
            (Class::Noun, SubjectLink::Owner) => {
                let is_object =
                    subject.first.checked_sub(1).is_some_and(|b| outer.is_some_and(|outer| outer.token == b));
                self.tokenized.words(cue.token + 1) == "that" && is_object
            }
            _ => false,
        }
    }

    /// "Doe left when the referee shouted “so”"; "While Doe insists she will, Roe says it is “so”": whether the words stand in a
    /// clause that a conjunction or the end of such a clause parts from what comes before.
    fn is_own_clause(&self, cue: &Cue, context: &QuoteContext) -> bool {
        const LONGEST: usize = 8;
        let own = cue.link == SubjectLink::Direct && matches!(cue.class, Class::Say | Class::Speech) && !cue.participle;
        if !own || !context.is_in_sentence(cue) || context.token - cue.token > LONGEST {
            return false;
        }
        let subject = &self.mentions.all[cue.subject];
        let Some(before) = subject.first.checked_sub(1).filter(|&b| b >= context.sentence.start) else { return false };
        let tokens = &self.tokenized.tokens;
        let is_first = before == context.sentence.start;
        let joins = !is_first
            && matches!(
                self.tokenized.words(before),
                "when" | "while" | "as" | "after" | "before" | "because" | "until"
            );
        let opens = &tokens[context.sentence.start];
        let follows = tokens[before].shape == TokenShape::Comma && opens.is(SUBORDINATOR) && !opens.is(PREPOSITION);
        let reaches = tokens[cue.token + 1..context.token].iter().all(|t| t.is_word() && !t.is(CONJUNCTION));
        let is_rival =
            |c: &&Cue| c.token > cue.token && c.token < context.token && c.class.is_cue() && c.subject != cue.subject;
        let known = subject.kind.is_name() || subject.kind.is_noun() && subject.kind != Kind::Noun;
        (joins || follows) && reaches && known && !context.cues.iter().any(|c| is_rival(&c))
    }

    /// ", who said": whether a relative clause only adds to what is known of somebody, rather than says who is meant.
    fn adds_a_clause(&self, who: usize) -> bool {
        let relative = &self.mentions.all[who];
        let after_comma =
            relative.first.checked_sub(1).is_some_and(|b| self.tokenized.tokens[b].shape == TokenShape::Comma);
        let known = relative.antecedent.map(|a| &self.mentions.all[a]);
        after_comma && known.is_some_and(|m| m.kind.is_name() || m.kind == Kind::NounPerson && m.definite)
    }

    /// "“So,” visitor logs show."
    fn is_shown_after(&self, cue: &Cue, context: &QuoteContext) -> bool {
        let subject = &self.mentions.all[cue.subject];
        let words = self.tokenized.tokens[context.token].span().of(self.tokenized.text);
        let ends_in_comma = words.trim_end_matches(['”', '"', '’', '\'']).ends_with(',');
        ends_in_comma
            && subject.kind == Kind::NounDocument
            && cue.token == subject.last + 1
            && subject.first <= context.token + 2
            && matches!(
                self.tokenized.words(cue.token),
                "show" | "shows" | "showed" | "reveal" | "revealed" | "say" | "said"
            )
    }

    /// "“So,” Doe said, adding that it was so, according to Roe": what follows is Roe's, or Roe only passes it on.
    fn is_before_source(&self, cue: &Cue, context: &QuoteContext) -> bool {
        let subject = &self.mentions.all[cue.subject];
        let is_source =
            |other: &Cue| other.class == Class::According && other.token > cue.token && context.is_in_sentence(other);
        cue.class == Class::Say
            && !cue.participle
            && cue.token.min(subject.first) == context.token + 1
            && context.cues.iter().any(is_source)
    }

    /// "While Doe called it “so”", "Roe, who called the plan “so”": a verb that gives a name, its object, and the name.
    fn calls_it(&self, cue: &Cue, context: &QuoteContext) -> bool {
        let object = self.mentions.starting_at(cue.token + 1).map(|object| &self.mentions.all[object]);
        matches!(self.tokenized.words(cue.token), "called" | "calls")
            && matches!(cue.link, SubjectLink::Direct | SubjectLink::Insertion | SubjectLink::Relative)
            && object.is_some_and(|object| object.last + 1 == context.token)
    }

    /// "Doe was told that “so”", "Doe was called “so”": who is told or called something does not speak.
    pub(super) fn is_told(&self, passive: &Cue, context: &QuoteContext) -> bool {
        passive.link == SubjectLink::Passive
            && passive.token < context.token
            && context.is_in_sentence(passive)
            && (is_calling(self.tokenized.words(passive.token))
                || HEARING.contains(&self.tokenized.words(passive.token)))
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
