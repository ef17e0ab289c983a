//! Work on all cores whose results keep the order of the jobs.

use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::thread::{self, Builder};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::thread_priority::{Priority, lower_priority};
use crate::fetch::HttpClient;

/// How many jobs may be under way or wait for their turn, for each core; bounds the memory.
const AHEAD: usize = 64;

/// How many results of one job may wait for their turn; bounds the memory too.
const WITHIN: usize = 32;

/// The threads on which work is done.
#[derive(Debug, Clone, Copy)]
pub struct Pool {
    threads: usize,
    /// How many jobs may be under way or wait for their turn.
    ahead: usize,
}

impl Pool {
    /// One thread more than there are cores: one always waits for the disk. All wait for the consumer of the results in
    /// the end, so none gets in its way.
    fn of_all_cores() -> Self {
        let cores = cores();
        Self { threads: cores + 1, ahead: cores * AHEAD }
    }

    /// So many threads, or one for each core, for jobs that each hold some of one input.
    pub fn of_jobs(threads: Option<NonZeroUsize>) -> Self {
        /// Such jobs are long, and all alike: those few suffice.
        const AHEAD: usize = 4;
        let threads = threads.map_or_else(cores, NonZeroUsize::get);
        Self { threads, ahead: threads.saturating_mul(AHEAD) }
    }
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// The system has no thread for the work.
#[derive(Debug, thiserror::Error)]
#[error("the system has no threads left ({0})")]
pub struct NoThreads(#[from] pub io::Error);

/// Lets `client` do without threads where the system has none left.
pub(super) fn heed_threads(client: &HttpClient) {
    if !Builder::new().spawn(|| ()).is_ok_and(|probe| probe.join().is_ok()) {
        client.do_without_threads();
    }
}

/// A job, and where its results go.
type OrderedJob<J, R> = (J, Sender<R>);

/// Runs `work` on everything that `produce` hands out, on all cores, and hands the results to `consume` in the order
/// of the jobs, while later ones are still under way. Ends early when `consume` breaks off. Returns what `produce` returns.
///
/// # Errors
///
/// When no threads can be had; nothing is done then.
pub fn in_order<J: Send, R: Send, P: Send>(
    produce: impl FnOnce(&mut dyn FnMut(J) -> ControlFlow<()>) -> P + Send,
    work: impl Fn(J) -> R + Sync,
    consume: impl FnMut(R) -> ControlFlow<()>,
) -> Result<P, NoThreads> {
    let once = |job, sink: &mut dyn FnMut(R) -> ControlFlow<()>| {
        let _ = sink(work(job));
    };
    in_order_each(produce, once, consume)
}

/// As [`in_order`], with any number of results a job, which are consumed before the job is done: a job may have more of
/// them than memory holds. A job is to break off when its results are no longer wanted.
///
/// # Errors
///
/// As with [`in_order`].
pub fn in_order_each<J: Send, R: Send, P: Send>(
    produce: impl FnOnce(&mut dyn FnMut(J) -> ControlFlow<()>) -> P + Send,
    work: impl Fn(J, &mut dyn FnMut(R) -> ControlFlow<()>) + Sync,
    consume: impl FnMut(R) -> ControlFlow<()>,
) -> Result<P, NoThreads> {
    in_order_on(Pool::of_all_cores(), produce, work, consume)
}

/// As [`in_order_each`], on the threads of `pool`.
///
/// # Errors
///
/// As with [`in_order`].
pub fn in_order_on<J: Send, R: Send, P: Send>(
    pool: Pool,
    produce: impl FnOnce(&mut dyn FnMut(J) -> ControlFlow<()>) -> P + Send,
    work: impl Fn(J, &mut dyn FnMut(R) -> ControlFlow<()>) + Sync,
    mut consume: impl FnMut(R) -> ControlFlow<()>,
) -> Result<P, NoThreads> {
    let (jobs, waiting) = bounded::<OrderedJob<J, R>>(pool.threads);
    let (pending, order) = bounded::<Receiver<R>>(pool.ahead);
    thread::scope(|scope| {
        for number in 0..pool.threads {
            let (waiting, work) = (waiting.clone(), &work);
            let worker = Builder::new().spawn_scoped(scope, move || {
                lower_priority(Priority::Low);
                for (job, answers) in waiting {
                    work(job, &mut |result| flow(answers.send(result).is_ok()));
                }
            });
            match worker {
                Ok(_) => {}
                // Those that there are do all of it.
                Err(_) if number > 0 => break,
                Err(error) => return Err(error.into()),
            }
        }
        let producer = Builder::new().spawn_scoped(scope, move || {
            lower_priority(Priority::Low);
            produce(&mut |job| hand_out(job, &jobs, &pending))
        })?;
        drop(waiting);
        // A turn without an answer is a job whose worker died; the scope reports that.
        let _ = order.iter().try_for_each(|turn| turn.iter().try_for_each(&mut consume));
        drop(order);
        Ok(producer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn hand_out<J, R>(job: J, jobs: &Sender<OrderedJob<J, R>>, pending: &Sender<Receiver<R>>) -> ControlFlow<()> {
    let (answers, turn) = bounded(WITHIN);
    flow(pending.send(turn).is_ok() && jobs.send((job, answers)).is_ok())
}

fn flow(goes_on: bool) -> ControlFlow<()> {
    if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let mut seen = Vec::new();
        in_order(
            |sink| {
                let _ = (0..1000).try_for_each(sink);
            },
            |job: u64| (0..(job * 7919 % 100) * 100).fold(job, |sum, i| sum + i % 2 - i % 2),
            |result| {
                seen.push(result);
                ControlFlow::Continue(())
            },
        )
        .unwrap();
        assert_eq!(seen, (0..1000).collect::<Vec<_>>());
    }

    #[test]
    fn consumer_that_breaks_off_ends_the_work() {
        let mut seen = 0;
        in_order(
            |sink| {
                let _ = (0..).try_for_each(sink);
            },
            |job: u64| job,
            |_| {
                seen += 1;
                if seen == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        )
        .unwrap();
        assert_eq!(seen, 10);
    }

    #[test]
    fn job_may_have_more_results_than_may_wait() {
        let mut seen = Vec::new();
        in_order_each(
            |sink| {
                let _ = (0..20).try_for_each(sink);
            },
            |job: u64, sink| {
                let _ = (0..job * 50).try_for_each(|part| sink((job, part)));
            },
            |result| {
                seen.push(result);
                ControlFlow::Continue(())
            },
        )
        .unwrap();
        assert_eq!(seen, (0..20).flat_map(|job| (0..job * 50).map(move |part| (job, part))).collect::<Vec<_>>());
    }

    #[test]
    fn endless_job_is_broken_off() {
        let mut seen = 0;
        in_order_each(
            |sink| {
                let _ = sink(());
            },
            |(), sink| while sink(()).is_continue() {},
            |()| {
                seen += 1;
                flow(seen < 1000)
            },
        )
        .unwrap();
        assert_eq!(seen, 1000);
    }
}
