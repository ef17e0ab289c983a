//! Features: what the choice of a speaker looks at, as small numbers with names.
//!
//! Every candidate is described by one value for each [`Field`]; `weights` joins a few fields into one feature, which
//! has a weight. The names here are the words of `weights.txt`.

use crate::quotes::fields::fields;
use crate::quotes::{cues, mentions};

fields! {
    /// Where the mention stands, seen from the quotation.
    Place {
        None = "none", Before = "before", After = "after", Earlier = "earlier", Farther = "farther", Later = "later",
        Above = "above", AboveFirst = "above-first", AboveTwo = "above-two", Below = "below",
    }
    /// The syntactic relation of the cue to the mention.
    Link from cues::SubjectLink {
        None = "none",
        Direct = "direct": cues::SubjectLink::Direct,
        Insertion = "insertion": cues::SubjectLink::Insertion,
        Inherited = "inherited": cues::SubjectLink::Inherited,
        Inverted = "inverted": cues::SubjectLink::Inverted,
        Relative = "relative": cues::SubjectLink::Relative,
        Following = "following": cues::SubjectLink::Following,
        Owner = "owner": cues::SubjectLink::Owner,
        Passive = "passive": cues::SubjectLink::Passive,
    }
    /// What kind of cue.
    Class from cues::Class {
        None = "none",
        Say = "say": cues::Class::Say,
        Speech = "speech": cues::Class::Speech,
        Other = "other": cues::Class::Other,
        Auxiliary = "auxiliary": cues::Class::Auxiliary,
        According = "according": cues::Class::According,
        Noun = "noun": cues::Class::Noun,
        Colon = "colon": cues::Class::Colon,
    }
    /// On which side of the quotation the cue stands.
    Side { None = "none", Left = "left", Right = "right" }
    /// How many tokens lie between the cue (else the mention) and the quotation.
    Gap from usize {
        None = "none", Zero = "0": 0, One = "1": 1, Two = "2": 2, Few = "3-5": 3..=5, Some = "6-10": 6..=10,
        Many = "11-20": 11..=20, More = "21+": 21..,
    }
    /// What stands just before the quotation.
    Left {
        Start = "start", Comma = "comma", Colon = "colon", That = "that", Say = "say", Speech = "speech",
        Verb = "verb", Auxiliary = "auxiliary", As = "as", Preposition = "preposition", Determiner = "determiner",
        Conjunction = "conjunction", Adverb = "adverb", Mention = "mention", Quotation = "quotation", Dash = "dash",
        Word = "word", Other = "other", Participle = "participle", Capital = "capital", Owner = "owner",
    }
    /// With what mark the quoted words end.
    Ends { None = "none", Comma = "comma", Stop = "stop", Question = "question", Other = "other" }
    /// What stands just after the quotation.
    Right {
        End = "end", Comma = "comma", Stop = "stop", Say = "say", Verb = "verb", Mention = "mention",
        Preposition = "preposition", Conjunction = "conjunction", Relative = "relative", Word = "word",
        Quotation = "quotation", Other = "other", Pronoun = "pronoun", Noun = "noun", As = "as", By = "by",
        Maker = "maker", Thing = "thing",
    }
    /// What the mention is.
    Kind from mentions::Kind {
        Nobody = "nobody",
        Person = "person": mentions::Kind::Person,
        Body = "body": mentions::Kind::Organization,
        Place = "place": mentions::Kind::Place,
        Name = "name": mentions::Kind::Name,
        NounPerson = "noun-person": mentions::Kind::NounPerson,
        NounGroup = "noun-group": mentions::Kind::NounGroup,
        NounBody = "noun-body": mentions::Kind::NounOrganization,
        NounDocument = "noun-document": mentions::Kind::NounDocument,
        Noun = "noun": mentions::Kind::Noun,
        He = "he": mentions::Kind::He,
        She = "she": mentions::Kind::She,
        They = "they": mentions::Kind::They,
        It = "it": mentions::Kind::It,
        First = "first": mentions::Kind::FirstPerson,
        Who = "who": mentions::Kind::Relative,
        Some = "some": mentions::Kind::Indefinite,
    }
    /// What part it plays in its clause.
    Part from mentions::Part {
        None = "none",
        Free = "free": mentions::Part::Free,
        Subject = "subject": mentions::Part::Subject,
        Object = "object": mentions::Part::Object,
        Oblique = "oblique": mentions::Part::Oblique,
        Possessive = "possessive",
    }
    /// How long the quotation is, in words.
    Length from usize {
        One = "1": 0..=1, Few = "2-3": 2..=3, Some = "4-8": 4..=8, Many = "9-20": 9..=20, More = "21+": 21..,
    }
    /// With what letters it begins.
    Case { Small = "small", Capital = "capital", Title = "title", Other = "other" }
    /// What part of its paragraph it is.
    Sole { Middle = "middle", First = "first", Last = "last", Sole = "sole" }
    /// How many cues with other subjects stand between.
    Rivals from usize { Zero = "0": 0, One = "1": 1, More = "2+": 2.. }
    /// How it compares with the choice for the quotation before it in the paragraph.
    Same { First = "first", Same = "same", Other = "other", Nobody = "nobody", SameName = "same-name" }
    /// How it compares with the choice for the last quotation of the paragraph before.
    Chain {
        None = "none", Same = "same", Other = "other", Nobody = "nobody", Continued = "continued",
        NotContinued = "not-continued",
    }
    /// How many candidates of the same place are nearer.
    Rank from usize { None = "none", Zero = "0": 0, One = "1": 1, Two = "2": 2, More = "3+": 3.. }
    /// How many quotations stand between.
    Between from usize { Zero = "0": 0, One = "1": 1, More = "2+": 2.. }
    /// What kind of paragraph.
    Where { Prose = "prose", Headline = "headline", Other = "other" }
    /// The strongest cue of the quotation's sentence, whatever its subject; the strongest stands first.
    Strongest {
        None = "none", SayNearLeft = "say-near-left", SayLeft = "say-left", SayNearRight = "say-near-right",
        SayRight = "say-right", SpeechNearLeft = "speech-near-left", SpeechLeft = "speech-left",
        SpeechNearRight = "speech-near-right", SpeechRight = "speech-right", According = "according", Noun = "noun",
        Colon = "colon",
    }
    /// The word before the quotation, where it names or distances.
    LeadIn {
        None = "none", Naming = "naming", Distancing = "distancing", Saying = "saying", Calling = "calling",
        Grading = "grading", Gloss = "gloss",
    }
    /// Whether the cue is a participle.
    Participle from bool { No = "no": false, Yes = "yes": true }
    /// How many sentences or paragraphs lie between.
    Distance from usize { Zero = "0": 0, One = "1": 1, Two = "2": 2, Three = "3": 3, More = "4+": 4.. }
    /// Whether a new subject stands between the quotation before and this one.
    Fresh from bool { No = "no": false, Yes = "yes": true }
    /// The cue itself, where it is one of the common ones; `doing` for any verb that is a deed and no saying.
    Verb from &str {
        "*", "accused", "accusing", "added", "adding", "announced", "argued", "arguing", "asked", "asking", "asserted",
        "believe", "believed", "believes", "called", "calling", "calls", "charged", "claimed", "claiming", "claims",
        "concluded", "considered", "continued", "declared", "declaring", "denounced", "described", "describes",
        "describing", "dismissed", "doing", "explained", "find", "found", "hit", "insisted", "insisting", "is", "joked", "know",
        "knew", "labeled", "like", "made", "make", "mean", "noted", "noting", "posted", "praised", "promised", "read",
        "reads", "referred", "replied", "reported", "responded", "said", "saw", "say", "saying", "says", "see",
        "shouted", "showed", "stated", "stating", "suggested", "suggesting", "talked", "tell", "telling", "thanked",
        "think", "thinks", "thought", "titled", "told", "took", "tweeted", "urged", "used", "vowed", "want", "wants",
        "warned", "warning", "was", "went", "were", "wrote", "writes", "writing", "written",
    }
    /// Whether the cue has an object between it and the quotation.
    Object from bool { No = "no": false, Yes = "yes": true }
    /// How near a verb of saying stands to the quotation, whatever its subject.
    Talk { None = "none", Sentence = "sentence", Paragraph = "paragraph", Above = "above" }
    /// Whether the mention is the first subject of its sentence.
    Main from bool { No = "no": false, Yes = "yes": true }
    /// How many verbs with other subjects stand between the cue and the quotation.
    Clauses from usize { Zero = "0": 0, One = "1": 1, More = "2+": 2.. }
    /// Whose cue touches the quotation, and on which side.
    Touch {
        None = "none", OwnLeft = "own-left", OwnNearLeft = "own-near-left", OwnRight = "own-right",
        OtherLeft = "other-left", OtherNearLeft = "other-near-left", OtherRight = "other-right",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `OwnNearLeft` as a label: `own-near-left`.
    fn kebab(name: &str) -> String {
        let parts = name.chars().flat_map(|c| [c.is_uppercase().then_some('-'), Some(c.to_ascii_lowercase())]);
        parts.flatten().collect::<String>().trim_start_matches('-').to_owned()
    }

    #[test]
    fn labels_are_the_names_of_the_values() {
        for &field in Field::ALL {
            let labels = field.labels();
            assert_eq!(labels.len(), field.names().len(), "{field:?}");
            for (at, (label, name)) in labels.iter().zip(field.names()).enumerate() {
                let is_number = label.starts_with(|c: char| c.is_ascii_digit());
                assert!(is_number || *label == kebab(name) || label == name, "{field:?}::{name} is called {label}");
                assert!(!labels[..at].contains(label), "{field:?} has {label} twice");
                assert!(!label.contains([' ', '=']), "{field:?}={label} cannot be read back");
            }
        }
    }

    #[test]
    fn numbers_lie_within_their_label() {
        fn check<V: FieldValue + From<usize>>(from: usize) {
            for number in from..40 {
                let label = V::LABELS[usize::from(V::from(number).number())];
                let (first, last) = match (label.split_once('-'), label.strip_suffix('+')) {
                    (Some((first, last)), _) => (first, last),
                    (None, Some(first)) => (first, "1000"),
                    (None, None) => (label, label),
                };
                let within = first.parse::<usize>().unwrap()..=last.parse::<usize>().unwrap();
                assert!(within.contains(&number), "{:?}={label} for {number}", V::FIELD);
            }
        }
        check::<Gap>(0);
        check::<Length>(1);
        check::<Rivals>(0);
        check::<Rank>(0);
        check::<Between>(0);
        check::<Distance>(0);
        check::<Clauses>(0);
    }

    /// The choice of the strongest goes by this order, which a label put elsewhere would change.
    #[test]
    fn stronger_cue_stands_first() {
        let labels = "none say-near-left say-left say-near-right say-right speech-near-left speech-left \
                      speech-near-right speech-right according noun colon";
        assert_eq!(Strongest::LABELS.join(" "), labels);
        assert!(Strongest::SayNearLeft < Strongest::SayLeft && Strongest::Noun < Strongest::Colon);
    }

    #[test]
    fn words_without_a_label_of_their_own_are_the_first() {
        let label = |word: &str| Verb::LABELS[usize::from(Verb::from(word).number())];
        assert_eq!(["Said", "whispered", ""].map(label), ["said", "*", "*"]);
    }
}
