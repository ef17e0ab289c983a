//! Small bodies in narrow columns.

use super::*;
use crate::article::{BodyBuilder, Container, Marker, Nesting, Numerals, Shape};

#[test]
fn layout_has_an_imprint_and_gaps() {
    let mut builder = BodyBuilder::new("Bridge closed");
    builder.push(ParagraphKind::Prose, "First paragraph here.").push(ParagraphKind::Prose, "Second.");
    let body = builder.build();
    let layout = TextLayout::lay_out(&body, 12);
    let kinds: Vec<_> = layout.rows().iter().map(|row| (body.words(row.span), row.kind)).collect();
    let prose = RowKind::Words(ParagraphKind::Prose);
    assert_eq!(
        kinds,
        [
            ("Bridge", RowKind::Words(ParagraphKind::Headline)),
            ("closed", RowKind::Words(ParagraphKind::Headline)),
            ("", RowKind::Imprint),
            ("", RowKind::Gap),
            ("First", prose),
            ("paragraph", prose),
            ("here.", prose),
            ("", RowKind::Gap),
            ("Second.", prose),
        ]
    );
    for (at, row) in layout.rows().iter().enumerate().filter(|(_, row)| !row.span.is_empty()) {
        assert_eq!(layout.row_at(row.span.start), at);
        assert_eq!(layout.row_at(row.span.end - 1), at);
    }
    assert_eq!(layout.row_at(13), 2, "a line end belongs to the space between");
    assert_eq!(layout.offset_at(body.text(), 4, 2, 0), Some(16));
    assert_eq!(layout.offset_at(body.text(), 4, 5, 0), None);
    assert_eq!(layout.row_at(999), 8);
}

/// The rows as they are drawn, blanks at their ends left out.
fn drawn(body: &Body, width: usize) -> Vec<String> {
    let layout = TextLayout::lay_out(body, width);
    let row = |row: &TextRow| {
        let mut line = layout.lead(row).to_owned();
        match row.kind {
            RowKind::Rule(width) => line.push_str(&"─".repeat(width)),
            RowKind::Imprint => line.push_str("(imprint)"),
            _ => {}
        }
        for piece in layout.pieces(row) {
            line.push_str(&" ".repeat(piece.column.saturating_sub(cells(&line))));
            line.push_str(body.words(piece.span));
        }
        line.trim_end().to_owned()
    };
    layout.rows().iter().map(row).collect()
}

fn shape(nesting: &[Container], marker: Option<Marker>) -> Shape {
    let nesting = nesting.iter().fold(Nesting::default(), |nesting, container| nesting.within(*container));
    Shape { nesting, marker, ..Shape::default() }
}

/// A body of paragraphs under a headline.
fn body(paragraphs: &[(ParagraphKind, Shape, &str)]) -> Body {
    let mut builder = BodyBuilder::new("H");
    for (kind, shape, words) in paragraphs {
        builder.push_shaped(*kind, *shape, "", words);
    }
    builder.build()
}

#[test]
fn lists_hang_and_nest() {
    use Container::{List, Quotation};
    let number = |number| Some(Marker::Number(number, Numerals::Decimal));
    let body = body(&[
        (ParagraphKind::ListItem, shape(&[List], number(9)), "One that is long"),
        (ParagraphKind::ListItem, shape(&[List], number(10)), "Two"),
        (ParagraphKind::ListItem, shape(&[List, List], Some(Marker::Bullet)), "In it"),
        (ParagraphKind::ListItem, shape(&[List], None), "More"),
        (ParagraphKind::ListItem, shape(&[List], number(11)), "End"),
        (ParagraphKind::BlockQuotation, shape(&[Quotation], None), "It is so, she said"),
        (ParagraphKind::BlockQuotation, shape(&[Quotation, Quotation], None), "So it was"),
        (ParagraphKind::BlockQuotation, shape(&[Quotation, List], Some(Marker::Bullet)), "One"),
        (ParagraphKind::ListItem, shape(&[List, Quotation], None), "Two"),
        (ParagraphKind::Term, Shape::default(), "Fare"),
        (ParagraphKind::Definition, Shape::default(), "Two crowns"),
    ]);
    let expected = [
        "H",
        "(imprint)",
        "",
        " 9. One that",
        "    is long",
        "10. Two",
        "    ◦ In it",
        "",
        "    More",
        "",
        "11. End",
        "",
        "▎ It is so,",
        "▎ she said",
        "▎",
        "▎ ▎ So it was",
        "▎",
        "▎ • One",
        "",
        "  ▎ Two",
        "",
        "Fare",
        "    Two crowns",
    ];
    assert_eq!(drawn(&body, 14), expected);
    // Where there is no room, the words have it.
    assert!(drawn(&body, 5).iter().skip(2).all(|row| cells(row) <= 5));
}

#[test]
fn preformatted_lines_stay_whole() {
    let line = |begins, blank_lines| Shape { blank_lines, begins, ..Shape::default() };
    let body = body(&[
        (ParagraphKind::Preformatted, line(true, 0), "  if a && b && c {"),
        (ParagraphKind::Preformatted, line(false, 2), "  }"),
        (ParagraphKind::Preformatted, line(true, 0), "end"),
        (ParagraphKind::Prose, Shape { rule_above: true, ..Shape::default() }, "End"),
    ]);
    let expected = ["H", "(imprint)", "", "  if a && b && c {", "", "", "  }", "", "end", "", "────────", "", "End"];
    assert_eq!(drawn(&body, 8), expected);
    let layout = TextLayout::lay_out(&body, 8);
    assert_eq!((layout.most_shift(8), layout.most_shift(18), layout.most_shift(80)), (10, 0, 0));
    assert_eq!(layout.offset_at(body.text(), 3, 2, 5).map(|at| &body.text()[at..=at]), Some("&"));
}

fn table(rows: &[&[&str]]) -> Body {
    let mut builder = BodyBuilder::new("H");
    for (at, row) in rows.iter().enumerate() {
        let filled: Vec<_> = row.iter().filter(|cell| !cell.is_empty()).copied().collect();
        let is_first = at == 0;
        let shape = Shape { begins: is_first, is_header: is_first, ..Shape::default() };
        builder.push_shaped(ParagraphKind::TableRow, shape, "", &filled.join(" · "));
        let mut start = 0;
        for cell in *row {
            builder.cell(Span::new(start, start + cell.len()));
            start += if cell.is_empty() { 0 } else { cell.len() + " · ".len() };
        }
    }
    builder.build()
}

#[test]
fn tables_have_columns_or_names() {
    let body = table(&[
        &["Line", "Fare", "Remark"],
        &["Ellery", "12", "by night"],
        &["Sandhook East", "3", "never on Sundays"],
    ]);
    let expected = [
        "H",
        "(imprint)",
        "",
        "Line           Fare  Remark",
        "─────────────────────────────────────",
        "Ellery           12  by night",
        "Sandhook East     3  never on Sundays",
    ];
    assert_eq!(drawn(&body, 40), expected);
    let expected = [
        "H",
        "(imprint)",
        "",
        "Line         Fare  Remark",
        "──────────────────────────────",
        "Ellery         12  by night",
        "Sandhook        3  never on",
        "East               Sundays",
    ];
    assert_eq!(drawn(&body, 31), expected);
    let layout = TextLayout::lay_out(&body, 31);
    for (at, row) in layout.rows().iter().enumerate() {
        for piece in layout.pieces(row).filter(|piece| !piece.span.is_empty()) {
            for offset in [piece.span.start, piece.span.end - 1] {
                assert_eq!(layout.row_at(offset), at, "{}", body.words(piece.span));
                let column = layout.column_of(body.text(), at, offset);
                assert_eq!(layout.offset_at(body.text(), at, column, 0), Some(offset));
            }
        }
    }
    let expected = [
        "H",
        "(imprint)",
        "",
        "Line · Fare ·",
        "Remark",
        "",
        "Line: Ellery",
        "Fare: 12",
        "Remark:",
        "  by night",
        "",
        "Line: Sandhook",
        "  East",
        "Fare: 3",
        "Remark: never",
        "  on Sundays",
    ];
    assert_eq!(drawn(&body, 15), expected);
    let empty = table(&[&["", "b"], &["c", ""]]);
    assert_eq!(drawn(&empty, 20)[3..], ["   b", "────", "c"]);
}
