//! Named values and the weights of their combinations.
//!
//! A feature is a template with a few values, written `template value|value`; its weight is found by a hash of both, so that
//! words can be values.

use crate::quotes::templates;

/// A value of a feature.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value<'a> {
    pub name: &'a str,
    hash: u64,
}

const START: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl<'a> Value<'a> {
    pub const fn new(name: &'a str) -> Self {
        let bytes = name.as_bytes();
        let mut hash = START;
        let mut at = 0;
        while at < bytes.len() {
            hash = mix(hash, bytes[at]);
            at += 1;
        }
        Self { name, hash }
    }
}

const fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(PRIME)
}

const fn join(hash: u64, other: u64) -> u64 {
    (hash.rotate_left(23) ^ other).wrapping_mul(GOLDEN)
}

/// What becomes of the features of one part of a candidate.
pub(crate) trait Features {
    /// What they come to.
    type Sum: Copy;

    fn add(&mut self, template: Value<'static>, values: &[Value<'_>]);

    /// What was added since the last time.
    fn take(&mut self) -> Self::Sum;

    /// Whether no content of a trigger with this sum can be chosen.
    fn is_hopeless(&self, cue: Self::Sum) -> bool;

    /// Leaves out the places that can hardly be chosen, and the worst of more than `most`.
    fn keep_likely(&self, places: &mut Vec<(usize, [Self::Sum; 2])>, most: usize);
}

macro_rules! add {
    ($out:expr, $template:literal, $($value:expr),+) => {
        $out.add(const { $crate::quotes::reported::values::Value::new($template) }, &[$($value),+])
    };
}

pub(super) use add;

/// Weights by feature: open addressing, at most half of the slots taken.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    slots: Vec<(u32, f32)>,
}

/// No feature has this check; it marks a free slot.
const FREE: u32 = 0;

/// The hash of a feature as a file of weights names it: `template value|value`.
fn hash_of(name: &str) -> Option<u64> {
    let (template, values) = name.split_once(' ')?;
    let mut joined = Value::new(template).hash;
    let mut hash = START;
    for &byte in values.as_bytes() {
        if byte == b'|' {
            joined = join(joined, hash);
            hash = START;
        } else {
            hash = mix(hash, byte);
        }
    }
    Some(join(joined, hash))
}

impl Weights {
    /// Reads lines of a weight and a feature.
    pub fn read(text: &str) -> Self {
        let count = memchr::memchr_iter(b'\n', text.as_bytes()).count();
        let mut weights = Self { slots: vec![(FREE, 0.0); (2 * count).next_power_of_two().max(2)] };
        for (weight, name) in templates::lines(text) {
            if let Some(hash) = hash_of(name) {
                weights.insert(hash, weight);
            }
        }
        weights
    }

    fn insert(&mut self, hash: u64, weight: f32) {
        let (mut at, check, last) = self.place(hash);
        while self.slots[at].0 != FREE {
            at = (at + 1) & last;
        }
        self.slots[at] = (check, weight);
    }

    fn place(&self, hash: u64) -> (usize, u32, usize) {
        let last = self.slots.len() - 1;
        ((hash >> 32) as usize & last, (hash as u32).max(1), last)
    }

    fn get(&self, hash: u64) -> f32 {
        let (mut at, check, last) = self.place(hash);
        loop {
            let (other, weight) = self.slots[at];
            if other == check {
                return weight;
            }
            if other == FREE {
                return 0.0;
            }
            at = (at + 1) & last;
        }
    }
}

/// A trigger that comes to less has no content that is chosen.
const HOPELESS: f32 = -2.5;

/// How much less than the best a place may come to.
const MARGIN: f32 = 3.5;

/// Adds up the weights of features.
pub(crate) struct Score<'w> {
    weights: &'w Weights,
    sum: f32,
}

impl<'w> Score<'w> {
    pub fn new(weights: &'w Weights) -> Self {
        Self { weights, sum: 0.0 }
    }
}

impl Features for Score<'_> {
    type Sum = f32;

    fn add(&mut self, template: Value<'static>, values: &[Value<'_>]) {
        let hash = values.iter().fold(template.hash, |hash, value| join(hash, value.hash));
        self.sum += self.weights.get(hash);
    }

    fn take(&mut self) -> f32 {
        std::mem::take(&mut self.sum)
    }

    fn is_hopeless(&self, cue: f32) -> bool {
        cue < HOPELESS
    }

    fn keep_likely(&self, places: &mut Vec<(usize, [f32; 2])>, most: usize) {
        let sum = |place: &(usize, [f32; 2])| place.1[0] + place.1[1];
        let best = places.iter().map(sum).fold(f32::NEG_INFINITY, f32::max);
        places.retain(|place| sum(place) > best - MARGIN);
        if places.len() > most {
            places.sort_by(|one, other| sum(other).total_cmp(&sum(one)));
            places.truncate(most);
        }
    }
}
