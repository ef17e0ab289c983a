//! What the engine is wrong about, with the words around it.

/// A segment that the engine is wrong about.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// What is wrong.
    pub kind: MistakeKind,
    /// Which of the article's segments.
    pub segment: usize,
    /// The words before the segment.
    pub before: String,
    /// The words of the segment.
    pub words: String,
    /// The words after it.
    pub after: String,
    /// Whose words they are: the source as the article names it, or the speaker by full name; empty where nobody's.
    pub source: String,
    /// What the engine says; nothing where it found no quotation.
    pub given: Option<Given>,
}

/// What is wrong with a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MistakeKind {
    /// The speaker is not the source.
    Wrong,
    /// It has a source, and was given no speaker.
    Missed,
    /// It has no source, and was given a speaker.
    Invented,
}

/// What the engine says about a quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Who spoke it.
    pub speaker: Option<String>,
    /// The words that rests on.
    pub mention: Option<String>,
    /// How sure it is.
    pub confidence: f32,
    /// Why.
    pub reason: String,
}
