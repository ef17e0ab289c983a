//! The text of an article as Markdown that becomes the same text again: `CommonMark`, with the tables and deletions of
//! GitHub and the definitions of PHP Markdown Extra.

use super::inline_markdown::{self, Place};
use super::line_starts::{LineStart, LineStarts};
use crate::article::{Body, Paragraph, ParagraphKind};

/// A rule; a line of hyphens would make a heading of the line above it.
const RULE: &str = "***";

/// Returns these paragraphs of a body.
pub fn of(body: &Body, paragraphs: &[Paragraph]) -> String {
    let mut out = String::new();
    let mut starts = LineStarts::default();
    let left_out = body.paragraphs().len() - paragraphs.len();
    let mut at = 0;
    if left_out > 0 {
        for picture in body.pictures_before(left_out) {
            out.push_str(&[&inline_markdown::picture(picture), "\n\n"].concat());
        }
    }
    while let Some(paragraph) = paragraphs.get(at) {
        let count = block_length(body, &paragraphs[at..]);
        let block = &paragraphs[at..at + count];
        let start = starts.next(paragraph);
        let above = at.checked_sub(1).and_then(|above| paragraphs.get(above));
        let is_definition = is_definition(above, paragraph);
        if above.is_some() {
            if above.is_some_and(|above| begins_another_quotation(above, paragraph)) {
                out.push_str("\n\n<!-- -->\n");
            }
            separate(paragraph, &start, is_definition || start.may_follow && above.is_some_and(is_line), &mut out);
        }
        let LineStart { first, rest, .. } = start;
        let number = left_out + at;
        for (number, line) in lines(body, (number, block), is_definition).iter().enumerate() {
            let line = format!("{}{line}", if number == 0 { &first } else { &rest });
            out.push_str(if number == 0 { "" } else { "\n" });
            out.push_str(line.trim_end());
        }
        at += count;
        let below = paragraphs.get(at);
        let is_apart = !is_in_block(paragraph) && below.is_none_or(|below| !is_in_block(below));
        // Those of a table stand in its rows.
        let is_table = paragraph.kind == ParagraphKind::TableRow && !body.cells(paragraph).is_empty();
        let shown = if is_table { &[] } else { body.pictures_before(left_out + at) };
        for picture in shown {
            match paragraph.kind {
                _ if is_apart => out.push_str("\n\n"),
                ParagraphKind::Preformatted | ParagraphKind::Headline => {
                    out.push_str(&["\n", rest.trim_end(), "\n", &rest].concat());
                }
                // Within a list it stands behind the words above it, so that the list goes on.
                _ => out.push(' '),
            }
            out.push_str(&inline_markdown::picture(picture));
        }
    }
    out.push('\n');
    out
}

/// Whether a paragraph stands in something that one without it would end.
fn is_in_block(paragraph: &Paragraph) -> bool {
    paragraph.shape.nesting.depth() > 0
        || matches!(paragraph.kind, ParagraphKind::ListItem | ParagraphKind::Term | ParagraphKind::Definition)
}

/// What stands between a paragraph and the one above.
fn separate(paragraph: &Paragraph, start: &LineStart, is_close: bool, out: &mut String) {
    let empty = format!("{}\n", start.above.trim_end());
    out.push('\n');
    if paragraph.shape.rule_above {
        out.push_str(&[&empty, start.above.as_str(), RULE, "\n", &empty].concat());
    } else if !is_close {
        out.push_str(&empty);
    }
}

/// Whether a block quotation is another than the one above it, which has said whose it is.
fn begins_another_quotation(above: &Paragraph, paragraph: &Paragraph) -> bool {
    above.kind == ParagraphKind::Citation
        && paragraph.kind == ParagraphKind::BlockQuotation
        && paragraph.shape.nesting.depth() <= 1
}

/// How many of these paragraphs are one block: the rows of a table, the lines of preformatted text.
fn block_length(body: &Body, paragraphs: &[Paragraph]) -> usize {
    let Some(first) = paragraphs.first() else { return 0 };
    let is_block = match first.kind {
        ParagraphKind::TableRow => !body.cells(first).is_empty(),
        kind => kind == ParagraphKind::Preformatted,
    };
    let goes_on = |next: &&Paragraph| {
        next.kind == first.kind
            && !next.shape.begins
            && !next.shape.rule_above
            && next.shape.nesting == first.shape.nesting
            && next.shape.marker.is_none()
            && (next.kind != ParagraphKind::TableRow || !body.cells(next).is_empty())
    };
    if is_block { 1 + paragraphs[1..].iter().take_while(goes_on).count() } else { 1 }
}

/// Whether a paragraph is a line of its own, behind which an item of a list may follow.
fn is_line(paragraph: &Paragraph) -> bool {
    matches!(paragraph.kind, ParagraphKind::ListItem | ParagraphKind::BlockQuotation)
}

/// Whether a paragraph can be written as a definition of the term above, or a further one.
fn is_definition(above: Option<&Paragraph>, paragraph: &Paragraph) -> bool {
    paragraph.kind == ParagraphKind::Definition
        && !paragraph.shape.rule_above
        && above.is_some_and(|above| matches!(above.kind, ParagraphKind::Term | ParagraphKind::Definition))
}

/// The lines of a block, without what stands before them.
fn lines(body: &Body, (number, block): (usize, &[Paragraph]), is_definition: bool) -> Vec<String> {
    let Some(first) = block.first() else { return Vec::new() };
    let words = || inline_markdown::of(body, first, first.span, Place::Line);
    vec![match first.kind {
        ParagraphKind::Headline => format!("# {}", inline_markdown::of(body, first, first.span, Place::Heading)),
        ParagraphKind::Heading => {
            let level = if first.shape.level == 0 { 2 } else { first.shape.level };
            let words = inline_markdown::of(body, first, first.span, Place::Heading);
            format!("{} {words}", "#".repeat(level.into()))
        }
        ParagraphKind::TableRow if !body.cells(first).is_empty() => return table(body, (number, block)),
        ParagraphKind::Preformatted => return fenced(body, block),
        ParagraphKind::Definition if is_definition => format!(": {}", words()),
        // A dash says as much.
        ParagraphKind::Citation if !body.words(first.span).starts_with(['—', '–', '-']) => {
            format!("<cite>{}</cite>", words())
        }
        _ => words(),
    }]
}

/// Preformatted text between fences that are longer than any in it.
fn fenced(body: &Body, block: &[Paragraph]) -> Vec<String> {
    let longest = |line: &str| line.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let texts: Vec<&str> = block.iter().map(|line| body.words(line.span)).collect();
    let fence = "`".repeat(texts.iter().map(|line| longest(line) + 1).max().unwrap_or_default().max(3));
    let mut lines = vec![fence.clone()];
    for (paragraph, text) in block.iter().zip(texts) {
        // Those above the first are not kept.
        let blank_lines = if lines.len() == 1 { 0 } else { paragraph.shape.blank_lines };
        lines.extend((0..blank_lines).map(|_| String::new()));
        lines.push(text.to_owned());
    }
    lines.push(fence);
    lines
}

/// A table; one without names of its columns has empty ones. The pictures below a row stand in its last cell.
fn table(body: &Body, (number, block): (usize, &[Paragraph])) -> Vec<String> {
    let columns = block.iter().map(|row| body.cells(row).len()).max().unwrap_or_default();
    let row = |(number, row): (usize, &Paragraph)| {
        let mut line = String::from("|");
        for at in 0..columns {
            let words = body.cells(row).get(at).map(|cell| inline_markdown::of(body, row, *cell, Place::Cell));
            let pictures = if at + 1 == columns { body.pictures_before(number + 1) } else { &[] };
            let cell: Vec<_> = words.into_iter().chain(pictures.iter().map(inline_markdown::picture)).collect();
            let cell = cell.join(" ");
            let cell = cell.trim_start();
            line.extend([if cell.is_empty() { "" } else { " " }, cell, " |"]);
        }
        line
    };
    let mut rows: Vec<_> = (number..).zip(block).map(row).collect();
    if block.first().is_none_or(|first| !first.shape.is_header) {
        rows.insert(0, format!("|{}", " |".repeat(columns)));
    }
    rows.insert(1, format!("|{}", "---|".repeat(columns)));
    rows
}
