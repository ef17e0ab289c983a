//! Following links: keys in, addresses out.

use pullquote::article::{Article, BodyBuilder, ParagraphKind};
use pullquote::quotes;
use pullquote::text::Span;

use crate::sitting::Sitting;

/// A sitting at an article with links: one good, one of no good scheme, one to write to.
pub fn sitting(width: u16, height: u16) -> Sitting {
    let mut builder = BodyBuilder::new("Harbour Bridge to Close");
    builder
        .push(ParagraphKind::Prose, "See the report of the engineers, or their secrets.")
        .link(Span::new(8, 14), "https://coast.example/report.pdf")
        .link(Span::new(42, 49), "file:///etc/passwd")
        .push(ParagraphKind::Prose, "Write to the desk.")
        .link(Span::new(13, 17), "mailto:desk@coast.example");
    let article = Article::new(builder.build()).at("https://coast.example/bridge?a=1&b=2");
    let findings = quotes::find(&article.body);
    Sitting::new(width, height, vec![(article, findings)])
}

#[track_caller]
fn check(keys: &str, opened: &[&str]) {
    let mut sitting = sitting(80, 24);
    sitting.press(keys);
    assert_eq!(sitting.opened, opened, "after {keys}");
}

#[test]
fn links_are_followed_by_their_letters() {
    check("<enter>fa", &["https://coast.example/report.pdf"]);
    check("<enter>fs", &["mailto:desk@coast.example"]);
    check("<enter>fd", &[]);
    check("<enter>f<esc>a", &[]);
    check("<enter>fsfa", &["mailto:desk@coast.example", "https://coast.example/report.pdf"]);
}

#[test]
fn article_is_opened_in_the_browser() {
    check("<enter>o", &["https://coast.example/bridge?a=1&b=2"]);
}

#[test]
fn article_without_links_opens_no_prompt() {
    let mut sitting = Sitting::new(80, 24, crate::sitting::three());
    sitting.press("<enter>f");
    assert!(sitting.app.prompt().is_none() && sitting.notice().as_deref().is_some());
    sitting.press("o");
    assert!(sitting.opened.is_empty() && sitting.notice().as_deref().is_some());
}
