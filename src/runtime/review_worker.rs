//! What is to be checked: finds doubtful statements, the most doubtful first, and who else could have spoken one.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::context::Context;
use super::worker::{self, Cancel, Policy, Worker};
use crate::app::{Event, RequestId, ReviewJob, ReviewOf, TaskKind};
use crate::article::Article;
use crate::catalog::Doubtful;
use crate::ingest::Priority;
use crate::library;
use crate::quotes;

/// How many statements are reported at the most: the most doubtful ones.
const MOST: usize = 5_000;

/// The ways to the workers.
#[derive(Debug)]
pub(super) struct ReviewWorker {
    list: Worker<(RequestId, ReviewOf, bool)>,
    alternatives: Worker<(RequestId, Arc<Article>, usize)>,
}

impl ReviewWorker {
    pub(super) fn start(context: &Context) -> io::Result<Self> {
        let (sender, normal) = (&context.sender, Priority::Normal);
        let lister = context.clone();
        let list = move |(request, of, with_reported): (_, ReviewOf, bool), cancel: &Cancel| {
            if let Err(error) = list(&lister, (request, with_reported), &of, cancel) {
                lister.sender.fail(&error);
            }
        };
        let to = sender.clone();
        let alternatives = move |(request, article, start): (_, Arc<Article>, usize), _: &Cancel| {
            let alternatives = quotes::alternatives(&article.body, start);
            to.emit(Event::Alternatives { request, alternatives });
        };
        Ok(Self {
            list: worker::spawn("finding what to check", normal, Policy::LatestOnly, sender, list)?,
            alternatives: worker::spawn("weighing speakers", normal, Policy::LatestOnly, sender, alternatives)?,
        })
    }

    /// Starts a job.
    pub(super) fn request(&self, job: ReviewJob) {
        match job {
            ReviewJob::List { request, of, with_reported } => self.list.send((request, of, with_reported)),
            ReviewJob::Alternatives { request, article, start } => self.alternatives.send((request, article, start)),
            ReviewJob::Cancel => self.list.cancel(),
        }
    }
}

/// Reports the most doubtful statements that are known so far, each time twice as much was looked through. What is stopped
/// reports what it has.
fn list(
    context: &Context,
    (request, with_reported): (RequestId, bool),
    of: &ReviewOf,
    cancel: &Cancel,
) -> Result<(), library::Error> {
    let Context { library, sender, tasks, .. } = context;
    let task = tasks.begin(TaskKind::FindDoubtful, cancel);
    let (mut known, mut total): (Vec<Doubtful>, usize) = (Vec::new(), 0);
    let (mut looked_through, mut reported) = (0, 0);
    let mut take = |found: Vec<Doubtful>, articles: usize| {
        looked_through += articles;
        total += found.len();
        known.extend(found);
        known.sort_by(Doubtful::standing);
        known.truncate(MOST);
        if let ReviewOf::Articles(all) = of {
            task.progress(looked_through, all.len());
        }
        if looked_through >= reported * 2 && !cancel.is_cancelled() {
            reported = looked_through;
            sender.emit(Event::DoubtfulListed { request, doubtful: known.clone(), total, is_last: false });
        }
        if cancel.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    match of {
        ReviewOf::Articles(articles) => library.doubtful_in(articles, with_reported, &mut take)?,
        ReviewOf::Speaker(identity) => library.doubtful_of(identity, with_reported, &mut take)?,
    }
    if !cancel.is_overtaken() {
        sender.emit(Event::DoubtfulListed { request, doubtful: known, total, is_last: true });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::bounded;

    use super::super::{Message, message_channel};
    use super::*;
    use crate::library::Library;

    #[test]
    fn search_that_is_stopped_answers_and_one_that_is_overtaken_does_not() {
        let (sender, messages) = message_channel();
        let context = Context::on(Arc::new(Library::default()), bounded(0).0, sender);
        let (stopped, overtaken) = (Cancel::default(), Cancel::default());
        stopped.stop();
        overtaken.overtake();
        let of = ReviewOf::Articles(Arc::new([]));
        list(&context, (RequestId(1), false), &of, &overtaken).unwrap();
        list(&context, (RequestId(2), false), &of, &stopped).unwrap();
        let answers = messages.try_iter().map(|message| match message {
            Message::Event(Event::DoubtfulListed { request, total, is_last: true, .. }) => (request, total),
            other => panic!("{other:?}"),
        });
        assert_eq!(answers.collect::<Vec<_>>(), [(RequestId(2), 0)]);
    }
}
