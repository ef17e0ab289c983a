//! The paragraphs of the samples, of which the benchmarks make articles.

use std::path::PathBuf;
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use pullquote::article::{Article, BodyBuilder, Origin, ParagraphKind, Published};
use pullquote::samples;

/// All of them but the headlines.
static PARAGRAPHS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut paragraphs = Vec::new();
    for index in 0..samples::COUNT {
        samples::read(index, &mut |article| {
            let body = &article.body;
            paragraphs.extend(body.paragraphs()[1..].iter().map(|p| body.words(p.span).to_owned()));
        });
    }
    paragraphs
});

/// An article that begins so, goes on with so many paragraphs of the samples, and ends with a word of its own.
pub fn bulletin(number: usize, opening: Option<&str>, paragraphs: usize) -> Article {
    let mut builder = BodyBuilder::new(&format!("Bulletin {number} of the harbour"));
    if let Some(opening) = opening {
        builder.push(ParagraphKind::Prose, opening);
    }
    for step in 0..paragraphs {
        builder.push(ParagraphKind::Prose, &PARAGRAPHS[(number * 7 + step * (number % 13 + 1)) % PARAGRAPHS.len()]);
    }
    builder.push(ParagraphKind::Prose, &format!("Filed under zq{number}."));
    let day = NaiveDate::from_ymd_opt(2015, 1, 1).unwrap() + Days::new((number * 31 % 4_000) as u64);
    let mut article = Article::new(builder.build());
    article.dates.published = Some(Published::on(day));
    article.origin = Origin::File(PathBuf::from(format!("/news/{number}.txt")));
    article
}
