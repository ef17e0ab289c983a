//! Features: what the choice of a speaker looks at, as small numbers with names.
//!
//! Every candidate is described by one value for each [`Field`]; a [template](TEMPLATES) joins a few fields into one
//! feature, whose weight `weights.txt` holds. The names here are the words of that file.

/// One thing to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Field {
    /// Where the mention stands, seen from the quotation.
    Place,
    /// How the mention hangs together with its cue.
    Link,
    /// What kind of cue.
    Class,
    /// On which side of the quotation the cue stands.
    Side,
    /// How many tokens lie between the cue (else the mention) and the quotation.
    Gap,
    /// What stands just before the quotation.
    Left,
    /// With what mark the quoted words end.
    Ends,
    /// What stands just after the quotation.
    Right,
    /// What the mention is.
    Kind,
    /// What part it plays in its clause.
    Part,
    /// How long the quotation is.
    Length,
    /// With what letters it begins.
    Case,
    /// What part of its paragraph it is.
    Sole,
    /// How many cues with other subjects stand between.
    Rivals,
    /// How it compares with the choice for the quotation before it in the paragraph.
    Same,
    /// How it compares with the choice for the last quotation of the paragraph before.
    Chain,
    /// How many candidates of the same place are nearer.
    Rank,
    /// How many quotations stand between.
    Between,
    /// What kind of paragraph.
    Where,
    /// The strongest cue of the quotation's sentence, whoever its subject is.
    Strongest,
    /// The word before the quotation, where it names or distances.
    LeadIn,
    /// Whether the cue is a participle.
    Participle,
    /// How many sentences or paragraphs lie between.
    Distance,
    /// Whether a new subject stands between the quotation before and this one.
    Fresh,
    /// The cue itself, where it is one of the common ones.
    Verb,
    /// Whether the cue has an object between it and the quotation.
    Object,
    /// Whether the mention is the first subject of its sentence.
    Main,
    /// How many verbs with other subjects stand between the cue and the quotation.
    Clauses,
    /// Whose cue touches the quotation, and on which side.
    Touch,
}

/// How many fields there are.
pub const FIELDS: usize = 29;

/// One value for each field.
pub type Values = [u8; FIELDS];

/// The values that a field can have, by name.
pub const fn labels(field: Field) -> &'static [&'static str] {
    match field {
        Field::Place => {
            &["none", "before", "after", "earlier", "farther", "later", "above", "above-first", "above-two", "below"]
        }
        Field::Link => {
            &["none", "direct", "insertion", "inherited", "inverted", "relative", "following", "owner", "passive"]
        }
        Field::Class => &["none", "say", "speech", "other", "auxiliary", "according", "noun", "colon"],
        Field::Side => &["none", "left", "right"],
        Field::Gap => &["none", "0", "1", "2", "3-5", "6-10", "11-20", "21+"],
        Field::Left => &[
            "start",
            "comma",
            "colon",
            "that",
            "say",
            "speech",
            "verb",
            "auxiliary",
            "as",
            "preposition",
            "determiner",
            "conjunction",
            "adverb",
            "mention",
            "quotation",
            "dash",
            "word",
            "other",
            "participle",
            "capital",
        ],
        Field::Ends => &["none", "comma", "stop", "question", "other"],
        Field::Right => &[
            "end",
            "comma",
            "stop",
            "say",
            "verb",
            "mention",
            "preposition",
            "conjunction",
            "relative",
            "word",
            "quotation",
            "other",
            "pronoun",
            "noun",
        ],
        Field::Kind => &[
            "nobody",
            "person",
            "body",
            "place",
            "name",
            "noun-person",
            "noun-group",
            "noun-body",
            "noun-document",
            "noun",
            "he",
            "she",
            "they",
            "it",
            "first",
            "who",
            "some",
        ],
        Field::Part => &["none", "free", "subject", "object", "oblique", "possessive"],
        Field::Length => &["1", "2-3", "4-8", "9-20", "21+"],
        Field::Case => &["small", "capital", "title", "other"],
        Field::Sole => &["middle", "first", "last", "sole"],
        Field::Rivals | Field::Between | Field::Clauses => &["0", "1", "2+"],
        Field::Same => &["first", "same", "other", "nobody", "same-name"],
        Field::Chain => &["none", "same", "other", "nobody", "continued", "not-continued"],
        Field::Rank => &["none", "0", "1", "2", "3+"],
        Field::Where => &["prose", "headline", "other"],
        Field::Strongest => &[
            "none",
            "say-near-left",
            "say-left",
            "say-near-right",
            "say-right",
            "speech-near-left",
            "speech-left",
            "speech-near-right",
            "speech-right",
            "according",
            "noun",
            "colon",
        ],
        Field::LeadIn => &["none", "naming", "distancing", "saying"],
        Field::Participle | Field::Fresh | Field::Object | Field::Main => &["no", "yes"],
        Field::Distance => &["0", "1", "2", "3", "4+"],
        Field::Touch => {
            &["none", "own-left", "own-near-left", "own-right", "other-left", "other-near-left", "other-right"]
        }
        Field::Verb => VERBS,
    }
}

/// The cues that are told apart; the first stands for all others.
pub const VERBS: &[&str] = &[
    "*",
    "accused",
    "accusing",
    "added",
    "adding",
    "announced",
    "argued",
    "arguing",
    "asked",
    "asking",
    "asserted",
    "believe",
    "believed",
    "believes",
    "called",
    "calling",
    "calls",
    "charged",
    "claimed",
    "claiming",
    "claims",
    "concluded",
    "considered",
    "continued",
    "declared",
    "declaring",
    "denounced",
    "described",
    "describes",
    "describing",
    "dismissed",
    "explained",
    "find",
    "found",
    "hit",
    "insisted",
    "insisting",
    "is",
    "joked",
    "know",
    "knew",
    "labeled",
    "like",
    "made",
    "make",
    "mean",
    "noted",
    "noting",
    "posted",
    "praised",
    "promised",
    "read",
    "reads",
    "referred",
    "replied",
    "reported",
    "responded",
    "said",
    "saw",
    "say",
    "saying",
    "says",
    "see",
    "shouted",
    "showed",
    "stated",
    "stating",
    "suggested",
    "suggesting",
    "talked",
    "tell",
    "telling",
    "thanked",
    "think",
    "thinks",
    "thought",
    "titled",
    "told",
    "took",
    "tweeted",
    "urged",
    "used",
    "vowed",
    "want",
    "wants",
    "warned",
    "warning",
    "was",
    "went",
    "were",
    "wrote",
    "writes",
    "writing",
    "written",
];

/// The label number of a cue's word.
pub fn verb_label(word: &str) -> u8 {
    VERBS.iter().position(|v| v.eq_ignore_ascii_case(word)).unwrap_or(0) as u8
}

/// The joined fields whose weights are learned.
pub const TEMPLATES: &[&[Field]] = &[
    &[Field::Kind],
    &[Field::Kind, Field::Place],
    &[Field::Kind, Field::Class],
    &[Field::Kind, Field::Link, Field::Side],
    &[Field::Kind, Field::Part],
    &[Field::Kind, Field::Rank, Field::Place],
    &[Field::Place, Field::Link, Field::Class],
    &[Field::Place, Field::Class, Field::Gap],
    &[Field::Place, Field::Side, Field::Gap, Field::Link],
    &[Field::Place, Field::Side, Field::Left, Field::Class],
    &[Field::Place, Field::Side, Field::Right, Field::Class],
    &[Field::Place, Field::Side, Field::Ends, Field::Class],
    &[Field::Place, Field::Part, Field::Class],
    &[Field::Place, Field::Length, Field::Class],
    &[Field::Place, Field::Case, Field::Class],
    &[Field::Place, Field::Sole, Field::Class],
    &[Field::Place, Field::Rivals, Field::Class],
    &[Field::Place, Field::Rivals, Field::Side],
    &[Field::Place, Field::Same, Field::Fresh],
    &[Field::Place, Field::Same, Field::Left],
    &[Field::Place, Field::Same, Field::Class],
    &[Field::Place, Field::Same, Field::Sole],
    &[Field::Place, Field::Chain, Field::Sole],
    &[Field::Place, Field::Chain, Field::Strongest],
    &[Field::Place, Field::Rank],
    &[Field::Place, Field::Rank, Field::Part],
    &[Field::Place, Field::Between, Field::Side],
    &[Field::Place, Field::Distance, Field::Class],
    &[Field::Place, Field::Strongest],
    &[Field::Place, Field::Strongest, Field::Left],
    &[Field::Place, Field::Strongest, Field::Right],
    &[Field::Place, Field::Strongest, Field::Length],
    &[Field::Class, Field::Participle, Field::Link],
    &[Field::Class, Field::Object, Field::Side],
    &[Field::Place, Field::Verb, Field::Side],
    &[Field::Verb, Field::Link],
    &[Field::Place, Field::LeadIn],
    &[Field::Place, Field::Where, Field::Class],
    &[Field::Place, Field::Length, Field::Case, Field::Left],
    &[Field::Place, Field::Length, Field::Case, Field::Ends],
    &[Field::Place, Field::Case, Field::Right],
    &[Field::Place, Field::Same, Field::Distance],
    &[Field::Kind, Field::Participle, Field::Link],
    &[Field::Place, Field::Left, Field::Right],
    &[Field::Place, Field::Length, Field::Strongest, Field::Left],
    &[Field::Place, Field::Main, Field::Class],
    &[Field::Place, Field::Clauses, Field::Class],
    &[Field::Place, Field::Clauses, Field::Rank],
    &[Field::Touch, Field::Place, Field::Class],
    &[Field::Touch, Field::Place, Field::Link],
    &[Field::Touch, Field::Kind],
    &[Field::Touch, Field::Place, Field::Same],
    &[Field::Touch, Field::Place, Field::Ends],
    &[Field::Touch, Field::Length, Field::Case],
    &[Field::Same, Field::Touch, Field::Sole],
    &[Field::Same, Field::Kind],
    &[Field::Chain, Field::Kind],
    &[Field::Place, Field::Link, Field::Class, Field::Gap],
    &[Field::Kind, Field::Main, Field::Place],
    &[Field::Kind, Field::Class, Field::Link],
    &[Field::Verb, Field::Touch],
    &[Field::Verb, Field::Length, Field::Left],
    &[Field::Left, Field::Right, Field::Length, Field::Case],
    &[Field::Strongest, Field::Left, Field::Right],
];

/// Where each template's weights begin, and how many weights there are in all.
pub const fn layout() -> ([usize; TEMPLATES.len()], usize) {
    let mut starts = [0; TEMPLATES.len()];
    let mut total = 0;
    let mut i = 0;
    while i < TEMPLATES.len() {
        starts[i] = total;
        let mut size = 1;
        let mut j = 0;
        while j < TEMPLATES[i].len() {
            size *= labels(TEMPLATES[i][j]).len();
            j += 1;
        }
        total += size;
        i += 1;
    }
    (starts, total)
}

const LAYOUT: ([usize; TEMPLATES.len()], usize) = layout();

/// How many weights there are.
pub const WEIGHTS: usize = LAYOUT.1;

/// The weight number of each template for these values.
pub fn indices(values: &Values) -> impl Iterator<Item = usize> + '_ {
    TEMPLATES.iter().zip(LAYOUT.0).map(|(fields, start)| {
        let mut index = 0;
        for &field in *fields {
            index = index * labels(field).len() + usize::from(values[field as usize]);
        }
        start + index
    })
}

/// The name of a weight, as `weights.txt` writes it.
pub fn name(mut index: usize) -> String {
    let template = LAYOUT.0.partition_point(|&s| s <= index).saturating_sub(1);
    index -= LAYOUT.0[template];
    let mut parts = Vec::new();
    for &field in TEMPLATES[template].iter().rev() {
        let all = labels(field);
        parts.push(format!("{field:?}={}", all[index % all.len()]));
        index /= all.len();
    }
    parts.reverse();
    parts.join(" ")
}

/// The number of the weight of this name.
pub fn index_of(name: &str) -> Option<usize> {
    let pairs: Vec<(&str, &str)> = name.split_whitespace().filter_map(|p| p.split_once('=')).collect();
    let template = TEMPLATES.iter().position(|fields| {
        fields.len() == pairs.len() && fields.iter().zip(&pairs).all(|(f, (name, _))| format!("{f:?}") == *name)
    })?;
    let mut index = 0;
    for (&field, (_, label)) in TEMPLATES[template].iter().zip(&pairs) {
        let all = labels(field);
        index = index * all.len() + all.iter().position(|l| l == label)?;
    }
    Some(LAYOUT.0[template] + index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for index in (0..WEIGHTS).step_by(97) {
            assert_eq!(index_of(&name(index)), Some(index), "{}", name(index));
        }
        assert_eq!(index_of("Kind=unheard-of"), None);
    }
}
