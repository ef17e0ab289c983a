//! Affiliations: for whom somebody holds a role: "the union's spokesman", "a lawyer for Doe", "Kremlin spokesman Doe".
//!
//! Two people with one role are told apart by it: the union's spokesman is not the company's.

use std::borrow::Cow;

use crate::quotes::lexicon::{MODIFIER, PEOPLE, PLACE};
use crate::quotes::mentions::Mention;
use crate::quotes::roles;
use crate::quotes::tokens::{TokenShape, TokenizedText};

/// For whom a role is held.
#[derive(Debug, Clone)]
pub(crate) struct Affiliation<'a> {
    /// The last word of the role, as `roles::normal_words` writes it: "spokesperson".
    role: Cow<'a, str>,
    /// The words for whom, in the same form.
    words: Vec<Cow<'a, str>>,
    /// Whether they are a name, rather than "the union".
    is_name: bool,
}

impl<'a> Affiliation<'a> {
    /// Reads the affiliation in a description and around it, if it states one; `name_of` says what a mention before it is
    /// called.
    pub fn of(
        tokenized: &TokenizedText<'a>,
        mentions: &[Mention],
        index: usize,
        name_of: impl Fn(usize) -> Option<String>,
    ) -> Option<Self> {
        let mention = &mentions[index];
        let (first, last) = mention.role?;
        let role = || roles::normal_words(tokenized.small_words(last)).last();
        // "Republican", "Ohio": that says what somebody is, not whose.
        let is_body = |at: usize| {
            let token = &tokenized.tokens[at];
            token.shape != TokenShape::Small
                && !token.is(PEOPLE | PLACE | MODIFIER)
                && !roles::is_party(tokenized.words(at))
        };
        if let Some(owner) = mention.owner {
            let mut words: Vec<_> = normal(tokenized, &mentions[owner]).collect();
            let name = name_of(owner);
            let is_name = name.is_some() || mentions[owner].kind.is_name();
            words.extend(
                name.iter().flat_map(|name| roles::normal_words(name)).map(|word| Cow::Owned(word.into_owned())),
            );
            return if words.is_empty() { None } else { Some(Self { role: role()?, words, is_name }) };
        }
        if matches!(tokenized.words(mention.last + 1), "for" | "of") && mention.name.is_none() {
            let served = after(mentions, index, mention.last + 2)?;
            let words = normal(tokenized, served).collect();
            return Some(Self { role: role()?, words, is_name: served.kind.is_name() });
        }
        // "Kremlin spokesman Doe"; the small words before a role only describe it.
        let words: Vec<_> = (first..last)
            .filter(|&at| is_body(at))
            .flat_map(|at| roles::normal_words(tokenized.small_words(at)))
            .collect();
        if words.is_empty() { None } else { Some(Self { role: role()?, words, is_name: true }) }
    }

    /// Whether who is known by these affiliations can't hold the role of this one: the union's spokesman, where only the
    /// company's is known.
    pub fn contradicts(&self, known: &[Self]) -> bool {
        let mut same_role = known.iter().filter(|k| k.is_same_role(self)).peekable();
        same_role.peek().is_some() && !same_role.any(|k| k.may_be(self))
    }

    fn is_same_role(&self, other: &Self) -> bool {
        roles::is_kind_of(&self.role, &other.role) || roles::is_kind_of(&other.role, &self.role)
    }

    /// Whether both may be for the same one; of a name and "the company" nothing is known.
    fn may_be(&self, other: &Self) -> bool {
        let is_short = |one: &Self| one.words.len() == 1 && one.words[0].len() <= 5;
        self.is_name != other.is_name
            || self.words.iter().any(|word| other.words.contains(word))
            || is_short(self) != is_short(other) && self.is_name
    }
}

/// The outermost mention that begins at token `at`: "the union's board" of "the union" and "board".
fn after(mentions: &[Mention], index: usize, at: usize) -> Option<&Mention> {
    const NEAR: usize = 4;
    let begun = (index + 1..mentions.len().min(index + NEAR)).find(|&m| mentions[m].first == at)?;
    let owned = (begun + 1..mentions.len().min(begun + NEAR)).take_while(|&m| mentions[m].owner == Some(m - 1)).last();
    mentions.get(owned.unwrap_or(begun)).filter(|m| !m.kind.is_pronoun())
}

/// The words of a mention as roles are compared.
fn normal<'a>(tokenized: &TokenizedText<'a>, mention: &Mention) -> impl Iterator<Item = Cow<'a, str>> {
    let is_word = !mention.kind.is_pronoun();
    let text = tokenized.small;
    let span = mention.span;
    roles::normal_words(if is_word { text.get(span.start..span.end).unwrap_or("") } else { "" }).map(
        |word| match word {
            Cow::Borrowed(word) => Cow::Borrowed(word.trim_end_matches("’s").trim_end_matches("'s")),
            Cow::Owned(word) => Cow::Owned(word.trim_end_matches("’s").trim_end_matches("'s").to_owned()),
        },
    )
}
