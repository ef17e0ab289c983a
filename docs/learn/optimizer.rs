//! Logistic choice: which weights make the right candidates likeliest.

/// One choice: the candidates, and which of them are right.
pub struct Example {
    pub candidates: Vec<Candidate>,
    pub right: Vec<bool>,
}

/// What a candidate scores before anything is learned, and the numbers of the weights that add to it.
pub struct Candidate {
    pub start: f32,
    pub features: Vec<u32>,
}

impl Candidate {
    pub fn new(features: Vec<u32>) -> Self {
        Self { start: 0.0, features }
    }

    fn score(&self, weights: &[f32]) -> f32 {
        self.start + score(&self.features, weights)
    }
}

impl Example {
    /// How likely each candidate is.
    pub fn probabilities(&self, weights: &[f32]) -> Vec<f32> {
        let scores: Vec<f32> = self.candidates.iter().map(|c| c.score(weights)).collect();
        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let exps: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
        let total: f32 = exps.iter().sum();
        exps.iter().map(|e| e / total).collect()
    }
}

/// What these features score; nothing before weights are learned.
pub fn score(features: &[u32], weights: &[f32]) -> f32 {
    features.iter().filter_map(|&feature| weights.get(feature as usize)).sum()
}

/// The candidate with the highest score, the first of equals.
pub fn best(scores: &[f32]) -> usize {
    (0..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best })
}

/// Learns `count` weights: those under which the right ones are likeliest, less `pull` times what they cost
/// by their squares, found by steps along the whole gradient (Adam).
pub fn learn(examples: &[&Example], count: usize, pull: f32) -> Vec<f32> {
    const STEPS: i32 = 220;
    const STEP: f32 = 0.06;
    let mut weights = vec![0.0_f32; count];
    let (mut mean, mut spread) = (vec![0.0_f32; count], vec![0.0_f32; count]);
    for step in 1..=STEPS {
        let mut gradient: Vec<f32> = weights.iter().map(|w| -pull * w).collect();
        for example in examples {
            add_gradient(example, &weights, &mut gradient);
        }
        let rate = STEP * (1.0 - 0.9 * step as f32 / STEPS as f32);
        let (correct_mean, correct_spread) = (1.0 - 0.9_f32.powi(step), 1.0 - 0.99_f32.powi(step));
        for i in 0..count {
            let g = gradient[i];
            if g == 0.0 && mean[i] == 0.0 {
                continue;
            }
            mean[i] = 0.9 * mean[i] + 0.1 * g;
            spread[i] = 0.99 * spread[i] + 0.01 * g * g;
            weights[i] += rate * (mean[i] / correct_mean) / ((spread[i] / correct_spread).sqrt() + 1e-6);
        }
    }
    weights
}

fn add_gradient(example: &Example, weights: &[f32], gradient: &mut [f32]) {
    let likely = example.probabilities(weights);
    let good: f32 = likely.iter().zip(&example.right).filter(|(_, r)| **r).map(|(p, _)| p).sum();
    for ((candidate, p), &right) in example.candidates.iter().zip(&likely).zip(&example.right) {
        let change = if right { p / good.max(1e-9) } else { 0.0 } - p;
        if change.abs() > 1e-5 {
            for &i in &candidate.features {
                gradient[i as usize] += change;
            }
        }
    }
}
