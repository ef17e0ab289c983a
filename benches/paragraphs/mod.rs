//! The paragraphs of the samples, of which the benchmarks make articles.

use std::sync::LazyLock;

use pullquote::samples;

/// All of them but the headlines.
pub static PARAGRAPHS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut paragraphs = Vec::new();
    for index in 0..samples::COUNT {
        samples::read(index, &mut |article| {
            let body = &article.body;
            paragraphs.extend(body.paragraphs()[1..].iter().map(|p| body.words(p.span).to_owned()));
        });
    }
    paragraphs
});
