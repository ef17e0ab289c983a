//! Character references through every door: no letter of any name that HTML has is lost.

use std::fmt::Write;

use html5ever::data::NAMED_ENTITIES;
use pullquote::article::Article;
use pullquote::formats::{self, Hint};
use pullquote::text::clean_line;

/// The names of the standard with their semicolons, each with what it stands for, in the order of the names.
fn names() -> Vec<(&'static str, String)> {
    let characters = |(first, second): (u32, u32)| {
        [first, second].into_iter().filter_map(char::from_u32).filter(|c| *c != '\0').collect::<String>()
    };
    let whole = NAMED_ENTITIES.entries().filter(|(name, points)| points.0 != 0 && name.ends_with(';'));
    let mut names: Vec<_> = whole.map(|(name, &points)| (*name, characters(points))).collect();
    names.sort_unstable();
    assert_eq!(names.len(), 2_125);
    names
}

/// The same without what is markup once it is resolved.
fn letters() -> Vec<(&'static str, String)> {
    let mut names = names();
    names.retain(|(_, characters)| !characters.contains(['<', '>', '&']));
    names
}

fn read(text: &str, name: &str) -> Vec<Article> {
    let mut all = Vec::new();
    formats::read(&mut text.as_bytes(), &Hint { name: Some(name), ..Hint::default() }, &mut |read| {
        all.push(read.unwrap_or_else(|refusal| panic!("{refusal} in {}", &text[..text.len().min(300)])));
    });
    all
}

/// Holds that each article has a headline, an author and a text with the characters of one name.
fn check(articles: &[Article], names: &[(&str, String)]) {
    assert_eq!(articles.len(), names.len());
    for (article, (name, characters)) in articles.iter().zip(names) {
        let expected = |words: &str| clean_line(&words.replace('*', characters));
        assert_eq!(article.headline(), expected("Milo* speaks"), "{name}");
        // Commas and the like have a meaning in a list of names.
        if characters.chars().all(char::is_alphabetic) {
            assert_eq!(article.byline.as_deref(), Some(&*expected("Ann H*olt")), "{name}");
        }
        let text = clean_line(&article.body.text()[article.headline().len()..]);
        assert_eq!(text, expected("The bridge* is closed."), "{name}");
    }
}

/// One record for each name, the names put where `*` stands.
fn records(record: &str, names: &[(&str, String)]) -> String {
    names.iter().map(|(name, _)| record.replace('*', &format!("&{name}"))).collect()
}

#[test]
fn records_keep_their_letters() {
    let letters = letters();
    let json =
        r#"{"title": "Milo* speaks", "author": "Ann H*olt", "text": "The bridge* is closed."}"#.to_owned() + "\n";
    check(&read(&records(&json, &letters), "a.jsonl"), &letters);
    let row = "\"Milo* speaks\",\"Ann H*olt\",\"The bridge* is closed.\"\n";
    check(&read(&("title,author,text\n".to_owned() + &records(row, &letters)), "a.csv"), &letters);
    let markup = r#"{"title": "Milo* speaks", "author": "Ann H*olt", "text": "<p>The bridge* is closed.</p>"}"#
        .to_owned()
        + "\n";
    check(&read(&records(&markup, &letters), "a.jsonl"), &letters);
}

#[test]
fn feeds_keep_their_letters() {
    let letters = letters();
    let feed = |item: &str| {
        format!("<rss version='2.0'><channel><title>Wire</title>{}</channel></rss>", records(item, &letters))
    };
    for item in [
        "<item><title>Milo* speaks</title><author>Ann H*olt</author><description>The bridge* is closed.</description></item>",
        "<item><title><![CDATA[Milo* speaks]]></title><author><![CDATA[Ann H*olt]]></author>\
         <description><![CDATA[<p>The bridge* is closed.</p>]]></description></item>",
    ] {
        check(&read(&feed(item), "a.xml"), &letters);
    }
    let escaped = feed(
        "<item><title>Milo* speaks</title><author>Ann H*olt</author>\
         <description>&lt;p&gt;The bridge* is closed.&lt;/p&gt;</description></item>",
    );
    check(
        &read(&escaped.replace('&', "&amp;").replace("&amp;lt;", "&lt;").replace("&amp;gt;", "&gt;"), "a.xml"),
        &letters,
    );
}

#[test]
fn pages_and_mail_keep_their_letters() {
    let filler = "The board met on Monday and decided nothing that anybody would want to hear of again. ".repeat(8);
    let (mut paragraphs, mut expected) = (String::new(), String::new());
    for (name, characters) in names() {
        let _ = writeln!(paragraphs, "<p>The bridge&{name} is closed.</p>");
        let _ = write!(expected, "The bridge{characters} is closed. ");
    }
    let expected = clean_line(&expected);
    let page = format!(
        "<!doctype html><title>Milo&scaron; &Ccaron;apek</title><meta name=author content='Ji&rcaron;&iacute; Nov&aacute;k'>\
         <article><p>{filler}</p>{paragraphs}</article>"
    );
    let mail = format!(
        "From: a@coast.example\nSubject: News\nDate: Sat, 14 Mar 2026 09:30:00 +0000\nMIME-Version: 1.0\n\
         Content-Type: text/html; charset=utf-8\n\n<p>{filler}</p>{paragraphs}"
    );
    for (text, name) in [(&page, "a.html"), (&mail, "a.eml")] {
        let [article] = &read(text, name)[..] else { panic!("{name}") };
        let text = clean_line(article.body.text());
        assert!(text.ends_with(&expected), "{name}: {text}");
    }
    let [article] = &read(&page, "a.html")[..] else { panic!() };
    assert_eq!((article.headline(), article.byline.as_deref()), ("Miloš Čapek", Some("Jiří Novák")));
}

#[test]
fn addresses_keep_their_parameters() {
    let address = "https://coast.example/news?a=1&copy=3&reg=2";
    let feed = format!(
        "<rss version='2.0'><channel><title>Wire</title><item><title>A</title><link>{address}</link>\
         <description><![CDATA[<p>See <a href=\"{address}\">the plan</a>, or &copy 2026.</p>]]></description></item></channel></rss>"
    );
    let [article] = &read(&feed, "a.xml")[..] else { panic!() };
    assert_eq!(article.url.as_deref(), Some(address));
    assert_eq!(article.body.links()[0].url, address);
    assert!(article.body.text().ends_with("See the plan, or © 2026."), "{}", article.body.text());
    let json =
        format!(r#"{{"title": "A plan &copy 2026", "url": "{address}", "text": "See {address} for &eacute;tudes."}}"#);
    let [article] = &read(&json, "a.json")[..] else { panic!() };
    assert_eq!(article.url.as_deref(), Some(address));
    assert_eq!(article.body.text(), format!("A plan &copy 2026\nSee {address} for études."));
    let markdown = format!("# Plan\n\nSee [the plan]({address}) and &scaron;.\n");
    let [article] = &read(&markdown, "a.md")[..] else { panic!() };
    assert_eq!(article.body.links()[0].url, address);
    assert_eq!(article.body.text(), "Plan\nSee the plan and š.");
}
