//! The lines of text of a page and what they are made of.

use super::super::elements::is_block;

/// A line: what stands between two places where a block begins or ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Line {
    /// Where its words stand in the page, markup between them included, in bytes.
    pub start: usize,
    pub end: usize,
    /// The innermost element that all of it stands in.
    pub element: u32,
    /// How many characters it has, blanks left out; one of Chinese or Japanese counts for two.
    pub chars: u32,
    /// How many of them lead elsewhere.
    pub linked: u32,
    pub words: u32,
    /// How many sentences end in it, and how many commas are in it.
    pub sentences: u32,
    pub commas: u32,
    /// Whether it ends as sentences do.
    pub ends_sentence: bool,
    /// Whether it is not shown.
    pub is_unseen: bool,
}

impl Line {
    /// How many characters lead nowhere.
    pub fn free(&self) -> u32 {
        self.chars - self.linked
    }

    /// Whether most of it leads elsewhere.
    pub fn is_linked(&self) -> bool {
        self.linked * 2 > self.chars
    }
}

/// Whether a line ends where an element of this name begins or ends.
pub fn parts_lines(name: &str) -> bool {
    is_block(name) || matches!(name, "table" | "tr" | "td" | "th" | "nav" | "figure" | "dialog" | "menu")
}

/// Writes lines while a page is read.
#[derive(Debug, Default)]
pub struct LineWriter {
    lines: Vec<Line>,
    open: Line,
    /// The last character, and the last that is no mark that closes.
    last: Option<char>,
    ender: bool,
    /// Whether a line of the page was broken since the last word.
    is_broken: bool,
}

impl LineWriter {
    /// How many lines have ended.
    pub fn count(&self) -> u32 {
        self.lines.len() as u32
    }

    /// The innermost element that all of the open line stands in, if one has begun.
    pub fn element(&self) -> Option<u32> {
        (self.open.chars > 0).then_some(self.open.element)
    }

    /// Takes words that stand at `start`, as they are written.
    pub fn text(&mut self, text: &str, start: usize, element: u32, is_linked: bool, is_unseen: bool) {
        if text.bytes().all(|b| b.is_ascii_whitespace()) {
            self.last = if text.is_empty() { self.last } else { None };
            return;
        }
        if self.open.chars == 0 {
            self.open.start = start + (text.len() - text.trim_start().len());
            self.open.is_unseen = is_unseen;
            self.last = None;
        }
        self.is_broken = false;
        self.open.element = element;
        self.open.end = start + text.trim_end().len();
        let before = self.open.chars;
        let mut reference = 0_u8;
        for c in text.chars() {
            // A reference is one character.
            if reference > 0 {
                reference = if c == ';' { 0 } else { reference - 1 };
                if c.is_ascii_alphanumeric() || c == '#' || c == ';' {
                    continue;
                }
            }
            reference = if c == '&' { 10 } else { 0 };
            self.take(c);
        }
        if is_linked {
            self.open.linked += self.open.chars - before;
        }
    }

    fn take(&mut self, c: char) {
        if c.is_whitespace() || c == '\u{200b}' {
            self.open.sentences += u32::from(self.ender);
            self.ender = false;
            self.last = None;
            return;
        }
        let is_wide = ('\u{2e80}'..='\u{fffd}').contains(&c) && !('\u{fb00}'..='\u{fefc}').contains(&c);
        // Scripts that write no blanks: Thai, Lao, Burmese, Khmer.
        let is_joined = matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}');
        self.open.words += u32::from(self.last.is_none() || is_wide || is_joined);
        self.open.chars += 1 + u32::from(is_wide);
        self.last = Some(c);
        match c {
            '.' | '!' | '?' | '…' | '؟' | '।' | '۔' => self.ender = true,
            '。' | '！' | '？' => {
                self.open.sentences += 1;
                self.ender = false;
            }
            '"' | '”' | '“' | '’' | '‘' | '»' | '«' | '\'' | ')' | ']' | '」' | '』' | '）' => {}
            ',' | ';' | '،' | '，' | '、' | '；' => {
                self.open.commas += 1;
                self.ender = false;
            }
            _ => self.ender = false,
        }
    }

    /// A line of the page is broken, which ends the line after a sentence or a second time.
    pub fn break_line(&mut self) {
        self.last = None;
        if self.is_broken || self.ender {
            self.end();
        } else {
            self.open.sentences += u32::from(std::mem::take(&mut self.ender));
            self.is_broken = true;
        }
    }

    /// The line ends, if one has begun.
    pub fn end(&mut self) {
        let mut line = std::mem::take(&mut self.open);
        let ender = std::mem::take(&mut self.ender);
        (self.last, self.is_broken) = (None, false);
        if line.chars > 0 {
            line.sentences += u32::from(ender);
            line.ends_sentence = ender || line.sentences > 0 && line.words > 40;
            self.lines.push(line);
        }
    }

    /// All that was written.
    pub fn finish(mut self) -> Vec<Line> {
        self.end();
        self.lines
    }
}
