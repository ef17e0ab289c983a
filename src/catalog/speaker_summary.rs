//! The speakers of an article and how often each speaks. Packed, for the list holds as many as there are articles.

/// Who speaks in an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpeakerSummary {
    /// A line for each: how often, a blank, the name.
    lines: Box<str>,
}

/// A speaker of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpeakerCount<'a> {
    /// The fullest name in that article.
    pub name: &'a str,
    /// How many quotations.
    pub quotations: u32,
}

impl SpeakerSummary {
    /// Packs these speakers.
    pub fn of<'a>(members: impl Iterator<Item = SpeakerCount<'a>>) -> Self {
        let line = |member: SpeakerCount<'_>| format!("{} {}\n", member.quotations, member.name.replace('\n', " "));
        Self { lines: members.map(line).collect() }
    }

    /// Reads what [`SpeakerSummary::lines`] returned.
    pub fn parse(lines: &str) -> Self {
        Self { lines: lines.into() }
    }

    /// A line for each member: how often, a blank, the name.
    pub fn lines(&self) -> &str {
        &self.lines
    }

    /// The speakers, in the order in which they come up.
    pub fn iter(&self) -> impl Iterator<Item = SpeakerCount<'_>> {
        self.lines.lines().filter_map(|line| line.split_once(' ')).map(|(quotations, name)| SpeakerCount {
            name,
            // Where a damaged library says something else.
            quotations: quotations.parse().unwrap_or_default(),
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summary_round_trips() {
        let members = [
            SpeakerCount { name: "Ines Okafor", quotations: 3 },
            SpeakerCount { name: "the spokesman", quotations: 1 },
        ];
        let summary = SpeakerSummary::of(members.into_iter());
        assert_eq!(summary.iter().collect::<Vec<_>>(), members);
        assert_eq!(SpeakerSummary::parse(summary.lines()), summary);
        assert_eq!((summary.len(), summary.is_empty()), (2, false));
        assert!(SpeakerSummary::default().is_empty());
    }

    #[test]
    fn name_stays_one_line() {
        let summary = SpeakerSummary::of([SpeakerCount { name: "Ines\n9 Okafor", quotations: 1 }].into_iter());
        assert_eq!(summary.iter().map(|member| member.name).collect::<Vec<_>>(), ["Ines 9 Okafor"]);
    }

    #[test]
    fn malformed_summary_is_empty() {
        assert!(SpeakerSummary::parse("nonsense").is_empty());
        assert_eq!(SpeakerSummary::parse("x y").iter().map(|member| member.quotations).collect::<Vec<_>>(), [0]);
    }
}
