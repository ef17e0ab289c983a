//! Via: who reports what another said, where an article has speech inside speech.
//!
//! From a quotation with its cue and its speaker to the mention of the one who reports it: “so,” Doe remembers her father
//! saying; according to Doe, Roe said “so”. The speaker is the innermost one; the reporter only passes the words on. Where a
//! clause has one speaker, there is no reporter: Doe said she would “so”.

use super::analysis::Analysis;
use super::attribution::Choice;
use super::context::is_calling;
use super::cues::{Class, Cue, SubjectLink};
use super::lexicon::{CONJUNCTION, NEGATION, PAST, SUBORDINATOR, THIRD, VERB, WHICH, WHO};
use super::mentions::Kind;
use super::resolution::Resolution;
use super::tokens::{Token, TokenShape};

/// How far a verb that reports may stand from the speaker of the words, in tokens.
const REACH: usize = 25;

/// How far a verb may stand before the words that it introduces, in tokens: "called the old plan “so”".
const NEAR: usize = 6;

/// How far around the words and their clause other clauses are looked for, in tokens.
const WINDOW: usize = 60;

/// The longest clause that stands between the words, or their own clause, and who reports them.
const SHORT: usize = 10;

/// Returns for each quotation the mention of the one who reports it, other than its speaker.
pub(crate) fn reporters(
    analysis: &Analysis<'_>,
    choices: &[Option<Choice>],
    resolution: &Resolution<'_>,
    goes_on: &[bool],
) -> Vec<Option<usize>> {
    let mut out = vec![None; choices.len()];
    let mut last = None;
    for (quote, choice) in choices.iter().enumerate() {
        let Some(token) = analysis.tokenized.token_of_quote[quote] else { continue };
        let speaker = resolution.of_quote[quote];
        let differs = |&reporter: &usize| match resolution.of_mention[reporter] {
            Some(reporter) => Some(reporter) != speaker,
            None => analysis.mentions.all[reporter].kind == Kind::Noun,
        };
        let said = choice.as_ref().filter(|choice| !choice.is_echo);
        let own = said.and_then(|choice| analysis.reporter(choice.mention?, &choice.cue?, token));
        out[quote] = own.filter(differs).filter(|_| speaker.is_some());
        // The second part of a statement is reported by the same person.
        if out[quote].is_none() && goes_on[quote] {
            out[quote] = last.filter(|&(before, _)| before == speaker).and_then(|(_, reporter)| reporter);
        }
        last = Some((speaker, out[quote]));
    }
    out
}

/// Verbs by which one remembers or repeats what another said, beside those of saying.
fn passes_words_on(word: &str) -> bool {
    matches!(
        word,
        "remembers"
            | "remembered"
            | "remember"
            | "recalls"
            | "recalled"
            | "recounts"
            | "recounted"
            | "relates"
            | "related"
            | "heard"
            | "hears"
            | "quotes"
            | "quoted"
            | "quoting"
            | "cites"
            | "cited"
            | "citing"
            | "remembering"
            | "recalling"
            | "hearing"
            | "reads"
    )
}

/// Verbs of speech that take words back, or ask for them: what follows is no report.
fn reports_nothing(word: &str) -> bool {
    matches!(
        word,
        "denied"
            | "denies"
            | "deny"
            | "denying"
            | "asked"
            | "asks"
            | "ask"
            | "asking"
            | "wondered"
            | "wonders"
            | "urged"
            | "urges"
            | "begged"
            | "demanded"
            | "suggested"
    )
}

/// Verbs of saying whose object may be who speaks next: "told Doe, who said".
fn takes_a_hearer(word: &str) -> bool {
    !matches!(word, "said" | "says" | "say" | "saying" | "wrote" | "writes" | "writing" | "added" | "adds" | "adding")
        && !passes_words_on(word)
}

impl Analysis<'_> {
    /// The mention that reports the words of the quotation at a token, as the words around it say.
    fn reporter(&self, speaker: usize, cue: &Cue, token: usize) -> Option<usize> {
        let sentence = self.tokenized.sentence_of(token);
        if !(sentence.start..sentence.end).contains(&cue.token) {
            return None;
        }
        // Those near the words, and "according to" at the start.
        let (first, last) = (token.min(cue.token).min(self.mentions.all[speaker].first), token.max(cue.token));
        let near = sentence.start.max(first.saturating_sub(WINDOW))..sentence.end.min(last + WINDOW);
        let opening = self.cues.all.get(self.cues.before(sentence.start));
        let opening = opening.filter(|opening| opening.token == sentence.start && opening.token < near.start);
        let cues = &self.cues.all[self.cues.before(near.start)..self.cues.before(near.end)];
        let others = opening.into_iter().chain(cues);
        let others = others.filter(|other| other.token != cue.token && other.subject != speaker);
        let found = others.rev().find(|other| {
            self.introduces(other, speaker, cue)
                || other.class == Class::According && self.is_source(other, speaker, cue, token)
                || self.is_afterthought(other, cue)
                || self.quotes_by(other, speaker)
        })?;
        let reporter = found.subject;
        self.may_speak(reporter).then_some(reporter)
    }

    /// Whether the words of a quotation are of the subject of this cue, as another only reports them: "Doe said that Roe told
    /// her “so”", "“so,” Roe said, according to Doe".
    pub(super) fn is_reported(&self, cue: &Cue, token: usize) -> bool {
        let subject = &self.mentions.all[cue.subject];
        let verb = &self.tokenized.tokens[cue.token];
        let word = self.tokenized.words(cue.token);
        // "He said the campaign would continue “to so”": a deed, not words.
        let is_habit = cue.token >= 2 && self.tokenized.words(cue.token - 2) == "used";
        let is_finite =
            is_habit || verb.is(PAST | THIRD) && !word.starts_with("continue") && !self.follows_modal(cue.token);
        let is_clause =
            (cue.class == Class::Say || is_calling(word) || cue.token > token && cue.class == Class::Speech)
                && (cue.token < token || !is_calling(word))
                && matches!(cue.link, SubjectLink::Direct | SubjectLink::Insertion | SubjectLink::Inverted)
                && is_finite
                && !matches!(subject.kind, Kind::It | Kind::Noun | Kind::FirstPerson);
        let (from, to) =
            if cue.token < token { (cue.token + 1, token) } else { (token + 1, cue.token.min(subject.first)) };
        let is_near = if cue.token < token { to - from <= NEAR } else { cue.token - token <= SHORT };
        let is_own = || {
            let between = &self.cues.all[self.cues.before(from)..self.cues.before(to.max(from))];
            cue.token > token || !between.iter().any(|other| other.subject != cue.subject && other.class.is_cue())
        };
        // "Doe said he called it “so”": he may be Doe.
        let is_another = |reporter: usize| {
            let reporter = &self.mentions.all[reporter];
            let may_be_same =
                !matches!(reporter.kind, Kind::NounDocument | Kind::Organization | Kind::NounOrganization);
            !(subject.kind.is_pronoun() && may_be_same && reporter.first < subject.first)
        };
        is_clause && is_near && is_own() && self.reporter(cue.subject, cue, token).is_some_and(is_another)
    }

    fn follows_modal(&self, verb: usize) -> bool {
        verb.checked_sub(1).is_some_and(|before| {
            matches!(
                self.tokenized.words(before),
                "would" | "will" | "could" | "should" | "may" | "might" | "to" | "can"
            )
        })
    }

    /// The mention that a speaker is named by where it stands first: what "who" stands for, the first of "Doe and Roe".
    fn named_first(&self, speaker: usize) -> usize {
        let all = &self.mentions.all;
        let named = all[speaker].antecedent.filter(|_| all[speaker].kind == Kind::Relative).unwrap_or(speaker);
        let mut first = all[named].joined.unwrap_or(named);
        while let Some(owner) = all[first].owner {
            first = owner;
        }
        first
    }

    /// "Doe said (that) Roe told her", "the complaint says Roe wrote", "Doe remembers Roe telling her": whether the clause of
    /// the speaker hangs on another verb of saying.
    fn introduces(&self, other: &Cue, speaker: usize, cue: &Cue) -> bool {
        let word = self.tokenized.words(other.token);
        let says = match other.class {
            Class::Say => !reports_nothing(word),
            // "White House press secretary Doe": no verb.
            Class::Speech => {
                !other.participle && !reports_nothing(word) && self.tokenized.tokens[other.token].is(PAST | THIRD)
            }
            Class::Other => passes_words_on(word),
            _ => false,
        };
        let has_subject = !matches!(other.link, SubjectLink::Passive | SubjectLink::Owner);
        if !says || !has_subject || word == "by" || matches!(cue.class, Class::Colon | Class::According) {
            return false;
        }
        let first = self.mentions.all[self.named_first(speaker)].first;
        let is_inverted = other.link == SubjectLink::Inverted;
        let from = if is_inverted { self.mentions.all[other.subject].last + 1 } else { other.token + 1 };
        if other.token >= first || from > first || first - from > REACH || self.is_negated(other.token) {
            return false;
        }
        let gap = &self.tokenized.tokens[from..first];
        let word_at = |at: usize| self.tokenized.words(from + at);
        let parts = |at: usize| {
            let token = &gap[at];
            let is_that = word_at(at) == "that";
            matches!(
                token.shape,
                TokenShape::Comma
                    | TokenShape::Semicolon
                    | TokenShape::Colon
                    | TokenShape::Dash
                    | TokenShape::Quotation
            ) || token.is(CONJUNCTION | SUBORDINATOR | WHO | WHICH) && !is_that
        };
        if (0..gap.len()).any(parts) {
            return false;
        }
        let is_clause = (0..gap.len()).any(|at| word_at(at) == "that" || gap[at].is(VERB));
        // "Doe told Roe, who said", "Doe praised Roe, saying": who is spoken to, or of, is no speaker within that clause.
        let is_own_clause = matches!(cue.link, SubjectLink::Direct | SubjectLink::Insertion)
            && self.mentions.all[speaker].kind != Kind::Relative
            && (!cue.participle || passes_words_on(word));
        if other.class == Class::Speech && !is_clause && !is_own_clause {
            return false;
        }
        let has_hearer = self.mentions.starting_at(from).is_some_and(|hearer| self.mentions.all[hearer].first < first);
        is_clause || !takes_a_hearer(word) || is_own_clause && (has_hearer || self.is_finite_after(speaker, cue))
    }

    /// Whether the verb of a speaker stands right behind them, so that both are a clause.
    fn is_finite_after(&self, speaker: usize, cue: &Cue) -> bool {
        let last = self.mentions.all[speaker].last;
        cue.token > last && cue.token - last <= 3 && !cue.participle
    }

    fn is_negated(&self, verb: usize) -> bool {
        (verb.saturating_sub(3)..verb).any(|at| self.tokenized.tokens[at].is(NEGATION))
    }

    /// Whether no verb, conjunction or quotation stands among these tokens.
    fn is_plain(&self, from: usize, to: usize) -> bool {
        let has_verb = self.cues.all[self.cues.before(from)..self.cues.before(to.max(from))]
            .iter()
            .any(|cue| !matches!(cue.class, Class::Noun | Class::According));
        let parts = |at: usize| {
            let token = &self.tokenized.tokens[at];
            token.is_quotation() || token.is(CONJUNCTION | WHO | WHICH) || token.shape == TokenShape::Semicolon
        };
        !has_verb && !(from..to).any(parts)
    }

    /// "According to Doe, Roe said “so”", "“so,” Roe said, according to Doe", "Roe, according to Doe, said “so”".
    fn is_source(&self, other: &Cue, speaker: usize, cue: &Cue, token: usize) -> bool {
        let sentence = self.tokenized.sentence_of(token);
        let named = &self.mentions.all[self.named_first(speaker)];
        let end = self.mentions.all[speaker].last;
        if other.token == sentence.start {
            let (from, to) = (self.mentions.all[other.subject].last + 1, named.first);
            let between = self.tokenized.tokens.get(from..to).filter(|between| between.len() <= WINDOW);
            let between = between.unwrap_or_default();
            return between.iter().any(|token| token.shape == TokenShape::Comma)
                && !between.iter().any(Token::is_quotation);
        }
        if other.token > end && other.token < cue.token && other.token - end <= 2 {
            return true;
        }
        let behind = token.max(cue.token).max(end) + 1;
        other.token >= behind && other.token - behind <= SHORT && self.is_plain(behind, other.token)
    }

    /// "“so,” Roe told her, Doe recalled", "“so,” Roe told her, as Doe remembers it".
    fn is_afterthought(&self, other: &Cue, cue: &Cue) -> bool {
        let subject = &self.mentions.all[other.subject];
        let sentence = self.tokenized.sentence_of(cue.token);
        let word = self.tokenized.words(other.token);
        let remembers = passes_words_on(word);
        if other.link != SubjectLink::Direct
            || !(other.class == Class::Say || remembers)
            || reports_nothing(word)
            || subject.first <= cue.token + 1
        {
            return false;
        }
        let before = subject.first - 1;
        let comma = if remembers && self.tokenized.words(before) == "as" { before - 1 } else { before };
        let is_comma = self.tokenized.tokens[comma].shape == TokenShape::Comma;
        let is_behind = comma > cue.token && comma - cue.token <= SHORT && self.is_plain(cue.token + 1, comma);
        let is_last = sentence.end - other.token <= SHORT && self.is_plain(other.token + 1, sentence.end);
        is_comma && is_behind && is_last && self.tokenized.sentence_of(other.token) == sentence
    }

    /// "Roe was quoted by the Echo as saying “so”", "the Echo quoted Roe, the owner, as saying “so”".
    fn quotes_by(&self, other: &Cue, speaker: usize) -> bool {
        let first = self.mentions.all[self.named_first(speaker)].first;
        let word = self.tokenized.words(other.token);
        let is_agent = word == "by"
            && other.link == SubjectLink::Following
            && (other.token.saturating_sub(4)..other.token)
                .any(|at| matches!(self.tokenized.words(at), "quoted" | "cited") && at > first);
        is_agent || matches!(word, "quoted" | "quotes" | "quoting") && other.token + 1 == first
    }
}
