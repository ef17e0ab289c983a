use super::*;

fn links(blocks: &Blocks) -> Vec<(&str, &str)> {
    let all = blocks.iter().flat_map(|p| p.links.iter().map(move |link| (p.start, p.words.len(), link)));
    all.filter(|(start, length, link)| link.span.end <= start + length)
        .map(|(_, _, link)| (link.span.of(blocks.text()), link.url.as_str()))
        .collect()
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
        [(ParagraphKind::Prose, "The bridge is closed.".to_owned()), (ParagraphKind::ListItem, "Ferries".to_owned())]
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

#[test]
fn styles_keep_to_their_words_and_join() {
    let mut writer = BlockWriter::default();
    writer.text(ParagraphKind::Prose, "An ");
    writer.open_style(StyleKind::Strong);
    writer.text(ParagraphKind::Prose, " old");
    writer.open_style(StyleKind::Emphasis);
    writer.text(ParagraphKind::Prose, " bridge ");
    writer.close_style(StyleKind::Strong);
    writer.close_style(StyleKind::Code);
    writer.open_style(StyleKind::Code);
    writer.end();
    writer.text(ParagraphKind::Prose, "shut");
    writer.close_styles();
    writer.open_style(StyleKind::Strong);
    writer.text(ParagraphKind::Prose, "ting");
    writer.open_style(StyleKind::Strong);
    writer.text(ParagraphKind::Prose, " down");
    let blocks = writer.finish();
    let all: Vec<_> = blocks.iter().flat_map(|p| p.styles.iter()).collect();
    let shown: Vec<_> = all.iter().map(|style| (style.span.of(blocks.text()), style.kind)).collect();
    let expected = [
        ("old bridge", StyleKind::Strong),
        ("bridge", StyleKind::Emphasis),
        ("shut", StyleKind::Emphasis),
        ("shut", StyleKind::Code),
        ("ting down", StyleKind::Strong),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn superscripts_are_raised_in_the_text() {
    let blocks = |pieces: &[(&str, Option<StyleKind>)]| {
        let mut writer = BlockWriter::default();
        writer.open_style(StyleKind::Emphasis);
        writer.open_link("https://coast.example/");
        for (words, style) in pieces {
            if let Some(style) = style {
                writer.open_style(*style);
            }
            writer.text(ParagraphKind::Prose, words);
            if let Some(style) = style {
                writer.close_style(*style);
            }
        }
        writer.close_link();
        writer.finish()
    };
    let (up, down) = (Some(StyleKind::Superscript), Some(StyleKind::Subscript));
    for (pieces, text) in [
        (&[("about 10", None), ("9", up), (" bees", None)][..], "about 10⁹ bees"),
        (&[("3", None), ("1/2", up), (" miles", None)], "3¹⁄₂ miles"),
        (&[("10", None), ("6.5", up), (" bees", None)], "10^6.5 bees"),
        (&[("the 4", None), ("th", up), (" bee", None)], "the 4th bee"),
        (&[("It hums.", None), ("12", up)], "It hums.¹²"),
        (&[("H", None), ("2", down), ("O", None)], "H2O"),
        (&[("log", None), ("10", down), ("5", None)], "log₁₀5"),
        (&[("1010", None), ("2", down)], "1010₂"),
        (&[("10", None), ("½", up)], "10^½"),
        (&[("10", None), ("–3", up)], "10⁻³"),
        (&[("2", None), ("N", up), (" and e", None), ("iπ", up)], "2^N and e^iπ"),
        (&[("the 1", None), ("er", up), (" Pump", None), ("TM", up)], "the 1er PumpTM"),
    ] {
        let blocks = blocks(pieces);
        assert_eq!(blocks.text(), text);
        let whole: Vec<_> = blocks.iter().flat_map(|p| p.styles.iter()).collect();
        assert!(whole.iter().any(|style| style.span == Span::new(0, text.len())), "{text} {whole:?}");
        assert_eq!(links(&blocks), [(text, "https://coast.example/")]);
    }
}

#[test]
fn preformatted_lines_keep_their_blanks() {
    let mut writer = BlockWriter::default();
    writer.shape().begins = true;
    for line in ["", "  a  b ", "", " ", "c\td", ""] {
        writer.verbatim(line);
        writer.end_verbatim_line();
    }
    let blocks = writer.finish();
    let all: Vec<_> = blocks.iter().map(|p| (p.words.into_owned(), p.shape.begins, p.shape.blank_lines)).collect();
    assert_eq!(all, [("  a  b".to_owned(), true, 0), ("c    d".to_owned(), false, 2)]);
}
