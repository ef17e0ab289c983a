//! Writes articles to the standard input of a program, one after the other: never more than one is held.

use std::io::{self, PipeWriter, Write};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::article_text::article_text;
use super::context::Context;
use super::messages;
use super::tasks::RunningTask;
use super::worker::Cancel;
use crate::article::ArticleId;
use crate::export::Format;

/// What a pipe takes at once, without waiting, when it can be written to (POSIX: `_POSIX_PIPE_BUF`).
const PIECE: usize = 512;

/// How soon a wish to stop is seen at the latest.
const MOMENT: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };

/// Writes these articles until the program reads no more or the work is cancelled; returns how many were no longer there, or
/// why not all could be read.
pub(super) fn write(
    context: &Context,
    articles: &[ArticleId],
    format: Format,
    mut to: PipeWriter,
    task: &RunningTask,
    cancel: &Cancel,
) -> Result<usize, String> {
    let (mut gone, mut between) = (0, "");
    for (done, &id) in articles.iter().enumerate() {
        if cancel.is_cancelled() {
            break;
        }
        task.progress(done, articles.len());
        let Some((_, text)) =
            article_text(&context.library, id, format, None).map_err(|error| messages::failure(&error))?
        else {
            gone += 1;
            continue;
        };
        let text = format!("{between}{text}");
        between = format.between_articles();
        // A program that has read enough, such as head, closes its input: that is no failure.
        if write_all(&mut to, text.as_bytes(), cancel).is_err() {
            break;
        }
    }
    Ok(gone)
}

/// Writes all of it, and never waits without looking at `cancel`: what a program left in the background may hold its input
/// open and read nothing.
fn write_all(to: &mut PipeWriter, bytes: &[u8], cancel: &Cancel) -> io::Result<()> {
    for piece in bytes.chunks(PIECE) {
        loop {
            if cancel.is_cancelled() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let mut polled = [PollFd::new(&*to, PollFlags::OUT)];
            match poll(&mut polled, Some(&MOMENT)) {
                Ok(0) | Err(rustix::io::Errno::INTR) => {}
                Ok(_) => break,
                Err(error) => return Err(error.into()),
            }
        }
        to.write_all(piece)?;
    }
    Ok(())
}
