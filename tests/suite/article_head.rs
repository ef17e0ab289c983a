//! The head of an article: what stands in the two lines below its headline, and what of it leads to an address.

use pullquote::app::{ArticleRecord, Event};
use pullquote::article::{Article, Enclosure, Origin};
use pullquote::formats::{self, Hint};
use pullquote::quotes::Findings;
use pullquote::ui::{self, Theme};

use crate::screens::{check_sitting, drawn, shown};
use crate::sitting::{Sitting, article};

fn known() -> (Article, Findings) {
    let (mut article, findings) =
        article(14, "Tide", &["The tide was high, and nobody in the harbour said a word about it."]);
    article = article.at("https://me:secret@www.coast.example/2026/03/tide-of-the-century");
    article.byline = Some("Jane Doe".to_owned());
    article.tags = vec!["Harbour".to_owned(), "Sea".to_owned()];
    article.comments = Some("https://coast.example/talk".to_owned());
    article.origin = Origin::Web("https://coast.example/feed".to_owned());
    let file = |name: &str| Enclosure::at(&format!("https://coast.example/{name}"), "").unwrap();
    article.enclosures = vec![file("a.mp3"), file("b.mp3"), file("c.mp4"), file("d.pdf")];
    (article, findings)
}

/// The words on the screen.
fn screen(sitting: &Sitting) -> String {
    shown(&drawn(sitting, &Theme::terminal()))
}

/// The lines on the screen.
fn lines(sitting: &Sitting) -> Vec<String> {
    screen(sitting).lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn head_tells_in_two_lines_what_is_known() {
    for (width, height) in [(60, 20), (80, 24), (120, 36)] {
        let mut sitting = Sitting::new(width, height, vec![known()]);
        sitting.press("<enter>");
        check_sitting(&format!("article-head-{width}"), &sitting);
    }
    let mut sitting = Sitting::new(80, 24, vec![known()]);
    sitting.press("<enter>");
    let screen = screen(&sitting);
    assert!(screen.contains("Jane Doe · Coast Wire · 1 min"), "{screen}");
    assert!(screen.contains(" · comments"), "{screen}");
    assert!(!screen.contains("secret"), "{screen}");
}

#[test]
fn what_is_not_known_leaves_no_gap() {
    let (mut bare, findings) = article(14, "Tide", &["The tide was high."]);
    bare.origin = Origin::Input;
    let mut sitting = Sitting::new(80, 24, vec![(bare, findings)]);
    sitting.press("<enter>");
    let lines = lines(&sitting);
    let at = lines.iter().position(|line| line.contains("1 min")).unwrap();
    assert!(lines[at + 1].is_empty() && lines[at + 2].contains("The tide was high"), "{lines:?}");
    assert!(ui::hyperlinks(&sitting.app).is_empty());
}

#[test]
fn address_and_comments_lead_where_they_say() {
    let mut sitting = Sitting::new(120, 36, vec![known()]);
    sitting.press("<enter>z");
    let links = ui::hyperlinks(&sitting.app);
    let urls: Vec<_> = links.iter().map(ui::Hyperlink::url).collect();
    assert_eq!(
        urls,
        ["https://me@www.coast.example/2026/03/tide-of-the-century", "https://coast.example/talk"],
        "no password goes to the terminal"
    );
    let rows: Vec<Vec<char>> = screen(&sitting).lines().map(|line| line.chars().collect()).collect();
    for link in links {
        let row = &rows[usize::from(link.area.y)];
        let words: String = row.iter().skip(link.area.x.into()).take(link.area.width.into()).collect();
        assert_eq!(words, link.words);
    }
    // Scrolled away, it leads nowhere.
    sitting.resize(80, 8).press("G");
    assert!(ui::hyperlinks(&sitting.app).iter().all(|link| link.area.y < 8));
}

#[test]
fn byline_that_the_text_has_is_not_said_twice() {
    let page = "<html><head><meta name=author content='Jane Doe'></head><body><article><h1>Tide</h1><p>By Jane Doe</p>\
                <p>The tide was high on Friday, and nobody in the harbour said a single word about it until the bells rang \
                out over the roofs at noon, when all of them did.</p></article></body></html>";
    let mut all = Vec::new();
    formats::read(&mut page.as_bytes(), &Hint::default(), &mut |article| all.extend(article));
    let mut sitting = Sitting::new(80, 24, vec![(all.remove(0), Findings::default())]);
    sitting.press("<enter>");
    assert_eq!(screen(&sitting).matches("Jane Doe").count(), 1);
}

#[test]
fn feeds_say_where_an_article_came_from_and_is_talked_about() {
    let rss = "<rss version='2.0'><channel><title>Coast</title><link>https://coast.example/</link><item><title>Tide</title>\
               <comments>/talk</comments><description>Words.</description></item></channel></rss>";
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>C</title><entry><title>Tide</title><summary>W.</summary>\
                <link href='https://coast.example/tide'/><link rel='replies' type='application/atom+xml' href='https://coast.example/x'/>\
                <link rel='replies' type='text/html' href='https://coast.example/talk'/></entry></feed>";
    for feed in [rss, atom] {
        let feed = formats::feed(feed.as_bytes(), &Hint::default()).unwrap();
        assert_eq!(feed.entries[0].article.comments.as_deref(), Some("https://coast.example/talk"));
        assert_eq!(
            feed.entries[0].article.url.as_deref().unwrap_or("https://coast.example/tide"),
            "https://coast.example/tide"
        );
    }
    let odd = rss.replace("/talk", "javascript:alert(1)");
    assert_eq!(formats::feed(odd.as_bytes(), &Hint::default()).unwrap().entries[0].article.comments, None);
    let mut sitting = Sitting::empty(80, 24);
    sitting.slow = true;
    let (article, findings) = known();
    sitting.arrive(vec![(article.clone(), findings.clone())]);
    sitting.event(Event::Finished);
    sitting.press("<enter>");
    let record =
        ArticleRecord { feeds: vec!["Harbour News".to_owned(), "Coast Wire".to_owned()], ..ArticleRecord::default() };
    for effect in std::mem::take(&mut sitting.waiting) {
        if let pullquote::app::Effect::Load(pullquote::app::LoadJob::Article { request, .. }) = effect {
            let (article, findings) = (article.clone().into(), findings.clone().into());
            sitting.event(Event::Loaded { request, article, findings, record: record.clone() });
        }
    }
    let screen = screen(&sitting);
    assert!(screen.contains("from Harbour News"), "{screen}");
    sitting.press("I");
    let rows = sitting.app.article_info();
    let said = |name: &str| rows.iter().find(|row| row.name == name).map_or("", |row| &row.value);
    assert_eq!(said("comments"), "https://coast.example/talk");
    assert!(said("address").starts_with("https://me@www.coast.example/"), "{rows:?}");
    assert_eq!(said("by"), "Jane Doe");
}
