//! Names: which of them are the same person's, and which is the fullest.

mod couples;

use std::borrow::Cow;
use std::ops::Range;

use foldhash::HashMap;
use foldhash::fast::RandomState;

use crate::quotes::entity::Entity;
use crate::quotes::lexicon::{self, DETERMINER, MODIFIER, PAST, PEOPLE, SPEAKING_NOUN, THIRD, TITLE, VERB};
use crate::quotes::mentions::{Gender, Kind, Mention, Mentions};
use crate::quotes::phrases;
use crate::quotes::roles;
use crate::quotes::tokens::{TokenShape, TokenizedText};
use crate::text::Span;

/// How many people of one surname are distinguished; the rest are looked up by their whole name only.
const NAMESAKES: usize = 12;

/// The names of an article.
#[derive(Debug, Default)]
pub(crate) struct NameTable<'a> {
    entities: Vec<Entity<'a>>,
    /// The name at hand as the maps have it; kept for its memory.
    key: String,
    by_full: HashMap<String, usize>,
    by_surname: HashMap<Cow<'a, str>, Vec<usize>>,
    by_first: HashMap<Cow<'a, str>, Vec<usize>>,
    by_initials: HashMap<String, usize>,
    by_lead: HashMap<Cow<'a, str>, usize>,
    /// How many mentions stand in a headline that writes Every Word So.
    pub headline: usize,
    of_mention: Vec<Option<usize>>,
    /// For each mention by one word, the entities that it may mean.
    open: HashMap<usize, Vec<usize>>,
}

impl<'a> NameTable<'a> {
    /// Reads all names: those of several words first, since a surname alone may come before the full name.
    pub fn new(tokenized: &TokenizedText<'a>, mentions: &Mentions) -> Self {
        // Room for the names of most articles: one mention in eight begins a new one.
        let room = mentions.all.len() / 8;
        let mut table = Self {
            of_mention: vec![None; mentions.all.len()],
            entities: Vec::with_capacity(room),
            by_full: HashMap::with_capacity_and_hasher(room, RandomState::default()),
            by_surname: HashMap::with_capacity_and_hasher(room, RandomState::default()),
            by_lead: HashMap::with_capacity_and_hasher(room, RandomState::default()),
            ..Self::default()
        };
        // In a headline that writes Every Word So a capital means nothing: there names are only recognised.
        let headline = mentions.of_paragraph.get(1).copied().unwrap_or(0);
        let headline = if is_all_capitals(tokenized) { headline } else { 0 };
        table.headline = headline;
        let mut singles = Vec::new();
        for (index, mention) in mentions.all.iter().enumerate().skip(headline) {
            let Some((first, last)) = name_tokens(tokenized, mention) else { continue };
            if first == last {
                if mention.paragraph > 0 || is_name_in_headline(tokenized, first) {
                    singles.push((index, tokenized.words(first), mention));
                }
            } else {
                table.of_mention[index] = Some(table.add_full(tokenized, (first, last), mention));
            }
        }
        for (index, word, mention) in singles {
            match couples::shared_surname(tokenized, &mentions.all, index) {
                Some(surname) if !table.is_known(word) => table.add_spouse(index, word, surname, mention),
                _ => table.add_single(index, word, mention),
            }
        }
        for (index, mention) in mentions.all.iter().enumerate().take(headline) {
            if let Some((first, last)) = name_tokens(tokenized, mention) {
                let words: Vec<&str> = (first..=last).map(|t| tokenized.words(t)).collect();
                table.recognise(index, &words);
                if first == last && table.of_mention[index].is_none() && tokenized.words(last + 1) == ":" {
                    table.add_single(index, words[0], mention);
                }
            }
        }
        table
    }

    /// Finds a known name in the capital words of a headline, and the first name of one that is known by surname only.
    fn recognise(&mut self, index: usize, words: &[&str]) {
        let keys: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
        let pair = (0..keys.len().saturating_sub(1)).find_map(|i| {
            let known = self.by_full.get(&format!("{} {}", keys[i], keys[i + 1])).copied();
            known.or_else(|| {
                let surname = self.by_full.get(&keys[i + 1]).copied()?;
                let first = lexicon::traits(words[i]);
                if first & lexicon::FIRST_NAME == 0 || self.entities[surname].kind == Kind::Organization {
                    return None;
                }
                let known = &mut self.entities[surname];
                known.name = format!("{} {}", words[i], words[i + 1]).into();
                known.kind = Kind::Person;
                known.gender = phrases::first_name_gender(first);
                Some(surname)
            })
        });
        let single = || {
            keys.iter().find_map(|key| {
                let namesakes = self.by_surname.get(key.as_str()).filter(|n| n.len() == 1).map(|n| n[0]);
                let person = namesakes.filter(|&e| self.entities[e].kind == Kind::Person);
                person.or_else(|| self.by_full.get(key).copied())
            })
        };
        self.of_mention[index] = pair.or_else(single);
    }

    /// Hands over the entities, to be filled with their mentions.
    pub fn take_entities(&mut self) -> Vec<Entity<'a>> {
        std::mem::take(&mut self.entities)
    }

    /// Whom a mention by name means; among several, the one that has been spoken of most so far.
    pub fn entity_of(&self, mention: usize, so_far: &[Entity<'_>]) -> Option<usize> {
        if let Some(open) = self.open.get(&mention) {
            let mut best = *open.first()?;
            for &entity in open {
                if so_far[entity].mentions > so_far[best].mentions {
                    best = entity;
                }
            }
            return Some(best);
        }
        self.of_mention.get(mention).copied().flatten()
    }

    /// Adds a name of several words, tokens `first..=last`.
    fn add_full(&mut self, tokenized: &TokenizedText<'a>, (first, last): (usize, usize), mention: &Mention) -> usize {
        let display = display_name(tokenized, mention);
        let display = display.unwrap_or_else(|| words(tokenized, first, last));
        self.set_key(&display);
        if let Some(&known) = self.by_full.get(&self.key) {
            self.improve(known, mention);
            return known;
        }
        let is_nickname = |t: &usize| tokenized.tokens[*t].is_quotation();
        let named = || (first..=last).filter(|t| !is_nickname(t));
        let stem: Vec<(&str, usize)> = named()
            .filter(|&t| !phrases::is_suffix(tokenized.tokens[t].traits))
            .map(|t| (tokenized.words(t), t))
            .collect();
        let small =
            |word: Option<&(&str, usize)>| word.map_or(Cow::default(), |w| roles::lower(tokenized.small_words(w.1)));
        let surname = small(stem.last());
        if mention.kind != Kind::Organization {
            let namesakes = self.by_surname.get(&surname).map_or(&[][..], Vec::as_slice);
            let words = || named().map(|t| tokenized.words(t)).collect::<Vec<_>>();
            let same = namesakes.iter().copied().find(|&e| self.is_same_person(e, &words()));
            if let Some(known) = same {
                if named().count() > self.entities[known].name.split(' ').count() {
                    self.entities[known].name = display;
                }
                self.improve(known, mention);
                self.by_full.insert(self.key.clone(), known);
                return known;
            }
        }
        let entity = self.push(display, mention);
        self.by_full.insert(self.key.clone(), entity);
        if stem.len() > 2 || mention.kind == Kind::Organization {
            let initials: String =
                stem.iter().filter_map(|w| w.0.chars().next()).filter(|first| first.is_uppercase()).collect();
            self.by_initials.entry(initials).or_insert(entity);
        }
        push_limited(self.by_surname.entry(surname).or_default(), entity);
        let common = lexicon::PLACE | PEOPLE | TITLE | lexicon::FIRST_NAME | DETERMINER;
        if let Some(lead) =
            stem.first().filter(|w| mention.kind != Kind::Organization || lexicon::traits(w.0) & common == 0)
        {
            self.by_lead.entry(small(Some(lead))).or_insert(entity);
        }
        if mention.kind != Kind::Organization
            && let Some(first) = stem.first()
            && lexicon::traits(first.0) & lexicon::FIRST_NAME != 0
        {
            push_limited(self.by_first.entry(small(Some(first))).or_default(), entity);
        }
        entity
    }

    fn add_single(&mut self, index: usize, word: &'a str, mention: &Mention) {
        self.set_key(word);
        let fits = |e: &usize| {
            let known = &self.entities[*e];
            (known.gender == mention.gender || known.gender == Gender::Unknown || mention.gender == Gender::Unknown)
                && !(mention.kind == Kind::Person && known.kind == Kind::Organization)
        };
        let namesakes =
            self.by_surname.get(self.key.as_str()).map(|all| all.iter().copied().filter(fits).collect::<Vec<_>>());
        let namesakes = namesakes.filter(|n| !n.is_empty());
        let namesakes = namesakes.or_else(|| {
            let all = self.by_first.get(self.key.as_str())?.iter().copied().filter(fits).collect::<Vec<_>>();
            (!all.is_empty()).then_some(all)
        });
        match namesakes {
            Some(all) if all.len() == 1 => self.of_mention[index] = Some(all[0]),
            Some(all) => {
                self.open.insert(index, all);
            }
            None => {
                // "Ms. Lin" may be Lin Meiling, "Xi" Xi Jinping: some names begin with the family's.
                let lead = self.by_lead.get(self.key.as_str()).copied().filter(|&e| {
                    mention.kind == Kind::Person && mention.role.is_some()
                        || matches!(self.entities[e].kind, Kind::Person | Kind::Organization)
                });
                let known = self.by_full.get(&self.key).or_else(|| self.by_initials.get(word)).copied().or(lead);
                let entity = known.unwrap_or_else(|| {
                    let entity = self.push(word.into(), mention);
                    if mention.gender == Gender::Unknown {
                        self.entities[entity].gender = phrases::first_name_gender(lexicon::traits(word));
                    }
                    self.by_full.insert(self.key.clone(), entity);
                    entity
                });
                self.improve(entity, mention);
                self.of_mention[index] = Some(entity);
            }
        }
    }

    /// Sets the key to a name in small letters.
    fn set_key(&mut self, name: &str) {
        self.key.clear();
        if name.is_ascii() {
            self.key.push_str(name);
            self.key.make_ascii_lowercase();
        } else {
            self.key.push_str(&name.to_lowercase());
        }
    }

    fn push(&mut self, name: Cow<'a, str>, mention: &Mention) -> usize {
        self.entities.push(Entity::new(name, mention, true));
        self.entities.len() - 1
    }

    fn improve(&mut self, entity: usize, mention: &Mention) {
        let known = &mut self.entities[entity];
        if known.gender == Gender::Unknown {
            known.gender = mention.gender;
        }
        if known.kind == Kind::Name {
            known.kind = mention.kind;
        }
    }

    /// Whether a name of several words is another form of a known one: the surname is the same already.
    fn is_same_person(&self, entity: usize, words: &[&str]) -> bool {
        let known = &self.entities[entity];
        if known.kind == Kind::Organization {
            return false;
        }
        let theirs: Vec<&str> = known.name.split(' ').collect();
        let suffix = |w: &[&str]| w.last().filter(|w| is_suffix(w)).map(|w| w.trim_matches('.').to_lowercase());
        if suffix(&theirs) != suffix(words) && suffix(&theirs).is_some() && suffix(words).is_some() {
            return false;
        }
        let (a, b) = (theirs[0].to_lowercase(), words[0].to_lowercase());
        if suffix(&theirs) != suffix(words) {
            return false;
        }
        a == b
            || is_initial_of(&a, &b)
            || is_initial_of(&b, &a)
            || (a.len() > 2 && b.len() > 2 && (a.starts_with(&b) || b.starts_with(&a)))
    }
}

/// Whether the first word of a headline is a name rather than any word with its capital: the article below writes it so too,
/// or it says something there.
fn is_name_in_headline(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    let headline = tokenized.paragraphs[0];
    let token = &tokenized.tokens[at];
    let next = tokenized.tokens.get(at + 1).filter(|_| at + 1 < headline.end);
    let speaks = next.is_some_and(|next| next.shape == TokenShape::Colon || next.is(VERB) && next.is(PAST | THIRD));
    if at > headline.first || token.is(lexicon::FIRST_NAME) && !token.is(TITLE) {
        return true;
    }
    let word = tokenized.words(at);
    let mut below = tokenized.tokens.iter().enumerate().skip(headline.end);
    if below.any(|(at, token)| token.is_capital() && tokenized.words(at) == word) {
        return true;
    }
    // "Striker says", where "the striker" stands below.
    let small = word.to_lowercase();
    let mut below = tokenized.tokens.iter().enumerate().skip(headline.end);
    speaks && !below.any(|(at, token)| token.shape == TokenShape::Small && tokenized.words(at) == small)
}

/// Whether nearly every longer word of the headline has a capital.
fn is_all_capitals(tokenized: &TokenizedText<'_>) -> bool {
    let Some(headline) = tokenized.paragraphs.first() else { return false };
    let words = tokenized.tokens[headline.first..headline.end].iter().filter(|t| t.is_word() && t.end - t.start > 3);
    let (capital, small) = words.fold((0, 0), |(c, s), t| if t.is_capital() { (c + 1, s) } else { (c, s + 1) });
    capital > 4 * small
}

fn push_limited(list: &mut Vec<usize>, entity: usize) {
    if list.len() < NAMESAKES {
        list.push(entity);
    }
}

fn is_initial_of(short: &str, long: &str) -> bool {
    let short = short.trim_end_matches('.');
    short.chars().count() == 1 && long.starts_with(short)
}

fn is_suffix(word: &str) -> bool {
    phrases::is_suffix(lexicon::traits(word.trim_end_matches('.')))
}

/// The first and last token of a mention's name.
fn name_tokens(tokenized: &TokenizedText<'_>, mention: &Mention) -> Option<(usize, usize)> {
    let (mut first, last) = mention.name?;
    // "Dr. van der Velde": particles before a surname are no first name.
    let small = |t: usize| tokenized.words(t).starts_with(char::is_lowercase);
    if (first..last).all(small) {
        first = last;
    }
    mention.kind.is_name().then_some((first, last))
}

/// The name as it is written, blanks made one.
fn display_name<'a>(tokenized: &TokenizedText<'a>, mention: &Mention) -> Option<Cow<'a, str>> {
    let (first, last) = mention.name?;
    let honour = |t: usize| {
        matches!(tokenized.words(t), "KC" | "QC" | "MP" | "MSP" | "OBE" | "MBE" | "CBE" | "MD" | "PhD" | "Esq.")
    };
    let last = (first..=last).rev().find(|&t| !honour(t))?;
    let written = tokenized.text.get(tokenized.tokens[first].start as usize..tokenized.tokens[last].end as usize)?;
    let is_graphic = |byte: &u8| byte.is_ascii_graphic();
    let is_single = |pair: &[u8]| pair != b"  ";
    // The outer bytes are words'.
    let is_plain = written.bytes().all(|b| b == b' ' || is_graphic(&b)) && written.as_bytes().windows(2).all(is_single);
    Some(if is_plain { written.into() } else { written.split_whitespace().collect::<Vec<_>>().join(" ").into() })
}

/// The words from token `first` to token `last`, one blank between them.
pub(crate) fn words<'a>(tokenized: &TokenizedText<'a>, first: usize, last: usize) -> Cow<'a, str> {
    let tokens = tokenized.tokens.get(first..=last).unwrap_or_default();
    if let ([start, ..], [.., end]) = (tokens, tokens)
        && tokens.windows(2).all(|pair| tokenized.text.get(pair[0].end as usize..pair[1].start as usize) == Some(" "))
    {
        return Span::new(start.start as usize, end.end as usize).of(tokenized.text).into();
    }
    let mut all = String::new();
    for token in first..=last {
        if token > first {
            all.push(' ');
        }
        all.push_str(tokenized.words(token));
    }
    all.into()
}

/// "The Post" → "the Post".
pub(crate) fn without_capital_article(words: &str) -> Cow<'_, str> {
    for article in ["The ", "A ", "An ", "One ", "Some ", "Another ", "Many "] {
        if let Some(rest) = words.strip_prefix(article) {
            return format!("{}{rest}", article.to_lowercase()).into();
        }
    }
    words.into()
}

/// Without "the" or "a" at the start.
pub(crate) fn without_article(words: &str) -> &str {
    ["the ", "a ", "an ", "The ", "A ", "An "].iter().find_map(|a| words.strip_prefix(a)).unwrap_or(words)
}

/// "Officials" at the start of a sentence → "officials"; `words` begin with token `first`.
pub(crate) fn uncapitalised<'a>(tokenized: &TokenizedText<'a>, first: usize, words: &'a str) -> Cow<'a, str> {
    let token = &tokenized.tokens[first];
    let common = token.is(SPEAKING_NOUN | MODIFIER | DETERMINER) && !token.is(PEOPLE | TITLE & !SPEAKING_NOUN);
    let mut letters = words.chars();
    match letters.next() {
        Some(letter) if common && token.shape == TokenShape::Capital && tokenized.sentence_of(first).start == first => {
            letter.to_lowercase().chain(letters).collect::<String>().into()
        }
        _ => without_capital_article(words),
    }
}

/// The tokens that follow a name in brackets or between commas, few of them.
pub(crate) fn following(tokenized: &TokenizedText<'_>, last: usize) -> Range<usize> {
    const MOST: usize = 8;
    let Some(opening) = tokenized.tokens.get(last + 1) else { return 0..0 };
    if !matches!(opening.shape, TokenShape::Open | TokenShape::Comma)
        && !matches!(tokenized.words(last + 1), "of" | "for")
    {
        return 0..0;
    }
    let from = last + 1 + usize::from(opening.shape != TokenShape::Small);
    let sentence = opening.sentence;
    let until = (from..tokenized.tokens.len().min(from + MOST)).find(|&i| {
        let token = &tokenized.tokens[i];
        token.sentence != sentence
            || matches!(token.shape, TokenShape::Close | TokenShape::Comma | TokenShape::Quotation | TokenShape::Stop)
    });
    // Only a description that is closed off is one; the end of the text closes it as another sentence does.
    let is_at_end = from + MOST > tokenized.tokens.len();
    from..until.unwrap_or(if is_at_end { tokenized.tokens.len().max(from) } else { from })
}

/// The role of these words as it is shown, without "Mr." at its end; none where no role is left: "the elder Mr.",
/// "Ellery-based".
pub(crate) fn shown_role<'a>(tokenized: &TokenizedText<'a>, first: usize, last: usize) -> Option<Cow<'a, str>> {
    let is_address = |&at: &usize| {
        let word = tokenized.words(at).trim_end_matches('.');
        matches!(word, "Mr" | "Mrs" | "Ms" | "Miss" | "Mx" | "Madam" | "Sir" | "Lady" | "Dame")
    };
    let end = (first..=last).rev().find(|at| !is_address(at))?;
    let token = &tokenized.tokens[end];
    let is_role = end == last || token.is(SPEAKING_NOUN | TITLE);
    (is_role && !phrases::is_compound_adjective(tokenized.words(end))).then(|| words(tokenized, first, end))
}
