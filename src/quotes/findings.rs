//! What the engine says about an article.

use std::fmt;

use crate::text::Span;

/// The quotations of an article in order of their start, and who speaks; reported statements among them where they were asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    /// In order of `span.start`; a nested quotation comes after the one it stands in.
    pub quotations: Vec<Quotation>,
    /// Everyone to whom at least one quotation is attributed, in the order in which they first speak.
    pub speakers: Vec<Speaker>,
}

/// Which of [`Findings::speakers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpeakerId(pub usize);

/// One run of quoted words in one paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// The quoted words, marks left out.
    pub span: Span,
    /// The same with the marks that stand there.
    pub outer: Span,
    /// Which marks.
    pub marks: QuoteMarks,
    /// How many quotations it stands inside of; 0 for nearly all.
    pub depth: u8,
    /// Whether it goes on from an outermost one before it, if both have one speaker: “A,” she said, “b.”
    pub goes_on: bool,
    /// What it is.
    pub kind: QuotationKind,
    /// The words that introduce it: "said", "according to", a colon.
    pub cue: Option<Span>,
    /// The words that the attribution rests on: "he", "the Kremlin spokesman", "Dmitry Peskov".
    pub mention: Option<Span>,
    /// Who spoke it, if anyone; of speech inside speech, the innermost one.
    pub speaker: Option<SpeakerId>,
    /// Who reports that the speaker said it, where another does: Tom Reyes of “She said ‘no,’” Tom Reyes recalled.
    pub via: Option<Reporter>,
    /// How sure that is, 0 to 1; with no speaker, how sure it is that there is none.
    pub confidence: f32,
    /// Why.
    pub reason: Reason,
    /// Whether the user corrected or confirmed the speaker.
    pub corrected: bool,
}

impl Quotation {
    /// What a test needs of a quotation: where it stands, and who speaks.
    #[cfg(test)]
    pub(crate) fn speech(span: Span, speaker: Option<SpeakerId>) -> Self {
        Self {
            span,
            outer: span,
            marks: QuoteMarks::Curly,
            depth: 0,
            goes_on: false,
            kind: QuotationKind::Speech,
            cue: None,
            mention: None,
            speaker,
            via: None,
            confidence: 1.0,
            reason: Reason::default(),
            corrected: false,
        }
    }

    /// The name of who reports that the speaker said it, where another does.
    pub fn reporter(&self) -> Option<&str> {
        self.via.as_ref().map(|reporter| reporter.name.as_str())
    }

    /// Whether it is speech, rather than a term or a title that merely stands in marks, or words of which the user said that they
    /// report nothing.
    pub fn is_spoken(&self) -> bool {
        let is_denied = self.is_reported() && self.corrected && self.speaker.is_none();
        self.kind.is_spoken() && !is_denied
    }

    /// Whether these are the article's words for what the speaker said, not the speaker's own.
    pub fn is_reported(&self) -> bool {
        self.kind == QuotationKind::Reported
    }

    /// Returns whether the attribution to its speaker is doubtful.
    pub fn is_doubtful(&self) -> bool {
        self.certainty() == Certainty::Doubtful
    }

    /// Returns how far its speaker can be trusted; without a speaker there is nothing to doubt.
    pub fn certainty(&self) -> Certainty {
        match self.speaker {
            Some(_) => Certainty::of(self.confidence, self.corrected),
            None if self.corrected => Certainty::Corrected,
            None => Certainty::Likely,
        }
    }
}

/// Attributions with a lower confidence are doubtful.
pub const DOUBTFUL_BELOW: f32 = 0.8;

/// Returns a confidence, 0 to 1, that may be rounded to steps of this size, for whoever sees or filters it: what is doubtful
/// stays below what is not.
pub fn before_rounding(confidence: f64, step: f64) -> f64 {
    let is_doubtful = (confidence as f32) < DOUBTFUL_BELOW;
    if is_doubtful { confidence.min(f64::from(DOUBTFUL_BELOW) - step) } else { confidence }
}

/// How far an attribution can be trusted. This is the one rule for it: whatever shows a quotation beside its speaker
/// shows this sign with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Certainty {
    /// The engine is confident.
    #[default]
    Likely,
    /// The engine chose, but is not confident.
    Doubtful,
    /// The user said who spoke.
    Corrected,
}

impl Certainty {
    /// Rates an attribution to a speaker with this confidence, 0 to 1.
    pub fn of(confidence: f32, corrected: bool) -> Self {
        match confidence {
            _ if corrected => Self::Corrected,
            confidence if confidence < DOUBTFUL_BELOW => Self::Doubtful,
            _ => Self::Likely,
        }
    }

    /// Returns the sign that follows the name or number of the speaker: `?`, `✓`, or nothing.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Likely => "",
            Self::Doubtful => "?",
            Self::Corrected => "✓",
        }
    }

    /// Returns the name of the speaker with the sign after it: "Mara Deniz?", "Mara Deniz ✓".
    pub fn signed(self, name: &str) -> String {
        match self {
            Self::Corrected => format!("{name} {}", self.sign()),
            Self::Likely | Self::Doubtful => format!("{name}{}", self.sign()),
        }
    }
}

/// What a quotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuotationKind {
    /// Whole sentences that were said or written.
    Speech,
    /// A few quoted words inside reported speech.
    Fragment,
    /// A word held at arm's length, or a term: “quick fix”.
    Term,
    /// The name of a work: “Hamlet”.
    Title,
    /// The article's own words for what somebody said, without quotation marks. Findings have such only where they were asked for
    /// ([`Findings::with_reported`]).
    Reported,
}

impl QuotationKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Speech, Self::Fragment, Self::Term, Self::Title, Self::Reported];

    /// The kind that data calls so.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it is something that someone said.
    pub const fn is_spoken(self) -> bool {
        matches!(self, Self::Speech | Self::Fragment | Self::Reported)
    }

    /// The name that data carries: `speech`, `fragment`, `term`, `title`, `reported`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Fragment => "fragment",
            Self::Term => "term",
            Self::Title => "title",
            Self::Reported => "reported",
        }
    }
}

/// The kind of quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuoteMarks {
    /// “…”
    Curly,
    /// "…"
    Straight,
    /// ‘…’
    SingleCurly,
    /// '…'
    SingleStraight,
    /// «…» or »…«
    Guillemets,
    /// „…“ or „…”
    Low,
    /// 「…」 or 『…』
    Corner,
    /// None: a paragraph of a block quotation, or reported speech.
    Block,
}

/// Who passes on what another said; need not be a speaker of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reporter {
    /// The fullest name in the article, or the words by which they are described, as [`Speaker::name`].
    pub name: String,
    /// The words by which they are named there: "he", "Reyes", "the complaint".
    pub mention: Span,
}

/// One person or organization that speaks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Speaker {
    /// The fullest name in the article, without titles ("Dmitry Peskov"); joint speakers as "A & B"; one that has
    /// no name, as described ("a Kremlin insider").
    pub name: String,
    /// What they are, in the article's words ("Kremlin spokesman").
    pub role: Option<String>,
    /// The other ways in which the article names them ("Peskov", "the Kremlin spokesman"), each once, pronouns left
    /// out.
    pub aliases: Vec<String>,
    /// Every place where they are mentioned, pronouns included, in order.
    pub mentions: Vec<Span>,
}

/// Why a quotation was attributed to its speaker, or to none; shown as words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reason(pub String);

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Findings {
    /// The speaker of a quotation, where there is one.
    pub fn speaker_of(&self, quotation: &Quotation) -> Option<&Speaker> {
        self.speakers.get(quotation.speaker?.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(speaker: Option<SpeakerId>, confidence: f32, corrected: bool) -> Quotation {
        Quotation { confidence, corrected, ..Quotation::speech(Span::new(0, 1), speaker) }
    }

    #[test]
    fn attribution_below_the_threshold_is_doubtful_until_corrected() {
        let ann = Some(SpeakerId(0));
        let signs = [(0.79, false), (0.8, false), (1.0, false), (0.79, true)]
            .map(|(confidence, corrected)| given(ann, confidence, corrected).certainty().sign());
        assert_eq!(signs, ["?", "", "", "✓"]);
        let named =
            [Certainty::Doubtful, Certainty::Likely, Certainty::Corrected].map(|certainty| certainty.signed("Ann"));
        assert_eq!(named, ["Ann?", "Ann", "Ann ✓"]);
        assert!(given(ann, 0.53, false).is_doubtful() && !given(ann, 0.53, true).is_doubtful());
    }

    #[test]
    fn quotation_without_a_speaker_is_never_doubtful() {
        assert_eq!(given(None, 0.1, false).certainty(), Certainty::Likely);
        assert_eq!(given(None, 1.0, true).certainty(), Certainty::Corrected);
    }
}
