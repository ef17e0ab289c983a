//! How much longer an article takes to be read for rules, and how long it takes to undo what they did.

#![allow(missing_docs, reason = "divan writes functions that are not documented")]

use divan::Bencher;
use divan::counter::ItemsCount;
use pullquote::article::{Article, Body, BodyBuilder, Origin, ParagraphKind};
use pullquote::library::Library;
use pullquote::quotes;
use pullquote::user::{Rule, RuleDeed, UserWrite};

/// Articles that arrive.
const ARTICLES: usize = 200;

fn main() {
    divan::main();
}

/// An article of some 600 words in which three people speak.
fn body(number: usize) -> Body {
    let mut builder = BodyBuilder::new(&format!("Harbour Bridge Closes for the {number}th Time"));
    for paragraph in 0..8 {
        let words = format!(
            "The harbour bridge stayed closed on day {paragraph} of the works, and the ferries ran late. “I counted {number} \
             boats that morning, and none of them was on time,” said Ines Okafor, the chief engineer. Harbour Minister \
             Tomas Lindqvist said that the repair would be paid for “without a penny on the tolls.” The council met, heard \
             nothing new, and went home early, as it had done in every week since the painter put his brush into the gap."
        );
        builder.push(ParagraphKind::Prose, &words);
    }
    builder.build()
}

/// So many rules, of each kind of condition; few of them hold.
fn rules(count: usize) -> Vec<Rule> {
    let rule = |number: usize| -> Option<Rule> {
        let when = match number % 5 {
            0 => format!("title:ferry{number}"),
            1 => format!("publisher:paper{number} bridge"),
            2 => format!("speaker:okafor said:hanger{number}"),
            3 => format!("\"the council met\" -harbour title:week{number}"),
            _ => format!("(orchard{number} OR lighthouse{number}) is:unread"),
        };
        Rule::new(&when, vec![RuleDeed::Tag(format!("tag{number}"))]).ok()
    };
    (0..count).filter_map(rule).collect()
}

/// What a rule did with so many articles is undone: until that is told, and until all that follows from it is written.
#[divan::bench(args = [2_000], sample_count = 5)]
fn undo(bencher: Bencher<'_, '_>, articles: usize) {
    with_ruled(bencher, articles, |library| {
        let _ = divan::black_box(library.write_first(&[UserWrite::Undo]));
    });
}

/// As [`undo`], until all that follows from it is written.
#[divan::bench(args = [2_000], sample_count = 5)]
fn undo_with_what_follows(bencher: Bencher<'_, '_>, articles: usize) {
    with_ruled(bencher, articles, |library| {
        let _ = divan::black_box(library.write(&[UserWrite::Undo]));
    });
}

/// A library in a file in which a rule read, tagged and hid so many articles.
fn with_ruled(bencher: Bencher<'_, '_>, articles: usize, work: impl Fn(&Library)) {
    let ruled = || {
        let folder = tempfile::tempdir().ok()?;
        let library = Library::open(&folder.path().join("library.sqlite3")).ok()?;
        let does = vec![RuleDeed::Read, RuleDeed::Tag("works".to_owned()), RuleDeed::Hide];
        library.set_rules(Rule::new("title:bridge", does).into_iter().collect());
        for from in (0..articles).step_by(ARTICLES) {
            let entries = (from..from + ARTICLES).map(|number| {
                let article =
                    Article { origin: Origin::File(format!("/{number}").into()), ..Article::new(body(number)) };
                let findings = quotes::find(&article.body);
                library.add(article, findings)
            });
            let encoded: Vec<_> = entries.filter_map(|entry| library.encode_arrival(&entry, &[]).ok()).collect();
            library.commit(&encoded, &[]).ok()?;
        }
        Some((folder, library))
    };
    bencher.with_inputs(ruled).bench_local_values(|ruled| {
        if let Some((_, library)) = &ruled {
            work(library);
        }
        ruled
    });
}

/// Articles are encoded as they arrive, on one core: with these rules.
#[divan::bench(args = [0, 50])]
fn arrivals(bencher: Bencher<'_, '_>, count: usize) {
    let library = Library::default();
    library.set_rules(rules(count));
    let entries: Vec<_> = (0..ARTICLES)
        .map(|number| {
            let article = Article::new(body(number));
            let findings = quotes::find(&article.body);
            library.add(article, findings)
        })
        .collect();
    bencher.counter(ItemsCount::new(ARTICLES)).bench_local(|| {
        for entry in &entries {
            let _ = divan::black_box(library.encode_arrival(entry, &[]));
        }
    });
}
