//! The list of where an article leads: what is in it, how it is shown, what is opened from it.

use chrono::NaiveDate;
use pullquote::app::{Command, Effect, Event, Layer, PageJob};
use pullquote::article::{Article, BodyBuilder, Enclosure, ParagraphKind, Published};
use pullquote::quotes::Findings;
use pullquote::text::Span;

use crate::screens::check_sitting;
use crate::sitting::{Sitting, article};

fn linked(links: &[(&str, &str)]) -> (Article, Findings) {
    let mut builder = BodyBuilder::new("Harbour Bridge to Close");
    for (words, url) in links {
        builder.push(ParagraphKind::Prose, &format!("See {words} for more."));
        builder.link(Span::new(4, 4 + words.len()), url);
    }
    let mut article = Article::new(builder.build()).at("https://coast.example/bridge");
    article.dates.published = NaiveDate::from_ymd_opt(2026, 3, 20).map(Published::on);
    article.comments = Some("https://coast.example/talk".to_owned());
    article.enclosures = vec![Enclosure::at("https://coast.example/tide.mp3", "").unwrap()];
    (article, Findings::default())
}

const LINKS: [(&str, &str); 4] = [
    ("the plan", "https://coast.example/plan/of-the-harbour-board-for-the-closing-of-the-bridge"),
    ("the desk", "mailto:desk@coast.example"),
    ("the plan again", "https://coast.example/plan/of-the-harbour-board-for-the-closing-of-the-bridge"),
    ("https://bank.example", "https://me:secret@evil.example/login"),
];

fn sitting(width: u16, height: u16) -> Sitting {
    let mut sitting = Sitting::new(width, height, vec![linked(&LINKS), article(1, "Tide", &["Nothing."])]);
    sitting.press("<enter>L");
    sitting
}

#[test]
fn list_shows_each_address_once_before_it_is_opened() {
    for (width, height) in [(60, 20), (80, 24), (120, 36), (40, 10)] {
        check_sitting(&format!("links-{width}"), &sitting(width, height));
    }
    let sitting = sitting(80, 24);
    assert_eq!(sitting.app.layer(), Layer::Links);
    let listed = sitting.app.listed_links();
    let shown: Vec<_> = listed.iter().map(|link| (link.number, link.words.as_str(), link.address.as_str())).collect();
    assert_eq!(
        shown,
        [
            (1, "the plan", LINKS[0].1),
            (2, "the desk", "mailto:desk@coast.example"),
            (3, "https://bank.example", "https://me@evil.example/login"),
            (4, "comments", "https://coast.example/talk"),
            (5, "[audio: tide.mp3]", "https://coast.example/tide.mp3"),
        ]
    );
}

#[test]
fn addresses_that_deceive_are_shown_harmless() {
    let tricks = [
        ("one", "https://coast.example/\u{202e}gpj.exe"),
        ("two", "https://coast.example/\u{1b}]8;;https://evil.example\u{7}"),
        ("three", "javascript:alert(1)"),
        ("four", "https://coast.example/\u{200b}x"),
    ];
    let mut sitting = Sitting::new(80, 24, vec![linked(&tricks)]);
    sitting.press("<enter>L");
    for link in sitting.app.listed_links() {
        assert!(!link.address.chars().any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}')), "{link:?}");
        assert_ne!(link.words, "three");
    }
}

#[test]
fn a_number_or_the_selection_says_which() {
    let mut sitting = sitting(80, 24);
    sitting.press("3o");
    assert_eq!(sitting.opened, ["https://me:secret@evil.example/login"]);
    sitting.press("jy");
    assert_eq!(sitting.copied, ["mailto:desk@coast.example"]);
    sitting.press("9o");
    assert_eq!(sitting.notice().unwrap(), "There is no link 9");
    sitting.press("/tide<enter>");
    assert_eq!(sitting.app.listed_links().len(), 1);
    // What is no page is opened in the browser.
    sitting.press("<enter>");
    assert_eq!(sitting.opened.last().unwrap(), "https://coast.example/tide.mp3");
    assert_eq!(sitting.app.layer(), Layer::Article);
    sitting.press("LL");
    assert_eq!(sitting.app.layer(), Layer::Article, "the same key takes it away");
    sitting.press("Lq");
    assert_eq!(sitting.app.layer(), Layer::Article);
}

fn page_job(sitting: &Sitting) -> Option<PageJob> {
    sitting
        .asked
        .iter()
        .rev()
        .find_map(|effect| if let Effect::ReadPage(job) = effect { Some(job.clone()) } else { None })
}

#[test]
fn page_of_a_link_is_an_article_of_its_own_and_the_way_leads_back() {
    let mut sitting = sitting(80, 24);
    sitting.press("<enter>");
    assert_eq!(sitting.app.layer(), Layer::Article);
    let job = page_job(&sitting).unwrap();
    assert_eq!(job.url, LINKS[0].1);
    let (plan, findings) = article(10, "The Plan", &["The bridge closes in May, the board wrote."]);
    let id = plan.id;
    sitting.arrive(vec![(plan, findings)]);
    sitting.event(Event::PageRead { job: job.clone(), id });
    assert_eq!(sitting.app.reader().unwrap().article.headline(), "The Plan");
    assert!(sitting.app.user().is_read(id));
    sitting.press("<c-o>");
    assert_eq!(sitting.app.reader().unwrap().article.headline(), "Harbour Bridge to Close");
    // Whoever has gone elsewhere is not taken away.
    sitting.press("J");
    let here = sitting.app.reader().unwrap().id();
    assert_ne!(here, job.from);
    sitting.event(Event::PageRead { job: job.clone(), id });
    assert_eq!(sitting.app.reader().unwrap().id(), here);
    sitting.event(Event::NoPage { job, why: "https://coast.example/plan returned 404".to_owned() });
    assert!(sitting.notice().unwrap().contains("404"));
}

#[test]
fn what_has_no_links_says_so() {
    let mut sitting = Sitting::new(80, 24, vec![article(14, "Tide", &["Words."])]);
    sitting.press("<enter>L");
    assert_eq!(sitting.notice().unwrap(), "This article leads nowhere: it has no links");
    sitting.command(Command::Back);
    // From the list it is about the selected article.
    let mut sitting = Sitting::new(80, 24, vec![linked(&LINKS)]);
    sitting.press("L");
    assert_eq!(sitting.app.layer(), Layer::Links);
}
