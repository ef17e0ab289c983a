//! The markup of what is kept of a page, cut out of it as it stands.

use super::super::tokens::{HtmlToken, Tokens};
use super::removal::Fate;
use super::view::View;

/// The markup of the lines that are kept, with the elements around them in `chosen`; what stands before that is a paragraph
/// each.
pub fn markup(view: &View<'_>, chosen: usize, fates: &[Fate]) -> String {
    let mut writer = Writer { view, fates, next: 0, out: String::new() };
    let lines = view.tree.line_range(chosen);
    for at in (0..lines.start).filter(|&at| fates[at] == Fate::Kept) {
        let line = &view.tree.lines[at];
        writer.out.push_str("<p>");
        writer.out.push_str(&view.tree.html[line.start..line.end]);
        writer.out.push_str("</p>");
    }
    writer.next = lines.start;
    writer.elements(chosen);
    writer.out
}

/// How many lines before one are kept, and how many are captions.
fn counts(fates: &[Fate]) -> Vec<(u32, u32)> {
    let mut counts = vec![(0, 0)];
    let (mut kept, mut captions) = (0, 0);
    for fate in fates {
        kept += u32::from(*fate == Fate::Kept);
        captions += u32::from(*fate == Fate::Caption);
        counts.push((kept, captions));
    }
    counts
}

struct Writer<'v, 'h> {
    view: &'v View<'h>,
    fates: &'v [Fate],
    /// The next line.
    next: usize,
    out: String,
}

impl Writer<'_, '_> {
    fn elements(&mut self, chosen: usize) {
        let tree = &self.view.tree;
        let counts = counts(self.fates);
        let whole = &tree.elements[chosen];
        let (mut at, mut index) = (whole.start, chosen + 1);
        while index < whole.last as usize {
            let element = &tree.elements[index];
            let lines = tree.line_range(index);
            let (before, all) = (counts[lines.start], counts[lines.end]);
            let (kept, captions) = (all.0 - before.0, all.1 - before.1);
            let is_gone = !lines.is_empty() && kept == 0 && captions == 0;
            let is_caption = kept == 0 && captions > 0 && element.name != "figure";
            if element.start < at || !is_gone && !is_caption {
                index += 1;
                continue;
            }
            self.lines(at, element.start);
            if is_caption {
                let is_named = element.name == "figcaption";
                self.out.push_str(if is_named { "" } else { "<figcaption>" });
                self.caption(element.start, element.end);
                self.out.push_str(if is_named { "" } else { "</figcaption>" });
            } else {
                self.out.push(' ');
            }
            (at, self.next) = (element.end, lines.end);
            index = element.last as usize;
        }
        self.lines(at, whole.end);
    }

    /// Writes the page from `at` to `end`, without the words of lines that are left out.
    fn lines(&mut self, mut at: usize, end: usize) {
        let tree = &self.view.tree;
        while let Some(line) = tree.lines.get(self.next).filter(|line| line.start < end) {
            let fate = self.fates[self.next];
            self.next += 1;
            if line.start < at || fate == Fate::Kept {
                continue;
            }
            self.out.push_str(&tree.html[at..line.start]);
            let words = &tree.html[line.start..line.end];
            if fate == Fate::Caption {
                self.out.push_str("<figcaption>");
                self.out.push_str(words);
                self.out.push_str("</figcaption>");
            } else {
                self.tags(words);
            }
            at = line.end;
        }
        self.out.push_str(&tree.html[at..end.max(at)]);
    }

    /// Writes a caption as it stands, without the words of lines in it that are left out.
    fn caption(&mut self, mut at: usize, end: usize) {
        let tree = &self.view.tree;
        while let Some(line) = tree.lines.get(self.next).filter(|line| line.start < end) {
            let is_out = matches!(self.fates[self.next], Fate::Out(_));
            self.next += 1;
            if is_out && line.start >= at {
                self.out.push_str(&tree.html[at..line.start]);
                self.tags(&tree.html[line.start..line.end]);
                at = line.end;
            }
        }
        self.out.push_str(&tree.html[at..end.max(at)]);
    }

    /// Writes the tags of a piece of the page without its words.
    fn tags(&mut self, html: &str) {
        let mut tokens = Tokens::of(html);
        while let Some(token) = tokens.next() {
            if matches!(token, HtmlToken::Start { .. } | HtmlToken::End(_)) {
                self.out.push_str(&html[html.len() - tokens.left_before()..html.len() - tokens.left()]);
            }
        }
    }
}
