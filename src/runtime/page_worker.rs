//! The worker that reads the pages that articles link to.

use std::io;

use super::context::Context;
use super::worker::{self, Cancel, Policy, Worker};
use crate::app::{Event, PageJob, TaskKind};
use crate::article::ArticleId;
use crate::fetch::{HttpClient, Limits, shown};
use crate::ingest::{FullTextError, Ingested, Priority, article_at, ingest_linked_page};
use crate::library::Library;
use crate::text::clean_line;

/// Starts the worker.
pub(super) fn start(context: &Context) -> io::Result<Worker<PageJob>> {
    let (context, sender) = (context.clone(), context.sender.clone());
    let read = move |job: PageJob, cancel: &Cancel| {
        let _task = context.tasks.begin(TaskKind::ReadPage(shown(&job.url)), cancel);
        let client = HttpClient::new(Limits::default()).with_logins(&context.logins);
        let cancelled = client.clone();
        cancel.on_cancel(move || cancelled.cancel());
        context.sender.emit(match page(&context, &job, &client) {
            Ok(id) => Event::PageRead { job, id },
            Err(why) => Event::NoPage { job, why: clean_line(&why.to_string()) },
        });
    };
    worker::spawn("reading a linked page", Priority::Normal, Policy::LatestOnly, &sender, read)
}

/// Which article lies at an address; it is fetched where the library has none.
fn page(context: &Context, job: &PageJob, client: &HttpClient) -> Result<ArticleId, FullTextError> {
    let library: &Library = &context.library;
    if let Some(id) = article_at(library, &job.url)? {
        return Ok(id);
    }
    let Ingested { headline, encoded } = ingest_linked_page(library, job.from, &job.url, client)?;
    let id = headline.id;
    if let Some(encoded) = encoded {
        library.commit(&[*encoded], &[])?;
    }
    context.sender.emit(Event::Arrived(vec![headline]));
    Ok(id)
}

#[cfg(test)]
mod tests;
