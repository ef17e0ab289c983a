use super::super::{TableText, blocks};
use super::*;
use crate::article::ParagraphKind;

const ONE: &str = "The old bridge over the harbour will close in spring, the harbour board said on Saturday, after a week of meetings.";
const TWO: &str = "“It is tired,” said Ines Okafor, who has run the board for nine years, and who lives next to it.";
const THREE: &str = "Ferries will run through the night until it opens again, which nobody expects before the autumn.";
const TITLE: &str = "Harbour bridge to close";

/// A page with links around what is in its body.
fn page(body: &str) -> String {
    let links: Vec<_> = (0..12).map(|n| format!("<li><a href=/{n}>Section number {n}</a></li>")).collect();
    let links = links.concat();
    format!(
        "<html><title>{TITLE} | Coast Wire</title><body><div id=top><ul>{links}</ul></div>{body}<div id=end><ul>{links}</ul></div>"
    )
}

fn paragraphs(html: &str, text: Option<&str>) -> Vec<(ParagraphKind, String)> {
    let found = found(html, &[TITLE.to_owned()], text);
    blocks(&found.markup, None, TableText::Rows).iter().map(|p| (p.kind, p.words.into_owned())).collect()
}

/// The words of a page's article, a paragraph a line, captions left out.
fn text(html: &str) -> String {
    let lines = paragraphs(html, None).into_iter().filter(|(kind, _)| *kind != ParagraphKind::Caption);
    lines.map(|(_, words)| words).collect::<Vec<_>>().join("\n")
}

fn whole() -> String {
    format!("{ONE}\n{TWO}\n{THREE}")
}

fn article() -> String {
    format!("<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>")
}

#[test]
fn article_is_found_whatever_stands_around_it() {
    let article = article();
    for body in [
        format!("<article>{article}</article>"),
        format!("<div class=x1>{article}</div>"),
        format!("<table><tr><td>{article}</td></tr></table>"),
        // Each paragraph has a container of its own, and what is no part of the article stands between.
        format!(
            "<div><div class=b><p>{ONE}</p></div><div class=b><p>{TWO}</p></div><aside><p><a href=/x>Another story of the harbour</a></p></aside><div class=b><p>{THREE}</p></div></div>"
        ),
        // Lines, and no paragraphs.
        format!("<div>{ONE}<br><br>{TWO}<br><br>{THREE}</div>"),
        format!(
            "<div class=elementor-widget><p>{ONE}</p></div><div class=elementor-widget><p>{TWO}</p></div>\
             <div class=elementor-widget><p>{THREE}</p></div>"
        ),
        // Ends that are missing.
        format!("<div><p>{ONE}<p>{TWO}<div><p>{THREE}</div>"),
        // The name of what holds all says that it is something else.
        format!("<div class='has-sidebar share related'><h1>{TITLE}</h1>{article}</div>")
            .replace("<h1>", "<h1 class=x>"),
    ] {
        let found = text(&page(&body));
        let found = found.strip_prefix(&format!("{TITLE}\n")).unwrap_or(&found);
        assert_eq!(found, whole(), "{body}");
    }
}

#[test]
fn furniture_in_the_article_is_left_out() {
    for furniture in [
        "<div class=share-bar><p>Share this story with everybody whom you know.</p></div>",
        "<div class=newsletter-signup><h3>Low Tide</h3><p>Our letter about the sea, every Friday in your inbox, for nothing.</p></div>",
        "<div class=relatedArticles><h3>More</h3><p>The ferryman of the year, and what he thinks about the bridge and the sea.</p></div>",
        "<div class=author-bio><p>Jane Doe writes about the harbour, the sea and the board, and has done so for nine years.</p></div>",
        "<nav><a href=/a>Harbour</a></nav>",
        "<ul><li><a href=/1>Ferries full</a></li><li><a href=/2>Ferries empty</a></li><li><a href=/3>Ferries late</a></li></ul>",
        "<div><h3><a href=/1>Ferry sinks</a></h3><p>Nobody was hurt when the ferry sank, the board said on Friday.</p></div>",
        "<p><a href=/1>The board met on Friday, and on Thursday</a></p>",
        "<p class=sr-only>Skip the picture of the bridge, which is a long one, and go on with the text.</p>",
        "<footer><p>The Coast Wire is read by all who live by the sea, and by some who do not.</p></footer>",
    ] {
        let html = page(&format!("<article><p>{ONE}</p>{furniture}<p>{TWO}</p><p>{THREE}</p></article>"));
        assert_eq!(text(&html), whole(), "{furniture}");
    }
}

#[test]
fn lines_that_lead_elsewhere_are_left_out() {
    for line in [
        "Read more: Ferrymen of the year",
        "Lesen Sie auch: Fährmänner des Jahres",
        "À lire aussi : Les passeurs de l’année",
        "Lea también: Los barqueros del año",
        "Leggi anche: I barcaioli dell’anno",
        "Leia também: Os barqueiros do ano",
        "Lees ook: De veerlieden van het jaar",
        "Czytaj także: Przewoźnicy roku",
        "Читайте также: Паромщики года",
        "Läs också: Årets färjkarlar",
        "Les også: Årets fergemenn",
        "Únete a nuestro canal de Telegram",
        "Abonnieren Sie unseren Newsletter, jeden Freitag neu.",
        "Impressum | Datenschutz",
    ] {
        let html = page(&format!("<article><p>{ONE}</p><p><b>{line}</b></p><p>{TWO}</p><p>{THREE}</p></article>"));
        assert_eq!(text(&html), whole(), "{line}");
    }
    for line in [
        "Advertisement was what the board called it, and nobody in the harbour was surprised by that.",
        "Anzeige erstattete der Verein der Fährmänner, der die Brücke behalten will, noch am Samstag.",
        "The board’s newsletter said so first.",
        "Kommentare gab es keine.",
    ] {
        let html = page(&format!("<article><p>{ONE}</p><p>{line}</p><p>{TWO}</p><p>{THREE}</p></article>"));
        assert_eq!(text(&html), whole().replace(TWO, &format!("{line}\n{TWO}")), "{line}");
    }
}

#[test]
fn what_follows_the_article_is_left_out() {
    for (heading, after) in [
        ("About the author", "Jane Doe writes about the harbour and the sea."),
        ("Über die Autorin", "Jane Doe schreibt über den Hafen und das Meer."),
        ("Pressekontakt:", "Jane Doe, Telefon 555 0100, Hafen 1, Port Ellery."),
        ("Articles similaires", "Le pont est fatigué, et nous le sommes aussi."),
        ("Comentarios", "Qué pena, era un puente muy bonito."),
    ] {
        for heading in [format!("<h3>{heading}</h3>"), format!("<p><strong>{heading}</strong></p>")] {
            let html = page(&format!("<article>{}{heading}<p>{after}</p></article>", article()));
            assert_eq!(text(&html), whole(), "{heading}");
        }
    }
    // In the middle it is a heading as any other.
    let html = page(&format!("<article><p>{ONE}</p><h3>Tags</h3><p>{TWO}</p><p>{THREE}</p></article>"));
    assert_eq!(text(&html), whole().replace(TWO, &format!("Tags\n{TWO}")));
}

#[test]
fn comments_are_no_article_however_long() {
    let comment = format!(
        "<div class=comment><p>{}</p></div>",
        "I have crossed that bridge every day, and I shall miss it. ".repeat(9)
    );
    let comments = comment.repeat(20);
    let html = page(&format!("<div class=story><h1>{TITLE}</h1>{}</div><div id=comments>{comments}</div>", article()));
    assert_eq!(text(&html), format!("{TITLE}\n{}", whole()));
    // A page of nothing else is one of them.
    assert!(text(&page(&format!("<div id=comments>{comments}</div>"))).contains("I shall miss it"));
}

#[test]
fn notices_are_no_article_however_long() {
    let notice = "We and our partners use cookies to show you what you like, and to see what you look at. ".repeat(9);
    for furniture in ["<div id=cookie-consent>", "<div class=modal>", "<footer>", "<div class=disclaimer>"] {
        let html = page(&format!("<h1>{TITLE}</h1><div>{}</div>{furniture}<p>{notice}</p></div></footer>", article()));
        assert_eq!(text(&html), whole(), "{furniture}");
    }
}

#[test]
fn lead_stands_between_the_headline_and_the_text() {
    let lead = "It is tired, and so are those who cross it every day.";
    for (lead_html, is_kept) in [
        (format!("<p class=standfirst>{lead}</p>"), true),
        (format!("<h2>{lead}</h2>"), true),
        (format!("<p class=image-caption>{lead}</p>"), false),
        (format!("<p><a href=/x>{lead}</a></p>"), false),
    ] {
        let html = page(&format!("<h1>{TITLE}</h1>{lead_html}<div class=article-body>{}</div>", article()));
        let expected = if is_kept { format!("{lead}\n{}", whole()) } else { whole() };
        assert_eq!(text(&html), expected, "{lead_html}");
    }
    // One that is marked up as a heading is none of nothing.
    let html =
        page(&format!("<article><h1>{TITLE}</h1><h3>{ONE}</h3><h3>Ferries</h3><p>{TWO}</p><p>{THREE}</p></article>"));
    assert_eq!(text(&html), format!("{TITLE}\n{ONE}\nFerries\n{TWO}\n{THREE}"));
}

#[test]
fn what_stands_around_the_headline_is_left_out() {
    let html = page(&format!(
        "<article><p>Harbour</p><h1>{TITLE}</h1><div class=date>14 March 2026, 09:30</div><div class=byline>Jane Doe</div>{}</article>",
        article()
    ));
    assert_eq!(text(&html), format!("{TITLE}\n{}", whole()));
}

#[test]
fn words_under_pictures_are_captions() {
    for picture in [
        "<div class=image-caption>The bridge at dawn.</div>",
        "<div><img src=x.jpg><span>The bridge at dawn.</span></div>",
        "<p>Foto: Jane Doe</p>",
        "<figure><img src=x.jpg><figcaption>The bridge at dawn.</figcaption></figure>",
    ] {
        let html = page(&format!("<article><p>{ONE}</p>{picture}<p>{TWO}</p><p>{THREE}</p></article>"));
        let found = paragraphs(&html, None);
        let kinds: Vec<_> = found.iter().map(|(kind, _)| *kind).collect();
        let [prose, caption] = [ParagraphKind::Prose, ParagraphKind::Caption];
        assert_eq!(kinds, [prose, caption, prose, prose], "{picture}: {found:?}");
    }
}

#[test]
fn article_may_be_a_list_or_a_table() {
    let rows: Vec<_> = (1..9).map(|n| format!("<tr><td>Lund</td><td>{n}</td></tr>")).collect();
    let rows = rows.concat();
    for (body, expected) in [
        (format!("<div class=entry-content><table>{rows}</table></div>"), "Lund · 8"),
        (
            "<div class=entry><ul><li>Two eggs</li><li>Sugar from the island</li><li>Salt from the sea</li></ul></div>"
                .to_owned(),
            "Salt from the sea",
        ),
        ("<div class=q><div>The bridge is closed.</div></div>".to_owned(), "The bridge is closed."),
    ] {
        assert!(text(&page(&body)).ends_with(expected), "{body}: {}", text(&page(&body)));
    }
    let links = "<li><a href=/x>What others write about the bridge</a></li>".repeat(6);
    let html =
        page(&format!("<article class=post><h1>{TITLE}</h1><p>My links of the week.</p><ul>{links}</ul></article>"));
    assert!(text(&html).contains("What others write"), "{}", text(&html));
}

#[test]
fn words_need_no_blanks() {
    for words in [
        "สะพานท่าเรือปิดหนึ่งปีจนถึงฤดูใบไม้ผลิ",
        "ຂົວທ່າເຮືອຈະປິດໜຶ່ງປີຈົນເຖິງລະດູໃບໄມ້ປົ່ງ",
        "港の橋は一年間閉鎖される。月曜日の夜、港湾局がそう発表した。",
    ] {
        let html = page(&format!("<div class=x><p>{words}</p><p>{words}</p></div><footer>© 2026</footer>"));
        assert_eq!(text(&html), format!("{words}\n{words}"));
    }
}

#[test]
fn what_a_page_hides_counts_only_where_there_is_nothing_else() {
    let html = page(&format!("<div style='display: none'>{}</div>", article())).replace("<li>", "<li hidden>");
    assert_eq!(found(&html, &[], None).markup.matches("<p>").count(), 3);
    let html = page(&format!("<article>{}<p hidden>{ONE} {ONE}</p></article>", article()));
    assert_eq!(text(&html), whole());
}

#[test]
fn text_that_the_page_states_is_a_second_opinion() {
    let stated = format!("{ONE} {TWO} {THREE}");
    let other =
        "The ferryman of the year has seen it all, and tells it to everybody who asks him, for a drink. ".repeat(20);
    let body = format!("<div class=a><p>{other}</p></div><div class=b>{}<p>{ONE_MORE}</p></div>", article());
    let found = paragraphs(&page(&body), Some(&stated));
    let words: Vec<_> = found.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(words, [ONE, TWO, THREE]);
    assert!(text(&page(&body)).contains("ferryman of the year"));
    // One that the page does not show says nothing of it.
    let share = super::found(&page(&body), &[], Some(&"Tea is served at five in the old quay house. ".repeat(9)))
        .share_of_stated;
    assert!(share < 0.01, "{share}");
}

const ONE_MORE: &str = "The Coast Wire is a paper of the coast, and has been for a hundred years, in all weathers.";

#[test]
fn any_page_is_read_in_a_time_like_its_length() {
    for piece in [
        "<div>",
        "<b><div>",
        "<p>x",
        "<a href=x>y",
        "<li>",
        "<table><tr><td>",
        "<div class='a b c'>x</span>",
        "<br>x.",
        "</div>",
        "<svg>",
    ] {
        let html = format!("<article>{}</article>{}", article(), piece.repeat(60_000));
        assert!(found(&html, &[TITLE.to_owned()], Some(&whole())).markup.contains("is tired"), "{piece}");
    }
}
