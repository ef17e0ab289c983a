//! Reports what runs in the background, once it has run for long.
//!
//! Most work is done before anybody would read that it goes on, and each message costs a frame: so a task is reported only
//! after [`LONG`], and changes at most once in [`INTERVAL`]. Nothing wakes as long as nothing runs.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded, never, select};

use super::MessageSender;
use super::worker::{self, Cancel};
use crate::app::{Event, Task, TaskId, TaskKind};
use crate::ingest::Priority;

/// How long a task has run before it is reported.
const LONG: Duration = Duration::from_millis(500);

/// The shortest time between two reports.
const INTERVAL: Duration = Duration::from_secs(1);

/// The tasks that run. All clones are one.
#[derive(Debug, Clone)]
pub(super) struct Tasks {
    running: Arc<Mutex<Running>>,
    /// Wakes the thread that reports.
    wake: Sender<()>,
}

#[derive(Debug, Default)]
struct Running {
    last_id: u64,
    tasks: Vec<Begun>,
    /// What was reported last.
    reported: Vec<Task>,
    last_report: Option<Instant>,
}

#[derive(Debug)]
struct Begun {
    task: Task,
    /// When it has run for long.
    long: Instant,
    cancel: Cancel,
}

impl Tasks {
    /// Starts the thread that reports.
    pub fn start(sender: &MessageSender) -> io::Result<Self> {
        let (wake, woken) = bounded(1);
        let tasks = Self { running: Arc::default(), wake };
        let (running, to) = (Arc::clone(&tasks.running), sender.clone());
        worker::start("watching tasks", Priority::Normal, sender, move || report(&running, &woken, &to))?;
        Ok(tasks)
    }

    /// Lists a task until what this returns is dropped; `cancel` stops it.
    pub fn begin(&self, kind: TaskKind, cancel: &Cancel) -> RunningTask {
        let id = self.change(|running| running.begin(kind, cancel, Instant::now()));
        RunningTask { id, tasks: self.clone() }
    }

    /// Stops a task; one that has ended meanwhile needs no more.
    pub fn stop(&self, id: TaskId) {
        let cancel = lock(&self.running).tasks.iter().find(|running| running.task.id == id).map(|it| it.cancel.clone());
        if let Some(cancel) = cancel {
            cancel.stop();
        }
    }

    /// Changes what runs, and wakes the thread that reports where it does not wait for a report that is due already.
    fn change<T>(&self, change: impl FnOnce(&mut Running) -> T) -> T {
        let now = Instant::now();
        let mut running = lock(&self.running);
        let was_due = running.due(now).is_some();
        let changed = change(&mut running);
        let is_due = running.due(now).is_some();
        drop(running);
        if is_due && !was_due {
            // Once is enough.
            let _ = self.wake.try_send(());
        }
        changed
    }
}

/// A task that runs.
#[derive(Debug)]
pub(super) struct RunningTask {
    id: TaskId,
    tasks: Tasks,
}

impl RunningTask {
    /// Notes that `done` of `of` steps are done.
    pub fn progress(&self, done: usize, of: usize) {
        self.tasks.change(|running| running.progress(self.id, done, of));
    }
}

impl Drop for RunningTask {
    fn drop(&mut self) {
        self.tasks.change(|running| running.tasks.retain(|running| running.task.id != self.id));
    }
}

impl Running {
    fn begin(&mut self, kind: TaskKind, cancel: &Cancel, now: Instant) -> TaskId {
        self.last_id += 1;
        let id = TaskId(self.last_id);
        self.tasks.push(Begun { task: Task { id, kind, progress: None }, long: now + LONG, cancel: cancel.clone() });
        id
    }

    fn progress(&mut self, id: TaskId, done: usize, of: usize) {
        if let Some(running) = self.tasks.iter_mut().find(|running| running.task.id == id) {
            running.task.progress = Some((done, of));
        }
    }

    /// The tasks that are to be known at a time.
    fn long(&self, now: Instant) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(move |running| running.long <= now).map(|running| &running.task)
    }

    /// When the next report is due; none where nothing will have changed.
    fn due(&self, now: Instant) -> Option<Instant> {
        let next_long = self.tasks.iter().map(|running| running.long).filter(|long| *long > now).min();
        let due = if self.long(now).eq(&self.reported) { next_long? } else { now };
        Some(self.last_report.map_or(due, |last| due.max(last + INTERVAL)))
    }

    /// What is to be reported now, if anything is.
    fn take_report(&mut self, now: Instant) -> Option<Vec<Task>> {
        self.due(now).filter(|due| *due <= now)?;
        self.last_report = Some(now);
        self.reported = self.long(now).cloned().collect();
        Some(self.reported.clone())
    }
}

fn report(running: &Mutex<Running>, woken: &Receiver<()>, sender: &MessageSender) {
    loop {
        let report = lock(running).take_report(Instant::now());
        if report.is_some_and(|tasks| !sender.emit(Event::Tasks(tasks))) {
            return;
        }
        let timer = lock(running).due(Instant::now()).map_or_else(never, crossbeam_channel::at);
        select! {
            recv(woken) -> woken => if woken.is_err() { return },
            recv(timer) -> _ => {},
        }
    }
}

fn lock(running: &Mutex<Running>) -> MutexGuard<'_, Running> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::super::{Message, message_channel};
    use super::*;

    #[test]
    fn task_that_is_short_is_never_reported() {
        let (mut running, begun) = (Running::default(), Instant::now());
        assert_eq!(running.due(begun), None, "nothing runs, and nothing wakes");
        running.begin(TaskKind::Search, &Cancel::default(), begun);
        assert_eq!(running.due(begun), Some(begun + LONG));
        assert_eq!(running.take_report(begun + LONG / 2), None);
        running.tasks.clear();
        assert_eq!((running.due(begun + LONG), running.take_report(begun + LONG)), (None, None));
    }

    #[test]
    fn task_that_is_long_is_reported_with_its_progress_and_its_end() {
        let (mut running, begun) = (Running::default(), Instant::now());
        let id = running.begin(TaskKind::ReadFiles, &Cancel::default(), begun);
        let task = |progress| Task { id, kind: TaskKind::ReadFiles, progress };
        let now = begun + LONG;
        assert_eq!(running.take_report(now), Some(vec![task(None)]));
        assert_eq!(running.due(now), None, "nothing wakes until something changes");
        running.progress(id, 1, 9);
        running.progress(id, 2, 9);
        assert_eq!((running.take_report(now), running.due(now)), (None, Some(now + INTERVAL)));
        assert_eq!(running.take_report(now + INTERVAL), Some(vec![task(Some((2, 9)))]));
        running.tasks.clear();
        assert_eq!(running.take_report(now + INTERVAL * 2), Some(Vec::new()));
        assert_eq!(running.due(now + INTERVAL * 3), None);
    }

    #[test]
    fn task_is_stopped_by_its_id() {
        let (sender, _) = message_channel();
        let tasks = Tasks::start(&sender).unwrap();
        let (one, other) = (Cancel::default(), Cancel::default());
        let _search = tasks.begin(TaskKind::Search, &one);
        let export = tasks.begin(TaskKind::Export("coast.md".to_owned()), &other);
        tasks.stop(export.id);
        assert!(other.is_cancelled() && !other.is_overtaken() && !one.is_cancelled());
    }

    #[test]
    fn state_hears_of_a_long_task_and_of_its_end() {
        let (sender, messages) = message_channel();
        let tasks = Tasks::start(&sender).unwrap();
        let receive = || match messages.recv_timeout(Duration::from_mins(1)) {
            Ok(Message::Event(Event::Tasks(listed))) => listed.into_iter().map(|task| task.kind).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let search = tasks.begin(TaskKind::Search, &Cancel::default());
        assert_eq!(receive(), [TaskKind::Search]);
        drop(search);
        assert_eq!(receive(), []);
    }
}
