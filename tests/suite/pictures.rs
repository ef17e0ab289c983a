//! Pictures in articles: where they are read from, where they stand, what is said in their place, what is kept of them.

use pullquote::app::{Effect, Event, PictureJob};
use pullquote::article::{Article, Body};
use pullquote::export::Format;
use pullquote::formats::{self, Hint};
use pullquote::layout::RowKind;
use pullquote::library::Library;
use pullquote::quotes::{self, Findings};

use crate::retention::Fixture;
use crate::screens::check_sitting;
use crate::sitting::Sitting;

fn read(text: &str, hint: &Hint<'_>) -> Article {
    let mut all = Vec::new();
    formats::read(&mut text.as_bytes(), hint, &mut |article| all.push(article));
    all.remove(0).unwrap()
}

fn page(body: &str) -> Article {
    let hint = Hint { base_url: Some("https://coast.example/bridge"), ..Hint::default() };
    read(&format!("<html><head><title>Harbour Bridge to Close</title></head><body>{body}</body></html>"), &hint)
}

const WORDS: &str = "The old harbour bridge will close for a year, the harbour master said on Sunday, and nobody in the town \
                     was much surprised to hear it, as the ferries had been running again since the first days of the spring.";

/// Each picture with the words that it stands before, its address and what it shows.
fn pictures(body: &Body) -> Vec<(String, &str, &str)> {
    let below = |before: usize| body.paragraphs().get(before).map_or("", |paragraph| body.words(paragraph.span));
    let picture = |of: &pullquote::article::Picture| below(of.before).chars().take(8).collect::<String>();
    body.pictures().iter().map(|of| (picture(of), of.url.as_str(), of.description.as_str())).collect()
}

#[test]
fn page_has_its_pictures_where_they_stand_and_no_others() {
    let article = page(&format!(
        "<article><h1>Harbour Bridge to Close</h1>\
         <figure><picture><source srcset='/quay.webp 800w'><img src=/quay.jpg alt='A harbour at dusk'></picture>\
         <figcaption>The quay on Sunday.</figcaption></figure>\
         <p>{WORDS}</p><img src=https://count.example/p.gif width=1 height=1>\
         <p>Second. {WORDS} <img src='data:image/gif;base64,R0lG' data-src=gulls.jpg alt=''> And on.</p>\
         <p>Third. {WORDS}</p><img src=/quay.jpg?w=300 alt='A harbour at dusk'><img src=/share/facebook-icon.png>\
         <p>Last. {WORDS}</p><img src=end.jpg alt='The end'></article>"
    ));
    assert_eq!(
        pictures(&article.body),
        [
            ("The quay".to_owned(), "https://coast.example/quay.jpg", "A harbour at dusk"),
            ("Third. T".to_owned(), "https://coast.example/gulls.jpg", ""),
            (String::new(), "https://coast.example/end.jpg", "The end"),
        ]
    );
    let body = &article.body;
    assert_eq!(body.caption_of(0).map(|caption| body.words(caption.span)), Some("The quay on Sunday."));
    assert_eq!(body.caption_of(1), None);
    assert!(!body.text().contains("dusk"), "what it shows is no part of the text: {}", body.text());
}

#[test]
fn text_is_the_same_with_and_without_pictures() {
    let with = "<p>“It is <img src=https://a.example/a.jpg alt='shut'>tired,” said Ines Okafor, an engineer.</p><img src=https://a.example/b.jpg alt='no'>\
                <ul><li>one <img src=https://a.example/c.jpg></li><li>two</li></ul><table><tr><td>a<img src=https://a.example/d.jpg></td><td>b</td></tr></table>";
    let mut without = with.to_owned();
    while let Some(at) = without.find("<img") {
        let end = without[at..].find('>').unwrap();
        without.replace_range(at..=at + end, "");
    }
    // In a feed, of whose entry nothing is left out.
    let article = |inside: &str| {
        let inside = format!("<p>{WORDS}</p>{inside}").replace('&', "&amp;").replace('<', "&lt;");
        let feed = format!(
            "<rss version='2.0'><channel><title>C</title><item><title>Tide</title><description>{inside}</description></item>\
             </channel></rss>"
        );
        formats::feed(feed.as_bytes(), &Hint::default()).unwrap().entries.remove(0).article
    };
    let (with, without) = (article(with), article(&without));
    assert_eq!(with.body.text(), without.body.text());
    assert_eq!(with.body.paragraphs(), without.body.paragraphs());
    assert_eq!(quotes::find(&with.body).quotations, quotes::find(&without.body).quotations);
    assert_eq!((with.body.pictures().len(), without.body.pictures().len()), (4, 0));
}

#[test]
fn picture_for_other_sites_leads_where_the_text_has_none_that_is_the_same() {
    let with = |meta: &str, inside: &str| {
        let hint = Hint { base_url: Some("https://coast.example/bridge"), ..Hint::default() };
        let text = format!(
            "<html><head><title>Harbour Bridge to Close</title><meta property=og:image content={meta}>\
             <meta property=og:image:alt content='From above'></head><body><article><h1>Harbour Bridge to Close</h1>\
             {inside}<p>{WORDS}</p><p>More. {WORDS}</p><img src=/second.jpg></article></body></html>"
        );
        let body = read(&text, &hint).body;
        pictures(&body).into_iter().map(|(_, url, shown)| format!("{url} {shown}")).collect::<Vec<_>>()
    };
    let second = "https://coast.example/second.jpg ".to_owned();
    assert_eq!(with("/above.jpg", ""), ["https://coast.example/above.jpg From above".to_owned(), second.clone()]);
    assert_eq!(with("/second-1200x630.jpg", ""), std::slice::from_ref(&second));
    assert_eq!(with("/logo.png", ""), std::slice::from_ref(&second));
    let lead = "https://coast.example/lead.jpg ".to_owned();
    assert_eq!(with("/above.jpg", "<img src=/lead.jpg>"), [lead, second]);
}

#[test]
fn feeds_bring_pictures() {
    let rss = |item: &str| {
        let feed = format!(
            "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><title>Coast</title>\
             <link>https://coast.example/</link><item><title>Tide</title><description>Words of it.</description>{item}</item>\
             </channel></rss>"
        );
        let feed = formats::feed(feed.as_bytes(), &Hint::default()).unwrap();
        let article = &feed.entries[0].article;
        (
            pictures(&article.body).into_iter().map(|(_, url, shown)| format!("{url} {shown}")).collect::<Vec<_>>(),
            article.files().count(),
        )
    };
    let media = "<media:content url='/s.jpg' medium='image' width='300'/><media:content url='/l.jpg' type='image/jpeg' width='1200'/>\
                 <media:description>The quay</media:description>";
    assert_eq!(rss(media), (vec!["https://coast.example/l.jpg The quay".to_owned()], 0));
    assert_eq!(rss("<media:thumbnail url='/t.jpg'/>").0, ["https://coast.example/t.jpg "]);
    // A picture that comes as a file stands in the text, and not once more below it.
    let files = "<enclosure url='/e.jpg' type='image/jpeg'/><enclosure url='/e.mp3' type='audio/mpeg'/>";
    assert_eq!(rss(files), (vec!["https://coast.example/e.jpg ".to_owned()], 1));
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "C", "items": [{"id": "1", "title": "Tide",
        "content_html": "<p>Words <img src='https://coast.example/in.jpg'></p>", "image": "https://coast.example/i.jpg"}]}"#;
    let feed = formats::feed(json.as_bytes(), &Hint::default()).unwrap();
    assert_eq!(feed.entries[0].article.body.pictures().len(), 2);
}

const MARKDOWN: &str = "# Tide\n\n![A *harbour*\nat dusk](https://coast.example/quay.jpg)\n\nFirst words.\n\n- one ![in a list](https://coast.example/list.jpg)\n\
                        - two\n\n> Quoted ![](<https://coast.example/a b.jpg>)\n\n| a | b |\n|---|---|\n| 1 ![x](https://coast.example/t.jpg) | 2 |\n\nLast ![the end](https://coast.example/end.jpg)\n";

#[test]
fn markdown_comes_back_with_its_pictures() {
    let hint = Hint { name: Some("tide.md"), ..Hint::default() };
    let article = read(MARKDOWN, &hint);
    let all: Vec<_> = article.body.pictures().iter().map(|of| (of.before, of.description.as_str())).collect();
    assert_eq!(all[..2], [(1, "A harbour at dusk"), (3, "in a list")]);
    assert!(!article.body.text().contains("dusk"));
    let written = Format::Markdown.article(&article, &Findings::default(), &[], None);
    assert!(written.contains("\n\n![A harbour at dusk](<https://coast.example/quay.jpg>)\n\n"), "{written}");
    assert!(written.contains("- one ![in a list](<https://coast.example/list.jpg>)\n"), "{written}");
    let again = read(&written, &hint);
    assert_eq!((again.body.pictures(), again.body.text()), (article.body.pictures(), article.body.text()), "{written}");
    assert_eq!(again.body.paragraphs().len(), article.body.paragraphs().len());
}

#[test]
fn data_has_them_as_blocks_between_the_paragraphs() {
    let article = page(&format!(
        "<article><h1>Harbour Bridge to Close</h1><p>Müde. {WORDS}</p><figure><img src=/quay.jpg alt='A harbour at dusk'>\
         <figcaption>The quay.</figcaption></figure><p>{WORDS}</p></article>"
    ));
    let json: serde_json::Value =
        serde_json::from_str(&Format::Json.article(&article, &Findings::default(), &[], None)).unwrap();
    let blocks = json["blocks"].as_array().unwrap();
    let kinds: Vec<_> = blocks.iter().map(|block| block["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["headline", "prose", "picture", "caption", "prose"]);
    let picture = &blocks[2];
    assert_eq!((&picture["start"], &picture["end"]), (&blocks[3]["start"], &blocks[3]["start"]));
    assert_eq!(picture["url"], "https://coast.example/quay.jpg");
    assert_eq!(picture["description"], "A harbour at dusk");
    assert_eq!(picture["caption"], "The quay.");
    assert!(blocks[1].get("url").is_none());
}

#[test]
fn library_and_exports_keep_them() {
    let fixture = Fixture::new("");
    std::fs::write(fixture.path().join("tide.md"), MARKDOWN).unwrap();
    fixture.good(&["add", "tide.md"]);
    let pictures = |fixture: &Fixture| {
        let library: Library = fixture.library();
        let id = library.ids().unwrap()[0];
        let entry = library.get(id).unwrap().unwrap();
        entry.article.body.pictures().to_vec()
    };
    let kept = pictures(&fixture);
    assert_eq!(kept.len(), 5);
    let shown = fixture.good(&["show", "tide", "--format", "md"]);
    assert!(shown.contains("![the end](<https://coast.example/end.jpg>)"), "{shown}");
    let other = Fixture::new("");
    std::fs::write(other.path().join("all.jsonl"), fixture.good(&["export"])).unwrap();
    assert_eq!(other.run(&["import", "all.jsonl"]).code, Some(0));
    assert_eq!(pictures(&other), kept);
}

fn shown() -> Article {
    page(&format!(
        "<article><h1>Harbour Bridge to Close</h1><figure><img src=/quay.jpg alt='A harbour at dusk, with the last ferry of \
         the day at the quay, gulls over the roofs of the old customs house, and behind it all the bridge, of which only one \
         tower is in sight, as the fog has taken the other one and all of the far shore with it'><figcaption>The quay.</figcaption></figure>\
         <p>{WORDS}</p><img src=/gulls.jpg><p>Second. {WORDS}</p></article>"
    ))
}

#[test]
fn picture_is_said_in_its_place_and_followed_from_there() {
    for (width, height) in [(60, 20), (80, 24), (120, 36)] {
        let mut sitting = Sitting::new(width, height, vec![(shown(), Findings::default())]);
        sitting.press("<enter>");
        check_sitting(&format!("pictures-{width}"), &sitting);
    }
    let mut sitting = Sitting::new(80, 40, vec![(shown(), Findings::default())]);
    sitting.press("<enter>fs");
    assert_eq!(sitting.opened, ["https://coast.example/gulls.jpg"]);
    sitting.press("L");
    let listed = sitting.app.listed_links();
    assert_eq!(listed[1].words, "[picture]");
    sitting.press("2<enter>");
    assert_eq!(sitting.opened.len(), 2, "a picture is no article: it is opened in the browser");
    sitting.press("I");
    assert!(sitting.app.article_info().iter().any(|row| row.value.contains("2 pictures")));
}

fn jobs(sitting: &Sitting) -> Vec<PictureJob> {
    let job = |effect: &Effect| if let Effect::Picture(job) = effect { Some(job.clone()) } else { None };
    sitting.asked.iter().filter_map(job).collect()
}

/// How many rows are drawn in pictures.
fn drawn(sitting: &Sitting) -> usize {
    let rows = sitting.app.reader().unwrap().page.rows();
    rows.iter().filter(|row| matches!(row.kind, RowKind::Drawn { .. })).count()
}

fn reading(width: u16, height: u16) -> Sitting {
    let mut sitting = Sitting::new(width, height, vec![(shown(), Findings::default())]);
    sitting.press("<enter>");
    sitting
}

#[test]
fn picture_is_drawn_on_demand_then_larger_then_not_any_more() {
    let mut sitting = reading(80, 24);
    assert!(jobs(&sitting).is_empty(), "nothing is fetched unasked");
    sitting.press("pp");
    let asked = jobs(&sitting);
    assert_eq!(asked.len(), 1, "it is asked for once");
    assert_eq!((asked[0].number, asked[0].url.as_str()), (0, "https://coast.example/quay.jpg"));
    assert!(screen(&sitting).contains("[picture: fetching …]"));
    sitting.event(Event::Picture { job: asked[0].clone(), drawn: Ok(9) });
    assert_eq!(drawn(&sitting), 9);
    assert_eq!(pullquote::ui::pictures(&sitting.app).len(), 1);
    sitting.press("I");
    assert!(pullquote::ui::pictures(&sitting.app).is_empty(), "a card lies over it");
    sitting.press("<esc>p");
    let large = jobs(&sitting).pop().unwrap();
    assert!(large.rows > asked[0].rows);
    // An answer to what was asked before counts no more.
    sitting.event(Event::Picture { job: asked[0].clone(), drawn: Ok(3) });
    assert_eq!(drawn(&sitting), 0);
    sitting.event(Event::Picture { job: large, drawn: Ok(19) });
    assert_eq!(drawn(&sitting), 19);
    sitting.press("p");
    assert_eq!(drawn(&sitting), 0);
    assert!(screen(&sitting).contains("[picture: A harbour at dusk"));
}

#[test]
fn picture_scrolls_with_the_text_row_by_row() {
    let mut sitting = reading(80, 12);
    sitting.press("p");
    let job = jobs(&sitting).pop().unwrap();
    sitting.event(Event::Picture { job, drawn: Ok(6) });
    let mut tops = Vec::new();
    for _ in 0..12 {
        tops.push(sitting.app.reader().unwrap().top_row(9));
        sitting.press("<c-e>");
    }
    assert_eq!(tops, (0..12).collect::<Vec<_>>());
    for _ in 0..20 {
        sitting.press("<c-y>");
    }
    assert_eq!(sitting.app.reader().unwrap().top_row(9), 0);
    let placed = pullquote::ui::pictures(&sitting.app)[0];
    sitting.press("<c-e>");
    assert_eq!(pullquote::ui::pictures(&sitting.app)[0].row, placed.row - 1);
}

#[test]
fn what_cannot_be_drawn_is_a_line() {
    let mut sitting = reading(80, 24);
    sitting.press("p");
    let job = jobs(&sitting).pop().unwrap();
    sitting.event(Event::Picture { job, drawn: Err("too large: 99999 × 99999 pixels".to_owned()) });
    assert!(screen(&sitting).contains("[picture: too large: 99999 × 99999 pixels]"), "{}", screen(&sitting));
    sitting.press("p");
    assert_eq!(jobs(&sitting).len(), 2, "it can be asked for again");
}

#[test]
fn option_says_whether_pictures_are_fetched() {
    let mut sitting = reading(80, 24);
    sitting.press(":set pictures=never<enter>p");
    assert_eq!(sitting.notice().unwrap(), "Pictures are not fetched: the option pictures is never");
    assert!(jobs(&sitting).is_empty());
    sitting.press(":set pictures=always<enter>");
    let asked = jobs(&sitting);
    assert_eq!(asked.iter().map(|job| job.number).collect::<Vec<_>>(), [0, 1], "those on the screen");
    let mut none = Sitting::new(80, 24, vec![crate::sitting::article(1, "Tide", &["Words."])]);
    none.press("<enter>p");
    assert_eq!(none.notice().unwrap(), "This article has no pictures");
}

#[test]
fn another_size_of_the_screen_asks_for_another_size_of_the_picture() {
    let mut sitting = reading(100, 30);
    sitting.press("p");
    let job = jobs(&sitting).pop().unwrap();
    sitting.event(Event::Picture { job, drawn: Ok(12) });
    sitting.resize(60, 20);
    let again = jobs(&sitting).pop().unwrap();
    assert_eq!((jobs(&sitting).len(), drawn(&sitting)), (2, 0));
    assert!(again.columns < 60);
    sitting.event(Event::Picture { job: again, drawn: Ok(7) });
    sitting.resize(60, 21);
    assert_eq!((jobs(&sitting).len(), drawn(&sitting)), (2, 7), "it fits still");
}

#[test]
fn click_on_a_picture_draws_it() {
    let mut sitting = reading(80, 24);
    let row = screen(&sitting).lines().position(|line| line.contains("[picture: A harbour")).unwrap();
    sitting.click(10, row as u16);
    assert_eq!(jobs(&sitting).len(), 1);
}

fn screen(sitting: &Sitting) -> String {
    crate::screens::shown(&crate::screens::drawn(sitting, &pullquote::ui::Theme::terminal()))
}
