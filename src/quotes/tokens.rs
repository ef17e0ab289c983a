//! Tokens: the words and marks of an article outside its quotations, and the sentences they make.
//!
//! A quotation is one token, whatever is in it, so that a sentence runs over it as the writer's own sentence does.

use crate::article::{Body, ParagraphKind};
use crate::quotes::lexicon::{self, ABBREVIATION, MONTH, OPENER, SAY, SPEECH, TITLE, WordTraits};
use crate::quotes::quote_spans::QuoteSpan;
use crate::quotes::word_ends::{CAPITAL, LETTERS, SMALL, plain_run, possessive_length, stands_apart, word_length};
use crate::text::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenShape {
    /// A word in small letters.
    Small,
    /// A word with a capital.
    Capital,
    /// A word of two or more capitals.
    Capitals,
    Number,
    /// A quotation; which one, says `Token::quote`.
    Quotation,
    Comma,
    Colon,
    Semicolon,
    /// . ? ! …
    Stop,
    Open,
    Close,
    Dash,
    Other,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub start: u32,
    /// Where the word ends, a possessive 's left out.
    pub end: u32,
    pub shape: TokenShape,
    /// Whether a possessive 's follows.
    pub possessive: bool,
    /// Which run, for a quotation.
    pub quote: u32,
    pub sentence: u32,
    pub traits: WordTraits,
}

impl Token {
    pub fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    pub fn is(&self, traits: WordTraits) -> bool {
        self.traits & traits != 0
    }

    pub fn is_word(&self) -> bool {
        matches!(self.shape, TokenShape::Small | TokenShape::Capital | TokenShape::Capitals)
    }

    pub fn is_capital(&self) -> bool {
        matches!(self.shape, TokenShape::Capital | TokenShape::Capitals)
    }

    pub fn is_quotation(&self) -> bool {
        self.shape == TokenShape::Quotation
    }
}

/// A paragraph as tokens `first..end`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TokenParagraph {
    pub first: usize,
    pub end: usize,
    pub kind: ParagraphKind,
}

/// The article as the engine reads it.
#[derive(Debug)]
pub(crate) struct TokenizedText<'a> {
    pub text: &'a str,
    /// The text in small letters, where they are of ASCII.
    pub small: &'a str,
    pub quotes: Vec<QuoteSpan>,
    pub tokens: Vec<Token>,
    pub paragraphs: Vec<TokenParagraph>,
    /// Tokens `start..end` of each sentence.
    pub sentences: Vec<Span>,
    /// For each run of depth 0 its token.
    pub token_of_quote: Vec<Option<usize>>,
}

impl<'a> TokenizedText<'a> {
    pub fn new(body: &'a Body, small: &'a str, quotes: Vec<QuoteSpan>) -> Self {
        let mut tokenized = Self::empty(body.text(), small, body.text().len(), quotes);
        tokenized.paragraphs.reserve(body.paragraphs().len());
        let mut next_quote = 0;
        for (index, paragraph) in body.paragraphs().iter().enumerate() {
            let first = tokenized.tokens.len();
            if paragraph.kind.may_quote() {
                next_quote = tokenized.read_paragraph(index, paragraph.words(), next_quote);
                if index > 0 {
                    tokenized.lower_title_case(first);
                }
                tokenized.split_sentences(first);
            }
            let end = tokenized.tokens.len();
            tokenized.paragraphs.push(TokenParagraph { first, end, kind: paragraph.kind });
        }
        tokenized
    }

    /// Nothing read yet, with room for the tokens of so many bytes.
    pub fn empty(text: &'a str, small: &'a str, bytes: usize, quotes: Vec<QuoteSpan>) -> Self {
        Self {
            text,
            small,
            token_of_quote: vec![None; quotes.len()],
            quotes,
            tokens: Vec::with_capacity(bytes / 6),
            paragraphs: Vec::new(),
            sentences: Vec::new(),
        }
    }

    pub fn words(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| t.span().of(self.text))
    }

    /// The words of a token, with the letters of ASCII made small.
    pub fn small_words(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| t.span().of(self.small))
    }

    /// Whether a token is this word; where it is not, that is known sooner than by comparing [`Self::words`].
    pub fn reads(&self, token: usize, word: &str) -> bool {
        self.tokens.get(token).is_some_and(|t| t.span().len() == word.len() && t.span().of(self.text) == word)
    }

    /// Whether the word of a token ends so.
    pub fn ends_in(&self, token: usize, ending: &str) -> bool {
        let Some(t) = self.tokens.get(token) else { return false };
        t.span().len() >= ending.len() && self.text.as_bytes()[..t.end as usize].ends_with(ending.as_bytes())
    }

    /// The tokens of the sentence that token `at` stands in.
    pub fn sentence_of(&self, at: usize) -> Span {
        self.tokens.get(at).and_then(|t| self.sentences.get(t.sentence as usize)).copied().unwrap_or_default()
    }

    pub fn read_paragraph(&mut self, index: usize, span: Span, mut next_quote: usize) -> usize {
        let mut at = span.start;
        while let Some(quote) = self.quotes.get(next_quote).filter(|r| r.paragraph == index).copied() {
            if quote.depth == 0 {
                self.read_words(Span::new(at, quote.outer.start));
                self.token_of_quote[next_quote] = Some(self.tokens.len());
                self.push(quote.outer, TokenShape::Quotation, 0);
                if let Some(token) = self.tokens.last_mut() {
                    token.quote = next_quote as u32;
                }
                at = quote.outer.end;
            }
            next_quote += 1;
        }
        self.read_words(Span::new(at, span.end));
        next_quote
    }

    fn push(&mut self, span: Span, shape: TokenShape, traits: WordTraits) {
        let (start, end) = (span.start as u32, span.end as u32);
        self.tokens.push(Token { start, end, shape, possessive: false, quote: u32::MAX, sentence: 0, traits });
    }

    fn read_words(&mut self, span: Span) {
        let text = &self.text[..span.end];
        let mut at = span.start;
        while let Some(&byte) = text.as_bytes().get(at) {
            // Most of a text is plain words and the blanks between them.
            if byte == b' ' {
                at += 1;
            } else if LETTERS[usize::from(byte)] != 0 {
                let (length, others) = plain_run(&text.as_bytes()[at..]);
                let end = at + length;
                let word = &text[at..end];
                let traits = lexicon::traits(word);
                if stands_apart(text.as_bytes(), (at, end), traits & ABBREVIATION != 0) {
                    let shape = match LETTERS[usize::from(byte)] {
                        SMALL if others & !SMALL == 0 => TokenShape::Small,
                        CAPITAL if others & !SMALL == 0 => TokenShape::Capital,
                        _ => shape_of_word(word),
                    };
                    self.push(Span::new(at, end), shape, traits);
                    at = end;
                } else {
                    at = self.read_word(at, span.end);
                }
            } else {
                let rest = &text[at..];
                let Some(c) = rest.chars().next() else { break };
                if c.is_whitespace() {
                    at += c.len_utf8();
                } else if c.is_alphanumeric() {
                    at = self.read_word(at, span.end);
                } else {
                    let end = at + c.len_utf8();
                    self.push(Span::new(at, end), shape_of_mark(c, rest), 0);
                    at = end;
                }
            }
        }
    }

    fn read_word(&mut self, at: usize, limit: usize) -> usize {
        let rest = &self.text[at..limit];
        let (mut length, has_dot) = word_length(rest);
        let (ending, apostrophe) = match rest.as_bytes().get(length - 1) {
            Some(b's' | b'S') => possessive_length(&rest[..length], &rest[length..]),
            _ => (0, false),
        };
        let word = &rest[..length - ending];
        let traits = lexicon::traits(word);
        let shape = shape_of_word(word);
        let single = word.len() == 1 && shape == TokenShape::Capital;
        // The full stop of an abbreviation or initial belongs to it.
        if rest.as_bytes().get(length) == Some(&b'.')
            && ending == 0
            && (has_dot || single || is_abbreviation(word, traits))
        {
            length += 1;
        }
        let end = at + length;
        self.push(Span::new(at, end - ending), shape, traits);
        if let Some(token) = self.tokens.last_mut() {
            token.possessive = ending > 0 || apostrophe;
        }
        // A bare apostrophe goes with the word.
        if apostrophe { end + rest[length..].chars().next().map_or(0, char::len_utf8) } else { end }
    }

    /// Takes the words of a paragraph that writes Every Word So for small ones, where they are no names.
    fn lower_title_case(&mut self, first: usize) {
        const FEWEST: usize = 4;
        let long = || self.tokens[first..].iter().filter(|t| t.is_word() && t.end - t.start > 3);
        let is_small = |t: &Token| t.shape == TokenShape::Small;
        if long().take(FEWEST).any(is_small) {
            return;
        }
        let (all, small) = (long().count(), long().filter(|t| is_small(t)).count());
        if all < FEWEST || small * 8 > all {
            return;
        }
        for token in &mut self.tokens[first..] {
            let is_common = token.is(lexicon::VERB | lexicon::CLOSED | lexicon::DETERMINER | lexicon::ADVERB);
            if token.shape == TokenShape::Capital && is_common && !token.is(lexicon::FIRST_NAME | lexicon::PLACE) {
                token.shape = TokenShape::Small;
            }
        }
    }

    pub fn split_sentences(&mut self, first: usize) {
        let mut start = first;
        let end = self.tokens.len();
        for at in first..end {
            self.tokens[at].sentence = self.sentences.len() as u32;
            if at + 1 == end || self.breaks_after(at) {
                self.sentences.push(Span::new(start, at + 1));
                start = at + 1;
            }
        }
    }

    /// Whether a sentence ends with token `at`.
    fn breaks_after(&self, at: usize) -> bool {
        let (token, next) = (&self.tokens[at], &self.tokens[at + 1]);
        match token.shape {
            TokenShape::Stop => starts_sentence(next) && !(next.shape == TokenShape::Close),
            TokenShape::Close => at > 0 && self.tokens[at - 1].shape == TokenShape::Stop && starts_sentence(next),
            TokenShape::Quotation => self.quotation_ends_sentence(token, at + 1),
            TokenShape::Capital | TokenShape::Capitals | TokenShape::Small => {
                let ends_in_dot = || self.text.as_bytes().get(token.end as usize - 1) == Some(&b'.');
                if next.is_quotation() {
                    // "Said Doe Jr. “No.”": the full stop is the sentence's too.
                    return ends_in_dot() && !token.is(TITLE) && self.is_sentence(next);
                }
                next.is_capital() && next.is(OPENER) && ends_in_dot() && !token.is(TITLE) && token.end - token.start > 2
            }
            _ => false,
        }
    }

    fn quotation_ends_sentence(&self, token: &Token, next: usize) -> bool {
        let inner = self.quotes.get(token.quote as usize).map_or("", |r| r.span.of(self.text));
        let last = inner.trim_end_matches(['’', '”', '\'', '"', ')', ' ']).chars().next_back();
        match last {
            Some('.' | '…') => match self.tokens[next].shape {
                TokenShape::Capital | TokenShape::Capitals => {
                    !self.is_tag(next) || last == Some('.') && !self.is_short_tag(next)
                }
                TokenShape::Quotation | TokenShape::Number => true,
                _ => false,
            },
            Some('?' | '!') => match self.tokens[next].shape {
                TokenShape::Capital | TokenShape::Capitals => !self.is_tag(next),
                TokenShape::Quotation => true,
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a quotation is a whole sentence, by its first letter and its end.
    fn is_sentence(&self, token: &Token) -> bool {
        let words = self.quotes.get(token.quote as usize).map_or("", |quote| quote.span.of(self.text));
        words.starts_with(char::is_uppercase) && words.ends_with(['.', '!', '?', '…', ','])
    }

    /// Whether "Trump asked" or the like begins here: a capital, and a verb of saying within four words.
    fn is_tag(&self, next: usize) -> bool {
        let words = self.tokens[next..].iter().take(6);
        let mut words = words.take_while(|t| t.is_word());
        words.any(|t| t.shape == TokenShape::Small && t.is(SAY | SPEECH) && t.is(lexicon::PAST | lexicon::THIRD))
    }

    /// Whether the tag is the whole rest of the sentence: `“No.” Trump said.`
    fn is_short_tag(&self, next: usize) -> bool {
        let length = self.tokens[next..].iter().take(6).take_while(|t| t.is_word()).count();
        length < 5 && self.tokens.get(next + length).is_some_and(|t| t.shape == TokenShape::Stop)
    }
}

fn starts_sentence(next: &Token) -> bool {
    next.is_capital()
        || matches!(
            next.shape,
            TokenShape::Quotation | TokenShape::Number | TokenShape::Open | TokenShape::Dash | TokenShape::Other
        )
}

fn is_abbreviation(word: &str, traits: WordTraits) -> bool {
    traits & ABBREVIATION != 0
        && (word.starts_with(char::is_uppercase) || !(word == "no" || word == "miss"))
        && !(traits & MONTH != 0 && matches!(word, "March" | "May" | "June" | "July" | "sun" | "sat" | "mar" | "dec"))
        && !(word.starts_with(char::is_lowercase)
            && matches!(word, "miss" | "est" | "co" | "fa" | "dept" | "pa" | "ill" | "mass" | "wash" | "gen" | "no"))
}

fn shape_of_word(word: &str) -> TokenShape {
    let Some(first) = word.chars().next() else { return TokenShape::Other };
    if word.bytes().skip(1).all(|b| b.is_ascii_lowercase()) {
        match first {
            'a'..='z' => return TokenShape::Small,
            'A'..='Z' => return TokenShape::Capital,
            _ => {}
        }
    }
    if first.is_numeric() {
        return if word.bytes().any(|b| b.is_ascii_alphabetic()) { TokenShape::Small } else { TokenShape::Number };
    }
    if first.is_uppercase() {
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let small = word.chars().filter(|c| c.is_lowercase()).count();
        return if capitals > 1 && small <= 1 && capitals > small { TokenShape::Capitals } else { TokenShape::Capital };
    }
    // iPhone, al-Sayegh, d'Arcy: a capital near the start counts as one.
    let small_first = first.is_lowercase() && word.chars().skip(1).take(3).any(char::is_uppercase);
    // Scripts without capitals are taken as capital, so that their names can be names.
    if small_first || !(first.is_lowercase() || first.is_uppercase()) { TokenShape::Capital } else { TokenShape::Small }
}

fn shape_of_mark(c: char, rest: &str) -> TokenShape {
    match c {
        ',' => TokenShape::Comma,
        ':' => TokenShape::Colon,
        ';' => TokenShape::Semicolon,
        '.' | '?' | '!' | '…' | '。' => TokenShape::Stop,
        '(' | '[' => TokenShape::Open,
        ')' | ']' => TokenShape::Close,
        '—' | '–' | '―' => TokenShape::Dash,
        // A hyphen with blanks around it.
        '-' if rest[1..].starts_with([' ', '-']) => TokenShape::Dash,
        _ => TokenShape::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BodyBuilder;
    use crate::quotes::quote_spans;

    fn sentences(paragraph: &str) -> Vec<String> {
        let mut builder = BodyBuilder::new("Headline");
        builder.push(ParagraphKind::Prose, paragraph);
        let body = builder.build();
        let small = body.text().to_ascii_lowercase();
        let tokenized = TokenizedText::new(&body, &small, quote_spans::find(&body));
        let cut =
            |s: &Span| Span::new(tokenized.tokens[s.start].start as usize, tokenized.tokens[s.end - 1].end as usize);
        tokenized.sentences.iter().skip(1).map(|s| cut(s).of(tokenized.text).to_owned()).collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        assert_eq!(
            sentences("Sen. J. Doe (R-Pa.) of the U.S. Senate left. He met Dr. Roe at 5 p.m. on Jan. 3.").len(),
            2
        );
        assert_eq!(sentences("He lives in the U.S. She does not.").len(), 2);
    }

    #[test]
    fn quotations_end_sentences_where_the_writer_does() {
        assert_eq!(sentences("“I did,” Doe said. “It works.” He left.").len(), 3);
        assert_eq!(sentences("“Why?” Doe asked.").len(), 1);
        assert_eq!(sentences("“Why?” The crowd left in haste.").len(), 2);
        assert_eq!(sentences("“It is so.” Doe then left. He was tired.").len(), 3);
    }
}
