//! Pages small enough to see what becomes of each element.

use super::*;

fn shown(html: &str, tables: TableText) -> String {
    let mark = |kind| match kind {
        ParagraphKind::Heading => "# ",
        ParagraphKind::ListItem => "* ",
        ParagraphKind::BlockQuotation => "> ",
        ParagraphKind::Caption => "^ ",
        ParagraphKind::TableRow => "| ",
        ParagraphKind::Preformatted => "$ ",
        ParagraphKind::Term => "? ",
        ParagraphKind::Definition => ": ",
        _ => "",
    };
    let blocks = blocks(html, None, tables);
    let lines: Vec<_> = blocks.iter().map(|p| format!("{}{}", mark(p.kind), p.words)).collect();
    lines.join("\n")
}

#[test]
fn blocks_have_kinds() {
    let html = "<h2>Ferries</h2>intro<p>They <b>run</b> all\nnight.<ul><li>One<li><p>Two</p></ul>after\
        <blockquote><p>So it is.</p><p>It is so.</blockquote><figure><img src=x><figcaption>The quay</figcaption>\
        </figure><dl><dt>Fare<dd>Two crowns</dl><pre>a  b\nc</pre>";
    assert_eq!(
        shown(html, TableText::Rows),
        "# Ferries\nintro\nThey run all night.\n* One\n* Two\nafter\n> So it is.\n> It is so.\n^ The quay\n\
         ? Fare\n: Two crowns\n$ a  b\n$ c"
    );
}

#[test]
fn hidden_elements_are_removed() {
    let html = "<head><title>T</title></head><script>if (a<b) {}</script><style>p {}</style>a<nav><ul><li>Home</ul>\
        </nav><p style='Display : none'>x</p><span hidden>y</span><svg><title>z</title></svg><svg/>b<br>c\
        <template><p>t</template><div aria-hidden=true>u<div>v</div>w</div>d<!-- e --><img alt=f>";
    assert_eq!(shown(html, TableText::Rows), "a\nb c\nd");
}

#[test]
fn element_that_is_never_closed_hides_nothing() {
    for open in
        ["<object data=x>", "<iframe src=x>", "<button>", "<select>", "<video>", "<nav>", "<noscript>", "<textarea>"]
    {
        let html = format!("<p>Before.</p>{open}<p>After.</p><script>x</script><button>no</button>");
        let shown = shown(&html, TableText::Rows);
        assert!(shown.starts_with("Before.\nAfter.") && !shown.contains('x'), "{open}: {shown}");
    }
    assert_eq!(shown("a<button>b<object>c<button>d", TableText::Rows), "abcd");
    assert_eq!(shown("a<script>b<p>c", TableText::Rows), "a");
    let many = "<p>x</p><object><iframe><button>".repeat(20_000);
    assert!(shown(&many, TableText::Rows).contains('x'));
}

#[test]
fn line_breaks_end_sentences_only() {
    assert_eq!(shown("It is.<br>So.<br/><br/>And<br>on", TableText::Rows), "It is.\nSo.\nAnd on");
    assert_eq!(shown("Anna Holt<br><br>Port Ellery", TableText::Rows), "Anna Holt\nPort Ellery");
}

#[test]
fn tables_of_data_and_tables_of_layout() {
    let data = "<table><caption>Fares</caption><tr><th>Line<th>Fare</tr><tr><td><p>Ellery</p></td><td>2</td><td></td></tr>\
        <tr><td colspan=2>All day</td></tr></table>end";
    assert_eq!(shown(data, TableText::Rows), "^ Fares\n| Line · Fare\n| Ellery · 2\n| All day\nend");
    assert_eq!(shown(data, TableText::Layout), "^ Fares\nLine\nFare\nEllery\n2\nAll day\nend");
    let long = "word ".repeat(80);
    let page = format!("<table><tr><td><p>{long}</p><p>Next.</p></td></tr></table>");
    assert_eq!(shown(&page, TableText::Rows), format!("{}\nNext.", long.trim()));
}

#[test]
fn addresses_are_resolved() {
    let base = Url::parse("https://coast.example/news/a").unwrap();
    let of = |address| resolved(Some(&base), address);
    assert_eq!(of("b?c=1").as_deref(), Some("https://coast.example/news/b?c=1"));
    assert_eq!(of("//other.example/x").as_deref(), Some("https://other.example/x"));
    assert_eq!(of(" mailto:a@b.example ").as_deref(), Some("mailto:a@b.example"));
    for none in ["#top", "", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"] {
        assert_eq!(of(none), None, "{none}");
    }
    assert_eq!(resolved(None, "b"), None);
}
