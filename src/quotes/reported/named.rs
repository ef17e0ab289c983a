//! Names for what the features look at: numbers, and the values of the engine's own types.

use super::values::Value;
use crate::quotes::cues::{Class, SubjectLink};
use crate::quotes::mentions::{Kind, Part};

macro_rules! values {
    ($($NAME:ident = $name:literal;)*) => { $(pub(super) const $NAME: Value<'static> = Value::new($name);)* };
}

values! {
    AFTER = "after"; BEFORE = "before"; AROUND = "around"; YES = "yes"; NO = "no"; END = "end"; NONE = "none";
    WORDS = "words";
}

/// Where the numbers of a bucket begin, and its name.
const BUCKETS: [(usize, Value<'static>); 12] = [
    (0, Value::new("0")),
    (1, Value::new("1")),
    (2, Value::new("2")),
    (3, Value::new("3")),
    (4, Value::new("4")),
    (5, Value::new("5-6")),
    (7, Value::new("7-9")),
    (10, Value::new("10-14")),
    (15, Value::new("15-20")),
    (21, Value::new("21-30")),
    (31, Value::new("31-50")),
    (51, Value::new("51+")),
];

/// A number, larger ones less exactly.
pub(super) fn bucket(count: usize) -> Value<'static> {
    let at = if count < 5 { count } else { BUCKETS.partition_point(|(from, _)| *from <= count) - 1 };
    BUCKETS[at].1
}

pub(super) const fn yes(is: bool) -> Value<'static> {
    if is { YES } else { NO }
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident: $Type:ty { $($pattern:pat => $label:literal,)* }) => {
        $(#[$doc])*
        pub(super) const fn $name(value: Option<$Type>) -> Value<'static> {
            match value {
                $(Some($pattern) => const { Value::new($label) },)*
                None => NONE,
            }
        }
    };
}

named! {
    link: SubjectLink {
        SubjectLink::Direct => "direct",
        SubjectLink::Insertion => "insertion",
        SubjectLink::Inherited => "inherited",
        SubjectLink::Inverted => "inverted",
        SubjectLink::Relative => "relative",
        SubjectLink::Following => "following",
        SubjectLink::Owner => "owner",
        SubjectLink::Passive => "passive",
    }
}

named! {
    class: Class {
        Class::Say => "say",
        Class::Speech => "speech",
        Class::According => "according",
        Class::Noun => "noun",
        Class::Other | Class::Auxiliary | Class::Colon => "other",
    }
}

named! {
    kind: Kind {
        Kind::Person => "person",
        Kind::Organization => "body",
        Kind::Place => "place",
        Kind::Name => "name",
        Kind::NounPerson => "noun-person",
        Kind::NounGroup => "noun-group",
        Kind::NounOrganization => "noun-body",
        Kind::NounDocument => "noun-document",
        Kind::Noun => "noun",
        Kind::He | Kind::She => "he",
        Kind::They => "they",
        Kind::It => "it",
        Kind::FirstPerson => "first",
        Kind::Relative => "who",
        Kind::Indefinite => "some",
    }
}

named! {
    part: Part {
        Part::Free => "free",
        Part::Subject => "subject",
        Part::Object => "object",
        Part::Oblique => "oblique",
    }
}
