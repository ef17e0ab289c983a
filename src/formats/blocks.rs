//! Paragraphs on their way into a body: words, kinds, how they are set, and what stands in them.

use std::borrow::Cow;

use super::paragraphs;
use crate::article::{InlineStyle, Link, ParagraphKind, Picture, Shape};
use crate::text::{Span, clean, word_count};

/// What stands before the name of whoever is cited.
pub const DASHES: [char; 4] = ['—', '–', '―', '-'];

/// Cleaned paragraphs, each of some kind, and what stands in them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Blocks {
    text: String,
    list: Vec<Block>,
    marks: Marks,
    /// In the order in which they stand, each before a paragraph by its number here.
    pictures: Vec<Picture>,
}

/// What stands in a text that its spans index, in the order of the text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Marks {
    pub links: Vec<Link>,
    /// In the order in which they start.
    pub styles: Vec<InlineStyle>,
    /// The cells of rows of tables.
    pub cells: Vec<Span>,
}

impl Marks {
    /// Adds others that stand behind these, in a text that begins at `by`.
    fn append(&mut self, others: Self, by: usize) {
        self.links.extend(others.links.into_iter().map(|link| Link { span: link.span.shifted(by), ..link }));
        self.styles.extend(others.styles.into_iter().map(|s| InlineStyle { span: s.span.shifted(by), ..s }));
        self.cells.extend(others.cells.into_iter().map(|cell| cell.shifted(by)));
    }

    /// Takes those out that begin in a piece of the text, which goes with the `length` bytes from its start on.
    fn remove(&mut self, gone: Span, length: usize) {
        let is_gone = |span: Span| gone.start <= span.start && span.start < gone.start + length;
        let moved = |span: &mut Span| {
            if span.start > gone.start {
                *span = Span::new(span.start - length, span.end - length);
            }
        };
        self.links.retain(|link| !is_gone(link.span));
        self.styles.retain(|style| !is_gone(style.span));
        self.cells.retain(|cell| !is_gone(*cell));
        self.links.iter_mut().for_each(|link| moved(&mut link.span));
        self.styles.iter_mut().for_each(|style| moved(&mut style.span));
        self.cells.iter_mut().for_each(moved);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block {
    span: Span,
    kind: ParagraphKind,
    shape: Shape,
}

pub struct DraftParagraph<'t> {
    /// What it is; prose is looked at again for bylines, captions and promotion.
    pub kind: ParagraphKind,
    /// How it is set.
    pub shape: Shape,
    /// Its words.
    pub words: Cow<'t, str>,
    /// Where it begins in the text that the spans below index.
    pub start: usize,
    /// The links in it.
    pub links: &'t [Link],
    /// The words in it that are told apart.
    pub styles: &'t [InlineStyle],
    /// The cells of a row.
    pub cells: &'t [Span],
}

impl<'t> DraftParagraph<'t> {
    /// Prose without links.
    pub fn plain(words: Cow<'t, str>) -> Self {
        let (kind, shape) = (ParagraphKind::Prose, Shape::default());
        Self { kind, shape, words, start: 0, links: &[], styles: &[], cells: &[] }
    }
}

impl Blocks {
    /// The paragraphs of plain text.
    pub fn of_plain(text: &str) -> Self {
        let mut blocks = Self::default();
        for words in paragraphs::split(&clean(text)) {
            blocks.push(ParagraphKind::Prose, &words);
        }
        blocks
    }

    /// Adds a paragraph of cleaned words.
    pub fn push(&mut self, kind: ParagraphKind, words: &str) {
        self.push_marked(kind, Shape::default(), words, Marks::default());
    }

    /// The same, set in some way, with what stands in it. Preformatted text keeps the blanks at its start.
    pub fn push_marked(&mut self, kind: ParagraphKind, shape: Shape, words: &str, marks: Marks) {
        let words = if kind == ParagraphKind::Preformatted { words.trim_end() } else { words.trim() };
        if !words.is_empty() {
            let start = self.text.len();
            self.text.push_str(words);
            self.list.push(Block { span: Span::new(start, self.text.len()), kind, shape });
            self.text.push('\n');
            self.marks.append(marks, start);
        }
    }

    /// Adds a picture below the paragraphs so far. One that was shown just before is not shown again.
    pub fn push_picture(&mut self, picture: Picture) {
        /// Pages repeat them in other sizes right beside each other.
        const NEAR: usize = 8;
        /// More are no article.
        const MOST: usize = 500;
        let is_known = self.pictures.iter().rev().take(NEAR).any(|known| known.is_same(&picture));
        if !is_known && self.pictures.len() < MOST {
            self.pictures.push(Picture { before: self.list.len(), ..picture });
        }
    }

    /// The pictures, each before a paragraph by its number here.
    pub fn pictures(&self) -> &[Picture] {
        &self.pictures
    }

    /// Adds others with all that stands in them.
    pub fn append(&mut self, others: Self) {
        let (by, above) = (self.text.len(), self.list.len());
        let moved = |picture: Picture| Picture { before: picture.before + above, ..picture };
        self.pictures.extend(others.pictures.into_iter().map(moved));
        self.text.push_str(&others.text);
        self.list.extend(others.list.into_iter().map(|block| Block { span: block.span.shifted(by), ..block }));
        self.marks.append(others.marks, by);
    }

    /// Takes the paragraph at `index` out with its links; nothing where there is none.
    pub fn remove(&mut self, index: usize) {
        if index >= self.list.len() {
            return;
        }
        let gone = self.list.remove(index).span;
        self.pictures.iter_mut().filter(|picture| picture.before > index).for_each(|picture| picture.before -= 1);
        // With the line end after it.
        let (start, length) = (gone.start, gone.len() + 1);
        self.text.replace_range(start..(start + length).min(self.text.len()), "");
        for block in self.list.iter_mut().filter(|block| block.span.start > start) {
            block.span = Span::new(block.span.start - length, block.span.end - length);
        }
        self.marks.remove(gone, length);
    }

    /// The paragraphs in order.
    pub fn iter(&self) -> impl Iterator<Item = DraftParagraph<'_>> {
        let Marks { links, styles, cells } = &self.marks;
        let (mut links, mut styles, mut cells) = (links.as_slice(), styles.as_slice(), cells.as_slice());
        self.list.iter().map(move |block| {
            let end = block.span.end;
            DraftParagraph {
                kind: block.kind,
                shape: block.shape,
                words: block.span.of(&self.text).into(),
                start: block.span.start,
                links: taken(&mut links, |link| link.span.start < end),
                styles: taken(&mut styles, |style| style.span.start < end),
                cells: taken(&mut cells, |cell| cell.start <= end),
            }
        })
    }

    /// Whether there is not a word.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All words, a paragraph a line.
    pub fn text(&self) -> &str {
        self.text.trim_end()
    }

    /// The number of words in paragraphs that may hold quotations, headings left out, and of those that are preformatted.
    pub fn words_of_prose(&self) -> usize {
        self.word_counts().sum()
    }

    /// Whether there are so many at the least; counts no more than it must.
    pub fn has_words_of_prose(&self, least: usize) -> bool {
        let mut words = 0;
        self.word_counts().any(|count| {
            words += count;
            words >= least
        })
    }

    fn word_counts(&self) -> impl Iterator<Item = usize> {
        use ParagraphKind as K;
        let is_prose = |kind| {
            matches!(kind, K::Prose | K::ListItem | K::BlockQuotation | K::Term | K::Definition | K::Preformatted)
        };
        let prose = self.list.iter().filter(move |block| is_prose(block.kind));
        prose.map(|block| word_count(block.span.of(&self.text)))
    }

    /// Whether most of it is preformatted and is prose: sentences, and words of letters.
    pub fn is_typed_prose(&self) -> bool {
        /// Of so many words how many are no words of code.
        const MOST_ODD: (usize, usize) = (1, 5);
        if !self.list.iter().any(|block| block.kind == ParagraphKind::Preformatted) {
            return false;
        }
        let (mut typed, mut odd, mut sentences, mut others) = (0, 0, 0, 0);
        for block in &self.list {
            let words = block.span.of(&self.text);
            if block.kind != ParagraphKind::Preformatted {
                others += word_count(words);
                continue;
            }
            let is_odd = |word: &&str| !word.trim_matches(|c: char| !c.is_alphanumeric()).chars().all(is_of_word);
            for word in words.split_whitespace() {
                typed += 1;
                odd += usize::from(is_odd(&word) || word.ends_with([';', '{', '}', '=', '(']));
            }
            sentences += usize::from(words.trim_end_matches(['"', '”', '’', '\'']).ends_with(['.', '!', '?']));
        }
        typed > others * 2 && odd * MOST_ODD.1 <= typed * MOST_ODD.0 && sentences > 0
    }

    /// How many bytes of words lead elsewhere.
    pub fn linked(&self) -> usize {
        self.marks.links.iter().map(|link| link.span.len()).sum()
    }
}

/// Whether it stands in words of prose.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '–' | '—' | '.' | ',')
}

/// Takes the first ones off a sorted slice for which `is_here` holds.
fn taken<'s, T>(rest: &mut &'s [T], is_here: impl Fn(&T) -> bool) -> &'s [T] {
    let (here, later) = rest.split_at(rest.partition_point(is_here));
    *rest = later;
    here
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_paragraph_goes_with_it() {
        let marks = |start| Marks {
            links: vec![Link { span: Span::new(start, start + 1), url: "https://coast.example/".to_owned() }],
            cells: vec![Span::new(start, start), Span::new(3, 3)],
            ..Marks::default()
        };
        let mut blocks = Blocks::default();
        for (at, words) in ["One", "Two", "Six"].iter().enumerate() {
            blocks.push_marked(ParagraphKind::TableRow, Shape::default(), words, marks(at));
        }
        let mut others = blocks.clone();
        blocks.remove(1);
        others.append(blocks);
        let all = others.iter().map(|p| {
            let link = p.links[0].span;
            let cells: Vec<_> = p.cells.iter().map(|cell| cell.start - p.start).collect();
            format!("{} {} {cells:?}", p.words, &p.words[link.start - p.start..link.end - p.start])
        });
        let expected = ["One O [0, 3]", "Two w [1, 3]", "Six x [2, 3]", "One O [0, 3]", "Six x [2, 3]"];
        assert_eq!(all.collect::<Vec<_>>(), expected);
    }
}
