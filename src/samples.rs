//! Samples: the articles that are compiled into the program, so that there is something to read with no set-up.
//!
//! The articles of `sample-articles/`, which know that they are bundled.
//! It never knows what is found in them, nor who asks.

use crate::article::{Article, Origin};
use crate::formats::{self, Hint};

/// The file name and the bytes of a sample.
macro_rules! sample {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../sample-articles/", $name)))
    };
}

/// All samples, by name and so by date.
const SAMPLES: &[(&str, &[u8])] = &[
    sample!("2025-10-15-minister-lights-the-bridge.txt"),
    sample!("2025-12-09-ferry-line-for-sale.txt"),
    sample!("2026-01-20-painters-brush-goes-in.txt"),
    sample!("2026-03-09-town-clock-is-right.txt"),
    sample!("2026-03-10-nine-days-on-paper.txt"),
    sample!("2026-03-11-biscuit-maker-concedes-hole.txt"),
    sample!("2026-03-12-glacier-returns-mail.txt"),
    sample!("2026-03-12-mayors-wife-files-to-run.txt"),
    sample!("2026-03-14-harbour-bridge-to-close.txt"),
    sample!("2026-03-14-obituarist-puts-down-her-pen.txt"),
    sample!("2026-03-14-village-votes-to-keep-pothole.txt"),
    sample!("2026-03-15-goalkeeper-mends-pipe-and-scores.txt"),
    sample!("2026-03-15-ovation-for-broken-leg-film.txt"),
    sample!("2026-03-16-hum-is-a-love-song.txt"),
    sample!("2026-03-17-carrow-pit-inquiry.txt"),
    sample!("2026-03-17-minister-survives-bridge-vote.txt"),
    sample!("2026-03-18-ferry-line-turns-down-millions.txt"),
];

/// How many samples there are.
pub const COUNT: usize = SAMPLES.len();

/// Reads the sample at `index`, which counts from 0 and in the order of the dates, and hands it to `on_article`; nothing
/// where there is none.
pub fn read(index: usize, on_article: &mut dyn FnMut(Article)) {
    let Some((name, mut bytes)) = SAMPLES.get(index).copied() else { return };
    let hint = Hint { name: Some(name), ..Hint::default() };
    formats::read(&mut bytes, &hint, &mut |read| {
        // A test holds that every sample can be read.
        if let Ok(article) = read {
            on_article(Article { origin: Origin::Bundled(name), ..article });
        }
    });
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn all_of_the_folder_is_bundled() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-articles");
        let mut files: Vec<_> =
            fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        assert_eq!(SAMPLES.iter().map(|(name, _)| *name).collect::<Vec<_>>(), files);
    }

    #[test]
    fn every_sample_is_a_dated_article() {
        let mut articles = Vec::new();
        (0..COUNT).for_each(|index| read(index, &mut |article| articles.push(article)));
        assert_eq!(articles.len(), COUNT);
        for article in articles {
            assert!(article.dates.published.is_some(), "{}", article.origin);
            assert!(article.byline.is_some() || article.publisher.is_some(), "{}", article.origin);
            assert!((2..=5).contains(&article.reading_minutes()), "{}", article.origin);
        }
        read(COUNT, &mut |_| panic!("there is none"));
    }
}
