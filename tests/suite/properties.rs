//! What holds for any text, any keys and any window.

use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use pullquote::app::screen::{SMALLEST, Size};
use pullquote::app::{Command, Event};
use pullquote::article::{Body, BodyBuilder, Marker, Nesting, Numerals, ParagraphKind, Shape};
use pullquote::keymap::{BINDINGS, Code, Key, Keymap};
use pullquote::layout::{RowKind, TextLayout};
use pullquote::query::{Needle, Query, spans_of};
use pullquote::text::{Span, cells, clean, clean_line, fold, fold_with_offsets, head, shorten};
use pullquote::ui::{self, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use unicode_segmentation::UnicodeSegmentation;

use crate::sitting::{Sitting, article, command_of};

/// So many cases, and no files with those that failed: a case that matters becomes a test of its own.
pub fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Pieces of text that break what is careless: wide, joined, combining, right to left, quoted, escaped, endless.
const PIECES: &[&str] = &[
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\t",
    "\r\n",
    "\u{a0}",
    "\u{200b}",
    "\u{200d}",
    "\u{2028}",
    "the",
    "bridge",
    "Ines Okafor",
    "said",
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "«",
    "»",
    "—",
    "-",
    ",",
    ".",
    "…",
    "e\u{301}",
    "n\u{303}",
    "\u{301}",
    "Zoë",
    "Straße",
    "Ærø",
    "ŁÓDŹ",
    "İ",
    "ﬁ",
    "½",
    "林美玲",
    "報紙",
    "ｈａｌｆ",
    "한국어",
    "\u{1112}\u{1161}\u{11ab}",
    "שלום",
    "سلام",
    "\u{202e}",
    "\u{2066}",
    "👩\u{200d}👩\u{200d}👧",
    "🇳🇴",
    "🇳",
    "👍🏽",
    "⛴️",
    "1️⃣",
    "\u{fe0f}",
    "นี้",
    "क्षि",
    "https://example.com/a-b?c=d",
    "www.example.com",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "\u{1b}[31m",
    "\u{1b}]0;x\u{7}",
    "\u{1b}",
    "\u{9b}2J",
    "\u{0}",
    "\u{7f}",
    "\u{feff}",
    "\u{ad}",
    "speaker:",
    "-",
    ":",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => select(PIECES).prop_map(str::to_owned),
        2 => "[a-z]{1,9}",
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn body() -> impl Strategy<Value = Body> {
    use ParagraphKind::{Byline, ListItem, Promotion, Prose, TableRow};
    let paragraph = (select(vec![Prose, Prose, Prose, ListItem, TableRow, Byline, Promotion]), text());
    (text(), vec(paragraph, 0..6)).prop_map(|(headline, paragraphs)| {
        let mut builder = BodyBuilder::new(&clean(&headline));
        for (kind, words) in paragraphs {
            builder.push(kind, &clean(&words));
        }
        builder.build()
    })
}

/// Bodies of paragraphs that are set in all ways.
fn set_body() -> impl Strategy<Value = Body> {
    use ParagraphKind::{BlockQuotation, Definition, Heading, ListItem, Preformatted, Prose, TableRow, Term};
    let kind =
        select(vec![BlockQuotation, Definition, Heading, ListItem, Preformatted, Prose, TableRow, TableRow, Term]);
    let marker = prop_oneof![
        Just(None),
        Just(Some(Marker::Bullet)),
        (0..5000, select(Numerals::ALL.to_vec())).prop_map(|(number, numerals)| Some(Marker::Number(number, numerals))),
    ];
    let shape = (any::<u32>(), marker, 0..7_u8, 0..3_u8, any::<[bool; 3]>());
    let shape = shape.prop_map(|(bits, marker, level, blank_lines, [begins, is_header, rule_above])| {
        // Two bits for each container: mostly a few.
        let nesting = Nesting::from_bits(bits & (bits >> 8) & 0xff);
        Shape { nesting, marker, level, blank_lines, begins, is_header, rule_above }
    });
    vec((kind, shape, vec(text(), 1..5)), 1..8).prop_map(|paragraphs| {
        let mut builder = BodyBuilder::new("Headline");
        for (kind, shape, words) in paragraphs {
            let cells: Vec<String> = words.iter().map(|words| clean_line(words)).collect();
            if kind != TableRow {
                builder.push_shaped(kind, shape, "", &cells.join(" "));
                continue;
            }
            let filled: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
            builder.push_shaped(kind, shape, "", &filled.join(" · "));
            let mut start = 0;
            for cell in cells.iter().filter(|_| !filled.is_empty()) {
                let at = if cell.is_empty() { start.min(filled.join(" · ").len()) } else { start };
                builder.cell(Span::new(at, at + cell.len()));
                start += if cell.is_empty() { 0 } else { cell.len() + " · ".len() };
            }
        }
        builder.build()
    })
}

proptest! {
    #![proptest_config(cases(512))]

    /// However paragraphs are set, all of their words are drawn, where the layout says that they are.
    #[test]
    fn words_stand_where_they_are_drawn(body in set_body(), width in 2..=120_usize) {
        let page = TextLayout::lay_out(&body, width);
        let mut drawn = vec![false; body.text().len()];
        let mut before = 0;
        for (at, row) in page.rows().iter().enumerate() {
            prop_assert!(before <= row.span.start, "rows are in order");
            before = row.span.start;
            if !matches!(row.kind, RowKind::Words(_)) {
                continue;
            }
            let lead = cells(page.lead(row));
            for piece in page.pieces(row).filter(|piece| !piece.span.is_empty()) {
                let words = body.words(piece.span);
                // A letter that is wider than the text stands by itself, with marks that take no cell.
                let letters = words.graphemes(true).filter(|grapheme| cells(grapheme) > 0).count();
                let fits = piece.column + cells(words) <= width || row.kind.is_verbatim() || letters <= 1;
                prop_assert!(lead <= piece.column && fits, "{words:?} at {} of {width}", piece.column);
                drawn[piece.span.start..piece.span.end].fill(true);
                prop_assert_eq!(page.row_at(piece.span.start), at, "{:?}", words);
                prop_assert_eq!(page.column_of(body.text(), at, piece.span.start), piece.column);
            }
        }
        for (at, c) in body.text().char_indices().filter(|(at, _)| !drawn[*at]) {
            prop_assert!(" \n·".contains(c), "{c:?} at {at} is not drawn");
        }
    }
}

/// Pieces of a query that are wrong where they are taken for one.
const WRONG: &[&str] =
    &["foo:bar", " Föö:x", " is:", "is:ßx ", " OR ", "after:２０", " before:\u{3000}", "-SPEAKER:\"", " x:“"];

proptest! {
    #![proptest_config(cases(512))]

    /// The rows of a paragraph hold all of its words, once and in order; only blanks at breaks are left out.
    #[test]
    fn rows_hold_every_word(body in body(), width in 2..=200_usize) {
        let page = TextLayout::lay_out(&body, width);
        let rows: Vec<_> = page.rows().iter().filter(|row| matches!(row.kind, RowKind::Words(_))).collect();
        for paragraph in body.paragraphs() {
            let mut done = paragraph.span.start;
            for row in rows.iter().filter(|row| paragraph.span.covers(row.span)) {
                prop_assert!(done <= row.span.start, "rows overlap");
                let between = &body.text()[done..row.span.start];
                prop_assert!(between.chars().all(|c| c == ' '), "{between:?} is shown nowhere");
                done = row.span.end;
            }
            let rest = &body.text()[done..paragraph.span.end];
            prop_assert!(rest.trim().is_empty(), "{rest:?} is shown nowhere");
        }
    }

    /// No row is wider than the page, unless one character is.
    #[test]
    fn rows_are_no_wider_than_the_page(body in body(), width in 2..=200_usize) {
        for row in TextLayout::lay_out(&body, width).rows() {
            let words = body.words(row.span);
            prop_assert!(cells(words) <= width || words.graphemes(true).count() == 1, "{words:?}");
        }
    }

    /// The row of a character is the one that shows it, and its cell leads back to it.
    #[test]
    fn characters_each_have_their_row(body in body(), width in 2..=200_usize) {
        let page = TextLayout::lay_out(&body, width);
        for (offset, c) in body.text().char_indices() {
            let row = page.row_at(offset);
            let span = page.rows()[row].span;
            if c == ' ' || c == '\n' {
                prop_assert!(span.start <= offset);
                continue;
            }
            prop_assert!(span.contains(offset), "{c:?} at {offset} is not in row {row}");
            let column = cells(&body.text()[span.start..offset]);
            let back = page.offset_at(body.text(), row, column, 0);
            prop_assert!(back.is_none_or(|back| span.contains(back) && body.text().is_char_boundary(back)));
        }
    }

    #[test]
    fn cleaning_is_idempotent(text in text()) {
        let once = clean(&text).into_owned();
        prop_assert_eq!(clean(&once), once.as_str());
        let line = clean_line(&text);
        prop_assert_eq!(clean_line(&line), line.as_str());
    }

    #[test]
    fn clean_text_steers_nothing(text in text()) {
        let harmful = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        };
        prop_assert_eq!(clean(&text).chars().find(|&c| harmful(c)), None);
        prop_assert_eq!(clean_line(&text).chars().find(|&c| harmful(c) || c == '\n'), None);
    }

    #[test]
    fn folding_keeps_offsets(text in text()) {
        let folded = fold_with_offsets(&text);
        prop_assert_eq!(&folded.text, &fold(&text));
        let ends: Vec<usize> = folded.text.char_indices().map(|(at, _)| at).chain([folded.text.len()]).collect();
        let mut before = 0;
        for pair in ends.windows(2) {
            let span = folded.original(pair[0], pair[1]);
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?}");
            prop_assert!(before <= span.start && span.start < span.end && span.end <= text.len());
            prop_assert!(fold(span.of(&text)).contains(&folded.text[pair[0]..pair[1]]));
            before = span.start;
        }
prop_assert!(folded.text.is_empty() || folded.original(0, folded.text.len()).end == text.len());
    }

    #[test]
    fn shortened_text_fits_and_is_whole(text in text(), most in 0..80_usize) {
        let text = clean_line(&text);
        let kept = head(&text, most);
        prop_assert!(text.starts_with(kept) && cells(kept) <= most);
        prop_assert!(cells(&shorten(&text, most)) <= most);
    }

    /// Errors in a query have their span, whatever was typed, and are in order.
    #[test]
    fn query_errors_lie_in_what_was_typed(
        text in text(),
        pieces in vec(select(WRONG), 0..6),
    ) {
        let typed: String = pieces.iter().flat_map(|piece| [text.as_str(), piece]).collect();
        let mut end = 0;
        for error in Query::parse(&typed).errors {
            let place = typed.get(error.span.start..error.span.end);
            prop_assert!(place.is_some_and(|place| !place.is_empty()), "{error:?} in {typed:?}");
            prop_assert!(end <= error.span.start, "{error:?} after {end}");
            prop_assert!(!error.to_string().is_empty() && !error.hint().is_empty());
            end = error.span.end;
        }
    }

    /// Whatever is typed is understood somehow, and what it lights in a text is there.
    #[test]
    fn queries_highlight_what_they_ask_for(typed in text(), text in text()) {
        let query = Query::parse(&typed);
        let text = clean(&text);
        let folded = fold_with_offsets(&text);
        let mut end = 0;
        for span in spans_of(&query.needles(), &folded) {
            prop_assert!(end <= span.start && span.start < span.end, "{span:?} after {end}");
            prop_assert!(!span.of(&text).is_empty());
            end = span.end;
        }
    }

    /// Every stretch of a text is found where it stands.
    #[test]
    fn words_of_a_text_are_found(text in text(), start in any::<prop::sample::Index>(), length in 1..9_usize) {
        let chars: Vec<char> = text.chars().collect();
        prop_assume!(!chars.is_empty());
        let start = start.index(chars.len());
        let stretch: String = chars[start..].iter().take(length).collect();
        let needle = fold(&stretch);
        prop_assume!(!needle.is_empty());
        let spans = spans_of(&[Needle::anywhere(&needle)], &fold_with_offsets(&text));
        prop_assert!(!spans.is_empty(), "{needle:?} is not found");
        for span in spans {
            prop_assert!(fold(span.of(&text)).contains(&needle));
        }
    }

    #[test]
    fn keys_of_every_kind_cause_no_panic(letter in any::<char>(), ctrl: bool, alt: bool) {
        use pullquote::app::Layer;
        let keymap = Keymap::default();
        let key = Key { code: Code::Char(letter), ctrl, alt };
        for layer in [Layer::List, Layer::Article, Layer::Speakers, Layer::Card, Layer::Prompt] {
            let command = command_of(&keymap, layer, key);
            let types = layer == Layer::Prompt && !ctrl && !alt;
            prop_assert_eq!(command == Some(Command::Type(letter)), types);
        }
    }
}

/// Something that happens in a sitting.
#[derive(Debug, Clone)]
enum Step {
    /// A command of the user.
    Wants(Command),
    /// One of the answers that are waited for comes, not always the oldest.
    Answer(prop::sample::Index),
    /// So many articles more are read.
    Arrive(u32),
    /// The window changes.
    Resize(u16, u16),
    /// The screen is drawn.
    Draw,
}

fn command() -> impl Strategy<Value = Command> {
    let bound: Vec<Command> = BINDINGS.iter().map(|binding| binding.command).collect();
    prop_oneof![
        12 => select(bound),
        3 => select("bridge okafr\"-:".chars().collect::<Vec<_>>()).prop_map(Command::Type),
        1 => any::<char>().prop_map(Command::Type),
        2 => (0..10_u8).prop_map(Command::Digit),
        2 => (0..310_u16, 0..110_u16).prop_map(|(column, row)| Command::Click { column, row }),
        2 => (0..100_u16, 0..40_u16).prop_map(|(column, row)| Command::Click { column, row }),
        1 => (0..310_u16, 0..110_u16, any::<bool>()).prop_map(|(column, row, down)| Command::Wheel { column, row, down }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => command().prop_map(Step::Wants),
        5 => any::<prop::sample::Index>().prop_map(Step::Answer),
        1 => (1..20_u32).prop_map(Step::Arrive),
        1 => (1..=300_u16, 1..=100_u16).prop_map(|(width, height)| Step::Resize(width, height)),
        1 => (20..=130_u16, 5..=40_u16).prop_map(|(width, height)| Step::Resize(width, height)),
        2 => Just(Step::Draw),
    ]
}

/// An article that is unlike the others: long or short, quoted or not, dated alike or not.
fn some_article(number: u32) -> (pullquote::article::Article, pullquote::quotes::Findings) {
    let names = ["Ines Okafor", "Tomas Lindqvist", "林美玲", "Zoë Martin", "?", "-"];
    let paragraphs: Vec<String> = (0..number % 7 * 3)
        .map(|at| {
            let name = names[((number + at) % 6) as usize];
            format!("Paragraph {at} about the bridge. {{{name}: “We saw it, 我們, and {number} more of it — e\u{301}”}} said somebody.")
        })
        .collect();
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    let headline = "Bridge 鋼鐵 closes again ".repeat((number % 5) as usize + 1);
    article(1 + number % 9, &format!("{headline}{number}"), &paragraphs)
}

/// Holds what must be true between any two steps.
fn check(sitting: &Sitting) -> Result<(), TestCaseError> {
    let (app, list) = (&sitting.app, sitting.app.list());
    if list.is_empty(app.catalog()) {
        return Ok(());
    }
    let selected = list.selected().filter(|&id| list.position(app.catalog(), id).is_some());
    prop_assert!(selected.is_some(), "nothing that is listed is selected");
    let Some(area) = app.panes().list.filter(|_| is_drawn(app.size())) else { return Ok(()) };
    let mut free = 0;
    let mut seen = false;
    for placed in list.layout(app.catalog(), area) {
        prop_assert!(placed.row >= free, "{placed:?} begins above {free}");
        let height = list.height(placed.id, area.width) as u16;
        free = placed.row + height;
        if Some(placed.id) == selected && !list.is_scrolled() {
            seen = placed.row < area.height;
            let fits = free <= area.height || height > area.height;
            prop_assert!(fits, "the selected headline is cut off: {placed:?} in {area:?}");
        }
    }
    prop_assert!(seen || list.is_scrolled(), "the selected headline is not in sight, in {area:?}");
    Ok(())
}

/// Whether the window is large enough for anything to be drawn.
fn is_drawn(size: Size) -> bool {
    size.width >= SMALLEST.width && size.height >= SMALLEST.height
}

fn draw(sitting: &Sitting) {
    let size = sitting.app.size();
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    let today = NaiveDate::from_ymd_opt(2026, 3, 20).unwrap();
    terminal.draw(|frame| ui::draw(&sitting.app, &sitting.keymap, &Theme::terminal(), today, frame)).unwrap();
}

proptest! {
    #![proptest_config(cases(256))]

    /// Whatever happens in whatever order, nothing panics, what is selected is listed and in sight, and in the end
    /// nothing is waited for.
    #[test]
    fn sitting_of_any_keys_goes_well(begin in 0..4_u32, steps in vec(step(), 1..80)) {
        let mut sitting = Sitting::empty(100, 30);
        sitting.slow = true;
        let mut arrived = 0;
        let mut arrive = |sitting: &mut Sitting, count: u32| {
            sitting.arrive((arrived..arrived + count).map(some_article).collect());
            arrived += count;
        };
        arrive(&mut sitting, begin);
        for step in steps {
            match step {
                Step::Wants(command) => {
                    let effects = sitting.app.command(command);
                    sitting.carry_out(effects);
                }
                Step::Answer(_) if sitting.waiting.is_empty() => {}
                Step::Answer(which) => {
                    let effect = sitting.waiting.remove(which.index(sitting.waiting.len()));
                    sitting.answer(effect);
                }
                Step::Arrive(count) => arrive(&mut sitting, count),
                Step::Resize(width, height) => _ = sitting.resize(width, height),
                Step::Draw => draw(&sitting),
            }
            check(&sitting)?;
        }
        sitting.event(Event::Finished);
        for _ in 0..1_000 {
            if sitting.waiting.is_empty() {
                break;
            }
            let effect = sitting.waiting.remove(0);
            sitting.answer(effect);
            check(&sitting)?;
        }
        prop_assert!(sitting.waiting.is_empty(), "it asks for ever");
        prop_assert!(!sitting.app.is_opening(), "an article never comes");
        draw(&sitting);
    }
}
