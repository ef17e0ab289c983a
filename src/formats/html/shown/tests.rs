use super::super::tokens::Tokens;
use super::*;

fn shown(page: &str) -> Shown {
    let mut shown = Shown::default();
    Tokens::of(page).for_each(|token| shown.take(&token));
    shown.finish();
    shown
}

#[test]
fn date_near_the_headline_is_found() {
    for (page, expected) in [
        ("<h1>Bridge closes</h1><p>22 November 2026 | Harbour</p>", Some("2026-11-22")),
        (
            "<html lang=pt-BR><h1>Bridge closes</h1><div class=data>03/04/2026 14h05 Atualizado há 2 horas</div>",
            Some("2026-04-03T14:05:00"),
        ),
        ("<html lang=it><h1>Bridge closes</h1><p class=date>1° giugno 2026</p>", Some("2026-06-01")),
        ("<html lang=ar><h1>Bridge closes</h1><p class=date>٢٢ نوفمبر ٢٠٢٦</p>", Some("2026-11-22")),
        ("<html lang=ar><h1>Bridge closes</h1><p class=date>22 تشرين الثاني 2026</p>", Some("2026-11-22")),
        ("<html lang=ca><h1>Bridge closes</h1><p class=date>4 d'abril de 2026</p>", Some("2026-04-04")),
        (
            "<html lang=pl><h1>Bridge closes</h1><p class=date>Aktualizacja: 6 marca 2026, 10:00 Publikacja: 4 marca 2026</p>",
            Some("2026-03-04"),
        ),
        (
            "<html lang=cs><h1>Bridge closes</h1><p class=date>Aktualizováno 6. 3. 2026 10:00, vydáno 4. 3. 2026</p>",
            Some("2026-03-04"),
        ),
        ("<div class=date>22.11.2026</div><h1>Bridge closes</h1>", Some("2026-11-22")),
        ("<html lang=de><h1>Bridge closes</h1><span class=meta__date>22.11.26</span>", Some("2026-11-22")),
        ("<html lang=fr><h1>Bridge closes</h1><p>Le 3/4/2026 à 10h05</p>", Some("2026-04-03T10:05:00")),
        ("<h1>Bridge closes</h1><p>By Jane Doe on <b>November 22, 2026</b></p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p><span>Datum:</span>22. November 2026</p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><h5>Erschienen am:</h5><h2>22.11.2026</h2>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>dimanche 22 novembre 2026</p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>Port Ellery, 22 November 2026</p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>22 November 2026 by Jane Doe</p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>Updated: 23 November 2026</p><p>Published: 22 November 2026", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>Last updated 23 Nov 2026<br>22 Nov 2026", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>Stand: 23.11.2026, 10:05 Uhr<br>Veröffentlicht: 22.11.2026", Some("2026-11-22")),
        (
            "<h1>Bridge closes</h1><p>Updated <time>23 Nov 2026</time> Published <time>22 Nov 2026</time>",
            Some("2026-11-22"),
        ),
        ("<h1>Bridge closes</h1><p>Veröffentlicht am 22.11.2026<br>Stand: 23.11.2026", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>Jane Doe / 22.11.2026 / 10:05 / Photo: the harbour", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>Harbour (1 / 1) 22.11.2026 10:05 by Jane Doe", Some("2026-11-22T10:05:00")),
        ("<h1>Bridge closes</h1><p>Published daily</p><p>22 November 2026", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>Published Sunday 22 November 2026", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>Posted in Harbour on 22 November 2026", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>22 November 2026, updated 23 November 2026</p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><time>22 Nov 2026 10:05</time>", Some("2026-11-22T10:05:00")),
        ("<h1>Bridge closes</h1><time class='updated published' datetime=2026-11-22>x</time>", Some("2026-11-22")),
        (
            "<h1>Bridge closes</h1><abbr class=published title=2026-11-22T10:05:00Z>x</abbr>",
            Some("2026-11-22T10:05:00Z"),
        ),
        (
            "<h1>Bridge closes</h1><p class=date>Written: 2026-11-22<span>/</span>Updated: 2026-11-23</p>",
            Some("2026-11-22"),
        ),
        ("<h1>Bridge closes</h1><p>Updated 23 Nov 2026, published 22 Nov 2026</p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>It is.<p>Jane<br>22 November 2026", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><h2>22 November 2026</h2><p>It is.</p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>Sunday, 22 November 2026, 10:05 CET</p>", Some("2026-11-22T10:05:00+01:00")),
        ("<h1>Bridge closes</h1><p>Coast Wire, 22 November 2026</p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>22 November 2026 · 4 min read</p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>Jane 22 November 2026 10:07</p>", Some("2026-11-22T10:07:00")),
        ("<h1>Bridge closes</h1><p>This article was first published on 22 November 2026.</p>", Some("2026-11-22")),
        ("<div class=event><h1>Bridge closes</h1><p class=date>22 November 2026</p></div>", Some("2026-11-22")),
        (
            "<h1>Bridge closes</h1><div class=event-box><p>Published:</p><p>22 November 2026</p></div>",
            Some("2026-11-22"),
        ),
        ("<h1>Bridge closes</h1><ul><li>Jane Doe<li><time datetime=2026-11-22>x</time></ul>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>公開日:2026年11月22日</p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>更新日:2026年11月23日<br>公開日:2026年11月22日</p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>公開日：2026年11月22日<br>更新日：2026年11月23日</p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>更新 2026年11月23日</p><p>公開 2026年11月22日</p>", Some("2026-11-22")),
        ("<h1>Bridge closes</h1><p>Δημοσιεύθηκε: 22 Νοεμβρίου 2026</p>", Some("2026-11-22")),
        (
            "<h1>Bridge closes</h1><p>Ενημερώθηκε: 23 Νοεμβρίου 2026</p><p>Δημοσιεύτηκε: 22 Νοεμβρίου 2026</p>",
            Some("2026-11-22"),
        ),
        (
            "<div class='widget Blog' id=Blog1><h2 class=date-header>22 November 2026</h2><h3 class=post-title>Bridge closes</h3>",
            Some("2026-11-22"),
        ),
        (
            "<h2 class=date-header>22 November 2026</h2><div class=widget><h3 class=post-title>Bridge closes</h3></div>",
            Some("2026-11-22"),
        ),
    ] {
        let date = shown(page).date("Bridge closes").map(|date| date.to_string());
        assert_eq!(date.as_deref(), expected, "{page}");
    }
}

#[test]
fn other_dates_are_none() {
    for page in [
        "<h1>Bridge closes</h1><p>Updated 23 November 2026</p>",
        "<h1>Bridge closes</h1><p>Last modified: 23.11.2026</p>",
        "<h1>Bridge closes</h1><p>Stand: 23.11.2026, 10:05 Uhr</p>",
        "<h1>Bridge closes</h1><p>Stand: <time datetime=2026-11-23>gestern</time></p>",
        "<h1>Bridge closes</h1><p>Änderungsdatum: 23.11.2026</p>",
        "<h1>Bridge closes</h1><span class=modified-date>23.11.2026</span>",
        "<header><div class=date>Thursday, 26 November 2026</div></header><h1>Bridge closes</h1>",
        "<div class=clock>26 November 2026</div><h1>Bridge closes</h1>",
        "<h1>Bridge closes</h1><div class=comments><p>Jane, 23 November 2026</p><time datetime=2026-11-23></time></div>",
        "<h1>Bridge closes</h1><aside><p>23 November 2026</p></aside>",
        "<h1>Bridge closes</h1><div class=related-posts><span class=date>23.11.2026</span></div>",
        "<h1>Bridge closes</h1><p>© 23.11.2026 Coast Wire</p>",
        "<h1>Bridge closes on 23 November 2026</h1>",
        "<h1>Bridge closes</h1><p>On 23 November 2026 the harbour board will meet to talk about the bridge, the ferry, \
         and what is to come after.</p>",
        "<h1>Bridge closes</h1><p>Ann Holt (3 March 1950 – 5 May 2020)</p>",
        "<h1>Bridge closes</h1><p>3 March 2026 – 5 May 2026</p>",
        "<h1>Bridge closes</h1><p>23.10.2026 - 25.10.2026</p>",
        "<h1>Bridge closes</h1><p>Published Works 3 May 1950</p>",
        "<h1>Bridge closes</h1><p>When: 3 March 2027, 19:00</p>",
        "<h1>Bridge closes</h1><p>Ann Holt was born on 3 March 1950.</p>",
        "<h1>Bridge closes</h1><p>The bridge was built by Ann Holt, who had opened it on <time datetime=1950-03-03>3 March \
         1950</time> with a song.</p>",
        "<h1>Bridge closes</h1><p>Last changed:</p><p class=timestamp>23.11.2026</p>",
        "<h1>Bridge closes</h1><p>更新日:2026年11月23日</p>",
        "<h1>Bridge closes</h1><p>Ενημερώθηκε: 23 Νοεμβρίου 2026</p>",
        "<h1>Bridge closes</h1><p>Top 10 songs of May 2026</p>",
    ] {
        assert_eq!(shown(page).date("Bridge closes"), None, "{page}");
    }
}

#[test]
fn prose_and_events_are_no_dates() {
    let text = "The harbour board has met again. ".repeat(20);
    for notice in [
        "<p>Apply by 12 June 2024</p>",
        "<p>Bewerbungen bis 12. Juni 2024</p>",
        "<p>Drawing by Ann Holt, 12 May 2019</p>",
        "<p>Zeichnung von Ann Holt, 12. Mai 2019</p>",
        "<p>On sale 12 June 2024.</p>",
        "<p>Deadline, 12 June 2024</p>",
        "<p>By 12 June 2024</p>",
        "<p class=opening>Opens 12 June 2024</p>",
        "<p>Opens <time datetime=2024-06-12>12 June 2024</time></p>",
        "<p class=date>Opens 12 June 2024</p>",
        "<p>Doors open <span class=date>12 June 2024, 19:00</span></p>",
        "<p>The gala is on <span class=date>12 June 2024</span>.</p>",
        "<div class=event><span class=date>12 June 2024</span></div>",
        "<div class='card upcoming-event'><time datetime=2024-06-12>12 June</time></div>",
        "<div id=deadlines><p>12 June 2024</p></div>",
        "<div class=advertisement><p>12 June 2024</p></div>",
        "<h2>1 March 2023</h2><p>It began.</p><h2>5 April 2023</h2><p>It went on.</p>",
        "<dl><dt>1 March 2023</dt><dd>It began.</dd><dt>5 April 2023</dt><dd>It went on.</dd></dl>",
        "<table><tr><td>1 March 2023<td>It began.<tr><td>5 April 2023<td>It went on.</table>",
        "<p>Date: 12 June 2024, 19:00, Town Hall</p>",
        "<p class=event-date>Date: 12 June 2024, 19:00, Town Hall</p>",
        "<p class=event-date>12 June 2024, 19:00</p>",
        "<p>Datum: 12. Juni 2024, 19 Uhr, Rathaus</p>",
        "<p>Fecha: 12 de junio de 2024, 19:00, Ayuntamiento</p>",
        "<p>12 June 2024, 19:00, Town Hall</p>",
        "<p><time datetime=2024-06-12T19:00>12 June 2024, 19:00</time>, Town Hall</p>",
        "<p>Concert | 12 June 2024 | Town Hall</p>",
        "<ul class=most-read><li><a href=/f>Ferry sinks off the coast</a> <time>1 May 2024</time></ul>",
        "<ul><li><a href=/f>Ferry sinks off the coast</a> <time datetime=2024-05-01>1 May 2024</time></ul>",
        "<ul><li><span class=date>1 May 2024</span> <a href=/f>Ferry sinks off the coast</a></ul>",
    ] {
        for page in [
            format!("<h1>Bridge closes</h1>{notice}<p>{text}</p>"),
            format!("<h1>Bridge closes</h1><p>{text}</p>{notice}"),
        ] {
            assert_eq!(shown(&page).date("Bridge closes"), None, "{page}");
        }
        let page = format!("<h1>Bridge closes</h1><p>Published 22 November 2026</p>{notice}<p>{text}</p>");
        assert_eq!(shown(&page).date("Bridge closes").unwrap().to_string(), "2026-11-22", "{page}");
    }
}

#[test]
fn day_alone_counts_near_the_headline_or_without_one() {
    let text = "The harbour board has met again. ".repeat(20);
    let far = format!("<p>{text}</p><p>22 November 2026</p>");
    assert_eq!(shown(&format!("<h1>Bridge closes</h1>{far}")).date("Bridge closes"), None);
    assert_eq!(shown(&far).date("").unwrap().to_string(), "2026-11-22");
}

#[test]
fn nearest_of_stated_dates_counts() {
    let page = "<li><h3>Ferry</h3><time itemprop=datePublished datetime=2026-11-01></time></li><h1>Bridge closes</h1>\
        <time itemprop=datePublished datetime=2026-11-22></time><h3>Tea</h3><time pubdate datetime=2026-11-03></time>";
    assert_eq!(shown(page).stated_date("Bridge closes").unwrap().to_string(), "2026-11-22");
    assert_eq!(shown(page).stated_date("Ferry").unwrap().to_string(), "2026-11-01");
}

#[test]
fn authors_near_the_headline_are_found() {
    for (page, expected) in [
        ("<h1>Tea</h1><p class=byline__author>VON <a href=/x>JANE DOE</a> am 22. November 2026</p>", Some("JANE DOE")),
        ("<h1>Tea</h1><address>By <a href=/author/jd>Jane Doe</a></address>", Some("Jane Doe")),
        ("<h1>Tea</h1><p>By <a rel=author>Jane Doe</a> and <a rel=author>Ann Holt</a></p>", Some("Jane Doe, Ann Holt")),
        ("<h1>Tea</h1><span class=documentAuthor>erstellt von <a>Jane</a></span>", Some("Jane")),
        ("<h1>Tea</h1><p>Von Jane Doe</p>", Some("Jane Doe")),
        ("<h1>Tea</h1><h5>Autorin:</h5><p>Jane Doe</p>", Some("Jane Doe")),
        ("<h1>Tea</h1><p>By Jane Doe - Published Sunday 22 November 2026</p>", Some("Jane Doe")),
        ("<h1>Tea</h1><p>Di Jane Doe - Pubblicato domenica 22 novembre 2026</p>", Some("Jane Doe")),
        ("<h1>Tea</h1><p>Por Jane Doe - Publicado el domingo, 22 de noviembre de 2026</p>", Some("Jane Doe")),
        ("<h1>Tea</h1><p>Door Jane Doe - Gepubliceerd op zondag 22 november 2026</p>", Some("Jane Doe")),
        ("<h1>Tea</h1><p>Von Jane Doe - Sonntag, 22. November 2026</p>", Some("Jane Doe")),
        ("<h1>Tea</h1><p>Von Jane Doe - Veröffentlicht am Sonntag, 22. November 2026</p>", Some("Jane Doe")),
        ("<h1>Tea</h1><p>Par Jane Doe - Publié le dimanche 22 novembre 2026</p>", Some("Jane Doe")),
        ("<h1>Tea</h1><p>Par Jane Doe dimanche 22 novembre 2026</p>", Some("Jane Doe")),
        ("<h1>Tea</h1><p>22.11.2026 10:05 von Jane Doe</p>", Some("Jane Doe")),
        ("<h1>Tea</h1><p>22 November 2026 by Jane Doe</p>", Some("Jane Doe")),
        ("<h1>Tea</h1><p>Text von Jane Doe Illustration von Ann Holt</p>", Some("Jane Doe")),
        ("<h1>Tea</h1><p>Autor</p><p>Writes about tea and the sea.</p>", None),
        ("<h1>Tea</h1><p>22 November 2026 Jane Doe</p>", None),
        ("<h1>Tea</h1><div class=post-author>Posted on May 3, 2026 by Jane Doe</div>", Some("Jane Doe")),
        ("<h1>Tea</h1><div class=comment><span class=author>Ann</span></div>", None),
        ("<h1>Tea</h1><div class=author-bio>Writes about tea and the sea.</div>", None),
        ("<h1>Tea</h1><span class=author>admin</span>", None),
        ("<h1>Tea</h1><span class=author>@jane</span>", None),
        ("<h1>Tea</h1><p>Von nun an gibt es Tee.</p>", None),
    ] {
        assert_eq!(shown(page).author("Tea").as_deref(), expected, "{page}");
    }
}
