//! Which mentions can speak at all: not "Idaho", "Photo", "R-Tarn", "the mayor's elbow".

use std::borrow::Cow;

use foldhash::HashMap;

use crate::quotes::lexicon::{
    self, CLOSED, FIRST_NAME, MODIFIER, OPENER, ORGANIZATION_WORD, RELATION, SAYING, SPEAKING_NOUN, STATE, TITLE, VERB,
    VOICELESS,
};
use crate::quotes::mentions::{Kind, Mention};
use crate::quotes::phrases;
use crate::quotes::roles;
use crate::quotes::tokens::{Token, TokenShape, TokenizedText};

/// How an article writes the words of its one-word names where a capital is no sentence's and no headline's.
#[derive(Debug)]
pub(crate) struct Spelling<'a>(HashMap<Cow<'a, str>, Written>);

/// Whether a word stands somewhere in small letters, and whether with a capital.
#[derive(Debug, Clone, Copy, Default)]
struct Written {
    small: bool,
    capital: bool,
}

impl<'a> Spelling<'a> {
    pub fn new(tokenized: &TokenizedText<'a>, mentions: &[Mention]) -> Self {
        let mut written: HashMap<Cow<'a, str>, Written> = HashMap::default();
        // Most words are none of them by their length and outer letters alone.
        let mut outlines = [false; OUTLINES];
        for at in mentions.iter().filter_map(|mention| one_word(mention).filter(|&at| asks(tokenized, mention, at))) {
            let name = roles::lower(tokenized.small_words(at));
            outlines[outline(name.as_bytes())] = true;
            written.entry(name).or_default();
        }
        let first = tokenized.paragraphs.get(1).map_or(0, |paragraph| paragraph.first);
        let text = tokenized.text.as_bytes();
        for (at, token) in tokenized.tokens.iter().enumerate().skip(first) {
            if !may_ask(token) {
                continue;
            }
            let bytes = &text[token.start as usize..token.end as usize];
            let is_outlined = outlines[outline(bytes)];
            if token.shape == TokenShape::Small {
                if is_outlined && let Some(written) = written.get_mut(tokenized.words(at)) {
                    written.small = true;
                }
            } else if token.is_capital()
                && (is_outlined || !bytes.is_ascii())
                && !opens_sentence(tokenized, at)
                && let Some(written) = written.get_mut(&roles::lower(tokenized.small_words(at)))
            {
                written.capital = true;
            }
        }
        Self(written)
    }

    fn of(&self, word: &str) -> Written {
        self.0.get(&roles::lower(word)).copied().unwrap_or_default()
    }

    /// Whether a word has a capital in the middle of a sentence.
    fn has_capital(&self, word: &str) -> bool {
        self.of(word).capital
    }

    /// Whether a word has its capital only from the sentence that it opens.
    fn is_common(&self, word: &str) -> bool {
        let written = self.of(word);
        !written.capital && written.small
    }
}

/// How many kinds of words [`outline`] tells apart.
const OUTLINES: usize = 1024;

/// A number that words of ASCII share with all that differ in case only.
fn outline(word: &[u8]) -> usize {
    let ([first, ..], [.., last]) = (word, word) else { return 0 };
    (usize::from(first & 31) * 32 + usize::from(last & 31) + word.len() * 341) % OUTLINES
}

/// The token of a name of one word with nothing before it.
fn one_word(mention: &Mention) -> Option<usize> {
    let (first, last) = mention.name.filter(|_| mention.kind.is_name())?;
    (first == last && mention.first == first).then_some(first)
}

fn opens_sentence(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    at == tokenized.sentence_of(at).start || {
        let before = &tokenized.tokens[at - 1];
        !before.is_word() && before.shape != TokenShape::Comma
    }
}

/// Whether a mention can be a speaker; `spelling` is asked for only where it decides.
pub(crate) fn may_speak<'s, 'a: 's>(
    tokenized: &TokenizedText<'a>,
    mention: &Mention,
    spelling: impl FnOnce() -> &'s Spelling<'a>,
) -> bool {
    if mention.kind == Kind::Noun {
        // "The firm's reviewers" may be people.
        let is_plural = tokenized.words(mention.last).ends_with("ers");
        return mention.owner.is_none()
            || is_plural
            || tokenized.tokens[mention.last].is(SPEAKING_NOUN | RELATION | SAYING);
    }
    if !may_be_known(tokenized, mention) {
        return false;
    }
    // "The Post", "Mr. Ban".
    let Some(first) = one_word(mention) else { return true };
    let word = tokenized.small_words(first);
    if !asks(tokenized, mention, first) {
        true
    } else if tokenized.tokens[first].is(CLOSED | OPENER) {
        spelling().has_capital(word)
    } else if word.len() > 6 && word.ends_with("ing") && opens_sentence(tokenized, first) {
        // "Reprising her lines, Doe", but not "Manning", who is Chelsea Manning before.
        spelling().has_capital(word)
    } else {
        !spelling().is_common(word)
    }
}

/// Whether the spelling of a name of one word decides if it can speak.
fn asks(tokenized: &TokenizedText<'_>, mention: &Mention, at: usize) -> bool {
    let token = &tokenized.tokens[at];
    if token.is(CLOSED | OPENER) {
        return !token.is(FIRST_NAME) && token.shape != TokenShape::Capitals;
    }
    may_ask(token) && matches!(mention.kind, Kind::Name | Kind::Organization)
}

/// Whether the spelling may decide, by the word alone, whatever its case.
fn may_ask(token: &Token) -> bool {
    token.is(CLOSED | OPENER) || lexicon::is_unknown(token.traits & !(SPEAKING_NOUN | VERB | MODIFIER))
}

/// Whether the name of a mention, if it has one, can be a speaker's by its own words.
pub(crate) fn may_be_known(tokenized: &TokenizedText<'_>, mention: &Mention) -> bool {
    let Some((first, last)) = mention.name.filter(|_| mention.kind.is_name()) else { return true };
    if is_heading(tokenized, mention) {
        return false;
    }
    if first < last {
        may_be_called(tokenized, first, last)
    } else {
        may_be_called_by_one_word(tokenized, mention, first)
    }
}

/// Whether several words can be a speaker's name.
fn may_be_called(tokenized: &TokenizedText<'_>, first: usize, last: usize) -> bool {
    let opens = &tokenized.tokens[first];
    let is_closed = opens.is(CLOSED) && !opens.is(FIRST_NAME | TITLE) && opens.shape != TokenShape::Capitals;
    let repeats = (first..last).any(|at| {
        let word = tokenized.words(at);
        word.len() > 2 && word == tokenized.words(at + 1)
    });
    let is_state = last == first + 1
        && (tokenized.tokens[last].is(STATE) || tokenized.words(last) == "Mexico")
        && matches!(tokenized.words(first), "New" | "North" | "South" | "West" | "Rhode" | "Las" | "Los");
    !(is_closed || repeats || is_state || is_contraction(tokenized.words(first)))
}

/// Whether one word with a capital can be a speaker's name.
fn may_be_called_by_one_word(tokenized: &TokenizedText<'_>, mention: &Mention, at: usize) -> bool {
    let token = &tokenized.tokens[at];
    let word = tokenized.words(at);
    // "Mr. York" has a title before it, "the Latest" an article.
    let is_bare = mention.role.is_none();
    let is_place_or_label = is_bare && token.is(STATE | VOICELESS) && !token.is(FIRST_NAME);
    !(is_place_or_label || is_contraction(word) || phrases::is_compound_adjective(word))
}

/// "We've", "They'll".
fn is_contraction(word: &str) -> bool {
    word.bytes().any(|byte| byte == b'\'' || !byte.is_ascii())
        && word.split_once(['\'', '’']).is_some_and(|(head, _)| lexicon::traits(head) & CLOSED != 0)
}

/// "FLOOD SURVIVORS": whether the phrase is words in capitals that head a paragraph, rather than a name in capitals.
fn is_heading(tokenized: &TokenizedText<'_>, mention: &Mention) -> bool {
    let tokens = &tokenized.tokens[mention.first..=mention.last];
    if tokens.iter().all(|token| token.shape != TokenShape::Capitals) {
        return false;
    }
    let is_loud = |token: &&Token| token.shape == TokenShape::Capitals && token.end - token.start > 4;
    let loud = tokens.iter().filter(is_loud).count();
    let labels = tokenized.words(mention.last + 1) == ":";
    let is_long = loud > 3;
    let is_name = !is_long && tokens.iter().any(|token| token.is(FIRST_NAME | TITLE | ORGANIZATION_WORD));
    loud > 0 && tokens.iter().filter(|token| token.shape == TokenShape::Capitals).count() > 1 && !is_name && !labels
}
