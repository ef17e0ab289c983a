//! Opening articles, and laying long ones out.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::context::Context;
use super::worker::{self, Policy, Worker};
use crate::app::{Event, LoadJob};
use crate::ingest::Priority;
use crate::layout::TextLayout;

pub(super) fn start(context: &Context) -> io::Result<Worker<LoadJob>> {
    let (library, sender) = (Arc::clone(&context.library), context.sender.clone());
    worker::spawn("opening articles", Priority::Normal, Policy::Queue, &context.sender, move |job, _| {
        sender.emit(match job {
            LoadJob::Article { request, id } => match library.get(id) {
                Ok(Some(entry)) => Event::Loaded {
                    request,
                    article: Arc::clone(&entry.article),
                    findings: Arc::clone(&entry.findings),
                    unplaced: library.unplaced(id).unwrap_or_default(),
                },
                Ok(None) => Event::Missing { request },
                Err(error) => {
                    sender.emit(Event::Missing { request });
                    return sender.fail(&error);
                }
            },
            LoadJob::HeldTwice => match library.held_twice() {
                Ok(held) => Event::HeldTwice(held.into_iter().map(|(id, files)| (id, shown(&files))).collect()),
                Err(error) => return sender.fail(&error),
            },
            LoadJob::LayOut { article, width } => {
                Event::LaidOut { id: article.id, page: TextLayout::lay_out(&article.body, width) }
            }
        });
    })
}

/// Paths, as they are shown.
fn shown(files: &[PathBuf]) -> Vec<String> {
    files.iter().map(|file| crate::text::clean_line(&file.display().to_string())).collect()
}
