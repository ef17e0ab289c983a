//! Long-running work in the background: what it does, how far it has come, whether it can be stopped.

use std::fmt;

use super::App;

/// Long-running work in the background.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Names it in [`Effect::StopTask`](super::Effect::StopTask).
    pub id: TaskId,
    /// What it does.
    pub kind: TaskKind,
    /// How many of how many steps are done, where that is known.
    pub progress: Option<(usize, usize)>,
}

/// Names a task as long as the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

/// What a task does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskKind {
    /// Reads files.
    ReadFiles,
    /// Asks feeds what is new.
    RefreshFeeds,
    /// Subscribes to what lies at this address.
    Subscribe(String),
    /// Fetches the full text of an article.
    FetchFullText,
    /// Reads the page at this address.
    ReadPage(String),
    /// Searches all articles.
    Search,
    /// Lists those who speak in the library.
    ListPeople,
    /// Lists all quotations of one of them.
    ListQuotations,
    /// Looks for statements whose speaker is doubtful.
    FindDoubtful,
    /// Subscribes to the feeds of this file.
    ImportFeeds(String),
    /// Writes quotations into this file.
    Export(String),
    /// Runs this program.
    Run(String),
    /// Runs this program, which tells the user of articles.
    Notify(String),
}

impl fmt::Display for TaskKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadFiles => f.write_str("Reading files"),
            Self::RefreshFeeds => f.write_str("Refreshing feeds"),
            Self::Subscribe(address) => write!(f, "Subscribing to {address}"),
            Self::ReadPage(address) => write!(f, "Reading {address}"),
            Self::FetchFullText => f.write_str("Fetching the full text"),
            Self::Search => f.write_str("Searching"),
            Self::ListPeople => f.write_str("Listing speakers"),
            Self::ListQuotations => f.write_str("Listing quotations"),
            Self::FindDoubtful => f.write_str("Finding what to check"),
            Self::ImportFeeds(file) => write!(f, "Importing feeds from {file}"),
            Self::Export(file) => write!(f, "Writing {file}"),
            Self::Run(program) => write!(f, "Running {program}"),
            Self::Notify(program) => write!(f, "Telling of what is new with {program}"),
        }
    }
}

impl App {
    /// The long-running tasks.
    pub fn tasks(&self) -> &[Task] {
        &self.progress.tasks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Event;

    #[test]
    fn tasks_are_those_that_were_reported_last() {
        let mut app = App::default();
        let task = Task { id: TaskId(1), kind: TaskKind::ReadFiles, progress: Some((3, 9)) };
        assert!(app.event(Event::Tasks(vec![task.clone()])).is_empty());
        assert_eq!(app.tasks(), [task]);
        assert!(app.event(Event::Tasks(Vec::new())).is_empty());
        assert_eq!(app.tasks(), []);
    }
}
