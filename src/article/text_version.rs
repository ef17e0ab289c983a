//! Which of two texts of one article stays.

use super::{Article, Body};
use crate::text::fold;

/// The text of an article, as it came from somewhere.
#[derive(Debug, Clone, Copy)]
pub struct TextVersion<'a> {
    /// The words.
    pub body: &'a Body,
    /// Whether they are only a summary.
    pub is_summary: bool,
}

impl<'a> TextVersion<'a> {
    /// That of an article.
    pub fn of(article: &'a Article) -> Self {
        Self { body: &article.body, is_summary: article.is_summary }
    }

    /// Whether this text gives way to another one of the same article, which has come; where `is_edit`, from the place that this
    /// is from, so that it is what is said there now. Of two of which one is a part of the other the longer stays, unless the full
    /// text was edited. A summary gives way to a full text, and never the other way round; else an edit counts. From elsewhere a
    /// text under the same headline counts where it is longer: which of the two comes first does not matter then.
    pub fn gives_way_to(self, come: Self, is_edit: bool) -> bool {
        let words = |version: Self| version.body.after_headline();
        match (self.body.is_part_of(come.body), come.body.is_part_of(self.body)) {
            (true, false) => true,
            (false, true) => is_edit && !come.is_summary,
            _ if self.is_summary != come.is_summary => self.is_summary,
            _ if is_edit || self.body.text() == come.body.text() => true,
            _ => {
                fold(self.body.headline()) == fold(come.body.headline())
                    && (words(self).len(), words(self)) < (words(come).len(), words(come))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BodyBuilder, ParagraphKind};

    fn body(headline: &str, words: &str) -> Body {
        let mut builder = BodyBuilder::new(headline);
        builder.push(ParagraphKind::Prose, words);
        builder.build()
    }

    const WHOLE: &str = "The bridge shuts at noon. “Take the ferry,” said Ines Okafor.";

    /// Whether the first gives way to the second, and the second to the first: from elsewhere, and as an edit.
    fn ways(one: &Body, is_one_summary: bool, two: &Body, is_two_summary: bool) -> [(bool, bool); 2] {
        let (one, two) = (
            TextVersion { body: one, is_summary: is_one_summary },
            TextVersion { body: two, is_summary: is_two_summary },
        );
        [false, true].map(|is_edit| (one.gives_way_to(two, is_edit), two.gives_way_to(one, is_edit)))
    }

    #[test]
    fn longer_text_under_one_headline_stays() {
        let whole = body("Bridge", WHOLE);
        for is_summary in [true, false] {
            for teaser in ["Comments", "Nobody crosses it.", ""] {
                let ways = ways(&body("bridge", teaser), is_summary, &whole, is_summary);
                assert_eq!(ways, [(true, false), (true, true)], "{teaser}");
            }
            let other = body("Ferry", "Nobody crosses it.");
            assert_eq!(ways(&other, is_summary, &whole, is_summary), [(false, false), (true, true)]);
        }
    }

    #[test]
    fn part_gives_way_to_the_whole() {
        let (part, whole) = (body("Ferry", "The bridge shuts at noon…"), body("Bridge", WHOLE));
        assert_eq!(ways(&part, true, &whole, true), [(true, false), (true, false)]);
        assert_eq!(ways(&part, true, &whole, false), [(true, false), (true, false)]);
        assert_eq!(ways(&part, false, &whole, true), [(true, false), (true, true)]);
        assert_eq!(ways(&part, false, &whole, false), [(true, false), (true, true)]);
    }

    #[test]
    fn summary_gives_way_to_the_full_text() {
        let (long, short) = (body("Bridge", WHOLE), body("Bridge", "Nobody crosses it."));
        assert_eq!(ways(&long, true, &short, false), [(true, false), (true, false)]);
        assert_eq!(ways(&long, true, &long, false), [(true, false), (true, false)]);
        assert_eq!(ways(&long, false, &long, false), [(true, true), (true, true)]);
    }
}
