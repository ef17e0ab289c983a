//! How well articles fit a query: the measure of Okapi BM25, over the newest hits.

use crate::library::Entry;
use crate::query::{Hit, Needle, Query};

/// Of how many hits, the newest, the best are found: each costs about 0.1 ms.
pub(in crate::library) const CANDIDATES: usize = 2_000;

/// How much more of the same word says less (k1), and how much long articles pay for their length (b): the values that
/// Robertson and Zaragoza (2009, *Foundations and Trends in Information Retrieval* 3) give for text of any kind.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.75;

/// How many times a word in the headline counts.
const HEADLINE: f64 = 5.0;

/// A hit and what its rank rests on.
pub(in crate::library) struct RankedHit {
    hit: Hit,
    /// How often it has each needle, the headline weighed.
    counts: Vec<f64>,
    /// In bytes of folded text.
    length: f64,
}

impl RankedHit {
    pub fn of(hit: Hit, entry: &Entry, needles: &[Needle]) -> Self {
        let folded = entry.folded();
        let headline = folded.lines().next().unwrap_or_default();
        let weighed = |needle: &Needle| {
            let (all, above) = (needle.hits(folded).count() as f64, needle.hits(headline).count() as f64);
            all + above * (HEADLINE - 1.0)
        };
        Self { hit, counts: needles.iter().map(weighed).collect(), length: folded.len() as f64 }
    }
}

/// The hits, the best first; where two fit alike, the newer.
pub(in crate::library) fn ranked(candidates: Vec<RankedHit>, query: &Query) -> Vec<Hit> {
    let all = candidates.len().max(1) as f64;
    let usual = candidates.iter().map(|candidate| candidate.length).sum::<f64>() / all;
    let rarity = |needle: usize| {
        let with = candidates.iter().filter(|candidate| candidate.counts[needle] > 0.0).count() as f64;
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    };
    let rarities: Vec<_> = (0..query.needles().len()).map(rarity).collect();
    let score = |candidate: &RankedHit| -> f64 {
        let damped = SATURATION * (1.0 - LENGTH + LENGTH * candidate.length / usual.max(1.0));
        let of = |(count, rarity): (&f64, &f64)| rarity * count * (SATURATION + 1.0) / (count + damped);
        candidate.counts.iter().zip(&rarities).map(of).sum()
    };
    let mut scored: Vec<_> = candidates.iter().map(score).zip(0..).collect();
    scored.sort_by(|(a, at), (b, other)| b.total_cmp(a).then(at.cmp(other)));
    let mut hits: Vec<_> = candidates.into_iter().map(|candidate| Some(candidate.hit)).collect();
    scored.into_iter().filter_map(|(_, at): (f64, usize)| hits[at].take()).collect()
}
