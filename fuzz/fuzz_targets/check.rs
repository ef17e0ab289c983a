//! What must hold of every article, whatever it was read from.

#![allow(dead_code, reason = "each target uses some of it")]

use pullquote::article::Article;
use pullquote::formats::{self, Hint};
use pullquote::text::clean;

/// Reads `bytes` as an answer of the web with this name and checks all that comes of it.
pub fn read(bytes: &[u8], name: &str) {
    read_as(bytes, &Hint { name: Some(name), base_url: Some("https://coast.example/feed"), ..Hint::default() });
}

/// Reads `bytes` as a file of this name and checks all that comes of it.
pub fn read_file(bytes: &[u8], name: &str) {
    read_as(bytes, &Hint { name: Some(name), ..Hint::default() });
}

fn read_as(bytes: &[u8], hint: &Hint<'_>) {
    let mut given = 0;
    formats::read(&mut &*bytes, hint, &mut |read| {
        given += 1;
        match read {
            Ok(article) => holds(&article, bytes.len()),
            Err(why) => assert!(!why.to_string().is_empty()),
        }
    });
    assert!(given > 0, "nothing was given");
}

/// Checks an article that was made of so many bytes.
pub fn holds(article: &Article, length: usize) {
    let body = &article.body;
    assert_eq!(clean(body.text()), body.text(), "the text is not clean");
    // Entities and tabs may grow, and a headline may be made of the words.
    assert!(body.text().len() <= length * 8 + 1_000, "the text has grown");
    let mut end = 0;
    for (i, paragraph) in body.paragraphs().iter().enumerate() {
        assert!(!body.words(paragraph.span).is_empty());
        assert_eq!(paragraph.span.start, end + usize::from(i > 0));
        assert!(paragraph.dateline.is_empty() || paragraph.span.covers(paragraph.dateline));
        end = paragraph.span.end;
    }
    assert_eq!(end, body.text().len());
    for link in body.links() {
        assert!(!body.words(link.span).is_empty() && !body.words(link.span).contains('\n'));
        assert!(["http://", "https://", "mailto:"].iter().any(|scheme| link.url.starts_with(scheme)));
        assert_eq!(clean(&link.url), link.url);
    }
    let names = [&article.publisher, &article.byline, &article.url].into_iter().flatten().chain(&article.tags);
    names.for_each(|name| assert!(clean(name) == *name && !name.contains('\n'), "{name:?} is not clean"));
}
