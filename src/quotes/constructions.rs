//! Constructions that leave no doubt, whatever the weights say: news has them too seldom for weights to be learned.

use crate::article::ParagraphKind;
use crate::quotes::analysis::Analysis;
use crate::quotes::context::{QuoteContext, is_calling};
use crate::quotes::cues::{Class, Cue, SubjectLink};
use crate::quotes::lexicon::{FIRST_PERSON, HE, SHE, THEY};
use crate::quotes::mentions::Kind;
use crate::quotes::tokens::{Token, TokenShape};

impl Analysis<'_> {
    /// Whether a cue and the quotation make one of the constructions that news has too seldom for weights to be learned:
    /// dubbed “so” by X; “so,” as X calls it; “so,” X's name for it; was told by X that “so”; X asked “so?”, and Y left.
    pub(super) fn is_evident(&self, cue: &Cue, context: &QuoteContext) -> bool {
        const LONGEST: usize = 10;
        let word = |at: usize| self.tokenized.words(at);
        let first = self.mentions.all[cue.subject].first;
        if context.is_in_sentence(cue) && self.is_reported(cue, context.token) {
            return true;
        }
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
                            || self.is_shown_after(cue, context)
                            || self.is_before_source(cue, context)
                    }
                    SubjectLink::Inverted => self.is_before_source(cue, context),
                    SubjectLink::Owner => first == context.token + 1 && word(cue.token + 1) == "for",
                    _ => false,
                };
        }
        if self.is_right_before(cue, context) || self.calls_it(cue, context) {
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
        cue.link == SubjectLink::Following
            && word(cue.token) == "by"
            && context.is_in_sentence(cue)
            && context.token - cue.token <= LONGEST
            && context.cues.iter().any(|passive| {
                passive.link == SubjectLink::Passive && (passive.token + 1..=passive.token + 2).contains(&cue.token)
            })
            && (cue.token..context.token).any(|at| word(at) == "that")
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
        let is_sentence = words.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        // What is learned of plain "Doe said, “so”" is enough; a second verb behind the words leads it astray.
        let is_plain = subject.kind != Kind::Relative && subject.kind != Kind::NounDocument;
        let is_cry = words.trim_end_matches(['”', '"']).ends_with(['?', '!']);
        let after = context.token + 1;
        let clause_follows = self.mentions.starting_at(after).is_some()
            || self.tokenized.words(after) == "according"
            || self.tokenized.words(after + 1) == "according";
        if is_plain && !(is_cry && clause_follows) {
            return false;
        }
        let class =
            cue.class == Class::Say || cue.class == Class::Speech && (is_cry || subject.kind == Kind::NounDocument);
        let is_thing = matches!(subject.kind, Kind::It | Kind::Noun);
        if !own || !class || !is_sentence || cue.participle || cue.token < context.sentence.start || is_thing {
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

    /// "Doe was told that “so”": who is told does not speak.
    pub(super) fn is_told(&self, passive: &Cue, context: &QuoteContext) -> bool {
        passive.link == SubjectLink::Passive
            && passive.token < context.token
            && context.is_in_sentence(passive)
            && matches!(
                self.tokenized.words(passive.token),
                "told" | "reminded" | "warned" | "informed" | "advised" | "assured" | "asked" | "promised"
            )
    }

    /// Who is cited below a block quotation: "— Ann Roe, mayor".
    fn cited_below(&self, paragraph: usize) -> Option<usize> {
        /// How many paragraphs a block quotation has, at most.
        const MOST: usize = 40;
        let below = self.tokenized.paragraphs.get(paragraph..)?;
        let block = below.iter().take(MOST).take_while(|p| p.kind == ParagraphKind::BlockQuotation).count();
        let citation = paragraph + block;
        if block == 0 || self.tokenized.paragraphs.get(citation)?.kind != ParagraphKind::Citation {
            return None;
        }
        let mut named = self.mentions.of_paragraph[citation]..*self.mentions.of_paragraph.get(citation + 1)?;
        named.find(|&mention| self.may_speak(mention))
    }

    /// "“So.” — Doe"; a block quotation with a citation below it; "So spoke Doe", "That was how Doe put it" as the next paragraph: who said the whole paragraph above.
    pub(super) fn named_below(&self, context: &QuoteContext) -> Option<usize> {
        if let Some(cited) = self.cited_below(context.paragraph) {
            return Some(cited);
        }
        let here = self.tokenized.paragraphs[context.paragraph];
        let next = self.tokenized.paragraphs.get(context.paragraph + 1);
        if context.token != here.first {
            return None;
        }
        let after = context.token + 1;
        if after < here.end {
            let is_dash = self.tokenized.tokens[after].shape == TokenShape::Dash;
            let signer = self.mentions.starting_at(after + 1).filter(|_| is_dash)?;
            return (self.mentions.all[signer].last + 1 >= here.end).then_some(signer);
        }
        let next = next?;
        let word = |at: usize| self.tokenized.words(next.first + at);
        let skipped = match (word(0), word(1), word(2)) {
            ("So" | "Thus", "spoke" | "said" | "wrote" | "ran" | "went", _) => 2,
            ("That" | "This", "was" | "is", "how") => 3,
            _ => return None,
        };
        self.mentions.starting_at(next.first + skipped)
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
