//! How fast a search over a thousand articles answers what is typed.

#![allow(missing_docs, reason = "divan writes functions that are not documented")]

use divan::Bencher;
use divan::counter::ItemsCount;
use pullquote::article::{Article, BodyBuilder, ParagraphKind};
use pullquote::library::Library;
use pullquote::query::Query;
use pullquote::quotes;
use pullquote::samples;

/// How many articles are searched.
const ARTICLES: usize = 1_000;

fn main() {
    divan::main();
}

/// A thousand articles: the samples again and again, no two alike.
fn library() -> Library {
    let mut known = Vec::new();
    for index in 0..samples::COUNT {
        samples::read(index, &mut |article| known.push(article));
    }
    let library = Library::default();
    for (number, sample) in known.iter().cycle().take(ARTICLES).enumerate() {
        let mut builder = BodyBuilder::new(&format!("{} ({number})", sample.headline()));
        sample.body.text().lines().skip(1).for_each(|line| _ = builder.push(ParagraphKind::Prose, line));
        let article = Article { publisher: sample.publisher.clone(), ..Article::new(builder.build()) };
        let findings = quotes::find(&article.body);
        library.add(article, findings);
    }
    library
}

/// What is typed: a letter, a word begun, words, a phrase, a speaker, what nobody wrote.
#[divan::bench(args = ["b", "brid", "bridge harbour", "\"the harbour bridge\"", "speaker:lindqvist", "zeppelin"])]
fn typed(bencher: Bencher, typed: &str) {
    let library = library();
    bencher
        .counter(ItemsCount::new(ARTICLES))
        .bench(|| library.search(&Query::parse(typed), &|| true).map(|hits| hits.len()));
}

/// What is typed is understood.
#[divan::bench]
fn understood() -> Query {
    Query::parse(divan::black_box("bridge “night trams” speaker:\"tomas lindqvist\" -ferry source:wire"))
}
