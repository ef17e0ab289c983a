//! Fields: what a learned choice looks at, declared as small numbers with names.
//!
//! `fields!` makes a module's own `Field`, the values of each, and `Values`: one value for each field, by which a
//! candidate is described. `templates` joins a few fields into one feature, which has a weight; the names that stand
//! here are the words of the files of weights.

/// Declares the values of a field with their names, in one of three ways; the first value is the one that a field has
/// while nothing is set.
///
/// - `Side { None = "none", Left = "left" }`: an enum.
/// - `Link from cues::SubjectLink { None = "none", Direct = "direct": cues::SubjectLink::Direct }`: an enum, and which of its values
///   each pattern of another type leads to. What no pattern matches does not compile.
/// - `Verb from &str { "*", "said" }`: words as they are; any other word is the first value.
macro_rules! values {
    ($(#[$about:meta])* $Field:ident { $First:ident = $first:literal $(, $Value:ident = $label:literal)* $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
        #[allow(clippy::enum_variant_names, reason = "the names are those of the file of weights")]
        pub(crate) enum $Field { #[default] $First $(, $Value)* }

        impl FieldValue for $Field {
            const FIELD: Field = Field::$Field;
            const LABELS: &'static [&'static str] = &[$first $(, $label)*];
            #[cfg(test)]
            const NAMES: &'static [&'static str] = &[stringify!($First) $(, stringify!($Value))*];

            fn number(self) -> u8 {
                self as u8
            }
        }
    };
    (
        $(#[$about:meta])* $Field:ident from $Source:ty {
            $($Value:ident = $label:literal $(: $pattern:pat)?),+ $(,)?
        }
    ) => {
        $crate::quotes::fields::values! { $(#[$about])* $Field { $($Value = $label),+ } }

        impl From<$Source> for $Field {
            fn from(source: $Source) -> Self {
                match source { $($($pattern => Self::$Value,)?)+ }
            }
        }
    };
    ($(#[$about:meta])* $Field:ident from $Source:ty { $($label:literal),* $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub(crate) struct $Field(u8);

        impl FieldValue for $Field {
            const FIELD: Field = Field::$Field;
            const LABELS: &'static [&'static str] = &[$($label),*];
            #[cfg(test)]
            const NAMES: &'static [&'static str] = Self::LABELS;

            fn number(self) -> u8 {
                self.0
            }
        }

        impl From<$Source> for $Field {
            fn from(word: $Source) -> Self {
                static NUMBERS: std::sync::LazyLock<$crate::quotes::word_map::WordMap<u8>> = std::sync::LazyLock::new(|| {
                    let mut numbers = $crate::quotes::word_map::WordMap::default();
                    for (number, label) in (0..).zip($Field::LABELS) {
                        numbers.change(label, |n| *n = number);
                    }
                    numbers
                });
                Self(NUMBERS.get(word).copied().unwrap_or(0))
            }
        }
    };
}

/// Declares all fields: [`Field`] with its labels, the [`values`] of each, and what they are while nothing is set.
macro_rules! fields {
    ($($(#[$about:meta])* $Field:ident $(from $Source:ty)? { $($values:tt)* })*) => {
        /// A value that a field can have.
        pub(crate) trait FieldValue: Copy + Default {
            /// The field whose value it is.
            const FIELD: Field;
            /// The names of all values of the field.
            const LABELS: &'static [&'static str];
            /// The names of the values in code.
            #[cfg(test)]
            #[allow(dead_code, reason = "one test looks at it")]
            const NAMES: &'static [&'static str];

            /// Where its name stands among the labels.
            fn number(self) -> u8;
        }

        /// One thing to look at.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Field { $($(#[$about])* $Field),* }

        impl Field {
            /// All fields, in order.
            pub const ALL: &'static [Self] = &[$(Self::$Field),*];

            /// The names of its values.
            pub const fn labels(self) -> &'static [&'static str] {
                match self { $(Self::$Field => <$Field as FieldValue>::LABELS),* }
            }

            #[cfg(test)]
            #[allow(dead_code, reason = "one test looks at it")]
            fn names(self) -> &'static [&'static str] {
                match self { $(Self::$Field => <$Field as FieldValue>::NAMES),* }
            }
        }

        /// One value for each field, as its number among the labels of the field.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Values([u8; Field::ALL.len()]);

        #[allow(dead_code, reason = "not every choice asks for all of it")]
        impl Values {
            pub(crate) fn set<V: FieldValue>(&mut self, value: V) {
                self.0[V::FIELD as usize] = value.number();
            }

            pub(crate) fn has<V: FieldValue>(&self, value: V) -> bool {
                self.0[V::FIELD as usize] == value.number()
            }

            /// The number of the value among the labels of `field`.
            pub(crate) fn number(&self, field: Field) -> u8 {
                self.0[field as usize]
            }

            /// What is set, by name: `Place=after Side=right`.
            pub(crate) fn names(&self) -> String {
                let unset = Self::default();
                let set = Field::ALL.iter().filter(|field| self.number(**field) != unset.number(**field));
                let pair = |field: &Field| format!("{field:?}={}", field.labels()[usize::from(self.number(*field))]);
                set.map(pair).collect::<Vec<_>>().join(" ")
            }
        }

        impl Default for Values {
            fn default() -> Self {
                Self([$($Field::default().number()),*])
            }
        }

        $($crate::quotes::fields::values! { $(#[$about])* $Field $(from $Source)? { $($values)* } })*
    };
}

pub(crate) use {fields, values};
