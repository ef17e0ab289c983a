//! Labels: runs in marks that are names, titles, terms or single words that are talked about, whatever the weights say.
//!
//! From a run and the words beside it to whether it is one: a name that something goes by (dubbed “so”, known as “so”), a
//! work (the film “So”, on CNN's “So”), a grade (to “so” from “so”), a nickname inside a name, a word that is meant as one.

use super::analysis::Analysis;
use super::context::{is_grading, is_maker, is_small_in_title};
use super::lexicon::{CLOSED, DETERMINER, MONTH, POSSESSIVE, PREPOSITION, SAY, SPEECH, VERB};
use super::mentions::Kind;
use super::named_things::{THINGS, goes_by_name};
use super::tokens::{Token, TokenShape};
use crate::text;

/// Nouns for names that are not the real one.
const NAMES: [&str; 9] =
    ["pseudonym", "alias", "nickname", "moniker", "username", "codename", "handle", "pen-name", "hashtag"];

/// The longest run that may be a label, in words, and the longest title.
const LONGEST: usize = 4;
const LONGEST_TITLE: usize = 12;

/// How many runs of one list are looked at: words such as “so,” “so” and “so”.
const LONGEST_LIST: usize = 6;

/// A run as labels are known by: its words without the marks.
struct Run<'a> {
    words: &'a str,
}

impl Run<'_> {
    /// Whether it has so many words at most.
    fn has_at_most(&self, words: usize) -> bool {
        text::runs(self.words).nth(words).is_none()
    }

    fn is_short(&self) -> bool {
        self.has_at_most(LONGEST)
    }

    fn begins_with_capital(&self) -> bool {
        self.words.starts_with(char::is_uppercase)
    }

    /// Whether It Is Written So; a single word counts where it has a capital.
    fn is_title(&self) -> bool {
        let mut words = text::runs(self.words);
        self.begins_with_capital()
            && self.has_at_most(LONGEST_TITLE)
            && words.all(|word| is_small_in_title(word) || word.starts_with(|c: char| !c.is_lowercase()))
            && !self.words.ends_with(['?', '!'])
    }

    /// Whether it ends in a letter, as a name inside a longer one does.
    fn ends_in_letter(&self) -> bool {
        self.words.ends_with(char::is_alphanumeric)
    }
}

impl Analysis<'_> {
    /// Whether the quotation is no speech for certain.
    pub(super) fn is_label(&self, token: usize) -> bool {
        let Some(run) = self.run(token) else { return false };
        if self.is_attribute(token) {
            return true;
        }
        let Some(before) = token.checked_sub(1) else { return false };
        run.is_short()
            && (self.is_name_given(token, before) || self.is_grade(token, before) || self.is_nickname(token, &run))
            || self.is_work(token, before, &run)
            || run.is_short() && self.is_word_meant(token, before, &run)
    }

    fn run(&self, token: usize) -> Option<Run<'_>> {
        let token = self.tokenized.tokens.get(token).filter(|token| token.is_quotation())?;
        let words = self.tokenized.quotes.get(token.quote as usize)?.span.of(self.tokenized.text);
        let words = words.trim().trim_end_matches([',', '.']);
        Some(Run { words })
    }

    fn word(&self, at: Option<usize>) -> &str {
        at.map_or("", |at| self.tokenized.words(at))
    }

    fn is_short(&self, token: usize) -> bool {
        self.run(token).is_some_and(|run| run.is_short())
    }

    /// The value of an attribute, where a text holds markup: `id="so"`.
    pub(super) fn is_attribute(&self, token: usize) -> bool {
        let start = self.tokenized.tokens[token].start as usize;
        let before = &self.tokenized.text.as_bytes()[..start];
        before.ends_with(b"=") && before.len() > 1 && before[before.len() - 2].is_ascii_alphanumeric()
    }

    /// Dubbed “so”, known as “so”, a club called “So”; but not dubbed “so” by Doe, whose word it is.
    fn is_name_given(&self, token: usize, before: usize) -> bool {
        let word = |at: Option<usize>| self.word(at);
        let back = |count: usize| before.checked_sub(count);
        let is_mention = |at: Option<usize>| at.is_some_and(|at| self.mentions.ending_at(at).is_some());
        if word(Some(token + 1)) == "by" && self.mentions.starting_at(token + 2).is_some() {
            return false;
        }
        let article = usize::from(matches!(word(Some(before)), "a" | "an" | "the"));
        match word(back(article)) {
            "dubbed" | "nicknamed" | "codenamed" | "named" => article == 0 && !is_mention(back(1)),
            "so-called" | "pseudonymous" => true,
            "called" if article == 0 => {
                word(back(1)).eq_ignore_ascii_case("so")
                    || self.is_indefinite_thing(back(1)) && self.begins_with_capital(token)
            }
            "as" => {
                let verb = word(back(article + 1));
                is_grading(verb)
                    || verb == "known"
                    || matches!(verb, "disguised" | "billed") && article == 0
                    || matches!(verb, "described" | "called" | "seen") && self.is_what_has_been(before - article - 1)
            }
            "for" => article == 1 && matches!(word(back(2)), "taken" | "mistaken"),
            noun => NAMES.contains(&noun) && article == 0,
        }
    }

    fn begins_with_capital(&self, token: usize) -> bool {
        self.run(token).is_some_and(|run| run.begins_with_capital())
    }

    /// Whether a phrase that begins with "a" ends at this token, and is for no person: "a blog", "an account".
    fn is_indefinite_thing(&self, at: Option<usize>) -> bool {
        let Some(mention) = at.and_then(|at| self.mentions.ending_at(at)) else { return false };
        let mention = &self.mentions.all[mention];
        matches!(self.tokenized.words(mention.first), "a" | "an" | "A" | "An") && mention.kind != Kind::NounPerson
    }

    /// "What has been described as": nobody is said to have done so.
    fn is_what_has_been(&self, verb: usize) -> bool {
        (verb.saturating_sub(4)..verb).any(|at| self.tokenized.words(at) == "what")
            && verb > 0
            && matches!(self.tokenized.words(verb - 1), "been" | "is" | "was" | "often" | "widely")
    }

    /// From “so” to “so”, known as a “so”.
    fn is_grade(&self, token: usize, before: usize) -> bool {
        let word = |at: Option<usize>| self.word(at);
        match word(Some(before)) {
            "to" => word(Some(token + 1)) == "from" && self.is_short(token + 2),
            "from" => {
                let other = before.checked_sub(1).filter(|&o| self.is_short(o));
                other.is_some_and(|o| word(o.checked_sub(1)) == "to")
                    || word(Some(token + 1)) == "to" && self.is_short(token + 2)
            }
            _ => false,
        }
    }

    /// Jane “Jay” Doe.
    fn is_nickname(&self, token: usize, run: &Run<'_>) -> bool {
        let is_name = |at: usize| {
            self.tokenized.tokens.get(at).is_some_and(|t| {
                t.is_capital()
                    && t.sentence == self.tokenized.tokens[token].sentence
                    && !t.is(CLOSED | DETERMINER | MONTH)
            })
        };
        run.has_at_most(2)
            && run.begins_with_capital()
            && run.ends_in_letter()
            && token > 0
            && is_name(token - 1)
            && !self.tokenized.tokens[token - 1].possessive
            && is_name(token + 1)
    }

    /// The film “So”, on CNN's “So”, “So” director Doe, the “So” award.
    fn is_work(&self, token: usize, before: usize, run: &Run<'_>) -> bool {
        let after = self.word(Some(token + 1));
        let outer = self.tokenized.tokens[token].span().of(self.tokenized.text);
        let is_bare = || !outer.contains([',', '.', '?', '!']);
        if run.is_short() && is_maker(after) && is_bare() {
            return true;
        }
        if !run.is_title() {
            return false;
        }
        if run.has_at_most(LONGEST + 1) && THINGS.contains(&after) && is_bare() {
            return true;
        }
        self.is_introduced_as_work(before, run)
    }

    fn is_introduced_as_work(&self, before: usize, run: &Run<'_>) -> bool {
        let token = &self.tokenized.tokens[before];
        let back = |count: usize| self.word(before.checked_sub(count));
        let is_long = !run.has_at_most(1);
        if token.possessive && token.is_word() {
            // "On CNN's", "Wednesday's", "the league's".
            let kind = self.mentions.ending_at(before).map(|mention| self.mentions.all[mention].kind);
            return token.shape == TokenShape::Capitals
                || token.is(MONTH)
                || is_long && matches!(kind, Some(Kind::Organization | Kind::NounOrganization));
        }
        match self.word(Some(before)) {
            "," => is_long && goes_by_name(back(1)),
            "on" | "with" => is_long && !matches!(back(1), "attack" | "attacks" | "twist" | "agreed"),
            "of" => {
                matches!(
                    back(1),
                    "host"
                        | "hosts"
                        | "author"
                        | "co-author"
                        | "star"
                        | "stars"
                        | "director"
                        | "editor"
                        | "creator"
                        | "cast"
                        | "season"
                        | "episode"
                        | "episodes"
                        | "edition"
                        | "editions"
                        | "version"
                        | "screening"
                        | "readers"
                        | "copies"
                        | "production"
                        | "copy"
                        | "incarnation"
                )
            }
            "in" => matches!(back(1), "stars" | "starred" | "starring" | "acting" | "role" | "roles" | "appears"),
            "titled" | "entitled" => true,
            "wrote" | "directed" => is_long && back(1) == "who",
            // "Reporters show “So”" is a verb; after a determiner or an adjective it is a noun.
            word => {
                goes_by_name(word)
                    && (is_long
                        || before > 0 && self.tokenized.tokens[before - 1].is(DETERMINER | POSSESSIVE | PREPOSITION))
            }
        }
    }

    /// The word “so”, spelled “so”, words such as “so” and “so”; “so” or “so” where the first is a label.
    fn is_word_meant(&self, token: usize, before: usize, run: &Run<'_>) -> bool {
        let back = |count: usize| self.word(before.checked_sub(count));
        match self.word(Some(before)) {
            "word" | "letter" | "letters" | "suffix" | "prefix" | "syllable" => {
                run.has_at_most(2) && self.is_talked_about(token, before)
            }
            "spelled" | "spelt" | "misspelled" | "pronounced" => true,
            "of" => back(1) == "place" && back(2) == "in" || back(1) == "instead" && self.is_word_for_words(before),
            "or" | "," | "and" | "as" => self.is_in_list(before),
            "meaning" => {
                matches!(back(1), "," | "(" | ")")
                    || before.checked_sub(1).is_some_and(|at| self.is_first_of_labels(at))
            }
            _ => before
                .checked_sub(1)
                .is_some_and(|_| self.tokenized.tokens[before].is_quotation() && self.is_in_list(token)),
        }
    }

    /// Whether a word for words stands near before: "another word instead of “so”".
    fn is_word_for_words(&self, before: usize) -> bool {
        (before.saturating_sub(8)..before)
            .any(|at| matches!(self.tokenized.words(at), "word" | "words" | "spelling" | "term"))
    }

    /// Whether "the word “so”" is not what somebody is said to use, but a word that something is said of.
    fn is_talked_about(&self, token: usize, noun: usize) -> bool {
        let article = noun.checked_sub(1);
        let outer = article.and_then(|at| at.checked_sub(1));
        let is_start =
            outer.is_none_or(|at| self.tokenized.tokens[at].sentence != self.tokenized.tokens[noun].sentence);
        let after = self.tokenized.tokens.get(token + 1);
        let is_subject = after.is_some_and(|t| {
            t.is(VERB) && !t.is(SAY | SPEECH) || matches!(self.word(Some(token + 1)), "is" | "was" | "has")
        });
        is_subject || is_start || outer.is_some_and(|at| self.tokenized.tokens[at].is(PREPOSITION))
    }

    /// Whether the runs before it, joined by commas and conjunctions, lead back to "words such as", or are labels.
    fn is_in_list(&self, from: usize) -> bool {
        let (mut at, mut left) = (from, LONGEST_LIST);
        for _ in 0..4 * LONGEST_LIST {
            if left == 0 {
                break;
            }
            match self.word(Some(at)) {
                "or" | "," | "and" => {}
                "as" => {
                    return self.word(at.checked_sub(1)) == "such"
                        && matches!(
                            self.word(at.checked_sub(2)),
                            "words"
                                | "terms"
                                | "names"
                                | "phrases"
                                | "labels"
                                | "nicknames"
                                | "categories"
                                | "keywords"
                        );
                }
                _ if self.tokenized.tokens.get(at).is_some_and(Token::is_quotation) => {
                    left -= 1;
                    let first = at.checked_sub(1).is_some_and(|b| {
                        let before = &self.tokenized.tokens[b];
                        !before.is_quotation() && !matches!(self.tokenized.words(b), "or" | "," | "and" | "as")
                    });
                    if first {
                        return self.is_short(at) && self.is_first_of_labels(at);
                    }
                }
                _ => return false,
            }
            match at.checked_sub(1) {
                Some(before) => at = before,
                None => return false,
            }
        }
        false
    }

    /// Whether the run that a list begins with is a label of its own.
    fn is_first_of_labels(&self, token: usize) -> bool {
        token.checked_sub(1).is_some_and(|before| self.is_name_given(token, before))
    }
}
