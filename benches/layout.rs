//! How fast an article is laid out.

#![allow(missing_docs, reason = "divan writes functions that are not documented")]

use divan::Bencher;
use divan::counter::BytesCount;
use pullquote::article::{Body, BodyBuilder, ParagraphKind};
use pullquote::layout::{TextLayout, WIDEST_COLUMN};
use pullquote::samples;

/// An ordinary article, a very long one, a book.
const SIZES: [usize; 3] = [3_500, 100_000, 1_000_000];

fn main() {
    divan::main();
}

/// The paragraphs of the samples, again and again, until there are so many bytes.
fn body(bytes: usize) -> Body {
    let mut words = Vec::new();
    for index in 0..samples::COUNT {
        samples::read(index, &mut |article| {
            words.extend(article.body.text().lines().map(str::to_owned));
        });
    }
    let mut builder = BodyBuilder::new("A long read");
    let mut left = bytes;
    for paragraph in words.iter().cycle() {
        builder.push(ParagraphKind::Prose, paragraph);
        left = left.saturating_sub(paragraph.len() + 1);
        if left == 0 {
            break;
        }
    }
    builder.build()
}

/// At the widest column.
#[divan::bench(args = SIZES)]
fn lay_out(bencher: Bencher, bytes: usize) {
    let body = body(bytes);
    bencher.counter(BytesCount::of_str(body.text())).bench(|| TextLayout::lay_out(&body, WIDEST_COLUMN));
}

/// A window that is dragged from 72 columns to 40 and back, a column at a time.
#[divan::bench(args = SIZES[..2].to_vec())]
fn resize(bencher: Bencher, bytes: usize) {
    let body = body(bytes);
    let widths = || (40..WIDEST_COLUMN).chain((40..=WIDEST_COLUMN).rev());
    bencher
        .counter(BytesCount::new(body.text().len() * widths().count()))
        .bench(|| widths().map(|width| TextLayout::lay_out(&body, width).rows().len()).sum::<usize>());
}

/// Finds the row of each of a thousand places, as scrolling, jumping and drawing do.
#[divan::bench(args = SIZES)]
fn rows_of_places(bencher: Bencher, bytes: usize) {
    let body = body(bytes);
    let layout = TextLayout::lay_out(&body, WIDEST_COLUMN);
    let step = body.text().len() / 1_000;
    bencher.bench(|| (0..1_000).map(|place| layout.row_at(place * step)).sum::<usize>());
}
