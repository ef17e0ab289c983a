//! Mentions: every name, description and pronoun outside quotations that refers to an entity.

mod apposition;
mod finder;
mod interviews;
mod pronouns;

pub(crate) use finder::find;

use crate::text::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The name of a person.
    Person,
    /// The name of an organization: a company, a paper, an office.
    Organization,
    Place,
    /// A name of something unknown.
    Name,
    /// "The spokesman": one person.
    NounPerson,
    /// "Officials".
    NounGroup,
    /// "The company".
    NounOrganization,
    /// "The report".
    NounDocument,
    Noun,
    He,
    She,
    They,
    It,
    /// I, we.
    FirstPerson,
    /// Who, which.
    Relative,
    /// One, some, others.
    Indefinite,
}

impl Kind {
    pub fn is_name(self) -> bool {
        matches!(self, Self::Person | Self::Organization | Self::Place | Self::Name)
    }

    pub fn is_noun(self) -> bool {
        matches!(self, Self::NounPerson | Self::NounGroup | Self::NounOrganization | Self::NounDocument | Self::Noun)
    }

    pub fn is_pronoun(self) -> bool {
        !self.is_name() && !self.is_noun()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Gender {
    #[default]
    Unknown,
    Man,
    Woman,
}

/// What part a mention plays in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Part {
    #[default]
    Free,
    Subject,
    Object,
    /// After a preposition.
    Oblique,
}

#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a plain fact about a phrase")]
pub(crate) struct Mention {
    /// The phrase: role, title and name, without what follows a comma.
    pub span: Span,
    /// Its first and last token.
    pub first: usize,
    pub last: usize,
    pub kind: Kind,
    /// The tokens of the name, where there is one.
    pub name: Option<(usize, usize)>,
    /// The tokens of the role or title before the name, or of the noun phrase without its determiner.
    pub role: Option<(usize, usize)>,
    pub gender: Gender,
    pub plural: bool,
    /// "The", "his", a name; not "a".
    pub definite: bool,
    pub possessive: bool,
    /// The mention that owns it: "Trump's" of "campaign".
    pub owner: Option<usize>,
    /// The mention that it is set beside: "a senator" of "Doe, a senator,".
    pub beside: Option<usize>,
    /// The mention before it, joined by "and".
    pub joined: Option<usize>,
    /// For "who", "one" and the "I" of an interview: what it stands for.
    pub antecedent: Option<usize>,
    pub part: Part,
    /// Whether it is the first subject of its sentence.
    pub main: bool,
    /// Whether it is the subject of "said" or the like.
    pub speaks: bool,
    /// Whether it is the subject of "replied" or the like.
    pub replies: bool,
    pub sentence: usize,
    pub paragraph: usize,
}

/// All mentions of an article, by place.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    pub all: Vec<Mention>,
    /// For each token the mention that begins, ends or runs there; `u32::MAX` where none does.
    starting: Vec<u32>,
    ending: Vec<u32>,
    covering: Vec<u32>,
    /// For each paragraph the first mention in it or after it; one more at the end.
    pub of_paragraph: Vec<usize>,
}

/// How many owners of owners are followed: "the mayor's wife's friend's …".
pub(crate) const OWNERS: usize = 4;

impl Mentions {
    pub fn starting_at(&self, token: usize) -> Option<usize> {
        lookup(&self.starting, token)
    }

    pub fn ending_at(&self, token: usize) -> Option<usize> {
        lookup(&self.ending, token)
    }

    pub fn covering(&self, token: usize) -> Option<usize> {
        lookup(&self.covering, token)
    }

    /// The first token of the phrase of a mention, its owners included: at "the mayor's" of "the mayor's wife's friend".
    pub fn outermost_first(&self, mut index: usize) -> usize {
        for _ in 0..OWNERS {
            let Some(owner) = self.all[index].owner else { break };
            index = owner;
        }
        self.all[index].first
    }

    /// How many mentions begin before token `at`.
    pub fn before(&self, at: usize) -> usize {
        self.all.partition_point(|m| m.first < at)
    }
}

fn lookup(table: &[u32], token: usize) -> Option<usize> {
    table.get(token).copied().filter(|&m| m != u32::MAX).map(|m| m as usize)
}
