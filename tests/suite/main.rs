//! The integration tests, one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod accidents;
mod architecture;
mod archive;
mod archive_journeys;
mod command_line;
mod engine;
mod evaluate_command;
mod folder;
mod formats;
mod hostile;
mod journeys;
mod library;
mod library_command;
mod picture;
mod properties;
mod pty;
mod quotes_command;
mod screens;
mod shell_loop;
mod sitting;
mod speakers_command;
mod terminal;
