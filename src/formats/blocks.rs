//! Paragraphs on their way into a body: words, kinds and links, written one piece after the other.

use std::borrow::Cow;

use super::paragraphs;
use crate::article::{Link, ParagraphKind};
use crate::text::{Span, clean, clean_line, word_count};

/// The longest address of a link that is kept, in bytes.
const LONGEST_ADDRESS: usize = 4 << 10;

/// What stands before the name of whoever is cited.
pub const DASHES: [char; 4] = ['—', '–', '―', '-'];

/// Cleaned paragraphs, each of some kind, and the links in them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Blocks {
    text: String,
    list: Vec<Block>,
    /// In the order of the text, which their spans index.
    links: Vec<Link>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block {
    span: Span,
    kind: ParagraphKind,
}

pub struct DraftParagraph<'t> {
    /// What it is; prose is looked at again for bylines, captions and promotion.
    pub kind: ParagraphKind,
    /// Its words.
    pub words: Cow<'t, str>,
    /// Where it begins in the text that the spans of `links` index.
    pub start: usize,
    /// The links in it.
    pub links: &'t [Link],
}

impl<'t> DraftParagraph<'t> {
    /// Prose without links.
    pub fn plain(words: Cow<'t, str>) -> Self {
        Self { kind: ParagraphKind::Prose, words, start: 0, links: &[] }
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
        let words = words.trim();
        if !words.is_empty() {
            let start = self.text.len();
            self.text.push_str(words);
            self.list.push(Block { span: Span::new(start, self.text.len()), kind });
            self.text.push('\n');
        }
    }

    /// Adds others with their links.
    pub fn append(&mut self, others: Self) {
        let by = self.text.len();
        self.text.push_str(&others.text);
        self.list.extend(others.list.into_iter().map(|block| Block { span: block.span.shifted(by), ..block }));
        self.links.extend(others.links.into_iter().map(|link| Link { span: link.span.shifted(by), ..link }));
    }

    /// Takes the paragraph at `index` out with its links; nothing where there is none.
    pub fn remove(&mut self, index: usize) {
        if index >= self.list.len() {
            return;
        }
        let gone = self.list.remove(index).span;
        // With the line end after it.
        let (start, length) = (gone.start, gone.len() + 1);
        self.text.replace_range(start..(start + length).min(self.text.len()), "");
        let moved =
            |span: Span| if span.start > start { Span::new(span.start - length, span.end - length) } else { span };
        self.links.retain(|link| !(gone.start..gone.end).contains(&link.span.start));
        self.list.iter_mut().for_each(|block| block.span = moved(block.span));
        self.links.iter_mut().for_each(|link| link.span = moved(link.span));
    }

    /// The paragraphs in order.
    pub fn iter(&self) -> impl Iterator<Item = DraftParagraph<'_>> {
        let mut rest = self.links.as_slice();
        self.list.iter().map(move |block| {
            let inside = rest.partition_point(|link| link.span.start < block.span.end);
            let (links, later) = rest.split_at(inside);
            rest = later;
            DraftParagraph { kind: block.kind, words: block.span.of(&self.text).into(), start: block.span.start, links }
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

    /// The number of words in paragraphs that may hold quotations, headings left out.
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
        let prose = self.iter().filter(|paragraph| {
            matches!(paragraph.kind, ParagraphKind::Prose | ParagraphKind::ListItem | ParagraphKind::BlockQuotation)
        });
        prose.map(|paragraph| word_count(&paragraph.words))
    }

    /// How many bytes of words lead elsewhere.
    pub fn linked(&self) -> usize {
        self.links.iter().map(|link| link.span.len()).sum()
    }
}

/// Writes [`Blocks`] from pieces of text that know nothing of each other: runs of blanks become one, and what is not
/// text begins and ends paragraphs and links.
#[derive(Debug, Default)]
pub struct BlockWriter {
    blocks: Blocks,
    /// The paragraph that is being written.
    line: String,
    links: Vec<Link>,
    kind: Option<ParagraphKind>,
    /// Whether a blank is due before the next word.
    blank: bool,
    /// Whether a line ended just now.
    broken: bool,
    /// Where the open link begins, and where it leads.
    open: Option<(usize, String)>,
}

impl BlockWriter {
    /// Adds words to the paragraph, of this kind when they begin it.
    pub fn text(&mut self, kind: ParagraphKind, raw: &str) {
        let cleaned = clean(raw);
        for (i, word) in cleaned.split(|c: char| c.is_whitespace()).enumerate() {
            self.blank |= i > 0;
            if word.is_empty() {
                continue;
            }
            self.kind.get_or_insert(kind);
            self.broken = false;
            self.write_blank();
            self.line.push_str(word);
        }
    }

    /// Ends the paragraph, if one has begun. A link that is open goes on in the next.
    pub fn end(&mut self) {
        let reopened = self.open.as_ref().map(|(_, url)| url.clone());
        self.close_link();
        let (line, links) = (std::mem::take(&mut self.line), std::mem::take(&mut self.links));
        (self.blank, self.broken) = (false, false);
        self.open = reopened.map(|url| (0, url));
        let Some(kind) = self.kind.take() else { return };
        let start = self.blocks.text.len();
        // What is harmless in pieces may not be once they are together: a tower of accents.
        let whole = clean_line(&line);
        let as_written = whole == line.trim_end();
        self.blocks.push(kind, &whole);
        if as_written && !whole.is_empty() {
            let shifted = links.into_iter().map(|link| Link { span: link.span.shifted(start), ..link });
            self.blocks.links.extend(shifted);
        }
    }

    /// Ends the paragraph, and adds others that are whole, without their links.
    pub fn append(&mut self, blocks: &Blocks) {
        self.end();
        for paragraph in blocks.iter() {
            self.text(paragraph.kind, &paragraph.words);
            self.end();
        }
    }

    /// Changes what the paragraph is, if one has begun.
    pub fn set_kind(&mut self, kind: ParagraphKind) {
        self.kind = self.kind.map(|_| kind);
    }

    /// A line ends here, perhaps not the paragraph.
    pub fn break_line(&mut self, kind: ParagraphKind) {
        self.text(kind, " ");
        self.broken = true;
    }

    /// Whether the last thing that was written is the end of a line.
    pub fn ends_in_break(&self) -> bool {
        self.broken
    }

    /// Takes a dash off that the paragraph ends in; returns whether there was one.
    pub fn take_dash(&mut self) -> bool {
        let rest = self.line.strip_suffix(DASHES).map(|rest| rest.trim_end().len());
        let rest = rest.filter(|&rest| self.open.is_none() && self.links.iter().all(|link| link.span.end <= rest));
        if let Some(rest) = rest {
            self.line.truncate(rest);
        }
        rest.is_some()
    }

    /// What of the paragraph has been written.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// From here on words lead to `url`. Only addresses of the web and of mail lead anywhere.
    pub fn open_link(&mut self, url: &str) {
        self.close_link();
        let is_safe = ["http://", "https://", "mailto:"].iter().any(|scheme| url.starts_with(scheme));
        if is_safe && url.len() <= LONGEST_ADDRESS && clean(url) == url {
            self.write_blank();
            self.open = Some((self.line.len(), url.to_owned()));
        }
    }

    /// The open link, if any, ends here.
    pub fn close_link(&mut self) {
        if let Some((start, url)) = self.open.take().filter(|(start, _)| *start < self.line.len()) {
            self.links.push(Link { span: Span::new(start, self.line.len()), url });
        }
    }

    /// All that was written.
    pub fn finish(mut self) -> Blocks {
        self.end();
        self.blocks
    }

    fn write_blank(&mut self) {
        if std::mem::take(&mut self.blank) && !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
            // A link that has not begun to be written begins after the blank.
            let end = self.line.len();
            if let Some((start, _)) = self.open.as_mut().filter(|(start, _)| *start + 1 == end) {
                *start = end;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(blocks: &Blocks) -> Vec<(&str, &str)> {
        blocks.links.iter().map(|link| (link.span.of(&blocks.text), link.url.as_str())).collect()
    }

    #[test]
    fn pieces_become_paragraphs() {
        let mut writer = BlockWriter::default();
        writer.text(ParagraphKind::Prose, "  The bridge\n");
        writer.text(ParagraphKind::Prose, "is\tclos");
        writer.text(ParagraphKind::Prose, "ed.  ");
        writer.end();
        writer.end();
        writer.text(ParagraphKind::ListItem, "\u{1b}[1mFerries\u{202e}");
        let blocks = writer.finish();
        let all: Vec<_> = blocks.iter().map(|p| (p.kind, p.words.into_owned())).collect();
        assert_eq!(
            all,
            [
                (ParagraphKind::Prose, "The bridge is closed.".to_owned()),
                (ParagraphKind::ListItem, "Ferries".to_owned())
            ]
        );
    }

    #[test]
    fn links_keep_to_their_words() {
        let mut writer = BlockWriter::default();
        writer.text(ParagraphKind::Prose, "See ");
        writer.open_link("https://coast.example/plan");
        writer.text(ParagraphKind::Prose, " the plan ");
        writer.close_link();
        writer.text(ParagraphKind::Prose, " today,");
        writer.open_link("javascript:alert(1)");
        writer.text(ParagraphKind::Prose, " or not,");
        writer.open_link("https://coast.example/two");
        writer.text(ParagraphKind::Prose, " or");
        writer.end();
        writer.text(ParagraphKind::Prose, "never");
        let blocks = writer.finish();
        assert_eq!(blocks.text(), "See the plan today, or not, or\nnever");
        assert_eq!(
            links(&blocks),
            [
                ("the plan", "https://coast.example/plan"),
                ("or", "https://coast.example/two"),
                ("never", "https://coast.example/two"),
            ]
        );
    }

    #[test]
    fn towers_of_accents_do_not_grow_from_pieces() {
        let mut writer = BlockWriter::default();
        writer.text(ParagraphKind::Prose, "e");
        (0..99).for_each(|_| writer.text(ParagraphKind::Prose, "\u{301}"));
        assert_eq!(writer.finish().text().chars().count(), 31);
    }
}
