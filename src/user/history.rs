//! What the user decided, in order of time, to be undone and redone.

/// A run of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub i64);

/// One action of the user; what it changed is kept beside it, as that may be much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Grows with time.
    pub id: i64,
    /// The run of the program that did it last.
    pub run: RunId,
    /// The run that undid it, and a number that grows with each that is undone; `None` while it holds.
    pub undone: Option<(RunId, i64)>,
    /// What it was, as the end of "Undone: …".
    pub label: String,
}

/// Which way to go in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Back.
    Undo,
    /// Forth again.
    Redo,
}

/// Entries in order of time. Of those that another run made, only those of a run that has ended are touched: what another
/// program does while this one runs is its own to undo.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History(Vec<HistoryEntry>);

impl History {
    /// How many entries are kept.
    pub const LONGEST: usize = 200;

    /// A history of these entries.
    pub fn new(mut entries: Vec<HistoryEntry>) -> Self {
        entries.sort_unstable_by_key(|entry| entry.id);
        Self(entries)
    }

    /// The entry that a step undoes or redoes. `may_touch` returns whether a run is this one or has ended.
    pub fn next(&self, step: Step, may_touch: &dyn Fn(RunId) -> bool) -> Option<&HistoryEntry> {
        match step {
            Step::Undo => self.0.iter().rev().find(|entry| entry.undone.is_none() && may_touch(entry.run)),
            Step::Redo => {
                let undone = self.0.iter().filter(|entry| entry.undone.is_some_and(|(by, _)| may_touch(by)));
                undone.max_by_key(|entry| entry.undone.map(|(_, order)| order))
            }
        }
    }

    /// Notes that `run` took a step over an entry, and returns the entry as it is then.
    pub fn step(&mut self, id: i64, step: Step, run: RunId) -> Option<&HistoryEntry> {
        let last = self.0.iter().filter_map(|entry| entry.undone).map(|(_, order)| order).max().unwrap_or(0);
        let entry = self.0.iter_mut().find(|entry| entry.id == id)?;
        match step {
            Step::Undo => entry.undone = Some((run, last + 1)),
            Step::Redo => (entry.undone, entry.run) = (None, run),
        }
        Some(entry)
    }

    /// Adds an action of `run`. Returns its entry and the ids of those that go: what had been undone can no longer be
    /// redone, and only the last [`History::LONGEST`] are kept.
    pub fn push(&mut self, run: RunId, label: &str, may_touch: &dyn Fn(RunId) -> bool) -> (HistoryEntry, Vec<i64>) {
        let id = self.0.last().map_or(1, |entry| entry.id + 1);
        let entry = HistoryEntry { id, run, undone: None, label: label.to_owned() };
        let (mut kept, dropped): (Vec<_>, Vec<_>) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|entry| !entry.undone.is_some_and(|(by, _)| may_touch(by)));
        let surplus = (kept.len() + 1).saturating_sub(Self::LONGEST);
        let gone = dropped.into_iter().chain(kept.drain(..surplus)).map(|entry| entry.id).collect();
        kept.push(entry.clone());
        self.0 = kept;
        (entry, gone)
    }

    /// Replaces the entry with its id, or adds one at the end.
    pub fn insert(&mut self, entry: HistoryEntry) {
        match self.0.iter_mut().find(|known| known.id == entry.id) {
            Some(known) => *known = entry,
            None => self.0.push(entry),
        }
    }

    /// Drops an entry.
    pub fn remove(&mut self, id: i64) {
        self.0.retain(|entry| entry.id != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: RunId = RunId(1);
    const ELSEWHERE: RunId = RunId(2);

    fn push(history: &mut History, run: RunId, label: &str) -> Vec<i64> {
        history.push(run, label, &|other| other == run).1
    }

    fn step(history: &mut History, step: Step, run: RunId, may_touch: &dyn Fn(RunId) -> bool) -> Option<String> {
        let entry = history.next(step, may_touch).cloned()?;
        history.step(entry.id, step, run);
        Some(entry.label)
    }

    #[test]
    fn undo_and_redo_follow_the_order_of_time() {
        let mut history = History::default();
        for label in ["a", "b", "c"] {
            push(&mut history, HERE, label);
        }
        let mut go = |way| step(&mut history, way, HERE, &|run| run == HERE);
        let labels = [Step::Undo, Step::Undo, Step::Redo, Step::Undo, Step::Undo, Step::Undo].map(&mut go);
        assert_eq!(labels, [Some("c"), Some("b"), Some("b"), Some("b"), Some("a"), None].map(|l| l.map(str::to_owned)));
        let labels = [Step::Redo, Step::Redo, Step::Redo, Step::Redo].map(&mut go);
        assert_eq!(labels, [Some("a"), Some("b"), Some("c"), None].map(|l| l.map(str::to_owned)));
    }

    #[test]
    fn new_deed_drops_what_was_undone() {
        let mut history = History::default();
        push(&mut history, HERE, "a");
        push(&mut history, HERE, "b");
        step(&mut history, Step::Undo, HERE, &|_| true);
        assert_eq!(push(&mut history, HERE, "c"), [2]);
        assert_eq!(history.next(Step::Redo, &|_| true), None);
        assert_eq!(history.0.iter().map(|entry| &*entry.label).collect::<Vec<_>>(), ["a", "c"]);
    }

    #[test]
    fn run_that_goes_on_keeps_its_own_deeds() {
        let mut history = History::default();
        push(&mut history, HERE, "here");
        push(&mut history, ELSEWHERE, "elsewhere");
        let only_here = |run| run == HERE;
        assert_eq!(step(&mut history, Step::Undo, HERE, &only_here).as_deref(), Some("here"));
        assert_eq!(step(&mut history, Step::Undo, HERE, &only_here), None);
        assert_eq!(step(&mut history, Step::Undo, HERE, &|_| true).as_deref(), Some("elsewhere"), "it has ended");
        // What this run undid is not the other's to redo.
        assert_eq!(history.next(Step::Redo, &|run| run == ELSEWHERE), None);
    }

    #[test]
    fn redone_deed_belongs_to_the_run_that_redid_it() {
        let mut history = History::default();
        push(&mut history, ELSEWHERE, "elsewhere");
        step(&mut history, Step::Undo, HERE, &|_| true);
        step(&mut history, Step::Redo, HERE, &|_| true);
        assert_eq!(history.0[0].run, HERE);
    }

    #[test]
    fn only_the_last_entries_are_kept() {
        let mut history = History::default();
        let gone: Vec<_> = (0..History::LONGEST + 3).flat_map(|_| push(&mut history, HERE, "a")).collect();
        assert_eq!((gone, history.0.len()), (vec![1, 2, 3], History::LONGEST));
    }
}
