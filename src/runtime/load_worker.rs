//! Opening articles, and laying long ones out.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::context::Context;
use super::worker::{self, Policy, Worker};
use crate::app::{ArticleRecord, Event, LoadJob};
use crate::article::ArticleId;
use crate::ingest::Priority;
use crate::layout::TextLayout;
use crate::library::Library;
use crate::text::clean_line;

pub(super) fn start(context: &Context) -> io::Result<Worker<LoadJob>> {
    let (library, sender) = (Arc::clone(&context.library), context.sender.clone());
    worker::spawn("opening articles", Priority::Normal, Policy::Queue, &context.sender, move |job, _| {
        sender.emit(match job {
            LoadJob::Article { request, id } => match library.get(id) {
                Ok(Some(entry)) => Event::Loaded {
                    request,
                    article: Arc::clone(&entry.article),
                    findings: Arc::clone(&entry.findings),
                    record: record(&library, id),
                },
                Ok(None) => Event::Missing { request },
                Err(error) => {
                    sender.emit(Event::Missing { request });
                    return sender.fail(&error);
                }
            },
            LoadJob::Articles { request, ids } => {
                let read = |id: ArticleId| library.get(id).map(|entry| entry.map(|entry| Arc::clone(&entry.article)));
                match ids.into_iter().map(read).collect::<Result<Vec<_>, _>>() {
                    Ok(articles) => Event::Articles { request, articles: articles.into_iter().flatten().collect() },
                    Err(error) => return sender.fail(&error),
                }
            }
            LoadJob::HeldTwice => match library.held_twice() {
                Ok(held) => Event::HeldTwice(held.into_iter().map(|(id, files)| (id, shown(&files))).collect()),
                Err(error) => return sender.fail(&error),
            },
            LoadJob::LayOut { article, width } => {
                Event::LaidOut { id: article.id, page: TextLayout::of_article(&article, width) }
            }
        });
    })
}

/// What the library knows of an article besides what is in it. What cannot be read is not worth an error: the article can.
fn record(library: &Library, id: ArticleId) -> ArticleRecord {
    let feeds = library.feeds_of_article(id).unwrap_or_default();
    let all = if feeds.is_empty() { Vec::new() } else { library.subscriptions().unwrap_or_default() };
    let those = all.iter().filter(|feed| feeds.contains(&feed.id));
    ArticleRecord {
        files: shown(&library.files_of(id).unwrap_or_default()),
        feeds: those.map(|feed| clean_line(&feed.name())).collect(),
        rules: library.rule_results(id).unwrap_or_default(),
        unplaced: library.unplaced(id).unwrap_or_default(),
    }
}

/// Paths, as they are shown.
fn shown(files: &[PathBuf]) -> Vec<String> {
    files.iter().map(|file| clean_line(&file.display().to_string())).collect()
}
