//! The speakers of a library of 10,000 articles, or as many as `PULLQUOTE_ARTICLES` says: the list, narrowing it, what
//! one of them said.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on fails")]

use std::hint::black_box;
use std::ops::ControlFlow;
use std::sync::{Arc, LazyLock};

use divan::Bencher;
use pullquote::article::{Article, ArticleId};
use pullquote::catalog::{ArticleSpeaker, Identity, IdentityLinks, Narrowing, Person, SpeakerIndex};
use pullquote::library::{EncodedArticle, Library, Order};
use pullquote::quotes::{self, Spoken};
use tempfile::TempDir;

mod paragraphs;

fn main() {
    divan::main();
}

fn count() -> usize {
    std::env::var("PULLQUOTE_ARTICLES").ok().and_then(|count| count.parse().ok()).unwrap_or(10_000)
}

/// Each article has a paragraph in which somebody speaks who speaks in four others at the most, and paragraphs of the
/// samples.
fn article(number: usize) -> Article {
    let syllable = |at: usize| ["ka", "lo", "mi", "ren", "sta", "vor", "da", "bel", "tur", "os", "han", "gri"][at % 12];
    let rare = number / 5;
    let name = |at: usize| {
        let name = [syllable(at), syllable(at / 12), syllable(at / 144)].concat();
        name[..1].to_uppercase() + &name[1..]
    };
    let opening = format!("“We saw it,” said {} {}.", name(rare), name(rare / 1_728 + 7));
    paragraphs::bulletin(number, Some(&opening), 8)
}

fn encoded(library: &Library, numbers: std::ops::Range<usize>) -> Vec<EncodedArticle> {
    let one = |number| {
        let article = article(number);
        let findings = quotes::find(&article.body);
        EncodedArticle::of(&library.add(article, findings)).unwrap()
    };
    numbers.map(one).collect()
}

static FILLED: LazyLock<(TempDir, Library)> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    for start in (0..count()).step_by(1_000) {
        library.commit(&encoded(&library, start..(start + 1_000).min(count())), &[]).unwrap();
    }
    (folder, library)
});

fn people(library: &Library, enough: usize) -> Vec<Arc<Person>> {
    let mut all = Vec::new();
    let give = &mut |batch: Vec<Person>| {
        all.extend(batch.into_iter().map(Arc::new));
        if all.len() < enough { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    library.people(give).unwrap();
    all
}

/// The first screenful of those who speak.
#[divan::bench]
fn first_people() -> usize {
    people(&FILLED.1, 1).len()
}

/// Everyone.
#[divan::bench]
fn all_people() -> usize {
    people(&FILLED.1, usize::MAX).len()
}

/// The first screenful of what one said who is in nearly every article, and one who is in few.
#[divan::bench(args = ["the first", "the last"])]
fn first_of_a_timeline(bencher: Bencher, who: &str) {
    let library = &FILLED.1;
    let all = people(library, usize::MAX);
    let named = all.iter().filter(|person| person.is_named);
    let person = if who == "the first" {
        named.max_by_key(|p| p.spoken.quotations)
    } else {
        named.fold(None, |_, person| Some(person))
    }
    .unwrap();
    bencher.bench(|| {
        library.said_by(&person.identity, Order::NewestFirst, &mut |said| {
            black_box(said);
            ControlFlow::Break(())
        })
    });
}

/// Who is one person among 20,000 names in memory, half of which may be short forms; a hundred have one surname.
#[divan::bench]
fn clustering(bencher: Bencher) {
    let speaker = |name: String| ArticleSpeaker {
        identity: Identity::of(&name, None),
        name: name.into(),
        role: None,
        spoken: Spoken { quotations: 1, runs: 1, doubtful: 0, reported: 0 },
        by_surname: false,
        speakers: Vec::new(),
    };
    let mut index = SpeakerIndex::default();
    for number in 0..10_000_u64 {
        let surname = if number % 100 == 0 { "Holt".to_owned() } else { format!("Ro{number}") };
        for (at, name) in [format!("Ka{number} {surname}"), surname].into_iter().enumerate() {
            index.enter(ArticleId(2 * number + at as u64), None, &[speaker(name)]);
        }
    }
    bencher.bench_local(|| index.people(&IdentityLinks::default()).len());
}

/// A letter more, among 200,000.
#[divan::bench(args = ["m", "mi", "mik", "mikar", "xq"])]
fn narrowing(bencher: Bencher, typed: &str) {
    static MANY: LazyLock<Vec<Arc<Person>>> = LazyLock::new(|| {
        let some = people(&FILLED.1, usize::MAX);
        (0..200_000).map(|at| Arc::new(Person::clone(&some[at % some.len()]))).collect()
    });
    LazyLock::force(&MANY);
    bencher
        .with_inputs(|| {
            let mut narrowing = Narrowing::default();
            if let Some(before) = typed.get(..typed.len() - 1) {
                narrowing.narrow(&MANY, before);
            }
            narrowing
        })
        .bench_local_values(|mut narrowing| narrowing.narrow(&MANY, typed));
}

/// A thousand articles kept, made ready before.
#[divan::bench(sample_count = 5)]
fn keeping_a_thousand(bencher: Bencher) {
    let library = &FILLED.1;
    let mut next = count();
    bencher
        .with_inputs(|| {
            next += 1_000;
            encoded(library, next - 1_000..next)
        })
        .bench_local_values(|articles| library.commit(&articles, &[]).unwrap());
}
