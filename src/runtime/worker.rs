//! The one way in which the runtime starts threads.
//!
//! [`spawn`] starts a worker, which does one request after another; [`start`] a thread that has no requests: it listens,
//! watches, or gathers over time. Either reports what was being done when it panicked; the panic of a request ends neither
//! the worker nor the requests that wait.

use std::fmt;
use std::io;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::MessageSender;
use crate::app::Event;
use crate::ingest::{Priority, caught, lower_priority};

/// What becomes of a request when a newer one comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Policy {
    /// It is done first.
    Queue,
    /// It is overtaken: the work ends, or never begins.
    LatestOnly,
}

/// Whether the work on a request is to end. All clones are one.
#[derive(Clone, Default)]
pub(super) struct Cancel(Arc<CancelState>);

#[derive(Default)]
struct CancelState {
    reason: AtomicU8,
    /// Ends what the work waits for, which does not look at `reason`.
    interrupt: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

const NOT_CANCELLED: u8 = 0;
const OVERTAKEN: u8 = 1;
const STOPPED: u8 = 2;

impl Cancel {
    /// Whether the work is to end.
    pub fn is_cancelled(&self) -> bool {
        self.0.reason.load(Ordering::Relaxed) != NOT_CANCELLED
    }

    /// Whether it is cancelled.
    pub fn is_overtaken(&self) -> bool {
        self.0.reason.load(Ordering::Relaxed) == OVERTAKEN
    }

    /// Whether it is to end because the user stopped it. It still reports its end, with what it has.
    pub fn is_stopped(&self) -> bool {
        self.0.reason.load(Ordering::Relaxed) == STOPPED
    }

    /// Cancels the work: its answer is no longer wanted.
    pub fn overtake(&self) {
        self.cancel(OVERTAKEN);
    }

    /// Ends the work for the user, who waits for its end.
    pub fn stop(&self) {
        self.cancel(STOPPED);
    }

    /// Calls `interrupt` when the work is cancelled while it goes on: at once, if it is already.
    pub fn on_cancel(&self, interrupt: impl FnOnce() + Send + 'static) {
        let mut waiting = lock(&self.0.interrupt);
        if self.is_cancelled() {
            interrupt();
        } else {
            *waiting = Some(Box::new(interrupt));
        }
    }

    fn cancel(&self, reason: u8) {
        let _ = self.0.reason.compare_exchange(NOT_CANCELLED, reason, Ordering::Relaxed, Ordering::Relaxed);
        // Under the lock: when the work has ended, nothing that comes after it is interrupted instead.
        let mut waiting = lock(&self.0.interrupt);
        if let Some(interrupt) = waiting.take() {
            interrupt();
        }
    }

    fn end(&self) {
        *lock(&self.0.interrupt) = None;
    }

    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Cancel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cancel").field(&self.0.reason).finish()
    }
}

/// The way to a worker. The worker ends once this is dropped and all requests are done.
#[derive(Debug)]
pub(super) struct Worker<R> {
    policy: Policy,
    /// None after [`Worker::finish`] and [`Worker::shut_down`].
    requests: Option<Sender<(R, Cancel)>>,
    /// The requests that are not done yet.
    pending: Arc<Mutex<Vec<Cancel>>>,
    thread: Thread,
}

impl<R> Worker<R> {
    /// Hands over a request, without waiting for anything.
    pub fn send(&self, request: R) {
        if self.policy == Policy::LatestOnly {
            self.cancel();
        }
        let cancel = Cancel::default();
        lock(&self.pending).push(cancel.clone());
        if let Some(requests) = &self.requests {
            // A worker that is gone has reported why.
            let _ = requests.send((request, cancel));
        }
    }

    /// Ends what is under way, and drops what waits.
    pub fn cancel(&self) {
        lock(&self.pending).drain(..).for_each(|cancel| cancel.overtake());
    }

    /// Waits until all that was requested is done, at most for `longest`; later jobs are ignored.
    pub fn finish(&mut self, longest: Duration) {
        self.requests = None;
        self.thread.join(longest);
    }

    /// Cancels everything and waits until the worker has ended, at most for `longest`; later jobs are ignored.
    pub fn shut_down(&mut self, longest: Duration) {
        self.cancel();
        self.requests = None;
        self.thread.join(longest);
    }
}

/// Starts a worker that calls `run` with each request. `doing` completes "while …".
pub(super) fn spawn<R: Send + 'static>(
    doing: &'static str,
    priority: Priority,
    policy: Policy,
    sender: &MessageSender,
    mut run: impl FnMut(R, &Cancel) + Send + 'static,
) -> io::Result<Worker<R>> {
    let (requests, waiting) = unbounded::<(R, Cancel)>();
    let pending: Arc<Mutex<Vec<Cancel>>> = Arc::default();
    let (to, undone) = (sender.clone(), Arc::clone(&pending));
    let thread = start(doing, priority, sender, move || {
        for (request, cancel) in waiting {
            if !cancel.is_cancelled() {
                report_panic(doing, &to, || run(request, &cancel));
            }
            cancel.end();
            lock(&undone).retain(|other| !other.is(&cancel));
        }
    })?;
    Ok(Worker { policy, requests: Some(requests), pending, thread })
}

/// A thread, which goes on when this is dropped.
#[derive(Debug)]
pub(super) struct Thread {
    handle: Option<JoinHandle<()>>,
    /// Closed when the thread ends.
    end: Receiver<()>,
}

impl Thread {
    /// Waits until the thread has ended, at most for `longest`.
    pub fn join(&mut self, longest: Duration) {
        let has_ended = self.end.recv_timeout(longest).is_err_and(|error| error.is_disconnected());
        if has_ended && let Some(handle) = self.handle.take() {
            // It has caught what panicked.
            let _ = handle.join();
        }
    }
}

/// Starts a thread that runs `body`. `doing` completes "while …".
pub(super) fn start(
    doing: &'static str,
    priority: Priority,
    sender: &MessageSender,
    body: impl FnOnce() + Send + 'static,
) -> io::Result<Thread> {
    let (running, end) = bounded(0);
    let to = sender.clone();
    let handle = Builder::new().name(doing.to_owned()).spawn(move || {
        lower_priority(priority);
        report_panic(doing, &to, body);
        drop(running);
    })?;
    Ok(Thread { handle: Some(handle), end })
}

fn report_panic(doing: &str, sender: &MessageSender, work: impl FnOnce()) {
    if caught(work).is_none() {
        sender.emit(Event::Failed(format!("the program failed while {doing}: please report it")));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::super::{Message, message_channel};
    use super::*;

    const A_MINUTE: Duration = Duration::from_mins(1);

    /// A worker on numbers that reports when it begins one, and goes on when it is let or cancelled.
    struct Slow {
        worker: Worker<u32>,
        begun: Receiver<u32>,
        go_on: Sender<()>,
        done: Receiver<(u32, bool)>,
    }

    fn slow(policy: Policy) -> Slow {
        let (sender, _) = message_channel();
        let ((start, begun), (go_on, may_go_on), (end, done)) = (unbounded(), unbounded(), unbounded());
        let run = move |number, cancel: &Cancel| {
            let (interrupt, interrupted) = bounded(1);
            cancel.on_cancel(move || _ = interrupt.send(()));
            start.send(number).unwrap();
            crossbeam_channel::select! { recv(may_go_on) -> _ => {}, recv(interrupted) -> _ => {} }
            end.send((number, cancel.is_cancelled())).unwrap();
        };
        let worker = spawn("testing", Priority::Normal, policy, &sender, run).unwrap();
        Slow { worker, begun, go_on, done }
    }

    #[test]
    fn queue_does_all_requests_in_order() {
        let slow = slow(Policy::Queue);
        for number in 0..5 {
            slow.worker.send(number);
            slow.go_on.send(()).unwrap();
        }
        let done = (0..5).map(|_| slow.done.recv_timeout(A_MINUTE).unwrap());
        assert_eq!(done.collect::<Vec<_>>(), (0..5).map(|number| (number, false)).collect::<Vec<_>>());
    }

    #[test]
    fn latest_only_ends_what_runs_and_drops_what_waits() {
        let slow = slow(Policy::LatestOnly);
        slow.worker.send(0);
        assert_eq!(slow.begun.recv_timeout(A_MINUTE), Ok(0));
        for number in 1..5 {
            slow.worker.send(number);
        }
        assert_eq!(slow.done.recv_timeout(A_MINUTE), Ok((0, true)));
        slow.go_on.send(()).unwrap();
        assert_eq!(slow.done.recv_timeout(A_MINUTE), Ok((4, false)));
        assert!(slow.begun.try_iter().eq([4]));
    }

    #[test]
    fn cancel_is_seen_by_running_work_and_leaves_later_requests_alone() {
        let slow = slow(Policy::Queue);
        slow.worker.send(0);
        assert_eq!(slow.begun.recv_timeout(A_MINUTE), Ok(0));
        slow.worker.send(1);
        slow.worker.cancel();
        assert_eq!(slow.done.recv_timeout(A_MINUTE), Ok((0, true)));
        slow.worker.send(2);
        slow.go_on.send(()).unwrap();
        assert_eq!(slow.done.recv_timeout(A_MINUTE), Ok((2, false)));
    }

    #[test]
    fn cancel_tells_who_asked_and_interrupts_once() {
        let cancel = Cancel::default();
        let (interrupt, interrupts) = unbounded();
        let again = interrupt.clone();
        cancel.on_cancel(move || interrupt.send("later").unwrap());
        cancel.stop();
        cancel.overtake();
        assert!(cancel.is_cancelled() && !cancel.is_overtaken(), "the first reason stays");
        cancel.on_cancel(move || again.send("at once").unwrap());
        assert!(interrupts.try_iter().eq(["later", "at once"]));
        let ended = Cancel::default();
        ended.on_cancel(|| panic!("the work had ended"));
        ended.end();
        ended.stop();
    }

    #[test]
    fn panic_is_reported_and_ends_no_worker() {
        let (sender, messages) = message_channel();
        let (end, done) = unbounded();
        let run = move |number: u32, _: &Cancel| {
            assert!(number > 0, "none");
            end.send(number).unwrap();
        };
        let worker = spawn("counting", Priority::Normal, Policy::Queue, &sender, run).unwrap();
        worker.send(0);
        worker.send(1);
        assert_eq!(done.recv_timeout(A_MINUTE), Ok(1));
        let Ok(Message::Event(Event::Failed(why))) = messages.try_recv() else { panic!("nothing was reported") };
        assert_eq!(why, "the program failed while counting: please report it");
    }

    #[test]
    fn shut_down_cancels_and_waits_for_the_end() {
        let mut slow = slow(Policy::Queue);
        slow.worker.send(0);
        slow.worker.send(1);
        assert_eq!(slow.begun.recv_timeout(A_MINUTE), Ok(0));
        slow.worker.shut_down(A_MINUTE);
        assert!(slow.done.try_iter().eq([(0, true)]));
        assert!(slow.done.recv().is_err(), "the thread is gone");
        slow.worker.send(2);
    }

    #[test]
    fn join_gives_up_after_a_while() {
        let (sender, _) = message_channel();
        let (finish, finished) = bounded::<()>(0);
        let has_ended = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&has_ended);
        let mut thread = start("testing", Priority::Normal, &sender, move || {
            let _ = finished.recv();
            flag.store(true, Ordering::Relaxed);
        })
        .unwrap();
        thread.join(Duration::from_millis(1));
        assert!(!has_ended.load(Ordering::Relaxed));
        drop(finish);
        thread.join(A_MINUTE);
        assert!(has_ended.load(Ordering::Relaxed));
    }
}
