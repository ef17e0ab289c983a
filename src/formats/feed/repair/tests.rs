//! Pieces of feeds that are not well-formed, and what is made of them.

use super::*;

#[test]
fn well_formed_text_stays() {
    for text in [
        "<rss a='1' b=\"x > y\"><!-- a < b --><?pi a < b?><x>1 &lt; 2</x><y/></rss>",
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a '1 < 2'>]><rss><![CDATA[a < b <c]]></rss>",
        "<é>",
        "<t a='a<b'>x</t><u b=\"<i>5</i>\" c='1>2'/><v w='C<int>'/>",
        "<!DOCTYPE rss [<!ENTITY a 'b'>] ><rss>",
        "",
    ] {
        assert!(matches!(repaired(text), Cow::Borrowed(_)), "{text}: {}", repaired(text));
    }
}

#[test]
fn stray_marks_become_text() {
    for (text, expected) in [
        ("<t>3 < 4 & so</t>", "<t>3 &lt; 4 & so</t>"),
        ("<t>I <3 tea</t>", "<t>I &lt;3 tea</t>"),
        ("<t>a <b and c</t>", "<t>a &lt;b and c</t>"),
        ("<t>a <= b</t><u>x</u>", "<t>a &lt;= b</t><u>x</u>"),
        ("<t>a <b it's='c</t>", "<t>a &lt;b it's='c</t>"),
        ("<t>a <b it='c</t><u x='1'>v</u>", "<t>a &lt;b it='c</t><u x='1'>v</u>"),
        ("<t><></t>", "<t>&lt;></t>"),
        ("<t></ zz></t>", "<t>&lt;/ zz></t>"),
        ("<t>3 </ 4</t>", "<t>3 &lt;/ 4</t>"),
        ("<t>a <! b</t>", "<t>a &lt;! b</t>"),
    ] {
        assert_eq!(repaired(text), expected);
    }
}

#[test]
fn torn_end_tags_are_mended() {
    for (text, expected) in [
        ("<t>a</ t><z>b</z>", "<t>a</t><z>b</z>"),
        ("<t>a</t<z>b</z>", "<t>a</t><z>b</z>"),
        ("<t>a<b>b</b></\nT <z>b</z>", "<t>a<b>b</b></T><z>b</z>"),
        ("<t>a< /t><z>b</z>", "<t>a</t><z>b</z>"),
        ("<x:t a='b'>a</x:t <z>b</z>", "<x:t a='b'>a</x:t><z>b</z>"),
        ("<author><name>a</name></ author></item", "<author><name>a</name></author></item>"),
        ("<t><p>a</ p><p>b</p</t>", "<t><p>a</p><p>b</p></t>"),
    ] {
        assert_eq!(repaired(text), expected);
        assert_eq!(repaired(expected), expected);
    }
}

#[test]
fn half_an_end_tag_among_words_is_text() {
    for (text, expected) in [
        ("<title>a </item b</title><u>c</u>", "<title>a &lt;/item b</title><u>c</u>"),
        ("<title>a </item</title><u>c</u>", "<title>a &lt;/item</title><u>c</u>"),
        ("<title>a </title b</title>", "<title>a &lt;/title b</title>"),
        ("<title>a </title</title>", "<title>a &lt;/title</title>"),
        ("<description>a </link <b>b</b></description>", "<description>a &lt;/link <b>b</b></description>"),
        ("<description>a </p b</description>", "<description>a </p>b</description>"),
        ("<description>a </ item b</description>", "<description>a &lt;/ item b</description>"),
    ] {
        assert_eq!(repaired(text), expected);
    }
}

#[test]
fn declarations_hide_nothing() {
    for (text, expected) in [
        ("<t><!DOCTYPE x [ a</t><u>b</u>", "<t>&lt;!DOCTYPE x [ a</t><u>b</u>"),
        ("<t><!DOCTYPE x [ a>b</t>]>", "<t>b</t>]>"),
        ("<t>a <!x</t>", "<t>a &lt;!x</t>"),
    ] {
        assert_eq!(repaired(text), expected);
    }
}

#[test]
fn sections_are_sorted_out() {
    for (text, expected) in [
        ("<a><![CDATA[x <![CDATA[y]]> z]]></a>", "<a><![CDATA[x y z]]></a>"),
        ("<a><![CDATA[x <![CDATA[y]]></a><b><![CDATA[z]]></b>", "<a><![CDATA[x y]]></a><b><![CDATA[z]]></b>"),
        ("<a><![CDATA[x</a><b><![CDATA[y]]></b>", "<a>x</a><b><![CDATA[y]]></b>"),
        ("<a><![CDATA[x < y</a><b>z</b>", "<a>x &lt; y</a><b>z</b>"),
        ("<a>\nx <![CDATA[y</a>", "<a>\nx y</a>"),
        ("<a><![CDATA[x]]> y <![CDATA[z</a><b><![CDATA[c]]></b>", "<a><![CDATA[x]]> y z</a><b><![CDATA[c]]></b>"),
        ("<a><i>x</i> <![CDATA[z</a><b>c</b>", "<a><i>x</i> z</a><b>c</b>"),
        ("<a><![CDATA[x <![CDATA[y</a><b>c</b>", "<a>x y</a><b>c</b>"),
        ("<a><![CDATA[x <![CDATA[y</a><b><![CDATA[c]]></b>", "<a>x y</a><b><![CDATA[c]]></b>"),
        ("<a><![CDATA[x</ a><b>c</b>", "<a>x</a><b>c</b>"),
        ("<a><![CDATA[x", "<a><![CDATA[x"),
    ] {
        assert_eq!(repaired(text), expected);
    }
}

#[test]
fn what_is_not_closed_hides_nothing() {
    for (text, expected) in [
        ("<item><!-- a <t>x</t></item>", "<item> a <t>x</t></item>"),
        ("<item><!-- a </item><item><!-- b --></item>", "<item> a </item><item><!-- b --></item>"),
        ("<item><?php <t>x</t></item>", "<item>&lt;?php <t>x</t></item>"),
    ] {
        assert_eq!(repaired(text), expected);
    }
    let hidden = "<!-- <item>a <!-- b </item> --><item/>";
    assert_eq!(repaired(hidden), hidden);
}

#[test]
fn junk_before_a_feed_goes() {
    let feed = "<?xml version='1.0'?>\n<!-- a -->\n<rss>";
    for junk in [
        "\n\n",
        "\u{feff}\u{feff}",
        "<br />\n<b>Warning</b>: session in <b>/x.php</b> on line <b>3</b><br>\n",
        "Notice: undefined < 3\n",
        "<!-- cached --><?php ?>",
    ] {
        assert_eq!(start(&format!("{junk}{feed}")), Some(feed), "{junk}");
        assert_eq!(start(&format!("{junk}<RDF:RDF>")), Some("<RDF:RDF>"), "{junk}");
    }
    for begun in ["<!DOCTYPE rss [<!ENTITY a 'b'>", "<?xml version='1.0'?><!DOCTYPE rdf:RDF [<!ENTITY a 'b'>"] {
        assert_eq!(start(begun), Some(begun));
    }
    assert_eq!(start("<!DOCTYPE opml [<!ENTITY a 'b'>"), None);
    for text in ["<html><p><rss>", "<!doctype html><pre><rss>", "<p>Words", "Words", "<?xml version='1.0'?><opml>", ""]
    {
        assert_eq!(start(text), None, "{text}");
    }
    assert_eq!(start(&format!("{}<rss>", "<p>".repeat(9_000))), None);
}

/// Each of these has a way to cost the square of its length.
#[test]
fn hostile_text_costs_little() {
    for part in [
        "<",
        "< ",
        "<a",
        "<a='",
        "<a=\"'",
        "<a \"=",
        "<a b=\"<\" ",
        "<!-- </item>",
        "<a='<' =\"<\"",
        "<![CDATA[",
        "<a><![CDATA[</a>",
        "<a><![CDATA[<![CDATA[",
        "]]><![CDATA[",
        "<!--",
        "<!-",
        "<?",
        "<!DOCTYPE [",
        "</",
        "</a",
        "<a><![CDATA[<![CDATA[x]]>",
        "</ a",
        "< / ",
        "<t><!x [",
    ] {
        let text = part.repeat(100_000);
        let _ = repaired(&text).len();
        let _ = repaired(&format!("{text}]]></a>")).len();
    }
}
