//! Templates: which fields are joined into features, each with a learned weight, and the files of weights.
//!
//! A feature is one value for each field of a template; its name is those of the values, as a file of weights writes it.

use std::fmt::Write;

/// The fields of a template by name, each with the names of its values.
pub(crate) type Template = &'static [(&'static str, &'static [&'static str])];

/// Declares the joined fields whose weights are learned, from the `Field` and `Values` in scope, and the arithmetic for
/// each, written out so that no table of fields is walked for every candidate.
macro_rules! templates {
    ($([$($Field:ident),+])*) => {
        const TEMPLATES: &[$crate::quotes::templates::Template] =
            &[$(&[$((stringify!($Field), Field::$Field.labels())),+]),*];

        /// How many weights there are.
        pub const WEIGHTS: usize = 0 $(+ const { 1 $(* Field::$Field.labels().len())+ })*;

        /// Hands `take` the weight number of each template for these values, in order.
        fn each_index(values: &Values, mut take: impl FnMut(usize)) {
            let start = 0;
            $(
                let number = 0;
                $(let number =
                    number * const { Field::$Field.labels().len() } + usize::from(values.number(Field::$Field));)+
                take(start + number);
                let start = start + const { 1 $(* Field::$Field.labels().len())+ };
            )*
            debug_assert_eq!(start, WEIGHTS);
        }

        /// The weight number of each template for these values.
        pub(crate) fn indices(values: &Values) -> Vec<u32> {
            let mut all = Vec::with_capacity(TEMPLATES.len());
            each_index(values, |index| all.push(index as u32));
            all
        }

        /// How well candidates with these values do, by these weights.
        pub(crate) fn score(weights: &[f32], values: &Values) -> f32 {
            let mut score = 0.0;
            each_index(values, |index| score += weights[index]);
            score
        }

        /// Writes weights as a text, one weight a line, those near zero left out.
        pub(crate) fn write(weights: &[f32]) -> String {
            $crate::quotes::templates::write(TEMPLATES, weights)
        }
    };
}

pub(crate) use templates;

/// How many weights a template has.
fn size(template: Template) -> usize {
    template.iter().map(|(_, labels)| labels.len()).product()
}

/// The name of a weight, as files of weights write it.
fn name(templates: &[Template], mut index: usize) -> String {
    let mut template: Template = &[];
    for &each in templates {
        template = each;
        if index < size(each) {
            break;
        }
        index -= size(each);
    }
    let mut parts = Vec::new();
    for (field, labels) in template.iter().rev() {
        parts.push(format!("{field}={}", labels[index % labels.len()]));
        index /= labels.len();
    }
    parts.reverse();
    parts.join(" ")
}

/// Reads names of weights; in a file, names of one template follow one another, in the order of their labels.
struct Names<'t> {
    templates: &'t [Template],
    /// Where the weights of each template begin.
    starts: Vec<usize>,
    /// The template that the last name had.
    last: usize,
    /// All of the last name but its last label, and the number of the weight that has the first label in its place.
    stem: (&'t str, usize),
    /// The number of its last label.
    label: usize,
}

impl<'t> Names<'t> {
    fn new(templates: &'t [Template]) -> Self {
        let mut start = 0;
        let starts = templates.iter().map(|&template| {
            start += size(template);
            start - size(template)
        });
        Self { templates, starts: starts.collect(), last: 0, stem: ("", 0), label: 0 }
    }

    /// The number of the weight of this name.
    fn index_of(&mut self, name: &'t str) -> Option<usize> {
        self.index_after_stem(name).or_else(|| {
            let others = (0..self.templates.len()).filter(|other| *other != self.last);
            let mut tried = [self.last].into_iter().chain(others);
            let (found, index) = tried.find_map(|at| Some((at, index_in(self.templates.get(at)?, name)?)))?;
            let (_, labels) = self.templates[found].last()?;
            self.label = index % labels.len();
            let stem = name.strip_suffix(labels[self.label])?;
            self.last = found;
            self.stem = (stem, self.starts[found] + index - self.label);
            Some(self.starts[found] + index)
        })
    }

    /// The number of the weight of a name that begins as the last one does, and has a later label.
    fn index_after_stem(&mut self, name: &str) -> Option<usize> {
        let (stem, start) = self.stem;
        let (_, labels) = self.templates.get(self.last)?.last()?;
        let label = name.strip_prefix(stem).filter(|_| !stem.is_empty())?;
        let later = labels[self.label..].iter().position(|known| *known == label)?;
        self.label += later;
        Some(start + self.label)
    }
}

/// The number of the weight of this name among those of a template, if it is one of them.
fn index_in(template: Template, name: &str) -> Option<usize> {
    let mut rest = name.as_bytes();
    let mut index = 0;
    for (field, labels) in template {
        rest = rest.strip_prefix(field.as_bytes())?.strip_prefix(b"=")?;
        let length = rest.iter().position(|byte| *byte == b' ').unwrap_or(rest.len());
        let number = labels.iter().position(|label| label.as_bytes() == &rest[..length])?;
        index = index * labels.len() + number;
        rest = rest.get(length + 1..).unwrap_or_default();
    }
    rest.is_empty().then_some(index)
}

/// Reads weights as written by [`write`]; unknown names are skipped.
pub(crate) fn read(templates: &[Template], text: &str) -> Vec<f32> {
    let mut weights = vec![0.0; templates.iter().map(|&template| size(template)).sum()];
    let mut names = Names::new(templates);
    for (weight, name) in lines(text) {
        if let Some(index) = names.index_of(name) {
            weights[index] = weight;
        }
    }
    weights
}

/// The lines of a text of weights, each of which ends in a line feed: the number, and the name of the weight.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (f32, &str)> {
    let mut start = 0;
    let lines = memchr::memchr_iter(b'\n', text.as_bytes()).map(move |end| {
        let line = &text[start..end];
        start = end + 1;
        line
    });
    lines.filter_map(number)
}

/// The number that a line begins with, written with two decimal places, and what stands after it.
fn number(line: &str) -> Option<(f32, &str)> {
    let digits = line.strip_prefix('-').unwrap_or(line);
    let mut hundredths: u32 = 0;
    for (at, byte) in digits.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => hundredths = hundredths.wrapping_mul(10).wrapping_add(u32::from(byte - b'0')),
            b'.' => {}
            b' ' => {
                let number = hundredths as f32 / 100.0;
                return Some((if digits.len() < line.len() { -number } else { number }, &digits[at + 1..]));
            }
            _ => break,
        }
    }
    None
}

/// Writes weights as a text, one weight a line, those near zero left out.
pub(crate) fn write(templates: &[Template], weights: &[f32]) -> String {
    let mut out = String::from("# Learned by `cargo run --example learn`; a weight, then the fields that it is for.\n");
    for (index, weight) in weights.iter().enumerate().filter(|(_, w)| w.abs() >= 0.01) {
        let _ = writeln!(out, "{weight:.2} {}", name(templates, index));
    }
    out
}

/// Checks that names of weights lead back to their numbers, and that each line of the file that ships is known, stands
/// there once, and is used: a label or a field that goes, or is called otherwise, would leave its weights unused.
#[cfg(test)]
pub(crate) fn check(templates: &[Template], learned: &[f32], file: &str) {
    for index in (0..learned.len()).step_by(97) {
        let name = name(templates, index);
        assert_eq!(Names::new(templates).index_of(&name), Some(index), "{name}");
    }
    let mut names = Names::new(templates);
    assert_eq!(names.index_of("Kind=unheard-of"), None);
    let mut seen = vec![false; learned.len()];
    for (weight, name) in lines(file) {
        let index = names.index_of(name).unwrap_or_else(|| panic!("{name} is not known"));
        assert!(!seen[index], "{name} stands there twice");
        seen[index] = true;
        assert_eq!(weight.to_bits(), learned[index].to_bits(), "{name}");
    }
    assert_eq!(write(templates, learned), file);
}
