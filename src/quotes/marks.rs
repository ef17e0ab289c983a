//! Quotation marks: where they stand, and what each may do there: open, close, or both.

/// A mark, and what it may do where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub at: usize,
    pub len: usize,
    pub shape: char,
    pub opens: bool,
    pub closes: bool,
    /// For a single mark that may be an apostrophe: whether punctuation or a blank stands before it.
    pub sure: bool,
}

impl Mark {
    /// Whether it may open a quotation, and a word stands right behind it.
    pub fn opens_at_word(&self, text: &str) -> bool {
        self.opens
            && text[self.at + self.len..].starts_with(|c: char| c.is_alphanumeric() || "$£€¿¡#@[('…“‘".contains(c))
    }
}

/// Adds the marks of a text that begins `base` bytes into its article.
pub(super) fn read(text: &str, base: usize, marks: &mut Vec<Mark>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = next_maybe(bytes, from) {
        let Some(c) = text[at..].chars().next() else { break };
        from = at + c.len_utf8();
        if let Some(mark) = doubled(text, at).or_else(|| mark_at(text, at, c)) {
            from = at + mark.len;
            marks.push(Mark { at: base + at, ..mark });
        }
    }
}

/// Where the next byte stands that a mark may begin with, from byte `at` on.
fn next_maybe(bytes: &[u8], mut at: usize) -> Option<usize> {
    // Sixteen bytes at once, most of which hold plain letters and blanks only.
    let is_plain = |chunk: &[u8; 16]| {
        let found = |b: u8| b & 0x80 | u8::from(b == b'"') | u8::from(b == b'\'') | u8::from(b == b'`');
        chunk.iter().fold(0, |any, &b| any | found(b)) == 0
    };
    while bytes[at..].first_chunk().is_some_and(is_plain) {
        at += 16;
    }
    bytes[at..].iter().position(|b| MAYBE_MARK[usize::from(*b)]).map(|i| i + at)
}

/// The bytes that marks begin with: `"`, `'`, `` ` ``, and the lead bytes of « », of ‘ … „ ‟ ‹ ›, and of 「 」.
static MAYBE_MARK: [bool; 256] = {
    let mut table = [false; 256];
    table[0x22] = true;
    table[0x27] = true;
    table[0x60] = true;
    table[0xc2] = true;
    table[0xe2] = true;
    table[0xe3] = true;
    table
};

/// Two single marks that stand for a double one: ''so''.
fn doubled(text: &str, at: usize) -> Option<Mark> {
    let pair = text[at..].starts_with("''") || text[at..].starts_with("``");
    let alone = !text[at + 2 * usize::from(pair)..].starts_with(['\'', '`']);
    (pair && alone).then_some(Mark { at, len: 2, shape: '"', opens: true, closes: true, sure: true })
}

fn mark_at(text: &str, at: usize, c: char) -> Option<Mark> {
    if !matches!(c, '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '「' | '」' | '『' | '』')
    {
        return None;
    }
    let before = text[..at].chars().next_back();
    let after = text[at + c.len_utf8()..].chars().next();
    let mark = |opens, closes, sure| Some(Mark { at, len: c.len_utf8(), shape: c, opens, closes, sure });
    let blank_before = before.is_none_or(|b| b.is_whitespace() || "([{—–-/“‘\"'„«".contains(b));
    let blank_after = after.is_none_or(|a| !a.is_alphanumeric());
    match c {
        // “ typed where ” was meant: after a letter or a comma, before a blank.
        '“' if before.is_some_and(|b| b.is_alphanumeric() || ",.?!…".contains(b)) && blank_after => {
            mark(false, true, true)
        }
        '“' | '«' | '„' | '‟' | '「' | '『' => mark(true, matches!(c, '“' | '«'), true),
        '”' | '」' | '』' => mark(false, true, true),
        '"' if is_inches(text, at) => None,
        // A straight mark between a word and a blank opens nothing: 12" boards.
        '"' => mark(!(blank_after && before.is_some_and(char::is_alphanumeric)), true, true),
        '»' => mark(true, true, true),
        '‘' | '‚' => mark(!after.is_none_or(char::is_whitespace), false, true),
        _ => {
            // ’ and ': an apostrophe between letters, before a number of years, in a word cut short.
            let within = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
            let opens =
                c == '\'' && blank_before && after.is_some_and(|a| a.is_alphanumeric() || "“\"[…$£€¿¡#@".contains(a));
            let opens = opens && !is_cut_short(&text[at + 1..]);
            let closes = !within && blank_after && !before.is_none_or(char::is_whitespace);
            // rock ’n’ roll: the second apostrophe closes nothing.
            let closes = closes && !text[..at].ends_with("’n") && !text[..at].ends_with("'n");
            let sure =
                before.is_some_and(|b| ",.?!…;:”\")]%".contains(b)) || before.is_some_and(|b| b != 's' && b != 'S');
            if opens || closes { mark(opens, closes, sure) } else { None }
        }
    }
}

/// Whether the straight mark stands for inches: 6'2".
fn is_inches(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '½');
    before.len() < at && before.trim_end().ends_with(['\'', '’', '′']) && {
        let feet = before.trim_end().trim_end_matches(['\'', '’', '′']);
        feet.ends_with(|c: char| c.is_ascii_digit())
    }
}

/// Whether what follows an apostrophe is a word that is written with one: '90s, 'em, 'til.
fn is_cut_short(after: &str) -> bool {
    let word: &str = &after[..after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len())];
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 2 && (word.len() == 2 || word.ends_with('s')))
        || ["em", "til", "cause", "tis", "twas", "bout", "n", "round", "cos", "fraid", "nuff", "cept"]
            .iter()
            .any(|w| word.eq_ignore_ascii_case(w))
}

/// Whether a mark is one of the single ones.
pub(super) const fn is_single(shape: char) -> bool {
    matches!(shape, '‘' | '‚' | '\'')
}
